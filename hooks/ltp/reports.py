"""What the command says: findings, the table of statuses, how a build ended and what to do next."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from ltp.directory.entry import Service
from ltp.directory.rules import directory_of
from ltp.directory.trust import Directory, Trust, check_due, months_after
from ltp.findings import Finding, LtpError
from ltp.plans import rules
from ltp.plans.dates import PartialDate
from ltp.plans.loading import Loaded, load
from ltp.plans.model import in_words
from ltp.plans.names import area_of
from ltp.plans.status import Standing, Standings, Status, a_year_after, due_to_end, work_out
from ltp.publishing import ledger
from ltp.publishing.building import Order, Outcome
from ltp.publishing.jobs import Manifest
from ltp.publishing.laying import Laying, published_folder
from ltp.publishing.unchanged import TIME
from ltp.site.cards import state_in_words
from ltp.terminal import say
from ltp.writing import checking as writing

MOST_TOLD = 20
"""How many things to put right a build tells; `ltp check` tells them all."""


# -- findings


def check(root: Path, today: datetime.date) -> list[Finding]:
    """Give everything that loading and the rules find, of files and of words, faults first."""
    loaded = load(root)
    faulty = {area for each in loaded.findings if each.is_fault and (area := area_of(each.path))}
    found = [
        *loaded.findings,
        *rules.check(loaded.plans, today, faulty),
        *writing.check(root, loaded.plans),
    ]
    return sorted(found, key=lambda each: (not each.is_fault, each.path, each.line))


def tell_check(findings: Sequence[Finding]) -> int:
    """Say what was found. Gives 1 where something stops an area."""
    for line in _findings(findings):
        say(line)
    bad = sum(each.is_fault for each in findings)
    if bad:
        say(f"Next: put right the {_count(bad, 'fault')} at the top, then run: ltp check")
    else:
        say(
            "No fault in the files themselves. Next: ltp build, which also checks links and addresses"
        )
    return 1 if bad else 0


def _findings(
    findings: Sequence[Finding], most: int | None = None, following: Sequence[Finding] = ()
) -> Iterator[str]:
    bad = [each for each in findings if each.is_fault]
    rest = [each for each in findings if not each.is_fault]
    if bad:
        yield f"{_count(len(bad), 'fault')}:"
        yield from (f"  {each}" for each in bad)
    if following:
        lead, need = ("leads", "needs") if len(following) == 1 else ("lead", "need")
        yield (
            f"{_count(len(following), 'link')} {lead} to what is not published because of that, and "
            f"{need} no change:"
        )
        yield from (f"  {each}" for each in following)
    if rest:
        yield f"{_count(len(rest), 'thing')} to put right:"
        yield from (f"  {each}" for each in rest[:most])
        if most is not None and len(rest) > most:
            yield f"  and {len(rest) - most} more: ltp check tells them all"


def tell_findings(findings: Sequence[Finding]) -> None:
    """Say every fault, and as much of the rest as somebody reads beside a build."""
    for line in _findings(findings, MOST_TOLD):
        say(line)


# -- a build


def of_outcome(outcome: Outcome, order: Order) -> Iterator[str]:
    """Say how a build ended, what to put right, and what to do next; TIME stands for how long it took."""
    causes = [each for each in outcome.findings if each not in outcome.following]
    yield from _findings(causes, MOST_TOLD, outcome.following)
    for target in outcome.failed:
        how = "stays as it was published" if target in outcome.kept else "is not published"
        yield f"{target} {how}: {outcome.why[target]}."
    if not outcome.published:
        if outcome.ready:
            was = "was" if len(outcome.ready) == 1 else "were"
            yield (
                f"{in_words(outcome.ready)} {was} built, and will be published once the faults above are "
                "put right."
            )
        yield "Nothing was replaced: what was published before is as it was."
        return
    if order.part:
        yield (
            f"{in_words(outcome.built)} built after {TIME}, into {_short(order.published)}. Next: bring "
            "that folder together with those of the other areas, and run ltp build there."
        )
        return
    yield f"{outcome.pages} pages in {_short(order.out)} after {TIME}."
    if outcome.unrecorded:
        yield (
            f"{_count(len(outcome.unrecorded), 'address', 'addresses')} in it "
            f"{'is' if len(outcome.unrecorded) == 1 else 'are'} new. "
            f"When you publish them, run: ltp record{_out_of(order)}"
        )
    if outcome.failed:
        yield "Next: put right the faults above and build again."
    else:
        yield "Next: look at it with make serve (or ltp serve), then http://127.0.0.1:8000/"


def _short(path: Path) -> str:
    """Give a path as it is seen from here, where it lies under this folder."""
    return f"{path.relative_to(Path.cwd())}/" if path.is_relative_to(Path.cwd()) else str(path)


def _out_of(order: Order) -> str:
    """Give the option that names the output folder, where it is not the usual one."""
    is_usual = order.published == published_folder(order.root, order.root / "site")
    folder = _short(order.out)
    named = f'"{folder}"' if " " in folder else folder
    return "" if is_usual else f" --out {named}"


def record(root: Path, out: Path) -> int:
    """Add every address that was published last into a folder to the ledgers; give how many are new."""
    added = 0
    for path in Laying(published_folder(root, out), out, root / ".ltp").manifests_as_laid():
        try:
            manifest = Manifest.model_validate_json(path.read_bytes())
        except ValueError:
            raise LtpError(f"{path} can’t be read. Run ltp build, which writes it anew") from None
        added += ledger.record(root / "areas" / f"{manifest.target}.ledger", manifest.kept_for_ever)
    return added


# -- status


def tell_status(loaded: Loaded, today: datetime.date) -> None:
    """Print a table: area, plan, status, why, since when, what is due."""
    standings = work_out(loaded.plans, today)
    rows = [("Area", "Plan", "Status", "Why", "Since", "Due")]
    for area in loaded.plans.areas:
        rows += [_row(standings, standing) for standing in standings.of_area(area)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    for line in _directories(standings):
        say(line)
    bad = sum(each.is_fault for each in loaded.findings)
    if bad:
        say(f"{_count(bad, 'fault')} in the files: run ltp check to read them.")


def _directories(standings: Standings) -> Iterator[str]:
    """Say how many entries each directory holds, how far they can be trusted, and what is due."""
    today = standings.today
    for area in standings.plans.areas:
        directory = directory_of(standings, area)
        if not directory.services:
            continue
        counts = Counter(directory.trust(service) for service in directory.services)
        told = ", ".join(f"{counts[each]} {each.value}" for each in Trust if counts[each])
        yield f"Help in {area}: {_count(len(directory.services), 'entry', 'entries')}, {told}."
        for due, service in sorted(_checks_due(directory), key=lambda each: each[0]):
            was = "was" if due < today else "is"
            yield f"  {service.id}: a check {was} due by {PartialDate.of(due)}"


def _checks_due(directory: Directory) -> Iterator[tuple[datetime.date, Service]]:
    """Give the entries whose check is past, or due within the next month."""
    for service in directory.services:
        due = check_due(service)
        if due and service.facts.status != "ended" and due <= months_after(directory.today, 1):
            yield due, service


def _row(standings: Standings, standing: Standing) -> tuple[str, str, str, str, str, str]:
    edition = standing.edition
    status = "current" if standing.is_current else standing.status.value
    return (
        edition.area,
        edition.id,
        status,
        _why(standings, standing),
        _since(standings, standing),
        "; ".join(_due(standings, standing)) or "–",
    )


def _why(standings: Standings, standing: Standing) -> str:
    """Say which facts make the status what it is."""
    area = standings.plans.areas[standing.edition.area]
    match standing.status:
        case Status.REPLACED:
            return f"replaced by {', '.join(each.ref for each in standing.replaced_by)}"
        case Status.ARCHIVED if area.plan_joined and not standing.act:
            return f"the plan joined {', '.join(area.plan_joined.into)}"
        case Status.REMOVED | Status.WITHDRAWN | Status.ARCHIVED if standing.act:
            return standing.act.because
        case Status.DRAFT:
            return "draft" if standing.edition.draft else "its day of publication lies ahead"
        case Status.ACCOMPANIES:
            goes_with = standing.edition.adds_to
            return f"it goes with {goes_with}" if goes_with else f"a {standing.edition.kind}"
    words = state_in_words(standing).partition(". ")[2].rstrip(".")
    return (
        words[:1].lower() + words[1:]
        if words
        else "nothing here replaces it, and it is in its time"
    )


def _since(standings: Standings, standing: Standing) -> str:
    """Give the date from which the status holds, or "not known"."""
    area = standings.plans.areas[standing.edition.area]
    joined = area.plan_joined.published if area.plan_joined else None
    match standing.status:
        case Status.REPLACED:
            dates = [each.published for each in standing.replaced_by]
            date = min((each for each in dates if each), key=lambda d: d.first_day, default=None)
        case Status.ARCHIVED if not standing.act:
            date = joined
        case Status.REMOVED | Status.WITHDRAWN | Status.ARCHIVED:
            date = standing.act.date if standing.act else None
        case _:
            date = standing.edition.published
    return str(date) if date else "not known"


def _due(standings: Standings, standing: Standing) -> Iterator[str]:
    """Say what somebody has to do for an edition, and by when."""
    edition, today = standing.edition, standings.today
    if not standing.status.is_latest:
        return
    if edition.covers and edition.covers.end.has_passed(today):
        yield "a newer plan: its period has ended"
    elif standing.refresh_is_overdue:
        yield "its yearly refresh"
    elif edition.published:
        yield f"a refresh by {PartialDate.of(a_year_after(edition.published))}"
    for each in standings.plans.areas[edition.area].organisations[-1:]:
        body = standings.plans.organisations.get(each)
        if body and due_to_end(body, today) == "past":
            yield f"whether {body.id} has ended"
    for page in edition.pages:
        if page.facts.review_by and page.facts.review_by.has_passed(today):
            yield f"a review of {page.name}"


def _count(number: int, one: str, many: str = "") -> str:
    """Count things in words: "1 fault", "2 faults"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
