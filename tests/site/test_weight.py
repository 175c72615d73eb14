"""What a page weighs before anybody does anything: its HTML with its styles and scripts, as servers pack them."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.site.built import Built, Page

MOST = 50 * 1024
MOST_OF_SEARCHES = 60 * 1024
"""Searches and pages of a help directory may have scripts of their own."""

IMPORT = re.compile(r"""^(?:import|export)\b[^"';]*?["'](?P<path>\.[^"']+)["']""", re.MULTILINE)


def test_no_page_is_heavier_than_an_old_telephone_can_bear(any_site: Built) -> None:
    heavy = {
        page.address: weight
        for page in any_site.pages.values()
        if (weight := _weight(any_site, page)) > _most(page)
    }
    assert heavy == {}


def test_the_weight_counts_styles_scripts_and_what_scripts_import(real: Built) -> None:
    page = real["/blmk/search/"]
    names = {path.name for path in _files(real, page)}
    assert any(name.endswith(".css") for name in names)
    assert {"display.js", "search.js", "address.js", "words.js"} <= names
    assert _weight(real, page) > sum(_packed(path) for path in _files(real, page))


def _most(page: Page) -> int:
    is_of_help = "/help/" in page.address
    return MOST_OF_SEARCHES if page.is_search or is_of_help else MOST


def _weight(site: Built, page: Page) -> int:
    html = len(gzip.compress(page.text.encode(), mtime=0))
    return html + sum(_packed(path) for path in _files(site, page))


def _files(site: Built, page: Page) -> set[Path]:
    """Give what a browser fetches for the page before it is drawn, apart from pictures."""
    named = page.all("//link[@rel='stylesheet' or @rel='modulepreload']/@href | //script/@src")
    found: set[Path] = set()
    for address in named:
        file = site.file(page.resolve(address).removeprefix(site.base.rstrip("/")))
        found |= {file, *_imported(file)}
    return found


@cache
def _imported(script: Path) -> frozenset[Path]:
    """Give the modules that a script imports at once, and those that they import."""
    return frozenset(_modules(script)) if script.suffix == ".js" else frozenset()


def _modules(script: Path) -> Iterator[Path]:
    for each in IMPORT.finditer(script.read_text(encoding="utf-8")):
        path = (script.parent / each["path"]).resolve()
        yield path
        yield from _imported(path)


@cache
def _packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), mtime=0))
