"""Running the `ltp` command as a colleague does, on a copy of the made-up areas."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.site.built import CODE, TODAY

from ltp.cli import main
from ltp.findings import Finding
from ltp.plans.loading import load

PATIENCE = 180.0
"""How many seconds a preview may take before a test gives up."""

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Started in the background, as some runners do, a shell has Ctrl and C ignored, for every child too.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Desk:
    """A root to work in, and the command."""

    root: Path
    capsys: pytest.CaptureFixture[str]

    def ltp(self, *words: str) -> Said:
        """Run a command on the root, for the day that the tests are written for."""
        self.capsys.readouterr()
        more = ["--root", str(self.root)]
        if "--today" not in words:
            more += ["--today", TODAY.isoformat()]
        code = main([*words, *more])
        captured = self.capsys.readouterr()
        return Said(code, captured.out, captured.err)

    def read(self, path: str) -> str:
        """Read a file under the root."""
        return (self.root / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        """Write a file under the root."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def faults(self) -> list[Finding]:
        """Give what loading finds wrong."""
        return [each for each in load(self.root).findings if each.is_fault]


class Preview:
    """A preview that runs in another process."""

    def __init__(self, process: subprocess.Popen[bytes], address: str, log: Path) -> None:
        self.process = process
        self.address = address
        self.log = log

    def get(self, path: str) -> str:
        """Fetch a page over loopback."""
        with urllib.request.urlopen(self.address + path, timeout=10) as answer:
            return str(answer.read().decode("utf-8"))

    def told(self) -> dict[str, Any]:
        """Give what an open page is told now: which build is shown, and which faults there are."""
        with urllib.request.urlopen(f"{self.address}/.ltp/changes", timeout=10) as answer:
            line = next(each for each in answer if each.startswith(b"data:"))
        told: dict[str, Any] = json.loads(line[5:])
        return told

    def wait_until_told(self, *places: str) -> None:
        """Wait until open pages are told of faults in these files, and in no other."""
        end = time.monotonic() + PATIENCE
        told: list[str] = []
        while time.monotonic() < end and self.process.poll() is None:
            told = [fault["place"] for fault in self.told()["faults"]]
            if len(told) == len(places) and all(map(str.startswith, told, places)):
                return
            time.sleep(0.2)
        raise AssertionError(f"pages were told of {told}, not of {places}: {self.said[-2000:]}")

    def wait_for(self, path: str, words: str) -> str:
        """Fetch a page until it has these words."""
        end = time.monotonic() + PATIENCE
        last = ""
        while time.monotonic() < end and self.process.poll() is None:
            try:
                last = self.get(path)
            except urllib.error.HTTPError as error:
                last = error.read().decode("utf-8")
            except (urllib.error.URLError, ConnectionError, TimeoutError) as error:
                last = str(error)
            if words in last:
                return last
            time.sleep(0.2)
        raise AssertionError(f"{path} never said “{words}”: {last[-2000:]}")

    @property
    def said(self) -> str:
        """Give what it has said so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wait_until_said(self, words: str) -> None:
        """Wait until it says these words."""
        end = time.monotonic() + PATIENCE
        while words not in self.said:
            assert time.monotonic() < end, f"it never said “{words}”: {self.said[-2000:]}"
            time.sleep(0.2)

    def stop(self, how: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """Stop it as Ctrl and C do, or otherwise; give its code and what it said."""
        self.process.send_signal(how)
        return self.process.wait(timeout=PATIENCE), self.said


@contextmanager
def preview(command: Sequence[str], port: int, log: Path, **environment: str) -> Iterator[Preview]:
    """Start a preview and stop it, whatever happens; what it says goes into `log`."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=CODE,
            env={**os.environ, "PYTHONPATH": str(CODE / "hooks"), **environment},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            yield Preview(process, f"http://127.0.0.1:{port}", log)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait(timeout=PATIENCE)


def free_port() -> int:
    """Find a port that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
