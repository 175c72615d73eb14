"""Findings: what a check has to say to an editor, with the file, the line and the cure."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters."""

    FAULT = "fault"
    """The area can't be published until this is put right."""
    TO_PUT_RIGHT = "to put right"
    """The area is published; somebody should look at this."""


@dataclass(frozen=True, order=True)
class Finding:
    """One result of a check."""

    path: str
    """The file, relative to the root, with forward slashes."""
    line: int
    what: str
    """What is wrong, as a sentence without its full stop."""
    cure: str
    """What would be right, as a whole sentence."""
    where: str = ""
    """The key or the part of the file that it is about."""
    severity: Severity = Severity.FAULT
    areas: tuple[str, ...] = ()
    """The areas that it stops; empty for a fault of the files that all areas share."""

    @property
    def is_fault(self) -> bool:
        """Tell whether it stops an area from being published."""
        return self.severity is Severity.FAULT

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        return f"{self.path}:{self.line}: {where}{self.what}. {self.cure}"


class LtpError(Exception):
    """Something that cannot go on, told in one or two sentences that say what would be right."""


class WrongValueError(ValueError):
    """A value that can't be taken as it is."""

    def __init__(self, what: str, cure: str) -> None:
        super().__init__(f"{what}. {cure}")
        self.what = what
        self.cure = cure


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Find the known word that was probably meant."""
    close = difflib.get_close_matches(word, sorted(set(known)), n=1, cutoff=0.6)
    return close[0] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Suggest the nearest known word as a question, or list the known ones, or say nothing."""
    words = sorted(set(known))
    close = nearest(word, words)
    if close:
        return f"Did you mean “{close}”?"
    return f"It would be one of: {', '.join(words)}." if 0 < len(words) <= 12 else ""


def faults(findings: Sequence[Finding]) -> list[Finding]:
    """Pick the findings that stop an area."""
    return [finding for finding in findings if finding.is_fault]
