"""What the verbs of the minutes share: finding them, and saying why they may not be changed."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import drafts
from db.schema.meetings import Meeting
from db.schema.minutes import Minutes
from db.vocab import MeetingState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import notes
from gwangju_desktop.members import profiles
from gwangju_desktop.text import N_

S = MeetingState
NO_MINUTES = N_("The minutes of {meeting} are not drafted yet.")


def find(read: Session, meeting_id: int) -> Minutes | None:
    """Return the minutes of a meeting, None before they are drafted."""
    return read.scalars(select(Minutes).where(Minutes.meeting_id == meeting_id)).first()


def existing(read: Session, meeting: Meeting) -> Minutes:
    """Return the minutes of a meeting; raise UserError before they are drafted."""
    row = find(read, meeting.id)
    if row is None:
        raise UserError(NO_MINUTES, hint=N_("Draft them first."), meeting=meeting.title)
    return row


def editable(read: Session, meeting: Meeting) -> Minutes:
    """Return minutes that may be edited; raise UserError for confirmed ones."""
    row = existing(read, meeting)
    if meeting.state == S.CLOSED:
        raise UserError(NO_MINUTES, hint=N_("Draft them first."), meeting=meeting.title)
    if meeting.state != S.DRAFTED:
        raise UserError(
            N_("The minutes of {meeting} are confirmed and locked."),
            hint=N_("Reopen them first, with a reason."),
            meeting=meeting.title,
        )
    return row


def refuse_draft(tx: Session, meeting: Meeting) -> None:
    """Raise UserError while somebody is typing what is not recorded yet."""
    row = existing(tx, meeting)
    kept = drafts.of_meeting(tx, meeting.id, notes.MINUTES)
    if any(one.text.strip() != row.text.strip() for one in kept):
        raise UserError(
            N_("There is text of these minutes that was typed and is not recorded."),
            hint=N_("Open the minutes and take it over, or drop it."),
        )


def rules_of(read: Session, meeting: Meeting) -> profiles.Profile:
    """Return the rules of the body on the day of the meeting."""
    day = clock.local(meeting.starts_at).date()
    return profiles.in_force(read, meeting.body_id, day)
