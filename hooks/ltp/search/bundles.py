"""The bundles of a target's search, one for each part of it, and the list of withdrawn pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from ltp.search import index
from ltp.search.records import Part, Record
from ltp.site import addresses

INDEXED: Final = (Part.FIRST, Part.LAST, Part.EARLIER)
"""The parts that have a bundle of their own, where there is anything in them."""

WITHDRAWN: Final = "withdrawn.json"
"""The file with the pages that are found by their exact title."""


def write(
    folder: Path, front: str, records: Sequence[Record], words: Callable[[Record], str]
) -> Sequence[Path]:
    """Write what a search of these records needs into a folder; give the files.

    `front` is the address that results are told from: an area's front page, or the portal's, where
    results also say which area they are of.
    """
    files: list[Path] = []
    for part in INDEXED:
        pages = [
            index.Indexed(_path(each, front), each.title, _facts(each, front), words(each))
            for each in records
            if each.part is part
        ]
        if pages:
            files += index.write(folder / part.value, pages, engine=part is Part.FIRST)
    withdrawn = [
        {"title": each.title, "path": _path(each, front), **_facts(each, front)}
        for each in records
        if each.part is Part.WITHDRAWN
    ]
    if withdrawn:
        files.append(folder / WITHDRAWN)
        text = json.dumps(withdrawn, ensure_ascii=False, separators=(",", ":")) + "\n"
        files[-1].write_text(text, encoding="utf-8", newline="\n")
    return files


def _path(record: Record, front: str) -> str:
    return record.address.removeprefix(front)


def _facts(record: Record, front: str) -> dict[str, str]:
    """Give what a result says beside its title, with the names by which the script asks for it."""
    area = record.area if front == addresses.HOME else ""
    told = {"what": record.what, "area": area, "tag": record.tag, "kind": record.tag_kind}
    return {name: value for name, value in told.items() if value}
