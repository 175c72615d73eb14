"""A build that is killed, meets another, or finds no room: what is published stays whole, and the next is right."""

from __future__ import annotations

import errno
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from bench.corpus import Size, write
from tests.site.built import CODE, copy_root, order, tree

from ltp.findings import LtpError
from ltp.publishing import workers
from ltp.publishing.building import build
from ltp.publishing.exchange import exchange

KILLS = int(os.environ.get("LTP_KILLS", "8"))
"""How often a build is killed; 100 before a release: LTP_KILLS=100 pytest tests/site/test_cut_short.py"""
SEED = int(os.environ.get("LTP_SEED", "1"))
SMALL = Size(areas=2, editions=2, pages=3, services=1)
MARK = "The words of version"
TARGETS = ("area-01", "area-02")


def command(root: Path, *more: str) -> list[str]:
    return [
        sys.executable,
        "-m",
        "ltp.cli",
        "build",
        "--root",
        str(root),
        "--today",
        "2026-11-21",
        *more,
    ]


def environment(**more: str) -> Mapping[str, str]:
    return {**os.environ, "PYTHONPATH": str(CODE / "hooks"), **more}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a small made-up England that was built once, as version 0."""
    source = tmp_path / "source"
    write(source, SMALL)
    made = copy_root(source, tmp_path / "root")
    write_version(made, 0)
    assert build(order(made)).succeeded
    return made


def write_version(root: Path, version: int) -> None:
    """Write the number of a version into every page of every area."""
    for page in sorted((root / "content").glob("area-*/20*/*.md")):
        text = page.read_text(encoding="utf-8").partition(f"\n{MARK}")[0]
        page.write_text(f"{text}\n{MARK} {version}.\n", encoding="utf-8", newline="\n")


def versions_of(root: Path, target: str) -> set[int]:
    """Tell which versions the published pages of an area are of."""
    pages = [
        path
        for path in (root / "site" / target).rglob("*.html")
        if MARK in path.read_text(encoding="utf-8")
    ]
    assert len(pages) >= 6, f"{target} has lost pages: {len(pages)}"
    return {int(path.read_text(encoding="utf-8").split(MARK)[1].split(".")[0]) for path in pages}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows can’t kill a group of processes")
def test_a_build_that_is_killed_leaves_each_target_wholly_old_or_wholly_new(
    root: Path, tmp_path: Path
) -> None:
    chance = random.Random(SEED)
    started = time.monotonic()
    subprocess.run(command(root), env=environment(), check=True, capture_output=True)
    write_version(root, 1)
    started = time.monotonic()
    subprocess.run(command(root), env=environment(), check=True, capture_output=True)
    whole = time.monotonic() - started

    killed = 0
    for version in range(2, KILLS + 2):
        before = {target: versions_of(root, target) for target in TARGETS}
        write_version(root, version)
        process = subprocess.Popen(
            command(root, "--jobs", "2"),
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(chance.random() * whole * 1.1)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            killed += 1
        process.wait()
        for target in TARGETS:
            found = versions_of(root, target)
            assert len(found) == 1, f"{target} is partly {found}, after kill {version}"
            assert found in (before[target], {version})
        for path in (root / "site").rglob("*.html"):
            assert path.stat().st_size > 0, path
    assert killed > KILLS / 4

    done = subprocess.run(
        command(root), env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    fresh = copy_root(root, tmp_path / "fresh")
    assert build(order(fresh)).succeeded
    assert tree(root / "site") == tree(fresh / "site")
    left = {path.name for path in (root / ".ltp").iterdir()}
    assert not any(name.startswith("work-") for name in left), left


def in_the_middle(tmp_path: Path) -> tuple[Path, subprocess.Popen[str]]:
    """Begin to build 16 areas, side by side, and wait until the first is built."""
    source = tmp_path / "source"
    write(source, Size(areas=16, editions=2, pages=3, services=1))
    root = copy_root(source, tmp_path / "root")
    process = subprocess.Popen(
        command(root, "--jobs", "2"),
        env=environment(PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    next(line for line in process.stdout if line.startswith("  area-"))
    return root, process


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_process_that_ends_takes_those_along_that_it_began(
    how: signal.Signals, tmp_path: Path
) -> None:
    """The system's killer of what takes too much memory, for one, ends a single process."""
    root, process = in_the_middle(tmp_path)
    process.send_signal(how)
    said = process.communicate(timeout=60)[1]

    if how is not signal.SIGKILL:
        assert process.returncode == 1
        assert said.strip().startswith("Stopped.")
    begun = {path.name for path in (root / ".ltp").glob("work-*/area-*")}
    assert len(begun) < 16, "it went on"
    assert not (root / "site").exists()
    done = subprocess.run(
        command(root, "--jobs", "2"),
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="it looks for processes as Linux shows them")
def test_a_command_whose_worker_is_killed_ends_and_says_what_to_do(tmp_path: Path) -> None:
    root, process = in_the_middle(tmp_path)
    os.kill(begun_by(process.pid)[0], signal.SIGKILL)
    said = process.communicate(timeout=60)[1]

    assert process.returncode == 1
    assert "perhaps because there was not enough memory" in said
    assert build(order(root)).succeeded


def begun_by(pid: int) -> list[int]:
    """Name the processes that another has begun, and that are there still."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
            if int(parent) == pid and state != "Z":
                found.append(int(path.parent.name))
    return found


@pytest.mark.parametrize("moment", ["before it is known", "in the exchange"])
def test_new_folders_are_known_after_a_kill_that_came_with_the_exchange(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    page = root / "content/portal/new/page.md"
    page.parent.mkdir(parents=True)
    page.write_text("---\ntitle: A page\n---\n\nWords.\n", encoding="utf-8")

    def killed(new: Path, place: Path, journal: Path) -> None:
        """Let everything but the published folder be exchanged as ever."""
        is_kept = ".ltp" in place.parts
        if is_kept or moment == "before it is known":
            exchange(new, place, journal)
        if not is_kept:
            raise KeyboardInterrupt

    with monkeypatch.context() as until_then:
        until_then.setattr("ltp.publishing.laying.exchange.exchange", killed)
        with pytest.raises(KeyboardInterrupt):
            build(order(root))

    assert build(order(root)).published
    assert (root / "site/new").is_dir()
    fresh = copy_root(root, tmp_path / "fresh")
    build(order(fresh))
    assert tree(root / "site") == tree(fresh / "site")


def test_a_worker_that_is_ended_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(root / "site")
    write_version(root, 1)
    monkeypatch.setattr(workers, "_build_and_tidy", end_at_once)

    with pytest.raises(LtpError, match=r"not enough memory.*--jobs 1"):
        build(order(root, jobs=2))

    assert tree(root / "site") == before


def end_at_once(*_: object) -> None:
    """End the process, as the system does where there is not enough memory."""
    os._exit(9)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows locks in another way")
def test_a_disk_that_can_lock_nothing_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", refused)
    with pytest.raises(LtpError, match=r"can’t be locked \(No locks available\)"):
        build(order(root))


def test_two_areas_that_changed_are_put_in_place_in_one_exchange(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places: list[Path] = []

    def noted(new: Path, place: Path, journal: Path) -> None:
        places.append(place)
        exchange(new, place, journal)

    monkeypatch.setattr("ltp.publishing.exchange.exchange", noted)
    write_version(root, 1)
    build(order(root))
    assert [place for place in places if ".ltp" not in place.parts] == [root / "site"]
    assert versions_of(root, "area-01") == versions_of(root, "area-02") == {1}


def test_what_kills_have_left_is_taken_away(root: Path) -> None:
    state = root / ".ltp"
    half = [state / ".laid.pickle.abcd_012", state / "memory/.sources.pickle.abcd_012"]
    half += [state / "memory/texts/area-01/.a.pickle.abcd_012"]
    for path in half:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
        os.utime(path, (1, 1))
    young = state / "memory/areas/.area-01.pickle.abcd_012"
    young.write_bytes(b"just being written")

    build(order(root))

    assert not [path for path in half if path.exists()]
    assert young.exists()


def test_two_builds_at_once_come_out_as_one(root: Path, tmp_path: Path) -> None:
    write_version(root, 1)
    both = [
        subprocess.Popen(command(root), env=environment(), stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=120)[0] for process in both]

    assert [process.returncode for process in both] == [0, 0], said
    fresh = copy_root(root, tmp_path / "fresh")
    assert build(order(fresh)).succeeded
    assert tree(root / "site") == tree(fresh / "site")


@pytest.mark.skipif(sys.platform == "win32", reason="it has no limits for files")
def test_where_there_is_no_room_it_says_so_and_what_is_published_stays(
    root: Path, tmp_path: Path
) -> None:
    """A limit of the size of files stands for a disk that is full: writing fails in the same way."""
    before = tree(root / "site")
    write_version(root, 1)
    limited = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000)); "
        "from ltp.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, *command(root, "--jobs", "1")[3:]],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert "File too large" in done.stdout + done.stderr
    assert tree(root / "site") == before

    assert build(order(root)).succeeded
    assert versions_of(root, "area-01") == {1}


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_processes_may_be_started_in_any_way(method: str, root: Path, tmp_path: Path) -> None:
    """Linux forks them, macOS and Windows spawn them."""
    program = (
        "import multiprocessing, sys\n"
        "from ltp.cli import main\n"
        "if __name__ == '__main__':\n"
        f"    multiprocessing.set_start_method({method!r})\n"
        "    sys.exit(main(sys.argv[1:]))\n"
    )
    script = tmp_path / "start.py"
    script.write_text(program, encoding="utf-8")
    fresh = copy_root(root, tmp_path / "fresh")
    done = subprocess.run(
        [sys.executable, str(script), *command(fresh, "--jobs", "2")[3:]],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert tree(fresh / "site") == tree(root / "site")


def test_parts_that_were_built_on_machines_of_their_own_are_put_together(
    root: Path, tmp_path: Path
) -> None:
    write_version(root, 1)
    together = copy_root(root, tmp_path / "together")
    for area in TARGETS:
        alone = copy_root(root, tmp_path / area)
        done = subprocess.run(
            command(alone, area, "--part"),
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert not (alone / "site").exists()
        shutil.copytree(alone / ".ltp/targets", together / ".ltp/targets", dirs_exist_ok=True)

    said: list[str] = []
    assert build(order(together), said.append).succeeded

    assert [line.split(":")[0].strip() for line in said] == ["portal"]
    assert build(order(root)).succeeded
    assert tree(together / "site") == tree(root / "site")


@pytest.mark.parametrize("name", ["manifest.json", "search.json"])
@pytest.mark.parametrize("left", [100, 0, None])
def test_what_is_kept_of_an_area_and_is_damaged_is_made_again(
    root: Path, name: str, left: int | None
) -> None:
    expected = tree(root / "site")
    path = root / ".ltp/targets/area-01" / name
    if left is None:
        path.unlink()
    else:
        path.write_text(path.read_text(encoding="utf-8")[:left], encoding="utf-8")
    said: list[str] = []

    assert build(order(root), said.append).succeeded

    assert [line.split(":")[0].strip() for line in said] == ["area-01"]
    assert tree(root / "site") == expected
