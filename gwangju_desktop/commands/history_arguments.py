"""What the command about the history takes; read on every command line, so nothing heavy is imported."""

from __future__ import annotations

import argparse

from gwangju_desktop.commands import output
from gwangju_desktop.text import N_, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    parser.add_argument("act", nargs="?", choices=("revert",))
    parser.add_argument(
        "number", nargs="?", metavar="N", type=output.count, help=say(N_("take entry N back"))
    )
    parser.add_argument("--verify", action="store_true", help=say(N_("go through the whole chain")))
    parser.add_argument(
        "--noted",
        action="append",
        default=[],
        metavar="FILE|N:MARK",
        help=say(N_("with --verify: a review copy, a backup, or the mark on printed minutes")),
    )
    parser.add_argument("--limit", metavar="N", type=output.count)
    parser.add_argument("--kind", choices=("do", "undo", "redo", "erase", "migrate", "salvage"))
    parser.add_argument("--who", metavar="NAME")
    parser.add_argument(
        "--since", metavar="DATE", help=say(N_("from this day on, 2022-03-11 for instance"))
    )
    parser.add_argument("--until", metavar="DATE", help=say(N_("up to this day")))
    parser.add_argument(
        "--record",
        metavar="TABLE/ID",
        help=say(N_("of this record and what belongs to it, meeting/3 for instance")),
    )
    parser.add_argument("--words", metavar="TEXT", default="", help=say(N_("that say this")))
