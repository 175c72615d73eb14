"""Opening hours: what rules say in words, in minutes and as open or closed."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours

from ltp.directory.hours import Hours, bank_holidays, read_hours
from ltp.findings import WrongValueError

NINE_TO_FIVE = ((540, 1020),)

WORDS = [
    # rules, the phrases
    ("24/7", ["Every day, day and night"]),
    ("Mo-Su 00:00-24:00", ["Every day, day and night"]),
    ('24/7 "by phone"', ["Every day, day and night (by phone)"]),
    ("09:00-17:00", ["Every day: 9am to 5pm"]),
    ("Mo-Fr 00:00-24:00", ["Monday to Friday: day and night"]),
    ("Mo-Fr 09:00-17:00", ["Monday to Friday: 9am to 5pm"]),
    ("Mo-Fr 9:00-17:30", ["Monday to Friday: 9am to 5:30pm"]),
    ("Sa 10:00-12:00", ["Saturday: 10am to midday"]),
    ("Sa,Su 12:00-24:00", ["Saturday and Sunday: midday to midnight"]),
    ("Mo 00:00-00:30", ["Monday: midnight to 12:30am"]),
    ("Mo 12:05-12:45", ["Monday: 12:05pm to 12:45pm"]),
    ("Mo,We,Fr 15:30-18:00", ["Monday, Wednesday and Friday: 3:30pm to 6pm"]),
    ("Mo-We,Fr 15:30-18:00", ["Monday to Wednesday and Friday: 3:30pm to 6pm"]),
    ("Fr-Mo 10:00-11:00", ["Monday and Friday to Sunday: 10am to 11am"]),
    ("Mo-Fr 18:00-02:00", ["Monday to Friday: 6pm to 2am the next day"]),
    ("Mo-Fr 18:00-26:00", ["Monday to Friday: 6pm to 2am the next day"]),
    ("Mo-Su 17:00-09:00", ["Every day: 5pm to 9am the next day"]),
    ("Mo 20:00-36:00", ["Monday: 8pm to midday the next day"]),
    ("Mo 09:00-12:00,13:00-17:00", ["Monday: 9am to midday and 1pm to 5pm"]),
    (
        "Mo 09:00-10:00,11:00-12:00,13:00-14:00",
        ["Monday: 9am to 10am, 11am to midday and 1pm to 2pm"],
    ),
    ("Mo 09:00-12:00,12:00-17:00", ["Monday: 9am to 5pm"]),
    (
        "Mo-Th 09:00-17:00; Fr 09:00-16:00; Sa 10:00-12:00",
        ["Monday to Thursday: 9am to 5pm", "Friday: 9am to 4pm", "Saturday: 10am to midday"],
    ),
    ("Mo-Fr 09:00-17:00, Sa 10:00-12:00", ["Monday to Friday: 9am to 5pm", "Saturday: 10am to midday"]),
    (
        "Mo-Fr 09:00-17:00; We 13:00-19:00",
        ["Monday, Tuesday, Thursday and Friday: 9am to 5pm", "Wednesday: 1pm to 7pm"],
    ),
    (
        "Mo-Fr 09:00-17:00, We 18:00-20:00",
        ["Monday, Tuesday, Thursday and Friday: 9am to 5pm", "Wednesday: 9am to 5pm and 6pm to 8pm"],
    ),
    ("Mo-Fr 09:00-17:00; We off", ["Monday, Tuesday, Thursday and Friday: 9am to 5pm"]),
    ('Mo-Fr 09:00-17:00 "by appointment"', ["Monday to Friday: 9am to 5pm (by appointment)"]),
    (
        'Mo 09:00-12:00 "drop in", Mo 13:00-17:00 "by appointment"',
        ["Monday: 9am to midday (drop in) and 1pm to 5pm (by appointment)"],
    ),
    ('Mo 09:00-12:00 "sunset club; week 2"', ["Monday: 9am to midday (sunset club; week 2)"]),
    # bank holidays
    ("Mo-Fr 09:00-17:00; PH off", ["Monday to Friday: 9am to 5pm", "Closed on bank holidays"]),
    (
        "Mo-Fr 09:00-17:00; PH 10:00-14:00",
        ["Monday to Friday: 9am to 5pm", "Bank holidays: 10am to 2pm"],
    ),
    ("Mo-Su,PH 09:00-17:00", ["Every day: 9am to 5pm", "Bank holidays: 9am to 5pm"]),
    ("PH 10:00-14:00", ["Bank holidays: 10am to 2pm"]),
    # school holidays
    ("Mo-Fr 09:00-17:00; SH off", ["Monday to Friday: 9am to 5pm", "Term time only"]),
    (
        "Mo-Fr 09:00-17:00; SH,PH off",
        ["Monday to Friday: 9am to 5pm", "Term time only", "Closed on bank holidays"],
    ),
    (
        "Mo-Fr 15:00-17:00; SH Mo-Fr 10:00-14:00",
        ["Monday to Friday: 3pm to 5pm", "School holidays, Monday to Friday: 10am to 2pm"],
    ),
    (
        "Mo-Su 15:00-17:00; SH 10:00-14:00",
        ["Every day: 3pm to 5pm", "School holidays, every day: 10am to 2pm"],
    ),
    (
        "Mo-Sa 15:00-17:00; SH Sa off",
        ["Monday to Saturday: 3pm to 5pm", "School holidays, Saturday: closed"],
    ),
    # dates
    ("Mo 09:00-17:00; Dec 25 off", ["Monday: 9am to 5pm", "Closed on 25 December"]),
    (
        'Mo 09:00-17:00; Dec 25 off "Christmas Day"',
        ["Monday: 9am to 5pm", "Closed on 25 December (Christmas Day)"],
    ),
    (
        "Mo 09:00-17:00; Dec 25,Dec 31 off",
        ["Monday: 9am to 5pm", "Closed on 25 December", "Closed on 31 December"],
    ),
    (
        "Mo 09:00-17:00; 2026 Dec 24-26 off",
        ["Monday: 9am to 5pm", "Closed from 24 to 26 December 2026"],
    ),
    (
        "Mo 09:00-17:00; Dec 24-Jan 02 off",
        ["Monday: 9am to 5pm", "Closed from 24 December to 2 January"],
    ),
    (
        "Mo 09:00-17:00; 2026 Dec 24-2027 Jan 02 off",
        ["Monday: 9am to 5pm", "Closed from 24 December 2026 to 2 January 2027"],
    ),
    (
        "Mo 09:00-17:00; 2026 Dec 24 09:00-12:00",
        ["Monday: 9am to 5pm", "24 December 2026: 9am to midday"],
    ),
    (
        "Mo-Fr 15:00-17:00; 2026 Jul 27-2026 Aug 31 Mo-Fr 10:00-14:00",
        ["Monday to Friday: 3pm to 5pm", "27 July to 31 August 2026, Monday to Friday: 10am to 2pm"],
    ),
    (
        "Mo-Fr 15:00-17:00; 2026 Jul 27-2026 Aug 31 Mo off",
        ["Monday to Friday: 3pm to 5pm", "27 July to 31 August 2026, Monday: closed"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "phrases"), WORDS, ids=[row[0] for row in WORDS])
def test_hours_are_told_in_whole_plain_phrases(rules: str, phrases: list[str]) -> None:
    assert list(read_hours(rules).in_words()) == phrases


def test_dates_that_are_over_are_left_out_of_the_words() -> None:
    hours = read_hours("Mo 09:00-17:00; 2025 Dec 24-26 off; 2026 Dec 24 off; Dec 31 off")
    assert hours.in_words(since=date(2025, 12, 26))[1] == "Closed from 24 to 26 December 2025"
    assert hours.in_words(since=date(2025, 12, 27)) == (
        "Monday: 9am to 5pm",
        "Closed on 24 December 2026",
        "Closed on 31 December",
    )


REFUSED = [
    # what was written, what is wrong, what would be right
    ("9-5", "not a rule of opening hours", "Write days and times such as Mo-Fr 09:00-17:00"),
    ("", "there are no opening hours", "Mo-Fr 09:00-17:00"),
    ("Mo-Fr 9-17", "not a rule of opening hours", "Mo-Fr 09:00-17:00"),
    ("ask us", "not a rule of opening hours", "Mo-Fr 09:00-17:00"),
    ("Mo-Fr 09:00-17:60", "not a rule of opening hours", "Mo-Fr 09:00-17:00"),
    ("Mo 09:00-17:00; Dec 24,26 off", "not a rule", "Dec 24,Dec 31 off"),
    (None, "opening hours were expected", "24/7"),
    (9, "opening hours were expected", "24/7"),
    (["Mo-Fr 09:00-17:00"], "opening hours were expected", "on one line"),
    ("Mo–Fr 09:00–17:00", "not a rule", "Did you mean “Mo-Fr 09:00-17:00”?"),
    ("mo-fr 09:00-17:00", "not a rule", "Did you mean “Mo-Fr 09:00-17:00”?"),
    ("Mo-Fr 09.00-17.30", "not a rule", "Did you mean “Mo-Fr 09:00-17:30”?"),
    ("Monday to Friday: 9am to 5.30pm", "not a rule", "Did you mean “Mo-Fr 09:00-17:30”?"),
    ("Mon – Thurs 9am–12pm and 1pm–5pm", "not a rule", "“Mo-Th 09:00-12:00,13:00-17:00”?"),
    ("Tues 12am-1am; bank holidays closed", "not a rule", "“Tu 00:00-01:00; PH closed”?"),
    ("every day 9am to midday", "not a rule", "Did you mean “Mo-Su 09:00-12:00”?"),
    ("Mo 09:00-17:00; December 25 off", "not a rule", "“Mo 09:00-17:00; Dec 25 off”?"),
    ("Mo-Fr 09:00-17:00;", "not a rule", "Did you mean “Mo-Fr 09:00-17:00”?"),
    ("sunrise-sunset", "follow the sun", "Mo-Fr 09:00-17:00"),
    ("Mo-Fr 09:00-sunset", "follow the sun", "Mo-Fr 09:00-17:00"),
    ("week 1-10 Mo 09:00-17:00", "weeks of the year", "Write dates"),
    ("Mo 09:00-17:00; easter off", "count from Easter", "PH off"),
    ("Mo[1] 10:00-12:00", "some weeks of a month", "Write it in hours_note"),
    ("Mo 09:00+", "have no end", "Write when it closes"),
    ("10:00-16:00/02:00", "every so many minutes", "Write it in hours_note"),
    ("Mo 09:00-17:00 unknown", "not known for sure", "Write it in hours_note"),
    ('Mo 09:00-17:00 || "by phone"', "not known for sure", "Write it in hours_note"),
    ("PH Mo 09:00-17:00", "some bank holidays only", "PH 10:00-14:00"),
    ("Mo 09:00-17:00; Aug off", "a whole month", "Aug 01-31 off"),
    ("Jan-Mar Mo 09:00-17:00", "a whole month", "Aug 01-31 off"),
    ("Mo-Fr", "has no times", "Mo-Fr 00:00-24:00"),
    ('Mo-Fr "by appointment"', "has no times", "Write it in hours_note"),
    ('"by appointment"', "has no times", "Write it in hours_note"),
    ("Mo 09:00-09:00", "no length of time", "00:00-24:00"),
    ("Mo 00:00-26:00", "no length of time", "00:00-24:00"),
    ("Mo-Fr 09:00-05:00", "until 5am the next day, 20 hours later", "17:00 is 5pm"),
    ("Mo 09:00-17:00; Mo 12:00-13:00 off", "when it is closed in a day", "when it is open"),
    ("off", "never open", "status: paused or ended"),
    ("Mo off", "never open", "status: paused or ended"),
    ("PH off; Mo-Fr 09:00-17:00", "undoes an earlier one", "Write the week first"),
    ("Dec 25 off; Mo-Fr 09:00-17:00", "undoes an earlier one", "Write the week first"),
    ("Mo 09:00-17:00; PH off; SH off", "undoes an earlier one", "then bank holidays"),
    ("Mo 09:00-17:00; PH off; PH 10:00-11:00", "PH stands twice", "Write one rule"),
    ("Mo 09:00-17:00, PH 10:00-12:00", "a comma stands before", "Write ;"),
    ("Mo,SH 09:00-17:00", "a week and school holidays at once", "SH Mo-Fr 10:00-14:00"),
    ("Mo 09:00-17:00; Dec 25 PH off", "holidays and dates at once", "Write two rules"),
    ("Mo 09:00-17:00; Feb 30 off", "a date that does not exist", "Check the days"),
    ("Mo 09:00-17:00; 2027 Feb 29 off", "a date that does not exist", "Check the days"),
    ("Mo 09:00-17:00; 2026 Dec 24-Jan 02 off", "dates with a year and dates without", "2027 Jan 02"),
    ("Mo 09:00-17:00; 2026 Dec 24,Dec 26 off", "dates with a year and dates without", "the year of each"),
    ("Mo 09:00-17:00; 2026 Dec 26-24 off", "end before they start", "the earlier date first"),
    ("Mo 09:00-17:00; 2026 Dec 26-2026 Jan 02 off", "end before they start", "the earlier date first"),
    ('Mo-Fr 09:00-17:00; We off "market day"', "stand with closed days", "Write it in hours_note"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "what", "cure"), REFUSED, ids=[str(row[0]) for row in REFUSED])
def test_what_cannot_be_told_is_refused_with_a_cure(written: object, what: str, cure: str) -> None:
    with pytest.raises(WrongValueError) as refused:
        read_hours(written)
    assert what in refused.value.what
    assert cure in f"{refused.value.what}. {refused.value.cure}"


def test_hours_keep_their_rules_as_written_and_can_be_sent_to_another_process() -> None:
    hours = read_hours("Mo-Fr 9:00-17:00;PH off")
    assert hours.rules == "Mo-Fr 9:00-17:00;PH off"
    assert pickle.loads(pickle.dumps(hours)) in {Hours("Mo-Fr 9:00-17:00;PH off")}
    assert read_hours(hours) is hours


def test_hours_cannot_be_made_of_rules_that_cannot_be_told() -> None:
    with pytest.raises(WrongValueError):
        Hours("sunrise-sunset")


@pytest.mark.parametrize(
    ("rules", "is_always_open"),
    [
        ("24/7", True),
        ("24/7; PH 00:00-24:00", True),
        ("24/7; PH off", False),
        ("24/7; Dec 25 off", False),
        ("24/7; SH off", False),
        ("Mo-Fr 00:00-24:00", False),
    ],
)
def test_only_what_never_closes_is_always_open(rules: str, is_always_open: bool) -> None:
    assert read_hours(rules).is_always_open is is_always_open


# -- for the script


@pytest.mark.parametrize(
    ("rules", "week"),
    [
        ("24/7", (((0, 1440),),) * 7),
        ("Mo-Fr 09:00-17:00; PH off", (NINE_TO_FIVE,) * 5 + ((), ())),
        ("Su 22:00-02:00", ((),) * 6 + (((1320, 1560),),)),
        ("Mo 09:00-12:00,13:00-17:00", (((540, 720), (780, 1020)),) + ((),) * 6),
        ('Mo 09:00-12:00 "a", Mo 11:00-17:00 "b"', (NINE_TO_FIVE,) + ((),) * 6),
    ],
)
def test_the_week_is_given_in_minutes(
    rules: str, week: tuple[tuple[tuple[int, int], ...], ...]
) -> None:
    assert read_hours(rules).week() == week


@pytest.mark.parametrize(
    ("rules", "spans"),
    [
        ("Mo-Fr 09:00-17:00", None),
        ("24/7", None),
        ("Mo-Fr 09:00-17:00; PH off", ()),
        ("Mo-Fr 09:00-17:00; PH 10:00-14:00", ((600, 840),)),
        ("Mo-Fr,PH 09:00-17:00", NINE_TO_FIVE),
    ],
)
def test_bank_holidays_have_spans_where_the_rules_tell_them(
    rules: str, spans: tuple[tuple[int, int], ...] | None
) -> None:
    assert read_hours(rules).on_bank_holidays() == spans


def test_school_holidays_have_a_week_where_the_rules_tell_it() -> None:
    assert read_hours("Mo-Fr 09:00-17:00").in_school_holidays() is None
    assert read_hours("Mo-Fr 09:00-17:00; SH off").in_school_holidays() == ((),) * 7
    other = read_hours("Mo-Sa 15:00-17:00; SH Mo-Fr 09:00-17:00")
    assert other.in_school_holidays() == (*((NINE_TO_FIVE,) * 5), ((900, 1020),), ())


def test_dates_are_exceptions_from_the_first_day_asked_for_to_the_last() -> None:
    hours = read_hours("Mo-Fr 09:00-17:00; PH off; 2026 Dec 24-26 off; Dec 31 09:00-12:00")
    assert hours.exceptions(date(2026, 12, 25), date(2026, 12, 31)) == (
        (date(2026, 12, 25), ()),
        (date(2026, 12, 26), ()),
        (date(2026, 12, 31), ((540, 720),)),
    )
    assert hours.exceptions(date(2027, 12, 31), date(2027, 12, 31)) == (
        (date(2027, 12, 31), ((540, 720),)),
    )


def test_a_date_on_other_weekdays_is_no_exception() -> None:
    hours = read_hours("Mo-Fr 15:00-17:00; 2026 Jul 27-2026 Aug 02 Mo,Tu 10:00-14:00")
    days = [day for day, _ in hours.exceptions(date(2026, 7, 1), date(2026, 8, 31))]
    assert days == [date(2026, 7, 27), date(2026, 7, 28)]


def test_the_later_of_bank_holidays_and_dates_decides() -> None:
    summer, bank_holiday = "2026 Aug 01-31 Mo-Fr 10:00-14:00", date(2026, 8, 31)
    dates_last = read_hours(f"Mo-Fr 09:00-17:00; PH off; {summer}")
    holidays_last = read_hours(f"Mo-Fr 09:00-17:00; {summer}; PH off")
    assert dates_last.exceptions(bank_holiday, bank_holiday) == ((bank_holiday, ((600, 840),)),)
    assert holidays_last.exceptions(bank_holiday, bank_holiday) == ()
    assert dates_last.is_open(datetime.combine(bank_holiday, time(11))) is True
    assert holidays_last.is_open(datetime.combine(bank_holiday, time(11))) is False


def test_christmas_day_at_a_weekend_is_left_open_where_bank_holidays_differ() -> None:
    """In 2027 it is a Saturday, and the bank holiday is Monday 27 December."""
    days = date(2027, 12, 20), date(2028, 1, 5)
    assert read_hours("Mo-Su 09:00-17:00; PH off").exceptions(*days) == (
        (date(2027, 12, 25), None),
        (date(2027, 12, 26), None),
        (date(2028, 1, 1), None),
    )
    assert read_hours("Mo-Fr 09:00-17:00; PH off").exceptions(*days) == ()
    assert read_hours("Mo-Su 09:00-17:00").exceptions(*days) == ()
    told = read_hours("Mo-Su 09:00-17:00; PH off; Dec 25-26 off; Jan 01 10:00-11:00")
    assert [spans for _, spans in told.exceptions(*days)] == [(), (), ((600, 660),)]


# -- open or closed


@pytest.mark.parametrize(
    ("rules", "moment", "is_open"),
    [
        ("24/7", "2026-12-25 03:00", True),
        ("Mo-Fr 09:00-17:00", "2026-06-10 08:59", False),
        ("Mo-Fr 09:00-17:00", "2026-06-10 09:00", True),
        ("Mo-Fr 09:00-17:00", "2026-06-10 16:59", True),
        ("Mo-Fr 09:00-17:00", "2026-06-10 17:00", False),
        ("Mo-Fr 09:00-17:00", "2026-06-13 10:00", False),
        ("Fr 22:00-02:00", "2026-06-13 01:59", True),
        ("Fr 22:00-02:00", "2026-06-13 02:00", False),
        ("Fr 22:00-02:00", "2026-06-12 01:00", False),
        # a night ends when the words say it ends, though the next day is closed
        ("Mo-Su 18:00-02:00; PH off", "2026-08-31 01:00", True),
        ("Mo-Su 18:00-02:00; PH off", "2026-08-31 19:00", False),
        ("Mo-Su 18:00-02:00; PH off", "2026-09-01 01:00", False),
        # bank holidays of England: not in the library's calendar
        ("Mo-Su 09:00-17:00; PH off", "2027-01-01 10:00", False),
        ("Mo-Su 09:00-17:00; PH off", "2026-04-06 10:00", False),
        ("Mo-Su 09:00-17:00; PH off", "2026-08-31 10:00", False),
        # and those of Scotland and Northern Ireland
        ("Mo-Su 09:00-17:00; PH off", "2026-01-02 10:00", True),
        ("Mo-Su 09:00-17:00; PH off", "2026-03-17 10:00", True),
        ("Mo-Su 09:00-17:00; PH off", "2026-07-13 10:00", True),
        ("Mo-Su 09:00-17:00; PH off", "2026-08-03 10:00", True),
        ("Mo-Su 09:00-17:00; PH off", "2026-11-30 10:00", True),
        ("Mo-Fr 09:00-17:00; PH 10:00-14:00", "2026-08-31 09:30", False),
        ("Mo-Fr 09:00-17:00; PH 10:00-14:00", "2026-08-31 10:30", True),
        ("Mo-Fr 09:00-17:00", "2026-08-31 09:30", True),
        # Christmas Day on a Saturday
        ("Mo-Su 09:00-17:00; PH off", "2027-12-25 10:00", None),
        ("Mo-Su 09:00-17:00; PH off", "2027-12-25 20:00", False),
        ("Mo-Su 09:00-17:00; PH off; Dec 25 off", "2027-12-25 10:00", False),
        ("24/7; PH 00:00-24:00", "2027-12-25 10:00", True),
        # school holidays
        ("Mo-Fr 09:00-17:00; SH off", "2026-06-10 10:00", None),
        ("Mo-Fr 09:00-17:00; SH off", "2026-06-10 20:00", False),
        ("Mo-Fr 09:00-17:00; SH off", "2026-06-13 10:00", False),
        ("Mo-Fr 09:00-17:00; SH Mo-Fr 10:00-14:00", "2026-06-10 11:00", True),
        ("Mo-Fr 09:00-17:00; SH Mo-Fr 10:00-14:00", "2026-06-10 15:00", None),
        ("Mo-Fr 09:00-17:00; SH,PH off", "2026-08-31 10:00", False),
        ("Mo-Fr 09:00-17:00; SH off; 2026 Jun 10 11:00-12:00", "2026-06-10 11:30", True),
        # dates
        ("Mo-Fr 09:00-17:00; 2026 Jun 10 off", "2026-06-10 10:00", False),
        ("Mo-Fr 09:00-17:00; 2026 Jun 10 off", "2027-06-10 10:00", True),
        ("Mo-Su 09:00-17:00; Dec 24-Jan 02 off", "2027-01-02 10:00", False),
        ("Mo-Su 09:00-17:00; Dec 24-Jan 02 off", "2027-01-03 10:00", True),
        # what England's clocks show, in summer and in winter
        ("Mo-Fr 09:00-17:00", "2026-06-10 08:30+00:00", True),
        ("Mo-Fr 09:00-17:00", "2026-12-09 08:30+00:00", False),
        ("Mo-Fr 09:00-17:00", "2026-06-10 16:30+00:00", False),
    ],
)
def test_open_is_told_only_where_it_is_known(rules: str, moment: str, is_open: bool | None) -> None:
    assert read_hours(rules).is_open(datetime.fromisoformat(moment)) is is_open


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2011, "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27"),
        (2012, "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26"),
        (2015, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
        (2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),
        (2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
        (2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),
        (2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"),
        (2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"),
        (2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"),
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
        (2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
        (2028, "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26"),
    ],
)
def test_bank_holidays_are_those_of_england(year: int, days: str) -> None:
    assert [f"{day:%m-%d}" for day in bank_holidays(year, year)] == days.split()


def test_bank_holidays_are_given_for_every_year_asked_for() -> None:
    assert bank_holidays(2026, 2027) == (*bank_holidays(2026, 2026), *bank_holidays(2027, 2027))
    assert bank_holidays(2027, 2026) == ()


def test_the_library_still_knows_only_the_holidays_that_all_nations_share() -> None:
    """When this fails, look at what it learned: a day proclaimed once has to be added to ours."""
    library = OpeningHours("PH", country="GB")
    for year in range(2020, 2040):
        days = (date(year, 1, 1) + timedelta(days=number) for number in range(365))
        shared = {day for day in days if library.is_open(datetime.combine(day, time(12)))}
        ours = set(bank_holidays(year, year))
        assert shared < ours
        assert len(ours - shared) == 3  # New Year's Day, Easter Monday, August's bank holiday


# -- the standard


def test_schedules_hold_the_days_that_share_a_time() -> None:
    assert read_hours("Mo-Th 09:00-17:00; Fr 09:00-12:00,13:00-16:00").schedules() == [
        {"freq": "WEEKLY", "byday": "MO,TU,WE,TH", "opens_at": "09:00", "closes_at": "17:00"},
        {"freq": "WEEKLY", "byday": "FR", "opens_at": "09:00", "closes_at": "12:00"},
        {"freq": "WEEKLY", "byday": "FR", "opens_at": "13:00", "closes_at": "16:00"},
    ]


def test_a_schedule_describes_what_the_standard_cannot_hold() -> None:
    rules = 'Mo 18:00-02:00 "by phone"; SH off; PH 10:00-14:00; 2025 Dec 24 off; 2026 Dec 24 off'
    (schedule,) = read_hours(rules).schedules(since=date(2026, 1, 1))
    assert schedule == {
        "freq": "WEEKLY",
        "byday": "MO",
        "opens_at": "18:00",
        "closes_at": "02:00",
        "description": "6pm to 2am the next day (by phone). Term time only. "
        "Bank holidays: 10am to 2pm. Closed on 24 December 2026.",
    }


def test_day_and_night_ends_a_minute_before_midnight_in_a_schedule() -> None:
    (schedule,) = read_hours("24/7").schedules()
    assert (schedule["opens_at"], schedule["closes_at"]) == ("00:00", "23:59")
    assert schedule["byday"] == "MO,TU,WE,TH,FR,SA,SU"
    assert schedule["description"] == "Day and night."


# -- for all rules

clock = st.integers(0, 24 * 4 - 1).map(lambda quarter: quarter * 15)
span = st.tuples(clock, st.integers(1, 16 * 4).map(lambda quarter: quarter * 15)).map(
    lambda start_and_length: _written(*start_and_length)
)
day_codes = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
days = st.lists(st.sampled_from(day_codes), min_size=1, max_size=7, unique=True).map(",".join)
times = st.lists(span, min_size=1, max_size=3).map(",".join)
rule = st.tuples(days, times).map(" ".join)
week_rules = st.lists(rule, min_size=1, max_size=4).flatmap(
    lambda rules: st.lists(
        st.sampled_from(["; ", ", "]), min_size=len(rules) - 1, max_size=len(rules) - 1
    ).map(lambda joins: rules[0] + "".join(a + b for a, b in zip(joins, rules[1:], strict=True)))
)
day_rules = st.lists(
    st.tuples(
        days,
        st.integers(0, 11).flatmap(
            lambda quarter: st.integers(1, 40).map(lambda n: _written(quarter * 15, n * 15))
        ),
    ).map(" ".join),
    min_size=1,
    max_size=4,
).map("; ".join)


def _written(start: int, length: int) -> str:
    end = start + length
    return "{:02}:{:02}-{:02}:{:02}".format(*divmod(start, 60), *divmod(end, 60))


ORDINARY_MONDAY = date(2026, 6, 8)
"""A week of term time without a bank holiday in it, on the day before, or the day after."""


@settings(derandomize=True, deadline=None)
@given(rules=week_rules, minute=st.integers(0, 7 * 1440 - 1))
def test_the_week_in_minutes_agrees_with_open_or_closed(rules: str, minute: int) -> None:
    hours = read_hours(rules)
    week = hours.week()
    day, clock_minute = divmod(minute, 1440)
    by_week = any(start <= clock_minute < end for start, end in week[day]) or any(
        start <= clock_minute + 1440 < end for start, end in week[day - 1]
    )
    moment = datetime.combine(ORDINARY_MONDAY, time()) + timedelta(minutes=minute)
    assert hours.is_open(moment) is by_week


@settings(derandomize=True, deadline=None, max_examples=200)
@given(rules=day_rules, minute=st.integers(0, 7 * 1440 - 1))
def test_open_or_closed_agrees_with_the_library_within_the_day(rules: str, minute: int) -> None:
    moment = datetime.combine(ORDINARY_MONDAY, time()) + timedelta(minutes=minute)
    assert read_hours(rules).is_open(moment) is OpeningHours(rules).is_open(moment)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(days=days, span=span, minute=st.integers(0, 7 * 1440 - 1))
def test_open_or_closed_agrees_with_the_library_through_the_night(
    days: str, span: str, minute: int
) -> None:
    moment = datetime.combine(ORDINARY_MONDAY, time()) + timedelta(minutes=minute)
    rules = f"{days} {span}"
    assert read_hours(rules).is_open(moment) is OpeningHours(rules).is_open(moment)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(
    rules=day_rules,
    holiday=st.sampled_from(["off", "00:00-09:00", "10:00-14:00,15:00-16:00"]),
    hour=st.integers(0, 365 * 24 - 1),
)
def test_bank_holidays_agree_with_the_library_given_their_dates(
    rules: str, holiday: str, hour: int
) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None) + timedelta(hours=hour)
    dates = ",".join(f"{day:%Y %b %d}" for day in bank_holidays(2026, 2026))
    told = read_hours(f"{rules}; PH {holiday}").is_open(moment)
    assert told in (OpeningHours(f"{rules}; {dates} {holiday}").is_open(moment), None)
    assert told is not None or (moment.month, moment.day) == (12, 26)


@settings(derandomize=True, deadline=None)
@given(
    rules=week_rules,
    special=st.sampled_from(
        ["PH off", "PH 10:00-12:00", "Dec 25-26 off", "2027 Dec 20-31 Mo,Sa 18:00-30:00"]
    ),
    minute=st.integers(0, 20 * 1440 - 1),
)
def test_a_script_that_has_the_spans_answers_as_we_do(
    rules: str, special: str, minute: int
) -> None:
    """The script looks for a day among the exceptions, then the bank holidays, then the week."""
    hours = read_hours(f"{rules}; {special}")
    first = date(2027, 12, 18)
    exceptions = dict(hours.exceptions(first, first + timedelta(days=21)))
    holidays = bank_holidays(2027, 2028)

    def spans_on(day: date) -> tuple[tuple[int, int], ...] | None:
        if day in exceptions:
            return exceptions[day]
        told = hours.on_bank_holidays()
        return told if told is not None and day in holidays else hours.week()[day.weekday()]

    moment = datetime.combine(first + timedelta(days=1), time()) + timedelta(minutes=minute)
    today, night = spans_on(moment.date()), spans_on(moment.date() - timedelta(days=1))
    clock_minute = moment.hour * 60 + moment.minute
    if today is not None and night is not None:
        by_script = any(start <= clock_minute < end for start, end in today) or any(
            start <= clock_minute + 1440 < end for start, end in night
        )
        assert hours.is_open(moment) is by_script


@settings(derandomize=True, deadline=None)
@given(rules=week_rules)
def test_every_span_of_the_week_is_in_order_apart_and_shorter_than_two_days(rules: str) -> None:
    for spans in read_hours(rules).week():
        flat = [minute for one in spans for minute in one]
        assert flat == sorted(set(flat))
        assert all(0 <= minute <= 2880 for minute in flat)


@settings(derandomize=True, deadline=None)
@given(rules=week_rules)
def test_schedules_hold_every_day_that_the_week_is_open(rules: str) -> None:
    hours = read_hours(rules)
    named = {code for one in hours.schedules() for code in one["byday"].split(",")}
    assert named == {
        code.upper() for code, spans in zip(day_codes, hours.week(), strict=True) if spans
    }


@settings(derandomize=True, deadline=None)
@given(text=st.text(alphabet='MoFrPHSH 0123456789:-,;"+/[]offDec', max_size=40))
def test_whatever_is_written_is_read_or_refused_with_a_sentence(text: str) -> None:
    said: tuple[str, ...]
    try:
        said = read_hours(text).in_words()
    except WrongValueError as refused:
        said = (refused.what, refused.cure)
    assert said
    assert all(said)
