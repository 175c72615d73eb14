"""The search form of a directory: which choices it offers, and what a script may know of hours.

What is filtered is `listing.find_json`; the filtering itself is `overrides/assets/find.js`. An entry is
never left out for a fact that nobody gave: it is for any age or anyone where it doesn't say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ltp.directory.entry import OLDEST, Audience, Service, Way
from ltp.directory.listing import Href, home, slug, trust_tag
from ltp.directory.open_now import days_of
from ltp.directory.trust import AGE_BANDS, Directory, Trust
from ltp.site.crisis_words import CRISIS_WORDS
from ltp.site.views import Choice, Finder, Link, Section

_WHO: Final = {
    Audience.CHILDREN: "A child",
    Audience.YOUNG_PEOPLE: "A young person",
    Audience.PARENTS: "A parent or carer",
    Audience.SCHOOLS: "Someone who works in a school",
    Audience.PROFESSIONALS: "Another professional",
}
_HOW: Final = {
    "phone": "By phone",
    "text": "By text",
    "online": "Online",
    "in person": "In person",
}
"""The ways as the data names them (`how` of an entry)."""


def finder(directory: Directory, href: Href) -> Finder:
    """Give the form's choices, where its data is, and the lists for when no script runs.

    A choice that no entry answers to is not offered.
    """
    offered = directory.offered
    ways = {way for service in offered for way in _ways(directory, service)}
    who = {each for service in offered for each in service.facts.audience}
    return Finder(
        data=href(f"{home(directory.area)}find.json"),
        needs=[
            Choice(need.id, need.name)
            for need in directory.needs.values()
            if directory.on_need(need.id)
        ],
        ages=list(_ages(offered)),
        places=_places(directory),
        who=[Choice(each.value, words) for each, words in _WHO.items() if each in who],
        how=[Choice(way, words) for way, words in _HOW.items() if way in ways],
        only=list(_only(directory)),
        tags=_tags(directory),
        bank_holidays=days_of(directory.today),
        crisis_words=CRISIS_WORDS,
        lists=list(_lists(directory, href)),
    )


def _ages(offered: Sequence[Service]) -> Iterator[Choice]:
    for age in range(OLDEST + 1):
        if any(each.facts.ages is None or each.facts.ages.include(age) for each in offered):
            yield Choice(str(age), str(age) if age else "Under 1")


def _places(directory: Directory) -> Sequence[Choice]:
    """Give the places, unless there is only one to choose: then everybody who asks is there."""
    places = [place for place in directory.places if directory.in_place(place)]
    return [Choice(place, place) for place in places] if len(directory.places) > 1 else []


def _only(directory: Directory) -> Iterator[Choice]:
    offered = directory.offered
    if any(service.facts.can_refer_yourself for service in offered):
        yield Choice("self", "You can ask for it yourself")
    if any((service.facts.cost or "").casefold() == "free" for service in offered):
        yield Choice("free", "Free")
    if any(_may_be_told_open(directory, service) for service in offered):
        yield Choice("open", "Open now")


def _may_be_told_open(directory: Directory, service: Service) -> bool:
    hours = service.facts.hours_on(directory.today)
    return hours is not None and not hours.depends_on_term_time


def _ways(directory: Directory, service: Service) -> Iterable[str]:
    names = {Way.PHONE: "phone", Way.TEXT: "text", Way.VISIT: "in person"}
    for channel in service.facts.public_ways_on(directory.today):
        yield names.get(channel.way, "online")
    if service.facts.locations:
        yield "in person"


def _tags(directory: Directory) -> Sequence[tuple[str, str]]:
    seen = {directory.trust(service) for service in directory.offered}
    return [trust_tag(trust) for trust in Trust if trust in seen]


def _lists(directory: Directory, href: Href) -> Iterator[Section]:
    base = home(directory.area)
    ways_in = {
        "need": (
            "Help by need",
            [(need.id, need.name, directory.on_need(need.id)) for need in directory.needs.values()],
        ),
        "age": (
            "Help by age",
            [(band.id, band.name, directory.in_band(band)) for band in AGE_BANDS],
        ),
        "place": (
            "Help by place",
            [(slug(place), place, directory.in_place(place)) for place in directory.places]
            if len(directory.places) > 1
            else [],
        ),
    }
    for folder, (heading, lists) in ways_in.items():
        links = [
            Link(text, href(f"{base}{folder}/{name}/")) for name, text, found in lists if found
        ]
        if links:
            yield Section(f"by-{folder}", heading, links=links)
