"""Confirming minutes by the rule of the body, and reopening them with a reason."""

from __future__ import annotations

import datetime as dt
import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import Meeting
from db.store import usecase
from db.vocab import OVER, Confirmation, MeetingState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, required, tidy
from gwangju_desktop.meetings import contents, guards, reviews, steps
from gwangju_desktop.meetings.conditions import Condition
from gwangju_desktop.meetings.minutes_kept import editable, existing, refuse_draft
from gwangju_desktop.text import N_

S = MeetingState
# Corrections are quoted by the page they are on: "3쪽", "p. 3".
_PAGE = re.compile(r"\d+\s*쪽|\bp\.?\s*\d+|\bpage\s+\d+", re.IGNORECASE)


def to_confirm(read: Session, *, meeting_id: int) -> list[Condition]:
    """List what confirming needs: what the law asks of the text, and the rule of the body."""
    meeting = guards.meeting_of(read, meeting_id)
    row = existing(read, meeting)
    found = contents.of_meeting(read, meeting, row.text)
    if row.confirmation == Confirmation.SIGNATURE:
        found += reviews.conditions(read, row)
    return found


@usecase("Confirm the minutes", undoable=False)
def confirm(
    tx: Session,
    *,
    meeting_id: int,
    on: dt.date | None = None,
    by: str = "",
    at_meeting_id: int | None = None,
    corrections: str = "",
    at: dt.datetime | None = None,
) -> int:
    """Make the minutes final and lock them.

    Signed by the chairs after the members' review, or confirmed by a later meeting
    (`at_meeting_id`), as presented or with `corrections`, each quoted by its page. Raises
    UserError with all that is still missing.
    """
    meeting = guards.meeting_of(tx, meeting_id)
    row = editable(tx, meeting)
    refuse_draft(tx, meeting)
    steps.refuse_missing(to_confirm(tx, meeting_id=meeting_id))
    fields = tidy({"confirmed_by": by, "corrections": corrections}, ("confirmed_by", "corrections"))
    if row.confirmation == Confirmation.NEXT_MEETING:
        later_one = _confirming(tx, meeting, at_meeting_id)
        _check_corrections(fields["corrections"])
        fields["confirmed_meeting_id"] = later_one.id
        fields["confirmed_by"] = fields["confirmed_by"] or later_one.title
        day = on or clock.local(later_one.starts_at).date()
    else:
        fields["corrections"] = ""
        fields["confirmed_by"] = fields["confirmed_by"] or reviews.signers(tx, row)
        day = on or clock.today()
    if day < (row.drafted_on if row.confirmation == Confirmation.SIGNATURE else dt.date.min):
        raise UserError(
            N_("The minutes were drafted on {drafted:full}, they cannot be confirmed before."),
            drafted=row.drafted_on,
        )
    change(row, {"confirmed_on": day, **fields})
    steps.enter(tx, meeting, S.CONFIRMED, at or clock.now())
    return row.id


@usecase("Reopen the minutes", undoable=False)
def reopen(tx: Session, *, meeting_id: int, reason: str, at: dt.datetime | None = None) -> int:
    """Unlock confirmed minutes, with the reason; they have to be confirmed anew."""
    meeting = guards.meeting_of(tx, meeting_id)
    why = required(reason, steps.NO_REASON)
    before = MeetingState(meeting.state)
    if before not in (S.CONFIRMED, S.PUBLISHED):
        raise UserError(
            N_("The minutes of {meeting} are not confirmed: they can be edited as they are."),
            meeting=meeting.title,
        )
    row = existing(tx, meeting)
    change(
        row,
        {"confirmed_on": None, "confirmed_by": "", "confirmed_meeting_id": None, "corrections": ""},
    )
    reviews.clear_signatures(tx, row)
    meeting.state = S.DRAFTED.value
    steps.keep(tx, meeting, before, S.DRAFTED, at or clock.now(), why)
    return row.id


def confirming_meetings(read: Session, *, meeting_id: int) -> list[tuple[int, str]]:
    """List the later meetings of the body that were opened and may confirm the minutes."""
    meeting = guards.meeting_of(read, meeting_id)
    found = read.execute(
        select(Meeting.id, Meeting.title)
        .where(
            Meeting.body_id == meeting.body_id,
            Meeting.starts_at > meeting.starts_at,
            Meeting.state.in_((S.OPENED.value, *(state.value for state in OVER))),
        )
        .order_by(Meeting.starts_at)
    ).all()
    return [(id, title) for id, title in found]


def _confirming(tx: Session, meeting: Meeting, at_meeting_id: int | None) -> Meeting:
    known = {id for id, _title in confirming_meetings(tx, meeting_id=meeting.id)}
    if at_meeting_id not in known:
        raise UserError(
            N_("These minutes are confirmed by the body's next meeting."),
            hint=N_("Choose a later meeting of the body that has been opened."),
        )
    return tx.get_one(Meeting, at_meeting_id)


def _check_corrections(text: str) -> None:
    bare = [line for line in text.splitlines() if line.strip() and not _PAGE.search(line)]
    if bare:
        raise UserError(
            N_("“{line}” does not say on which page."),
            hint=N_("Quote each correction by its page, like “p. 3: …”."),
            line=bare[0].strip(),
        )
