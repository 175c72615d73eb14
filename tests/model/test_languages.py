"""Codes of languages: which there are, what was meant, and which run from right to left."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltp.findings import WrongValueError
from ltp.plans.languages import checked_language, is_right_to_left


@pytest.mark.parametrize(
    "code",
    [
        *("cy", "gd", "kw", "pl", "ro", "pa", "ur", "pt", "es", "ar", "bn", "gu", "it", "so", "ti"),
        *("ckb", "syl", "phr", "pnb", "prs", "rmy", "tw", "bfi", "yue", "fil"),
        *("en", "en-GB", "pa-Arab", "pa-PK", "zh-Hant", "es-419", "cy-GB-1996", "PL"),
    ],
)
def test_codes_of_languages_are_taken_as_they_stand(code: str) -> None:
    assert checked_language(code) == code


@pytest.mark.parametrize(
    ("wrong", "cure"),
    [
        ("Welsh", "Write cy."),
        ("polish", "Write pl."),
        ("english-uk", "Write en."),
        ("wel", "Write cy."),
        ("pol", "Write pl."),
        ("iw", "Write he."),
        ("en_GB", "Write it with a hyphen: en-GB."),
        ("und", "Write a code such as cy for Welsh, pl for Polish, ur for Urdu or pa for Punjabi."),
        ("xx", "Write a code such as cy for Welsh, pl for Polish, ur for Urdu or pa for Punjabi."),
        ("", "Write a code such as cy for Welsh, pl for Polish, ur for Urdu or pa for Punjabi."),
    ],
)
def test_what_is_no_code_is_told_with_what_was_meant(wrong: str, cure: str) -> None:
    with pytest.raises(WrongValueError) as told:
        checked_language(wrong)

    assert told.value.what == f"“{wrong}” is not the code of a language"
    assert told.value.cure == cure


@pytest.mark.parametrize(
    "code", ["ar", "ur", "fa", "ps", "he", "yi", "ckb", "prs", "pa-Arab", "pa-PK", "ar-SY", "UR"]
)
def test_languages_that_are_written_from_right_to_left_are_known(code: str) -> None:
    assert is_right_to_left(code)


@pytest.mark.parametrize(
    "code", ["en", "cy", "pa", "pa-IN", "ku", "uz-Latn", "", "nonsense", "ar_SY"]
)
def test_all_others_are_not(code: str) -> None:
    assert not is_right_to_left(code)


@given(st.text(max_size=12))
def test_any_text_is_a_code_or_is_told(text: str) -> None:
    is_right_to_left(text)
    with suppress(WrongValueError):
        assert checked_language(text) == text
