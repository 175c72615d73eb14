"""The page of an edited text is shown before everything is built, and is what the build makes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from bench.corpus import Size, write
from tests.site.built import order

from ltp.publishing.building import Order, Outcome, carry_out
from ltp.publishing.preview import order_of
from ltp.publishing.studio import Studio

PAGE = "area-01/2018-19/access"


@dataclass
class Bench:
    """A made-up site of two areas as a preview shows it, and the studio beside it."""

    order: Order
    studio: Studio

    def build(self) -> Outcome:
        """Build as a preview does."""
        publication, outcome = carry_out(self.order, lambda line: None)
        self.studio.built(publication)
        self.studio.prepare("area-01")  # as for somebody who looks at its pages
        return outcome

    @property
    def source(self) -> Path:
        """The page's file."""
        return self.order.root / "content" / f"{PAGE}.md"

    @property
    def page(self) -> bytes:
        """The page as it is shown."""
        return (self.order.out / PAGE / "index.html").read_bytes()

    def append(self, text: str) -> str:
        """Add to the page's text; give what it was before."""
        before = self.source.read_text(encoding="utf-8")
        self.source.write_text(before + text, encoding="utf-8", newline="\n")
        return before


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Give a site that was built once."""
    root = tmp_path / "root"
    write(root, Size(areas=2, editions=2, pages=3, services=2))
    made = Bench(order_of(order(root), 8000), Studio())
    assert made.build().succeeded
    return made


def test_an_edited_text_is_shown_before_the_build_and_just_as_the_build_makes_it(
    bench: Bench,
) -> None:
    for number in range(2):  # the second time from a target that stands ready
        bench.append(f"\nSentence {number} is new.\n")

        assert bench.studio.show([bench.source])
        shown = bench.page
        assert f"Sentence {number} is new.".encode() in shown

        assert bench.build().succeeded
        assert bench.page == shown


def test_areas_that_stand_ready_together_are_shown_in_turns_just_as_the_build_makes_them(
    bench: Bench,
) -> None:
    bench.studio.prepare("area-02")
    shown = {}
    for area in ("area-01", "area-02", "area-01"):
        name = PAGE.replace("area-01", area)
        source = bench.order.root / f"content/{name}.md"
        page = bench.order.out / name / "index.html"
        text = source.read_text(encoding="utf-8")
        source.write_text(f"{text}\nOne more sentence.\n", encoding="utf-8", newline="\n")
        assert bench.studio.show([source])
        shown[page] = page.read_bytes()

    assert bench.build().succeeded
    assert {page: page.read_bytes() for page in shown} == shown


def test_what_is_shown_first_is_no_second_name_of_what_a_build_keeps(bench: Bench) -> None:
    kept = bench.order.published / "area-01/site/2018-19/access/index.html"
    before = kept.read_bytes()
    bench.append("\nA new sentence.\n")

    assert bench.studio.show([bench.source])

    assert kept.read_bytes() == before


def test_a_text_that_is_put_back_before_the_build_is_shown_as_it_was(bench: Bench) -> None:
    before = bench.page
    text = bench.append("\nA sentence that nobody keeps.\n")
    assert bench.studio.show([bench.source])
    assert bench.page != before
    bench.source.write_text(text, encoding="utf-8", newline="\n")

    assert bench.build().succeeded

    assert bench.page == before


def test_a_page_that_the_build_refuses_is_shown_as_it_was(bench: Bench) -> None:
    before = bench.page
    bench.append("\n[A link](area:area-02/nowhere) that only the whole can check.\n")
    bench.studio.show([bench.source])

    assert bench.build().failed

    assert bench.page == before


def test_a_text_that_was_shown_stays_while_a_newer_one_has_a_fault(bench: Bench) -> None:
    bench.append("\nA good sentence.\n")
    assert bench.studio.show([bench.source])
    good = bench.append("\n[A link](nowhere.md) to no page.\n")

    assert bench.build().failed
    assert not bench.studio.show([bench.source])
    assert bench.build().failed
    assert b"A good sentence." in bench.page

    bench.source.write_text(good, encoding="utf-8", newline="\n")
    assert bench.build().succeeded
    assert b"A good sentence." in bench.page
    assert bench.studio._shown == {}


@pytest.mark.parametrize(
    "text",
    ["\n[A link](nowhere.md) to no page.\n", "\n![](picture.png)\n", "\nA sign <![ of XML.\n"],
)
def test_a_text_with_a_fault_is_not_shown_first(bench: Bench, text: str) -> None:
    before = bench.page
    bench.append(text)

    assert not bench.studio.show([bench.source])

    assert bench.page == before


def test_only_texts_of_plans_are_shown_first(bench: Bench) -> None:
    root = bench.order.root
    facts = bench.source
    facts.write_text(facts.read_text("utf-8").replace("title: ", "title: New "), "utf-8")
    assert not bench.studio.show([facts]), "the title stands on other pages too"

    front = root / "content/area-01/index.md"
    front.write_text(front.read_text("utf-8") + "\nMore.\n", "utf-8")
    assert not bench.studio.show([front])

    assert not bench.studio.show([root / "areas/area-01.yml"])
    assert not bench.studio.show([root / "content/area-01/2018-19/new.md"]), "there is none"
    assert not bench.studio.show([Path("/elsewhere/page.md")])
    assert not bench.studio.show([])


def test_facts_that_changed_meanwhile_are_on_the_page_that_is_shown_first(bench: Bench) -> None:
    bench.append("\nOne.\n")
    assert bench.studio.show([bench.source])
    area = bench.order.root / "areas/area-01.yml"
    area.write_text(area.read_text("utf-8").replace("(made up)", "renamed (made up)", 1), "utf-8")
    assert bench.build().succeeded
    bench.append("\nTwo.\n")

    assert bench.studio.show([bench.source])

    assert b"renamed (made up)" in bench.page
    shown = bench.page
    assert bench.build().succeeded
    assert bench.page == shown


def test_an_area_that_stands_still_is_not_shown_first(bench: Bench) -> None:
    """A fault in its facts holds it back, and then none of its pages is new."""
    area = bench.order.root / "areas/area-01.yml"
    area.write_text(area.read_text("utf-8").replace("name:", "nmae:", 1), "utf-8")
    assert bench.build().failed
    bench.append("\nMore.\n")

    assert not bench.studio.show([bench.source])


def test_an_area_that_nobody_looks_at_is_not_shown_first(bench: Bench) -> None:
    page = bench.order.root / "content/area-02/2018-19/access.md"
    page.write_text(page.read_text("utf-8") + "\nMore.\n", "utf-8")

    assert not bench.studio.show([page])


def test_what_lies_beside_a_page_does_not_keep_it_from_being_shown_as_it_was(bench: Bench) -> None:
    before = bench.page
    text = bench.append("\nA sentence that nobody keeps.\n")
    assert bench.studio.show([bench.source])
    (bench.order.out / PAGE / ".index.html.new").write_text("left by a time before", "utf-8")
    bench.source.write_text(text, encoding="utf-8", newline="\n")

    assert bench.build().succeeded

    assert bench.page == before


def test_only_the_areas_looked_at_last_stand_ready(tmp_path: Path) -> None:
    root = tmp_path / "root"
    write(root, Size(areas=5, editions=1, pages=2, services=1))
    studio = Studio()
    publication, _ = carry_out(replace(order_of(order(root), 8000)), lambda line: None)
    studio.built(publication)

    for number in (1, 2, 3, 4, 2, 5):
        studio.prepare(f"area-0{number}")
    studio.prepare("nowhere")

    assert [*studio._ready] == ["area-04", "area-02", "area-05"]
