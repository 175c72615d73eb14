"""The words that `ltp new` writes where an editor has to write, and the rule that finds them left over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ltp.writing.page import Reading, Told, fault

OF_AREA: Final = "Write here what the plan means for a young person."
OF_EDITION: Final = "Write here what this plan is."
OF_PAGE: Final = "Write here. Begin headings with ##."
OF_SERVICE: Final = "Say more here, in plain words."
"""An entry is whole without a text, so `ltp new service` writes none any more."""

ALL: Final = (OF_AREA, OF_EDITION, OF_PAGE, OF_SERVICE)


def left_over(reading: Reading) -> Iterator[Told]:
    """Find words that stand for a text that nobody has written yet."""
    for words in ALL:
        at = reading.text.words.find(words)
        if at >= 0:
            told = fault(
                reading.text.spot(at),
                f"“{words}” stands here as it was given, so nobody has written the text",
                "Write the text in its place, or take the line out.",
            )
            yield replace(told, is_of_a_start=True)


RULES: Final = (left_over,)
