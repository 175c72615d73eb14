"""Where the time of a build went: by stage, and by the slowest pages. `ltp build --profile` tells it.

Times are CPU seconds of the process that did the work, and of programs that it ran and waited for. Two
processes side by side spend two seconds in one.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

SLOWEST: Final = 10
"""How many pages are named."""


@dataclass
class Timing:
    """The time that was spent, in CPU seconds."""

    stages: dict[str, float] = field(default_factory=dict)
    pages: dict[str, float] = field(default_factory=dict)
    """By address."""
    kinds: dict[str, float] = field(default_factory=dict)
    """What was spent on single pages, and on files that are no pages, by their kind in words."""

    @contextmanager
    def stage(self, name: str, page: str = "", kind: str = "") -> Iterator[None]:
        """Count what is spent inside to a stage, and to a page and its kind where they are named."""
        started = cpu_seconds()
        try:
            yield
        finally:
            self.add(name, cpu_seconds() - started, page, kind)

    def add(self, name: str, seconds: float, page: str = "", kind: str = "") -> None:
        """Count some time."""
        self.stages[name] = self.stages.get(name, 0) + seconds
        if page:
            self.pages[page] = self.pages.get(page, 0) + seconds
        if kind:
            self.kinds[kind] = self.kinds.get(kind, 0) + seconds

    def take_in(self, other: Timing) -> None:
        """Add what another process spent."""
        for name, seconds in other.stages.items():
            self.add(name, seconds)
        self.pages |= other.pages
        for kind, seconds in other.kinds.items():
            self.kinds[kind] = self.kinds.get(kind, 0) + seconds

    def lines(self) -> Iterator[str]:
        """Tell the stages, the longest first, the kinds of pages, and the slowest pages."""
        total = sum(self.stages.values())
        yield f"CPU seconds by stage, {total:.2f} in all:"
        yield from _table(self.stages)
        if self.pages:
            slowest = dict(sorted(self.pages.items(), key=lambda each: -each[1])[:SLOWEST])
            yield "Of it, on single pages and files, by their kind:"
            yield from _table(self.kinds)
            yield f"The slowest of {len(self.pages)} pages:"
            yield from _table(slowest)


def cpu_seconds() -> float:
    """Give the CPU time of this process and of the programs that it has waited for."""
    spent = os.times()
    return time.process_time() + spent.children_user + spent.children_system


def _table(rows: Mapping[str, float]) -> Iterator[str]:
    width = max((len(name) for name in rows), default=0)
    for name, seconds in sorted(rows.items(), key=lambda each: -each[1]):
        yield f"  {name:<{width}}  {seconds:8.3f}"
