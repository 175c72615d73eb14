"""Looks at built pages in a real browser as checkers, keyboards and small windows do, and keeps the record.

The tests in `tests/browser` ask it and fail on what it finds; `make audit` writes down what it found.
"""
