"""MkDocs' warnings as findings: which link leads nowhere, at which line, and what was probably meant."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from ltp.directory.entry import Service
from ltp.findings import Finding, did_you_mean, nearest
from ltp.plans.loading import PUBLISHED
from ltp.plans.model import Page
from ltp.site import links

if TYPE_CHECKING:
    from ltp.publishing.engine import Target

_PICTURES: Final = (".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
_LINK_WARNING: Final = re.compile(
    r"Doc file '(?P<file>[^']+)' contains an? (?:unrecognized relative |absolute )?link '(?P<link>[^']*)',"
    r"? (?:but )?(?P<problem>.*)"
)


def finding_of(message: str, target: Target) -> Finding:
    """Turn one of MkDocs' warnings into a finding, with the line of the link that it is about."""
    areas = () if target.job.is_portal else (target.job.target,)
    match = _LINK_WARNING.match(message)
    if not match:
        return Finding(
            "mkdocs.yml", 1, message.rstrip("."), "Put it right, then build again.", areas=areas
        )
    file, link, problem = match["file"], match["link"], match["problem"]
    place = target.pages.get(file)
    page = (place.page or place.service) if place else None
    path = page.origin.path if page else f"content/{target.job.target}/{file}"
    told = sum(each.path == path and f"“{link}”" in each.what for each in target.heard)
    line = _line_of_link(page, link, told) if page else 1
    suggestion = re.search(r"Did you mean '([^']+)'", problem)
    if "anchor" in problem:
        what = f"the link “{link}” leads to a part that the page doesn’t have"
        cure = _cure_of_part(file, link, target)
    elif suggestion and not link.startswith("www."):
        what = f"the link “{link}” leads to no page"
        cure = f"Did you mean “{suggestion[1]}”?"
    else:
        what, cure = _of_link(file, link, target)
    return Finding(path, line, what, cure, areas=areas)


def _line_of_link(page: Page | Service, link: str, told: int) -> int:
    """Give the line of a link that leads nowhere, after as many as were told of before."""
    body = page.body
    # Where the whole target is this link, not the beginning of a longer one.
    written = rf"(?:\(\s*|^ {{0,3}}\[[^\]\n]+\]:\s*)<?{re.escape(link)}(?=[\s)>\"']|\Z)"
    starts = [match.start() for match in re.finditer(written, body, re.MULTILINE)] or [0]
    return page.body_line + body.count("\n", 0, starts[min(told, len(starts) - 1)])


def _led_to(file: str, link: str) -> str:
    """Give the file that a link leads to by its path under the target's folder."""
    path = unquote(link.partition("#")[0].partition("?")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else file


def _cure_of_part(file: str, link: str, target: Target) -> str:
    """Say which heading of the page a link to a part of it may have meant."""
    printed = target.printed.made.get(_led_to(file, link))
    ids = printed.text.ids if printed and printed.text else ()
    part = unquote(link.partition("#")[2])
    return (
        did_you_mean(f"#{part}", [f"#{each}" for each in ids if links.is_editors(each)])
        or "Check the words after #: they are the heading’s, in small letters with hyphens."
    )


def _of_link(file: str, link: str, target: Target) -> tuple[str, str]:
    """Say what is wrong with a link that leads to no file of the target, and what it probably meant."""
    what = f"the link “{link}” leads to no page"
    cure = "Write the file’s name, such as crisis.md or ../2021-22/crisis.md."
    if link.startswith("www."):
        return what, "Begin a web address with https://."
    if link.startswith(("/", "\\")):
        return what, cure
    led_to = _led_to(file, link)
    if led_to.partition("/")[0] == "..":
        return what, "Write a page of another area as area:kent-and-medway/2021/crisis."
    unpublished = _of_unpublished(led_to, f"the link “{link}”", target)
    if unpublished:
        return unpublished
    ending = posixpath.splitext(led_to)[1].lower()
    if ending in PUBLISHED:
        what = f"the link “{link}” leads to no file"
        if ending in _PICTURES:
            what = f"there is no picture “{link}”"
        cure = "Put the file beside the page, and write its name just as it is."
        return what, _meant(file, led_to, [*_files_beside(target)]) or cure
    if ending != ".md" and "." in ending and _is_there(led_to, target):
        what = f"the link “{link}” leads to a file of a kind that is not published"
        return what, "Save it as a PDF or a picture, and link to that."
    return what, _meant(file, led_to, [*_written(target)]) or cure


def _of_unpublished(led_to: str, link: str, target: Target) -> tuple[str, str] | None:
    """Say that a link leads to a plan that readers are not shown, if it does; and why."""
    standing = target.standings.by_ref.get(f"{target.job.target}/{led_to.partition('/')[0]}")
    is_there = standing and (_is_there(led_to, target) or _is_there(f"{led_to}.md", target))
    return links.of_unpublished(standing, link) if standing and is_there else None


def _is_there(name: str, target: Target) -> bool:
    """Tell whether a file or folder of the target is there. A name may be one that no file can have."""
    try:
        return (target.job.docs / name).exists()
    except (OSError, ValueError):
        return False


def _written(target: Target) -> Iterator[str]:
    """Name the files of the pages that editors wrote and readers are shown."""
    return (source for source, place in target.pages.items() if place.page or place.service)


def _files_beside(target: Target) -> Iterator[str]:
    """Name the pictures and documents that readers are shown."""
    for path in target.job.docs.rglob("*"):
        name = path.relative_to(target.job.docs).as_posix()
        standing = target.standings.by_ref.get(f"{target.job.target}/{name.partition('/')[0]}")
        is_shown = standing is None or standing.status.is_public or target.job.drafts
        if is_shown and path.suffix.lower() in PUBLISHED and not re.search(r"(?:^|/)\.", name):
            yield name


def _meant(file: str, led_to: str, known: Sequence[str]) -> str:
    """Suggest the file that a link probably meant: one of nearly this name, nearby before elsewhere."""
    folder, name = posixpath.split(led_to)
    here = posixpath.dirname(file)
    same = nearest(led_to, [each for each in known if each.lower() == led_to.lower()])
    if same and same != led_to:
        return f"Its name has other capitals: write “{posixpath.relpath(same, here or '.')}”."
    nearby = [each for each in known if posixpath.dirname(each) == folder]
    namesakes = [each for each in known if posixpath.basename(each) == name]
    found = _nearly(name, nearby) or nearest(led_to, namesakes) or _nearly(name, known)
    return f"Did you mean “{posixpath.relpath(found, here or '.')}”?" if found else ""


def _nearly(name: str, known: Sequence[str]) -> str | None:
    """Find the file whose name, without its ending, is nearest to another's."""
    by_stem: dict[str, str] = {}
    for each in sorted(known):
        by_stem.setdefault(posixpath.splitext(posixpath.basename(each))[0], each)
    close = nearest(posixpath.splitext(name)[0], by_stem)
    return by_stem[close] if close else None
