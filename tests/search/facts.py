"""Made-up areas for the tests of searching: their pages, records and views, without a build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from tests.model.facts import TODAY, area, edition, page, plans

from ltp.directory.entry import Need, Service, ServiceFacts
from ltp.directory.rules import directory_of
from ltp.plans.model import Area, AreaPages, Edition, Origin, Page
from ltp.plans.status import work_out
from ltp.search.records import Record, of_pages
from ltp.site.addresses import Site
from ltp.site.page_views import Views
from ltp.site.pages import AreaSite

CHECKED = {"last": "2026-06-01", "by": "youth worker"}
NEEDS = {
    name: Need(id=name, name=words, origin=Origin("areas/needs.yml"))
    for name, words in {"anxiety": "Feeling anxious", "sleep": "Trouble with sleep"}.items()
}


def plan(ref: str, *topics: str, **facts: Any) -> Edition:
    """Build a plan with a front page and one page a topic, named as the topic."""
    folder = f"content/{ref}"
    pages = (
        page(f"{folder}/index.md", title=f"Front of {ref}"),
        *(page(f"{folder}/{each}.md", title=each.capitalize(), topic=each) for each in topics),
    )
    return edition(ref, pages=pages, **facts)


def service(name: str, **facts: Any) -> Service:
    """Build an entry of the directory that was checked, unless its facts say otherwise."""
    given: Mapping[str, Any] = {
        "name": name.capitalize(),
        "summary": f"{name.capitalize()} listens.",
        "checks": CHECKED,
        **facts,
    }
    origin = Origin(f"content/harbour/help/{name}.md")
    return Service("harbour", name, ServiceFacts.model_validate(given), "Call.", 1, origin)


def views(
    *editions: Edition,
    services: Iterable[Service] = (),
    own: Area | None = None,
    requests: tuple[Page, ...] = (),
    **more: Any,
) -> Views:
    """Build the views of the area `harbour`."""
    harbour = own or area("harbour")
    front = page("content/harbour/index.md", title="Plans for the harbour")
    pages = AreaPages(front=front, services=tuple(services), have_your_say=requests)
    everything = plans(
        *editions,
        areas=[harbour],
        area_pages={"harbour": pages},
        needs=NEEDS,
        **{key: value for key, value in more.items() if key != "drafts"},
    )
    standings = work_out(everything, TODAY)
    site = AreaSite(standings, harbour, drafts=more.get("drafts", False))
    directory = directory_of(standings, "harbour")
    made = Views(standings, Site(), "harbour", directory=directory)
    return replace(made, pages=list(site.pages))


def records(made: Views) -> dict[str, Record]:
    """Give the records of an area by address."""
    found = of_pages(made.pages, made, "Harbour")
    return {record.address.removeprefix("/harbour/"): record for record in found}
