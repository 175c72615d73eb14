"""Colours that an area may use: white text has to be readable on them."""

from __future__ import annotations

import math
import re
from typing import Final

from ltp.findings import WrongValueError

LEAST_CONTRAST: Final = 4.5
"""The least contrast of text with what is behind it (WCAG 2.2, success criterion 1.4.3)."""

MORE_CONTRAST: Final = 7.0
"""The least for readers who ask for more contrast (success criterion 1.4.6)."""


def contrast(first: str, second: str) -> float:
    """Give the contrast ratio of two `#rrggbb` colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def checked_colour(value: str) -> str:
    """Take a header colour. Raises ValueError when it is no colour or white can't be read on it."""
    if not value:
        raise WrongValueError(
            "there is no colour here, because YAML takes what follows a # for a remark",
            'Put quotation marks round the colour: "#005eb8".',
        )
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise WrongValueError(
            f"“{value}” is not a colour",
            'Write # and six digits or letters a to f, in quotation marks: "#005eb8".',
        )
    ratio = contrast(value, "#ffffff")
    if ratio < LEAST_CONTRAST:
        raise WrongValueError(
            f"white text can’t be read on “{value}”: its contrast is {_rounded_down(ratio)} to 1",
            f"Choose a darker colour, with {LEAST_CONTRAST} to 1 or more.",
        )
    return value.lower()


def darkened(colour: str, least: float) -> str:
    """Give a colour as it is, or mixed with just so much black that white text has this contrast on it."""
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    mixed = (
        "#" + "".join(f"{part * (100 - black) // 100:02x}" for part in parts)
        for black in range(101)
    )
    return next(each for each in mixed if contrast(each, "#ffffff") >= least)


def _rounded_down(ratio: float) -> str:
    """Give a ratio such as 4.4: 4.49 is too little, and must not be told as 4.5."""
    return f"{math.floor(ratio * 10) / 10:.1f}"


def _luminance(colour: str) -> float:
    """Give the relative luminance, from 0 to 1 (WCAG 2.2, "relative luminance")."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
