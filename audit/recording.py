"""Write down what the checkers and probes find on the real sites: `make audit`, into `areas/audit.yml`.

Every page is looked at by all checkers and quick probes, and one page of every template and status by
keyboard, with less room and as readers set their systems. The accessibility statements take their
facts from the file. What a person wrote into it, `by_people` and lines that begin with #, stays.
"""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import yaml

from audit import engines, keyboard, looks
from audit.engines import CODE, MODULES, Failure
from audit.looking import in_short, visit
from audit.samples import samples
from audit.sites import BuiltPage, Site
from ltp.plans.day import day_in_england
from ltp.publishing.building import Order

HEADER: Final = (
    "# Written by `make audit`. The accessibility statements take their facts from here."
)

_PACKAGES: Final[Mapping[str, str]] = {
    "axe-core": "axe-core",
    "HTML_CodeSniffer": "html_codesniffer",
    "Nu HTML Checker": "vnu-jar",
}
"""The checkers and the packages that they come in."""

_BY_KEYBOARD: Final = (keyboard.WALK, keyboard.RING, keyboard.WORK, keyboard.LETTERS)
_OTHERS: Final = "probes of reflow, headings, landmarks, tables, targets and more"


def main() -> int:
    """Look at what `ltp build` made last, and write it down. Gives 1 where anything was found."""
    today = day_in_england()
    pages = Site("site", Order(root=CODE, out=CODE / "site", today=today)).pages
    print(f"Looking at {len(pages)} pages …", flush=True)
    found = list(_found(pages))
    path = CODE / "areas" / "audit.yml"
    path.write_text(record(path, today, len(pages), found), encoding="utf-8", newline="\n")
    for line in in_short(found):
        print(f"  {line}")
    print(f"{len(found)} failures. Written into areas/audit.yml. Next: look at it, then commit it.")
    return 1 if found else 0


def _found(pages: Sequence[BuiltPage]) -> Iterator[Failure]:
    yield from visit(pages, looks.at_both_widths).failures
    yield from engines.nu(pages)
    few = samples(pages)
    yield from visit(few, looks.zoomed_in, **looks.ZOOMED_IN).failures
    every = (looks.by_keyboard, looks.spaced_out, looks.in_each_system, looks.without_motion)
    for look in (*every, *map(looks.as_chosen, looks.CHOSEN)):
        yield from visit(few, look).failures


def record(path: Path, today: datetime.date, pages: int, found: Sequence[Failure]) -> str:
    """Give the text of the file, with what a person wrote into the one that stands there."""
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    facts = {
        "date": today,
        "pages": pages,
        "engines": list(_engines(found)),
        "failures": list(_failures(found)),
        "by_people": (yaml.safe_load(before) or {}).get("by_people", "never"),
    }
    remarks = [line for line in before.splitlines() if line.startswith("#") and line != HEADER]
    text = yaml.safe_dump(facts, sort_keys=False, allow_unicode=True, width=100)
    return "\n".join([HEADER, *remarks, text])


def _engines(found: Sequence[Failure]) -> Iterator[dict[str, object]]:
    """Count what each checker found, then the walks by keyboard, then all other probes."""
    own = {*_PACKAGES, *_BY_KEYBOARD}
    for name, package in _PACKAGES.items():
        about = json.loads((MODULES / package / "package.json").read_text(encoding="utf-8"))
        yield {"name": name, "version": about["version"], "failures": _count(found, {name})}
    walked = _count(found, _BY_KEYBOARD)
    yield {"name": keyboard.WALK, "version": "", "failures": walked}
    others = {each.engine for each in found} - own
    yield {"name": _OTHERS, "version": "", "failures": _count(found, others)}


def _count(found: Iterable[Failure], names: Iterable[str]) -> int:
    wanted = {*names}
    return sum(each.engine in wanted for each in found)


def _failures(found: Iterable[Failure]) -> Iterator[dict[str, object]]:
    """Give each failure once, with the number of its pages. A person may put it into better words."""
    by_rule: dict[tuple[str, str], list[Failure]] = {}
    for each in found:
        by_rule.setdefault((each.engine, each.rule), []).append(each)
    for those in by_rule.values():
        first = those[0]
        said: dict[str, object] = {"what": first.what}
        if first.criterion:
            said["criterion"] = first.criterion
        yield {**said, "pages": len({each.page for each in those})}


if __name__ == "__main__":
    sys.exit(main())
