"""Lists of plans for readers: on a front door, on the page of all plans, beside every page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ltp.plans.dates import PartialDate
from ltp.plans.model import Edition, Page, PlanElsewhere, Plans, Source, in_words
from ltp.plans.status import PeriodState, Standing, Standings, Status
from ltp.site import addresses
from ltp.site.cards import AreaCard, state_in_words
from ltp.site.notices import Href, page_on
from ltp.site.views import Card, Cell, EditionLink, Fact, Link, Phrase, Section, Table

NOT_KNOWN = "Not known"

_TAGS = {
    Status.REMOVED: ("Removed", "withdrawn"),
    Status.DRAFT: ("Draft", "draft"),
    Status.WITHDRAWN: ("Withdrawn", "withdrawn"),
    Status.ARCHIVED: ("Archived", "archived"),
    Status.REPLACED: ("Earlier", "replaced"),
}


def tag(standing: Standing) -> tuple[str, str]:
    """Give a status in a word or two, and its class."""
    if standing.status in _TAGS:
        return _TAGS[standing.status]
    if standing.status is Status.ACCOMPANIES:
        return standing.edition.kind.value.capitalize(), "replaced"
    if standing.is_current:
        return "Current", "latest"
    if standing.period is PeriodState.ENDED:
        return "Latest here, period ended", "latest"
    return "Latest here", "latest"


def date_in_words(date: PartialDate | None) -> str:
    """Give a date, or say that it is not known."""
    return str(date) if date else NOT_KNOWN


def publisher_in_words(plans: Plans, ids: Sequence[str] | None) -> str:
    """Name who published a plan, or say that it is not known."""
    return plans.organisation_names(ids) if ids else NOT_KNOWN


def covers_in_words(edition: Edition) -> str:
    """Give the time that a plan is for, or say that it is not known."""
    return str(edition.covers) if edition.covers else NOT_KNOWN


def sources(plans: Plans, ids: Sequence[str]) -> list[Phrase]:
    """Name sources, with links where their addresses are known."""
    return [_source(plans.sources[each]) for each in ids if each in plans.sources]


def _source(source: Source) -> Phrase:
    publisher = "" if source.publisher.lower() == "unknown" else f", {source.publisher}"
    if source.address:
        return (Link(f"{source.title}{publisher}", source.address),)
    return (f"{source.title}{publisher}",)


def edition_links(
    standings: Standings, area: str, here: str, page: Page | None, href: Href
) -> list[EditionLink]:
    """List an area's editions, and other areas' before and after them, by links that stay on the topic."""
    topic = page.topic if page else None
    links = [_edition_link(standing, topic, here, href, "") for standing in standings.shown(area)]
    for standing in [*standings.came_before(area), *standings.came_after(area)]:
        name = standings.plans.areas[standing.edition.area].short_name
        if standing.status.is_public:
            links.append(_edition_link(standing, topic, here, href, f"{name}: "))
    return links


def _edition_link(
    standing: Standing, topic: str | None, here: str, href: Href, prefix: str
) -> EditionLink:
    edition = standing.edition
    there = page_on(edition, topic)
    address = addresses.page_of(edition, there)
    is_current = here.startswith(addresses.edition(edition))
    words, kind = tag(standing)
    return EditionLink(
        text=prefix + edition.label,
        href=href(here if is_current else address),
        tag=words,
        tag_kind=kind,
        note="No page on this topic" if topic and not there and not is_current else "",
        is_current=is_current,
    )


def plan_card(standings: Standings, standing: Standing, href: Href, prefix: str = "") -> Card:
    """Make the card of one edition."""
    edition = standing.edition
    words, kind = tag(standing)
    facts = [
        Fact("Covers", [(covers_in_words(edition),)]),
        Fact("Published", [(date_in_words(edition.published),)]),
        Fact("Published by", [(publisher_in_words(standings.plans, edition.published_by),)]),
    ]
    return Card(
        heading=Link(prefix + edition.label, href(addresses.edition(edition))),
        description=(state_in_words(standing),),
        tag=words,
        tag_kind=kind,
        facts=facts,
    )


def front_sections(standings: Standings, area: str, href: Href) -> Iterator[Section]:
    """Give the generated parts of an area's front door: help, plans, what came before, have your say."""
    plans = standings.plans
    own = plans.areas[area]
    helper = plans.areas[plans.help_area[area]]
    help_page = Link(
        f"Get help today in {helper.name}", href(addresses.under(helper.id, "help/index"))
    )
    yield Section(
        "help", "Get help", [("You can get help now, whatever the plan says.",)], links=[help_page]
    )
    latest = standings.latest(area)
    if latest:
        heading = "Latest plan" if len(latest) == 1 else "Latest plans"
        yield Section(
            "latest-plan", heading, cards=[plan_card(standings, each, href) for each in latest]
        )
    earlier = [each for each in standings.shown(area) if not each.status.is_latest]
    if earlier:
        heading = "Archived plans" if standings.has_joined(own) else "Earlier plans"
        yield Section(
            "earlier-plans", heading, cards=[plan_card(standings, each, href) for each in earlier]
        )
    before = [each for each in standings.came_before(area) if each.status.is_public]
    if before:
        names = in_words(sorted({plans.areas[each.edition.area].name for each in before}))
        cards = [
            plan_card(standings, each, href, f"{plans.areas[each.edition.area].short_name}: ")
            for each in before
        ]
        yield Section(
            "came-before",
            "Plans that came before from other areas",
            [(f"The plan of {names} became part of the plan here.",)],
            cards=cards,
        )
    if plans.area_pages[area].have_your_say:
        say = Link("Requests for views", href(addresses.under(area, "have-your-say/index")))
        yield Section("have-your-say", "Have your say", links=[say])
    yield Section(
        "all-plans",
        "All plans",
        links=[Link("All plans, with dates and publishers", href(addresses.plans(area)))],
    )


def plans_sections(standings: Standings, area: str, href: Href) -> Iterator[Section]:
    """Give the parts of the page of all plans: a table, what is held elsewhere, the gaps, the data."""
    plans = standings.plans
    shown = standings.shown(area)
    name = plans.areas[area].name
    table = Table(
        "plans-held",
        f"Plans for {name} on this site",
        ["Plan", "Status", "Covers", "Published", "Published by", "Formats"],
        [_plan_row(standings, each, href) for each in shown],
    )
    none: list[Phrase] = [] if shown else [(f"We hold no plan for {name}.",)]
    yield Section("held-here", "Plans on this site", none, table=table if shown else None)
    elsewhere = plans.areas[area].elsewhere
    if elsewhere:
        yield Section(
            "held-elsewhere",
            "Plans that we know of and do not hold",
            table=Table(
                "plans-elsewhere",
                f"Plans for {name} that are not on this site",
                ["Plan", "Place", "Published", "Published by", "What we know", "Source"],
                [_elsewhere_row(plans, each) for each in elsewhere],
            ),
        )
    gaps = gaps_between(standings, area)
    if gaps:
        yield Section(
            "gaps",
            "Gaps",
            [(f"We hold no plan for the time between {a} and {b}.",) for a, b in gaps],
        )
    before = [each for each in standings.came_before(area) if each.status.is_public]
    if before:
        yield Section(
            "came-before",
            "Plans that came before from other areas",
            table=Table(
                "plans-before",
                "Plans of other areas that a plan here replaced",
                ["Plan", "Status", "Covers", "Published", "Published by", "Formats"],
                [_plan_row(standings, each, href, with_area=True) for each in before],
            ),
        )
    changes = [_changes(standing) for standing in shown if standing.edition.changes]
    if changes:
        yield Section("what-changed", "What changed", facts=changes)
    yield Section(
        "data",
        "This list as data",
        links=[
            Link("All plans as a spreadsheet (CSV)", href(addresses.plans(area) + "plans.csv")),
            Link("All plans as JSON", href(addresses.plans(area) + "plans.json")),
        ],
    )


def gaps_between(standings: Standings, area: str) -> list[tuple[int, int]]:
    """Give the years that lie between plans held here, as (last year of one, first of the next)."""
    periods = sorted(
        (standing.edition.covers.start.year, standing.edition.covers.end.year)
        for standing in standings.shown(area)
        if standing.edition.covers and standing.edition.kind.can_be_latest
    )
    gaps, last = [], None
    for start, end in periods:
        if last is not None and start > last + 1:
            gaps.append((last, start))
        last = max(end, last or end)
    return gaps


def _plan_row(
    standings: Standings, standing: Standing, href: Href, *, with_area: bool = False
) -> list[Cell]:
    plans, edition = standings.plans, standing.edition
    prefix = f"{plans.areas[edition.area].short_name}: " if with_area else ""
    words, kind = tag(standing)
    by: list[Phrase] = [(publisher_in_words(plans, edition.published_by),)]
    if edition.developed_by:
        by.append(
            (f"Developed by {plans.organisation_names(edition.developed_by)}, as the source says",)
        )
    text = "Web page, our summary" if edition.text == "summary" else "Web page"
    return [
        Cell([(Link(prefix + edition.label, href(addresses.edition(edition))),)]),
        Cell([(words,)], kind),
        Cell([(covers_in_words(edition),)]),
        Cell([(date_in_words(edition.published),)]),
        Cell(by),
        Cell([(text,)]),
    ]


def _elsewhere_row(plans: Plans, plan: PlanElsewhere) -> list[Cell]:
    held = "Not held here" if plan.held == "not here" else plan.held
    known: list[Phrase] = [(held,)]
    if plan.note:
        known.append((plan.note,))
    return [
        Cell([(plan.label,)]),
        Cell([(plan.place,)]),
        Cell([(date_in_words(plan.published),)]),
        Cell([(publisher_in_words(plans, plan.published_by),)]),
        Cell(known),
        Cell(sources(plans, plan.source)),
    ]


def _changes(standing: Standing) -> Fact:
    lines: list[Phrase] = [
        (f"{change.date}: {change.note}" if change.date else change.note,)
        for change in standing.edition.changes
    ]
    return Fact(standing.edition.label, lines)


def portal_sections(cards: Sequence[AreaCard], href: Href) -> Iterator[Section]:
    """Give the parts of the portal's front page: areas by place, live ones first, then archived."""
    live = [card for card in cards if not card.is_archived]
    archived = [card for card in cards if card.is_archived]
    if live:
        yield Section("areas", "Areas", cards=[_live_card(card, href) for card in live])
    if archived:
        yield Section(
            "archived-areas",
            "Archived areas",
            cards=[_archived_card(card, href) for card in archived],
        )
    yield Section(
        "places",
        "Find your area by place",
        facts=[
            _place(place, cards, href) for place in sorted({p for c in cards for p in c.places})
        ],
    )


def _live_card(card: AreaCard, href: Href) -> Card:
    facts = [
        Fact("Latest plan", [(Link(each.label, href(each.address)), f". {each.state}")])
        for each in card.latest
    ]
    facts.append(
        Fact("Help today", [(Link(f"Help in {card.short_name}", href(card.help_address)),)])
    )
    return Card(
        heading=Link(card.name, href(addresses.front(card.id))),
        description=(in_list(card.places),),
        facts=facts,
    )


def _archived_card(card: AreaCard, href: Href) -> Card:
    links: list[str | Link] = []
    for at, (name, address) in enumerate(card.joined):
        links += [" and " if at else "", Link(f"{name}’s plan", href(address))]
    return Card(
        heading=Link(card.name, href(addresses.front(card.id))),
        description=(in_list(card.places),),
        tag="Archived",
        tag_kind="archived",
        facts=[Fact("Where its plan went", [("Its plan is now part of ", *links, ".")])],
    )


def _place(place: str, cards: Sequence[AreaCard], href: Href) -> Fact:
    """Lead from a place to its areas, the live one first."""
    areas = sorted((card for card in cards if place in card.places), key=lambda c: c.is_archived)
    return Fact(
        place,
        [
            (
                Link(card.name, href(addresses.front(card.id))),
                " (archived)" if card.is_archived else "",
            )
            for card in areas
        ],
    )


def in_list(items: Sequence[str]) -> str:
    """Join names with commas: "Bedford, Central Bedfordshire, Luton, Milton Keynes"."""
    return ", ".join(items)
