"""Who is in the room at a moment, and what follows from it: quorum, majority, who may vote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.decisions import Recusal, Vote
from db.schema.meetings import Meeting
from db.schema.sittings import Break, Movement
from db.vocab import AHEAD, BreakKind, MeetingState, Presence, Verdict, VoteState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import quorums, rules
from gwangju_desktop.text import N_

# One coming or going: attendance, its moment, whether it was a coming.
Move = tuple[int, dt.datetime, bool]


def inside(
    marks: Mapping[int, bool], moves: Iterable[Move], at: dt.datetime | None = None
) -> set[int]:
    """Return who is in the room at a moment, at the end of all moves without one.

    `moves` stand in the order they were written; of two at one moment the later written holds.
    A seat that never moved is where its mark has it: sheets of meetings from before comings and
    goings were kept have marks only.
    """
    there: dict[int, bool] = {}
    moved: set[int] = set()
    for seat, moment, came in sorted(moves, key=_moment):
        moved.add(seat)
        if at is None or moment <= at:
            there[seat] = came
    return {seat for seat, marked in marks.items() if there.get(seat, marked and seat not in moved)}


def _moment(move: Move) -> dt.datetime:
    return move[1]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a meeting, or one of its items, stands at a moment; ids are those of attendances.

    `enrolled` are the voting seats. `present` are those of them in the room without the recused
    ones, unless the body's rule counts these (domain 2.3). The opening quorum counts them always
    (`attending`). `entitled` may vote: in the room and not recused. `recused` are in the room too.
    `majority` is how many must be in favour when all the entitled vote for or against.
    A substitute counts where the body lets substitutes vote.
    """

    enrolled: int
    present: int
    quorum_required: int
    quorum_met: bool
    recused: int
    entitled: int
    majority: int
    present_ids: tuple[int, ...]
    entitled_ids: tuple[int, ...]
    recused_ids: tuple[int, ...]
    rule: rules.Rule

    @property
    def attending(self) -> int:
        """Count the voting seats in the room, as the opening quorum does (의사정족수)."""
        return len({*self.present_ids, *self.recused_ids})

    @property
    def short(self) -> int:
        """Return how many the opening quorum lacks, 0 when it is there."""
        return max(0, self.quorum_required - self.attending)


def work_out(
    rule: rules.Rule, *, enrolled: int, there: Iterable[int], recused: Iterable[int]
) -> Standing:
    """Work out a standing from the counting seats in the room and those that are recused."""
    room = sorted(set(there))
    aside = set(recused) & set(room)
    entitled = tuple(seat for seat in room if seat not in aside)
    present = tuple(room) if rule.recused_present else entitled
    required = rules.quorum(rule, enrolled)
    return Standing(
        enrolled=enrolled,
        present=len(present),
        quorum_required=required,
        quorum_met=len(room) >= required,
        recused=len(aside),
        entitled=len(entitled),
        majority=rules.majority(rule, enrolled=enrolled, present=len(present), votes=len(entitled)),
        present_ids=present,
        entitled_ids=entitled,
        recused_ids=tuple(sorted(aside)),
        rule=rule,
    )


def standing(
    read: Session,
    *,
    meeting_id: int,
    item_id: int | None = None,
    at: dt.datetime | None = None,
) -> Standing:
    """Return how a meeting stands now or at a moment, for an item with its recusals.

    Before the opening the marks count, after the closing the moment of closing or the one asked.
    Raises UserError when there is no such meeting.
    """
    meeting = _meeting(read, meeting_id)
    day = clock.local(meeting.starts_at).date()
    rule = quorums.rule_on(read, meeting.body_id, day)
    seats = quorums.seats(read, meeting_id=meeting_id, body_id=meeting.body_id, day=day)
    if meeting.state in AHEAD:
        enrolled = len(quorums.enrolled_ids(read, meeting.body_id, day))
    else:
        enrolled = sum(seat.voting for seat in seats)
    marks = {seat.id: seat.presence == Presence.PRESENT for seat in seats if seat.counts}
    moves = () if meeting.state in AHEAD else _moves(read, meeting_id)
    return work_out(
        rule,
        enrolled=enrolled,
        there=inside(marks, moves, at or meeting.closed_at),
        recused=() if item_id is None else _recused(read, item_id),
    )


def in_room(read: Session, *, meeting_id: int, at: dt.datetime | None = None) -> tuple[int, ...]:
    """Return all seats in the room, voting or not, as standing() finds them: for the minutes."""
    meeting = _meeting(read, meeting_id)
    day = clock.local(meeting.starts_at).date()
    seats = quorums.seats(read, meeting_id=meeting_id, body_id=meeting.body_id, day=day)
    marks = {seat.id: seat.presence == Presence.PRESENT for seat in seats}
    moves = () if meeting.state in AHEAD else _moves(read, meeting_id)
    return tuple(sorted(inside(marks, moves, at or meeting.closed_at)))


def resting(read: Session, *, meeting_id: int, at: dt.datetime | None = None) -> str | None:
    """Return the kind of break a sitting is in, now or at a moment; None while it sits."""
    query = select(Break.kind).where(Break.meeting_id == meeting_id)
    if at is None:
        query = query.where(Break.ends_at.is_(None))
    else:
        query = query.where(Break.starts_at <= at, Break.ends_at.is_(None) | (Break.ends_at > at))
    return read.scalars(query.order_by(Break.id.desc()).limit(1)).first()


def may_vote(
    read: Session,
    *,
    meeting_id: int,
    item_id: int | None = None,
    at: dt.datetime | None = None,
) -> bool:
    """Say whether a vote may be recorded: the sitting is open, not resting, and has its quorum."""
    return why_no_vote(read, meeting_id=meeting_id, item_id=item_id, at=at) is None


def why_no_vote(
    read: Session,
    *,
    meeting_id: int,
    item_id: int | None = None,
    at: dt.datetime | None = None,
) -> UserError | None:
    """Return why no vote may be recorded, ready to be raised; None when one may."""
    meeting = _meeting(read, meeting_id)
    if meeting.state != MeetingState.OPENED:
        return UserError(
            N_("{meeting} is not in session: no vote can be recorded."), meeting=meeting.title
        )
    rests = resting(read, meeting_id=meeting_id, at=at)
    if rests == BreakKind.TALK:
        return UserError(
            N_("The meeting has turned into a talk: nothing is decided in it."),
            hint=N_("End the talk first."),
        )
    if rests is not None:
        return UserError(
            N_("The sitting rests: no vote can be recorded."), hint=N_("Resume it first.")
        )
    found = standing(read, meeting_id=meeting_id, item_id=item_id, at=at)
    if not found.quorum_met:
        return UserError(
            N_("Below the quorum, {present}/{required}: no vote can be recorded."),
            hint=N_("Call for a recess, adjourn, or go on as a talk without decisions."),
            present=found.attending,
            required=found.quorum_required,
        )
    if not found.entitled:
        return UserError(N_("Nobody in the room is entitled to vote on this item."))
    return None


def _meeting(read: Session, meeting_id: int) -> Meeting:
    found = read.get(Meeting, meeting_id)
    if found is None:
        raise UserError(
            N_("There is no meeting {id}."), hint=N_("See the list of meetings."), id=meeting_id
        )
    return found


def _moves(read: Session, meeting_id: int) -> list[Move]:
    found = read.execute(
        select(Movement.attendance_id, Movement.at, Movement.inside)
        .where(Movement.meeting_id == meeting_id)
        .order_by(Movement.id)
    )
    return [(seat, at, came) for seat, at, came in found.all()]


def _recused(read: Session, item_id: int) -> list[int]:
    """Return who takes no part in an item; a challenge that was voted down does not count."""
    lost = select(Vote.recusal_id).where(
        Vote.recusal_id == Recusal.id,
        Vote.state == VoteState.CLOSED.value,
        Vote.result == Verdict.LOST.value,
    )
    found = read.scalars(
        select(Recusal.attendance_id).where(Recusal.item_id == item_id, ~lost.exists())
    )
    return list(found.all())
