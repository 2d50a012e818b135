"""Places of rows in an order kept by hand: positions have gaps, so a move writes one row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy.orm import Session

from gwangju_desktop.meetings.rules import GAP, place_between


class Placed(Protocol):
    """A row with a position among its like."""

    position: int


def move(tx: Session, rows: Sequence[Placed], row: Placed, by: int) -> None:
    """Move one of `rows`, given in order, up (negative) or down; it stops at the ends."""
    at = rows.index(row)
    others = [one.position for one in rows if one is not row]
    to = max(0, min(len(others), at + by))
    if to == at:
        return
    free = place_between(others, to)
    if free is None:
        spread(tx, rows)
        move(tx, rows, row, by)
        return
    row.position = free


def spread(tx: Session, rows: Sequence[Placed]) -> None:
    """Give `rows` whole gaps again, in their order.

    They are parked first: two rows may not pass through one position, even within one flush.
    """
    for n, row in enumerate(rows, 1):
        row.position = -n
    tx.flush()
    for n, row in enumerate(rows, 1):
        row.position = n * GAP
    tx.flush()
