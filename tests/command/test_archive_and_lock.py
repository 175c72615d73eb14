"""`ltp archive` and `ltp lock`: what they write, what they keep, and what a broken lock says."""

from __future__ import annotations

import io
import sys

import pytest
from tests.command.running import Desk
from tests.site.built import tree

from ltp.plans.loading import load

ANSWERS = {
    "--content-from": "harbour-board",
    "--because": "Its time: “over”, as #1 said",
    "--looked-after-by": "harbour",
}
OPTIONS = [word for pair in ANSWERS.items() for word in pair]
FACTS = "content/harbour/2024-25/edition.yml"


class Terminal(io.StringIO):
    """A terminal at which somebody types lines that are known before."""

    def isatty(self) -> bool:
        return True


def act(desk: Desk) -> tuple[str, str | None, str | None, str]:
    """Give the last act in the history of the plan that is archived."""
    last = load(desk.root).plans.editions["harbour/2024-25"].history[-1]
    return last.kind, last.content_from, last.looked_after_by, last.because


WRITTEN = ("archived", "harbour-board", "harbour", "Its time: “over”, as #1 said")


def test_archive_writes_the_history_and_locks_the_pages(desk: Desk) -> None:
    said = desk.ltp("archive", "harbour/2024-25", *OPTIONS)

    assert said.code == 0
    assert said.out.splitlines() == [
        f"  {FACTS}",
        "  content/harbour/2024-25/locked.txt",
        "harbour/2024-25 is archived and its pages are locked. "
        "Next: look at its notice with ltp serve harbour",
    ]
    assert desk.faults() == []
    assert act(desk) == WRITTEN
    assert str(load(desk.root).plans.editions["harbour/2024-25"].history[-1].date) == (
        "21 November 2026"
    )


def test_archive_keeps_every_other_line_as_it_was(desk: Desk) -> None:
    text = desk.read(FACTS).replace(
        "kind: refresh", "kind: refresh   # not a plan, a refresh\n# a remark of its own"
    )
    desk.write(FACTS, text + "# the last remark\n")

    assert desk.ltp("archive", "harbour/2024-25", *OPTIONS).code == 0

    after = desk.read(FACTS)
    added = [line for line in after.splitlines() if line not in text.splitlines()]
    assert "# the last remark" in added
    assert [line for line in text.splitlines() if line not in after.splitlines()] == []
    assert len(added) == 2
    assert act(desk) == WRITTEN
    assert load(desk.root).plans.editions["harbour/2024-25"].history[0].kind == "corrected"


@pytest.mark.parametrize(
    "history",
    [
        "",
        "history: []\n",
        "history: [{date: 2025-01-01, kind: corrected, because: A figure.}]\n",
        "history:\n- date: 2025-01-01\n  kind: corrected\n  because: A figure.\n",
        "history:\n  - date: 2025-01-01\n    kind: corrected\n    because: >\n      A figure\n      was wrong.\nsource: storybook\n",
        "history: []   # nothing yet\nsource: storybook\n",
    ],
    ids=["none", "empty", "in brackets", "not indented", "over lines", "with a remark"],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_archive_adds_to_a_history_however_it_is_written(
    desk: Desk, history: str, ends: str
) -> None:
    head = desk.read(FACTS).partition("history:")[0]
    before = load(desk.root).plans.editions["harbour/2024-25"]
    (desk.root / FACTS).write_bytes((head + history).replace("\n", ends).encode())
    assert desk.faults() == []

    assert desk.ltp("archive", "harbour/2024-25", *OPTIONS).code == 0

    assert desk.faults() == []
    assert act(desk) == WRITTEN
    after = load(desk.root).plans.editions["harbour/2024-25"]
    assert len(after.history) == 1 + ("corrected" in history)
    assert (after.label, after.replaces) == (before.label, before.replaces)
    raw = (desk.root / FACTS).read_bytes()
    assert raw.count(b"\r\n") == (raw.count(b"\n") if ends == "\r\n" else 0)
    for remark in ("# Made up", "# nothing yet" if "# nothing yet" in history else "# Made up"):
        assert remark.encode() in raw


def test_archive_asks_for_what_it_is_not_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        sys, "stdin", Terminal("\nharbour-board\nIts time: “over”, as #1 said\nharbour\n")
    )

    said = desk.ltp("archive", "harbour/2024-25")

    assert said.code == 0
    assert act(desk) == WRITTEN
    assert said.out.count("Whose content is it? One of harbour-group, harbour-board") == 2
    assert "Why is it archived? One sentence that readers will see" in said.out
    assert "Which area looks after help now? One of ferry, harbour" in said.out


def test_archive_asks_only_for_what_is_left(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("harbour\n"))

    said = desk.ltp("archive", "harbour/2024-25", *OPTIONS[:4])

    assert said.code == 0
    assert act(desk) == WRITTEN
    assert "Whose content" not in said.out


def test_archive_without_a_terminal_names_the_option_that_is_missing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    before = tree(desk.root)

    said = desk.ltp("archive", "harbour/2024-25", *OPTIONS[:2])

    assert said.code == 1
    assert "Say it with --because" in said.err
    assert tree(desk.root) == before


def test_a_terminal_that_closes_in_the_middle_is_told_and_nothing_is_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("harbour-board\n"))
    before = tree(desk.root)

    said = desk.ltp("archive", "harbour/2024-25")

    assert said.code == 1
    assert "Traceback" not in said.err
    assert tree(desk.root) == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["harbour/2024-52", *OPTIONS], "Did you mean “harbour/2024-25”?"),
        (
            ["harbour/2016-18", *OPTIONS],
            "harbour/2016-18 is archived already. Its history says why.",
        ),
        (
            ["harbour/2024-25", *OPTIONS, "--content-from", "harbour-bord"],
            "Did you mean “harbour-board”?",
        ),
        (["harbour/2024-25", *OPTIONS, "--looked-after-by", "medow"], "Did you mean “meadow”?"),
    ],
)
def test_what_cannot_be_archived_is_refused_and_nothing_is_written(
    desk: Desk, words: list[str], told: str
) -> None:
    before = tree(desk.root)

    said = desk.ltp("archive", *words)

    assert said.code == 1
    assert told in said.err
    assert tree(desk.root) == before


def test_an_archived_plan_shows_its_notice_once_it_is_built(built_desk: Desk) -> None:
    built_desk.ltp("archive", "harbour/2024-25", *OPTIONS)

    assert built_desk.ltp("build", "--jobs", "1").code == 0

    page = built_desk.read("site/harbour/2024-25/crisis/index.html")
    assert "This is archived content from Harbour &amp; Lowtown Board" in page
    assert "Its time: “over”, as #1 said." in page
    assert not (built_desk.root / "site/harbour/2024-25/locked.txt").exists()


# -- locks


def test_a_locked_plan_that_nobody_touched_has_no_fault(desk: Desk) -> None:
    said = desk.ltp("lock", "harbour/2016-18")

    assert said.code == 0
    assert said.out.splitlines() == [
        "  content/harbour/2016-18/locked.txt",
        "The pages of harbour/2016-18 are locked as they are now. Next: ltp check",
    ]
    assert desk.ltp("check").code == 0


def test_a_page_of_a_locked_plan_that_changed_went_or_came_is_told(desk: Desk) -> None:
    desk.ltp("lock", "meadow/2023-24")
    folder = "content/meadow/2023-24"
    desk.write(f"{folder}/index.md", desk.read(f"{folder}/index.md") + "\nMore.\n")
    desk.write(f"{folder}/schools.md", "---\ntitle: Schools\n---\n\nNew.\n")
    crisis = desk.root / folder / "crisis.md"
    crisis.rename(desk.root / "crisis.md")

    said = desk.ltp("check")

    assert said.code == 1
    for name, how in (("index", "was changed"), ("schools", "is new"), ("crisis", "is gone")):
        assert f"{folder}/{name}.md:1: this plan is locked, and the file {how}." in said.out
    assert "ltp lock meadow/2023-24" in said.out


def test_a_broken_lock_stops_its_area_alone(built_desk: Desk) -> None:
    built_desk.ltp("lock", "meadow/2023-24")
    before = tree(built_desk.root / "site/meadow")
    page = "content/meadow/2023-24/crisis.md"
    built_desk.write(page, built_desk.read(page) + "\nMore.\n")

    said = built_desk.ltp("build", "--jobs", "1")

    assert said.code == 1
    assert f"{page}:1: this plan is locked, and the file was changed." in said.out
    assert "meadow stays as it was published" in said.out
    assert tree(built_desk.root / "site/meadow") == before


def test_locking_again_accepts_the_pages_as_they_are(desk: Desk) -> None:
    desk.ltp("lock", "meadow/2023-24")
    page = "content/meadow/2023-24/crisis.md"
    desk.write(page, desk.read(page) + "\nMore.\n")
    assert desk.ltp("check").code == 1

    desk.ltp("lock", "meadow/2023-24")

    assert desk.ltp("check").code == 0


def test_the_facts_of_a_locked_plan_may_still_change_and_so_may_its_line_ends(desk: Desk) -> None:
    desk.ltp("lock", "meadow/2023-24")
    facts = "content/meadow/2023-24/edition.yml"
    desk.write(facts, desk.read(facts) + "doubts:\n  - Nobody knows.\n")
    page = desk.root / "content/meadow/2023-24/crisis.md"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))

    assert desk.ltp("check").code == 0


def test_an_unknown_plan_cannot_be_locked(desk: Desk) -> None:
    said = desk.ltp("lock", "meadow/2023-42")

    assert said.code == 1
    assert said.err == "There is no plan “meadow/2023-42”. Did you mean “meadow/2023-24”?\n"


def test_a_plan_with_a_fault_is_not_said_to_be_missing(desk: Desk) -> None:
    desk.write(FACTS, desk.read(FACTS).replace("kind: refresh", "kind: refesh"))

    for words in (["lock"], ["archive", *OPTIONS]):
        said = desk.ltp(words[0], "harbour/2024-25", *words[1:])
        assert said.code == 1
        assert said.err == (
            "harbour/2024-25 has a fault, so it can’t be read. Run ltp check and put it right.\n"
        )
