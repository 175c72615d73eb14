"""What the documents lead to is there, and the pictures in them are what they should be."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest

from .documents import ROOT, documents, name_of, sentences

DOCUMENTS = list(documents())
NAMES = [name_of(path) for path in DOCUMENTS]


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_each_link_to_a_file_leads_to_one(path: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", sentences(path)):
        if not link.startswith(("http", "area:", "#")):
            assert (path.parent / link.partition("#")[0]).exists(), link


def test_every_decision_is_in_their_list_in_order() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text("utf-8"))

    assert listed == sorted(path.name for path in folder.glob("0*.md"))
    for name in listed:
        number = int(name[:4])
        text = (folder / name).read_text(encoding="utf-8")
        assert text.startswith(f"# {number}. ")
        assert all(part in text for part in ("**What.**", "**Why.**", "**Also thought of.**"))


def test_the_readme_shows_the_portal_and_a_plan_in_small_pictures_told_in_words() -> None:
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", (ROOT / "README.md").read_text("utf-8"))

    assert [Path(path).name for _, path in pictures] == ["portal.png", "plan.png"]
    for words, path in pictures:
        data = (ROOT / path).read_bytes()
        assert data.startswith(b"\x89PNG")
        assert struct.unpack(">I", data[16:20]) == (1280,)
        assert len(data) < 150_000
        assert len(words) > 40
