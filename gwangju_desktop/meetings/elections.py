"""Elections from among the members (호선): who stands, the count, a run-off, and the role taken up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.decisions import Nominee, Vote
from db.schema.members import Membership, Person
from db.store import usecase
from db.vocab import Role, Verdict, VoteMethod, VoteState, VoteSubject
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found
from gwangju_desktop.meetings import balloting, guards, presence, retelling, rules, votes
from gwangju_desktop.meetings.verdicts import Count
from gwangju_desktop.members import memberships
from gwangju_desktop.text import N_, words

# What the body gives itself; an observer or a plain member is not elected.
ROLES = (Role.CO_CHAIR, Role.CHAIR, Role.VICE_CHAIR, Role.SECRETARY)


@dataclass(frozen=True, slots=True)
class NomineeRow:
    """Somebody who stands; `votes` is None while the vote is open."""

    id: int
    vote_id: int
    membership_id: int
    name: str
    votes: int | None
    elected: bool


@usecase("Open an election")
def open_election(
    tx: Session,
    *,
    item_id: int,
    role: str,
    membership_ids: Sequence[int],
    method: str = VoteMethod.SECRET.value,
    label: str = "",
    at: dt.datetime | None = None,
) -> int:
    """Begin an election of one member to a role; who stands sits on the body on that day."""
    item, meeting = guards.item_of(tx, item_id)
    if Role(role) not in ROLES:
        raise UserError(N_("This role is not filled by election."))
    wanted = list(dict.fromkeys(membership_ids))
    if not wanted:
        raise UserError(N_("Nobody stands for election yet."), hint=N_("Add a member who stands."))
    for membership_id in wanted:
        seat = tx.get_one(Membership, membership_id)
        if seat.body_id != meeting.body_id:
            raise ValueError("a seat of another body")
    vote_id = votes.open_vote(
        tx,
        item_id=item.id,
        method=method,
        subject=VoteSubject.ELECTION.value,
        label=label,
        role=role,
        at=at,
    )
    for n, membership_id in enumerate(wanted, 1):
        tx.add(Nominee(vote_id=vote_id, membership_id=membership_id, position=n))
    tx.flush()
    return vote_id


@usecase("Close the election")
def close_election(
    tx: Session,
    *,
    vote_id: int,
    counts: Mapping[int, int] | None = None,
    abstain: int = 0,
    invalid: int = 0,
    chosen: int | None = None,
    at: dt.datetime | None = None,
) -> int:
    """Close an election: whoever has the majority the body decides by takes up the role.

    `counts` are votes by membership; None for one who stands alone without objection (추대).
    In a run-off of two the one with more votes is elected; when even, `chosen` is whom the chair
    declares by the body's custom. Nobody elected leaves the vote lost, for a run-off.
    Raises UserError for more votes than are entitled.
    """
    vote = votes.open_one(tx, vote_id)
    if vote.subject != VoteSubject.ELECTION or vote.item_id is None:
        raise ValueError("this vote is no election")
    item, meeting = votes.votable(tx, vote.item_id, at)
    when = guards.moment(meeting, at)
    standing = presence.standing(tx, meeting_id=meeting.id, item_id=item.id, at=when)
    standing_for = _nominees(tx, vote_id)
    if counts is None:
        if len(standing_for) != 1:
            raise UserError(
                N_("Several stand for election: their votes have to be counted."),
                hint=N_("Enter the votes of each."),
            )
        vote.method = VoteMethod.NO_OBJECTION.value
        counts = {standing_for[0].membership_id: standing.entitled}
    unknown = set(counts) - {one.membership_id for one in standing_for}
    if unknown:
        raise ValueError(f"not standing: {sorted(unknown)}")
    given = sum(counts.values())
    Count(given, 0, abstain, invalid).check(standing.entitled)
    balloting.freeze(tx, vote, standing)
    for one in standing_for:
        one.votes = counts.get(one.membership_id, 0)
    required = rules.majority(
        standing.rule, enrolled=standing.enrolled, present=standing.present, votes=given
    )
    elected = _elected(standing_for, required, _is_run_off(tx, vote), chosen)
    change(
        vote,
        {
            "yes": elected.votes if elected else max(one.votes or 0 for one in standing_for),
            "abstain": abstain,
            "invalid": invalid,
            "not_voting": standing.entitled - given - abstain - invalid,
            "required": required,
            "suggested": (Verdict.CARRIED if elected else Verdict.LOST).value,
            "result": (Verdict.CARRIED if elected else Verdict.LOST).value,
            "explanation": _explain(tx, standing_for, required, elected),
            "state": VoteState.CLOSED.value,
            "closed_at": when,
        },
    )
    if elected is not None:
        elected.elected = True
        memberships.edit_membership(tx, id=elected.membership_id, role=vote.role)
    tx.flush()
    return vote_id


@usecase("Open a run-off")
def run_off(tx: Session, *, vote_id: int, at: dt.datetime | None = None) -> int:
    """Begin a second vote between the two with most votes; who is level with the second stands too."""
    vote = found(tx, Vote, vote_id, votes.NO_VOTE)
    if vote.state != VoteState.CLOSED or vote.result != Verdict.LOST or vote.item_id is None:
        raise UserError(N_("A run-off follows an election in which nobody was elected."))
    counted = sorted((one.votes or 0 for one in _nominees(tx, vote_id)), reverse=True)
    if len(counted) < 2:
        raise UserError(
            N_("Only one stood for election."), hint=N_("Open another election with others.")
        )
    least = counted[1]
    return open_election(
        tx,
        item_id=vote.item_id,
        role=vote.role,
        membership_ids=[
            one.membership_id for one in _nominees(tx, vote_id) if (one.votes or 0) >= least
        ],
        method=vote.method,
        label=words("ko")(N_("Run-off")),
        at=at,
    )


def nominees(read: Session, *, vote_id: int) -> list[NomineeRow]:
    """List who stands in an election, in the order they were put forward."""
    found_ = read.execute(
        select(
            Nominee.id,
            Nominee.vote_id,
            Nominee.membership_id,
            Person.name,
            Nominee.votes,
            Nominee.elected,
        )
        .join(Membership, Membership.id == Nominee.membership_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Nominee.vote_id == vote_id)
        .order_by(Nominee.position)
    )
    return [NomineeRow(*row) for row in found_.all()]


def _nominees(tx: Session, vote_id: int) -> list[Nominee]:
    query = select(Nominee).where(Nominee.vote_id == vote_id).order_by(Nominee.position)
    return list(tx.scalars(query).all())


def _is_run_off(tx: Session, vote: Vote) -> bool:
    """Say whether an election of this item to the same role went before without a result."""
    before = tx.scalars(
        select(Vote.id).where(
            Vote.item_id == vote.item_id,
            Vote.subject == VoteSubject.ELECTION.value,
            Vote.role == vote.role,
            Vote.result == Verdict.LOST.value,
            Vote.position < vote.position,
        )
    ).first()
    return before is not None


def _elected(
    standing_for: Sequence[Nominee], required: int, second: bool, chosen: int | None
) -> Nominee | None:
    most = max(one.votes or 0 for one in standing_for)
    first = [one for one in standing_for if one.votes == most]
    if most >= required and len(first) == 1:
        return first[0]
    if not second or not most:
        return None
    if len(first) == 1:
        return first[0]
    if chosen is None:
        raise UserError(
            N_("The run-off is even at {n} votes each."),
            hint=N_("Say whom the chair declares elected by the body's custom."),
            n=most,
        )
    return next((one for one in first if one.membership_id == chosen), None)


def _explain(
    tx: Session, standing_for: Sequence[Nominee], required: int, elected: Nominee | None
) -> str:
    say = words("ko")
    names = {one.id: one.name for one in nominees(tx, vote_id=standing_for[0].vote_id)}
    counted = ", ".join(
        say(retelling.VOTES_OF, name=names[one.id], n=one.votes or 0) for one in standing_for
    )
    if elected is None:
        return say(retelling.NOBODY, counted=counted, required=required)
    return say(
        retelling.ELECTED,
        counted=counted,
        required=required,
        name=names[elected.id],
    )
