"""Links between areas: `area:kent-and-medway/2021/crisis#lines`.

Each area is a build of its own, so these are resolved and checked here, against the addresses of all
areas, and their anchors against what every site says of itself once it is built.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from ltp.directory.entry import Service
from ltp.findings import Finding, did_you_mean
from ltp.plans.model import Page
from ltp.plans.names import PORTAL, area_of
from ltp.plans.status import Standing, Standings, Status
from ltp.site import addresses

_LINK = re.compile(r"\barea:([A-Za-z0-9][^\s#)\"'<>\]`]*)(#[^\s)\"'<>\]`]*)?")
"""All that `_HREF` finds in the HTML, so that none goes unchecked."""
_HREF = re.compile(r'href="area:([^"#]+)(#[^"]*)?"')

_OWN_ID = re.compile(r"(?:app|nhsuk|notice|fn|fnref|maincontent)(?:$|[-:_\d])")
"""The ids that are no heading’s: those of what stands round the text, and of footnotes."""

_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
"""Words shown as they are written: a link in them leads nowhere."""


@dataclass(frozen=True)
class AreaLink:
    """A link to another area, where an editor wrote it."""

    path: str
    line: int
    text: str
    """As written: `area:kent-and-medway/2021/crisis#lines`."""
    address: str
    """The address that it names."""
    anchor: str
    """The part of the page, without `#`; empty for the whole."""


def in_page(page: Page | Service) -> Iterator[AreaLink]:
    """Find the links to other areas in a page's Markdown."""
    for number, line in page.area_links:
        for match in _LINK.finditer(_CODE.sub(_blank, line)):
            yield AreaLink(
                page.origin.path,
                page.body_line + number,
                match.group(0),
                address_of(match.group(1)),
                (match.group(2) or "#")[1:],
            )


def _blank(code: re.Match[str]) -> str:
    return " " * len(code[0])


def address_of(name: str) -> str:
    """Turn what stands after `area:` into an address: `blmk/plans` to `/blmk/plans/`."""
    target, _, rest = name.strip("/").partition("/")
    rest = rest.removesuffix(".md").removesuffix("/index")
    front = addresses.front(target)
    if not rest or rest == "index":
        return front
    return f"{front}{rest}" if "." in rest.rpartition("/")[2] else f"{front}{rest}/"


def resolve(html: str, href: Callable[[str], str]) -> str:
    """Put real addresses in place of `area:` links in a page's HTML."""
    return _HREF.sub(lambda match: f'href="{href(address_of(match[1]))}{match[2] or ""}"', html)


def of_unpublished(standing: Standing, link: str) -> tuple[str, str] | None:
    """Say why a link to a plan leads nowhere while the plan is not published, and what would be right."""
    edition = standing.edition
    if standing.status is not Status.DRAFT:
        return None
    what = f"{link} leads to a page of a plan that is not published yet"
    if edition.draft:
        return (
            f"{what}, because line {edition.origin.line('draft')} of {edition.origin.path} says "
            "draft: yes",
            "Take the link out until the plan is published, or that line if it is to be published now.",
        )
    assert edition.published is not None
    return (
        f"{what}, because line {edition.origin.line('published')} of {edition.origin.path} says "
        f"published: {edition.published.iso}, which lies ahead",
        "Correct that date if it is wrong, or take the link out until then.",
    )


def is_editors(part: str) -> bool:
    """Tell whether an id on a page is one that an editor may link to: a heading’s, not the site’s own."""
    return not _OWN_ID.match(part)


def unknown_addresses(
    links: Iterator[AreaLink],
    known: Collection[str],
    standings: Standings,
) -> Iterator[Finding]:
    """Find the links whose page is not there."""
    for link in links:
        if link.address not in known:
            standing = standings.by_ref.get("/".join(link.address.strip("/").split("/")[:2]))
            unpublished = standing and of_unpublished(standing, f"“{link.text}”")
            if unpublished:
                yield _fault(link, *unpublished)
                continue
            nearest = did_you_mean(_name(link.address), [_name(each) for each in known])
            yield _fault(link, f"“{link.text}” leads to no page", nearest)


def unknown_anchors(
    links: Collection[AreaLink], anchors: Mapping[str, Collection[str]]
) -> Iterator[Finding]:
    """Find the links whose page has no such part. `anchors` gives the ids of each built page."""
    for link in links:
        if link.anchor and link.address in anchors and link.anchor not in anchors[link.address]:
            parts = [each for each in anchors[link.address] if is_editors(each)]
            nearest = did_you_mean(link.anchor, parts)
            yield _fault(link, f"“{link.text}” leads to a part that the page doesn’t have", nearest)


def _name(address: str) -> str:
    """Write an address as editors do: `/blmk/plans/` is `area:blmk/plans`."""
    return f"area:{address.strip('/') or PORTAL}"


def _fault(link: AreaLink, what: str, cure: str) -> Finding:
    area = area_of(link.path)
    return Finding(
        link.path,
        link.line,
        what,
        cure or "Correct the address, or take the link out.",
        areas=(area,) if area else (),
    )
