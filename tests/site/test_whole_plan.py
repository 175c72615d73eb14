"""The page that has a whole edition on it, to print: each edition has it, and nothing is lost on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

import pytest
from tests.site.built import CRISIS, MADE_UP, Built, Page, copy_root, order, words_of

from ltp.plans.loading import load
from ltp.publishing.building import build

HEADINGS = "self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6"


def wholes(site: Built) -> list[Page]:
    found = [page for page in site.pages.values() if page.is_whole_plan]
    assert found
    return found


def home(whole: Page) -> str:
    """Give the address of the front page of the edition that a page is the whole of."""
    return whole.address.removesuffix("print/")


def pages_of(site: Built, whole: Page) -> list[Page]:
    """Give the pages of its edition as readers meet them: from the front page on, always the next."""
    page = site[home(whole)]
    found = [page]
    while following := page.all("//main//a[@rel='next']/@href"):
        page = site[page.resolve(following[0])]
        found.append(page)
    return found


def parts(whole: Page) -> list[Any]:
    return whole.all("//main/section[contains(@class, 'app-part')]")


def text_in(element: Any) -> Any:
    (text,) = element.xpath(".//div[@class='app-content']")
    return text


def paired(site: Built) -> Iterator[tuple[Page, Page, Any]]:
    """Give each page of an edition with the page of the whole, and the part that it is there."""
    for whole in wholes(site):
        for page, part in zip(pages_of(site, whole), parts(whole), strict=True):
            yield whole, page, part


# -- where it is


def test_every_edition_has_it_however_few_pages_it_has(any_site: Built) -> None:
    editions = {
        page.address
        for page in any_site.pages.values()
        if page.data and page.data["@type"] == "Report"
    }
    assert {home(whole) for whole in wholes(any_site)} == editions


def test_a_plan_of_one_page_has_it_without_contents_or_numbers(made_up: Built) -> None:
    whole = made_up["/meadow/easy-read/print/"]

    (part,) = parts(whole)
    assert words_of(part.find("h2")) == "Overview"
    assert not whole.all("//nav[contains(@class, 'app-parts')]")
    assert "Part 1" not in words_of(part)


def test_a_removed_edition_has_none_and_a_draft_only_in_a_preview(
    made_up: Built, drafts: Built
) -> None:
    assert "/harbour/2014-15/" in made_up.pages
    assert "/harbour/2014-15/print/" not in made_up.pages
    assert "/harbour/2027-28/print/" not in made_up.pages

    draft = drafts["/harbour/2027-28/print/"]
    assert draft.title.startswith("[Draft] ")
    assert draft.robots == "noindex"
    assert [each.kind for each in draft.notices] == ["draft"]


def test_an_archived_area_has_it_too(real: Built) -> None:
    whole = real["/medway/2015-21/print/"]

    assert whole.notices[0].kind == "archived"
    assert "Archived." in whole.words("//p[@class='app-print-line']")[0]


def test_every_page_of_an_edition_leads_to_it(any_site: Built) -> None:
    for whole in wholes(any_site):
        for page in pages_of(any_site, whole):
            (link,) = page.all(
                "//main//*[contains(@class, 'app-contents')]//a[contains(., 'print')]"
            )
            assert page.resolve(link.get("href")) == whole.address
            assert words_of(link).endswith("on one page, to print")


def test_it_is_in_no_list_of_pages_and_repeats_no_machine(any_site: Built) -> None:
    for whole in wholes(any_site):
        assert whole.robots in ("noindex, follow", "noindex")
        assert whole.canonical == "./" or str(whole.canonical).endswith(whole.address)
        assert whole.structured is None
        assert whole.relations == []
        assert not whole.all("//a[@rel='next' or @rel='prev']")
    for sitemap in any_site.folder.rglob("sitemap*.xml"):
        assert "/print/" not in sitemap.read_text(encoding="utf-8").replace("/help/print/", "")


# -- what is on it


def test_its_h1_is_the_plan_and_its_title_says_what_the_page_is_for(made_up: Built) -> None:
    whole = made_up["/harbour/2024-25/print/"]

    assert whole.heading == "2024 to 2025 plan"
    assert whole.title == (
        "On one page, to print – 2024 to 2025 plan (earlier plan) – Harbour – Made-up plans"
    )


def test_a_withdrawn_plan_says_so_with_the_reason(made_up: Built) -> None:
    whole = made_up["/harbour/2019-21/print/"]

    assert whole.title.startswith("[Withdrawn] ")
    front = made_up["/harbour/2019-21/"]
    (withdrawn,) = (each for each in front.notices if each.kind == "withdrawn")
    assert withdrawn in whole.notices
    assert len(withdrawn.paragraphs) > 0


def test_its_notices_are_those_of_the_front_page(any_site: Built) -> None:
    for whole in wholes(any_site):
        assert whole.notices == any_site[home(whole)].notices, whole.address


def test_a_part_of_an_earlier_plan_leads_to_its_subject_in_the_latest(made_up: Built) -> None:
    whole = made_up["/harbour/2024-25/print/"]
    crisis = next(part for part in parts(whole) if "crisis" in str(part.find("h2").get("id")))
    terms = [words_of(each) for each in crisis.xpath(".//dt")]

    assert terms[0] == "The same subject later"
    assert words_of(crisis.xpath(".//dd")[0]).endswith(", in the Harbour 2026 to 2027 plan")
    assert "The same subject later" not in words_of(made_up["/harbour/2026-27/print/"].tree)


def test_the_headings_of_a_refresh_call_it_one(made_up: Built) -> None:
    assert "Contents of this refresh" in made_up["/harbour/2024-25/"].words("//h2")
    assert "Contents of this plan" in made_up["/harbour/2026-27/"].words("//h2")


def test_facts_then_help_in_full_then_the_contents_come_before_the_parts(any_site: Built) -> None:
    for whole in wholes(any_site):
        order = whole.words("//main/section[contains(@class, 'app-section')]/h2")[:2]
        kind = load(any_site.root).plans.editions[home(whole).strip("/")].kind.value
        assert order == [f"About this {kind}", "If you need help now"]
        cards = whole.all("//main//*[contains(@class, 'nhsuk-card--care')]//a/@href")
        assert tuple(cards) == CRISIS
        first = parts(whole)[0]
        for path in ("preceding::*[@id='about-plan']", "preceding::*[@id='help-now']"):
            assert first.xpath(path), whole.address
        assert whole.facts == {}
        terms = whole.words("//*[@id='about-plan']/following-sibling::dl[1]//dt")
        assert {"Status", "Published by", "Published", "Covers"} <= set(terms)


def test_its_contents_lead_to_every_part_in_reading_order(any_site: Built) -> None:
    for whole in wholes(any_site):
        headings = [words_of(part.find("h2")) for part in parts(whole)]
        links = whole.all("//nav[contains(@class, 'app-parts')]//li/a")
        if len(headings) == 1:
            assert links == []
            continue
        assert [words_of(each) for each in links] == headings
        ids = [part.find("h2").get("id") for part in parts(whole)]
        assert [each.get("href") for each in links] == [f"#{each}" for each in ids]
        count = len(headings)
        captions = [words_of(part.find("p")) for part in parts(whole)]
        assert captions == [f"Part {at} of {count}" for at in range(1, count + 1)]


def test_each_page_is_a_part_with_its_title_its_summary_and_its_source(any_site: Built) -> None:
    for whole, page, part in paired(any_site):
        expected = page.heading if page.heading != whole.heading else "Overview"
        assert words_of(part.find("h2")) == expected
        said = [words_of(each) for each in part.xpath("p")]
        for lead in page.words("//p[contains(@class, 'nhsuk-lede-text')]"):
            assert lead in said
        facts = {
            words_of(row.find("dt")): " ".join(words_of(each) for each in row.iter("dd"))
            for row in part.xpath("dl/div")
        }
        for term in ("Source", "Page last reviewed", "Next review by"):
            assert facts.get(term) == page.facts.get(term), (page.address, term)


def test_no_word_of_any_page_is_lost_or_out_of_order(any_site: Built) -> None:
    for whole, page, part in paired(any_site):
        written = page.all("//div[@class='app-content']")
        said = words_of(written[0]) if written else ""
        assert words_of(text_in(part)) == said, (whole.address, page.address)
        assert said or not written


def test_what_the_front_page_says_below_its_text_is_said_after_the_parts(any_site: Built) -> None:
    for whole in wholes(any_site):
        front = any_site[home(whole)]
        below = front.words("//main/section[contains(@class, 'app-section')]")
        after = whole.words(
            "//main/section[contains(@class, 'app-section')][preceding::*[contains(@class, 'app-part')]]"
        )
        assert after == below, whole.address


def test_headings_of_a_page_stand_one_level_lower(any_site: Built) -> None:
    for _, page, part in paired(any_site):
        on_page = page.all(f"//div[@class='app-content']//*[{HEADINGS}]")
        in_part = text_in(part).xpath(f".//*[{HEADINGS}]")
        assert [(int(each.tag[1]) + 1, words_of(each)) for each in on_page] == [
            (int(each.tag[1]), words_of(each)) for each in in_part
        ]


def test_every_id_has_its_part_before_it(any_site: Built) -> None:
    for _, page, part in paired(any_site):
        name = part.find("h2").get("id")
        on_page = page.all("//div[@class='app-content']//@id")
        assert [f"{name}--{each}" for each in on_page] == text_in(part).xpath(".//@id")


# -- where its links lead


def test_every_link_to_a_part_of_the_page_resolves(any_site: Built) -> None:
    for whole in wholes(any_site):
        ids = set(whole.all("//@id"))
        for link in whole.all("//a[starts-with(@href, '#')]/@href"):
            assert link[1:] in ids, (whole.address, link)


def test_links_lead_where_they_led_and_to_the_part_where_that_is_on_the_page(
    any_site: Built,
) -> None:
    for whole in wholes(any_site):
        pages = pages_of(any_site, whole)
        ids = {
            p.address: part.find("h2").get("id")
            for p, part in zip(pages, parts(whole), strict=True)
        }
        for page, part in zip(pages, parts(whole), strict=True):
            then = page.all("//div[@class='app-content']//a[@href]")
            now = text_in(part).xpath(".//a[@href]")
            assert len(then) == len(now)
            for before, after in zip(then, now, strict=True):
                led, fragment = _led(page, before)
                if led in ids:
                    inner = f"--{fragment}" if fragment else ""
                    assert after.get("href") == f"#{ids[led]}{inner}"
                else:
                    assert _led(whole, after) == (led, fragment)


def _led(page: Page, link: Any) -> tuple[str, str]:
    base = f"https://plans.example.test{page.address}"
    address, fragment = urldefrag(urljoin(base, link.get("href")))
    return address.removeprefix("https://plans.example.test"), fragment


def test_a_link_to_another_part_says_on_paper_which_it_is(made_up: Built) -> None:
    whole = made_up["/harbour/2026-27/print/"]
    (schools,) = (part for part in parts(whole) if words_of(part.find("h2")) == "Schools")

    to = {words_of(each): each.get("data-to-part") for each in schools.xpath(".//a")}

    assert to["at night, on foot"] == to["by day"] == "2"
    assert to["in the boats"] == "1"
    assert to["where it was read"] is None
    assert to["today’s help"] is None


def test_pictures_are_found(site: Built) -> None:
    shown = [(whole, each) for whole in wholes(site) for each in whole.all("//main//img/@src")]

    assert shown
    for whole, source in shown:
        assert site.file(whole.resolve(source)).is_file(), (whole.address, source)


def test_what_is_folded_away_on_a_page_is_open(made_up: Built) -> None:
    whole = made_up["/harbour/2026-27/print/"]

    assert len(whole.all("//details")) == 2
    assert len(whole.all("//details[@open]")) == 2
    assert not made_up["/harbour/2026-27/"].all("//details[@open]")


def test_footnotes_stay_with_the_page_that_they_are_of(made_up: Built) -> None:
    whole = made_up["/harbour/2026-27/print/"]

    notes = {
        words_of(part.find("h2")): [
            words_of(each) for each in part.xpath(".//*[@class='footnote']//p")
        ]
        for part in parts(whole)
        if part.xpath(".//*[@class='footnote']")
    }

    back = "↩Back to footnote 1 in the text"
    assert notes == {
        "Overview": [f"In the storybook. {back}"],
        "Schools": [f"In another storybook. {back}"],
    }


def test_tables_of_two_pages_with_the_same_caption_are_told_apart(made_up: Built) -> None:
    whole = made_up["/harbour/2026-27/print/"]

    same = whole.all("//table[caption='Boats in each year']/..")
    names = [
        " ".join(
            words_of(whole.one(f"//*[@id='{each}']"))
            for each in region.get("aria-labelledby").split()
        )
        for region in same
    ]

    assert names == ["Boats in each year Overview", "Boats in each year Schools"]


def test_retired_numbers_are_marked_as_on_the_pages(directory: Built) -> None:
    whole, page = directory["/harbour/2022/print/"], directory["/harbour/2022/crisis/"]
    marked = "//span[@class='app-retired']"

    assert whole.words(marked) == page.words(marked) != []
    assert not whole.all("//main//a[contains(@href, '1632960999')]")


@pytest.mark.parametrize("address", ["/blmk/2021-22/", "/medway/2015-21/"])
def test_pages_on_their_own_know_nothing_of_it(real: Built, address: str) -> None:
    assert "part-" not in real[address].text
    assert "data-to-part" not in real[address].text


def test_a_part_in_another_language_says_so(tmp_path: Path) -> None:
    root = copy_root(MADE_UP, tmp_path)
    page = root / "content/harbour/2026-27/schools.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("title: Schools", "title: Ysgolion\nlanguage: cy"), "utf-8")
    wanted = order(root)
    whole = Built(root, wanted.out, build(wanted))["/harbour/2026-27/print/"]

    (part,) = (each for each in parts(whole) if words_of(each.find("h2")) == "Ysgolion")
    assert part.find("h2").get("lang") == "cy"
    assert text_in(part).get("lang") == "cy"
    assert whole.one("//nav//a[.='Ysgolion']").get("lang") == "cy"
    assert whole.tree.get("lang") == "en"


def test_a_whole_plan_with_a_page_that_nobody_should_be_seen_with_can_be_left(real: Built) -> None:
    whole, other = real["/blmk/2021-22/print/"], real["/kent-and-medway/2019/print/"]

    for page in (whole, other):
        assert page.can_be_left
        assert page.title.startswith("On one page, to print – ")
    assert not real["/blmk/2021-22/"].can_be_left


def test_the_site_map_has_it_last_of_its_plan_and_the_a_to_z_not_at_all(made_up: Built) -> None:
    page = made_up["/harbour/site-map/"]

    (link,) = page.all("//main//a[@href='../2026-27/print/']")
    assert words_of(link) == "All of this plan on one page, to print"
    assert not link.xpath("ancestor::li[1]/following-sibling::li")
    assert "2026-27/print/" not in made_up["/harbour/a-to-z/"].text
