"""Short ways to state facts, so that a test shows only what it is about."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from ltp.plans.model import (
    Area,
    AreaPages,
    Audit,
    Edition,
    Organisation,
    Origin,
    Page,
    PageFacts,
    Plans,
    Portal,
)

TODAY = datetime.date(2026, 11, 21)


def day(text: str) -> datetime.date:
    """Read a day."""
    return datetime.date.fromisoformat(text)


def body(name: str, /, **facts: Any) -> Organisation:
    """Build an organisation, named as its id."""
    return Organisation.model_validate(
        {"id": name, "name": name, "origin": Origin("areas/organisations.yml"), **facts}
    )


def area(name: str, /, **facts: Any) -> Area:
    """Build an area, for the one place that is called as its id unless others are given."""
    return Area.model_validate(
        {"id": name, "name": name, "places": [name], "origin": Origin(f"areas/{name}.yml"), **facts}
    )


def edition(ref: str, /, **facts: Any) -> Edition:
    """Build a published plan of which nothing else is known."""
    where, _, name = ref.partition("/")
    return Edition.model_validate(
        {
            "id": name,
            "area": where,
            "label": f"{name} plan",
            "kind": "plan",
            "text": "summary",
            "covers": "unknown",
            "published": "unknown",
            "published_by": "unknown",
            "pages": (),
            "locked": True,
            "origin": Origin(f"content/{ref}/edition.yml"),
            **facts,
        }
    )


def act(kind: str, date: str, **facts: Any) -> dict[str, Any]:
    """State one thing that was done to an edition."""
    return {"kind": kind, "date": date, "because": "A reason.", **facts}


def page(path: str, **facts: Any) -> Page:
    """Build a page."""
    name = path.rpartition("/")[2].removesuffix(".md")
    return Page(name, PageFacts.model_validate({"title": name, **facts}), "", 1, Origin(path))


def plans(
    *editions: Edition,
    areas: Iterable[Area] = (),
    bodies: Iterable[Organisation] = (),
    **others: Any,
) -> Plans:
    """Put facts together. Areas that are only named by an edition are added."""
    known: Mapping[str, Area] = {each.id: each for each in areas}
    for each in editions:
        known = known if each.area in known else {**known, each.area: area(each.area)}
    everything: dict[str, Any] = {
        "portal": Portal(
            name="Plans", address="https://plans.example/", origin=Origin("areas/portal.yml")
        ),
        "portal_pages": (),
        "guide_pages": (),
        "areas": known,
        "area_pages": {each: AreaPages() for each in known},
        "editions": {each.ref: each for each in editions},
        "organisations": {each.id: each for each in bodies},
        "sources": {},
        "crisis_lines": (),
        "topics": {},
        "audit": Audit.model_validate(
            {"date": TODAY.isoformat(), "pages": 1, "origin": Origin("areas/audit.yml")}
        ),
        **others,
    }
    return Plans(**everything)
