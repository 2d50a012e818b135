"""Which documents of a meeting can be made now, and why the others cannot."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.minutes import Minutes
from db.vocab import ItemKind, ItemState, MeetingKind, MeetingState
from gwangju_desktop.meetings import queries
from gwangju_desktop.meetings.rows import MeetingDetail
from gwangju_desktop.text import N_, Msg

SITS = ("attendance", "scenario", "observers", "payment", "record-sheets")
NOT_SITTING = N_("Nobody sits for a written resolution")
ONLY_WRITTEN = N_("Only for a written resolution")
NOT_HELD = N_("Once the meeting was held")
NO_MINUTES = N_("Once the minutes are drafted")
NOT_OPEN = N_("The meeting is not open to spectators")
NO_ITEM = N_("Once an item is on the agenda")
NO_VOTE = N_("Once an item for decision is on the agenda")


def why_not(read: Session, name: str, meeting: MeetingDetail) -> Msg | None:
    """Say why a document of a meeting cannot be made now; None where it can."""
    written = meeting.kind == MeetingKind.WRITTEN
    held = not MeetingState(meeting.state).ahead
    steps = [
        step
        for step in queries.agenda(read, meeting_id=meeting.id)
        if step.number and step.state != ItemState.WITHDRAWN
    ]
    voted = any(step.kind == ItemKind.DELIBERATION for step in steps)
    minuted = select(Minutes.id).where(Minutes.meeting_id == meeting.id)
    reasons: list[tuple[bool, Msg]] = [
        (name in SITS and written, NOT_SITTING),
        (name == "ballots" and not written, ONLY_WRITTEN),
        (name in ("report", "payment") and not held, NOT_HELD),
        (name == "minutes" and read.scalar(minuted) is None, NO_MINUTES),
        (name == "observers" and not meeting.public, NOT_OPEN),
        (name in ("notice", "ballots", "data-request") and not steps, NO_ITEM),
        (name == "record-sheets" and not voted, NO_VOTE),
    ]
    return next((reason for holds, reason in reasons if holds), None)
