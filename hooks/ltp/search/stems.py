"""What is looked for in a word: its stem, and those of its parts, as Pagefind's search looks for them.

Pagefind's script treats what somebody types in the same way, so both have to agree. Followed is its
`fossick/splitting.rs`, version 1.5.2, and for parts of words convert_case 0.11: `tests/search/
test_same_as_pagefind.py` compares them.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import regex
import Stemmer  # type: ignore[import-not-found]  # it has no types

_STEMMER: Final = Stemmer.Stemmer("english")
_NOT_IN_WORDS: Final = regex.compile(r"[^\p{Alphabetic}\p{N}\p{Pc}]")
"""What no word is made of: neither letters, nor numbers, nor what joins them as `_` does."""
_CUTS: Final = regex.compile(r"[^\p{Alphabetic}\p{N}]|(?<=.)\p{Uppercase}")
"""Where a word may have parts: at a sign, and at a capital within it."""
_CAPITAL: Final = regex.compile(r"\p{Uppercase}")
_SEEN_AS_ONE: Final = regex.compile(r"\X")
_PICTURE: Final = regex.compile(
    r"\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|.\ufe0f?\u20e3"
)
_SPACE_FOR_PUNCTUATION: Final = str.maketrans(dict.fromkeys(string.punctuation, " "))


class Sought(NamedTuple):
    """One thing that a word is found by."""

    stem: str
    is_part: bool = False
    """Whether it is a part of the word only: `plan` of `plan-led`."""
    spelling: str = ""
    """How it is written, where accents were left out of the stem: `café`; otherwise empty."""


def of_word(word: str) -> Sequence[Sought]:
    """Give what a word is found by, from a word as it stands in a text, its full stop and all."""
    bare = _NOT_IN_WORDS.sub("", word)
    # Letter by letter: the last sigma of a Greek word becomes as the others.
    bare = bare.lower() if bare.isascii() else _CAPITAL.sub(lambda each: each[0].lower(), bare)
    found = [_sought(bare)] if bare else []
    if not _CUTS.search(word):
        return found
    parts = " ".join(_parts(word.translate(_SPACE_FOR_PUNCTUATION)))
    if bare and (" " in parts or not bare.startswith(parts)):
        # As Pagefind does, by the length in bytes: a single letter with an accent counts.
        found += [_sought(each, is_part=True) for each in parts.split() if len(each.encode()) > 1]
    if not word.isascii():
        found += [Sought(each) for each in _SEEN_AS_ONE.findall(word) if _PICTURE.match(each)]
    return found


def _sought(word: str, *, is_part: bool = False) -> Sought:
    plain = _without_accents(word)
    return Sought(_STEMMER.stemWord(plain), is_part, word if plain != word else "")


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word)
    return "".join(each for each in apart if not unicodedata.category(each).startswith("M"))


def _parts(words: str) -> Iterator[str]:
    """Cut where small letters, capitals and digits meet: `CYPs16plus` is `cy`, `ps`, `16`, `plus`."""
    for word in words.split():
        seen = list(word) if word.isascii() else _SEEN_AS_ONE.findall(word)
        kinds = [*map(_kind, seen), "", ""]
        begin = 0
        for at in range(len(seen)):
            one, two, three = kinds[at : at + 3]
            if one + two in _MEET or one + two + three == "AAa":
                yield "".join(seen[begin : at + 1]).lower()
                begin = at + 1
        yield "".join(seen[begin:]).lower()


_MEET: Final = frozenset({"aA", "a0", "A0", "0a", "0A"})


def _kind(seen: str) -> str:
    """Tell a small letter, a capital and a digit: `a`, `A` or `0`, and for all others a hyphen."""
    if seen.isascii() and seen.isdigit():
        return "0"
    small, large = seen.lower(), seen.upper()
    if small == large or seen not in (small, large):
        return "-"
    return "a" if seen == small else "A"
