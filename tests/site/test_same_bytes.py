"""The same sources, day and installed versions give the same bytes, however they are built."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.site.built import CODE, MADE_UP, Built, build_copy, copy_code, order, tree
from tests.site.edits import without_memory

from ltp.publishing.building import build


def same(one: Path, other: Path) -> None:
    """Fail with the names of the files that differ, rather than with their bytes."""
    before, after = tree(one), tree(other)
    assert sorted(before) == sorted(after)
    assert [name for name in before if before[name] != after[name]] == []
    assert len(before) > 50


def test_a_clean_build_elsewhere_gives_the_same_bytes(
    real: Built, made_up_at_address: Built, tmp_path: Path
) -> None:
    again = build_copy(real.root, tmp_path / "real")
    same(real.folder, again.folder)

    address = made_up_at_address.address
    again = build_copy(MADE_UP, tmp_path / "made-up", address=address)
    same(made_up_at_address.folder, again.folder)


def test_building_again_over_what_was_built_gives_the_same_bytes(
    made_up: Built, tmp_path: Path
) -> None:
    again = without_memory(made_up.root, tmp_path / "again")
    said: list[str] = []

    assert build(order(again), said.append).succeeded

    assert len(said) == 6, "everything is built"
    assert tree(again / "site") == tree(made_up.folder)


def test_building_one_area_again_changes_nothing(made_up: Built, tmp_path: Path) -> None:
    again = without_memory(made_up.root, tmp_path / "again")

    assert build(order(again, areas=("meadow",))).succeeded

    assert tree(again / "site") == tree(made_up.folder)


def test_two_at_a_time_give_the_same_bytes_as_one_at_a_time(made_up: Built, tmp_path: Path) -> None:
    """Built twice with two processes, since what is left to chance may come out right once."""
    for name in ("first", "second"):
        built = build_copy(MADE_UP, tmp_path / name, jobs=2)
        same(made_up.folder, built.folder)


def test_another_order_of_hashes_gives_the_same_bytes(tmp_path: Path) -> None:
    """Python shuffles sets anew in each process, unless it is told the seed."""
    for seed in ("1", "2"):
        root = tmp_path / seed
        shutil.copytree(MADE_UP, root)
        _run(
            [*LTP, "build", "--root", str(root), "--today", "2026-11-21", "--jobs", "1"],
            PYTHONHASHSEED=seed,
            TZ="Pacific/Kiritimati" if seed == "1" else "America/Los_Angeles",
        )
    same(tmp_path / "1/site", tmp_path / "2/site")


LTP = (sys.executable, "-m", "ltp.cli")


def _run(command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        command,
        cwd=CODE,
        env={**os.environ, "PYTHONPATH": str(CODE / "hooks"), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def test_mkdocs_build_gives_the_same_bytes_as_ltp_build(real: Built, tmp_path: Path) -> None:
    """Both work for the day on which they run, so a midnight between them starts them again."""
    whole_code = copy_code(real.root, tmp_path / "code")
    for _ in range(2):
        day = datetime.date.today()  # noqa: DTZ011
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "-f", str(whole_code / "mkdocs.yml")],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        out = tmp_path / f"ltp-{day}"
        _run(
            [*LTP, "build", "--root", str(whole_code), "--out", str(out), "--today", str(day)],
            PYTHONPATH=str(whole_code / "hooks"),
        )
        if day == datetime.date.today():  # noqa: DTZ011
            break
    same(whole_code / "site", out)


SCRIPTS = {
    "address.js",
    "display-settings.js",
    "display.js",
    "find.js",
    "leave.js",
    "open-now.js",
    "search.js",
    "seek.js",
    "words.js",
}


def test_nothing_but_the_public_site_is_in_the_output(any_site: Built) -> None:
    endings = {path.suffix for path in any_site.folder.rglob("*") if path.is_file()}

    index = {".pagefind", ".pf_fragment", ".pf_index", ".pf_meta"}
    ours = {".html", ".css", ".svg", ".csv", ".json", ".js", ".txt", ".xml", ""}
    assert endings <= ours | index
    for path in any_site.folder.rglob("*"):
        if path.suffix in index or path.name == "pagefind.js":
            assert "search" in path.relative_to(any_site.folder).parts[:2], path
    scripts = set(any_site.folder.rglob("assets/*.js"))
    assert {path.name for path in scripts} == SCRIPTS
    others = set(any_site.folder.rglob("*.js")) - scripts
    assert {path.name for path in others} == {"pagefind.js"}
    names = {path.name for path in any_site.folder.rglob("*") if not path.suffix}
    hidden = {name for name in names if name.startswith((".", "_"))}
    assert hidden == {".htaccess", ".nojekyll", "_headers", "_redirects"}
