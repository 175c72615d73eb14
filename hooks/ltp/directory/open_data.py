"""The directory for machines: Open Referral UK 3.0 as static files, a table (CSV), and JSON-LD for a page.

Only help that may be offered goes out: public services that somebody has checked and whose check is not
long past, with those of them that are paused or have ended, so that a reader learns of it. What is *only
named in a plan*, imported and not checked, or for professionals only is left out whole, and not sent
with another status: a machine passes names and numbers on without the words around them, and
`inactive` would say of a service what nobody knows. A way to reach a service that is for professionals
only, or not valid on the day, is left out too.

Ids are `uuid5(NAMESPACE_URL, …)` of a permanent address. A service's is its public address; while the
site has none, `urn:ltp:` with the path of its page (`urn:ltp:/blmk/help/harbour/`). What belongs to a
service has the same address with a fragment made of what it says (`…#phone:01632960001`), so ids stay
when other things are added before it. Our taxonomies and their terms have URNs of their own
(`urn:ltp:taxonomy:thrive:getting-help`), the same in every area and at every address.

What the standard has no field for stands in a description as a line with a fixed label (`LABELS`,
`DETAILS`), which people can read and `ltp.directory.importing` reads back.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Final
from urllib.parse import quote, urlsplit, urlunsplit
from uuid import NAMESPACE_URL, uuid5

from ltp.directory import referral
from ltp.directory.entry import (
    Audience,
    Channel,
    Location,
    Need,
    Referrer,
    Service,
    ServiceFacts,
    Thrive,
    Urgency,
    Way,
)
from ltp.directory.hours import Hours
from ltp.directory.listing import address as address_of
from ltp.directory.listing import slug
from ltp.directory.trust import Directory
from ltp.plans.dates import PartialDate, is_summer_time
from ltp.site.addresses import Site

FOLDER: Final = "open-referral/v3"
"""Where the feed stands, under the folder that the caller gives it."""

NOT_KNOWN: Final = "Not known"
"""What stands in a field that the standard requires and nobody has told us."""

URN: Final = "urn:ltp:"
"""What ids rest on where there is no public address."""

STATUSES: Final[Mapping[str, referral.ServiceStatus]] = {
    "running": "active",
    "paused": "temporarily closed",
    "ended": "defunct",
}

WAY_NAMES: Final[Mapping[Way, str]] = {
    Way.PHONE: "Phone",
    Way.TEXT: "Text message",
    Way.WEBCHAT: "Webchat",
    Way.EMAIL: "Email",
    Way.WEB: "Website",
    Way.VISIT: "In person",
}
"""What a way to reach a service is called where it has no label."""

LABELS: Final[Mapping[str, str]] = {
    "former_names": "Used to be called",
    "eligibility": "Who can use it",
    "not_for": "Not for",
    "ages.note": "Ages",
    "gp_registration": "GP surgeries",
    "referral.how": "How to ask for it",
    "referral.address": "Where to ask for it",
    "next_steps": "What happens next",
    "confidentiality": "Privacy",
    "hours_note": "About its opening hours",
    "waiting.text": "How long people wait",
    "waiting.as_of": "Waiting time as of",
}
"""The labels of lines in a service's description, by the field that they tell."""

DETAILS: Final[Mapping[str, str]] = {
    "address": "Address",
    "email": "Email",
    "keyword": "Word to send",
    "option": "Choose",
    "hours": "Opening hours (OpenStreetMap rules)",
    "cost": "Cost",
    "languages": "Language",
    "from": "From",
    "until": "Until",
    "replaced_by": "After that",
}
"""The labels of lines in the description of a phone or a location."""

RULES: Final = "OpenStreetMap rules: "
CLOCK: Final = "Times are as clocks in England show them."

_CODES: Final = {
    "arabic": "ar",
    "bengali": "bn",
    "british sign language": "bfi",
    "bsl": "bfi",
    "chinese": "zh",
    "english": "en",
    "french": "fr",
    "gujarati": "gu",
    "hindi": "hi",
    "italian": "it",
    "polish": "pl",
    "portuguese": "pt",
    "punjabi": "pa",
    "romanian": "ro",
    "somali": "so",
    "spanish": "es",
    "tamil": "ta",
    "turkish": "tr",
    "ukrainian": "uk",
    "urdu": "ur",
    "welsh": "cy",
}
"""ISO 639 codes of languages that services are often given in; others go out by name only."""


@dataclass(frozen=True)
class Feed:
    """Everything that an area's feed is made of, on a day."""

    services: Sequence[Service]
    """What may be told to the public: see `tellable`."""
    area_name: str
    places: Sequence[str]
    """The places that a service covers where it doesn't say."""
    site: Site
    today: datetime.date
    needs: Mapping[str, Need] = field(default_factory=dict)

    @classmethod
    def of(cls, directory: Directory, area_name: str, site: Site) -> Feed:
        """Make the feed of a directory."""
        return cls(
            tellable(directory),
            area_name,
            directory.places,
            site,
            directory.today,
            directory.needs,
        )

    def files(self) -> Mapping[str, str]:
        """Give the static files: path under the feed's own folder to JSON, sorted."""
        services = self.models
        visits = [(visit, each) for each in services for visit in each.service_at_locations]
        about = referral.About(
            version=referral.VERSION, profile=referral.PROFILE, openapi_url=referral.OPENAPI
        )
        lists: Mapping[str, tuple[referral.Object, ...]] = {
            "services": services,
            "taxonomies": tuple(self.vocabulary.taxonomies),
            "taxonomy_terms": tuple(self.vocabulary.terms),
            "service_at_locations": tuple(visit for visit, _ in visits),
        }
        made = {f"{FOLDER}/index.json": _json(about.as_data())}
        for name, things in lists.items():
            made[f"{FOLDER}/{name}.json"] = _json(referral.page(things).as_data())
            for thing in things:
                made[f"{FOLDER}/{name}/{thing.id}.json"] = _json(thing.as_data())
        return dict(sorted(made.items()))

    @cached_property
    def models(self) -> tuple[referral.ReferralService, ...]:
        """Give the services as the standard has them, by name."""
        return tuple(_Writer(self, service).service() for service in _in_order(self.services))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Give the words that the services are sorted by."""
        used = {need for service in self.services for need in service.facts.needs}
        return Vocabulary.of({**dict.fromkeys(sorted(used)), **self.needs})

    @cached_property
    def given_by(self) -> Mapping[str, Sequence[str]]:
        """Give the names of the services that each organisation gives."""
        given: dict[str, list[str]] = {}
        for service in _in_order(self.services):
            given.setdefault(service.facts.organisation or "", []).append(_line(service.facts.name))
        return given

    def permanent(self, service: Service) -> str:
        """Give the address that a service's ids rest on."""
        path = address_of(service)
        return self.site.public(path) or URN + path

    def permanent_area(self, service: Service) -> str:
        """Give the address that the ids of an area's organisations rest on."""
        path = address_of(service).removesuffix(f"{service.id}/")
        return self.site.public(path) or URN + path


def tellable(directory: Directory) -> Sequence[Service]:
    """Pick what a machine may be told of: checked, not long past it, and not for professionals only.

    Unlike `directory.offered` it holds services that are paused or have ended, with that status.
    """
    return [service for service in directory.services if is_tellable(directory, service)]


def is_tellable(directory: Directory, service: Service) -> bool:
    """Tell whether a machine may be told of a service."""
    offered = directory.trust(service).may_be_offered
    return offered and not service.facts.is_for_professionals_only


def uuid_of(address: str) -> str:
    """Give the id of the thing that stands at a permanent address."""
    return str(uuid5(NAMESPACE_URL, address))


# -- our taxonomies


class Scheme(StrEnum):
    """Our taxonomies, by the last part of their URNs."""

    THRIVE = "thrive"
    NEED = "need"
    AUDIENCE = "audience"
    WAY = "way"
    REFERRER = "referrer"
    KIND = "kind"
    URGENCY = "urgency"

    @property
    def uri(self) -> str:
        """Give its URN."""
        return f"{URN}taxonomy:{self.value}"

    def term_uri(self, word: str) -> str:
        """Give the URN of one of its words."""
        return f"{self.uri}:{slug(word)}"


_SCHEMES: Final[Mapping[Scheme, tuple[str, str, str]]] = {
    Scheme.THRIVE: (
        "THRIVE group",
        "The five groups of need of the THRIVE framework.",
        "For people in the THRIVE group “{}”.",
    ),
    Scheme.NEED: ("Need", "What people look for help with.", "Helps with “{}”."),
    Scheme.AUDIENCE: ("Who it is for", "Whom a service is meant for.", "For {}."),
    Scheme.WAY: ("Way", "How a service is reached.", "Reached by {}."),
    Scheme.REFERRER: ("Who can ask for it", "Who can ask for a service.", "Asked for by {}."),
    Scheme.KIND: ("Kind", "What kind of service it is.", "A service of the kind “{}”."),
    Scheme.URGENCY: ("Urgency", "How soon a service helps.", "For help of the urgency “{}”."),
}
"""Name, description, and the description of each term."""


@dataclass(frozen=True)
class Vocabulary:
    """Our taxonomies and their terms, as the standard has them."""

    taxonomies: Sequence[referral.Taxonomy]
    by_uri: Mapping[str, referral.TaxonomyTerm]

    @classmethod
    def of(cls, needs: Mapping[str, Need | None]) -> Vocabulary:
        """Make them, with the needs that people can look for."""
        kinds = _literals("kind")
        words: Mapping[Scheme, Iterable[str]] = {
            Scheme.THRIVE: Thrive,
            Scheme.NEED: needs,
            Scheme.AUDIENCE: Audience,
            Scheme.WAY: Way,
            Scheme.REFERRER: Referrer,
            Scheme.KIND: kinds,
            Scheme.URGENCY: Urgency,
        }
        terms = [
            _term(scheme, word, needs.get(word)) for scheme in Scheme for word in words[scheme]
        ]
        taxonomies = [_taxonomy(scheme) for scheme in Scheme]
        return cls(taxonomies, {term.term_uri or "": term for term in terms})

    @property
    def terms(self) -> Iterable[referral.TaxonomyTerm]:
        """Give every term, by taxonomy."""
        return self.by_uri.values()


def _literals(name: str) -> tuple[str, ...]:
    """Give the words that a field of an entry may have."""
    annotation: Any = ServiceFacts.model_fields[name].annotation
    choices = [part for part in annotation.__args__ if part is not type(None)]
    return tuple(word for part in choices for word in getattr(part, "__args__", (part,)))


def _taxonomy(scheme: Scheme) -> referral.Taxonomy:
    name, description, _ = _SCHEMES[scheme]
    return referral.Taxonomy(
        id=uuid_of(scheme.uri), name=name, description=description, uri=scheme.uri
    )


def _term(scheme: Scheme, word: str, need: Need | None) -> referral.TaxonomyTerm:
    name, _, description = _SCHEMES[scheme]
    shown = _line(need.name) if need else str(word)
    summary = _line(need.summary) if need and need.summary else description.format(shown)
    return referral.TaxonomyTerm(
        id=uuid_of(scheme.term_uri(word)),
        name=shown,
        description=summary,
        taxonomy=name,
        taxonomy_id=uuid_of(scheme.uri),
        term_uri=scheme.term_uri(word),
    )


# -- one service


class _Writer:
    """Turns one service into the standard's objects."""

    def __init__(self, feed: Feed, service: Service) -> None:
        self.feed = feed
        self.entry = service
        self.facts = service.facts
        self.address = feed.permanent(service)
        self.id = uuid_of(self.address)
        self.ways = [each for each in self.facts.public_ways_on(feed.today) if _has_contact(each)]
        self.seen: Counter[str] = Counter()

    def service(self) -> referral.ReferralService:
        facts = self.facts
        organisation = self._organisation()
        ages = facts.ages
        return referral.ReferralService(
            id=self.id,
            name=_line(facts.name),
            status=STATUSES[facts.status],
            organization_id=organisation.id,
            description=_description(self.entry),
            url=_first(each.address for each in self.ways if each.way is Way.WEB),
            email=next((each.email for each in self.ways if each.way is Way.EMAIL), None),
            minimum_age=ages.youngest if ages else None,
            maximum_age=ages.oldest if ages else None,
            assured_date=_whole_day(facts.checks.last),
            alert=_alert(facts, self.feed.today),
            organization=organisation,
            schedules=tuple(self._schedules()),
            service_areas=tuple(self._service_areas()),
            service_at_locations=tuple(self._service_at_locations()),
            languages=tuple(self._language(name, service_id=self.id) for name in facts.languages),
            cost_options=tuple(self._cost_options()),
            contacts=tuple(self._contacts()),
            attributes=tuple(self._attributes_of_service()),
        )

    def _new_id(self, what: str, *about: str) -> str:
        """Give the id of a part of the service, from what it says; a number tells twins apart."""
        part = ":".join([what, *(quote(_line(each).casefold(), safe="") for each in about if each)])
        self.seen[part] += 1
        number = f":{self.seen[part]}" if self.seen[part] > 1 else ""
        return uuid_of(f"{self.address}#{part}{number}")

    def _organisation(self) -> referral.Organization:
        """Give who gives the service. The standard wants one, so where it isn't known that is said."""
        name = self.facts.organisation
        if name is None:
            words = (
                f"The help directory for {self.feed.area_name} does not say who gives this service."
            )
            return referral.Organization(
                id=self._new_id("organisation"), name=NOT_KNOWN, description=words
            )
        services = "; ".join(self.feed.given_by.get(name, [_line(self.facts.name)]))
        key = quote(_line(name).casefold(), safe="")
        return referral.Organization(
            id=uuid_of(f"{self.feed.permanent_area(self.entry)}#organisation:{key}"),
            name=_line(name),
            description=f"Listed in the help directory for {self.feed.area_name} as giving: {services}.",
        )

    # -- when

    def _schedules(self) -> Iterator[referral.Schedule]:
        if self.facts.hours:
            yield from self._schedules_of("", self.facts.hours)
        for channel in self.ways:
            if channel.hours:
                yield from self._schedules_of(_channel_name(channel), channel.hours)
        for location in self.facts.locations:
            if location.hours:
                yield from self._schedules_of(_place_name(location), location.hours)

    def _schedules_of(self, whose: str, hours: Hours) -> Iterator[referral.Schedule]:
        """Give the schedules of a service, or of one way or place of it, which is then named."""
        prefix = f"{whose}: " if whose else ""
        about = f"{prefix}{RULES}" if whose else RULES
        notes = f"{CLOCK} {about}{_line(hours.rules)}"
        rules = hours.schedules(self.feed.today)
        if not rules:
            words = _line("; ".join(hours.in_words(self.feed.today))) or _line(hours.rules)
            yield referral.Schedule(
                id=self._new_id("schedule", whose, hours.rules),
                description=prefix + words,
                notes=notes,
            )
        for rule in rules:
            opens, closes = rule.get("opens_at", ""), rule.get("closes_at", "")
            words = _line(rule.get("description", ""))
            freq = rule.get("freq")
            yield referral.Schedule(
                id=self._new_id("schedule", whose, rule.get("byday", ""), opens, closes, words),
                freq="WEEKLY" if freq == "WEEKLY" else "MONTHLY" if freq == "MONTHLY" else None,
                byday=rule.get("byday") or None,
                opens_at=_clock(opens, self.feed.today),
                closes_at=_clock(closes, self.feed.today),
                description=(prefix + words) if words else whose or None,
                notes=notes,
            )

    # -- where

    def _service_areas(self) -> Iterator[referral.ServiceArea]:
        for place in self.facts.places or self.feed.places or (self.feed.area_name,):
            yield referral.ServiceArea(id=self._new_id("place", place), name=_line(place))

    def _service_at_locations(self) -> Iterator[referral.ServiceAtLocation]:
        first = {Way.WEB: True, Way.EMAIL: True}
        places = [self._building(each) for each in self.facts.locations]
        for channel in self.ways:
            is_told = first.pop(channel.way, False) and not _has_details(channel)
            if channel.way is not Way.VISIT and not is_told:
                places.append(self._from_anywhere(channel))
        for place in places:
            yield referral.ServiceAtLocation(
                id=uuid_of(f"{self.address}#at:{place.id}"),
                service_id=self.id,
                location_id=place.id,
                location=place,
            )

    def _building(self, location: Location) -> referral.Location:
        where = self._new_id("location", location.postcode, location.street)
        details = [("hours", location.hours.rules)] if location.hours else []
        return referral.Location(
            id=where,
            location_type="physical",
            name=_place_name(location),
            description=_labelled(DETAILS, details),
            addresses=(
                referral.Address(
                    id=self._new_id("address", location.postcode, location.street),
                    address_1=_line(location.street),
                    city=_line(location.town),
                    state_province=_line(location.county or NOT_KNOWN),
                    postal_code=_line(location.postcode),
                    country="GB",
                    address_type="physical",
                    location_id=where,
                ),
            ),
            accessibility=tuple(
                referral.Accessibility(
                    id=self._new_id("access", location.postcode, words), description=_line(words)
                )
                for words in location.access
            ),
        )

    def _from_anywhere(self, channel: Channel) -> referral.Location:
        contact = _contact_of(channel)
        where = self._new_id("virtual", channel.way, contact)
        told_by_phone = channel.way in (Way.PHONE, Way.TEXT)
        return referral.Location(
            id=where,
            location_type="virtual",
            name=_channel_name(channel),
            description=None if told_by_phone else _labelled(DETAILS, _details(channel)),
            attributes=tuple(self._attributes_of_channel(channel, where, "location")),
        )

    # -- how

    def _contacts(self) -> Iterator[referral.Contact]:
        for channel in self.ways:
            if channel.way not in (Way.PHONE, Way.TEXT, Way.VISIT):
                continue
            contact = self._new_id("contact", channel.way, _contact_of(channel))
            yield referral.Contact(
                id=contact,
                name=_channel_name(channel),
                title=_labelled(DETAILS, _details(channel)) if channel.way is Way.VISIT else None,
                service_id=self.id,
                phones=tuple(self._phones(channel, contact)),
                attributes=tuple(self._attributes_of_channel(channel, contact, "contact")),
            )

    def _phones(self, channel: Channel, contact: str) -> Iterator[referral.Phone]:
        if channel.number:
            phone = self._new_id("phone", channel.way, channel.number.digits)
            yield referral.Phone(
                id=phone,
                number=_line(channel.number.shown),
                contact_id=contact,
                description=_labelled(DETAILS, _details(channel, but=("languages",))),
                languages=tuple(self._language(each, phone_id=phone) for each in channel.languages),
            )

    def _language(
        self, name: str, service_id: str | None = None, phone_id: str | None = None
    ) -> referral.Language:
        return referral.Language(
            id=self._new_id("language", phone_id or "", name),
            service_id=service_id,
            phone_id=phone_id,
            code=_CODES.get(_line(name).casefold()),
            name=_line(name),
        )

    def _cost_options(self) -> Iterator[referral.CostOption]:
        cost = self.facts.cost
        if cost:
            free = _line(cost).casefold() == "free"
            yield referral.CostOption(
                id=self._new_id("cost"),
                service_id=self.id,
                option=_line(cost),
                amount=0 if free else None,
            )

    # -- sorted by

    def _attributes_of_service(self) -> Iterator[referral.Attribute]:
        facts = self.facts
        words: Mapping[Scheme, Iterable[str]] = {
            Scheme.THRIVE: facts.thrive,
            Scheme.NEED: facts.needs,
            Scheme.AUDIENCE: facts.audience,
            Scheme.WAY: [channel.way for channel in self.ways],
            Scheme.REFERRER: facts.referral.by if facts.referral else (),
            Scheme.KIND: [facts.kind] if facts.kind else [],
            Scheme.URGENCY: [facts.urgency],
        }
        for scheme, terms in words.items():
            for word in dict.fromkeys(terms):
                yield self._attribute(scheme, word, self.id, "service")

    def _attributes_of_channel(
        self, channel: Channel, link: str, entity: str
    ) -> Iterator[referral.Attribute]:
        yield self._attribute(Scheme.WAY, channel.way, link, entity)
        for each in dict.fromkeys(channel.audience):
            yield self._attribute(Scheme.AUDIENCE, each, link, entity)

    def _attribute(self, scheme: Scheme, word: str, link: str, entity: str) -> referral.Attribute:
        term = self.feed.vocabulary.by_uri[scheme.term_uri(word)]
        return referral.Attribute(
            id=uuid_of(f"{self.address}#attribute:{link}:{term.id}"),
            link_id=link,
            taxonomy_term_id=term.id,
            link_entity=entity,
            link_type=scheme.value,
            taxonomy_term=term,
        )


def _has_contact(channel: Channel) -> bool:
    """Tell whether a machine could use a way: an address that no standard allows is left out."""
    if channel.way is Way.EMAIL:
        return bool(channel.email and referral.is_email(channel.email))
    if channel.way in (Way.WEB, Way.WEBCHAT):
        return bool(channel.address and uri_of(channel.address))
    return True


def _contact_of(channel: Channel) -> str:
    """Give what a way leads to, without spaces: a number's digits, an address, or the label of a visit."""
    if channel.number:
        return channel.number.digits
    return channel.email or channel.address or channel.label or ""


def _channel_name(channel: Channel) -> str:
    return _line(channel.label or WAY_NAMES[channel.way])


def _place_name(location: Location) -> str:
    return _line(location.name or location.street)


def _has_details(channel: Channel) -> bool:
    told = {"address", "email", "audience"}
    return bool(
        channel.label or channel.audience or any(key not in told for key, _ in _details(channel))
    )


def _details(channel: Channel, but: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Give what the standard has no field for, in the order of `DETAILS`."""
    is_email, is_web = channel.way is Way.EMAIL, channel.way in (Way.WEB, Way.WEBCHAT)
    values: Mapping[str, Sequence[str | None]] = {
        "address": [channel.address if is_web else None],
        "email": [channel.email if is_email else None],
        "keyword": [channel.keyword],
        "option": [channel.option],
        "hours": [channel.hours.rules if channel.hours else None],
        "cost": [channel.cost],
        "languages": channel.languages,
        "from": [channel.valid_from.iso if channel.valid_from else None],
        "until": [channel.valid_until.iso if channel.valid_until else None],
        "replaced_by": [channel.replaced_by],
    }
    pairs = [(key, value) for key, each in values.items() for value in each if value]
    return [(key, value) for key, value in pairs if key not in but]


def _labelled(labels: Mapping[str, str], pairs: Iterable[tuple[str, str]]) -> str | None:
    """Write facts as lines with labels: "Word to send: HELLO"."""
    return "\n".join(f"{labels[key]}: {_line(value)}" for key, value in pairs) or None


def _description(service: Service) -> str:
    facts = service.facts
    parts = [_line(facts.summary), plain(service.body), _labelled(LABELS, _told(facts))]
    return "\n\n".join(part for part in parts if part)


def _told(facts: ServiceFacts) -> Iterator[tuple[str, str]]:
    """Give the facts that the standard has no field for, in the order of `LABELS`."""
    ages, ask, waiting = facts.ages, facts.referral, facts.waiting
    values: Mapping[str, Sequence[str | None]] = {
        "former_names": facts.former_names,
        "eligibility": [facts.eligibility],
        "not_for": [facts.not_for],
        "ages.note": [ages.note if ages else None],
        "gp_registration": [facts.gp_registration],
        "referral.how": [ask.how if ask else None],
        "referral.address": [ask.address if ask else None],
        "next_steps": [facts.next_steps],
        "confidentiality": [facts.confidentiality],
        "hours_note": [facts.hours_note],
        "waiting.text": [waiting.text if waiting else None],
        "waiting.as_of": [waiting.as_of.iso if waiting else None],
    }
    return ((key, value) for key, each in values.items() for value in each if value)


# -- plain values


def plain(markdown: str) -> str:
    """Give Markdown as plain paragraphs: the words of links, headings and lists without their marks."""
    text = re.sub(r"<!--.*?-->", "", markdown, flags=re.DOTALL)
    text = re.sub(r"!?\[([^\]]*)\]\((?:[^()\s]|\([^)]*\))*(?:\s+\"[^\"]*\")?\)", r"\1", text)
    text = re.sub(r"</?[a-zA-Z][^<>]*>", "", text)
    text = re.sub(r"(?m)^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$", r"\1", text)
    text = re.sub(r"(?m)^ {0,3}>[ \t]?", "", text)
    text = re.sub(r"(?<![\\*\w])(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?![*\w])", r"\2", text)
    text = re.sub(r"\\([\\`*_{}\[\]()#+.!<>-])", r"\1", text)
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def uri_of(address: str) -> str | None:
    """Give a web address as a URI, percent-encoded where it has to be; None where it can't be one."""
    try:
        parts = urlsplit(address)
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    except ValueError:
        return None
    path, query, fragment = (
        quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", part), safe="/?:@!$&'()*+,;=~%-._")
        for part in (parts.path, parts.query, parts.fragment)
    )
    uri = urlunsplit((parts.scheme, host, path, query, fragment))
    return uri if referral.is_uri(uri) else None


def _first(addresses: Iterable[str | None]) -> str | None:
    return next((uri for each in addresses if each and (uri := uri_of(each))), None)


def _line(text: str) -> str:
    """Put a text on one line."""
    return " ".join(text.split())


def _whole_day(date: PartialDate | None) -> str | None:
    """Give a day. A month or a year is no day, and none is made up."""
    return date.iso if date and date.day else None


def _alert(facts: ServiceFacts, today: datetime.date) -> str | None:
    alert = facts.alert_on(today)
    return _line(alert.text) if alert else None


def _clock(time: str, today: datetime.date) -> str | None:
    """Give a time of the clock with its offset: `09:00` as `09:00:00+00:00`, or +01:00 in summer.

    The offset is that of the day, since the standard has one time for all weeks of the year. The end
    of a day, 24:00, goes out as 23:59, which is the last time that the standard can write.
    """
    match = re.match(r"(\d{1,2}):(\d{2})", time)
    if not match:
        return None
    hour, minute = int(match[1]), int(match[2])
    hour, minute = (23, 59) if hour == 24 else (hour % 24, minute)
    return f"{hour:02}:{minute:02}:00+0{int(is_summer_time(today))}:00"


def _in_order(services: Iterable[Service]) -> list[Service]:
    return sorted(services, key=lambda each: (each.facts.name.casefold(), each.ref))


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


# -- a table

COLUMNS: Final = (
    "Name",
    "Summary",
    "Organisation",
    "Status",
    "Urgency",
    "Kind",
    "THRIVE groups",
    "Needs",
    "For",
    "Youngest age",
    "Oldest age",
    "About ages",
    "Places",
    "Phone",
    "Text",
    "Webchat",
    "Email",
    "Website",
    "Opening hours",
    "Where",
    "Cost",
    "Languages",
    "Who can ask for it",
    "How to ask for it",
    "Who can use it",
    "Not for",
    "What happens next",
    "Last checked",
    "Alert",
    "Page",
    "Id",
)
"""The columns of services.csv. Several values in one cell have semicolons between them."""


def services_csv(feed: Feed) -> str:
    """Write a row a service (RFC 4180), with a byte-order mark, by which Excel knows that it is UTF-8.

    No cell can start a formula in a spreadsheet: one that could has an apostrophe before it.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for service in _in_order(feed.services):
        row = _row(feed, service)
        writer.writerow([_cell(row[column]) for column in COLUMNS])
    return "\ufeff" + text.getvalue()


def _row(feed: Feed, service: Service) -> Mapping[str, str]:
    facts = service.facts
    ages, ask = facts.ages, facts.referral
    ways = facts.public_ways_on(feed.today)
    by_way = {way: [_in_cell(each) for each in ways if each.way is way] for way in Way}
    needs = [feed.needs[each].name if each in feed.needs else each for each in facts.needs]
    address = feed.permanent(service)
    return {
        "Name": facts.name,
        "Summary": facts.summary,
        "Organisation": facts.organisation or "",
        "Status": facts.status,
        "Urgency": facts.urgency.value,
        "Kind": facts.kind or "",
        "THRIVE groups": _joined(facts.thrive),
        "Needs": _joined(needs),
        "For": _joined(facts.audience),
        "Youngest age": "" if ages is None or ages.youngest is None else str(ages.youngest),
        "Oldest age": "" if ages is None or ages.oldest is None else str(ages.oldest),
        "About ages": ages.note or "" if ages else "",
        "Places": _joined(facts.places or feed.places),
        "Phone": _joined(by_way[Way.PHONE]),
        "Text": _joined(by_way[Way.TEXT]),
        "Webchat": _joined(by_way[Way.WEBCHAT]),
        "Email": _joined(by_way[Way.EMAIL]),
        "Website": _joined(by_way[Way.WEB]),
        "Opening hours": _joined(facts.hours.in_words()) if facts.hours else "",
        "Where": _joined([_on_one_line(each) for each in facts.locations]),
        "Cost": facts.cost or "",
        "Languages": _joined(facts.languages),
        "Who can ask for it": _joined(ask.by) if ask else "",
        "How to ask for it": ask.how or "" if ask else "",
        "Who can use it": facts.eligibility or "",
        "Not for": facts.not_for or "",
        "What happens next": facts.next_steps or "",
        "Last checked": facts.checks.last.iso if facts.checks.last else "",
        "Alert": _alert(facts, feed.today) or "",
        "Page": "" if address.startswith(URN) else address,
        "Id": uuid_of(address),
    }


def _joined(values: Iterable[str]) -> str:
    return "; ".join(values)


def _in_cell(channel: Channel) -> str:
    """Give a way in a cell: "07700 900 123 (send HELLO, out of hours)"."""
    value = channel.number.shown if channel.number else channel.email or channel.address or ""
    extra = [f"send {channel.keyword}" if channel.keyword else ""]
    extra += [f"choose {channel.option}" if channel.option else "", channel.label or ""]
    words = ", ".join(each for each in extra if each)
    return f"{value} ({words})" if words else value


def _on_one_line(location: Location) -> str:
    parts = [location.name, location.street, location.town, location.county, location.postcode]
    return ", ".join(part for part in parts if part)


def _cell(text: str) -> str:
    """Put a text on one line, with an apostrophe before what a spreadsheet would take for a formula."""
    line = _line(text)
    return f"'{line}" if line.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) else line


# -- structured data of a page

_WEEK: Final = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}


def json_ld(feed: Feed, service: Service) -> str:
    """Give a service as schema.org's JSON-LD, safe to print between `<script>` tags.

    Only for a page of an entry that may be offered (`tellable`): of the others a search engine would
    show the number and not the warning.
    """
    facts = service.facts
    address = feed.permanent(service)
    public = None if address.startswith(URN) else address
    ways = [each for each in facts.public_ways_on(feed.today) if _has_contact(each)]
    page = {"@type": "WebPage", "@id": public, "isAccessibleForFree": True}
    data = {
        "@context": "https://schema.org",
        "@type": _schema_type(facts.organisation),
        "@id": f"{public}#service" if public else None,
        "identifier": uuid_of(address),
        "name": facts.name,
        "alternateName": list(facts.former_names),
        "description": facts.summary,
        "url": public,
        "mainEntityOfPage": page if public else None,
        "provider": {"@type": "Organization", "name": facts.organisation}
        if facts.organisation
        else None,
        "areaServed": [
            {"@type": "AdministrativeArea", "name": place} for place in facts.places or feed.places
        ],
        "audience": _people(facts),
        "availableChannel": [
            *(_service_channel(each) for each in ways if each.way is not Way.VISIT),
            *(_place_channel(facts, each) for each in facts.locations),
        ],
        "hoursAvailable": _open(facts.hours),
        "offers": {"@type": "Offer", "price": "0", "priceCurrency": "GBP"}
        if (facts.cost or "").casefold() == "free"
        else None,
    }
    text = json.dumps(_pruned(data), ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _schema_type(organisation: str | None) -> str:
    """Choose GovernmentService where the name of who gives it says that it is the NHS or a council."""
    is_public = re.search(r"\b(NHS|Council)\b", organisation or "")
    return "GovernmentService" if is_public else "Service"


def _people(facts: ServiceFacts) -> dict[str, object]:
    ages = facts.ages
    told = {
        "audienceType": ", ".join(facts.audience),
        "suggestedMinAge": ages.youngest if ages else None,
        "suggestedMaxAge": ages.oldest if ages else None,
    }
    known = any(value not in (None, "") for value in told.values())
    return {"@type": "PeopleAudience", **told} if known else {}


def _service_channel(channel: Channel) -> dict[str, object]:
    number = channel.number.shown if channel.number else None
    point = {"@type": "ContactPoint", "contactType": _channel_name(channel)}
    hours = {"hoursAvailable": _open(channel.hours)}
    by_phone = {**point, "telephone": number, **hours} if channel.way is Way.PHONE else None
    by_text = {**point, "telephone": number, **hours} if channel.way is Way.TEXT else None
    by_email = {**point, "email": channel.email} if channel.way is Way.EMAIL else None
    online = channel.way in (Way.WEB, Way.WEBCHAT)
    return {
        "@type": "ServiceChannel",
        "name": _channel_name(channel),
        "servicePhone": by_phone or by_email,
        "serviceSmsNumber": by_text,
        "serviceUrl": uri_of(channel.address) if online and channel.address else None,
        "availableLanguage": list(channel.languages),
    }


def _place_channel(facts: ServiceFacts, location: Location) -> dict[str, object]:
    return {
        "@type": "ServiceChannel",
        "serviceLocation": {
            "@type": "MedicalClinic" if facts.kind == "clinic" else "Place",
            "name": _place_name(location),
            "address": {
                "@type": "PostalAddress",
                "streetAddress": location.street,
                "addressLocality": location.town,
                "addressRegion": location.county,
                "postalCode": location.postcode,
                "addressCountry": "GB",
            },
            "openingHoursSpecification": _open(location.hours),
        },
    }


def _open(hours: Hours | None) -> list[dict[str, object]]:
    """Give opening hours by the week. schema.org's times are those of the place, without an offset."""
    found: list[dict[str, object]] = []
    for rule in hours.schedules() if hours else ():
        days = [_WEEK[day] for day in (rule.get("byday") or "").split(",") if day in _WEEK]
        opens, closes = rule.get("opens_at", "")[:5], rule.get("closes_at", "")[:5]
        if days and opens and closes and rule.get("freq") == "WEEKLY":
            closes = "23:59" if closes == "24:00" else closes
            found.append(
                {
                    "@type": "OpeningHoursSpecification",
                    "dayOfWeek": days,
                    "opens": opens,
                    "closes": closes,
                }
            )
    return found


def _pruned(value: object) -> object:
    """Leave out what is empty, at every depth."""
    if isinstance(value, Mapping):
        kept = {key: _pruned(each) for key, each in value.items()}
        return {key: each for key, each in kept.items() if each not in (None, "", [], {})}
    if isinstance(value, list):
        return [_pruned(each) for each in value]
    return value
