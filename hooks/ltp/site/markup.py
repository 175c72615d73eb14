"""The design system's markup for what editors write in Markdown, made while Markdown is read.

Bare headings, paragraphs, lists and links already look right. What is done here: tables get a
caption, header scopes and a region that scrolls; notes, warnings and expanders get the design
system's elements; footnotes and abbreviations say in words what only a symbol or a pointer would
tell; what is written from right to left says so. Nothing carries a `style` attribute, which a strict
content policy blocks.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from ltp.plans.languages import is_right_to_left

EXTENSIONS: Final = (
    "toc",
    "tables",
    "fenced_code",
    "abbr",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "admonition",
    "pymdownx.details",
)
"""Python-Markdown's extensions for every page, as `mkdocs.yml` names them after MkDocs' own three."""

CAPTION: Final = "Table: "
"""What a paragraph begins with that is the caption of the table under it."""

_ALIGNED: Final = {"right": "app-cell--numeric", "center": "app-cell--centre"}
_CAPTION: Final = "nhsuk-table__caption"
_HIDDEN: Final = "nhsuk-u-visually-hidden"
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_SPEAKS: Final = re.compile(r"<[a-z][^<>]*?\slang=[\"']?([A-Za-z0-9-]+)[^<>]*", re.IGNORECASE)
_CONTAINERS: Final = ("blockquote", "details", "div")
_NO_ROOM: Final = frozenset(("a", "abbr", "summary", *_HEADINGS))
"""Elements in which an abbreviation is not written out: their words are names."""


def with_room_for_tables(text: str) -> str:
    """Put an empty line between a caption and the table straight under it, which Markdown needs."""
    return _TIGHT.sub(r"\1\n\n", text)


_TIGHT: Final = re.compile(rf"^({CAPTION}.*)\n(?=\|)", re.MULTILINE)


class NhsMarkup(Extension):
    """Registers the tree processor after `toc` (5), before MkDocs rewrites links (0)."""

    def __init__(self) -> None:
        super().__init__()
        self.language: str | None = None
        """The language of the page that is converted next, where it is not English."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Register the tree processor, and the extension itself, so that it is reset."""
        self.md = md
        md.registerExtension(self)
        md.treeprocessors.register(_NhsTree(md, self), "nhs-markup", 4)

    def reset(self) -> None:
        """Write `<img>`, not `<img />`, as HTML does. Only here: Markdown sets its own form after extensions."""
        self.md.set_output_format("html")


def is_readable(address: str) -> bool:
    """Tell whether a web address can be taken apart; MkDocs would stop at one that can't."""
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True


class _NhsTree(Treeprocessor):
    def __init__(self, md: Markdown, markup: NhsMarkup) -> None:
        super().__init__(md)
        self.markup = markup

    def run(self, root: Element) -> None:
        self.root = root
        self.tables = 0
        self.level = 1
        """The level of the heading that was met last; the page's title is above all."""
        self.heading = ""
        self.names: Counter[str] = Counter()
        """How often each name of a table was given on this page."""
        self.written_out: set[str] = set()
        """The abbreviations that were met."""
        self._children(root, has_room=True)
        self._directions()

    def _children(self, parent: Element, *, has_room: bool) -> None:
        caption: Element | None = None
        for child in list(parent):
            if child.get("class") == _CAPTION:
                continue  # it was met as the paragraph above its table
            if child.attrib:
                self._attributes(child)
            if child.tag in _HEADINGS:
                self.level, self.heading = int(child.tag[1]), _words(child)
            elif child.tag == "table":
                self._table(parent, child, caption)
            elif child.tag == "details":
                self._details(child)
            elif child.tag == "div" and "admonition" in _classes(child):
                self._admonition(child)
            elif child.tag == "div" and child.get("class") == "footnote":
                self._footnotes(child)
            elif child.tag == "a":
                self._footnote_link(child)
            elif child.tag == "abbr" and has_room:
                self._abbreviation(parent, child)
            elif child.tag == "img":
                child.set("class", f"app-image {child.get('class', '')}".strip())
            caption = child if _is_caption(child) else None
            if not len(child):
                continue
            inside = has_room and child.tag not in _NO_ROOM and caption is None
            around = self.level, self.heading
            self._children(child, has_room=inside)
            if child.tag in _CONTAINERS:  # what follows is under the heading that stood above it
                self.level, self.heading = around

    # -- any element

    def _attributes(self, element: Element) -> None:
        """Say the direction of another language; take away an address that MkDocs would stop at."""
        language = element.get("lang")
        if language and "dir" not in element.attrib and is_right_to_left(language):
            element.set("dir", "rtl")
        for name in ("href", "src"):
            if name in element.attrib and not is_readable(element.attrib[name]):
                element.set(name, "")

    def _in_english(self, element: Element) -> None:
        """Mark words of ours on a page that is in another language."""
        if self.markup.language:
            element.set("lang", "en")
            if is_right_to_left(self.markup.language):
                element.set("dir", "ltr")

    def _directions(self) -> None:
        """Say the direction of another language in HTML that an editor wrote, which is no part of the tree."""
        kept = self.md.htmlStash.rawHtmlBlocks
        for number, written in enumerate(kept):
            if isinstance(written, str) and "lang" in written:
                kept[number] = _SPEAKS.sub(_with_direction, written)

    def _abbreviation(self, parent: Element, abbreviation: Element) -> None:
        """Write out what letters stand for when they are first used: a title shows to a mouse alone."""
        letters, meaning = abbreviation.text or "", abbreviation.get("title")
        if not meaning or letters in self.written_out:
            return
        self.written_out.add(letters)
        at = list(parent).index(abbreviation)
        before = (parent[at - 1].tail if at else parent.text) or ""
        after = abbreviation.tail or ""
        if not (before.rstrip().endswith("(") or after.lstrip().startswith("(")):
            del abbreviation.attrib["title"]
            abbreviation.tail = f" ({meaning}){after}"

    # -- tables

    def _table(self, parent: Element, table: Element, caption: Element | None) -> None:
        self.tables += 1
        region = Element("div", {"class": "app-table", "role": "region", "tabindex": "0"})
        parent[list(parent).index(table)] = region
        region.tail, table.tail = table.tail, None
        region.append(table)
        table.set("class", "nhsuk-table")
        self._name(region, table, parent, caption)
        for row in table.iter("tr"):
            self._row(row)

    def _name(
        self, region: Element, table: Element, parent: Element, caption: Element | None
    ) -> None:
        """Name a table's region by its caption, or by the heading above it; no two alike."""
        if caption is None:
            name = f"Table: {self.heading}" if self.heading else "Table"
        else:
            parent.remove(caption)
            self._caption(table, caption, f"table-{self.tables}-caption")
            name = _words(caption)
        self.names[name] += 1
        if self.names[name] > 1:
            region.set("aria-label", f"{name} ({self.names[name]})")
        elif caption is None:
            region.set("aria-label", name)
        else:
            region.set("aria-labelledby", f"table-{self.tables}-caption")

    def _caption(self, table: Element, paragraph: Element, name: str) -> None:
        paragraph.tag = "caption"
        paragraph.text = (paragraph.text or "").removeprefix(CAPTION)
        paragraph.tail = None
        paragraph.attrib = {"class": _CAPTION, "id": name}
        table.insert(0, paragraph)

    def _row(self, row: Element) -> None:
        row.set("class", "nhsuk-table__row")
        for at, cell in enumerate(row):
            heads_column = cell.tag == "th"
            if heads_column or at == 0:
                cell.tag = "th"
                cell.set("scope", "col" if heads_column else "row")
            align = _take_alignment(cell)
            kind = "nhsuk-table__header" if cell.tag == "th" else "nhsuk-table__cell"
            cell.set("class", f"{kind} {_ALIGNED.get(align, '')}".strip())
            if cell.tag == "th" and not (cell.text or "").strip() and not len(cell):
                cell.tag = "td"  # an empty header says nothing, and is a fault to some readers
                del cell.attrib["scope"]

    # -- notes, warnings, expanders

    def _admonition(self, block: Element) -> None:
        kinds = _classes(block)
        title = next((child for child in block if "admonition-title" in _classes(child)), None)
        is_warning = bool({"warning", "danger"} & {*kinds})
        block.set("class", "nhsuk-warning-callout" if is_warning else "nhsuk-inset-text")
        if title is None:
            return
        said = title.text or ""
        if not is_warning and kinds[1:2] == [said.lower()]:
            # The kind itself, because the editor gave no title: as the design system says it.
            title.tag, title.attrib = "span", {"class": _HIDDEN}
            title.text = "Information: "
            self._in_english(title)
            return
        title.tag = f"h{min(self.level + 1, 6)}"
        title.set("class", "nhsuk-warning-callout__label" if is_warning else "nhsuk-heading-s")
        if is_warning:
            title.text = None
            hidden = Element("span", {"class": _HIDDEN})
            hidden.text, hidden.tail = "Important: ", said
            self._in_english(hidden)
            title.insert(0, hidden)

    def _details(self, details: Element) -> None:
        details.set("class", "nhsuk-details")
        summary = details.find("summary")
        if summary is None:
            return
        summary.set("class", "nhsuk-details__summary")
        words = Element("span", {"class": "nhsuk-details__summary-text"})
        words.text, summary.text = summary.text, None
        for child in list(summary):
            summary.remove(child)
            words.append(child)
        summary.append(words)
        text = Element("div", {"class": "nhsuk-details__text"})
        for child in list(details):
            if child is not summary:
                details.remove(child)
                text.append(child)
        details.append(text)

    # -- footnotes

    def _footnotes(self, block: Element) -> None:
        """Put a heading over the notes, in place of the line; lead back only where a mark is."""
        marks = {link.get("href") for link in self.root.iter("a")}
        for note in block.iter("li"):
            if note.get("id", "").startswith("fn:") and f"#{note.get('id')}" not in marks:
                _take_out_the_way_back(note)
        rule = block.find("hr")
        if rule is None:
            return
        if self.heading.lower().startswith(("footnote", "note")):
            block.remove(rule)
            return
        rule.tag, rule.text = "h2", "Footnotes"
        rule.set("class", "nhsuk-heading-s")
        self._in_english(rule)

    def _footnote_link(self, link: Element) -> None:
        """Say in words what the number or the arrow of a footnote does."""
        kind = link.get("class")
        if kind == "footnote-ref":
            hidden = Element("span", {"class": _HIDDEN})
            hidden.text, hidden.tail = "Footnote ", link.text
            self._in_english(hidden)
            link.text = None
            link.insert(0, hidden)
        elif kind == "footnote-backref":
            number = re.search(r"\d+", link.attrib.pop("title", ""))
            place = re.match(r"#fnref(\d+)", link.get("href", ""))
            arrow = SubElement(link, "span", {"aria-hidden": "true"})
            arrow.text, link.text = link.text, None
            hidden = SubElement(link, "span", {"class": _HIDDEN})
            hidden.text = f"Back to footnote {number[0] if number else ''} in the text"
            if place:
                hidden.text += f", place {place[1]}"
            self._in_english(hidden)


def _take_out_the_way_back(note: Element) -> None:
    for parent in note.iter():
        for link in list(parent):
            if link.get("class") == "footnote-backref":
                parent.remove(link)


def _is_caption(element: Element) -> bool:
    return element.tag == "p" and (element.text or "").startswith(CAPTION)


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _take_alignment(cell: Element) -> str:
    """Take away the `style` that Python-Markdown writes on aligned cells, and say what it said."""
    style = cell.attrib.pop("style", "")
    return style.removeprefix("text-align:").strip(" ;")


def _words(element: Element) -> str:
    """Give an element's words, without what Python-Markdown keeps aside."""
    return " ".join(re.sub("\x02wzxhzdk:[^\x03]*\x03", "", "".join(element.itertext())).split())


def _with_direction(tag: re.Match[str]) -> str:
    if not is_right_to_left(tag[1]) or re.search(r"\sdir=", tag[0], re.IGNORECASE):
        return tag[0]
    end = "/" if tag[0].endswith("/") else ""
    return f'{tag[0].removesuffix("/").rstrip()} dir="rtl"{end}'
