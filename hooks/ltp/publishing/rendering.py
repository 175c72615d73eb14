"""What MkDocs makes of a page's Markdown, with one Markdown for all pages of a target.

MkDocs' `Page.render` makes a new one for each page, with all its extensions, which takes a sixth of the
time that the page takes. All else is done here as it is there, by the same readers of MkDocs. They are
private; a test compares what comes of texts here and there.
"""

from __future__ import annotations

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import (
    _ExtractAnchorsTreeprocessor,
    _RawHTMLPreprocessor,
    _RelativePathTreeprocessor,
)

from ltp.publishing.texts import RenderedText
from ltp.writing.tree import Noting


class Renderer:
    """Renders one text after the other, each as if it were the only one."""

    def __init__(self, config: MkDocsConfig, noting: Noting) -> None:
        self.config = config
        self.noting = noting
        """One of the extensions of the configuration: what it reads of a text is kept with it."""
        self._markdown: Markdown | None = None

    def render(self, text: str, file: File, files: Files) -> RenderedText:
        """Give what comes of a file's text, and warn of its links as MkDocs does.

        Raises AssertionError at a text that Python's HTML parser can't read.
        """
        markdown, self._markdown = self._markdown or self._new(), None
        raw_html = _RawHTMLPreprocessor()
        anchors = _ExtractAnchorsTreeprocessor(file, files, self.config)
        links = _RelativePathTreeprocessor(file, files, self.config)
        for each in (raw_html, anchors, links):
            each._register(markdown)  # in place of those of the page before
        html = markdown.reset().convert(text)
        self._markdown = markdown  # one that was left in the middle of a text is not used again
        return RenderedText(
            html=html,
            ids=frozenset(raw_html.present_anchor_ids | anchors.present_anchor_ids),
            links={to.src_uri: dict(parts) for to, parts in links.links_to_anchors.items()},
            text=self.noting.text,
        )

    def _new(self) -> Markdown:
        return Markdown(
            extensions=self.config.markdown_extensions,
            extension_configs=self.config.mdx_configs or {},
        )
