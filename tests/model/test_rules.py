"""Which areas an area's pages speak of, and the rules that a broken area does not show."""

from __future__ import annotations

import pytest

from ltp.findings import Finding, Severity, did_you_mean, faults, nearest
from ltp.plans.model import Area, Audit, CrisisLine, Origin, Portal
from ltp.plans.names import area_of
from ltp.plans.rules import check, refers_to
from ltp.plans.status import work_out

from .facts import TODAY, act, area, day, edition, page, plans


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
            edition("kent/new", kind="summary", replaces="kent/old", covers="2025"),
            edition("kent/old", kind="summary"),
        )

        assert check(everything, TODAY) == []

    @pytest.mark.parametrize(
        "facts",
        [
            {"covers": "2025"},
            {"published": "2025-03"},
            {"draft": True},
            {"history": [act("withdrawn", "2026-01")]},
        ],
    )
    def test_a_plan_of_which_something_is_known_or_that_replaces_nothing_today_is_let_be(
        self, facts: dict[str, object]
    ) -> None:
        everything = plans(edition("kent/new", replaces="kent/old", **facts), edition("kent/old"))

        assert not [each for each in check(everything, TODAY) if "nothing says" in each.what]

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


CONTACT = {"email": "web@kent.example", "reply_within": "10 working days"}


def portal(**more: object) -> Portal:
    facts = {
        "name": "Plans",
        "address": "https://plans.example/",
        "origin": Origin("areas/portal.yml"),
    }
    return Portal.model_validate({**facts, **more})


class TestWhoIsAsked:
    """A site whose YAML names the body that runs it is not built without a contact."""

    def faults(self, own: dict[str, object], of_the_portal: dict[str, object]) -> list[Finding]:
        everything = plans(
            areas=[area("kent", **own), area("medway")], portal=portal(**of_the_portal)
        )
        return faults(check(everything, TODAY))

    def test_a_demonstration_needs_no_contact(self) -> None:
        assert self.faults({}, {}) == []

    def test_an_area_that_a_body_of_its_own_runs_is_stopped_alone(self) -> None:
        (fault,) = self.faults({"run_by": "NHS Kent"}, {})

        assert fault.path == "areas/kent.yml"
        assert fault.areas == ("kent",)

    def test_the_portals_contact_is_not_that_of_a_body_of_the_areas_own(self) -> None:
        (fault,) = self.faults(
            {"run_by": "NHS Kent"}, {"run_by": "NHS England", "contact": CONTACT}
        )

        assert fault.areas == ("kent",)

    def test_the_portal_and_the_areas_that_rely_on_its_contact_are_stopped_together(self) -> None:
        (fault,) = self.faults({"contact": CONTACT}, {"run_by": "NHS England"})

        assert fault.path == "areas/portal.yml"
        assert fault.areas == ("portal", "medway")

    def test_an_area_with_half_a_contact_is_told_in_its_own_file(self) -> None:
        found = self.faults({"contact": {"name": "Web team"}}, {"run_by": "X", "contact": CONTACT})

        assert [(each.path, each.areas) for each in found] == [("areas/kent.yml", ("kent",))] * 2
        assert whats(found) == [
            "the contact has no way to reach anybody",
            "the contact doesn’t say how long an answer takes",
        ]

    def test_half_a_contact_is_enough_while_nobody_runs_the_site(self) -> None:
        assert self.faults({"contact": {"phone": "01632 960 123"}}, {}) == []

    def test_each_way_to_be_reached_is_enough(self) -> None:
        for way in (
            {"email": "web@kent.example"},
            {"phone": "01632 960 123"},
            {"address": "https://kent.example/contact"},
        ):
            contact = {**way, "reply_within": "5 working days"}
            assert self.faults({"run_by": "NHS Kent", "contact": contact}, {}) == []


class TestWhatASiteTakesFromThePortal:
    def test_who_runs_it_and_whom_to_ask(self) -> None:
        own = area("kent", run_by="NHS Kent", contact={"email": "web@kent.example"})
        everything = plans(
            areas=[own, area("medway"), area("surrey", run_by="NHS Surrey")],
            portal=portal(run_by="NHS England", contact=CONTACT),
        )

        runners = {each: everything.run_by(each) for each in ("portal", *everything.areas)}
        assert runners == {
            "portal": "NHS England",
            "kent": "NHS Kent",
            "medway": "NHS England",
            "surrey": "NHS Surrey",
        }
        assert everything.contact("kent") == own.contact
        assert everything.contact("medway") == everything.contact("portal")
        assert everything.contact("surrey") is None

    def test_what_the_server_keeps_holds_for_areas_at_no_other_address(self) -> None:
        everything = plans(
            areas=[
                area("kent"),
                area("medway", address="https://medway.example/"),
                area("surrey", privacy="Nothing."),
            ],
            portal=portal(privacy="A list for 30 days."),
        )

        assert everything.privacy("kent") == everything.privacy("portal") == "A list for 30 days."
        assert everything.privacy("medway") is None
        assert everything.privacy("surrey") == "Nothing."


class TestAudits:
    def audit(self, date: str) -> Audit:
        return Audit.model_validate({"date": date, "pages": 9, "origin": Origin("areas/audit.yml")})

    def test_an_audit_is_good_for_a_year(self) -> None:
        assert check(plans(audit=self.audit("2025-11-21")), TODAY) == []
        (note,) = check(plans(audit=self.audit("2025-11-20")), TODAY)
        assert note.severity is Severity.TO_PUT_RIGHT

    def test_an_audit_that_lies_ahead_stops_nothing_and_counts_for_nothing(self) -> None:
        everything = plans(audit=self.audit("2026-11-22"))

        assert faults(check(everything, TODAY)) == []
        assert work_out(everything, TODAY).audit is None
        assert work_out(everything, day("2026-11-22")).audit is everything.audit

    def test_it_has_failures_where_one_is_described_or_only_counted(self) -> None:
        engine = {"name": "axe-core", "failures": "0"}
        failure = {"what": "Words are hard to read", "pages": "1"}

        def has_failures(**facts: object) -> bool:
            return (
                self.audit("2026-11-20")
                .model_validate(
                    {"date": "2026-11-20", "pages": "9", "origin": Origin("a"), **facts}
                )
                .has_failures
            )

        assert not has_failures()
        assert not has_failures(engines=[engine])
        assert has_failures(engines=[{**engine, "failures": "2"}])
        assert has_failures(failures=[failure])
