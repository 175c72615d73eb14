"""Rules that must hold for the entries of a directory, and for every number that is printed."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from itertools import chain

from ltp.directory.entry import Need, Service
from ltp.directory.hours import Hours
from ltp.directory.numbers import NumberKind
from ltp.directory.retired import Retired
from ltp.directory.trust import Directory, Trust, check_due, trust
from ltp.findings import Finding, Severity, did_you_mean
from ltp.plans.dates import PartialDate
from ltp.plans.model import Area, Edition, Facts, Origin, Page, Plans
from ltp.plans.names import area_of
from ltp.plans.status import Standings


def directory_of(standings: Standings, area: str) -> Directory:
    """Give the directory of an area on a day."""
    plans = standings.plans
    own = plans.areas[area]
    return Directory(
        area=area,
        places=own.places,
        services=plans.area_pages[area].services,
        needs=plans.needs,
        today=standings.today,
        plan_labels={
            ref: each.edition.label
            for ref, each in standings.by_ref.items()
            if each.status.is_public
        },
    )


def check(standings: Standings, faulty: Collection[str] = ()) -> Iterator[Finding]:
    """Find what is wrong with the entries, and every retired number that is printed as live.

    `faulty` areas could not be read whole, so a name in one of them is not said to be missing.
    """
    plans, today = standings.plans, standings.today
    entries = {service.ref: service for service in plans.services}
    for service in entries.values():
        yield from _names(plans, service, entries, faulty)
        yield from _dates(service, today)
        yield from _charged(service)
        yield from _to_put_right(service, today)
    yield from _retired(standings)


def _names(
    plans: Plans, service: Service, entries: dict[str, Service], faulty: Collection[str]
) -> Iterator[Finding]:
    facts, origin = service.facts, service.origin
    # What could not be read may well hold the name; it has a finding of its own.
    named_in = tuple(ref for ref in facts.named_in if ref.partition("/")[0] not in faulty)
    if "areas/sources.yml" not in plans.faulty_files:
        yield from _known(origin, "source", facts.source, plans.sources, "source")
    if "areas/needs.yml" not in plans.faulty_files:
        yield from _known(origin, "needs", facts.needs, plans.needs, "need")
    yield from _known(origin, "named_in", named_in, plans.editions, "plan")
    places = plans.areas[service.area].places
    yield from _known(origin, "places", facts.places, places, "place")
    if facts.replaced_by == service.ref:
        yield _fault(
            origin,
            ("replaced_by",),
            "the entry replaces itself",
            "Name the entry that took its place.",
        )
    elif facts.replaced_by and facts.replaced_by.partition("/")[0] not in faulty:
        yield from _known(origin, "replaced_by", (facts.replaced_by,), entries, "entry")


def _known(
    origin: Origin, key: str, names: tuple[str, ...], known: Collection[str], what: str
) -> Iterator[Finding]:
    for at, name in enumerate(names):
        if name not in known:
            where = (key, at) if (key, at) in origin.lines else (key,)
            cure = did_you_mean(name, known) or "Add it, or correct the name."
            yield _fault(origin, where, f"there is no {what} called “{name}”", cure)


def _dates(service: Service, today: datetime.date) -> Iterator[Finding]:
    checks = service.facts.checks
    if checks.last and checks.last.first_day > today:
        yield _fault(
            service.origin,
            ("checks", "last"),
            f"the check of {checks.last} lies ahead",
            "Write the day on which it was last checked, or never.",
        )
    if checks.last and checks.next and checks.next.is_before(checks.last):
        yield _fault(
            service.origin,
            ("checks", "next"),
            f"the next check, {checks.next}, is before the last, {checks.last}",
            "Write a day after the last check.",
        )
    waiting = service.facts.waiting
    if waiting and waiting.as_of.first_day > today:
        yield _fault(
            service.origin,
            ("waiting", "as_of"),
            f"the waiting time of {waiting.as_of} lies ahead",
            "Write the day on which it was true.",
        )
    for at, channel in enumerate(service.facts.channels):
        first, last = channel.valid_from, channel.valid_until
        if first and last and last.is_before(first):
            yield _fault(
                service.origin,
                ("channels", at, "until"),
                f"this way ends, {last}, before it begins, {first}",
                "Write the earlier day as from.",
            )


def _charged(service: Service) -> Iterator[Finding]:
    """Find the numbers that cost more than other calls, of which the entry says so nowhere."""
    for at, channel in enumerate(service.facts.channels if service.facts.status != "ended" else ()):
        number, cost = channel.number, channel.cost or service.facts.cost
        if number is None or number.kind is not NumberKind.CHARGED:
            continue
        where = ("channels", at, "number")
        calls = f"calls to {number} cost {'extra' if number.digits.startswith('08') else 'a lot'}"
        if cost and cost.strip(" .").lower() == "free":
            yield _fault(
                service.origin,
                where,
                f"“cost” says free, and {calls}",
                "Give another number, or write beside it what a call costs, such as cost: 50p a minute.",
            )
        elif not cost:
            yield _note(
                service.origin,
                where,
                calls,
                "Give another number, or say beside it what a call costs, such as cost: 50p a minute.",
            )


def _to_put_right(service: Service, today: datetime.date) -> Iterator[Finding]:
    last = service.facts.checks.last
    if last and last.first_day > today:
        return  # which is told already: “nobody has checked it” would say the opposite
    state = trust(service, today)
    if state in (Trust.PAST_CHECK, Trust.LONG_PAST) and service.facts.status != "ended":
        due = check_due(service)
        assert due is not None
        gone = " It has left the lists." if state is Trust.LONG_PAST else ""
        yield _note(
            service.origin,
            ("checks",),
            f"a check was due by {PartialDate.of(due)}",
            f"Ask the service, then move the dates of checks on.{gone}",
        )
    elif state is Trust.NEVER_CHECKED:
        yield _note(
            service.origin,
            ("checks",),
            "nobody has checked this entry, so it is not offered as help",
            "Ask the service, then write checks: with last, by and next.",
        )


# -- retired numbers


def _retired(standings: Standings) -> Iterator[Finding]:
    """Find retired numbers that are printed as live: anywhere but in an earlier plan's text.

    The facts at the top of an earlier plan's page are our own words, and nothing marks numbers in them.
    """
    plans = standings.plans
    retired = Retired(plans.retired)
    if not plans.retired:
        return
    for line in plans.crisis_lines:
        text = f"{line.number} {line.short} {' '.join(line.details)}"
        for one in {one.id: one for one, _ in retired.in_text(text)}.values():
            yield _is_retired(line.origin, line.origin.line(), one.number.shown, one.replaced_by)
    for service in plans.services:
        yield from _retired_ways(service, retired)
        yield from _retired_facts(retired, service.origin, service.facts)
        yield from _retired_body(retired, service.origin, service.body, service.body_line)
    for page in plans.pages:
        yield from _retired_facts(retired, page.origin, page.facts)
    stated: Iterator[Area | Edition | Need] = chain(
        plans.areas.values(), plans.editions.values(), plans.needs.values()
    )
    for each in stated:
        yield from _retired_facts(retired, each.origin, each)
    for page in _live_pages(standings):
        yield from _retired_body(retired, page.origin, page.body, page.body_line)


def _retired_ways(service: Service, retired: Retired) -> Iterator[Finding]:
    for at, channel in enumerate(service.facts.channels):
        one = retired.find(channel.number.digits) if channel.number else None
        if one:
            line = service.origin.line("channels", at, "number")
            yield _is_retired(service.origin, line, one.number.shown, one.replaced_by)


def _retired_facts(retired: Retired, origin: Origin, facts: Facts) -> Iterator[Finding]:
    for where, text in _texts(facts, ()):
        for one, _ in retired.in_text(text):
            yield _is_retired(origin, origin.line(*where), one.number.shown, one.replaced_by)


def _texts(
    value: object, where: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Give every text among facts, with the keys that lead to it."""
    match value:
        case str():
            yield where, value
        case Hours():
            yield where, value.rules
        case tuple():
            for at, each in enumerate(value):
                yield from _texts(each, (*where, at))
        case Facts():
            for name, info in type(value).model_fields.items():
                yield from _texts(getattr(value, name), (*where, info.alias or name))


def _retired_body(
    retired: Retired, origin: Origin, body: str, first_line: int
) -> Iterator[Finding]:
    for one, start in retired.in_text(body):
        line = first_line + body.count("\n", 0, start)
        yield _is_retired(origin, line, one.number.shown, one.replaced_by)


def _live_pages(standings: Standings) -> Iterator[Page]:
    """Give every page whose numbers readers would take for today's."""
    plans = standings.plans
    yield from plans.portal_pages
    for pages in plans.area_pages.values():
        yield from [*([pages.front] if pages.front else []), *pages.help, *pages.have_your_say]
    for edition in plans.editions.values():
        if not marks_retired(standings, edition.ref):
            yield from edition.pages


def marks_retired(standings: Standings, ref: str) -> bool:
    """Tell whether an edition's text stays as it was, so that retired numbers in it are marked."""
    return not standings[ref].status.is_latest and standings[ref].status.value != "draft"


def _is_retired(origin: Origin, line: int, shown: str, today: str) -> Finding:
    area = area_of(origin.path)
    return Finding(
        origin.path,
        line,
        f"{shown} is no longer in use",
        f"Today: {today.rstrip('.')}.",
        areas=(area,) if area else (),
    )


# -- findings


def _fault(origin: Origin, where: tuple[str | int, ...], what: str, cure: str) -> Finding:
    area = area_of(origin.path)
    key = ", ".join(f"item {each + 1}" if isinstance(each, int) else each for each in where)
    return Finding(origin.path, origin.line(*where), what, cure, key, areas=(area,) if area else ())


def _note(origin: Origin, where: tuple[str | int, ...], what: str, cure: str) -> Finding:
    return Finding(
        origin.path,
        origin.line(*where),
        what,
        cure,
        str(where[0]),
        severity=Severity.TO_PUT_RIGHT,
    )
