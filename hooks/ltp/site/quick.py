"""Markdown read with less work: nothing is tried where a sign that it needs is not there.

Python-Markdown asks each kind of block about every block, and tries every pattern of links, bold, code
and so on at every piece of text: some 1,000 times a page, and nearly always in vain. To look for a sign
takes a tenth of that. What comes of a page is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final
from xml.etree.ElementTree import Element

from markdown import Markdown, blockprocessors, inlinepatterns
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrBlockprocessor, AbbrTreeprocessor
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.extensions.def_list import DefListProcessor
from markdown.extensions.footnotes import (
    FootnoteBlockProcessor,
    FootnoteExtension,
    FootnoteTreeprocessor,
)
from markdown.extensions.md_in_html import MarkdownInHtmlProcessor
from markdown.extensions.tables import TableProcessor
from markdown.extensions.toc import TocTreeprocessor
from markdown.inlinepatterns import Pattern
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor
from markdown.util import STX, AtomicString, Registry
from pymdownx.details import DetailsProcessor  # type: ignore[import-untyped]  # it has no types

INDENT: Final = "    "
"""What a block begins with that belongs into the one before it: Python-Markdown's `tab_length`."""

SIGNS_OF_BLOCKS: Final[Mapping[type[BlockProcessor], tuple[str, ...]]] = {
    AbbrBlockprocessor: ("*[",),
    AdmonitionProcessor: ("!!!", INDENT),
    blockprocessors.BlockQuoteProcessor: (">",),
    blockprocessors.HashHeaderProcessor: ("#",),
    blockprocessors.HRProcessor: ("-", "*", "_"),
    blockprocessors.ReferenceProcessor: ("]:",),
    blockprocessors.SetextHeaderProcessor: ("\n=", "\n-"),
    DefListProcessor: (": ",),
    DetailsProcessor: ("???", INDENT),
    FootnoteBlockProcessor: ("[^",),
    MarkdownInHtmlProcessor: (STX,),
    TableProcessor: ("|",),
}
"""The signs of each kind of block, by its processor: every block of that kind has at least one of them."""

SIGNS: Final[Mapping[str, tuple[str, ...]]] = {
    inlinepatterns.BACKTICK_RE: ("`",),
    inlinepatterns.ESCAPE_RE: ("\\",),
    r"\[\^([^\]]*)\]": ("[^",),  # of a footnote
    inlinepatterns.LINK_RE: ("[",),
    inlinepatterns.REFERENCE_RE: ("[",),
    inlinepatterns.IMAGE_LINK_RE: ("![",),
    inlinepatterns.IMAGE_REFERENCE_RE: ("![",),
    inlinepatterns.AUTOLINK_RE: ("<",),
    inlinepatterns.AUTOMAIL_RE: ("<",),
    inlinepatterns.LINE_BREAK_RE: ("  \n",),
    inlinepatterns.HTML_RE: ("<",),
    inlinepatterns.ENTITY_RE: ("&",),
    r"\*|_": ("*", "_"),  # of bold and italics
}
"""The signs of each pattern, by its regular expression: every match has at least one of them."""

_Place = tuple[Element, Element, bool]
"""Where footnotes go: an element, the one that it is in, and whether it is there for them alone."""

_ALWAYS: Final = ("",)
"""What stands for signs where they are not known: every text has it."""


class QuickMarkdown(Extension):
    """Spares Python-Markdown work. It has to come after the extensions that bring blocks."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Ask for signs first; register the tree processor in the place of Python-Markdown's own."""
        md.parser.parseBlocks = _parsing(md.parser)  # type: ignore[assignment,method-assign]  # a function in a method's place
        for reader in md.treeprocessors:
            if type(reader) is AbbrTreeprocessor:
                reader.iter_element = _marking(reader)  # type: ignore[assignment,method-assign]  # a function in a method's place
            elif type(reader) is TocTreeprocessor:
                reader.run = _listing(reader)  # type: ignore[assignment,method-assign]  # a function in a method's place
            elif type(reader) is FootnoteTreeprocessor:
                notes = reader.footnotes
                notes.findFootnotesPlaceholder = _finding_place(notes)  # type: ignore[assignment,method-assign]  # a function in a method's place
            elif type(reader) is UnescapeTreeprocessor:
                reader.unescape = _unescaping(reader)  # type: ignore[assignment,method-assign]  # a function in a method's place
        # Asked of a few names, 200 times a page. No extension names an element of its own later on.
        md.is_block_level = cache(md.is_block_level)  # type: ignore[method-assign]  # a function in a method's place
        md.treeprocessors.register(_QuickInline(md), "inline", 20)


def _parsing(parser: BlockParser) -> Callable[[Element, list[str]], None]:
    """Give what goes through blocks, and asks no kind of block of which no sign is there."""
    kinds = [
        (
            SIGNS_OF_BLOCKS.get(type(each), _ALWAYS),
            # It may know already into which block the next belongs, whatever stands in it.
            each if hasattr(each, "current_sibling") else None,
            each.test,
            each.run,
        )
        for each in parser.blockprocessors
    ]

    def quick(parent: Element, blocks: list[str]) -> None:
        while blocks:
            for signs, remembers, test, run in kinds:
                block = blocks[0]
                for sign in signs:
                    if sign in block:
                        break
                else:
                    if getattr(remembers, "current_sibling", None) is None:
                        continue
                if test(parent, block) and run(parent, blocks) is not False:
                    break

    return quick


def _marking(abbreviations: AbbrTreeprocessor) -> Callable[[Element, Element | None], None]:
    """Give what marks abbreviations in an element, and goes into none that has no such letters."""
    mark = abbreviations.iter_element

    def quick(element: Element, parent: Element | None = None) -> None:
        words = "".join((*element.itertext(), element.tail or ""))
        if any(letters in words for letters in abbreviations.abbrs):
            mark(element, parent)

    return quick


def _listing(contents: TocTreeprocessor) -> Callable[[Element], None]:
    """Give what names headings, and makes the list of them where the page has a place for it."""
    run, build, marker = contents.run, contents.build_toc_div, contents.marker

    def quick(root: Element) -> None:
        is_asked_for = marker in "".join(root.itertext())
        contents.marker = marker if is_asked_for else ""
        contents.build_toc_div = build if is_asked_for else _no_list  # type: ignore[assignment,method-assign]  # a function in a method's place
        run(root)

    return quick


def _no_list(_: list[object]) -> Element:
    """Stand for the list, which Python-Markdown also keeps as `Markdown.toc`: nobody asks for that."""
    return Element("div")


def _finding_place(notes: FootnoteExtension) -> Callable[[Element], _Place | None]:
    """Give what finds the place for the footnotes, where the page has one of its own for them."""
    find, marker = notes.findFootnotesPlaceholder, notes.getConfig("PLACE_MARKER")

    def quick(root: Element) -> _Place | None:
        return find(root) if marker in "".join(root.itertext()) else None

    return quick


def _unescaping(signs: UnescapeTreeprocessor) -> Callable[[str], str]:
    """Give what puts back signs that were escaped, in the few texts that have any."""
    unescape = signs.unescape

    def quick(text: str) -> str:
        return unescape(text) if STX in text else text

    return quick


class _QuickInline(InlineProcessor):
    """Python-Markdown's own, but for the method that goes through the patterns, which is private there."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Look up the signs of the patterns, then read the tree."""
        patterns: Registry[Pattern] = self.inlinePatterns  # type: ignore[assignment]  # stubs are wrong
        self.patterns = [
            (each, SIGNS.get(each.getCompiledRegExp().pattern, _ALWAYS)) for each in patterns
        ]
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        """Give a text with what the patterns from this one on make of it; one that is skipped has no match."""
        if isinstance(data, AtomicString):
            return data
        at, start = patternIndex, 0
        while at < len(self.patterns):
            pattern, signs = self.patterns[at]
            matched = False
            for sign in signs:
                if sign in data:
                    data, matched, start = self._InlineProcessor__applyPattern(  # type: ignore[attr-defined]
                        pattern, data, at, start
                    )
                    break
            if not matched:
                at, start = at + 1, 0
        return data
