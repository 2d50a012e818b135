"""Files that document security has wrapped: nobody but its own agent can read them.

A wrapped file keeps its name and suffix; only its first bytes tell. Which products an office meets
is its own affair, so the list is a setting: one beginning a line.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from db.store import usecase
from gwangju_desktop import settings
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_

HEADS = (
    # SoftCamp Document Security writes "SCDSA002" or "SCDSA004".
    "SCDSA00",
    # MarkAny Document SAFER writes "<DOCUMENT SAFER V2010 R2>".
    "<DOCUMENT SAFER",
    # Fasoo: "\x9b DRMONE  This Document is encrypted and protected by Fasoo DRM".
    "DRMONE",
    # Fasoo's older container writes "<!-- FasooSecureContainer".
    "FasooSecureContainer",
    # Samsung SDS NASCA writes "<## NASCA DRM FILE - VER1.00 ##>".
    "<## NASCA DRM FILE",
)
# Fasoo's words stand behind two other bytes, so a beginning is looked for in the first ones.
REACH = 128
_SAMPLE = 4096
# A sample of random bytes has 7.95 bits each; documents begin with words, tables, zeros.
_RANDOM_BITS = 7.9
_SHORTEST = 4


def locked(head: bytes, heads: Sequence[str] = HEADS) -> bool:
    """Say whether a file's first bytes are those of a product for document security."""
    start = head[:REACH]
    return any(beginning.encode() in start for beginning in heads)


def looks_random(head: bytes) -> bool:
    """Say whether bytes look encrypted; too few never do."""
    sample = head[:_SAMPLE]
    if len(sample) < _SAMPLE:
        return False
    shares = (count / len(sample) for count in Counter(sample).values())
    return -sum(share * math.log2(share) for share in shares) > _RANDOM_BITS


def heads(read: Session) -> tuple[str, ...]:
    """Return the beginnings this office looks for."""
    held: Any = settings.value(read, settings.PAPER_SECURITY)
    return HEADS if held is None else tuple(held)


@usecase("Change the list of document security")
def change_heads(tx: Session, *, text: str) -> int:
    """Keep the beginnings to look for, one a line, and return how many; none brings back the usual.

    Raises UserError for one so short that other files would begin with it.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in lines:
        if len(line.encode()) < _SHORTEST:
            raise UserError(
                N_("“{line}” is too short to tell document security by."),
                hint=N_("Write at least four letters of the file's beginning."),
                line=line,
            )
    kept = None if not lines or tuple(lines) == HEADS else lines
    settings.change_setting(tx, key=settings.PAPER_SECURITY, value=kept)
    return len(lines)
