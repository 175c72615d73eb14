"""A real Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import Browser, sync_playwright

ARGUMENTS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page that leaves for another website gets nowhere.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def chromium_path() -> str:
    """Find Chromium as `make test` does."""
    named = os.environ.get("CHROME_PATH")
    found = named or shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "There is no Chromium: install it, or name it with CHROME_PATH"
    return found


@contextmanager
def browser() -> Iterator[Browser]:
    """Open a Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium_path(), args=list(ARGUMENTS))
        try:
            yield opened
        finally:
            opened.close()
