"""A build that makes only what changed is, to the byte and to the word, the build of everything."""

from __future__ import annotations

import datetime
import gc
import os
import random
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from bench.corpus import Size, write
from tests.site.built import copy_root, order, published
from tests.site.developing import Developer
from tests.site.edits import Editor, differences, without_memory

from ltp.cli import main
from ltp.publishing import engine, sources, verifying
from ltp.publishing.building import Outcome, Publication, build

STEPS = int(os.environ.get("LTP_STEPS", "12"))
"""How many edits are tried; 500 before a release: LTP_STEPS=500 pytest tests/site/test_incremental.py"""
CODE_STEPS = int(os.environ.get("LTP_STEPS", "4"))
"""How often with edits of the code too; some seconds each. The first four leave nothing to chance."""
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
    installed = 0
    done: list[str] = []
    build(order(root))
    for step in range(STEPS):
        done += editor.step()
        if editor.chance.random() < 0.05:
            installed += 1
            monkeypatch.setattr(sources, "_installed", lambda: f"{installed}")  # noqa: B023
            done.append("something else is installed")
        if editor.chance.random() < 0.1:
            build(order(root, today=editor.today, areas=(editor.an_area(),)))
            done.append("one area is built")

        clean = without_memory(root, tmp_path / "clean")
        jobs = editor.chance.choice((1, 1, 1, 2))
        expected = _built(clean, editor.today)
        found = _built(root, editor.today, jobs=jobs)
        assert differences(expected, found) == [], "\n".join([f"step {step}", *done[-12:]])
        kept = sorted((root / ".ltp/targets").iterdir())
        assert [spoilt for target in kept for spoilt in verifying.spoilt(target)] == [], done[-12:]
        if not expected["failed"]:
            fresh = _built(copy_root(root, tmp_path / "fresh"), editor.today)
            assert differences({"site": expected["site"]}, fresh) == [], done[-12:]
            shutil.rmtree(tmp_path / "fresh")
            if editor.chance.random() < 0.2:
                _build_something_else_and_back(root, editor)
                assert published(root) == found["site"], done[-12:]
        shutil.rmtree(clean)


def test_so_it_is_after_edits_of_templates_code_and_what_is_installed(
    root: Path, tmp_path: Path
) -> None:
    """Code is imported only once, so each build is a process, with a copy of the code."""
    developer = Developer(root, random.Random(SEED), work=tmp_path)
    developer.build(root)
    first = developer.first_steps
    done: list[str] = []
    for step in range(CODE_STEPS):
        edited = first[step]() if step < len(first) else developer.step()
        done += edited
        if step > len(first) and developer.chance.random() < 0.1:
            developer.build(root, developer.an_area())
            done.append("one area is built")

        expected = developer.build_all(root)
        found = developer.build(root, "--jobs", developer.chance.choice("1112"))
        assert differences(expected, found) == [], "\n".join([f"step {step}", *done[-12:]])
        if step < len(first):
            assert developer.unseen(edited, found) == set()


def _build_something_else_and_back(root: Path, editor: Editor) -> None:
    """Run the command, which remembers what it built last, while something else is published."""
    common = ["build", "--root", str(root), "--jobs", "1", "--today"]
    other_day = editor.today + datetime.timedelta(days=editor.chance.choice((1, 400)))
    main([*common, str(editor.today)])
    main([*common, str(other_day), *editor.chance.choice(([], [editor.an_area()]))])
    main([*common, str(editor.today)])


def _built(root: Path, today: datetime.date, **more: Any) -> Mapping[str, Any]:
    outcome = build(order(root, today=today, **more))
    return {"site": published(root), **_told(outcome)}


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

    assert published(root) == _site_of_a_clean_build(root)


def test_a_page_that_was_spoilt_is_not_used_again(root: Path) -> None:
    build(order(root))
    spoilt = root / "site/area-02/2017-18/access/index.html"
    with spoilt.open("r+", encoding="utf-8") as file:
        file.write("spoilt")
    page = root / "content/area-02/2018-19/access.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")

    assert build(order(root)).succeeded

    assert published(root) == _site_of_a_clean_build(root)


@pytest.mark.parametrize(
    "name", ["content/portal/more/page.md", "content/area-01/have-your-say/us.md"]
)
def test_a_text_that_is_of_no_plan_is_printed_when_it_changes(root: Path, name: str) -> None:
    page = root / name
    page.parent.mkdir(parents=True)
    page.write_text("---\ntitle: A page\nsource: made-up\n---\n\nWords.\n", encoding="utf-8")
    (page.parent / "index.md").write_text("---\ntitle: A front\n---\n\nWords.\n", encoding="utf-8")
    build(order(root))
    for each in page.parent.glob("*.md"):
        each.write_text(each.read_text(encoding="utf-8") + "\nMore words.\n", encoding="utf-8")

    build(order(root))

    assert published(root) == _site_of_a_clean_build(root)


@pytest.mark.parametrize("change", ["facts", "text", "gone"])
def test_a_page_that_changes_while_it_is_built_is_read_again(
    root: Path, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = root / "content/area-02/2017-18/access.md"
    text = page.read_text(encoding="utf-8")
    changed = {
        "facts": text.replace("---\n", "---\nsummary: In short.\n", 1),
        "text": text + "\nOne more sentence.\n",
        "gone": "",
    }
    real = Publication.build_areas

    def build_areas(publication: Publication) -> None:
        if change in changed:
            if new := changed.pop(change):
                page.write_text(new, encoding="utf-8")
            else:
                page.unlink()
        real(publication)

    monkeypatch.setattr(Publication, "build_areas", build_areas)
    said: list[str] = []

    outcome = build(order(root), said.append)

    assert any("access.md was changed meanwhile: begun again" in line for line in said)
    monkeypatch.undo()
    fresh = copy_root(root, root.with_name("fresh"))
    assert _told(build(order(fresh))) == _told(outcome)
    assert published(root) == published(fresh)


def test_what_was_read_of_files_that_changed_meanwhile_is_not_remembered(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the build ends before it knows: nobody could tell of which files it was read."""
    page = root / "content/area-02/2017-18/access.md"
    text = page.read_text(encoding="utf-8")
    real = sources.look

    def look(*given: Any) -> sources.Sources:
        seen = real(*given)
        page.write_text(text.replace("title: ", "title: Another ", 1), encoding="utf-8")
        return seen

    def build_areas(publication: Publication) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sources, "look", look)
    monkeypatch.setattr(Publication, "build_areas", build_areas)
    with pytest.raises(KeyboardInterrupt):
        build(order(root))
    monkeypatch.undo()
    page.write_text(text, encoding="utf-8")

    assert build(order(root)).succeeded

    assert published(root) == _site_of_a_clean_build(root)


def _numbers_of_files(folder: Path) -> Mapping[str, int]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in files}


def _site_of_a_clean_build(root: Path) -> Mapping[str, bytes]:
    fresh = copy_root(root, root.with_name("fresh"))
    build(order(fresh))
    return published(fresh)


@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_what_is_remembered_may_be_damaged(root: Path, damage: bytes | None) -> None:
    build(order(root))
    expected = published(root)
    for path in (root / ".ltp").rglob("*.pickle"):
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2] if damage is None else damage)
    page = next((root / "content/area-02").glob("*/access.md"))
    text = page.read_text(encoding="utf-8")
    page.write_text(text + "\nOne more sentence.\n", encoding="utf-8")
    build(order(root))
    page.write_text(text, encoding="utf-8")

    assert build(order(root)).succeeded
    assert published(root) == expected


def test_nothing_of_a_target_stays_in_memory(root: Path) -> None:
    """Else a search for garbage goes through all pages of each target: it took a twentieth of a build."""
    gc.collect()
    gc.disable()
    try:
        assert build(order(root)).succeeded
        assert not any(isinstance(each, engine.Target) for each in gc.get_objects())
    finally:
        gc.enable()


def test_verifying_finds_and_mends_what_is_not_as_it_was_built(root: Path) -> None:
    build(order(root))
    expected = published(root)
    (root / "site/area-01/index.html").write_text("spoilt", encoding="utf-8")
    (root / "site/area-02/plans/index.html").unlink()
    (root / "site/area-01/plans/stray.html").write_text("stray", encoding="utf-8")
    said: list[str] = []

    assert build(order(root, verify=True), said.append).succeeded

    assert published(root) == expected
    assert any("are not as they were built" in line for line in said)
    again: list[str] = []
    build(order(root, verify=True), again.append)
    assert again == []
