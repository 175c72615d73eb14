"""Put a page's view together: everything its template prints, computed once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from ltp.directory.listing import front_sections
from ltp.directory.open_data import Feed
from ltp.directory.pages import CRISIS, DirectoryPage
from ltp.directory.trust import Directory
from ltp.plans.dates import PartialDate
from ltp.plans.model import ConsultationFacts, Edition, Kind, Page, in_words
from ltp.plans.names import PORTAL
from ltp.plans.status import Standing, Standings, Status
from ltp.search import pages as finding
from ltp.search import records
from ltp.site import (
    addresses,
    consultations,
    display,
    leaving,
    listings,
    notices,
    paper,
    shells,
    statements,
    whole_plan,
)
from ltp.site.cards import AreaCard, state_in_words
from ltp.site.pages import PageKind, SitePage
from ltp.site.shells import link_to
from ltp.site.views import (
    Cell,
    DisplaySettings,
    EditionLink,
    Fact,
    Link,
    Notice,
    PageView,
    Phrase,
    Section,
    Shell,
    Table,
)
from ltp.site.website import Website
from ltp.site.whole_plan import WholePlan

SUMMARY = "Our plain-English summary, not the plan itself."


@dataclass(frozen=True)
class Views:
    """Makes the views of one target's pages."""

    standings: Standings
    site: addresses.Site
    target: str
    cards: Sequence[AreaCard] = ()
    """The cards of the areas that are published; for the portal."""
    directory: Directory | None = None
    """The area's help directory."""
    feed: Feed | None = None
    """The directory as open data."""
    pages: Sequence[SitePage] = ()
    """Every page of the target, for the lists of everything."""
    records_of_areas: Sequence[records.Record] = ()
    """What the search finds of the areas that are published; for the portal."""
    rendered: Mapping[str, str] = field(default_factory=dict)
    """The text of the pages of editions as HTML, by address: there once MkDocs has read them all."""
    _shells: dict[str, Shell] = field(default_factory=dict)

    def view(self, place: SitePage) -> PageView:
        """Give the view of a page."""
        return _Page(self, place, self._href(place)).view()

    def heading(self, place: SitePage) -> str:
        """Give a page's only `h1`."""
        return _Page(self, place, self._href(place)).heading()

    def summary(self, place: SitePage) -> str:
        """Give the sentence under a page's heading."""
        return _Page(self, place, self._href(place)).lead()

    def robots(self, place: SitePage) -> str | None:
        """Give what a page says to search engines; None where they may list it."""
        return _Page(self, place, self._href(place)).robots()

    @cached_property
    def everything(self) -> finding.Everything:
        """Every page with its name, and what the search finds."""
        area = "" if self.target == PORTAL else self.standings.plans.areas[self.target].name
        return finding.Everything(
            self.pages,
            {place.address: self.heading(place) for place in self.pages},
            list(records.of_pages(self.pages, self, area)),
            self.records_of_areas,
        )

    def _href(self, place: SitePage) -> Callable[[str], str]:
        """Give what makes links on a page: relative, but for the page shown at any address."""
        if place.kind is PageKind.NOT_FOUND:
            return lambda to: self.site.href_anywhere(self.target, to)
        return lambda to: self.site.href(place.address, to)

    def shell(self, place: SitePage) -> Shell:
        """Give the shell that pages at one depth share."""
        here = self._stand_in(place)
        if here not in self._shells:
            href = self._href(replace(place, address=here))
            plans = self.standings.plans
            self._shells[here] = (
                shells.of_portal(plans, href)
                if self.target == PORTAL
                else shells.of_area(plans, plans.areas[self.target], href)
            )
        return self._shells[here]

    def _stand_in(self, place: SitePage) -> str:
        """Give an address as deep as the page's that no page has: its links hold for all so deep.

        From `/blmk/help/` itself, the link to it is `./`, which is wrong on every other page.
        """
        if place.kind is PageKind.NOT_FOUND:
            return place.address
        front = addresses.front(self.target)
        return front + "-/" * place.address.removeprefix(front).count("/")


class _Page:
    """One page on its way to a view."""

    def __init__(self, views: Views, place: SitePage, href: Callable[[str], str]) -> None:
        self.views = views
        self.standings = views.standings
        self.plans = views.standings.plans
        self.place = place
        self.page = place.page
        self.standing = place.standing
        self.edition = place.standing.edition if place.standing else None
        self.area = None if views.target == PORTAL else self.plans.areas[views.target]
        self.help = self._help_page(href)
        self.whole = self._whole_plan()
        self.href = href
        self.website = Website(views.standings, views.target, views.site, href)
        self.own = statements.page_of(place.kind, self.website)
        self.is_sensitive = leaving.is_sensitive(self.plans, views.target, place)

    @cached_property
    def finding(self) -> finding.FindingPage | None:
        """The page's part of what leads to all others, where it is one of those pages."""
        if self.place.kind not in finding.KINDS:
            return None
        views = self.views
        return finding.FindingPage(
            self.standings,
            self.area,
            views.site,
            self.place,
            self.href,
            views.everything,
            views.cards,
        )

    def _help_page(self, href: Callable[[str], str]) -> DirectoryPage | None:
        """Give the page's part of the help directory, where it is one of its pages."""
        if self.area is None or self.place.kind not in _OF_THE_DIRECTORY:
            return None
        directory = self.views.directory
        assert directory is not None
        return DirectoryPage(self.plans, self.area, directory, self.place, href, self.views.feed)

    def _whole_plan(self) -> WholePlan | None:
        """Give what the page of a whole edition is made of, where it is one."""
        if self.edition is None or self.place.kind is not PageKind.WHOLE_PLAN:
            return None
        return WholePlan(self.edition, self.views.rendered, self._part_facts)

    def view(self) -> PageView:
        heading = self.heading()
        gone = self.place.kind in (PageKind.REDIRECT, PageKind.NOT_FOUND, PageKind.REMOVED)
        robots = self.robots()
        before, after = self._sections()
        title = self._title(leaving.neutral_name(self.place) if self.is_sensitive else heading)
        return PageView(
            shell=self.views.shell(self.place),
            title=title,
            heading=heading,
            lang=self.place.lang,
            caption=self._caption(),
            description=self._description(),
            robots=robots,
            canonical=None if gone else self._canonical(),
            relations=tuple(self._relations()),
            structured_data=self._structured_data(title if self.is_sensitive else heading),
            breadcrumb=tuple(self._breadcrumb()),
            notices=self._notices(),
            lead=self.lead(),
            provenance=self._provenance(),
            contents=self.whole.contents() if self.whole else self._contents(),
            whole=whole_plan.link_to(self.edition, self.href)
            if self.edition and self.page
            else None,
            parts=self.whole.parts() if self.whole else (),
            contents_heading="Contents of this guide"
            if self.place.kind is PageKind.GUIDE
            else f"Contents of this {self._kind}",
            sections_before=before,
            sections=after,
            previous=self._neighbour(-1),
            next=self._neighbour(1),
            editions_heading=self._editions_heading(),
            editions=self._editions,
            facts=() if self.whole else tuple(self._facts()),
            print_line=self._print_line(),
            sheet_line=self._sheet_line(),
            finder=self.help.finder if self.help else None,
            display=self._display(),
            search=self.finding.search if self.finding else None,
            letters=self.finding.letters if self.finding else (),
            redirect=self.href(self.place.leads_to) if self.place.leads_to else None,
            leave=leaving.leave(self.website, self.place) if self.is_sensitive else None,
        )

    # -- names

    def _provenance(self) -> str:
        if self.help:
            return self.help.provenance
        is_summary = self.edition is not None and self.edition.text == "summary"
        return SUMMARY if is_summary and (self.page or self.whole) else ""

    def lead(self) -> str:
        """Give the sentence under the heading."""
        if self.help:
            return self.help.lead
        if self.place.kind is PageKind.DISPLAY_SETTINGS:
            return display.LEAD
        if self.finding:
            return self.finding.lead
        if self.whole:
            return self.whole.lead
        if self.own:
            return self.own.lead
        return self.page.facts.summary or "" if self.page else ""

    def heading(self) -> str:
        """Give the page's only `h1`."""
        if self.page:
            return self.page.title
        if self.help:
            return self.help.heading
        if self.own:
            return self.own.heading
        match self.place.kind:
            case PageKind.PLANS:
                return f"All plans for {self.area.name if self.area else ''}"
            case PageKind.LATEST_TOPIC:
                topic = self.place.topic
                return self.plans.topic_name(topic) if topic else "The latest plan"
            case PageKind.REMOVED | PageKind.WHOLE_PLAN if self.edition:
                return self.edition.label
            case PageKind.HELP | PageKind.PORTAL_HELP:
                return "Get help today"
            case PageKind.HAVE_YOUR_SAY:
                return "Have your say"
            case PageKind.DISPLAY_SETTINGS:
                return display.HEADING
            case PageKind.NOT_FOUND:
                return "Page not found"
            case PageKind.REDIRECT:
                return "This page is at another address"
            case PageKind.SEARCH | PageKind.A_TO_Z | PageKind.SITE_MAP:
                return finding.heading(self.place.kind)
        return self.plans.portal.name

    def _caption(self) -> str:
        is_named = self.place.is_edition_front or self.whole
        if self.edition and self.area and not is_named:
            return f"{self.area.short_name} {self.edition.label}"
        return self.area.name if self.area and self.place.kind is not PageKind.AREA_FRONT else ""

    def _title(self, name: str) -> str:
        """Give the text of `<title>`: the page, the plan with its status, the area (design, section 5)."""
        if self.whole:
            name = whole_plan.TITLE
        parts = [name]
        if self.edition and self.standing:
            label = f"{self.edition.label}{self._status_mark()}"
            parts = [label] if name in (self.edition.label, "") else [name, label]
        if self.area and self.area.name != name:
            parts.append(self.area.short_name)
        if self.plans.portal.name not in parts:
            parts.append(self.plans.portal.name)
        return self._status_prefix() + " – ".join(parts)

    def _status_mark(self) -> str:
        assert self.standing is not None
        match self.standing.status:
            case Status.REPLACED:
                return " (earlier plan)"
            case Status.ARCHIVED:
                return " (archived)"
            case Status.LATEST | Status.LATEST_WITH_ADDITION if not self.standing.is_current:
                covers = self.standing.edition.covers
                said = covers is None or str(covers) in self.standing.edition.label
                return "" if said else f" (for {covers})"
        return ""

    def _status_prefix(self) -> str:
        status = self.standing.status if self.standing else None
        return (
            {Status.WITHDRAWN: "[Withdrawn] ", Status.DRAFT: "[Draft] "}.get(status, "")
            if status
            else ""
        )

    def _description(self) -> str:
        if self.is_sensitive:
            return ""  # it would say what the page is about
        if self.help:
            return self.help.lead
        if self.finding:
            return self.finding.lead
        if self.page and self.page.facts.summary:
            return self.page.facts.summary
        if self.edition and self.standing and self.area:
            return f"{self.area.name}: {self.edition.label}. {state_in_words(self.standing)}"
        return ""

    # -- for machines

    def robots(self) -> str | None:
        """Give what the page says to search engines; None where they may list it."""
        if self.help:
            return self.help.robots
        if self.finding:
            return self.finding.robots
        if self.place.kind in (PageKind.NOT_FOUND, PageKind.REMOVED):
            return "noindex"
        if self.place.kind in _ONLY_ON_THE_WAY:
            return "noindex, follow"
        repeats = "noindex, follow" if self.whole else None
        status = self.standing.status if self.standing else None
        return (
            {Status.WITHDRAWN: "noindex, follow", Status.DRAFT: "noindex"}.get(status, repeats)
            if status
            else None
        )

    def _canonical(self) -> str | None:
        return self.views.site.public(self.place.address) or self.href(self.place.address)

    def _relations(self) -> Iterator[tuple[str, str]]:
        """Give the versions before and after this page, the latest, and their list (RFC 5829)."""
        if not (self.standing and self.edition and self.page and self.area):
            return
        for ref in self.edition.replaces:
            older = self.standings.by_ref.get(ref)
            if older and older.status.is_public:
                yield "predecessor-version", self._same_topic(older.edition)
        for newer in self.standing.replaced_by:
            yield "successor-version", self._same_topic(newer)
        for last in self.standings.successors(self.edition.ref) or (
            [self.standing] if self.standing.status.is_latest else []
        ):
            yield "latest-version", self._same_topic(last.edition)
        yield "version-history", self.href(addresses.plans(self.area.id))

    def _same_topic(self, edition: Edition) -> str:
        there = notices.page_on(edition, self.page.topic if self.page else None)
        return self.href(addresses.page_of(edition, there))

    def _structured_data(self, name: str) -> str:
        if self.help:  # it names a service, and says what it is for
            return "" if self.is_sensitive else self.help.structured_data
        if not (self.edition and self.standing and self.page and self.area):
            return ""
        data: dict[str, object] = {
            "@context": ["https://schema.org", {"dcterms": "http://purl.org/dc/terms/"}],
            "@type": "Report" if self.page.is_index else "WebPage",
            "name": name,
            "inLanguage": self.place.lang or "en-GB",
            "url": self._canonical(),
            "creativeWorkStatus": _WORK_STATUS[self.standing.status],
            "temporalCoverage": self.edition.covers.iso if self.edition.covers else None,
            "datePublished": self.edition.published.iso if self.edition.published else None,
            "publisher": [
                {"@type": "Organization", "name": self.plans.organisations[each].name}
                for each in self.edition.published_by or ()
                if each in self.plans.organisations
            ],
            "dcterms:isReplacedBy": [
                {"@id": self._same_topic(newer)} for newer in self.standing.replaced_by
            ],
            "spatialCoverage": [
                {"@type": "Place", "name": place} for place in self.plans.places_of(self.edition)
            ],
        }
        kept = {key: value for key, value in data.items() if value}
        # In a script element only `</` and `<!--` could end it early.
        return json.dumps(kept, ensure_ascii=False, indent=None).replace("<", "\\u003c")

    # -- around the content

    def _breadcrumb(self) -> Iterator[Link]:
        if self.place.address == addresses.HOME or self.place.kind is PageKind.REDIRECT:
            return
        yield Link("All areas", self.href(addresses.HOME))
        if self.place.kind is PageKind.GUIDE and not (self.page and self.page.is_index):
            yield Link("Guide for editors", self.href("/guide/"))
        if self.area is None or self.place.kind is PageKind.AREA_FRONT:
            return
        yield Link(self.area.name, self.href(addresses.front(self.area.id)))
        if self.help:
            yield from self.help.breadcrumb()
        if self.place.kind is PageKind.CONSULTATION:
            yield Link(
                "Have your say", self.href(addresses.under(self.area.id, "have-your-say/index"))
            )
        if self.edition and not self.place.is_edition_front and (self.page or self.whole):
            yield Link(self.edition.label, self.href(addresses.edition(self.edition)))

    def _notices(self) -> tuple[Notice, ...]:
        if self.place.kind is PageKind.REMOVED and self.standing and self.area:
            return notices.of_removed(self.standing, self.href, addresses.plans(self.area.id))
        if self.help and self.place.service:
            return self.help.notices()
        if self.standing:
            # A whole plan is on no topic, and neither is a front page.
            return notices.of_page(self.standings, self.standing, self.page, self.href)
        if self.area and self.place.kind is not PageKind.NOT_FOUND:
            return notices.of_area(self.standings, self.area, self.href)
        return ()

    def _contents(self) -> tuple[Link, ...]:
        pages = self._pages_beside
        if len(pages) < 2:
            return ()
        return tuple(
            replace(link, is_current=address == self.place.address) for link, address in pages
        )

    @cached_property
    def _pages_beside(self) -> list[tuple[Link, str]]:
        """Give the pages in reading order that this one is part of: an edition's, or the guide's."""
        if self.edition and self.page:
            found = [(page, addresses.page_of(self.edition, page)) for page in self.edition.pages]
            return [
                (
                    Link("Overview", self.href(at))
                    if page.is_index
                    else link_to(page, self.href(at)),
                    at,
                )
                for page, at in found
            ]
        if self.place.kind is PageKind.GUIDE:
            found = [
                (page, addresses.under(PORTAL, f"guide/{page.name}")) for page in self._guide()
            ]
            return [(link_to(page, self.href(at)), at) for page, at in found]
        return []

    def _guide(self) -> list[Page]:
        """Give the guide's pages: its front page, those that this one links to in that order, the rest."""
        pages = self.plans.guide_pages
        front = next((page.body for page in pages if page.is_index), "")
        named = {page.name: front.find(f"]({page.name}.md") for page in pages}
        return sorted(
            pages, key=lambda page: (not page.is_index, named[page.name] < 0, named[page.name])
        )

    def _neighbour(self, step: int) -> Link | None:
        pages = self._pages_beside
        at = next((n for n, (_, where) in enumerate(pages) if where == self.place.address), None)
        if at is None or not 0 <= at + step < len(pages):
            return None
        return pages[at + step][0]

    def _editions_heading(self) -> str:
        if not self.standing or not self.page or not self.area:
            return ""
        topic = self.page.topic
        about = f"{self.page.title} in other plans" if topic else "Other plans"
        return about if len(self._editions) > 1 else ""

    @cached_property
    def _editions(self) -> tuple[EditionLink, ...]:
        if not (self.standing and self.page and self.area):
            return ()
        links = listings.edition_links(
            self.standings, self.area.id, self.place.address, self.page, self.href
        )
        return tuple(links) if len(links) > 1 else ()

    # -- facts

    def _facts(self) -> Iterator[Fact]:
        if self.edition and self.standing:
            yield from self._edition_facts(self.edition, self.standing)
        if self.help:
            yield from self.help.facts()
        if self.page:
            yield from self._page_facts(self.page)
        service = self.place.service
        source = service.facts.source if service else self.whole.source if self.whole else ()
        yield from self._sources("Source", source)
        if self.standing:
            about = "Source of what the notices say of bodies"
            yield from self._sources(about, self._sources_of_bodies())

    def _page_facts(self, page: Page) -> Iterator[Fact]:
        """Give what editors say about a page, on its own or as a part of the whole plan."""
        facts = page.facts
        if facts.answers:
            yield Fact("Answers this key line of enquiry", [(facts.answers,)])
        yield from self._sources("Source", facts.source)
        if facts.reviewed:
            yield Fact("Page last reviewed", [(str(facts.reviewed),)])
        if facts.review_by:
            yield Fact("Next review by", [(str(facts.review_by),)])

    def _part_facts(self, page: Page) -> Iterator[Fact]:
        """Give the same for a part of the whole plan, with what the notice of its own page leads to."""
        assert self.standing is not None
        later = notices.same_subject(self.standings, self.standing, page, self.href)
        if later:
            yield Fact("The same subject later", later)
        yield from self._page_facts(page)

    def _sources(self, term: str, ids: Sequence[str]) -> Iterator[Fact]:
        if ids:
            yield Fact(term, listings.sources(self.plans, ids))

    def _edition_facts(self, edition: Edition, standing: Standing) -> Iterator[Fact]:
        yield Fact("Status", [(state_in_words(standing),)])
        if edition.title:
            yield Fact("Title of the document", [(f"“{edition.title}”",)])
        by = listings.publisher_in_words(self.plans, edition.published_by)
        yield Fact("Published by", [(by,)])
        if edition.developed_by:
            names = self.plans.organisation_names(edition.developed_by)
            yield Fact("Developed by", [(f"{names}, as the source says",)])
        yield Fact("Published", [(listings.date_in_words(edition.published),)])
        yield Fact("Covers", [(listings.covers_in_words(edition),)])
        yield Fact("For", [(in_words(self.plans.places_of(edition)),)])
        if standing.status.is_public:
            short = addresses.short(edition)
            shown = self.views.site.public(short) or short
            yield Fact("Short address", [(Link(shown, self.href(short)),)])

    def _sources_of_bodies(self) -> Sequence[str]:
        """Name the sources of the dates of bodies that the page's notices speak of."""
        assert self.standing is not None
        bodies = notices.bodies_told(self.standings, self.standing)
        return list(dict.fromkeys(source for body in bodies for source in body.source))

    # -- for paper

    @property
    def _address(self) -> str | None:
        """The page's address as paper has it; None where it is shown at others, or leads on at once."""
        if self.place.kind in (PageKind.REDIRECT, PageKind.NOT_FOUND):
            return None
        return self.views.site.public(self.place.address) or self.place.address

    def _print_line(self) -> str:
        if self._address is None:
            return ""
        what = self.edition.label if self.edition else self.heading()
        name = self.area.name if self.area else self.plans.portal.name
        return paper.print_line(
            what if name in what else f"{name}: {what}",
            self.standing,
            self.page.facts.reviewed if self.page else None,
            self.views.shell(self.place).run_by,
            self._address,
        )

    @property
    def _kind(self) -> str:
        """What the edition is called in the headings above its pages."""
        return self.edition.kind.value if self.edition else Kind.PLAN.value

    def _sheet_line(self) -> str:
        if self._address is None:
            return ""
        name = self.area.short_name if self.area else self.plans.portal.name
        what = f"{name} {self.edition.label}" if self.edition else name
        return paper.sheet_line(what, self.standing, self._address)

    # -- generated parts

    def _sections(self) -> tuple[Sequence[Section], Sequence[Section]]:
        """Give the parts above and below the text."""
        if self.help:
            return self.help.parts()
        if self.finding:
            return (), self.finding.sections
        if self.whole:
            about = Section("about-plan", f"About this {self._kind}", facts=tuple(self._facts()))
            return [about, whole_plan.HELP], list(self._about_the_edition())
        if self.own:
            return (), self.own.sections
        match self.place.kind:
            case PageKind.PORTAL_FRONT:
                return list(listings.portal_sections(self.views.cards, self.href)), ()
            case PageKind.PORTAL_HELP:
                return [CRISIS], list(self._help_by_area())
            case PageKind.AREA_FRONT if self.area:
                return (), list(listings.front_sections(self.standings, self.area.id, self.href))
            case PageKind.HELP if self.page is None or self.page.is_index:
                directory = self.views.directory
                ways_in = front_sections(directory, self.href) if directory else ()
                return [CRISIS, *ways_in], ()
            case PageKind.PLANS if self.area:
                return (), list(listings.plans_sections(self.standings, self.area.id, self.href))
            case PageKind.HAVE_YOUR_SAY:
                return (), list(self._consultations())
            case PageKind.CONSULTATION:
                return [self._state_of_consultation()], list(self._sessions())
            case PageKind.LATEST_TOPIC:
                return (), [self._where_the_topic_is()]
            case PageKind.DISPLAY_SETTINGS:
                return (), list(display.sections())
            case PageKind.NOT_FOUND:
                return (), [self._lost()]
            case PageKind.EDITION if self.place.is_edition_front:
                return (), list(self._about_the_edition())
        return (), ()

    def _display(self) -> DisplaySettings | None:
        """Give what a reader can choose, on the page for it."""
        if self.place.kind is not PageKind.DISPLAY_SETTINGS:
            return None
        return display.settings(self.views.shell(self.place).help)

    def _help_by_area(self) -> Iterator[Section]:
        links = [
            Link(f"Help in {card.name}", self.href(card.help_address)) for card in self.views.cards
        ]
        yield Section("by-area", "Help in each area", links=_once(links))

    def _about_the_edition(self) -> Iterator[Section]:
        assert self.edition is not None
        edition = self.edition
        if edition.doubts:
            yield Section(
                "doubts", "What the source does not settle", [(doubt,) for doubt in edition.doubts]
            )
        companions = self.standing.companions if self.standing else ()
        if companions:
            yield Section(
                "goes-with-it",
                "What goes with this plan",
                links=[
                    Link(f"{each.label} ({each.kind.value})", self.href(addresses.edition(each)))
                    for each in companions
                ],
            )
        if edition.changes:
            lines: list[Phrase] = [
                (f"{change.date}: {change.note}" if change.date else change.note,)
                for change in edition.changes
            ]
            yield Section("what-changed", "What changed", lines)
        acts = [act for act in edition.history if act.date.first_day <= self.standings.today]
        if acts:
            facts = [Fact(f"{act.kind.capitalize()}, {act.date}", [(act.because,)]) for act in acts]
            yield Section("history", "What was done to this plan since", facts=facts)

    def _where_the_topic_is(self) -> Section:
        """Say where a topic is, when no one page of a latest plan can be led to."""
        assert self.area is not None
        topic = self.place.topic
        name = self.plans.topic_name(topic) if topic else "the plan"
        latest = self.standings.latest(self.area.id)
        paragraphs: list[Phrase] = []
        links: list[Link] = []
        if self.standings.has_joined(self.area) or not latest:
            paragraphs.append((f"{self.area.name} has no latest plan of its own here.",))
            links += self._in_joint_plans(topic)
        elif topic and len(latest) == 1:
            label = latest[0].edition.label
            paragraphs.append((f"The latest plan here, the {label}, has no page on this.",))
        elif len(latest) > 1:
            paragraphs.append(("There is a latest plan for each place.",))
            links += [self._topic_link(each.edition, topic) for each in latest]
        last = next(
            (
                each.edition
                for each in self.standings.shown(self.area.id)
                if topic and notices.page_on(each.edition, topic) and not each.status.is_latest
            ),
            None,
        )
        if last:
            paragraphs.append((f"“{name}” was last in ", self._topic_link(last, topic), "."))
        links.append(Link("All plans", self.href(addresses.plans(self.area.id))))
        links = [Link(each.text[:1].upper() + each.text[1:], each.href) for each in _once(links)]
        return Section("where-it-is", "Where to look", paragraphs, links=links)

    def _in_joint_plans(self, topic: str | None) -> Iterator[Link]:
        """Link to a topic in the latest plans of the areas that this area's plan has joined."""
        assert self.area is not None
        for into in self.area.plan_joined.into if self.area.plan_joined else ():
            for standing in self.standings.latest(into):
                yield self._topic_link(standing.edition, topic)

    def _topic_link(self, edition: Edition, topic: str | None) -> Link:
        there = notices.page_on(edition, topic)
        label = notices.full_label(edition, self.plans.areas[edition.area])
        text = f"“{there.title}” in {label}" if there else label
        return Link(text, self.href(addresses.page_of(edition, there)))

    def _lost(self) -> Section:
        target = self.area.id if self.area else PORTAL
        names = (addresses.SEARCH, addresses.A_TO_Z, addresses.SITE_MAP)
        links = [
            *(
                Link(finding.heading(kind), self.href(addresses.under(target, name)))
                for kind, name in zip(finding.KINDS, names, strict=True)
            ),
            Link("All areas", self.href(addresses.HOME)),
        ]
        if self.area:
            links = [
                Link(self.area.name, self.href(addresses.front(self.area.id))),
                Link("All plans", self.href(addresses.plans(self.area.id))),
                *links,
            ]
        return Section(
            "where-to-look",
            "Where to look",
            [
                ("There is no page at this address.",),
                (
                    "If you typed it, check it for mistakes. If you followed a link, it may be wrong.",
                ),
            ],
            links=links,
        )

    # -- have your say

    def _consultations(self) -> Iterator[Section]:
        assert self.area is not None
        pages = [
            page
            for page in self.plans.area_pages[self.area.id].have_your_say
            if isinstance(page.facts, ConsultationFacts)
        ]
        for state in consultations.State:
            links = [
                link_to(
                    page, self.href(addresses.under(self.area.id, f"have-your-say/{page.name}"))
                )
                for page in pages
                if consultations.state(page, self.standings.today) is state
            ]
            if links:
                yield Section(state.replace(" ", "-"), state.in_words, links=links)
            elif state is consultations.State.OPEN:
                yield Section("open", "Open", [("There is no open request for views here.",)])

    def _state_of_consultation(self) -> Section:
        """Say whether a reader can still take part, and what is known of its dates and outcome."""
        assert self.page is not None
        facts = self.page.facts
        assert isinstance(facts, ConsultationFacts)
        state = consultations.state(self.page, self.standings.today)
        closed = state is consultations.State.CLOSED
        words: list[Phrase] = []
        if closed:
            words.append(("You can no longer take part. This page is kept as a record.",))
        if facts.opened:
            verb = "opens" if state is consultations.State.AHEAD else "opened"
            words.append((f"It {verb} {notices.on(facts.opened)}.",))
        if facts.closes:
            verb = "closed" if closed else "closes"
            words.append((f"It {verb} {notices.on(facts.closes)}.",))
        else:
            words.append((self._without_closing_date(facts),))
        if facts.outcome:
            words.append((f"What came of it: {facts.outcome}",))
        elif closed:
            words.append(("We do not know what came of it.",))
        return Section("state", _STATE_OF_CONSULTATION[state], words)

    def _without_closing_date(self, facts: ConsultationFacts) -> str:
        words = "The source gives no closing date."
        if not facts.sessions:
            return words
        last = max((session.date for session in facts.sessions), key=lambda date: date.last_day)
        verb = "was" if last.has_passed(self.standings.today) else "is"
        return f"{words} The last session {verb} {notices.on(last)}."

    def _sessions(self) -> Iterator[Section]:
        assert self.page is not None
        facts = self.page.facts
        assert isinstance(facts, ConsultationFacts)
        if not facts.sessions:
            return
        rows = [
            [
                Cell([(_weekday(session.date),)]),
                Cell([(session.time,)]),
                Cell([(session.subject,)]),
                Cell([(session.venue,)]),
            ]
            for session in facts.sessions
        ]
        columns = ["Date", "Time", "Subject", "Venue"]
        yield Section(
            "sessions",
            "Sessions",
            table=Table("session-list", "Dates, times and venues", columns, rows),
        )


_ONLY_ON_THE_WAY = (PageKind.REDIRECT, PageKind.LATEST_TOPIC, PageKind.DISPLAY_SETTINGS)
"""What nobody looks for by itself: it leads on, or is the same for every area."""

_STATE_OF_CONSULTATION: Mapping[consultations.State, str] = {
    consultations.State.AHEAD: "You cannot take part yet",
    consultations.State.OPEN: "You can take part",
    consultations.State.CLOSED: "This request for views is closed",
    consultations.State.NOT_KNOWN: "We do not know whether you can still take part",
}

_OF_THE_DIRECTORY = (
    PageKind.SERVICE,
    PageKind.HELP_LIST,
    PageKind.HELP_FIND,
    PageKind.HELP_COVERAGE,
    PageKind.HELP_PRINT,
)

_WORK_STATUS: Mapping[Status, str] = {
    Status.REMOVED: "Removed",
    Status.DRAFT: "Draft",
    Status.WITHDRAWN: "Withdrawn",
    Status.ARCHIVED: "Archived",
    Status.REPLACED: "Superseded",
    Status.LATEST: "Published",
    Status.LATEST_WITH_ADDITION: "Published",
    Status.ACCOMPANIES: "Published",
}
"""What schema.org's `creativeWorkStatus` says of each status (design, section 5)."""


def _weekday(date: PartialDate) -> str:
    """Give a date with its weekday: "Monday 18 August 2025"; a month stays a month."""
    return f"{date.first_day:%A} {date}" if date.day else str(date)


def _once(links: Sequence[Link]) -> list[Link]:
    """Leave out links that lead where an earlier one leads."""
    return list({link.href: link for link in reversed(links)}.values())[::-1]
