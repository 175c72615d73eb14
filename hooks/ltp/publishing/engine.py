"""Where MkDocs and the plans meet: what each MkDocs event needs, in functions that events call.

With `rendering`, `mkdocs_command` and `events.py` it is all that knows MkDocs. It gives MkDocs the
pages of a target as ordinary files, the text without its front matter, and our own templates; MkDocs
reads the Markdown, checks the links and writes the files.
"""

from __future__ import annotations

import logging
import re
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc

from ltp.directory import listing, open_data
from ltp.directory.entry import Service
from ltp.directory.retired import Retired
from ltp.directory.rules import marks_retired
from ltp.files import second_name, sha256
from ltp.findings import Finding, LtpError
from ltp.plans.day import Day
from ltp.plans.left import ChangedError
from ltp.plans.loading import PUBLISHED
from ltp.plans.model import Area, Page, Plans
from ltp.plans.names import area_of
from ltp.plans.status import Standings, work_out
from ltp.publishing import memory, verifying
from ltp.publishing.jobs import SITEMAP, Built, Job, Manifest, Moved
from ltp.publishing.printed import PrintedPage, PrintedPages, PrintedText
from ltp.publishing.rendering import Renderer
from ltp.publishing.texts import Texts
from ltp.publishing.timing import Timing, cpu_seconds
from ltp.publishing.warnings import finding_of
from ltp.search import bundles, words
from ltp.search.records import Part, Record, Records, headings_of
from ltp.site import addresses, feeds, links, paper, styles, templates
from ltp.site.cards import card_of
from ltp.site.markup import NhsMarkup, with_room_for_tables
from ltp.site.page_views import Views
from ltp.site.pages import AreaSite, PageKind, PortalSite, SitePage
from ltp.site.quick import QuickMarkdown
from ltp.site.views import PageView
from ltp.writing import tree
from ltp.writing.checking import Checker

KEY: Final = "ltp"
"""The one key of `config.extra` that is ours."""

DEFAULT_COLOUR: Final = "#005eb8"
"""NHS blue, the header's colour where an area names none."""

NO_TEMPLATE: Final = "none.html"
"""The template of a page that is not printed."""

_NOT_FOUND: Final = "404.html"
_ID: Final = re.compile(r"id=\"(?<=\sid=\")([^\"]+)\"")


@dataclass
class Target:
    """One target while MkDocs builds it."""

    job: Job
    plans: Plans
    anchors: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The ids on each page written so far, by address."""
    written: list[str] = field(default_factory=list)
    """The addresses of the other files."""
    digests: dict[str, str] = field(default_factory=dict)
    """Of files whose content was at hand when they were written, by their paths in the target's folder."""
    files: Iterable[File] = ()
    """What MkDocs makes its pages of, and what it copies."""
    markup: NhsMarkup = field(default_factory=NhsMarkup)
    """Gives each page's text the design system's markup."""
    noting: tree.Noting = field(default_factory=tree.Noting)
    """Reads each page's text while it is rendered."""
    read: dict[str, Sequence[Finding]] = field(default_factory=dict)
    """What is to be told of each page's text, by its file."""
    words: dict[str, str] = field(default_factory=dict)
    """What the search looks through on each page that it finds, by address."""
    headings: dict[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    """The headings that the search may lead to, by address."""
    rendered: dict[str, str] = field(default_factory=dict)
    """The text of the editions' pages as HTML, by address, for the pages of whole editions."""
    heard: list[Finding] = field(default_factory=list)
    """What MkDocs warned of so far."""
    timing: Timing = field(default_factory=Timing)
    _texts: Texts | None = None
    _renderer: Renderer | None = None
    stays: Mapping[str, PrintedPage] = field(default_factory=dict)
    """The pages that are not printed again, by their source files."""
    printing_since: float = 0
    """When the template of the page that is printed now was begun, in CPU seconds."""
    writing: tuple[SitePage, float] | None = None
    """The page that was printed last, and when: until the next begins, MkDocs writes it."""

    @cached_property
    def standings(self) -> Standings:
        """What is true of every edition on the day of the build."""
        return work_out(self.plans, self.job.today)

    @cached_property
    def site(self) -> addresses.Site:
        """Where the whole site is served from."""
        return addresses.site_of(self.plans, self.job.address)

    @cached_property
    def area(self) -> Area | None:
        """The area that is built; None for the portal."""
        return None if self.job.is_portal else self.plans.areas[self.job.target]

    @cached_property
    def pages(self) -> Mapping[str, SitePage]:
        """Every page, by its source file under the target's folder."""
        if self.area is None:
            shorts = [
                (each.short, each.address) for card in self.job.cards for each in card.editions
            ]
            every = PortalSite(self.standings, shorts).pages
        else:
            every = self.area_site.pages
        return {page.source: page for page in every}

    @cached_property
    def area_site(self) -> AreaSite:
        """The pages of the area that is built."""
        assert self.area is not None
        return AreaSite(self.standings, self.area, self.job.drafts, self.job.recorded)

    @cached_property
    def retired(self) -> Retired:
        """The numbers that may no longer be shown as live."""
        return Retired(self.plans.retired)

    @cached_property
    def views(self) -> Views:
        """What makes the views of its pages."""
        pages = list(self.pages.values())
        if self.area is None:
            return Views(
                self.standings,
                self.site,
                self.job.target,
                self.job.cards,
                pages=pages,
                records_of_areas=list(_records_of_areas(self.job)),
            )
        directory = self.area_site.directory
        feed = open_data.Feed.of(directory, self.area.name, self.site)
        return Views(
            self.standings,
            self.site,
            self.area.id,
            directory=directory,
            feed=feed,
            pages=pages,
            rendered=self.rendered,
        )

    def stage(self, name: str, place: SitePage) -> AbstractContextManager[None]:
        """Count what is spent on a page to a stage."""
        return self.timing.stage(name, place.address, _kind(place))

    def note_written(self) -> None:
        """Count what was spent since the last page was printed to that page."""
        if self.writing:
            place, since = self.writing
            spent = cpu_seconds() - since
            self.timing.add("MkDocs and writing", spent, place.address, _kind(place))
            self.writing = None

    def texts(self, files: Files) -> Texts:
        """Give what is kept of texts that were rendered, for as long as the same files can be linked to."""
        if self._texts is None:
            listed = "\n".join(sorted(f"{file.src_uri} {file.dest_uri}" for file in files))
            self._texts = Texts(self.job, sha256(listed.encode()))
        return self._texts

    @cached_property
    def printed(self) -> PrintedPages:
        """What is kept of its pages as they are printed."""
        return PrintedPages(self.job)

    def find_what_stays(self) -> None:
        """Find the pages that would come out as they were published."""
        before = self.printed.recalled()
        pages = self.pages
        kept = {source: before[source] for source in pages if source in before}
        self.stays = {
            source: page
            for source, page in kept.items()
            if page.texts == self.texts_on(pages[source]) and self._is_as_printed(source, page)
        }

    def _is_as_printed(self, source: str, page: PrintedPage) -> bool:
        try:
            content = self._published(source).read_bytes()
        except OSError:
            return False
        return sha256(content) == page.file

    def texts_on(self, place: SitePage) -> str:
        """Give a digest of the texts on a page that are no facts; empty where it has none."""
        match place.kind:
            case PageKind.EDITION:
                return self.job.texts.get(place.source, "")
            case PageKind.WHOLE_PLAN:
                assert place.standing is not None
                folder = place.standing.edition.id
                texts = sorted(self.job.texts.items())
                own = [each for each in texts if each[0].startswith(f"{folder}/")]
                return sha256(repr(own).encode())
        return ""

    @cached_property
    def plans_to_print(self) -> Collection[str]:
        """The folders of the plans whose page of the whole plan is printed."""
        return {
            source.partition("/")[0]
            for source, place in self.pages.items()
            if place.kind is PageKind.WHOLE_PLAN and source not in self.stays
        }

    def _published(self, source: str) -> Path:
        assert self.job.before is not None
        return self.job.before / "site" / destination(self.pages[source])

    def keep(self) -> None:
        """Keep for the next build what was rendered and printed, and write down the files' digests."""
        if self._texts is not None:
            self._texts.keep(self.pages.keys())
        self.printed.keep(self.job.out.parent)
        verifying.write_down(self.job.out.parent, self.digests)

    def put_back(self, source: str) -> None:
        """Give a page that stays a place among the new ones, and note what the build has to know of it."""
        place, page = self.pages[source], self.stays[source]
        file = destination(place)
        to = self.job.out / file
        to.parent.mkdir(parents=True, exist_ok=True)
        second_name(self._published(source), to)
        self._note(place, page, file)

    @cached_property
    def found(self) -> Collection[str]:
        """The addresses of the pages that the search finds."""
        return {record.address for record in self.views.everything.own}

    def note_printed(self, page: PlanPage, html: str) -> None:
        """Note a page that was printed."""
        place = page.place
        written = place.page or place.service
        text = None
        if written:
            text = PrintedText(
                ids=frozenset(page.present_anchor_ids or ()),
                links=page.links_by_source,
                findings=tuple(self.read[written.origin.path]),
            )
        words = self.words.get(place.address, "")
        made = PrintedPage(
            texts=self.texts_on(place),
            file=sha256(encoded(html)),
            ids=tuple(sorted({*map(sys.intern, _ID.findall(html))})),
            words=words,
            headings=headings_of(words),
            text=text,
        )
        self._note(place, made, page.file.dest_uri)

    def _note(self, place: SitePage, page: PrintedPage, file: str) -> None:
        self.digests[file] = page.file
        self.anchors[place.address] = page.ids
        if place.address in self.found:
            self.words[place.address] = page.words
            self.headings[place.address] = page.headings
        self.printed.made[place.source] = page

    def renderer(self, config: MkDocsConfig) -> Renderer:
        """Give what renders the texts of all its pages."""
        if self._renderer is None:
            self._renderer = Renderer(config, self.noting)
        return self._renderer

    @cached_property
    def checker(self) -> Checker:
        """What asks the rules for what editors write."""
        return Checker(self.job.root, self.plans)

    def findings(self) -> Iterator[Finding]:
        """Give what is to be told of its pages' text, also of drafts, which may be shown without an edit."""
        for page in self.checker.pages(self.job.target):
            if page.origin.path not in self.read:
                self.read[page.origin.path] = self.checker.check(page, tree.read(page.body))
            yield from self.read[page.origin.path]

    def manifest(self) -> Manifest:
        """Say what the target answers to, once it is built."""
        moved = [page for page in self.pages.values() if page.kind is PageKind.REDIRECT]
        gone = [page for page in self.pages.values() if page.kind is PageKind.REMOVED]
        return Manifest(
            target=self.job.target,
            pages=dict(sorted(self.anchors.items())),
            files=tuple(sorted(self.written)),
            moved=tuple(
                Moved(address=page.address, to=page.leads_to, permanent=page.permanent)
                for page in moved
            ),
            gone=(*(page.address for page in gone), *self._removed_files()),
            card=card_of(self.standings, self.area) if self.area else None,
        )

    def _removed_files(self) -> Sequence[str]:
        return self.area_site.removed_files if self.area else ()


def _kind(place: SitePage) -> str:
    """Say what a page is where its time is told: a plan's page, a plan on one page, or any other."""
    match place.kind:
        case PageKind.EDITION:
            return "pages of plans"
        case PageKind.WHOLE_PLAN:
            return "whole plans on one page"
    return "other pages"


class PlanPage(MkDocsPage):
    """A page whose text comes from the plans that were loaded, not from a second reading."""

    place: SitePage
    target: Target

    def read_source(self, config: MkDocsConfig) -> None:
        """Give MkDocs the Markdown under the facts; the facts are read by `ltp` alone."""
        if self.is_rendered:
            self.markdown = with_room_for_tables(self.place.body)
            self.meta = {"title": self.target.views.heading(self.place)}
        else:
            self.markdown, self.meta = "", {"title": ""}
        if self.stays is not None:
            self.meta["template"] = NO_TEMPLATE

    @property
    def stays(self) -> PrintedPage | None:
        """What is known of it, where it is not printed again."""
        return self.target.stays.get(self.place.source)

    @property
    def is_rendered(self) -> bool:
        """Tell whether its text is rendered: for itself, or for the page of its whole plan."""
        place = self.place
        folder = place.source.partition("/")[0]
        is_part = place.kind is PageKind.EDITION and folder in self.target.plans_to_print
        return self.stays is None or is_part

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Render the Markdown and read it, then lead its `area:` links to their pages."""
        with self.target.stage("Markdown", self.place):
            if self.is_rendered:
                self._render(config, files)
            elif self.stays:
                self._take_as_printed(self.stays, files)

    def _take_as_printed(self, page: PrintedPage, files: Files) -> None:
        """Take what links need of a page that stays, and what is to be told of its text."""
        self.content, self.toc = "", get_toc([])
        written, text = self.place.page or self.place.service, page.text
        self.present_anchor_ids = {*(text.ids if text else ())}
        self._take_links(text.links if text else {}, files)
        if written and text:
            self.target.read[written.origin.path] = text.findings

    def _take_links(self, links: Mapping[str, Mapping[str, str]], files: Files) -> None:
        self.links_to_anchors = {
            file: dict(parts)
            for source, parts in links.items()
            if (file := files.get_file_from_path(source))
        }

    @property
    def links_by_source(self) -> Mapping[str, Mapping[str, str]]:
        """Its links to parts of other files, by the files' names."""
        links = self.links_to_anchors or {}
        return {file.src_uri: dict(parts) for file, parts in links.items()}

    def _render(self, config: MkDocsConfig, files: Files) -> None:
        written = self.place.page or self.place.service
        self.target.markup.language = self.place.lang
        try:
            self._render_once(config, files)
        except AssertionError:  # from Python's HTML parser, which MkDocs asks about the whole text
            if written is None:
                raise
            self.content, found = "", [_unreadable(written)]
        else:
            found = self.target.checker.check(written, self.target.noting.text) if written else []
        if written:
            self.target.read[written.origin.path] = found
        self.content = self._finished(self.content or "")
        if self.place.kind is PageKind.EDITION:
            self.target.rendered[self.place.address] = self.content

    def _render_once(self, config: MkDocsConfig, files: Files) -> None:
        """Render the Markdown, or take what came of the same before."""
        texts, told = self.target.texts(files), len(self.target.heard)
        text = self.markdown or ""
        digest = texts.digest_of(text, self.place.lang)
        rendered = texts.get(self.place.source, digest)
        if rendered is None:
            rendered = self.target.renderer(config).render(text, self.file, files)
            if len(self.target.heard) == told:  # what MkDocs warns of has to be told each time
                texts.put(self.place.source, digest, rendered)
        self.content = rendered.html
        self.toc = get_toc([])
        self.present_anchor_ids = {*rendered.ids}
        self._take_links(rendered.links, files)
        self.target.noting.text = rendered.text

    def _finished(self, html: str) -> str:
        """Lead `area:` links to their pages, and mark retired numbers in an earlier plan."""
        place, target = self.place, self.target
        html = links.resolve(html, lambda to: target.site.href(place.address, to))
        if place.standing and marks_retired(target.standings, place.standing.edition.ref):
            return target.retired.mark(html)
        return html


def _unreadable(written: Page | Service) -> Finding:
    """Tell of the one thing in a text at which MkDocs stops: a sign of XML that is none."""
    before = written.body.partition("<![")[0]
    area = area_of(written.origin.path)
    return Finding(
        written.origin.path,
        written.body_line + before.count("\n"),
        "the signs <![ can’t be read here",
        "Write &lt;![ in their place.",
        areas=(area,) if area else (),
    )


def build_target(job: Job, plans: Plans) -> Built:
    """Build one target with MkDocs. A failure is in the findings.

    Raises ChangedError where a text is not as it was when its facts were read.
    """
    started, spent = time.monotonic(), cpu_seconds()
    today = Day.of(job.today)
    target = Target(replace(job, today=today), plans)
    with _Listening(target) as heard:
        try:
            with _configured(target) as config:
                config.plugins.on_startup(command="build", dirty=False)
                mkdocs_build(config)
            manifest = target.manifest()
            target.keep()
        except (Abort, BuildError) as error:
            manifest = None
            if not heard.findings:
                heard.findings.append(_of_the_build(job, str(error)))
        except ChangedError:
            raise
        except LtpError as error:
            manifest = None
            heard.findings.append(_of_the_build(job, str(error)))
    findings = (*heard.findings, *target.findings())
    inside = sum(target.timing.stages.values())
    target.timing.add("MkDocs and writing", cpu_seconds() - spent - inside)
    seconds = time.monotonic() - started
    # What stays as it was published was made on a day before, and holds as long as was found then.
    until = min(today.changes, job.before_until) if target.stays else today.changes
    return Built(job.target, manifest, findings, seconds, until, target.timing)


class ReadyTarget:
    """A target whose files MkDocs has listed, and of which single pages can be printed: see `studio`.

    Raises LtpError where that much can't be done. Nothing is written.
    """

    def __init__(self, job: Job, plans: Plans) -> None:
        self.target = Target(job, plans)
        with _Listening(self.target):
            try:
                self._make_ready(job)
            except (Abort, BuildError) as error:
                raise LtpError(str(error)) from None

    def _make_ready(self, job: Job) -> None:
        config = load_config(str(styles.CODE / "mkdocs.yml"), **_settings(job))
        config.extra[KEY] = self.target
        config.plugins.on_startup(command="build", dirty=False)
        self.config = config.plugins.on_config(config)
        files = get_files(self.config)
        env = self.config.theme.get_env()
        files.add_files_from_theme(env, self.config)
        self.files = self.config.plugins.on_files(files, config=self.config)
        set_exclusions(self.files, self.config)
        env = self.config.plugins.on_env(env, config=self.config, files=self.files)
        self.template = env.get_template("main.html")

    def page(self, source: str, text: str) -> tuple[str, str] | None:
        """Print the page of a source file with another text: its file's name, and its HTML.

        None where there is no such page, or where something is wrong with the text.
        """
        file = self.files.get_file_from_path(source)
        page = file.page if file else None
        written = page.place.page if isinstance(page, PlanPage) else None
        if not isinstance(page, PlanPage) or written is None:
            return None
        target = self.target
        page.place = replace(page.place, page=replace(written, written=text))
        target.pages = {**target.pages, source: page.place}
        target.heard.clear()
        with _Listening(target):
            page.read_source(self.config)
            page.render(self.config, self.files)
            html = finish(self.template.render(context(page)), page)
        told = [*target.heard, *target.read[written.origin.path]]
        if any(each.is_fault for each in told):
            return None
        return destination(page.place), html


@contextmanager
def _configured(target: Target) -> Iterator[MkDocsConfig]:
    """Give the configuration of a target's build, and let go of all that it made afterwards.

    MkDocs keeps a configuration until it makes the next one, and with it all that hangs on it. A page and
    its file have each other, so that only a search for garbage would find the two.
    """
    config = load_config(str(styles.CODE / "mkdocs.yml"), **_settings(target.job))
    config.extra[KEY] = target
    try:
        yield config
    finally:
        config.extra.clear()
        config.markdown_extensions.clear()
        for file in target.files:
            file.page = None


def _settings(job: Job) -> dict[str, Any]:
    """Give what differs from `mkdocs.yml`. A relative path would be taken from its folder."""
    return {"docs_dir": str(job.docs), "site_dir": str(job.out), "strict": True}


def _of_the_build(job: Job, what: str) -> Finding:
    areas = () if job.is_portal else (job.target,)
    return Finding("mkdocs.yml", 1, what.rstrip("."), "See the message above.", areas=areas)


# -- what events call


def target_of(config: MkDocsConfig) -> Target:
    """Give the target that a configuration builds."""
    target = config.extra[KEY]
    assert isinstance(target, Target)
    return target


def configure(config: MkDocsConfig) -> None:
    """Point MkDocs at the target's folder and hand it our Markdown markup."""
    target = target_of(config)
    front = addresses.front(target.job.target)
    config.docs_dir = str(target.job.docs)
    config.site_name = target.area.name if target.area else target.plans.portal.name
    config.site_url = config.site_url or target.site.public(front) or "/"
    config.nav = []  # a page's navigation is its own edition's: see `page_views`
    config.theme.static_templates.clear()  # our own 404.html and sitemap.xml
    # MkDocs would look through all of Material's files for each target: none of them is used.
    config.theme.dirs = [each for each in config.theme.dirs if each == config.theme.custom_dir]
    ours = (QuickMarkdown(), target.noting, target.markup)
    config.markdown_extensions.extend(ours)  # type: ignore[arg-type]  # an extension or its name


def add_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave only what is ours and public, and add what is generated, as ordinary files."""
    target = target_of(config)
    target.find_what_stays()
    target.files = kept = Files([file for file in files if _is_public(file, target, config)])
    for source, place in target.pages.items():
        if (existing := kept.get_file_from_path(source)) is not None:
            kept.remove(existing)
        kept.append(_page_file(source, place, target, config))
    for name, text in _generated_files(target):
        content = text.encode()  # MkDocs would write text with the line ends of the system
        kept.append(File.generated(config, name, content=content))
        target.digests[name] = sha256(content)
    front = addresses.front(target.job.target)
    target.written = [front + f.dest_uri for f in kept if not f.is_documentation_page()]
    return kept


def _is_public(file: File, target: Target, config: MkDocsConfig) -> bool:
    """Keep pictures and documents of editions that are shown, and our own theme's assets."""
    if file.src_dir != config.docs_dir:
        ours = file.src_dir == config.theme.custom_dir
        return ours and file.src_uri.startswith("assets/") and not file.src_uri.endswith(".scss")
    if file.is_documentation_page():
        return file.src_uri in target.pages
    folder = file.src_uri.partition("/")[0]
    standing = target.standings.by_ref.get(f"{target.job.target}/{folder}")
    shown = standing is None or standing.status.is_public or target.job.drafts
    return shown and file.src_uri.lower().endswith(PUBLISHED)


def destination(place: SitePage) -> str:
    """Give the path of a page's file in its target's folder, as MkDocs gives it."""
    if place.kind is PageKind.NOT_FOUND:
        return _NOT_FOUND
    return File(place.source, None, "", use_directory_urls=True).dest_uri


def _page_file(source: str, place: SitePage, target: Target, config: MkDocsConfig) -> File:
    written = (place.page or place.service) and (target.job.docs / source).is_file()
    folder = str(target.job.docs) if written else None
    file = File(source, folder, config.site_dir, use_directory_urls=True)
    if not written:
        file.content_string = ""
    if place.kind is PageKind.NOT_FOUND:
        file.dest_uri = file.url = _NOT_FOUND
    page = PlanPage(None, file, config)
    page.place, page.target = place, target
    return file


def _generated_files(target: Target) -> Iterator[tuple[str, str]]:
    """Give the files that are made from facts: styles, lists of plans, the sitemap."""
    sheet = styles.compile_styles(styles.CODE, target.job.state)
    brand = target.area.brand if target.area else target.plans.portal.brand
    yield "assets/site.css", sheet.read_text(encoding="utf-8")
    yield "assets/area.css", styles.area_css(brand.colour or DEFAULT_COLOUR)
    listed = [page for page in target.pages.values() if target.views.robots(page) is None]
    sitemap = feeds.sitemap(listed, target.site)
    if sitemap:
        yield SITEMAP, sitemap
    if target.area:
        rows = feeds.plan_rows(target.standings, target.site, target.area.id)
        yield "plans/plans.csv", feeds.plans_csv(rows)
        yield "plans/plans.json", feeds.plans_json(target.standings, target.area.id, rows)
        with target.timing.stage("help as data", kind="help as data"):
            files = list(_directory_files(target))
        yield from files


def _directory_files(target: Target) -> Iterator[tuple[str, str]]:
    """Give the data of the help directory: what the search filters, a spreadsheet, the open standard."""
    site = target.area_site
    if not site.has_directory:
        return
    yield "help/find.json", listing.find_json(site.directory)
    feed = target.views.feed
    assert feed is not None
    yield "help/services.csv", open_data.services_csv(feed)
    for path, text in feed.files().items():
        yield f"help/{path}", text


def environment(config: MkDocsConfig) -> Environment:
    """Give the environment of our templates in place of MkDocs' own, which escapes nothing."""
    assert config.theme.custom_dir is not None
    target = target_of(config)
    job, overrides = target.job, Path(config.theme.custom_dir)
    return templates.environment(overrides, job.state / "templates", job.code, job.begun)


def context(page: MkDocsPage) -> dict[str, object]:
    """Give a template what it prints: the page's view and its Markdown as HTML."""
    assert isinstance(page, PlanPage)
    target = page.target
    target.note_written()
    if page.stays is not None:
        return {}
    with target.stage("views", page.place):
        view, content = target.views.view(page.place), page.content or ""
        if page.place.address in target.found:
            target.words[page.place.address] = _words(page, view, content)
    target.printing_since = cpu_seconds()
    # What Python-Markdown made of an editor's own text is HTML already.
    return {"view": view, "content": Markup(content)}


def _words(page: PlanPage, view: PageView, content: str) -> str:
    directory = page.target.views.directory
    if page.place.service and directory:
        return words.of_service(directory, page.place.service, content)
    return words.of_page(view, content)


def finish(output: str, page: MkDocsPage) -> str:
    """Spell out the page's links for paper, and remember the parts of it that links may lead to."""
    assert isinstance(page, PlanPage)
    place, target = page.place, page.target
    if page.stays is not None:
        target.put_back(place.source)
        return ""  # so MkDocs writes nothing
    spent = cpu_seconds() - target.printing_since
    target.timing.add("templates", spent, place.address, _kind(place))
    with target.stage("paper", place):
        output = _finished(output, page)
    target.writing = place, cpu_seconds()
    return output


def _finished(output: str, page: PlanPage) -> str:
    place = page.place
    if place.kind is not PageKind.REDIRECT:
        output = paper.spell_out(output, page.target.site.public(place.address) or place.address)
    page.target.note_printed(page, output)
    return output


def encoded(html: str) -> bytes:
    """Give the bytes of a page's file, as MkDocs writes it."""
    return html.encode("utf-8", errors="xmlcharrefreplace")


def make_search(config: MkDocsConfig) -> None:
    """Make the index of the target's search beside its page, and leave an area's records for the portal.

    Called once every page is written. Raises SearchError.
    """
    target = target_of(config)
    target.note_written()
    with target.timing.stage("search"):
        _make_search(config, target)


def _make_search(config: MkDocsConfig, target: Target) -> None:
    everything = target.views.everything
    own = [
        record.model_copy(update={"headings": target.headings[record.address]})
        for record in everything.own
    ]
    front = addresses.front(target.job.target)
    folder = Path(config.site_dir) / addresses.SEARCH

    def looked_through(record: Record) -> str:
        # An area's page is on the portal with its headings alone.
        return target.words.get(record.address) or words.of_record(record)

    files = bundles.write(
        folder,
        front,
        [*own, *everything.others],
        looked_through,
        memory.KeptIndexes(target.job.state, target.job.code, target.job.target),
    )
    target.written += [f"{front}{addresses.SEARCH}/{name}" for name in files]
    target.digests |= {f"{addresses.SEARCH}/{name}": digest for name, digest in files.items()}
    if target.area:
        kept = Records(records=tuple(own)).model_dump_json()
        target.job.kept_records.write_text(kept, encoding="utf-8")


def _records_of_areas(job: Job) -> Iterator[Record]:
    """Give what areas left for the portal. Services that may not be offered are found in the area alone."""
    for path in job.records:
        kept = Records.model_validate_json(path.read_bytes())
        yield from (record for record in kept.records if record.part is not Part.LAST)


# -- MkDocs' warnings


class _Listening(logging.Handler):
    """Collects MkDocs' warnings while a target is built, as findings for editors."""

    def __init__(self, target: Target) -> None:
        super().__init__(logging.WARNING)
        self.target = target
        self.findings = target.heard
        self.logger = logging.getLogger("mkdocs")

    def __enter__(self) -> _Listening:
        self.propagates, self.logger.propagate = self.logger.propagate, False
        self.logger.addHandler(self)
        return self

    def __exit__(self, *exception: object) -> None:
        self.logger.removeHandler(self)
        self.logger.propagate = self.propagates

    def emit(self, record: logging.LogRecord) -> None:
        """Take a warning."""
        self.findings.append(finding_of(record.getMessage(), self.target))
