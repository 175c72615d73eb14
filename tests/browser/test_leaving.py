"""Leaving a sensitive page: by the link, by Shift, without scripts; and never over what has the focus.

Every request to another host is answered here, so nothing is contacted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Locator, Route
from playwright.sync_api import Page as Tab
from playwright.sync_api import TimeoutError as TooLateError
from tests.browser.chromium import AXE, served
from tests.site.built import Built

pytestmark = pytest.mark.browser

WEATHER = "https://www.bbc.co.uk/weather"
ELSEWHERE = "<!doctype html><html lang=en><title>Weather</title><h1>Weather</h1>"
SENSITIVE = "/harbour/help/"
FINDER = "/harbour/help/find/"
TELEPHONE = (320, 568)
SCREEN = (1280, 800)
ZOOMED = (320, 256)
"""1280 × 1024 at 400%."""

LINK = ".app-leave__link"
STATUS = ".app-leave [role=status]"


@dataclass
class World:
    """Everything that is not the site: what it was asked for, and whether it has a page to answer with."""

    has_a_page: bool = True
    """Without one (204), a browser stays on the page that it is on, as while it waits."""
    asked: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        """Answer a request to another host."""
        self.asked.append(route.request.url)
        assert route.request.headers.get("referer") is None, "the other website learns where from"
        if self.has_a_page:
            route.fulfill(content_type="text/html; charset=utf-8", body=ELSEWHERE)
        else:
            route.fulfill(status=204)


@pytest.fixture(scope="module")
def host(directory: Built) -> Iterator[str]:
    with served(directory) as address:
        yield address


@contextmanager
def opened_tab(
    opened: Browser, host: str, *, size: tuple[int, int] = SCREEN, scripts: bool = True
) -> Iterator[tuple[Tab, World]]:
    """Give a tab in a world of its own."""
    width, height = size
    context = opened.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=scripts
    )
    world = World()
    context.route(lambda url: not url.startswith(host), world.answer)
    yield context.new_page(), world
    context.close()


@pytest.fixture
def tab(opened: Browser, host: str) -> Iterator[Tab]:
    """Give a tab that was on the portal's front page before it came to a sensitive one."""
    with opened_tab(opened, host) as (page, _):
        page.goto(f"{host}/")
        page.goto(host + SENSITIVE)
        yield page


def has_left(tab: Tab) -> bool:
    """Tell whether the other website opens."""
    try:
        tab.wait_for_url(WEATHER, timeout=5000)
    except TooLateError:
        return False
    return tab.title() == "Weather"


def stays(tab: Tab) -> bool:
    """Tell whether the page is still there, after time enough to leave."""
    tab.wait_for_timeout(200)
    return tab.url.endswith(SENSITIVE) and tab.locator("h1").is_visible()


def press(tab: Tab, *keys: str) -> None:
    for key in keys:
        tab.keyboard.press(key)


# -- by the link


def test_the_link_leads_away_and_back_does_not_lead_to_the_page(tab: Tab, host: str) -> None:
    tab.locator(LINK).click()

    assert has_left(tab)
    tab.go_back()
    assert tab.url == f"{host}/"


def test_the_keyboard_reaches_the_link_second_and_enter_leaves(tab: Tab, host: str) -> None:
    press(tab, "Tab")
    assert tab.evaluate("document.activeElement.textContent.trim()") == "Skip to main content"
    press(tab, "Tab")
    assert tab.evaluate("document.activeElement.textContent.trim()") == "Leave this page"
    press(tab, "Enter")

    assert has_left(tab)
    tab.go_back()
    assert tab.url == f"{host}/"


def test_without_scripts_it_is_an_ordinary_link(opened: Browser, host: str) -> None:
    with opened_tab(opened, host, scripts=False, size=TELEPHONE) as (tab, world):
        tab.goto(host + SENSITIVE)
        tab.locator(LINK).click()
        assert has_left(tab)
        assert world.asked == [WEATHER]
        tab.go_back()
        assert tab.url == host + SENSITIVE
        assert tab.title() == "Information – Harbour (made up) – Made-up plans for tests"


def test_nothing_of_another_host_is_asked_for_before_somebody_leaves(
    opened: Browser, host: str
) -> None:
    with opened_tab(opened, host) as (tab, world):
        tab.goto(host + SENSITIVE)
        press(tab, "Shift", "Shift")
        assert stays(tab)
        assert world.asked == []


# -- by Shift


def test_shift_three_times_leads_away_and_back_does_not_lead_to_the_page(
    tab: Tab, host: str
) -> None:
    press(tab, "Shift", "Shift", "Shift")

    assert has_left(tab)
    tab.go_back()
    assert tab.url == f"{host}/"


def test_each_press_is_announced_and_shown(tab: Tab) -> None:
    status, link = tab.locator(STATUS), tab.locator(LINK)
    assert status.inner_text() == ""

    press(tab, "Shift")
    assert status.inner_text() == "Press Shift 2 more times to leave this page"
    assert link.inner_text() == "Leave this page ●○○"
    press(tab, "Shift")
    assert status.inner_text() == "Press Shift 1 more time to leave this page"
    assert link.inner_text() == "Leave this page ●●○"
    assert link.evaluate("link => link.querySelector('span').ariaHidden") == "true"


def test_presses_that_come_too_late_do_not_count_and_that_is_announced(
    opened: Browser, host: str
) -> None:
    with opened_tab(opened, host) as (tab, _):
        tab.clock.install(time="2026-11-23T20:30:00Z")
        tab.goto(host + SENSITIVE)
        tab.clock.pause_at("2026-11-23T21:00:00Z")  # or a slow machine's own time counts too
        press(tab, "Shift", "Shift")
        tab.clock.run_for(4900)
        assert "1 more time" in tab.locator(STATUS).inner_text()
        tab.clock.run_for(200)
        assert tab.locator(STATUS).inner_text() == "You stay on this page"
        assert tab.locator(LINK).inner_text() == "Leave this page"
        press(tab, "Shift")
        assert "2 more times" in tab.locator(STATUS).inner_text()


@pytest.mark.parametrize(
    "keys",
    [
        ["Shift+Tab"] * 6,
        ["Shift+A"] * 6,
        ["Control+Shift"] * 6,
        ["Alt+Shift"] * 6,
        ["Shift", "Shift", "Tab", "Shift", "Shift"],
        ["Escape"] * 6,
        ["Control"] * 6,
        ["Alt"] * 2,
        ["x", "q", "l", "h", "0", "1", "/", "?", "Backspace", "Delete", " "],
    ],
    ids=" ".join,
)
def test_no_other_key_leaves_and_shift_only_by_itself(tab: Tab, keys: list[str]) -> None:
    press(tab, *keys)

    assert stays(tab)


def test_shift_with_a_click_does_not_count(tab: Tab) -> None:
    for _ in range(4):
        tab.locator("h1").click(modifiers=["Shift"])

    assert stays(tab)


def test_a_key_that_is_held_down_counts_once(tab: Tab) -> None:
    for _ in range(5):
        tab.keyboard.down("Shift")
    tab.keyboard.up("Shift")

    assert stays(tab)
    assert "2 more times" in tab.locator(STATUS).inner_text()


def test_capital_letters_in_the_search_do_not_leave(opened: Browser, host: str) -> None:
    with opened_tab(opened, host) as (tab, world):
        tab.goto(host + FINDER)
        field_ = tab.locator("#finder-q")
        field_.click()
        for letter in "ABCDEF":
            press(tab, f"Shift+{letter}")
        assert field_.input_value() == "ABCDEF"
        assert world.asked == []
        press(tab, "Shift", "Shift", "Shift")
        assert has_left(tab)


# -- while the other website is on its way


@pytest.fixture
def leaving(opened: Browser, host: str) -> Iterator[Tab]:
    """Give a tab that is on its way to the other website and not there yet."""
    with opened_tab(opened, host, size=TELEPHONE) as (tab, world):
        world.has_a_page = False
        tab.goto(host + SENSITIVE)
        tab.locator(LINK).click()
        tab.get_by_role("alert").wait_for()
        assert world.asked == [WEATHER]
        yield tab


def test_the_page_is_gone_at_once_and_says_what_any_page_says(leaving: Tab) -> None:
    cover = leaving.get_by_role("alert")

    assert cover.inner_text() == "Loading"
    assert leaving.locator("body").inner_text().strip() == "Loading"
    assert leaving.title() == "Loading"
    assert cover.bounding_box() == {"x": 0, "y": 0, "width": 320, "height": 568}
    middle = "document.elementFromPoint(160, 284).className"
    assert leaving.evaluate(middle) == "app-leaving"


def test_a_page_that_the_browser_kept_can_be_used_again(leaving: Tab, host: str) -> None:
    leaving.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")

    assert leaving.locator("h1").is_visible()
    assert leaving.get_by_role("alert").count() == 0
    assert leaving.title() == "Information – Harbour (made up) – Made-up plans for tests"
    assert leaving.locator(LINK).inner_text() == "Leave this page"
    press(leaving, "Shift")
    assert "2 more times" in leaving.locator(STATUS).inner_text()


def test_a_page_that_is_only_shown_stays_as_it_is(leaving: Tab) -> None:
    leaving.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: false}))")

    assert leaving.get_by_role("alert").inner_text() == "Loading"


# -- where it stands


def top_of(where: Locator) -> float:
    box = where.bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.parametrize("size", [TELEPHONE, SCREEN], ids=str)
def test_it_stays_in_sight_while_somebody_scrolls(
    opened: Browser, host: str, size: tuple[int, int]
) -> None:
    with opened_tab(opened, host, size=size, scripts=False) as (tab, _):
        tab.goto(host + SENSITIVE)
        before = top_of(tab.locator(LINK))
        tab.mouse.wheel(0, 1500)
        tab.wait_for_timeout(100)
        assert top_of(tab.locator("h1")) < -300
        assert top_of(tab.locator(LINK)) == before < 20
        assert tab.locator(LINK).is_visible()


def test_in_a_window_as_low_as_at_400_per_cent_it_gives_way(opened: Browser, host: str) -> None:
    with opened_tab(opened, host, size=ZOOMED) as (tab, _):
        tab.goto(host + SENSITIVE)
        assert top_of(tab.locator(LINK)) < 20
        tab.mouse.wheel(0, 600)
        tab.wait_for_timeout(100)
        assert top_of(tab.locator(LINK)) < -300


def test_it_is_not_on_paper(opened: Browser, host: str) -> None:
    with opened_tab(opened, host) as (tab, _):
        tab.emulate_media(media="print")
        tab.goto(host + SENSITIVE)
        assert not tab.locator(LINK).is_visible()
        assert tab.locator("h1").is_visible()


def test_its_links_are_large_enough_to_be_hit(opened: Browser, host: str) -> None:
    with opened_tab(opened, host, size=TELEPHONE) as (tab, _):
        tab.goto(host + SENSITIVE)
        for link in tab.locator(".app-leave a").all():
            box = link.bounding_box()
            assert box is not None
            assert box["height"] >= 24
            assert box["width"] >= 24
            assert box["x"] + box["width"] <= TELEPHONE[0]


COVERED = """() => {
  const at = document.activeElement, bar = document.querySelector(".app-leave");
  if (at === document.body) return "end";
  if (bar.contains(at)) return "";
  const box = at.getBoundingClientRect(), over = bar.getBoundingClientRect();
  const words = at.textContent.trim().slice(0, 40) || at.name;
  const isSkip = at.matches(".nhsuk-skip-link");
  if (!isSkip && box.top < over.bottom && box.bottom > over.top) return `${words} is under the bar`;
  const y = Math.min(Math.max(box.top + 2, 0), innerHeight - 1), x = Math.max(box.left + 2, 0);
  const seen = document.elementFromPoint(x, y);
  return seen && (at.contains(seen) || seen.contains(at)) ? "" : `${words} is covered by ${seen?.className}`;
}"""

LARGEST = "document.documentElement.style.fontSize = '200%'"


@pytest.mark.parametrize(
    ("address", "size", "is_largest"),
    [
        (SENSITIVE, TELEPHONE, False),
        (SENSITIVE, TELEPHONE, True),
        (SENSITIVE, SCREEN, False),
        (SENSITIVE, SCREEN, True),
        (SENSITIVE, ZOOMED, False),
        (FINDER, TELEPHONE, False),
        (FINDER, SCREEN, False),
    ],
    ids=str,
)
def test_it_never_covers_what_has_the_focus(
    opened: Browser, host: str, address: str, size: tuple[int, int], is_largest: bool
) -> None:
    with opened_tab(opened, host, size=size) as (tab, _):
        tab.goto(host + address)
        if is_largest:
            tab.evaluate(LARGEST)
        steps = there_and_back(tab)

    assert len(steps) > 30
    assert [each for each in steps if each] == []


def there_and_back(tab: Tab) -> list[str]:
    """Press Tab to the end of the page, then all the way back; give what was covered at each step."""
    steps: list[str] = []
    for _ in range(200):
        press(tab, "Tab")
        found = str(tab.evaluate(COVERED))
        if found == "end":
            break
        steps.append(found)
    else:
        raise AssertionError("the focus never came to the end of the page")
    for _ in range(len(steps)):
        press(tab, "Shift+Tab")
        steps.append(str(tab.evaluate(COVERED)))
    return steps


def test_the_walk_finds_what_is_covered(opened: Browser, host: str) -> None:
    """A walk that sees nothing anywhere would pass the test above."""
    with opened_tab(opened, host, size=TELEPHONE) as (tab, _):
        tab.goto(host + SENSITIVE)
        tab.evaluate("document.documentElement.style.scrollPaddingTop = '0'")
        assert any("is under the bar" in each for each in there_and_back(tab))


def test_a_part_that_a_link_leads_to_is_not_under_it(opened: Browser, host: str) -> None:
    for size in (TELEPHONE, SCREEN):
        with opened_tab(opened, host, size=size) as (tab, _):
            tab.goto(f"{host}/harbour/leaving-quickly/#safer")
            bar = tab.locator(".app-leave").bounding_box()
            assert bar is not None
            assert top_of(tab.locator("#safer")) >= bar["height"]


# -- axe

AXE_RUN = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations"], preload: false});
  return found.violations.flatMap(rule => rule.nodes.map(node => [rule.id, node.target.join(" ")]));
}"""


@pytest.mark.parametrize("size", [TELEPHONE, SCREEN, ZOOMED], ids=str)
def test_axe_finds_nothing_before_while_and_after_shift_is_pressed_nor_while_the_page_is_covered(
    opened: Browser, host: str, size: tuple[int, int]
) -> None:
    with opened_tab(opened, host, size=size) as (tab, world):
        world.has_a_page = False
        tab.add_init_script(path=AXE)
        tab.goto(host + SENSITIVE)
        assert tab.evaluate(AXE_RUN) == []
        press(tab, "Shift", "Shift")
        assert tab.evaluate(AXE_RUN) == []
        press(tab, "Shift")
        assert tab.get_by_role("alert").inner_text() == "Loading"
        broken = tab.evaluate(AXE_RUN)
        # For the moment that it takes, there is nothing but a word: no heading, no landmark.
        assert {rule for rule, _ in broken} <= {"page-has-heading-one", "landmark-one-main"}
