"""What a template is given: one view a page, plain data, every choice already made.

Templates print these and decide nothing. Every `href` is ready to print: relative to the page, or
absolute where it leaves the site. Every text is plain text (templates escape it) unless its name ends
in `html`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ltp.plans.languages import is_right_to_left


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere, or words alone where `href` is None."""

    text: str
    href: str | None = None
    is_current: bool = False
    lang: str | None = None
    """The language of the words, where it is not English."""

    @property
    def dir(self) -> str | None:
        """Give the direction of the words, where it is not from left to right."""
        return direction(self.lang)


def direction(lang: str | None) -> str | None:
    """Give `rtl` for a language that is written from right to left."""
    return "rtl" if lang and is_right_to_left(lang) else None


Phrase = Sequence[str | Link]
"""A sentence or two, with links in it, in reading order. Spaces are part of the strings."""


@dataclass(frozen=True)
class Fact:
    """One row of a summary list: "Published" and "October 2021"."""

    term: str
    values: Sequence[Phrase]
    """One phrase a line."""


@dataclass(frozen=True)
class Notice:
    """What a status tells readers, before the content. Never closed, never drawn by a script."""

    kind: Literal[
        "archived",
        "earlier-body",
        "withdrawn",
        "removed",
        "draft",
        "replaced",
        "latest",
        "unchecked",
        "past-check",
        "ended",
        "alert",
    ]
    """A plan's status, or what to know of an entry of the help directory (the last four)."""
    heading: str
    paragraphs: Sequence[Phrase]

    @property
    def id(self) -> str:
        """The heading's id; the region is named by it."""
        return f"notice-{self.kind}"


@dataclass(frozen=True)
class CrisisAction:
    """One way to get help today."""

    id: str
    urgency: Literal["emergency", "urgent", "talk"]
    name: str
    before: str
    """The words before the number: "Call"."""
    number: str
    href: str
    """`tel:` or `sms:`."""
    after: str
    """The words after the number: "and choose the mental health option"."""
    details: Sequence[str]
    """Whole sentences, for the help page."""


@dataclass(frozen=True)
class EditionLink:
    """One edition in the list of editions: it leads to the same topic where that edition has it."""

    text: str
    href: str
    tag: str
    """The status in a word or two: "Latest", "Earlier", "Archived"."""
    tag_kind: str
    """The status as a class: `latest`, `replaced`, `archived`, `withdrawn`."""
    note: str = ""
    """What to know before following it: "no page on this topic"."""
    is_current: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its lines."""

    lines: Sequence[Phrase]
    tag_kind: str = ""
    """Where the first line is a status: its class, as `EditionLink.tag_kind`."""


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first cell of each row is its header."""

    id: str
    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Card:
    """A card that leads somewhere."""

    heading: Link
    description: Phrase = ()
    tag: str = ""
    tag_kind: str = ""
    facts: Sequence[Fact] = ()


Spans = Sequence[tuple[int, int]]
"""Opening times of a day: minutes after its midnight, from and until; past 1,440 is the next day."""


@dataclass(frozen=True)
class OpenHours:
    """What a script needs to say "Open now". The hours in words stand beside it, always."""

    week: Sequence[Spans]
    """Monday first."""
    bank_holidays: Spans | None
    """Its times on a bank holiday; None where nobody says, and then a script says nothing either."""
    exceptions: Mapping[str, Spans | None]
    """Its times on days of their own (`2026-12-24`); None where they are not known."""
    days: Sequence[str]
    """England's bank holidays in every year of which a script may say anything: `2026-12-25`."""


@dataclass(frozen=True)
class Entry:
    """One line of a list of everything that a site has."""

    link: Link
    what: str = ""
    """What it is, where it would not be known by its name alone: "2024 to 2025 plan"."""
    tag: str = ""
    tag_kind: str = ""
    entries: Sequence[Entry] = ()
    """What lies under it."""


@dataclass(frozen=True)
class Section:
    """A part of a generated page, under an `h2`: words, then cards, a table, links, in this order."""

    id: str
    heading: str
    paragraphs: Sequence[Phrase] = ()
    points: Sequence[Phrase] = ()
    """A list with bullets; the last paragraph leads into it."""
    level: Literal[2, 3] = 2
    """3 for a part of the part above it."""
    open_hours: OpenHours | None = None
    """Where the paragraphs are opening hours: leave a script room to say "Open now" below them."""
    crisis_cards: bool = False
    """Show the crisis lines in full, as care cards."""
    cards: Sequence[Card] = ()
    table: Table | None = None
    facts: Sequence[Fact] = ()
    links: Sequence[Link] = ()
    entries: Sequence[Entry] = ()


@dataclass(frozen=True)
class Choice:
    """One answer that a form offers."""

    value: str
    """As it stands in the address and in the data."""
    text: str


@dataclass(frozen=True)
class Finder:
    """The search form of a help directory, and the same entries as lists, for when no script runs.

    Nothing is offered as a choice that no entry answers to, so each of these may be empty.
    """

    data: str
    """Where the entries are, relative to the page: `../find.json`."""
    needs: Sequence[Choice] = ()
    ages: Sequence[Choice] = ()
    """Years of age."""
    places: Sequence[Choice] = ()
    who: Sequence[Choice] = ()
    how: Sequence[Choice] = ()
    only: Sequence[Choice] = ()
    """What can be asked for alone: `self`, `free` and `open`, which are names of fields."""
    tags: Sequence[tuple[str, str]] = ()
    """How far entries can be trusted: the words of each tag, and their class."""
    bank_holidays: Sequence[str] = ()
    """As `OpenHours.days`."""
    crisis_words: Sequence[str] = ()
    """How words begin, in small letters, that put today's help above what was found."""
    lists: Sequence[Section] = ()
    """The lists that work without scripts, as links."""


@dataclass(frozen=True)
class ChoiceGroup:
    """Answers of which one holds, as radio buttons."""

    name: str
    """As the script and the styles know it: `text` is `data-text` on `<html>`."""
    legend: str
    choices: Sequence[Choice]
    """The first holds where nothing was chosen."""
    hint: str = ""


@dataclass(frozen=True)
class DisplaySettings:
    """What a reader can choose of how pages look, shown only where a script can put it to use."""

    groups: Sequence[ChoiceGroup]
    sample: Table
    """It shows what the choices do."""
    help: Link
    """The page with all of today's help, as a link to see in the sample."""


@dataclass(frozen=True)
class Search:
    """The search form of a site, and what leads to the same pages where no script runs."""

    front: str
    """Where results are told from, relative to the page: `../`."""
    always: Sequence[str]
    """The bundles that are always looked through, the one with the engine first: `first/`, `last/`."""
    earlier: str = ""
    """The bundle of earlier plans; empty where there are none."""
    withdrawn: str = ""
    """The list of withdrawn pages; empty where there are none."""
    area: str = ""
    """What results say of the area, where they are all of one."""
    own: Mapping[str, str] = field(default_factory=dict)
    """The public addresses of areas that have their own, by where they stand under `front`: `meadow/`."""
    notes: Sequence[str] = ()
    """What to know before searching."""
    wider: Link | None = None
    """The search over all areas."""
    instead: Sequence[Link] = ()
    """What leads to everything without a search."""
    crisis_words: Sequence[str] = ()
    """As `Finder.crisis_words`."""


@dataclass(frozen=True)
class Part:
    """One page of an edition, as it stands on the page of the whole edition."""

    id: str
    """The id of its heading."""
    caption: str
    """Which part it is, in words: "Part 2 of 14"; empty where it is the only one."""
    heading: str
    lead: str
    html: str
    """Its text."""
    facts: Sequence[Fact]
    """Its source and its dates."""
    lang: str | None = None
    """The language of its heading, lead and text, where it is not English."""

    @property
    def dir(self) -> str | None:
        """Give the direction of its text, where it is not from left to right."""
        return direction(self.lang)


@dataclass(frozen=True)
class Leave:
    """The way to leave a page quickly: an ordinary link, which a script makes quicker."""

    href: str
    """A page of another website, in full."""
    about: str | None
    """The page that says what leaving can't hide; None on that page itself."""


@dataclass(frozen=True)
class Shell:
    """What the pages of one target at one depth share; rendered once for all of them."""

    site_name: str
    """The area's or the portal's name."""
    portal_name: str
    home_href: str
    """This target's front page."""
    portal_href: str
    assets: str
    """Where the assets stand, relative to the page, ending in a slash: `../assets/`."""
    logo: str
    """`neutral`, `nhs`, or the address of an image."""
    navigation: Sequence[Link]
    """The target's sections, in the header."""
    footer: Sequence[Link]
    run_by: str | None
    """Who runs the site; None while it is a demonstration."""
    crisis: Sequence[CrisisAction]
    help: Link
    """The page with all of today's help."""


@dataclass(frozen=True)
class PageView:
    """One page, as its template prints it."""

    shell: Shell
    title: str
    """The text of `<title>`."""
    heading: str
    """The page's only `h1`."""
    lang: str | None = None
    """The language of its heading, lead and text, where it is not English."""
    caption: str = ""
    """What the page is part of, above the heading: the plan's label and area."""
    description: str = ""
    robots: str | None = None
    """Printed only where it isn't "index"."""
    canonical: str | None = None
    relations: Sequence[tuple[str, str]] = ()
    """`link rel` and its href: predecessor-version, successor-version, latest-version, version-history."""
    structured_data: str = ""
    """JSON-LD, already safe inside a script element."""
    breadcrumb: Sequence[Link] = ()
    notices: Sequence[Notice] = ()
    """At most two: context first, then the stronger."""
    lead: str = ""
    provenance: str = ""
    """For a rewritten plan: "Our plain-English summary, not the plan itself"."""
    contents: Sequence[Link] = ()
    """The pages of this edition, or of the guide, this one marked; empty where there is only one."""
    contents_heading: str = "Contents of this plan"
    whole: Link | None = None
    """The page that has all of this edition on it, to print."""
    sections_before: Sequence[Section] = ()
    """Generated parts above the Markdown."""
    parts: Sequence[Part] = ()
    """All pages of an edition, on the page of the whole edition; its contents lead to them."""
    finder: Finder | None = None
    """The search form of the directory; today's help in full is part of it."""
    display: DisplaySettings | None = None
    """The choices of how pages look, on their own page."""
    search: Search | None = None
    """The search form of the site; today's help in full is part of it."""
    letters: Sequence[Link] = ()
    """The alphabet, for a list of everything: a letter that nothing begins with leads nowhere."""
    sections: Sequence[Section] = ()
    """Generated parts below the Markdown."""
    previous: Link | None = None
    next: Link | None = None
    editions_heading: str = ""
    editions: Sequence[EditionLink] = ()
    facts: Sequence[Fact] = ()
    """About this page: publisher, dates, source."""
    print_line: str = ""
    """Status, date and address, printed on paper only."""
    sheet_line: str = ""
    """The same in few words, for the foot of every sheet of paper."""
    redirect: str | None = None
    """Where this address leads at once, without a script."""
    leave: Leave | None = None
    """On a page that somebody should be able to leave before it is seen."""

    @property
    def dir(self) -> str | None:
        """Give the direction of its text, where it is not from left to right."""
        return direction(self.lang)

    @property
    def scripts(self) -> Sequence[str]:
        """The scripts of this page beside `display.js`, which every page has; most have none.

        All work without.
        """
        leave = ("leave.js",) if self.leave else ()
        if self.finder:
            return (*leave, "find.js")
        if self.search:
            return (*leave, "search.js")
        if self.display:
            return (*leave, "display-settings.js")
        sections = (*self.sections_before, *self.sections)
        return (*leave, "open-now.js") if any(each.open_hours for each in sections) else leave
