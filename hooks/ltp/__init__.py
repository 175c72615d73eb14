"""Publish plan sites: load facts, work out what is true of them today, build and check the sites."""
