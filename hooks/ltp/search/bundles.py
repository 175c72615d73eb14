"""The bundles of a target's search, one for each part of it, and the list of withdrawn pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, Protocol

from ltp.search import index
from ltp.search.records import Part, Record
from ltp.site import addresses

INDEXED: Final = (Part.FIRST, Part.LAST, Part.EARLIER)
"""The parts that have a bundle of their own, where there is anything in them."""

WITHDRAWN: Final = "withdrawn.json"
"""The file with the pages that are found by their exact title."""


class Kept(Protocol):
    """Keeps bundles from one build to the next: each by its part and by a digest of what is in it."""

    def get(self, part: str, digest: str) -> Mapping[str, bytes] | None:
        """Give the files of a bundle by their paths in it, if they are those of that digest."""

    def put(self, part: str, digest: str, files: Mapping[str, bytes]) -> None:
        """Keep the files of a bundle."""


def write(
    folder: Path,
    front: str,
    records: Sequence[Record],
    words: Callable[[Record], str],
    kept: Kept | None = None,
    threads: int = 1,
) -> Sequence[str]:
    """Write what a search of these records needs into a folder; give the files by their paths in it.

    `front` is the address that results are told from: an area's front page, or the portal's, where
    results also say which area they are of. The bundles are made beside each other, as far as there are
    `threads` for them.
    """

    def made(part: Part) -> Sequence[str]:
        pages = [
            index.Indexed(_path(each, front), each.title, _facts(each, front), words(each))
            for each in records
            if each.part is part
        ]
        found = _bundle(folder / part.value, pages, part, kept) if pages else ()
        return [f"{part.value}/{each}" for each in found]

    with ThreadPoolExecutor(threads) as pool:
        files = [file for found in pool.map(made, INDEXED) for file in found]
    withdrawn = [
        {"title": each.title, "path": _path(each, front), **_facts(each, front)}
        for each in records
        if each.part is Part.WITHDRAWN
    ]
    if withdrawn:
        files.append(WITHDRAWN)
        text = json.dumps(withdrawn, ensure_ascii=False, separators=(",", ":")) + "\n"
        (folder / WITHDRAWN).write_text(text, encoding="utf-8", newline="\n")
    return files


def _bundle(
    bundle: Path, pages: Sequence[index.Indexed], part: Part, kept: Kept | None
) -> Sequence[str]:
    """Write one bundle: as it was kept, where the same pages made it, or anew."""
    digest = index.digest_of(pages)
    found = kept.get(part.value, digest) if kept else None
    if found is None:
        files = index.write(bundle, pages, engine=part is Part.FIRST)
        if kept:
            kept.put(part.value, digest, {name: (bundle / name).read_bytes() for name in files})
        return files
    for name, content in found.items():
        path = bundle / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return list(found)


def _path(record: Record, front: str) -> str:
    return record.address.removeprefix(front)


def _facts(record: Record, front: str) -> dict[str, str]:
    """Give what a result says beside its title, with the names by which the script asks for it."""
    area = record.area if front == addresses.HOME else ""
    told = {"what": record.what, "area": area, "tag": record.tag, "kind": record.tag_kind}
    return {name: value for name, value in told.items() if value}
