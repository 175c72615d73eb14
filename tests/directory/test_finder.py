from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from ltp.directory.entry import Need, Service, ServiceFacts
from ltp.directory.finder import finder
from ltp.directory.listing import find_json
from ltp.directory.trust import Directory
from ltp.plans.model import Origin
from ltp.site.crisis_words import CRISIS_WORDS
from ltp.site.views import Choice, Finder, Link, PageView, Section, Shell

TODAY = datetime.date(2026, 11, 21)
CHECKED = {"last": "2026-06-01", "by": "youth worker"}


def service(name: str, **facts: Any) -> Service:
    given: Mapping[str, Any] = {
        "name": name,
        "summary": "Talk to a youth worker.",
        "checks": CHECKED,
        **facts,
    }
    origin = Origin(f"content/harbour/help/{name}.md")
    return Service("harbour", name, ServiceFacts.model_validate(given), "", 1, origin)


def directory(*services: Service, places: tuple[str, ...] = ("North Quay",)) -> Directory:
    origin = Origin("areas/needs.yml")
    names = {"anxiety": "Feeling anxious", "sleep": "Trouble with sleep"}
    needs = {id_: Need(id=id_, name=name, origin=origin) for id_, name in names.items()}
    return Directory("harbour", places, services, needs, TODAY)


def made(*services: Service, **more: Any) -> Finder:
    return finder(directory(*services, **more), lambda address: f"to:{address}")


def values(choices: Any) -> list[str]:
    return [choice.value for choice in choices]


def test_the_form_names_its_data_and_leads_to_the_lists() -> None:
    form = made(service("quay", needs=["sleep"], ages={"youngest": 11, "oldest": 15}))
    assert form.data == "to:/harbour/help/find.json"
    assert [(item.id, item.heading) for item in form.lists] == [
        ("by-need", "Help by need"),
        ("by-age", "Help by age"),
    ]
    assert [link.href for item in form.lists for link in item.links] == [
        "to:/harbour/help/need/sleep/",
        "to:/harbour/help/age/11-to-15/",
    ]


def test_what_no_entry_answers_to_is_not_a_choice() -> None:
    form = made(
        service(
            "quay",
            needs=["anxiety"],
            ages={"youngest": 13, "oldest": 15},
            audience=["young people"],
            channels=[{"way": "text", "number": "07700 900123"}],
        )
    )
    assert form.needs == [Choice("anxiety", "Feeling anxious")]
    assert values(form.ages) == ["13", "14", "15"]
    assert form.who == [Choice("young people", "A young person")]
    assert form.how == [Choice("text", "By text")]
    assert form.places == []
    assert form.only == []


def test_an_empty_directory_offers_nothing() -> None:
    form = made()
    assert not any((form.needs, form.ages, form.places, form.who, form.how, form.only, form.lists))


@pytest.mark.parametrize(
    "facts",
    [
        {"checks": {}},
        {"status": "ended"},
        {"audience": ["professionals"]},
        {"checks": {"last": "2020-01-01", "by": "youth worker"}},
    ],
)
def test_what_is_not_offered_as_help_makes_no_choice(facts: Mapping[str, Any]) -> None:
    given = {"needs": ["anxiety"], "cost": "free", **facts}
    form = made(service("quay", **given))
    assert not any((form.needs, form.ages, form.who, form.only, form.tags))


def test_ways_for_professionals_only_make_no_choice() -> None:
    ways = [
        {"way": "phone", "number": "01632 960001", "audience": ["professionals"]},
        {"way": "webchat", "address": "https://chat.example/"},
    ]
    assert values(made(service("quay", channels=ways)).how) == ["online"]


def test_ages_that_are_not_known_shut_nobody_out() -> None:
    form = made(service("quay"))
    assert form.ages[0] == Choice("0", "Under 1")
    assert form.ages[-1] == Choice("25", "25")


def test_places_are_a_choice_only_where_there_are_several() -> None:
    here = service("quay", places=["North Quay"])
    assert made(here).places == []
    both = made(here, places=("North Quay", "South Quay"))
    assert values(both.places) == ["North Quay"]
    assert both.lists[-1].links[0].href == "to:/harbour/help/place/north-quay/"


def test_only_what_is_so_somewhere_can_be_asked_for_alone() -> None:
    form = made(
        service("quay", cost="Free"),
        service("pier", referral={"by": "yourself"}),
        service("dock", hours="24/7"),
    )
    assert values(form.only) == ["self", "free", "open"]
    assert values(made(service("quay", cost="£2 a visit")).only) == []


def test_hours_that_depend_on_term_time_are_never_told_as_open_or_closed() -> None:
    quay = service("quay", hours="Mo-Fr 09:00-17:00; SH off")
    assert values(made(quay).only) == []
    (entry,) = json.loads(find_json(directory(quay)))
    assert "week" not in entry
    assert entry["open"]


def test_every_choice_is_a_value_of_the_data() -> None:
    """The form and the data are made apart; a value that one of them lacks would find nothing."""
    services = [
        service(
            "quay",
            needs=["anxiety"],
            audience=["children", "parents and carers"],
            channels=[
                {"way": "phone", "number": "01632 960001"},
                {"way": "email", "email": "quay@trust.example"},
            ],
            referral={"by": ["yourself", "a GP"]},
            cost="free",
            hours="24/7",
        ),
        service(
            "pier",
            needs=["sleep"],
            audience=["young people"],
            places=["South Quay"],
            locations=[{"street": "1 Pier Road", "town": "Harbour", "postcode": "AB1 2CD"}],
        ),
    ]
    places = ("North Quay", "South Quay")
    form = made(*services, places=places)
    entries = json.loads(find_json(directory(*services, places=places)))
    for key in ("needs", "places", "who", "how"):
        assert set(values(getattr(form, key))) == {each for entry in entries for each in entry[key]}
    assert set(values(form.only)) <= {"self", "free", "open"}
    assert {words for words, _ in form.tags} == {entry["tag"] for entry in entries}


def test_each_way_to_be_trusted_has_its_tag() -> None:
    past = service("pier", checks={"last": "2025-09-01", "by": "youth worker"})
    assert made(service("quay"), past).tags == [
        ("Checked", "latest"),
        ("Check is past", "replaced"),
    ]


def test_words_of_harm_are_written_as_the_script_reads_them() -> None:
    """`words.js` compares small letters without apostrophes, words apart by one space."""
    assert all(re.fullmatch(r"[a-z0-9]+( [a-z]+)*", words) for words in CRISIS_WORDS)
    assert {"suicid", "self harm", "kill"} <= set(CRISIS_WORDS)
    assert list(CRISIS_WORDS) == sorted(set(CRISIS_WORDS))


def test_bank_holidays_reach_to_the_end_of_next_year() -> None:
    days = made(service("quay")).bank_holidays
    assert {day[:4] for day in days} == {"2026", "2027"}
    assert "2026-12-28" in days


SHELL = Shell(
    site_name="Harbour",
    portal_name="Plans",
    home_href="",
    portal_href="",
    assets="",
    logo="neutral",
    navigation=(),
    footer=(),
    run_by=None,
    crisis=(),
    help=Link("Help", ""),
)


def test_a_page_has_scripts_only_for_what_is_on_it() -> None:
    def scripts(**facts: Any) -> Any:
        return PageView(shell=SHELL, title="", heading="", **facts).scripts

    assert scripts() == ()
    assert scripts(sections=[Section("hours", "Hours")]) == ()
    assert scripts(finder=made()) == ("find.js",)
