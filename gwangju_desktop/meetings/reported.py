"""Written resolutions are reported at the next sitting (domain 2.2): the standing item for it."""

from __future__ import annotations

from itertools import takewhile

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem, Meeting
from db.vocab import OVER, ItemKind, MeetingKind, MeetingState, Standing
from gwangju_desktop.meetings import agenda, standing
from gwangju_desktop.text import say

PLANNED_MINUTES = 5


def put_on(tx: Session, meeting: Meeting) -> None:
    """Put the standing item on a planned agenda, after the opening, where there is a report due.

    Nothing is added where the agenda has gone out or has the item already.
    """
    if meeting.state != MeetingState.PLANNED or meeting.kind == MeetingKind.WRITTEN:
        return
    items = agenda.of_meeting(tx, meeting.id)
    which = Standing.WRITTEN_REPORT
    if not _due(tx, meeting) or any(item.standing == which for item in items):
        return
    opening = list(takewhile(lambda item: item.kind == ItemKind.PROCEDURE, items))
    # A lone procedure at the end is the closing, not the opening.
    after = opening[-1].id if opening and len(opening) < len(items) else None
    tx.add(
        AgendaItem(
            meeting_id=meeting.id,
            position=agenda.place_after(tx, meeting.id, after),
            kind=standing.KINDS[which].value,
            standing=which.value,
            title=say(standing.TITLES[which]),
            minutes=PLANNED_MINUTES,
        )
    )
    tx.flush()


def _due(tx: Session, meeting: Meeting) -> bool:
    """Say whether anything was resolved in writing since the last sitting of the body."""
    before = tx.scalar(
        select(func.max(Meeting.starts_at)).where(
            Meeting.body_id == meeting.body_id,
            Meeting.starts_at < meeting.starts_at,
            Meeting.state.in_(OVER),
            Meeting.kind != MeetingKind.WRITTEN.value,
        )
    )
    query = select(Meeting.id).where(
        Meeting.body_id == meeting.body_id,
        Meeting.kind == MeetingKind.WRITTEN.value,
        Meeting.state.in_(OVER),
        Meeting.starts_at < meeting.starts_at,
    )
    if before is not None:
        query = query.where(Meeting.starts_at >= before)
    return tx.scalars(query.limit(1)).first() is not None
