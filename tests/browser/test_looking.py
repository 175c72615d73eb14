"""The looking itself: a look that sees nothing anywhere would pass every other test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from audit import engines, looks
from audit.engines import Failure
from audit.looking import Look, Seen, visit
from audit.sites import BuiltPage, Site
from tests.browser.chromium import browser, served
from tests.browser.sites import audited
from tests.site.built import Built

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Spoilt:
    """A page that is in order but for one thing, and what has to be found on it."""

    engine: str
    what: str
    """What the finding says, or a part of it."""
    add: str = ""
    """HTML at the end of the content."""
    style: str = ""
    """A style sheet, in a file of its own since the content policy wants it so."""
    script: str = ""
    """The same for a script."""
    swap: tuple[str, str] = ("", "")
    """A text of the page, and what to put in its place."""
    look: Look = looks.at_both_widths
    view: str = ""
    """A part of the view in which it has to be found."""

    def __str__(self) -> str:
        return f"{self.engine}: {self.what}"


ROW = '<td class="nhsuk-table__cell">x</td>'

SPOILT: Sequence[Spoilt] = [
    Spoilt("axe-core", "must have alternative text", add='<img src="assets/mark.svg">'),
    Spoilt("axe-core", "contrast", add='<p class="bad">Faint</p>', style=".bad{color:#ccc}"),
    Spoilt("axe-core", "Styled <p>", add='<p class="bad">A heading</p><p>Words that are many more.</p>',
           style=".bad{font-weight:bold;font-size:2rem}"),
    Spoilt("HTML_CodeSniffer", "textinput element does not have a name", add="<input>"),
    Spoilt("HTML_CodeSniffer", "Heading markup should be used", add="<p><b>A heading</b></p>"),
    Spoilt("headings", "2 headings of level 1", add="<h1>Another</h1>"),
    Spoilt("headings", "level 4 follows", add="<h4>Too deep</h4>"),
    Spoilt("headings", "no words", add="<h2></h2>"),
    Spoilt("headings", "first heading is not of level 1",
           swap=("<main", "<aside aria-label='x'><h2>Before</h2></aside><main")),
    Spoilt("landmarks", "2 landmarks are called navigation",
           add='<nav aria-label="Main"><a href="./">Here</a></nav>'),
    Spoilt("landmarks", "has no name", add='<nav><a href="./">Here</a></nav>'),
    Spoilt("landmarks", "“contentinfo”, not 1", swap=("<footer", "<div")),
    Spoilt("landmarks", "is inside another", swap=("<main", "<main><div role=banner>x</div")),
    Spoilt("landmarks", "a text is in no landmark", swap=("</body>", "Loose words</body>")),
    Spoilt("languages", "not marked as cy", add="<p>Cymraeg</p>"),
    Spoilt("languages", "in another script", add="<p>Здравствуйте</p>"),
    Spoilt("languages", "which is no language", add='<p lang="xx-nothing">Words</p>'),
    Spoilt("languages", "does not say that it is in English", swap=('lang="en"', 'lang="cy"')),
    Spoilt("names", "a control has no name", add='<a href="./"></a>'),
    Spoilt("names", "lacks the words that are seen", add='<a href="./" aria-label="Home">Ferry</a>'),
    Spoilt("names", "no label that is seen", add='<input aria-label="Words">'),
    Spoilt("names", "autocomplete should say “email”", add="<label>Your email <input></label>"),
    Spoilt("names", "image of the content says nothing",
           add='<img src="assets/mark.svg" alt="">'),
    Spoilt("names", "an image has no alternative text", add='<img src="assets/mark.svg">'),
    Spoilt("names", "a drawing has no name", add='<svg><path d="M0 0h9v9z"/></svg>'),
    Spoilt("names", "in no group with a name", add='<label><input type="radio"> One</label>'),
    Spoilt("names", "belongs to no field", add="<label>Words</label>"),
    Spoilt("references", "stands 2 times", add='<p id="maincontent">Words</p>'),
    Spoilt("references", "names “gone”", add='<p aria-describedby="gone">Words</p>'),
    Spoilt("references", "leads to “#gone”", add='<p><a href="#gone">Words</a></p>'),
    Spoilt("reflow", "wider than the window", add='<p class="bad">Words</p>', view="320 px",
           style=".bad{width:900px}"),
    Spoilt("reflow", "a text leaves the window", add='<p class="bad">Words</p>',
           style=".bad{position:relative;left:-60px;width:max-content}"),
    Spoilt("reflow", "it leaves the window", add='<button class="bad">Words</button>',
           style=".bad{position:absolute;left:-20px}"),
    Spoilt("cut", "cut by its box", add='<p class="bad">Words</p>',
           style=".bad{height:9px;overflow:hidden}"),
    Spoilt("cut", "over the edge of its box", add='<p class="bad">Words and words<br>again</p>',
           style=".bad{height:19px;border:1px solid}"),
    Spoilt("cut", "drawn over each other", add='<p>Words</p><p class="bad">Words</p>',
           style=".bad{margin-top:-30px}"),
    Spoilt("cut", "cut by its box", add='<p class="bad">Some words that fit</p>',
           look=looks.spaced_out, view="text spaced out",
           style=".bad{width:max-content;max-width:9rem;height:2em;overflow:hidden}"),
    Spoilt("scrolling", "other than a table", add='<pre class="bad">' + "wide-" * 90 + "</pre>",
           style=".bad{overflow:auto;white-space:pre}"),
    Spoilt("scrolling", "the keyboard can’t reach", view="320 px",
           add='<div class="app-table"><table><caption>C</caption><tr>'
           + '<th scope="col">' + "wide-" * 90 + "</th></tr></table></div>",
           style=".bad,th{white-space:nowrap;overflow-wrap:normal!important}"),
    Spoilt("tables", "no caption", add=f'<table><tr><th scope="col">x</th>{ROW}</tr></table>'),
    Spoilt("tables", "no headers", add=f"<table><caption>C</caption><tr>{ROW}</tr></table>"),
    Spoilt("tables", "does not say what it heads",
           add="<table><caption>C</caption><tr><th>x</th></tr></table>"),
    Spoilt("tables", "a header has no words",
           add='<table><caption>C</caption><tr><th scope="col"></th></tr></table>'),
    Spoilt("targets", "too near another", add='<button class="bad">1</button>' * 2,
           style=".bad{all:unset;font-size:12px;display:inline-block;width:14px}"),
    Spoilt("zoom", "can’t be made larger", swap=("initial-scale=1", "user-scalable=no")),
    Spoilt("zoom", "not as wide as the device", swap=("width=device-width", "width=980")),
    Spoilt("order", "parts are drawn backwards", add='<p class="bad"><b>1</b><b>2</b></p>',
           style=".bad{display:flex;flex-direction:row-reverse}"),
    Spoilt("order", "in another place", add='<p class="bad">Words</p>', style=".bad{order:2}"),
    Spoilt("order", "drawn after what follows it",
           add='<p><span class="bad"><a href="./">1</a></span><span><a href="./">2</a></span></p>',
           style=".bad{float:right}"),
    Spoilt("order", "puts it before others", add='<a href="./" tabindex="3">Words</a>'),
    Spoilt("order", "keeps the keyboard from it", add='<a href="./" tabindex="-1">Words</a>'),
    Spoilt("motion", "it moves", look=looks.without_motion, add='<p class="bad">Words</p>',
           style="@keyframes to{to{opacity:0}}.bad{animation:to 9s infinite!important}"),
    Spoilt("motion", "it changes slowly", look=looks.without_motion, add='<p class="bad">W</p>',
           style="main .bad{transition:color 3s!important}"),
    Spoilt("motion", "it scrolls slowly", look=looks.without_motion,
           style="html{scroll-behavior:smooth!important}"),
    Spoilt("forced", "nothing shows that it is a control", look=looks.in_each_system,
           add='<button class="bad">Words</button>', style=".bad{border:0;background:#eee}"),
    Spoilt("forced", "only a colour shows", look=looks.in_each_system,
           add='<ul><li class="bad"><a href="./" aria-current="page">1</a></li>'
           '<li><a href="./">2</a></li></ul>', style="[aria-current]{color:red}"),
    Spoilt("axe-core", "contrast", look=looks.in_each_system, view="dark",
           add="<p class='bad'>Words</p>",
           style="@media (prefers-color-scheme:dark){.bad{color:#333}}"),
    Spoilt("axe-core", "contrast", look=looks.in_each_system, view="high contrast",
           add="<p class='bad'>Words</p>", style="@media (prefers-contrast:more){.bad{color:#ccc}}"),
    Spoilt("axe-core", "contrast", look=looks.in_each_system, view="forced colours",
           add="<p class='bad'>Words</p>",
           style="@media (forced-colors:active){.bad{forced-color-adjust:none;color:#ccc}}"),
    Spoilt("keyboard walk", "does not reach it", look=looks.by_keyboard,
           add='<a href="./">Words</a>',
           script="addEventListener('focusin', e => e.target.closest('main') && e.target.blur())"),
    Spoilt("keyboard walk", "not let go", look=looks.by_keyboard,
           script="""addEventListener('keydown', e => {
             const every = [...document.querySelectorAll('a')];
             if (e.key === 'Tab' && document.activeElement === every.at(-1)) e.preventDefault();
           })"""),
    Spoilt("keyboard walk", "out of sight", look=looks.by_keyboard,
           add='<a class="bad" href="./">Words</a>',
           style=".bad{position:fixed;top:-99px}"),
    Spoilt("keyboard walk", "the focus under", look=looks.by_keyboard,
           swap=("</footer>", '<p class="bad">Words</p></footer>'),
           style=".bad{position:fixed;bottom:0;left:0;right:0;margin:0;height:300px;background:#fff}"),
    Spoilt("keyboard walk", "the focus under", look=looks.zoomed_in,
           view="400%", swap=("<main", '<p class="bad">Words</p><main'),
           style=".bad{position:sticky;bottom:0;margin:0;height:200px;background:#fff}"),
    Spoilt("focus ring", "too faint", look=looks.by_keyboard,
           add='<p><a class="bad" href="./">Some words</a></p>',
           style=".bad,.bad:focus{all:unset!important;color:#005eb8!important}"),
    Spoilt("controls by keyboard", "Enter does nothing", look=looks.by_keyboard,
           add='<p><a class="bad" href="./">Some words</a></p>',
           script="""addEventListener('keydown', e => {
             if (e.key === 'Enter' && e.target.matches('.bad')) e.preventDefault();
           })"""),
    Spoilt("controls by keyboard", "Space does nothing", look=looks.by_keyboard,
           add='<label><input type="checkbox"> Words</label>',
           script="addEventListener('keydown', e => e.key === ' ' && e.preventDefault())"),
    Spoilt("controls by keyboard", "leaves the page", look=looks.by_keyboard,
           add="<label>Words <select><option>1<option>2</select></label>",
           script="addEventListener('input', () => { location.pathname = '/'; })"),
    Spoilt("single-letter shortcuts", "a single key", look=looks.by_keyboard,
           script="addEventListener('keydown', e => e.key === 's' && scrollTo(0, 99))"),
]  # fmt: skip


UNSPOILT = Spoilt("none", "nothing")
LOOKS: Sequence[Look] = list(dict.fromkeys(each.look for each in SPOILT))


@dataclass(frozen=True)
class Found:
    """What each look found on the pages that were spoilt for it, and on the one that was not."""

    by_look: Mapping[Look, Seen]
    pages: Mapping[int, BuiltPage]

    def on(self, at: int, look: Look) -> list[Failure]:
        """Give what a look found on the page of a case."""
        return [each for each in self.by_look[look].failures if each.page == str(self.pages[at])]


@pytest.fixture(scope="module")
def found(made_up: Built, tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Spoil a page for each case, and look at it."""
    built = made_up.copy(tmp_path_factory.mktemp("spoilt") / "root")
    site = audited("spoilt", built)
    pages = {at: _spoil(built, site, at, case) for at, case in enumerate([*SPOILT, UNSPOILT])}
    by_look = {}
    for look in LOOKS:
        alike = [pages[at] for at, case in enumerate(SPOILT) if case.look is look]
        context = looks.ZOOMED_IN if look is looks.zoomed_in else {}
        by_look[look] = visit([*alike, pages[len(SPOILT)]], look, **context)
    return Found(by_look, pages)


def _spoil(built: Built, site: Site, at: int, case: Spoilt) -> BuiltPage:
    """Write the page beside the one that it is made from, so that its links still lead somewhere."""
    file = built.folder / f"ferry/spoilt-{at}.html"
    file.with_suffix(".css").write_text(case.style, encoding="utf-8")
    file.with_suffix(".js").write_text(case.script, encoding="utf-8")
    head = f'<link rel="stylesheet" href="spoilt-{at}.css"><script src="spoilt-{at}.js"></script>'
    text = (built.folder / "ferry/index.html").read_text(encoding="utf-8")
    text = text.replace("</head>", f"{head}</head>").replace("</main>", f"{case.add}</main>")
    assert case.swap[0] in text
    text = text.replace(*case.swap, 1) if case.swap[0] else text
    file.write_text(text, encoding="utf-8")
    return BuiltPage(site, f"/ferry/{file.name}", file, None)


@pytest.mark.parametrize(
    ("at", "case"), [pytest.param(*each, id=str(each[1])) for each in enumerate(SPOILT)]
)
def test_a_page_that_is_spoilt_is_found(at: int, case: Spoilt, found: Found) -> None:
    failures = found.on(at, case.look)
    said = [f"{each.engine}: {each.what} ({each.view})" for each in failures]
    assert any(
        each.engine == case.engine and case.what in each.what and case.view in each.view
        for each in failures
    ), said


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_is_found_on_the_page_that_they_are_made_from(look: Look, found: Found) -> None:
    assert found.on(len(SPOILT), look) == []


def test_every_probe_has_a_page_that_is_spoilt_for_it(made_up: Built) -> None:
    names: list[str] = []
    page = audited("made_up", made_up).pages[0]
    visit([page], lambda visitor, _: names.extend(visitor.tab.evaluate("() => ltpAudit.names()")))
    assert {*names} == {*looks.OF_EVERY_PAGE, "forced", "motion"}
    assert {*names} <= {each.engine for each in SPOILT}


def test_the_html_checker_finds_what_is_not_valid_and_what_it_warns_of(
    made_up: Built, tmp_path: Path
) -> None:
    built = made_up.copy(tmp_path / "root")
    site = audited("spoilt", built)
    add = "<ul><p>Words</p></ul><section>Words</section>"
    page = _spoil(built, site, 0, Spoilt("", "", add=add))

    said = [each.what for each in engines.nu([page])]

    assert any("not allowed as child of element" in each for each in said)
    assert any("Section lacks heading" in each for each in said)


def test_what_a_page_asks_for_and_what_its_policy_blocks_are_noticed(
    made_up: Built, tmp_path: Path
) -> None:
    built = made_up.copy(tmp_path / "root")
    site = audited("spoilt", built)
    add = '<img src="missing.png" alt="A boat"><p style="color: red">Words</p>'
    far = '<link rel="stylesheet" href="http://127.0.0.2:9/far.css"></main>'
    page = _spoil(built, site, 0, Spoilt("", "", add=add, swap=("</main>", far)))

    seen = visit([page], looks.at_both_widths)

    assert any("missing.png" in each for each in seen.failed)
    assert any("style" in each.lower() for each in seen.complaints)
    assert any("far.css" in each for each in seen.complaints)
    # Blocked, and noticed all the same.
    assert {urlsplit(each).hostname for each in seen.requests} == {"127.0.0.1", "127.0.0.2"}


def test_a_page_that_does_not_answer_is_noticed(made_up: Built, tmp_path: Path) -> None:
    site = audited("made_up", made_up)
    page = BuiltPage(site, "/no/such/page/", tmp_path / "none.html", None)
    assert visit([page], looks.at_both_widths).failed == [str(page)]


def test_pages_with_a_missing_address_show_the_nearest_404_page(real: Built) -> None:
    with browser() as opened, served(real) as host:
        tab = opened.new_page()
        for address, area in (("/no/such/", None), ("/blmk/no/such/page/", "/blmk/")):
            tab.goto(host + address)
            assert tab.locator("h1").inner_text() == "Page not found"
            if area:
                link = tab.locator("main").get_by_role("link", name="Bedfordshire")
                link.click()
                assert urlsplit(tab.url).path == area
