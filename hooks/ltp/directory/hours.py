"""Opening hours: read from OpenStreetMap rules, told in words, and told to a script.

The rules are an agreed part of OpenStreetMap's `opening_hours`: the hours of a week, then what holds
in school holidays (`SH`), on bank holidays (`PH`) and on dates. What can't be told truthfully from
the rules alone is refused. The library makes sure that other programs can read the rules too. It is
not asked who is open, for three reasons:

- its calendar for `GB` holds only the days that all four nations share: 1 January, Easter Monday and
  August's bank holiday are missing (`bank_holidays` gives England's);
- it knows no school holidays, so it would leave a term-time service open in August;
- it ends a night's hours at midnight when the next day is closed. Here hours belong to the day on
  which they start, as the words say: "6pm to 2am the next day".
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import opening_hours

from ltp.findings import WrongValueError

Spans = tuple[tuple[int, int], ...]
"""When something is open: minutes from the midnight that starts the day. Past 1,440: the next day."""

Week = tuple[Spans, ...]
"""The spans of Monday to Sunday."""

DAY: Final = 24 * 60
"""The minutes of a day. Clock time is meant, so it holds when the clocks change too."""

_LONGEST_NIGHT = 16 * 60
_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_HOW_TO_WRITE = "Write days and times such as Mo-Fr 09:00-17:00"
_IN_WORDS_INSTEAD = "Write it in hours_note, in words"


@dataclass(frozen=True)
class Hours:
    """When a service, or one way to reach it, is open."""

    rules: str
    """The OpenStreetMap rules, as an editor wrote them."""

    def __post_init__(self) -> None:
        _read(self.rules)

    def in_words(self, since: datetime.date | None = None) -> tuple[str, ...]:
        """Tell the hours as the NHS writes times, a whole phrase for each fact.

        The week comes first; a day that no phrase names is closed. Dates that were over before
        `since` are left out.
        """
        return (*_week_in_words(_timetable(self._rules)), *self._exceptions_in_words(since))

    def week(self) -> Week:
        """Give the spans of an ordinary week, Monday first: term time, no bank holiday, no date."""
        return tuple(_spans(pieces) for pieces in _timetable(self._rules))

    def in_school_holidays(self) -> Week | None:
        """Give the spans of a week of school holidays, or None: as in term time."""
        if not self.depends_on_term_time:
            return None
        return tuple(_spans(pieces) for pieces in _timetable(self._rules, school_holidays=True))

    def on_bank_holidays(self) -> Spans | None:
        """Give the spans of a bank holiday, or None where the rules say nothing: as on other days."""
        told = [rule for rule in self._rules if rule.kind == "PH"]
        return _spans(told[-1].pieces) if told else None

    def exceptions(
        self, first: datetime.date, last: datetime.date
    ) -> tuple[tuple[datetime.date, Spans | None], ...]:
        """Give the days from `first` to `last` on which neither the week nor bank holidays decide.

        The spans are None where the rules leave it open: Christmas Day, Boxing Day or New Year's
        Day at a weekend, when the bank holiday is another day.
        """
        if not any(rule.kind in ("PH", "dates") for rule in self._rules):
            return ()
        return tuple(self._exceptions(first, last))

    @property
    def depends_on_term_time(self) -> bool:
        """Tell whether some of the hours are different in school holidays."""
        return any(rule.kind == "SH" for rule in self._rules)

    @property
    def is_always_open(self) -> bool:
        """Tell whether it is open day and night, on every day of the year."""
        always = ((0, DAY),)
        return set(self.week()) == {always} and all(
            rule.kind == "week" or _spans(rule.pieces) == always for rule in self._rules
        )

    def is_open(self, moment: datetime.datetime) -> bool | None:
        """Tell whether it is open, or None when that depends on dates which nobody told us.

        A moment without a time zone is what clocks in England show. On a bank holiday that the
        rules don't speak of, the hours of the weekday count.
        """
        if moment.tzinfo:
            moment = moment.astimezone(ZoneInfo("Europe/London"))
        today = moment.date()
        minute = moment.hour * 60 + moment.minute
        answers = {
            _holds(spans, minute) or _holds(night, minute + DAY)
            for spans, night in product(
                self._readings(today), self._readings(today - datetime.timedelta(days=1))
            )
        }
        return answers.pop() if len(answers) == 1 else None

    def schedules(self, since: datetime.date | None = None) -> list[dict[str, str]]:
        """Give the week as Open Referral schedules, one for each time and its days.

        The standard has no word for holidays, dates, or an end on the next day: the description
        says them. A day's end is 23:59, because 24:00 is no time of ISO 8601.
        """
        days_of: dict[_Piece, list[int]] = {}
        for day, pieces in enumerate(_timetable(self._rules)):
            for piece in pieces:
                days_of.setdefault(piece, []).append(day)
        beyond = self._exceptions_in_words(since)
        return [_schedule(piece, days, beyond) for piece, days in days_of.items()]

    @property
    def _rules(self) -> tuple[_Rule, ...]:
        return _read(self.rules)

    def _exceptions_in_words(self, since: datetime.date | None) -> tuple[str, ...]:
        told = [*_school_holidays_in_words(self._rules)]
        for rule in self._rules:
            if rule.kind == "PH":
                told.append(_bank_holidays_in_words(rule))
            elif rule.kind == "dates":
                ranges = [dates for dates in rule.dates if not (since and dates.is_over(since))]
                told += [_dates_in_words(dates, rule) for dates in ranges]
        return tuple(told)

    def _exceptions(
        self, first: datetime.date, last: datetime.date
    ) -> Iterator[tuple[datetime.date, Spans | None]]:
        holidays = frozenset(bank_holidays(first.year, last.year))
        tells = self.on_bank_holidays() is not None
        for number in range((last - first).days + 1):
            day = first + datetime.timedelta(days=number)
            if tells and _is_moved(day) and len(self._readings(day)) > 1:
                yield day, None
            else:
                rule = _special(self._rules, day, day in holidays, False)
                if rule and rule.kind == "dates":
                    yield day, _spans(rule.pieces)

    def _readings(self, day: datetime.date) -> set[Spans]:
        """Give every answer that a day can have, as far as anybody told us."""
        bank = {True} if day in _bank_holidays_of(day.year) else {False, _is_moved(day)}
        school = {False, self.depends_on_term_time}
        return {_spans_on(self._rules, day, *holidays) for holidays in product(bank, school)}


def read_hours(value: object) -> Hours:
    """Read opening hours, raising ValueError with a sentence and its cure where they can't be told."""
    if isinstance(value, Hours):
        return value
    if not isinstance(value, str):
        raise WrongValueError(
            "opening hours were expected here, on one line", f"{_HOW_TO_WRITE}, or 24/7."
        )
    try:
        return Hours(value.strip())
    except _UnreadableError as wrong:
        meant = _mended(value)
        try:
            Hours(meant)
        except WrongValueError:
            raise wrong from None
        raise WrongValueError(wrong.what, f"Did you mean “{meant}”?") from None


# -- England's bank holidays


def bank_holidays(first_year: int, last_year: int) -> tuple[datetime.date, ...]:
    """Give England's bank holidays, as GOV.UK lists them, from one year to another.

    They follow the rule of the Banking and Financial Dealings Act 1971 and of proclamations: right
    from 1978 to today. A day that is proclaimed once has to be added to `_CHANGES`.
    """
    return tuple(
        day for year in range(first_year, last_year + 1) for day in _bank_holidays_of(year)
    )


_CHANGES: Final[dict[int, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    1981: ((), ("07-29",)),
    1995: (("05-01",), ("05-08",)),
    1999: ((), ("12-31",)),
    2002: (("05-27",), ("06-03", "06-04")),
    2011: ((), ("04-29",)),
    2012: (("05-28",), ("06-04", "06-05")),
    2020: (("05-04",), ("05-08",)),
    2022: (("05-30",), ("06-02", "06-03", "09-19")),
    2023: ((), ("05-08",)),
}
"""The days that were taken out and put in for a year: jubilees, weddings, a funeral, a coronation."""


@lru_cache(maxsize=64)
def _bank_holidays_of(year: int) -> tuple[datetime.date, ...]:
    easter = _easter(year)
    days = {
        easter - datetime.timedelta(days=2),
        easter + datetime.timedelta(days=1),
        _monday_from(datetime.date(year, 5, 1)),
        _monday_from(datetime.date(year, 5, 25)),
        _monday_from(datetime.date(year, 8, 25)),
    }
    for month, date in _FIXED:
        day = datetime.date(year, month, date)
        while day.weekday() >= _SATURDAY or day in days:
            day += datetime.timedelta(days=1)
        days.add(day)
    gone, new = _CHANGES.get(year, ((), ()))
    days -= {datetime.date.fromisoformat(f"{year}-{day}") for day in gone}
    days |= {datetime.date.fromisoformat(f"{year}-{day}") for day in new}
    return tuple(sorted(days))


_SATURDAY: Final = 5

_FIXED: Final = ((1, 1), (12, 26), (12, 25))
"""New Year's Day, Boxing Day, Christmas Day. A day at a weekend moves to the next day that is free.

Christmas comes last: when it is a Sunday, Boxing Day keeps its Monday and Christmas has the Tuesday.
"""


def _is_moved(day: datetime.date) -> bool:
    """Tell whether it is a holiday by its name whose bank holiday is another day."""
    return (day.month, day.day) in _FIXED and day.weekday() >= _SATURDAY


def _monday_from(day: datetime.date) -> datetime.date:
    return day + datetime.timedelta(days=-day.weekday() % 7)


def _easter(year: int) -> datetime.date:
    start = datetime.datetime.combine(datetime.date(year, 1, 1), datetime.time())
    sunday = opening_hours.OpeningHours("easter").next_change(start)
    assert sunday is not None
    return sunday.date()


# -- what the rules say


class _UnreadableError(WrongValueError):
    """Rules that are not written as rules are."""


class _Piece(NamedTuple):
    """A span of a day, and what people have to know about it."""

    start: int
    end: int
    comment: str


@dataclass(frozen=True)
class _Dates:
    """The first and the last day of some dates, of one year (or into the next) or of every year."""

    first: tuple[int, int]
    last: tuple[int, int]
    years: tuple[int, int] | None

    def include(self, day: datetime.date) -> bool:
        """Tell whether a day is one of them."""
        if self.years:
            first, last = ((self.years[0], *self.first), (self.years[1], *self.last))
            return first <= (day.year, day.month, day.day) <= last
        date = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= date <= self.last
        return date >= self.first or date <= self.last

    def is_over(self, today: datetime.date) -> bool:
        """Tell whether they can't come again."""
        return self.years is not None and datetime.date(self.years[1], *self.last) < today

    def __str__(self) -> str:
        years = [f" {year}" for year in self.years] if self.years else ["", ""]
        first, last = (
            [str(day), f" {_MONTH_NAMES[month - 1]}", year]
            for (month, day), year in zip((self.first, self.last), years, strict=True)
        )
        if first == last:
            return "".join(last)
        while first[-1] == last[len(first) - 1]:
            first.pop()
        return f"{''.join(first)} to {''.join(last)}"


@dataclass(frozen=True)
class _Rule:
    """One rule: on which days it holds, and when it is open then."""

    kind: str
    """`week`, `SH` (school holidays), `PH` (bank holidays) or `dates`."""
    days: tuple[int, ...]
    """The days of the week on which it holds, Monday being 0."""
    pieces: tuple[_Piece, ...]
    """When it is open: nothing for closed."""
    comment: str
    dates: tuple[_Dates, ...] = ()
    adds: bool = False
    """It adds to what earlier rules say of its days and does not take their place."""

    def holds_on(self, day: datetime.date, is_bank_holiday: bool, is_school_holiday: bool) -> bool:
        """Tell whether it decides a day, where it is no rule of the ordinary week."""
        if self.kind == "PH":
            return is_bank_holiday
        if day.weekday() not in self.days:
            return False
        if self.kind == "SH":
            return is_school_holiday
        return any(dates.include(day) for dates in self.dates)


def _special(
    rules: Sequence[_Rule], day: datetime.date, is_bank_holiday: bool, is_school_holiday: bool
) -> _Rule | None:
    """Find the rule that decides a day in place of the ordinary week: the last one that holds."""
    for rule in reversed(rules):
        if rule.kind == "week":
            break
        if rule.holds_on(day, is_bank_holiday, is_school_holiday):
            return rule
    return None


def _spans_on(
    rules: tuple[_Rule, ...], day: datetime.date, is_bank_holiday: bool, is_school_holiday: bool
) -> Spans:
    rule = _special(rules, day, is_bank_holiday, is_school_holiday)
    return _spans(rule.pieces if rule else _timetable(rules)[day.weekday()])


@lru_cache(maxsize=4096)
def _timetable(
    rules: tuple[_Rule, ...], school_holidays: bool = False
) -> tuple[tuple[_Piece, ...], ...]:
    """Give the pieces of Monday to Sunday."""
    days: list[tuple[_Piece, ...]] = [()] * 7
    for rule in rules:
        if rule.kind == "week" or (rule.kind == "SH" and school_holidays):
            for day in rule.days:
                days[day] = _joined((*days[day], *rule.pieces) if rule.adds else rule.pieces)
    return tuple(days)


def _joined(pieces: Iterable[_Piece]) -> tuple[_Piece, ...]:
    """Put pieces in order, those that meet and say the same made into one."""
    joined: list[_Piece] = []
    for piece in sorted(pieces):
        last = joined[-1] if joined else None
        if last and piece.start <= last.end and piece.comment == last.comment:
            joined[-1] = last._replace(end=max(last.end, piece.end))
        else:
            joined.append(piece)
    return tuple(joined)


def _spans(pieces: Iterable[_Piece]) -> Spans:
    plain = _joined(piece._replace(comment="") for piece in pieces)
    return tuple((piece.start, piece.end) for piece in plain)


def _holds(spans: Spans, minute: int) -> bool:
    return any(start <= minute < end for start, end in spans)


# -- reading the rules

_DAY = "(?:" + "|".join(_DAYS) + ")"
_ITEM = rf"(?:{_DAY}(?:-{_DAY})?|PH|SH)"
_MONTH = "(?:" + "|".join(_MONTHS) + ")"
_DATE_RANGE = (
    rf"(?:\d{{4}}\s+)?{_MONTH}\s+\d\d?(?![\d:])"
    rf"(?:-(?:(?:\d{{4}}\s+)?{_MONTH}\s+)?\d\d?(?![\d:]))?"
)
_SPAN = r"\d\d?:\d\d-\d\d?:\d\d"
_RULE = re.compile(
    rf"""
    (?: (?P<always> 24/7 )
      | (?P<dates> {_DATE_RANGE} (?: \s*,\s* {_DATE_RANGE} )* )? \s*
        (?: (?P<school> SH ) \s+ (?={_DAY}) )?
        (?P<days> {_ITEM} (?: \s*,\s* {_ITEM} )* )? \s*
        (?P<times> {_SPAN} (?: \s*,\s* {_SPAN} )* )?
    )
    \s* (?P<state> off | closed | open )?
    \s* (?: "(?P<comment> [^"]* )" )? \s*
    """,
    re.VERBOSE,
)
_DATE_RANGE_PARTS = re.compile(
    rf"(?:(\d{{4}})\s+)?({_MONTH})\s+(\d+)(?:-(?:(?:(\d{{4}})\s+)?({_MONTH})\s+)?(\d+))?"
)

_CANT_BE_TOLD: Final = (
    (
        r"sunrise|sunset|dawn|dusk",
        "the hours follow the sun, so no time can be told",
        f"{_HOW_TO_WRITE}.",
    ),
    (
        r"\bweek\b",
        "the hours count the weeks of the year, which readers don’t",
        "Write dates, such as 2026 Jul 27-2026 Aug 31 off.",
    ),
    (
        r"\beaster\b",
        "the hours count from Easter, whose date changes",
        "Write the dates with their year, such as 2027 Mar 28 off, or PH off for bank holidays.",
    ),
    (
        r"\[",
        "the hours are for some weeks of a month only, and a week can’t show them",
        f"{_IN_WORDS_INSTEAD}: First Monday of the month, 10am to midday.",
    ),
    (
        r"\d\+",
        "the hours have no end",
        "Write when it closes, such as Mo-Fr 09:00-17:00.",
    ),
    (
        r"\d:\d\d/\d",
        "the hours are given as every so many minutes",
        f"{_IN_WORDS_INSTEAD}, or write the first and the last time.",
    ),
    (
        r"\|\||\bunknown\b",
        "the hours are not known for sure",
        f"{_IN_WORDS_INSTEAD}: By appointment at other times.",
    ),
    (
        rf"\bPH\s+{_DAY}|[+-]\s*\d+\s+days?\b",
        "the hours are for some bank holidays only",
        "Write PH for all of them, such as PH 10:00-14:00, or a date, such as 2026 Aug 31 off.",
    ),
    (
        rf"\b{_MONTH}\b(?!\s*\d)",
        "the hours are for a whole month",
        "Write its first and its last day, such as Aug 01-31 off.",
    ),
)
"""What rules may say that our words, and a script, could not say truthfully."""

_RANKS: Final = {"week": 0, "SH": 1, "PH": 2, "dates": 2}


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[_Rule, ...]:
    bare = re.sub(r'"[^"]*"', '""', text)
    for pattern, what, cure in _CANT_BE_TOLD:
        if re.search(pattern, bare):
            raise WrongValueError(f"“{text}” can’t be told truthfully: {what}", cure)
    if not opening_hours.validate(text):
        raise _unreadable(text)
    rules = tuple(_parse(text))
    _check(text, rules)
    return rules


def _unreadable(text: str) -> _UnreadableError:
    what = f"“{text}” is not a rule of opening hours" if text else "there are no opening hours"
    dates = " and, after a ; dates such as Dec 24-26 off or Dec 24,Dec 31 off"
    has_dates = re.search(rf"{_MONTH}|\b\d{{4}}\b", text)
    return _UnreadableError(what, f"{_HOW_TO_WRITE}{dates if has_dates else ''}.")


def _parse(text: str) -> Iterator[_Rule]:
    place, adds = 0, False
    while True:
        match = _RULE.match(text, place)
        if not match or not match[0].strip():
            raise _unreadable(text)
        yield from _rules_in(match, adds)
        place = match.end()
        if place == len(text):
            return
        if text[place] not in ";,":
            raise _unreadable(text)
        adds = text[place] == ","
        place = len(text) - len(text[place + 1 :].lstrip())


def _rules_in(match: re.Match[str], adds: bool) -> Iterator[_Rule]:
    """Give the rules that one rule of OpenStreetMap stands for: `Mo-Fr,PH` is two."""
    written = match[0].strip()
    items = re.split(r"\s*,\s*", match["days"]) if match["days"] else []
    holidays = {"SH": "SH" in items or bool(match["school"]), "PH": "PH" in items}
    weekdays = tuple(sorted({day for item in items for day in _days_in(item)}))
    pieces, comment = _pieces_in(match, written), match["comment"] or ""
    if match["dates"]:
        if any(holidays.values()):
            raise WrongValueError(
                f"“{written}” is about holidays and dates at once",
                "Write two rules with ; between.",
            )
        dates = tuple(_dates_in(written, match["dates"]))
        yield _Rule("dates", weekdays or tuple(range(7)), pieces, comment, dates, adds)
        return
    if holidays["SH"] and weekdays and (holidays["PH"] or not match["school"]):
        raise WrongValueError(
            f"“{written}” is about a week and school holidays at once",
            "Write SH with its days after a ; such as SH Mo-Fr 10:00-14:00.",
        )
    if not any(holidays.values()) or (weekdays and not match["school"]):
        yield _Rule("week", weekdays or tuple(range(7)), pieces, comment, adds=adds)
    for kind in ("SH", "PH"):
        if holidays[kind]:
            yield _Rule(kind, weekdays or tuple(range(7)), pieces, comment, adds=adds)


def _days_in(item: str) -> Iterator[int]:
    if item in ("PH", "SH"):
        return
    first, _, last = item.partition("-")
    start = _DAYS.index(first)
    length = (_DAYS.index(last) - start) % 7 if last else 0
    yield from ((start + number) % 7 for number in range(length + 1))


def _pieces_in(match: re.Match[str], written: str) -> tuple[_Piece, ...]:
    comment = match["comment"] or ""
    if match["state"] in ("off", "closed"):
        if match["times"]:
            raise WrongValueError(
                f"“{written}” says when it is closed in a day", "Write the times when it is open."
            )
        return ()
    if match["always"]:
        return (_Piece(0, DAY, comment),)
    if not match["times"]:
        cure = "Write them, such as Mo-Fr 09:00-17:00; for day and night, Mo-Fr 00:00-24:00"
        note = f". {_IN_WORDS_INSTEAD}, where there are none" if comment else ""
        raise WrongValueError(f"“{written}” has no times", f"{cure}{note}.")
    spans = re.split(r"\s*,\s*", match["times"])
    return _joined(_Piece(*_span_in(span), comment) for span in spans)


def _span_in(span: str) -> tuple[int, int]:
    start, end = (
        int(hours) * 60 + int(minutes)
        for hours, minutes in (time.split(":") for time in span.split("-"))
    )
    if start == end or end - start > DAY:
        raise WrongValueError(
            f"“{span}” is no length of time that a day has", "Write 00:00-24:00 for day and night."
        )
    if end < start:
        end += DAY
    if end > DAY and end - start > _LONGEST_NIGHT:
        raise WrongValueError(
            f"“{span}” goes on until {_time(end)} the next day, {(end - start) // 60} hours later",
            "Count the hours from 0 to 24: 17:00 is 5pm. If it is meant, write two spans, "
            "one to 24:00 and one from 00:00.",
        )
    return start, end


def _dates_in(written: str, text: str) -> Iterator[_Dates]:
    ranges = [match.groups() for match in _DATE_RANGE_PARTS.finditer(text)]
    for year, month, day, last_year, last_month, last_day in ranges:
        first = (_MONTHS.index(month) + 1, int(day))
        last = (
            _MONTHS.index(last_month or month) + 1,
            int(last_day or day),
        )
        if bool(year) != bool(ranges[0][0]) or (bool(last_month) and bool(last_year) != bool(year)):
            raise WrongValueError(
                f"“{written}” has dates with a year and dates without one",
                "Write the year of each date, such as 2026 Dec 24-2027 Jan 02.",
            )
        years = (int(year), int(last_year or year)) if year else None
        for number, date in enumerate((first, last)):
            try:
                datetime.date(years[number] if years else 2000, *date)
            except ValueError:
                raise WrongValueError(
                    f"“{written}” has a date that does not exist", "Check the days of the month."
                ) from None
        if (years and (years[0], first) > (years[1], last)) or (not last_month and first > last):
            raise WrongValueError(
                f"“{written}” has dates that end before they start", "Write the earlier date first."
            )
        yield _Dates(first, last, years)


def _check(text: str, rules: Sequence[_Rule]) -> None:
    """Refuse rules that hold together badly: each alone is right."""
    kinds = [rule.kind for rule in rules]
    if [_RANKS[kind] for kind in kinds] != sorted(_RANKS[kind] for kind in kinds):
        raise WrongValueError(
            f"in “{text}” a later rule undoes an earlier one",
            "Write the week first, then school holidays (SH), then bank holidays (PH) and dates.",
        )
    if kinds.count("PH") > 1:
        raise WrongValueError(f"in “{text}” PH stands twice", "Write one rule for bank holidays.")
    for rule in rules:
        if rule.adds and rule.kind != "week":
            raise WrongValueError(
                f"in “{text}” a comma stands before a rule for holidays or dates",
                "Write ; there. The rule then says all the hours of those days.",
            )
        if rule.comment and not rule.pieces and rule.kind in ("week", "SH"):
            raise WrongValueError(
                f"in “{text}” the words “{rule.comment}” stand with closed days",
                f"{_IN_WORDS_INSTEAD}.",
            )
    if not any(rule.pieces for rule in rules):
        raise WrongValueError(
            f"“{text}” is never open", "Leave the hours out, or write status: paused or ended."
        )


def _mended(text: str) -> str:
    """Write what people often write as rules: Mon–Fri 9am to 5pm. It may still not be right."""
    text = re.sub(r"\s*[-–—]\s*|\s+(?:to|until|till)\s+", "-", text.strip(" ;,."))
    text = re.sub(r"\bbank holidays?\b", "PH", text, flags=re.IGNORECASE)
    text = re.sub(r"\bevery ?day\b|\bdaily\b", "Mo-Su", text, flags=re.IGNORECASE)
    text = re.sub(r"\s+(?:and|&)\s+", ",", text)
    text = re.sub(r"\b[A-Za-z]{2,9}\b", lambda match: _short_name(match[0]), text)
    text = re.sub(r"(?<=[a-zPH]):?\s+(?=\d)", " ", text)
    text = re.sub(r"\b(?:noon|midday)\b", "12:00", text)
    text = re.sub(
        r"\b(\d\d?)(?:[.:](\d\d))?\s*([ap])\.?m\b\.?",
        lambda match: _on_24_hours(*match.groups()),
        text,
    )
    return re.sub(r"\b(\d\d?)\.(\d\d)\b", r"\1:\2", text)


def _short_name(word: str) -> str:
    for names, shorts in ((_DAY_NAMES, _DAYS), (_MONTH_NAMES, _MONTHS)):
        for name, short in zip(names, shorts, strict=True):
            if len(word) >= len(short) and f"{name}s".lower().startswith(word.lower()):
                return short
    return word


def _on_24_hours(hour: str, minutes: str | None, half: str) -> str:
    return f"{int(hour) % 12 + 12 * (half == 'p'):02}:{minutes or '00'}"


# -- telling the rules


def _week_in_words(week: Sequence[tuple[_Piece, ...]]) -> Iterator[str]:
    days_of: dict[tuple[_Piece, ...], list[int]] = {}
    for day, pieces in enumerate(week):
        if pieces:
            days_of.setdefault(pieces, []).append(day)
    for pieces, days in days_of.items():
        is_always = len(days) == 7 and _spans(pieces) == ((0, DAY),)
        yield f"{_days_in_words(days)}{',' if is_always else ':'} {_pieces_in_words(pieces)}"


def _school_holidays_in_words(rules: tuple[_Rule, ...]) -> Iterator[str]:
    """Say what is different in school holidays."""
    if not any(rule.kind == "SH" for rule in rules):
        return
    term, holidays = _timetable(rules), _timetable(rules, school_holidays=True)
    if not any(holidays):
        yield "Term time only"
        return
    days_of: dict[tuple[_Piece, ...], list[int]] = {}
    for day in range(7):
        if holidays[day] != term[day]:
            days_of.setdefault(holidays[day], []).append(day)
    for pieces, days in days_of.items():
        named = _days_in_words(days)
        yield f"School holidays, {_lower_first(named, 'Every day')}: {_pieces_in_words(pieces)}"


def _bank_holidays_in_words(rule: _Rule) -> str:
    if rule.pieces:
        return f"Bank holidays: {_pieces_in_words(rule.pieces)}"
    return f"Closed on bank holidays{_in_brackets(rule.comment)}"


def _dates_in_words(dates: _Dates, rule: _Rule) -> str:
    if len(rule.days) < 7:
        days = _days_in_words(rule.days)
        return f"{dates}, {days}: {_pieces_in_words(rule.pieces)}{_in_brackets(rule.comment)}"
    if rule.pieces:
        return f"{dates}: {_pieces_in_words(rule.pieces)}"
    on = "from" if " to " in str(dates) else "on"
    return f"Closed {on} {dates}{_in_brackets(rule.comment)}"


def _days_in_words(days: Sequence[int]) -> str:
    if len(days) == 7:
        return "Every day"
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    names: list[str] = []
    for run in runs:
        if len(run) > 2:
            names.append(f"{_DAY_NAMES[run[0]]} to {_DAY_NAMES[run[-1]]}")
        else:
            names += [_DAY_NAMES[day] for day in run]
    return _listed(names)


def _pieces_in_words(pieces: Sequence[_Piece]) -> str:
    """Tell a day: 9am to midday and 1pm to 5pm (by appointment)."""
    if not pieces:
        return "closed"
    if len({piece.comment for piece in pieces}) == 1:
        spans = _listed([_span_in_words(piece) for piece in pieces])
        return spans + _in_brackets(pieces[0].comment)
    return _listed([_span_in_words(piece) + _in_brackets(piece.comment) for piece in pieces])


def _span_in_words(piece: _Piece) -> str:
    if (piece.start, piece.end) == (0, DAY):
        return "day and night"
    next_day = " the next day" if piece.end > DAY else ""
    return f"{_time(piece.start)} to {_time(piece.end)}{next_day}"


def _time(minute: int) -> str:
    """Tell a time as the NHS does: 9am, 5:30pm, midday, midnight."""
    hour, minutes = divmod(minute % DAY, 60)
    if minutes == 0 and hour % 12 == 0:
        return "midday" if hour else "midnight"
    return f"{hour % 12 or 12}{f':{minutes:02}' if minutes else ''}{'pm' if hour >= 12 else 'am'}"


def _listed(words: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _in_brackets(comment: str) -> str:
    return f" ({comment})" if comment else ""


def _lower_first(text: str, start: str) -> str:
    return text[0].lower() + text[1:] if text.startswith(start) else text


def _schedule(piece: _Piece, days: Sequence[int], beyond: Sequence[str]) -> dict[str, str]:
    needs_words = piece.comment or piece.end >= DAY
    said = [_span_in_words(piece) + _in_brackets(piece.comment)] if needs_words else []
    schedule = {
        "freq": "WEEKLY",
        "byday": ",".join(_DAYS[day].upper() for day in days),
        "opens_at": _clock(piece.start),
        "closes_at": "23:59" if piece.end == DAY else _clock(piece.end),
    }
    if said or beyond:
        schedule["description"] = " ".join(
            f"{part[0].upper()}{part[1:]}." for part in (*said, *beyond)
        )
    return schedule


def _clock(minute: int) -> str:
    return "{:02}:{:02}".format(*divmod(minute % DAY, 60))
