"""The sites that these tests ask."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

# So that the folders of tests share `tests.site`, which can't be called `site`: Python has one.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from audit.browser import browser
from audit.samples import samples
from audit.sites import BuiltPage
from playwright.sync_api import Browser
from tests.browser.sites import audited
from tests.site.built import Built
from tests.site.fixtures import (  # noqa: F401
    any_site,
    directory,
    drafts,
    made_up,
    made_up_at_address,
    real,
    real_at_address,
    site,
)


@pytest.fixture(scope="module")
def opened() -> Iterator[Browser]:
    """Give a browser for all tests of a file."""
    with browser() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def every_page(
    real: Built,  # noqa: F811  (the fixture)
    made_up: Built,  # noqa: F811
    directory: Built,  # noqa: F811
    drafts: Built,  # noqa: F811
) -> Sequence[BuiltPage]:
    """Give every page of every kind of site: the real one, the made-up ones, the drafts of a preview."""
    sites = {"real": real, "made_up": made_up, "directory": directory}
    pages = [page for name, built in sites.items() for page in audited(name, built).pages]
    shown = audited("drafts", drafts).pages
    return [*pages, *(page for page in shown if page.address not in made_up.pages)]


@pytest.fixture(scope="session")
def one_of_each(every_page: Sequence[BuiltPage]) -> Sequence[BuiltPage]:
    """Give one page of every template and status."""
    return samples(every_page)
