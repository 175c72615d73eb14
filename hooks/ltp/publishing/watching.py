"""Notices that files were changed, made, renamed or deleted, and gives them once they are whole.

The system says so itself (watchdog: inotify, FSEvents, ReadDirectoryChangesW). Where it can't, because
too many folders are watched already, the files are looked at twice a second.

Editors of text save in many ways: they write a file where it stands, write another one beside it and
rename it, or rename the old one first. Linux tells when a file that was written is closed. So a change
is given 10 ms after the last file was closed, and only a file that stays open, or away, is waited for.
Elsewhere a change is given once all has been quiet for a little longer.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from threading import Condition
from typing import Final, Self

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

_QUIET: Final = 0.01
"""Seconds without another change before a change is given."""
_QUIET_WHERE_NOTHING_IS_CLOSED: Final = 0.04
"""The same, where the system does not tell that a file was closed."""
_UNFINISHED: Final = 0.1
"""The same, while a file is still open, or was taken away and may come back."""
_AT_MOST: Final = 2.0
"""Seconds after which a change is given although more keep coming."""
_LOOKS: Final = 0.5
"""Seconds between looks, where the system tells nothing."""

_NOTICED: Final = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileClosedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]

_OF_PROGRAMS: Final = re.compile(
    r"\..*"  # hidden: Vim's swap files, GNOME's and Emacs' files while they save, .DS_Store
    r"|.*~|#.*#|4913|.*\.(?:tmp|temp|swp|swx|bak|part|crswap)"
    r"|.*___jb_(?:tmp|old)___|Thumbs\.db|desktop\.ini|__pycache__|.*\.pyc(?:\.\d+)?",
    re.IGNORECASE,
)
"""Names that programs give to files of their own; nothing that is published has one."""


def is_of_a_program(name: str) -> bool:
    """Tell whether a file or folder of this name is some program's own, and no source."""
    return _OF_PROGRAMS.fullmatch(name) is not None


class Watcher(FileSystemEventHandler):
    """What has changed under some folders since it was last asked."""

    def __init__(self, folders: Iterable[Path], *, polling: bool = False) -> None:
        self.folders = [folder.resolve() for folder in folders if folder.is_dir()]
        self.polls = polling
        """Whether files are looked at again and again, because the system tells nothing."""
        self._observer: BaseObserver
        self._told = Condition()
        self._forget()

    def _forget(self) -> None:
        self._changed: set[Path] = set()
        self._made: set[Path] = set()
        """What was not there before the first of these changes."""
        self._closed: set[Path] = set()
        self._unfinished: set[Path] = set()
        self._first = 0.0
        self._last = 0.0

    def __enter__(self) -> Self:
        self._observer = PollingObserver(timeout=_LOOKS) if self.polls else Observer()
        try:
            self._start()
        except OSError:  # the system watches as much as it may
            if self.polls:
                raise
            self._observer.unschedule_all()
            self._observer, self.polls = PollingObserver(timeout=_LOOKS), True
            self._start()
        # Linux alone tells that a file was closed.
        self._tells_closing = sys.platform == "linux" and not self.polls
        return self

    def __exit__(self, *exception: object) -> None:
        self._observer.stop()
        self._observer.join(timeout=1)

    def take(self, timeout: float) -> frozenset[Path]:
        """Wait for changes, and give the files and folders; none where none came within `timeout` seconds.

        What is given is not given again. What changes afterwards is given the next time, also where
        nobody was waiting.
        """
        end = time.monotonic() + timeout
        with self._told:
            while True:
                now, due = time.monotonic(), self._due()
                if due is not None and due <= now:
                    changed = frozenset(self._changed)
                    self._forget()
                    return changed
                wake = end if due is None else min(due, end)
                if wake <= now:
                    return frozenset()
                self._told.wait(wake - now)

    def dispatch(self, event: FileSystemEvent) -> None:
        """Take what the system tells; called by watchdog, in its own thread."""
        source = self._source(event.src_path)
        moved_to = self._source(event.dest_path)
        with self._told:
            if not self._changed:
                self._first = time.monotonic()
            if moved_to:
                self._whole(moved_to)
            if source:
                self._take(event, source)
            if source or moved_to:
                self._last = time.monotonic()
                self._told.notify_all()

    # -- one change after another

    def _take(self, event: FileSystemEvent, source: Path) -> None:
        match event:
            case FileMovedEvent() | FileDeletedEvent() if source in self._made:
                # It came and went: a file that an editor writes before it renames it.
                for each in (self._changed, self._made, self._unfinished):
                    each.discard(source)
            case FileClosedEvent() | DirCreatedEvent() | DirMovedEvent() | DirDeletedEvent():
                self._whole(source)
            case FileModifiedEvent() if source in self._closed:
                self._changed.add(source)  # its rights or its date, most often
            case _:
                if isinstance(event, FileCreatedEvent) and source not in self._changed:
                    self._made.add(source)
                self._changed.add(source)
                self._unfinished.add(source)

    def _whole(self, path: Path) -> None:
        self._changed.add(path)
        self._closed.add(path)
        self._unfinished.discard(path)

    def _due(self) -> float | None:
        """Say when to give the changes, by the clock of `time.monotonic`; None where there are none."""
        if not self._changed:
            return None
        if not self._tells_closing:
            quiet = _QUIET_WHERE_NOTHING_IS_CLOSED
        else:
            quiet = _UNFINISHED if self._unfinished else _QUIET
        return min(self._last + quiet, self._first + _AT_MOST)

    # -- what is watched

    def _start(self) -> None:
        for folder in self.folders:
            self._observer.schedule(self, str(folder), recursive=True, event_filter=_NOTICED)
        self._observer.start()

    def _source(self, name: bytes | str) -> Path | None:
        """Give the path, if it is a source; None for what programs keep beside sources."""
        if not name:
            return None
        path = Path(os.fsdecode(name))
        within = next((each for each in self.folders if path.is_relative_to(each)), path.parent)
        hidden = any(is_of_a_program(part) for part in path.relative_to(within).parts)
        return None if hidden else path
