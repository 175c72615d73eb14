"""How long the help directory takes: to build 3,000 entries, and to filter them in Chromium.

    python bench/directory.py                 one build, then the search
    python bench/directory.py --runs 3        three builds; CPU seconds don't wait for other programs
    python bench/directory.py --profile       also where one build spends its time
    python bench/directory.py --no-browser    the build alone

The entries are made up, the same every time, in a folder that is taken away afterwards. Their numbers
are those that Ofcom keeps for drama. Ends with 1 where a figure is more than it may be.
"""

from __future__ import annotations

import argparse
import contextlib
import cProfile
import datetime
import pstats
import random
import shutil
import statistics
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

sys.path.insert(
    0, str(Path(__file__).resolve().parents[1])
)  # `bench` and `tests` are not installed

from bench.measuring import LTP, ROOT, BenchError, Figure, own_environment, run, tell

MADE_UP: Final = ROOT / "tests" / "directory" / "made_up"
TODAY: Final = datetime.date(2026, 11, 21)
SEED: Final = 3_000

MOST_CPU: Final = 12.0
"""The most milliseconds of CPU that an entry may take, lists and feed included."""
MOST_FILTERING: Final = 100.0
"""The most milliseconds that filtering may take."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run what is asked for and print it as a table. Gives 1 where a figure is more than it may be."""
    arguments = _arguments(argv)
    with tempfile.TemporaryDirectory(prefix="ltp-bench-") as folder:
        figures = list(_measured(Path(folder), arguments))
    return tell(figures)


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--entries", type=int, default=3_000)
    parser.add_argument("--runs", type=int, default=1, help="how often to build")
    parser.add_argument("--profile", action="store_true", help="say where a build spends its time")
    parser.add_argument("--no-browser", action="store_true", help="leave the search out")
    return parser.parse_args(argv)


def _measured(folder: Path, arguments: argparse.Namespace) -> Iterator[Figure]:
    for at in range(1, arguments.runs + 1):
        root = folder / f"run-{at}"
        write(root, arguments.entries)
        seconds = _build(root)
        pages = sum(1 for _ in (root / "site").rglob("*.html"))
        files = sum(1 for _ in (root / "site").rglob("*.json"))
        print(
            f"Build {at}: {arguments.entries:,} entries, {pages:,} pages and {files:,} files of JSON, "
            f"{seconds:.1f} CPU seconds"
        )
        name = f"CPU of a clean build, an entry (build {at}, {seconds:.1f} s)"
        yield Figure(name, seconds * 1_000 / arguments.entries, MOST_CPU)
    if arguments.profile:
        _profile(folder / "profiled", arguments.entries)
    if not arguments.no_browser:
        yield from _searched(root / "site")


# -- 1. a build


def _build(root: Path) -> float:
    """Build a root in a fresh process; give its CPU seconds, user and system, children included."""
    try:
        spent, _ = run([*LTP, "build", "--today", TODAY.isoformat()], root, own_environment())
    except BenchError as error:
        sys.exit(f"The build failed:\n{error}")
    return spent.cpu


def _profile(root: Path, entries: int) -> None:
    """Build in this process under the profiler, which makes everything slower, and say what is dear."""
    from ltp.publishing.building import Order, build

    write(root, entries)
    profile = cProfile.Profile()
    profile.runcall(build, Order(root=root, out=root / "site", today=TODAY, jobs=1))
    for order in ("tottime", "cumulative"):
        pstats.Stats(profile).strip_dirs().sort_stats(order).print_stats(45)


# -- 2. the search


@contextlib.contextmanager
def _served(site: Path) -> Iterator[str]:
    handler = partial(_Quiet, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (its name there)
        """Say nothing."""


CHOICES: Final[Sequence[Mapping[str, str]]] = (
    {"need": "anxiety"},
    {"need": "anxiety", "age": "14"},
    {"age": "14"},
    {"place": "North Harbour"},
    {"who": "young people", "how": "text"},
    {"how": "phone", "open": "yes"},
    {"open": "yes"},
    {"open": "yes", "free": "yes", "self": "yes"},
    {"need": "eating", "age": "3", "how": "online", "place": "South Harbour", "free": "yes"},
    {},
)
"""What people may choose, by the names in the address."""

WORDS: Final = (
    "t",
    "ta",
    "talk",
    "talk to",
    "talk to a youth w",
    "anxious",
    "dragons",
    "suicid",
    "",
)
"""What people may write, one after another."""


def _searched(site: Path) -> Iterator[Figure]:
    """Choose and write in the search form, and take what the page measured of itself."""
    from tests.browser.chromium import browser

    taken: list[float] = []
    with _served(site) as host, browser() as opened:
        page = opened.new_page()
        for choice in CHOICES:
            query = "&".join(f"{key}={value}" for key, value in choice.items())
            page.goto("about:blank")  # or only what stands behind "#" would change
            page.goto(f"{host}/harbour/help/find/#{query}")
            page.locator(".app-finder[data-found]").wait_for()
            for words in WORDS:
                # A state that is reached again is measured again: each letter clears the last wait.
                page.locator("#finder-q").fill(words)
                page.wait_for_timeout(320)
            taken += page.evaluate(
                'performance.getEntriesByName("find").map((each) => each.duration)'
            )
    expected = len(CHOICES) * len(WORDS)
    if len(taken) < expected:
        sys.exit(f"The search was measured {len(taken)} times, and {expected} were expected")
    size = (site / "harbour" / "help" / "find.json").stat().st_size / 1_000_000
    print(f"Search: measured {len(taken)} times; find.json has {size:.1f} MB")
    yield Figure("filtering and showing, median", statistics.median(taken), MOST_FILTERING)
    yield Figure("filtering and showing, longest", max(taken), MOST_FILTERING)


# -- what is built


def write(root: Path, entries: int) -> None:
    """Write the tests' made-up area with this many entries in place of its own."""
    shutil.copytree(MADE_UP, root)
    folder = root / "content" / "harbour" / "help"
    for path in folder.glob("*.md"):
        if path.name != "index.md":
            path.unlink()
    chance = random.Random(SEED)
    for number in range(entries):
        path = folder / f"service-{number:04}.md"
        path.write_text(_entry(number, chance), encoding="utf-8", newline="\n")


_NAMES: Final = ("Drop-in", "Clinic", "Helpline", "Group", "Team", "Hub", "Café", "Project")
_KINDS: Final = ("drop-in", "clinic", "crisis line", "group", "school team", "hub", "other")
_NEEDS: Final = (
    *("talk", "anxiety", "low-mood", "eating", "school", "loss", "staying-safe"),
    "autism-adhd-learning",
)
_THRIVE: Final = ("thriving", "getting advice", "getting help", "getting more help")
_WHO: Final = ("children", "young people", "parents and carers")
_HOURS: Final = (
    "24/7",
    "Mo-Fr 09:00-17:00; PH off",
    "Mo,We,Fr 15:30-19:00; Sa 10:00-13:00; PH off",
    "Mo-Su 18:00-02:00; PH 00:00-24:00",
    "Tu 16:00-18:00; SH off; PH off",
    "Mo-Fr 09:00-12:00,13:00-17:00; PH off; 2026 Dec 24-2027 Jan 03 off",
)
_LANGUAGES: Final = ("English", "Polish", "Urdu", "Romanian", "British Sign Language")
_ACCESS: Final = (
    "Step-free entrance",
    "Quiet room",
    "Hearing loop at the desk",
    "Accessible toilet",
)
_SENTENCES: Final = (
    "You can bring a friend or somebody from your family.",
    "Someone says hello, asks what you need and tells you what they can do.",
    "There is nothing that you have to prepare.",
    "If it is not the right place for you, they help you to find one that is.",
    "People talk about school, worries, sleep, friends and what happens at home.",
    "You decide how much you want to say, and you can stop at any time.",
)


def _entry(number: int, chance: random.Random) -> str:
    """Make up one entry. Nine in ten are checked; the others are in every other state there is."""
    oldest = chance.choice((11, 16, 17, 18, 25))
    lines = [
        f"name: Harbour {chance.choice(_NAMES)} {number:04} (made up)",
        f"summary: {chance.choice(_SENTENCES)} {chance.choice(_SENTENCES)}",
        "source: harbour-list",
        f"organisation: Harbour Trust {chance.randrange(200)} (made up)",
        f"urgency: {chance.choices(('urgent', 'soon', 'any time'), (1, 4, 15))[0]}",
        f"kind: {chance.choice(_KINDS)}",
        f"thrive: {chance.choice(_THRIVE)}",
        f"needs: {_some(_NEEDS, chance, 1, 3)}",
        f"audience: {_some(_WHO, chance, 1, 3)}",
        f"ages: {{youngest: {chance.randrange(oldest)}, oldest: {oldest}}}",
        "eligibility: You live in Harbour or go to school there.",
        "next_steps: Someone gets in touch within a week and asks what you need.",
        "confidentiality: What you say stays private, unless you or somebody else is in danger.",
        f"referral: {{by: {_some(('yourself', 'a parent or carer', 'a GP'), chance, 1, 3)}}}",
        "channels:",
        *(f"  - {way}" for way in _ways(number, chance)),
    ]
    if chance.random() < 0.5:
        lines.append(f"places: [{chance.choice(('North Harbour', 'South Harbour'))}]")
    if chance.random() < 0.8:
        lines.append(f"hours: {chance.choice(_HOURS)}")
    if chance.random() < 0.6:
        lines += _location(number, chance)
    if chance.random() < 0.7:
        lines.append("cost: free")
    if chance.random() < 0.5:
        lines.append(f"languages: {_some(_LANGUAGES, chance, 1, 3)}")
    if chance.random() < 0.3:
        lines.append("waiting: {text: About 9 weeks, as_of: 2026-10}")
    return "\n".join(["---", *lines, *_state(chance), "---", "", *_body(chance), ""])


def _some(words: Sequence[str], chance: random.Random, least: int, most: int) -> str:
    return f"[{', '.join(chance.sample(words, chance.randint(least, most)))}]"


def _ways(number: int, chance: random.Random) -> Sequence[str]:
    """Give one way to reach it or several. Numbers of 01632 960, 07700 900 and 0808 157 0 are for drama."""
    three = f"{number % 999:03}"  # 999 is retired in the made-up area
    hours = chance.choice((', hours: "Mo-Fr 09:00-19:00; PH off"', ""))
    ways = [
        f"{{way: phone, number: 01632 960 {three}{hours}}}",
        f"{{way: phone, number: 0808 157 0{three}, label: out of hours, cost: Free}}",
        f"{{way: text, number: 07700 900 {three}, keyword: HARBOUR{hours}}}",
        f"{{way: email, email: service{number}@harbour.example}}",
        f"{{way: web, address: https://harbour.example/{number}}}",
        f"{{way: webchat, address: https://harbour.example/{number}/chat{hours}}}",
        "{way: visit}",
    ]
    return chance.sample(ways, chance.randint(1, 4))


def _location(number: int, chance: random.Random) -> Sequence[str]:
    return [
        "locations:",
        f"  - name: Harbour Centre {number} (made up)",
        f"    street: {number} Made-up Street",
        "    town: North Harbour",
        f"    postcode: ZZ{number % 9 + 1} {number % 10}ZZ",
        f"    access: {_some(_ACCESS, chance, 1, 3)}",
    ]


def _state(chance: random.Random) -> Sequence[str]:
    states: Sequence[tuple[int, Sequence[str]]] = (
        (90, ["checks: {last: 2026-09-15, by: communications officer, next: 2027-03-15}"]),
        (4, ["checks: {last: 2025-09-15, by: communications officer}"]),
        (2, ["checks: {last: 2024-01-15, by: communications officer}"]),
        (2, ["named_in: harbour/2025", "checks: {last: never}"]),
        (1, ["checks: {last: never}"]),
        (1, ["status: ended", "checks: {last: 2026-09-15, by: communications officer}"]),
    )
    return chance.choices([lines for _, lines in states], [share for share, _ in states])[0]


def _body(chance: random.Random) -> Sequence[str]:
    return [
        *("## What to expect", ""),
        *(" ".join(chance.choices(_SENTENCES, k=4)), ""),
        *("- someone who listens", "- time to think", "- people of your age"),
    ]


if __name__ == "__main__":
    sys.exit(main())
