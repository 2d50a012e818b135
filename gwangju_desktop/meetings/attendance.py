"""Keep the seats of meetings that are still ahead in step with the memberships."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import Attendance, Meeting
from db.schema.members import Membership
from db.vocab import MeetingState
from gwangju_desktop import clock
from gwangju_desktop.members.rules import in_office


def fit(tx: Session, meeting: Meeting) -> None:
    """Give every membership that holds on the meeting's day a seat, and take the others away."""
    day = clock.local(meeting.starts_at).date()
    memberships = tx.scalars(
        select(Membership).where(Membership.body_id == meeting.body_id).order_by(Membership.id)
    ).all()
    holding = {m.id: m for m in memberships if in_office(m.starts_on, m.ends_on, day)}
    seats = tx.scalars(select(Attendance).where(Attendance.meeting_id == meeting.id)).all()
    known = {seat.membership_id for seat in seats}
    new = {m.person_id: m for m in holding.values() if m.id not in known}
    for seat in seats:
        if seat.membership_id in holding:
            continue
        again = new.pop(seat.person_id, None)
        if again is None:
            tx.delete(seat)
        else:
            # Who was appointed again has answered already.
            seat.membership_id = again.id
            known.add(again.id)
    for membership in holding.values():
        if membership.id not in known:
            tx.add(
                Attendance(
                    meeting_id=meeting.id,
                    membership_id=membership.id,
                    person_id=membership.person_id,
                )
            )
    tx.flush()


def fit_body(tx: Session, body_id: int) -> None:
    """Fit every meeting of a body that has not been opened."""
    tx.flush()
    planned = select(Meeting).where(
        Meeting.body_id == body_id, Meeting.state == MeetingState.PLANNED.value
    )
    for meeting in tx.scalars(planned.order_by(Meeting.id)).all():
        fit(tx, meeting)
