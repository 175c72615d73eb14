"""What is told of words, by a build as by `ltp check`, and words in other languages as readers meet them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.model.broken import BASE, Case, cases, write
from tests.site.built import TODAY, Built, Page, order, words_of

from ltp import reports
from ltp.findings import Finding
from ltp.plans.loading import load
from ltp.publishing.building import build
from ltp.writing.checking import check

CRISIS = "content/blmk/2024-25/crisis.md"
PLAN = "content/blmk/2024-25"
FACTS = "---\ntitle: Help in a crisis\ntopic: crisis\n---\n"
"""The top of a page on which only the words are wrong."""


def _write_good(root: Path) -> None:
    """Write the good set, with some words on every page, as a page that is built has."""
    write(Case("nothing", (), ()), root)
    for page in (root / "content").rglob("*.md"):
        page.write_text(page.read_text(encoding="utf-8") + "\nWords.\n", encoding="utf-8")
    (root / "content/medway/2015-21/locked.txt").unlink()


def written(root: Path) -> list[str]:
    """Give what is told of words alone."""
    return sorted(map(str, check(root, load(root).plans)))


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a root in which each page of one plan has one thing wrong with its words."""
    root = tmp_path_factory.mktemp("wrong")
    _write_good(root)
    for case in cases():
        _path, how, text = case.changes[0] if case.changes else ("", "", "")
        is_told = any(each.startswith(f"{CRISIS}:") for each in case.finds)
        if is_told and how == "written" and text.startswith(FACTS):
            text = text.replace(FACTS, "---\ntitle: Help\n---\n").replace(
                "(workforce.md)", "(index.md)"
            )
            (root / PLAN / f"{case.name}.md").write_text(text, encoding="utf-8")
    for name in ("map.png", "plan.pdf"):
        (root / PLAN / name).write_bytes(b"a file")
    return root


def test_a_build_tells_what_ltp_check_tells_each_once_and_leaves_the_area_out(wrong: Path) -> None:
    outcome = build(order(wrong))
    told = [str(each) for each in outcome.findings]

    expected = written(wrong)
    assert len(expected) > 40
    assert set(expected) <= set(told)
    assert len(told) == len(set(told))
    assert outcome.failed == ("blmk",)
    assert outcome.why["blmk"] == "it has a fault"
    assert outcome.published
    assert not (wrong / "site/blmk").exists()
    assert set(expected) <= {str(each) for each in reports.check(wrong, TODAY)}


def _built(root: Path, *pages: tuple[str, str]) -> tuple[list[Finding], tuple[str, ...], Built]:
    _write_good(root)
    for path, text in pages:
        (root / path).write_text(text, encoding="utf-8")
    outcome = build(order(root))
    return list(outcome.findings), outcome.failed, Built(root, root / "site", outcome)


def test_what_is_only_to_put_right_is_told_and_published(tmp_path: Path) -> None:
    told, failed, built = _built(tmp_path, (CRISIS, "---\ntitle: A\n---\nAn *odd* word.\n"))

    assert [each.what for each in told if each.path == CRISIS] == [
        "“odd” is in italics, which many people find hard to read"
    ]
    assert failed == (), [str(e) for e in told]
    assert "/blmk/2024-25/crisis/" in built.pages


def test_a_draft_s_words_stop_the_area_so_that_it_can_come_out_by_its_date(tmp_path: Path) -> None:
    draft = (BASE / PLAN / "edition.yml").read_text(encoding="utf-8")
    draft = draft.replace("order: [crisis, workforce]", "draft: yes")
    (tmp_path / "content/blmk/2027").mkdir(parents=True)
    told, failed, _ = _built(
        tmp_path,
        ("content/blmk/2027/edition.yml", draft),
        ("content/blmk/2027/index.md", "---\ntitle: New\n---\n[here](index.md)\n"),
    )

    assert [str(each) for each in told if each.is_fault] == [
        "content/blmk/2027/index.md:4: “here” does not say where the link leads. "
        "Write what is at the other end, such as “the help page”."
    ]
    assert failed == ("blmk",)


def test_a_removed_plan_s_words_are_told_nowhere(tmp_path: Path) -> None:
    facts = (BASE / PLAN / "edition.yml").read_text(encoding="utf-8")
    told, failed, _ = _built(
        tmp_path,
        (
            f"{PLAN}/edition.yml",
            facts + "history:\n  - {date: 2026-01, kind: removed, because: Names.}\n",
        ),
        (CRISIS, "---\ntitle: A\n---\n[here](index.md)\n"),
    )

    assert [each for each in told if each.path == CRISIS] == []
    assert failed == (), [str(e) for e in told]


def test_a_link_that_leads_nowhere_does_not_hide_what_is_told_of_words(tmp_path: Path) -> None:
    told, failed, _ = _built(
        tmp_path, (CRISIS, "---\ntitle: A\n---\n[a](b.md)\n\n[here](index.md)\n")
    )

    assert [each.line for each in told if each.path == CRISIS] == [4, 6]
    assert failed == ("blmk",)


def test_a_footnote_without_a_mark_is_told_once_and_leads_back_to_nothing(tmp_path: Path) -> None:
    text = "---\ntitle: A\n---\nWords[^2].\n\n[^1]: One.\n[^2]: Two.\n"
    told, failed, built = _built(tmp_path, (CRISIS, text))

    assert [(each.line, each.what) for each in told if each.path == CRISIS] == [
        (6, "no mark in the text leads to the footnote “1”")
    ]
    assert not failed
    html = (built.folder / "blmk/2024-25/crisis/index.html").read_text(encoding="utf-8")
    assert "#fnref:2" in html
    assert "#fnref:1" not in html


def test_a_fault_in_facts_does_not_hide_what_is_told_of_words(tmp_path: Path) -> None:
    wrong = (f"{PLAN}/workforce.md", "---\ntitle: A\ntopic: nothing\n---\nWords.\n")
    told, failed, _ = _built(tmp_path, wrong, (CRISIS, "---\ntitle: A\n---\n[here](index.md)\n"))

    assert [each.path for each in told if each.is_fault] == [CRISIS, f"{PLAN}/workforce.md"]
    assert failed == ("blmk",)


def test_words_of_the_portal_stop_the_portal(tmp_path: Path) -> None:
    told, failed, built = _built(
        tmp_path, ("content/portal/index.md", "---\ntitle: Plans\n---\n\n### Plans\n")
    )

    assert [(each.path, each.line) for each in told if each.is_fault] == [
        ("content/portal/index.md", 5)
    ]
    assert failed == ("portal",)
    assert not built.outcome.published


def test_signs_at_which_mkdocs_would_stop_are_told_with_their_line(tmp_path: Path) -> None:
    told, failed, _ = _built(tmp_path, (CRISIS, "---\ntitle: A\n---\nWords.\n\nA <![b c> d.\n"))

    assert [str(each) for each in told if each.path == CRISIS] == [
        f"{CRISIS}:6: the signs <![ can’t be read here. Write &lt;![ in their place."
    ]
    assert failed == ("blmk",)


# -- languages


@pytest.fixture(scope="module")
def tongues(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give a site with a page in Welsh, one in Urdu, and words of other languages."""
    facts = (BASE / PLAN / "edition.yml").read_text(encoding="utf-8")
    told, failed, built = _built(
        tmp_path_factory.mktemp("tongues"),
        (f"{PLAN}/edition.yml", facts),
        (
            f"{PLAN}/cymorth.md",
            "---\ntitle: Cymorth heddiw\nsummary: Ffoniwch ni.\nlanguage: cy\n---\n## Ffonio\n\nFfoniwch ni.\n",
        ),
        (f"{PLAN}/madad.md", "---\ntitle: مدد\nlanguage: ur\n---\nمدد\n"),
        (
            CRISIS,
            "---\ntitle: Help\n---\nSay <span lang=\"pl\">pomoc</span> or <b lang='ar'>مساعدة</b> or **مدد**{lang=ur}.\n\n"
            'Cymorth.\n{: lang=cy }\n\n<div lang="fa" markdown="1">\n\nکمک\n\n</div>\n',
        ),
    )
    assert failed == (), [str(each) for each in told]
    return built


def _languages(page: Page, path: str) -> list[tuple[str, str | None, str | None]]:
    return [(words_of(each), each.get("lang"), each.get("dir")) for each in page.all(path)]


def test_a_page_in_another_language_says_so_where_its_words_are_and_nowhere_else(
    tongues: Built,
) -> None:
    page = tongues["/blmk/2024-25/cymorth/"]

    assert page.one("/html").get("lang") == "en"
    assert _languages(page, "//main//*[@lang][not(ancestor::nav)]") == [
        ("Cymorth heddiw", "cy", None),
        ("Ffoniwch ni.", "cy", None),
        ("Ffonio Ffoniwch ni.", "cy", None),
    ]
    assert page.data is not None
    assert page.data["inLanguage"] == "cy"


def test_what_is_written_from_right_to_left_says_so(tongues: Built) -> None:
    page = tongues["/blmk/2024-25/madad/"]

    assert _languages(page, "//h1") == [("مدد", "ur", "rtl")]
    assert _languages(page, "//div[contains(@class, 'app-content')]") == [("مدد", "ur", "rtl")]


def test_links_to_a_page_in_another_language_say_which(tongues: Built) -> None:
    page = tongues["/blmk/2024-25/crisis/"]

    assert ("Cymorth heddiw", "cy", None) in _languages(page, "//nav//ol//a")
    assert ("مدد", "ur", "rtl") in _languages(page, "//nav//ol//a")
    after = _languages(
        tongues["/blmk/2024-25/workforce/"],
        "//nav[contains(@class, 'nhsuk-pagination')]//span[@lang]",
    )
    assert after == [("Cymorth heddiw", "cy", None)]


def test_lists_of_the_whole_site_and_the_whole_plan_say_which_language_too(tongues: Built) -> None:
    for address in ("/blmk/a-to-z/", "/blmk/site-map/", "/blmk/2024-25/print/"):
        found = _languages(tongues[address], "//main//a/descendant-or-self::*[@lang]")
        assert ("Cymorth heddiw", "cy", None) in found, address
        assert ("مدد", "ur", "rtl") in found, address
    whole = tongues["/blmk/2024-25/print/"]
    assert _languages(whole, "//h2[@lang]") == [
        ("Cymorth heddiw", "cy", None),
        ("مدد", "ur", "rtl"),
    ]
    assert ("مدد", "ur", "rtl") in _languages(whole, "//div[contains(@class, 'app-content')]")


def test_words_and_paragraphs_in_other_languages_keep_their_mark(tongues: Built) -> None:
    page = tongues["/blmk/2024-25/crisis/"]

    assert _languages(page, "//div[contains(@class, 'app-content')]//*[@lang]") == [
        ("pomoc", "pl", None),
        ("مساعدة", "ar", "rtl"),
        ("مدد", "ur", "rtl"),
        ("Cymorth.", "cy", None),
        ("کمک", "fa", "rtl"),
    ]


def test_pages_in_english_say_nothing_of_a_language_but_once(real: Built) -> None:
    for page in real.content_pages:
        assert [each.get("lang") for each in page.all("//*[@lang]")] == ["en"], page.address
