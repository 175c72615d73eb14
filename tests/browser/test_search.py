"""The search of a site in a real browser: what it finds, what it says, and what it never tells anyone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, Route
from tests.browser.chromium import AXE, WIDTHS, browser, served, served_folder
from tests.site.built import ADDRESS, Built

from ltp.site.crisis_words import CRISIS_WORDS
from ltp.site.policy import HEADER, WORKER_HEADER

pytestmark = pytest.mark.browser

HARBOUR = "/harbour/search/"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def hosts(made_up: Built, directory: Built, real: Built) -> Iterator[dict[str, str]]:
    """Serve three sites; give the address of each."""
    with served(made_up) as made, served(directory) as services, served(real) as true:
        yield {"made_up": made, "directory": services, "real": true}


@dataclass
class Window:
    """A window on a search, and what went out of it."""

    page: Page
    host: str
    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str) -> Window:
        self.page.goto("about:blank")  # or only what stands behind "#" would change
        self.page.goto(self.host + address)
        self.page.wait_for_function("() => !document.querySelector('.app-search form').hidden")
        if "q=" in address:
            self.wait()
        return self

    def ask(self, words: str, *, earlier: bool = False) -> Window:
        self.page.locator("#search-q").fill(words)
        if earlier:
            self.page.get_by_label("Also search earlier plans").check()
        self.page.locator("#search-q").press("Enter")
        self.wait()
        return self

    def wait(self, words: str = "") -> None:
        """Wait until the search has said what it found."""
        self.page.wait_for_function(
            """words => {
              const said = document.querySelector("[role=status]").textContent;
              return said && said !== "Searching…" && said.includes(words);
            }""",
            arg=words,
        )

    @property
    def status(self) -> str:
        return self.page.get_by_role("status").inner_text()

    def titles(self, part: str = "results") -> list[str]:
        found = self.page.locator(f"[data-part={part}] [data-part=title]")
        return [each for each in found.all_inner_texts() if each]

    def addresses(self, part: str = "results") -> list[str]:
        links = self.page.locator(f"[data-part={part}] [data-part=link]").all()
        return [str(each.evaluate("a => a.href")).removeprefix(self.host) for each in links]

    def said_of(self, title: str, part: str = "results") -> str:
        result = self.page.locator(f"[data-part={part}] li").filter(
            has=self.page.locator("[data-part=title]").get_by_text(title, exact=True)
        )
        return " ".join(result.inner_text().split())

    @property
    def asked(self) -> str:
        return self.page.url.partition("#")[2]

    @property
    def focused(self) -> str:
        return str(
            self.page.evaluate("document.activeElement.id || document.activeElement.innerText")
        )

    def help_is_first(self) -> bool:
        return bool(
            self.page.evaluate(
                """() => {
                  const part = (name) => document.querySelector(`[data-part=${name}]`);
                  const list = part("results").querySelector("[data-part=list]");
                  const after = Node.DOCUMENT_POSITION_FOLLOWING;
                  return Boolean(part("help").compareDocumentPosition(list) & after);
                }"""
            )
        )


@pytest.fixture
def open_on(chromium: Browser, hosts: dict[str, str]) -> Iterator[Callable[..., Window]]:
    """Give what opens a window on one of the sites."""
    contexts: list[BrowserContext] = []
    windows: list[Window] = []

    def opened(site: str, *, host: str = "", **options: Any) -> Window:
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, **options)
        contexts.append(context)
        window = Window(context.new_page(), host or hosts[site])
        window.page.set_default_timeout(8_000)
        window.page.on("request", lambda request: window.requests.append(request))
        window.page.on("pageerror", lambda error: window.complaints.append(str(error)))
        window.page.on("console", lambda said: window.complaints.append(said.text))
        windows.append(window)
        return window

    yield opened
    for window in windows:
        for request in window.requests:
            assert request.url.startswith((window.host, "about:")), request.url
    for context in contexts:
        context.close()


@pytest.fixture
def harbour(open_on: Callable[..., Window]) -> Iterator[Window]:
    window = open_on("made_up").open(HARBOUR)
    yield window
    assert window.complaints == []


# -- what it finds


def test_a_word_finds_the_latest_plan_help_and_the_areas_pages(harbour: Window) -> None:
    harbour.ask("harbour")
    assert harbour.status.startswith(f"{len(harbour.titles())} results for “harbour”.")
    assert "/harbour/" in harbour.addresses()
    assert not harbour.page.locator("[data-part=earlier]").is_visible()
    for address in harbour.addresses():
        assert not re.search("2016|2019|2022|2024-25|2014|2027", address)


def test_each_result_says_its_plan_its_area_and_its_status_and_marks_the_words(
    harbour: Window,
) -> None:
    harbour.ask("crisis")
    assert harbour.titles()[0] == "Help in a crisis"
    said = harbour.said_of("Help in a crisis")
    assert "2026 to 2027 plan, Harbour" in said
    assert "Current" in said
    harbour.ask("youth worker")
    assert "Help, Harbour Checked" in harbour.said_of("The harbour drop-in")
    marks = harbour.page.locator("[data-part=results] mark").all_inner_texts()
    assert {word.strip(".") for word in marks} == {"youth", "worker"}


def test_a_result_leads_to_its_page_and_to_the_part_of_it_that_fits(
    open_on: Callable[..., Window],
) -> None:
    window = open_on("real").open("/blmk/search/#q=whole+school+approach")
    first = window.addresses()[0]
    assert first == "/blmk/2024-25/schools/#what-the-plan-said-it-would-do"
    assert window.titles()[0] == "Support in schools: What the plan said it would do"
    window.page.locator("[data-part=link]").first.click()
    window.page.wait_for_url("**/schools/#*")
    assert window.page.locator("h1").inner_text() == "Support in schools"


def test_earlier_plans_are_fetched_and_shown_only_when_asked_for(harbour: Window) -> None:
    harbour.ask("crisis")
    assert not [each for each in harbour.requests if "/earlier/" in each.url]
    harbour.ask("crisis", earlier=True)
    assert "2 results in earlier plans: see below." in harbour.status
    assert [each for each in harbour.requests if "/earlier/" in each.url]
    assert harbour.asked == "q=crisis&earlier=yes"
    part = harbour.page.get_by_role("region", name="Earlier plans")
    assert part.get_by_role("heading", name="Earlier plans").is_visible()
    assert harbour.titles("results")[0] == "Help in a crisis"
    assert len(harbour.titles("earlier")) == 2
    for title in harbour.titles("earlier"):
        assert re.search("Earlier|Archived", harbour.said_of(title, "earlier"))
    # They begin with a notice, so their results lead to their beginning.
    assert not [each for each in harbour.addresses("earlier") if "#" in each]
    harbour.page.get_by_label("Also search earlier plans").uncheck()
    harbour.ask("crisis")
    assert not part.is_visible()
    assert harbour.asked == "q=crisis"
    # Nor do they count where no page of today has all of the words, though they are at hand now.
    harbour.ask("figures boats")
    assert not part.is_visible()
    assert not [each for each in harbour.addresses() if "2026-27" not in each and "/20" in each]


def test_a_withdrawn_page_is_found_by_its_exact_title_case_and_punctuation_aside(
    harbour: Window,
) -> None:
    part = harbour.page.get_by_role("region", name="Withdrawn")
    for words, is_found in (
        ("Crisis figures", True),
        ("crisis FIGURES!", True),
        ("figures", False),
        ("crisis figure", False),
        ("figures of another harbour", False),
    ):
        harbour.ask(words, earlier=True)
        assert part.is_visible() is is_found, words
        assert not [each for each in harbour.addresses("earlier") if "2019-21" in each]
        assert not [each for each in harbour.addresses() if "2019-21" in each]
    harbour.ask("crisis figures")
    assert harbour.addresses("withdrawn") == ["/harbour/2019-21/crisis/"]
    assert "2019 to 2021 plan, Harbour Withdrawn" in harbour.said_of("Crisis figures", "withdrawn")
    assert "A page with this title was withdrawn: see below." in harbour.status


def test_drafts_and_removed_plans_are_not_found_whatever_is_asked(harbour: Window) -> None:
    for words in ("2027 to 2028 plan", "2014 to 2015 plan", "named a child"):
        harbour.ask(words, earlier=True)
        every = [
            each for part in ("results", "withdrawn", "earlier") for each in harbour.addresses(part)
        ]
        assert not [each for each in every if "2027-28" in each or "2014-15" in each], words


def show_all(window: Window, press: Callable[[Locator], None]) -> None:
    """Press “Show more” until all results are shown, each time until more are."""
    more = window.page.get_by_role("button", name="Show more")
    while more.is_visible():
        shown = len(window.titles())
        press(more)
        window.page.locator("[data-part=results] li").nth(shown).wait_for()


def test_what_may_not_be_offered_as_help_comes_last_and_says_so(
    open_on: Callable[..., Window],
) -> None:
    window = open_on("directory").open(f"{HARBOUR}#q=harbour")
    show_all(window, lambda more: more.click())
    tags = [
        window.page.locator("[data-part=results] li").nth(at).locator(".app-tag").all_inner_texts()
        for at in range(len(window.titles()))
    ]
    kinds = [
        window.page.locator("[data-part=what]").nth(at).inner_text() for at in range(len(tags))
    ]
    not_help = [at for at, kind in enumerate(kinds) if kind.startswith("Service")]
    assert len(not_help) == 9
    assert not_help == list(range(len(kinds) - 9, len(kinds)))
    assert {tag for at in not_help for tag in tags[at]} == {
        "Check is long past",
        "Only named in a plan. Not checked",
        "Not checked",
        "Closed for now",
        "Ended",
        "Checked",
    }
    window.open(f"{HARBOUR}#q=beacon")
    assert "Service, Harbour" in window.said_of("Harbour Beacon (made up)")
    assert "Only named in a plan. Not checked" in window.said_of("Harbour Beacon (made up)")


def test_more_that_is_pressed_twice_shows_nothing_twice_and_leaves_nothing_out(
    open_on: Callable[..., Window],
) -> None:
    window = open_on("directory").open(f"{HARBOUR}#q=harbour")
    show_all(window, lambda more: more.evaluate("more => { more.click(); more.click(); }"))
    found = window.addresses("results")
    assert len(found) == len(set(found)) == int(window.status.split()[0])


def test_where_no_page_has_all_words_the_closest_are_shown_and_that_is_said(
    harbour: Window,
) -> None:
    harbour.ask("worker library")
    assert "No page has all of your words." in harbour.status
    assert harbour.titles()


def test_common_words_do_not_stand_in_the_way(harbour: Window) -> None:
    harbour.ask("where can I talk to a youth worker, please")
    assert harbour.titles() == ["The harbour drop-in"]
    harbour.ask("the")
    assert (
        harbour.status.startswith(("We found nothing", "1 result")) or "results" in harbour.status
    )


def test_nothing_found_says_so_and_leads_on(harbour: Window) -> None:
    harbour.ask("xylophones")
    assert harbour.status == (
        "We found nothing for “xylophones”. Earlier plans were not searched. "
        "Try other words, or one of these lists."
    )
    part = harbour.page.locator("[data-part=results] [data-part=instead]")
    for name in ("A to Z", "Site map", "Get help today"):
        assert part.get_by_role("link", name=name).is_visible()
    harbour.ask("xylophones", earlier=True)
    assert "Nothing in earlier plans." in harbour.status
    assert "were not searched" not in harbour.status


def test_texts_are_never_read_as_html(harbour: Window) -> None:
    harbour.page.route(
        "**/withdrawn.json",
        lambda route: route.fulfill(
            json=[
                {
                    "title": "<b>bold</b>",
                    "path": "x/",
                    "what": "<i>plan</i>",
                    "tag": "<u>T</u>",
                    "kind": "withdrawn",
                }
            ]
        ),
    )
    harbour.ask("<b>bold</b>")
    assert harbour.titles("withdrawn") == ["<b>bold</b>"]
    assert not harbour.page.locator(".app-search :is(b, i, u)").count()


# -- over all areas


def test_the_portal_finds_pages_of_every_area_and_says_whose_they_are(
    open_on: Callable[..., Window],
) -> None:
    window = open_on("made_up").open("/search/#q=crisis")
    assert {each.split("/")[1] for each in window.addresses()} >= {"harbour", "hill", "meadow"}
    assert "2026 to 2027 plan, Harbour and Lowtown" in window.said_of("Help in a crisis")
    assert window.complaints == []


def test_an_area_leads_on_to_all_areas_with_the_same_words(harbour: Window) -> None:
    harbour.ask("crisis care")
    harbour.page.get_by_role("link", name="Search all areas").click()
    harbour.page.wait_for_url("**/search/#q=crisis+care")
    harbour.wait()
    assert "Crisis care in the meadow" in harbour.titles()


def test_an_archived_area_says_that_its_plans_are_earlier_ones_and_searches_them(
    open_on: Callable[..., Window],
) -> None:
    window = open_on("real").open("/medway/search/")
    assert window.page.get_by_text("All the plans of Medway here are earlier ones").is_visible()
    window.ask("workforce", earlier=True)
    assert window.addresses("earlier")[0] == "/medway/2015-21/workforce/"
    assert "Archived" in window.said_of(window.titles("earlier")[0], "earlier")


def test_it_works_at_a_sub_path(
    made_up_at_address: Built, open_on: Callable[..., Window], tmp_path: Path
) -> None:
    (tmp_path / "404.html").touch()
    (tmp_path / "plans").symlink_to(made_up_at_address.folder, target_is_directory=True)
    assert ADDRESS.endswith("/plans/")
    with served_folder(tmp_path) as host:
        window = open_on("", host=f"{host}/plans")
        for where in (HARBOUR, "/search/"):
            window.open(f"{where}#q=crisis&earlier=yes")
            assert "/harbour/2026-27/crisis/" in window.addresses()
            window.page.locator("[data-part=link]").first.click()
            window.page.wait_for_load_state()
            assert "not found" not in window.page.locator("h1").inner_text()
        assert window.complaints == []


# -- crisis


@pytest.mark.parametrize(
    "words",
    ["suicide", "I'm suicidal", "Self-harm", "kill myself", "don’t want to live", "I can’t cope"],
)
def test_words_of_harm_put_todays_help_first_and_lead_there(harbour: Window, words: str) -> None:
    assert not harbour.help_is_first()
    harbour.ask(words)
    assert harbour.help_is_first()
    assert harbour.focused == "search-help"
    assert "The help above is for you, now." in harbour.status
    assert harbour.page.locator("[data-part=results] a[href='tel:999']").is_visible()
    harbour.ask("boats")
    assert not harbour.help_is_first()
    assert harbour.focused == "found-results"


def test_every_crisis_word_is_known_to_the_script(harbour: Window) -> None:
    known = harbour.page.evaluate(
        """async words => {
          const { speaksOfCrisis } = await import("/harbour/assets/words.js");
          const starts = document.querySelector(".app-search").dataset.crisisWords;
          return words.filter((each) => !speaksOfCrisis(`oh ${each.toUpperCase()}!`, starts));
        }""",
        list(CRISIS_WORDS),
    )
    assert known == []


def test_todays_help_comes_first_also_where_the_index_does_not_come(harbour: Window) -> None:
    harbour.page.route("**/first/**", lambda route: route.abort())
    harbour.ask("suicide")
    assert harbour.help_is_first()
    assert "The help above is for you, now." in harbour.status
    harbour.complaints.clear()


# -- the address


def test_an_address_shares_a_search(open_on: Callable[..., Window]) -> None:
    window = open_on("made_up").open(f"{HARBOUR}#q=Crisis+help&earlier=yes")
    assert window.page.locator("#search-q").input_value() == "Crisis help"
    assert window.page.get_by_label("Also search earlier plans").is_checked()
    assert window.titles()[0] == "Help in a crisis"
    assert window.focused not in ("found-results", "search-help")


def test_back_and_forward_lead_through_the_searches(harbour: Window) -> None:
    harbour.ask("crisis")
    harbour.ask("boats")
    found = harbour.titles()
    harbour.page.go_back()
    harbour.wait("“crisis”")
    assert harbour.page.locator("#search-q").input_value() == "crisis"
    assert harbour.titles()[0] == "Help in a crisis"
    harbour.page.go_back()
    harbour.page.wait_for_function("() => document.querySelector('#found-results').hidden")
    assert harbour.asked == ""
    harbour.page.go_forward()
    harbour.wait("“crisis”")
    harbour.page.go_forward()
    harbour.wait("“boats”")
    assert harbour.titles() == found


def test_back_from_a_result_brings_the_list_back_as_long_as_it_was(
    open_on: Callable[..., Window],
) -> None:
    window = open_on("real").open("/blmk/search/#q=children")
    window.page.get_by_role("button", name="Show more").click()
    window.page.wait_for_function("() => document.querySelectorAll('[data-part=link]').length > 12")
    shown = window.titles()
    window.page.locator("[data-part=link]").nth(11).click()
    window.page.wait_for_url(lambda url: "/search/" not in url)
    window.page.go_back()
    window.wait()
    assert window.titles() == shown


def test_an_address_that_is_changed_by_hand_is_followed(harbour: Window) -> None:
    harbour.ask("crisis")
    harbour.page.evaluate("location.hash = 'q=xylophones'")
    harbour.wait("xylophones")
    assert harbour.titles() == []
    harbour.page.evaluate("location.hash = 'colour=red&q='")
    harbour.page.wait_for_function("() => document.querySelector('#found-results').hidden")


def test_a_link_to_a_part_of_the_page_leaves_what_was_found(harbour: Window) -> None:
    harbour.ask("crisis")
    harbour.page.get_by_role("link", name="Skip to main content").press("Enter")
    harbour.page.wait_for_timeout(200)
    assert harbour.titles()[0] == "Help in a crisis"


def test_words_behind_a_question_mark_are_moved_to_where_no_server_is_told(
    open_on: Callable[..., Window],
) -> None:
    window = open_on("made_up").open(f"{HARBOUR}?q=crisis")
    window.wait()
    assert window.page.url == f"{window.host}{HARBOUR}#q=crisis"
    assert window.titles()[0] == "Help in a crisis"


# -- what goes out of the window


def test_nothing_that_is_asked_is_sent_to_anyone(harbour: Window) -> None:
    harbour.ask("secretly xylophones")
    harbour.ask("secretly crisis", earlier=True)
    harbour.page.locator("[data-part=link]").first.click()
    harbour.page.wait_for_load_state()
    assert "secret" not in str(harbour.page.evaluate("document.referrer"))
    for request in harbour.requests:
        told = [request.url, request.post_data or "", *request.headers.values()]
        assert not [each for each in told if "secret" in each or "xylo" in each], request.url


def test_a_form_without_its_script_sends_nothing(open_on: Callable[..., Window]) -> None:
    window = open_on("made_up")
    window.page.route("**/assets/*.js", lambda route: route.abort())
    window.page.goto(window.host + HARBOUR)
    window.page.evaluate("document.querySelector('.app-search form').hidden = false")
    before = len(window.requests)
    window.page.locator("#search-q").fill("secret")
    window.page.locator("#search-q").press("Enter")
    window.page.wait_for_timeout(300)
    # Chromium may ask for the icon late; it is told no address.
    assert {each.url.rpartition("/")[2] for each in window.requests[before:]} <= {"mark.svg"}
    assert window.page.url == window.host + HARBOUR


def test_nothing_is_kept_on_the_device(harbour: Window) -> None:
    harbour.ask("crisis", earlier=True)
    kept = harbour.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert kept == [0, 0, ""]


def test_nothing_is_searched_or_said_while_somebody_writes(harbour: Window) -> None:
    before = len(harbour.requests)
    harbour.page.locator("#search-q").press_sequentially("crisis help")
    harbour.page.wait_for_timeout(400)
    assert harbour.requests[before:] == []
    assert harbour.status == ""
    assert not harbour.page.get_by_role("heading", name="What we found").is_visible()


# -- where it does not work


def fails(route: Route) -> None:
    route.fulfill(status=404, body="<!doctype html><title>Not found</title>")


@pytest.mark.parametrize(
    "lost",
    [
        "**/seek.js",
        "**/pagefind.js",
        "**/wasm.en.pagefind",
        "**/*.pf_meta",
        "**/*.pf_index",
        "**/*.pf_fragment",
        "**/pagefind-entry.json*",
        "**/last/**",
        "**/earlier/**",
        "**/withdrawn.json",
    ],
)
def test_a_part_of_the_index_that_does_not_come_is_told_and_the_next_try_begins_anew(
    open_on: Callable[..., Window], lost: str
) -> None:
    site = "directory" if "last" in lost else "made_up"
    window = open_on(site).open(HARBOUR)
    window.page.route(lost, fails)
    window.ask("crisis", earlier=True)
    assert window.status == (
        "The search does not work just now. The help above is for you, now. "
        "These lists lead to everything."
    )
    part = window.page.locator("[data-part=results] [data-part=instead]")
    assert part.get_by_role("link", name="A to Z").is_visible()
    assert part.get_by_role("link", name="Site map").is_visible()
    assert window.titles() == []
    window.page.unroute(lost)
    window.ask("crisis", earlier=True)
    assert window.titles(), window.status


def test_no_page_may_run_webassembly_itself(harbour: Window) -> None:
    """Only the worker may: its own file is sent with a policy of its own, and here with none."""
    policy = harbour.page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute(
        "content"
    )
    assert "wasm" not in str(policy)
    refused = harbour.page.evaluate(
        """() => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))
             .then(() => "", (error) => String(error))"""
    )
    assert "Content Security Policy" in refused
    harbour.complaints.clear()
    harbour.ask("crisis")
    assert harbour.titles()


@pytest.mark.parametrize("how", ["no WebAssembly", "WebAssembly is forbidden", "no workers"])
def test_a_browser_that_cannot_search_is_told_and_led_to_the_lists(
    open_on: Callable[..., Window], how: str
) -> None:
    window = open_on("made_up")
    if how == "no workers":
        window.page.add_init_script("delete globalThis.Worker")
    else:
        window.page.route("**/assets/seek.js", answer_of[how])
    window.open(HARBOUR).ask("boats")
    assert window.status == "The search does not work just now. These lists lead to everything."
    assert window.focused == "found-results"
    window.page.get_by_role("link", name="A to Z").first.click()
    window.page.wait_for_url("**/a-to-z/")


def without_webassembly(route: Route) -> None:
    """Answer with the worker as it would be where nobody knows WebAssembly."""
    answer = route.fetch()
    route.fulfill(response=answer, body=f"delete globalThis.WebAssembly;{answer.text()}")


def forbidden(route: Route) -> None:
    """Answer with a header as strict as that of pages."""
    answer = route.fetch()
    headers = {**answer.headers, "content-security-policy": HEADER}
    route.fulfill(response=answer, headers=headers)


answer_of = {"no WebAssembly": without_webassembly, "WebAssembly is forbidden": forbidden}


def test_the_header_of_a_worker_is_enough_for_it(open_on: Callable[..., Window]) -> None:
    window = open_on("made_up")

    def with_header(route: Route) -> None:
        answer = route.fetch()
        sent = WORKER_HEADER if route.request.url.endswith("seek.js") else HEADER
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": sent})

    window.page.route("**/*", with_header)
    window.open(f"{HARBOUR}#q=crisis&earlier=yes")
    assert window.titles()[0] == "Help in a crisis"
    assert len(window.titles("earlier")) == 2
    assert window.complaints == []


def test_without_scripts_it_says_so_and_everything_is_found_by_lists(
    open_on: Callable[..., Window],
) -> None:
    window = open_on("made_up", java_script_enabled=False)
    page = window.page
    page.goto(window.host + HARBOUR)
    assert not page.locator("form").is_visible()
    assert page.get_by_text("This search needs JavaScript").is_visible()
    assert not page.get_by_role("heading", name="What we found").is_visible()
    page.get_by_role("link", name="A to Z").first.click()
    page.get_by_role("navigation", name="Letters").get_by_role("link", name="H", exact=True).click()
    assert page.url.endswith("#letter-h")
    page.get_by_role("link", name="Help in a crisis 2026 to 2027 plan").click()
    assert page.locator("h1").inner_text() == "Help in a crisis"
    page.get_by_role("link", name="Site map").click()
    page.locator("main").get_by_role("link", name="The harbour drop-in").click()
    assert page.locator("h1").inner_text() == "The harbour drop-in"


# -- access


def test_with_scripts_it_does_not_say_that_they_are_missing(harbour: Window) -> None:
    assert not harbour.page.get_by_text("This search needs JavaScript").is_visible()
    assert harbour.page.locator("form").is_visible()


def test_everything_can_be_done_by_keyboard(harbour: Window) -> None:
    keys = harbour.page.keyboard

    def tab_to(name: str) -> None:
        for _ in range(60):
            keys.press("Tab")
            if name in harbour.focused:
                return
        raise AssertionError(f"nobody reaches {name} with Tab")

    tab_to("search-q")
    keys.type("crisis")
    tab_to("search-earlier")
    keys.press("Space")
    tab_to("Search")
    keys.press("Enter")
    harbour.wait()
    assert harbour.asked == "q=crisis&earlier=yes"
    assert harbour.focused == "search-help"
    tab_to("Help in a crisis")
    keys.press("Enter")
    harbour.page.wait_for_url("**/2026-27/crisis/")


def test_no_letter_alone_does_anything(harbour: Window) -> None:
    harbour.page.locator("h1").click()
    for key in "/sfkq?":
        harbour.page.keyboard.press(key)
    assert harbour.page.evaluate("document.activeElement.tagName") == "BODY"
    assert harbour.page.url.endswith(HARBOUR)


def test_show_more_adds_ten_and_moves_on_to_the_first_of_them(
    open_on: Callable[..., Window],
) -> None:
    window = open_on("real").open("/blmk/search/#q=children")
    total = int(window.status.split()[0])
    assert total > 12
    assert window.page.get_by_text("The first 10 are shown.").is_visible()
    assert len(window.titles()) == 10
    window.page.get_by_role("button", name="Show more").press("Enter")
    window.page.wait_for_function("() => document.querySelectorAll('[data-part=link]').length > 10")
    assert len(window.titles()) == min(total, 20)
    assert window.focused.startswith(window.titles()[10])


def test_one_polite_place_says_what_was_found(harbour: Window) -> None:
    assert harbour.page.locator("[role=status], [role=alert], [aria-live]").count() == 1
    harbour.page.evaluate(
        """() => {
          globalThis.said = [];
          const status = document.querySelector("[role=status]");
          new MutationObserver(() => said.push(status.textContent)).observe(status, {childList: true});
        }"""
    )
    harbour.ask("crisis")
    said = [each for each in harbour.page.evaluate("said") if each]
    assert said == ["Searching…", harbour.status]


def test_links_have_names_of_their_own(open_on: Callable[..., Window]) -> None:
    window = open_on("real").open("/search/#q=workforce&earlier=yes")
    links = window.page.locator("[data-part=link]").all()
    names = [" ".join(each.inner_text().split()) for each in links]
    assert len(names) > 2
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    ("site", "address"),
    [
        ("made_up", HARBOUR),
        ("made_up", f"{HARBOUR}#q=crisis+figures&earlier=yes"),
        ("made_up", f"{HARBOUR}#q=xylophones"),
        ("directory", f"{HARBOUR}#q=harbour"),
        ("real", "/search/#q=children&earlier=yes"),
    ],
)
@pytest.mark.parametrize("forced", ["none", "active"])
def test_axe_finds_nothing_with_results_shown(
    open_on: Callable[..., Window], site: str, address: str, width: int, forced: Any
) -> None:
    window = open_on(site, forced_colors=forced)
    window.page.set_viewport_size({"width": width, "height": 800})
    window.open(address)
    window.page.evaluate(AXE.read_text("utf-8"))
    found = window.page.evaluate("axe.run()")
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert window.page.evaluate("document.documentElement.scrollWidth") <= width
    headings = window.page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3')].filter(e => e.checkVisibility()).map(e => +e.tagName[1])"
    )
    assert all(after <= before + 1 for before, after in pairwise(headings))


def test_found_words_can_be_seen_in_forced_colours_and_read_in_any(
    open_on: Callable[..., Window],
) -> None:
    window = open_on("made_up", forced_colors="active").open(f"{HARBOUR}#q=youth")
    drawn = window.page.locator("mark").first.evaluate(
        "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor, getComputedStyle(e).fontWeight]"
    )
    assert drawn[0] != drawn[1]
    assert drawn[2] in ("600", "700")


@pytest.mark.parametrize("width", WIDTHS)
def test_there_is_room_for_a_finger(open_on: Callable[..., Window], width: int) -> None:
    window = open_on("made_up")
    window.page.set_viewport_size({"width": width, "height": 800})
    for address in (f"{HARBOUR}#q=crisis&earlier=yes", "/harbour/a-to-z/", "/harbour/site-map/"):
        if "search" in address:
            window.open(address)
        else:
            window.page.goto(window.host + address)
        small = window.page.evaluate(
            """() => [...document.querySelectorAll("main :is(a, button, input)")]
              .filter((e) => e.checkVisibility() && !e.closest(".app-notice"))
              .filter((e) => [...e.getClientRects()].every((r) => r.width < 24 || r.height < 24))
              .map((e) => e.outerHTML)"""
        )
        assert small == [], address


def test_paper_has_no_form_and_keeps_what_was_found(harbour: Window) -> None:
    harbour.ask("boats", earlier=True)
    harbour.page.emulate_media(media="print")
    assert not harbour.page.locator("form").is_visible()
    assert harbour.page.locator("[data-part=link]").first.is_visible()
    assert harbour.page.locator(".nhsuk-card--care").first.is_visible()
