"""What is read in a page's Markdown, and on which line it stands: the shapes that are easily misread."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mkdocs.config import load_config

from ltp.site.markup import EXTENSIONS
from ltp.writing import tree
from ltp.writing.text import CODE

from .reading import line_of

ROOT = Path(__file__).parent.parent.parent


def links(markdown: str) -> list[tuple[str, str, int]]:
    text = tree.read(markdown)
    return [(each.words, each.address, line_of(text, markdown, each.spot)) for each in text.links]


def test_pages_are_read_with_the_extensions_that_the_build_uses() -> None:
    config = load_config(str(ROOT / "mkdocs.yml"), hooks=[])

    assert sorted(EXTENSIONS) == sorted(config.markdown_extensions)
    assert config.mdx_configs == {"toc": {"permalink": False}}


def test_a_list_in_a_list_keeps_its_lines() -> None:
    markdown = "- one\n    - two with\n    a [link](a.md)\n        1. three [more](b.md)\n- four\n"

    assert links(markdown) == [("link", "a.md", 3), ("more", "b.md", 4)]


def test_a_table_in_an_expander_has_its_caption_its_headers_and_its_line() -> None:
    markdown = '??? note "Times"\n    Table: When\n\n    | Day | Time |\n    |-----|:----:|\n    | Mo | 9 |\n'
    text = tree.read(markdown)

    (table,) = text.tables
    assert (table.headers, table.caption) == (("Day", "Time"), "When")
    assert line_of(text, markdown, table.spot) == 4


def test_a_table_straight_under_its_caption_has_it() -> None:
    (table,) = tree.read("Table: When\n| Day |\n|---|\n| Mo |\n").tables

    assert table.caption == "When"


def test_a_caption_belongs_to_the_next_table_only_if_nothing_is_between() -> None:
    (table,) = tree.read("Table: When\n\nWords.\n\n| Day |\n|---|\n| Mo |\n").tables

    assert table.caption is None


@pytest.mark.parametrize("written", ["[the staff][s]", "[the staff][]", "[the staff]"])
def test_a_link_by_reference_stands_where_it_is_used(written: str) -> None:
    markdown = f"Above.\n\nSee {written}.\n\n[s]: a.md 'Title'\n[the staff]: a.md\n"

    assert links(markdown) == [("the staff", "a.md", 3)]


def test_a_definition_above_a_link_is_not_taken_for_it() -> None:
    assert links("[staff]: staff.md\n\nWords.\n\nSee [staff].\n") == [("staff", "staff.md", 5)]


def test_addresses_in_angle_brackets_are_links_and_email_too() -> None:
    found = links("Words.\n\n<https://a.example/b> and <me@a.example>\n")

    assert found == [
        ("https://a.example/b", "https://a.example/b", 3),
        ("me@a.example", "mailto:me@a.example", 3),
    ]


def test_a_footnotes_links_stand_where_the_footnote_is_written() -> None:
    markdown = "A[^b] and[^a].\n\n[^a]: See [one](a.md),\n    [two](b.md)\n\n    and [three](c.md).\n[^b]: [one](d.md)\n\nThe end, [one](e.md).\n"

    assert sorted(links(markdown)) == [
        ("one", "a.md", 3),
        ("one", "d.md", 7),
        ("one", "e.md", 9),
        ("three", "c.md", 6),
        ("two", "b.md", 4),
    ]


def test_the_ways_to_a_footnote_and_back_are_no_links_of_the_editors() -> None:
    assert links("A[^1], again[^1].\n\n[^1]: Note.\n") == []


@pytest.mark.parametrize(
    "code",
    [
        "`[here](a.md) CAMHS`",
        "``a ` [here](a.md) CAMHS``",
        "```\n[here](a.md) CAMHS\n```",
        "~~~~ text\n[here](a.md) CAMHS\n~~~~",
        "    [here](a.md) CAMHS",
        "<pre>[here](a.md) CAMHS</pre>",
        "<code>CAMHS</code>",
        "- item\n\n        [here](a.md) CAMHS",
        "<!-- [here](a.md) CAMHS -->",
    ],
)
def test_what_is_shown_as_it_is_typed_is_no_text(code: str) -> None:
    text = tree.read(f"Words.\n\n{code}\n\nAfter [that](b.md).\n")

    assert "CAMHS" not in text.words
    assert [each.words for each in text.links] == ["that"]


def test_words_in_code_belong_to_the_name_of_a_link_and_a_heading() -> None:
    text = tree.read("## The `ltp` command\n\n[`ltp check`](a.md)\n")

    assert text.headings[0].words == "The ltp command"
    assert text.links[0].words == "ltp check"
    assert text.words == f"The {CODE} command\n{CODE}\n"


def test_attributes_in_braces_are_read_and_are_no_words() -> None:
    text = tree.read(
        "## Heading {#id lang=cy}\n\n[a](b.md){target=_blank} ![](c.svg){ .decoration }\n{: lang=pl }\n"
    )

    assert text.words == "Heading\na \n"
    assert [(each.attribute, each.value) for each in text.markings] == [
        ("lang", "cy"),
        ("lang", "pl"),
    ]
    assert text.links[0].opens_tab
    assert text.pictures[0].is_decoration


def test_signs_after_a_backslash_and_by_their_names_are_letters() -> None:
    text = tree.read(r"A \*star\*, 5 &lt; 6, A&amp;E, A&E, caf&eacute; &#65;." + "\n")

    assert text.words == "A *star*, 5 < 6, A&E, A&E, café A.\n"


def test_what_an_abbreviation_explains_is_known_even_where_it_is_used_in_the_plural() -> None:
    assert tree.read("MHSTs help.\n\n*[MHST]: mental health support team\n").explained == {"MHST"}
    assert tree.read('<abbr title="general practitioner">GP</abbr>\n').explained == {"GP"}


def test_headings_of_every_kind_are_read_with_their_lines() -> None:
    markdown = "## One ##\n\nTwo\n---\n\n> ### Three\n\n- #### Four\n\n<h5>Five</h5>\n"
    text = tree.read(markdown)

    found = [(h.level, h.words, line_of(text, markdown, h.spot)) for h in text.headings]
    assert found == [(2, "One", 1), (2, "Two", 3), (3, "Three", 6), (4, "Four", 8), (5, "Five", 10)]


def test_html_is_read_where_it_stands() -> None:
    markdown = 'Words.\n\n<div class="x">\n<p>See <a href="a.md">the\nstaff</a>.</p>\n<img src="b.png" alt="A map">\n</div>\n\nMore <a href="c.md"><em>staff</em></a>.\n'
    text = tree.read(markdown)

    assert links(markdown) == [("the staff", "a.md", 4), ("staff", "c.md", 9)]
    assert [each.alternative for each in text.pictures] == ["A map"]
    assert [each.words for each in text.italics] == ["staff"]


def test_markdown_in_html_is_read_as_markdown() -> None:
    markdown = '<div lang="cy" markdown="1">\n\n[gair](a.md)\n\n</div>\n'
    text = tree.read(markdown)

    assert links(markdown) == [("gair", "a.md", 3)]
    assert [each.value for each in text.markings] == ["cy"]


@pytest.mark.parametrize(
    ("markdown", "bold"),
    [
        ("**When to call**\n\nWords.", ["When to call"]),
        ("<b>When</b>\n\nWords.", ["When"]),
        ("__When__\n\nWords.", ["When"]),
        ('!!! note "T"\n    **When**\n\n    Words.', ["When"]),
        ("**When** to call\n\nWords.", []),
        ("**When** **to call**\n\nWords.", []),
        ("Words.\n\n**The last line**", []),
        ("- **Term**\n\n    Words.\n\nWords.", []),
        ("> **Somebody**\n\nWords.", []),
    ],
)
def test_a_paragraph_that_is_bold_from_end_to_end_and_has_text_after_it_is_noticed(
    markdown: str, bold: list[str]
) -> None:
    assert [each.words for each in tree.read(markdown).bold_paragraphs] == bold


def test_the_title_that_a_note_is_given_for_want_of_one_moves_no_line() -> None:
    markdown = "!!! note\n    Words\n\nA [link](a.md)\n\nNote [this](b.md)\n"

    assert links(markdown) == [("link", "a.md", 4), ("this", "b.md", 6)]


def test_a_text_that_was_read_leaves_nothing_for_the_next() -> None:
    tree.read("A[^1] [x][r]\n\n[^1]: b\n\n[r]: c\n\n*[AB]: cd\n")
    after: Any = tree.read("Words [x][r].\n")
    nothing = tree.read("")

    assert after.links == ()
    assert after.explained == frozenset()
    assert nothing.words == ""
