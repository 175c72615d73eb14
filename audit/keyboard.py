"""Go through a page with the keyboard alone: reach every control, see the focus, work it, and get out again."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from typing import Any, Final

from playwright.sync_api import Error

from audit.engines import Failure
from audit.looking import Visitor
from audit.sites import BuiltPage

WALK: Final = "keyboard walk"
RING: Final = "focus ring"
WORK: Final = "controls by keyboard"
LETTERS: Final = "single-letter shortcuts"

MARGIN: Final = 8
"""How far round a control a focus ring may be drawn, in pixels."""

PRINTABLE: Final = string.ascii_lowercase + string.ascii_uppercase + string.digits + "/?.,;'[]-=`"

KEYS: Final[Mapping[str, Sequence[str]]] = {
    "link": ("Enter",),
    "button": ("Enter", "Space"),
    "summary": ("Enter", "Space"),
    "checkbox": ("Space", "Space"),
    "radio": ("ArrowDown",),
    "select": ("ArrowDown", "ArrowUp"),
    "text": ("a", "Backspace"),
    "scrolling area": ("ArrowRight",),
}
"""The keys that work each kind of control; each has to change something."""


def walk(visitor: Visitor, page: BuiltPage, view: str, *, rings: bool = True) -> None:
    """Press Tab to the end of a page that was just opened, then Shift and Tab back to its start.

    At each stop the focus has to be where the order of the file says, in the window, uncovered, and
    seen. Of controls that are drawn alike the ring of one is measured.
    """
    tab = visitor.tab
    stops = int(tab.evaluate("() => ltpAudit.stops()"))
    for at in range(stops):
        tab.keyboard.press("Tab")
        if not _is_at(visitor, page, view, at):
            return
        if rings:
            _measure_ring(visitor, page, view)
    tab.keyboard.press("Tab")
    if not _is_at(visitor, page, view, stops):
        return
    for at in reversed(range(stops)):
        tab.keyboard.press("Shift+Tab")
        if at == stops - 1 and tab.evaluate("() => document.activeElement === document.body"):
            tab.keyboard.press(
                "Shift+Tab"
            )  # the end of the page may be a stop of the browser's own
        if not _is_at(visitor, page, f"{view}, backwards", at):
            return


def _is_at(visitor: Visitor, page: BuiltPage, view: str, at: int) -> bool:
    """Note what is wrong with the focus; where it is not at this stop, no later one can be judged."""
    found = visitor.tab.evaluate("at => ltpAudit.focusAt(at)", at)
    _note(visitor, page, view, WALK, "2.1.1", found["failures"])
    return bool(found["isThere"])


def _note(
    visitor: Visitor, page: BuiltPage, view: str, engine: str, criterion: str, found: Sequence[Any]
) -> None:
    for what, where in found:
        visitor.seen.failures.append(Failure(engine, str(page), view, what, what, where, criterion))


# -- the ring


def _measure_ring(visitor: Visitor, page: BuiltPage, view: str) -> None:
    """Compare pictures of the focused control with and without its focus.

    What changes by at least 3 to 1 has to be as large as a line of 1 px all round the control, or of 4 px
    along its shorter side.
    """
    looks = (view, visitor.tab.evaluate("() => ltpAudit.looksOfFocused()"))
    if not visitor.once.is_first(looks):
        return
    box = visitor.tab.evaluate("margin => ltpAudit.focusBox(margin)", MARGIN)
    if min(box["clip"]["width"], box["clip"]["height"]) <= 0:
        return  # out of sight, which the walk has noted
    focused = _picture(visitor, box["clip"])
    visitor.tab.evaluate("() => ltpAudit.takeFocusAway()")
    alone = _picture(visitor, box["clip"])
    visitor.tab.evaluate("() => ltpAudit.giveFocusBack()")
    clear = visitor.tab.evaluate("([one, two]) => ltpAudit.differing(one, two)", [focused, alone])
    width, height = box["drawn"]
    needed = min(2 * (width + height), 4 * min(width, height))
    if clear < needed:
        found = [
            (
                "the ring of the focus is too faint or too small",
                f"{looks[1]}: {clear:.0f} px of {needed:.0f}",
            )
        ]
        _note(visitor, page, view, RING, "2.4.7", found)


def _picture(visitor: Visitor, clip: Mapping[str, float]) -> str:
    """Take a picture by the browser's own command: ten times as fast as Playwright's, which waits."""
    given = {"format": "png", "optimizeForSpeed": True, "clip": clip}
    return str(visitor.devtools.send("Page.captureScreenshot", given)["data"])


# -- working


def work(visitor: Visitor, page: BuiltPage, view: str) -> None:
    """Work every control of a page that was just opened with its keys. None may leave the page.

    Links and forms are kept from doing so; that they are pressed is enough.
    """
    tab = visitor.tab
    tab.evaluate("() => ltpAudit.watchClicks()")
    for at in range(int(tab.evaluate("() => ltpAudit.stops()"))):
        control = tab.evaluate("at => ltpAudit.focusOn(at)", at)
        for key in KEYS.get(control["kind"], ()):
            what = _worked_by(visitor, key, at)
            if what:
                _note(visitor, page, view, WORK, "2.1.1", [(what, control["named"])])
            if what == LEAVES:
                return
    # What was chosen on a page of settings would hold for every page after it.
    tab.evaluate("() => localStorage.clear()")


LEAVES: Final = "it leaves the page"


def _worked_by(visitor: Visitor, key: str, at: int) -> str | None:
    """Say what is wrong with what a key does to the control that has the focus."""
    address = _page_at(visitor.tab.url)
    try:
        works = _does_something(visitor, key) or _does_something(visitor, key, again=at)
    except Error:  # the page that was asked is there no more
        return LEAVES
    if _page_at(visitor.tab.url) != address:
        return LEAVES
    return None if works else f"{key} does nothing"


def _page_at(url: str) -> str:
    """Give a page's address without what a form may have put behind it."""
    return url.partition("#")[0].partition("?")[0]


def _does_something(visitor: Visitor, key: str, again: int | None = None) -> bool:
    """Tell whether a key changes its control within a second: areas glide when they scroll.

    A control may be drawn anew at that very moment, since another was worked before it: it is tried
    `again`.
    """
    if again is not None:
        visitor.tab.evaluate("at => ltpAudit.focusOn(at)", again)
    before = visitor.tab.evaluate("() => ltpAudit.stateOf()")
    visitor.tab.keyboard.press(key)
    for _ in range(20):
        if visitor.tab.evaluate("() => ltpAudit.stateOf()") != before:
            return True
        visitor.tab.wait_for_timeout(50)
    return False


def press_letters(visitor: Visitor, page: BuiltPage, view: str) -> None:
    """Press every letter, digit and sign while nothing has the focus: nothing may happen."""
    tab = visitor.tab
    before = tab.evaluate("() => ltpAudit.wholePage()")
    for key in PRINTABLE:
        tab.keyboard.press(key)
    if tab.evaluate("() => ltpAudit.wholePage()") != before:
        _note(visitor, page, view, LETTERS, "2.1.4", [("a single key changes the page", "")])
