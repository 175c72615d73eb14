"""The page “Display settings” as it is built: for the portal and every area, and true without scripts."""

from __future__ import annotations

import re

from tests.site.built import CODE, Built, words_of

from ltp.site import display

SCRIPT = CODE / "overrides/assets/display.js"


def settings_of(site: Built) -> list[str]:
    return [address for address, page in site.pages.items() if page.is_display_settings]


def test_the_portal_and_every_area_have_the_page(real: Built, made_up: Built) -> None:
    """Areas whose plan has joined another too."""
    assert settings_of(real) == [
        "/blmk/display-settings/",
        "/display-settings/",
        "/kent-and-medway/display-settings/",
        "/medway/display-settings/",
    ]
    assert len(settings_of(made_up)) == 1 + len(list((made_up.root / "content").iterdir())) - 1


def test_every_footer_links_to_the_page_of_its_own_site(any_site: Built) -> None:
    for page in any_site.pages.values():
        (link,) = page.all("//body/footer//a[normalize-space()='Display settings']/@href")
        area = page.address.split("/")[1]
        own = f"/{area}/display-settings/"
        expected = own if own in any_site.pages else "/display-settings/"
        base = any_site.base.rstrip("/") if page.is_not_found else ""
        assert page.resolve(str(link)) == base + expected, page.address


def test_each_setting_is_a_group_of_radio_buttons_with_a_name(real: Built) -> None:
    page = real["/blmk/display-settings/"]
    groups = page.all("//fieldset")
    assert [words_of(each.find("legend")) for each in groups] == [
        "Text size",
        "Contrast",
        "Colours",
        "Spacing",
    ]
    for group in groups:
        radios = group.xpath(".//input[@type='radio']")
        assert len({each.get("name") for each in radios}) == 1
        assert [each.get("checked") is not None for each in radios].index(True) == 0
        for radio in radios:
            assert words_of(page.one(f"//label[@for='{radio.get('id')}']"))


def test_the_script_of_every_page_knows_what_the_page_offers_and_nothing_else() -> None:
    """The first of each group is how things are at first, which is nothing to put on a page."""
    known = dict(re.findall(r"(\w+): \[(.*)\]", SCRIPT.read_text(encoding="utf-8")))
    offered = {
        group.name: ", ".join(f'"{choice.value}"' for choice in group.choices[1:])
        for group in display.GROUPS
    }
    assert known == offered


def test_search_engines_are_not_sent_to_a_page_that_is_the_same_everywhere(
    any_site: Built,
) -> None:
    for address in settings_of(any_site):
        assert any_site[address].robots == "noindex, follow"
    for path in any_site.folder.rglob("sitemap.xml"):
        assert "display-settings" not in path.read_text(encoding="utf-8")


def test_the_page_says_what_is_kept_and_what_else_there_is_without_a_script(real: Built) -> None:
    page = real["/medway/display-settings/"]
    shown = [
        words_of(each)
        for each in page.all("//main//*[self::h2 or self::dt][not(ancestor-or-self::*[@hidden])]")
    ]
    assert shown == [
        "What is kept, and where",
        "What your browser can do",
        "Make everything larger",
        "Show the words alone",
        "What your device can do",
        "Windows",
        "Mac",
        "iPhone and iPad",
        "Android",
    ]
    assert "It is not a cookie. It is never sent to us or to anybody else." in page.text
    assert not page.all("//main//a[starts-with(@href, 'http')]")
