"""`ltp serve` and `mkdocs serve`: everything is shown, drafts too, and an edit is seen at once."""

from __future__ import annotations

import signal
import threading
import time
import urllib.request
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from bench.corpus import Size, write
from tests.command.running import PATIENCE, Desk, free_port, preview
from tests.site.built import TODAY, Built, copy_code, order

from ltp.cli import main
from ltp.findings import Finding, Severity
from ltp.publishing.builder import Builder, Result
from ltp.publishing.building import Outcome
from ltp.publishing.preview import Preview, order_of
from ltp.publishing.serving import Board, serving
from ltp.publishing.watching import Watcher

DRAFT = """label: 2028 plan
kind: plan
text: full
covers: 2028 to 2029
published: unknown
published_by: harbour-board
replaces: harbour/2027-28
draft: yes
"""


def serve(desk: Desk, port: int) -> list[str]:
    """Give the command that previews the made-up areas."""
    command = ["-m", "ltp.cli", "serve", "harbour", "--root", str(desk.root), "--port", str(port)]
    return [*command, "--today", TODAY.isoformat()]


def test_ltp_serve_shows_edits_drafts_new_and_deleted_pages_and_faults_and_stops_cleanly(
    desk: Desk, tmp_path: Path
) -> None:
    port = free_port()
    crisis, order = "content/harbour/2026-27/crisis.md", "content/harbour/2026-27/edition.yml"
    text, edition = desk.read(crisis), desk.read(order)
    hill, contacts = desk.read("areas/hill.yml"), desk.read("areas/contacts.yml")
    desk.write("areas/hill.yml", hill.replace("places:", "plaices:"))
    with preview(serve(desk, port), port, tmp_path / "said.txt") as shown:
        # A fault that was there before the preview holds nobody else up.
        before = shown.wait_for("/harbour/2026-27/crisis/", "Somebody comes at night.")
        assert f"http://127.0.0.1:{port}/harbour/2026-27/crisis/" in before
        assert "[Draft]" in shown.get("/harbour/2027-28/")
        assert "Made-up plans" in shown.get("/")
        shown.wait_until_told("areas/hill.yml, line 3")

        desk.write(crisis, text.replace("Somebody comes", "Everybody comes"))
        shown.wait_for("/harbour/2026-27/crisis/", "Everybody comes at night.")

        desk.write("areas/hill.yml", hill)
        shown.wait_until_told()
        assert "Hilltop plan" in shown.get("/hill/hilltop/")

        # One of the files that all share: everything stays as it was.
        version = shown.told()["version"]
        desk.write("areas/contacts.yml", contacts.replace("urgency:", "urgencie:", 1))
        shown.wait_until_told("areas/contacts.yml, line")
        assert shown.told()["version"] == version
        assert "Everybody comes at night." in shown.get("/harbour/2026-27/crisis/")
        assert "/.ltp/preview.js" in shown.get("/harbour/2026-27/crisis/")
        desk.write("areas/contacts.yml", contacts)

        # A new page, and a new folder: a draft.
        desk.write(
            "content/harbour/2026-27/ferries.md", "---\ntitle: Ferries\n---\n\nThey float.\n"
        )
        desk.write(order, edition.replace("[crisis, schools]", "[crisis, schools, ferries]"))
        desk.write("content/harbour/2028-29/edition.yml", DRAFT)
        desk.write("content/harbour/2028-29/index.md", "---\ntitle: A plan\n---\n\nIt is new.\n")
        shown.wait_for("/harbour/2026-27/ferries/", "They float.")
        shown.wait_for("/harbour/2028-29/", "It is new.")
        shown.wait_until_told()

        # Two edits, one soon after the other, and a page that is deleted.
        desk.write(crisis, text.replace("Somebody comes", "Nobody comes"))
        (desk.root / "content/harbour/2026-27/ferries.md").unlink()
        desk.write(order, edition)
        desk.write(crisis, text.replace("Somebody comes", "They come"))
        shown.wait_for("/harbour/2026-27/crisis/", "They come at night.")
        assert "not" in shown.wait_for("/harbour/2026-27/ferries/", "Page not found")

        started = time.monotonic()
        code, said = shown.stop()
        assert time.monotonic() - started < 5

    assert code == 0, said
    assert "Traceback" not in said
    assert f"Preview: http://127.0.0.1:{port}/harbour/" in said
    assert said.count("areas/hill.yml:3: plaices: “plaices” is not a key that is known here.") == 1
    assert said.count("areas/portal.yml:2: address:") <= 1, "what is to be put right is told once"
    assert "seconds: content/harbour/2026-27/crisis.md" in said
    assert not (desk.root / "site").exists(), "a preview publishes nothing"
    assert not (desk.root / ".ltp/targets").exists()
    assert [path.name for path in (desk.root / ".ltp").glob("preview-*")] == [f"preview-{port}"]
    left = {path.name for path in (desk.root / f".ltp/preview-{port}").iterdir()}
    assert left <= {
        *["targets", "styles", "templates", "memory", "lock", "nginx.conf", "laid-targets.pickle"]
    }


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl and C", "a program"])
def test_a_preview_ends_in_the_middle_of_a_build_at_once_and_leaves_nothing(
    desk: Desk, tmp_path: Path, how: signal.Signals
) -> None:
    port = free_port()
    with preview(serve(desk, port), port, tmp_path / "said.txt") as shown:
        shown.wait_until_said("Building")
        shown.wait_for("/", "not built yet")
        while not list((desk.root / ".ltp").glob("preview-*/work-*/*")):
            assert shown.process.poll() is None, shown.said
            time.sleep(0.05)
        started = time.monotonic()
        code, said = shown.stop(how)
        assert time.monotonic() - started < 5

    assert code == 0, said
    assert said.rstrip().endswith("Stopped.")
    assert "Traceback" not in said
    assert not list((desk.root / ".ltp").glob("preview-*/work-*"))
    assert not list((desk.root / ".ltp").glob("preview-*/site"))


def test_mkdocs_serve_shows_everything_and_an_edit(real: Built, tmp_path: Path) -> None:
    copy = copy_code(real.root, tmp_path / "code")
    port = free_port()
    command = ["-m", "mkdocs", "serve", "-f", str(copy / "mkdocs.yml"), "-a", f"127.0.0.1:{port}"]
    page = copy / "content/medway/index.md"
    with preview(command, port, tmp_path / "said.txt", PYTHONPATH=str(copy / "hooks")) as shown:
        shown.wait_for("/medway/", "Medway no longer has a plan of its own")
        assert "Local transformation plans" in shown.get("/")
        assert "archived content" in shown.get("/medway/2015-21/priorities/")

        page.write_text(page.read_text(encoding="utf-8") + "\nNEW-IN-MEDWAY\n", encoding="utf-8")
        shown.wait_for("/medway/", "NEW-IN-MEDWAY")

        code, said = shown.stop()

    assert code == 0, said
    assert "Traceback" not in said
    assert not (copy / "site").exists(), "a preview publishes nothing"


def test_serving_an_unknown_area_is_told_at_once(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "narnia", "--root", str(desk.root)]) == 1

    assert "There is no area “narnia”" in capsys.readouterr().err


# -- what follows a build, without one

FAULT = Finding("areas/hill.yml", 3, "“plaices” is not a key", "Did you mean “places”?", "plaices")
NOTE = Finding("areas/hill.yml", 5, "nobody checked", "Ask.", severity=Severity.TO_PUT_RIGHT)


def outcome(*findings: Finding, published: bool = True) -> Outcome:
    faulty = ("hill",) if any(each.is_fault for each in findings) else ()
    return Outcome(
        built=("portal",),
        kept=(),
        failed=faulty,
        missed=faulty,
        findings=findings,
        pages=3,
        seconds=0.1,
        published=published,
        why=dict.fromkeys(faulty, "it has a fault"),
    )


class Desktop:
    """A preview whose builds are made up: each is what the test says it is."""

    def __init__(self, root: Path, *results: Result) -> None:
        self.root, self.board = root, Board()
        self.results = list(results)
        self.builds = 0
        self.texts_come_first = False
        self.when_built: Callable[[], object] = lambda: None
        self.prepared: list[str] = []
        self.preview = Preview(root, self.board, self)

    def build(
        self,
        *,
        aloud: bool = False,
        changed: Sequence[Path] = (),
        shown: Callable[[], None] = lambda: None,
    ) -> Result:
        self.builds += 1
        if self.texts_come_first:
            shown()
        self.when_built()
        return self.results.pop(0) if self.results else Result(outcome())

    def prepare(self, area: str) -> None:
        self.prepared.append(area)

    def edit(self, *names: str) -> None:
        self.preview.rebuild([self.root / name for name in names or ("content/hill/index.md",)])

    @property
    def told(self) -> Sequence[str]:
        return [str(each) for each in self.board.shown.faults]


def test_a_fault_is_told_on_pages_until_it_is_mended_and_once_in_the_window(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    moved = Finding("areas/hill.yml", 6, "nobody checked", "Ask.", severity=Severity.TO_PUT_RIGHT)
    results = [outcome(NOTE), outcome(FAULT, NOTE), outcome(FAULT, moved), outcome(moved)]
    desktop = Desktop(tmp_path, *map(Result, results))

    told = []
    for _ in results:
        desktop.edit()
        told.append(desktop.told)

    assert told == [[], [str(FAULT)], [str(FAULT)], []], "only faults, and all of them"
    said = capsys.readouterr().out
    assert said.count(str(FAULT)) == 1
    assert said.count("nobody checked") == 1, "another line above it does not make it new"
    assert said.count("hill is shown as it was before: it has a fault.") == 1
    assert said.count("All faults are put right.") == 1
    assert said.count("Built in 0.10 seconds: content/hill/index.md") == len(results)


def test_a_fault_that_comes_back_is_told_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desktop = Desktop(tmp_path, *map(Result, [outcome(FAULT), outcome(), outcome(FAULT)]))

    for _ in range(3):
        desktop.edit()

    assert capsys.readouterr().out.count(str(FAULT)) == 2


def test_what_cannot_be_built_leaves_pages_as_they_were_and_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = Result(why="The build broke off: KeyError.", trace="Traceback: KeyError\n")
    desktop = Desktop(tmp_path, Result(outcome()), broken, Result(outcome()))

    desktop.edit()
    before = desktop.board.shown.version
    desktop.edit()
    assert desktop.board.shown.version == before
    assert desktop.told == [":1: The build broke off: KeyError. "]
    desktop.edit()
    assert desktop.board.shown.version != before
    assert desktop.told == []

    said = capsys.readouterr()
    assert "The build broke off: KeyError." in said.out
    assert "Traceback" in said.err


def test_pages_know_whether_anything_but_words_has_changed(tmp_path: Path) -> None:
    desktop = Desktop(tmp_path)
    looks = []
    for names in (["a.md"], ["a.md", "b.md"], ["a.md", "areas/hill.yml"], ["plan.png"], ["c.md"]):
        desktop.edit(*names)
        looks.append(desktop.board.shown.version.rpartition("-")[0])

    assert [looks.index(each) for each in looks] == [0, 0, 2, 3, 3]


@pytest.mark.parametrize(
    "held_up",
    [outcome(FAULT), outcome(FAULT, published=False), None],
    ids=["area", "all", "broken"],
)
def test_a_change_that_a_fault_held_up_counts_when_it_is_shown(
    tmp_path: Path, held_up: Outcome | None
) -> None:
    desktop = Desktop(
        tmp_path, Result(outcome()), Result(held_up, why="" if held_up else "Broken.")
    )
    desktop.edit("a.md")
    desktop.edit("areas/hill.yml")
    before = desktop.board.shown.version.rpartition("-")[0]

    desktop.edit("a.md")  # with which the fault is mended
    mended = desktop.board.shown.version.rpartition("-")[0]
    desktop.edit("a.md")

    assert mended != before
    assert desktop.board.shown.version.rpartition("-")[0] == mended


def test_nothing_is_reloaded_where_nothing_was_built(tmp_path: Path) -> None:
    desktop = Desktop(tmp_path, Result(outcome(FAULT, published=False)))
    before = desktop.board.shown.version

    desktop.edit()

    assert desktop.board.shown.version == before
    assert not desktop.board.has_pages


def test_files_are_named_in_the_window_and_code_asks_to_be_started_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desktop = Desktop(tmp_path)
    here = Path(__file__).resolve().parents[2]

    desktop.preview.rebuild([here / "hooks/ltp/cli.py"])
    assert desktop.builds == 0
    desktop.preview.rebuild([here / "hooks/ltp/cli.py", here / "overrides/main.html"])
    assert desktop.builds == 1
    desktop.edit("a.md", "b.md", "c.md", "d.md", "e.md")

    said = capsys.readouterr().out
    assert (
        said.count("hooks/ltp/cli.py changed. To see it, stop the preview and start it again.") == 2
    )
    assert "seconds: overrides/main.html\n" in said
    assert "seconds: a.md, b.md, c.md and 2 more\n" in said


def test_pages_are_told_of_new_texts_before_everything_is_built(tmp_path: Path) -> None:
    desktop = Desktop(tmp_path)
    desktop.edit()
    before = desktop.board.shown.version
    told: list[str] = []
    desktop.texts_come_first = True
    desktop.when_built = lambda: told.append(desktop.board.shown.version)

    desktop.edit("content/hill/plan/index.md")

    (first,), last = told, desktop.board.shown.version
    looks, builds = before.rpartition("-")[::2]
    assert first == f"{looks}-{int(builds) + 1}", "only words are new"
    assert last == f"{looks}-{int(builds) + 2}"


def test_areas_are_made_ready_whose_pages_are_looked_at(tmp_path: Path) -> None:
    desktop = Desktop(tmp_path)
    desktop.board.put_up((), anew=True)
    (tmp_path / "hill").mkdir()
    (tmp_path / "hill/index.html").write_text("<!doctype html><title>Hill</title>")
    with serving(tmp_path, desktop.board, 0) as host, urllib.request.urlopen(f"{host}/hill/"):
        desktop.preview.make_ready()
        desktop.preview.make_ready()

    assert desktop.prepared == ["hill"]


def test_an_edit_during_a_build_is_built_after_it_and_many_at_once(tmp_path: Path) -> None:
    folder = tmp_path.resolve() / "content"
    folder.mkdir()
    page = folder / "index.md"
    seen: list[str] = []
    first, again, third = threading.Event(), threading.Event(), threading.Event()

    class Slow(Desktop):
        def build(self, **asked: Any) -> Result:
            seen.append(page.read_text(encoding="utf-8") if page.exists() else "")
            if len(seen) == 1:
                first.set()
                again.wait(10)  # as long as the edits take
            if seen[-1] == "5":
                third.set()
            return Result(outcome())

    with Watcher([folder]) as changes:
        run = Slow(folder.parent).preview.run
        threading.Thread(target=run, args=(changes,), daemon=True).start()
        assert first.wait(10)
        for number in range(6):
            page.write_text(str(number), encoding="utf-8")
        again.set()
        assert third.wait(10), "the last edit is lost"
        time.sleep(0.3)

    assert seen[0] == ""
    assert seen[-1] == "5"
    assert len(seen) <= 3, "six edits are not six builds"


def test_a_build_that_breaks_or_takes_its_process_along_leaves_the_next_to_be_made(
    desk: Desk,
) -> None:
    with Builder(order_of(order(desk.root), 8000)) as builder:
        (desk.root / "content").rename(desk.root / "away")
        (desk.root / "content").write_text("no folder", encoding="utf-8")
        assert builder.build() != Result()

        process = builder._process
        assert process is not None
        process.kill()
        process.join()
        assert "ended without a word" in builder.build().why

        (desk.root / "content").unlink()
        (desk.root / "away").rename(desk.root / "content")
        again = builder.build()

    assert again.outcome is not None
    assert again.outcome.published
    assert "harbour" in again.outcome.built


def test_a_process_that_dies_in_the_middle_of_a_build_leaves_the_next_to_be_made(
    desk: Desk,
) -> None:
    """Those that it has begun end with it, and hold nothing that the next one waits for."""
    mine = order_of(order(desk.root, jobs=2), 8000)
    with ThreadPoolExecutor(1) as beside, Builder(mine) as builder:
        first = beside.submit(builder.build)
        while not list(mine.state.glob("work-*/*")):
            assert not first.done(), first.result()
            time.sleep(0.05)
        process = builder._process
        assert process is not None
        process.kill()
        assert "ended without a word" in first.result(PATIENCE).why

        again = beside.submit(builder.build).result(PATIENCE)

    assert again.outcome is not None
    assert again.outcome.published


def test_what_was_shown_by_a_process_that_died_is_not_shown_any_more(tmp_path: Path) -> None:
    root = tmp_path / "root"
    write(root, Size(areas=1, editions=1, pages=2, services=1))
    order_here = order_of(order(root), 8000)
    source = root / "content/area-01/2017-18/access.md"
    page = order_here.out / "area-01/2017-18/access/index.html"
    text = source.read_text(encoding="utf-8")
    with Builder(order_here) as builder:
        builder.build()
        builder.prepare("area-01")
        source.write_text(text + "\nOnly shown.\n", encoding="utf-8")
        process = builder._process
        assert process is not None
        builder.build(changed=[source], shown=process.kill)
        assert "Only shown." in page.read_text(encoding="utf-8")
        source.write_text(text, encoding="utf-8")

        assert builder.build().outcome is not None

    assert "Only shown." not in page.read_text(encoding="utf-8")


def test_the_order_of_a_preview_has_a_folder_of_its_own_and_shows_drafts(tmp_path: Path) -> None:
    stated = order(tmp_path, address="https://plans.example.test/", areas=("harbour",))
    mine = order_of(stated, 8001)

    assert mine.drafts
    assert mine.areas == ()
    assert mine.address == "http://127.0.0.1:8001/"
    assert mine.today == stated.today
    assert mine.out == tmp_path / ".ltp/preview-8001/site"
    assert mine.state == tmp_path / ".ltp/preview-8001"
    assert mine.published == tmp_path / ".ltp/preview-8001/targets"
