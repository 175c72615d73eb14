"""Display settings in a real browser: chosen by keyboard, kept from page to page, put back, and refused."""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Route
from playwright.sync_api import Page as Tab
from tests.browser.chromium import served
from tests.browser.settings import KEY, keep
from tests.site.built import Built

pytestmark = pytest.mark.browser

ATTRIBUTES = """() => Object.fromEntries(Object.entries(document.documentElement.dataset)
  .filter(([name]) => ["text", "contrast", "colours", "spacing"].includes(name)))"""
KEPT = f"() => localStorage.getItem('{KEY}')"
SIZE = "() => getComputedStyle(document.documentElement).fontSize"
GROUND = "() => getComputedStyle(document.body).backgroundColor"
DARK, LIGHT = "rgb(21, 25, 29)", "rgb(240, 244, 245)"
SETTINGS = "/harbour/display-settings/"
PHONE_AND_DESK = ({"width": 320, "height": 640}, {"width": 1280, "height": 900})


@pytest.fixture(scope="module")
def host(made_up: Built) -> Iterator[str]:
    with served(made_up) as address:
        yield address


@pytest.fixture
def context(opened: Browser) -> Iterator[BrowserContext]:
    made = opened.new_context(viewport={"width": 320, "height": 640})
    yield made
    made.close()


@pytest.fixture
def tab(context: BrowserContext, host: str) -> Tab:
    """Give a tab on the page of an area where nothing was chosen."""
    page = context.new_page()
    page.goto(host + SETTINGS)
    return page


def status(tab: Tab) -> str:
    return tab.get_by_role("status").inner_text()


def choose(tab: Tab, group: str, choice: str) -> None:
    """Choose with the mouse, as people do: on the words."""
    tab.get_by_role("group", name=group).get_by_text(choice, exact=True).click()


def chosen(tab: Tab) -> dict[str, str]:
    """Give the radio button that is on, of each group."""
    found: dict[str, str] = tab.evaluate(
        """() => Object.fromEntries(
          [...document.querySelectorAll("input:checked")].map(({name, value}) => [name, value]))"""
    )
    return found


AT_FIRST = {"text": "standard", "contrast": "device", "colours": "device", "spacing": "standard"}


def test_nothing_is_chosen_and_nothing_is_kept_at_first(tab: Tab) -> None:
    assert chosen(tab) == AT_FIRST
    assert tab.evaluate(ATTRIBUTES) == {}
    assert tab.evaluate("() => localStorage.length") == 0
    assert status(tab) == "Nothing is kept on this device."
    assert tab.context.cookies() == []
    assert not tab.get_by_text("Choosing on this page needs a script").is_visible()


def test_every_setting_is_reached_and_chosen_by_keyboard_alone(tab: Tab) -> None:
    """Tab reaches each group, the arrows choose; what is chosen holds at once and is told."""
    reached: list[str] = []
    told: list[str] = []
    for _ in range(60):
        tab.keyboard.press("Tab")
        name = tab.evaluate("() => document.activeElement.name ?? ''")
        if tab.evaluate("() => document.activeElement.dataset.part === 'back'"):
            break
        if not name:
            continue
        reached.append(name)
        for _ in range(3):
            tab.keyboard.press("ArrowDown")
            told.append(status(tab))
            tab.wait_for_function(_IS_IN_SIGHT)
    assert reached == list(AT_FIRST)
    assert [each.removesuffix(" Kept on this device.") for each in told] == [
        "Text size: Large.",
        "Text size: Larger.",
        "Text size: Largest.",
        "Contrast: More contrast.",
        "Contrast: Standard.",
        "Contrast: As my device says.",
        "Colours: Light.",
        "Colours: Dark.",
        "Colours: As my device says.",
        "Spacing: More space.",
        "Spacing: Standard.",
        "Spacing: More space.",
    ]
    assert tab.evaluate(ATTRIBUTES) == {"text": "largest", "spacing": "more"}

    tab.keyboard.press("Enter")  # on "Put everything back"
    assert tab.evaluate(ATTRIBUTES) == {}
    assert chosen(tab) == AT_FIRST
    assert tab.evaluate("() => localStorage.length") == 0
    assert status(tab) == "Everything is as it was at first. Nothing is kept on this device."


_IS_IN_SIGHT = """() => {
  const {top, bottom} = document.activeElement.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}"""


def test_a_choice_holds_at_once_and_on_pages_of_every_area_and_the_portal(
    tab: Tab, host: str
) -> None:
    choose(tab, "Text size", "Larger")
    choose(tab, "Colours", "Dark")
    assert (tab.evaluate(SIZE), tab.evaluate(GROUND)) == ("24px", DARK)
    assert tab.evaluate(KEPT) == "text:larger colours:dark"
    for address in (
        "/",
        "/help/",
        "/display-settings/",
        "/harbour/2026-27/crisis/",
        "/lighthouse/2018-21/crisis/",
        "/meadow/no/such/page/",
    ):
        tab.goto(host + address)
        assert (tab.evaluate(SIZE), tab.evaluate(GROUND)) == ("24px", DARK), address
    tab.goto(host + SETTINGS)
    assert chosen(tab) == {**AT_FIRST, "text": "larger", "colours": "dark"}
    assert status(tab) == "Kept on this device."


def test_what_goes_back_to_how_it_was_is_no_longer_kept(tab: Tab) -> None:
    choose(tab, "Spacing", "More space")
    choose(tab, "Contrast", "Standard")
    assert tab.evaluate(KEPT) == "contrast:standard spacing:more"
    choose(tab, "Contrast", "As my device says")
    assert tab.evaluate(KEPT) == "spacing:more"
    assert status(tab) == "Contrast: As my device says. Kept on this device."
    choose(tab, "Spacing", "Standard")
    assert tab.evaluate("() => localStorage.length") == 0
    assert status(tab) == "Spacing: Standard. Nothing is kept on this device."


def test_somebody_who_comes_back_to_a_page_finds_it_as_they_chose_since(
    tab: Tab, host: str
) -> None:
    tab.goto(f"{host}/harbour/")
    tab.get_by_role("link", name="Display settings").click()
    choose(tab, "Text size", "Largest")
    tab.go_back()
    assert tab.evaluate(SIZE) == "32px"


def test_a_page_that_the_browser_kept_as_it_was_is_brought_up_to_date(tab: Tab) -> None:
    """Headless Chromium keeps none, so the event is made here."""
    tab.evaluate(f"() => localStorage.setItem('{KEY}', 'text:large')")
    tab.evaluate("() => dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    assert tab.evaluate(SIZE) == "20px"
    assert chosen(tab)["text"] == "large"


def test_a_choice_in_one_tab_reaches_the_others(
    context: BrowserContext, tab: Tab, host: str
) -> None:
    plan, other = context.new_page(), context.new_page()
    plan.goto(f"{host}/harbour/2026-27/")
    other.goto(f"{host}/display-settings/")
    choose(tab, "Colours", "Dark")
    for each in (plan, other):
        each.wait_for_function("() => document.documentElement.dataset.colours === 'dark'")
    assert chosen(other)["colours"] == "dark"
    assert status(other) == "Kept on this device."

    other.get_by_role("button", name="Put everything back").click()
    for each in (plan, tab):
        each.wait_for_function("() => !document.documentElement.dataset.colours")
    assert chosen(tab) == AT_FIRST


RUBBISH = (
    "",
    "null",
    '{"text": "larger"}',
    "text:huge colours:<script>",
    "text:larger-text colours:darker",
    "text:standard contrast:device",
    "toString:dark __proto__:dark",
    "x" * 100_000,
)


@pytest.mark.parametrize("rubbish", RUBBISH, ids=range(len(RUBBISH)))
def test_what_is_not_a_choice_is_not_looked_at(tab: Tab, rubbish: str) -> None:
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.evaluate(f"words => localStorage.setItem('{KEY}', words)", rubbish)
    tab.reload()
    assert tab.evaluate(ATTRIBUTES) == {}
    assert chosen(tab) == AT_FIRST
    assert tab.evaluate("() => localStorage.length") == 0  # and it is not kept either
    assert faults == []


def test_choices_among_rubbish_hold(tab: Tab) -> None:
    tab.evaluate(f"() => localStorage.setItem('{KEY}', 'text:huge spacing:more text:large  x')")
    tab.reload()
    assert tab.evaluate(ATTRIBUTES) == {"text": "large", "spacing": "more"}


BLOCKED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); },
});"""
FULL = """Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };"""


@pytest.mark.parametrize("refusal", [BLOCKED, FULL], ids=["blocked", "full"])
def test_where_nothing_can_be_kept_a_choice_holds_for_this_page_and_the_page_says_so(
    context: BrowserContext, host: str, refusal: str
) -> None:
    context.add_init_script(refusal)
    tab = context.new_page()
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.goto(host + SETTINGS)
    choose(tab, "Text size", "Larger")
    assert tab.evaluate(SIZE) == "24px"
    assert status(tab) == (
        "Text size: Larger. Your browser does not let us keep this, so it holds for this page only."
    )
    tab.goto(f"{host}/harbour/")
    assert tab.evaluate(SIZE) == "16px"
    assert faults == []


def test_where_storage_is_blocked_the_page_says_so_before_anybody_chooses(
    context: BrowserContext, host: str
) -> None:
    context.add_init_script(BLOCKED)
    tab = context.new_page()
    tab.goto(host + SETTINGS)
    assert status(tab) == (
        "Your browser does not let us keep what you choose. It holds for this page only."
    )


def test_without_scripts_there_is_nothing_to_choose_and_the_page_says_what_else_there_is(
    opened: Browser, host: str
) -> None:
    context = opened.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(host + SETTINGS)
    for role in ("radio", "button", "status"):
        assert tab.get_by_role(role).count() == 0
    assert tab.get_by_text("Choosing on this page needs a script").is_visible()
    for words in ("spread two fingers", "Safari, Firefox and Edge have a reader view", "Windows"):
        assert tab.get_by_text(words).first.is_visible()
    context.close()


def test_where_the_pages_own_script_fails_it_is_as_without_scripts(
    context: BrowserContext, host: str
) -> None:
    tab = context.new_page()
    tab.route("**/display-settings.js", lambda route: route.abort())
    tab.goto(host + SETTINGS)
    assert tab.get_by_role("radio").count() == 0
    assert tab.get_by_text("Choosing on this page needs a script").is_visible()


# -- what the choices do


@pytest.mark.parametrize("view", PHONE_AND_DESK, ids=["telephone", "desk"])
@pytest.mark.parametrize("text", ["large", "larger", "largest"])
def test_no_page_scrolls_sideways_with_larger_words_and_more_space(
    real: Built, directory: Built, opened: Browser, view: dict[str, int], text: str
) -> None:
    wide: list[str] = []
    context = opened.new_context(viewport=view)  # type: ignore[arg-type]
    keep(context, text=text, spacing="more")
    tab = context.new_page()
    for site, pages in (
        (real, ("/", "/blmk/", "/blmk/2024-25/", "/kent-and-medway/plans/", "/guide/reference/")),
        (real, ("/blmk/help/", "/blmk/search/?q=crisis", "/blmk/a-to-z/", "/blmk/2024-25/print/")),
        (directory, ("/harbour/help/", "/harbour/help/find/", "/harbour/help/coverage/")),
        (directory, ("/harbour/help/harbour-clinic/", "/harbour/display-settings/")),
    ):
        with served(site) as at:
            for address in pages:
                tab.goto(at + address)
                assert tab.evaluate(ATTRIBUTES) == {"text": text, "spacing": "more"}
                wide += [f"{address}: {each}" for each in tab.evaluate(_WIDER_THAN_THE_PAGE)]
    context.close()
    assert wide == []


# What is cut or leads sideways; tables scroll in regions of their own.
_WIDER_THAN_THE_PAGE = """() => {
  const page = document.scrollingElement;
  const sideways = page.scrollWidth > page.clientWidth ? ["scrolls"] : [];
  const cut = [...document.querySelectorAll("body *")].filter((each) => {
    const {left, right, width} = each.getBoundingClientRect();
    const hidden = each.closest(".app-table, .nhsuk-u-visually-hidden, [hidden]") || width <= 1;
    const isInput = each.matches("input"); // its touch area may go beyond
    return !hidden && !isInput && (right > page.clientWidth + 1 || left < -1);
  });
  return [...sideways, ...cut.map((each) => `${each.tagName}.${each.className}`)];
}"""


def test_words_grow_by_what_the_page_says(tab: Tab) -> None:
    sizes = {"Standard": 1.0, "Large": 1.25, "Larger": 1.5, "Largest": 2.0}
    of_words = "() => parseFloat(getComputedStyle(document.querySelector('main h2 ~ p')).fontSize)"
    standard = tab.evaluate(of_words)
    for name, factor in sizes.items():
        choose(tab, "Text size", name)
        assert tab.evaluate(of_words) == pytest.approx(standard * factor), name


def test_more_space_is_what_people_who_read_with_difficulty_ask_for(tab: Tab) -> None:
    """At least as WCAG 2.2 has it in 1.4.12, everywhere in the text."""
    choose(tab, "Spacing", "More space")
    tight = tab.evaluate(
        """() => [...document.querySelectorAll("main :is(p, li, dd, dt, td, th, h1, h2, label)")]
          .filter((each) => each.checkVisibility())
          .map((each) => [each, getComputedStyle(each), parseFloat(getComputedStyle(each).fontSize)])
          .filter(([, style, size]) =>
            parseFloat(style.lineHeight) < 1.5 * size - 0.01 ||
            parseFloat(style.letterSpacing) < 0.12 * size - 0.01 ||
            parseFloat(style.wordSpacing) < 0.16 * size - 0.01)
          .map(([each]) => each.outerHTML.slice(0, 80))"""
    )
    assert tight == []
    apart = tab.evaluate(
        """() => [...document.querySelectorAll("main section > p + p")]
          .filter((each) => each.checkVisibility())
          .map((each) => (each.getBoundingClientRect().top - each.previousElementSibling.getBoundingClientRect().bottom)
            / parseFloat(getComputedStyle(each).fontSize))"""
    )
    assert len(apart) > 2
    assert min(apart) >= 2 - 0.01


# -- no flash


class Film:
    """What a tab shows, frame by frame, as colours of one point of its ground."""

    def __init__(self, tab: Tab, eye: Tab) -> None:
        self.eye = eye
        self.frames: list[bytes] = []
        self.camera = tab.context.new_cdp_session(tab)
        self.camera.on("Page.screencastFrame", self._keep)

    def _keep(self, frame: dict[str, object]) -> None:
        self.frames.append(base64.b64decode(str(frame["data"])))
        self.camera.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

    def of(self, what: Callable[[], object]) -> set[str]:
        """Film while something is done; give the colours that were seen."""
        self.frames.clear()
        self.camera.send("Page.startScreencast", {"format": "png"})
        what()
        self.camera.send("Page.stopScreencast")
        return {self._colour(each) for each in self.frames}

    def _colour(self, frame: bytes) -> str:
        source = f"data:image/png;base64,{base64.b64encode(frame).decode()}"
        return str(self.eye.evaluate(_POINT, source))


_POINT = """(source) => new Promise((done) => {
  const frame = new Image();
  frame.onload = () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [frame.width, frame.height];
    const drawn = canvas.getContext("2d");
    drawn.drawImage(frame, 0, 0);
    const [red, green, blue] = drawn.getImageData(frame.width - 8, frame.height - 8, 1, 1).data;
    done(`rgb(${red}, ${green}, ${blue})`);
  };
  frame.src = source;
})"""


def _film(opened: Browser, host: str, device: str, choice: str, change: str | None) -> set[str]:
    """Film the way from one page to another, with scripts and styles that come late."""
    context = opened.new_context(color_scheme=device, viewport={"width": 600, "height": 600})  # type: ignore[arg-type]
    keep(context, colours=choice)
    tab, eye = context.new_page(), context.new_page()
    if change:
        tab.route("**/harbour/", lambda route: _spoilt(route, change))
    for late in ("**/display.js", "**/site.css"):
        tab.route(late, _late)
    tab.goto(f"{host}/harbour/plans/")
    film = Film(tab, eye)

    def go() -> None:
        tab.goto(f"{host}/harbour/")
        tab.wait_for_timeout(500)

    seen = film.of(go)
    context.close()
    return seen


def _late(route: Route) -> None:
    """Answer late, so that a browser that need not wait would draw before."""
    time.sleep(0.2)
    route.continue_()


def _spoilt(route: Route, change: str) -> None:
    answer = route.fetch()
    text = re.sub(r"<script src=\"[^\"]*display.js\"></script>", "", answer.text())
    route.fulfill(response=answer, body=text.replace("</body>", f"{change}</body>"))


@pytest.mark.parametrize(("device", "choice"), [("light", "dark"), ("dark", "light")])
def test_what_was_chosen_is_there_in_the_first_frame(
    opened: Browser, host: str, device: str, choice: str
) -> None:
    """Also where the script and the styles come late: nothing is drawn before."""
    seen = _film(opened, host, device, choice, None)
    assert seen == {DARK if choice == "dark" else LIGHT}


def test_the_film_shows_a_flash_where_there_is_one(opened: Browser, host: str) -> None:
    """A script at the end of the page, which nothing waits for, would come too late."""
    late = '<script type="module" src="assets/display.js"></script>'
    assert _film(opened, host, "light", "dark", late) == {LIGHT, DARK}
