"""One page of every template and status, for what is too slow to look at on every page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from audit.sites import BuiltPage


def samples(pages: Iterable[BuiltPage]) -> Sequence[BuiltPage]:
    """Choose pages so that each template and status is among them, and each part that any page is built from.

    Of each template the page with the most different parts. Then, one by one, whichever page adds most
    of what is still missing.
    """
    every = list(pages)
    chosen: dict[str, BuiltPage] = {}
    for page in every:
        best = chosen.get(page.template)
        if best is None or len(page.features) > len(best.features):
            chosen[page.template] = page
    kept = list(chosen.values())
    missing = frozenset().union(*(page.features for page in every))
    missing -= frozenset().union(*(page.features for page in kept))
    while missing:
        best = max(every, key=lambda page: len(page.features & missing))
        kept.append(best)
        missing -= best.features
    return kept
