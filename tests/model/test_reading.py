"""What editors write arrives as they wrote it, whatever Word and Windows did to the file."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ltp.findings import Finding
from ltp.plans.reading import UnreadableError, decode, read_page, read_yaml

CHANGED_BY_PLAIN_YAML = {
    "phone": "03001234567",
    "closes": "17:00",
    "lang": "no",
    "on": "yes",
    "no": "off",
    "published": "2021-10-31",
    "time": "12:30:45",
    "version": "1.10",
    "big": "1_000",
    "exponent": "1e3",
    "hex": "0x1F",
    "octal": "0o17",
    "nothing": "null",
    "tilde": "~",
    "infinite": ".inf",
    "2021": "true",
}


def as_yaml(facts: dict[str, str]) -> str:
    return "".join(f"{key}: {value}\n" for key, value in facts.items())


def test_values_that_plain_yaml_would_change_arrive_as_written_in_yaml_files() -> None:
    assert read_yaml(as_yaml(CHANGED_BY_PLAIN_YAML), "a.yml").value == CHANGED_BY_PLAIN_YAML


def test_values_that_plain_yaml_would_change_arrive_as_written_at_the_top_of_pages() -> None:
    page = read_page(f"---\n{as_yaml(CHANGED_BY_PLAIN_YAML)}---\nText", "a.md")

    assert page.front.value == CHANGED_BY_PLAIN_YAML


def test_values_in_lists_and_groups_arrive_as_written() -> None:
    read = read_yaml("open: [09:00, no, 0300]\nat: {on: 17:00, 1: 010}\n", "a.yml")

    assert read.value == {"open": ["09:00", "no", "0300"], "at": {"on": "17:00", "1": "010"}}


@pytest.mark.parametrize("mark", ["&", "*", "!", "!!int "])
def test_a_mark_of_yaml_never_swallows_the_first_word_of_a_value(mark: str) -> None:
    with pytest.raises(UnreadableError, match="a value can’t begin with"):
        read_yaml(f"title: {mark}Help now\n", "a.yml")


def test_a_mark_inside_a_value_is_only_text() -> None:
    text = "title: Children & families * now!\nnote: |\n  - *text* & more\n"

    assert read_yaml(text, "a.yml").value == {
        "title": "Children & families * now!",
        "note": "- *text* & more\n",
    }


def test_a_value_that_holds_itself_is_told_and_does_not_go_on_for_ever() -> None:
    with pytest.raises(UnreadableError, match=r"a.yml:1: a value can’t begin with “&”"):
        read_yaml("a: &x\n  b: *x\n", "a.yml")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_taken_as_they_come(end: str) -> None:
    data = end.join(["---", "title: Help", "---", "One", "Two"]).encode()

    page = read_page(decode(data, "a.md"), "a.md")

    assert page.front.value == {"title": "Help"}
    assert page.body == "One\nTwo"


def test_a_byte_order_mark_is_taken_as_it_comes() -> None:
    page = read_page(decode("\ufeff---\ntitle: Help\n---\n".encode(), "a.md"), "a.md")

    assert page.front.value == {"title": "Help"}
    assert read_yaml(decode(b"\xef\xbb\xbfname: Kent\n", "a.yml"), "a.yml").value == {
        "name": "Kent"
    }


def test_spaces_from_word_are_spaces_in_facts_and_text() -> None:
    text = "\u200b---\u00a0\ntitle:\u00a0Help\u202fnow\n\u00a0\n---\n##\u00a0Help\u2028now\ufeff"
    page = read_page(text, "a.md")

    assert page.front.value == {"title": "Help now"}
    assert page.body == "## Help now"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("“Help now”", "Help now"),
        ("”Help now”", "Help now"),
        ("‘Help now’", "Help now"),
        ("‘It’s time’", "It's time".replace("'", "’")),
        ("“It's time: now”", "It's time: now"),
        ("“C:\\new”", "C:\\new"),
        ("“Say " + '"' + "hello" + '"' + "”", 'Say "hello"'),
        ("“Help” and “more”", "“Help” and “more”"),
        ("Help “now”", "Help “now”"),
        ('"“Help now”"', "“Help now”"),
        ("It’s time", "It’s time"),
        ("“”", ""),
    ],
)
def test_curly_quotation_marks_round_a_whole_value_are_those_of_yaml(
    written: str, value: str
) -> None:
    assert read_yaml(f"title: {written}\n", "a.yml").value == {"title": value}


def test_curly_quotation_marks_round_items_are_those_of_yaml() -> None:
    read = read_yaml("flow: [“Kent”, ‘Medway’]\nblock:\n  - “a: b”\n  - name: “c”\n", "a.yml")

    assert read.value == {"flow": ["Kent", "Medway"], "block": ["a: b", {"name": "c"}]}


def test_curly_quotation_marks_do_not_move_the_lines_below() -> None:
    read = read_yaml("title: “Help”\n\n\ntopic: crisis\n", "a.yml")

    assert read.lines["topic",] == 4


def test_every_key_and_item_has_its_line() -> None:
    text = "# Remark\nname: Kent\n\nplaces:\n  - Kent\n\n  - Medway\nlist: [a,\n  b]\njoined:\n  into: x\n"
    lines = dict(read_yaml(text, "a.yml").lines)

    assert lines == {
        (): 2,
        ("name",): 2,
        ("places",): 4,
        ("places", 0): 5,
        ("places", 1): 7,
        ("list",): 8,
        ("list", 0): 8,
        ("list", 1): 9,
        ("joined",): 10,
        ("joined", "into"): 11,
    }


def test_lines_at_the_top_of_a_page_are_those_of_the_file() -> None:
    page = read_page("\n---\ntitle: Help\n\ntopic: crisis\n---\n\nText\n", "a.md")

    assert page.front.lines["title",] == 3
    assert page.front.lines["topic",] == 5
    assert (page.body_line, page.body) == (7, "\nText\n")


def test_a_line_of_hyphens_in_the_text_is_text() -> None:
    page = read_page("---\ntitle: Help\n---\nOne\n\n---\n\nTwo\n", "a.md")

    assert page.body == "One\n\n---\n\nTwo\n"


def test_of_a_key_that_stands_twice_the_first_counts_and_each_more_is_told() -> None:
    read = read_yaml("a: 1\nb: 2\na: 3\na: 4\n", "a.yml")

    assert read.value == {"a": "1", "b": "2"}
    assert [str(finding) for finding in read.findings] == [
        "a.yml:3: a: “a” stands twice: the first time on line 1. Keep one of them.",
        "a.yml:4: a: “a” stands twice: the first time on line 1. Keep one of them.",
    ]


def test_the_same_key_in_two_entries_does_not_stand_twice() -> None:
    assert read_yaml("- id: a\n- id: b\n", "a.yml").findings == ()


def test_a_file_of_remarks_is_empty() -> None:
    assert read_yaml("# Nothing yet.\n", "a.yml").value == {}


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: b\n\tc: d\n", 2), ("a:\n  - b\n  \t- c\n", 3), ("\ta: b\n", 1)],
)
def test_a_tab_at_the_start_of_a_line_is_told(text: str, line: int) -> None:
    with pytest.raises(UnreadableError, match=f"^f:{line}: the line begins with a tab"):
        read_yaml(text, "f")


def test_a_tab_within_a_line_or_on_an_empty_one_harms_nobody() -> None:
    assert read_yaml("a:\tb\n\t\nc: d\n", "f").value == {"a": "b", "c": "d"}


def test_the_first_letter_that_is_not_utf_8_is_told_with_its_line() -> None:
    with pytest.raises(UnreadableError, match=r"^a.md:3: the file is not UTF-8 text: a letter"):
        decode("one\ntwo\nit’s\n".encode("cp1252"), "a.md")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_what_notepad_calls_unicode_is_told(encoding: str) -> None:
    mark = "" if encoding == "utf-16" else "\ufeff"
    with pytest.raises(UnreadableError, match="it was saved as UTF-16"):
        decode(f"{mark}name: Kent\n".encode(encoding), "a.yml")


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x0b", "\x0c", "\x7f", "\x92", "\uffff"])
def test_a_character_that_cannot_be_seen_is_told_with_its_line(character: str) -> None:
    with pytest.raises(UnreadableError, match=r"^a.md:2: an invisible control character"):
        decode(f"one\r\ntwo{character}\r\n".encode(), "a.md")


def test_lines_after_a_line_break_of_unicode_keep_their_numbers() -> None:
    read = read_yaml("a: one\u2028two\u0085three\nb: c\n", "f")

    assert read.value == {"a": "one two three", "b": "c"}
    assert read.lines["b",] == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Call us.\n", "a.md:1: the page doesn’t begin with its facts"),
        ("\n\nCall us.\n", "a.md:3: the page doesn’t begin with its facts"),
        ("title: Help\n---\nCall us.\n", "a.md:1: the line --- is missing above “title: Help”"),
        ("title:\n---\n", "a.md:1: the line --- is missing above “title:”"),
        ("----\ntitle: Help\n", "a.md:1: the first line is “----”, not three hyphens"),
        ("–\ntitle: Help\n", "a.md:1: the first line is “–”, not three hyphens"),
        (" \n \n", "a.md:1: the file is empty"),
        ("---\ntitle: Help\ntopic: crisis\n\nCall us.\n", "a.md:3: the second line --- is missing"),
        ("---\ntitle: Help\n\n- One\n- Two\n", "a.md:2: the second line --- is missing"),
        ("---\nsource:\n  - a\n  - b\nCall us.\n", "a.md:4: the second line --- is missing"),
        ("---\ntitle: Help\n——\nCall us.\n", "a.md:2: the second line --- is missing"),
        (
            "---\ntitle: Help\n\nCall us.\n\n---\n\nMore.\n",
            "a.md:2: the second line --- is missing",
        ),
        ("---\nCall us.\n", "a.md:1: the second line --- is missing"),
    ],
)
def test_a_missing_line_of_hyphens_is_told_where_it_should_stand(text: str, told: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_page(text, "a.md")

    assert str(caught.value).startswith(told)


def test_spaces_before_and_after_the_lines_of_hyphens_harm_nobody() -> None:
    assert read_page("  --- \ntitle: Help\n---  \nText", "a.md").front.value == {"title": "Help"}


def test_what_cannot_be_read_at_the_top_of_a_page_has_the_line_of_the_file() -> None:
    with pytest.raises(UnreadableError, match=r"^a.md:4: there is a second colon in the text"):
        read_page("---\nsummary: x\ntopic: y\ntitle: Help: now\n---\nText\n", "a.md")


def fault_in(text: str) -> Finding | None:
    """Read text as a page; give what can't be read."""
    try:
        read_page(decode(text.encode(), "a.md"), "a.md")
    except UnreadableError as unreadable:
        return unreadable.finding
    return None


@given(st.text(max_size=60), st.text("ab:-[]{}\"'&*!|>#%@`,? \n\t“”’—", max_size=40))
@settings(derandomize=True, max_examples=600)
def test_no_page_is_more_than_an_editor_can_be_told_of(facts: str, odd: str) -> None:
    for text in (facts, f"---\n{odd}\n---\n"):
        fault = fault_in(text)
        lines = re.split(r"\r\n|\r|\n", text)

        assert fault is None or (1 <= fault.line <= len(lines) and fault.cure)


@given(st.text("ab:-[]{}\"'# \n“”’—", max_size=40))
@settings(derandomize=True, max_examples=300)
def test_every_line_that_is_remembered_is_a_line_of_the_file(text: str) -> None:
    assume(fault_in(f"---\n{text}\n---\n") is None)
    read = read_yaml(text, "a.yml", first_line=2)

    assert all(2 <= line <= text.count("\n") + 2 for line in read.lines.values())


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.text("ab1: 0#'-é“&*", max_size=12)
    )
)
@settings(derandomize=True)
def test_text_in_single_quotation_marks_arrives_as_written(facts: dict[str, str]) -> None:
    text = "".join(
        "{}: '{}'\n".format(key, value.replace("'", "''")) for key, value in facts.items()
    )

    assert read_yaml(text, "a.yml").value == facts
