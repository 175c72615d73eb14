"""A help directory in a real browser: without scripts at 320 px, and its search with them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab
from tests.browser.chromium import served
from tests.site.built import CRISIS, Built

pytestmark = pytest.mark.browser

TELEPHONE = {"width": 320, "height": 568}
"""The smallest telephone that is still about."""


@pytest.fixture(scope="module")
def host(directory: Built) -> Iterator[str]:
    with served(directory) as address:
        yield address


@pytest.fixture
def without_scripts(opened: Browser) -> Iterator[Tab]:
    context = opened.new_context(java_script_enabled=False, viewport=TELEPHONE)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.fixture
def with_scripts(opened: Browser) -> Iterator[Tab]:
    context = opened.new_context(viewport=TELEPHONE)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    "address", ["/harbour/help/", "/harbour/help/need/anxiety/", "/harbour/2022/crisis/", "/"]
)
def test_every_line_for_now_is_in_sight_of_a_small_telephone_before_anyone_scrolls(
    without_scripts: Tab, host: str, address: str
) -> None:
    without_scripts.goto(host + address)

    for href in CRISIS:
        link = without_scripts.locator(f".app-crisis-strip a[href='{href}']")
        box = link.bounding_box()
        assert link.is_visible()
        assert box is not None
        assert box["y"] + box["height"] <= TELEPHONE["height"], (href, box)


def test_without_scripts_one_tap_leads_to_someone_and_two_to_the_right_entry(
    without_scripts: Tab, host: str
) -> None:
    tab = without_scripts
    tab.goto(f"{host}/harbour/help/")
    assert tab.locator("main a[href^='sms:85258']").first.is_visible()
    assert tab.locator("main a[href='tel:08001111']").first.is_visible()

    tab.locator("main").get_by_role("link", name="Feeling anxious or worried").click()
    tab.locator("main").get_by_role("link", name="Harbour Drop-in (made up)").click()

    assert tab.locator("h1").inner_text() == "Harbour Drop-in (made up)"
    assert tab.get_by_role("link", name="Call 01632 960 001").is_visible()
    assert tab.get_by_text("Checked on 15 September 2026").is_visible()


def test_without_scripts_the_search_is_its_lists_and_says_nothing_of_now(
    without_scripts: Tab, host: str
) -> None:
    tab = without_scripts
    tab.goto(f"{host}/harbour/help/find/")

    assert not tab.locator("form").is_visible()
    assert tab.get_by_role("link", name="Feeling anxious or worried").is_visible()
    tab.goto(f"{host}/harbour/help/harbour-night-line/")
    assert not tab.locator(".app-open-now").is_visible()
    assert tab.get_by_text("Friday and Saturday: 6pm to 6am the next day").is_visible()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("need=anxiety", ["Text Line", "Clinic", "Drop-in", "Chat"]),
        ("need=anxiety&age=12", ["Clinic", "Drop-in", "Chat"]),
        ("need=school&how=webchat&how=online", ["Drop-in", "Chat"]),
        ("place=South+Harbour&need=crisis", ["Rapid Response", "Night Line", "Safe Place"]),
        ("need=talk&free=on&age=17", ["Night Line", "Text Line", "Drop-in", "Hub"]),
        ("q=caf%C3%A9", ["Hub"]),
    ],
)
def test_the_search_finds_what_the_lists_hold_from_an_address_alone(
    with_scripts: Tab, host: str, query: str, names: list[str]
) -> None:
    tab = with_scripts
    tab.goto(f"{host}/harbour/help/find/#{query}")
    tab.wait_for_selector(".app-finder__list h3 a")

    found = tab.locator(".app-finder__list h3 a").all_inner_texts()
    assert found == [f"Harbour {name} (made up)" for name in names]
    first = tab.locator(".app-finder__list h3 a").first
    first.click()
    assert tab.locator("h1").inner_text() == f"Harbour {names[0]} (made up)"


def test_open_now_is_told_only_with_the_time_at_which_it_was_worked_out(
    opened: Browser, host: str
) -> None:
    context = opened.new_context(timezone_id="America/New_York", locale="en-GB")
    tab = context.new_page()
    tab.clock.set_fixed_time("2026-11-23T20:30:00Z")  # a Monday, 8:30pm in England
    said = {}
    for name in ("night-line", "hub", "rapid-response"):
        tab.goto(f"{host}/harbour/help/harbour-{name}/")
        tab.wait_for_selector(".app-open-now:not([hidden])")
        said[name] = tab.locator(".app-open-now").inner_text()
    context.close()

    assert {name: words.startswith("Open now") for name, words in said.items()} == {
        "night-line": True,
        "hub": False,
        "rapid-response": True,
    }
    for words in said.values():
        assert re.search(r"8:30pm", words), json.dumps(said)
