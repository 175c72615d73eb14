"""Sites that the tests build, and their pages as a reader meets them: parsed, by address."""

from __future__ import annotations

import datetime
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from lxml import html  # type: ignore[import-untyped]

from ltp.publishing.building import Order, Outcome, build

CODE: Final = Path(__file__).resolve().parents[2]
MADE_UP: Final = Path(__file__).resolve().parent / "made_up"
DIRECTORY: Final = CODE / "tests/directory/made_up"
"""Made-up areas with a help directory of every kind of entry."""

TODAY: Final = datetime.date(2026, 11, 21)
ADDRESS: Final = "https://plans.example.test/plans/"
"""A public address at a sub-path."""

CRISIS: Final = ("tel:999", "tel:111", "sms:85258?body=SHOUT", "tel:116123", "tel:08001111")
DISPLAY: Final = "assets/display.js"
"""The script of every page."""
DEMONSTRATION: Final = "A demonstration made from public documents. Not run by the NHS."


def copy_root(source: Path, to: Path) -> Path:
    """Copy the folders that editors write in, so that a build's state lies beside the copy.

    Styles that were compiled before come along: their names say what they were made from, and to make
    them anew takes longer than to build a made-up area.
    """
    for folder in ("areas", "content", "docs"):
        if (source / folder).is_dir():
            shutil.copytree(source / folder, to / folder)
    compiled = CODE / ".ltp/styles"
    if compiled.is_dir():
        shutil.copytree(compiled, to / ".ltp/styles")
    return to


def copy_code(root: Path, to: Path) -> Path:
    """Copy everything that MkDocs' own commands use, with the areas of a root."""
    return copy_code_alone(copy_root(root, to))


def copy_code_alone(to: Path) -> Path:
    """Copy everything that builds are made by into a folder, with no area."""
    for folder in ("hooks", "overrides"):
        shutil.copytree(CODE / folder, to / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "package.json", "package-lock.json"):
        shutil.copy(CODE / name, to)
    (to / "node_modules").symlink_to(CODE / "node_modules", target_is_directory=True)
    return to


def order(root: Path, **more: Any) -> Order:
    """Give the order to build a root for the day that the tests are written for."""
    return Order(**{"root": root, "out": root / "site", "today": TODAY, "jobs": 1, **more})


@dataclass(frozen=True)
class Told:
    """A notice as a reader meets it."""

    kind: str
    heading: str
    paragraphs: tuple[str, ...]


class Page:
    """One built page, parsed."""

    def __init__(self, address: str, text: str) -> None:
        self.address = address
        self.text = text
        self.tree = html.document_fromstring(text)

    def all(self, path: str) -> list[Any]:
        """Find elements by XPath."""
        return list(self.tree.xpath(path))

    def one(self, path: str) -> Any:
        """Find the one element that there is to be."""
        (found,) = self.all(path)
        return found

    def words(self, path: str) -> list[str]:
        """Give the words of the elements that an XPath finds."""
        return [words_of(each) for each in self.all(path)]

    def links(self, path: str = "//main") -> dict[str, str]:
        """Give the words of links within an element, and where each leads."""
        return {words_of(each): each.get("href") for each in self.all(f"{path}//a[@href]")}

    @property
    def title(self) -> str:
        """The text of `<title>`."""
        return " ".join(str(self.tree.findtext("head/title")).split())

    @property
    def heading(self) -> str:
        """Its `h1`."""
        return words_of(self.one("//h1"))

    @property
    def is_redirect(self) -> bool:
        """Tell whether it only leads on."""
        return bool(self.all("/html/head/meta[@http-equiv='refresh']"))

    @property
    def is_not_found(self) -> bool:
        """Tell whether it is what a server shows where there is no page."""
        return self.address.endswith("404.html")

    def resolve(self, href: str) -> str:
        """Give the address that a link on it leads to, as a browser works it out."""
        return urlsplit(urljoin(f"https://plans.example.test{self.address}", href)).path

    @property
    def leads_to(self) -> str:
        """The address of a redirect, as it is written."""
        content = str(self.one("/html/head/meta[@http-equiv='refresh']/@content"))
        return content.partition("url=")[2]

    @property
    def robots(self) -> str | None:
        """What it says to search engines."""
        return next(iter(self.all("/html/head/meta[@name='robots']/@content")), None)

    @property
    def canonical(self) -> str | None:
        """Its own address, as it says itself."""
        return next(iter(self.all("/html/head/link[@rel='canonical']/@href")), None)

    @property
    def relations(self) -> list[tuple[str, str]]:
        """Give its `link rel` to other versions."""
        found = self.all("/html/head/link[contains(@rel, 'version')]")
        return [(each.get("rel"), each.get("href")) for each in found]

    @property
    def notices(self) -> list[Told]:
        """Give its notices in order."""
        return [_told(each) for each in self.all("//div[contains(@class, 'app-notice ')]")]

    @property
    def facts(self) -> Mapping[str, str]:
        """Give what “About this page” says."""
        rows = self.all("//section[contains(@class, 'app-about')]//dl/div")
        return {words_of(row.find("dt")): words_of(row.find("dd")) for row in rows}

    @property
    def structured(self) -> Mapping[str, Any] | None:
        """Give its structured data, whatever it is about."""
        scripts = self.all("//script[@type='application/ld+json']/text()")
        return json.loads(scripts[0]) if scripts else None

    @property
    def data(self) -> Mapping[str, Any] | None:
        """Give its structured data, where it is a page of a plan."""
        data = self.structured
        return data if data and data["@type"] in ("Report", "WebPage") else None

    @property
    def service_data(self) -> Mapping[str, Any] | None:
        """Give its structured data, where it is the page of a service."""
        data = self.structured
        return data if data and data["@type"] in ("Service", "GovernmentService") else None

    @property
    def is_finder(self) -> bool:
        """Tell whether it is the search form of a help directory."""
        return re.fullmatch(r"/[\w-]+/help/find/", self.address) is not None

    @property
    def can_be_left(self) -> bool:
        """Tell whether it has the way to leave it quickly, as a sensitive page does."""
        return bool(self.all("/html/body/section[@class='app-leave']"))

    @property
    def is_whole_plan(self) -> bool:
        """Tell whether it has a whole edition on it, to print."""
        area, _, rest = self.address.strip("/").partition("/")
        edition, _, name = rest.partition("/")
        return bool(area and edition) and name == "print" and edition != "help"

    @property
    def is_search(self) -> bool:
        """Tell whether it is the search of an area, or of the portal."""
        return re.fullmatch(r"(/[\w-]+)?/search/", self.address) is not None

    @property
    def all_scripts(self) -> list[Any]:
        """Give its elements that a browser would run."""
        return self.all("//script[not(@type='application/ld+json')]")

    @property
    def scripts(self) -> list[Any]:
        """Give its scripts beside the one that every page has, `display.js`."""
        return [each for each in self.all_scripts if not each.get("src").endswith(DISPLAY)]

    @property
    def is_display_settings(self) -> bool:
        """Tell whether it is where readers choose how pages look."""
        return self.address.endswith("/display-settings/")

    def section_words(self, name: str) -> str:
        """Give all the words of the part of a generated page whose heading has an id."""
        return words_of(self.one(f"//section[h2[@id='{name}'] or h3[@id='{name}']]"))

    def section(self, name: str) -> list[str]:
        """Give the words of the links in the part of the page with an id or a heading of that id."""
        return self.words(f"//section[@id='{name}' or @aria-labelledby='{name}']//a")


@dataclass(frozen=True)
class Built:
    """A whole site that was built."""

    root: Path
    folder: Path
    outcome: Outcome
    address: str | None = None
    drafts: bool = False

    @property
    def base(self) -> str:
        """The path that it is served at."""
        return urlsplit(self.address).path if self.address else "/"

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """Every HTML page, by address: `/blmk/`, `/404.html`."""
        return {page.address: page for page in self._read()}

    def _read(self) -> Iterator[Page]:
        for path in sorted(self.folder.rglob("*.html")):
            name = path.relative_to(self.folder).as_posix()
            address = "/" + (name.removesuffix("index.html") if _is_index(name) else name)
            yield Page(address, path.read_text(encoding="utf-8"))

    def __getitem__(self, address: str) -> Page:
        return self.pages[address]

    def file(self, address: str) -> Path:
        """Give the file that answers an address."""
        path = self.folder / address.strip("/")
        return path / "index.html" if address.endswith("/") else path

    def copy(self, to: Path) -> Built:
        """Copy its root with what was built and kept, so that a test can change it."""
        shutil.copytree(self.root, to)
        return replace(self, root=to, folder=to / "site")

    @property
    def content_pages(self) -> list[Page]:
        """Every page that people read: not redirects, not the 404 pages."""
        return [p for p in self.pages.values() if not p.is_redirect and not p.is_not_found]


def build_copy(source: Path, to: Path, **more: Any) -> Built:
    """Copy a root and build the copy."""
    root = copy_root(source, to)
    wanted = order(root, **more)
    return Built(root, wanted.out, build(wanted), wanted.address, wanted.drafts)


def tree(folder: Path) -> dict[str, bytes]:
    """Give every file of a folder, by its path, with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def published(root: Path) -> Mapping[str, bytes]:
    """Give every file that a root has published, and nginx's."""
    nginx = root / ".ltp/nginx.conf"
    return {**tree(root / "site"), "nginx": nginx.read_bytes() if nginx.is_file() else b""}


def words_of(element: Any) -> str:
    """Give the words of an element, with single spaces."""
    return " ".join(str(element.text_content()).split())


def _told(section: Any) -> Told:
    (kind,) = (
        name.removeprefix("app-notice--")
        for name in section.get("class").split()
        if name.startswith("app-notice--")
    )
    heading = section.xpath(".//*[@id=$name]", name=section.get("aria-labelledby"))[0]
    rest = [each for each in section.iter("p") if each is not heading]
    return Told(kind, words_of(heading), tuple(words_of(each) for each in rest))


def _is_index(name: str) -> bool:
    return name == "index.html" or name.endswith("/index.html")
