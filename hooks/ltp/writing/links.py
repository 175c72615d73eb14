"""Rules for links: what they are called, and what a reader has to know before following one."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import unquote, urlsplit

from ltp.findings import nearest
from ltp.plans.names import area_of
from ltp.site.markup import is_readable
from ltp.writing.page import Reading, Told, fault, note
from ltp.writing.text import LinkInText, matches

NAMELESS: Final = frozenset(
    (
        "article",
        "click",
        "click here",
        "click on this link",
        "click this link",
        "continue",
        "details",
        "document",
        "download",
        "download here",
        "file",
        "find out more",
        "follow this link",
        "further information",
        "go",
        "here",
        "info",
        "learn more",
        "link",
        "more",
        "more details",
        "more info",
        "more information",
        "page",
        "pdf",
        "read here",
        "read more",
        "read on",
        "see here",
        "see more",
        "site",
        "this",
        "this document",
        "this link",
        "this page",
        "this site",
        "this website",
        "view",
        "website",
    )
)
"""Words that say nothing of where a link leads, when somebody hears the page's links one by one."""

FORMATS: Final = {
    "pdf": "PDF",
    "doc": "Word",
    "docx": "Word",
    "xls": "Excel",
    "xlsx": "Excel",
    "ppt": "PowerPoint",
    "pptx": "PowerPoint",
}
"""Files that open in another program, by their ending."""

_SIZE: Final = re.compile(r"(?P<number>\d[\d,.]*)\s?(?P<unit>KB|MB|GB)\b", re.IGNORECASE)
_UNITS: Final = {"KB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)[^\s<>“”\"]*[^\s<>“”\"().,;:!?’']")
_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ONLY_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|gov|info|net|org|uk)(?:/\S*)?",
    re.IGNORECASE,
)
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_OWN_FILE: Final = re.compile(r"file:|[a-z]:(?:[\\/]|%5c)|\\", re.IGNORECASE)
_OWN_HOST: Final = re.compile(r"(?:.*\.)?localhost|127(?:\.\d+){3}|0\.0\.0\.0|::1?")
_TO: Final = re.compile(r"[^\s@,;<>]+@[\w-]+(?:\.[\w-]+)+")
_SPACE: Final = re.compile(r"\s")
_BESIDE: Final = (
    "Put the file beside the page and write its name alone, or link to where readers find it."
)
SCHEMES: Final = frozenset(
    (
        *("area", "ftp", "ftps", "geo", "http", "https", "mailto", "sip", "sips", "sms", "tel"),
        *("facetime", "msteams", "skype", "webcal", "whatsapp", "zoommtg"),
        *("data", "javascript", "vbscript"),  # told by a rule of their own
    )
)
"""What an address may begin with before its first colon."""

_ONE_ADDRESS: Final = (
    r"(?:[a-z]+:|#(?=[a-z])|\.{0,2}/)[^\s()]+"
    r"|[^\s()]+\.(?:md|pdf|csv|png|jpe?g|gif|svg|webp)(?:#[^\s()]*)?"
)
"""What is meant as an address for certain: people also write sources so, as in [Annex A] (kent.gov.uk)."""
_APART: Final = re.compile(
    rf"(?P<shown>\[(?P<words>[^\s\[\]][^\[\]\n]*)\] +\((?P<address>{_ONE_ADDRESS})\))",
    re.IGNORECASE,
)
_NOT_CLOSED: Final = re.compile(
    r"(?P<shown>\[[^\[\]\n]+\]\([^\s()]++)(?:[^()\n]|\([^()\n]*\))*+(?=\n|\Z)"
)

_SAYS_TAB: Final = re.compile(r"new (?:tab|window)", re.IGNORECASE)


def names(reading: Reading) -> Iterator[Told]:
    """Find links whose words don't say where they lead."""
    for link in reading.text.links:
        said = link.words.strip(" .,:;!?…→>»“”‘’'\"").lower()
        if not said:
            yield _without_words(link)
        elif said in NAMELESS:
            yield fault(
                link.spot,
                f"“{link.words}” does not say where the link leads",
                "Write what is at the other end, such as “the help page”.",
            )
        elif said.startswith("click here"):
            yield note(
                link.spot,
                f"“{link.words}” tells people to click, and not everybody has a mouse",
                "Write only what is at the other end.",
            )
        elif _ONLY_ADDRESS.fullmatch(link.words):
            yield note(
                link.spot,
                f"the link’s words are a bare address: {link.words}",
                f'Write in words what is there: <a href="{link.address}">the name of the page</a>.'
                if link.is_html
                else f"Write in words what is there: [the name of the page]({link.address}).",
            )


def _without_words(link: LinkInText) -> Told:
    if link.has_picture:
        return fault(
            link.spot,
            f"the link to “{link.address}” is a picture without alternative text",
            "Say in the picture’s alt where the link leads."
            if link.is_html
            else "Say in the picture’s square brackets where the link leads.",
        )
    return fault(
        link.spot,
        f"the link to “{link.address}” has no words",
        "Write between <a> and </a> what is at the other end."
        if link.is_html
        else "Write in its square brackets what is at the other end.",
    )


def addresses(reading: Reading) -> Iterator[Told]:
    """Find links that can lead nowhere, whatever else is true."""
    for link in reading.text.links:
        if not link.address.strip():
            yield fault(
                link.spot,
                f"the link “{link.words}” has no address",
                "Write it in href, or take the link out."
                if link.is_html
                else "Write it in the round brackets, or take the link out.",
            )
        elif not is_readable(link.address):
            yield fault(
                link.spot,
                f"the address of the link “{link.words}” can’t be read: {link.address}",
                "Copy it again from where you found it.",
            )
        elif wrong := _nowhere(link.address.strip()):
            what, cure = wrong
            yield fault(link.spot, f"the link “{link.words}” {what}: {link.address.strip()}", cure)


def _nowhere(address: str) -> tuple[str, str] | None:
    """Say why nobody could follow an address, and what would be right; None where somebody could."""
    if _OWN_FILE.match(address):
        return "leads to a file on your own computer", _BESIDE
    scheme = _SCHEME.match(address)
    if not scheme:
        return None
    name = scheme[1].lower()
    if name in ("http", "https"):
        return _no_web_address(address)
    if name == "mailto":
        to, has_more, _ = unquote(address[len("mailto:") :]).partition("?")
        is_for_anybody = has_more and not to  # the reader says to whom
        if not is_for_anybody and not all(_TO.fullmatch(each.strip()) for each in to.split(",")):
            return "has no whole email address", "Write it so: mailto:help@example.org."
    elif name not in SCHEMES:
        meant = nearest(name, SCHEMES)
        return (
            f"begins with “{scheme[0]}”, which leads nowhere",
            f"Did you mean “{meant}:”?" if meant else "A web address begins with https://.",
        )
    return None


def _no_web_address(address: str) -> tuple[str, str] | None:
    host = urlsplit(address).hostname or ""
    if not host or host in ("http", "https"):
        return "has no whole web address", "Write the whole of it, beginning with https://."
    if _OWN_HOST.fullmatch(host):
        return (
            "leads to your own computer, as an address that was copied from the preview does",
            "Write the name of the page’s file, such as crisis.md.",
        )
    if _SPACE.search(address):
        return "has a space in its address", "Copy it again, or write %20 in place of a space."
    return None


def same_words(reading: Reading) -> Iterator[Told]:
    """Find links of one name that lead to two places."""
    first: dict[str, LinkInText] = {}
    for link in reading.text.links:
        said = link.words.lower()
        other = first.setdefault(said, link)
        if said and said not in NAMELESS and _place(other) != _place(link):
            yield note(
                link.spot,
                f"the link “{link.words}” leads to {link.address}, and on line "
                f"{reading.lines.of(other.spot)} to {other.address}",
                "Say in the words which is which.",
            )


def _place(link: LinkInText) -> str:
    return link.address.removeprefix("./").removesuffix("/")


def half_made(reading: Reading) -> Iterator[Told]:
    """Find links of which a sign is missing or too much, so that they are shown as they were typed."""
    text = reading.text
    for match in _half_made(text.words):
        spot = text.spot(match.start())
        if text.runs[spot.run].is_html or "\\[" in reading.lines.text(spot):
            continue  # told by another rule, or meant as it is
        if match.re is _APART:
            what = "a space stands between the brackets of a link"
            cure = f"Take it out: [{match['words']}]({match['address']})."
        else:
            what = "the round bracket of a link is not closed"
            cure = "Write ) straight after the address."
        yield fault(spot, f"{what}, so it is shown as it was typed: “{match['shown']}”", cure)


def _half_made(words: str) -> list[re.Match[str]]:
    return [*matches(_APART, words, "] ("), *matches(_NOT_CLOSED, words, "](")]


def bare_addresses(reading: Reading) -> Iterator[Told]:
    """Find addresses in the text that are no links."""
    links = [(link.spot.at, link.end) for link in reading.text.links]
    links += [match.span() for match in _half_made(reading.text.words)]
    for match in _addresses(reading.text.words):
        if not any(start <= match.start() < end for start, end in links):
            yield note(
                reading.text.spot(match.start()),
                f"a bare address, which nobody can tap: {match[0]}",
                f"Make it a link with words: [the name of the page]({_whole(match[0])}).",
            )

    for match in matches(_EMAIL, reading.text.words, "@"):
        if not any(start <= match.start() < end for start, end in links):
            yield note(
                reading.text.spot(match.start()),
                f"a bare email address, which nobody can tap: {match[0]}",
                f"Put it in angle brackets: <{match[0]}>.",
            )


def _whole(address: str) -> str:
    return f"https://{address}" if address.startswith("www.") else address


def new_tabs(reading: Reading) -> Iterator[Told]:
    """Find links that open a new tab and don't say so."""
    for link in reading.text.links:
        if link.opens_tab and not _SAYS_TAB.search(link.words):
            yield note(
                link.spot,
                f"the link “{link.words}” opens a new tab and does not say so",
                "Take target=_blank out, or end its words with (opens in new tab).",
            )


def files(reading: Reading) -> Iterator[Told]:
    """Find links to files that don't say of what kind and how big they are."""
    for link in reading.text.links:
        path = link.address.partition("#")[0].partition("?")[0]
        kind = FORMATS.get(path.rpartition(".")[2].lower())
        if kind is None:
            continue
        size = _size_of(reading, unquote(path)) if "://" not in path else None
        told = _SIZE.search(link.words)
        if not told or kind.lower() not in link.words.lower():
            yield _without_size(link, kind, size)
        elif size and not _is_about(told, size):
            yield note(
                link.spot,
                f"the link “{link.words}” says {told[0]}, and the file has {_in_words(size)}",
                f"Write ({kind}, {_in_words(size)}).",
            )


def _without_size(link: LinkInText, kind: str, size: int | None) -> Told:
    right = f"({kind}, {_in_words(size)})" if size else f"({kind}, 545KB)"
    return note(
        link.spot,
        f"the link “{link.words}” opens a file, and does not say its kind and size",
        f"End its words with {right}." if size else f"End its words with both, such as {right}.",
    )


def _size_of(reading: Reading, path: str) -> int | None:
    """Give a file's size, if it is among the files of the page's own site: no other is looked at."""
    origin = reading.page.origin.path
    meant = posixpath.normpath(posixpath.join(posixpath.dirname(origin), path))
    if area_of(meant) != area_of(origin):
        return None
    try:
        return (reading.folder / path).stat().st_size or None
    except (OSError, ValueError):
        return None


def _is_about(told: re.Match[str], size: int) -> bool:
    """Tell whether a size that is told is right to a tenth, counted in thousands or in 1,024s."""
    try:
        said = float(told["number"].replace(",", "").strip("."))
    except ValueError:
        return False
    return abs(said * _UNITS[told["unit"].upper()] - size) <= max(1_000, 0.1 * size)


def _in_words(size: int) -> str:
    """Give a size as people read it: 545KB, 1.2MB."""
    if size < 999_500:
        return f"{max(1, round(size / 1_000))}KB"
    return f"{size / 1_000_000:.1f}".removesuffix(".0") + "MB"


def are_addresses(words: str) -> list[tuple[int, int]]:
    """Give where addresses stand among words, for rules that read words."""
    return [match.span() for match in _addresses(words)]


def _addresses(words: str) -> Iterable[re.Match[str]]:
    return matches(_ADDRESS, words, "://", "www.")


RULES: Final = (names, addresses, same_words, half_made, bare_addresses, new_tabs, files)
