"""Votes on an item: opened, counted, closed for good, and what the body decided.

Everything that has to do with who may vote is frozen when a vote closes: one ballot for each
enrolled seat says whether its holder was present and entitled.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.decisions import Amendment, Ballot, Vote
from db.schema.meetings import AgendaItem, Attendance, Meeting
from db.store import usecase
from db.vocab import (
    AmendmentState,
    Choice,
    ItemKind,
    ItemState,
    Outcome,
    Verdict,
    VoteMethod,
    VoteState,
    VoteSubject,
)
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.meetings import agenda, balloting, guards, presence, verdicts
from gwangju_desktop.meetings.verdicts import Count
from gwangju_desktop.text import C_, N_, words

NO_VOTE = N_("There is no vote {id}.")
# A seat's choice is known in these; the others have counts alone.
BY_NAME = (VoteMethod.ROLL_CALL, VoteMethod.WRITTEN)
ADOPTED = (Outcome.AS_PROPOSED, Outcome.AMENDED, Outcome.CONDITIONAL)
WITH_REASON = (Outcome.CONDITIONAL, Outcome.RETURNED)


@dataclass(frozen=True, slots=True)
class VoteRow:
    """One vote as it is shown; counts are None while it is open or was not counted."""

    id: int
    item_id: int | None
    amendment_id: int | None
    subject: str
    label: str
    method: str
    state: str
    enrolled: int | None
    present: int | None
    entitled: int | None
    required: int | None
    yes: int | None
    no: int | None
    abstain: int | None
    invalid: int | None
    not_voting: int | None
    uncounted: bool
    suggested: str
    result: str
    explanation: str
    closed_at: dt.datetime | None


@usecase("Open a vote")
def open_vote(
    tx: Session,
    *,
    item_id: int,
    method: str = VoteMethod.SHOW_OF_HANDS.value,
    subject: str = VoteSubject.ITEM.value,
    label: str = "",
    amendment_id: int | None = None,
    recusal_id: int | None = None,
    role: str = "",
    at: dt.datetime | None = None,
) -> int:
    """Begin a vote on an item; raises UserError where none can be taken now."""
    item, meeting = votable(tx, item_id, at)
    if subject == VoteSubject.ITEM:
        _refuse_waiting(tx, item)
    fields = tidy({"label": label, "role": role}, ("label", "role"))
    vote = Vote(
        meeting_id=meeting.id,
        item_id=item.id,
        amendment_id=amendment_id,
        recusal_id=recusal_id,
        position=_next_position(tx, item.id),
        subject=VoteSubject(subject).value,
        method=VoteMethod(method).value,
        **fields,
    )
    tx.add(vote)
    agenda.take_up(tx, id=item.id, at=at)
    tx.flush()
    return vote.id


@usecase("Record a vote by name")
def set_choices(tx: Session, *, vote_id: int, choices: Mapping[int, str | None]) -> int:
    """Record how seats (attendance ids) voted, None for not yet; one step for any number."""
    vote = open_one(tx, vote_id)
    if vote.method not in BY_NAME:
        raise UserError(N_("This vote is not taken by name."))
    known = {
        ballot.attendance_id: ballot
        for ballot in tx.scalars(select(Ballot).where(Ballot.vote_id == vote.id))
    }
    seats = set(
        tx.scalars(select(Attendance.id).where(Attendance.meeting_id == vote.meeting_id)).all()
    )
    for seat, choice in choices.items():
        if seat not in seats:
            raise ValueError("a seat of another meeting")
        value = None if choice is None else Choice(choice).value
        if seat in known:
            change(known[seat], {"choice": value})
        else:
            tx.add(Ballot(vote_id=vote.id, attendance_id=seat, choice=value))
    tx.flush()
    return vote.id


@usecase("Close the vote")
def close_vote(
    tx: Session,
    *,
    vote_id: int,
    yes: int | None = None,
    no: int | None = None,
    abstain: int | None = None,
    invalid: int | None = None,
    uncounted: str | None = None,
    chair_in_favour: bool | None = None,
    declared: str | None = None,
    at: dt.datetime | None = None,
) -> int:
    """Close a vote: freeze who was entitled, work out the result, note what the chair declared.

    Counts are the chair's, except by name, where the ballots are counted. `uncounted` is a verdict
    seen without counting. `declared` differs from the rule's result only with the chair's word.
    Raises UserError for a count that cannot be.
    """
    vote = open_one(tx, vote_id)
    assert vote.item_id is not None
    _item, meeting = votable(tx, vote.item_id, at)
    when = guards.moment(meeting, at)
    standing = presence.standing(tx, meeting_id=meeting.id, item_id=vote.item_id, at=when)
    standing = replace(standing, rule=balloting.rule_for(vote.subject, standing.rule))
    balloting.freeze(tx, vote, standing)
    if uncounted is not None:
        verdict = Verdict(uncounted)
        change(
            vote,
            {"uncounted": True, "suggested": "", "result": Verdict(declared or verdict).value},
        )
        vote.explanation = verdicts.uncounted(Verdict(vote.result), words("ko"))
    else:
        if vote.method in BY_NAME:
            count = balloting.counted(tx, vote, standing)
        else:
            count = Count(yes or 0, no or 0, abstain or 0, invalid or 0)
        balloting.judge(vote, standing, count, chair_in_favour, declared)
    vote.state, vote.closed_at = VoteState.CLOSED.value, when
    tx.flush()
    return vote.id


@usecase("Record a vote")
def record_vote(
    tx: Session,
    *,
    item_id: int,
    yes: int = 0,
    no: int = 0,
    abstain: int = 0,
    invalid: int = 0,
    method: str = VoteMethod.SHOW_OF_HANDS.value,
    subject: str = VoteSubject.ITEM.value,
    label: str = "",
    amendment_id: int | None = None,
    recusal_id: int | None = None,
    chair_in_favour: bool | None = None,
    at: dt.datetime | None = None,
) -> int:
    """Open and close a vote whose counts are known, in one step."""
    vote_id = open_vote(
        tx,
        item_id=item_id,
        method=method,
        subject=subject,
        label=label,
        amendment_id=amendment_id,
        recusal_id=recusal_id,
        at=at,
    )
    return close_vote(
        tx,
        vote_id=vote_id,
        yes=yes,
        no=no,
        abstain=abstain,
        invalid=invalid,
        chair_in_favour=chair_in_favour,
        at=at,
    )


@usecase("Decide without objection")
def no_objection(tx: Session, *, item_id: int, at: dt.datetime | None = None) -> int:
    """Record that nobody objected (이의 없음): all present and entitled are in favour, it is decided.

    A report is noted; anything else is adopted as proposed, or as a carried amendment has it.
    """
    item, _meeting = votable(tx, item_id, at)
    record_vote(
        tx,
        item_id=item_id,
        yes=entitled(tx, item_id, at),
        method=VoteMethod.NO_OBJECTION.value,
        at=at,
    )
    text = wording(tx, item)
    outcome = Outcome.AS_PROPOSED if text == item.request else Outcome.AMENDED
    if item.kind == ItemKind.REPORT:
        outcome = Outcome.NOTED
    agenda.record_outcome(tx, id=item.id, outcome=outcome.value, resolution=text, at=at)
    return item.id


@usecase("Decide the item")
def decide(
    tx: Session,
    *,
    item_id: int,
    outcome: str,
    resolution: str | None = None,
    remark: str = "",
    at: dt.datetime | None = None,
) -> int:
    """Record what became of an item, as the chair declared it.

    Adopting needs a vote that carried, rejecting one that did not; a condition and a return need
    words. `resolution` defaults to what the item asked for.
    """
    item, meeting = guards.item_of(tx, item_id)
    guards.sitting(tx, meeting.id)
    chosen = Outcome(outcome)
    fields = tidy(
        {"resolution": wording(tx, item) if resolution is None else resolution, "remark": remark},
        ("resolution", "remark"),
    )
    _refuse_open(tx, item)
    _refuse_unvoted(tx, item, chosen)
    if chosen in WITH_REASON:
        required(fields["remark"], N_("Say the condition, or why it goes back."))
    if chosen == Outcome.AMENDED and fields["resolution"] == item.request:
        raise UserError(
            N_("The text decided is the one proposed."),
            hint=N_("Enter the amended text, or choose “as proposed”."),
        )
    agenda.record_outcome(tx, id=item.id, outcome=chosen.value, at=at, **fields)
    return item_id


@usecase("Take the decision back")
def undecide(tx: Session, *, item_id: int) -> int:
    """Open a decided item again while the meeting sits; its votes stay as they were."""
    item, meeting = guards.item_of(tx, item_id)
    guards.sitting(tx, meeting.id)
    if item.state == ItemState.WITHDRAWN:
        raise UserError(N_("A withdrawn item keeps its place and is not opened again."))
    change(
        item,
        {
            "state": ItemState.TAKEN_UP.value,
            "outcome": None,
            "resolution": "",
            "remark": "",
            "decided_at": None,
            "ended_at": None,
        },
    )
    return item_id


def of_item(read: Session, *, item_id: int) -> list[VoteRow]:
    """List the votes of an item in their order."""
    return _rows(read, Vote.item_id == item_id)


def of_meeting(read: Session, *, meeting_id: int) -> list[VoteRow]:
    """List the votes of a meeting in their order."""
    return _rows(read, Vote.meeting_id == meeting_id)


def _rows(read: Session, *where: object) -> list[VoteRow]:
    names = list(VoteRow.__dataclass_fields__)
    columns = [Vote.__table__.c[name] for name in names]
    found_ = read.execute(
        select(*columns).where(*where).order_by(Vote.item_id, Vote.position)  # type: ignore[arg-type]
    )
    return [VoteRow(*row) for row in found_.all()]


# --- what the other verbs of decisions use --------------------------------------------------------


def votable(tx: Session, item_id: int, at: dt.datetime | None) -> tuple[AgendaItem, Meeting]:
    """Return an item that may be voted on now, and its meeting; raise UserError why it may not."""
    item, meeting = guards.item_of(tx, item_id)
    reason = presence.why_no_vote(tx, meeting_id=meeting.id, item_id=item.id, at=at)
    if reason is not None:
        raise reason
    if item.kind == ItemKind.HEADING:
        raise UserError(N_("A heading is not voted on."))
    if item.state == ItemState.WITHDRAWN:
        raise UserError(N_("“{title}” was withdrawn."), title=item.title)
    if item.state == ItemState.DECIDED:
        raise UserError(
            N_("“{title}” has been decided."),
            hint=N_("Take the decision back first."),
            title=item.title,
        )
    return item, meeting


def wording(read: Session, item: AgendaItem) -> str:
    """Return the text that stands to the vote: the last amendment carried, else the original."""
    carried = read.scalars(
        select(Amendment.text)
        .where(Amendment.item_id == item.id, Amendment.state == AmendmentState.CARRIED.value)
        .order_by(Amendment.position.desc())
    ).first()
    return item.request if carried is None else carried


def entitled(read: Session, item_id: int, at: dt.datetime | None = None) -> int:
    """Count who may vote on an item now, or at a moment: in the room and not recused."""
    item, meeting = guards.item_of(read, item_id)
    when = guards.moment(meeting, at)
    return presence.standing(read, meeting_id=meeting.id, item_id=item.id, at=when).entitled


def result(read: Session, vote_id: int) -> str:
    """Return what the chair declared of a closed vote."""
    return read.get_one(Vote, vote_id).result


def open_one(tx: Session, vote_id: int) -> Vote:
    """Return a vote that is open; raise UserError for one that is closed or not there."""
    vote = found(tx, Vote, vote_id, NO_VOTE)
    guards.sitting(tx, vote.meeting_id)
    if vote.state != VoteState.OPEN:
        raise UserError(N_("This vote is closed."), hint=N_("Take another one."))
    return vote


def _refuse_waiting(tx: Session, item: AgendaItem) -> None:
    """Raise UserError while an amendment waits: it is voted on before the item."""
    waiting = tx.scalars(
        select(Amendment.text).where(
            Amendment.item_id == item.id, Amendment.state == AmendmentState.PROPOSED.value
        )
    ).first()
    if waiting is not None:
        raise UserError(
            N_("An amendment to “{title}” has not been voted on."),
            hint=N_("Vote on the amendment first, or note that it was withdrawn."),
            title=item.title,
        )


def _refuse_open(tx: Session, item: AgendaItem) -> None:
    still = tx.scalars(
        select(Vote.label).where(Vote.item_id == item.id, Vote.state == VoteState.OPEN.value)
    ).first()
    if still is not None:
        raise UserError(
            N_("A vote on “{title}” is still open."),
            hint=N_("Close the vote first."),
            title=item.title,
        )


def _refuse_unvoted(tx: Session, item: AgendaItem, outcome: Outcome) -> None:
    """Only what is put to a decision needs a vote: reports are noted, talks end as they end."""
    if item.kind != ItemKind.DELIBERATION or outcome not in (*ADOPTED, Outcome.REJECTED):
        return
    last = tx.scalars(
        select(Vote.result)
        .where(
            Vote.item_id == item.id,
            Vote.subject == VoteSubject.ITEM.value,
            Vote.state == VoteState.CLOSED.value,
        )
        .order_by(Vote.position.desc())
    ).first()
    if last is None:
        raise UserError(
            N_("“{title}” has not been voted on."),
            hint=N_("Record the vote, or that nobody objected."),
            title=item.title,
        )
    carried = last == Verdict.CARRIED
    if carried != (outcome in ADOPTED):
        raise UserError(
            C_("vote", "The vote carried: the item cannot be rejected.")
            if carried
            else C_("vote", "The vote was lost: the item cannot be adopted."),
            hint=N_("Take another vote, or choose another outcome."),
        )


def _next_position(tx: Session, item_id: int) -> int:
    last = tx.scalar(select(func.max(Vote.position)).where(Vote.item_id == item_id))
    return (last or 0) + 1
