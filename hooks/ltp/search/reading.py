"""The words of a piece of HTML as a search looks through them, with the headings that they stand under.

Read as Pagefind reads a page (its `fossick/parser.rs`, version 1.5.2), so that its script shows and ranks
them as it would its own: a heading's words weigh more, a line ends with a full stop, what an inline
element cuts is one word. Three things are ours: an image stands for its words, an element without its
end loses none (but for those that are left out), and of all places with an id only headings are kept,
since the script asks for no others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import Final

import regex

from ltp.site.tags import ATTRIBUTES, EACH_ATTRIBUTE, attributes_of, unquoted

ORDINARY: Final = 24
"""What a word weighs in running text; Pagefind's own unit, so that a fraction of it is a whole number."""
_HEADINGS: Final = {f"h{level}": (8 - level) * ORDINARY for level in range(1, 7)}
"""What a word weighs in a heading of each level."""
_LINES: Final = frozenset((*_HEADINGS, "p", "td", "div", "ul", "li", "article", "section"))
"""Elements whose words are apart from those before and after them."""
_LEFT_OUT: Final = frozenset(
    (
        *("head", "style", "script", "noscript", "label", "form", "svg", "footer", "nav"),
        *("iframe", "template"),
    )
)
"""Elements whose words are not looked through."""
_NAMES: Final = "|".join((*_LINES, *_LEFT_OUT, "br", "img"))
_TAG: Final = re.compile(
    rf"<(/?)({_NAMES})(?=[\s/>])({ATTRIBUTES})[\s/]*+>"
    rf"|<!--.*?-->|</?[a-z][^\s/>]*+{ATTRIBUTES}[\s/]*+>",
    re.DOTALL | re.IGNORECASE,
)
"""A tag: of one that means something, whether it ends, its name and its attributes."""
_ENDS_A_WORD: Final = regex.compile(
    r"[\p{Alphabetic}\p{M}\p{Decimal_Number}\p{Pc}\p{Join_Control}'\")$*]"
)
_NO_SPACE: Final = "\u200b"
"""A place where a word may be cut. Nobody types it."""


@dataclass(frozen=True)
class Heading:
    """A heading that can be linked to."""

    element: str
    """The name of its tag: `h2`."""
    id: str
    location: int
    """How many words stand before it."""
    text: str


@dataclass
class Text:
    """What may be found in a page."""

    runs: list[tuple[int, list[str]]] = field(default_factory=list)
    """Words that stand together and weigh the same, with what each weighs."""
    headings: list[Heading] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        """Give all words in their order."""
        return [word for _, words in self.runs for word in words]


def read(html: str) -> Text:
    """Read the words of a piece of HTML."""
    reader = _Reader()
    write = reader.pieces.append
    parts = _TAG.split(html)
    write(parts[0])
    for at in range(1, len(parts), 4):
        slash, name, attributes, text = parts[at : at + 4]
        if name:
            name = name.lower()
            if reader.left_out or name in _LEFT_OUT:
                reader.leave_out(name, begins=not slash)
            elif name in _HEADINGS:
                reader.end_heading() if slash else reader.begin_heading(name, attributes)
            elif name == "img":
                write(_words_of_image(attributes))
            elif slash:
                reader.end_line()
            else:
                write(" ")
        if text and not reader.left_out:
            write(text)
    reader.flush()
    return reader.text


class _Reader:
    """What was read so far."""

    def __init__(self) -> None:
        self.text = Text()
        self.pieces: list[str] = []
        """What was read since words were last cut."""
        self.count = 0
        """How many words there were by then."""
        self.weight = ORDINARY
        self.begun: tuple[str, str] | None = None
        """The tag and the id of the heading that is being read, if it can be linked to."""
        self.left_out = ""
        """The element that is being left out, and may stand in itself."""
        self.depth = 0

    def leave_out(self, name: str, *, begins: bool) -> None:
        """Leave an element out with all that is in it."""
        if not self.left_out:
            self.left_out = name if begins else ""
            self.depth = int(begins)
        elif name == self.left_out:
            self.depth += 1 if begins else -1
            if not self.depth:
                self.left_out = ""

    def end_line(self) -> None:
        """End a line with a full stop, unless it has an end already."""
        pieces = self.pieces
        last = pieces[-1] or "".join(pieces)[-1:] if pieces else ""
        pieces.append(". " if last and _ends_a_word(last[-1]) else " ")

    def begin_heading(self, name: str, attributes: str) -> None:
        """Begin a heading. One before it that has no end ends here."""
        self.flush()
        self.weight = _HEADINGS[name]
        given = dict(attributes_of(attributes)).get("id") if attributes else None
        self.begun = (name, given) if given else None

    def end_heading(self) -> None:
        """End a heading."""
        words = unescape("".join(self.pieces)).split()
        if self.begun:
            name, given = self.begun
            self.text.headings.append(Heading(name, given, self.count, " ".join(words)))
        self.end_line()
        self.flush()
        self.weight = ORDINARY
        self.begun = None

    def flush(self) -> None:
        """Cut what was read into words."""
        words = unescape("".join(self.pieces)).replace(_NO_SPACE, "").split()
        self.pieces.clear()
        if words:
            self.text.runs.append((self.weight, words))
            self.count += len(words)


def _words_of_image(attributes: str) -> str:
    """Give an image's words as they are written: their signs are read with those around them."""
    written = EACH_ATTRIBUTE.findall(attributes)
    return " ".join(unquoted(value) for name, value in written if name.lower() == "alt")


@lru_cache
def _ends_a_word(character: str) -> bool:
    return bool(_ENDS_A_WORD.match(character))
