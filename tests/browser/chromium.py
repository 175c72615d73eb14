"""A real Chromium, and a server on loopback for it to ask."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from audit.browser import browser as browser
from audit.engines import AXE as AXE
from audit.looks import WIDTHS as WIDTHS
from audit.server import serving
from tests.site.built import Built

HAS_SEARCHED: Final = """() => {
  const finder = document.querySelector(".app-finder");
  const status = finder.querySelector('[data-part="status"]').textContent;
  return !finder.querySelector("form").hidden && status !== "Looking…";
}"""


def served(site: Built) -> AbstractContextManager[str]:
    """Serve a site on loopback; give its address, without a slash at its end."""
    return serving(site.folder)


def served_folder(folder: Path) -> AbstractContextManager[str]:
    """Serve a folder on loopback; give its address, without a slash at its end."""
    return serving(folder)
