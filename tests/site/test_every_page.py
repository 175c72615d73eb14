"""What holds on every page of both sites, whatever it is about."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from tests.site.built import CRISIS, DEMONSTRATION, Built, Page, words_of

FOCUSABLE = "//a[@href] | //button | //input | //summary | //*[@tabindex='0']"


def told(site: Built, wrong: dict[str, object]) -> None:
    """Fail with every page that is wrong, and how."""
    assert wrong == {}, f"{len(wrong)} of {len(site.pages)} pages"


def test_both_sites_have_their_pages(real: Built, made_up: Built) -> None:
    assert len(real.pages) > 100
    assert len(made_up.pages) > 80


def test_the_first_thing_to_reach_by_keyboard_leads_to_the_content(any_site: Built) -> None:
    wrong: dict[str, object] = {}
    for page in any_site.pages.values():
        first = page.all(f"({FOCUSABLE})[1]")[0]
        if first.get("href") != "#maincontent" or page.one("//main").get("id") != "maincontent":
            wrong[page.address] = first.get("href")
    told(any_site, wrong)


def test_every_page_has_one_header_one_main_part_and_one_footer(any_site: Built) -> None:
    parts = ("//body/header", "//main", "//body/footer")
    told(
        any_site,
        {
            page.address: [len(page.all(part)) for part in parts]
            for page in any_site.pages.values()
            if [len(page.all(part)) for part in parts] != [1, 1, 1]
        },
    )


def test_every_page_has_exactly_one_h1_with_words(any_site: Built) -> None:
    told(
        any_site,
        {
            page.address: page.words("//h1")
            for page in any_site.pages.values()
            if len(page.words("//h1")) != 1 or not page.heading
        },
    )


def test_headings_of_the_content_never_leave_out_a_level(any_site: Built) -> None:
    wrong: dict[str, object] = {}
    for page in any_site.pages.values():
        levels = [
            int(each.tag[1])
            for each in page.all(
                "//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"
            )
        ]
        before = 0
        for level in levels:
            if level > before + 1:
                wrong[page.address] = levels
            before = level
    told(any_site, wrong)


def test_todays_five_lines_of_help_can_be_tapped_on_every_page(any_site: Built) -> None:
    wrong: dict[str, object] = {}
    for page in any_site.pages.values():
        strip = page.all("//aside[contains(@class, 'app-crisis-strip')]//a/@href")
        if tuple(each for each in strip if each.startswith(("tel:", "sms:"))) != CRISIS:
            wrong[page.address] = strip
    told(any_site, wrong)


def test_the_lines_of_help_stand_before_the_content(any_site: Built) -> None:
    told(
        any_site,
        {
            page.address: "after"
            for page in any_site.pages.values()
            if not page.all("//main/preceding::aside[contains(@class, 'app-crisis-strip')]")
        },
    )


def test_every_page_says_that_it_is_a_demonstration_until_somebody_runs_it(real: Built) -> None:
    wrong: dict[str, object] = {
        page.address: "not said above the content"
        for page in real.pages.values()
        if DEMONSTRATION not in [words_of(each) for each in page.all("//main/preceding::p")]
    }
    told(real, wrong)


def test_an_area_that_somebody_runs_says_who_and_no_longer_that_it_is_a_demonstration(
    made_up: Built,
) -> None:
    for page in made_up.pages.values():
        is_meadow = page.address.startswith("/meadow/")
        assert (DEMONSTRATION in page.text) is not is_meadow, page.address
        if is_meadow:
            assert "Meadow Board" in page.words("//body/footer")[0], page.address


def test_every_page_but_the_portals_front_says_where_it_stands(any_site: Built) -> None:
    wrong: dict[str, object] = {}
    for page in any_site.pages.values():
        crumbs = page.words("//nav[@aria-label='Breadcrumb']//li")
        expected = page.address != "/" and not page.is_redirect
        if bool(crumbs) is not expected or (crumbs and crumbs[0] != "All areas"):
            wrong[page.address] = crumbs
    told(any_site, wrong)


def test_notices_are_named_regions_before_the_content_and_never_more_than_two(
    any_site: Built,
) -> None:
    for page in any_site.pages.values():
        regions = page.all("//*[contains(concat(' ', @class, ' '), ' app-notice ')]")
        assert len(regions) <= 2, page.address
        assert len({each.get("aria-labelledby") for each in regions}) == len(regions)
        for region in regions:
            assert region.get("role") == "region"
            assert region.getparent().tag == "main"
            name = page.one(f"//*[@id='{region.get('aria-labelledby')}']")
            assert words_of(name), page.address
            assert region.xpath("following::h1"), page.address
            assert not region.xpath(".//button | .//input | ancestor::details | .//details")
            assert "hidden" not in region.attrib


def test_no_page_carries_a_style_a_frame_or_a_handler_in_its_text(any_site: Built) -> None:
    wrong: dict[str, object] = {}
    for page in any_site.pages.values():
        found = page.all("//style | //*[@style]")
        found += page.all("//@*[starts-with(name(), 'on')] | //@href[starts-with(., 'javascript')]")
        found += page.all("//iframe | //object | //embed | //form[@action] | //@formaction")
        if found:
            wrong[page.address] = [str(each) for each in found]
    told(any_site, wrong)


def test_every_page_has_the_script_that_puts_display_settings_on_it_before_any_style(
    any_site: Built,
) -> None:
    """It stops the drawing until it has run, so it is no module, and comes before the styles."""
    wrong: dict[str, object] = {}
    for page in any_site.pages.values():
        found = page.all("/html/head/script[contains(@src, 'display.js')]")
        files = [any_site.file(page.resolve(_at_the_root(page, each, any_site))) for each in found]
        first = page.one("/html/head/link[@rel='stylesheet'][1]")
        if (
            [dict(each.attrib).keys() for each in found] != [{"src"}]
            or not all(each.is_file() for each in files)
            or found[0] not in first.xpath("preceding::script")
            or found[0].text
        ):
            wrong[page.address] = files
    told(any_site, wrong)


def _at_the_root(page: Page, script: Any, site: Built) -> str:
    """Give where a script is, as if the site were served at the root: a 404 page names its base."""
    src = str(script.get("src"))
    return "/" + src.removeprefix(site.base) if page.is_not_found else src


def test_only_some_kinds_of_pages_have_more_scripts_and_only_their_own(
    any_site: Built,
) -> None:
    """A file of ours for each, nothing inline; no other page has a second script."""
    wrong: dict[str, object] = {}
    for page in any_site.pages.values():
        has_hours = page.all("//main//p[contains(@class, 'app-open-now')][@data-week]")
        own = ["open-now.js"] if has_hours else []
        own = ["find.js"] if page.is_finder else own
        own = ["search.js"] if page.is_search else own
        own = ["display-settings.js"] if page.is_display_settings else own
        expected = [*(["leave.js"] if page.can_be_left else []), *own]
        if has_hours and not re.fullmatch(r"/[\w-]+/help/[\w-]+/", page.address):
            wrong[page.address] = "hours on a page that is no entry’s"
        files = [any_site.file(page.resolve(str(each.get("src")))) for each in page.scripts]
        if [each.relative_to(any_site.folder).parts[-2:] for each in files] != [
            ("assets", name) for name in expected
        ]:
            wrong[page.address] = [str(each) for each in files]
        for script in page.scripts:
            if dict(script.attrib).keys() != {"type", "src"} or script.text:
                wrong[page.address] = script.text
            assert script.get("type") == "module", page.address
        assert all(each.is_file() for each in files), page.address
    told(any_site, wrong)


def test_what_needs_a_script_is_hidden_where_none_runs_and_can_send_nothing(
    any_site: Built,
) -> None:
    fields = "//form | //input | //select | //textarea | //button"
    for page in any_site.pages.values():
        if not (page.is_finder or page.is_search or page.is_display_settings):
            assert not page.all(fields), page.address
            continue
        shown = [
            each
            for each in page.all(fields)
            if not each.xpath("ancestor-or-self::*[@hidden] | ancestor::template")
        ]
        assert shown == [], page.address
        assert page.all("//form/@method") == ([] if page.is_display_settings else ["dialog"])
        assert not page.all("//dialog"), page.address


def test_structured_data_cannot_break_out_of_its_element(any_site: Built) -> None:
    for page in any_site.pages.values():
        for script in page.all("//script[@type='application/ld+json']"):
            assert "<" not in script.text, page.address


def test_structured_data_is_of_a_plan_or_of_a_service(any_site: Built) -> None:
    for page in any_site.pages.values():
        kinds = [page.data, page.service_data]
        assert kinds.count(None) == (1 if page.structured else 2), page.address
        is_help = page.address.split("/")[2:3] == ["help"]
        assert (page.service_data is not None) <= is_help, page.address
        assert (page.data is not None) <= (not is_help), page.address


def test_nothing_is_fetched_from_another_host(any_site: Built) -> None:
    """What a browser fetches by itself; links that a person follows may lead elsewhere."""
    fetched = "//img/@src | //img/@srcset | //source/@src | //script/@src | //video/@src"
    links = "//link[@rel='stylesheet' or @rel='icon' or @rel='preload']/@href"
    wrong: dict[str, object] = {}
    for page in any_site.pages.values():
        far = [each for each in page.all(f"{fetched} | {links}") if urlsplit(str(each)).netloc]
        if far:
            wrong[page.address] = far
    told(any_site, wrong)


def test_styles_and_pictures_name_no_other_host(any_site: Built) -> None:
    for path in [*any_site.folder.rglob("*.css"), *any_site.folder.rglob("*.svg")]:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/", "")
        assert not re.search(r"https?://|url\(\s*['\"]?//|@import", text), path


def test_every_page_has_the_same_strict_content_policy_before_anything_else(
    any_site: Built,
) -> None:
    for page in any_site.pages.values():
        policy = page.one("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert dict(part.split(" ", 1) for part in policy.split("; ")) == {
            "default-src": "'none'",
            "script-src": "'self'",
            "connect-src": "'self'",
            "style-src": "'self'",
            "img-src": "'self'",
            "base-uri": "'none'",
            "form-action": "'self'",
        }, page.address
        assert page.all("//meta[@http-equiv='Content-Security-Policy']/preceding-sibling::*") == [
            page.one("//meta[@charset='utf-8']")
        ], page.address


def test_every_page_names_its_language_and_fits_a_telephone(any_site: Built) -> None:
    for page in any_site.pages.values():
        assert page.tree.get("lang", "").startswith("en"), page.address
        viewport = page.one("//meta[@name='viewport']/@content")
        assert "width=device-width" in viewport
        assert "maximum-scale" not in viewport
        assert "user-scalable" not in viewport


def test_no_id_stands_twice_on_a_page(any_site: Built) -> None:
    wrong: dict[str, object] = {}
    for page in any_site.pages.values():
        ids = [str(each) for each in page.all("//@id")]
        twice = sorted({each for each in ids if ids.count(each) > 1})
        if twice:
            wrong[page.address] = twice
    told(any_site, wrong)


def test_everything_that_is_named_by_an_id_has_that_id_on_the_page(any_site: Built) -> None:
    for page in any_site.pages.values():
        ids = {str(each) for each in page.all("//@id")}
        for names in page.all("//@aria-labelledby | //@aria-describedby | //@for"):
            assert set(str(names).split()) <= ids, page.address


def test_pages_that_search_engines_may_list_have_titles_of_their_own(site: Built) -> None:
    """Sensitive ones apart: a title that is on many pages says nothing of one."""
    titles: dict[str, list[str]] = {}
    for page in site.content_pages:
        if page.robots is None and not page.can_be_left:
            titles.setdefault(page.title, []).append(page.address)
    assert {t: where for t, where in titles.items() if len(where) > 1} == {}


def test_every_title_ends_with_the_name_of_the_portal(site: Built) -> None:
    name = site["/"].title
    for page in site.pages.values():
        assert page.title.endswith(name), page.address


def test_every_picture_says_what_it_shows(any_site: Built) -> None:
    for page in any_site.pages.values():
        for image in page.all("//img"):
            assert "alt" in image.attrib, page.address
        for image in page.all("//main//img"):
            assert image.get("alt").strip(), page.address


def test_every_table_has_a_name_and_its_headers_say_what_they_head(any_site: Built) -> None:
    for page in any_site.pages.values():
        for table in page.all("//table"):
            named = table.find("caption") is not None or table.xpath("ancestor::*[@aria-label]")
            assert named, page.address
            assert {each.get("scope") for each in table.iter("th")} <= {"col", "row"}, page.address


def test_regions_and_navigations_of_a_page_have_names_of_their_own(any_site: Built) -> None:
    """A person who goes from one to the next by their names must be able to tell them apart."""
    wrong: dict[str, object] = {}
    for page in any_site.pages.values():
        for kind in ("//nav", "//*[@role='region'] | //section[@aria-labelledby or @aria-label]"):
            names = [_name(page, each) for each in page.all(kind)]
            if len(set(names)) < len(names) or not all(names):
                wrong[page.address] = names
    told(any_site, wrong)


def _name(page: Page, element: Any) -> str:
    ids = element.get("aria-labelledby", "").split()
    named = " ".join(words_of(page.one(f"//*[@id='{each}']")) for each in ids)
    return named or element.get("aria-label", "")


def test_every_link_and_button_has_words(any_site: Built) -> None:
    for page in any_site.pages.values():
        for link in page.all("//a[@href] | //button | //summary"):
            if link.xpath("ancestor::template") and (page.is_finder or page.is_search):
                continue  # a script gives them their words
            named = words_of(link) or link.get("aria-label")
            named = named or "".join(link.xpath(".//img/@alt"))
            assert named.strip(), (page.address, link.get("href"))


def test_every_page_of_a_plan_names_its_source(real: Built) -> None:
    wrong: dict[str, object] = {
        page.address: dict(page.facts)
        for page in real.content_pages
        if page.data and "Source" not in page.facts
    }
    told(real, wrong)


def test_every_page_that_people_wrote_names_its_source(real: Built) -> None:
    wrong: dict[str, object] = {}
    for page in real.content_pages:
        is_written = bool(page.all("//div[@class='app-content']"))
        named = "Source" in page.words("//main//dt")
        if is_written and not page.address.startswith("/guide/") and not named:
            wrong[page.address] = page.words("//main//dt")
    told(real, wrong)


def test_a_rewritten_plan_says_so_at_its_top_and_a_full_text_does_not(site: Built) -> None:
    for page in site.content_pages:
        if page.data or page.is_whole_plan:
            said = "Our plain-English summary, not the plan itself." in page.words("//main//p")
            assert said is _is_summary(site, page), page.address


def _is_summary(site: Built, page: Page) -> bool:
    area, edition = page.address.split("/")[1:3]
    facts = site.root / "content" / area / edition / "edition.yml"
    return "text: summary" in facts.read_text(encoding="utf-8")
