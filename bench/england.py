"""How long England takes: 42 areas with ten plans of 15 pages, built, edited, served and searched.

    python bench/england.py                          each figure once
    python bench/england.py --runs 3                 the median of three
    python bench/england.py --areas 4                a small trial
    python bench/england.py --only latest earlier    these figures alone
    python bench/england.py --no-peer --no-browser   without Material, without Chromium

The pages are made up, the same every time, in a folder that is taken away afterwards. Everything is
asked of the command line, in fresh processes, and counted as CPU seconds where nothing else is said.
Ends with 1 where a figure is more than it may be. At another size than England's, a clean build may
take its share of what England may take.
"""

from __future__ import annotations

import argparse
import contextlib
import math
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote_plus, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # `bench` is not installed

from bench import corpus, material
from bench.measuring import LTP, BenchError, Figure, Spent, median, own_environment, run, tell

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

ENGLAND: Final = corpus.Size()
PATIENCE: Final = 60.0
"""Seconds in which an edit must be seen in the browser; after them, it is taken to come never."""
PORTAL: Final = "portal"
START: Final = 1_200.0
"""Seconds in which a preview must begin to answer."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run what is asked for and print it as a table. Gives 1 where a figure is more than it may be."""
    arguments = _arguments(argv)
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="ltp-england-") as folder:
        england = England(Path(folder), arguments)
        print(
            f"{england.size.plan_pages:,} pages of plans, {arguments.runs} of each; programs that "
            f"want a core: {os.getloadavg()[0]:.1f}, and there are {os.cpu_count()}",
            flush=True,
        )
        try:
            england.warm_up()
            for name, measure in MEASURES.items():
                if name in england.wanted:
                    figures += measure(england)
        except BenchError as failed:
            tell(figures)
            sys.exit(f"\n{failed}")
    print(f"Programs that wanted a core at the end: {os.getloadavg()[0]:.1f}")
    return tell(figures)


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    for name in ("areas", "editions", "pages", "services"):
        parser.add_argument(f"--{name}", type=int, default=getattr(ENGLAND, name))
    parser.add_argument("--runs", type=int, default=1, help="how often each figure is taken")
    parser.add_argument(
        "--only", nargs="+", choices=[*MEASURES], metavar="NAME", default=[*MEASURES]
    )
    parser.add_argument("--no-browser", action="store_true", help="leave out what needs Chromium")
    parser.add_argument("--no-peer", action="store_true", help="leave Material out")
    return parser.parse_args(argv)


@dataclass(frozen=True)
class Clean:
    """What it took to build everything from nothing, one after the other, so that a busy time strikes all."""

    one: Spent
    """With one worker."""
    other_pages: float
    """The CPU seconds of it that pages took that are not a plan's."""
    peer: Spent | None
    """Material with pruned navigation, where it is asked for."""
    two: Spent | None
    """With two workers, where that is asked for."""


@dataclass
class England:
    """The corpus, and what was built of it."""

    folder: Path
    arguments: argparse.Namespace
    spent: list[Spent] = field(default_factory=list)
    """What each build took that was measured, for the peak of memory."""
    edits: int = 0
    built_clean: list[Path] = field(default_factory=list)
    """The roots that were built whole from nothing."""

    @cached_property
    def size(self) -> corpus.Size:
        """How much is built."""
        given = self.arguments
        return corpus.Size(given.areas, given.editions, given.pages, given.services)

    @cached_property
    def wanted(self) -> Sequence[str]:
        """The names of what is measured."""
        left_out = IN_BROWSER if self.arguments.no_browser else ()
        return [each for each in self.arguments.only if each not in left_out]

    @property
    def runs(self) -> range:
        """Count the runs from 1."""
        return range(1, self.arguments.runs + 1)

    @property
    def clean_may_take(self) -> tuple[float, str, float]:
        """Give the most that a clean build may take, its unit, and what it should take."""
        share = self.size.plan_pages / ENGLAND.plan_pages
        return 90 * share, "s", 75 * share

    @cached_property
    def root(self) -> Path:
        """A root that has been built, which the edits are made in."""
        if self.built_clean:
            return self.built_clean[-1]
        root = self._new_folder()
        corpus.write(root, self.size)
        self.build(root, "Built for what follows", is_counted=False)
        return root

    def _new_folder(self) -> Path:
        """Give a folder that is not there yet. Nothing is taken away before the end.

        Where much was deleted a moment ago, ext4 takes twice as long for a new file: it looks for a place
        that was not just given up.
        """
        return Path(tempfile.mkdtemp(dir=self.folder)) / "root"

    def warm_up(self) -> None:
        """Build one page, so that Python has compiled the code."""
        root = self._new_folder()
        corpus.write(root, corpus.Size(1, 1, 1, 1))
        self.build(root, "Warmed up", is_counted=False)

    def build(
        self, root: Path, told: str, workers: int | None = None, *, is_counted: bool = True
    ) -> tuple[Spent, str]:
        """Build a root in a fresh process, with a worker a core where no number is given."""
        command = [*LTP, "build", "--root", str(root), "--today", corpus.TODAY.isoformat()]
        command += ["--profile"]
        if workers:
            command += ["--jobs", str(workers)]
        spent, said = run(command, root, own_environment())
        if is_counted:
            self.spent.append(spent)
        print(f"{told}: {spent}", flush=True)
        return spent, said

    def build_clean(self, size: corpus.Size, told: str, workers: int) -> tuple[Spent, str]:
        """Write a corpus anew and build it, with no state of an earlier build at all."""
        root = self._new_folder()
        corpus.write(root, size)
        if size == self.size:
            self.built_clean.append(root)
        return self.build(root, told, workers)

    @cached_property
    def clean(self) -> Sequence[Clean]:
        """Build everything clean, as often as is asked."""
        return [self._build_all_clean(at) for at in self.runs]

    def _build_all_clean(self, at: int) -> Clean:
        one, said = self.build_clean(self.size, f"Clean build {at}, workers: 1", 1)
        is_compared = "clean" in self.wanted and not self.arguments.no_peer
        peer = self._build_material(at) if is_compared else None
        two = None
        if "workers" in self.wanted:
            two, _ = self.build_clean(self.size, f"Clean build {at}, workers: 2", 2)
        return Clean(one, on_other_pages(said), peer, two)

    def _build_material(self, at: int) -> Spent:
        root = self._new_folder()
        material.write(root, self.size)
        spent, _ = run(material.BUILD, root)
        pages = sum(1 for _ in (root / "site").rglob("index.html"))
        print(f"Material with pruned navigation {at}, {pages:,} pages: {spent}", flush=True)
        return spent

    # -- edits

    @property
    def area(self) -> str:
        """Name the area that is edited, in the middle of all."""
        return corpus.area_ids(self.size)[self.size.areas // 2]

    def page(self, edition: int) -> str:
        """Give the path of a page of a plan of that area, from `content/` on, without its suffix."""
        plan = corpus.edition_ids(self.size)[edition]
        names = corpus.page_names(self.size)
        return f"{self.area}/{plan}/{names[len(names) // 2]}"

    def edit(self, page: str) -> str:
        """Add a sentence to a page, in one step as editors' programs do; give its last words."""
        self.edits += 1
        words = f"number {self.edits} was added"
        path = self.root / "content" / f"{page}.md"
        text = path.read_text(encoding="utf-8") + f"\nA sentence that is {words}.\n"
        replace(path, text)
        return words

    def built(self, page: str) -> Path:
        """Give the file of a page in the built site."""
        name = page.removesuffix("/index")
        return self.root / "site" / name / "index.html"


def replace(path: Path, text: str) -> None:
    """Write a file beside the old one and put it in its place."""
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, encoding="utf-8", newline="\n")
    new.replace(path)


# -- 1. clean builds


def _clean(england: England) -> Iterator[Figure]:
    runs = england.clean
    one = median(each.one for each in runs)
    apart = statistics.median(each.other_pages for each in runs)
    yield Figure("clean build, CPU, 1 worker", one.cpu, *england.clean_may_take)
    yield Figure(
        "  of it on pages that Material has not: help, lists, whole plans", apart, unit="s"
    )
    yield from against_peer(runs)


def against_peer(runs: Sequence[Clean]) -> Iterator[Figure]:
    """Compare each build with the one of Material beside it: the machine is not as fast at all times."""
    pairs = [(each, each.peer) for each in runs if each.peer]
    if not pairs:
        return
    yield Figure(
        "  Material with pruned navigation, CPU", median(peer for _, peer in pairs).cpu, unit="s"
    )
    everything = statistics.median(each.one.cpu / peer.cpu for each, peer in pairs)
    yield Figure("  clean build against it, all pages", everything, unit="of it")
    plans = statistics.median((each.one.cpu - each.other_pages) / peer.cpu for each, peer in pairs)
    yield Figure("  clean build against it, pages of plans", plans, 0.75, "of it")


def on_other_pages(said: str) -> float:
    """Read from a profile how many CPU seconds were spent on what is not a plan's pages.

    Their part of the search, and of all that is done for everything at once, is not taken off.
    """
    found = re.findall(
        r"^  (?:whole plans on one page|other pages|help as data) +(\d+\.\d+)$", said, re.MULTILINE
    )
    return sum(map(float, found))


def _workers(england: England) -> Iterator[Figure]:
    pairs = [(each.one, each.two) for each in england.clean if each.two]
    one, two = (median(runs) for runs in zip(*pairs, strict=True))
    ratio = statistics.median(two.wall / one.wall for one, two in pairs)
    yield Figure("clean build, CPU, 2 workers", two.cpu, *england.clean_may_take)
    yield Figure("clean build by the clock, 1 worker", one.wall, unit="s")
    yield Figure("clean build by the clock, 2 workers", two.wall, unit="s")
    yield Figure("  2 workers against 1", ratio, 0.6, "of it", 0.5)


# -- 2. what is built again


def _unchanged(england: England) -> Iterator[Figure]:
    root = england.root
    runs = [england.build(root, f"Nothing changed {at}")[0] for at in england.runs]
    yield Figure("nothing changed, CPU", median(runs).cpu, 0.3, "s", 0.2)


def _latest(england: England) -> Iterator[Figure]:
    spent = _edited(england, -1, "One page of a latest plan edited")
    yield Figure("one page of a latest plan edited, CPU", spent.cpu, 1.5, "s", 0.8)


def _earlier(england: England) -> Iterator[Figure]:
    spent = _edited(england, england.size.editions // 2 - 1, "One page of an earlier plan edited")
    yield Figure("one page of an earlier plan edited, CPU", spent.cpu, 2.0, "s", 1.0)


def _edited(england: England, edition: int, told: str) -> Spent:
    page = england.page(edition)
    runs = []
    for at in england.runs:
        root = england.root
        words = england.edit(page)
        runs.append(england.build(root, f"{told} {at}")[0])
        if words not in england.built(page).read_text(encoding="utf-8"):
            raise BenchError(f"{page} was edited and built, and what was added is not on it")
    return median(runs)


def _facts(england: England) -> Iterator[Figure]:
    """Change an area's name; tell which targets were built again and whose pages are new files."""
    root, area = england.root, england.area
    path = root / "areas" / f"{area}.yml"
    changed = path.read_text(encoding="utf-8").replace("(made up)", "renamed (made up)", 1)
    began = time.time_ns()
    replace(path, changed)
    spent, said = england.build(root, "One area’s YAML edited")
    if "renamed (made up)" not in england.built(f"{area}/index").read_text(encoding="utf-8"):
        raise BenchError(f"{area} was renamed and built, and its front page has the old name")
    told, written = built_by(said), with_new_pages(root / "site", began)
    expected = {area, *naming(root, area), PORTAL}
    for what, targets in (("says it built", told), ("wrote pages of", written)):
        print(f"  {area}.yml was edited: it {what} {', '.join(sorted(targets)) or 'nothing'}")
    print(f"  the area, those that name it, and the portal: {', '.join(sorted(expected))}")
    yield Figure("one area’s YAML edited, CPU", spent.cpu, unit="s")
    yield Figure("  targets that were built again", len(told | written), unit="")
    beyond = len((told | written) - expected)
    yield Figure("  … that neither are that area nor name it, nor are the portal", beyond, 0, "")


def built_by(said: str) -> set[str]:
    """Read from what a build said which targets it built."""
    return set(re.findall(r"^  ([a-z0-9-]+): \d[\d,]* pages?\b", said, re.MULTILINE))


def with_new_pages(site: Path, since: int) -> set[str]:
    """Name the targets with pages whose files were written since then, in nanoseconds."""
    areas = {each.name for each in site.iterdir() if each.name.startswith("area-")}
    new = (path for path in site.rglob("*.html") if path.stat().st_mtime_ns >= since)
    firsts = {path.relative_to(site).parts[0] for path in new}
    return {first if first in areas else PORTAL for first in firsts}


def naming(root: Path, area: str) -> set[str]:
    """Name the areas with a page that links to this one."""
    named = f"area:{area}/"
    return {
        path.relative_to(root / "content").parts[0]
        for path in (root / "content").rglob("*.md")
        if named in path.read_text(encoding="utf-8")
    }


# -- 3. the preview


def _served(england: England) -> Iterator[Figure]:
    """Edit a page while the preview runs, and wait until a browser that has it open shows the edit."""
    page = england.page(-1)
    address = f"/{page.removesuffix('/index')}/"
    with _preview(england.root, address) as host, _browser_window() as window:
        watch = _Watch(window)
        window.goto(host + address)
        taken: list[float] = []
        for at in range(1, max(5, england.arguments.runs) + 1):
            window.wait_for_timeout(1_000)  # or an edit could be taken for part of the one before
            milliseconds = watch.wait(lambda: england.edit(page))
            print(f"Saved to seen {at}: {milliseconds:.0f} ms", flush=True)
            taken.append(milliseconds)
            if math.isinf(milliseconds):
                break
    seen = math.inf if math.isinf(taken[-1]) else statistics.median(taken)
    yield Figure("edited while `ltp serve` runs: saved to seen", seen, 300, "ms", 100)


@contextlib.contextmanager
def _preview(root: Path, page: str) -> Iterator[str]:
    """Run the preview; give its host once it answers for a page."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [*LTP, "serve", "--root", str(root), "--today", corpus.TODAY.isoformat()]
    command += ["--port", port]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=root, env=own_environment(), stdout=said, stderr=said
        )
        try:
            began = time.monotonic()
            while not _answers(f"http://127.0.0.1:{port}{page}"):
                if process.poll() is not None or time.monotonic() > began + START:
                    said.seek(0)
                    raise BenchError(f"No preview: {said.read().decode(errors='replace')}")
                time.sleep(0.1)
            print(f"The preview answers after {time.monotonic() - began:.1f} s", flush=True)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=30):
            return True
    except OSError:
        return False


@contextlib.contextmanager
def _browser_window() -> Iterator[Page]:
    from audit.browser import browser

    with browser() as opened:
        yield opened.new_page()


class _Watch:
    """Notes, for each sentence that an edit adds, when it first stood in an open window."""

    def __init__(self, window: Page) -> None:
        self.window = window
        self.seen: dict[str, float] = {}
        # Told by the page as it happens: what asks the page gets lost while it loads again.
        window.expose_function("tellSeen", self._note)
        window.add_init_script(_TELL_WHEN_SEEN)

    def _note(self, words: str, at: float) -> None:
        self.seen.setdefault(words, at)

    def wait(self, edit: Callable[[], str]) -> float:
        """Edit; give the milliseconds from then on until the window has it, by whatever way."""
        words = edit()
        saved = time.time()
        while words not in self.seen:
            if time.time() > saved + PATIENCE:
                return math.inf
            self.window.wait_for_timeout(20)
        return max(0.0, self.seen[words] - saved * 1_000)


_TELL_WHEN_SEEN: Final = """
  const tell = () => {
    for (const words of document.body?.textContent.match(/number \\d+ was added/g) ?? []) {
      tellSeen(words, Date.now());
    }
  };
  const all = { childList: true, characterData: true, subtree: true };
  new MutationObserver(tell).observe(document, all);
"""


# -- 4. sizes


def _memory(england: England) -> Iterator[Figure]:
    clean = [spent for each in england.clean for spent in (each.one, each.two) if spent]
    yield Figure(
        "most memory of a process", median(clean + england.spent).peak / 1e6, 150, "MB", 90
    )
    again = [each for each in england.spent if each not in clean]
    if again:
        peak = median(again).peak / 1e6
        yield Figure("  where no style sheet is compiled", peak, 150, "MB", 90)


def _pages(england: England) -> Iterator[Figure]:
    site, size = england.root / "site", england.size
    plans, whole, others = sizes(site, size)
    if len(plans) != size.plan_pages:
        raise BenchError(f"Of {size.plan_pages:,} pages of plans, {len(plans):,} were built")
    yield Figure("pages of plans, their front pages included", len(plans), unit="")
    yield Figure("  other pages (lists, help, search, what leads on …)", len(others), unit="")
    yield Figure("  pages that have a whole plan on them", len(whole), unit="")
    yield Figure("HTML of a page of a plan, mean", statistics.mean(plans), 25, "KiB", 18)
    yield Figure("HTML of a page of a plan, largest", max(plans), 25, "KiB", 18)
    yield Figure("  of another page, mean", statistics.mean(others), unit="KiB")
    yield Figure("  of another page, largest", max(others), unit="KiB")
    if whole:
        yield Figure("  of a whole plan, mean", statistics.mean(whole), unit="KiB")


def sizes(site: Path, size: corpus.Size) -> tuple[list[float], list[float], list[float]]:
    """Give the KiB of each page of a plan, of each whole plan, and of each other page."""
    plans: list[float] = []
    whole: list[float] = []
    others: list[float] = []
    editions = [(area, plan) for area in corpus.area_ids(size) for plan in corpus.edition_ids(size)]
    names = [() if name == "index" else (name,) for name in corpus.page_names(size)]
    of_plans = {(*edition, *name) for edition in editions for name in names}
    of_whole = {(*edition, "print") for edition in editions}
    for path in site.rglob("*.html"):
        parts = path.relative_to(site).parent.parts if path.name == "index.html" else ()
        among = plans if parts in of_plans else whole if parts in of_whole else others
        among.append(path.stat().st_size / 1_024)
    return plans, whole, others


def _scale(england: England) -> Iterator[Figure]:
    """Compare with a sixth of the areas, which is 1,050 pages of England's 6,300."""
    size = england.size
    small = corpus.Size(max(1, size.areas // 6), size.editions, size.pages, size.services)
    told = f"Clean build of {small.plan_pages:,} pages"
    runs = [england.build_clean(small, f"{told} {at}", 1)[0] for at in england.runs]
    few = median(runs).cpu * 1_000 / small.plan_pages
    many = median(each.one for each in england.clean).cpu * 1_000 / size.plan_pages
    yield Figure(f"CPU a page of a plan, of {small.plan_pages:,}", few)
    yield Figure(f"CPU a page of a plan, of {size.plan_pages:,}", many)
    yield Figure("  the second against the first", many / few, 1.1, "of it", 1.0)


# -- 5. the search

ASKED: Final = ("crisis", "waiting", "training families")
"""What is searched for; the most that one of them costs counts. Each of them is on pages of every area."""
_ON_EVERY_PAGE: Final = ("/favicon.ico", "/assets/site.css", "/assets/area.css", "/assets/mark.svg")


def _search(england: England) -> Iterator[Figure]:
    from audit.server import serving

    with serving(england.root / "site") as host:
        for where, front in (("an area", f"/{england.area}"), ("the portal", "")):
            taken = {words: _fetched(host, front, words) for words in ASKED}
            words = max(taken, key=lambda each: sum(taken[each].values()))
            for path, size in sorted(taken[words].items(), key=lambda each: -each[1])[:6]:
                print(f"  first search, {where}, “{words}”: {size:>7,} bytes of {path}")
            yield Figure(
                f"first search, {where}, “{words}”",
                sum(taken[words].values()) / 1e3,
                250,
                "KB",
                200,
            )


def _fetched(host: str, front: str, words: str) -> Mapping[str, int]:
    """Search in a fresh window; give the bytes of everything that came but the page and its styles."""
    from playwright.sync_api import TimeoutError as TooLate

    answers: list[Response] = []
    with _browser_window() as window:
        window.on("response", lambda answer: answers.append(answer))
        window.goto(f"{host}{front}/search/#q={quote_plus(words)}")
        try:
            window.locator(".app-search__name a").first.wait_for()
        except TooLate:
            raise BenchError(f"“{words}” was not found. Few pages may not have it") from None
        window.wait_for_load_state("networkidle")
        sizes = {urlsplit(each.url).path: len(each.body()) for each in answers if each.ok}
    return {
        path: size
        for path, size in sizes.items()
        if not path.endswith(("/search/", *_ON_EVERY_PAGE))
    }


MEASURES: Final[Mapping[str, Callable[[England], Iterator[Figure]]]] = {
    "clean": _clean,
    "workers": _workers,
    "unchanged": _unchanged,
    "latest": _latest,
    "earlier": _earlier,
    "facts": _facts,
    "served": _served,
    "memory": _memory,
    "pages": _pages,
    "scale": _scale,
    "search": _search,
}
"""What can be measured, in the order in which it is."""
IN_BROWSER: Final = ("served", "search")


if __name__ == "__main__":
    sys.exit(main())
