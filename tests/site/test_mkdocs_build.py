"""`mkdocs build` alone makes everything, and publishes nothing that did not pass."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.site.built import MADE_UP, copy_code, tree

from ltp.publishing import verifying


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the code, with the made-up areas, that has been published once."""
    code = copy_code(MADE_UP, tmp_path_factory.mktemp("code") / "code")
    done = mkdocs_build(code)
    assert done.returncode == 0, done.stderr
    return code


def mkdocs_build(code: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-f", str(code / "mkdocs.yml")],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_it_makes_the_portal_and_every_area(first: Path) -> None:
    for page in (
        "",
        "harbour/2026-27/crisis/",
        "lighthouse/2018-21/",
        "meadow/",
        "id/hill/hilltop/",
    ):
        assert (first / "site" / page / "index.html").is_file()


def test_every_file_has_the_digest_that_is_written_down(first: Path) -> None:
    targets = sorted((first / ".ltp/targets").iterdir())
    assert len(targets) > 3
    assert [spoilt for target in targets for spoilt in verifying.spoilt(target)] == []


def test_a_warning_in_the_portal_publishes_nothing(first: Path) -> None:
    """MkDocs' strict mode stops a build only after its last event."""
    before = tree(first / "site")
    page = first / "content/portal/about.md"
    whole = page.read_text(encoding="utf-8")
    page.write_text(f"{whole}\n[Nowhere](no-such-page.md)\n", encoding="utf-8")

    done = mkdocs_build(first)

    page.write_text(whole, encoding="utf-8")
    assert done.returncode != 0
    assert "no-such-page.md" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert tree(first / "site") == before


def test_words_in_the_portal_that_shut_somebody_out_publish_nothing(first: Path) -> None:
    before = tree(first / "site")
    page = first / "content/portal/about.md"
    whole = page.read_text(encoding="utf-8")
    page.write_text(f"{whole}\nA *word*. [Here](index.md)\n", encoding="utf-8")
    line = whole.count("\n") + 2

    done = mkdocs_build(first)

    page.write_text(whole, encoding="utf-8")
    told = done.stdout + done.stderr
    assert done.returncode != 0
    assert f"content/portal/about.md:{line}: “Here” does not say where the link leads" in told
    assert f"content/portal/about.md:{line}: “word” is in italics" in told
    assert "Traceback" not in told
    assert tree(first / "site") == before


def test_a_fault_in_an_area_leaves_it_as_it_was_and_builds_the_others(first: Path) -> None:
    before = tree(first / "site/meadow")
    facts = first / "content/meadow/2023-24/edition.yml"
    hill = first / "content/hill/index.md"
    whole, words = facts.read_text(encoding="utf-8"), hill.read_text(encoding="utf-8")
    facts.write_text(whole.replace("kind:", "knid:"), encoding="utf-8")
    hill.write_text(f"{words}\nNEW-ON-THE-HILL\n", encoding="utf-8")

    done = mkdocs_build(first)

    facts.write_text(whole, encoding="utf-8")
    hill.write_text(words, encoding="utf-8")
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "content/meadow/2023-24/edition.yml:" in said
    assert "Did you mean “kind”?" in said
    assert "meadow stays as it was: it has a fault" in said
    assert "Traceback" not in said
    assert tree(first / "site/meadow") == before
    assert "NEW-ON-THE-HILL" in (first / "site/hill/index.html").read_text(encoding="utf-8")


def test_a_fault_of_what_all_share_is_told_without_a_traceback(first: Path) -> None:
    before = tree(first / "site")
    contacts = first / "areas/contacts.yml"
    whole = contacts.read_text(encoding="utf-8")
    contacts.write_text(whole.replace("urgency:", "urgencie:", 1), encoding="utf-8")

    done = mkdocs_build(first)

    contacts.write_text(whole, encoding="utf-8")
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "areas/contacts.yml:" in said
    assert "Traceback" not in said
    assert tree(first / "site") == before


def test_a_folder_that_it_did_not_make_is_refused(first: Path) -> None:
    """`site_dir` is emptied by MkDocs; nothing of anybody's may be in it."""
    foreign = first.parent / "photographs"
    foreign.mkdir()
    (foreign / "summer.txt").write_text("Summer", encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "-f",
            str(first / "mkdocs.yml"),
            "-d",
            str(foreign),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert done.returncode != 0
    assert "did not make, so it is left alone" in done.stdout + done.stderr
    assert [path.name for path in foreign.iterdir()] == ["summer.txt"]
