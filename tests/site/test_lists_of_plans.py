"""The list of all plans says the same as a page, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from tests.site.built import ADDRESS, Built, words_of

AREAS = {
    "real": ("blmk", "kent-and-medway", "medway"),
    "made_up": ("ferry", "harbour", "hill", "lighthouse", "meadow"),
}
every_area = pytest.mark.parametrize(
    ("name", "area"), [(name, area) for name, areas in AREAS.items() for area in areas]
)


def rows(site: Built, area: str) -> list[dict[str, str]]:
    text = site.file(f"/{area}/plans/plans.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def data(site: Built, area: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(site.file(f"/{area}/plans/plans.json").read_bytes())
    return found


def held(site: Built, area: str) -> list[list[str]]:
    """Give the rows of the table of plans on this site, as a reader sees them."""
    return _table(site, area, "held-here")


def elsewhere(site: Built, area: str) -> list[list[str]]:
    return _table(site, area, "held-elsewhere")


def _table(site: Built, area: str, section: str) -> list[list[str]]:
    found = site[f"/{area}/plans/"].all(
        f"//*[@id='{section}']/ancestor-or-self::section[1]//table//tr"
    )
    return [[words_of(cell) for cell in row] for row in found if not row.xpath("ancestor::thead")]


@pytest.fixture
def site_named(request: pytest.FixtureRequest, name: str) -> Built:
    built = request.getfixturevalue(name)
    assert isinstance(built, Built)
    return built


@every_area
def test_the_page_the_csv_and_the_json_have_the_same_plans_in_the_same_order(
    site_named: Built, area: str
) -> None:
    csv_rows = rows(site_named, area)
    on_page = [row[0] for row in held(site_named, area) + elsewhere(site_named, area)]

    assert [row["label"] for row in csv_rows] == on_page
    assert [each["label"] for each in data(site_named, area)["plans"]] == on_page


@every_area
def test_the_csv_and_the_json_say_the_same_of_every_plan(site_named: Built, area: str) -> None:
    known = [{key: value for key, value in row.items() if value} for row in rows(site_named, area)]

    assert data(site_named, area)["plans"] == known


@every_area
def test_the_page_says_what_the_data_says_of_every_plan_held_here(
    site_named: Built, area: str
) -> None:
    csv_rows = [row for row in rows(site_named, area) if row["plan"]]
    for row, seen in zip(csv_rows, held(site_named, area), strict=True):
        _, status, covers, published, by, formats = seen
        assert ("summary" in formats) is (row["held"] == "our summary")
        assert (covers == "Not known") is (row["covers"] == "unknown")
        assert (published == "Not known") is (row["published"] == "unknown")
        assert by.startswith("Not known" if row["published_by"] == "unknown" else by)
        for body in row["published_by"].split("; "):
            assert body in by or body == "unknown"
        assert status
        for year in row["covers"].split("/"):
            assert year in covers or year == "unknown"


@every_area
def test_each_address_in_the_data_is_a_page(site_named: Built, area: str) -> None:
    for row in rows(site_named, area):
        assert row["address"] in site_named.pages or not row["plan"]


def test_the_data_gives_whole_addresses_where_there_is_a_public_one(
    real_at_address: Built,
) -> None:
    assert [row["address"] for row in rows(real_at_address, "medway")] == [
        f"{ADDRESS}medway/2015-21/"
    ]


def test_the_statuses_in_the_data_are_those_of_the_day(made_up: Built) -> None:
    assert {row["plan"]: row["status"] for row in rows(made_up, "harbour") if row["plan"]} == {
        "2026-27": "latest",
        "2025-statement": "goes with a plan",
        "2024-25": "replaced",
        "2022-23": "replaced",
        "2019-21": "withdrawn",
        "2016-18": "archived",
    }


def test_a_spreadsheet_reads_the_csv_as_it_is_meant(made_up: Built) -> None:
    raw = made_up.file("/harbour/plans/plans.csv").read_bytes()

    assert raw.startswith(b"\xef\xbb\xbf"), "by this mark Excel knows that it is UTF-8"
    assert raw.count(b"\r\n") == len(rows(made_up, "harbour")) + 1
    (lost,) = (row for row in rows(made_up, "harbour") if row["label"] == "First Harbour plan")
    assert lost["note"] == "It was lost, in a storm."
    assert lost["held"] == "not here"


def test_plans_that_are_known_of_and_not_held_are_listed_and_have_no_page(real: Built) -> None:
    labels = [row[0] for row in elsewhere(real, "kent-and-medway")]

    assert labels[0] == "Addition to the 2021 plan"
    assert "Yearly refreshes since December 2015" in labels
    section = "//*[@id='held-elsewhere']/ancestor-or-self::section[1]"
    links = real["/kent-and-medway/plans/"].links(section)
    assert all(to.startswith("https://") for to in links.values())


def test_years_without_a_plan_are_told_on_the_list(real: Built) -> None:
    words = real["/blmk/plans/"].words("//main//p")

    assert "We hold no plan for the time between 2022 and 2024." in words


def test_the_list_tells_what_changed_in_each_plan(real: Built) -> None:
    words = " ".join(real["/kent-and-medway/plans/"].words("//main"))

    assert "October 2021: First plan for Kent and Medway together." in words
