"""Locks: an archived plan's pages stay as they are, and a change by mistake is noticed.

A lock is a file beside the pages, `locked.txt`, with the fingerprint of each. `edition.yml` is not
among them, because a plan's history goes on. Line ends don't count: git may change them on Windows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from ltp.files import sha256
from ltp.findings import Finding
from ltp.plans.reading import UnreadableError, decode

NAME: Final = "locked.txt"
_HEADER: Final = (
    "# The pages of this plan are locked: ltp check compares them with these fingerprints.\n"
)
_FREE: Final = (NAME, "edition.yml")


def lock(folder: Path) -> Path:
    """Lock the pages of an edition as they are now; give the lock's file."""
    lines = [f"{fingerprint}  {name}\n" for name, fingerprint in sorted(_now(folder).items())]
    path = folder / NAME
    path.write_text(_HEADER + "".join(lines), encoding="utf-8", newline="\n")
    return path


def is_locked(folder: Path) -> bool:
    """Tell whether an edition's folder is locked."""
    return (folder / NAME).is_file()


def broken(folder: Path, where: str) -> Iterator[Finding]:
    """Find the pages that changed, came or went since the lock. `where` is the folder from the root."""
    try:
        before = _before(folder, where)
    except UnreadableError as error:
        yield error.finding
        return
    now = _now(folder)
    for name in sorted(before.keys() | now.keys()):
        if before.get(name) == now.get(name):
            continue
        how = (
            "was changed"
            if name in before and name in now
            else "is gone"
            if name in before
            else "is new"
        )
        yield Finding(
            f"{where}/{name}",
            1,
            f"this plan is locked, and the file {how}",
            "Undo the change. If it puts a mistake right, run "
            f"ltp lock {where.removeprefix('content/')} and add to “history” what was corrected.",
        )


def _before(folder: Path, where: str) -> Mapping[str, str]:
    lines = decode((folder / NAME).read_bytes(), f"{where}/{NAME}").splitlines()
    pairs = (line.partition(" ") for line in lines if line.strip() and not line.startswith("#"))
    return {name.strip(): fingerprint for fingerprint, _, name in pairs}


def _now(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): _fingerprint(path)
        for path in folder.rglob("*")
        if path.is_file() and path.name not in _FREE and not path.name.startswith(".")
    }


def _fingerprint(path: Path) -> str:
    return sha256(path.read_bytes().replace(b"\r\n", b"\n"))[:32]
