"""Which areas an area's pages speak of, and the rules that a broken area does not show."""

from __future__ import annotations

from ltp.findings import Finding, Severity, did_you_mean, faults, nearest
from ltp.plans.loading import area_of
from ltp.plans.model import Area, CrisisLine, Origin
from ltp.plans.rules import check, refers_to

from .facts import TODAY, act, area, edition, page, plans


def whats(findings: list[Finding]) -> list[str]:
    return [finding.what for finding in findings]


class TestRefersTo:
    """An area that refers to a faulty one stays as it was published."""

    def test_an_area_alone_refers_to_nobody(self) -> None:
        everything = plans(edition("kent/2021", replaces="kent/2019"), edition("medway/2015"))

        assert refers_to(everything, "kent") == frozenset()

    def test_it_refers_to_the_areas_whose_plans_its_own_name(self) -> None:
        everything = plans(
            edition("kent/2021", replaces="medway/2015", adds_to="surrey/2020"),
            edition("kent/2019", history=[act("withdrawn", "2020", instead="sussex/2020")]),
            edition("kent/2018", history=[act("archived", "2020", looked_after_by="essex")]),
        )

        assert refers_to(everything, "kent") == {"medway", "surrey", "sussex", "essex"}

    def test_it_refers_to_the_area_that_its_plan_has_joined_and_that_looks_after_it(self) -> None:
        own = area("medway", plan_joined={"into": ["kent", "surrey"]}, looked_after_by="sussex")

        assert refers_to(plans(areas=[own]), "medway") == {"kent", "surrey", "sussex"}

    def test_it_refers_to_the_areas_whose_plans_have_joined_its_own(self) -> None:
        everything = plans(
            areas=[area("medway", plan_joined={"into": "kent"}), area("kent"), area("essex")]
        )

        assert refers_to(everything, "kent") == {"medway"}
        assert refers_to(everything, "essex") == frozenset()

    def test_it_refers_to_every_area_on_the_way_to_the_plan_that_replaces_its_own(self) -> None:
        everything = plans(
            edition("medway/2015"),
            edition("kent/2019", replaces="medway/2015"),
            edition("both/2021", replaces="kent/2019"),
        )

        assert refers_to(everything, "medway") == {"kent", "both"}
        assert refers_to(everything, "kent") == {"medway", "both"}

    def test_it_refers_to_the_areas_that_add_to_its_plans(self) -> None:
        other = area(
            "medway",
            elsewhere=[{"label": "A", "place": "B", "source": "archive", "adds_to": "kent/2021"}],
        )
        everything = plans(
            edition("kent/2021"),
            edition("surrey/more", kind="addition", adds_to="kent/2021"),
            areas=[other, area("kent"), area("surrey")],
        )

        assert refers_to(everything, "kent") == {"medway", "surrey"}
        assert refers_to(everything, "medway") == {"kent"}

    def test_a_circle_over_areas_comes_to_an_end(self) -> None:
        everything = plans(
            edition("kent/2019", replaces="medway/2019"),
            edition("medway/2019", replaces="kent/2019"),
        )

        assert refers_to(everything, "kent") == {"medway"}


class TestCircles:
    def test_each_circle_is_told_once_with_the_whole_of_it(self) -> None:
        everything = plans(
            edition("kent/a", replaces="kent/b"),
            edition("kent/b", replaces="medway/c"),
            edition("medway/c", replaces=["kent/a", "kent/outside"]),
            edition("kent/outside"),
            edition("kent/x", replaces="kent/y"),
            edition("kent/y", replaces="kent/x"),
            areas=[area("kent", places=["Hill"]), area("medway", places=["Hill"])],
        )
        circles = [each for each in check(everything, TODAY) if "circle" in each.what]

        assert [(each.path, each.what.partition(": ")[2], each.areas) for each in circles] == [
            (
                "content/kent/a/edition.yml",
                "kent/a replaces kent/b replaces medway/c replaces kent/a",
                ("kent", "medway"),
            ),
            ("content/kent/x/edition.yml", "kent/x replaces kent/y replaces kent/x", ("kent",)),
        ]


class TestOlder:
    def whats(self, newer: dict[str, str], older: dict[str, str]) -> list[str]:
        everything = plans(
            edition("kent/new", replaces="kent/old", **newer), edition("kent/old", **older)
        )
        return whats(check(everything, TODAY))

    def test_dates_that_may_be_the_same_day_are_not_compared(self) -> None:
        assert self.whats({"published": "2021"}, {"published": "2021-10"}) == []

    def test_what_is_not_known_is_not_compared(self) -> None:
        assert self.whats({"published": "2015"}, {"published": "unknown"}) == []
        assert self.whats({"covers": "2015"}, {"covers": "unknown"}) == []

    def test_the_periods_decide_where_the_days_of_publication_may_be_the_same(self) -> None:
        newer = {"published": "2021", "covers": "2019"}

        assert len(self.whats(newer, {"published": "2021-10", "covers": "2020 to 2021"})) == 1

    def test_the_days_of_publication_decide_where_they_are_known(self) -> None:
        newer = {"published": "2022", "covers": "2019"}

        assert self.whats(newer, {"published": "2021-10", "covers": "2020 to 2021"}) == []


class TestLatest:
    def test_a_place_of_two_areas_may_have_one_plan_in_each_only_if_one_is_archived(self) -> None:
        both = [area("kent", places=["Hill"]), area("medway", places=["Hill", "Hill"])]
        two = plans(edition("kent/2021"), edition("medway/2021"), areas=both)
        one = plans(
            edition("kent/2021"),
            edition("medway/2021", history=[act("archived", "2026-10")]),
            areas=both,
        )

        (fault,) = check(two, TODAY)
        assert fault.what == "Hill has two latest plans: kent/2021 and medway/2021"
        assert fault.areas == ("kent", "medway")
        assert check(one, TODAY) == []

    def test_a_place_that_an_area_names_twice_has_one_latest_plan(self) -> None:
        own = area("medway", places=["Hill", "Hill"])

        assert check(plans(edition("medway/2021"), areas=[own]), TODAY) == []

    def test_the_cure_starts_from_the_plan_that_is_probably_the_newest(self) -> None:
        everything = plans(
            edition("kent/z", published="2015"), edition("kent/a", covers="2024 to 2025")
        )
        (fault,) = check(everything, TODAY)

        assert fault.path == "content/kent/a/edition.yml"
        assert "If kent/a is the newest, add kent/z to its “replaces”" in fault.cure

    def test_additions_and_drafts_are_never_rivals(self) -> None:
        everything = plans(
            edition("kent/2021"),
            edition("kent/2022", kind="summary"),
            edition("kent/2023", kind="statement"),
            edition("kent/2024", draft="yes"),
            edition("kent/2025", history=[act("withdrawn", "2026-10")]),
        )

        assert check(everything, TODAY) == []


class TestJoined:
    MEDWAY = area(
        "medway", plan_joined={"into": "kent", "published": "2021-10"}, looked_after_by="kent"
    )
    KENT = area("kent", places=["kent", "medway"])

    def test_a_joined_area_with_a_plan_that_nothing_replaces_is_stopped(self) -> None:
        everything = plans(edition("medway/2015"), areas=[self.MEDWAY, self.KENT])
        (fault,) = check(everything, TODAY)

        assert (fault.path, fault.areas) == ("areas/medway.yml", ("medway",))

    def test_nothing_is_said_before_the_day_of_joining(self) -> None:
        before = area("medway", plan_joined={"into": "kent", "published": "2027"})

        assert check(plans(edition("medway/2015"), areas=[before, self.KENT]), TODAY) == []

    def test_nothing_is_said_while_the_joint_plans_area_could_not_be_read(self) -> None:
        everything = plans(edition("medway/2015"), areas=[self.MEDWAY, self.KENT])

        assert check(everything, TODAY, faulty_areas=["kent"]) == []

    def test_a_summary_that_nothing_replaces_harms_nobody(self) -> None:
        everything = plans(edition("medway/short", kind="summary"), areas=[self.MEDWAY, self.KENT])

        assert check(everything, TODAY) == []


class TestReplacing:
    def test_a_summary_may_replace_a_summary(self) -> None:
        everything = plans(
            edition("kent/new", kind="summary", replaces="kent/old"),
            edition("kent/old", kind="summary"),
        )

        assert check(everything, TODAY) == []

    def test_a_misspelt_place_is_told_once(self) -> None:
        everything = plans(
            edition("kent/new", places="Kemt", replaces="kent/old"), edition("kent/old")
        )

        assert whats(faults(check(everything, TODAY)))[0] == "there is no place called “Kemt”"
        assert not any("in common" in what for what in whats(check(everything, TODAY)))


class TestToPutRight:
    def test_what_is_to_be_put_right_stops_nobody(self) -> None:
        line = CrisisLine.model_validate(
            {
                "id": "shout",
                "name": "Shout",
                "urgency": "talk",
                "number": "85258",
                "how": "text",
                "short": "Text 85258",
                "source": [],
                "checked": "never",
                "origin": Origin("areas/contacts.yml"),
            }
        )
        everything = plans(
            crisis_lines=(line,),
            guide_pages=(page("docs/guide/start.md", review_by="2026-10"),),
            portal_pages=(page("content/portal/about.md", review_by="2026-11"),),
        )
        found = check(everything, TODAY)

        assert [(each.path, each.severity) for each in found] == [
            ("areas/contacts.yml", Severity.TO_PUT_RIGHT),
            ("docs/guide/start.md", Severity.TO_PUT_RIGHT),
        ]
        assert faults(found) == []


def test_the_area_of_a_file_is_in_its_path() -> None:
    assert {
        path: area_of(path)
        for path in (
            "areas/kent.yml",
            "areas/sources.yml",
            "areas/portal.yml",
            "content/kent/2021/index.md",
            "content/portal/index.md",
            "docs/guide/start.md",
            "mkdocs.yml",
        )
    } == {
        "areas/kent.yml": "kent",
        "areas/sources.yml": None,
        "areas/portal.yml": None,
        "content/kent/2021/index.md": "kent",
        "content/portal/index.md": "portal",
        "docs/guide/start.md": "portal",
        "mkdocs.yml": None,
    }


def test_the_line_of_a_key_that_is_not_there_is_that_of_the_nearest_around_it() -> None:
    origin = Origin("a.yml", {(): 1, ("history",): 4, ("history", 0): 5})

    assert origin.line("history", 0, "instead") == 5
    assert origin.line("history", 1) == 4
    assert origin.line("places") == 1
    assert Origin("a.yml").line("places") == 1


def test_a_suggestion_is_the_nearest_word_or_else_the_list_of_words() -> None:
    assert nearest("replases", ["replaces", "places"]) == "replaces"
    assert did_you_mean("replases", ["replaces", "places"]) == "Did you mean “replaces”?"
    assert did_you_mean("zzz", ["b", "a"]) == "It would be one of: a, b."
    assert did_you_mean("zzz", []) == ""
    assert did_you_mean("zzz", [f"word{number}" for number in range(13)]) == ""


def test_the_keys_that_an_editor_may_write_are_those_that_no_loader_fills_in() -> None:
    keys = Area.typed_keys()

    assert "places" in keys
    assert not {"id", "origin"} & {*keys}
