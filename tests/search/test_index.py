"""The index: the same bytes every time, no more than is needed, and clear words where it can't be made."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from tests.search.packed import pages_in, told, unpacked
from tests.site.built import tree

from ltp.search import bundles, index, pagefind
from ltp.search.index import Indexed
from ltp.search.pagefind import SearchError
from ltp.search.records import Part, Record

PAGES = (
    Indexed("", "The front", {"what": "Front page"}, "<p>Welcome.</p>"),
    Indexed(
        "2026/crisis/",
        'Help: now, "here" & <there>',
        {"what": "2026 plan", "tag": "Latest here, period ended", "kind": "latest", "area": ""},
        '<p>Call somebody.</p><h2 id="lines">Lines</h2><p>Many <b>words</b>.</p>'
        '<p><img alt="A boat &amp; a &lt;gull&gt;" class="app-image" src="picture.png" /></p>',
    ),
)


def written(folder: Path, pages: Sequence[Indexed] = PAGES, *, engine: bool = True) -> Path:
    for name, content in index.made(pages, engine=engine).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def test_the_same_pages_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    many = [
        Indexed(f"page-{at}/", f"Page {at}", {"what": f"{at}"}, f"<p>{'word ' * at} {at}</p>")
        for at in range(60)
    ]
    first = tree(written(tmp_path / "first", many))
    assert len(first) > 60
    for name, pages in (("again", many), ("turned", many[::-1])):
        assert tree(written(tmp_path / name, pages)) == first


def test_only_what_a_browser_asks_for_is_kept(tmp_path: Path) -> None:
    def kinds(folder: Path) -> set[str]:
        return {path.suffix for path in folder.rglob("*") if path.is_file()}

    words = {".json", ".pf_meta", ".pf_index", ".pf_fragment"}
    with_engine = written(tmp_path / "first")
    assert kinds(with_engine) == {*words, ".js", ".pagefind"}
    assert [path.name for path in with_engine.rglob("*.js")] == ["pagefind.js"]
    assert [path.name for path in with_engine.rglob("*.pagefind")] == ["wasm.en.pagefind"]
    assert kinds(written(tmp_path / "earlier", engine=False)) == words


def test_an_address_may_be_longer_than_the_name_of_a_file(tmp_path: Path) -> None:
    path = f"{'a-long-name-' * 20}/{'of-a-page-' * 20}/"
    bundle = written(tmp_path / "first", [Indexed(path, "Quay", {}, "<p>Boats.</p>")])
    assert set(pages_in(bundle)) == {path}


def test_another_page_changes_nothing_that_is_kept_of_a_page(tmp_path: Path) -> None:
    """So that browsers and servers keep its file."""
    before = tree(written(tmp_path / "first"))
    more = (*PAGES, Indexed("2026/", "2026 plan", {}, "<p>More.</p>"))
    after = tree(written(tmp_path / "again", more))
    kept = {name for name in before if name.startswith("fragment/")}
    assert len(kept) == 2
    assert kept < after.keys()


def test_a_page_keeps_its_address_its_title_and_what_is_told_of_it(tmp_path: Path) -> None:
    pages = pages_in(written(tmp_path / "first"))
    assert set(pages) == {"", "2026/crisis/"}
    page = pages["2026/crisis/"]
    assert page["meta"] == {"title": 'Help: now, "here" & <there>'}
    assert told(page) == {"what": "2026 plan", "tag": "Latest here, period ended", "kind": "latest"}
    assert page["content"] == "Call somebody. Lines. Many words. A boat & a <gull>"
    assert [each["id"] for each in page["anchors"][1:]] == ["lines"]


def test_no_word_is_looked_for_that_is_only_told(tmp_path: Path) -> None:
    bundle = written(tmp_path / "first")
    words = b"".join(unpacked(path) for path in bundle.glob("index/*"))
    assert b"welcom" in words
    for each in (b"latest", b"plan", b"period", b"pictur", b"png"):
        assert each not in words


@pytest.mark.parametrize("html", ["", " <p> </p>\n"])
def test_a_page_without_any_text_is_found_by_its_title(tmp_path: Path, html: str) -> None:
    bundle = written(tmp_path / "first", [Indexed("quay/", "The <quay>", {}, html)])
    assert pages_in(bundle)["quay/"]["content"] == "The <quay>"


@pytest.mark.parametrize(
    ("html", "content"),
    [
        ('<p>A<img src="a.png" alt="">b<img src="c.png">d</p><h2 id="b">E</h2>', "Abd. E."),
        ('<p>See <img alt=\'a &amp; "b"\' src="a.png"> there</p>', 'See a & "b" there.'),
        ("<ul><li>One<li>Two</ul><p>Three<p>Four</p>", "One Two. Three Four."),
        ("<h2 id=a>One<h3 id=b>Two</h3><p>Three", "One Two. Three"),
        ("<p>One</p></p></li></nav></h2><p>Two</p>", "One. Two."),
        ("<p>One</p><form><p>Two", "One."),
        ("<p>:</p>", ":"),
    ],
)
def test_images_are_their_words_and_what_has_no_end_loses_none_unless_it_is_left_out(
    tmp_path: Path, html: str, content: str
) -> None:
    bundle = written(tmp_path / "first", [Indexed("quay/", "Quay", {}, html)])
    assert pages_in(bundle)["quay/"]["content"] == content


def test_a_heading_is_handed_on_with_its_words_and_no_other_place_is(tmp_path: Path) -> None:
    html = (
        '<h2 id="a">&lt;b&gt; &amp;amp; <em>more</em></h2><p id="p">One</p>'
        '<h3>No id</h3><h3 class="c" id="d"></h3>'
    )
    bundle = written(tmp_path / "first", [Indexed("quay/", "Quay", {}, html)])
    assert pages_in(bundle)["quay/"]["anchors"][1:] == [
        {"element": "h2", "id": "a", "text": "<b> &amp; more", "location": 0},
        {"element": "h3", "id": "d", "text": "", "location": 6},
    ]


def test_settings_for_pagefind_from_elsewhere_do_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tree(written(tmp_path / "first"))
    pagefind.engine.cache_clear()
    (tmp_path / "pagefind.yml").write_text("bundle_dir: elsewhere\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAGEFIND_OUTPUT_PATH", "elsewhere")
    assert tree(written(tmp_path / "again")) == first


# -- where it can't be made


@pytest.fixture
def nothing_known() -> Iterator[None]:
    """Ask Pagefind's program anew, before and after."""
    pagefind.engine.cache_clear()
    yield
    pagefind.engine.cache_clear()


@pytest.mark.usefixtures("nothing_known")
def test_a_missing_pagefind_is_told_with_the_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    with pytest.raises(SearchError, match=r"Pagefind is not installed\. Run `make site`"):
        written(tmp_path / "first")


@pytest.mark.usefixtures("nothing_known")
def test_a_pagefind_without_its_program_is_told_with_the_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> Path:
        raise FileNotFoundError

    monkeypatch.setattr("pagefind_bin.get_executable", missing)
    with pytest.raises(SearchError, match=r"Pagefind is not installed\."):
        written(tmp_path / "first")


@pytest.mark.skipif(sys.platform == "win32", reason="a program that is a shell script")
@pytest.mark.parametrize("ends", [3, 0])
@pytest.mark.usefixtures("nothing_known")
def test_a_failing_pagefind_is_told_with_what_it_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ends: int
) -> None:
    """Also where it says that all is well and writes nothing."""
    program = tmp_path / "pagefind"
    program.write_text(f"#!/bin/sh\necho 'no room\n left' >&2\nexit {ends}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: program)
    with pytest.raises(SearchError, match=r"Pagefind failed\. It said: no room left"):
        written(tmp_path / "first")


@pytest.mark.usefixtures("nothing_known")
def test_a_pagefind_of_another_version_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagefind, "VERSION", "1.5.1")
    with pytest.raises(
        SearchError, match=r"Pagefind 1\.5\.2 is installed, and the index is for 1\.5\.1"
    ):
        pagefind.engine()


# -- bundles


def record(part: Part, name: str, area: str = "") -> Record:
    return Record(
        part=part, address=f"/harbour/{name}/", title=name, what="Help", area=area, tag="Checked"
    )


def test_each_part_has_a_bundle_and_withdrawn_pages_are_a_list(tmp_path: Path) -> None:
    records = [record(part, part.value) for part in Part]
    files = bundles.write(tmp_path, "/harbour/", records, lambda each: f"<p>{each.title}</p>")

    for part in (Part.FIRST, Part.LAST, Part.EARLIER):
        assert list(pages_in(tmp_path / part.value)) == [f"{part.value}/"]
    assert (tmp_path / "withdrawn.json").read_text(encoding="utf-8") == (
        '[{"title":"withdrawn","path":"withdrawn/","what":"Help","tag":"Checked"}]\n'
    )
    assert sorted(files) == sorted(tree(tmp_path))
    assert [path.parent.name for path in tmp_path.rglob("*.js")] == ["first"]


def test_a_part_with_nothing_in_it_has_no_files(tmp_path: Path) -> None:
    bundles.write(tmp_path, "/harbour/", [record(Part.FIRST, "quay")], lambda each: "<p>Quay</p>")
    assert [path.name for path in tmp_path.iterdir()] == ["first"]


def test_the_portal_says_of_which_area_a_page_is_and_an_area_does_not(tmp_path: Path) -> None:
    records = [record(Part.FIRST, "quay", area="Harbour"), record(Part.WITHDRAWN, "old", "Harbour")]
    for front, area in (("/", "Harbour"), ("/harbour/", None)):
        folder = tmp_path / (area or "own")
        bundles.write(folder, front, records, lambda each: "<p>Quay</p>")
        (page,) = pages_in(folder / "first").values()
        assert told(page).get("area") == area
        assert ('"area":"Harbour"' in (folder / "withdrawn.json").read_text()) is (area is not None)
