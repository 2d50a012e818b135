"""What a commitment promises, as an adjustment keeps it; undo may not change it once submitted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from db.changes import RowChange
from db.errors import Barred
from db.schema.commitments import (
    ActionPlan,
    Commitment,
    CommitmentEdition,
    Milestone,
    PlanInstitution,
    PlanText,
)
from db.schema.reviews import Review, ReviewAnswer
from db.vocab import MilestoneState

Promise: TypeAlias = Mapping[str, Any]
FIELDS = ("title", "starts", "ends", "policy_area", "sector", "open_values")
# What may hold a part of a promise, or say whether it may change.
_PARTS = ("milestone", "plan_text", "plan_institution", "commitment_edition")


def promise(read: Session | Connection, commitment_id: int) -> dict[str, Any]:
    """Return what a commitment promises: titles, months, texts, institutions, milestones.

    Plain JSON values; days are ISO. Translations and progress are no part of it. Raises
    sqlalchemy's NoResultFound where there is no such commitment.
    """
    columns = [getattr(Commitment, name) for name in FIELDS]
    one = read.execute(select(*columns).where(Commitment.id == commitment_id)).one()
    texts = read.execute(
        select(PlanText.section, PlanText.text).where(PlanText.commitment_id == commitment_id)
    )
    named = read.execute(
        select(PlanInstitution.role, PlanInstitution.name)
        .where(PlanInstitution.commitment_id == commitment_id)
        .order_by(PlanInstitution.role, PlanInstitution.name, PlanInstitution.id)
    )
    steps = read.execute(
        select(
            Milestone.id,
            Milestone.number,
            Milestone.title,
            Milestone.output,
            Milestone.starts_on,
            Milestone.due_on,
            Milestone.weight,
            Milestone.state,
        )
        .where(Milestone.commitment_id == commitment_id)
        .order_by(Milestone.position, Milestone.id)
    )
    return {
        **one._asdict(),
        "texts": {row.section: row.text for row in texts if row.text},
        "institutions": [{"role": row.role, "name": row.name} for row in named],
        "milestones": [
            {
                "id": step.id,
                "number": step.number,
                "title": step.title,
                "output": step.output,
                "starts_on": _iso(step.starts_on),
                "due_on": _iso(step.due_on),
                "weight": step.weight,
                "cancelled": step.state == MilestoneState.CANCELLED,
            }
            for step in steps
        ],
    }


def held(connection: Connection, rows: Sequence[RowChange]) -> dict[int, Promise | None]:
    """Return the promises that `rows` touch, as they stand before undo or redo; for `refuse`."""
    return {id: _standing(connection, id) for id in sorted(_touched(rows))}


def refuse(
    connection: Connection, before: Mapping[int, Promise | None], rows: Sequence[RowChange]
) -> None:
    """Raise Barred when undoing or redoing `rows` changed a promise its plan was submitted with.

    Inside one and the same adjustment anything is taken back. An adjustment itself is neither taken
    back nor brought again where it no longer fits the promise, and no second one is opened; a
    submission that was adjusted or answered on since stays.
    """
    for id, stood in before.items():
        opened = connection.execute(
            select(CommitmentEdition.id).where(
                CommitmentEdition.commitment_id == id, CommitmentEdition.closed_on.is_(None)
            )
        ).all()
        if len(opened) > 1:
            raise Barred(f"another adjustment of commitment {id} is open")
        now = _standing(connection, id)
        for kept in _whole_editions(rows, id):
            if kept["content"] != now:
                raise Barred(f"commitment {id} was changed since by its adjustment")
        if now != stood and not opened and _is_submitted(connection, id, rows):
            raise Barred(f"commitment {id} was submitted")
    for row in rows:
        if row.table == "action_plan" and _takes_back(row) and _was_relied_on(connection, row):
            raise Barred(f"action_plan {row.pk} was adjusted or answered on since its submission")


def _touched(rows: Sequence[RowChange]) -> set[int]:
    found: set[int] = set()
    for row in rows:
        for image in (row.before, row.after):
            if image is None:
                continue
            if row.table == "commitment":
                found.add(int(image["id"]))
            elif row.table in _PARTS and image["commitment_id"] is not None:
                found.add(int(image["commitment_id"]))
    return found


def _standing(connection: Connection, id: int) -> Promise | None:
    known = connection.execute(select(Commitment.id).where(Commitment.id == id)).first()
    return promise(connection, id) if known is not None else None


def _whole_editions(rows: Sequence[RowChange], commitment_id: int) -> list[Mapping[str, Any]]:
    """Return the open adjustments that the rows bring or take away whole."""
    images = [
        row.after or row.before
        for row in rows
        if row.table == "commitment_edition" and (row.before is None or row.after is None)
    ]
    return [
        image
        for image in images
        if image is not None
        and image["commitment_id"] == commitment_id
        and image["closed_on"] is None
    ]


def _is_submitted(connection: Connection, id: int, rows: Sequence[RowChange]) -> bool:
    """Say whether the plan of a commitment counts as submitted; the commitment may be gone."""
    plans = [
        int(image["plan_id"])
        for row in rows
        if row.table == "commitment"
        for image in (row.before, row.after)
        if image is not None and image["id"] == id
    ]
    query = select(ActionPlan.submitted_on).where(
        ActionPlan.id.in_(plans)
        | ActionPlan.id.in_(select(Commitment.plan_id).where(Commitment.id == id))
    )
    return any(day is not None for day in connection.execute(query).scalars())


def _takes_back(row: RowChange) -> bool:
    if row.before is None or row.after is None:
        return False
    return row.before["submitted_on"] is not None and row.after["submitted_on"] is None


def _was_relied_on(connection: Connection, row: RowChange) -> bool:
    adjusted = (
        select(CommitmentEdition.id)
        .join(Commitment, Commitment.id == CommitmentEdition.commitment_id)
        .where(Commitment.plan_id == row.pk[0])
    )
    answered = (
        select(ReviewAnswer.id)
        .join(Review, Review.id == ReviewAnswer.review_id)
        .where(Review.plan_id == row.pk[0])
    )
    return any(
        connection.execute(query.limit(1)).first() is not None for query in (adjusted, answered)
    )


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day is not None else None
