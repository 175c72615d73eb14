"""One page of every template and status: by keyboard, with less room, and as readers set their systems."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from audit import looks
from audit.looking import Seen, in_short, visit
from audit.sites import BuiltPage

from ltp.plans.status import Status
from ltp.site.pages import PageKind

pytestmark = pytest.mark.browser


def test_every_kind_of_page_and_every_status_is_looked_at(
    one_of_each: Sequence[BuiltPage],
) -> None:
    assert {page.kind for page in one_of_each} == set(PageKind)
    assert {page.status for page in one_of_each} == {*Status, None}


def test_a_keyboard_reaches_and_works_every_control_and_the_focus_is_always_seen(
    one_of_each: Sequence[BuiltPage],
) -> None:
    _nothing(visit(one_of_each, looks.by_keyboard))


def test_at_400_percent_nothing_is_lost_and_the_focus_is_never_covered(
    one_of_each: Sequence[BuiltPage],
) -> None:
    _nothing(visit(one_of_each, looks.zoomed_in, **looks.ZOOMED_IN))


def test_text_that_is_spaced_out_is_not_cut_and_covers_nothing(
    one_of_each: Sequence[BuiltPage],
) -> None:
    _nothing(visit(one_of_each, looks.spaced_out))


def test_a_reader_who_wants_less_motion_gets_none(one_of_each: Sequence[BuiltPage]) -> None:
    _nothing(visit(one_of_each, looks.without_motion))


@pytest.fixture(scope="module")
def in_systems(one_of_each: Sequence[BuiltPage]) -> Seen:
    return visit(one_of_each, looks.in_each_system)


@pytest.mark.parametrize("name", looks.SYSTEMS)
def test_nothing_is_found_by_readers_who_set_their_system_to(name: str, in_systems: Seen) -> None:
    assert in_systems.pages > 0
    assert in_short(each for each in in_systems.failures if name in each.view) == []


@pytest.mark.parametrize("name", looks.CHOSEN)
def test_nothing_is_found_by_readers_who_chose(name: str, one_of_each: Sequence[BuiltPage]) -> None:
    _nothing(visit(one_of_each, looks.as_chosen(name)))


def _nothing(seen: Seen) -> None:
    assert seen.pages > 0
    assert in_short(seen.failures) == []
