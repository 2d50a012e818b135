"""Arguments of `import review` and `review key | questions | answer | register`."""

from __future__ import annotations

import argparse
from pathlib import Path

from gwangju_desktop.text import N_, say

FORMS = ("inception", "closing")


def importing(parser: argparse.ArgumentParser) -> None:
    """Declare `import review FILE`."""
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument(
        "--review", metavar="ID", type=int, help=say(N_("the round it belongs to; else its own"))
    )


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Declare the acts of a monitor, who needs no office, and the office's `register`."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    key = acts.add_parser("key", parents=[common])
    key.add_argument("-o", "--output", metavar="KEYFILE", type=Path, required=True)
    _passphrase(key)

    questions = acts.add_parser("questions", parents=[common])
    questions.add_argument("copy", metavar="SNAP", type=Path)
    questions.add_argument("--form", choices=FORMS, required=True)
    questions.add_argument("--commitment", metavar="C", default="")
    questions.add_argument("--plan", metavar="PLAN", default="")
    questions.add_argument("-o", "--output", metavar="FILE.xlsx", type=Path, required=True)

    answer = acts.add_parser("answer", parents=[common])
    answer.add_argument("copy", metavar="SNAP", type=Path)
    answer.add_argument("sheet", metavar="FILE.xlsx", type=Path)
    answer.add_argument("--name", metavar="N", required=True, help=say(N_("who signs")))
    answer.add_argument(
        "--agreed",
        metavar="N",
        action="append",
        default=[],
        help=say(N_("a monitor who shares a joint answer; once for each, who signs among them")),
    )
    answer.add_argument("--key", metavar="KEYFILE", type=Path, required=True)
    _passphrase(answer)
    answer.add_argument("-o", "--output", metavar="FILE.gwreview", type=Path, required=True)

    register = acts.add_parser("register", parents=[common])
    register.add_argument(
        "key", metavar="PUB|FINGERPRINT", help=say(N_("a public key's file, or its fingerprint"))
    )
    register.add_argument("--person", metavar="ID", type=int, required=True)


def _passphrase(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--passphrase-file", metavar="P", type=Path, required=True)
