"""Targets built one by one, or side by side by processes that end with the one that began them."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from pathlib import Path
from typing import Final

from ltp.findings import LtpError
from ltp.plans.model import Plans
from ltp.plans.reach import of_target
from ltp.publishing.jobs import Built, Job
from ltp.publishing.laying import make_ready


def build(job: Job, plans: Plans) -> Built:
    """Build one target in this process, with what it is given of the facts of all areas."""
    # Imported here: MkDocs takes a quarter of a second, which `ltp check` and `ltp status` can save.
    from ltp.publishing.engine import build_target

    return build_target(job, of_target(plans, job.target))


def build_side_by_side(
    jobs: Sequence[Job],
    plans: Plans,
    processes: int,
    work: Path | None,
    told: Callable[[Built], None],
) -> list[Built]:
    """Build targets in processes of their own, in the order in which they end; `told` is called for each.

    Each is laid ready in the folder `work`, if one is named. Whatever ends it, what was not begun is not
    begun any more. Raises LtpError where a process was ended from outside.
    """
    built = []
    with ProcessPoolExecutor(processes, initializer=_begin, initargs=(plans,)) as pool:
        waiting = [pool.submit(_build_and_tidy, job, work) for job in jobs]
        try:
            for done in as_completed(waiting):
                built.append(done.result())
                told(built[-1])
        except BrokenProcessPool:
            raise LtpError(
                "A process that made pages was ended, perhaps because there was not enough memory. "
                "Build fewer areas at once, with --jobs 1"
            ) from None
        except BaseException:
            pool.shutdown(cancel_futures=True)  # it would make all of them first
            raise
    return built


# -- in the processes

_plans: Final[list[Plans]] = []


def _begin(plans: Plans) -> None:
    """Begin a process that builds many targets, with the facts of all areas, which a fork has anyway."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a pool that breaks has the others end at once
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _plans[:] = [plans]
    gc.disable()  # garbage is collected after each target

    import ltp.publishing.engine  # noqa: F401  (with MkDocs: see `build`)

    gc.freeze()  # what is there by now is no garbage: it need not be looked through


def _end_with_parent() -> None:
    """End this process once the one that began it is gone, however it went: nobody else would end it."""
    parent = multiprocessing.parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(1)


def _build_and_tidy(job: Job, work: Path | None) -> Built:
    """Build one of many targets, lay it ready if it will be laid, and leave no memory taken."""
    try:
        built = build(job, _plans[0])
        if built.manifest and work:
            make_ready(job.target, job.out, work)
        return built
    finally:
        gc.collect()
