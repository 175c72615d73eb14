"""Files that are written whole or not at all, and that have a second name. Quick to import."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import time
from pathlib import Path
from typing import Final

_PART: Final = re.compile(r"\..+\.[a-z0-9_]{8}")
"""How a file is called until it is whole."""
_LONG_AGO: Final = 3600
"""Seconds after which nobody writes such a file any more."""


def sha256(content: bytes) -> str:
    """Give the digest of a file's content, or of anything else, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there, so that nobody ever reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as part:
        written = Path(part.name)
        try:
            part.write(content)
            part.close()
            written.chmod(0o644)
            written.replace(path)
        except OSError:
            part.close()  # Windows deletes no file that is open
            written.unlink(missing_ok=True)
            raise


def sweep_parts(folder: Path) -> None:
    """Delete what a kill has left of files that were being written in a folder."""
    before = time.time() - _LONG_AGO
    for path in folder.iterdir() if folder.is_dir() else ():
        if _PART.fullmatch(path.name) and path.is_file() and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)


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
