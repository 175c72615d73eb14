"""Rules for signs that were to make something, and that readers see as they were typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, islice
from typing import Final

from ltp.writing.page import Reading, Told, fault, note
from ltp.writing.text import Run, Spot, Text, matches

_ROW: Final = re.compile(r"^\|[^\n]*\|[ ]*$", re.MULTILINE)
_NOTE: Final = re.compile(r"\[\^[^\]\s]+\]")
_MARK: Final = re.compile(r"^\{:[^}\n]*\}$", re.MULTILINE)
_BOX: Final = re.compile(r"^\[[ xX]\](?= )", re.MULTILINE)
_ITEM: Final = re.compile(r"\n *(?P<sign>[-*+]|\d{1,2}\.) +")
_ENDS: Final = (".", ":", ";", "!", "?")
"""How a line ends after which a hyphen is no dash."""
_UNDER: Final = re.compile(r"\n *(?:(?=[^\n]*\|)[|: ]*-[-|: ]*(?=\n|\Z)|\|)")
"""A line under another that is one of hyphens, or the row of a table."""
_VERSIONS: Final = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
_BOLD: Final = re.compile(r"(?<![\w*])\*\*[^\W_][^\s*]*")
_STARS_OF_A_NOTE: Final = re.compile(r"(?<=[^\s*])\*\*(?![\w*])")
_BULLETS: Final = ("•", "▪", "‣", "◦", "·", "●", "■", "\uf0b7", "\uf0a7")
"""What Word puts before the items of a list; the last two are its own letters."""
_BULLET: Final = re.compile(r"\s*(?P<sign>[•▪‣◦●■\uf0b7\uf0a7]|·(?!\d))")
_WRAPPED_BULLET: Final = re.compile(rf"\n{_BULLET.pattern}")
_Found = tuple[int, re.Match[str]]
"""What was found in the run of a number."""
_OWN_SIGN: Final = re.compile(r"[ >]*(?:[-*+]|\d+\.) ")


def boxes(reading: Reading) -> Iterator[Told]:
    """Find boxes to tick, which are only brackets here."""
    for match in matches(_BOX, reading.text.words, "["):
        yield note(
            reading.text.spot(match.start()),
            f"“{match[0]}” makes no box to tick, and is read out as brackets",
            "Take it out. Say in words what is done.",
        )


def not_converted(reading: Reading) -> Iterator[Told]:
    """Find Markdown between the tags of HTML, where nothing reads it."""
    for each in reading.text.unconverted:
        tag = " ".join(each.inside.rstrip("/>").split())
        yield fault(
            each.spot,
            f"“{each.written}” stands between HTML tags, so it is shown as it was typed",
            f'Write {tag} markdown="1">, and leave an empty line after it and one before its end.',
        )


def left_as_typed(reading: Reading) -> Iterator[Told]:
    """Find signs that were to make something, and that readers see as they were typed."""
    words = reading.text.words
    for row in islice(matches(_ROW, words, "|"), 1):
        yield fault(
            reading.text.spot(row.start()),
            "the row of a table is shown as it was typed",
            "A table needs a line of hyphens under its first row, with as many columns: |---|---|.",
        )
    for match in matches(_NOTE, words, "[^"):
        yield note(
            reading.text.spot(match.start()),
            f"“{match[0]}” is shown as it was typed, because nothing says what the footnote is",
            f"Write it on a line of its own, such as {match[0]}: What the reader should know.",
        )
    for match in matches(_MARK, words, "{:"):
        yield note(
            reading.text.spot(match.start()),
            f"“{match[0]}” is shown as it was typed",
            "Put it straight under the paragraph that it is about, with no empty line between.",
        )


def lists(reading: Reading) -> Iterator[Told]:
    """Find lists straight under a sentence, which are shown inside it."""
    for start, found in _found(reading.text, _ITEM):
        number, first = found[0]
        at = reading.text.runs[number].at + first.start("sign")
        signs = [each["sign"] for _, each in found]
        spot = Spot(at, number)
        if reading.lines.text(spot).lstrip(" >").startswith("\\"):
            continue  # meant as it is
        if _is_list(reading, signs, spot, reading.text.words[start:at].rstrip()):
            yield note(
                spot,
                "a list begins straight under a sentence, so it is shown inside the sentence",
                "Put an empty line above its first line.",
            )


def _found(text: Text, pattern: re.Pattern[str]) -> Iterator[tuple[int, list[_Found]]]:
    """Give all that begins a line inside a paragraph, for each: where it begins, what was found."""
    found = [
        (number, each) for number, run in text.wrapped for each in pattern.finditer(run.written)
    ]
    for start, group in groupby(
        found, lambda each: text.block(text.runs[each[0]].at + each[1].start())[0]
    ):
        yield start, list(group)


def _is_list(reading: Reading, signs: list[str], first: Spot, before: str) -> bool:
    """Tell whether lines that begin as items do are some: a dash may stand there too, or a number."""
    if signs[0][0].isdigit():
        return signs[:2] == ["1.", "2."]
    if signs[0] == "*" or len([each for each in signs if each in "-+"]) > 1:
        return True
    is_quoted = reading.lines.text(first).lstrip().startswith(">")  # by somebody, after a dash
    return before.endswith(":" if is_quoted else _ENDS)


def tables(reading: Reading) -> Iterator[Told]:
    """Find tables straight under a sentence, and those of which the line of hyphens does not fit."""
    text = reading.text
    if "|" not in text.words:
        return
    for start, found in _found(text, _UNDER):
        if _ROW.fullmatch(text.words, *text.block(start)):
            continue  # told as it is
        number, first = next((each for each in found if "-" in each[1][0]), found[0])
        at = text.runs[number].at + first.start()
        if "-" not in first[0]:
            yield fault(
                Spot(at + 1, number),
                "the row of a table is shown as it was typed",
                "Put an empty line above the first row, and a line of hyphens under it: |---|---|.",
            )
        elif (header := _line_above(text, number, at)) is None:
            yield fault(
                text.spot(start),
                "the row of a table is shown as it was typed",
                "The line of hyphens under it needs as many columns as it has: |---|---|.",
            )
        else:
            yield fault(
                header,
                "a table begins straight under a sentence, so it is shown as it was typed",
                "Put an empty line above its first row.",
            )


def _line_above(text: Text, number: int, at: int) -> Spot | None:
    """Give where the line begins that ends at a letter, if another stands above it in its block."""
    start, _ = text.block(at)
    for earlier in range(number, -1, -1):
        run = text.runs[earlier]
        if run.at < start:
            break
        line = run.written.rfind("\n", 0, at - run.at if earlier == number else None)
        if line >= 0:
            return Spot(run.at + line + 1, earlier)
    return None


def bullets(reading: Reading) -> Iterator[Told]:
    """Find lists that were pasted from Word, with its signs before their lines."""
    text = reading.text
    if not any(sign in text.words for sign in _BULLETS):
        return
    above = -2
    at = 0
    while at < len(text.words):
        start, end = text.block(at)
        at = end + 1
        if (found := _first_bullet(text, start, end)) is None:
            continue
        spot, sign = found
        line = reading.lines.text(spot)
        is_new, above = above != start - 1, end
        if not is_new or "|" in line or line.startswith("#"):
            continue  # told already, or where no list can be
        yield note(
            spot,
            f"a line begins with “{sign}”, which makes no list here",
            "Take it out: the line is in a list already."
            if _OWN_SIGN.match(line)
            else "Begin each of these lines with “- ” in its place, and put an empty line above the first.",
        )


def _first_bullet(text: Text, start: int, end: int) -> tuple[Spot, str] | None:
    """Find the first line of a block that begins with a sign of Word’s."""
    spot = text.spot(start)
    found = _BULLET.match(text.words, start, end)
    if found and not _run(text, spot.run).is_html:
        return spot, found["sign"]
    for number, run in text.wrapped:
        if start <= run.at < end and (found := _WRAPPED_BULLET.search(run.written)):
            return Spot(run.at + found.start("sign"), number), found["sign"]
    return None


def _run(text: Text, number: int) -> Run:
    return text.runs[min(number, len(text.runs) - 1)]


def bold(reading: Reading) -> Iterator[Told]:
    """Find two stars that were to make words bold and have no end. Stars after a word refer to a note."""
    text = reading.text
    if "**" not in text.words or _STARS_OF_A_NOTE.search(text.words):
        return
    for _, group in groupby(_BOLD.finditer(text.words), lambda match: text.block(match.start())):
        match = next(group)
        spot = text.spot(match.start())
        if not _run(text, spot.run).is_html and "\\*" not in reading.lines.text(spot):
            yield note(
                spot,
                f"“{match[0]}” is shown as it was typed, because the two stars have no end",
                "Write ** straight after the last word that is to be bold, or take the stars out.",
            )


def versions(reading: Reading) -> Iterator[Told]:
    """Find the marks of two versions of a text that were to be put together."""
    if has_versions(reading):
        yield fault(
            Spot(0, 0, _VERSIONS),
            "two versions of the text stand here one after the other, with marks between them",
            "Keep what is right, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>.",
        )


def has_versions(reading: Reading) -> bool:
    """Tell whether a page has the marks with which programs tell two versions of a text apart."""
    text = reading.text
    # The last mark is a quotation in six others to Markdown, where it begins a paragraph.
    if "<<<<<<< " in text.words or ">>>>>>> " in text.words:
        return True
    return text.deepest >= 7 and bool(_VERSIONS.search(reading.page.body))


RULES: Final = (boxes, not_converted, left_as_typed, lists, tables, bullets, bold, versions)
