"""Milestones (세부 이행과제): what is planned of one, and how far it is.

Completed if and only if the day of completion is known; the verbs set both.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.commitments import Commitment, Milestone, ProgressNote
from db.schema.evidence import EvidenceClaim
from db.schema.reviews import ReviewComment
from db.store import usecase
from db.vocab import MilestoneState
from gwangju_desktop.commitments import guard, order
from gwangju_desktop.commitments.progress import refuse_uncaused
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, required, tidy
from gwangju_desktop.text import N_

PROMISED = ("title", "output", "starts_on", "due_on", "weight")
FREE = (
    "title_en",
    "output_en",
    "responsible",
    "supporting",
    "delay_cause",
    "delay_cause_en",
    "sample",
)
NO_TITLE = N_("A milestone needs a title.")
WEIGHTS = range(1, 1001)


@usecase("Add milestone")
def add_milestone(tx: Session, *, commitment_id: int, title: str, **values: Any) -> int:
    """Add a milestone at the end of a commitment; return its id.

    Other fields as in `PROMISED` and `FREE`; `weight` is a whole number from 1. Raises UserError
    without a title, for an end before the start, and for a commitment whose promise is frozen.
    """
    owner = guard.commitment(tx, commitment_id)
    guard.thawed(tx, owner)
    _refuse_completed(owner)
    fields = _checked({"title": title, **values})
    rows = of_commitment(tx, commitment_id)
    number = max((one.number for one in rows), default=0) + 1
    row = Milestone(
        commitment_id=commitment_id, position=order.after(rows), number=number, **fields
    )
    _refuse_order(row)
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Edit milestone")
def edit_milestone(tx: Session, *, milestone_id: int, **values: Any) -> int:
    """Change a milestone; raise UserError as in `add_milestone`, for what was promised alone."""
    row = guard.milestone(tx, milestone_id)
    fields = _checked(values)
    owner = guard.commitment(tx, row.commitment_id)
    guard.promised(tx, owner, row, {name: fields[name] for name in PROMISED if name in fields})
    change(row, fields)
    _refuse_order(row)
    refuse_uncaused(row)
    return milestone_id


@usecase("Move milestone")
def move_milestone(tx: Session, *, milestone_id: int, by: int) -> int:
    """Move a milestone so many places up (negative) or down.

    Numbers follow the order until the plan is submitted, and stay from then on.
    """
    row = guard.milestone(tx, milestone_id)
    owner = guard.commitment(tx, row.commitment_id)
    guard.thawed(tx, owner)
    rows = order.moved(of_commitment(tx, owner.id), row, by)
    if guard.submitted_on(tx, owner) is None:
        _number(rows)
    return milestone_id


@usecase("Remove milestone")
def remove_milestone(tx: Session, *, milestone_id: int) -> None:
    """Take away a milestone that was never submitted; others are cancelled.

    Raises UserError for one that was submitted, and where evidence or a review names it.
    """
    row = guard.milestone(tx, milestone_id)
    owner = guard.commitment(tx, row.commitment_id)
    guard.thawed(tx, owner)
    opened = guard.open_edition(tx, owner.id)
    before = opened.content["milestones"] if opened is not None else []
    if any(one["id"] == row.id for one in before):
        raise UserError(
            N_("“{title}” was submitted; it is cancelled, not removed."), title=row.title
        )
    held = (EvidenceClaim.milestone_id, ReviewComment.milestone_id)
    if any(guard.count(tx, column, milestone_id) for column in held):
        raise UserError(
            N_("Evidence or a review names “{title}”; it stays."),
            hint=N_("Take the claim away first, or cancel the milestone."),
            title=row.title,
        )
    for note in tx.scalars(select(ProgressNote).where(ProgressNote.milestone_id == row.id)).all():
        tx.delete(note)
    tx.flush()
    tx.delete(row)
    tx.flush()
    if guard.submitted_on(tx, owner) is None:
        _number(of_commitment(tx, owner.id))


@usecase("Start milestone")
def start_milestone(tx: Session, *, milestone_id: int, started_on: dt.date) -> int:
    """Record the day a milestone was begun; raise UserError for a day ahead or a cancelled one."""
    row = guard.milestone(tx, milestone_id)
    _refuse_cancelled(row)
    guard.not_ahead(started_on, N_("{day:full} has not come yet."))
    fields: dict[str, Any] = {"started_on": started_on}
    if row.completed_on is None:
        fields["state"] = MilestoneState.IN_PROGRESS.value
    change(row, fields)
    _refuse_order(row)
    return milestone_id


@usecase("Complete milestone")
def complete_milestone(
    tx: Session,
    *,
    milestone_id: int,
    completed_on: dt.date,
    started_on: dt.date | None = None,
    delay_cause: str | None = None,
) -> int:
    """Record the day a milestone was completed.

    Raises UserError for a day ahead or before its start, for a cancelled one, after its day
    without a cause of the delay, and for a day after its commitment was completed.
    """
    row = guard.milestone(tx, milestone_id)
    _refuse_cancelled(row)
    guard.not_ahead(completed_on, N_("{day:full} has not come yet."))
    owner = guard.commitment(tx, row.commitment_id)
    if owner.completed_on is not None and completed_on > owner.completed_on:
        _refuse_completed(owner)
    fields: dict[str, Any] = {
        "completed_on": completed_on,
        "state": MilestoneState.COMPLETED.value,
    }
    if started_on is not None:
        fields["started_on"] = started_on
    if delay_cause is not None:
        fields |= tidy({"delay_cause": delay_cause}, ("delay_cause",))
    change(row, fields)
    _refuse_order(row)
    refuse_uncaused(row)
    return milestone_id


@usecase("Reopen milestone")
def reopen_milestone(tx: Session, *, milestone_id: int) -> int:
    """Take the completion of a milestone back, or its start where it was begun only.

    A cancelled one comes back in an open adjustment. Raises UserError without one, and while its
    commitment counts as completed.
    """
    row = guard.milestone(tx, milestone_id)
    owner = guard.commitment(tx, row.commitment_id)
    _refuse_completed(owner)
    fields: dict[str, Any] = {"completed_on": None}
    if row.state == MilestoneState.CANCELLED:
        guard.thawed(tx, owner)
    elif row.completed_on is None:
        fields["started_on"] = None
    begun = fields.get("started_on", row.started_on) is not None
    state = MilestoneState.IN_PROGRESS if begun else MilestoneState.NOT_STARTED
    change(row, {**fields, "state": state.value})
    return milestone_id


@usecase("Cancel milestone")
def cancel_milestone(tx: Session, *, milestone_id: int) -> int:
    """Cancel a milestone in an open adjustment: it leaves the weights and stays in the list.

    Raises UserError without an adjustment, and for one that was completed.
    """
    row = guard.milestone(tx, milestone_id)
    guard.thawed(tx, guard.commitment(tx, row.commitment_id))
    if row.completed_on is not None:
        raise UserError(
            N_("“{title}” was completed on {day:full}."),
            hint=N_("Take the completion back first."),
            title=row.title,
            day=row.completed_on,
        )
    change(row, {"state": MilestoneState.CANCELLED.value})
    return milestone_id


def of_commitment(read: Session, commitment_id: int) -> list[Milestone]:
    """Return the milestones of a commitment in their order."""
    query = select(Milestone).where(Milestone.commitment_id == commitment_id)
    return list(read.scalars(query.order_by(Milestone.position, Milestone.id)))


def _number(rows: list[Milestone]) -> None:
    for number, one in enumerate(rows, start=1):
        change(one, {"number": number})


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    fields = tidy(values, (*PROMISED, *FREE))
    if "title" in fields:
        fields["title"] = required(fields["title"], NO_TITLE)
    if "weight" in fields and fields["weight"] not in WEIGHTS:
        raise UserError(
            N_("A weight is a whole number from {first} to {last}."),
            first=WEIGHTS[0],
            last=WEIGHTS[-1],
        )
    return fields


def _refuse_order(row: Milestone) -> None:
    for first, last in ((row.starts_on, row.due_on), (row.started_on, row.completed_on)):
        if first is not None and last is not None and last < first:
            raise UserError(
                N_("“{title}” ends on {ends:full}, before it begins on {starts:full}."),
                title=row.title,
                ends=last,
                starts=first,
            )


def _refuse_cancelled(row: Milestone) -> None:
    if row.state == MilestoneState.CANCELLED:
        raise UserError(
            N_("“{title}” is cancelled."),
            hint=N_("Take it up again in an adjustment first."),
            title=row.title,
        )


def _refuse_completed(owner: Commitment) -> None:
    if owner.completed_on is not None:
        raise UserError(
            N_("“{title}” counts as completed since {day:full}."),
            hint=N_("Reopen the commitment first."),
            title=owner.title,
            day=owner.completed_on,
        )
