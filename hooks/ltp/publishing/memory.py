"""What is remembered from one build to the next, to spare work; all of it can be made again.

Each file begins with a digest of the rest, so that one that was cut short or spoilt is noticed, and
counts as missing. So does one of an earlier version of the modules whose own types are kept. It is
written beside its place and then moved there.
"""

from __future__ import annotations

import hashlib
import pickle
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ltp.files import sweep_parts, write_whole
from ltp.plans.names import PORTAL

if TYPE_CHECKING:
    from ltp.publishing.sources import Sources

FOLDER: Final = "memory"
"""The folder's name in the state folder."""
AREAS: Final = "areas"
INDEXES: Final = "indexes"
TEXTS: Final = "texts"
_BY_TARGET: Final = (AREAS, INDEXES, TEXTS)
"""The folders in it with a file or a folder for each target."""

_KEPT_BY: Final = ("laying.py", "memory.py", "sources.py", "unchanged.py")
"""The modules that ask for what was kept before it is known whether the code is the same."""

_VERSION: Final = b"".join(
    hashlib.sha256(Path(__file__).with_name(name).read_bytes()).digest() for name in _KEPT_BY
)
"""Stands for these modules as they are: the types that they keep have other fields in another version."""


def recall(path: Path, code: str) -> Any:
    """Give what was kept in a file by the same code; None where that is not there, or not whole."""
    try:
        kept = path.read_bytes()
    except OSError:
        return None
    digest, value = kept[:32], kept[32:]
    if _digest(value) != digest:
        return None
    try:
        by, what = pickle.loads(value)
    except Exception:  # whatever is wrong with it, it is made again
        return None
    return what if by == code else None


def keep(path: Path, code: str, what: Any) -> None:
    """Keep something in a file, for the same code."""
    value = pickle.dumps((code, what), protocol=5)
    write_whole(path, _digest(value) + value)


def sweep(state: Path, areas: Collection[str]) -> None:
    """Delete what is remembered of areas that there are no more, and files that a kill left half written."""
    sweep_parts(state / FOLDER)
    for folder in (state / FOLDER / name for name in _BY_TARGET):
        sweep_parts(folder)
        for path in folder.iterdir() if folder.is_dir() else ():
            is_gone = path.name.removesuffix(".pickle") not in (PORTAL, *areas)
            if path.is_dir() and is_gone:
                shutil.rmtree(path, ignore_errors=True)
            elif path.is_dir():
                sweep_parts(path)
            elif is_gone and not path.name.startswith("."):
                path.unlink(missing_ok=True)


def _digest(value: bytes) -> bytes:
    digest = hashlib.sha256(_VERSION)
    digest.update(value)
    return digest.digest()


class KeptParts:
    """What was read of each area, kept for as long as its files stay as they are: a `loading.Parts`.

    What was read just now is kept once somebody knows that no file was changed meanwhile: see `keep`.
    """

    def __init__(self, state: Path, sources: Sources) -> None:
        self._folder = state / FOLDER / AREAS
        self._code = sources.code
        self._new: dict[str, Any] = {}
        self._digests: Mapping[str, str] = {
            owner: sources.digest_of(paths) for owner, paths in sources.by_owner.items() if owner
        }

    def get(self, area: str) -> Any:
        """Give what was read of an area, if that still holds."""
        kept = recall(self._folder / f"{area}.pickle", self._code)
        digest = self._digests.get(area)
        return kept[1] if kept and digest and kept[0] == digest else None

    def put(self, area: str, part: Any) -> None:
        """Take what was read just now. One that has a fault is read again: it will be put right."""
        if area in self._digests and not any(each.is_fault for each in part.findings):
            self._new[area] = part

    def keep(self) -> None:
        """Keep what was read, since the files are still as they were looked at before."""
        for area, part in self._new.items():
            keep(self._folder / f"{area}.pickle", self._code, (self._digests[area], part))
        self._new.clear()


class KeptIndexes:
    """The indexes of a target's search: a `search.bundles.Kept`. Without a digest of the code, none."""

    def __init__(self, state: Path, code: str, target: str) -> None:
        self._folder = state / FOLDER / INDEXES / target
        self._code = code

    def get(self, part: str, digest: str) -> Mapping[str, bytes] | None:
        """Give the files of a part's index by their paths, if they are those of that digest."""
        kept = recall(self._folder / f"{part}.pickle", self._code) if self._code else None
        return kept[1] if kept and kept[0] == digest else None

    def put(self, part: str, digest: str, files: Mapping[str, bytes]) -> None:
        """Keep the files of a part's index."""
        if self._code:
            keep(self._folder / f"{part}.pickle", self._code, (digest, files))
