"""Exchanging folders: whatever moment a kill comes at, the place is wholly old or wholly new."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ltp.publishing import exchange as module
from ltp.publishing.exchange import exchange, finish

PAGES = ("index.html", "help/index.html", "help/crisis/index.html")
STEPS = ("rename", "replace", "unlink", "fsync")


class Killed(BaseException):
    """Stands for a kill: no `except OSError` or `except Exception` may stop it."""


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "state" / "exchange.json"


@pytest.fixture
def two_renames(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_swap", lambda one, other: False)


def site(folder: Path, word: str) -> Path:
    for page in PAGES:
        (folder / page).parent.mkdir(parents=True, exist_ok=True)
        (folder / page).write_text(word, encoding="utf-8")
    return folder


def words(folder: Path) -> set[str]:
    """The words of all pages of a site; a missing page counts as one."""
    return {
        (folder / page).read_text(encoding="utf-8") if (folder / page).exists() else "missing"
        for page in PAGES
    }


def beside(place: Path) -> list[str]:
    return sorted(path.name for path in place.parent.iterdir() if path.name.startswith("."))


def killed_at(monkeypatch: pytest.MonkeyPatch, number: int, *, after: bool) -> Callable[[], bool]:
    """Raise Killed before or after the nth call that changes something; tells whether it came to it."""
    count = 0

    def wrap(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            nonlocal count
            count += 1
            if count == number and not after:
                raise Killed
            mine = count
            try:
                return real(*args, **options)
            finally:
                if mine == number and after:
                    raise Killed

        return call

    for name in STEPS:
        monkeypatch.setattr(os, name, wrap(getattr(os, name)))
    monkeypatch.setattr(module, "_swap", wrap(module._swap))
    monkeypatch.setattr(shutil, "rmtree", wrap(shutil.rmtree))
    return lambda: count >= number


def test_the_new_folder_takes_the_place_and_nothing_is_left_over(
    tmp_path: Path, journal: Path
) -> None:
    place = site(tmp_path / "site", "old")
    new = site(tmp_path / "state" / "next", "new")
    exchange(new, place, journal)
    assert words(place) == {"new"}
    assert not new.exists()
    assert not journal.exists()
    assert beside(place) == []


def test_two_renames_give_the_same_result(tmp_path: Path, journal: Path, two_renames: None) -> None:
    place = site(tmp_path / "site", "old")
    new = site(tmp_path / "state" / "next", "new")
    exchange(new, place, journal)
    assert words(place) == {"new"}
    assert not new.exists()
    assert not journal.exists()
    assert beside(place) == []


def test_a_page_that_only_the_old_folder_had_is_gone(tmp_path: Path, journal: Path) -> None:
    place = site(tmp_path / "site", "old")
    (place / "withdrawn.html").write_text("old", encoding="utf-8")
    exchange(site(tmp_path / "next", "new"), place, journal)
    assert not (place / "withdrawn.html").exists()


def test_a_place_that_does_not_exist_is_made_with_its_parents(
    tmp_path: Path, journal: Path
) -> None:
    place = tmp_path / "public" / "www" / "site"
    exchange(site(tmp_path / "next", "new"), place, journal)
    assert words(place) == {"new"}


def test_the_place_never_disappears_where_one_call_exchanges_folders(
    tmp_path: Path, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = site(tmp_path / "site", "old")
    two_renames: list[object] = []
    real = module._rename_twice
    stop, gaps = threading.Event(), []

    def noted(*args: Any) -> None:
        two_renames.append(args)
        real(*args)

    def watch() -> None:
        until = time.monotonic() + 20
        while not stop.is_set() and time.monotonic() < until:
            if not place.exists():
                gaps.append(time.monotonic())

    monkeypatch.setattr(module, "_rename_twice", noted)
    reader = threading.Thread(target=watch)
    reader.start()
    for turn in range(100):
        exchange(site(tmp_path / "next", str(turn)), place, journal)
    stop.set()
    reader.join()
    assert words(place) == {"99"}
    if sys.platform == "linux":
        assert not two_renames
        assert not gaps
    else:  # Windows, or a macOS volume without the call: the way round was taken, and told so
        assert two_renames or not gaps


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("way", ["one call", "two renames"])
def test_a_kill_at_any_step_is_finished_by_the_next_command(
    tmp_path: Path, journal: Path, way: str, after: bool
) -> None:
    killed = 0
    for number in range(1, 100):
        root = tmp_path / str(number)
        place = site(root / "site", "old")
        new = site(root / "next", "new")
        with pytest.MonkeyPatch.context() as patch:
            if way == "two renames":
                patch.setattr(module, "_swap", lambda one, other: False)
            came_to_it = killed_at(patch, number, after=after)
            try:
                exchange(new, place, journal)
            except Killed:
                killed += 1
        finish(journal)
        assert words(place) in ({"old"}, {"new"}), f"step {number}"
        assert not finish(journal)
        exchange(site(root / "again", "newer"), place, journal)
        assert words(place) == {"newer"}
        assert beside(place) == [], f"step {number}"
        if not came_to_it():
            break
    assert killed >= (4 if way == "one call" else 8)
    assert killed == number - 1


def test_a_kill_while_finishing_is_finished_as_well(tmp_path: Path, journal: Path) -> None:
    for number in range(1, 100):
        root = tmp_path / str(number)
        place = between_two_renames(root, journal)
        with pytest.MonkeyPatch.context() as patch:
            came_to_it = killed_at(patch, number, after=False)
            try:
                finish(journal)
            except Killed:
                assert came_to_it()
        finish(journal)
        assert words(place) == {"new"}
        if not came_to_it():
            break
    assert number > 3


def between_two_renames(root: Path, journal: Path) -> Path:
    """Kill an exchange after the first of two renames, and give the place, which is empty then."""
    place = site(root / "site", "old")
    real = os.rename
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_swap", lambda one, other: False)

        def rename(source: Path, target: Path) -> None:
            if target == place:
                raise Killed
            real(source, target)

        patch.setattr(os, "rename", rename)
        with pytest.raises(Killed):
            exchange(site(root / "next", "new"), place, journal)
    assert not place.exists()
    return place


def test_a_kill_between_the_two_renames_is_finished_by_the_next_command(
    tmp_path: Path, journal: Path
) -> None:
    place = between_two_renames(tmp_path, journal)
    assert finish(journal)
    assert words(place) == {"new"}
    assert beside(place) == []
    assert not finish(journal)


def test_the_next_exchange_finishes_it_too(tmp_path: Path, journal: Path) -> None:
    place = between_two_renames(tmp_path, journal)
    exchange(site(tmp_path / "third", "third"), place, journal)
    assert words(place) == {"third"}
    assert beside(place) == []


def test_the_old_folder_comes_back_when_the_new_one_has_gone_missing(
    tmp_path: Path, journal: Path
) -> None:
    place = between_two_renames(tmp_path, journal)
    shutil.rmtree(next(tmp_path.glob(".site.new-*")))
    assert finish(journal)
    assert words(place) == {"old"}


def test_a_place_that_somebody_made_again_is_left_to_them(tmp_path: Path, journal: Path) -> None:
    place = between_two_renames(tmp_path, journal)
    site(place, "theirs")
    assert finish(journal)
    assert words(place) == {"theirs"}


def test_a_project_that_was_moved_after_the_kill_is_finished(tmp_path: Path) -> None:
    between_two_renames(tmp_path / "here", tmp_path / "here" / "state" / "exchange.json")
    (tmp_path / "here").rename(tmp_path / "there")
    assert finish(tmp_path / "there" / "state" / "exchange.json")
    assert words(tmp_path / "there" / "site") == {"new"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "\x00\x00",
        '{"folder": "..", "na',
        '{"folder": "..", "name": "../x", "mark": "0011aabb"}',
        '{"folder": "..", "name": "site", "mark": "*"}',
    ],
)
def test_a_journal_that_is_not_whole_is_dropped_and_moves_nothing(
    tmp_path: Path, journal: Path, text: str
) -> None:
    place = site(tmp_path / "site", "old")
    journal.parent.mkdir()
    journal.write_text(text, encoding="utf-8")
    assert finish(journal)
    assert not journal.exists()
    assert words(place) == {"old"}


def test_a_journal_without_its_folders_is_dropped(tmp_path: Path, journal: Path) -> None:
    journal.parent.mkdir()
    journal.write_text(json.dumps({"folder": "../gone", "name": "site", "mark": "0011aabb"}))
    assert finish(journal)
    assert not journal.exists()


def test_nothing_to_finish_is_told(journal: Path) -> None:
    assert not finish(journal)


def test_another_file_system_is_copied_beside_the_place_first(
    tmp_path: Path, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = site(tmp_path / "site", "old")
    new = site(tmp_path / "state" / "next", "new")
    real = os.rename

    def rename(source: Path, target: Path) -> None:
        if source == new:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        real(source, target)

    monkeypatch.setattr(os, "rename", rename)
    exchange(new, place, journal)
    assert words(place) == {"new"}
    assert not new.exists()
    assert beside(place) == []


def test_a_full_disk_of_another_file_system_leaves_nothing_behind(
    tmp_path: Path, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = site(tmp_path / "site", "old")
    new = site(tmp_path / "state" / "next", "new")

    def rename(source: Path, target: Path) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    def copy(source: str, target: str) -> None:
        Path(target).write_text("half")
        raise OSError(errno.ENOSPC, "No space left on device", target)

    monkeypatch.setattr(os, "rename", rename)
    monkeypatch.setattr(os, "link", rename)
    monkeypatch.setattr(shutil, "copy2", copy)
    with pytest.raises(OSError, match="No space left on device") as told:
        exchange(new, place, journal)
    assert told.value.strerror
    assert words(place) == {"old"}
    assert words(new) == {"new"}
    assert beside(place) == []


def test_a_refused_rename_leaves_the_old_site_and_the_new_folder(
    tmp_path: Path, journal: Path, monkeypatch: pytest.MonkeyPatch, two_renames: None
) -> None:
    place = site(tmp_path / "site", "old")
    new = site(tmp_path / "next", "new")
    real = os.rename
    refusals = iter([True])

    def rename(source: Path, target: Path) -> None:
        if target == place and next(refusals, False):
            raise OSError(errno.EBUSY, "Device or resource busy")
        real(source, target)

    monkeypatch.setattr(os, "rename", rename)
    with pytest.raises(OSError, match="busy"):
        exchange(new, place, journal)
    assert words(place) == {"old"}
    assert words(new) == {"new"}
    assert not journal.exists()
    assert beside(place) == []


def test_an_old_folder_that_cannot_be_deleted_is_left_to_the_next_exchange(
    tmp_path: Path, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = site(tmp_path / "site", "old")
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", lambda *args, **options: None)
        exchange(site(tmp_path / "next", "new"), place, journal)
    assert words(place) == {"new"}
    assert len(beside(place)) == 1
    exchange(site(tmp_path / "next", "newer"), place, journal)
    assert beside(place) == []


def test_only_folders_with_our_names_are_swept(tmp_path: Path, journal: Path) -> None:
    place = site(tmp_path / "site", "old")
    kept = [".site.new-folder", ".site.old", ".git", ".other.old-0011aabb"]
    for name in [*kept, ".site.old-0011aabb", ".site.new-0011aabb"]:
        (tmp_path / name).mkdir()
    exchange(site(tmp_path / "next", "new"), place, journal)
    assert beside(place) == sorted(kept)


def test_deleting_follows_no_symlink(tmp_path: Path, journal: Path) -> None:
    treasure = site(tmp_path / "treasure", "kept")
    place = site(tmp_path / "site", "old")
    try:
        (place / "link").symlink_to(treasure, target_is_directory=True)
        (tmp_path / ".site.old-0011aabb").symlink_to(treasure, target_is_directory=True)
    except OSError:  # Windows without the right to make symlinks: there is nothing to follow
        assert sys.platform == "win32"
    exchange(site(tmp_path / "next", "new"), place, journal)
    assert words(treasure) == {"kept"}
    assert beside(place) == []


def test_read_only_folders_of_the_old_site_are_deleted(tmp_path: Path, journal: Path) -> None:
    place = site(tmp_path / "site", "old")
    (place / "help").chmod(0o500)
    (place / "index.html").chmod(0o400)
    exchange(site(tmp_path / "next", "new"), place, journal)
    assert beside(place) == []


@pytest.mark.parametrize(("new", "place"), [("a", "a"), ("a", "a/b"), ("a/b", "a")])
def test_folders_inside_one_another_are_refused(
    tmp_path: Path, journal: Path, new: str, place: str
) -> None:
    site(tmp_path / "a" / "b", "old")
    with pytest.raises(ValueError, match="inside the other"):
        exchange(tmp_path / new, tmp_path / place, journal)
    assert words(tmp_path / "a" / "b") == {"old"}


def test_a_new_folder_that_is_missing_is_refused_before_anything_moves(
    tmp_path: Path, journal: Path
) -> None:
    place = site(tmp_path / "site", "old")
    with pytest.raises(NotADirectoryError):
        exchange(tmp_path / "next", place, journal)
    assert words(place) == {"old"}
