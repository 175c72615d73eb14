"""What the pages of a directory show, for `ltp.site.page_views` to put into a view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from ltp.directory import listing, service_page
from ltp.directory.entry import Service
from ltp.directory.finder import finder
from ltp.directory.listing import Href
from ltp.directory.open_data import Feed, is_tellable, json_ld
from ltp.directory.trust import Directory
from ltp.plans.model import Area, Plans
from ltp.site import addresses
from ltp.site.pages import PageKind, SitePage
from ltp.site.views import Fact, Finder, Link, Notice, Phrase, Section

CRISIS = Section("crisis", "If you need help now", crisis_cards=True)

Parts = tuple[Sequence[Section], Sequence[Section]]
"""The sections above a page's text and below it."""

HEADINGS: Mapping[PageKind, str] = {
    PageKind.HELP_FIND: "Search for help",
    PageKind.HELP_COVERAGE: "What help we list",
    PageKind.HELP_PRINT: "Help to print",
}


@dataclass(frozen=True)
class DirectoryPage:
    """One page of an area's directory."""

    plans: Plans
    area: Area
    directory: Directory
    place: SitePage
    href: Href
    feed: Feed | None = None
    """The directory as open data."""

    @property
    def structured_data(self) -> str:
        """An entry as JSON-LD, where it may be offered: it has no word for one that is closed or has ended."""
        service = self.place.service
        if service is None or self.feed is None or not is_tellable(self.directory, service):
            return ""
        if service.facts.status != "running":
            return ""
        return json_ld(self.feed, service)

    @property
    def finder(self) -> Finder | None:
        """The search form, on its own page."""
        if self.place.kind is not PageKind.HELP_FIND:
            return None
        return finder(self.directory, self.href)

    @property
    def heading(self) -> str:
        """The page's only `h1`."""
        if self.place.service:
            return self.place.service.facts.name
        if self.place.listing:
            return self.place.listing.heading
        return HEADINGS[self.place.kind]

    @property
    def lead(self) -> str:
        """The sentence under the heading."""
        if self.place.service:
            return self.place.service.facts.summary
        if self.place.listing:
            return self.place.listing.lead
        if self.place.kind is PageKind.HELP_PRINT:
            return self._lead_of_paper()
        return ""

    def _lead_of_paper(self) -> str:
        """Say how old the list is by its checks: the day of the build says nothing of its entries."""
        newest = self.directory.newest_check
        checked = f" The latest check of something in it was on {newest}." if newest else ""
        return f"Everything that we list.{checked} Paper grows old: look at the website as well."

    @property
    def provenance(self) -> str:
        """How far an entry can be trusted, in a line under its name."""
        service = self.place.service
        return service_page.how_far_checked(self.directory, service) if service else ""

    @property
    def robots(self) -> str | None:
        """Keep out of other searches what may not be offered, and pages that only repeat others."""
        service = self.place.service
        if service:
            offered = self.directory.trust(service).may_be_offered
            return None if offered and service.facts.status != "ended" else "noindex, follow"
        return "noindex, follow" if self.place.kind is PageKind.HELP_PRINT else None

    def notices(self) -> tuple[Notice, ...]:
        """Say what happened to a service and how far its entry can be trusted."""
        service = self.place.service
        if service is None:
            return ()
        return service_page.notices(
            self.directory, service, self.href, self._plan_labels(service), self._instead(service)
        )

    def breadcrumb(self) -> Iterator[Link]:
        """Lead back to the directory's front."""
        yield Link("Get help", self.href(listing.home(self.area.id)))

    def parts(self) -> Parts:
        """Give the sections above and below the text."""
        if self.place.service:
            above = list(service_page.sections(self.directory, self.place.service))
            tell = self._tell_us(self.place.service)
            return above, list(service_page.more_sections(self.directory, self.place.service, tell))
        if self.place.listing:
            return (), list(listing.list_sections(self.directory, self.place.listing, self.href))
        match self.place.kind:
            case PageKind.HELP_PRINT:
                return [CRISIS], list(listing.print_sections(self.directory, self.href))
            case PageKind.HELP_COVERAGE:
                return [self._about_coverage()], list(listing.coverage_sections(self.directory))
        # The form has its own lists for when no script runs, and is empty where nothing is offered.
        return (() if self.directory.offered else [listing.NONE_CHECKED]), ()

    def facts(self) -> Iterator[Fact]:
        """Give what is known of an entry itself."""
        if self.place.service:
            yield from service_page.page_facts(self.directory, self.place.service)

    def _about_coverage(self) -> Section:
        unchecked = len(self.directory.named_only) + len(self.directory.never_checked)
        words: list[Phrase] = [
            (
                "These tables count the services that we list, for people who plan services. An empty "
                "place means that we list nothing there, not that there is nothing.",
            ),
            ("Only services that somebody has checked are counted.",),
        ]
        if unchecked:
            words.append(
                (
                    f"{unchecked} more {'is' if unchecked == 1 else 'are'} only named in a plan or never "
                    "checked, and not counted.",
                )
            )
        return Section("about-coverage", "What is counted", words)

    def _plan_labels(self, service: Service) -> Mapping[str, Link]:
        labels = {}
        for ref in service.facts.named_in:
            edition = self.plans.editions.get(ref)
            if edition and ref in self.directory.plan_labels:
                labels[ref] = Link(f"the {edition.label}", self.href(addresses.edition(edition)))
        return labels

    def _instead(self, service: Service) -> Service | None:
        """Give the entry that took this one's place."""
        ref = service.facts.replaced_by
        return (
            next((each for each in self.plans.services if each.ref == ref), None) if ref else None
        )

    def _tell_us(self, service: Service) -> Phrase:
        """Say how to tell somebody that an entry is wrong, or that nobody has said how."""
        contact = self.plans.contact(self.area.id)
        if contact and contact.email:
            subject = quote(f"Something is wrong: {service.facts.name}")
            return (Link("Tell us this is wrong", f"mailto:{contact.email}?subject={subject}"), ".")
        if contact and contact.address:
            return (Link("Tell us this is wrong", contact.address), ".")
        if contact and contact.phone:
            call = Link(f"Call {contact.phone.shown}", contact.phone.href("phone"))
            return (call, " to tell us.")
        return ("Nobody has said yet whom to tell. This site is a demonstration.",)
