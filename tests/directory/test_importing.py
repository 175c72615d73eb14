"""Bringing services in: what is kept, changed and refused, and that nothing goes missing. All is made up."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ltp.directory.entry import Need, Service, ServiceFacts
from ltp.directory.importing import (
    HEADING,
    NO_SUMMARY,
    Outcome,
    Proposal,
    Rows,
    import_services,
    propose,
    read_rows,
    write,
)
from ltp.directory.open_data import FOLDER, Feed, services_csv
from ltp.findings import LtpError
from ltp.plans.loading import load
from ltp.plans.model import Origin
from ltp.plans.reading import read_page
from ltp.site.addresses import Site

PLACES = ("Exampleton", "Otherton")
NEEDS = {"anxiety": "Feeling anxious"}


def feed_of(*services: Mapping[str, Any]) -> Rows:
    return Rows("a feed", [(at, dict(one)) for at, one in enumerate(services, 1)], is_table=False)


def table_of(**cells: str) -> Rows:
    return Rows("a table", [(2, cells)], is_table=True)


def made(rows: Rows) -> Proposal:
    (proposal,) = propose(rows, places=PLACES, needs=NEEDS)
    return proposal


def facts_of(proposal: Proposal) -> ServiceFacts:
    assert proposal.text is not None
    return ServiceFacts.model_validate(read_page(proposal.text, "help.md").front.value)


def body_of(proposal: Proposal) -> str:
    assert proposal.text is not None
    return read_page(proposal.text, "help.md").body.strip()


def said(proposal: Proposal) -> str:
    return "\n".join(map(str, proposal.lines))


def from_feed(**fields: Any) -> Proposal:
    return made(feed_of({"name": "Beacon Line", "description": "A made-up line.", **fields}))


def saved(folder: Path, data: object, name: str = "feed.json") -> Path:
    path = folder / name
    if isinstance(data, bytes):
        path.write_bytes(data)
    else:
        text = data if isinstance(data, str) else json.dumps(data)
        path.write_text(text, encoding="utf-8", newline="")
    return path


# -- reading a file

ONE = {"name": "Beacon Line", "description": "A made-up line."}


@pytest.mark.parametrize(
    ("data", "kind", "count"),
    [
        ({"contents": [ONE, ONE], "total_pages": 1}, "Open Referral UK 3", 2),
        ({"content": [ONE], "totalPages": 1}, "Open Referral UK 1", 1),
        ([ONE, ONE, ONE], "Open Referral UK 3", 3),
        (ONE, "Open Referral UK 3", 1),
        ({**ONE, "regular_schedules": []}, "Open Referral UK 1", 1),
        ({"contents": []}, "Open Referral UK 3", 0),
    ],
)
def test_a_feed_is_a_page_or_a_list_or_one_service(
    tmp_path: Path, data: object, kind: str, count: int
) -> None:
    rows = read_rows(saved(tmp_path, data))
    assert (rows.kind, len(rows.rows), rows.is_table) == (kind, count, False)


def test_a_page_of_several_says_that_the_others_are_missing(tmp_path: Path) -> None:
    rows = read_rows(saved(tmp_path, {"contents": [ONE], "total_pages": 4, "page_number": 2}))
    assert [str(line) for line in rows.lines] == [
        "to know: it is page 2 of 4: the other pages are not in it"
    ]


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("Name", "name"),
        ("SERVICE NAME", "name"),
        ("Title", "name"),
        ("Service_Title", "name"),
    ],
)
def test_the_column_of_names_may_be_called_what_people_call_it(
    tmp_path: Path, header: str, key: str
) -> None:
    rows = read_rows(saved(tmp_path, f"{header}\nBeacon Line\n", "s.csv"))
    assert rows.rows == [(2, {key: "Beacon Line"})]


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("Telephone number", "phone"),
        ("E-mail", "email"),
        ("Web site", "web"),
        ("Provider", "organisation"),
        ("Min age", "youngest"),
        ("Post code", "postcode"),
        ("Eligibility criteria", "eligibility"),
        ("Last Assured", "assured"),
    ],
)
def test_other_columns_too(tmp_path: Path, header: str, key: str) -> None:
    rows = read_rows(saved(tmp_path, f"Name,{header}\nA,x\n", "s.csv"))
    assert rows.rows[0][1] == {"name": "A", key: "x"}
    assert rows.lines == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_may_have_semicolons_or_tabs_and_lines_in_cells(
    tmp_path: Path, delimiter: str
) -> None:
    text = f'Name{delimiter}About\r\nA{delimiter}"One\r\ntwo"\r\n{delimiter}\r\nB{delimiter}\r\n'
    rows = read_rows(saved(tmp_path, "\ufeff" + text, "s.csv"))
    assert [number for number, _ in rows.rows] == [2, 4], "empty rows are passed over"
    assert rows.rows[0][1]["description"].split() == ["One", "two"]


def test_unknown_columns_are_told_and_kept(tmp_path: Path) -> None:
    rows = read_rows(saved(tmp_path, "Name,Ofsted number,Phone,Tel\nA,77,x,y\n", "s.csv"))
    assert ["Ofsted number" in str(line) for line in rows.lines] == [True]
    assert rows.rows[0][1] == {"name": "A", "Ofsted number": "77", "phone": "x", "Tel": "y"}
    body = body_of(propose(rows)[0])
    assert "- Ofsted number: 77" in body
    assert "- Tel: y" in body


def test_a_cell_beyond_the_header_is_not_lost(tmp_path: Path) -> None:
    rows = read_rows(saved(tmp_path, "Name\nA,extra\n", "s.csv"))
    assert "- Column 2: extra" in body_of(propose(rows)[0])


@pytest.mark.parametrize(
    ("data", "note"),
    [
        ("Name\nCafé\n".encode("cp1252"), "Windows-1252"),
        ("Name\nCafé\n".encode("utf-16"), "UTF-16"),
        ("Name\nCafé\n".encode("utf-8-sig"), ""),
    ],
)
def test_older_encodings_are_read_and_told(tmp_path: Path, data: bytes, note: str) -> None:
    rows = read_rows(saved(tmp_path, data, "s.csv"))
    assert rows.rows[0][1]["name"] == "Café"
    assert note in "".join(map(str, rows.lines))
    assert bool(rows.lines) is bool(note)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("feed.json", '{"contents": [', "feed.json:1: this is not JSON"),
        ("s.csv", "Phone,Email\n1,2\n", "no column holds the names"),
        ("s.csv", "", "nothing in the file"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(
    tmp_path: Path, name: str, data: str, words: str
) -> None:
    with pytest.raises(LtpError, match=re.escape(words)):
        read_rows(saved(tmp_path, data, name))


def test_a_file_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LtpError, match="can’t be opened"):
        read_rows(tmp_path / "none.csv")


# -- what real feeds get wrong


def test_empty_values_are_nothing() -> None:
    proposal = from_feed(
        email="", url=" ", fees=None, alert="null", contacts=[{"id": "1", "name": "", "phones": []}]
    )
    facts = facts_of(proposal)
    assert facts.channels == ()
    assert HEADING not in body_of(proposal)
    assert [line.outcome for line in proposal.lines] == [Outcome.KEPT]


def test_html_and_inline_styles_become_plain_markdown() -> None:
    html = (
        '<div style="color:red"><p>We&nbsp;help.</p><script>bad()</script>'
        "<h2>Times</h2><ul><li>Monday</li><li><b>Tuesday</b></li></ul>"
        '<p>See <a href="https://example.org/x" target="_blank">our page</a> or '
        '<a href="javascript:bad()">this</a>.<img src="a.png" alt="Map"></p></div>'
    )
    proposal = from_feed(description=html)
    assert facts_of(proposal).summary == "We help."
    assert body_of(proposal) == (
        "## Times\n\n- Monday\n- Tuesday\n\nSee [our page](https://example.org/x) or this.Map"
    )
    for note in ("HTML made plain", "inline styles", "a script", "javascript:bad()", "a.png"):
        assert note in said(proposal)


def test_html_that_was_escaped_twice_is_read_too() -> None:
    proposal = from_feed(description="&lt;p&gt;Help &amp;amp; advice&lt;/p&gt;")
    assert facts_of(proposal).summary == "Help & advice"


def test_plain_text_is_shown_as_it_is_and_makes_no_heading_link_or_html() -> None:
    text = "Short.\n\n# Not a title\n[a](javascript:x) {: .b } a < b `c`\n======\nEnd"
    body = body_of(from_feed(description=text))
    assert body == "\\# Not a title\n\\[a\\](javascript:x) \\{: .b \\} a &lt; b \\`c\\`\nEnd"


def test_a_link_in_a_field_of_one_line_keeps_its_address() -> None:
    proposal = made(
        table_of(name="A", summary="B.", eligibility='<a href="https://example.org/">Look</a>')
    )
    assert facts_of(proposal).eligibility == "Look (https://example.org/)"


def test_shouting_becomes_quiet_and_acronyms_stay() -> None:
    for loud, quiet in {
        "HARBOUR DROP-IN FOR YOUNG PEOPLE": "Harbour Drop-In for Young People",
        "EXAMPLETON CAMHS (NHS)": "Exampleton CAMHS (NHS)",
        "CAMHS": "CAMHS",
        "NHS 111": "NHS 111",
        "Harbour CAMHS": "Harbour CAMHS",
    }.items():
        proposal = from_feed(name=loud)
        assert facts_of(proposal).name == quiet
        assert ("capitals" in said(proposal)) is (loud != quiet)


def test_odd_spaces_are_made_plain_and_told() -> None:
    proposal = from_feed(name="Beacon\u00a0\u200bLine ", description="One\u2028two.\u00ad")
    assert facts_of(proposal).name == "Beacon Line"
    assert facts_of(proposal).summary == "One two."
    assert "name: odd spaces" in said(proposal)
    assert "description: odd spaces" in said(proposal)


@pytest.mark.parametrize(
    ("low", "high", "ages", "words"),
    [
        (0, 0, None, "nobody wrote them down"),
        (11, 17, (11, 17), ""),
        (11.0, "17", (11, 17), ""),
        (16, 120, (16, None), "there is none"),
        (None, 17, (None, 17), ""),
        (17, 11, None, "more than the oldest"),
        ("teen", 17, (None, 17), "not a whole number"),
        (0, 4, (0, 4), ""),
    ],
)
def test_ages_are_taken_where_they_mean_something(
    low: object, high: object, ages: tuple[int | None, int | None] | None, words: str
) -> None:
    proposal = from_feed(minimum_age=low, maximum_age=high)
    told = facts_of(proposal).ages
    assert (told and (told.youngest, told.oldest)) == ages
    assert words in said(proposal)
    assert (Outcome.KEPT in {line.outcome for line in proposal.lines}) is (not words)


@pytest.mark.parametrize("date", ["2017-03-01", "2026-11-20"])
def test_nothing_imported_counts_as_checked(date: str) -> None:
    proposal = from_feed(assured_date=date, assurer_email="who@example.org")
    assert facts_of(proposal).checks.last is None
    assert proposal.text is not None
    assert "checks:\n  last: never\n" in proposal.text
    assert f"assured on {date}: that does not count here" in said(proposal)


def test_the_source_is_left_to_an_editor() -> None:
    proposal = from_feed()
    assert proposal.text is not None
    assert "\n# source: say where" in proposal.text
    assert facts_of(proposal).source == ()


@pytest.mark.parametrize(
    ("text", "way", "shown", "summary", "rest"),
    [
        ("Help. Call us on 01632 960001.", "phone", "01632 960 001", "Help.", ""),
        ("Help.\n\nCome in. Text 07700 900123!", "text", "07700 900 123", "Help.", "Come in."),
        ("Call 01632 960001.", "phone", "01632 960 001", "Call 01632 960001.", ""),
        (
            "Help.\n\nYou can ring 020 7946 0001 on Mondays.",
            "phone",
            "020 7946 0001",
            "Help.",
            "You can ring 020 7946 0001 on Mondays.",
        ),
    ],
)
def test_one_clear_number_in_prose_becomes_a_way(
    text: str, way: str, shown: str, summary: str, rest: str
) -> None:
    proposal = from_feed(description=text)
    facts = facts_of(proposal)
    (channel,) = facts.channels
    assert channel.number is not None
    assert (channel.way.value, channel.number.shown) == (way, shown)
    assert f"{shown} is now a way" in said(proposal)
    assert facts.summary == summary
    assert body_of(proposal) == rest


def test_several_numbers_in_prose_stay_there_and_are_told() -> None:
    text = "Help.\n\nCall 01632 960001, or 01632 960002 at night."
    proposal = from_feed(description=text)
    assert facts_of(proposal).channels == ()
    assert body_of(proposal) == "Call 01632 960001, or 01632 960002 at night."
    assert "01632 960 001, 01632 960 002. Write the right ones" in said(proposal)


def test_a_number_in_prose_that_is_known_is_no_news_and_another_is() -> None:
    contacts = [{"phones": [{"number": "01632 960 001"}]}]
    same = from_feed(contacts=contacts, description="Help.\n\nCall 01632 960001 now or later.")
    assert len(facts_of(same).channels) == 1
    assert "in the text" not in said(same)
    other = from_feed(contacts=contacts, description="Help.\n\nCall 01632 960002 now or later.")
    assert len(facts_of(other).channels) == 1
    assert "numbers in the text, left there: 01632 960 002" in said(other)


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("01632960001", ["01632 960 001"]),
        ("+44 (0)1632 960001", ["01632 960 001"]),
        ("1632960001", ["01632 960 001"]),
        ("01632 960001 or 01632 960002", ["01632 960 001", "01632 960 002"]),
        ("01632 960001; 07700 900123", ["01632 960 001", "07700 900 123"]),
        ("ask at the desk", []),
        ("12345", []),
    ],
)
def test_a_cell_of_numbers_becomes_ways(cell: str, numbers: Sequence[str]) -> None:
    proposal = made(table_of(name="A", summary="B.", phone=cell))
    shown = [each.number.shown for each in facts_of(proposal).channels if each.number]
    assert shown == list(numbers)
    if not numbers:
        assert f"- phone number: {cell}" in body_of(proposal)
        assert "not a number that can be called" in said(proposal)


def test_words_beside_a_number_are_its_label() -> None:
    cell = "01632 960 001 (choose option 2, out of hours)"
    (channel,) = facts_of(made(table_of(name="A", summary="B.", phone=cell))).channels
    assert (channel.option, channel.label) == ("option 2", "out of hours")
    (text,) = facts_of(
        made(table_of(name="A", summary="B.", text="07700 900 123 (send HI)"))
    ).channels
    assert text.keyword == "HI"


def test_a_wrong_email_goes_to_the_text() -> None:
    proposal = from_feed(email="help at example.org")
    assert facts_of(proposal).channels == ()
    for word in ("help", "at", "example.org"):
        assert f"- email: {word}" in body_of(proposal)
    fine = from_feed(email="mailto:help@example.org")
    assert facts_of(fine).channels[0].email == "help@example.org"


@pytest.mark.parametrize(
    ("url", "address", "words"),
    [
        ("https://example.org/a", "https://example.org/a", ""),
        ("http://example.org", "http://example.org", "is not https://. It was left as it is"),
        ("www.example.org/a", "https://www.example.org/a", "had no https://"),
        ("see our page", None, "not a web address"),
    ],
)
def test_a_web_address_is_taken_as_it_is(url: str, address: str | None, words: str) -> None:
    proposal = from_feed(url=url)
    assert [each.address for each in facts_of(proposal).channels] == ([address] if address else [])
    assert words in said(proposal)
    assert address or f"- web address: {url}" in body_of(proposal)


def test_a_long_description_gives_its_first_sentences_and_stays_whole() -> None:
    first, second = " ".join(["word"] * 25) + ".", " ".join(["more"] * 25) + "."
    proposal = from_feed(description=f"{first} {second}")
    assert facts_of(proposal).summary == first
    assert body_of(proposal) == f"{first} {second}"
    assert "first words of the description" in said(proposal)
    endless = from_feed(description=" ".join(["word"] * 60))
    assert facts_of(endless).summary.endswith("word …")


def test_a_summary_that_is_too_long_is_all_in_the_text() -> None:
    long = " ".join(["word"] * 50)
    proposal = made(table_of(name="A", summary=long, description="Then this."))
    assert len(facts_of(proposal).summary.split()) <= 40
    assert body_of(proposal) == f"{long}\n\nThen this."
    assert "it had 50 words" in said(proposal)


def test_a_service_without_a_description_says_so() -> None:
    proposal = from_feed(description="")
    assert facts_of(proposal).summary == NO_SUMMARY
    assert "no description" in said(proposal)


@pytest.mark.parametrize(
    ("status", "ours", "words"),
    [
        ("active", "running", ""),
        ("temporarily closed", "paused", ""),
        ("defunct", "ended", ""),
        ("inactive", "paused", "Check whether it has ended"),
        ("Pending", "running", "no status that we know"),
    ],
)
def test_a_status_has_our_word(status: str, ours: str, words: str) -> None:
    proposal = from_feed(status=status)
    assert facts_of(proposal).status == ours
    assert words in said(proposal)


@pytest.mark.parametrize(
    ("option", "cost"),
    [
        ({"option": "Free"}, "free"),
        ({"amount": 0}, "free"),
        ({"amount": 5, "amount_description": "a session"}, "£5, a session"),
        ({"option": "By means"}, "By means"),
    ],
)
def test_what_it_costs_is_told(option: Mapping[str, Any], cost: str) -> None:
    assert facts_of(from_feed(cost_options=[option])).cost == cost


def test_places_that_are_all_of_the_area_or_not_in_it_are_not_listed() -> None:
    both = from_feed(service_areas=[{"name": "exampleton"}, {"name": "Otherton"}])
    assert facts_of(both).places == ()
    some = from_feed(service_areas=[{"name": "Otherton"}, {"name": "Faraway"}])
    assert facts_of(some).places == ("Otherton",)
    assert "- place: Faraway" in body_of(some)


# -- schedules

WEEKDAYS = [
    {"freq": "WEEKLY", "byday": day, "opens_at": "09:00:00+01:00", "closes_at": "17:00Z"}
    for day in ("MO", "TU", "WE", "FR")
]


@pytest.mark.parametrize(
    ("schedules", "rules"),
    [
        (WEEKDAYS, "Mo-We,Fr 09:00-17:00"),
        ([{"byday": "MO,TU,WE", "opens_at": "9:00", "closes_at": "12:00"}], "Mo-We 09:00-12:00"),
        (
            [
                {"byday": "MO", "opens_at": "14:00", "closes_at": "16:00"},
                {"byday": "MO", "opens_at": "09:00", "closes_at": "12:00"},
                {"byday": "Saturday", "opens_at": "10:00", "closes_at": "11:00"},
            ],
            "Mo 09:00-12:00,14:00-16:00; Sa 10:00-11:00",
        ),
        ([{"byday": "SU", "opens_at": "00:00", "closes_at": "23:59"}], "Su 00:00-24:00"),
    ],
)
@pytest.mark.parametrize("key", ["schedules", "regular_schedules"])
def test_weekly_schedules_become_hours(
    schedules: Sequence[Mapping[str, Any]], rules: str, key: str
) -> None:
    proposal = from_feed(**{key: schedules})
    hours = facts_of(proposal).hours
    assert hours is not None
    assert hours.rules == rules
    assert f"written as {rules}" in said(proposal)


@pytest.mark.parametrize(
    "schedule",
    [
        {"freq": "MONTHLY", "byday": "1TU", "opens_at": "09:00", "closes_at": "10:00"},
        {"byday": "MO", "interval": 2, "opens_at": "09:00", "closes_at": "10:00"},
        {"byday": "MO", "valid_from": "2026-01-01", "opens_at": "09:00", "closes_at": "10:00"},
        {"byday": "MO", "opens_at": "nine", "closes_at": "10:00"},
        {"description": "First Tuesdays"},
    ],
)
def test_schedules_that_are_more_than_a_week_go_to_the_text(schedule: Mapping[str, Any]) -> None:
    proposal = from_feed(schedules=[schedule])
    assert facts_of(proposal).hours is None
    for value in schedule.values():
        assert str(value) in body_of(proposal)
    assert "can’t be written as hours of the week" in said(proposal)


def test_hours_in_words_stay_words() -> None:
    proposal = made(table_of(name="A", summary="B.", hours="Mondays, 9 till late"))
    assert facts_of(proposal).hours_note == "Mondays, 9 till late"
    exact = made(table_of(name="A", summary="B.", hours="Mo-Fr 09:00-17:00"))
    assert facts_of(exact).hours is not None


# -- a feed of version 1

OLD: Mapping[str, Any] = {
    "id": "0d0f9c9a-0000-4000-8000-000000000001",
    "name": "Harbour Drop-in",
    "description": "<p>Talk to a youth worker.</p>",
    "status": "active",
    "email": "",
    "organization": {"id": "1", "name": "Lantern Trust", "url": "https://lantern.example.org"},
    "eligibilitys": [{"id": "1", "minimum_age": 11, "maximum_age": 17, "eligibility": "Locals"}],
    "contacts": [
        {"id": "1", "name": "Front desk", "title": "Manager", "phones": [{"number": "01632960001"}]}
    ],
    "service_at_locations": [
        {
            "id": "1",
            "location": {
                "id": "1",
                "name": "The Boathouse",
                "latitude": 51.5,
                "physical_addresses": [
                    {
                        "address_1": "1 Made-up Quay",
                        "city": "Exampleton",
                        "state_province": "Exampleshire",
                        "postal_code": "zz11zz",
                        "country": "GB",
                    }
                ],
                "accessibility_for_disabilities": [{"accessibility": "Ramp"}],
            },
            "regular_schedule": [{"byday": "MO", "opens_at": "09:00:00", "closes_at": "10:00:00"}],
        }
    ],
    "service_taxonomys": [{"taxonomy": {"id": "1", "name": "Youth", "vocabulary": "Made-up"}}],
    "service_areas": [{"service_area": "Exampleton"}],
    "languages": [{"language": "Welsh"}],
    "attending_type": "venue",
    "fees": "Free of charge",
    "reviews": [{"title": "Good", "score": "5"}],
}


def test_a_service_of_version_1_is_taken_whole() -> None:
    proposal = made(feed_of(OLD))
    facts = facts_of(proposal)
    assert facts.organisation == "Lantern Trust"
    assert facts.eligibility == "Locals"
    assert facts.ages is not None
    assert (facts.ages.youngest, facts.ages.oldest) == (11, 17)
    (channel,) = facts.channels
    assert channel.number is not None
    assert (channel.number.shown, channel.label) == ("01632 960 001", "Front desk")
    (place,) = facts.locations
    assert (place.name, place.street, place.postcode) == (
        "The Boathouse",
        "1 Made-up Quay",
        "ZZ1 1ZZ",
    )
    assert place.access == ("Ramp",)
    assert place.hours is not None
    assert facts.places == ("Exampleton",)
    assert facts.languages == ("Welsh",)
    assert facts.cost == "free"
    body = body_of(proposal)
    for left in (
        "sorted under: Made-up: Youth",
        "attending type: venue",
        "reviews, score: 5",
        "contact, title: Manager",
        "location, latitude: 51.5",
        "organization, url: https://lantern.example.org",
        "id: 0d0f9c9a-0000-4000-8000-000000000001",
    ):
        assert f"- {left}" in body


def test_an_address_that_is_not_whole_goes_to_the_text() -> None:
    visit = {"location": {"addresses": [{"address_1": "1 Made-up Quay", "city": "Exampleton"}]}}
    proposal = from_feed(service_at_locations=[visit])
    assert facts_of(proposal).locations == ()
    assert "- address: 1 Made-up Quay, Exampleton" in body_of(proposal)


# -- what is refused


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({}, "it has no name"),
        ({"name": "  "}, "it has no name"),
        ({"name": "Test"}, "no name of a service"),
        ({"name": "!!!"}, "no name of a service"),
    ],
)
def test_a_row_without_a_name_is_refused(row: Mapping[str, Any], why: str) -> None:
    proposal = made(feed_of(row))
    assert proposal.text is None
    (line,) = proposal.lines
    assert line.outcome is Outcome.REFUSED
    assert why in line.what


def test_what_is_no_service_at_all_is_refused(tmp_path: Path) -> None:
    rows = read_rows(saved(tmp_path, ["a", 1, None, ONE]))
    outcomes = [proposal.lines[0].outcome for proposal in propose(rows)]
    assert outcomes == [Outcome.REFUSED] * 3 + [Outcome.KEPT]


def test_a_fact_that_no_entry_may_state_goes_to_the_text_and_the_rest_stays() -> None:
    proposal = from_feed(minimum_age=5, maximum_age=17, languages=[{"name": "Welsh"}])
    assert facts_of(proposal).languages == ("Welsh",)
    wrong = from_feed(description="Help.\n\nHow long people wait: Weeks\nWaiting time as of: soon")
    assert facts_of(wrong).waiting is None
    assert "Weeks" in body_of(wrong)
    assert "soon" in body_of(wrong)


def test_two_rows_of_one_name_get_two_files() -> None:
    first, second = propose(feed_of(ONE, ONE))
    assert (first.id, second.id) == ("beacon-line", "beacon-line-2")
    assert "another row has this name" in said(second)


def test_a_file_is_never_called_like_an_address_of_the_directory() -> None:
    assert from_feed(name="Find").id == "find-service"
    assert from_feed(name="Café Línea").id == "cafe-linea"


# -- writing


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "areas/madeup.yml": "name: Madeup\nplaces: [Exampleton, Otherton]\n",
        "areas/portal.yml": "name: Made-up plans\n",
        "areas/needs.yml": "- {id: anxiety, name: Feeling anxious}\n",
        "content/portal/index.md": "---\ntitle: Plans\n---\n",
        "content/madeup/index.md": "---\ntitle: Madeup\n---\n",
        "content/madeup/help/index.md": "---\ntitle: Help\n---\n",
    }
    for name, text in files.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "site"


def test_files_are_written_once_and_never_over_others(root: Path) -> None:
    proposals = propose(feed_of(ONE, OLD))
    report = write(root, "madeup", proposals)
    folder = root / "content" / "madeup" / "help"
    assert report.files == (folder / "beacon-line.md", folder / "harbour-drop-in.md")
    own = folder / "beacon-line.md"
    own.write_text("mine", encoding="utf-8")
    again = write(root, "madeup", proposals)
    assert again.files == ()
    assert own.read_text(encoding="utf-8") == "mine"
    assert [line.outcome for line in again.refused] == [Outcome.REFUSED] * 2
    assert "beacon-line.md already. It was left as it is" in str(again.refused[0])


@pytest.mark.parametrize("area", ["madup", "portal", "needs"])
def test_only_an_area_takes_entries(root: Path, area: str) -> None:
    with pytest.raises(LtpError, match=f"There is no area “{area}”"):
        write(root, area, propose(feed_of(ONE)))
    with pytest.raises(LtpError, match=f"There is no area “{area}”"):
        import_services(root, area, saved(root.parent, ONE))


def test_every_row_of_a_file_is_in_the_report_and_what_is_written_loads(root: Path) -> None:
    path = saved(root.parent, {"contents": [ONE, {}, OLD, {"name": "Test"}]})
    report = import_services(root, "madeup", path)
    assert {line.row for line in report.lines} == {1, 2, 3, 4}
    assert len(report.files) == 2
    assert len(report.refused) == 2
    assert report.next.startswith("2 files written; none of them counts as checked. Next:")
    names = {f"content/madeup/help/{path.name}" for path in report.files}
    loaded = load(root)
    assert [str(each) for each in loaded.findings if each.path in names] == []
    assert {each.id for each in loaded.plans.services} == {"beacon-line", "harbour-drop-in"}


def test_a_table_is_brought_in_from_end_to_end(root: Path) -> None:
    text = "Service name,About,Tel,Helps with\nBeacon Line,A made-up line.,01632960001,Feeling anxious\n"
    report = import_services(root, "madeup", saved(root.parent, text, "s.csv"))
    (entry,) = load(root).plans.services
    assert entry.facts.needs == ("anxiety",)
    assert [str(line) for line in report.lines] == [
        "2: Beacon Line: changed: phone number: “01632960001” is written 01632 960 001"
    ]


# -- there and back

HARBOUR: Mapping[str, Any] = {
    "name": "Harbour Drop-in",
    "summary": "Talk to a youth worker in a made-up harbour.",
    "former_names": ["Pier Drop-in", "The Hut"],
    "organisation": "Lantern Trust (made up)",
    "status": "paused",
    "urgency": "soon",
    "kind": "drop-in",
    "thrive": ["getting advice", "getting help"],
    "needs": ["anxiety"],
    "audience": ["young people", "parents and carers"],
    "ages": {"youngest": "0", "oldest": "17", "note": "18 if you are in care."},
    "places": ["Exampleton"],
    "gp_registration": "Any surgery in Exampleton.",
    "eligibility": "You live: or study in Exampleton.",
    "not_for": "Emergencies.",
    "referral": {
        "by": ["yourself", "a GP"],
        "how": "Call or walk in.",
        "address": "https://harbour.example.org/ask",
    },
    "next_steps": "A youth worker calls you.",
    "channels": [
        {
            "way": "phone",
            "number": "01632 960 001",
            "label": "Out of hours",
            "option": "option 2",
            "hours": "Mo-Fr 17:00-20:00",
            "cost": "Free from mobiles.",
            "languages": ["English", "Welsh"],
            "audience": ["parents and carers"],
        },
        {"way": "phone", "number": "01632 960 001", "option": "option 3"},
        {"way": "text", "number": "07700 900 123", "keyword": "HARBOUR", "until": "2027-01-31"},
        {"way": "webchat", "address": "https://chat.example.org/", "hours": "Mo,We 16:00-18:00"},
        {"way": "email", "email": "help@harbour.example.org"},
        {"way": "email", "email": "out@harbour.example.org", "label": "At night"},
        {"way": "web", "address": "https://harbour.example.org/", "label": "For parents"},
        {"way": "web", "address": "https://two.example.org/"},
        {"way": "visit", "label": "Side door", "hours": "Su 10:00-12:00"},
    ],
    "hours": "Mo-Fr 09:00-17:00; Sa 10:00-12:00; PH off",
    "hours_note": "Closed on the day of the made-up regatta.",
    "locations": [
        {
            "name": "The Boathouse",
            "street": "1 Made-up Quay",
            "town": "Exampleton",
            "county": "Exampleshire",
            "postcode": "ZZ1 1ZZ",
            "access": ["Step-free entrance", "Hearing loop"],
            "hours": "Sa 10:00-12:00",
        },
        {"street": "2 Made-up Lane", "town": "Exampleton", "postcode": "ZZ1 2ZZ"},
    ],
    "cost": "free",
    "languages": ["English", "British Sign Language"],
    "confidentiality": "We keep it private.",
    "waiting": {"text": "About 2 weeks.", "as_of": "2026-10-01"},
    "alert": {"text": "Moved upstairs."},
}


def entry(facts: Mapping[str, Any], body: str = "") -> Service:
    origin = Origin("content/madeup/help/harbour.md")
    return Service("madeup", "harbour", ServiceFacts.model_validate(facts), body, 1, origin)


def feed_for(one: Service) -> Feed:
    origin = Origin("areas/needs.yml")
    needs = {key: Need(id=key, name=name, origin=origin) for key, name in NEEDS.items()}
    today = datetime.date(2026, 11, 21)
    return Feed([one], "Madeup", PLACES, Site("https://plans.example.org/"), today, needs)


def back(facts: Mapping[str, Any], body: str = "") -> Proposal:
    feed = feed_for(entry(facts, body))
    text = feed.files()[f"{FOLDER}/services/{feed.models[0].id}.json"]
    return made(feed_of(json.loads(text)))


def by_kind(facts: ServiceFacts) -> dict[str, Any]:
    """Give facts with their ways in one order: the standard keeps numbers and addresses apart."""
    told = {key: getattr(facts, key) for key in ServiceFacts.model_fields}
    return {**told, "channels": sorted(facts.channels, key=repr)}


def test_our_own_feed_comes_back_as_it_was() -> None:
    proposal = back(HARBOUR, "You can come with a friend.")
    assert by_kind(facts_of(proposal)) == by_kind(entry(HARBOUR).facts)
    text, heading, rest = body_of(proposal).partition(f"\n\n## {HEADING}\n\n")
    assert text == "You can come with a friend."
    assert heading
    assert re.fullmatch(r"- id: [0-9a-f-]{36}", rest), "nothing but the id has no field"


def test_the_least_entry_comes_back_as_it_was() -> None:
    least = {"name": "Beacon Line", "summary": "A made-up line."}
    assert facts_of(back(least)) == entry(least).facts


words = st.lists(
    st.sampled_from(
        ["Help", "for", "“you”", "don’t", "A&E", "c#", "x: y", "50%", "[b]", "*now*", "<3"]
    ),
    min_size=1,
    max_size=5,
).map(" ".join)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(
    st.fixed_dictionaries(
        dict.fromkeys(("name", "summary", "organisation", "not_for", "cost", "next_steps"), words)
    )
)
def test_any_words_come_back_as_they_were(facts: dict[str, str]) -> None:
    assert by_kind(facts_of(back(facts))) == by_kind(entry(facts).facts)


def test_our_own_table_comes_back_with_what_its_columns_hold(tmp_path: Path) -> None:
    rows = read_rows(saved(tmp_path, services_csv(feed_for(entry(HARBOUR))), "services.csv"))
    facts, was = facts_of(made(rows)), entry(HARBOUR).facts
    for key in ("name", "summary", "organisation", "status", "urgency", "kind", "thrive", "needs"):
        assert getattr(facts, key) == getattr(was, key)
    for key in ("audience", "ages", "places", "cost", "languages", "eligibility", "not_for"):
        assert getattr(facts, key) == getattr(was, key)
    assert facts.referral is not None
    assert was.referral is not None
    assert facts.referral.by == was.referral.by
    contacts = {(each.way, each.number, each.email, each.address) for each in was.channels}
    assert {(each.way, each.number, each.email, each.address) for each in facts.channels} == {
        contact for contact in contacts if any(contact[1:])
    }


def test_a_cell_kept_from_being_a_formula_comes_back_as_it_was(tmp_path: Path) -> None:
    facts = {"name": "@Harbour", "summary": "=Made up."}
    rows = read_rows(saved(tmp_path, services_csv(feed_for(entry(facts))), "services.csv"))
    assert facts_of(made(rows)).name == "@Harbour"
    assert facts_of(made(rows)).summary == "=Made up."


# -- nothing is lost, whatever comes

marks = st.integers(100, 999).map(lambda number: f"mark{number}x")
leaves = st.one_of(st.none(), st.just(""), marks, marks)
KEYS = (
    *("name", "description", "status", "url", "email", "fees", "alert", "accreditations", "byday"),
    *("minimum_age", "contacts", "phones", "number", "organization", "service_at_locations"),
    *("location", "addresses", "address_1", "city", "postal_code", "schedules", "cost_options"),
    *("option", "amount", "languages", "attributes", "taxonomy_term", "service_areas", "opens_at"),
    *(
        "eligibilitys",
        "eligibility",
        "title",
        "assured_date",
        "accessibility",
        "funding",
        "odd_key",
    ),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    ),
    max_leaves=12,
)
records = st.dictionaries(st.sampled_from(KEYS), trees, max_size=8)


@settings(derandomize=True, max_examples=400, deadline=None)
@given(records)
def test_every_value_of_any_record_is_in_the_entry_or_in_the_report(record: dict[str, Any]) -> None:
    proposal = made(feed_of({**record, "name": "Beacon Line"}))
    facts_of(proposal)
    told = f"{proposal.text}\n{said(proposal)}"
    sent = set(re.findall(r"mark\d+x", json.dumps({**record, "name": ""})))
    assert {each for each in sent if each not in told} == set()


cells = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(cells, cells, cells, cells, cells)
def test_any_text_makes_a_file_that_loads_or_is_refused(
    name: str, text: str, phone: str, hours: str, other: str
) -> None:
    service = {
        "name": name,
        "description": text,
        "contacts": [{"name": other, "phones": [{"number": phone, "description": other}]}],
        "schedules": [{"byday": other, "opens_at": hours, "description": hours}],
        "alert": other,
        other: text,
    }
    (proposal,) = propose(feed_of(service))
    assert proposal.lines
    if proposal.text is not None:
        facts_of(proposal)
        assert not re.search(r"(?m)^(#\s|#$|=+\s*$)", body_of(proposal)), "no second title"
