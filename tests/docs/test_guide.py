"""The guide for editors: its words, its order, and that its reference is the model's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest

from ltp.directory import entry, open_data, referral
from ltp.directory.hours import Hours
from ltp.directory.listing import trust_tag
from ltp.directory.trust import MONTHS_GOOD, MONTHS_LONG_PAST, Directory, Trust
from ltp.plans import loading, model, names
from ltp.plans.loading import load
from ltp.plans.status import work_out
from ltp.site.addresses import site_of
from ltp.site.page_views import Views
from ltp.site.pages import PageKind, PortalSite
from ltp.writing import acronyms, tree
from ltp.writing.checking import RULES
from ltp.writing.page import Reading

from .documents import GUIDE, ROOT, blocks, sentences

TABLES: Mapping[str, type[model.Facts]] = {
    "The lines at the top of any page": model.PageFacts,
    "More lines at the top of a request for views": model.ConsultationFacts,
    "Each of the `sessions`": model.Session,
    "The keys of `content/AREA/PLAN/edition.yml`": model.Edition,
    "Each of the `changes`": model.Change,
    "Each line of `history`": model.Act,
    "The keys of `areas/AREA.yml`": model.Area,
    "The keys under `plan_joined`": model.PlanJoined,
    "Each plan under `elsewhere`": model.PlanElsewhere,
    "The keys under `contact`": model.Contact,
    "The keys under `brand`": model.Brand,
    "The keys of `areas/portal.yml`": model.Portal,
    "Each body in `areas/organisations.yml`": model.Organisation,
    "Each line of help in `areas/contacts.yml`, in the order shown": model.CrisisLine,
    "The lines at the top of a service": entry.ServiceFacts,
    "The keys under `ages`": entry.Ages,
    "The keys under `referral`": entry.Referral,
    "Each of the `channels`": entry.Channel,
    "Each of the `locations`": entry.Location,
    "The keys under `waiting`": entry.Waiting,
    "The keys under `checks`": entry.Checks,
    "The keys under `alert`": entry.Alert,
    "Each need in `areas/needs.yml`, in the order shown": entry.Need,
    "Each number in `areas/retired-numbers.yml`": entry.RetiredNumber,
    "Each document in `areas/sources.yml`": model.Source,
    "Each topic in `areas/topics.yml`": model.Topic,
    "The keys of `areas/audit.yml`": model.Audit,
    "Each of the `engines`": model.AuditEngine,
    "Each of the `failures`": model.AuditFailure,
}
HOURS = "How to write hours, and what readers see"
"""The one table of the reference that is not of keys."""

PAGES = sorted(GUIDE.glob("*.md"))


def _tables() -> dict[str, dict[str, tuple[str, str]]]:
    """Read the reference: for each caption, each key with whether it is needed and what it says."""
    text = (GUIDE / "reference.md").read_text(encoding="utf-8")
    tables = {}
    for caption, rows in re.findall(r"^Table: (.*)\n\n((?:\|.*\n)+)", text, re.MULTILINE):
        if caption == HOURS:
            continue
        cells = re.findall(r"^\| `(\w+)` \| (yes|no) \| (.+) \|$", rows, re.MULTILINE)
        assert len(cells) == len(rows.splitlines()) - 2, caption
        assert len({key for key, _, _ in cells}) == len(cells), caption
        tables[caption] = {key: (needed, says) for key, needed, says in cells}
    return tables


def test_the_reference_has_a_table_for_every_kind_of_facts() -> None:
    what_others_are_made_of = (model.Facts, model.SiteFacts)
    kinds = {
        each
        for module in (model, entry)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, model.Facts)
    } - {*what_others_are_made_of}

    assert set(_tables()) == set(TABLES)
    assert set(TABLES.values()) == kinds


@pytest.mark.parametrize(("caption", "kind"), TABLES.items())
def test_the_reference_has_exactly_the_keys_that_may_be_written(
    caption: str, kind: type[model.Facts]
) -> None:
    own = set(kind.typed_keys())
    if kind is model.ConsultationFacts:
        own -= set(model.PageFacts.typed_keys())

    assert set(_tables()[caption]) == own


@pytest.mark.parametrize(("caption", "kind"), TABLES.items())
def test_the_reference_says_which_keys_are_needed(caption: str, kind: type[model.Facts]) -> None:
    needed = {info.alias or name: info.is_required() for name, info in kind.model_fields.items()}

    for key, (said, _) in _tables()[caption].items():
        assert said == ("yes" if needed[key] else "no"), key


@pytest.mark.parametrize(("caption", "kind"), TABLES.items())
def test_the_reference_names_every_word_that_a_key_takes(
    caption: str, kind: type[model.Facts]
) -> None:
    fields = {info.alias or name: info.annotation for name, info in kind.model_fields.items()}

    for key, (_, says) in _tables()[caption].items():
        for word in _words(fields[key]):
            assert f"`{word}`" in says, f"{key}: {word}"


def _words(annotation: Any) -> list[str]:
    if get_origin(annotation) is Literal:
        return [str(each) for each in get_args(annotation)]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [str(each.value) for each in annotation]
    return [word for each in get_args(annotation) for word in _words(each)]


def test_the_reference_names_what_no_entry_may_be_called() -> None:
    text = (GUIDE / "reference.md").read_text(encoding="utf-8")
    told = re.search(r"These may not be its name.*", text)

    assert told
    assert tuple(re.findall(r"`([\w-]+)`", told[0])) == entry.RESERVED


def test_the_reference_names_what_no_plan_may_be_called() -> None:
    text = (GUIDE / "reference.md").read_text(encoding="utf-8")
    told = re.search(r"so no plan can have them: (.*)", text)

    assert told
    assert tuple(re.findall(r"`([\w-]+)`", told[1])) == (
        *("help", "have-your-say"),
        *loading.GENERATED,
    )
    assert set(names.SECTIONS) == {"help", "have-your-say"}


@pytest.mark.parametrize("key", ["contact", "reply_within", "looked_after_by", "by"])
def test_the_reference_says_what_is_needed_because_of_something_else(key: str) -> None:
    says = [rows[key][1] for rows in _tables().values() if key in rows]

    assert any("Needed " in each for each in says), says


def test_the_reference_tells_hours_as_the_sites_do() -> None:
    text = (GUIDE / "reference.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| `(.+)` \| (.+) \|$", text.partition(HOURS)[2].partition("\n## ")[0], re.M
    )

    assert len(rows) > 4
    for rules, told in rows:
        assert ". ".join(Hours(rules).in_words()) == told


def test_the_guide_tells_trust_and_the_length_of_a_summary_as_they_are() -> None:
    listing = (GUIDE / "list-a-service.md").read_text(encoding="utf-8")
    reference = (GUIDE / "reference.md").read_text(encoding="utf-8")

    assert f"for {MONTHS_GOOD} months after" in listing
    assert f"for {MONTHS_GOOD} months." in reference
    assert f"more than {MONTHS_LONG_PAST} months" in listing
    assert f"in {entry.MOST_WORDS} words or fewer" in reference
    for words, _ in map(trust_tag, Trust):
        assert f"| {words} |" in listing


def test_the_guide_names_the_files_of_the_open_data_and_no_others() -> None:
    text = (GUIDE / "publish.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| .+ \| `([\w/]+\.json)` \| .+ \|$", text, re.MULTILINE)
    directory = Directory("blmk", ("Luton",), (), {}, date(2026, 11, 22))
    files = open_data.Feed.of(directory, "BLMK", site_of(load(ROOT).plans, None)).files()

    assert f"/blmk/help/{open_data.FOLDER}`" in text
    assert {f"{open_data.FOLDER}/{name}" for name in rows} - set(files) == {
        f"{open_data.FOLDER}/services/ID.json"
    }
    assert {name for name in files if name.count("/") == 2} == {
        f"{open_data.FOLDER}/{name}" for name in rows if "/" not in name
    }


def test_the_open_data_declares_no_licence_as_the_guide_says() -> None:
    text = (GUIDE / "publish.md").read_text(encoding="utf-8")
    kinds = [each for each in vars(referral).values() if hasattr(each, "model_fields")]
    fields = {name for kind in kinds for name in kind.model_fields}

    assert "Nothing in the feed, the spreadsheet or the pages declares a licence" in text
    assert fields
    assert not [name for name in [*fields, *open_data.COLUMNS] if "licen" in name.lower()]


@pytest.mark.parametrize("path", PAGES, ids=[path.name for path in PAGES])
def test_the_guide_speaks_in_readers_words(path: Path) -> None:
    text = sentences(path).lower()  # what is shown as an example may quote a source

    assert not re.findall(r"\b(?:targets?|custody|canonical|schemas?|graphs?)\b", text)


@pytest.mark.parametrize("path", PAGES, ids=[path.name for path in PAGES])
def test_every_example_of_facts_in_the_guide_has_known_keys(path: Path) -> None:
    known = {key for kind in TABLES.values() for key in kind.typed_keys()}

    for block in blocks(path):
        if block.language == "yaml":
            keys = re.findall(r"(?:^|[{,-] ?|^ +)(\w+):(?= |$)", block.text, re.MULTILINE)
            assert keys
            assert set(keys) <= known


def test_every_message_that_the_guide_explains_is_one_that_the_commands_say() -> None:
    text = (GUIDE / "when-something-is-wrong.md").read_text(encoding="utf-8")
    table = text.partition("Table: Messages and cures")[2].partition("\n## ")[0]
    messages = re.findall(r"^\| (?!The message|---)(.+?) \|", table, re.MULTILINE)
    code = sorted((ROOT / "hooks" / "ltp").rglob("*.py"))
    told = sorted((ROOT / "tests" / "broken").glob("*.txt"))
    said = "".join(path.read_text(encoding="utf-8") for path in [*code, *told])

    assert len(messages) > 10
    for message in messages:
        for part in re.split(r"[….?]", message):
            assert part.strip(" ,") in said, message


def _rules_on(markdown: str) -> list[str]:
    """Give what is told of a piece of Markdown, on a page that speaks of nothing else."""
    origin = model.Origin("docs/guide/example.md")
    page = model.Page("example", model.PageFacts(title="Example"), markdown, 1, origin)
    reading = Reading(page, tree.read(markdown), GUIDE)
    return [told.what for rule in RULES for told in rule(reading)]


def test_each_example_of_what_not_to_write_is_told_and_what_to_write_is_let_through() -> None:
    text = (GUIDE / "write-so-that-nobody-is-shut-out.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(.+)` \| `(.+)` \|$", text, re.MULTILINE)

    assert len(rows) > 10
    for wrong, right in rows:
        assert _rules_on(wrong), wrong
        assert _rules_on(right) == [], right


def test_every_example_of_markdown_in_the_guide_is_let_through() -> None:
    for path in PAGES:
        for block in blocks(path):
            if block.language == "markdown":
                assert _rules_on(block.text) == [], block.text


def test_the_guide_names_some_of_the_letters_that_need_nothing() -> None:
    text = (GUIDE / "write-so-that-nobody-is-shut-out.md").read_text(encoding="utf-8")
    told = re.search(r"Everybody knows (.+), so these need nothing", text)

    assert told
    assert set(re.split(r", | and ", told[1])) <= set(acronyms.KNOWN)


def test_the_guide_is_read_in_the_order_in_which_its_front_page_names_its_pages() -> None:
    plans = load(ROOT).plans
    standings = work_out(plans, date(2026, 11, 22))
    place = next(
        page for page in PortalSite(standings, ()).pages if page.address == "/guide/edit-a-page/"
    )
    view = Views(standings, site_of(plans, None), "portal").view(place)

    front = (GUIDE / "index.md").read_text(encoding="utf-8")
    named = re.findall(r"\]\(([\w-]+)\.md\)", front)
    assert place.kind is PageKind.GUIDE
    assert view.contents_heading == "Contents of this guide"
    assert [link.href for link in view.contents] == [
        "../",
        *("./" if name == "edit-a-page" else f"../{name}/" for name in named),
    ]
    assert {path.stem for path in PAGES} == {"index", *named}
