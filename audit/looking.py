"""Look at pages, several browsers side by side: each opens one page after another from what is left."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Lock
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import CDPSession, Request, Response
from playwright.sync_api import Page as Tab

from audit import engines
from audit.browser import browser
from audit.engines import Failure
from audit.server import STAY, serving
from audit.sites import BuiltPage, Site

SIDE_BY_SIDE: Final = 2
HEIGHT: Final = 800


@dataclass
class Seen:
    """What was seen."""

    pages: int = 0
    failures: list[Failure] = field(default_factory=list)
    requests: set[str] = field(default_factory=set)
    failed: list[str] = field(default_factory=list)
    """Addresses that gave no answer, or the wrong one."""
    complaints: list[str] = field(default_factory=list)
    """What the browser's console says, such as what the content policy blocked."""

    def add(self, other: Seen) -> None:
        """Take in what another browser saw."""
        self.pages += other.pages
        self.failures += other.failures
        self.requests |= other.requests
        self.failed += other.failed
        self.complaints += other.complaints

    def of(self, *names: str) -> list[Failure]:
        """Give the failures that some checkers or probes found."""
        return [each for each in self.failures if each.engine in names]

    @property
    def hosts(self) -> set[str | None]:
        """The hosts that something was asked from."""
        return {urlsplit(each).hostname for each in self.requests}


class Once:
    """What one of the browsers that look together has done, and the others need not."""

    def __init__(self) -> None:
        self._done: set[object] = set()
        self._lock = Lock()

    def is_first(self, what: object) -> bool:
        """Tell whether nobody has asked this of the same thing before."""
        with self._lock:
            is_first = what not in self._done
            self._done.add(what)
        return is_first


@dataclass
class Visitor:
    """A browser's one tab, which goes from page to page."""

    tab: Tab
    devtools: CDPSession
    """The tab's own commands, for what Playwright does slowly."""
    hosts: Mapping[Site, str]
    seen: Seen
    once: Once
    """What all browsers that look together do once."""
    _met: set[Site] = field(default_factory=set)

    def is_first_on(self, site: Site) -> bool:
        """Tell whether this browser has not asked this of the same site before."""
        is_first = site not in self._met
        self._met.add(site)
        return is_first

    def open(self, page: BuiltPage, query: str = "") -> None:
        """Open a page where people meet it, and wait until its scripts are done.

        A 404 page is met at an address that does not exist. A page that leads on is kept from it.
        """
        address = page.address.replace("404.html", "no/such/page/")
        status = 404 if page.is_not_found else 200
        answer = self.tab.goto(
            self.hosts[page.site] + address + (STAY if page.is_redirect else query)
        )
        if answer is None or answer.status != status:
            self.seen.failed.append(str(page))
        self.tab.wait_for_function("() => ltpAudit.isAtRest()")
        if page.is_not_found:
            # Chromium notes every answer of 404 in its console; this one is meant.
            self.seen.complaints[:] = [each for each in self.seen.complaints if "404" not in each]

    def size(self, width: int, height: int = HEIGHT) -> None:
        """Give the window a size."""
        self.tab.set_viewport_size({"width": width, "height": height})

    def ask(
        self,
        page: BuiltPage,
        view: str,
        *,
        probing: Collection[str] = (),
        axe: bool = False,
        code_sniffer: bool = False,
    ) -> None:
        """Ask checkers and probes about the page as it stands."""
        wanted = {
            "probing": list(probing),
            "axePassesOver": list(engines.AXE_PASSES_OVER) if axe else None,
            "codeSnifferPassesOver": (
                list(engines.CODE_SNIFFER_PASSES_OVER) if code_sniffer else None
            ),
        }
        for found in self.tab.evaluate("wanted => ltpAudit.look(wanted)", wanted):
            self.seen.failures.append(Failure(page=str(page), view=view, **found))


Look = Callable[[Visitor, BuiltPage], None]


def visit(pages: Sequence[BuiltPage], look: Look, **context: Any) -> Seen:
    """Look at pages in several browsers side by side, each with one tab of a context of its own."""
    waiting: SimpleQueue[BuiltPage] = SimpleQueue()
    for page in pages:
        waiting.put(page)
    with ExitStack() as stack, ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        sites = dict.fromkeys(page.site for page in pages)
        hosts = {site: stack.enter_context(serving(site.folder, site.base)) for site in sites}
        browsers = min(SIDE_BY_SIDE, len(pages))
        given = (waiting, hosts, Once(), look, context)
        done = [pool.submit(_visit, *given) for _ in range(browsers)]
        seen = Seen()
        for each in done:
            seen.add(each.result())
    return seen


def _visit(
    waiting: SimpleQueue[BuiltPage],
    hosts: Mapping[Site, str],
    once: Once,
    look: Look,
    context: Mapping[str, Any],
) -> Seen:
    seen = Seen()
    with browser() as opened:
        tabs = opened.new_context(**context)
        tabs.add_init_script(script=engines.script())
        tab = tabs.new_page()
        visitor = Visitor(tab, tabs.new_cdp_session(tab), hosts, seen, once)
        _listen(visitor.tab, seen)
        for page in _from(waiting):
            look(visitor, page)
            seen.pages += 1
    return seen


def in_short(failures: Iterable[Failure]) -> Sequence[str]:
    """Tell failures in a few lines: each rule once, on how many pages, and where it was met first."""
    by_rule: dict[tuple[str, str], list[Failure]] = {}
    for each in failures:
        by_rule.setdefault((each.engine, each.rule), []).append(each)
    return [
        f"{len({each.page for each in those})} pages, the first: {those[0]}"
        for those in by_rule.values()
    ]


def _listen(tab: Tab, seen: Seen) -> None:
    tab.on("request", lambda request: seen.requests.add(request.url))
    tab.on("requestfailed", lambda request: _failed(request, seen))
    tab.on("response", lambda answer: _answered(answer, seen))
    tab.on("console", lambda message: seen.complaints.append(message.text))


def _failed(request: Request, seen: Seen) -> None:
    # What is still under way when the next page is opened is given up: an icon, mostly.
    if request.failure != "net::ERR_ABORTED":
        seen.failed.append(request.url)


def _answered(answer: Response, seen: Seen) -> None:
    # Whether the page itself answers as it should is known where it is opened.
    if answer.status >= 400 and not answer.request.is_navigation_request():
        seen.failed.append(answer.url)


def _from(waiting: SimpleQueue[BuiltPage]) -> Iterator[BuiltPage]:
    while True:
        try:
            yield waiting.get_nowait()
        except Empty:
            return
