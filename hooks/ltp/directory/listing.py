"""The lists of a directory: by need, age and place, apart from them what is not offered, and coverage."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ltp.directory.entry import Channel, Service, Thrive, Way
from ltp.directory.open_now import open_hours
from ltp.directory.trust import AGE_BANDS, AgeBand, Directory, Trust
from ltp.plans.model import in_words
from ltp.site import addresses
from ltp.site.views import Card, Cell, Fact, Link, Phrase, Section, Table

Href = Callable[[str], str]

WAYS_IN: Final = ("need", "age", "place")
"""The folders of the lists that are made for each need, age band and place."""


NONE_CHECKED: Final = Section(
    "none-checked",
    "Local services",
    [
        ("We list no local service here yet that somebody has checked.",),
        ("The national lines work wherever you are.",),
    ],
)
"""What stands where a directory has nothing to offer."""


@dataclass(frozen=True)
class Listing:
    """A page that lists entries."""

    name: str
    """Its address under the directory: `need/anxiety`."""
    heading: str
    services: Sequence[Service]
    lead: str = ""

    @property
    def folder(self) -> str:
        """What entries are listed by: `need`, `age` or `place`; its own name where it stands alone."""
        return self.name.partition("/")[0]

    @property
    def is_of_help(self) -> bool:
        """Tell whether it lists what is offered as help, and not what is kept apart."""
        return self.folder in WAYS_IN


def home(area: str) -> str:
    """Give the address of an area's directory."""
    return addresses.under(area, "help/index")


def address(service: Service) -> str:
    """Give the permanent address of an entry."""
    return f"{home(service.area)}{service.id}/"


def listings(directory: Directory) -> Sequence[Listing]:
    """Give every list page: by need, age and place where there is anything to choose, and what is kept apart."""
    return [
        *_by_need(directory),
        *(_by_age(directory, band) for band in AGE_BANDS),
        *(_by_place(directory, place) for place in directory.places if len(directory.places) > 1),
        *_apart(directory),
    ]


def _by_need(directory: Directory) -> Iterator[Listing]:
    for need in directory.needs.values():
        yield Listing(f"need/{need.id}", need.name, directory.on_need(need.id), need.summary or "")


def _by_age(directory: Directory, band: AgeBand) -> Listing:
    return Listing(
        f"age/{band.id}", f"Help for people {band.name.lower()}", directory.in_band(band)
    )


def _by_place(directory: Directory, place: str) -> Listing:
    return Listing(f"place/{slug(place)}", f"Help in {place}", directory.in_place(place))


def _apart(directory: Directory) -> Iterator[Listing]:
    """Give the lists that are kept apart; each keeps its address when nothing is left on it."""
    yield Listing(
        "named-in-plans",
        "Services that a plan names",
        directory.named_only,
        "We have not checked that these still run. Do not rely on them for help.",
    )
    yield Listing(
        "not-checked",
        "Services from other lists",
        directory.never_checked,
        "We have not checked that these still run. Do not rely on them for help.",
    )
    yield Listing("for-professionals", "Services for professionals", directory.for_professionals)


def slug(text: str) -> str:
    """Turn a name into a part of an address: "Milton Keynes" to `milton-keynes`."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


# -- the front of the directory


def front_sections(directory: Directory, href: Href) -> Iterator[Section]:
    """Give the ways into the directory: by need first, then age and place, and what stands apart."""
    if directory.offered:
        yield from ways_in(directory, href)
        search = Link("Search all help", href(f"{home(directory.area)}find/"))
        yield Section("search", "Search", links=[search])
    else:
        yield NONE_CHECKED
    yield from _front_apart(directory, href)


def ways_in(directory: Directory, href: Href) -> Iterator[Section]:
    """Give the lists by need, age and place, as links."""
    base = home(directory.area)
    needs = [need for need in directory.needs.values() if directory.on_need(need.id)]
    if needs:
        links = [Link(need.name, href(f"{base}need/{need.id}/")) for need in needs]
        yield Section("by-need", "What do you need help with?", links=links)
    bands = [Link(band.name, href(f"{base}age/{band.id}/")) for band in AGE_BANDS]
    yield Section("by-age", "Help by age", links=bands)
    if len(directory.places) > 1:
        links = [Link(place, href(f"{base}place/{slug(place)}/")) for place in directory.places]
        yield Section("by-place", "Help by place", links=links)


def _front_apart(directory: Directory, href: Href) -> Iterator[Section]:
    base = home(directory.area)
    links = []
    if directory.named_only:
        links.append(
            Link("Services that a plan names, not checked", href(f"{base}named-in-plans/"))
        )
    if directory.never_checked:
        links.append(Link("Services from other lists, not checked", href(f"{base}not-checked/")))
    if directory.for_professionals:
        links.append(Link("Services for professionals", href(f"{base}for-professionals/")))
    links.append(Link("All of this on one page, to print", href(f"{base}print/")))
    links.append(Link("What we list, and where we list nothing", href(f"{base}coverage/")))
    if directory.offered:
        links.append(Link("This list as a spreadsheet (CSV)", href(f"{base}services.csv")))
        feed = href(f"{base}open-referral/v3/services.json")
        links.append(Link("This list as open data (Open Referral UK, JSON)", feed))
    yield Section("more", "More lists", links=links)


# -- entries in a list


def list_sections(directory: Directory, listing: Listing, href: Href) -> Iterator[Section]:
    """Give the parts of a list page. An empty list leads to the national lines."""
    if not listing.services:
        yield Section(
            "nothing",
            "Nothing is listed here yet",
            [
                (
                    "We list nothing here that somebody has checked. That does not mean that there is no "
                    "help: the numbers below work wherever you are.",
                )
            ],
            crisis_cards=True,
            links=[Link("All help in this area", href(home(directory.area)))],
        )
        return
    yield Section(
        "entries",
        "",
        cards=[card(directory, service, href) for service in listing.services],
    )


def card(directory: Directory, service: Service, href: Href) -> Card:
    """Make the card of an entry: its name, what it is, how to reach it, how far to trust it."""
    facts = service.facts
    words, kind = trust_tag(directory.trust(service))
    offered = directory.trust(service).may_be_offered
    ways = list(_ways_with_hours(directory, service)) if offered else []
    rows = [Fact("Get in touch", ways)] if ways else []
    names = [directory.plan_labels[ref] for ref in facts.named_in if ref in directory.plan_labels]
    if names and not offered:
        named = f"the {in_words(names)}. We have not checked that it still runs"
        rows.append(Fact("Named in", [(named,)]))
    if facts.ages:
        rows.append(Fact("Ages", [(ages_in_words(service),)]))
    if facts.hours and offered:
        rows.append(Fact("Open", [(line,) for line in facts.hours.in_words(directory.today)]))
    return Card(
        heading=Link(facts.name, href(address(service))),
        description=(facts.summary,),
        tag=words,
        tag_kind=kind,
        facts=rows,
    )


def _ways_with_hours(directory: Directory, service: Service) -> Iterator[Phrase]:
    """Say how to reach it, each way followed by the hours that are that way's alone."""
    for channel in service.facts.public_ways_on(directory.today):
        yield reach(channel)
        if channel.hours:
            yield from ((line,) for line in channel.hours.in_words(directory.today))


def trust_tag(trust: Trust) -> tuple[str, str]:
    """Give how far an entry can be trusted in a few words, and their class."""
    return {
        Trust.CHECKED: ("Checked", "latest"),
        Trust.PAST_CHECK: ("Check is past", "replaced"),
        Trust.LONG_PAST: ("Check is long past", "withdrawn"),
        Trust.NAMED_ONLY: ("Not checked", "archived"),
        Trust.NEVER_CHECKED: ("Not checked", "archived"),
    }[trust]


def reach(channel: Channel) -> Phrase:
    """Say how to use one way: "Call 01632 960 001 (out of hours)", with a link to tap."""
    after = f" and choose {channel.option}" if channel.option else ""
    after += f" ({channel.label})" if channel.label else ""
    match channel.way:
        case Way.PHONE if channel.number:
            return (Link(f"Call {channel.number.shown}", channel.number.href("phone")), after)
        case Way.TEXT if channel.number:
            word = f"{channel.keyword} to " if channel.keyword else ""
            link = channel.number.href("text", channel.keyword)
            return (Link(f"Text {word}{channel.number.shown}", link), after)
        case Way.EMAIL if channel.email:
            return (Link(f"Email {channel.email}", f"mailto:{channel.email}"), after)
        case Way.WEBCHAT if channel.address:
            return (Link("Chat on its website", channel.address), after)
        case Way.WEB if channel.address:
            return (Link("Go to its website", channel.address), after)
    return ("Visit in person", after)


def ages_in_words(service: Service) -> str:
    """Say whom a service is for by age: "Aged 11 to 18", "Aged 16 or over", "All ages"."""
    ages = service.facts.ages
    if ages is None:
        return "Not known"
    note = f". {ages.note}" if ages.note else ""
    match ages.youngest, ages.oldest:
        case None, None:
            return (ages.note or "Not known").strip()
        case None, oldest:
            return f"Aged {oldest} or under{note}"
        case youngest, None:
            return f"Aged {youngest} or over{note}"
        case youngest, oldest:
            return f"Aged {youngest} to {oldest}{note}"
    raise AssertionError


# -- coverage


def coverage_sections(directory: Directory) -> Iterator[Section]:
    """Give a table a place: what is listed for each age band and THRIVE group, and where nothing is."""
    columns = ["Age", *(group.value.capitalize() for group in Thrive), "No group given"]
    for place in directory.places:
        here = directory.in_place(place)
        rows = [[Cell([(band.name,)]), *_counts(here, band)] for band in AGE_BANDS]
        yield Section(
            f"coverage-{slug(place)}",
            place,
            table=Table(
                f"coverage-table-{slug(place)}",
                f"How many checked services we list for {place}",
                columns,
                rows,
            ),
        )


def _counts(here: Sequence[Service], band: AgeBand) -> Iterator[Cell]:
    fitting = [service for service in here if band.meets(service)]
    for group in Thrive:
        yield _count(sum(group in service.facts.thrive for service in fitting))
    yield _count(sum(not service.facts.thrive for service in fitting))


def _count(number: int) -> Cell:
    return Cell([(f"{number:,}" if number else "We list nothing",)])


# -- to print


def print_sections(directory: Directory, href: Href) -> Iterator[Section]:
    """Give the whole directory by need, with what no need names last."""
    told: set[str] = set()
    for need in directory.needs.values():
        services = directory.on_need(need.id)
        told |= {service.id for service in services}
        if services:
            yield Section(
                f"print-{need.id}",
                need.name,
                facts=[_printed(directory, each) for each in services],
            )
    rest = [service for service in directory.offered if service.id not in told]
    if rest:
        yield Section(
            "print-other", "Other help", facts=[_printed(directory, each) for each in rest]
        )
    if not directory.offered:
        words = "We list no local service here yet that somebody has checked."
        yield Section("print-none", "Local services", [(words,)])


def _printed(directory: Directory, service: Service) -> Fact:
    facts = service.facts
    lines: list[Phrase] = [(facts.summary,)]
    if directory.trust(service) is Trust.PAST_CHECK:
        lines.append((f"{trust_tag(Trust.PAST_CHECK)[0]}: some of this may be out of date.",))
    lines += _ways_with_hours(directory, service)
    if facts.ages:
        lines.append((ages_in_words(service),))
    if facts.hours:
        lines += [(line,) for line in facts.hours.in_words(directory.today)]
    return Fact(facts.name, lines)


# -- for the search form


def find_json(directory: Directory) -> str:
    """Give what the search form filters: the entries that are offered, in the order of the lists."""
    entries = [_findable(directory, service) for service in directory.offered]
    return json.dumps(entries, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


def _findable(directory: Directory, service: Service) -> dict[str, object]:
    facts = service.facts
    ages = facts.ages
    ways = facts.public_ways_on(directory.today)
    entry: dict[str, object] = {
        "name": facts.name,
        "at": f"{service.id}/",
        "summary": facts.summary,
        "tag": trust_tag(directory.trust(service))[0],
        "ages": [
            ages.youngest if ages and ages.youngest is not None else 0,
            ages.oldest if ages and ages.oldest is not None else 120,
        ],
        "ageWords": ages_in_words(service) if ages else "",
        "needs": list(facts.needs),
        "places": list(directory.places_of(service)),
        "who": [each.value for each in facts.audience],
        "how": sorted(
            {_how(channel.way) for channel in ways} | ({"in person"} if facts.locations else set())
        ),
        "self": facts.can_refer_yourself,
        "free": (facts.cost or "").casefold() == "free",
        "words": _words(service),
        "reach": [_plain_link(reach(channel)) for channel in ways],
    }
    hours = facts.hours_on(directory.today)
    if hours:
        entry["open"] = list(hours.in_words(directory.today))
        now = open_hours(hours, directory.today)
        if now:
            entry["week"] = now.week
            entry["bankHolidays"] = now.bank_holidays
            entry["exceptions"] = now.exceptions
    return entry


def _plain_link(phrase: Phrase) -> dict[str, str]:
    """Give one way as data: its words and where it leads."""
    link = next((part for part in phrase if isinstance(part, Link)), None)
    words = "".join(part.text if isinstance(part, Link) else part for part in phrase)
    return {"text": words, "href": link.href or ""} if link else {"text": words}


def _how(way: Way) -> str:
    return {
        Way.PHONE: "phone",
        Way.TEXT: "text",
        Way.VISIT: "in person",
    }.get(way, "online")


def _words(service: Service) -> str:
    """Give the words by which a search finds an entry, in small letters."""
    facts = service.facts
    parts = [facts.name, facts.summary, facts.organisation or "", *facts.former_names, service.body]
    return " ".join(re.findall(r"[\w’'-]+", " ".join(parts).casefold()))
