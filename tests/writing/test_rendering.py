"""One Markdown renders the texts of a whole target, and each comes out as from MkDocs' own page."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from ltp.publishing import rendering
from ltp.publishing.rendering import Renderer
from ltp.publishing.texts import RenderedText
from ltp.site.markup import NhsMarkup
from ltp.site.quick import QuickMarkdown
from ltp.writing.text import Text
from ltp.writing.tree import Noting

from .test_any_text import MARKDOWN

ROOT = Path(__file__).parents[2]
SOURCES = ("index.md", "2024-25/crisis.md", "2024-25/schools.md", "2024-25/map.svg")
UNREADABLE = "Words.\n\nA <![b c> d.\n"


class Rendering:
    """The configuration of a target, with the extensions that the engine gives it, and its files."""

    def __init__(self) -> None:
        self.noting = Noting()
        self.config: MkDocsConfig = load_config(str(ROOT / "mkdocs.yml"), hooks=[])
        ours = (QuickMarkdown(), self.noting, NhsMarkup())
        self.config.markdown_extensions.extend(ours)  # type: ignore[arg-type]  # as in the engine
        folders = (self.config.docs_dir, self.config.site_dir)
        self.files = Files([File(each, *folders, use_directory_urls=True) for each in SOURCES])
        self.file = self.files.src_uris[SOURCES[1]]
        self.renderer = Renderer(self.config, self.noting)

    def ours(self, text: str) -> RenderedText | str:
        try:
            return self.renderer.render(text, self.file, self.files)
        except AssertionError as error:
            return f"{error!r}"

    def of_mkdocs(self, text: str) -> RenderedText | str:
        page = Page(None, self.file, self.config)
        page.markdown, page.meta = text, {"title": "Crisis"}
        try:
            page.render(self.config, self.files)
        except AssertionError as error:
            return f"{error!r}"
        assert page.content is not None
        return RenderedText(
            html=page.content,
            ids=frozenset(page.present_anchor_ids or ()),
            links={to.src_uri: links for to, links in (page.links_to_anchors or {}).items()},
            text=self.noting.text,
        )


OURS, MKDOCS = Rendering(), Rendering()


@contextmanager
def warnings() -> Iterator[list[str]]:
    logger, heard = logging.getLogger("mkdocs.structure.pages"), list[str]()
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    logger.addHandler(handler)
    try:
        yield heard
    finally:
        logger.removeHandler(handler)


def comes_out_the_same(text: str) -> bool:
    with warnings() as heard:
        ours = OURS.ours(text)
    with warnings() as told:
        of_mkdocs = MKDOCS.of_mkdocs(text)
    return (ours, heard) == (of_mkdocs, told)


EVERYTHING = """\
# Crisis { .big }

Words[^n] of CAMHS, with a [link](schools.md#here), [another][r] and ![a map](map.svg).[^n]

## Here
## Here

<p id="there">HTML with an <a name="anchor">anchor</a></p>

<div markdown="1">
*Markdown* in HTML, and a [wrong link](nowhere.md).
</div>

!!! warning "Careful"
    A note, and a [part of this page](#here).

??? "More"
    An expander.

Table: What there is

| One | Two |
|-----|----:|
| a   | b   |

Term
:   What it means

[r]: ../index.md#anchor

[^n]: A note.

*[CAMHS]: Child and adolescent mental health services
"""
NOTHING_DEFINED = "Words[^n] of CAMHS, [another][r].\n\n## Here\n"
"""Comes out otherwise where something of `EVERYTHING` is still known."""


@pytest.mark.parametrize(
    "texts",
    [
        (EVERYTHING,),
        (EVERYTHING, EVERYTHING),
        (EVERYTHING, NOTHING_DEFINED, EVERYTHING),
        (EVERYTHING, "", NOTHING_DEFINED, "  \n", EVERYTHING),
        (EVERYTHING, UNREADABLE, NOTHING_DEFINED),
        ("- a list\n\n    !!! note\n        in it", "        no more of it", "    nor here"),
        ("> <div markdown='1'>\n> open", "</div>", "**open", "closed**", "[open](", "schools.md)"),
    ],
)
def test_texts_one_after_the_other_come_out_as_from_a_page_each(texts: tuple[str, ...]) -> None:
    assert all(comes_out_the_same(text) for text in texts)


@given(
    texts=st.lists(st.one_of(MARKDOWN, st.sampled_from((EVERYTHING, NOTHING_DEFINED, UNREADABLE))))
)
@settings(derandomize=True, max_examples=100, deadline=None)
def test_whatever_texts_they_are_they_come_out_as_from_a_page_each(texts: list[str]) -> None:
    assert all(comes_out_the_same(text) for text in texts)


def test_what_comes_of_a_text_is_all_there() -> None:
    with warnings() as heard:
        rendered = OURS.ours(EVERYTHING)

    assert isinstance(rendered, RenderedText)
    assert rendered.html.startswith('<h1 class="big" id="crisis">Crisis</h1>')
    assert rendered.ids >= {"crisis", "here", "here_1", "there", "anchor", "fn:n", "fnref:n"}
    assert rendered.links == {
        "index.md": {"anchor": "../index.md#anchor"},
        "2024-25/schools.md": {"here": "schools.md#here"},
        "2024-25/crisis.md": {part: f"#{part}" for part in ("here", "fn:n", "fnref:n", "fnref2:n")},
    }
    assert "CAMHS" in rendered.text.explained
    assert [message for message in heard if "nowhere.md" in message]


def test_nothing_is_read_of_a_text_that_is_empty() -> None:
    OURS.ours(EVERYTHING)

    assert OURS.ours("") == RenderedText("", frozenset(), {}, Text("", ()))


@pytest.mark.parametrize(
    ("texts", "made"),
    [(("One", "Two", "", "Three"), 1), (("One", UNREADABLE, "Two", UNREADABLE, "Three"), 3)],
)
def test_one_markdown_is_made_for_all_texts_up_to_one_that_cannot_be_read(
    texts: tuple[str, ...], made: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = Mock(wraps=Markdown)
    monkeypatch.setattr(rendering, "Markdown", counted)
    target = Rendering()

    for text in texts:
        target.ours(text)

    assert counted.call_count == made
