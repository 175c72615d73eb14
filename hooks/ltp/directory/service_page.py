"""The page of one entry: what to trust, how to get in touch, whom it is for, and what is not known."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ltp.directory import listing
from ltp.directory.entry import Audience, Channel, Location, Service, for_professionals
from ltp.directory.listing import Href
from ltp.directory.open_now import open_hours
from ltp.directory.trust import Directory, Trust, check_due
from ltp.plans.dates import PartialDate
from ltp.plans.model import in_words
from ltp.site.notices import on
from ltp.site.views import Fact, Link, Notice, Phrase, Section

_NOT_CHECKED: Final = "as we read it and not checked"
_LAST_CHECKED: Final = "as it was when we last checked it"


def notices(
    directory: Directory,
    service: Service,
    href: Href,
    plan_labels: Mapping[str, Link],
    instead: Service | None,
) -> tuple[Notice, ...]:
    """Give at most two: what happened to the service first, then how far to trust the entry.

    `plan_labels` leads to the plans that name it; `instead` is the entry that took its place.
    """
    ended = service.facts.status == "ended"
    found = [
        _status(service, href, instead),
        _alert(directory, service),
        None if ended else _trust(directory, service, plan_labels),
    ]
    return tuple(notice for notice in found if notice)[:2]


def _status(service: Service, href: Href, instead: Service | None) -> Notice | None:
    facts = service.facts
    lead: list[Phrase] = []
    if instead:
        lead.append(("Use ", Link(instead.facts.name, href(listing.address(instead))), " instead."))
    if facts.status == "ended":
        return Notice(
            "ended", "This service has ended", lead or [("We know of nothing in its place.",)]
        )
    if facts.status == "paused":
        return Notice(
            "ended",
            "This service is closed for now",
            lead or [("Use the numbers above for help.",)],
        )
    if instead:
        return Notice("ended", "Another service has taken its place", lead)
    return None


def _alert(directory: Directory, service: Service) -> Notice | None:
    alert = service.facts.alert_on(directory.today)
    return Notice("alert", "Read this first", [(alert.text,)]) if alert else None


def _trust(
    directory: Directory, service: Service, plan_labels: Mapping[str, Link]
) -> Notice | None:
    match directory.trust(service):
        case Trust.NAMED_ONLY:
            names = [plan_labels[ref] for ref in service.facts.named_in if ref in plan_labels]
            named: list[str | Link] = ["Named in "]
            for at, link in enumerate(names):
                named += [" and " if at else "", link]
            told: list[Phrase] = [(*named, ".")] if names else []
            return Notice(
                "unchecked",
                "We have not checked that it still runs",
                [*told, ("Do not rely on it for help.",)],
            )
        case Trust.NEVER_CHECKED:
            return Notice(
                "unchecked",
                "We have not checked that it still runs",
                [("Do not rely on it for help.",)],
            )
        case Trust.PAST_CHECK | Trust.LONG_PAST:
            due = check_due(service)
            assert due is not None
            words = f"A check was due by {PartialDate.of(due)}. Some of this may be out of date."
            return Notice("past-check", "This needs to be checked again", [(words,)])
    return None


def sections(directory: Directory, service: Service) -> Iterator[Section]:
    """Give the parts above the text: how to get in touch. Nothing unchecked is offered there."""
    facts = service.facts
    if facts.status == "ended":
        return
    offered = _is_offered(directory, service)
    known = _LAST_CHECKED if facts.checks.last else _NOT_CHECKED
    if facts.is_for_professionals_only:
        ways = facts.ways_on(directory.today)
    else:
        ways = facts.public_ways_on(directory.today)
    if offered and ways:
        yield Section(
            "get-in-touch", "Get in touch", facts=[_way(each, directory.today) for each in ways]
        )
    elif ways:
        lines = [_way_as_text(each) for each in ways]
        yield Section("as-it-was", f"How to get in touch, {known}", facts=lines)
    if facts.hours:
        hours: list[Phrase] = [(line,) for line in facts.hours.in_words(directory.today)]
        if facts.hours_note:
            hours.append((facts.hours_note,))
        now = open_hours(facts.hours, directory.today) if offered else None
        yield Section("opening-hours", _open(offered, known), hours, open_hours=now)
    elif facts.hours_note:
        yield Section("opening-hours", _open(offered, known), [(facts.hours_note,)])


def _open(offered: bool, known: str) -> str:
    return "When it is open" if offered else f"When it is open, {known}"


def more_sections(directory: Directory, service: Service, tell_us: Phrase) -> Iterator[Section]:
    """Give the parts below the text: whom it is for, what happens next, where, and what is known of it."""
    rows = list(_about(directory, service))
    if rows:
        yield Section("about-it", "About this service", facts=rows)
    kept_apart = [
        each for each in service.facts.ways_on(directory.today) if for_professionals(each.audience)
    ]
    if kept_apart and not service.facts.is_for_professionals_only:
        offered = _is_offered(directory, service)
        ways = [
            _way(each, directory.today) if offered else _way_as_text(each) for each in kept_apart
        ]
        yield Section("for-professionals", "For professionals", facts=ways)
    for at, location in enumerate(service.facts.locations):
        yield _place(location, at, directory.today)
    yield Section("wrong", "Is something wrong here?", [tell_us])


def how_far_checked(directory: Directory, service: Service) -> str:
    """Say who checked the entry and when, and when next: one line under its name; empty where nobody has."""
    checks, due = service.facts.checks, check_due(service)
    if checks.last is None or due is None or not directory.trust(service).may_be_offered:
        return ""
    last = f"Checked {on(checks.last)} by {_a(checks.by or '')}."
    return f"{last} {_next_check(directory, due)} {PartialDate.of(due)}."


def page_facts(directory: Directory, service: Service) -> Iterator[Fact]:
    """Give what is known of the entry itself: who checked it, when, and when next."""
    checks = service.facts.checks
    if checks.last:
        yield Fact("Last checked", [(f"{checks.last}, by {_a(checks.by or '')}",)])
        due = check_due(service)
        if due:
            yield Fact(_next_check(directory, due), [(str(PartialDate.of(due)),)])
    else:
        yield Fact("Last checked", [("Never",)])


def _next_check(directory: Directory, due: datetime.date) -> str:
    return "The next check was due by" if due < directory.today else "Next check by"


def _about(directory: Directory, service: Service) -> Iterator[Fact]:
    facts = service.facts
    checked = directory.trust(service).may_be_offered
    given = "Given by" if checked else "Given by, as we read it"
    yield from _row(given, facts.organisation)
    yield from _row(
        "Used to be called", in_words(facts.former_names) if facts.former_names else None
    )
    yield from _row("For", _audience(facts.audience))
    yield from _row("Ages", listing.ages_in_words(service) if facts.ages else None)
    if checked or facts.places:
        yield Fact("Places", [(in_words(directory.places_of(service)),)])
    yield from _row("GP surgery", facts.gp_registration)
    yield from _row("Who can use it", facts.eligibility)
    yield from _row("Not for", facts.not_for)
    if facts.referral:
        lines: list[Phrase] = []
        if facts.referral.by:
            lines.append(
                (f"Can be asked for by {_or([each.value for each in facts.referral.by])}",)
            )
        if facts.referral.how:
            lines.append((facts.referral.how,))
        if facts.referral.address and _is_offered(directory, service):
            lines.append((Link("Ask for it on its website", facts.referral.address),))
        elif facts.referral.address:
            lines.append((f"On its website: {facts.referral.address}",))
        yield Fact("How to ask for it", lines)
    yield from _row("What happens next", facts.next_steps)
    yield from _row("Cost", facts.cost)
    yield from _row("Languages", in_words(facts.languages) if facts.languages else None)
    yield from _row("Private", facts.confidentiality)
    if facts.waiting:
        as_of = f"{facts.waiting.text} (as of {facts.waiting.as_of})"
        yield Fact("How long people wait", [(as_of,)])
    if facts.thrive:
        yield from _row("THRIVE group", in_words([each.value for each in facts.thrive]))


def _row(term: str, value: str | None) -> Iterator[Fact]:
    if value:
        yield Fact(term, [(value[:1].upper() + value[1:],)])


def _way(channel: Channel, today: datetime.date) -> Fact:
    lines: list[Phrase] = [listing.reach(channel)]
    if channel.hours:
        lines += [(line,) for line in channel.hours.in_words(today)]
    for words in (channel.cost, in_words(channel.languages) if channel.languages else None):
        if words:
            lines.append((words,))
    if channel.audience:
        lines.append((f"For {_audience(channel.audience)}",))
    if channel.valid_until:
        after = f" After that: {channel.replaced_by}" if channel.replaced_by else ""
        lines.append((f"Until {channel.valid_until}.{after}",))
    return Fact(_way_name(channel), lines)


def _way_as_text(channel: Channel) -> Fact:
    """Give a way without its link: what is not checked, or has ended, is not there to tap."""
    phrase = listing.reach(channel)
    words = "".join(part.text if isinstance(part, Link) else part for part in phrase)
    return Fact(_way_name(channel), [(words,)])


def _is_offered(directory: Directory, service: Service) -> bool:
    return directory.trust(service).may_be_offered and service.facts.status == "running"


def _way_name(channel: Channel) -> str:
    return {
        "phone": "Phone",
        "text": "Text",
        "webchat": "Webchat",
        "email": "Email",
        "web": "Website",
        "visit": "In person",
    }[channel.way.value]


def _place(location: Location, at: int, today: datetime.date) -> Section:
    lines = [location.street, location.town, location.county, location.postcode]
    paragraphs: list[Phrase] = [(", ".join(line for line in lines if line),)]
    if location.hours:
        paragraphs += [(line,) for line in location.hours.in_words(today)]
    paragraphs += [(each,) for each in location.access]
    heading = f"Where: {location.name}" if location.name else "Where it is"
    return Section(f"place-{at + 1}", heading, paragraphs)


def _audience(audience: Sequence[Audience]) -> str:
    """Name whom it is for; semicolons, because "parents and carers" has its own "and"."""
    return "; ".join(each.value for each in audience)


def _or(items: Sequence[str]) -> str:
    return " or ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def _a(role: str) -> str:
    return f"an {role}" if role[:1].lower() in "aeiou" else f"a {role}"
