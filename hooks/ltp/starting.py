"""Start an area, a plan or a page; archive and lock a plan. Writes files, and loses nothing in them.

What is not known is written as `unknown`, never made up; what an editor has to say is left for them.
"""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml

from ltp.findings import LtpError, did_you_mean
from ltp.plans import locks
from ltp.plans.loading import GENERATED, GENERATED_IN_EDITION, RESERVED_AREAS, load
from ltp.plans.model import Edition
from ltp.plans.names import PORTAL, SECTIONS, SHARED_FILES
from ltp.plans.reading import decode, facts_between
from ltp.writing import placeholders

Ask = Callable[[str], str]
T = TypeVar("T")

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Made:
    """The files that were written, and what to do next."""

    files: tuple[Path, ...]
    next: str


# -- new


def new_area(root: Path, area: str, name: str, places: Sequence[str]) -> Made:
    """Write an area's own file and its front page. Raises LtpError where one is there already."""
    check_id(area)
    _refuse_taken(root, area)
    facts = root / "areas" / f"{area}.yml"
    page = root / "content" / area / "index.md"
    _refuse_existing(facts, page)
    listed = ", ".join(quoted(place) for place in places)
    write(facts, f"name: {quoted(name)}\nplaces: [{listed}]\n")
    write(
        page,
        f"---\ntitle: {quoted(name)}\n---\n\n{placeholders.OF_AREA}\n",
    )
    return Made(
        (facts, page),
        f"Next: write its front page, then start its first plan with ltp new edition {area}/2026-27",
    )


def _refuse_taken(root: Path, area: str) -> None:
    """Refuse the name of a file that all areas share, or of a page of the portal. Raises LtpError."""
    of_portal = root / "content" / PORTAL
    if area in SHARED_FILES:
        taken = f"areas/{area}.yml is a file that all areas share"
    elif area in RESERVED_AREAS:
        taken = "the portal uses that address"
    elif (of_portal / f"{area}.md").is_file() or (of_portal / area).is_dir():
        taken = f"a page in content/{PORTAL} has that address"
    else:
        return
    raise LtpError(f"An area can’t be called “{area}”: {taken}. Use its own name, such as surrey")


def new_edition(root: Path, ref: str, copy_of: str | None) -> Made:
    """Start an edition as a draft: empty, or with the pages of another, which it then replaces."""
    area, name = _split(ref)
    plans = load(root).plans
    _known(area, plans.areas, "area")
    if name in SECTIONS or name in GENERATED:
        raise LtpError(
            f"A plan can’t be called “{name}”: that address is taken. Use years, such as 2026-27"
        )
    folder = root / "content" / area / name
    if folder.exists():
        raise LtpError(f"There is a folder content/{ref} already. Choose another name")
    if copy_of is None:
        return _empty_edition(folder, name)
    old = _plan(root, copy_of)
    return _copied_edition(root, folder, name, old)


def _empty_edition(folder: Path, name: str) -> Made:
    facts, page = folder / "edition.yml", folder / "index.md"
    write(facts, _edition_yml(f"{name} plan"))
    write(page, f"---\ntitle: {quoted(name + ' plan')}\n---\n\n{placeholders.OF_EDITION}\n")
    return Made((facts, page), _NEXT_EDITION)


def _copied_edition(root: Path, folder: Path, name: str, old: Edition) -> Made:
    source = root / Path(old.origin.path).parent
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns(locks.NAME, "edition.yml", ".*"))
    facts = folder / "edition.yml"
    write(facts, _edition_yml(f"{name} plan", old))
    for page in sorted(folder.rglob("*.md")):
        _without(page, ("source", "reviewed", "review_by", "answers", "formerly"))
    return Made((facts, *sorted(folder.rglob("*.md"))), _NEXT_EDITION)


_NEXT_EDITION = (
    "Next: fill in edition.yml, write the pages, preview them with ltp serve. It is a draft until you "
    "take out the line draft: yes."
)


def _edition_yml(label: str, old: Edition | None = None) -> str:
    lines = [
        f"label: {quoted(label)}",
        f"kind: {old.kind.value if old else 'plan'}   # plan, refresh, addition, summary or statement",
        f"text: {old.text if old else 'full'}   # full: the plan’s own words; summary: our summary of it",
        "covers: unknown   # a year, or two with “to” between them: 2026 to 2027",
        "published: unknown   # a day, a month or a year: 2026-10",
        "published_by: unknown   # an id of areas/organisations.yml",
    ]
    if old:
        if old.places:
            lines.append(f"places: [{', '.join(quoted(place) for place in old.places)}]")
        lines.append(f"replaces: [{old.ref}]")
        if old.order:
            lines.append(f"order: [{', '.join(old.order)}]")
    return "\n".join([*lines, "draft: yes", ""])


def new_page(root: Path, ref: str, title: str | None) -> Made:
    """Write a page of an edition, and put it last in the reading order where there is one."""
    edition_ref, _, name = ref.rpartition("/")
    edition = _plan(root, edition_ref)
    check_id(name)
    if name in GENERATED_IN_EDITION:
        raise LtpError(f"A page of a plan can’t be called “{name}”: that address is taken")
    facts = root / edition.origin.path
    page = facts.parent / f"{name}.md"
    _refuse_existing(page)
    if locks.is_locked(facts.parent):
        raise LtpError(f"{edition_ref} is locked, so it takes no new page")
    words = title or name.replace("-", " ").capitalize()
    write(page, f"---\ntitle: {quoted(words)}\n---\n\n{placeholders.OF_PAGE}\n")
    files = [page]
    if edition.order:
        _append(facts, "order", name)
        files.append(facts)
    return Made(
        tuple(files), "Next: write the page, name its source at the top, then run: ltp check"
    )


# -- archive and lock


def archive(
    root: Path,
    ref: str,
    today: datetime.date,
    *,
    content_from: str | None = None,
    because: str | None = None,
    looked_after_by: str | None = None,
    ask: Ask | None = None,
) -> Made:
    """Write the archive into a plan's history and lock its pages; asks for what it isn't told."""
    plans = load(root).plans
    edition = _plan(root, ref)
    if any(act.kind == "archived" for act in edition.history):
        raise LtpError(f"{ref} is archived already. Its history says why")
    bodies = ", ".join(plans.organisations)
    content_from = _told(
        content_from, "--content-from", f"Whose content is it? One of {bodies}", ask
    )
    _known(content_from, plans.organisations, "body")
    because = _told(
        because, "--because", "Why is it archived? One sentence that readers will see", ask
    )
    areas = ", ".join(plans.areas)
    looked_after_by = _told(
        looked_after_by,
        "--looked-after-by",
        f"Which area looks after help now? One of {areas}",
        ask,
    )
    _known(looked_after_by, plans.areas, "area")
    facts = root / edition.origin.path
    act = (
        f"{{date: {today.isoformat()}, kind: archived, because: {_always_quoted(because)}, "
        f"content_from: {content_from}, looked_after_by: {looked_after_by}}}"
    )
    _append(facts, "history", act)
    return Made(
        (facts, locks.lock(facts.parent)),
        f"{ref} is archived and its pages are locked. Next: look at its notice with ltp serve {edition.area}",
    )


def lock(root: Path, ref: str) -> Made:
    """Lock a plan's pages as they are now."""
    edition = _plan(root, ref)
    path = locks.lock((root / edition.origin.path).parent)
    return Made((path,), f"The pages of {ref} are locked as they are now. Next: ltp check")


def unlock(root: Path, ref: str) -> Made:
    """Let a plan's pages be edited again."""
    edition = _plan(root, ref)
    folder = (root / edition.origin.path).parent
    if not locks.is_locked(folder):
        raise LtpError(f"{ref} is not locked")
    (folder / locks.NAME).unlink()
    return Made((), f"The pages of {ref} can be edited again. Next: ltp check")


def ask_for_what_is_known(question: str) -> str:
    """Ask an editor a question that may be left without an answer."""
    return input(_prompt(question)).strip()


def ask_on_terminal(question: str) -> str:
    """Ask an editor a question; an empty answer is asked again."""
    while True:
        try:
            answer = input(_prompt(question)).strip()
        except EOFError:
            raise LtpError("\nThe answers ended too early, so nothing was written") from None
        if answer:
            return answer


def _prompt(question: str) -> str:
    return f"{question} " if question.endswith("?") else f"{question}: "


def _told(value: str | None, option: str, question: str, ask: Ask | None) -> str:
    if value:
        return value
    if ask is None:
        raise LtpError(f"{question}. Say it with {option}")
    return ask(question)


# -- names


def _split(ref: str) -> tuple[str, str]:
    area, slash, name = ref.partition("/")
    if not slash:
        raise LtpError(f"“{ref}” names no plan. Write AREA/PLAN, such as blmk/2026-27")
    check_id(area)
    check_id(name)
    return area, name


def check_id(name: str) -> None:
    """Refuse a name that can't stand in an address. Raises LtpError."""
    if not _ID.fullmatch(name):
        raise LtpError(f"“{name}” can’t stand in an address. Use small letters, digits and hyphens")


def _plan(root: Path, ref: str) -> Edition:
    """Give a plan. Raises LtpError where there is none, or where it has a fault."""
    editions = load(root).plans.editions
    if ref not in editions and (root / "content" / ref / "edition.yml").is_file():
        raise LtpError(f"{ref} has a fault, so it can’t be read. Run ltp check and put it right")
    return _known(ref, editions, "plan")


def _known(name: str, known: Mapping[str, T], what: str) -> T:
    if name not in known:
        raise LtpError(f"There is no {what} “{name}”. {did_you_mean(name, known)}".strip())
    return known[name]


def _refuse_existing(*paths: Path) -> None:
    for path in paths:
        if path.exists():
            raise LtpError(f"There is a file {path} already. It was left as it is")


# -- text


def quoted(text: str) -> str:
    """Write a text as a YAML value, in quotation marks where it needs them."""
    plain = re.fullmatch(r"[A-Za-z0-9][^:#\"'\[\]{},&*!|>%@`]*", text)
    return text if plain else _always_quoted(text)


def _always_quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def write(path: Path, text: str) -> None:
    """Write a text file and the folders that it stands in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _append(path: Path, key: str, item: str) -> None:
    """Add an item to a list of a YAML file, and leave every other character as it is."""
    data = path.read_bytes()
    text = decode(data, path.name)
    added = _with_item(text, key, item)
    ends = "\r\n" if b"\r\n" in data else "\n"
    path.write_text(added, encoding="utf-8", newline=ends)


def _with_item(text: str, key: str, item: str) -> str:
    node = yaml.compose(text, Loader=yaml.BaseLoader)
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    value = next((each for name, each in pairs if name.value == key), None)
    if not isinstance(value, yaml.SequenceNode):
        return _with_list(text, key, item, value)
    end = value.end_mark.index
    if value.flow_style:
        comma = ", " if value.value else ""
        return f"{text[: end - 1].rstrip()}{comma}{item}{text[end - 1 :]}"
    last = text[: value.value[-1].end_mark.index].rstrip()
    indent = " " * value.start_mark.column
    return f"{last}\n{indent}- {item}\n{text[len(last) :].lstrip(chr(10))}"


def _with_list(text: str, key: str, item: str, value: yaml.Node | None) -> str:
    """Start a list where there is none."""
    lines = text.rstrip("\n").split("\n") if text.strip() else []
    if value is not None:
        at = value.start_mark.line
        lines[at : value.end_mark.line + 1] = [f"{key}:", f"  - {item}"]
    else:
        lines += [f"{key}:", f"  - {item}"]
    return "\n".join(lines) + "\n"


def _without(path: Path, keys: Sequence[str]) -> None:
    """Take keys out of the facts at the top of a page."""
    lines = decode(path.read_bytes(), path.name).split("\n")
    first, last = facts_between(lines)
    kept: list[str] = []
    dropping = False
    for line in lines[first:last]:
        if re.match(r"[A-Za-z_]+:", line):
            dropping = line.partition(":")[0] in keys
        if not dropping:
            kept.append(line)
    write(path, "\n".join([*lines[:first], *kept, *lines[last:]]))
