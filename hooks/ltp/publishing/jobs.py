"""One build of one target: what it is asked for, and what it gives back.

Plain data, so that a job can be handed to another process and its result kept on disk.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from ltp.findings import Finding
from ltp.plans.names import PORTAL
from ltp.publishing import memory
from ltp.publishing.timing import Timing
from ltp.site import addresses
from ltp.site.cards import AreaCard

SITEMAP: Final = "sitemap.xml"
"""The name of each target's sitemap: there is one only where the public address is known."""

RECORDS: Final = "search.json"
"""The name of the file beside an area's manifest with what the search over all areas finds of it."""


@dataclass(frozen=True)
class Job:
    """What a build of one target is asked for."""

    root: Path
    """The folder with `areas/` and `content/`."""
    target: str
    today: datetime.date
    out: Path
    """Where the target's site is written: an empty folder, or none."""
    state: Path
    """Where compiled templates and styles are kept."""
    begun: float = 0
    """When the build of all began that it belongs to, by the clock of `time.monotonic`; 0 for none."""
    address: str | None = None
    """The public address of the whole site, where it is not the one in `areas/portal.yml`."""
    drafts: bool = False
    """Show drafts, as a preview does and a published site never."""
    cards: tuple[AreaCard, ...] = ()
    """For the portal: the cards of the areas that are published."""
    recorded: tuple[str, ...] = ()
    """Every address of the target that was ever published."""
    records: tuple[Path, ...] = ()
    """For the portal: what the search finds of each area that is published, as its build left it."""

    code: str = ""
    """A digest of the code and of what is installed; empty where nothing may be kept for the next build."""
    facts: str = ""
    """A digest of all that the target is made from but the texts of its plans' pages; empty as `code`."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """A digest of each file with such a text, by its path under the target's folder."""
    before: Path | None = None
    """The folder of the target as it was last published; None where nothing of it may be used again."""
    before_until: datetime.date = datetime.date.max
    """The next day on which something changes that was made then."""

    @property
    def kept_texts(self) -> Path:
        """The folder in which the target's texts are kept as they were rendered."""
        return self.state / memory.FOLDER / memory.TEXTS / self.target

    @property
    def kept_records(self) -> Path:
        """The file in which an area's build leaves what the search over all areas finds of it."""
        return self.out.parent / RECORDS

    @property
    def docs(self) -> Path:
        """The target's folder of Markdown."""
        return self.root / "content" / self.target

    @property
    def is_portal(self) -> bool:
        """Tell whether it builds the portal."""
        return self.target == PORTAL


class Moved(BaseModel):
    """An address that leads to another."""

    model_config = ConfigDict(frozen=True)

    address: str
    to: str
    permanent: bool


class Manifest(BaseModel):
    """What a built target answers to."""

    model_config = ConfigDict(frozen=True)

    target: str
    pages: dict[str, tuple[str, ...]]
    """The ids on each page, by its address."""
    files: tuple[str, ...]
    """The addresses of the other files."""
    moved: tuple[Moved, ...]
    gone: tuple[str, ...]
    """Addresses of removed plans: a page says so where it is a page's, and a server answers 410."""
    card: AreaCard | None = None
    """For an area."""
    found: str = ""
    """For an area: a digest of what the search over all areas finds of it, which is kept beside this."""
    made_from: str = ""
    """A digest of everything that it was made from; empty where that is not known for certain."""
    since: datetime.date = datetime.date.max
    """The day for which it was made."""
    until: datetime.date = datetime.date.min
    """The next day on which the same would make something else."""
    findings: tuple[Finding, ...] = ()
    """What was found while it was made."""

    def holds(self, made_from: str, today: datetime.date) -> bool:
        """Tell whether a build from the same would come out just as this one."""
        return bool(made_from) and made_from == self.made_from and self.is_for(today)

    def is_for(self, today: datetime.date) -> bool:
        """Tell whether a build of the same for a day would come out just as this one."""
        return self.since <= today < self.until

    @property
    def addresses(self) -> frozenset[str]:
        """Every address that it answers, in any way."""
        return frozenset([*self.pages, *self.files, *self.gone])

    @property
    def kept_for_ever(self) -> frozenset[str]:
        """The addresses that must never be lost.

        Not the items of feeds, which come and go, nor the sitemap, which goes with the public address,
        nor the index of the search, whose files are named by what is in them, nor the scripts, which
        nobody links to and which change with the code.
        """
        items, search = tuple(self.feeds), self.search
        assets = f"{addresses.front(self.target)}assets/"
        files = (
            address
            for address in self.files
            if not (address.startswith(items) and "/" in _under(address, items))
            and not address.endswith(f"/{SITEMAP}")
            and not address.startswith(search)
            and not (address.startswith(assets) and address.endswith(".js"))
        )
        return frozenset([*self.pages, *files, *self.gone])

    @property
    def search(self) -> str:
        """The page of its search: `/blmk/search/`. What the search needs lies under it."""
        return addresses.under(self.target, addresses.SEARCH)

    @property
    def feeds(self) -> Sequence[str]:
        """The folders of its open data feeds: `/blmk/help/open-referral/v3/`."""
        # Imported here: `ltp check` and `ltp status` never ask, and can save the time.
        from ltp.directory.open_data import FOLDER

        end = f"/{FOLDER}/index.json"
        return [each.removesuffix("index.json") for each in self.files if each.endswith(end)]


@dataclass(frozen=True)
class Built:
    """How a build of one target ended."""

    target: str
    manifest: Manifest | None
    """None where it failed."""
    findings: tuple[Finding, ...]
    seconds: float
    until: datetime.date
    """The next day on which the same would make something else."""
    timing: Timing = field(default_factory=Timing)
    """Where its time went."""


def _under(address: str, folders: Sequence[str]) -> str:
    """Give an address as seen from the folder that it stands in."""
    return next((address.removeprefix(each) for each in folders if address.startswith(each)), "")
