"""Codes of languages, as HTML and BCP 47 have them: `cy`, `pl`, `pa-Arab`.

The codes and the way each language is written come from CLDR, as Babel holds it. It is read only when
a page names a language: English needs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from typing import Final

from ltp.findings import WrongValueError, nearest

ENGLISH: Final = "en"

_SHAPE: Final = re.compile(
    r"(?P<language>[a-z]{2,3})"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*",
    re.IGNORECASE,
)
_NOT_IN_CLDR: Final = {"bfi": "British Sign Language"}
_NO_LANGUAGES: Final = ("mul", "und", "zxx")
"""“Several”, “not known” and “none”: a voice that reads a page aloud can do nothing with these."""

_RIGHT_TO_LEFT: Final = frozenset(
    ("Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi")
)
"""The ways of writing that run from right to left (ISO 15924)."""


def checked_language(value: str) -> str:
    """Give a code of a language as it stands. Raises WrongValueError where it is none."""
    code = _SHAPE.fullmatch(value)
    language = code["language"].lower() if code else ""
    if not language or not _is_known(language):
        raise WrongValueError(f"“{value}” is not the code of a language", _cure(value, language))
    assert code is not None
    region = (code["region"] or "").upper()
    if region.isalpha() and region not in _regions():
        meant = (_cldr("territory_aliases").get(region) or [""])[0]
        raise WrongValueError(
            f"“{value}” names a region that there is not: {code['region']}",
            f"Write {language}-{meant}." if meant else f"Write {language} alone.",
        )
    return value


def is_right_to_left(value: str) -> bool:
    """Tell whether a language is written from right to left. False for what is no code."""
    code = _SHAPE.fullmatch(value)
    if not code or code["language"].lower() == ENGLISH:
        return False
    return (code["script"] or _script(code)).capitalize() in _RIGHT_TO_LEFT


def _script(code: re.Match[str]) -> str:
    """Give how a language is usually written, in the country that is named or anywhere."""
    language = code["language"].lower()
    language = _cldr("language_aliases").get(language, language).partition("_")[0]
    likely = _cldr("likely_subtags")
    full = likely.get(f"{language}_{(code['region'] or '').upper()}") or likely.get(language, "")
    return next((part for part in full.split("_") if len(part) == 4), "")


def _is_known(language: str) -> bool:
    if language == ENGLISH or language in _NOT_IN_CLDR:
        return True
    if language in _names():
        return language not in _NO_LANGUAGES
    alias = _cldr("language_aliases").get(language)
    # Where there is a code of two letters, a browser knows no other.
    return len(alias) > 2 if alias else language in _cldr("likely_subtags")


def _cure(value: str, language: str) -> str:
    if _SHAPE.fullmatch(value.replace("_", "-")) and "_" in value:
        return f"Write it with a hyphen: {value.replace('_', '-')}."
    named = {name.lower(): code for code, name in _names().items()}
    alias = _cldr("language_aliases").get(language)
    meant = nearest(value.lower(), named) if len(value) > 3 else None
    better = alias or (named[meant] if meant else None)
    if better:
        return f"Write {better}."
    return "Write a code such as cy for Welsh, pl for Polish, ur for Urdu or pa for Punjabi."


@cache
def _names() -> Mapping[str, str]:
    """Give the languages that have a name in English, by code."""
    from babel import Locale  # read once in a while, so not with every command

    names = Locale("en").languages
    return {code: name for code, name in names.items() if "_" not in code}


@cache
def _regions() -> Collection[str]:
    """Give the codes of countries and regions."""
    from babel import Locale

    return Locale("en").territories.keys()


@cache
def _cldr(key: str) -> Mapping[str, str]:
    from babel.core import get_global

    return get_global(key)  # type: ignore[arg-type]  # one of its keys, as text
