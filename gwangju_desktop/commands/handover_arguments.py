"""The arguments of `handover give | take | return | break | again | stay | state | compare`."""

from __future__ import annotations

import argparse
from pathlib import Path

from gwangju_desktop.text import N_, say


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Declare every act."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)

    def act(name: str, meaning: str) -> argparse.ArgumentParser:
        return acts.add_parser(name, parents=[common], help=meaning, description=meaning)

    give = act("give", say(N_("write the whole office into a folder; here it is only read then")))
    give.add_argument("folder", metavar="DIR", type=Path)
    give.add_argument("--to", metavar="NAME", required=True, help=say(N_("who is given it")))
    give.add_argument("--by", metavar="NAME", default="", help=say(N_("who gives it")))
    back = act("return", say(N_("give it back to whoever gave it")))
    back.add_argument("folder", metavar="DIR", type=Path)
    take = act("take", say(N_("take a file over: to a new place, or to the copy that waits")))
    take.add_argument("file", metavar="FILE", type=Path)
    take.add_argument("target", metavar="TO", type=Path)
    again = act("again", say(N_("write the file of a handover that was cut off")))
    for one in (give, back, take, again):
        one.add_argument("--passphrase-file", metavar="P", type=Path)
    act("stay", say(N_("keep the office here after a handover that was cut off")))
    end = act("break", say(N_("write here again although the file has not come back")))
    end.add_argument(
        "--reason", metavar="TEXT", required=True, help=say(N_("it stays in the journal"))
    )
    act("state", say(N_("say who has the office file")))
    compare = act("compare", say(N_("list what two copies did since they parted")))
    compare.add_argument("one", metavar="A", type=Path)
    compare.add_argument("other", metavar="B", type=Path)
    compare.add_argument("--passphrase-file", metavar="P", type=Path, action="append", default=[])
    compare.add_argument(
        "-o", "--output", metavar="FILE.csv", type=Path, help=say(N_("write the list"))
    )
