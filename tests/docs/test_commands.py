"""Every command that the README and the guide show is run, or known to exist."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from ltp import cli, starting
from ltp.writing import placeholders

from .documents import GUIDE, ROOT, Block, blocks, commands, documents, inline, name_of, words_of

BRING_IN = GUIDE / "bring-in-services.md"
DOCUMENTS = list(documents())
NAMES = [name_of(path) for path in DOCUMENTS]

ANSWERS = {
    "Whose content": "blmk-ccg",
    "Why is it archived": "The body that wrote this plan has ended.",
    "Which area looks after": "blmk",
    "What is the service called": "Market Street drop-in",
    "What does it do": "Talk to a youth worker.",
}
"""What an editor answers when `ltp archive` and `ltp new service` ask."""

OTHER_PROGRAMS = {"cd", "export", "git", "npm", "python3", "python", "pip", "brew"}
"""What a block may call beside `ltp` and `make`: named here so that a misspelt one is noticed."""


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of what editors edit, as the folder that commands start in."""
    for name in ("areas", "content", "docs/guide"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    _write_what_is_brought_in(tmp_path)
    monkeypatch.setattr(starting, "ask_on_terminal", _answer)
    monkeypatch.setattr(starting, "ask_for_what_is_known", _answer_or_leave_out)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    return tmp_path


def _write_what_is_brought_in(folder: Path) -> None:
    """Write the table that the guide shows, and a feed, by the names that it calls them."""
    table = next(each for each in blocks(BRING_IN) if each.language == "csv")
    (folder / "services.csv").write_text(table.text, encoding="utf-8")
    feed = {"contents": [{"id": "1", "name": "Harbour drop-in", "description": "A place to talk."}]}
    (folder / "feed.json").write_text(json.dumps(feed), encoding="utf-8")


def _answer(question: str) -> str:
    return next(answer for start, answer in ANSWERS.items() if question.startswith(start))


def _answer_or_leave_out(question: str) -> str:
    return next((answer for start, answer in ANSWERS.items() if question.startswith(start)), "")


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_the_commands_of_a_document_work_in_their_order(path: Path, copy: Path) -> None:
    for command in commands(path):
        program, *words = words_of(command)
        if program != "ltp":
            continue
        if words[:1] == ["serve"]:
            _assert_serves(words, copy)
        else:
            assert cli.main(words) == 0, command
        if words[:1] == ["new"]:
            _write_as_the_guide_says(copy)


def _write_as_the_guide_says(folder: Path) -> None:
    """Write what `ltp new` leaves to editors, but not in drafts: those may stay as they are begun."""
    for path in (folder / "content").rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        for words in (placeholders.OF_AREA, placeholders.OF_PAGE):
            text = text.replace(words, "Written by an editor.")
        path.write_text(text, encoding="utf-8")


def _assert_serves(words: list[str], folder: Path) -> None:
    """Start a preview as written, but on a free port, and open the page that it leads to."""
    port = _free_port()
    area = next((word for word in words[1:2] if not word.startswith("-")), "")
    run = [sys.executable, "-m", "ltp.cli", *words, "--port", str(port)]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "hooks")}
    with subprocess.Popen(
        run, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as server:
        try:
            page = _first_answer(f"http://127.0.0.1:{port}/{area}", server)
        finally:
            server.terminate()
    assert "<h1" in page


def _free_port() -> int:
    with contextlib.closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _first_answer(address: str, server: subprocess.Popen[bytes]) -> str:
    end = time.monotonic() + 180
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            assert server.poll() is None, server.stderr and server.stderr.read().decode()
            assert time.monotonic() < end, f"nothing answers at {address}"
            time.sleep(0.1)


def test_a_port_in_use_is_told_as_the_guide_says(copy: Path) -> None:
    with contextlib.closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        run = [sys.executable, "-m", "ltp.cli", "serve", "--port", str(port)]
        env = {**os.environ, "PYTHONPATH": str(ROOT / "hooks")}
        ended = subprocess.run(run, cwd=copy, env=env, capture_output=True, text=True, check=False)

    assert ended.returncode == 1
    assert ended.stderr.startswith(f"Another program uses port {port}, perhaps a preview")
    assert "Traceback" not in ended.stderr


def test_the_report_that_the_guide_shows_is_what_the_command_says(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = next(each for each in blocks(BRING_IN) if each.language == "text")

    assert cli.main(["import", "services", "services.csv", "--area", "blmk"]) == 0
    assert set(shown.commands) <= set(capsys.readouterr().out.splitlines())


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_blocks_call_only_programs_that_are_known(path: Path) -> None:
    for command in commands(path):
        assert words_of(command)[0] in {"ltp", "make", *OTHER_PROGRAMS}, command


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_each_file_that_a_set_up_command_names_is_there(path: Path) -> None:
    for command in commands(path):
        for file in re.findall(r"\b[\w-]+/[\w-]+\.txt\b", command):
            assert (ROOT / file).is_file(), command


# -- commands inside sentences, and options


def _shown_ltp_commands() -> Iterator[tuple[str, str]]:
    for path in DOCUMENTS:
        shown = [*inline(path), *commands(path)]
        yield from (
            (name_of(path), each) for each in shown if re.match(r"(\.venv/bin/)?ltp ", each)
        )


@pytest.mark.parametrize(("where", "command"), sorted(set(_shown_ltp_commands())))
def test_each_ltp_command_that_is_named_exists_with_its_options(
    where: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = words_of(command)[1:]
    verbs = words[: 2 if words[0] in ("new", "import") else 1]
    options = {word for word in words if word.startswith("--")}

    with pytest.raises(SystemExit) as ended:
        cli.main([*(verb for verb in verbs if not verb.startswith("-")), "--help"])

    assert ended.value.code == 0, f"{where}: {command}"
    assert options <= set(re.findall(r"--[\w-]+", capsys.readouterr().out)), f"{where}: {command}"


def _targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):.*?## ", makefile, re.MULTILINE))


def test_each_make_target_that_is_named_exists() -> None:
    named = {
        target
        for path in DOCUMENTS
        for shown in [*inline(path), *commands(path)]
        for target in re.findall(r"^make ([a-z][a-z-]*)", shown)
    }

    assert {"site", "test", "check", "serve", "clean"} <= named
    assert named <= _targets()


@pytest.mark.skipif(shutil.which("make") is None, reason="Windows has no make")
def test_make_alone_lists_every_target() -> None:
    told = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert set(re.findall(r"^  make ([a-z-]+) +\w", told, re.MULTILINE)) == _targets()


def test_ci_runs_what_make_test_runs_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if line and not line.startswith(("#", "set ", "cd "))] == [
        "exec make test"
    ]


# -- Windows


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_a_block_for_windows_does_what_the_block_for_others_does(path: Path) -> None:
    shown = blocks(path)
    windows = [block for block in shown if block.language == "powershell"]
    for block in windows:
        after = shown[shown.index(block) + 1 :]
        others = next(each for each in after if each.language == "sh")
        assert _as_in_sh(block) == others.commands


def _as_in_sh(block: Block) -> list[str]:
    return [_translated(command) for command in block.commands]


def _translated(command: str) -> str:
    if command.startswith("$env:PATH"):
        assert command == r'$env:PATH = "$PWD\.venv\Scripts;$env:PATH"'
        return 'export PATH="$PWD/.venv/bin:$PATH"'
    return (
        re.sub(r"^py(?= )", "python3", command)
        .replace("npm.cmd", "npm")
        .replace(r".venv\Scripts", ".venv/bin")
        .replace("\\", "/")
    )
