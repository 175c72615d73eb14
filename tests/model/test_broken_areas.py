"""One broken area for each message: what an editor reads, exactly and completely."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from ltp.findings import LtpError
from ltp.loading import load

from .broken import FOLDER, Case, cases, found, write

CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_broken_area_gives_exactly_these_findings(case: Case, tmp_path: Path) -> None:
    write(case, tmp_path)

    assert [str(finding) for finding in found(tmp_path)] == list(case.finds)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_every_finding_can_be_followed(case: Case, tmp_path: Path) -> None:
    write(case, tmp_path)

    for finding in found(tmp_path):
        path = tmp_path / finding.path
        lines = path.read_bytes().count(b"\n") + 1 if path.is_file() else 1
        assert 1 <= finding.line <= lines
        assert not finding.what.endswith(".")
        assert finding.cure[-1] in ".?…" or finding.cure.startswith(
            ("Make the plan with:", "Write ##", "Take that line out and write:")
        )
        assert "\n" not in str(finding)


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


def test_a_file_that_cannot_be_opened_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(Case("nothing", (), ()), tmp_path)
    locked = tmp_path / "content/blmk/index.md"
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path == locked:
            raise PermissionError("another program has it open")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)

    assert [str(finding) for finding in found(tmp_path)] == [
        "content/blmk/index.md:1: the file can’t be opened. "
        "Close it in other programs, and check that you may read it."
    ]


def test_the_folder_of_cases_holds_nothing_else() -> None:
    others = [path.name for path in FOLDER.iterdir() if path.suffix != ".txt"]

    assert others == ["base"]
