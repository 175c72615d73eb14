"""The index of a search, in the files that Pagefind's script reads in a browser.

Pagefind's own program makes the same files in three times as long, and it can't be told what a page is
but through more files: see decision 24. What is in each file is, to the byte, what Pagefind 1.5.2 writes
for the same pages in the same order (`tests/search/test_same_as_pagefind.py`), before it is compressed.

An index has

- `pagefind-entry.json`: which version it is of, how many pages it has, and which `.pf_meta` to read;
- `pagefind.….pf_meta`: the pages' files, and which words are in which part of the index;
- `index/….pf_index`: words, and the pages and places where each stands;
- `fragment/….pf_fragment`: a page's words as they are shown, and what a result says of it.

Files are named by a hash of what is in them. All but the first are compressed with gzip, and CBOR but for
the fragments, which are JSON.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Final
from urllib.parse import urlencode

from isal import isal_zlib

from ltp.files import sha256
from ltp.search import pagefind, reading
from ltp.search.cbor import encoded
from ltp.search.places import Words
from ltp.search.reading import Heading, Text

_LANGUAGE: Final = "en"
_SHORT: Final = 10
"""How many characters of a hash name a file."""
_JOINS: Final = ("_", "‿", "⁀", "⁔", "︳", "︴", "﹍", "﹎", "﹏", "＿")
"""Signs that are part of a word."""
_SPACES: Final = re.compile(r"\s{2,}|\n")
_LEVEL: Final = 3
"""How hard ISA-L tries to make a file small: as hard as it can."""
_AS_GZIP: Final = 31
_MARK: Final = b"pagefind_dcd"
"""What each compressed file begins with, by which the script knows that it is not compressed any more."""


@dataclass(frozen=True)
class Indexed:
    """A page as it goes into an index."""

    path: str
    """Its address, as seen from the front of the site: `2024-25/crisis/`; empty for the front itself."""
    title: str
    facts: Mapping[str, str]
    """What its result says of it."""
    html: str
    """The words that are looked through."""

    @cached_property
    def told(self) -> str:
        """Give what the script is told of the page, beside its title: its address, and the facts.

        It stands in the id of an anchor: Pagefind hands ids on, and looks for no words in them, as it does
        in all that it takes for metadata.
        """
        facts = {name: value for name, value in self.facts.items() if value}
        return urlencode({"path": self.path, **facts}, safe="/")

    @property
    def text(self) -> Text:
        """Give the words that it is found by. One without any is found by its title."""
        text = reading.read(self.html)
        return text if text.runs else reading.read(f"<p>{escape(self.title)}</p>")

    @property
    def name(self) -> str:
        """Name the page within the index, shortly, and the same whatever other pages there are."""
        return f"/{sha256(self.path.encode())[:16]}.html"


def made(pages: Iterable[Indexed], *, engine: bool) -> dict[str, bytes]:
    """Make the index of pages, with what searches it; give its files by their paths in it.

    The same pages give the same bytes, in any order. Raises SearchError where Pagefind's script is asked
    for and Pagefind is missing or fails.
    """
    index = Index()
    for page in sorted(pages, key=lambda each: each.path):
        index.add(page)
    return {**index.files(), **(pagefind.engine() if engine else {})}


def digest_of(pages: Sequence[Indexed]) -> str:
    """Give a digest of all that an index of these pages is made from, but for the code."""
    digest = hashlib.sha256()
    for page in pages:
        digest.update(f"{page.told}\0{page.title}\0{page.html}\0".encode())
    return digest.hexdigest()


class Index:
    """An index that grows page by page."""

    def __init__(self) -> None:
        self.words = Words()
        self.pages: list[tuple[str, int]] = []
        """The name of each page's fragment, and how many words it has."""
        self.fragments: dict[str, bytes] = {}

    def add(self, page: Indexed) -> None:
        """Add a page."""
        text = page.text
        words = text.words
        told = Heading("i", page.told, 0, "")
        fragment = {
            "url": page.name,
            "content": " ".join(words),
            "word_count": len(words),
            "filters": {},
            "meta": {"title": _SPACES.sub(" ", page.title.strip())},
            "anchors": [_anchor(each) for each in (told, *text.headings)],
        }
        data = _json(fragment)
        name = _unused(_hash(data), self.fragments)
        self.fragments[name] = _packed_soon(data)
        self.words.add(len(self.pages), text, page.title.split())
        self.pages.append((name, len(words)))

    def files(self) -> dict[str, bytes]:
        """Give the files, once all pages are there."""
        parts: dict[str, bytes] = {}
        named = []
        for first, last, data in self.words.parts():
            name = _unused(_hash(data), parts)
            parts[name] = _packed(data)
            named.append((first, last, name))
        meta = encoded([pagefind.VERSION, self.pages, _shortened(named), [], [], ["title"]])
        name = _hash(meta)[: len(_LANGUAGE) + 1 + _SHORT]
        language = {"hash": name, "wasm": _LANGUAGE, "page_count": len(self.pages)}
        entry = {
            "version": pagefind.VERSION,
            "languages": {_LANGUAGE: language},
            "include_characters": _JOINS,
        }
        return {
            "pagefind-entry.json": _json(entry),
            f"pagefind.{name}.pf_meta": _packed(meta),
            **{f"index/{name}.pf_index": data for name, data in parts.items()},
            **{f"fragment/{name}.pf_fragment": data for name, data in self.fragments.items()},
        }


def _anchor(heading: Heading) -> Mapping[str, str | int]:
    return {
        "element": heading.element,
        "id": heading.id,
        "text": heading.text,
        "location": heading.location,
    }


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _packed(data: bytes) -> bytes:
    """Compress what every search fetches, with no time and no name in it: as small as is worth while.

    zlib's best is 0.6 % smaller than what it does by itself, and takes three times as long.
    """
    packer = zlib.compressobj(wbits=_AS_GZIP)
    return packer.compress(_MARK + data) + packer.flush()


def _packed_soon(data: bytes) -> bytes:
    """Compress a page's own file, of which there are many: in a fifth of the time, for 4 % more bytes."""
    packer = isal_zlib.compressobj(_LEVEL, wbits=_AS_GZIP)
    return bytes(packer.compress(_MARK + data) + packer.flush())


def _hash(data: bytes) -> str:
    """Give the hash that Pagefind names a file by: SHA-1, where a byte below 16 has one digit."""
    return f"{_LANGUAGE}_" + "".join(f"{byte:x}" for byte in hashlib.sha1(data).digest())


def _unused(name: str, used: Container[str]) -> str:
    """Shorten a hash, but not so far that it has the name of another file."""
    lengths = range(_SHORT, len(name))
    return next((name[:length] for length in lengths if name[:length] not in used), name)


def _shortened(parts: Sequence[tuple[str, str, str]]) -> Sequence[tuple[str, str, str]]:
    """Shorten the first and last words of the parts to what tells a part from the next."""
    if not parts:
        return ()
    firsts, lasts, names = map(list, zip(*parts, strict=True))
    for at, (last, first) in enumerate(zip(lasts, firsts[1:], strict=False)):
        differ = (at for at, (one, two) in enumerate(zip(last, first, strict=False)) if one != two)
        same = next(differ, min(len(last), len(first))) + 1
        if last[:same] >= firsts[at]:
            lasts[at] = last[:same]
        firsts[at + 1] = first[:same]
    return list(zip(firsts, lasts, names, strict=True))
