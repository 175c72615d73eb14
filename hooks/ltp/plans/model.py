"""The facts that editors state, as typed and frozen models. What follows from them is elsewhere.

Each class is one kind of file or one entry of a file. The docstring under a field is what the guide
says of it. Fields marked `Given` are filled in by the loader (`ltp.plans.loading`) and are never typed by an
editor. None stands for "unknown" in dates, periods and publishers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator

from ltp.directory.numbers import Number, read_number
from ltp.findings import WrongValueError
from ltp.plans.colours import checked_colour
from ltp.plans.dates import UNKNOWN, Date, MaybeDate, MaybePeriod, PartialDate
from ltp.plans.languages import checked_language
from ltp.plans.left import LeftText, NumberedLine, lines_with_area_links

if TYPE_CHECKING:  # the directory's models are made of this module's
    from ltp.directory.entry import Need, RetiredNumber, Service


class _Given:
    """Marks a field that the loader fills in."""


GIVEN: Final = _Given()

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FORMER_ADDRESS = re.compile(r"[\w.~-]+(?:/[\w.~-]+)*", re.ASCII)
_WEB_ADDRESS = re.compile(r"https?://[^\s/<>\"]+(?:/[^\s<>\"]*)?")


def _id(value: str) -> str:
    if not _ID.fullmatch(value):
        better = re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-") or "crisis"
        raise WrongValueError(
            f"“{value}” is not an id",
            f"Use small letters, digits and hyphens only, such as “{better}”.",
        )
    return value


def _edition_ref(value: str) -> str:
    area, _, edition = value.partition("/")
    if not (_ID.fullmatch(area) and _ID.fullmatch(edition)):
        raise WrongValueError(
            f"“{value}” does not name a plan", "Write AREA/PLAN, such as blmk/2024-25."
        )
    return value


def _text(value: str) -> str:
    if not value.strip():
        raise WrongValueError(
            "there is nothing after the colon",
            "Write something after it, or delete the line if the key is not needed.",
        )
    return value.strip()


def _web_address(value: str) -> str:
    if not _WEB_ADDRESS.fullmatch(value):
        raise WrongValueError(
            f"“{value}” is not a web address", "Write the whole of it, beginning with https://."
        )
    return value


def _email(value: str) -> str:
    if not re.fullmatch(r"[^@\s<>,;:]+@[^@\s<>,;:]+\.[^@\s<>,;:.]+", value):
        raise WrongValueError(
            f"“{value}” is not an email address", "Write it alone, such as help@example.nhs.uk."
        )
    return value


def _to_call(number: Number) -> Number:
    if not number.can_be_called:
        raise WrongValueError(f"{number.shown} can’t be called", "Write a number that can.")
    return number


def _count(value: object) -> int:
    text = str(value).strip()
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise WrongValueError(f"“{text}” is not a count", "Write a whole number, such as 0 or 12.")
    return int(text)


def _criterion(value: str) -> str:
    if not re.fullmatch(r"[1-4]\.[1-9]\.[1-9][0-9]?", value):
        raise WrongValueError(
            f"“{value}” is not the number of a criterion",
            "Write the three numbers of it, such as 1.4.3.",
        )
    return value


def _span_of_time(value: str) -> str:
    if not re.search(r"[A-Za-z]", value):
        raise WrongValueError(
            f"“{value}” does not say of what", "Write it as people say it, such as 10 working days."
        )
    return value.strip()


def _former_address(value: str) -> str:
    bare = value.strip("/")
    if not _FORMER_ADDRESS.fullmatch(bare) or {".", ".."} & {*bare.split("/")}:
        raise WrongValueError(
            f"“{value}” is not an address that a page had before",
            "Write what stood after the area in it, such as 2021-22/crisis.",
        )
    return bare


def _not_empty(values: tuple[str, ...]) -> tuple[str, ...]:
    if not values:
        raise WrongValueError("the list is empty", "Write at least one.")
    return values


def one_or_more(value: object) -> object:
    """Take one word as a list of it; anything else stays as it is."""
    return [value] if isinstance(value, str) else value


def _date_or_never(value: object) -> PartialDate | None:
    if value is None or value == "never":
        return None
    if isinstance(value, PartialDate):
        return value
    try:
        return PartialDate.parse(str(value))
    except WrongValueError as wrong:
        cure = f"{wrong.cure.removesuffix('.')}, or never." if "Write" in wrong.cure else wrong.cure
        raise WrongValueError(wrong.what, cure) from None


def _ids_or_unknown(value: object) -> tuple[str, ...] | None:
    if value == UNKNOWN or value is None:
        return None
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list | tuple) or not all(isinstance(each, str) for each in values):
        raise WrongValueError("names were expected here", "Write one, a list of them, or unknown.")
    return tuple(_id(each) for each in values)


Id = Annotated[str, AfterValidator(_id)]
"""A word that can stand in an address: small letters, digits, hyphens."""

EditionRef = Annotated[str, AfterValidator(_edition_ref)]
"""`AREA/EDITION`."""

Text = Annotated[str, AfterValidator(_text)]
Ids = Annotated[tuple[Id, ...], BeforeValidator(one_or_more)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(one_or_more)]
FormerAddress = Annotated[str, AfterValidator(_former_address)]
"""An address without its slashes at both ends: `2021-22/crisis`."""

Language = Annotated[str, AfterValidator(checked_language)]
"""The code of a language: `cy`, `pl`, `pa-Arab`."""

MaybeIds = Annotated[tuple[str, ...] | None, PlainValidator(_ids_or_unknown)]
"""One id, several, or `unknown`, which is None."""
WebAddress = Annotated[str, AfterValidator(_web_address)]

Email = Annotated[str, AfterValidator(_email)]
PhoneNumber = Annotated[Number, PlainValidator(read_number)]
NumberToCall = Annotated[Number, PlainValidator(read_number), AfterValidator(_to_call)]
Count = Annotated[int, PlainValidator(_count)]
Criterion = Annotated[str, AfterValidator(_criterion)]
"""A success criterion of the Web Content Accessibility Guidelines: `1.4.3`."""

DateOrNever = Annotated[PartialDate | None, PlainValidator(_date_or_never)]
"""The date of a check; None is `never`."""


@dataclass(frozen=True)
class Origin:
    """Where facts were read: a file, relative to the root, and a line for each key."""

    path: str
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict, compare=False)

    def line(self, *where: str | int) -> int:
        """Give the line of a key, or of the nearest key around it. The first line is 1."""
        for end in range(len(where), -1, -1):
            if where[:end] in self.lines:
                return self.lines[where[:end]]
        return 1


class Facts(BaseModel):
    """What one file, or one entry of it, states."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @classmethod
    def typed_keys(cls) -> tuple[str, ...]:
        """Name the keys that an editor may write."""
        return tuple(
            info.alias or name
            for name, info in cls.model_fields.items()
            if not any(isinstance(mark, _Given) for mark in info.metadata)
        )


class Source(Facts):
    """A document or page that facts were taken from (`areas/sources.yml`)."""

    id: Id
    title: Text
    """The document's own title, or words that say which it is."""
    publisher: Text
    """Who published it, as it says itself, or `unknown`."""
    address: WebAddress | None = None
    """Where it stood when it was read. Left out where nobody knows."""
    note: Text | None = None
    """How it was read, and how far it can be relied on."""


class Organisation(Facts):
    """A body that publishes for an area between two dates (`areas/organisations.yml`)."""

    id: Id
    name: Text
    short: Text | None = None
    """The name in a sentence, where the full one is long."""
    from_: Annotated[MaybeDate, Field(alias="from")] = None
    until: MaybeDate = None
    """The last day, month or year of it."""
    planned: bool = False
    """The end was announced and nobody has confirmed it: told as "was due to", never as done."""
    becomes: Text | None = None
    """What a planned end makes of it, in words: "part of a larger board"."""
    succeeded_by: Id | None = None
    source: Ids = ()
    """The sources of its dates."""
    origin: Annotated[Origin, GIVEN]


class CrisisLine(Facts):
    """One line of help today, for everyone (`areas/contacts.yml`)."""

    id: Id
    name: Text
    urgency: Literal["emergency", "urgent", "talk"]
    number: Text
    """As people dial it: 999, 0800 1111."""
    how: Literal["call", "text"]
    keyword: Text | None = None
    """The word to send, where `how` is text."""
    short: Text
    """What to do, in a few words, for the strip on every page."""
    details: Texts = ()
    """Whole sentences, for the help page: when, for whom, what it costs."""
    source: Ids
    checked: DateOrNever = None
    """The day it was last checked; None is `never`."""
    checked_by: Text | None = None
    """The role of the person who checked it, never a name."""
    origin: Annotated[Origin, GIVEN]


class Topic(Facts):
    """The same subject in every edition, whatever its title there (`areas/topics.yml`)."""

    id: Id
    name: Text
    sensitive: bool = False
    """Somebody who is seen reading about it could be put at risk: on every page on it, also locked ones."""
    origin: Annotated[Origin, GIVEN]


class Brand(Facts):
    """How a site looks: its colour and its mark."""

    colour: Annotated[str, AfterValidator(checked_colour)] | None = None
    """The header's colour, as #rrggbb. White text has to be readable on it."""
    logo: Text | None = None
    """`nhs` for the NHS logo, which needs permission; an image under the area's content folder; or none."""


class PlanJoined(Facts):
    """That an area's plan has become part of other areas' plans."""

    into: Annotated[Ids, AfterValidator(_not_empty)]
    """The areas that the plan joined."""
    published: MaybeDate = None
    """When the joint plan was published."""
    reasons: Texts = ()
    """Why, as the source gives it."""
    source: Ids = ()


class PlanElsewhere(Facts):
    """A plan or document that is known of and not held here."""

    label: Text
    place: Text
    published: MaybeDate = None
    published_by: MaybeIds = None
    kind: Literal["plan", "refresh", "addition", "summary", "statement"] = "plan"
    adds_to: EditionRef | None = None
    """The plan held here that it adds to."""
    held: Text = "not here"
    note: Text | None = None
    source: Ids


class Contact(Facts):
    """How to reach the people who look after a site."""

    name: Text | None = None
    """The team, never a person."""
    email: Email | None = None
    phone: NumberToCall | None = None
    address: WebAddress | None = None
    """A page with a form."""
    reply_within: Annotated[str, AfterValidator(_span_of_time)] | None = None
    """How long an answer takes at most, in words: "10 working days"."""

    @property
    def can_be_reached(self) -> bool:
        """Tell whether there is any way to reach them."""
        return bool(self.email or self.phone or self.address)


class AuditEngine(Facts):
    """One of the programs, or scripted walks, that looked at every page in an audit."""

    name: Text
    version: str = ""
    failures: Count
    """How many failures it counted."""


class AuditFailure(Facts):
    """Something that an audit found wrong, in words for readers."""

    what: Text
    criterion: Criterion | None = None
    """The success criterion that it breaks, where that is known."""
    pages: Count
    """On how many pages."""


class Audit(Facts):
    """The last check of how accessible the sites are (`areas/audit.yml`)."""

    date: Annotated[Date, Field(examples=["2026-11-26"])]
    pages: Annotated[Count, Field(examples=["241"])]
    """How many pages were looked at, of all sites together."""
    engines: tuple[AuditEngine, ...] = ()
    failures: tuple[AuditFailure, ...] = ()
    by_people: DateOrNever = None
    """The day on which people with access needs last tested the sites; None is `never`."""
    origin: Annotated[Origin, GIVEN]

    @property
    def has_failures(self) -> bool:
        """Tell whether anything was found wrong, described or only counted."""
        return bool(self.failures) or any(engine.failures for engine in self.engines)


class SiteFacts(Facts):
    """What is said of a site as a site, of the portal's and of each area's alike."""

    run_by: Text | None = None
    """Who runs it. Until this is said, every page says that it is a demonstration."""
    contact: Contact | None = None
    """Whom readers ask, and tell when something is wrong: see `Plans.contact`."""
    privacy: Text | None = None
    """What the web server keeps of visits, in words, or the address of a page that says so."""
    statements_reviewed: MaybeDate = None
    """When a person last read the site's statements through."""
    leave_to: WebAddress | None = None
    """Where "Leave this page" leads."""
    brand: Brand = Brand()


class Portal(SiteFacts):
    """The site over all areas (`areas/portal.yml`)."""

    name: Text
    address: WebAddress | None = None
    """The public address of the whole site, such as https://plans.nhs.uk/."""
    origin: Annotated[Origin, GIVEN]


class Area(SiteFacts):
    """A place with its own plans (`areas/ID.yml`)."""

    id: Annotated[Id, GIVEN]
    name: Annotated[Text, Field(examples=["Kent and Medway"])]
    short: Text | None = None
    """A shorter name, where people use one."""
    places: Annotated[Texts, AfterValidator(_not_empty), Field(examples=["[Kent, Medway]"])]
    """The council areas that it covers."""
    organisations: Ids = ()
    """The bodies that have published for it, the earliest first."""
    plan_joined: PlanJoined | None = None
    content_from: Id | None = None
    """The body named in the archive notice: "This is archived content from …"."""
    looked_after_by: Id | None = None
    """The area whose help is shown today."""
    elsewhere: tuple[PlanElsewhere, ...] = ()
    address: WebAddress | None = None
    """The area's own public address, where it is not under the portal's."""
    origin: Annotated[Origin, GIVEN]

    @property
    def short_name(self) -> str:
        """The name that fits a tag or a title."""
        return self.short or self.name


class Kind(StrEnum):
    """What a published document is."""

    PLAN = "plan"
    REFRESH = "refresh"
    ADDITION = "addition"
    SUMMARY = "summary"
    STATEMENT = "statement"

    @property
    def can_be_latest(self) -> bool:
        """Only plans and refreshes count as the latest; the others accompany one."""
        return self in (Kind.PLAN, Kind.REFRESH)

    @property
    def with_article(self) -> str:
        """Give the word as a sentence has it: "an addition"."""
        return f"an {self.value}" if self is Kind.ADDITION else f"a {self.value}"


class Change(Facts):
    """What an edition changed, in editors' words."""

    date: MaybeDate = None
    kind: Literal["major", "minor"] = "minor"
    note: Text


class Act(Facts):
    """One thing done to a published edition. Acts are added and never taken away."""

    date: Date
    kind: Literal["corrected", "withdrawn", "reinstated", "archived", "removed"]
    because: Text
    """Why, as a sentence that readers will see."""
    instead: EditionRef | None = None
    """What to use in its place."""
    content_from: Id | None = None
    """Archived: the body whose content it was."""
    looked_after_by: Id | None = None
    """Archived: the area that looks after help now."""


class PageFacts(Facts):
    """The lines between `---` at the top of a page."""

    title: Annotated[Text, Field(examples=["Help in a crisis"])]
    topic: Id | None = None
    summary: Text | None = None
    language: Language | None = None
    """The language of its title, summary and text, where it is not English: cy."""
    source: Ids = ()
    answers: Text | None = None
    """The national question ("key line of enquiry") that the page answers."""
    reviewed: MaybeDate = None
    review_by: MaybeDate = None
    continues: Ids = ()
    """Topics of earlier plans that this page carries on."""
    formerly: Annotated[tuple[FormerAddress, ...], BeforeValidator(one_or_more)] = ()
    """Addresses, under the area, that this page had before; with the area in front they are fine too."""
    sensitive: bool = False
    """Somebody who is seen reading it could be put at risk."""


class Session(Facts):
    """One meeting of a consultation."""

    date: Date
    time: Text
    subject: Text
    venue: Text


class ConsultationFacts(PageFacts):
    """The lines at the top of a request for views (`have-your-say/`)."""

    opened: MaybeDate = None
    closes: Annotated[MaybeDate, Field(examples=["2026-10-31"])]
    """The last day for views, or unknown."""
    sessions: tuple[Session, ...] = ()
    outcome: Text | None = None
    """What came of it. Left out while it is not known."""


@dataclass(frozen=True)
class Page:
    """One Markdown file: its facts, its text, and where it stands."""

    name: str
    """The file's path under its folder without `.md`: `crisis`, `index`."""
    facts: PageFacts
    written: str | LeftText
    """Its text, or where that was left."""
    body_line: int
    """The line of the file on which the body starts."""
    origin: Origin

    @property
    def body(self) -> str:
        """The Markdown under the facts, with Word's oddities made plain.

        That of a plan's page is read from its file again. Raises ChangedError where the file has changed.
        """
        return self.written if isinstance(self.written, str) else self.written.read()

    @property
    def area_links(self) -> Sequence[NumberedLine]:
        """The lines of its text that may link to another area."""
        if isinstance(self.written, LeftText):
            return self.written.area_links
        return lines_with_area_links(self.written)

    @property
    def title(self) -> str:
        """The page's title, its only `h1`."""
        return self.facts.title

    @property
    def topic(self) -> str | None:
        """The subject that it shares with pages of other editions; its name where none is given."""
        return self.facts.topic or (None if self.is_index else self.name)

    @property
    def is_index(self) -> bool:
        """Tell whether it is the front page of its folder."""
        return self.name == "index"


class Edition(Facts):
    """One published plan of an area (`content/AREA/EDITION/edition.yml`)."""

    id: Annotated[Id, GIVEN]
    area: Annotated[Id, GIVEN]
    label: Annotated[Text, Field(examples=["2024 to 2025 plan"])]
    """What readers call it: "2024 to 2025 plan"."""
    title: Text | None = None
    """The document's own title."""
    kind: Annotated[Kind, Field(examples=["plan"])]
    text: Annotated[Literal["full", "summary"], Field(examples=["summary"])]
    """`full` for the plan's own words, `summary` for our summary of it."""
    covers: Annotated[MaybePeriod, Field(examples=["2024 to 2025"])]
    covers_only: Literal["priorities"] | None = None
    """Write `priorities` where the source gives years for the plan's priorities and not for the plan."""
    published: Annotated[MaybeDate, Field(examples=["2024-10"])]
    published_by: Annotated[MaybeIds, Field(examples=["unknown"])]
    developed_by: Ids = ()
    """Who wrote it, where the source says so and does not say who published it."""
    places: Texts = ()
    """The places that it is for, where they are not all of the area's."""
    replaces: Annotated[tuple[EditionRef, ...], BeforeValidator(one_or_more)] = ()
    adds_to: EditionRef | None = None
    draft: bool = False
    order: Ids = ()
    """The pages in reading order, by file name. Pages left out come last."""
    doubts: Texts = ()
    """What its source contradicts or leaves open, told on its front page."""
    changes: tuple[Change, ...] = ()
    history: tuple[Act, ...] = ()
    source: Ids = ()
    pages: Annotated[tuple[Page, ...], GIVEN] = Field(exclude=True)
    """In reading order, the front page first."""
    locked: Annotated[bool, GIVEN] = False
    """Its pages are compared with their fingerprints: see `ltp.plans.locks`."""
    origin: Annotated[Origin, GIVEN]

    @property
    def ref(self) -> str:
        """`AREA/EDITION`."""
        return f"{self.area}/{self.id}"

    @property
    def written_for(self) -> str:
        """Say what time it was for, as far as the source says: "It was written for 2024 to 2025"."""
        what = "Its priorities were for" if self.covers_only else "It was written for"
        return f"{what} {self.covers}"

    @property
    def is_removed(self) -> bool:
        """Tell whether its text has been taken away for good."""
        return any(act.kind == "removed" for act in self.history)

    def page_on(self, topic: str | None) -> Page | None:
        """Give the page on a topic, or None where the edition has none."""
        return next((page for page in self.pages if topic and page.topic == topic), None)


@dataclass(frozen=True)
class AreaPages:
    """The pages of an area that belong to no edition."""

    front: Page | None = None
    help: tuple[Page, ...] = ()
    have_your_say: tuple[Page, ...] = ()
    services: tuple[Service, ...] = ()
    """The entries of its help directory."""

    @property
    def pages(self) -> Iterator[Page]:
        """Give every page, the front page first."""
        yield from (self.front,) if self.front else ()
        yield from self.help
        yield from self.have_your_say


@dataclass(frozen=True)
class Identity:
    """What every site may know of an area."""

    id: str
    name: str
    """Its name, where it has a short one that stands for it."""
    short: str | None
    address: str | None
    """Its own public address."""


@dataclass(frozen=True)
class Plans:
    """Everything that was read: the whole of what the sites say."""

    portal: Portal
    portal_pages: tuple[Page, ...]
    guide_pages: tuple[Page, ...]
    areas: Mapping[str, Area]
    area_pages: Mapping[str, AreaPages]
    editions: Mapping[str, Edition]
    """By `AREA/EDITION`."""
    organisations: Mapping[str, Organisation]
    sources: Mapping[str, Source]
    crisis_lines: tuple[CrisisLine, ...]
    """In the order in which they are shown."""
    topics: Mapping[str, Topic]
    needs: Mapping[str, Need] = field(default_factory=dict)
    """What people look for help with, in the order in which it is shown."""
    retired: tuple[RetiredNumber, ...] = ()
    """The numbers that may no longer be shown as live."""
    audit: Audit | None = None
    """The last audit of the sites; None where none was recorded."""
    documents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The PDF files beside each target's pages, by their paths under its folder."""
    faulty_files: frozenset[str] = frozenset()
    """The files that have a fault, so a name that they would give is not said to be missing."""
    faulty_pages: tuple[Page, ...] = ()
    """The pages whose facts have a fault, with no facts: only their texts can be looked at."""
    named_by_faulty: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The areas that each area with a fault speaks of, also in files that can't be read."""
    elsewhere: tuple[Identity, ...] | None = None
    """What is known of other areas, where these plans hold only some: see `ltp.plans.reach`."""

    @property
    def identities(self) -> tuple[Identity, ...]:
        """What every site may know of other areas: their short names and their own addresses."""
        if self.elsewhere is not None:
            return self.elsewhere
        return tuple(
            Identity(area.id, area.name if area.short else "", area.short, area.address)
            for area in self.areas.values()
            if area.short or area.address
        )

    def editions_of(self, area: str) -> Sequence[Edition]:
        """Give an area's editions, in the order of their folders."""
        return self._editions_by_area.get(area, ())

    @cached_property
    def _editions_by_area(self) -> Mapping[str, Sequence[Edition]]:
        found: dict[str, list[Edition]] = {}
        for edition in self.editions.values():
            found.setdefault(edition.area, []).append(edition)
        return found

    @cached_property
    def replaced_by(self) -> Mapping[str, Sequence[Edition]]:
        """Give for each edition those that say that they replace it."""
        found: dict[str, list[Edition]] = {}
        for edition in self.editions.values():
            for older in edition.replaces:
                found.setdefault(older, []).append(edition)
        return found

    @cached_property
    def added_to(self) -> Mapping[str, Sequence[Edition]]:
        """Give for each area the editions that say that they add to one of its own."""
        found: dict[str, list[Edition]] = {}
        for edition in self.editions.values():
            if edition.adds_to:
                found.setdefault(edition.adds_to.partition("/")[0], []).append(edition)
        return found

    def places_of(self, edition: Edition) -> tuple[str, ...]:
        """Give the places that an edition is for."""
        return edition.places or self.areas[edition.area].places

    def topic_name(self, topic: str) -> str:
        """Give a topic's name in words."""
        return (
            self.topics[topic].name
            if topic in self.topics
            else topic.replace("-", " ").capitalize()
        )

    @property
    def pages(self) -> Iterator[Page]:
        """Give every page that editors wrote, wherever it stands; entries of directories are apart."""
        yield from self.portal_pages
        yield from self.guide_pages
        for area in self.area_pages.values():
            yield from area.pages
        for edition in self.editions.values():
            yield from edition.pages

    @property
    def services(self) -> Iterator[Service]:
        """Give every entry of every directory."""
        return (service for pages in self.area_pages.values() for service in pages.services)

    def run_by(self, target: str) -> str | None:
        """Name who runs a site: a body of the area's own, or else whoever runs the portal."""
        area = self.areas.get(target)
        return (area.run_by if area else None) or self.portal.run_by

    def contact(self, target: str) -> Contact | None:
        """Give whom readers of a site ask.

        The portal's contact is an area's too, unless the area has one, or a body of its own runs it:
        that one must be asked, and nobody here knows how.
        """
        area = self.areas.get(target)
        return area.contact if area and (area.contact or area.run_by) else self.portal.contact

    def privacy(self, target: str) -> str | None:
        """Give what is said of the web server: the portal's holds for an area at no other address."""
        area = self.areas.get(target)
        own = area.privacy if area else None
        return own or (None if area and area.address else self.portal.privacy)

    def organisation_names(self, ids: Sequence[str]) -> str:
        """Name bodies in one phrase: "A, B and C"."""
        return in_words([self.organisations[each].name for each in ids])

    @cached_property
    def help_area(self) -> Mapping[str, str]:
        """The area whose help each area shows today: its own, or that of who looks after it now."""
        return {area: self._last_helper(area) for area in self.areas}

    def _last_helper(self, area: str) -> str:
        """Follow `looked_after_by` to its end; in a circle, to where it comes round."""
        seen = {area}
        while (after := self.areas[area].looked_after_by) in self.areas and after not in seen:
            assert after is not None
            seen.add(after)
            area = after
        return area


def in_words(items: Sequence[str]) -> str:
    """Join names as a sentence does: "A", "A and B", "A, B and C"."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
