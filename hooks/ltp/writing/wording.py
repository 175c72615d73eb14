"""Rules for words: capitals, italics, and words that hurt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ltp.writing.page import Reading, Told, note


@dataclass(frozen=True)
class Term:
    """Words that should not be written, and what is right."""

    within: str
    """Letters that are in all of them: only where these stand is the pattern looked for."""
    pattern: re.Pattern[str]
    why: str
    """What is wrong with them, after the words in quotation marks."""
    cure: str
    only_with: re.Pattern[str] | None = None
    """They are wrong only on a page that speaks of this."""


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


TERMS: Final = (
    Term(
        "suicid",
        _words(r"commit(?:s|ted|ting)? suicide"),
        "speaks of suicide as if it were a crime",
        "Write “died by suicide” or “took their own life”.",
    ),
    Term(
        "suicid",
        _words(r"(?:completed|successful) suicides?(?: attempts?)?"),
        "makes a death sound like a success",
        "Write “died by suicide”.",
    ),
    Term(
        "suicid",
        _words(r"(?:failed|unsuccessful) suicides?(?: attempts?)?"),
        "makes living sound like a failure",
        "Write “suicide attempt” or “survived a suicide attempt”.",
    ),
    Term(
        "attempt",
        _words(r"(?:failed|unsuccessful) attempts?"),
        "makes living sound like a failure",
        "Write “suicide attempt” or “survived a suicide attempt”.",
        only_with=_words(r"suicid\w*|self[- ]harm\w*|tak\w+ (?:his|her|their|your) own li\w+"),
    ),
    Term(
        "mentally ill",
        _words(r"mentally ill"),
        "makes a person and an illness one thing",
        "Write “has a mental health condition”, or name the condition.",
    ),
    Term(
        "suffer",
        _words(
            r"suffer(?:s|ed|ing)? (?:from|with) (?:an? )?"
            r"(?:anxiety|bipolar|depression|eating|mental|psychosis|schizophrenia)"
        ),
        "says how somebody feels about it, and we don’t know",
        "Write “has” or “lives with”.",
    ),
)
"""Samaritans' guidelines for the media, and the NHS service manual on mental health."""

_NO_LETTERS: Final = (
    "A ALL ALWAYS AND ANY ARE AS AT BE BUT BY CAN DO DOES EVERY FOR FROM GET HAS HAVE HELP HOW IF IMPORTANT "
    "IN IS MUST MY NEVER NEW NO NOT NOW OF ON ONLY OR OUR OUT PLEASE READ THAT THE THEIR THESE THEY THIS TO "
    "URGENT WARNING WAS WE WHAT WHEN WHERE WILL WITH YES YOU YOUR"
)
_SMALL: Final = frozenset(_NO_LETTERS.split())
"""Words that are no letters for other words: in capitals they are shouted."""

_IN_CAPITALS: Final = re.compile(r"[A-Z]{2,}")
_CAPITALS: Final = re.compile(
    r"[A-Z](?<![\w’][A-Z])[A-Z’&-]*(?![\w’])(?:[ ,:;!–-]+[A-Z][A-Z’&-]*(?![\w’]))*"
)


_QUOTED: Final = re.compile(r"“[^“”\n]*”|‘(?:[^‘’\n]|’(?=\w))*’|\"[^\"\n]*\"")
_LITTLE: Final = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")
)
"""Words that stand in small letters inside a title."""


def terms(reading: Reading) -> Iterator[Told]:
    """Find words that hurt people, or that are not true."""
    small = reading.whole.lower()
    for term in TERMS:
        if term.within in small and (not term.only_with or term.only_with.search(small)):
            for match in term.pattern.finditer(reading.whole):
                yield note(reading.at(match.start()), f"“{match[0]}” {term.why}", term.cure)


def italics(reading: Reading) -> Iterator[Told]:
    """Find words in italics, which are hard to read for many."""
    for each in reading.text.italics:
        yield note(
            each.spot,
            f"“{each.words}” is in italics, which many people find hard to read",
            "Put a title in quotation marks in place of the stars."
            if is_title(each.words)
            else "Take the marks away. If a word has to stand out, make it **bold**.",
        )


def capitals(reading: Reading) -> Iterator[Told]:
    """Find sentences in capitals. What is quoted, and a title, stands as others wrote it."""
    found = shouted(reading.whole)
    others = [*quotations(reading.whole), *titles(reading)] if found else []
    for start, end in found:
        if is_within(start, others):
            continue
        said = reading.whole[start:end]
        is_sentence = " " in said
        right = said[:1] + said[1:].lower() if is_sentence else said.lower()
        yield note(
            reading.at(start),
            f"“{said}” is in capitals, which are hard to read and sound like shouting",
            f"Write “{right}”.",
        )


@lru_cache(maxsize=1)  # two rules ask for the same
def shouted(words: str) -> Sequence[tuple[int, int]]:
    """Give where words stand in capitals that are not letters for other words."""
    if _SMALL.isdisjoint(_IN_CAPITALS.findall(words)):
        return ()
    found = (match for match in _CAPITALS.finditer(words) if _is_shouted(match[0]))
    return [match.span() for match in found]


def quotations(words: str) -> Iterator[tuple[int, int]]:
    """Give where words stand in quotation marks."""
    for match in _QUOTED.finditer(words):
        yield match.span()


def titles(reading: Reading) -> Iterator[tuple[int, int]]:
    """Give where titles stand in italics, among the whole of what readers are shown."""
    for each in reading.text.italics:
        if is_title(each.words):
            start = reading.top + each.spot.at
            yield start, start + len(each.words)


def is_title(words: str) -> bool:
    """Tell whether words are written as titles are: “Future in Mind”."""
    first, *rest = words.split()
    written = [first, *(word for word in rest if word not in _LITTLE)]
    return bool(rest) and all(not word[:1].islower() for word in written)


def is_within(at: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Tell whether a letter stands in one of several stretches."""
    return any(start <= at < end for start, end in spans)


def _is_shouted(said: str) -> bool:
    return any(len(word) > 1 and word in _SMALL for word in re.findall(r"[A-Z’&]+", said))


RULES: Final = (terms, italics, capitals)
