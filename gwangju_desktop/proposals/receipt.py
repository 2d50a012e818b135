"""What receipt does to a proposal: its number, the first lines of its history, its notice."""

from __future__ import annotations

import datetime as dt
import re

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.handling import ProposalNotice, ProposalOpinion, ProposalStep
from db.schema.proposals import Proposal
from db.vocab import NoticeKind, ProposalRuleKey, ProposalState, ProposalStepKind
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found
from gwangju_desktop.proposals import clocks, profiles
from gwangju_desktop.text import N_

NO_PROPOSAL = N_("There is no proposal {id}.")
_PLACE = re.compile(r"\{n(?::0?(\d))?\}")


def proposal_of(tx: Session, id: int) -> Proposal:
    """Return a proposal; raise UserError when there is none of this id."""
    return found(tx, Proposal, id, NO_PROPOSAL)


def past(day: dt.date) -> dt.date:
    """Return a day on which something happened; raise UserError for one that lies ahead."""
    if day > clock.today():
        raise UserError(
            N_("{day:full} lies ahead."), hint=N_("Enter the day on which it happened."), day=day
        )
    return day


def since_receipt(proposal: Proposal, day: dt.date | None) -> dt.date:
    """Return the day of something done to a proposal, by default today.

    Raises UserError for one before its receipt or in the future.
    """
    on_day = past(day or clock.today())
    if on_day < proposal.received_on:
        raise UserError(
            N_("{day:full} lies before the receipt on {received:full}."),
            hint=N_("Enter the day on which it happened."),
            day=on_day,
            received=proposal.received_on,
        )
    return on_day


def begin(tx: Session, proposal: Proposal) -> None:
    """Give a proposal its number and the first state of its profile; `take_in` follows."""
    _draw(tx, proposal)
    proposal.state = _first_state(tx, proposal)
    proposal.since_on = proposal.received_on


def take_in(tx: Session, proposal: Proposal) -> None:
    """Receive a draft: number, first state of its profile, receipt notice, clock.

    Raises UserError for a proposal that names nobody and is not anonymous.
    """
    if not proposal.proposers and not proposal.anonymous:
        raise UserError(
            N_("Say who proposes “{title}”."),
            hint=N_("Enter a name, or mark the proposal as anonymous."),
            title=proposal.title,
        )
    if proposal.number is None:
        begin(tx, proposal)
    day = proposal.received_on
    first = keep_step(tx, proposal, ProposalStepKind.MOVE, day, to_state=proposal.state)
    keep_notice(tx, proposal, NoticeKind.RECEIPT, day, first)
    if proposal.department:
        keep_step(tx, proposal, ProposalStepKind.ASSIGNED, day, department=proposal.department)
    clocks.renew(tx, proposal)


def redate(tx: Session, proposal: Proposal, before: dt.date) -> None:
    """Let what receipt wrote follow a corrected day of receipt, which was `before`.

    Raises UserError where something was done with the proposal before the corrected day.
    """
    day = proposal.received_on
    own: list[ProposalStep] = []
    others: list[ProposalStep] = []
    steps = select(ProposalStep).where(ProposalStep.proposal_id == proposal.id)
    for step in tx.scalars(steps.order_by(ProposalStep.id)).all():
        first = step.from_state is None and step.to_state is not None
        assigned = step.kind == ProposalStepKind.ASSIGNED and step.on_day == before
        (own if first or assigned else others).append(step)
    notices = select(ProposalNotice).where(
        ProposalNotice.proposal_id == proposal.id,
        ProposalNotice.step_id.in_([step.id for step in own]),
    )
    told = tx.scalars(notices).all()
    opinions = select(ProposalOpinion.asked_on).where(ProposalOpinion.proposal_id == proposal.id)
    done = [step.on_day for step in others if step.kind != ProposalStepKind.EDITED]
    done += [notice.told_on for notice in told if notice.told_on is not None]
    done += tx.scalars(opinions).all()
    if done and min(done) < day:
        raise UserError(
            N_("{day:full} lies after what was done on {done:full}."),
            hint=N_("Enter the day on which it happened."),
            day=day,
            done=min(done),
        )
    for step in own:
        change(step, {"on_day": day})
    for notice in told:
        change(notice, {"made_on": day})
    if not any(step.kind == ProposalStepKind.MOVE for step in others):
        change(proposal, {"since_on": day})


def keep_step(
    tx: Session,
    proposal: Proposal,
    kind: ProposalStepKind,
    day: dt.date,
    *,
    from_state: str | None = None,
    to_state: str | None = None,
    department: str = "",
    reason: str = "",
    other_id: int | None = None,
) -> ProposalStep:
    """Write one line of a proposal's history."""
    step = ProposalStep(
        proposal_id=proposal.id,
        kind=kind.value,
        from_state=from_state,
        to_state=to_state,
        on_day=day,
        at=clock.now(),
        department=department,
        reason=reason,
        other_id=other_id,
    )
    tx.add(step)
    tx.flush()
    return step


def keep_notice(
    tx: Session,
    proposal: Proposal,
    kind: NoticeKind,
    day: dt.date,
    step: ProposalStep | None = None,
    *,
    reason: str = "",
    new_on: dt.date | None = None,
) -> ProposalNotice:
    """Write down that a notice to the proposer was made; nobody was told yet."""
    notice = ProposalNotice(
        proposal_id=proposal.id,
        step_id=step.id if step is not None else None,
        kind=kind.value,
        made_on=day,
        reason=reason,
        new_on=new_on,
    )
    tx.add(notice)
    tx.flush()
    return notice


def numbered(form: str, number: int, day: dt.date) -> str:
    """Write a number in a profile's form: {YYYY}, {YY}, {n} or {n:03} are filled, all else stays."""
    filled = form.replace("{YYYY}", str(day.year)).replace("{YY}", f"{day.year % 100:02}")
    return _PLACE.sub(lambda place: f"{number:0{place[1] or 1}}", filled)


def _draw(tx: Session, proposal: Proposal) -> None:
    """Give a proposal the number after the highest of its year."""
    day = proposal.received_on
    profile = profiles.of(tx, proposal.profile_id, day)
    form = str(profile.value(ProposalRuleKey.NUMBER))
    year = day.year if "{YYYY}" in form or "{YY}" in form else 0
    query = select(func.max(Proposal.number_drawn)).where(Proposal.number_year == year)
    number = (tx.scalar(query) or 0) + 1
    # Another profile may write its numbers differently and still meet one that is taken.
    while tx.scalar(select(Proposal.id).where(Proposal.number == numbered(form, number, day))):
        number += 1
    proposal.number_year = year
    proposal.number_drawn = number
    proposal.number = numbered(form, number, day)


def _first_state(tx: Session, proposal: Proposal) -> str:
    """Return the state a received proposal begins in: what the profile lets a draft become."""
    profile = profiles.of(tx, proposal.profile_id, proposal.received_on)
    ways = [move.to_state for move in profile.moves if move.from_state == ProposalState.DRAFT]
    after = [state for state in ways if state in profile.states]
    if not after:
        return ProposalState.RECEIVED.value
    return min(after, key=lambda state: profile.states[state].position)
