"""Reading what editors write: bytes to text, text to plain values with the line of each.

YAML is read as text. Plain YAML turns `phone: 03001234567` into another number, `closes: 17:00` into
1020, `lang: no` into false and the key `on` into true; here every value stays as it was written, and
the model gives it its type. What Word leaves behind (byte-order marks, Windows line ends, non-breaking
spaces, curly quotes round a value) is taken as it comes.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import yaml

from ltp.findings import Finding

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
Where: TypeAlias = tuple[str | int, ...]

_ODD_SPACES = str.maketrans(
    {
        "\u00a0": " ",
        "\u202f": " ",
        "\u2007": " ",
        "\u200b": None,
        "\ufeff": None,
        # YAML takes these for line ends, and then every line number after them would be wrong.
        "\u0085": " ",
        "\u2028": " ",
        "\u2029": " ",
    }
)
_ODD = tuple(map(chr, _ODD_SPACES))
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_CURLY = r"(?:[“”]([^“”]*)[“”]|[‘’]([^‘]*)’)"
_CURLY_VALUE = re.compile(rf"^( *(?:- +)*(?:[\w-]+: +|- +)){_CURLY} *$", re.MULTILINE)
_CURLY_ITEM = re.compile(_CURLY)
_FENCE = re.compile(r" *-{3}\s*")
_LIKE_A_FENCE = re.compile(r"[-–—―_=*]{1,5}\s*")
_LIKE_A_KEY = re.compile(r"[A-Za-z_]+:(\s|$)")
_COLON = re.compile(r":(?:\s|$)")
_MARK = re.compile(r"(?:[-:,]\s+|[\[{]\s*|^\s*)[&*!]", re.MULTILINE)
_REMARK = re.compile(r"\s+(#\w.*)")
"""What was hardly meant as a remark: a word or a number follows the sign at once."""
_LINE_WITH_REMARK = re.compile(rf"[^\"'#]*?\S{_REMARK.pattern}")
_ODD_START = re.compile(r"\s*(?:- +)*(?:[^\s:]+: +)?([&*!|>?,%@`\]}])")


class UnreadableError(Exception):
    """Text that can't be read. Carries the finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


@dataclass(frozen=True)
class Read:
    """A value, the line of every key and item in it, and what was wrong with it."""

    value: Value
    lines: Mapping[Where, int]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class ReadPage:
    """A Markdown file in its two parts."""

    front: Read
    body: str
    body_line: int


def decode(data: bytes, path: str) -> str:
    r"""Turn a file's bytes into text with `\n` line ends.

    Raises UnreadableError, with the line, when the file is not UTF-8 or holds control characters.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError(
            _not_utf8(path, 1, "it was saved as UTF-16, sometimes called “Unicode”")
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError(
            _not_utf8(path, line, "a letter on this line can’t be read")
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    control = _CONTROL.search(text)
    if control:
        raise UnreadableError(
            Finding(
                path,
                text.count("\n", 0, control.start()) + 1,
                "an invisible control character is on this line",
                "Delete the line and type it again.",
            )
        )
    return text


def _not_utf8(path: str, line: int, what: str) -> Finding:
    return Finding(
        path,
        line,
        f"the file is not UTF-8 text: {what}",
        "Save it again and choose UTF-8 as its encoding (in Notepad: File, Save as, Encoding).",
    )


def read_yaml(text: str, path: str, first_line: int = 1) -> Read:
    """Read YAML as text. `first_line` is the line of the file on which the text starts.

    Raises UnreadableError when it is no YAML. Keys that stand twice are findings; the first counts.
    """
    text = _CURLY_VALUE.sub(_with_straight_quotes, _with_plain_spaces(text))
    _refuse_tabs(text, path, first_line)
    text = text.replace("\t", " ")
    try:
        if _MARK.search(text):
            _refuse_marks(text, path, first_line)
        node = yaml.compose(text, Loader=yaml.CBaseLoader if _HAS_LIBYAML else yaml.BaseLoader)
    except yaml.YAMLError:
        node = _compose_for_the_message(text, path, first_line)
    collector = _Collector(path, first_line, text)
    value = collector.value(node, ()) if node is not None else {}
    return Read(value, collector.lines, tuple(collector.findings))


_HAS_LIBYAML = hasattr(yaml, "CBaseLoader")


def _with_straight_quotes(match: re.Match[str]) -> str:
    value = (match[2] or match[3] or "").replace("'", "''")
    return f"{match[1]}'{value}'"


def _refuse_marks(text: str, path: str, first_line: int) -> None:
    """Refuse what YAML makes of a value that begins with &, * or !: it would lose its first word."""
    for event in yaml.parse(text, Loader=yaml.BaseLoader):
        tag, anchor = getattr(event, "tag", None), getattr(event, "anchor", None)
        if tag or anchor:
            mark = "!" if tag else "*" if isinstance(event, yaml.AliasEvent) else "&"
            line = first_line + (int(event.start_mark.line) if event.start_mark else 0)
            raise UnreadableError(_odd_start(path, line, mark))


def _odd_start(path: str, line: int, character: str) -> Finding:
    return Finding(
        path,
        line,
        f"a value can’t begin with “{character}”",
        "Put quotation marks round the whole value.",
    )


def _compose_for_the_message(text: str, path: str, first_line: int) -> yaml.Node | None:
    """Read it again with the pure reader, whose messages are more exact than libyaml's."""
    try:
        return yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        finding = _remark_before(error, text, path, first_line)
        finding = finding or _in_plain_words(error, text, path, first_line)
        raise UnreadableError(finding) from None
    except yaml.YAMLError:
        raise UnreadableError(
            Finding(
                path, first_line, "these lines can’t be read", "Compare them with another file."
            )
        ) from None


def _remark_before(
    error: yaml.MarkedYAMLError, text: str, path: str, first_line: int
) -> Finding | None:
    """Tell of a remark that was none, where what comes after it can't be read for that."""
    lines = text.split("\n")
    marks = [mark.line for mark in (error.context_mark, error.problem_mark) if mark]
    for at in dict.fromkeys(each for mark in marks for each in (mark, mark - 1)):
        remark = _LINE_WITH_REMARK.match(lines[at]) if 0 <= at < len(lines) else None
        if remark:
            return Finding(path, first_line + at, *_taken_for_a_remark(remark[1]))
    return None


def _taken_for_a_remark(remark: str) -> tuple[str, str]:
    return (
        f"everything from “{remark.split()[0]}” on is taken for a remark, so nobody would read it",
        "Put the whole value between double quotation marks, or a space after # if it is a remark.",
    )


def _refuse_tabs(text: str, path: str, first_line: int) -> None:
    for number, line in enumerate(text.split("\n")):
        if re.match(r" *\t", line) and line.strip():
            raise UnreadableError(
                Finding(
                    path,
                    first_line + number,
                    "the line begins with a tab",
                    "Use spaces in its place: 2 for each step in.",
                )
            )


def _in_plain_words(error: yaml.MarkedYAMLError, text: str, path: str, first_line: int) -> Finding:
    mark = error.problem_mark or error.context_mark
    at = mark.line if mark else 0
    lines = text.split("\n")
    line = lines[at] if at < len(lines) else ""
    problem = f"{error.problem or ''} {error.context or ''}"
    in_quotes = "quoted scalar" in problem
    if in_quotes and "escape" in problem:
        what = "a backslash (\\) stands between double quotation marks, where it has a meaning of its own"
        cure = "Use single quotation marks: 'C:\\plans'."
    elif in_quotes or _open_quote(lines, at) is not None:
        opened = _open_quote(lines, at)
        if opened is None and error.context_mark:
            opened = error.context_mark.line
        at = at if opened is None else opened
        what = "a quotation mark opens here and is never closed"
        cure = "Add the closing quotation mark, or leave both out."
    elif "mapping values are not allowed" in problem:
        above = lines[at - 1] if at else ""
        if len(_COLON.findall(line)) > 1:
            what = "there is a second colon in the text"
            cure = 'Put quotation marks round the text: title: "Help: who to call".'
        elif above.strip() and not _COLON.search(above) and _indent(above) == _indent(line):
            at -= 1
            what, cure = _no_colon(above)
        else:
            what = "the line is further in than the lines above it"
            cure = "Start it under the first letter of the key above."
    elif "could not find expected ':'" in problem:
        start = error.context_mark or mark
        at = start.line if start else at
        what, cure = _no_colon(lines[at] if at < len(lines) else line)
    elif "sequence entries are not allowed" in problem:
        what = "a hyphen after a colon can’t begin a list on the same line"
        cure = "Begin each item on a line of its own, or put quotation marks round the value."
    elif "document" in problem:
        at = next((each for each in range(at, -1, -1) if _is_divider(lines[each])), at)
        what = "a line of hyphens or dots stands among the facts"
        cure = "Take the line out."
    elif odd := _ODD_START.match(line):
        return _odd_start(path, first_line + at, odd[1])
    elif re.search(r"""(?:[:-]\s+|[\[,]\s*)(['"]).*\1""", line) and "<scalar>" in problem:
        what = "there is text after the closing quotation mark, or an apostrophe closes it too soon"
        cure = "Put one pair of double quotation marks round the whole value."
    elif re.search(r":\s+[\[{]", line) and "<scalar>" in problem:
        what = "a bracket begins the value and closes before its end"
        cure = "Put quotation marks round the whole value."
    elif "flow mapping" in problem or "flow sequence" in problem:
        start = error.context_mark or mark
        at = start.line if start else at
        what = "a bracket { or [ is opened here and not closed, or a comma is missing"
        cure = "Look for the closing } or ], and for a comma between the parts."
    elif "block mapping" in problem or "block collection" in problem or "sequence" in problem:
        what = "the line doesn’t fit the lines above it"
        cure = "Check that it starts in the same column as the key or hyphen that it belongs with."
    else:
        what = "the line can’t be read"
        cure = (
            "Compare it with the same line of another file, or put quotation marks round the value."
        )
    return Finding(path, first_line + at, what, cure)


def _no_colon(line: str) -> tuple[str, str]:
    if re.match(r" *-[^ -]", line):
        return "there is no space after the hyphen", "Write it as: - item."
    return (
        f"there is no colon and space after “{line.strip().split(':')[0][:30]}”",
        "Write it as key: value, such as title: Our plan.",
    )


def _is_divider(line: str) -> bool:
    return line.startswith(("---", "..."))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _open_quote(lines: list[str], at: int) -> int | None:
    """Find the nearest line above, or this one, whose value opens a double quotation mark for good."""
    for number in range(min(at, len(lines) - 1), -1, -1):
        if re.search(r"""(?:^|[:-]\s+)"(?:[^"\\]|\\.)*$""", lines[number]):
            return number
    return None


class _Collector:
    """Turns YAML nodes into plain values and remembers the line of each."""

    def __init__(self, path: str, first_line: int, text: str) -> None:
        self.path = path
        self.first_line = first_line
        self.last_line = text.count("\n") + first_line
        self.text = text.split("\n") if " #" in text else ()
        """Its lines, where any may have a remark behind a value."""
        self.lines: dict[Where, int] = {}
        self.findings: list[Finding] = []

    def value(self, node: yaml.Node, where: Where) -> Value:
        self.lines.setdefault(where, self._line(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, where)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*where, at)) for at, item in enumerate(node.value)]
        written = _as_written(node)
        remark = self._remark_behind(node) if self.text else None
        if remark:
            key = next((each for each in reversed(where) if isinstance(each, str)), "")
            line = int(node.end_mark.line) + self.first_line
            self._fault(line, *_taken_for_a_remark(remark), key)
        return written or remark or ""

    def _remark_behind(self, node: yaml.Node) -> str | None:
        """Give what YAML takes for a remark behind a plain value, where it was hardly meant as one."""
        at = node.end_mark
        is_plain = isinstance(node, yaml.ScalarNode) and not node.style
        if not is_plain or at.line >= len(self.text):
            return None
        match = _REMARK.match(self.text[at.line], at.column)
        return match[1] if match else None

    def _mapping(self, node: yaml.MappingNode, where: Where) -> dict[str, Value]:
        mapping: dict[str, Value] = {}
        for key_node, value_node in node.value:
            line = self._line(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self._fault(line, "a list or group stands before the colon", "Write one key there.")
                continue
            key = sys.intern(str(key_node.value))  # thousands of pages have the same keys
            if key in mapping:
                self._fault(
                    line,
                    f"“{key}” stands twice: the first time on line {self.lines[*where, key]}",
                    "Keep one of them.",
                    key,
                )
                continue
            self.lines[*where, key] = line
            mapping[key] = self.value(value_node, (*where, key))
        return mapping

    def _fault(self, line: int, what: str, cure: str, key: str = "") -> None:
        self.findings.append(Finding(self.path, line, what, cure, key))

    def _line(self, node: yaml.Node) -> int:
        return min(int(node.start_mark.line) + self.first_line, self.last_line)


def _as_written(node: yaml.Node) -> str:
    """Give a value's text, without curly quotes round it that were meant as YAML's own."""
    text = str(node.value)
    is_plain = isinstance(node, yaml.ScalarNode) and not node.style
    curly = _CURLY_ITEM.fullmatch(text) if is_plain else None
    return (curly[1] or curly[2] or "") if curly else text


def read_page(text: str, path: str) -> ReadPage:
    """Read a Markdown file: the facts between its `---` lines, and the text under them.

    Raises UnreadableError when the `---` lines are not there or the facts are no YAML.
    """
    lines = _with_plain_spaces(text).split("\n")
    start = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if not _FENCE.fullmatch(lines[start]):
        raise UnreadableError(_no_opening_fence(lines, start, path))
    end = next((at for at in range(start + 1, len(lines)) if _FENCE.fullmatch(lines[at])), None)
    if end is None:
        raise UnreadableError(_no_closing_fence(lines, start, path))
    try:
        front = read_yaml("\n".join(lines[start + 1 : end]), path, start + 2)
    except UnreadableError:
        if _holds_prose(lines[start + 1 : end]):  # the line --- that was found is one of the text
            raise UnreadableError(_no_closing_fence(lines, start, path)) from None
        raise
    return ReadPage(front, "\n".join(lines[end + 1 :]), end + 2)


def _with_plain_spaces(text: str) -> str:
    """Make odd spaces plain. Few texts have any, and to look for them is far quicker than to replace."""
    return text.translate(_ODD_SPACES) if any(map(text.__contains__, _ODD)) else text


def body_from(text: str, line: int) -> str:
    """Give the text of a Markdown file that was read before, from the line on which it was found to begin."""
    return "".join(_with_plain_spaces(text).split("\n", line - 1)[line - 1 :])


def facts_between(lines: Sequence[str]) -> tuple[int, int]:
    """Give where the lines between the `---` lines of a page begin and end; nowhere where it has none."""
    start = next((at for at, line in enumerate(lines) if line.strip()), 0)
    fences = [at for at in range(start, len(lines)) if _FENCE.fullmatch(lines[at])][:2]
    return (start + 1, fences[1]) if len(fences) == 2 and fences[0] == start else (0, 0)


def _holds_prose(facts: list[str]) -> bool:
    """Tell whether a line after an empty one is neither a key nor part of one."""
    return any(
        not above.strip() and line.strip() and not _LIKE_A_KEY.match(line) and line[0] not in " #-"
        for above, line in pairwise(facts)
    )


def _no_opening_fence(lines: list[str], start: int, path: str) -> Finding:
    line = lines[start].strip()
    if _LIKE_A_FENCE.fullmatch(line):
        what = (
            f"the first line is “{line}”, not three hyphens (some programs change them to a dash)"
        )
        cure = "Write three hyphens in its place: ---."
    elif _LIKE_A_KEY.match(line):
        what = f"the line --- is missing above “{line[:40]}”"
        cure = "Add a line of three hyphens, ---, above this line."
    else:
        what = (
            "the page doesn’t begin with its facts between two lines of three hyphens"
            if line
            else "the file is empty"
        )
        cure = (
            "Begin the page with a line ---, a line such as title: Our plan, and another line ---."
        )
    return Finding(path, start + 1, what, cure)


def _no_closing_fence(lines: list[str], start: int, path: str) -> Finding:
    last = start
    for at in range(start + 1, len(lines)):
        goes_on = last == at - 1 and lines[at].startswith((" ", "- ")) and lines[at].strip()
        if _LIKE_A_KEY.match(lines[at]) or goes_on:
            last = at
        elif lines[at].strip():
            break
    return Finding(
        path,
        last + 1,
        "the second line --- is missing, so the text below would be lost among the facts",
        "Add a line --- straight after this line.",
    )
