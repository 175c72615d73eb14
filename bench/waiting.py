"""Run a command and write what it took into a file, as JSON; ends as the command did.

    python bench/waiting.py FILE COMMAND …

A small process of its own, for `measuring.py`: nothing else is counted, and what a command begins and
leaves to itself is waited for too. It imports nothing of the project, and little of Python.
"""

import ctypes
import json
import os
import resource
import sys
import time

PATIENCE = 10.0
"""Seconds in which processes must end that the command has left behind."""
ADOPT_ORPHANS = 36
"""`PR_SET_CHILD_SUBREAPER` of Linux."""


def main(argv: list[str]) -> int:
    """Run the command; give its exit code."""
    to, *command = argv
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(ADOPT_ORPHANS, 1, 0, 0, 0)
    began = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ)
    _, status = os.waitpid(process, 0)
    wall = time.perf_counter() - began
    all_ended = _all_end_soon()
    took = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures = {
        "cpu": took.ru_utime + took.ru_stime,
        "wall": wall,
        "peak": took.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
        "all_ended": all_ended,
    }
    with open(to, "w", encoding="utf-8") as file:  # noqa: PTH123  (pathlib would be imported)
        json.dump(figures, file)
    return os.waitstatus_to_exitcode(status) % 256


def _all_end_soon() -> bool:
    """Wait for what is left; tell whether all of it has ended. Only what has ended is counted."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.01)
        except ChildProcessError:
            return True
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
