"""Reading the cases of `tests/broken`: a small good set of areas, and what one case changes in it.

A case is a text file. Its name says the mistake. A line `=== PATH` begins the new text of a file;
`=== finds` begins the findings that are expected, one a line, all of them. In brackets after a path:

- `changed`: lines with `-` are taken out of the good file and lines with `+` put in their place (at
  the end, where none was taken out);
- `deleted`: the file is taken away, or the whole folder;
- `escapes`: `\\t` and `\\x07` stand for characters that can't be seen;
- `cp1252`, `utf-16`: the encoding.
"""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ltp.findings import Finding, faults
from ltp.plans.loading import load
from ltp.plans.names import area_of
from ltp.plans.rules import check
from ltp.writing.checking import check as check_words

FOLDER = Path(__file__).parent.parent / "broken"
BASE = FOLDER / "base"
TODAY = datetime.date(2026, 11, 21)

_SECTION = re.compile(r"^=== (\S+)(?: \(([\w-]+)\))?\n", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """One case: what it changes, and what should be found."""

    name: str
    changes: tuple[tuple[str, str, str], ...]
    """Of each file: its path, how it is changed, the text."""
    finds: tuple[str, ...]


def cases() -> Iterator[Case]:
    """Read every case, in the order of the names."""
    for path in sorted(FOLDER.glob("*.txt")):
        yield read_case(path)


def read_case(path: Path) -> Case:
    """Read one case."""
    parts = _SECTION.split(path.read_text(encoding="utf-8"))
    sections = list(zip(parts[1::3], parts[2::3], parts[3::3], strict=True))
    *changes, (last, _, finds) = sections
    assert last == "finds", f"{path.name} ends with what it finds"
    return Case(
        path.stem,
        tuple((name, how or "written", text) for name, how, text in changes),
        tuple(finds.splitlines()),
    )


def write(case: Case, root: Path) -> None:
    """Write the good set with the changes of a case into a folder."""
    shutil.copytree(BASE, root, dirs_exist_ok=True)
    for name, how, text in case.changes:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        match how:
            case "written":
                path.write_bytes(text.encode())
            case "changed":
                path.write_bytes(_changed(path.read_text(encoding="utf-8"), text).encode())
            case "deleted":
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            case "escapes":
                path.write_bytes(re.sub(r"\\(t|x..)", _unescaped, text).encode())
            case _:
                path.write_bytes(text.encode(how))


def found(root: Path, today: datetime.date = TODAY) -> list[Finding]:
    """Find everything that is wrong, as the commands do."""
    loaded = load(root)
    faulty = {area_of(fault.path) for fault in faults(loaded.findings)} - {None}
    return [
        *loaded.findings,
        *check(loaded.plans, today, [area for area in faulty if area]),
        *check_words(root, loaded.plans),
    ]


def _changed(text: str, change: str) -> str:
    lines = text.splitlines()
    at = len(lines)
    for line in change.splitlines():
        sign, new = line[0], line[2:]
        if sign == "-":
            at = lines.index(new)
            del lines[at]
        else:
            assert sign == "+", line
            lines.insert(at, new)
            at += 1
    return "\n".join([*lines, ""])


def _unescaped(match: re.Match[str]) -> str:
    return "\t" if match[1] == "t" else chr(int(match[1][1:], 16))
