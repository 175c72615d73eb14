"""Texts of plans that are left in their files, and read again where somebody needs them.

There may be thousands of plans' pages. What a build of everything has to know of each are its facts; its
text is needed only where the page itself is made.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ltp.findings import LtpError
from ltp.plans.reading import body_from, decode

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


class ChangedError(LtpError):
    """A file that is not as it was when its facts were read: whatever is built has to begin again."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} was changed while it was read. Try again")
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.path,)


@dataclass
class Shelf:
    """The root under which texts were left, and the text that was read last: it is often asked for again."""

    root: Path
    _last: tuple[LeftText | None, str] = field(default=(None, ""), repr=False, compare=False)

    def __getstate__(self) -> dict[str, object]:
        """Hand on no text."""
        return {"root": self.root, "_last": (None, "")}

    def read(self, left: LeftText) -> str:
        """Give a text. Raises ChangedError where its file is not as it was."""
        if self._last[0] is not left:
            try:
                data = (self.root / left.path).read_bytes()
            except OSError:
                data = b""
            if digest_of(data) != left.digest:
                raise ChangedError(left.path)
            self._last = left, body_from(decode(data, left.path), left.line)
        return self._last[1]


class LeftText(NamedTuple):
    """A text that stays in its file. There are thousands, and a tuple is kept and read again soonest."""

    shelf: Shelf
    path: str
    line: int
    """The line of the file on which it begins."""
    digest: bytes
    """A digest of the whole file, its facts included."""
    area_links: tuple[NumberedLine, ...]
    """Its lines that may link to another area."""

    def read(self) -> str:
        """Give the text. Raises ChangedError where its file is not as it was."""
        return self.shelf.read(self)


def digest_of(data: bytes) -> bytes:
    """Give a digest of a file's content."""
    return hashlib.sha256(data).digest()
