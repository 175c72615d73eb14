"""Every built page in a real browser, at 320 and 1280 px, by three checkers and our own probes.

Scripts run: a search is looked at with its form open and every entry found.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from audit import engines
from audit.looking import Seen, in_short, visit
from audit.looks import OF_EVERY_PAGE, at_both_widths
from audit.sites import BuiltPage

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def seen(every_page: Sequence[BuiltPage]) -> Seen:
    """Look at every page."""
    seen = visit(every_page, at_both_widths)
    assert seen.pages == len(every_page) > 300
    return seen


def test_the_code_knows_what_every_page_is_for(every_page: Sequence[BuiltPage]) -> None:
    """So that one page of each kind and status can be chosen for what is too slow to do on all."""
    assert [str(page) for page in every_page if page.kind is None] == []


@pytest.mark.parametrize("engine", ["axe-core", "HTML_CodeSniffer", *OF_EVERY_PAGE])
def test_nothing_is_found_on_any_page_at_either_width_by(engine: str, seen: Seen) -> None:
    assert in_short(seen.of(engine)) == []


def test_the_html_of_every_page_is_valid(every_page: Sequence[BuiltPage]) -> None:
    assert in_short(engines.nu(every_page)) == []


def test_no_request_leaves_for_another_host_and_none_fails(seen: Seen) -> None:
    assert seen.hosts == {"127.0.0.1"}
    assert seen.failed == []


def test_the_browser_has_nothing_to_complain_of(seen: Seen) -> None:
    """Such as something that the content policy blocks."""
    assert seen.complaints == []
