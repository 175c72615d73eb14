"""What a reader meets in a built help directory: whom to trust, what is listed, and what goes to machines.

What is expected is written out by hand, from the entries in `made_up`, for 21 November 2026.
"""

from __future__ import annotations

import csv
import datetime
import gzip
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from tests.site.built import (
    CODE,
    CRISIS,
    DIRECTORY,
    TODAY,
    Built,
    Page,
    build_copy,
    copy_root,
    order,
    tree,
    words_of,
)

from ltp.cli import main
from ltp.directory import referral
from ltp.publishing.building import build

HELP: Final = "/harbour/help/"
FEED: Final = f"{HELP}open-referral/v3/"

OFFERED: Final = (
    "rapid-response",
    "home-treatment",
    "night-line",
    "safe-place",
    "text-line",
    "clinic",
    "drop-in",
    "chat",
    "grief-group",
    "hub",
    "little-ones",
    "neurodevelopmental-team",
)
"""What is offered as help, in the order of every list: the most urgent first, then by name."""

PAST_CHECK: Final = {"home-treatment": "1 August 2026", "grief-group": "31 October 2026"}
NAMED_ONLY: Final = ("beacon", "ward")
NEVER_CHECKED: Final = ("website",)
FOR_PROFESSIONALS: Final = ("school-team", "staff-support")
NOT_OFFERED: Final = (*NAMED_ONLY, *NEVER_CHECKED, "staff-support", "app", "art-sessions")
"""The pages that tell how a service could be reached, if at all, and offer nothing."""
ENDED: Final = ("crisis-line", "mentors")
EVERY: Final = (*OFFERED, *NOT_OFFERED, *ENDED, "school-team")

NEEDS: Final = {
    "crisis": {"rapid-response", "home-treatment", "night-line", "safe-place"},
    "talk": {"night-line", "text-line", "drop-in", "hub", "little-ones"},
    "anxiety": {"text-line", "clinic", "drop-in", "chat"},
    "low-mood": {"night-line", "clinic", "drop-in"},
    "eating": {"clinic"},
    "school": {"drop-in", "chat"},
    "loss": {"grief-group"},
    "staying-safe": {"safe-place"},
    "autism-adhd-learning": {"neurodevelopmental-team"},
    "police": set[str](),
}
ANY_AGE: Final = {"rapid-response", "grief-group", "neurodevelopmental-team"}
AGES: Final = {
    "0-to-4": ANY_AGE | {"night-line", "safe-place", "little-ones"},
    "5-to-10": ANY_AGE | {"night-line", "safe-place", "clinic", "chat"},
    "11-to-15": set(OFFERED) - {"hub", "little-ones"},
    "16-to-17": set(OFFERED) - {"little-ones"},
    "18-to-25": ANY_AGE | {"home-treatment", "safe-place", "text-line", "drop-in", "hub"},
}
PLACES: Final = {
    "north-harbour": set(OFFERED) - {"grief-group"},
    "south-harbour": set(OFFERED) - {"home-treatment"},
}
LISTS: Final = {
    **{f"need/{name}": entries for name, entries in NEEDS.items()},
    **{f"age/{name}": entries for name, entries in AGES.items()},
    **{f"place/{name}": entries for name, entries in PLACES.items()},
}
THRIVE: Final = {
    "Thriving": {"little-ones"},
    "Getting advice": {"drop-in", "hub"},
    "Getting help": {"chat", "grief-group", "hub"},
    "Getting more help": {"clinic"},
    "Getting risk support": {"rapid-response", "home-treatment", "night-line"},
    "No group given": {"safe-place", "text-line", "neurodevelopmental-team"},
}
CHECKED: Final = {
    "drop-in": "Checked on 15 September 2026 by a communications officer. Next check by 15 March 2027.",
    "night-line": "Checked on 21 November 2025 by a communications officer. Next check by 21 November 2026.",
    "rapid-response": "Checked in June 2026 by a communications officer. Next check by 1 June 2027.",
    "text-line": "Checked on 1 October 2026 by a communications officer. Next check by 1 October 2027.",
    "neurodevelopmental-team": "Checked on 31 August 2026 by a data manager. Next check by 28 February 2027.",
    "school-team": "Checked on 1 September 2026 by a communications officer. Next check by 1 September 2027.",
}


def entry(site: Built, name: str) -> Page:
    """Give the page of an entry."""
    return site[f"{HELP}harbour-{name}/"]


def listed(site: Built, name: str) -> list[str]:
    """Give the entries on a list page, in order."""
    page = site[f"{HELP}{name}/"]
    return [_name(page, link) for link in page.all("//main//h2//a")]


def _name(page: Page, link: Any) -> str:
    address = page.resolve(link.get("href"))
    assert address.startswith(f"{HELP}harbour-"), address
    return address.removeprefix(f"{HELP}harbour-").rstrip("/")


def in_order(entries: set[str]) -> list[str]:
    return [name for name in OFFERED if name in entries]


def tappable(page: Page) -> list[str]:
    """Give what can be tapped in a page's content and leads off the site, but for whom to tell and its source."""
    path = "//main//a[not(ancestor::section[contains(@class, 'app-about')])]/@href"
    found = [str(each) for each in page.all(path)]
    tell_us = "mailto:directory@harbour.example?subject="
    return [each for each in found if re.match(r"[a-z]+:", each) and not each.startswith(tell_us)]


def paragraphs(page: Page, heading: str) -> list[str]:
    """Give the paragraphs under a heading of the content, up to the next heading."""
    found = []
    (start,) = [each for each in page.all("//main//h2") if words_of(each) == heading]
    for each in start.xpath("following::*[self::h2 or self::p or self::dd]"):
        if each.tag == "h2":
            break
        if words_of(each):
            found.append(words_of(each))
    return found


def read(site: Built, address: str) -> str:
    return site.file(address).read_text(encoding="utf-8")


# -- on every page


@pytest.mark.parametrize("root", ["directory", "real"])
def test_todays_five_lines_stand_open_above_the_content_of_every_page(
    root: str, request: pytest.FixtureRequest
) -> None:
    site: Built = request.getfixturevalue(root)
    assert len(site.pages) > 50
    for page in site.pages.values():
        strip = page.one("//aside[contains(@class, 'app-crisis-strip')]")
        links = [each for each in strip.xpath(".//a/@href") if ":" in each]
        assert tuple(links) == CRISIS, page.address
        assert strip.xpath("following::main"), page.address
        assert not strip.xpath("ancestor-or-self::*[@hidden] | ancestor::details"), page.address
        assert not strip.xpath(".//details | .//*[@hidden]"), page.address


def test_the_directory_has_a_page_for_each_entry_and_each_list(directory: Built) -> None:
    entries = {f"{HELP}harbour-{name}/" for name in EVERY}
    written = (DIRECTORY / "content/harbour/help").glob("harbour-*.md")
    lists = {f"{HELP}{name}/" for name in LISTS}
    apart = {"named-in-plans", "not-checked", "for-professionals", "find", "coverage", "print"}

    assert {f"{HELP}{path.stem}/" for path in written} == entries
    assert {address for address in directory.pages if address.startswith(HELP)} == {
        HELP,
        *entries,
        *lists,
        *(f"{HELP}{name}/" for name in apart),
    }


# -- trust


@pytest.mark.parametrize("name", CHECKED)
def test_a_checked_entry_says_by_what_role_when_and_when_next(directory: Built, name: str) -> None:
    page = entry(directory, name)

    assert CHECKED[name] in page.words("//main//p")
    assert [each for each in page.notices if each.kind in ("past-check", "unchecked")] == []
    when, by = re.findall(r"(?:on|in) (.*) by an? (.*)\. Next", CHECKED[name])[0]
    assert page.facts["Last checked"] == f"{when}, by a {by}"
    assert page.facts["Next check by"] == CHECKED[name].partition("Next check by ")[2].rstrip(".")


@pytest.mark.parametrize("name", PAST_CHECK)
def test_an_entry_past_its_check_warns_and_stays_in_the_lists(directory: Built, name: str) -> None:
    page = entry(directory, name)
    (notice,) = page.notices

    assert notice.heading == "This needs to be checked again"
    assert notice.paragraphs == (
        f"A check was due by {PAST_CHECK[name]}. Some of this may be out of date.",
    )
    # What lies behind is not told as if it lay ahead.
    assert f"The next check was due by {PAST_CHECK[name]}." in page.text
    assert page.facts["The next check was due by"] == PAST_CHECK[name]
    assert "Next check by" not in page.facts
    assert page.robots is None
    assert tappable(page)
    for address, entries in LISTS.items():
        assert (name in listed(directory, address)) is (name in entries)
    for address in ("need/crisis", "need/loss"):
        for card in directory[f"{HELP}{address}/"].all("//main//li[.//h2]"):
            past = any(f"harbour-{each}/" in card.xpath(".//h2//a/@href")[0] for each in PAST_CHECK)
            assert ("Check is past" in words_of(card)) is past


def test_paper_says_too_which_entries_are_past_their_check(directory: Built) -> None:
    page = directory[f"{HELP}print/"]
    for row in page.all("//main//dl/div"):
        name = words_of(row.find("dt"))
        past = name in ("Harbour Home Treatment (made up)", "Harbour Grief Group (made up)")
        assert ("Check is past: some of this may be out of date." in words_of(row)) is past, name


def test_an_entry_long_past_its_check_leaves_every_list_and_keeps_its_page(
    directory: Built,
) -> None:
    page = entry(directory, "app")

    assert [each.heading for each in page.notices] == ["This needs to be checked again"]
    assert "A check was due by 1 May 2025." in page.notices[0].paragraphs[0]
    assert page.robots == "noindex, follow"
    assert tappable(page) == []
    assert page.words("//main//h2")[0] == ("How to get in touch, as it was when we last checked it")
    leading = [
        each.address
        for each in directory.pages.values()
        if any(
            each.resolve(str(href)) == page.address
            for href in each.all("//main//a/@href")
            if not re.match(r"[a-z]+:", str(href))
        )
    ]
    assert leading == ["/harbour/site-map/"]
    (line,) = directory["/harbour/site-map/"].all("//li[a[contains(@href, 'harbour-app/')]]")
    assert words_of(line) == "Harbour Calm (made up) Check is long past"


@pytest.mark.parametrize(
    ("name", "plans"),
    [
        ("beacon", "Named in the 2025 plan (made up)."),
        ("ward", "Named in the 2025 plan (made up) and the 2022 plan (made up)."),
        ("staff-support", "Named in the 2025 plan (made up)."),
    ],
)
def test_an_entry_that_a_plan_names_says_so_and_that_nobody_checked_it(
    directory: Built, name: str, plans: str
) -> None:
    page = entry(directory, name)
    (notice,) = page.notices

    assert notice.heading == "We have not checked that it still runs"
    assert notice.paragraphs == (plans, "Do not rely on it for help.")
    links = page.links("//div[contains(@class, 'app-notice ')]")
    assert links["the 2025 plan (made up)"] == "../../2025/"
    assert page.facts["Last checked"] == "Never"


def test_entries_that_only_a_plan_names_are_in_a_list_of_their_own(directory: Built) -> None:
    page = directory[f"{HELP}named-in-plans/"]

    assert listed(directory, "named-in-plans") == list(NAMED_ONLY)
    assert "We have not checked that these still run. Do not rely on them for help." in (
        page.words("//main//p")
    )
    for card in page.all("//main//li[.//h2]"):
        assert re.search(
            r"Named in the 2025 plan \(made up\).* We have not checked that it still runs",
            words_of(card),
        )
    assert tappable(page) == []
    assert directory[HELP].links()["Services that a plan names, not checked"] == "named-in-plans/"


def test_an_entry_that_nobody_ever_checked_is_apart_too(directory: Built) -> None:
    page = entry(directory, "website")
    (notice,) = page.notices

    assert notice.heading == "We have not checked that it still runs"
    assert notice.paragraphs == ("Do not rely on it for help.",)
    assert listed(directory, "not-checked") == list(NEVER_CHECKED)
    assert tappable(directory[f"{HELP}not-checked/"]) == []
    assert directory[HELP].links()["Services from other lists, not checked"] == "not-checked/"


@pytest.mark.parametrize("name", NOT_OFFERED)
def test_what_is_not_offered_has_nothing_to_tap_no_script_and_is_not_for_search_engines(
    directory: Built, name: str
) -> None:
    page = entry(directory, name)

    assert tappable(page) == []
    assert page.scripts == []
    assert page.structured is None
    assert name == "art-sessions" or page.robots == "noindex, follow"
    assert "Get in touch" not in page.words("//main//h2")


def test_what_was_read_of_an_unchecked_entry_is_told_as_read(directory: Built) -> None:
    page = entry(directory, "ward")

    assert paragraphs(page, "How to get in touch, as we read it and not checked")[-1] == (
        "Call 01632 960 007"
    )
    assert paragraphs(page, "When it is open, as we read it and not checked")[0] == (
        "Every day, day and night"
    )


def test_an_entry_that_is_offered_can_be_tapped(directory: Built) -> None:
    for name in OFFERED:
        assert tappable(entry(directory, name)) != [], name
    assert {each.split(":")[0] for each in tappable(entry(directory, "drop-in"))} == {
        *("tel", "sms", "mailto", "https"),
    }


def test_no_list_of_offered_help_holds_anything_else(directory: Built) -> None:
    for name in LISTS:
        assert set(listed(directory, name)) <= set(OFFERED), name
    front = directory[HELP]
    assert not any(
        "/harbour-" in front.resolve(to) for to in front.links().values() if ":" not in to
    )


# -- for professionals

PROFESSIONAL: Final = (
    "School Team",
    "harbour-school-team",
    "960 010",
    "960010",
    "schools@harbour.example",
    "Staff Support",
    "harbour-staff-support",
    "referrals@harbour.example",
)


def public_files(site: Built) -> Iterator[Path]:
    """Give every list, feed and table that the public is given."""
    for name in (*LISTS, "print", "find", "named-in-plans", "not-checked", "coverage"):
        yield site.file(f"{HELP}{name}/")
    yield site.file(HELP)
    yield site.file(f"{HELP}find.json")
    yield site.file(f"{HELP}services.csv")
    yield from sorted((site.folder / FEED.strip("/")).rglob("*.json"))


def test_what_is_for_professionals_is_in_no_list_feed_or_table(directory: Built) -> None:
    files = list(public_files(directory))
    assert len(files) > 60
    for path in files:
        text = path.read_text(encoding="utf-8")
        for words in PROFESSIONAL:
            assert words not in text, (path, words)


def test_professionals_find_theirs_on_a_page_of_its_own(directory: Built) -> None:
    assert listed(directory, "for-professionals") == list(FOR_PROFESSIONALS)
    clinic = entry(directory, "clinic")
    assert "referrals@harbour.example" in " ".join(paragraphs(clinic, "For professionals"))
    assert "referrals@harbour.example" not in " ".join(paragraphs(clinic, "Get in touch"))
    assert "tel:+441632960010" in tappable(entry(directory, "school-team"))


# -- ended, paused, renamed


def test_an_ended_service_keeps_its_address_and_says_what_replaced_it(directory: Built) -> None:
    page = entry(directory, "crisis-line")
    (notice,) = page.notices

    assert (notice.heading, notice.paragraphs) == (
        "This service has ended",
        ("Use Harbour Night Line (made up) instead.",),
    )
    link = page.links("//div[contains(@class, 'app-notice ')]")["Harbour Night Line (made up)"]
    assert page.resolve(link) == f"{HELP}harbour-night-line/"
    assert page.robots == "noindex, follow"
    assert page.structured is None
    assert tappable(page) == []


def test_an_ended_service_with_nothing_in_its_place_says_that(directory: Built) -> None:
    page = entry(directory, "mentors")

    assert [(each.heading, each.paragraphs) for each in page.notices] == [
        ("This service has ended", ("We know of nothing in its place.",))
    ]
    assert page.structured is None


def test_a_paused_service_says_so_and_its_ways_are_not_called_unchecked(directory: Built) -> None:
    page = entry(directory, "art-sessions")

    assert [each.heading for each in page.notices] == ["This service is closed for now"]
    assert "not checked" not in " ".join(page.words("//main"))
    assert "Checked on 10 October 2026" in " ".join(page.words("//main"))


def test_a_renamed_service_tells_its_old_names_and_is_found_by_them(directory: Built) -> None:
    rows = entry(directory, "hub").words("//main//dl/div")

    assert (
        "Used to be called Harbour Youth Café (made up) and Harbour Advice Shop (made up)" in rows
    )
    (found,) = [each for each in find(directory) if each["at"] == "harbour-hub/"]
    assert "youth café" in found["words"]
    assert "advice shop" in found["words"]


def test_an_alert_shows_in_its_time_and_at_no_other(directory: Built) -> None:
    (notice,) = entry(directory, "hub").notices
    assert notice.heading == "Read this first"
    assert notice.paragraphs == ("The front door is being repaired. Use the side door.",)
    for name in ("grief-group", "safe-place"):
        assert "Read this first" not in [each.heading for each in entry(directory, name).notices]


# -- ways that come and go


def test_a_way_is_told_only_in_its_time_with_what_comes_after(directory: Built) -> None:
    page = entry(directory, "clinic")

    assert tappable(page) == ["tel:+441632960003", "mailto:referrals@harbour.example"]
    assert "Until 31 December 2026. After that: Call 01632 960 004" in page.words("//main//p")
    assert "960 005" not in page.text


# -- retired numbers


def test_a_retired_number_is_marked_in_an_archived_plan_with_todays_beside_it(
    directory: Built,
) -> None:
    page = directory["/harbour/2022/crisis/"]

    assert page.words("//span[@class='app-retired']") == [
        "01632 960 999 (no longer in use. Today: Call 111 and choose the mental health option)",
        "+44 1632 960999 (no longer in use. Today: Call 111 and choose the mental health option)",
        "01632960999 (no longer in use. Today: Call 111 and choose the mental health option)",
        "0808 157 0999 (no longer in use. Today: Call 0808 157 0001)",
    ]
    assert [each for each in page.all("//main//a/@href") if str(each).startswith("tel:")] == []
    assert "In 2021 the line took 1,632 calls." in " ".join(page.words("//main//p"))


def test_no_retired_number_can_be_tapped_or_read_as_live_anywhere(directory: Built) -> None:
    for path in directory.folder.rglob("*"):
        if not path.is_file() or path.suffix == ".pagefind":
            continue
        content = path.read_bytes()
        is_packed = path.suffix in (".pf_fragment", ".pf_index", ".pf_meta")
        text = (gzip.decompress(content) if is_packed else content).decode("utf-8", "replace")
        assert not re.search(r"(?:tel|sms):\+?(?:44|0)1632960999|08081570999|448081570999", text)
        # The earlier plan's page has them crossed out, and so has the page of the whole plan.
        if not re.search("2022/(crisis|print)/", path.as_posix()):
            assert "960 999" not in text, path
            assert "157 0999" not in text, path


CASES: Final = {
    "in the text of an entry": (
        "content/harbour/help/harbour-hub.md",
        "Look for the blue flag.",
        "Look for the blue flag.\n\nOr call 01632 960999.",
        29,
        "01632 960 999 is no longer in use. Today: Call 111 and choose the mental health option.",
    ),
    "as a way to reach a service": (
        "content/harbour/help/harbour-hub.md",
        "number: 01632 960 009",
        'number: "+44 1632 960 999"',
        15,
        "01632 960 999 is no longer in use. Today: Call 111 and choose the mental health option.",
    ),
    "in the summary of an entry": (
        "content/harbour/help/harbour-text-line.md",
        "summary: Text with someone who listens, at any time.",
        "summary: Text someone, or call 0808 157 0999.",
        3,
        "0808 157 0999 is no longer in use. Today: Call 0808 157 0001.",
    ),
    "in what happens next": (
        "content/harbour/help/harbour-clinic.md",
        "next_steps: You get a letter with the day of your first meeting.",
        "next_steps: You get a letter, or call (01632) 960 999.",
        18,
        "01632 960 999 is no longer in use. Today: Call 111 and choose the mental health option.",
    ),
    "as what to use after a way ends": (
        "content/harbour/help/harbour-clinic.md",
        "until: 2026-12-31, replaced_by: Call 01632 960 004",
        "until: 2026-12-31, replaced_by: Call 01632 960 999",
        20,
        "01632 960 999 is no longer in use. Today: Call 111 and choose the mental health option.",
    ),
    "in the latest plan": (
        "content/harbour/2025/crisis.md",
        "Call it on 0808 157 0001.",
        "Call it on 0808 157 0999.",
        7,
        "0808 157 0999 is no longer in use. Today: Call 0808 157 0001.",
    ),
    "on the area's front page": (
        "content/harbour/index.md",
        "Nothing here is real.",
        "Call 08081570999.",
        7,
        "0808 157 0999 is no longer in use. Today: Call 0808 157 0001.",
    ),
    "on the directory's front page": (
        "content/harbour/help/index.md",
        "summary: Help that you can get today, by phone or text.",
        "summary: Call 0044 1632 960 999 today.",
        3,
        "01632 960 999 is no longer in use. Today: Call 111 and choose the mental health option.",
    ),
    "on the portal": (
        "content/portal/index.md",
        "Nobody answers the local numbers.",
        "Call 01632 960 999.",
        6,
        "01632 960 999 is no longer in use. Today: Call 111 and choose the mental health option.",
    ),
}


@pytest.mark.parametrize("where", CASES)
def test_a_retired_number_that_is_printed_as_live_stops_the_build_with_file_and_line(
    where: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, old, new, line, told = CASES[where]
    root = copy_root(DIRECTORY, tmp_path / "root")
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (root / path).write_text(text.replace(old, new), encoding="utf-8")

    code = main(["build", "--root", str(root), "--today", TODAY.isoformat(), "--jobs", "1"])

    assert code == 1
    assert f"  {path}:{line}: {told}" in capsys.readouterr().out.splitlines()
    assert not (root / "site/harbour").exists()


# -- lists


@pytest.mark.parametrize("name", LISTS)
def test_a_list_holds_exactly_the_entries_that_fit_the_most_urgent_first(
    directory: Built, name: str
) -> None:
    assert listed(directory, name) == in_order(LISTS[name])


def test_an_empty_list_leads_to_the_national_lines(directory: Built) -> None:
    page = directory[f"{HELP}need/police/"]

    assert "Nothing is listed here yet" in page.words("//main//h2")
    links = [str(each) for each in page.all("//main//a/@href")]
    assert [each for each in links if ":" in each] == list(CRISIS)
    assert page.resolve(page.links()["All help in this area"]) == HELP


def test_the_front_leads_to_every_list_that_has_something(directory: Built) -> None:
    front = directory[HELP]
    leads_to = {front.resolve(to) for to in front.links().values() if ":" not in to}

    for name, entries in LISTS.items():
        assert (f"{HELP}{name}/" in leads_to) is bool(entries), name
    assert f"{HELP}find/" in leads_to
    assert f"{HELP}print/" in leads_to
    assert f"{HELP}coverage/" in leads_to


def test_the_front_has_todays_help_first_then_needs(directory: Built) -> None:
    assert directory[HELP].words("//main//h2")[:4] == [
        "If you need help now",
        "What do you need help with?",
        "Help by age",
        "Help by place",
    ]


def test_without_scripts_the_search_leads_to_the_same_lists(directory: Built) -> None:
    page = directory[f"{HELP}find/"]
    path = "//main//a[not(ancestor::template)][not(ancestor::*[@hidden])][@href]"
    leads_to = {page.resolve(each.get("href")) for each in page.all(path)}

    assert {f"{HELP}{name}/" for name, entries in LISTS.items() if entries} <= leads_to


def test_two_links_lead_from_the_directory_to_every_entry_that_helps_with_something(
    directory: Built,
) -> None:
    front = directory[HELP]
    for need, entries in NEEDS.items():
        if not entries:
            continue
        (link,) = [
            to for to in front.links().values() if front.resolve(to) == f"{HELP}need/{need}/"
        ]
        page = directory[front.resolve(link)]
        leads_to = {page.resolve(to) for to in page.links().values() if ":" not in to}
        assert {f"{HELP}harbour-{name}/" for name in entries} <= leads_to
    assert set().union(*NEEDS.values()) == set(OFFERED)


def test_a_worried_14_year_old_finds_the_drop_in_in_two_links_and_someone_to_talk_to_in_one(
    directory: Built,
) -> None:
    front = directory[HELP]
    assert [each.get("src") for each in front.scripts] == ["../assets/leave.js"]
    first = front.all("(//main//a)[position() <= 5]/@href")
    assert tuple(first) == CRISIS, "the first things to tap in the content"

    needs = directory[front.resolve(front.links()["Feeling anxious or worried"])]
    assert [each.get("src") for each in needs.scripts] == ["../../../assets/leave.js"]
    there = directory[needs.resolve(needs.links()["Harbour Drop-in (made up)"])]
    assert there.heading == "Harbour Drop-in (made up)"
    assert there.links()["Call 01632 960 001"] == "tel:+441632960001"
    assert there.links()["Text DROP IN to 07700 900 001"] == ("sms:+447700900001?body=DROP%20IN")


# -- coverage


def test_the_coverage_tables_count_what_is_offered_and_say_where_nothing_is(
    directory: Built,
) -> None:
    page = directory[f"{HELP}coverage/"]
    tables = page.all("//main//table")

    assert [words_of(table.find("caption")) for table in tables] == [
        "How many checked services we list for North Harbour",
        "How many checked services we list for South Harbour",
    ]
    for table, place in zip(tables, PLACES, strict=True):
        rows = [[words_of(cell) for cell in row.xpath("./th | ./td")] for row in table.iter("tr")]
        assert rows[0] == ["Age", *THRIVE]
        assert rows[1:] == [
            [
                f"Aged {band.replace('-', ' ')}",
                *(
                    str(len(fitting & group & PLACES[place]) or "We list nothing")
                    for group in THRIVE.values()
                ),
            ]
            for band, fitting in AGES.items()
        ]
    assert "3 more are only named in a plan or never checked, and not counted." in (
        page.words("//main//p")
    )


# -- to print

AGE_OF_THE_LIST = (
    "Everything that we list. The latest check of something in it was on 10 November 2026. "
    "Paper grows old: look at the website as well."
)


def test_the_list_to_print_has_the_lines_first_then_every_entry_by_need(directory: Built) -> None:
    page = directory[f"{HELP}print/"]
    assert AGE_OF_THE_LIST in page.text
    headings = page.words("//main//h2")
    needs = {
        "crisis": "I can’t cope, or I don’t feel safe",
        "talk": "I just need to talk",
        "anxiety": "Feeling anxious or worried",
        "low-mood": "Feeling low or sad",
        "eating": "Eating and food",
        "school": "Problems at school",
        "loss": "Someone has died",
        "staying-safe": "Someone is hurting or scaring me",
        "autism-adhd-learning": "Autism, ADHD or a learning disability",
    }

    assert headings == ["If you need help now", *needs.values()]
    links = [str(each) for each in page.all("(//main//section)[1]//a/@href")]
    assert tuple(links) == CRISIS
    names = {name: entry(directory, name).heading for name in OFFERED}
    for need, heading in needs.items():
        (section,) = page.all(f"//main//section[.//h2[.='{heading}']]")
        terms = [words_of(each) for each in section.iter("dt")]
        assert terms == [names[name] for name in in_order(NEEDS[need])]


def test_paper_says_how_old_the_list_is_and_has_the_whole_address(directory: Built) -> None:
    page = directory[f"{HELP}print/"]

    assert AGE_OF_THE_LIST in page.words("//main//p")
    assert "Address: https://plans.harbour.example/harbour/help/print/" in page.text
    assert page.robots == "noindex, follow"


# -- an entry


@pytest.mark.parametrize("name", EVERY)
def test_every_entry_says_whom_to_tell_that_it_is_wrong(directory: Built, name: str) -> None:
    page = entry(directory, name)

    link = page.links()["Tell us this is wrong"]
    assert re.fullmatch(
        r"mailto:directory@harbour\.example\?subject=Something%20is%20wrong%3A%20Harbour%20[\w%-]+",
        link,
    )


def test_where_nobody_said_whom_to_tell_the_entry_says_that(made_up: Built, real: Built) -> None:
    for page in (made_up["/harbour/help/drop-in/"], real["/blmk/help/kooth/"]):
        assert paragraphs(page, "Is something wrong here?")[0] == (
            "Nobody has said yet whom to tell. This site is a demonstration."
        )
        assert "Tell us this is wrong" not in page.text


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "drop-in",
            [
                "Monday, Wednesday and Friday: 3:30pm to 7pm",
                "Saturday: 10am to 1pm",
                "Closed on bank holidays",
                "Last entry half an hour before it closes.",
            ],
        ),
        (
            "night-line",
            [
                "Monday to Thursday and Sunday: 6pm to 2am the next day",
                "Friday and Saturday: 6pm to 6am the next day",
                "Bank holidays: day and night",
            ],
        ),
        (
            "chat",
            [
                "Monday to Friday: 3:30pm to 8pm",
                "Term time only",
                "Closed on bank holidays",
                "It opens again on the first day of term.",
            ],
        ),
        (
            "clinic",
            [
                "Monday to Friday: 9am to 5pm",
                "Closed on bank holidays",
                "Closed from 24 December 2026 to 3 January 2027",
            ],
        ),
        ("grief-group", ["Thursday: 5pm to 6:30pm", "Closed from 1 to 31 August"]),
        ("rapid-response", ["Every day, day and night"]),
    ],
)
def test_hours_are_told_in_words(directory: Built, name: str, told: list[str]) -> None:
    assert paragraphs(entry(directory, name), "When it is open")[: len(told)] == told


def test_hours_of_one_way_alone_stand_beside_it_in_lists_and_on_paper_too(
    directory: Built,
) -> None:
    (card,) = directory[f"{HELP}need/talk/"].all("//main//li[.//h2[contains(., 'Text Line')]]")
    (printed,) = directory[f"{HELP}print/"].all(
        "//section[.//h2[.='I just need to talk']]//dl/div[contains(dt, 'Text Line')]"
    )
    for each in (card, printed):
        assert "Text HARBOUR to 07700 900 002 Every day, day and night" in words_of(each)


def test_only_what_does_not_hang_on_term_time_may_ever_be_called_open_now(
    directory: Built,
) -> None:
    for name in ("chat", "little-ones", "school-team", "text-line"):
        assert entry(directory, name).scripts == [], name
    for name in ("drop-in", "night-line", "clinic", "hub", "rapid-response"):
        page = entry(directory, name)
        place = page.one("//main//p[contains(@class, 'app-open-now')]")
        assert place.get("hidden") is not None
        assert words_of(place) == ""
        assert len(json.loads(place.get("data-week"))) == 7


def test_a_waiting_time_stands_only_with_its_date(directory: Built) -> None:
    waiting = {}
    for name in EVERY:
        for row in entry(directory, name).all("//main//dl/div"):
            if words_of(row.find("dt")) == "How long people wait":
                waiting[name] = words_of(row.find("dd"))
    assert waiting == {
        "clinic": "9 weeks from being asked for to a first meeting (as of 31 October 2026)",
        "neurodevelopmental-team": "About a year (as of August 2026)",
    }
    for path in public_files(directory):
        text = path.read_text(encoding="utf-8")
        if "9 weeks" in text or "About a year" in text:
            assert "Waiting time as of" in text, path


# -- for machines

KINDS: Final[dict[str, type[referral.Object]]] = {
    "services": referral.ReferralService,
    "taxonomies": referral.Taxonomy,
    "taxonomy_terms": referral.TaxonomyTerm,
    "service_at_locations": referral.ServiceAtLocation,
}
TOLD: Final = {
    **dict.fromkeys(OFFERED, "active"),
    "art-sessions": "temporarily closed",
    "mentors": "defunct",
}
"""What machines are told of: what is offered, and what was, that it is closed now or has ended."""


def feed(site: Built) -> dict[str, Any]:
    """Read every file of the feed, by its path."""
    folder = site.folder / FEED.strip("/")
    return {
        path.relative_to(folder).as_posix(): json.loads(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def find(site: Built) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(read(site, f"{HELP}find.json"))
    return found


def test_every_file_of_the_feed_is_what_the_standard_asks_for(directory: Built) -> None:
    files = feed(directory)
    lists = {f"{name}.json": kind for name, kind in KINDS.items()}

    assert {"index.json", *lists} <= set(files)
    for path, data in files.items():
        if path == "index.json":
            assert referral.About.model_validate(data).as_data() == data
        elif path in lists:
            page = referral.Page.model_validate(data)
            assert page.as_data() == data
            own = [each for each in files if each.startswith(path.removesuffix(".json") + "/")]
            assert page.total_items == len(page.contents) == len(own)
            assert {
                f"{path.removesuffix('.json')}/{each['id']}.json" for each in page.contents
            } == (set(own))
            for each in page.contents:
                assert lists[path].model_validate(each).as_data() == each
        else:
            folder, _, name = path.partition("/")
            thing = KINDS[folder].model_validate(data)
            assert thing.as_data() == data
            assert f"{thing.id}.json" == name


def test_nothing_in_the_feed_is_null_or_empty(directory: Built) -> None:
    def empty(value: object, where: str) -> Iterator[str]:
        if value is None or (isinstance(value, str) and not value.strip()):
            yield where
        elif isinstance(value, dict):
            for key, each in value.items():
                yield from empty(each, f"{where}/{key}")
        elif isinstance(value, list):
            for at, each in enumerate(value):
                yield from empty(each, f"{where}/{at}")

    for path, data in feed(directory).items():
        assert list(empty(data, path)) == []


def test_the_feed_has_what_is_offered_and_says_what_is_closed_or_has_ended(
    directory: Built,
) -> None:
    services = feed(directory)["services.json"]["contents"]
    names = {entry(directory, name).heading: status for name, status in TOLD.items()}

    assert {each["name"]: each["status"] for each in services} == names


def test_unchecked_names_and_numbers_are_nowhere_in_what_machines_read(directory: Built) -> None:
    files = [path for path in public_files(directory) if path.suffix in (".json", ".csv")]
    for path in files:
        text = path.read_text(encoding="utf-8")
        for words in (
            *("Harbour Beacon", "Harbour Ward", "Harbour Info", "Harbour Calm", "Crisis Line"),
            *("960 007", "harbour.example/info", "harbour.example/calm", "960 004", "960 005"),
        ):
            if (words, path.parent.name) == ("960 004", "services") or path.name == "services.csv":
                continue  # what comes after a way that ends is told beside it
            assert words not in text, (path, words)


def test_the_table_opens_with_a_byte_order_mark_and_has_the_same_services_as_the_feed(
    directory: Built,
) -> None:
    data = directory.file(f"{HELP}services.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n") == len(TOLD) + 1
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    services = feed(directory)["services.json"]["contents"]

    assert [(row["Name"], row["Id"]) for row in rows] == [
        (each["name"], each["id"]) for each in services
    ]
    for row in rows:
        page = directory[row["Page"].removeprefix("https://plans.harbour.example")]
        assert page.heading == row["Name"]
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())


def test_ids_stay_when_it_is_built_again_and_when_another_entry_comes(
    directory: Built, tmp_path: Path
) -> None:
    root = copy_root(DIRECTORY, tmp_path / "root")
    (root / "content/harbour/help/a-new-one.md").write_text(
        "---\nname: A new one\nsummary: New.\nsource: harbour-list\n"
        "channels: [{way: phone, number: 01632 960 020}]\n"
        "checks: {last: 2026-11-20, by: editor}\n---\n\nNew.\n",
        encoding="utf-8",
    )
    assert build(order(root)).succeeded
    again = Built(root, root / "site", directory.outcome)

    before, after = feed(directory), feed(again)
    assert set(before) < set(after)
    for path, data in before.items():
        if path.startswith("services/"):
            assert after[path] == data
    assert [
        data["name"]
        for path, data in after.items()
        if path.startswith("services/") and path not in before
    ] == ["A new one"]


def test_every_offered_entry_has_json_ld_of_itself_and_no_other_page_has(directory: Built) -> None:
    told = {}
    for address, page in directory.pages.items():
        assert len(page.all("//script[@type='application/ld+json']")) <= 1
        if page.service_data:
            told[address] = page.service_data
    told_apart = {"safe-place"}  # sensitive: nothing in its head may say what it is
    assert set(told) == {f"{HELP}harbour-{name}/" for name in set(OFFERED) - told_apart}
    for address, data in told.items():
        page = directory[address]
        assert data["@context"] == "https://schema.org"
        assert data["name"] == page.heading
        assert data["url"] == page.canonical == f"https://plans.harbour.example{address}"
        assert not re.search(r'":(?:null|""|\[\]|\{\})', json.dumps(data, separators=(",", ":")))
    numbers = json.dumps(told[f"{HELP}harbour-clinic/"])
    assert "01632 960 003" in numbers
    assert "referrals@" not in numbers


def test_what_the_search_filters_is_what_the_lists_hold(directory: Built) -> None:
    entries = find(directory)

    def names(fits: list[dict[str, Any]]) -> list[str]:
        return [each["at"].removeprefix("harbour-").rstrip("/") for each in fits]

    assert names(entries) == list(OFFERED)
    for need, expected in NEEDS.items():
        assert names([each for each in entries if need in each["needs"]]) == in_order(expected)
    for place, expected in PLACES.items():
        words = place.replace("-", " ").title()
        assert names([each for each in entries if words in each["places"]]) == in_order(expected)
    for band, expected in AGES.items():
        youngest, oldest = map(int, band.split("-to-"))
        fits = [e for e in entries if e["ages"][0] <= oldest and e["ages"][1] >= youngest]
        assert names(fits) == in_order(expected)
    for each in entries:
        page = entry(directory, each["at"].removeprefix("harbour-").rstrip("/"))
        assert each["name"] == page.heading
        assert (each["tag"] == "Check is past") is bool(
            [notice for notice in page.notices if notice.kind == "past-check"]
        )
        hrefs = [way["href"] for way in each["reach"] if "href" in way]
        assert set(hrefs) <= set(tappable(page))


def test_the_sitemap_has_what_is_offered_and_nothing_that_asks_not_to_be_listed(
    directory: Built,
) -> None:
    sitemap = read(directory, "/harbour/sitemap.xml")
    addresses = set(re.findall(r"<loc>https://plans\.harbour\.example(.*?)</loc>", sitemap))

    assert {f"{HELP}harbour-{name}/" for name in OFFERED} <= addresses
    for address in addresses:
        assert directory[address].robots is None, address
    for name in (*ENDED, *NAMED_ONLY, *NEVER_CHECKED, "app"):
        assert f"{HELP}harbour-{name}/" not in addresses


# -- again, and later


def test_the_same_sources_give_the_same_bytes_with_one_process_or_two(
    directory: Built, tmp_path: Path
) -> None:
    for jobs in (1, 2):
        again = build_copy(DIRECTORY, tmp_path / str(jobs), jobs=jobs)
        assert again.outcome.succeeded
        assert tree(again.folder) == tree(directory.folder)


def test_what_lapses_in_a_year_leaves_the_feed_and_no_address_is_lost(
    directory: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = directory.copy(tmp_path / "recorded")
    assert main(["record", "--root", str(site.root)]) == 0
    capsys.readouterr()
    ledger = set((site.root / "areas/harbour.ledger").read_text(encoding="utf-8").splitlines())
    before = set(feed(site))

    outcome = build(order(site.root, today=datetime.date(2027, 11, 21)))

    assert outcome.succeeded, [str(each) for each in outcome.findings if each.is_fault]
    later = Built(site.root, site.folder, outcome)
    still = ["rapid-response", "text-line", "hub"]
    assert [each["at"] for each in find(later)] == [f"harbour-{name}/" for name in still]
    services = feed(later)["services.json"]["contents"]
    assert {each["name"] for each in services} == {
        entry(directory, name).heading for name in (*still, "art-sessions", "mentors")
    }
    gone = [each for each in before - set(feed(later)) if each.startswith("services/")]
    assert len(gone) == len(TOLD) - 5
    for name in EVERY:
        assert entry(later, name).heading.endswith("(made up)")
    for name in LISTS:
        assert f"{HELP}{name}/" in later.pages
        assert f"{HELP}{name}/" in ledger
    for address in ledger:
        if address.startswith("/"):
            assert later.file(address).is_file(), address
    kept = {line.removeprefix(FEED) for line in ledger if line.startswith(FEED)}
    assert kept == {"index.json", *(f"{name}.json" for name in KINDS)}


# -- the real content


def test_every_entry_of_the_real_area_is_only_named_and_none_is_offered(real: Built) -> None:
    names = sorted(path.stem for path in (CODE / "content/blmk/help").glob("*.md"))
    names.remove("index")
    assert len(names) > 20
    assert json.loads(read(real, "/blmk/help/find.json")) == []
    assert len(read(real, "/blmk/help/services.csv").splitlines()) == 1
    assert json.loads(read(real, "/blmk/help/open-referral/v3/services.json"))["contents"] == []
    shown = {
        real["/blmk/help/named-in-plans/"].resolve(str(href))
        for href in real["/blmk/help/named-in-plans/"].all("//main//h2//a/@href")
    } | {
        real["/blmk/help/for-professionals/"].resolve(str(href))
        for href in real["/blmk/help/for-professionals/"].all("//main//h2//a/@href")
    }
    assert shown == {f"/blmk/help/{name}/" for name in names}
    for name in names:
        page = real[f"/blmk/help/{name}/"]
        (notice,) = page.notices
        assert notice.heading == "We have not checked that it still runs", name
        assert re.match(r"Named in the .*(plan|refresh)", notice.paragraphs[0]), name
        assert page.facts["Last checked"] == "Never"
        assert page.robots == "noindex, follow"
        assert page.structured is None
        links = [str(each) for each in page.all("//main//a/@href")]
        assert not [each for each in links if each.startswith(("tel:", "sms:", "mailto:"))], name
    assert "We list no local service here yet that somebody has checked." in (
        real["/blmk/help/"].words("//main//p")
    )


def test_every_list_of_the_real_area_leads_to_the_national_lines(real: Built) -> None:
    pages = [
        page
        for address, page in real.pages.items()
        if re.match(r"/[\w-]+/help/(?:need|age|place)/", address)
    ]
    assert len(pages) > 10
    for page in pages:
        assert "Nothing is listed here yet" in page.words("//main//h2"), page.address
        assert list(CRISIS) == [href for href in page.all("//main//a/@href") if ":" in href]


def test_kent_and_medway_says_that_its_source_names_no_service(real: Built) -> None:
    page = real["/kent-and-medway/help/"]

    assert sorted(path.name for path in (CODE / "content/kent-and-medway/help").iterdir()) == [
        "index.md"
    ]
    words = " ".join(page.words("//main//p"))
    assert (
        "the text that we have names none. So we list no local services for Kent and Medway."
        in (words)
    )
    links = [str(each) for each in page.all("//main//a/@href")]
    assert [each for each in links if each.startswith(("tel:", "sms:"))] == list(CRISIS)
    assert json.loads(read(real, "/kent-and-medway/help/find.json")) == []
