"""The same pages as one site of Material for MkDocs with pruned navigation, to compare with."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

from bench import corpus

BUILD: Final = (sys.executable, "-m", "mkdocs", "build", "--quiet")

_CONFIGURATION: Final = """\
site_name: Local transformation plans
site_url: https://plans.example.test/
theme:
  name: material
  font: false
  features: [navigation.tabs, navigation.indexes, navigation.prune]
plugins: [search]
markdown_extensions:
  - abbr
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - admonition
  - pymdownx.details
"""


def write(root: Path, size: corpus.Size) -> None:
    """Write the plans' pages and the areas' front pages; the help directory is left out."""
    (root / "docs").mkdir(parents=True)
    (root / "mkdocs.yml").write_text(_CONFIGURATION, encoding="utf-8", newline="\n")
    (root / "docs" / "index.md").write_text("# Plans\n", encoding="utf-8", newline="\n")
    for path, text in corpus.pages(size):
        to = root / "docs" / path
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(with_files_for_areas(text), encoding="utf-8", newline="\n")


def with_files_for_areas(text: str) -> str:
    """Turn links to other areas' plans, which only `ltp` knows, into links to their files."""
    return _TO_AREA.sub(r"](../../\1/index.md)", text)


_TO_AREA: Final = re.compile(r"\]\(area:([^)]+)\)")
