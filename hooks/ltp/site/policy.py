"""The content security policy: nothing from another host, nothing inline. Said here and nowhere else.

A page states it in a meta element, and servers send it as a header; a browser holds a page to both. Only
the search of a site runs WebAssembly, which a policy has to allow by name. It runs in a worker, which is
held to the header that its own file is sent with and not to its page's policy. So no page allows it:
only that file does. Where a host can't send one file another header than the rest, all are sent with that
one, and the meta elements keep every page strict.
"""

from __future__ import annotations

from typing import Final

_NOTHING_ELSE: Final = (
    "connect-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'"
)
_IN_HEADERS_ONLY: Final = "frame-ancestors 'none'"
"""A meta element may not say it."""

PAGE: Final = f"default-src 'none'; script-src 'self'; {_NOTHING_ELSE}"
"""What every page states."""

HEADER: Final = f"{PAGE}; {_IN_HEADERS_ONLY}"
"""What servers send with everything."""

WORKER_HEADER: Final = (
    f"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; {_NOTHING_ELSE}; {_IN_HEADERS_ONLY}"
)
"""What servers send with the worker of a search."""

WORKER: Final = "assets/seek.js"
"""The worker's file, under the front of each site."""
