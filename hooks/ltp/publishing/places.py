"""Where a build keeps things."""

from __future__ import annotations

import hashlib
from pathlib import Path


def published_folder(root: Path, out: Path) -> Path:
    """Give the folder that keeps each target as it was last put into `out`."""
    state = root / ".ltp"
    if out == root / "site":
        return state / "targets"
    # A trial into another folder is not what readers were shown.
    return state / f"targets-{hashlib.sha256(str(out).encode()).hexdigest()[:8]}"
