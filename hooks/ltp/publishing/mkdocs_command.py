"""What `mkdocs build` and `mkdocs serve` do beyond one MkDocs build: the areas, and publishing.

MkDocs gives `on_startup` and `on_shutdown` no configuration, so what lies between them is kept here,
for the one command that the process runs. A build that `ltp` runs itself never begins one.
"""

from __future__ import annotations

import logging
import shutil
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.plugins import get_plugin_logger

from ltp.findings import Finding, LtpError
from ltp.plans.day import day_in_england
from ltp.plans.names import PORTAL
from ltp.publishing import engine, verifying
from ltp.publishing.building import Order, Publication
from ltp.publishing.jobs import Built
from ltp.publishing.locking import alone
from ltp.site import styles

log = get_plugin_logger("ltp")
_outside = logging.getLogger("ltp")
"""Prints, and counts for nothing: MkDocs' strict mode counts errors as it counts warnings."""


@dataclass
class _Command:
    """The MkDocs command that this process runs."""

    name: str = ""
    """`build` or `serve`; empty while `ltp` builds."""
    publication: Publication | None = None
    portal_is_built: bool = False
    alone: ExitStack = field(default_factory=ExitStack)
    """Holds the lock of the root while a build of it is under way."""


_command = _Command()


def started(command: str) -> None:
    """Remember which command MkDocs was asked for."""
    _command.name = command


def begin(config: MkDocsConfig) -> None:
    """Build the areas, and make this build the portal's; nothing where `ltp` has made it a target's."""
    if engine.KEY in config.extra:
        return
    serving = _command.name == "serve"
    order = _order(config, drafts=serving)
    _command.alone.close()
    _command.alone.enter_context(alone(order.state, log.info))
    try:
        publication = Publication(order, log.info)
        publication.build_areas()
    except LtpError as error:
        raise Abort(f"{error}.") from None
    _tell(publication.findings)
    if PORTAL in publication.stopped:
        raise Abort("The portal has a fault, so nothing was published.")
    _command.publication, _command.portal_is_built = publication, False
    job = replace(publication.job(PORTAL), before=None)  # MkDocs prints every page
    config.extra[engine.KEY] = engine.Target(job, publication.plans)
    if serving:
        config.watch += [str(order.root / folder) for folder in ("areas", "content", "docs")]
        config.watch.append(str(styles.CODE / "overrides"))
    else:
        config.site_dir = str(job.out)


def _order(config: MkDocsConfig, *, drafts: bool) -> Order:
    """Give what `mkdocs build` asks for: everything beside `mkdocs.yml`, as of today."""
    return Order(
        root=styles.CODE,
        out=Path(config.site_dir).resolve(),
        today=day_in_england(),
        address=config.site_url if drafts else None,
        drafts=drafts,
    )


def make_search(config: MkDocsConfig) -> None:
    """Make the target's search; where that fails, the target fails, and MkDocs says why."""
    try:
        engine.make_search(config)
    except LtpError as error:
        raise BuildError(str(error)) from None


def built(config: MkDocsConfig) -> None:
    """Note that the portal is built; in a preview, lay the areas beside it."""
    publication = _command.publication
    if publication is None or engine.target_of(config).job.target != PORTAL:
        return
    _command.portal_is_built = True
    target = engine.target_of(config)
    findings = tuple(target.findings())
    for finding in findings:
        # A warning is what strict mode counts: nothing is published with a fault of the portal.
        (log.warning if finding.is_fault else log.info)(str(finding))
    if _command.name == "serve":
        for area, folder in publication.sites():
            shutil.copytree(folder, Path(config.site_dir) / area)
        shutil.rmtree(publication.work, ignore_errors=True)
        _command.alone.close()
    else:
        verifying.write_down(target.job.out.parent, target.digests)
        today = publication.order.today
        publication.accept([Built(PORTAL, target.manifest(), findings, 0, today)])


def failed() -> None:
    """Forget the portal: it has a fault."""
    _command.portal_is_built = False
    _command.alone.close()


def finish() -> None:
    """Publish what was built, if the portal passed every check, strict ones included."""
    try:
        _publish()
    finally:
        _command.alone.close()


def _publish() -> None:
    publication = _command.publication
    if publication is None or _command.name == "serve":
        return
    _command.publication = None
    if not _command.portal_is_built:
        shutil.rmtree(publication.work, ignore_errors=True)
        return
    try:
        outcome = publication.publish()
    except LtpError as error:
        raise Abort(f"{error}.") from None
    for target in outcome.failed:
        log.error(f"{target} stays as it was: {publication.stopped[target]}")
    log.info(f"{outcome.pages} pages in {publication.order.out}")
    if not outcome.succeeded:
        raise Abort("Not everything could be published.")


def _tell(findings: list[Finding]) -> None:
    for finding in findings:
        if finding.is_fault:
            # Not in MkDocs' log: strict mode would then stop every area for a fault of one.
            _outside.error(str(finding))
        else:
            log.info(str(finding))
