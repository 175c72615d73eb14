"""The `ltp` command: what an editor's colleagues ask for, in their words. The work is done elsewhere."""

from __future__ import annotations

import argparse
import datetime
import gc
import io
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ltp.directory.questions import QUESTIONS
from ltp.findings import LtpError
from ltp.plans.day import day_in_england
from ltp.publishing import unchanged
from ltp.terminal import say

if TYPE_CHECKING:
    from ltp.publishing.building import Order
    from ltp.starting import Made

# The commands import what they need: a build in which nothing changed is over before the models and MkDocs
# would have been imported.


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Gives 0 when all went well, 1 when something has to be put right, 2 for a mistyped command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a Windows code page may lack “ and –
            stream.reconfigure(errors="replace")
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except LtpError as error:
        said = str(error).rstrip(".")
        print(said if said.endswith("?") else f"{said}.", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output went away: ltp check | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:  # a disk that is full, a file that another program holds
        print(
            f"{error.strerror}: {error.filename or 'see above'}. Put it right and try again.",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print(
            "\nStopped. What is published is whole: the old pages, or all of the new ones.",
            file=sys.stderr,
        )
        return 1


# -- commands


def _build(arguments: argparse.Namespace) -> int:
    # What is read stays until the end, and a target leaves next to nothing behind: see `engine._configured`.
    gc.disable()
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl and C do
    try:
        return _build_now(arguments)
    finally:
        signal.signal(signal.SIGTERM, before)
        gc.enable()


def _build_now(arguments: argparse.Namespace) -> int:
    if arguments.part and not arguments.areas:
        raise LtpError("Name the areas of the part: ltp build blmk --part")
    whole = (
        None
        if arguments.areas
        else unchanged.Whole(arguments.root, _out(arguments), arguments.address)
    )
    if whole and not arguments.verify:
        lines = whole.told(arguments.today)
        if lines is not None:
            for line in lines:
                say(line)
            return 0
    from ltp import reports
    from ltp.publishing.building import build

    order = _order(arguments)
    portal = "" if order.part else " and the portal"
    say(f"Building {', '.join(order.areas) if order.areas else 'all areas'}{portal} …")
    outcome = build(order, say)
    lines = list(reports.of_outcome(outcome, order))
    for line in lines:
        say(line.replace(unchanged.TIME, f"{outcome.seconds:.1f} seconds"))
    for line in outcome.timing.lines() if arguments.profile else ():
        say(line)
    if whole and outcome.succeeded and outcome.made_from:
        whole.remember(outcome.made_from, lines, order.today, outcome.until)
    return 0 if outcome.succeeded else 1


def _serve(arguments: argparse.Namespace) -> int:
    # Imported here: the other commands need no server.
    from ltp.publishing import preview

    return preview.serve(_order(arguments), arguments.area, arguments.port)


def _check(arguments: argparse.Namespace) -> int:
    from ltp import reports

    findings = reports.check(arguments.root, arguments.today)
    return reports.tell_check(findings)


def _status(arguments: argparse.Namespace) -> int:
    from ltp import reports
    from ltp.plans.loading import load

    loaded = load(arguments.root)
    reports.tell_status(loaded, arguments.today)
    return 0


def _new_area(arguments: argparse.Namespace) -> int:
    from ltp import starting

    made = starting.new_area(arguments.root, arguments.area, arguments.name, arguments.places)
    return _tell_made(arguments, made)


def _new_edition(arguments: argparse.Namespace) -> int:
    from ltp import starting

    made = starting.new_edition(arguments.root, arguments.edition, arguments.copy_of)
    return _tell_made(arguments, made)


def _new_page(arguments: argparse.Namespace) -> int:
    from ltp import starting

    made = starting.new_page(arguments.root, arguments.page, arguments.title)
    return _tell_made(arguments, made)


def _new_service(arguments: argparse.Namespace) -> int:
    from ltp import starting
    from ltp.directory import starting as services

    answers = {key: getattr(arguments, key) for key in QUESTIONS}
    ask = starting.ask_for_what_is_known if sys.stdin.isatty() else None
    made = services.new_service(arguments.root, arguments.entry, answers, ask, arguments.today)
    return _tell_made(arguments, made)


def _import_services(arguments: argparse.Namespace) -> int:
    from ltp.directory import importing

    report = importing.import_services(arguments.root, arguments.area, arguments.file)
    say(str(report))
    return 1 if report.refused else 0


def _archive(arguments: argparse.Namespace) -> int:
    from ltp import starting

    made = starting.archive(
        arguments.root,
        arguments.edition,
        arguments.today,
        content_from=arguments.content_from,
        because=arguments.because,
        looked_after_by=arguments.looked_after_by,
        ask=starting.ask_on_terminal if sys.stdin.isatty() else None,
    )
    return _tell_made(arguments, made)


def _lock(arguments: argparse.Namespace) -> int:
    from ltp import starting

    return _tell_made(arguments, starting.lock(arguments.root, arguments.edition))


def _unlock(arguments: argparse.Namespace) -> int:
    from ltp import starting

    return _tell_made(arguments, starting.unlock(arguments.root, arguments.edition))


def _record(arguments: argparse.Namespace) -> int:
    from ltp import reports

    added = reports.record(arguments.root, _out(arguments))
    were = "address was" if added == 1 else "addresses were"
    say(f"{added} {were} added to the ledgers in areas/.")
    if added:
        say("Next: commit the ledgers together with the pages.")
    return 0


def _tell_made(arguments: argparse.Namespace, made: Made) -> int:
    for path in made.files:
        say(f"  {path.relative_to(arguments.root).as_posix()}")
    say(made.next)
    return 0


# -- arguments


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ltp",
        description="Publish local transformation plans: websites from a folder of Markdown and YAML.",
        epilog="Example: ltp build",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    command = _command(
        commands, "build", _build, "make the sites and put them in site/", "ltp build blmk"
    )
    command.add_argument(
        "areas", nargs="*", metavar="AREA", help="build these areas; all where none is named"
    )
    _out_option(command, "where the sites go")
    _jobs_option(command)
    command.add_argument(
        "--address",
        type=_address,
        metavar="URL",
        help="the public address, such as https://plans.nhs.uk/",
    )
    command.add_argument(
        "--verify",
        action="store_true",
        help="also check every published file, and put right what is not as it was built",
    )
    command.add_argument(
        "--part",
        action="store_true",
        help="build the areas alone and publish nothing: another machine puts the parts together",
    )
    command.add_argument(
        "--profile", action="store_true", help="say where the time went, by stage and by page"
    )

    command = _command(
        commands, "serve", _serve, "preview the sites, with drafts", "ltp serve blmk"
    )
    command.add_argument("area", nargs="?", metavar="AREA", help="open this area’s front page")
    command.add_argument("--port", type=_port, default=8000, help="the port of the preview (8000)")
    _jobs_option(command)

    _command(commands, "check", _check, "read everything and say what to put right", "ltp check")
    _command(
        commands,
        "status",
        _status,
        "list every plan: status, why, since when, what is due",
        "ltp status --today 2027-04-01",
    )

    new = commands.add_parser(
        "new",
        help="start an area, a plan or a page",
        epilog="Example: ltp new edition blmk/2026-27 --from blmk/2024-25",
    )
    kinds = new.add_subparsers(title="what to start", metavar="KIND", required=True)
    command = _command(
        kinds,
        "area",
        _new_area,
        "start an area",
        "ltp new area surrey --name Surrey --places Surrey",
    )
    command.add_argument("area", metavar="AREA", help="its address: small letters, digits, hyphens")
    command.add_argument("--name", required=True, help="its name, as readers know it")
    command.add_argument(
        "--places", required=True, nargs="+", metavar="PLACE", help="the council areas it covers"
    )
    command = _command(
        kinds,
        "edition",
        _new_edition,
        "start a plan",
        "ltp new edition blmk/2026-27 --from blmk/2024-25",
    )
    command.add_argument("edition", metavar="AREA/PLAN", help="its address")
    command.add_argument(
        "--from",
        dest="copy_of",
        metavar="OLD",
        help="copy the pages of this plan, keep their topics, and say that the new one replaces it",
    )
    command = _command(
        kinds, "page", _new_page, "start a page", "ltp new page blmk/2024-25/crisis --title Crisis"
    )
    command.add_argument("page", metavar="AREA/PLAN/PAGE", help="its address")
    command.add_argument("--title", help="its title")

    command = _command(
        kinds,
        "service",
        _new_service,
        "start an entry of a help directory: asks what is known",
        'ltp new service blmk/young-people-drop-in --name "Drop-in" --summary "Talk to someone."',
    )
    command.add_argument("entry", metavar="AREA/ENTRY", help="its address, for ever")
    for key, question in QUESTIONS.items():
        command.add_argument(
            f"--{key.replace('_', '-')}", dest=key, metavar="ANSWER", help=question
        )

    imports = commands.add_parser(
        "import",
        help="bring in entries of a help directory",
        epilog="Example: ltp import services feed.json --area blmk",
    )
    what = imports.add_subparsers(title="what to bring in", metavar="KIND", required=True)
    command = _command(
        what,
        "services",
        _import_services,
        "bring in services from a spreadsheet (CSV) or an Open Referral UK feed (JSON)",
        "ltp import services feed.json --area blmk",
    )
    command.add_argument("file", type=Path, metavar="FILE", help="the spreadsheet or the feed")
    command.add_argument(
        "--area", required=True, metavar="AREA", help="the area that they belong to"
    )

    command = _command(
        commands,
        "archive",
        _archive,
        "mark a plan as archived and lock its pages",
        "ltp archive blmk/2021-22",
    )
    command.add_argument("edition", metavar="AREA/PLAN", help="its address")
    command.add_argument(
        "--content-from", metavar="BODY", help="whose content it was (an id of organisations.yml)"
    )
    command.add_argument("--because", metavar="SENTENCE", help="why, as readers will see it")
    command.add_argument(
        "--looked-after-by", metavar="AREA", help="the area that looks after help now"
    )

    command = _command(
        commands, "lock", _lock, "lock a plan’s pages as they are now", "ltp lock medway/2015-21"
    )
    command.add_argument("edition", metavar="AREA/PLAN", help="its address")

    command = _command(
        commands,
        "unlock",
        _unlock,
        "let a plan’s pages be edited again, when it is back in force",
        "ltp unlock medway/2015-21",
    )
    command.add_argument("edition", metavar="AREA/PLAN", help="its address")

    command = _command(
        commands,
        "record",
        _record,
        "write the published addresses down, so that none is ever lost",
        "ltp record",
    )
    _out_option(command, "where the sites were put")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: object,
    what: str,
    example: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(
        name, help=what, description=what[0].upper() + what[1:] + ".", epilog=f"Example: {example}"
    )
    command.set_defaults(run=run)
    command.add_argument(
        "--root",
        type=_folder,
        default=Path.cwd(),
        metavar="DIR",
        help="the folder with areas/ and content/ (this folder)",
    )
    command.add_argument(
        "--today",
        type=_day,
        default=day_in_england(),
        metavar="YYYY-MM-DD",
        help="work as if on this day",
    )
    return command


def _jobs_option(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--jobs",
        type=_count,
        default=0,
        metavar="N",
        help="how many areas to build side by side (one a core)",
    )


def _out_option(command: argparse.ArgumentParser, what: str) -> None:
    command.add_argument("--out", type=Path, metavar="DIR", help=f"{what} (site/ under the root)")


def _order(arguments: argparse.Namespace) -> Order:
    from ltp.publishing.building import Order

    return Order(
        root=arguments.root,
        out=_out(arguments),
        today=arguments.today,
        areas=tuple(getattr(arguments, "areas", ())),
        jobs=arguments.jobs,
        verify=getattr(arguments, "verify", False),
        part=getattr(arguments, "part", False),
        address=getattr(arguments, "address", None),
    )


def _out(arguments: argparse.Namespace) -> Path:
    named: Path | None = getattr(arguments, "out", None)  # a preview has a folder of its own
    return (named or arguments.root / "site").resolve()


def _folder(text: str) -> Path:
    path = Path(text)
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder “{text}”")
    return path.resolve()


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day: write it as 2026-11-22") from None


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of 1 or more")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65_535:
        raise argparse.ArgumentTypeError(f"“{text}” is not a port: write a number from 1 to 65535")
    return int(text)


def _address(text: str) -> str:
    if not text.startswith(("https://", "http://")):
        raise argparse.ArgumentTypeError(f"“{text}” is not a web address: begin it with https://")
    return text


if __name__ == "__main__":
    sys.exit(main())
