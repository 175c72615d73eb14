"""What the search may find of a page, what its result says of it, and in which part it stands.

A record is made from facts alone, before a page is rendered. Drafts, removed plans, redirects and pages
that only help to find others have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final, Protocol

from pydantic import BaseModel, ConfigDict

from ltp.directory.entry import Service
from ltp.directory.listing import Listing, trust_tag
from ltp.directory.trust import Directory, Trust
from ltp.plans.status import Standing, Standings, Status
from ltp.site import consultations
from ltp.site.listings import tag
from ltp.site.pages import PageKind, SitePage
from ltp.site.tags import ATTRIBUTES, attributes_of, words_of


class Part(StrEnum):
    """When a search shows what it found: at once, after all others, when asked for, by exact title."""

    FIRST = "first"
    """Latest plans, help that is offered, the area's own pages, requests for views."""
    LAST = "last"
    """What must not be taken for help, and what is not written for the public: after all others."""
    EARLIER = "earlier"
    """Plans that were replaced or archived: only where the reader asks for them."""
    WITHDRAWN = "withdrawn"
    """Pages of withdrawn plans: only by their exact title."""


class Record(BaseModel):
    """A page as the search knows it."""

    model_config = ConfigDict(frozen=True)

    part: Part
    address: str
    title: str
    what: str
    """What it is, or is part of: "2024 to 2025 plan", "Help"."""
    area: str = ""
    """The area's name; empty for a page of the portal."""
    tag: str = ""
    """Its status in a word or two."""
    tag_kind: str = ""
    summary: str = ""
    headings: tuple[tuple[str, str], ...] = ()
    """The id and the words of each heading in its text."""


class Records(BaseModel):
    """The records that an area's build leaves beside its manifest, for the search over all areas."""

    model_config = ConfigDict(frozen=True)

    records: tuple[Record, ...]


class Named(Protocol):
    """What gives the words that a page has whatever its kind."""

    @property
    def standings(self) -> Standings:
        """What is true of every plan today."""

    @property
    def directory(self) -> Directory | None:
        """The area's help directory."""

    def heading(self, place: SitePage) -> str:
        """Give its only `h1`."""

    def summary(self, place: SitePage) -> str:
        """Give the sentence under it."""


def of_pages(pages: Sequence[SitePage], named: Named, area: str = "") -> Iterator[Record]:
    """Give the records of a target's pages, in their order."""
    for place in pages:
        record = _record(place, named, area)
        if record:
            yield record


def _record(place: SitePage, named: Named, area: str) -> Record | None:
    if place.standing:
        return _of_plan(place, place.standing, named, area)
    if place.service:
        return _of_service(place, place.service, named, area)
    if place.kind in _NEVER_FOUND or (place.listing and not _is_findable(place.listing)):
        return None
    part = Part.LAST if place.kind is PageKind.GUIDE else Part.FIRST
    what = _WHAT.get(place.kind, "About this site")
    status = ("", "")
    if place.kind is PageKind.CONSULTATION and place.page:
        status = consultations.state(place.page, named.standings.today).tag
    return _made(place, named, area, part, what, status)


_NEVER_FOUND: Final = (
    PageKind.HELP_FIND,
    PageKind.HELP_COVERAGE,
    PageKind.HELP_PRINT,
    PageKind.LATEST_TOPIC,
    PageKind.REDIRECT,
    PageKind.NOT_FOUND,
    PageKind.SEARCH,
    PageKind.A_TO_Z,
    PageKind.SITE_MAP,
)
"""Pages that lead to others, or repeat them."""

_WHAT: Final[Mapping[PageKind, str]] = {
    PageKind.PORTAL_FRONT: "Front page",
    PageKind.AREA_FRONT: "Front page",
    PageKind.PORTAL_HELP: "Help",
    PageKind.HELP: "Help",
    PageKind.HELP_LIST: "Help",
    PageKind.HAVE_YOUR_SAY: "Have your say",
    PageKind.CONSULTATION: "Have your say",
    PageKind.PLANS: "Plans",
    PageKind.GUIDE: "Guide for editors",
}


def _is_findable(listing: Listing) -> bool:
    """Leave out empty lists, and those of services that may not be offered as help."""
    return bool(listing.services) and listing.is_of_help


def _made(
    place: SitePage,
    named: Named,
    area: str,
    part: Part,
    what: str,
    status: tuple[str, str] = ("", ""),
) -> Record:
    return Record(
        part=part,
        address=place.address,
        title=named.heading(place),
        what=what,
        area=area,
        tag=status[0],
        tag_kind=status[1],
        summary=named.summary(place),
    )


# -- plans


def _of_plan(place: SitePage, standing: Standing, named: Named, area: str) -> Record | None:
    part = part_of_plan(named.standings, standing)
    if part is None or place.kind is not PageKind.EDITION:
        return None
    return _made(place, named, area, part, standing.edition.label, tag(standing))


def part_of_plan(standings: Standings, standing: Standing) -> Part | None:
    """Tell in which part a plan's pages are found; None where they never are.

    What goes with a plan that is the latest no longer is found with it once that plan is not.
    """
    match standing.status:
        case Status.REMOVED | Status.DRAFT:
            return None
        case Status.WITHDRAWN:
            return Part.WITHDRAWN
        case Status.LATEST | Status.LATEST_WITH_ADDITION:
            return Part.FIRST
        case Status.ACCOMPANIES:
            goes_with = standings.by_ref.get(standing.edition.adds_to or "")
            is_today = goes_with is None or goes_with.status.is_latest
            return Part.FIRST if is_today else Part.EARLIER
    return Part.EARLIER


# -- help


def _of_service(place: SitePage, service: Service, named: Named, area: str) -> Record:
    assert named.directory is not None
    offers = named.directory.offers(service)
    part, what = (Part.FIRST, "Help") if offers else (Part.LAST, "Service")
    if service.facts.is_for_professionals_only:
        what = "Service for professionals"
    return _made(place, named, area, part, what, state_of_service(named.directory, service))


def state_of_service(directory: Directory, service: Service) -> tuple[str, str]:
    """Say in a few words what to know of an entry before following it, with their class."""
    if service.facts.status == "ended":
        return "Ended", "archived"
    if service.facts.status == "paused":
        return "Closed for now", "archived"
    trust = directory.trust(service)
    words, kind = trust_tag(trust)
    return ("Only named in a plan. Not checked" if trust is Trust.NAMED_ONLY else words), kind


# -- headings


def headings_of(html: str) -> tuple[tuple[str, str], ...]:
    """Give the id and the words of each heading that has an id, in the HTML of a page's text."""
    found = []
    for heading in _HEADING.finditer(html):
        name = dict(attributes_of(heading["attributes"])).get("id")
        if name:
            found.append((name, " ".join(words_of(heading["words"]).split())))
    return tuple(found)


_HEADING: Final = re.compile(
    rf"<(?P<tag>h[2-6])\b(?P<attributes>{ATTRIBUTES})[\s/]*+>(?P<words>.*?)</(?P=tag)\s*>",
    re.DOTALL | re.IGNORECASE,
)
