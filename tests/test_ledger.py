"""The ledger of addresses: read with care, compared exactly, added to and never cut."""

from __future__ import annotations

import os
import string
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ltp.findings import LtpError
from ltp.publishing.ledger import HEADER, Ledger, LedgerError, missing, read, record, unrecorded

CRISIS = "/blmk/2024-25/crisis/"
FILE = "/blmk/plans/plans.csv"

addresses = st.lists(
    st.text(string.ascii_lowercase + string.digits + "-._~", min_size=1).filter(
        lambda part: part not in (".", "..")
    ),
    max_size=4,
).map(lambda parts: "/" + "".join(f"{part}/" for part in parts))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "areas" / "blmk.ledger"


def written(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_each_address_is_read_with_its_line(path: Path) -> None:
    ledger = read(written(path, f"# What this is\n{CRISIS}\n\n{FILE}\n"))
    assert ledger.lines == {CRISIS: 2, FILE: 4}
    assert ledger.addresses == {CRISIS, FILE}


def test_a_ledger_from_windows_is_read_alike(path: Path) -> None:
    text = f"\ufeff# What this is\r\n{CRISIS}\r\n\r\n  {FILE} \r\n"
    assert read(written(path, text)).lines == {CRISIS: 2, FILE: 4}


def test_a_ledger_without_a_comment_or_a_last_line_end_is_read(path: Path) -> None:
    assert read(written(path, f"\ufeff{CRISIS}")).lines == {CRISIS: 1}


def test_a_ledger_that_does_not_exist_is_empty(path: Path) -> None:
    assert read(path) == Ledger()


def test_of_two_equal_lines_the_first_is_told(path: Path) -> None:
    assert read(written(path, f"{FILE}\n{CRISIS}\n{FILE}\n")).lines == {FILE: 1, CRISIS: 2}


@pytest.mark.parametrize(
    ("line", "cure"),
    [
        ("blmk/plans/", "with one slash in front"),
        ("//blmk/plans/", "with one slash in front"),
        ("https://example.org/blmk/", "with one slash in front"),
        ("<<<<<<< HEAD", "with one slash in front"),
        ("/blmk/plans/#lines", "/blmk/plans/"),
        ("/blmk/plans/?page=2", "/blmk/plans/"),
        ("/blmk//plans/", "in full"),
        ("/blmk/../kent/", "in full"),
        ("/blmk/Plan 2021.pdf", "/blmk/Plan%202021.pdf"),
        ("/blmk/100%/", "/blmk/100%25/"),
        ("/blmk/café/", "/blmk/caf%C3%A9/"),
        ("/blmk\\plans", "/blmk%5Cplans"),
        ('/blmk/"', "/blmk/%22"),
    ],
)
def test_a_line_that_is_no_address_is_told_with_its_line_and_cure(
    path: Path, line: str, cure: str
) -> None:
    with pytest.raises(LedgerError) as caught:
        read(written(path, f"{HEADER}\n{CRISIS}\n{line}\n"))
    (finding,) = caught.value.findings
    assert finding.line == 3
    assert line in finding.what
    assert cure in finding.cure
    assert f"{path.as_posix()}:3: " in str(caught.value)


def test_every_bad_line_is_told_at_once(path: Path) -> None:
    with pytest.raises(LedgerError) as caught:
        read(written(path, b"one\n/fine/\nthree\n/\xff/\n"))
    assert [finding.line for finding in caught.value.findings] == [1, 3, 4]


def test_an_address_that_nothing_answers_is_missing_with_its_line(path: Path) -> None:
    ledger = read(written(path, f"{HEADER}\n{CRISIS}\n{FILE}\n"))
    assert missing(ledger, [CRISIS]) == [(FILE, 3)]
    assert missing(ledger, {CRISIS, FILE, "/more/"}) == []


def test_an_address_without_its_slash_is_another_address(path: Path) -> None:
    ledger = read(written(path, f"{CRISIS}\n"))
    assert missing(ledger, [CRISIS.rstrip("/"), CRISIS.upper()]) == [(CRISIS, 1)]


def test_what_is_published_and_not_recorded_is_told_once_and_sorted(path: Path) -> None:
    ledger = read(written(path, f"{CRISIS}\n"))
    assert unrecorded(ledger, ["/b/", "/a/", CRISIS, "/b/"]) == ["/a/", "/b/"]


def test_a_first_record_writes_what_the_file_is(path: Path) -> None:
    assert record(path, [FILE, CRISIS, FILE]) == 2
    assert path.read_bytes() == f"{HEADER}\n{CRISIS}\n{FILE}\n".encode()
    assert "Never delete" in HEADER


def test_recording_keeps_every_line_and_comment(path: Path) -> None:
    written(path, f"# Ours\r\n/z/\r\n# Why\r\n{CRISIS}\r\n")
    assert record(path, [FILE, CRISIS]) == 1
    assert path.read_bytes() == f"# Ours\n# Why\n{CRISIS}\n{FILE}\n/z/\n".encode()


def test_a_ledger_that_lacks_nothing_is_not_written(path: Path) -> None:
    text = f"/z/\r\n{CRISIS}\r\n"
    written(path, text)
    assert record(path, [CRISIS]) == 0
    assert path.read_bytes() == text.encode()


def test_nothing_to_record_makes_no_file(path: Path) -> None:
    assert record(path, []) == 0
    assert not path.exists()


@pytest.mark.parametrize("address", ["/a/#b", "/a/?b", "a/", "/a b/", "/a\n/b/", "", "/../"])
def test_an_address_that_cannot_be_recorded_leaves_the_file_as_it_was(
    path: Path, address: str
) -> None:
    written(path, f"{CRISIS}\n")
    with pytest.raises(LtpError):
        record(path, [FILE, address])
    assert path.read_text() == f"{CRISIS}\n"


def test_a_ledger_that_cannot_be_read_is_never_written_over(path: Path) -> None:
    written(path, f"{CRISIS}\nbroken\n")
    with pytest.raises(LedgerError):
        record(path, [FILE])
    assert path.read_text() == f"{CRISIS}\nbroken\n"


def test_a_kill_while_writing_leaves_the_old_ledger(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_: int) -> None:
        raise KeyboardInterrupt

    written(path, f"{CRISIS}\n")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", killed)
        with pytest.raises(KeyboardInterrupt):
            record(path, [FILE])
    assert path.read_text() == f"{CRISIS}\n"
    assert record(path, [FILE]) == 1
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@settings(deadline=None)
@given(st.lists(st.lists(addresses, max_size=6), max_size=5))
def test_nothing_recorded_is_ever_lost(builds: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.ledger"
        seen: set[str] = set()
        for build in builds:
            assert record(path, build) == len(set(build) - seen)
            seen.update(build)
            ledger = read(path)
            assert ledger.addresses == seen
            assert list(ledger.lines) == sorted(seen)
            assert missing(ledger, seen) == []
            assert unrecorded(ledger, seen) == []
