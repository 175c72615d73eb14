"""What `make audit` writes into areas/audit.yml, from what was found: no page is looked at here."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from audit import keyboard
from audit.engines import MODULES, Failure
from audit.recording import HEADER, record
from tests.model.broken import Case, write

from ltp.plans.loading import load

TODAY = datetime.date(2026, 11, 20)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give where the file stands, which is not there yet."""
    return tmp_path / "audit.yml"


def failure(engine: str, page: str = "/", rule: str = "a-rule", **more: str) -> Failure:
    told = {"view": "320 px", "what": f"what {rule} says", "where": "h1"}
    return Failure(engine=engine, page=page, rule=rule, **{**told, **more})


def facts(text: str) -> dict[str, Any]:
    read = yaml.safe_load(text)
    assert isinstance(read, dict)
    return read


def counts(found: Sequence[Failure], path: Path) -> dict[str, int]:
    """Give how many failures each engine is said to have counted."""
    return {
        each["name"]: each["failures"] for each in facts(record(path, TODAY, 9, found))["engines"]
    }


def test_the_file_begins_with_who_writes_it_and_says_the_day_and_the_pages(path: Path) -> None:
    text = record(path, TODAY, 128, [])

    assert text.splitlines()[0] == HEADER
    assert facts(text) | {"engines": []} == {
        "date": TODAY,
        "pages": 128,
        "engines": [],
        "failures": [],
        "by_people": "never",
    }


def test_what_it_writes_is_what_the_loader_reads(tmp_path: Path) -> None:
    write(Case("nothing", (), ()), tmp_path)
    found = [failure("axe-core", criterion="1.4.3"), failure(keyboard.WALK, rule="b")]
    file = tmp_path / "areas/audit.yml"
    file.write_text(record(file, TODAY, 128, found), encoding="utf-8")

    loaded = load(tmp_path)

    assert [each for each in loaded.findings if each.path == "areas/audit.yml"] == []
    audit = loaded.plans.audit
    assert audit is not None
    assert (str(audit.date), audit.pages, audit.by_people) == ("20 November 2026", 128, None)
    assert [each.criterion for each in audit.failures] == ["1.4.3", None]


def test_what_a_person_wrote_stays_and_the_header_stands_once(path: Path) -> None:
    first = record(path, TODAY, 100, [failure("axe-core")])
    path.write_text(
        first.replace("by_people: never", "by_people: 2026-10-03").replace(
            HEADER,
            f"{HEADER}\n# Two people with screen readers tested it.\n# They will come again.",
        ),
        encoding="utf-8",
    )

    again = record(path, datetime.date(2026, 12, 1), 101, [])
    path.write_text(again, encoding="utf-8")
    third = record(path, datetime.date(2026, 12, 1), 101, [])

    assert again.splitlines()[:3] == [
        HEADER,
        "# Two people with screen readers tested it.",
        "# They will come again.",
    ]
    assert facts(again)["by_people"] == datetime.date(2026, 10, 3)
    assert (facts(again)["date"], facts(again)["pages"]) == (datetime.date(2026, 12, 1), 101)
    assert facts(again)["failures"] == []
    assert third == again


def test_a_file_of_nothing_but_remarks_keeps_them(path: Path) -> None:
    path.write_text("# Nobody has looked yet.\n", encoding="utf-8")

    text = record(path, TODAY, 1, [])

    assert text.splitlines()[:2] == [HEADER, "# Nobody has looked yet."]
    assert facts(text)["by_people"] == "never"


def test_each_checker_counts_its_own_then_the_keyboard_then_all_other_probes(path: Path) -> None:
    found = [
        *[failure("axe-core", page=f"/{at}/") for at in range(3)],
        failure("Nu HTML Checker"),
        failure(keyboard.WALK),
        failure(keyboard.RING),
        failure(keyboard.WORK),
        failure(keyboard.LETTERS),
        failure("probe of headings"),
        failure("probe of tables"),
    ]

    assert counts(found, path) == {
        "axe-core": 3,
        "HTML_CodeSniffer": 0,
        "Nu HTML Checker": 1,
        keyboard.WALK: 4,
        "probes of reflow, headings, landmarks, tables, targets and more": 2,
    }
    assert sum(counts(found, path).values()) == len(found)


def test_each_checker_is_named_with_the_version_that_is_installed(path: Path) -> None:
    about = json.loads((MODULES / "axe-core/package.json").read_text(encoding="utf-8"))

    engines = facts(record(path, TODAY, 1, []))["engines"]

    assert engines[0] == {"name": "axe-core", "version": about["version"], "failures": 0}
    assert all(each["version"] for each in engines[:3])


def test_a_failure_is_told_once_for_each_rule_with_the_number_of_its_pages(path: Path) -> None:
    found = [
        failure("axe-core", "/a/", "contrast", criterion="1.4.3"),
        failure("axe-core", "/b/", "contrast", criterion="1.4.3"),
        failure("axe-core", "/b/", "contrast", criterion="1.4.3", view="1280 px"),
        failure("axe-core", "/a/", "names", what="a button has no name"),
        failure("HTML_CodeSniffer", "/a/", "contrast"),
    ]

    assert facts(record(path, TODAY, 9, found))["failures"] == [
        {"what": "what contrast says", "criterion": "1.4.3", "pages": 2},
        {"what": "a button has no name", "pages": 1},
        {"what": "what contrast says", "pages": 1},
    ]
