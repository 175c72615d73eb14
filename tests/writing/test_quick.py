"""Lines are read quicker than Python-Markdown reads them, and come out the same."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from bench import corpus
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor, Pattern, SimpleTagPattern

from ltp.site.inline import SIGNS, QuickInline
from ltp.site.markup import EXTENSIONS, NhsMarkup, with_room_for_tables

from .test_any_text import MARKDOWN

ROOT = Path(__file__).parents[2]


def markdown_of(*more: QuickInline) -> Markdown:
    return Markdown(extensions=[*EXTENSIONS, NhsMarkup(), *more])


SLOW, QUICK = markdown_of(), markdown_of(QuickInline())


def comes_out_the_same(text: str) -> bool:
    return outcome(QUICK, text) == outcome(SLOW, text)


def outcome(markdown: Markdown, text: str) -> str:
    try:
        return markdown.reset().convert(text)
    except AssertionError as error:  # from Python's HTML parser: see `engine._unreadable`
        return f"{error!r}"


# -- the signs


@pytest.mark.parametrize("source", SIGNS)
@given(data=st.data())
@settings(derandomize=True, max_examples=300, deadline=None)
def test_a_text_without_its_signs_never_matches_a_pattern(source: str, data: st.DataObject) -> None:
    pattern = re.compile(source, re.DOTALL)
    text = data.draw(st.from_regex(pattern))
    assert pattern.search(text)

    without = text
    while any(sign in without for sign in SIGNS[source]):
        for sign in SIGNS[source]:
            without = without.replace(sign, "")

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
    counting, markdown = Counting(source), markdown_of(QuickInline())
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
    for markdown in (markdown_of(), markdown_of(QuickInline())):
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
    for markdown in (markdown_of(), markdown_of(QuickInline())):
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


WRITTEN = sorted({*ROOT.glob("content/**/*.md"), *ROOT.glob("docs/**/*.md")})


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_page_of_ours_comes_out_the_same(path: Path) -> None:
    assert comes_out_the_same(with_room_for_tables(path.read_text(encoding="utf-8")))


def test_pages_of_a_made_up_area_come_out_the_same() -> None:
    pages = [text for path, text in corpus.files(corpus.Size(areas=1)) if path.endswith(".md")]

    assert len(pages) > 150
    assert all(comes_out_the_same(with_room_for_tables(each)) for each in pages)
