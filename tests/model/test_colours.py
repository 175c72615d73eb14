"""An area's colour has to carry white text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ltp.findings import WrongValueError
from ltp.plans.colours import LEAST_CONTRAST, MORE_CONTRAST, checked_colour, contrast, darkened

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#005eb8", "#ffffff", 6.38),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
    ],
)
def test_contrast_is_that_of_wcag(first: str, second: str, ratio: float) -> None:
    assert contrast(first, second) == pytest.approx(ratio, abs=0.01)
    assert contrast(second, first) == contrast(first, second)


def test_a_dark_colour_is_taken_in_small_letters() -> None:
    assert checked_colour("#00483D") == "#00483d"


def test_a_colour_that_is_only_just_too_light_is_not_told_as_enough() -> None:
    with pytest.raises(WrongValueError) as caught:
        checked_colour("#777777")

    assert caught.value.what == ("white text can’t be read on “#777777”: its contrast is 4.4 to 1")


@pytest.mark.parametrize("value", ["blue", "#fff", "005eb8", "#005eb8ff", "#00gg00", "#005eb8\n"])
def test_what_is_no_colour_is_told(value: str) -> None:
    with pytest.raises(WrongValueError, match="is not a colour"):
        checked_colour(value)


@given(COLOURS)
@settings(derandomize=True)
def test_a_colour_is_taken_exactly_when_white_can_be_read_on_it(colour: str) -> None:
    try:
        taken = checked_colour(colour) == colour
    except WrongValueError:
        taken = False

    assert taken == (contrast(colour, "#ffffff") >= LEAST_CONTRAST)


@settings(deadline=None)
@given(COLOURS)
def test_a_darkened_colour_carries_white_text_and_stays_as_it_is_where_it_can(colour: str) -> None:
    darker = darkened(colour, MORE_CONTRAST)
    assert contrast(darker, "#ffffff") >= MORE_CONTRAST
    assert (darker == colour) is (contrast(colour, "#ffffff") >= MORE_CONTRAST)
