"""Records that may no longer change, checked on the rows touched and not only in use cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from db import baton, schema
from db.base import Recorded
from db.changes import RowChange
from db.errors import Barred
from db.schema.meetings import AgendaItem, Meeting
from db.vocab import AHEAD, MeetingState, VoteState


def refuse(connection: Connection, rows: Sequence[RowChange]) -> None:
    """Raise Barred when undoing or redoing `rows` would change a record that is sealed."""
    never = {
        mapper.local_table.name  # type: ignore[attr-defined]
        for mapper in schema.mappers()
        if issubclass(mapper.class_, Recorded) and not mapper.class_.__undo__
    }
    for row in rows:
        if _stays_open(row):
            continue
        if row.table in never or _is_baton(row):
            raise Barred(f"{row.table} {row.pk} has left the office")
        meeting = _meeting_of(connection, row.table, _image(row))
        if meeting is None:
            continue
        if _is_sealed(connection, meeting, row.table):
            raise Barred(f"{row.table} {row.pk} belongs to a closed meeting")
        _refuse_in_session(connection, row, rows)


# What may change on a sheet and on a meeting after it was closed: a person found twice becomes
# one, who sat there is still the same somebody; the payment is made later; a recording is added.
# A monitor who answered is the same somebody too.
_OPEN = {
    "attendance": {"person_id", "recorded_name", "paid", "paid_reason", "version"},
    "meeting": {"recording_id", "recording_from", "version"},
    "review_answer": {"person_id", "version"},
}
# Minutes go on after the closing, until they are confirmed.
_UNTIL_CONFIRMED = ("minutes",)
_ON_MEETINGS = (
    "agenda_item",
    "attendance",
    "guest",
    "meeting_step",
    "minutes",
    "movement",
    "pack_part",
    "pack_plan",
    "sitting_break",
    "vote",
)
_ON_ITEMS = ("amendment", "awaited_paper", "item_opinion", "paper", "recusal")
_ON_VOTES = ("ballot", "nominee")


def _is_baton(row: RowChange) -> bool:
    """Say whether a row tells who has the office file: that is handed over, never taken back."""
    return row.table == "setting" and _image(row)["key"] == baton.KEY


def _stays_open(row: RowChange) -> bool:
    open_columns = _OPEN.get(row.table)
    if open_columns is None or row.before is None or row.after is None:
        return False
    before = row.before
    return all(name in open_columns or before[name] == held for name, held in row.after.items())


def keeps(connection: Connection, table: str, key: int) -> bool:
    """Say whether a row that is there belongs to a record that may no longer change."""
    rows = schema.table(table)
    if "id" not in rows.c:
        return False
    image = connection.execute(select(rows).where(rows.c.id == key)).mappings().first()
    if image is None:
        return False
    meeting = _meeting_of(connection, table, dict(image))
    return meeting is not None and _is_sealed(connection, meeting, table)


def _meeting_of(connection: Connection, table: str, image: Mapping[str, Any]) -> int | None:
    if table == "meeting":
        return int(image["id"])
    if table in _ON_MEETINGS:
        return int(image["meeting_id"])
    if table in _ON_ITEMS:
        query = select(AgendaItem.meeting_id).where(AgendaItem.id == image["item_id"])
    elif table in _ON_VOTES:
        vote = schema.table("vote")
        query = select(vote.c.meeting_id).where(vote.c.id == image["vote_id"])
    else:
        return None
    return connection.execute(query).scalar()


def _image(row: RowChange) -> Mapping[str, Any]:
    image = row.after or row.before
    assert image is not None
    return image


def _state(connection: Connection, meeting: int) -> MeetingState | None:
    state = connection.execute(select(Meeting.state).where(Meeting.id == meeting)).scalar()
    return None if state is None else MeetingState(state)


def _is_sealed(connection: Connection, meeting: int, table: str) -> bool:
    state = _state(connection, meeting)
    if state is None or state in AHEAD or state == MeetingState.OPENED:
        return False
    if table in _UNTIL_CONFIRMED:
        return state in (MeetingState.CONFIRMED, MeetingState.PUBLISHED)
    return True


def _refuse_in_session(connection: Connection, row: RowChange, rows: Sequence[RowChange]) -> None:
    """Bar what would leave a sitting at odds with itself: its marks, comings and votes."""
    image = _image(row)
    if row.table == "attendance":
        moved = {_image(other)["attendance_id"] for other in rows if other.table == "movement"}
        changed = (
            row.before is None
            or row.after is None
            or (row.before["presence"] != row.after["presence"])
        )
        if changed and image["id"] not in moved and _has_moved(connection, image["id"]):
            raise Barred(f"attendance {row.pk} has come in since")
    elif row.table == "movement":
        vote = schema.table("vote")
        later = (
            select(vote.c.id)
            .where(
                vote.c.meeting_id == image["meeting_id"],
                vote.c.state == VoteState.CLOSED.value,
                vote.c.closed_at >= image["at"],
            )
            .limit(1)
        )
        if connection.execute(later).scalar() is not None:
            raise Barred(f"a vote was taken since movement {row.pk}")
    elif row.table in _ON_VOTES:
        if any(other.table == "vote" and _image(other)["id"] == image["vote_id"] for other in rows):
            return
        vote = schema.table("vote")
        query = select(vote.c.state).where(vote.c.id == image["vote_id"])
        state = connection.execute(query).scalar()
        if state == VoteState.CLOSED:
            raise Barred(f"{row.table} {row.pk} belongs to a vote that is closed")


def _has_moved(connection: Connection, attendance: int) -> bool:
    movement = schema.table("movement")
    query = select(movement.c.id).where(movement.c.attendance_id == attendance).limit(1)
    return connection.execute(query).scalar() is not None
