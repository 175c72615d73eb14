"""Phone numbers: read, shown as the NHS writes them, dialled, and found in prose.

`phonenumbers` knows which numbers the United Kingdom has. Three things are our own: the short codes,
which it does not take for numbers; the ranges that Ofcom keeps for made-up numbers, which it calls
wrong; and the spaces, because it writes 01273 800900 where the NHS writes 01273 800 900.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import quote

import phonenumbers

from ltp.findings import WrongValueError


class NumberKind(StrEnum):
    """What a number is, as far as it matters to whoever calls it."""

    EMERGENCY = "emergency"
    SHORT = "short"
    """A short code to call: 111, 116 123."""
    TEXT = "text"
    """A short code to text, which can't be called."""
    FREE = "free"
    LOCAL_RATE = "local rate"
    """03 numbers: they cost what a call to a landline costs."""
    LANDLINE = "landline"
    MOBILE = "mobile"
    CHARGED = "charged"
    """084, 087, 09 and 070 numbers: the call costs more."""
    OTHER = "other"
    WITHDRAWN = "withdrawn"
    """0500 numbers, which stopped on 3 June 2017."""


@dataclass(frozen=True)
class Number:
    """A phone number of the United Kingdom."""

    digits: str
    """The digits to dial within the country: 01273800900, 111."""
    shown: str
    """The number as the NHS writes it: 01273 800 900."""
    kind: NumberKind

    @property
    def can_be_called(self) -> bool:
        """Tell whether a call to it can be answered."""
        return self.kind not in (NumberKind.TEXT, NumberKind.WITHDRAWN)

    @property
    def can_be_texted(self) -> bool:
        """Tell whether its kind takes text messages. Some landlines do, which no number shows."""
        return self.kind in (NumberKind.TEXT, NumberKind.MOBILE)

    @property
    def is_made_up(self) -> bool:
        """Tell whether Ofcom keeps it for films and examples: nobody will ever answer it."""
        return self.digits.startswith(_MADE_UP)

    @property
    def international(self) -> str:
        """The number from any country, +441273800900; a code that works only in this one as it is."""
        return f"+44{self.digits[1:]}" if _HAS_USUAL_LENGTH.fullmatch(self.digits) else self.digits

    def href(self, way: str, keyword: str | None = None) -> str:
        """Give the link that calls it (`phone`) or starts a message to it (`text`).

        The number is told from +44: a phone with a foreign SIM card dials that right too. Short codes
        and Childline's 8 digits exist only in this country, so they are told as they are. The
        keyword of a text line goes into the message (RFC 5724).
        """
        if way == "phone":
            return f"tel:{self.international}"
        if way == "text":
            body = f"?body={quote(keyword, safe='')}" if keyword else ""
            return f"sms:{self.international}{body}"
        raise ValueError(f"{way} is not a way to use a number. It would be phone or text.")

    def __str__(self) -> str:
        return self.shown


@dataclass(frozen=True)
class Found:
    """A number that stands in a text."""

    number: Number
    start: int
    """Where its first character is; `as_written` is `text[start:end]`."""
    end: int
    as_written: str


def read_number(value: object) -> Number:
    """Read a number with its spaces, brackets or +44, raising ValueError with a sentence and its cure."""
    if isinstance(value, Number):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise WrongValueError("a phone number was expected here", _HOW_TO_WRITE)
    written = " ".join(str(value).split())
    _refuse_what_is_not_one_number(written)
    digits = _national(re.sub(r"\D", "", re.sub(r"\(0\)", "", written)), written.startswith("+"))
    if digits is None:
        raise WrongValueError(
            f"“{written}” is a number of another country",
            "Write the number to call from England, or leave it out and give a web address.",
        )
    number = _number(digits)
    if number:
        return number
    raise _wrong(written, digits)


def same(a: Number | str, b: Number | str) -> bool:
    """Tell whether two numbers reach the same phone, however each is written.

    Text that is no number is the same as nothing.
    """
    try:
        return read_number(a).digits == read_number(b).digits
    except WrongValueError:
        return False


def numbers_in(text: str) -> Iterator[Found]:
    """Find the phone numbers in prose or Markdown, in the order in which they stand.

    `tel:` and `sms:` links count; web addresses don't. A short code counts where it can be nothing
    else (NHS 111, 116 123, 85258) or where a word says to call or text it, so 111 children stay
    children. A number without its area code, or of another country, is not found.
    """
    prose = _ADDRESS.sub(lambda match: " " * len(match[0]), text)
    end = 0
    found = [*_long_numbers_in(prose), *_short_codes_in(prose)]
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if one.start >= end:
            yield one
            end = one.end


# -- what numbers there are

_HOW_TO_WRITE: Final = (
    "Write it with its area code, such as 01632 960 001, or a short number such as 111."
)

_SHORT: Final = {
    "999": ("999", NumberKind.EMERGENCY),
    "112": ("112", NumberKind.EMERGENCY),
    "101": ("101", NumberKind.SHORT),
    "111": ("111", NumberKind.SHORT),
    "119": ("119", NumberKind.SHORT),
    "116000": ("116 000", NumberKind.SHORT),
    "116111": ("116 111", NumberKind.SHORT),
    "116123": ("116 123", NumberKind.SHORT),
}
"""The short codes that can be called, and how they are shown."""

_TEXT_CODE = re.compile(r"[678]\d{4}")
"""The five-digit codes of text services: 85258."""

_MADE_UP: Final = (
    *("01134960", "01144960", "01154960", "01164960", "01174960", "01184960", "01214960"),
    *("01314960", "01414960", "01514960", "01614960", "01632960", "01914980", "02079460"),
    *("02896496", "02920180", "03069990", "07700900", "08081570", "09098790"),
)
"""How the numbers begin that Ofcom keeps for radio, television and examples."""

_HAS_USUAL_LENGTH = re.compile(r"0\d{9,10}")
_WITHDRAWN = re.compile(r"0500\d{6}")

_TYPES: Final = {
    phonenumbers.PhoneNumberType.FIXED_LINE: NumberKind.LANDLINE,
    phonenumbers.PhoneNumberType.MOBILE: NumberKind.MOBILE,
    phonenumbers.PhoneNumberType.TOLL_FREE: NumberKind.FREE,
    phonenumbers.PhoneNumberType.UAN: NumberKind.LOCAL_RATE,
    phonenumbers.PhoneNumberType.PREMIUM_RATE: NumberKind.CHARGED,
    phonenumbers.PhoneNumberType.SHARED_COST: NumberKind.CHARGED,
    phonenumbers.PhoneNumberType.PERSONAL_NUMBER: NumberKind.CHARGED,
}


def _national(digits: str, has_plus: bool) -> str | None:
    """Give the digits to dial in this country, or None for a number of another."""
    if has_plus or digits.startswith("00"):
        country = digits.removeprefix("00")
        rest = country.removeprefix("44")
        return None if rest == country else rest if rest in _SHORT else f"0{rest.lstrip('0')}"
    return digits


def _number(digits: str) -> Number | None:
    """Give the number that digits are, or None where there is no such number."""
    if digits in _SHORT:
        return Number(digits, *_SHORT[digits])
    if _TEXT_CODE.fullmatch(digits):
        return Number(digits, digits, NumberKind.TEXT)
    if not re.fullmatch(r"0[1-9]\d{5,9}", digits):
        return None
    parsed = phonenumbers.PhoneNumber(country_code=44, national_number=int(digits))
    return _known(digits, parsed) or _kept_by_ofcom(digits, parsed)


def _known(digits: str, parsed: phonenumbers.PhoneNumber) -> Number | None:
    if not phonenumbers.is_valid_number(parsed):
        return None
    kind = _TYPES.get(phonenumbers.number_type(parsed), NumberKind.OTHER)
    if digits.startswith("03"):
        kind = NumberKind.LOCAL_RATE
    return Number(digits, _spaced(digits, parsed), kind)


def _kept_by_ofcom(digits: str, parsed: phonenumbers.PhoneNumber) -> Number | None:
    """Give a made-up number, or one that is no longer given out, which the library calls wrong."""
    if _WITHDRAWN.fullmatch(digits):
        return Number(digits, f"{digits[:4]} {digits[4:7]} {digits[7:]}", NumberKind.WITHDRAWN)
    if len(digits) != 11 or not digits.startswith(_MADE_UP):
        return None
    kind = NumberKind.MOBILE if digits.startswith("07") else NumberKind.LANDLINE
    return Number(digits, _spaced(digits, parsed), kind)


def _spaced(digits: str, parsed: phonenumbers.PhoneNumber) -> str:
    """Put the library's spaces, and one more into six digits that stand together."""
    shown = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    shown = re.sub(r" (\d{3})(\d{3})$", r" \1 \2", shown)
    return shown if re.sub(r"\D", "", shown) == digits else digits


# -- what is wrong with the others


def _refuse_what_is_not_one_number(written: str) -> None:
    if not written:
        raise WrongValueError("there is no phone number", _HOW_TO_WRITE)
    if re.search(r"\d\s*(?:/|,|;|\bor\b|\band\b|&)\s*[+(]?\d", written, re.IGNORECASE):
        raise WrongValueError(
            f"“{written}” is more than one number", "Write each as a way of its own."
        )
    if re.search(r"\d\s*(?:#|,|\(?(?:x\.?\s*\d|ext|option|press))", written, re.IGNORECASE):
        raise WrongValueError(
            f"“{written}” has an extension or a choice after the number",
            "Write the number alone, and what to choose in option.",
        )
    if re.search(r"[^\W\d_]", written):
        raise WrongValueError(f"“{written}” has letters in it", f"Write digits. {_HOW_TO_WRITE}")
    if not re.fullmatch(r"\+?[\d\s().\-‐‑–]+", written) or not re.search(r"\d", written):
        raise WrongValueError(f"“{written}” is not a phone number", _HOW_TO_WRITE)


def _wrong(written: str, digits: str) -> WrongValueError:
    """Say what is wrong with digits that are no number."""
    if not digits.startswith("0"):
        with_zero = _number(f"0{digits}")
        if len(digits) in (9, 10) and with_zero:
            return WrongValueError(
                f"“{written}” has no 0 in front", f"Did you mean “{with_zero.shown}”?"
            )
        if len(digits) <= 5:
            known = ", ".join(shown for shown, _ in _SHORT.values())
            return WrongValueError(
                f"“{written}” is not a short number that we know",
                f"We know {known}, and numbers to text that have 5 digits and begin with 6, 7 or 8.",
            )
        if len(digits) <= 8:
            return WrongValueError(f"“{written}” is too short: it has no area code", _HOW_TO_WRITE)
    if len(digits) < 10:
        return WrongValueError(
            f"“{written}” is too short: it has {len(digits)} digits",
            f"Most have 11. {_HOW_TO_WRITE}",
        )
    if len(digits) > 11:
        return WrongValueError(
            f"“{written}” is too long: it has {len(digits)} digits",
            f"Most have 11. {_HOW_TO_WRITE}",
        )
    counted = "" if len(digits) == 11 else f" It has {len(digits)} digits, and most have 11."
    return WrongValueError(
        f"“{written}” is not a number that the United Kingdom has",
        f"Check it against where you read it: a digit may be wrong or missing.{counted}",
    )


# -- numbers in prose

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\")|]*|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]+")
_GAP = r"(?:&nbsp;|[^\S\n]*\n[^\S\n]*|[^\S\n]{1,2}|[-‐‑–.]|\)[^\S\n]?|[^\S\n]?\()?"
"""What may stand between two digits of a number, a line's end included."""
_LONG = re.compile(
    rf"(?<![\w£$€#=%])(?<!\w[.,_])(?<!\d[-–])"
    rf"(?:(?P<abroad>(?:\(?\+|00)44\)?{_GAP}(?:\(0\){_GAP})?)(?=[(\d])|(?=\(?0[1-9]))"
    rf"\(?(?P<digits>\d(?:{_GAP}\d){{6,10}})"
)
_DIGIT = re.compile(r"\d")
_AFTER = re.compile(r"(?!\w|[.,:/](?!0)\d|-(?!\d{1,3}\b)\w*\d|\.[a-z]{2,4}\b|\s?%)")
"""What may not stand right after a number: more of a word, a figure, a date or a file's name."""
_NOT_PHONES = re.compile(r"(?:ISBN|ISSN|UPRN|DOI|ORCID)[\s\w:-]{0,12}$", re.IGNORECASE)


def _long_numbers_in(text: str) -> Iterator[Found]:
    place = 0
    while match := _LONG.search(text, place):
        before = text[max(0, match.start() - 25) : match.start()]
        found = None if _NOT_PHONES.search(before) else _longest(text, match)
        if found:
            yield found
        place = found.end if found else match.start() + 1


def _longest(text: str, match: re.Match[str]) -> Found | None:
    """Take as many digits as make a number: after one, other figures may follow."""
    ends = [digit.end() for digit in _DIGIT.finditer(text, *match.span("digits"))]
    digits = "".join(text[end - 1] for end in ends)
    prefix = "0" if match["abroad"] and not digits.startswith("0") else ""
    if not match["abroad"] and re.match(r"\d\d?\D", text[match.start("digits") :]):
        return None
    for length in _lengths(prefix + digits):
        if length - len(prefix) > len(ends):
            continue
        end = ends[length - len(prefix) - 1]
        number = _number((prefix + digits)[:length])
        if number and _AFTER.match(text, end):
            return Found(number, match.start(), end, text[match.start() : end])
    return None


def _lengths(digits: str) -> tuple[int, ...]:
    """Give the lengths to try: 10 last where Childline's 8 may stand before other figures."""
    return (11, 8, 10) if digits.startswith("08001111") else (11, 10, 8)


_CODES = r"(?P<code>999|112|101|111|119|116[ \u00a0]?(?:000|111|123))"
_MARKS = r"[\s*_\[“”\"'‘’(:]*"
_WORDS = r"(?:[\s*_\[“”\"'‘’(]+[\w&’'-]+){0,6}?"
_CALL = r"\b(?:call|calling|phone|phoning|ring|ringing|dial|dialling|telephone|telephoning|tel)\b"
_TEXT = r"\b(?:text|texting|sms)\b"
_NO_FIGURE = (
    r"(?![\w%]|[.,:-]\d|[\s*]+(?:of|per|more|fewer|other|new|young|children|people|calls|times|"
    r"pupils|parents|families|patients|referrals|cases|staff|schools|days|hours|minutes)\b)"
)
_SHORT_CODES = tuple(
    re.compile(pattern + _NO_FIGURE, re.IGNORECASE)
    for pattern in (
        r"(?<!\w)tel:(?P<code>\d{3}|116\d{3})",
        r"(?<!\w)sms:(?P<code>[678]\d{4})",
        r"(?<![\w£$€#.,/-])(?P<code>116[ \u00a0]123|85258)",
        r"\bNHS[ \u00a0](?P<code>111)",
        rf"{_CALL}(?:\s+(?:free|us|NHS|the|number|police|freephone)\b){{0,3}}{_MARKS}{_CODES}",
        rf"{_CALL}{_WORDS}\s+(?:on|at){_MARKS}{_CODES}",
        rf"{_TEXT}{_MARKS}(?P<code>[678]\d{{4}})",
        rf"{_TEXT}{_WORDS}[\s*_”\"’']+to{_MARKS}(?P<code>[678]\d{{4}})",
    )
)
_ANOTHER = re.compile(
    rf"[*_\])”\"]*\s*(?:/|,|\bor\b|\band\b|,\s*or\b)\s*{_MARKS}{_CODES}{_NO_FIGURE}"
)
"""A code after a code: 999 or 112."""


def _short_codes_in(text: str) -> Iterator[Found]:
    for pattern in _SHORT_CODES:
        for first in pattern.finditer(text):
            match: re.Match[str] | None = first
            while match:
                start, end = match.span("code")
                number = _number(re.sub(r"\D", "", match["code"]))
                if number:
                    yield Found(number, start, end, text[start:end])
                match = _ANOTHER.match(text, end)
