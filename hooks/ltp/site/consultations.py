"""Whether readers can still take part in a request for views, as far as its dates are known."""

from __future__ import annotations

import datetime
from enum import StrEnum

from ltp.plans.model import ConsultationFacts, Page


class State(StrEnum):
    """Where a request for views stands on a day."""

    OPEN = "open"
    AHEAD = "ahead"
    NOT_KNOWN = "not known"
    CLOSED = "closed"

    @property
    def in_words(self) -> str:
        """Give it as a heading or a tag: "May be closed"."""
        said = {State.AHEAD: "Not open yet", State.NOT_KNOWN: "May be closed"}
        return said.get(self, self.value.capitalize())

    @property
    def tag(self) -> tuple[str, str]:
        """Give it in a few words, and their class."""
        return self.in_words, "latest" if self is State.OPEN else "replaced"


def state(page: Page, today: datetime.date) -> State:
    """Tell by its last day, or, where that is not known, by its last session, if it has any."""
    facts = page.facts
    assert isinstance(facts, ConsultationFacts)
    last = facts.closes or max(
        (session.date for session in facts.sessions), key=lambda date: date.last_day, default=None
    )
    if last and last.has_passed(today):
        return State.CLOSED
    if facts.opened and facts.opened.first_day > today:
        return State.AHEAD
    return State.OPEN if last else State.NOT_KNOWN
