"""Our index holds what Pagefind's own program makes of the same pages: file for file, to the byte.

But for two things that are left out on purpose: ids of anything but headings, and how a file is packed.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import example, given, settings
from tests.search.packed import unpacked, unpacked_bytes

from ltp.search import index, pagefind
from ltp.search.index import Indexed

_LINES = (
    "Plan plan-led 16+ (18/19) 2024-25, CYPs CAMHS/CYPMHS people’s don't “quoted” café Café",
    "CAFÉ-au-lait naïve e\u0301te\u0301 Ünïcode ß İstanbul snake_case __init__ camelCase",
    "WKWebVIEWComponent x é 1 £3.2m 50% … ΟΔΥΣΣΕΥΣ ΟΔΥΣΣΕΥΣ/ΣΑΣ żółć Ǆemper ǅemper Ⅷ 𝐀bc",
    "مرحبا অধিকার हिन्दी 中文 a\u00adb re\u200bcovery co\u2011operate H2O B2B's e.g. -- a&b",
    "generously organisations international pasted dying news skis singly",
)
WORDS = (*(word for line in _LINES for word in line.split()), "non\u00a0breaking")
"""Words that are cut, spelt or folded in some way."""

PICTURES = ("☎", "call☎now", "❤\ufe0f", "👩🏽\u200d⚕\ufe0f", "🇬🇧", "1\ufe0f\u20e3", "©", "👍🏿👋")

TEXTS = (
    "",
    " <p> </p>\n",
    "<p>One</p><p>Two.</p><p>Three: </p><p>Four &amp; five</p><p>“Six”</p><p>(seven)</p><p>8</p>",
    "<p>no<b>t</b> cut, <em>here</em>and<br>there<br />and&nbsp;there</p>text outside<p>of lines</p>",
    '<h2 id="a">A heading <code>with</code> code</h2><h3>No id</h3><h4 id="b"> B &lt; C </h4><p>end</p>',
    '<h1 id="top">Top</h1><h5 id="five">Five-fold plans</h5><h6 class="x" id=six>Six?</h6>\n',
    "<ul>\n<li>one</li>\n<li><p>two</p></li>\n<li>three<ul><li>four</li></ul></li>\n</ul>",
    "<table><tr><th>Year</th><th>People</th></tr>\n<tr><td>2019</td><td>8,123</td></tr></table>",
    "<dl><dt>Term</dt><dd>What it is</dd></dl><blockquote>said</blockquote><details><summary>More</summary>"
    "<div>inside</div></details>",
    "<p>before</p><nav><ul><li>left out<nav>too</nav></li></ul></nav><form><p>not this</p></form>"
    "<label>nor this</label><svg><title>nor that</title></svg><p>after<!-- a <p>remark</p> --> it</p>",
    "<P CLASS='a>b'>capitals</P><section title=\"a > b\">a section</section><article>an article</article>",
    '<p lang="cy">Iechyd meddwl</p><p>a ___b___ c</p><div></div><p>&#8217;&copy;&hellip;&#x41;</p>',
)


def theirs(pages: Sequence[Indexed]) -> Mapping[str, bytes]:
    """Give the files that Pagefind makes, unpacked; of an id, it is to know headings alone."""
    with tempfile.TemporaryDirectory() as folder:
        source, bundle = Path(folder) / "pages", Path(folder) / "bundle"
        source.mkdir()
        for page in pages:
            # Pagefind leaves out a page without any text; ours has its title then.
            words = re.sub(r"<[^>]*>|\s", "", page.html)
            text = page.html if words else f"<p>{escape(page.title)}</p>"
            document = (
                '<!doctype html><html lang="en"><body>'
                f'<i data-pagefind-meta="title:{escape(page.title)}"></i>'
                f'<i id="{escape(page.told)}"></i>{text}</body></html>\n'
            )
            (source / page.name.lstrip("/")).write_text(document, encoding="utf-8", newline="\n")
        pagefind.run(source, bundle)
        made = ("pagefind-entry.json", "*.pf_meta", "index/*", "fragment/*")
        paths = [path for pattern in made for path in bundle.glob(pattern)]
        return {
            path.relative_to(bundle).as_posix(): (
                path.read_bytes() if path.suffix == ".json" else unpacked(path)
            )
            for path in paths
        }


def ours(pages: Sequence[Indexed], like: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Give our files, unpacked, with the pages in the order in which Pagefind took them."""
    (meta,) = (data for name, data in like.items() if name.endswith("meta"))
    order = {
        json.loads(data)["url"]: meta.index(re.sub(r".*/|\..*", "", name).encode())
        for name, data in like.items()
        if name.startswith("fragment/")
    }
    made = index.Index()
    for page in sorted(pages, key=lambda each: order[each.name]):
        made.add(page)
    return {
        name: data if name.endswith(".json") else unpacked_bytes(data)
        for name, data in made.files().items()
    }


def check(pages: Sequence[Indexed]) -> None:
    expected = theirs(pages)
    found = ours(pages, expected)
    for kind in ("index/", "fragment/", "pagefind"):  # the first to differ says most
        assert of_kind(found, kind) == of_kind(expected, kind)


def of_kind(files: Mapping[str, bytes], kind: str) -> Mapping[str, bytes]:
    return {name: data for name, data in files.items() if name.startswith(kind)}


def test_words_that_are_cut_spelt_or_folded() -> None:
    words = (*WORDS, *PICTURES)
    check([Indexed("words/", " ".join(words[::-1]), {}, f"<p>{escape(' '.join(words))}</p>")])


@pytest.mark.parametrize("html", TEXTS)
def test_the_texts_of_pages(html: str) -> None:
    check([Indexed("a-page/", "Its title, & more", {"what": "2026 plan"}, html)])


def test_many_pages_in_several_parts() -> None:
    sentences = [f"<p>{escape(' '.join(WORDS[at:] + WORDS[:at]))}</p>" for at in range(len(WORDS))]
    pages = [
        Indexed(
            f"page-{at}/", f"Page {at}", {}, f"{TEXTS[at % len(TEXTS)]}{sentences[at % 40]}" * 3
        )
        for at in range(250)
    ]
    check(pages)
    made = index.made(pages, engine=False)
    assert sum(name.startswith("index/") for name in made) > 2


PIECES = st.one_of(
    st.sampled_from([escape(each) for each in WORDS]),
    st.sampled_from([f" {escape(each)} " for each in PICTURES]),
    st.sampled_from(TEXTS[2:]),
    st.text(
        st.characters(
            exclude_categories=["C", "Z", "So", "Sk", "Sc"], exclude_characters="<>&#*0123456789"
        ),
        min_size=1,
        max_size=12,
    ),
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(PIECES, max_size=12).map("".join), min_size=1, max_size=5),
    st.text("ab é-C", max_size=9),
)
@example(["<p>plan-plan plan-plan</p><h2 id=x>plan-plan</h2>"], "plan-plan plan")
def test_any_pages(texts: list[str], title: str) -> None:
    check(
        [
            Indexed(f"{at}/", f"{title} T", {"what": title}, f"<p>A {text}</p>")
            for at, text in enumerate(texts)
        ]
    )
