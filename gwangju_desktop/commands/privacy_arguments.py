"""The arguments of `privacy due | consents | log | export`."""

from __future__ import annotations

import argparse
from pathlib import Path

from gwangju_desktop.text import N_, say


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Declare every act."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)

    def act(name: str, meaning: str) -> argparse.ArgumentParser:
        return acts.add_parser(name, parents=[common], help=meaning, description=meaning)

    act("due", say(N_("list what is due to be erased, until a month ahead")))
    act("consents", say(N_("count who agreed to what, and since when")))
    log = act("log", say(N_("list who saw, copied, exported or printed contact data")))
    log.add_argument("--since", metavar="DATE", help=say(N_("from this day on")))
    export = act("export", say(N_("write everything held of one person; noted as an export")))
    export.add_argument("id", metavar="ID")
    export.add_argument("file", metavar="FILE.zip", type=Path)
    export.add_argument("--reason", metavar="TEXT", default="")
