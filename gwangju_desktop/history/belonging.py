"""Which journal entries tell of a record: of itself, and of what belongs to it."""

from __future__ import annotations

from collections import deque
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from db.images import canonical
from db.schema.journal import row_change
from gwangju_desktop.history import images, labels

MOST_IN = 200  # conditions in one question


def below(table: str) -> dict[str, list[tuple[str, str]]]:
    """Return child tables of a table: (its column, the parent's table), level by level."""
    found: dict[str, list[tuple[str, str]]] = {}
    waiting, seen = deque([table]), {table}
    while waiting:
        parent = waiting.popleft()
        for child in labels.load().tables.values():
            columns = [column for column, owner in child.of.items() if owner == parent]
            if not columns:
                continue
            found.setdefault(child.name, []).extend((column, parent) for column in columns)
            if child.name not in seen:
                seen.add(child.name)
                waiting.append(child.name)
    return found


def entries_of(read: Session, table: str, id: int) -> set[int]:
    """Return the ids of the entries that tell of a record, those of rows that are gone included.

    Rows of an erased person are found by whom they are about, what belonged to an erased row is not.
    """
    known: dict[str, set[int]] = {table: {id}}
    entries = set(read.scalars(_select(_keyed(table, {id}))))
    if table == "person":
        entries |= set(
            read.scalars(select(row_change.c.change_id).where(row_change.c.subject == id))
        )
    children = below(table)
    level = {table}
    while level:
        # The journal has no index by what a row held: one look at it answers for all children.
        wanted = [
            (child, column, parent_id)
            for child, links in children.items()
            for column, parent in links
            if parent in level
            for parent_id in sorted(known[parent])
        ]
        level = set()
        for start in range(0, len(wanted), MOST_IN):
            query = select(row_change.c.change_id, row_change.c.tbl, row_change.c.pk).where(
                or_(*(_belongs(*one) for one in wanted[start : start + MOST_IN]))
            )
            for entry, child, pk in read.execute(query):
                entries.add(entry)
                if images.first(pk) not in known.setdefault(child, set()):
                    known[child].add(images.first(pk))
                    level.add(child)
        for child in level:
            # A row may have belonged to another record before; and its erased images name nobody.
            for start in range(0, len(known[child]), MOST_IN):
                ids = set(sorted(known[child])[start : start + MOST_IN])
                entries |= set(read.scalars(_select(_keyed(child, ids))))
    return entries


def _select(condition: ColumnElement[bool]) -> Any:
    return select(row_change.c.change_id).where(condition).distinct()


def _keyed(table: str, ids: set[int]) -> ColumnElement[bool]:
    keys = [canonical((id,)) for id in sorted(ids)]
    return and_(row_change.c.tbl == table, row_change.c.pk.in_(keys))


def _belongs(child: str, column: str, id: int) -> ColumnElement[bool]:
    """Say that an image of a table held a number in a column: a number ends at the next mark."""
    beginning = f'"{column}":{id}'
    holds = or_(
        func.coalesce(row_change.c.body, "").contains(f"{beginning},", autoescape=True),
        func.coalesce(row_change.c.body, "").contains(f"{beginning}}}", autoescape=True),
    )
    return and_(row_change.c.tbl == child, holds)
