"""What the commands about the public site take; read on every command line."""

from __future__ import annotations

import argparse
import copy
from pathlib import Path

from gwangju_desktop.text import LANGUAGES, N_, say

BOTH = "both"


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Declare every act."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    # Its --lang is the site's, so a site may speak both; the command itself speaks the first.
    # Resolving takes the option out of what it resolves against, hence out of a copy.
    build = acts.add_parser("build", parents=[copy.deepcopy(common)], conflict_handler="resolve")
    build.add_argument("folder", metavar="DIR", type=Path)
    build.add_argument(
        "--from",
        dest="copy",
        metavar="F.gwsnap",
        type=Path,
        help=say(N_("a public copy; without it one is made of the office")),
    )
    build.add_argument(
        "--passphrase-file",
        metavar="P",
        type=Path,
        help=say(N_("of the office’s key, which signs the copy and the list of files")),
    )
    build.add_argument(
        "--lang",
        dest="languages",
        choices=(*LANGUAGES, BOTH),
        default=BOTH,
        help=say(N_("the languages of the site; both unless told")),
    )
    build.add_argument(
        "--address",
        metavar="URL",
        help=say(N_("the site’s web address; by default the one set in the office")),
    )
    check = acts.add_parser("check", parents=[common])
    check.add_argument("folder", metavar="DIR", type=Path)
    card = acts.add_parser("card", parents=[common])
    card.add_argument(
        "code",
        nargs="?",
        metavar="CODE",
        help=say(N_("the card to draw; without it the cards of the copy are listed")),
    )
    card.add_argument("--from", dest="copy", metavar="F.gwsnap", type=Path, required=True)
    card.add_argument("-o", "--out", metavar="FILE.png", type=Path)
