"""The sites of the tests, as the audit knows them."""

from __future__ import annotations

from audit.sites import Site
from tests.site.built import Built, order


def audited(name: str, built: Built) -> Site:
    """Give a site that the tests built to the audit."""
    return Site(name, order(built.root, address=built.address, drafts=built.drafts))
