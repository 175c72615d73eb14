"""The process in which a preview builds, again and again.

A process of its own, so that pages are served while it builds, so that Ctrl and C end a build at any
moment, and so that a build that takes the process with it leaves the preview running. It stays for as
long as the preview does: what one build has read or made is there for the next.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Final, Self, TypeVar

from ltp.findings import LtpError
from ltp.publishing.building import Order, Outcome, Publication, carry_out
from ltp.publishing.studio import Studio
from ltp.terminal import say

T = TypeVar("T")

_TO_END: Final = 2.0
"""Seconds in which the process may end by itself once it is asked to."""
_LOOKS: Final = 0.5
"""Seconds after which it is looked whether the process is still there."""

_SHOWN: Final = "shown"
"""Answered where the pages of edited texts are there, and the build is still to come."""
_READY: Final = "ready"
"""Answered once an area is ready, or can't be."""
_DIED: Final = (
    "The build ended without a word, perhaps because there was not enough memory. "
    "Save a file, and it is tried again."
)


@dataclass(frozen=True)
class Result:
    """How a build ended: with an outcome, or with why there is none."""

    outcome: Outcome | None = None
    why: str = ""
    """What cannot go on, and what would be right, in whole sentences."""
    trace: str = ""
    """For those who look after the code: where it broke."""


@dataclass(frozen=True)
class Asked:
    """What the process is asked for: to build, or only to make an area ready for edits."""

    aloud: bool = False
    """Say each target that was built."""
    changed: tuple[Path, ...] = ()
    """The files that have changed since the last build."""
    area: str = ""
    """Make this area ready, and build nothing."""


class Builder:
    """Builds one order, as often as it is asked to."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self._process: SpawnProcess | None = None

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._end()

    def build(
        self,
        *,
        aloud: bool = False,
        changed: Sequence[Path] = (),
        shown: Callable[[], None] = lambda: None,
    ) -> Result:
        """Build, and say each target that was built where it is to be `aloud`. Never raises.

        Where only texts in the `changed` files are new, their pages come first, and `shown` is called
        once they are there.
        """
        answer = self._ask(Asked(aloud, tuple(changed)))
        while answer == _SHOWN:
            shown()
            answer = self._answer()
        return answer if isinstance(answer, Result) else Result(why=_DIED)

    def prepare(self, area: str) -> None:
        """Make an area ready, so that an edited text of it is shown sooner. Never raises."""
        self._ask(Asked(area=area))

    def _ask(self, asked: Asked) -> Result | str:
        if self._process is None:
            self._start()
        try:
            self._line.send(asked)
        except OSError:
            self._end()
            return ""
        return self._answer()

    def _answer(self) -> Result | str:
        """Wait for an answer; give an empty one where the process is gone."""
        process = self._process
        assert process is not None
        try:
            while not self._line.poll(_LOOKS):
                if not process.is_alive():
                    raise EOFError
            answer: Result | str = self._line.recv()
        except (EOFError, OSError):
            self._end()
            return ""
        return answer

    def _start(self) -> None:
        # A new interpreter on every system: it holds no socket of the server, and no lock of a thread.
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe()
        method = multiprocessing.get_start_method()
        self._process = context.Process(target=_work, args=(theirs, self.order, method))
        with _deaf_to_interrupts():
            self._process.start()
        theirs.close()

    def _end(self) -> None:
        """End the process at once, and those that it has started. A kill leaves what is shown whole."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        process.join(_TO_END)
        if process.is_alive():
            _kill(process)
            process.join()
        self._line.close()  # last, or the process would be leaving already when it is told to


def _kill(process: SpawnProcess) -> None:
    """Kill the process and all that it has started."""
    if hasattr(os, "killpg") and process.pid is not None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):  # it has not made its group yet, or is gone
            pass
        else:
            return
    process.kill()


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Start processes to which Ctrl and C mean nothing: the preview ends them itself."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


# -- in the process


def _work(line: Connection[Result | str, Asked], order: Order, method: str) -> None:
    # Workers of a build are started as in any other build.
    multiprocessing.set_start_method(method, force=True)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "setsid"):
        os.setsid()  # a group of its own, which can be killed as one
    # Pages that an earlier process showed before they were built may lie there.
    order.laying.forget()
    studio = Studio()
    # Where the preview has ended, nobody asks any more, or nobody listens.
    with suppress(EOFError, OSError, KeyboardInterrupt):
        signal.signal(signal.SIGTERM, _stop)
        while True:
            asked = line.recv()
            if asked.area:
                _try(partial(studio.prepare, asked.area))
                line.send(_READY)
                continue
            if _try(partial(studio.show, asked.changed)):
                line.send(_SHOWN)
            line.send(_build(order, studio, aloud=asked.aloud))


def _try(first: Callable[[], T]) -> T | None:
    """Do what only saves time. The build that follows tells what is wrong, if it still is."""
    try:
        return first()
    except Exception:
        traceback.print_exc()
        return None


def _stop(*_: object) -> None:
    """Leave a build, and take its workers along."""
    for worker in multiprocessing.active_children():
        worker.kill()
    raise KeyboardInterrupt


def _build(order: Order, studio: Studio, *, aloud: bool) -> Result:
    publication: Publication | None = None
    try:
        publication, outcome = carry_out(order, say if aloud else lambda line: None)
        return Result(outcome=outcome)
    except LtpError as error:
        return Result(why=f"{str(error).rstrip('.')}.")
    except OSError as error:  # a disk that is full, a file that another program holds
        return Result(why=f"{error.strerror}: {error.filename or 'see above'}. Put it right.")
    except (Exception, SystemExit) as error:
        why = f"The build broke off: {type(error).__name__}. The window of the preview says where."
        return Result(why=why, trace=traceback.format_exc())
    finally:
        _try(partial(studio.built, publication))
