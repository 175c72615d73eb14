"""A made-up England: areas, their plans and services, the same bytes every time.

    python bench/corpus.py FOLDER                    42 areas, 10 plans each, 15 pages each
    python bench/corpus.py FOLDER --areas 4          fewer

Each page has about 650 words with headings, lists, a table, a note, an expander, a footnote, an
abbreviation, links to pages of the same plan, to the plan before it and, on some, to another area.
Each plan replaces the one before it. Every name says that it is made up.
"""

from __future__ import annotations

import argparse
import datetime
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SEED: Final = 6_300
TODAY: Final = datetime.date(2026, 11, 21)
"""The day to build it for: each plan of ten but the last is replaced, and each service is checked."""
FIRST_YEAR: Final = 2017
"""The year in which the first plan of each area begins."""

TOPICS: Final = (
    *("access", "crisis", "digital", "eating-disorders", "governance", "health-and-justice"),
    *("need", "outcomes", "priorities", "psychosis", "schools", "thrive", "voices", "workforce"),
    *("early-intervention", "partnership", "resources", "transformation", "transitions"),
)
"""The subjects of pages beside the front page; a plan takes as many as it needs, from the first on."""

LONGEST: Final = len(TOPICS) + 1
"""The most pages that a plan can have."""

_PLACES: Final = ("North", "South", "East", "West", "Upper", "Lower", "Great", "Little")
_STEMS: Final = (
    *("Alder", "Beck", "Cinder", "Dune", "Elm", "Fen", "Gorse", "Heath"),
    *("Ivy", "Juniper"),
)
_ENDS: Final = ("borough", "field", "ham", "mere", "port", "shire", "stead", "wick")

_SENTENCES: Final = (
    "Children and young people said that waiting without hearing anything was the hardest part",
    "The partners agreed to look at the figures together every three months",
    "Schools and colleges have a named person whom they can ask for advice",
    "Support starts with what a family needs, and not with a diagnosis",
    "The team works with parents and carers as well as with the child",
    "Some services were not open at weekends, and the plan says when that changes",
    "People who work with babies and young children can join the same training",
    "The money for this comes from the partners’ own budgets",
    "Young people who leave care are helped by the same team until they are aged 25",
    "A group of young people reads every draft and says what is missing",
    "Information is collected once and shared with those who need it",
    "The plan does not say how many people will work in the new service",
    "Each locality chooses which of the projects it starts with",
    "Feedback is asked for at the end of every meeting",
    "Nobody should have to tell their story more than once",
    "The first step is a conversation, by phone or in person",
)
_WORDS: Final = (
    *("waiting", "schools", "families", "training", "crisis", "advice", "therapy", "sleep"),
    *("anxiety", "referral", "workers", "outreach", "parents", "nurses", "data", "quality"),
    *("access", "groups"),
)


@dataclass(frozen=True)
class Size:
    """How much is made."""

    areas: int = 42
    editions: int = 10
    """Plans of each area."""
    pages: int = 15
    """Pages of each plan, its front page among them."""
    services: int = 12
    """Entries of each area's help directory."""

    @property
    def plan_pages(self) -> int:
        """How many pages of plans there are in all."""
        return self.areas * self.editions * self.pages


def write(root: Path, size: Size) -> None:
    """Write the facts and the pages under an empty folder."""
    for path, text in files(size):
        to = root / path
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(text, encoding="utf-8", newline="\n")


def area_ids(size: Size) -> Sequence[str]:
    """Name the areas, as their files are called."""
    return [f"area-{number:02}" for number in range(1, size.areas + 1)]


def edition_ids(size: Size) -> Sequence[str]:
    """Name the plans of an area, the earliest first."""
    return [
        f"{year}-{(year + 1) % 100:02}" for year in range(FIRST_YEAR, FIRST_YEAR + size.editions)
    ]


def files(size: Size) -> Iterator[tuple[str, str]]:
    """Give each file's path under the root, and what stands in it."""
    yield from _shared(size)
    for number, area in enumerate(area_ids(size)):
        # A sequence of its own for each area: more areas change nothing in the first ones.
        chance = random.Random(f"{SEED} {area}")
        name = _name(number)
        yield f"areas/{area}.yml", _area(area, name)
        yield f"content/{area}/index.md", _front(name)
        for at, edition in enumerate(edition_ids(size)):
            yield f"content/{area}/{edition}/edition.yml", _edition(size, area, at)
            for page in page_names(size):
                yield f"content/{area}/{edition}/{page}.md", _page(size, number, at, page, chance)
        for service in range(size.services):
            yield f"content/{area}/help/service-{service:02}.md", _service(service, name, chance)


def pages(size: Size) -> Iterator[tuple[str, str]]:
    """Give the pages of plans and the areas' front pages, with their paths under `content/`."""
    for path, text in files(size):
        folder, _, page = path.partition("/")
        if folder == "content" and path.endswith(".md") and not _IS_OTHER.match(page):
            yield page, text


_IS_OTHER: Final = re.compile(r"portal/|[^/]+/help/")


def _name(number: int) -> str:
    stem = _STEMS[number % len(_STEMS)]
    end = _ENDS[number // len(_STEMS) % len(_ENDS)]
    return f"{_PLACES[number % len(_PLACES)]} {stem}{end} (made up)"


def page_names(size: Size) -> Sequence[str]:
    """Name the pages of a plan, as their files are called, its front page first."""
    return ("index", *TOPICS[: size.pages - 1])


# -- facts


def _shared(size: Size) -> Iterator[tuple[str, str]]:
    yield (
        "areas/portal.yml",
        "name: Local transformation plans\naddress: https://plans.example.test/\n",
    )
    yield (
        "areas/topics.yml",
        "".join(f"- {{id: {each}, name: {_title(each)}}}\n" for each in TOPICS),
    )
    yield (
        "areas/sources.yml",
        "- {id: made-up, title: A made-up document, publisher: unknown}\n",
    )
    yield (
        "areas/organisations.yml",
        "".join(
            f'- {{id: {area}-board, name: The board of {_name(at)}, from: "2016-04"}}\n'
            for at, area in enumerate(area_ids(size))
        ),
    )
    yield (
        "areas/audit.yml",
        "date: 2026-11-01\npages: 1\n"
        "engines: [{name: A made-up checker, version: '1', failures: 0}]\n"
        "failures: []\nby_people: never\n",
    )
    yield (
        "areas/contacts.yml",
        "- {id: emergency, name: In danger, urgency: emergency, number: '999', how: call, "
        "short: Call 999 or go to A&E, source: made-up, checked: 2026-11-01, checked_by: a clerk}\n",
    )
    yield (
        "areas/needs.yml",
        "- {id: talk, name: I need to talk}\n- {id: anxiety, name: Feeling anxious}\n",
    )
    yield "areas/retired-numbers.yml", "[]\n"
    yield "content/portal/index.md", "---\ntitle: Plans\n---\n\nMade-up plans, to measure with.\n"
    # The preview looks at `docs/`, and does not begin where there is none.
    yield "docs/guide/index.md", "---\ntitle: Guide\n---\n\nA made-up guide, to measure with.\n"


def _area(area: str, name: str) -> str:
    return f"name: {name}\nplaces: [{name}]\norganisations: {area}-board\n"


def _front(name: str) -> str:
    return f"---\ntitle: Plans of {name}\nsummary: Made-up plans, to measure with.\n---\n\nSee the plans.\n"


def _edition(size: Size, area: str, at: int) -> str:
    year = FIRST_YEAR + at
    lines = [
        f"label: {year} to {year + 1} plan",
        "kind: plan",
        "text: summary",
        f"covers: {year}-04 to {year + 1}-03",
        f"published: {year}-10",
        f"published_by: {area}-board",
        f"order: [{', '.join(page_names(size)[1:])}]",
        "source: made-up",
    ]
    if at:
        lines.append(f"replaces: {area}/{edition_ids(size)[at - 1]}")
    return "\n".join([*lines, ""])


# -- pages


def _title(topic: str) -> str:
    return topic.replace("-", " ").capitalize()


def _page(size: Size, area: int, edition: int, page: str, chance: random.Random) -> str:
    year = FIRST_YEAR + edition
    facts = [
        f"title: {_title(page)} in {year}",
        f"summary: {_sentence(chance)}.",
        "source: made-up",
    ]
    if page == "index":
        facts[0] = f"title: {year} to {year + 1} plan"
    else:
        facts.insert(1, f"topic: {page}")
    parts = [*_text(chance), *_links(size, area, edition, page, chance), *_notes(chance)]
    return "\n".join(["---", *facts, "---", "", *parts, ""])


def _sentence(chance: random.Random) -> str:
    return chance.choice(_SENTENCES)


def _paragraph(chance: random.Random) -> str:
    return ". ".join(chance.sample(_SENTENCES, 5)) + "."


def _text(chance: random.Random) -> Iterator[str]:
    for number, word in enumerate(chance.sample(_WORDS, 4), start=1):
        yield f"## What is planned for {word}\n"
        yield f"{_paragraph(chance)}\n"
        yield f"{_paragraph(chance)} It is **part {number}** of the work on {word}.\n"
        if number == 1:
            yield from (f"- {_sentence(chance)}" for _ in range(4))
            yield ""
        if number == 2:
            yield from _table(chance)
    yield '!!! note "To keep in mind"'
    yield f"    {_paragraph(chance)}\n"
    yield '??? "More about this"'
    yield f"    {_paragraph(chance)}\n"


def _table(chance: random.Random) -> Iterator[str]:
    yield f"Table: Figures on {chance.choice(_WORDS)} (made up)\n"
    yield "| Year | People | Share |"
    yield "|:-----|-------:|------:|"
    for year in range(2019, 2024):
        yield f"| {year} | {chance.randrange(100, 9_000):,} | {chance.randrange(1, 99)}% |"
    yield ""


def _links(size: Size, area: int, edition: int, page: str, chance: random.Random) -> Iterator[str]:
    names = page_names(size)
    other = names[(names.index(page) + 1) % len(names)]
    yield f"See also [the next page]({other}.md), which goes on from here.\n"
    if edition:
        before = edition_ids(size)[edition - 1]
        yield f"The plan before said [something else](../{before}/{page}.md) on this.\n"
    if size.areas > 1 and chance.random() < 0.1:
        neighbour = area_ids(size)[(area + 1) % size.areas]
        there = edition_ids(size)[-1]
        yield f"A neighbour has [a plan of its own](area:{neighbour}/{there}).\n"


def _notes(chance: random.Random) -> Iterator[str]:
    yield "The service for children and young people (CYPS) is one of many[^1].\n"
    yield f"[^1]: {_sentence(chance)}.\n"
    yield "*[CYPS]: Children and Young People’s Service"


def _service(number: int, area: str, chance: random.Random) -> str:
    facts = [
        f"name: Service {number} of {area}",
        f"summary: {_sentence(chance)}.",
        "source: made-up",
        f"organisation: Trust of {area}",
        "urgency: any time",
        "kind: group",
        f"needs: {chance.choice(('talk', 'anxiety'))}",
        "channels:",
        f"  - {{way: phone, number: 01632 960 {number:03}}}",
        "hours: Mo-Fr 09:00-17:00; PH off",
        "cost: free",
        "checks: {last: 2026-11-02, by: a clerk, next: 2027-05-02}",
    ]
    return "\n".join(["---", *facts, "---", "", f"{_paragraph(chance)}", ""])


def main(argv: Sequence[str] | None = None) -> int:
    """Write a corpus into a folder that is empty or not there yet."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    for name in ("areas", "editions", "pages", "services"):
        parser.add_argument(f"--{name}", type=int, default=getattr(Size(), name))
    arguments = parser.parse_args(argv)
    if arguments.folder.exists() and any(arguments.folder.iterdir()):
        sys.exit(f"{arguments.folder} is not empty. Name another folder.")
    if not 1 <= arguments.pages <= LONGEST:
        sys.exit(f"A plan has 1 to {LONGEST} pages.")
    size = Size(arguments.areas, arguments.editions, arguments.pages, arguments.services)
    write(arguments.folder, size)
    print(f"{size.plan_pages:,} pages of plans in {arguments.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
