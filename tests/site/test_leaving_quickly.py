"""Pages that nobody should be seen reading: which they are, how they are left, what their heads don't say."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

import pytest
from tests.model import facts
from tests.site.built import ADDRESS, MADE_UP, Built, Page, copy_root, order, words_of
from tests.site.test_status_table import ROWS, Row

from ltp.plans.loading import load
from ltp.plans.model import AreaPages, Origin, Plans, Topic
from ltp.plans.model import Page as Written
from ltp.plans.status import work_out
from ltp.publishing.building import build
from ltp.site.leaving import is_sensitive
from ltp.site.pages import AreaSite, PageKind, PortalSite

LEAVE = "/html/body/section[@class='app-leave']"
WEATHER = "https://www.bbc.co.uk/weather"

CRISIS_SERVICES = (
    "blmk-mind-young-peoples-sanctuaries",
    "camhs-alternative-to-admission-offer",
    "home-treatment-team",
    "single-crisis-service",
)
PLANS = {
    "/blmk/2021-22/crisis/",
    "/blmk/2024-25/crisis/",
    "/kent-and-medway/2019/greatest-risk/",
    "/kent-and-medway/2021/greatest-risk/",
    "/medway/2015-21/greatest-risk/",
    "/medway/latest/greatest-risk/",
}
WHOLE_PLANS = {
    "/blmk/2021-22/print/",
    "/blmk/2024-25/print/",
    "/kent-and-medway/2019/print/",
    "/kent-and-medway/2021/print/",
    "/medway/2015-21/print/",
}
"""Each has one of those pages on it."""


def leave_link(page: Page) -> tuple[str, str]:
    """Give the words of the way out, and where it leads."""
    link = page.one(f"{LEAVE}//a[@class='app-leave__link']")
    return words_of(link), str(link.get("href"))


# -- which pages


def test_the_real_sites_sensitive_pages_are_help_crisis_and_those_at_greatest_risk(
    real: Built,
) -> None:
    marked = {address for address, page in real.pages.items() if page.can_be_left}

    outside = {address for address in marked if "/help/" not in address}
    own = {f"{front}leaving-quickly/" for front in ("/", "/blmk/", "/kent-and-medway/", "/medway/")}
    assert outside == PLANS | WHOLE_PLANS | own
    entries = {
        path.stem for path in (real.root / "content/blmk/help").glob("*.md") if path.stem != "index"
    }
    open_entries = {f"/blmk/help/{name}/" for name in entries - set(CRISIS_SERVICES)}
    every = {each for each, page in real.pages.items() if "/help/" in each and not page.is_redirect}
    assert marked - outside == every - open_entries
    assert len(open_entries) == 21


def test_a_topics_mark_reaches_pages_of_locked_plans(real: Built) -> None:
    folder = real.root / "content/medway/2015-21"
    assert (folder / "locked.txt").is_file()
    assert "sensitive" not in (folder / "greatest-risk.md").read_text(encoding="utf-8")

    assert real["/medway/2015-21/greatest-risk/"].can_be_left


def test_a_service_is_marked_by_itself_and_a_directory_by_its_front_page(directory: Built) -> None:
    marked = {page.address for page in directory.pages.values() if page.can_be_left}

    entries = {
        f"/harbour/help/{path.stem}/"
        for path in (directory.root / "content/harbour/help").glob("harbour-*.md")
    }
    assert marked & entries == {"/harbour/help/harbour-safe-place/"}
    for name in ("", "find/", "print/", "coverage/", "need/anxiety/", "not-checked/"):
        assert f"/harbour/help/{name}" in marked, name


def kinds_marked(everything: Plans, target: str) -> dict[PageKind, bool]:
    standings = work_out(everything, facts.TODAY)
    site = AreaSite(standings, everything.areas[target]) if target != "portal" else None
    pages = site.pages if site else PortalSite(standings, ()).pages
    return {each.kind: is_sensitive(everything, target, each) for each in pages}


@pytest.mark.parametrize(
    ("front", "marked"),
    [
        ((), True),
        ((facts.page("content/kent/help/index.md", sensitive="yes"),), True),
        ((facts.page("content/kent/help/index.md", sensitive="no"),), False),
        ((facts.page("content/kent/help/index.md"),), False),
    ],
    ids=["nobody wrote it", "yes", "no", "not said"],
)
def test_what_is_made_of_a_directory_is_marked_as_its_front_page_is(
    front: tuple[Written, ...], marked: bool
) -> None:
    everything = facts.plans(areas=[facts.area("kent")], area_pages={"kent": AreaPages(help=front)})

    found = kinds_marked(everything, "kent")

    made = (PageKind.HELP, PageKind.HELP_LIST, PageKind.HELP_FIND, PageKind.HELP_COVERAGE)
    assert {found[kind] for kind in (*made, PageKind.HELP_PRINT)} == {marked}
    assert found[PageKind.LEAVING]
    assert not found[PageKind.PLANS]
    assert not found[PageKind.NOT_FOUND]


def test_the_portals_help_is_always_marked_and_its_other_pages_are_not() -> None:
    found = kinds_marked(facts.plans(), "portal")

    assert {kind for kind, marked in found.items() if marked} == {
        PageKind.PORTAL_HELP,
        PageKind.LEAVING,
    }


def test_a_topic_is_marked_under_latest_too_and_what_only_leads_on_is_not() -> None:
    topic = Topic.model_validate(
        {"id": "crisis", "name": "Crisis", "sensitive": "yes", "origin": Origin("areas/topics.yml")}
    )
    crisis = facts.page("content/kent/2019/crisis.md")
    everything = facts.plans(
        facts.edition("kent/2019", pages=(crisis,)),
        facts.edition("kent/2021", replaces="kent/2019"),
        areas=[facts.area("kent")],
        topics={"crisis": topic},
    )
    found = kinds_marked(everything, "kent")

    assert found[PageKind.EDITION]
    assert found[PageKind.LATEST_TOPIC]
    assert not found[PageKind.REDIRECT]


# -- the way out, without scripts


def test_the_way_out_is_an_ordinary_link_that_the_keyboard_reaches_second(any_site: Built) -> None:
    for page in any_site.pages.values():
        if not page.can_be_left:
            continue
        words, href = leave_link(page)
        assert words == "Leave this page"
        assert href == (WEATHER if _leads_to_the_weather(page) else OF_MEADOW), page.address
        link = page.one(f"{LEAVE}//a[@class='app-leave__link']")
        assert link.get("rel") == "nofollow noreferrer"
        assert not {"role", "target", "download", "ping"} & set(link.attrib)
        assert page.all("(//a[@href] | //button | //input | //*[@tabindex])[2]") == [link]


OF_MEADOW = "https://weather.meadow.example/today"


def _leads_to_the_weather(page: Page) -> bool:
    return not page.address.startswith("/meadow/")


def test_beside_it_is_a_link_to_what_it_cannot_hide_on_the_same_site(any_site: Built) -> None:
    for page in any_site.pages.values():
        if not page.can_be_left:
            continue
        about = page.all(f"{LEAVE}//a")[1:]
        is_about = page.address.endswith("/leaving-quickly/")
        assert len(about) == (0 if is_about else 1), page.address
        for link in about:
            assert words_of(link) == "What this can’t hide"
            to = urlsplit(page.resolve(str(link.get("href")))).path
            assert any_site[to].heading == "Leaving quickly"
            assert to.split("/")[1] in (page.address.split("/")[1], "leaving-quickly")


def test_the_way_out_is_a_landmark_of_its_own(any_site: Built) -> None:
    for page in any_site.pages.values():
        if page.can_be_left:
            section = page.one(LEAVE)
            assert section.get("aria-label") == "Leave quickly"
            assert section.getprevious().get("class") == "nhsuk-skip-link"
            assert page.tree.get("class") == "app-can-leave"
        else:
            assert "app-leave" not in page.text, page.address


# -- what the head says


def test_the_title_of_a_sensitive_page_names_the_plan_and_the_site_and_nothing_else(
    any_site: Built,
) -> None:
    everything = load(any_site.root).plans
    names = {each for area in everything.areas.values() for each in (area.name, area.short_name)}
    names |= {edition.label for edition in everything.editions.values()} | {everything.portal.name}
    neutral = re.compile(r"Information|Page \d+|On one page, to print")
    mark = re.compile(r"^\[(Withdrawn|Draft)\] | \((earlier plan|archived|for [\d to]+)\)$")
    for page in any_site.pages.values():
        if page.can_be_left:
            first, *rest = (mark.sub("", part) for part in page.title.split(" – "))
            assert neutral.fullmatch(first), page.title
            assert rest, page.title
            assert set(rest) <= names, page.title


def test_its_heading_stays_as_it_is(real: Built) -> None:
    page = real["/medway/2015-21/greatest-risk/"]

    assert page.heading == "The most vulnerable young people"
    assert page.title == (
        "Page 7 – 2015 to 2021 plan (archived) – Medway – Local transformation plans"
    )


def test_nothing_else_in_its_head_is_telling(any_site: Built) -> None:
    """Addresses apart: the page's own is in the bar anyway."""
    for page in any_site.pages.values():
        if not page.can_be_left:
            continue
        names = page.all("/html/head/meta/@name")
        assert set(names) <= {
            "viewport",
            "referrer",
            "format-detection",
            "generator",
            "robots",
            "color-scheme",
        }
        assert not page.all("/html/head/meta[@property]")
        assert page.service_data is None, page.address
        if page.data:
            assert page.data["name"] == page.title
            assert page.heading not in json.dumps(dict(page.data), ensure_ascii=False)


def test_pages_that_are_not_sensitive_are_described_as_ever(real: Built) -> None:
    page = real["/blmk/2024-25/schools/"]

    assert not page.can_be_left
    assert page.title.startswith(page.heading)
    assert page.all("/html/head/meta[@name='description']")
    assert page.data is not None
    assert page.data["name"] == page.heading


# -- in every status


@pytest.fixture(scope="module")
def in_every_status(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give the made-up areas with their topic “crisis” marked, and a way out of the portal's own."""
    root = copy_root(MADE_UP, tmp_path_factory.mktemp("sensitive") / "root")
    topics = root / "areas/topics.yml"
    text = topics.read_text(encoding="utf-8")
    topics.write_text(text.replace("Crisis care}", "Crisis care, sensitive: true}"), "utf-8")
    portal = root / "areas/portal.yml"
    text = portal.read_text(encoding="utf-8")
    portal.write_text(f"{text}leave_to: https://calm.example/sea\n", "utf-8")
    wanted = order(root, address=ADDRESS)
    outcome = build(wanted)
    assert outcome.succeeded, [str(each) for each in outcome.findings]
    return Built(root, wanted.out, outcome, ADDRESS)


@pytest.mark.parametrize("row", [row for row in ROWS.values() if row.page], ids=str)
def test_a_sensitive_page_keeps_its_status_in_title_notices_and_data(
    in_every_status: Built, row: Row
) -> None:
    page = in_every_status[row.address]

    assert page.can_be_left
    prefix = "[Withdrawn] " if row.title.startswith("[Withdrawn]") else ""
    _, _, rest = row.title.partition(" – ")
    assert re.fullmatch(rf"{re.escape(prefix)}Page \d+ – {re.escape(rest)}", page.title)
    assert tuple(each.kind for each in page.notices) == row.notices
    assert page.robots == row.robots
    assert page.data is not None
    assert page.data["creativeWorkStatus"] == row.work_status


def test_no_two_sensitive_pages_of_a_plan_have_the_same_title(in_every_status: Built) -> None:
    for plan in ("/harbour/2024-25/", "/lighthouse/2018-21/"):
        pages = [
            page for address, page in in_every_status.pages.items() if address.startswith(plan)
        ]
        marked = [page.title for page in pages if page.can_be_left]
        assert len(set(marked)) == len(marked) == 3


def test_the_portal_may_say_where_leaving_leads_and_an_area_may_say_otherwise(
    in_every_status: Built,
) -> None:
    assert leave_link(in_every_status["/help/"])[1] == "https://calm.example/sea"
    assert leave_link(in_every_status["/harbour/help/"])[1] == "https://calm.example/sea"
    assert leave_link(in_every_status["/meadow/2023-24/crisis/"])[1] == OF_MEADOW
    said = " ".join(in_every_status["/leaving-quickly/"].words("//main//li"))
    assert "calm.example" in said
    assert "bbc" not in said


# -- the page about it


def test_every_site_has_a_page_on_what_leaving_cannot_hide(any_site: Built) -> None:
    found = [
        page for address, page in any_site.pages.items() if address.endswith("leaving-quickly/")
    ]

    assert len(found) == len(list((any_site.root / "content").iterdir()))
    for page in found:
        words = " ".join(page.words("//main"))
        for said in (
            "does not bring it back",
            "your browser’s history: it still lists",
            "words that you have looked for",
            "other tabs",
            "other devices",
            "your internet connection",
            "programs that watch",
            "private window",
            "Use another device",
        ):
            assert said in words, said
        assert len(page.all("//main//div[contains(@class, 'nhsuk-card--care')]")) == 5
        assert page.can_be_left
