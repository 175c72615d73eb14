"""For a preview: the page of which only the text was edited, printed at once, before everything is built.

A target that was made ready once can print any of its pages in a few milliseconds, for as long as the facts
stay as they are. What else follows from an edit (the search, the plan on one page, faults that only the
whole can have) comes with the build that follows. It also decides: a page that it refuses is shown as it was
before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from ltp.files import second_name, write_whole
from ltp.findings import LtpError
from ltp.plans.names import area_of
from ltp.plans.reach import of_target
from ltp.plans.reading import UnreadableError, body_from, decode
from ltp.publishing import sources
from ltp.publishing.building import Publication
from ltp.publishing.engine import ReadyTarget, encoded

_AT_MOST: Final = 8
"""How many pages are printed at once; where more were edited, the whole is as soon there."""
_READY: Final = 3
"""How many areas are kept ready: those that were looked at last."""


@dataclass(frozen=True)
class _Shown:
    """A page that no build made."""

    page: Path
    made: Path
    """The page as a build made it last."""
    text: str
    """A digest of the file that it was printed from."""

    def take_back(self) -> None:
        """Show what a build made, unless that is what is shown."""
        if self.page.is_file() and self.made.is_file() and not self.page.samefile(self.made):
            beside = self.page.with_name(f".{self.page.name}.new")
            beside.unlink(missing_ok=True)  # of a time when the system did not let it be renamed
            second_name(self.made, beside)
            beside.replace(self.page)


@dataclass(frozen=True)
class _NewText:
    """A text that was edited."""

    path: str
    area: str
    text: str
    digest: str
    """A digest of its whole file."""


@dataclass
class Studio:
    """The areas that are ready, and the pages that are shown before they are built."""

    publication: Publication | None = None
    """The last build in which everything could be read."""
    _ready: dict[str, tuple[str, ReadyTarget]] = field(default_factory=dict)
    """Each with a digest of the facts that it was made ready from, the one that was used last at the end."""
    _shown: dict[str, _Shown] = field(default_factory=dict)
    """The pages in the published folder that no build made, by their source files."""

    def prepare(self, area: str) -> None:
        """Make an area ready, unless it is. What can't be made ready is left to the build."""
        publication = self.publication
        if publication is None or area not in publication.plans.areas:
            return
        job = publication.job(area)
        facts, ready = self._ready.pop(area, ("", None))
        if ready is None or facts != job.facts:
            try:
                own = replace(job, before=None, begun=0)  # not the templates of a build before
                ready = ReadyTarget(own, of_target(publication.plans, area))
            except LtpError:
                return
        self._ready[area] = job.facts, ready
        for oldest in [*self._ready][:-_READY]:
            del self._ready[oldest]

    def show(self, changed: Iterable[Path]) -> bool:
        """Print the pages of changed files into the published folder, if their texts are all that changed.

        Gives whether that was so, and every page is shown. Pages with something wrong in them are not.
        """
        paths = [self._source(path) for path in changed]
        if not paths or len(paths) > _AT_MOST:
            return False
        texts = [self._new_text(path) for path in paths]
        if None in texts:
            return False
        printed = [self._printed(text) for text in texts if text]
        return all(printed)

    def built(self, publication: Publication | None) -> None:
        """Take note of a build, and show as it was what it refused, or made otherwise.

        What it has not judged, because it met a newer text that has a fault, stays: an editor who has just
        seen it would miss it.
        """
        if publication is None:
            return
        self.publication = publication
        for path, shown in [*self._shown.items()]:
            content = _content(publication.order.root / path)
            is_same = content is not None and sources.digests_of(path, content)[0] == shown.text
            if area_of(path) not in publication.stopped or is_same:
                shown.take_back()
                del self._shown[path]

    # -- one page

    def _source(self, path: Path) -> str:
        root = self.publication.order.root if self.publication else path.parent
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else ""

    def _new_text(self, path: str) -> _NewText | None:
        """Give a plan's page of which only the text has changed since everything was built."""
        publication = self.publication
        before = publication.sources.files.get(path) if publication else None
        area = area_of(path)
        if publication is None or before is None or not before.facts or not area:
            return None
        content, page = _content(publication.order.root / path), publication.page_of_a_plan(path)
        if content is None or page is None or area in publication.stopped:
            return None
        digest, facts = sources.digests_of(path, content)
        if facts != before.facts:
            return None
        try:
            text = body_from(decode(content, path), page.body_line)
        except UnreadableError:
            return None
        return _NewText(path, area, text, digest)

    def _printed(self, new: _NewText) -> bool:
        publication = self.publication
        assert publication is not None
        facts, ready = self._ready.get(new.area, ("", None))
        if ready is None or facts != publication.job(new.area).facts:
            return False  # nobody looks at the area, or nobody did since its facts changed
        printed = ready.page(new.path.removeprefix(f"content/{new.area}/"), new.text)
        if printed is None:
            return False
        name, html = printed
        order = publication.order
        place = order.out / new.area / name
        if not place.is_file():
            return False
        write_whole(place, encoded(html))
        made = order.published / new.area / "site" / name
        self._shown[new.path] = _Shown(place, made, new.digest)
        return True


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:  # it was taken away, or another program holds it: the build says so
        return None
