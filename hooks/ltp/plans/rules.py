"""Rules that must hold between files: names that exist, replacements that make sense.

Each broken rule is a finding that names the areas it stops.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ltp.directory import rules as directory_rules
from ltp.directory.numbers import read_number
from ltp.findings import Finding, Severity, WrongValueError, did_you_mean
from ltp.plans.loading import RESERVED_IN_PORTAL
from ltp.plans.model import (
    Area,
    CrisisLine,
    Edition,
    Kind,
    Origin,
    Page,
    Plans,
    Portal,
    in_words,
)
from ltp.plans.names import PORTAL, area_of
from ltp.plans.status import Status, a_year_after, due_to_end, has_joined, work_out

_AUDIT: Final = "areas/audit.yml"


def check(plans: Plans, today: datetime.date, faulty_areas: Collection[str] = ()) -> list[Finding]:
    """Find every broken rule.

    `faulty_areas` could not be read whole, so a name in one of them is not said to be missing.
    """
    checker = _Checker(plans, today, frozenset(faulty_areas))
    return [
        *checker.crisis_lines(),
        *checker.contacts(),
        *checker.names(),
        *checker.replacements(),
        *directory_rules.check(checker.standings, checker.faulty),
        *checker.to_put_right(),
    ]


def refers_to(plans: Plans, area: str) -> frozenset[str]:
    """Name the other areas whose facts an area's pages show."""
    own = plans.areas[area]
    named = {own.looked_after_by, *(own.plan_joined.into if own.plan_joined else ())}
    named |= {_area_in(plan.adds_to) for plan in own.elsewhere}
    for edition in plans.editions_of(area):
        refs = [*edition.replaces, edition.adds_to, *(act.instead for act in edition.history)]
        named |= {_area_in(ref) for ref in refs}
        named |= {act.looked_after_by for act in edition.history}
    for other in plans.areas.values():
        joins = other.plan_joined is not None and area in other.plan_joined.into
        if joins or any(_area_in(plan.adds_to) == area for plan in other.elsewhere):
            named.add(other.id)
    named |= {_area_in(ref) for ref in _what_came_after(plans, area)}
    # What replaces a plan may be in a file that can't be read; without it the plan would be "latest".
    named |= {faulty for faulty, names in plans.named_by_faulty.items() if area in names}
    named |= {edition.area for edition in plans.added_to.get(area, ())}
    for service in plans.area_pages[area].services:
        named |= {_area_in(ref) for ref in (*service.facts.named_in, service.facts.replaced_by)}
    return frozenset(name for name in named if name and name != area)


def _area_in(ref: str | None) -> str:
    return ref.partition("/")[0] if ref else ""


def _what_came_after(plans: Plans, area: str) -> set[str]:
    """Name every edition that replaces one of an area's, at however many removes."""
    after: set[str] = set()
    waiting = [edition.ref for edition in plans.editions_of(area)]
    while waiting:
        later = {each.ref for each in plans.replaced_by.get(waiting.pop(), ())} - after
        after |= later
        waiting += later
    return after


@dataclass(frozen=True)
class _Known:
    """The names of one kind that there are."""

    what: str
    names: Collection[str]
    file: str = ""
    """Where another would be added."""


class _Checker:
    def __init__(self, plans: Plans, today: datetime.date, faulty: frozenset[str]) -> None:
        self.plans = plans
        self.today = today
        self.faulty = faulty
        self.standings = work_out(plans, today)

    # -- crisis help

    def crisis_lines(self) -> Iterator[Finding]:
        """Find the lines that could not be called or texted, or that would show two numbers."""
        for line in self.plans.crisis_lines:
            if wrong := _wrong_number(line):
                yield self._fault(line.origin, ("number",), *wrong)
            elif line.number not in line.short and re.search(r"\d", line.short):
                what = f"“{line.short}” has another number than {line.number}, or it is written another way"
                cure = f"Write {line.number} there, with the same spaces."
                yield self._fault(line.origin, ("short",), what, cure)

    # -- who is asked

    def contacts(self) -> Iterator[Finding]:
        """Find the sites that a body runs and that say nothing of how to ask it: the law wants both."""
        told: dict[str | None, list[str]] = {}
        for target in (PORTAL, *self.plans.areas):
            if self.plans.run_by(target):
                told.setdefault(self._who_says_the_contact(target), []).append(target)
        for area, targets in told.items():
            site = self.plans.areas[area] if area else self.plans.portal
            for where, what, cure in _wrong_contact(site):
                yield self._fault(site.origin, where, what, cure, areas=tuple(targets))

    def _who_says_the_contact(self, target: str) -> str | None:
        """Name the area whose file has to give a site's contact; None for the portal's."""
        area = self.plans.areas.get(target)
        return target if area and (area.contact or area.run_by) else None

    # -- names

    def names(self) -> Iterator[Finding]:
        yield from self._names_of_the_portal()
        for area in self.plans.areas.values():
            yield from self._names_of_area(area)
        for edition in self.plans.editions.values():
            yield from self._names_of_edition(edition)
        for body in self.plans.organisations.values():
            yield from self._one(body.origin, ("succeeded_by",), body.succeeded_by, self._bodies)
            yield from self._each(body.origin, ("source",), body.source, self._sources)
        for line in self.plans.crisis_lines:
            yield from self._each(line.origin, ("source",), line.source, self._sources)
        for page in self.plans.pages:
            yield from self._names_of_page(page)

    def _names_of_area(self, area: Area) -> Iterator[Finding]:
        origin = area.origin
        yield from self._each(origin, ("organisations",), area.organisations, self._bodies)
        yield from self._one(origin, ("content_from",), area.content_from, self._bodies)
        yield from self._one(origin, ("looked_after_by",), area.looked_after_by, self._areas)
        if area.plan_joined:
            joined = area.plan_joined
            yield from self._each(origin, ("plan_joined", "into"), joined.into, self._areas)
            yield from self._each(origin, ("plan_joined", "source"), joined.source, self._sources)
            if area.id in joined.into:
                yield self._fault(
                    origin,
                    ("plan_joined", "into"),
                    "a plan can’t join its own area",
                    "Name another area.",
                )
        for at, plan in enumerate(area.elsewhere):
            where = ("elsewhere", at)
            yield from self._each(origin, (*where, "source"), plan.source, self._sources)
            yield from self._each(
                origin, (*where, "published_by"), plan.published_by or (), self._bodies
            )
            yield from self._one(origin, (*where, "adds_to"), plan.adds_to, self._editions)

    def _names_of_edition(self, edition: Edition) -> Iterator[Finding]:
        origin = edition.origin
        yield from self._each(origin, ("replaces",), edition.replaces, self._editions)
        yield from self._one(origin, ("adds_to",), edition.adds_to, self._editions)
        yield from self._each(origin, ("published_by",), edition.published_by or (), self._bodies)
        yield from self._each(origin, ("developed_by",), edition.developed_by, self._bodies)
        yield from self._each(origin, ("source",), edition.source, self._sources)
        area = self.plans.areas[edition.area]
        places = _Known("place", area.places, area.origin.path)
        yield from self._each(origin, ("places",), edition.places, places)
        for at, act in enumerate(edition.history):
            where = ("history", at)
            yield from self._one(origin, (*where, "instead"), act.instead, self._editions)
            yield from self._one(origin, (*where, "content_from"), act.content_from, self._bodies)
            yield from self._one(
                origin, (*where, "looked_after_by"), act.looked_after_by, self._areas
            )

    def _names_of_the_portal(self) -> Iterator[Finding]:
        """Find pages of the portal whose address is an area's, or one that the build makes."""
        for page in self.plans.portal_pages:
            name = page.name.partition("/")[0]
            taken = f"the area “{name}”" if name in self.plans.areas else ""
            if name in RESERVED_IN_PORTAL:
                taken = "a page that the build makes"
            if taken:
                yield self._fault(
                    page.origin,
                    (),
                    f"the page has the address of {taken}",
                    "Rename the file.",
                    areas=(PORTAL,),
                )

    def _names_of_page(self, page: Page) -> Iterator[Finding]:
        yield from self._each(page.origin, ("source",), page.facts.source, self._sources)
        if self.plans.topics:
            yield from self._one(page.origin, ("topic",), page.facts.topic, self._topics)
            yield from self._each(page.origin, ("continues",), page.facts.continues, self._topics)

    @property
    def _bodies(self) -> _Known:
        return _Known("organisation", self.plans.organisations, "areas/organisations.yml")

    @property
    def _sources(self) -> _Known:
        return _Known("source", self.plans.sources, "areas/sources.yml")

    @property
    def _topics(self) -> _Known:
        return _Known("topic", self.plans.topics, "areas/topics.yml")

    @property
    def _areas(self) -> _Known:
        return _Known("area", self.plans.areas)

    @property
    def _editions(self) -> _Known:
        return _Known("plan", self.plans.editions)

    def _each(
        self,
        origin: Origin,
        where: tuple[str | int, ...],
        names: Collection[str],
        known: _Known,
    ) -> Iterator[Finding]:
        for at, name in enumerate(names):
            place = (*where, at) if (*where, at) in origin.lines else where
            yield from self._one(origin, place, name, known)

    def _one(
        self,
        origin: Origin,
        where: tuple[str | int, ...],
        name: str | None,
        known: _Known,
    ) -> Iterator[Finding]:
        if name is None or name in known.names or name.partition("/")[0] in self.faulty:
            return
        if known.file in self.plans.faulty_files:
            return  # it may well be there, in what could not be read
        what = f"there is no {known.what} called “{name}”"
        add = f"Add it to {known.file}" if known.file else "Add it"
        own = "/".join(origin.path.split("/")[1:3])  # a plan never means itself
        others = [each for each in known.names if each != own]
        cure = did_you_mean(name, others) or f"{add}, or correct the name."
        yield self._fault(origin, where, what, cure)

    # -- replacements

    def replacements(self) -> Iterator[Finding]:
        yield from self._circles()
        yield from self._two_latest()
        yield from self._joined_with_a_latest()
        yield from self._nobody_looks_after_help()
        for edition in self.plans.editions.values():
            yield from self._history_out_of_order(edition)
            yield from self._addition(edition)
            for at, ref in enumerate(edition.replaces):
                if ref in self.plans.editions:
                    yield from self._replacement(edition, at, self.plans.editions[ref])

    def _circles(self) -> Iterator[Finding]:
        """Find each circle of `replaces` once, at its first edition by name."""
        told: set[frozenset[str]] = set()
        for ref in sorted(self.plans.editions):
            circle = self._circle_through(ref)
            if circle and frozenset(circle) not in told:
                told.add(frozenset(circle))
                edition = self.plans.editions[ref]
                areas = sorted({each.partition("/")[0] for each in circle})
                yield self._fault(
                    edition.origin,
                    ("replaces",),
                    f"the plans replace each other in a circle: {' replaces '.join([*circle, ref])}",
                    "Keep the line only where the newer plan replaces the older.",
                    areas=tuple(areas),
                )

    def _circle_through(self, ref: str) -> list[str]:
        """Give the shortest way from an edition back to itself, or nothing."""
        came_from: dict[str, str] = {}
        waiting = [ref]
        while waiting:
            at = waiting.pop(0)
            for older in self.plans.editions[at].replaces:
                if older == ref:
                    way = [at]
                    while way[-1] != ref:
                        way.append(came_from[way[-1]])
                    return way[::-1]
                if older in self.plans.editions and older not in came_from:
                    came_from[older] = at
                    waiting.append(older)
        return []

    def _two_latest(self) -> Iterator[Finding]:
        latest: dict[str, list[Edition]] = {}
        for standing in self.standings.by_ref.values():
            if standing.status.is_latest:
                for place in dict.fromkeys(standing.latest_for):
                    latest.setdefault(place, []).append(standing.edition)
        places: dict[tuple[str, ...], list[str]] = {}
        for place, rivals in latest.items():
            refs = tuple(sorted(edition.ref for edition in rivals))
            areas = {edition.area for edition in rivals}
            # In a faulty area the plan that replaces one of them may be the one that can't be read.
            if len(refs) > 1 and not self.faulty & areas:
                places.setdefault(refs, []).append(place)
        for refs in sorted(places):
            newest = max((self.plans.editions[ref] for ref in refs), key=_probable_age)
            others = [ref for ref in refs if ref != newest.ref]
            has = "has" if len(places[refs]) == 1 else "have"
            number = {2: "two", 3: "three"}.get(len(refs), str(len(refs)))
            yield self._fault(
                newest.origin,
                ("replaces",),
                f"{in_words(places[refs])} {has} {number} latest plans: {in_words(refs)}",
                f"If {newest.ref} is the newest, add {in_words(others)} to its “replaces”. If one is "
                "not a plan of its own, change its “kind”, or say in “places” which it is for.",
                areas=tuple(sorted({ref.partition("/")[0] for ref in refs})),
            )

    def _joined_with_a_latest(self) -> Iterator[Finding]:
        for area in self.plans.areas.values():
            if not has_joined(area, self.today):
                continue
            assert area.plan_joined is not None
            for edition in self.plans.editions_of(area.id):
                standing = self.standings[edition.ref]
                open_ = standing.status is Status.ARCHIVED and standing.latest_for
                if not (open_ and edition.kind.can_be_latest) or self.faulty & {
                    area.id,
                    *area.plan_joined.into,
                }:
                    continue
                if any(self._are_apart(newer, edition) for newer in standing.replaced_by):
                    continue  # which is told, and the cause of this
                into = " or ".join(area.plan_joined.into)
                yield self._fault(
                    area.origin,
                    ("plan_joined",),
                    f"{area.name}’s plan has joined another, yet nothing replaces {edition.ref}",
                    f"Add {edition.ref} to “replaces” of the joint plan of {into}, "
                    "or take “plan_joined” out of this file.",
                )

    def _nobody_looks_after_help(self) -> Iterator[Finding]:
        """Find an area whose plan has joined another's and that doesn't say whose help it shows."""
        for area in self.plans.areas.values():
            if has_joined(area, self.today) and not area.looked_after_by:
                assert area.plan_joined is not None
                into = area.plan_joined.into[0]
                yield self._fault(
                    area.origin,
                    ("plan_joined",),
                    f"{area.name}’s plan has joined another, and nothing says who looks after help now",
                    f"Add a line looked_after_by: {into}, or another area’s id.",
                )

    def _addition(self, edition: Edition) -> Iterator[Finding]:
        """Find an addition that adds to nothing, to itself, or to what is no plan."""
        if edition.kind is Kind.ADDITION and not (edition.adds_to or edition.replaces):
            yield self._fault(
                edition.origin,
                ("kind",),
                "an addition says which plan it adds to",
                f"Add a line such as adds_to: {edition.area}/2024-25.",
            )
        plan = self.plans.editions.get(edition.adds_to or "")
        if plan and (plan.ref == edition.ref or not plan.kind.can_be_latest):
            what = "itself" if plan.ref == edition.ref else plan.kind.with_article
            yield self._fault(
                edition.origin,
                ("adds_to",),
                f"{edition.kind.with_article} can’t add to {what}",
                "Name the plan or refresh that it goes with.",
            )

    def _history_out_of_order(self, edition: Edition) -> Iterator[Finding]:
        """Find an act that is known to be earlier than the one above it: the last one counts."""
        for at, (above, act) in enumerate(pairwise(edition.history), start=1):
            if act.date.is_before(above.date):
                yield self._fault(
                    edition.origin,
                    ("history", at),
                    f"“{act.kind}” ({act.date}) stands below “{above.kind}” ({above.date}), which came later",
                    "Put what happened in the order of the dates, the latest last.",
                )

    def _replacement(self, newer: Edition, at: int, older: Edition) -> Iterator[Finding]:
        where = ("replaces", at)
        if _known_to_be_older(newer, older):
            yield self._fault(
                newer.origin,
                where,
                f"{newer.ref} is known to be older than {older.ref}, which it says it replaces",
                f"Check “published” and “covers” of both, or write it the other way round in {older.origin.path}.",
            )
        if older.kind.can_be_latest and not newer.kind.can_be_latest:
            yield self._fault(
                newer.origin,
                where,
                f"{newer.kind.with_article} can’t replace {older.kind.with_article}",
                f"Write adds_to: {older.ref} in place of “replaces”, or change “kind”.",
            )
        if self._are_apart(newer, older):
            yield self._fault(
                newer.origin,
                where,
                f"{newer.ref} and {older.ref} have no place in common, so one can’t replace the other",
                "Check “places” of both.",
            )

    def _are_apart(self, newer: Edition, older: Edition) -> bool:
        """Tell whether two editions are for places of which none is the same."""
        both = (newer, older)
        if any(not {*each.places} <= {*self.plans.areas[each.area].places} for each in both):
            return False  # a place is misspelt, which is told already
        return not {*self.plans.places_of(newer)} & {*self.plans.places_of(older)}

    # -- to put right

    def to_put_right(self) -> Iterator[Finding]:
        """Find what doesn't stop anybody and should be looked at."""
        yield from self._no_public_address()
        yield from self._nothing_is_known()
        yield from self._not_locked()
        yield from self._not_confirmed()
        yield from self._no_audit()
        yield from self._audit_of_another_day()
        yield from self._statements_are_unread()
        yield from self._review_is_due()

    def _no_public_address(self) -> Iterator[Finding]:
        if not self.plans.portal.address:
            yield self._note(
                self.plans.portal.origin,
                ("address",),
                "the public address is not set, so there is no sitemap.xml and no full address on any page",
                "Add a line such as address: https://plans.nhs.uk/ or build with --address.",
                "address",
            )

    def _nothing_is_known(self) -> Iterator[Finding]:
        """Find a plan that takes another's place and of which nothing says that anybody published it."""
        for standing in self.standings.by_ref.values():
            edition = standing.edition
            known = edition.covers or edition.published or edition.published_by
            is_gone = not standing.status.is_public or standing.status is Status.WITHDRAWN
            if is_gone or known or not edition.replaces:
                continue
            yield self._note(
                edition.origin,
                ("published",),
                "nothing says what the plan covers, or when and by whom it was published, and it is "
                f"shown in place of {in_words(edition.replaces)}",
                "Fill in covers, published and published_by, or write draft: yes until they are known.",
                "published",
            )

    def _not_locked(self) -> Iterator[Finding]:
        for standing in self.standings.by_ref.values():
            if (
                standing.status in (Status.ARCHIVED, Status.WITHDRAWN)
                and not standing.edition.locked
            ):
                yield self._note(
                    standing.edition.origin,
                    (),
                    f"the plan is {standing.status.value}, and its pages are not locked",
                    f"Run ltp lock {standing.edition.ref}, so that none is changed by mistake.",
                    "",
                )

    def _not_confirmed(self) -> Iterator[Finding]:
        for body in self.plans.organisations.values():
            if due_to_end(body, self.today) == "past":
                yield self._note(
                    body.origin,
                    ("until",),
                    f"{body.name} was due to end by now, and nobody has confirmed it",
                    "Find out. If it has ended, take out planned: yes. If it goes on, write until: unknown.",
                    "until",
                )
        for line in self.plans.crisis_lines:
            if line.checked is None:
                yield self._note(
                    line.origin,
                    ("checked",),
                    f"nobody has confirmed {line.name} ({line.number})",
                    "Ask the service, or read its own site, then write checked: and the date, and checked_by: and a role.",
                    "checked",
                )

    def _no_audit(self) -> Iterator[Finding]:
        """Find that nobody has looked at the sites, so that no statement can say how accessible they are."""
        if self.plans.audit is None and _AUDIT not in self.plans.faulty_files:
            yield self._note(
                Origin(_AUDIT),
                (),
                "no audit is recorded, so the accessibility statements can’t say what was checked",
                "Run make audit, which writes this file, then publish.",
                "",
            )

    def _audit_of_another_day(self) -> Iterator[Finding]:
        """Find an audit that is no longer, or not yet, what the statements should rest on."""
        audit = self.plans.audit
        if audit and audit.date.first_day > self.today:
            what = f"the audit of {audit.date} lies ahead, so no statement speaks of it"
            cure = "Write the day on which it was made."
        elif audit and a_year_after(audit.date) < self.today:
            what = f"the last audit was on {audit.date}, more than a year ago"
            cure = "Make a new one with make audit, then publish."
        else:
            return
        yield self._note(audit.origin, ("date",), what, cure, "date")

    def _statements_are_unread(self) -> Iterator[Finding]:
        """Find the sites that a body runs and whose statements nobody has read for a year."""
        for target in (PORTAL, *self.plans.areas):
            site = self.plans.areas.get(target, self.plans.portal)
            reviewed = site.statements_reviewed
            if not self.plans.run_by(target) or (reviewed and a_year_after(reviewed) >= self.today):
                continue
            since = f"since {reviewed}" if reviewed else "yet"
            yield self._note(
                site.origin,
                ("statements_reviewed",),
                f"nobody has read the statements of this site through {since}",
                "Read them, then write statements_reviewed: and the day.",
                "statements_reviewed",
            )

    def _review_is_due(self) -> Iterator[Finding]:
        for page in self.plans.pages:
            due = page.facts.review_by
            if due and due.has_passed(self.today):
                yield self._note(
                    page.origin,
                    ("review_by",),
                    f"a review was due by {due}",
                    "Read the page again, then move the date on.",
                    "review_by",
                )

    # -- findings

    def _fault(
        self,
        origin: Origin,
        where: tuple[str | int, ...],
        what: str,
        cure: str,
        areas: tuple[str, ...] | None = None,
    ) -> Finding:
        own = area_of(origin.path)
        key = next((each for each in reversed(where) if isinstance(each, str)), "")
        return Finding(
            origin.path,
            origin.line(*where),
            what,
            cure,
            key,
            areas=areas if areas is not None else ((own,) if own else ()),
        )

    def _note(
        self, origin: Origin, where: tuple[str | int, ...], what: str, cure: str, key: str
    ) -> Finding:
        return Finding(
            origin.path, origin.line(*where), what, cure, key, severity=Severity.TO_PUT_RIGHT
        )


def _wrong_contact(site: Area | Portal) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Tell what a contact lacks: where, what is wrong, and what would be right."""
    contact = site.contact
    if contact is None:
        yield (
            ("run_by",),
            f"{site.run_by} runs this site, and nothing says how to ask it",
            "Add contact: with an email, a phone number (phone) or a page with a form (address), and "
            "reply_within:, such as 10 working days.",
        )
        return
    if not contact.can_be_reached:
        yield (
            ("contact",),
            "the contact has no way to reach anybody",
            "Add an email, a phone number (phone) or a page with a form (address).",
        )
    if not contact.reply_within:
        yield (
            ("contact",),
            "the contact doesn’t say how long an answer takes",
            "Add reply_within: and the longest time, such as 10 working days.",
        )


def _wrong_number(line: CrisisLine) -> tuple[str, str] | None:
    """Tell what is wrong with a line's number, and what would be right; None where it is right."""
    try:
        number = read_number(line.number)
    except WrongValueError as wrong:
        return wrong.what, wrong.cure
    if line.how == "call" and not number.can_be_called:
        return f"{number} can’t be called", "Write how: text."
    if line.how == "text" and not number.can_be_texted:
        return f"{number} can’t be texted", "Write how: call."
    return None


def _probable_age(edition: Edition) -> tuple[int, str]:
    """Sort editions by what is known of their dates, to guess which an editor calls the newest."""
    date = edition.published or (edition.covers.end if edition.covers else None)
    return date.last_day.toordinal() if date else 0, edition.ref


def _known_to_be_older(newer: Edition, older: Edition) -> bool:
    """Tell whether dates that are known put the replacing plan before the one that it replaces."""
    if newer.published and older.published:
        if newer.published.is_before(older.published):
            return True
        if older.published.is_before(newer.published):
            return False
    if newer.covers and older.covers:
        return newer.covers.end.is_before(older.covers.start)
    return False
