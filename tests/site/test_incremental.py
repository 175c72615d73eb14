"""A build that makes only what changed is, to the byte and to the word, the build of everything."""

from __future__ import annotations

import datetime
import os
import random
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from bench.corpus import Size, write
from tests.site.built import copy_root, order, tree
from tests.site.edits import Editor, without_memory

from ltp.publishing import sources
from ltp.publishing.building import Outcome, build

STEPS = int(os.environ.get("LTP_STEPS", "12"))
"""How many edits are tried; 500 before a release: LTP_STEPS=500 pytest tests/site/test_incremental.py"""
SEED = int(os.environ.get("LTP_SEED", "1"))
SMALL = Size(areas=3, editions=2, pages=3, services=2)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a small made-up England that was never built."""
    source = tmp_path / "source"
    write(source, SMALL)
    return copy_root(source, tmp_path / "root")


def test_after_any_edits_it_is_what_a_build_of_everything_is(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = Editor(root, random.Random(SEED))
    today = datetime.date(2026, 11, 21)
    installed = 0
    done: list[str] = []
    build(order(root, today=today))
    for step in range(STEPS):
        for _ in range(editor.chance.choice((1, 1, 1, 2, 3))):
            done.append(editor.edit())
        if editor.chance.random() < 0.15:
            today += datetime.timedelta(days=editor.chance.choice((-40, -1, 1, 30, 130, 400)))
            done.append(f"it is {today}")
        if editor.chance.random() < 0.05:
            installed += 1
            monkeypatch.setattr(sources, "_installed", lambda: f"{installed}")  # noqa: B023
            done.append("something else is installed")
        if editor.chance.random() < 0.1:
            build(order(root, today=today, areas=(editor.chance.choice(editor._areas()),)))
            done.append("one area is built")

        clean = without_memory(root, tmp_path / "clean")
        jobs = editor.chance.choice((1, 1, 1, 2))
        expected = _built(clean, today)
        assert _built(root, today, jobs=jobs) == expected, "\n".join([f"step {step}", *done[-12:]])
        if not expected["failed"]:
            fresh = copy_root(root, tmp_path / "fresh")
            assert _built(fresh, today)["site"] == expected["site"], done[-12:]
            shutil.rmtree(fresh)
        shutil.rmtree(clean)


def _built(root: Path, today: datetime.date, **more: Any) -> Mapping[str, Any]:
    outcome = build(order(root, today=today, **more))
    return {"site": _site(root), **_told(outcome)}


def _site(root: Path) -> Mapping[str, bytes]:
    nginx = root / ".ltp/nginx.conf"
    return {**tree(root / "site"), "nginx": nginx.read_bytes() if nginx.is_file() else b""}


def _told(outcome: Outcome) -> Mapping[str, Any]:
    return {
        "findings": [str(each) for each in outcome.findings],
        "failed": outcome.failed,
        "why": dict(outcome.why),
        "pages": outcome.pages,
        "published": outcome.published,
        "until": outcome.until,
    }


def test_nothing_is_built_again_until_the_day_on_which_something_changes(root: Path) -> None:
    first = build(order(root))
    said: list[str] = []
    before = build(order(root, today=first.until - datetime.timedelta(days=1)), said.append)
    assert said == []
    assert before.until == first.until

    build(order(root, today=first.until), said.append)
    assert said != []


def test_an_areas_file_has_only_the_areas_built_that_it_names_and_the_portal(root: Path) -> None:
    build(order(root))
    facts = root / "areas/area-01.yml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("name: ", "name: New "), "utf-8")
    said: list[str] = []

    build(order(root), said.append)

    assert sorted(line.split(":")[0].strip() for line in said) == ["area-01", "portal"]


def test_a_plain_sentence_has_only_its_own_area_built(root: Path) -> None:
    build(order(root))
    page = next((root / "content/area-02").glob("*/access.md"))
    page.write_text(page.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
    said: list[str] = []

    build(order(root), said.append)

    assert [line.split(":")[0].strip() for line in said] == ["area-02"]


def test_a_plain_sentence_has_only_its_own_page_and_the_whole_plan_printed(root: Path) -> None:
    build(order(root))
    before = _numbers_of_files(root / "site")
    page = root / "content/area-02/2017-18/access.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")

    build(order(root))

    after = _numbers_of_files(root / "site")
    new = {name for name in after if after[name] != before.get(name) and name.endswith(".html")}
    assert new == {"area-02/2017-18/access/index.html", "area-02/2017-18/print/index.html"}


@pytest.mark.parametrize("name", ["printed.pickle", "site/2017-18/access/index.html"])
def test_a_page_that_is_not_there_to_be_used_again_is_printed(root: Path, name: str) -> None:
    build(order(root))
    (root / ".ltp/targets/area-02" / name).unlink()
    page = root / "content/area-02/2018-19/access.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")

    assert build(order(root)).succeeded

    assert _site(root) == _site_of_a_clean_build(root)


def _numbers_of_files(folder: Path) -> Mapping[str, int]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in files}


def _site_of_a_clean_build(root: Path) -> Mapping[str, bytes]:
    fresh = copy_root(root, root.with_name("fresh"))
    build(order(fresh))
    return _site(fresh)


@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_what_is_remembered_may_be_damaged(root: Path, damage: bytes | None) -> None:
    build(order(root))
    expected = _site(root)
    for path in (root / ".ltp/memory").rglob("*.pickle"):
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2] if damage is None else damage)
    page = next((root / "content/area-02").glob("*/access.md"))
    text = page.read_text(encoding="utf-8")
    page.write_text(text + "\nOne more sentence.\n", encoding="utf-8")
    build(order(root))
    page.write_text(text, encoding="utf-8")

    assert build(order(root)).succeeded
    assert _site(root) == expected


def test_verifying_finds_and_mends_what_is_not_as_it_was_built(root: Path) -> None:
    build(order(root))
    expected = _site(root)
    (root / "site/area-01/index.html").write_text("spoilt", encoding="utf-8")
    (root / "site/area-02/plans/index.html").unlink()
    (root / "site/stray.html").write_text("stray", encoding="utf-8")
    said: list[str] = []

    assert build(order(root, verify=True), said.append).succeeded

    assert _site(root) == expected
    assert any("are not as they were built" in line for line in said)
    again: list[str] = []
    build(order(root, verify=True), again.append)
    assert again == []
