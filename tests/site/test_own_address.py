"""An area that is served at an address of its own: every link is right at both places."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from tests.site.built import ADDRESS, MADE_UP, Built, Page, copy_root, order

from ltp.publishing.building import build

OWN = "https://meadow.example.test/young/"
ELSEWHERE = (
    *("tel:", "sms:", "mailto:", "https://library", "https://weather", "https://meadow.example/"),
    *("https://www.bbc.co.uk/", "https://www.w3.org/", "https://ico.org.uk/"),
    *("https://mcmw.abilitynet.org.uk/", "https://www.equalityadvisoryservice.com/"),
)
"""How links begin that lead to no page of the sites."""


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give the made-up areas, with Meadow at an address of its own."""
    root = copy_root(MADE_UP, tmp_path_factory.mktemp("apart") / "root")
    facts = root / "areas/meadow.yml"
    facts.write_text(f"{facts.read_text(encoding='utf-8')}address: {OWN}\n", encoding="utf-8")
    wanted = order(root, address=ADDRESS)
    outcome = build(wanted)
    assert outcome.succeeded
    return Built(root, wanted.out, outcome, ADDRESS)


def public(page: Page) -> str:
    """Give the address at which a page is served."""
    if page.address.startswith("/meadow/"):
        return OWN + page.address.removeprefix("/meadow/")
    return ADDRESS + page.address[1:]


def file_of(site: Built, address: str) -> Path | None:
    """Give the file that answers a public address; None for another site's."""
    path = urlsplit(address)._replace(query="", fragment="").geturl()
    if path.startswith(OWN):
        return site.file("/meadow/" + path.removeprefix(OWN))
    if path.startswith(ADDRESS) and not path.startswith(f"{ADDRESS}meadow/"):
        return site.file("/" + path.removeprefix(ADDRESS))
    return None


def test_every_link_resolves_at_the_public_addresses_of_both(apart: Built) -> None:
    wrong: dict[str, list[str]] = {}
    for page in apart.pages.values():
        links = [str(each) for each in page.all("//@href | //@src")]
        links += [page.leads_to] if page.is_redirect else []
        ours = [each for each in links if not each.startswith(ELSEWHERE)]
        found = [file_of(apart, urljoin(public(page), link)) for link in ours]
        bad = [
            link for link, file in zip(ours, found, strict=True) if not file or not file.is_file()
        ]
        if bad:
            wrong[page.address] = sorted(set(bad))
    assert wrong == {}


def test_its_pages_and_its_sitemap_give_its_own_address(apart: Built) -> None:
    assert apart["/meadow/2023-24/crisis/"].canonical == f"{OWN}2023-24/crisis/"
    sitemap = apart.file("/meadow/sitemap.xml").read_text(encoding="utf-8")
    assert f"<loc>{OWN}2023-24/crisis/</loc>" in sitemap
    assert ADDRESS not in sitemap


def test_the_portal_leads_to_it_there(apart: Built) -> None:
    assert apart["/"].links()["Meadow"] == OWN
    assert apart["/id/meadow/2023-24/"].leads_to == f"{OWN}2023-24/"


def test_its_404_page_has_its_own_styles(apart: Built) -> None:
    page = apart["/meadow/404.html"]

    assert set(page.all("//link[@rel='stylesheet']/@href")) == {
        "/young/assets/site.css",
        "/young/assets/area.css",
    }
