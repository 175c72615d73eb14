"""How far the facts of one site reach: what its build is given, and so what it can depend on.

A build of an area is given the area and those whose facts its pages show, near or far, and nothing
of the others. So it is enough to look at those to know whether it would come out as before. The
portal is given no area at all: it shows their cards, which the areas' builds leave for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from ltp.plans import rules
from ltp.plans.model import Edition, Page, Plans
from ltp.plans.names import PORTAL

T = TypeVar("T")


def reach_of(plans: Plans, target: str) -> frozenset[str]:
    """Name the areas whose facts the pages of a target show: its own, and those that these refer to."""
    if target == PORTAL:
        return frozenset()
    found: set[str] = set()
    waiting = [target]
    while waiting:
        area = waiting.pop()
        if area not in found and area in plans.areas:
            found.add(area)
            waiting += rules.refers_to(plans, area)
    return frozenset(found)


def of_target(plans: Plans, target: str) -> Plans:
    """Give what the build of a target may know. Names and addresses of all areas are known to all."""
    areas = reach_of(plans, target)
    is_portal = target == PORTAL
    return replace(
        plans,
        portal_pages=plans.portal_pages if is_portal else _without_text(plans.portal_pages),
        guide_pages=plans.guide_pages if is_portal else _without_text(plans.guide_pages),
        areas=_of(plans.areas, areas),
        area_pages=_of(plans.area_pages, areas),
        editions={
            each.ref: each if area == target else _facts_of(each)
            for area in plans.areas
            if area in areas
            for each in plans.editions_of(area)
        },
        documents=_of(plans.documents, {*areas, target}),
        faulty_pages=(),
        faulty_files=frozenset(),
        named_by_faulty={},
        elsewhere=plans.identities,
    )


def _facts_of(edition: Edition) -> Edition:
    """Give another area's plan: its pages are only led to."""
    return edition.model_copy(update={"pages": _without_text(edition.pages)})


def _without_text(pages: Iterable[Page]) -> tuple[Page, ...]:
    """Give pages that are only led to."""
    return tuple(replace(page, written="") for page in pages)


def _of(given: Mapping[str, T], names: Collection[str]) -> dict[str, T]:
    return {name: value for name, value in given.items() if name in names}
