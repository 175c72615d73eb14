"""The published folder: every target laid together as one site, and of each only what is new.

A file of a target is not copied but has a second name in the published folder, where the system can do
that. So nobody may change a published file in its place: what editors' programs do, to write a new file
and rename it, is fine.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ltp.plans.names import PORTAL
from ltp.publishing import exchange, memory

Mark = tuple[int, int, int, int]
"""Number and time of a folder in the published site, and of the manifest that it was laid from."""


@dataclass(frozen=True)
class Laying:
    """One published folder, and the folders that it is laid from."""

    published: Path
    """The folder with a folder `site` and a manifest for each target."""
    out: Path
    state: Path
    work: Path
    journal: Path

    @property
    def _record(self) -> Path:
        return _record(self.state, self.published)

    def lay(self, targets: list[str], files: Mapping[str, str], new: Collection[str]) -> None:
        """Lay targets together, with other files at the front; exchange what differs from what is there.

        `new` names those that were published just now, which may have been laid ready.
        """
        nothing: tuple[dict[str, Mark | None], dict[str, str]] = ({}, {})
        before = memory.recall(self._record, "") or nothing
        stays = {target for target in targets if self._mark(target) == before[0].get(target)}
        areas = [target for target in targets if target != PORTAL]
        if PORTAL in stays and before[0].keys() == {*targets} and files == before[1]:
            for area in areas:
                if area not in stays:
                    folder = self.work / _LAID / area
                    self._put(area, folder, new)
                    exchange.exchange(folder, self.out / area, self.journal)
        else:
            site = self.work / _LAID
            self._put(PORTAL, site, new)
            for area in areas:
                self._put(area, site / area, new)
            for name, text in files.items():
                (site / name).write_text(text, encoding="utf-8", newline="\n")
            exchange.exchange(site, self.out, self.journal)
        marks = {target: self._mark(target) for target in targets}
        memory.keep(self._record, "", (marks, dict(files)))

    def laid_files(self) -> Mapping[str, str]:
        """Give what was laid at the front beside the targets."""
        before = memory.recall(self._record, "")
        return before[1] if before else {}

    def forget(self) -> None:
        """Lay everything anew the next time."""
        forget_what_was_laid(self.state, self.published)

    def _mark(self, target: str) -> Mark | None:
        return _mark(self.published, self.out, target)

    def _put(self, target: str, to: Path, new: Collection[str]) -> None:
        """Lay one target: as it was laid ready, or now."""
        ready = _ready(self.work, target)
        if target in new and ready.is_dir():
            to.parent.mkdir(parents=True, exist_ok=True)
            ready.rename(to)
        else:
            linked(self.published / target / "site", to)


def make_ready(target: str, site: Path, work: Path) -> None:
    """Lay a target's pages where `Laying.lay` will look for them: in the process that made them."""
    linked(site, _ready(work, target))


def _ready(work: Path, target: str) -> Path:
    return work / ".ready" / target


_LAID: Final = ".laid"
"""The folder in which all is laid together; no target is called so."""


def published_folder(root: Path, out: Path) -> Path:
    """Give the folder that keeps each target as it was last put into `out`."""
    state = root / ".ltp"
    if out == root / "site":
        return state / "targets"
    # A trial into another folder is not what readers were shown.
    return state / f"targets-{hashlib.sha256(str(out).encode()).hexdigest()[:8]}"


def forget_what_was_laid(state: Path, published: Path) -> None:
    """Have everything laid anew the next time."""
    _record(state, published).unlink(missing_ok=True)


def is_laid(state: Path, published: Path, out: Path) -> bool:
    """Tell whether a published folder holds what was laid in it last."""
    before = memory.recall(_record(state, published), "")
    return bool(before) and all(
        mark is not None and mark == _mark(published, out, target)
        for target, mark in before[0].items()
    )


def _record(state: Path, published: Path) -> Path:
    # Not in the memory: it tells of no source, and holds where those have to be read again.
    return state / f"laid-{published.name}.pickle"


def _mark(published: Path, out: Path, target: str) -> Mark | None:
    folder = out if target == PORTAL else out / target
    try:
        laid, manifest = folder.stat(), (published / target / "manifest.json").stat()
    except OSError:
        return None
    return (laid.st_ino, laid.st_mtime_ns, manifest.st_ino, manifest.st_mtime_ns)


def linked(source: Path, to: Path) -> None:
    """Give every file under a folder a second name under another; copy what can't have one."""
    to.mkdir(parents=True, exist_ok=True)
    _linked(str(source), str(to))


def _linked(source: str, to: str) -> None:
    with os.scandir(source) as entries:
        for entry in entries:
            place = f"{to}/{entry.name}"
            if entry.is_dir():
                os.makedirs(place, exist_ok=True)  # noqa: PTH103  (many: quicker than a Path)
                _linked(entry.path, place)
            else:
                second_name(entry.path, place)


def second_name(file: str | Path, place: str | Path) -> None:
    """Give a file a second name; copy it where it can't have one."""
    try:
        os.link(file, place)
    except OSError:  # another file system, or one without second names
        shutil.copy2(file, place)
