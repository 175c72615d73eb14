"""Dates kept at the precision that is known, and the periods that plans cover.

A day, a month, a year or "unknown" are all fair answers. A date is an interval of days: a year is
its first to its last day. One date is known to be before another only when its interval ends before
the other begins, so no rule ever rests on a precision that the source did not give.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Annotated, Final, Self

from pydantic import PlainValidator

from ltp.findings import WrongValueError

UNKNOWN: Final = "unknown"
"""What an editor writes where a source is silent."""

_MONTHS = calendar.month_name
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_YEARS_LIKE_2021_22 = re.compile(r"([0-9]{2})([0-9]{2}) ?[-/–—] ?(?:[0-9]{2})?([0-9]{2})")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_HOW_TO_WRITE = "Write a day as 2021-10-31, a month as 2021-10 or a year as 2021."


def is_summer_time(day: datetime.date) -> bool:
    """Tell whether clocks in England are an hour ahead at noon: from March to October, by its last Sundays."""
    return _last_sunday(day.year, 3) <= day < _last_sunday(day.year, 10)


def _last_sunday(year: int, month: int) -> datetime.date:
    last = datetime.date(year, month, 31)
    return last - datetime.timedelta(days=last.isoweekday() % 7)


@dataclass(frozen=True)
class PartialDate:
    """A day, a month or a year, as far as it is known."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.

        Raises ValueError with a sentence for editors when the text is no date or the day doesn't exist.
        """
        match = _DATE.fullmatch(text.strip())
        if not match:
            raise WrongValueError(f"“{text}” is not a date", _HOW_TO_WRITE)
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            raise WrongValueError(
                f"“{text}” has a year that can’t be meant",
                f"Write a year from {_FIRST_YEAR} to {_LAST_YEAR}.",
            )
        if month is not None and not 1 <= month <= 12:
            raise WrongValueError(
                f"“{text}” is not a date that exists: months run from 01 to 12",
                f"Check the month. {_HOW_TO_WRITE}",
            )
        if month is not None and day is not None:
            last = calendar.monthrange(year, month)[1]
            if not 1 <= day <= last:
                raise WrongValueError(
                    f"“{text}” is not a date that exists: {_MONTHS[month]} {year} has {last} days",
                    "Check the day.",
                )
        return cls(year, month, day)

    @classmethod
    def of(cls, day: datetime.date) -> Self:
        """Give a day of the calendar as the model has dates."""
        return cls(day.year, day.month, day.day)

    @property
    def first_day(self) -> datetime.date:
        """The earliest day that it can be."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> datetime.date:
        """The latest day that it can be."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def is_before(self, other: PartialDate) -> bool:
        """Tell whether it is known to be before the other, whatever day each of them is."""
        return self.last_day < other.first_day

    def has_passed(self, today: datetime.date) -> bool:
        """Tell whether the whole of it lies before today."""
        return self.last_day < today

    @property
    def iso(self) -> str:
        """Give it as YYYY, YYYY-MM or YYYY-MM-DD."""
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def __str__(self) -> str:
        """Give it as the NHS writes dates: 31 October 2021, October 2021 or 2021."""
        words = [str(self.day)] if self.day else []
        words += [_MONTHS[self.month]] if self.month else []
        return " ".join([*words, str(self.year)])


@dataclass(frozen=True)
class Period:
    """The time that a plan is for: from the first day of one date to the last day of another."""

    start: PartialDate
    end: PartialDate

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one date (`2021`) or two (`2024 to 2025`, `2024-04 to 2025-03`).

        Raises ValueError with a sentence for editors when it is neither, or ends before it starts.
        """
        parts = re.split(r"\s+to\s+", text.strip())
        years = _two_years(text.strip())
        if years:
            raise WrongValueError(
                f"“{text}” is not a period that can be read",
                f"Write {years[0]} to {years[1]}, or {years[0]}-04 to {years[1]}-03 for a financial year.",
            )
        if len(parts) > 2 or not all(_DATE.fullmatch(part) for part in parts):
            raise WrongValueError(
                f"“{text}” is not a period",
                "Write one date, such as 2021, or two with “to” between them, "
                "such as 2024 to 2025 or 2024-04 to 2025-03, or unknown.",
            )
        start, end = PartialDate.parse(parts[0]), PartialDate.parse(parts[-1])
        if end.last_day < start.first_day:
            raise WrongValueError(
                f"“{text}” ends before it starts", "Write the earlier date first."
            )
        return cls(start, end)

    @property
    def iso(self) -> str:
        """Give it as one ISO date, or as two with a slash between (ISO 8601 intervals)."""
        return self.start.iso if self.start == self.end else f"{self.start.iso}/{self.end.iso}"

    def __str__(self) -> str:
        return str(self.start) if self.start == self.end else f"{self.start} to {self.end}"


def _two_years(text: str) -> tuple[int, int] | None:
    """Read `2024-25` and `2024/25` as two years that follow each other; not `2021-10`, a month."""
    match = _YEARS_LIKE_2021_22.fullmatch(text)
    if not match or ("-" in text and len(text) == 7 and int(match[3]) <= 12):
        return None
    first = int(match[1] + match[2])
    return (first, first + 1) if (first + 1) % 100 == int(match[3]) else None


def _date(value: object) -> PartialDate:
    return value if isinstance(value, PartialDate) else PartialDate.parse(_text(value))


def _date_or_unknown(value: object) -> PartialDate | None:
    if value is None or value == UNKNOWN:
        return None
    try:
        return _date(value)
    except WrongValueError as wrong:
        if "Write" in wrong.cure:
            cure = f"{wrong.cure.removesuffix('.')}, or unknown."
            raise WrongValueError(wrong.what, cure) from None
        raise


def _period_or_unknown(value: object) -> Period | None:
    if value is None or value == UNKNOWN:
        return None
    return value if isinstance(value, Period) else Period.parse(_text(value))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise WrongValueError(
            "a date was expected here, not a list or a group of keys", "Write it on the same line."
        )
    if not value.strip():
        raise WrongValueError("there is nothing after the colon", "Write a date after it.")
    return value


Date = Annotated[PartialDate, PlainValidator(_date)]
"""A date that must be known, read from text."""

MaybeDate = Annotated[PartialDate | None, PlainValidator(_date_or_unknown)]
"""A date, or `unknown`, which is None in the model."""

MaybePeriod = Annotated[Period | None, PlainValidator(_period_or_unknown)]
"""A period, or `unknown`, which is None in the model."""
