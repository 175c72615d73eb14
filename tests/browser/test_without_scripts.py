"""A person with scripts off, from the front page to help, to a plan, and to whatever they look for."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ViewportSize, expect
from playwright.sync_api import Page as Tab
from tests.browser.chromium import served
from tests.site.built import Built

pytestmark = pytest.mark.browser

TELEPHONE: ViewportSize = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def helping(opened: Browser, directory: Built) -> Iterator[Tab]:
    """Give a tab on the made-up area with a help directory."""
    with served(directory) as host:
        yield _tab(opened, host)


@pytest.fixture(scope="module")
def planning(opened: Browser, real: Built) -> Iterator[Tab]:
    """Give a tab on the real site."""
    with served(real) as host:
        yield _tab(opened, host)


@pytest.fixture(scope="module")
def reading(opened: Browser, made_up: Built) -> Iterator[Tab]:
    """Give a tab on the made-up areas."""
    with served(made_up) as host:
        yield _tab(opened, host)


def _tab(opened: Browser, host: str) -> Tab:
    tab = opened.new_context(java_script_enabled=False, viewport=TELEPHONE).new_page()
    tab.goto(f"{host}/")
    return tab


def follow(tab: Tab, *names: str, within: str = "main") -> None:
    """Press the links with these words, one after another, on the pages that they lead to."""
    for name in names:
        tab.locator(within).get_by_role("link", name=name).first.click()


def go(tab: Tab, path: str) -> None:
    """Go to a page as from a bookmark."""
    tab.goto(f"http://{urlsplit(tab.url).netloc}{path}")


def path(tab: Tab) -> str:
    return urlsplit(tab.url).path


def test_from_the_front_page_to_a_service_that_somebody_checked(helping: Tab) -> None:
    go(helping, "/")
    follow(helping, "Harbour (made up)")
    follow(helping, "Get help", within="body")
    follow(helping, "Feeling anxious or worried")
    assert path(helping) == "/harbour/help/need/anxiety/"

    names = helping.locator("main h3 a, main h2 a").all_inner_texts()
    follow(helping, names[0])

    expect(helping.locator("h1")).to_have_text(names[0])
    assert helping.locator("main a[href^='tel:'], main a[href^='http']").count() > 0
    assert "Checked" in helping.locator("main").inner_text()


def test_the_search_of_a_directory_leads_to_its_lists_and_shows_no_dead_form(helping: Tab) -> None:
    go(helping, "/harbour/help/")
    follow(helping, "Search all help")
    expect(helping.locator("form")).to_be_hidden()
    follow(helping, "Aged 11 to 15")
    assert helping.locator("main h2 a, main h3 a").count() > 0


def test_the_search_of_an_area_says_why_it_can_not_and_leads_to_everything(helping: Tab) -> None:
    go(helping, "/harbour/")
    follow(helping, "Search", within="body")
    expect(helping.locator("main form")).to_be_hidden()
    expect(helping.get_by_text("This search needs JavaScript")).to_be_visible()

    follow(helping, "A to Z")
    follow(helping, "H")
    assert helping.url.endswith("#letter-h")
    follow(helping, "Harbour Chat")
    expect(helping.locator("h1")).to_have_text("Harbour Chat (made up)")

    go(helping, "/harbour/search/")
    follow(helping, "Site map", "Digital support in 2025")
    expect(helping.locator("h1")).to_have_text("Digital support in 2025 (made up)")


def test_from_an_area_to_a_plan_of_another_year_and_back_to_today(planning: Tab) -> None:
    go(planning, "/")
    follow(planning, "Bedfordshire, Luton and Milton Keynes", "All plans")
    follow(planning, "2021 to 2022 refresh")
    assert path(planning) == "/blmk/2021-22/"

    notice = planning.locator(".app-notice").first
    expect(notice).to_be_visible()
    follow(planning, "2024 to 2025 plan", within=".app-notice")
    assert path(planning) == "/blmk/2024-25/"


def test_what_is_folded_up_opens_and_shows_what_is_in_it(reading: Tab) -> None:
    go(reading, "/harbour/2026-27/schools/")
    details = reading.locator("main details").first
    expect(details.locator(":scope > :not(summary)").first).to_be_hidden()
    details.locator("summary").focus()
    reading.keyboard.press("Enter")
    expect(details.locator(":scope > :not(summary)").first).to_be_visible()


def test_a_wide_table_stays_in_the_page_and_takes_the_keyboard(planning: Tab) -> None:
    go(planning, "/yearly-refresh/")
    tables = planning.locator(".app-table")
    for at in range(tables.count()):
        box = tables.nth(at).bounding_box()
        assert box is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= TELEPHONE["width"]
        tables.nth(at).focus()
        expect(tables.nth(at)).to_be_focused()
    assert tables.count() > 0


def test_display_settings_say_that_they_need_a_script_and_what_devices_can_do(
    planning: Tab,
) -> None:
    go(planning, "/display-settings/")
    expect(planning.get_by_text("Choosing on this page needs a script")).to_be_visible()
    assert planning.locator("main input:visible").count() == 0
    assert planning.locator("main h2:visible").count() > 0


def test_a_whole_plan_can_be_read_and_gone_through_on_one_page(planning: Tab) -> None:
    go(planning, "/blmk/2024-25/")
    follow(planning, "All of this")
    assert path(planning) == "/blmk/2024-25/print/"
    assert planning.locator("main h2:visible").count() > 5


def test_a_sensitive_page_can_be_left_by_an_ordinary_link(helping: Tab) -> None:
    go(helping, "/harbour/help/need/crisis/")
    link = helping.locator(".app-leave a").first
    expect(link).to_be_visible()
    assert str(link.get_attribute("href")).startswith("https://")


def test_an_address_that_does_not_exist_leads_on(planning: Tab) -> None:
    go(planning, "/blmk/no/such/page/")
    expect(planning.locator("h1")).to_have_text("Page not found")
    follow(planning, "Bedfordshire")
    assert path(planning) == "/blmk/"
