"""Whether every published file is still as it was built: asked for with `ltp build --verify`."""

from __future__ import annotations

import json
import os
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import Final

from ltp.files import sha256
from ltp.site import addresses

NAME: Final = "digests.json"
"""The file beside a target's manifest with the digest of each of its files."""


def write_down(folder: Path, known: Mapping[str, str]) -> None:
    """Write down the digests of a target's files, beside the folder `site` that holds them.

    `known` gives those of files that need not be read for it.
    """
    digests = dict(sorted({**_digests(folder / "site", but=known), **known}.items()))
    text = json.dumps(digests, separators=(",", ":"))
    (folder / NAME).write_text(text + "\n", encoding="utf-8", newline="\n")


def spoilt(folder: Path) -> list[str]:
    """Name the files of a kept target that are missing, new, or not as they were built."""
    expected = _written_down(folder)
    return _differing(expected, _digests(folder / "site"))


def spoilt_in(out: Path, kept: Mapping[str, Path], files: Mapping[str, str]) -> list[str]:
    """Name the files of a published folder that are not as they were laid there.

    `kept` gives the folder of each target that is laid in it, `files` what stands beside them.
    """
    expected = {name: sha256(text.encode()) for name, text in files.items()}
    for target, folder in kept.items():
        under = addresses.front(target).removeprefix("/")
        expected |= {under + name: digest for name, digest in _written_down(folder).items()}
    return _differing(expected, _digests(out))


def _differing(expected: Mapping[str, str], found: Mapping[str, str]) -> list[str]:
    return sorted(
        name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name)
    )


def _written_down(folder: Path) -> Mapping[str, str]:
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _digests(folder: Path, but: Container[str] = ()) -> Mapping[str, str]:
    if not folder.is_dir():
        return {}
    under = len(str(folder)) + 1
    files = {path[under:].replace(os.sep, "/"): path for path in _files_under(str(folder))}
    return {
        name: sha256(Path(path).read_bytes()) for name, path in files.items() if name not in but
    }


def _files_under(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files_under(entry.path)
            else:
                yield entry.path
