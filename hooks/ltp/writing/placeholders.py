"""The words that `ltp new` writes where an editor has to write, and the rules for texts that nobody wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from ltp.plans.model import PageFacts
from ltp.writing.page import Reading, Told, fault
from ltp.writing.text import CODE, matches

OF_AREA: Final = "Write here what the plan means for a young person."
OF_EDITION: Final = "Write here what this plan is."
OF_PAGE: Final = "Write here. Begin headings with ##."
OF_SERVICE: Final = "Say more here, in plain words."
"""An entry is whole without a text, so `ltp new service` writes none any more."""

ALL: Final = (OF_AREA, OF_EDITION, OF_PAGE, OF_SERVICE)


_WRITE_HERE: Final = re.compile(r"^Write here\b[^\n]*", re.MULTILINE)
_LONGEST: Final = 60
"""The most letters of a line that are told of it."""


def left_over(reading: Reading) -> Iterator[Told]:
    """Find words that stand for a text that nobody has written yet."""
    given = []
    for words in ALL:
        at = reading.text.words.find(words)
        if at >= 0:
            given.append(at)
            told = fault(
                reading.text.spot(at),
                f"“{words}” stands here as it was given, so nobody has written the text",
                "Write the text in its place, or take the line out.",
            )
            yield replace(told, is_of_a_start=True)
    for at, line in _lines_to_write(reading):
        if at - reading.top not in given:
            told = fault(
                reading.at(at),
                f"“{_short(line)}” stands here, so nobody has written the text",
                "Write the text in its place, or take the line out.",
            )
            yield replace(told, is_of_a_start=True)


def _lines_to_write(reading: Reading) -> Iterator[tuple[int, str]]:
    """Give where a line that tells an editor to write begins, in the whole of what readers are shown."""
    for match in matches(_WRITE_HERE, reading.whole, "Write here"):
        yield match.start(), match[0]
    for _, run in reading.text.wrapped:
        for match in matches(_WRITE_HERE, run.written, "\nWrite here"):
            if match.start():
                yield reading.top + run.at + match.start(), match[0]


def _short(line: str) -> str:
    line = line.replace(CODE, "…").strip()
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rsplit(' ', 1)[0]} …"


def nothing(reading: Reading) -> Iterator[Told]:
    """Find pages on which there is nothing. Front pages list what is under them without a text."""
    page, text = reading.page, reading.text
    if text.words.strip() or text.pictures or text.markings:
        return
    facts = page.facts
    has_own_facts = type(facts) is not PageFacts or not facts.title  # which may not be read yet
    if not has_own_facts and PurePosixPath(page.origin.path).stem.lower() != "index":
        told = fault(
            (),
            "nobody has written the text of this page, so readers would find nothing on it",
            "Write it under the second line of hyphens, or delete the file.",
        )
        yield replace(told, is_of_a_start=True)


RULES: Final = (left_over, nothing)
