"""The rules for what editors write: what stops an area, what does not, and what is let through."""

from __future__ import annotations

from pathlib import Path

import pytest

from ltp.plans.loading import load
from ltp.writing import acronyms, links
from ltp.writing.checking import RULES, check
from ltp.writing.page import Names

from .reading import lines_of, told_of

ROOT = Path(__file__).parent.parent.parent

SHUTS_OUT = (
    "![](a.png)",
    "![a.png](a.png)",
    "[![](a.png)](b.md)",
    "[](b.md)",
    "[here](b.md)",
    "[ **Read more …** ](b.md)",
    "[x]()",
    "[x](http://[)",
    "[x](javascript:a())",
    "[x](file:///C:/a.pdf)",
    "[x](htps://a.example/)",
    "[x](http://localhost:8000/a/)",
    "[x](mailto:a)",
    "[x](https://a.example/b c)",
    "[x](https://https://a.example/)",
    "[a] (b.md)",
    "[x](b.md",
    "[x](b.md for (more)",
    "### Skipped",
    "## A\n\n#### B",
    "##",
    "# Title",
    "| | |\n|-|-|\n| a | b |",
    '<p style="color: red">A</p>',
    "A\n{: onclick=b }",
    "<script>a</script>",
    "![A map](//b.example/c.png)",
    '<img src="a.png" alt="A map" srcset="b.png 1x, https://c.example/d.png 2x">',
    "A\n{: lang=polish }",
    '<span lang="en-uk">a</span>',
    "<marquee>A</marquee>",
    '<font color="red">A</font>',
    "<form><input name='a'></form>",
    "<main>A</main>",
    "<div>\n\n**A** b\n\n</div>",
    "Write here about housing.",
    "<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> c",
    "A\n\n>>>>>>> c",
    "- A\n>>>>>>> c",
    "",
    "A\n| b | c |\n|-|-|\n| d | e |",
    "Table: A\n\n| b | c |\n|-|-|\n| d | e | f |",
    "Table: A\n\n| b | c |\n|-|-|\n| d | e | f",
)
TO_PUT_RIGHT = (
    "![Picture of a map](a.png)",
    "[https://a.example/](https://a.example/)",
    "[a](b.md) [a](c.md)",
    "See www.a.example.",
    "Write to help@a.example.",
    "<center>A</center>",
    "[a](b.md){target=_blank}",
    "[a](https://b.example/c.docx)",
    "**A**\n\nB",
    "| a | b |\n|-|-|\n| c | d |",
    "- [ ] a",
    "The ABC helps.",
    "PLEASE READ THIS",
    "An *important* word.",
    "He committed suicide.",
    "We help.\n- A",
    "We help with\n* a",
    "We help with\n- a\n- b",
    "Table: A\n\n| b | c |\n|-|-|\n| d |",
    "Table: A\n\n| b | c |\n|-|-|\n| d \\| e |",
    "Table: A\n\n| b | c |\n|-|-|\n| d | e |\nMore.",
    "A **bold **word.",
    "• a\n• b",
    "A **bold word.",
    "A.\n\n[^1]: A footnote.",
)


@pytest.mark.parametrize("markdown", SHUTS_OUT)
def test_what_shuts_somebody_out_stops_the_area(markdown: str) -> None:
    assert [each.shuts_out for each in told_of(markdown)][:1] == [True]


@pytest.mark.parametrize("markdown", TO_PUT_RIGHT)
def test_what_is_only_worse_than_it_could_be_stops_nothing(markdown: str) -> None:
    assert [each.shuts_out for each in told_of(markdown)] == [False]


@pytest.mark.parametrize(
    "markdown",
    [
        # pictures
        "![Four boxes with names](boxes.svg)",
        "![](line.svg){ .decoration }",
        "[![](icon.svg) The plan](b.md)",
        "[![The plan](icon.svg)](b.md)",
        "![](line.svg){: .decoration .wide }",
        '<img src="a.png" alt="A map" srcset="b.png 1x, c.png 2x">',
        # links
        "[Find out more about crisis care](b.md)",
        "[here you can find help](b.md)",
        "[a](b.md) and [a](./b.md) and [A](b.md)",
        "[the plan (PDF, 545KB)](https://a.example/b.pdf)",
        "[the plan (PDF only, 1.2 MB)](https://a.example/b.pdf?c#d)",
        "[the staff (opens in new tab)](b.md){target=_blank}",
        "[help@a.example](mailto:help@a.example) and <help@a.example>",
        "Write to <help@a.example>. The file is at `https://a.example/`.",
        "[call 111](tel:111)",
        "[text us](sms:85258?body=SHOUT) or [write](mailto:a@b.example,c@d.example?subject=Help%20me)",
        "[x](HTTPS://a.example/b%20c) and [y](http://a.example:8000/)",
        "[Luton] (the town) and [sic] (page 12), [2] (see below) and [a](b.md)(c).",
        "An array\\[1\\](a and a matrix \\[2] (b.md).",
        '[a](b.md "c") and [d](<e f.md>)',
        "[the part](#part)",
        "[another area](area:blmk/2024-25)",
        # headings
        "## A\n\n### B\n\n#### C\n\n## D\n\n### E",
        "Words.\n\n## A",
        "A **bold** word.\n\n**Call 999 now.**\n\nMore.",
        # tables
        "Table: A\n\n| | b |\n|-|-|\n| c | d |",
        "Table: A\n\n| a | b |\n|-|-:|\n| c | |\n\nTable: B\n\n| a |\n|-|\n| b |",
        "<table><caption>A</caption><tr><th>b</th></tr><tr><td>c</td></tr></table>",
        "Table: A\n| b | c |\n|-|-|\n| `d | e` | f \\| g |",
        "Table: A\n\nb | c\n-|-\nd | e",
        "Table: A\n\n| b | c |\n|-|-|\n| d | e | |",
        "Table: A\n\n| b | c |\n|-|-|\n| 12** | d |\n\n**Provisional.",
        "\\*\\*A word, f**k, 2 ** 3 and `**a`.",
        # lists
        "A:\n\n- b\n- c\n    - d\n\n1. e\n2. f",
        "A dash at the end of a line\n- it happens - is no list.",
        "> It helped me a lot.\n> - Anna, 15",
        "It was on page\n12. The rest is older.",
        "- a line that goes on\n  and on",
        "## A\n- b\n- c",
        "```\nA:\n- b\n• c\n| d |\n```",
        "A `b:\n- c` d.",
        "There are 2·5 of them,\n·5 more than there were.",
        # languages
        '<span lang="pl">pomoc</span>',
        "Cymorth.\n{: lang=cy }",
        '<div lang="ur" dir="rtl" markdown="1">\n\nمدد\n\n</div>',
        '<div lang="cy">Cymorth: 5 * 3.</div>',
        '<span lang="pt-BR">ajuda</span> <span lang="es-419">ayuda</span>',
        "<ul>\n<li>- one</li>\n\n<li>two</li>\n</ul>",
        # words
        "The NHS, a GP, A&E, the UK and COVID-19: see the PDF.",
        "Call NHS 111 in Q3 of 2026/27, or ward B12 at LU2 0ES, part II and XIV.",
        "Child and adolescent mental health services (CAMHS) help. CAMHS’ staff and CAMHS-led groups.",
        "Two mental health support teams (MHSTs) came. An MHST works in schools.",
        "CAMHS (child and adolescent mental health services) help.",
        "In the names, CYP stands for children and young people.",
        "ELFT, CNWL and XYZ (the plan gives only these letters) ran it.",
        "The ICB helps.\n\n*[ICB]: integrated care board",
        "Ask the **integrated care\nboard** (ICB).",
        "The i-THRIVE model.",
        "The NSPCC, an MP, GCSEs, the EU and the USA.",
        "The sign said “PLEASE WAIT FOR US”. Text ‘DON’T’, or choose “QRS”.",
        "[the plan of integrated care boards (ICBs)](b.md)",
        "A student nurse’s attempt failed. The attempt to book failed.",
        "Their failed attempts to find a school.",
        "Talk about suicide. Ask: are you thinking of suicide?",
        "She died by suicide. He survived a suicide attempt.",
        "Services suffer from cuts.",
        "I am OK. A is first.",
        "A[^1] and B[^1].\n\n[^1]: See[^2].\n[^2]: C.",
        # code
        "Tell us. You can write here too.",
        "Write `[click here](b.md)` or `CAMHS` or `*x*`.",
        "Source: the survey.\n\\* provisional\n",
        "The sum:\n\\- 5\n",
        "[Write to us](mailto:mary.o'connor@nhs.net) or [here too](mailto:a&e@trust.nhs.uk)\n",
        "[Send this page to somebody](mailto:?subject=A%20plan)\n",
        "Table: A\n\n| Year | Share |\n|---|---|\n| 2023 | 45%** |\n\n**Provisional figures for the year.\n",
        "> > > > > > > A letter in a letter\n",
        "It is in [Annex A] (kent.gov.uk), and in [a table] (#2).\n",
    ],
)
def test_good_text_is_let_through(markdown: str) -> None:
    assert told_of(markdown) == []


def test_a_picture_that_is_written_out_in_its_link_takes_no_time() -> None:
    """Letters that two parts of an expression could take would be tried in every way."""
    long = f"<div>![A map](data:image/png;base64,{'A' * 200_000})</div>\n"
    assert told_of(long)


def test_nothing_is_told_of_our_own_pages() -> None:
    assert [str(each) for each in check(ROOT, load(ROOT).plans)] == []


@pytest.mark.parametrize("root", ["tests/site/made_up", "tests/directory/made_up"])
def test_nothing_is_told_of_the_made_up_pages(root: str) -> None:
    assert [str(each) for each in check(ROOT / root, load(ROOT / root).plans)] == []


def test_each_thing_is_told_on_its_own_line() -> None:
    markdown = (
        "Words [here](a.md)\nand [here](b.md).\n\n"
        "> *One*\n> two *three*\n\n"
        "The ABC, and\nthe DEF of\nthe ABC.\n\n"
        '![](a.png)\n\n<p class="x"\nstyle="y">Words</p>\n'
    )

    assert [(line, what[:18]) for line, what in lines_of(markdown)] == [
        (1, "“here” does not sa"),
        (2, "“here” does not sa"),
        (4, "“One” is in italic"),
        (5, "“three” is in ital"),
        (7, "“ABC” is not expla"),
        (8, "“DEF” is not expla"),
        (11, "the picture “a.png"),
        (14, "style= does not wo"),
    ]


@pytest.mark.parametrize(
    ("markdown", "told"),
    [
        ("A child mental health team (CYP).", "CYP"),
        ("See the report (PRU) of the school.", "PRU"),
        ("The team (the ABC of Luton) helps.", "ABC"),
    ],
)
def test_letters_in_brackets_after_other_words_are_not_explained_by_them(
    markdown: str, told: str
) -> None:
    assert [each.what for each in told_of(markdown)] == [f"“{told}” is not explained on this page"]


def test_names_of_services_and_words_to_text_are_no_letters_for_other_words() -> None:
    names = Names(in_capitals=frozenset({"REFLECT", "SHOUT"}))

    assert told_of("REFLECT is there. Text SHOUT to 85258.", names=names) == []


def test_the_names_of_an_area_are_those_of_its_directory_and_of_the_lines_of_help() -> None:
    plans = load(ROOT).plans

    assert {"REFLECT", "SHOUT"} <= Names.of(plans, "blmk").in_capitals
    assert "REFLECT" not in Names.of(plans, "medway").in_capitals
    assert Names.of(plans, None).short["BLMK"] == "Bedfordshire, Luton and Milton Keynes"


def test_letters_in_the_title_may_be_explained_in_the_text() -> None:
    explained = "Child and adolescent mental health services (CAMHS) help."

    assert told_of(explained, title="Help from CAMHS") == []
    assert [each.at for each in told_of("Words.", title="Help from CAMHS")] == [("title",)]


def test_letters_in_a_longer_quotation_are_letters_all_the_same() -> None:
    assert [each.what for each in told_of("The plan says “the QRS helps”.")] == [
        "“QRS” is not explained on this page"
    ]


def test_a_title_in_italics_is_neither_shouted_nor_letters() -> None:
    assert [each.what for each in told_of("See *THE QRS AND YOU*.")] == [
        "“THE QRS AND YOU” is in italics, which many people find hard to read"
    ]


@pytest.mark.parametrize(
    ("written", "cure"),
    [
        ('<img src="a.png" alt="a.png">', "Say in alt what"),
        ('<a href="b.md"></a>', "Write between <a> and </a>"),
        ('<a href="">Help</a>', "Write it in href"),
        ('<a href="b.md"><img src="c.svg" alt=""></a>', "Say in the picture’s alt"),
        ("<table><tr><th>b</th></tr><tr><td>c</td></tr></table>", "straight after <table>"),
        (
            '<a href="https://a.example">https://a.example</a>',
            'there: <a href="https://a.example">',
        ),
    ],
)
def test_what_is_written_in_html_is_put_right_in_html(written: str, cure: str) -> None:
    assert any(cure in each.cure for each in told_of(written)), told_of(written)


def test_every_word_that_needs_no_explanation_has_a_reason() -> None:
    assert all(len(why.split()) > 1 for why in acronyms.KNOWN.values())
    assert not acronyms.KNOWN.keys() & acronyms.MEANINGS.keys()


def test_what_letters_often_stand_for_would_be_taken_as_their_explanation() -> None:
    for letters, meaning in acronyms.MEANINGS.items():
        assert told_of(f"The {meaning} ({letters}) helps.") == [], letters


@pytest.mark.parametrize("name", sorted(links.NAMELESS))
def test_names_that_say_nothing_are_found_in_every_dress(name: str) -> None:
    for dressed in (name.capitalize(), f"{name}.", f"“{name}”", f"**{name}** →"):
        (told,) = told_of(f"[{dressed}](b.md)")
        assert "does not say where the link leads" in told.what


@pytest.mark.parametrize(
    ("size", "said"),
    [(1, "1KB"), (545_499, "545KB"), (999_499, "999KB"), (1_000_000, "1MB"), (1_249_000, "1.2MB")],
)
def test_the_true_size_of_a_file_beside_the_page_is_told(
    tmp_path: Path, size: int, said: str
) -> None:
    (tmp_path / "a plan.pdf").write_bytes(b"x" * size)

    (told,) = told_of("[the plan](a%20plan.pdf#page=2)", folder=tmp_path)
    assert told.cure == f"End its words with (PDF, {said})."
    assert told_of(f"[the plan (PDF, {said})](a%20plan.pdf)", folder=tmp_path) == []


def test_a_size_counted_in_1024s_is_right_too(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"x" * (300 * 1024))

    assert told_of("[the plan (PDF, 300KB)](a.pdf)", folder=tmp_path) == []
    (told,) = told_of("[the plan (PDF, 400KB)](a.pdf)", folder=tmp_path)
    assert "the file has 307KB" in told.what


def test_every_rule_says_what_it_finds() -> None:
    assert all((rule.__doc__ or "").startswith("Find ") for rule in RULES)
