"""An editor who does whatever comes to mind: the same for the same seed."""

from __future__ import annotations

import datetime
import random
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from tests.site.built import TODAY


@dataclass
class Editor:
    """Edits a root, one thing at a time."""

    root: Path
    chance: random.Random
    before: list[tuple[Path, bytes | None]] = field(default_factory=list)
    """What the last edits replaced; None for a file that was not there."""
    today: datetime.date = TODAY

    def step(self) -> list[str]:
        """Do a few things, and perhaps let time pass, or turn it back; say what."""
        done = [
            self.chance.choice(self.edits)() for _ in range(self.chance.choice((1, 1, 1, 2, 3)))
        ]
        if self.chance.random() < 0.15:
            days = self.chance.choice((-40, -1, 1, 30, 130, 400))
            self.today += datetime.timedelta(days=days)
            done.append(f"it is {self.today}")
        return done

    @property
    def edits(self) -> Sequence[Callable[[], str]]:
        """Give what may be done, the more often the likelier."""
        return (
            *([self.write_a_sentence] * 4),
            self.write_a_sentence_of_the_guide,
            self.write_a_sentence_of_the_portal,
            self.write_what_is_asked,
            self.write_a_page_in_a_folder,
            self.give_a_title,
            self.give_a_summary,
            self.add_a_page,
            self.remove_a_page,
            self.rename_a_page,
            self.link_to_another_area,
            self.relabel_a_plan,
            self.rename_an_area,
            self.join_a_plan,
            self.mark_as_a_draft,
            self.rename_an_organisation,
            self.add_a_service,
            self.check_a_service,
            self.add_a_picture,
            self.make_a_mistake,
            self.write_what_hurts,
            *([self.undo] * 4),
        )

    # -- pages

    def write_a_sentence(self) -> str:
        return self._append(self._page(), "\nOne more sentence for the plan.\n")

    def write_a_sentence_of_the_guide(self) -> str:
        path = self.root / "docs/guide/index.md"
        self._write(path, "---\ntitle: The guide\n---\n\nHow to edit.\n")
        return self._append(path, f"\nSentence {self.chance.randrange(9)}.\n")

    def write_a_sentence_of_the_portal(self) -> str:
        path = self.root / "content/portal" / self.chance.choice(("index.md", "more/page.md"))
        return self._append(path, f"\nSentence {self.chance.randrange(9)}.\n")

    def write_what_is_asked(self) -> str:
        path = self._front().with_name("have-your-say") / "index.md"
        return self._append(path, f"\nQuestion {self.chance.randrange(9)}.\n")

    def write_a_page_in_a_folder(self) -> str:
        path = self._plan() / "more" / f"page-{self.chance.randrange(2)}.md"
        return self._append(path, f"\nSentence {self.chance.randrange(9)}.\n")

    def give_a_title(self) -> str:
        page = self._page()
        return self._put(page, "title", f"A title with the number {self.chance.randrange(99)}")

    def give_a_summary(self) -> str:
        return self._put(self._page(), "summary", f"In short, {self.chance.randrange(99)} things.")

    def add_a_page(self) -> str:
        path = self._plan() / f"page-{self.chance.randrange(9)}.md"
        self._write(
            path, "---\ntitle: A new page\nsource: made-up\n---\n\n## What is new\n\nThis.\n"
        )
        return f"add {path}"

    def remove_a_page(self) -> str:
        page = self._page()
        self._write(page, None)
        return f"remove {page}"

    def rename_a_page(self) -> str:
        page = self._page()
        to = page.with_name(f"renamed-{self.chance.randrange(9)}.md")
        self._write(to, page.read_text(encoding="utf-8"))
        self._write(page, None)
        return f"rename {page} to {to}"

    def link_to_another_area(self) -> str:
        area = self.chance.choice(self._areas())
        end = self.chance.choice(("", "/plans", "/help", "/no-such-page", "#no-such-part"))
        return self._append(self._page(), f"\nSee [the plans over there](area:{area}{end}).\n")

    def add_a_picture(self) -> str:
        plan = self._plan()
        self._write(plan / "chart.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
        return self._append(plan / "index.md", "\n![A chart of what is planned](chart.svg)\n")

    def write_what_hurts(self) -> str:
        return self._append(self._page(), "\nSupport for people who are mentally ill.\n")

    # -- facts

    def relabel_a_plan(self) -> str:
        return self._put(self._plan() / "edition.yml", "label", f"Plan {self.chance.randrange(9)}")

    def mark_as_a_draft(self) -> str:
        return self._put(self._plan() / "edition.yml", "draft", self.chance.choice((True, False)))

    def rename_an_area(self) -> str:
        area = self.chance.choice(self._areas())
        key = self.chance.choice(("name", "short"))
        path = self.root / "areas" / f"{area}.yml"
        return self._put(path, key, f"Area {self.chance.randrange(9)}")

    def join_a_plan(self) -> str:
        one, other = self.chance.sample(self._areas(), 2)
        newest = sorted(path.parent for path in self._plans(other))[-1].name
        path = self._plans(one)[-1]
        return self._put(path, "replaces", [f"{other}/{newest}"])

    def rename_an_organisation(self) -> str:
        path = self.root / "areas/organisations.yml"
        facts = yaml.safe_load(path.read_text(encoding="utf-8"))
        self.chance.choice(facts)["name"] = f"Body {self.chance.randrange(9)}"
        self._write(path, yaml.safe_dump(facts, allow_unicode=True))
        return f"rename a body in {path}"

    def add_a_service(self) -> str:
        entry = self.chance.choice(self._entries())
        to = entry.with_name(f"entry-{self.chance.randrange(9)}.md")
        self._write(to, entry.read_text(encoding="utf-8"))
        return f"add {to}"

    def check_a_service(self) -> str:
        checks = self.chance.choice(
            ({"last": "2026-11-02", "by": "a clerk", "next": "2027-01-02"}, {"last": "never"})
        )
        return self._put(self.chance.choice(self._entries()), "checks", checks)

    def make_a_mistake(self) -> str:
        path = self.chance.choice((self._page(), self._plan() / "edition.yml"))
        return self._put(path, "lable", "A key that nobody knows")

    def undo(self) -> str:
        """Put everything back as it was before the last edit."""
        if not self.before:
            return "nothing to undo"
        path, content = self.before.pop()
        if content is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return f"undo {path}"

    # -- files

    def an_area(self) -> str:
        """Give one of the areas."""
        return self.chance.choice(self._areas())

    def _areas(self) -> list[str]:
        return sorted(
            path.name for path in (self.root / "content").iterdir() if path.name != "portal"
        )

    def _plans(self, area: str) -> list[Path]:
        return sorted((self.root / "content" / area).glob("*/edition.yml"))

    def _plan(self) -> Path:
        return self.chance.choice(self._plans(self.chance.choice(self._areas()))).parent

    def _page(self) -> Path:
        return self.chance.choice(sorted(self._plan().glob("*.md")) or [self._front()])

    def _front(self) -> Path:
        return self.root / "content" / self.chance.choice(self._areas()) / "index.md"

    def _entries(self) -> list[Path]:
        return sorted((self.root / "content").glob("*/help/*.md"))

    def _append(self, path: Path, text: str) -> str:
        before = path.read_text(encoding="utf-8") if path.is_file() else "---\ntitle: T\n---\n"
        self._write(path, before + text)
        return f"append to {path}: {text.strip()}"

    def _put(self, path: Path, key: str, value: Any) -> str:
        """Write a key of a YAML file, or at the top of a page."""
        text = path.read_text(encoding="utf-8") if path.is_file() else "---\ntitle: T\n---\n"
        if path.suffix == ".md":
            _, facts, body = text.split("---\n", 2)
        else:
            facts, body = text, ""
        new = yaml.safe_dump(
            {**yaml.safe_load(facts), key: value}, allow_unicode=True, sort_keys=False
        )
        self._write(path, f"---\n{new}---\n{body}" if path.suffix == ".md" else new)
        return f"{path}: {key}: {value}"

    def _write(self, path: Path, text: str | None) -> None:
        self.before.append((path, path.read_bytes() if path.is_file() else None))
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")


def without_memory(root: Path, to: Path) -> Path:
    """Copy a root with what was published, and without anything that would spare work."""
    shutil.copytree(root, to)
    shutil.rmtree(to / ".ltp/memory", ignore_errors=True)
    for kept in (to / ".ltp").rglob("*.pickle"):
        kept.unlink()
    for manifest in (to / ".ltp/targets").glob("*/manifest.json"):
        text = manifest.read_text(encoding="utf-8").replace('"made_from":"', '"made_from":"old ')
        manifest.write_text(text, encoding="utf-8")
    return to


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """Name the files that differ between two builds, and give what else does; nothing of files is told."""
    files, others = one["site"], other["site"]
    names = files.keys() | others.keys()
    return [
        *sorted(name for name in names if files.get(name) != others.get(name)),
        *(f"{k}: {one[k]} and {other[k]}" for k in one if k != "site" and one[k] != other[k]),
    ]
