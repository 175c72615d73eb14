"""Reads the tree that Python-Markdown makes of a page into a `Text`.

The tree says exactly what is a link, a heading or code, and what is only like one. It is read once for
each page, while MkDocs turns it into HTML, or by `read` alone, which starts no MkDocs. HTML that an
editor wrote into the Markdown is kept beside the tree until its end; it is read where it stands.
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from html.parser import HTMLParser
from typing import Any, Final
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.tables import TableProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from ltp.site.markup import CAPTION, EXTENSIONS, with_room_for_tables
from ltp.site.quick import QuickMarkdown
from ltp.writing.policy import OUT_OF_PLACE
from ltp.writing.text import (
    CODE,
    Heading,
    LinkInText,
    Marking,
    Picture,
    Run,
    Spot,
    Stretch,
    TableInText,
    Text,
    Unconverted,
    UnevenRow,
)

DECORATION: Final = "decoration"
"""The class of a picture that says nothing: `![](line.svg){ .decoration }`."""

_NAMES_OF_BLOCKS: Final = (
    "address article aside blockquote br caption center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table tbody td "
    "tfoot th thead tr ul"
)
_BLOCKS: Final = frozenset(_NAMES_OF_BLOCKS.split())
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_EMPTY: Final = frozenset(
    ("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
"""Elements that end where they begin."""
_CODE: Final = frozenset(("code", "pre", "kbd", "samp"))
_UNREAD: Final = frozenset(("script", "style", "template"))
"""Elements whose text is none for readers."""
_TOLD: Final = frozenset(
    (
        *("applet", "audio", "base", "embed", "frame", "iframe", "link", "meta"),
        *("object", "script", "style", "video"),
        *OUT_OF_PLACE,
    )
)
"""Elements of which a rule has something to say."""
_ATTRIBUTES: Final = frozenset(("lang", "srcset", "style"))
"""Attributes of which a rule has something to say, beside those that begin with `on`."""

_NO_WORDS: Final = re.compile(r"!?\[\s*(?:!\[\s*)?\]\s*[\[(]")
_NO_HEADING: Final = re.compile(
    r"^[ >]*#{1,6}[ #]*(?:\{.*\})?$|<h[1-6]", re.MULTILINE | re.IGNORECASE
)
_NO_HEADERS: Final = re.compile(r"^[ >]*\|?(?:[ ]*\|)+[ ]*$", re.MULTILINE)
_NO_ALTERNATIVE: Final = re.compile(r"!\[\s*\]|<img\b", re.IGNORECASE)
_MARKDOWN: Final = re.compile(
    r"!?\[[^\]\n]+\]\([^)\s]+\)|\*\*(?=\S)[^*\n]+\*\*"
    r"|(?<=\n)[ ]{0,3}(?:#{1,6}|[-*+]|\d+\.) \S.*|(?<=\S)[ ]*\n[ \t]*\n\s*\S.*"
)
"""What is a link, bold, a heading, an item of a list or a new paragraph only where Markdown is read."""
_KEPT_ASIDE: Final = re.compile("\x02([^\x03]*)\x03")
_NUMBERED: Final = re.compile("\x02(?:amp\x03#)?([0-9]+)[\x03;]")
"""A letter after a backslash, or of an email address, which Markdown hides from machines."""
_ALIGNED: Final = re.compile(r"text-align: (?:left|right|center);")
"""The one `style` that the tables extension writes itself; `site.markup` makes a class of it."""


class Noting(Extension):
    """Reads every page that a Markdown instance converts, after `abbr` (7) and before `toc` (5)."""

    def __init__(self) -> None:
        super().__init__()
        self.text = Text("", ())
        """What the page that was converted last holds; nothing, where it is empty."""
        self.uneven: dict[int, tuple[Element, str, str]] = {}
        """The rows of its tables whose cells don't fit, by what Python calls each: as written, what is lost."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Register the tree processor."""
        md.registerExtension(self)
        md.treeprocessors.register(_Noting(md, self), "ltp-noting", 6)
        for each in md.parser.blockprocessors:
            if type(each) is TableProcessor:
                each._build_row = _noting_rows(each, self)  # type: ignore[attr-defined]  # the stubs have no private names
        self.reset()

    def reset(self) -> None:
        """Forget the page before: Markdown makes no tree of an empty one."""
        self.text = Text("", ())
        self.uneven.clear()


def _noting_rows(
    tables: Any, noting: Noting
) -> Callable[[str, Element, Sequence[str | None]], None]:
    """Give what makes the row of a table, and notes one whose cells are not as many as the columns."""
    build = tables._build_row

    def build_and_note(row: str, parent: Element, columns: Sequence[str | None]) -> None:
        build(row, parent, columns)
        # Seen sooner than the cells are counted. After a backslash or in code, a | is only a sign.
        is_plain = row[:1] == row[-1:] == "|" and "\\" not in row and "`" not in row
        if not is_plain or row.count("|") != len(columns) + 1:
            cells = tables._split_row(row)
            lost = " | ".join(cells[len(columns) :]).strip(" |")
            if lost or len(cells) < len(columns):
                noting.uneven[id(parent[-1])] = (parent[-1], row, lost)

    return build_and_note


class _Noting(Treeprocessor):
    def __init__(self, md: Markdown, noting: Noting) -> None:
        super().__init__(md)
        self.noting = noting

    def run(self, root: Element) -> None:
        kept = [each if isinstance(each, str) else "" for each in self.md.htmlStash.rawHtmlBlocks]
        reader = _Reader(kept, self.noting.uneven)
        reader.element(root)
        self.noting.text = reader.text(self._abbreviations())

    def _abbreviations(self) -> Iterable[str]:
        """Name the letters that the page explains with `*[CAMHS]: …`, used just so or not."""
        if "abbr" not in self.md.treeprocessors:
            return ()
        return getattr(self.md.treeprocessors["abbr"], "abbrs", {})


def read(markdown: str) -> Text:
    """Read a page's Markdown by itself, as a build does while it renders."""
    converter, noting = _converter()
    converter.reset()
    converter.convert(with_room_for_tables(markdown))
    return noting.text


@cache
def _converter() -> tuple[Markdown, Noting]:
    noting = Noting()
    return Markdown(extensions=[*EXTENSIONS, QuickMarkdown(), noting]), noting


class _Open:
    """Something that is open while its inside is read."""

    __slots__ = ("attributes", "has_picture", "has_text", "is_html", "start", "words")

    def __init__(self, start: Spot, attributes: Mapping[str, str], *, is_html: bool) -> None:
        self.start = start
        self.attributes = attributes
        self.is_html = is_html
        self.words: list[str] = []
        self.has_picture = False
        self.has_text = False

    @property
    def said(self) -> str:
        return " ".join("".join(self.words).split())


class _Reader:
    """Takes elements and letters in the order of the page, from the tree and from HTML beside it."""

    def __init__(self, kept: Sequence[str], uneven: Mapping[int, tuple[Element, str, str]]) -> None:
        self.kept = kept
        self.uneven = uneven
        self.words: list[str] = []
        self.length = 0
        self.ended = True
        """Whatever comes next begins a line."""
        self.runs: list[Run] = []
        self.headings: list[Heading] = []
        self.links: list[LinkInText] = []
        self.pictures: list[Picture] = []
        self.tables: list[TableInText] = []
        self.uneven_rows: list[UnevenRow] = []
        self.deepest = 0
        self.footnotes: list[str] = []
        self.marked: set[str] = set()
        """Where the marks of footnotes lead."""
        self.bold: list[Stretch] = []
        self.italics: list[Stretch] = []
        self.markings: list[Marking] = []
        self.unconverted: list[Unconverted] = []
        self.explained: set[str] = set()
        self.is_html = False
        """What is read now is HTML that an editor wrote."""
        self.inside: dict[str, list[_Open]] = {}
        """What is open, the innermost last, by what it is."""
        self.listening: list[_Open] = []
        """What is open and gathers words."""
        self.latest_bold: _Open | None = None
        self.path: list[str] = []
        """The elements of the tree that are open."""
        self.made_title = ""
        """What the next note or expander is called, if an editor gave it no title."""
        self.unread = 0
        self.code = 0
        self.caption: str | None = None
        """The caption that the paragraph before gave, if a table follows at once."""
        self.headers: list[list[str]] = []
        self.captions: list[str | None] = []

    # -- the tree

    def element(self, element: Element) -> None:
        """Read an element of the tree with all that is in it, and what follows it."""
        tag = element.tag
        if _is_made_here(element):
            self.marked.add(element.get("href", ""))
        elif isinstance(tag, str):
            self.path.append(tag)
            self.open(tag, self._own_attributes(element))
            if tag == "li" and (name := element.get("id", "")).startswith("fn:"):
                self._footnote(name[3:])
            elif tag == "tr" and id(element) in self.uneven:
                self._uneven_row(element)
            if element.text:
                if element.text == self.made_title:
                    self._said(element.text)
                    self.made_title = ""
                else:
                    self.letters(element.text)
            for child in element:
                self.element(child)
            self.close(tag)
            self.path.pop()
        if element.tail:
            self.letters(element.tail)

    def _own_attributes(self, element: Element) -> Mapping[str, str]:
        """Give the attributes that an editor wrote; look at what is made of a title left out."""
        attributes = element.attrib
        if not attributes:
            return attributes
        kinds = attributes.get("class", "").removeprefix("admonition ").split()
        if element.tag == "details" or attributes.get("class", "").startswith("admonition "):
            self.made_title = kinds[0].capitalize() if kinds else ""
        if element.tag in ("td", "th") and _ALIGNED.fullmatch(attributes.get("style", "")):
            return {key: value for key, value in attributes.items() if key != "style"}
        return attributes

    def letters(self, text: str) -> None:
        """Read letters of the tree, in which Python-Markdown has marks for what it keeps aside."""
        if text == "\n" and self.ended:  # set between blocks, to make the HTML pretty
            return
        if "\x02" not in text:
            self.read(text)
            return
        text = _NUMBERED.sub(_letter, text)
        end = 0
        for mark in _KEPT_ASIDE.finditer(text):
            self.read(text[end : mark.start()])
            end = mark.end()
            if stash := HTML_PLACEHOLDER_RE.fullmatch(mark[0]):
                self._beside(int(stash[1]))
        self.read(text[end:])

    def _beside(self, number: int) -> None:
        """Read HTML that is kept beside the tree."""
        written = self.kept[number] if number < len(self.kept) else ""
        if written.startswith("&"):
            self._said(html.unescape(written))
            self.runs.append(Run(self.length, written, is_shown=False))
        elif written.startswith("<pre><code") and written.count("<") == 4:
            self._code(html.unescape(re.sub(r"<[^<>]*>", "", written)))
        else:
            _HtmlReader(self).feed_whole(written)

    # -- letters

    def read(self, written: str) -> None:
        """Take letters that stand in the file just so."""
        if not written or written.isspace():
            if written and not self.ended:
                self._said(" ")
        elif self.code:
            self._code(html.unescape(written))
        elif self.unread:
            self.runs.append(Run(self.length, written, is_shown=False))
        else:
            self.runs.append(Run(self.length, written, "", True, self.is_html))
            self._said(written.replace("\n", " "))

    def _code(self, written: str) -> None:
        self.runs.append(Run(self.length, written, is_shown=False))
        self._said(CODE, written)

    def _said(self, words: str, called: str | None = None) -> None:
        """Add words that readers see; `called` is what they give to the name of a link or heading."""
        self.words.append(words)
        self.length += len(words)
        self.ended = False
        for opened in self.listening:
            opened.words.append(words if called is None else called)
            opened.has_text = True

    def _break(self) -> None:
        """End a block: what follows stands on a line of its own."""
        if not self.ended:
            self.words.append("\n")
            self.length += 1
            self.ended = True

    # -- elements

    def open(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        """Begin an element."""
        if tag in _BLOCKS:
            self._break()
            if tag not in ("table", "p"):
                self.caption = None
        elif tag in _UNREAD:
            self.unread += 1
        if tag in _CODE:
            self.code += 1
        known: Mapping[str, str] = {}
        if attributes:
            known = {key: value or "" for key, value in attributes.items()}
            self._mark_attributes(tag, known)
        if tag in _TOLD:
            mark = re.compile(rf"<{tag}\b", re.IGNORECASE)
            self.markings.append(Marking(tag, "", "", self._spot(mark)))
        if (begin := _OPENING.get(tag)) is not None:
            begin(self, tag, known)

    def close(self, tag: str) -> None:
        """End an element."""
        if (end := _CLOSING.get(tag)) is not None:
            end(self, tag)
        if tag in _BLOCKS:
            self._break()
        elif tag in _UNREAD:
            self.unread = max(0, self.unread - 1)
        if tag in _CODE:
            self.code = max(0, self.code - 1)

    def _mark_attributes(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Note the attributes of which a rule may have something to say."""
        for name, value in attributes.items():
            if name in _ATTRIBUTES or name.startswith("on"):
                mark = re.compile(rf"\b{re.escape(name)}\s*=", re.IGNORECASE)
                self.markings.append(Marking(tag, name, value, self._spot(mark)))

    def _spot(self, mark: re.Pattern[str] | None = None) -> Spot:
        return Spot(self.length, len(self.runs), mark)

    def _begin(self, what: str, attributes: Mapping[str, str]) -> None:
        opened = _Open(self._spot(), attributes, is_html=self.is_html)
        self.inside.setdefault(what, []).append(opened)
        if what != "table":
            self.listening.append(opened)

    def _end(self, what: str) -> _Open | None:
        if not (opened := self.inside.get(what)):
            return None
        if what != "table":
            self.listening.remove(opened[-1])
        return opened.pop()

    def _begin_part(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._begin(_PARTS[tag], attributes)

    def _end_heading(self, tag: str) -> None:
        opened = self._end("heading")
        if opened:
            spot = opened.start if opened.said else _with(opened.start, _NO_HEADING)
            self.headings.append(Heading(_HEADINGS[tag], opened.said, spot, opened.is_html))

    def _end_link(self, tag: str) -> None:
        opened = self._end("link")
        if opened is None or "href" not in opened.attributes:
            return
        self.links.append(
            LinkInText(
                words=opened.said,
                address=_plain(opened.attributes["href"]),
                spot=opened.start if opened.said else _with(opened.start, _NO_WORDS),
                end=self.length,
                has_picture=opened.has_picture,
                has_text=opened.has_text,
                opens_tab=opened.attributes.get("target", "").lower() == "_blank",
                is_html=opened.is_html,
            )
        )

    def _end_italics(self, tag: str) -> None:
        opened = self._end("italics")
        if opened and opened.said:
            self.italics.append(Stretch(opened.said, opened.start))

    def _end_abbreviation(self, tag: str) -> None:
        opened = self._end("abbreviation")
        if opened and opened.attributes.get("title"):
            self.explained.add(opened.said)

    def _picture(self, tag: str, attributes: Mapping[str, str]) -> None:
        alternative = attributes.get("alt")
        spot = self._spot(None if alternative and alternative.strip() else _NO_ALTERNATIVE)
        links = self.inside.get("link")
        if links:
            links[-1].has_picture = True
        had_text = bool(links and links[-1].has_text)
        if alternative and alternative.strip():
            self.letters(alternative)
        if links:
            links[-1].has_text = had_text
        self.pictures.append(
            Picture(
                alternative=None if alternative is None else " ".join(_plain(alternative).split()),
                address=_plain(attributes.get("src", "")),
                spot=spot,
                is_decoration=DECORATION in attributes.get("class", "").split(),
                in_link=bool(links),
                is_html=self.is_html,
            )
        )

    # -- paragraphs and tables

    def _begin_paragraph(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._begin("paragraph", attributes)
        self.latest_bold = None

    def _end_bold(self, tag: str) -> None:
        opened = self._end("bold")
        if opened:
            self.latest_bold = opened

    def _end_paragraph(self, tag: str) -> None:
        opened = self._end("paragraph")
        self.caption = None
        if opened is None:
            return
        said = opened.said
        if said.startswith(CAPTION):
            self.caption = said.removeprefix(CAPTION)
        bold = self.latest_bold
        if bold and said and bold.said == said and not _IN_WHICH_BOLD_IS_FINE & {*self.path}:
            self.bold.append(Stretch(said, bold.start))

    def _begin_table(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.captions.append(self.caption)
        self.caption = None
        self.headers.append([])
        self._begin("table", attributes)

    def _end_table(self, tag: str) -> None:
        opened = self._end("table")
        if opened is None:
            return
        headers, caption = tuple(self.headers.pop()), self.captions.pop()
        spot = opened.start if any(headers) else _with(opened.start, _NO_HEADERS)
        self.tables.append(TableInText(headers, caption, spot, opened.is_html))

    def _begin_quotation(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.deepest = max(self.deepest, self.path.count(tag))

    def _footnote(self, name: str) -> None:
        self.footnotes.append(name)
        self.runs.append(Run(self.length, "", footnote=name, is_shown=False))

    def _uneven_row(self, element: Element) -> None:
        _, written, lost = self.uneven[id(element)]
        mark = None if "\x02" in written else re.compile(re.escape(written))
        self.uneven_rows.append(UnevenRow(written, _plain(lost), self._spot(mark)))

    def _end_header(self, tag: str) -> None:
        opened = self._end("header")
        if opened and self.headers:
            self.headers[-1].append(opened.said)

    def _end_caption(self, tag: str) -> None:
        opened = self._end("caption")
        if opened and self.captions:
            self.captions[-1] = opened.said

    # -- the whole

    def text(self, abbreviations: Iterable[str]) -> Text:
        """Give all that was read. What was never closed counts as if it had been."""
        for tag in _CLOSING:
            while any(self.inside.get(_PARTS.get(tag, ""), ())):
                self.close(tag)
        words = "".join(self.words)
        return Text(
            words=words,
            runs=tuple(self.runs),
            headings=tuple(self.headings),
            links=tuple(self.links),
            pictures=tuple(self.pictures),
            tables=tuple(self.tables),
            deepest=self.deepest,
            unmarked=tuple(
                Stretch(name, Spot(0, 0, _words_of(name)))
                for name in self.footnotes
                if f"#fn:{name}" not in self.marked
            ),
            uneven_rows=tuple(self.uneven_rows),
            bold_paragraphs=tuple(
                each for each in self.bold if words[each.spot.at :].strip() != each.words
            ),
            italics=tuple(self.italics),
            markings=tuple(self.markings),
            unconverted=tuple(self.unconverted),
            explained=frozenset([*self.explained, *abbreviations]),
        )


_PARTS: Final[Mapping[str, str]] = {
    **dict.fromkeys(_HEADINGS, "heading"),
    "a": "link",
    "em": "italics",
    "i": "italics",
    "abbr": "abbreviation",
    "strong": "bold",
    "b": "bold",
    "p": "paragraph",
    "table": "table",
    "th": "header",
    "caption": "caption",
}
"""What each element is to us."""

_IN_WHICH_BOLD_IS_FINE: Final = frozenset(("li", "td", "th", "dd", "dt", "blockquote", "summary"))

_OPENING: Final[Mapping[str, Callable[[_Reader, str, Mapping[str, str]], None]]] = {
    **dict.fromkeys(_PARTS, _Reader._begin_part),
    "p": _Reader._begin_paragraph,
    "table": _Reader._begin_table,
    "img": _Reader._picture,
    "blockquote": _Reader._begin_quotation,
}
_CLOSING: Final[Mapping[str, Callable[[_Reader, str], None]]] = {
    **dict.fromkeys(_HEADINGS, _Reader._end_heading),
    "a": _Reader._end_link,
    "em": _Reader._end_italics,
    "i": _Reader._end_italics,
    "abbr": _Reader._end_abbreviation,
    "strong": _Reader._end_bold,
    "b": _Reader._end_bold,
    "p": _Reader._end_paragraph,
    "th": _Reader._end_header,
    "caption": _Reader._end_caption,
    "table": _Reader._end_table,
}


class _HtmlReader(HTMLParser):
    """Reads a piece of HTML that an editor wrote, and tells the reader of the page."""

    def __init__(self, reader: _Reader) -> None:
        super().__init__(convert_charrefs=False)
        self.reader = reader
        self.outermost = ""
        """The first tag of the piece."""

    def feed_whole(self, written: str) -> None:
        """Read all of it; what is no HTML ends the reading, as it does in a browser."""
        self.reader.is_html = True
        try:
            self.feed(written)
            self.close()
        except AssertionError:  # how HTMLParser tells of a declaration that it can't read
            return
        finally:
            self.reader.is_html = False

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Begin an element."""
        self.outermost = self.outermost or self.get_starttag_text() or ""
        self.reader.open(tag, dict(attrs))
        self.reader.runs.append(
            Run(self.reader.length, self.get_starttag_text() or "", is_shown=False)
        )
        if tag in _EMPTY:
            self.reader.close(tag)

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Take `<br />` as HTML does: what can hold something is open until its end tag."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if tag not in _EMPTY:
            self.reader.close(tag)

    def handle_data(self, data: str) -> None:
        """Take letters: no Markdown is read here."""
        reader = self.reader
        if not reader.code and not reader.unread and (typed := _MARKDOWN.search(data)):
            spot = Spot(reader.length, len(reader.runs), re.compile(re.escape(typed[0].strip())))
            reader.unconverted.append(
                Unconverted(typed[0].strip().split("\n")[0], self.outermost, spot)
            )
        reader.read(data)

    def handle_comment(self, data: str) -> None:
        """Pass by what nobody is shown."""
        self.reader.runs.append(Run(self.reader.length, data, is_shown=False))

    def handle_entityref(self, name: str) -> None:
        """Take a letter that is written by its name."""
        self._entity(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Take a letter that is written by its number."""
        self._entity(f"&#{name};")

    def _entity(self, written: str) -> None:
        self.reader._said(html.unescape(written))


def _is_made_here(element: Element) -> bool:
    """Tell whether Markdown itself made an element of which no word is the editor's."""
    return element.tag == "a" and element.get("class", "") in ("footnote-ref", "footnote-backref")


def _words_of(footnote: str) -> re.Pattern[str]:
    return re.compile(rf"^ {{0,3}}\[\^{re.escape(footnote)}\]:", re.MULTILINE)


def _with(spot: Spot, mark: re.Pattern[str]) -> Spot:
    return Spot(spot.at, spot.run, mark)


def _plain(text: str) -> str:
    """Give an attribute's text without Python-Markdown's marks."""
    if "\x02" not in text:
        return text
    return _KEPT_ASIDE.sub("", _NUMBERED.sub(_letter, text))


def _letter(mark: re.Match[str]) -> str:
    return chr(number) if (number := int(mark[1])) <= sys.maxunicode else ""
