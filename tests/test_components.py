from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from jinja2 import Environment
from lxml import html  # type: ignore[import-untyped]
from markupsafe import Markup
from pydantic import TypeAdapter

from ltp.site.templates import ShellRenderer, environment
from ltp.site.views import (
    Card,
    CrisisAction,
    DisplaySettings,
    EditionLink,
    Entry,
    Fact,
    Finder,
    Link,
    Notice,
    OpenHours,
    PageView,
    Part,
    Phrase,
    Search,
    Section,
    Shell,
    Table,
)

OVERRIDES = Path(__file__).parent.parent / "overrides"
COMPONENTS = OVERRIDES / "components"
DEMONSTRATION = "A demonstration made from public documents. Not run by the NHS."

TYPES: Mapping[str, Any] = {
    "actions": Sequence[CrisisAction],
    "card": Card,
    "editions": Sequence[EditionLink],
    "facts": Sequence[Fact],
    "finder": Finder,
    "items": Sequence[Entry],
    "letters": Sequence[Link],
    "links": Sequence[Link],
    "next": Link | None,
    "notice": Notice,
    "open_hours": OpenHours,
    "parts": Phrase,
    "plan_parts": Sequence[Part],
    "previous": Link | None,
    "search": Search,
    "section": Section,
    "settings": DisplaySettings,
    "shell": Shell,
    "table": Table,
    "view": PageView,
    "whole": Link | None,
}
NEVER_SHOWN = {
    "id",
    "kind",
    "html",
    "macro",
    "structured_data",
    "tag_kind",
    "urgency",
    "crisis_cards",
}
"""Keys of examples that are classes, ids or HTML: no editor writes their values."""

SHELL: Mapping[str, Any] = {
    "site_name": "Bedfordshire, Luton and Milton Keynes",
    "portal_name": "Local transformation plans",
    "home_href": "../",
    "portal_href": "../../",
    "assets": "../assets/",
    "logo": "neutral",
    "navigation": [
        {"text": "All plans", "href": "../plans/", "is_current": True},
        {"text": "Get help", "href": "../help/"},
    ],
    "footer": [{"text": "Accessibility statement", "href": "../accessibility/"}],
    "run_by": None,
    "crisis": [
        {
            "id": "emergency",
            "urgency": "emergency",
            "name": "Life is in danger",
            "before": "Call",
            "number": "999",
            "href": "tel:999",
            "after": "or go to A&E",
            "details": ["Do this if you can’t keep someone safe."],
        },
        {
            "id": "shout",
            "urgency": "talk",
            "name": "Shout",
            "before": "Text SHOUT to",
            "number": "85258",
            "href": "sms:85258",
            "after": "",
            "details": [],
        },
    ],
    "help": {"text": "All the ways to get help", "href": "../help/"},
}

NAMES = sorted(folder.name for folder in COMPONENTS.iterdir() if folder.is_dir())


def examples() -> Iterator[Any]:
    for name in NAMES:
        for example in yaml.safe_load((COMPONENTS / name / "examples.yml").read_text("utf-8")):
            yield pytest.param(name, example, id=f"{name}: {example['name']}")


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    return environment(OVERRIDES, tmp_path_factory.mktemp("templates"))


def made(key: str, value: Any) -> Any:
    """Make the typed value of one parameter of a macro from an example's plain data."""
    if key == "shell":
        value = {**SHELL, **value}
    elif key == "view":
        value = {"shell": SHELL, "title": "Title", "heading": "Heading", **value}
    return TypeAdapter(TYPES[key]).validate_python(value) if key in TYPES else value


def shell(**facts: Any) -> Shell:
    value: Shell = made("shell", facts)
    return value


def rendered(env: Environment, component: str, example: Mapping[str, Any]) -> str:
    module: Any = env.get_template(f"components/{component}/template.html").module
    macro = getattr(module, example.get("macro", component.replace("-", "_")))
    given = {k: made(k, v) for k, v in example.items() if k not in {"name", "macro"}}
    if "crisis_cards" in given:
        given["crisis_cards"] = Markup(given["crisis_cards"])
    return str(macro(**given))


def part(env: Environment, component: str, **given: Any) -> Any:
    """Give the component as parsed HTML, inside a `div`."""
    module: Any = env.get_template(f"components/{component}/template.html").module
    return html.fragment_fromstring(
        str(getattr(module, component.replace("-", "_"))(**given)), create_parent="div"
    )


def page(env: Environment, content: str = "", **facts: Any) -> Any:
    """Give a whole page as parsed HTML."""
    view = made("view", {})
    text = env.get_template("main.html").render(
        view=replace(view, **facts), content=Markup(content), page=None
    )
    return html.document_fromstring(text)


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("name", NAMES)
def test_a_component_is_a_folder_with_a_template_and_examples(name: str) -> None:
    assert (COMPONENTS / name / "template.html").is_file()
    assert (COMPONENTS / name / "examples.yml").is_file()


def test_every_style_of_a_component_is_in_the_sheet() -> None:
    sheet = (OVERRIDES / "styles" / "site.scss").read_text("utf-8")
    for style in COMPONENTS.glob("*/_style.scss"):
        assert f"components/{style.parent.name}/style" in sheet


@pytest.mark.parametrize(("name", "example"), list(examples()))
def test_an_example_has_no_inline_script_or_style_and_needs_no_other_host(
    env: Environment, name: str, example: Mapping[str, Any]
) -> None:
    tree = html.fragment_fromstring(rendered(env, name, example), create_parent="div")
    assert not tree.xpath("//@style | //style | //iframe | //@*[starts-with(name(),'on')]")
    assert not tree.xpath("//form[not(@hidden)] | //form/@action | //form[@method!='dialog']")
    assert not tree.xpath(
        "//script[not(@type='application/ld+json') and not(@src)] | //script/@src[contains(., '//')]"
    )
    assert not tree.xpath(
        "//@src[contains(., '//')] | //link[@rel='stylesheet']/@href[contains(., '//')]"
    )
    assert not tree.xpath("//*[@href='' or @id='' or @class='']")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert set(tree.xpath("//@aria-labelledby")) <= set(ids)


@pytest.mark.parametrize(("name", "example"), list(examples()))
def test_every_text_of_an_example_is_escaped(
    env: Environment, name: str, example: Mapping[str, Any]
) -> None:
    hostile = "</p><script>x</script>\"'&<b onclick=x>"

    def spoilt(key: str, value: Any) -> Any:
        if isinstance(value, str):
            return value if key in NEVER_SHOWN else value + hostile
        if isinstance(value, Mapping):
            return {k: spoilt(k, v) for k, v in value.items()}
        return [spoilt(key, v) for v in value] if isinstance(value, list) else value

    text = rendered(env, name, {k: spoilt(k, v) for k, v in example.items()})
    tree = html.fragment_fromstring(text, create_parent="div")
    assert "<script>" not in text
    assert not tree.xpath("//b | //@onclick")


def test_a_notice_is_a_region_named_by_its_heading(env: Environment) -> None:
    region = part(
        env, "notice", notice=Notice("withdrawn", "Withdrawn on 3 March 2026", [["It was wrong."]])
    )[0]
    assert region.get("role") == "region"
    (label,) = region.xpath(f".//*[@id='{region.get('aria-labelledby')}']")
    assert words(label) == "Withdrawn on 3 March 2026"
    assert not region.xpath(".//button | .//details | .//h1 | .//h2")


def test_a_link_in_a_sentence_keeps_the_spaces_round_it(env: Environment) -> None:
    phrase = part(
        env, "phrase", parts=["See ", Link("the plan", "../x/"), ", or ", Link("ask"), "."]
    )
    assert words(phrase) == "See the plan, or ask."
    assert phrase.xpath(".//a/@href") == ["../x/"]


def test_the_contents_mark_the_page_that_is_read(env: Environment) -> None:
    tree = part(env, "contents", links=[Link("Need", "../"), Link("Crisis", "./", is_current=True)])
    (current,) = tree.xpath("//*[@aria-current='page']")
    assert words(current) == "Crisis"
    assert [words(a) for a in tree.xpath("//nav//a")] == ["Need"]


def test_the_list_of_editions_says_each_status_in_words(env: Environment) -> None:
    tree = part(
        env,
        "editions",
        heading="Crisis care in every plan",
        editions=[
            EditionLink("2024 plan", "../2024/", "Latest", "latest", is_current=True),
            EditionLink("2019 plan", "../2019/", "Archived", "archived", "no page on this topic"),
        ],
    )
    assert [words(li) for li in tree.xpath("//li")] == [
        "2024 plan Latest",
        "2019 plan Archived no page on this topic",
    ]
    assert tree.xpath("//a/@href") == ["../2024/", "../2019/"]
    assert [words(a) for a in tree.xpath("//a[@aria-current='page']")] == ["2024 plan"]


def test_a_table_scrolls_in_a_region_that_the_keyboard_reaches(env: Environment) -> None:
    (example, *_) = yaml.safe_load((COMPONENTS / "table" / "examples.yml").read_text("utf-8"))
    tree = part(env, "table", table=made("table", example["table"]))
    (region,) = tree.xpath("//*[@role='region'][@tabindex='0'][.//table]")
    (caption,) = tree.xpath("//caption")
    assert region.get("aria-labelledby") == caption.get("id")
    assert len(tree.xpath("//thead//th[@scope='col']")) == 3
    assert [words(th) for th in tree.xpath("//tbody/tr/th[@scope='row']")] == [
        "2021 plan",
        "2015 refresh",
    ]
    assert [words(tag) for tag in tree.xpath("//td//span")] == ["Latest"]


def test_the_crisis_strip_is_tapped_to_call_or_text(env: Environment) -> None:
    tree = part(env, "crisis-strip", shell=shell())
    (strip,) = tree.xpath("//aside[@aria-labelledby]")
    assert [words(li) for li in strip.xpath(".//li")] == [
        "Call 999 or go to A&E",
        "Shout: Text SHOUT to 85258",
        "All the ways to get help",
    ]
    assert strip.xpath(".//a/@href") == ["tel:999", "sms:85258", "../help/"]
    assert not strip.xpath(".//details | .//@hidden")


def test_a_care_card_says_how_urgent_it_is_in_words(env: Environment) -> None:
    tree = part(env, "crisis-cards", actions=shell().crisis)
    assert [words(h) for h in tree.xpath("//h3")] == [
        "Immediate action required: Life is in danger",
        "Someone to talk to: Shout",
    ]


def test_cards_are_headings_one_below_their_section(env: Environment) -> None:
    cards = [Card(Link("Kent", "kent/"))]
    assert part(env, "section", section=Section("a", "Areas", cards=cards)).xpath("//h3/a")
    assert part(env, "section", section=Section("a", "", cards=cards)).xpath("//h2/a")


@pytest.mark.parametrize("logo", ["neutral", "nhs", "assets/own.png"])
def test_the_name_of_the_home_link_holds_all_its_visible_words(env: Environment, logo: str) -> None:
    tree = part(env, "shell-header", shell=shell(logo=logo))
    (link,) = tree.xpath("//header//a")
    for title in link.xpath(".//*[local-name()='title']"):
        title.drop_tree()
    assert words(link) == "Bedfordshire, Luton and Milton Keynes Local transformation plans"
    nhs = "NHS " if logo == "nhs" else ""
    assert link.get("aria-label") == f"{nhs}{words(link)} homepage"


def test_the_nhs_logo_is_drawn_only_where_it_is_asked_for(env: Environment) -> None:
    assert part(env, "shell-header", shell=shell(logo="nhs")).xpath("//*[local-name()='svg']")
    tree = part(env, "shell-header", shell=shell(logo="neutral"))
    assert not tree.xpath("//*[local-name()='svg'] | //*[@alt='NHS']")
    assert tree.xpath("//img/@src") == ["../assets/mark.svg"]
    assert (OVERRIDES / "assets" / "mark.svg").is_file()


def test_every_section_is_in_the_header_without_a_script(env: Environment) -> None:
    tree = part(env, "shell-header", shell=shell())
    assert [words(a) for a in tree.xpath("//nav//a")] == ["All plans", "Get help"]
    assert not tree.xpath("//button | //*[@hidden]")


def test_a_demonstration_says_so_at_the_top_and_in_the_footer(env: Environment) -> None:
    tree = page(env)
    assert words(tree.xpath("//main/preceding::div[@role='region']")[0]) == DEMONSTRATION
    assert DEMONSTRATION in words(tree.xpath("//footer")[0])


def test_a_site_that_is_run_says_by_whom(env: Environment) -> None:
    tree = page(env, shell=shell(run_by="NHS Kent and Medway"))
    assert DEMONSTRATION not in words(tree)
    assert "Run by NHS Kent and Medway" in words(tree.xpath("//footer")[0])
    assert "NHS England" not in words(tree)


def full_page(env: Environment) -> Any:
    return page(
        env,
        '<h2 id="lines">What the plan says</h2><p>Words.</p>',
        title="Crisis care (earlier plan)",
        heading="Crisis care",
        caption="2021 plan",
        canonical="https://plans.example/x/",
        relations=[("latest-version", "../2024/")],
        structured_data='{"name": "A plan"}',
        breadcrumb=[Link("Plans", "../")],
        notices=[
            Notice("earlier-body", "By an earlier body", []),
            Notice("replaced", "Earlier", []),
        ],
        lead="A lead.",
        provenance="Our plain-English summary, not the plan itself.",
        contents=[Link("Need", "../need/"), Link("Crisis care", "./", is_current=True)],
        sections_before=[Section("before", "Before", [["Words."]])],
        sections=[Section("after", "After", crisis_cards=True)],
        previous=Link("Need", "../need/"),
        next=Link("Workforce", "../workforce/"),
        editions_heading="Other plans",
        editions=[EditionLink("2024 plan", "../2024/", "Latest", "latest")],
        facts=[Fact("Published", [["2021"]])],
        print_line="An earlier plan. https://plans.example/x/",
    )


def test_a_page_has_one_h1_and_its_headings_skip_no_level(env: Environment) -> None:
    levels = [int(h.tag[1]) for h in full_page(env).xpath("//h1|//h2|//h3|//h4")]
    (main,) = full_page(env).xpath("//main")
    in_main = [int(h.tag[1]) for h in main.xpath(".//h1|.//h2|.//h3|.//h4")]
    assert levels.count(1) == 1
    assert in_main[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_a_page_is_read_in_the_order_that_readers_need(env: Environment) -> None:
    text = words(full_page(env).xpath("//body")[0])
    order = [
        "Skip to main content",
        "Local transformation plans",
        "A demonstration",
        "Call 999",
        "By an earlier body",
        "Our plain-English summary",
        "Contents of this plan",
        "Before Words.",
        "What the plan says",
        "After",
        "Previous : Need",
        "Other plans",
        "About this page",
        "https://plans.example/x/",
    ]
    places = [text.find(part) for part in order]
    assert -1 not in places
    assert places == sorted(places)


def test_notices_stand_in_main_before_the_h1(env: Environment) -> None:
    tree = full_page(env)
    assert tree.xpath("//main/div[@role='region'][1]/following::h1")
    assert len(tree.xpath("//main/div[@role='region'][following::h1]")) == 2


def test_the_skip_link_comes_first_and_leads_to_main(env: Environment) -> None:
    tree = page(env)
    first = tree.xpath("//body//a")[0]
    assert first.get("href") == "#maincontent"
    assert tree.xpath("//main/@id") == ["maincontent"]


def test_the_ids_of_a_page_are_its_own(env: Environment) -> None:
    ids = full_page(env).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_landmarks_of_a_kind_have_names_of_their_own(env: Environment) -> None:
    tree = full_page(env)
    for tag in ("nav", "aside"):
        names = [e.get("aria-label") or e.get("aria-labelledby") for e in tree.xpath(f"//{tag}")]
        assert None not in names
        assert len(names) == len(set(names))


def test_the_policy_allows_this_site_alone_and_pages_have_one_script(env: Environment) -> None:
    tree = full_page(env)
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "script-src 'self'; connect-src 'self';" in policy
    assert tree.xpath("//script/@type") == ["application/ld+json"]
    assert tree.xpath("//script[not(@type)]/@src") == ["../assets/display.js"]


def test_a_script_of_its_own_comes_with_three_parts_of_pages(env: Environment) -> None:
    hours = OpenHours([[], [], [], [], [], [], []], None, {}, [])
    display = DisplaySettings([], Table("sizes", "Sizes", [], []), Link("Help", "../help/"))
    for facts, script in (
        ({"display": display}, "display-settings.js"),
        ({"finder": Finder("../find.json")}, "find.js"),
        ({"sections": [Section("hours", "Open", open_hours=hours)]}, "open-now.js"),
    ):
        tree = page(env, **facts)
        assert tree.xpath("//script[@type='module']/@src") == [f"../assets/{script}"]
        assert (OVERRIDES / "assets" / script).is_file()


def test_without_a_script_the_finder_is_its_lists_and_todays_help(env: Environment) -> None:
    lists = [Section("by-need", "Help by need", links=[Link("Sleep", "../need/sleep/")])]
    tree = page(env, finder=Finder("../find.json", lists=lists))
    assert tree.xpath("//form/@hidden")
    (shown,) = tree.xpath("//main//section[not(@hidden)]//a[.='Sleep']")
    assert shown.get("href") == "../need/sleep/"
    assert tree.xpath("//main//section[not(@hidden)]//a[@href='tel:999']")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_the_head_tells_machines_what_the_page_is(env: Environment) -> None:
    tree = full_page(env)
    assert tree.get("lang") == "en"
    assert tree.findtext("head/title") == "Crisis care (earlier plan)"
    assert tree.xpath("//link[@rel='canonical']/@href") == ["https://plans.example/x/"]
    assert tree.xpath("//link[@rel='latest-version']/@href") == ["../2024/"]
    assert tree.xpath("//script[@type]")[0].text == '{"name": "A plan"}'
    assert tree.xpath("//link[@rel='stylesheet']/@href") == [
        "../assets/site.css",
        "../assets/area.css",
    ]


def test_robots_are_told_only_where_it_is_not_index(env: Environment) -> None:
    assert not page(env).xpath("//meta[@name='robots']")
    told = page(env, robots="noindex, follow").xpath("//meta[@name='robots']/@content")
    assert told == ["noindex, follow"]


def test_a_redirect_leads_on_without_a_script_and_is_not_indexed(env: Environment) -> None:
    tree = page(
        env,
        "<p>Old words.</p>",
        redirect="../2024/",
        robots="noindex, follow",
        canonical="https://plans.example/x/",
    )
    assert tree.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=../2024/"]
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex, follow"]
    assert tree.xpath("//main//a/@href") == ["../2024/"]
    assert not tree.xpath("//link[@rel='canonical']")
    assert "Old words" not in words(tree)
    assert tree.xpath("//aside//a[@href='tel:999']")


@pytest.fixture
def shells_rendered(monkeypatch: pytest.MonkeyPatch) -> list[Shell]:
    """Give the shells whose parts are rendered from now on."""
    seen: list[Shell] = []
    render = ShellRenderer._render

    def counted(self: ShellRenderer, shell: Shell) -> Any:
        seen.append(shell)
        return render(self, shell)

    monkeypatch.setattr(ShellRenderer, "_render", counted)
    return seen


def test_what_pages_share_is_rendered_once_for_each_shell(
    env: Environment, shells_rendered: list[Shell]
) -> None:
    first, second = shell(), shell(site_name="Medway")
    for given in (first, first, second, first):
        assert given.site_name in words(page(env, shell=given).xpath("//header")[0])
    assert shells_rendered == [first, second]


def test_compiled_templates_are_kept_in_the_cache(tmp_path: Path) -> None:
    environment(OVERRIDES, tmp_path / "new" / "cache").get_template("main.html")
    assert list((tmp_path / "new" / "cache").iterdir())


def test_an_environment_is_kept_for_one_build_and_what_it_shows_for_one_target(
    tmp_path: Path, shells_rendered: list[Shell]
) -> None:
    shown = shell()
    made = []
    for begun in (1, 1, 2, 0, 0):
        made.append(environment(OVERRIDES, tmp_path, "code", begun))
        page(made[-1], shell=shown)
    assert len(shells_rendered) == 5
    assert made[0] is made[1]
    assert len({id(each) for each in made}) == 4


def test_templates_work_without_a_cache() -> None:
    assert page(environment(OVERRIDES, None)).xpath("//h1")
