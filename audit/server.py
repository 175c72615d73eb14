"""A server on loopback that answers as a static host does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

STAY: Final = "?stay"
"""Asks for a page that leads on, without what makes it lead on, so that it can be looked at."""


@contextmanager
def serving(folder: Path, base: str = "/") -> Iterator[str]:
    """Serve a folder on loopback under a path; give the address of its front, without a last slash."""
    handler = partial(_Handler, directory=str(folder), base=base)
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{base.rstrip('/')}"
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    # A browser may close a connection that it opened for later: nothing went wrong.
    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder as a static host does: the nearest 404 page where there is none."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, base: str, **more: Any) -> None:
        self.base = base
        super().__init__(*args, **more)

    def do_GET(self) -> None:
        self.asked = self.path
        if not self.path.startswith(self.base):
            self._answer(404, "")
            return
        self.path = "/" + self.path.removeprefix(self.base)
        path = self._file()
        if path.suffix == ".html" and path.is_file() and self.path.endswith(STAY):
            self._answer(200, path.read_text(encoding="utf-8").replace('"refresh"', '"stay"'))
        elif not path.is_file():
            self._answer(404, self._nearest_404().read_text(encoding="utf-8"))
        else:
            super().do_GET()

    def _file(self) -> Path:
        path = Path(self.translate_path(self.path))
        return path / "index.html" if path.is_dir() else path

    def _nearest_404(self) -> Path:
        root = Path(self.directory)
        first = urlsplit(self.path).path.split("/")[1]
        own = root / first / "404.html"
        return own if first and own.is_file() else root / "404.html"

    def _answer(self, code: int, text: str) -> None:
        body = text.encode("utf-8")
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (its name there)
        """Say nothing."""
