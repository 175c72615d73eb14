"""Every address ever published keeps working: the ledgers, and what a build does when one would not."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.site.built import Built, order, tree

from ltp.cli import main
from ltp.publishing.building import build


@pytest.fixture
def recorded(made_up: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Built:
    """Give a copy of the made-up areas, published, with its addresses written down."""
    built = made_up.copy(tmp_path / "recorded")
    assert main(["record", "--root", str(built.root)]) == 0
    capsys.readouterr()
    return built


def ledger(site: Built, target: str) -> set[str]:
    lines = (site.root / f"areas/{target}.ledger").read_text(encoding="utf-8").splitlines()
    return {line for line in lines if not line.startswith("#")}


def test_the_ledgers_hold_every_page_and_file_that_is_published(recorded: Built) -> None:
    targets = ("portal", "ferry", "harbour", "hill", "lighthouse", "meadow")
    known = {address for target in targets for address in ledger(recorded, target)}

    pages = {address for address in recorded.pages if not address.endswith("404.html")}
    assert pages <= known
    assert "/harbour/plans/plans.csv" in known
    assert "/harbour/2026-27/boats.svg" in known
    for address in known:
        assert recorded.file(address).is_file(), address
    # Scripts go with the code: nobody links to one.
    assert [address for address in known if address.endswith(".js")] == []


def test_recording_again_adds_nothing(recorded: Built, capsys: pytest.CaptureFixture[str]) -> None:
    before = ledger(recorded, "harbour")

    assert build(order(recorded.root)).unrecorded == ()
    assert main(["record", "--root", str(recorded.root)]) == 0

    assert ledger(recorded, "harbour") == before
    assert "0 addresses were added" in capsys.readouterr().out


def test_a_page_that_goes_away_stops_its_area_and_leaves_what_was_published(
    recorded: Built, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(recorded.folder / "meadow")
    (recorded.root / "content/meadow/easy-read/index.md").unlink()
    (recorded.root / "content/meadow/easy-read/edition.yml").unlink()
    (recorded.root / "content/meadow/easy-read").rmdir()

    code = main(["build", "--root", str(recorded.root), "--today", "2026-11-21", "--jobs", "1"])

    said = capsys.readouterr().out
    assert code == 1
    assert "/meadow/easy-read/" in said
    assert "areas/meadow.ledger:" in said
    assert "formerly" in said
    assert "meadow stays as it was published: it has a fault." in said
    assert tree(recorded.folder / "meadow") == before


def test_the_other_areas_are_built_all_the_same(recorded: Built) -> None:
    (recorded.root / "content/meadow/2023-24/crisis.md").rename(
        recorded.root / "content/meadow/2023-24/gates.md"
    )
    index = recorded.root / "content/meadow/2023-24/index.md"
    index.write_text(index.read_text("utf-8").replace("crisis.md", "gates.md"), "utf-8")

    outcome = build(order(recorded.root))

    assert outcome.failed == ("meadow",)
    assert set(outcome.built) == {"portal", "ferry", "harbour", "hill", "lighthouse"}


def test_saying_what_a_page_was_formerly_cures_it(recorded: Built) -> None:
    old = recorded.root / "content/meadow/2023-24/crisis.md"
    text = old.read_text(encoding="utf-8")
    new = old.with_name("gates.md")
    new.write_text(
        text.replace("topic: crisis\n", "topic: crisis\nformerly: 2023-24/crisis\n"), "utf-8"
    )
    old.unlink()
    index = old.with_name("index.md")
    index.write_text(index.read_text("utf-8").replace("crisis.md", "gates.md"), "utf-8")

    outcome = build(order(recorded.root))

    assert outcome.succeeded, [str(each) for each in outcome.findings]
    stub = Built(recorded.root, recorded.folder, outcome)["/meadow/2023-24/crisis/"]
    assert stub.resolve(stub.leads_to) == "/meadow/2023-24/gates/"
    assert "/meadow/2023-24/crisis/ /meadow/2023-24/gates/ 301" in (
        recorded.folder / "_redirects"
    ).read_text(encoding="utf-8")


def test_a_plan_that_is_removed_still_answers_at_every_address_it_had(recorded: Built) -> None:
    """Also at those of its pages, after their files have been deleted."""
    folder = recorded.root / "content/harbour/2016-18"
    facts = folder / "edition.yml"
    act = "  - {date: 2026-11-01, kind: removed, because: It named a child.}\n"
    facts.write_text(facts.read_text(encoding="utf-8") + act, encoding="utf-8")
    (folder / "crisis.md").unlink()

    outcome = build(order(recorded.root))

    assert outcome.succeeded, [str(each) for each in outcome.findings]
    page = Built(recorded.root, recorded.folder, outcome)["/harbour/2016-18/crisis/"]
    assert [each.heading for each in page.notices] == ["This plan has been removed"]


def test_an_area_that_goes_away_is_told_and_nothing_is_lost(
    recorded: Built, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(recorded.folder)
    (recorded.root / "areas/ferry.yml").unlink()
    (recorded.root / "content/ferry/index.md").unlink()
    (recorded.root / "content/ferry").rmdir()

    code = main(["build", "--root", str(recorded.root), "--today", "2026-11-21", "--jobs", "1"])

    said = capsys.readouterr()
    assert code == 1
    assert "“ferry” was published once, and there is no areas/ferry.yml any more" in said.out
    assert "ferry stays as it was published" in said.out
    assert set(before) <= set(tree(recorded.folder))


def test_a_ledger_that_cannot_be_read_is_told_with_its_line_and_stops_its_area_alone(
    recorded: Built,
) -> None:
    path = recorded.root / "areas/meadow.ledger"
    path.write_text(path.read_text(encoding="utf-8") + "not an address\n", encoding="utf-8")

    outcome = build(order(recorded.root))

    assert outcome.failed == ("meadow",)
    faults = [str(each) for each in outcome.findings if each.is_fault]
    assert len(faults) == 1
    assert faults[0].startswith("areas/meadow.ledger:")


def test_the_portal_leads_to_nothing_that_its_area_does_not_publish_in_the_end(
    recorded: Built,
) -> None:
    """A new plan and a lost page at once: the area stays as it was, so the new plan is not there."""
    folder = recorded.root / "content/meadow"
    (folder / "2023-24/crisis.md").unlink()
    index = folder / "2023-24/index.md"
    index.write_text(index.read_text("utf-8").replace("[crisis care](crisis.md)", "it"), "utf-8")
    new = folder / "2026-27"
    new.mkdir()
    facts = (folder / "2023-24/edition.yml").read_text(encoding="utf-8")
    (new / "edition.yml").write_text(
        facts.replace("2023 to 2024", "2026 to 2027").replace("2023-10", "2026-10")
        + "replaces: meadow/2023-24\n",
        "utf-8",
    )
    (new / "index.md").write_text(index.read_text("utf-8"), "utf-8")

    outcome = build(order(recorded.root))

    assert outcome.failed == ("meadow",)
    assert not (recorded.folder / "meadow/2026-27").exists()
    assert not (recorded.folder / "id/meadow/2026-27").exists()
    assert "meadow/2026-27" not in (recorded.folder / "index.html").read_text(encoding="utf-8")
