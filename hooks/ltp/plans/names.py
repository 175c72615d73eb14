"""Names that everything agrees on: what files are called, and whose each is. Quick to import."""

from __future__ import annotations

PORTAL = "portal"
"""The name of the portal's target, and of its files and folder."""

SHARED_FILES = (
    "audit",
    "contacts",
    "needs",
    "organisations",
    "portal",
    "retired-numbers",
    "sources",
    "topics",
)
"""What stands in `areas/` beside the areas' own files."""

SECTIONS = ("help", "have-your-say")
"""The folders of an area that are no editions."""


def area_of(path: str) -> str | None:
    """Name the area that a file belongs to; None for what all areas share, `portal` for the portal's."""
    parts = path.split("/")
    if parts[0] == "content" and len(parts) > 1:
        return parts[1]
    if parts[0] == "docs":
        return PORTAL
    if parts[0] == "areas" and len(parts) == 2:
        stem = parts[1].rpartition(".")[0]
        return None if stem in SHARED_FILES else stem
    return None


def may_be_plans_page(path: str) -> bool:
    """Tell whether a file may be a page of a plan, by where it lies; what it is, the plans say."""
    parts = path.split("/")
    return (
        parts[0] == "content"
        and len(parts) > 3
        and parts[1] != PORTAL
        and parts[2] not in SECTIONS
        and path.endswith(".md")
    )
