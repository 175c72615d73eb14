"""The ways of looking at a page: each opens it, puts it into a state, and asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from audit import keyboard
from audit.looking import Look, Visitor
from audit.sites import BuiltPage, Site
from ltp.site.pages import PageKind

WIDTHS: Final = (320, 1280)

OF_EVERY_PAGE: Final = (
    "cut",
    "headings",
    "landmarks",
    "languages",
    "names",
    "order",
    "references",
    "reflow",
    "scrolling",
    "tables",
    "targets",
    "zoom",
)
"""The probes that are quick enough for every page at both widths."""

OF_ROOM: Final = ("cut", "reflow", "scrolling", "targets")
"""The probes of what may go wrong when there is less room."""

USUAL: Final[Mapping[str, str]] = {
    "color_scheme": "light",
    "contrast": "no-preference",
    "forced_colors": "none",
    "reduced_motion": "no-preference",
}
"""What a browser says of its reader who has set nothing."""

SYSTEMS: Final[Mapping[str, Mapping[str, str]]] = {
    "dark": {"color_scheme": "dark"},
    "high contrast": {"contrast": "more"},
    "forced colours": {"forced_colors": "active"},
}
"""What readers may have set for every site, and what their browser then says."""

CHOSEN: Final[Mapping[str, Mapping[str, str]]] = {
    "dark": {"colours": "dark"},
    "more contrast": {"contrast": "more"},
    "dark with more contrast": {"colours": "dark", "contrast": "more"},
    "largest text with more space": {"text": "largest", "spacing": "more"},
}
"""What readers may choose on “Display settings”: names and values of its radio buttons."""

ZOOMED_IN: Final[Mapping[str, Any]] = {
    "viewport": {"width": 320, "height": 256},
    "device_scale_factor": 4,
}
"""The window that is left of 1280 by 1024 px at 400%."""


def at_both_widths(visitor: Visitor, page: BuiltPage) -> None:
    """Ask every checker and quick probe, everything on the page open."""
    visitor.open(page)
    visitor.tab.evaluate("() => ltpAudit.openEverything()")
    for width in WIDTHS:
        visitor.size(width)
        visitor.ask(page, f"{width} px", probing=OF_EVERY_PAGE, axe=True, code_sniffer=True)


def by_keyboard(visitor: Visitor, page: BuiltPage) -> None:
    """Walk through the page, press every letter, and work every control."""
    for width in WIDTHS:
        view = f"{width} px"
        visitor.size(width)
        visitor.open(page)
        keyboard.walk(visitor, page, view)
        visitor.open(page)
        keyboard.press_letters(visitor, page, view)
        keyboard.work(visitor, page, view)


def zoomed_in(visitor: Visitor, page: BuiltPage) -> None:
    """Look and walk at 400%. The context has to be `ZOOMED_IN`."""
    visitor.open(page)
    # Taking pictures would set the device's pixels back to 1; rings are measured at 320 px.
    keyboard.walk(visitor, page, "400%", rings=False)
    visitor.open(page)
    visitor.tab.evaluate("() => ltpAudit.openEverything()")
    visitor.ask(page, "400%", probing=OF_ROOM)


def spaced_out(visitor: Visitor, page: BuiltPage) -> None:
    """Look while the text stands as far apart as WCAG's 1.4.12 says that a reader may set it."""
    visitor.open(page)
    visitor.tab.evaluate("() => ltpAudit.openEverything()")
    visitor.tab.evaluate("() => ltpAudit.spaceTextOut()")
    for width in WIDTHS:
        visitor.size(width)
        visitor.ask(page, f"{width} px, text spaced out", probing=OF_ROOM)


def in_each_system(visitor: Visitor, page: BuiltPage) -> None:
    """Ask axe in each way in which readers may have set their system, and walk in forced colours."""
    for name, system in SYSTEMS.items():
        _as_set(visitor, system)
        visitor.open(page)
        if "forced_colors" in system:
            keyboard.walk(visitor, page, name)
            visitor.open(page)
        visitor.tab.evaluate("() => ltpAudit.openEverything()")
        visitor.size(WIDTHS[1])  # where most stands side by side: colours don't depend on the width
        probing = ("forced",) if "forced_colors" in system else ()
        visitor.ask(page, f"{WIDTHS[1]} px, {name}", probing=probing, axe=True)
    _as_set(visitor, {})


def as_chosen(name: str) -> Look:
    """Give a look for which a reader has chosen something on “Display settings”, as people do.

    It is chosen once in each browser for each site, and from then on kept there.
    """

    def look(visitor: Visitor, page: BuiltPage) -> None:
        if visitor.is_first_on(page.site):
            _choose(visitor, page.site, CHOSEN[name])
        visitor.open(page)
        if "text" in CHOSEN[name]:
            visitor.size(WIDTHS[0])
            keyboard.walk(visitor, page, f"{name} chosen")
            visitor.open(page)
        visitor.tab.evaluate("() => ltpAudit.openEverything()")
        changes_room = "text" in CHOSEN[name]
        for width in WIDTHS if changes_room else WIDTHS[1:]:
            visitor.size(width)
            visitor.ask(page, f"{width} px, {name} chosen", probing=OF_ROOM, axe=True)

    return look


def _choose(visitor: Visitor, site: Site, choices: Mapping[str, str]) -> None:
    settings = next(page for page in site.pages if page.kind is PageKind.DISPLAY_SETTINGS)
    visitor.open(settings)
    for name, value in choices.items():
        visitor.tab.locator(f"label[for='display-{name}-{value}']").click()
        assert visitor.tab.locator(f"html[data-{name}='{value}']").count() == 1, (name, value)


def without_motion(visitor: Visitor, page: BuiltPage) -> None:
    """Look for what moves although the reader asked for less motion."""
    _as_set(visitor, {"reduced_motion": "reduce"})
    visitor.open(page)
    visitor.ask(page, "less motion", probing=("motion",))
    _as_set(visitor, {})


def _as_set(visitor: Visitor, system: Mapping[str, str]) -> None:
    visitor.tab.emulate_media(**{**USUAL, **system})  # type: ignore[arg-type]  # plain words
