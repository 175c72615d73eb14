"""Whether anything has changed since the last build of everything; if not, what there is to say.

It imports nothing that takes long, so the answer costs little more than to look at the files.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ltp.publishing import exchange, memory, sources
from ltp.publishing.laying import Laid, Laying, published_folder

TIME: Final = "\0"
"""Stands in a line for how long a build took."""


@dataclass(frozen=True)
class _Remembered:
    since: datetime.date
    until: datetime.date
    digest: str
    """Of all sources, ledgers among them."""
    laid: Laid
    """What was published by it. A build of some areas, or for another day, publishes something else."""
    lines: Sequence[str]


class Whole:
    """The last build of everything that was put into one folder."""

    def __init__(self, root: Path, out: Path, address: str | None) -> None:
        self.root, self.out = root, out
        self.state = root / ".ltp"
        self.published = published_folder(root, out)
        self.laying = Laying(self.published, out, self.state)
        self.asked = f"{Path.cwd()}\n{address}"
        """What the same sources could be built differently by, or told differently."""

    @property
    def _file(self) -> Path:
        return self.state / memory.FOLDER / f"whole-{self.published.name}.pickle"

    def told(self, today: datetime.date) -> Sequence[str] | None:
        """Give what is to be said where nothing has changed; None where something may have."""
        started = time.monotonic()
        kept = memory.recall(self._file, self.asked)
        if not isinstance(kept, _Remembered) or not kept.since <= today < kept.until:
            return None
        is_under_way = (self.state / exchange.JOURNAL).exists()
        if is_under_way or self.laying.still_laid() != kept.laid:
            return None
        now = sources.look(self.root, sources.recall(self.state))
        if now.digest != kept.digest:
            return None
        took = f"{time.monotonic() - started:.1f} seconds, because nothing has changed"
        return [line.replace(TIME, took) for line in kept.lines]

    def remember(
        self, digest: str, lines: Sequence[str], today: datetime.date, until: datetime.date
    ) -> None:
        """Remember what was said of a build of these sources in which everything succeeded."""
        laid = self.laying.still_laid()
        if laid:
            memory.keep(self._file, self.asked, _Remembered(today, until, digest, laid, lines))
