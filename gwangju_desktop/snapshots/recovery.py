"""The recovery sheet: the signing key on one page of paper for the safe, and read back from it.

The private half stands in eight lines of eight hexadecimal digits with a check letter each. The
check is a weighted sum modulo the prime 31, so every single wrong digit, every two digits that
changed places and every line in another place is found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

from gwangju_desktop.documents.blocks import Block, Column, Rule, Space, para, table
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.issuer import Issuer
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots import key_words, signing
from gwangju_desktop.text import C_, N_, Words

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

LINES = 8
DIGITS = 8
_MODULUS = 31
# Without I, L, O, S and U, which are taken for digits or for one another.
_CHECKS = "0123456789ABCDEFGHJKMNPQRTVWXYZ"
# What is typed in place of what is printed.
_MISREAD = str.maketrans("OIL", "011")
_GROUP = 4


def lines_of(seed: bytes) -> list[str]:
    """Return the lines of a private key's 32 bytes: two groups of digits and the check letter."""
    text = seed.hex().upper()
    found = []
    for n in range(LINES):
        digits = text[n * DIGITS : (n + 1) * DIGITS]
        found.append(f"{digits[:_GROUP]} {digits[_GROUP:]} {_check(n, digits)}")
    return found


def read_line(n: int, text: str) -> bytes:
    """Return the four bytes of line `n` (from 0) as somebody typed it.

    Spaces, marks, width and case do not matter. Raises UserError, naming the line, while it is not
    right.
    """
    plain = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text).upper())
    digits, check = plain[:DIGITS].translate(_MISREAD), plain[DIGITS:].translate(_MISREAD)
    if len(plain) != DIGITS + 1:
        raise UserError(
            N_("Line {n} has {count} characters; eight digits and one check letter are printed."),
            n=n + 1,
            count=len(plain),
        )
    if not re.fullmatch("[0-9A-F]{8}", digits) or check != _check(n, digits):
        raise UserError(
            N_("Line {n} does not fit its check letter. Compare it with the sheet."), n=n + 1
        )
    return bytes.fromhex(digits)


def private_key(lines: Iterable[str]) -> Ed25519PrivateKey:
    """Return the key of a whole sheet; raises UserError, naming the first line that is not right."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    typed = list(lines)
    if len(typed) != LINES:
        raise UserError(N_("The sheet has {n} lines; type all of them."), n=LINES)
    seed = b"".join(read_line(n, text) for n, text in enumerate(typed))
    return Ed25519PrivateKey.from_private_bytes(seed)


def _check(n: int, digits: str) -> str:
    weighed = sum((place + 2) * int(digit, 16) for place, digit in enumerate(digits))
    return _CHECKS[(weighed + (DIGITS + 2) * (n + 1)) % _MODULUS]


# --- the sheet ------------------------------------------------------------------------------------


def sheet(seed: bytes, public: bytes, about: Issuer, say: Words) -> Composed:
    """Return the recovery sheet: one page of A4 for a sealed envelope in the safe."""
    title = say(N_("Recovery sheet of the signing key"))
    fingerprint = signing.fingerprint(public)
    groups = fingerprint.split(" ")
    halves = "\n".join(" ".join(groups[n : n + 8]) for n in (0, 8))
    spoken = key_words.fingerprint_words(fingerprint, say.language)
    words = "\n".join(" ".join(spoken[n : n + 8]) for n in (0, 8))
    facts = table(
        [Column("", 0.24, style="strong"), Column("", 0.76)],
        [
            [say(N_("Fingerprint")), halves],
            [say(N_("In words (first 128 bits)")), words],
            [say(N_("Printed on")), say.day(about.on, "long")],
        ],
        head=False,
        row_head=True,
        grid=True,
    )
    private = table(
        [
            Column(say(C_("recovery sheet", "Line")), 0.14, "centre", "middle"),
            Column(say(C_("recovery sheet", "Digits")), 0.62, "centre", "fact"),
            Column(say(C_("recovery sheet", "Check letter")), 0.24, "centre", "fact"),
        ],
        [[str(n), *_parted(line)] for n, line in enumerate(lines_of(seed), start=1)],
        grid=True,
        min_row=9 * MM,
        whole=True,
    )
    kept = table(
        [Column("", 0.24, style="strong"), Column("", 0.26)] * 2,
        [
            [
                say(N_("Sealed on")),
                "",
                say(N_("Kept by (signature)")),
                "",
            ]
        ],
        head=False,
        grid=True,
        min_row=11 * MM,
    )
    body: list[Block] = [
        para(about.office(say), "lead"),
        para(title, "h1"),
        Rule(),
        Space(2 * MM),
        para(
            say(
                N_(
                    "Whoever holds this sheet can sign in the name of the office. Put it into a"
                    " sealed envelope in the safe, make no copy, and delete the file it was printed"
                    " from."
                )
            ),
            "body",
        ),
        facts,
        Space(3 * MM),
        para(say(N_("The private key")), "h3", keep=True),
        private,
        Space(2 * MM),
        para(say(N_("To restore the key")), "h3", keep=True),
        para(
            say(
                N_(
                    "Settings → Signing key → Restore from the sheet. Type the eight lines; each is"
                    " checked while it is typed. 0 is always the digit zero, 1 the digit one. Then"
                    " choose a new passphrase and compare the fingerprint with this sheet."
                )
            ),
            "note",
        ),
        Space(2 * MM),
        kept,
    ]
    return Composed(title, title, about, say.language, (tuple(body),))


def _parted(line: str) -> list[str]:
    *digits, check = line.split(" ")
    return ["\u2002".join(digits), check]
