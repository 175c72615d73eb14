"""The preview: MkDocs' own server over all targets, drafts included."""

from __future__ import annotations

import errno
from dataclasses import replace

from mkdocs.commands import serve as mkdocs_serve

from ltp.findings import LtpError
from ltp.plans.names import PORTAL
from ltp.publishing import mkdocs_command
from ltp.publishing.building import Order
from ltp.site import addresses
from ltp.site.styles import CODE
from ltp.terminal import say


def serve(order: Order, area: str | None, port: int) -> int:
    """Serve a preview until it is stopped."""
    address = f"http://127.0.0.1:{port}/"
    if area and not (order.root / "areas" / f"{area}.yml").is_file():
        raise LtpError(f"There is no area “{area}”: no file areas/{area}.yml")
    mkdocs_command.use(replace(order, address=address, drafts=True))
    say(
        f"Preview: {address.rstrip('/')}{addresses.front(area or PORTAL)}   (stop it with Ctrl and C)"
    )
    try:
        mkdocs_serve.serve(str(CODE / "mkdocs.yml"), dev_addr=f"127.0.0.1:{port}")
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise LtpError(
            f"Another program uses port {port}, perhaps a preview in another window. Stop it there, "
            f"or use another port, such as --port {port + 1}"
        ) from None
    return 0
