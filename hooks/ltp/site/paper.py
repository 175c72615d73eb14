"""What only paper shows: what a page is and where it stands, and where its links lead.

Paper can't be tapped, and it outlives the screen that it came from. So it says whose page it is, its
status, the dates that are known and its address, and each link has a number that a list at the end
spells out. Never the day of the build: a page would change every day.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final

from ltp.plans.dates import PartialDate
from ltp.plans.status import Standing
from ltp.site.addresses import joined
from ltp.site.cards import state_in_words
from ltp.site.listings import date_in_words, tag
from ltp.site.tags import ATTRIBUTES, attributes_of, words_of

HEADING: Final = "Addresses of the links on this page"

_LINK: Final = re.compile(
    r"<(?:nav\b[^<]*+(?:<(?!/nav>)[^<]*+)*+</nav"
    rf"|a\b(?P<attributes>{ATTRIBUTES})\s*>(?P<words>[^<]*+(?:<(?!/a>)[^<]*+)*+)</a)>"
)
_BEGINS: Final = re.compile(r'<aside class="app-crisis-strip"|<main\b')


def print_line(
    what: str,
    standing: Standing | None,
    reviewed: PartialDate | None,
    run_by: str | None,
    address: str,
) -> str:
    """Give the line at the end of a page on paper. `what` names the page and whose it is."""
    said = [_sentence(what)]
    if standing:
        said += [
            state_in_words(standing),
            f"Published: {date_in_words(standing.edition.published)}.",
        ]
    if reviewed:
        said.append(f"Page last reviewed: {reviewed}.")
    if run_by:
        said.append(_sentence(f"Run by {run_by}"))
    return " ".join([*said, f"Address: {address}"])


def sheet_line(what: str, standing: Standing | None, address: str) -> str:
    """Give the line at the foot of every sheet."""
    status = [_sentence(tag(standing)[0])] if standing else []
    return " ".join([_sentence(what), *status, address])


def spell_out(html: str, here: str) -> str:
    """Number the links of a page that leave it, and list their addresses at the end of its main part.

    `here` is the page's own address, in full where it is known. Left out are links in lists of pages,
    which paper does not show (`nav`), to parts of the same page, and those whose words say where they
    lead, such as phone numbers. One address has one number, however many links lead there.
    """
    begins, ends = _BEGINS.search(html), html.rfind("</main>")
    if begins is None or ends < 0:
        return html
    numbers: dict[str, int] = {}

    def numbered(link: re.Match[str]) -> str:
        address = _spelled(link, here)
        if not address:
            return link[0]
        number = numbers.setdefault(address, len(numbers) + 1)
        return f'<a{link["attributes"]} data-n="{number}">{link["words"]}</a>'

    shown = _LINK.sub(numbered, html[begins.start() : ends])
    return f"{html[: begins.start()]}{shown}{_listed(list(numbers))}{html[ends:]}"


def _spelled(link: re.Match[str], here: str) -> str:
    """Give the address that a link needs to have spelled out; empty where it needs none."""
    href = dict(attributes_of(link["attributes"] or "")).get("href", "")
    if not href or href.startswith(("#", "tel:", "sms:")):
        return ""
    is_mail = href.startswith("mailto:")
    address = href[len("mailto:") :].partition("?")[0] if is_mail else joined(here, href)
    said = [word.rstrip("/.") for word in words_of(link["words"]).split()]
    return "" if address.rstrip("/") in said else address


def _listed(addresses: list[str]) -> str:
    if not addresses:
        return ""
    lines = "\n".join(f"<li>{escape(each, quote=False)}</li>" for each in addresses)
    return f'<div class="app-addresses">\n<p>{HEADING}</p>\n<ol>\n{lines}\n</ol>\n</div>\n'


def _sentence(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else f"{words}."
