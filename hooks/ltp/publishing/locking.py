"""One build of a root at a time: a second one waits until the first is done.

The system lets go of the lock when a process ends, however it ends. The file stays, and says nothing.
Processes that are forked meanwhile don't hold it: they may outlive the one that began them.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from ltp.findings import LtpError

NAME: Final = "lock"
_WAIT: Final = 0.05
"""Seconds between two tries."""

_held: Final[set[IO[bytes]]] = set()
"""The locks that this process holds."""


@contextmanager
def alone(state: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock of a state folder; where another build holds it, say so and wait."""
    state.mkdir(parents=True, exist_ok=True)
    with (state / NAME).open("a+b") as file:
        if not _take(file):
            say("Another build of this folder is under way. Waiting for it …")
            while not _take(file):
                time.sleep(_WAIT)
        _held.add(file)
        try:
            yield
        finally:
            _held.discard(file)
            _give_back(file)


def _take(file: IO[bytes]) -> bool:
    """Take the lock, or tell that another has it. Raises LtpError where there is no telling."""
    try:
        _lock(file)
    except OSError as error:
        if error.errno in _TAKEN:
            return False
        raise LtpError(
            f"{file.name} can’t be locked ({error.strerror}), so two builds at once could spoil each other. "
            "Keep the folder on a disk that can lock files"
        ) from None
    return True


def _let_go() -> None:
    """Close what was inherited: the lock is held for as long as anybody has it open."""
    for file in _held:
        file.close()
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)


if sys.platform == "win32":
    import msvcrt

    _TAKEN: Final = (errno.EACCES, errno.EDEADLK)

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _give_back(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    _TAKEN: Final = (errno.EAGAIN, errno.EACCES)

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _give_back(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
