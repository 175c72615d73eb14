"""A real Chromium, and a server on loopback for it to ask."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as Tab
from tests.site.built import CODE, Built, Page

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE = CODE / "node_modules/axe-core/axe.min.js"
WIDTHS = (320, 1280)
SIDE_BY_SIDE = 2
STAY = "?stay"
"""Asks the server for a page that leads on, without what makes it lead on, so that it can be looked at."""


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


# -- the server


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder as a static host does: the nearest 404 page where there is none."""

    def do_GET(self) -> None:
        path = self._file()
        if path.suffix == ".html" and path.is_file() and self.path.endswith(STAY):
            self._answer(200, path.read_text(encoding="utf-8").replace('"refresh"', '"stay"'))
        elif not path.is_file():
            self._answer(404, self._nearest_404().read_text(encoding="utf-8"))
        else:
            super().do_GET()

    def _file(self) -> Path:
        path = Path(self.translate_path(self.path))
        return path / "index.html" if path.is_dir() else path

    def _nearest_404(self) -> Path:
        root = Path(self.directory)
        first = urlsplit(self.path).path.split("/")[1]
        own = root / first / "404.html"
        return own if first and own.is_file() else root / "404.html"

    def _answer(self, code: int, text: str) -> None:
        body = text.encode("utf-8")
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (its name there)
        """Say nothing."""


@contextmanager
def served(site: Built) -> Iterator[str]:
    """Serve a site on loopback; give its address, without a slash at its end."""
    with served_folder(site.folder) as host:
        yield host


@contextmanager
def served_folder(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback; give its address, without a slash at its end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


# -- looking at every page


@dataclass(frozen=True)
class Broken:
    """A rule of axe that a page breaks."""

    address: str
    width: int
    rule: str
    where: str

    def __str__(self) -> str:
        return f"{self.address} at {self.width} px: {self.rule}: {self.where}"


@dataclass
class Look:
    """What was seen on every page of a site."""

    pages: int = 0
    broken: list[Broken] = field(default_factory=list)
    sideways: list[str] = field(default_factory=list)
    requests: set[str] = field(default_factory=set)
    failed: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    """What the browser's console says, such as what the content policy blocked."""


def look_at(site: Built, pages: Sequence[Page]) -> Look:
    """Look at pages in several browsers side by side."""
    shares = [pages[at::SIDE_BY_SIDE] for at in range(SIDE_BY_SIDE)]
    with served(site) as host, ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        looks = list(pool.map(lambda share: _look(host, share), shares))
    return Look(
        pages=sum(each.pages for each in looks),
        broken=[one for each in looks for one in each.broken],
        sideways=[one for each in looks for one in each.sideways],
        requests={one for each in looks for one in each.requests},
        failed=[one for each in looks for one in each.failed],
        complaints=[one for each in looks for one in each.complaints],
    )


def _look(host: str, pages: Sequence[Page]) -> Look:
    look = Look()
    with browser() as opened:
        tab = opened.new_context().new_page()
        tab.add_init_script(path=AXE)
        tab.on("request", lambda request: look.requests.add(request.url))
        tab.on("requestfailed", lambda request: look.failed.append(request.url))
        tab.on("console", lambda message: look.complaints.append(message.text))
        for page in pages:
            _look_at_page(tab, host, page, look)
    return look


def _look_at_page(tab: Tab, host: str, page: Page, look: Look) -> None:
    # A 404 page is looked at where people meet it: at an address that does not exist.
    is_missing = page.is_not_found
    address = page.address.replace("404.html", "no/such/page/") if is_missing else page.address
    answer = tab.goto(host + address + (STAY if page.is_redirect else ""), wait_until="load")
    if answer is None or answer.status != (404 if is_missing else 200):
        look.failed.append(address)
    if page.is_finder and page.scripts:
        tab.wait_for_function(HAS_SEARCHED)
    if is_missing:
        # Chromium notes every answer of 404 in its console; this one is meant.
        look.complaints[:] = [each for each in look.complaints if "404" not in each]
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 800})
        look.broken += _axe(tab, page.address, width)
        if width == WIDTHS[0] and tab.evaluate(_IS_TOO_WIDE):
            look.sideways.append(page.address)
    look.pages += 1


HAS_SEARCHED = """() => {
  const finder = document.querySelector(".app-finder");
  const status = finder.querySelector('[data-part="status"]').textContent;
  return !finder.querySelector("form").hidden && status !== "Looking…";
}"""

_IS_TOO_WIDE = """() => {
  const page = document.scrollingElement;
  return page.scrollWidth > page.clientWidth;
}"""

_RUN_AXE = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations"], preload: false});
  return found.violations.flatMap(rule => rule.nodes.map(node => [rule.id, node.target.join(" ")]));
}"""


def _axe(tab: Tab, address: str, width: int) -> Iterator[Broken]:
    for rule, where in tab.evaluate(_RUN_AXE):
        yield Broken(address, width, str(rule), str(where))
