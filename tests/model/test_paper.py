"""Links spelled out for paper."""

from __future__ import annotations

import re

import pytest

from ltp.site.paper import spell_out

HERE = "https://plans.example/blmk/2024-25/crisis/"


def page(main: str) -> str:
    return f'<nav><a href="../">Up</a></nav><main>{main}</main><footer><a href="../">x</a></footer>'


def numbered(html: str) -> list[str]:
    return re.findall(r'data-n="(\d+)"', html)


def listed(html: str) -> list[str]:
    return re.findall(r"<li>(.*?)</li>", html)


def test_links_get_numbers_in_order_and_one_address_has_one_number() -> None:
    html = spell_out(
        page(
            '<a href="../need/">a</a> <a href="https://x.example/">b</a> <a href="../need/">c</a>'
        ),
        HERE,
    )

    assert numbered(html) == ["1", "2", "1"]
    assert listed(html) == ["https://plans.example/blmk/2024-25/need/", "https://x.example/"]
    assert html.endswith('</ol>\n</div>\n</main><footer><a href="../">x</a></footer>')


def test_a_path_is_spelled_out_while_the_public_address_is_not_known() -> None:
    assert listed(spell_out(page('<a href="../../help/#now">x</a>'), "/blmk/2024-25/crisis/")) == [
        "/blmk/help/#now"
    ]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="#part">x</a>',
        '<a href="tel:111">Call 111</a>',
        '<a href="sms:85258?body=SHOUT">Text SHOUT to 85258</a>',
        '<a id="here">x</a>',
        '<nav><a href="../">x</a></nav>',
        '<a href="https://x.example/">Go to https://x.example</a>',
        '<a href="mailto:a@x.example">Email <b>a@x.example</b>.</a>',
        "<abbr>x</abbr>",
        "",
    ],
)
def test_what_needs_no_number_stays_as_it_is(link: str) -> None:
    assert spell_out(page(link), HERE) == page(link)


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ('<a class="b" href="mailto:a@x.example?subject=Hi%20you">Tell us</a>', "a@x.example"),
        ("<a\nhref='https://x.example/?a=1&amp;b=2'>x</a>", "https://x.example/?a=1&amp;b=2"),
        ('<a title="a > b href=\'no\'" href="../">x</a>', "https://plans.example/blmk/2024-25/"),
        ('<a href="/">All / areas</a>', "https://plans.example/"),
    ],
)
def test_an_address_is_spelled_out_however_its_link_is_written(link: str, address: str) -> None:
    html = spell_out(page(link), HERE)

    assert numbered(html) == ["1"]
    assert listed(html) == [address]


def test_today_s_help_above_the_content_is_spelled_out_too() -> None:
    strip = '<aside class="app-crisis-strip"><a href="tel:999">999</a> <a href="../../help/">x</a></aside>'

    assert listed(spell_out(strip + page(""), HERE)) == ["https://plans.example/blmk/help/"]


def test_a_page_without_a_main_part_stays_as_it_is() -> None:
    assert spell_out('<a href="x/">x</a>', HERE) == '<a href="x/">x</a>'
