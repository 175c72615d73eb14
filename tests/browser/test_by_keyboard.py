"""The way to Medway's plan by keyboard, at 320 px and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page as Tab
from tests.browser.chromium import browser, served
from tests.site.built import Built

pytestmark = pytest.mark.browser

MOST_TABS = 150

FOCUS = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
  const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  return {
    tag: at.tagName,
    words: at.textContent.replace(/\\s+/g, " ").trim(),
    href: at.getAttribute("href"),
    shown: at.matches(":focus-visible") && (drawn || style.boxShadow !== "none"),
    inside: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight
      && box.left >= 0 && Math.round(box.right) <= innerWidth,
  };
}"""


@pytest.fixture
def tab(real: Built) -> Iterator[Tab]:
    """Give a tab of 320 px that runs no scripts, on the front page of the real site."""
    with browser() as opened, served(real) as host:
        context = opened.new_context(
            java_script_enabled=False, viewport={"width": 320, "height": 640}
        )
        page = context.new_page()
        page.goto(f"{host}/")
        yield page


def go_to(tab: Tab, words: str, *, after: str | None = None) -> None:
    """Press Tab until the link with these words has the focus, then Enter.

    `after` is a part of the page: what has the focus before it does not count.
    """
    for _ in range(MOST_TABS):
        tab.keyboard.press("Tab")
        focus = tab.evaluate(FOCUS)
        assert focus["tag"] != "BODY", f"the end of {tab.url} came before “{words}”"
        assert focus["shown"], f"nobody sees the focus on {focus} of {tab.url}"
        assert focus["inside"], f"{focus} of {tab.url} has the focus out of sight"
        if words in focus["words"] and (after is None or _is_within(tab, after)):
            break
    else:
        raise AssertionError(f"{tab.url} has no “{words}” within {MOST_TABS} presses of Tab")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")


def _is_within(tab: Tab, selector: str) -> bool:
    return bool(tab.evaluate("where => !!document.activeElement.closest(where)", selector))


def path(tab: Tab) -> str:
    return urlsplit(tab.url).path


def test_a_person_reaches_what_became_of_medways_plan_by_keyboard_alone(tab: Tab) -> None:
    go_to(tab, "Medway", after="section:has(#archived-areas), #archived-areas")
    assert path(tab) == "/medway/"

    go_to(tab, "2015 to 2021 plan", after="main")
    assert path(tab) == "/medway/2015-21/"
    archived = tab.get_by_role("region", name="This is archived content from")
    assert archived.is_visible()
    assert "The reasons given are" in archived.inner_text()
    assert "looks after help for Medway today" in archived.inner_text()

    go_to(tab, "Help in schools, families and communities", after="main")
    assert path(tab) == "/medway/2015-21/early-intervention/"

    go_to(tab, "Early intervention and prevention", after=".app-notice")
    assert path(tab) == "/kent-and-medway/2021/early-intervention/"
    latest = tab.get_by_role("region", name="The latest plan on this site")
    assert "that period has ended" in latest.inner_text()
    assert "A newer plan may exist elsewhere." in latest.inner_text()


def test_the_first_press_of_tab_offers_to_skip_to_the_content(tab: Tab) -> None:
    tab.keyboard.press("Tab")
    focus = tab.evaluate(FOCUS)
    assert focus["words"] == "Skip to main content"
    assert focus["inside"]

    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert _is_within(tab, "main")


def test_every_link_of_a_page_can_be_reached_and_seen_by_keyboard(real: Built, tab: Tab) -> None:
    tab.goto(tab.url + "medway/2015-21/early-intervention/")
    reached = []
    for _ in range(MOST_TABS):
        tab.keyboard.press("Tab")
        focus = tab.evaluate(FOCUS)
        if focus["tag"] == "BODY":
            break
        assert focus["shown"], focus
        assert focus["inside"], focus
        reached.append(focus["href"])

    page = real["/medway/2015-21/early-intervention/"]
    assert reached == [str(each) for each in page.all("//a/@href")]


def test_help_can_be_seen_without_scrolling_on_a_telephone(tab: Tab) -> None:
    """The first line of help at least, on the front page of everything."""
    box = tab.get_by_role("link", name="Call 999").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 640
