"""The style sheets: the design system and ours as one file, and a small one for an area's colour."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ltp.files import write_whole
from ltp.findings import LtpError
from ltp.plans.colours import MORE_CONTRAST, darkened

CODE: Final = Path(__file__).resolve().parents[3]
"""The folder that holds the code: `hooks/`, `overrides/`, `mkdocs.yml`, `node_modules/`."""

SHEET: Final = Path("overrides/styles/site.scss")
"""The sheet that takes in all others, in the code root."""

OPTIONS: Final = ("--style=compressed", "--no-source-map", "--no-charset", "--quiet-deps")

_PACKAGES: Final = ("nhsuk-frontend", "sass")
_CURE: Final = "Run `make site`, which installs them, or `npm ci`."


class StylesError(LtpError):
    """The style sheet can't be made, and what would help."""


def compile_styles(code_root: Path, state: Path) -> Path:
    """Give the compiled style sheet, made anew only when what it is made from has changed.

    It is kept in the state folder under a name that is the hash of every `.scss` file, of the installed
    versions and of this module. Raises StylesError when Node or its packages are missing, are not those
    of the lock, or a sheet is wrong.
    """
    compiled = state / "styles" / f"{_fingerprint(code_root)}.css"
    if not compiled.is_file():
        write_whole(compiled, _compile(code_root))
        for other in compiled.parent.glob("*.css"):
            if other != compiled:
                other.unlink(missing_ok=True)
    return compiled


def area_css(colour: str) -> str:
    """Give the style sheet of an area: its header's colour, already checked for contrast.

    The strong one is for readers who ask for more contrast.
    """
    strong = darkened(colour, MORE_CONTRAST)
    return f":root{{--area-colour:{colour};--area-colour-strong:{strong}}}\n"


def _fingerprint(code_root: Path) -> str:
    digest = hashlib.sha256()
    for part in _inputs(code_root):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()[:32]


def _inputs(code_root: Path) -> Iterator[bytes]:
    """Give what the sheet is made from: names and contents of the sheets, the versions, how it is made."""
    overrides = code_root / "overrides"
    for path in sorted(overrides.rglob("*.scss")):
        yield path.relative_to(overrides).as_posix().encode()
        yield _unix(path)
    lock = json.loads((code_root / "package-lock.json").read_text(encoding="utf-8"))
    for name in _PACKAGES:
        wanted = lock["packages"][f"node_modules/{name}"]["version"]
        yield f"{name} {_installed(code_root, name, wanted)}".encode()
    yield _unix(Path(__file__))


def _installed(code_root: Path, name: str, wanted: str) -> str:
    """Give the version of a package that is installed: the one that is wanted."""
    modules = code_root / "node_modules"
    try:
        facts = json.loads((modules / name / "package.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise StylesError(
            f"The packages in {modules} that make the style sheet are missing. {_CURE}"
        ) from None
    if facts["version"] != wanted:
        raise StylesError(
            f"{name} {facts['version']} is in {modules}, and package-lock.json names {wanted}. {_CURE}"
        )
    return wanted


def _unix(path: Path) -> bytes:
    """Give a file's bytes with the line ends that it has on every system."""
    return path.read_bytes().replace(b"\r\n", b"\n")


def _compile(code_root: Path) -> bytes:
    node = shutil.which("node")
    if node is None:
        raise StylesError("Node.js is needed to make the style sheet, and it isn’t installed.")
    modules = code_root / "node_modules"
    command = [
        node,
        *_QUICK,
        str(modules / "sass" / "sass.js"),
        *OPTIONS,
        f"--load-path={modules}",
        str(code_root / SHEET),
    ]
    run = subprocess.run(command, capture_output=True, check=False)
    if run.returncode != 0:
        raise StylesError(
            f"The style sheet {SHEET.as_posix()} is wrong. {_first_error(run.stderr)}"
        )
    return run.stdout


_QUICK: Final = ("--no-opt", "--max-semi-space-size=1")
"""For Node.js: a third less work, because it ends before better code would have paid, and less memory."""


def _first_error(stderr: bytes) -> str:
    """Give what Sass says is wrong and where: its first line and the one that names the file."""
    lines = [line.strip() for line in stderr.decode(errors="replace").splitlines() if line.strip()]
    places = [line for line in lines if ".scss" in line]
    return " ".join(lines[:1] + places[:1])
