"""`ltp serve` and `mkdocs serve`: everything is shown, drafts too, and an edit is seen at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.command.running import Desk, free_port, preview
from tests.site.built import Built, copy_code

from ltp.cli import main


def test_ltp_serve_shows_an_edit_a_draft_and_a_fault_and_stops_cleanly(
    desk: Desk, tmp_path: Path
) -> None:
    port = free_port()
    page = desk.root / "content/harbour/2026-27/crisis.md"
    hill, contacts = desk.read("areas/hill.yml"), desk.read("areas/contacts.yml")
    command = ["-m", "ltp.cli", "serve", "harbour", "--root", str(desk.root), "--port", str(port)]
    with preview([*command, "--today", "2026-11-21"], port, tmp_path / "said.txt") as shown:
        before = shown.wait_for("/harbour/2026-27/crisis/", "Somebody comes at night.")
        assert "[Draft]" in shown.get("/harbour/2027-28/")
        assert "Made-up plans" in shown.get("/")
        assert "Lighthouse" in shown.get("/lighthouse/2018-21/crisis/")
        assert f"http://127.0.0.1:{port}/harbour/2026-27/crisis/" in before

        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace("Somebody comes", "EVERYBODY comes"), encoding="utf-8")
        shown.wait_for("/harbour/2026-27/crisis/", "EVERYBODY comes at night.")

        desk.write("areas/hill.yml", hill.replace("places:", "plaices:"))
        page.write_text(text.replace("Somebody comes", "NOBODY comes"), encoding="utf-8")
        shown.wait_for("/harbour/2026-27/crisis/", "NOBODY comes at night.")

        desk.write("areas/contacts.yml", contacts.replace("urgency:", "urgencie:", 1))
        shown.wait_until_said("areas/contacts.yml:")
        desk.write("areas/contacts.yml", contacts)
        desk.write("areas/hill.yml", hill)
        page.write_text(text.replace("Somebody comes", "THEY come"), encoding="utf-8")
        shown.wait_for("/harbour/2026-27/crisis/", "THEY come at night.")
        assert "Hilltop plan" in shown.get("/hill/hilltop/")

        code, said = shown.stop()

    assert code == 0, said
    assert "Traceback" not in said
    assert "areas/hill.yml:3: plaices: “plaices” is not a key that is known here." in said
    assert f"Preview: http://127.0.0.1:{port}/harbour/" in said
    assert not (desk.root / "site").exists(), "a preview publishes nothing"


def test_a_preview_asks_for_nothing_from_another_host_and_has_no_broken_shell(
    desk: Desk, tmp_path: Path
) -> None:
    port = free_port()
    command = ["-m", "ltp.cli", "serve", "--root", str(desk.root), "--port", str(port)]
    with preview([*command, "--today", "2026-11-21"], port, tmp_path / "said.txt") as shown:
        page = shown.wait_for("/meadow/2023-24/crisis/", "They open.")
        (sheet,) = re.findall(r'<link rel="stylesheet" href="([^"]*site\.css)"', page)
        assert shown.get(f"/meadow/2023-24/crisis/{sheet}")
        shown.stop()


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
