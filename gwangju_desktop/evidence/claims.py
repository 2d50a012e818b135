"""What evidence proves: one sentence each, linked to where it counts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.commitments import Commitment, Milestone, PlanCount
from db.schema.evidence import Evidence, EvidenceClaim
from db.store import usecase
from gwangju_desktop.errors import UserError
from gwangju_desktop.evidence.queries import NO_EVIDENCE
from gwangju_desktop.forms import MEANWHILE, Entity, change, found, required, tidy
from gwangju_desktop.meetings import places
from gwangju_desktop.meetings.rules import GAP
from gwangju_desktop.reviews import forms
from gwangju_desktop.text import N_, Msg

LINKS = ("commitment_id", "milestone_id", "count_id", "form", "question")
TEXTS = ("claim", "claim_en")
NO_CLAIM = N_("There is no claim {id} of evidence.")
NO_COMMITMENT = N_("There is no commitment {id} in this plan.")
NO_MILESTONE = N_("There is no milestone {id} in this plan.")
NO_COUNT = N_("There is no number {id} in the co-creation record of this plan.")
EMPTY = N_("Say in one sentence what it proves.")


@usecase("Add claim of evidence")
def add_claim(tx: Session, *, evidence_id: int, claim: str, **values: Any) -> int:
    """Say what a piece of evidence proves and return the claim's id.

    `values` are `claim_en` and LINKS: a milestone, a number of the co-creation record, a question
    (`form` with `question`, and `commitment_id` where it is asked of one), or a commitment alone.
    Raises UserError without a sentence, without a link or with two.
    """
    return add(tx, found(tx, Evidence, evidence_id, NO_EVIDENCE), claim=claim, **values)


@usecase("Edit claim of evidence")
def edit_claim(tx: Session, *, claim_id: int, **values: Any) -> int:
    """Change a claim's sentence or what it is linked to; a claim linked elsewhere is picked no more."""
    row = claim_of(tx, claim_id)
    fields = _tidied({name: getattr(row, name) for name in LINKS} | values)
    evidence = tx.get_one(Evidence, row.evidence_id)
    _check_links(tx, evidence.plan_id, fields)
    if any(getattr(row, name) != fields[name] for name in LINKS):
        fields["picked"] = None
    change(row, fields)
    return claim_id


@usecase("Move claim of evidence")
def move_claim(tx: Session, *, claim_id: int, by: int) -> int:
    """Move a claim up (negative) or down among those of its evidence."""
    row = claim_of(tx, claim_id)
    places.move(tx, _claims(tx, row.evidence_id), row, by)
    return claim_id


@usecase("Remove claim of evidence")
def remove_claim(tx: Session, *, claim_id: int) -> None:
    """Take a claim away."""
    tx.delete(claim_of(tx, claim_id))


def add(tx: Session, evidence: Evidence, *, claim: str, **values: Any) -> int:
    """Add a claim within another use case; see add_claim."""
    blank: dict[str, Any] = {"claim_en": "", **dict.fromkeys(LINKS[:3]), "form": "", "question": ""}
    fields = _tidied(blank | values | {"claim": claim})
    _check_links(tx, evidence.plan_id, fields)
    rows = _claims(tx, evidence.id)
    row = EvidenceClaim(
        evidence_id=evidence.id,
        position=max((one.position for one in rows), default=0) + GAP,
        **fields,
    )
    tx.add(row)
    tx.flush()
    return row.id


def claim_of(tx: Session, claim_id: int) -> EvidenceClaim:
    """Return a claim; raises UserError when it is gone."""
    return found(tx, EvidenceClaim, claim_id, NO_CLAIM)


def of_plan(tx: Session, entity: type[Entity], id: int, plan_id: int, message: Msg) -> Entity:
    """Return a commitment, milestone or number of a plan; raises UserError for another plan's."""
    row: Any = found(tx, entity, id, message)
    owner = tx.get_one(Commitment, row.commitment_id) if entity is Milestone else row
    if owner.plan_id != plan_id:
        raise UserError(message, hint=MEANWHILE, id=id)
    return row  # type: ignore[no-any-return]


def _tidied(values: dict[str, Any]) -> dict[str, Any]:
    fields = tidy(values, (*TEXTS, *LINKS))
    for name in TEXTS:
        if name in fields:
            # One sentence, hence one line.
            fields[name] = " ".join(fields[name].split())
    if "claim" in fields:
        fields["claim"] = required(fields["claim"], EMPTY)
    return fields


def _check_links(tx: Session, plan_id: int, fields: dict[str, Any]) -> None:
    """Raise UserError unless the links name one place of this plan."""
    form, question = fields["form"], fields["question"]
    links = [fields["milestone_id"], fields["count_id"], form or question or None]
    named = sum(link is not None for link in links)
    if named > 1 or (fields["commitment_id"] and named and not form):
        raise UserError(
            N_("A claim speaks of one place only."),
            hint=N_("Add a second claim for the other."),
        )
    if not named and fields["commitment_id"] is None:
        raise UserError(
            N_("Say what the claim speaks of: a milestone, a number or a question."),
        )
    if fields["commitment_id"] is not None:
        of_plan(tx, Commitment, fields["commitment_id"], plan_id, NO_COMMITMENT)
    if fields["milestone_id"] is not None:
        of_plan(tx, Milestone, fields["milestone_id"], plan_id, NO_MILESTONE)
    if fields["count_id"] is not None:
        of_plan(tx, PlanCount, fields["count_id"], plan_id, NO_COUNT)
    if form or question:
        _check_question(form, question, fields["commitment_id"])


def _check_question(form: str, question: str, commitment_id: int | None) -> None:
    if not form or not question:
        raise UserError(N_("Name the form and the question."))
    if asked_of_commitment(form, question) != (commitment_id is not None):
        raise UserError(
            N_("Question {key} is asked of a commitment.")
            if commitment_id is None
            else N_("Question {key} is asked of the plan as a whole."),
            key=question,
        )


def asked_of_commitment(form: str, question: str) -> bool:
    """Say whether a question is asked of each commitment; raises UserError for one that is none."""
    return forms.form(form).question(question).per == "commitment"


def _claims(tx: Session, evidence_id: int) -> list[EvidenceClaim]:
    query = select(EvidenceClaim).where(EvidenceClaim.evidence_id == evidence_id)
    return list(tx.scalars(query.order_by(EvidenceClaim.position, EvidenceClaim.id)))
