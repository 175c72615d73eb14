"""The HTML that Markdown becomes: what a screen reader is told of it."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html  # type: ignore[import-untyped]
from markdown import Markdown

from ltp.site.markup import EXTENSIONS, NhsMarkup, is_readable, with_room_for_tables


def rendered(markdown: str) -> Any:
    made = Markdown(extensions=[*EXTENSIONS, NhsMarkup()]).convert(with_room_for_tables(markdown))
    return html.fragment_fromstring(made, create_parent="div")


def words(element: Any) -> str:
    return " ".join(str(element.text_content()).split())


def headings(markdown: str) -> list[str]:
    found = rendered(markdown).xpath(".//*[starts-with(name(), 'h') and name() != 'hr']")
    return [f"{each.tag} {words(each)}" for each in found]


TABLE = "| a | b |\n|---|---|\n| c | d |\n"


# -- tables


def names_of_tables(markdown: str) -> list[str]:
    page = rendered(markdown)
    return [
        region.get("aria-label") or words(page.get_element_by_id(region.get("aria-labelledby")))
        for region in page.xpath(".//div[@role='region']")
    ]


def test_a_table_is_named_by_its_caption() -> None:
    assert names_of_tables(f"Table: Teams\n{TABLE}") == ["Teams"]


def test_tables_without_a_caption_are_named_by_their_heading_and_no_two_alike() -> None:
    assert names_of_tables(
        f"{TABLE}\n{TABLE}\n## Money & time\n\n{TABLE}\n{TABLE}\n### `Staff`\n\n{TABLE}"
    ) == [
        "Table",
        "Table (2)",
        "Table: Money & time",
        "Table: Money & time (2)",
        "Table: Staff",
    ]


def test_tables_of_one_caption_have_two_names() -> None:
    assert names_of_tables(f"Table: Teams\n{TABLE}\nTable: Teams\n{TABLE}") == [
        "Teams",
        "Teams (2)",
    ]


def test_a_heading_in_a_note_names_no_table_after_it() -> None:
    assert names_of_tables(f'## Money\n\n!!! warning "Stop"\n    Words.\n\n{TABLE}') == [
        "Table: Money"
    ]


# -- notes


@pytest.mark.parametrize(
    ("above", "level"),
    [("", 2), ("## A", 3), ("## A\n\n### B", 4), ("## A\n\n### B\n\n## C", 3), ("###### A", 6)],
)
@pytest.mark.parametrize("kind", ["warning", "danger", "note"])
def test_the_title_of_a_note_is_a_heading_under_the_one_above_it(
    above: str, level: int, kind: str
) -> None:
    found = headings(f'{above}\n\n!!! {kind} "Stop here"\n    Words.\n')

    said = "Stop here" if kind == "note" else "Important: Stop here"
    assert found[-1] == f"h{level} {said}"


def test_notes_beside_each_other_stand_on_one_level() -> None:
    notes = '!!! warning "A"\n    Words.\n\n!!! note "B"\n    Words.\n\n??? "C"\n    Words.\n'

    assert headings(f"## Top\n\n{notes}") == ["h2 Top", "h3 Important: A", "h3 B"]


def test_a_note_without_a_title_says_what_it_is_and_has_no_heading() -> None:
    (note,) = rendered("## A\n\n!!! note\n    Words.\n").xpath(".//div")

    assert words(note) == "Information: Words."
    assert headings("!!! note\n    Words.\n") == []
    assert headings("!!! warning\n    Words.\n") == ["h2 Important: Warning"]


def test_an_editor_s_own_element_of_that_class_is_let_be() -> None:
    assert words(rendered('<div class="admonition" markdown="1">\n\nWords.\n\n</div>')) == "Words."


# -- footnotes


def test_footnotes_have_a_heading_and_say_where_they_lead() -> None:
    page = rendered("## A\n\nOne[^a], two[^b], one[^a].\n\n[^a]: First.\n[^b]: Second.\n")

    assert [words(each) for each in page.xpath(".//div[@class='footnote']/h2")] == ["Footnotes"]
    assert not page.xpath(".//hr")
    there = [words(each) for each in page.xpath(".//a[@class='footnote-ref']")]
    back = page.xpath(".//a[@class='footnote-backref']")
    assert there == ["Footnote 1", "Footnote 2", "Footnote 1"]
    assert [words(each.find("span[@class]")) for each in back] == [
        "Back to footnote 1 in the text",
        "Back to footnote 1 in the text, place 2",
        "Back to footnote 2 in the text",
    ]
    assert [each.find("span").get("aria-hidden") for each in back] == ["true"] * 3
    assert not page.xpath(".//a[@title]")


def test_footnotes_under_an_editor_s_own_heading_get_no_second() -> None:
    markdown = "A[^1].\n\n## Notes\n\n///Footnotes Go Here///\n\n[^1]: First.\n"

    assert headings(markdown) == ["h2 Notes"]


# -- abbreviations


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("CAMHS help. CAMHS work.", "CAMHS (child services) help. CAMHS work."),
        ("## CAMHS\n\nCAMHS help.", "CAMHS CAMHS (child services) help."),
        ("[CAMHS](a.md) and CAMHS.", "CAMHS and CAMHS (child services)."),
        ("Child services (CAMHS) and CAMHS.", "Child services (CAMHS) and CAMHS."),
        ("CAMHS (child services) and CAMHS.", "CAMHS (child services) and CAMHS."),
        ("Table: CAMHS\n\n| a |\n|---|\n| CAMHS |", "CAMHS a CAMHS (child services)"),
    ],
)
def test_letters_are_written_out_where_they_are_used_first_in_a_sentence(
    markdown: str, said: str
) -> None:
    assert words(rendered(f"{markdown}\n\n*[CAMHS]: child services\n")) == said


def test_letters_that_are_not_written_out_keep_their_title() -> None:
    first, second = rendered("CAMHS, CAMHS.\n\n*[CAMHS]: a <b> & c\n").xpath(".//abbr")

    assert (first.get("title"), second.get("title")) == (None, "a <b> & c")


# -- languages


@pytest.mark.parametrize(
    ("markdown", "direction"),
    [
        ("مدد\n{: lang=ur }", "rtl"),
        ("**مدد**{lang=ar-SY}", "rtl"),
        ('<span lang="fa">مدد</span>', "rtl"),
        ("<b class='x' lang=he>x</b>", "rtl"),
        ('<div lang="ar">\n<p>x</p>\n</div>', "rtl"),
        ('<div lang="ar" markdown="1">\n\nx\n\n</div>', "rtl"),
        ('<br lang="ar"/>', "rtl"),
        ('<span lang="ar" dir="ltr">x</span>', "ltr"),
        ("x\n{: lang=ur dir=auto }", "auto"),
        ("cymorth\n{: lang=cy }", None),
        ('<span lang="nonsense">x</span>', None),
    ],
)
def test_what_is_written_from_right_to_left_says_so(markdown: str, direction: str | None) -> None:
    (element,) = rendered(markdown).xpath(".//*[@lang]")

    assert element.get("dir") == direction


def test_html_that_is_shown_and_not_meant_is_let_be() -> None:
    assert 'lang="ar">' in words(rendered('```\n<span lang="ar">x</span>\n```\n'))
    assert "dir" not in words(rendered('`<span lang="ar">`\n'))


def test_words_of_ours_on_a_page_in_another_language_say_that_they_are_english() -> None:
    markup = NhsMarkup()
    markup.language = "ur"
    markdown = '!!! note\n    A[^1].\n\n!!! warning "B"\n    C.\n\n[^1]: D.\n'
    page = html.fragment_fromstring(
        Markdown(extensions=[*EXTENSIONS, markup]).convert(markdown), create_parent="div"
    )

    assert {words(each): each.get("dir") for each in page.xpath(".//*[@lang='en']")} == {
        "Information:": "ltr",
        "Footnote": "ltr",
        "Important:": "ltr",
        "Footnotes": "ltr",
        "Back to footnote 1 in the text": "ltr",
    }


# -- addresses


def test_an_address_that_cannot_be_read_is_taken_away() -> None:
    page = rendered("[a](http://[b) ![c](http://[d) [e](f.md)")

    assert page.xpath(".//@href") == ["", "f.md"]
    assert page.xpath(".//@src") == [""]
    assert is_readable("area:blmk/2024-25#a")
    assert not is_readable("http://[b")
