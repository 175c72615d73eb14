"""Texts as they were rendered, kept from one build of a target to the next.

Markdown is more than half of a build's work, and of thousands of texts few change. What comes of a text
depends on its own words and language, on which files it can link to, and on the code. Where all
these are the same, so is what comes of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from ltp.publishing import memory
from ltp.publishing.jobs import Job
from ltp.writing.text import Text


@dataclass(frozen=True)
class RenderedText:
    """What came of one text."""

    html: str
    ids: frozenset[str]
    """What links may lead to in it."""
    links: Mapping[str, Mapping[str, str]]
    """Its links to parts of other files: for each file the parts, and each link as it is written."""
    text: Text
    """What it holds, for the rules on words."""


@dataclass
class Texts:
    """The texts of one target."""

    job: Job
    linkable: str
    """A digest of the files that a text can link to."""
    kept: Mapping[str, tuple[str, RenderedText]] = field(default_factory=dict)
    used: dict[str, tuple[str, RenderedText]] = field(default_factory=dict)
    is_new: bool = False

    @classmethod
    def recalled(cls, job: Job, linkable: str) -> Self:
        """Give what was kept of a target whose texts can link to these files."""
        digest = hashlib.sha256(linkable.encode()).hexdigest()
        before = memory.recall(job.kept_texts, job.code) if job.code else None
        kept = before[1] if before and before[0] == digest else {}
        return cls(job, digest, kept)

    def digest_of(self, markdown: str, language: str | None) -> str:
        """Give a digest of a text as it is written."""
        return hashlib.sha256(f"{language}\n{markdown}".encode()).hexdigest()

    def get(self, source: str, digest: str) -> RenderedText | None:
        """Give what came of a file's text before, if it is still the same text."""
        found = self.kept.get(source)
        if found is None or found[0] != digest:
            return None
        self.used[source] = found
        return found[1]

    def put(self, source: str, digest: str, rendered: RenderedText) -> None:
        """Keep what came of a file's text."""
        self.used[source] = (digest, rendered)
        self.is_new = True

    def keep(self) -> None:
        """Keep what was used for the next build; what is gone is forgotten."""
        if self.job.code and (self.is_new or self.used.keys() != self.kept.keys()):
            memory.keep(self.job.kept_texts, self.job.code, (self.linkable, self.used))
