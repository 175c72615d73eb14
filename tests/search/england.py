"""Made-up records as many as England has, the same every time: 42 areas with 10 plans of 15 pages each.

The words are syllables put together, used as words of a language are: few of them often, many seldom.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate

from ltp.search.records import Part, Record

AREAS = 42
LATEST_PAGES = 15
SERVICES = 150
EARLIER_PAGES = 135
WORDS_A_PAGE = 650

_CONSONANTS = [
    "b",
    "c",
    "d",
    "f",
    "g",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "w",
    "br",
    "ch",
    "cr",
    "dr",
    "gr",
    "pl",
    "pr",
    "sh",
    "sl",
    "st",
    "th",
    "tr",
]
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "ee", "oo", "ou"]
_ENDS = ["", "", "n", "s", "t", "l", "nd", "ing", "er"]


class Language:
    """A vocabulary, and texts of it."""

    def __init__(self, size: int = 8_000, seed: int = 42) -> None:
        self.random = random.Random(seed)
        words: dict[str, None] = {}
        while len(words) < size:
            words[self._word()] = None
        self.words = list(words)
        # The n-th word is used a third as often as the first where n is 10, and so on.
        self.weights = list(accumulate(1 / (at + 4) for at in range(size)))

    def _word(self) -> str:
        syllables = (
            self.random.choice(_CONSONANTS) + self.random.choice(_VOWELS)
            for _ in range(self.random.choice([1, 2, 2, 3, 3, 4]))
        )
        return "".join(syllables) + self.random.choice(_ENDS)

    def text(self, words: int) -> str:
        return " ".join(self.random.choices(self.words, cum_weights=self.weights, k=words))

    def title(self) -> str:
        return self.text(self.random.randint(2, 7)).capitalize()

    def body(self, words: int) -> str:
        """Give a text with a heading for every 130 words or so."""
        parts = max(1, words // 130)
        return "".join(
            f'<h2 id="part-{at}">{self.title()}</h2><p>{self.text(words // parts)}</p>'
            for at in range(parts)
        )


def area(language: Language, part: Part) -> Iterator[tuple[Record, str]]:
    """Give the records of one area's part, each with the words that its search looks through."""
    if part is Part.EARLIER:
        for at in range(EARLIER_PAGES):
            record = _page(language, "area", f"plan-{at // 15}", at, "Earlier", part)
            yield record, language.body(WORDS_A_PAGE)
        return
    for at in range(LATEST_PAGES):
        record = _page(language, "area", "latest", at, "Latest here", part)
        yield record, language.body(WORDS_A_PAGE)
    for at in range(SERVICES):
        yield _service(language, "area", at), f"<p>{language.text(110)}</p>"


def portal(language: Language) -> Iterator[Record]:
    """Give the records of all areas that a first search looks through: titles, summaries, headings."""
    for number in range(AREAS):
        area = f"area-{number}"
        for at in range(LATEST_PAGES):
            yield _page(language, area, "latest", at, "Latest here", Part.FIRST)
        for at in range(SERVICES):
            yield _service(language, area, at)


def _page(language: Language, area: str, plan: str, at: int, tag: str, part: Part) -> Record:
    headings = tuple((f"part-{n}", language.title()) for n in range(language.random.randint(2, 6)))
    return Record(
        part=part,
        address=f"/{area}/{plan}/page-{at}/",
        title=language.title(),
        what="2024 to 2025 plan",
        area=f"{area} and its neighbours",
        tag=tag,
        tag_kind="latest",
        summary=language.text(18),
        headings=headings,
    )


def _service(language: Language, area: str, at: int) -> Record:
    return Record(
        part=Part.FIRST,
        address=f"/{area}/help/service-{at}/",
        title=language.title(),
        what="Help",
        area=f"{area} and its neighbours",
        tag="Checked",
        tag_kind="latest",
        summary=language.text(20),
    )
