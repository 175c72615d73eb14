"""Reading a piece of Markdown as the commands do, for tests of rules."""

from __future__ import annotations

from pathlib import Path

from ltp.plans.model import Origin, Page, PageFacts
from ltp.writing import tree
from ltp.writing.checking import RULES
from ltp.writing.lines import Lines
from ltp.writing.page import Names, Reading, Told
from ltp.writing.text import Spot, Text

FIRST_LINE = 5
"""The line on which the text of a page begins here."""


def reading_of(
    markdown: str, *, title: str = "Help", names: Names | None = None, folder: Path | None = None
) -> Reading:
    """Read Markdown as a page's text."""
    origin = Origin("content/blmk/2024-25/crisis.md", {("title",): 2, ("summary",): 3})
    page = Page("crisis", PageFacts(title=title), markdown, FIRST_LINE, origin)
    return Reading(page, tree.read(markdown), folder or Path(), names or Names())


def told_of(markdown: str, **more: object) -> list[Told]:
    """Give everything that the rules tell of a page's text."""
    reading = reading_of(markdown, **more)  # type: ignore[arg-type]  # as `reading_of` takes them
    return [each for rule in RULES for each in rule(reading)]


def lines_of(markdown: str) -> list[tuple[int, str]]:
    """Give the line in the Markdown, from 1, and the beginning of all that is told."""
    reading = reading_of(markdown)
    told = [each for rule in RULES for each in rule(reading)]
    return sorted(
        (reading.lines.of(each.at) - FIRST_LINE + 1, each.what)
        for each in told
        if isinstance(each.at, Spot)
    )


def line_of(text: Text, markdown: str, spot: Spot) -> int:
    """Give the line in the Markdown, from 1, of something in it."""
    return Lines(markdown, 1, text.runs).of(spot)
