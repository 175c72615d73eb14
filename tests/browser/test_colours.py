"""The four sets of colours in a real browser: by choice and by the device, and how well they can be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from audit.engines import AXE
from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Page as Tab
from tests.browser.chromium import HAS_SEARCHED, served
from tests.browser.contrast import counted, focus_too_pale, too_pale
from tests.browser.settings import keep
from tests.site.built import Built

pytestmark = pytest.mark.browser

PAGES = {
    "real": (
        "/",
        "/about/",
        "/guide/edit-a-page/",
        "/blmk/2024-25/governance/",
        "/kent-and-medway/plans/",
        "/blmk/have-your-say/",
        "/blmk/search/?q=crisis",
        "/blmk/a-to-z/",
        "/blmk/site-map/",
        "/blmk/leaving-quickly/",
        "/blmk/accessibility/",
        "/blmk/2024-25/print/",
    ),
    "made_up": (
        "/help/",
        "/harbour/",
        "/harbour/2026-27/",
        "/harbour/2014-15/crisis/",
        "/harbour/2024-25/crisis/",
        "/harbour/2019-21/crisis/",
        "/harbour/have-your-say/open-boats/",
        "/harbour/latest/workforce/",
        "/harbour/display-settings/",
        "/harbour/no/such/page/",
        "/lighthouse/2018-21/crisis/",
        "/meadow/2023-24/",
    ),
    "drafts": ("/harbour/2027-28/crisis/",),
    "directory": (
        "/harbour/help/",
        "/harbour/help/find/?q=suicide",
        "/harbour/help/harbour-clinic/",
        "/harbour/help/harbour-drop-in/",
        "/harbour/help/harbour-chat/",
        "/harbour/help/need/anxiety/",
        "/harbour/help/not-checked/",
        "/harbour/help/coverage/",
        "/harbour/help/print/",
    ),
}
"""One page of every template and status, by the site that has it."""

SETS = {
    "light": ({}, 4.5),
    "dark": ({"colours": "dark"}, 4.5),
    "light with more contrast": ({"contrast": "more"}, 7.0),
    "dark with more contrast": ({"colours": "dark", "contrast": "more"}, 7.0),
}
"""What is chosen for each, and the least contrast of words (WCAG 2.2, 1.4.3 and 1.4.6)."""

GROUND = "() => getComputedStyle(document.body).backgroundColor"
GROUNDS = {
    "light": "rgb(240, 244, 245)",
    "dark": "rgb(21, 25, 29)",
    "light with more contrast": "rgb(255, 255, 255)",
    "dark with more contrast": "rgb(0, 0, 0)",
}


@pytest.fixture(params=PAGES)
def site(request: pytest.FixtureRequest) -> tuple[Built, tuple[str, ...]]:
    """Give each site with the pages of it that are looked at."""
    built: Any = request.getfixturevalue(request.param)
    assert isinstance(built, Built)
    return built, PAGES[request.param]


@pytest.fixture(params=SETS)
def chosen(
    request: pytest.FixtureRequest, opened: Browser
) -> Iterator[tuple[BrowserContext, float]]:
    """Give a browser for which a set of colours was chosen, and its least contrast."""
    choices, least = SETS[request.param]
    context = opened.new_context(viewport={"width": 1280, "height": 900})
    keep(context, **choices)
    yield context, least
    context.close()


def test_every_word_and_edge_can_be_told_from_what_is_behind_it(
    site: tuple[Built, tuple[str, ...]], chosen: tuple[BrowserContext, float]
) -> None:
    (built, pages), (context, least) = site, chosen
    tab = context.new_page()
    tab.add_init_script(path=AXE)
    with served(built) as host:
        for address in pages:
            _open(tab, host, address)
            assert counted(tab) > 20, address
            assert [str(each) for each in too_pale(tab, least)] == [], address
            assert tab.evaluate(_AXE, least > 4.5) == [], address


def test_the_focus_can_be_seen_on_everything_to_reach_by_keyboard(
    directory: Built, made_up: Built, chosen: tuple[BrowserContext, float]
) -> None:
    context, least = chosen
    for built, address in (
        (directory, "/harbour/help/find/?q=suicide"),
        (made_up, "/harbour/2026-27/"),
        (made_up, "/harbour/display-settings/"),
    ):
        tab = context.new_page()
        with served(built) as host:
            _open(tab, host, address)
            assert [str(each) for each in focus_too_pale(tab, least)] == [], address
        tab.close()


def _open(tab: Tab, host: str, address: str) -> None:
    answer = tab.goto(host + address)
    assert answer is not None
    assert answer.status == (404 if "/no/such/" in address else 200), address
    if "/search/" in address:
        tab.locator("main mark").first.wait_for()
    if "/find/" in address:
        tab.wait_for_function(HAS_SEARCHED)
    for details in tab.locator("details").all():
        details.evaluate("each => { each.open = true; }")


_AXE = """async (more) => {
  const rules = ["color-contrast", ...(more ? ["color-contrast-enhanced"] : [])];
  const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"], preload: false});
  return found.violations.flatMap(rule => rule.nodes.map(node => [rule.id, node.target.join(" ")]));
}"""


@pytest.mark.parametrize(
    ("spoilt", "by", "what"),
    [
        ("--quiet: #b8c4cc", "--quiet: #4c6272", "words"),
        ("--control: #aeb7bd", "--control: #43515c", "edge"),
    ],
)
def test_the_looking_finds_a_colour_that_is_too_pale(
    made_up: Built, opened: Browser, tmp_path: Any, spoilt: str, by: str, what: str
) -> None:
    """A look that finds nothing anywhere would pass the tests above."""
    site = made_up.copy(tmp_path / "root")
    sheet = site.folder / "harbour/assets/site.css"
    text = sheet.read_text(encoding="utf-8")
    assert spoilt in text
    sheet.write_text(text.replace(spoilt, by), encoding="utf-8")
    context = opened.new_context()
    keep(context, colours="dark")
    tab = context.new_page()
    with served(site) as host:
        _open(tab, host, "/harbour/display-settings/")
        found = too_pale(tab, 4.5)
    context.close()
    assert {each.what for each in found} == {what}


def test_the_looking_finds_a_focus_that_nobody_sees(
    made_up: Built, opened: Browser, tmp_path: Any
) -> None:
    site = made_up.copy(tmp_path / "root")
    sheet = site.folder / "harbour/assets/site.css"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("#ffeb3b", "#38330f"), "utf-8")
    context = opened.new_context()
    keep(context, colours="dark")
    tab = context.new_page()
    with served(site) as host:
        _open(tab, host, "/harbour/display-settings/")
        found = focus_too_pale(tab, 4.5)
    context.close()
    assert {each.what for each in found} == {"focus", "focused words"}


# -- by choice and by the device


@pytest.mark.parametrize(
    ("dark", "more", "choices", "expected"),
    [
        (False, False, {}, "light"),
        (True, False, {}, "dark"),
        (False, True, {}, "light with more contrast"),
        (True, True, {}, "dark with more contrast"),
        (True, False, {"colours": "light"}, "light"),
        (False, False, {"colours": "dark"}, "dark"),
        (False, True, {"contrast": "standard"}, "light"),
        (False, False, {"contrast": "more"}, "light with more contrast"),
        (True, True, {"contrast": "standard"}, "dark"),
        (True, True, {"colours": "light"}, "light with more contrast"),
        (True, True, {"colours": "light", "contrast": "standard"}, "light"),
        (True, False, {"contrast": "more"}, "dark with more contrast"),
        (False, True, {"colours": "dark"}, "dark with more contrast"),
        (False, False, {"colours": "dark", "contrast": "more"}, "dark with more contrast"),
        (True, True, {"colours": "dark", "contrast": "more"}, "dark with more contrast"),
    ],
)
def test_what_a_reader_chose_comes_before_what_the_device_asks_for(
    made_up: Built,
    opened: Browser,
    dark: bool,
    more: bool,
    choices: dict[str, str],
    expected: str,
) -> None:
    context = opened.new_context(
        color_scheme="dark" if dark else "light", contrast="more" if more else "no-preference"
    )
    keep(context, **choices)
    tab = context.new_page()
    with served(made_up) as host:
        tab.goto(f"{host}/harbour/2026-27/")
        ground = tab.evaluate(GROUND)
        scheme = tab.evaluate("() => getComputedStyle(document.documentElement).colorScheme")
    context.close()
    assert ground == GROUNDS[expected]
    assert scheme == expected.split(" ", maxsplit=1)[0]


def test_without_scripts_pages_follow_the_device(made_up: Built, opened: Browser) -> None:
    context = opened.new_context(java_script_enabled=False, color_scheme="dark", contrast="more")
    tab = context.new_page()
    with served(made_up) as host:
        tab.goto(f"{host}/harbour/2026-27/")
        ground = tab.evaluate(GROUND)
    context.close()
    assert ground == GROUNDS["dark with more contrast"]


@pytest.mark.parametrize("choices", [{}, {"colours": "dark"}, {"contrast": "more"}])
def test_colours_that_a_device_forces_win_over_every_choice(
    made_up: Built, opened: Browser, choices: dict[str, str]
) -> None:
    """Text, ground and links are the device's. Only pictures keep a ground of their own."""
    context = opened.new_context(forced_colors="active")
    keep(context, **choices)
    tab = context.new_page()
    with served(made_up) as host:
        tab.goto(f"{host}/harbour/2026-27/")
        wrong = tab.evaluate(_NOT_FORCED)
        picture = tab.locator(".app-image").first.evaluate(
            "each => getComputedStyle(each).backgroundColor"
        )
    context.close()
    assert wrong == []
    assert picture == "rgb(255, 255, 255)"


_NOT_FORCED = """() => {
  const system = (name) => {
    const probe = document.createElement("i");
    probe.setAttribute("class", "probe");
    document.body.append(probe);
    probe.style.setProperty("color", name);
    const colour = getComputedStyle(probe).color;
    probe.remove();
    return colour;
  };
  const names = ["CanvasText", "LinkText", "VisitedText", "ActiveText", "ButtonText", "FieldText", "GrayText", "HighlightText"];
  const allowed = new Set(names.map(system));
  return [...document.querySelectorAll("body *")]
    .filter((each) => each.tagName !== "IMG" && each.checkVisibility())
    .filter((each) => !allowed.has(getComputedStyle(each).color) || getComputedStyle(each).forcedColorAdjust === "none")
    .map((each) => `${each.tagName}.${each.className} ${getComputedStyle(each).color}`);
}"""


def test_paper_is_light_and_of_the_usual_size_whatever_was_chosen(
    made_up: Built, opened: Browser
) -> None:
    context = opened.new_context(color_scheme="dark", contrast="more")
    keep(context, colours="dark", contrast="more", text="largest", spacing="more")
    tab = context.new_page()
    with served(made_up) as host:
        tab.goto(f"{host}/harbour/2026-27/")
        tab.emulate_media(media="print")
        text = tab.evaluate("() => getComputedStyle(document.querySelector('h1')).color")
        root = tab.evaluate("() => getComputedStyle(document.documentElement).fontSize")
        spaced = tab.evaluate(
            "() => getComputedStyle(document.querySelector('main p')).letterSpacing"
        )
        card = tab.evaluate(
            "() => getComputedStyle(document.documentElement).getPropertyValue('--card')"
        )
    context.close()
    assert text in ("rgb(0, 0, 0)", "rgb(33, 43, 50)")
    assert (root, spaced, card.strip()) == ("16px", "normal", "#fff")
