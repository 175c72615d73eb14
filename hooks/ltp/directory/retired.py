"""Retired numbers: never shown as live. In an earlier plan's text they are marked, with today's beside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Final

from ltp.directory.entry import RetiredNumber

_GAP: Final = r"(?:&nbsp;|&#160;|[\s().*_‐‑–-]){0,3}"
"""What stands between the digits of a number, in Markdown and HTML, the end of a line included."""

_LINK = re.compile(r'<a [^>]*href="(?:tel|sms):([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_TAG = re.compile(r"(<[^>]*>)")


@dataclass(frozen=True)
class Retired:
    """The registry of numbers that may no longer be used."""

    numbers: Sequence[RetiredNumber]

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        """Find any of the numbers as people write them, with or without +44, and not inside a longer one."""
        if not self.numbers:
            return None
        each = "|".join(f"(?P<n{at}>{_written(one)})" for at, one in enumerate(self.numbers))
        return re.compile(rf"(?<![\d£.,/-])(?:{each})(?![\d%])")

    def in_text(self, text: str) -> Iterator[tuple[RetiredNumber, int]]:
        """Find the retired numbers in a text, each with its place."""
        for match in self._pattern.finditer(text) if self._pattern else ():
            yield self._named(match), match.start()

    def find(self, digits: str) -> RetiredNumber | None:
        """Give the entry of a number, by its digits."""
        return next((one for one in self.numbers if one.number.digits == digits), None)

    def mark(self, html: str) -> str:
        """Mark the retired numbers in a page's HTML: no longer in use, today's beside, no link to tap."""
        if self._pattern is None:
            return html
        html = _LINK.sub(self._without_link, html)
        parts = _TAG.split(html)
        return "".join(
            part if part.startswith("<") else self._pattern.sub(self._marked, part)
            for part in parts
        )

    def _without_link(self, link: re.Match[str]) -> str:
        """Take away a link to a retired number; words that don't say the number are marked here."""
        assert self._pattern is not None
        called, words = link.groups()
        if self._pattern.search(_TAG.sub("", words)):
            return words
        retired = self._pattern.search(called)
        return _struck_out(words, self._named(retired)) if retired else link[0]

    def _marked(self, match: re.Match[str]) -> str:
        return _struck_out(match[0], self._named(match))

    def _named(self, match: re.Match[str]) -> RetiredNumber:
        assert match.lastgroup is not None
        return self.numbers[int(match.lastgroup[1:])]


def _struck_out(words: str, one: RetiredNumber) -> str:
    today = escape(one.replaced_by.rstrip("."), quote=False)
    return f'<span class="app-retired"><s>{words}</s> (no longer in use. Today: {today})</span>'


def without_numbers(html: str) -> str:
    """Take out the numbers that were marked, and leave that they are no longer in use and today's way.

    For where a text is shown in part: what is said beside a number could be cut off.
    """
    return _STRUCK_OUT.sub("a number that is ", html)


_STRUCK_OUT = re.compile(r'<s>(?<=<span class="app-retired"><s>).*?</s> \(', re.DOTALL)


def _written(one: RetiredNumber) -> str:
    digits = one.number.digits
    spaced = _GAP.join(digits)
    if not digits.startswith("0"):
        return spaced
    return rf"(?:{spaced}|(?:\+|00)44{_GAP}(?:\(0\))?{_GAP}{_GAP.join(digits[1:])})"
