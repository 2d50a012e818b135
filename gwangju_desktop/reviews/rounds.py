"""Rounds of monitoring (점검): what is asked of whom until when, and how far it is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.commitments import ActionPlan, Commitment
from db.schema.reviews import (
    Publication,
    Review,
    ReviewAnswer,
    ReviewComment,
    ReviewFile,
    ReviewFinding,
)
from db.store import usecase
from db.vocab import AnswerOrigin, ReviewKind, ReviewState
from gwangju_desktop import clock
from gwangju_desktop.commitments import deadlines
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, tidy
from gwangju_desktop.text import N_

GAP = 1024
FIELDS = (
    "title",
    "title_en",
    "from_on",
    "until_on",
    "due_on",
    "department",
    "asked",
    "asked_en",
    "summary",
    "summary_en",
    "source",
)
NO_REVIEW = N_("There is no round of monitoring {id}.")
NO_PLAN = N_("There is no action plan {id}.")
NO_COMMITMENT = N_("There is no commitment {id} in this plan.")
NO_SOURCE = N_("A published answer needs the report it stands in.")
NAME_SOURCE = N_("Write its title, publisher and address.")


@usecase("Add round of monitoring")
def add_review(
    tx: Session, *, plan_id: int, kind: str, commitment_id: int | None = None, **values: Any
) -> int:
    """Plan a round; `kind` is a ReviewKind, the other values are FIELDS.

    A form without `due_on` gets the day it is due by the plan's rules, where that is known already.
    Raises UserError for an end-of-commitment report of no commitment, an inception report of one,
    and days in the wrong order.
    """
    found(tx, ActionPlan, plan_id, NO_PLAN)
    kind = ReviewKind(kind).value
    of_one = kind == ReviewKind.CLOSING
    if of_one and commitment_id is None:
        raise UserError(
            N_("An end-of-commitment report is of one commitment."), hint=N_("Choose it.")
        )
    if kind == ReviewKind.INCEPTION and commitment_id is not None:
        raise UserError(N_("An inception report is of the whole plan, not of one commitment."))
    _refuse_stranger(tx, plan_id, commitment_id)
    last = tx.scalar(select(func.max(Review.position)).where(Review.plan_id == plan_id))
    review = Review(
        plan_id=plan_id,
        commitment_id=commitment_id,
        kind=kind,
        position=(last or 0) + GAP,
        **tidy(values, FIELDS),
    )
    _refuse_order(review)
    if review.due_on is None:
        review.due_on = due_on(tx, plan_id, kind, commitment_id)
    tx.add(review)
    tx.flush()
    return review.id


@usecase("Edit round of monitoring")
def edit_review(tx: Session, *, id: int, **values: Any) -> int:
    """Change what is asked, of whom, until when, and what came of it; FIELDS.

    Raises UserError for days in the wrong order, and where published answers lost their source.
    """
    review = found(tx, Review, id, NO_REVIEW)
    change(review, tidy(values, FIELDS))
    _refuse_order(review)
    published = select(ReviewAnswer.id).where(
        ReviewAnswer.review_id == id, ReviewAnswer.origin == AnswerOrigin.PUBLISHED.value
    )
    if not review.source and tx.scalar(published.limit(1)) is not None:
        raise UserError(NO_SOURCE, hint=NAME_SOURCE)
    return id


@usecase("Begin round of monitoring")
def open_review(tx: Session, *, id: int) -> int:
    """Let a planned round begin, or one that was submitted or closed go on."""
    review = found(tx, Review, id, NO_REVIEW)
    if review.state == ReviewState.OPEN:
        raise UserError(N_("This round is under way already."))
    change(review, {"state": ReviewState.OPEN.value, "submitted_on": None})
    if review.from_on is None:
        review.from_on = clock.today()
        _refuse_order(review)
    return id


@usecase("Submit round of monitoring")
def submit_review(tx: Session, *, id: int, on: dt.date | None = None) -> int:
    """Note that what was asked for was handed in; a form needs a monitor's answer first."""
    review = found(tx, Review, id, NO_REVIEW)
    if review.state not in (ReviewState.PLANNED, ReviewState.OPEN):
        raise UserError(
            N_("This round was submitted already."), hint=N_("Begin it again to change it.")
        )
    if ReviewKind(review.kind).form and not _holds(tx, ReviewAnswer, id):
        raise UserError(
            N_("No monitor has answered this form yet."),
            hint=N_("Import a signed review file, or write down answers that were published."),
        )
    change(review, {"state": ReviewState.SUBMITTED.value, "submitted_on": on or clock.today()})
    return id


@usecase("Close round of monitoring")
def close_review(tx: Session, *, id: int) -> int:
    """Close a round: no answer comes in any more; a form has to be submitted before."""
    review = found(tx, Review, id, NO_REVIEW)
    if review.state == ReviewState.CLOSED:
        raise UserError(N_("This round is closed already."))
    if ReviewKind(review.kind).form and review.state != ReviewState.SUBMITTED:
        raise UserError(
            N_("A form is submitted before its round is closed."), hint=N_("Submit it first.")
        )
    change(review, {"state": ReviewState.CLOSED.value})
    return id


@usecase("Remove round of monitoring")
def remove_review(tx: Session, *, id: int) -> None:
    """Take a round away on which nothing hangs yet; what monitors said is never deleted."""
    review = found(tx, Review, id, NO_REVIEW)
    hanging = (ReviewAnswer, ReviewFile, ReviewComment, ReviewFinding, Publication)
    if any(_holds(tx, entity, id) for entity in hanging):
        raise UserError(
            N_("Answers, comments, findings or publications hang on this round."),
            hint=N_("Close it instead."),
        )
    tx.delete(review)


def due_on(
    read: Session, plan_id: int, kind: str, commitment_id: int | None = None
) -> dt.date | None:
    """Return when a form is due by the plan's rules; None while that hangs on a plan's own dates."""
    if commitment_id is None:
        rows = deadlines.of_plan(read, plan_id, clock.today())
    else:
        rows = deadlines.of_commitment(read, commitment_id, clock.today())
    for row in rows:
        if (row.kind, row.commitment_id) == (kind, commitment_id) and not row.planned:
            return row.due_on
    return None


def still_open(review: Review) -> None:
    """Raise UserError when a round is closed."""
    if review.state == ReviewState.CLOSED:
        raise UserError(
            N_("This round of monitoring is closed."),
            hint=N_("Begin it again, or add a new round."),
        )


def _refuse_stranger(tx: Session, plan_id: int, commitment_id: int | None) -> None:
    if commitment_id is None:
        return
    commitment = tx.get(Commitment, commitment_id)
    if commitment is None or commitment.plan_id != plan_id:
        raise UserError(NO_COMMITMENT, id=commitment_id)


def _refuse_order(review: Review) -> None:
    if review.from_on and review.until_on and review.until_on < review.from_on:
        raise UserError(
            N_("The round would end on {until_on:full}, before it begins on {from_on:full}."),
            hint=N_("Correct one of the two days."),
            from_on=review.from_on,
            until_on=review.until_on,
        )


def _holds(tx: Session, entity: Any, review_id: int) -> bool:
    return tx.scalar(select(entity.id).where(entity.review_id == review_id).limit(1)) is not None
