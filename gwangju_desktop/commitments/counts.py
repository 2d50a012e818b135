"""The co-creation record: how many meetings, groups and people, each with its own evidence."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.commitments import PlanCount
from db.schema.evidence import EvidenceClaim
from db.schema.meetings import Meeting
from db.store import usecase
from db.vocab import CountKind
from gwangju_desktop.commitments import guard, order, proofs
from gwangju_desktop.commitments.rows import CountRow
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import MEANWHILE, change, found, required, tidy
from gwangju_desktop.text import N_

FIELDS = (
    "kind",
    "label",
    "label_en",
    "number",
    "held_on",
    "meeting_id",
    "source",
    "note",
)
NO_COUNT = N_("There is no number {id} of a co-creation record.")
NO_LABEL = N_("A number needs to say what it counts.")


def record(read: Session, plan_id: int) -> list[CountRow]:
    """Return the co-creation record of a plan in its order, parts with their number."""
    rows = list(
        read.scalars(
            select(PlanCount)
            .where(PlanCount.plan_id == plan_id)
            .order_by(PlanCount.position, PlanCount.id)
        )
    )
    held = [one.meeting_id for one in rows if one.meeting_id is not None]
    meetings = read.execute(select(Meeting.id, Meeting.title).where(Meeting.id.in_(held)))
    titles: dict[int, str] = {row[0]: row[1] for row in meetings}
    ids = [one.id for one in rows]
    claimed, broken = (proofs.by_count(read, ids, broken=one) for one in (False, True))

    def shown(one: PlanCount) -> CountRow:
        parts = tuple(shown(part) for part in rows if part.parent_id == one.id)
        numbers = [part.number for part in parts]
        counted = [number for number in numbers if number is not None]
        whole = bool(parts) and len(counted) == len(numbers)
        return CountRow(
            one.id,
            one.kind,
            one.label,
            one.label_en,
            one.number,
            one.source,
            one.note,
            one.held_on,
            one.meeting_id,
            titles.get(one.meeting_id or 0, ""),
            one.position,
            parts,
            sum(counted) if counted else None,
            whole and one.number is not None and sum(counted) != one.number,
            claimed.get(one.id, 0),
            broken.get(one.id, 0),
        )

    return [shown(one) for one in rows if one.parent_id is None]


@usecase("Add number of the co-creation record")
def add_count(
    tx: Session,
    *,
    plan_id: int,
    label: str,
    number: int | None = None,
    kind: str = CountKind.PART.value,
    parent_id: int | None = None,
    **values: Any,
) -> int:
    """Add a number, or a part of one as `parent_id`; return its id.

    `number` is None where a source names something without counting it. Raises UserError without
    a label, for a number below 0, and for a part of a part.
    """
    guard.plan(tx, plan_id)
    if parent_id is not None:
        parent = found(tx, PlanCount, parent_id, NO_COUNT)
        if parent.plan_id != plan_id or parent.parent_id is not None:
            raise UserError(N_("Parts are named of a whole number of the same plan."))
    elif kind == CountKind.PART:
        raise UserError(N_("A part needs the number it is a part of."))
    fields = _checked(tx, {"label": label, "number": number, "kind": kind, **values})
    rows = _siblings(tx, plan_id, parent_id)
    row = PlanCount(plan_id=plan_id, parent_id=parent_id, position=order.after(rows), **fields)
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Edit number of the co-creation record")
def edit_count(tx: Session, *, count_id: int, **values: Any) -> int:
    """Change a number of the record; refused as in `add_count`."""
    row = found(tx, PlanCount, count_id, NO_COUNT)
    change(row, _checked(tx, values))
    return count_id


@usecase("Move number of the co-creation record")
def move_count(tx: Session, *, count_id: int, by: int) -> int:
    """Move a number among its siblings, so many places up (negative) or down."""
    row = found(tx, PlanCount, count_id, NO_COUNT)
    order.moved(_siblings(tx, row.plan_id, row.parent_id), row, by)
    return count_id


@usecase("Remove number of the co-creation record")
def remove_count(tx: Session, *, count_id: int) -> None:
    """Take a number away with its parts; raise UserError where evidence names one of them."""
    row = found(tx, PlanCount, count_id, NO_COUNT)
    parts = _siblings(tx, row.plan_id, count_id)
    if any(guard.count(tx, EvidenceClaim.count_id, one.id) for one in (row, *parts)):
        raise UserError(
            N_("Evidence names “{label}”; it stays."),
            hint=N_("Take the claim away first."),
            label=row.label,
        )
    for one in parts:
        tx.delete(one)
    tx.flush()
    tx.delete(row)


def _siblings(tx: Session, plan_id: int, parent_id: int | None) -> list[PlanCount]:
    query = select(PlanCount).where(
        PlanCount.plan_id == plan_id,
        PlanCount.parent_id.is_(None) if parent_id is None else PlanCount.parent_id == parent_id,
    )
    return list(tx.scalars(query.order_by(PlanCount.position, PlanCount.id)))


def _checked(tx: Session, values: dict[str, Any]) -> dict[str, Any]:
    fields = tidy(values, FIELDS)
    if "kind" in fields:
        fields["kind"] = CountKind(fields["kind"]).value
    if "label" in fields:
        fields["label"] = required(fields["label"], NO_LABEL)
    number = fields.get("number")
    if number is not None and not 0 <= number < 1_000_000_000:
        raise UserError(N_("{number} is no number of people, groups or meetings."), number=number)
    meeting = fields.get("meeting_id")
    if meeting is not None and tx.get(Meeting, meeting) is None:
        raise UserError(N_("There is no meeting {id}."), hint=MEANWHILE, id=meeting)
    return fields
