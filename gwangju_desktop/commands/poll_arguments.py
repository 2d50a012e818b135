"""What the commands about polls take; read on every command line, so nothing heavy is imported."""

from __future__ import annotations

import argparse
from pathlib import Path

from gwangju_desktop.text import N_, say


def importing(parser: argparse.ArgumentParser) -> None:
    """Add what `import poll` takes."""
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument(
        "--wave",
        metavar="W",
        required=True,
        help=say(N_("its label or number; a new wave where the series has none of that name")),
    )
    parser.add_argument(
        "--poll",
        metavar="POLL",
        help=say(N_("the series, by id or name; else a new one named after the file")),
    )
    parser.add_argument(
        "--layout",
        metavar="LAYOUT",
        default="auto",
        help=say(N_("auto, columns, joined, spread, two_rows, coded or limesurvey")),
    )
    parser.add_argument("--codebook", metavar="FILE", type=Path)
    parser.add_argument(
        "--encoding", metavar="E", help=say(N_("of a text file: utf-8, cp949, mac_roman …"))
    )
    parser.add_argument(
        "--keep-duplicates",
        action="store_true",
        help=say(N_("take rows with a respondent’s number that came before")),
    )
    parser.add_argument("--dry-run", action="store_true")


def tabulating(parser: argparse.ArgumentParser) -> None:
    """Add what `tabulate` takes."""
    parser.add_argument("poll", metavar="POLL", help=say(N_("its id or name")))
    parser.add_argument(
        "question", metavar="QUESTION", help=say(N_("its code, the code of a part, or its wording"))
    )
    parser.add_argument("--wave", metavar="W", help=say(N_("its label or number; else the latest")))
    parser.add_argument(
        "--by", metavar="ATTRIBUTE", help=say(N_("split by another question with one choice"))
    )
    parser.add_argument("--weight", action="store_true", help=say(N_("with the wave’s weights")))
