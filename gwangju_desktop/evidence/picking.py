"""The best files for the official upload: how many, how large, in which order."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.evidence import Evidence, EvidenceClaim
from db.schema.papers import StoredFile
from db.store import usecase
from db.vocab import Disclosure
from gwangju_desktop.errors import UserError
from gwangju_desktop.evidence import queries
from gwangju_desktop.evidence.claims import claim_of
from gwangju_desktop.evidence.intake import MEGABYTE
from gwangju_desktop.text import N_


@usecase("Pick evidence for the official upload")
def pick(tx: Session, *, claim_id: int) -> int:
    """Put a claim's file behind those picked for its question; return its rank.

    Raises UserError for one that answers no question, is not public, too large or broken, and when
    as many files as the upload takes are picked.
    """
    row = claim_of(tx, claim_id)
    if row.picked is not None:
        return row.picked
    evidence = tx.get_one(Evidence, row.evidence_id)
    file = tx.get_one(StoredFile, evidence.file_id)
    files, each = queries.limits(tx, evidence.plan_id)
    _refuse(tx, row, evidence, file, each)
    others = _picked(tx, row, evidence.plan_id)
    if any(one.evidence_id == evidence.id for one in others):
        raise UserError(N_("“{title}” is picked for this question already."), title=evidence.title)
    if len(others) >= files:
        raise UserError(
            N_("The official upload takes {files} files for a question."),
            hint=N_("Take one of the picked files out first."),
            files=files,
        )
    row.picked = (others[-1].picked or 0) + 1 if others else 1
    tx.flush()
    return row.picked


@usecase("Take evidence out of the official upload")
def unpick(tx: Session, *, claim_id: int) -> int:
    """Take a claim's file out of those picked for its question; the others close up."""
    row = claim_of(tx, claim_id)
    row.picked = None
    tx.flush()
    evidence = tx.get_one(Evidence, row.evidence_id)
    _number(_picked(tx, row, evidence.plan_id))
    return claim_id


@usecase("Order the files of the official upload")
def move_pick(tx: Session, *, claim_id: int, by: int) -> int:
    """Move a picked file up (negative) or down among those of its question."""
    row = claim_of(tx, claim_id)
    evidence = tx.get_one(Evidence, row.evidence_id)
    rows = _picked(tx, row, evidence.plan_id)
    at = rows.index(row)
    rows.insert(max(0, min(len(rows) - 1, at + by)), rows.pop(at))
    _number(rows)
    return claim_id


def _refuse(
    tx: Session, row: EvidenceClaim, evidence: Evidence, file: StoredFile, each: int
) -> None:
    if not row.form:
        raise UserError(
            N_("Only a claim that answers a question of a form can be picked for its upload.")
        )
    if evidence.disclosure != Disclosure.PUBLIC:
        raise UserError(
            N_("“{title}” is not public, and what is uploaded is read by everybody."),
            hint=N_("Make it public first, or pick another."),
            title=evidence.title,
        )
    if file.bytes > each:
        raise UserError(
            N_("{name} has {size:.1f} MB; the official upload takes files up to {limit} MB."),
            hint=N_("Add a smaller copy of it as evidence and pick that."),
            name=file.name,
            size=file.bytes / MEGABYTE,
            limit=each // MEGABYTE,
        )
    if queries.found_states(tx).get(file.id):
        raise UserError(
            N_("The file of “{title}” is broken; it cannot be picked."),
            hint=N_("Put another file in its place."),
            title=evidence.title,
        )


def _picked(tx: Session, row: EvidenceClaim, plan_id: int) -> list[EvidenceClaim]:
    """Return the picked claims of the same question, in their order."""
    asked_of = EvidenceClaim.commitment_id
    query = (
        select(EvidenceClaim)
        .join(Evidence, Evidence.id == EvidenceClaim.evidence_id)
        .where(Evidence.plan_id == plan_id, EvidenceClaim.picked.is_not(None))
        .where(EvidenceClaim.form == row.form, EvidenceClaim.question == row.question)
        .where(asked_of.is_(None) if row.commitment_id is None else asked_of == row.commitment_id)
    )
    return list(tx.scalars(query.order_by(EvidenceClaim.picked, EvidenceClaim.id)))


def _number(rows: list[EvidenceClaim]) -> None:
    for rank, one in enumerate(rows, 1):
        if one.picked != rank:
            one.picked = rank
