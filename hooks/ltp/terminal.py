"""What a command says on the terminal."""

from __future__ import annotations


def say(line: str) -> None:
    """Print a line at once, so that long work shows its progress."""
    print(line, flush=True)
