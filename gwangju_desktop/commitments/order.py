"""The order of rows that are moved by hand: positions with gaps between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

GAP = 1024
# Entities with a `position`; SQLAlchemy's attributes fit no protocol.
Row = TypeVar("Row")


def after(rows: Sequence[Any]) -> int:
    """Return the place of a row behind all others."""
    return int(max((row.position for row in rows), default=0)) + GAP


def moved(rows: Sequence[Row], row: Row, by: int) -> list[Row]:
    """Move a row so many places up (negative) or down; return the rows in their new order.

    Places need not differ while rows are moved; only those that change are written.
    """
    order = list(rows)
    at = order.index(row)
    to = max(0, min(len(order) - 1, at + by))
    if to == at:
        return order
    order.insert(to, order.pop(at))
    last = 0
    placed: list[Any] = [*order]
    for one in placed:
        if one.position <= last or one is row:
            one.position = last + GAP
        last = one.position
    return order
