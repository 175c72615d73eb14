"""Setting up: the scripts say in one sentence what is missing, and nothing names a registry."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from .documents import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SET_UP = [
    ROOT / "Makefile",
    ROOT / ".npmrc",
    ROOT / ".gitlab-ci.yml",
    *sorted((ROOT / "scripts").iterdir()),
    *sorted((ROOT / "requirements").iterdir()),
    *WORKFLOWS,
]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows uses the plain commands")


def _run(script: str, *words: str, folder: Path, **environment: str) -> tuple[int, str, str]:
    """Run a script where no program is found but the shell's own and those in the folder."""
    shell = shutil.which("sh")
    assert shell
    ran = subprocess.run(
        [shell, str(ROOT / "scripts" / script), *words],
        cwd=folder,
        env={"PATH": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout, ran.stderr


def _program(path: Path, text: str) -> Path:
    path.write_text(f"#!{shutil.which('sh')}\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_chromium_is_the_one_that_is_named(tmp_path: Path) -> None:
    named = _program(tmp_path / "my browser", "echo Chromium 200")

    ended = _run("find-chromium", folder=tmp_path, CHROME_PATH=str(named))

    assert ended == (0, f"{named}\n", "")


def test_a_wrong_chromium_is_told_in_one_sentence(tmp_path: Path) -> None:
    code, out, error = _run("find-chromium", folder=tmp_path, CHROME_PATH="/no/such/browser")

    assert (code, out) == (1, "")
    assert error.startswith("CHROME_PATH is “/no/such/browser”, and no Chromium runs from there.")
    assert len(error.splitlines()) == 1


def test_chromium_is_the_systems_if_that_one_runs(tmp_path: Path) -> None:
    _program(tmp_path / "chromium", "echo install me first >&2; exit 1")
    runs = _program(tmp_path / "google-chrome", "echo Google Chrome 200")

    assert _run("find-chromium", folder=tmp_path) == (0, f"{runs}\n", "")


@pytest.mark.skipif(sys.platform == "darwin", reason="a Mac may have Chrome among its programs")
def test_no_chromium_is_told_in_one_sentence(tmp_path: Path) -> None:
    code, out, error = _run("find-chromium", folder=tmp_path)

    assert (code, out) == (1, "")
    assert error == (
        "The browser tests need Chromium, and none was found: install it, or name it with CHROME_PATH.\n"
    )


def test_apt_is_asked_only_where_the_user_may_install(tmp_path: Path) -> None:
    _program(tmp_path / "apt-get", 'echo "apt-get $*" >> asked')
    _program(tmp_path / "id", "echo 1000")

    assert _run("find-chromium", folder=tmp_path)[0] == 1
    assert not (tmp_path / "asked").exists()

    _program(tmp_path / "id", "echo 0")
    _program(
        tmp_path / "apt-get",
        'echo "apt-get $*" >> asked\n'
        "printf '#!%s\\necho Chromium 200\\n' /bin/sh > chromium\n"
        f"{shutil.which('chmod')} +x chromium",
    )

    code, out, _ = _run("find-chromium", folder=tmp_path)

    assert (code, out) == (0, f"{tmp_path / 'chromium'}\n")
    assert (tmp_path / "asked").read_text(encoding="utf-8").splitlines() == [
        "apt-get update",
        "apt-get install --yes --no-install-recommends chromium",
    ]


def test_a_missing_python_is_told_in_one_sentence(tmp_path: Path) -> None:
    code, _, error = _run("make-venv", "python9", folder=tmp_path)

    assert code == 1
    assert error.startswith("Python 3.11 or newer is needed, and “python9” was not found.")
    assert len(error.splitlines()) == 1


def test_an_old_python_is_told_in_one_sentence(tmp_path: Path) -> None:
    _program(tmp_path / "python3", '[ "$1" = --version ] && echo Python 3.8.1 || exit 1')

    code, _, error = _run("make-venv", "python3", folder=tmp_path)

    assert code == 1
    assert error.startswith("Python 3.11 or newer is needed; “python3” is Python 3.8.1.")


@pytest.mark.parametrize("path", SET_UP, ids=[path.name for path in SET_UP])
def test_setting_up_names_no_registry(path: Path) -> None:
    addresses = re.findall(r"https?://[\w.-]+", path.read_text(encoding="utf-8"))

    assert set(addresses) <= {"https://plans.nhs.uk"}


def test_the_lock_of_npm_names_no_registry() -> None:
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", WORKFLOWS, ids=[path.name for path in WORKFLOWS])
def test_workflows_use_official_actions_at_full_versions(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    used = re.findall(r"uses: (\S+)", text)

    assert yaml.safe_load(text)["jobs"]
    assert used
    assert all(re.fullmatch(r"actions/[\w/-]+@v\d+\.\d+\.\d+", each) for each in used)


@pytest.mark.parametrize("script", ["find-chromium", "make-venv", "compare-with-properdocs"])
def test_scripts_can_be_run(script: str) -> None:
    assert os.access(ROOT / "scripts" / script, os.X_OK)
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
