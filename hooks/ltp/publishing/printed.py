"""Pages as they were printed the last time, so that most need not be printed again.

A page shows facts, of its area and of those that it refers to, and at most one text: only the page of a
whole plan has several. So where the facts, the code and the day are the same, and those texts are too, a
page would come out as it lies among what was published. What the rest of the build has to know of such
a page is kept beside it: what links may lead to in it, what the search looks through, what rules found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ltp.findings import Finding
from ltp.publishing import memory
from ltp.publishing.jobs import Job

NAME: Final = "printed.pickle"
"""The file beside a target's manifest; it is exchanged with the pages that it tells of."""


@dataclass(frozen=True)
class PrintedText:
    """What a build has to know of a page's text, where the page is not made again."""

    ids: frozenset[str]
    """What links may lead to in it."""
    links: Mapping[str, Mapping[str, str]]
    """Its links to parts of other files: for each file the parts, and each link as it is written."""
    findings: tuple[Finding, ...]
    """What is to be told of it."""


@dataclass(frozen=True)
class PrintedPage:
    """A page as it was printed."""

    texts: str
    """A digest of the texts on it that are no facts; empty where it has none."""
    file: str
    """A digest of its file: one that is not as it was built is not used again."""
    ids: tuple[str, ...]
    """Every id on it."""
    words: str
    """What the search looks through."""
    headings: tuple[tuple[str, str], ...]
    """The id and the words of each heading that the search may lead to."""
    text: PrintedText | None
    """None where it has no text of an editor."""


@dataclass
class PrintedPages:
    """The pages of one target, by their source files."""

    job: Job
    made: dict[str, PrintedPage] = field(default_factory=dict)
    """Those of this build."""

    def recalled(self) -> Mapping[str, PrintedPage]:
        """Give those that were made from the same facts and lie where they were published."""
        job = self.job
        if job.before is None or not job.facts:
            return {}
        kept = memory.recall(job.before / NAME, job.facts)
        return kept if isinstance(kept, dict) else {}

    def keep(self, folder: Path) -> None:
        """Keep what was made beside the target's pages."""
        if self.job.facts:
            memory.keep(folder / NAME, self.job.facts, self.made)
