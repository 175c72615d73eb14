"""`ltp serve`: builds what was edited, shows it by itself, and says what is wrong, in window and page.

What a preview makes stands in `.ltp/preview-PORT`, apart from what is published and from a build that
runs meanwhile. A port has one preview at a time, so a folder has too.
"""

from __future__ import annotations

import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import fields, replace
from pathlib import Path
from typing import Final, Protocol

from ltp import reports
from ltp.findings import Finding, LtpError
from ltp.plans.loading import expect_folders
from ltp.plans.names import PORTAL
from ltp.publishing import serving
from ltp.publishing.builder import Builder, Result
from ltp.publishing.building import Order, Outcome
from ltp.publishing.serving import Board
from ltp.publishing.watching import Watcher
from ltp.site import addresses
from ltp.site.styles import CODE
from ltp.terminal import say

_WAIT: Final = 0.5
"""Seconds after which Windows looks whether Ctrl and C were pressed; other systems look at once."""
_NAMED: Final = 3
"""How many of the files that changed are named."""


class PreviewOrder(Order):
    """An order whose state is a preview's own, so that it meets no other build."""

    @property
    def state(self) -> Path:
        """The preview's folder."""
        return self.out.parent

    @property
    def published(self) -> Path:
        """The folder that keeps each target as it was last shown."""
        return self.state / "targets"


def order_of(order: Order, port: int) -> PreviewOrder:
    """Give the order of a preview at a port: everything, drafts too, into a folder of its own."""
    stated = {each.name: getattr(order, each.name) for each in fields(order)}
    return replace(
        PreviewOrder(**stated),
        out=order.root / ".ltp" / f"preview-{port}" / "site",
        areas=(),
        address=f"http://{serving.HOST}:{port}/",
        drafts=True,
    )


def serve(order: Order, area: str | None, port: int) -> int:
    """Serve a preview until it is stopped. Raises LtpError where there is nothing to show."""
    expect_folders(order.root)
    if area and not (order.root / "areas" / f"{area}.yml").is_file():
        raise LtpError(f"There is no area “{area}”: no file areas/{area}.yml")
    mine, board = order_of(order, port), Board()
    if threading.current_thread() is threading.main_thread():
        # Programs that started the preview stop it so, and it has to take its processes along.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt), serving.serving(mine.out, board, port) as host:
        say(f"Preview: {host}{addresses.front(area or PORTAL)}   (stop it with Ctrl and C)")
        with _own_folder(mine), Watcher(watched(order.root)) as changes, Builder(mine) as builder:
            if changes.polls:
                say(
                    "This system can’t tell which files change, so they are looked at twice a second."
                )
            Preview(order.root, board, builder).run(changes)
    say("Stopped.")
    return 0


def watched(root: Path) -> list[Path]:
    """Give the folders in which what editors write, and how it looks, stands."""
    return [
        root / "areas",
        root / "content",
        root / "docs/guide",
        CODE / "overrides",
        CODE / "hooks",
    ]


class Builds(Protocol):
    """What a preview asks for."""

    def build(
        self,
        *,
        aloud: bool = False,
        changed: Sequence[Path] = (),
        shown: Callable[[], None] = lambda: None,
    ) -> Result:
        """Build; call `shown` where pages of changed texts are there before that."""

    def prepare(self, area: str) -> None:
        """Make an area ready for edits."""


class Preview:
    """Builds whenever something has changed, and puts up what came of it."""

    def __init__(self, root: Path, board: Board, builder: Builds) -> None:
        self.root = root
        self.board = board
        self.builder = builder
        self.outcome: Outcome | None = None
        """The last one that there was."""
        self.unshown: set[Path] = set()
        """What has changed since everything was last built."""
        self.said: set[Finding] = set()
        """What was told to be put right, without its line: it is told once."""
        self.faults: Sequence[Finding] = ()

    def run(self, changes: Watcher) -> None:
        """Build at first and after every change, for ever. What changes during a build is built after it."""
        say("Building all areas and the portal …")
        self._show(self.builder.build(aloud=True), ())
        while True:
            if changed := changes.take(_WAIT):
                self.rebuild(sorted(changed))
            else:
                self.make_ready()

    def make_ready(self) -> None:
        """Have the areas made ready of which somebody looks at a page: it may be edited next."""
        for area in self.board.areas_looked_at():
            self.builder.prepare(area)

    def rebuild(self, changed: Sequence[Path]) -> None:
        """Build what follows from files that have changed."""
        code = [path for path in changed if path.is_relative_to(CODE / "hooks")]
        if code:
            say(f"{self._named(code)} changed. To see it, stop the preview and start it again.")
        if len(code) < len(changed):
            sources = [path for path in changed if path not in code]
            result = self.builder.build(changed=sources, shown=self._show_texts)
            self._show(result, sources)

    def _show_texts(self) -> None:
        """Tell pages that the texts of some are new; nobody knows yet what else follows from that."""
        self.board.put_up(self.board.shown.faults, anew=True, words=True)

    def _show(self, result: Result, changed: Sequence[Path]) -> None:
        """Tell pages first, since somebody waits for them, then the window."""
        outcome = result.outcome
        faults = [each for each in outcome.findings if each.is_fault] if outcome else []
        if result.why:
            faults = [Finding("", 1, result.why.rstrip("."), "")]
        self.unshown |= {*changed}
        words = bool(changed) and all(path.suffix == ".md" for path in self.unshown)
        self.board.put_up(faults, anew=bool(outcome and outcome.published), words=words)
        if outcome and outcome.succeeded:
            self.unshown.clear()
        if result.trace:
            print(result.trace, file=sys.stderr, flush=True)
        if result.why:
            say(result.why)
        self._tell_findings(outcome.findings if outcome else (), faults)
        if outcome:
            self._tell_outcome(outcome, self._named(changed))
        self.outcome = outcome or self.outcome

    def _tell_findings(self, findings: Sequence[Finding], faults: Sequence[Finding]) -> None:
        """Tell the faults that the last build did not have, and what is to be put right, each once."""
        rest = {replace(each, line=0): each for each in findings if not each.is_fault}
        new = [each for each in faults if each.path and each not in self.faults]
        new += [each for mark, each in rest.items() if mark not in self.said]
        reports.tell_findings(new)
        if self.faults and not faults:
            say("All faults are put right.")
        self.said |= {*rest}
        self.faults = faults

    def _tell_outcome(self, outcome: Outcome, names: str) -> None:
        stopped = dict(outcome.why)
        for target in outcome.failed:
            if self.outcome is None or stopped[target] != self.outcome.why.get(target):
                say(f"{target} is shown as it was before: {stopped[target]}.")
        if not outcome.published:
            say("Nothing new is shown.")
        elif names:
            say(f"Built in {outcome.seconds:.2f} seconds: {names}")
        else:
            say(
                f"{outcome.pages} pages after {outcome.seconds:.1f} seconds. Pages show an edit by themselves."
            )

    def _named(self, paths: Sequence[Path]) -> str:
        names = [self._short(path) for path in paths[:_NAMED]]
        more = len(paths) - len(names)
        return ", ".join(names) + (f" and {more} more" if more else "")

    def _short(self, path: Path) -> str:
        """Give a path as editors write it."""
        base = next((each for each in (self.root, CODE) if path.is_relative_to(each)), path.parent)
        return path.relative_to(base).as_posix()


@contextmanager
def _own_folder(order: PreviewOrder) -> Iterator[None]:
    """Keep the preview's folder free of what only one preview needs, also of one that was killed."""
    _sweep(order)
    # To compile them takes longer than to build; their names say what they were made from.
    for kept in ("styles", "templates"):
        source = order.root / ".ltp" / kept
        if source.is_dir():
            with suppress(shutil.Error):  # a file that another build has just taken away
                shutil.copytree(source, order.state / kept, dirs_exist_ok=True)
    try:
        yield
    finally:
        _sweep(order)


def _sweep(order: PreviewOrder) -> None:
    for folder in (order.out, *order.state.glob("work-*"), *order.state.glob(".site.*")):
        shutil.rmtree(folder, ignore_errors=True)
