"""What a script may know of opening hours, to say "Open now" and nothing that is not so."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ltp.directory.hours import Hours, bank_holidays
from ltp.site.views import OpenHours


def open_hours(hours: Hours, today: datetime.date) -> OpenHours | None:
    """Give what a script needs to say "Open now"; None where that depends on term time.

    It reaches to the end of next year: a page that is older says nothing any more.
    """
    if hours.depends_on_term_time:
        return None
    first, last = _years(today)
    exceptions = hours.exceptions(datetime.date(first, 1, 1), datetime.date(last, 12, 31))
    return OpenHours(
        week=hours.week(),
        bank_holidays=hours.on_bank_holidays(),
        exceptions={day.isoformat(): spans for day, spans in exceptions},
        days=days_of(today),
    )


def days_of(today: datetime.date) -> Sequence[str]:
    """Give the days from yesterday's year, for hours that go on past midnight, to next year."""
    return [day.isoformat() for day in bank_holidays(*_years(today))]


def _years(today: datetime.date) -> tuple[int, int]:
    """Give the years of yesterday and of a year from today: whole years, so that a page rarely changes."""
    is_new_year = today == datetime.date(today.year, 1, 1)
    return today.year - is_new_year, today.year + 1
