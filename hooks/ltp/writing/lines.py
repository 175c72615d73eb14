"""Finds the line of a thing in an editor's file.

Python-Markdown's tree has no lines. Its letters stand in the file in the same order, though, so they
are looked for one run after the other, each after the end of the one before. What is looked for is
there, so the search never passes it by. What readers never see (where links lead, definitions) is
taken out first, because the same words may stand in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from ltp.writing.text import Run, Spot

_ADDRESS: Final = re.compile(
    r"(?<=\])\((?:<[^<>\n]*>|(?:[^\s()]|\([^\s()]*\))*)(?=\s*\)|\s[^()\n]*\))"
)
_DEFINITION: Final = re.compile(
    r"^(?: {0,3}\[(?!\^)[^\]\n]+\]:| {0,3}\*\[[^\]\n]+\] ?:).*$", re.MULTILINE
)
_FOOTNOTE: Final = re.compile(
    r"^ {0,3}\[\^([^\]\n]*)\]:.*(?:\n(?!\n| {0,3}\[\^).+|\n+(?=    ).+)*", re.MULTILINE
)


class Lines:
    """The lines of one page's things. Made only for a page of which something is to be told."""

    def __init__(self, markdown: str, first_line: int, runs: Sequence[Run]) -> None:
        self.written = markdown.expandtabs(4)  # as Python-Markdown does before anything else
        self.first_line = first_line
        self.runs = runs

    def of(self, spot: Spot) -> int:
        """Give the line of the file on which something stands."""
        at = self._at(spot)
        return self.first_line + self.written.count("\n", 0, at)

    def text(self, spot: Spot) -> str:
        """Give that line, as it is written."""
        return self.written.split("\n")[self.of(spot) - self.first_line]

    def _at(self, spot: Spot) -> int:
        if not self.runs:
            found = spot.mark.search(self.written) if spot.mark else None
            return found.start() if found else 0
        number = min(spot.run, len(self.runs) - 1)
        own = self._places[number][:-1]
        if spot.mark:
            before = self._places[spot.run - 1][-1] if spot.run else 0
            found = spot.mark.search(self.written, before)
            if found:
                return found.start()
        run = self.runs[number]
        start = len(run.written) - len(run.written.lstrip())
        inside = max(start, spot.at - run.at) if run.is_shown else start
        return own[run.written.count("\n", 0, inside)]

    @cached_property
    def _places(self) -> Sequence[Sequence[int]]:
        """Give where each line of each run begins in the file, and last where the run ends."""
        shown = _ADDRESS.sub(_blank, _DEFINITION.sub(_blank, self.written))
        body = _FOOTNOTE.sub(_blank, shown)
        footnotes = {match[1]: match.start() for match in _FOOTNOTE.finditer(shown)}
        places, at = [], 0
        for run in self.runs:
            if run.footnote:
                at, body = footnotes.get(run.footnote, at), shown
            text = body if run.is_shown else self.written
            own = []
            for line in run.written.split("\n"):
                piece = line.strip()
                found = text.find(piece, at) if piece else at
                if found >= 0:
                    own.append(found)
                    at = found + len(piece)
                else:
                    own.append(at)
            places.append([*own, at])
        return places


def _blank(match: re.Match[str]) -> str:
    """Take something out and leave every other letter in its place."""
    return re.sub(r"[^\n]", " ", match[0])
