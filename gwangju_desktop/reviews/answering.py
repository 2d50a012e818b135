"""How a monitor's answers come in: signed, in a sheet, or transcribed from a published report.

There is no other door: nobody in the office writes, changes or deletes an answer.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.commitments import ActionPlan, Commitment
from db.schema.members import Person
from db.schema.reviews import Review, ReviewAnswer, ReviewComment
from db.store import Store, usecase
from db.vocab import AnswerOrigin, ReviewState
from gwangju_desktop import clock
from gwangju_desktop.backups.why import Why, saved_first
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import found, required, writable
from gwangju_desktop.reviews import claims, forms, monitors, review_file, rounds, taking
from gwangju_desktop.reviews.questionnaire import Filled
from gwangju_desktop.text import N_

NO_ANSWER = N_("There is no answer {id}.")


@dataclass(frozen=True, slots=True)
class Imported:
    """What came in with a signed file; `signer` is the monitor as the office knows them."""

    review_id: int
    review_file_id: int
    new_review: bool
    answers: int
    replaced: int
    comments: int
    findings: int
    signer: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class ImportedSheet:
    """What came in with a sheet, which carries no signature.

    `ratings_left_out` counts answers that are ratings, which come signed only; `kept` counts
    questions where a signed or published answer of the same monitor stands and stays.
    """

    answers: int
    comments: int
    ratings_left_out: int
    kept: int


def import_review(store: Store, path: Path, review_id: int | None = None) -> Imported:
    """Take a monitor's signed file into the office, whole or not at all.

    Raises UserError in one sentence naming the file (reviews.review_file.read, reviews.taking).
    """
    signed = review_file.read(Path(path))
    with store.reading() as read:
        claims.demand_signer(read, signed)
    # Bytes first, then the row that names them.
    store.papers.put(signed.content)
    done = store.run(taking.take_review, signed=signed, review_id=review_id).value
    with store.reading() as read:
        signer = found(read, Person, done["person_id"], monitors.NO_PERSON).name
    return Imported(
        done["review_id"],
        done["review_file_id"],
        done["new_review"],
        done["answers"],
        done["replaced"],
        done["comments"],
        done["findings"],
        signer,
        signed.fingerprint,
    )


@usecase("Transcribe published answer", undoable=False)
def record_published_answer(
    tx: Session,
    *,
    review_id: int,
    question: str,
    value: str,
    answered_on: dt.date,
    source: str = "",
    explanation: str = "",
    explanation_en: str = "",
    commitment_id: int | None = None,
    person_id: int | None = None,
) -> int:
    """Write down an answer that was published elsewhere; one transcribed before is replaced.

    Without `person_id` it is the monitoring body's. The source is the round's, given here where
    the round has none. Raises UserError without a source, once a signed answer to the question
    exists, and for an answer the form does not allow.
    """
    review = found(tx, Review, review_id, rounds.NO_REVIEW)
    rounds.still_open(review)
    asked = forms.form(review.kind).question(question)
    if (asked.per == "commitment") != (commitment_id is not None):
        raise UserError(
            N_("Question {key} is asked of a commitment.")
            if asked.per == "commitment"
            else N_("Question {key} is asked of the whole plan."),
            key=question,
        )
    if commitment_id is not None:
        commitment = found(tx, Commitment, commitment_id, rounds.NO_COMMITMENT)
        if commitment.plan_id != review.plan_id or review.commitment_id not in (
            None,
            commitment_id,
        ):
            raise UserError(rounds.NO_COMMITMENT, id=commitment_id)
    if asked.answers:
        if value not in asked.codes:
            raise UserError(N_("Question {key} allows no such answer."), key=question)
    else:
        value = ""
        required(explanation or explanation_en, N_("Write what the report says."))
    _quote(review, source)
    if answered_on > clock.today():
        raise UserError(N_("A report of {day:full} is not published yet."), day=answered_on)
    if _signed(tx, review, question, commitment_id):
        raise UserError(
            N_("A monitor answered question {key} under a signature; that answer stands."),
            hint=N_("Only a later signed file replaces it."),
            key=question,
        )
    if person_id is not None:
        found(tx, Person, person_id, monitors.NO_PERSON)
    for held in _standing(tx, review_id, question, commitment_id):
        if held.person_id == person_id and held.origin == AnswerOrigin.PUBLISHED:
            held.replaced_on = clock.today()
    answer = ReviewAnswer(
        review_id=review_id,
        commitment_id=commitment_id,
        question=question,
        person_id=person_id,
        origin=AnswerOrigin.PUBLISHED.value,
        value=value,
        explanation=writable(explanation),
        explanation_en=writable(explanation_en),
        answered_on=answered_on,
    )
    tx.add(answer)
    if review.state == ReviewState.PLANNED:
        review.state = ReviewState.OPEN.value
    tx.flush()
    return answer.id


@usecase("Withdraw transcribed answer", undoable=False)
def withdraw_published_answer(tx: Session, *, id: int) -> int:
    """Let a wrongly transcribed answer stand no more; a signed one cannot be withdrawn."""
    answer = found(tx, ReviewAnswer, id, NO_ANSWER)
    rounds.still_open(found(tx, Review, answer.review_id, rounds.NO_REVIEW))
    if answer.origin == AnswerOrigin.SIGNED:
        raise UserError(
            N_("A signed answer is the monitor's and is not withdrawn here."),
            hint=N_("Only a later signed file replaces it."),
        )
    answer.replaced_on = answer.replaced_on or clock.today()
    return id


@saved_first(Why.IMPORT)
@usecase("Import answer sheet", undoable=False)
def take_sheet(tx: Session, *, review_id: int, person_id: int, filled: Filled) -> dict[str, int]:
    """Take in the explanations and comments of a sheet without a signature; no rating.

    Raises UserError for a sheet of another plan, form or commitment, and for somebody who is not
    in the monitoring body.
    """
    review = found(tx, Review, review_id, rounds.NO_REVIEW)
    rounds.still_open(review)
    plan = found(tx, ActionPlan, review.plan_id, rounds.NO_PLAN)
    today = clock.today()
    if not monitors.sits(tx, plan, person_id, today):
        raise UserError(
            N_("The sheet's author is not in plan {plan}'s monitoring body."),
            hint=N_("Choose a member of the monitoring body."),
            plan=plan.code,
        )
    form = forms.form(review.kind)
    rows = tx.execute(select(Commitment.code, Commitment.id).where(Commitment.plan_id == plan.id))
    commitments = {row.code: row.id for row in rows}
    of = next((code for code, id in commitments.items() if id == review.commitment_id), "")
    if (filled.plan, filled.form, filled.commitment) != (plan.code, review.kind, of):
        raise UserError(
            N_("{file} is the sheet of another form, plan or commitment."),
            hint=N_("Write the sheet of this round out and have it filled in."),
            file=filled.name,
        )
    counts = {"answers": 0, "comments": 0, "ratings_left_out": 0, "kept": 0}
    for answer in filled.answers:
        question = form.question(answer.question)
        commitment = _named(filled, commitments, answer.commitment)
        counts["ratings_left_out"] += bool(answer.value)
        if not (answer.explanation or answer.explanation_en):
            continue
        held = [
            one
            for one in _standing(tx, review_id, question.key, commitment)
            if one.person_id == person_id
        ]
        if any(one.origin != AnswerOrigin.SHEET for one in held):
            counts["kept"] += 1
            continue
        for one in held:
            one.replaced_on = today
        tx.add(
            ReviewAnswer(
                review_id=review_id,
                commitment_id=commitment,
                question=question.key,
                person_id=person_id,
                origin=AnswerOrigin.SHEET.value,
                explanation=writable(answer.explanation),
                explanation_en=writable(answer.explanation_en),
                answered_on=today,
            )
        )
        counts["answers"] += 1
    said = set(
        tx.scalars(
            select(ReviewComment.text).where(
                ReviewComment.review_id == review_id, ReviewComment.person_id == person_id
            )
        )
    )
    for comment in filled.comments:
        text = writable(comment.text or comment.text_en)
        # The same sheet may come twice, with a line more.
        if text in said:
            continue
        tx.add(
            ReviewComment(
                review_id=review_id,
                commitment_id=_named(filled, commitments, comment.commitment)
                or review.commitment_id,
                question=form.question(comment.question).key if comment.question else "",
                person_id=person_id,
                commented_on=today,
                text=text,
                text_en=writable(comment.text_en),
            )
        )
        counts["comments"] += 1
    tx.flush()
    return counts


def import_sheet(store: Store, path: Path, review_id: int, person_id: int) -> ImportedSheet:
    """Read a filled-in sheet in a child and take its explanations and comments in, no rating."""
    from gwangju_desktop.reviews import questionnaire

    filled = questionnaire.read(Path(path))
    done: dict[str, Any] = store.run(
        take_sheet, review_id=review_id, person_id=person_id, filled=filled
    ).value
    return ImportedSheet(**done)


def _quote(review: Review, source: str) -> None:
    said = writable(source)
    if not (said or review.source):
        raise UserError(rounds.NO_SOURCE, hint=rounds.NAME_SOURCE)
    if said and review.source and said != review.source:
        raise UserError(
            N_("This round quotes “{source}”."),
            hint=N_("Write answers of another report under a round of their own."),
            source=review.source,
        )
    review.source = review.source or said


def _signed(tx: Session, review: Review, question: str, commitment_id: int | None) -> bool:
    """Say whether a signed answer to a question exists, in whichever round of the plan."""
    query = (
        select(ReviewAnswer.id)
        .join(Review, Review.id == ReviewAnswer.review_id)
        .where(
            Review.plan_id == review.plan_id,
            Review.kind == review.kind,
            ReviewAnswer.question == question,
            _of(commitment_id),
            ReviewAnswer.origin == AnswerOrigin.SIGNED.value,
        )
    )
    return tx.scalar(query.limit(1)) is not None


def _standing(
    tx: Session, review_id: int, question: str, commitment_id: int | None
) -> list[ReviewAnswer]:
    query = select(ReviewAnswer).where(
        ReviewAnswer.review_id == review_id,
        ReviewAnswer.question == question,
        _of(commitment_id),
        ReviewAnswer.replaced_on.is_(None),
    )
    return list(tx.scalars(query))


def _of(commitment_id: int | None) -> Any:
    held = ReviewAnswer.commitment_id
    return held.is_(None) if commitment_id is None else held == commitment_id


def _named(filled: Filled, commitments: dict[str, int], code: str) -> int | None:
    if not code:
        return None
    if code not in commitments:
        raise UserError(
            N_("{file} names commitment {code}, which is not in this plan."),
            file=filled.name,
            code=code,
        )
    return commitments[code]
