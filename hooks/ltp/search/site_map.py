"""Everything that a site has, in the order in which it is put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ltp.search.records import Part, Record
from ltp.site import addresses, whole_plan
from ltp.site.cards import AreaCard
from ltp.site.notices import Href
from ltp.site.pages import PageKind, SitePage
from ltp.site.views import Entry, Link, Section

_NOT_LISTED: Final = (
    PageKind.LATEST_TOPIC,
    PageKind.REDIRECT,
    PageKind.REMOVED,
    PageKind.NOT_FOUND,
    PageKind.SITE_MAP,
)
"""Addresses that only lead on, and the map itself."""

_WAYS_IN: Final = {"need": "By need", "age": "By age", "place": "By place"}
"""The lists of help by their folders, and what they are called together."""


@dataclass(frozen=True)
class SiteMap:
    """The map of one target's site."""

    pages: Sequence[SitePage]
    records: Mapping[str, Record]
    """What the search knows of each page, by address."""
    headings: Mapping[str, str]
    """Each page's only `h1`, by address."""
    href: Href

    def of_area(self) -> Iterator[Section]:
        """Give the parts of an area's map; a part that has nothing is left out."""
        parts = [
            Section("front", "Front page", entries=self._of(PageKind.AREA_FRONT)),
            Section("help", "Get help today", entries=list(self._help())),
            Section("services", "Services", entries=self._services(Part.FIRST)),
            Section(
                "not-offered",
                "Services that we do not offer as help",
                entries=self._services(Part.LAST),
            ),
            Section("have-your-say", "Have your say", entries=list(self._have_your_say())),
            Section("plans", "Plans", entries=list(self._plans())),
            Section("about", "About this site", entries=self._rest()),
        ]
        return (part for part in parts if part.entries)

    def of_portal(self, cards: Sequence[AreaCard]) -> Iterator[Section]:
        """Give the parts of the portal's map, with what each area has."""
        live = [self._area(card) for card in cards if not card.is_archived]
        archived = [self._area(card) for card in cards if card.is_archived]
        front = (PageKind.PORTAL_FRONT, PageKind.PORTAL_HELP)
        parts = [
            Section("front", "Front page and help", entries=self._of(*front)),
            Section("areas", "Areas", entries=live),
            Section("archived-areas", "Archived areas", entries=archived),
            Section("guide", "Guide for editors", entries=self._of(PageKind.GUIDE)),
            Section("about", "About this site", entries=self._rest()),
        ]
        return (part for part in parts if part.entries)

    # -- parts of an area

    def _help(self) -> Iterator[Entry]:
        yield from self._of(PageKind.HELP, PageKind.HELP_FIND)
        lists = [place for place in self.pages if place.listing]
        for folder, words in _WAYS_IN.items():
            found = [each for each in lists if each.listing and each.listing.folder == folder]
            found = [each for each in found if folder != "need" or each.address in self.records]
            if found:
                yield Entry(Link(words), entries=self._entries(found))
        apart = [each for each in lists if each.listing and not each.listing.is_of_help]
        yield from self._entries(
            place for place in apart if place.listing and place.listing.services
        )
        yield from self._of(PageKind.HELP_PRINT, PageKind.HELP_COVERAGE)

    def _services(self, part: Part) -> Sequence[Entry]:
        """Give entries of the directory by name; those that are not offered say why."""
        found = [
            self._entry(place, marked=part is Part.LAST)
            for place in self.pages
            if place.service and self.records[place.address].part is part
        ]
        return sorted(found, key=lambda entry: entry.link.text.casefold())

    def _have_your_say(self) -> Iterator[Entry]:
        requests = [
            self._entry(place, marked=True)
            for place in self.pages
            if place.kind is PageKind.CONSULTATION
        ]
        for front in self._of(PageKind.HAVE_YOUR_SAY):
            yield Entry(front.link, entries=requests)

    def _plans(self) -> Iterator[Entry]:
        """Give every plan that readers are shown, with its status, and its pages under it."""
        yield from self._of(PageKind.PLANS)
        fronts = [
            place
            for place in self.pages
            if place.is_edition_front and place.address in self.records
        ]
        for front in fronts:
            pages = [
                place
                for place in self.pages
                if place.standing is front.standing and not place.is_edition_front
            ]
            record = self.records[front.address]
            yield Entry(
                Link(record.what, self.href(front.address)),
                tag=record.tag,
                tag_kind=record.tag_kind,
                entries=self._entries(pages),
            )

    # -- parts of the portal

    def _area(self, card: AreaCard) -> Entry:
        front = addresses.front(card.id)
        links = [Link(f"Help in {card.short_name}", self.href(card.help_address))]
        links += [
            Link(f"{card.short_name} {each.label}", self.href(each.address)) for each in card.latest
        ]
        links.append(Link(f"All plans for {card.short_name}", self.href(addresses.plans(card.id))))
        if card.has_site_map:
            there = addresses.under(card.id, addresses.SITE_MAP)
            links.append(Link(f"Site map of {card.short_name}", self.href(there)))
        tag, kind = ("Archived", "archived") if card.is_archived else ("", "")
        return Entry(
            Link(card.name, self.href(front)), tag=tag, tag_kind=kind, entries=[*map(Entry, links)]
        )

    # -- any pages

    def _rest(self) -> Sequence[Entry]:
        """Give the pages that no other part has, so that no new kind of page is ever forgotten."""
        return self._entries(
            place
            for place in self.pages
            if place.kind not in (*_NOT_LISTED, *_ELSEWHERE) and not place.standing
        )

    def _of(self, *kinds: PageKind) -> Sequence[Entry]:
        return self._entries(place for kind in kinds for place in self.pages if place.kind is kind)

    def _entries(self, pages: Iterable[SitePage]) -> Sequence[Entry]:
        return [self._entry(place) for place in pages]

    def _entry(self, place: SitePage, *, marked: bool = False) -> Entry:
        record = self.records.get(place.address)
        tag, kind = (record.tag, record.tag_kind) if record and marked else ("", "")
        if place.kind is PageKind.WHOLE_PLAN and place.standing:
            return Entry(whole_plan.link_to(place.standing.edition, self.href))
        link = Link(self.headings[place.address], self.href(place.address), lang=place.lang)
        return Entry(link, tag=tag, tag_kind=kind)


_ELSEWHERE: Final = (
    PageKind.PORTAL_FRONT,
    PageKind.PORTAL_HELP,
    PageKind.GUIDE,
    PageKind.AREA_FRONT,
    PageKind.HELP,
    PageKind.SERVICE,
    PageKind.HELP_LIST,
    PageKind.HELP_FIND,
    PageKind.HELP_COVERAGE,
    PageKind.HELP_PRINT,
    PageKind.HAVE_YOUR_SAY,
    PageKind.CONSULTATION,
    PageKind.EDITION,
    PageKind.PLANS,
)
"""The kinds of pages that have a part of their own."""
