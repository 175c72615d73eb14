"""A real Chromium, and a server on loopback for it to ask."""

from __future__ import annotations

from contextlib import AbstractContextManager

from audit.browser import browser as browser
from audit.server import serving
from tests.site.built import Built


def served(site: Built) -> AbstractContextManager[str]:
    """Serve a site on loopback; give its address, without a slash at its end."""
    return serving(site.folder)
