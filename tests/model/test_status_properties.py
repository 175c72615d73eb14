"""What holds for every set of areas, editions and days, however odd."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, Phase, assume, find, given, settings
from hypothesis import strategies as st

from ltp.findings import Finding, faults
from ltp.plans.model import Area, Edition, Plans
from ltp.plans.rules import check, refers_to
from ltp.plans.status import PeriodState, PublisherState, Standing, Status, work_out

from .facts import act, area, body, edition, plans

FEW = settings(derandomize=True, max_examples=60, deadline=None)
MANY = settings(
    derandomize=True,
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)

AREAS = ("east", "north", "south", "west")
PLACES = ("Hill", "Lake", "Wood")
BODIES = (
    body("stands"),
    body("ended", until="2022-06-30"),
    body("ends", until="2026"),
    body("was-due", until="2026-04", planned="yes"),
    body("is-due", until="2028", planned="yes"),
)
DATES = st.sampled_from(
    ["unknown", "2015", "2019-04", "2021", "2021-10", "2024-02-29", "2026", "2026-11-21", "2027-03"]
)
PERIODS = st.sampled_from(
    ["unknown", "2015 to 2021", "2019", "2021", "2024 to 2025", "2025 to 2027", "2026", "2028"]
)
KINDS = st.sampled_from(["plan", "plan", "plan", "refresh", "addition", "summary", "statement"])
DAYS = st.one_of(
    st.just(datetime.date(2026, 11, 21)),
    st.dates(datetime.date(2014, 1, 1), datetime.date(2030, 12, 31)),
)
ACTS = st.builds(
    act,
    st.sampled_from(["corrected", "withdrawn", "reinstated", "archived", "removed"]),
    DATES.filter(lambda date: date != "unknown"),
)


def some(of: Iterable[str], least: int = 0, most: int = 3) -> st.SearchStrategy[list[str]]:
    choices = sorted(of)
    if not choices:
        return st.just([])
    return st.lists(st.sampled_from(choices), min_size=least, max_size=most, unique=True)


@st.composite
def areas(draw: st.DrawFn, name: str, refs: list[str]) -> Area:
    others = [each for each in AREAS if each != name]
    facts: dict[str, Any] = {
        "places": draw(some(PLACES, least=1)),
        "organisations": draw(some([each.id for each in BODIES], most=2)),
    }
    if draw(st.integers(0, 5)) == 0:
        facts["plan_joined"] = {"into": draw(some(others, least=1)), "published": draw(DATES)}
        facts["looked_after_by"] = draw(st.sampled_from(others))
    if draw(st.integers(0, 5)) == 0:
        adds_to = {"adds_to": draw(st.sampled_from(refs))} if refs else {}
        facts["elsewhere"] = [{"label": "A", "place": "Hill", "source": "archive", **adds_to}]
    return area(name, **facts)


@st.composite
def editions(draw: st.DrawFn, ref: str, others: list[str], places: tuple[str, ...]) -> Edition:
    facts: dict[str, Any] = {
        "kind": draw(KINDS),
        "covers": draw(PERIODS),
        "published": draw(DATES),
        "published_by": draw(some([each.id for each in BODIES], most=2)) or "unknown",
        "places": draw(some(places)) if draw(st.booleans()) else [],
        "replaces": draw(some(others)),
        "draft": "yes" if draw(st.integers(0, 7)) == 0 else "no",
        "history": draw(st.lists(ACTS, max_size=3)) if draw(st.integers(0, 3)) == 0 else [],
    }
    if facts["kind"] != "plan" and others:
        facts["adds_to"] = draw(st.sampled_from(others))
    return edition(ref, **facts)


@st.composite
def sets(draw: st.DrawFn) -> Plans:
    """Draw any set: plans of any areas that replace each other in any way."""
    names = AREAS[: draw(st.integers(1, len(AREAS)))]
    refs = [f"{draw(st.sampled_from(names))}/{at}" for at in range(draw(st.integers(0, 6)))]
    known = {name: draw(areas(name, refs)) for name in names}
    drawn = [draw(editions(ref, refs, known[ref.partition("/")[0]].places)) for ref in refs]
    return plans(*drawn, areas=known.values(), bodies=BODIES)


@st.composite
def tidy_sets(draw: st.DrawFn) -> Plans:
    """Draw a set as editors would state it: each plan replaces only ones that stand before it."""
    names = AREAS[: draw(st.integers(1, 2))]
    refs = [f"{draw(st.sampled_from(names))}/{at}" for at in range(draw(st.integers(1, 6)))]
    known = {
        name: area(name, places=draw(some(PLACES, least=2)), organisations=["stands"])
        for name in names
    }
    drawn = [
        edition(
            ref,
            kind=draw(st.sampled_from(["plan", "refresh"])),
            covers=draw(PERIODS),
            published=draw(st.sampled_from(["unknown", str(2018 + at)])),
            published_by=draw(st.sampled_from(["stands", "stands", "is-due", "ended", "was-due"])),
            places=draw(some(known[ref.partition("/")[0]].places)),
            replaces=list({*refs[max(at - 1, 0) : at], *draw(some(refs[:at]))}),
            draft="yes" if draw(st.integers(0, 7)) == 0 else "no",
            history=draw(st.lists(ACTS, max_size=1)) if draw(st.integers(0, 3)) == 0 else [],
        )
        for at, ref in enumerate(refs)
    ]
    return plans(*drawn, areas=known.values(), bodies=BODIES)


def told(everything: Plans, today: datetime.date, words: str) -> list[Finding]:
    return [finding for finding in check(everything, today) if words in finding.what]


def on_a_circle(everything: Plans) -> set[str]:
    """Find the editions from which `replaces` leads back, by asking where each one leads."""
    leads_to: dict[str, set[str]] = {
        ref: {*each.replaces} & everything.editions.keys()
        for ref, each in everything.editions.items()
    }
    for _ in everything.editions:
        for ref, reached in leads_to.items():
            leads_to[ref] = reached.union(*(leads_to[each] for each in reached))
    return {ref for ref, reached in leads_to.items() if ref in reached}


def with_edition(everything: Plans, changed: Edition) -> Plans:
    return replace(everything, editions={**everything.editions, changed.ref: changed})


def changed(original: Edition, **facts: Any) -> Edition:
    """Give an edition with other facts, checked as the loader checks them."""
    checked = edition(original.ref, **facts)
    return original.model_copy(update={key: getattr(checked, key) for key in facts})


def outline(standing: Standing) -> tuple[object, ...]:
    """Give what readers learn of an edition, without the order of what is listed."""
    return (
        standing.status,
        standing.period,
        standing.publisher,
        standing.is_current,
        standing.latest_for,
        sorted(each.ref for each in standing.replaced_by),
        sorted(str(each) for each in standing.additions),
        standing.ended_bodies,
        standing.act,
        standing.refresh_is_overdue,
    )


def outlines(everything: Plans, today: datetime.date) -> Mapping[str, tuple[object, ...]]:
    return {ref: outline(each) for ref, each in work_out(everything, today).by_ref.items()}


@given(st.one_of(sets(), tidy_sets()), DAYS)
@MANY
def test_no_set_of_facts_calls_a_plan_current_that_is_not_known_to_be(
    everything: Plans, today: datetime.date
) -> None:
    for standing in work_out(everything, today).by_ref.values():
        if not standing.is_current:
            continue
        its = standing.edition
        assert its.covers is not None
        assert its.covers.start.first_day <= today <= its.covers.end.last_day
        assert its.published_by
        for name in its.published_by:
            until = everything.organisations[name].until
            assert until is None or today <= until.last_day
        assert its.kind.can_be_latest
        assert not its.draft
        assert standing.period is PeriodState.RUNNING
        assert standing.publisher is PublisherState.STANDS


def test_some_set_of_facts_calls_a_plan_current() -> None:
    found = find(
        tidy_sets(),
        lambda everything: any(
            each.is_current
            for each in work_out(everything, datetime.date(2026, 11, 21)).by_ref.values()
        ),
        settings=settings(MANY, phases=[Phase.generate], max_examples=2000),
    )

    assert found.editions


@given(sets(), DAYS)
@MANY
def test_nothing_that_editors_can_state_stops_the_work(
    everything: Plans, today: datetime.date
) -> None:
    standings = work_out(everything, today)

    assert standings.by_ref.keys() == everything.editions.keys()
    for ref in everything.editions:
        assert ref not in {each.edition.ref for each in standings.successors(ref)}
    for name in everything.areas:
        assert set(standings.latest(name)) <= set(standings.shown(name))
        assert len(standings.of_area(name)) == len([*everything.editions_of(name)])
        assert name not in refers_to(everything, name)
        standings.came_before(name)
    check(everything, today)


@given(tidy_sets(), DAYS)
@MANY
def test_in_a_set_without_faults_each_place_has_at_most_one_latest_plan(
    everything: Plans, today: datetime.date
) -> None:
    assume(everything.editions and not faults(check(everything, today)))
    latest = [each for each in work_out(everything, today).by_ref.values() if each.status.is_latest]

    for place in PLACES:
        assert len([each for each in latest if place in each.latest_for]) <= 1


@given(sets(), DAYS)
@MANY
def test_two_latest_plans_of_a_place_are_a_fault_that_stops_both_areas(
    everything: Plans, today: datetime.date
) -> None:
    latest = [each for each in work_out(everything, today).by_ref.values() if each.status.is_latest]
    found = told(everything, today, "latest plans")

    for place in PLACES:
        rivals = {each.edition.ref for each in latest if place in each.latest_for}
        if len(rivals) > 1:
            stopped = {name.partition("/")[0] for name in rivals}
            assert any(
                place in each.what
                and {*each.areas} == stopped
                and all(r in each.what for r in rivals)
                for each in found
            )
    assert not found or len(latest) > 1


@given(sets(), DAYS)
@MANY
def test_every_circle_is_a_fault_that_names_every_area_on_it(
    everything: Plans, today: datetime.date
) -> None:
    circles = told(everything, today, "in a circle")
    turning = on_a_circle(everything)

    for ref in turning:
        where = everything.editions[ref].area
        assert any(ref in each.what and where in each.areas for each in circles)
    for each in circles:
        assert {*each.areas} <= {everything.editions[ref].area for ref in turning}
    assert len({each.what for each in circles}) == len(circles)


@given(tidy_sets(), DAYS)
@FEW
def test_plans_that_replace_only_older_ones_are_in_no_circle(
    everything: Plans, today: datetime.date
) -> None:
    assert told(everything, today, "in a circle") == []


@given(sets(), DAYS)
@MANY
def test_a_plan_known_to_be_older_than_what_it_replaces_is_a_fault(
    everything: Plans, today: datetime.date
) -> None:
    found = {each.what for each in told(everything, today, "is known to be older")}
    for newer in everything.editions.values():
        for older in (everything.editions[ref] for ref in newer.replaces):
            words = f"{newer.ref} is known to be older than {older.ref}, which it says it replaces"
            if newer.published and older.published:
                if newer.published.last_day < older.published.first_day:
                    assert words in found
                if older.published.last_day < newer.published.first_day:
                    assert words not in found
            elif not (newer.covers and older.covers):
                assert words not in found


@given(sets(), DAYS, st.sampled_from(AREAS))
@MANY
def test_what_is_true_of_an_area_rests_only_on_areas_that_it_refers_to(
    everything: Plans, today: datetime.date, name: str
) -> None:
    assume(name in everything.areas)
    near = {name, *refers_to(everything, name)}
    without_the_others = replace(
        everything,
        areas={each: facts for each, facts in everything.areas.items() if each in near},
        editions={ref: each for ref, each in everything.editions.items() if each.area in near},
    )

    before, after = outlines(everything, today), outlines(without_the_others, today)

    for own in everything.editions_of(name):
        assert after[own.ref] == before[own.ref]


@given(sets(), DAYS, st.randoms(use_true_random=False))
@MANY
def test_the_order_in_which_files_are_read_does_not_matter(
    everything: Plans, today: datetime.date, chance: random.Random
) -> None:
    def mixed(facts: Mapping[str, Any]) -> dict[str, Any]:
        return dict(chance.sample([*facts.items()], len(facts)))

    other = replace(
        everything,
        areas=mixed(everything.areas),
        editions=mixed(everything.editions),
        organisations=mixed(everything.organisations),
    )
    one, two = work_out(everything, today), work_out(other, today)

    assert outlines(other, today) == outlines(everything, today)
    assert sorted(check(other, today)) == sorted(check(everything, today))
    for ref in everything.editions:
        assert [each.ref for each in two[ref].replaced_by] == [
            each.ref for each in one[ref].replaced_by
        ]
        assert [each.edition.ref for each in two.successors(ref)] == [
            each.edition.ref for each in one.successors(ref)
        ]
    for name in everything.areas:
        assert [each.edition.ref for each in two.of_area(name)] == [
            each.edition.ref for each in one.of_area(name)
        ]


ORDER = (Status.REMOVED, Status.DRAFT, Status.WITHDRAWN, Status.ARCHIVED, Status.REPLACED)


@given(sets(), DAYS, st.data())
@MANY
def test_the_status_is_the_first_that_applies(
    everything: Plans, today: datetime.date, data: st.DataObject
) -> None:
    assume(everything.editions)
    ref = data.draw(st.sampled_from(sorted(everything.editions)))
    it = everything.editions[ref]
    before = work_out(everything, today)[ref].status

    def status_with(**facts: Any) -> Status:
        return work_out(with_edition(everything, changed(it, **facts)), today)[ref].status

    first = today.replace(day=1).isoformat()[:7]
    assert status_with(history=[*it.history, act("removed", first)]) is Status.REMOVED
    assert status_with(draft="yes") is min(before, Status.DRAFT, key=place_in_order)
    for kind, its in (("withdrawn", Status.WITHDRAWN), ("archived", Status.ARCHIVED)):
        now = status_with(history=[*it.history, act(kind, first)])
        stronger = ORDER[: ORDER.index(its)]
        assert now is its or (now is before and before in stronger)
    newer = edition(
        f"{it.area}/newest", kind="plan", places=[*everything.places_of(it)], replaces=ref
    )
    replaced = work_out(with_edition(everything, newer), today)[ref].status
    assert replaced is min(before, Status.REPLACED, key=place_in_order)


def place_in_order(status: Status) -> int:
    return ORDER.index(status) if status in ORDER else len(ORDER)


@given(tidy_sets(), DAYS)
@MANY
def test_a_replaced_plan_leads_on_to_plans_that_nothing_replaces(
    everything: Plans, today: datetime.date
) -> None:
    standings = work_out(everything, today)
    for ref, standing in standings.by_ref.items():
        if standing.status is not Status.REPLACED:
            continue
        ends = standings.successors(ref)
        assert ends
        for end in ends:
            assert end.replaced_by == ()
            assert end.status.is_public
            assert end.status is not Status.WITHDRAWN


@given(sets(), DAYS, DAYS)
@FEW
def test_a_period_that_has_ended_never_runs_again(
    everything: Plans, first: datetime.date, second: datetime.date
) -> None:
    earlier, later = sorted([first, second])
    for ref, standing in work_out(everything, earlier).by_ref.items():
        after = work_out(everything, later)[ref]
        if standing.period in (PeriodState.ENDED, PeriodState.UNKNOWN):
            assert after.period is standing.period
        if standing.publisher is PublisherState.ENDED:
            assert after.publisher is PublisherState.ENDED
        assert after.refresh_is_overdue >= standing.refresh_is_overdue


@given(sets(), DAYS, st.sampled_from(AREAS))
@FEW
def test_names_in_an_area_that_could_not_be_read_are_not_said_to_be_missing(
    everything: Plans, today: datetime.date, name: str
) -> None:
    assume(name in everything.areas)
    read = replace(
        everything,
        areas={each: facts for each, facts in everything.areas.items() if each != name},
        editions={ref: each for ref, each in everything.editions.items() if each.area != name},
    )
    others = set(AREAS) - everything.areas.keys()

    for finding in check(read, today, faulty_areas=[name]):
        if "there is no area" in finding.what or "there is no plan" in finding.what:
            assert any(f"“{other}" in finding.what for other in others)
