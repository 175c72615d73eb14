"""Every built page in a real browser, at 320 and 1280 px: axe, reflow, and what is asked for."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from tests.browser.chromium import Look, browser, look_at, served
from tests.site.built import Built

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=["real", "made_up", "directory", "drafts"])
def look(request: pytest.FixtureRequest) -> Look:
    """Look at every page of the real site, of the made-up ones, and at the drafts of a preview.

    Scripts run: a search is looked at with its form open and every entry found.
    """
    site = request.getfixturevalue(request.param)
    assert isinstance(site, Built)
    pages = list(site.pages.values())
    if request.param == "drafts":
        pages = [page for page in pages if "/2027-28/" in page.address]
    seen = look_at(site, pages)
    assert seen.pages == len(pages) > 0
    return seen


def test_axe_finds_nothing_on_any_page_at_either_width(look: Look) -> None:
    assert [str(each) for each in look.broken] == []


def test_no_page_scrolls_sideways_at_320_pixels(look: Look) -> None:
    assert look.sideways == []


def test_no_request_leaves_for_another_host_and_none_fails(look: Look) -> None:
    assert {urlsplit(each).hostname for each in look.requests} == {"127.0.0.1"}
    assert look.failed == []


def test_the_browser_has_nothing_to_complain_of(look: Look) -> None:
    """Such as something that the content policy blocks."""
    assert look.complaints == []


# -- the looking itself


@pytest.fixture
def spoilt(made_up: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give a site with one page that has every failure that is looked for."""
    site = made_up.copy(tmp_path_factory.mktemp("spoilt") / "root")
    page = site.folder / "ferry/index.html"
    text = page.read_text(encoding="utf-8")
    bad = (
        '<img src="missing.png"><p style="width: 900px">Wide</p>'
        '<pre class="wide">' + "wide-" * 200 + '</pre><a href="./"></a>'
    )
    page.write_text(text.replace("</main>", f"{bad}</main>"), encoding="utf-8")
    return site


def test_the_looking_finds_failures_of_every_kind(spoilt: Built) -> None:
    """A look that sees nothing anywhere would pass every test above."""
    seen = look_at(spoilt, [spoilt["/ferry/"]])

    assert {each.rule for each in seen.broken} >= {"image-alt", "link-name"}
    assert {each.width for each in seen.broken} == {320, 1280}
    assert seen.sideways == ["/ferry/"]
    assert any("missing.png" in each for each in seen.requests)
    assert any("style" in each.lower() for each in seen.complaints)


def test_pages_with_a_missing_address_show_the_nearest_404_page(real: Built) -> None:
    with browser() as opened, served(real) as host:
        tab = opened.new_page()
        for address, area in (("/no/such/", None), ("/blmk/no/such/page/", "/blmk/")):
            tab.goto(host + address)
            assert tab.locator("h1").inner_text() == "Page not found"
            if area:
                link = tab.locator("main").get_by_role("link", name="Bedfordshire")
                link.click()
                assert urlsplit(tab.url).path == area
