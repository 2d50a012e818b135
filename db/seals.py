"""Records that may no longer change, checked on the rows touched and not only in use cases."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from db import schema
from db.base import Recorded
from db.changes import RowChange
from db.errors import Barred
from db.schema.meetings import AgendaItem, Meeting
from db.vocab import MeetingState


def refuse(connection: Connection, rows: Sequence[RowChange]) -> None:
    """Raise Barred when undoing or redoing `rows` would change a record that is sealed."""
    never = {
        mapper.local_table.name  # type: ignore[attr-defined]
        for mapper in schema.mappers()
        if issubclass(mapper.class_, Recorded) and not mapper.class_.__undo__
    }
    for row in rows:
        if row.table in never:
            raise Barred(f"{row.table} {row.pk} has left the office")
        if _only_who_it_was(row):
            continue
        meeting = _meeting_of(connection, row)
        if meeting is not None and _is_closed(connection, meeting):
            raise Barred(f"{row.table} {row.pk} belongs to a closed meeting")


# A person found twice becomes one; who sat there is still the same somebody.
_WHO = {"person_id", "recorded_name", "version"}


def _only_who_it_was(row: RowChange) -> bool:
    if row.table != "attendance" or row.before is None or row.after is None:
        return False
    before, after = row.before, row.after
    return all(name in _WHO or before[name] == held for name, held in after.items())


def _meeting_of(connection: Connection, row: RowChange) -> int | None:
    image = row.after or row.before
    assert image is not None
    if row.table == "meeting":
        return int(image["id"])
    if row.table in ("agenda_item", "attendance"):
        return int(image["meeting_id"])
    if row.table == "paper":
        query = select(AgendaItem.meeting_id).where(AgendaItem.id == image["item_id"])
        return connection.execute(query).scalar()
    return None


def _is_closed(connection: Connection, meeting: int) -> bool:
    state = connection.execute(select(Meeting.state).where(Meeting.id == meeting)).scalar()
    return state is not None and MeetingState(state).over
