"""Which pages a search finds, when, and what it says of each."""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.facts import act, area
from tests.search.facts import CHECKED, plan, records, service, views

from ltp.directory.entry import RetiredNumber
from ltp.directory.retired import Retired, without_numbers
from ltp.plans.model import ConsultationFacts, Origin, Page
from ltp.search import words
from ltp.search.records import Part, Record, headings_of
from ltp.site.pages import STATEMENTS, PageKind
from ltp.site.views import Fact, Link, PageView, Section, Table

WITHDRAWN = {"history": [act("withdrawn", "2026-01-01")]}


def parts(*editions: Any, **more: Any) -> dict[str, Part]:
    return {address: each.part for address, each in records(views(*editions, **more)).items()}


# -- plans


def test_the_latest_plan_is_searched_first_and_the_one_that_it_replaced_when_asked_for() -> None:
    found = parts(
        plan("harbour/2026", "crisis", replaces="harbour/2024"), plan("harbour/2024", "crisis")
    )
    assert found["2026/"] == found["2026/crisis/"] == Part.FIRST
    assert found["2024/"] == found["2024/crisis/"] == Part.EARLIER


def test_a_withdrawn_plan_is_found_by_its_titles_and_a_draft_or_removed_one_never() -> None:
    found = parts(
        plan("harbour/2020", "crisis", **WITHDRAWN),
        plan("harbour/2021", "crisis", draft=True),
        plan("harbour/2022", "crisis", history=[act("removed", "2026-01-01")]),
        drafts=True,
    )
    assert {found["2020/"], found["2020/crisis/"]} == {Part.WITHDRAWN}
    assert not [each for each in found if each.startswith(("2021/", "2022/"))]


def test_archived_plans_are_earlier_ones_even_where_nothing_replaced_them() -> None:
    harbour = area("harbour", plan_joined={"into": ["kent"]})
    found = parts(plan("harbour/2020", "crisis"), own=harbour)
    assert found["2020/crisis/"] == Part.EARLIER
    assert found[""] == Part.FIRST


@pytest.mark.parametrize(
    ("of_the_plan", "part"),
    [({}, Part.FIRST), ({"replaced": True}, Part.EARLIER), (WITHDRAWN, Part.EARLIER)],
)
def test_what_goes_with_a_plan_is_found_with_it(of_the_plan: dict[str, Any], part: Part) -> None:
    replaced = of_the_plan.pop("replaced", False)
    others = [plan("harbour/2026", replaces="harbour/2024")] if replaced else []
    found = parts(
        plan("harbour/2024", **of_the_plan),
        plan("harbour/extra", kind="addition", adds_to="harbour/2024"),
        *others,
    )
    assert found["extra/"] == part


def test_a_page_of_a_plan_says_which_plan_and_its_status() -> None:
    found = records(
        views(
            plan("harbour/2026", "crisis", label="2026 plan", replaces="harbour/2024"),
            plan("harbour/2024", "crisis", label="2024 plan"),
        )
    )
    told = found["2024/crisis/"]
    assert (told.title, told.what, told.area) == ("Crisis", "2024 plan", "Harbour")
    assert (told.tag, told.tag_kind) == ("Earlier", "replaced")
    assert found["2026/crisis/"].tag == "Latest here"


# -- help

STATES: Mapping[str, tuple[dict[str, Any], Part, str, str]] = {
    "checked": ({}, Part.FIRST, "Help", "Checked"),
    "past its check": (
        {"checks": {**CHECKED, "last": "2025-10-01"}},
        Part.FIRST,
        "Help",
        "Check is past",
    ),
    "long past": (
        {"checks": {**CHECKED, "last": "2020-10-01"}},
        Part.LAST,
        "Service",
        "Check is long past",
    ),
    "never checked": ({"checks": {}}, Part.LAST, "Service", "Not checked"),
    "named in a plan": (
        {"checks": {}, "named_in": ["harbour/2026"]},
        Part.LAST,
        "Service",
        "Only named in a plan. Not checked",
    ),
    "paused": ({"status": "paused"}, Part.LAST, "Service", "Closed for now"),
    "ended": ({"status": "ended"}, Part.LAST, "Service", "Ended"),
    "ended and only named": (
        {"status": "ended", "checks": {}, "named_in": ["harbour/2026"]},
        Part.LAST,
        "Service",
        "Ended",
    ),
    "for professionals": (
        {"audience": ["professionals"]},
        Part.LAST,
        "Service for professionals",
        "Checked",
    ),
}


@pytest.mark.parametrize("state", STATES)
def test_only_what_may_be_offered_is_shown_as_help(state: str) -> None:
    facts, part, what, tag = STATES[state]
    made = views(plan("harbour/2026"), services=[service("quay", **facts)])
    told = records(made)["help/quay/"]
    assert (told.part, told.what, told.tag) == (part, what, tag)
    assert made.directory
    assert bool(made.directory.offered) is (part is Part.FIRST)


def test_lists_of_help_are_found_unless_they_are_empty_or_of_what_is_not_offered() -> None:
    found = records(
        views(
            services=[
                service("quay", needs=["sleep"]),
                service("pier", needs=["anxiety"], checks={}),
            ]
        )
    )
    assert found["help/need/sleep/"].title == "Trouble with sleep"
    assert found["help/need/sleep/"].what == "Help"
    assert "help/need/anxiety/" not in found
    assert not [each for each in found if each.startswith(("help/not-checked", "help/named"))]


# -- other pages


def test_pages_that_only_lead_to_others_are_not_found() -> None:
    made = views(plan("harbour/2026", "crisis"), services=[service("quay")])
    found = records(made)
    kinds = {place.kind for place in made.pages if place.address.removeprefix("/harbour/") in found}
    assert kinds == {
        PageKind.AREA_FRONT,
        PageKind.PLANS,
        PageKind.HELP,
        PageKind.HELP_LIST,
        PageKind.SERVICE,
        PageKind.EDITION,
        # What the site says of itself.
        *STATEMENTS.values(),
        PageKind.DISPLAY_SETTINGS,
    }
    assert {PageKind.SEARCH, PageKind.A_TO_Z, PageKind.REDIRECT} <= {p.kind for p in made.pages}


@pytest.mark.parametrize(
    ("closes", "tag"),
    [("2026-12-31", "Open"), ("2025-12-31", "Closed"), ("unknown", "May be closed")],
)
def test_a_request_for_views_says_whether_it_is_open(closes: str, tag: str) -> None:
    facts = ConsultationFacts.model_validate({"title": "More boats?", "closes": closes})
    request = Page("boats", facts, "", 1, Origin("content/harbour/have-your-say/boats.md"))
    told = records(views(requests=(request,)))["have-your-say/boats/"]
    assert (told.part, told.what, told.tag) == (Part.FIRST, "Have your say", tag)


# -- the words that are looked through


def test_of_a_service_that_is_not_offered_only_its_summary_and_names_are_searched() -> None:
    offered = service("quay", needs=["sleep"], former_names=["Dock"], organisation="A trust")
    other = service("pier", needs=["sleep"], former_names=["Jetty"], checks={})
    directory = views(services=[offered, other]).directory
    assert directory
    told = words.of_service(directory, offered, "<p>Call 01632 960001.</p>")
    for each in ("Quay listens.", "Dock", "A trust", "Trouble with sleep", "harbour", "01632"):
        assert each in told
    assert words.of_service(directory, other, "<p>Call 01632 960001.</p>") == (
        "<p>Pier listens.</p><p>Jetty</p>"
    )


def test_a_page_is_searched_by_its_lead_its_text_and_its_generated_parts() -> None:
    rows = [Fact("Where", [("In ", Link("the hall", "x"), " & outside")])]
    made: Any = PageView(
        shell=None,  # type: ignore[arg-type]  # not looked at
        title="",
        heading="",
        lead="A <lead>",
        sections=[Section("sessions", "Sessions", facts=rows), Section("links", "Nothing said")],
        sections_before=[Section("t", "", table=Table("t", "", [], []))],
    )
    assert words.of_page(made, "<p>Text</p>") == (
        "<p>A &lt;lead&gt;</p><p>Text</p>"
        '<h2 id="sessions">Sessions</h2><p>Where</p><p>In the hall &amp; outside</p>'
    )


def test_numbers_that_are_no_longer_in_use_are_not_shown_in_parts_of_a_page() -> None:
    facts = {"number": "01632 960 999", "was": "A line", "until": "2022", "replaced_by": "Call 111"}
    origin = {"origin": Origin("areas/retired-numbers.yml")}
    retired = Retired([RetiredNumber.model_validate({**facts, **origin})])
    html = retired.mark('<p>Call 01632 960 999 or <a href="tel:01632960999">our line</a> now.</p>')
    shown = without_numbers(html)
    assert "960" not in shown
    assert "our line" not in shown
    assert shown.count("a number that is no longer in use. Today: Call 111") == 2


def test_over_all_areas_the_summary_and_the_headings_are_searched() -> None:
    record = Record(
        part=Part.FIRST,
        address="/harbour/2026/",
        title="Crisis",
        what="2026 plan",
        summary="Help & hope",
        headings=(("lines", "Lines < calls"),),
    )
    assert words.of_record(record) == '<p>Help &amp; hope</p><h2 id="lines">Lines &lt; calls</h2>'


# -- headings


def test_headings_are_read_with_their_ids_and_all_their_words() -> None:
    html = (
        '<h2 id="a">One <em>and</em> a\nhalf</h2><p id="p">No</p><h3>None</h3><h4 id="b">&amp;</h4>'
    )
    assert headings_of(html) == (("a", "One and a half"), ("b", "&"))


NAMES = st.from_regex(r"[a-z]{1,5}", fullmatch=True)
WORDS = st.text(string.printable.replace("\x0b", "").replace("\x0c", ""), max_size=9)


@given(st.lists(st.tuples(NAMES, WORDS)))
def test_any_headings_come_back_as_they_were_written(made: list[tuple[str, str]]) -> None:
    record = Record(part=Part.FIRST, address="/", title="", what="", headings=tuple(made))

    assert headings_of(words.of_record(record)) == tuple(
        (name, " ".join(said.split())) for name, said in made
    )
