"""Put a new folder in the place of an old one, so that a kill at any moment leaves one or the other.

Linux and macOS exchange two folders in one call: no reader ever finds the place empty. Elsewhere, and
on file systems without that call, it takes two renames; a journal, written before the first of them,
lets the next command finish what a kill cut short.

Beside the place stand, for a moment, `.NAME.new-MARK` and `.NAME.old-MARK`. What a kill or a file in
use leaves of them goes with the next exchange, and only while the place itself stands.

Not its task: to decide whether the place may be overwritten, and to keep two commands apart, which the
caller does. A cut in the power may still lose pages that the system had not yet written to disk.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import re
import secrets
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from ltp.files import linked

JOURNAL: Final = "exchange.json"
"""The name, in a state folder, of the journal of two renames."""

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2
"""Linux, `renameat2(2)`."""
_RENAME_SWAP: Final = 2
"""macOS, `renamex_np(2)`."""

_WAITS: Final = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between tries on Windows, where a virus scanner may hold a folder for a moment."""


def exchange(new: Path, place: Path, journal: Path) -> None:
    """Make `new` the folder at `place`, and delete what stood there.

    What an earlier command left unfinished is finished first. `new` is gone afterwards. Raises OSError
    when the system refuses; the place is then as it was, and `new` is back where it stood.
    """
    new, place = _absolute(new), _absolute(place)
    _check(new, place)
    finish(journal)
    place.parent.mkdir(parents=True, exist_ok=True)
    step = _Step(place.parent, place.name, secrets.token_hex(4))
    copied = _bring_beside(new, step)
    try:
        _put_in_place(step, journal)
    except OSError:
        _take_back(new, step, copied)
        raise
    if copied:
        _delete(new)
    _sweep(place)


def finish(journal: Path) -> bool:
    """Finish an exchange that a kill cut short; tell whether there was one.

    The new folder comes to stand in the place; where it has gone missing, the old one comes back.
    Harmless at any time, any number of times. A journal that can't be read is dropped: the renames
    start only once it is whole, so nothing had been moved.
    """
    journal = _absolute(journal)
    _part(journal).unlink(missing_ok=True)
    if not journal.exists():
        return False
    step = _read(journal)
    if step:
        _finish(step)
    journal.unlink()
    if step and os.path.lexists(step.place):
        _sweep(step.place)
    return True


def sweep(folder: Path) -> None:
    """Delete what exchanges of a folder, and of folders in it, have left, once `finish` is done."""
    if folder.is_dir():
        _sweep(_absolute(folder))
        for path in list(folder.iterdir()):
            left = _LEFT.fullmatch(path.name)
            if left and (folder / left["name"]).exists():
                _delete(path)


_LEFT: Final = re.compile(r"\.(?P<name>.+)\.(?:new|old)-[0-9a-f]{8}")


@dataclass(frozen=True)
class _Step:
    """The names of one exchange. They follow from the mark, so a journal can name no other folder."""

    folder: Path
    name: str
    mark: str

    @property
    def place(self) -> Path:
        """Where the site stands."""
        return self.folder / self.name

    @property
    def new(self) -> Path:
        """The new folder, whole, beside the place. After an exchange in one call, the old one."""
        return self.folder / f".{self.name}.new-{self.mark}"

    @property
    def old(self) -> Path:
        """The old folder, moved aside by the first of two renames."""
        return self.folder / f".{self.name}.old-{self.mark}"

    def as_json(self, beside: Path) -> str:
        """Give it as a journal, with a relative folder so that the whole project can be moved."""
        try:
            folder = os.path.relpath(self.folder, beside)
        except ValueError:  # another drive of Windows
            folder = str(self.folder)
        return json.dumps({"folder": folder, "name": self.name, "mark": self.mark})

    @classmethod
    def from_json(cls, text: str, beside: Path) -> Self:
        """Read a journal. Raises ValueError when it is not one, or not a whole one."""
        facts = json.loads(text)
        keys = ("folder", "name", "mark")
        if not isinstance(facts, dict) or not all(isinstance(facts.get(key), str) for key in keys):
            raise ValueError("not a journal")
        folder, name, mark = (facts[key] for key in keys)
        if name != Path(name).name or not re.fullmatch(r"[0-9a-f]{8}", mark):
            raise ValueError("not a journal")
        return cls(_absolute(beside / folder), name, mark)


def _absolute(path: Path) -> Path:
    # Not resolve(): a place that is a symlink has to be told from the folder that it leads to.
    return Path(os.path.abspath(path))  # noqa: PTH100


def _check(new: Path, place: Path) -> None:
    if new.is_symlink() or not new.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "The new folder is not a folder", str(new))
    if new == place or new in place.parents or place in new.parents:
        raise ValueError(f"{new} and {place} may not stand one inside the other")


def _bring_beside(new: Path, step: _Step) -> bool:
    """Move the new folder beside its place; tell whether it had to be copied.

    Renames don't cross file systems, so it is copied first: never into the place itself.
    """
    try:
        _rename(new, step.new)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        try:
            linked(new, step.new)  # copies what can have no second name there
        except OSError:  # a disk that is full
            _delete(step.new)
            raise
        return True
    return False


def _put_in_place(step: _Step, journal: Path) -> None:
    if not os.path.lexists(step.place):
        _rename(step.new, step.place)
    elif not _swap(step.new, step.place):
        _rename_twice(step, _absolute(journal))
    _sync_folder(step.folder)


def _rename_twice(step: _Step, journal: Path) -> None:
    _write(journal, step)
    try:
        _rename(step.place, step.old)
        _rename(step.new, step.place)
    except OSError:
        # Refused, not killed: the old folder goes back. If that is refused too, the journal stays.
        if not os.path.lexists(step.place):
            _rename(step.old, step.place)
        journal.unlink()
        raise
    _sync_folder(step.folder)  # before the journal goes, or a power cut could keep neither
    journal.unlink()


def _finish(step: _Step) -> None:
    """Do what is left of two renames, whichever of them a kill came before."""
    # With all three there, somebody has made the place again: it is theirs and stays as it is.
    if step.new.is_dir() and step.place.exists() and not os.path.lexists(step.old):
        _rename(step.place, step.old)
    if not os.path.lexists(step.place):
        for candidate in (step.new, step.old):
            if os.path.lexists(candidate):
                _rename(candidate, step.place)
                break
    _sync_folder(step.folder)


def _take_back(new: Path, step: _Step, copied: bool) -> None:
    if copied:
        _delete(step.new)
    elif os.path.lexists(step.new) and not os.path.lexists(new):
        _rename(step.new, new)


def _swap(one: Path, other: Path) -> bool:
    """Exchange two folders in one call; tell whether the system could.

    Every refusal counts as "could not" (no such call, a file system without it, a container that
    forbids it): the two renames that follow tell the true reason if they are refused as well.
    """
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            call, flag = library.renameat2, _RENAME_EXCHANGE
            paths = (_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other))
            return bool(call(*paths, ctypes.c_uint(flag)) == 0)
        if sys.platform == "darwin":
            call, flag = library.renamex_np, _RENAME_SWAP
            return bool(call(os.fsencode(one), os.fsencode(other), ctypes.c_uint(flag)) == 0)
    except (AttributeError, OSError, TypeError):  # no such call here: musl, Windows
        pass
    return False


def _rename(source: Path, target: Path) -> None:
    """Rename, and on Windows try again for a while when something has the folder open."""
    for wait in _WAITS if sys.platform == "win32" else ():
        try:
            os.rename(source, target)  # noqa: PTH104
        except PermissionError:
            time.sleep(wait)
        else:
            return
    os.rename(source, target)  # noqa: PTH104


def _part(journal: Path) -> Path:
    return journal.with_name(f"{journal.name}.part")


def _write(journal: Path, step: _Step) -> None:
    """Write the journal so that it is on disk, and whole, before anything moves."""
    journal.parent.mkdir(parents=True, exist_ok=True)
    with _part(journal).open("w", encoding="utf-8") as file:
        file.write(step.as_json(journal.parent))
        file.flush()
        os.fsync(file.fileno())
    os.replace(_part(journal), journal)  # noqa: PTH105
    _sync_folder(journal.parent)


def _read(journal: Path) -> _Step | None:
    try:
        return _Step.from_json(journal.read_text(encoding="utf-8"), journal.parent)
    except ValueError:  # JSON and UTF-8 errors are ValueErrors
        return None


def _sync_folder(folder: Path) -> None:
    """Make renames last through a cut in the power. Windows has no such call and does without."""
    if sys.platform == "win32":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:  # some network file systems refuse it for folders
        pass
    finally:
        os.close(handle)


def _sweep(place: Path) -> None:
    """Delete what exchanges have left beside the place, and leave for later what can't be deleted."""
    for leftover in list(_leftovers(place)):
        _delete(leftover)


def _leftovers(place: Path) -> Iterator[Path]:
    ours = re.compile(rf"\.{re.escape(place.name)}\.(?:new|old)-[0-9a-f]{{8}}")
    return (path for path in place.parent.iterdir() if ours.fullmatch(path.name))


def _delete(path: Path) -> None:
    """Delete a folder as far as the system lets us. A symlink goes, never what it leads to."""
    try:
        if path.is_symlink() or path.is_file():
            path.unlink()
            return
        shutil.rmtree(path, ignore_errors=True)
        if path.exists():
            _make_writable(path)
            shutil.rmtree(path, ignore_errors=True)
    except OSError:
        return


def _make_writable(folder: Path) -> None:
    """Take away what forbids deleting: read-only folders, and on Windows read-only files too."""
    for parent, _, files in os.walk(folder, followlinks=False):
        os.chmod(parent, 0o700)  # noqa: PTH101
        for name in files if sys.platform == "win32" else ():
            os.chmod(Path(parent, name), 0o600)  # noqa: PTH101
