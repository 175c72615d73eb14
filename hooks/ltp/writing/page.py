"""One page as rules read it, and what they tell of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from ltp.directory.entry import Service, ServiceFacts
from ltp.plans.model import Facts, Page, Plans
from ltp.writing.lines import Lines
from ltp.writing.text import Spot, Text

Key = tuple[str | int, ...]
"""The key of a fact at the top of a page, with the keys around it; empty for the page as a whole."""

_SHOWN: Final = frozenset(
    (
        *("title", "summary", "answers", "outcome"),
        *("name", "organisation", "gp_registration", "eligibility", "not_for", "next_steps"),
        *("hours_note", "cost", "confidentiality"),
    )
)
"""The facts of pages and services that are sentences or names, and that readers are shown."""

_INSIDE: Final = (("referral", "how"), ("waiting", "text"), ("alert", "text"))
"""The same of a service's facts that have keys of their own."""


@cache
def _shown(kind: type[Facts]) -> Sequence[str]:
    return [name for name in kind.model_fields if name in _SHOWN]


@dataclass(frozen=True)
class Names:
    """Names that an area's pages may write in capitals."""

    in_capitals: frozenset[str] = frozenset()
    """Words that are names just so: of services, and what people send in a text."""
    short: Mapping[str, str] = field(default_factory=dict)
    """The short names of areas, with the whole name."""

    @classmethod
    def of(cls, plans: Plans, area: str | None) -> Names:
        """Give the names for an area's pages, or for the portal's, which knows no services."""
        services = plans.area_pages[area].services if area and area in plans.area_pages else ()
        words = [service.facts.name for service in services]
        words += [way.keyword for each in services for way in each.facts.channels if way.keyword]
        words += [line.keyword for line in plans.crisis_lines if line.keyword]
        short = {each.short: each.name for each in plans.identities if each.short}
        return cls(frozenset(words), short)


@dataclass(frozen=True)
class Reading:
    """A page or an entry of a help directory, with what its Markdown holds."""

    page: Page | Service
    text: Text
    folder: Path
    """Where its file lies, to look at what lies beside it."""
    names: Names = Names()

    @cached_property
    def lines(self) -> Lines:
        """Where its things stand in the file."""
        return Lines(self.page.body, self.page.body_line, self.text.runs)

    @cached_property
    def facts(self) -> Sequence[tuple[Key, str]]:
        """Give the facts at its top that readers are shown, with their keys."""
        facts = self.page.facts
        told: list[tuple[Key, str | None]] = [
            ((name,), getattr(facts, name)) for name in _shown(type(facts))
        ]
        if isinstance(facts, ServiceFacts):
            told += [
                (key, getattr(value, key[1]))
                for key in _INSIDE
                if (value := getattr(facts, key[0])) is not None
            ]
        return [(key, text) for key, text in told if text]

    @cached_property
    def whole(self) -> str:
        """Give all that readers are shown of it as words: the facts at its top, then the text."""
        return "\n".join([*(text for _, text in self.facts), self.text.words])

    @cached_property
    def top(self) -> int:
        """The letters of the whole that come before those of the text."""
        return len(self.whole) - len(self.text.words)

    def at(self, place: int) -> Spot | Key:
        """Give where a letter of the whole stands."""
        if place >= self.top:
            return self.text.spot(place - self.top)
        for key, text in self.facts:
            if place <= len(text):
                return key
            place -= len(text) + 1
        raise AssertionError("a letter above the text is in one of the facts")


@dataclass(frozen=True)
class Told:
    """What a rule tells of a page: see `Finding` for `what` and `cure`."""

    at: Spot | Key
    """Where it stands: in the text, or a fact at the top."""
    what: str
    cure: str
    shuts_out: bool
    """Somebody can't read or use the page for it, so the area is not published with it."""
    is_of_a_start: bool = False
    """It is as it should be while a plan is a draft, and stops nothing until `draft: yes` is taken out."""


def fault(at: Spot | Key, what: str, cure: str) -> Told:
    """Tell what shuts somebody out."""
    return Told(at, what, cure, shuts_out=True)


def note(at: Spot | Key, what: str, cure: str) -> Told:
    """Tell what is to be put right."""
    return Told(at, what, cure, shuts_out=False)
