"""Start an entry of a directory: ask the questions, write the file, and say what is wrong with it."""

from __future__ import annotations

import datetime
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from ltp.directory.questions import QUESTIONS
from ltp.findings import Finding, LtpError, did_you_mean, faults
from ltp.plans.loading import load
from ltp.plans.names import area_of
from ltp.plans.rules import check
from ltp.starting import Made, check_id, quoted, write

Ask = Callable[[str], str]

NEEDED: Final = ("name", "summary")


def new_service(
    root: Path,
    ref: str,
    answers: Mapping[str, str | None],
    ask: Ask | None,
    today: datetime.date,
) -> Made:
    """Write an entry from answers; `ask` is asked for what is not among them, and may get no answer.

    What has no answer is left out, since it is not known. Raises LtpError, and leaves no file, where
    an answer can't be right.
    """
    area, _, name = ref.partition("/")
    check_id(area)
    check_id(name)
    if area not in load(root).plans.areas:
        known = load(root).plans.areas
        raise LtpError(f"There is no area “{area}”. {did_you_mean(area, known)}".strip())
    path = root / "content" / area / "help" / f"{name}.md"
    if path.exists():
        raise LtpError(f"There is a file {path} already. It was left as it is")
    told = {key: value for key, value in _told(answers, ask).items() if value}
    for key in NEEDED:
        if key not in told:
            raise LtpError(f"{QUESTIONS[key]} Say it with --{key}")
    write(path, _entry(told))
    _refuse_faults(root, path, today, _again(ref, told))
    return Made(
        (path,),
        "Next: add what else is known (the guide lists every key), and text under the last line if you "
        "have any, then run: ltp check",
    )


def _told(answers: Mapping[str, str | None], ask: Ask | None) -> dict[str, str]:
    told: dict[str, str] = {}
    for key, question in QUESTIONS.items():
        if key == "checked_by" and told.get("checked", "never") in ("", "never"):
            continue
        answer = answers.get(key)
        if answer is None and ask is not None:
            answer = ask(question if key in NEEDED else f"{question} (Enter to leave it out)")
        told[key] = (answer or "").strip()
    return told


def _entry(told: Mapping[str, str]) -> str:
    lines = ["---", f"name: {quoted(told['name'])}", f"summary: {quoted(told['summary'])}"]
    for key in ("organisation", "source", "hours", "cost"):
        if key in told:
            lines.append(f"{key}: {quoted(told[key])}")
    if "youngest" in told or "oldest" in told:
        ends = [f"{key}: {told[key]}" for key in ("youngest", "oldest") if key in told]
        lines.append(f"ages: {{{', '.join(ends)}}}")
    for key in ("places", "needs"):
        if key in told:
            listed = ", ".join(quoted(each.strip()) for each in told[key].split(","))
            lines.append(f"{key}: [{listed}]")
    ways = list(_ways(told))
    if ways:
        lines += ["channels:", *ways]
    if told.get("checked", "never") == "never":
        lines.append("checks: {last: never}")
    else:
        lines += ["checks:", f"  last: {told['checked']}"]
        if "checked_by" in told:
            lines.append(f"  by: {quoted(told['checked_by'])}")
    return "\n".join([*lines, "---", ""])


def _ways(told: Mapping[str, str]) -> list[str]:
    keys = {"phone": "number", "text": "number", "email": "email", "web": "address"}
    return [
        f"  - {{way: {way}, {key}: {quoted(told[way])}}}"
        for way, key in keys.items()
        if way in told
    ]


def _again(ref: str, told: Mapping[str, str]) -> str:
    """Give the command with all answers, so that none has to be given twice."""
    words = ["ltp", "new", "service", ref]
    for key, answer in told.items():
        words += [f"--{key.replace('_', '-')}", answer]
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)


def _refuse_faults(root: Path, path: Path, today: datetime.date, again: str) -> None:
    """Take the file away again where an answer can't be right, and say which."""
    name = path.relative_to(root).as_posix()
    loaded = load(root)
    faulty = {area_of(each.path) for each in faults(loaded.findings)}
    found = [*loaded.findings, *check(loaded.plans, today, {area for area in faulty if area})]
    wrong = [each for each in found if each.path == name and each.is_fault]
    if wrong:
        path.unlink()
        told = "\n".join(f"  {_where(each)}{each.what}. {each.cure}" for each in wrong)
        raise LtpError(
            f"The entry was not written, because:\n{told}\n"
            f"Your answers are in this line: change what is wrong in it, and run it.\n  {again}\n"
            "Nothing was changed"
        )


def _where(finding: Finding) -> str:
    """Name the key that a finding is about; nothing where it is about the file's own name."""
    return f"{finding.where}: " if finding.where else ""
