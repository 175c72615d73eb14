"""Phone numbers.

The made-up ones are of the ranges that Ofcom (and Ireland and France) keep for that. The others are
national lines and the two numbers by which the NHS service manual shows its spaces.
"""

from __future__ import annotations

import pickle
from itertools import pairwise

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ltp.directory.numbers import Number, NumberKind, numbers_in, read_number, same
from ltp.findings import WrongValueError

READ = [
    # written, digits, shown, kind
    ("01632960001", "01632960001", "01632 960 001", NumberKind.LANDLINE),
    ("01632 960001", "01632960001", "01632 960 001", NumberKind.LANDLINE),
    ("(01632) 960001", "01632960001", "01632 960 001", NumberKind.LANDLINE),
    ("01632-960-001", "01632960001", "01632 960 001", NumberKind.LANDLINE),
    ("01632\u00a0960\u00a0001", "01632960001", "01632 960 001", NumberKind.LANDLINE),
    (" 01632  960 001 ", "01632960001", "01632 960 001", NumberKind.LANDLINE),
    ("+44 1632 960001", "01632960001", "01632 960 001", NumberKind.LANDLINE),
    ("+44 (0)1632 960001", "01632960001", "01632 960 001", NumberKind.LANDLINE),
    ("0044 1632 960001", "01632960001", "01632 960 001", NumberKind.LANDLINE),
    ("+44(0)20 79460123", "02079460123", "020 7946 0123", NumberKind.LANDLINE),
    ("02079460123", "02079460123", "020 7946 0123", NumberKind.LANDLINE),
    ("07700900123", "07700900123", "07700 900 123", NumberKind.MOBILE),
    ("+447700900123", "07700900123", "07700 900 123", NumberKind.MOBILE),
    ("08081570123", "08081570123", "0808 157 0123", NumberKind.FREE),
    ("01273 800900", "01273800900", "01273 800 900", NumberKind.LANDLINE),
    ("02074504000", "02074504000", "020 7450 4000", NumberKind.LANDLINE),
    ("08001111", "08001111", "0800 1111", NumberKind.FREE),
    ("0800 11 11", "08001111", "0800 1111", NumberKind.FREE),
    ("+44 800 1111", "08001111", "0800 1111", NumberKind.FREE),
    ("08088005000", "08088005000", "0808 800 5000", NumberKind.FREE),
    ("03069990123", "03069990123", "0306 999 0123", NumberKind.LOCAL_RATE),
    ("0845 46 47", "08454647", "0845 46 47", NumberKind.CHARGED),
    ("0500 123456", "0500123456", "0500 123 456", NumberKind.WITHDRAWN),
    ("999", "999", "999", NumberKind.EMERGENCY),
    ("112", "112", "112", NumberKind.EMERGENCY),
    ("111", "111", "111", NumberKind.SHORT),
    (111, "111", "111", NumberKind.SHORT),
    ("101", "101", "101", NumberKind.SHORT),
    ("116123", "116123", "116 123", NumberKind.SHORT),
    ("116 123", "116123", "116 123", NumberKind.SHORT),
    ("116 111", "116111", "116 111", NumberKind.SHORT),
    ("+44 116 123", "116123", "116 123", NumberKind.SHORT),
    ("85258", "85258", "85258", NumberKind.TEXT),
]


@pytest.mark.parametrize(
    ("written", "digits", "shown", "kind"), READ, ids=[str(r[0]) for r in READ]
)
def test_a_number_is_read_and_shown_as_the_nhs_writes_it(
    written: object, digits: str, shown: str, kind: NumberKind
) -> None:
    assert read_number(written) == Number(digits, shown, kind)


REFUSED = [
    # written, what the sentence says, what would be right
    ("", "there is no phone number", "area code"),
    (None, "a phone number was expected", "01632 960 001"),
    (True, "a phone number was expected", "01632 960 001"),
    (["111"], "a phone number was expected", "01632 960 001"),
    ("960001", "too short: it has no area code", "Write it with its area code"),
    ("0163296", "too short: it has 7 digits", "Most have 11"),
    ("01632 960 0012", "too long: it has 12 digits", "Most have 11"),
    ("01999 960001", "not a number that the United Kingdom has", "a digit may be wrong"),
    ("01632 960 00", "not a number that the United Kingdom has", "It has 10 digits"),
    ("1632 960001", "has no 0 in front", "Did you mean “01632 960 001”?"),
    ("+353 20 912 1234", "a number of another country", "the number to call from England"),
    ("0033 1 99 00 12 34", "a number of another country", "the number to call from England"),
    ("0800 CALL", "has letters in it", "Write digits"),
    ("none", "has letters in it", "Write digits"),
    ("01632 960001 ext 12", "has an extension", "what to choose in option"),
    ("01632 960001 x12", "has an extension", "what to choose in option"),
    ("01632 960001, option 2", "has an extension", "what to choose in option"),
    ("01632 960001 or 01632 960002", "more than one number", "a way of its own"),
    ("01632 960001 / 01632 960002", "more than one number", "a way of its own"),
    ("118", "not a short number that we know", "116 123"),
    ("12345", "not a short number that we know", "begin with 6, 7 or 8"),
    ("+", "not a phone number", "01632 960 001"),
    ("01632_960001", "not a phone number", "01632 960 001"),
]


@pytest.mark.parametrize(("written", "what", "cure"), REFUSED, ids=[str(r[0]) for r in REFUSED])
def test_what_is_no_number_is_refused_with_a_cure(written: object, what: str, cure: str) -> None:
    with pytest.raises(WrongValueError) as refused:
        read_number(written)
    assert what in refused.value.what
    assert cure in refused.value.cure


def test_a_number_that_was_read_is_taken_as_it_is() -> None:
    number = read_number("111")
    assert read_number(number) is number


def test_a_number_can_be_kept_in_a_set_and_sent_to_another_process() -> None:
    number = read_number("01632 960001")
    assert pickle.loads(pickle.dumps(number)) in {read_number("+44 1632 960001")}


@pytest.mark.parametrize(
    ("written", "way", "keyword", "link"),
    [
        ("01632 960001", "phone", None, "tel:+441632960001"),
        ("0808 157 0123", "phone", None, "tel:+448081570123"),
        ("0306 999 0123", "phone", None, "tel:+443069990123"),
        ("0800 1111", "phone", None, "tel:08001111"),
        ("999", "phone", None, "tel:999"),
        ("111", "phone", None, "tel:111"),
        ("116 123", "phone", None, "tel:116123"),
        ("85258", "text", "SHOUT", "sms:85258?body=SHOUT"),
        ("85258", "text", None, "sms:85258"),
        ("07700 900123", "text", None, "sms:+447700900123"),
        ("07700 900123", "text", "HELP ME & US", "sms:+447700900123?body=HELP%20ME%20%26%20US"),
    ],
)
def test_a_link_dials_or_texts_the_number(
    written: str, way: str, keyword: str | None, link: str
) -> None:
    assert read_number(written).href(way, keyword) == link


def test_a_number_has_no_link_for_another_way() -> None:
    with pytest.raises(ValueError, match="phone or text"):
        read_number("111").href("visit")


@pytest.mark.parametrize(
    ("written", "call", "text"),
    [
        ("01632 960001", True, False),
        ("07700 900123", True, True),
        ("85258", False, True),
        ("116 123", True, False),
        ("0500 123456", False, False),
    ],
)
def test_a_number_says_whether_it_can_be_called_or_texted(
    written: str, call: bool, text: bool
) -> None:
    number = read_number(written)
    assert (number.can_be_called, number.can_be_texted) == (call, text)


@pytest.mark.parametrize(
    "written",
    ["01632 960000", "01632 960999", "020 7946 0000", "07700 900999", "0808 157 0999"],
)
def test_a_made_up_number_is_known_as_one(written: str) -> None:
    assert read_number(written).is_made_up


@pytest.mark.parametrize("written", ["0800 1111", "116 123", "111", "01273 800900", "85258"])
def test_a_real_number_is_not_made_up(written: str) -> None:
    assert not read_number(written).is_made_up


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [
        ("01632 960001", "+44 (0)1632 960001", True),
        ("116 123", "116123", True),
        ("0800 1111", "0800 11 11", True),
        ("01632 960001", "01632 960002", False),
        ("0800 1111", "0808 157 0111", False),
        ("call us", "call us", False),
    ],
)
def test_numbers_are_the_same_however_they_are_written(
    one: str, other: str, are_same: bool
) -> None:
    assert same(one, other) is are_same


FOUND = [
    # prose, the numbers as they are written in it
    ("Call 01632 960001.", ["01632 960001"]),
    ("Call 01632 960 001, or 07700 900123", ["01632 960 001", "07700 900123"]),
    ("(01632) 960001 is the number", ["(01632) 960001"]),
    ("Tel:020 7946 0123", ["020 7946 0123"]),
    ("01632-960-001 or 01632.960.001", ["01632-960-001", "01632.960.001"]),
    ("020&nbsp;7946&nbsp;0123", ["020&nbsp;7946&nbsp;0123"]),
    ("020\u00a07946\u00a00123", ["020\u00a07946\u00a00123"]),
    ("the line is 01632\n960001 at night", ["01632\n960001"]),
    ("+44 (0)20 7946 0123", ["+44 (0)20 7946 0123"]),
    ("0044 20 7946 0123", ["0044 20 7946 0123"]),
    ("07700 900123/07700 900124", ["07700 900123", "07700 900124"]),
    ("01632 960001-2", ["01632 960001"]),
    ("**0808 157 0123** free", ["0808 157 0123"]),
    ("[01632 960 001](tel:+441632960001)", ["01632 960 001", "+441632960001"]),
    ("| 01632 960001 | 07700 900 123 |", ["01632 960001", "07700 900 123"]),
    ("- 01632 960001\n- 01632 960002\n", ["01632 960001", "01632 960002"]),
    ("01632 960001 9am to 5pm, 2024 to 2025", ["01632 960001"]),
    ("in 2024 01632 960001 2025", ["01632 960001"]),
    ("SW1A 1AA 01632 960001", ["01632 960001"]),
    ("Childline: 0800 1111 24 hours a day", ["0800 1111"]),
    ("Childline 0800 1111, 7 days", ["0800 1111"]),
    ("NHS Direct was 0845 46 47 then", ["0845 46 47"]),
    ("0161 496 0123 9am to 5pm", ["0161 496 0123"]),
    ("see (https://example.org/x),01632 960001", ["01632 960001"]),
    # short codes
    ("Call 999 or go to A&E.", ["999"]),
    ("Dial 999 or 112.", ["999", "112"]),
    ("Call 111, 999", ["111", "999"]),
    ("Call **111** and choose the option", ["111"]),
    ("Call [111](tel:111)", ["111", "111"]),
    ("You can call NHS 111 at any time", ["111"]),
    ("use NHS 111 online", ["111"]),
    ("Ring the police on 101.", ["101"]),
    ("call Samaritans free on 116 123", ["116 123"]),
    ("Samaritans: 116 123", ["116 123"]),
    ("call 116123", ["116123"]),
    ("Text SHOUT to 85258", ["85258"]),
    ("text “YM” to **85258**", ["85258"]),
    ("Shout 85258 is there", ["85258"]),
    ("[text us](sms:85258?body=SHOUT)", ["85258"]),
    ("Text HELP to 60777.", ["60777"]),
    ("call the team on 01632 960001 or text 07700 900123", ["01632 960001", "07700 900123"]),
    ("Phone 111\nif it is urgent", ["111"]),
    ("call 111/999", ["111", "999"]),
    ("write to help@example.org or ring 01632 960001", ["01632 960001"]),
]

NOT_FOUND = [
    "200,524 children in 2021 to 2022",
    "£1,234,567 in 2024/25 and £01632960001",
    "0.12345678901 of them",
    "12.5% of 1,632,960,001",
    "01632960001% more",
    "from 01/04/2020 to 31/03/2021",
    "on 01-04-2020 12 20, or 2020-04-01 10:00",
    "05 06 2021 12 34 56",
    "0 1234 567 890",
    "MK40 1AA and ME7 4EF",
    "ISBN 0-19-852663-6",
    "https://example.org/01632960001?tel=07700900123",
    "www.example.org/116 and 01632960001@example.org",
    "../01632960001.pdf",
    "reference A01632960001 or 01632960001B",
    "company 02345678, charity 1234567",
    "NHS number 943 476 5919",
    "111 children and 999 referrals in 2024",
    "calls rose to 999 in 2020",
    "we call 111 children back",
    "116 123 people",
    "text 65 people by 2024",
    "60777 people",
    "£85258 and 185258 and 85,258",
    "page 101, section 111",
    "999 young people called",
    "+353 20 912 1234",
    "0123 456",
    "01999 960001",
]


@pytest.mark.parametrize(("prose", "written"), FOUND, ids=[row[0] for row in FOUND])
def test_numbers_are_found_in_prose_as_they_are_written(prose: str, written: list[str]) -> None:
    found = list(numbers_in(prose))
    assert [one.as_written for one in found] == written
    assert [prose[one.start : one.end] for one in found] == written


@pytest.mark.parametrize("prose", NOT_FOUND)
def test_other_figures_are_not_taken_for_numbers(prose: str) -> None:
    assert [one.as_written for one in numbers_in(prose)] == []


def test_what_is_found_is_the_number_and_not_only_its_text() -> None:
    (found,) = numbers_in("Ring +44 (0)1632 960001 today")
    assert found.number == read_number("01632 960001")


made_up = st.one_of(
    st.integers(0, 999).map(lambda n: f"01632960{n:03}"),
    st.integers(0, 999).map(lambda n: f"02079460{n:03}"),
    st.integers(0, 999).map(lambda n: f"07700900{n:03}"),
    st.integers(0, 999).map(lambda n: f"08081570{n:03}"),
)


@settings(derandomize=True)
@given(digits=made_up, style=st.integers(0, 4))
def test_every_number_is_found_again_in_every_style(digits: str, style: int) -> None:
    shown = read_number(digits).shown
    area, _, rest = shown.partition(" ")
    written = (
        shown,
        digits,
        f"+44{digits[1:]}",
        f"+44 (0){shown[1:]}",
        f"({area}) {rest}",
    )[style]
    prose = f"In 2021, 200,524 people could ring {written}, 24 hours a day, for £1.50."
    assert [(one.as_written, one.number.digits) for one in numbers_in(prose)] == [(written, digits)]


@settings(derandomize=True)
@given(digits=made_up)
def test_showing_a_number_changes_no_digit(digits: str) -> None:
    number = read_number(digits)
    assert number.shown.replace(" ", "") == digits
    assert read_number(number.shown) == number
    assert read_number(number.international) == number


@settings(derandomize=True)
@given(text=st.text(alphabet="0123456789 +()-.,£/%\nCallTextON", max_size=60))
def test_whatever_is_found_stands_in_the_text_in_order_and_apart(text: str) -> None:
    found = list(numbers_in(text))
    assert all(text[one.start : one.end] == one.as_written for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(same(one.as_written, one.number) for one in found)


@settings(derandomize=True)
@given(figure=st.integers(1_000, 999_999_999))
def test_a_figure_with_its_commas_is_never_a_number(figure: int) -> None:
    assert list(numbers_in(f"Call it {figure:,} in all, or £{figure:,}.")) == []


def test_the_library_still_leaves_out_the_space_that_we_add() -> None:
    """When this fails, the library writes numbers as the NHS does: take `_spaced` away."""
    parsed = phonenumbers.parse("01273800900", "GB")
    national = phonenumbers.PhoneNumberFormat.NATIONAL
    assert phonenumbers.format_number(parsed, national) == "01273 800900"
