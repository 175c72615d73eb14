"""Texts of plans that are left in their files, and read again where somebody needs them.

There may be thousands of plans' pages. What a build of everything has to know of each are its facts; its
text is needed only where the page itself is made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ltp.findings import LtpError
from ltp.plans.reading import UnreadableError, body_from, decode

AREA_LINK = "area:"
"""What each link to another area has in it."""


class NumberedLine(NamedTuple):
    """A line of a text."""

    number: int
    """Counted from 0, from the beginning of the text."""
    text: str


def lines_with_area_links(text: str) -> tuple[NumberedLine, ...]:
    """Give the lines of a text that may link to another area."""
    if AREA_LINK not in text:
        return ()
    lines = enumerate(text.split("\n"))
    return tuple(NumberedLine(number, line) for number, line in lines if AREA_LINK in line)


@dataclass
class Shelf:
    """The root under which texts were left, and the text that was read last: it is often asked for again."""

    root: Path
    _last: tuple[str, int, str] = field(default=("", 0, ""), repr=False, compare=False)

    def __getstate__(self) -> dict[str, object]:
        """Hand on no text."""
        return {"root": self.root, "_last": ("", 0, "")}

    def forget(self) -> None:
        """Read the next text anew, whichever it is."""
        self._last = "", 0, ""

    def read(self, path: str, line: int) -> str:
        """Read the text that begins on a line of a file. Raises LtpError where it is not as it was."""
        if self._last[:2] != (path, line):
            try:
                text = decode((self.root / path).read_bytes(), path)
            except (OSError, UnreadableError):
                raise LtpError(
                    f"{path} was changed while it was read. Run the command again"
                ) from None
            self._last = path, line, body_from(text, line)
        return self._last[2]


class LeftText(NamedTuple):
    """A text that stays in its file. There are thousands, and a tuple is kept and read again soonest."""

    shelf: Shelf
    path: str
    line: int
    """The line of the file on which it begins."""
    area_links: tuple[NumberedLine, ...]
    """Its lines that may link to another area."""

    @classmethod
    def of(cls, shelf: Shelf, path: str, line: int, text: str) -> LeftText:
        """Leave a text that was just read."""
        return cls(shelf, path, line, lines_with_area_links(text))

    def read(self) -> str:
        """Give the text. Raises LtpError where its file is not as it was."""
        return self.shelf.read(self.path, self.line)
