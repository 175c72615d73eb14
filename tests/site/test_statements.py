"""What each site says of itself: true for the day and the facts, and “not known” where nobody has said."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.model import facts
from tests.site.built import ADDRESS, CODE, MADE_UP, Built, Page, copy_root, order

from ltp.plans.loading import load
from ltp.plans.model import Audit, Origin, Plans, Portal, Source
from ltp.plans.status import work_out
from ltp.publishing.building import build
from ltp.site import display, shells
from ltp.site.addresses import Site
from ltp.site.compliance import Compliance, judge
from ltp.site.pages import STATEMENTS, PageKind
from ltp.site.statements import NO_BODY, page_of
from ltp.site.views import Link, Section
from ltp.site.website import OwnPage, Website

TEAM = {
    "name": "Web team",
    "email": "web@kent.example",
    "phone": "01632 960 123",
    "address": "https://kent.example/contact",
    "reply_within": "10 working days",
}
NO_CONTACT = "Nobody has given a contact for this website yet."
REGULATIONS = (
    "Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018"
)

MODEL_STATEMENT = [
    "How accessible this website is",
    "Feedback and contact information",
    "Reporting accessibility problems with this website",
    "Enforcement procedure",
    "Contacting us by phone or visiting us in person",
    "Technical information about this website’s accessibility",
    "Compliance status",
    "Non-accessible content",
    "Non-compliance with the accessibility regulations",
    "Disproportionate burden",
    "Content that’s not within the scope of the accessibility regulations",
    "What we’re doing to improve accessibility",
    "Preparation of this accessibility statement",
]
"""The headings of the model statement, in its order."""


def audit(**more: Any) -> Audit:
    """State an audit that found nothing."""
    return Audit.model_validate(
        {
            "date": "2026-11-20",
            "pages": "241",
            "engines": [{"name": "axe-core", "version": "4.14.1", "failures": "0"}],
            "origin": Origin("areas/audit.yml"),
            **more,
        }
    )


def failure(what: str = "Words are hard to read", pages: int = 3, **more: Any) -> dict[str, Any]:
    return {"what": what, "pages": pages, **more}


def said(kind: PageKind, everything: Plans, target: str = "kent") -> OwnPage:
    """Give a page in which a site speaks of itself."""
    website = Website(work_out(everything, facts.TODAY), target, Site(), lambda to: to)
    made = page_of(kind, website)
    assert made
    return made


def kent(**more: Any) -> Plans:
    """Give an area of which nothing is known but what is stated here, and its portal."""
    others = {"audit": None} | {
        key: more.pop(key) for key in ("audit", "portal", "documents") if key in more
    }
    return facts.plans(areas=[facts.area("kent", **more)], **others)


def words(own: OwnPage, section: str | None = None) -> str:
    """Give the words of a page, or of one part of it, in reading order."""
    parts = [each for each in own.sections if section in (None, each.id)]
    assert parts, section
    return " ".join([] if section else [own.lead]) + " ".join(_words(each) for each in parts)


def _words(section: Section) -> str:
    rows = [[(fact.term,), *fact.values] for fact in section.facts]
    phrases = [*section.paragraphs, *section.points, *(each for row in rows for each in row)]
    texts = ["".join(_text(part) for part in phrase) for phrase in phrases]
    return " ".join([section.heading, *texts, *(link.text for link in section.links)])


def _text(part: str | Link) -> str:
    return part if isinstance(part, str) else part.text


def links(own: OwnPage) -> dict[str, str | None]:
    """Give every link of a page."""
    found: dict[str, str | None] = {}
    for section in own.sections:
        values = [value for fact in section.facts for value in fact.values]
        for phrase in [*section.paragraphs, *section.points, *values, section.links]:
            found |= {part.text: part.href for part in phrase if isinstance(part, Link)}
    return found


# -- the rule of compliance


CRITERIA = [f"{a}.{b}.{c}" for a in range(1, 5) for b in range(1, 6) for c in range(1, 4)]


@pytest.mark.parametrize(
    ("found", "documents", "compliance"),
    [
        (None, False, Compliance.NOT_KNOWN),
        ({"date": "2026-11-22"}, False, Compliance.NOT_KNOWN),
        ({"pages": "0"}, False, Compliance.NOT_KNOWN),
        ({}, False, Compliance.PARTIALLY),
        ({"by_people": "2026-11-01"}, False, Compliance.FULLY),
        ({"by_people": "2026-11-22"}, False, Compliance.PARTIALLY),
        ({"by_people": "2026-11-01"}, True, Compliance.PARTIALLY),
        ({"by_people": "2025-11-01", "date": "2025-11-20"}, False, Compliance.PARTIALLY),
        ({"by_people": "2025-11-01", "date": "2025-11-21"}, False, Compliance.FULLY),
        ({"by_people": "2026-11-01", "failures": [failure()]}, False, Compliance.PARTIALLY),
        (
            {"by_people": "2026-11-01", "engines": [{"name": "axe-core", "failures": "1"}]},
            False,
            Compliance.PARTIALLY,
        ),
        (
            {"failures": [failure(criterion=each) for each in CRITERIA[:27]]},
            False,
            Compliance.PARTIALLY,
        ),
        ({"failures": [failure(criterion=each) for each in CRITERIA[:28]]}, False, Compliance.NOT),
        (
            {"failures": [failure(criterion="1.4.3") for _ in range(28)]},
            False,
            Compliance.PARTIALLY,
        ),
    ],
)
def test_how_far_a_site_complies_follows_from_facts(
    found: dict[str, Any] | None, documents: bool, compliance: Compliance
) -> None:
    made = None if found is None else audit(**found)
    verdict = judge(work_out(kent(audit=made), facts.TODAY), has_documents=documents)

    assert verdict.compliance is compliance
    assert bool(verdict.because) is (compliance is not Compliance.FULLY)


# -- accessibility


def test_the_statement_has_the_parts_of_the_model_statement_in_its_order() -> None:
    for everything in (kent(), kent(run_by="NHS Kent", contact=TEAM, audit=audit())):
        own = said(PageKind.ACCESSIBILITY, everything)
        headings = [section.heading for section in own.sections]
        assert [each for each in headings if each in MODEL_STATEMENT] == MODEL_STATEMENT
        assert own.lead.startswith("This accessibility statement applies to ")
        assert len({section.id for section in own.sections}) == len(own.sections)


def test_a_demonstration_says_that_no_public_body_has_published_it_and_commits_nobody() -> None:
    own = said(PageKind.ACCESSIBILITY, kent())

    assert "No public body has published this website." in words(own, "who")
    assert "we do not know whom the law would ask" in words(own, "who")
    assert "we do not know whom the EHRC would ask" in words(own, "enforcement")
    assert "none has committed itself" in words(own, "technical")
    assert NO_CONTACT in words(own, "feedback")
    assert NO_CONTACT in words(own, "reporting")
    assert "No phone number has been given" in words(own, "by-phone")
    assert "is run by" not in words(own)
    assert "is committed to" not in words(own)


def test_a_site_that_a_body_runs_says_who_how_to_ask_and_how_long_an_answer_takes() -> None:
    own = said(PageKind.ACCESSIBILITY, kent(run_by="NHS Kent", contact=TEAM))

    assert "This website is run by NHS Kent." in words(own, "who")
    assert NO_BODY not in words(own)
    feedback = words(own, "feedback")
    for each in ("Web team", "web@kent.example", "01632 960 123", "Within 10 working days"):
        assert each in feedback
    assert "tell Web team" in words(own, "reporting")
    assert (
        f"NHS Kent is committed to making its website accessible, in accordance with the {REGULATIONS}."
        in (words(own, "technical"))
    )
    assert "You can call 01632 960 123." in words(own, "by-phone")
    found = links(own)
    assert found["web@kent.example"] == "mailto:web@kent.example?subject=Accessibility%3A%20kent"
    assert found["01632 960 123"] == "tel:+441632960123"
    assert found["Contact form"] == "https://kent.example/contact"


def test_every_statement_names_who_enforces_and_who_advises() -> None:
    for everything in (kent(), kent(run_by="NHS Kent", contact=TEAM)):
        own = said(PageKind.ACCESSIBILITY, everything)
        assert (
            f"The Equality and Human Rights Commission (EHRC) is responsible for enforcing the {REGULATIONS}"
            in words(own, "enforcement")
        )
        assert links(own)["Equality Advisory and Support Service (EASS)"] == (
            "https://www.equalityadvisoryservice.com/"
        )


def test_without_an_audit_the_statement_says_that_nothing_is_known() -> None:
    own = said(PageKind.ACCESSIBILITY, kent())

    assert "We do not know." in words(own, "how-accessible")
    assert "We do not know how far this website is compliant" in words(own, "compliance")
    assert "Not known: no audit has been recorded" in words(own, "non-compliance")
    assert "Last tested Not known: no audit has been recorded" in words(own, "preparation")
    assert "found no failure" not in words(own)
    assert "people with access needs" not in words(own, "preparation")


def test_an_audit_that_lies_ahead_is_not_spoken_of() -> None:
    assert said(PageKind.ACCESSIBILITY, kent(audit=audit(date="2026-11-22"))) == said(
        PageKind.ACCESSIBILITY, kent()
    )


def test_an_audit_that_found_nothing_is_told_with_its_day_and_its_programs() -> None:
    own = said(PageKind.ACCESSIBILITY, kent(audit=audit()))

    assert "Programs checked 241 pages on 20 November 2026. They found no failure." in (
        words(own, "how-accessible")
    )
    assert "partially compliant" in words(own, "compliance")
    assert "No people with access needs have tested this website" in words(own, "compliance")
    assert "We know of none" in words(own, "non-compliance")
    told = words(own, "preparation")
    # The day of the last fact, so that a new day changes nothing.
    assert "This statement was prepared on 20 November 2026." in told
    assert "Last tested 20 November 2026, by programs" in told
    assert "Tested with axe-core 4.14.1: no failures" in told
    assert "Last tested by people with access needs Never" in told


def test_failures_are_listed_with_their_criterion_and_the_number_of_pages() -> None:
    found = [
        failure("Words are hard to read.", criterion="1.4.3"),
        failure("A picture has no words", pages=1),
    ]
    own = said(PageKind.ACCESSIBILITY, kent(audit=audit(failures=found)))

    assert "some parts are not fully accessible: Words are hard to read (on 3 pages)" in (
        words(own, "how-accessible")
    )
    told = words(own, "non-compliance")
    assert "Words are hard to read (on 3 pages). This fails success criterion 1.4.3" in told
    assert (
        "A picture has no words (on 1 page). Which success criterion this fails is not known."
        in told
    )
    assert "When they will be put right is not known." in told
    assert "partially compliant" in words(own, "compliance")
    assert "The last audit found failures." in words(own, "compliance")


def test_failures_that_were_only_counted_are_told_by_their_numbers() -> None:
    engines = [
        {"name": "axe-core", "failures": "1"},
        {"name": "HTML_CodeSniffer", "failures": "2"},
        {"name": "Nu HTML Checker", "failures": "0"},
    ]
    own = said(PageKind.ACCESSIBILITY, kent(audit=audit(engines=engines)))

    for part in ("how-accessible", "non-compliance"):
        told = words(own, part)
        assert "axe-core counted 1 failure, which nobody has described yet" in told
        assert "HTML_CodeSniffer counted 2 failures, which nobody has described yet" in told
        assert "Nu HTML Checker" not in told


def test_more_than_half_of_the_criteria_is_not_compliant() -> None:
    found = [failure(criterion=each) for each in CRITERIA[:28]]
    own = said(PageKind.ACCESSIBILITY, kent(audit=audit(failures=found)))

    assert "This website is not compliant with the " in words(own, "compliance")
    assert "28 of the 55 criteria are not met." in words(own, "compliance")


def test_people_are_said_to_have_tested_only_from_their_day_on() -> None:
    own = said(PageKind.ACCESSIBILITY, kent(audit=audit(by_people="2026-11-01")))
    assert "This website is fully compliant with the " in words(own, "compliance")
    assert "Last tested by people with access needs 1 November 2026" in words(own, "preparation")

    ahead = said(PageKind.ACCESSIBILITY, kent(audit=audit(by_people="2026-12-01")))
    assert "Last tested by people with access needs Never" in words(ahead, "preparation")
    assert "fully compliant with" not in words(ahead)


def test_the_day_of_a_review_is_told_and_so_is_that_nobody_recorded_one() -> None:
    own = said(PageKind.ACCESSIBILITY, kent(statements_reviewed="2026-10"))
    assert "Last reviewed by a person October 2026" in words(own, "preparation")

    own = said(PageKind.ACCESSIBILITY, kent())
    assert "Last reviewed by a person Not known: nobody has recorded it" in words(
        own, "preparation"
    )


def with_documents(*names: str) -> Plans:
    return facts.plans(
        facts.edition("kent/2016", published="2016-10"),
        facts.edition("kent/2018", published="2018-09"),
        facts.edition("kent/2020", replaces=["kent/2016", "kent/2018"]),
        facts.edition("kent/2027", draft="yes"),
        areas=[facts.area("kent")],
        audit=audit(by_people="2026-11-01"),
        documents={"kent": names},
    )


def test_a_pdf_is_exempt_only_if_its_plan_is_known_to_be_older_than_the_regulations() -> None:
    own = said(
        PageKind.ACCESSIBILITY,
        with_documents("2016/plan.pdf", "2018/plan.pdf", "2020/easy.pdf", "help/leaflet.pdf"),
    )

    scope, doubt = words(own, "scope"), words(own, "non-compliance")
    assert "2016/plan.pdf (PDF): its plan was published: October 2016" in scope
    assert "published before 23 September 2018" in scope
    for name in ("2018/plan.pdf", "2020/easy.pdf", "help/leaflet.pdf"):
        assert name in doubt
        assert name not in scope
    assert "2020/easy.pdf (PDF): its plan was published: Not known" in doubt
    assert links(own)["2016/plan.pdf (PDF)"] == "/kent/2016/plan.pdf"
    assert "partially compliant" in words(own, "compliance")
    assert "There are documents beside the pages" in words(own, "compliance")


def test_an_exempt_pdf_alone_takes_nothing_from_full_compliance() -> None:
    own = said(PageKind.ACCESSIBILITY, with_documents("2016/plan.pdf"))

    assert "fully compliant with the " in words(own, "compliance")


def test_a_pdf_of_a_plan_that_readers_cannot_see_is_not_named() -> None:
    own = said(PageKind.ACCESSIBILITY, with_documents("2027/draft.pdf"))

    assert "draft.pdf" not in words(own)
    assert "We leave nothing out" in words(own, "scope")


def test_the_documents_that_plans_were_made_from_are_named_as_far_as_it_is_known() -> None:
    slides = Source.model_validate(
        {"id": "slides", "title": "Our plan", "publisher": "NHS Kent", "note": "Slides."}
    )
    everything = facts.plans(
        facts.edition("kent/2020", source=["slides"]), sources={"slides": slides}
    )
    told = words(said(PageKind.ACCESSIBILITY, everything), "originals")

    assert "We do not know whether they are accessible" in told
    assert "Our plan, NHS Kent. How we read it: Slides." in told


def test_nobody_claims_a_disproportionate_burden() -> None:
    assert "We do not say of anything on this website" in words(
        said(PageKind.ACCESSIBILITY, kent()), "burden"
    )


# -- privacy, cookies, other formats


def test_what_the_server_keeps_is_said_by_whoever_runs_it_or_not_known() -> None:
    unknown = words(said(PageKind.PRIVACY, kent()), "server")
    assert "is not known" in unknown
    assert "nobody has said it yet" in unknown

    told = words(said(PageKind.PRIVACY, kent(privacy="A list for 30 days.")), "server")
    assert "A list for 30 days." in told
    assert "not known" not in told

    own = said(PageKind.PRIVACY, kent(privacy="https://kent.example/privacy"))
    assert links(own)["privacy notice"] == "https://kent.example/privacy"


def test_who_is_responsible_is_who_runs_it_or_not_known() -> None:
    own = said(PageKind.PRIVACY, kent())
    assert "we do not know who is responsible" in words(own, "responsible")
    assert NO_CONTACT in words(own, "responsible")

    own = said(PageKind.PRIVACY, kent(run_by="NHS Kent", contact=TEAM))
    assert "NHS Kent runs this website. Ask Web team" in words(own, "responsible")
    assert "web@kent.example" in words(own, "responsible")
    assert links(own)["Information Commissioner’s Office"] == "https://ico.org.uk/"


def test_a_demonstration_with_a_contact_gives_it_and_stays_a_demonstration() -> None:
    own = said(PageKind.PRIVACY, kent(contact={"email": "web@kent.example"}))

    told = words(own, "responsible")
    assert NO_BODY in told
    assert NO_CONTACT not in told
    assert "Answer How long an answer takes is not known" in told


def test_where_leaving_leads_is_told_on_the_privacy_page() -> None:
    own = said(PageKind.PRIVACY, kent(leave_to="https://calm.example/sea"))

    assert "“Leave this page” leads to calm.example." in words(own, "links")


def test_there_are_no_cookies() -> None:
    own = said(PageKind.COOKIES, kent())

    assert own.lead == "This website sets no cookies."


def test_what_is_kept_in_the_browser_is_named_as_the_scripts_name_it() -> None:
    own = said(PageKind.COOKIES, kent())

    assert f"Name {display.KEY}" in words(own, "kept")
    assert links(own)["Display settings"] == "/kent/display-settings/"
    scripts = sorted((CODE / "overrides/assets").glob("*.js"))
    kept = {
        each
        for path in scripts
        for each in re.findall(r"(?:local|session)Storage[^;]*", path.read_text(encoding="utf-8"))
    }
    assert len(kept) >= 3
    for each in kept:
        assert f'"{display.KEY}"' in each or "KEY" in each, each
    assert f'const KEY = "{display.KEY}";' in scripts[1].read_text(encoding="utf-8")


def test_no_script_sets_a_cookie_or_keeps_a_search() -> None:
    for path in (CODE / "overrides/assets").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"document\.cookie|cookieStore|indexedDB|caches\b|serviceWorker", text)


def test_another_format_is_asked_of_the_contact_or_of_nobody_known() -> None:
    own = said(PageKind.OTHER_FORMATS, kent())
    assert own.heading == "Other formats"
    assert "Nobody has said yet whom you can ask" in own.lead
    assert NO_CONTACT in words(own, "ask")
    assert not own.sections[0].facts

    own = said(PageKind.OTHER_FORMATS, kent(contact=TEAM))
    told = words(own, "ask")
    assert own.heading == "Ask for another format"
    assert "Ask Web team." in told
    assert "Within 10 working days" in told
    for each in (
        "large print",
        "easy read",
        "audio",
        "British Sign Language",
        "braille",
        "language",
    ):
        assert each in told


@pytest.mark.parametrize(
    ("contact", "shown"), [(None, "Other formats"), (TEAM, "Ask for another format")]
)
def test_the_footer_speaks_of_asking_only_where_somebody_can_be_asked(
    contact: object, shown: str
) -> None:
    everything = kent(contact=contact) if contact else kent()
    footer = shells.of_area(everything, everything.areas["kent"], lambda to: to).footer

    assert [link.text for link in footer if link.href == "/kent/other-formats/"] == [shown]
    feedback = links(said(PageKind.ACCESSIBILITY, everything))
    asking = "how to ask for another format" if contact else "what there is in other formats"
    assert asking in feedback


def test_a_contact_without_a_name_is_the_body_or_the_people_who_look_after_the_site() -> None:
    nameless = {"email": "web@kent.example", "reply_within": "5 working days"}

    own = said(PageKind.OTHER_FORMATS, kent(run_by="NHS Kent", contact=nameless))
    assert "Ask NHS Kent." in words(own, "ask")
    own = said(PageKind.OTHER_FORMATS, kent(contact=nameless))
    assert "Ask the people who look after it." in words(own, "ask")


def test_an_area_takes_the_contact_of_the_portal_that_runs_it() -> None:
    portal = Portal.model_validate(
        {
            "name": "Plans",
            "run_by": "NHS England",
            "contact": TEAM,
            "origin": Origin("areas/portal.yml"),
        }
    )

    for target in ("kent", "portal"):
        own = said(PageKind.ACCESSIBILITY, kent(portal=portal), target)
        assert "This website is run by NHS England." in words(own, "who")
        assert "web@kent.example" in words(own, "feedback")


# -- on the built sites


def fronts(site: Built) -> list[str]:
    """Give the front page of each site."""
    areas = sorted(path.name for path in (site.root / "content").iterdir())
    return ["/" if name == "portal" else f"/{name}/" for name in areas]


FOOTER = {
    "Leaving quickly": "leaving-quickly/",
    "Other formats": "other-formats/",
    "Accessibility": "accessibility/",
    "Privacy": "privacy/",
    "Cookies": "cookies/",
}


def test_every_footer_leads_to_its_own_sites_statements_last_and_in_order(any_site: Built) -> None:
    everything = load(any_site.root).plans
    for page in any_site.pages.values():
        first = f"/{page.address.split('/')[1]}/"
        front = first if first in fronts(any_site) else "/"
        found = [
            (" ".join(link.text_content().split()), str(link.get("href")))
            for link in page.all("//footer//a")
        ]
        last = found[-len(FOOTER) :]
        can_ask = everything.contact(front.strip("/") or "portal") is not None
        wanted = {
            "Ask for another format" if can_ask and text == "Other formats" else text: name
            for text, name in FOOTER.items()
        }
        assert [text for text, _ in last] == list(wanted), page.address
        for text, href in last:
            to = page.resolve(href).removeprefix(any_site.base.rstrip("/"))
            assert to == front + wanted[text], page.address


def test_every_site_has_every_statement_found_and_standing_under_its_front(
    made_up_at_address: Built,
) -> None:
    for front in fronts(made_up_at_address):
        sitemap = made_up_at_address.file(f"{front}sitemap.xml").read_text(encoding="utf-8")
        for name in STATEMENTS:
            page = made_up_at_address[f"{front}{name}/"]
            assert page.robots is None
            assert page.canonical == ADDRESS + page.address[1:]
            assert f"<loc>{page.canonical}</loc>" in sitemap
            crumbs = list(page.links("//nav[@aria-label='Breadcrumb']"))
            assert crumbs[0] == "All areas"
            assert len(crumbs) == (1 if front == "/" else 2)


def test_the_scope_is_the_public_address_where_there_is_one(
    made_up: Built, made_up_at_address: Built
) -> None:
    def scope(site: Built, address: str) -> str:
        return site[address].words("//p[contains(@class, 'lede')]")[0]

    assert scope(made_up, "/meadow/accessibility/") == (
        "This accessibility statement applies to the website “Meadow”, with addresses that begin with /meadow/."
    )
    assert scope(made_up_at_address, "/meadow/accessibility/") == (
        f"This accessibility statement applies to the website “Meadow”, at {ADDRESS}meadow/."
    )
    assert "The website of each area has a statement of its own." in (
        scope(made_up, "/accessibility/")
    )


def test_no_real_site_says_that_a_body_runs_it_or_how_to_be_reached(real: Built) -> None:
    for front in fronts(real):
        for name in ("accessibility", "privacy", "other-formats"):
            page = real[f"{front}{name}/"]
            text = " ".join(page.words("//main"))
            assert NO_CONTACT in text, page.address
            assert not page.all("//main//a[starts-with(@href, 'mailto:')]")
            assert not page.all("//main//a[starts-with(@href, 'tel:')]")


def test_an_archived_areas_statement_asks_no_exception_for_its_plans(
    real: Built, made_up: Built
) -> None:
    said = "we ask no exception for them"
    for page in (real["/medway/accessibility/"], made_up["/lighthouse/accessibility/"]):
        assert said in page.section_words("scope")
        assert [each.kind for each in page.notices] == ["archived"]
    assert said not in real["/blmk/accessibility/"].section_words("scope")


def test_a_body_that_runs_its_area_is_asked_there_and_nowhere_else(made_up: Built) -> None:
    for front in fronts(made_up):
        page = made_up[f"{front}accessibility/"]
        assert ("web@meadow.example" in page.text) is (front == "/meadow/")
    privacy = made_up["/meadow/privacy/"]
    assert "The server keeps nothing (made up)." in privacy.section_words("server")
    assert "weather.meadow.example" in privacy.section_words("links")


def test_the_made_up_audit_is_told_on_every_site(made_up: Built) -> None:
    for front in fronts(made_up):
        told = made_up[f"{front}accessibility/"].section_words("non-compliance")
        assert "Some words are hard to tell from what is behind them (on 3 pages)." in told
        assert "success criterion 1.4.3" in told


def test_a_statement_says_nothing_of_an_audit_that_nobody_recorded(directory: Built) -> None:
    page = directory["/harbour/accessibility/"]

    assert "We do not know." in page.section_words("how-accessible")
    assert "directory@harbour.example" in page.section_words("feedback")


def test_no_statement_speaks_of_people_who_test_unless_they_did(any_site: Built) -> None:
    for front in fronts(any_site):
        text = " ".join(any_site[f"{front}accessibility/"].words("//main"))
        assert "fully compliant with" not in text
        assert "people with access needs tested" not in text.lower()


# -- as built


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_site_that_names_who_runs_it_is_not_built_without_a_contact(tmp_path: Path) -> None:
    root = copy_root(MADE_UP, tmp_path / "root")
    change(root / "areas/meadow.yml", "  reply_within: 5 working days\n", "")

    outcome = build(order(root))

    assert outcome.failed == ("meadow",)
    (fault,) = [str(each) for each in outcome.findings if each.is_fault]
    assert fault.startswith("areas/meadow.yml:6: contact: the contact doesn’t say how long")
    assert (order(root).out / "harbour/accessibility/index.html").is_file()
    assert not (order(root).out / "meadow").exists()


def test_a_portal_that_names_who_runs_it_is_not_built_without_a_contact(tmp_path: Path) -> None:
    root = copy_root(MADE_UP, tmp_path / "root")
    with (root / "areas/portal.yml").open("a", encoding="utf-8") as facts_of_portal:
        facts_of_portal.write("run_by: The Library (made up)\n")

    outcome = build(order(root))

    assert not outcome.published
    fault = next(each for each in outcome.findings if each.is_fault)
    assert str(fault).startswith("areas/portal.yml:3: run_by: The Library (made up) runs this site")
    assert fault.areas == ("portal", "ferry", "harbour", "hill", "lighthouse")


def test_pdf_files_are_read_from_the_folders_and_led_to(tmp_path: Path) -> None:
    root = copy_root(MADE_UP, tmp_path / "root")
    for name in ("2024-25/plan.PDF", "help/leaflet.pdf", ".hidden/draft.pdf"):
        path = root / "content/harbour" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"%PDF-1.4\n")
    assert load(root).plans.documents["harbour"] == ("2024-25/plan.PDF", "help/leaflet.pdf")

    wanted = order(root)
    outcome = build(wanted)

    assert outcome.succeeded, [str(each) for each in outcome.findings]
    page = Built(root, wanted.out, outcome)["/harbour/accessibility/"]
    for words_, href in page.links().items():
        if words_.endswith("(PDF)"):
            assert (wanted.out / page.resolve(href).strip("/")).is_file()
    assert {"2024-25/plan.PDF (PDF)", "help/leaflet.pdf (PDF)"} <= set(page.links())


def test_a_page_made_of_facts_has_no_empty_sentence(any_site: Built) -> None:
    for front in fronts(any_site):
        for name in STATEMENTS:
            page: Page = any_site[f"{front}{name}/"]
            for text in page.words("//main//p | //main//li | //main//dd"):
                assert text
                assert not re.search(r"\bNone\b|\.\.|\s[.,]|“”", text), (page.address, text)
