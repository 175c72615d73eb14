"""Numbers, texts and lists as CBOR (RFC 8949), which Pagefind's script reads; each as short as it can be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ltp.remembered import Remembered

Value = int | str | Sequence["Value"]


def encoded(value: Value) -> bytes:
    """Give the bytes of a number, a text or a list of values."""
    if isinstance(value, int):
        return NUMBERS[value]
    if isinstance(value, str):
        text = value.encode()
        return _head(_TEXT, len(text)) + text
    return array(len(value)) + b"".join(map(encoded, value))


def array(length: int) -> bytes:
    """Give what a list of so many values begins with."""
    return _head(_LIST, length)


_POSITIVE, _NEGATIVE, _TEXT, _LIST = 0x00, 0x20, 0x60, 0x80


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes((kind | number,))
    for size, sign in ((1, 24), (2, 25), (4, 26)):
        if number < 1 << 8 * size:
            return bytes((kind | sign,)) + number.to_bytes(size, "big")
    return bytes((kind | 27,)) + number.to_bytes(8, "big")


def _number(number: int) -> bytes:
    return _head(_POSITIVE, number) if number >= 0 else _head(_NEGATIVE, -1 - number)


NUMBERS: Final = Remembered(_number)
"""The bytes of whole numbers."""
