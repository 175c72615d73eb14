"""What stands at the front of the published folder beside the targets: for servers and search engines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ltp.files import sha256
from ltp.publishing import hosting, memory
from ltp.publishing.jobs import SITEMAP, Manifest
from ltp.site import addresses, feeds, policy
from ltp.site.addresses import Site


@dataclass(frozen=True)
class Front:
    """Files by their names, and one for nginx, which is not published."""

    files: Mapping[str, str]
    nginx: str


def front_of(whole: Mapping[str, Manifest], site: Site, kept_in: Path, code: str) -> Front:
    """Give what stands beside all targets: as it is kept in a file, where the same code made it of the same."""
    rules, sitemaps = _rules(whole, site), _sitemaps(whole, site)
    digest = sha256(repr((rules, sitemaps)).encode())
    kept = memory.recall(kept_in, code)
    if kept and kept[0] == digest:
        return Front(*kept[1:])
    files = {**hosting.files(rules), "robots.txt": feeds.robots_txt(None), ".nojekyll": ""}
    if sitemaps and site.address:
        files["sitemap-index.xml"] = feeds.sitemap_index(sitemaps)
        files["robots.txt"] = feeds.robots_txt(f"{site.address}sitemap-index.xml")
    made = Front(files, hosting.nginx(rules))
    memory.keep(kept_in, code, (digest, made.files, made.nginx))
    return made


def _sitemaps(whole: Mapping[str, Manifest], site: Site) -> list[str]:
    """Give the public addresses of the targets' sitemaps."""
    maps = [
        site.public(addresses.front(target) + SITEMAP)
        for target, manifest in sorted(whole.items())
        if addresses.front(target) + SITEMAP in manifest.files
    ]
    return [each for each in maps if each]


def _rules(whole: Mapping[str, Manifest], site: Site) -> hosting.Rules:
    """Give what servers have to know."""
    moved = [each for manifest in whole.values() for each in manifest.moved]
    return hosting.Rules(
        redirects=[
            hosting.Redirect(each.address, each.to, each.permanent)
            for each in sorted(moved, key=lambda each: each.address)
        ],
        gone=sorted(address for manifest in whole.values() for address in manifest.gone),
        not_found=[
            (addresses.front(target), f"{addresses.front(target)}404.html")
            for target in sorted(whole)
        ],
        base=site.base,
        csp=policy.HEADER,
        worker_csp=policy.WORKER_HEADER,
        workers=sorted(
            worker
            for target, manifest in whole.items()
            if (worker := addresses.front(target) + policy.WORKER) in manifest.files
        ),
        feeds=sorted(feed for manifest in whole.values() for feed in manifest.feeds),
    )
