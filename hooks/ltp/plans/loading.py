"""Load a folder of areas and content into the model, and report every fault of every file at once.

Nothing here knows the day, and nothing is worked out: see `ltp.plans.rules` for what must hold between
files, `ltp.plans.status` for what follows from them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from ltp.directory.entry import RESERVED, Need, RetiredNumber, Service, ServiceFacts
from ltp.findings import (
    Finding,
    LtpError,
    Severity,
    WrongValueError,
    did_you_mean,
    faults,
    nearest,
)
from ltp.plans import locks
from ltp.plans.left import LeftText, Shelf, digest_of, lines_with_area_links
from ltp.plans.model import (
    Area,
    AreaPages,
    Audit,
    ConsultationFacts,
    CrisisLine,
    Edition,
    Facts,
    Organisation,
    Origin,
    Page,
    PageFacts,
    Plans,
    Portal,
    Source,
    Topic,
)
from ltp.plans.names import PORTAL, SECTIONS, SHARED_FILES, area_of
from ltp.plans.reading import (
    Read,
    ReadPage,
    UnreadableError,
    Value,
    Where,
    decode,
    read_page,
    read_yaml,
)

PUBLISHED = (".csv", ".gif", ".jpeg", ".jpg", ".pdf", ".png", ".svg", ".webp")
"""What may stand beside pages and is published as it is."""

OF_EVERY_SITE = (
    "search",
    "a-to-z",
    "site-map",
    "display-settings",
    "leaving-quickly",
    "accessibility",
    "privacy",
    "cookies",
    "other-formats",
)
"""Pages that the build makes in the portal and in every area."""

WHOLE = "print"
"""The name of the page that has a whole edition on it, and of that on which a directory stands to print."""

_FILES = ("404", "index")
"""Pages of every site whose files are called so."""

GENERATED = ("plans", "latest", "assets", "guide", "id", WHOLE, *_FILES, *OF_EVERY_SITE)
"""What no edition may be called: addresses that the build makes in an area, or names of what is no plan."""

GENERATED_IN_EDITION = (WHOLE,)
"""Addresses of an edition that the build makes, so no page of it may be called so."""

LOOKALIKES = {".markdown": ".md", ".md.txt": ".md", ".yaml": ".yml", ".yml.txt": ".yml"}
"""Endings that editors' programs give to files, and what they should be: nothing reads them."""

RESERVED_IN_PORTAL = ("404", "assets", "guide", "help", "id", *OF_EVERY_SITE)
"""Addresses of the portal that the build makes, so no page of it may be called so."""

RESERVED_AREAS = (*RESERVED_IN_PORTAL, "index")
"""What no area may be called either: the portal's front page is in `index.html`."""

F = TypeVar("F", bound=Facts)


@dataclass(frozen=True)
class Loaded:
    """What was read, and what was wrong with it."""

    plans: Plans
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class AreaPart:
    """What was read in an area's folder of `content/`, and in nothing else."""

    pages: AreaPages
    editions: tuple[Edition, ...]
    documents: tuple[str, ...]
    findings: tuple[Finding, ...]
    bodies: tuple[Page, ...]
    """The texts of pages whose facts have a fault."""
    shelf: Shelf
    """Where the texts of its plans' pages were left."""


class Parts(Protocol):
    """Keeps what was read of areas, for as long as their files stay as they are."""

    def get(self, area: str) -> AreaPart | None:
        """Give what was read of an area, if that still holds."""

    def put(self, area: str, part: AreaPart) -> None:
        """Keep what was read just now."""


def load(root: Path, parts: Parts | None = None) -> Loaded:
    """Read everything under `root/areas`, `root/content` and `root/docs/guide`.

    Raises LtpError when there is no such folder. Faults of files are in the result; a file that has
    one is left out of the plans.
    """
    expect_folders(root)
    return _Loader(root, parts).load()


def expect_folders(root: Path) -> None:
    """Raise LtpError when `root` is not where plans are written."""
    for name in ("areas", "content"):
        if not (root / name).is_dir():
            raise LtpError(
                f"There is no folder “{name}” in {root}. Start in the folder that holds “areas” and "
                "“content”, or name it with --root"
            )


class _Loader:
    def __init__(self, root: Path, parts: Parts | None = None) -> None:
        self.root = root
        self.parts = parts
        self.shelf = Shelf(root)
        self.findings: list[Finding] = []
        self.bodies: list[Page] = []
        """The texts of pages whose facts have a fault."""
        self.names_of_areas: set[str] = set()
        """Every area that has a file, whether it could be read or not."""

    def load(self) -> Loaded:
        areas = self._areas()
        # Of an area whose own file can't be read nothing is used; its faults are told with the others.
        parts = {area: self._part(area) for area in sorted(self.names_of_areas)}
        plans = Plans(
            portal=self._portal(),
            portal_pages=self._pages(self.root / "content" / PORTAL, PageFacts),
            guide_pages=self._pages(self.root / "docs" / "guide", PageFacts),
            areas=areas,
            area_pages={area: parts[area].pages for area in areas},
            editions={each.ref: each for area in areas for each in parts[area].editions},
            organisations=self._entries("organisations", Organisation),
            sources=self._entries("sources", Source),
            crisis_lines=self._crisis_lines(),
            topics=self._entries("topics", Topic),
            needs=self._entries("needs", Need),
            retired=tuple(self._entries("retired-numbers", RetiredNumber).values()),
            audit=self._audit(),
            documents={
                PORTAL: self._documents(PORTAL),
                **{area: parts[area].documents for area in areas},
            },
        )
        self._refuse_stray_files()
        faulty = frozenset(finding.path for finding in faults(self.findings))
        plans = replace(
            plans,
            faulty_files=faulty,
            faulty_pages=tuple(self.bodies),
            named_by_faulty=self._named_by_faulty(faulty),
        )
        return Loaded(plans, tuple(self.findings))

    def _part(self, area: str) -> AreaPart:
        """Give what an area's folder holds: as it was kept, or read now."""
        part = self.parts.get(area) if self.parts else None
        if part is None:
            alone = _Loader(self.root)
            part = AreaPart(
                pages=alone._area_pages(area),
                editions=tuple(alone._editions(area)),
                documents=alone._documents(area),
                findings=(),
                bodies=tuple(alone.bodies),
                shelf=alone.shelf,
            )
            alone._refuse_strays_in(self.root / "content" / area)
            alone._refuse_unread_entries(area)
            alone._refuse_unread_facts(area)
            part = replace(part, findings=tuple(alone.findings))
            if self.parts:
                self.parts.put(area, part)
        part.shelf.root = self.root  # it may have been moved since
        self.findings += part.findings
        self.bodies += part.bodies
        return part

    def _named_by_faulty(self, faulty: Iterable[str]) -> dict[str, frozenset[str]]:
        """Look for the names of areas in the text of each faulty area's files, read or not."""
        named = {}
        for area in {area_of(path) for path in faulty} & self.names_of_areas:
            editions = (self.root / "content" / str(area)).glob("*/edition.yml")
            words: set[str] = set()
            for path in (self.root / "areas" / f"{area}.yml", *editions):
                with suppress(OSError):  # one that can't be opened has its finding
                    # UTF-16 is among what can't be read, and puts a zero after every letter.
                    text = path.read_bytes().replace(b"\0", b"").decode(errors="replace")
                    words |= {*re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", text)}
            named[str(area)] = frozenset(self.names_of_areas & words - {area})
        return named

    # -- files of areas/

    def _portal(self) -> Portal:
        path = self.root / "areas" / f"{PORTAL}.yml"
        portal = self._file(path, Portal) if path.is_file() else None
        return portal or Portal(
            name="Local transformation plans", origin=Origin("areas/portal.yml")
        )

    def _audit(self) -> Audit | None:
        path = self.root / "areas" / "audit.yml"
        return self._file(path, Audit) if path.is_file() else None

    def _areas(self) -> dict[str, Area]:
        areas = {}
        for path in sorted((self.root / "areas").glob("*.yml")):
            if path.stem in SHARED_FILES:
                continue
            read = self._read(path)
            meant = nearest(path.stem, SHARED_FILES)
            if read and isinstance(read.value, list) and meant:
                self._fault(
                    path, 1, "the file is a list, and an area’s is not", f"Rename it “{meant}.yml”."
                )
                continue
            name = self._as_address(path, path.stem)
            if name in RESERVED_AREAS:
                self._fault(
                    path,
                    1,
                    f"an area can’t be called “{name}”: the portal uses that address",
                    "Give it another name.",
                )
                continue
            self.names_of_areas.add(name)
            area = self._facts(Area, read.value, read, path, id=name) if read else None
            if area and name == path.stem:
                areas[area.id] = area
        return areas

    def _crisis_lines(self) -> tuple[CrisisLine, ...]:
        """Read the lines of help today: without one, no page would say where to get help."""
        lines = tuple(self._entries("contacts", CrisisLine).values())
        path = self.root / "areas" / "contacts.yml"
        if not lines and not any(each.path == self._relative(path) for each in self.findings):
            self._fault(
                path,
                1,
                "there is no line of help, so no page would say where to get help today",
                "List at least one: each begins with - id: …",
            )
        return lines

    def _entries(self, name: str, kind: type[F]) -> dict[str, F]:
        """Read a file that is a list of entries with ids, by id."""
        path = self.root / "areas" / f"{name}.yml"
        read = self._read(path) if path.is_file() else None
        if read is None:
            return {}
        if not read.value:
            return {}  # nothing but remarks
        if not isinstance(read.value, list):
            self._fault(
                path, 1, "the file is not a list", "Begin each entry with a hyphen: - id: …"
            )
            return {}
        entries: dict[str, F] = {}
        lines: dict[str, int] = {}
        for at, value in enumerate(read.value):
            entry = self._facts(kind, value, read, path, (at,))
            if entry is None:
                continue
            key = str(entry.id)  # type: ignore[attr-defined]  # every entry of these files has one
            if key in entries:
                self._fault(
                    path,
                    read.lines[at,],
                    f"the id “{key}” is used twice: the first time on line {lines[key]}",
                    "Give one of them another id.",
                )
                continue
            entries[key] = entry
            lines[key] = read.lines[at,]
        return entries

    # -- folders of content/

    def _area_pages(self, area: str) -> AreaPages:
        folder = self.root / "content" / area
        front = folder / "index.md"
        if not front.is_file() and not self._has_misnamed_front(folder):
            self._fault(
                front,
                1,
                "the area has no front page",
                f"Add the file content/{area}/index.md, with a title between two lines of ---.",
            )
        return AreaPages(
            front=self._page(front, "index", PageFacts) if front.is_file() else None,
            help=self._front_of_help(folder / "help"),
            have_your_say=self._pages(folder / "have-your-say", ConsultationFacts),
            services=self._services(area, folder / "help"),
        )

    def _has_misnamed_front(self, folder: Path) -> bool:
        """Tell whether an area's front page is there under nearly its name; say what would be right."""
        fronts = [each for each in _files_in(folder) if each.name.lower() == "index.md"]
        for path in fronts:
            self._as_address(path, path.stem)
        return bool(fronts) or _has_lookalike(folder / "index.md")

    def _editions(self, area: str) -> Iterable[Edition]:
        folder = self.root / "content" / area
        for child in sorted(folder.iterdir()) if folder.is_dir() else ():
            if child.suffix == ".md" and child.is_file() and child.name.lower() != "index.md":
                self._fault(
                    child,
                    1,
                    "the page is in no plan, so nobody would find it",
                    "Move it into a plan’s folder, or into help or have-your-say.",
                )
            if not child.is_dir() or child.name in SECTIONS or child.name.startswith("."):
                continue
            facts = child / "edition.yml"
            if facts.is_file():
                edition = self._edition(area, child, facts)
                if edition:
                    yield edition
            elif any(child.rglob("*.md")) and not _is_misnamed(facts):
                section = nearest(child.name.lower(), SECTIONS)
                self._fault(
                    facts,
                    1,
                    "the folder holds pages and has no edition.yml",
                    f"If the folder was meant as “{section}”, rename it so."
                    if section
                    else "Copy edition.yml from the folder of another plan, and write in it what is so "
                    "of this one.",
                )

    def _edition(self, area: str, folder: Path, path: Path) -> Edition | None:
        pages = self._pages(folder, PageFacts, leaves_texts=True)
        self._refuse_generated(pages)
        name = self._as_address(folder, folder.name)
        locked = locks.is_locked(folder)
        edition = self._file(path, Edition, id=name, area=area, pages=pages, locked=locked)
        if folder.name in GENERATED:
            self._fault(
                path,
                1,
                f"a plan can’t be called “{folder.name}”: the site uses that address",
                "Rename its folder, such as 2024-25.",
            )
            return None
        if locked and not (edition and edition.is_removed):
            self._found(*locks.broken(folder, self._relative(folder)))
        if edition is None or name != folder.name:
            return None
        return edition.model_copy(update={"pages": self._in_order(edition, path)})

    def _refuse_generated(self, pages: Iterable[Page]) -> None:
        """Refuse a page of a plan that would stand where the build makes one."""
        for page in pages:
            name = page.name.removesuffix("/index")
            if name in GENERATED_IN_EDITION:
                self._fault(
                    self.root / page.origin.path,
                    1,
                    f"a page of a plan can’t be called “{name}”: the whole plan on one page has that "
                    "address",
                    "Give the file another name, such as printing.md.",
                )

    def _in_order(self, edition: Edition, path: Path) -> tuple[Page, ...]:
        """Put an edition's pages in reading order, and tell which the order forgets."""
        names = [page.name for page in edition.pages]
        meant = {nearest(name, names) for name in edition.order if name not in names}
        for at, name in enumerate(edition.order):
            # A page that is there and could not be read has a finding of its own.
            is_there = name in names or (path.parent / f"{name}.md").is_file()
            if not is_there and not edition.is_removed:
                self._fault(
                    path,
                    edition.origin.line("order", at),
                    f"there is no page “{name}.md” in this plan",
                    did_you_mean(name, names) or "Take it out of the list, or add the page.",
                    "order",
                )
        front = path.parent / "index.md"
        is_there = front.is_file() or _has_lookalike(front)  # which is told with its better name
        if not is_there and not edition.is_removed:
            self._fault(
                front,
                1,
                "the plan has no front page",
                "Add a file index.md beside edition.yml, with a title between two lines of ---.",
            )
        if edition.order:
            for page in edition.pages:
                is_front = page.name.lower() == "index"
                if page.name not in {*edition.order, *meant} and not is_front:
                    self._note(
                        path,
                        edition.origin.line("order"),
                        f"the page “{page.name}” is not in the list, so it stands last",
                        "Add it to the list where readers should meet it.",
                        "order",
                    )
        last = len(edition.order)
        places = {name: at for at, name in enumerate(edition.order)}
        return tuple(
            sorted(
                edition.pages,
                key=lambda page: (not page.is_index, places.get(page.name, last), page.title),
            )
        )

    def _pages(
        self, folder: Path, kind: type[PageFacts], *, leaves_texts: bool = False
    ) -> tuple[Page, ...]:
        """Read the pages of a folder and the folders in it, in the order of their names."""
        if not folder.is_dir():
            return ()
        pages = []
        for path in sorted(path for path in folder.rglob("*.md") if path.is_file()):
            name = _under(folder, path).removesuffix(".md")
            # The front page of have-your-say is a page; the others are consultations.
            own_kind = PageFacts if name == "index" else kind
            page = self._page(path, name, own_kind, leaves_text=leaves_texts)
            if page:
                pages.append(page)
        self._refuse_shared_addresses(folder, {page.name for page in pages})
        return tuple(pages)

    def _refuse_shared_addresses(self, folder: Path, names: Collection[str]) -> None:
        """Refuse `crisis.md` beside `crisis/index.md`: both would have the address `crisis/`."""
        for name in sorted(names):
            if f"{name}/index" in names:
                self._fault(
                    folder / f"{name}.md",
                    1,
                    f"the page has the same address as “{name}/index.md”",
                    "Rename one of them.",
                )

    def _page(
        self, path: Path, name: str, kind: type[PageFacts], *, leaves_text: bool = False
    ) -> Page | None:
        for part in name.split("/"):
            self._as_address(path, part)
        written = self._written(path, kind)
        if written is None:
            return None
        facts, read, origin, digest = written
        text: str | LeftText = read.body
        if leaves_text:
            links = lines_with_area_links(read.body)
            text = LeftText(self.shelf, origin.path, read.body_line, digest, links)
        return Page(name, facts, text, read.body_line, origin)

    def _written(self, path: Path, kind: type[F]) -> tuple[F, ReadPage, Origin, bytes] | None:
        """Read a Markdown file: its facts, its text, the lines of both, and a digest of it all."""
        try:
            content = self._content(path)
            read = read_page(decode(content, self._relative(path)), self._relative(path))
        except UnreadableError as unreadable:
            self._found(unreadable.finding)
            return None
        self._found(*read.front.findings)
        facts = self._facts(kind, read.front.value, read.front, path)
        origin = self._origin(path, read.front)
        if facts is None:
            nothing = PageFacts.model_construct(title="")
            self.bodies.append(Page(path.stem, nothing, read.body, read.body_line, origin))
            return None
        return facts, read, origin, digest_of(content)

    def _documents(self, target: str) -> tuple[str, ...]:
        """Name the PDF files that stand beside a target's pages."""
        folder = self.root / "content" / target
        found = (_under(folder, path) for path in folder.rglob("*.[pP][dD][fF]"))
        return tuple(sorted(name for name in found if not _is_hidden(name)))

    # -- the help directory

    def _front_of_help(self, folder: Path) -> tuple[Page, ...]:
        path = folder / "index.md"
        page = self._page(path, "index", PageFacts) if path.is_file() else None
        return (page,) if page else ()

    def _services(self, area: str, folder: Path) -> tuple[Service, ...]:
        """Read an area's entries, one file each."""
        services = []
        for path in sorted(folder.glob("*.md")) if folder.is_dir() else ():
            if path.stem == "index":
                continue
            name = self._as_address(path, path.stem)
            if name == "index":
                continue  # which is no entry, once it has its right name
            if name in RESERVED:
                self._fault(
                    path,
                    1,
                    f"an entry can’t be called “{name}”: the directory uses that address",
                    "Give the file the service’s own name.",
                )
            written = self._written(path, ServiceFacts)
            if written:
                facts, read, origin, _ = written
                services.append(Service(area, name, facts, read.body, read.body_line, origin))
        return tuple(services)

    def _as_address(self, path: Path, name: str) -> str:
        """Give the name of a file or folder as it can stand in an address; tell if that's another."""
        better = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "page"
        if better != name:
            is_file = path.stem == name and path.is_file()
            ending = path.suffix if is_file else ""
            self._fault(
                path,
                1,
                f"the {'file' if is_file else 'folder'}’s name can’t be an address: “{name}{ending}”",
                f"Rename it “{better}{ending}”: small letters, digits and hyphens.",
            )
        return better

    # -- one file

    def _file(self, path: Path, kind: type[F], **given: object) -> F | None:
        read = self._read(path)
        return self._facts(kind, read.value, read, path, (), **given) if read else None

    def _read(self, path: Path) -> Read | None:
        try:
            read = read_yaml(self._text(path), self._relative(path))
        except UnreadableError as unreadable:
            self._found(unreadable.finding)
            return None
        self._found(*read.findings)
        return read

    def _text(self, path: Path) -> str:
        return decode(self._content(path), self._relative(path))

    def _content(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError:
            raise UnreadableError(
                Finding(
                    self._relative(path),
                    1,
                    "the file can’t be opened",
                    "Close it in other programs, and check that you may read it.",
                )
            ) from None

    def _facts(
        self, kind: type[F], value: Value, read: Read, path: Path, at: Where = (), **given: object
    ) -> F | None:
        """Check a value against its type. Each thing wrong is a finding; then the answer is None."""
        if not isinstance(value, dict):
            self._fault(
                path,
                _line(read, at),
                "keys were expected here, each with a colon and a space",
                "Write it as key: value, such as title: Our plan.",
            )
            return None
        origin = self._origin(path, read, at)
        if "origin" in kind.model_fields:
            given["origin"] = origin
        typed = kind.typed_keys()
        strangers = [key for key in value if key not in typed]
        for key in strangers:
            if key in kind.model_fields:
                self._fault(
                    path,
                    origin.line(key),
                    f"“{key}” is not written here, because the name of the file or folder gives it",
                    "Take the line out.",
                    key,
                )
                continue
            self._fault(
                path,
                origin.line(key),
                f"“{key}” is not a key that is known here",
                did_you_mean(key, typed) or f"Known keys are {', '.join(typed)}.",
                key,
            )
        facts = {key: each for key, each in value.items() if key in typed}
        try:
            checked = kind.model_validate({**facts, **given})
        except ValidationError as error:
            errors = error.errors()
            misspelt = {(nearest(key, typed),) for key in strangers} | _misspelt(errors, kind)
            for each in errors:
                # A key that is only misspelt is told once, and not as missing too.
                if each["type"] != "missing" or each["loc"] not in misspelt:
                    self._found(_finding(each, kind, origin))
            return None
        return None if strangers else checked

    def _other_files(self, folder: Path) -> None:
        """Tell of what is not published, and of pictures whose names can't be addresses."""
        for path in sorted(folder.rglob("*")):
            hidden = _is_hidden(_under(folder, path))
            ours = path.suffix in (".md", ".yml") or path.name == locks.NAME or _better_name(path)
            if not path.is_file() or hidden or ours:
                continue
            if path.suffix.lower() not in PUBLISHED:
                self._note(
                    path,
                    1,
                    "a file of this kind is not published",
                    "Move it out of here, or save it as a PDF or a picture if readers should have it.",
                )
            elif not re.fullmatch(r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*", path.name):
                better = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "picture"
                self._fault(
                    path,
                    1,
                    f"the file’s name can’t be an address: “{path.name}”",
                    f"Rename it “{better}{path.suffix.lower()}”, and change its name in the page.",
                )

    def _refuse_unread_entries(self, area: str) -> None:
        """Refuse entries of a directory that stand in folders: it is read from one folder alone."""
        folder = self.root / "content" / area / "help"
        for path in sorted(folder.rglob("*.md")):
            name = _under(folder, path)
            if "/" in name and path.is_file() and not _is_hidden(name):
                self._fault(
                    path,
                    1,
                    "the entry is in a folder of its own, so nobody would find it",
                    f"Move it up into content/{area}/help/.",
                )

    def _refuse_unread_facts(self, area: str) -> None:
        """Refuse YAML files in an area's folder that are no plan's edition.yml."""
        folder = self.root / "content" / area
        for path in sorted(folder.rglob("*.yml")):
            *folders, name = _under(folder, path).split("/")
            is_plans = len(folders) == 1 and folders[0] not in SECTIONS
            is_read = is_plans and name == _EDITION
            hidden = _is_hidden("/".join([*folders, name]))
            if is_read or hidden or _better_name(path) or not path.is_file():
                continue
            if is_plans and _is_like_edition(name) and not (path.parent / _EDITION).is_file():
                cure = f"Rename it “{_EDITION}”."
            elif name == _EDITION:
                cure = f"Move it, with the pages of its plan, into a folder of its own in content/{area}/."
            elif folders == ["help"]:
                cure = f"If it is an entry, rename it “{path.stem}.md”; else take it out of here."
            else:
                cure = f"Write what it says into an {_EDITION}, a page or a file of areas/, and delete it."
            self._fault(path, 1, "the file is in a place where nothing reads it", cure)

    def _tell_of_what_is_not_read_in_areas(self) -> None:
        """Tell of pages in `areas/`, and of files in its folders."""
        areas = self.root / "areas"
        for path in sorted(areas.rglob("*")):
            name = _under(areas, path)
            is_content = path.suffix in (".md", ".yml") and path.is_file()
            if not is_content or _is_hidden(name) or ("/" not in name and path.suffix == ".yml"):
                continue
            self._note(
                path,
                1,
                "the file is in a place where nothing reads it",
                "Move it into content/, or out of here."
                if path.suffix == ".md"
                else "Move it up into areas/, or out of here.",
            )

    def _refuse_stray_files(self) -> None:
        """Tell of files that look like content and that nothing reads, outside of the areas' folders."""
        content = self.root / "content"
        self._refuse_lookalikes((self.root / "areas").iterdir())
        self._tell_of_what_is_not_read_in_areas()
        self._refuse_lookalikes(content.iterdir())
        for path in sorted([*content.glob("*.yml"), *(content / PORTAL).rglob("*.yml")]):
            hidden = _is_hidden(_under(content, path))
            if path.is_file() and not hidden and not _better_name(path):
                self._fault(
                    path,
                    1,
                    "the file is in a place where nothing reads it",
                    "Move it into areas/, or out of here.",
                )
        for path in sorted(content.iterdir()):
            if path.is_dir() and path.name in self.names_of_areas:
                continue
            self._refuse_strays_in(path)
            if path.suffix == ".md" and path.is_file():
                self._fault(
                    path,
                    1,
                    "the page is in no area’s folder",
                    "Move it into the folder of its area.",
                )
            if path.is_dir() and path.name != PORTAL and not path.name.startswith("."):
                self._fault(
                    path,
                    1,
                    f"the folder belongs to no area: there is no areas/{path.name}.yml",
                    did_you_mean(path.name, self.names_of_areas)
                    or "Add the file, or move the folder.",
                )

    def _refuse_strays_in(self, folder: Path) -> None:
        """Tell of files in one folder that look like content, and of what is not published."""
        if not folder.is_dir() or folder.name.startswith("."):
            return
        self._refuse_lookalikes(folder.rglob("*"))
        self._other_files(folder)

    def _refuse_lookalikes(self, paths: Iterable[Path]) -> None:
        for path in sorted(paths):
            better = _better_name(path)
            if better and path.is_file():
                ending = path.name[len(better.rpartition(".")[0]) :]
                what = f"ends in {ending}"
                if ending == path.suffix == Path(better).suffix:
                    what = f"is “{path.name}”, so nothing reads it"
                self._fault(path, 1, f"the file’s name {what}", f"Rename it “{better}”.")

    # -- findings

    def _origin(self, path: Path, read: Read, at: Where = ()) -> Origin:
        """Give the lines of one entry of a file, with its own keys first."""
        lines = {
            where[len(at) :]: line for where, line in read.lines.items() if where[: len(at)] == at
        }
        return Origin(self._relative(path), lines)

    def _relative(self, path: Path) -> str:
        return _under(self.root, path)

    def _fault(self, path: Path, line: int, what: str, cure: str, where: str = "") -> None:
        self._found(Finding(self._relative(path), line, what, cure, where))

    def _note(self, path: Path, line: int, what: str, cure: str, where: str = "") -> None:
        self._found(
            Finding(self._relative(path), line, what, cure, where, severity=Severity.TO_PUT_RIGHT)
        )

    def _found(self, *findings: Finding) -> None:
        for finding in findings:
            area = area_of(finding.path)
            self.findings.append(replace(finding, areas=(area,) if area else ()))


def _under(folder: Path, path: Path) -> str:
    """Give a path as it is seen from a folder that it lies in: many times a file, so sooner than pathlib."""
    return path.as_posix().removeprefix(f"{folder.as_posix().rstrip('/')}/")


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") for part in name.split("/"))


def _line(read: Read, at: Where) -> int:
    return read.lines.get(at, 1)


_EDITION = "edition.yml"

_ENDINGS = {**LOOKALIKES, ".md": ".md", ".yml": ".yml"}
"""What files end in, or nearly, and the right ending of each."""


def _better_name(path: Path) -> str | None:
    """Give the name that a file should have, where it is only like the right one."""
    for ending, right in _ENDINGS.items():
        if path.name.lower().endswith(ending):
            better = path.name[: -len(ending)] + right
            if better.lower() == _EDITION and path.parent.name != "areas":
                better = _EDITION
            return better if better != path.name else None
    return None


def _files_in(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []


def _has_lookalike(wanted: Path) -> bool:
    """Tell whether a file is there under a name that is only like the right one."""
    return any(
        _better_name(each) == wanted.name or each.name.lower() == wanted.name
        for each in _files_in(wanted.parent)
    )


def _is_misnamed(facts: Path) -> bool:
    """Tell whether a plan has its facts in a file that is only called nearly as it should be."""
    is_like = any(_is_like_edition(each.name) for each in _files_in(facts.parent))
    return is_like or _has_lookalike(facts)


def _is_like_edition(name: str) -> bool:
    stem, _, ending = name.rpartition(".")
    return ending == "yml" and nearest(stem.lower(), ["edition"]) is not None


def _misspelt(
    errors: Iterable[Mapping[str, Any]], kind: type[BaseModel]
) -> set[tuple[str | int | None, ...]]:
    """Name the keys that were probably meant by keys that are not known, each with its place."""
    places = [tuple(error["loc"]) for error in errors if error["type"] == "extra_forbidden"]
    return {(*at[:-1], nearest(str(at[-1]), _keys_at(kind, at[:-1]))) for at in places}


def _finding(error: Mapping[str, Any], kind: type[BaseModel], origin: Origin) -> Finding:
    """Turn one of pydantic's errors into a sentence for editors."""
    loc: tuple[str | int, ...] = tuple(error["loc"])
    what, cure = _words(error, kind, loc)
    return Finding(origin.path, origin.line(*loc), what, cure, _where(loc))


def _where(loc: Sequence[str | int]) -> str:
    """Name a place in a file: “changes, item 2, date”."""
    return ", ".join(f"item {each + 1}" if isinstance(each, int) else each for each in loc)


def _words(
    error: Mapping[str, Any], kind: type[BaseModel], loc: tuple[str | int, ...]
) -> tuple[str, str]:
    name = loc[-1] if loc else ""
    match error["type"]:
        case "missing":
            return f"“{name}” is missing", f"Add a line {_example(kind, loc)}."
        case "extra_forbidden":
            known = _keys_at(kind, loc[:-1])
            return (
                f"“{name}” is not a key that is known here",
                did_you_mean(str(name), known) or f"Known keys are {', '.join(known)}.",
            )
        case "literal_error" | "enum" if isinstance(error["input"], str):
            expected = re.findall(r"'([^']*)'", error["ctx"]["expected"])
            return (
                f"“{error['input']}” is not a word that can stand here",
                did_you_mean(error["input"], expected),
            )
        case "value_error":
            wrong = error["ctx"]["error"]
            assert isinstance(wrong, WrongValueError), "ours are; pydantic raises no other"
            return wrong.what, wrong.cure
        case "bool_parsing":
            return f"“{error['input']}” is neither yes nor no", "Write yes or no."
        case "string_type" | "literal_error" | "enum" | "bool_type":
            return (
                "one value was expected here, not a list or a group of keys",
                "Write it on one line, in quotation marks if it begins with a bracket.",
            )
        case "tuple_type" | "list_type":
            return "a list was expected here", "Begin each item with a hyphen on a line of its own."
        case "model_type" | "model_attributes_type" | "dict_type":
            return (
                "keys were expected here, each with a colon and a space",
                _how_to_write(error["input"], name, _keys_at(kind, loc)),
            )
    return str(error["msg"]), "Compare it with another file."


def _how_to_write(value: object, name: object, known: Sequence[str]) -> str:
    """Say how the keys of a group are written; an email address is the one that is most often left alone."""
    if isinstance(value, str) and re.fullmatch(r"\S+@\S+", value) and "email" in known:
        return f"Write {name}: {{email: {value}}}, and what else is known beside it."
    return f"Write each as key: value. Keys that can stand here are {', '.join(known)}."


def _example(kind: type[BaseModel], loc: tuple[str | int, ...]) -> str:
    model = _model_at(kind, loc[:-1])
    field_ = (
        next(
            (info for key, info in model.model_fields.items() if (info.alias or key) == loc[-1]),
            None,
        )
        if model
        else None
    )
    value = field_.examples[0] if field_ and field_.examples else "…"
    return f"{loc[-1]}: {value}"


def _keys_at(kind: type[BaseModel], loc: tuple[str | int, ...]) -> tuple[str, ...]:
    model = _model_at(kind, loc)
    return model.typed_keys() if model else ()


def _model_at(kind: type[BaseModel], loc: tuple[str | int, ...]) -> type[Facts] | None:
    """Find the model of the entry at a place in a file."""
    model: Any = kind
    for each in loc:
        if isinstance(each, int):
            continue
        info = next(
            (info for key, info in model.model_fields.items() if (info.alias or key) == each), None
        )
        model = _model_in(info.annotation) if info else None
        if model is None:
            return None
    return model if isinstance(model, type) and issubclass(model, Facts) else None


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Find the model inside an annotation such as `tuple[Session, ...] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(
        (found for each in getattr(annotation, "__args__", ()) if (found := _model_in(each))), None
    )
