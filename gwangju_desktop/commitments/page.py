"""Everything of one commitment, for its page, its documents and the command line."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.commitments import ActionPlan, Commitment, Milestone, PlanText, ProgressNote
from gwangju_desktop import clock
from gwangju_desktop.commitments import adjusting, deadlines, institutions, listing, template
from gwangju_desktop.commitments.promises import open_values
from gwangju_desktop.commitments.rows import CommitmentWhole, NoteRow, TextRow


def commitment(read: Session, id: int | str, today: dt.date | None = None) -> CommitmentWhole:
    """Return a commitment by its id or code with all that is shown of it; raise UserError."""
    day = today or clock.today()
    number = listing.commitment_id(read, id)
    one = read.get_one(Commitment, number)
    plan = read.get_one(ActionPlan, one.plan_id)
    return CommitmentWhole(
        listing.commitments(read, ids=[number], today=day)[0],
        plan.submitted_on is not None,
        plan.closed_on is not None,
        one.policy_area,
        one.policy_area_en,
        one.sector,
        one.sector_en,
        open_values(one.open_values),
        one.delay_cause_en,
        one.merged_into_id,
        one.url,
        one.source,
        one.note,
        listing.suggestion(read, number, day),
        tuple(listing.milestones(read, commitment_id=number, today=day)),
        tuple(institutions.institutions(read, plan_id=plan.id, commitment_id=number)),
        tuple(texts(read, plan.id, number)),
        tuple(notes(read, number)),
        tuple(adjusting.editions(read, number)),
        listing.ratings(read, [number]).get(number, {}),
        tuple(deadlines.of_commitment(read, number, day)),
    )


def texts(read: Session, plan_id: int, commitment_id: int | None = None) -> list[TextRow]:
    """Return all sections of a plan's or a commitment's template with what stands in them."""
    query = select(PlanText).where(
        PlanText.plan_id == plan_id,
        PlanText.commitment_id.is_(None)
        if commitment_id is None
        else PlanText.commitment_id == commitment_id,
    )
    held = {row.section: row for row in read.scalars(query)}
    made = []
    for section in template.sections("plan" if commitment_id is None else "commitment"):
        row = held.get(section.key)
        made.append(
            TextRow(
                section.key,
                section.label,
                section.hint,
                row.text if row else "",
                row.text_en if row else "",
                row.id if row else None,
            )
        )
    return made


def notes(read: Session, commitment_id: int) -> list[NoteRow]:
    """List the notes on a commitment and its milestones, the latest first."""
    rows = read.execute(
        select(ProgressNote, Milestone.number)
        .outerjoin(Milestone, Milestone.id == ProgressNote.milestone_id)
        .where(ProgressNote.commitment_id == commitment_id)
        .order_by(ProgressNote.noted_on.desc(), ProgressNote.id.desc())
    )
    return [
        NoteRow(
            one.id,
            one.commitment_id,
            one.milestone_id,
            number,
            one.noted_on,
            one.department,
            one.text,
            one.text_en,
        )
        for one, number in rows
    ]
