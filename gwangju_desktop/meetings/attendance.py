"""Keep the seats of meetings that are still ahead in step with the memberships."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from db.schema.decisions import Amendment, Ballot, Recusal
from db.schema.meetings import Attendance, Meeting
from db.schema.members import Membership
from db.schema.sittings import Movement
from db.vocab import AHEAD
from gwangju_desktop import clock
from gwangju_desktop.members.rules import in_office


def on_record() -> ColumnElement[bool]:
    """Return the condition of a sheet that stays: its meeting began, or the seat has voted."""
    return or_(
        Meeting.state.not_in(AHEAD),
        Attendance.id.in_(select(Ballot.attendance_id)),
    )


def fit(tx: Session, meeting: Meeting) -> None:
    """Give every membership that holds on the meeting's day a seat, and take the others away."""
    day = clock.local(meeting.starts_at).date()
    memberships = tx.scalars(
        select(Membership).where(Membership.body_id == meeting.body_id).order_by(Membership.id)
    ).all()
    holding = {m.id: m for m in memberships if in_office(m.starts_on, m.ends_on, day)}
    seats = tx.scalars(select(Attendance).where(Attendance.meeting_id == meeting.id)).all()
    known = {seat.membership_id for seat in seats}
    voted = _voted(tx, meeting.id)
    new = {m.person_id: m for m in holding.values() if m.id not in known}
    for seat in seats:
        if seat.membership_id in holding:
            continue
        again = new.pop(seat.person_id, None)
        if again is None:
            if seat.id not in voted:
                _leave(tx, seat)
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


def _voted(tx: Session, meeting_id: int) -> set[int]:
    """Return the seats that answered a written resolution or moved an amendment: they stay."""
    seats = select(Attendance.id).where(Attendance.meeting_id == meeting_id)
    named: set[int | None] = set()
    for column in (Ballot.attendance_id, Amendment.mover_id, Amendment.seconder_id):
        named.update(tx.scalars(select(column).where(column.in_(seats))).all())
    return {id for id in named if id is not None}


def _leave(tx: Session, seat: Attendance) -> None:
    for recusal in tx.scalars(select(Recusal).where(Recusal.attendance_id == seat.id)).all():
        tx.delete(recusal)
    for movement in tx.scalars(select(Movement).where(Movement.attendance_id == seat.id)).all():
        tx.delete(movement)
    tx.flush()
    tx.delete(seat)


def fit_body(tx: Session, body_id: int) -> None:
    """Fit every meeting of a body that has not been opened."""
    tx.flush()
    ahead = select(Meeting).where(Meeting.body_id == body_id, Meeting.state.in_(AHEAD))
    for meeting in tx.scalars(ahead.order_by(Meeting.id)).all():
        fit(tx, meeting)
