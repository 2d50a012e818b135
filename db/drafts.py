"""What is being typed, kept between two entries of the journal.

A draft is neither journalled nor searched: what it becomes is recorded. After a crash a draft that
is left is the newer text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.orm import Session

from db.engine import permit
from db.schema.minutes import draft


@dataclass(frozen=True, slots=True)
class Draft:
    """One unfinished text; `item_id` 0 and below are texts of the meeting at large."""

    meeting_id: int
    item_id: int
    text: str
    saved_at: dt.datetime


def keep(tx: Session, meeting_id: int, item_id: int, text: str, at: dt.datetime) -> None:
    """Keep a text in the place of the draft there was."""
    connection = tx.connection()
    values = {"meeting_id": meeting_id, "item_id": item_id, "text": text, "saved_at": at}
    with permit(connection):
        connection.execute(delete(draft).where(*_at(meeting_id, item_id)))
        connection.execute(insert(draft).values(values))


def drop(tx: Session, meeting_id: int, item_id: int | None = None) -> None:
    """Forget a draft, by default all of a meeting."""
    connection = tx.connection()
    with permit(connection):
        connection.execute(delete(draft).where(*_at(meeting_id, item_id)))


def of_meeting(read: Session, meeting_id: int, item_id: int | None = None) -> list[Draft]:
    """List the drafts of a meeting, or the one of an item."""
    found = read.execute(
        select(draft).where(*_at(meeting_id, item_id)).order_by(draft.c.item_id)
    ).all()
    return [Draft(row.meeting_id, row.item_id, row.text, row.saved_at) for row in found]


def mend(connection: Connection, mended: Callable[[str], str | None]) -> list[tuple[int, int]]:
    """Write every draft anew as `mended` has it, None for one that goes; return those changed."""
    changed: list[tuple[int, int]] = []
    with permit(connection):
        for row in connection.execute(select(draft)).all():
            text = mended(row.text)
            if text == row.text:
                continue
            here = _at(row.meeting_id, row.item_id)
            if text is None:
                connection.execute(delete(draft).where(*here))
            else:
                connection.execute(update(draft).where(*here).values(text=text))
            changed.append((row.meeting_id, row.item_id))
    return changed


def _at(meeting_id: int, item_id: int | None) -> list[Any]:
    here = [draft.c.meeting_id == meeting_id]
    return here if item_id is None else [*here, draft.c.item_id == item_id]
