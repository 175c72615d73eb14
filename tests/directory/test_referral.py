"""Open Referral UK 3.0 as our own models: what is required, what is refused, and what is left out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from ltp.directory import referral
from ltp.directory.referral import (
    About,
    Accessibility,
    Address,
    Attribute,
    Contact,
    CostOption,
    Funding,
    Language,
    Location,
    Organization,
    OrganizationIdentifier,
    Page,
    Phone,
    ReferralService,
    Schedule,
    ServiceArea,
    ServiceAtLocation,
    Taxonomy,
    TaxonomyTerm,
    Thing,
    is_email,
    is_uri,
    one_to_one,
    page,
)

ONE = "11111111-1111-5111-8111-111111111111"
TWO = "22222222-2222-5222-8222-222222222222"

REQUIRED: dict[type[Thing], dict[str, object]] = {
    About: {
        "version": "HSDS-UK-3.0",
        "profile": "https://example.org/profile",
        "openapi_url": "https://example.org/openapi.json",
    },
    ReferralService: {"id": ONE, "name": "Harbour Drop-in", "status": "active"},
    Organization: {"id": ONE, "name": "Lantern Trust", "description": "A made-up charity."},
    OrganizationIdentifier: {"id": ONE, "identifier_type": "GB-CHC", "identifier": "0"},
    Location: {"id": ONE, "location_type": "physical"},
    Address: {
        "id": ONE,
        "address_1": "1 Made-up Street",
        "city": "Exampleton",
        "state_province": "Exampleshire",
        "postal_code": "ZZ1 1ZZ",
        "country": "GB",
        "address_type": "physical",
    },
    ServiceAtLocation: {"id": ONE},
    Schedule: {"id": ONE},
    Contact: {"id": ONE},
    Phone: {"id": ONE, "number": "01632 960 001"},
    Language: {"id": ONE},
    CostOption: {"id": ONE},
    ServiceArea: {"id": ONE},
    Accessibility: {"id": ONE},
    Funding: {"id": ONE},
    Attribute: {"id": ONE},
    Taxonomy: {"id": ONE, "name": "Way", "description": "How it is reached."},
    TaxonomyTerm: {"id": ONE, "name": "phone", "description": "Reached by phone."},
    Page: {
        "total_items": 0,
        "total_pages": 1,
        "page_number": 1,
        "size": 0,
        "first_page": True,
        "last_page": True,
        "empty": True,
        "contents": [],
    },
}
"""The least that each object of the standard may hold."""

OPTIONAL: dict[type[Thing], str] = {
    ReferralService: (
        "description url email fees accreditations minimum_age maximum_age assured_date assurer_email "
        "alert last_modified schedules service_areas service_at_locations languages organization "
        "organization_id funding cost_options contacts attributes"
    ),
    Organization: (
        "email website logo uri parent_organization_id organization_identifiers attributes"
    ),
    OrganizationIdentifier: "identifier_scheme organization_id",
    Location: (
        "name description latitude longitude external_identifier external_identifier_type addresses "
        "accessibility attributes"
    ),
    Address: "attention region location_id",
    ServiceAtLocation: "location service_id location_id",
    Schedule: (
        "freq interval byday bymonthday dtstart valid_from valid_to opens_at closes_at description "
        "schedule_link attending_type notes"
    ),
    Contact: "name title service_id attributes phones",
    Phone: "contact_id description languages",
    Language: "service_id phone_id code name",
    CostOption: "option amount amount_description valid_from valid_to service_id",
    ServiceArea: "name extent extent_type uri service_area",
    Accessibility: "description details url",
    Funding: "source",
    Attribute: "link_type taxonomy_term link_id taxonomy_term_id link_entity",
    Taxonomy: "uri version",
    TaxonomyTerm: "parent_id taxonomy taxonomy_id term_uri",
    About: "",
    Page: "",
}
"""What each object may hold besides. Nothing else is known."""

FIELDS = [(kind, key) for kind, least in REQUIRED.items() for key in least]
KINDS = list(REQUIRED)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_least_that_is_required_is_enough_and_comes_out_as_it_went_in(
    kind: type[Thing],
) -> None:
    assert kind.model_validate(REQUIRED[kind]).as_data() == REQUIRED[kind]


@pytest.mark.parametrize(("kind", "key"), FIELDS, ids=str)
def test_nothing_that_is_required_may_be_missing(kind: type[Thing], key: str) -> None:
    some = {name: value for name, value in REQUIRED[kind].items() if name != key}
    with pytest.raises(ValidationError, match=key):
        kind.model_validate(some)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_object_has_the_fields_of_the_standard_and_no_others(kind: type[Thing]) -> None:
    assert set(kind.model_fields) == {*REQUIRED[kind], *OPTIONAL[kind].split()}
    with pytest.raises(ValidationError, match="alternate_name"):
        kind.model_validate({**REQUIRED[kind], "alternate_name": "x"})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_empty_field_is_left_out(kind: type[Thing]) -> None:
    empty = {
        key: () if isinstance(info.default, tuple) else None
        for key, info in kind.model_fields.items()
        if not info.is_required()
    }
    assert kind.model_validate({**REQUIRED[kind], **empty}).as_data() == REQUIRED[kind]


def test_nought_is_not_empty() -> None:
    service = ReferralService(id=ONE, name="A", status="active", minimum_age=0)
    cost = CostOption(id=ONE, amount=0)
    assert service.as_data()["minimum_age"] == 0
    assert cost.as_data()["amount"] == 0


@pytest.mark.parametrize(
    ("kind", "key", "right", "wrong"),
    [
        (
            ReferralService,
            "status",
            ["active", "inactive", "defunct", "temporarily closed"],
            ["running", "Active"],
        ),
        (Location, "location_type", ["physical", "postal", "virtual"], ["online"]),
        (Address, "address_type", ["physical", "postal", "virtual"], ["home"]),
        (Schedule, "freq", ["WEEKLY", "MONTHLY"], ["DAILY", "weekly"]),
        (Schedule, "byday", ["MO", "MO,WE,SU", "1TU", "-1FR"], ["", "Mo", "MO, TU", "9MO", "XX"]),
        (
            ReferralService,
            "id",
            [ONE],
            ["", "1", ONE.replace("-", ""), f"{{{ONE}}}", ONE.replace("1", "A")],
        ),
        (ReferralService, "name", ["A"], ["", "  "]),
        (
            ReferralService,
            "email",
            ["help@example.org", "a.b+c@mail.example.co.uk"],
            ["", "help@", "@example.org", "a b@example.org", "help@example", "x@e.org y"],
        ),
        (
            ReferralService,
            "url",
            ["https://example.org", "http://example.org/a?b=c#d", "urn:ltp:x"],
            [
                "",
                "example.org",
                "www.example.org",
                "https://",
                "https://exa mple.org",
                "https://example.org/é",
                "https://-x.org",
            ],
        ),
        (
            ReferralService,
            "assured_date",
            ["2026-10-31"],
            ["2026-10", "31/10/2026", "2026-02-30", "2026-10-31T00:00:00Z"],
        ),
        (
            ReferralService,
            "last_modified",
            ["2026-10-31T09:00:00Z", "2026-10-31T09:00:00+01:00"],
            ["2026-10-31", "2026-10-31T09:00Z", "2026-10-31T09:00:00", "2026-02-30T09:00:00Z"],
        ),
        (
            Schedule,
            "opens_at",
            ["09:00:00+00:00", "09:00Z", "23:59+01:00"],
            ["09:00", "24:00Z", "9:00Z", "09:60Z", "9am"],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_field_takes_only_what_its_format_allows(
    kind: type[Thing], key: str, right: list[str], wrong: list[str]
) -> None:
    for value in right:
        assert kind.model_validate({**REQUIRED[kind], key: value}).as_data()[key] == value
    for value in wrong:
        with pytest.raises(ValidationError):
            kind.model_validate({**REQUIRED[kind], key: value})


def test_a_list_shows_what_there_is_one_of_and_no_lists() -> None:
    attribute = Attribute(id=TWO)
    organisation = Organization(id=TWO, name="B", description="C", attributes=(attribute,))
    service = ReferralService(
        id=ONE, name="A", status="active", organization=organisation, attributes=(attribute,)
    )
    shown = one_to_one(service).as_data()
    assert shown == {
        "id": ONE,
        "name": "A",
        "status": "active",
        "organization": {"id": TWO, "name": "B", "description": "C"},
    }
    assert service.as_data()["attributes"] == [{"id": TWO}], "the service itself is as it was"


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_list_is_one_page(count: int) -> None:
    things = tuple(Funding(id=ONE, source=str(at)) for at in range(count))
    made = page(things).as_data()
    assert len(made.pop("contents")) == count
    assert made == {
        "total_items": count,
        "total_pages": 1,
        "page_number": 1,
        "size": count,
        "first_page": True,
        "last_page": True,
        "empty": count == 0,
    }


def test_the_root_names_the_version_of_the_standard() -> None:
    about = About(
        version=referral.VERSION, profile=referral.PROFILE, openapi_url=referral.OPENAPI
    ).as_data()
    assert about["version"] == "HSDS-UK-3.0"
    assert list(about) == ["version", "profile", "openapi_url"]


def without_empties(value: Any) -> bool:
    if isinstance(value, dict):
        return all(
            without_empties(each) and each not in (None, "", [], {}) for each in value.values()
        )
    return all(without_empties(each) for each in value) if isinstance(value, list) else True


texts = st.none() | st.text(st.characters(codec="utf-8"), max_size=8)


@settings(derandomize=True, max_examples=200)
@given(texts, texts, texts, st.booleans())
def test_what_is_made_is_never_empty_anywhere(
    name: str | None, email: str | None, url: str | None, nested: bool
) -> None:
    data = {"id": ONE, "name": "A", "description": name, "email": email, "website": url}
    try:
        organisation = Organization.model_validate(data)
    except ValidationError:
        bad = [name is None or not name.strip()]
        bad += [each is not None and not is_email(each) for each in [email]]
        bad += [each is not None and not is_uri(each) for each in [url]]
        assert any(bad), "only what is wrong is refused"
        return
    service = ReferralService(
        id=ONE, name="A", status="active", organization=organisation if nested else None
    )
    assert without_empties(json.loads(json.dumps(service.as_data())))
