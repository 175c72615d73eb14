"""The templates: one environment for ours and the design system's, and what pages share of a shell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PackageLoader,
)
from markupsafe import Markup

from ltp.site import policy
from ltp.site.views import Shell


def environment(
    overrides: Path, cache: Path | None, code: str = "", begun: float = 0
) -> Environment:
    """Give the environment that renders every page: `main.html` with a `view` and its `content`.

    Our templates come first, then the design system's macros, which need `ChainableUndefined`. Every
    value is escaped. Compiled templates are kept in the folder `cache`, which is made when missing, for
    the same `code`: a digest of what compiles them. All targets of a build, which says when it was begun,
    have one environment; what is shared of a shell is forgotten, which is another target's.
    """
    made = _shared(overrides, cache, code, begun) if begun else _made(overrides, cache, code)
    shells: Any = made.globals["shell_parts"]
    shells.forget()
    return made


def _made(overrides: Path, cache: Path | None, code: str) -> Environment:
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(overrides), PackageLoader("nhsuk_frontend_jinja")]),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=None if cache is None else _Compiled(cache, code),
        auto_reload=False,  # an environment lives for one build: nothing is looked up twice
    )
    made.globals["page_policy"] = policy.PAGE
    made.globals["shell_parts"] = ShellRenderer(made)
    return made


@lru_cache(maxsize=1)
def _shared(overrides: Path, cache: Path | None, code: str, _begun: float) -> Environment:
    return _made(overrides, cache, code)


class _Compiled(FileSystemBytecodeCache):
    """Templates as they were compiled by the same code: Jinja itself looks at a template's text alone."""

    def __init__(self, folder: Path, code: str) -> None:
        super().__init__(str(folder))
        self._code = code

    def get_source_checksum(self, source: str) -> str:
        """Give a digest of a template's text and of what compiles it."""
        return super().get_source_checksum(f"{self._code}\n{source}")


@dataclass(frozen=True)
class ShellParts:
    """What `main.html` prints on every page of one shell, already HTML."""

    head: Markup
    """Meta elements and links of the head."""
    skip: Markup
    """The link to the content, which comes before everything."""
    top: Markup
    """From the header to today's help."""
    bottom: Markup
    """The footer."""
    crisis_cards: Markup
    """Today's help in full, for the sections that ask for it."""


class ShellRenderer:
    """Renders what depends on a `Shell` alone, once for each: the macros are too slow for every page."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._rendered: dict[int, tuple[Shell, ShellParts]] = {}

    def __call__(self, shell: Shell) -> ShellParts:
        """Give the parts, rendered now or before.

        The key is the object's identity, since a shell may hold lists; keeping the shell beside its
        parts keeps its identity from being given to another.
        """
        if id(shell) not in self._rendered:
            self._rendered[id(shell)] = (shell, self._render(shell))
        return self._rendered[id(shell)][1]

    def forget(self) -> None:
        """Forget all that was rendered."""
        self._rendered.clear()

    def _render(self, shell: Shell) -> ShellParts:
        shared: Any = self._module("shell")
        return ShellParts(
            head=shared.shell_head(shell),
            skip=self._module("skip-link").skip_link(),
            top=shared.shell_top(shell),
            bottom=shared.shell_bottom(shell),
            crisis_cards=self._module("crisis-cards").crisis_cards(shell.crisis),
        )

    def _module(self, component: str) -> Any:
        return self._environment.get_template(f"components/{component}/template.html").module
