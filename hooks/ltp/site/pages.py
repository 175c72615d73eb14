"""The pages of a target: every address that it makes, what stands there, and from which facts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from ltp.directory import listing
from ltp.directory.entry import Service
from ltp.directory.listing import Listing
from ltp.directory.rules import directory_of
from ltp.directory.trust import Directory
from ltp.plans.model import Area, Page
from ltp.plans.names import PORTAL
from ltp.plans.status import Standing, Standings, Status
from ltp.site import addresses, display
from ltp.site.notices import page_on


class PageKind(StrEnum):
    """What a page is for; each kind is put together in its own way."""

    PORTAL_FRONT = "portal front"
    PORTAL_HELP = "portal help"
    PORTAL_PAGE = "portal page"
    GUIDE = "guide"
    AREA_FRONT = "area front"
    HELP = "help"
    SERVICE = "service"
    HELP_LIST = "list of help"
    HELP_FIND = "search for help"
    HELP_COVERAGE = "coverage of help"
    HELP_PRINT = "help to print"
    HAVE_YOUR_SAY = "have your say"
    CONSULTATION = "consultation"
    EDITION = "edition"
    WHOLE_PLAN = "whole plan"
    REMOVED = "removed"
    PLANS = "plans"
    LATEST_TOPIC = "latest, not by a redirect"
    DISPLAY_SETTINGS = "display settings"
    LEAVING = "leaving quickly"
    OTHER_FORMATS = "other formats"
    ACCESSIBILITY = "accessibility statement"
    PRIVACY = "privacy"
    COOKIES = "cookies"
    REDIRECT = "redirect"
    SEARCH = "search"
    A_TO_Z = "A to Z"
    SITE_MAP = "site map"
    NOT_FOUND = "not found"


STATEMENTS: Final[Mapping[str, PageKind]] = {
    addresses.LEAVING: PageKind.LEAVING,
    addresses.OTHER_FORMATS: PageKind.OTHER_FORMATS,
    addresses.ACCESSIBILITY: PageKind.ACCESSIBILITY,
    addresses.PRIVACY: PageKind.PRIVACY,
    addresses.COOKIES: PageKind.COOKIES,
}
"""The pages in which each site, an area's or the portal's, speaks of itself, by name."""


@dataclass(frozen=True)
class SitePage:
    """One page of a target."""

    kind: PageKind
    address: str
    source: str
    """Its Markdown file's path under the target's folder, made up for a generated page."""
    page: Page | None = None
    """The facts and text that it was written with; None for a generated page."""
    standing: Standing | None = None
    """The edition that it belongs to."""
    topic: str | None = None
    service: Service | None = None
    """The entry of the help directory that it shows."""
    listing: Listing | None = None
    """The entries that it lists."""
    leads_to: str = ""
    """For a redirect: the address that it leads to."""
    permanent: bool = True
    """For a redirect: it will always lead there."""

    @property
    def body(self) -> str:
        """The Markdown that editors wrote; empty for a generated page."""
        written = self.page or self.service
        return written.body if written else ""

    @property
    def lang(self) -> str | None:
        """The language of its title, summary and text, where it is not English."""
        return self.page.facts.language if self.page else None

    @property
    def is_edition_front(self) -> bool:
        """Tell whether it is the front page of an edition."""
        return self.kind is PageKind.EDITION and self.page is not None and self.page.is_index


@dataclass(frozen=True)
class AreaSite:
    """The pages of one area's site."""

    standings: Standings
    area: Area
    drafts: bool = False
    recorded: Collection[str] = ()
    """Every address of the area that was ever published."""

    @cached_property
    def directory(self) -> Directory:
        """The area's help directory."""
        return directory_of(self.standings, self.area.id)

    @property
    def has_directory(self) -> bool:
        """Tell whether it has a directory: an area whose plan has joined another shows that one's.

        One that was published stays: its addresses must not be lost.
        """
        was_published = listing.home(self.area.id) + "find/" in self.recorded
        return (
            bool(self.directory.services)
            or was_published
            or not self.standings.has_joined(self.area)
        )

    @cached_property
    def editions(self) -> Sequence[Standing]:
        """The editions that have pages, the latest first."""
        return [
            standing
            for standing in self.standings.of_area(self.area.id)
            if standing.status.is_public or (self.drafts and standing.status is Status.DRAFT)
        ]

    @cached_property
    def pages(self) -> Sequence[SitePage]:
        """Every page, each address once; pages that editors wrote come before redirects."""
        return _each_address_once(self._all())

    def _all(self) -> Iterator[SitePage]:
        yield from self._own_pages()
        for standing in self.editions:
            yield from self._edition(standing)
        yield _generated(PageKind.PLANS, addresses.plans(self.area.id), self.area.id)
        yield _display_settings(self.area.id)
        yield from _statements(self.area.id)
        yield from self._latest()
        yield from self._moved()
        yield from self._removed()
        yield from self._kept()
        yield from _finding(self.area.id)
        yield not_found(self.area.id)

    def _own_pages(self) -> Iterator[SitePage]:
        own = self.standings.plans.area_pages[self.area.id]
        if own.front:
            yield self._written(PageKind.AREA_FRONT, "", own.front)
        for page in own.help:
            yield self._written(PageKind.HELP, "help", page)
        if not own.help and self.has_directory:
            yield _generated(PageKind.HELP, f"/{self.area.id}/help/", self.area.id)
        yield from self._directory()
        for page in own.have_your_say:
            kind = PageKind.HAVE_YOUR_SAY if page.is_index else PageKind.CONSULTATION
            yield self._written(kind, "have-your-say", page)
        if own.have_your_say and not any(page.is_index for page in own.have_your_say):
            yield _generated(
                PageKind.HAVE_YOUR_SAY, f"/{self.area.id}/have-your-say/", self.area.id
            )

    def _directory(self) -> Iterator[SitePage]:
        """Give the pages of the help directory; an area whose plan has joined another has none."""
        if not self.has_directory:
            return
        home = listing.home(self.area.id)
        for service in self.directory.services:
            yield SitePage(
                PageKind.SERVICE,
                listing.address(service),
                f"help/{service.id}.md",
                service=service,
            )
        for each in listing.listings(self.directory):
            address = f"{home}{each.name}/"
            yield SitePage(
                PageKind.HELP_LIST, address, _source(address, self.area.id), listing=each
            )
        for kind, name in (
            (PageKind.HELP_FIND, "find"),
            (PageKind.HELP_COVERAGE, "coverage"),
            (PageKind.HELP_PRINT, "print"),
        ):
            yield _generated(kind, f"{home}{name}/", self.area.id)

    def _written(self, kind: PageKind, folder: str, page: Page) -> SitePage:
        name = f"{folder}/{page.name}" if folder else page.name
        return SitePage(kind, addresses.under(self.area.id, name), f"{name}.md", page)

    def _edition(self, standing: Standing) -> Iterator[SitePage]:
        edition = standing.edition
        for page in edition.pages:
            yield SitePage(
                PageKind.EDITION,
                addresses.page_of(edition, page),
                f"{edition.id}/{page.name}.md",
                page,
                standing,
                page.topic,
            )
        address = addresses.whole(edition)
        source = _source(address, self.area.id)
        yield SitePage(PageKind.WHOLE_PLAN, address, source, standing=standing)

    # -- latest

    @cached_property
    def topics(self) -> Sequence[str]:
        """Every topic that an edition shown here has, in the order in which they are met."""
        shown = [standing for standing in self.editions if standing.status.is_public]
        topics = [page.topic for standing in shown for page in standing.edition.pages]
        carried = [
            t for standing in shown for page in standing.edition.pages for t in page.facts.continues
        ]
        return list(dict.fromkeys(topic for topic in [*topics, *carried] if topic))

    def _latest(self) -> Iterator[SitePage]:
        for topic in (None, *self.topics):
            address = addresses.latest(self.area.id, topic)
            to = self._latest_page(topic)
            if to:
                yield _redirect(address, to, self.area.id, permanent=False)
            else:
                yield _generated(PageKind.LATEST_TOPIC, address, self.area.id, topic)

    def _latest_page(self, topic: str | None) -> str | None:
        """Give the address of a topic in the only latest plan; None where a page has to explain."""
        latest = self.standings.latest(self.area.id)
        if len(latest) != 1:
            return None
        edition = latest[0].edition
        if topic is None:
            return addresses.edition(edition)
        page = page_on(edition, topic)
        return addresses.page_of(edition, page) if page else None

    # -- moved, removed and kept

    def _moved(self) -> Iterator[SitePage]:
        """Lead from the addresses that pages had before to where they stand now."""
        for place in [*self._own_pages(), *(p for s in self.editions for p in self._edition(s))]:
            yield from _moved_to(place, self.area.id)

    def _kept(self) -> Iterator[SitePage]:
        """Keep an answer at lists that were made once: their topic, need or place is there no more."""
        latest, home = addresses.latest(self.area.id), listing.home(self.area.id)
        for address in sorted(each for each in self.recorded if each.endswith("/")):
            topic = address.removeprefix(latest).strip("/")
            if address.startswith(latest) and topic:
                yield _generated(PageKind.LATEST_TOPIC, address, self.area.id, topic)
            elif address.startswith(tuple(f"{home}{each}/" for each in listing.WAYS_IN)):
                yield _redirect(address, home, self.area.id, permanent=False)

    def _removed(self) -> Iterator[SitePage]:
        """Keep an answer at every address that a removed edition ever had."""
        for standing in self.standings.of_area(self.area.id):
            if standing.status is not Status.REMOVED:
                continue
            home = addresses.edition(standing.edition)
            known = {addresses.page_of(standing.edition, page) for page in standing.edition.pages}
            known |= {each for each in self._recorded_under(home) if each.endswith("/")}
            for address in sorted({home, *known}):
                yield SitePage(
                    PageKind.REMOVED, address, _source(address, self.area.id), standing=standing
                )

    @property
    def removed_files(self) -> Sequence[str]:
        """The addresses of pictures and documents that went with a removed edition."""
        homes = [
            addresses.edition(standing.edition)
            for standing in self.standings.of_area(self.area.id)
            if standing.status is Status.REMOVED
        ]
        files = (each for home in homes for each in self._recorded_under(home))
        return sorted(each for each in files if not each.endswith("/"))

    def _recorded_under(self, folder: str) -> Iterator[str]:
        return (each for each in self.recorded if each.startswith(folder))


@dataclass(frozen=True)
class PortalSite:
    """The pages of the portal."""

    standings: Standings
    short_addresses: Sequence[tuple[str, str]]
    """Each short address, and where it leads."""

    @cached_property
    def pages(self) -> Sequence[SitePage]:
        """Every page, each address once."""
        return _each_address_once(self._all())

    def _all(self) -> Iterator[SitePage]:
        yield from self._written()
        yield _generated(PageKind.PORTAL_FRONT, addresses.HOME, PORTAL)
        yield _generated(PageKind.PORTAL_HELP, "/help/", PORTAL)
        yield _display_settings(PORTAL)
        yield from _statements(PORTAL)
        for short, to in self.short_addresses:
            yield _redirect(short, to, PORTAL, permanent=True)
        for place in self._written():
            yield from _moved_to(place, PORTAL)
        yield from _finding(PORTAL)
        yield not_found(PORTAL)

    def _written(self) -> Iterator[SitePage]:
        for page in self.standings.plans.portal_pages:
            kind = PageKind.PORTAL_FRONT if page.is_index else PageKind.PORTAL_PAGE
            yield SitePage(kind, addresses.under(PORTAL, page.name), f"{page.name}.md", page)
        for page in self.standings.plans.guide_pages:
            name = f"guide/{page.name}"
            yield SitePage(PageKind.GUIDE, addresses.under(PORTAL, name), f"{name}.md", page)


def _each_address_once(pages: Iterable[SitePage]) -> list[SitePage]:
    """Keep the first page of every address, in the order in which they come."""
    kept: dict[str, SitePage] = {}
    for page in pages:
        kept.setdefault(page.address, page)
    return list(kept.values())


def _finding(target: str) -> Iterator[SitePage]:
    """Give the pages that lead to everything else."""
    for kind, name in (
        (PageKind.SEARCH, addresses.SEARCH),
        (PageKind.A_TO_Z, addresses.A_TO_Z),
        (PageKind.SITE_MAP, addresses.SITE_MAP),
    ):
        yield _generated(kind, addresses.under(target, name), target)


def not_found(target: str) -> SitePage:
    """Give the page that a server shows where there is none."""
    return SitePage(PageKind.NOT_FOUND, f"{addresses.front(target)}404.html", "404.md")


def _display_settings(target: str) -> SitePage:
    """Give the page on which readers choose how pages look."""
    return _generated(PageKind.DISPLAY_SETTINGS, addresses.under(target, display.NAME), target)


def _statements(target: str) -> Iterator[SitePage]:
    for name, kind in STATEMENTS.items():
        yield _generated(kind, addresses.under(target, name), target)


def _moved_to(place: SitePage, target: str) -> Iterator[SitePage]:
    """Lead to a page from each address that it had before."""
    written = place.page or place.service
    for old in written.facts.formerly if written else ():
        address = f"{addresses.front(target)}{old.strip('/').removeprefix(f'{target}/')}/"
        yield _redirect(address, place.address, target, permanent=True)


def _redirect(address: str, to: str, target: str, *, permanent: bool) -> SitePage:
    return SitePage(
        PageKind.REDIRECT, address, _source(address, target), leads_to=to, permanent=permanent
    )


def _generated(kind: PageKind, address: str, target: str, topic: str | None = None) -> SitePage:
    return SitePage(kind, address, _source(address, target), topic=topic)


def _source(address: str, target: str) -> str:
    """Make up the file that a generated page would have: `latest/crisis/index.md`."""
    return address.removeprefix(addresses.front(target)) + "index.md"
