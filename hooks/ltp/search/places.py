"""Where each word stands in the pages of an index, in the numbers that Pagefind's script reads.

Of a page they are: how many pages on from the one before it is; the places of the word in its text, each
the distance from the one before, with a negative number before those of another weight; and its places in
the title, after a number for that. See Pagefind's `index/mod.rs` and `index/index_words.rs`, version 1.5.2.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from ltp.remembered import Remembered
from ltp.search import stems
from ltp.search.cbor import NUMBERS, array, encoded
from ltp.search.reading import ORDINARY, Text

Weighed = tuple[int, int]
"""What a word weighs, and its place."""
_PART: Final = 20_000
"""How many numbers a part of the index has before the next begins."""
_USUAL: Final = 25
"""The weight that the script takes for granted. No word has it, nor has any fraction of a heading's."""
_ORDINARY: Final[Remembered[int, bytes]] = Remembered(
    lambda count: array(1 + count) + NUMBERS[-ORDINARY - 1]
)
"""What a list of so many places in running text begins with."""
_TITLE: Final = -1
"""Says that places in the title follow: of what a page is known by, the first and only."""
_IN_TITLE: Final = 0
"""The weight of words in a title: none, the script gives it."""
_Spelt = dict[tuple[str, str], list[Weighed]]
"""Places by a word's stem and how it is spelt."""


class Words:
    """The words of all pages, each with where it stands."""

    def __init__(self) -> None:
        self._words: defaultdict[str, _Word] = defaultdict(_Word)

    def add(self, page: int, text: Text, title: Sequence[str]) -> None:
        """Note where the words of a page stand, in its text and its title. Pages come in their order."""
        body, head = _Page(), _Page()
        for weight, words in text.runs:
            body.add(words, weight)
        head.add(title, _IN_TITLE)
        others, titled = body.others, head.others
        for stem, at in body.ordinary.items():
            word = self._words[stem]
            if stem in others or stem in titled:
                places = [*((ORDINARY, place) for place in at), *others.pop(stem, ())]
                word.add(page, places, titled.pop(stem, ()))
            else:
                word.add_ordinary(page, at)
        for stem, places in others.items():
            self._words[stem].add(page, places, titled.pop(stem, ()))
        for stem, places in titled.items():
            self._words[stem].add(page, (), places)
        self._add_spelt(page, body.spelt, head.spelt)

    def _add_spelt(self, page: int, body: _Spelt, head: _Spelt) -> None:
        for stem, spelling in sorted(body):
            word = self._words[stem].spelt(spelling)
            word.add(page, body[stem, spelling], head.pop((stem, spelling), ()))
        for stem, spelling in sorted(head):
            self._words[stem].spelt(spelling).add(page, (), head[stem, spelling])

    def parts(self) -> Iterator[tuple[str, str, bytes]]:
        """Cut the words, from A to Z, into parts; give the first and the last of each, and its bytes."""
        part: list[str] = []
        numbers = 0
        for stem in sorted(self._words):
            part.append(stem)
            numbers += self._words[stem].numbers
            if numbers >= _PART:
                yield self._part(part)
                part, numbers = [], 0
        if part:
            yield self._part(part)

    def _part(self, part: Sequence[str]) -> tuple[str, str, bytes]:
        words = (self._words[stem].encoded(stem) for stem in part)
        return part[0], part[-1], b"\x81" + array(len(part)) + b"".join(words)


class _Page:
    """Where words stand on one page, by what they are found by; a place is how many words are before."""

    def __init__(self) -> None:
        self.ordinary: dict[str, list[int]] = {}
        """Whole words of running text."""
        self.others: dict[str, list[Weighed]] = {}
        """Words of headings or titles, and parts of words."""
        self.spelt: _Spelt = {}
        """Words with accents."""
        self._count = 0

    def add(self, words: Sequence[str], weight: int) -> None:
        """Note words that stand together and weigh the same."""
        ordinary = self.ordinary if weight == ORDINARY else None
        for place, found in enumerate(map(_SOUGHT.__getitem__, words), self._count):
            if not isinstance(found, str):
                self._add_all(found, weight, place)
            elif ordinary is None:
                self.others.setdefault(found, []).append((weight, place))
            elif found in ordinary:
                ordinary[found].append(place)
            else:
                ordinary[found] = [place]
        self._count += len(words)

    def _add_all(self, found: Sequence[stems.Sought], weight: int, place: int) -> None:
        parts = sum(each.is_part for each in found)
        for each in found:
            weighs = max(weight // min(parts, 255), 1) if each.is_part else weight
            if each.spelling:
                self.spelt.setdefault((each.stem, each.spelling), []).append((weighs, place))
            elif weighs == ORDINARY:
                self.ordinary.setdefault(each.stem, []).append(place)
            else:
                self.others.setdefault(each.stem, []).append((weighs, place))


def _sought(word: str) -> str | Sequence[stems.Sought]:
    """Give what a word is found by; for most words that is a stem and nothing else."""
    found = stems.of_word(word)
    plain = len(found) == 1 and not found[0].spelling
    return found[0].stem if plain else tuple(found)


_SOUGHT: Final = Remembered(_sought)


class _Word:
    """Where one word stands, or one spelling of it."""

    __slots__ = ("_last", "_pages", "_places", "_spelt", "numbers")

    def __init__(self) -> None:
        self._pages = 0
        self._last = 0
        self._places = bytearray()
        self.numbers = 0
        """How many numbers say so."""
        self._spelt: dict[str, _Word] | None = None

    def spelt(self, spelling: str) -> _Word:
        """Give the same word as it is spelt with accents."""
        if self._spelt is None:
            self._spelt = {}
        return self._spelt.setdefault(spelling, _Word())

    def add(self, page: int, text: Sequence[Weighed], title: Sequence[Weighed]) -> None:
        """Add a page, with the places in its text and in its title."""
        numbers: list[int] = []
        weight, last = _USUAL, 0
        for weighs, place in sorted(text):
            numbers += (place - last,) if weighs == weight else (-weighs - 1, place)
            weight, last = weighs, place
        titled, last = [_TITLE] if title else [], 0
        for _, place in title:
            titled.append(place - last)
            last = place
        self._places += b"\x83%b%b%b" % (
            NUMBERS[page - self._last],
            encoded(numbers),
            encoded(titled),
        )
        self._pages += 1
        self._last = page
        self.numbers += len(numbers) + len(titled) + 1

    def add_ordinary(self, page: int, at: Sequence[int]) -> None:
        """Add a page where the word stands in running text alone: the same, and quicker for most words."""
        made, last = b"\x83" + NUMBERS[page - self._last] + _ORDINARY[len(at)], 0
        for place in at:
            made += NUMBERS[place - last]
            last = place
        self._places += made + b"\x80"
        self._pages += 1
        self._last = page
        self.numbers += len(at) + 2

    def encoded(self, stem: str) -> bytes:
        """Give the bytes of all pages."""
        spelt = [
            b"\x82" + encoded(spelling) + word._all
            for spelling, word in (self._spelt or {}).items()
        ]
        return b"\x83" + encoded(stem) + self._all + array(len(spelt)) + b"".join(spelt)

    @property
    def _all(self) -> bytes:
        return array(self._pages) + self._places
