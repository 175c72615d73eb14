"""Files for hosts: what nginx, Apache and three services would read in them."""

from __future__ import annotations

import dataclasses
import datetime
import json
import re
import string
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ltp.directory.open_data import Feed
from ltp.findings import LtpError
from ltp.publishing.hosting import (
    Redirect,
    Rules,
    apache,
    azure,
    files,
    netlify_headers,
    netlify_redirects,
    nginx,
)
from ltp.publishing.jobs import Manifest
from ltp.site.addresses import Site

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
FEED = "/blmk/help/open-referral/v3"
FEEDS = dataclasses.replace(RULES, feeds=["/medway/help/open-referral/v3/", f"{FEED}/"])
FEEDS_AT_PLANS = dataclasses.replace(FEEDS, base="/plans/")
ID = "0b1e5c1a-5b1e-5f5a-9a57-3f4c1f0a9d10"
LISTS = {
    "": "/index.json",
    "/services": "/services.json",
    "/taxonomies": "/taxonomies.json",
    "/taxonomy_terms": "/taxonomy_terms.json",
    "/service_at_locations": "/service_at_locations.json",
}
ONES = {
    f"/services/{ID}": f"/services/{ID}.json",
    f"/taxonomy_terms/{ID}": f"/taxonomy_terms/{ID}.json",
}
"""What the standard asks for, and the file that answers, under a feed's prefix."""
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
AZURE_ANSWERS = {
    **{path: answer for path, answer in ANSWERS.items() if answer[0] != 410},
    "/medway/secret.pdf": (410, ""),
}
"""No route for a removed address with a page of its own: that page is the answer."""
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
    """Give what each route does. Azure refuses the whole file for one with a page and a status."""
    routes: list[dict[str, Any]] = json.loads(azure(rules))["routes"]
    assert len({route["route"] for route in routes}) == len(routes)
    for route in routes:
        assert not ("rewrite" in route and ("statusCode" in route or "redirect" in route)), route
    return {
        route["route"]: (
            route.get("statusCode", 200),
            route.get("redirect") or route.get("rewrite") or "",
        )
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


def test_azure_answers_every_address_that_has_no_page_of_its_own() -> None:
    assert in_azure(RULES) == AZURE_ANSWERS
    routes = json.loads(azure(RULES))["routes"]
    assert routes[0] == {"route": "/medway/secret.pdf", "statusCode": 410}


def test_azure_answers_a_removed_address_with_both_its_forms_or_with_its_page() -> None:
    rules = dataclasses.replace(RULES, redirects=[], gone=["/own/", "/a b", "/c.pdf"])
    assert json.loads(azure(rules))["routes"] == [
        {"route": "/a%20b", "statusCode": 410},
        {"route": "/a%20b/", "statusCode": 410},
        {"route": "/c.pdf", "statusCode": 410},
    ]


def test_azure_drops_redirects_rather_than_give_a_file_that_is_refused() -> None:
    many = [Redirect(f"/blmk/{number}/", "/blmk/") for number in range(1000)]
    rules = dataclasses.replace(RULES, redirects=many)
    assert 19_000 < len(azure(rules).encode()) <= 20_000
    answers = in_azure(rules)
    assert answers["/medway/secret.pdf"][0] == 410
    assert answers["/blmk/0/"] == (301, "/blmk/")
    assert len(in_lines(rules)) == 2000


def test_the_base_stands_before_every_path_and_no_other_site() -> None:
    for answers, expected in (
        (in_nginx(AT_PLANS), ANSWERS),
        (in_azure(AT_PLANS), AZURE_ANSWERS),
    ):
        assert answers == {
            f"/plans{path}": (status, f"/plans{to}" if to.startswith("/") else to)
            for path, (status, to) in expected.items()
        }
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
    assert in_azure(removed)["/b/c/d.pdf"] == (410, "")
    assert in_apache(removed, "/b/c/d.pdf") == (410, "/b/a.html")


def test_without_404_pages_the_hosts_own_are_left() -> None:
    rules = dataclasses.replace(RULES, not_found=[])
    assert nginx_pages(rules) == []
    assert json.loads(azure(rules))["responseOverrides"] == {}
    assert in_azure(rules)["/medway/secret.pdf"] == (410, "")


def headers_by_host() -> Iterator[dict[str, str]]:
    commands = [command for command in words(nginx(RULES)) if command[0] == "add_header"]
    assert all(command[3] == "always" for command in commands)  # or errors would go without
    known = {"$ltp_kept": "no-cache", "$ltp_policy": policy_in_nginx(RULES, "/blmk/")}
    yield {command[1]: known.get(command[2], command[2]) for command in commands}
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


# -- the policy of the workers of searches

WORKER_POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"
WORKERS = dataclasses.replace(
    RULES,
    worker_csp=WORKER_POLICY,
    workers=["/assets/seek.js", "/blmk/assets/seek.js", "/a+b/assets/seek.js"],
)
FRAMES = "; frame-ancestors 'none'"


def policy_in_nginx(rules: Rules, path: str) -> str:
    """Give the policy sent with a path, as `set` and `if` make it: the last one that holds."""
    policy, holds = "", True
    for command in words(nginx(rules)):
        match command:
            case ["if", "($uri", "~", pattern, ")", "{"]:
                holds = bool(re.search(pattern, path))
            case ["}"]:
                holds = True
            case ["set", "$ltp_policy", value, ";"] if holds:
                policy = value
            case ["add_header", "Content-Security-Policy", sent, "always", ";"]:
                assert sent == "$ltp_policy"
    return policy


def policy_in_apache(rules: Rules, path: str) -> str:
    """Give the policy sent with a path: a later `Header set` takes the place of an earlier one."""
    policy = ""
    for line in apache_lines(rules):
        match line:
            case ["Header", "always", "set", "Content-Security-Policy", value]:
                policy = value
            case ["Header", "always", "set", "Content-Security-Policy", value, test]:
                pattern = test.removeprefix("expr=%{REQUEST_URI} =~ m#").removesuffix("#")
                policy = value if re.search(pattern, path) else policy
    return policy


@pytest.mark.parametrize("sent", [policy_in_nginx, policy_in_apache])
@pytest.mark.parametrize(("base", "rules"), [("", {}), ("/plans", {"base": "/plans/"})])
def test_only_the_workers_of_searches_are_sent_with_their_policy(
    sent: Any, base: str, rules: dict[str, Any]
) -> None:
    site = dataclasses.replace(WORKERS, **rules)
    for path in ("/assets/seek.js", "/blmk/assets/seek.js", "/a+b/assets/seek.js"):
        assert sent(site, base + path) == WORKER_POLICY + FRAMES, path
    for path in (
        "/",
        "/blmk/",
        "/search/",
        "/search/first/pagefind.js",
        "/assets/seek.js.css",
        "/assets/seekxjs",
        "/medway/assets/seek.js",
        "/blmk/2024-25/assets/seek.js",
        "/aab/assets/seek.js",
        "/404.html",
    ):
        assert sent(site, base + path) == RULES.csp + FRAMES, path


def test_hosts_with_one_header_for_all_allow_what_a_worker_needs_and_say_why() -> None:
    text = netlify_headers(WORKERS)
    assert text.count("Content-Security-Policy") == 1
    assert f"  Content-Security-Policy: {WORKER_POLICY}{FRAMES}\n" in text
    assert "the meta element of every page is stricter" in text
    headers = json.loads(azure(WORKERS))["globalHeaders"]
    assert headers["Content-Security-Policy"] == WORKER_POLICY + FRAMES


def test_without_searches_every_host_is_as_strict_as_the_pages() -> None:
    for rules in (RULES, dataclasses.replace(WORKERS, workers=[])):
        for write in (nginx, apache, netlify_headers, azure):
            assert "wasm" not in write(rules)
        assert "stricter" not in netlify_headers(rules)


def test_a_policy_that_speaks_of_frames_stays_as_it_is() -> None:
    rules = dataclasses.replace(RULES, csp="frame-ancestors 'self';")
    assert "  Content-Security-Policy: frame-ancestors 'self'\n" in netlify_headers(rules)


@pytest.mark.parametrize("csp", ["a\nb", 'a "b"', "a $b", "a\\", "a\tb", "é"])
def test_a_policy_that_could_break_a_file_is_refused(csp: str) -> None:
    for write in (nginx, apache, netlify_headers, azure):
        with pytest.raises(LtpError, match="policy"):
            write(dataclasses.replace(RULES, csp=csp))
        with pytest.raises(LtpError, match="policy"):
            write(dataclasses.replace(WORKERS, worker_csp=csp))


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
    bare = {} if path.endswith("/") else dict.fromkeys(in_nginx(rules), (410, ""))
    assert {unquote(route): answer for route, answer in in_azure(rules).items()} == bare
    assert all(route.isascii() and " " not in route for route in in_azure(rules))


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


# -- feeds


def feed_in_nginx(rules: Rules, path: str, asked: str | None = None) -> tuple[str, str]:
    """Give the file and the origin, as `rewrite` and `set` make them. `asked` is not decoded."""
    origin, holds = "", True
    for command in words(nginx(rules)):
        match command:
            case ["if", "($request_uri", "~*", pattern, ")", "{"]:
                uri = asked or quote(path, safe="/!&'()+,;=@")
                holds = bool(re.search(pattern, uri, re.IGNORECASE))
            case ["}"]:
                holds = True
            case ["set", "$ltp_origin", value, ";"] if holds:
                origin = value
            case ["rewrite", pattern, to, ";"]:
                if found := re.search(pattern, path):
                    path = to.replace("$1", found[1]) if "$1" in to else to
            case ["add_header", "Access-Control-Allow-Origin", sent, "always", ";"]:
                assert sent == "$ltp_origin"
                return path, origin
    return path, ""


def feed_in_apache(rules: Rules, path: str) -> tuple[str, bool]:
    """Give the file and whether its origin is open, as SetEnvIf, RedirectMatch and ErrorDocument do."""
    found: dict[str, str] = {}
    document, holds, answered = "", True, False
    for line in apache_lines(rules):
        match line:
            case ["SetEnvIf", "Request_URI", pattern, variable]:
                name, _, value = variable.partition("=")
                if match := re.search(pattern, path):
                    found[name] = value.replace("$1", match[1] if match.re.groups else "")
            case ["<If", test, ">"]:
                holds = bool(re.search(test.removeprefix("%{REQUEST_URI} =~ m#")[:-1], path))
            case ["</If>"]:
                holds = True
            case ["ErrorDocument", "200", to] if holds:
                document = unquote(to)
            case ["RedirectMatch", "200", pattern]:
                answered = answered or bool(re.search(pattern, path))
    is_open = "ltp_in_feed" in found
    return (
        document.replace("%{reqenv:ltp_feed}", found["ltp_feed"]) if answered else path
    ), is_open


def filled(to: str, names: Mapping[str, str]) -> str:
    return re.sub(r":(\w+)", lambda name: names[name[1]], to)


def lines_of(rules: Rules) -> Iterator[tuple[str, str]]:
    for line in netlify_redirects(rules).splitlines():
        match line.split(" "):
            case [from_, to, "200"]:
                yield from_, to


def feed_in_cloudflare(rules: Rules, path: str) -> str:
    """Give the file: lines without placeholders first, then `*` and names wherever they stand."""
    lines = list(lines_of(rules))
    for from_, to in lines:
        if from_ == path:
            return to
    for from_, to in lines:
        pattern = re.sub(
            r":(\w+)", r"(?P<\1>[^/]+)", re.escape(from_).replace(r"\*", "(?P<splat>.*)")
        )
        found = re.fullmatch(pattern, path)
        if found and found.groupdict():
            return filled(to, found.groupdict())
    return path


def feed_in_netlify(rules: Rules, path: str) -> str:
    """Give the file: the first line counts, a name is a whole part, and `*` is one only at the end."""
    for from_, to in lines_of(rules):
        parts, asked = from_.strip("/").split("/"), path.strip("/").split("/")
        names = {
            part[1:]: value for part, value in zip(parts, asked, strict=False) if part[:1] == ":"
        }
        here = [names.get(part[1:], part) if part[:1] == ":" else part for part in parts]
        if here == asked:
            return filled(to, names)
    return path


def origins_in_headers(rules: Rules, path: str) -> list[str]:
    """Give every origin that `_headers` allows at a path."""
    origins, holds = [], False
    for line in netlify_headers(rules).splitlines():
        if line.startswith("/"):
            holds = bool(re.fullmatch(re.escape(line).replace(r"\*", ".*"), path))
        elif holds and line.startswith("  Access-Control-Allow-Origin: "):
            origins.append(line.rpartition(" ")[2])
    return origins


@pytest.mark.parametrize(("rules", "base"), [(FEEDS, ""), (FEEDS_AT_PLANS, "/plans")])
def test_every_address_of_the_standard_is_answered_with_its_file(rules: Rules, base: str) -> None:
    for area in ("blmk", "medway"):
        prefix = f"{base}/{area}/help/open-referral/v3"
        for address, name in {**LISTS, **ONES}.items():
            for path in (f"{prefix}{address}", f"{prefix}{address}/"):
                file = f"{prefix}{name}"
                assert feed_in_nginx(rules, path) == (file, "*")
                assert feed_in_apache(rules, path) == (file, True)
                assert feed_in_cloudflare(rules, path) == file
                assert feed_in_netlify(rules, path) == file
                assert origins_in_headers(rules, path) == ["*"]


def test_files_of_a_feed_stay_themselves_and_may_be_read_from_any_origin() -> None:
    for name in [*LISTS.values(), *ONES.values(), "/services/none.json"]:
        path = f"{FEED}{name}"
        assert feed_in_nginx(FEEDS, path) == (path, "*")
        assert feed_in_apache(FEEDS, path) == (path, True)
        assert feed_in_cloudflare(FEEDS, path) == path  # and not services/ID.json.json
        assert origins_in_headers(FEEDS, path) == ["*"]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/blmk/",
        "/blmk/help/open-referral/",
        f"{FEED}x",
        f"{FEED}3/services",
        f"/x{FEED}/services",
        f"/luton{FEED.removeprefix('/blmk')}/services",
        "/blmk/help/find.json",
    ],
)
def test_addresses_around_a_feed_are_left_alone(path: str) -> None:
    assert feed_in_nginx(FEEDS, path) == (path, "")
    assert feed_in_apache(FEEDS, path) == (path, False)
    assert feed_in_cloudflare(FEEDS, path) == path
    assert feed_in_netlify(FEEDS, path) == path
    if not path.startswith(FEED):  # nothing else stands at …/v3x
        assert origins_in_headers(FEEDS, path) == []
    assert path not in in_azure(FEEDS)


def test_nothing_with_a_dot_is_made_into_another_file() -> None:
    for path in (f"{FEED}/services/a.b", f"{FEED}/../../x", f"{FEED}/services.json/"):
        assert feed_in_nginx(FEEDS, path)[0] == path
        assert feed_in_apache(FEEDS, path)[0] == path


def test_an_address_with_a_query_may_be_read_from_any_origin() -> None:
    for asked in (f"{FEED}?page=1", f"{FEED}/services?page=1"):
        path = asked.partition("?")[0]
        assert feed_in_nginx(FEEDS, path, asked)[1] == "*"
    assert feed_in_nginx(FEEDS, "/blmk/", f"/blmk/?x={FEED}/services")[1] == ""


def test_a_missing_one_may_be_known_as_missing_from_any_origin() -> None:
    assert feed_in_nginx(FEEDS, "/blmk/404.html", f"{FEED}/services/none") == (
        "/blmk/404.html",
        "*",
    )
    headers = [line[3:] for line in apache_lines(FEEDS) if line[:2] == ["Header", "always"]]
    assert ["Access-Control-Allow-Origin", "*", "env=ltp_in_feed"] in headers
    assert ["Access-Control-Allow-Origin", "*", "env=REDIRECT_ltp_in_feed"] in headers


def test_a_feed_takes_no_other_header_or_answer_away() -> None:
    assert in_nginx(FEEDS) == in_nginx(RULES)
    assert {path: in_apache(FEEDS, path) for path in ANSWERS} == {
        path: in_apache(RULES, path) for path in ANSWERS
    }
    inside = [command for command in words(nginx(FEEDS)) if command[0] == "location"]
    assert not [command for command in inside if "open-referral" in command[2]]
    assert netlify_headers(FEEDS).startswith(netlify_headers(RULES))


def test_without_feeds_no_host_says_anything_of_them() -> None:
    for text in (nginx(RULES), *files(RULES).values()):
        assert "Access-Control" not in text
        assert "Open data" not in text
        assert ".json" not in text.replace("application/json", "").replace(
            ".js .mjs .csv .ics .json", ""
        )


def test_lines_with_placeholders_come_last_and_are_no_more_than_cloudflare_takes() -> None:
    many = [f"/area-{number}/help/open-referral/v3/" for number in range(49)]
    lines = [from_ for from_, _ in lines_of(dataclasses.replace(FEEDS, feeds=many))]
    dynamic = [line for line in lines if ":" in line or "*" in line]
    assert lines[-len(dynamic) :] == dynamic
    assert len(dynamic) <= 100
    assert netlify_redirects(FEEDS).rstrip().endswith(" 200")


def test_azure_answers_lists_before_it_runs_out_of_room_for_redirects() -> None:
    many = [Redirect(f"/blmk/{number}/", "/blmk/") for number in range(1000)]
    rules = dataclasses.replace(FEEDS_AT_PLANS, redirects=many)
    config = json.loads(azure(rules))
    rewrites = {each["route"]: each["rewrite"] for each in config["routes"] if "rewrite" in each}
    for address, name in LISTS.items():
        for form in (f"/plans{FEED}{address}", f"/plans{FEED}{address}/"):
            assert rewrites[form] == f"/plans{FEED}{name}"
    assert not any("statusCode" in each for each in config["routes"] if "v3" in each["route"])
    assert config["routes"][0]["statusCode"] == 410
    assert config["globalHeaders"]["Access-Control-Allow-Origin"] == "*"
    assert len(azure(rules).encode()) <= 20_000


def test_every_file_that_a_feed_has_is_answered_at_its_address() -> None:
    feed = Feed([], "Blmk", ["Luton"], Site(), datetime.date(2026, 11, 22))
    written = [f"/blmk/help/{path}" for path in feed.files()]
    assert len(written) > 20
    for file in written:
        path = file.removesuffix("/index.json").removesuffix(".json")
        assert feed_in_nginx(FEEDS, path)[0] == file
        assert feed_in_apache(FEEDS, path)[0] == file
        assert feed_in_cloudflare(FEEDS, path) == file
        assert feed_in_netlify(FEEDS, path) == file
        is_list = path.removeprefix(FEED).count("/") < 2
        assert (in_azure(FEEDS).get(path, (0, ""))[1] == file) is is_list


@pytest.mark.parametrize("feed", ["/", "/v3", "v3/", "/a//v3/", "/a/../v3/", "/a$b/", "/a\nb/", ""])
def test_a_feed_that_has_no_folder_of_its_own_is_refused(feed: str) -> None:
    for write in (nginx, apache, netlify_redirects, netlify_headers, azure):
        with pytest.raises(LtpError):
            write(dataclasses.replace(RULES, feeds=[feed]))


@settings(deadline=None)
@given(paths)
def test_a_feed_can_stand_in_any_folder(folder: str) -> None:
    feed = folder.rstrip("/")
    rules = dataclasses.replace(RULES, redirects=[], gone=[], feeds=[f"{feed}/"])
    file = f"{feed}/services.json"
    assert feed_in_nginx(rules, f"{feed}/services/") == (file, "*")
    assert feed_in_apache(rules, f"{feed}/services/") == (file, True)
    encoded = quote(feed, safe="/!&'()+,;=@")
    assert feed_in_cloudflare(rules, f"{encoded}/services/") == f"{encoded}/services.json"
    assert feed_in_cloudflare(rules, f"{encoded}/services/{ID}") == f"{encoded}/services/{ID}.json"


def test_apache_is_given_the_file_of_a_feed_encoded_as_it_would_be_asked_for() -> None:
    rules = dataclasses.replace(RULES, feeds=["/a b/50%25/v3/"])
    documents = [line[2] for line in apache_lines(rules) if line[:2] == ["ErrorDocument", "200"]]
    assert documents == ["/a%20b/50%25/v3/%{reqenv:ltp_feed}.json"]


def test_a_target_has_the_feeds_that_were_written_for_it() -> None:
    def manifest(*written: str) -> Manifest:
        return Manifest(target="blmk", pages={}, files=written, moved=(), gone=())

    with_feed = manifest("/blmk/assets/site.css", f"{FEED}/index.json", f"{FEED}/services.json")
    assert with_feed.feeds == [f"{FEED}/"]
    assert manifest("/blmk/help/find.json", f"{FEED}/services/index.json").feeds == []
    assert nginx(dataclasses.replace(RULES, feeds=with_feed.feeds)).count("index.json") == 1
