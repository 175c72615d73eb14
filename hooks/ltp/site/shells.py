"""The shell: what the pages of a target at one depth share, and today's crisis help in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from ltp.plans.model import Area, CrisisLine, Page, Plans
from ltp.plans.names import PORTAL
from ltp.site import addresses, display, website
from ltp.site.views import CrisisAction, Link, Shell

Href = Callable[[str], str]


_STATEMENTS: Final = (
    ("Leaving quickly", addresses.LEAVING),
    (website.OTHER_FORMATS, addresses.OTHER_FORMATS),
    ("Accessibility", addresses.ACCESSIBILITY),
    ("Privacy", addresses.PRIVACY),
    ("Cookies", addresses.COOKIES),
)
"""What the footer calls the pages in which a site speaks of itself, in its order."""


def crisis_action(line: CrisisLine) -> CrisisAction:
    """Turn a crisis line into words with a number to tap."""
    before, _, after = line.short.partition(line.number)
    digits = re.sub(r"\D", "", line.number)
    scheme = "tel" if line.how == "call" else "sms"
    query = f"?body={line.keyword}" if line.keyword else ""
    return CrisisAction(
        id=line.id,
        urgency=line.urgency,
        name=line.name,
        before=before.strip(),
        number=line.number,
        href=f"{scheme}:{digits}{query}",
        after=after.strip(),
        details=line.details,
    )


def of_area(plans: Plans, area: Area, href: Href) -> Shell:
    """Make the shell of an area's pages."""
    helper = plans.help_area[area.id]
    help_ = Link("Get help today", href(addresses.under(helper, "help/index")))
    navigation = [
        help_,
        _search(area.id, href),
        Link("Plans", href(addresses.plans(area.id))),
    ]
    if plans.area_pages[area.id].have_your_say:
        navigation.append(
            Link("Have your say", href(addresses.under(area.id, "have-your-say/index")))
        )
    navigation.append(Link("All areas", href(addresses.HOME)))
    return _shell(
        plans,
        name=area.name,
        target=area.id,
        href=href,
        navigation=navigation,
        help_=help_,
        logo=area.brand.logo,
        run_by=plans.run_by(area.id),
    )


def link_to(page: Page, href: str) -> Link:
    """Link to a page by its title, in the language of the page."""
    return Link(page.title, href, lang=page.facts.language)


def of_portal(plans: Plans, href: Href) -> Shell:
    """Make the shell of the portal's pages."""
    help_ = Link("Get help today", href(addresses.under(PORTAL, "help")))
    pages = [
        link_to(page, href(addresses.under(PORTAL, page.name)))
        for page in plans.portal_pages
        if not page.is_index
    ]
    return _shell(
        plans,
        name=plans.portal.name,
        target=PORTAL,
        href=href,
        navigation=[
            help_,
            _search(PORTAL, href),
            Link("Areas", href(addresses.HOME)),
            *pages,
        ],
        help_=help_,
        logo=plans.portal.brand.logo,
        run_by=plans.portal.run_by,
    )


def _shell(
    plans: Plans,
    *,
    name: str,
    target: str,
    href: Href,
    navigation: Sequence[Link],
    help_: Link,
    logo: str | None,
    run_by: str | None,
) -> Shell:
    home = href(addresses.front(target))
    return Shell(
        site_name=name,
        portal_name=plans.portal.name,
        home_href=home,
        portal_href=href(addresses.HOME),
        assets=href(f"{addresses.front(target)}assets/"),
        logo=_logo(logo, target, href),
        navigation=navigation,
        footer=_footer(plans, target, href),
        run_by=run_by,
        crisis=tuple(crisis_action(line) for line in plans.crisis_lines),
        help=help_,
    )


def _logo(logo: str | None, target: str, href: Href) -> str:
    if logo is None:
        return "neutral"
    return logo if logo == "nhs" else href(addresses.front(target) + logo)


def _search(target: str, href: Href) -> Link:
    return Link("Search", href(addresses.under(target, addresses.SEARCH)))


def _footer(plans: Plans, target: str, href: Href) -> list[Link]:
    links = [Link("All areas", href(addresses.HOME))]
    links += [
        link_to(page, href(addresses.under(PORTAL, page.name)))
        for page in plans.portal_pages
        if not page.is_index
    ]
    if plans.guide_pages:
        links.append(Link("Guide for editors", href(addresses.under(PORTAL, "guide/index"))))
    links.append(Link("Site map", href(addresses.under(target, addresses.SITE_MAP))))
    links.append(Link("A to Z", href(addresses.under(target, addresses.A_TO_Z))))
    links.append(Link(display.HEADING, href(addresses.under(target, display.NAME))))
    can_ask = website.can_be_asked(plans.contact(target))
    for words, name in _STATEMENTS:
        shown = website.ASK_FOR_FORMATS if name == addresses.OTHER_FORMATS and can_ask else words
        links.append(Link(shown, href(addresses.under(target, name))))
    return links
