"""`ltp build`, `check`, `status` and `record`, as a colleague runs them."""

from __future__ import annotations

import re
import sys
from itertools import takewhile
from pathlib import Path

import pytest
from tests.command.running import Desk
from tests.site.built import tree


def test_build_shows_its_progress_counts_and_says_what_to_do_next(desk: Desk) -> None:
    said = desk.ltp("build", "--jobs", "1")

    lines = said.out.splitlines()
    assert said.code == 0
    assert lines[0] == "Building all areas and the portal …"
    for target in ("ferry", "harbour", "hill", "lighthouse", "meadow", "portal"):
        assert [line for line in lines if line.startswith(f"  {target}: ") and " pages, " in line]
    assert "areas/contacts.yml:" in said.out
    assert " pages in " in said.out
    assert (
        lines[-1] == "Next: look at it with make serve (or ltp serve), then http://127.0.0.1:8000/"
    )


def test_build_puts_the_site_where_it_is_told(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "elsewhere"

    assert desk.ltp("build", "--out", str(out)).code == 0

    assert (out / "harbour/2026-27/index.html").is_file()
    assert not (desk.root / "site").exists()


def test_build_of_one_area_builds_it_and_the_portal_and_keeps_the_others(
    built_desk: Desk,
) -> None:
    for area in ("hill", "meadow"):
        page = f"content/{area}/index.md"
        built_desk.write(page, f"{built_desk.read(page)}\nSomething new.\n")
    before = tree(built_desk.root / "site/hill")

    said = built_desk.ltp("build", "meadow", "--jobs", "1")

    assert said.code == 0
    assert said.out.startswith("Building meadow and the portal …\n  meadow: ")
    assert "  hill: " not in said.out
    assert tree(built_desk.root / "site/hill") == before


def test_where_nothing_has_changed_a_build_says_the_same_again_at_once(desk: Desk) -> None:
    first = desk.ltp("build", "--jobs", "1")
    again = desk.ltp("build", "--jobs", "1")

    assert (first.code, again.code) == (0, 0)
    assert "because nothing has changed" in again.out
    assert "ferry: " not in again.out
    to_put_right = [line for line in first.out.splitlines() if line.startswith("  areas/")]
    assert to_put_right
    assert [line for line in again.out.splitlines() if line.startswith("  areas/")] == to_put_right

    ledger = desk.root / "areas/meadow.ledger"
    ledger.write_text("/meadow/gone/\n", encoding="utf-8")
    after = desk.ltp("build", "--jobs", "1")
    assert after.code == 1
    assert "/meadow/gone/ was published once and nothing answers there now" in after.out


def test_nothing_has_changed_only_where_nothing_else_was_published_since(desk: Desk) -> None:
    page, fault = "content/hill/index.md", "content/meadow/2023-24/edition.yml"
    before, whole = desk.read(page), desk.read(fault)
    assert desk.ltp("build", "--jobs", "1").code == 0
    site = tree(desk.root / "site")

    # another day, for one area
    assert desk.ltp("build", "hill", "--jobs", "1", "--today", "2031-01-01").code == 0
    assert tree(desk.root / "site") != site
    assert "hill: " in desk.ltp("build", "--jobs", "1").out
    assert tree(desk.root / "site") == site

    # an edit that was published while another area had a fault, both taken back
    desk.write(page, f"{before}\nSomething new.\n")
    desk.write(fault, whole.replace("kind:", "knid:"))
    assert desk.ltp("build", "--jobs", "1").code == 1
    desk.write(page, before)
    desk.write(fault, whole)
    assert desk.ltp("build", "--jobs", "1").code == 0
    assert tree(desk.root / "site") == site

    # an edit of one area, published alone and taken back
    desk.write(page, f"{before}\nSomething new.\n")
    assert desk.ltp("build", "hill", "--jobs", "1").code == 0
    desk.write(page, before)
    assert desk.ltp("build", "--jobs", "1").code == 0
    assert tree(desk.root / "site") == site
    assert "because nothing has changed" in desk.ltp("build", "--jobs", "1").out


def test_a_trial_leaves_the_file_for_nginx_as_it_was(built_desk: Desk, tmp_path: Path) -> None:
    real = built_desk.read(".ltp/nginx.conf")
    trial = tmp_path / "trial"

    said = built_desk.ltp("build", "--out", str(trial), "--address", "https://test.example/sub/")

    assert said.code == 0
    assert built_desk.read(".ltp/nginx.conf") == real
    (own,) = built_desk.root.glob(".ltp/nginx-*.conf")
    assert "/sub/" in own.read_text(encoding="utf-8")
    own.unlink()
    again = built_desk.ltp("build", "--out", str(trial), "--address", "https://test.example/sub/")
    assert again.code == 0
    assert own.is_file()


def test_a_published_file_that_was_changed_is_found_and_put_right(built_desk: Desk) -> None:
    page = built_desk.root / "site/meadow/index.html"
    before = page.read_bytes()
    page.write_text("Somebody else’s words", encoding="utf-8")

    said = built_desk.ltp("build", "--verify", "--jobs", "1")

    assert said.code == 0
    assert "meadow/index.html in " in said.out
    assert " is not as it was built: put right now" in said.out
    assert page.read_bytes() == before


def test_a_profile_names_the_stages_and_the_slowest_pages(desk: Desk) -> None:
    said = desk.ltp("build", "--profile", "--jobs", "1")

    assert "CPU seconds by stage" in said.out
    assert re.search(r"^  Markdown +\d+\.\d{3}$", said.out, re.MULTILINE)
    assert re.search(r"^  pages of plans +\d+\.\d{3}$", said.out, re.MULTILINE)
    assert re.search(r"^  other pages +\d+\.\d{3}$", said.out, re.MULTILINE)
    assert re.search(r"^  /\S* +\d+\.\d{3}$", said.out, re.MULTILINE)


def test_a_part_has_to_be_of_some_areas(desk: Desk) -> None:
    said = desk.ltp("build", "--part")

    assert said.code == 1
    assert said.err == "Name the areas of the part: ltp build blmk --part.\n"


def test_build_of_an_unknown_area_names_the_areas(desk: Desk) -> None:
    said = desk.ltp("build", "narnia")

    assert said.code == 1
    assert said.err.startswith("There is no area “narnia”. The areas are ferry, harbour, hill,")


def test_build_for_another_day_says_what_is_true_then(desk: Desk) -> None:
    desk.ltp("build", "--jobs", "1", "--today", "2028-06-01")

    page = desk.read("site/harbour/2026-27/index.html")
    assert "It was written for 2026 to 2027, and that period has ended." in page


def test_build_with_an_address_gives_whole_addresses(desk: Desk) -> None:
    desk.ltp("build", "--jobs", "1", "--address", "https://plans.example.test")

    page = desk.read("site/harbour/2026-27/index.html")
    assert '<link rel="canonical" href="https://plans.example.test/harbour/2026-27/">' in page


def test_build_refuses_a_folder_that_is_not_its_own(desk: Desk, tmp_path: Path) -> None:
    foreign = tmp_path / "photographs"
    foreign.mkdir()
    (foreign / "summer.txt").write_text("Summer", encoding="utf-8")

    said = desk.ltp("build", "--out", str(foreign))

    assert said.code == 1
    assert "did not make, so it is left alone. Name another folder with --out" in said.err
    assert [path.name for path in foreign.iterdir()] == ["summer.txt"]


# -- check


def test_check_of_good_files_says_what_to_do_next_and_writes_nothing(desk: Desk) -> None:
    before = tree(desk.root)
    said = desk.ltp("check")

    assert said.code == 0
    assert (
        said.out.splitlines()[-1]
        == "No fault in the files themselves. Next: ltp build, which also checks links and addresses"
    )
    assert tree(desk.root) == before


def test_check_tells_every_fault_with_its_line_and_its_cure(desk: Desk) -> None:
    facts = desk.read("content/harbour/2024-25/edition.yml")
    desk.write(
        "content/harbour/2024-25/edition.yml",
        facts.replace("replaces: harbour/2022-23", "replaces: harbour/2022-24").replace(
            "kind: refresh", "kind: refesh"
        ),
    )
    desk.write(
        "content/meadow/2023-24/crisis.md",
        desk.read("content/meadow/2023-24/crisis.md").removeprefix("---\n"),
    )
    desk.write(
        "content/hill/hilltop/edition.yml",
        desk.read("content/hill/hilltop/edition.yml")
        .replace("replaces", "")
        .replace("covers:", "cover:"),
    )

    said = desk.ltp("check")

    assert said.code == 1
    assert "content/harbour/2024-25/edition.yml:3: kind: " in said.out
    assert "Did you mean “refresh”?" in said.out
    assert "content/meadow/2023-24/crisis.md:1: " in said.out
    assert "content/hill/hilltop/edition.yml:5: cover: " in said.out
    assert "Did you mean “covers”?" in said.out
    assert said.out.splitlines()[-1].endswith("then run: ltp check")


def test_a_name_that_is_not_there_is_told_with_the_nearest_one(desk: Desk) -> None:
    facts = desk.read("content/harbour/2024-25/edition.yml")
    desk.write(
        "content/harbour/2024-25/edition.yml",
        facts.replace("replaces: harbour/2022-23", "replaces: harbour/2022-24"),
    )

    said = desk.ltp("check")

    assert said.code == 1
    assert (
        "content/harbour/2024-25/edition.yml:8: replaces: there is no plan called “harbour/2022-24”. "
        "Did you mean “harbour/2022-23”?"
    ) in said.out


def test_check_lists_what_should_be_put_right_and_stops_nobody(desk: Desk) -> None:
    said = desk.ltp("check", "--today", "2027-11-01")

    assert said.code == 0
    assert "nobody has confirmed Samaritans (116 123)" in said.out
    assert (
        "content/harbour/help/drop-in.md:5: checks: a check was due by 1 October 2027" in said.out
    )


# -- status


def rows(desk: Desk, *words: str) -> dict[str, list[str]]:
    """Give the table of `ltp status`: each plan's cells."""
    lines = desk.ltp("status", *words).out.splitlines()
    assert lines[0].split() == ["Area", "Plan", "Status", "Why", "Since", "Due"]
    starts = [lines[0].index(word) for word in lines[0].split()]
    ends = [*starts[1:], 1000]
    table = takewhile(lambda line: not line.startswith("Help in "), lines[1:])
    cells = [[line[a:b].strip() for a, b in zip(starts, ends, strict=True)] for line in table]
    return {f"{row[0]}/{row[1]}": row[2:] for row in cells}


def test_status_lists_every_plan_with_why_since_when_and_what_is_due(desk: Desk) -> None:
    found = rows(desk)

    assert {ref: row[0] for ref, row in found.items()} == {
        "harbour/2026-27": "current",
        "harbour/2027-28": "draft",
        "harbour/2024-25": "replaced",
        "harbour/2025-statement": "goes with a plan",
        "harbour/2022-23": "replaced",
        "harbour/2019-21": "withdrawn",
        "harbour/2016-18": "archived",
        "harbour/2014-15": "removed",
        "hill/vale-2026": "latest",
        "hill/hilltop": "latest",
        "lighthouse/2018-21": "archived",
        "meadow/2023-24": "latest with an addition",
        "meadow/2024-addition": "goes with a plan",
        "meadow/easy-read": "goes with a plan",
    }
    assert found["harbour/2024-25"][1:] == ["replaced by harbour/2026-27", "June 2026", "–"]
    assert found["harbour/2026-27"][3] == "a refresh by 30 June 2027"
    assert found["lighthouse/2018-21"][1:3] == ["the plan joined harbour", "March 2022"]
    assert found["harbour/2019-21"][2] == "3 February 2020"
    assert "whether hill-board has ended" in found["hill/vale-2026"][3]
    assert found["meadow/2023-24"][3] == "a newer plan: its period has ended"


def test_status_never_says_that_what_goes_with_a_plan_is_in_its_time(desk: Desk) -> None:
    found = rows(desk)

    assert found["meadow/2024-addition"][1] == "it goes with meadow/2023-24"
    assert found["harbour/2025-statement"][1] == "a statement"


def test_status_of_another_day_is_that_days(desk: Desk) -> None:
    found = rows(desk, "--today", "2029-01-01")

    assert found["harbour/2026-27"][0] == "latest"
    assert "that period has ended" in found["harbour/2026-27"][1]


def test_status_says_where_files_have_faults(desk: Desk) -> None:
    desk.write("areas/ferry.yml", "name: Ferry\n")

    said = desk.ltp("status")

    assert said.code == 0
    assert "1 fault in the files: run ltp check to read them." in said.out


# -- record


def test_record_before_a_build_says_to_build(desk: Desk) -> None:
    said = desk.ltp("record")

    assert said.code == 1
    assert said.err == f"Nothing was built yet into {desk.root / 'site'}. Run: ltp build.\n"


def test_record_writes_ledgers_and_says_to_commit_them(built_desk: Desk) -> None:
    said = built_desk.ltp("record")

    assert said.code == 0
    assert said.out.splitlines()[-1] == "Next: commit the ledgers together with the pages."
    assert "\n/harbour/2026-27/crisis/\n" in built_desk.read("areas/harbour.ledger")
    assert "\n/id/harbour/2026-27/\n" in built_desk.read("areas/portal.ledger")
    assert "new. When you publish them" not in built_desk.ltp("build", "--jobs", "1").out


def test_what_was_tried_and_taken_away_is_never_recorded(built_desk: Desk) -> None:
    for name in ("areas/{}.yml", "content/{}/index.md"):
        text = built_desk.read(name.format("ferry")).replace("erry", "rial")
        built_desk.write(name.format("trial"), text)
    assert built_desk.ltp("build", "trial", "--jobs", "1").code == 0
    for name in ("areas/trial.yml", "content/trial/index.md"):
        (built_desk.root / name).unlink()
    (built_desk.root / "content/trial").rmdir()
    assert built_desk.ltp("build", "--jobs", "1").code == 0

    assert built_desk.ltp("record").code == 0

    assert not (built_desk.root / "areas/trial.ledger").exists()
    assert not list(built_desk.root.glob(".ltp/**/trial*"))
    assert built_desk.ltp("build", "--jobs", "1").code == 0
    assert not (built_desk.root / "site/trial").exists()


def test_a_part_that_was_not_published_is_not_recorded(built_desk: Desk) -> None:
    page = "---\ntitle: Schools\ntopic: schools\n---\n\nWords.\n"
    built_desk.write("content/meadow/2023-24/schools.md", page)
    assert built_desk.ltp("build", "meadow", "--part", "--jobs", "1").code == 0

    said = built_desk.ltp("record")

    assert said.code == 1
    assert said.err.startswith("meadow was built again since it was put into ")
    assert said.err.endswith(" Run: ltp build.\n")


def test_what_was_put_elsewhere_is_recorded_from_there(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "elsewhere"
    said = desk.ltp("build", "--out", str(out))
    (line,) = [each for each in said.out.splitlines() if "run: ltp record" in each]
    assert line.rstrip("/").endswith(f"run: ltp record --out {out}")

    assert desk.ltp("record").code == 1
    assert desk.ltp("record", "--out", f"{out}/").code == 0
    assert "/meadow/2023-24/" in desk.read("areas/meadow.ledger")


@pytest.mark.skipif(sys.platform == "win32", reason="it needs a right to make links")
def test_a_site_that_is_a_link_is_the_site(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (desk.root / "site").symlink_to(tmp_path / "disk")

    assert desk.ltp("build", "--jobs", "1").out.count("run: ltp record\n") == 1
    assert desk.ltp("record").code == 0
    assert (tmp_path / "disk/index.html").is_file()


def test_a_build_says_how_many_addresses_are_new_and_what_to_run(built_desk: Desk) -> None:
    assert "When you publish them, run: ltp record" in built_desk.ltp("build", "--jobs", "1").out
