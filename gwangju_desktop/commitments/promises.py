"""Commitments (이행과제): what is promised, in which order, and the day one is completed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.commitments import (
    Commitment,
    CommitmentEdition,
    Milestone,
    PlanInstitution,
    PlanText,
    ProgressNote,
)
from db.schema.evidence import Evidence, EvidenceClaim
from db.schema.reviews import Publication, Review, ReviewAnswer, ReviewComment, ReviewFinding
from db.schema.threads import ThreadLink
from db.store import usecase
from db.vocab import MilestoneState, OpenValue
from gwangju_desktop.commitments import guard, order
from gwangju_desktop.commitments.months import checked_month, month_text
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, required, tidy
from gwangju_desktop.text import N_, NN_

PROMISED = ("title", "starts", "ends", "policy_area", "sector", "open_values")
FREE = ("code", "title_en", "policy_area_en", "sector_en", "url", "source", "note")
NO_CODE = N_("A commitment needs a short code, such as KRGNJ0001.")
NO_TITLE = N_("A commitment needs a title.")


@usecase("Add commitment")
def add_commitment(
    tx: Session,
    *,
    plan_id: int,
    code: str,
    title: str,
    open_values: Sequence[str] = (),
    **values: Any,
) -> int:
    """Add a commitment at the end of a plan; return its id.

    `open_values` are OpenValue words, months whole numbers, other fields as in `PROMISED` and
    `FREE`. Raises UserError without a code or title, for a code that is taken, for months that are
    none or in the wrong order, and once the plan was submitted.
    """
    plan = guard.plan(tx, plan_id)
    if plan.submitted_on is not None:
        raise UserError(
            N_("“{title}” was submitted on {day:full}; no commitment is added to it any more."),
            hint=N_(
                "Add a milestone in an adjustment of a commitment, or put it into the next plan;"
                " only a submission entered too early is taken back."
            ),
            title=plan.title,
            day=plan.submitted_on,
        )
    fields = _checked({"code": code, "title": title, "open_values": open_values, **values})
    _refuse_taken(tx, fields["code"])
    rows = _of_plan(tx, plan_id)
    row = Commitment(plan_id=plan_id, position=order.after(rows), **fields)
    _refuse_order(row)
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Edit commitment")
def edit_commitment(tx: Session, *, commitment_id: int, **values: Any) -> int:
    """Change a commitment; raise UserError as in `add_commitment`, and for a frozen promise."""
    row = guard.commitment(tx, commitment_id)
    fields = _checked(values)
    if fields.get("code", row.code) != row.code:
        _refuse_taken(tx, fields["code"])
    guard.promised(tx, row, row, {name: fields[name] for name in PROMISED if name in fields})
    change(row, fields)
    _refuse_order(row)
    return commitment_id


@usecase("Move commitment")
def move_commitment(tx: Session, *, commitment_id: int, by: int) -> int:
    """Move a commitment so many places up (negative) or down in its plan."""
    row = guard.commitment(tx, commitment_id)
    order.moved(_of_plan(tx, row.plan_id), row, by)
    return commitment_id


@usecase("Remove commitment")
def remove_commitment(tx: Session, *, commitment_id: int) -> None:
    """Take away a commitment entered by mistake, with its milestones and texts.

    Raises UserError once its plan was submitted, or evidence, reviews or other records hang on it.
    """
    row = guard.commitment(tx, commitment_id)
    held = (
        Evidence.commitment_id,
        EvidenceClaim.commitment_id,
        Review.commitment_id,
        ReviewAnswer.commitment_id,
        ReviewComment.commitment_id,
        ReviewFinding.commitment_id,
        Publication.commitment_id,
        ThreadLink.from_commitment_id,
        ThreadLink.to_commitment_id,
        Commitment.merged_into_id,
        CommitmentEdition.commitment_id,
    )
    claimed = tx.scalar(
        select(EvidenceClaim.id)
        .join(Milestone, Milestone.id == EvidenceClaim.milestone_id)
        .where(Milestone.commitment_id == commitment_id)
        .limit(1)
    )
    submitted = guard.submitted_on(tx, row) is not None
    if submitted or claimed or any(guard.count(tx, column, commitment_id) for column in held):
        raise UserError(
            N_("“{title}” was submitted, or evidence, reviews or other records hang on it."),
            hint=N_("Set its own status to stopped instead, with the reason."),
            title=row.title,
        )
    for part in (ProgressNote, Milestone, PlanText, PlanInstitution):
        for one in tx.scalars(select(part).where(part.commitment_id == commitment_id)).all():
            tx.delete(one)
        tx.flush()
    tx.delete(row)


@usecase("Complete commitment")
def complete_commitment(
    tx: Session, *, commitment_id: int, completed_on: dt.date, delay_cause: str | None = None
) -> int:
    """Record the day a commitment was completed; from it the end-of-commitment report is counted.

    Raises UserError for a day ahead or before its last milestone, and while milestones are left.
    `delay_cause` is required for a day after its last month.
    """
    row = guard.commitment(tx, commitment_id)
    guard.not_ahead(completed_on, N_("{day:full} has not come yet."))
    steps = tx.scalars(select(Milestone).where(Milestone.commitment_id == commitment_id)).all()
    left = [
        one
        for one in steps
        if one.state not in (MilestoneState.COMPLETED, MilestoneState.CANCELLED)
    ]
    if left:
        raise UserError(
            NN_(
                "{n} milestone of “{title}” is not completed.",
                "{n} milestones of “{title}” are not completed.",
            ),
            hint=N_("Complete or cancel them first."),
            n=len(left),
            title=row.title,
        )
    last = max((one.completed_on for one in steps if one.completed_on), default=None)
    if last is not None and completed_on < last:
        raise UserError(
            N_("The last milestone of “{title}” was completed on {day:full}."),
            hint=N_("The commitment is completed on that day or later."),
            title=row.title,
            day=last,
        )
    fields: dict[str, Any] = {"completed_on": completed_on}
    if delay_cause is not None:
        fields |= tidy({"delay_cause": delay_cause}, ("delay_cause",))
    change(row, fields)
    if row.ends is not None and _after(completed_on, row.ends) and not row.delay_cause:
        raise UserError(
            N_("“{title}” was to end in {month}; enter why it took longer."),
            title=row.title,
            month=month_text(row.ends),
        )
    return commitment_id


@usecase("Reopen commitment")
def reopen_commitment(tx: Session, *, commitment_id: int) -> int:
    """Take the day of completion back."""
    change(guard.commitment(tx, commitment_id), {"completed_on": None})
    return commitment_id


def open_values(held: str) -> tuple[str, ...]:
    """Return the open-government values of a commitment as words of OpenValue."""
    return tuple(held.split(",")) if held else ()


def _after(day: dt.date, month: int) -> bool:
    return day.year * 100 + day.month > month


def _of_plan(tx: Session, plan_id: int) -> list[Commitment]:
    query = select(Commitment).where(Commitment.plan_id == plan_id)
    return list(tx.scalars(query.order_by(Commitment.position, Commitment.id)))


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    given = dict(values)
    if "open_values" in given:
        given["open_values"] = _joined(given["open_values"])
    fields = tidy(given, (*PROMISED, *FREE))
    if "code" in fields:
        fields["code"] = required(fields["code"], NO_CODE)
    if "title" in fields:
        fields["title"] = required(fields["title"], NO_TITLE)
    for name in ("starts", "ends"):
        if name in fields:
            fields[name] = checked_month(fields[name])
    return fields


def _joined(values: Iterable[str]) -> str:
    """Write values in the order of the vocabulary, each once."""
    named = {OpenValue(value) for value in values}
    return ",".join(value.value for value in OpenValue if value in named)


def _refuse_taken(tx: Session, code: str) -> None:
    title = tx.scalar(select(Commitment.title).where(Commitment.code == code))
    if title is not None:
        raise UserError(N_("The code {code} is that of “{title}”."), code=code, title=title)


def _refuse_order(row: Commitment) -> None:
    if row.starts is not None and row.ends is not None and row.ends < row.starts:
        raise UserError(
            N_("“{title}” ends in {ends}, before it begins in {starts}."),
            title=row.title,
            ends=month_text(row.ends),
            starts=month_text(row.starts),
        )
