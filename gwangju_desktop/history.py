"""What was done in the office, newest last, and whether the journal is whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import journal
from db.schema.journal import change_log, row_change
from gwangju_desktop import clock
from gwangju_desktop.text import N_, Msg, say


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One journal entry; `label` is a msgid, `at` None when a stranger made the moment unreadable."""

    id: int
    at: dt.datetime | None
    who: str
    kind: str
    label: str
    target: int | None
    rows: int
    hash: str


def entries(
    read: Session,
    *,
    limit: int | None = None,
    kind: str | None = None,
    who: str | None = None,
    since: dt.date | None = None,
) -> list[EntryRow]:
    """Return the journal's entries, the oldest first; `limit` keeps the newest ones.

    `since` is a day of the office's clock.
    """
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
    if kind is not None:
        query = query.where(change_log.c.kind == kind)
    if who is not None:
        query = query.where(change_log.c.who == who)
    if since is not None:
        midnight = dt.datetime.combine(since, dt.time(), clock.KST).astimezone(dt.UTC)
        query = query.where(change_log.c.at >= midnight.strftime("%Y-%m-%dT%H:%M"))
    found = [
        EntryRow(
            row.id,
            _moment(row.at),
            row.who,
            row.kind,
            row.label,
            row.target,
            row.rows,
            row.hash.hex()[:16] if isinstance(row.hash, bytes) else "",
        )
        for row in read.execute(query).all()
    ]
    return found[::-1]


def verify(read: Session) -> list[str]:
    """Return every break of the chain in a sentence; empty when it is whole."""
    return [
        say(_BREAKS[found.what], entry=found.entry, image=(found.image or 0) + 1)
        for found in journal.verify(read.connection())
    ]


_BREAKS: dict[journal.Wrong, Msg] = {
    "lost image": N_("Entry {entry}: its change {image} is missing."),
    "changed image": N_("Entry {entry}: its change {image} was altered."),
    "lost entry": N_("Entry {entry} is missing."),
    "changed entry": N_("Entry {entry} was altered."),
    "other entry": N_("Entry {entry} is not the one noted outside."),
    "stray": N_("Entry {entry} is missing, but its changes are there."),
    "cut": N_("The journal ends before entry {entry}."),
}


def _moment(text: object) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(str(text))
    except ValueError:
        return None
