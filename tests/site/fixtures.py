"""Each site is built once in a run, however many folders of tests ask for it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.site.built import ADDRESS, CODE, DIRECTORY, MADE_UP, Built, build_copy

Factory = pytest.TempPathFactory


@cache
def _once(source: Path, address: str | None, drafts: bool, folder: Path) -> Built:
    return build_copy(source, folder, address=address, drafts=drafts)


def _built(
    factory: Factory, name: str, source: Path, address: str | None = None, *, drafts: bool = False
) -> Built:
    folder = factory.getbasetemp() / name
    folder.mkdir(exist_ok=True)
    built = _once(source, address, drafts, folder)
    assert built.outcome.succeeded, [str(each) for each in built.outcome.findings]
    return built


@pytest.fixture(scope="session")
def real(tmp_path_factory: Factory) -> Built:
    """Give the real site, without a public address."""
    return _built(tmp_path_factory, "real", CODE)


@pytest.fixture(scope="session")
def real_at_address(tmp_path_factory: Factory) -> Built:
    """Give the real site with a public address at a sub-path."""
    return _built(tmp_path_factory, "real-at-address", CODE, ADDRESS)


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: Factory) -> Built:
    """Give the made-up areas, without a public address."""
    return _built(tmp_path_factory, "made-up", MADE_UP)


@pytest.fixture(scope="session")
def made_up_at_address(tmp_path_factory: Factory) -> Built:
    """Give the made-up areas with a public address at a sub-path."""
    return _built(tmp_path_factory, "made-up-at-address", MADE_UP, ADDRESS)


@pytest.fixture(scope="session")
def drafts(tmp_path_factory: Factory) -> Built:
    """Give the made-up areas as in a preview: with drafts, at a public address."""
    return _built(tmp_path_factory, "made-up-drafts", MADE_UP, ADDRESS, drafts=True)


@pytest.fixture(scope="session")
def directory(tmp_path_factory: Factory) -> Built:
    """Give the made-up area with a help directory of every kind of entry. It has an address."""
    return _built(tmp_path_factory, "directory", DIRECTORY)


@pytest.fixture(scope="session", params=["real", "made_up"])
def site(request: pytest.FixtureRequest) -> Built:
    """Give the real site, then the made-up one."""
    built: Any = request.getfixturevalue(request.param)
    assert isinstance(built, Built)
    return built


@pytest.fixture(
    scope="session",
    params=["real", "made_up", "directory", "real_at_address", "made_up_at_address", "drafts"],
)
def any_site(request: pytest.FixtureRequest) -> Built:
    """Give every site that the tests build."""
    built: Any = request.getfixturevalue(request.param)
    assert isinstance(built, Built)
    return built
