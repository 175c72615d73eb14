"""What the pages show that lead to all others, for `ltp.site.page_views` to put into a view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from ltp.plans.model import Area
from ltp.plans.names import PORTAL
from ltp.plans.status import Standings
from ltp.search import a_to_z, bundles
from ltp.search.records import Part, Record
from ltp.search.site_map import SiteMap
from ltp.site import addresses
from ltp.site.cards import AreaCard
from ltp.site.crisis_words import CRISIS_WORDS
from ltp.site.notices import Href
from ltp.site.pages import PageKind, SitePage
from ltp.site.views import Entry, Link, Search, Section

KINDS: Final = (PageKind.SEARCH, PageKind.A_TO_Z, PageKind.SITE_MAP)

_HEADINGS: Final[Mapping[PageKind, str]] = {
    PageKind.SEARCH: "Search",
    PageKind.A_TO_Z: "A to Z",
    PageKind.SITE_MAP: "Site map",
}


def heading(kind: PageKind) -> str:
    """Give the only `h1` of a page of one of the kinds."""
    return _HEADINGS[kind]


@dataclass(frozen=True)
class Everything:
    """What a target's pages are, and what is found of them."""

    pages: Sequence[SitePage]
    headings: Mapping[str, str]
    """Each page's only `h1`, by address."""
    own: Sequence[Record]
    """The records of its own pages."""
    others: Sequence[Record] = ()
    """For the portal: the records of the areas."""

    def has(self, part: Part) -> bool:
        """Tell whether there is anything in a part of the search."""
        return any(record.part is part for record in (*self.own, *self.others))

    @cached_property
    def only_earlier_plans(self) -> bool:
        """Tell whether every plan of an area is an earlier one."""
        plans = {place.address for place in self.pages if place.standing}
        parts = {record.part for record in self.own if record.address in plans}
        return Part.EARLIER in parts and Part.FIRST not in parts


@dataclass(frozen=True)
class FindingPage:
    """A page that leads to all others."""

    standings: Standings
    area: Area | None
    """None on the portal."""
    site: addresses.Site
    place: SitePage
    href: Href
    everything: Everything
    cards: Sequence[AreaCard] = ()

    @property
    def lead(self) -> str:
        """The sentence under the heading."""
        whose = self.area.name if self.area else ""
        match self.place.kind:
            case PageKind.SEARCH:
                if whose:
                    return f"Search the {self._what} of {whose}."
                return "Search this portal, and the titles, summaries and headings of every area’s plans and help."
            case PageKind.A_TO_Z:
                if not whose:
                    return "Areas, places and pages, from A to Z."
                earlier = "Of earlier plans it has what no later plan has."
                return f"The {self._what} of {whose}, from A to Z. {earlier}"
        if whose:
            return f"The pages for {whose}. Empty lists, and pages that only lead on, are left out."
        return "Every area, and every page of the portal. Each area has a site map of its own."

    @property
    def _what(self) -> str:
        """Say what an area's site has; one whose plan has joined another's shows that one's help."""
        has_help = any(place.kind is PageKind.HELP for place in self.everything.pages)
        return "plans, help and pages" if has_help else "plans and pages"

    @property
    def robots(self) -> str | None:
        """Keep a search out of other searches."""
        return "noindex, follow" if self.place.kind is PageKind.SEARCH else None

    @property
    def letters(self) -> Sequence[Link]:
        """The alphabet of an A to Z."""
        return list(a_to_z.letters(self._entries)) if self.place.kind is PageKind.A_TO_Z else ()

    @property
    def sections(self) -> Sequence[Section]:
        """The lists of an A to Z or a site map."""
        match self.place.kind:
            case PageKind.A_TO_Z:
                return list(a_to_z.sections(self._entries))
            case PageKind.SITE_MAP:
                return list(self._map.of_area() if self.area else self._map.of_portal(self.cards))
        return ()

    @cached_property
    def _entries(self) -> Sequence[Entry]:
        every = self.everything
        if self.area:
            found = a_to_z.of_area(every.pages, every.own, self.href)
        else:
            found = a_to_z.of_portal(self.cards, every.own, self.href)
        return [*found, *a_to_z.ways_to_find(every.pages, every.headings, self.href)]

    @property
    def _map(self) -> SiteMap:
        every = self.everything
        records = {record.address: record for record in every.own}
        return SiteMap(every.pages, records, every.headings, self.href)

    # -- the search

    @property
    def search(self) -> Search | None:
        """The search form, on its own page."""
        if self.place.kind is not PageKind.SEARCH:
            return None
        every = self.everything
        return Search(
            front=self.href(addresses.front(self.area.id if self.area else PORTAL)),
            always=[f"{part.value}/" for part in (Part.FIRST, Part.LAST) if every.has(part)],
            earlier=f"{Part.EARLIER.value}/" if every.has(Part.EARLIER) else "",
            withdrawn=bundles.WITHDRAWN if every.has(Part.WITHDRAWN) else "",
            area=self.area.short_name if self.area else "",
            own={} if self.area else {f"{area}/": at for area, at in self.site.own.items()},
            notes=list(self._notes()),
            wider=self._wider,
            instead=list(self._instead()),
            crisis_words=CRISIS_WORDS,
        )

    def _notes(self) -> Iterator[str]:
        if self.area and self.everything.only_earlier_plans:
            yield (
                f"All the plans of {self.area.name} here are earlier ones. To search them, choose "
                "“Also search earlier plans”."
            )
        if not self.area:
            yield "To search every word of a plan, open its area and search there."

    @property
    def _wider(self) -> Link | None:
        there = addresses.under(PORTAL, addresses.SEARCH)
        return Link("Search all areas", self.href(there)) if self.area else None

    def _instead(self) -> Iterator[Link]:
        target = self.area.id if self.area else PORTAL
        yield Link("A to Z", self.href(addresses.under(target, addresses.A_TO_Z)))
        yield Link("Site map", self.href(addresses.under(target, addresses.SITE_MAP)))
        helper = self.standings.plans.help_area[self.area.id] if self.area else ""
        help_ = addresses.under(helper, "help/index") if helper else "/help/"
        yield Link("Get help today", self.href(help_))
