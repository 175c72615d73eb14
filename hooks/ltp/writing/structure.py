"""Rules for what a page is made of: headings, pictures, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from ltp.writing.page import Reading, Told, fault, note
from ltp.writing.text import Heading, Picture, TableInText

_FILE_NAME: Final = re.compile(
    r"\S+\.(?:gif|jpe?g|png|svg|webp)|(?:image|img|picture|photo|dsc|screenshot)[ _-]?\d*",
    re.IGNORECASE,
)
_PICTURE_OF: Final = re.compile(
    r"(?:an? |the )?(?:graphic|image|photo|photograph|picture) of\b", re.IGNORECASE
)
_MOST_WORDS: Final = 12
"""The most words of a bold paragraph that is taken for a heading."""


def headings(reading: Reading) -> Iterator[Told]:
    """Find a second title, a level that is left out, and a heading without words."""
    above = 1
    for heading in sorted(reading.text.headings, key=lambda each: each.spot.at):
        if not heading.words:
            yield fault(
                heading.spot,
                "a heading has no words",
                "Write what stands under it, or take the line out.",
            )
        elif heading.level == 1:
            yield _second_title(reading, heading)
        elif heading.level > above + 1:
            yield _skipped(heading, above)
        above = max(2, heading.level)


def _second_title(reading: Reading, heading: Heading) -> Told:
    written = reading.lines.text(heading.spot).lstrip(" >")
    if written.startswith(("#", "<")):
        sign = "#" if written.startswith("#") else "<h1>"
        return fault(
            heading.spot,
            "a second title: the page’s title stands at the top, in “title”",
            f"Write ## in place of {sign}: ## {heading.words}",
        )
    return fault(
        heading.spot,
        "a second title: a line of = makes one, and the page’s title stands at the top",
        f"Take that line out and write: ## {heading.words}",
    )


def _skipped(heading: Heading, above: int) -> Told:
    signs, right = _sign(heading, heading.level), _sign(heading, above + 1)
    why = (
        f"and the heading above it has {_sign(heading, above)}"
        if above > 1
        else f"and the first heading of a page has {_sign(heading, 2)}"
    )
    return fault(
        heading.spot,
        f"the heading “{heading.words}” has {signs}, {why}",
        f"Write {right} in its place, so that no level is left out.",
    )


def _sign(heading: Heading, level: int) -> str:
    """Give what makes a heading of a level, as its editor writes headings."""
    return f"<h{level}>" if heading.is_html else "#" * level


def bold_paragraphs(reading: Reading) -> Iterator[Told]:
    """Find paragraphs that are bold to look like headings: a screen reader doesn't list them."""
    for bold in reading.text.bold_paragraphs:
        if len(bold.words.split()) <= _MOST_WORDS and bold.words[-1] not in ".!?…”’":
            yield note(
                bold.spot,
                f"the bold line “{bold.words}” looks like a heading and is none",
                "Write ## or ### before it in place of the stars.",
            )


def pictures(reading: Reading) -> Iterator[Told]:
    """Find pictures that say nothing to people who can't see them."""
    for picture in reading.text.pictures:
        said = picture.alternative or ""
        if not said:
            # In a link, empty is right beside words; without words the link has none: see `links`.
            if not picture.is_decoration and not picture.in_link:
                yield _without_alternative(picture)
        elif _is_file_name(said, picture):
            yield fault(
                picture.spot,
                f"the picture’s alternative text is the name of a file: “{said}”",
                f"Say in {_place(picture)} what the picture shows, for people who can’t see it.",
            )
        elif start := _PICTURE_OF.match(said):
            rest = said[start.end() :].strip()
            yield note(
                picture.spot,
                f"the alternative text begins with “{start[0]}”, and screen readers say that already",
                f"Begin with what it shows: “{rest[:1].upper()}{rest[1:40]}{'…' if rest[40:] else ''}”."
                if rest
                else "Say what it shows.",
            )


def _without_alternative(picture: Picture) -> Told:
    address = picture.address
    return fault(
        picture.spot,
        f"the picture “{address}” has no alternative text"
        if address
        else "a picture has no alternative text",
        'Say in alt what it shows: alt="Four boxes". If it says nothing, write so: '
        'alt="" class="decoration".'
        if picture.is_html
        else f"Say in the square brackets what it shows: ![Four boxes](…). "
        f"If it says nothing, write so: ![]({address}){{ .decoration }}.",
    )


def _place(picture: Picture) -> str:
    """Name the place in which an alternative text is written."""
    return "alt" if picture.is_html else "the square brackets"


def _is_file_name(said: str, picture: Picture) -> bool:
    stem = PurePosixPath(picture.address).stem
    return bool(_FILE_NAME.fullmatch(said)) or (
        said == stem and re.search(r"[-_\d]", stem) is not None
    )


def tables(reading: Reading) -> Iterator[Told]:
    """Find tables whose columns nobody can tell apart by ear, and tables without a caption."""
    captions: dict[str, TableInText] = {}
    for table in sorted(reading.text.tables, key=lambda each: each.spot.at):
        if not any(table.headers):
            yield fault(
                table.spot,
                "the table has no headers",
                "Write in its first row what each column holds: <th>Year</th><th>How many</th>."
                if table.is_html
                else "Write in its first row what each column holds: | Year | How many |.",
            )
        elif not all(table.headers[1:]):
            yield note(
                table.spot,
                "a column of the table has no header",
                "Write in the first row what the column holds.",
            )
        if not table.caption:
            yield note(
                table.spot,
                "the table has no caption",
                "Say what it shows straight after <table>: <caption>Teams in schools</caption>."
                if table.is_html
                else "Say above it what it shows, on a line that begins with “Table: ”.",
            )
        elif (first := captions.setdefault(table.caption, table)) is not table:
            yield note(
                table.spot,
                f"two tables have the caption “{table.caption}”: the first is on line "
                f"{reading.lines.of(first.spot)}",
                "Say what each one shows.",
            )


def rows(reading: Reading) -> Iterator[Told]:
    """Find rows of tables with more cells than there are columns, or with fewer."""
    for row in reading.text.uneven_rows:
        if row.lost:
            yield fault(
                row.spot,
                f"the row has more cells than the table has columns, so “{row.lost}” is not shown",
                "Write as many cells as the first row has, and \\| for a | that is only a sign.",
            )
        elif "|" in row.written:
            yield note(
                row.spot,
                "the row has fewer cells than the table has columns, so those at its end stay empty",
                "Write as many cells as the first row has, also where one of them is empty: | 2024 | |.",
            )
        else:
            yield note(
                row.spot,
                "the line straight under the table is taken for a row of it",
                "Put an empty line above it.",
            )


def footnotes(reading: Reading) -> Iterator[Told]:
    """Find footnotes that no mark in the text leads to."""
    for each in reading.text.unmarked:
        yield note(
            each.spot,
            f"no mark in the text leads to the footnote “{each.words}”",
            f"Write [^{each.words}] where it belongs, or take the footnote out.",
        )


RULES: Final = (headings, bold_paragraphs, pictures, tables, rows, footnotes)
