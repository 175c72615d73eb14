"""Dates keep the precision that is known, and nothing rests on more than that."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from ltp.findings import WrongValueError
from ltp.plans.dates import Date, MaybeDate, MaybePeriod, PartialDate, Period

DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(DAYS)
    known = draw(st.integers(1, 3))
    return PartialDate(*(day.year, day.month, day.day)[:known])


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2021", "2021"),
        ("2021-10", "October 2021"),
        ("2021-10-01", "1 October 2021"),
        ("2024-02-29", "29 February 2024"),
        (" 2021-10 ", "October 2021"),
    ],
)
def test_a_date_keeps_the_precision_that_was_written(written: str, told: str) -> None:
    date = PartialDate.parse(written)

    assert (date.iso, str(date)) == (written.strip(), told)


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("", "“” is not a date"),
        ("21-10-2021", "“21-10-2021” is not a date"),
        ("2021-1", "“2021-1” is not a date"),
        ("2021/10", "“2021/10” is not a date"),
        ("2021-10-01T10:00", "“2021-10-01T10:00” is not a date"),
        ("٢٠٢١", "“٢٠٢١” is not a date"),
        ("2021-00", "“2021-00” is not a date that exists: months run from 01 to 12"),
        ("2021-10-00", "“2021-10-00” is not a date that exists: October 2021 has 31 days"),
        ("2023-02-29", "“2023-02-29” is not a date that exists: February 2023 has 28 days"),
        ("0000", "“0000” has a year that can’t be meant"),
        ("9999-12-31", "“9999-12-31” has a year that can’t be meant"),
    ],
)
def test_what_is_no_date_is_told(written: str, what: str) -> None:
    with pytest.raises(WrongValueError) as caught:
        PartialDate.parse(written)

    assert caught.value.what == what
    assert caught.value.cure.endswith(".")


def test_the_whole_of_an_imprecise_date_counts() -> None:
    assert PartialDate(2021).first_day == datetime.date(2021, 1, 1)
    assert PartialDate(2021).last_day == datetime.date(2021, 12, 31)
    assert PartialDate(2024, 2).last_day == datetime.date(2024, 2, 29)
    assert PartialDate(2021, 10, 5).first_day == PartialDate(2021, 10, 5).last_day


@pytest.mark.parametrize(
    ("first", "second", "is_before"),
    [
        ("2020", "2021", True),
        ("2021", "2021-10", False),
        ("2021-10", "2021", False),
        ("2021-10", "2021-10-31", False),
        ("2021-09", "2021-10-01", True),
        ("2021-10-01", "2021-10-02", True),
        ("2021", "2021", False),
        ("2021", "2022-01-01", True),
    ],
)
def test_one_date_is_before_another_only_when_that_is_known(
    first: str, second: str, is_before: bool
) -> None:
    assert PartialDate.parse(first).is_before(PartialDate.parse(second)) is is_before


def test_a_month_has_passed_on_the_first_day_of_the_next() -> None:
    october = PartialDate(2026, 10)

    assert not october.has_passed(datetime.date(2026, 10, 31))
    assert october.has_passed(datetime.date(2026, 11, 1))


@given(partial_dates())
@settings(derandomize=True)
def test_what_a_date_says_of_itself_reads_as_the_same_date(date: PartialDate) -> None:
    assert PartialDate.parse(date.iso) == date
    assert date.first_day <= date.last_day


@given(partial_dates(), partial_dates())
@settings(derandomize=True)
def test_before_holds_for_every_day_that_each_date_can_be(
    first: PartialDate, second: PartialDate
) -> None:
    every_day_is_before = first.last_day < second.first_day

    assert first.is_before(second) is every_day_is_before
    assert not (first.is_before(second) and second.is_before(first))


@given(DAYS, DAYS)
@settings(derandomize=True)
def test_leaving_out_what_is_known_never_turns_the_order_round(
    first: datetime.date, second: datetime.date
) -> None:
    coarse = PartialDate(first.year, first.month), PartialDate(second.year)

    if coarse[0].is_before(coarse[1]):
        assert first < second
    if coarse[1].is_before(coarse[0]):
        assert second < first


@given(partial_dates(), DAYS)
@settings(derandomize=True)
def test_a_date_has_passed_only_when_none_of_its_days_is_left(
    date: PartialDate, today: datetime.date
) -> None:
    assert date.has_passed(today) is date.is_before(PartialDate(today.year, today.month, today.day))


@pytest.mark.parametrize(
    ("written", "iso", "told"),
    [
        ("2021", "2021", "2021"),
        ("2024 to 2025", "2024/2025", "2024 to 2025"),
        ("2024-04  to  2025-03", "2024-04/2025-03", "April 2024 to March 2025"),
        ("2021 to 2021", "2021", "2021"),
        ("2021-04 to 2021", "2021-04/2021", "April 2021 to 2021"),
    ],
)
def test_a_period_is_one_date_or_two(written: str, iso: str, told: str) -> None:
    period = Period.parse(written)

    assert (period.iso, str(period)) == (iso, told)


@pytest.mark.parametrize(
    ("written", "cure"),
    [
        ("2024-25", "Write 2024 to 2025, or 2024-04 to 2025-03 for a financial year."),
        ("2024/25", "Write 2024 to 2025, or 2024-04 to 2025-03 for a financial year."),
        ("2024–25", "Write 2024 to 2025, or 2024-04 to 2025-03 for a financial year."),
        ("2024-2025", "Write 2024 to 2025, or 2024-04 to 2025-03 for a financial year."),
        ("1999/00", "Write 1999 to 2000, or 1999-04 to 2000-03 for a financial year."),
        ("2025 to 2024", "Write the earlier date first."),
        ("2024 to 2025-02-30", "Check the day."),
    ],
)
def test_what_is_no_period_is_told(written: str, cure: str) -> None:
    with pytest.raises(WrongValueError) as caught:
        Period.parse(written)

    assert caught.value.cure == cure


@pytest.mark.parametrize("written", ["2024 to", "to 2025", "2022 to 2023 to 2024", "2024 - 2026"])
def test_a_period_needs_its_dates(written: str) -> None:
    with pytest.raises(WrongValueError, match="is not a period"):
        Period.parse(written)


def test_a_year_and_a_month_are_a_month_and_not_two_years() -> None:
    assert str(Period.parse("2011-12")) == "December 2011"


def test_a_period_ends_on_the_last_day_of_its_last_date() -> None:
    assert Period.parse("2015 to 2021").end.last_day == datetime.date(2021, 12, 31)


def test_unknown_is_none_and_never_a_date() -> None:
    assert TypeAdapter(MaybeDate).validate_python("unknown") is None
    assert TypeAdapter(MaybePeriod).validate_python("unknown") is None
    with pytest.raises(ValueError, match="is not a date"):
        TypeAdapter(Date).validate_python("unknown")


def test_a_date_that_may_be_unknown_says_so_in_its_cure() -> None:
    with pytest.raises(ValueError, match="or a year as 2021, or unknown"):
        TypeAdapter(MaybeDate).validate_python("autumn")
