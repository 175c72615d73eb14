"""One broken area for each message: what an editor reads, exactly and completely."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from ltp.findings import Finding, LtpError
from ltp.plans.loading import load
from ltp.plans.rules import refers_to

from .broken import FOLDER, Case, cases, found, write

CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_broken_area_gives_exactly_these_findings(case: Case, tmp_path: Path) -> None:
    write(case, tmp_path)
    findings = found(tmp_path)

    assert [str(finding) for finding in findings] == list(case.finds)
    assert all(is_on_a_line_that_is_there(finding, tmp_path) for finding in findings)


def is_on_a_line_that_is_there(finding: Finding, root: Path) -> bool:
    path = root / finding.path
    lines = path.read_bytes().count(b"\n") + 1 if path.is_file() else 1
    return 1 <= finding.line <= lines


def test_every_message_is_two_sentences_that_end_as_sentences_do() -> None:
    for case in CASES:
        for message in case.finds:
            assert re.search(r"([.?…]|: ## .*)$", message), message
            assert ". . " not in message
            assert not re.search(r"\bNone\b|\(\)|\['|\{'|Value error|ctx", message), message


def test_most_cases_are_about_one_message_only() -> None:
    messages = Counter(len(case.finds) for case in CASES)

    assert messages[1] > 0.8 * len(CASES)


def test_the_good_set_is_good(tmp_path: Path) -> None:
    write(Case("nothing", (), ()), tmp_path)

    assert found(tmp_path) == []
    assert len(load(tmp_path).plans.editions) == 3


def test_a_finding_in_an_areas_files_names_the_area_that_it_stops(tmp_path: Path) -> None:
    case = next(case for case in CASES if case.name.startswith("every-fault"))
    write(case, tmp_path)

    areas = {finding.path: finding.areas for finding in found(tmp_path)}

    assert areas == {
        "areas/blmk.yml": ("blmk",),
        "content/blmk/2024-25/crisis.md": ("blmk",),
        "content/blmk/2024-25/edition.yml": ("blmk",),
        "areas/organisations.yml": (),
        "areas/topics.yml": (),
    }


def test_a_circle_over_two_areas_stops_both(tmp_path: Path) -> None:
    case = next(case for case in CASES if case.name == "plans-replace-each-other-in-a-circle")
    write(case, tmp_path)

    assert found(tmp_path)[0].areas == ("kent-and-medway", "medway")


@pytest.mark.parametrize("name", ["areas", "content"])
def test_a_root_without_its_folders_is_told_in_a_sentence(name: str, tmp_path: Path) -> None:
    other = {"areas": "content", "content": "areas"}[name]
    (tmp_path / other).mkdir()

    with pytest.raises(LtpError, match=f"There is no folder “{name}” in .* name it with --root"):
        load(tmp_path)


@pytest.mark.parametrize(
    "name", ["content/blmk/index.md", "content/blmk/2024-25/edition.yml", "areas/blmk.yml"]
)
def test_a_file_that_cannot_be_opened_is_a_finding(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(Case("nothing", (), ()), tmp_path)
    locked = tmp_path / name
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path == locked:
            raise PermissionError("another program has it open")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)

    assert [str(finding) for finding in found(tmp_path)] == [
        f"{name}:1: the file can’t be opened. "
        "Close it in other programs, and check that you may read it."
    ]


def test_the_folder_of_cases_holds_nothing_else() -> None:
    others = [path.name for path in FOLDER.iterdir() if path.suffix != ".txt"]

    assert others == ["base"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_area_is_held_back_when_what_replaces_its_plan_cannot_be_read(
    encoding: str, tmp_path: Path
) -> None:
    write(Case("nothing", (), ()), tmp_path)
    unread = tmp_path / "content/kent-and-medway/2021/edition.yml"
    text = unread.read_text(encoding="utf-8").replace("kind: plan", "kind plan")
    text = text.replace("[medway/2015-21]", "[medway/2015-21, blmk/2024-25]")
    unread.write_bytes(text.encode(encoding))
    everything = load(tmp_path).plans

    assert "kent-and-medway/2021" not in everything.editions
    assert "kent-and-medway" in refers_to(everything, "medway")
    assert "kent-and-medway" in refers_to(everything, "blmk")
    assert refers_to(everything, "kent-and-medway") == {"medway"}


def test_an_area_that_nothing_faulty_speaks_of_is_not_held_back(tmp_path: Path) -> None:
    write(Case("nothing", (), ()), tmp_path)
    (tmp_path / "areas/kent-and-medway.yml").write_text("name Kent", encoding="utf-8")
    everything = load(tmp_path).plans

    assert "kent-and-medway" in refers_to(everything, "medway")
    assert refers_to(everything, "blmk") == frozenset()
