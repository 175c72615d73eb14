"""What a first search costs a visitor, at England's size, as a server sends it that compresses nothing."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_plus, urlsplit

import pytest
from markupsafe import Markup
from playwright.sync_api import Browser
from tests.browser.chromium import browser, served_folder
from tests.search.england import Language, area, portal

from ltp.search import bundles, words
from ltp.search.records import Part, Record
from ltp.site.templates import environment
from ltp.site.views import Link, PageView, Search, Shell

pytestmark = pytest.mark.browser

CODE = Path(__file__).resolve().parents[2]
MOST = 250_000
"""Bytes of a first search: scripts, WebAssembly, index and what is shown of ten results."""
AIM = 200_000
"""What a search for one word keeps to."""


@dataclass(frozen=True)
class Searched:
    """A search page with an index, in a folder to serve."""

    folder: Path
    words: Sequence[str]
    """Words of its pages, the most used first."""


def page(search: Search) -> PageView:
    shell = Shell(
        site_name="England",
        portal_name="England",
        home_href="../",
        portal_href="../",
        assets="../assets/",
        logo="neutral",
        navigation=(),
        footer=(),
        run_by=None,
        crisis=(),
        help=Link("Help", "../help/"),
    )
    return PageView(shell=shell, title="Search", heading="Search", search=search)


def written(
    folder: Path, front: str, records: Sequence[Record], looked_through: Callable[[Record], str]
) -> Searched:
    shutil.copytree(CODE / "overrides/assets", folder / "assets")
    bundles.write(folder / "search", front, records, looked_through)
    has_earlier = any(each.part is Part.EARLIER for each in records)
    search = Search(front="../", always=["first/"], earlier="earlier/" if has_earlier else "")
    template = environment(CODE / "overrides", None).get_template("main.html")
    html = template.render(view=page(search), content=Markup(""), page=None)
    (folder / "search/index.html").write_text(html, encoding="utf-8")
    for name in ("404.html", "assets/site.css", "assets/area.css"):
        (folder / name).touch()
    said = Counter(" ".join(each.title.lower() for each in records).split())
    return Searched(folder, [word for word, _ in said.most_common()])


@pytest.fixture(scope="module")
def england(tmp_path_factory: pytest.TempPathFactory) -> Searched:
    """Give the portal's search over 6,930 titles of 42 areas."""
    records = list(portal(Language()))
    assert len(records) == 42 * 165
    return written(tmp_path_factory.mktemp("england"), "/", records, words.of_record)


@pytest.fixture(scope="module")
def one_area(tmp_path_factory: pytest.TempPathFactory) -> Searched:
    """Give one area's search: 15 pages of its latest plan, 150 services, 135 pages of earlier plans."""
    language = Language()
    texts = {
        record: text for part in (Part.FIRST, Part.EARLIER) for record, text in area(language, part)
    }
    assert len(texts) == 300
    folder = tmp_path_factory.mktemp("area")
    return written(folder, "/area/", list(texts), texts.__getitem__)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


def fetched(chromium: Browser, searched: Searched, asked: str) -> dict[str, int]:
    """Search in a fresh window, and give the bytes of everything that came but the page itself."""
    context = chromium.new_context()
    tab = context.new_page()
    answers = []
    tab.on("response", lambda answer: answers.append(answer))
    with served_folder(searched.folder) as host:
        tab.goto(f"{host}/search/#{asked}")
        tab.locator(".app-search__name a").first.wait_for()
        tab.wait_for_load_state("networkidle")
        sizes = {urlsplit(each.url).path: len(each.body()) for each in answers if each.ok}
    context.close()
    page = ("/search/", "/assets/site.css", "/assets/area.css", "/assets/mark.svg", "/favicon.ico")
    return {path: size for path, size in sizes.items() if path not in page}


QUERIES: Mapping[str, Callable[[Sequence[str]], str]] = {
    "the most used word": lambda words: words[0],
    "a word of the middle": lambda words: words[len(words) // 2],
    "a word that is on one page": lambda words: words[-1],
    "two words that many pages have": lambda words: f"{words[1]} {words[5]}",
    "three words": lambda words: f"{words[3]} {words[300]} {words[-5]}",
}


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("where", ["england", "one_area"])
def test_a_first_search_is_light(
    chromium: Browser, request: pytest.FixtureRequest, where: str, query: str
) -> None:
    searched: Searched = request.getfixturevalue(where)
    asked = QUERIES[query](searched.words)
    sizes = fetched(chromium, searched, f"q={quote_plus(asked)}")
    told = f"{where}, {query}: {sum(sizes.values()):,} bytes in {len(sizes)} answers"
    print(told)
    assert any(path.endswith("wasm.en.pagefind") for path in sizes), told
    assert any(path.endswith(".pf_fragment") for path in sizes), told
    assert not any("/earlier/" in path for path in sizes), told
    assert sum(sizes.values()) <= (MOST if " " in asked else AIM), told


def test_a_first_search_of_earlier_plans_too_is_light(
    chromium: Browser, one_area: Searched
) -> None:
    sizes = fetched(chromium, one_area, f"q={one_area.words[3]}&earlier=yes")
    print(f"one area, earlier plans too: {sum(sizes.values()):,} bytes in {len(sizes)} answers")
    assert any("/earlier/" in path for path in sizes)
    assert sum(sizes.values()) <= MOST
