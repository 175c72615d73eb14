"""Whatever an editor writes: no exception, lines that exist, and the right ones."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ltp.writing.text import Spot

from .reading import FIRST_LINE, lines_of, reading_of, told_of

PIECES = (
    *("# ", "## ", "#### ", "- ", "1. ", "> ", "    ", "\n", "\n\n", "\t", "word ", "é", "ﷺ"),
    *("CAMHS ", "(CAMHS) ", "click here", "PLEASE CALL NOW", "[", "]", "(", ")", "[x](y.md)"),
    *(
        "![](a.png)",
        "![alt](b.svg)",
        "[](c)",
        "[^1]",
        "[^1]: ",
        "*[AB]: ",
        "[r]: http://u",
        "[r][r]",
    ),
    *("*", "**", "_", "`", "```\n", "~~~", "\\*", "\\", "&nbsp;", "&#999999999;", "''", '"'),
    *(
        "<div>",
        "</div>",
        '<div markdown="1">',
        '<span lang="ar">',
        "</span>",
        '<a href="x">',
        "</a>",
    ),
    *(
        "<img",
        "<h3>",
        "</h3>",
        "<table>",
        "<td>",
        "<!--",
        "-->",
        "<![",
        "<?",
        "<script>",
        "<p",
        "<br/>",
    ),
    *("• ", "Write here ", "<<<<<<< a\n", "file:///", "mailto:", "\n|", "] (b.md)", "](b.md"),
    *("|a|b|\n", "|---|---|\n", "Table: c\n", "Term\n:   Def\n", "===\n", "---\n", "[TOC]"),
    *('!!! note "T"\n', "!!! warning\n", '??? q "x"\n', "???+ note\n", "///Footnotes Go Here///"),
    *(
        "{: lang=xx }",
        "{ .decoration }",
        '{style="x"}',
        "<https://x.y/z>",
        "<me@x.org>",
        "http://[",
    ),
)
MARKDOWN = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=30).map(
    "".join
)


@given(markdown=MARKDOWN)
@settings(derandomize=True, max_examples=400, deadline=None)
def test_no_text_raises_an_exception_and_every_line_exists(markdown: str) -> None:
    reading = reading_of(markdown)
    last = FIRST_LINE + markdown.count("\n")

    for told in told_of(markdown):
        assert told.what
        assert told.cure
        if isinstance(told.at, Spot):
            assert FIRST_LINE <= reading.lines.of(told.at) <= last


GOOD = (
    "Words of a paragraph\nthat goes on.",
    "## A heading",
    "- an item\n- another\n    - one in it\n\n    a paragraph of it",
    "> A quotation\n> of two lines.",
    "```text\n[here](a.md)\nABC\n```",
    "Words with `[here](a.md)` in code.",
    '??? "More"\n    Words in an expander.',
    "!!! note\n    Words in a note.",
    "Table: What there is\n\n| One | Two |\n|---|---|\n| a | b |",
    "A [map](a.md) and ![a picture](b.svg).",
    "Words[^n] with a footnote.",
    "[unused]: here.md",
    "*[here]: a place",
    "<!-- [here](a.md)\nABC -->",
)
BAD = (
    ("[here](b.md)", "“here” does not say where the link leads"),
    ("See [here][unused].", "“here” does not say where the link leads"),
    ("![](b.svg)", "the picture “b.svg” has no alternative text"),
    ("[](b.md)", "the link to “b.md” has no words"),
    (
        "Write here what it is.",
        "“Write here what it is.” stands here, so nobody has written the text",
    ),
    ("• one", "a line begins with “•”, which makes no list here"),
    ("A **bold word.", "“**bold” is shown as it was typed, because the two stars have no end"),
    (
        "See [the list] (b.md).",
        "a space stands between the brackets of a link, so it is shown as it was typed: “[the list] (b.md)”",
    ),
    (
        "See [the list](b.md and more.",
        "the round bracket of a link is not closed, so it is shown as it was typed: “[the list](b.md”",
    ),
    (
        "See [the list](https://a.example/b c).",
        "the link “the list” has a space in its address: https://a.example/b c",
    ),
    ("The XYZ helps.", "“XYZ” is not explained on this page"),
    ("A word in *italics*.", "“italics” is in italics, which many people find hard to read"),
    (
        "<p onclick='a'>b</p>",
        "onclick= does not work here: browsers pass it over, for readers’ safety",
    ),
)


@given(
    good=st.lists(st.sampled_from(GOOD), max_size=11, unique=True),
    rest=st.integers(0, 3),
    bad=st.sampled_from(BAD),
    around=st.sampled_from(
        ("{}", "- {}", "- item\n\n    {}", "> {}", '??? "More"\n    {}', "1. {}")
    ),
)
@settings(derandomize=True, max_examples=300, deadline=None)
def test_whatever_stands_around_it_a_mistake_is_told_on_its_line(
    good: list[str], rest: int, bad: tuple[str, str], around: str
) -> None:
    written, what = bad
    above = "\n\n".join(["[unused]: c.md", *good[rest:], around.partition("{}")[0]])
    below = "\n\n".join(["", *good[:rest], "A last mark[^n].", "[^n]: Here, it is explained.\n"])

    assert lines_of(above + written + below) == [(above.count("\n") + 1, what)]
