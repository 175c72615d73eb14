"""Markdown within lines, read without looking for what cannot be there.

Python-Markdown tries every pattern of links, bold, code, HTML and so on at every piece of text: some
700 times a page, and nearly always in vain. Here a pattern is tried where the text has a sign that
each of its matches has. What comes of a text is the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element

from markdown import Markdown, inlinepatterns
from markdown.extensions import Extension
from markdown.inlinepatterns import Pattern
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString, Registry

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

_ALWAYS: Final = ("",)
"""What stands for signs where they are not known: every text has it."""


class QuickInline(Extension):
    """Puts our reading of lines in the place of Python-Markdown's."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Register the tree processor under the name and the priority of Python-Markdown's own."""
        md.treeprocessors.register(_QuickInline(md), "inline", 20)


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
