"""Files for hosts: what nginx, Apache and three services would read in them."""

from __future__ import annotations

import dataclasses
import json
import re
import string
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ltp.findings import LtpError
from ltp.hosting import (
    Redirect,
    Rules,
    apache,
    azure,
    files,
    netlify_headers,
    netlify_redirects,
    nginx,
)

RULES = Rules(
    redirects=[
        Redirect("/blmk/old/", "/blmk/2024-25/"),
        Redirect("/blmk/latest/crisis/", "/blmk/2024-25/crisis/#lines", permanent=False),
        Redirect("/blmk/plan.v1.pdf", "/blmk/plan%20two.pdf"),
        Redirect("/away", "https://example.org/a%20b/?c=d"),
    ],
    gone=["/blmk/2021-22/gone/", "/medway/secret.pdf"],
    not_found=[("/blmk/", "/blmk/404.html"), ("/", "/404.html")],
    base="/",
    csp="default-src 'self'; img-src 'self' data:",
)
AT_PLANS = dataclasses.replace(RULES, base="/plans/")
ANSWERS = {
    "/blmk/old/": (301, "/blmk/2024-25/"),
    "/blmk/old": (301, "/blmk/2024-25/"),
    "/blmk/latest/crisis/": (302, "/blmk/2024-25/crisis/#lines"),
    "/blmk/latest/crisis": (302, "/blmk/2024-25/crisis/#lines"),
    "/blmk/plan.v1.pdf": (301, "/blmk/plan%20two.pdf"),
    "/away": (301, "https://example.org/a%20b/?c=d"),
    "/away/": (301, "https://example.org/a%20b/?c=d"),
    "/blmk/2021-22/gone/": (410, "/blmk/2021-22/gone/index.html"),
    "/blmk/2021-22/gone": (410, "/blmk/2021-22/gone/index.html"),
    "/medway/secret.pdf": (410, "/404.html"),
}
SAFE = "".join(sorted(set(map(chr, range(0x20, 0x7F))) - set("?#$\\/%")))
paths = (
    st.lists(
        st.text(SAFE + "é€", min_size=1).filter(lambda part: part not in (".", "..")),
        min_size=1,
        max_size=3,
    )
    .map(lambda parts: "/" + "/".join(parts))
    .flatmap(lambda path: st.sampled_from([path, f"{path}/"]))
)


def words(text: str) -> Iterator[list[str]]:
    """Split as nginx does: words, quoted or not, in commands that `;`, `{` or `}` end."""
    command: list[str] = []
    for quoted, mark, plain in re.findall(
        r'"((?:\\.|[^"\\])*)"|([;{}])|([^\s;{}"]+)', re.sub(r"(?m)^\s*#.*$", "", text)
    ):
        if mark:
            yield [*command, mark]
            command = []
        else:
            command.append(plain or re.sub(r'\\(["\\])', r"\1", quoted))
    assert not command


def in_nginx(rules: Rules) -> dict[str, tuple[int, str]]:
    answers: dict[str, tuple[int, str]] = {}
    default, pages, address, own = "", [], "", ""
    for command in words(nginx(rules)):
        match command:
            case ["if", "($uri", "~", prefix, ")", "{"]:
                pages.append(prefix)
            case ["set", "$ltp_not_found", page, ";"]:
                default = default or page
                pages.append(page)
            case ["location", "=", address, "{"]:
                assert address not in answers, "nginx refuses a location given twice"
                own = ""
            case ["error_page", "410", own, ";"]:
                pass
            case ["return", "410", ";"]:
                answers[address] = (410, own or default)
            case ["return", status, to, ";"]:
                answers[address] = (int(status), to)
    return answers


def apache_lines(rules: Rules) -> Iterator[list[str]]:
    """Split as Apache does: a backslash escapes a quote or itself, and nothing else."""
    for line in apache(rules).splitlines():
        if not line.lstrip().startswith("#"):
            found = re.findall(r'"((?:\\["\\]|[^"])*)"|([^\s"]+)', line)
            yield [plain or re.sub(r'\\(["\\])', r"\1", quoted) for quoted, plain in found]


def in_apache(rules: Rules, path: str) -> tuple[int, str] | None:
    """Answer a decoded path as RedirectMatch, ErrorDocument and `<If>` do together."""
    documents: dict[str, str] = {}
    holds = True
    answer: tuple[int, str] | None = None
    for line in apache_lines(rules):
        match line:
            case ["<If", test, ">"]:
                found = re.fullmatch(r"%\{REQUEST_URI\} =~ m#(.*)#", test)
                assert found
                holds = bool(re.search(found[1], path))
            case ["</If>"]:
                holds = True
            case ["ErrorDocument", status, page] if holds:
                documents[status] = unquote(page)
            case ["RedirectMatch", status, pattern, *to]:
                if answer is None and re.search(pattern, path):
                    answer = (int(status), to[0] if to else "")
    if answer and answer[0] == 410:
        return 410, documents["410"]
    return answer


def in_lines(rules: Rules) -> dict[str, tuple[int, str]]:
    lines = [line for line in netlify_redirects(rules).splitlines() if not line.startswith("#")]
    split = [line.split(" ") for line in lines]
    assert all(len(line) == 3 for line in split)
    return {from_: (int(status), to) for from_, to, status in split}


def in_azure(rules: Rules) -> dict[str, tuple[int, str]]:
    routes: list[dict[str, Any]] = json.loads(azure(rules))["routes"]
    return {
        route["route"]: (route["statusCode"], route.get("redirect") or route.get("rewrite") or "")
        for route in routes
    }


def test_nginx_answers_every_address_with_and_without_its_slash() -> None:
    assert in_nginx(RULES) == ANSWERS


def test_apache_answers_every_address_with_and_without_its_slash() -> None:
    for path, (status, to) in ANSWERS.items():
        found = in_apache(RULES, path)
        assert found is not None, path
        assert found == (status, to.replace("%20", " ")), path


@pytest.mark.parametrize(
    "path",
    ["/", "/blmk/", "/blmk/old/more", "/x/blmk/old/", "/blmk/planxv1.pdf", "/blmk/plan.v1.pdf/"],
)
def test_addresses_around_them_are_left_alone(path: str) -> None:
    assert in_apache(RULES, path) is None
    assert path not in in_nginx(RULES)


def test_redirects_files_say_what_both_services_understand_and_no_more() -> None:
    assert in_lines(RULES) == {
        path: answer for path, answer in ANSWERS.items() if answer[0] in (301, 302)
    }
    assert "410" in netlify_redirects(RULES)  # a comment says how removed pages are told


def test_azure_answers_every_address() -> None:
    assert in_azure(RULES) == ANSWERS


def test_azure_drops_redirects_rather_than_give_a_file_that_is_refused() -> None:
    many = [Redirect(f"/blmk/{number}/", "/blmk/") for number in range(1000)]
    rules = dataclasses.replace(RULES, redirects=many)
    assert 19_000 < len(azure(rules).encode()) <= 20_000
    answers = in_azure(rules)
    assert answers["/medway/secret.pdf"][0] == 410
    assert answers["/blmk/0/"] == (301, "/blmk/")
    assert len(in_lines(rules)) == 2000


def test_the_base_stands_before_every_path_and_no_other_site() -> None:
    expected = {
        f"/plans{path}": (status, to if to.startswith("https:") else f"/plans{to}")
        for path, (status, to) in ANSWERS.items()
    }
    assert in_nginx(AT_PLANS) == expected
    assert in_azure(AT_PLANS) == expected
    assert in_apache(AT_PLANS, "/plans/blmk/old") == (301, "/plans/blmk/2024-25/")
    assert in_apache(AT_PLANS, "/blmk/old") is None
    assert netlify_headers(AT_PLANS).splitlines()[1] == "/plans/*"


def nginx_pages(rules: Rules) -> list[str]:
    return [line for line in nginx(rules).splitlines() if "ltp_not_found" in line]


def test_the_nearest_404_page_is_chosen_last() -> None:
    rules = dataclasses.replace(
        RULES, not_found=[("/b/c/", "/b/a.html"), ("/", "/z.html"), ("/b/", "/b/404.html")]
    )
    assert nginx_pages(rules) == [
        'set $ltp_not_found "/z.html";',
        'if ($uri ~ "^/b/") { set $ltp_not_found "/b/404.html"; }',
        'if ($uri ~ "^/b/c/") { set $ltp_not_found "/b/a.html"; }',
        "error_page 404 410 $ltp_not_found;",
    ]
    documents = [line[2] for line in apache_lines(rules) if line[:2] == ["ErrorDocument", "404"]]
    assert documents == ["/z.html", "/b/404.html", "/b/a.html"]
    assert json.loads(azure(rules))["responseOverrides"] == {"404": {"rewrite": "/z.html"}}
    removed = dataclasses.replace(rules, gone=["/b/c/d.pdf"])
    assert in_azure(removed)["/b/c/d.pdf"] == (410, "/b/a.html")
    assert in_apache(removed, "/b/c/d.pdf") == (410, "/b/a.html")


def test_without_404_pages_the_hosts_own_are_left() -> None:
    rules = dataclasses.replace(RULES, not_found=[])
    assert nginx_pages(rules) == []
    assert json.loads(azure(rules))["responseOverrides"] == {}
    assert in_azure(rules)["/medway/secret.pdf"] == (410, "")


def headers_by_host() -> Iterator[dict[str, str]]:
    commands = [command for command in words(nginx(RULES)) if command[0] == "add_header"]
    assert all(command[3] == "always" for command in commands)  # or errors would go without
    yield {command[1]: command[2].replace("$ltp_kept", "no-cache") for command in commands}
    lines = [line for line in apache_lines(RULES) if line[:3] == ["Header", "always", "set"]]
    yield {line[3]: line[4] for line in reversed(lines)}
    indented = [line for line in netlify_headers(RULES).splitlines() if line.startswith("  ")]
    yield dict(line.strip().split(": ", 1) for line in indented)
    yield json.loads(azure(RULES))["globalHeaders"]


def test_every_host_sends_the_same_headers() -> None:
    for headers in headers_by_host():
        assert headers == {
            "Cache-Control": "no-cache",
            "Content-Security-Policy": f"{RULES.csp}; frame-ancestors 'none'",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "X-Frame-Options": "DENY",
        }


def test_a_policy_that_speaks_of_frames_stays_as_it_is() -> None:
    rules = dataclasses.replace(RULES, csp="frame-ancestors 'self';")
    assert "  Content-Security-Policy: frame-ancestors 'self'\n" in netlify_headers(rules)


@pytest.mark.parametrize("csp", ["a\nb", 'a "b"', "a $b", "a\\", "a\tb", "é"])
def test_a_policy_that_could_break_a_file_is_refused(csp: str) -> None:
    for write in (nginx, apache, netlify_headers, azure):
        with pytest.raises(LtpError, match="policy"):
            write(dataclasses.replace(RULES, csp=csp))


def test_text_is_sent_as_utf_8() -> None:
    assert ["charset", "utf-8", ";"] in list(words(nginx(RULES)))
    assert ["AddDefaultCharset", "utf-8"] in list(apache_lines(RULES))


def test_what_goes_into_the_site_folder_has_no_file_for_nginx() -> None:
    assert dict(files(RULES)) == {
        ".htaccess": apache(RULES),
        "_redirects": netlify_redirects(RULES),
        "_headers": netlify_headers(RULES),
        "staticwebapp.config.json": azure(RULES),
    }


def test_from_an_address_without_its_slash_to_the_one_with_it_is_no_loop() -> None:
    rules = dataclasses.replace(RULES, redirects=[Redirect("/x", "/x/#top")], gone=[])
    assert in_nginx(rules) == in_azure(rules) == in_lines(rules) == {"/x": (301, "/x/#top")}
    assert in_apache(rules, "/x") == (301, "/x/#top")
    assert in_apache(rules, "/x/") is None


def test_a_stated_address_counts_before_one_that_was_only_added() -> None:
    redirects = [Redirect("/x/", "/a/"), Redirect("/x", "/b/"), Redirect("/x", "/b/")]
    rules = dataclasses.replace(RULES, redirects=redirects, gone=[])
    assert in_nginx(rules) == {"/x/": (301, "/a/"), "/x": (301, "/b/")}
    assert in_apache(rules, "/x") == (301, "/b/")
    assert in_apache(rules, "/x/") == (301, "/a/")


def test_an_address_with_two_answers_is_refused() -> None:
    both = dataclasses.replace(RULES, gone=["/blmk/old/"])
    with pytest.raises(LtpError, match=r"/blmk/old/.*removed.*/blmk/2024-25/"):
        nginx(both)


def test_an_address_that_leads_to_itself_is_refused() -> None:
    with pytest.raises(LtpError, match="itself"):
        apache(dataclasses.replace(RULES, redirects=[Redirect("/a b/", "/a%20b/")]))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "x/",
        "//x/",
        "/a//b/",
        "/a/../b",
        "/./a",
        "/a?b",
        "/a#b",
        "/a%3Fb",
        "/a%0Ab",
        "/a\nb",
        "/a\\b",
        "/a$b",
        "/%{TIME}",
        "/%25%7BTIME}",
        "/%FF",
        "/a\u2028b",
        "https://example.org/",
    ],
)
def test_an_address_that_a_host_could_take_for_a_command_is_refused(address: str) -> None:
    for rules in (
        dataclasses.replace(RULES, gone=[address]),
        dataclasses.replace(RULES, redirects=[Redirect(address, "/b/")]),
        dataclasses.replace(RULES, not_found=[("/", address)]),
        dataclasses.replace(RULES, not_found=[(address, "/404.html")]),
    ):
        for write in (nginx, apache, azure):
            with pytest.raises(LtpError):
                write(rules)


@pytest.mark.parametrize(
    "to",
    [
        "x/",
        "//evil.example/",
        "javascript:alert(1)",
        "https://a b/",
        "/a\nb/",
        "/a\\b",
        "http:x",
        "http://[",
    ],
)
def test_a_place_that_is_no_address_is_refused(to: str) -> None:
    with pytest.raises(LtpError):
        netlify_redirects(dataclasses.replace(RULES, redirects=[Redirect("/a/", to)]))


@pytest.mark.parametrize("base", ["", "plans/", "/plans", "/a?b/"])
def test_a_base_without_slashes_around_it_is_refused(base: str) -> None:
    with pytest.raises(LtpError):
        nginx(dataclasses.replace(RULES, base=base))


@settings(deadline=None)
@given(paths, paths)
def test_any_address_reaches_every_host_as_it_is(from_: str, to: str) -> None:
    if from_.rstrip("/") == to.rstrip("/"):
        return
    rules = dataclasses.replace(RULES, redirects=[Redirect(from_, to)], gone=[])
    nginx_answers = in_nginx(rules)
    assert from_ in nginx_answers
    assert {unquote(place) for _, place in nginx_answers.values()} == {to}
    for answers in (in_lines(rules), in_azure(rules)):
        assert {unquote(path): answer for path, answer in answers.items()} == nginx_answers
        assert all(path.isascii() and " " not in path for path in answers)
    for path in nginx_answers:
        assert in_apache(rules, path) == (301, to)
        assert in_apache(rules, f"{path}x") is None
        assert in_apache(rules, f"/x{path}") is None


@settings(deadline=None)
@given(paths)
def test_any_removed_address_reaches_every_host_as_it_is(path: str) -> None:
    rules = dataclasses.replace(RULES, redirects=[], gone=[path])
    status, page = in_nginx(rules)[path]
    assert status == 410
    assert page == (f"{path}index.html" if path.endswith("/") else "/404.html")
    if not path.startswith("/blmk/"):
        assert in_apache(rules, path) == (410, page)
    assert in_azure(rules)[quote(path, safe="/!&'()+,;=@")] == (
        410,
        quote(page, safe="/!&'()+,;=@"),
    )


@settings(deadline=None)
@given(st.text(string.printable), st.text(string.printable))
def test_no_text_at_all_makes_a_line_of_its_own(from_: str, to: str) -> None:
    rules = dataclasses.replace(RULES, redirects=[Redirect(f"/{from_}", f"/{to}")], gone=[])
    try:
        text = nginx(rules)
    except LtpError:
        return
    lines = text.splitlines()
    assert all(re.match(r"location = |#|\w+ |if \(|$", line) for line in lines)
    assert sum(line.startswith("location = ") for line in lines) in (1, 2)
    assert len(in_lines(rules)) in (1, 2)
    assert all(answer[0] == 301 for answer in in_nginx(rules).values())
