"""What was done in the office, newest last, and whether the journal is whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import journal
from db.schema.journal import change_log, row_change


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One journal entry; `label` is a msgid, `hash` the link's first 16 hex digits."""

    id: int
    at: dt.datetime
    who: str
    kind: str
    label: str
    target: int | None
    rows: int
    hash: str


def entries(read: Session, *, limit: int | None = None) -> list[EntryRow]:
    """Return the journal's entries, the oldest first; `limit` keeps the newest ones."""
    count = (
        select(row_change.c.change_id, func.count().label("rows"))
        .group_by(row_change.c.change_id)
        .subquery()
    )
    query = (
        select(change_log, func.coalesce(count.c.rows, 0).label("rows"))
        .outerjoin(count, count.c.change_id == change_log.c.id)
        .order_by(change_log.c.id.desc())
        .limit(limit)
    )
    found = [
        EntryRow(
            row.id,
            dt.datetime.fromisoformat(row.at),
            row.who,
            row.kind,
            row.label,
            row.target,
            row.rows,
            bytes(row.hash).hex()[:16],
        )
        for row in read.execute(query).all()
    ]
    return found[::-1]


def verify(read: Session) -> list[str]:
    """Return every break of the chain; empty when it is whole."""
    return journal.verify(read.connection())
