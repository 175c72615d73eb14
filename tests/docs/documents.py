"""What the README and the guide tell people to type."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "guide"

_FENCE = re.compile(r"^```([\w-]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")


@dataclass(frozen=True)
class Block:
    """A fenced block, and what it is written for."""

    language: str
    text: str

    @property
    def commands(self) -> list[str]:
        """Its lines, without remarks."""
        lines = (line.partition(" #")[0].strip() for line in self.text.splitlines())
        return [line for line in lines if line and not line.startswith("#")]


def documents() -> Iterator[Path]:
    """Give every document with commands that people may type."""
    yield ROOT / "README.md"
    yield ROOT / "CHANGELOG.md"
    yield from sorted((ROOT / "docs").rglob("*.md"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def blocks(path: Path) -> list[Block]:
    """Give the fenced blocks of a document."""
    return [Block(*found) for found in _FENCE.findall(path.read_text(encoding="utf-8"))]


def commands(path: Path, language: str = "sh") -> list[str]:
    """Give every command of a document that is written for one shell, in order."""
    return [each for block in blocks(path) if block.language == language for each in block.commands]


def inline(path: Path) -> list[str]:
    """Give what a document shows as code inside its sentences."""
    return _INLINE.findall(prose(path))


def prose(path: Path) -> str:
    """Give a document without its fenced blocks."""
    return _FENCE.sub("", path.read_text(encoding="utf-8"))


def sentences(path: Path) -> str:
    """Give a document without anything that it shows as code."""
    return _INLINE.sub("", prose(path))


def words_of(command: str) -> list[str]:
    """Split a command as a shell does; the program comes without its folder."""
    words = shlex.split(command)
    return [words[0].removeprefix(".venv/bin/"), *words[1:]]
