"""What every status does, row by row of the design's table (section 5), for 21 November 2026."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from tests.site.built import ADDRESS, CRISIS, MADE_UP, Built, Page, words_of


@dataclass(frozen=True)
class Row:
    """What the pages of one edition are to be like."""

    edition: str
    page: str
    """A page of it under its folder; empty for its front page."""
    notices: tuple[str, ...]
    title: str
    work_status: str
    robots: str | None = None
    in_sitemap: bool = False
    front_section: str = "earlier-plans"
    """The part of the area's front page that leads to it."""
    tag: str = ""
    """Its status in a word or two, there and in every list."""

    @property
    def address(self) -> str:
        return f"/{self.edition}/{self.page}"


HARBOUR = "Harbour – Made-up plans"

ROWS = {
    "current": Row(
        "harbour/2026-27",
        "crisis/",
        (),
        f"Help in a crisis – 2026 to 2027 plan – {HARBOUR}",
        "Published",
        in_sitemap=True,
        front_section="latest-plan",
        tag="Current",
    ),
    "latest, its period ended, with additions": Row(
        "meadow/2023-24",
        "crisis/",
        ("latest",),
        "Crisis care in the meadow – Green plan (for 2023 to 2024) – Meadow – Made-up plans",
        "Published",
        in_sitemap=True,
        front_section="latest-plan",
        tag="Latest here, period ended",
    ),
    "latest, its period not known": Row(
        "hill/hilltop",
        "crisis/",
        ("earlier-body", "latest"),
        "Crisis care on the hill – Hilltop plan – Hill and Vale – Made-up plans",
        "Published",
        in_sitemap=True,
        front_section="latest-plan",
        tag="Latest here",
    ),
    "latest for another place, its publisher in doubt": Row(
        "hill/vale-2026",
        "crisis/",
        ("earlier-body", "latest"),
        "Crisis care in the vale – Vale 2026 to 2027 plan – Hill and Vale – Made-up plans",
        "Published",
        in_sitemap=True,
        front_section="latest-plan",
        tag="Latest here",
    ),
    "replaced": Row(
        "harbour/2024-25",
        "crisis/",
        ("replaced",),
        f"Urgent help – 2024 to 2025 plan (earlier plan) – {HARBOUR}",
        "Superseded",
        tag="Earlier",
    ),
    "replaced, once withdrawn and reinstated": Row(
        "harbour/2022-23",
        "crisis/",
        ("earlier-body", "replaced"),
        f"Crisis teams – 2022 to 2023 plan (earlier plan) – {HARBOUR}",
        "Superseded",
        tag="Earlier",
    ),
    "archived by its history": Row(
        "harbour/2016-18",
        "crisis/",
        ("archived",),
        f"Old crisis teams – 2016 to 2018 plan (archived) – {HARBOUR}",
        "Archived",
        tag="Archived",
    ),
    "archived because its area's plan has joined another's": Row(
        "lighthouse/2018-21",
        "crisis/",
        ("archived", "replaced"),
        "Light in a crisis – 2018 to 2021 plan (archived) – Lighthouse – Made-up plans",
        "Archived",
        tag="Archived",
    ),
    "withdrawn": Row(
        "harbour/2019-21",
        "crisis/",
        ("earlier-body", "withdrawn"),
        f"[Withdrawn] Crisis figures – 2019 to 2021 plan – {HARBOUR}",
        "Withdrawn",
        robots="noindex, follow",
        tag="Withdrawn",
    ),
    "an addition": Row(
        "meadow/2024-addition",
        "",
        ("latest",),
        "2024 addition – Meadow – Made-up plans",
        "Published",
        tag="Addition",
    ),
    "a summary": Row(
        "meadow/easy-read",
        "",
        ("latest",),
        "Short version – Meadow – Made-up plans",
        "Published",
        tag="Summary",
    ),
}

every_row = pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)


def pages_of(site: Built, row: Row) -> list[Page]:
    found = [p for a, p in site.pages.items() if a.startswith(f"/{row.edition}/")]
    assert found
    return [page for page in found if not page.is_redirect]


@every_row
def test_its_notices_are_in_the_html_of_all_its_pages(made_up: Built, row: Row) -> None:
    for page in pages_of(made_up, row):
        assert tuple(each.kind for each in page.notices) == row.notices, page.address
        assert all(each.paragraphs for each in page.notices), page.address


@every_row
def test_its_title_says_what_it_is(made_up: Built, row: Row) -> None:
    assert made_up[row.address].title == row.title


@every_row
def test_robots_may_list_it_or_not_and_never_what_only_repeats_it(made_up: Built, row: Row) -> None:
    for page in pages_of(made_up, row):
        expected = "noindex, follow" if page.is_whole_plan else row.robots
        assert page.robots == expected, page.address


@every_row
def test_each_of_its_pages_is_its_own_canonical_address(
    made_up_at_address: Built, row: Row
) -> None:
    for page in pages_of(made_up_at_address, row):
        assert page.canonical == ADDRESS.rstrip("/") + page.address


@every_row
def test_the_sitemap_has_it_or_not(made_up_at_address: Built, row: Row) -> None:
    area = row.edition.partition("/")[0]
    sitemap = made_up_at_address.file(f"/{area}/sitemap.xml").read_text(encoding="utf-8")
    for page in pages_of(made_up_at_address, row):
        listed = f"<loc>{ADDRESS.rstrip('/')}{page.address}</loc>" in sitemap
        assert listed is (row.in_sitemap and not page.is_whole_plan), page.address


@every_row
def test_the_front_page_leads_to_it_under_the_right_heading_and_marks_it(
    made_up: Built, row: Row
) -> None:
    area, _, edition = row.edition.partition("/")
    front = made_up[f"/{area}/"]
    section = row.front_section
    if area == "lighthouse":
        assert front.words("//*[@id='earlier-plans']") == ["Archived plans"]
    cards = front.all(
        f"//section[@aria-labelledby='{section}' or .//*[@id='{section}']]"
        f"//*[contains(@class, 'nhsuk-card')][.//a[@href='{edition}/']]"
    )
    assert cards, section
    assert row.tag in words_of(cards[0])


@every_row
def test_todays_help_is_shown(made_up: Built, row: Row) -> None:
    for page in pages_of(made_up, row):
        assert set(CRISIS) <= set(page.all("//aside//a/@href"))
        (to,) = set(page.all("//nav[@aria-label='Main']//a[.='Get help today']/@href"))
        area = row.edition.partition("/")[0]
        looked_after_by = "harbour" if area == "lighthouse" else area
        assert page.resolve(to) == f"/{looked_after_by}/help/", page.address


@every_row
def test_structured_data_says_its_status(made_up: Built, row: Row) -> None:
    for page in pages_of(made_up, row):
        if page.is_whole_plan:
            assert page.structured is None
            continue
        assert page.data is not None
        assert page.data["creativeWorkStatus"] == row.work_status


@every_row
def test_paper_gets_its_status_its_date_and_its_address(
    made_up_at_address: Built, row: Row
) -> None:
    for page in pages_of(made_up_at_address, row):
        line = words_of(page.one("//p[@class='app-print-line']"))
        assert line.endswith(f"Address: {ADDRESS.rstrip('/')}{page.address}")
        assert "Published: " in line
        status, short = page.words(
            "//main//dl/div[dt='Status']/dd | //main//dl/div[dt='Short address']/dd"
        )
        assert status in line
        assert short == f"{ADDRESS}id/{row.edition}/"


@every_row
def test_the_list_of_plans_tells_its_status(made_up: Built, row: Row) -> None:
    area, _, edition = row.edition.partition("/")
    plans = made_up[f"/{area}/plans/"]
    (line,) = plans.words(f"//table//tr[.//a[@href='../{edition}/']]")
    assert row.tag in line
    data = json.loads(made_up.file(f"/{area}/plans/plans.json").read_text(encoding="utf-8"))
    assert edition in [each.get("plan") for each in data["plans"]]


def test_there_is_a_row_for_every_plan_that_readers_can_see(made_up: Built) -> None:
    shown = {"/".join(page.address.split("/")[1:3]) for page in made_up.content_pages if page.data}
    assert shown - {row.edition for row in ROWS.values()} == {"harbour/2025-statement"}


# -- a statement in place of a plan


def test_a_statement_is_shown_and_is_never_the_latest_plan(made_up: Built) -> None:
    page = made_up["/harbour/2025-statement/"]

    assert page.robots is None
    assert page.title == f"2025 statement – {HARBOUR}"
    assert made_up["/harbour/latest/"].leads_to == "../2026-27/"


# -- replaced


def test_a_replaced_plan_leads_to_the_same_subject_in_the_latest(made_up: Built) -> None:
    page = made_up["/harbour/2024-25/crisis/"]

    (notice,) = page.notices
    assert notice.heading == "This is an earlier plan"
    assert page.links("//div[contains(@class, 'app-notice--replaced')]") == {
        "the Harbour 2026 to 2027 plan": "../../2026-27/",
        "Help in a crisis": "../../2026-27/crisis/",
    }


def test_a_page_that_carries_a_subject_on_is_led_to_as_well(made_up: Built) -> None:
    page = made_up["/harbour/2024-25/boats/"]

    assert "The same subject there: Schools." in page.notices[-1].paragraphs


def test_a_replaced_plan_says_where_the_latest_has_no_page_on_its_subject(made_up: Built) -> None:
    (notice,) = made_up["/harbour/2024-25/workforce/"].notices

    assert "It has no page on workforce." in notice.paragraphs


def test_a_time_for_which_nothing_is_held_is_told_on_an_earlier_plan(real: Built) -> None:
    said = real["/blmk/2021-22/"].notices[-1].paragraphs

    assert "We hold no plan for the time between 2022 and 2024." in said


def test_years_are_said_to_be_missing_only_where_no_plan_here_is_for_them(made_up: Built) -> None:
    """Harbour has plans for 2022 to 2023, 2024 to 2025 and 2026 to 2027."""
    for address in ("/harbour/2022-23/", "/harbour/2024-25/", "/lighthouse/2018-21/"):
        said = " ".join(p for notice in made_up[address].notices for p in notice.paragraphs)
        assert "We hold no plan for the time" not in said, address


def test_the_data_of_a_replaced_plan_names_what_replaced_it(made_up_at_address: Built) -> None:
    data = made_up_at_address["/harbour/2024-25/crisis/"].data

    assert data is not None
    (newer,) = data["dcterms:isReplacedBy"]
    assert newer["@id"].endswith("2026-27/crisis/")


# -- archived


def test_an_archived_plan_says_whose_it_was_where_it_went_why_and_who_helps_now(
    made_up: Built,
) -> None:
    notice = made_up["/lighthouse/2018-21/crisis/"].notices[0]

    assert notice.heading == "This is archived content from Harbour Clinical Commissioning Group"
    assert notice.paragraphs == (
        "Harbour Clinical Commissioning Group ended on 30 June 2022. Harbour & Lowtown Board followed it.",
        "Lighthouse’s plan is now part of Harbour and Lowtown’s plan, published in March 2022.",
        "The reasons given are the ferry & the bridge and one shared board.",
        "On this site, Harbour and Lowtown looks after help for Lighthouse today: help in Harbour and Lowtown.",
    )


def test_a_plan_that_was_archived_by_hand_says_why(made_up: Built) -> None:
    (notice,) = made_up["/harbour/2016-18/"].notices

    assert "The group that wrote it has gone." in notice.paragraphs


# -- withdrawn


def test_a_withdrawn_plan_says_when_why_and_what_to_use_instead(made_up: Built) -> None:
    page = made_up["/harbour/2019-21/crisis/"]

    notice = page.notices[-1]
    assert notice.heading == "This plan was withdrawn on 3 February 2020"
    assert notice.paragraphs == (
        "Its figures were those of another harbour.",
        "Use the Harbour 2026 to 2027 plan instead.",
    )


def test_a_plan_that_was_reinstated_keeps_its_history_on_its_front_page(made_up: Built) -> None:
    page = made_up["/harbour/2022-23/"]

    history = " ".join(page.words("//*[@id='history']/following::dl[1]"))
    assert "Withdrawn, 1 May 2022 It named the wrong boathouse." in history
    assert "Reinstated, 1 June 2022 The boathouse was the right one." in history


# -- the latest


def test_an_addition_that_is_held_here_is_told_and_led_to(made_up: Built) -> None:
    page = made_up["/meadow/2023-24/"]

    (notice,) = page.notices
    assert (
        "It was written for 2023 to 2024, and that period has ended. A newer plan may exist elsewhere."
        in " ".join(notice.paragraphs)
    )
    assert page.links("//div[contains(@class, 'app-notice ')]")["the Meadow 2024 addition"] == (
        "../2024-addition/"
    )


def test_a_body_that_was_due_to_end_is_never_said_to_have_ended(made_up: Built) -> None:
    for address in ("/hill/hilltop/", "/hill/vale-2026/"):
        context = made_up[address].notices[0]
        assert context.heading == "Hill Board may have changed"
        assert "was due to become part of the Mountain Board in April 2026" in " ".join(
            context.paragraphs
        )


def test_only_a_plan_in_its_time_by_a_body_that_stands_is_called_current(made_up: Built) -> None:
    current = [
        page.address
        for page in made_up.content_pages
        if page.data and page.facts["Status"] == "The current plan."
    ]
    assert {"/".join(each.split("/")[1:3]) for each in current} == {"harbour/2026-27"}


# -- drafts


def test_a_draft_is_nowhere_in_what_is_published(made_up: Built) -> None:
    assert not (made_up.folder / "harbour/2027-28").exists()
    for path in made_up.folder.rglob("*"):
        if path.is_file():
            assert b"2027-28" not in path.read_bytes(), path
            assert b"2027 to 2028" not in path.read_bytes(), path


def test_a_preview_shows_a_draft_as_one(drafts: Built) -> None:
    page = drafts["/harbour/2027-28/crisis/"]

    assert page.title == f"[Draft] Help in a crisis, tomorrow – 2027 to 2028 plan – {HARBOUR}"
    assert page.robots == "noindex"
    assert page.canonical == f"{ADDRESS}harbour/2027-28/crisis/"
    assert [each.heading for each in page.notices] == ["This is a draft"]
    assert page.data is not None
    assert page.data["creativeWorkStatus"] == "Draft"
    assert set(CRISIS) <= set(page.all("//aside//a/@href"))


def test_a_draft_is_in_no_list_and_changes_no_other_plan(drafts: Built) -> None:
    front = drafts["/harbour/"]
    assert "2027-28/" not in front.links().values()
    assert "2027 to 2028" not in drafts.file("/harbour/plans/plans.csv").read_text("utf-8")
    assert "2027-28" not in drafts.file("/harbour/sitemap.xml").read_text("utf-8")
    assert drafts["/harbour/2026-27/"].notices == []


# -- removed


def test_a_removed_plan_leaves_a_page_of_its_own_at_each_address_and_none_of_its_text(
    made_up: Built,
) -> None:
    for address in ("/harbour/2014-15/", "/harbour/2014-15/crisis/"):
        page = made_up[address]
        (notice,) = page.notices
        assert notice.heading == "This plan has been removed"
        assert notice.paragraphs == ("It named a child.", "Go to all plans.")
        assert page.robots == "noindex"
        assert page.canonical is None
        assert page.data is None
        assert set(CRISIS) <= set(page.all("//aside//a/@href"))
    for path in made_up.folder.rglob("*.*"):
        assert b"THIS-TEXT-WAS-REMOVED" not in path.read_bytes(), path


def test_a_removed_plan_is_in_no_list(made_up: Built, made_up_at_address: Built) -> None:
    assert "2014-15/" not in made_up["/harbour/"].links().values()
    assert "../2014-15/" not in made_up["/harbour/plans/"].links().values()
    assert "2014-15" not in made_up_at_address.file("/harbour/sitemap.xml").read_text("utf-8")


# -- other versions


def test_the_pages_of_a_plan_name_the_versions_before_and_after_and_the_latest(
    made_up: Built,
) -> None:
    assert made_up["/harbour/2022-23/crisis/"].relations == [
        ("predecessor-version", "../../../lighthouse/2018-21/crisis/"),
        ("successor-version", "../../2024-25/crisis/"),
        ("latest-version", "../../2026-27/crisis/"),
        ("version-history", "../../plans/"),
    ]
    assert made_up["/harbour/2026-27/crisis/"].relations == [
        ("predecessor-version", "../../2024-25/crisis/"),
        ("latest-version", "./"),
        ("version-history", "../../plans/"),
    ]
    assert made_up["/lighthouse/2018-21/workforce/"].relations == [
        ("successor-version", "../../../harbour/2022-23/"),
        ("latest-version", "../../../harbour/2026-27/"),
        ("version-history", "../../plans/"),
    ]


# -- sitemap and robots.txt


def test_the_sitemap_never_names_a_page_that_asks_not_to_be_listed(
    made_up_at_address: Built,
) -> None:
    addresses = listed(made_up_at_address)
    assert len(addresses) > 20
    for address in addresses:
        page = made_up_at_address[address]
        assert page.robots is None, address
        assert page.canonical == ADDRESS.rstrip("/") + address
        assert not page.is_redirect, address


def listed(site: Built) -> list[str]:
    """Give the addresses in all its sitemaps, by way of their index."""
    index = site.file("/sitemap-index.xml").read_text(encoding="utf-8")
    found = []
    for sitemap in _locations(index):
        found += _locations(site.file(sitemap).read_text(encoding="utf-8"))
    return found


def _locations(xml: str) -> list[str]:
    parts = xml.split("<loc>")[1:]
    return ["/" + part.partition("</loc>")[0].removeprefix(ADDRESS) for part in parts]


def test_the_sitemaps_dates_are_the_pages_own_and_never_the_day_of_the_build(
    made_up_at_address: Built,
) -> None:
    sitemap = made_up_at_address.file("/harbour/sitemap.xml").read_text(encoding="utf-8")
    assert f"<loc>{ADDRESS}harbour/2026-27/crisis/</loc><lastmod>2026-07-01</lastmod>" in sitemap
    assert "2026-11-21" not in sitemap


def test_robots_txt_allows_everything_and_names_the_sitemap(made_up_at_address: Built) -> None:
    assert made_up_at_address.file("/robots.txt").read_text("utf-8") == (
        f"User-agent: *\nAllow: /\nSitemap: {ADDRESS}sitemap-index.xml\n"
    )


def test_without_a_public_address_there_is_no_sitemap_and_a_finding_says_so(made_up: Built) -> None:
    assert not list(made_up.folder.rglob("sitemap*"))
    assert made_up.file("/robots.txt").read_text("utf-8") == "User-agent: *\nAllow: /\n"
    assert "the public address is not set" in " ".join(map(str, made_up.outcome.findings))


def test_the_made_up_areas_say_that_they_are_made_up() -> None:
    for path in (MADE_UP / "areas").glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        assert "made up" in text.lower(), path
