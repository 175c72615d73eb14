"""Texts as they were rendered, kept from one build of a target to the next.

Markdown is more than half of a build's work, and of thousands of texts few change. What comes of a text
depends on its own words and language, on which files it can link to, and on the code. Where all
these are the same, so is what comes of it.

The texts of each folder are kept in a file of their own, which is read once one of them is asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ltp.files import sha256
from ltp.publishing import memory
from ltp.publishing.jobs import Job
from ltp.writing.text import Text

_OF_NO_FOLDER: Final = "_"
"""Where texts in no folder are kept: no folder of pages is called so."""


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
class _Folder:
    """The texts of one folder, by their source files, each with a digest of itself."""

    texts: dict[str, tuple[str, RenderedText]]
    is_new: bool = False


@dataclass
class Texts:
    """The texts of one target."""

    job: Job
    linkable: str
    """A digest of the files that a text can link to."""
    _folders: dict[str, _Folder] = field(default_factory=dict)

    def digest_of(self, markdown: str, language: str | None) -> str:
        """Give a digest of a text as it is written."""
        return sha256(f"{language}\n{markdown}".encode())

    def get(self, source: str, digest: str) -> RenderedText | None:
        """Give what came of a file's text before, if it is still the same text."""
        found = self._folder_of(source).texts.get(source)
        return found[1] if found and found[0] == digest else None

    def put(self, source: str, digest: str, rendered: RenderedText) -> None:
        """Keep what came of a file's text."""
        folder = self._folder_of(source)
        folder.texts[source] = (digest, rendered)
        folder.is_new = True

    def keep(self, sources: Collection[str]) -> None:
        """Keep what there is for the next build; `sources` are all files that there are now."""
        if not self.job.code:
            return
        for name, folder in self._folders.items():
            texts = {source: text for source, text in folder.texts.items() if source in sources}
            if folder.is_new or len(texts) < len(folder.texts):
                memory.keep(self._file(name), self.job.code, (self.linkable, texts))
        names = {_folder_of(source) for source in sources}
        for path in self.job.kept_texts.glob("*.pickle"):
            if path.stem not in names:
                path.unlink()

    def _folder_of(self, source: str) -> _Folder:
        name = _folder_of(source)
        if name not in self._folders:
            kept = memory.recall(self._file(name), self.job.code) if self.job.code else None
            self._folders[name] = _Folder(kept[1] if kept and kept[0] == self.linkable else {})
        return self._folders[name]

    def _file(self, name: str) -> Path:
        return self.job.kept_texts / f"{name}.pickle"


def _folder_of(source: str) -> str:
    first, slash, _ = source.partition("/")
    return first if slash else _OF_NO_FOLDER
