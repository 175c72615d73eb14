"""One site as the pages that speak of it know it: who runs it, whom to ask, what stands beside its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import quote, urlsplit

from ltp.plans.dates import PartialDate
from ltp.plans.model import Area, Contact, Plans
from ltp.plans.status import Standings
from ltp.site import addresses
from ltp.site.views import Fact, Link, Phrase, Section

Href = Callable[[str], str]

ELSEWHERE: Final = "https://www.bbc.co.uk/weather"
"""Where "Leave this page" leads, unless the YAML says another page."""

RULES_BEGAN: Final = PartialDate(2018, 9, 23)
"""Documents published before this day are outside the accessibility regulations, unless they are needed."""

ASK_FOR_FORMATS: Final = "Ask for another format"
OTHER_FORMATS: Final = "Other formats"
"""What the page on them is called where there is somebody to ask, and where there is nobody."""

CONTACT_IS_NOT_KNOWN: Final = "Nobody has given a contact for this website yet."


@dataclass(frozen=True)
class Document:
    """A PDF file beside the pages."""

    name: str
    address: str
    published: PartialDate | None
    """When its plan was published, as far as that is known."""

    @property
    def is_exempt(self) -> bool:
        """Tell whether it is known to have been published before the regulations began."""
        return self.published is not None and self.published.is_before(RULES_BEGAN)


@dataclass(frozen=True)
class Website:
    """One site: the portal's, or an area's."""

    standings: Standings
    target: str
    site: addresses.Site
    href: Href
    """Makes the links of the page that speaks of it."""

    @property
    def plans(self) -> Plans:
        """All the facts."""
        return self.standings.plans

    @property
    def area(self) -> Area | None:
        """The area that it is of; None for the portal."""
        return self.plans.areas.get(self.target)

    @property
    def name(self) -> str:
        """The area's or the portal's name."""
        return self.area.name if self.area else self.plans.portal.name

    @property
    def run_by(self) -> str | None:
        """Who runs it; None while it is a demonstration."""
        return self.plans.run_by(self.target)

    @property
    def contact(self) -> Contact | None:
        """Whom to ask, if there is any way to."""
        contact = self.plans.contact(self.target)
        return contact if can_be_asked(contact) else None

    @property
    def who_is_asked(self) -> str:
        """The people to ask, as a sentence has them."""
        contact = self.contact
        return (contact.name if contact else None) or self.run_by or "the people who look after it"

    @property
    def reviewed(self) -> PartialDate | None:
        """When a person last read its statements through."""
        return (self.area or self.plans.portal).statements_reviewed

    @property
    def leave_to(self) -> str:
        """Where "Leave this page" leads."""
        own = self.area.leave_to if self.area else None
        return own or self.plans.portal.leave_to or ELSEWHERE

    @property
    def leaves_to(self) -> str:
        """The same as people say it: "bbc.co.uk"."""
        host = urlsplit(self.leave_to).hostname or self.leave_to
        return host.removeprefix("www.")

    @property
    def prepared(self) -> PartialDate | None:
        """When the last fact of its accessibility statement was recorded, never the day of a build."""
        audit = self.standings.audit
        dates = [date for date in (audit.date if audit else None, self.reviewed) if date]
        return max(dates, key=lambda date: date.last_day, default=None)

    def page(self, name: str) -> str:
        """Lead to one of its own pages: `cookies`."""
        return self.href(addresses.under(self.target, name))

    @cached_property
    def documents(self) -> Sequence[Document]:
        """The PDF files that readers can open."""
        return [
            each
            for name in self.plans.documents.get(self.target, ())
            for each in self._document(name)
        ]

    def _document(self, name: str) -> Sequence[Document]:
        standing = self.standings.by_ref.get(f"{self.target}/{name.partition('/')[0]}")
        if standing and not standing.status.is_public:
            return ()
        published = standing.edition.published if standing else None
        return (Document(name, self.href(addresses.front(self.target) + name), published),)

    # -- whom to ask

    def contact_facts(self, subject: str) -> Sequence[Fact]:
        """Give each way to ask in a row of its own, none where there is none; `subject` is an email's."""
        contact = self.contact
        return [Fact(term, [way]) for term, way in self._ways(contact, subject)] if contact else ()

    def _ways(self, contact: Contact, subject: str) -> Iterator[tuple[str, Phrase]]:
        if contact.name:
            yield "Who to ask", (contact.name,)
        if contact.email:
            yield (
                "Email",
                (Link(contact.email, f"mailto:{contact.email}?subject={quote(subject)}"),),
            )
        if contact.phone:
            yield "Phone", (Link(contact.phone.shown, contact.phone.href("phone")),)
        if contact.address:
            yield "Online", (Link("Contact form", contact.address),)
        yield "Answer", (self.reply,)

    @property
    def reply(self) -> str:
        """Say how long an answer takes."""
        contact = self.contact
        if contact and contact.reply_within:
            return f"Within {contact.reply_within}"
        return "How long an answer takes is not known"


def can_be_asked(contact: Contact | None) -> bool:
    """Tell whether readers have anybody to ask."""
    return contact is not None and contact.can_be_reached


@dataclass(frozen=True)
class OwnPage:
    """A page that speaks of the site itself, for `page_views` to put into a view."""

    heading: str
    lead: str
    sections: Sequence[Section]


def said(*sentences: str) -> list[Phrase]:
    """Give sentences as paragraphs, one each."""
    return [(sentence,) for sentence in sentences if sentence]
