"""Markdown is read with less work than Python-Markdown does, and comes out the same."""

from __future__ import annotations

import re
from pathlib import Path
from unittest.mock import Mock
from xml.etree.ElementTree import Comment, Element, fromstring, tostring

import pytest
from bench import corpus
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.blockprocessors import (
    BlockProcessor,
    BlockQuoteProcessor,
    HashHeaderProcessor,
    HRProcessor,
    ReferenceProcessor,
    SetextHeaderProcessor,
)
from markdown.extensions.abbr import AbbrBlockprocessor
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.extensions.def_list import DefListProcessor
from markdown.extensions.footnotes import FootnoteBlockProcessor
from markdown.extensions.md_in_html import MarkdownInHtmlProcessor
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import InlineProcessor, Pattern, SimpleTagPattern
from pymdownx.details import DetailsProcessor  # type: ignore[import-untyped]  # it has no types

from ltp.site.markup import EXTENSIONS, NhsMarkup, with_room_for_tables
from ltp.site.quick import SIGNS, SIGNS_OF_BLOCKS, QuickMarkdown

from .test_any_text import MARKDOWN

ROOT = Path(__file__).parents[2]
WRITTEN = sorted({*ROOT.glob("content/**/*.md"), *ROOT.glob("docs/**/*.md")})


def markdown_of(*more: QuickMarkdown) -> Markdown:
    return Markdown(extensions=[*EXTENSIONS, NhsMarkup(), *more])


SLOW, QUICK = markdown_of(), markdown_of(QuickMarkdown())


def comes_out_the_same(text: str) -> bool:
    return outcome(QUICK, text) == outcome(SLOW, text)


def outcome(markdown: Markdown, text: str) -> str:
    try:
        return markdown.reset().convert(text)
    except AssertionError as error:  # from Python's HTML parser: see `engine._unreadable`
        return f"{error!r}"


def without_signs(text: str, signs: tuple[str, ...]) -> str:
    while any(sign in text for sign in signs):
        for sign in signs:
            text = text.replace(sign, "")
    return text


# -- the signs of blocks


NOTHING = "<div/>"
NOTE = '<div><div class="admonition note"><p>Words</p></div></div>'
LIST_IN_NOTE = '<div><div class="admonition note"><ul><li>Words</li></ul></div></div>'
DETAILS = "<div><details><p>Words</p></details></div>"
LIST_IN_DETAILS = "<div><details><dl><dt>Term</dt><dd>Words</dd></dl></details></div>"
TERM = "<div><p>Term</p></div>"
HTML = tostring(Element("p", {"markdown": "block"}))

OF_A_KIND: dict[type[BlockProcessor], list[tuple[str, str]]] = {
    AbbrBlockprocessor: [("*[AB]: words", NOTHING), ("a\n*[A B] :words", NOTHING)],
    AdmonitionProcessor: [
        ("!!! note", NOTHING),
        ('a\n!!!note "T"\n    b', NOTHING),
        ("    words", NOTE),
        ("        words", LIST_IN_NOTE),
    ],
    BlockQuoteProcessor: [("> words", NOTHING), ("a\n   >words", NOTHING), (">", NOTHING)],
    HashHeaderProcessor: [("# words", NOTHING), ("a\n######words", NOTHING), ("#", NOTHING)],
    HRProcessor: [("---", NOTHING), ("a\n * * *\nb", NOTHING), ("_____", NOTHING)],
    ReferenceProcessor: [
        ("[r]: a.md", NOTHING),
        ('a\n   [r]:a.md "T"', NOTHING),
        ("[r]:\n<a.md>", NOTHING),
    ],
    SetextHeaderProcessor: [
        ("words\n===", NOTHING),
        ("words\n-", NOTHING),
        ("words\n= \nb", NOTHING),
    ],
    DefListProcessor: [
        (":   words", TERM),
        ("Term\n: words", NOTHING),
        ("A\n   :  words\n\n", NOTHING),
    ],
    DetailsProcessor: [
        ("??? note", NOTHING),
        ('a\n???+ q "T"\n    b', NOTHING),
        ('??? "T"', NOTHING),
        ("    words", DETAILS),
        ("        words", LIST_IN_DETAILS),
    ],
    FootnoteBlockProcessor: [("[^n]: words", NOTHING), ("a\n   [^]:words", NOTHING)],
    MarkdownInHtmlProcessor: [("\x02wzxhzdk:0\x03", NOTHING), ("\x02wzxhzdk:0\x03a", TERM)],
    TableProcessor: [
        ("|a|b|\n|-|-|", NOTHING),
        ("a|b\n-|-\n1|2", NOTHING),
        ("|a\n|-", NOTHING),
        ("a|\n-|\nb|", NOTHING),
    ],
}
"""Blocks of each kind, with what they stand in."""


def is_of(kind: type[BlockProcessor], block: str, parent: str) -> bool:
    """Tell whether Python-Markdown takes a block for one of a kind; where not, it leaves all as it was."""
    (processor,) = (each for each in SLOW.reset().parser.blockprocessors if type(each) is kind)
    SLOW.htmlStash.store(fromstring(HTML))
    inside, blocks = fromstring(parent), [block]
    if processor.test(inside, block) and processor.run(inside, blocks) is not False:
        return True
    assert (blocks, tostring(inside)) == ([block], tostring(fromstring(parent)))
    assert getattr(processor, "current_sibling", None) is None
    return False


CASES = [(kind, *case) for kind, cases in OF_A_KIND.items() for case in cases]


@pytest.mark.parametrize(("kind", "block", "parent"), CASES)
def test_a_block_of_a_kind_has_one_of_its_signs(
    kind: type[BlockProcessor], block: str, parent: str
) -> None:
    assert is_of(kind, block, parent)
    assert any(sign in block for sign in SIGNS_OF_BLOCKS[kind])


PIECES = (
    *(
        "",
        "",
        " ",
        "   ",
        "    ",
        "\n",
        ":",
        "!",
        "?",
        '"',
        ">",
        "#",
        "-",
        "=",
        "_",
        "*",
        "[",
        "]",
        "^",
        "|",
    ),
    *("\\", "`", "a", "1.", "\x02", "\x03"),
)


@pytest.mark.parametrize(("kind", "block", "parent"), CASES)
@given(edits=st.lists(st.tuples(st.integers(0, 15), st.sampled_from(PIECES)), max_size=4))
@settings(derandomize=True, max_examples=150, deadline=None)
def test_however_a_block_is_changed_it_is_not_of_a_kind_without_its_signs(
    kind: type[BlockProcessor], block: str, parent: str, edits: list[tuple[int, str]]
) -> None:
    for at, piece in edits:
        block = block[:at] + piece + block[at + 1 :]
    signs = SIGNS_OF_BLOCKS[kind]

    assert any(sign in block for sign in signs) or not is_of(kind, block, parent)
    assert not is_of(kind, without_signs(block, signs), parent)


def test_blocks_of_every_kind_are_looked_at() -> None:
    assert {*OF_A_KIND} == {*SIGNS_OF_BLOCKS}


def test_every_kind_of_block_whose_signs_are_told_is_in_use() -> None:
    assert {*SIGNS_OF_BLOCKS} <= {type(each) for each in SLOW.parser.blockprocessors}


@pytest.mark.parametrize("kind", SIGNS_OF_BLOCKS)
def test_no_kind_of_block_is_tested_at_plain_words(kind: type[BlockProcessor]) -> None:
    slow, quick = markdown_of(), markdown_of()
    counted = []
    for markdown in (slow, quick):
        (processor,) = (each for each in markdown.parser.blockprocessors if type(each) is kind)
        counted.append(Mock(wraps=processor.test))
        processor.test = counted[-1]  # type: ignore[method-assign]
    QuickMarkdown().extendMarkdown(quick)

    for markdown in (slow, quick):
        markdown.convert("Plain words, and more.\n\nThey go on.")

    asked, asked_quickly = (each.call_count for each in counted)
    assert asked >= 2
    assert asked_quickly == 0


def test_a_block_that_is_known_to_belong_into_another_is_tested_whatever_stands_in_it() -> None:
    quick = markdown_of(QuickMarkdown())
    (details,) = (
        each for each in quick.parser.blockprocessors if isinstance(each, DetailsProcessor)
    )
    parent = fromstring("<div><details><p>Words</p></details></div>")
    details.current_sibling, details.content_indent = parent[0], 0

    assert details.test(parent, "Plain words")
    assert not details.test(parent, "Plain words")


# -- what is looked for in a whole page


def called(name: str, method: str, text: str, of: str = "") -> int:
    """Count how often Python-Markdown's own method of a tree processor is called for a text.

    `of` names the attribute of the processor that has the method, where it is not its own.
    """
    markdown = markdown_of()
    processor = markdown.treeprocessors[name]
    processor = getattr(processor, of) if of else processor
    counted = Mock(wraps=getattr(processor, method))
    setattr(processor, method, counted)
    QuickMarkdown().extendMarkdown(markdown)
    markdown.convert(text)
    return counted.call_count


def test_only_elements_with_letters_that_stand_for_words_are_gone_into() -> None:
    known = "\n\n*[AB]: A big b\n"

    assert called("abbr", "iter_element", f"Plain.\n\n- **Plain**\n- plain{known}") == 0
    # The page, its second paragraph and what is bold in there.
    assert called("abbr", "iter_element", f"Plain.\n\nPlain **and AB** here.{known}") == 3


def test_a_place_for_the_list_of_headings_is_looked_for_where_there_may_be_one() -> None:
    assert called("toc", "replace_marker", "# A\n\nPlain [toc].") == 0
    assert called("toc", "replace_marker", "# A\n\n[TOC]") == 1


def test_the_list_of_headings_is_made_where_the_page_has_a_place_for_it() -> None:
    assert called("toc", "build_toc_div", "# A\n\nPlain [toc].") == 0
    assert called("toc", "build_toc_div", "# A\n\n[TOC]") == 1


def test_a_place_for_the_footnotes_is_looked_for_where_there_may_be_one() -> None:
    method = ("footnote", "findFootnotesPlaceholder")
    notes = "Plain[^1]\n\n[^1]: Note"
    assert called(*method, notes, of="footnotes") == 0
    assert called(*method, f"{notes}\n\n///Footnotes Go Here///", of="footnotes") == 1


def test_signs_are_put_back_in_texts_that_have_some() -> None:
    assert called("unescape", "unescape", "Plain\n\n- words") == 0
    assert called("unescape", "unescape", "Plain\n\n- wo\\*rds") == 1


@pytest.mark.parametrize(
    "text",
    [
        "AB, **AB** AB *AB* [AB](a.md) AB `AB` AB\n\n- AB\n\n    AB **x** AB\n\n> x *y* AB",
        "ABC AB-C xAB AB's CAB AB",
        "# AB\n\n[TOC]\n\n## AB and ABC\n\n[TOC] too\n\n    [TOC]\n\n- [TOC]",
        "AB *[ABC]: AB",
        "| AB | x |\n|---|---|\n| AB AB | **x** AB |",
        'x[^n] AB\n\n!!! note "AB"\n    **x** AB\n\n<div markdown="1">\nAB\n</div>',
    ],
)
def test_letters_and_lists_of_headings_come_out_the_same(text: str) -> None:
    known = "\n\n*[AB]: A big b\n*[ABC]: All *of* it\n\n[^n]: x **y** AB [TOC]\n"

    assert "<abbr" in outcome(SLOW, text + known)
    assert comes_out_the_same(text + known)


def test_which_elements_are_blocks_does_not_change_with_the_pages() -> None:
    markdown = markdown_of(QuickMarkdown())
    before = [*markdown.block_level_elements]
    for path in WRITTEN:
        markdown.reset().convert(path.read_text(encoding="utf-8"))

    assert markdown.block_level_elements == before
    for element in (*before, "b", "my-tag", "DIV", "div/", Comment):
        assert markdown.is_block_level(element) == SLOW.is_block_level(element)


# -- the signs of patterns


@pytest.mark.parametrize("source", SIGNS)
@given(data=st.data())
@settings(derandomize=True, max_examples=300, deadline=None)
def test_a_text_without_its_signs_never_matches_a_pattern(source: str, data: st.DataObject) -> None:
    pattern = re.compile(source, re.DOTALL)
    text = data.draw(st.from_regex(pattern))
    assert pattern.search(text)

    without = without_signs(text, SIGNS[source])

    assert without != text
    assert not pattern.search(without)


def test_the_signs_of_every_pattern_are_known() -> None:
    patterns = QUICK.inlinePatterns
    unknown = [each for each in patterns if each.getCompiledRegExp().pattern not in SIGNS]

    assert not unknown, (
        "They are tried at every text, which takes long: give their signs in `SIGNS`."
    )


# -- what is tried


class Counting(InlineProcessor):
    """Finds full stops, and counts how often it is asked."""

    asked = 0

    def getCompiledRegExp(self) -> re.Pattern[str]:  # noqa: N802
        self.asked += 1
        return super().getCompiledRegExp()

    def handleMatch(  # type: ignore[override]  # noqa: N802  # as Python-Markdown's own
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        made = Element("b")
        made.text = "stop"
        return made, m.start(0), m.end(0)


def asked(source: str, text: str) -> int:
    counting, markdown = Counting(source), markdown_of(QuickMarkdown())
    markdown.inlinePatterns.register(counting, "counting", 65)
    markdown.convert(text)
    return counting.asked - 1  # it is asked once for each page what it looks for


def test_a_pattern_is_not_tried_where_no_match_can_be() -> None:
    assert asked(r"\[\^([^\]]*)\]", "Plain words [and a bracket] here.") == 0


def test_a_pattern_is_tried_where_a_match_can_be() -> None:
    assert asked(r"\[\^([^\]]*)\]", "Words [^]") == 1


def test_a_pattern_of_which_nothing_is_known_is_tried_everywhere() -> None:
    assert asked(r"\.", "Plain words here") == 1


def test_a_pattern_of_which_nothing_is_known_comes_out_the_same() -> None:
    made = set()
    for markdown in (markdown_of(), markdown_of(QuickMarkdown())):
        markdown.inlinePatterns.register(Counting(r"\."), "counting", 65)
        made.add(markdown.convert("One. **Three.** [Four.](a.md) `a.b` and *c.* ..."))

    (html,) = made
    assert html.count("<b>") == 7


class Hyphens(SimpleTagPattern):
    """One of the old kind, which takes in the whole text."""

    def handleMatch(self, m: re.Match[str]) -> Element:  # noqa: N802
        made = Element(self.tag)
        made.text = m[3]
        return made


def test_a_pattern_of_the_old_kind_comes_out_the_same() -> None:
    made = set()
    for markdown in (markdown_of(), markdown_of(QuickMarkdown())):
        old: Pattern = Hyphens(r"(--)([^-]+)--", "del")
        markdown.inlinePatterns.register(old, "hyphens", 65)
        made.add(markdown.convert("Words --gone-- and --gone *too*-- and **--bold--**."))

    (html,) = made
    assert html.count("<del>") == 3


# -- what comes out


INLINE = st.lists(
    st.one_of(
        st.sampled_from(
            (
                *("`", "``", "\\", "\\`", "\\[", "[", "]", "](", ")", "!", "![", "[^n]", "[r]"),
                *(
                    "[words](a.md)",
                    '![alt](b.svg "T")',
                    "[r][r]",
                    "![r][r]",
                    "<",
                    ">",
                    "&",
                    "&amp;",
                ),
                *("<https://x.y>", "<me@x.org>", "<b>", "</b>", "<!--", "-->", "<?", "?>", "&#38;"),
                *(
                    "*",
                    "**",
                    "***",
                    "_",
                    "__",
                    "  \n",
                    "\n",
                    " ",
                    "AB",
                    "word",
                    ".",
                    "{ .c }",
                    "\x02",
                ),
            )
        ),
        st.text(max_size=2),
    ),
    max_size=25,
).map("".join)
DEFINED = "\n\n[r]: here.md\n\n[^n]: A *note*.\n\n*[AB]: A [big] b\n"


@given(line=INLINE, around=st.sampled_from(("{}", "# {}", "- {}", "> {}", "|{}|b|\n|-|-|\n|{}|c|")))
@settings(derandomize=True, max_examples=1_000, deadline=None)
def test_whatever_stands_in_a_line_comes_out_the_same(line: str, around: str) -> None:
    assert comes_out_the_same(around.replace("{}", line) + DEFINED)


@given(text=MARKDOWN)
@settings(derandomize=True, max_examples=400, deadline=None)
def test_whatever_stands_in_a_text_comes_out_the_same(text: str) -> None:
    assert comes_out_the_same(text)


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_page_of_ours_comes_out_the_same(path: Path) -> None:
    assert comes_out_the_same(with_room_for_tables(path.read_text(encoding="utf-8")))


def test_pages_of_a_made_up_area_come_out_the_same() -> None:
    pages = [text for path, text in corpus.files(corpus.Size(areas=1)) if path.endswith(".md")]

    assert len(pages) > 150
    assert all(comes_out_the_same(with_room_for_tables(each)) for each in pages)
