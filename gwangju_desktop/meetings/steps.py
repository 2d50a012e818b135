"""The steps of a meeting from the plan to the published minutes, and what each of them needs.

Every step is kept with its moment and reason. Those that leave the office are not undone: a wrong
one is taken back by a step of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.decisions import Vote
from db.schema.meetings import Meeting
from db.schema.sittings import Break, Movement, Step
from db.store import usecase
from db.vocab import (
    Adjournment,
    DrawnKind,
    MeetingKind,
    MeetingState,
    Presence,
    VoteState,
)
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import required, writable
from gwangju_desktop.meetings import agenda, carrying, conditions, numbers, rules
from gwangju_desktop.meetings.conditions import Condition
from gwangju_desktop.meetings.guards import changeable, meeting_of, moment
from gwangju_desktop.meetings.words import STATES
from gwangju_desktop.text import N_, Msg, say

S = MeetingState
# Where a meeting may go from each state; what else each step needs is in `conditions`.
WAYS: dict[MeetingState, tuple[MeetingState, ...]] = {
    S.PLANNED: (S.NOTICED, S.OPENED, S.POSTPONED, S.CANCELLED),
    S.NOTICED: (S.DISTRIBUTED, S.OPENED, S.CLOSED, S.NO_QUORUM, S.POSTPONED, S.CANCELLED),
    S.DISTRIBUTED: (S.OPENED, S.CLOSED, S.NO_QUORUM, S.POSTPONED, S.CANCELLED),
    S.OPENED: (S.CLOSED,),
    S.CLOSED: (S.DRAFTED,),
    S.DRAFTED: (S.CONFIRMED,),
    S.CONFIRMED: (S.PUBLISHED,),
    S.PUBLISHED: (),
    S.NO_QUORUM: (),
    S.POSTPONED: (),
    S.CANCELLED: (),
}
NO_REASON = N_("This step needs its reason.")


def enter(
    tx: Session, meeting: Meeting, after: MeetingState, at: dt.datetime, reason: str = ""
) -> None:
    """Take a meeting to its next state and keep the step; raise UserError where no way leads."""
    before = MeetingState(meeting.state)
    if after not in WAYS[before]:
        raise UserError(
            N_("{meeting} is at “{state}”: “{after}” does not follow from there."),
            meeting=meeting.title,
            state=STATES[before],
            after=STATES[after],
        )
    meeting.state = after.value
    keep(tx, meeting, before, after, at, reason)


def keep(
    tx: Session,
    meeting: Meeting,
    before: MeetingState,
    after: MeetingState,
    at: dt.datetime,
    reason: str = "",
) -> None:
    """Write one line of a meeting's history."""
    tx.add(
        Step(
            meeting_id=meeting.id,
            at=at,
            before=before.value,
            after=after.value,
            reason=reason,
        )
    )
    tx.flush()


@usecase("Send the notice of meeting", undoable=False)
def notice(
    tx: Session,
    *,
    id: int,
    day: dt.date | None = None,
    urgency: str = "",
    at: dt.datetime | None = None,
) -> int:
    """Record that the meeting was called (소집통지), by default today: its numbers are drawn.

    `urgency` is why the notice is late (긴급 사유), needed once its day has passed.
    """
    meeting = changeable(tx, id)
    on = day or clock.today()
    when = moment(meeting, at)
    _note_urgency(meeting, urgency)
    refuse_missing(conditions.notice(tx, meeting, on))
    enter(tx, meeting, S.NOTICED, when, meeting.urgency if urgency else "")
    meeting.noticed_on = on
    _freeze(tx, meeting)
    return id


@usecase("Send the papers", undoable=False)
def distribute(
    tx: Session,
    *,
    id: int,
    day: dt.date | None = None,
    urgency: str = "",
    at: dt.datetime | None = None,
) -> int:
    """Record that the papers went out (자료배부), by default today."""
    meeting = changeable(tx, id)
    on = day or clock.today()
    when = moment(meeting, at)
    _note_urgency(meeting, urgency)
    refuse_missing(conditions.distribute(tx, meeting, on))
    enter(tx, meeting, S.DISTRIBUTED, when, meeting.urgency if urgency else "")
    meeting.distributed_on = on
    agenda.draw_numbers(tx, meeting)
    return id


@usecase("Open the meeting", undoable=False)
def open_meeting(tx: Session, *, id: int, at: dt.datetime | None = None, urgency: str = "") -> int:
    """Open a sitting (개의): those marked present are enough, and come in at this moment.

    `urgency` is why it opens without a notice or papers sent before (긴급 소집).
    """
    meeting = changeable(tx, id)
    when = moment(meeting, at)
    _note_urgency(meeting, urgency)
    tx.flush()
    refuse_missing(conditions.opening(tx, meeting, when))
    count = conditions.count(tx, meeting)
    enter(tx, meeting, S.OPENED, when, meeting.urgency if urgency else "")
    meeting.opened_at = when
    meeting.enrolled_at_opening = count.enrolled
    meeting.required_at_opening = count.required
    meeting.present_at_opening = count.present
    _freeze(tx, meeting)
    for seat in meeting.attendances:
        if seat.presence == Presence.PRESENT:
            tx.add(Movement(meeting_id=id, attendance_id=seat.id, at=when, inside=True))
    tx.flush()
    return id


@usecase("Close the meeting", undoable=False)
def close_meeting(
    tx: Session,
    *,
    id: int,
    at: dt.datetime | None = None,
    adjournment: str = Adjournment.CLOSED.value,
    carry: bool | None = None,
    reason: str = "",
) -> int:
    """End a meeting for good (폐회, 산회); who is not marked was absent.

    Refused with the list while items are undecided, unless they are carried over (`carry`, by
    default when it is adjourned): they go on the body's next agenda under their old number.
    """
    meeting = changeable(tx, id)
    when = moment(meeting, at)
    carry = adjournment == Adjournment.ADJOURNED if carry is None else carry
    refuse_missing(conditions.closing(tx, meeting, when, carry=carry))
    enter(tx, meeting, S.CLOSED, when, writable(reason))
    meeting.closed_at = when
    if meeting.kind != MeetingKind.WRITTEN:
        meeting.adjournment = Adjournment(adjournment).value
        for seat in meeting.attendances:
            if seat.presence == Presence.UNMARKED:
                seat.presence = Presence.ABSENT.value
    for rest in _open_breaks(tx, meeting):
        rest.ends_at = when
    for item in agenda.running(tx, id):
        item.ended_at = max(when, item.begun_at or when)
    agenda.draw_numbers(tx, meeting)
    agenda.note_reports(tx, id)
    if carry:
        carrying.carry_over(tx, meeting)
    carrying.pass_on(tx, meeting.body_id, meeting.starts_at)
    return id


@usecase("Record that there was no quorum", undoable=False)
def no_quorum(tx: Session, *, id: int, at: dt.datetime | None = None, reason: str = "") -> int:
    """End a called meeting that never opened (유회); its items go on to the next agenda."""
    meeting = changeable(tx, id)
    when = moment(meeting, at)
    refuse_missing(conditions.lacking(tx, meeting, when))
    count = conditions.count(tx, meeting)
    why = writable(reason) or say(
        N_("{present} of {required} needed for the quorum came"),
        present=count.present,
        required=count.required,
    )
    _drop(tx, meeting, S.NO_QUORUM, when, why)
    return id


@usecase("Postpone the meeting", undoable=False)
def postpone(
    tx: Session,
    *,
    id: int,
    reason: str,
    starts_at: dt.datetime | None = None,
    at: dt.datetime | None = None,
) -> int | None:
    """Put a meeting off (연기); with a new start, plan the one that stands for it.

    Returns the new meeting's id. What was on the agenda goes on to it.
    """
    meeting = changeable(tx, id)
    why = required(reason, NO_REASON)
    _drop(tx, meeting, S.POSTPONED, moment(meeting, at), why, carry=False)
    carrying.carry_over(tx, meeting)
    if starts_at is not None:
        return carrying.replacement(tx, meeting, starts_at)
    carrying.pass_on(tx, meeting.body_id, meeting.starts_at)
    return None


@usecase("Cancel the meeting", undoable=False)
def cancel(
    tx: Session, *, id: int, reason: str, carry: bool = True, at: dt.datetime | None = None
) -> int:
    """Call a meeting off (취소); what was on its agenda goes on to the next unless `carry` is off."""
    meeting = changeable(tx, id)
    why = required(reason, NO_REASON)
    _drop(tx, meeting, S.CANCELLED, moment(meeting, at), why, carry=carry)
    return id


@usecase("Take the last step back", undoable=False)
def take_back(tx: Session, *, id: int, reason: str, at: dt.datetime | None = None) -> int:
    """Take a wrong step back, with its reason; numbers given out stay with this meeting."""
    meeting = meeting_of(tx, id)
    why = required(reason, NO_REASON)
    left = MeetingState(meeting.state)
    undo = _BACK.get(left)
    if undo is None:
        raise UserError(
            N_("No step of {meeting} can be taken back here."),
            hint=N_("Steps of the minutes are taken back where the minutes are."),
            meeting=meeting.title,
        )
    back = before_last(tx, meeting)
    undo(tx, meeting)
    meeting.state = back.value
    keep(tx, meeting, left, back, at or clock.now(), why)
    return id


def before_last(tx: Session, meeting: Meeting) -> MeetingState:
    """Return the state a meeting was in before it came to its present one.

    A step taken back is no way to a state: the steps are walked along, each one taken back ends
    what it took back.
    """
    way: list[MeetingState] = []
    kept = select(Step.before, Step.after).where(Step.meeting_id == meeting.id).order_by(Step.id)
    for before, after in tx.execute(kept).all():
        way = way or [MeetingState(before)]
        if MeetingState(after) in WAYS[MeetingState(before)]:
            way.append(MeetingState(after))
            continue
        while way and way[-1] != after:
            way.pop()
        way = way or [MeetingState(after)]
    if len(way) > 1 and way[-1] == meeting.state:
        return way[-2]
    # Meetings from before steps were kept.
    return S.OPENED if meeting.state == S.CLOSED else S.PLANNED


def _freeze(tx: Session, meeting: Meeting) -> None:
    """Draw the meeting's number and those of its items, and keep the labels of the agenda."""
    day = clock.local(meeting.starts_at).date()
    drawn = numbers.draw(tx, meeting.body_id, DrawnKind.MEETING, day, meeting.id, meeting.number)
    meeting.number, meeting.number_year = drawn.number, drawn.year
    if meeting.title in rules.plain_titles(meeting.kind):
        meeting.title = rules.proposed_title(meeting.kind, drawn.number, drawn.text)
    if not any(item.label for item in agenda.of_meeting(tx, meeting.id)):
        agenda.freeze(tx, meeting)
    agenda.draw_numbers(tx, meeting)


def _note_urgency(meeting: Meeting, urgency: str) -> None:
    why = writable(urgency)
    if why:
        meeting.urgency = why


def refuse_missing(found: list[Condition]) -> None:
    """Raise UserError with all that a step still needs."""
    missing = [condition for condition in found if condition.needed and not condition.met]
    if not missing:
        return
    first, *more = missing
    raise UserError(
        first.message,
        hint=_and_also(more, first.hint),
        **first.values,
    )


def _and_also(more: list[Condition], hint: Msg | None) -> Msg | None:
    if not more:
        return hint
    said = " ".join(say(condition.message, **condition.values) for condition in more)
    return Msg(f"{say(hint)} {said}" if hint else said)


def _drop(
    tx: Session,
    meeting: Meeting,
    after: MeetingState,
    at: dt.datetime,
    why: str,
    *,
    carry: bool = True,
) -> None:
    enter(tx, meeting, after, at, why)
    meeting.reason = why
    numbers.explain(tx, DrawnKind.MEETING, meeting.id, why)
    if carry:
        carrying.carry_over(tx, meeting)
        carrying.pass_on(tx, meeting.body_id, meeting.starts_at)


def _open_breaks(tx: Session, meeting: Meeting) -> list[Break]:
    return list(
        tx.scalars(
            select(Break).where(Break.meeting_id == meeting.id, Break.ends_at.is_(None))
        ).all()
    )


def _unnotice(tx: Session, meeting: Meeting) -> None:
    _refuse_answers(tx, meeting)
    agenda.thaw(tx, meeting)
    numbered = rules.proposed_title(
        meeting.kind, meeting.number, numbers.text_of(tx, DrawnKind.MEETING, meeting.id)
    )
    if meeting.title == numbered:
        meeting.title = rules.proposed_title(meeting.kind)
    meeting.number, meeting.number_year = None, 0
    meeting.noticed_on = None


def _undistribute(tx: Session, meeting: Meeting) -> None:
    _refuse_answers(tx, meeting)
    meeting.distributed_on = None


def _unopen(tx: Session, meeting: Meeting) -> None:
    if tx.scalar(select(Vote.id).where(Vote.meeting_id == meeting.id).limit(1)) is not None:
        raise UserError(
            N_("{meeting} has voted: its opening can no longer be taken back."),
            meeting=meeting.title,
        )
    for row in (
        *tx.scalars(select(Movement).where(Movement.meeting_id == meeting.id)).all(),
        *tx.scalars(select(Break).where(Break.meeting_id == meeting.id)).all(),
    ):
        tx.delete(row)
    for item in agenda.of_meeting(tx, meeting.id):
        agenda.untake(item)
    meeting.opened_at = None
    meeting.enrolled_at_opening = meeting.required_at_opening = None
    meeting.present_at_opening = None


def _unclose(tx: Session, meeting: Meeting) -> None:
    carrying.carry_back(tx, meeting)
    meeting.closed_at = None
    meeting.adjournment = ""


def _undrop(tx: Session, meeting: Meeting) -> None:
    instead = tx.scalars(select(Meeting).where(Meeting.replaces_id == meeting.id)).first()
    if instead is not None:
        raise UserError(
            N_("{other} was planned in its place."),
            hint=N_("Delete that meeting first."),
            other=instead.title,
        )
    carrying.carry_back(tx, meeting)
    meeting.reason = ""
    numbers.explain(tx, DrawnKind.MEETING, meeting.id, "")


def _refuse_answers(tx: Session, meeting: Meeting) -> None:
    """A written resolution that was answered has been called."""
    voted = select(Vote.id).where(
        Vote.meeting_id == meeting.id, Vote.state == VoteState.CLOSED.value
    )
    if tx.scalar(voted.limit(1)) is not None:
        raise UserError(
            N_("{meeting} has voted: this step can no longer be taken back."),
            meeting=meeting.title,
        )


_BACK: dict[MeetingState, Callable[[Session, Meeting], None]] = {
    S.NOTICED: _unnotice,
    S.DISTRIBUTED: _undistribute,
    S.OPENED: _unopen,
    S.CLOSED: _unclose,
    S.NO_QUORUM: _undrop,
    S.POSTPONED: _undrop,
    S.CANCELLED: _undrop,
}
