"""The sites that these tests ask."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

# So that the folders of tests share `tests.site`, which can't be called `site`: Python has one.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.command.running import Desk
from tests.site.built import MADE_UP, Built, copy_root
from tests.site.fixtures import (  # noqa: F401
    any_site,
    directory,
    drafts,
    made_up,
    made_up_at_address,
    real,
    real_at_address,
    site,
)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """Give a copy of the made-up areas to work in, not built yet."""
    return Desk(copy_root(MADE_UP, tmp_path / "root"), capsys)


@pytest.fixture
def built_desk(
    made_up: Built,  # noqa: F811
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> Desk:
    """Give a copy of the made-up areas that has been published once."""
    return Desk(made_up.copy(tmp_path / "root").root, capsys)
