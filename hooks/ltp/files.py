"""Files that are written whole or not at all. Quick to import."""

from __future__ import annotations

import tempfile
from pathlib import Path


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
