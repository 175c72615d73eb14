"""What a build is made from: every source file by its content, and the code with what is installed.

A file is read only when what the system says of it (size, times, number) differs from the last time, so
that looking at thousands of files costs little. A file that was changed just before it was looked at is
read again the next time, since it may be changed once more within the same tick of the clock.

This module imports nothing that takes long: a build in which nothing changed is over before MkDocs or
the models would have been imported.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from ltp.files import sha256
from ltp.plans.names import area_of, may_be_plans_page
from ltp.publishing import memory

CODE: Final = Path(__file__).resolve().parents[3]
"""The folder that holds the code: `hooks/`, `overrides/`, `mkdocs.yml`, `node_modules/`."""

FOLDERS: Final = ("areas", "content", "docs/guide")
"""What editors write, under the root."""

_OF_THE_CODE: Final = (
    *("hooks", "overrides", "mkdocs.yml", "package-lock.json"),
    *(f"node_modules/{name}/package.json" for name in ("nhsuk-frontend", "sass")),
)
_JUST_NOW: Final = 2_000_000_000
"""Nanoseconds within which a file may change again and keep its time: file systems count coarsely."""

Stat = tuple[int, int, int, int]
"""Size, time of the content, time of the file's entry, number of the file."""


class Known(NamedTuple):
    """What is remembered of a file. There are thousands, and a tuple is read again soonest."""

    stat: Stat | None
    """None for a file that was too new to be trusted: it is read again."""
    digest: str
    facts: str = ""
    """A digest of the facts at the top of what may be a plan's page; empty for any other file."""


@dataclass
class Sources:
    """Every file that a build is made from, by its path under the root."""

    files: dict[str, Known] = field(default_factory=dict)
    code: str = ""
    """A digest of the code, its templates and styles, and the versions of all that is installed."""
    code_files: dict[str, Known] = field(default_factory=dict)

    def digest_of(self, paths: Iterable[str]) -> str:
        """Give one digest for some of the files, their names included."""
        return self.digest_of_facts(paths, ())

    def digest_of_facts(self, paths: Iterable[str], pages: Collection[str]) -> str:
        """Give one digest for some of the files, without the texts of those that are plans' `pages`."""
        digest = hashlib.sha256()
        for path in sorted(paths):
            known = self.files[path]
            what = known.facts if path in pages and known.facts else known.digest
            digest.update(f"{path}\0{what}\n".encode())
        return digest.hexdigest()

    @cached_property
    def by_owner(self) -> Mapping[str, list[str]]:
        """The paths of each area, of the portal, and, under "", of what all share. Ledgers are apart."""
        owned: dict[str, list[str]] = {}
        for path in self.files:
            if not path.endswith(".ledger"):
                owned.setdefault(area_of(path) or "", []).append(path)
        return owned

    @cached_property
    def digest(self) -> str:
        """A digest of everything."""
        return sha256(f"{self.code}\n{self.digest_of(self.files)}".encode())


def recall(state: Path) -> Sources | None:
    """Give what a state folder keeps of what was seen last."""
    found = memory.recall(_file_in(state), "")
    return found if isinstance(found, Sources) else None


def keep(state: Path, seen: Sources) -> None:
    """Keep what was seen, without what was worked out from it."""
    memory.keep(_file_in(state), "", replace(seen))


def _file_in(state: Path) -> Path:
    return state / memory.FOLDER / "sources.pickle"


def look(root: Path, before: Sources | None = None) -> Sources:
    """Look at every source under a root, and at the code; read what may have changed since."""
    last = before or Sources()
    now = time.time_ns()
    found = Sources()
    for folder in FOLDERS:
        found.files.update(_looked_at(root, folder, last.files, now))
    for name in _OF_THE_CODE:
        found.code_files.update(_looked_at(CODE, name, last.code_files, now))
    digest = hashlib.sha256(f"{sys.version}\n{_installed()}\n".encode())
    for path in sorted(found.code_files):
        digest.update(f"{path}\0{found.code_files[path].digest}\n".encode())
    found.code = digest.hexdigest()
    return found


def digests_of(name: str, content: bytes) -> tuple[str, str]:
    """Give the digests of a source, as `Known` has them: of all of it, and of the facts at its top."""
    facts = _facts_at_the_top(content) if may_be_plans_page(name) else None
    return sha256(content), sha256(facts) if facts else ""


def _looked_at(
    root: Path, name: str, before: Mapping[str, Known], now: int
) -> Iterator[tuple[str, Known]]:
    path = root / name
    if path.is_file():
        yield name, _known(str(path), name, _stat(path.stat()), before.get(name), now)
    elif path.is_dir():
        for full, relative, stat in _walk(str(path), name):
            yield relative, _known(full, relative, stat, before.get(relative), now)


def _walk(folder: str, name: str) -> Iterator[tuple[str, str, Stat]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name == "__pycache__" or entry.name.endswith((".pyc", ".egg-info")):
                continue
            relative = f"{name}/{entry.name}"
            if entry.is_dir():
                yield from _walk(entry.path, relative)
            else:
                try:
                    yield entry.path, relative, _stat(entry.stat())
                except FileNotFoundError:  # a link to nowhere, or gone in this moment
                    continue


def _stat(stat: os.stat_result) -> Stat:
    return (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def _known(path: str, name: str, stat: Stat, before: Known | None, now: int) -> Known:
    if before is not None and before.stat == stat:
        return before
    try:
        with open(path, "rb") as file:  # noqa: PTH123  (thousands of files: Path is slower)
            content = file.read()
    except OSError:  # whoever reads the file next says so
        return Known(None, "unreadable")
    is_settled = max(stat[1], stat[2]) < now - _JUST_NOW
    return Known(stat if is_settled else None, *digests_of(name, content))


def _facts_at_the_top(content: bytes) -> bytes | None:
    """Give what stands above a page's text, or more; None where that can't be told for certain.

    Fewer lines count as the one under the facts than where pages are read, so the text never begins earlier.
    """
    found = _TOP.match(content)
    return found[0] if found else None


_TOP: Final = re.compile(rb"\A---\r?\n(?:.*?\n)??---\r?\n", re.DOTALL)


def _installed() -> str:
    """Name everything that is installed beside this Python, with its version."""
    names: set[str] = set()
    for folder in sys.path:
        if folder.endswith(("site-packages", "dist-packages")) and Path(folder).is_dir():
            names |= {path.name for path in Path(folder).glob("*.dist-info")}
    return " ".join(sorted(names))
