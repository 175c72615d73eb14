"""Addresses: where every page stands in the whole site, and how one page leads to another.

An address is a path from the root of the whole site, such as `/blmk/2024-25/crisis/`, wherever that
root is served. Links are written relative to the page, so a site works at any address, at a
sub-path, or from a folder; only a target with a public address of its own is linked in full.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urljoin, urlsplit

from ltp.plans.loading import WHOLE
from ltp.plans.model import Edition, Page, Plans
from ltp.plans.names import PORTAL

HOME = "/"

SEARCH = "search"
A_TO_Z = "a-to-z"
SITE_MAP = "site-map"
"""The names, under a target's front, of the pages that lead to all others."""

LEAVING = "leaving-quickly"
OTHER_FORMATS = "other-formats"
ACCESSIBILITY = "accessibility"
PRIVACY = "privacy"
COOKIES = "cookies"
"""The names, under a target's front, of the pages in which a site speaks of itself."""


def front(target: str) -> str:
    """Give the front page of an area, or of the portal."""
    return HOME if target == PORTAL else f"/{target}/"


def edition(which: Edition) -> str:
    """Give an edition's front page."""
    return f"/{which.area}/{which.id}/"


def page_of(which: Edition, page: Page | None) -> str:
    """Give a page of an edition; its front page for None."""
    return edition(which) + (_folder(page.name) if page else "")


def whole(which: Edition) -> str:
    """Give the page that has a whole edition on it, to print."""
    return f"{edition(which)}{WHOLE}/"


def under(target: str, name: str) -> str:
    """Give a page that stands under a target's front: `help/index`, `plans`, `what-a-plan-is`."""
    return front(target) + _folder(name)


def plans(area: str) -> str:
    """Give the page that lists every edition of an area."""
    return f"/{area}/plans/"


def latest(area: str, topic: str | None = None) -> str:
    """Give the address that leads to the latest plan, or to a topic of it."""
    return f"/{area}/latest/" + (f"{topic}/" if topic else "")


def short(which: Edition) -> str:
    """Give the short address of an edition, for print and QR codes."""
    return f"/id/{which.area}/{which.id}/"


def target_of(address: str, areas: Mapping[str, object]) -> str:
    """Name the target that builds an address."""
    first = address.split("/")[1]
    return first if first in areas else PORTAL


def _folder(name: str) -> str:
    """Turn a page's name into its folder: `crisis` to `crisis/`, `help/index` to `help/`."""
    head, _, tail = name.rpartition("/")
    return f"{head}/" if tail == "index" and head else "" if tail == "index" else f"{name}/"


@dataclass(frozen=True)
class Site:
    """Where the whole site is served from."""

    address: str | None = None
    """The public address of its root, ending in a slash; None while it is not set."""
    own: Mapping[str, str] = field(default_factory=dict)
    """The public addresses of targets that have their own."""

    @property
    def base(self) -> str:
        """The path at which the site is served: `/`, or `/plans/` at a sub-path."""
        return urlsplit(self.address).path or "/" if self.address else "/"

    def public(self, address: str) -> str | None:
        """Give the full public address of a page, or None while there is none."""
        target = target_of(address, self.own)
        if target in self.own:
            return self.own[target] + address.removeprefix(front(target))
        return self.address + address.removeprefix("/") if self.address else None

    def href(self, here: str, to: str, fragment: str = "") -> str:
        """Give what a link on the page `here` to the page `to` says."""
        return self._path(here, to) + fragment

    def href_anywhere(self, target: str, to: str) -> str:
        """Give what a link says on a page of a target that is shown at any address: its 404 page."""
        leads_to = target_of(to, self.own)
        if leads_to != target_of(front(target), self.own):
            return self.public(to) or to
        if leads_to in self.own:
            return with_slash(urlsplit(self.own[leads_to]).path) + to.removeprefix(front(leads_to))
        return self.base + to.removeprefix("/")

    def _path(self, here: str, to: str) -> str:
        if self.own and target_of(here, self.own) != target_of(to, self.own):
            public = self.public(to)
            if public:
                return public
        return relative(here, to)


def relative(here: str, to: str) -> str:
    """Give the path from one address to another: `../../help/`."""
    *folders, _ = here.split("/")
    *way, name = to.split("/")
    same = 0
    for one, other in zip(folders, way, strict=False):
        if one != other:
            break
        same += 1
    parts = [".."] * (len(folders) - same) + way[same:]
    return "/".join([*parts, name]) if parts or name else "./"


def joined(here: str, path: str) -> str:
    """Give the address that a link on a page leads to: what `relative` makes, turned back, at once.

    Anything else as `urllib.parse.urljoin` does, which takes ten times as long.
    """
    if not _PATH.fullmatch(path):
        return urljoin(here, path)
    up = path.count("../")
    *folders, _ = here.split("/")
    first = 3 if "://" in here else 1  # what stands before the first folder
    if up > len(folders) - first:
        return urljoin(here, path)
    return "/".join([*folders[: len(folders) - up], path[3 * up :]])


_NAME: Final = "[a-zA-Z0-9_-]"
_PATH: Final = re.compile(
    rf"(?:\.\./)*+(?:{_NAME}++/)*+(?:{_NAME}++(?:\.{_NAME}++)*+)?(?:#{_NAME}++)?"
)


def with_slash(address: str) -> str:
    """Give a public address with a slash at its end."""
    return address if address.endswith("/") else f"{address}/"


def site_of(everything: Plans, address: str | None) -> Site:
    """Give the site that the facts describe, at another address where one is given."""
    public = address or everything.portal.address
    own = {area.id: with_slash(area.address) for area in everything.identities if area.address}
    return Site(with_slash(public) if public else None, own)
