"""Files that make common hosts answer with real redirects, 410, the nearest 404 page and our headers.

| host | redirects | removed pages | 404 page | feeds |
|---|---|---|---|---|
| nginx, Apache | 301, 302 | 410 with the page that says why | of the nearest site | all |
| Netlify | 301, 302, where no stub stands | the page that says why, as 200 | the portal's | all |
| Cloudflare Pages | 301, 302 | the page that says why, as 200 | of the nearest site | all, up to 49 |
| Azure Static Web Apps | 301, 302, as far as 20 KB go | the page that says why, as 200; else a bare 410 | the portal's | lists |

Plain HTML pages at the same addresses, which are not made here, lead on wherever a host does less.

A feed is open data as static JSON. The standard's addresses have no extension (`…/v3`, `…/v3/services`,
`…/v3/services/ID`, each with or without a last slash and a query); a host answers them with the file:
`index.json`, `services.json`, `services/ID.json`. Pages of any origin may read them. The three services
send `application/json` without a charset, which JSON does not need: set by their files, the type would
also stand on the 404 page, which is HTML. Azure can't put a part of an address into a file's name: one
service answers there only at its address with `.json`, which is less than the standard asks.

Addresses are paths from the root of the whole site, percent-encoded or not. An address of a page is
answered with and without its last slash; one that looks like a file only as it is. A removed address
with a slash at its end has a page of its own there, which says why; any other shows the nearest 404
page on nginx and Apache. All of it is checked against nginx 1.22 and Apache 2.4; the three services by their manuals, and
the feeds on Netlify and Cloudflare by the packages that those publish of their own matching.

The worker of a search runs WebAssembly, which its own header has to allow. nginx and Apache send it with
the workers' files alone. The three services send it with everything: Netlify and Cloudflare join what two
rules give one header, and of Azure's routes 300 bytes for each worker would take redirects' room. Every
page forbids it all the same, in its meta element: a browser holds a page to both.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

from ltp.findings import LtpError

_MADE: Final = "Made with the site, at every build. Changes made here by hand are lost."
_AZURE_BYTES: Final = 20_000
"""Azure Static Web Apps refuses a larger configuration file."""

_PAGES_KEPT: Final = "no-cache"
"""Pages are kept and asked for again every time: a number for a crisis must never be an old one."""
_PARTS_KEPT: Final = "max-age=600"
"""Styles, scripts, fonts and images: ten minutes, so that one visit fetches them once."""
_PARTS: Final = "css|js|mjs|woff2|svg|png|jpg|jpeg|webp|gif|ico"

_ANY_ORIGIN: Final = "Access-Control-Allow-Origin"
_LISTS: Final = ("services", "taxonomies", "taxonomy_terms", "service_at_locations")
"""The lists of a feed, for hosts whose files have to name them."""
_IN_FEED: Final = r"[\w/-]*[\w-]"
"""What follows a feed's prefix: names and ids, and never a dot, which a file has."""


@dataclass(frozen=True)
class Redirect:
    """One address that leads to another."""

    from_: str
    to: str
    """A path from the root of the whole site, or a whole address (`https://…`)."""
    permanent: bool = True
    """False for an address that will lead elsewhere one day, such as `/blmk/latest/crisis/`."""

    @property
    def status(self) -> int:
        """The code that a host answers with."""
        return 301 if self.permanent else 302


@dataclass(frozen=True)
class Rules:
    """What a host has to know of the whole site."""

    redirects: Sequence[Redirect]
    gone: Sequence[str]
    """Removed addresses."""
    not_found: Sequence[tuple[str, str]]
    """The 404 page for every address under a prefix: `("/blmk/", "/blmk/404.html")`."""
    base: str
    """The path at which the site is served, with slashes around: `/` or `/plans/`."""
    csp: str
    """The content security policy. `frame-ancestors 'none'` is added where it says nothing of it."""
    worker_csp: str = ""
    """The policy of the workers of searches, where it is another."""
    workers: Sequence[str] = ()
    """The files of the workers of searches: `/blmk/assets/seek.js`."""
    feeds: Sequence[str] = ()
    """The folders of Open Referral UK feeds: `/blmk/help/open-referral/v3/`."""


def files(rules: Rules) -> Mapping[str, str]:
    """Give what goes into the site folder, by name.

    nginx's file is not among them: nginx would serve it like any other.
    """
    return {
        ".htaccess": apache(rules),
        "_redirects": netlify_redirects(rules),
        "_headers": netlify_headers(rules),
        "staticwebapp.config.json": azure(rules),
    }


def nginx(rules: Rules) -> str:
    """Give a file to include in the server block that serves the site.

    It names no folder, so it goes with `root` and with `alias`.
    """
    lines = [
        f"# {_MADE}",
        "# Include it in a server block that serves this site and nothing else:",
        "#   include /etc/nginx/plans.conf;",
        "charset utf-8;",
        "charset_types text/css text/plain text/csv text/calendar text/vtt text/xml"
        " text/javascript application/javascript application/json application/rss+xml"
        " application/atom+xml application/xml image/svg+xml;",
        "# Behind a proxy, a whole address would name this server instead of the public one.",
        "absolute_redirect off;",
        "",
        f"set $ltp_kept {_quoted(_PAGES_KEPT)};",
        f'if ($uri ~ "\\.({_PARTS})$") {{ set $ltp_kept {_quoted(_PARTS_KEPT)}; }}',
        "add_header Cache-Control $ltp_kept always;",
        *_policies_in_nginx(rules),
        *(f"add_header {name} {_quoted(value)} always;" for name, value in _OTHER_HEADERS),
        "",
        *_nearest_in_nginx(rules),
        "",
        *_feeds_in_nginx(rules),
    ]
    for answer in _answers(rules):
        lines += [f"location = {_quoted(form)} {_in_nginx(answer)}" for form in answer.forms]
    return _text(lines)


def apache(rules: Rules) -> str:
    """Give `.htaccess` for the root of the site; `AllowOverride FileInfo` is enough for it.

    RedirectMatch rather than RewriteRule, which also needs `Options FollowSymLinks` and else answers
    403 everywhere. One file with `<If>` rather than one in each site's folder, so that no site has to
    know the path it is served at.
    """
    lines = [
        f"# {_MADE}",
        "AddDefaultCharset utf-8",
        "AddCharset utf-8 .css .js .mjs .csv .ics .json .svg .txt .vtt .webmanifest .xml",
        "",
        "<IfModule mod_headers.c>",
        f'  Header always set Cache-Control "{_PAGES_KEPT}"',
        f'  <FilesMatch "\\.({_PARTS})$">',
        f'    Header always set Cache-Control "{_PARTS_KEPT}"',
        "  </FilesMatch>",
        *(_header_in_apache(name, value) for name, value in _headers(rules.csp)),
        *_policies_in_apache(rules),
        *_origin_in_apache(rules),
        "</IfModule>",
        "",
        "# Behind a proxy, a whole address would name this server instead of the public one.",
        "<IfModule mod_version.c>",
        "  <IfVersion >= 2.4.58>",
        "    RedirectRelative On",
        "  </IfVersion>",
        "</IfModule>",
        "",
    ]
    for prefix, page in _not_found(rules):
        lines += _if_address(f"^{_regex(prefix)}", page, 404, 410)
    lines.append("")
    lines += _feeds_in_apache(rules)
    for answer in _answers(rules):
        lines += _in_apache(answer)
    return _text(lines)


def netlify_redirects(rules: Rules) -> str:
    """Give `_redirects` with only what Netlify and Cloudflare Pages both understand.

    Cloudflare takes 2,000 lines, and 100 with placeholders, which have to come last: two for each feed
    and one for all. Netlify serves a file that stands at an address before it looks here;
    the mark that would force the redirect (`301!`) is one that Cloudflare can't read.
    """
    lines = [
        f"# {_MADE}",
        "# Netlify and Cloudflare Pages. Removed pages are not here: neither host can answer 410 from",
        "# this file, so the page at the address itself says that it was removed, with “noindex”.",
        "# Cloudflare finds the nearest 404.html itself. Netlify shows the portal's, unless lines like",
        "# this one are added, which Cloudflare does not understand: /AREA/* /AREA/404.html 404",
    ]
    lines += [
        f"{_encoded(form)} {answer.to} {answer.status}"
        for answer in _answers(rules)
        for form in answer.forms
        if answer.to
    ]
    return _text([*lines, *_feeds_in_redirects(rules)])


_SAID_OF_THE_POLICY: Final = (
    "# One policy for all files, since two rules would be joined. Only the worker of a search needs",
    "# all that it allows; the meta element of every page is stricter, and browsers keep to both.",
)


def netlify_headers(rules: Rules) -> str:
    """Give `_headers`, which Netlify and Cloudflare Pages read alike.

    One rule for everything: where two rules give one header, Cloudflare joins their values. So the
    policy allows what the workers of searches need.
    """
    return _text(
        [
            f"# {_MADE}",
            *(_SAID_OF_THE_POLICY if _widest(rules) != rules.csp else ()),
            f"{_encoded(_base(rules))}*",
            f"  Cache-Control: {_PAGES_KEPT}",
            *(f"  {name}: {value}" for name, value in _headers(_widest(rules))),
            # Both read this as the feed's own address and all below it. Never two rules for one
            # address: "*, *" is an origin that no browser knows.
            *(
                line
                for feed in _feeds(rules)
                for line in (f"{_encoded(feed)}*", f"  {_ANY_ORIGIN}: *")
            ),
        ]
    )


def azure(rules: Rules) -> str:
    """Give `staticwebapp.config.json`: removed pages, feeds, then redirects until the file is full.

    Azure refuses a route with both a page and a status. So a removed address that has its own page
    gets no route, and the page says, as 200 with “noindex”, that it was removed; any other is a bare
    410. Azure has one 404 page for everything. It is the one with the shortest prefix. Where there
    are feeds, every file may be read from any origin, and the policy allows what the workers of searches
    need: a rule for each would take redirects' room.
    """
    answers = _answers(rules)
    pages = [_encoded(page) for _, page in _not_found(rules)]
    origin = {_ANY_ORIGIN: "*"} if rules.feeds else {}
    config: dict[str, Any] = {
        "trailingSlash": "auto",
        "globalHeaders": {
            "Cache-Control": _PAGES_KEPT,
            **dict(_headers(_widest(rules))),
            **origin,
        },
        "responseOverrides": {"404": {"rewrite": pages[0]}} if pages else {},
        "mimeTypes": {".csv": "text/csv", ".ics": "text/calendar", ".vtt": "text/vtt"},
        "routes": [],
    }
    bare = [each for each in answers if not each.to and not each.has_own_page]
    removed = [_in_azure(form, each) for each in bare for form in each.forms]
    moved = [_in_azure(form, each) for each in answers if each.to for form in each.forms]
    routes = [*removed, *_feeds_in_azure(rules), *moved]
    room = _AZURE_BYTES - len(_compact(config))
    config["routes"] = list(_as_far_as(room, routes))
    return _compact(config) + "\n"


@dataclass(frozen=True)
class _Answer:
    """What a host says at an address. Paths have the base in front."""

    forms: tuple[str, ...]
    """The address as a server sees it, decoded: with and without its last slash."""
    status: int
    to: str = ""
    """Where a redirect leads, percent-encoded."""
    page: str = ""
    """The page of a removed address, decoded; none where even the 404 page is not known."""
    has_own_page: bool = False


def _answers(rules: Rules) -> list[_Answer]:
    """Give one answer an address. Raises LtpError where one address would have two answers."""
    answers = [_gone(rules, address) for address in rules.gone]
    answers += [_redirect(rules, redirect) for redirect in rules.redirects]
    stated: dict[str, _Answer] = {}
    for answer in answers:
        known = stated.setdefault(answer.forms[0], answer)
        if known != answer:
            raise LtpError(
                f"Two things are to happen at {answer.forms[0]}: {_said(known)}, and {_said(answer)}. "
                "Keep one of them."
            )
    return [each for answer in stated.values() if (each := _with_other_form(answer, stated)).forms]


def _gone(rules: Rules, address: str) -> _Answer:
    path = _path(rules, address)
    own = f"{path}index.html" if path.endswith("/") else ""
    return _Answer((path,), 410, page=own or _nearest(rules, path), has_own_page=bool(own))


def _redirect(rules: Rules, redirect: Redirect) -> _Answer:
    path, target = _path(rules, redirect.from_), _target(rules, redirect.to)
    if target == _encoded(path):
        raise LtpError(f"{redirect.from_} leads to itself. Let it lead elsewhere, or leave it out.")
    return _Answer((path,), redirect.status, to=target)


def _with_other_form(answer: _Answer, stated: Mapping[str, _Answer]) -> _Answer:
    """Add the address with, or without, its last slash, unless that is spoken for.

    From `/x` to `/x/` there is nothing to add: `/x/` would lead to itself.
    """
    (path,) = answer.forms
    other = path.rstrip("/") if path.endswith("/") else f"{path}/"
    is_file = "." in path.rpartition("/")[2]
    leads_there = answer.to.partition("#")[0].partition("?")[0] == _encoded(other or "/")
    if is_file or not other or other in stated or leads_there:
        return answer
    return _Answer((path, other), answer.status, answer.to, answer.page, answer.has_own_page)


def _said(answer: _Answer) -> str:
    return f"it leads to {answer.to} ({answer.status})" if answer.to else "it was removed (410)"


def _not_found(rules: Rules) -> list[tuple[str, str]]:
    """Give each prefix and its 404 page, decoded; the shortest first, so that the last one counts."""
    pairs = [(_path(rules, prefix), _path(rules, page)) for prefix, page in rules.not_found]
    for prefix, _ in pairs:
        if not prefix.endswith("/"):
            raise LtpError(f"{prefix} is no folder. Write {prefix}/ for all that lies in it.")
    return sorted(pairs, key=lambda pair: (len(pair[0]), pair[0]))


def _feeds(rules: Rules) -> list[str]:
    """Give where each feed stands, decoded, without its last slash."""
    for prefix in rules.feeds:
        if not prefix.endswith("/") or prefix == "/":
            raise LtpError(
                f"A feed can’t stand at {prefix}. Give it a folder of its own, with a slash at its "
                "end, such as /blmk/help/open-referral/v3/."
            )
    return sorted({_path(rules, prefix).rstrip("/") for prefix in rules.feeds})


def _lists(feed: str) -> Iterator[tuple[str, str]]:
    """Give the feed's own address and those of its lists, in both forms, each with its file; encoded."""
    prefix = _encoded(feed)
    for path, name in (("", "/index"), *((f"/{name}", f"/{name}") for name in _LISTS)):
        for form in (f"{prefix}{path}", f"{prefix}{path}/"):
            yield form, f"{prefix}{name}.json"


def _nearest(rules: Rules, path: str) -> str:
    pages = [page for prefix, page in _not_found(rules) if path.startswith(prefix)]
    return pages[-1] if pages else ""


_POLICY: Final = "Content-Security-Policy"
_OTHER_HEADERS: Final = (
    ("X-Content-Type-Options", "nosniff"),
    # Another site never learns which page of help somebody came from. Our own logs still show
    # which of our pages has a broken link, which `no-referrer` would hide.
    ("Referrer-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),  # for browsers that don't know frame-ancestors
)


def _headers(csp: str) -> list[tuple[str, str]]:
    return [(_POLICY, _checked(csp)), *_OTHER_HEADERS]


def _widest(rules: Rules) -> str:
    """Give the policy for a host that has one for all pages."""
    return rules.worker_csp if rules.workers and rules.worker_csp else rules.csp


def _checked(csp: str) -> str:
    policy = csp.strip().rstrip(";")
    if not policy.isascii() or not policy.isprintable() or re.search(r'["$\\]', policy):
        raise LtpError(
            f"The content security policy “{csp}” can’t be written for every host. "
            'Write it on one line, without " $ \\ or letters beyond plain ones.'
        )
    return policy if "frame-ancestors" in policy else f"{policy}; frame-ancestors 'none'"


def _workers(rules: Rules) -> Iterator[str]:
    """Give what the address of each worker has to match, as a server sees it."""
    for address in sorted(set(rules.workers)) if rules.worker_csp else ():
        yield f"^{_regex(_path(rules, address))}$"


def _policies_in_nginx(rules: Rules) -> Iterator[str]:
    """Choose the policy by address, without locations, which would lose the other headers."""
    yield f"set $ltp_policy {_quoted(_checked(rules.csp))};"
    for worker in _workers(rules):
        policy = _quoted(_checked(rules.worker_csp))
        yield f"if ($uri ~ {_quoted(worker)}) {{ set $ltp_policy {policy}; }}"
    yield f"add_header {_POLICY} $ltp_policy always;"


def _policies_in_apache(rules: Rules) -> Iterator[str]:
    for worker in _workers(rules):
        test = _quoted(f"expr=%{{REQUEST_URI}} =~ m#{worker}#")
        yield f"{_header_in_apache(_POLICY, _checked(rules.worker_csp))} {test}"


def _header_in_apache(name: str, value: str) -> str:
    return f"  Header always set {name} {_quoted(value.replace('%', '%%'))}"


def _base(rules: Rules) -> str:
    if not (rules.base.startswith("/") and rules.base.endswith("/")):
        raise LtpError(f"The base “{rules.base}” has to start and end with a slash: / or /plans/.")
    return _decoded(rules.base)


def _path(rules: Rules, address: str) -> str:
    """Give an address as a server sees it: with the base in front, decoded."""
    return _base(rules) + _decoded(address)[1:]


def _target(rules: Rules, to: str) -> str:
    """Give where a redirect leads, percent-encoded: with the base in front, or a whole address."""
    parts = _split(to)
    query, fragment = (_escaped(part, "/?:@") for part in (parts.query, parts.fragment))
    path = _decoded(parts.path or "/") if parts.netloc else _path(rules, parts.path)
    return urlunsplit((parts.scheme, parts.netloc, _encoded(path), query, fragment))


def _split(to: str) -> SplitResult:
    """Take a target apart. Raises LtpError unless it is a path or begins with http(s):// and a host."""
    try:
        parts = urlsplit(to)
    except ValueError:  # half an IPv6 address
        parts = urlsplit("no:address")
    is_path = not parts.scheme and not parts.netloc
    is_web = parts.scheme in ("http", "https") and re.fullmatch(r"[\w.:-]+", parts.netloc, re.ASCII)
    if not to.isprintable() or not (is_path or is_web):
        raise LtpError(f"“{to}” is no place to lead to. Write a path, or an address with https://.")
    return parts


def _decoded(address: str) -> str:
    """Check an address and decode it. Raises LtpError for one that a host might take for a command."""
    try:
        path = unquote(address, errors="strict")
    except UnicodeDecodeError:
        path = ""
    parts = path.split("/")[1:-1]
    if (
        not path.startswith("/")
        or not path.isprintable()
        or re.search(r"[?#\\$]|[%$][{]", path)
        or any(part in ("", ".", "..") for part in parts)
    ):
        raise LtpError(
            f"“{address}” can’t be written for every host. Write a path from the root of the site, "
            "such as /blmk/plans/, without ? # $ \\ and without empty parts."
        )
    return path


def _encoded(path: str) -> str:
    """Percent-encode a decoded path, also `*` and `:`, which stand for more in `_redirects`."""
    return quote(path, safe="/!&'()+,;=@")


def _escaped(text: str, safe: str) -> str:
    """Percent-encode what is not yet, in a query or a fragment."""
    return quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text), safe=f"{safe}%!&'()+,;=")


def _regex(path: str) -> str:
    """Escape a path for a regular expression, and no more than that, so that people can read it."""
    return re.sub(r"[][.^*+(){}|]", r"\\\g<0>", path)


def _quoted(text: str) -> str:
    """Quote for nginx and Apache. A backslash before anything but a quote stays what it is in both."""
    return '"' + text.replace('"', '\\"') + '"'


def _nearest_in_nginx(rules: Rules) -> Iterator[str]:
    """Choose the 404 page by address, without locations, which would cut off `alias` around them."""
    pairs = _not_found(rules)
    if not pairs:
        return
    # Never empty: nginx would answer with a redirect to nowhere.
    yield f"set $ltp_not_found {_quoted(pairs[0][1])};"
    for prefix, page in pairs[1:]:
        test = _quoted(f"^{_regex(prefix)}")
        yield f"if ($uri ~ {test}) {{ set $ltp_not_found {_quoted(page)}; }}"
    yield "error_page 404 410 $ltp_not_found;"


def _feeds_in_nginx(rules: Rules) -> Iterator[str]:
    """Lead from a feed's addresses to its files, without locations, so that every header stays.

    The origin goes by the address as it was asked for: a missing one ends at the 404 page, and a page
    elsewhere could not tell that from a broken connection. An empty header is not sent.
    """
    feeds = _feeds(rules)
    if not feeds:
        return
    yield "# Open data: addresses without an extension are answered with the file, to any origin."
    yield 'set $ltp_origin "";'
    for feed in feeds:
        asked = _quoted(rf"^{_regex(_encoded(feed))}(/|\?|$)")
        yield f'if ($request_uri ~* {asked}) {{ set $ltp_origin "*"; }}'
        yield f"rewrite {_quoted(f'^{_regex(feed)}/?$')} {_quoted(f'{feed}/index.json')};"
        pattern = _quoted(f"^{_regex(feed)}/({_IN_FEED})/?$")
        yield f"rewrite {pattern} {_quoted(f'{feed}/$1.json')};"
    yield f"add_header {_ANY_ORIGIN} $ltp_origin always;"
    yield ""


def _in_nginx(answer: _Answer) -> str:
    if answer.to:
        return f"{{ return {answer.status} {_quoted(answer.to)}; }}"
    own = f"error_page 410 {_quoted(answer.page)}; " if answer.has_own_page else ""
    return f"{{ {own}return 410; }}"


def _origin_in_apache(rules: Rules) -> Iterator[str]:
    """Allow any origin where the address lies in a feed, or did before Apache led to file or 404 page."""
    if rules.feeds:
        for name in ("ltp_in_feed", "REDIRECT_ltp_in_feed"):
            yield f'  Header always set {_ANY_ORIGIN} "*" env={name}'


def _feeds_in_apache(rules: Rules) -> list[str]:
    """Answer a feed's addresses with its files.

    The file is the “error page” of status 200. RewriteRule would need `Options FollowSymLinks`, and
    mod_dir would still send `/v3` and `/v3/services`, which are folders too, on to their last slash.
    """
    lines: list[str] = []
    for feed in _feeds(rules):
        path = _regex(feed)
        document = _quoted(f"{_encoded(feed)}/%{{reqenv:ltp_feed}}.json")
        lines += [
            f"  SetEnvIf Request_URI {_quoted(f'^{path}(/|$)')} ltp_in_feed",
            f"  SetEnvIf Request_URI {_quoted(f'^{path}/?$')} ltp_feed=index",
            f"  SetEnvIf Request_URI {_quoted(f'^{path}/({_IN_FEED})/?$')} ltp_feed=$1",
            f"  <If {_quoted(f'%{{REQUEST_URI}} =~ m#^{path}(/|$)#')}>",
            f"    ErrorDocument 200 {document}",
            "  </If>",
            f"  RedirectMatch 200 {_quoted(f'^{path}(/|/{_IN_FEED}/?)?$')}",
        ]
    if not lines:
        return []
    comment = "# Open data: addresses without an extension are answered with the file."
    return [comment, "<IfModule mod_setenvif.c>", *lines, "</IfModule>", ""]


def _in_apache(answer: _Answer) -> list[str]:
    stem = _regex(min(answer.forms, key=len))
    pattern = f"^{stem}/?$" if len(answer.forms) == 2 else f"^{stem}$"
    if answer.to:
        to = _path_decoded(answer.to)  # Apache encodes it, and would do so twice
        return [f"RedirectMatch {answer.status} {_quoted(pattern)} {_quoted(to)}"]
    own = _if_address(pattern, answer.page, 410) if answer.has_own_page else []
    return [*own, f"RedirectMatch 410 {_quoted(pattern)}"]


def _path_decoded(to: str) -> str:
    parts = urlsplit(to)
    return urlunsplit(parts._replace(path=unquote(parts.path)))


def _if_address(pattern: str, page: str, *statuses: int) -> list[str]:
    test = _quoted(f"%{{REQUEST_URI}} =~ m#{pattern}#")
    documents = [f"  ErrorDocument {status} {_quoted(_encoded(page))}" for status in statuses]
    return [f"<If {test}>", *documents, "</If>"]


def _feeds_in_redirects(rules: Rules) -> Iterator[str]:
    """Answer a feed's addresses with its files, as status 200.

    Cloudflare follows a rule even where a file stands, so files are led to themselves first; Netlify
    knows no `*` before other letters, and puts a file first anyway.
    """
    feeds = _feeds(rules)
    if not feeds:
        return
    yield "# Open data: addresses without an extension are answered with the file."
    for feed in feeds:
        yield from (f"{form} {file} 200" for form, file in _lists(feed))
    base = _encoded(_base(rules))
    yield f"{base}*.json {base}:splat.json 200"
    for feed in feeds:
        one = f"{_encoded(feed)}/:list/:id"
        yield from (f"{form} {one}.json 200" for form in (one, f"{one}/"))


def _feeds_in_azure(rules: Rules) -> Iterator[dict[str, str | int]]:
    """Answer the addresses of lists. One service's needs a wildcard, which Azure can't hand over."""
    for feed in _feeds(rules):
        for form, file in _lists(feed):
            yield {"route": form, "rewrite": file}


def _in_azure(form: str, answer: _Answer) -> dict[str, str | int]:
    redirect: dict[str, str | int] = {"redirect": answer.to} if answer.to else {}
    return {"route": _encoded(form), **redirect, "statusCode": answer.status}


def _as_far_as(room: int, routes: Sequence[dict[str, str | int]]) -> Iterator[dict[str, str | int]]:
    for route in routes:
        room -= len(_compact(route)) + 1
        if room < 0:
            return
        yield route


def _compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _text(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
