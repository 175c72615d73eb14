"""One fault in one area: it stays as it was published, the others are built, and the report says why."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tests.site.built import MADE_UP, Built, copy_root, order, tree

from ltp.cli import main
from ltp.findings import LtpError
from ltp.publishing.building import GENERATOR, Outcome, build

FAULTS = {
    "a key that is misspelt": (
        "content/meadow/2023-24/edition.yml",
        lambda text: text.replace("kind:", "knid:"),
        "knid",
    ),
    "YAML that cannot be read": (
        "areas/meadow.yml",
        lambda text: text + "places: [Meadow\n",
        "areas/meadow.yml",
    ),
    "a page without its lines of hyphens": (
        "content/meadow/2023-24/crisis.md",
        lambda text: text.removeprefix("---\n"),
        "crisis.md",
    ),
    "a link that leads to no page": (
        "content/meadow/2023-24/index.md",
        lambda text: text + "\n[Nowhere](no-such-page.md)\n",
        "the link “no-such-page.md” leads to no page",
    ),
    "a link that leads to no part of a page": (
        "content/meadow/2023-24/index.md",
        lambda text: text + "\n[Nowhere](crisis.md#no-such-part)\n",
        "leads to a part that the page doesn’t have",
    ),
    "a link from the root of the site": (
        "content/meadow/2023-24/index.md",
        lambda text: text + "\n[Nowhere](/meadow/plans/)\n",
        "the link “/meadow/plans/” leads to no page",
    ),
    "a link to a page that another area does not have": (
        "content/meadow/2023-24/index.md",
        lambda text: text + "\n[Nowhere](area:harbour/2026-27/no-such-page)\n",
        "“area:harbour/2026-27/no-such-page” leads to no page",
    ),
    "a link to a part that another area's page does not have": (
        "content/meadow/2023-24/index.md",
        lambda text: text + "\n[Nowhere](area:harbour/2026-27/crisis#at-noon)\n",
        "leads to a part that the page doesn’t have",
    ),
}


@pytest.fixture
def published(made_up: Built, tmp_path: Path) -> Built:
    """Give a copy of the made-up areas that has been published once."""
    return made_up.copy(tmp_path / "published")


def spoil(root: Path, path: str, change: object) -> None:
    assert callable(change)
    file = root / path
    text = file.read_text(encoding="utf-8")
    spoilt = change(text)
    assert spoilt != text
    file.write_text(spoilt, encoding="utf-8")


def edit(root: Path, path: str, words: str) -> None:
    file = root / path
    file.write_text(file.read_text(encoding="utf-8") + f"\n{words}\n", encoding="utf-8")


def told(outcome: Outcome) -> str:
    return "\n".join(str(each) for each in outcome.findings if each.is_fault)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_one_area_leaves_the_others_to_be_built(published: Built, fault: str) -> None:
    path, change, words = FAULTS[fault]
    before = tree(published.folder / "meadow")
    spoil(published.root, path, change)
    edit(published.root, "content/hill/index.md", "NEW-ON-THE-HILL")

    outcome = build(order(published.root))

    assert not outcome.succeeded
    assert outcome.published
    assert outcome.failed == ("meadow",)
    assert outcome.kept == ("meadow",)
    assert set(outcome.built) == {"portal", "ferry", "harbour", "hill", "lighthouse"}
    assert words in told(outcome)
    assert tree(published.folder / "meadow") == before
    assert "NEW-ON-THE-HILL" in (published.folder / "hill/index.html").read_text(encoding="utf-8")
    portal = (published.folder / "index.html").read_text(encoding="utf-8")
    assert 'href="meadow/"' in portal


@pytest.mark.parametrize("fault", FAULTS)
def test_the_exit_code_is_not_zero_and_the_message_names_the_file_the_line_and_what_stays(
    published: Built, fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path, change, words = FAULTS[fault]
    spoil(published.root, path, change)

    code = main(["build", "--root", str(published.root), "--today", "2026-11-21", "--jobs", "1"])

    said = capsys.readouterr().out
    assert code == 1
    assert f"  {path}:" in said
    assert words in said
    assert "meadow stays as it was published: it " in said
    assert said.rstrip().endswith("Next: put right the faults above and build again.")


def test_an_area_that_was_never_published_is_not_and_the_portal_does_not_name_it(
    tmp_path: Path,
) -> None:
    root = copy_root(MADE_UP, tmp_path)
    spoil(root, *FAULTS["a key that is misspelt"][:2])

    outcome = build(order(root))

    assert outcome.failed == ("meadow",)
    assert outcome.kept == ()
    assert not (root / "site/meadow").exists()
    assert 'href="meadow/"' not in (root / "site/index.html").read_text(encoding="utf-8")


def test_an_area_that_refers_to_a_faulty_one_stays_as_published_and_the_report_says_why(
    published: Built, capsys: pytest.CaptureFixture[str]
) -> None:
    """Lighthouse's plan joined Harbour's, and Harbour's replaced Lighthouse's."""
    before = tree(published.folder / "harbour")
    spoil(
        published.root,
        "content/lighthouse/2018-21/edition.yml",
        lambda text: text.replace("kind: plan", "kind: plann"),
    )
    edit(published.root, "content/harbour/index.md", "NEW-IN-THE-HARBOUR")

    code = main(["build", "--root", str(published.root), "--today", "2026-11-21", "--jobs", "1"])

    said = capsys.readouterr().out
    assert code == 1
    assert tree(published.folder / "harbour") == before
    assert "Did you mean “plan”?" in said
    assert "harbour stays as it was published: it refers to lighthouse, which has a fault." in said


def test_a_fault_of_what_all_areas_share_publishes_nothing(
    published: Built, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(published.folder)
    spoil(published.root, "areas/contacts.yml", lambda text: text.replace("urgency:", "urgencie:"))
    edit(published.root, "content/hill/index.md", "NEW-ON-THE-HILL")

    code = main(["build", "--root", str(published.root), "--today", "2026-11-21", "--jobs", "1"])

    assert code == 1
    assert tree(published.folder) == before
    assert "what was published before is as it was" in capsys.readouterr().out


def test_a_fault_in_the_portal_publishes_nothing(published: Built) -> None:
    before = tree(published.folder)
    edit(published.root, "content/portal/about.md", "[Nowhere](no-such-page.md)")

    outcome = build(order(published.root))

    assert not outcome.succeeded
    assert tree(published.folder) == before


def test_plans_that_replace_each_other_in_a_circle_stop_every_area_on_it(published: Built) -> None:
    spoil(
        published.root,
        "content/lighthouse/2018-21/edition.yml",
        lambda text: text + "replaces: harbour/2026-27\n",
    )

    outcome = build(order(published.root))

    assert {"harbour", "lighthouse"} <= set(outcome.failed)
    assert {"meadow", "hill", "ferry", "portal"} == set(outcome.built)
    assert "in a circle" in told(outcome)


def test_mending_the_fault_publishes_the_area_again(published: Built) -> None:
    path, change, _ = FAULTS["a link that leads to no page"]
    whole = (published.root / path).read_text(encoding="utf-8")
    spoil(published.root, path, change)
    assert not build(order(published.root)).succeeded
    (published.root / path).write_text(whole, encoding="utf-8")

    outcome = build(order(published.root))

    assert outcome.succeeded
    assert tree(published.folder) == tree(published.root / "site")


def test_an_area_that_can_not_be_called_so_holds_no_other_area_up(tmp_path: Path) -> None:
    """The portal has a page at that address, which is no site of the area’s."""
    root = copy_root(MADE_UP, tmp_path)
    assert build(order(root)).succeeded
    (root / "areas/search.yml").write_text("name: Search\nplaces: [Here]\n", encoding="utf-8")

    outcome = build(order(root))

    assert outcome.published
    assert outcome.failed == ("search",)


# -- the output folder


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    root = copy_root(MADE_UP, tmp_path / "root")
    for name, files in {
        "photographs": {"summer.txt": "Summer"},
        "another-site": {"index.html": "<!doctype html><title>Another site</title>"},
    }.items():
        foreign = tmp_path / name
        foreign.mkdir()
        for file, text in files.items():
            (foreign / file).write_text(text, encoding="utf-8")
        before = tree(foreign)

        with pytest.raises(LtpError, match="did not make, so it is left alone"):
            build(order(root, out=foreign))

        assert tree(foreign) == before


@pytest.mark.parametrize("name", ["CNAME", "meadow/more.html", "notes/a.txt"])
def test_what_somebody_put_into_the_site_is_left_alone(published: Built, name: str) -> None:
    build(order(published.root))
    theirs = published.folder / name
    theirs.parent.mkdir(exist_ok=True)
    theirs.write_text("Somebody else’s words", encoding="utf-8")
    edit(published.root, "content/hill/index.md", "Something new.")
    before = tree(published.folder)

    with pytest.raises(LtpError, match="was put there by somebody else"):
        build(order(published.root))

    assert tree(published.folder) == before
    theirs.unlink()
    if not any(theirs.parent.iterdir()):
        theirs.parent.rmdir()
    (published.folder / ".DS_Store").write_bytes(b"litter")
    assert build(order(published.root)).published


def test_an_empty_folder_and_a_site_of_ours_are_replaced(tmp_path: Path) -> None:
    root = copy_root(MADE_UP, tmp_path / "root")
    out = tmp_path / "out"
    out.mkdir()

    assert build(order(root, out=out)).succeeded
    assert build(order(root, out=out)).succeeded
    assert GENERATOR in (out / "index.html").read_text(encoding="utf-8")


def test_an_unknown_area_is_told_with_the_ones_there_are(published: Built) -> None:
    with pytest.raises(LtpError, match=re.escape("“narnia”. The areas are ferry, harbour")):
        build(order(published.root, areas=("narnia",)))


def test_no_work_folder_is_left_behind(published: Built) -> None:
    spoil(published.root, *FAULTS["a link that leads to no page"][:2])
    build(order(published.root))

    left = sorted(path.name for path in (published.root / ".ltp").iterdir())
    assert not [name for name in left if name.startswith("work-")]


def test_a_deleted_state_folder_is_made_again(published: Built) -> None:
    before = tree(published.folder)
    shutil.rmtree(published.root / ".ltp")

    assert build(order(published.root)).succeeded
    assert tree(published.folder) == before


def test_without_its_state_a_faulty_area_replaces_nothing(
    published: Built, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its pages are known only as published; a site without them would break their addresses."""
    before = tree(published.folder)
    shutil.rmtree(published.root / ".ltp")
    spoil(published.root, *FAULTS["a key that is misspelt"][:2])

    code = main(["build", "--root", str(published.root), "--today", "2026-11-21", "--jobs", "1"])

    assert code == 1
    assert tree(published.folder) == before
    assert "nothing is replaced" in capsys.readouterr().out.lower()


# -- together


def test_an_area_that_refers_to_one_that_fails_while_it_is_built_is_held_back_too(
    published: Built,
) -> None:
    """Harbour's lists would lead to a new page of Lighthouse, which is not published."""
    new = published.root / "content/lighthouse/2018-21/schools.md"
    new.write_text("---\ntitle: Schools\ntopic: schools\n---\n\n[Nowhere](nowhere.md)\n", "utf-8")

    outcome = build(order(published.root))

    assert outcome.failed == ("harbour", "lighthouse")
    assert outcome.why["harbour"] == "it refers to lighthouse, which has a fault"
    assert "lighthouse/2018-21/schools" not in (
        published.folder / "harbour/2026-27/schools/index.html"
    ).read_text(encoding="utf-8")


def test_a_link_to_a_new_page_of_an_area_that_fails_is_not_published(published: Built) -> None:
    """Hill has no fault of its own; its link would lead nowhere until Meadow is put right."""
    new = published.root / "content/meadow/2023-24/schools.md"
    new.write_text("---\ntitle: Schools\ntopic: schools\n---\n\n[Nowhere](nowhere.md)\n", "utf-8")
    before = tree(published.folder / "hill")
    edit(published.root, "content/hill/index.md", "[Meadow](area:meadow/2023-24/schools)")
    edit(published.root, "content/ferry/index.md", "[Meadow](area:meadow/2023-24/crisis)")

    outcome = build(order(published.root))

    assert outcome.failed == ("hill", "meadow")
    assert "content/hill/index.md:8: “area:meadow/2023-24/schools” leads to a page of meadow" in (
        told(outcome)
    )
    assert tree(published.folder / "hill") == before
    assert "../meadow/2023-24/crisis/" in (published.folder / "ferry/index.html").read_text("utf-8")


def test_the_portal_leads_to_nothing_of_an_area_that_falls_because_another_does(
    published: Built,
) -> None:
    """Meadow loses an address, so its new page is not published; nor is Hill, which links to it."""
    (published.root / "areas/meadow.ledger").write_text("/meadow/lost/\n", encoding="utf-8")
    new = published.root / "content/meadow/2023-24/schools.md"
    new.write_text("---\ntitle: Schools\ntopic: schools\n---\n\nWords.\n", encoding="utf-8")
    edit(published.root, "content/hill/index.md", "[Meadow](area:meadow/2023-24/schools)")
    facts = published.root / "areas/hill.yml"
    facts.write_text(
        facts.read_text(encoding="utf-8").replace("name: ", "name: New "), encoding="utf-8"
    )
    # Ferry links to what only this Hill has, and falls with it.
    edit(published.root, "content/hill/index.md", "## Only now")
    edit(published.root, "content/ferry/index.md", "[Hill](area:hill#only-now)")
    before = tree(published.folder)

    outcome = build(order(published.root))

    assert outcome.failed == ("ferry", "hill", "meadow")
    assert tree(published.folder) == before


def test_an_area_that_falls_by_the_portal_is_not_on_it(published: Built) -> None:
    """Whether a page of the portal has a part is known once it is built."""
    edit(published.root, "content/hill/index.md", "[Nowhere](area:portal/plans#no-such-part)")
    facts = published.root / "areas/hill.yml"
    facts.write_text(
        facts.read_text(encoding="utf-8").replace("name: ", "name: New "), encoding="utf-8"
    )

    outcome = build(order(published.root))

    assert outcome.failed == ("hill",)
    assert "New Hill" not in (published.folder / "index.html").read_text(encoding="utf-8")


def test_a_build_of_some_areas_succeeds_whatever_is_wrong_with_others(published: Built) -> None:
    spoil(
        published.root,
        "content/meadow/2023-24/edition.yml",
        lambda text: text.replace("kind:", "knid:"),
    )
    edit(published.root, "content/hill/index.md", "Something new.")

    for more in ({}, {"part": True}):
        outcome = build(order(published.root, areas=("hill",), **more))
        assert outcome.failed == ("meadow",)
        assert outcome.succeeded
        assert not build(order(published.root, areas=("meadow",), **more)).succeeded


# -- all in one round, and the cause first


def test_a_wrong_link_to_another_area_does_not_hide_the_other_faults_of_its_area(
    published: Built,
) -> None:
    before = tree(published.folder / "meadow")
    edit(published.root, "content/meadow/2023-24/index.md", "[Nowhere](area:harbour/no-such-page)")
    edit(
        published.root,
        "content/meadow/2023-24/index.md",
        "[No part](area:harbour/2026-27/crisis#x)",
    )
    edit(published.root, "content/meadow/2023-24/index.md", "[No page](no-such-page.md)")
    edit(published.root, "content/meadow/2023-24/index.md", "[No part here](crisis.md#at-noon)")
    edit(published.root, "content/meadow/2023-24/index.md", "[here](crisis.md)")

    outcome = build(order(published.root))

    assert outcome.why == {"meadow": "it has a fault"}
    assert [each.what for each in outcome.findings if each.is_fault] == [
        "“area:harbour/no-such-page” leads to no page",
        "“area:harbour/2026-27/crisis#x” leads to a part that the page doesn’t have",
        "the link “no-such-page.md” leads to no page",
        "the link “crisis.md#at-noon” leads to a part that the page doesn’t have",
        "“here” does not say where the link leads",
    ]
    assert tree(published.folder / "meadow") == before


def test_the_portals_wrong_link_to_an_area_does_not_hide_its_other_faults(published: Built) -> None:
    edit(published.root, "content/portal/index.md", "[Nowhere](area:harbour/no-such-page)")
    edit(published.root, "content/portal/index.md", "[No page](no-such-page.md)")

    outcome = build(order(published.root))

    assert outcome.failed == outcome.kept == ("portal",)
    assert "“area:harbour/no-such-page” leads to no page" in told(outcome)
    assert "the link “no-such-page.md” leads to no page" in told(outcome)


def test_the_cause_is_told_before_what_follows_from_it_and_what_was_built_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_root(MADE_UP, tmp_path / "root")
    edit(root, "content/ferry/index.md", "[The plan](area:meadow/2023-24)")
    spoil(root, "content/meadow/2023-24/edition.yml", lambda text: text.replace("kind:", "knid:"))

    code = main(["build", "--root", str(root), "--out", str(tmp_path / "out"), "--jobs", "1"])

    said = capsys.readouterr().out
    before, _, rest = said.partition(" because of that, and needs no change:\n")
    assert code == 1
    assert "1 fault:\n  content/meadow/2023-24/edition.yml:" in before
    assert "content/ferry/index.md" not in before
    assert rest.startswith("  content/ferry/index.md:")
    assert "ferry is not published: it leads to meadow, which is not published." in rest
    assert "Next: put right the faults above and build again." in rest


def test_where_nothing_can_be_published_what_was_built_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_root(MADE_UP, tmp_path / "root")
    (root / "areas/meadow.ledger").write_text("/meadow/\n", encoding="utf-8")
    spoil(root, "content/meadow/2023-24/edition.yml", lambda text: text.replace("kind:", "knid:"))

    main(["build", "--root", str(root), "--out", str(tmp_path / "out"), "--jobs", "1"])

    said = capsys.readouterr().out
    assert "meadow can’t be published, and there are no earlier pages of it to keep" in said
    assert said.splitlines()[-2:] == [
        "ferry, harbour, hill, lighthouse and portal were built, and will be published once the faults "
        "above are put right.",
        "Nothing was replaced: what was published before is as it was.",
    ]


LINKS = {
    "[Staff](../2024-25/workfroce.md)": (
        "the link “../2024-25/workfroce.md” leads to no page",
        "Did you mean “../2024-25/workforce.md”?",
    ),
    "[Boats](boats.md)": (
        "the link “boats.md” leads to no page",
        "Did you mean “../2024-25/boats.md”?",
    ),
    "[Care](Crisis.md)": (
        "the link “Crisis.md” leads to no page",
        "Its name has other capitals: write “crisis.md”.",
    ),
    "[Nowhere](zzz.md)": (
        "the link “zzz.md” leads to no page",
        "Write the file’s name, such as crisis.md or ../2021-22/crisis.md.",
    ),
    f"[Too long]({'harbour' * 60}.md)": (
        f"the link “{'harbour' * 60}.md” leads to no page",
        "Write the file’s name, such as crisis.md or ../2021-22/crisis.md.",
    ),
    f"[Too long in a draft](../2027-28/{'harbour' * 60}.md)": (
        f"the link “../2027-28/{'harbour' * 60}.md” leads to no page",
        "Write the file’s name, such as crisis.md or ../2021-22/crisis.md.",
    ),
    "[Hosts](/etc/hosts)": (
        "the link “/etc/hosts” leads to no page",
        "Write the file’s name, such as crisis.md or ../2021-22/crisis.md.",
    ),
    "![Two boats on the water](boat.svg)": (
        "there is no picture “boat.svg”",
        "Did you mean “boats.svg”?",
    ),
    "![Three boats on the water](Boats.SVG)": (
        "there is no picture “Boats.SVG”",
        "Its name has other capitals: write “boats.svg”.",
    ),
    "![A heron on the shore](../heron.png)": (
        "there is no picture “../heron.png”",
        "Put the file beside the page, and write its name just as it is.",
    ),
    "[The figures (PDF, 20KB)](figures.pdf)": (
        "the link “figures.pdf” leads to no file",
        "Put the file beside the page, and write its name just as it is.",
    ),
    "[What comes next](../2027-28/crisis.md)": (
        "the link “../2027-28/crisis.md” leads to a page of a plan that is not published yet, because "
        "line 9 of content/harbour/2027-28/edition.yml says draft: yes",
        "Take the link out until the plan is published, or that line if it is to be published now.",
    ),
    "[At night](crisis.md#at-nihgt)": (
        "the link “crisis.md#at-nihgt” leads to a part that the page doesn’t have",
        "Did you mean “#at-night”?",
    ),
    "[Above](#the-shroe)": (
        "the link “#the-shroe” leads to a part that the page doesn’t have",
        "Did you mean “#the-shore”?",
    ),
}


def test_a_wrong_link_is_told_with_what_was_probably_meant(tmp_path: Path) -> None:
    root = copy_root(MADE_UP, tmp_path)
    page = root / "content/harbour/2026-27/index.md"
    edit(root, "content/harbour/2026-27/index.md", "## The shore\n")
    for words in LINKS:
        edit(root, "content/harbour/2026-27/index.md", words)
    edit(root, "content/harbour/2026-27/index.md", "[Plans to come](../2027-28/crisis.md)")

    outcome = build(order(root))

    lines = page.read_text(encoding="utf-8").splitlines()
    found = [each for each in outcome.findings if each.is_fault and "harbour" in each.path]
    assert {(each.what, each.cure) for each in found} == set(LINKS.values())
    assert sorted(each.line for each in found) == [
        at for at, line in enumerate(lines, start=1) if line in LINKS or "Plans to come" in line
    ]


def test_a_link_to_a_plan_whose_day_lies_ahead_says_so(tmp_path: Path) -> None:
    root = copy_root(MADE_UP, tmp_path)
    spoil(
        root,
        "content/meadow/2023-24/edition.yml",
        lambda text: re.sub("published: .*", "published: 2062-03", text),
    )
    edit(root, "content/meadow/index.md", "[Gates](2023-24/crisis.md)")
    edit(root, "content/harbour/index.md", "[Gates](area:meadow/2023-24/crisis)")

    words = told(build(order(root)))

    why = (
        "leads to a page of a plan that is not published yet, because line 7 of "
        "content/meadow/2023-24/edition.yml says published: 2062-03, which lies ahead. "
        "Correct that date if it is wrong, or take the link out until then."
    )
    assert f"the link “2023-24/crisis.md” {why}" in words
    assert f"“area:meadow/2023-24/crisis” {why}" in words


def test_the_site_s_own_ids_are_not_suggested(tmp_path: Path) -> None:
    root = copy_root(MADE_UP, tmp_path)
    edit(root, "content/meadow/index.md", "[Boats](area:harbour/2026-27/crisis#contents)")

    words = told(build(order(root)))

    assert "“area:harbour/2026-27/crisis#contents” leads to a part" in words
    assert "app-" not in words


def test_a_picture_that_was_taken_away_is_told_by_the_next_build_as_by_a_clean_one(
    published: Built,
) -> None:
    (published.root / "content/harbour/2026-27/boats.svg").rename(
        published.root / "content/harbour/2026-27/boats-row.svg"
    )

    again = told(build(order(published.root)))
    shutil.rmtree(published.root / ".ltp")
    clean = told(build(order(published.root)))

    told_of_picture = "there is no picture “boats.svg”. Did you mean “boats-row.svg”?"
    assert told_of_picture in again
    assert told_of_picture in clean
