"""Pages of a preview in a browser: shown anew by themselves, where they were, with the mistakes there are."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator
from playwright.sync_api import Page as Tab
from tests.browser.chromium import AXE
from tests.command.running import free_port, preview
from tests.site.built import MADE_UP, TODAY, Built, copy_root

from ltp.findings import Finding
from ltp.publishing import serving
from ltp.publishing.serving import Board

pytestmark = pytest.mark.browser

PAGE = "/harbour/2026-27/schools/"
"""A page with an expander."""
SOON = 10_000
"""Milliseconds after which it would have been shown; it never takes so long."""

FAULTS = (
    Finding("areas/hill.yml", 3, "“plaices” is not a key", "Did you mean “places”?", "plaices"),
    Finding(
        "content/harbour/2026-27/a-page-with-a-name-that-is-longer-than-a-telephone-is-wide.md",
        12,
        "the link “crisis.html” leads to no page",
        "Did you mean “crisis.md”?",
    ),
)

STYLED = """() => {
  const region = document.querySelector(".ltp-faults");
  return region && getComputedStyle(region).borderTopWidth === "4px";
}"""

AXE_RUN = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations"], preload: false});
  return found.violations.flatMap(rule => rule.nodes.map(node => [rule.id, node.target.join(" ")]));
}"""


class Previewed:
    """A built site, as a preview serves it; builds are made up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.running = ExitStack()
        self.port = 0
        self.start()

    def start(self) -> None:
        """Start, at the port at which it was before."""
        self.board = Board()
        self.board.put_up([], anew=True)
        address = serving.serving(self.folder, self.board, self.port)
        self.host = self.running.enter_context(address)
        self.port = int(self.host.rpartition(":")[2])

    def stop(self) -> None:
        """Stop, as with Ctrl and C."""
        self.running.close()

    def build(self, old: str, new: str, *, words: bool = False, page: str = PAGE) -> None:
        """Write other words into the page, and tell."""
        file = self.folder / page.strip("/") / "index.html"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
        self.board.put_up(self.board.shown.faults, anew=True, words=words)


@pytest.fixture
def shown(made_up: Built, tmp_path: Path) -> Iterator[Previewed]:
    previewed = Previewed(shutil.copytree(made_up.folder, tmp_path / "site"))
    yield previewed
    previewed.stop()


@contextmanager
def opened_tab(opened: Browser, width: int = 1280, height: int = 500) -> Iterator[Tab]:
    """Give a tab that may complain of nothing."""
    context = opened.new_context(viewport={"width": width, "height": height})
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    yield tab
    # A server that is gone, or has nothing yet, is told by the browser itself.
    meant = ("ERR_CONNECTION_REFUSED", "status of 503")
    assert [each for each in complaints if not any(words in each for words in meant)] == []
    context.close()


def read_on(tab: Tab, shown: Previewed) -> None:
    """Open the page, unfold something, and scroll down, so that it can be told whether all this stays."""
    tab.goto(shown.host + PAGE)
    tab.evaluate("window.old = true")
    tab.locator("summary").first.click()
    tab.evaluate("scrollTo({top: 700, behavior: 'instant'})")


def alert(tab: Tab) -> Locator:
    return tab.locator(".ltp-faults[role=alert]")


def test_a_page_that_is_built_anew_is_shown_by_itself_where_it_was(
    opened: Browser, shown: Previewed
) -> None:
    with opened_tab(opened, 320) as tab:
        read_on(tab, shown)
        before = tab.evaluate("[scrollY, history.length]")
        assert before[0] == 700

        shown.build("</h1>", " NEW</h1>")

        tab.locator("h1", has_text="NEW").wait_for(timeout=SOON)
        tab.wait_for_function("() => scrollY === 700", timeout=SOON)
        assert not tab.evaluate("'old' in window"), "it was loaded again"
        assert tab.locator("details").first.get_attribute("open") is not None
        assert tab.evaluate("[scrollY, history.length]") == before
        assert tab.evaluate("sessionStorage.length") == 0
        tab.wait_for_function("() => history.scrollRestoration === 'auto'", timeout=SOON)


def test_where_only_words_have_changed_they_are_exchanged_and_all_else_stays(
    opened: Browser, shown: Previewed
) -> None:
    with opened_tab(opened, 320) as tab:
        read_on(tab, shown)
        shown.board.put_up(FAULTS, anew=False)
        tab.wait_for_function(STYLED)
        before = tab.evaluate("scrollY")

        for number in range(3):
            shown.build("</h1>", f" NEW-{number}</h1>", words=True)
            tab.locator("h1", has_text=f"NEW-{number}").wait_for(timeout=SOON)

        assert tab.evaluate("window.old") is True, "it was not loaded again"
        assert tab.locator("details").first.get_attribute("open") is not None
        assert tab.evaluate("scrollY") == before
        assert alert(tab).count() == 1
        shown.build("</title>", " NEWEST</title>", words=True)
        tab.wait_for_function("() => document.title.endsWith('NEWEST')", timeout=SOON)

        # Another style, and words once more: one after the other, and both missed.
        _see(tab, hidden=True)
        shown.build("</h1>", " STYLE</h1>")
        shown.build("</h1>", " WORDS</h1>", words=True)
        _see(tab, hidden=False)
        tab.locator("h1", has_text="WORDS").wait_for(timeout=SOON)
        assert not tab.evaluate("'old' in window"), "styles need it to be loaded again"


def test_a_page_whose_scripts_work_with_its_words_is_loaded_again(
    opened: Browser, shown: Previewed
) -> None:
    finder = "/harbour/help/find/"
    with opened_tab(opened) as tab:
        tab.goto(shown.host + finder)
        tab.evaluate("window.old = true")
        shown.build("</h1>", " NEW</h1>", words=True, page=finder)
        tab.locator("h1", has_text="NEW").wait_for(timeout=SOON)
        assert not tab.evaluate("'old' in window")


def test_a_page_is_left_alone_where_nothing_was_built(opened: Browser, shown: Previewed) -> None:
    with opened_tab(opened) as tab:
        tab.goto(shown.host + PAGE)
        tab.evaluate("window.old = true")
        shown.board.put_up(FAULTS, anew=False)
        alert(tab).wait_for(timeout=SOON)
        shown.board.put_up([], anew=False)
        alert(tab).wait_for(state="detached", timeout=SOON)

        assert tab.evaluate("window.old") is True


@pytest.mark.parametrize("size", [(320, 568), (320, 256), (1280, 800)], ids=str)
def test_mistakes_are_shown_at_the_top_in_words_and_taken_away_when_they_are_mended(
    opened: Browser, shown: Previewed, size: tuple[int, int]
) -> None:
    with opened_tab(opened, *size) as tab:
        tab.add_init_script(path=AXE)
        tab.goto(shown.host + PAGE)
        shown.board.put_up(FAULTS, anew=False)
        alert(tab).wait_for(timeout=SOON)
        tab.wait_for_function(STYLED)

        words = " ".join(alert(tab).inner_text().split())
        assert words.startswith("2 faults. What can’t be built is shown as it was before.")
        assert (
            "areas/hill.yml, line 3: plaices: “plaices” is not a key. Did you mean “places”?"
            in words
        )
        assert (
            "line 12: the link “crisis.html” leads to no page. Did you mean “crisis.md”?" in words
        )
        box = alert(tab).bounding_box()
        assert box is not None
        assert (box["x"], box["y"]) == (0, 0)
        assert tab.evaluate("document.documentElement.scrollWidth") <= size[0]
        assert tab.evaluate(AXE_RUN) == []

        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.className") == "ltp-faults"

        shown.board.put_up(FAULTS[:1], anew=False)
        tab.wait_for_function(
            "() => document.querySelector('.ltp-faults').innerText.startsWith('1 fault.')"
        )
        assert alert(tab).count() == 1

        shown.board.put_up([], anew=True)
        alert(tab).wait_for(state="detached", timeout=SOON)


def test_mistakes_are_seen_on_a_page_that_is_scrolled_and_on_every_page_that_is_opened(
    opened: Browser, shown: Previewed
) -> None:
    with opened_tab(opened, 1280, 800) as tab:
        tab.goto(shown.host + PAGE)
        tab.evaluate("scrollTo({top: 300, behavior: 'instant'})")
        shown.board.put_up(FAULTS, anew=True)
        alert(tab).wait_for(timeout=SOON)
        box = alert(tab).bounding_box()
        assert box is not None
        assert 0 <= box["y"] < 1
        for address in ("/", "/harbour/search/"):
            tab.goto(shown.host + address)
            alert(tab).wait_for(timeout=SOON)


def test_a_page_finds_the_preview_that_is_started_again(opened: Browser, shown: Previewed) -> None:
    with opened_tab(opened) as tab:
        tab.goto(shown.host + PAGE)
        tab.evaluate("window.old = true")
        shown.stop()
        tab.wait_for_timeout(1500)
        assert tab.evaluate("window.old") is True, "a page stays when its preview stops"
        assert tab.locator("h1").inner_text()

        shown.start()

        tab.wait_for_function("() => !('old' in window)", timeout=SOON)


def test_a_page_that_nobody_sees_is_shown_anew_when_somebody_looks(
    opened: Browser, shown: Previewed
) -> None:
    with opened_tab(opened) as tab:
        tab.goto(shown.host + PAGE)
        tab.evaluate("window.old = true")
        _see(tab, hidden=True)
        shown.build("</h1>", " NEW</h1>")
        tab.wait_for_timeout(300)
        assert tab.evaluate("window.old") is True

        _see(tab, hidden=False)

        tab.locator("h1", has_text="NEW").wait_for(timeout=SOON)


def test_with_many_tabs_open_pages_are_still_served(opened: Browser, shown: Previewed) -> None:
    context = opened.new_context()
    tabs = [context.new_page() for _ in range(8)]
    for tab in tabs:
        tab.goto(shown.host + PAGE, timeout=SOON)
        _see(tab, hidden=True)  # a browser says so when another tab comes before it
    context.close()


def test_a_real_preview_shows_an_edit_and_a_mistake_and_its_mend(
    opened: Browser, tmp_path: Path
) -> None:
    root, port = copy_root(MADE_UP, tmp_path / "root"), free_port()
    page = root / "content/harbour/2026-27/crisis.md"
    text = page.read_text(encoding="utf-8")
    command = ["-m", "ltp.cli", "serve", "--root", str(root), "--port", str(port)]
    with (
        preview([*command, "--today", TODAY.isoformat()], port, tmp_path / "said.txt") as running,
        opened_tab(opened) as tab,
    ):
        # As somebody who opens the address at once.
        running.wait_for("/", "not built yet")
        tab.goto(f"{running.address}/harbour/2026-27/crisis/")
        patience: dict[str, Any] = {"timeout": 120_000}
        tab.get_by_text("Somebody comes at night").wait_for(**patience)

        page.write_text(text.replace("Somebody comes", "Everybody comes"), encoding="utf-8")
        tab.get_by_text("Everybody comes at night").wait_for(**patience)

        page.write_text(text.replace("crisis.md#by-day", "cry.md"), encoding="utf-8")
        alert(tab).wait_for(**patience)
        line = 1 + text[: text.index("crisis.md#by-day")].count("\n")
        assert f"content/harbour/2026-27/crisis.md, line {line}:" in alert(tab).inner_text()
        assert tab.get_by_text("Everybody comes at night").count() == 1

        page.write_text(text.replace("Somebody comes", "They come"), encoding="utf-8")
        tab.get_by_text("They come at night").wait_for(**patience)
        assert alert(tab).count() == 0


def _see(tab: Tab, *, hidden: bool) -> None:
    tab.evaluate(
        """hidden => {
          Object.defineProperty(document, "hidden", {configurable: true, get: () => hidden});
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )
