"""Checks every verb of the meetings room begins with."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem, Meeting
from db.vocab import MeetingState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import found
from gwangju_desktop.meetings.rules import LONGEST
from gwangju_desktop.text import N_

# Two clocks may differ by so much before a moment counts as lying in the future.
SLACK = dt.timedelta(minutes=1)

NO_MEETING = N_("There is no meeting {id}.")
NO_ITEM = N_("There is no agenda item {id}.")


def meeting_of(tx: Session, meeting_id: int) -> Meeting:
    """Return a meeting; raise UserError when there is none of this id."""
    return found(tx, Meeting, meeting_id, NO_MEETING)


def changeable(tx: Session, meeting_id: int) -> Meeting:
    """Return a meeting that may still change; raise UserError for one that is closed or dropped."""
    meeting = meeting_of(tx, meeting_id)
    state = MeetingState(meeting.state)
    if state.over:
        raise UserError(
            N_("{meeting} is closed and can no longer be changed."), meeting=meeting.title
        )
    if state.dropped:
        raise UserError(
            N_("{meeting} was not held and can no longer be changed."),
            hint=N_("Take the step back first, with a reason."),
            meeting=meeting.title,
        )
    return meeting


def sitting(tx: Session, meeting_id: int) -> Meeting:
    """Return a meeting that is in session; raise UserError for any other."""
    meeting = changeable(tx, meeting_id)
    if meeting.state != MeetingState.OPENED:
        raise UserError(
            N_("{meeting} is not in session."),
            hint=N_("Open the meeting first."),
            meeting=meeting.title,
        )
    return meeting


def item_of(tx: Session, item_id: int) -> tuple[AgendaItem, Meeting]:
    """Return an item of a meeting that may still change, and the meeting."""
    item = found(tx, AgendaItem, item_id, NO_ITEM)
    return item, changeable(tx, item.meeting_id)


def moment(meeting: Meeting, at: dt.datetime | None) -> dt.datetime:
    """Return the moment of a step: `at`, else now.

    Raises UserError for one that lies ahead, or before the opening (the clock may have been set
    back in between).
    """
    now = clock.now()
    if at is not None and at > now + SLACK:
        raise UserError(
            N_("{at:when} lies ahead."),
            hint=N_("Enter the time at which it happened."),
            at=clock.local(at),
        )
    when = at or now
    if meeting.opened_at is not None and when < meeting.opened_at:
        if at is None:
            raise UserError(
                N_("The clock of this PC says {now:when}, before the opening at {opened:when}."),
                hint=N_("Set the clock right, or enter the time yourself."),
                now=clock.local(now),
                opened=clock.local(meeting.opened_at),
            )
        raise UserError(
            N_("{at:when} lies before the opening at {opened:when}."),
            at=clock.local(when),
            opened=clock.local(meeting.opened_at),
        )
    return when


def check_minutes(minutes: int) -> None:
    """Raise UserError for a length no meeting or item has."""
    if not 1 <= minutes <= LONGEST:
        raise UserError(
            N_("{minutes} minutes is no length for a meeting or an item."),
            hint=N_("Enter a number from 1 to {longest}."),
            minutes=minutes,
            longest=LONGEST,
        )
