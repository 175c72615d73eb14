"""An entry of a help directory: the facts that editors state of one service.

One Markdown file a service in `content/AREA/help/`. Everything but its name, its summary and where it
was read may be left out: what is left out is not known, and no field is filled because a form asks.
What follows from the facts (how far an entry can be trusted today) is in `trust`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, model_validator

from ltp.directory.hours import Hours, read_hours
from ltp.findings import WrongValueError
from ltp.plans.dates import Date, MaybeDate
from ltp.plans.left import NumberedLine, lines_with_area_links
from ltp.plans.model import (
    GIVEN,
    DateOrNever,
    EditionRef,
    Email,
    Facts,
    FormerAddress,
    Id,
    Ids,
    Origin,
    PhoneNumber,
    Text,
    Texts,
    WebAddress,
    one_or_more,
)

MOST_WORDS: Final = 40
"""The most words that a summary may have."""

OLDEST: Final = 25
"""The oldest age that a directory for children and young people tells."""


RESERVED: Final = (
    "age",
    "coverage",
    "find",
    "for-professionals",
    "index",
    "named-in-plans",
    "need",
    "not-checked",
    "open-referral",
    "place",
    "print",
)
"""What no entry may be called: the directory's own addresses."""


class Urgency(StrEnum):
    """How soon a service helps. The order is that of the lists."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    SOON = "soon"
    ANY_TIME = "any time"


class Thrive(StrEnum):
    """The THRIVE framework's five groups of need (implementingthrive.org)."""

    THRIVING = "thriving"
    ADVICE = "getting advice"
    HELP = "getting help"
    MORE_HELP = "getting more help"
    RISK_SUPPORT = "getting risk support"


class Way(StrEnum):
    """A way to reach a service."""

    PHONE = "phone"
    TEXT = "text"
    WEBCHAT = "webchat"
    EMAIL = "email"
    WEB = "web"
    VISIT = "visit"


class Audience(StrEnum):
    """Whom a service, or one way to reach it, is for."""

    CHILDREN = "children"
    YOUNG_PEOPLE = "young people"
    PARENTS = "parents and carers"
    SCHOOLS = "schools"
    PROFESSIONALS = "professionals"


class Referrer(StrEnum):
    """Who can ask for a service."""

    SELF = "yourself"
    PARENT = "a parent or carer"
    SCHOOL = "a school"
    GP = "a GP"
    PROFESSIONAL = "a professional"


def _summary(value: str) -> str:
    words = len(value.split())
    if words > MOST_WORDS:
        raise WrongValueError(
            f"the summary has {words} words", f"Keep it to {MOST_WORDS} or fewer."
        )
    return value


def _entry_ref(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]+/[a-z0-9-]+", value):
        raise WrongValueError(
            f"“{value}” does not name an entry", "Write AREA/ENTRY, such as blmk/drop-in."
        )
    return value


def _age(value: object) -> int:
    if isinstance(value, int):
        return value
    text = str(value).strip()
    if not re.fullmatch(r"\d{1,3}", text):
        raise WrongValueError(
            f"“{text}” is not an age", "Write a whole number of years, such as 11."
        )
    return int(text)


def _postcode(value: str) -> str:
    if not re.fullmatch(r"[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}", value):
        raise WrongValueError(
            f"“{value}” is not a postcode",
            "Write it in capitals with one space before its last three signs, such as ME4 4TR.",
        )
    return value


Age = Annotated[int, PlainValidator(_age)]
OpeningHours = Annotated[Hours, PlainValidator(read_hours)]
Audiences = Annotated[tuple[Audience, ...], BeforeValidator(one_or_more)]
Postcode = Annotated[str, AfterValidator(_postcode)]


class Ages(Facts):
    """The ages that a service is for, both ends included."""

    youngest: Age | None = None
    oldest: Age | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Ages:
        if self.youngest is not None and self.oldest is not None and self.youngest > self.oldest:
            raise WrongValueError(
                f"the youngest age, {self.youngest}, is more than the oldest, {self.oldest}",
                "Write the smaller one as youngest.",
            )
        if (self.oldest or 0) > 120:
            raise WrongValueError(f"nobody is {self.oldest} years old", "Check the age.")
        return self

    def include(self, age: int) -> bool:
        """Tell whether somebody of an age can come. An end that is not known shuts nobody out."""
        return (self.youngest or 0) <= age <= (OLDEST if self.oldest is None else self.oldest)


class Channel(Facts):
    """One way to reach a service."""

    way: Way
    number: PhoneNumber | None = None
    """For phone and text."""
    keyword: Text | None = None
    """The word to send, for text."""
    option: Text | None = None
    """What to choose after the call is answered: "the mental health option"."""
    email: Email | None = None
    address: WebAddress | None = None
    """For webchat and web."""
    label: Text | None = None
    """What the way is for, where there are several: "out of hours"."""
    hours: OpeningHours | None = None
    cost: Text | None = None
    languages: Texts = ()
    audience: Audiences = ()
    valid_from: Annotated[MaybeDate, Field(alias="from")] = None
    valid_until: Annotated[MaybeDate, Field(alias="until")] = None
    replaced_by: Text | None = None
    """What to use in its place after its last day."""

    @model_validator(mode="after")
    def _has_something_to_contact(self) -> Channel:
        needs = {
            Way.PHONE: ("number", self.number),
            Way.TEXT: ("number", self.number),
            Way.WEBCHAT: ("address", self.address),
            Way.WEB: ("address", self.address),
            Way.EMAIL: ("email", self.email),
        }
        key, value = needs.get(self.way, ("", True))
        if not value:
            raise WrongValueError(
                f"a way by {self.way.value} has nothing to contact", f"Add {key}: to it."
            )
        if self.number and not (self.number.can_be_called or self.number.can_be_texted):
            raise WrongValueError(
                f"{self.number.shown} stopped working, as every 0500 number did",
                "Write today’s number, or leave this way out.",
            )
        if self.number and self.way is Way.PHONE and not self.number.can_be_called:
            raise WrongValueError(f"{self.number.shown} can’t be called", "Write way: text.")
        if self.number and self.way is Way.TEXT and not self.number.can_be_texted:
            raise WrongValueError(f"{self.number.shown} can’t be texted", "Write way: phone.")
        return self


class Location(Facts):
    """A place where a service is given."""

    name: Text | None = None
    street: Text
    town: Text
    county: Text | None = None
    postcode: Postcode
    access: Texts = ()
    """What helps people to get in and around: "step-free entrance"."""
    hours: OpeningHours | None = None


class Referral(Facts):
    """Who can ask for a service, and how."""

    by: Annotated[tuple[Referrer, ...], BeforeValidator(one_or_more)] = ()
    how: Text | None = None
    address: WebAddress | None = None


class Waiting(Facts):
    """How long people wait: never without the date on which it was true."""

    text: Text
    as_of: Date


class Checks(Facts):
    """When somebody last made sure that an entry is right."""

    last: DateOrNever = None
    """The day; None is never."""
    by: Text | None = None
    """The role of who checked it, never a name."""
    next: MaybeDate = None

    @model_validator(mode="after")
    def _says_who(self) -> Checks:
        if self.last and not self.by:
            raise WrongValueError(
                "a check says by what role", "Add by: such as communications officer."
            )
        return self


class Alert(Facts):
    """Something that readers have to know for a time."""

    text: Text
    from_: Annotated[MaybeDate, Field(alias="from")] = None
    until: MaybeDate = None


class ServiceFacts(Facts):
    """The lines at the top of an entry."""

    name: Annotated[Text, Field(examples=["Harbour Drop-in"])]
    summary: Annotated[Text, AfterValidator(_summary), Field(examples=["Talk to a youth worker"])]
    source: Ids = ()
    """Where its facts were read (ids of `areas/sources.yml`)."""
    named_in: Annotated[tuple[EditionRef, ...], BeforeValidator(one_or_more)] = ()
    """The plans that name it."""
    former_names: Texts = ()
    formerly: Annotated[tuple[FormerAddress, ...], BeforeValidator(one_or_more)] = ()
    """Addresses, under the area, that the entry had before."""
    organisation: Text | None = None
    """Who gives the service, in words."""
    status: Literal["running", "paused", "ended"] = "running"
    replaced_by: Annotated[str, AfterValidator(_entry_ref)] | None = None
    """The entry, as AREA/ENTRY, that stands in its place."""
    urgency: Urgency = Urgency.ANY_TIME
    kind: (
        Literal[
            "crisis line",
            "text line",
            "webchat",
            "drop-in",
            "clinic",
            "home treatment",
            "school team",
            "group",
            "app",
            "website",
            "hub",
            "ward",
            "other",
        ]
        | None
    ) = None
    thrive: Annotated[tuple[Thrive, ...], BeforeValidator(one_or_more)] = ()
    needs: Ids = ()
    """What it helps with (ids of `areas/needs.yml`)."""
    audience: Audiences = ()
    ages: Ages | None = None
    places: Texts = ()
    """The places that it covers, where they are not all of the area's."""
    gp_registration: Text | None = None
    """The GP surgeries that people have to be with, in words."""
    eligibility: Text | None = None
    not_for: Text | None = None
    referral: Referral | None = None
    next_steps: Text | None = None
    """What happens after somebody gets in touch."""
    channels: tuple[Channel, ...] = ()
    hours: OpeningHours | None = None
    """When it is open, where its ways don't say so themselves."""
    hours_note: Text | None = None
    locations: tuple[Location, ...] = ()
    cost: Text | None = None
    """`free`, or what it costs, in words."""
    languages: Texts = ()
    confidentiality: Text | None = None
    waiting: Waiting | None = None
    checks: Checks = Checks()
    alert: Alert | None = None
    sensitive: bool = False
    """The page could put a reader at risk if somebody saw it."""

    @property
    def is_for_professionals_only(self) -> bool:
        """Tell whether the public can't use it."""
        return for_professionals(self.audience)

    def alert_on(self, day: datetime.date) -> Alert | None:
        """Give what readers have to know on a day, if its time has come and is not over."""
        alert = self.alert
        if alert is None or (alert.from_ and alert.from_.first_day > day):
            return None
        return None if alert.until and alert.until.has_passed(day) else alert

    def public_ways_on(self, day: datetime.date) -> Sequence[Channel]:
        """Give the ways to reach it on a day that are not for professionals only."""
        return [channel for channel in self.ways_on(day) if not for_professionals(channel.audience)]

    def hours_on(self, day: datetime.date) -> OpeningHours | None:
        """Give its hours; where it has none of its own, those of the first public way that has."""
        ways = self.public_ways_on(day)
        return self.hours or next((way.hours for way in ways if way.hours), None)

    @property
    def can_refer_yourself(self) -> bool:
        """Tell whether a young person can ask for it without anyone else."""
        return bool(self.referral and Referrer.SELF in self.referral.by)

    def ways_on(self, day: datetime.date) -> Sequence[Channel]:
        """Give the ways to reach it that are valid on a day, for whomever they are."""
        return [
            channel
            for channel in self.channels
            if not (channel.valid_from and channel.valid_from.first_day > day)
            and not (channel.valid_until and channel.valid_until.has_passed(day))
        ]


def for_professionals(audience: Sequence[Audience]) -> bool:
    """Tell whether nobody but professionals and schools is named."""
    return bool(audience) and set(audience) <= {Audience.PROFESSIONALS, Audience.SCHOOLS}


class Need(Facts):
    """Something that people look for help with (`areas/needs.yml`)."""

    id: Id
    name: Text
    """As people say it: "Feeling anxious"."""
    summary: Text | None = None
    origin: Annotated[Origin, GIVEN]


class RetiredNumber(Facts):
    """A number that may no longer be shown as live (`areas/retired-numbers.yml`)."""

    number: PhoneNumber
    was: Text
    """What it was the number of."""
    from_: Annotated[MaybeDate, Field(alias="from")] = None
    until: MaybeDate
    """The last day on which it worked, or unknown."""
    replaced_by: Text
    """What to use today, in words: "Call 111 and choose the mental health option"."""
    source: Ids = ()
    origin: Annotated[Origin, GIVEN]

    @property
    def id(self) -> str:
        """Its digits: no number is retired twice."""
        return self.number.digits


@dataclass(frozen=True)
class Service:
    """One entry: its facts, its text, and where it stands."""

    area: str
    id: str
    """The file's name: the last part of its address, for ever."""
    facts: ServiceFacts
    body: str
    body_line: int
    origin: Origin

    @property
    def area_links(self) -> Sequence[NumberedLine]:
        """The lines of its text that may link to another area."""
        return lines_with_area_links(self.body)

    @property
    def ref(self) -> str:
        """`AREA/ENTRY`."""
        return f"{self.area}/{self.id}"
