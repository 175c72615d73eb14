"""The sites that these tests ask."""

from __future__ import annotations

import sys
from pathlib import Path

# So that the folders of tests share `tests.site`, which can't be called `site`: Python has one.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.site.fixtures import directory, drafts, made_up, made_up_at_address, real  # noqa: F401
