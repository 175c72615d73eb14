"""The content security policy: nothing from another host, nothing inline. Said here and nowhere else.

A page states its own in a meta element, and servers send one as a header; a browser holds a page to
both. Only the search of a site runs WebAssembly, which a policy has to allow by name, so only its page
does. Where a host can send one header for all pages alone, that one allows it too, and the meta element
of every other page still forbids it.
"""

from __future__ import annotations

from typing import Final

_SCRIPTS: Final = "script-src 'self'"
_NOTHING_ELSE: Final = (
    "connect-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'"
)
_IN_HEADERS_ONLY: Final = "frame-ancestors 'none'"
"""A meta element may not say it."""

PAGE: Final = f"default-src 'none'; {_SCRIPTS}; {_NOTHING_ELSE}"
"""What a page states."""

SEARCH_PAGE: Final = f"default-src 'none'; {_SCRIPTS} 'wasm-unsafe-eval'; {_NOTHING_ELSE}"
"""What the page of a site's search states."""

HEADER: Final = f"{PAGE}; {_IN_HEADERS_ONLY}"
"""What servers send with a page."""

SEARCH_HEADER: Final = f"{SEARCH_PAGE}; {_IN_HEADERS_ONLY}"
"""What servers send with the page of a site's search."""
