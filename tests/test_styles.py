from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from ltp.plans.colours import contrast
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
    for name in ("nhsuk-frontend", "sass"):
        (root / "node_modules" / name).mkdir(parents=True)
        for path in (ROOT / "node_modules" / name).iterdir():
            if path.name == "package.json":
                shutil.copy(path, root / "node_modules" / name)
            else:
                (root / "node_modules" / name / path.name).symlink_to(path)
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
    assert len(gzip.compress(sheet.encode())) < 23_000


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
    for facts in (copy / "package-lock.json", copy / "node_modules/nhsuk-frontend/package.json"):
        facts.write_text(facts.read_text("utf-8").replace('"10.6.1"', '"10.6.2"'), "utf-8")
    found.add(compile_styles(copy, tmp_path / "state"))
    assert len(found) == len(runs) == 3


def test_packages_that_are_not_those_of_the_lock_are_told(
    copy: Path, tmp_path: Path, runs: list[Path]
) -> None:
    compile_styles(copy, tmp_path / "state")
    lock = copy / "package-lock.json"
    lock.write_text(lock.read_text("utf-8").replace('"10.6.1"', '"10.6.2"'), "utf-8")
    with pytest.raises(StylesError, match=r"10\.6\.1.*package-lock\.json names 10\.6\.2.*npm ci"):
        compile_styles(copy, tmp_path / "state")


def test_only_whole_sheets_are_left_in_the_state_folder(
    copy: Path, tmp_path: Path, runs: list[Path]
) -> None:
    compile_styles(copy, tmp_path / "state")
    (copy / "overrides" / "styles" / "_page.scss").write_text("a{b:c}", "utf-8")
    compiled = compile_styles(copy, tmp_path / "state")
    assert list(compiled.parent.iterdir()) == [compiled]
    assert compiled.read_bytes() == b"a{}"


def test_missing_packages_are_told_with_the_cure(copy: Path, tmp_path: Path) -> None:
    shutil.rmtree(copy / "node_modules")
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


def test_an_area_has_its_own_colour_and_a_darker_one_where_more_contrast_is_asked_for() -> None:
    assert area_css("#005eb8") == ":root{--area-colour:#005eb8;--area-colour-strong:#0058ac}\n"
    assert area_css("#003087") == ":root{--area-colour:#003087;--area-colour-strong:#003087}\n"


# -- the four sets of colours

DARK, MORE = "[data-colours=dark]", "[data-contrast=more]"
SETS = {
    "light": (":root", 4.5),
    "dark": (f":root{DARK}", 4.5),
    "light with more contrast": (f":root{MORE}", 7.0),
    "dark with more contrast": (f":root{DARK}{MORE}", 7.0),
}
"""The selector of each where everything is chosen, and the least contrast of its words."""

BY_DEVICE = {
    "dark": [":root:not([data-colours=light])"],
    "light with more contrast": [":root:not([data-contrast=standard])"],
    "dark with more contrast": [
        f":root:not([data-colours=light]){MORE}",
        f":root{DARK}:not([data-contrast=standard])",
        ":root:not([data-colours=light]):not([data-contrast=standard])",
    ],
}

WORDS = ("text", "quiet", "link", "visited", "hover", "active")
GROUNDS = ("page", "card", "warm", "soft")
WHITE_ON = ("blue-ground", "red-ground", "button", "button-hover", "button-active", "header")


@pytest.fixture(scope="module")
def sets(sheet: str) -> Mapping[str, Mapping[str, str]]:
    """Give the properties that each selector sets."""
    found = re.findall(r"(:root[^{} ,]*)\{(color-scheme[^{}]*)\}", sheet)
    return {
        selector: dict(re.findall(r"([\w-]+):\s*([^;]+)", properties))
        for selector, properties in found
    }


def colour(properties: Mapping[str, str], name: str) -> str:
    """Give a colour as `#rrggbb`, by way of the property that it is taken from."""
    value = properties[f"--{name}"]
    if taken := re.fullmatch(r"var\(--([\w-]+)(?:, (#\w+))?\)", value):
        return taken[2] or colour(properties, taken[1])
    return value if len(value) == 7 else "#" + "".join(each * 2 for each in value[1:])


@pytest.mark.parametrize("name", SETS)
def test_words_of_every_kind_can_be_read_on_every_ground(
    sets: Mapping[str, Mapping[str, str]], name: str
) -> None:
    """Also links that are pointed at or were followed, which no page shows at rest."""
    selector, least = SETS[name]
    found = sets[selector]
    pairs = [(words, ground) for words in WORDS for ground in GROUNDS]
    pairs += [("text", "footer"), ("footer-link", "footer"), ("red", "card")]
    pale = {
        pair: round(ratio, 2)
        for pair in pairs
        if (ratio := contrast(*(colour(found, each) for each in pair))) < least
    }
    assert pale == {}


@pytest.mark.parametrize("name", SETS)
def test_white_can_be_read_on_what_carries_it(
    sets: Mapping[str, Mapping[str, str]], name: str
) -> None:
    selector, least = SETS[name]
    for ground in WHITE_ON:
        assert contrast(colour(sets[selector], ground), "#ffffff") >= least, ground


@pytest.mark.parametrize("name", SETS)
def test_controls_have_edges_that_can_be_seen(
    sets: Mapping[str, Mapping[str, str]], name: str
) -> None:
    found = sets[SETS[name][0]]
    for ground in ("page", "card"):
        assert contrast(colour(found, "control"), colour(found, ground)) >= 3, ground


@pytest.mark.parametrize("name", BY_DEVICE)
def test_what_a_device_asks_for_gives_the_same_colours_as_choosing_them(
    sets: Mapping[str, Mapping[str, str]], name: str
) -> None:
    chosen = sets[SETS[name][0]]
    assert chosen["color-scheme"] == name.split(" ", maxsplit=1)[0]
    for selector in BY_DEVICE[name]:
        assert sets[selector] == chosen, selector


def test_every_set_has_every_colour(sets: Mapping[str, Mapping[str, str]]) -> None:
    assert len(sets) == 9
    assert len({frozenset(each) for each in sets.values()}) == 1


def test_every_property_that_is_used_is_in_the_sheet_or_the_areas_and_every_colour_is_used(
    sheet: str, sets: Mapping[str, Mapping[str, str]]
) -> None:
    used = set(re.findall(r"var\((--[\w-]+)", sheet))
    given = set(re.findall(r"[{;](--[\w-]+):", sheet))
    assert used - given == {"--area-colour", "--area-colour-strong"}
    assert sets[":root"].keys() - used == {"color-scheme"}


def test_nothing_is_kept_from_the_colours_that_a_device_forces_but_pictures(sheet: str) -> None:
    ours = re.findall(r"([^{}]*\.app-[^{}]*)\{[^{}]*forced-color-adjust:none", sheet)
    assert ours == [".app-image"]
