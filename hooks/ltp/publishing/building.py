"""Build every target, check the whole, and put it in place of what was published.

Each target is one MkDocs build in a folder of its own, so that one that fails leaves the others be.
Nothing is published before the last check has passed, and then in one exchange of folders. The portal
comes last: it leads to nothing that is not published.

The state folder (`.ltp/` under the root, safe to delete) keeps each target as it was last published:

    .ltp/targets/TARGET/site/            the target's pages
    .ltp/targets/TARGET/manifest.json    what it answers to
    .ltp/targets/AREA/search.json        what the search over all areas finds of it

Another output folder than `site/` has a `targets-…` of its own.
"""

from __future__ import annotations

import dataclasses
import datetime
import os
import shutil
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Final

from ltp.directory.entry import Service
from ltp.files import sha256, sweep_parts
from ltp.findings import Finding, LtpError
from ltp.plans import rules
from ltp.plans.day import Day
from ltp.plans.left import ChangedError
from ltp.plans.loading import RESERVED_AREAS, load
from ltp.plans.model import Page, Plans
from ltp.plans.names import PORTAL, area_of
from ltp.plans.reach import of_target
from ltp.plans.status import Standings, work_out
from ltp.publishing import exchange, ledger, memory, printed, sources, verifying, workers
from ltp.publishing.front import front_of
from ltp.publishing.jobs import RECORDS, Built, Job, Manifest
from ltp.publishing.laying import Laying, published_folder
from ltp.publishing.locking import alone
from ltp.publishing.timing import Timing
from ltp.site import addresses, links, styles
from ltp.site.cards import AreaCard
from ltp.site.pages import AreaSite, PortalSite
from ltp.writing import checking as writing

GENERATOR = "Local transformation plans (ltp)"
"""What each page says made it; by this a folder is known to be ours before it is replaced."""

_TRIES: Final = 5
"""How often a build is begun while its sources are changed."""
_FEW: Final = 4
"""How many targets are built one after the other in the process that knows all."""

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
    """How many cores are used; all where it is 0."""
    address: str | None = None
    drafts: bool = False
    verify: bool = False
    """Compare every published file with what was built, and build again what differs."""
    part: bool = False
    """Build these areas and no portal, and publish nothing: another machine puts all of them together."""

    @property
    def cores(self) -> int:
        """How many cores are used."""
        return self.jobs or os.cpu_count() or 1

    @property
    def state(self) -> Path:
        """The folder for what is kept between builds."""
        return self.root / ".ltp"

    @property
    def published(self) -> Path:
        """The folder that keeps each target as it was last put into `out`."""
        return published_folder(self.root, self.out)

    @property
    def laying(self) -> Laying:
        """What puts the targets together in `out`."""
        return Laying(self.published, self.out, self.state)


@dataclass(frozen=True)
class Outcome:
    """How a build ended."""

    built: tuple[str, ...]
    """The targets that were built and published."""
    kept: tuple[str, ...]
    """The targets that stay as they were published before."""
    failed: tuple[str, ...]
    """The targets that have a fault, or refer to one that has."""
    missed: tuple[str, ...]
    """The targets among them that were asked for."""
    findings: tuple[Finding, ...]
    pages: int
    seconds: float
    published: bool
    why: Mapping[str, str] = field(default_factory=dict)
    """Why each target that failed did."""
    until: datetime.date = datetime.date.min
    """The next day on which the same sources would make something else, or have something else told."""
    made_from: str = ""
    """A digest of all sources; empty where one was changed meanwhile."""
    timing: Timing = field(default_factory=Timing)
    """Where the time went."""
    unrecorded: tuple[str, ...] = ()
    """Addresses that are published for the first time and not in a ledger yet."""
    following: tuple[Finding, ...] = ()
    """The findings among them that are right again by themselves once another target is put right."""
    ready: tuple[str, ...] = ()
    """The targets that were built without a fault, published or not."""

    @property
    def succeeded(self) -> bool:
        """Tell whether everything that was asked for was built and published."""
        return self.published and not self.missed


def build(order: Order, say: Say = lambda line: None) -> Outcome:
    """Build and publish. Raises LtpError when there is nothing to build at all."""
    return carry_out(order, say)[1]


def carry_out(order: Order, say: Say) -> tuple[Publication, Outcome]:
    """Build and publish, and give what was known of the whole. Raises LtpError as `build` does.

    Where an editor changes a text meanwhile it is begun again, a few times.
    """
    with alone(order.state, say):
        for left in reversed(range(_TRIES)):
            try:
                publication = Publication(order, say)
                publication.build_areas()
                publication.build_portal()
                return publication, publication.publish()
            except ChangedError as changed:
                if not left:
                    raise
                say(f"  {changed.path} was changed meanwhile: begun again")
    raise AssertionError


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
    made_from: str = ""
    """A digest of all sources, once it is known that none was changed meanwhile."""
    unchanged: set[str] = field(default_factory=set)
    """The targets that would come out as they were published, and so are not built."""
    only_links: set[str] = field(default_factory=set)
    """The targets among them whose links to other areas are all that is known to be wrong.

    They are built, so that their other faults are told in the same round, and not published.
    """
    trials: dict[str, Manifest] = field(default_factory=dict)
    """What was built of those."""
    tried: set[str] = field(default_factory=set)
    """Every target for which MkDocs was started, or had been with the same sources."""
    following: list[Finding] = field(default_factory=list)
    """The faults that are right again once another target is put right."""

    def __post_init__(self) -> None:
        self.started = time.monotonic()
        self.today = Day.of(self.order.today)
        self.timing = Timing()
        self.work = self.order.state / f"work-{os.getpid()}"
        self._kept: dict[str, Manifest | None] = {}
        self._digests: dict[str, str] = {}
        self._clear_up()
        refuse_foreign(self.order)
        with self.timing.stage("facts and style sheet"), ThreadPoolExecutor(1) as beside:
            # Made once, before those that build targets side by side would each make it.
            self._styles = beside.submit(styles.compile_styles, styles.CODE, self.order.state)
            if self.order.cores == 1:
                wait((self._styles,))
            self._load()

    def _clear_up(self) -> None:
        """Finish, or take away, what builds have left that were cut short."""
        exchange.finish(self.journal)
        for folder in self.order.state.glob("work-*"):
            shutil.rmtree(folder, ignore_errors=True)
        for folder in (self.order.out, self.order.published):
            exchange.sweep(folder)
        sweep_parts(self.order.state)
        memory.sweep(self.order.state, self.every_area)

    @property
    def journal(self) -> Path:
        """The file that tells the next command of an exchange that was cut short."""
        return self.order.state / exchange.JOURNAL

    # -- loading

    def _load(self) -> None:
        self.sources = sources.look(self.order.root, sources.recall(self.order.state))
        self.parts = memory.KeptParts(self.order.state, self.sources)
        loaded = load(self.order.root, self.parts)
        self.plans: Plans = loaded.plans
        faulty = {area_of(each.path) for each in loaded.findings if each.is_fault}
        checks = rules.check(self.plans, self.today, {area for area in faulty if area})
        self.findings += [*loaded.findings, *checks]
        _ = self.ledgers
        if self.order.verify:
            self._verify()
        self.findings += self._gone_areas()
        self._stop_for_faults()
        self._check_area_links()
        self._hold_back()
        self.findings += self._words_of_what_is_stopped()

    def _verify(self) -> None:
        """Have built, or laid, again whatever is not as it was built."""
        targets = [each for each in (PORTAL, *self.every_area) if self.kept(each)]
        folders = {target: self.order.published / target for target in targets}
        bad = {target: verifying.spoilt(folder) for target, folder in folders.items()}
        for target, names in bad.items():
            if names:
                self._kept[target] = None
                self._say_spoilt(str(folders[target]), names)
        laid = self.order.laying.laid()
        spoilt = verifying.spoilt_in(self.order.out, folders, laid.files if laid else {})
        if spoilt:
            self.order.laying.forget()
            self._say_spoilt(str(self.order.out), spoilt)

    def _say_spoilt(self, where: str, names: Sequence[str]) -> None:
        one = f"{names[0]} in {where} is not as it was built"
        many = f"{len(names)} files in {where} are not as they were built, such as {names[0]}"
        self.say(f"  {one if len(names) == 1 else many}: put right now")

    def _words_of_what_is_stopped(self) -> Iterator[Finding]:
        """Find what is to be told of words in the targets that won't be built, which would tell it."""
        for target in self.stopped.keys() - (self.only_links - {PORTAL}):
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
        found = [each for each in self._all_links if self._is_readable(each)]
        bad = list(links.unknown_addresses(iter(found), self._addresses, self._standings))
        self.findings += bad
        before = {*self.stopped}
        self._stop_for_faults()
        self.only_links = self.stopped.keys() - before

    def can_be_built(self, target: str) -> bool:
        """Tell whether building a target can tell anything: only faults in its files say no."""
        return target not in self.stopped or target in self.only_links

    def _is_readable(self, link: links.AreaLink) -> bool:
        """Tell whether the area that a link names could be read, so that its pages are known."""
        target = addresses.target_of(link.address, dict.fromkeys(self.every_area))
        return target not in self.stopped

    @cached_property
    def _all_links(self) -> Sequence[links.AreaLink]:
        written: Iterator[Page | Service] = chain(self.plans.pages, self.plans.services)
        return [link for each in written for link in links.in_page(each)]

    @cached_property
    def _standings(self) -> Standings:
        """What is true of every edition of every area on the day of the build."""
        return work_out(self.plans, self.today)

    @cached_property
    def _addresses(self) -> Collection[str]:
        """Every address that the sites will have."""
        standings = self._standings
        pages = [*PortalSite(standings, ()).pages]
        known = {page.address for page in pages}
        for area in self.plans.areas.values():
            kept = self.kept(area.id)
            if kept and self._holds(kept):
                known |= kept.pages.keys()
            else:
                recorded = self.ledgers[area.id].addresses
                site = AreaSite(standings, area, self.order.drafts, recorded)
                known |= {page.address for page in site.pages}
        return known

    def _holds(self, kept: Manifest) -> bool:
        """Tell whether a target would come out as it was published."""
        return kept.holds(self._made_from(kept.target), self.order.today)

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
        self._build([area for area in wanted if self.can_be_built(area)])
        # Before the portal is built: it must not lead to what is not published in the end.
        self._settle()

    def build_portal(self) -> None:
        """Build the portal, once it is known which areas it can lead to."""
        if self.can_be_built(PORTAL) and not self.order.part:
            self._build([PORTAL])

    def _build(self, targets: Sequence[str]) -> None:
        """Build what would not come out as it was published."""
        to_build = []
        for target in targets:
            kept = self.kept(target)
            if kept and self._holds(kept):
                self.tried.add(target)
                self._accept(target, kept)
                self.findings += kept.findings
                self.unchanged.add(target)
            else:
                to_build.append(target)
        self.accept(self._run([self.job(target) for target in to_build]))

    def _made_from(self, target: str) -> str:
        """Give a digest of everything that a target's build can depend on, apart from the day.

        The portal's is first asked for once the areas are built: it depends on what they leave.
        """
        if target not in self._digests:
            self._digests[target] = self._digest_of(target, self.sources.digest_of)
        return self._digests[target]

    def _digest_of(self, target: str, own: Callable[[Iterable[str]], str]) -> str:
        """Give a digest of what a target is made from, with that of its own files as `own` gives it."""
        known = of_target(self.plans, target)
        files = self.sources.by_owner
        others = {"", *known.areas} - {target}
        parts = [
            self.sources.code,
            target,
            self.order.address,
            self.order.drafts,
            own(files.get(target, ())),
            # Of other areas' plans it is given no texts.
            self._facts_in(path for each in others for path in files.get(each, ())),
            sorted(self.ledgers[target].addresses),
            [dataclasses.astuple(each) for each in known.identities],
            [(page.name, repr(page.facts)) for page in (*known.portal_pages, *known.guide_pages)],
        ]
        if target == PORTAL:
            parts += [[card.model_dump_json() for card in self.cards()]]
            parts += [[manifest.found for _, manifest in self._areas()]]
        return sha256(repr(parts).encode())

    def job(self, target: str) -> Job:
        """Give the job of building one target."""
        before = self._published_of_today(target)
        return Job(
            root=self.order.root,
            target=target,
            today=self.order.today,
            out=self.work / target / "site",
            state=self.order.state,
            begun=self.started,
            address=self.order.address,
            drafts=self.order.drafts,
            cards=tuple(self.cards()) if target == PORTAL else (),
            recorded=tuple(sorted(self.ledgers[target].addresses)),
            records=tuple(folder / RECORDS for folder, _ in self._areas())
            if target == PORTAL
            else (),
            code=self.sources.code,
            facts=self._digest_of_facts(target),
            texts=self._texts_of(target),
            before=self.order.published / target if before else None,
            before_until=before.until if before else datetime.date.max,
        )

    def _published_of_today(self, target: str) -> Manifest | None:
        """Give what was published of a target, if its pages show nothing that differs on another day."""
        kept = self.kept(target)
        return kept if kept and kept.made_from and kept.is_for(self.order.today) else None

    def _digest_of_facts(self, target: str) -> str:
        """Give a digest of everything but the texts of a target's plans that its build can depend on."""
        return self._digest_of(target, self._facts_in)

    def _facts_in(self, paths: Iterable[str]) -> str:
        return self.sources.digest_of_facts(paths, self._pages_of_plans)

    @cached_property
    def _pages_of_plans(self) -> Mapping[str, Page]:
        """The pages of all plans, by their files."""
        editions = self.plans.editions.values()
        return {page.origin.path: page for edition in editions for page in edition.pages}

    def page_of_a_plan(self, path: str) -> Page | None:
        """Give the page of a plan that a file holds."""
        return self._pages_of_plans.get(path)

    def _texts_of(self, target: str) -> Mapping[str, str]:
        folder = f"content/{target}/"
        return {
            path.removeprefix(folder): self.sources.files[path].digest
            for path in self.sources.by_owner.get(target, ())
            if path in self._pages_of_plans
        }

    def cards(self) -> Iterator[AreaCard]:
        """Give the cards of the areas that will be published: built now, or kept as they were."""
        for _, manifest in self._areas():
            if manifest.card:
                yield manifest.card

    def _areas(self) -> Iterator[tuple[Path, Manifest]]:
        """Give the areas that will be published, built now or kept as they were, each with its folder."""
        for area in self.every_area:
            manifest = self.manifests.get(area) or self.kept(area)
            if manifest:
                folder = self.work if self._is_new(area) else self.order.published
                yield folder / area, manifest

    def _is_new(self, target: str) -> bool:
        """Tell whether it was built by this command, and is not where it is published yet."""
        return target in self.manifests and target not in self.unchanged

    def sites(self) -> Iterator[tuple[str, Path]]:
        """Give the pages of each area for a preview: built now, or else as they were published."""
        for folder, manifest in self._areas():
            yield manifest.target, folder / "site"

    def kept(self, target: str) -> Manifest | None:
        """Give what was published of a target before, if the state folder still holds it whole."""
        if target not in self._kept:
            self._kept[target] = self._read_kept(target)
        return self._kept[target]

    def _read_kept(self, target: str) -> Manifest | None:
        folder = self.order.published / target
        try:
            manifest = Manifest.model_validate_json((folder / "manifest.json").read_bytes())
        except (OSError, ValueError):
            return None
        is_whole = (folder / "site").is_dir() and manifest.found == _digest_in(folder)
        return manifest if is_whole and manifest.target == target else None

    def _run(self, jobs: Sequence[Job]) -> list[Built]:
        """Run jobs, side by side if there are cores for it.

        Few that are not to be run side by side are run in this process, which knows the facts of all
        areas. Many are not: the memory that a target takes would be added to what is here already.
        """
        if not jobs:
            return []
        self._styles.result()  # raises what is wrong with it
        processes = min(self.order.cores, len(jobs))
        if processes > 1 or len(jobs) > _FEW:
            work = None if self.order.part else self.work
            return workers.build_side_by_side(jobs, self.plans, processes, work, self._tell)
        built = []
        for job in jobs:
            built.append(workers.build(job, self.plans))
            self._tell(built[-1])
        return built

    def _tell(self, built: Built) -> None:
        pages = f"{len(built.manifest.pages)} pages" if built.manifest else "failed"
        self.say(f"  {built.target}: {pages}, {built.seconds:.1f} seconds")
        self.timing.take_in(built.timing)

    def accept(self, results: Sequence[Built]) -> None:
        """Take what was built, and what was found wrong while it was."""
        for built in sorted(results, key=lambda each: each.target):
            self.tried.add(built.target)
            if built.manifest:
                made = {
                    "made_from": self._made_from(built.target),
                    "since": self.order.today,
                    "until": built.until,
                    "findings": built.findings,
                    "found": _digest_in(self.work / built.target),
                }
                self._accept(built.target, built.manifest.model_copy(update=made))
            elif built.target not in self.stopped:
                self.stopped[built.target] = "it could not be built"
            self._drop(built.findings)

    def _accept(self, target: str, manifest: Manifest) -> None:
        accepted = self.trials if target in self.stopped else self.manifests
        accepted[target] = manifest

    # -- publishing

    def publish(self) -> Outcome:
        """Check the whole, then put it in place of what was published before."""
        try:
            self._settle_with_portal()
            with self.timing.stage("checking the whole"):
                whole = self.manifests if self.order.part else self._whole()
            with self.timing.stage("putting it in place"):
                is_still_so = (
                    sources.look(self.order.root, self.sources).digest == self.sources.digest
                )
                if is_still_so:
                    self.parts.keep()
                if whole:
                    self._put_in_place(whole, is_still_so)
            return self._outcome(whole)
        finally:
            shutil.rmtree(self.work, ignore_errors=True)

    def _put_in_place(self, whole: Mapping[str, Manifest], is_still_so: bool) -> None:
        self._keep(is_still_so)
        if not self.order.part:
            self._lay(whole)
            self._forget_gone_areas()
        if is_still_so:
            self.made_from = self.sources.digest
            sources.keep(self.order.state, self.sources)

    def _settle_with_portal(self) -> None:
        """Check the whole; where areas fall by it that the portal leads to, build it again without them."""
        while True:
            built = self.manifests.keys() - {PORTAL}
            self._settle()
            if PORTAL not in self.manifests or built <= self.manifests.keys():
                return
            self.unchanged.discard(PORTAL)
            del self.manifests[PORTAL], self._digests[PORTAL]
            shutil.rmtree(self.work / PORTAL, ignore_errors=True)
            self._build([PORTAL])

    def _settle(self) -> None:
        """Check until nothing falls any more: what falls may be what another leads or refers to."""
        with self.timing.stage("checking the whole"):
            before = None
            while before != self.manifests.keys():
                before = {*self.manifests}
                self._check_links_to_what_is_kept()
                self._check_anchors()
                self._check_ledgers()
                self._hold_back()

    def _check_links_to_what_is_kept(self) -> None:
        """Refuse links to pages that are new in an area that stays as it was published."""
        if self.order.drafts:
            return  # a preview publishes nothing, and shows as much as it can
        kept = {
            target: self.kept(target) for target in self.every_area if target not in self.manifests
        }
        bad = []
        for link in self._all_links:
            target = addresses.target_of(link.address, kept)
            manifest = kept.get(target)
            if (area_of(link.path) or PORTAL) not in self.manifests or target not in kept:
                continue
            why = self.stopped.get(target)
            if manifest is None and why is None:
                continue  # a first build of some areas: the others are still to come
            if manifest is None or link.address not in manifest.addresses:
                own = area_of(link.path) or PORTAL
                found = Finding(
                    link.path,
                    link.line,
                    f"“{link.text}” leads to a page of {target} that is not published",
                    f"{target} has to be put right first: {why}."
                    if why
                    else f"Build it too: ltp build {target}, or ltp build for all.",
                    areas=(own,),
                )
                bad.append(found)
                if why:
                    self.following.append(found)
                    self.stopped.setdefault(own, f"it leads to {target}, which is not published")
        self._drop(bad)

    def _check_anchors(self) -> None:
        built = {**{t: m for t in self.stopped if (m := self.kept(t))}, **self.manifests}
        anchors = {page: ids for manifest in built.values() for page, ids in manifest.pages.items()}
        own: list[links.AreaLink] = []
        tried: list[links.AreaLink] = []
        for each in self._all_links:
            target = area_of(each.path) or PORTAL
            if target in self.manifests:
                own.append(each)
            elif target in self.tried:
                tried.append(each)
        made = [*self.trials.values(), *self.manifests.values()]
        self._drop(links.unknown_anchors(own, anchors))
        # What could not be built is told of its links too, as far as it was made today where they lead.
        anchors = {page: ids for manifest in made for page, ids in manifest.pages.items()}
        self._drop(links.unknown_anchors(tried, anchors))

    def _check_ledgers(self) -> None:
        """Refuse a target that no longer answers at an address that was once published."""
        lost = []
        for target, manifest in {**self.trials, **self.manifests}.items():
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
                no_record = f"{target} is published and this machine has no record of it"
                if target in self.stopped:
                    no_record = (
                        f"{target} can’t be published, and there are no earlier pages of it to keep"
                    )
                self.say(f"  {no_record}: nothing is replaced")
                return {}
        return whole if self.manifests and PORTAL in whole else {}

    def _was_published(self, target: str) -> bool:
        """Tell whether readers know a target: it is in the output folder, or its ledger says so."""
        folder = self.order.out if target == PORTAL else self.order.out / target
        return (folder / "index.html").is_file() or bool(self.ledgers[target].lines)

    def _keep(self, is_still_so: bool) -> None:
        """Keep what was built as the latest that was published.

        Where a source was changed meanwhile, nobody can tell what was read: all of it is made again.
        """
        for target, built in self.manifests.items():
            if target in self.unchanged:
                continue
            manifest = built if is_still_so else built.model_copy(update={"made_from": ""})
            folder = self.work / target
            if not is_still_so:
                (folder / printed.NAME).unlink(missing_ok=True)
            (folder / "manifest.json").write_text(manifest.model_dump_json(), encoding="utf-8")
            exchange.exchange(folder, self.order.published / target, self.journal)

    def _lay(self, whole: Mapping[str, Manifest]) -> None:
        """Put the targets together as one site, with what servers need."""
        site = addresses.site_of(self.plans, self.order.address)
        kept_in = self.order.state / memory.FOLDER / f"front-{self.order.published.name}.pickle"
        front = front_of(whole, site, kept_in, self.sources.code)
        new = self.manifests.keys() - self.unchanged
        self.order.laying.lay(sorted(whole), front.files, front.nginx, self.work, new)

    def _forget_gone_areas(self) -> None:
        """Delete what is kept of areas that there are no more: they were never recorded as published."""
        for folder in self.order.published.iterdir():
            if folder.name not in (PORTAL, *self.every_area):
                shutil.rmtree(folder, ignore_errors=True)

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
            missed=tuple(sorted(target for target in self.stopped if self._is_asked_for(target))),
            why=dict(self.stopped),
            findings=tuple(dict.fromkeys(self._sorted_findings())),
            pages=sum(len(manifest.pages) for manifest in whole.values()),
            seconds=time.monotonic() - self.started,
            published=bool(whole),
            made_from=self.made_from,
            timing=self.timing,
            until=min([self.today.changes, *(each.until for each in whole.values())]),
            unrecorded=tuple(unrecorded),
            following=tuple(dict.fromkeys(self.following)),
            ready=tuple(sorted(self.manifests)),
        )

    def _is_asked_for(self, target: str) -> bool:
        if target == PORTAL:
            return not self.order.part
        return not self.order.areas or target in self.order.areas

    def _sorted_findings(self) -> list[Finding]:
        """Put what has to be put right before what follows from it."""
        return sorted(
            self.findings,
            key=lambda each: (not each.is_fault, each in self.following, each.path, each.line),
        )


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


def refuse_foreign(order: Order) -> None:
    """Refuse to replace a folder that no build of ours made, or one with something else in it. Raises LtpError."""
    out = order.out
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    foreign = order.laying.foreign()
    if foreign:
        raise LtpError(
            f"{foreign} was put there by somebody else, and a build would delete it, so nothing was built. "
            f"Move it out of {out}"
        )
    front = out / "index.html"
    if not front.is_file() or GENERATOR not in front.read_text(encoding="utf-8", errors="replace"):
        raise LtpError(
            f"{out} holds something that this command did not make, so it is left alone. "
            "Name another folder with --out, or empty this one"
        )


def _digest_in(folder: Path) -> str:
    """Give a digest of what the search over all areas finds of an area; nothing where there is none."""
    try:
        return sha256((folder / RECORDS).read_bytes())
    except FileNotFoundError:
        return ""
