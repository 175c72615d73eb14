"""Pages put together on one: every id, link and heading, for any pages that link to each other."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as parser  # type: ignore[import-untyped]

from ltp.site.addresses import relative
from ltp.site.one_page import Text, ids_of, together

HOME = "/harbour/2026-27/"
HERE = f"{HOME}print/"
NAMES = ("index", "crisis", "schools", "lines/night", "lines-night")
ELSEWHERE = (
    "../2024-25/crisis/#by-day",
    "../../help/",
    "https://books.example/a?b=1&c=2#d",
    "//books.example/",
    "tel:999",
    "mailto:a@books.example?subject=x",
    "/at/the/top/",
    "boats.svg",
    "?q=1#x",
)


def text(name: str, html: str) -> Text:
    return Text(name, HOME + ("" if name == "index" else f"{name}/"), html)


def tree(html: str) -> Any:
    return parser.fragment_fromstring(html, create_parent="main")


def one(html: str, name: str = "crisis") -> str:
    return together([text("index", ""), text(name, html)], HERE)[1]


# -- any pages


@st.composite
def editions(draw: st.DrawFn) -> list[Text]:
    """Make pages whose headings have ids, and whose links lead to pages, parts of them and elsewhere."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
    ids = {
        name: draw(
            st.lists(st.sampled_from(["at-night", "by-day", "fn:1", "part-crisis"]), unique=True)
        )
        for name in names
    }
    return [text(name, draw(_body(name, names, ids))) for name in names]


@st.composite
def _body(draw: st.DrawFn, name: str, names: list[str], ids: dict[str, list[str]]) -> str:
    pieces = []
    for each in ids[name]:
        tag = draw(st.sampled_from(["h2", "H3", "h6", "p", "details"]))
        pieces.append(
            f"<{tag} {_written(draw, 'id', each)}>{draw(_words)} {each} of {name}</{tag}>"
        )
    for _ in range(draw(st.integers(0, 5))):
        to = (
            draw(st.sampled_from(ELSEWHERE))
            if draw(st.booleans())
            else _inside(draw, name, names, ids)
        )
        pieces.append(f"<p>{draw(_words)}<a {_written(draw, 'href', to)}>{draw(_words)}</a>")
    if ids[name]:
        pieces.append(f'<div role="region" aria-labelledby="{ids[name][0]}" tabindex=0>x</div>')
    return "\n".join(draw(st.permutations(pieces)))


_words = st.sampled_from(
    ["Words", "a &lt; b &amp; c", "<b title='a > b'>x</b>", '<!-- id="no" -->', ""]
)


def _inside(draw: st.DrawFn, name: str, names: list[str], ids: dict[str, list[str]]) -> str:
    to = draw(st.sampled_from(names))
    path = relative(text(name, "").address, text(to, "").address)
    if to == name and draw(st.booleans()):
        path = ""
    fragment = draw(st.sampled_from([*ids[to], ""]))
    return f"{path}#{fragment}" if fragment else path or "#"


def _written(draw: st.DrawFn, name: str, value: str) -> str:
    """Write an attribute as HTML may: in either quotes, with spaces, with letters of any size."""
    name = draw(st.sampled_from([name, name.upper()]))
    sign = draw(st.sampled_from(["=", " = ", "=\n"]))
    quote = draw(st.sampled_from(['"', "'"]))
    before = draw(st.sampled_from(["", "hidden ", "title='id=\"no\"' ", 'data-x="<a>" ']))
    return f"{before}{name}{sign}{quote}{value.replace('&', '&amp;')}{quote}"


@settings(max_examples=300)
@given(editions())
def test_nothing_is_lost_and_everything_is_found(texts: list[Text]) -> None:
    parts = together(texts, HERE)
    whole = tree(
        "".join(f'<section id="{t.id}">{p}</section>' for t, p in zip(texts, parts, strict=True))
    )
    ids = [str(each) for each in whole.xpath("//@id")]
    assert len(set(ids)) == len(ids)

    by_address = {each.address: each for each in texts}
    for before, after in zip(texts, parts, strict=True):
        then, now = tree(before.html), tree(after)
        assert now.text_content() == then.text_content()
        assert now.xpath("//@id") == [f"{before.id}--{each}" for each in then.xpath("//@id")]
        levels = [each.tag for each in then.iter("h2", "h3", "h6")]
        assert [each.tag for each in now.iter("h3", "h4", "h6")] == [
            {"h2": "h3", "h3": "h4", "h6": "h6"}[each] for each in levels
        ]
        assert all(each.get("open") is not None for each in now.iter("details"))
        for old, new in zip(then.iter("a"), now.iter("a"), strict=True):
            _leads_to_the_same(whole, before, by_address, str(old.get("href")), new)


def _leads_to_the_same(
    whole: Any, page: Text, by_address: dict[str, Text], old: str, new: Any
) -> None:
    led, _, fragment = urljoin(page.address, old).partition("#")
    if led not in by_address:
        assert urljoin(HERE, new.get("href")) == urljoin(page.address, old)
        assert new.get("data-to-part") is None
        return
    (there,) = whole.xpath("//*[@id=$name]", name=new.get("href").removeprefix("#"))
    if fragment:
        assert f"{fragment} of {by_address[led].name}" in there.text_content()
    else:
        assert there.get("id") == by_address[led].id
    number = [*by_address].index(led) + 1
    assert new.get("data-to-part") == (None if led == page.address else str(number))


# -- what editors may write as HTML


@pytest.mark.parametrize(
    ("written", "moved"),
    [
        ("<p>Words &amp; more</p>", "<p>Words &amp; more</p>"),
        ("<h5>a</h5><h6>b</h6>", "<h6>a</h6><h6>b</h6>"),
        ("<hr><header>x</header>", "<hr><header>x</header>"),
        ("<input disabled id=w>", '<input disabled id="part-crisis--w">'),
        ('<a name="x"></a><a href="#x">y</a>',
         '<a name="part-crisis--x"></a><a href="#part-crisis--x">y</a>'),
        ('<input name="x">', '<input name="x">'),
        ('<td headers="a b">', '<td headers="part-crisis--a part-crisis--b">'),
        ('<img src="a.png" srcset="b.png 1x, c/d.png 2x">',
         '<img src="../crisis/a.png" srcset="../crisis/b.png 1x, ../crisis/c/d.png 2x">'),
        ('<svg><path id="g" fill="url(#g)"/><use href="#g"/></svg>',
         '<svg><path id="part-crisis--g" fill="url(#part-crisis--g)"/><use href="#part-crisis--g"/></svg>'),
        ('<map name="m"></map><img usemap="#m">',
         '<map name="part-crisis--m"></map><img usemap="#part-crisis--m">'),
        ("<!-- <h2 id=x> -->", "<!-- <h2 id=x> -->"),
        ("<script>'<h2>'</script>", "<script>'<h2>'</script>"),
        ("<details open><p>x</details>", "<details open><p>x</details>"),
        ("a < b and <3", "a < b and <3"),
        ('<a href="#gone">x</a>', '<a href="#part-crisis">x</a>'),
        ('<div role="region" aria-label="Table" tabindex="0">',
         '<div role="region" aria-label="Table, part 2" tabindex="0">'),
    ],
)  # fmt: skip
def test_html_of_an_editors_own_is_moved_like_what_markdown_makes(written: str, moved: str) -> None:
    assert one(written) == moved


def test_a_link_to_a_page_that_is_not_among_them_stays_a_link_to_that_page() -> None:
    assert one('<a href="../schools/#pay">x</a>') == '<a href="../schools/#pay">x</a>'


def test_what_a_link_may_lead_to_is_found_however_it_is_written() -> None:
    assert ids_of("<p ID='a'><a name=b></a><br id = \"c&amp;d\"/><i data-id='e'>") == {
        "a",
        "b",
        "c&d",
    }


def test_text_that_never_ends_a_tag_takes_no_time() -> None:
    """Nobody writes this; a page that does must not stop a build."""
    assert one("<a " + "a='\"" * 20_000) == "<a " + "a='\"" * 20_000
