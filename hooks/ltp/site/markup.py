"""The design system's markup for what editors write in Markdown, made while Markdown is read.

Bare headings, paragraphs, lists and links already look right. What is done here: tables get a
caption, header scopes and a region that scrolls; notes, warnings and expanders get the design
system's elements; nothing carries a `style` attribute, which a strict content policy blocks.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

CAPTION: Final = "Table: "
"""What a paragraph begins with that is the caption of the table under it."""

_ALIGNED: Final = {"right": "app-cell--numeric", "center": "app-cell--centre"}


def with_room_for_tables(text: str) -> str:
    """Put an empty line between a caption and the table straight under it, which Markdown needs."""
    return _TIGHT.sub(r"\1\n\n", text)


_TIGHT: Final = re.compile(rf"^({CAPTION}.*)\n(?=\|)", re.MULTILINE)


class NhsMarkup(Extension):
    """Registers the tree processor after `toc` (5), before MkDocs rewrites links (0)."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Register the tree processor, and the extension itself, so that it is reset."""
        self.md = md
        md.registerExtension(self)
        md.treeprocessors.register(_NhsTree(md), "nhs-markup", 4)

    def reset(self) -> None:
        """Write `<img>`, not `<img />`, as HTML does. Only here: Markdown sets its own form after extensions."""
        self.md.set_output_format("html")


class _NhsTree(Treeprocessor):
    def run(self, root: Element) -> None:
        self.tables = 0
        self._children(root)

    def _children(self, parent: Element) -> None:
        caption: Element | None = None
        for child in list(parent):
            if child.tag == "table":
                self._table(parent, child, caption)
            elif child.tag == "details":
                self._details(child)
            elif child.tag == "div" and "admonition" in _classes(child):
                self._admonition(child)
            elif child.tag == "img":
                child.set("class", f"app-image {child.get('class', '')}".strip())
            elif child.tag == "a":
                _name_note(child)
            caption = child if _is_caption(child) else None
            self._children(child)

    # -- tables

    def _table(self, parent: Element, table: Element, caption: Element | None) -> None:
        self.tables += 1
        name = f"table-{self.tables}"
        region = Element("div", {"class": "app-table", "role": "region", "tabindex": "0"})
        parent[list(parent).index(table)] = region
        region.tail, table.tail = table.tail, None
        region.append(table)
        table.set("class", "nhsuk-table")
        if caption is None:
            region.set("aria-label", "Table")
        else:
            parent.remove(caption)
            self._caption(table, caption, f"{name}-caption")
            region.set("aria-labelledby", f"{name}-caption")
        for row in table.iter("tr"):
            self._row(row)

    def _caption(self, table: Element, paragraph: Element, name: str) -> None:
        paragraph.tag = "caption"
        paragraph.text = (paragraph.text or "").removeprefix(CAPTION)
        paragraph.tail = None
        paragraph.attrib = {"class": "nhsuk-table__caption", "id": name}
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
        title = next((child for child in block if "admonition-title" in _classes(child)), None)
        if "warning" in _classes(block) or "danger" in _classes(block):
            block.set("class", "nhsuk-warning-callout")
            if title is not None:
                title.tag = "h3"
                title.set("class", "nhsuk-warning-callout__label")
                said = title.text or ""
                title.text = None
                hidden = SubElement(title, "span", {"class": "nhsuk-u-visually-hidden"})
                hidden.text, hidden.tail = "Important: ", said
        else:
            block.set("class", "nhsuk-inset-text")
            if title is not None:
                title.set("class", "nhsuk-u-font-weight-bold")

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


def _name_note(link: Element) -> None:
    """Say in words what the small numbers and arrows of footnotes lead to."""
    if "footnote-ref" in _classes(link):
        link.set("aria-label", f"Note {link.text}")
    elif "footnote-backref" in _classes(link):
        link.set("aria-label", link.attrib.pop("title"))


def _is_caption(element: Element) -> bool:
    return element.tag == "p" and (element.text or "").startswith(CAPTION)


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _take_alignment(cell: Element) -> str:
    """Take away the `style` that Python-Markdown writes on aligned cells, and say what it said."""
    style = cell.attrib.pop("style", "")
    return style.removeprefix("text-align:").strip(" ;")
