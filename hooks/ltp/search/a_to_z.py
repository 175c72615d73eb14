"""Everything by its first letter: plain lists, for whoever knows a name, and where no script runs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import ascii_uppercase
from typing import Final

from ltp.search.records import Part, Record
from ltp.site import addresses
from ltp.site.cards import AreaCard
from ltp.site.notices import Href
from ltp.site.pages import PageKind, SitePage
from ltp.site.views import Entry, Link, Section

NUMBERS: Final = "0 to 9"
"""The heading of what begins with no letter; it comes last."""

_WAYS_TO_FIND: Final[Mapping[PageKind, str]] = {
    PageKind.HELP_FIND: "Help",
    PageKind.HELP_PRINT: "Help",
    PageKind.HELP_COVERAGE: "Help",
    PageKind.SEARCH: "About this site",
    PageKind.SITE_MAP: "About this site",
}
"""Pages that no search finds, and what they are."""


def letters(entries: Sequence[Entry]) -> Iterator[Link]:
    """Give the alphabet as links to its parts of the page; a letter that nothing begins with is none."""
    used = {_first(entry) for entry in entries}
    for letter in (*ascii_uppercase, *([NUMBERS] if NUMBERS in used else [])):
        yield Link(letter, f"#{_id(letter)}" if letter in used else None)


def sections(entries: Sequence[Entry]) -> Iterator[Section]:
    """Give a part for each letter that something begins with."""
    for letter in (*ascii_uppercase, NUMBERS):
        found = sorted((each for each in entries if _first(each) == letter), key=_order)
        if found:
            yield Section(_id(letter), letter, entries=found)


def _first(entry: Entry) -> str:
    letter = unicodedata.normalize("NFKD", entry.link.text)[:1].upper()
    return letter if letter in ascii_uppercase and letter else NUMBERS


def _id(letter: str) -> str:
    return "numbers" if letter == NUMBERS else f"letter-{letter.lower()}"


def _order(entry: Entry) -> tuple[str, str]:
    return entry.link.text.casefold(), entry.what


# -- an area


def of_area(pages: Sequence[SitePage], records: Iterable[Record], href: Href) -> Iterator[Entry]:
    """Give the pages of an area: the latest plans', help that is offered, and its own.

    Of earlier plans the front pages, and the newest page on each topic that no latest plan has.
    """
    by_address = {record.address: record for record in records}
    topics = _topics(pages, by_address, Part.FIRST)
    for place in pages:
        record = by_address.get(place.address)
        if record is None:
            continue
        is_told = place.is_edition_front or (
            record.part is Part.EARLIER and place.topic and place.topic not in topics
        )
        if record.part is Part.FIRST or (is_told and record.part is not Part.LAST):
            yield _entry(place, record, href)
        if record.part is Part.EARLIER and place.topic:
            topics.add(place.topic)  # older plans' pages on it are reached from this one


def _topics(pages: Sequence[SitePage], by_address: Mapping[str, Record], part: Part) -> set[str]:
    return {
        place.topic
        for place in pages
        if place.topic and (found := by_address.get(place.address)) and found.part is part
    }


def _entry(place: SitePage, record: Record, href: Href) -> Entry:
    edition = place.standing.edition if place.standing else None
    what = record.what
    if what == record.title:  # said already
        what = edition.kind.value.capitalize() if edition else ""
    is_marked = record.part is not Part.FIRST
    return Entry(
        Link(record.title, href(record.address), lang=place.lang),
        what,
        tag=record.tag if is_marked else "",
        tag_kind=record.tag_kind if is_marked else "",
    )


def ways_to_find(
    pages: Sequence[SitePage], heading: Mapping[str, str], href: Href
) -> Iterator[Entry]:
    """Give the pages that lead to others; `heading` gives a page's name by its address."""
    for place in pages:
        if place.kind in _WAYS_TO_FIND:
            link = Link(heading[place.address], href(place.address))
            yield Entry(link, _WAYS_TO_FIND[place.kind])


# -- the portal


def of_portal(cards: Sequence[AreaCard], records: Iterable[Record], href: Href) -> Iterator[Entry]:
    """Give areas by their name and short name, the area of each place, and the portal's own pages."""
    for card in cards:
        yield from _of_card(card, href)
    for record in records:
        yield Entry(Link(record.title, href(record.address)), record.what)


def _of_card(card: AreaCard, href: Href) -> Iterator[Entry]:
    front = href(addresses.front(card.id))
    tag, kind = ("Archived", "archived") if card.is_archived else ("", "")
    yield Entry(Link(card.name, front), "Area", tag, kind)
    if card.short_name != card.name:
        yield Entry(Link(card.short_name, front), card.name, tag, kind)
    for place in card.places:
        if place != card.name:
            yield Entry(Link(place, front), f"In {card.name}", tag, kind)
