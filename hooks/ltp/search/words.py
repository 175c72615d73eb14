"""The words of a page that a search looks through, as HTML: no notices, no navigation, no crisis lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from ltp.directory.entry import Service
from ltp.directory.retired import without_numbers
from ltp.directory.trust import Directory
from ltp.search.records import Record
from ltp.site.views import Link, PageView, Phrase, Section


def of_page(view: PageView, content: str) -> str:
    """Give a page's lead, its text as it was rendered, and the words of its generated parts.

    A number that is no longer in use is left out: a result shows words without what stands around them.
    """
    generated = [*view.sections_before, *view.sections]
    parts = [
        _paragraph(view.lead),
        without_numbers(content),
        *(_section(each) for each in generated),
    ]
    return "".join(parts)


def of_service(directory: Directory, service: Service, content: str) -> str:
    """Give the words by which an entry of the help directory is found.

    Of one that may not be offered as help only what it is and its names: its text may say how to get in
    touch, and nobody has checked that.
    """
    facts = service.facts
    lines = [facts.summary, facts.organisation or "", *facts.former_names]
    if not directory.offers(service):
        return _paragraphs(lines)
    needs = [directory.needs[each].name for each in facts.needs if each in directory.needs]
    places = directory.places_of(service)
    return _paragraphs(lines) + without_numbers(content) + _paragraphs([*needs, *places])


def of_record(record: Record) -> str:
    """Give a page's summary and headings: what the search over all areas looks through."""
    headings = (f'<h2 id="{escape(name)}">{escape(words)}</h2>' for name, words in record.headings)
    return _paragraph(record.summary) + "".join(headings)


def _section(section: Section) -> str:
    lines = list(_lines(section))
    if not lines:
        return ""
    heading = f'<h2 id="{escape(section.id)}">{escape(section.heading)}</h2>'
    return (heading if section.heading else "") + _paragraphs(lines)


def _lines(section: Section) -> Iterator[str]:
    yield from map(_plain, section.paragraphs)
    for fact in section.facts:
        yield fact.term
        yield from map(_plain, fact.values)
    for row in section.table.rows if section.table else ():
        yield from (_plain(line) for cell in row for line in cell.lines)


def _plain(phrase: Phrase) -> str:
    return "".join(part.text if isinstance(part, Link) else part for part in phrase)


def _paragraphs(lines: Iterable[str]) -> str:
    return "".join(map(_paragraph, lines))


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>" if text else ""
