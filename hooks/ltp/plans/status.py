"""What is true of each edition on a given day, worked out from the facts that editors state.

Five facts are independent: succession (`replaces`, `adds_to`), period (`covers`), custody (the area's
plan has joined another's; the publisher has ended), validity (`history`) and publication (`draft`,
`published`). The status that readers see is the first that applies. Where a fact is not known nothing
is concluded from it: a plan is called current only when everything that takes is known.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ltp.plans.dates import PartialDate
from ltp.plans.model import Act, Area, Audit, Edition, Kind, Organisation, PlanElsewhere, Plans
from ltp.remembered import remembered


class Status(StrEnum):
    """What a reader needs to know of an edition. The first that applies is shown."""

    REMOVED = "removed"
    DRAFT = "draft"
    WITHDRAWN = "withdrawn"
    ARCHIVED = "archived"
    REPLACED = "replaced"
    LATEST_WITH_ADDITION = "latest with an addition"
    LATEST = "latest"
    ACCOMPANIES = "goes with a plan"
    """An addition, a summary or a statement: never the latest itself."""

    @property
    def is_latest(self) -> bool:
        """Tell whether nothing here replaces it."""
        return self in (Status.LATEST, Status.LATEST_WITH_ADDITION)

    @property
    def is_public(self) -> bool:
        """Tell whether readers are shown its pages."""
        return self not in (Status.REMOVED, Status.DRAFT)


class PeriodState(StrEnum):
    """Where today stands in the time that a plan is for."""

    NOT_STARTED = "not started"
    RUNNING = "running"
    ENDED = "ended"
    UNKNOWN = "not known"


class PublisherState(StrEnum):
    """Whether the bodies that published a plan still exist."""

    STANDS = "stands"
    ENDED = "ended"
    UNKNOWN = "not known"


@dataclass(frozen=True)
class Standing:
    """What is true of one edition on one day."""

    edition: Edition
    status: Status
    period: PeriodState
    publisher: PublisherState
    replaced_by: tuple[Edition, ...]
    """The published editions that replace it with none of that kind between, in the order of names."""
    latest_for: tuple[str, ...]
    """The places for which nothing here replaces it."""
    additions: tuple[Edition | PlanElsewhere, ...]
    """What adds to it, held here or not."""
    companions: tuple[Edition, ...]
    """Everything held here that goes with it: additions, summaries, statements."""
    ended_bodies: tuple[Organisation, ...]
    """The bodies behind it that have ended for certain."""
    act: Act | None
    """What was done to it last that still holds: withdrawn, archived or removed."""
    refresh_is_overdue: bool
    """More than a year has passed since it was published, and plans are refreshed yearly."""

    @property
    def is_current(self) -> bool:
        """Tell whether it may be called current: latest, in its time, its publisher standing."""
        return (
            self.status.is_latest
            and self.period is PeriodState.RUNNING
            and self.publisher is PublisherState.STANDS
            and not self.refresh_is_overdue
        )


@dataclass(frozen=True)
class Standings:
    """What is true of every edition on one day."""

    plans: Plans
    today: datetime.date
    by_ref: Mapping[str, Standing]

    def __getitem__(self, ref: str) -> Standing:
        return self.by_ref[ref]

    @property
    def audit(self) -> Audit | None:
        """The last audit of the sites, if one was recorded and had been made by this day."""
        audit = self.plans.audit
        return audit if audit and audit.date.first_day <= self.today else None

    @remembered
    def of_area(self, area: str) -> Sequence[Standing]:
        """Give an area's editions, the latest first, then from the newest to the oldest."""
        return sorted(
            (self.by_ref[edition.ref] for edition in self.plans.editions_of(area)),
            key=_newest_first,
        )

    def shown(self, area: str) -> list[Standing]:
        """Give the editions of an area that readers may see."""
        return [standing for standing in self.of_area(area) if standing.status.is_public]

    def latest(self, area: str) -> list[Standing]:
        """Give an area's latest plans: one, or one for each place that has its own."""
        return [standing for standing in self.of_area(area) if standing.status.is_latest]

    @remembered
    def successors(self, ref: str) -> Sequence[Standing]:
        """Give the editions at the end of every line of replacements from this one on."""
        ends: dict[str, Standing] = {}
        seen: set[str] = set()
        waiting = list(self.by_ref[ref].replaced_by)
        while waiting:
            edition = waiting.pop(0)
            if edition.ref in seen:
                continue
            seen.add(edition.ref)
            standing = self.by_ref[edition.ref]
            if standing.replaced_by:
                waiting += standing.replaced_by
            else:
                ends[edition.ref] = standing
        return list(ends.values())

    def has_joined(self, area: Area) -> bool:
        """Tell whether the area's plan has become part of another by today."""
        return has_joined(area, self.today)

    def came_before(self, area: str) -> Sequence[Standing]:
        """Give other areas' editions that this area's editions replace."""
        refs = [
            ref
            for edition in self.plans.editions_of(area)
            for ref in edition.replaces
            if not ref.startswith(f"{area}/") and ref in self.by_ref
        ]
        return [self.by_ref[ref] for ref in dict.fromkeys(refs)]

    @remembered
    def came_after(self, area: str) -> Sequence[Standing]:
        """Give the latest editions of other areas that this area's editions led to."""
        after = {
            standing.edition.ref: standing
            for edition in self.plans.editions_of(area)
            for standing in self.successors(edition.ref)
            if standing.edition.area != area
        }
        return list(after.values())


def work_out(plans: Plans, today: datetime.date) -> Standings:
    """Work out the standing of every edition for a day. Never fails, whatever the facts are."""
    return _Working(plans, today).standings()


def has_joined(area: Area, today: datetime.date) -> bool:
    """Tell whether an area's plan has become part of another by a day."""
    joined = area.plan_joined
    return joined is not None and not (joined.published and joined.published.first_day > today)


def period_state(edition: Edition, today: datetime.date) -> PeriodState:
    """Tell where a day stands in an edition's time, as far as both ends are known."""
    if edition.covers is None:
        return PeriodState.UNKNOWN
    if today < edition.covers.start.first_day:
        return PeriodState.NOT_STARTED
    return PeriodState.ENDED if edition.covers.end.has_passed(today) else PeriodState.RUNNING


class _Working:
    def __init__(self, plans: Plans, today: datetime.date) -> None:
        self.plans = plans
        self.today = today
        self.acts = {ref: self._act(edition) for ref, edition in plans.editions.items()}
        self.replacers = self._replacers()
        self.added: dict[str, list[Edition]] = {}
        """The editions that add to each, in the order of all."""
        for edition in plans.editions.values():
            if edition.adds_to:
                self.added.setdefault(edition.adds_to, []).append(edition)
        self.elsewhere = [plan for area in plans.areas.values() for plan in area.elsewhere]

    def standings(self) -> Standings:
        by_ref = {ref: self._standing(edition) for ref, edition in self.plans.editions.items()}
        return Standings(self.plans, self.today, by_ref)

    def _standing(self, edition: Edition) -> Standing:
        replaced_by = tuple(self.replacers.get(edition.ref, ()))
        latest_for = self._latest_for(edition)
        additions = tuple(self._additions(edition))
        return Standing(
            edition=edition,
            status=self._status(edition, latest_for, additions),
            period=period_state(edition, self.today),
            publisher=self._publisher(edition),
            replaced_by=replaced_by,
            latest_for=latest_for,
            additions=additions,
            companions=tuple(self._companions(edition)),
            ended_bodies=tuple(body for body in self._bodies(edition) if self._has_ended(body)),
            act=self.acts[edition.ref],
            refresh_is_overdue=self._refresh_is_overdue(edition),
        )

    def _status(
        self, edition: Edition, latest_for: Sequence[str], additions: Sequence[object]
    ) -> Status:
        act = self.acts[edition.ref]
        done = act.kind if act else ""
        if done == "removed":
            return Status.REMOVED
        if not self._is_published(edition):
            return Status.DRAFT
        if done == "withdrawn":
            return Status.WITHDRAWN
        if done == "archived" or has_joined(self.plans.areas[edition.area], self.today):
            return Status.ARCHIVED
        if not latest_for:
            return Status.REPLACED
        if not edition.kind.can_be_latest:
            return Status.ACCOMPANIES
        return Status.LATEST_WITH_ADDITION if additions else Status.LATEST

    def _is_published(self, edition: Edition) -> bool:
        """A draft is not; nor is a plan whose day of publication is known to lie ahead."""
        return not edition.draft and not self._lies_ahead(edition.published)

    def _lies_ahead(self, date: PartialDate | None) -> bool:
        return date is not None and date.first_day > self.today

    def _act(self, edition: Edition) -> Act | None:
        """Give the last act up to today that withdraws, archives or removes and still holds.

        History is appended to, so the order of the file is the order of the acts, also where a date
        is only a month or a year. A withdrawn plan that is archived later stays withdrawn.
        """
        holds: Act | None = None
        for act in edition.history:
            if self._lies_ahead(act.date) or act.kind == "corrected":
                continue
            if act.kind == "removed":
                return act
            if act.kind == "archived" and holds and holds.kind == "withdrawn":
                continue
            holds = None if act.kind == "reinstated" else act
        return holds

    # -- succession

    def _replacers(self) -> dict[str, list[Edition]]:
        """List, for each edition, the published ones that replace it.

        A draft does not replace anything yet; a withdrawn or removed plan no longer does. Where one
        of these lies between two others, the later one replaces the earlier one.
        """
        said: dict[str, list[Edition]] = {}
        for ref in sorted(self.plans.editions):
            for older in dict.fromkeys(self.plans.editions[ref].replaces):
                said.setdefault(older, []).append(self.plans.editions[ref])
        return {ref: self._in_force_after(ref, said) for ref in said}

    def _in_force_after(self, ref: str, said: Mapping[str, Sequence[Edition]]) -> list[Edition]:
        found: list[Edition] = []
        seen: set[str] = set()
        waiting = list(said[ref])
        while waiting:
            edition = waiting.pop(0)
            if edition.ref in seen:
                continue
            seen.add(edition.ref)
            if self._is_in_force(edition):
                found.append(edition)
            else:
                waiting += said.get(edition.ref, ())
        return found

    def _is_in_force(self, edition: Edition) -> bool:
        act = self.acts[edition.ref]
        gone = act is not None and act.kind in ("withdrawn", "removed")
        return self._is_published(edition) and not gone

    def _latest_for(self, edition: Edition) -> tuple[str, ...]:
        """Give the places of an edition that none of its replacers, near or far, is for."""
        replaced = {
            place for later in self._later(edition) for place in self.plans.places_of(later)
        }
        return tuple(place for place in self.plans.places_of(edition) if place not in replaced)

    def _later(self, edition: Edition) -> Iterator[Edition]:
        seen = {edition.ref}
        waiting = list(self.replacers.get(edition.ref, ()))
        while waiting:
            later = waiting.pop()
            if later.ref not in seen:
                seen.add(later.ref)
                waiting += self.replacers.get(later.ref, ())
                yield later

    def _additions(self, edition: Edition) -> Iterator[Edition | PlanElsewhere]:
        for other in self._companions(edition):
            if other.kind is Kind.ADDITION:
                yield other
        for plan in self.elsewhere:
            if plan.adds_to == edition.ref and not self._lies_ahead(plan.published):
                yield plan

    def _companions(self, edition: Edition) -> Iterator[Edition]:
        return (each for each in self.added.get(edition.ref, ()) if self._is_in_force(each))

    # -- custody

    def _bodies(self, edition: Edition) -> Iterator[Organisation]:
        ids = dict.fromkeys([*(edition.published_by or ()), *edition.developed_by])
        return (self.plans.organisations[each] for each in ids if each in self.plans.organisations)

    def _has_ended(self, body: Organisation) -> bool:
        return bool(body.until and not body.planned and body.until.has_passed(self.today))

    def _publisher(self, edition: Edition) -> PublisherState:
        """Tell whether the publisher stands; a planned end that has come leaves it not known."""
        names = edition.published_by
        bodies = [self.plans.organisations[n] for n in names or () if n in self.plans.organisations]
        if any(self._has_ended(body) for body in bodies):
            return PublisherState.ENDED
        looked_after = self.plans.areas[edition.area].organisations
        latest_body = [
            self.plans.organisations[n] for n in looked_after[-1:] if n in self.plans.organisations
        ]
        in_doubt = any(due_to_end(body, self.today) == "past" for body in bodies + latest_body)
        return PublisherState.UNKNOWN if in_doubt or not bodies else PublisherState.STANDS

    def _refresh_is_overdue(self, edition: Edition) -> bool:
        published = edition.published
        return published is not None and a_year_after(published) < self.today


def due_to_end(body: Organisation, today: datetime.date) -> str:
    """Tell whether a planned end lies "ahead" or is "past"; "" where none is planned."""
    if not (body.planned and body.until):
        return ""
    return "past" if body.until.first_day <= today else "ahead"


def a_year_after(date: PartialDate) -> datetime.date:
    """Give the last day on which what was published or done then is less than a year old."""
    last = date.last_day
    leap_day = (last.month, last.day) == (2, 29)
    return last.replace(year=last.year + 1, day=28 if leap_day else last.day)


def _newest_first(standing: Standing) -> tuple[bool, int, str]:
    """Sort by what is known of when an edition is for, or else of when it was published."""
    edition = standing.edition
    date = edition.covers.end if edition.covers else edition.published
    return (not standing.status.is_latest, -(date.last_day.toordinal() if date else 0), edition.id)
