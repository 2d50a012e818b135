"""Selects about reviews that return frozen rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from db.schema.actions import Action
from db.schema.commitments import ActionPlan, Commitment, Milestone
from db.schema.evidence import Evidence
from db.schema.papers import StoredFile
from db.schema.reviews import (
    MonitorKey,
    Review,
    ReviewAnswer,
    ReviewComment,
    ReviewFile,
    ReviewFinding,
)
from db.schema.snapshots import Snapshot
from db.schema.threads import ThreadLink
from db.vocab import AnswerOrigin
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.reviews import forms, monitors
from gwangju_desktop.reviews.people import people_of
from gwangju_desktop.reviews.published import publications, published_web
from gwangju_desktop.reviews.rounds import NO_REVIEW
from gwangju_desktop.reviews.rows import (
    AnswerRow,
    Cited,
    CommentRow,
    FileRow,
    FindingRow,
    FollowUp,
    ReviewRow,
    ReviewWhole,
    Somebody,
    Subject,
)
from gwangju_desktop.reviews.standing import replaced_on, stands
from gwangju_desktop.snapshots import signing

__all__ = ["answers_of", "findings", "publications", "published_web", "review", "reviews"]


def reviews(
    read: Session, plan_id: int | None = None, commitment_id: int | None = None
) -> list[ReviewRow]:
    """Return the rounds of a plan or of one commitment (those of its whole plan too), in order."""
    query = select(Review.id).order_by(Review.plan_id, Review.position)
    if plan_id is not None:
        query = query.where(Review.plan_id == plan_id)
    if commitment_id is not None:
        plan = select(Commitment.plan_id).where(Commitment.id == commitment_id).scalar_subquery()
        of_all = and_(Review.plan_id == plan, Review.commitment_id.is_(None))
        query = query.where(or_(Review.commitment_id == commitment_id, of_all))
    return _rows(read, list(read.scalars(query)))


def review(read: Session, id: int) -> ReviewWhole:
    """Return one round with everything on it; raises UserError when there is none."""
    rows = _rows(read, [id])
    if not rows:
        raise UserError(NO_REVIEW, id=id)
    row = rows[0]
    answers = answers_of(read, [id], replaced=True)
    return ReviewWhole(
        row=row,
        form=forms.form_of(row.kind),
        subjects=_subjects(read, row),
        answers=tuple(answer for answer in answers if answer.replaced_on is None),
        replaced=tuple(answer for answer in answers if answer.replaced_on is not None),
        comments=tuple(_comments(read, id)),
        findings=tuple(findings(read, review_id=id)),
        files=tuple(_files(read, id)),
        publications=tuple(publications(read, review_id=id)),
        monitors=tuple(monitors.monitors(read, row.plan_id)),
    )


def answers_of(
    read: Session, review_ids: Iterable[int], *, replaced: bool = False
) -> list[AnswerRow]:
    """Return the answers that stand in rounds, and with `replaced` those that stood before."""
    query = (
        select(ReviewAnswer, Commitment.code, Review.source, replaced_on().label("replaced_on"))
        .join(Review, Review.id == ReviewAnswer.review_id)
        .outerjoin(Commitment, Commitment.id == ReviewAnswer.commitment_id)
        .where(ReviewAnswer.review_id.in_(list(review_ids)))
        .order_by(ReviewAnswer.id)
    )
    if not replaced:
        query = query.where(stands())
    found = read.execute(query).all()
    people = people_of(read, {id for row in found for id in _named(row.ReviewAnswer)})
    cited = _cited(read, {row.ReviewAnswer.review_file_id for row in found} - {None})
    return [_answer(row, people, cited) for row in found]


def findings(
    read: Session, *, review_id: int | None = None, plan_id: int | None = None
) -> list[FindingRow]:
    """Return the findings of a round or of a plan, with the actions given on them."""
    query = (
        select(ReviewFinding, Commitment.code)
        .join(Review, Review.id == ReviewFinding.review_id)
        .outerjoin(Commitment, Commitment.id == ReviewFinding.commitment_id)
        .order_by(ReviewFinding.review_id, ReviewFinding.position)
    )
    if review_id is not None:
        query = query.where(ReviewFinding.review_id == review_id)
    if plan_id is not None:
        query = query.where(Review.plan_id == plan_id)
    found = read.execute(query).all()
    follow = defaultdict(list)
    actions = (
        select(
            ThreadLink.from_review_finding_id,
            Action.id,
            Action.text,
            Action.department,
            Action.due_on,
            Action.state,
        )
        .join(Action, Action.id == ThreadLink.to_action_id)
        .where(ThreadLink.from_review_finding_id.in_([row.ReviewFinding.id for row in found]))
        .order_by(Action.id)
    )
    for row in read.execute(actions):
        follow[row.from_review_finding_id].append(
            FollowUp(row.id, row.text, row.department, row.due_on, row.state)
        )
    return [
        FindingRow(
            row.ReviewFinding.id,
            row.ReviewFinding.review_id,
            row.ReviewFinding.commitment_id,
            row.code or "",
            row.ReviewFinding.found_on,
            row.ReviewFinding.text,
            row.ReviewFinding.text_en,
            row.ReviewFinding.recommendation,
            row.ReviewFinding.recommendation_en,
            row.ReviewFinding.settled_on,
            row.ReviewFinding.review_file_id,
            tuple(follow[row.ReviewFinding.id]),
        )
        for row in found
    ]


def _rows(read: Session, ids: list[int]) -> list[ReviewRow]:
    answers = _counted(read, ReviewAnswer, ids, stands())
    files = _counted(read, ReviewFile, ids)
    comments = _counted(read, ReviewComment, ids, ReviewComment.text != "")
    held = _counted(read, ReviewFinding, ids)
    acted = select(ThreadLink.from_review_finding_id).where(
        ThreadLink.from_review_finding_id.is_not(None), ThreadLink.to_action_id.is_not(None)
    )
    unsettled = ReviewFinding.settled_on.is_(None)
    open_ends = _counted(read, ReviewFinding, ids, and_(unsettled, ReviewFinding.id.not_in(acted)))
    query = (
        select(Review, ActionPlan.code.label("plan"), Commitment.code)
        .join(ActionPlan, ActionPlan.id == Review.plan_id)
        .outerjoin(Commitment, Commitment.id == Review.commitment_id)
        .where(Review.id.in_(ids))
        .order_by(Review.plan_id, Review.position)
    )
    found = read.execute(query).all()
    sizes = _plan_sizes(read, {row.Review.plan_id for row in found})
    return [
        ReviewRow(
            one.id,
            one.plan_id,
            row.plan,
            one.commitment_id,
            row.code or "",
            one.kind,
            one.state,
            one.title,
            one.title_en,
            one.from_on,
            one.until_on,
            one.due_on,
            one.submitted_on,
            one.department,
            one.asked,
            one.asked_en,
            one.summary,
            one.summary_en,
            one.source,
            answers[one.id],
            _questions(one, sizes),
            files[one.id],
            comments[one.id],
            held[one.id],
            open_ends[one.id],
        )
        for row in found
        for one in [row.Review]
    ]


def _counted(read: Session, entity: Any, ids: list[int], *where: Any) -> dict[int, int]:
    query = (
        select(entity.review_id, func.count())
        .where(entity.review_id.in_(ids), *where)
        .group_by(entity.review_id)
    )
    return defaultdict(int, {row[0]: row[1] for row in read.execute(query)})


def _plan_sizes(read: Session, plans: set[int]) -> dict[int, int]:
    query = (
        select(Commitment.plan_id, func.count())
        .where(Commitment.plan_id.in_(plans))
        .group_by(Commitment.plan_id)
    )
    return {row[0]: row[1] for row in read.execute(query)}


def _questions(review: Review, sizes: dict[int, int]) -> int:
    form = forms.form_of(review.kind)
    if form is None:
        return 0
    times = 1 if review.commitment_id is not None else sizes.get(review.plan_id, 0)
    return len(form.of_plan()) + times * len(form.of_commitment())


def _subjects(read: Session, row: ReviewRow) -> tuple[Subject, ...]:
    query = (
        select(Commitment.id, Commitment.code, Commitment.title, Commitment.title_en)
        .where(Commitment.plan_id == row.plan_id)
        .order_by(Commitment.position)
    )
    if row.commitment_id is not None:
        query = query.where(Commitment.id == row.commitment_id)
    return tuple(Subject(*found) for found in read.execute(query))


def _named(answer: ReviewAnswer) -> list[int]:
    own = [] if answer.person_id is None else [answer.person_id]
    return own + [int(id) for id in answer.agreed or []]


_Citations = dict[tuple[int, str, int | None], list[Cited]]


def _cited(read: Session, files: set[int | None]) -> _Citations:
    """Return the evidence that signed answers point at: comments without words."""
    query = (
        select(ReviewComment, Evidence.title, Evidence.title_en, StoredFile.sha256)
        .join(Evidence, Evidence.id == ReviewComment.evidence_id)
        .join(StoredFile, StoredFile.id == Evidence.file_id)
        .where(ReviewComment.review_file_id.in_(files), ReviewComment.text == "")
        .order_by(ReviewComment.id)
    )
    found: _Citations = defaultdict(list)
    for row in read.execute(query):
        one = row.ReviewComment
        found[one.review_file_id, one.question, one.commitment_id].append(
            Cited(one.evidence_id, row.title, row.title_en, row.sha256)
        )
    return found


def _answer(row: Any, people: dict[int, Somebody], cited: _Citations) -> AnswerRow:
    one = row.ReviewAnswer
    place = (one.review_file_id, one.question, one.commitment_id)
    return AnswerRow(
        one.id,
        one.review_id,
        one.commitment_id,
        row.code or "",
        one.question,
        people.get(one.person_id) if one.person_id is not None else None,
        # Two who agreed may have turned out to be one person.
        tuple(dict.fromkeys(people[int(id)] for id in one.agreed or [] if int(id) in people)),
        one.origin,
        one.value,
        one.explanation,
        one.explanation_en,
        one.answered_on,
        row.replaced_on,
        one.review_file_id,
        row.source if one.origin == AnswerOrigin.PUBLISHED else "",
        tuple(cited.get(place, ())),
    )


def _comments(read: Session, review_id: int) -> list[CommentRow]:
    query = (
        select(
            ReviewComment,
            Commitment.code,
            Milestone.title.label("milestone"),
            Evidence.title.label("evidence"),
        )
        .outerjoin(Commitment, Commitment.id == ReviewComment.commitment_id)
        .outerjoin(Milestone, Milestone.id == ReviewComment.milestone_id)
        .outerjoin(Evidence, Evidence.id == ReviewComment.evidence_id)
        .where(ReviewComment.review_id == review_id, ReviewComment.text != "")
        .order_by(ReviewComment.commented_on, ReviewComment.id)
    )
    found = read.execute(query).all()
    people = people_of(read, {row.ReviewComment.person_id for row in found} - {None})
    return [
        CommentRow(
            one.id,
            one.review_id,
            one.commitment_id,
            row.code or "",
            one.milestone_id,
            row.milestone or "",
            one.evidence_id,
            row.evidence or "",
            one.question,
            one.department,
            people.get(one.person_id) if one.person_id is not None else None,
            one.review_file_id,
            one.commented_on,
            one.text,
            one.text_en,
        )
        for row in found
        for one in [row.ReviewComment]
    ]


def _files(read: Session, review_id: int) -> list[FileRow]:
    query = (
        select(
            ReviewFile,
            StoredFile.name,
            StoredFile.bytes,
            MonitorKey.person_id,
            MonitorKey.fingerprint,
            Snapshot.sequence,
        )
        .join(StoredFile, StoredFile.id == ReviewFile.file_id)
        .join(MonitorKey, MonitorKey.id == ReviewFile.key_id)
        .join(Snapshot, Snapshot.id == ReviewFile.snapshot_id)
        .where(ReviewFile.review_id == review_id)
        .order_by(ReviewFile.id.desc())
    )
    found = read.execute(query).all()
    people = people_of(read, {row.person_id for row in found})
    return [
        FileRow(
            row.ReviewFile.id,
            row.ReviewFile.review_id,
            row.name,
            row.ReviewFile.sha256,
            row.bytes,
            people[row.person_id],
            signing.grouped(row.fingerprint),
            row.sequence,
            clock.local(row.ReviewFile.signed_at),
            clock.local(row.ReviewFile.imported_at),
        )
        for row in found
    ]
