"""The server of a preview: pages of a folder as a static host serves them, and what they are told.

It listens on this machine alone. No file is changed: each HTML page gets one script while it is sent. By
it a page learns that it was built anew, or which faults hold it up (`preview.js`). Whatever a page may
need for this stands under one address that no site can have.

Not its task: to send the headers by which hosts harden a site (`hosting.py`). The policy of each page is
in the page itself and is kept here too; `frame-ancestors` is not, so that an editor of text may show the
preview in a window of its own.
"""

from __future__ import annotations

import errno
import json
import mimetypes
import secrets
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Condition, Thread
from typing import Any, Final
from urllib.parse import quote, unquote

from ltp.findings import Finding, LtpError

HOST: Final = "127.0.0.1"
RESERVED: Final = "/.ltp/"
"""The addresses of the preview itself: no page's begins with a dot."""
CHANGES: Final = f"{RESERVED}changes"
SCRIPT: Final = f"{RESERVED}preview.js"
STYLE: Final = f"{RESERVED}preview.css"

_OWN_FILES: Final = {each: Path(__file__).with_name(Path(each).name) for each in (SCRIPT, STYLE)}
_OWN_HOSTS: Final = (HOST, "localhost")
"""By any other name, a website elsewhere may have led a browser here to read drafts."""
_TAKEN: Final = (errno.EADDRINUSE, *((errno.EACCES,) if sys.platform == "win32" else ()))
_STILL_THERE: Final = 15.0
"""Seconds after which a page that is told nothing is asked whether it is still there."""
_EXCHANGE: Final = 1.0
"""Seconds in which a folder that is being exchanged by two renames comes back."""

_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
"""Said here, since what the system knows of types differs, and on Windows other programs change it."""

_NOT_BUILT: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The preview is not built yet</title>
</head>
<body>
<h1>The preview is not built yet</h1>
<p>This page shows it by itself once it is there. Without scripts, reload this page after a while.</p>
</body>
</html>
"""


@dataclass(frozen=True)
class Shown:
    """What is shown: which build of the pages, and what holds up a newer one."""

    version: str
    faults: tuple[Finding, ...] = ()

    @property
    def as_json(self) -> str:
        """Give it as pages are told."""
        faults = [{"place": _place(each), "said": _said(each)} for each in self.faults]
        return json.dumps({"version": self.version, "faults": faults}, ensure_ascii=False)


def _place(finding: Finding) -> str:
    return f"{finding.path}, line {finding.line}" if finding.path else ""


def _said(finding: Finding) -> str:
    where = f"{finding.where}: " if finding.where else ""
    return f"{where}{finding.what}. {finding.cure}".strip()


class Board:
    """Where the preview puts up what is shown, and every open page looks."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._run = secrets.token_hex(4)  # so that pages of an earlier preview are reloaded too
        self._looks = 0
        self._builds = 0
        self._is_closed = False
        self._looked_at: dict[str, None] = {}
        self.shown = Shown(self._version())

    @property
    def has_pages(self) -> bool:
        """Tell whether anything was built yet."""
        return self._builds > 0

    def look_at(self, front: str) -> None:
        """Note the first part of the address of a page that somebody looks at."""
        self._looked_at[front] = None

    def areas_looked_at(self) -> Sequence[str]:
        """Give what was noted since this was asked last."""
        looked_at, self._looked_at = self._looked_at, {}
        return [*looked_at]

    def put_up(self, faults: Sequence[Finding], *, anew: bool, words: bool = False) -> None:
        """Show these faults, and `anew` where pages were built; `words` where nothing else has changed.

        From two versions that differ in nothing but the last number, a page knows that styles, scripts
        and pictures are those that it has.
        """
        with self._changed:
            self._builds += anew
            self._looks += anew and not words
            self.shown = Shown(self._version(), tuple(faults))
            self._changed.notify_all()

    def _version(self) -> str:
        return f"{self._run}-{self._looks}-{self._builds}"

    def close(self) -> None:
        """Let everybody go who looks."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def look(self, before: Shown | None, timeout: float) -> Shown | None:
        """Wait for something else than what was shown before, and give what is shown; None at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed or self.shown != before, timeout)
            return None if self._is_closed else self.shown


@contextmanager
def serving(folder: Path, board: Board, port: int) -> Iterator[str]:
    """Serve a folder, which may come later, on this machine; give the address, without a last slash.

    Raises LtpError where another program has the port.
    """
    with _listening(port, partial(_Handler, folder=folder, board=board)) as server:
        Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
        try:
            yield f"http://{HOST}:{server.server_address[1]}"
        finally:
            board.close()
            server.shutdown()


def _listening(port: int, handler: Callable[..., BaseHTTPRequestHandler]) -> _Server:
    try:
        return _Server((HOST, port), handler)
    except OSError as error:
        if error.errno not in _TAKEN:
            raise
        raise LtpError(
            f"Another program uses port {port}, perhaps a preview in another window. Stop it there, "
            f"or use another port, such as --port {port + 1}"
        ) from None


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    # On Windows this would let two previews have one port.
    allow_reuse_address = sys.platform != "win32"

    def server_bind(self) -> None:
        """Take the port, without asking for the name of this machine, which may take seconds."""
        if sys.platform == "win32":
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        if self.allow_reuse_address:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say what broke, unless a browser only closed its connection."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Answers one browser."""

    protocol_version = "HTTP/1.1"
    server_version = "ltp"
    disable_nagle_algorithm = True

    def __init__(self, *args: Any, folder: Path, board: Board) -> None:
        self.folder = folder
        self.board = board
        super().__init__(*args)

    def do_HEAD(self) -> None:
        """Answer as to GET, without what GET gives."""
        self.do_GET()

    def do_GET(self) -> None:
        """Answer with a file, a page of the preview's own, or the nearest 404 page."""
        path, _, query = self.path.partition("?")
        # Before any file is read: a page that is older than it says would never be told of the newer one.
        self.version = self.board.shown.version
        if not self._asks_by_own_name():
            self._send(HTTPStatus.FORBIDDEN, _TYPES[".txt"], b"Ask for http://127.0.0.1 instead.\n")
        elif path == CHANGES:
            self._tell()
        elif path in _OWN_FILES:
            file = _OWN_FILES[path]
            self._send(HTTPStatus.OK, _TYPES[file.suffix], file.read_bytes())
        elif self._waits_for_folder():
            self._send_page(HTTPStatus.SERVICE_UNAVAILABLE, _NOT_BUILT.encode())
        else:
            self._send_file(path, query)

    def _asks_by_own_name(self) -> bool:
        name = self.headers.get("Host", HOST).rpartition(":")[0] or self.headers.get("Host", HOST)
        return name in _OWN_HOSTS

    # -- files

    def _waits_for_folder(self) -> bool:
        """Wait while the folder is exchanged; tell whether there is none yet."""
        if not self.board.has_pages:
            return True
        end = time.monotonic() + _EXCHANGE
        while not self.folder.is_dir():
            if time.monotonic() > end:
                return True
            time.sleep(0.01)
        return False

    def _send_file(self, address: str, query: str) -> None:
        parts = _parts(address)
        if parts is None:
            self._send_not_found([])
            return
        file = self.folder.joinpath(*parts)
        if file.is_dir() and not address.endswith("/"):
            to = "".join(f"/{quote(part)}" for part in parts) + "/"
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"{to}?{query}" if query else to)
            self._end(b"")
            return
        if address.endswith("/"):
            file /= "index.html"
        try:
            content = file.read_bytes()
        except OSError:  # there is none: nor is there ever a list of files
            self._send_not_found(parts)
            return
        if file.suffix == ".html":
            self.board.look_at(parts[0] if parts else "")
            self._send_page(HTTPStatus.OK, content)
        else:
            self._send(HTTPStatus.OK, _type_of(file), content)

    def _send_not_found(self, parts: Sequence[str]) -> None:
        """Answer with the 404 page of the nearest folder that has one."""
        for count in range(len(parts), -1, -1):
            page = self.folder.joinpath(*parts[:count], "404.html")
            if page.is_file():
                self._send_page(HTTPStatus.NOT_FOUND, page.read_bytes())
                return
        self._send(HTTPStatus.NOT_FOUND, _TYPES[".txt"], b"There is no such page.\n")

    def _send_page(self, status: HTTPStatus, content: bytes) -> None:
        """Send a page with the preview's script in it, which knows what was shown when the page was read."""
        script = f'<script src="{SCRIPT}" data-version="{self.version}" defer></script>\n</head>'
        self._send(status, _TYPES[".html"], content.replace(b"</head>", script.encode(), 1))

    # -- what pages are told

    def _tell(self) -> None:
        """Send what is shown, at once and whenever it is something else, until the page is gone."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        before: Shown | None = None
        while self.command == "GET" and (shown := self.board.look(before, _STILL_THERE)):
            said = ":\n\n" if shown == before else f"data: {shown.as_json}\n\n"
            self.wfile.write(said.encode())
            before = shown

    # -- answers

    def _send(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self._end(content)

    def _end(self, content: bytes) -> None:
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (its name there)
        """Say nothing: the window is for what is built."""


def _parts(address: str) -> list[str] | None:
    """Give the names along an address; None for one that no page can have, or that leads out of the folder."""
    try:
        parts = unquote(address, errors="strict").strip("/").split("/")
    except UnicodeDecodeError:
        return None
    if parts == [""]:
        return []
    # No name begins with a dot; a backslash and a colon lead elsewhere on Windows.
    if any(not part.isprintable() or part[:1] in ("", ".") or {*"\\:"} & {*part} for part in parts):
        return None
    return parts


def _type_of(file: Path) -> str:
    guessed = _TYPES.get(file.suffix.lower()) or mimetypes.guess_type(file.name)[0]
    return guessed or "application/octet-stream"
