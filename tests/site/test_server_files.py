"""The files by which common hosts answer with real redirects and 410."""

from __future__ import annotations

import json

from tests.site.built import Built


def redirects(site: Built) -> dict[str, tuple[str, str]]:
    """Give the redirects of `_redirects`: where each address leads, and with which code."""
    return {from_: (to, code) for from_, to, code in _rules(site) if code != "200"}


def answered(site: Built) -> dict[str, str]:
    """Give the addresses that `_redirects` answers with a file, and which."""
    return {from_: to for from_, to, code in _rules(site) if code == "200"}


def _rules(site: Built) -> list[list[str]]:
    lines = site.file("/_redirects").read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


def nginx(site: Built) -> dict[str, str]:
    """Give what nginx's file answers at each address."""
    text = (site.root / ".ltp/nginx.conf").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("location = ")]
    found = {}
    for line in lines:
        address, _, answer = line.removeprefix("location = ").partition(" ")
        found[address.strip('"')] = answer
    return found


def test_every_page_that_leads_on_is_a_real_redirect_on_a_server(any_site: Built) -> None:
    rules, answers = redirects(any_site), nginx(any_site)
    htaccess = any_site.file("/.htaccess").read_text(encoding="utf-8")
    leading = [page for page in any_site.pages.values() if page.is_redirect]
    assert len(leading) >= 5
    for page in leading:
        from_ = any_site.base + page.address[1:]
        to = any_site.base + page.resolve(page.leads_to)[1:]
        code = "302" if "/latest/" in page.address else "301"
        assert rules[from_] == (to, code)
        assert to in answers[from_]
        assert code in answers[from_]
        assert to in htaccess


def test_nothing_else_is_redirected(any_site: Built) -> None:
    leading = {p.address.rstrip("/") for p in any_site.pages.values() if p.is_redirect}
    for from_ in redirects(any_site):
        assert "/" + from_.removeprefix(any_site.base).rstrip("/") in leading


def test_only_the_addresses_of_a_feed_are_answered_with_another_file(any_site: Built) -> None:
    """And every list of every feed is, with a file that is there."""
    feeds = {
        "/" + path.parent.relative_to(any_site.folder).as_posix()
        for path in any_site.folder.rglob("open-referral/v3/index.json")
    }
    assert feeds
    expected = {"*.json": ":splat.json"}
    for feed in feeds:
        expected |= {f"{feed[1:]}{end}": f"{feed[1:]}/index.json" for end in ("", "/")}
        for name in ("services", "taxonomies", "taxonomy_terms", "service_at_locations"):
            expected |= {f"{feed[1:]}/{name}{end}": f"{feed[1:]}/{name}.json" for end in ("", "/")}
            assert any_site.file(f"{feed}/{name}.json").is_file()
        expected |= {
            f"{feed[1:]}/:list/:id{end}": f"{feed[1:]}/:list/:id.json" for end in ("", "/")
        }
    base = any_site.base
    assert answered(any_site) == {base + from_: base + to for from_, to in expected.items()}


def test_an_address_that_a_page_had_before_leads_to_it_for_good(made_up: Built) -> None:
    for old in ("/harbour/2024-25/urgent-help/", "/harbour/2024-25/at-once/"):
        assert redirects(made_up)[old] == ("/harbour/2024-25/crisis/", "301")
        page = made_up[old]
        assert page.resolve(page.leads_to) == "/harbour/2024-25/crisis/"


def test_a_removed_plan_is_gone_at_each_of_its_addresses(made_up: Built) -> None:
    azure = json.loads(made_up.file("/staticwebapp.config.json").read_bytes())
    codes = {route["route"]: route.get("statusCode") for route in azure["routes"]}
    htaccess = made_up.file("/.htaccess").read_text(encoding="utf-8")
    for address in ("/harbour/2014-15/", "/harbour/2014-15/crisis/"):
        assert "410" in nginx(made_up)[address]
        assert address not in codes
        assert f'RedirectMatch 410 "^{address}?$"' in htaccess


def test_servers_show_the_nearest_404_page(made_up: Built) -> None:
    text = (made_up.root / ".ltp/nginx.conf").read_text(encoding="utf-8")
    for area in ("", "harbour/", "lighthouse/", "ferry/"):
        assert f"/{area}404.html" in text
        assert f"/{area}404.html" in made_up.pages


def test_servers_send_the_policy_that_pages_state_and_another_with_the_workers_of_searches(
    any_site: Built,
) -> None:
    """Or the other with everything, where a host has one for all: browsers keep to the page's too."""
    page = any_site["/"].one("//meta[@http-equiv='Content-Security-Policy']/@content")
    worker = page.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
    workers = list(any_site.folder.rglob("assets/seek.js"))
    assert len(workers) == len([each for each in any_site.pages.values() if each.is_search])
    text = (any_site.root / ".ltp/nginx.conf").read_text(encoding="utf-8")
    for sent in (text, any_site.file("/.htaccess").read_text(encoding="utf-8")):
        assert f"\"{page}; frame-ancestors 'none'\"" in sent
        assert sent.count(f"\"{worker}; frame-ancestors 'none'\"") == len(workers)
    for name in ("_headers", "staticwebapp.config.json"):
        sent = any_site.file(f"/{name}").read_text(encoding="utf-8")
        assert f"{worker}; frame-ancestors 'none'" in sent
        assert page not in sent


def test_files_for_servers_forbid_frames(made_up: Built) -> None:
    for name in (".htaccess", "_headers", "staticwebapp.config.json"):
        text = made_up.file(f"/{name}").read_text(encoding="utf-8")
        assert "default-src 'none'" in text, name
        assert "frame-ancestors 'none'" in text, name
