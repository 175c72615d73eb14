"""The sheets of paper that Chromium makes of a page: what stands on each, and where.

Chromium's PDF is read as far as its text needs: each letter with its place, in CSS pixels from the
sheet's top left corner.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from playwright.sync_api import Page as Tab

PIXEL: Final = 0.75
"""A CSS pixel in points."""

Matrix = tuple[float, float, float, float, float, float]
Letters = Mapping[str, str]
"""What each code of a font says."""

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\bendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\nendstream", re.DOTALL)
_TOKEN = re.compile(
    rb"<<|>>|<[0-9A-Fa-f]*>|/[^\s/<>\[\]()]+|\((?:\\.|[^\\)])*\)|[\[\]]|[^\s/<>\[\]()]+"
)


@dataclass(frozen=True)
class Letter:
    """One letter on a sheet."""

    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Sheet:
    """One sheet of paper."""

    width: float
    letters: list[Letter]

    @property
    def text(self) -> str:
        """Everything that stands on it, in the order in which it is drawn, without spaces."""
        return "".join("".join(each.text for each in self.letters).split())

    def says(self, words: str) -> bool:
        """Tell whether words stand on it, wherever lines break."""
        return "".join(words.split()) in self.text


def printed(tab: Tab) -> list[Sheet]:
    """Print what a tab shows on A4, as a person does from the menu."""
    pdf = tab.pdf(format="A4", prefer_css_page_size=True, print_background=False)
    objects = {int(each[1]): each[2] for each in _OBJECT.finditer(pdf)}
    pages = [each for each in objects.values() if re.search(rb"/Type /Page\b", each)]
    return [_sheet(page, objects) for page in pages]


def _sheet(page: bytes, objects: Mapping[int, bytes]) -> Sheet:
    box = re.search(rb"/MediaBox \[([^\]]*)\]", page)
    contents = re.search(rb"/Contents (\d+) 0 R", page)
    assert box
    assert contents
    width, height = (float(each) for each in box[1].split()[2:])
    listed = re.search(rb"/Font <<(.*?)>>", page, re.DOTALL)
    fonts = {
        name.decode(): _letters(int(at), objects)
        for name, at in re.findall(rb"(/\w+) (\d+) 0 R", listed[1] if listed else b"")
    }
    drawing = _Drawing(fonts, height)
    drawing.draw(_unpacked(objects[int(contents[1])]))
    return Sheet(width / PIXEL, drawing.letters)


def _letters(font: int, objects: Mapping[int, bytes]) -> Letters:
    """Read what a font's codes say (ToUnicode)."""
    named = re.search(rb"/ToUnicode (\d+) 0 R", objects[font])
    assert named
    text = _unpacked(objects[int(named[1])]).decode()
    letters: dict[str, str] = {}
    for block in re.findall(r"beginbfchar\n(.*?)endbfchar", text, re.DOTALL):
        for code, says in re.findall(r"<(\w+)> <(\w+)>", block):
            letters[code.upper()] = bytes.fromhex(says).decode("utf-16-be")
    for block in re.findall(r"beginbfrange\n(.*?)endbfrange", text, re.DOTALL):
        for first, last, says in re.findall(r"<(\w+)> <(\w+)> <(\w+)>", block):
            for at in range(int(first, 16), int(last, 16) + 1):
                letters[f"{at:04X}"] = chr(int(says, 16) + at - int(first, 16))
    return letters


def _unpacked(stream: bytes) -> bytes:
    found = _STREAM.search(stream)
    assert found
    return zlib.decompress(found[1]) if b"/FlateDecode" in stream[: found.start()] else found[1]


@dataclass
class _Drawing:
    """Follows a sheet's drawing, and notes every letter."""

    fonts: Mapping[str, Letters]
    height: float
    letters: list[Letter] = field(default_factory=list)
    _at: Matrix = (1, 0, 0, 1, 0, 0)
    _kept: list[Matrix] = field(default_factory=list)
    _line: Matrix = (1, 0, 0, 1, 0, 0)
    _font: Letters = field(default_factory=dict)

    def draw(self, content: bytes) -> None:
        given: list[str] = []
        for token in (each.decode("latin-1") for each in _TOKEN.findall(content)):
            if token[0] in "<>/([]" or re.fullmatch(r"[-+.\d]+", token):
                given.append(token)
                continue
            self._do(token, given)
            given = []

    def _do(self, what: str, given: list[str]) -> None:
        match what:
            case "q":
                self._kept.append(self._at)
            case "Q":
                self._at = self._kept.pop()
            case "cm":
                self._at = _times(_matrix(given), self._at)
            case "Tf":
                self._font = self.fonts[given[0]]
            case "Tm":
                self._line = _matrix(given)
            case "Td":
                x, y = map(float, given)
                self._line = _times((1, 0, 0, 1, x, y), self._line)
            case "Tj" | "TJ":
                self.letters.extend(self._written(given))

    def _written(self, given: list[str]) -> Iterator[Letter]:
        _, _, _, _, x, y = _times(self._line, self._at)
        for code in re.findall(
            r"[0-9A-Fa-f]{4}", "".join(each for each in given if each[0] == "<")
        ):
            yield Letter(self._font[code.upper()], x / PIXEL, (self.height - y) / PIXEL)


def _matrix(given: list[str]) -> Matrix:
    a, b, c, d, e, f = map(float, given)
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )
