"""What the command answers to `--help` and to what is mistyped."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.command.running import Desk

from ltp.cli import main

COMMANDS = (
    "build",
    "serve",
    "check",
    "status",
    "new",
    "new area",
    "new edition",
    "new page",
    "archive",
    "lock",
    "record",
)
RUNNABLE = tuple(command for command in COMMANDS if command != "new")


def helped(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as stopped:
        main([*command.split(), "--help"])
    assert stopped.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example_of_the_command(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = " ".join(helped(command, capsys).split())

    assert f"Example: ltp {command}" in words


@pytest.mark.parametrize("command", RUNNABLE)
def test_every_command_takes_a_root_and_a_day(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = helped(command, capsys)

    assert "--root DIR" in words
    assert "--today YYYY-MM-DD" in words


def test_building_takes_where_to_how_many_at_once_and_the_address_and_a_preview_has_its_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for command, there_are in (("build", True), ("serve", False)):
        words = helped(command, capsys)
        assert "--jobs N" in words
        for option in ("--out DIR", "--address URL"):
            assert (option in words) is there_are


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    words = helped("", capsys)

    for command in COMMANDS:
        assert f"\n    {command.split()[0]} " in words


def test_the_examples_of_the_help_can_be_parsed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each example, with a mistake at its end that can only be told once the rest was understood."""
    for command in RUNNABLE:
        example = " ".join(helped(command, capsys).split()).partition("Example: ltp ")[2]
        with pytest.raises(SystemExit) as stopped:
            main([*example.split(), "--no-such-option"])
        assert stopped.value.code == 2
        assert "unrecognized arguments: --no-such-option" in capsys.readouterr().err, command


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["build", "--today", "tomorrow"], "“tomorrow” is not a day: write it as 2026-11-22"),
        (["build", "--today", "2026-02-30"], "“2026-02-30” is not a day"),
        (["build", "--jobs", "0"], "“0” is not a number of 1 or more"),
        (["build", "--jobs", "many"], "“many” is not a number of 1 or more"),
        (["build", "--root", "/no/such/folder"], "there is no folder “/no/such/folder”"),
        (["build", "--address", "plans.nhs.uk"], "begin it with https://"),
        (["new", "area", "surrey"], "--name"),
        ([], "COMMAND"),
        (["biuld"], "build"),
    ],
)
def test_a_mistyped_command_is_told_in_words_and_gives_2(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(words)

    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["build"],
        ["check"],
        ["status"],
        ["record"],
        ["lock", "harbour/2026-27"],
        ["archive", "harbour/2026-27"],
        ["new", "edition", "harbour/2030-31"],
        ["new", "page", "harbour/2026-27/boats"],
    ],
)
def test_a_folder_that_is_no_root_is_told_in_a_sentence(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--root", str(tmp_path)]) == 1

    said = capsys.readouterr().err
    assert said.strip().endswith(".")
    assert "Traceback" not in said
    assert len(said.splitlines()) <= 2


def test_the_command_can_be_run_as_a_program(desk: Desk) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("ltp"), "status", "--root", desk.root],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert done.stdout.startswith("Area")
    assert done.stderr == ""
