"""The directory for machines: what goes out, under which ids, in which form. All services are made up."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ltp.directory import referral
from ltp.directory.entry import (
    Audience,
    Need,
    Referrer,
    Service,
    ServiceFacts,
    Thrive,
    Urgency,
    Way,
)
from ltp.directory.open_data import (
    COLUMNS,
    FOLDER,
    NOT_KNOWN,
    Feed,
    Scheme,
    json_ld,
    plain,
    services_csv,
    tellable,
    uri_of,
    uuid_of,
)
from ltp.directory.trust import Directory
from ltp.plans.model import Origin
from ltp.site.addresses import Site

WINTER = datetime.date(2026, 11, 21)
SUMMER = datetime.date(2026, 7, 1)
SITE = Site("https://plans.example.org/")
ORIGIN = Origin("content/madeup/help/harbour.md")
NEEDS = {
    "anxiety": Need(id="anxiety", name="Feeling anxious", origin=ORIGIN),
    "sleep": Need(id="sleep", name="Sleep", summary="Trouble with sleeping.", origin=ORIGIN),
}

HARBOUR: Mapping[str, Any] = {
    "name": "Harbour Drop-in",
    "summary": "Talk to a youth worker in a made-up harbour.",
    "former_names": ["Pier Drop-in", "The Hut"],
    "organisation": "Lantern Trust (made up)",
    "urgency": "soon",
    "kind": "drop-in",
    "thrive": ["getting advice", "getting help"],
    "needs": ["anxiety"],
    "audience": ["young people"],
    "ages": {"youngest": "11", "oldest": "17", "note": "18 if you are in care."},
    "places": ["Exampleton"],
    "gp_registration": "Any surgery in Exampleton.",
    "eligibility": "You live or study in Exampleton.",
    "not_for": "Emergencies.",
    "referral": {
        "by": ["yourself", "a school"],
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
        {"way": "text", "number": "07700 900 123", "keyword": "HARBOUR", "until": "2027-01-31"},
        {"way": "webchat", "address": "https://chat.example.org/", "hours": "Mo,We 16:00-18:00"},
        {"way": "email", "email": "help@harbour.example.org"},
        {"way": "web", "address": "https://harbour.example.org/"},
        {"way": "visit"},
        {"way": "phone", "number": "020 7946 0001", "audience": ["professionals"]},
        {"way": "phone", "number": "01632 960 999", "until": "2026-01-31"},
    ],
    "hours": "Mo-Fr 09:00-17:00; Sa 10:00-12:00",
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
    "checks": {"last": "2026-10-20", "by": "communications officer", "next": "2027-04"},
    "alert": {"text": "Moved upstairs.", "from": "2026-11-01", "until": "2026-11-30"},
}
BODY = "## What to expect\n\nYou can [just come](https://harbour.example.org/) with **a friend**.\n"

LEAST: Mapping[str, Any] = {
    "name": "Beacon Line",
    "summary": "A made-up line.",
    "checks": {"last": "2026-10", "by": "officer"},
}


def service(
    facts: Mapping[str, Any], entry: str = "harbour", body: str = "", **more: Any
) -> Service:
    made = ServiceFacts.model_validate({**facts, **more})
    return Service("madeup", entry, made, body, 1, ORIGIN)


def feed_of(*services: Service, site: Site = SITE, today: datetime.date = WINTER) -> Feed:
    return Feed(services, "Madeup", ("Exampleton", "Otherton"), site, today, NEEDS)


FULL = service(HARBOUR, body=BODY)
BARE = service(LEAST, "beacon")


def read(feed: Feed, path: str) -> Any:
    return json.loads(feed.files()[f"{FOLDER}/{path}.json"])


def exported(one: Service, **more: Any) -> Any:
    feed = feed_of(one, **more)
    return read(feed, f"services/{feed.models[0].id}")


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value:
        if isinstance(each, dict | list):
            yield from objects(each)


# -- the files


def test_every_address_of_the_standard_has_its_file() -> None:
    feed = feed_of(FULL, BARE)
    paths = {path.removeprefix(f"{FOLDER}/") for path in feed.files()}
    lists = ("services", "taxonomies", "taxonomy_terms", "service_at_locations")
    assert {"index.json", *(f"{name}.json" for name in lists)} <= paths
    for name in lists:
        ids = [each["id"] for each in read(feed, name)["contents"]]
        assert len(ids) == len(set(ids)) > 0
        assert {path for path in paths if path.startswith(f"{name}/")} == {
            f"{name}/{each}.json" for each in ids
        }
    assert len(paths) == 5 + sum(len(read(feed, name)["contents"]) for name in lists)


def test_the_root_tells_the_standard() -> None:
    assert read(feed_of(), "index") == {
        "version": "HSDS-UK-3.0",
        "profile": referral.PROFILE,
        "openapi_url": referral.OPENAPI,
    }


def test_files_are_utf_8_as_it_is_with_a_line_end_and_in_order() -> None:
    files = feed_of(service(LEAST, name="Café Línea")).files()
    assert list(files) == sorted(files)
    assert all(text.endswith("}\n") for text in files.values())
    assert any("Café Línea" in text for text in files.values())


def test_the_order_in_which_services_come_changes_nothing() -> None:
    assert feed_of(FULL, BARE).files() == feed_of(BARE, FULL).files()
    assert services_csv(feed_of(FULL, BARE)) == services_csv(feed_of(BARE, FULL))


def test_a_feed_with_nothing_in_it_says_so() -> None:
    page = read(feed_of(), "services")
    assert page["contents"] == []
    assert page["empty"] is True
    assert (page["total_items"], page["total_pages"], page["size"]) == (0, 1, 0)


def test_every_list_is_one_page_of_things_without_lists() -> None:
    feed = feed_of(FULL, BARE)
    for name in ("services", "taxonomies", "taxonomy_terms", "service_at_locations"):
        page = read(feed, name)
        count = len(page["contents"])
        assert {key: value for key, value in page.items() if key != "contents"} == {
            "total_items": count,
            "total_pages": 1,
            "page_number": 1,
            "size": count,
            "first_page": True,
            "last_page": True,
            "empty": False,
        }
        for thing in page["contents"]:
            assert not any(
                isinstance(value, list) for each in objects(thing) for value in each.values()
            )


def test_nothing_is_null_or_empty_anywhere_in_a_services_feed() -> None:
    for path, text in feed_of(FULL, BARE).files().items():
        for each in objects(json.loads(text)):
            for key, value in each.items():
                assert value not in (None, "", [], {}), f"{path}: {key}"


def test_every_file_is_valid_under_our_models() -> None:
    kinds: dict[str, type[referral.Thing]] = {
        "services": referral.ReferralService,
        "taxonomies": referral.Taxonomy,
        "taxonomy_terms": referral.TaxonomyTerm,
        "service_at_locations": referral.ServiceAtLocation,
    }
    for path, text in feed_of(FULL, BARE).files().items():
        parts = path.removeprefix(f"{FOLDER}/").removesuffix(".json").split("/")
        data = json.loads(text)
        if parts == ["index"]:
            referral.About.model_validate(data)
        elif len(parts) == 1:
            for each in referral.Page.model_validate(data).contents:
                kinds[parts[0]].model_validate(each)
        else:
            assert kinds[parts[0]].model_validate(data).as_data() == data
            assert data["id"] == parts[1]


# -- one service


def test_a_service_says_what_its_entry_says() -> None:
    told = exported(FULL)
    assert told["name"] == "Harbour Drop-in"
    assert told["status"] == "active"
    assert told["url"] == "https://harbour.example.org/"
    assert told["email"] == "help@harbour.example.org"
    assert (told["minimum_age"], told["maximum_age"]) == (11, 17)
    assert told["assured_date"] == "2026-10-20"
    assert told["alert"] == "Moved upstairs."
    assert told["organization"]["name"] == "Lantern Trust (made up)"
    assert told["organization_id"] == told["organization"]["id"]
    assert [each["name"] for each in told["service_areas"]] == ["Exampleton"]
    assert [(each["name"], each["code"]) for each in told["languages"]] == [
        ("English", "en"),
        ("British Sign Language", "bfi"),
    ]
    assert [(each["option"], each["amount"]) for each in told["cost_options"]] == [("free", 0)]


def test_a_description_is_the_summary_then_the_text_then_what_has_no_field() -> None:
    assert exported(FULL)["description"] == (
        "Talk to a youth worker in a made-up harbour.\n\n"
        "What to expect\n\nYou can just come with a friend.\n\n"
        "Used to be called: Pier Drop-in\n"
        "Used to be called: The Hut\n"
        "Who can use it: You live or study in Exampleton.\n"
        "Not for: Emergencies.\n"
        "Ages: 18 if you are in care.\n"
        "GP surgeries: Any surgery in Exampleton.\n"
        "How to ask for it: Call or walk in.\n"
        "Where to ask for it: https://harbour.example.org/ask\n"
        "What happens next: A youth worker calls you.\n"
        "Privacy: We keep it private.\n"
        "About its opening hours: Closed on the day of the made-up regatta.\n"
        "How long people wait: About 2 weeks.\n"
        "Waiting time as of: 2026-10-01"
    )


def test_what_is_not_known_is_left_out_and_what_the_standard_wants_is_said_to_be_not_known() -> (
    None
):
    told = exported(BARE)
    assert set(told) == {
        "id",
        "name",
        "status",
        "organization_id",
        "description",
        "organization",
        "service_areas",
        "attributes",
    }
    assert told["organization"]["name"] == NOT_KNOWN
    assert told["organization"]["description"]
    other = exported(service(LEAST, "other"))
    assert other["organization_id"] != told["organization_id"], "two unknown bodies are not one"
    assert [each["name"] for each in told["service_areas"]] == ["Exampleton", "Otherton"]


@pytest.mark.parametrize(
    ("last", "assured"),
    [("2026-10-20", "2026-10-20"), ("2026-10", None), ("2026", None)],
)
def test_an_assured_date_is_a_whole_day_or_not_there(last: str, assured: str | None) -> None:
    told = exported(service(LEAST, checks={"last": last, "by": "officer"}))
    assert told.get("assured_date") == assured


@pytest.mark.parametrize(
    ("status", "told"),
    [("running", "active"), ("paused", "temporarily closed"), ("ended", "defunct")],
)
def test_a_status_has_the_standards_word(status: str, told: str) -> None:
    assert exported(service(LEAST, status=status))["status"] == told


@pytest.mark.parametrize(
    ("day", "is_told"),
    [("2026-10-31", False), ("2026-11-01", True), ("2026-11-30", True), ("2026-12-01", False)],
)
def test_an_alert_is_told_only_while_it_is_valid(day: str, is_told: bool) -> None:
    told = exported(FULL, today=datetime.date.fromisoformat(day))
    assert ("alert" in told) is is_told


def test_numbers_hang_on_contacts_with_what_is_to_be_known_of_them() -> None:
    contacts = exported(FULL)["contacts"]
    assert [(each["name"], each["phones"][0]["number"]) for each in contacts[:2]] == [
        ("Out of hours", "01632 960 001"),
        ("Text message", "07700 900 123"),
    ]
    assert contacts[0]["phones"][0]["description"] == (
        "Choose: option 2\n"
        "Opening hours (OpenStreetMap rules): Mo-Fr 17:00-20:00\n"
        "Cost: Free from mobiles."
    )
    assert [each["name"] for each in contacts[0]["phones"][0]["languages"]] == ["English", "Welsh"]
    assert contacts[1]["phones"][0]["description"] == "Word to send: HARBOUR\nUntil: 2027-01-31"
    assert contacts[2]["name"] == "In person"
    assert "phones" not in contacts[2]


def test_a_way_for_professionals_or_past_its_last_day_is_not_told() -> None:
    text = json.dumps(exported(FULL))
    assert "020 7946 0001" not in text
    assert "960 999" not in text
    spring = json.dumps(exported(FULL, today=datetime.date(2027, 2, 1)))
    assert "07700 900 123" not in spring


def test_buildings_are_physical_and_ways_from_anywhere_are_virtual() -> None:
    told = exported(FULL)
    locations = [each["location"] for each in told["service_at_locations"]]
    assert [(each["location_type"], each["name"]) for each in locations] == [
        ("physical", "The Boathouse"),
        ("physical", "2 Made-up Lane"),
        ("virtual", "Out of hours"),
        ("virtual", "Text message"),
        ("virtual", "Webchat"),
    ]
    address = locations[0]["addresses"][0]
    assert {key: value for key, value in address.items() if not key.endswith("id")} == {
        "address_1": "1 Made-up Quay",
        "city": "Exampleton",
        "state_province": "Exampleshire",
        "postal_code": "ZZ1 1ZZ",
        "country": "GB",
        "address_type": "physical",
    }
    assert address["location_id"] == locations[0]["id"]
    assert locations[1]["addresses"][0]["state_province"] == NOT_KNOWN
    access = [each["description"] for each in locations[0]["accessibility"]]
    assert access == ["Step-free entrance", "Hearing loop"]
    assert locations[4]["description"].startswith("Address: https://chat.example.org/\n")
    for each in told["service_at_locations"]:
        assert (each["service_id"], each["location_id"]) == (told["id"], each["location"]["id"])


@pytest.mark.parametrize(("today", "offset"), [(WINTER, "+00:00"), (SUMMER, "+01:00")])
def test_opening_hours_are_schedules_with_the_offset_of_the_day(
    today: datetime.date, offset: str
) -> None:
    schedules = exported(FULL, today=today)["schedules"]
    assert [
        (each["freq"], each["byday"], each["opens_at"], each["closes_at"]) for each in schedules[:2]
    ] == [
        ("WEEKLY", "MO,TU,WE,TH,FR", f"09:00:00{offset}", f"17:00:00{offset}"),
        ("WEEKLY", "SA", f"10:00:00{offset}", f"12:00:00{offset}"),
    ]
    assert all("clocks in England" in each["notes"] for each in schedules)
    assert [each["description"] for each in schedules[2:]] == [
        "Out of hours",
        "Webchat",
        "The Boathouse",
    ]


def test_a_line_that_is_always_open_ends_its_days_at_the_last_minute() -> None:
    (schedule,) = exported(service(LEAST, hours="24/7"))["schedules"]
    assert schedule["byday"] == "MO,TU,WE,TH,FR,SA,SU"
    assert (schedule["opens_at"][:5], schedule["closes_at"][:5]) == ("00:00", "23:59")


def test_hours_that_are_no_weeks_go_out_in_words() -> None:
    told = exported(service(LEAST, hours="Mo-Fr 09:00-17:00; PH off"))
    assert "bank holidays" in told["schedules"][0]["description"]


def test_services_are_sorted_by_our_taxonomies() -> None:
    told = exported(FULL)
    terms = [
        (each["link_type"], each["taxonomy_term"]["name"], each["taxonomy_term"]["term_uri"])
        for each in told["attributes"]
    ]
    assert terms == [
        ("thrive", "getting advice", "urn:ltp:taxonomy:thrive:getting-advice"),
        ("thrive", "getting help", "urn:ltp:taxonomy:thrive:getting-help"),
        ("need", "Feeling anxious", "urn:ltp:taxonomy:need:anxiety"),
        ("audience", "young people", "urn:ltp:taxonomy:audience:young-people"),
        ("way", "phone", "urn:ltp:taxonomy:way:phone"),
        ("way", "text", "urn:ltp:taxonomy:way:text"),
        ("way", "webchat", "urn:ltp:taxonomy:way:webchat"),
        ("way", "email", "urn:ltp:taxonomy:way:email"),
        ("way", "web", "urn:ltp:taxonomy:way:web"),
        ("way", "visit", "urn:ltp:taxonomy:way:visit"),
        ("referrer", "yourself", "urn:ltp:taxonomy:referrer:yourself"),
        ("referrer", "a school", "urn:ltp:taxonomy:referrer:a-school"),
        ("kind", "drop-in", "urn:ltp:taxonomy:kind:drop-in"),
        ("urgency", "soon", "urn:ltp:taxonomy:urgency:soon"),
    ]
    for each in told["attributes"]:
        assert (each["link_id"], each["link_entity"]) == (told["id"], "service")
        assert each["taxonomy_term_id"] == each["taxonomy_term"]["id"]


def test_every_term_that_is_used_stands_in_the_list_of_terms_and_its_taxonomy_too() -> None:
    feed = feed_of(FULL, BARE)
    terms = {each["id"]: each for each in read(feed, "taxonomy_terms")["contents"]}
    schemes = {each["id"] for each in read(feed, "taxonomies")["contents"]}
    used = [
        each["taxonomy_term"]
        for model in feed.models
        for each in objects(model.as_data())
        if "taxonomy_term" in each
    ]
    assert len(used) > 10
    assert all(terms[each["id"]] == each for each in used)
    assert {each["taxonomy_id"] for each in terms.values()} == schemes
    assert {"getting risk support", "Sleep", "a GP", "emergency", "home treatment"} <= {
        each["name"] for each in terms.values()
    }


def test_a_need_that_no_file_names_still_has_its_term() -> None:
    told = exported(service(LEAST, needs=["grief"]))
    assert "grief" in [each["taxonomy_term"]["name"] for each in told["attributes"]]


# -- ids


def test_a_services_id_is_that_of_its_public_address() -> None:
    at = "https://plans.example.org/madeup/help/harbour/"
    assert exported(FULL)["id"] == str(uuid5(NAMESPACE_URL, at))


def test_an_area_with_an_address_of_its_own_has_ids_of_that() -> None:
    site = Site("https://plans.example.org/", {"madeup": "https://madeup.example.org/"})
    assert exported(FULL, site=site)["id"] == uuid_of("https://madeup.example.org/help/harbour/")


def test_without_a_public_address_ids_rest_on_the_path() -> None:
    assert exported(FULL, site=Site())["id"] == uuid_of("urn:ltp:/madeup/help/harbour/")


def test_ids_stay_when_the_facts_around_them_change() -> None:
    before = exported(FULL)
    channels = [{"way": "phone", "number": "0808 157 0001"}, *HARBOUR["channels"]]
    after = exported(
        service(HARBOUR, name="New name", summary="New.", channels=channels), today=SUMMER
    )
    assert after["id"] == before["id"]
    ids = {each["id"] for each in objects(before) if "id" in each}
    still = {each["id"] for each in objects(after) if "id" in each}
    assert ids <= still


def test_ids_differ_within_a_feed() -> None:
    channel = {"way": "phone", "number": "01632 960 001"}
    place = HARBOUR["locations"][0]
    twins = service(HARBOUR, channels=[channel, channel], locations=[place, place])
    told = exported(twins)
    own = [
        each["id"]
        for each in objects(told)
        if "id" in each and "term_uri" not in each and "taxonomy_term" not in each
    ]
    assert len(own) == len(set(own))


def test_terms_have_the_same_ids_on_every_site() -> None:
    here = read(feed_of(FULL), "taxonomy_terms")
    there = read(feed_of(FULL, site=Site("https://other.example.org/")), "taxonomy_terms")
    assert here == there
    assert uuid_of("urn:ltp:taxonomy:thrive:getting-help") in [
        each["id"] for each in here["contents"]
    ]


# -- what goes out


def test_only_what_may_be_told_goes_out() -> None:
    checks = {"last": "2026-10-20", "by": "officer"}
    services = (
        service(LEAST, "checked", checks=checks),
        service(LEAST, "past", checks={"last": "2025-08-01", "by": "officer"}),
        service(LEAST, "paused", checks=checks, status="paused"),
        service(LEAST, "ended", checks=checks, status="ended"),
        service(LEAST, "long-past", checks={"last": "2020-01-01", "by": "officer"}),
        service(LEAST, "never", checks={"last": "never"}),
        service(LEAST, "named", checks={"last": "never"}, named_in=["madeup/2024-25"]),
        service(LEAST, "professionals", checks=checks, audience=["professionals"]),
    )
    directory = Directory("madeup", ("Exampleton",), services, NEEDS, WINTER)
    assert [each.id for each in tellable(directory)] == ["checked", "past", "paused", "ended"]
    feed = Feed.of(directory, "Madeup", SITE)
    assert {each.status for each in feed.models} == {"active", "temporarily closed", "defunct"}
    assert len(feed.models) == 4


# -- text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("## Help\n\nCome **now** or *later*.", "Help\n\nCome now or later."),
        ('- One\n- [Two](https://example.org/a_(b) "T")', "- One\n- Two"),
        ("5 * 3 and snake_case_name", "5 * 3 and snake_case_name"),
        (r"a \[b\] \# c &lt;d>", "a [b] # c <d>"),
        ("<div markdown>Yes</div><!-- no -->", "Yes"),
        ("![A map](map.png)\n\n\n\nEnd  here ", "A map\n\nEnd here"),
        ("> Said", "Said"),
        ("", ""),
    ],
)
def test_markdown_is_told_as_plain_words(markdown: str, text: str) -> None:
    assert plain(markdown) == text


@pytest.mark.parametrize(
    ("address", "uri"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("https://example.org/é {x}|", "https://example.org/%C3%A9%20%7Bx%7D%7C"),
        ("https://exämple.org/", "https://xn--exmple-cua.org/"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://[::1/", None),
        ("https://_", None),
    ],
)
def test_a_web_address_is_written_as_a_uri_or_left_out(address: str, uri: str | None) -> None:
    assert uri_of(address) == uri


# -- the table


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_table_has_a_row_a_service_and_opens_in_a_spreadsheet() -> None:
    text = services_csv(feed_of(FULL, BARE))
    assert text.startswith("\ufeffName,Summary,")
    assert text.count("\r\n") == text.count("\n") == 3
    beacon, harbour = rows_of(text)
    assert tuple(harbour) == COLUMNS
    assert harbour["Phone"] == "01632 960 001 (choose option 2, Out of hours)"
    assert harbour["Text"] == "07700 900 123 (send HARBOUR)"
    assert harbour["THRIVE groups"] == "getting advice; getting help"
    assert harbour["Needs"] == "Feeling anxious"
    assert harbour["Where"].startswith("The Boathouse, 1 Made-up Quay, Exampleton, Exampleshire,")
    assert harbour["Last checked"] == "2026-10-20"
    assert harbour["Page"] == "https://plans.example.org/madeup/help/harbour/"
    assert harbour["Id"] == exported(FULL)["id"]
    assert {beacon[key] for key in ("Phone", "Youngest age", "Cost")} == {""}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " +", "＝"])
def test_no_cell_starts_a_formula(start: str) -> None:
    bad = f'{start}HYPERLINK("https://example.org")'
    row = rows_of(services_csv(feed_of(service(LEAST, name=bad, summary=bad))))[0]
    assert row["Name"][0] == "'"
    assert row["Summary"][0] == "'"


def test_a_text_of_two_lines_stays_in_its_row() -> None:
    text = services_csv(feed_of(service(LEAST, summary="One\r\ntwo\nthree")))
    assert rows_of(text)[0]["Summary"] == "One two three"
    assert text.count("\n") == 2


# -- structured data


def test_structured_data_says_how_to_reach_it() -> None:
    data = json.loads(json_ld(feed_of(FULL), FULL))
    assert (data["@context"], data["@type"]) == ("https://schema.org", "Service")
    assert data["url"] == "https://plans.example.org/madeup/help/harbour/"
    assert data["provider"] == {"@type": "Organization", "name": "Lantern Trust (made up)"}
    assert data["audience"] == {
        "@type": "PeopleAudience",
        "audienceType": "young people",
        "suggestedMinAge": 11,
        "suggestedMaxAge": 17,
    }
    assert data["areaServed"] == [{"@type": "AdministrativeArea", "name": "Exampleton"}]
    channels = data["availableChannel"]
    assert channels[0]["servicePhone"]["telephone"] == "01632 960 001"
    assert channels[0]["availableLanguage"] == ["English", "Welsh"]
    assert channels[1]["serviceSmsNumber"]["telephone"] == "07700 900 123"
    assert channels[2]["serviceUrl"] == "https://chat.example.org/"
    assert channels[3]["servicePhone"]["email"] == "help@harbour.example.org"
    assert channels[5]["serviceLocation"]["address"]["postalCode"] == "ZZ1 1ZZ"
    assert data["hoursAvailable"][1] == {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": ["Saturday"],
        "opens": "10:00",
        "closes": "12:00",
    }
    assert data["offers"]["price"] == "0"
    assert "020 7946" not in json.dumps(data), "what is for professionals only stays out"


def test_structured_data_cannot_leave_its_script() -> None:
    bad = service(LEAST, summary="</script><script>alert(1)</script>&\u2028")
    text = json_ld(feed_of(bad), bad)
    assert not re.search(r"[<>&\u2028]", text)
    assert json.loads(text)["description"].startswith("</script>")


@pytest.mark.parametrize(
    ("organisation", "kind"),
    [
        ("Madeup NHS Foundation Trust", "GovernmentService"),
        ("Exampleton Council", "GovernmentService"),
        ("Lantern Trust", "Service"),
        (None, "Service"),
    ],
)
def test_the_nhs_and_councils_give_government_services(organisation: str | None, kind: str) -> None:
    one = service(LEAST, organisation=organisation)
    data = json.loads(json_ld(feed_of(one), one))
    assert data["@type"] == kind
    assert ("provider" in data) is (organisation is not None)


def test_only_a_clinic_with_a_building_is_a_medical_clinic() -> None:
    clinic = service(HARBOUR, kind="clinic")
    assert "MedicalClinic" in json_ld(feed_of(clinic), clinic)
    assert "MedicalClinic" not in json_ld(feed_of(FULL), FULL)
    online = service(LEAST, kind="clinic")
    assert "MedicalClinic" not in json_ld(feed_of(online), online)


def test_structured_data_holds_nothing_empty_and_no_address_that_is_not_public() -> None:
    for each in (FULL, BARE):
        text = json_ld(feed_of(each, site=Site()), each)
        assert "urn:" not in text
        for thing in objects(json.loads(text)):
            assert all(value not in (None, "", [], {}) for value in thing.values())


# -- any entry at all

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=20)
texts = words.filter(lambda text: bool(text.strip()))
numbers = st.sampled_from(["01632 960 001", "07700 900 123", "020 7946 0001", "0808 157 0001"])
hours = st.sampled_from(
    ["24/7", "Mo-Fr 09:00-17:00", "Mo,We 09:00-12:00; PH off", "Fr 22:00-02:00"]
)
hosts = st.sampled_from(["example.org", "exämple.org", "_", "a..b", "example.org:99999", "[::1"])
ends = st.text(st.characters(exclude_categories=["Cs", "Z", "Cc"]), max_size=6)


def web_address(host: str, end: str) -> str:
    return f"https://{host}/" + re.sub(r"[<>\"\s]", "", end)


web = st.builds(web_address, hosts, ends)
emails = st.sampled_from(["a@example.org", "é@exämple.org", "a@b@c.d", "x@e..org", "a@-e.org"])
days = st.sampled_from(["2020", "2026-10", "2026-11-21", "2027-01-01"])


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


def several(of: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(of, max_size=3)


def of(kind: type[Any]) -> st.SearchStrategy[list[str]]:
    return several(st.sampled_from([each.value for each in kind]))


details = some(
    label=texts,
    hours=hours,
    cost=texts,
    languages=several(texts),
    audience=of(Audience),
    until=days,
    replaced_by=texts,
)
contacts = st.one_of(
    st.fixed_dictionaries({"way": st.just("phone"), "number": numbers}, optional={"option": texts}),
    st.fixed_dictionaries({"way": st.just("text"), "number": numbers}, optional={"keyword": texts}),
    st.fixed_dictionaries({"way": st.sampled_from(["web", "webchat"]), "address": web}),
    st.fixed_dictionaries({"way": st.just("email"), "email": emails}),
    st.just({"way": "visit"}),
)
channels = st.builds(lambda contact, more: {**contact, **more}, contacts, details)
locations = st.fixed_dictionaries(
    {"street": texts, "town": texts, "postcode": st.just("ZZ1 1ZZ")},
    optional={"name": texts, "county": texts, "access": several(texts), "hours": hours},
)
entries = st.fixed_dictionaries(
    {"name": texts, "summary": texts},
    optional={
        "former_names": several(texts),
        "organisation": texts,
        "status": st.sampled_from(["running", "paused", "ended"]),
        "urgency": st.sampled_from([each.value for each in Urgency]),
        "kind": st.sampled_from(["clinic", "drop-in", "other"]),
        "thrive": of(Thrive),
        "needs": several(st.sampled_from(["anxiety", "sleep", "grief"])),
        "audience": of(Audience),
        "ages": some(youngest=st.integers(0, 11), oldest=st.integers(11, 120), note=texts),
        "places": several(texts),
        "gp_registration": texts,
        "eligibility": texts,
        "not_for": texts,
        "referral": some(by=of(Referrer), how=texts, address=web),
        "next_steps": texts,
        "channels": several(channels),
        "hours": hours,
        "hours_note": texts,
        "locations": several(locations),
        "cost": texts,
        "languages": several(texts),
        "confidentiality": texts,
        "waiting": st.fixed_dictionaries({"text": texts, "as_of": days}),
        "checks": st.fixed_dictionaries({"last": days, "by": texts}),
        "alert": some(until=days).map(lambda more: {"text": "Moved.", **more}),
    },
)
"""Entries that an editor could write, with every field there is."""


def valid(facts: Mapping[str, Any]) -> bool:
    try:
        ServiceFacts.model_validate(facts)
    except ValueError:
        return False
    return True


@settings(derandomize=True, max_examples=150, deadline=None)
@given(
    st.lists(entries.filter(valid), max_size=2),
    st.text(max_size=60),
    st.sampled_from([SUMMER, WINTER]),
)
def test_any_entry_goes_out_as_the_standard_has_it(
    facts: Sequence[Mapping[str, Any]], body: str, today: datetime.date
) -> None:
    services = [service(each, f"entry-{at}", body) for at, each in enumerate(facts)]
    feed = feed_of(*services, today=today)
    files = feed.files()
    assert len(feed.models) == len(services)
    for model in feed.models:
        text = files[f"{FOLDER}/services/{model.id}.json"]
        assert referral.ReferralService.model_validate_json(text) == model
        for each in objects(json.loads(text)):
            assert all(value not in (None, "", [], {}) for value in each.values())
    ids = [each["id"] for model in feed.models for each in model.as_data()["attributes"]]
    assert len(ids) == len(set(ids))
    assert len(rows_of(services_csv(feed))) == len(services)
    for one in services:
        json.loads(json_ld(feed, one))


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.lists(texts, min_size=1, max_size=4))
def test_no_cell_of_any_entry_starts_a_formula(values: list[str]) -> None:
    services = [service(LEAST, f"e-{at}", name=each) for at, each in enumerate(values)]
    for row in rows_of(services_csv(feed_of(*services))):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())


def test_every_field_of_an_entry_is_among_those_tried() -> None:
    ours = {"source", "named_in", "replaced_by", "sensitive", "formerly"}
    known = set(ServiceFacts.typed_keys()) - ours
    tried = {*HARBOUR, "status"}
    assert known <= tried, "a new field has to go out, or be left out for a reason"


def test_a_scheme_for_every_way_of_sorting() -> None:
    feed = feed_of(FULL)
    assert [each.uri for each in feed.vocabulary.taxonomies] == [each.uri for each in Scheme]
    assert len(list(feed.vocabulary.terms)) == 5 + 2 + 5 + 6 + 5 + 13 + 4
    assert len(Way) == 6


def test_a_changed_day_changes_no_id() -> None:
    winter, summer = feed_of(FULL), replace(feed_of(FULL), today=SUMMER)
    assert [each.id for each in winter.models] == [each.id for each in summer.models]
