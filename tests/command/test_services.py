"""`ltp new service`, `ltp import services`, and what `ltp status` says of directories."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from tests.command.running import Desk
from tests.site.built import DIRECTORY, TODAY, copy_root, tree

from ltp import starting
from ltp.directory.entry import Service
from ltp.directory.questions import QUESTIONS
from ltp.directory.starting import new_service
from ltp.findings import LtpError
from ltp.plans.loading import load

NAME = "harbour/quay-line"
PATH = "content/harbour/help/quay-line.md"
NEEDED = ("--name", "Quay: the “night” line", "--summary", "Talk to a made-up sailor.")


@pytest.fixture
def harbour(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """Give a copy of the made-up area whose directory has every kind of entry."""
    return Desk(copy_root(DIRECTORY, tmp_path / "root"), capsys)


def service(desk: Desk, ref: str = NAME) -> Service:
    return next(each for each in load(desk.root).plans.services if each.ref == ref)


# -- ltp new service


def test_a_new_service_from_options_loads_builds_and_has_only_what_was_said(harbour: Desk) -> None:
    said = harbour.ltp("new", "service", NAME, *NEEDED)

    assert said.code == 0
    assert said.out.splitlines() == [
        f"  {PATH}",
        "Next: add what else is known (the guide lists every key), and text under the last line if you "
        "have any, then run: ltp check",
    ]
    facts = service(harbour).facts
    assert facts.name == "Quay: the “night” line"
    assert facts.summary == "Talk to a made-up sailor."
    assert facts.checks.last is None
    assert facts.model_fields_set == {"name", "summary", "checks"}
    assert harbour.ltp("check").code == 0
    assert harbour.ltp("build", "--jobs", "1").code == 0
    page = harbour.read("site/harbour/help/quay-line/index.html")
    assert "We have not checked that it still runs" in page


def test_a_new_service_with_every_option_has_every_fact(harbour: Desk) -> None:
    said = harbour.ltp(
        *("new", "service", NAME, *NEEDED, "--organisation", "Quay: Trust", "--source"),
        *("harbour-list", "--phone", "01632 960 021", "--text", "07700 900 021"),
        *("--email", "quay@harbour.example", "--web", "https://harbour.example/quay"),
        *("--youngest", "0", "--oldest", "18", "--hours", "Mo-Fr 09:00-17:00; PH off"),
        *("--cost", "free", "--checked", "2026-11-20", "--checked-by", "data: manager"),
    )

    assert said.code == 0, said.err
    facts = service(harbour).facts
    assert facts.organisation == "Quay: Trust"
    assert facts.source == ("harbour-list",)
    assert [each.way.value for each in facts.channels] == ["phone", "text", "email", "web"]
    assert [each.number.shown for each in facts.channels if each.number] == [
        "01632 960 021",
        "07700 900 021",
    ]
    assert facts.channels[2].email == "quay@harbour.example"
    assert facts.channels[3].address == "https://harbour.example/quay"
    assert facts.ages is not None
    assert (facts.ages.youngest, facts.ages.oldest) == (0, 18)
    assert facts.hours is not None
    assert facts.hours.rules == "Mo-Fr 09:00-17:00; PH off"
    assert facts.cost == "free"
    assert str(facts.checks.last) == "20 November 2026"
    assert facts.checks.by == "data: manager"


def test_every_question_is_an_option_and_the_help_says_what_it_asks(
    harbour: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        harbour.ltp("new", "service", "--help")
    said = " ".join(capsys.readouterr().out.split())
    for key, question in QUESTIONS.items():
        assert f"--{key.replace('_', '-')} ANSWER" in said
        assert question.split(",")[0] in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "What is the service called? Say it with --name."),
        (("--name", "Quay"), "What does it do, in one or two sentences (40 words at most)?"),
        ((*NEEDED, "--phone", "01632"), "channels, item 1, number: “01632” is too short"),
        ((*NEEDED, "--text", "01632 960 021"), "01632 960 021 can’t be texted. Write way: phone."),
        ((*NEEDED, "--email", "quay"), "“quay” is not an email address"),
        ((*NEEDED, "--web", "harbour.example"), "“harbour.example” is not a web address"),
        ((*NEEDED, "--youngest", "18", "--oldest", "11"), "the youngest age, 18, is more than"),
        ((*NEEDED, "--oldest", "eleven"), "“eleven” is not an age"),
        ((*NEEDED, "--hours", "Monday 9am to 5pm"), "Did you mean “Mo 09:00-17:00”?"),
        ((*NEEDED, "--source", "harbour-lists"), "Did you mean “harbour-list”?"),
        (
            (*NEEDED, "--checked", "2026-12-24", "--checked-by", "editor"),
            "the check of 24 December 2026 lies ahead",
        ),
        (
            (*NEEDED, "--checked", "yesterday", "--checked-by", "editor"),
            "“yesterday” is not a date",
        ),
        ((*NEEDED, "--checked", "2026-11-20"), "a check says by what role"),
        (
            (*NEEDED, "--phone", "01632 960 999"),
            "01632 960 999 is no longer in use. Today: Call 111",
        ),
        (("--name", "Quay", "--summary", "word " * 41), "the summary has 41 words"),
    ],
)
def test_a_wrong_answer_is_told_and_leaves_no_file(
    harbour: Desk, words: tuple[str, ...], told: str
) -> None:
    before = tree(harbour.root)

    said = harbour.ltp("new", "service", NAME, *words)

    assert said.code == 1
    assert told in said.err
    assert tree(harbour.root) == before


@pytest.mark.parametrize(
    ("ref", "told"),
    [
        ("harbor/quay-line", "There is no area “harbor”. Did you mean “harbour”?"),
        ("harbour/Quay Line", "“Quay Line” can’t stand in an address."),
        ("harbour/find", "an entry can’t be called “find”: the directory uses that address"),
        ("harbour/index", "already. It was left as it is."),
        ("harbour/harbour-hub", "already. It was left as it is."),
        ("harbour", "can’t stand in an address."),
    ],
)
def test_an_entry_that_cannot_be_is_refused_and_nothing_is_written(
    harbour: Desk, ref: str, told: str
) -> None:
    before = tree(harbour.root)

    said = harbour.ltp("new", "service", ref, *NEEDED)

    assert said.code == 1
    assert told in said.err
    assert "\n  :" not in said.err
    assert tree(harbour.root) == before


@pytest.mark.parametrize(
    ("question", "prompt"),
    [
        ("What is the service called?", "What is the service called? "),
        (
            "What does it cost? (Enter to leave it out)",
            "What does it cost? (Enter to leave it out): ",
        ),
    ],
)
def test_a_question_ends_with_one_sign(
    question: str, prompt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    prompts: list[str] = []

    def answer(words: str) -> str:
        prompts.append(words)
        return "Quay"

    monkeypatch.setattr("builtins.input", answer)

    assert starting.ask_for_what_is_known(question) == "Quay"
    assert starting.ask_on_terminal(question) == "Quay"
    assert prompts == [prompt, prompt]


def test_the_questions_are_asked_in_order_and_no_answer_is_not_known(harbour: Desk) -> None:
    replies = dict.fromkeys(QUESTIONS, "")
    replies |= {"name": "Quay Line", "summary": "Talk.", "phone": "01632 960 021"}
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        (key,) = [each for each, words in QUESTIONS.items() if question.startswith(words)]
        return replies[key]

    made = new_service(harbour.root, NAME, {}, ask, TODAY)

    assert made.files == (harbour.root / PATH,)
    assert asked == [
        words if key in ("name", "summary") else f"{words} (Enter to leave it out)"
        for key, words in QUESTIONS.items()
        if key != "checked_by"  # nobody checked it, so there is no role to ask for
    ]
    assert service(harbour).facts.model_fields_set == {"name", "summary", "channels", "checks"}


def test_what_an_option_says_is_not_asked_again_and_a_check_asks_who(harbour: Desk) -> None:
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return "communications officer" if "role" in question else ""

    given = {"name": "Quay Line", "summary": "Talk.", "checked": "2026-11-20"}
    new_service(harbour.root, NAME, given, ask, TODAY)

    assert not [each for each in asked if each in (QUESTIONS["name"], QUESTIONS["checked"])]
    assert service(harbour).facts.checks.by == "communications officer"


def test_a_wrong_answer_to_a_question_leaves_no_file(harbour: Desk) -> None:
    before = tree(harbour.root)
    replies = {"called": "The “Quay” line", "do, in": "Talk.", "call?": "the office"}

    def ask(question: str) -> str:
        return next((words for part, words in replies.items() if part in question), "")

    with pytest.raises(LtpError, match="“the office” has letters in it") as told:
        new_service(harbour.root, NAME, {}, ask, TODAY)

    assert tree(harbour.root) == before
    again = next(line for line in str(told.value).splitlines() if line.startswith("  ltp new"))
    assert harbour.ltp(*shlex.split(again.replace("the office", "01632 960 031"))[1:]).code == 0
    entry = harbour.read(f"content/{NAME.replace('/', '/help/')}.md")
    assert "The “Quay” line" in entry
    assert "01632 960 031" in entry


# -- ltp import services

TABLE = """\
Name,Summary,Phone,Website,Last assured
Quay Line (made up),Talk to a sailor.,01632 960 031,https://harbour.example/quay,2019-05-01
Pier Group (made up),Meet on the pier.,ask at the desk,,
,No name at all.,01632 960 032,,
"""
FEED = {
    "contents": [
        {
            "id": "4f9f1d4c-6c3c-4a3e-9d6a-3f5c7e0b1a11",
            "name": "Lighthouse Talks (made up)",
            "description": "<p style='color:red'>Come up the stairs.</p>",
            "status": "active",
            "email": "",
            "assured_date": "2018-01-01",
        },
        {
            "id": "4f9f1d4c-6c3c-4a3e-9d6a-3f5c7e0b1a12",
            "name": "Boat Trips (made up)",
            "description": "Sail for a day.",
            "status": "active",
        },
    ],
    "total_pages": 1,
}


def test_a_table_is_brought_in_with_a_line_for_every_row_and_nothing_counts_as_checked(
    harbour: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "services.csv"
    file.write_text(TABLE, encoding="utf-8")
    before = {each.id for each in load(harbour.root).plans.services}

    said = harbour.ltp("import", "services", str(file), "--area", "harbour")

    assert said.code == 1, "a row was refused"
    new = [each for each in load(harbour.root).plans.services if each.id not in before]
    assert {each.facts.name for each in new} == {"Quay Line (made up)", "Pier Group (made up)"}
    assert {each.facts.checks.last for each in new} == {None}
    assert [line for line in said.out.splitlines() if line[:1].isdigit()] == [
        "2: Quay Line (made up): changed: the record says that it was checked or assured on "
        "2019-05-01: that does not count here",
        "3: Pier Group (made up): changed: phone number: it is not a number that can be called. "
        "It is in the text: “ask at the desk”",
        "4: (no name): refused: it has no name",
        "2 files written; none of them counts as checked. Next: read each one, say in source "
        "where its facts were read, and run: ltp check",
    ]
    quay = next(each for each in new if each.facts.name.startswith("Quay"))
    assert [each.number.shown for each in quay.facts.channels if each.number] == ["01632 960 031"]
    assert harbour.faults() == []
    assert harbour.ltp("build", "--jobs", "1").code == 0
    listed = harbour.read("site/harbour/help/not-checked/index.html")
    assert "Quay Line (made up)" in listed
    assert "01632 960 031" not in listed
    assert "Quay Line" not in harbour.read("site/harbour/help/find.json")
    assert "Quay Line" not in harbour.read("site/harbour/help/services.csv")


def test_a_feed_is_brought_in_cleaned_and_again_changes_nothing(
    harbour: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "feed.json"
    file.write_text(json.dumps(FEED), encoding="utf-8")

    said = harbour.ltp("import", "services", str(file), "--area", "harbour")

    assert said.code == 0, said.out
    entries = {each.facts.name: each for each in load(harbour.root).plans.services}
    talks = entries["Lighthouse Talks (made up)"]
    assert (
        "style" not in harbour.read(f"content/harbour/help/{talks.id}.md").partition("\n---\n")[0]
    )
    assert talks.facts.summary == "Come up the stairs."
    assert talks.facts.checks.last is None
    assert talks.facts.channels == ()
    assert "Boat Trips (made up)" in entries
    assert harbour.faults() == []

    before = tree(harbour.root / "content")
    again = harbour.ltp("import", "services", str(file), "--area", "harbour")
    assert tree(harbour.root / "content") == before
    assert "Lighthouse Talks (made up)" in again.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("no-such.csv", "--area", "harbour"), "can’t be opened"),
        (
            ("services.csv", "--area", "harbor"),
            "There is no area “harbor”. Did you mean “harbour”?",
        ),
    ],
)
def test_an_import_that_cannot_be_writes_nothing(
    harbour: Desk, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    (tmp_path / "services.csv").write_text(TABLE, encoding="utf-8")
    before = tree(harbour.root)

    said = harbour.ltp("import", "services", str(tmp_path / words[0]), *words[1:])

    assert said.code == 1
    assert told in said.err
    assert tree(harbour.root) == before


# -- ltp status


def directories(desk: Desk, *words: str) -> list[str]:
    """Give what `ltp status` says of directories, under the table of plans."""
    lines = desk.ltp("status", *words).out.splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("Help in "))
    return lines[start:]


def test_status_says_how_far_a_directory_can_be_trusted_and_what_is_due(harbour: Desk) -> None:
    assert directories(harbour) == [
        "Help in harbour: 21 entries, 13 checked, 2 past its check, 2 long past its check, "
        "3 only named in a plan, 1 never checked.",
        "  harbour-app: a check was due by 1 May 2025",
        "  harbour-home-treatment: a check was due by 1 August 2026",
        "  harbour-grief-group: a check was due by 31 October 2026",
        "  harbour-night-line: a check is due by 21 November 2026",
    ]


def test_status_of_another_day_says_what_is_due_then(harbour: Desk) -> None:
    found = directories(harbour, "--today", "2027-02-15")

    assert "  harbour-chat: a check is due by 20 February 2027" in found
    assert "  harbour-night-line: a check was due by 21 November 2026" in found
    assert "  harbour-drop-in: a check is due by 15 March 2027" in found
    assert not [line for line in found if "harbour-clinic" in line]


def test_status_names_no_directory_of_an_area_that_lists_nothing(desk: Desk) -> None:
    assert [line.partition(":")[0] for line in directories(desk)] == ["Help in harbour"]
