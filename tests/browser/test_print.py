"""Paper, as Chromium prints it: sheets are read, so that what is tested is what comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator
from playwright.sync_api import Page as Tab
from tests.browser.chromium import browser, served
from tests.browser.sheets import Sheet, printed
from tests.site.built import ADDRESS, MADE_UP, Built, copy_root, order

from ltp.publishing.building import build

pytestmark = pytest.mark.browser

NUMBERS = ("999", "111", "85258", "116 123", "0800 1111")
SHEET = {"width": 680, "height": 974}
"""What is between the margins of A4, in CSS pixels."""
MARGIN = 56
"""The margins at the sides, in CSS pixels."""

ROWS = 40
WIDE = 10

TABLES = f"""---
title: Tables
source: storybook
---

## A long one

Table: Words in each year

| Year | Words | Number |
|------|-------|-------:|
{"".join(f"| Y{n}a Y{n}b | {' '.join(f'W{n}x{m}.' for m in range(5 + 40 * (n % 3)))} | {n} |{chr(10)}" for n in range(ROWS))}

## A wide one

Table: Many columns

| {" | ".join(f"Multidisciplinary {n}" for n in range(WIDE))} |
|{"---|" * WIDE}
| {" | ".join(["Neurodevelopmental-assessments"] * WIDE)} |
| {" | ".join(["https://books.example/a/very/long/address/that/has/no/end"] * WIDE)} |

Table: Seven columns

| {" | ".join(["Plan", "Young people", "Organisation", "Neurodevelopmental", "Multidisciplinary", "Time", "Share"])} |
|{"---|" * 7}
| {" | ".join(["Multidisciplinary", "12,345", "Commissioning", "2026 to 2027", "50%", "Yes", "Not known"])} |

## A list

{"".join(f"{n}. [Line {n}](https://books.example/{n}/){chr(10)}" for n in range(1, 13))}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give the made-up areas as in a preview, with a page of tables, at a public address."""
    root = copy_root(MADE_UP, tmp_path_factory.mktemp("paper"))
    (root / "content/harbour/2026-27/tables.md").write_text(TABLES, encoding="utf-8")
    wanted = order(root, address=ADDRESS, drafts=True)
    outcome = build(wanted)
    assert outcome.succeeded, [str(each) for each in outcome.findings]
    return Built(root, wanted.out, outcome, ADDRESS)


@pytest.fixture(scope="module")
def opened() -> Iterator[Browser]:
    with browser() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def host(site: Built) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture(params=["with scripts", "without scripts"])
def tab(opened: Browser, request: pytest.FixtureRequest) -> Iterator[Tab]:
    context = opened.new_context(java_script_enabled=request.param == "with scripts")
    yield context.new_page()
    context.close()


@pytest.fixture
def paper(opened: Browser) -> Iterator[Tab]:
    """Give a tab as wide as a sheet that shows what is printed."""
    context = opened.new_context(viewport=SHEET)  # type: ignore[arg-type]
    page = context.new_page()
    page.emulate_media(media="print")
    yield page
    context.close()


def shown(where: Locator) -> bool:
    return where.count() > 0 and all(each.is_visible() for each in where.all())


def sheets_of(tab: Tab, address: str) -> list[Sheet]:
    tab.goto(address)
    return printed(tab)


# -- what must be on paper


@pytest.mark.parametrize(
    ("address", "notices", "line"),
    [
        ("/harbour/2026-27/crisis/", 0, "The current plan."),
        ("/meadow/2023-24/", 1, "that period has ended"),
        ("/harbour/2024-25/crisis/", 1, "An earlier plan."),
        ("/lighthouse/2018-21/print/", 2, "Archived."),
        ("/harbour/2019-21/print/", 2, "Withdrawn."),
    ],
)
def test_paper_has_the_notices_the_status_the_date_and_the_address(
    paper: Tab, host: str, address: str, notices: int, line: str
) -> None:
    paper.goto(host + address)

    found = paper.locator(".app-notice")
    assert found.count() == notices
    assert all(each.is_visible() for each in found.all())
    assert shown(paper.locator(".app-print-line"))
    words = paper.locator(".app-print-line").inner_text()
    assert line in words
    assert "Published: " in words
    assert ADDRESS.rstrip("/") + address in words
    assert paper.locator("h1").is_visible()


KINDS = (
    "/",
    "/about/",
    "/guide/sail/",
    "/harbour/",
    "/harbour/plans/",
    "/harbour/help/",
    "/harbour/help/find/",
    "/harbour/help/print/",
    "/harbour/have-your-say/",
    "/harbour/have-your-say/open-boats/",
    "/harbour/2026-27/",
    "/harbour/2026-27/print/",
    "/harbour/2014-15/",
    "/hill/latest/",
    "/no/such/page/",
)
"""A page of each kind."""


@pytest.mark.parametrize("address", KINDS)
def test_every_kind_of_page_prints_with_its_title_and_todays_help_first_and_no_empty_sheet(
    opened: Browser, host: str, address: str
) -> None:
    tab = opened.new_page()
    sheets = sheets_of(tab, host + address)
    title = tab.locator("h1").inner_text()
    tab.close()

    assert sheets[0].says(title)
    assert all(sheets[0].says(number) for number in NUMBERS)
    for at, sheet in enumerate(sheets, 1):
        rest = re.sub(rf"^.*?{at}of{len(sheets)}", "", sheet.text)
        assert len(rest) > 20, f"sheet {at}: {sheet.text}"


@pytest.mark.parametrize("address", [each for each in KINDS if each != "/no/such/page/"])
def test_nothing_runs_off_the_side(paper: Tab, host: str, address: str) -> None:
    paper.goto(host + address)
    assert paper.evaluate(OFF_THE_SIDE) == []


OFF_THE_SIDE = """() => [...document.body.querySelectorAll("*")]
  .filter(each => each.checkVisibility() && !each.closest(".nhsuk-u-visually-hidden"))
  .filter(each => {
    const box = each.getBoundingClientRect();
    return box.width && (box.left < -2 || box.right > document.documentElement.clientWidth + 2);
  })
  .map(each => each.outerHTML.slice(0, 80))"""


def test_paper_leaves_out_what_only_a_screen_can_use(paper: Tab, host: str) -> None:
    for address in ("/harbour/2026-27/crisis/", "/harbour/help/find/"):
        paper.goto(host + address)
        for selector in (
            ".nhsuk-skip-link",
            "nav[aria-label='Main']",
            "nav[aria-label='Breadcrumb']",
            ".app-contents",
            ".nhsuk-pagination",
            "form",
            "button",
        ):
            assert not any(each.is_visible() for each in paper.locator(selector).all()), selector


def test_open_now_is_not_printed_since_it_is_true_for_a_moment(
    opened: Browser, directory: Built
) -> None:
    with served(directory) as there:
        tab = opened.new_page()
        tab.goto(f"{there}/harbour/help/harbour-rapid-response/")
        tab.wait_for_selector(".app-open-now:not([hidden])")
        sheets = printed(tab)
        tab.close()

    assert any(sheet.says("Every day, day and night") for sheet in sheets)
    assert not any(sheet.says("worked out at") for sheet in sheets)


def test_the_screen_does_not_show_what_is_for_paper(opened: Browser, host: str) -> None:
    tab = opened.new_page()
    tab.goto(f"{host}/harbour/2026-27/crisis/")
    for selector in (".app-print-line", ".app-addresses"):
        assert not tab.locator(selector).is_visible(), selector
    tab.close()


# -- dark on light


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_words_are_black_on_white_whatever_the_screen_shows(
    opened: Browser, host: str, scheme: str
) -> None:
    tab = opened.new_page()
    tab.emulate_media(media="print", color_scheme=scheme)  # type: ignore[arg-type]
    for address in ("/harbour/help/", "/harbour/2019-21/crisis/"):
        tab.goto(host + address)
        assert tab.evaluate(COLOURS) == ["rgb(0, 0, 0) on rgba(0, 0, 0, 0)"], address
    tab.close()


COLOURS = """() => [...new Set([...document.querySelectorAll("html, body, body *")]
  .filter(each => each.checkVisibility())
  .map(each => getComputedStyle(each))
  .map(style => `${style.color} on ${style.backgroundColor}`))]"""


# -- folded, cut, alone


def test_what_is_folded_away_on_the_screen_is_open(tab: Tab, host: str) -> None:
    sheets = sheets_of(tab, f"{host}/harbour/2026-27/")
    assert any(sheet.says("A place for boats.") for sheet in sheets)


@pytest.fixture(scope="module")
def tables(opened: Browser, host: str) -> list[Sheet]:
    tab = opened.new_page()
    sheets = sheets_of(tab, f"{host}/harbour/2026-27/tables/")
    tab.close()
    return sheets


def test_no_row_is_cut(tables: list[Sheet]) -> None:
    for n in range(ROWS):
        words = [f"Y{n}a", f"Y{n}b", f"W{n}x0", f"W{n}x{4 + 40 * (n % 3)}"]
        holds = [
            [bool(re.search(rf"{word}(?![\d])", sheet.text)) for word in words] for sheet in tables
        ]
        assert sum(map(any, holds)) == 1, n
        assert sum(map(all, holds)) == 1, n


def test_the_head_of_a_table_is_on_every_sheet_and_never_without_a_row(tables: list[Sheet]) -> None:
    with_rows = [bool(re.search(r"Y\d+a", sheet.text)) for sheet in tables]
    with_head = [sheet.says("Year Words Number") for sheet in tables]
    assert with_head == with_rows
    assert sum(with_rows) > 3
    (first,) = (sheet for sheet in tables if sheet.says("Words in each year"))
    assert first.says("Y0a")


def test_a_table_with_many_columns_fits_by_smaller_type(paper: Tab, host: str) -> None:
    paper.goto(f"{host}/harbour/2026-27/tables/")

    assert paper.evaluate(OFF_THE_SIDE) == []
    sizes = [
        paper.locator(f"table:has-text('{name}') td").first.evaluate(
            "e => getComputedStyle(e).fontSize"
        )
        for name in ("Words in each year", "Seven columns", "Many columns")
    ]
    assert [round(float(each[:-2]) * 0.75) for each in sizes] == [13, 10, 8]


def test_no_letter_stands_in_the_margin(tables: list[Sheet]) -> None:
    """The numbers of a list stand out to the left, and what stands out of the page is cut."""
    for sheet in tables:
        seen = [each for each in sheet.letters if each.text.strip()]
        assert min(each.x for each in seen) >= MARGIN
        assert max(each.x for each in seen) <= sheet.width - MARGIN
    assert any(sheet.says("12.Line 12") for sheet in tables)


def test_no_heading_is_the_last_thing_on_a_sheet(
    opened: Browser, host: str, tables: list[Sheet]
) -> None:
    tab = opened.new_page()
    whole = sheets_of(tab, f"{host}/harbour/2026-27/print/")
    headings = [
        "".join(each.split()) for each in tab.locator("h2, h3, h4, caption").all_inner_texts()
    ]
    tab.close()

    assert len(headings) > 10
    for sheet in [*whole, *tables]:
        assert not sheet.text.endswith(tuple(headings))


# -- links


def test_links_have_the_numbers_of_their_addresses(tab: Tab, host: str) -> None:
    sheets = sheets_of(tab, f"{host}/harbour/2026-27/schools/")
    text = "".join(sheet.text for sheet in sheets)

    assert "Gethelptoday[1]" in text
    assert "atnight,onfoot[2]" in text
    assert "Addressesofthelinksonthispage" in text
    own = f"{ADDRESS}harbour/2026-27"
    for line in (f"1.{ADDRESS}harbour/help/", f"2.{own}/crisis/#on-foot"):
        assert line in text
    assert "https://library.example.test/plans?a=1&b=2#here" in text
    assert "whereitwasread." not in text
    assert "whereitwasread," in text


def test_links_inside_a_whole_plan_say_which_part_they_lead_to(tab: Tab, host: str) -> None:
    sheets = sheets_of(tab, f"{host}/harbour/2026-27/print/")
    text = "".join(sheet.text for sheet in sheets)

    assert "atnight,onfoot(part2)" in text
    assert "intheboats(part1)" in text
    assert "#part-" not in text


# -- every sheet


def test_the_foot_of_every_sheet_says_what_it_is_and_which(tables: list[Sheet]) -> None:
    for at, sheet in enumerate(tables, 1):
        assert sheet.says(f"Harbour 2026 to 2027 plan. Current. {ADDRESS}harbour/2026-27/tables/")
        assert sheet.says(f"{at} of {len(tables)}")


def test_every_sheet_of_a_draft_says_that_it_is_one(opened: Browser, host: str) -> None:
    tab = opened.new_page()
    draft = sheets_of(tab, f"{host}/harbour/2027-28/print/")
    plan = sheets_of(tab, f"{host}/harbour/2026-27/print/")
    tab.close()

    assert len(draft) > 1
    large = [[each.text for each in sheet.letters if each.text in "Draft"] for sheet in draft]
    assert all("".join(each).count("Draft") >= 1 for each in large)
    assert all(_is_slanted(sheet) for sheet in draft)
    assert not any(_is_slanted(sheet) for sheet in plan)


def _is_slanted(sheet: Sheet) -> bool:
    """Tell whether "Draft" stands across the sheet: each letter higher than the one before."""
    letters = sheet.letters
    for at in range(len(letters) - 4):
        word = letters[at : at + 5]
        if "".join(each.text for each in word) == "Draft":
            heights = [each.y for each in word]
            if heights == sorted(heights, reverse=True) and heights[0] - heights[-1] > 100:
                return True
    return False
