"""The steps of a proposal from receipt to what became of it, as its profile allows them.

Every move leaves one line in the history and, where the proposer is told of it, one notice. What
a move lacks is named before it is taken (`ahead`).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.handling import ProposalStep, ProposalSupplement
from db.schema.proposals import Proposal
from db.store import usecase
from db.vocab import DECIDED, NoticeKind, ProposalRuleKey, ProposalState, ProposalStepKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, required, tidy
from gwangju_desktop.proposals import clocks, guards, handled, receipt
from gwangju_desktop.proposals.ahead import Ahead, ahead, supplement_ahead
from gwangju_desktop.proposals.guards import Asked
from gwangju_desktop.proposals.profile_rows import Move, Profile
from gwangju_desktop.text import N_, Msg, say

__all__ = [
    "GONE",
    "NOTICES",
    "Ahead",
    "ahead",
    "assign",
    "go_back",
    "move",
    "note_repeat",
    "note_transfer_number",
    "supplement_ahead",
    "supplement_came",
]

S = ProposalState
K = ProposalRuleKey
# Out of our hands, or never to be taken up again.
GONE = frozenset({S.CLOSED, S.CIVIL_PETITION, S.TRANSFERRED, S.MERGED, S.WITHDRAWN})
NOTICES: dict[str, NoticeKind] = {
    S.SUPPLEMENT: NoticeKind.SUPPLEMENT,
    S.OPINION: NoticeKind.OPINION,
    S.TRANSFERRED: NoticeKind.TRANSFER,
    S.CIVIL_PETITION: NoticeKind.CIVIL_PETITION,
    S.CLOSED: NoticeKind.CLOSED,
    S.REPLIED: NoticeKind.RESULT,
    S.DELAYED: NoticeKind.DELAY,
    S.DROPPED: NoticeKind.DELAY,
    S.RE_EXAM: NoticeKind.RE_EXAM,
}
TEXTS = ("reason", "department", "outside", "outside_number", "plan", "wanted", "effect", "by")
DRAFT = N_("“{title}” is a draft.")
RECEIVE_FIRST = N_("Receive it first.")


@usecase("Take a step with the proposal")
def move(
    tx: Session,
    *,
    id: int,
    to: str,
    on_day: dt.date | None = None,
    reason: str = "",
    department: str = "",
    outside: str = "",
    outside_number: str = "",
    planned_on: dt.date | None = None,
    plan: str = "",
    review_on: dt.date | None = None,
    wanted: str = "",
    until_on: dt.date | None = None,
    effect: str = "",
    by: str = "",
    same_content: bool = False,
    repeated: bool = False,
    other_id: int | None = None,
) -> int:
    """Take a proposal to another state; return the step's id.

    `department` is whom the step concerns, `by` who took it, `wanted` and `until_on` the
    supplement asked for. Raises UserError naming all the move lacks, and for a day before the last
    step or in the future.
    """
    proposal = receipt.proposal_of(tx, id)
    texts = tidy(
        {
            "reason": reason,
            "department": department,
            "outside": outside,
            "outside_number": outside_number,
            "plan": plan,
            "wanted": wanted,
            "effect": effect,
            "by": by,
        },
        TEXTS,
    )
    if proposal.state == S.DRAFT:
        return _receive(tx, proposal, to, on_day)
    tx.flush()
    day = _day(proposal, on_day)
    keep = clocks.Counting(tx)
    profile = keep.profile(proposal.profile_id, proposal.received_on)
    way = _way(profile, proposal, to)
    asked = Asked(
        to,
        day,
        texts["reason"],
        texts["outside"],
        planned_on,
        review_on,
        texts["wanted"],
        until_on,
        texts["effect"],
        same_content,
        repeated,
        other_id,
    )
    _refuse(guards.lacking(tx, proposal, way, asked, keep))
    begins = clocks.begins(tx, proposal, keep)
    step = _enter(tx, proposal, to, day, texts, other_id)
    if "notice" in guards.needs(way) and to in NOTICES:
        receipt.keep_notice(
            tx,
            proposal,
            NOTICES[to],
            day,
            step,
            reason=texts["reason"] or texts["wanted"],
            new_on=planned_on if to == S.DELAYED else None,
        )
    if to == S.SUPPLEMENT and until_on is not None:
        tx.add(
            ProposalSupplement(
                proposal_id=id,
                asked_on=day,
                until_on=until_on,
                wanted=texts["wanted"],
                pauses=guards.supplement_pauses(begins, day, profile.value(K.SUPPLEMENT_WITHIN)),
            )
        )
    change(proposal, _facts(proposal, step.from_state or "", asked, texts["plan"]))
    if to in GONE or to == S.REPLIED:
        _call_off(tx, proposal, day)
    clocks.renew(tx, proposal)
    return step.id


@usecase("Assign a department")
def assign(
    tx: Session, *, id: int, department: str, reason: str = "", on_day: dt.date | None = None
) -> int:
    """Put a department in charge (부서 지정), or another one (부서 재지정); the clock runs on.

    Raises UserError for a draft, for one that has gone, and for the department it has.
    """
    proposal = receipt.proposal_of(tx, id)
    texts = tidy({"department": department, "reason": reason}, ("department", "reason"))
    name = required(texts["department"], N_("Say which department is in charge."))
    _refuse_gone(proposal)
    day = receipt.since_receipt(proposal, on_day)
    if name == proposal.department:
        raise UserError(N_("{department} is in charge already."), department=name)
    kind = ProposalStepKind.REASSIGNED if proposal.department else ProposalStepKind.ASSIGNED
    step = receipt.keep_step(tx, proposal, kind, day, department=name, reason=texts["reason"])
    proposal.department = name
    clocks.renew(tx, proposal)
    return step.id


@usecase("Enter the supplement that came")
def supplement_came(
    tx: Session, *, id: int, answer: str = "", on_day: dt.date | None = None
) -> int:
    """Record the supplement a proposer sent; the proposal goes back to where it was.

    One that comes after its day is recorded too. Raises UserError where none is awaited.
    """
    proposal = receipt.proposal_of(tx, id)
    day = receipt.since_receipt(proposal, on_day)
    row = handled.latest_supplement(tx, id)
    if row is None or row.came_on is not None:
        raise UserError(N_("No supplement of “{title}” is awaited."), title=proposal.title)
    if day < row.asked_on:
        raise UserError(
            N_("The supplement was asked for on {asked:full}; it cannot have come before."),
            asked=row.asked_on,
        )
    change(row, {"came_on": day, **tidy({"answer": answer}, ("answer",))})
    tx.flush()
    if proposal.state == S.SUPPLEMENT:
        go_back(tx, proposal, day)
    clocks.renew(tx, proposal)
    return row.id


@usecase("Note that the same content came again")
def note_repeat(
    tx: Session,
    *,
    id: int,
    reason: str = "",
    other_id: int | None = None,
    on_day: dt.date | None = None,
) -> int:
    """Note that a proposal's content was sent in again; a notice tells how it stands.

    `other_id` is the proposal it came as, if it was registered. Return the step's id.
    """
    proposal = receipt.proposal_of(tx, id)
    if proposal.state == S.DRAFT:
        _refuse_gone(proposal)
    day = receipt.since_receipt(proposal, on_day)
    why = tidy({"reason": reason}, ("reason",))["reason"]
    step = receipt.keep_step(
        tx, proposal, ProposalStepKind.REPEATED, day, reason=why, other_id=other_id
    )
    kind = NoticeKind.RESULT if proposal.adoption else NoticeKind.RECEIPT
    receipt.keep_notice(tx, proposal, kind, day, step, reason=why)
    return step.id


@usecase("Note the number of the other agency")
def note_transfer_number(tx: Session, *, id: int, outside_number: str) -> int:
    """Note the number another agency gave to a proposal transferred to it; return the step's id."""
    proposal = receipt.proposal_of(tx, id)
    query = select(ProposalStep).where(
        ProposalStep.proposal_id == id, ProposalStep.to_state == S.TRANSFERRED.value
    )
    step = tx.scalars(query.order_by(ProposalStep.id.desc())).first()
    if step is None:
        raise UserError(N_("“{title}” was not transferred."), title=proposal.title)
    change(step, tidy({"outside_number": outside_number}, ("outside_number",)))
    return step.id


def go_back(tx: Session, proposal: Proposal, day: dt.date) -> int | None:
    """Take a proposal back to where it was before a supplement or an opinion was asked.

    Return the step's id; None where the profile knows no way back.
    """
    tx.flush()
    came_from = tx.scalar(
        select(ProposalStep.from_state)
        .where(
            ProposalStep.proposal_id == proposal.id,
            ProposalStep.kind == ProposalStepKind.MOVE.value,
            ProposalStep.to_state == proposal.state,
        )
        .order_by(ProposalStep.id.desc())
        .limit(1)
    )
    profile = clocks.Counting(tx).profile(proposal.profile_id, proposal.received_on)
    for target in (came_from, S.REVIEW.value, S.RECEIVED.value):
        if target and profile.move(proposal.state, target) is not None:
            # What is entered late goes back to the day it came, never before the last step.
            return move(tx, id=proposal.id, to=target, on_day=max(day, proposal.since_on))
    return None


def _receive(tx: Session, proposal: Proposal, to: str, on_day: dt.date | None) -> int:
    """Take a draft in, as its profile begins; return the step's id."""
    if on_day is not None:
        change(proposal, {"received_on": receipt.past(on_day)})
    receipt.take_in(tx, proposal)
    if proposal.state != to:
        raise UserError(DRAFT, hint=RECEIVE_FIRST, title=proposal.title)
    query = select(func.max(ProposalStep.id)).where(
        ProposalStep.proposal_id == proposal.id, ProposalStep.to_state == to
    )
    return tx.execute(query).scalar_one()


def _day(proposal: Proposal, on_day: dt.date | None) -> dt.date:
    day = receipt.since_receipt(proposal, on_day)
    if day < proposal.since_on:
        raise UserError(
            N_("{day:full} lies before the last step on {since:full}."),
            hint=N_("Enter the day on which it happened."),
            day=day,
            since=proposal.since_on,
        )
    return day


def _way(profile: Profile, proposal: Proposal, to: str) -> Move:
    way = profile.move(proposal.state, to)
    if way is not None and to in profile.states:
        return way
    names = {state: word.name for state, word in profile.states.items()}
    raise UserError(
        N_("“{title}” is at “{state}”: “{after}” does not follow from there."),
        title=proposal.title,
        state=names.get(proposal.state, proposal.state),
        after=names.get(to, to),
    )


def _refuse(lacks: list[guards.Lack]) -> None:
    """Raise UserError with all that a move lacks."""
    if not lacks:
        return
    first, *more = lacks
    if not more:
        raise UserError(first.message, hint=first.hint, **first.values)
    rest = " ".join(str(lack) for lack in more)
    if first.hint:
        rest = f"{say(first.hint, **first.values)} {rest}"
    raise UserError(first.message, hint=Msg("{rest}"), **first.values, rest=rest)


def _refuse_gone(proposal: Proposal) -> None:
    if proposal.state == S.DRAFT:
        raise UserError(DRAFT, hint=RECEIVE_FIRST, title=proposal.title)
    if proposal.state in GONE:
        raise UserError(N_("“{title}” is no longer handled here."), title=proposal.title)


def _enter(
    tx: Session,
    proposal: Proposal,
    to: str,
    day: dt.date,
    texts: dict[str, Any],
    other_id: int | None,
) -> ProposalStep:
    """Write the line of the history and set the state."""
    step = receipt.keep_step(
        tx,
        proposal,
        ProposalStepKind.MOVE,
        day,
        from_state=proposal.state,
        to_state=to,
        department=texts["department"],
        reason=texts["reason"],
        other_id=other_id,
    )
    change(step, {name: texts[name] for name in ("outside", "outside_number", "by")})
    change(proposal, {"state": to, "since_on": day})
    return step


def _facts(proposal: Proposal, before: str, asked: Asked, plan: str) -> dict[str, Any]:
    """Return what a move changes of the proposal besides its state."""
    to, day = asked.to, asked.on_day
    facts: dict[str, Any] = {}
    if to in DECIDED:
        facts |= {"adoption": to, "decided_on": day, "review_on": None}
    if to == S.DEFERRED:
        facts |= {"review_on": asked.review_on}
    elif _taken_up_again(before, to):
        facts |= {"adoption": None, "decided_on": None, "review_on": None}
    if to in (S.ADOPTED, S.PARTLY, S.IMPLEMENTING, S.DELAYED):
        facts |= {
            "planned_on": asked.planned_on or proposal.planned_on,
            "plan": plan or proposal.plan,
        }
    if to == S.DONE and before != S.DONE:
        facts |= {"implemented_on": day, "effect_from": proposal.effect_from or day}
    if to == S.DONE and asked.effect:
        facts |= {"effect": asked.effect}
    if to == S.DONE and before == S.DONE:
        facts |= {"effect_measured_on": day}
    return facts


def _taken_up_again(before: str, to: str) -> bool:
    """Say whether a move takes a deferred proposal up again, so that its decision is open."""
    again = (S.REVIEW, S.RECEIVED, S.TABLED)
    return to in again and before in (S.DEFERRED, S.REPLIED)


def _call_off(tx: Session, proposal: Proposal, day: dt.date) -> None:
    """Withdraw what is still asked of departments once a proposal is answered or has gone."""
    for row in handled.open_opinions(tx, proposal.id):
        change(row, {"withdrawn_on": max(day, row.asked_on)})
