"""The published folder: every target laid together as one site, and of each only what is new.

A file of a target is not copied but has a second name in the published folder, where the system can do
that. So nobody may change a published file in its place: what editors' programs do, to write a new file
and rename it, is fine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ltp.files import linked, sha256, write_whole
from ltp.findings import LtpError
from ltp.plans.names import PORTAL
from ltp.publishing import exchange, memory

Mark = tuple[int, int]
"""Number and time of a folder or a file."""


@dataclass(frozen=True)
class Laid:
    """What was laid last in a published folder, and from what."""

    marks: Mapping[str, tuple[Mark | None, Mark | None]]
    """For each target: its folder in the published one, and the manifest that it was laid from."""
    digests: Mapping[str, str]
    """Of those manifests."""
    files: Mapping[str, str]
    """What stands beside the targets, at the front."""
    names: Mapping[str, frozenset[str]]
    """What stands at the top of each target's folder in the published one."""
    nginx: Mark | None
    """The file for nginx, which is not published."""


@dataclass(frozen=True)
class Laying:
    """One published folder, and the folders that it is laid from."""

    published: Path
    """The folder with a folder `site` and a manifest for each target."""
    out: Path
    state: Path

    @property
    def _record(self) -> Path:
        # Not in the memory: it tells of no source, and holds where those have to be read again.
        return self.state / f"laid-{self.published.name}.pickle"

    @property
    def nginx(self) -> Path:
        """The file to include in nginx's server block: `nginx.conf`, or one of another folder's own."""
        return self.state / f"{self.published.name.replace('targets', 'nginx', 1)}.conf"

    def lay(
        self,
        targets: Sequence[str],
        files: Mapping[str, str],
        nginx: str,
        work: Path,
        new: Collection[str],
    ) -> None:
        """Lay targets together, with other files at the front, in one exchange with what is there.

        Where one area alone differs, it alone is laid. `new` names those that were published just now,
        which may have been laid ready in the folder `work`.
        """
        journal = self.state / exchange.JOURNAL
        changed = self._changed(targets, files)
        if changed:
            self.forget()  # until it is known what a kill has left, it is not known what is there
        areas = [target for target in targets if target != PORTAL]
        if len(changed) == 1 and PORTAL not in changed:
            (area,) = changed
            folder = work / _LAID / area
            self._put(area, folder, work, new)
            exchange.exchange(folder, self.out / area, journal)
        elif changed:
            site = work / _LAID
            self._put(PORTAL, site, work, new)
            for area in areas:
                self._put(area, site / area, work, new)
            for name, text in files.items():
                (site / name).write_text(text, encoding="utf-8", newline="\n")
            exchange.exchange(site, self.out, journal)
        if not self.nginx.is_file() or self.nginx.read_text(encoding="utf-8") != nginx:
            write_whole(self.nginx, nginx.encode())
        digests = {target: self._digest(target) for target in targets}
        names = {target: self._names(target) for target in targets}
        laid = Laid(self._marks(targets), digests, dict(files), names, _mark(self.nginx))
        memory.keep(self._record, "", laid)

    def _changed(self, targets: Collection[str], files: Mapping[str, str]) -> Collection[str]:
        """Name the targets that are not in place as they are; all where more than targets differs."""
        before = self.laid()
        if before is None or before.marks.keys() != {*targets} or before.files != files:
            return targets
        now = self._marks(targets)
        return {each for each in targets if None in now[each] or now[each] != before.marks[each]}

    def _marks(self, targets: Iterable[str]) -> Mapping[str, tuple[Mark | None, Mark | None]]:
        return {
            target: (
                _mark(self._folder(target)),
                _mark(self._manifest(target)),
            )
            for target in targets
        }

    def _folder(self, target: str) -> Path:
        return self.out if target == PORTAL else self.out / target

    def _names(self, target: str) -> frozenset[str]:
        folder = self._folder(target)
        return frozenset(path.name for path in folder.iterdir()) if folder.is_dir() else frozenset()

    def _manifest(self, target: str) -> Path:
        return self.published / target / "manifest.json"

    def _digest(self, target: str) -> str:
        return sha256(self._manifest(target).read_bytes())

    def laid(self) -> Laid | None:
        """Give what was laid last; None where that is not known."""
        found = memory.recall(self._record, "")
        return found if isinstance(found, Laid) else None

    def still_laid(self) -> Laid | None:
        """Give what was laid last, where it is still there and nothing was built to be laid since."""
        before = self.laid()
        if before is None or any(None in marks for marks in before.marks.values()):
            return None
        is_there = before.marks == self._marks(before.marks) and before.nginx == _mark(self.nginx)
        return before if is_there else None

    def foreign(self) -> Path | None:
        """Give something in the published folder, or at the top of an area's, that was not laid there."""
        before = self.laid()
        for target, names in before.names.items() if before else ():
            for name in sorted(self._names(target) - names - _LITTER):
                return self._folder(target) / name
        return None

    def manifests_as_laid(self) -> Sequence[Path]:
        """Give the manifests that the published folder was laid from. Raises LtpError where one is another now."""
        before = self.laid()
        if before is None:
            is_there = (self.out / "index.html").is_file()
            what = "It is not known what was put into" if is_there else "Nothing was built yet into"
            raise LtpError(f"{what} {self.out}. Run: ltp build")
        for target, digest in before.digests.items():
            if not self._manifest(target).is_file() or self._digest(target) != digest:
                raise LtpError(
                    f"{target} was built again since it was put into {self.out}. Run: ltp build"
                )
        return [self._manifest(target) for target in before.digests]

    def forget(self) -> None:
        """Lay everything anew the next time."""
        self._record.unlink(missing_ok=True)

    def _put(self, target: str, to: Path, work: Path, new: Collection[str]) -> None:
        """Lay one target: as it was laid ready, or now."""
        ready = _ready(work, target)
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


_LITTER: Final = {".DS_Store", "Thumbs.db", "desktop.ini"}
"""What systems leave in folders that somebody has looked at."""
_LAID: Final = ".laid"
"""The folder in which all is laid together; no target is called so."""


def published_folder(root: Path, out: Path) -> Path:
    """Give the folder that keeps each target as it was last put into `out`."""
    state = root / ".ltp"
    if out in (root / "site", (root / "site").resolve()):
        return state / "targets"
    # A trial into another folder is not what readers were shown.
    return state / f"targets-{sha256(str(out).encode())[:8]}"


def _mark(path: Path) -> Mark | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return (stat.st_ino, stat.st_mtime_ns)
