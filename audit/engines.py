"""The three checkers: which of their results count, and why the others don't.

axe-core and HTML_CodeSniffer run inside the page. They come in by the browser's own door for scripts of
its driver, which the page's content policy does not govern, so the policy stays on. The Nu HTML Checker
reads the files.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from audit.sites import BuiltPage

CODE: Final = Path(__file__).resolve().parents[1]
MODULES: Final = CODE / "node_modules"
AXE: Final = MODULES / "axe-core/axe.min.js"
CODE_SNIFFER: Final = MODULES / "html_codesniffer/build/HTMLCS.js"
NU: Final = MODULES / "vnu-jar/build/dist/vnu.jar"
PROBES: Final = Path(__file__).resolve().parent / "probes"

AXE_PASSES_OVER: Final[Mapping[str, str]] = {
    "color-contrast-enhanced": (
        "Level AAA. The design system’s blue of links is 6.4 to 1 on white, and AAA asks for 7 to 1. "
        "“High contrast” in the display settings gives it."
    ),
}
"""Rules of axe that are not asked. All others are, also those that its makers call experimental."""

CODE_SNIFFER_PASSES_OVER: Final[Mapping[str, str]] = {
    "1_1_1.H67.2": "Says that a picture is decoration. The probe “names” finds one that should not be.",
    "1_3_1.H48": "Asks whether links in a sentence are a menu. Menus are lists here.",
    "1_3_1.H85.2": "Asks whether choices fall into groups. None of ours do.",
    "1_4_10.C32,C31,C33,C38,SCR34,G206": "Asks to look whether `pre` scrolls. The probe “reflow” does.",
    "1_4_3.G18.Abs": "Can’t tell what is behind an element that is placed. axe-core can.",
    "1_4_3.G145.Abs": "The same, for large text.",
}
"""Warnings of HTML_CodeSniffer that only ask a person to look, by the end of their code. Errors all count."""

NU_PASSES_OVER: Final[Mapping[str, str]] = {}
"""Messages of the Nu HTML Checker that don’t count, by their words."""


@dataclass(frozen=True)
class Failure:
    """One thing that is wrong, where it was seen, and how."""

    engine: str
    page: str
    view: str
    """How the page was looked at: "320 px", "1280 px, dark"."""
    rule: str
    what: str
    where: str
    criterion: str = ""
    """The success criterion of WCAG 2.2 that it breaks: "1.4.3"."""

    def __str__(self) -> str:
        return f"{self.page} at {self.view}: {self.engine}: {self.what}: {self.where}"


def script() -> str:
    """Give the script that puts the checkers and the probes into a page."""
    parts = sorted(PROBES.glob("*.js"), key=lambda path: (path.stem == "engines", path.stem))
    helpers = PROBES / "helpers.js"
    own = [helpers, *(each for each in parts if each != helpers)]
    probes = "\n".join(each.read_text(encoding="utf-8") for each in own)
    checkers = [each.read_text(encoding="utf-8") for each in (AXE, CODE_SNIFFER)]
    return "\n;".join([*checkers, f"(() => {{\n{probes}\n}})();"])


def nu(pages: Sequence[BuiltPage]) -> Iterator[Failure]:
    """Ask the Nu HTML Checker about pages, in one go: its start takes longer than a hundred pages."""
    by_url = {f"file:{quote(str(page.file.resolve()))}": page for page in pages}
    for message in _nu_says([page.file for page in pages]):
        if message["message"] in NU_PASSES_OVER:
            continue
        page = by_url.get(message.get("url", ""))
        yield Failure(
            "Nu HTML Checker",
            str(page or message.get("url", "")),
            f"line {message.get('lastLine', 0)}",
            message["message"],
            message["message"],
            message.get("extract", "").replace("\n", " "),
        )


def _nu_says(files: Collection[Path]) -> Sequence[Mapping[str, Any]]:
    java = os.environ.get("JAVA_PATH") or shutil.which("java")
    assert java, "There is no Java: install it, or name it with JAVA_PATH"
    run = subprocess.run(
        [java, "-jar", str(NU), "--format", "json", "--exit-zero-always", *map(str, files)],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    messages: Sequence[Mapping[str, Any]] = json.loads(run.stderr)["messages"]
    return messages
