"""What machines read beside the pages: the list of plans as CSV and JSON, sitemaps, robots.txt."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from ltp.plans.dates import PartialDate, Period
from ltp.plans.model import Edition, PlanElsewhere, Plans
from ltp.plans.status import Standing, Standings
from ltp.site import addresses
from ltp.site.addresses import Site
from ltp.site.cards import state_in_words
from ltp.site.pages import PageKind, SitePage

COLUMNS = (
    "area",
    "plan",
    "label",
    "title",
    "kind",
    "status",
    "state",
    "covers",
    "published",
    "published_by",
    "developed_by",
    "places",
    "replaces",
    "replaced_by",
    "adds_to",
    "held",
    "note",
    "address",
)
"""The columns of plans.csv and the keys of each plan in plans.json. Dates are ISO 8601, or `unknown`."""

UNKNOWN = "unknown"


def plan_rows(standings: Standings, site: Site, area: str) -> list[dict[str, str]]:
    """Give a row for each plan of an area, held here or not, in the order of the page of all plans."""
    held = [_held(standings, each, site) for each in standings.shown(area)]
    elsewhere = standings.plans.areas[area].elsewhere
    return held + [_elsewhere(standings.plans, area, plan) for plan in elsewhere]


def plans_csv(rows: Sequence[dict[str, str]]) -> str:
    """Write rows as CSV (RFC 4180), with a byte-order mark, by which Excel knows that it is UTF-8."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return "\ufeff" + text.getvalue()


def plans_json(standings: Standings, area: str, rows: Sequence[dict[str, str]]) -> str:
    """Write rows as JSON, with the area; empty values are left out."""
    own = standings.plans.areas[area]
    joined = own.plan_joined if standings.has_joined(own) else None
    data = {
        "area": area,
        "name": own.name,
        "places": list(own.places),
        "joined": list(joined.into) if joined else [],
        "plans": [{key: value for key, value in row.items() if value} for row in rows],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def sitemap(pages: Iterable[SitePage], site: Site) -> str | None:
    """Give the sitemap of a target, or None while the site has no public address.

    Only what readers should be led to is in it: latest plans and the areas' own pages (design,
    section 5). A page's date is the one that its editors gave, never the day of the build.
    """
    entries = []
    for page in pages:
        public = site.public(page.address)
        if public is None:
            return None
        if _is_listed(page):
            entries.append(_entry(public, _changed(page)))
    body = "\n".join(entries)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{body}\n</urlset>\n'
    )


def sitemap_index(locations: Sequence[str]) -> str:
    """Give the index of the targets' sitemaps."""
    body = "\n".join(f"  <sitemap><loc>{escape(each)}</loc></sitemap>" for each in locations)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{body}\n</sitemapindex>\n'
    )


def robots_txt(sitemap_address: str | None) -> str:
    """Allow everything: pages that should not be found say so themselves."""
    lines = ["User-agent: *", "Allow: /"]
    return "\n".join([*lines, f"Sitemap: {sitemap_address}"] if sitemap_address else lines) + "\n"


def _held(standings: Standings, standing: Standing, site: Site) -> dict[str, str]:
    plans, edition = standings.plans, standing.edition
    address = addresses.edition(edition)
    return {
        "area": edition.area,
        "plan": edition.id,
        "label": edition.label,
        "title": edition.title or "",
        "kind": edition.kind.value,
        "status": standing.status.value,
        "state": state_in_words(standing),
        "covers": _iso(edition.covers),
        "published": _iso(edition.published),
        "published_by": _names(plans, edition.published_by) or UNKNOWN,
        "developed_by": _names(plans, edition.developed_by),
        "places": _list(plans.places_of(edition)),
        "replaces": _list(edition.replaces),
        "replaced_by": _list([each.ref for each in standing.replaced_by]),
        "adds_to": edition.adds_to or "",
        "held": "our summary" if edition.text == "summary" else "full text",
        "note": "",
        "address": site.public(address) or address,
    }


def _elsewhere(plans: Plans, area: str, plan: PlanElsewhere) -> dict[str, str]:
    return {
        **dict.fromkeys(COLUMNS, ""),
        "area": area,
        "label": plan.label,
        "kind": plan.kind,
        "covers": UNKNOWN,
        "published": _iso(plan.published),
        "published_by": _names(plans, plan.published_by) or UNKNOWN,
        "places": plan.place,
        "adds_to": plan.adds_to or "",
        "held": plan.held,
        "note": plan.note or "",
    }


def _names(plans: Plans, ids: Sequence[str] | None) -> str:
    return _list(
        [plans.organisations[each].name for each in ids or () if each in plans.organisations]
    )


def _list(values: Sequence[str]) -> str:
    return "; ".join(values)


def _iso(date: PartialDate | Period | None) -> str:
    return date.iso if date else UNKNOWN


def _is_listed(page: SitePage) -> bool:
    if page.standing:
        return page.kind is PageKind.EDITION and page.standing.status.is_latest
    return page.kind not in (PageKind.REDIRECT, PageKind.LATEST_TOPIC, PageKind.NOT_FOUND)


def _changed(page: SitePage) -> PartialDate | None:
    """Give the last day on which editors say that a page changed, as far as they say it."""
    edition: Edition | None = page.standing.edition if page.standing else None
    dates = [page.page.facts.reviewed] if page.page else []
    dates += [act.date for act in edition.history] if edition else []
    dates += [edition.published] if edition else []
    return max((date for date in dates if date), key=lambda date: date.last_day, default=None)


def _entry(address: str, changed: PartialDate | None) -> str:
    date = f"<lastmod>{changed.iso}</lastmod>" if changed else ""
    return f"  <url><loc>{escape(address)}</loc>{date}</url>"
