"""Take a monitor's signed answers into the office; `claims` checks what the file says of itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.papers import StoredFile
from db.schema.reviews import (
    ReviewAnswer,
    ReviewComment,
    ReviewFile,
    ReviewFinding,
)
from db.store import usecase
from db.vocab import AnswerOrigin, ReviewState
from gwangju_desktop import clock
from gwangju_desktop.backups.why import Why, saved_first
from gwangju_desktop.forms import writable
from gwangju_desktop.reviews import claims, renamed, rounds
from gwangju_desktop.reviews.claims import Places
from gwangju_desktop.reviews.review_file import ReviewFile as Signed
from gwangju_desktop.reviews.review_file import Written
from gwangju_desktop.text import N_


@saved_first(Why.IMPORT)
@usecase("Import review file", undoable=False)
def take_review(tx: Session, *, signed: Signed, review_id: int | None = None) -> dict[str, Any]:
    """Take in a signed file whose bytes are in the store; returns ids and counts.

    Without `review_id` the open round of its form is taken, or a new one made. Raises UserError for
    a key that is not a monitor's of this plan, a copy of another office or one never made, a plan
    or commitment that is not here or whose code was another's in the copy, a file that was
    imported, and one older than what was imported.
    """
    written = signed.written
    snapshot = claims.snapshot_of(tx, signed)
    claims.refuse_twice(tx, signed)
    renamed.refuse(tx, signed, snapshot)
    plan = claims.plan_of(tx, signed)
    day = claims.day_of(signed)
    key = claims.key_of(tx, signed, plan, day)
    places = Places(tx, signed, plan)
    agreed = claims.agreed_by(tx, signed, plan, key.person_id, day)
    review, is_new = claims.round_of(tx, signed, plan, places, review_id)
    claims.refuse_older(tx, signed, review, key.person_id, joint=bool(agreed))

    file = _filed(tx, signed)
    taken = ReviewFile(
        review_id=review.id,
        snapshot_id=snapshot.id,
        key_id=key.id,
        file_id=file.id,
        sha256=signed.sha256,
        signed_at=written.moment,
        imported_at=clock.now(),
    )
    tx.add(taken)
    tx.flush()
    if not key.public_key:
        key.public_key = signed.public.hex()
    hand = _Hand(review.id, taken.id, None if agreed else key.person_id, key.person_id, agreed, day)
    counts = _write(tx, written, hand, places)
    if review.state == ReviewState.PLANNED:
        review.state = ReviewState.OPEN.value
        review.from_on = review.from_on or clock.today()
    return {
        "review_id": review.id,
        "review_file_id": taken.id,
        "new_review": is_new,
        "person_id": key.person_id,
        **counts,
    }


@dataclass(frozen=True, slots=True)
class _Hand:
    """Whose answers these are: `answerer` is None for the joint one."""

    review_id: int
    file_id: int
    answerer: int | None
    signer: int
    agreed: list[int]
    day: dt.date


def _filed(tx: Session, signed: Signed) -> StoredFile:
    file = tx.scalars(select(StoredFile).where(StoredFile.sha256 == signed.sha256)).first()
    if file is None:
        file = StoredFile(
            sha256=signed.sha256, name=writable(signed.name), bytes=len(signed.content)
        )
        tx.add(file)
        tx.flush()
    return file


def _write(tx: Session, written: Written, hand: _Hand, places: Places) -> dict[str, int]:
    said = [
        a for a in written.answers if a.value or a.explanation.strip() or a.explanation_en.strip()
    ]
    if not (said or written.comments or written.findings):
        raise claims.refused(places.signed, N_("{file} holds no answer, comment or finding."))
    counts = {"answers": 0, "replaced": 0, "comments": 0, "findings": 0}
    for answer in said:
        commitment = places.commitment(answer.commitment) if answer.commitment else None
        counts["replaced"] += replace_answers(
            tx, hand.review_id, commitment, answer.question, hand.answerer
        )
        tx.add(
            ReviewAnswer(
                review_id=hand.review_id,
                commitment_id=commitment,
                question=answer.question,
                person_id=hand.answerer,
                review_file_id=hand.file_id,
                origin=AnswerOrigin.SIGNED.value,
                value=answer.value,
                explanation=writable(answer.explanation),
                explanation_en=writable(answer.explanation_en),
                agreed=hand.agreed or None,
                answered_on=hand.day,
            )
        )
        counts["answers"] += 1
        for digest in answer.evidence:
            if digest in places.evidence:
                # A citation is a comment without words: the answer points at a file.
                tx.add(_comment(hand, commitment, answer.question, "", "", places.evidence[digest]))
    for comment in written.comments:
        commitment = places.commitment(comment.commitment)
        row = _comment(
            hand,
            commitment,
            comment.question,
            writable(comment.text),
            writable(comment.text_en),
            places.evidence.get(comment.evidence),
        )
        if comment.milestone is not None and commitment is not None:
            row.milestone_id = places.milestones.get((commitment, comment.milestone))
        tx.add(row)
        counts["comments"] += 1
    last = last_finding(tx, hand.review_id)
    for n, finding in enumerate(written.findings, 1):
        tx.add(
            ReviewFinding(
                review_id=hand.review_id,
                commitment_id=places.commitment(finding.commitment),
                position=last + n * rounds.GAP,
                found_on=hand.day,
                text=writable(finding.text),
                text_en=writable(finding.text_en),
                recommendation=writable(finding.recommendation),
                recommendation_en=writable(finding.recommendation_en),
                review_file_id=hand.file_id,
            )
        )
        counts["findings"] += 1
    tx.flush()
    return counts


def _comment(
    hand: _Hand,
    commitment: int | None,
    question: str,
    text: str,
    text_en: str,
    evidence: int | None,
) -> ReviewComment:
    return ReviewComment(
        review_id=hand.review_id,
        commitment_id=commitment,
        evidence_id=evidence,
        question=question,
        person_id=hand.signer,
        review_file_id=hand.file_id,
        commented_on=hand.day,
        text=text,
        text_en=text_en,
    )


def replace_answers(
    tx: Session, review_id: int, commitment_id: int | None, question: str, answerer: int | None
) -> int:
    """Let the answers a new one takes the place of stand replaced; returns how many.

    Those of the same monitor (or the joint one), and every published one.
    """
    held = tx.scalars(
        select(ReviewAnswer).where(
            ReviewAnswer.review_id == review_id,
            ReviewAnswer.question == question,
            ReviewAnswer.commitment_id.is_(None)
            if commitment_id is None
            else ReviewAnswer.commitment_id == commitment_id,
            ReviewAnswer.replaced_on.is_(None),
        )
    ).all()
    gone = [
        answer
        for answer in held
        if answer.person_id == answerer or answer.origin == AnswerOrigin.PUBLISHED
    ]
    for answer in gone:
        answer.replaced_on = clock.today()
    return len(gone)


def last_finding(tx: Session, review_id: int) -> int:
    """Return the position of a round's last finding, 0 without one."""
    query = select(func.max(ReviewFinding.position)).where(ReviewFinding.review_id == review_id)
    return tx.scalar(query) or 0
