"""The preview's server: it answers as a static host does, on this machine alone, and tells pages of builds."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ltp.findings import Finding, LtpError
from ltp.publishing import serving
from ltp.publishing.serving import Board

PAGE = "<!doctype html><html lang=en><head>\n<title>{0}</title>\n</head><body><h1>{0}</h1></body></html>"
FAULT = Finding("content/hill/index.md", 3, "there is no colon", "Write title: Hill.", "title")
SCRIPT = '<script src="/.ltp/preview.js"'


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


class Host:
    """A preview's server, and what it serves."""

    def __init__(self, folder: Path, board: Board, address: str) -> None:
        self.folder, self.board = folder, board
        self.name = address.removeprefix("http://")

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for an address just as it is written."""
        with closing(http.client.HTTPConnection(self.name, timeout=10)) as line:
            line.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
            for name, value in headers.items():
                line.putheader(name, value)
            line.endheaders()
            answer = line.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())

    @contextmanager
    def listening(self) -> Iterator[Iterator[dict[str, Any]]]:
        """Listen as a page does; give what is told, as it comes."""
        with closing(http.client.HTTPConnection(self.name, timeout=10)) as line:
            line.request("GET", "/.ltp/changes")
            answer = line.getresponse()
            assert answer.getheader("Content-Type", "").startswith("text/event-stream")
            yield (json.loads(each[5:]) for each in answer if each.startswith(b"data:"))


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    folder = tmp_path / "site"
    for name, title in {
        "index.html": "Portal",
        "404.html": "Not in the portal",
        "hill/index.html": "Hill",
        "hill/404.html": "Not in Hill",
        "hill/2024-25/crisis/index.html": "Crisis",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(PAGE.format(title), encoding="utf-8")
    (folder / "hill/2024-25/plan.pdf").write_bytes(b"%PDF-1.7")
    (folder / "hill/assets").mkdir()
    (folder / "hill/assets/find.js").write_text("// ", encoding="utf-8")
    (folder / ".htaccess").write_text("# ", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    board = Board()
    board.put_up([], anew=True)
    with serving.serving(folder, board, 0) as address:
        yield Host(folder, board, address)


def test_pages_and_files_are_served_as_what_they_are_and_never_kept(host: Host) -> None:
    for path, kind in {
        "/": "text/html; charset=utf-8",
        "/hill/": "text/html; charset=utf-8",
        "/hill/index.html": "text/html; charset=utf-8",
        "/hill/2024-25/plan.pdf": "application/pdf",
        "/hill/assets/find.js?v=1": "text/javascript; charset=utf-8",
    }.items():
        answer = host.ask(path)
        assert answer.status == 200, path
        assert answer.headers["Content-Type"] == kind
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_each_page_gets_the_script_and_its_file_stays_as_it_was(host: Host) -> None:
    page = host.ask("/hill/").text

    assert page.count(SCRIPT) == 1
    assert page.index(SCRIPT) < page.index("</head>")
    assert f'data-version="{host.board.shown.version}"' in page
    assert page.partition(SCRIPT)[0] in PAGE.format("Hill")
    assert (host.folder / "hill/index.html").read_text(encoding="utf-8") == PAGE.format("Hill")


def test_the_reserved_addresses_give_the_script_the_style_and_nothing_else(host: Host) -> None:
    script, style = host.ask("/.ltp/preview.js"), host.ask("/.ltp/preview.css")

    assert "EventSource" in script.text
    assert ".ltp-faults" in style.text
    assert style.headers["Content-Type"] == "text/css; charset=utf-8"
    assert host.ask("/.ltp/").status == 404
    assert host.ask("/.ltp/serving.py").status == 404
    assert host.ask("/.ltp/../.ltp/preview.js").status == 404


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/nowhere", "Not in the portal"),
        ("/hill/nowhere/", "Not in Hill"),
        ("/hill/2024-25/crisis/nowhere", "Not in Hill"),
        ("/hill/2024-25/plan.pdf/", "Not in Hill"),
        ("/hill/assets/", "Not in Hill"),
        ("/hill%FF/", "Not in the portal"),
    ],
)
def test_the_nearest_404_page_answers_where_there_is_nothing_and_for_folders(
    host: Host, path: str, title: str
) -> None:
    answer = host.ask(path)

    assert answer.status == 404
    assert f"<h1>{title}</h1>" in answer.text
    assert SCRIPT in answer.text, "it is shown as soon as there is a page"


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/hill/../../secret.txt",
        "/hill/%2e%2e%2f%2e%2e%2fsecret.txt",
        "/hill/..%5c..%5csecret.txt",
        "//etc/passwd",
        "/c:/windows/win.ini",
        "/hill/%00",
        "/.htaccess",
        "http://127.0.0.1/../secret.txt",
    ],
)
def test_nothing_outside_the_folder_and_nothing_hidden_is_served(host: Host, path: str) -> None:
    answer = host.ask(path)

    assert answer.status == 404
    assert b"secret" not in answer.body


def test_an_address_without_its_last_slash_leads_on(host: Host) -> None:
    answer = host.ask("/hill/2024-25/crisis?a=b")

    assert answer.status == 301
    assert answer.headers["Location"] == "/hill/2024-25/crisis/?a=b"
    assert host.ask("//hill").headers["Location"] == "/hill/", "never to a host called hill"


@pytest.mark.parametrize("path", ["/", "/hill/2024-25/plan.pdf", "/nowhere", "/.ltp/preview.js"])
def test_head_says_what_get_would_say_and_gives_nothing(host: Host, path: str) -> None:
    head, get = host.ask(path, "HEAD"), host.ask(path)

    assert (head.status, head.body) == (get.status, b"")
    assert {**head.headers, "Date": ""} == {**get.headers, "Date": ""}


def test_head_of_the_changes_ends(host: Host) -> None:
    assert host.ask("/.ltp/changes", "HEAD").status == 200


def test_nothing_can_be_sent_to_it(host: Host) -> None:
    assert host.ask("/", "POST").status == 501


def test_by_another_name_nothing_is_told(host: Host) -> None:
    for path in ("/", "/.ltp/changes"):
        answer = host.ask(path, Host="plans.example.test")
        assert answer.status == 403
        assert b"Portal" not in answer.body
    assert host.ask("/", Host="localhost:8000").status == 200


def test_pages_are_told_of_builds_and_of_faults_at_once(host: Host) -> None:
    with host.listening() as told:
        first = next(told)
        assert first["faults"] == []
        assert first["version"] in host.ask("/").text

        host.board.put_up([FAULT], anew=False)
        assert next(told) == {
            "version": first["version"],
            "faults": [
                {
                    "place": "content/hill/index.md, line 3",
                    "said": "title: there is no colon. Write title: Hill.",
                }
            ],
        }

        host.board.put_up([], anew=True)
        after = next(told)
        assert after["faults"] == []
        assert after["version"] != first["version"]
        assert after["version"] in host.ask("/").text


def test_a_page_that_comes_later_is_told_of_the_faults_that_there_are(host: Host) -> None:
    host.board.put_up([FAULT], anew=False)

    with host.listening() as told:
        assert len(next(told)["faults"]) == 1


def test_many_pages_listen_and_others_are_still_served(host: Host) -> None:
    with host.listening() as one, host.listening() as two, host.listening() as three:
        versions = {next(told)["version"] for told in (one, two, three)}
        assert len(versions) == 1
        assert host.ask("/").status == 200
        host.board.put_up([], anew=True)
        assert versions.isdisjoint({next(told)["version"] for told in (one, two, three)})


def test_before_the_first_build_every_address_says_so_and_waits(tmp_path: Path) -> None:
    board = Board()
    with serving.serving(tmp_path / "site", board, 0) as address:
        host = Host(tmp_path / "site", board, address)
        answer = host.ask("/hill/2024-25/")

    assert answer.status == 503
    assert "not built yet" in answer.text
    assert SCRIPT in answer.text


def test_a_folder_that_is_being_exchanged_is_waited_for(host: Host) -> None:
    away = host.folder.with_name("away")
    host.folder.rename(away)
    back = threading.Timer(0.2, lambda: away.rename(host.folder))
    back.start()

    assert host.ask("/").status == 200


def test_a_port_in_use_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with (
            pytest.raises(LtpError, match=f"Another program uses port {port}"),
            serving.serving(tmp_path, Board(), port),
        ):
            pass


def test_it_listens_on_this_machine_alone(host: Host) -> None:
    assert host.name.startswith("127.0.0.1:")


def test_it_ends_at_once_although_pages_listen(tmp_path: Path) -> None:
    board = Board()
    with serving.serving(tmp_path, board, 0) as address:
        host = Host(tmp_path, board, address)
        with host.listening() as told:
            next(told)
            started = time.monotonic()
    assert time.monotonic() - started < 2
