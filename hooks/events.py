"""MkDocs' events, in the order in which they fire. What they do is in `ltp`.

`mkdocs build` and `mkdocs serve` build the portal here and the areas before it; `ltp build` calls the
same events once for each target. State lives in the configuration, never in this module: MkDocs keeps
the module for as long as the process lives.
"""

from __future__ import annotations

from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from ltp.publishing import engine, mkdocs_command


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether MkDocs was asked to build or to serve."""
    mkdocs_command.started(command)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load and check the plans; for MkDocs' own commands, build the areas."""
    mkdocs_command.begin(config)
    engine.configure(config)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Keep what is public and add the pages that are generated."""
    return engine.add_files(files, config)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Use our templates."""
    return engine.environment(config)


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: object
) -> dict[str, Any]:
    """Give the template its view."""
    return {**context, **engine.context(page)}


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Spell out links for paper, and remember the parts of the page that links may lead to."""
    return engine.finish(output, page)


def on_post_build(config: MkDocsConfig) -> None:
    """Make the search; note that the portal is built; in a preview, put the areas beside it."""
    mkdocs_command.make_search(config)
    mkdocs_command.built(config)


def on_build_error(error: Exception) -> None:
    """Publish nothing."""
    mkdocs_command.failed()


def on_shutdown() -> None:
    """Publish, if everything passed: strict mode stops a build only after the last event."""
    mkdocs_command.finish()
