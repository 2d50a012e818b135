"""Action plans: what is kept of one, its submission and its end, and the texts of its template."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.commitments import (
    ActionPlan,
    Commitment,
    CommitmentEdition,
    PlanCount,
    PlanInstitution,
    PlanRule,
    PlanText,
)
from db.schema.evidence import Evidence
from db.schema.members import Body
from db.schema.reviews import Publication, Review, ReviewAnswer
from db.store import usecase
from gwangju_desktop.commitments import guard, lacking, rules, template
from gwangju_desktop.commitments.months import checked_month, month_text
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import MEANWHILE, change, required, tidy
from gwangju_desktop.text import N_

__all__ = [
    "add_plan",
    "close_plan",
    "edit_plan",
    "remove_plan",
    "reopen_plan",
    "sections",
    "set_text",
    "submit_plan",
    "take_back_plan",
]

sections = template.sections
FIELDS = (
    "code",
    "title",
    "title_en",
    "starts",
    "ends",
    "monitor_body_id",
    "forum_body_id",
    "url",
    "source",
    "note",
)
NO_CODE = N_("An action plan needs a short code, such as KRGNJ2021.")
NO_TITLE = N_("An action plan needs a title.")


@usecase("Add action plan")
def add_plan(tx: Session, *, code: str, title: str, **values: Any) -> int:
    """Add a plan with the rules that ship; return its id.

    Other fields as in `FIELDS`, months as whole numbers. Raises UserError without a code or title,
    for a code that is taken, and for months that are none or in the wrong order.
    """
    row = ActionPlan(**_checked({"code": code, "title": title, **values}))
    _refuse_taken(tx, row.code)
    _refuse_order(row)
    _refuse_bodies(tx, row)
    tx.add(row)
    tx.flush()
    rules.write(tx, row.id)
    return row.id


@usecase("Edit action plan")
def edit_plan(tx: Session, *, plan_id: int, **values: Any) -> int:
    """Change what is kept of a plan; refused as in `add_plan`."""
    row = guard.plan(tx, plan_id)
    fields = _checked(values)
    if fields.get("code", row.code) != row.code:
        _refuse_taken(tx, fields["code"])
    change(row, fields)
    _refuse_order(row)
    _refuse_bodies(tx, row)
    return plan_id


@usecase("Submit action plan")
def submit_plan(tx: Session, *, plan_id: int, submitted_on: dt.date) -> int:
    """Record the day the plan was submitted: from then on its promises are frozen.

    Raises UserError for a day ahead, for a plan that was submitted already, and where something is
    lacking that a submission needs.
    """
    row = guard.plan(tx, plan_id)
    if row.submitted_on is not None:
        raise UserError(
            N_("“{title}” was submitted on {day:full} already."),
            title=row.title,
            day=row.submitted_on,
        )
    guard.not_ahead(submitted_on, N_("The submission on {day:full} has not come yet."))
    blocking = [one for one in lacking.plan(tx, plan_id) if one.severity == "block"]
    if blocking:
        raise UserError(
            N_("Not ready to be submitted ({n}): {first}"),
            hint=N_("Complete it first; all that is lacking is listed with the plan."),
            n=len(blocking),
            first=str(blocking[0].what),
        )
    change(row, {"submitted_on": submitted_on})
    return plan_id


@usecase("Take back the submission")
def take_back_plan(tx: Session, *, plan_id: int) -> int:
    """Let a plan count as not submitted, when the day was entered too early.

    Raises UserError once a promise was adjusted, monitors answered, or the plan is closed.
    """
    row = guard.plan(tx, plan_id)
    adjusted = tx.scalar(
        select(CommitmentEdition.id)
        .join(Commitment, Commitment.id == CommitmentEdition.commitment_id)
        .where(Commitment.plan_id == plan_id)
        .limit(1)
    )
    if adjusted is not None or row.closed_on is not None:
        raise UserError(
            N_("“{title}” was adjusted or closed since; its submission stays."), title=row.title
        )
    answered = select(ReviewAnswer.id).join(Review, Review.id == ReviewAnswer.review_id)
    if tx.scalar(answered.where(Review.plan_id == plan_id).limit(1)) is not None:
        raise UserError(
            N_("Monitors answered on “{title}” as it was submitted; its submission stays."),
            hint=N_("Start an adjustment where the promise is to change."),
            title=row.title,
        )
    change(row, {"submitted_on": None})
    return plan_id


@usecase("Close action plan")
def close_plan(tx: Session, *, plan_id: int, closed_on: dt.date) -> int:
    """Record the end of a plan; its web page is asked for no more.

    Raises UserError for a plan that was not submitted, a day ahead or before the submission, and
    while an adjustment is open.
    """
    row = guard.plan(tx, plan_id)
    if row.submitted_on is None or closed_on < row.submitted_on:
        raise UserError(
            N_("“{title}” was not submitted before {day:full}."), title=row.title, day=closed_on
        )
    guard.not_ahead(closed_on, N_("The end on {day:full} has not come yet."))
    thawed = tx.scalar(
        select(Commitment.title)
        .join(CommitmentEdition, CommitmentEdition.commitment_id == Commitment.id)
        .where(Commitment.plan_id == plan_id, CommitmentEdition.closed_on.is_(None))
        .limit(1)
    )
    if thawed is not None:
        raise UserError(
            N_("An adjustment of “{title}” is open."),
            hint=N_("Close or withdraw it first."),
            title=thawed,
        )
    change(row, {"closed_on": closed_on})
    return plan_id


@usecase("Reopen action plan")
def reopen_plan(tx: Session, *, plan_id: int) -> int:
    """Take the end of a plan back."""
    change(guard.plan(tx, plan_id), {"closed_on": None})
    return plan_id


@usecase("Remove action plan")
def remove_plan(tx: Session, *, plan_id: int) -> None:
    """Take away a plan entered by mistake; raise UserError once something hangs on it."""
    row = guard.plan(tx, plan_id)
    held = (Commitment.plan_id, Evidence.plan_id, Review.plan_id, Publication.plan_id)
    if row.submitted_on is not None or any(guard.count(tx, column, plan_id) for column in held):
        raise UserError(
            N_("“{title}” has commitments, evidence or reviews, or was submitted; it stays."),
            title=row.title,
        )
    for part in (PlanText, PlanInstitution, PlanRule):
        for one in tx.scalars(select(part).where(part.plan_id == plan_id)).all():
            tx.delete(one)
    counted = tx.scalars(select(PlanCount).where(PlanCount.plan_id == plan_id)).all()
    # Parts name their number: they go first.
    for inner in (True, False):
        for one in counted:
            if (one.parent_id is not None) == inner:
                tx.delete(one)
        tx.flush()
    tx.delete(row)


@usecase("Set text of the action plan")
def set_text(
    tx: Session,
    *,
    plan_id: int,
    section: str,
    text: str | None = None,
    text_en: str | None = None,
    commitment_id: int | None = None,
) -> int:
    """Write a section of the template in one or both languages; return the row's id.

    The Korean of a commitment is its promise and frozen by the submission; the English never is.
    Raises UserError for a section the template lacks.
    """
    one = template.section(section, "plan" if commitment_id is None else "commitment")
    guard.plan(tx, plan_id)
    fields = tidy(
        {
            name: value
            for name, value in (("text", text), ("text_en", text_en))
            if value is not None
        },
        ("text", "text_en"),
    )
    row = tx.scalars(
        select(PlanText).where(
            PlanText.plan_id == plan_id,
            PlanText.commitment_id.is_(None)
            if commitment_id is None
            else PlanText.commitment_id == commitment_id,
            PlanText.section == one.key,
        )
    ).first()
    before = row.text if row is not None else ""
    if commitment_id is not None:
        owner = guard.commitment(tx, commitment_id)
        if owner.plan_id != plan_id:
            raise UserError(guard.NO_COMMITMENT, hint=MEANWHILE, id=commitment_id)
        if fields.get("text", before) != before:
            guard.thawed(tx, owner)
    if row is None:
        row = PlanText(plan_id=plan_id, commitment_id=commitment_id, section=one.key)
        row.text, row.text_en = fields.get("text", ""), fields.get("text_en", "")
        tx.add(row)
    change(row, fields)
    tx.flush()
    return row.id


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    fields = tidy(values, FIELDS)
    if "code" in fields:
        fields["code"] = required(fields["code"], NO_CODE)
    if "title" in fields:
        fields["title"] = required(fields["title"], NO_TITLE)
    for name in ("starts", "ends"):
        if name in fields:
            fields[name] = checked_month(fields[name])
    return fields


def _refuse_taken(tx: Session, code: str) -> None:
    title = tx.scalar(select(ActionPlan.title).where(ActionPlan.code == code))
    if title is not None:
        raise UserError(N_("The code {code} is that of “{title}”."), code=code, title=title)


def _refuse_order(row: ActionPlan) -> None:
    if row.starts is not None and row.ends is not None and row.ends < row.starts:
        raise UserError(
            N_("“{title}” ends in {ends}, before it begins in {starts}."),
            title=row.title,
            ends=month_text(row.ends),
            starts=month_text(row.starts),
        )


def _refuse_bodies(tx: Session, row: ActionPlan) -> None:
    for body in (row.monitor_body_id, row.forum_body_id):
        if body is not None and tx.get(Body, body) is None:
            raise UserError(N_("There is no body {id}."), hint=MEANWHILE, id=body)
