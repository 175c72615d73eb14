"""Ways through a site: contents, previous and next, other plans, latest, the portal."""

from __future__ import annotations

from itertools import pairwise

from tests.site.built import Built, Page, words_of

CONTENTS = "//nav[contains(@class, 'nhsuk-contents-list')]//li"


def contents(page: Page) -> list[str]:
    return page.words(CONTENTS)


# -- within a plan


def test_a_plans_contents_list_its_pages_in_order_and_mark_the_one_that_is_read(
    made_up: Built,
) -> None:
    page = made_up["/harbour/2026-27/crisis/"]

    assert contents(page) == ["Overview", "Help in a crisis", "Schools"]
    (here,) = page.all(f"{CONTENTS}[@aria-current='page'] | {CONTENTS}//*[@aria-current='page']")
    assert words_of(here) == "Help in a crisis"
    assert not here.xpath(".//a")


def test_every_page_of_a_plan_has_the_same_contents(site: Built) -> None:
    lists: dict[str, list[list[str]]] = {}
    for page in site.content_pages:
        if page.data:
            lists.setdefault("/".join(page.address.split("/")[:3]), []).append(contents(page))
    assert len(lists) >= 5
    for edition, found in lists.items():
        assert all(each == found[0] for each in found), edition
        assert len(found[0]) == (len(found) if len(found) > 1 else 0), edition


def test_next_leads_through_every_page_of_a_plan_and_previous_leads_back(real: Built) -> None:
    walked = [real["/blmk/2024-25/"]]
    while found := walked[-1].all("//a[@rel='next']/@href"):
        walked.append(real[walked[-1].resolve(str(found[0]))])

    assert len(walked) == len(contents(walked[0]))
    for before, after in pairwise(walked):
        assert after.resolve(str(after.one("//a[@rel='prev']/@href"))) == before.address
    assert not walked[0].all("//a[@rel='prev']")


def test_the_list_of_plans_stays_on_the_subject_and_marks_plans_without_it(made_up: Built) -> None:
    page = made_up["/harbour/2024-25/workforce/"]

    found = {
        words_of(item): str(item.xpath(".//a/@href")[0])
        for item in page.all("//nav[contains(@class, 'app-editions')]//li")
    }
    assert found == {
        "2026 to 2027 plan Current No page on this topic": "../../2026-27/",
        "2024 to 2025 plan Earlier": "./",
        "2025 statement Statement No page on this topic": "../../2025-statement/",
        "2022 to 2023 plan Earlier No page on this topic": "../../2022-23/",
        "2019 to 2021 plan Withdrawn No page on this topic": "../../2019-21/",
        "2016 to 2018 plan Archived No page on this topic": "../../2016-18/",
        "Lighthouse: 2018 to 2021 plan Archived": "../../../lighthouse/2018-21/workforce/",
    }


def test_the_list_of_plans_marks_the_one_that_is_read(site: Built) -> None:
    for page in site.content_pages:
        here = page.all("//nav[contains(@class, 'app-editions')]//a[@aria-current]")
        if page.all("//nav[contains(@class, 'app-editions')]"):
            (link,) = here
            assert page.resolve(link.get("href")) == page.address, page.address


def test_a_plan_of_a_joined_area_names_the_plan_that_came_after(made_up: Built) -> None:
    page = made_up["/lighthouse/2018-21/crisis/"]

    links = page.links("//nav[contains(@class, 'app-editions')]")
    assert links["Harbour: 2026 to 2027 plan"] == "../../../harbour/2026-27/crisis/"


def test_the_breadcrumb_leads_from_the_portal_to_the_plan(real: Built) -> None:
    page = real["/medway/2015-21/priorities/"]

    crumbs = page.links("//nav[@aria-label='Breadcrumb']")
    assert {words: page.resolve(to) for words, to in crumbs.items()} == {
        "All areas": "/",
        "Medway": "/medway/",
        "2015 to 2021 plan": "/medway/2015-21/",
    }


# -- latest


def test_latest_leads_to_the_same_subject_in_the_latest_plan(made_up: Built) -> None:
    for address, to in {
        "/harbour/latest/": "/harbour/2026-27/",
        "/harbour/latest/crisis/": "/harbour/2026-27/crisis/",
        "/harbour/latest/boats/": "/harbour/2026-27/schools/",
        "/meadow/latest/crisis/": "/meadow/2023-24/crisis/",
    }.items():
        page = made_up[address]
        assert page.resolve(page.leads_to) == to
        assert str(page.robots).startswith("noindex"), address
        assert page.resolve(page.links()["Go to the page"]) == to


def test_latest_says_where_a_subject_was_last_when_the_latest_plan_has_none(made_up: Built) -> None:
    page = made_up["/harbour/latest/workforce/"]

    assert not page.is_redirect
    said = " ".join(page.words("//main//p"))
    assert "The latest plan here, the 2026 to 2027 plan, has no page on this." in said
    assert "“Workforce” was last in “People” in the Harbour 2024 to 2025 plan." in said
    assert page.resolve(page.links()["“People” in the Harbour 2024 to 2025 plan"]) == (
        "/harbour/2024-25/workforce/"
    )


def test_latest_offers_each_places_plan_where_there_are_several(made_up: Built) -> None:
    page = made_up["/hill/latest/crisis/"]

    targets = {page.resolve(to) for to in page.links().values()}
    assert {"/hill/hilltop/crisis/", "/hill/vale-2026/crisis/"} <= targets


def test_latest_of_a_joined_area_explains_and_leads_on_and_never_redirects(
    real: Built, made_up: Built
) -> None:
    for site, address, to in (
        (made_up, "/lighthouse/latest/crisis/", "/harbour/2026-27/crisis/"),
        (real, "/medway/latest/priorities/", "/kent-and-medway/2021/priorities/"),
        (real, "/medway/latest/", "/kent-and-medway/2021/"),
    ):
        page = site[address]
        assert not page.is_redirect
        assert [each.kind for each in page.notices] == ["archived"]
        assert to in {page.resolve(href) for href in page.links().values()}


def test_every_subject_of_every_plan_has_an_address_under_latest(site: Built) -> None:
    from ltp.plans.loading import load

    for edition in load(site.root).plans.editions.values():
        if edition.draft or edition.is_removed:
            continue
        for page in edition.pages:
            if page.topic:
                assert f"/{edition.area}/latest/{page.topic}/" in site.pages


def test_an_area_without_plans_says_so_and_leads_on(made_up: Built) -> None:
    page = made_up["/ferry/latest/"]

    assert "Ferry has no latest plan of its own here." in page.words("//main//p")
    assert page.resolve(page.links()["All plans"]) == "/ferry/plans/"
    plans = made_up["/ferry/plans/"]
    assert "We hold no plan for Ferry." in plans.words("//main//p")
    assert not plans.all("//table"), "an empty table says nothing"


# -- short addresses


def test_the_short_address_of_every_plan_leads_to_it(site: Built) -> None:
    editions = {"/".join(p.address.split("/")[1:3]) for p in site.content_pages if p.data}
    assert len(editions) >= 5
    for edition in editions:
        page = site[f"/id/{edition}/"]
        assert page.resolve(page.leads_to) == f"/{edition}/"


# -- a joined area


def test_a_joined_areas_front_page_explains_where_its_plan_went(real: Built) -> None:
    page = real["/medway/"]

    assert not page.is_redirect
    (notice,) = page.notices
    assert notice.heading == "Medway no longer has a plan of its own"
    assert "published in October 2021" in notice.paragraphs[0]
    assert "NHS Long Term Plan targets" in notice.paragraphs[1]
    leads_to = {page.resolve(to) for to in page.links().values()}
    assert {"/kent-and-medway/", "/kent-and-medway/help/", "/medway/2015-21/"} <= leads_to


def test_the_area_that_it_joined_lists_the_plan_that_came_before(real: Built) -> None:
    for address in ("/kent-and-medway/", "/kent-and-medway/plans/"):
        page = real[address]
        assert "Medway: 2015 to 2021 plan" in page.links(), address


# -- the portal


def test_the_portal_lists_live_areas_first_then_archived_ones(real: Built) -> None:
    page = real["/"]

    headings = page.words("//main//h2")
    assert headings.index("Areas") < headings.index("Archived areas")
    order = [page.resolve(to) for to in page.links().values()]
    live = max(order.index("/blmk/"), order.index("/kent-and-medway/"))
    assert live < order.index("/medway/")


def test_the_portal_finds_an_area_by_the_name_of_a_place(real: Built) -> None:
    page = real["/"]

    rows = page.all("//*[@id='places']/following::dl[1]/div")
    found = {
        words_of(row.find("dt")): [page.resolve(str(to)) for to in row.xpath(".//a/@href")]
        for row in rows
    }
    assert found == {
        "Bedford": ["/blmk/"],
        "Central Bedfordshire": ["/blmk/"],
        "Kent": ["/kent-and-medway/"],
        "Luton": ["/blmk/"],
        "Medway": ["/kent-and-medway/", "/medway/"],
        "Milton Keynes": ["/blmk/"],
    }
    assert "Bedford, Central Bedfordshire, Luton, Milton Keynes" in " ".join(page.words("//main"))


def test_the_portal_says_that_it_has_three_areas_and_not_all(real: Built) -> None:
    words = " ".join(real["/"].words("//main"))

    assert "Three areas, not all of England" in words
    assert "If your area is not listed, its plan is not here." in words


def test_the_portal_says_what_a_plan_must_hold_and_who_says_that_refreshing_is_required(
    real: Built,
) -> None:
    words = " ".join(real["/"].words("//main"))

    for said in ("transparency", "service transformation", "monitoring", "2015", "123"):
        assert said in words
    assert "NHS England’s page says areas are asked to refresh them every year." in words
    assert "An archived page from Kent and Medway says that NHS England required" in words


# -- have your say


def test_open_and_closed_requests_for_views_are_told_apart(made_up: Built) -> None:
    page = made_up["/harbour/have-your-say/"]

    opened = page.words("//section[.//*[@id='open'] or @aria-labelledby='open']//a")
    closed = page.words("//section[.//*[@id='closed'] or @aria-labelledby='closed']//a")
    assert opened == ["Should there be more boats?"]
    assert closed == ["Should the library open late?", "Should there be a bridge?"]


def test_a_request_for_views_says_whether_it_is_open_and_what_came_of_it(made_up: Built) -> None:
    def said(name: str) -> list[str]:
        page = made_up[f"/harbour/have-your-say/{name}/"]
        return [page.words("//*[@id='state']")[0], *page.words("//*[@id='state']/following::p")]

    assert said("open-boats")[0] == "You can take part"
    assert "It closes on 31 December 2026." in said("open-boats")
    assert said("closed-told")[0] == "This request for views is closed"
    assert "What came of it: The library opens late on Fridays." in said("closed-told")
    assert "We do not know what came of it." in said("closed-unknown")
    assert "The source gives no closing date." in " ".join(said("closed-unknown"))


def test_the_review_of_2025_gives_all_six_sessions_exactly(real: Built) -> None:
    page = real["/blmk/have-your-say/2025-community-and-mental-health-review/"]

    table = page.one("//table[.//*[contains(., 'Venue')]]")
    rows = [[words_of(cell) for cell in row] for row in table.iter("tr")]
    assert rows == [
        ["Date", "Time", "Subject", "Venue"],
        [
            "Monday 18 August 2025",
            "6:30pm to 8pm",
            "Community health and mental health services",
            "Online using MS Teams",
        ],
        [
            "Tuesday 19 August 2025",
            "10am to 12 noon",
            "Adult community health services",
            "Kathleen Connolly House, 102 Hitchin Road, Luton LU2 0ES",
        ],
        [
            "Wednesday 20 August 2025",
            "10am to 12 noon",
            "Mental health services",
            "The Bunyan Meeting Place, Mill Street, Bedford MK40 3EU",
        ],
        [
            "Thursday 21 August 2025",
            "10am to 12 noon",
            "Mental health services",
            "The Civic Office, MK Council Offices, 1 Saxon Gate East, Milton Keynes, MK9 3EJ",
        ],
        [
            "Thursday 21 August 2025",
            "6:30pm to 8pm",
            "Community health and mental health services",
            "Online using MS Teams",
        ],
        [
            "Wednesday 27 August 2025",
            "1pm to 3pm",
            "Mental health services",
            "Dunstable Community Halls, Manchester Place, High Street North, Dunstable LU6 1HT",
        ],
    ]
    assert "The source gives no closing date." in " ".join(page.words("//main//p"))
    assert not page.all("//main//a[starts-with(@href, 'http')][contains(., 'book')]")
