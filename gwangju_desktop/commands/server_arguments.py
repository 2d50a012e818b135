"""What the commands about an office server take; read on every command line: nothing heavy."""

from __future__ import annotations

import argparse

from gwangju_desktop.text import N_, say

ROLES = ("secretary", "department", "chair", "auditor", "reader")


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Declare every act."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)

    def add(name: str, meaning: str) -> argparse.ArgumentParser:
        return acts.add_parser(name, parents=[common], help=meaning, description=meaning)

    roles = add("roles", say(N_("print the psql script that makes roles and database")))
    login = add("login", say(N_("print the psql script that makes or changes a person's login")))
    login.add_argument("login", metavar="LOGIN")
    login.add_argument("--name", metavar="NAME", required=True)
    login.add_argument("--role", choices=ROLES, required=True)
    for act in (roles, login):
        act.add_argument("--database", metavar="NAME", default="gwangju")
    backup = add("backup", say(N_("print the script of the nightly backup with a restore test")))
    backup.add_argument(
        "--windows", action="store_true", help=say(N_("for the Task Scheduler instead of cron"))
    )
    add("rights", say(N_("convert the office where needed and give the roles their rights anew")))
    add("check", say(N_("check that the server is set up as an office needs it")))


def copying(parser: argparse.ArgumentParser) -> None:
    """Declare `copy`."""
    parser.add_argument("source", metavar="SRC")
    parser.add_argument("target", metavar="DST")
