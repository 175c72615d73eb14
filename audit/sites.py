"""A built site, and what each of its pages is: worked out from the code that made it, never from a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import html  # type: ignore[import-untyped]

from ltp.plans.names import PORTAL
from ltp.plans.status import Status
from ltp.publishing.building import Order, Publication
from ltp.publishing.engine import Target
from ltp.site.pages import PageKind, SitePage


@dataclass(frozen=True, eq=False)
class BuiltPage:
    """One page of a built site."""

    site: Site
    address: str
    """From the root of the whole site: `/blmk/`, `/404.html`."""
    file: Path
    made_as: SitePage | None
    """What the code knows of it; None for a page that no part of the code names."""

    @property
    def kind(self) -> PageKind | None:
        """What it is for."""
        return self.made_as.kind if self.made_as else None

    @property
    def status(self) -> Status | None:
        """The status of the plan that it belongs to."""
        standing = self.made_as.standing if self.made_as else None
        return standing.status if standing else None

    @property
    def template(self) -> str:
        """Its kind and status in words: "edition, archived"."""
        return ", ".join(str(each) for each in (self.kind, self.status) if each)

    @property
    def is_redirect(self) -> bool:
        """Tell whether it only leads on."""
        return self.kind is PageKind.REDIRECT

    @property
    def is_not_found(self) -> bool:
        """Tell whether it is what a server shows where there is no page."""
        return self.kind is PageKind.NOT_FOUND

    @cached_property
    def html(self) -> bytes:
        """The file."""
        return self.file.read_bytes()

    @cached_property
    def tree(self) -> Any:
        """Its elements."""
        return html.document_fromstring(self.html.decode("utf-8"))

    @cached_property
    def features(self) -> frozenset[str]:
        """What it is built from: names of elements, with their classes, types and roles."""
        found: set[str] = set()
        for element in self.tree.iter(html.etree.Element):
            found.add(element.tag)
            found |= {f"{element.tag}.{name}" for name in element.get("class", "").split()}
            for name in ("type", "role", "open", "aria-current", "tabindex"):
                if name in element.attrib:
                    found.add(f"{element.tag}[{name}={element.get(name)}]")
        return frozenset(found)

    def __str__(self) -> str:
        return f"{self.site.name}:{self.address}"


@dataclass(frozen=True, eq=False)
class Site:
    """A site that was built, every target of it."""

    name: str
    order: Order
    """What it was built by."""

    @property
    def folder(self) -> Path:
        """Where its files are."""
        return self.order.out

    @cached_property
    def base(self) -> str:
        """The path that it is served at."""
        return urlsplit(self.order.address).path if self.order.address else "/"

    @cached_property
    def pages(self) -> Sequence[BuiltPage]:
        """Every page in its folder, in the order of addresses."""
        made = self._made
        found = []
        for path in sorted(self.folder.rglob("*.html")):
            name = "/" + path.relative_to(self.folder).as_posix()
            address = name.removesuffix("index.html") if path.name == "index.html" else name
            found.append(BuiltPage(self, address, path, made.get(address)))
        return found

    @cached_property
    def _made(self) -> Mapping[str, SitePage]:
        publication = Publication(self.order, lambda line: None)
        targets = [PORTAL, *publication.plans.areas]
        return {
            page.address: page
            for name in targets
            for page in Target(publication.job(name), publication.plans).pages.values()
        }
