"""The notices of a page: what the status of its edition, or of its area, has to tell a reader.

At most two: context first (archived; written by an earlier body), then the stronger. Every sentence
is true for the day of the build and says no more than is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ltp.plans.dates import PartialDate
from ltp.plans.model import Act, Area, Edition, Organisation, Page, PlanElsewhere, in_words
from ltp.plans.status import PeriodState, PublisherState, Standing, Standings, Status, due_to_end
from ltp.site import addresses
from ltp.site.views import Link, Notice, Phrase

Href = Callable[[str], str]
"""Gives what a link on the page says, from the address that it leads to."""

NEWER_MAY_EXIST = "A newer plan may exist elsewhere."


def of_page(
    standings: Standings, standing: Standing, page: Page | None, href: Href
) -> tuple[Notice, ...]:
    """Give the notices of a page of an edition."""
    notices = _Notices(standings, standing, page, href)
    context = notices.archived() or notices.earlier_body()
    return tuple(notice for notice in (context, notices.status()) if notice)


def bodies_told(standings: Standings, standing: Standing) -> Sequence[Organisation]:
    """Give the bodies of whose end an edition's notices speak: their sources are named on its pages."""
    return _Notices(standings, standing, None, lambda address: address).bodies_told()


def same_subject(
    standings: Standings, standing: Standing, page: Page, href: Href
) -> Sequence[Phrase]:
    """Lead from a page of an earlier plan to its subject in each later one, as its notice does."""
    return list(_Notices(standings, standing, page, href).same_subject())


def of_area(standings: Standings, area: Area, href: Href) -> tuple[Notice, ...]:
    """Give the notice of the pages of an area whose plan has joined another's."""
    if not standings.has_joined(area):
        return ()
    paragraphs = [*_where_its_plan_went(standings, area, href), *_help_today(standings, area, href)]
    return (Notice("archived", f"{area.name} no longer has a plan of its own", paragraphs),)


def of_removed(standing: Standing, href: Href, front: str) -> tuple[Notice, ...]:
    """Give the notice of the page that stands where a removed edition was."""
    assert standing.act is not None
    where: Phrase = ("Go to ", Link("all plans", href(front)), ".")
    return (Notice("removed", "This plan has been removed", [_because(standing.act), where]),)


class _Notices:
    def __init__(
        self, standings: Standings, standing: Standing, page: Page | None, href: Href
    ) -> None:
        self.standings = standings
        self.plans = standings.plans
        self.today = standings.today
        self.standing = standing
        self.edition = standing.edition
        self.area = self.plans.areas[self.edition.area]
        self.page = page
        self.href = href

    # -- context

    def archived(self) -> Notice | None:
        """Say whose content it was, where the plan went and why, and who looks after help now."""
        if self.standing.status is not Status.ARCHIVED:
            return None
        act = self.standing.act
        paragraphs: list[Phrase] = []
        if act:
            paragraphs.append(_because(act))
        paragraphs += _where_its_plan_went(self.standings, self.area, self.href)
        helper = act.looked_after_by if act and act.looked_after_by else None
        paragraphs += _help_today(self.standings, self.area, self.href, helper)
        source = (act.content_from if act else None) or self.area.content_from
        body = self.plans.organisations.get(source or "")
        heading = f"This is archived content from {body.name}" if body else "This plan is archived"
        if body:
            paragraphs.insert(0, _ended(body, self.standings))
        return Notice("archived", heading, [each for each in paragraphs if each])

    def earlier_body(self) -> Notice | None:
        """Say that a body behind the plan has ended, or was due to."""
        ended = self.standing.ended_bodies
        if ended:
            names = in_words([body.name for body in ended])
            verb = "has ended" if len(ended) == 1 else "have ended"
            paragraphs = [_ended(body, self.standings) for body in ended]
            return Notice("earlier-body", f"{names} {verb}", paragraphs)
        if not self.standing.status.is_latest:
            return None
        due = self._due_bodies()
        if not due:
            return None
        heading = f"{in_words([body.name for body in due])} may have changed"
        if all(due_to_end(body, self.today) == "ahead" for body in due):
            heading = f"{in_words([body.name for body in due])} is due to change"
        return Notice("earlier-body", heading, [_due(body, self.standings) for body in due])

    def _due_bodies(self) -> list[Organisation]:
        return [body for body in self._bodies_today() if due_to_end(body, self.today)]

    def _bodies_today(self) -> list[Organisation]:
        """Give the bodies that stand behind a latest plan: its publishers, and the area's last body."""
        ids = dict.fromkeys([*(self.edition.published_by or ()), *self.area.organisations[-1:]])
        return [self.plans.organisations[each] for each in ids if each in self.plans.organisations]

    def bodies_told(self) -> list[Organisation]:
        """Give the bodies of whose end the context notice speaks."""
        context = self.archived() or self.earlier_body()
        if context is None:
            return []
        source = self.standing.act.content_from if self.standing.act else None
        told = [self.plans.organisations.get(source or self.area.content_from or "")]
        if context.kind != "archived":
            told = [*(self.standing.ended_bodies or self._due_bodies())]
        return [body for body in told if body]

    # -- status

    def status(self) -> Notice | None:
        """Give the stronger notice, if the status or the period asks for one."""
        match self.standing.status:
            case Status.DRAFT:
                return self._draft()
            case Status.WITHDRAWN:
                return self._withdrawn()
            case Status.REPLACED:
                return self._replaced()
            case Status.ARCHIVED if self.standing.replaced_by:
                return self._replaced()
            case Status.LATEST | Status.LATEST_WITH_ADDITION:
                return self._latest()
            case Status.ACCOMPANIES:
                return self._accompanies()
        return None

    def _draft(self) -> Notice:
        published = self.edition.published
        when = f" It is to be published {on(published)}." if published else ""
        return Notice("draft", "This is a draft", [(f"It has not been published.{when}",)])

    def _withdrawn(self) -> Notice:
        act = self.standing.act
        assert act is not None
        paragraphs: list[Phrase] = [_because(act)]
        instead = self.standings.by_ref.get(act.instead or "")
        if instead and instead.status.is_public:
            paragraphs.append(("Use ", self._link_to(instead.edition), " instead."))
        return Notice("withdrawn", f"This plan was withdrawn {on(act.date)}", paragraphs)

    @property
    def _later(self) -> Sequence[Standing]:
        return self.standings.successors(self.edition.ref) or [
            self.standings[edition.ref] for edition in self.standing.replaced_by
        ]

    def same_subject(self) -> Iterator[Phrase]:
        """Name the page on this topic in each later plan; nothing where the plan is no earlier one."""
        if self.standing.status not in (Status.REPLACED, Status.ARCHIVED):
            return
        for successor in self._later:
            there = page_on(successor.edition, self.page.topic if self.page else None)
            if there:
                address = addresses.page_of(successor.edition, there)
                yield (
                    Link(there.title, self.href(address), lang=there.facts.language),
                    f", in {full_label(successor.edition, self.plans.areas[successor.edition.area])}",
                )

    def _replaced(self) -> Notice:
        later = self._later
        paragraphs: list[Phrase] = []
        for successor in later:
            paragraphs += self._leads_on(successor)
        paragraphs += self._between(later)
        return Notice("replaced", "This is an earlier plan", paragraphs)

    def _leads_on(self, successor: Standing) -> Iterator[Phrase]:
        """Name a later plan, whether its time has passed too, and this topic in it."""
        if successor.status is Status.ARCHIVED:
            yield ("A later plan is ", self._link_to(successor.edition), ", which is archived too.")
        else:
            yield ("The latest plan here is ", self._link_to(successor.edition), ".")
        if successor.period is PeriodState.ENDED:
            yield (f"{successor.edition.written_for}: that plan’s time has passed too.",)
        topic = self.page.topic if self.page else None
        there = page_on(successor.edition, topic)
        if there:
            address = addresses.page_of(successor.edition, there)
            yield (
                "The same subject there: ",
                Link(there.title, self.href(address), lang=there.facts.language),
                ".",
            )
        elif topic:
            yield (f"It has no page on {_lower_first(self.plans.topic_name(topic))}.",)

    def _between(self, later: Sequence[Standing]) -> Iterator[Phrase]:
        """Say which years between this plan and the latest no plan here is for."""
        own = self.edition.covers
        starts = [each.edition.covers.start.year for each in later if each.edition.covers]
        if not own or not starts:
            return
        last, first = own.end.year, min(starts)
        for start, end in [*self._periods_before(first, later), (first, first)]:
            if start > last + 1:
                yield (f"We hold no plan for the time between {last} and {start}.",)
            last = max(last, end)

    def _periods_before(self, year: int, later: Sequence[Standing]) -> list[tuple[int, int]]:
        """Give the years of the plans held here that began before a year, the earliest first."""
        areas = {self.edition.area, *(each.edition.area for each in later)}
        periods = [
            each.edition.covers
            for area in areas
            for each in self.standings.shown(area)
            if each.edition.covers and each.edition.kind.can_be_latest
        ]
        return sorted(
            (each.start.year, each.end.year) for each in periods if each.start.year < year
        )

    def _latest(self) -> Notice | None:
        """Say why the latest plan here can't be called current, and what goes with it."""
        reasons = list(self._why_not_current())
        if not self.standing.is_current:
            reasons.append(NEWER_MAY_EXIST)
        paragraphs: list[Phrase] = [(" ".join(reasons),)] if reasons else []
        paragraphs += [*self._additions(), *self._not_replaced_everywhere()]
        return Notice("latest", "The latest plan on this site", paragraphs) if paragraphs else None

    def _why_not_current(self) -> Iterator[str]:
        """Give each reason why it can't be called current."""
        standing, covers = self.standing, self.edition.covers
        match standing.period:
            case PeriodState.ENDED:
                yield f"{self.edition.written_for}, and that period has ended."
            case PeriodState.UNKNOWN:
                yield ("We do not know which years it was written for.")
            case PeriodState.NOT_STARTED:
                yield (f"It is for {covers}, which has not begun.")
            case PeriodState.RUNNING if standing.publisher is PublisherState.ENDED:
                yield ("The body that published it has ended.")
            case PeriodState.RUNNING if standing.publisher is PublisherState.UNKNOWN:
                yield ("We do not know whether the body that published it still exists.")
        if standing.period is PeriodState.RUNNING and standing.refresh_is_overdue:
            yield (
                f"It was published {on(self.edition.published)}. Areas are asked to refresh their plan "
                "every year, and no refresh is here."
            )

    def _additions(self) -> Iterator[Phrase]:
        for addition in self.standing.additions:
            when = f" {on(addition.published)}" if addition.published else ""
            if isinstance(addition, PlanElsewhere):
                plans = Link("what is known of it", self.href(addresses.plans(self.area.id)))
                yield (
                    f"An addition to it was published{when}. It is not held here: see ",
                    plans,
                    ".",
                )
            else:
                yield (f"An addition to it was published{when}: ", self._link_to(addition), ".")

    def _not_replaced_everywhere(self) -> Iterator[Phrase]:
        if self.standing.replaced_by:
            places = in_words(self.standing.latest_for)
            later = self.standing.replaced_by[0]
            yield (
                f"It is still the latest here for {places}. Elsewhere there is ",
                self._link_to(later),
                ".",
            )

    def _accompanies(self) -> Notice | None:
        plan = self.standings.by_ref.get(self.edition.adds_to or "")
        if plan is None or not plan.status.is_public:
            return None
        return Notice(
            "latest",
            "This goes with a plan",
            [("Read it together with ", self._link_to(plan.edition), ".")],
        )

    def _link_to(self, edition: Edition) -> Link:
        return Link(
            full_label(edition, self.plans.areas[edition.area]),
            self.href(addresses.edition(edition)),
        )


def page_on(edition: Edition, topic: str | None) -> Page | None:
    """Give an edition's page on a topic, or the page that carries that topic on."""
    return edition.page_on(topic) or next(
        (page for page in edition.pages if topic and topic in page.facts.continues), None
    )


def full_label(edition: Edition, area: Area) -> str:
    """Name a plan so that it stands alone: "the Kent and Medway 2021 plan"."""
    return f"the {area.short_name} {edition.label}"


def _where_its_plan_went(standings: Standings, area: Area, href: Href) -> Iterator[Phrase]:
    if not standings.has_joined(area):
        return
    joined = area.plan_joined
    assert joined is not None
    others = [standings.plans.areas[each] for each in joined.into if each in standings.plans.areas]
    links: list[str | Link] = []
    for at, other in enumerate(others):
        links += [
            " and " if at else "",
            Link(f"{other.name}’s plan", href(addresses.front(other.id))),
        ]
    when = f", published {on(joined.published)}" if joined.published else ""
    yield (f"{area.name}’s plan is now part of ", *links, f"{when}.")
    if joined.reasons:
        yield (f"The reasons given are {in_words(joined.reasons)}.",)


def _help_today(
    standings: Standings, area: Area, href: Href, named: str | None = None
) -> Iterator[Phrase]:
    helper = standings.plans.areas.get(named or area.looked_after_by or "")
    if helper and helper.id != area.id:
        link = Link(f"help in {helper.name}", href(addresses.under(helper.id, "help/index")))
        yield (f"On this site, {helper.name} looks after help for {area.name} today: ", link, ".")


def _ended(body: Organisation, standings: Standings) -> Phrase:
    """Say that a body ended and what followed, or nothing where it hasn't."""
    if not body.until or body.planned or not body.until.has_passed(standings.today):
        return ()
    successor = standings.plans.organisations.get(body.succeeded_by or "")
    followed = f" {successor.name} followed it." if successor else ""
    return (f"{body.name} ended {on(body.until)}.{followed}",)


def _due(body: Organisation, standings: Standings) -> Phrase:
    """Say that a body was due to end, and that nobody has confirmed it."""
    assert body.until is not None
    becomes = f"become {body.becomes}" if body.becomes else "end"
    if due_to_end(body, standings.today) == "ahead":
        return (f"{body.name} is due to {becomes} {on(body.until)}.",)
    return (
        f"{body.name} was due to {becomes} {on(body.until)}. "
        "We have found no page that says it happened.",
    )


def _because(act: Act) -> Phrase:
    return (act.because if act.because.endswith((".", "?", "!")) else f"{act.because}.",)


def on(date: PartialDate | None) -> str:
    """Give a date with its preposition: "on 30 June 2022", "in June 2022", "in 2022"."""
    return f"on {date}" if date and date.day else f"in {date}"


def _lower_first(text: str) -> str:
    """Give a name as it stands inside a sentence; acronyms keep their capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
