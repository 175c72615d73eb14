"""The pages are written afresh: no run of ten words is taken over from a source.

Titles, names of places, and quotations in curly quotation marks are excepted. The sources are kept as
hashes of their runs, in `tests/wording/runs.txt`; `tests/wording/make_hashes.py` makes that file.
"""

from __future__ import annotations

import html
import re
import runpy
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest
import yaml

ROOT = Path(__file__).parent.parent
WORDING = Path(__file__).parent / "wording"

_TOOL = runpy.run_path(str(WORDING / "make_hashes.py"))
words_of: Callable[[str], list[str]] = _TOOL["words_of"]
runs_of: Callable[[Sequence[str]], Iterator[str]] = _TOOL["runs_of"]
hash_of: Callable[[str], str] = _TOOL["hash_of"]
hashes_of: Callable[[Sequence[str]], list[str]] = _TOOL["hashes_of"]

KEPT: Final = frozenset(
    hash_for_line for hash_for_line in (WORDING / "runs.txt").read_text().split()
)

EXACT_KEYS = ("title", "venue", "address")
"""Keys whose values are titles, places and addresses, which have to be exact."""

LONGEST_QUOTATION = 40
"""Words. What is longer is no quotation but a text taken over."""

MOST_QUOTED = 0.25
"""The share of a page's words that may stand in quotation marks, once it quotes more than a line."""

PAGES = sorted((ROOT / "content").rglob("*.md"))
FACTS = sorted([*(ROOT / "areas").glob("*.yml"), *(ROOT / "content").rglob("*.yml")])
PICTURES = sorted((ROOT / "content").rglob("*.svg"))


@pytest.mark.parametrize(
    "path", [*PAGES, *FACTS, *PICTURES], ids=lambda path: str(path.relative_to(ROOT))
)
def test_a_file_takes_no_run_of_ten_words_from_a_source(path: Path) -> None:
    assert taken_over(texts_of(path), KEPT) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_page_quotes_no_more_than_a_quotation(path: Path) -> None:
    text = " ".join(texts_of(path))
    quoted = [len(words_of(each)) for each in QUOTATION.findall(text)]
    assert max(quoted, default=0) <= LONGEST_QUOTATION
    assert sum(quoted) <= max(LONGEST_QUOTATION, MOST_QUOTED * len(words_of(text)))


def test_there_are_pages_and_hashes_to_hold_against_each_other() -> None:
    assert PAGES
    assert FACTS
    assert len(KEPT) > 1000
    assert all(re.fullmatch(r"[0-9a-f]{12}", each) for each in KEPT)


MADE_UP = "Seven brown otters carried a very small piano across the frozen northern lake at dawn."


@pytest.mark.parametrize(
    "text",
    [
        MADE_UP,
        "Once, SEVEN brown otters carried a very small piano across the frozen river.",
        "Seven **brown otters** carried\n> a [very small](otters.md) piano across\nthe frozen lake.",
        "- Seven brown otters carried a\n    - very small piano across the frozen sea",
        "1. Seven brown otters carried a\n2. very small piano across the frozen sea",
        "| Seven brown otters | carried a very small |\n|---|---|\n| piano across | the frozen |",
        "Seven ‘brown’ otters&nbsp;carried a very-small piano<br>across the frozen pond.",
        "Seven brown otters carried a “very small piano across the frozen northern lake at dawn.",
    ],
)
def test_a_run_that_is_taken_over_is_found(text: str) -> None:
    kept = hashes_of([MADE_UP])
    assert "seven brown otters carried a very small piano across the" in taken_over([text], kept)


@pytest.mark.parametrize(
    "text",
    [
        "Seven brown otters carried a very small piano. They crossed the frozen northern lake.",
        "As the source says, “Seven brown otters carried a very small piano across the frozen lake”.",
        "Seven brown otters “carried a” very small piano across the frozen northern lake.",
    ],
)
def test_nine_words_and_quotations_are_let_through(text: str) -> None:
    assert taken_over([text], hashes_of([MADE_UP])) == []


def test_front_matter_is_read_and_only_exact_facts_are_let_through(tmp_path: Path) -> None:
    kept = hashes_of([MADE_UP])
    page = tmp_path / "page.md"
    page.write_text(f"---\ntitle: {MADE_UP}\n---\n\nWords.\n", encoding="utf-8")
    assert taken_over(texts_of(page), kept) == []
    page.write_text(f"---\ntitle: Otters\nsummary: {MADE_UP}\n---\n\nWords.\n", encoding="utf-8")
    assert taken_over(texts_of(page), kept)
    facts = tmp_path / "facts.yml"
    facts.write_text(f"- id: otters\n  note: {MADE_UP}\n", encoding="utf-8")
    assert taken_over(texts_of(facts), kept)


def test_the_tool_writes_no_words_of_a_source() -> None:
    assert hashes_of(["too few words to make a run"]) == []
    assert [len(each) for each in hashes_of([MADE_UP])] == [12] * (len(words_of(MADE_UP)) - 9)


QUOTATION = re.compile(r"“[^“”]*”")
"""From an opening mark to its closing one; a mark that stands alone hides nothing."""

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>|<!--.*?-->", re.DOTALL)
_FRONT_MATTER = re.compile(r"---\n(.*?)\n---\n(.*)", re.DOTALL)


def taken_over(texts: Sequence[str], kept: Collection[str]) -> list[str]:
    """Give the runs of some texts that are among the hashes kept, quotations left out."""
    return [
        run
        for text in texts
        for part in QUOTATION.split(plain(text))
        for run in runs_of(words_of(part))
        if hash_of(run) in kept
    ]


def plain(markdown: str) -> str:
    """Take the markup away, and leave the words in the order in which they are read."""
    return html.unescape(_TAG.sub(" ", _LINK.sub(r"\1", markdown))).replace("**", "")


def texts_of(path: Path) -> list[str]:
    """Give the texts of a page, of a file of facts or of a picture, exact facts left out."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".svg":
        return re.findall(r"<(?:title|text)\b.*?</(?:title|text)>", text, re.DOTALL)
    if path.suffix == ".yml":
        return list(_values(yaml.load(text, Loader=yaml.BaseLoader)))
    match = _FRONT_MATTER.fullmatch(text)
    assert match, f"{path} has no lines between --- at its top"
    return [*_values(yaml.load(match[1], Loader=yaml.BaseLoader)), match[2]]


def _values(value: object, key: object = None) -> Iterator[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _values(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from _values(each, key)
    elif isinstance(value, str) and key not in EXACT_KEYS:
        yield value
