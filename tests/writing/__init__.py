"""Tests of what is told of editors' words, before anybody opens a page."""
