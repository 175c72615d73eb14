"""How far an entry can be trusted on a day, and so whether it may be offered as help.

Only what somebody has checked is offered. What a plan names and nobody has checked stands in a list of
its own; a check that is past warns; one that is long past takes the entry out of the lists.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

from ltp.directory.entry import Need, Service, Urgency
from ltp.plans.dates import PartialDate

MONTHS_GOOD: Final = 12
"""How long a check is good for where the entry doesn't say when the next is due."""

MONTHS_LONG_PAST: Final = 6
"""How long after a check was due an entry leaves the lists."""


class Trust(StrEnum):
    """How far an entry can be trusted."""

    CHECKED = "checked"
    PAST_CHECK = "past its check"
    LONG_PAST = "long past its check"
    NAMED_ONLY = "only named in a plan"
    NEVER_CHECKED = "never checked"

    @property
    def may_be_offered(self) -> bool:
        """Tell whether an entry may stand among the help that is offered."""
        return self in (Trust.CHECKED, Trust.PAST_CHECK)


def trust(service: Service, today: datetime.date) -> Trust:
    """Tell how far an entry can be trusted on a day."""
    checks = service.facts.checks
    if checks.last is None or checks.last.first_day > today:
        return Trust.NAMED_ONLY if service.facts.named_in else Trust.NEVER_CHECKED
    due = check_due(service)
    assert due is not None
    if due >= today:
        return Trust.CHECKED
    return Trust.LONG_PAST if months_after(due, MONTHS_LONG_PAST) < today else Trust.PAST_CHECK


def check_due(service: Service) -> datetime.date | None:
    """Give the last day on which the entry's check is still good; None where it was never checked."""
    checks = service.facts.checks
    if checks.last is None:
        return None
    return checks.next.last_day if checks.next else months_after(checks.last.first_day, MONTHS_GOOD)


def months_after(day: datetime.date, months: int) -> datetime.date:
    """Give the same day some months later, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = datetime.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = first_of_next - datetime.timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


@dataclass(frozen=True)
class AgeBand:
    """Ages that are looked for together."""

    youngest: int
    oldest: int

    @property
    def id(self) -> str:
        """Its part of an address: `11-to-15`."""
        return f"{self.youngest}-to-{self.oldest}"

    @property
    def name(self) -> str:
        """As readers see it: "Aged 11 to 15"."""
        return f"Aged {self.youngest} to {self.oldest}"

    def meets(self, service: Service) -> bool:
        """Tell whether somebody in the band can use a service."""
        ages = service.facts.ages
        return ages is None or any(
            ages.include(age) for age in range(self.youngest, self.oldest + 1)
        )


AGE_BANDS: Final = (
    AgeBand(0, 4),
    AgeBand(5, 10),
    AgeBand(11, 15),
    AgeBand(16, 17),
    AgeBand(18, 25),
)


@dataclass(frozen=True)
class Directory:
    """An area's entries on a day."""

    area: str
    places: tuple[str, ...]
    services: tuple[Service, ...]
    needs: Mapping[str, Need]
    today: datetime.date
    plan_labels: Mapping[str, str] = field(default_factory=dict)
    """What readers call each plan that they can read, by AREA/EDITION."""

    @cached_property
    def offered(self) -> Sequence[Service]:
        """What may be offered as help to the public today, the most urgent first, then by name."""
        return self._sorted(service for service in self.services if self.offers(service))

    def offers(self, service: Service) -> bool:
        """Tell whether an entry may be offered as help to the public today."""
        return (
            self.trust(service).may_be_offered
            and service.facts.status == "running"
            and not service.facts.is_for_professionals_only
        )

    @cached_property
    def named_only(self) -> Sequence[Service]:
        """What a plan names and nobody has checked."""
        return self._not_offered(Trust.NAMED_ONLY)

    @cached_property
    def never_checked(self) -> Sequence[Service]:
        """What came from another list, is in no plan, and nobody has checked."""
        return self._not_offered(Trust.NEVER_CHECKED)

    @cached_property
    def for_professionals(self) -> Sequence[Service]:
        """What only professionals can use: checked entries first, then those that nobody has checked."""
        own = [
            service
            for service in self.services
            if service.facts.is_for_professionals_only
            and service.facts.status != "ended"
            and self.trust(service) is not Trust.LONG_PAST
        ]
        return sorted(self._sorted(own), key=lambda each: not self.trust(each).may_be_offered)

    def _not_offered(self, trust: Trust) -> Sequence[Service]:
        return self._sorted(
            service
            for service in self.services
            if self.trust(service) is trust
            and service.facts.status != "ended"
            and not service.facts.is_for_professionals_only
        )

    def trust(self, service: Service) -> Trust:
        """Tell how far an entry can be trusted today."""
        return trust(service, self.today)

    def places_of(self, service: Service) -> tuple[str, ...]:
        """Give the places that a service covers."""
        return service.facts.places or self.places

    def on_need(self, need: str) -> Sequence[Service]:
        """Give what is offered for a need."""
        return [service for service in self.offered if need in service.facts.needs]

    def in_place(self, place: str) -> Sequence[Service]:
        """Give what is offered in a place."""
        return [service for service in self.offered if place in self.places_of(service)]

    def in_band(self, band: AgeBand) -> Sequence[Service]:
        """Give what is offered to people in an age band."""
        return [service for service in self.offered if band.meets(service)]

    @cached_property
    def newest_check(self) -> PartialDate | None:
        """The day of the latest check of what is offered."""
        last = [each.facts.checks.last for each in self.offered if each.facts.checks.last]
        return max(last, key=lambda each: each.first_day, default=None)

    def _sorted(self, services: Iterable[Service]) -> Sequence[Service]:
        order = list(Urgency)
        return sorted(
            services,
            key=lambda each: (order.index(each.facts.urgency), each.facts.name.casefold()),
        )
