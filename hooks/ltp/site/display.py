"""The page “Display settings”: what it offers, and what browsers and devices offer themselves.

What is chosen is put on the page by `overrides/assets/display.js`, on every page, and changed by
`display-settings.js`, on this one. The names and values here are theirs, and the styles' (`data-text` and
so on, in `overrides/styles/_display.scss` and `_colours.scss`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ltp.site.views import Cell, Choice, ChoiceGroup, DisplaySettings, Fact, Link, Section, Table

NAME: Final = "display-settings"
"""The page's name under the front of the portal and of each area."""

KEY: Final = "ltp-display"
"""Under which a browser keeps what was chosen, as in `display.js`."""

HEADING: Final = "Display settings"
LEAD: Final = "Make the words larger, change the colours, or put more space between the words."

_BY_DEVICE: Final = Choice("device", "As my device says")

GROUPS: Final = (
    ChoiceGroup(
        "text",
        "Text size",
        (
            Choice("standard", "Standard"),
            Choice("large", "Large"),
            Choice("larger", "Larger"),
            Choice("largest", "Largest"),
        ),
    ),
    ChoiceGroup(
        "contrast",
        "Contrast",
        (_BY_DEVICE, Choice("more", "More contrast"), Choice("standard", "Standard")),
        "More contrast makes words and lines stand out more from what is behind them.",
    ),
    ChoiceGroup(
        "colours",
        "Colours",
        (_BY_DEVICE, Choice("light", "Light"), Choice("dark", "Dark")),
        "Light is dark words on a light page. Dark is light words on a dark page.",
    ),
    ChoiceGroup(
        "spacing",
        "Spacing",
        (Choice("standard", "Standard"), Choice("more", "More space")),
        "More space puts letters, words, lines and paragraphs further apart.",
    ),
)
"""Each begins with what holds where nothing was chosen."""

SIZES: Final = Table(
    "sizes",
    "How large the words are",
    ["Text size", "Compared with standard"],
    [
        [Cell([(name,)]), Cell([(compared,)])]
        for name, compared in (
            ("Large", "A quarter larger"),
            ("Larger", "Half as large again"),
            ("Largest", "Twice as large"),
        )
    ],
)


def settings(help_: Link) -> DisplaySettings:
    """Give what a reader can choose, and the words that show what each choice does."""
    return DisplaySettings(GROUPS, SIZES, help_)


def sections() -> Iterator[Section]:
    """Say what is kept, and what browsers and devices can do, with and without scripts."""
    yield Section(
        "what-is-kept",
        "What is kept, and where",
        [
            (
                "What you choose on this page is kept in this browser, on this device. It is not a "
                "cookie. It is never sent to us or to anybody else.",
            ),
            (
                "It holds for all the pages at this web address. Somebody else who uses this browser "
                "on this device will see what you chose.",
            ),
            (
                "It is kept until you choose the first answer everywhere again, press “Put everything back”, "
                "or clear what your browser has "
                "stored for this site. Some browsers clear it by themselves after a time, or when "
                "you close a private window. Until you choose something, nothing is kept.",
            ),
            (
                "What you print stays dark on white, in the usual size. To print larger, choose a "
                "larger scale where your browser asks how to print.",
            ),
        ],
    )
    yield Section(
        "your-browser",
        "What your browser can do",
        [("These work on other websites too, and on this one without any script.",)],
        facts=[
            Fact(
                "Make everything larger",
                [
                    ("On a computer, hold down Ctrl (on a Mac, Command) and press + (plus).",),
                    ("To make it smaller again, do the same with − (minus).",),
                    ("To go back to the usual size, do the same with 0 (zero).",),
                    ("On a phone or tablet, spread two fingers on the page.",),
                ],
            ),
            Fact(
                "Show the words alone",
                [
                    (
                        "Safari, Firefox and Edge have a reader view. It takes away all but the text, "
                        "and lets you choose its size and colours. Look for it in the address bar or "
                        "in the browser’s menu.",
                    ),
                ],
            ),
        ],
    )
    yield Section(
        "your-device",
        "What your device can do",
        [
            (
                "Where you choose “As my device says”, these pages follow what your device asks "
                "for in contrast and colours. Names differ a little from one version to the next.",
            ),
        ],
        facts=[
            Fact(
                "Windows",
                [
                    ("Text size and contrast themes: Settings, then Accessibility.",),
                    ("Dark colours: Settings, then Personalisation, then Colours.",),
                ],
            ),
            Fact(
                "Mac",
                [
                    ("Contrast: System Settings, then Accessibility, then Display.",),
                    ("Dark colours: System Settings, then Appearance.",),
                ],
            ),
            Fact(
                "iPhone and iPad",
                [
                    (
                        "Text size and contrast: Settings, then Accessibility, then Display & Text "
                        "Size.",
                    ),
                    ("Dark colours: Settings, then Display & Brightness.",),
                    ("Text size of one website in Safari: the menu in the address bar.",),
                ],
            ),
            Fact(
                "Android",
                [
                    ("Text size and contrast: Settings, then Accessibility.",),
                    ("Dark colours: Settings, then Display.",),
                ],
            ),
        ],
    )
