"""Tags in HTML text, found as the HTML standard finds them, without reading it into a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

ATTRIBUTE: Final = (
    r"""[^\s/>][^\s/>=]*+"""
    r"""(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?+"""
)
ATTRIBUTES: Final = rf"(?:[\s/]*+{ATTRIBUTE})*+"
"""What stands between a tag's name and its end, without what no attribute is."""

EACH_ATTRIBUTE: Final = re.compile(
    r"""([^\s/>][^\s/>=]*+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?+"""
)
"""An attribute's name, and its value as it is written; None where it has none."""

ANY: Final = re.compile(rf"</?[a-zA-Z][^\s/>]*+{ATTRIBUTES}[\s/]*+>")


def attributes_of(written: str) -> Iterator[tuple[str, str]]:
    """Give the attributes of a tag with their values; "" for one that has none."""
    for name, value in EACH_ATTRIBUTE.findall(written):
        yield name.lower(), unescape(unquoted(value))


def unquoted(value: str) -> str:
    """Give a value without the quotation marks round it."""
    return value[1:-1] if value[:1] in ('"', "'") else value


def words_of(html: str) -> str:
    """Give the words of a piece of HTML, without its tags."""
    return unescape(ANY.sub("", html))
