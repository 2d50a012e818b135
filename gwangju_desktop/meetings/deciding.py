"""What the panel beside the agenda shows and does: one item's votes, and its decision in one step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.decisions import Ballot, Nominee, Vote
from db.schema.meetings import AgendaItem
from db.store import usecase
from db.vocab import ItemKind, MeetingState, Outcome, RecusalKind, Verdict, VoteMethod, VoteSubject
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import found, required, tidy
from gwangju_desktop.meetings import amendments, guards, presence, recusals, sheet, sitting, votes
from gwangju_desktop.meetings.amendments import AmendmentRow
from gwangju_desktop.meetings.presence import Standing
from gwangju_desktop.meetings.recusals import RecusalRow
from gwangju_desktop.meetings.verdicts import Count
from gwangju_desktop.meetings.votes import VoteRow
from gwangju_desktop.meetings.words import OUTCOMES
from gwangju_desktop.text import N_, words

# Outcomes a vote on the item itself leads to; the others follow a vote on procedure.
ON_THE_ITEM = (*votes.ADOPTED, Outcome.REJECTED)
# What else may be voted on while an item is in front.
ASIDE = (
    VoteSubject.CHALLENGE,
    VoteSubject.CLOSED_SITTING,
    VoteSubject.CLOSED_MINUTES,
    VoteSubject.PROCEDURE,
)


@dataclass(frozen=True, slots=True)
class Panel:
    """How an item stands: who may vote on it, why no vote can be taken, what was voted on so far.

    `refusal` is ready to be said, None where a vote may be recorded. `wording` is the text that
    stands to the vote. `entitled` and `aside` are names in the order of the sheet. `challenges`
    wait for the body's word.
    """

    item_id: int
    standing: Standing
    refusal: UserError | None
    votes: tuple[VoteRow, ...]
    amendments: tuple[AmendmentRow, ...]
    challenges: tuple[RecusalRow, ...]
    wording: str
    entitled: tuple[str, ...]
    aside: tuple[str, ...]


def panel(read: Session, *, item_id: int) -> Panel:
    """Read all the panel shows of an item; raises UserError when there is none of this id."""
    item = found(read, AgendaItem, item_id, guards.NO_ITEM)
    meeting = guards.meeting_of(read, item.meeting_id)
    standing = presence.standing(
        read, meeting_id=item.meeting_id, item_id=item_id, at=item.decided_at
    )
    refusal = None
    if meeting.state == MeetingState.OPENED:
        refusal = presence.why_no_vote(read, meeting_id=meeting.id, item_id=item_id)
    names = {seat.id: seat.name for seat in sheet.seats(read, meeting_id=meeting.id)}
    return Panel(
        item_id=item_id,
        standing=standing,
        refusal=refusal,
        votes=tuple(votes.of_item(read, item_id=item_id)),
        amendments=tuple(amendments.of_item(read, item_id=item_id)),
        challenges=tuple(
            row
            for row in recusals.of_item(read, item_id=item_id)
            if row.kind == RecusalKind.CHALLENGED and not row.voted
        ),
        wording=votes.wording(read, item),
        entitled=tuple(name for id, name in names.items() if id in standing.entitled_ids),
        aside=tuple(name for id, name in names.items() if id in standing.recused_ids),
    )


@usecase("Decide the item")
def settle(
    tx: Session,
    *,
    item_id: int,
    outcome: str,
    counts: Mapping[str, int] | None = None,
    uncounted: str | None = None,
    method: str = VoteMethod.SHOW_OF_HANDS.value,
    resolution: str | None = None,
    remark: str = "",
    chair_in_favour: bool | None = None,
    at: dt.datetime | None = None,
) -> int:
    """Record the vote, if one was taken now, and what became of the item: one step.

    `counts` are votes by yes, no, abstain, invalid; with no objection all who are entitled are in
    favour. `uncounted` is a verdict seen without counting. Without either an earlier vote counts.
    Raises UserError as the two verbs do.
    """
    chosen = Outcome(outcome)
    if method == VoteMethod.NO_OBJECTION:
        counts, uncounted = {"yes": votes.entitled(tx, item_id, at)}, None
    if counts is not None or uncounted is not None:
        on_item, count = chosen in ON_THE_ITEM, Count(**(counts or {}))
        vote_id = votes.open_vote(
            tx,
            item_id=item_id,
            method=method,
            subject=(VoteSubject.ITEM if on_item else VoteSubject.PROCEDURE).value,
            label="" if on_item else words("ko")(OUTCOMES[chosen]),
            at=at,
        )
        votes.close_vote(
            tx,
            vote_id=vote_id,
            yes=count.yes,
            no=count.no,
            abstain=count.abstain,
            invalid=count.invalid,
            uncounted=uncounted,
            chair_in_favour=chair_in_favour,
            at=at,
        )
        _refuse_lost(tx, item_id, chosen, on_item)
    votes.decide(tx, item_id=item_id, outcome=outcome, resolution=resolution, remark=remark, at=at)
    return item_id


@usecase("Record a vote")
def vote_aside(
    tx: Session,
    *,
    item_id: int,
    subject: str,
    counts: Mapping[str, int] | None = None,
    method: str = VoteMethod.SHOW_OF_HANDS.value,
    label: str = "",
    ground: str = "",
    recusal_id: int | None = None,
    chair_in_favour: bool | None = None,
    at: dt.datetime | None = None,
) -> int:
    """Vote on something beside the item: a challenge, a closed sitting, the minutes, procedure.

    Without `counts` nobody objected. A sitting that is closed by it is closed in the same step,
    with its `ground`. Returns the vote.
    """
    chosen = VoteSubject(subject)
    if chosen not in ASIDE:
        raise ValueError(f"{subject} is no vote beside the item")
    if chosen == VoteSubject.CHALLENGE and recusal_id is None:
        raise UserError(
            N_("Nobody is challenged on this item."),
            hint=N_("Record the challenge as a recusal first."),
        )
    text = tidy({"label": label, "ground": ground}, ("label", "ground"))
    if chosen in (VoteSubject.CLOSED_SITTING, VoteSubject.CLOSED_MINUTES):
        required(text["ground"], N_("Say on what ground it is closed."))
        text["label"] = text["ground"]
    elif chosen == VoteSubject.PROCEDURE:
        required(text["label"], N_("Say what is voted on."))
    if counts is None:
        counts, method = {"yes": votes.entitled(tx, item_id, at)}, VoteMethod.NO_OBJECTION.value
    count = Count(**counts)
    vote_id: int = votes.record_vote(
        tx,
        item_id=item_id,
        yes=count.yes,
        no=count.no,
        abstain=count.abstain,
        invalid=count.invalid,
        method=method,
        subject=subject,
        label=text["label"],
        recusal_id=recusal_id,
        chair_in_favour=chair_in_favour,
        at=at,
    )
    carried = votes.result(tx, vote_id) == Verdict.CARRIED
    if chosen == VoteSubject.CLOSED_SITTING and carried:
        _item, meeting = guards.item_of(tx, item_id)
        sitting.set_openness(tx, meeting_id=meeting.id, public=False, ground=text["ground"])
    return vote_id


def outcomes_for(kind: str) -> tuple[Outcome, ...]:
    """Return what may become of an item of a kind, the usual first."""
    if kind == ItemKind.REPORT:
        return (Outcome.NOTED, Outcome.DEFERRED, Outcome.RETURNED, Outcome.WITHDRAWN)
    return (
        Outcome.AS_PROPOSED,
        Outcome.AMENDED,
        Outcome.CONDITIONAL,
        Outcome.DEFERRED,
        Outcome.REJECTED,
        Outcome.RETURNED,
        Outcome.WITHDRAWN,
        *(() if kind == ItemKind.DELIBERATION else (Outcome.NOTED,)),
    )


def _refuse_lost(tx: Session, item_id: int, chosen: Outcome, on_item: bool) -> None:
    """Refuse to defer or return an item when the vote on doing so was lost."""
    if on_item:
        return
    last = votes.of_item(tx, item_id=item_id)[-1]
    if last.result != Verdict.CARRIED:
        raise UserError(
            N_("The vote to {outcome} was lost."),
            hint=N_("Choose what the body decided instead."),
            outcome=OUTCOMES[chosen],
        )


@dataclass(frozen=True, slots=True)
class Roll:
    """Who is called in an open vote by name: (attendance id, name, vote so far) in sheet order."""

    standing: Standing
    called: tuple[tuple[int, str, str | None], ...]


def roll(read: Session, *, vote_id: int) -> Roll:
    """List who may vote in an open vote by name, with what was given so far."""
    vote = found(read, Vote, vote_id, votes.NO_VOTE)
    standing = presence.standing(read, meeting_id=vote.meeting_id, item_id=vote.item_id)
    ballots = select(Ballot).where(Ballot.vote_id == vote_id)
    given = {ballot.attendance_id: ballot.choice for ballot in read.scalars(ballots).all()}
    return Roll(
        standing,
        tuple(
            (seat.id, seat.name, given.get(seat.id))
            for seat in sheet.seats(read, meeting_id=vote.meeting_id)
            if seat.id in standing.entitled_ids
        ),
    )


@usecase("Break off the vote")
def drop_vote(tx: Session, *, vote_id: int) -> None:
    """Drop a vote that is still open, with all that was recorded of it."""
    vote = votes.open_one(tx, vote_id)
    for entity in (Ballot, Nominee):
        for one in tx.scalars(select(entity).where(entity.vote_id == vote.id)).all():
            tx.delete(one)
    tx.flush()
    tx.delete(vote)
