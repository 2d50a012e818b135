"""The command line: the very functions the screens call.

`python -m gwangju_desktop [--office FILE|URL] [--lang ko|en] [--json] COMMAND`. Exit codes: 0 done,
1 refused (one sentence on stderr; with `--json` also a document that says so), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from gwangju_desktop import VERSION, text
from gwangju_desktop.commands import (
    backup_arguments,
    energy,
    energy_compute,
    evidence_arguments,
    handover_arguments,
    history_arguments,
    output,
    poll_arguments,
    privacy_arguments,
    review_arguments,
    server_arguments,
    site_arguments,
    snapshot_arguments,
)
from gwangju_desktop.text import N_, say

# Command -> module of gwangju_desktop.commands and function; modules are imported when used.
COMMANDS = {
    "open": "window:open_window",
    "new": "office:new",
    "list": "records:list_records",
    "list documents": "documents:list_documents",
    "list proposals": "proposal_lists:list_proposals",
    "list polls": "polls:list_polls",
    "list plans": "commitments:list_records",
    "list commitments": "commitments:list_records",
    "list milestones": "commitments:list_records",
    "list evidence": "commitments:list_records",
    "show": "records:show_record",
    "show proposal": "proposal_lists:show_proposal",
    "show poll": "polls:show_poll",
    "show plan": "commitments:show_record",
    "show commitment": "commitments:show_record",
    "import energy": "energy:import_energy",
    "import members": "members:import_members",
    "import meetings": "registers:import_meetings",
    "import calendar": "calendar:import_calendar",
    "import proposals": "proposals:import_proposals",
    "import poll": "poll_import:import_poll",
    "import review": "reviews:import_review",
    "import progress": "plan_sheets:import_sheet",
    "import english": "plan_sheets:import_sheet",
    "review": "reviews:review",
    "calendar": "calendar:calendar",
    "export members": "members:export_members",
    "export meetings": "registers:export_meetings",
    "export progress": "plan_sheets:export_sheet",
    "export english": "plan_sheets:export_sheet",
    "series": "energy:series",
    "compute": "energy_compute:compute",
    "tabulate": "polls:tabulate",
    "thread": "threads:show_thread",
    "pack": "packs:pack",
    "document": "documents:document",
    "evidence": "evidence:evidence",
    "snapshot": "snapshots:snapshot",
    "site": "site:site",
    "backup": "backups:backup",
    "handover": "handover:handover",
    "erase": "erase:erase",
    "settings": "settings:settings",
    "search": "search:search",
    "history": "history:history",
    "privacy": "privacy:privacy",
    "check": "office:check",
    "copy": "server:copy",
    "server": "server:server",
    "help": "manual:show",
    "diagnostics": "manual:diagnostics",
    "licences": "manual:licences",
    "self-check": "selfcheck:self_check",
}
LISTS = (
    "bodies",
    "members",
    "meetings",
    "agenda",
    "actions",
    "indicators",
    "datasets",
    "factors",
    "documents",
    "proposals",
    "polls",
    "plans",
    "commitments",
    "milestones",
    "evidence",
)
SHOWN = ("body", "member", "meeting", "dataset", "proposal", "poll", "plan", "commitment")

THREADED = (
    *("finding", "review_finding", "proposal", "item", "decision"),
    *("commitment", "action", "evidence", "indicator"),
)


def main(arguments: Sequence[str]) -> int:
    """Carry out one command line and return its exit code."""
    text.use(_language(arguments))
    asked = _parser().parse_args(list(arguments))
    if asked.command is None:
        asked.command = "open"
    text.use(asked.lang or text.language())
    return _carry_out(asked)


def _carry_out(asked: argparse.Namespace) -> int:
    if asked.command == "open":
        # Nothing heavy is imported on the way to the window, and it tells its faults itself.
        from gwangju_desktop.commands.window import open_window

        file = getattr(asked, "file", None)
        return open_window(asked.office or file, asked.lang)
    from gwangju_desktop import faults

    output.begin()
    if not hasattr(asked, "progress"):
        asked.progress = output.progress_line
    command = f"{asked.command} {getattr(asked, 'what', '')}"
    named = COMMANDS.get(command) or COMMANDS[asked.command]
    module, function = named.split(":")
    try:
        act = getattr(importlib.import_module(f"gwangju_desktop.commands.{module}"), function)
        return int(act(asked) or 0)
    except output.UsageError as error:
        complain(str(error))
        return 2
    except BrokenPipeError:
        # The reader of our output went away; that is its right.
        return 0
    except KeyboardInterrupt:
        return _refused(asked, say(N_("Stopped; nothing was changed.")))
    except Exception as error:
        sentence = faults.sentence(error)
        if sentence is None:
            raise
        return _refused(asked, sentence)


def _refused(asked: argparse.Namespace, sentence: str) -> int:
    """Say why not on stderr, and to a program that has read no document yet, in one."""
    complain(sentence)
    if asked.json and not output.told():
        output.document({"ok": False, "problems": [sentence]})
    return 1


def complain(sentence: str) -> None:
    """Write one sentence to stderr, whatever the console can show."""
    line = f"error: {' '.join(sentence.split())}\n"
    sys.stderr.flush()
    buffer = getattr(sys.stderr, "buffer", None)
    if buffer is None:
        sys.stderr.write(line)
    else:
        buffer.write(line.encode(sys.stderr.encoding or "utf-8", "backslashreplace"))
        buffer.flush()


def _language(arguments: Sequence[str]) -> str:
    """Return the language asked for, read before the parser whose help speaks it."""
    for at, argument in enumerate(arguments):
        if argument == "--lang" and at + 1 < len(arguments):
            return arguments[at + 1] if arguments[at + 1] in text.LANGUAGES else "ko"
        if argument.startswith("--lang="):
            code = argument.partition("=")[2]
            return code if code in text.LANGUAGES else "ko"
    return "ko"


def _common(default: object) -> argparse.ArgumentParser:
    """Return the three options; SUPPRESS in a command keeps what stood before it."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--office",
        metavar="FILE|URL",
        default=default,
        help=say(N_("the office file, or postgresql+psycopg://… of an office server")),
    )
    common.add_argument("--lang", choices=text.LANGUAGES, default=default)
    common.add_argument(
        "--json",
        action="store_true",
        default=default if default is argparse.SUPPRESS else False,
        help=say(N_("one UTF-8 JSON document on standard output")),
    )
    return common


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gwangju-desktop",
        description=say(N_("The desk of a city's carbon-neutral committee secretariat.")),
        parents=[_common(None)],
    )
    parser.add_argument("--version", action="version", version=VERSION)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    common = _common(argparse.SUPPRESS)

    def add(name: str, meaning: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, parents=[common], help=meaning, description=meaning)

    opening = add("open", say(N_("open the window (the default)")))
    opening.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        help=say(N_("an office, or a review copy to look at without an office")),
    )

    new = add("new", say(N_("make a new office; an existing file is refused")))
    new.add_argument("file", metavar="FILE")
    new.add_argument("--sample", action="store_true", help=say(N_("fill it with the sample")))

    listing = add("list", say(N_("list records; contact data is never printed")))
    listing.add_argument("what", choices=LISTS)
    listing.add_argument("meeting", metavar="MEETING", nargs="?")
    listing.add_argument("--body", metavar="B")
    listing.add_argument("--on", metavar="DATE")
    listing.add_argument(
        "--state", metavar="STATE", help=say(N_("of proposals: received, review, tabled …"))
    )
    listing.add_argument(
        "--overdue",
        action="store_true",
        default=None,
        help=say(N_("proposals whose last day has passed")),
    )
    listing.add_argument("--limit", metavar="N", type=output.count)

    show = add("show", say(N_("show one record; contact data is never printed")))
    show.add_argument("what", choices=SHOWN)
    show.add_argument("id", metavar="ID")
    show.add_argument(
        "--on", metavar="DATE", help=say(N_("a body as it was, and what it was held to, on a day"))
    )

    _import(
        add("import", say(N_("import published files, a list of members or a meeting register"))),
        common,
    )
    _export(
        add("export", say(N_("export the roll as .csv, .xlsx or .json, or the meeting register"))),
        common,
    )

    energy.asking_series(add("series", say(N_("print an indicator's readings"))))

    energy_compute.arguments(
        add("compute", say(N_("compute an indicator of a year, with formula and factors")))
    )

    poll_arguments.tabulating(
        add("tabulate", say(N_("print one question of a poll, both percentages side by side")))
    )

    thread = add("thread", say(N_("print what a record came from and what it led to")))
    thread.add_argument("kind", metavar="KIND", choices=THREADED, help=", ".join(THREADED))
    thread.add_argument("id", metavar="ID", help=say(N_("its id, a proposal’s number too")))

    calendar = add("calendar", say(N_("write the meetings to a calendar file (.ics)")))
    calendar.add_argument("-o", "--output", metavar="FILE", type=Path, required=True)
    calendar.add_argument("--body", metavar="B")

    _pack(add("pack", say(N_("bind a meeting's pack into one PDF, or issue it"))))
    _document(add("document", say(N_("write one document of a record to a file"))))
    evidence_arguments.arguments(
        add("evidence", say(N_("read the evidence files of commitments again, or add one"))), common
    )

    review_arguments.arguments(
        add("review", say(N_("a monitor's key, questions and signed answers; or register a key"))),
        common,
    )
    snapshot_arguments.arguments(
        add("snapshot", say(N_("make, verify or compare signed snapshots"))), common
    )

    backup_arguments.arguments(
        add("backup", say(N_("make, check or restore backups of the whole office"))), common
    )

    handover_arguments.arguments(
        add("handover", say(N_("hand the office file over from PC to PC, and take it back"))),
        common,
    )

    site_arguments.arguments(
        add("site", say(N_("build the public site from a public copy, or check one"))), common
    )

    erase = add("erase", say(N_("erase a person for good; without --yes say what would go")))
    erase.add_argument("what", choices=("member", "proposer", "register"))
    erase.add_argument("id", metavar="ID|OFFICE")
    erase.add_argument("--yes", action="store_true", help=say(N_("do it; it cannot be undone")))
    erase.add_argument("--reason", metavar="TEXT", default="")

    history_arguments.arguments(
        add("history", say(N_("print what was done in the office, or take one change back")))
    )

    privacy_arguments.arguments(
        add("privacy", say(N_("what personal data is due to go, and what is held of one person"))),
        common,
    )

    settings = add("settings", say(N_("list or change the settings of the office")))
    acts = settings.add_subparsers(dest="act", metavar="ACT", required=True)
    acts.add_parser("list", parents=[common])
    acts.add_parser("get", parents=[common]).add_argument("key", metavar="KEY")
    acts.add_parser("export", parents=[common]).add_argument("file", metavar="FILE", type=Path)
    taken = acts.add_parser("import", parents=[common])
    taken.add_argument("file", metavar="FILE", type=Path)
    taken.add_argument("--dry-run", action="store_true")
    change = acts.add_parser("set", parents=[common])
    change.add_argument("key", metavar="KEY")
    change.add_argument("value", metavar="VALUE", help=say(N_("“” takes the default again")))

    search = add("search", say(N_("find records by their words")))
    search.add_argument("words", metavar="TEXT", nargs="+")
    search.add_argument("--kind", metavar="TABLE", help=say(N_("meeting, proposal, commitment …")))
    search.add_argument("--body", metavar="ID", type=int, help=say(N_("of this body")))
    search.add_argument("--since", metavar="DATE", help=say(N_("from this day on")))
    search.add_argument("--until", metavar="DATE", help=say(N_("up to this day")))
    search.add_argument("--limit", metavar="N", type=output.count, default=50)

    check = add("check", say(N_("check that the office is whole")))
    check.add_argument("--repair", action="store_true", help=say(N_("build the search index anew")))

    server_arguments.copying(
        add("copy", say(N_("copy an office from a file to a server or back, and compare both")))
    )
    server_arguments.arguments(
        add("server", say(N_("set up an office server: roles, logins, rights, a check"))), common
    )

    manual = add("help", say(N_("print a chapter of the manual, or the list of chapters")))
    manual.add_argument("chapter", metavar="CHAPTER", nargs="?")
    add(
        "diagnostics",
        say(N_("print versions, kinds, sizes and counts for whoever helps; nothing personal")),
    )
    add("licences", say(N_("print the libraries the program is made of, with their terms")))

    selfcheck = add("self-check", say(N_("do the program's whole job once, in a folder")))
    selfcheck.add_argument("folder", metavar="DIR", type=Path)
    return parser


def _document(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help=say(N_("“list documents” shows the names")))
    parser.add_argument(
        "id", metavar="ID", help=say(N_("the record it is about; “office” for the whole office"))
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        type=Path,
        required=True,
        help=say(N_(".pdf, .hwpx, .html, .xlsx or .txt")),
    )
    parser.add_argument(
        "--period",
        metavar="P",
        help=say(N_("a year (2022), a half (2022-1) or a quarter (2022-Q1) of one")),
    )
    parser.add_argument("--on", metavar="DATE", help=say(N_("the day a roll is printed for")))
    parser.add_argument("--recipient", metavar="NAME", help=say(N_("who a letter is sent to")))


def _pack(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("meeting", metavar="MEETING")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, required=True)
    parser.add_argument(
        "--edition",
        choices=("members", "public", "chair", "large"),
        help=say(N_("for whom; all editions have the members' page numbers")),
    )
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--draft", action="store_true", help=say(N_("a draft (the default)")))
    way.add_argument(
        "--issue",
        action="store_true",
        help=say(N_("issue it for good, or write an edition of what was issued")),
    )
    parser.add_argument(
        "--supplement",
        metavar="N",
        type=output.count,
        help=say(N_("write supplement N, or issue it when it is the next one")),
    )


def _import(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    energy.importing(acts.add_parser("energy", parents=[common]))
    members = acts.add_parser("members", parents=[common])
    members.add_argument("file", metavar="FILE", type=Path)
    members.add_argument("--body", metavar="B", help=say(N_("take every row for a seat in it")))
    members.add_argument(
        "--map",
        metavar="COLUMN=FIELD",
        action="append",
        default=[],
        help=say(N_("what a column holds; FIELD “-” leaves it out")),
    )
    members.add_argument(
        "--start", metavar="DATE", help=say(N_("first day where the file names none"))
    )
    members.add_argument(
        "--new-bodies", action="store_true", help=say(N_("add bodies that are not there yet"))
    )
    members.add_argument(
        "--same-name",
        action="store_true",
        help=say(N_("take the only person of a name for the same person")),
    )
    members.add_argument("--dry-run", action="store_true")
    members.add_argument("--skip-refused", action="store_true")
    meetings = acts.add_parser("meetings", parents=[common])
    meetings.add_argument("file", metavar="FILE", type=Path)
    meetings.add_argument("--body", metavar="B", help=say(N_("take every row for its meeting")))
    meetings.add_argument(
        "--map",
        metavar="COLUMN=FIELD",
        action="append",
        default=[],
        help=say(N_("what a column holds; FIELD “-” leaves it out")),
    )
    meetings.add_argument("--dry-run", action="store_true")
    meetings.add_argument("--skip-refused", action="store_true")
    calendar = acts.add_parser("calendar", parents=[common])
    calendar.add_argument("file", metavar="FILE", type=Path)
    calendar.add_argument("--body", metavar="B", help=say(N_("take every event for its meeting")))
    calendar.add_argument("--dry-run", action="store_true")
    _import_proposals(acts.add_parser("proposals", parents=[common]))
    poll_arguments.importing(acts.add_parser("poll", parents=[common]))
    review_arguments.importing(acts.add_parser("review", parents=[common]))
    evidence_arguments.sheets(acts, parents=[common])


def _import_proposals(proposals: argparse.ArgumentParser) -> None:
    proposals.add_argument("file", metavar="FILE", type=Path)
    proposals.add_argument(
        "--map",
        metavar="COLUMN=FIELD",
        action="append",
        default=[],
        help=say(N_("what a column holds; FIELD “-” leaves it out")),
    )
    proposals.add_argument(
        "--system", metavar="NAME", help=say(N_("the system the numbers are from"))
    )
    proposals.add_argument(
        "--state",
        metavar="WORD=STATE",
        action="append",
        default=[],
        help=say(N_("what a state of the other system is here: received, closed, withdrawn")),
    )
    proposals.add_argument(
        "--received", metavar="DATE", help=say(N_("day of receipt where the file names none"))
    )
    proposals.add_argument(
        "--titles-only",
        action="store_true",
        help=say(N_("refuse rows without a title instead of making one from the text")),
    )
    proposals.add_argument("--dry-run", action="store_true")
    proposals.add_argument("--skip-refused", action="store_true")


def _export(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    members = acts.add_parser("members", parents=[common])
    members.add_argument("file", metavar="FILE", type=Path)
    members.add_argument("--body", metavar="B")
    members.add_argument("--on", metavar="DATE")
    members.add_argument(
        "--with-contacts",
        action="store_true",
        help=say(
            N_("with phone numbers, e-mail addresses and disability; noted in the access record")
        ),
    )
    members.add_argument("--reason", metavar="TEXT", default="")
    meetings = acts.add_parser("meetings", parents=[common])
    meetings.add_argument("file", metavar="FILE", type=Path)
    meetings.add_argument("--body", metavar="B")
    evidence_arguments.sheets(acts, parents=[common])
