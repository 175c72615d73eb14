from __future__ import annotations

import datetime
import gzip
import json
import os
import shutil
import statistics
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup
from playwright.sync_api import Browser, Page, sync_playwright

from ltp.directory.entry import Need, Service, ServiceFacts
from ltp.directory.finder import finder
from ltp.directory.hours import Hours
from ltp.directory.listing import find_json
from ltp.directory.open_now import open_hours
from ltp.directory.trust import Directory
from ltp.plans.model import Origin
from ltp.site import addresses
from ltp.site.styles import area_css, compile_styles
from ltp.site.templates import environment
from ltp.site.views import CrisisAction, Link, PageView, Section, Shell

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "overrides" / "assets"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TODAY = datetime.date(2026, 11, 21)
HERE = "/harbour/help/find/"
ENTRIES = 3_000
PLACES = ("North Quay", "South Quay", "The Island")
NEEDS = {
    "anxiety": "Feeling anxious",
    "eating": "Eating and food",
    "sleep": "Trouble with sleep",
    "loss": "When someone has died",
}
HOURS = ("24/7", "Mo-Fr 09:00-17:00; PH off", "Mo-Su 18:00-02:00; PH 18:00-02:00", None)
WAYS: Sequence[Mapping[str, str]] = (
    {"way": "phone", "number": "01632 960001", "label": "out of hours"},
    {"way": "text", "number": "07700 900123", "keyword": "QUAY"},
    {"way": "webchat", "address": "https://chat.example/"},
    {"way": "visit"},
)
CRISIS = (
    CrisisAction("emergency", "emergency", "Life is in danger", "Call", "999", "tel:999", "", ()),
    CrisisAction("shout", "talk", "Shout", "Text SHOUT to", "85258", "sms:85258", "", ()),
)


def service(number: int) -> Service:
    """Make up one entry; what it says follows from its number, so that a test can count."""
    facts: dict[str, Any] = {
        "name": f"Quay service {number:04}",
        "summary": f"Talk to a youth worker about what worries you. Boat {number}.",
        "organisation": "A made-up trust",
        "urgency": "urgent" if number < 3 else "any time",
        "needs": [list(NEEDS)[number % 4]],
        "ages": {"youngest": 5 + number % 7, "oldest": 17 + number % 9},
        "places": [PLACES[number % 3]],
        "audience": [["young people"], ["parents and carers"], []][number % 3],
        "channels": [WAYS[number % 4], WAYS[(number // 4) % 4]][: 1 if number % 5 else 2],
        "cost": "free" if number % 2 else None,
        "checks": {"last": "2026-06-01" if number % 10 else "2025-10-01", "by": "youth worker"},
        "hours": HOURS[number % 4],
    }
    if number % 2:
        facts["referral"] = {"by": ["yourself"]}
    if number == 7:
        facts["name"] = "Quay <b>seven</b> & co"
        facts["ages"] = None
        facts["summary"] = "Boats <script>alert(1)</script> and “quotes”."
    known = {key: value for key, value in facts.items() if value is not None}
    body = "Somebody listens, in private, for as long as you want. " * 8
    origin = Origin(f"content/harbour/help/quay-{number:04}.md")
    made = ServiceFacts.model_validate(known)
    return Service("harbour", f"quay-{number:04}", made, body, 9, origin)


def directory(entries: int = ENTRIES) -> Directory:
    origin = Origin("areas/needs.yml")
    needs = {id_: Need(id=id_, name=name, origin=origin) for id_, name in NEEDS.items()}
    services = tuple(service(number) for number in range(entries))
    return Directory("harbour", PLACES, services, needs, TODAY)


def view(**more: Any) -> PageView:
    shell = Shell(
        site_name="Harbour",
        portal_name="Local transformation plans",
        home_href="../../",
        portal_href="../../../",
        assets="../../assets/",
        logo="neutral",
        navigation=[Link("Get help today", "../")],
        footer=[Link("All areas", "../../../")],
        run_by=None,
        crisis=CRISIS,
        help=Link("All the ways to get help", "../"),
    )
    heading = "Search all help"
    return PageView(shell=shell, title=f"{heading} – Harbour", heading=heading, **more)


class Site(ThreadingHTTPServer):
    """The finder's page and what it needs, from a folder, on this machine alone."""

    daemon_threads = True

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    area = folder / "harbour"
    shutil.copytree(ASSETS, area / "assets")
    sheet = compile_styles(ROOT, tmp_path_factory.mktemp("state"))
    shutil.copy(sheet, area / "assets" / "site.css")
    (area / "assets" / "area.css").write_text(area_css("#005eb8"), "utf-8")
    made = directory()
    template = environment(ROOT / "overrides", None).get_template("main.html")

    def write(name: str, page: PageView) -> None:
        (area / "help" / name).mkdir(parents=True, exist_ok=True)
        text = template.render(view=page, content=Markup(""), page=None)
        (area / "help" / name / "index.html").write_text(text, "utf-8")

    write("find", view(finder=finder(made, partial(addresses.relative, HERE))))
    always = open_hours(Hours("24/7"), TODAY)
    words = Section("hours", "When it is open", [("Day and night",)], open_hours=always)
    write("quay-0000", view(sections=[words]))
    (area / "help" / "find.json").write_text(find_json(made), "utf-8")
    with Site(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = os.environ.get("CHROME_PATH") or shutil.which("chromium")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    flags += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=flags)
        yield started
        started.close()


@dataclass
class Opened:
    """A window on the finder, and what went out of it."""

    page: Page
    site: Site
    requests: list[str]
    faults: list[str]

    def find(self, query: str = "") -> Opened:
        self.page.goto("about:blank")  # or only what stands behind "#" would change
        self.page.goto(f"{self.site.address}{HERE}{query}")
        self.page.locator(".app-finder[data-found]").wait_for()
        return self

    @property
    def status(self) -> str:
        return self.page.get_by_role("status").inner_text()

    @property
    def names(self) -> list[str]:
        return self.page.locator(".app-finder__name a").all_inner_texts()

    @property
    def query(self) -> str:
        return self.page.url.partition("#")[2]

    @property
    def focused(self) -> str:
        return str(
            self.page.evaluate("document.activeElement.id || document.activeElement.innerText")
        )

    def until(self, words: str) -> None:
        self.page.get_by_role("status").get_by_text(words).wait_for()

    def help_is_first(self) -> bool:
        return bool(
            self.page.evaluate(
                """() => {
                  const [help, list] = ["help", "list"].map((n) => document.querySelector(`[data-part=${n}]`));
                  return Boolean(help.compareDocumentPosition(list) & Node.DOCUMENT_POSITION_FOLLOWING);
                }"""
            )
        )


@pytest.fixture
def opened(browser: Browser, site: Site) -> Iterator[Opened]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    window = Opened(context.new_page(), site, [], [])
    window.page.set_default_timeout(5_000)
    watch(window)
    yield window
    assert [each for each in window.requests if not each.startswith(site.address)] == []
    assert window.faults == []
    context.close()


def watch(window: Opened) -> None:
    window.page.on("request", lambda request: window.requests.append(request.url))
    window.page.on("pageerror", lambda error: window.faults.append(str(error)))
    window.page.on(
        "console",
        lambda said: (
            window.faults.append(said.text) if "Content Security Policy" in said.text else None
        ),
    )


def test_without_scripts_the_lists_are_there_and_the_form_is_not(
    browser: Browser, site: Site
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(site.address + HERE)
    assert not page.locator("form").is_visible()
    assert not page.get_by_role("heading", name="Services that fit").is_visible()
    for name in ("Feeling anxious", "Aged 11 to 15", "The Island"):
        assert page.get_by_role("link", name=name, exact=True).is_visible()
    assert page.locator(".nhsuk-card--care").first.is_visible()
    assert page.get_by_role("link", name="Call 999").first.is_visible()
    context.close()


def test_all_that_is_offered_is_shown_at_first_and_the_most_urgent_comes_first(
    opened: Opened,
) -> None:
    opened.find()
    assert opened.status == "3,000 services. The first 20 are shown."
    assert len(opened.names) == 20
    assert opened.names[0] == "Quay service 0000"
    assert opened.query == ""


def test_every_choice_is_made_by_keyboard(opened: Opened) -> None:
    opened.find()
    keys = opened.page.keyboard

    def tab_to(name: str) -> None:
        for _ in range(40):
            if opened.focused == name:
                return
            keys.press("Tab")
        raise AssertionError(f"the Tab key never reaches {name}: it stopped at {opened.focused}")

    tab_to("finder-need")
    keys.type("Feel")
    tab_to("finder-age")
    keys.type("14")
    tab_to("finder-how-2")
    keys.press("Space")
    tab_to("finder-q")
    keys.type("boat")
    tab_to("More choices")
    keys.press("Enter")
    tab_to("finder-place")
    keys.type("The")
    tab_to("finder-who")
    keys.type("A par")
    tab_to("finder-self")
    tab_to("finder-open")
    tab_to("Show services")
    keys.press("Enter")
    assert opened.focused == "finder-results"
    assert (
        opened.query
        == "need=anxiety&age=14&how=text&q=boat&place=The+Island&who=parents+and+carers"
    )
    assert opened.status == "13 services."


def test_an_address_shares_its_choices(opened: Opened) -> None:
    opened.find("#need=anxiety&age=14&how=phone&q=youth+WORK&self=yes")
    assert opened.page.locator("#finder-need").input_value() == "anxiety"
    assert opened.page.locator("#finder-age").input_value() == "14"
    assert opened.page.get_by_label("By phone").is_checked()
    assert opened.page.locator("#finder-q").input_value() == "youth WORK"
    assert opened.page.locator("details").get_attribute("open") is not None
    made = directory()
    expected = [
        each.facts.name
        for each in made.on_need("anxiety")
        if each.facts.ages
        and each.facts.ages.include(14)
        and each.facts.can_refer_yourself
        and any(channel.way.value == "phone" for channel in each.facts.channels)
    ]
    assert opened.names == expected[:20]
    assert opened.query == "need=anxiety&age=14&how=phone&q=youth+WORK&self=yes"


def test_ways_to_get_help_add_up_and_other_choices_narrow(opened: Opened) -> None:
    def count(query: str) -> int:
        opened.find(query)
        return int(opened.status.split()[0].replace(",", ""))

    phone, text, both = (count(f"#{q}") for q in ("how=phone", "how=text", "how=phone&how=text"))
    assert max(phone, text) < both <= phone + text
    assert count("#how=phone&place=The+Island") < phone


def test_what_an_entry_does_not_say_shuts_nobody_out(opened: Opened) -> None:
    opened.find("#who=young+people")
    assert "Quay service 0002" in opened.names
    assert "Quay service 0001" not in opened.names


def test_an_address_with_a_question_mark_is_understood_and_tells_no_server_again(
    opened: Opened,
) -> None:
    opened.find("?need=anxiety&q=youth+work")
    assert opened.page.url == f"{opened.site.address}{HERE}#need=anxiety&q=youth+work"
    assert opened.page.locator("#finder-need").input_value() == "anxiety"
    opened.page.reload()
    opened.page.locator(".app-finder[data-found]").wait_for()
    assert not any("?" in each for each in opened.requests[1:])


def test_an_address_that_is_changed_by_hand_is_followed(opened: Opened) -> None:
    opened.find("#q=boat")
    opened.page.evaluate("location.hash = 'q=seven'")
    opened.until("1 service.")
    assert opened.names == ["Quay <b>seven</b> & co"]
    opened.page.evaluate("location.hash = ''")
    opened.until("3,000 services")


def test_a_link_to_a_part_of_the_page_leaves_what_was_found(opened: Opened) -> None:
    opened.find("#q=seven")
    opened.page.get_by_role("link", name="Skip to main content").press("Enter")
    opened.page.wait_for_timeout(100)
    assert opened.names == ["Quay <b>seven</b> & co"]


def test_a_form_without_its_script_sends_nothing(opened: Opened) -> None:
    opened.page.route("**/*.js", lambda route: route.abort())
    opened.page.goto(f"{opened.site.address}{HERE}")
    opened.page.evaluate("document.querySelector('form').hidden = false")
    before = len(opened.requests)
    opened.page.locator("#finder-q").fill("secret words")
    opened.page.locator("#finder-q").press("Enter")
    opened.page.wait_for_timeout(300)
    asked = [each for each in opened.requests[before:] if not each.endswith(".svg")]  # its icon
    assert asked == []
    assert opened.page.url == f"{opened.site.address}{HERE}"


def test_choices_that_are_not_offered_are_left_aside(opened: Opened) -> None:
    opened.find("#need=dragons&age=400&how=pigeon&colour=red")
    assert opened.status.startswith("3,000 services")
    assert opened.query == ""


def test_words_find_the_beginnings_of_words_and_the_names_of_needs(opened: Opened) -> None:
    for query, found in (("q=boat+12", True), ("q=oat", False), ("q=anxious", True)):
        opened.find(f"#{query}")
        assert bool(opened.names) is found
    opened.find("#q=worker’s")
    assert opened.names == []


def test_back_brings_the_choices_and_the_place_in_the_list_back(opened: Opened) -> None:
    opened.find()
    opened.page.get_by_label("By phone").check()
    opened.page.get_by_role("button", name="Show more").click()
    shown = opened.names
    opened.page.get_by_role("link", name="Quay service 0000", exact=True).click()
    opened.page.wait_for_url("**/quay-0000/")
    opened.page.go_back()
    opened.page.locator(".app-finder[data-found]").wait_for()
    assert opened.page.get_by_label("By phone").is_checked()
    assert opened.names == shown
    assert len(shown) == 40


def test_show_more_adds_entries_and_moves_on_to_the_first_of_them(opened: Opened) -> None:
    opened.find("#q=boat")
    opened.page.get_by_role("button", name="Show more").press("Enter")
    assert len(opened.names) == 40
    assert opened.focused == opened.names[20]
    assert opened.status == "3,000 services. The first 40 are shown."


def test_nothing_that_fits_leads_to_todays_help_and_to_what_to_give_up(opened: Opened) -> None:
    opened.find("#need=sleep&age=14&q=dragons")
    assert (
        opened.status == "Nothing here fits all of that. There is still help that you can get now."
    )
    assert opened.help_is_first()
    assert opened.page.locator(".app-finder__results .nhsuk-card--care").first.is_visible()
    buttons = opened.page.locator(".app-finder__loosen button")
    assert [text.partition(":")[0] for text in buttons.all_inner_texts()] == ["Without the words"]
    buttons.first.press("Enter")
    opened.until("services")
    assert opened.query == "need=sleep&age=14"
    assert opened.focused == "finder-results"
    assert not opened.help_is_first()


def test_where_no_one_choice_is_too_much_two_are_told(opened: Opened) -> None:
    opened.find("#need=anxiety&free=yes&q=dragons")
    buttons = opened.page.locator(".app-finder__loosen button")
    assert buttons.all_inner_texts() == [
        "Help with anything, Without the words: 1,500 services",
        "Without the words, Without “Free”: 750 services",
    ]


def test_where_no_two_choices_are_too_much_all_can_be_given_up(opened: Opened) -> None:
    opened.find("#need=anxiety&free=yes&place=South+Quay&who=young+people&q=dragons")
    assert not opened.page.locator(".app-finder__loosen").is_visible()
    opened.page.get_by_role("button", name="Start again").click()
    opened.until("3,000 services")
    assert opened.query == ""


@pytest.mark.parametrize(
    "words",
    ["suicide", "I'm suicidal", "Self-harm", "self harming", "kill myself", "don’t want to live"],
)
def test_words_of_harm_put_todays_help_first(opened: Opened, words: str) -> None:
    opened.find()
    assert not opened.help_is_first()
    opened.page.locator("#finder-q").fill(words)
    opened.page.locator(".app-finder__results [data-part=help]").wait_for()
    assert opened.help_is_first()
    assert "The help above is for you, now." in opened.status
    opened.page.locator("#finder-q").press("Enter")
    assert opened.focused == "finder-help"
    opened.page.get_by_role("button", name="Clear all").click()
    opened.until("3,000 services")
    assert not opened.help_is_first()


def test_what_is_typed_goes_nowhere(opened: Opened) -> None:
    opened.find()
    before = len(opened.requests)
    opened.page.locator("#finder-q").fill("secret words")
    opened.until("Nothing here fits")
    opened.page.locator("#finder-q").press("Enter")
    # Chromium asks for the icon again when the address changes; it is told no address.
    assert {each.rpartition("/")[2] for each in opened.requests[before:]} <= {"mark.svg"}
    assert not any("secret" in each for each in opened.requests)
    assert sum(each.endswith("find.json") for each in opened.requests) == 1


def test_texts_of_entries_are_never_read_as_html(opened: Opened) -> None:
    opened.find("#q=seven")
    assert opened.names == ["Quay <b>seven</b> & co"]
    assert not opened.page.locator(".app-finder__list :is(b, script)").count()


def test_an_entry_says_what_it_is_how_to_reach_it_and_how_far_to_trust_it(opened: Opened) -> None:
    opened.find("#q=0000")
    entry = opened.page.locator(".app-finder__entry")
    text = entry.inner_text()
    assert "Boat 0." in text
    assert "Aged 5 to 17" in text
    assert "Check is past" in text
    assert "Checked" not in text
    link = entry.get_by_role("link", name="Call 01632 960")
    assert str(link.first.get_attribute("href")).startswith("tel:")
    name = entry.get_by_role("link", name="Quay service 0000", exact=True)
    assert name.evaluate("a => a.href").endswith("/harbour/help/quay-0000/")


def test_data_that_does_not_come_leaves_the_lists(opened: Opened) -> None:
    opened.page.route("**/find.json", lambda route: route.fulfill(status=404, body="gone"))
    opened.page.goto(opened.site.address + HERE)
    opened.until("The search does not work just now")
    assert not opened.page.locator("form").is_visible()
    assert opened.page.get_by_role("link", name="Feeling anxious").is_visible()


def test_paper_has_no_form(opened: Opened) -> None:
    opened.find("#q=dragons")
    opened.page.emulate_media(media="print")
    assert not opened.page.locator("form").is_visible()
    assert not opened.page.get_by_role("status").is_visible()
    assert opened.page.locator(".nhsuk-card--care").first.is_visible()
    opened.page.emulate_media(media="screen")
    opened.find("#q=seven")
    opened.page.emulate_media(media="print")
    assert not opened.page.get_by_role("button", name="Show more").is_visible()
    assert opened.page.locator(".app-finder__entry").first.is_visible()


# -- access


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("query", ["", "#q=dragons&need=sleep&open=yes", "#q=suicide"])
def test_axe_finds_nothing(opened: Opened, width: int, query: str) -> None:
    opened.page.set_viewport_size({"width": width, "height": 900})
    opened.find(query)
    opened.page.evaluate("document.querySelector('details').open = true")
    opened.page.evaluate(AXE.read_text("utf-8"))
    found = opened.page.evaluate("axe.run()")
    told = [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]]
    assert told == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 1280])
def test_there_is_room_for_a_finger(opened: Opened, width: int) -> None:
    opened.page.set_viewport_size({"width": width, "height": 900})
    opened.find()
    opened.page.evaluate("document.querySelector('details').open = true")
    small = opened.page.evaluate(
        """() => [...document.querySelectorAll(".app-finder :is(a, button, input, select, summary)")]
          .filter((e) => e.checkVisibility())
          .filter((e) => [...e.getClientRects()].every((r) => r.width < 24 || r.height < 24))
          .map((e) => e.outerHTML)"""
    )
    assert small == []


# -- open now

MOMENTS = [
    datetime.datetime(2026, 11, 16, tzinfo=datetime.UTC) + datetime.timedelta(minutes=each)
    for each in range(0, 7 * 24 * 60, 47)
] + [
    datetime.datetime(2026, month, day, hour, 30, tzinfo=datetime.UTC)
    for month, day in ((12, 24), (12, 25), (12, 26), (12, 28), (3, 29), (10, 25))
    for hour in range(24)
]
RULES = (
    "24/7",
    "Mo-Fr 09:00-17:00",
    "Mo-Fr 09:00-12:00,13:00-17:00; PH off",
    "Mo-Su 18:00-02:00; PH 10:00-12:00",
    "Mo-Fr 09:00-17:00; PH off; Dec 24 09:00-12:00",
    "Mo-Fr 09:00-17:00; SH off",
)


@pytest.mark.parametrize("rules", RULES)
def test_the_script_never_says_other_than_the_rules(opened: Opened, rules: str) -> None:
    hours = Hours(rules)
    given = open_hours(hours, TODAY)
    if given is None:
        assert hours.depends_on_term_time
        return
    data = {
        "week": given.week,
        "bankHolidays": given.bank_holidays,
        "exceptions": dict(given.exceptions),
        "days": " ".join(given.days),
    }
    opened.page.goto(opened.site.address + HERE)
    said = opened.page.evaluate(
        """async ([hours, moments]) => {
          const { clock, isOpen } = await import("/harbour/assets/open-now.js");
          return moments.map((moment) => isOpen(hours, clock(new Date(moment))));
        }""",
        [data, [each.timestamp() * 1000 for each in MOMENTS]],
    )
    told = [(each, word) for each, word in zip(MOMENTS, said, strict=True) if word is not None]
    assert [(each, word) for each, word in told if hours.is_open(each) is not word] == []
    assert len(told) > len(MOMENTS) / 2
    christmas = said[MOMENTS.index(datetime.datetime(2026, 12, 25, 10, 30, tzinfo=datetime.UTC))]
    assert (christmas is None) == (rules == "Mo-Fr 09:00-17:00")


@pytest.mark.parametrize(
    ("moment", "rules", "words"),
    [
        ("2026-11-21T02:05:00Z", "24/7", "Open now, worked out at 2:05am"),
        ("2026-07-01T01:05:00Z", "24/7", "Open now, worked out at 2:05am"),
        (
            "2026-11-20T16:59:00Z",
            "Mo-Fr 09:00-17:00; PH off",
            "Open now, worked out at 4:59pm",
        ),
        (
            "2026-11-20T17:00:00Z",
            "Mo-Fr 09:00-17:00; PH off",
            "Closed now, opens on Monday at 9am, worked out at 5pm",
        ),
        (
            "2026-11-18T23:30:00Z",
            "Mo-Fr 12:00-17:00; PH off",
            "Closed now, opens tomorrow at midday, worked out at 11:30pm",
        ),
        (
            "2026-11-18T08:00:00Z",
            "Mo-Fr 09:30-17:00; PH off",
            "Closed now, opens at 9:30am, worked out at 8am",
        ),
        (
            "2026-12-25T09:30:00Z",
            "Mo-Fr 09:00-17:00; PH off",
            "Closed now, opens on Tuesday at 9am, worked out at 9:30am",
        ),
        ("2026-12-25T09:30:00Z", "Mo-Fr 09:00-17:00", ""),
        ("2031-11-21T09:30:00Z", "24/7", ""),
        (
            "2026-11-18T08:00:00Z",
            "Tu 09:00-10:00; PH off",
            "Closed now, opens on Tuesday at 9am, worked out at 8am",
        ),
        (
            "2026-11-17T12:00:00Z",
            "Tu 09:00-10:00; PH off",
            "Closed now, opens next Tuesday at 9am, worked out at midday",
        ),
    ],
)
def test_open_now_is_said_with_the_time_in_england(
    opened: Opened, moment: str, rules: str, words: str
) -> None:
    given = open_hours(Hours(rules), TODAY)
    assert given
    template = environment(ROOT / "overrides", None).get_template("main.html")
    section = Section("hours", "When it is open", [("As it is told",)], open_hours=given)
    page = template.render(view=view(sections=[section]), content=Markup(""), page=None)
    opened.page.route("**/told/", lambda route: route.fulfill(body=page, content_type="text/html"))
    opened.page.clock.set_fixed_time(moment)
    opened.page.goto(f"{opened.site.address}/harbour/help/told/")
    line = opened.page.locator(".app-open-now")
    assert opened.page.get_by_text("As it is told").is_visible()
    assert line.is_visible() is bool(words)
    assert line.inner_text() == words


def test_what_is_open_now_is_found_and_told_anew_each_minute(opened: Opened) -> None:
    opened.page.clock.install(time="2026-11-21T02:05:30Z")
    opened.find("#open=yes")
    assert opened.status.startswith("750 services")
    line = opened.page.locator(".app-open-now").first
    assert line.inner_text() == "Open now, worked out at 2:05am"
    opened.page.clock.run_for(31_000)
    assert line.inner_text() == "Open now, worked out at 2:06am"


# -- speed and size


def test_scripts_are_small() -> None:
    for name in ("find.js", "open-now.js"):
        assert len(gzip.compress((ASSETS / name).read_bytes())) < 4_096


def test_three_thousand_entries_are_filtered_at_once(opened: Opened, record_property: Any) -> None:
    opened.find()
    words = "youth worker boat 12 anxious island quay talk private listens"
    for at in range(1, len(words), 6):
        opened.page.locator("#finder-q").fill(words[:at])
        opened.page.wait_for_timeout(300)
    opened.page.get_by_label("By text").check()
    opened.page.wait_for_timeout(50)
    taken = opened.page.evaluate(
        'performance.getEntriesByName("find").map((each) => each.duration)'
    )
    median = statistics.median(taken)
    told = f"median {median:.1f} ms, longest {max(taken):.1f} ms of {len(taken)}"
    print(f"{ENTRIES} entries filtered and shown: {told}")
    record_property("filter", json.dumps(taken))
    assert len(taken) > 8
    assert median < 100
