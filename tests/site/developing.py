"""A developer, who edits the code, its templates and what is installed too, and builds in processes of their own."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, Final

from tests.site.built import copy_code_alone, published, tree
from tests.site.edits import Editor, without_memory


@dataclass(frozen=True)
class Place:
    """Words of the code behind which a mark can be written that is seen in what is built."""

    path: str
    words: str
    form: str = " MARK"
    """How the mark is written there; MARK stands for it."""

    def marked(self, text: str, mark: str) -> str:
        """Give the file's text with a mark, in place of one that stands there."""
        before = re.escape(self.form).replace("MARK", MARK.pattern)
        form = self.form.replace("MARK", mark)
        found, times = re.subn(
            f"({re.escape(self.words)})(?:{before})?", lambda match: match[1] + form, text
        )
        assert times, f"“{self.words}” is no longer in {self.path}: choose other words"
        return found


MARK: Final = re.compile(r"made-up-\d+")

TEMPLATES: Final = (
    Place("overrides/document.html", "About this page"),
    Place("overrides/components/breadcrumb/template.html", "Breadcrumb"),
    Place("overrides/components/crisis-strip/template.html", "Need help now?"),
    Place("overrides/components/finder/template.html", "Words to look for"),
    Place("overrides/components/footer/template.html", "About this website"),
    Place("overrides/components/previous-next/template.html", "Previous and next pages"),
    Place("overrides/components/search/template.html", "What are you looking for?"),
    Place("overrides/components/skip-link/template.html", "Skip to main content"),
)
MODULES: Final = (
    Place("hooks/ltp/plans/loading.py", "Add it to the list where readers should meet it."),
    Place("hooks/ltp/publishing/hosting.py", "Made with the site"),
    Place("hooks/ltp/reports.py", "look at it with make serve"),
    Place("hooks/ltp/search/words.py", 'return "".join(parts)', ' + "<p>MARK</p>"'),
    Place("hooks/ltp/site/markup.py", '"Footnotes'),
    Place("hooks/ltp/site/statements.py", '"Preparation of this accessibility statement'),
    Place("hooks/ltp/site/styles.py", "return run.stdout", ' + b"/*MARK*/"'),
    Place("hooks/ltp/writing/wording.py", "makes a person and an illness one thing"),
)
"""One of each kind of what is kept from one build to the next, and of what is not."""
SETTINGS: Final = (Place("mkdocs.yml", "- footnotes", ": {BACKLINK_TEXT: MARK}"),)
INSTALLED: Final = (
    ("pymdown-extensions", Place("pymdownx/details.py", "summary.text = title", ' + " MARK"')),
    (
        "nhsuk-frontend-jinja",
        Place(
            "nhsuk_frontend_jinja/templates/nhsuk/components/footer/template.jinja",
            '<footer class="{{ classNames }}"',
            ' data-version="MARK"',
        ),
    ),
)
"""Packages, and what differs between their versions."""

_PROGRAM: Final = (
    "import sys; from ltp import cli, reports; reports.MOST_TOLD = None; sys.exit(cli.main())"
)
"""The command itself, which tells every warning."""
_PROGRESS: Final = re.compile(
    r"^Building .*\n|^  [\w-]+: (?:\d+ pages|failed), .* seconds\n|(?<= after ).* seconds.*(?=\.$)",
    re.MULTILINE,
)


@dataclass(kw_only=True)
class Developer(Editor):
    """Edits a root, and a copy of the code that builds it."""

    work: Path
    """The folder for the copy of the code, and for what is installed beside what the tests use."""
    marks: int = 0
    """How many marks were written."""
    installed: int = 0
    """The version of what is installed; none of it where it is 0."""

    def __post_init__(self) -> None:
        self.code = copy_code_alone(self.work / "code")

    @property
    def edits(self) -> Sequence[Callable[[], str]]:
        """Give half as many edits of the code as of the rest."""
        own = (
            *([self.edit_a_template] * 2),
            self.edit_how_templates_are_read,
            self.edit_what_is_remembered,
            *([self.edit_a_style] * 2),
            self.edit_a_script,
            self.add_a_picture_of_the_theme,
            self.rename_a_picture_of_the_theme,
            *([self.edit_a_module] * 3),
            self.edit_a_setting,
            self.install_another_version,
        )
        return (*super().edits, *own)

    # -- edits

    @property
    def first_steps(self) -> Sequence[Callable[[], list[str]]]:
        """Give one step for each kind of file, with all its places: a second kind would hide the first."""
        return (
            self._edit_the_modules,
            self._edit_the_theme,
            lambda: [self._mark(each) for each in SETTINGS],
            lambda: [self._install(1)],
        )

    def _edit_the_modules(self) -> list[str]:
        """Edit every module, and write what some of them speak of."""
        return [
            self.add_a_page(),
            self.write_what_hurts(),
            self.edit_how_templates_are_read(),
            self.edit_what_is_remembered(),
            *(self._mark(each) for each in MODULES),
        ]

    def _edit_the_theme(self) -> list[str]:
        own = [self.edit_a_style(), self.edit_a_script(), self.add_a_picture_of_the_theme()]
        return [*own, *(self._mark(each) for each in TEMPLATES)]

    def edit_a_template(self) -> str:
        return self._mark(self.chance.choice(TEMPLATES))

    def edit_how_templates_are_read(self) -> str:
        return self._swap("site/templates.py", "trim_blocks=True", "trim_blocks=False")

    def edit_what_is_remembered(self) -> str:
        """Give another name to what a build wants to know of the one before."""
        return self._swap("publishing/sources.py", "code_files", "files_of_code")

    def edit_a_style(self) -> str:
        path = self.chance.choice(sorted((self.code / "overrides").rglob("*.scss")))
        mark = self._new_mark()
        return self._append(path, f"\n.{mark} {{ color: #{self.marks:06x}; }}\n")

    def edit_a_script(self) -> str:
        path = self.chance.choice(sorted((self.code / "overrides/assets").glob("*.js")))
        return self._append(path, f"// {self._new_mark()}\n")

    def add_a_picture_of_the_theme(self) -> str:
        path = self.code / f"overrides/assets/{self._new_mark()}.svg"
        self._write(path, f'<svg xmlns="http://www.w3.org/2000/svg" id="{path.stem}"/>')
        return f"add {path}"

    def rename_a_picture_of_the_theme(self) -> str:
        found = sorted((self.code / "overrides/assets").glob("made-up-*.svg"))
        if not found:
            return "nothing to rename"
        path = self.chance.choice(found)
        self._write(path.with_name(f"{self._new_mark()}.svg"), path.read_text(encoding="utf-8"))
        self._write(path, None)
        return f"rename {path}"

    def edit_a_module(self) -> str:
        return self._mark(self.chance.choice(MODULES))

    def edit_a_setting(self) -> str:
        return self._mark(self.chance.choice(SETTINGS))

    def install_another_version(self) -> str:
        return self._install(self.chance.randrange(4))

    def _install(self, version: int) -> str:
        self.installed = version
        return f"version {version} is installed"

    def _swap(self, module: str, one: str, other: str) -> str:
        """Write one for the other in a module, whichever stands there."""
        path = self.code / "hooks/ltp" / module
        text = path.read_text(encoding="utf-8")
        there, new = (one, other) if one in text else (other, one)
        assert there in text
        self._write(path, text.replace(there, new))
        return f"{module}: {new}"

    def _mark(self, place: Place) -> str:
        path = self.code / place.path
        mark = self._new_mark()
        self._write(path, place.marked(path.read_text(encoding="utf-8"), mark))
        return f"{place.path}: {mark}"

    def _new_mark(self) -> str:
        self.marks += 1
        return f"made-up-{self.marks}"

    def unseen(self, done: Sequence[str], built: Mapping[str, Any]) -> set[str]:
        """Give the marks of what was done that are nowhere in what was built and told."""
        contents = [
            gzip.decompress(content) if name.endswith(".pf_fragment") else content
            for name, content in built["site"].items()
        ]
        seen = " ".join([*(each.decode(errors="replace") for each in contents), *built["told"]])
        packages = self._marks_of_packages if self.installed else ()
        return {*MARK.findall(" ".join(done)), *packages} - {*MARK.findall(seen)}

    # -- builds

    def build(self, root: Path, *more: str) -> Mapping[str, Any]:
        """Build a root with the code as it is now; give what is published, and all that is told."""
        paths = [self.code / "hooks", *([self._packages()] if self.installed else [])]
        done = subprocess.run(
            [
                *(sys.executable, "-P", "-c", _PROGRAM, "build"),
                *("--root", str(root), "--today", str(self.today), *more),
            ],
            cwd=root,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(map(str, paths)),
                "PYTHONIOENCODING": "utf-8",
            },
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        told = _PROGRESS.sub("", done.stdout)
        return {"site": published(root), "told": [told, done.stderr], "failed": done.returncode}

    def build_all(self, root: Path, *more: str) -> Mapping[str, Any]:
        """Build everything anew from the sources of a root, as it was published until now.

        Styles that such a build compiled are used again where no module and no file of the theme differs.
        """
        clean = without_memory(root, self.work / "clean")
        for folder in ("styles", "templates"):
            shutil.rmtree(clean / ".ltp" / folder, ignore_errors=True)
        compiled = self.work / "compiled" / self._digest()
        if compiled.is_dir():
            shutil.copytree(compiled, clean / ".ltp/styles")
        built = self.build(clean, *more)
        if not compiled.is_dir() and (clean / ".ltp/styles").is_dir():
            shutil.copytree(clean / ".ltp/styles", compiled)
        shutil.rmtree(clean)
        return built

    def _packages(self) -> Path:
        """Give the folder of packages in their made-up version, which are found before the real ones."""
        folder = self.work / f"version-{self.installed}" / "site-packages"
        if folder.is_dir():
            return folder
        for (name, place), mark in zip(INSTALLED, self._marks_of_packages, strict=True):
            package = place.path.partition("/")[0]
            source = Path(str(distribution(name).locate_file(package)))
            shutil.copytree(source, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
            file = folder / place.path
            marked = place.marked(file.read_text(encoding="utf-8"), mark)
            file.write_text(marked, encoding="utf-8")
            info = folder / f"{name.replace('-', '_')}-{self.installed}.dist-info"
            info.mkdir()
            (info / "METADATA").write_text(
                f"Metadata-Version: 2.1\nName: {name}\nVersion: {self.installed}\n",
                encoding="utf-8",
            )
        return folder

    @property
    def _marks_of_packages(self) -> Sequence[str]:
        return [f"made-up-{self.installed}00{at}" for at in range(len(INSTALLED))]

    def _digest(self) -> str:
        digest = hashlib.sha256()
        for folder in ("hooks", "overrides"):
            for name, content in tree(self.code / folder).items():
                if not name.endswith(".pyc"):
                    digest.update(f"{name} {len(content)}\n".encode() + content)
        return digest.hexdigest()
