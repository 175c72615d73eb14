"""An editor's mistake gives a sentence with the file and line, never a traceback."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .broken import FOLDER, Case, found, write

BASE = FOLDER / "base"
FILES = sorted(path.relative_to(BASE).as_posix() for path in BASE.rglob("*") if path.is_file())
ODD = st.text("-:[]{}\"'“#&*!|>\t ", min_size=1, max_size=2)
ODD_WORDS = st.sampled_from(
    ["---\n", "\n", "  ", "unknown", "null", "0", "2026-02-30", "a/b", "\x0b", "\u2028", "é", "?"]
)


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, bytes]:
    """Draw a file with a few slips of the keyboard in it."""
    name = draw(st.sampled_from(FILES))
    text = (BASE / name).read_text(encoding="utf-8")
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        gone = draw(st.sampled_from([0, 0, 1, 5, 20]))
        text = text[:at] + draw(st.one_of(ODD, ODD_WORDS, st.just(""))) + text[at + gone :]
    return name, text.encode(draw(st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-16"])))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("slips")
    write(Case("nothing", (), ()), folder)
    return folder


@given(slip=slips())
@settings(derandomize=True, max_examples=250, deadline=None)
def test_a_slip_of_the_keyboard_is_never_more_than_a_finding(
    root: Path, slip: tuple[str, bytes]
) -> None:
    name, data = slip
    (root / name).write_bytes(data)
    findings = found(root)
    shutil.copyfile(BASE / name, root / name)

    lines = data.count(b"\n") + data.count(b"\r") + 1
    for finding in findings:
        assert finding.what
        assert finding.cure
        assert finding.path != name or 1 <= finding.line <= lines
