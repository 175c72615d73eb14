"""The day of a build, which notes when what was asked of it would next be answered otherwise.

What a site says depends on the day, and mostly says the same tomorrow. A `Day` is a date that can be
compared as any other. It remembers of each comparison on which later day it would come out
differently; the earliest is `changes`. Until then, the same sources make the same site. Whatever else
is asked of it, such as its day of the month, may be different tomorrow, and counts so.
"""

from __future__ import annotations

import datetime
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

_A_DAY: Final = datetime.timedelta(days=1)


def day_in_england() -> datetime.date:
    """Give today's date in England. Commands ask once; nothing else reads the clock."""
    return datetime.datetime.now(tz=ZoneInfo("Europe/London")).date()


class Day(datetime.date):
    """A date that notes on which later day something would be different."""

    changes: datetime.date
    """The first day on which an answer that was given changes; the last that there is, where none does."""

    @classmethod
    def of(cls, day: datetime.date) -> Self:
        """Give a day that has not been asked anything yet."""
        plain = datetime.date.fromordinal(datetime.date.toordinal(day))
        made = cls.fromordinal(plain.toordinal())
        object.__setattr__(made, "changes", datetime.date.max)
        object.__setattr__(made, "_plain", plain)
        return made

    _plain: datetime.date

    def _note(self, day: datetime.date) -> None:
        if self._plain < day < self.changes:
            self.changes = day

    def _tomorrow(self) -> None:
        self._note(self._plain + _A_DAY if self._plain < datetime.date.max else datetime.date.max)

    def _is_before(self, other: datetime.date) -> bool:
        """Tell whether the other day is still to come, and note that it will be here one day."""
        self._note(other)
        return self._plain < other

    def _is_not_after(self, other: datetime.date) -> bool:
        if other < datetime.date.max:
            self._note(other + _A_DAY)
        return self._plain <= other

    def __lt__(self, other: Any) -> bool:
        return self._is_before(_date(other))

    def __le__(self, other: Any) -> bool:
        return self._is_not_after(_date(other))

    def __gt__(self, other: Any) -> bool:
        return not self._is_not_after(_date(other))

    def __ge__(self, other: Any) -> bool:
        return not self._is_before(_date(other))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, datetime.date):
            return False
        plain = _date(other)
        return not self._is_before(plain) and self._is_not_after(plain)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        self._tomorrow()
        return hash(self._plain)

    @property
    def year(self) -> int:
        """Its year."""
        if self._plain.year < datetime.MAXYEAR:
            self._note(datetime.date(self._plain.year + 1, 1, 1))
        return self._plain.year

    def __getattribute__(self, name: str) -> Any:
        if name in _ASKED_DAILY:
            object.__getattribute__(self, "_tomorrow")()
            return getattr(object.__getattribute__(self, "_plain"), name)
        return object.__getattribute__(self, name)

    def __sub__(self, other: Any) -> Any:
        self._tomorrow()
        return self._plain - (_date(other) if isinstance(other, datetime.date) else other)

    def __rsub__(self, other: Any) -> Any:
        self._tomorrow()
        return other - self._plain

    def __add__(self, other: Any) -> Any:
        self._tomorrow()
        return self._plain + other

    __radd__ = __add__

    def __str__(self) -> str:
        self._tomorrow()
        return str(self._plain)

    def __repr__(self) -> str:
        self._tomorrow()
        return f"Day.of({self._plain!r})"

    def __format__(self, spec: str) -> str:
        self._tomorrow()
        return format(self._plain, spec)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self).of, (self._plain,))


def _date(other: Any) -> datetime.date:
    if isinstance(other, Day):
        return other._plain
    assert isinstance(other, datetime.date)
    return other


_ASKED_DAILY: Final = frozenset(
    {
        *("month", "day", "ctime", "isocalendar", "isoformat", "isoweekday", "replace", "strftime"),
        *("timetuple", "toordinal", "weekday"),
    }
)
"""What may be different on any other day."""
