"""One build of a root at a time: a second one waits until the first is done.

The system lets go of the lock when a process ends, however it ends. The file stays, and says nothing.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

NAME: Final = "lock"
_WAIT: Final = 0.05
"""Seconds between two tries."""


@contextmanager
def alone(state: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock of a state folder; where another build holds it, say so and wait."""
    state.mkdir(parents=True, exist_ok=True)
    with (state / NAME).open("a+b") as file:
        if not _take(file):
            say("Another build of this folder is under way. Waiting for it …")
            while not _take(file):
                time.sleep(_WAIT)
        try:
            yield
        finally:
            _give_back(file)


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _give_back(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _give_back(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
