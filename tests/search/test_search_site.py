"""What the searches of built sites find, when, and what they never do; and their pages' weight."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.search.packed import pages_in, told, unpacked
from tests.site.built import MADE_UP, Built, Page, copy_root, order

from ltp.publishing.building import build
from ltp.publishing.jobs import Manifest
from ltp.search import pagefind
from ltp.search.pagefind import SearchError

PARTS = ("first", "last", "earlier")
MOST = 60_000
"""Bytes of HTML, styles and scripts of a search, packed."""


def found(site: Built, area: str, part: str) -> Mapping[str, Mapping[str, Any]]:
    """Give what a part of a search holds of each page, by its address in the site."""
    front = f"/{area}/" if area else "/"
    pages = pages_in(site.file(f"{front}search/").parent / part)
    return {front + path: page for path, page in pages.items()}


def withdrawn(site: Built, area: str) -> list[Mapping[str, str]]:
    path = site.file(f"/{area}/search/".replace("//", "/")).parent / "withdrawn.json"
    return json.loads(path.read_bytes()) if path.is_file() else []


def plans(addresses: Iterable[str], area: str) -> set[str]:
    """Name the plans of an area that addresses are of."""
    parts = [each.split("/") for each in addresses if each.startswith(f"/{area}/")]
    return {each[2] for each in parts if each[2][:1].isdigit()}


# -- the parts of an area


def test_each_plan_is_in_the_part_that_its_status_asks_for(made_up: Built) -> None:
    assert plans(found(made_up, "harbour", "first"), "harbour") == {"2026-27", "2025-statement"}
    assert plans(found(made_up, "harbour", "earlier"), "harbour") == {
        "2016-18",
        "2022-23",
        "2024-25",
    }
    assert {each["path"].split("/")[0] for each in withdrawn(made_up, "harbour")} == {"2019-21"}


def test_drafts_removed_plans_and_addresses_that_only_lead_on_are_never_found(
    made_up: Built, drafts: Built
) -> None:
    for site in (made_up, drafts):
        for area in ("", "harbour", "meadow", "hill", "lighthouse"):
            every = {address for part in PARTS for address in found(site, area, part)}
            every |= {f"/{area}/{each['path']}" for each in withdrawn(site, area)}
            for never in ("2014-15", "2027-28", "/latest/", "/id/", "404"):
                assert not [each for each in every if never in each], (area, never)
            redirects = {page.address for page in site.pages.values() if page.is_redirect}
            assert not every & redirects
            assert every <= set(site.pages) | {address for address in every if "//" in address}


def test_no_word_of_a_draft_or_of_a_removed_or_withdrawn_plan_is_in_any_index(
    made_up: Built, drafts: Built
) -> None:
    for site in (made_up, drafts):
        packed = [
            path for end in ("fragment", "index") for path in site.folder.rglob(f"*.pf_{end}")
        ]
        assert len(packed) > 30
        text = b"".join(unpacked(path) for path in packed)
        for never in (b"It held figures", b"Crisis figures", b"It named a child"):
            assert never not in text


def test_the_areas_own_pages_help_and_requests_for_views_are_searched_first(
    made_up: Built,
) -> None:
    first = found(made_up, "harbour", "first")
    for address in (
        "/harbour/",
        "/harbour/help/",
        "/harbour/help/drop-in/",
        "/harbour/plans/",
        "/harbour/have-your-say/open-boats/",
        "/harbour/have-your-say/closed-told/",
    ):
        assert address in first, address
    assert told(first["/harbour/have-your-say/open-boats/"]) == {
        "what": "Have your say",
        "tag": "Open",
        "kind": "latest",
    }
    assert "Fridays" in first["/harbour/have-your-say/closed-told/"]["content"]


def test_an_archived_area_has_only_earlier_plans_and_says_so(made_up: Built, real: Built) -> None:
    for site, area in ((made_up, "lighthouse"), (real, "medway")):
        assert plans(found(site, area, "first"), area) == set()
        assert plans(found(site, area, "earlier"), area)
        page = site[f"/{area}/search/"]
        said = " ".join(page.words("//main//p"))
        assert "here are earlier ones. To search them, choose “Also search earlier plans”." in said
        assert page.one("//input[@name='earlier']/@type") == "checkbox"
    assert "earlier ones" not in real["/blmk/search/"].text


def test_every_page_of_every_plan_is_found_with_its_words(real: Built) -> None:
    """Every page that has structured data is one of a plan; none may be lost on the way."""
    for area in ("blmk", "kent-and-medway", "medway"):
        every = {**found(real, area, "first"), **found(real, area, "earlier")}
        pages = [p for p in real.pages.values() if p.data and p.address.startswith(f"/{area}/")]
        assert len(pages) > 5
        for page in pages:
            assert every[page.address]["meta"]["title"] == page.heading
            last = page.words("//div[@class='app-content']//p")[-1:]
            for words in last:
                assert words.split()[-1] in every[page.address]["content"], page.address


def test_what_stands_around_a_pages_text_is_not_searched(real: Built) -> None:
    page = real["/blmk/2021-22/crisis/"]
    content = found(real, "blmk", "earlier")[page.address]["content"]
    for notice in page.notices:
        for paragraph in notice.paragraphs:
            assert paragraph not in content
    assert "Samaritans" not in content
    assert "All areas" not in content


def test_services_that_may_not_be_offered_come_last_and_say_why(directory: Built) -> None:
    first, last = (found(directory, "harbour", part) for part in ("first", "last"))
    states = {
        address.removeprefix("/harbour/help/harbour-").strip("/"): (page["what"], page["tag"])
        for address, page in ((address, told(page)) for address, page in last.items())
    }
    assert states == {
        "app": ("Service", "Check is long past"),
        "beacon": ("Service", "Only named in a plan. Not checked"),
        "ward": ("Service", "Only named in a plan. Not checked"),
        "website": ("Service", "Not checked"),
        "art-sessions": ("Service", "Closed for now"),
        "crisis-line": ("Service", "Ended"),
        "mentors": ("Service", "Ended"),
        "school-team": ("Service for professionals", "Checked"),
        "staff-support": ("Service for professionals", "Only named in a plan. Not checked"),
    }
    offered = json.loads(directory.file("/harbour/help/find.json").read_bytes())
    services = {address for address, page in first.items() if "/help/harbour-" in address}
    assert services == {f"/harbour/help/{each['at']}" for each in offered}
    assert {told(first[each])["what"] for each in services} == {"Help"}


def test_how_to_reach_what_may_not_be_offered_is_not_shown_by_a_search(directory: Built) -> None:
    ward = found(directory, "harbour", "last")["/harbour/help/harbour-ward/"]
    assert "01632" not in ward["content"]


# -- over all areas


def test_over_all_areas_titles_summaries_and_headings_are_searched(real: Built) -> None:
    own = found(real, "blmk", "first")["/blmk/2024-25/schools/"]
    there = found(real, "", "first")["/blmk/2024-25/schools/"]
    assert there["meta"] == own["meta"]
    assert len(there["content"]) < len(own["content"]) / 2
    page = real["/blmk/2024-25/schools/"]
    for words in (
        *page.words("//div[@class='app-content']//h2"),
        *page.words("//p[contains(@class, 'lede')]"),
    ):
        assert words.rstrip(".") in there["content"]
    assert told(there) == {
        "what": "2024 to 2025 plan",
        "area": "Bedfordshire, Luton and Milton Keynes",
        "tag": "Latest here, period ended",
        "kind": "latest",
    }


def test_over_all_areas_each_page_is_in_the_part_that_its_area_has_it_in(
    made_up: Built, directory: Built, real: Built
) -> None:
    for site, areas in (
        (made_up, ("harbour", "meadow", "hill", "lighthouse", "ferry")),
        (directory, ("harbour",)),
        (real, ("blmk", "kent-and-medway", "medway")),
    ):
        for part in ("first", "earlier"):
            own = {address for area in areas for address in found(site, area, part)}
            there = {each for each in found(site, "", part) if each.split("/")[1] in areas}
            assert there == own, part


def test_services_that_may_not_be_offered_are_found_in_their_area_alone(directory: Built) -> None:
    everywhere = {address for part in PARTS for address in found(directory, "", part)}
    assert not everywhere & set(found(directory, "harbour", "last"))


def test_the_portals_own_pages_are_searched_whole_and_its_guide_comes_last(real: Built) -> None:
    first, last = found(real, "", "first"), found(real, "", "last")
    assert "/what-a-plan-is/" in first
    assert "/help/" in first
    assert last
    assert all(address.startswith("/guide/") for address in last)
    assert "ltp build" in last["/guide/publish/"]["content"]


def test_withdrawn_pages_of_all_areas_are_in_the_portals_list(made_up: Built) -> None:
    (front, page) = sorted(withdrawn(made_up, ""), key=lambda each: each["path"])
    assert front["path"] == "harbour/2019-21/"
    assert page == {
        "title": "Crisis figures",
        "path": "harbour/2019-21/crisis/",
        "what": "2019 to 2021 plan",
        "area": "Harbour and Lowtown",
        "tag": "Withdrawn",
        "kind": "withdrawn",
    }


def test_an_area_that_stays_as_it_was_published_is_still_found(
    made_up: Built, tmp_path: Path
) -> None:
    site = made_up.copy(tmp_path / "again")
    facts = site.root / "content/meadow/2023-24/edition.yml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("kind:", "knid:"), encoding="utf-8")
    before = found(made_up, "", "first")
    outcome = build(order(site.root))
    assert "meadow" in outcome.kept
    after = found(site, "", "first")
    assert "/meadow/2023-24/crisis/" in after
    assert set(after) == set(before)


# -- with the rest of a build


def test_no_file_of_an_index_has_to_be_kept_for_ever(made_up: Built) -> None:
    for target, front in (("portal", "/"), ("harbour", "/harbour/")):
        path = made_up.root / f".ltp/targets/{target}/manifest.json"
        manifest = Manifest.model_validate_json(path.read_bytes())
        under = {each for each in manifest.addresses if each.startswith(f"{front}search/")}
        assert len(under) > 5
        assert under & manifest.kept_for_ever == {f"{front}search/"}
    assert not [each for each in made_up.outcome.unrecorded if "pf_" in each or "pagefind" in each]


def test_every_file_of_an_index_is_one_that_its_target_answers_to(made_up: Built) -> None:
    manifests = [
        Manifest.model_validate_json(path.read_bytes())
        for path in made_up.root.glob(".ltp/targets/*/manifest.json")
    ]
    known = {address for manifest in manifests for address in manifest.files}
    for path in made_up.folder.rglob("*"):
        parts = path.relative_to(made_up.folder).parts
        if path.is_file() and "search" in parts[:2] and path.suffix != ".html":
            assert "/" + "/".join(parts) in known


def test_a_search_that_cannot_be_made_leaves_its_area_as_it_was(
    made_up: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = made_up.copy(tmp_path / "again")

    def failing(*_: object, **__: object) -> None:
        raise SearchError(
            "The search could not be made: Pagefind is not installed. Run `make site`."
        )

    monkeypatch.setattr(pagefind, "engine", failing)
    shutil.rmtree(site.root / ".ltp/memory")  # what was made before would be taken
    outcome = build(order(site.root, address="https://elsewhere.example.test/"))
    assert not outcome.published
    assert "portal" in outcome.failed
    said = {str(each) for each in outcome.findings if each.is_fault}
    assert any("Pagefind is not installed. Run `make site`" in each for each in said), said
    assert not any("Traceback" in each for each in said)
    assert pages_in(site.folder / "search/first")


def test_a_site_alone_at_its_own_address_is_led_to_there(tmp_path: Path) -> None:
    root = copy_root(MADE_UP, tmp_path / "root")
    facts = root / "areas/meadow.yml"
    own = "https://meadow.example.test/young/"
    facts.write_text(f"{facts.read_text(encoding='utf-8')}address: {own}\n", encoding="utf-8")
    wanted = order(root, address="https://plans.example.test/")
    site = Built(root, wanted.out, build(wanted))
    search = site["/search/"].one("//div[@class='app-search']")
    assert json.loads(search.get("data-own")) == {"meadow/": own}
    assert site["/meadow/search/"].one("//a[@data-part='wider']").get("href") == (
        "https://plans.example.test/search/"
    )
    assert json.loads(site["/meadow/search/"].one("//@data-own")) == {}


# -- the pages


def searches(site: Built) -> list[Page]:
    return [page for page in site.pages.values() if page.is_search]


def test_a_search_is_kept_out_of_other_searches_and_of_the_sitemap(
    made_up_at_address: Built,
) -> None:
    assert len(searches(made_up_at_address)) == 6
    for page in searches(made_up_at_address):
        assert page.robots == "noindex, follow"
    for path in made_up_at_address.folder.rglob("sitemap.xml"):
        text = path.read_text(encoding="utf-8")
        assert "/search/" not in text
        assert "/a-to-z/" in text
        assert "/site-map/" in text


def test_a_search_names_only_parts_that_are_there(made_up: Built, real: Built) -> None:
    for site in (made_up, real):
        for page in searches(site):
            search, folder = page.one("//div[@class='app-search']"), site.file(page.address).parent
            always = search.get("data-always").split()
            assert always[0] == "first/"
            there = {f"{part}/" for part in PARTS if (folder / part).is_dir()}
            assert {*always, search.get("data-earlier")} - {""} == there
            assert bool(page.all("//input[@name='earlier']")) is bool(search.get("data-earlier"))
            named = search.get("data-withdrawn")
            assert bool(named) is (folder / "withdrawn.json").is_file()


def test_without_scripts_a_search_says_so_and_leads_to_lists_of_everything(
    made_up: Built,
) -> None:
    for page in searches(made_up):
        assert page.one("//form").get("hidden") is not None
        said = page.words("//p[@data-part='without']")
        assert said == [
            "This search needs JavaScript, which is off or did not arrive. "
            "The lists below lead to everything."
        ]
        links = page.links("//section[@aria-labelledby='search-instead']")
        for name in ("A to Z", "Site map", "Get help today"):
            assert made_up.file(page.resolve(links[name])).is_file(), (page.address, name)


def test_every_page_leads_to_the_search_and_to_the_lists_of_everything(any_made: Built) -> None:
    for page in any_made.pages.values():
        header = page.links("//nav[@aria-label='Main']")
        footer = page.links("//body/footer")
        for links, names in ((header, ["Search"]), (footer, ["Site map", "A to Z"])):
            for name in names:
                target = page.resolve(links[name]).removeprefix(any_made.base.rstrip("/"))
                own = page.address.split("/")[1]
                is_area = f"/{own}/search/" in any_made.pages
                assert target.startswith(f"/{own}/" if is_area else "/"), page.address
                assert target in any_made.pages, (page.address, name)


@pytest.fixture(params=["made_up", "directory"])
def any_made(request: pytest.FixtureRequest) -> Built:
    built: Any = request.getfixturevalue(request.param)
    assert isinstance(built, Built)
    return built


def test_a_page_that_is_not_there_offers_the_search_and_the_lists(made_up: Built) -> None:
    for area in ("", "harbour/"):
        links = made_up[f"/{area}404.html"].links()
        assert links["Search"] == f"/{area}search/"
        assert links["A to Z"] == f"/{area}a-to-z/"
        assert links["Site map"] == f"/{area}site-map/"


def test_a_search_is_light_enough_for_a_phone(real: Built) -> None:
    for page in searches(real):
        folder = real.file(page.address).parent
        assets = folder.parent / "assets"
        files = [real.file(page.address), assets / "site.css", assets / "area.css"]
        files += [assets / name for name in ("search.js", "seek.js", "address.js", "words.js")]
        files.append(folder / "first/pagefind.js")
        size = sum(len(gzip.compress(path.read_bytes())) for path in files)
        assert size <= MOST, (page.address, size)


def test_the_lists_of_everything_are_light_enough_for_a_phone(real: Built) -> None:
    for page in real.pages.values():
        if page.address.endswith(("/a-to-z/", "/site-map/")):
            styles = real.file("/assets/site.css").read_bytes()
            size = len(gzip.compress(page.text.encode())) + len(gzip.compress(styles))
            assert size <= 50_000, (page.address, size)
