"""The rule for letters that stand for words: what they stand for is said when they are first used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ltp.writing.links import are_addresses
from ltp.writing.page import Reading, Told, note
from ltp.writing.wording import is_within, quotations, shouted, titles

KNOWN: Final[Mapping[str, str]] = {
    # Everybody knows the letters, and few know the words (NHS service manual, A to Z of words).
    "NHS": "a name that everybody knows",
    "GP": "people say “a GP”",
    "A&E": "people say “A&E”; the service manual never writes it out",
    "UK": "a name that everybody knows",
    "EU": "a name that everybody knows",
    "USA": "a name that everybody knows",
    "BBC": "a name that everybody knows",
    "NSPCC": "the charity goes by its letters alone",
    "MP": "people say “an MP”",
    "GCSE": "people say “GCSEs”",
    "TV": "people say “TV”",
    "OK": "a word",
    "ID": "people say “ID”",
    "HIV": "the service manual never writes it out",
    "COVID": "the service manual writes “COVID-19”",
    # Kinds of files: what the letters stand for helps nobody.
    "CSV": "a kind of file",
    "HTML": "a kind of file",
    "JSON": "a kind of file",
    "PDF": "a kind of file",
    "README": "the name of a file",
    "GB": "how big a file is",
    "KB": "how big a file is",
    "MB": "how big a file is",
    "UTF": "part of “UTF-8”, the name of an encoding",
    "YAML": "a kind of file",
    # Names that are written so.
    "AA": "a level of the accessibility guidelines",
    "THRIVE": "the name of a framework",
}
"""Words in capitals that need no explanation, each with why."""

MEANINGS: Final[Mapping[str, str]] = {
    "ADHD": "attention deficit hyperactivity disorder",
    "ARFID": "avoidant restrictive food intake disorder",
    "CAMHS": "child and adolescent mental health services",
    "CBT": "cognitive behavioural therapy",
    "CCG": "clinical commissioning group",
    "CYP": "children and young people",
    "EHCP": "education, health and care plan",
    "ICB": "integrated care board",
    "ICS": "integrated care system",
    "KLOE": "key line of enquiry",
    "LTP": "local transformation plan",
    "MHST": "mental health support team",
    "NICE": "National Institute for Health and Care Excellence",
    "PRU": "pupil referral unit",
    "SEND": "special educational needs and disabilities",
    "VCSE": "voluntary, community and social enterprise",
}
"""What letters often stand for in plans, as a suggestion in the message. Only the editor knows."""

_LETTERS: Final = re.compile(
    # A pattern that begins with a letter is looked for fast; so it looks back after the first.
    r"(?P<base>[A-Z](?<![\w/.@#][A-Z])(?:&?[A-Z])+)s?(?![\w@]|\.[a-z])"
)
_ROMAN: Final = re.compile(r"[IVX]+")
_ONLY_LETTERS: Final = re.compile(
    r"(?:(?:,|,? and|,? or) [A-Z&]{2,}s?)* \([^()\n]*\b(?:letters|not explained|not known)\b[^()\n]*\)"
)
"""What says that nobody knows: “ELFT and CNWL (the plan gives only these letters)”."""
_MEANS: Final = (" stands for ", " stand for ", " is short for ", " means ", " mean ")


def unexplained(reading: Reading) -> Iterator[Told]:
    """Find letters that the page uses and doesn't explain, or not before it uses them.

    The top of a page has no room to explain: the text does, where it first uses the letters.
    """
    for base, uses in _uses(reading).items():
        if base in reading.text.explained:
            continue
        explained = _explanation(base, reading.whole)
        in_text = next((at for at in uses if at >= reading.top), reading.top)
        if explained is None:
            yield _not_explained(reading, base, uses[0])
        elif in_text < explained:
            line = reading.lines.of(reading.text.spot(explained - reading.top))
            yield note(
                reading.at(in_text),
                f"“{base}” stands here before it is explained on line {line}",
                "Explain it where it is used first.",
            )


def _uses(reading: Reading) -> Mapping[str, Sequence[int]]:
    """Give where letters that stand for words are used, in the whole of what readers are shown."""
    words = reading.whole
    uses: dict[str, list[int]] = {}
    passed: list[tuple[int, int]] | None = None
    for match in _LETTERS.finditer(words):
        base = match["base"]
        if base in KNOWN or base in reading.names.in_capitals or _ROMAN.fullmatch(base):
            continue
        if passed is None:
            passed = [*shouted(words), *are_addresses(words), *titles(reading)]
            # Letters alone in quotation marks are what somebody else wrote: “SHOUT”, the word to send.
            passed += [span for span in quotations(words) if words[slice(*span)].isupper()]
        if not is_within(match.start(), passed):
            uses.setdefault(base, []).append(match.start())
    return uses


def _not_explained(reading: Reading, base: str, at: int) -> Told:
    meaning = reading.names.short.get(base) or MEANINGS.get(base)
    cure = (
        f"If it is this, write it out the first time: {meaning} ({base})."
        if meaning
        else f"Write it out the first time, with {base} in brackets after it. If nobody knows, "
        f"say so: {base} (the plan gives only these letters)."
    )
    return note(reading.at(at), f"“{base}” is not explained on this page", cure)


def _explanation(base: str, words: str) -> int | None:
    """Find where letters are explained first; None where they are nowhere."""
    for use in re.finditer(rf"{re.escape(base)}s?\b", words):
        start, end = use.span()
        if words.startswith(_MEANS, end) or _ONLY_LETTERS.match(words, end):
            return start
        if words.startswith(" (", end):  # “CAMHS (child and adolescent mental health services)”
            closed = words.find(")", end)
            if closed > 0 and _stands_for(base, words[end + 2 : closed]):
                return start
        opened = words.rfind("(", max(0, start - 25), start)
        if opened >= 0 and ")" not in words[opened:start]:  # the same the other way round
            before = words[words.rfind("\n", 0, opened) + 1 : opened]
            if _stands_for(base, " ".join(before.split()[-3 * len(base) - 3 :])):
                return start
    return None


def _stands_for(base: str, words: str) -> bool:
    """Tell whether letters are, most of them and in order, the first letters of words."""
    initials = "".join(re.findall(r"(?<![\w’])[^\W\d_]", words)).upper()
    wanted = base.replace("&", "").upper()
    return 3 * _in_order(wanted, initials) >= 2 * len(wanted)


def _in_order(wanted: str, letters: str) -> int:
    """Count the most letters that both have in the same order (the longest common subsequence)."""
    best = [0] * (len(letters) + 1)
    for letter in wanted:
        before = 0
        for at, other in enumerate(letters, start=1):
            above = best[at]
            best[at] = before + 1 if letter == other else max(above, best[at - 1])
            before = above
    return best[-1]


RULES: Final = (unexplained,)
