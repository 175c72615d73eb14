"""How far a site meets the accessibility rules: worked out from recorded facts, never typed (decision 17)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ltp.plans.model import Audit
from ltp.plans.status import Standings, a_year_after

CRITERIA: Final = 55
"""How many success criteria of levels A and AA there are in the guidelines' version 2.2."""


class Compliance(StrEnum):
    """What the model statement lets a site say of itself, and one word for when nobody has looked."""

    FULLY = "fully"
    PARTIALLY = "partially"
    NOT = "not"
    NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Verdict:
    """How far a site meets the rules, and why no more is said."""

    compliance: Compliance
    because: tuple[str, ...] = ()
    """Whole sentences."""


def judge(standings: Standings, *, has_documents: bool) -> Verdict:
    """Judge a site by the last audit.

    Not known without an audit. Not compliant where more than half of the criteria fail. Fully compliant
    only where the audit is less than a year old and found nothing, people with access needs have
    tested the sites, and no document beside the pages is in doubt. Partially compliant otherwise.
    """
    audit = standings.audit
    if audit is None or not audit.pages:
        return Verdict(Compliance.NOT_KNOWN, ("No audit of this website has been recorded.",))
    failed = {failure.criterion for failure in audit.failures if failure.criterion}
    if 2 * len(failed) > CRITERIA:
        why = f"{len(failed)} of the {CRITERIA} criteria are not met."
        return Verdict(Compliance.NOT, (why,))
    doubts = tuple(_doubts(audit, standings, has_documents=has_documents))
    return Verdict(Compliance.PARTIALLY if doubts else Compliance.FULLY, doubts)


def tested_by_people(standings: Standings) -> bool:
    """Tell whether people with access needs had tested the sites by the day of the build."""
    audit = standings.audit
    day = audit.by_people if audit else None
    return day is not None and day.first_day <= standings.today


def _doubts(audit: Audit, standings: Standings, *, has_documents: bool) -> Iterator[str]:
    if audit.has_failures:
        yield "The last audit found failures. They are listed below."
    if not tested_by_people(standings):
        yield "No people with access needs have tested this website, and programs can’t find everything."
    if a_year_after(audit.date) < standings.today:
        yield "The last audit is more than a year old."
    if has_documents:
        yield "There are documents beside the pages that nobody is known to have checked. They are listed below."
