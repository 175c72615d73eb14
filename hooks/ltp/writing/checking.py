"""Every rule for what editors write, asked of every page: the one place from which commands ask.

A build asks while it renders a page, so that each is read once. `ltp check` reads the pages itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final

from ltp.directory.entry import Service
from ltp.findings import Finding, Severity
from ltp.plans.model import Edition, Page, Plans
from ltp.plans.names import area_of
from ltp.writing import acronyms, links, placeholders, policy, structure, typed, wording
from ltp.writing.page import Names, Reading, Told
from ltp.writing.text import Spot, Text

RULES: Final = (
    *structure.RULES,
    *typed.RULES,
    *links.RULES,
    *policy.RULES,
    *wording.RULES,
    *acronyms.RULES,
    *placeholders.RULES,
)
"""Each takes a `Reading` and gives what it has to tell of it."""

LOCKED: Final = "This plan is locked: leave it, unless somebody can’t read the page for it."


class Checker:
    """Asks the rules of the pages of one root."""

    def __init__(self, root: Path, plans: Plans) -> None:
        self.root = root
        self.plans = plans
        self.locked = tuple(_folder(each) for each in plans.editions.values() if each.locked)
        self.drafts = tuple(_folder(each) for each in plans.editions.values() if each.draft)
        self.gone = tuple(_folder(each) for each in plans.editions.values() if each.is_removed)
        self._names: dict[str | None, Names] = {}

    def pages(self, target: str | None = None) -> Iterator[Page | Service]:
        """Give every page and entry whose text is shown, or may be once: of one target, or of all."""
        plans = self.plans
        written: Iterator[Page | Service] = chain(plans.pages, plans.services, plans.faulty_pages)
        for each in written:
            path = each.origin.path
            if not path.startswith(self.gone) and target in (None, area_of(path)):
                yield each

    def check(self, page: Page | Service, text: Text) -> list[Finding]:
        """Give what the rules find in a page, in the order of its lines."""
        path = page.origin.path
        reading = Reading(page, text, (self.root / path).parent, self._names_for(area_of(path)))
        # What else is wrong can be told once it is clear which of two versions stays.
        rules = (typed.versions,) if typed.has_versions(reading) else RULES
        told = dict.fromkeys(each for rule in rules for each in rule(reading))
        return sorted((self._finding(reading, each) for each in told), key=lambda each: each.line)

    def _names_for(self, area: str | None) -> Names:
        if area not in self._names:
            self._names[area] = Names.of(self.plans, area)
        return self._names[area]

    def _finding(self, reading: Reading, told: Told) -> Finding:
        origin = reading.page.origin
        in_text = isinstance(told.at, Spot)
        line = reading.lines.of(told.at) if isinstance(told.at, Spot) else origin.line(*told.at)
        is_locked = origin.path.startswith(self.locked)
        is_started = told.is_of_a_start and origin.path.startswith(self.drafts)
        is_fault = told.shuts_out and not is_locked and not is_started
        area = area_of(origin.path)
        return Finding(
            origin.path,
            line,
            told.what,
            f"{told.cure} {LOCKED}" if is_locked else told.cure,
            "" if in_text else ", ".join(map(str, told.at)),
            severity=Severity.FAULT if is_fault else Severity.TO_PUT_RIGHT,
            areas=(area,) if area and is_fault else (),
        )


def _folder(edition: Edition) -> str:
    return f"content/{edition.ref}/"


def check(root: Path, plans: Plans, target: str | None = None) -> Iterator[Finding]:
    """Find what is to be put right in every page's text, of one target or of all."""
    from ltp.writing import tree  # Python-Markdown takes a while to import

    checker = Checker(root, plans)
    for page in checker.pages(target):
        yield from checker.check(page, tree.read(page.body))
