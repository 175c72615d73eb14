"""The first five plans, worked by hand for 21 November 2026 (design, section 5), and the way to them."""

from __future__ import annotations

import pytest
from tests.site.built import Built, Page, Told

KENT_CCG = "NHS Kent and Medway Clinical Commissioning Group"
BLMK_CCG = "NHS Bedfordshire, Luton and Milton Keynes Clinical Commissioning Group"
BLMK_BOARD = "NHS Bedfordshire, Luton and Milton Keynes Integrated Care Board"

KENT_CCG_ENDED = f"{KENT_CCG} ended on 30 June 2022. NHS Kent and Medway followed it."

NOTICES: dict[str, list[Told]] = {
    "blmk/2021-22": [
        Told(
            "earlier-body",
            f"{BLMK_CCG} has ended",
            (f"{BLMK_CCG} ended on 30 June 2022. {BLMK_BOARD} followed it.",),
        ),
        Told(
            "replaced",
            "This is an earlier plan",
            (
                "The latest plan here is the BLMK 2024 to 2025 plan.",
                "It was written for 2024 to 2025: that plan’s time has passed too.",
                "We hold no plan for the time between 2022 and 2024.",
            ),
        ),
    ],
    "blmk/2024-25": [
        Told(
            "earlier-body",
            f"{BLMK_BOARD} may have changed",
            (
                f"{BLMK_BOARD} was due to become part of a larger board (the Central East "
                "Integrated Care Board) in April 2026. We have found no page that says it happened.",
            ),
        ),
        Told(
            "latest",
            "The latest plan on this site",
            (
                "It was written for 2024 to 2025, and that period has ended. A newer plan may exist elsewhere.",
            ),
        ),
    ],
    "kent-and-medway/2019": [
        Told("earlier-body", f"{KENT_CCG} has ended", (KENT_CCG_ENDED,)),
        Told(
            "replaced",
            "This is an earlier plan",
            (
                "The latest plan here is the Kent and Medway 2021 plan.",
                "Its priorities were for 2021: that plan’s time has passed too.",
                "We hold no plan for the time between 2019 and 2021.",
            ),
        ),
    ],
    "kent-and-medway/2021": [
        Told("earlier-body", f"{KENT_CCG} has ended", (KENT_CCG_ENDED,)),
        Told(
            "latest",
            "The latest plan on this site",
            (
                "Its priorities were for 2021, and that period has ended. A newer plan may exist elsewhere.",
                "An addition to it was published in 2022. It is not held here: see what is known of it.",
            ),
        ),
    ],
    "medway/2015-21": [
        Told(
            "archived",
            f"This is archived content from {KENT_CCG}",
            (
                KENT_CCG_ENDED,
                "Medway’s plan is now part of Kent and Medway’s plan, published in October 2021.",
                "The reasons given are NHS Long Term Plan targets and clinical commissioning group arrangements.",
                "On this site, Kent and Medway looks after help for Medway today: help in Kent and Medway.",
            ),
        ),
        Told(
            "replaced",
            "This is an earlier plan",
            (
                "The latest plan here is the Kent and Medway 2021 plan.",
                "Its priorities were for 2021: that plan’s time has passed too.",
            ),
        ),
    ],
}


@pytest.mark.parametrize("edition", NOTICES)
def test_a_first_plans_front_page_has_exactly_these_notices(real: Built, edition: str) -> None:
    assert real[f"/{edition}/"].notices == NOTICES[edition]


@pytest.mark.parametrize("edition", NOTICES)
def test_every_page_of_a_first_plan_has_all_that_its_front_page_tells(
    real: Built, edition: str
) -> None:
    """A page on a subject adds one sentence: where that subject is in the latest plan."""
    for address, page in real.pages.items():
        if not address.startswith(f"/{edition}/"):
            continue
        assert [(n.kind, n.heading) for n in page.notices] == [
            (n.kind, n.heading) for n in NOTICES[edition]
        ]
        for notice, front in zip(page.notices, NOTICES[edition], strict=True):
            more = [each for each in notice.paragraphs if each not in front.paragraphs]
            assert [each for each in notice.paragraphs if each in front.paragraphs] == [
                *front.paragraphs
            ], address
            assert len(more) <= (1 if notice.kind == "replaced" else 0), address
            assert all(
                each.startswith(("The same subject there: ", "It has no page on ")) for each in more
            ), more


def test_no_plan_of_the_real_site_is_called_current(real: Built) -> None:
    for page in real.content_pages:
        if page.data:
            assert not page.facts["Status"].startswith("The current plan"), page.address


def test_kents_plan_is_kents_and_not_medways_and_its_page_says_what_does_not_fit(
    real: Built,
) -> None:
    page = real["/kent-and-medway/2019/"]

    assert page.facts["For"] == "Kent"
    doubts = " ".join(page.words("//*[@id='doubts']/ancestor-or-self::section[1]//p"))
    assert "April 2020" in doubts


def test_medways_publisher_is_not_known_and_medway_still_exists(real: Built) -> None:
    page = real["/medway/2015-21/"]

    assert page.facts["Published by"] == "Not known"
    assert page.facts["Published"] == "Not known"
    assert "Medway has ended" not in page.text
    doubts = " ".join(page.words("//*[@id='doubts']/ancestor-or-self::section[1]//p"))
    assert "since 2019" in doubts
    assert "first joint one" in doubts


# -- the walk


def follow(site: Built, page: Page, words: str, where: str = "//body") -> Page:
    """Follow the first link with these words, as a person does."""
    links = [each for each in page.all(f"{where}//a[@href]") if words in each.text_content()]
    assert links, f"{page.address} has no link “{words}”"
    return site[page.resolve(str(links[0].get("href")))]


def test_a_person_can_walk_from_the_front_page_to_the_plan_that_medways_became(real: Built) -> None:
    medway = follow(
        real, real["/"], "Medway", "//*[@id='archived-areas']/ancestor-or-self::section[1]"
    )
    assert medway.address == "/medway/"

    plan = follow(real, medway, "2015 to 2021 plan", "//main")
    archived, earlier = plan.notices
    assert archived.heading == f"This is archived content from {KENT_CCG}"
    assert "The reasons given are" in " ".join(archived.paragraphs)
    assert "Kent and Medway looks after help for Medway today" in " ".join(archived.paragraphs)
    assert (
        follow(real, plan, "help in Kent and Medway", "//main").address == "/kent-and-medway/help/"
    )

    topic = follow(real, plan, "Help in schools, families and communities", "//main")
    assert [each.kind for each in topic.notices] == ["archived", "replaced"]
    (same,) = (each for each in topic.notices[1].paragraphs if "The same subject there" in each)

    joint = follow(
        real,
        topic,
        "Early intervention and prevention",
        "//div[contains(@class, 'app-notice ')][2]",
    )
    assert joint.address == "/kent-and-medway/2021/early-intervention/"
    assert joint.heading in same
    assert "that period has ended" in " ".join(joint.notices[-1].paragraphs)
    assert "A newer plan may exist elsewhere." in " ".join(joint.notices[-1].paragraphs)
    assert "that plan’s time has passed too" in " ".join(earlier.paragraphs)
