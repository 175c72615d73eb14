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

UNKNOWN: Final = "unknown"
"""What an editor writes where a source is silent."""

_MONTHS = calendar.month_name
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


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
            raise ValueError(
                f"“{text}” is not a date. Write a day as 2021-10-31, a month as 2021-10 or a year as 2021"
            )
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        if month is not None and not 1 <= month <= 12:
            raise ValueError(f"“{text}” is not a date that exists: months run from 01 to 12")
        if month is not None and day is not None:
            last = calendar.monthrange(year, month)[1]
            if not 1 <= day <= last:
                raise ValueError(
                    f"“{text}” is not a date that exists: {_MONTHS[month]} {year} has {last} days"
                )
        return cls(year, month, day)

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
        parts = [part for part in re.split(r"\s+to\s+", text.strip()) if part]
        if len(parts) not in (1, 2) or not all(_DATE.fullmatch(part) for part in parts):
            raise ValueError(
                f"“{text}” is not a period. Write one date, such as 2021, two with “to” between them, "
                "such as 2024 to 2025 or 2024-04 to 2025-03, or unknown"
            )
        start, end = PartialDate.parse(parts[0]), PartialDate.parse(parts[-1])
        if end.last_day < start.first_day:
            raise ValueError(f"“{text}” ends before it starts. Write the earlier date first")
        return cls(start, end)

    @property
    def iso(self) -> str:
        """Give it as one ISO date, or as two with a slash between (ISO 8601 intervals)."""
        return self.start.iso if self.start == self.end else f"{self.start.iso}/{self.end.iso}"

    def __str__(self) -> str:
        return str(self.start) if self.start == self.end else f"{self.start} to {self.end}"


def _date(value: object) -> PartialDate:
    return value if isinstance(value, PartialDate) else PartialDate.parse(_text(value))


def _date_or_unknown(value: object) -> PartialDate | None:
    return None if value is None or value == UNKNOWN else _date(value)


def _period_or_unknown(value: object) -> Period | None:
    if value is None or value == UNKNOWN:
        return None
    return value if isinstance(value, Period) else Period.parse(_text(value))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("a date was expected here, not a list or a group of keys")
    return value


Date = Annotated[PartialDate, PlainValidator(_date)]
"""A date that must be known, read from text."""

MaybeDate = Annotated[PartialDate | None, PlainValidator(_date_or_unknown)]
"""A date, or `unknown`, which is None in the model."""

MaybePeriod = Annotated[Period | None, PlainValidator(_period_or_unknown)]
"""A period, or `unknown`, which is None in the model."""
