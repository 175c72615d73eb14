"""Pages that somebody could be put at risk by being seen with (decision 16).

Which they are, what they are called in tabs and in the history, and what leaving them can't hide.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ltp.directory.entry import Service
from ltp.plans.model import Page, Plans
from ltp.site import addresses
from ltp.site.pages import PageKind, SitePage
from ltp.site.views import Leave, Section
from ltp.site.website import OwnPage, Website, said

HEADING: Final = "Leaving quickly"

MADE_OF_HELP: Final = (
    PageKind.HELP,
    PageKind.HELP_LIST,
    PageKind.HELP_FIND,
    PageKind.HELP_COVERAGE,
    PageKind.HELP_PRINT,
)
"""The pages of a help directory that are no entry's: all as its front page says."""


def is_sensitive(plans: Plans, target: str, place: SitePage) -> bool:
    """Tell whether somebody who is seen reading a page could be put at risk.

    Editors say so of a page, of a service, of a topic (for every page on it), and of a help directory
    on its front page. Where nobody wrote that page it is taken to be so. A whole plan is so if any
    page of it is.
    """
    if place.kind in (PageKind.REDIRECT, PageKind.REMOVED):
        return False  # neither says what it is about
    if place.kind in (PageKind.LEAVING, PageKind.PORTAL_HELP):
        return True
    if place.kind in MADE_OF_HELP:
        return all(page.facts.sensitive for page in plans.area_pages[target].help)
    if place.kind is PageKind.WHOLE_PLAN and place.standing:
        return any(_is_marked(plans, each, each.topic) for each in place.standing.edition.pages)
    return _is_marked(plans, place.page or place.service, place.topic)


def _is_marked(plans: Plans, written: Page | Service | None, on_topic: str | None) -> bool:
    topic = plans.topics.get(on_topic or "")
    return bool((written and written.facts.sensitive) or (topic and topic.sensitive))


def neutral_name(place: SitePage) -> str:
    """Call a page something that doesn't say what it is about, for tabs and the history.

    A page of a plan is told from the others by its number among them; its front page needs no name
    beside the plan's.
    """
    if place.standing and place.page:
        number = place.standing.edition.pages.index(place.page) + 1
        return "" if place.is_edition_front else f"Page {number}"
    return "Information"


def leave(website: Website, place: SitePage) -> Leave:
    """Give the way to leave a page."""
    here = place.kind is PageKind.LEAVING
    return Leave(website.leave_to, None if here else website.page(addresses.LEAVING))


# -- the page about it


def page(website: Website) -> OwnPage:
    """Give the page that says what leaving does and what it can't hide."""
    return OwnPage(
        HEADING,
        "What “Leave this page” does, what it can’t hide, and how to read with less risk.",
        list(_sections(website)),
    )


def _sections(website: Website) -> Iterator[Section]:
    yield Section(
        "what-it-does",
        "What it does",
        said(
            "Some pages have a link “Leave this page” at the very top. They are pages on "
            "finding help, on a crisis, and on other things that it may not be safe to be seen reading. "
            "Not every page on a single service has it.",
            "When you choose the link:",
        ),
        said(
            f"another website opens in place of the page: {website.leaves_to}",
            "if scripts run, the page is covered at once, with only the word “Loading” on it, and the Back "
            "button does not bring it back, unless you followed a link inside the page before",
            "if scripts do not run, the page stays in sight until the other website is there, and the "
            "Back button brings it back",
        ),
    )
    yield Section(
        "shift",
        "Leave with the Shift key",
        said(
            "On these pages you can also press the Shift key 3 times. Let no more than 5 seconds pass "
            "between one press and the next. This works only if scripts run.",
        ),
    )
    yield Section(
        "cannot-hide",
        "What it can’t hide",
        said(
            "In tabs and in the history, these pages have names that do not say what they are about. "
            "But their web addresses can. “Leave this page” does not hide:",
        ),
        said(
            "your browser’s history: it still lists the pages that you have read",
            "the pages that you read before in the same tab: the Back button may lead to them",
            "words that you have looked for here: they can be in an address in the history",
            "other tabs and windows that are open",
            "files that you have saved or printed",
            "calls, texts and emails: your phone or a phone bill may list them",
            "other devices: if they use the same account, they may show the same history",
            "your internet connection: whoever looks after it may see which websites were opened",
            "programs that watch what is done on the device",
        ),
    )
    yield Section(
        "safer",
        "How to read with less risk",
        said("No way is safe for everyone. These can help:"),
        said(
            "use a device that the other person can’t get to: at school, in a library, or a friend’s",
            "use a private window: look for “private” or “incognito” in the browser’s menu. When you have "
            "closed all private windows, the browser keeps no history of them. Your internet connection "
            "and programs that watch the device still can",
            "take single pages out of the history: look for “history” in the browser’s menu. If all of it "
            "is gone, somebody may notice",
            "close the tabs that you no longer need",
        ),
    )
    yield Section(
        "watched",
        "If you think that your device is watched",
        said(
            "Somebody who watches your device may see all that you do on it, also in a private window. "
            "Use another device to look for help, or call from another phone.",
        ),
    )
    yield Section("help-today", "If you need help now", crisis_cards=True)
