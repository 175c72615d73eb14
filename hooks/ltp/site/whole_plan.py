"""The page that has a whole edition on it, to print: what `ltp.site.page_views` puts into its view."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ltp.plans.model import Edition, Page
from ltp.site import addresses, one_page
from ltp.site.views import Fact, Link, Part, Section

TITLE = "On one page, to print"

HELP = Section("help-now", "If you need help now", crisis_cards=True)


@dataclass(frozen=True)
class WholePlan:
    """One edition, all its pages in reading order."""

    edition: Edition
    rendered: Mapping[str, str]
    """The text of every page as HTML, by address."""
    page_facts: Callable[[Page], Iterator[Fact]]
    """What is said about a page: its source, its dates."""

    @property
    def lead(self) -> str:
        """The sentence under the heading."""
        return f"All of this {self.edition.kind.value} on one page, to read or to print."

    @property
    def source(self) -> Sequence[str]:
        """The documents that any of it comes from, each once."""
        pages = (source for page in self.edition.pages for source in page.facts.source)
        return list(dict.fromkeys([*self.edition.source, *pages]))

    def parts(self) -> Sequence[Part]:
        """Give each page as a part of this one."""
        pages = self.edition.pages
        texts = [self._text(page) for page in pages]
        moved = one_page.together(texts, addresses.whole(self.edition))
        count = f" of {len(pages)}" if len(pages) > 1 else ""
        return [
            Part(
                id=text.id,
                caption=f"Part {at}{count}" if count else "",
                heading=self._heading(page),
                lead=page.facts.summary or "",
                lang=page.facts.language,
                html=html,
                facts=tuple(self.page_facts(page)),
            )
            for at, (page, text, html) in enumerate(zip(pages, texts, moved, strict=True), 1)
        ]

    def contents(self) -> tuple[Link, ...]:
        """Lead to each part, where there are several."""
        pages = self.edition.pages
        links = (
            Link(self._heading(page), f"#{self._text(page).id}", lang=page.facts.language)
            for page in pages
        )
        return tuple(links) if len(pages) > 1 else ()

    def _text(self, page: Page) -> one_page.Text:
        address = addresses.page_of(self.edition, page)
        # What MkDocs could not read has a finding, and then nothing of this is published.
        return one_page.Text(page.name, address, self.rendered.get(address, ""))

    def _heading(self, page: Page) -> str:
        """Give a page's title; the front page's may be the plan's own name, which is the `h1` already."""
        return "Overview" if page.title == self.edition.label else page.title


def link_to(edition: Edition, href: Callable[[str], str]) -> Link:
    """Lead to the page of a whole edition from one of its pages."""
    words = f"All of this {edition.kind.value} on one page, to print"
    return Link(words, href(addresses.whole(edition)))
