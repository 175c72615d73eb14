"""What the portal needs to know of an area's site: kept with each site that is published.

The portal lists the sites that readers will find. An area that could not be built today stays as it
was published, and so does its card.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from ltp.plans.model import Area
from ltp.plans.status import PeriodState, Standing, Standings
from ltp.site import addresses


class EditionCard(BaseModel):
    """An edition in one line."""

    model_config = ConfigDict(frozen=True)

    label: str
    address: str
    short: str
    state: str
    """What is true of it, in a sentence."""


class AreaCard(BaseModel):
    """An area in a few lines."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    short_name: str
    places: tuple[str, ...]
    joined: tuple[tuple[str, str], ...]
    """The areas that its plan has joined: name and address."""
    help_address: str
    latest: tuple[EditionCard, ...]
    editions: tuple[EditionCard, ...]
    """Every edition with a short address, removed ones too."""
    has_site_map: bool = False
    """The site has a page that lists all others; those that were published before it was made don't."""

    @property
    def is_archived(self) -> bool:
        """Tell whether the area's plan has joined another's."""
        return bool(self.joined)


def card_of(standings: Standings, area: Area) -> AreaCard:
    """Make the card of an area that is built today."""
    plans = standings.plans
    joined = area.plan_joined.into if area.plan_joined and standings.has_joined(area) else ()
    everything = standings.of_area(area.id)
    helper = plans.help_area[area.id]
    return AreaCard(
        id=area.id,
        name=area.name,
        short_name=area.short_name,
        places=area.places,
        joined=tuple((plans.areas[each].name, addresses.front(each)) for each in joined),
        help_address=addresses.under(helper, "help/index"),
        latest=tuple(_edition_card(standing) for standing in standings.latest(area.id)),
        editions=tuple(
            _edition_card(standing)
            for standing in everything
            if standing.status.is_public or standing.status == "removed"
        ),
        has_site_map=True,
    )


def state_in_words(standing: Standing) -> str:
    """Say in a sentence what is true of an edition: for lists, tables and print."""
    edition = standing.edition
    match standing.status:
        case "removed":
            return "Removed."
        case "draft":
            return "Draft. It has not been published."
        case "withdrawn":
            return "Withdrawn."
        case "archived":
            return "Archived."
        case "replaced":
            return "An earlier plan."
        case "goes with a plan":
            goes = " that goes with a plan" if edition.adds_to else ""
            return f"{edition.kind.with_article.capitalize()}{goes}."
    if standing.is_current:
        return "The current plan."
    match standing.period:
        case PeriodState.ENDED:
            return (
                f"The latest plan on this site. {edition.written_for}, and that period has ended."
            )
        case PeriodState.NOT_STARTED:
            return f"The latest plan on this site. It is for {edition.covers}, which has not begun."
        case PeriodState.UNKNOWN:
            return "The latest plan on this site. We do not know which years it was written for."
    return "The latest plan on this site. A newer plan may exist elsewhere."


def _edition_card(standing: Standing) -> EditionCard:
    return EditionCard(
        label=standing.edition.label,
        address=addresses.edition(standing.edition),
        short=addresses.short(standing.edition),
        state=state_in_words(standing),
    )
