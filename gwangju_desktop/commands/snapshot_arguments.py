"""What the commands about snapshots take; read on every command line, so nothing heavy is imported."""

from __future__ import annotations

import argparse
from pathlib import Path

from gwangju_desktop.commands import output
from gwangju_desktop.text import N_, say

PROFILES = ("monitor", "public")
CHANNELS = ("stick", "mail", "document", "messenger", "web", "other")


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Declare every act."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    make = acts.add_parser("make", parents=[common])
    make.add_argument("-o", "--output", metavar="FILE", type=Path, required=True)
    make.add_argument("--passphrase-file", metavar="P", type=Path, required=True)
    _profile(make)
    make.add_argument("--previous", metavar="FILE", type=Path, help=say(N_("the last copy made")))
    send = acts.add_parser("send", parents=[common])
    send.add_argument("file", metavar="FILE", type=Path)
    send.add_argument("-o", "--output", metavar="DIR", type=Path, required=True)
    send.add_argument("--part-mb", metavar="N", type=output.count)
    verify = acts.add_parser("verify", parents=[common])
    verify.add_argument("file", metavar="FILE", type=Path)
    verify.add_argument("--fingerprint", metavar="F")
    compare = acts.add_parser("compare", parents=[common])
    compare.add_argument("old", metavar="OLD", type=Path)
    compare.add_argument("new", metavar="NEW", type=Path)
    recompute = acts.add_parser("recompute", parents=[common])
    recompute.add_argument("file", metavar="FILE", type=Path)
    _texts(acts, common)
    _handing_over(acts, common)


def _texts(
    acts: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser
) -> None:
    listing = acts.add_parser("texts", parents=[common])
    listing.add_argument("--undecided", action="store_true")
    _profile(listing)
    decide = acts.add_parser("decide", parents=[common])
    decide.add_argument("find", metavar="FIND", nargs="*")
    what = decide.add_mutually_exclusive_group(required=True)
    what.add_argument("--show", action="store_true")
    what.add_argument("--mask", action="store_true")
    what.add_argument("--again", action="store_true")
    decide.add_argument("--reason", metavar="R", default="")
    decide.add_argument("--same", action="store_true")
    decide.add_argument("--undecided", action="store_true")
    _profile(decide)


def _handing_over(
    acts: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser
) -> None:
    acts.add_parser("keys", parents=[common])
    listing = acts.add_parser("deliveries", parents=[common])
    listing.add_argument("copy", metavar="NO", type=output.count, nargs="?")
    deliver = acts.add_parser("deliver", parents=[common])
    deliver.add_argument("copy", metavar="NO", type=output.count, help=say(N_("the copy’s number")))
    deliver.add_argument(
        "--to", metavar="NAME", required=True, help=say(N_("who it was handed over to"))
    )
    deliver.add_argument("--channel", choices=CHANNELS, required=True)
    deliver.add_argument("--on", metavar="DATE", help=say(N_("the day; else today")))
    deliver.add_argument("--note", metavar="TEXT", default="")


def _profile(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--profile", choices=PROFILES, default=PROFILES[0])
