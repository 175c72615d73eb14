"""The status table of the design, and the first editions worked by hand for 21 November 2026."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

import pytest

from ltp.plans.dates import PartialDate
from ltp.plans.model import Plans
from ltp.plans.status import (
    PeriodState,
    PublisherState,
    Standing,
    Standings,
    Status,
    a_year_after,
    due_to_end,
    work_out,
)

from .facts import TODAY, act, area, body, day, edition, plans


def standing(everything: Plans, ref: str, today: str = "2026-11-21") -> Standing:
    return work_out(everything, day(today))[ref]


def alone(today: str = "2026-11-21", **facts: Any) -> Standing:
    """Work out an edition that nothing else is said of."""
    return standing(plans(edition("kent/2026", **facts)), "kent/2026", today)


def refs(standings: Sequence[Standing]) -> list[str]:
    return [each.edition.ref for each in standings]


class TestTheFirstEditions:
    """What a reader should learn of each (design, section 5)."""

    @pytest.fixture
    def today(self) -> Standings:
        return work_out(FIRST, TODAY)

    def test_blmk_2021_is_an_earlier_plan_by_a_body_that_has_ended(self, today: Standings) -> None:
        it = today["blmk/2021-22"]

        assert it.status is Status.REPLACED
        assert [each.ref for each in it.replaced_by] == ["blmk/2024-25"]
        assert [each.id for each in it.ended_bodies] == ["blmk-ccg"]
        assert it.publisher is PublisherState.ENDED
        assert it.period is PeriodState.ENDED
        assert refs(today.successors("blmk/2021-22")) == ["blmk/2024-25"]

    def test_blmk_2024_is_the_latest_here_and_its_time_has_passed(self, today: Standings) -> None:
        it = today["blmk/2024-25"]

        assert it.status is Status.LATEST
        assert it.period is PeriodState.ENDED
        assert it.publisher is PublisherState.UNKNOWN  # its board was due to join another
        assert not it.is_current
        assert it.ended_bodies == ()
        assert it.latest_for == ("Bedford", "Central Bedfordshire", "Luton", "Milton Keynes")

    def test_kent_2019_was_kents_and_the_joint_plan_came_later(self, today: Standings) -> None:
        it = today["kent-and-medway/2019"]

        assert it.status is Status.REPLACED
        assert it.latest_for == ()
        assert [each.ref for each in it.replaced_by] == ["kent-and-medway/2021"]
        assert [each.id for each in it.ended_bodies] == ["kent-and-medway-ccg"]
        assert refs(today.successors("kent-and-medway/2019")) == ["kent-and-medway/2021"]

    def test_kent_and_medway_2021_is_the_latest_with_an_addition(self, today: Standings) -> None:
        it = today["kent-and-medway/2021"]

        assert it.status is Status.LATEST_WITH_ADDITION
        assert [each.label for each in it.additions] == ["Addition to the 2021 plan"]
        assert it.period is PeriodState.ENDED
        assert it.publisher is PublisherState.ENDED
        assert it.refresh_is_overdue
        assert not it.is_current
        assert refs(today.came_before("kent-and-medway")) == ["medway/2015-21"]

    def test_medways_plan_is_archived_and_has_joined_another(self, today: Standings) -> None:
        it = today["medway/2015-21"]

        assert it.status is Status.ARCHIVED
        assert today.has_joined(FIRST.areas["medway"])
        assert it.act is None  # declared once, in the area's own file
        assert refs(today.successors("medway/2015-21")) == ["kent-and-medway/2021"]
        assert FIRST.help_area["medway"] == "kent-and-medway"
        assert today.latest("medway") == []

    def test_nothing_in_england_is_called_current(self, today: Standings) -> None:
        assert not any(each.is_current for each in today.by_ref.values())

    def test_the_latest_stands_first_and_then_the_newest(self, today: Standings) -> None:
        assert refs(today.of_area("blmk")) == ["blmk/2024-25", "blmk/2021-22"]
        assert refs(today.latest("kent-and-medway")) == ["kent-and-medway/2021"]


FIRST = plans(
    edition("blmk/2021-22", kind="refresh", covers="2021 to 2022", published_by="blmk-ccg"),
    edition(
        "blmk/2024-25", covers="2024 to 2025", published_by="blmk-ics", replaces="blmk/2021-22"
    ),
    edition(
        "kent-and-medway/2019",
        places="Kent",
        covers="2019",
        developed_by=["kent-and-medway-ccg", "kent-county-council"],
    ),
    edition(
        "kent-and-medway/2021",
        covers="2021",
        published="2021-10",
        published_by="kent-and-medway-ccg",
        replaces=["kent-and-medway/2019", "medway/2015-21"],
    ),
    edition("medway/2015-21", covers="2015 to 2021"),
    areas=[
        area(
            "blmk",
            places=["Bedford", "Central Bedfordshire", "Luton", "Milton Keynes"],
            organisations=["blmk-ccg", "blmk-ics", "blmk-icb"],
        ),
        area(
            "kent-and-medway",
            places=["Kent", "Medway"],
            organisations=["kent-and-medway-ccg", "kent-and-medway-icb"],
            elsewhere=[
                {
                    "label": "Addition to the 2021 plan",
                    "place": "Kent and Medway",
                    "kind": "addition",
                    "published": "2022",
                    "adds_to": "kent-and-medway/2021",
                    "source": "archive",
                }
            ],
        ),
        area(
            "medway",
            places=["Medway"],
            plan_joined={"into": "kent-and-medway", "published": "2021-10"},
            content_from="kent-and-medway-ccg",
            looked_after_by="kent-and-medway",
        ),
    ],
    bodies=[
        body("blmk-ccg", **{"from": "2021-04"}, until="2022-06-30"),
        body("blmk-ics"),
        body("blmk-icb", until="2026-04", planned="yes", becomes="part of a larger board"),
        body("kent-and-medway-ccg", **{"from": "2020-04"}, until="2022-06-30"),
        body("kent-and-medway-icb", **{"from": "2022-07-01"}),
        body("kent-county-council"),
    ],
)


class TestPeriod:
    @pytest.mark.parametrize(
        ("today", "state"),
        [
            ("2024-03-31", PeriodState.NOT_STARTED),
            ("2024-04-01", PeriodState.RUNNING),
            ("2025-03-31", PeriodState.RUNNING),
            ("2025-04-01", PeriodState.ENDED),
        ],
    )
    def test_it_runs_from_its_first_day_to_its_last(self, today: str, state: PeriodState) -> None:
        assert alone(today, covers="2024-04 to 2025-03").period is state

    @pytest.mark.parametrize("today", ["1900-01-01", "2026-11-21", "2199-12-31"])
    def test_a_period_that_is_not_known_stays_so_on_every_day(self, today: str) -> None:
        it = alone(today, covers="unknown")

        assert it.period is PeriodState.UNKNOWN
        assert not it.is_current


class TestCurrent:
    """A plan is current only when all that it takes is known."""

    def current(self, today: str = "2026-11-21", **facts: Any) -> bool:
        own = {"covers": "2026", "published": "2026-02", "published_by": "nhs-kent", **facts}
        everything = plans(
            edition("kent/2026", **own),
            bodies=[
                body("nhs-kent", **{"from": "2022"}),
                body("council", until="2026-06"),
                body("leaving", until="2026-06", planned="yes"),
                body("staying", until="2027-06", planned="yes"),
                body("this-month", until="2026-11"),
            ],
        )
        return standing(everything, "kent/2026", today).is_current

    def test_it_is_while_its_period_runs_and_its_publisher_stands(self) -> None:
        assert self.current()

    def test_it_is_not_before_its_period_starts(self) -> None:
        assert not self.current(covers="2027")

    def test_it_is_not_after_its_period(self) -> None:
        assert self.current("2026-12-31")
        assert not self.current("2027-01-01")

    def test_it_is_not_when_its_publisher_is_not_known(self) -> None:
        assert not self.current(published_by="unknown")

    def test_it_is_not_when_one_of_its_publishers_has_ended(self) -> None:
        assert not self.current(published_by=["nhs-kent", "council"])

    def test_it_is_not_when_its_publisher_was_due_to_end(self) -> None:
        assert not self.current(published_by="leaving")

    def test_it_is_while_its_publishers_end_lies_ahead(self) -> None:
        assert self.current(published_by="staying")

    def test_it_is_while_the_month_of_its_publishers_end_lasts(self) -> None:
        assert self.current("2026-11-30", published_by="this-month")
        assert not self.current("2026-12-01", published_by="this-month")

    def test_it_is_not_when_a_refresh_is_overdue(self) -> None:
        own = {"covers": "2025 to 2027", "published": "2025-11"}

        assert self.current("2026-11-30", **own)
        assert not self.current("2026-12-01", **own)

    def test_it_is_not_when_withdrawn(self) -> None:
        assert not self.current(history=[act("withdrawn", "2026-10")])

    def test_it_is_not_an_addition(self) -> None:
        assert not self.current(kind="addition")


class TestPublisher:
    def state(self, today: str, last_body: str) -> PublisherState:
        everything = plans(
            edition("kent/2026", published_by="partnership"),
            areas=[area("kent", organisations=["gone", last_body])],
            bodies=[
                body("partnership"),
                body("gone", until="2020"),
                body("board"),
                body("due", until="2026-04", planned="yes"),
            ],
        )
        return standing(everything, "kent/2026", today).publisher

    def test_a_body_without_an_end_stands(self) -> None:
        assert self.state("2026-11-21", "board") is PublisherState.STANDS

    def test_the_planned_end_of_the_areas_present_body_leaves_it_not_known(self) -> None:
        assert self.state("2026-03-31", "due") is PublisherState.STANDS
        assert self.state("2026-04-01", "due") is PublisherState.UNKNOWN

    def test_a_planned_end_is_never_told_as_done(self) -> None:
        everything = plans(
            edition("kent/2026", published_by="due"),
            bodies=[body("due", until="2020", planned="yes")],
        )

        assert standing(everything, "kent/2026").ended_bodies == ()
        assert standing(everything, "kent/2026").publisher is PublisherState.UNKNOWN

    @pytest.mark.parametrize(
        ("today", "due"), [("2026-03-31", "ahead"), ("2026-04-01", "past"), ("2027-01-01", "past")]
    )
    def test_a_planned_end_lies_ahead_until_its_first_day(self, today: str, due: str) -> None:
        assert due_to_end(body("due", until="2026-04", planned="yes"), day(today)) == due

    def test_an_end_that_is_not_planned_is_not_due(self) -> None:
        assert due_to_end(body("gone", until="2020"), TODAY) == ""

    def test_bodies_that_wrote_it_count_among_those_that_have_ended(self) -> None:
        everything = plans(
            edition("kent/2019", published_by="unknown", developed_by=["ccg", "council"]),
            bodies=[body("ccg", until="2022-06-30"), body("council")],
        )

        assert [each.id for each in standing(everything, "kent/2019").ended_bodies] == ["ccg"]
        assert standing(everything, "kent/2019", "2022-06-30").ended_bodies == ()


class TestPublication:
    def test_a_draft_is_a_draft(self) -> None:
        assert alone(draft="yes").status is Status.DRAFT
        assert not Status.DRAFT.is_public

    def test_a_plan_whose_day_of_publication_lies_ahead_is_a_draft(self) -> None:
        assert alone("2026-11-20", published="2026-11-21").status is Status.DRAFT
        assert alone("2026-11-21", published="2026-11-21").status is Status.LATEST

    def test_a_plan_of_this_month_or_year_is_published(self) -> None:
        assert alone(published="2026-11").status is Status.LATEST
        assert alone(published="2026").status is Status.LATEST
        assert alone(published="2026-12").status is Status.DRAFT

    def test_a_draft_replaces_nothing_and_adds_nothing(self) -> None:
        everything = plans(
            edition("kent/2025"),
            edition("kent/2026", replaces="kent/2025", draft="yes"),
            edition("kent/more", kind="addition", adds_to="kent/2025", published="2027"),
        )

        assert standing(everything, "kent/2025").status is Status.LATEST
        assert standing(everything, "kent/2025").replaced_by == ()
        assert refs(work_out(everything, TODAY).shown("kent")) == ["kent/2025"]

    def test_a_plan_replaces_from_its_first_day(self) -> None:
        everything = plans(
            edition("kent/2025"), edition("kent/2026", replaces="kent/2025", published="2026-11-21")
        )

        assert standing(everything, "kent/2025", "2026-11-20").status is Status.LATEST
        assert standing(everything, "kent/2025", "2026-11-21").status is Status.REPLACED


class TestHistory:
    def test_a_withdrawn_plan_is_withdrawn_from_the_day(self) -> None:
        history = [act("withdrawn", "2026-11-21", instead="kent/2025")]

        assert alone("2026-11-20", history=history).status is Status.LATEST
        it = alone("2026-11-21", history=history)
        assert it.status is Status.WITHDRAWN
        assert it.act is not None
        assert it.act.instead == "kent/2025"

    def test_a_reinstated_plan_is_what_it_was(self) -> None:
        history = [act("withdrawn", "2026-05"), act("reinstated", "2026-06-15")]

        assert alone("2026-06-14", history=history).status is Status.WITHDRAWN
        it = alone("2026-06-15", history=history)
        assert it.status is Status.LATEST
        assert it.act is None

    def test_the_order_of_the_file_is_that_of_the_acts_where_a_date_is_coarse(self) -> None:
        history = [act("withdrawn", "2026-03-05"), act("reinstated", "2026")]

        assert alone(history=history).status is Status.LATEST

    def test_a_plan_withdrawn_again_is_withdrawn(self) -> None:
        history = [
            act("withdrawn", "2024"),
            act("reinstated", "2025"),
            act("corrected", "2025-06"),
            act("withdrawn", "2026"),
        ]

        it = alone(history=history)
        assert it.status is Status.WITHDRAWN
        assert it.act is not None
        assert it.act.date == PartialDate(2026)

    def test_a_correction_changes_no_status(self) -> None:
        it = alone(history=[act("corrected", "2026-10")])

        assert it.status is Status.LATEST
        assert it.act is None

    def test_an_archived_plan_is_archived(self) -> None:
        it = alone(history=[act("archived", "2026-10", looked_after_by="medway")])

        assert it.status is Status.ARCHIVED
        assert it.act is not None
        assert it.act.looked_after_by == "medway"

    def test_a_removed_plan_stays_removed(self) -> None:
        history = [act("removed", "2026-10"), act("reinstated", "2026-11")]

        assert alone("2026-09-30", history=history).status is Status.LATEST
        assert alone(history=history).status is Status.REMOVED
        assert not Status.REMOVED.is_public

    @pytest.mark.parametrize("kind", ["withdrawn", "removed"])
    def test_a_plan_that_is_gone_replaces_nothing(self, kind: str) -> None:
        everything = plans(
            edition("kent/2025"),
            edition("kent/2026", replaces="kent/2025", history=[act(kind, "2026-10")]),
        )

        assert standing(everything, "kent/2025").status is Status.LATEST

    @pytest.mark.parametrize("kind", ["withdrawn", "removed"])
    def test_the_plan_after_one_that_is_gone_replaces_the_one_before_it(self, kind: str) -> None:
        everything = plans(
            edition("kent/2019"),
            edition("kent/2021", replaces="kent/2019", history=[act(kind, "2026-10")]),
            edition("kent/2024", replaces="kent/2021"),
        )
        today = work_out(everything, TODAY)

        assert today["kent/2019"].status is Status.REPLACED
        assert [each.ref for each in today["kent/2019"].replaced_by] == ["kent/2024"]
        assert refs(today.successors("kent/2019")) == ["kent/2024"]
        assert refs(today.latest("kent")) == ["kent/2024"]

    def test_an_archived_plan_still_replaces_the_one_before_it(self) -> None:
        everything = plans(
            edition("kent/2025"),
            edition("kent/2026", replaces="kent/2025", history=[act("archived", "2026-10")]),
        )

        assert standing(everything, "kent/2025").status is Status.REPLACED


class TestJoined:
    def status(self, published: str, today: str, **facts: Any) -> Status:
        everything = plans(
            edition("medway/2015", **facts),
            areas=[
                area("medway", plan_joined={"into": "kent", "published": published}),
                area("kent", places=["kent", "medway"]),
            ],
        )
        return standing(everything, "medway/2015", today).status

    def test_its_editions_are_archived_from_the_first_day_it_can_have_been(self) -> None:
        assert self.status("2021-10", "2021-09-30") is Status.LATEST
        assert self.status("2021-10", "2021-10-01") is Status.ARCHIVED

    def test_a_joining_that_is_not_dated_has_happened(self) -> None:
        assert self.status("unknown", "2021-09-30") is Status.ARCHIVED

    def test_an_area_that_joins_next_year_still_has_its_latest(self) -> None:
        assert self.status("2027", "2026-11-21") is Status.LATEST
        assert self.status("2027", "2027-01-01") is Status.ARCHIVED

    def test_a_withdrawn_plan_of_it_stays_withdrawn(self) -> None:
        status = self.status("2021", "2026-11-21", history=[act("withdrawn", "2020")])

        assert status is Status.WITHDRAWN


class TestSuccession:
    def test_a_plan_replaced_for_one_of_its_places_is_the_latest_for_the_other(self) -> None:
        everything = plans(
            edition("south/2021"),
            edition("south/2023", places="medway", replaces="south/2021"),
            areas=[area("south", places=["kent", "medway"])],
        )
        today = work_out(everything, TODAY)

        assert today["south/2021"].status is Status.LATEST
        assert today["south/2021"].latest_for == ("kent",)
        assert today["south/2023"].latest_for == ("medway",)
        assert refs(today.latest("south")) == ["south/2021", "south/2023"]

    def test_the_plans_of_two_areas_that_join_are_both_replaced(self) -> None:
        everything = plans(
            edition("kent/2019"),
            edition("medway/2015"),
            edition("both/2021", replaces=["kent/2019", "medway/2015"]),
            areas=[area("both", places=["kent", "medway"])],
        )
        today = work_out(everything, TODAY)

        assert today["kent/2019"].status is today["medway/2015"].status is Status.REPLACED
        assert refs(today.came_before("both")) == ["kent/2019", "medway/2015"]
        assert today["both/2021"].latest_for == ("kent", "medway")

    def test_replacement_reaches_as_far_as_the_line_goes(self) -> None:
        everything = plans(
            edition("kent/2019"),
            edition("kent/2021", replaces="kent/2019"),
            edition("both/2024", replaces="kent/2021"),
            areas=[area("both", places=["kent", "medway"])],
        )
        today = work_out(everything, TODAY)

        assert [each.ref for each in today["kent/2019"].replaced_by] == ["kent/2021"]
        assert refs(today.successors("kent/2019")) == ["both/2024"]

    def test_a_line_may_end_in_two_plans(self) -> None:
        everything = plans(
            edition("both/2019"),
            edition("kent/2021", replaces="both/2019"),
            edition("medway/2021", replaces="both/2019"),
            areas=[area("both", places=["kent", "medway"])],
        )
        today = work_out(everything, TODAY)

        assert today["both/2019"].status is Status.REPLACED
        assert refs(today.successors("both/2019")) == ["kent/2021", "medway/2021"]

    def test_an_addition_leaves_the_plan_standing(self) -> None:
        everything = plans(
            edition("kent/2021"), edition("kent/more", kind="addition", adds_to="kent/2021")
        )
        today = work_out(everything, TODAY)

        assert today["kent/2021"].status is Status.LATEST_WITH_ADDITION
        assert today["kent/2021"].status.is_latest
        assert today["kent/2021"].additions == (everything.editions["kent/more"],)
        assert today["kent/more"].status is Status.ACCOMPANIES

    def test_an_addition_that_was_withdrawn_adds_nothing(self) -> None:
        everything = plans(
            edition("kent/2021"),
            edition(
                "kent/more",
                kind="addition",
                adds_to="kent/2021",
                history=[act("withdrawn", "2026")],
            ),
        )

        assert standing(everything, "kent/2021").status is Status.LATEST

    @pytest.mark.parametrize("kind", ["addition", "summary", "statement"])
    def test_only_plans_and_refreshes_count_as_the_latest(self, kind: str) -> None:
        assert alone(kind=kind).status is Status.ACCOMPANIES

    @pytest.mark.parametrize("kind", ["plan", "refresh"])
    def test_plans_and_refreshes_count_as_the_latest(self, kind: str) -> None:
        assert alone(kind=kind).status is Status.LATEST

    def test_a_summary_that_a_newer_one_replaces_is_replaced(self) -> None:
        everything = plans(
            edition("kent/short", kind="summary"),
            edition("kent/shorter", kind="summary", replaces="kent/short"),
        )

        assert standing(everything, "kent/short").status is Status.REPLACED


class TestTheFirstThatApplies:
    """removed, draft, withdrawn, archived, replaced, latest with an addition, latest."""

    LADDER = (
        (Status.REMOVED, {"history": [act("removed", "2026")]}),
        (Status.DRAFT, {"draft": "yes"}),
        (Status.WITHDRAWN, {"history": [act("withdrawn", "2026")]}),
        (Status.ARCHIVED, {"history": [act("archived", "2026")]}),
    )

    @pytest.mark.parametrize(("status", "facts"), LADDER, ids=[each.value for each, _ in LADDER])
    def test_it_goes_before_being_replaced_and_having_an_addition(
        self, status: Status, facts: dict[str, Any]
    ) -> None:
        everything = plans(
            edition("kent/2021", **facts),
            edition("kent/2024", replaces="kent/2021"),
            edition("kent/more", kind="addition", adds_to="kent/2021"),
        )

        assert standing(everything, "kent/2021").status is status

    def test_replaced_goes_before_having_an_addition(self) -> None:
        everything = plans(
            edition("kent/2021"),
            edition("kent/2024", replaces="kent/2021"),
            edition("kent/more", kind="addition", adds_to="kent/2021"),
        )

        assert standing(everything, "kent/2021").status is Status.REPLACED

    def test_removed_goes_before_draft(self) -> None:
        assert alone(draft="yes", history=[act("removed", "2026")]).status is Status.REMOVED

    def test_draft_goes_before_withdrawn(self) -> None:
        assert alone(draft="yes", history=[act("withdrawn", "2026")]).status is Status.DRAFT


class TestRefresh:
    @pytest.mark.parametrize(
        ("published", "last_day"),
        [
            ("2025-11-21", "2026-11-21"),
            ("2024-02-29", "2025-02-28"),
            ("2023-02", "2024-02-28"),
            ("2021", "2022-12-31"),
        ],
    )
    def test_it_comes_due_a_year_after_the_last_day_it_can_have_been(
        self, published: str, last_day: str
    ) -> None:
        last = day(last_day)

        assert a_year_after(PartialDate.parse(published)) == last
        assert not alone(last_day, published=published).refresh_is_overdue
        later = (last + datetime.timedelta(days=1)).isoformat()
        assert alone(later, published=published).refresh_is_overdue

    def test_nothing_is_overdue_where_the_day_is_not_known(self) -> None:
        assert not alone(published="unknown").refresh_is_overdue


def test_plans_of_one_area_are_listed_from_the_newest_to_the_oldest() -> None:
    everything = plans(
        edition("kent/a", covers="2015"),
        edition("kent/b", covers="unknown", published="2018"),
        edition("kent/c", covers="2016 to 2017", published="2024"),
        edition("kent/d"),
        edition("kent/e", covers="2012", replaces=["kent/a", "kent/b", "kent/c", "kent/d"]),
    )

    assert [each.edition.id for each in work_out(everything, TODAY).of_area("kent")] == list(
        "ebcad"
    )
