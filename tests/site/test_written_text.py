"""What editors write in Markdown and YAML, as it comes out: escaped, and with the right elements."""

from __future__ import annotations

from lxml import etree  # type: ignore[import-untyped]
from tests.site.built import Built, words_of


def test_signs_that_html_has_a_meaning_for_come_out_as_they_were_written(made_up: Built) -> None:
    page = made_up["/harbour/2026-27/"]

    assert page.facts["Source"].startswith("A storybook & its <pictures>")
    assert page.facts["Published by"] == "Harbour & Lowtown Board"
    assert not page.all("//pictures")
    archived = made_up["/lighthouse/"].notices[0]
    assert "the ferry & the bridge" in " ".join(archived.paragraphs)


def test_a_source_with_an_address_is_a_link(made_up: Built) -> None:
    page = made_up["/harbour/2026-27/crisis/"]

    assert (
        page.links("//section[contains(@class, 'app-about')]")[
            "The library of made-up plans, Harbour Library"
        ]
        == "https://library.example.test/plans"
    )


def test_a_table_has_its_caption_headers_and_aligned_numbers_without_a_style(
    made_up: Built,
) -> None:
    table = made_up["/harbour/2026-27/"].one("//div[@class='app-content']//table")

    assert words_of(table.find("caption")) == "Boats in each year"
    assert [(words_of(each), each.get("scope")) for each in table.iter("th")] == [
        ("Year", "col"),
        ("Boats", "col"),
        ("Share", "col"),
        ("2026", "row"),
        ("2027", "row"),
    ]
    numeric = table.xpath(".//td[contains(@class, 'app-cell--numeric')]")
    assert [words_of(each) for each in numeric] == ["12", "14"]


def test_a_wide_table_can_be_scrolled_by_keyboard_and_has_a_name(any_site: Built) -> None:
    for page in any_site.pages.values():
        for region in page.all("//main//div[@class='app-content']//table/.."):
            assert region.get("role") == "region", page.address
            assert region.get("tabindex") == "0", page.address
            assert region.get("aria-labelledby") or region.get("aria-label"), page.address


def test_notes_warnings_and_expanders_have_the_design_systems_elements(made_up: Built) -> None:
    page = made_up["/harbour/2026-27/"]

    assert page.all("//div[contains(@class, 'nhsuk-inset-text')][contains(., 'is made up')]")
    (warning,) = page.all("//div[contains(@class, 'nhsuk-warning-callout')]")
    assert "Important: Take care" in words_of(warning)
    (expander,) = page.all("//main//details")
    assert words_of(expander.find("summary")) == "What is a harbour?"


def test_footnotes_lead_there_and_back(made_up: Built) -> None:
    page = made_up["/harbour/2026-27/"]

    (there,) = page.all("//sup//a")
    (back,) = page.all("//a[contains(@class, 'footnote-backref')]")
    assert page.one(f"//*[@id='{there.get('href')[1:]}']") is not None
    assert page.one(f"//*[@id='{back.get('href')[1:]}']") is not None
    assert (words_of(there), words_of(back)) == (
        "Footnote 1",
        "↩Back to footnote 1 in the text",
    )
    assert page.words("//div[@class='footnote']/h2") == ["Footnotes"]


def test_what_an_abbreviation_stands_for_is_written_out_where_it_is_used_first(
    made_up: Built,
) -> None:
    page = made_up["/harbour/2026-27/"]
    (abbreviation,) = page.all("//abbr")

    assert (abbreviation.text, abbreviation.get("title")) == ("NHS", None)
    assert any("The NHS (National Health Service) has none." in p for p in page.words("//main//p"))


def test_what_a_source_does_not_settle_and_what_changed_stand_on_the_front_page(
    made_up: Built,
) -> None:
    page = made_up["/harbour/2026-27/"]

    words = page.words("//main//section//p")
    assert "Nobody knows how many boats there are." in words
    assert "June 2026: Boats are no longer a subject." in words


def test_a_page_says_which_national_question_it_answers_and_when_it_was_reviewed(
    made_up: Built,
) -> None:
    facts = made_up["/harbour/2026-27/crisis/"].facts

    assert facts["Answers this key line of enquiry"] == "Who comes at night?"
    assert facts["Page last reviewed"] == "1 July 2026"


def test_every_page_of_the_refresh_of_2021_says_which_key_line_it_answers_or_that_it_answers_none(
    real: Built,
) -> None:
    pages = [p for a, p in real.pages.items() if a.startswith("/blmk/2021-22/") and p.data]
    answering = [p for p in pages if p.facts.get("Answers this key line of enquiry")]
    assert len(answering) >= 11
    for page in pages:
        if page not in answering:
            said = " ".join(page.words("//main//p"))
            assert "key lines of enquiry" in said, page.address


def test_help_in_full_has_every_line_with_its_details(real: Built) -> None:
    for address in ("/help/", "/blmk/help/", "/kent-and-medway/help/"):
        words = " ".join(real[address].words("//main"))
        for said in (
            "Call 999 or go to A&E",
            "Call 111 and choose the mental health option",
            "The mental health option is for people of all ages.",
            "You can call at any time of day or night.",
            "Someone else can call for you.",
            "Text SHOUT to 85258",
            "Call 116 123",
            "Call 0800 1111 if you are under 19",
        ):
            assert said in words, address


def test_the_picture_of_governance_names_the_same_groups_as_the_list_beside_it(
    real: Built,
) -> None:
    page = real["/blmk/2024-25/governance/"]

    (image,) = page.all("//main//img")
    listed = set(page.words("//div[@class='app-content']//ul//ul/li"))
    drawing = etree.fromstring(real.file("/blmk/2024-25/governance.svg").read_bytes())
    drawn = " ".join(" ".join(drawing.itertext()).split())
    assert listed == {
        "BLMK Integrated Care Board",
        "Provider Collaborative sub committee",
        "BLMK Learning Disabilities and Autism Programme Board",
        "BLMK Mental Health Programme Board",
    }
    for group in {*listed, "BLMK CYP Steering group"}:
        assert group in drawn
        assert group in image.get("alt")
        assert group in " ".join(page.words("//div[@class='app-content']//ul"))
    lines = [each.tag for each in drawing.iter() if isinstance(each.tag, str)]
    assert not [tag for tag in lines if tag.endswith(("}line", "}polyline", "}path"))]
