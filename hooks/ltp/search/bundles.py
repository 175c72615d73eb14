"""The bundles of a target's search, one for each part of it, and the list of withdrawn pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

from ltp.files import sha256
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
) -> Mapping[str, str]:
    """Write what a search of these records needs into a folder; give a digest of each file by its path in it.

    `front` is the address that results are told from: an area's front page, or the portal's, where
    results also say which area they are of.
    """

    def made(part: Part) -> Mapping[str, str]:
        pages = [
            index.Indexed(_path(each, front), each.title, _facts(each, front), words(each))
            for each in records
            if each.part is part
        ]
        found = _bundle(folder / part.value, pages, part, kept) if pages else {}
        return {f"{part.value}/{name}": digest for name, digest in found.items()}

    files = {name: digest for part in INDEXED for name, digest in made(part).items()}
    withdrawn = [
        {"title": each.title, "path": _path(each, front), **_facts(each, front)}
        for each in records
        if each.part is Part.WITHDRAWN
    ]
    if withdrawn:
        text = json.dumps(withdrawn, ensure_ascii=False, separators=(",", ":")) + "\n"
        content = text.encode()
        (folder / WITHDRAWN).write_bytes(content)
        files[WITHDRAWN] = sha256(content)
    return files


def _bundle(
    bundle: Path, pages: Sequence[index.Indexed], part: Part, kept: Kept | None
) -> Mapping[str, str]:
    """Write one bundle: as it was kept, where the same pages made it, or anew; give its files' digests."""
    digest = index.digest_of(pages)
    files = kept.get(part.value, digest) if kept else None
    if files is None:
        files = index.made(pages, engine=part is Part.FIRST)
        if kept:
            kept.put(part.value, digest, files)
    for folder in {name.rpartition("/")[0] for name in files}:
        (bundle / folder).mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        with open(f"{bundle}/{name}", "wb") as file:  # noqa: PTH123  (many, and quicker than a Path)
            file.write(content)
    return {name: sha256(content) for name, content in files.items()}


def _path(record: Record, front: str) -> str:
    return record.address.removeprefix(front)


def _facts(record: Record, front: str) -> dict[str, str]:
    """Give what a result says beside its title, with the names by which the script asks for it."""
    area = record.area if front == addresses.HOME else ""
    told = {"what": record.what, "area": area, "tag": record.tag, "kind": record.tag_kind}
    return {name: value for name, value in told.items() if value}
