"""What was done with a proposal so far: supplements, opinions, results told, repeats."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.schema.handling import (
    ProposalNotice,
    ProposalOpinion,
    ProposalStep,
    ProposalSupplement,
)
from db.schema.proposals import Proposal
from db.vocab import NoticeKind, ProposalState, ProposalStepKind

S = ProposalState


def latest_supplement(read: Session, proposal_id: int) -> ProposalSupplement | None:
    """Return the supplement asked for last."""
    query = select(ProposalSupplement).where(ProposalSupplement.proposal_id == proposal_id)
    return read.scalars(query.order_by(ProposalSupplement.id.desc()).limit(1)).first()


def open_opinions(read: Session, proposal_id: int) -> list[ProposalOpinion]:
    """Return the opinions that were asked and neither answered nor withdrawn."""
    query = select(ProposalOpinion).where(
        ProposalOpinion.proposal_id == proposal_id,
        ProposalOpinion.answered_on.is_(None),
        ProposalOpinion.withdrawn_on.is_(None),
    )
    return list(read.scalars(query.order_by(ProposalOpinion.id)).all())


def result_told(read: Session, proposal_id: int) -> dt.date | None:
    """Return the day the proposer was told the latest result; where none was told, it was made."""
    query = (
        select(ProposalNotice.told_on, ProposalNotice.made_on)
        .join(ProposalStep, ProposalStep.id == ProposalNotice.step_id)
        .where(
            ProposalNotice.proposal_id == proposal_id,
            ProposalNotice.kind == NoticeKind.RESULT.value,
            ProposalStep.to_state == S.REPLIED.value,
        )
        .order_by(ProposalNotice.id.desc())
        .limit(1)
    )
    row = read.execute(query).first()
    return None if row is None else row.told_on or row.made_on


def repeats(read: Session, proposal_id: int) -> tuple[int, int]:
    """Return how often a proposal's content came again, and how often the result was told."""
    again = ProposalStep.kind == ProposalStepKind.REPEATED.value
    steps = read.scalar(
        select(func.count())
        .select_from(ProposalStep)
        .where(ProposalStep.proposal_id == proposal_id, again)
    )
    merged = read.scalar(
        select(func.count()).select_from(Proposal).where(Proposal.merged_into_id == proposal_id)
    )
    told = read.scalar(
        select(func.count())
        .select_from(ProposalNotice)
        .outerjoin(ProposalStep, ProposalStep.id == ProposalNotice.step_id)
        .where(
            ProposalNotice.proposal_id == proposal_id,
            ProposalNotice.told_on.is_not(None),
            or_(ProposalNotice.kind == NoticeKind.RESULT.value, again),
        )
    )
    return (steps or 0) + (merged or 0), told or 0
