"""Every link and every part of a page that one leads to, on every page, at a root and at a sub-path."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from tests.site.built import ADDRESS, CRISIS, Built, Page

HOST = "https://plans.example.test"
ATTRIBUTES = "//@href | //@src | //meta[@http-equiv='refresh']/@content"
WEB_ADDRESS = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(/[^\s<>\"{}|\\^`]*)?")
NUMBER = re.compile(r"tel:(\+44\d{9,10}|\d{3,11})")
EMAIL = re.compile(r"mailto:[^@\s?]+@[a-z0-9.-]+(\?subject=[\w.%-]+)?")


def written(page: Page) -> Iterator[str]:
    """Give everything on a page that names another place, as it is written."""
    for value in page.all(ATTRIBUTES):
        text = str(value)
        yield text.partition("url=")[2] if re.match(r"\d+; *url=", text) else text
    if page.data:
        yield from _ids(page.data)
    if page.service_data:
        yield from _ids_of_service(page.service_data)


def _ids(data: Mapping[str, object]) -> Iterator[str]:
    yield str(data["url"])
    newer = data.get("dcterms:isReplacedBy")
    if isinstance(newer, list):
        yield from (str(each["@id"]) for each in newer)


def _ids_of_service(data: Mapping[str, object]) -> Iterator[str]:
    """Give the addresses of a service's own page: there are none while the site has no address."""
    if "url" in data:
        yield str(data["url"])
        assert data["@id"] == f"{data['url']}#service"
        assert isinstance(data["mainEntityOfPage"], dict)
        assert data["mainEntityOfPage"]["@id"] == data["url"]


def broken(site: Built, base: str, *, asked_at: str | None = None) -> dict[str, list[str]]:
    """Give the links that lead nowhere when the site is served under `base`, by page."""
    wrong: dict[str, list[str]] = {}
    for page in site.pages.values():
        here = HOST + base + (asked_at or page.address).removeprefix("/")
        bad = [link for link in written(page) if not _resolves(site, base, here, link)]
        if bad:
            wrong[page.address] = sorted(set(bad))
    return wrong


def _resolves(site: Built, base: str, here: str, link: str) -> bool:
    parts = urlsplit(urljoin(here, link))
    if parts.scheme == "tel":
        return bool(NUMBER.fullmatch(link))
    if parts.scheme == "sms":
        return link in CRISIS
    if parts.scheme == "mailto":
        return bool(EMAIL.fullmatch(link))
    if f"{parts.scheme}://{parts.netloc}" != HOST:
        return bool(WEB_ADDRESS.fullmatch(link))
    if not parts.path.startswith(base):
        return False
    address = "/" + unquote(parts.path).removeprefix(base)
    if not site.file(address).is_file():
        return False
    if not parts.fragment or address not in site.pages:
        return not parts.fragment
    return bool(site[address].all(f"//*[@id='{unquote(parts.fragment)}']"))


@pytest.mark.parametrize("base", ["/", "/a/sub-path/"])
def test_every_link_resolves_wherever_the_site_is_served(site: Built, base: str) -> None:
    """The 404 pages apart: they are shown at any address, so they have to know where they are."""
    wrong = broken(site, base)
    if base != site.base:
        wrong = {page: links for page, links in wrong.items() if not page.endswith("404.html")}
    assert wrong == {}


def test_every_link_resolves_at_a_public_address_with_a_sub_path(
    real_at_address: Built, made_up_at_address: Built, drafts: Built
) -> None:
    assert broken(real_at_address, "/plans/") == {}
    assert broken(made_up_at_address, "/plans/") == {}
    assert broken(drafts, "/plans/") == {}


@pytest.mark.parametrize("asked", ["no-such-page", "no/such/page/", "no/such/page.html", ""])
def test_the_404_pages_work_at_any_address_that_they_are_shown_at(
    real: Built, real_at_address: Built, asked: str
) -> None:
    for site in (real, real_at_address):
        missing = [page for page in site.pages.values() if page.is_not_found]
        assert len(missing) == 4
        for page in missing:
            here = HOST + site.base + page.address.removesuffix("404.html")[1:] + asked
            bad = [each for each in written(page) if not _resolves(site, site.base, here, each)]
            assert [each for each in bad if each != "#maincontent"] == [], page.address


def test_a_404_page_says_so_and_leads_on(any_site: Built) -> None:
    for page in any_site.pages.values():
        if page.is_not_found:
            assert page.heading == "Page not found"
            assert page.robots == "noindex"
            assert page.canonical is None
            assert "All areas" in page.links()


def test_a_page_that_leads_on_is_not_listed_and_is_no_address_of_its_own(any_site: Built) -> None:
    for page in any_site.pages.values():
        if page.is_redirect:
            assert page.robots == "noindex, follow", page.address
            assert page.canonical is None, page.address


def test_the_checker_finds_what_is_broken(made_up: Built) -> None:
    """A checker that finds nothing anywhere would pass every test above."""
    page = made_up["/harbour/2026-27/crisis/"]
    here = HOST + page.address
    for bad in (
        "../no-such-page/",
        "#no-such-part",
        "../../../../above-the-root/",
        "../crisis/#by-night",
        "http://insecure.example.test/",
        "https://with a space.example.test/",
        "tel:",
        "mailto:",
        "mailto:nobody",
    ):
        assert not _resolves(made_up, "/", here, bad), bad
    assert not _resolves(made_up, "/plans/", HOST + "/plans" + page.address, "/harbour/")
    for good in ("../", "#at-night", "../../2024-25/crisis/#by-day", "../boats.svg", "tel:999"):
        assert _resolves(made_up, "/", here, good), good


def test_links_between_areas_lead_to_the_part_that_they_name(made_up: Built) -> None:
    links = made_up["/harbour/2026-27/crisis/"].links("//div[@class='app-content']")

    assert links == {
        "Hill does": "../../../hill/hilltop/crisis/#at-night",
        "earlier plan": "../../2024-25/crisis/#by-day",
    }


def test_no_link_between_areas_is_left_as_it_was_written(any_site: Built) -> None:
    for page in any_site.pages.values():
        assert not page.all("//@href[contains(., 'area:')]"), page.address


def test_help_leads_to_the_same_page_from_every_page_of_an_area(any_site: Built) -> None:
    """Pages at one depth share their header: none may have a link that holds for one of them alone."""
    shared = "//body/nav//a | //body/header//a | //body/aside//a | //body/footer//a"
    leads_to: dict[tuple[str, str], set[str]] = {}
    for page in any_site.pages.values():
        area = _area(any_site, page)
        for link in page.all(shared):
            href = str(link.get("href"))
            if not href.startswith(("tel:", "sms:")):
                words = " ".join(link.text_content().split())
                to = urlsplit(urljoin(HOST + any_site.base + page.address[1:], href)).path
                leads_to.setdefault((area, words), set()).add(to)
    assert len(leads_to) >= 8
    assert {key: to for key, to in leads_to.items() if len(to) > 1} == {}


def _area(site: Built, page: Page) -> str:
    first = page.address.split("/")[1]
    return first if (site.root / "areas" / f"{first}.yml").is_file() else "portal"


def test_whoever_asks_for_help_is_led_to_the_area_that_looks_after_it(real: Built) -> None:
    for address, page in real.pages.items():
        area = _area(real, page)
        helper = {"portal": "/help/", "medway": "/kent-and-medway/help/"}.get(
            area, f"/{area}/help/"
        )
        for href in page.all("//body/nav//a[.='Get help today']/@href"):
            assert page.resolve(str(href)) == helper, address


def test_a_link_to_another_site_says_where_it_leads(site: Built) -> None:
    for page in site.pages.values():
        for link in page.all("//a[starts-with(@href, 'http')]"):
            assert not str(link.get("href")).startswith(ADDRESS)
            assert link.get("target") is None, page.address
            words = " ".join(link.text_content().split()).lower()
            assert words not in ("here", "click here", "this link", "link"), page.address
