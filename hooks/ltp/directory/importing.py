"""Bring services in from a table (CSV) or an Open Referral UK feed (version 1 or 3), as files to look at.

`read_rows` reads a file, `propose` makes an entry of each row, `write` writes those that are new. Every
row gets at least one line in the report: kept as it is, changed (what), or refused (why). Nothing is
lost silently: what an entry has no field for stands under "From the imported record" in its text.

What real feeds get wrong is put right and told: empty values, HTML and inline styles, shouting capitals,
odd spaces, ages 0 to 0, numbers in prose, addresses without https://. Nothing imported counts as
checked, whatever a feed says of its assurance: every entry says `checks: {last: never}`, and where its
facts were read (`source`) is left to an editor.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from html import unescape
from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path
from typing import Any, Final, TypeAlias

import yaml
from pydantic import ValidationError

from ltp.directory.entry import (
    MOST_WORDS,
    RESERVED,
    Audience,
    Referrer,
    ServiceFacts,
    Thrive,
    Urgency,
    Way,
)
from ltp.directory.hours import read_hours
from ltp.directory.listing import slug
from ltp.directory.numbers import Number, numbers_in, read_number
from ltp.directory.open_data import (
    DETAILS,
    LABELS,
    NOT_KNOWN,
    RULES,
    STATUSES,
    WAY_NAMES,
    Scheme,
    plain,
)
from ltp.directory.referral import DAYS, is_email
from ltp.findings import LtpError, WrongValueError, did_you_mean
from ltp.plans.loading import load
from ltp.plans.names import SHARED_FILES
from ltp.plans.reading import UnreadableError, decode, read_page

Tree: TypeAlias = dict[str, Any]
"""One object of a feed. What is used of it is taken out, so that the rest can be told."""

HEADING: Final = "From the imported record"
NO_SUMMARY: Final = "The record that we read does not say what this service does."


class Outcome(StrEnum):
    """What became of a row, or of a part of it."""

    KEPT = "kept"
    CHANGED = "changed"
    REFUSED = "refused"
    NOTE = "to know"
    """Something about the whole file."""


@dataclass(frozen=True)
class Line:
    """One line of the report."""

    row: int
    """The row of the table, its header being row 1, or the number of the service in a feed; 0: the file."""
    name: str
    outcome: Outcome
    what: str

    def __str__(self) -> str:
        where = f"{self.row}: {self.name}: " if self.row else ""
        return f"{where}{self.outcome.value}: {self.what}"


@dataclass(frozen=True)
class Rows:
    """What a file holds."""

    kind: str
    """What the file is, in words: "a table", "Open Referral UK 3"."""
    rows: Sequence[tuple[int, Tree]]
    """Each with its number in the file. A table's row has its columns by the names of our fields."""
    is_table: bool
    lines: tuple[Line, ...] = ()
    """What is to be known of the file as a whole."""


@dataclass(frozen=True)
class Proposal:
    """What is made of one row."""

    row: int
    name: str
    id: str
    """The file's name without its ending."""
    text: str | None
    """The file's text; None where the row is refused."""
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Report:
    """What was written, and a line or more for every row."""

    files: tuple[Path, ...]
    lines: tuple[Line, ...]

    @property
    def refused(self) -> Sequence[Line]:
        """Give the lines of what was refused."""
        return [line for line in self.lines if line.outcome is Outcome.REFUSED]

    @property
    def next(self) -> str:
        """Say what came of it, and what to do next."""
        count = len(self.files)
        files = (
            f"{count:,} file{'' if count == 1 else 's'} written; none of them counts as checked."
        )
        after = "Next: read each one, say in source where its facts were read, and run: ltp check"
        return f"{files} {after}" if count else files

    def __str__(self) -> str:
        return "\n".join([*map(str, self.lines), self.next])


def import_services(root: Path, area: str, path: Path) -> Report:
    """Bring in a file's services as entries of an area, and tell what became of every row.

    Raises LtpError where there is no such area, or the file can't be read.
    """
    plans = load(root).plans
    if area not in plans.areas:
        raise LtpError(f"There is no area “{area}”. {did_you_mean(area, plans.areas)}".strip())
    needs = {key: need.name for key, need in plans.needs.items()}
    rows = read_rows(path)
    report = write(root, area, propose(rows, places=plans.areas[area].places, needs=needs))
    return replace(report, lines=(*rows.lines, *report.lines))


# -- 1. read a file


def read_rows(path: Path) -> Rows:
    """Read a table or a feed. What kind it is follows from what is in it, not from its name.

    A feed is a page with `contents` (version 3) or `content` (version 1), a list, or one service. Raises
    LtpError where the file can't be read as either.
    """
    text, lines = _text_of(path)
    if text.lstrip()[:1] in ("{", "["):
        return _feed(text, path, lines)
    return _table(text, path, lines)


def _text_of(path: Path) -> tuple[str, tuple[Line, ...]]:
    try:
        data = path.read_bytes()
    except OSError:
        raise LtpError(
            f"The file {path} can’t be opened. Check its name, and where it is"
        ) from None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), (_about_file("it was read as UTF-16"),)
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        note = _about_file(
            "it is not UTF-8, so it was read as Windows-1252: look at letters such as é and ’"
        )
        return data.decode("cp1252", errors="replace"), (note,)


def _about_file(what: str) -> Line:
    return Line(0, "", Outcome.NOTE, what)


def _feed(text: str, path: Path, lines: tuple[Line, ...]) -> Rows:
    try:
        data = json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise LtpError(
            f"{path}:{line}: this is not JSON that can be read. Save the feed again, as it was sent"
        ) from None
    page = data if isinstance(data, dict) else {}
    found = next((page[key] for key in ("contents", "content", "items") if key in page), None)
    services = data if isinstance(data, list) else found if isinstance(found, list) else [data]
    pages = page.get("total_pages", page.get("totalPages", 1))
    if isinstance(pages, int) and pages > 1:
        number = page.get("page_number", page.get("number", "?"))
        lines += (_about_file(f"it is page {number} of {pages}: the other pages are not in it"),)
    rows = [
        (at, service if isinstance(service, dict) else {}) for at, service in enumerate(services, 1)
    ]
    is_old = any(key in each for _, each in rows for key in _VERSION_1) or "content" in page
    return Rows(f"Open Referral UK {1 if is_old else 3}", rows, is_table=False, lines=lines)


_VERSION_1: Final = ("regular_schedules", "service_taxonomys", "eligibilitys", "holiday_schedules")


def _table(text: str, path: Path, lines: tuple[Line, ...]) -> Rows:
    first = text.lstrip().split("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text.lstrip()), delimiter=delimiter)
    try:
        cells = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise LtpError(f"{path}: the table can’t be read: {error}") from None
    if not cells:
        raise LtpError(f"{path}: there is nothing in the file")
    header = cells[0][1]
    fields = [COLUMNS.get(_key(name), "") for name in header]
    if "name" not in fields:
        raise LtpError(
            f"{path}:1: no column holds the names of services. Call one of them “Name”. "
            f"The first line has: {', '.join(header[:8])}"
        )
    lines += tuple(
        _about_file(
            f"the column “{name}” is not one that we know: it goes to the text of each entry"
        )
        for name, each in zip(header, fields, strict=True)
        if not each and name.strip()
    )
    rows = []
    for number, (_, row) in enumerate(cells[1:], 2):
        if any(cell.strip() for cell in row):
            rows.append((number, _by_field(header, fields, row)))
    return Rows("a table", rows, is_table=True, lines=lines)


def _by_field(header: Sequence[str], fields: Sequence[str], row: Sequence[str]) -> Tree:
    """Give a row by our fields. What two columns say of one field is kept apart by their names."""
    found: Tree = {}
    for at, cell in enumerate(row):
        name = header[at].strip() if at < len(header) else f"Column {at + 1}"
        known = fields[at] if at < len(fields) else ""
        key = known if known and known not in found else name or f"Column {at + 1}"
        # The apostrophe keeps a spreadsheet from taking the cell for a formula.
        found[key] = re.sub(r"^'(?=[=+\-@＝＋－＠])", "", cell.strip())
    return found


def _key(header: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", header.casefold()).strip()


_COLUMN_NAMES: Final[Mapping[str, str]] = {
    "name": "name, service name, title, service, service title, name of service",
    "summary": "summary, short description, strapline, in short",
    "description": "description, about, details, long description, full description, information",
    "organisation": "organisation, organization, provider, organisation name, organization name, "
    "provider name, run by, provided by, given by",
    "former_names": "former names, former name, previous name, previously known as, used to be called",
    "status": "status",
    "urgency": "urgency",
    "kind": "kind, type, service type",
    "thrive": "thrive groups, thrive, thrive group",
    "needs": "needs, need, themes, topics, helps with",
    "audience": "for, audience, audiences, who is it for, who it is for, target group",
    "youngest": "youngest age, minimum age, min age, age from, from age, youngest, lower age",
    "oldest": "oldest age, maximum age, max age, age to, to age, oldest, upper age",
    "ages": "ages, age, age range, age group",
    "ages_note": "about ages, age note",
    "places": "places, place, area, areas, areas covered, area covered, service area, coverage",
    "phone": "phone, telephone, tel, phone number, telephone number, phone numbers, contact number, "
    "contact telephone, helpline",
    "text": "text, sms, text number, text service",
    "webchat": "webchat, web chat, chat, live chat, online chat",
    "email": "email, e mail, email address, contact email, e mail address",
    "web": "website, web, url, link, web address, webpage, web page, web site, website address",
    "hours": "opening hours, hours, opening times, open, times, when",
    "where": "where, address, location, venue, full address",
    "street": "street, address 1, address line 1, address1, street address",
    "town": "town, city, address 3, town or city, town city",
    "county": "county",
    "postcode": "postcode, post code, postal code",
    "cost": "cost, costs, price, fees, fee, charges, charge",
    "languages": "languages, language",
    "referrers": "who can ask for it, who can refer, referral by, referrers, referral route",
    "referral_how": "how to ask for it, how to refer, referral, referral process, how to access, "
    "referral information",
    "eligibility": "who can use it, eligibility, criteria, eligibility criteria, referral criteria",
    "not_for": "not for, exclusions, exclusion criteria",
    "next_steps": "what happens next, next steps",
    "assured": "last checked, assured date, assured, last assured, last reviewed, reviewed, last updated",
    "alert": "alert",
    "waiting": "waiting time, waiting times, wait",
}

COLUMNS: Final[Mapping[str, str]] = {
    name: key for key, names in _COLUMN_NAMES.items() for name in names.split(", ")
}
"""Our fields by what tables call them, in small letters, with a space for everything but letters."""


# -- 2. make an entry of each row


def propose(
    rows: Rows,
    *,
    places: Sequence[str] = (),
    needs: Mapping[str, str] | None = None,
) -> tuple[Proposal, ...]:
    """Make a proposed file of every row, or say why not.

    `places` are all those of the area: an entry that covers them all doesn't list them. `needs` gives
    the names of the needs that are known, by id; None takes the ids of our own feeds as they are.
    """
    taken: set[str] = set()
    proposals = []
    for number, row in rows.rows:
        draft = _Draft(number, tuple(places), needs)
        if rows.is_table:
            _from_table(draft, dict(row))
        else:
            _from_feed(draft, json.loads(json.dumps(row)))
        proposals.append(draft.proposal(taken))
    return tuple(proposals)


@dataclass
class _Draft:
    """An entry in the making."""

    row: int
    places: tuple[str, ...]
    needs: Mapping[str, str] | None
    name: str = ""
    facts: Tree = field(default_factory=dict)
    body: str = ""
    rest: list[tuple[str, str]] = field(default_factory=list)
    """What has no field, each with its name in the record."""
    said: list[tuple[Outcome, str]] = field(default_factory=list)
    channels: list[Tree] = field(default_factory=list)
    locations: list[Tree] = field(default_factory=list)

    def changed(self, what: str) -> None:
        if (Outcome.CHANGED, what) not in self.said:
            self.said.append((Outcome.CHANGED, what))

    def leave(self, label: str, value: str, why: str = "") -> None:
        """Keep a value in the text under its name, because no field can hold it."""
        if value.strip():
            self.rest.append((label, _one_line(value)))
            if why:
                self.changed(f"{label}: {why}. It is in the text: “{_short(value)}”")

    def clean(self, what: str, value: object) -> str:
        """Give a value as one line of plain text, and tell what was taken out of it."""
        text = _as_text(value)
        if _looks_like_html(text):
            text, notes = _markdown_of(text)
            text = _plain_line(_LINK.sub(r"\1 (\2)", text))
            self.changed(f"{what}: took out {' and '.join(['HTML', *notes])}")
        return self.without_oddities(what, text, _one_line)

    def without_oddities(self, what: str, text: str, tidy: Callable[[str], str]) -> str:
        plain_spaces = _without_odd_spaces(text)
        if plain_spaces != text:
            self.changed(f"{what}: odd spaces or invisible characters made plain")
        return tidy(plain_spaces)

    # -- fields

    def set_name(self, value: object) -> None:
        name = self.clean("name", value)
        quiet = _without_shouting(name)
        if quiet != name:
            self.changed(
                f"name: capitals made small: “{name}” is now “{quiet}”. Check its acronyms"
            )
        self.name = quiet
        self.facts["name"] = quiet

    def set_text(self, key: str, label: str, value: object) -> None:
        text = self.clean(label, value)
        if text and text != NOT_KNOWN:
            if key in self.facts:
                self.leave(label, text)
            else:
                self.facts[key] = text

    def set_list(self, key: str, values: Iterable[str]) -> None:
        kept = list(dict.fromkeys([*self.facts.get(key, []), *(each for each in values if each)]))
        if kept:
            self.facts[key] = kept

    def set_description(self, summary: object, description: object) -> None:
        """Take the summary from the first words where none is given, and lines with our labels."""
        told = self.clean("summary", summary)
        markdown = self._markdown(_as_text(description))
        if told and len(told.split()) > MOST_WORDS:
            markdown = f"{_escaped(told)}\n\n{markdown}".strip()
            self.changed(f"summary: it had {len(told.split())} words, so all of it is in the text")
            told = ""
        if not told:
            told, markdown = self._first_words(markdown)
        self.facts["summary"] = told or NO_SUMMARY
        if not told:
            self.changed("summary: the record has no description. Write one")
        self.body = markdown

    def _markdown(self, text: str) -> str:
        if _looks_like_html(text):
            text, notes = _markdown_of(text)
            self.changed(f"description: HTML made plain{''.join(f', took out {n}' for n in notes)}")
            return self.without_oddities("description", text, _tidy_lines)
        text = self.without_oddities("description", text, _tidy_lines)
        lines = [line for line in text.split("\n") if not self._took_label(line)]
        taken = [line.partition(":")[0] for line in text.split("\n") if line not in lines]
        if taken:
            told = ", ".join(dict.fromkeys(taken))
            self.changed(f"description: these lines are now facts of their own: {told}")
        kept = [line for line in lines if not _DECORATION.fullmatch(line)]
        if len(kept) < len(lines):
            self.changed("description: took out lines of nothing but dashes and such")
        return _tidy_lines("\n".join(_escaped(line) for line in kept))

    def _took_label(self, line: str) -> bool:
        """Take a line such as “Not for: …” as the fact that it tells."""
        label, colon, value = line.partition(": ")
        key = _FIELDS_BY_LABEL.get(label)
        if not (colon and key and value.strip()):
            return False
        group, _, part = key.partition(".")
        if key == "former_names":
            self.set_list(key, [value.strip()])
        elif part:
            self.facts.setdefault(group, {}).setdefault(part, value.strip())
        elif group in self.facts:
            return False
        else:
            self.facts[group] = value.strip()
        return True

    def _first_words(self, markdown: str) -> tuple[str, str]:
        paragraphs = markdown.split("\n\n")
        at = next((n for n, each in enumerate(paragraphs) if not each.startswith("#")), None)
        if at is None or not markdown:
            return "", markdown
        first = _plain_line(paragraphs[at])
        if len(first.split()) <= MOST_WORDS and not first.endswith(":"):
            # A link is only in the paragraph, so then that stays.
            is_all = not _LINK.search(paragraphs[at])
            return first, "\n\n".join(paragraphs[:at] + paragraphs[at + is_all :])
        summary = ""
        for sentence in re.split(r"(?<=[.!?])\s+", first):
            longer = f"{summary} {sentence}".strip()
            if len(longer.split()) > MOST_WORDS:
                break
            summary = longer
        if not summary:
            summary = " ".join(first.split()[: MOST_WORDS - 1]) + " …"
        self.changed("summary: made of the first words of the description. Look at it")
        return summary, markdown

    def set_status(self, value: object) -> None:
        status = _as_text(value).strip().casefold()
        if not status:
            return
        known = {told: ours for ours, told in STATUSES.items()} | {each: each for each in STATUSES}
        if status in known:
            if known[status] != "running":
                self.facts["status"] = known[status]
        elif status == "inactive":
            self.facts["status"] = "paused"
            self.changed("status: “inactive” is taken as paused. Check whether it has ended")
        else:
            self.leave("status", status, "it is no status that we know")

    def set_word(self, key: str, label: str, words: Iterable[str], value: object) -> None:
        """Set a field that takes one word of a list, or several where it is a list itself."""
        known = {each.casefold(): each for each in words}
        many = key in ("thrive", "audience", "referrers")
        for each in _parts(self.clean(label, value)) if many else [self.clean(label, value)]:
            word = known.get(each.casefold())
            if word is None:
                self.leave(label, each, "it is no word that we know" if each else "")
            elif key == "referrers":
                ask = self.facts.setdefault("referral", {})
                ask["by"] = list(dict.fromkeys([*ask.get("by", []), word]))
            elif many:
                self.set_list(key, [word])
            elif (key, word) != ("urgency", Urgency.ANY_TIME.value):
                self.facts[key] = word

    def set_needs(self, value: str) -> None:
        for each in _parts(value):
            self.add_need(slug(each), each)

    def add_need(self, need: str, name: str) -> None:
        by_name = {told.casefold(): key for key, told in (self.needs or {}).items()}
        found = need if self.needs is None or need in self.needs else by_name.get(name.casefold())
        if found:
            self.set_list("needs", [found])
        else:
            self.leave("need", name, "it is not in areas/needs.yml")

    def set_ages(self, youngest: object, oldest: object) -> None:
        low, high = self._age("youngest age", youngest), self._age("oldest age", oldest)
        if low == 0 and high == 0:
            self.changed("ages: 0 to 0 means that nobody wrote them down, so they are not known")
            return
        if high is not None and high >= 99:
            self.changed(f"ages: an oldest age of {high} means that there is none")
            high = None
        if low is not None and high is not None and low > high:
            self.leave("ages", f"{low} to {high}", "the youngest age is more than the oldest")
            return
        ages = {
            key: str(age) for key, age in (("youngest", low), ("oldest", high)) if age is not None
        }
        if ages:
            self.facts["ages"] = {**ages, **self.facts.get("ages", {})}

    def _age(self, label: str, value: object) -> int | None:
        text = _as_text(value).strip()
        match = re.fullmatch(
            r"(\d{1,3})(?:\.0+)?(?:\s*(?:years?|yrs?)(?: old)?)?", text, re.IGNORECASE
        )
        if match:
            return int(match[1])
        self.leave(label, text, "it is not a whole number of years" if text else "")
        return None

    def set_places(self, names: Sequence[str]) -> None:
        told = [each for each in (self.clean("place", name) for name in names) if each]
        known = {each.casefold(): each for each in self.places}
        kept = [known.get(each.casefold(), each) for each in told]
        for each in kept:
            if self.places and each not in self.places:
                self.leave("place", each, "it is not one of the area’s places")
        kept = [each for each in kept if not self.places or each in self.places]
        if set(kept) != set(self.places):
            self.set_list("places", kept)

    def set_cost(self, text: str) -> None:
        if text.casefold().strip(" .") in _FREE:
            text = "free"
        if "cost" in self.facts and text:
            self.leave("cost", text)
        elif text:
            self.facts["cost"] = text

    def set_hours(self, text: str) -> None:
        try:
            read_hours(text)
        except ValueError:
            self.facts["hours_note"] = text
            self.changed("opening hours: kept in words. Write them as hours when you check them")
        else:
            self.facts["hours"] = text

    # -- ways to reach it

    def add(self, channel: Tree) -> None:
        """Add a way, or what it says more of one that is there already. Two that differ are two."""
        contact = ("way", "number", "email", "address")
        for each in self.channels:
            is_same = all(each.get(key) == channel.get(key) for key in contact)
            agrees = all(each.get(key, value) == value for key, value in channel.items())
            if is_same and agrees:
                each.update(channel)
                return
        self.channels.append(channel)

    def add_numbers(self, way: Way, value: str, label: str = "", **more: object) -> None:
        """Add the numbers of a field, with the words around them as the label."""
        more = {key: each for key, each in {"label": label, **more}.items() if each}
        if not _numbers_of_field(self.clean(way.value, value)):
            self.leave(f"{way.value} number", _flat(more))
        for part in _parts(self.clean(way.value, value)):
            found = _numbers_of_field(part)
            if not found:
                self.leave(f"{way.value} number", part, "it is not a number that can be called")
            words, told = _words_around(part, [written for _, written in found])
            for number, written in found:
                channel: Tree = {"way": way.value, "number": number.shown, **told, **more}
                if words:
                    channel.setdefault("label", words)
                if _one_line(written) != number.shown:
                    self.changed(f"{way.value} number: “{written}” is written {number.shown}")
                self.add(channel)

    def add_emails(self, value: object, label: str = "", **more: object) -> None:
        """Add the email addresses of a field."""
        extra = {key: told for key, told in {"label": label, **more}.items() if told}
        found = False
        for each in re.split(r"[;,\s]+", self.clean("email", value)):
            address = each.removeprefix("mailto:").strip("<>()")
            if is_email(address):
                found = True
                self.add({"way": "email", "email": address, **extra})
                if address != each:
                    self.changed(f"email: “{each}” is written {address}")
            else:
                self.leave("email", each, "it is not an email address" if each else "")
        if not found:
            self.leave("email", _flat(extra))

    def add_web(self, value: object, way: Way = Way.WEB, label: str = "", **more: object) -> None:
        """Add a web address, for its website or its webchat."""
        extra = {key: told for key, told in {"label": label, **more}.items() if told}
        address = self.web_address(self.clean("web address", value))
        if address:
            self.add({"way": way.value, "address": address, **extra})
        else:
            self.leave(way.value, _flat(extra))

    def web_address(self, text: str) -> str | None:
        if re.fullmatch(r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/\S*)?", text, re.IGNORECASE):
            self.changed(f"web address: “{text}” had no https:// before it. Check that it opens")
            text = f"https://{text}"
        if not re.fullmatch(r"https?://[^\s/<>\"]+(?:/[^\s<>\"]*)?", text):
            self.leave("web address", text, "it is not a web address" if text else "")
            return None
        if text.startswith("http://"):
            self.changed(
                f"web address: {text} is not https://. It was left as it is: check that it opens"
            )
        return text

    def add_location(
        self, place: Mapping[str, str], access: Sequence[str] = (), **more: str
    ) -> None:
        """Add a building. Without its street, town and postcode it can't be one, and goes to the text."""
        told = {key: value for key, value in place.items() if value and value != NOT_KNOWN}
        code = _postcode(told.get("postcode", ""))
        whole = ", ".join(told.values())
        if code and told.get("street") and told.get("town"):
            if code != told["postcode"]:
                self.changed(f"postcode: “{told['postcode']}” is written {code}")
            shown = {
                **told,
                "postcode": code,
                **({"access": list(access)} if access else {}),
                **more,
            }
            if shown.get("name") == shown["street"]:
                shown.pop("name")
            self.locations.append(shown)
        else:
            self.leave("address", whole, "its street, town or postcode is missing" if told else "")
            for each in (*access, *more.values()):
                self.leave("at this address", each)

    def look_for_numbers(self) -> None:
        """Make a way of the only number that stands in the text; tell of several."""
        prose = "\n\n".join([str(self.facts.get("summary", "")), self.body])
        found = {number.digits: (number, written) for number, written in _numbers(prose)}
        known = {_digits(each["number"]) for each in self.channels if "number" in each}
        new = [each for digits, each in found.items() if digits not in known]
        if len(new) == 1 and not known:
            number, written = new[0]
            before = prose[: prose.index(written)][-30:]
            way = (
                "text" if re.search(r"\b(?:text|sms)\b[^.!?]*$", before, re.IGNORECASE) else "phone"
            )
            self.add({"way": way, "number": number.shown})
            self.changed(f"number in the text: {number.shown} is now a way to reach it by {way}")
            self._without_sentence(written)
        elif new:
            numbers = ", ".join(number.shown for number, _ in new)
            self.changed(
                f"numbers in the text, left there: {numbers}. Write the right ones as channels"
            )

    def _without_sentence(self, written: str) -> None:
        """Take out a sentence that only gave the number, such as “Call us on 01632 960001”."""
        only = re.compile(
            r"(?:^|(?<=[.!?]\s)|(?<=\n))(?:(?:please|you can|to contact us)\s+)?"
            r"(?:call|phone|ring|tel|telephone|text|contact)(?:\s+us)?(?:\s+(?:on|at))?:?\s+"
            + re.escape(written.strip())
            + r"\s*(?:[.!](?=\s|$)|$)",
            re.IGNORECASE | re.MULTILINE,
        )
        body, in_body = only.subn("", self.body)
        summary, in_summary = only.subn("", self.facts["summary"])
        if in_body or (in_summary and summary.strip()):
            self.body = _tidy_lines(body)
            self.facts["summary"] = _one_line(summary) or self.facts["summary"]
            self.changed("number in the text: its sentence said nothing else, so it was taken out")

    # -- the file

    def proposal(self, taken: set[str]) -> Proposal:
        """Give the file, or why there is none. Its id is new among those taken."""
        if not slug(self.name) or self.name.casefold() in _NO_NAMES:
            shown = self.name or "(no name)"
            why = "it has no name" if not self.name else f"“{self.name}” is no name of a service"
            return Proposal(
                self.row, shown, "", None, (Line(self.row, shown, Outcome.REFUSED, why),)
            )
        self.look_for_numbers()
        facts = self._valid()
        own = self._own_id(taken)
        text = _file_text(facts, self._whole_body())
        fault = _fault_of(text, facts)
        if fault:
            refused = Line(
                self.row, self.name, Outcome.REFUSED, f"its file could not be read: {fault}"
            )
            return Proposal(self.row, self.name, own, None, (refused,))
        self.said = self.said or [(Outcome.KEPT, "nothing had to be changed")]
        lines = tuple(Line(self.row, self.name, outcome, what) for outcome, what in self.said)
        return Proposal(self.row, self.name, own, text, lines)

    def _own_id(self, taken: set[str]) -> str:
        own = slug(_ascii(self.name)) or f"service-{self.row}"
        if own in RESERVED:
            own = f"{own}-service"
        if own in taken:
            number = next(n for n in range(2, len(taken) + 3) if f"{own}-{n}" not in taken)
            self.changed(f"another row has this name too, so its file is called {own}-{number}")
            own = f"{own}-{number}"
        taken.add(own)
        return own

    def _valid(self) -> Tree:
        """Give the facts as an entry takes them. What it doesn't take goes to the text."""
        facts = {**self.facts}
        waiting = facts.get("waiting")
        if isinstance(waiting, dict) and not {"text", "as_of"} <= waiting.keys():
            for each in facts.pop("waiting").values():
                self.leave(
                    "waiting time", each, "a waiting time needs the date on which it was true"
                )
        if self.channels:
            facts["channels"] = self.channels
        if self.locations:
            facts["locations"] = self.locations
        facts["checks"] = {"last": "never"}
        while error := _first_error(facts):
            (first, *more), why = error
            key = str(first)
            value = facts.pop(key)
            if isinstance(value, list) and more and isinstance(more[0], int):
                kept = [each for at, each in enumerate(value) if at != more[0]]
                facts |= {key: kept} if kept else {}
                value = value[more[0]]
            self.leave(key.replace("_", " "), _flat(value), why)
        return {key: facts[key] for key in ServiceFacts.typed_keys() if key in facts}

    def _whole_body(self) -> str:
        items = "\n".join(f"- {_escaped(f'{label}: {value}')}" for label, value in self.rest)
        rest = f"## {HEADING}\n\n{items}" if items else ""
        return "\n\n".join(part for part in (self.body.strip(), rest) if part)


_FIELDS_BY_LABEL: Final = {label: key for key, label in LABELS.items()}
_KEYS_BY_DETAIL: Final = {label: key for key, label in DETAILS.items()}
_NO_NAMES: Final = ("test", "testing", "tbc", "tba", "n/a", "none", "not known", "unknown", "null")
_FREE: Final = ("free", "free of charge", "no charge", "no cost", "0", "0.0", "0.00", "£0", "£0.00")


def _first_error(facts: Tree) -> tuple[tuple[str | int, ...], str] | None:
    try:
        ServiceFacts.model_validate(facts)
    except ValidationError as error:
        first = error.errors()[0]
        wrong = first.get("ctx", {}).get("error")
        return first["loc"], str(wrong or first["msg"]).rstrip(".")
    return None


class _Yaml(yaml.SafeDumper):
    """Writes every value as text without quotation marks, as editors do, where it can be read so."""


# None: our reader takes everything as text, so 11 and 2026-10-31 need no marks.
_Yaml.yaml_implicit_resolvers = {}


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Quote what begins with a curly quotation mark, which our reader would take for YAML's own."""
    style = '"' if text.startswith(("“", "”", "‘", "’")) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Yaml.add_representer(str, _write_text)


def _file_text(facts: Tree, body: str) -> str:
    front = yaml.dump(facts, Dumper=_Yaml, allow_unicode=True, sort_keys=False, width=10**9)
    note = "# source: say where these facts were read, by an id of areas/sources.yml\n"
    return f"---\n{front}{note}---\n" + (f"\n{body}\n" if body else "")


def _fault_of(text: str, facts: Tree) -> str | None:
    """Read a proposed file as the build will, and tell what is wrong with it."""
    try:
        page = read_page(decode(text.encode(), "the proposed file"), "the proposed file")
        if ServiceFacts.model_validate(page.front.value) != ServiceFacts.model_validate(facts):
            return "what it says would be read as something else"
    except (UnreadableError, ValidationError) as error:
        return _one_line(str(error))
    return next((str(finding) for finding in page.front.findings), None)


# -- 3. write what is new


def write(root: Path, area: str, proposals: Sequence[Proposal]) -> Report:
    """Write the proposed files into the area's folder of help. A file that is there stays as it is.

    Raises LtpError where there is no such area.
    """
    files_of_areas = sorted((root / "areas").glob("*.yml"))
    areas = [path.stem for path in files_of_areas if path.stem not in SHARED_FILES]
    if area not in areas:
        raise LtpError(f"There is no area “{area}”. {did_you_mean(area, areas)}".strip())
    folder = root / "content" / area / "help"
    there = {path.name.casefold() for path in folder.iterdir()} if folder.is_dir() else set()
    files: list[Path] = []
    lines: list[Line] = []
    for proposal in proposals:
        path = folder / f"{proposal.id}.md"
        if proposal.text is None:
            lines += proposal.lines
        elif path.name.casefold() in there:
            what = f"there is a file content/{area}/help/{path.name} already. It was left as it is"
            lines.append(Line(proposal.row, proposal.name, Outcome.REFUSED, what))
        else:
            folder.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(proposal.text)
            files.append(path)
            lines += proposal.lines
    return Report(tuple(files), tuple(lines))


# -- a row of a table


def _from_table(draft: _Draft, row: Tree) -> None:
    take = row.pop
    draft.set_name(take("name", ""))
    draft.set_description(take("summary", ""), take("description", ""))
    for key, label in _PLAIN_COLUMNS.items():
        draft.set_text(key, label, take(key, ""))
    draft.set_list("former_names", _parts(draft.clean("former names", take("former_names", ""))))
    draft.set_status(take("status", ""))
    for key, words in _WORDS.items():
        draft.set_word(key, key, words, take(key, ""))
    draft.set_needs(draft.clean("needs", take("needs", "")))
    _ages_of_table(draft, row)
    draft.set_places(_parts(take("places", "")))
    for cell in _parts(take("phone", "")):
        draft.add_numbers(Way.PHONE, cell)
    for cell in _parts(take("text", "")):
        draft.add_numbers(Way.TEXT, cell)
    for key, way in (("webchat", Way.WEBCHAT), ("web", Way.WEB)):
        for cell in _parts(take(key, "")):
            address, label = _with_label_after(cell)
            draft.add_web(address, way, label)
    for cell in _parts(take("email", "")):
        address, label = _with_label_after(cell)
        draft.add_emails(address, label)
    hours = draft.clean("opening hours", take("hours", ""))
    if hours:
        draft.set_hours(hours)
    _places_of_table(draft, row)
    draft.set_cost(draft.clean("cost", take("cost", "")))
    draft.set_list("languages", _parts(draft.clean("languages", take("languages", ""))))
    how = draft.clean("how to ask for it", take("referral_how", ""))
    if how:
        draft.facts.setdefault("referral", {})["how"] = how
    _not_checked(draft, take("assured", ""))
    _alert(draft, take("alert", ""))
    draft.leave(
        "waiting time", take("waiting", ""), "a waiting time needs the date on which it was true"
    )
    for name, cell in row.items():
        draft.leave(name, draft.clean(name, cell))


_PLAIN_COLUMNS: Final = {
    "organisation": "organisation",
    "eligibility": "who can use it",
    "not_for": "not for",
    "next_steps": "what happens next",
}

_KINDS: Final = tuple(
    word
    for part in ServiceFacts.model_fields["kind"].annotation.__args__  # type: ignore[union-attr]
    for word in getattr(part, "__args__", ())
)

_WORDS: Final[Mapping[str, Sequence[str]]] = {
    "urgency": [each.value for each in Urgency],
    "kind": _KINDS,
    "thrive": [each.value for each in Thrive],
    "audience": [each.value for each in Audience],
    "referrers": [each.value for each in Referrer],
}


def _ages_of_table(draft: _Draft, row: Tree) -> None:
    low, high = row.pop("youngest", ""), row.pop("oldest", "")
    whole = draft.clean("ages", row.pop("ages", ""))
    note = draft.clean("ages", row.pop("ages_note", ""))
    match = re.fullmatch(
        r"(?:aged? )?(\d{1,3})\s*(?:-|–|to)\s*(\d{1,3})(?: years?(?: old)?)?", whole, re.I
    )
    if match and not (low or high):
        low, high = match.groups()
    elif whole:
        note = "; ".join(each for each in (whole, note) if each)
    if low or high:
        draft.set_ages(low, high)
    if note:
        draft.facts.setdefault("ages", {})["note"] = note


def _places_of_table(draft: _Draft, row: Tree) -> None:
    parts = {
        key: draft.clean(key, row.pop(key, "")) for key in ("street", "town", "county", "postcode")
    }
    for whole in _parts(draft.clean("where", row.pop("where", ""))):
        pieces = [piece.strip() for piece in whole.split(",") if piece.strip()]
        if parts["street"]:
            parts = {"name": whole, **parts}
        elif len(pieces) == 3 and _postcode(pieces[2]):
            draft.add_location({"street": pieces[0], "town": pieces[1], "postcode": pieces[2]})
        else:
            draft.leave("where", whole, "its street and its town can’t be told apart")
    if any(parts.values()):
        draft.add_location(parts)


# -- a service of a feed


def _from_feed(draft: _Draft, tree: Tree) -> None:
    _take_name_and_text(draft, tree)
    _take_organisation(draft, tree)
    draft.set_status(_pop(tree, "status"))
    _take_attributes(draft, tree)
    _take_ages(draft, tree)
    _take_contacts(draft, tree)
    draft.add_emails(_pop(tree, "email"))
    draft.add_web(_pop(tree, "url"))
    _take_locations(draft, tree)
    _take_areas(draft, tree)
    _take_costs(draft, tree)
    _take_languages(draft, tree)
    _take_hours(draft, tree)
    _not_checked(draft, _pop(tree, "assured_date"))
    _alert(draft, _pop(tree, "alert"))
    _leave_rest(draft, tree)


def _take_name_and_text(draft: _Draft, tree: Tree) -> None:
    draft.set_name(_pop(tree, "name"))
    draft.set_description("", _pop(tree, "description"))


def _take_organisation(draft: _Draft, tree: Tree) -> None:
    organisation = _dict(tree.get("organization"))
    draft.set_text("organisation", "organisation", _pop(organisation, "name"))
    description = _as_text(organisation.get("description"))
    if description.startswith(("Listed in the help directory for", "The help directory for")):
        organisation.pop("description")  # our own feed's words, made from what else it says


def _take_attributes(draft: _Draft, tree: Tree) -> None:
    """Take our own terms as facts; other taxonomies go to the text."""
    for attribute in _pop_list(tree, "attributes"):
        scheme, word = _our_term(_dict(attribute.get("taxonomy_term")))
        name = _as_text(_dict(attribute.get("taxonomy_term")).get("name"))
        if scheme is None:
            _leave_term(draft, attribute, "taxonomy_term")
        elif scheme is Scheme.NEED:
            draft.add_need(word, name)
        elif scheme is Scheme.WAY:
            if word == Way.VISIT.value and not any(each["way"] == word for each in draft.channels):
                draft.channels.append({"way": word})
        else:
            key = "referrers" if scheme is Scheme.REFERRER else scheme.value
            draft.set_word(key, key, _WORDS[key], name)
    for link in [*_pop_list(tree, "service_taxonomys"), *_pop_list(tree, "service_taxonomies")]:
        _leave_term(draft, link, "taxonomy")


def _our_term(term: Tree) -> tuple[Scheme | None, str]:
    uri = _as_text(term.get("term_uri"))
    for scheme in Scheme:
        if uri.startswith(f"{scheme.uri}:"):
            return scheme, uri.removeprefix(f"{scheme.uri}:")
    return None, ""


def _leave_term(draft: _Draft, link: Tree, key: str) -> None:
    term = _dict(link.get(key))
    name = draft.clean("sorted under", _pop(term, "name"))
    scheme = draft.clean("sorted under", _pop(term, "taxonomy") or _pop(term, "vocabulary"))
    draft.leave("sorted under", f"{scheme}: {name}" if scheme and name else name or scheme)
    _leave_rest(draft, link, "sorted under")


def _take_ages(draft: _Draft, tree: Tree) -> None:
    low, high = _pop(tree, "minimum_age"), _pop(tree, "maximum_age")
    for each in _pop_list(tree, "eligibilitys"):
        if low is None and high is None:
            low, high = _pop(each, "minimum_age"), _pop(each, "maximum_age")
        words = draft.clean("eligibility", _pop(each, "eligibility"))
        draft.set_text("eligibility", "who can use it", words)
        _leave_rest(draft, each, "eligibility")
    draft.set_text("eligibility", "who can use it", _pop(tree, "eligibility_description"))
    if low is not None or high is not None:
        draft.set_ages(low, high)


def _take_contacts(draft: _Draft, tree: Tree) -> None:
    for contact in _pop_list(tree, "contacts"):
        ways, audience = _ways_of(contact)
        name = draft.clean("contact", _pop(contact, "name"))
        way = Way.TEXT if Way.TEXT in ways else Way.PHONE
        label = "" if name in WAY_NAMES.values() else name
        phones = _pop_list(contact, "phones")
        for phone in phones:
            _take_phone(draft, phone, way, label, audience)
        if Way.VISIT in ways:
            told, _ = _told_in(_pop(contact, "title"))
            channel = {"way": "visit", "label": label, "audience": audience, **told}
            _replace_visit(draft, {key: value for key, value in channel.items() if value})
        elif not phones:
            draft.leave("contact", name)
        email = _as_text(_pop(contact, "email"))
        if email:
            draft.add_emails(email, label)
        _leave_rest(draft, contact, "contact")
    for phone in _pop_list(tree, "phones"):
        _take_phone(draft, phone, Way.PHONE, "", [])


def _replace_visit(draft: _Draft, channel: Tree) -> None:
    plain = {"way": "visit"}
    if plain in draft.channels:
        draft.channels.remove(plain)
    draft.channels.append(channel)


def _take_phone(draft: _Draft, phone: Tree, way: Way, label: str, audience: Sequence[str]) -> None:
    told, rest = _told_in(_pop(phone, "description"))
    languages = [_language_name(draft, each) for each in _pop_list(phone, "languages")]
    words = draft.clean("phone", rest)
    if words and not label:
        label, words = words, ""
    more: Tree = {**told, "audience": list(audience)}
    if any(languages):
        more["languages"] = [each for each in languages if each]
    draft.add_numbers(way, _as_text(_pop(phone, "number")), label, **more)
    draft.leave("phone", words)
    _leave_rest(draft, phone, "phone")


def _told_in(text: object) -> tuple[Tree, str]:
    """Take lines with our labels out of a description; give them by key, and the rest."""
    told: Tree = {}
    rest = []
    for line in _as_text(text).split("\n"):
        label, colon, value = line.partition(": ")
        key = _KEYS_BY_DETAIL.get(label.strip())
        if not (colon and key and value.strip()):
            rest.append(line)
        elif key == "languages":
            told.setdefault(key, []).append(value.strip())
        else:
            told[key] = value.strip()
    return told, "\n".join(rest).strip()


def _ways_of(thing: Tree) -> tuple[list[Way], list[str]]:
    """Take our terms off a contact or a location: how it is reached, and who it is for."""
    ways: list[Way] = []
    audience: list[str] = []
    kept = []
    for attribute in _pop_list(thing, "attributes"):
        term = _dict(attribute.get("taxonomy_term"))
        scheme, word = _our_term(term)
        if scheme is Scheme.WAY and word in list(Way):
            ways.append(Way(word))
        elif scheme is Scheme.AUDIENCE:
            audience.append(_as_text(term.get("name")))
        else:
            kept.append(attribute)
    if kept:
        thing["attributes"] = kept
    return ways, audience


def _take_locations(draft: _Draft, tree: Tree) -> None:
    for visit in _pop_list(tree, "service_at_locations"):
        location = visit.pop("location") if isinstance(visit.get("location"), dict) else {}
        _take_location(draft, location, visit)
        _leave_rest(draft, visit, "location")
    for location in _pop_list(tree, "locations"):
        _take_location(draft, location, {})


def _take_location(draft: _Draft, location: Tree, visit: Tree) -> None:
    ways, audience = _ways_of(location)
    name = draft.clean("location", _pop(location, "name"))
    told, words = _told_in(_pop(location, "description"))
    label = "" if name in WAY_NAMES.values() else name
    if ways and location.get("location_type") == "virtual":
        way = ways[0]
        more: Tree = {"audience": audience, **told}
        address, email = more.pop("address", ""), more.pop("email", "")
        if way in (Way.WEB, Way.WEBCHAT):
            draft.add_web(address, way, label, **more)
        elif way is Way.EMAIL:
            draft.add_emails(email, label, **more)
    else:
        draft.leave("location", draft.clean("location", words))
        _take_building(draft, location, visit, name, told)
    _leave_rest(draft, location, "location")


def _take_building(draft: _Draft, location: Tree, visit: Tree, name: str, told: Tree) -> None:
    access = [
        draft.clean("access", _pop(each, "description") or _pop(each, "accessibility"))
        for key in ("accessibility", "accessibility_for_disabilities")
        for each in _pop_list(location, key)
    ]
    schedules = [
        *_pop_list(visit, "regular_schedule"),
        *_pop_list(visit, "regular_schedules"),
        *_pop_list(visit, "schedules"),
        *_pop_list(location, "schedules"),
    ]
    rules = _rules_of(draft, schedules)
    if rules and "hours" in told:
        draft.leave("opening hours", rules)
    rules = told.get("hours") or rules
    more = {"hours": rules} if rules else {}
    addresses = [*_pop_list(location, "addresses"), *_pop_list(location, "physical_addresses")]
    for at, address in enumerate(addresses):
        place = {
            "name": name,
            "street": draft.clean("address", _pop(address, "address_1")),
            "town": draft.clean("address", _pop(address, "city")),
            "county": draft.clean("address", _pop(address, "state_province")),
            "postcode": draft.clean("address", _pop(address, "postal_code")),
        }
        draft.add_location(place, [] if at else [each for each in access if each], **more)
        _leave_rest(draft, address, "address")
    if not addresses:
        draft.leave("location", name)
        for each in access:
            draft.leave("access", each)
        draft.leave("opening hours", rules or "")


def _take_areas(draft: _Draft, tree: Tree) -> None:
    names = []
    for area in _pop_list(tree, "service_areas"):
        names.append(_as_text(_pop(area, "name") or _pop(area, "service_area")))
        _leave_rest(draft, area, "service area")
    draft.set_places(names)


def _take_costs(draft: _Draft, tree: Tree) -> None:
    for cost in _pop_list(tree, "cost_options"):
        amount = _as_text(_pop(cost, "amount")).strip()
        words = [draft.clean("cost", _pop(cost, key)) for key in ("option", "amount_description")]
        is_zero = bool(re.fullmatch(r"0+(?:\.0+)?", amount))
        if amount and not (is_zero and any(words)):
            words.insert(1, "free" if is_zero else f"£{amount.removesuffix('.0')}")
        draft.set_cost(", ".join(each for each in words if each))
        _leave_rest(draft, cost, "cost")
    draft.set_cost(draft.clean("fees", _pop(tree, "fees")))


def _take_languages(draft: _Draft, tree: Tree) -> None:
    names = [_language_name(draft, each) for each in _pop_list(tree, "languages")]
    draft.set_list("languages", [draft.clean("language", each) for each in names])


def _language_name(draft: _Draft, language: Tree) -> str:
    """Take a language's name, or its code where it has no name. A code beside a name says no more."""
    name = _as_text(_pop(language, "name")) or _as_text(_pop(language, "language"))
    code = _as_text(_pop(language, "code"))
    _leave_rest(draft, language, "language")
    return name.strip() or code.strip()


def _take_hours(draft: _Draft, tree: Tree) -> None:
    schedules = [*_pop_list(tree, "schedules"), *_pop_list(tree, "regular_schedules")]
    rules = _rules_of(draft, schedules)
    if rules:
        draft.facts["hours"] = rules


def _rules_of(draft: _Draft, schedules: Sequence[Tree]) -> str | None:
    """Give schedules as OpenStreetMap rules. Our own feed has them in its notes, word for word."""
    ours = [_our_rules(each) for each in schedules]
    own = next((rules for whose, rules in ours if rules and not whose), None)
    spans: list[tuple[tuple[str, ...], str]] = []
    for schedule, (_, rules) in zip(schedules, ours, strict=True):
        if rules:
            continue  # those of one way or place are told with it
        span = _span(schedule)
        if span:
            spans.append(span)
            used = ("freq", "interval", "byday", "weekday", "opens_at", "closes_at")
            _leave_rest(
                draft, {k: v for k, v in schedule.items() if k not in used}, "opening hours"
            )
        else:
            draft.leave(
                "opening hours", _flat(schedule), "they can’t be written as hours of the week"
            )
    if own or not spans:
        return own
    written = _week(spans)
    try:
        read_hours(written)
    except ValueError as error:
        draft.leave("opening hours", written, str(error).rstrip("."))
        return None
    draft.changed(f"opening hours: written as {written}")
    return written


def _our_rules(schedule: Tree) -> tuple[str, str]:
    before, found, rules = _as_text(schedule.get("notes")).partition(RULES)
    whose = before.rpartition(". ")[2] if ". " in before else ""
    return (whose.strip(" :"), rules.strip()) if found else ("", "")


def _span(schedule: Tree) -> tuple[tuple[str, ...], str] | None:
    """Give the days of a weekly schedule and its times, or None where it is more than that."""
    beyond = ("bymonthday", "valid_from", "valid_to", "byweekno", "bymonth", "until")
    days = _days(_as_text(schedule.get("byday") or schedule.get("weekday")))
    opens, closes = _time(schedule.get("opens_at")), _time(schedule.get("closes_at"))
    is_weekly = _as_text(schedule.get("freq")).upper() in ("", "WEEKLY")
    every = _as_text(schedule.get("interval")).strip() in ("", "0", "1")
    if not (days and opens and closes and is_weekly and every):
        return None
    if any(_as_text(schedule.get(key)).strip() for key in beyond) or opens == closes != "00:00":
        return None
    return days, f"{opens}-{'24:00' if closes in ('23:59', '00:00') else closes}"


def _days(text: str) -> tuple[str, ...]:
    """Give days as OpenStreetMap writes them, from `MO,WE` or `Monday`."""
    found = [part.strip().upper()[:2] for part in re.split(r"[,;\s]+", text) if part.strip()]
    if not found or any(day not in DAYS for day in found):
        return ()
    return tuple(day.capitalize() for day in DAYS if day in found)


def _time(value: object) -> str:
    """Give the time of the clock. An offset is one of England's, so it is no part of it."""
    text = _as_text(value).strip()
    match = re.fullmatch(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|\+0[01]:?00)?", text)
    return f"{int(match[1]):02}:{match[2]}" if match and int(match[1]) < 25 else ""


def _week(spans: Sequence[tuple[tuple[str, ...], str]]) -> str:
    """Write spans as rules: "Mo-Fr 09:00-17:00; Sa 10:00-12:00"."""
    order = [day.capitalize() for day in DAYS]
    by_day = {day: sorted({time for days, time in spans if day in days}) for day in order}
    by_times: dict[tuple[str, ...], list[str]] = {}
    for day, times in by_day.items():
        if times:
            by_times.setdefault(tuple(times), []).append(day)
    return "; ".join(f"{_runs(days)} {','.join(times)}" for times, days in by_times.items())


def _runs(days: Sequence[str]) -> str:
    order = [day.capitalize() for day in DAYS]
    parts = []
    for _, group in groupby(enumerate(days), key=lambda pair: order.index(pair[1]) - pair[0]):
        run = [day for _, day in group]
        parts.append(f"{run[0]}-{run[-1]}" if len(run) > 2 else ",".join(run))
    return ",".join(parts)


def _not_checked(draft: _Draft, value: object) -> None:
    date = _as_text(value).strip()
    if date:
        draft.changed(
            f"the record says that it was checked or assured on {date}: that does not count here"
        )


def _alert(draft: _Draft, value: object) -> None:
    text = draft.clean("alert", value)
    if text:
        draft.facts["alert"] = {"text": text}
        draft.changed("alert: it has no last day. Add until: to it, or take it out")


def _leave_rest(draft: _Draft, tree: Tree, label: str = "") -> None:
    for where, value in _leftovers(tree, label):
        draft.leave(where, draft.clean(where, value))


def _leftovers(value: object, label: str = "") -> Iterator[tuple[str, str]]:
    """Give every value that is left in a record, with its place. Ids of parts are left out."""
    if isinstance(value, dict):
        for key, each in value.items():
            if (key == "id" and label) or key.endswith("_id") or key in _OF_NO_USE:
                continue
            yield from _leftovers(
                each, f"{label}, {key.replace('_', ' ')}" if label else key.replace("_", " ")
            )
    elif isinstance(value, list):
        for each in value:
            yield from _leftovers(each, label)
    elif _as_text(value).strip():
        yield label, _as_text(value)


_OF_NO_USE: Final = ("location_type", "address_type", "country", "link_entity", "link_type")
"""What says only how a record is put together. A country is always this one."""


def _pop(tree: Tree, key: str) -> object:
    """Take a value. A list or an object where one value should be stays, to be told with the rest."""
    return None if isinstance(tree.get(key), dict | list) else tree.pop(key, None)


def _pop_list(tree: Tree, key: str) -> list[Tree]:
    """Take the objects of a list. One object alone counts as a list of one; other things stay."""
    value = tree.get(key)
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        return []
    del tree[key]
    return value


def _dict(value: object) -> Tree:
    return value if isinstance(value, dict) else {}


def _flat(value: object) -> str:
    if isinstance(value, dict):
        value = {
            key: each for key, each in value.items() if not (key == "id" or key.endswith("_id"))
        }
        return ", ".join(f"{key} {_flat(each)}" for key, each in value.items() if _flat(each))
    if isinstance(value, list | tuple):
        return "; ".join(_flat(each) for each in value)
    return _as_text(value)


# -- numbers, addresses


def _numbers(text: str) -> list[tuple[Number, str]]:
    """Find the numbers in a text that are certainly numbers, each as it is written there."""
    return [(found.number, found.as_written) for found in numbers_in(text)]


def _numbers_of_field(text: str) -> list[tuple[Number, str]]:
    """Find the numbers of a field that holds nothing else, where less of a number is enough.

    A spreadsheet takes the first 0 of a number away; where only that is missing it comes back.
    """
    bare, label = _with_label_after(text)
    for written in (text, bare if label else ""):
        whole = re.sub(r"\s", "", written)
        try:
            number = read_number(f"0{whole}" if re.fullmatch(r"[1-378]\d{9}", whole) else written)
        except WrongValueError:
            continue
        return [(number, written)]
    return _numbers(text)


def _with_label_after(text: str) -> tuple[str, str]:
    """Take "01632 960 001 (out of hours)" apart."""
    match = re.fullmatch(r"([^()]+?)\s*\((\D.*)\)", text.strip())
    return (match[1], match[2]) if match else (text, "")


def _digits(text: str) -> str:
    return read_number(text).digits


def _words_around(part: str, numbers: Sequence[str]) -> tuple[str, Tree]:
    """Give what a field says besides its numbers: a label, and what to send or choose."""
    told: Tree = {}
    for written in numbers:
        part = part.replace(written, " ", 1)
    words = _one_line(part).strip(" :;,.-–/")
    inner = words[1:-1] if words.startswith("(") and words.endswith(")") else words
    labels = []
    for piece in inner.split(", "):
        if match := re.fullmatch(r"send (\S+)", piece):
            told["keyword"] = match[1]
        elif match := re.fullmatch(r"choose (.+)", piece):
            told["option"] = match[1]
        elif piece.casefold().strip(" :.") not in _NO_LABELS:
            labels.append(piece)
    return ", ".join(labels), told


_NO_LABELS: Final = ("tel", "telephone", "phone", "call", "text", "t", "or", "and", "")


def _postcode(text: str) -> str | None:
    """Give a postcode in its usual form, or None."""
    match = re.fullmatch(r"([A-Z]{1,2}[0-9][0-9A-Z]?)\s*([0-9][A-Z]{2})", text.strip().upper())
    return f"{match[1]} {match[2]}" if match else None


# -- text

_ODD: Final = re.compile(
    "[\u00a0\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff\u00ad\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f]"
)
_DECORATION: Final = re.compile(r"\s*([-=_*~])(?:\s*\1){2,}\s*")


def _as_text(value: object) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    return "" if text.strip().casefold() in ("null", "none", "nan") else text


def _without_odd_spaces(text: str) -> str:
    """Make odd spaces plain, and take invisible characters out."""
    text = text.replace("\u2028", "\n").replace("\u2029", "\n\n").replace("\x85", "\n")
    return _ODD.sub(lambda match: " " if unicodedata.category(match[0]) == "Zs" else "", text)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _tidy_lines(text: str) -> str:
    """Trim every line, and leave one empty line between paragraphs."""
    lines = [_one_line(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _short(text: str) -> str:
    line = _one_line(text)
    return line if len(line) <= 60 else f"{line[:59]}…"


def _parts(text: str) -> list[str]:
    """Take a cell with several values apart, at semicolons, bars and line ends."""
    return [part.strip() for part in re.split(r"[;|\n]|\s/\s", text) if part.strip()]


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


_ACRONYMS: Final = (
    *(
        "A&E",
        "ADHD",
        "BSL",
        "CAMHS",
        "CYP",
        "CIC",
        "EIP",
        "GP",
        "ICB",
        "IAPT",
        "LGBT",
        "LGBTQ",
        "LGBTQ+",
    ),
    *("MHST", "MHSTS", "NELFT", "NHS", "NSPCC", "SEN", "SEND", "UK", "YMCA"),
)
_SMALL: Final = ("a", "and", "at", "for", "in", "of", "on", "or", "the", "to", "with")


def _without_shouting(name: str) -> str:
    """Write a name that is all in capitals as names are written; its known acronyms stay.

    One word alone, or short words only, may be an acronym, and stays as it is.
    """
    words = name.split()
    if (
        name != name.upper()
        or len(words) < 2
        or not re.search(r"[A-Z]{6}|[A-Z]{4}.*\s.*[A-Z]{4}", name)
    ):
        return name
    return " ".join(_quiet(word, at) for at, word in enumerate(words))


def _quiet(word: str, at: int) -> str:
    if word.strip("()[],.:;") in _ACRONYMS or not any(letter.isalpha() for letter in word):
        return word
    if word.casefold() in _SMALL and at:
        return word.lower()
    return re.sub(r"[A-Za-z][A-Za-z’']*", lambda match: match[0].capitalize(), word)


def _escaped(line: str) -> str:
    """Write plain text so that Markdown shows it as it is: it makes no link, heading or HTML."""
    text = re.sub(r"([\\`\[\]{}]|\*(?!\s)|(?<=\S)\*|\b_(?!\w)|(?<!\w)_)", r"\\\1", line)
    text = re.sub(r"&(?=#?\w+;)", "&amp;", text).replace("<", "&lt;")
    return re.sub(r"(?m)^(\s*)([#>])", r"\1\\\2", text)


def _plain_line(markdown: str) -> str:
    return _one_line(plain(markdown))


_LINK: Final = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\(([^()\s]+)\)")
_TAG: Final = re.compile(
    r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|&(?:[a-zA-Z]+|#\d+|#x[0-9a-fA-F]+);"
)


def _looks_like_html(text: str) -> bool:
    return bool(_TAG.search(text))


def _markdown_of(html: str) -> tuple[str, tuple[str, ...]]:
    """Give HTML as plain Markdown, and what was taken out of it besides tags."""
    reader = _HtmlReader()
    # Entities that were escaped twice are a common fault: &amp;nbsp;
    text = unescape(html) if re.search(r"&lt;/?[a-z]+.*?&gt;", html) and "<" not in html else html
    reader.feed(re.sub(r"&amp;(?=(?:nbsp|rsquo|lsquo|ndash|amp|quot|#\d+);)", "&", text))
    reader.close()
    return _tidy_lines("".join(reader.parts)), tuple(sorted(reader.notes))


class _HtmlReader(HTMLParser):
    """Writes HTML as Markdown: paragraphs, lists, headings, bold and links; of the rest, the words."""

    _BLOCKS = ("p", "div", "ul", "ol", "table", "tr", "section", "article", "blockquote")
    _HIDDEN = ("script", "style", "iframe", "object", "noscript")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.notes: set[str] = set()
        self.hidden = 0
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if "style" in told:
            self.notes.add("inline styles")
        if tag in self._HIDDEN:
            self.hidden += 1
            self.notes.add(f"a {tag}{_from(told.get('src'))}")
        elif tag == "img":
            self.notes.add(f"an image{_from(told.get('src'))}")
            self.parts.append(_escaped(told.get("alt") or ""))
        elif tag in self._BLOCKS:
            self.parts.append("\n\n")
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif re.fullmatch(r"h[1-6]", tag):
            self.parts.append("\n\n## ")
        elif tag in ("td", "th"):
            self.parts.append(" ")
        elif tag == "a":
            self._open_link(told.get("href") or "")

    def _open_link(self, href: str) -> None:
        is_kept = bool(re.fullmatch(r"(?:https?://|mailto:|tel:)[^\s()<>\"]+", href))
        self.links.append(href if is_kept else "")
        self.parts.append("[" if is_kept else "")
        if href and not is_kept:
            self.notes.add(f"a link to {_short(href)}")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag in self._BLOCKS or re.fullmatch(r"h[1-6]", tag):
            self.parts.append("\n\n")
        elif tag == "a" and self.links:
            href = self.links.pop()
            self.parts.append(f"]({href})" if href else "")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            text = _escaped(_without_odd_spaces(re.sub(r"\s+", " ", data)))
            self.parts.append(text)


def _from(address: str | None) -> str:
    return f" ({address})" if address else ""
