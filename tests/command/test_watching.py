"""What a preview notices of files: each way in which they are saved, once, and nothing that programs keep."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from watchdog.observers import Observer

from ltp.publishing import watching
from ltp.publishing.watching import Watcher, is_of_a_program

SOON = 5.0
"""Seconds after which a change would have been told; none has to wait so long."""
NEVER = 0.4
"""Seconds in which nothing is told of what is no change."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "blmk/2024-25").mkdir(parents=True)
    (folder / "blmk/2024-25/crisis.md").write_text("before", encoding="utf-8")
    return folder


@pytest.fixture
def watcher(folder: Path) -> Iterator[Watcher]:
    with Watcher([folder]) as watcher:
        yield watcher


def _in_place(page: Path) -> None:
    page.write_text("after", encoding="utf-8")


def _by_renaming_another_over_it(page: Path) -> None:
    other = page.with_name("crisis.md.sb-1f2e-tmpXY")
    other.write_text("after", encoding="utf-8")
    other.replace(page)


def _by_renaming_a_hidden_one_over_it(page: Path) -> None:
    other = page.with_name(".goutputstream-A1B2C3")
    other.write_text("after", encoding="utf-8")
    other.replace(page)


def _as_vim_does(page: Path) -> None:
    probe, swap = page.with_name("4913"), page.with_name(".crisis.md.swp")
    swap.write_text("swap", encoding="utf-8")
    probe.touch()
    probe.unlink()
    page.rename(page.with_name("crisis.md~"))
    page.write_text("after", encoding="utf-8")
    page.chmod(0o644)
    page.with_name("crisis.md~").unlink()
    swap.unlink()


@pytest.mark.parametrize(
    "save",
    [
        _in_place,
        _by_renaming_another_over_it,
        _by_renaming_a_hidden_one_over_it,
        _as_vim_does,
    ],
)
def test_a_page_that_is_saved_is_told_once_and_whole(
    watcher: Watcher, folder: Path, save: Callable[[Path], None]
) -> None:
    page = folder / "blmk/2024-25/crisis.md"

    save(page)

    assert watcher.take(SOON) == {page}
    assert page.read_text(encoding="utf-8") == "after"
    assert not watcher.take(NEVER)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells that a file is closed")
def test_a_page_is_waited_for_while_it_is_being_written(watcher: Watcher, folder: Path) -> None:
    page = folder / "blmk/2024-25/crisis.md"
    with page.open("w", encoding="utf-8") as file:
        file.write("half")
        file.flush()
        assert not watcher.take(watching._UNFINISHED / 2)
        file.write(", and whole")

    assert watcher.take(SOON) == {page}


def test_new_deleted_and_renamed_pages_are_told(watcher: Watcher, folder: Path) -> None:
    new, page = folder / "blmk/2024-25/new.md", folder / "blmk/2024-25/crisis.md"
    new.write_text("new", encoding="utf-8")
    assert watcher.take(SOON) == {new}

    moved = page.with_name("urgent-help.md")
    page.rename(moved)
    assert watcher.take(SOON) == {page, moved}

    moved.unlink()
    assert watcher.take(SOON) == {moved}


def test_pages_in_a_new_folder_are_told_also_those_that_are_written_at_once(
    watcher: Watcher, folder: Path
) -> None:
    page = folder / "blmk/2026-27/parts/crisis.md"
    page.parent.mkdir(parents=True)
    page.write_text("new", encoding="utf-8")
    told = _until(watcher, page)
    assert page in told

    page.write_text("newer", encoding="utf-8")
    assert page in watcher.take(SOON)


def test_a_folder_that_comes_from_elsewhere_is_told_and_watched(
    watcher: Watcher, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "made-elsewhere").mkdir()
    (tmp_path / "made-elsewhere/crisis.md").write_text("new", encoding="utf-8")
    (tmp_path / "made-elsewhere").rename(folder / "hill")
    assert watcher.take(SOON)

    page = folder / "hill/crisis.md"
    page.write_text("newer", encoding="utf-8")
    assert page in _until(watcher, page)


def test_two_pages_saved_at_once_are_told_together(watcher: Watcher, folder: Path) -> None:
    pages = {folder / "blmk/2024-25" / name for name in ("crisis.md", "access.md")}
    for page in pages:
        page.write_text("after", encoding="utf-8")

    assert watcher.take(SOON) == pages


def test_a_change_while_nobody_waits_is_told_the_next_time(watcher: Watcher, folder: Path) -> None:
    page = folder / "blmk/2024-25/crisis.md"
    page.write_text("one", encoding="utf-8")
    assert watcher.take(SOON)

    page.write_text("two", encoding="utf-8")
    time.sleep(NEVER)

    assert watcher.take(0) == {page}


def test_what_programs_keep_beside_sources_is_no_change(watcher: Watcher, folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / "__pycache__").mkdir()
    for name in (".crisis.md.swp", "crisis.md~", "#crisis.md#", ".#crisis.md", ".DS_Store"):
        (folder / "blmk" / name).write_text("kept", encoding="utf-8")
    (folder / ".git/index.md").write_text("kept", encoding="utf-8")
    (folder / "__pycache__/reading.cpython-311.pyc").write_bytes(b"kept")

    assert not watcher.take(NEVER)


def test_reading_is_no_change(watcher: Watcher, folder: Path) -> None:
    (folder / "blmk/2024-25/crisis.md").read_text(encoding="utf-8")
    list(os.walk(folder))

    assert not watcher.take(NEVER)


@pytest.mark.parametrize(
    "name", ["crisis.md", "edition.yml", "plan-2024.pdf", "50-people.csv", "a.b.md"]
)
def test_names_of_sources_are_no_program_s(name: str) -> None:
    assert not is_of_a_program(name)


def test_a_folder_that_is_not_there_is_passed_over(tmp_path: Path, folder: Path) -> None:
    with Watcher([folder, tmp_path / "docs/guide"]) as watcher:
        (folder / "index.md").write_text("new", encoding="utf-8")
        assert watcher.take(SOON) == {folder / "index.md"}


def test_where_the_system_may_watch_no_more_files_are_looked_at(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(Observer, "start", refuse)
    page = folder / "blmk/2024-25/crisis.md"
    with Watcher([folder]) as watcher:
        assert watcher.polls
        page.write_text("after, and longer", encoding="utf-8")
        assert watcher.take(SOON) == {page}


def _until(watcher: Watcher, page: Path) -> set[Path]:
    """Take what is told until a page is."""
    told: set[Path] = set()
    end = time.monotonic() + SOON
    while page not in told and time.monotonic() < end:
        told |= watcher.take(0.5)
    return told
