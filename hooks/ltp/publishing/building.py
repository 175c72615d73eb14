"""Build every target, check the whole, and put it in place of what was published.

Each target is one MkDocs build in a folder of its own, so that one that fails leaves the others be.
Nothing is published before the last check has passed, and then in one exchange of folders.

The state folder (`.ltp/` under the root, safe to delete) keeps each target as it was last published:

    .ltp/targets/TARGET/site/            the target's pages
    .ltp/targets/TARGET/manifest.json    what it answers to
    .ltp/targets/AREA/search.json        what the search over all areas finds of it

Another output folder than `site/` has a `targets-…` of its own.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import shutil
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import Path

from ltp.directory.entry import Service
from ltp.findings import Finding, LtpError
from ltp.plans import rules
from ltp.plans.loading import PORTAL, RESERVED_AREAS, area_of, load
from ltp.plans.model import Page, Plans
from ltp.plans.status import work_out
from ltp.publishing import exchange, hosting, ledger
from ltp.publishing.jobs import RECORDS, SITEMAP, Built, Job, Manifest
from ltp.site import addresses, feeds, links, policy, styles
from ltp.site.cards import AreaCard
from ltp.site.pages import AreaSite, PortalSite
from ltp.writing import checking as writing

GENERATOR = "Local transformation plans (ltp)"
"""What each page says made it; by this a folder is known to be ours before it is replaced."""

Say = Callable[[str], None]


@dataclass(frozen=True)
class Order:
    """What a build is asked for."""

    root: Path
    out: Path
    today: datetime.date
    areas: tuple[str, ...] = ()
    """Build these areas and the portal; all where none is named."""
    jobs: int = 0
    """How many processes; one for each core where it is 0."""
    address: str | None = None
    drafts: bool = False

    @property
    def state(self) -> Path:
        """The folder for what is kept between builds."""
        return self.root / ".ltp"

    @property
    def published(self) -> Path:
        """The folder that keeps each target as it was last put into `out`."""
        if self.out == self.root / "site":
            return self.state / "targets"
        # A trial into another folder is not what readers were shown.
        return self.state / f"targets-{hashlib.sha256(str(self.out).encode()).hexdigest()[:8]}"


@dataclass(frozen=True)
class Outcome:
    """How a build ended."""

    built: tuple[str, ...]
    """The targets that were built and published."""
    kept: tuple[str, ...]
    """The targets that stay as they were published before."""
    failed: tuple[str, ...]
    """The targets that have a fault, or refer to one that has."""
    findings: tuple[Finding, ...]
    pages: int
    seconds: float
    published: bool
    why: Mapping[str, str] = field(default_factory=dict)
    """Why each target that failed did."""
    unrecorded: tuple[str, ...] = ()
    """Addresses that are published for the first time and not in a ledger yet."""

    @property
    def succeeded(self) -> bool:
        """Tell whether everything that was asked for was built and published."""
        return self.published and not self.failed


def build(order: Order, say: Say = lambda line: None) -> Outcome:
    """Build and publish. Raises LtpError when there is nothing to build at all."""
    publication = Publication(order, say)
    publication.build_areas()
    if PORTAL not in publication.stopped:
        publication.accept(publication.run([publication.job(PORTAL)]))
    return publication.publish()


@dataclass
class Publication:
    """One build of the whole, step by step."""

    order: Order
    say: Say
    findings: list[Finding] = field(default_factory=list)
    manifests: dict[str, Manifest] = field(default_factory=dict)
    """What was built by this command, by target."""
    stopped: dict[str, str] = field(default_factory=dict)
    """Why each target that isn't built is not."""
    held_back: set[str] = field(default_factory=set)
    """The areas among them that have no fault and refer to one that has."""

    def __post_init__(self) -> None:
        self.started = time.monotonic()
        self.work = self.order.state / f"work-{os.getpid()}"
        exchange.finish(self.journal)
        refuse_foreign(self.order.out)
        self._load()

    @property
    def journal(self) -> Path:
        """The file that tells the next command of an exchange that was cut short."""
        return self.order.state / "exchange.json"

    # -- loading

    def _load(self) -> None:
        loaded = load(self.order.root)
        self.plans: Plans = loaded.plans
        faulty = {area_of(each.path) for each in loaded.findings if each.is_fault}
        checks = rules.check(self.plans, self.order.today, {area for area in faulty if area})
        self.findings += [*loaded.findings, *checks]
        _ = self.ledgers
        self.findings += self._gone_areas()
        self._stop_for_faults()
        self._check_area_links()
        self._hold_back()
        self.findings += self._words_of_what_is_stopped()

    def _words_of_what_is_stopped(self) -> Iterator[Finding]:
        """Find what is to be told of words in the targets that won't be built, which would tell it."""
        for target in self.stopped:
            if not self.order.areas or target in (PORTAL, *self.order.areas):
                yield from writing.check(self.order.root, self.plans, target)

    @cached_property
    def ledgers(self) -> Mapping[str, ledger.Ledger]:
        """The ledger of each target; one that can't be read stops its target."""
        ledgers = {}
        for target in (PORTAL, *self.every_area):
            path = f"areas/{target}.ledger"
            try:
                ledgers[target] = ledger.read(self.order.root / path)
            except ledger.LedgerError as error:
                ledgers[target] = ledger.Ledger()
                self.findings += [
                    replace(each, path=path, areas=(target,)) for each in error.findings
                ]
        return ledgers

    @cached_property
    def every_area(self) -> Sequence[str]:
        """Every area that has a file, even one that can't be read, or that was ever published."""
        folder = self.order.root / "areas"
        files = [*folder.glob("*.yml"), *folder.glob("*.ledger")]
        named = {area_of(f"areas/{path.name}") for path in files}
        return sorted(area for area in named if area and area not in (PORTAL, *RESERVED_AREAS))

    def _gone_areas(self) -> Iterator[Finding]:
        """Find the areas that were published and have no file any more: their addresses would be lost."""
        for area in self.every_area:
            if area not in self.plans.areas and not any(area in f.areas for f in self.findings):
                yield Finding(
                    f"areas/{area}.ledger",
                    1,
                    f"“{area}” was published once, and there is no areas/{area}.yml any more",
                    "Put the file back. If its plan is now part of another’s, say so there with “plan_joined”.",
                    areas=(area,),
                )

    def _stop_for_faults(self) -> None:
        for finding in self.findings:
            if finding.is_fault:
                for target in self._stopped_by(finding):
                    self.stopped.setdefault(target, "it has a fault")

    def _stopped_by(self, finding: Finding) -> Collection[str]:
        """Name the targets that a fault stops: those it names, its file's, or all that share the file."""
        if finding.areas:
            return finding.areas
        own = area_of(finding.path)
        return (own,) if own else (PORTAL, *self.every_area)

    def _check_area_links(self) -> None:
        """Check that each link to another area leads to a page."""
        found = [each for each in self._all_links() if self._is_readable(each)]
        bad = list(links.unknown_addresses(iter(found), self._addresses))
        self.findings += bad
        self._stop_for_faults()

    def _is_readable(self, link: links.AreaLink) -> bool:
        """Tell whether the area that a link names could be read, so that its pages are known."""
        target = addresses.target_of(link.address, dict.fromkeys(self.every_area))
        return target not in self.stopped or (target in self.plans.areas and not self.stopped)

    def _all_links(self) -> Iterator[links.AreaLink]:
        written: Iterator[Page | Service] = chain(self.plans.pages, self.plans.services)
        for each in written:
            yield from links.in_text(each.body, each.origin.path, each.body_line)

    @cached_property
    def _addresses(self) -> Collection[str]:
        """Every address that the sites will have."""
        standings = work_out(self.plans, self.order.today)
        pages = [*PortalSite(standings, ()).pages]
        for area in self.plans.areas.values():
            recorded = self.ledgers[area.id].addresses
            pages += AreaSite(standings, area, self.order.drafts, recorded).pages
        return {page.address for page in pages}

    def _hold_back(self) -> None:
        """Keep as they were the areas that refer to a faulty one: their pages would show its facts."""
        faulty = frozenset(self.stopped) - {PORTAL} - self.held_back
        for area in self.plans.areas:
            referred = rules.refers_to(self.plans, area) & faulty
            if referred and area not in self.stopped:
                why = f"it refers to {', '.join(sorted(referred))}, which has a fault"
                self.stopped[area] = why
                self.held_back.add(area)
                self.manifests.pop(area, None)

    # -- building

    def build_areas(self) -> None:
        """Build the areas that are asked for and can be built."""
        unknown = [area for area in self.order.areas if area not in self.every_area]
        if unknown:
            raise LtpError(
                f"There is no area “{unknown[0]}”. The areas are {', '.join(self.every_area)}"
            )
        wanted = self.order.areas or tuple(self.plans.areas)
        self.accept(self.run([self.job(area) for area in wanted if area not in self.stopped]))
        # Before the portal is built: it must not lead to what is not published in the end.
        self._check_links_to_what_is_kept()
        self._check_anchors()
        self._check_ledgers()
        self._hold_back()

    def job(self, target: str) -> Job:
        """Give the job of building one target."""
        return Job(
            root=self.order.root,
            target=target,
            today=self.order.today,
            out=self.work / target / "site",
            state=self.order.state,
            address=self.order.address,
            drafts=self.order.drafts,
            cards=tuple(self.cards()) if target == PORTAL else (),
            recorded=tuple(sorted(self.ledgers[target].addresses)),
            records=tuple(self._records()) if target == PORTAL else (),
        )

    def cards(self) -> Iterator[AreaCard]:
        """Give the cards of the areas that will be published: built now, or kept as they were."""
        for area in self.every_area:
            manifest = self.manifests.get(area) or self.kept(area)
            if manifest and manifest.card:
                yield manifest.card

    def _records(self) -> Iterator[Path]:
        """Give what the search finds of the areas that will be published, each by its file."""
        for area in self.every_area:
            built = area in self.manifests
            path = (self.work if built else self.order.published) / area / RECORDS
            if path.is_file() and (built or self.kept(area)):
                yield path

    def sites(self) -> Iterator[tuple[str, Path]]:
        """Give the pages of each area for a preview: built now, or else as they were published."""
        for area in self.every_area:
            if area in self.manifests:
                yield area, self.work / area / "site"
            elif self.kept(area):
                yield area, self.order.published / area / "site"

    def kept(self, target: str) -> Manifest | None:
        """Give what was published of a target before, if the state folder still holds it whole."""
        folder = self.order.published / target
        try:
            manifest = Manifest.model_validate_json((folder / "manifest.json").read_bytes())
        except (OSError, ValueError):
            return None
        return manifest if (folder / "site").is_dir() and manifest.target == target else None

    def run(self, jobs: Sequence[Job]) -> list[Built]:
        """Run jobs side by side, in the order in which they end; one process builds in this one."""
        if jobs:
            # Once, before the workers would each make it.
            styles.compile_styles(styles.CODE, self.order.state)
        workers = min(self.order.jobs or os.cpu_count() or 1, len(jobs))
        if workers <= 1:
            return [self._told(_build(job, self.plans)) for job in jobs]
        with ProcessPoolExecutor(workers, initializer=_remember, initargs=(self.plans,)) as pool:
            waiting: list[Future[Built]] = [pool.submit(_build_remembered, job) for job in jobs]
            return [self._told(done.result()) for done in as_completed(waiting)]

    def _told(self, built: Built) -> Built:
        pages = f"{len(built.manifest.pages)} pages" if built.manifest else "failed"
        self.say(f"  {built.target}: {pages}, {built.seconds:.1f} seconds")
        return built

    def accept(self, results: Sequence[Built]) -> None:
        """Take what was built, and what was found wrong while it was."""
        for built in sorted(results, key=lambda each: each.target):
            if built.manifest:
                self.manifests[built.target] = built.manifest
            else:
                self.stopped[built.target] = "it could not be built"
            self._drop(built.findings)

    # -- publishing

    def publish(self) -> Outcome:
        """Check the whole, then put it in place of what was published before."""
        try:
            self._check_links_to_what_is_kept()
            self._check_anchors()
            self._check_ledgers()
            whole = self._whole()
            if whole:
                self._keep()
                self._assemble(whole)
            return self._outcome(whole)
        finally:
            shutil.rmtree(self.work, ignore_errors=True)

    def _check_links_to_what_is_kept(self) -> None:
        """Refuse links to pages that are new in an area that stays as it was published."""
        if self.order.drafts:
            return  # a preview publishes nothing, and shows as much as it can
        kept = {
            target: self.kept(target) for target in self.every_area if target not in self.manifests
        }
        bad = []
        for link in self._all_links():
            target = addresses.target_of(link.address, kept)
            manifest = kept.get(target)
            if (area_of(link.path) or PORTAL) not in self.manifests or target not in kept:
                continue
            why = self.stopped.get(target)
            if manifest is None and why is None:
                continue  # a first build of some areas: the others are still to come
            if manifest is None or link.address not in manifest.addresses:
                bad.append(
                    Finding(
                        link.path,
                        link.line,
                        f"“{link.text}” leads to a page of {target} that is not published",
                        f"{target} has to be put right first: {why}."
                        if why
                        else f"Build it too: ltp build {target}, or ltp build for all.",
                        areas=(area_of(link.path) or PORTAL,),
                    )
                )
        self._drop(bad)

    def _check_anchors(self) -> None:
        built = {**{t: m for t in self.stopped if (m := self.kept(t))}, **self.manifests}
        anchors = {page: ids for manifest in built.values() for page, ids in manifest.pages.items()}
        found = [
            each for each in self._all_links() if (area_of(each.path) or PORTAL) in self.manifests
        ]
        self._drop(links.unknown_anchors(found, anchors))

    def _check_ledgers(self) -> None:
        """Refuse a target that no longer answers at an address that was once published."""
        lost = []
        for target, manifest in self.manifests.items():
            for address, line in ledger.missing(self.ledgers[target], manifest.addresses):
                lost.append(
                    Finding(
                        f"areas/{target}.ledger",
                        line,
                        f"{address} was published once and nothing answers there now",
                        _cure_of_lost(address),
                        areas=(target,),
                    )
                )
        self._drop(lost)

    def _drop(self, found: Iterator[Finding] | Sequence[Finding]) -> None:
        """Take findings; leave a target that has a fault as it was published before."""
        for finding in found:
            self.findings.append(finding)
            for target in self._stopped_by(finding) if finding.is_fault else ():
                self.manifests.pop(target, None)
                self.stopped.setdefault(target, "it has a fault")

    def _whole(self) -> Mapping[str, Manifest]:
        """Give every target that is to be published; nothing where the portal or a kept one is missing."""
        whole = dict(self.manifests)
        for target in (PORTAL, *self.every_area):
            kept = None if target in whole else self.kept(target)
            if kept:
                whole[target] = kept
            elif target not in whole and not self.order.drafts and self._was_published(target):
                self.say(
                    f"  {target} is published and this machine has no record of it: nothing is replaced"
                )
                return {}
        return whole if self.manifests and PORTAL in whole else {}

    def _was_published(self, target: str) -> bool:
        """Tell whether readers know a target: it is in the output folder, or its ledger says so."""
        folder = self.order.out if target == PORTAL else self.order.out / target
        return (folder / "index.html").is_file() or bool(self.ledgers[target].lines)

    def _keep(self) -> None:
        """Keep what was built as the latest that was published."""
        for target, manifest in self.manifests.items():
            folder = self.work / target
            (folder / "manifest.json").write_text(manifest.model_dump_json(), encoding="utf-8")
            exchange.exchange(folder, self.order.published / target, self.journal)

    def _assemble(self, whole: Mapping[str, Manifest]) -> None:
        """Lay the targets together as one site, with what servers need, and exchange it for the old."""
        site = self.work / "assembled"
        for target in (PORTAL, *(area for area in whole if area != PORTAL)):
            source = self.order.published / target / "site"
            shutil.copytree(source, site if target == PORTAL else site / target, dirs_exist_ok=True)
        for name, text in self._server_files(whole).items():
            (site / name).write_text(text, encoding="utf-8", newline="\n")
        nginx = self.order.state / "nginx.conf"
        nginx.write_text(hosting.nginx(self._rules(whole)), encoding="utf-8", newline="\n")
        exchange.exchange(site, self.order.out, self.journal)

    def _server_files(self, whole: Mapping[str, Manifest]) -> Mapping[str, str]:
        site = addresses.site_of(self.plans, self.order.address)
        maps = [
            site.public(addresses.front(target) + SITEMAP)
            for target, manifest in sorted(whole.items())
            if addresses.front(target) + SITEMAP in manifest.files
        ]
        files = {**hosting.files(self._rules(whole)), "robots.txt": feeds.robots_txt(None)}
        locations = [each for each in maps if each]
        if locations and site.address:
            files["sitemap-index.xml"] = feeds.sitemap_index(locations)
            files["robots.txt"] = feeds.robots_txt(f"{site.address}sitemap-index.xml")
        return {**files, ".nojekyll": ""}

    def _rules(self, whole: Mapping[str, Manifest]) -> hosting.Rules:
        site = addresses.site_of(self.plans, self.order.address)
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

    def _outcome(self, whole: Mapping[str, Manifest]) -> Outcome:
        built = tuple(sorted(self.manifests)) if whole else ()
        unrecorded = [
            address
            for target in built
            for address in ledger.unrecorded(
                self.ledgers[target], self.manifests[target].kept_for_ever
            )
        ]
        return Outcome(
            built=built,
            kept=tuple(target for target in whole if target not in self.manifests),
            failed=tuple(sorted(self.stopped)),
            why=dict(self.stopped),
            findings=tuple(dict.fromkeys(self._sorted_findings())),
            pages=sum(len(manifest.pages) for manifest in whole.values()),
            seconds=time.monotonic() - self.started,
            published=bool(whole),
            unrecorded=tuple(unrecorded),
        )

    def _sorted_findings(self) -> list[Finding]:
        return sorted(self.findings, key=lambda each: (not each.is_fault, each.path, each.line))


def _cure_of_lost(address: str) -> str:
    """Say how an address that was published gets its answer back."""
    area, _, rest = address.strip("/").partition("/")
    if not address.endswith("/"):
        return "Put the file back beside its page, under the same name."
    if rest.startswith("help/"):
        return "Put the file back. If the service has ended, write status: ended in it."
    return (
        f"Put the page back. If another page has taken its place, write formerly: {rest} at the top "
        f"of that page. If the plan of {area} was wrong, withdraw it: the guide says how."
    )


def refuse_foreign(out: Path) -> None:
    """Refuse to replace a folder that no build of ours made. Raises LtpError."""
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    front = out / "index.html"
    if not front.is_file() or GENERATOR not in front.read_text(encoding="utf-8", errors="replace"):
        raise LtpError(
            f"{out} holds something that this command did not make, so it is left alone. "
            "Name another folder with --out, or empty this one"
        )


# -- in a worker process

_plans: Plans | None = None


def _remember(plans: Plans) -> None:
    """Keep the plans in a worker process, so that they are handed over once and not with each job."""
    global _plans
    _plans = plans


def _build_remembered(job: Job) -> Built:
    assert _plans is not None
    return _build(job, _plans)


def _build(job: Job, plans: Plans) -> Built:
    # Imported here: MkDocs takes a quarter of a second, which `ltp check` and `ltp status` can save.
    from ltp.publishing.engine import build_target

    return build_target(job, plans)
