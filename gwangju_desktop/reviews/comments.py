"""Comments of departments on a review; a monitor's own come signed and stay as they are."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from db.schema.commitments import Commitment, Milestone
from db.schema.evidence import Evidence
from db.schema.reviews import Review, ReviewComment
from db.store import usecase
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.reviews import forms, rounds
from gwangju_desktop.text import N_

NO_COMMENT = N_("There is no comment {id}.")
NO_MILESTONE = N_("There is no milestone {id} in this plan.")
NO_EVIDENCE = N_("There is no evidence {id} in this plan.")
NO_TEXT = N_("A comment needs words.")
NO_DEPARTMENT = N_("A comment says which department makes it.")


@usecase("Add comment")
def add_comment(
    tx: Session,
    *,
    review_id: int,
    text: str,
    department: str,
    text_en: str = "",
    commitment_id: int | None = None,
    question: str = "",
    milestone_id: int | None = None,
    evidence_id: int | None = None,
    commented_on: dt.date | None = None,
) -> int:
    """Say something to a question, a milestone, a piece of evidence or the round as a whole.

    It never changes an answer. Raises UserError without words or department, for a closed round
    and for a record of another plan.
    """
    review = found(tx, Review, review_id, rounds.NO_REVIEW)
    rounds.still_open(review)
    if question:
        forms.form(review.kind).question(question)
    if milestone_id is not None:
        milestone = found(tx, Milestone, milestone_id, NO_MILESTONE)
        commitment_id = milestone.commitment_id
    if commitment_id is not None:
        commitment = found(tx, Commitment, commitment_id, rounds.NO_COMMITMENT)
        if commitment.plan_id != review.plan_id:
            raise UserError(rounds.NO_COMMITMENT, id=commitment_id)
    if evidence_id is not None:
        evidence = found(tx, Evidence, evidence_id, NO_EVIDENCE)
        if evidence.plan_id != review.plan_id:
            raise UserError(NO_EVIDENCE, id=evidence_id)
    comment = ReviewComment(
        review_id=review_id,
        commitment_id=commitment_id,
        milestone_id=milestone_id,
        evidence_id=evidence_id,
        question=question,
        department=required(department, NO_DEPARTMENT),
        commented_on=commented_on or clock.today(),
        text=required(text, NO_TEXT),
        **tidy({"text_en": text_en}, ("text_en",)),
    )
    tx.add(comment)
    tx.flush()
    return comment.id


@usecase("Edit comment")
def edit_comment(tx: Session, *, id: int, **values: str) -> int:
    """Change `text`, `text_en` or `department` of a department's comment."""
    comment = _own(tx, id)
    fields = tidy(values, ("text", "text_en", "department"))
    if "text" in fields:
        required(fields["text"], NO_TEXT)
    if "department" in fields:
        required(fields["department"], NO_DEPARTMENT)
    change(comment, fields)
    return id


@usecase("Remove comment")
def remove_comment(tx: Session, *, id: int) -> None:
    """Take a department's comment away."""
    tx.delete(_own(tx, id))


def _own(tx: Session, id: int) -> ReviewComment:
    comment = found(tx, ReviewComment, id, NO_COMMENT)
    if comment.person_id is not None or comment.review_file_id is not None:
        raise UserError(
            N_("This comment is a monitor's and stays as it came."),
            hint=N_("Answer it with a comment of the department."),
        )
    rounds.still_open(found(tx, Review, comment.review_id, rounds.NO_REVIEW))
    return comment
