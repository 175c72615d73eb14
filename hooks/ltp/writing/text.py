"""What a page's Markdown holds, as rules ask for it: its words, and the things that stand among them.

Plain data, made by `tree` and asked by the rules beside it. Nothing here knows Markdown or HTML trees.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

CODE: Final = "\ufffc"
"""What stands in a page's words in place of words shown as they are typed: no rule reads those."""


class Spot(NamedTuple):
    """Where something stands in a page."""

    at: int
    """How many letters of the page's words come before it."""
    run: int
    """How many runs come before it: the next one is its own, if it has words."""
    mark: re.Pattern[str] | None = None
    """How it looks in the file, where it has no words of its own."""


class Run(NamedTuple):
    """Letters that stand in the file just so, in the order of the page."""

    at: int
    """Where they begin among the page's words."""
    written: str
    """The letters as the file has them. Lines may begin with spaces or signs that are not told here."""
    footnote: str = ""
    """The footnote that begins here: its words stand elsewhere in the file."""
    is_shown: bool = True
    """They are among the page's words; not so for code and tags."""
    is_html: bool = False
    """They stand between the tags of HTML, where no Markdown is read."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading."""

    level: int
    words: str
    spot: Spot
    is_html: bool = False
    """It is written in HTML, so that what would be right is told in HTML. So with those below."""


@dataclass(frozen=True, slots=True)
class LinkInText:
    """A link in the text."""

    words: str
    """What it is called, with the alternative text of pictures in it."""
    address: str
    spot: Spot
    end: int
    """Where it ends among the page's words."""
    has_picture: bool = False
    has_text: bool = True
    opens_tab: bool = False
    is_html: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the text."""

    alternative: str | None
    """None where there is no `alt` at all."""
    address: str
    spot: Spot
    is_decoration: bool = False
    """An editor said on purpose that it says nothing."""
    in_link: bool = False
    is_html: bool = False


@dataclass(frozen=True, slots=True)
class TableInText:
    """A table in the text."""

    headers: tuple[str, ...]
    """The words of the cells that head a column."""
    caption: str | None
    spot: Spot
    is_html: bool = False


@dataclass(frozen=True, slots=True)
class UnevenRow:
    """A row of a table with more cells than there are columns, or with fewer."""

    written: str
    lost: str
    """What stands in the cells that are too many, and is not shown."""
    spot: Spot


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the page's words: bold, or in italics."""

    words: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Marking:
    """An HTML element or attribute that a rule may have something to say of."""

    element: str
    attribute: str
    """Empty where it is about the element itself."""
    value: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Unconverted:
    """Markdown between the tags of HTML, which stays as it was typed."""

    written: str
    """What was typed: one link, one line."""
    inside: str
    """The tag that it stands under, as it is written."""
    spot: Spot


@dataclass(frozen=True)
class Text:
    """What a page's Markdown holds."""

    words: str
    """All of it as it is read, each block on a line of its own."""
    runs: tuple[Run, ...]
    headings: tuple[Heading, ...] = ()
    links: tuple[LinkInText, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[TableInText, ...] = ()
    deepest: int = 0
    """How many quotations stand one in the other, where most do."""
    unmarked: tuple[Stretch, ...] = ()
    """The names of footnotes to which no mark leads."""
    uneven_rows: tuple[UnevenRow, ...] = ()
    bold_paragraphs: tuple[Stretch, ...] = ()
    """Paragraphs that are bold from end to end, where more text follows."""
    italics: tuple[Stretch, ...] = ()
    markings: tuple[Marking, ...] = ()
    """Elements that no page may bring, and attributes that can be wrong."""
    unconverted: tuple[Unconverted, ...] = ()
    explained: frozenset[str] = frozenset()
    """The letters that the page explains in an abbreviation."""

    @cached_property
    def wrapped(self) -> tuple[tuple[int, Run], ...]:
        """The runs of Markdown that go over more than one line, each with its number."""
        return tuple(
            (number, run)
            for number, run in enumerate(self.runs)
            if "\n" in run.written and run.is_shown and not run.is_html
        )

    def block(self, at: int) -> tuple[int, int]:
        """Give where the block begins and ends in which a letter stands."""
        end = self.words.find("\n", at)
        return self.words.rfind("\n", 0, at) + 1, len(self.words) if end < 0 else end

    @cached_property
    def _shown(self) -> tuple[list[int], list[int]]:
        shown = [(run.at, number) for number, run in enumerate(self.runs) if run.is_shown]
        return [at for at, _ in shown], [number for _, number in shown]

    def spot(self, at: int) -> Spot:
        """Give where the letter at a place among the words stands."""
        starts, numbers = self._shown
        last = bisect_right(starts, at) - 1
        return Spot(at, numbers[last] if last >= 0 else 0)


def matches(pattern: re.Pattern[str], words: str, *signs: str) -> Iterable[re.Match[str]]:
    """Find a pattern among words of which each match has one of some signs.

    Most pages have none of them, and that is seen far sooner than that nothing matches.
    """
    return pattern.finditer(words) if any(sign in words for sign in signs) else ()
