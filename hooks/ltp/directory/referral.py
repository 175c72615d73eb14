"""Open Referral UK 3.0 (the UK profile of HSDS), as typed and frozen models of our own.

Every object of the standard, with its fields by their exact names. The standard's own schemas are not
in the repository, because their licences conflict; these were written from a table of its fields.

A field without a default is one that the standard requires. What only its tabular form and its
compliance page require (`organization_id`, `service_id`, `link_id` and such) may be left out here, and
`ltp.directory.open_data` always writes it. An optional field that is empty is left out when a model is
written: never null, never "", never [].

Two things go beyond the UK profile, because without them no number could be found from its service:
a contact's `phones` (HSDS 3.0 has them), and a language's `code` and `name` (the same). The standard's
validator tells of unknown fields as warnings at most.
"""

from __future__ import annotations

import datetime
import re
import uuid
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    SerializerFunctionWrapHandler,
    model_serializer,
)

VERSION: Final = "HSDS-UK-3.0"
PROFILE: Final = "https://github.com/OpenReferralUK/uk-profile"
OPENAPI: Final = "https://openreferraluk.org/specifications/3.0/openapi.json"

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""The days of `byday`, in the order of a week."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_URI = re.compile(r"(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")
_WEB = re.compile(
    r"https?://(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*(?::[0-9]{1,5})?(?:[/?#].*)?"
)
_LOCAL_PART = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(rf"{_LOCAL_PART}@{_LABEL}(?:\.{_LABEL})+")
_TIME = re.compile(
    r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)


# -- formats


def is_uri(text: str) -> bool:
    """Tell whether a text is a URI: a scheme, and nothing that has to be percent-encoded (RFC 3986)."""
    if not _SCHEME.match(text) or not _URI.fullmatch(text) or text.count("#") > 1:
        return False
    return bool(_WEB.fullmatch(text)) if text.lower().startswith("http") else not text.endswith(":")


def is_email(text: str) -> bool:
    """Tell whether a text is one email address, of plain letters (RFC 5321's usual form)."""
    return bool(_EMAIL.fullmatch(text))


def _uuid(value: str) -> str:
    if str(uuid.UUID(value)) != value:
        raise ValueError(f"“{value}” is not a UUID in its usual form")
    return value


def _text(value: str) -> str:
    if not value.strip():
        raise ValueError("a text may not be empty: leave the field out")
    return value


def _uri(value: str) -> str:
    if not is_uri(value):
        raise ValueError(f"“{value}” is not a URI")
    return value


def _email(value: str) -> str:
    if not is_email(value):
        raise ValueError(f"“{value}” is not an email address")
    return value


def _date(value: str) -> str:
    if datetime.date.fromisoformat(value).isoformat() != value:
        raise ValueError(f"“{value}” is not a day, such as 2026-10-31")
    return value


def _date_time(value: str) -> str:
    day, t, time = value.partition("T")
    _date(day)
    if not t or not re.fullmatch(_TIME.pattern.replace("?(?:Z", "(?:Z"), time):
        raise ValueError(f"“{value}” is not a day and time, such as 2026-10-31T09:00:00Z")
    return value


def _time(value: str) -> str:
    if not _TIME.fullmatch(value):
        raise ValueError(f"“{value}” is not a time with its offset, such as 09:00:00+00:00")
    return value


def _by_day(value: str) -> str:
    days = value.split(",")
    if not all(re.fullmatch(rf"(?:-?[1-5])?(?:{'|'.join(DAYS)})", day) for day in days):
        raise ValueError(f"“{value}” names no days, such as MO,WE")
    return value


Words = Annotated[str, AfterValidator(_text)]
Uuid = Annotated[str, AfterValidator(_uuid)]
Uri = Annotated[str, AfterValidator(_uri)]
EmailAddress = Annotated[str, AfterValidator(_email)]
Day = Annotated[str, AfterValidator(_date)]
DateTime = Annotated[str, AfterValidator(_date_time)]
Time = Annotated[str, AfterValidator(_time)]
"""`HH:MM:SS` with an offset (RFC 3339). `HH:MM` with an offset is taken as well."""
ByDay = Annotated[str, AfterValidator(_by_day)]

ServiceStatus = Literal["active", "inactive", "defunct", "temporarily closed"]
PlaceType = Literal["physical", "postal", "virtual"]


# -- objects


class Thing(BaseModel):
    """Anything of the standard. Fields that it doesn't have are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_serializer(mode="wrap")
    def _without_empty(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        fields = type(self).model_fields
        return {
            key: value
            for key, value in write(self).items()
            if fields[key].is_required() or not (value is None or value in ("", [], ()))
        }

    def as_data(self) -> dict[str, Any]:
        """Give it as plain data for JSON, without its empty optional fields."""
        return self.model_dump(mode="json")


class Object(Thing):
    """An object with an id."""

    id: Uuid


class Taxonomy(Object):
    """A list of words that services are sorted by."""

    name: Words
    description: Words
    uri: Uri | None = None
    version: Words | None = None


class TaxonomyTerm(Object):
    """One word of a taxonomy."""

    name: Words
    description: Words
    parent_id: Uuid | None = None
    taxonomy: Words | None = None
    """The name of its taxonomy."""
    taxonomy_id: Uuid | None = None
    term_uri: Uri | None = None


class Attribute(Object):
    """That a term of a taxonomy is true of something."""

    link_id: Uuid | None = None
    taxonomy_term_id: Uuid | None = None
    link_entity: Words | None = None
    link_type: Words | None = None
    taxonomy_term: TaxonomyTerm | None = None


class OrganizationIdentifier(Object):
    """The number of an organisation in a register."""

    identifier_type: Words
    identifier: Words
    organization_id: Uuid | None = None
    identifier_scheme: Words | None = None


class Organization(Object):
    """Who gives services."""

    name: Words
    description: Words
    email: EmailAddress | None = None
    website: Uri | None = None
    logo: Uri | None = None
    uri: Uri | None = None
    parent_organization_id: Uuid | None = None
    organization_identifiers: tuple[OrganizationIdentifier, ...] = ()
    attributes: tuple[Attribute, ...] = ()


class Address(Object):
    """Where a location stands."""

    address_1: Words
    city: Words
    state_province: Words
    postal_code: Words
    country: Words
    address_type: PlaceType
    attention: Words | None = None
    region: Words | None = None
    location_id: Uuid | None = None


class Accessibility(Object):
    """What helps people to get into a location and around it."""

    description: Words | None = None
    details: Words | None = None
    url: Uri | None = None


class Location(Object):
    """A building, a postal address, or a way to reach a service from anywhere."""

    location_type: PlaceType
    name: Words | None = None
    description: Words | None = None
    latitude: float | None = None
    longitude: float | None = None
    external_identifier: Words | None = None
    external_identifier_type: Words | None = None
    addresses: tuple[Address, ...] = ()
    accessibility: tuple[Accessibility, ...] = ()
    attributes: tuple[Attribute, ...] = ()


class ServiceAtLocation(Object):
    """That a service is given at a location."""

    service_id: Uuid | None = None
    location_id: Uuid | None = None
    location: Location | None = None


class Schedule(Object):
    """When a service is open, as one rule that comes again."""

    freq: Literal["WEEKLY", "MONTHLY"] | None = None
    interval: int | None = None
    byday: ByDay | None = None
    bymonthday: Words | None = None
    dtstart: Day | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    opens_at: Time | None = None
    closes_at: Time | None = None
    description: Words | None = None
    schedule_link: Uri | None = None
    attending_type: Words | None = None
    notes: Words | None = None


class Language(Object):
    """A language that a service is given in."""

    service_id: Uuid | None = None
    phone_id: Uuid | None = None
    code: Words | None = None
    name: Words | None = None


class Phone(Object):
    """A number."""

    number: Words
    contact_id: Uuid | None = None
    description: Words | None = None
    languages: tuple[Language, ...] = ()


class Contact(Object):
    """A way to get in touch."""

    name: Words | None = None
    title: Words | None = None
    service_id: Uuid | None = None
    phones: tuple[Phone, ...] = ()
    attributes: tuple[Attribute, ...] = ()


class CostOption(Object):
    """What a service costs."""

    service_id: Uuid | None = None
    option: Words | None = None
    amount: float | None = None
    amount_description: Words | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None


class ServiceArea(Object):
    """A place that a service is for."""

    name: Words | None = None
    extent: Words | None = None
    extent_type: Words | None = None
    uri: Uri | None = None
    service_area: Words | None = None


class Funding(Object):
    """Who pays for a service."""

    source: Words | None = None


class ReferralService(Object):
    """A service, with everything that belongs to it."""

    name: Words
    status: ServiceStatus
    organization_id: Uuid | None = None
    description: Words | None = None
    url: Uri | None = None
    email: EmailAddress | None = None
    fees: Words | None = None
    accreditations: Words | None = None
    minimum_age: float | None = None
    maximum_age: float | None = None
    assured_date: Day | None = None
    assurer_email: EmailAddress | None = None
    alert: Words | None = None
    last_modified: DateTime | None = None
    organization: Organization | None = None
    schedules: tuple[Schedule, ...] = ()
    service_areas: tuple[ServiceArea, ...] = ()
    service_at_locations: tuple[ServiceAtLocation, ...] = ()
    languages: tuple[Language, ...] = ()
    funding: tuple[Funding, ...] = ()
    cost_options: tuple[CostOption, ...] = ()
    contacts: tuple[Contact, ...] = ()
    attributes: tuple[Attribute, ...] = ()


# -- answers

T = TypeVar("T", bound=Thing)


class About(Thing):
    """The answer at the root of a feed."""

    version: Words
    profile: Uri
    openapi_url: Uri


class Page(Thing):
    """A page of a list. A static feed has each list on one page, whatever page is asked for."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool
    contents: tuple[dict[str, Any], ...]


def one_to_one(thing: T) -> T:
    """Give a thing as lists show it: its own fields and what it has one of, and no list of things.

    What it has one of is shown in the same way.
    """
    changed: dict[str, object] = {}
    for key in type(thing).model_fields:
        value = getattr(thing, key)
        if isinstance(value, tuple):
            changed[key] = ()
        elif isinstance(value, Thing):
            changed[key] = one_to_one(value)
    return thing.model_copy(update=changed)


def page(things: tuple[Thing, ...]) -> Page:
    """Put a whole list on one page, as lists show things."""
    return Page(
        total_items=len(things),
        total_pages=1,
        page_number=1,
        size=len(things),
        first_page=True,
        last_page=True,
        empty=not things,
        contents=tuple(one_to_one(each).as_data() for each in things),
    )
