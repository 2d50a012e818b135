"""Who is marked present, who comes and goes, each with the moment it happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.decisions import Ballot, Vote
from db.schema.meetings import Attendance, Meeting
from db.schema.members import Person
from db.schema.sittings import Movement
from db.store import usecase
from db.vocab import BodyRuleKey, Deputies, MeetingState, Presence, Reply, VoteState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import MEANWHILE, change, found
from gwangju_desktop.meetings import guards, quorums
from gwangju_desktop.members import profiles
from gwangju_desktop.text import N_

NO_SEAT = N_("There is no seat {id}.")


@usecase("Mark attendance")
def mark_presence(
    tx: Session, *, ids: Sequence[int], presence: str, at: dt.datetime | None = None
) -> None:
    """Mark seats of one meeting: before the opening on the sheet, then with the moment.

    Present is a coming, left a going. Absent or not marked takes back what was marked by mistake,
    comings and goings with it. Raises UserError where somebody took part in a vote.
    """
    seats = seats_of(tx, ids)
    if seats:
        meeting = guards.changeable(tx, seats[0].meeting_id)
        _mark(tx, meeting, {Presence(presence): seats}, at)


@usecase("Call the roll")
def roll_call(
    tx: Session,
    *,
    meeting_id: int,
    but: Sequence[int] = (),
    everybody: bool = False,
    at: dt.datetime | None = None,
) -> int:
    """Mark all who are expected present in one step, except those in `but`, who are absent.

    Expected are those who said they come or send a substitute, with `everybody` the silent too.
    Who said no is marked absent. Seats already marked stay as they are, unless in `but`. Returns
    how many were marked present.
    """
    meeting = guards.changeable(tx, meeting_id)
    missing = set(but)
    present, absent = [], []
    for seat in _sheet(tx, meeting_id):
        if seat.id in missing or (_unmarked(seat) and seat.reply == Reply.NOT_COMING):
            absent.append(seat)
        elif _unmarked(seat) and (everybody or seat.reply in quorums.COMING):
            present.append(seat)
    _mark(tx, meeting, {Presence.PRESENT: present, Presence.ABSENT: absent}, at)
    return len(present)


@usecase("Record a coming or going")
def move(tx: Session, *, id: int, inside: bool, at: dt.datetime | None = None) -> int:
    """Note that the holder of a seat came in or went out; what is so already stays."""
    seat = seats_of(tx, [id])[0]
    meeting = guards.changeable(tx, seat.meeting_id)
    if meeting.state == MeetingState.OPENED:
        wanted = Presence.PRESENT if inside else Presence.LEFT
    else:
        wanted = Presence.PRESENT if inside else Presence.UNMARKED
    if inside or seat.presence == Presence.PRESENT:
        _mark(tx, meeting, {wanted: [seat]}, at)
    return id


@usecase("Correct the time")
def correct_time(tx: Session, *, id: int, at: dt.datetime) -> int:
    """Give a coming or going its right moment, between those before and after it.

    Raises UserError when that would change who was in the room at a vote.
    """
    movement = found(tx, Movement, id, N_("There is no coming or going {id}."))
    meeting = guards.sitting(tx, movement.meeting_id)
    moment = guards.moment(meeting, at)
    own = _of_seat(tx, movement.attendance_id)
    place = own.index(movement)
    if place and moment < own[place - 1].at:
        raise UserError(
            N_("{at:time} lies before the time written above it, {other:time}."),
            at=clock.local(moment),
            other=clock.local(own[place - 1].at),
        )
    if place + 1 < len(own) and moment > own[place + 1].at:
        raise UserError(
            N_("{at:time} lies after the time written below it, {other:time}."),
            at=clock.local(moment),
            other=clock.local(own[place + 1].at),
        )
    _refuse_across_votes(tx, meeting.id, min(moment, movement.at), max(moment, movement.at))
    change(movement, {"at": moment})
    return id


@usecase("Record that a member came in person")
def came_in_person(tx: Session, *, id: int, at: dt.datetime | None = None) -> int:
    """Mark a member present whose substitute was expected; the substitute is struck out."""
    seat = seats_of(tx, [id])[0]
    meeting = guards.changeable(tx, seat.meeting_id)
    if seat.presence == Presence.PRESENT and seat.reply == Reply.SUBSTITUTE:
        raise UserError(
            N_("The substitute for {name} is in the room."),
            hint=N_("Take the mark back first."),
            name=name_of(tx, seat),
        )
    change(seat, {"reply": Reply.COMING.value, **NO_SUBSTITUTE})
    _mark(tx, meeting, {Presence.PRESENT: [seat]}, at)
    return id


NO_SUBSTITUTE = {"substitute": "", "substitute_post": "", "substitute_letter_id": None}


def seats_of(tx: Session, ids: Iterable[int]) -> list[Attendance]:
    """Return these seats, all of one meeting; raise UserError when one is gone."""
    wanted = list(dict.fromkeys(ids))
    held = {
        seat.id: seat for seat in tx.scalars(select(Attendance).where(Attendance.id.in_(wanted)))
    }
    for id in wanted:
        if id not in held:
            raise UserError(NO_SEAT, hint=MEANWHILE, id=id)
    if len({seat.meeting_id for seat in held.values()}) > 1:
        raise ValueError("seats of several meetings")
    return [held[id] for id in wanted]


def name_of(tx: Session, seat: Attendance) -> str:
    """Return the name of a seat's holder, as the minutes have it where the person was erased."""
    return seat.recorded_name or tx.get_one(Person, seat.person_id).name


def moved(tx: Session, attendance_id: int) -> bool:
    """Say whether a seat has comings or goings."""
    return bool(_of_seat(tx, attendance_id))


def _sheet(tx: Session, meeting_id: int) -> Sequence[Attendance]:
    return tx.scalars(
        select(Attendance).where(Attendance.meeting_id == meeting_id).order_by(Attendance.id)
    ).all()


def _unmarked(seat: Attendance) -> bool:
    return seat.presence == Presence.UNMARKED


def _of_seat(tx: Session, attendance_id: int) -> list[Movement]:
    held = tx.scalars(
        select(Movement)
        .where(Movement.attendance_id == attendance_id)
        .order_by(Movement.at, Movement.id)
    )
    return list(held.all())


def _mark(
    tx: Session,
    meeting: Meeting,
    marks: dict[Presence, list[Attendance]],
    at: dt.datetime | None,
) -> None:
    """Set marks, in session with the comings and goings they stand for."""
    _refuse_substitutes(tx, meeting, marks.get(Presence.PRESENT, []))
    if meeting.state != MeetingState.OPENED:
        if marks.get(Presence.LEFT):
            raise UserError(N_("Nobody leaves a meeting that has not been opened."))
        for presence, seats in marks.items():
            for seat in seats:
                change(seat, {"presence": presence.value})
        return
    when = guards.moment(meeting, at)
    for presence, seats in marks.items():
        if presence in (Presence.PRESENT, Presence.LEFT):
            came = presence == Presence.PRESENT
            # A mark that stands already is no second coming, nor does one go who is not there.
            turned = [seat for seat in seats if (seat.presence == Presence.PRESENT) != came]
            _move(tx, meeting, turned, came, when)
        else:
            _take_back(tx, seats)
            turned = seats
        for seat in turned:
            change(seat, {"presence": presence.value})


def _move(
    tx: Session, meeting: Meeting, seats: Sequence[Attendance], came: bool, when: dt.datetime
) -> None:
    if not seats:
        return
    _refuse_across_votes(tx, meeting.id, when)
    latest = tx.execute(
        select(Movement.attendance_id, func.max(Movement.at))
        .where(Movement.attendance_id.in_([seat.id for seat in seats]))
        .group_by(Movement.attendance_id)
    ).all()
    last = {row[0]: row[1] for row in latest}
    for seat in seats:
        before = last.get(seat.id)
        if before is not None and when < before:
            raise UserError(
                N_("{at:time} lies before the last time written for {name}, {last:time}."),
                hint=N_("Set the clock of this PC right, or enter the time yourself."),
                at=clock.local(when),
                last=clock.local(before),
                name=name_of(tx, seat),
            )
        if not came and before is None and meeting.opened_at is not None:
            # Marked in an office that kept no comings yet: there from the opening on.
            tx.add(_movement(seat, meeting.opened_at, True))
        tx.add(_movement(seat, when, came))


def _movement(seat: Attendance, at: dt.datetime, inside: bool) -> Movement:
    return Movement(meeting_id=seat.meeting_id, attendance_id=seat.id, at=at, inside=inside)


def _take_back(tx: Session, seats: Sequence[Attendance]) -> None:
    """Delete the comings and goings of seats that were marked by mistake."""
    ids = [seat.id for seat in seats]
    voted = tx.scalars(
        select(Ballot.attendance_id)
        .join(Vote, Vote.id == Ballot.vote_id)
        .where(
            Ballot.attendance_id.in_(ids),
            Ballot.present.is_(True),
            Vote.state == VoteState.CLOSED.value,
        )
    ).first()
    if voted is not None:
        seat = next(seat for seat in seats if seat.id == voted)
        raise UserError(
            N_("{name} was present at a vote and cannot be marked absent."),
            hint=N_("Record that the member left, or take the vote back first."),
            name=name_of(tx, seat),
        )
    for movement in tx.scalars(select(Movement).where(Movement.attendance_id.in_(ids))).all():
        tx.delete(movement)


def _refuse_across_votes(
    tx: Session, meeting_id: int, since: dt.datetime, until: dt.datetime | None = None
) -> None:
    """Raise UserError when a vote was closed after `since` (and up to `until`).

    What a vote counted stands as it was announced; comings and goings may not contradict it.
    """
    query = select(func.min(Vote.closed_at)).where(
        Vote.meeting_id == meeting_id,
        Vote.state == VoteState.CLOSED.value,
        Vote.closed_at > since,
    )
    if until is not None:
        query = query.where(Vote.closed_at <= until)
    closed = tx.scalar(query)
    if closed is not None:
        raise UserError(
            N_("At {closed:time} a vote was counted with those in the room then."),
            hint=N_("Enter a later time, or take the vote back first."),
            closed=clock.local(closed),
        )


def _refuse_substitutes(tx: Session, meeting: Meeting, seats: Sequence[Attendance]) -> None:
    """Raise UserError for a substitute where the body's rule has none (domain 2.5)."""
    sent = [seat for seat in seats if seat.reply == Reply.SUBSTITUTE]
    if sent and deputies(tx, meeting) == Deputies.NONE:
        raise UserError(
            N_("This body's rule knows no substitutes, as one was sent for {name}."),
            hint=N_("Record that the member came in person, or leave the seat unmarked."),
            name=name_of(tx, sent[0]),
        )


def deputies(read: Session, meeting: Meeting) -> Deputies:
    """Return whether substitutes may come to a meeting, and vote, by the body's rule."""
    day = clock.local(meeting.starts_at).date()
    held = profiles.in_force(read, meeting.body_id, day)
    return Deputies(held.value(BodyRuleKey.DEPUTIES))
