"""Tests of the model: dates, reading, loading, status, rules."""
