"""What the commands about backups take; read on every command line, so nothing heavy is imported."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from gwangju_desktop.text import N_, say


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Declare every act."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    folder: dict[str, Any] = {"metavar": "DIR", "type": Path}
    make = acts.add_parser("make", parents=[common])
    make.add_argument("folder", **folder)
    verify = acts.add_parser("verify", parents=[common])
    verify.add_argument("file", metavar="FILE", type=Path)
    restore = acts.add_parser("restore", parents=[common])
    restore.add_argument("file", metavar="FILE", type=Path)
    restore.add_argument("target", metavar="TO", type=Path)
    salvage = acts.add_parser("salvage", parents=[common])
    salvage.add_argument("file", metavar="FILE", type=Path)
    salvage.add_argument("target", metavar="TO", type=Path, nargs="?")
    drill = acts.add_parser("drill", parents=[common])
    drill.add_argument("folder", nargs="?", **folder)
    for act in (make, verify, restore, drill):
        act.add_argument("--passphrase-file", metavar="P", type=Path)
    acts.add_parser("list", parents=[common]).add_argument("folder", nargs="?", **folder)
    thin = acts.add_parser("thin", parents=[common])
    thin.add_argument("folder", nargs="?", **folder)
    thin.add_argument("--dry-run", action="store_true", help=say(N_("only say what would go")))
