"""What only paper shows, on every page: its line at the end, and where its links lead."""

from __future__ import annotations

import re
from statistics import median
from typing import Any
from urllib.parse import urljoin

import pytest
from tests.site.built import Built, Page, words_of

SPELLED = "//main//div[@class='app-addresses']/ol/li"
LINKS = "//main//a[@href] | //aside[contains(@class, 'app-crisis-strip')]//a[@href]"


def own_address(site: Built, page: Page) -> str:
    """Give a page's address as it is printed: in full where the site has one."""
    if str(page.canonical).startswith("https:"):
        return str(page.canonical)
    return (site.address.rstrip("/") if site.address else "") + page.address


def printed_links(page: Page) -> list[Any]:
    """Give the links that paper shows and that lead away from the page."""
    return [
        each
        for each in page.all(LINKS)
        if not each.xpath("ancestor::nav") and not re.match(r"#|tel:|sms:", each.get("href"))
    ]


def address_of(link: Any, own: str) -> str:
    to = str(link.get("href"))
    return to[7:].partition("?")[0] if to.startswith("mailto:") else urljoin(own, to)


# -- links


def test_every_link_that_leaves_a_page_has_a_number_and_the_list_its_address(
    any_site: Built,
) -> None:
    seen = 0
    for page in any_site.pages.values():
        if page.is_redirect or page.is_not_found:
            continue
        listed = page.words(SPELLED)
        own = own_address(any_site, page)
        for link in printed_links(page):
            address = address_of(link, own)
            if link.get("data-n") is None:
                assert address.rstrip("/") in words_of(link), (page.address, address)
                continue
            assert listed[int(link.get("data-n")) - 1] == address, page.address
            seen += 1
    assert seen > 100


def test_an_address_is_listed_once_and_only_if_a_link_has_its_number(any_site: Built) -> None:
    for page in any_site.pages.values():
        listed = page.words(SPELLED)
        numbers = [int(each) for each in page.all("//a/@data-n")]
        assert list(dict.fromkeys(numbers)) == list(range(1, len(listed) + 1)), page.address
        assert len(set(listed)) == len(listed), page.address
        assert bool(listed) is bool(page.all("//div[@class='app-addresses']")), page.address


def test_links_that_paper_leaves_out_and_parts_of_the_page_have_no_number(any_site: Built) -> None:
    for page in any_site.pages.values():
        assert not page.all("//nav//a[@data-n]"), page.address
        assert not page.all("//a[@data-n][starts-with(@href, '#')]"), page.address
        assert not page.all("//a[@data-n][starts-with(@href, 'tel:')]"), page.address


def test_where_nothing_was_found_links_are_spelled_out_from_the_root(
    made_up: Built, made_up_at_address: Built
) -> None:
    assert made_up["/harbour/404.html"].words(SPELLED)[1:3] == ["/harbour/", "/harbour/plans/"]
    spelled = made_up_at_address["/harbour/404.html"].words(SPELLED)
    assert spelled[1] == "https://plans.example.test/plans/harbour/"


def test_a_path_is_printed_while_there_is_no_public_address(real: Built) -> None:
    page = real["/blmk/2024-25/crisis/"]

    assert "/blmk/2021-22/crisis/" in page.words(SPELLED)
    assert "https://blmkccg.nhs.uk/about-us/role-of-blmk-ics/" in page.words(SPELLED)


def test_an_address_that_the_words_say_is_not_said_again(made_up_at_address: Built) -> None:
    page = made_up_at_address["/harbour/2026-27/crisis/"]

    (short,) = page.all("//main//a[contains(., '/id/harbour/2026-27/')]")
    assert short.get("data-n") is None
    assert words_of(short) not in page.words(SPELLED)


def test_an_email_address_is_spelled_out_without_what_follows_it(directory: Built) -> None:
    page = directory["/harbour/help/harbour-hub/"]

    assert "directory@harbour.example" in page.words(SPELLED)


def test_what_paper_adds_to_a_page_weighs_little(real_at_address: Built) -> None:
    """A typical page of a plan, with its addresses in full: in bytes, before they are packed."""
    added = [
        sum(map(len, re.findall(r'<div class="app-addresses">.*?</div>\n', page.text, re.DOTALL)))
        + sum(map(len, re.findall(r' data-(?:n|sheet)="[^"]*"', page.text)))
        for page in real_at_address.pages.values()
        if page.data
    ]

    assert len(added) > 50
    assert median(added) < 1024
    assert max(added) < 2048


# -- the line at the end, and at the foot of every sheet


def test_every_page_says_at_its_end_what_it_is_and_where_it_stands(any_site: Built) -> None:
    for page in any_site.pages.values():
        lines = page.words("//main/p[@class='app-print-line']")
        sheets = page.all("/html/@data-sheet")
        if page.is_redirect or page.is_not_found:
            assert lines == sheets == [], page.address
            continue
        own = own_address(any_site, page)
        assert lines[0].endswith(f" Address: {own}"), page.address
        assert sheets[0].endswith(f" {own}"), page.address


def test_it_never_says_the_day_of_the_build(any_site: Built) -> None:
    """A page would be another one every day."""
    for page in any_site.pages.values():
        for line in [
            *page.words("//main/p[@class='app-print-line']"),
            *page.all("/html/@data-sheet"),
        ]:
            assert "21 November 2026" not in line, page.address


def test_it_says_the_status_and_the_dates_that_are_known(made_up: Built, real: Built) -> None:
    (line,) = made_up["/harbour/2026-27/crisis/"].words("//p[@class='app-print-line']")
    assert line == (
        "Harbour and Lowtown: 2026 to 2027 plan. The current plan. Published: June 2026. "
        "Page last reviewed: 1 July 2026. Address: /harbour/2026-27/crisis/"
    )
    (line,) = real["/blmk/2024-25/crisis/"].words("//p[@class='app-print-line']")
    assert "Published: Not known." in line
    assert "reviewed" not in line


def test_it_says_who_runs_the_site(made_up: Built) -> None:
    (line,) = made_up["/meadow/2023-24/"].words("//p[@class='app-print-line']")

    assert " Run by Meadow Board. " in line


@pytest.mark.parametrize(
    ("address", "sheet"),
    [
        (
            "/harbour/2024-25/crisis/",
            "Harbour 2024 to 2025 plan. Earlier. /harbour/2024-25/crisis/",
        ),
        ("/harbour/2019-21/", "Harbour 2019 to 2021 plan. Withdrawn. /harbour/2019-21/"),
        ("/harbour/plans/", "Harbour. /harbour/plans/"),
        ("/", "Made-up plans. /"),
    ],
)
def test_the_foot_of_every_sheet_says_the_plan_its_status_and_the_address(
    made_up: Built, address: str, sheet: str
) -> None:
    assert made_up[address].all("/html/@data-sheet") == [sheet]
