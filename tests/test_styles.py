from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path

import pytest

from ltp.site import styles
from ltp.site.styles import StylesError, area_css, compile_styles

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> str:
    return compile_styles(ROOT, tmp_path_factory.mktemp("state")).read_text("utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Give a code root of its own, whose sheets a test may change."""
    root = tmp_path / "code"
    shutil.copytree(ROOT / "overrides", root / "overrides")
    shutil.copy(ROOT / "package-lock.json", root)
    (root / "node_modules").symlink_to(ROOT / "node_modules", target_is_directory=True)
    return root


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Record each time that a sheet is compiled, without compiling it."""
    done: list[Path] = []

    def compiled(code_root: Path) -> bytes:
        done.append(code_root)
        return b"a{}"

    monkeypatch.setattr(styles, "_compile", compiled)
    return done


def test_the_sheet_names_no_other_host_and_no_address_at_the_root(sheet: str) -> None:
    assert not re.findall(r"https?://|@import", sheet)
    assert not re.findall(r"url\(\s*[\"']?/", sheet)


def test_the_sheet_brings_no_font(sheet: str) -> None:
    assert "@font-face" not in sheet
    assert "Frutiger" not in sheet
    assert "html{font-family:arial,sans-serif}" in sheet


def test_the_sheet_is_light_enough_for_a_phone(sheet: str) -> None:
    assert len(gzip.compress(sheet.encode())) < 21_000


@pytest.mark.parametrize(
    "name",
    [
        "app-cell--numeric",
        "app-crisis-strip",
        "app-image",
        "app-notice--withdrawn",
        "nhsuk-contents-list__list",
        "nhsuk-details__summary",
        "nhsuk-header__logo",
        "nhsuk-inset-text",
        "nhsuk-list--bullet",
        "nhsuk-pagination",
        "nhsuk-skip-link",
        "nhsuk-summary-list",
        "nhsuk-tag",
        "nhsuk-u-font-weight-bold",
        "nhsuk-u-visually-hidden",
        "nhsuk-warning-callout",
    ],
)
def test_a_class_that_pages_use_has_its_style(sheet: str, name: str) -> None:
    assert f".{name}" in sheet


def test_nothing_changed_means_nothing_compiled(
    copy: Path, tmp_path: Path, runs: list[Path]
) -> None:
    first = compile_styles(copy, tmp_path / "state")
    assert compile_styles(copy, tmp_path / "state") == first
    assert len(runs) == 1


def test_a_changed_sheet_or_version_is_compiled_anew(
    copy: Path, tmp_path: Path, runs: list[Path]
) -> None:
    found = {compile_styles(copy, tmp_path / "state")}
    (copy / "overrides" / "styles" / "_page.scss").write_text("a{b:c}", "utf-8")
    found.add(compile_styles(copy, tmp_path / "state"))
    lock = copy / "package-lock.json"
    lock.write_text(lock.read_text("utf-8").replace('"10.6.1"', '"10.6.2"'), "utf-8")
    found.add(compile_styles(copy, tmp_path / "state"))
    assert len(found) == len(runs) == 3


def test_only_whole_sheets_are_left_in_the_state_folder(
    copy: Path, tmp_path: Path, runs: list[Path]
) -> None:
    compiled = compile_styles(copy, tmp_path / "state")
    assert list(compiled.parent.iterdir()) == [compiled]
    assert compiled.read_bytes() == b"a{}"


def test_missing_packages_are_told_with_the_cure(copy: Path, tmp_path: Path) -> None:
    (copy / "node_modules").unlink()
    with pytest.raises(StylesError, match="npm ci"):
        compile_styles(copy, tmp_path / "state")


def test_a_missing_node_is_told(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(StylesError, match=r"Node\.js"):
        compile_styles(copy, tmp_path / "state")


def test_a_wrong_sheet_is_told_with_its_name(copy: Path, tmp_path: Path) -> None:
    (copy / "overrides" / "styles" / "_page.scss").write_text("a { b: $nothing; }", "utf-8")
    with pytest.raises(StylesError, match=r"Undefined variable.*_page\.scss"):
        compile_styles(copy, tmp_path / "state")
    assert not list((tmp_path / "state").rglob("*.css"))


def test_an_area_has_its_own_colour() -> None:
    assert area_css("#005eb8") == ":root{--area-colour:#005eb8}\n"
