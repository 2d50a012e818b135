"""What `evidence` and the sheets of an action plan take; read on every command line, so nothing heavy is imported."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from gwangju_desktop.text import N_, say


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Add what `evidence check` and `evidence add` take."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    meaning = say(N_("read all evidence files again and name those that changed"))
    check = acts.add_parser("check", parents=[common], help=meaning, description=meaning)
    check.add_argument(
        "--plan", metavar="PLAN", help=say(N_("of one action plan only, by code or id"))
    )
    meaning = say(N_("add a file as evidence; a link is none without a saved copy"))
    add = acts.add_parser("add", parents=[common], help=meaning, description=meaning)
    add.add_argument("file", metavar="FILE", type=Path)
    add.add_argument(
        "--plan", metavar="PLAN", help=say(N_("its action plan, by code or id; else the only one"))
    )
    add.add_argument("--commitment", metavar="C", help=say(N_("its commitment, by code or id")))
    add.add_argument("--title", metavar="TEXT", default="")
    add.add_argument("--title-en", metavar="TEXT", default="")
    add.add_argument("--url", metavar="URL", default="", help=say(N_("where the copy is from")))
    add.add_argument("--from", dest="obtained_from", metavar="TEXT", default="")
    add.add_argument("--obtained", metavar="DATE", help=say(N_("the day it was obtained; today")))
    add.add_argument("--public", action="store_true", help=say(N_("everybody may read it")))
    add.add_argument("--ground", metavar="TEXT", default="", help=say(N_("why it is not public")))
    add.add_argument("--claim", metavar="TEXT", default="", help=say(N_("what it proves")))
    add.add_argument("--claim-en", metavar="TEXT", default="")
    place = add.add_mutually_exclusive_group()
    place.add_argument(
        "--milestone", metavar="N", help=say(N_("number of the commitment's milestone it proves"))
    )
    place.add_argument("--count", metavar="ID", help=say(N_("id of the co-creation number")))
    place.add_argument(
        "--question",
        metavar="FORM:KEY",
        help=say(N_("the question it answers, as closing:1.1 or inception:2.2")),
    )


def sheets(acts: argparse._SubParsersAction[argparse.ArgumentParser], **common: Any) -> None:
    """Add what the sheets of progress and of missing English take, on their way out and in."""
    of = say(N_("its action plan, by code or id; else the only one"))
    for name, meaning in (
        ("progress", say(N_("the milestones of an action plan with their progress (.xlsx)"))),
        ("english", say(N_("the texts of an action plan without English (.xlsx)"))),
    ):
        sheet = acts.add_parser(name, help=meaning, description=meaning, **common)
        sheet.add_argument("file", metavar="FILE", type=Path)
        sheet.add_argument("--plan", metavar="PLAN", help=of)
