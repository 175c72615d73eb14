"""What is in the index of a search, as Pagefind packed it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

_SIGN = b"pagefind_dcd"


def unpacked(path: Path) -> bytes:
    """Give what is in a file of an index."""
    return unpacked_bytes(path.read_bytes())


def unpacked_bytes(packed: bytes) -> bytes:
    """Give what is in the bytes of such a file."""
    content = gzip.decompress(packed)
    assert content.startswith(_SIGN)
    return content.removeprefix(_SIGN)


def pages_in(bundle: Path) -> Mapping[str, Mapping[str, Any]]:
    """Give what a bundle holds of each page, by its address under the front; nothing for no bundle."""
    found = [json.loads(unpacked(path)) for path in sorted(bundle.glob("fragment/*.pf_fragment"))]
    return {_all_told(each)["path"]: each for each in found}


def told(page: Mapping[str, Any]) -> Mapping[str, str]:
    """Give what a result says beside its title and its address."""
    return {name: value for name, value in _all_told(page).items() if name != "path"}


def _all_told(page: Mapping[str, Any]) -> Mapping[str, str]:
    return dict(parse_qsl(page["anchors"][0]["id"], keep_blank_values=True))
