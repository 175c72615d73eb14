"""What readers chose on “Display settings”, as it is kept in a browser."""

from __future__ import annotations

import json

from playwright.sync_api import BrowserContext

KEY = "ltp-display"
"""The one key in a browser's storage."""


def kept_as(**choices: str) -> str:
    """Give choices as they are kept: `text:large colours:dark`."""
    return " ".join(f"{name}:{value}" for name, value in choices.items())


def keep(context: BrowserContext, **choices: str) -> None:
    """Have choices kept before each page of a browser is opened."""
    words = json.dumps(kept_as(**choices))
    context.add_init_script(f"localStorage.setItem({json.dumps(KEY)}, {words});")
