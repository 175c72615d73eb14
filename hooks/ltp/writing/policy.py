"""Rules for HTML in Markdown: what the site's content security policy blocks is missing without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from ltp.findings import WrongValueError
from ltp.plans.languages import checked_language
from ltp.writing.page import Reading, Told, fault, note
from ltp.writing.text import Marking

_INSTEAD: Final[Mapping[str, str]] = {
    "audio": "Link to it, and give what is said as text.",
    "embed": "Link to it with words.",
    "frame": "Link to that page with words.",
    "iframe": "Link to that page with words.",
    "object": "Link to it with words.",
    "video": "Link to it, and give what is said and shown as text.",
}
_TAKE_OUT: Final = "Take it out."

_LEAVE_THE_WORDS: Final = "Take its tags out and leave the words."
_OLD: Final = ("is no part of HTML any more", _LEAVE_THE_WORDS, False)
_MOVES: Final = (
    "moves or blinks, and many people can’t read words that do",
    _LEAVE_THE_WORDS,
    True,
)
_FORM: Final = (
    "does not work here: nobody would get what a reader writes into it",
    "Link to a page with the form, or give an email address.",
    True,
)
_OF_THE_SITE: Final = (
    "is in every page already, and may be there once only",
    "Take its tags out and leave what is between them.",
    True,
)
OUT_OF_PLACE: Final[Mapping[str, tuple[str, str, bool]]] = {
    **dict.fromkeys(("basefont", "big", "center", "dir", "nobr", "tt"), _OLD),
    "acronym": (_OLD[0], "Write <abbr> in its place.", False),
    "strike": (_OLD[0], "Say in words what is so no more.", False),
    "font": (
        "sets colours or sizes that some readers can’t read",
        "Take its tags out and leave the words. If a word has to stand out, make it **bold**.",
        True,
    ),
    **dict.fromkeys(("blink", "marquee"), _MOVES),
    **dict.fromkeys(("form", "input", "button", "select", "textarea"), _FORM),
    **dict.fromkeys(("html", "head", "title", "body", "main"), _OF_THE_SITE),
}
"""Elements that do not belong in a page’s text: what is wrong with each, what would be right, and whether
it shuts somebody out."""

_ELSEWHERE: Final = re.compile(r"(?<!\S)(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_SCRIPT: Final = re.compile(r"\s*(?:javascript|vbscript|data):", re.IGNORECASE)


def elements(reading: Reading) -> Iterator[Told]:
    """Find elements and attributes that a browser would pass over here, or that are out of place."""
    has_form = False
    for marking in reading.text.markings:
        if not marking.attribute and marking.element in OUT_OF_PLACE:
            what, cure, shuts_out = OUT_OF_PLACE[marking.element]
            is_of_form = OUT_OF_PLACE[marking.element] is _FORM
            if not (is_of_form and has_form):  # a form is told once, and not each of its fields
                tell = fault if shuts_out else note
                yield tell(marking.spot, f"<{marking.element}> {what}", cure)
            has_form = has_form or is_of_form
        elif not marking.attribute:
            yield fault(
                marking.spot,
                f"<{marking.element}> does not work here: browsers pass it over, for readers’ safety",
                _INSTEAD.get(marking.element, _TAKE_OUT),
            )
        elif marking.attribute == "style" or marking.attribute.startswith("on"):
            yield fault(
                marking.spot,
                f"{marking.attribute}= does not work here: browsers pass it over, for readers’ safety",
                "Take it out, with what stands in its quotation marks.",
            )


def pictures_from_elsewhere(reading: Reading) -> Iterator[Told]:
    """Find pictures of other sites, which readers would not see and which would tell on them."""
    for picture in reading.text.pictures:
        if _ELSEWHERE.match(picture.address.strip()):
            yield fault(
                picture.spot,
                f"the picture comes from another site, and no browser would show it: {picture.address}",
                "Save it beside the page, if you may, and write its name.",
            )
    for marking in reading.text.markings:
        if marking.attribute == "srcset" and _ELSEWHERE.search(marking.value):
            yield fault(
                marking.spot,
                f"the picture comes from another site, and no browser would show it: {marking.value}",
                "Save it beside the page, if you may, and write its name.",
            )


def scripts_as_links(reading: Reading) -> Iterator[Told]:
    """Find links that would run something."""
    for link in reading.text.links:
        if _SCRIPT.match(link.address):
            yield fault(
                link.spot,
                f"the link “{link.words}” runs a script, and browsers pass it over, for readers’ safety",
                "Write where it leads, or take it out.",
            )


def languages(reading: Reading) -> Iterator[Told]:
    """Find a `lang` that no screen reader could follow."""
    for marking in reading.text.markings:
        if marking.attribute == "lang":
            yield from _language(marking)


def _language(marking: Marking) -> Iterator[Told]:
    try:
        checked_language(marking.value)
    except WrongValueError as wrong:
        yield fault(marking.spot, wrong.what, wrong.cure)


RULES: Final = (elements, pictures_from_elsewhere, scripts_as_links, languages)
