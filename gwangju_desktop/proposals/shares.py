"""Shares of a joint proposal (공동제안): hundredths of a percent, all together 10,000.

The main proposer is the one with the largest share (국민 제안 규정).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_

WHOLE = 10_000
_PERCENT = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*%?")


def even(count: int) -> list[int]:
    """Split the whole among so many; what does not divide goes to the first, one part each."""
    if count < 1:
        return []
    part, rest = divmod(WHOLE, count)
    return [part + (n < rest) for n in range(count)]


def settled(asked: Sequence[int | None]) -> list[int]:
    """Return the shares as asked, even ones where none was asked for.

    Raises UserError for shares that are not all above nothing or not 100 % together.
    """
    if all(share is None for share in asked):
        return even(len(asked))
    given = [share for share in asked if share is not None]
    if len(given) < len(asked) or any(not 0 < share <= WHOLE for share in given):
        raise UserError(
            N_("Every proposer of a joint proposal needs a share above 0 %."),
            hint=N_("Enter the shares, or leave them all empty to share evenly."),
        )
    total = sum(given)
    if total != WHOLE:
        raise UserError(
            N_("The shares of the proposers come to {total} %, not to 100 %."),
            hint=N_("Correct a share, or leave them all empty to share evenly."),
            total=written(total),
        )
    return given


def main(held: Sequence[int]) -> int | None:
    """Return the place of the main proposer: the largest share, the first of equals."""
    return max(range(len(held)), key=lambda n: (held[n], -n), default=None)


def written(share: int) -> str:
    """Write a share in percent without the sign: 33.34, 50."""
    whole, part = divmod(share, 100)
    return f"{whole}.{part:02}".rstrip("0") if part else str(whole)


def read(text: str) -> int | None:
    """Read a share typed in percent ("33.34", "50 %"), None for an empty text.

    Raises UserError for anything else.
    """
    typed = text.strip()
    if not typed:
        return None
    found = _PERCENT.fullmatch(typed)
    share = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")) if found else WHOLE + 1
    if share > WHOLE:
        raise UserError(
            N_("“{typed}” is no share."),
            hint=N_("Enter a percentage from 0 to 100 with two decimals at most."),
            typed=typed[:40],
        )
    return share
