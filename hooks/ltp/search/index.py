"""The index of a search, made by Pagefind's command line from small HTML files that nobody is shown.

Not from the published pages, so that those carry nothing for it, and only words that may be found are
in it. Not by its Python interface, which waits a tenth of a second for each page. Without filters, which
make its bytes differ from one run to the next. What a result says of its page stands in the id of an
element: Pagefind hands ids on, and looks for no words in them, as it does in metadata. The page's address
is told there too, because the files lie in one folder: a folder for each page takes longer to make and to
take away than the page takes to be read.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from ltp.findings import LtpError

_ENGINE: Final = ("pagefind.js", "wasm.en.pagefind")
"""What searches, in a browser: one bundle of a site has it, and the others use it."""
_WORDS: Final = ("pagefind-entry.json", "*.pf_meta", "index/*.pf_index", "fragment/*.pf_fragment")
"""What a browser asks for. Pagefind also writes 0.4 MB of forms and styles, which are not ours."""
_CURE: Final = "Run `make site`, which installs it, or install requirements/build.txt again."


class SearchError(LtpError):
    """The index can't be made, and what would help."""


@dataclass(frozen=True)
class Indexed:
    """A page as it goes into an index."""

    path: str
    """Its address, as seen from the front of the site: `2024-25/crisis/`; empty for the front itself."""
    title: str
    facts: Mapping[str, str]
    """What its result says of it."""
    html: str
    """The words that are looked through."""

    @cached_property
    def document(self) -> str:
        """Give the page as Pagefind reads it, which leaves a page without any text out."""
        text = _without_images(self.html)
        if not _HAS_TEXT.match(text):
            text = f"<p>{escape(self.title)}</p>"
        facts = {name: value for name, value in self.facts.items() if value}
        told = urlencode({"path": self.path, **facts}, safe="/")
        return (
            '<!doctype html><html lang="en"><body>'
            f'<i data-pagefind-meta="title:{escape(self.title)}"></i>'
            f'<i id="{escape(told)}"></i>{text}</body></html>\n'
        )

    @property
    def file(self) -> str:
        """Name the file for Pagefind: the same whatever other pages there are, and never too long."""
        return f"{hashlib.sha256(self.path.encode()).hexdigest()[:16]}.html"


def write(bundle: Path, pages: Sequence[Indexed], *, engine: bool) -> Sequence[str]:
    """Make a folder of the index of pages, with what searches it; give its files by their paths in it.

    What was in the folder before is gone. The same pages give the same bytes on one file system: Pagefind
    takes files as it lists them. Raises SearchError where Pagefind is missing or fails.
    """
    with tempfile.TemporaryDirectory(prefix="ltp-search-") as folder:
        source, made = Path(folder) / "pages", Path(folder) / "bundle"
        source.mkdir()
        # Pagefind takes files as the system lists them; some systems do so as the files were made.
        for page in sorted(pages, key=lambda each: each.path):
            (source / page.file).write_text(page.document, encoding="utf-8", newline="\n")
        _run(source, made)
        _check(made, len(pages))
        kept = list(_kept(made, engine=engine))
        if bundle.exists():
            shutil.rmtree(bundle)
        bundle.mkdir(parents=True)
        for name in dict.fromkeys(each.partition("/")[0] for each in kept):
            shutil.move(made / name, bundle / name)
    return kept


def digest_of(pages: Sequence[Indexed]) -> str:
    """Give a digest of all that an index of these pages is made from, but for the code."""
    digest = hashlib.sha256()
    for page in pages:
        digest.update(f"{page.document}\0".encode())
    return digest.hexdigest()


def _without_images(html: str) -> str:
    """Put the words of images in their place: Pagefind would look for words in their addresses.

    It can leave elements out, but with an `img`, which has no end, it leaves the rest of the page out.
    """
    return _IMAGE.sub(lambda image: " ".join(_WORDS_OF_IMAGE.findall(image[0])), html)


_HAS_TEXT: Final = re.compile(r"(?:<[^>]*>|\s)*+.")
_IMAGE: Final = re.compile(r"<img\b[^>]*>")
_WORDS_OF_IMAGE: Final = re.compile(r"\balt=\"([^\"]*)\"")


_THREADS: Final = ("RAYON_NUM_THREADS", "TOKIO_WORKER_THREADS")
"""What Pagefind's libraries take the number of their threads from."""


def _run(source: Path, bundle: Path) -> None:
    command = [
        str(_pagefind()),
        f"--site={source}",
        f"--output-path={bundle}",
        "--force-language=en",
        "--quiet",
    ]
    # Pagefind also takes its settings from where it runs and from the environment.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PAGEFIND_")}
    # It would take all cores, also where each of them has a target of its own. The bytes are the same.
    environment |= dict.fromkeys(_THREADS, "1")
    done = subprocess.run(
        command, cwd=source, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode or not (bundle / "pagefind-entry.json").is_file():
        said = " ".join((done.stderr or done.stdout).split())[:300]
        raise SearchError(f"The search could not be made: Pagefind failed. It said: {said}")


def _check(bundle: Path, pages: int) -> None:
    """Make sure that no page was left out without a word."""
    entry = json.loads((bundle / "pagefind-entry.json").read_text(encoding="utf-8"))
    found = sum(each["page_count"] for each in entry["languages"].values())
    if found != pages:
        raise SearchError(
            f"The search could not be made: of {pages} pages, Pagefind took {found}. Somebody who "
            "looks after the code has to find out why"
        )


def _pagefind() -> Path:
    try:
        # Imported here: most commands make no index, and this says what to do where it is missing.
        from pagefind_bin import get_executable  # type: ignore[import-untyped]  # it has no types

        return Path(get_executable())
    except (ImportError, FileNotFoundError) as error:
        raise SearchError(
            f"The search could not be made: Pagefind is not installed. {_CURE}"
        ) from error


def _kept(made: Path, *, engine: bool) -> Iterator[str]:
    for pattern in (*_WORDS, *(_ENGINE if engine else ())):
        folder, _, name = pattern.rpartition("/")
        found = sorted((made / folder).glob(name))
        if not found:
            raise SearchError(f"The search could not be made: Pagefind wrote no {pattern}. {_CURE}")
        yield from (f"{folder}/{path.name}" if folder else path.name for path in found)
