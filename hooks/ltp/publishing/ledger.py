"""The ledger: every address ever published, so that a build can tell when one stops resolving.

One text file a target, `areas/TARGET.ledger`: one address a line, sorted, written from the root of the
whole site (`/blmk/2024-25/crisis/`, `/blmk/plans/plans.csv`). Lines are added and never deleted.

An address is compared letter by letter: a folder's ends in a slash, and what cannot stand in an address
is percent-encoded. Not its task: to find out what resolves. The caller passes the addresses of pages,
files, redirects and removed pages in one collection.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote

from ltp.findings import Finding, LtpError

HEADER: Final = (
    "# Every address that has ever been published, one a line. Never delete a line: people have "
    "linked to it. `ltp record` adds new ones."
)

_SAFE: Final = "/%:@!$&'()*+,;=~"
"""What may stand in the path of an address besides letters, digits, `-`, `.` and `_` (RFC 3986)."""
_ADDRESS = re.compile(r"/(?:[A-Za-z0-9._/:@!$&'()*+,;=~-]|%[0-9A-Fa-f]{2})*")


class LedgerError(LtpError):
    """A ledger has lines that are no addresses. Its words name every one of them."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings: Final = tuple(findings)


@dataclass(frozen=True)
class Ledger:
    """What a ledger file records."""

    lines: Mapping[str, int] = field(default_factory=dict)
    """Each address in the order of the file, with its line. Of two equal lines, the first."""
    comments: tuple[str, ...] = ()

    @property
    def addresses(self) -> frozenset[str]:
        """Every address that it records."""
        return frozenset(self.lines)


def read(path: Path) -> Ledger:
    """Read a ledger; one that does not exist yet is empty.

    Windows line ends, blank lines, spaces around an address, a byte order mark and equal lines are
    all fine. Raises LedgerError, with every line that is no address, because a line that nobody can
    read is an address that nobody checks.
    """
    if not path.exists():
        return Ledger()
    lines: dict[str, int] = {}
    comments: list[str] = []
    findings: list[Finding] = []
    for number, text in _numbered(path):
        if text.startswith("#"):
            comments.append(text)
        elif fault := _fault(text):
            findings.append(Finding(path.as_posix(), number, *fault))
        else:
            lines.setdefault(text, number)
    if findings:
        raise LedgerError(findings)
    return Ledger(lines, tuple(comments))


def missing(ledger: Ledger, resolvable: Collection[str]) -> list[tuple[str, int]]:
    """Give the addresses that no longer resolve, with their lines, in the order of the file."""
    resolving = frozenset(resolvable)
    return [(address, line) for address, line in ledger.lines.items() if address not in resolving]


def unrecorded(ledger: Ledger, published: Iterable[str]) -> list[str]:
    """Give the published addresses that the ledger lacks, sorted."""
    return sorted(set(published) - ledger.addresses)


def record(path: Path, addresses: Iterable[str]) -> int:
    """Add addresses to a ledger and give the number of new ones.

    Every address and comment already there stays. A ledger that lacks nothing is not written at all,
    and a kill leaves the old file or the new one. Raises LedgerError when the ledger can't be read,
    and LtpError when an address can't be recorded; the file is then as it was.
    """
    ledger = read(path)
    new = unrecorded(ledger, addresses)
    _refuse(new)
    if new:
        lines = [*(ledger.comments or (HEADER,)), *sorted({*ledger.lines, *new})]
        _write(path, "".join(f"{line}\n" for line in lines))
    return len(new)


def _numbered(path: Path) -> Iterator[tuple[int, str]]:
    # Bytes that are not UTF-8 become marks that no address has, so they are told with their line.
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line.strip()


def _fault(address: str) -> tuple[str, str] | None:
    """Tell what is wrong with an address, and what would be right; None when it is one."""
    if not address.startswith("/") or address.startswith("//"):
        return (
            f"“{address}” is not an address of this site",
            "Write it from the root of the site, with one slash in front, such as /blmk/plans/.",
        )
    if "?" in address or "#" in address:
        page = re.split(r"[?#]", address)[0]
        return f"“{address}” names more than a page", f"Write the page alone: {page}"
    if "//" in address or any(part in (".", "..") for part in address.split("/")):
        return f"“{address}” has an empty part, “.” or “..”", "Write the address in full."
    if not _ADDRESS.fullmatch(address):
        encoded = quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", address), safe=_SAFE)
        return f"“{address}” has signs that can’t stand in an address", f"Write {encoded}"
    return None


def _refuse(addresses: Iterable[str]) -> None:
    faults = [fault for fault in map(_fault, addresses) if fault]
    if faults:
        raise LtpError("\n".join(f"{what}. {cure}" for what, cure in faults))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
