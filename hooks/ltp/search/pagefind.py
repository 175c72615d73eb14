"""Pagefind's own program, which has the script in it that searches in a browser.

It can also make an index from HTML files. Ours makes the same one sooner (`ltp.search.index`), and the
tests compare both.
"""

from __future__ import annotations

import functools
import json
import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ltp.findings import LtpError

VERSION: Final = "1.5.2"
"""The version whose files our index has."""

_ENGINE: Final = ("pagefind.js", "wasm.en.pagefind")
"""What searches. Pagefind also writes 0.4 MB of forms and styles, which are not ours."""
_CURE: Final = "Run `make site`, which installs it, or install requirements/build.txt again."


class SearchError(LtpError):
    """The index can't be made, and what would help."""


@functools.cache
def engine() -> Mapping[str, bytes]:
    """Give the files that search, by their names.

    Raises SearchError where Pagefind is missing, fails, or is of another version than the index.
    """
    with tempfile.TemporaryDirectory(prefix="ltp-search-") as folder:
        source, bundle = Path(folder) / "pages", Path(folder) / "bundle"
        source.mkdir()
        page = '<html lang="en"><body><p>A page</p></body></html>'
        (source / "index.html").write_text(page, encoding="utf-8")
        run(source, bundle)
        entry = json.loads((bundle / "pagefind-entry.json").read_text(encoding="utf-8"))
        if entry["version"] != VERSION:
            raise SearchError(
                f"The search could not be made: Pagefind {entry['version']} is installed, and the index "
                f"is for {VERSION}. {_CURE}"
            )
        return {name: (bundle / name).read_bytes() for name in _ENGINE}


def run(source: Path, bundle: Path) -> None:
    """Make the index of a folder of HTML files in another folder. Raises SearchError."""
    command = [
        str(_program()),
        f"--site={source}",
        f"--output-path={bundle}",
        "--force-language=en",
        "--quiet",
    ]
    # Pagefind also takes its settings from where it runs and from the environment.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PAGEFIND_")}
    done = subprocess.run(
        command, cwd=source, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode or not (bundle / "pagefind-entry.json").is_file():
        said = " ".join((done.stderr or done.stdout).split())[:300]
        raise SearchError(f"The search could not be made: Pagefind failed. It said: {said}")


def _program() -> Path:
    try:
        # Imported here: most commands make no index, and this says what to do where it is missing.
        from pagefind_bin import get_executable  # type: ignore[import-untyped]  # it has no types

        return Path(get_executable())
    except (ImportError, FileNotFoundError) as error:
        raise SearchError(
            f"The search could not be made: Pagefind is not installed. {_CURE}"
        ) from error
