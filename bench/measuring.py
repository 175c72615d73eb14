"""What benches share: what a command takes, and the table of figures beside what they may be."""

from __future__ import annotations

import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
LTP: Final = (sys.executable, "-m", "ltp.cli")
"""The command line of this folder's code, whatever is installed."""
_WAITING: Final = Path(__file__).with_name("waiting.py")


# -- what a command takes


@dataclass(frozen=True)
class Spent:
    """What a command took, every process that it began included."""

    cpu: float
    """Seconds, user and system: they don't wait for other programs."""
    wall: float
    """Seconds by the clock, which do."""
    peak: int
    """Bytes of memory of the one process that had the most."""

    def __str__(self) -> str:
        return f"{self.cpu:.2f} CPU s, {self.wall:.2f} s by the clock, {self.peak / 1e6:.0f} MB"


class BenchError(Exception):
    """A command that ended with a fault, and the last that it said."""


def run(
    command: Sequence[str], cwd: Path, environment: Mapping[str, str] = os.environ
) -> tuple[Spent, str]:
    """Run a command to its end; give what it took and what it said. Raises BenchError."""
    with tempfile.TemporaryDirectory(prefix="ltp-bench-") as folder:
        figures = Path(folder) / "figures.json"
        waiting = [sys.executable, "-I", "-S", str(_WAITING), str(figures)]
        done = subprocess.run(
            [*waiting, *command],
            cwd=cwd,
            env=dict(environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        named = " ".join(command)
        if done.returncode or not figures.is_file():
            raise BenchError(f"{named}\nended with {done.returncode}:\n{done.stdout[-3_000:]}")
        took = json.loads(figures.read_text(encoding="utf-8"))
    if not took.pop("all_ended"):
        raise BenchError(f"{named}\nleft processes running, so what it took is not known")
    return Spent(**took), done.stdout


def own_environment() -> dict[str, str]:
    """Give the environment in which Python finds this folder's code, and keeps it compiled as it does for all."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT / "hooks")}


def median(runs: Iterable[Spent]) -> Spent:
    """Give the median of each figure, and the most memory."""
    runs = list(runs)
    return Spent(
        cpu=statistics.median(each.cpu for each in runs),
        wall=statistics.median(each.wall for each in runs),
        peak=max(each.peak for each in runs),
    )


# -- the table


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    what: str
    value: float
    """What was measured; infinite where it never came."""
    must: float | None = None
    """The most that it may be."""
    unit: str = "ms"
    aim: float | None = None
    """What it should be; it is no fault where it is more."""

    @property
    def is_kept(self) -> bool:
        """Tell whether it is no more than it may be."""
        return self.must is None or self.value <= self.must

    @property
    def is_reached(self) -> bool:
        """Tell whether it is no more than it should be."""
        return self.aim is None or self.value <= self.aim

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """Give its line: what, is, must, aim, and a remark."""
        remark = "" if self.is_reached else "over the aim"
        if not self.is_kept:
            remark = "TOO MUCH"
        value, must, aim = (self._told(each) for each in (self.value, self.must, self.aim))
        return self.what, value, must, aim, remark

    def _told(self, number: float | None) -> str:
        if number is None:
            return ""
        if math.isinf(number):
            return "never"
        return f"{_three_figures(number)} {self.unit}".rstrip()


def _three_figures(number: float) -> str:
    """Write a number with what matters of it: 0.21, 1.50, 12.3, 630; a count as it is."""
    if isinstance(number, int):
        return f"{number:,}"
    size = abs(round(number, 2))
    digits = 2 if size < 10 else 1 if size < 100 else 0
    return f"{number:,.{digits}f}"


def table(figures: Sequence[Figure]) -> Iterator[str]:
    """Give the lines of the table, its head first."""
    rows = [("what", "is", "must", "aim", ""), *(each.cells for each in figures)]
    widths = [max(len(row[at]) for row in rows) for at in range(4)]
    for what, *numbers, remark in rows:
        cells = [what.ljust(widths[0])]
        cells += [each.rjust(width) for each, width in zip(numbers, widths[1:], strict=True)]
        yield "  ".join([*cells, remark]).rstrip()


def tell(figures: Sequence[Figure]) -> int:
    """Print the table; give 1 where a figure is more than it may be."""
    print()
    for line in table(figures):
        print(line)
    missed = sum(not each.is_kept for each in figures)
    if missed:
        print(f"\n{missed} of these figures may not be as large.")
    return 1 if missed else 0
