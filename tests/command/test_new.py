"""`ltp new area`, `new edition` and `new page`: what they write loads without fault."""

from __future__ import annotations

import pytest
from tests.command.running import Desk
from tests.site.built import tree

from ltp.plans.loading import load


def test_a_new_area_is_two_files_that_load_and_build(desk: Desk) -> None:
    said = desk.ltp(
        "new", "area", "cove", "--name", "Cove: the “quiet” one", "--places", "Cove", "Bay, East"
    )

    assert said.code == 0
    assert said.out.splitlines() == [
        "  areas/cove.yml",
        "  content/cove/index.md",
        "Next: write its front page, then start its first plan with ltp new edition cove/2026-27",
    ]
    assert desk.faults() == []
    area = load(desk.root).plans.areas["cove"]
    assert area.name == "Cove: the “quiet” one"
    assert area.places == ("Cove", "Bay, East")
    desk.write("content/cove/index.md", "---\ntitle: Cove\n---\n\nA plan for a made-up bay.\n")
    assert desk.ltp("build", "--jobs", "1").code == 0
    assert (desk.root / "site/cove/index.html").is_file()


@pytest.mark.parametrize(
    ("area", "words"),
    [
        ("Cove", "“Cove” can’t stand in an address. Use small letters, digits and hyphens."),
        ("harbour", "already. It was left as it is."),
        ("portal", "An area can’t be called “portal”"),
        ("help", "An area can’t be called “help”"),
        ("id", "An area can’t be called “id”"),
        ("404", "An area can’t be called “404”: the portal uses that address. Use its own name"),
        ("index", "An area can’t be called “index”: the portal uses that address."),
        ("cookies", "An area can’t be called “cookies”: the portal uses that address."),
        ("topics", "“topics”: areas/topics.yml is a file that all areas share."),
        ("about", "An area can’t be called “about”: a page in content/portal has that address."),
    ],
)
def test_an_area_that_cannot_be_is_refused_and_nothing_is_written(
    desk: Desk, area: str, words: str
) -> None:
    desk.write("content/portal/about.md", "---\ntitle: About\n---\n\nMade up.\n")
    before = tree(desk.root)

    said = desk.ltp("new", "area", area, "--name", "X", "--places", "X")

    assert said.code == 1
    assert words in said.err
    assert tree(desk.root) == before


def test_a_new_plan_is_a_draft_that_loads_and_says_what_to_fill_in(desk: Desk) -> None:
    said = desk.ltp("new", "edition", "ferry/2026-27")

    assert said.code == 0
    assert "content/ferry/2026-27/edition.yml" in said.out
    assert "Next: fill in edition.yml" in said.out
    assert "It is a draft until you take out the line draft: yes." in said.out
    assert desk.faults() == []
    assert load(desk.root).plans.editions["ferry/2026-27"].draft


def test_a_plan_from_another_has_its_pages_and_topics_and_replaces_it(desk: Desk) -> None:
    said = desk.ltp("new", "edition", "harbour/2028-29", "--from", "harbour/2026-27")

    assert said.code == 0
    plans = load(desk.root).plans
    old, new = plans.editions["harbour/2026-27"], plans.editions["harbour/2028-29"]
    assert desk.faults() == []
    assert new.replaces == ("harbour/2026-27",)
    assert new.draft
    assert (new.covers, new.published, new.published_by) == (None, None, None)
    assert [page.name for page in new.pages] == [page.name for page in old.pages]
    assert [page.topic for page in new.pages] == [page.topic for page in old.pages]
    assert [page.body for page in new.pages] == [page.body for page in old.pages]
    assert [page.facts.source for page in new.pages] == [(), (), ()]
    assert new.pages[1].facts.reviewed is None
    assert (desk.root / "content/harbour/2028-29/boats.svg").is_file()


def test_a_draft_from_another_plan_changes_nothing_that_is_published(built_desk: Desk) -> None:
    before = tree(built_desk.root / "site")

    built_desk.ltp("new", "edition", "harbour/2028-29", "--from", "harbour/2026-27")

    assert built_desk.ltp("build", "--jobs", "1").code == 0
    assert tree(built_desk.root / "site") == before


def test_a_plan_from_a_locked_one_is_not_locked_and_leaves_its_history_behind(desk: Desk) -> None:
    desk.ltp("lock", "harbour/2016-18")

    assert desk.ltp("new", "edition", "harbour/2029-30", "--from", "harbour/2016-18").code == 0

    assert not (desk.root / "content/harbour/2029-30/locked.txt").exists()
    assert load(desk.root).plans.editions["harbour/2029-30"].history == ()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["harbour"], "“harbour” names no plan. Write AREA/PLAN"),
        (["harbur/2026-27"], "There is no area “harbur”. Did you mean “harbour”?"),
        (["harbour/2026-27"], "There is a folder content/harbour/2026-27 already."),
        (["harbour/plans"], "A plan can’t be called “plans”"),
        (["harbour/latest"], "A plan can’t be called “latest”"),
        (["harbour/help"], "A plan can’t be called “help”"),
        (["harbour/print"], "“print”: that address is taken. Use years, such as 2026-27."),
        (["harbour/guide"], "A plan can’t be called “guide”: that address is taken."),
        (["harbour/404"], "A plan can’t be called “404”: that address is taken."),
        (["harbour/2026 27"], "can’t stand in an address"),
        (["harbour/../hill"], "can’t stand in an address"),
        (["harbour/2030-31", "--from", "harbour/2026-72"], "Did you mean “harbour/2026-27”?"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_and_nothing_is_written(
    desk: Desk, words: list[str], told: str
) -> None:
    before = tree(desk.root)

    said = desk.ltp("new", "edition", *words)

    assert said.code == 1
    assert told in said.err
    assert tree(desk.root) == before


def test_a_new_page_comes_last_in_the_reading_order(desk: Desk) -> None:
    said = desk.ltp("new", "page", "harbour/2026-27/workforce", "--title", "Who: works here?")

    assert said.code == 0
    assert said.out.splitlines()[:2] == [
        "  content/harbour/2026-27/workforce.md",
        "  content/harbour/2026-27/edition.yml",
    ]
    assert said.out.splitlines()[-1].startswith("Next: write the page, name its source")
    assert desk.faults() == []
    edition = load(desk.root).plans.editions["harbour/2026-27"]
    assert edition.order == ("crisis", "schools", "workforce")
    assert edition.pages[-1].title == "Who: works here?"
    assert desk.read("content/harbour/2026-27/edition.yml").startswith("# Made up, for the tests.")


def test_a_page_that_nobody_has_written_is_a_fault(desk: Desk) -> None:
    desk.ltp("new", "page", "meadow/2023-24/crisis-at-night", "--title", "Night")
    before = desk.ltp("check").out

    desk.write("content/meadow/2023-24/crisis-at-night.md", "---\ntitle: Night\n---\n\nCall us.\n")

    told = "crisis-at-night.md:5: “Write here. Begin headings with ##.” stands here as it was given"
    assert told in before.partition("to put right:")[0]
    assert told not in desk.ltp("check").out


def test_a_draft_that_nobody_has_written_stops_nothing_until_it_is_none(desk: Desk) -> None:
    desk.ltp("new", "edition", "ferry/2026-27")
    told = "content/ferry/2026-27/index.md:5: “Write here what this plan is.” stands here"

    draft = desk.ltp("check")
    facts = desk.read("content/ferry/2026-27/edition.yml")
    desk.write("content/ferry/2026-27/edition.yml", facts.replace("draft: yes\n", ""))
    public = desk.ltp("check")

    assert (draft.code, public.code) == (0, 1)
    assert told in draft.out.partition("to put right:")[2]
    assert told in public.out.partition("to put right:")[0]


def test_a_new_page_gets_a_title_from_its_address_when_none_is_given(desk: Desk) -> None:
    desk.write(
        "areas/topics.yml", desk.read("areas/topics.yml") + "- {id: quiet-bays, name: Bays}\n"
    )

    assert desk.ltp("new", "page", "meadow/2023-24/quiet-bays").code == 0

    edition = load(desk.root).plans.editions["meadow/2023-24"]
    assert {page.name: page.title for page in edition.pages}["quiet-bays"] == "Quiet bays"


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("harbour/2026-27/crisis", "already. It was left as it is."),
        ("harbour/2026-72/boats", "Did you mean “harbour/2026-27”?"),
        ("harbour/boats", "There is no plan “harbour”"),
        ("harbour/2026-27/Boats", "“Boats” can’t stand in an address"),
    ],
)
def test_a_page_that_cannot_be_is_refused_and_nothing_is_written(
    desk: Desk, page: str, told: str
) -> None:
    before = tree(desk.root)

    said = desk.ltp("new", "page", page)

    assert said.code == 1
    assert told in said.err
    assert tree(desk.root) == before


def test_a_page_cannot_have_the_name_of_the_whole_plan(desk: Desk) -> None:
    before = tree(desk.root)

    said = desk.ltp("new", "page", "harbour/2026-27/print")

    assert said.code == 1
    assert said.err == "A page of a plan can’t be called “print”: that address is taken.\n"
    assert tree(desk.root) == before


def test_a_locked_plan_takes_no_new_page(desk: Desk) -> None:
    desk.ltp("lock", "harbour/2016-18")

    said = desk.ltp("new", "page", "harbour/2016-18/boats")

    assert said.code == 1
    assert said.err == "harbour/2016-18 is locked, so it takes no new page.\n"
