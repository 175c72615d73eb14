"""For a preview: the page of which only the text was edited, printed at once, before everything is built.

A target that was made ready once can print any of its pages in a few milliseconds, for as long as the facts
stay as they are. What else follows from an edit (the search, the plan on one page, faults that only the
whole can have) comes with the build that follows. It also decides: a page that it does not publish is shown
as it was before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from ltp.files import write_whole
from ltp.findings import LtpError
from ltp.plans.names import area_of, is_plans_page
from ltp.plans.reach import of_target
from ltp.publishing import sources
from ltp.publishing.building import Publication
from ltp.publishing.engine import ReadyTarget
from ltp.publishing.laying import second_name

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
            second_name(self.made, beside)
            beside.replace(self.page)


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
                ready = ReadyTarget(replace(job, before=None), of_target(publication.plans, area))
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
        if not paths or len(paths) > _AT_MOST or not all(map(self._is_new_text, paths)):
            return False
        printed = [self._printed(path) for path in paths]
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
            now = sources.look_at(publication.order.root, path)
            is_same = now is not None and now.digest == shown.text
            if area_of(path) not in publication.stopped or is_same:
                shown.take_back()
                del self._shown[path]

    # -- one page

    def _source(self, path: Path) -> str:
        root = self.publication.order.root if self.publication else path.parent
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else ""

    def _is_new_text(self, path: str) -> bool:
        """Tell whether a file is a plan's page whose facts are as they were when everything was built."""
        publication = self.publication
        if publication is None or not is_plans_page(path):
            return False
        before = publication.sources.files.get(path)
        now = sources.look_at(publication.order.root, path)
        return before is not None and now is not None and before.facts == now.facts != ""

    def _printed(self, path: str) -> bool:
        publication, area = self.publication, area_of(path)
        assert publication is not None
        assert area is not None
        text = sources.look_at(publication.order.root, path)
        if text is None or area in publication.stopped:
            return False
        self.prepare(area)
        if area not in self._ready:
            return False
        source = path.removeprefix(f"content/{area}/")
        printed = self._ready[area][1].page(source)
        if printed is None:
            return False
        name, html = printed
        order = publication.order
        place = order.out / area / name
        if not place.is_file():
            return False
        write_whole(place, html.encode("utf-8", errors="xmlcharrefreplace"))
        self._shown[path] = _Shown(place, order.published / area / "site" / name, text.digest)
        return True
