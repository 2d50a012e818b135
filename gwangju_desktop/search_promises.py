"""Plans, commitments, evidence and reviews among the records a search finds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.commitments import (
    ActionPlan,
    Commitment,
    CommitmentEdition,
    Milestone,
    PlanCount,
    PlanInstitution,
    PlanText,
    ProgressNote,
)
from db.schema.evidence import Evidence, EvidenceClaim
from db.schema.reviews import Publication, Review, ReviewAnswer, ReviewComment, ReviewFinding
from gwangju_desktop.search_found import Finder, Found, led, named

PAGE = "commitments"


def _plans(read: Session, refs: Sequence[int]) -> list[Found]:
    query = select(ActionPlan.id, ActionPlan.code, ActionPlan.title, ActionPlan.title_en)
    return [
        Found("action_plan", id, named(title, english), code, PAGE, ("action_plan", id))
        for id, code, title, english in read.execute(query.where(ActionPlan.id.in_(refs)))
    ]


def _commitments(read: Session, refs: Sequence[int]) -> list[Found]:
    query = select(Commitment.id, Commitment.code, Commitment.title, Commitment.title_en)
    query = query.where(Commitment.id.in_(refs)).order_by(Commitment.position)
    return [
        Found("commitment", id, named(title, english), code, PAGE, ("commitment", id))
        for id, code, title, english in read.execute(query)
    ]


def _milestones(read: Session, refs: Sequence[int]) -> list[Found]:
    query = (
        select(Milestone.id, Milestone.number, Milestone.title, Milestone.title_en, Commitment.code)
        .join(Commitment, Commitment.id == Milestone.commitment_id)
        .where(Milestone.id.in_(refs))
        .order_by(Milestone.commitment_id, Milestone.position)
    )
    return [
        Found("milestone", id, named(title, english), f"{code} · {number}", PAGE, ("milestone", id))
        for id, number, title, english, code in read.execute(query)
    ]


def _evidence(read: Session, refs: Sequence[int]) -> list[Found]:
    query = (
        select(Evidence.id, Evidence.title, Evidence.title_en, Commitment.code)
        .outerjoin(Commitment, Commitment.id == Evidence.commitment_id)
        .where(Evidence.id.in_(refs))
        .order_by(Evidence.id.desc())
    )
    return [
        Found("evidence", id, named(title, english), code or "", PAGE, ("evidence", id))
        for id, title, english, code in read.execute(query)
    ]


def _reviews(read: Session, refs: Sequence[int]) -> list[Found]:
    query = (
        select(Review.id, Review.title, Review.title_en, Review.asked, ActionPlan.code)
        .join(ActionPlan, ActionPlan.id == Review.plan_id)
        .where(Review.id.in_(refs))
        .order_by(Review.id.desc())
    )
    return [
        Found("review", id, named(title, english) or asked, code, PAGE, ("review", id))
        for id, title, english, asked, code in read.execute(query)
    ]


def _findings(read: Session, refs: Sequence[int]) -> list[Found]:
    query = (
        select(ReviewFinding.id, ReviewFinding.text, ReviewFinding.text_en, Review.title)
        .join(Review, Review.id == ReviewFinding.review_id)
        .where(ReviewFinding.id.in_(refs))
        .order_by(ReviewFinding.id.desc())
    )
    return [
        Found("review_finding", id, named(words, english), round_, PAGE, ("review_finding", id))
        for id, words, english, round_ in read.execute(query)
    ]


def _publications(read: Session, refs: Sequence[int]) -> list[Found]:
    query = select(Publication.id, Publication.title, Publication.title_en, Publication.url)
    query = query.where(Publication.id.in_(refs)).order_by(Publication.published_on.desc())
    return [
        Found("publication", id, named(title, english), url, PAGE, ("publication", id))
        for id, title, english, url in read.execute(query)
    ]


def _of_plan_or_commitment(entity: Any) -> Finder:
    """Return what finds the commitments rows are about, else their plans."""

    def found(read: Session, refs: Sequence[int]) -> list[Found]:
        rows = read.execute(
            select(entity.plan_id, entity.commitment_id).where(entity.id.in_(refs)).distinct()
        ).all()
        own = [row.commitment_id for row in rows if row.commitment_id is not None]
        rest = [row.plan_id for row in rows if row.commitment_id is None]
        return [*_commitments(read, own), *_plans(read, rest)]

    return found


SHOWN: dict[str, Finder] = {
    "action_plan": _plans,
    "plan_text": _of_plan_or_commitment(PlanText),
    "plan_institution": _of_plan_or_commitment(PlanInstitution),
    "plan_count": led(PlanCount, "plan_id", _plans),
    "commitment": _commitments,
    "commitment_edition": led(CommitmentEdition, "commitment_id", _commitments),
    "milestone": _milestones,
    "progress_note": led(ProgressNote, "commitment_id", _commitments),
    "evidence": _evidence,
    "evidence_claim": led(EvidenceClaim, "evidence_id", _evidence),
    "review": _reviews,
    "review_answer": led(ReviewAnswer, "review_id", _reviews),
    "review_comment": led(ReviewComment, "review_id", _reviews),
    "review_finding": _findings,
    "publication": _publications,
}
