"""Put the text of several pages together on one: their ids, links and headings made to fit.

It reads and writes HTML as text. Tags are found as the HTML standard finds them, so what an editor wrote
as HTML is moved like what Markdown made; all that need not change stays as it is, to the byte. What
the pages are, and what stands around them, is no task of this module.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from ltp.site import addresses
from ltp.site.tags import ATTRIBUTES, EACH_ATTRIBUTE, attributes_of, unquoted

APART: Final = "--"
"""What stands between a part's id and an id in it. No page's name has two hyphens in a row."""

_TAG: Final = re.compile(
    r"<!--.*?-->"
    r"|<(?P<raw>script|style|textarea)\b.*?</(?P=raw)\s*>"
    rf"|<(?P<name>[a-z][^\s/>]*+)(?P<attributes>{ATTRIBUTES})(?P<rest>[\s/]*+)>"
    r"|</(?P<end>h[1-6])\s*>",
    re.DOTALL | re.IGNORECASE,
)
_FRAGMENT_OF_STYLE: Final = re.compile(r"(url\(\s*['\"]?#)")

_REGION: Final = re.compile(r'\srole="region"')
_LABELLED_BY: Final = re.compile(r'\saria-labelledby="([^"]*)"')
_LABEL: Final = re.compile(r'\saria-label="([^"]*)"')

_NAMES_ONE_OR_MORE: Final = frozenset(
    {
        "for",
        "form",
        "headers",
        "itemref",
        "list",
        "aria-activedescendant",
        "aria-controls",
        "aria-describedby",
        "aria-details",
        "aria-errormessage",
        "aria-flowto",
        "aria-labelledby",
        "aria-owns",
    }
)
"""The attributes that name elements by their ids."""

_LEADS_TO: Final = frozenset({"href", "xlink:href", "src", "poster", "cite", "usemap"})


@dataclass(frozen=True)
class Text:
    """The text of one page."""

    name: str
    """The page's name in its folder: `crisis`, `index`, `lines/night`."""
    address: str
    html: str

    @property
    def id(self) -> str:
        """The id of its part on the one page."""
        return f"part-{self.name.replace('/', '__')}"


def together(texts: Sequence[Text], here: str) -> list[str]:
    """Give the HTML of each text as it can stand with the others on the page at the address `here`.

    Every id gets its part's before it, with all that refers to it. A link to one of the pages leads
    to its part, and names its number as `data-to-part`, for paper. All other links are made
    relative to `here`. Headings go down by one level, h6 stays; what is folded away is open; regions
    of the same name are named apart.
    """
    parts = {text.address: _Part(text, at + 1, ids_of(text.html)) for at, text in enumerate(texts)}
    return [_Moving(part, parts, here).html() for part in parts.values()]


def ids_of(html: str) -> frozenset[str]:
    """Give what links may lead to: every id in a piece of HTML, and every name of an anchor."""
    found = set()
    for tag in _TAG.finditer(html):
        for name, value in attributes_of(tag["attributes"] or ""):
            if _is_id(tag["name"].lower(), name):
                found.add(value)
    return frozenset(found)


@dataclass(frozen=True)
class _Part:
    text: Text
    number: int
    ids: Collection[str]


@dataclass(frozen=True)
class _Moving:
    """One part on its way."""

    part: _Part
    parts: Mapping[str, _Part]
    here: str

    def html(self) -> str:
        return _TAG.sub(self._tag, self.part.text.html)

    def _tag(self, tag: re.Match[str]) -> str:
        if tag["end"]:
            return f"</{_lower(tag['end'])}>"
        if not tag["name"]:
            return tag[0]  # a remark, or text that is no HTML
        name = tag["name"].lower()
        attributes = tag["attributes"]
        if attributes:
            attributes = EACH_ATTRIBUTE.sub(lambda each: self._attribute(name, each), attributes)
        if _REGION.search(attributes) and len(self.parts) > 1:
            attributes = self._named_apart(attributes)
        if name == "details" and not re.search(r"\sopen\b", attributes, re.IGNORECASE):
            attributes += " open"
        return f"<{_lower(tag['name'])}{attributes}{tag['rest']}>"

    def _named_apart(self, attributes: str) -> str:
        """Add its part to the name of a region: tables of two pages may be called the same."""
        names = rf' aria-labelledby="\1 {self.part.text.id}"'
        attributes = _LABELLED_BY.sub(names, attributes)
        return _LABEL.sub(rf' aria-label="\1, part {self.part.number}"', attributes)

    def _attribute(self, tag: str, attribute: re.Match[str]) -> str:
        name, written = attribute[1].lower(), attribute[2]
        if written is None:
            return attribute[0]
        if _is_id(tag, name) or name in _NAMES_ONE_OR_MORE:
            ids = unquoted(written).split()
            return f'{name}="{" ".join(self._id(each) for each in ids)}"'
        if name in _LEADS_TO:
            return self._leading(name, unescape(unquoted(written)).strip())
        if name == "srcset":
            return f'srcset="{escape(self._choices(unescape(unquoted(written))))}"'
        if "url(" in written:
            return _FRAGMENT_OF_STYLE.sub(rf"\g<1>{self.part.text.id}{APART}", attribute[0])
        return attribute[0]

    def _id(self, written: str) -> str:
        return f"{self.part.text.id}{APART}{written}"

    def _leading(self, name: str, to: str) -> str:
        part, fragment = self._part_at(to)
        if part is None:
            return f'{name}="{escape(self._elsewhere(to))}"'
        number = f' data-to-part="{part.number}"' if part is not self.part else ""
        return f'{name}="#{escape(_in_part(part, fragment))}"{number}'

    def _part_at(self, to: str) -> tuple[_Part | None, str]:
        """Give the part that a link leads to, if it is one of these, and what it names in there."""
        path, _, fragment = to.partition("#")
        if not path:
            return self.part, fragment
        if _leaves_the_site(path) or "?" in path:
            return None, ""
        return self.parts.get(urljoin(self.part.text.address, path)), fragment

    def _elsewhere(self, to: str) -> str:
        """Give what a link on the one page says to lead where it led on its own page."""
        if _leaves_the_site(to) or to.startswith("/"):
            return to
        path = re.split(r"[?#]", to, maxsplit=1)[0]
        there = urljoin(self.part.text.address, path)
        return addresses.relative(self.here, there) + to.removeprefix(path)

    def _choices(self, srcset: str) -> str:
        """Move each address in a list of pictures: `small.png 1x, large.png 2x`."""
        moved = []
        for choice in srcset.split(","):
            to, _, when = choice.strip().partition(" ")
            moved.append(f"{self._elsewhere(to)} {when}".strip())
        return ", ".join(moved)


def _is_id(tag: str, attribute: str) -> bool:
    return attribute == "id" or (attribute == "name" and tag in ("a", "map"))


def _in_part(part: _Part, fragment: str) -> str:
    """Name an element of a part, or the part where it has no such element."""
    is_there = unquote(fragment) in part.ids
    return f"{part.text.id}{APART}{fragment}" if is_there else part.text.id


def _leaves_the_site(to: str) -> bool:
    split = urlsplit(to)
    return bool(split.scheme or split.netloc)


def _lower(tag: str) -> str:
    """Give a heading's tag one level down; other tags stay."""
    is_heading = len(tag) == 2 and tag[0] in "hH" and tag[1] in "12345"
    return f"{tag[0]}{int(tag[1]) + 1}" if is_heading else tag
