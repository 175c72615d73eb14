"""The benches' pure parts: the made-up England, and the table of figures. What they measure is not looked at."""

from __future__ import annotations

import hashlib
import math
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from bench import corpus, england, material, peers
from bench.measuring import BenchError, Figure, Spent, median, run, table, tell

from ltp.plans import rules
from ltp.plans.loading import load
from ltp.plans.status import Status, work_out
from ltp.writing import checking as writing

SMALL = corpus.Size(areas=2, editions=2, pages=3, services=2)


# -- the made-up England


def test_the_same_size_gives_the_same_bytes() -> None:
    told = "".join(f"{path}\n{text}" for path, text in corpus.files(SMALL))
    assert hashlib.sha256(told.encode()).hexdigest() == BYTES, (
        "Figures of other bytes can't be compared with those that were taken before. If that is meant, "
        "say so in the commit, and write the new hash here."
    )


BYTES = "9f58178cfb84289eea2cfd804c5cf27b4416b88c23425c71fbcd7273ae66b013"


def test_more_areas_change_nothing_in_the_first_ones() -> None:
    few, more = (
        dict(corpus.files(corpus.Size(areas=areas, editions=2, pages=3))) for areas in (3, 4)
    )
    # The last area's pages link to the first, and to the next where there is one.
    of_first = [path for path in few if path.startswith(("content/area-01/", "areas/area-"))]
    assert of_first
    assert all(few[path] == more[path] for path in of_first)


def test_england_is_as_large_as_it_should_be() -> None:
    assert corpus.Size().plan_pages == 6_300
    paths = [path for path, _ in corpus.files(corpus.Size())]
    assert len(paths) == len(set(paths))
    assert sum(path.endswith("/edition.yml") for path in paths) == 420
    plans = [path for path in paths if path.count("/") == 3 and "/help/" not in path]
    assert sum(path.endswith(".md") for path in plans) == 6_300


def test_nothing_is_to_be_told_of_it(tmp_path: Path) -> None:
    corpus.write(tmp_path, SMALL)
    loaded = load(tmp_path)
    found = [*loaded.findings, *rules.check(loaded.plans, corpus.TODAY, frozenset())]
    assert [*found, *writing.check(tmp_path, loaded.plans)] == []


def test_only_the_last_plan_of_an_area_is_the_latest(tmp_path: Path) -> None:
    corpus.write(tmp_path, corpus.Size(areas=1, editions=10, pages=2, services=1))
    standings = work_out(load(tmp_path).plans, corpus.TODAY)
    statuses = [each.status for each in standings.of_area("area-01")]
    assert statuses.count(Status.LATEST) == 1
    assert statuses.count(Status.REPLACED) == 9


def test_material_is_given_every_page_with_links_that_it_can_follow() -> None:
    pages = dict(corpus.pages(corpus.Size(areas=2)))
    rewritten = {path: material.with_files_for_areas(text) for path, text in pages.items()}
    assert any("](area:" in text for text in pages.values())
    assert not any("](area:" in text for text in rewritten.values())
    assert all(
        "](../../area-01/2026-27/index.md)" in rewritten[path]
        for path, text in pages.items()
        if "](area:area-01/2026-27)" in text
    )


def test_material_is_not_given_the_help_directory(tmp_path: Path) -> None:
    material.write(tmp_path, SMALL)
    written = [path.relative_to(tmp_path / "docs") for path in tmp_path.rglob("*.md")]
    assert len(written) == SMALL.plan_pages + SMALL.areas + 1
    assert not any("help" in path.parts for path in written)


def test_antora_is_given_every_page_in_its_own_language() -> None:
    pages = [peers.as_asciidoc(text) for _, text in corpus.pages(SMALL)]
    whole = "\n".join(pages)
    assert all(page.startswith("= ") for page in pages)
    for written in ("[^", "](", "**", "!!!", "???", "*[CYPS]", "Table: ", "\n## ", "|--", "area:"):
        assert written not in whole
    for written in ("footnote:[", "xref:", "[NOTE]", "[%collapsible]", "|===", "\n== ", "\n* "):
        assert written in whole


def test_a_program_that_cannot_be_installed_is_left_out_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(folder: Path) -> Sequence[str]:
        raise BenchError("It can’t be installed: no such package")

    gone = peers.Peer("gone", "A program that is gone", fails, material.write)
    monkeypatch.setattr(peers, "PEERS", [gone])
    assert peers.main(["--areas", "1"]) == 0
    said = capsys.readouterr().out
    assert "A program that is gone is left out. It can’t be installed: no such package" in said


# -- the table


def test_a_figure_may_be_as_much_as_its_must() -> None:
    assert Figure("a build", 90.0, 90).is_kept
    assert not Figure("a build", 90.1, 90).is_kept
    assert Figure("a build", 1e9).is_kept


def test_an_aim_is_told_and_is_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    figure = Figure("a build", 80.0, 90, "s", 75)
    assert figure.is_kept
    assert not figure.is_reached
    assert tell([figure]) == 0
    assert "over the aim" in capsys.readouterr().out


def test_what_is_too_much_is_told_and_is_a_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert tell([Figure("one", 1, 2), Figure("two", 3, 2, aim=1)]) == 1
    said = capsys.readouterr().out
    assert said.count("TOO MUCH") == 1
    assert "over the aim" not in said


def test_what_never_came_is_too_much() -> None:
    figure = Figure("seen", math.inf, 300)
    assert not figure.is_kept
    assert figure.cells[1] == "never"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0.2149, "0.21"),
        (9.999, "10.0"),
        (12.34, "12.3"),
        (0.0, "0.00"),
        (630.4, "630"),
        (6_300, "6,300"),
        (0, "0"),
    ],
)
def test_a_number_is_told_with_what_matters_of_it(value: float, told: str) -> None:
    assert Figure("a figure", value, unit="").cells[1] == told


def test_columns_stand_under_their_heads() -> None:
    lines = list(table([Figure("short", 1, 2, "s", 3), Figure("a longer name", 1_000, 2_000)]))
    assert lines[0].split() == ["what", "is", "must", "aim"]
    ends = [lines[0].index(head) + len(head) for head in ("is", "must", "aim")]
    assert [lines[1][:end].split()[-1] for end in ends] == ["s", "s", "s"]
    assert [lines[2][:end].split()[-1] for end in ends[:2]] == ["ms", "ms"]


def test_the_median_is_taken_of_times_and_the_most_of_memory() -> None:
    runs = [Spent(1, 9, 100), Spent(3, 7, 300), Spent(2, 8, 200)]
    assert median(runs) == Spent(2, 8, 300)


def test_a_smaller_england_may_take_its_share(tmp_path: Path) -> None:
    half = england.England(tmp_path, england._arguments(["--areas", "21"]))
    assert half.clean_may_take == (45, "s", 37.5)


def test_each_build_is_compared_with_the_one_beside_it() -> None:
    def beside(one: float, other_pages: float, peer: float) -> england.Clean:
        return england.Clean(Spent(one, 1, 1), other_pages, Spent(peer, 1, 1), None)

    # The second pair fell into a time in which everything took twice as long.
    runs = [beside(45, 5, 50), beside(90, 10, 100), beside(46, 10, 60)]
    found = {each.what.strip(): each.value for each in england.against_peer(runs)}
    assert found == {
        "Material with pruned navigation, CPU": 60,
        "clean build against it, all pages": 0.9,
        "clean build against it, pages of plans": 0.8,
    }


def test_without_a_peer_nothing_is_compared() -> None:
    assert not list(england.against_peer([england.Clean(Spent(1, 1, 1), 0, None, None)]))


def test_what_needs_a_browser_can_be_left_out(tmp_path: Path) -> None:
    given = england._arguments(["--no-browser", "--only", "search", "pages", "served"])
    assert england.England(tmp_path, given).wanted == ["pages"]


def test_what_was_built_is_read_from_what_the_build_said() -> None:
    said = "Building …\n  area-01: 213 pages, 2.5 seconds\n  portal: 1 page, 0.7 seconds\n458 pages in site/\n"
    assert england.built_by(said) == {"area-01", "portal"}


def test_a_target_whose_pages_are_new_files_is_seen(tmp_path: Path) -> None:
    for name in ("area-01/index.html", "area-02/index.html", "index.html", "area-02/a.css"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
        os.utime(path, ns=(0, 1_000))
    assert england.with_new_pages(tmp_path, 2_000) == set()
    os.utime(tmp_path / "area-02/a.css", ns=(0, 2_000))
    os.utime(tmp_path / "area-01/index.html", ns=(0, 2_000))
    os.utime(tmp_path / "index.html", ns=(0, 2_000))
    assert england.with_new_pages(tmp_path, 2_000) == {"area-01", "portal"}


def test_the_areas_that_name_another_are_those_that_link_to_it(tmp_path: Path) -> None:
    corpus.write(tmp_path, corpus.Size(areas=3))
    assert england.naming(tmp_path, "area-01") == {"area-03"}


def test_pages_of_plans_are_told_from_whole_plans_and_others(tmp_path: Path) -> None:
    size = corpus.Size(areas=1, editions=1, pages=2)
    for name in ("2017-18", "2017-18/access", "2017-18/print", "help", "help/print"):
        path = tmp_path / "area-01" / name / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b" " * 1_024 * len(name))
    assert [sorted(each) for each in england.sizes(tmp_path, size)] == [[7, 14], [13], [4, 10]]


# -- what a command takes


def python(*lines: str) -> Sequence[str]:
    return [sys.executable, "-I", "-S", "-c", "\n".join(lines)]


def test_processes_that_a_command_leaves_are_counted_too(tmp_path: Path) -> None:
    work = "n = 0; exec('while n < 2_000_000: n += 1')"
    spent, said = run(
        python(
            "import subprocess, sys",
            f"subprocess.Popen([sys.executable, '-I', '-S', '-c', {work!r}])",
            "print('left')",
        ),
        tmp_path,
    )
    alone, _ = run(python("print('left')"), tmp_path)
    assert said == "left\n"
    assert spent.cpu > alone.cpu + 0.03


def test_a_process_with_much_memory_is_seen(tmp_path: Path) -> None:
    spent, _ = run(python("all = bytearray(80_000_000)"), tmp_path)
    assert 80e6 < spent.peak < 160e6


def test_a_command_that_fails_is_told_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="ended with 3:\nno such plan"):
        run(python("import sys", "print('no such plan')", "sys.exit(3)"), tmp_path)
