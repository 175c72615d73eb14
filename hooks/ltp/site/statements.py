"""What each site says of itself: accessibility, privacy, cookies, other formats.

Each sentence follows from facts and holds for the day of the build; what nobody has said is told as not
known (decision 17).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from ltp.plans.model import AuditEngine, AuditFailure
from ltp.plans.status import Status
from ltp.site import addresses, display, leaving, listings
from ltp.site.compliance import CRITERIA, Compliance, judge, tested_by_people
from ltp.site.pages import PageKind
from ltp.site.views import Fact, Link, Phrase, Section
from ltp.site.website import (
    ASK_FOR_FORMATS,
    CONTACT_IS_NOT_KNOWN,
    OTHER_FORMATS,
    Document,
    OwnPage,
    Website,
    said,
)

REGULATIONS: Final = (
    "Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018"
)
GUIDELINES: Final = Link(
    "Web Content Accessibility Guidelines version 2.2", "https://www.w3.org/TR/WCAG22/"
)
ADVICE_SERVICE: Final = Link(
    "Equality Advisory and Support Service (EASS)", "https://www.equalityadvisoryservice.com/"
)
ABILITYNET: Final = Link(
    "AbilityNet’s advice on making your device easier to use", "https://mcmw.abilitynet.org.uk/"
)
COMMISSIONER: Final = Link("Information Commissioner’s Office", "https://ico.org.uk/")

NO_BODY: Final = (
    "No public body has published this website. It is a demonstration made from public documents."
)


def page_of(kind: PageKind, website: Website) -> OwnPage | None:
    """Give a page in which the site speaks of itself; None for every other kind."""
    make = _PAGES.get(kind)
    return make(website) if make else None


# -- accessibility


def accessibility(website: Website) -> OwnPage:
    """Give the accessibility statement, in the parts and the order of the model statement."""
    return OwnPage("Accessibility statement", _scope(website), list(_accessibility(website)))


def _scope(website: Website) -> str:
    front = addresses.front(website.target)
    public = website.site.public(front)
    what = "the website" if website.area else "the portal"
    where = f"at {public}" if public else f"with addresses that begin with {front}"
    if not (website.area or public):
        where = "with all addresses but those of the areas"
    scope = f"This accessibility statement applies to {what} “{website.name}”, {where}."
    return (
        scope if website.area else f"{scope} The website of each area has a statement of its own."
    )


def _accessibility(website: Website) -> Iterator[Section]:
    yield _what_you_can_do(website)
    yield _how_accessible(website)
    yield from _feedback(website)
    yield _enforcement(website)
    yield _by_phone(website)
    yield from _technical(website)
    yield from _non_accessible(website)
    yield _improving()
    yield _preparation(website)


def _what_you_can_do(website: Website) -> Section:
    who = (
        f"This website is run by {website.run_by}."
        if website.run_by
        else f"{NO_BODY} So we do not know whom the law would ask to make it accessible."
    )
    return Section(
        "who",
        "Who runs this website, and what you can do",
        said(
            who,
            "We want as many people as possible to be able to use it. For example, you should be able to:",
        ),
        said(
            "change the colours, the contrast, the spacing and the size of words, in display settings, "
            "in your browser or on your device",
            "zoom in up to 400% without words running off the screen",
            "use all of it with a keyboard alone",
            "use it with speech recognition",
            "listen to it with a screen reader",
            "read all of it without scripts (searches and display settings alone need them), and print any page",
        ),
        links=[ABILITYNET],
    )


def _how_accessible(website: Website) -> Section:
    audit = website.standings.audit
    if audit is None:
        words = said(
            "We do not know. No audit of this website has been recorded: nobody has written down a "
            "check of all its pages."
        )
        return Section("how-accessible", "How accessible this website is", words)
    checked = f"Programs checked {_pages(audit.pages)} on {audit.date}."
    if audit.has_failures:
        words = said(f"{checked} They found that some parts are not fully accessible:")
    else:
        words = said(f"{checked} They found no failure. Programs can’t find everything.")
    return Section(
        "how-accessible",
        "How accessible this website is",
        words,
        [(_failure(each),) for each in audit.failures]
        or (said(*_only_counted(audit.engines)) if audit.has_failures else ()),
    )


def _failure(failure: AuditFailure) -> str:
    pages = "1 page" if failure.pages == 1 else f"{failure.pages:,} pages"
    return f"{failure.what.rstrip('.')} (on {pages})"


def _only_counted(engines: Sequence[AuditEngine]) -> Iterator[str]:
    """Give the counts of failures that nobody has put into words."""
    for engine in engines:
        if engine.failures:
            times = "1 failure" if engine.failures == 1 else f"{engine.failures:,} failures"
            yield f"{engine.name} counted {times}, which nobody has described yet"


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count:,} pages"


def _feedback(website: Website) -> Iterator[Section]:
    facts = website.contact_facts(f"Accessibility: {website.name}")
    another = (
        "If you need a page in another format, such as large print, easy read, audio, British Sign "
        "Language or braille, see ",
        Link(
            "how to ask for another format" if facts else "what there is in other formats",
            website.page(addresses.OTHER_FORMATS),
        ),
        ".",
    )
    if facts:
        yield Section("feedback", "Feedback and contact information", [another], facts=facts)
        problem = (
            "If you find a problem that is not on this page, or think that we do not meet the "
            f"accessibility regulations, tell {website.who_is_asked}. Say which page it is on, and what "
            "you use to read it."
        )
        how = [("Use one of the ways in ", Link("contact information", "#feedback"), ".")]
        yield Section("reporting", _REPORTING, [(problem,), *how])
    else:
        nobody = (f"{CONTACT_IS_NOT_KNOWN} So we do not know whom you can ask.",)
        yield Section("feedback", "Feedback and contact information", [another, nobody])
        yield Section(
            "reporting",
            _REPORTING,
            said(f"{CONTACT_IS_NOT_KNOWN} So we do not know whom you can tell."),
        )


_REPORTING: Final = "Reporting accessibility problems with this website"


def _enforcement(website: Website) -> Section:
    rules = (
        "The Equality and Human Rights Commission (EHRC) is responsible for enforcing the "
        f"{REGULATIONS} (the “accessibility regulations”)."
    )
    if website.run_by:
        after: list[Phrase] = [
            (
                "If you are not happy with how we answer your complaint, contact the ",
                ADVICE_SERVICE,
                ".",
            )
        ]
    else:
        after = [
            (
                "These regulations are for public bodies. No public body has published this website, "
                "so we do not know whom the EHRC would ask.",
            ),
            ("The ", ADVICE_SERVICE, " gives advice on equality and human rights."),
        ]
    return Section("enforcement", "Enforcement procedure", [(rules,), *after])


def _by_phone(website: Website) -> Section:
    contact = website.contact
    if contact and contact.phone:
        words: list[Phrase] = [
            ("You can call ", Link(contact.phone.shown, contact.phone.href("phone")), "."),
            (
                "We do not know whether you can use text relay, a sign language interpreter or a hearing "
                "loop. Ask before you call or visit.",
            ),
        ]
    else:
        words = said(
            "No phone number has been given for this website. We do not know whether you can visit "
            "somebody, or use text relay, a sign language interpreter or a hearing loop."
        )
    return Section("by-phone", "Contacting us by phone or visiting us in person", words)


def _technical(website: Website) -> Iterator[Section]:
    yield Section(
        "technical",
        "Technical information about this website’s accessibility",
        said(
            f"{website.run_by} is committed to making its website accessible, in accordance with the {REGULATIONS}."
            if website.run_by
            else "No public body has published this website, so none has committed itself to making it accessible."
        ),
    )
    verdict = judge(website.standings, has_documents=bool(_in_doubt(website)))
    yield Section(
        "compliance",
        "Compliance status",
        [
            _COMPLIANCE[verdict.compliance],
            *said(*verdict.because),
            (
                "We work this out by a rule. “Fully” needs an audit in the last year that found "
                "nothing, a test by people with access needs, and no document that may not be "
                f"accessible. “Not” means that more than half of the {CRITERIA} criteria of levels A and "
                "AA are not met. All else is “partially”. Without any audit we do not know.",
            ),
        ],
        level=3,
    )


_COMPLIANCE: Final[Mapping[Compliance, Phrase]] = {
    Compliance.FULLY: (
        "This website is fully compliant with the ",
        GUIDELINES,
        " AA standard.",
    ),
    Compliance.PARTIALLY: (
        "This website is partially compliant with the ",
        GUIDELINES,
        " AA standard, for these reasons.",
    ),
    Compliance.NOT: (
        "This website is not compliant with the ",
        GUIDELINES,
        " AA standard. The non-compliances are listed below.",
    ),
    Compliance.NOT_KNOWN: (
        "We do not know how far this website is compliant with the ",
        GUIDELINES,
        " AA standard.",
    ),
}


# -- what is not accessible


def _non_accessible(website: Website) -> Iterator[Section]:
    yield Section(
        "non-accessible",
        "Non-accessible content",
        said("What is listed here is not accessible, or may not be, for these reasons."),
    )
    yield _non_compliance(website)
    yield Section(
        "burden",
        "Disproportionate burden",
        said(
            "We do not say of anything on this website that making it accessible would be a "
            "disproportionate burden."
        ),
        level=3,
    )
    yield _out_of_scope(website)
    yield from _originals(website)


def _non_compliance(website: Website) -> Section:
    audit = website.standings.audit
    points: list[Phrase] = []
    if audit is None:
        words = said("Not known: no audit has been recorded.")
    elif audit.has_failures:
        words = said(
            "The last audit found these failures. When they will be put right is not known."
        )
        points = [_non_compliant(each) for each in audit.failures]
        points = points or said(*_only_counted(audit.engines))
    else:
        words = said("We know of none: the last audit found no failure.")
    documents = _in_doubt(website)
    if documents:
        words = [*words, *said("We do not know whether these documents are accessible:")]
        points = [*points, *(_document(each) for each in documents)]
    return Section(
        "non-compliance",
        "Non-compliance with the accessibility regulations",
        words,
        points,
        level=3,
    )


def _non_compliant(failure: AuditFailure) -> Phrase:
    fails = (
        f" This fails success criterion {failure.criterion} of the guidelines."
        if failure.criterion
        else " Which success criterion this fails is not known."
    )
    return (f"{_failure(failure)}.{fails}",)


def _out_of_scope(website: Website) -> Section:
    exempt = [each for each in website.documents if each.is_exempt]
    words: list[Phrase] = []
    if exempt:
        words.append(
            (
                "The accessibility regulations do not ask for documents to be put right that were "
                "published before 23 September 2018, if they are not needed to use a service. These "
                "are such documents:",
            )
        )
    else:
        words.append(("We leave nothing out as being outside the regulations.",))
    if not exempt and _has_archived(website):
        words.append(
            (
                "Archived plans are part of this website. They are web pages that are made anew with all "
                "the others, so we ask no exception for them.",
            )
        )
    return Section(
        "scope",
        "Content that’s not within the scope of the accessibility regulations",
        words,
        [_document(each) for each in exempt],
        level=3,
    )


def _in_doubt(website: Website) -> Sequence[Document]:
    return [each for each in website.documents if not each.is_exempt]


def _document(document: Document) -> Phrase:
    date = listings.date_in_words(document.published)
    return (Link(f"{document.name} (PDF)", document.address), f": its plan was published: {date}")


def _has_archived(website: Website) -> bool:
    shown = website.standings.shown(website.target)
    return any(each.status is Status.ARCHIVED for each in shown)


def _originals(website: Website) -> Iterator[Section]:
    """List the documents that the plans' pages were made from, which are not part of the site."""
    shown = website.standings.shown(website.target)
    ids = dict.fromkeys(each for standing in shown for each in standing.edition.source)
    points = [
        (*phrase, _note(website, each))
        for each in ids
        for phrase in listings.sources(website.plans, [each])
    ]
    if points:
        yield Section(
            "originals",
            "Documents that our plans were made from",
            said(
                "These documents are not part of this website. Their publishers put them elsewhere. We do "
                "not know whether they are accessible, and can’t change them. Our own pages say what "
                "they said."
            ),
            points,
            level=3,
        )


def _note(website: Website, source: str) -> str:
    note = website.plans.sources[source].note
    return f". How we read it: {note}" if note else ""


# -- how the statement was made


def _improving() -> Section:
    return Section(
        "improving",
        "What we’re doing to improve accessibility",
        said(
            "All pages are made from the same few parts. What is put right in a part is put right on "
            "every page that has it.",
            "What this page says of failures comes from the last audit, where there is one, and changes "
            "with the next. When it is more than a year old, the people who look after this website "
            "are reminded.",
        ),
    )


def _preparation(website: Website) -> Section:
    prepared = website.prepared
    when = (
        f"This statement was prepared on {prepared}."
        if prepared
        else "When this statement was prepared is not known: no audit and no review has been recorded."
    )
    return Section(
        "preparation",
        "Preparation of this accessibility statement",
        said(f"{when} It is made from recorded facts, and changes when they do."),
        facts=list(_how_it_was_tested(website)),
    )


def _how_it_was_tested(website: Website) -> Iterator[Fact]:
    reviewed = website.reviewed
    yield Fact(
        "Last reviewed by a person",
        said(str(reviewed) if reviewed else "Not known: nobody has recorded it"),
    )
    audit = website.standings.audit
    if audit is None:
        yield Fact("Last tested", said("Not known: no audit has been recorded"))
        return
    yield Fact("Last tested", said(f"{audit.date}, by programs"))
    if audit.engines:
        yield Fact("Tested with", said(*(_engine(each) for each in audit.engines)))
    yield Fact(
        "Which pages",
        said(f"{_pages(audit.pages)} of the portal’s and the areas’ websites together"),
    )
    people = audit.by_people
    yield Fact(
        "Last tested by people with access needs",
        said(str(people) if tested_by_people(website.standings) else "Never"),
    )


def _engine(engine: AuditEngine) -> str:
    name = f"{engine.name} {engine.version}".rstrip()
    found = {0: "no failures", 1: "1 failure"}.get(engine.failures, f"{engine.failures:,} failures")
    return f"{name}: {found}"


# -- privacy


def privacy(website: Website) -> OwnPage:
    """Give the privacy page."""
    return OwnPage(
        "Privacy",
        "What this website learns about you, and what stays on your device.",
        list(_privacy(website)),
    )


def _privacy(website: Website) -> Iterator[Section]:
    yield Section(
        "not-done",
        "What this website does not do",
        said("You can read everything here without saying who you are. This website:"),
        said(
            "sets no cookies",
            "has no trackers and no advertisements",
            "has no accounts, and asks for no name, address or date of birth",
            "fetches nothing from other websites: words, pictures, styles and scripts all come from here",
        ),
    )
    yield Section("device", "What stays on your device", [*said(*_SEARCHES), _settings(website)])
    yield _server(website)
    yield _responsible(website)
    yield Section(
        "links",
        "When you call, text, email or go to another website",
        said(
            "A link to a phone number or an email address opens a program on your device. What you say or "
            "write goes to the people that you contact, and not to this website.",
            "Links to other websites lead to pages that we do not look after. They have rules of their own. "
            "We ask your browser not to tell them which page you came from.",
            f"“Leave this page” leads to {website.leaves_to}.",
        ),
    )
    yield Section(
        "others",
        "If somebody else may see what you read",
        [
            (
                "Your browser keeps a history of what you read. See ",
                Link("leaving quickly, and what it can’t hide", website.page(addresses.LEAVING)),
                ".",
            )
        ],
    )


_SEARCHES: Final = (
    "When you search, your words and choices are looked up in your own browser. They are never sent to "
    "us or to anyone else.",
    "They stand behind the sign # in the page’s address, so that you can go back to them. Browsers do "
    "not send that part of an address. But it is in your browser’s history.",
    "To search, your browser gets parts of a list of words, and parts of the pages that it finds. Our web "
    "server can tell which parts, and somebody could guess from them what you looked for.",
)


def _settings(website: Website) -> Phrase:
    return (
        "What you choose on ",
        Link(display.HEADING, website.page(display.NAME)),
        " is kept in your browser, and is not sent either.",
    )


def _server(website: Website) -> Section:
    heading = "What the web server keeps"
    words = website.plans.privacy(website.target)
    every = (
        "Like every website, this one is sent by a web server. A server gets the address of your internet "
        "connection, the address of the page and the time. It may keep them in a list."
    )
    if words is None:
        unknown = (
            "What this server keeps, for how long, and who may see it is not known. It is for whoever "
            "runs the website to say, and nobody has said it yet."
        )
        return Section("server", heading, said(every, unknown))
    if re.fullmatch(r"https?://\S+", words):
        notice = ("What it keeps is said in a ", Link("privacy notice", words), ".")
        return Section("server", heading, [(every,), notice])
    return Section("server", heading, said(every, words))


def _responsible(website: Website) -> Section:
    facts = website.contact_facts(f"Privacy: {website.name}")
    if website.run_by:
        words: list[Phrase] = said(
            f"{website.run_by} runs this website. Ask {website.who_is_asked} what is kept about you, or to "
            "have it put right or taken away."
        )
        words.append(
            (
                "If you are not happy with the answer, you can complain to the ",
                COMMISSIONER,
                " (ICO).",
            )
        )
    else:
        words = said(
            f"{NO_BODY} So we do not know who is responsible for what its web server keeps.",
            "" if facts else CONTACT_IS_NOT_KNOWN,
        )
    return Section("responsible", "Who is responsible, and whom to ask", words, facts=facts)


# -- cookies


def cookies(website: Website) -> OwnPage:
    """Give the page on cookies."""
    return OwnPage("Cookies", "This website sets no cookies.", list(_cookies(website)))


def _cookies(website: Website) -> Iterator[Section]:
    yield Section(
        "none",
        "No cookies",
        said(
            "Cookies are small pieces of text that a website keeps in your browser and gets back with "
            "every page. This website has none, so there is nothing to accept or to refuse.",
        ),
    )
    settings = Link(display.HEADING, website.page(display.NAME))
    yield Section(
        "kept",
        "What is kept in your browser",
        [
            (
                "One thing, and only if you choose how pages look on ",
                settings,
                ". It is not a cookie, and it is never sent to us or to anybody else.",
            )
        ],
        facts=[
            Fact("Name", [(display.KEY,)]),
            Fact("What it holds", said("What you chose, such as larger words or dark colours")),
            Fact("How to take it away", [("Press “Put everything back” on ", settings, ".")]),
        ],
    )
    yield Section(
        "browser",
        "What browsers do themselves",
        said(
            "Your browser keeps a history, and copies of pages that you have read, as it does for every "
            "website. You can delete both, and what is kept for this website: look for “history” or "
            "“browsing data” in its menu.",
        ),
    )


# -- other formats


def other_formats(website: Website) -> OwnPage:
    """Give the page on asking for another format."""
    return OwnPage(
        ASK_FOR_FORMATS if website.contact else OTHER_FORMATS,
        "What you can have at once, and what you can ask for."
        if website.contact
        else "What you can have at once. Nobody has said yet whom you can ask for more.",
        list(_other_formats(website)),
    )


def _other_formats(website: Website) -> Iterator[Section]:
    facts = website.contact_facts(f"Another format: {website.name}")
    asked = said(
        "large print",
        "easy read, which has short words and pictures",
        "audio, to listen to",
        "British Sign Language",
        "braille",
        "another language",
    )
    if facts:
        yield Section(
            "ask",
            "What you can ask for",
            said(
                f"Ask {website.who_is_asked}. Say which page you need, in which format, and how to get "
                "it to you. For example, you can ask for:",
            ),
            asked,
            facts=facts,
        )
    else:
        yield Section(
            "ask",
            "What you can ask for",
            said(
                f"{CONTACT_IS_NOT_KNOWN} So we do not know whom you can ask, or how long it would take, "
                "for a page in a format such as:",
            ),
            asked,
        )
    yield Section(
        "at-once",
        "What you can have without asking",
        points=[
            (
                "Larger words and other colours: choose them on ",
                Link(display.HEADING, website.page(display.NAME)),
                ", in your browser or on your device.",
            ),
            (
                "Paper: print any page. Each plan also has a page with all of it. Today’s help is "
                "printed with it.",
            ),
            *said(
                "Reading aloud: many phones, tablets, computers and browsers can read a page to you.",
                "Another language: many browsers can translate a page. Nobody checks what they make of it.",
            ),
        ],
    )
    if website.standings.shown(website.target):
        yield Section(
            "documents",
            "The documents themselves",
            [
                (
                    "The documents that our plans were made from are not ours. Their publishers may have "
                    "them in other formats. ",
                    Link("All plans", website.href(addresses.plans(website.target))),
                    " says who published each, where that is known.",
                )
            ],
        )


_PAGES: Final[Mapping[PageKind, Callable[[Website], OwnPage]]] = {
    PageKind.LEAVING: leaving.page,
    PageKind.OTHER_FORMATS: other_formats,
    PageKind.ACCESSIBILITY: accessibility,
    PageKind.PRIVACY: privacy,
    PageKind.COOKIES: cookies,
}
