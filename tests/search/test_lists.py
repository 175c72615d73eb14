"""The A to Z and the site map: everything that can be found, without a search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from tests.model.facts import act, edition
from tests.model.facts import page as written
from tests.search.facts import plan, service, views
from tests.site.built import Built, Page, words_of

from ltp.search import a_to_z
from ltp.site.cards import AreaCard
from ltp.site.page_views import Views
from ltp.site.pages import PageKind
from ltp.site.views import Entry, Link, PageView

WITHDRAWN = {"history": [act("withdrawn", "2026-01-01")]}


def view(made: Views, kind: PageKind) -> PageView:
    (place,) = (each for each in made.pages if each.kind is kind)
    return made.view(place)


def lines(entries: Sequence[Entry]) -> list[str]:
    """Give each entry in a line, with what lies under it in square brackets."""
    told = []
    for each in entries:
        words = [each.link.text, each.what, f"({each.tag})" if each.tag else ""]
        under = f"[{', '.join(lines(each.entries))}]" if each.entries else ""
        told.append(" ".join(word for word in (*words, under) if word))
    return told


def listed(made: Views, kind: PageKind = PageKind.A_TO_Z) -> dict[str, list[str]]:
    return {each.heading: lines(each.entries) for each in view(made, kind).sections}


# -- A to Z of an area


def test_pages_of_the_latest_plan_are_listed_by_title_with_their_plan() -> None:
    found = listed(views(plan("harbour/2026", "crisis", "boats", label="2026 plan")))
    assert "Boats 2026 plan" in found["B"]
    assert "Crisis 2026 plan" in found["C"]
    assert "Front of harbour/2026 2026 plan" in found["F"]
    assert "Plans for the harbour Front page" in found["P"]


def test_an_earlier_page_is_listed_only_where_no_latest_plan_has_its_topic() -> None:
    found = listed(
        views(
            plan("harbour/2026", "crisis", label="2026 plan", replaces="harbour/2024"),
            plan(
                "harbour/2024",
                "crisis",
                "boats",
                label="2024 plan",
                replaces="harbour/2022",
                covers="2024",
            ),
            plan("harbour/2022", "boats", "nets", label="2022 plan", covers="2022"),
        )
    )
    assert [each for each in found["C"] if "Crisis" in each] == ["Crisis 2026 plan"]
    assert found["B"] == ["Boats 2024 plan (Earlier)"]
    assert found["N"] == ["Nets 2022 plan (Earlier)"]
    assert "Front of harbour/2022 2022 plan (Earlier)" in found["F"]


def test_a_withdrawn_plan_is_listed_once_and_marked_a_draft_and_a_removed_one_not() -> None:
    found = listed(
        views(
            plan("harbour/2020", "crisis", label="2020 plan", **WITHDRAWN),
            plan("harbour/2021", "nets", draft=True),
            plan("harbour/2022", "sails", history=[act("removed", "2026-01-01")]),
            drafts=True,
        )
    )
    every = [line for group in found.values() for line in group]
    assert "Front of harbour/2020 2020 plan (Withdrawn)" in every
    assert not [each for each in every if each.startswith(("Crisis", "Nets", "Sails"))]
    assert not [each for each in every if "2021" in each or "2022" in each]


def test_services_that_are_offered_are_listed_and_needs_but_nothing_else_of_the_directory() -> None:
    found = listed(
        views(
            services=[
                service("quay", needs=["sleep"]),
                service("pier", checks={}),
                service("dock", status="ended"),
                service("yard", audience=["professionals"]),
            ]
        )
    )
    every = [line for group in found.values() for line in group]
    assert "Quay Help" in found["Q"]
    assert "Trouble with sleep Help" in found["T"]
    assert not [each for each in every if each.startswith(("Pier", "Dock", "Yard"))]


def test_the_front_page_of_a_plan_says_what_it_is_where_its_title_is_the_plans() -> None:
    front = written("content/harbour/2026/index.md", title="2026 plan")
    made = views(edition("harbour/2026", label="2026 plan", pages=(front,)))
    assert listed(made)["0 to 9"] == ["2026 plan Plan"]


def test_letters_that_nothing_begins_with_lead_nowhere() -> None:
    entries = [
        Entry(Link("Émile’s group", "a")),
        Entry(Link("zebra", "b")),
        Entry(Link("111", "c")),
    ]
    letters = {each.text: each.href for each in a_to_z.letters(entries)}
    assert list(letters)[:3] == ["A", "B", "C"]
    assert len(letters) == 27
    assert {text: href for text, href in letters.items() if href} == {
        "E": "#letter-e",
        "Z": "#letter-z",
        "0 to 9": "#numbers",
    }
    assert [each.heading for each in a_to_z.sections(entries)] == ["E", "Z", "0 to 9"]
    assert "0 to 9" not in {each.text for each in a_to_z.letters(entries[:2])}


def test_entries_stand_in_the_order_of_the_alphabet_whatever_their_letters() -> None:
    entries = [Entry(Link(name, name)) for name in ("beta", "Alpha", "apple", "“Bold”", "Éclair")]
    found = {each.heading: lines(each.entries) for each in a_to_z.sections(entries)}
    assert found == {
        "A": ["Alpha", "apple"],
        "B": ["beta"],
        "E": ["Éclair"],
        "0 to 9": ["“Bold”"],
    }


# -- A to Z of the portal


def card(name: str, **facts: Any) -> AreaCard:
    given = {
        "id": name.lower(),
        "name": name,
        "short_name": name,
        "places": (),
        "joined": (),
        "help_address": f"/{name.lower()}/help/",
        "latest": (),
        "editions": (),
        **facts,
    }
    return AreaCard.model_validate(given)


def test_areas_are_listed_by_both_their_names_and_by_their_places() -> None:
    cards = [
        card("Harbour and Lowtown", id="harbour", short_name="HL", places=("Lowtown",)),
        card("Point", places=("Point", "The Rock"), joined=(("Harbour", "/harbour/"),)),
    ]
    entries = list(a_to_z.of_portal(cards, (), lambda address: address))
    assert [(each.link.href, *lines([each])) for each in entries] == [
        ("/harbour/", "Harbour and Lowtown Area"),
        ("/harbour/", "HL Harbour and Lowtown"),
        ("/harbour/", "Lowtown In Harbour and Lowtown"),
        ("/point/", "Point Area (Archived)"),
        ("/point/", "The Rock In Point (Archived)"),
    ]


# -- site map


def test_the_site_map_has_every_part_of_an_area_in_its_order() -> None:
    request = written("content/harbour/have-your-say/index.md", title="Have your say")
    made = views(
        plan("harbour/2026", "crisis", label="2026 plan", replaces="harbour/2024"),
        plan("harbour/2024", "crisis", label="2024 plan"),
        plan("harbour/2020", "nets", label="2020 plan", covers="2020", **WITHDRAWN),
        services=[service("quay", needs=["sleep"]), service("pier", checks={})],
        requests=(request,),
    )
    found = listed(made, PageKind.SITE_MAP)
    assert list(found) == [
        "Front page",
        "Get help today",
        "Services",
        "Services that we do not offer as help",
        "Have your say",
        "Plans",
        "About this site",
    ]
    assert found["Services"] == ["Quay"]
    assert found["Services that we do not offer as help"] == ["Pier (Not checked)"]
    assert found["Plans"] == [
        "All plans for harbour",
        "2026 plan (Latest here) [Crisis, All of this plan on one page, to print]",
        "2020 plan (Withdrawn) [Nets, All of this plan on one page, to print]",
        "2024 plan (Earlier) [Crisis, All of this plan on one page, to print]",
    ]
    assert "By need [Trouble with sleep]" in found["Get help today"]
    assert "Services from other lists" in found["Get help today"]


def test_a_part_that_has_nothing_is_left_out_of_the_site_map() -> None:
    found = listed(views(plan("harbour/2026")), PageKind.SITE_MAP)
    assert "Services" not in found
    assert "Have your say" not in found


@pytest.mark.parametrize("which", ["real", "made_up", "directory"])
def test_the_site_maps_lead_to_every_page_that_people_read(
    request: pytest.FixtureRequest, which: str
) -> None:
    """And, over all of them, to nothing that only leads on, is removed or is not there."""
    site: Built = request.getfixturevalue(which)
    maps = [page for page in site.pages.values() if page.address.endswith("/site-map/")]
    led_to = {target for each in maps for target in targets(site, each)}
    left_out = [
        page
        for page in site.content_pages
        if page.address not in led_to
        and not page.address.endswith("/site-map/")
        and "/latest/" not in page.address
        and page.robots != "noindex"  # removed
        and "Nothing is listed here yet" not in page.text
    ]
    assert [each.address for each in left_out] == []
    assert led_to <= {page.address for page in site.content_pages}


def targets(site: Built, page: Page) -> set[str]:
    return {page.resolve(href) for href in page.all("//main//a/@href") if ":" not in href}


@pytest.mark.parametrize("which", ["real", "made_up", "directory", "drafts"])
def test_no_list_of_everything_leads_to_a_draft_or_what_only_leads_on(
    request: pytest.FixtureRequest, which: str
) -> None:
    site: Built = request.getfixturevalue(which)
    for page in site.pages.values():
        if not page.address.endswith(("/site-map/", "/a-to-z/")):
            continue
        for address in targets(site, page):
            assert address in site.pages, (page.address, address)
            assert not site[address].is_redirect, (page.address, address)
            assert "2027-28" not in address
            assert "2014-15" not in address


def test_the_lists_of_everything_have_names_of_their_own(made_up: Built) -> None:
    for area in ("", "harbour/"):
        assert made_up[f"/{area}a-to-z/"].heading == "A to Z"
        assert made_up[f"/{area}site-map/"].heading == "Site map"
        assert made_up[f"/{area}a-to-z/"].robots is None
    letters = made_up["/harbour/a-to-z/"].one("//nav[@aria-label='Letters']")
    links = {words_of(each): each.get("href") for each in letters.iter("a")}
    headings = {
        words_of(each): each.get("id") for each in made_up["/harbour/a-to-z/"].all("//main//h2")
    }
    assert links == {words: f"#{name}" for words, name in headings.items()}
    assert len(letters.xpath(".//li")) == 27


def test_links_of_one_name_are_told_apart_by_what_they_are(real: Built, made_up: Built) -> None:
    for site in (real, made_up):
        for page in site.pages.values():
            if page.address.endswith("/a-to-z/"):
                links = [words_of(each) for each in page.all("//main//li/a")]
                assert len(set(links)) == len(links), page.address


def test_the_portals_site_map_leads_to_each_area_its_help_its_plans_and_its_own_map(
    made_up: Built,
) -> None:
    page = made_up["/site-map/"]
    (line,) = page.all("//section[h2[@id='areas']]/ul/li[a[@href='../harbour/']]")
    assert [(words_of(each), each.get("href")) for each in line.iter("a")] == [
        ("Harbour and Lowtown", "../harbour/"),
        ("Help in Harbour", "../harbour/help/"),
        ("Harbour 2026 to 2027 plan", "../harbour/2026-27/"),
        ("All plans for Harbour", "../harbour/plans/"),
        ("Site map of Harbour", "../harbour/site-map/"),
    ]
    archived = page.words(
        "//section[h2[@id='archived-areas']]/ul/li/*[contains(@class, 'nhsuk-tag')]"
    )
    assert archived == ["Archived"]
