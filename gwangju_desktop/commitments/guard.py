"""What is promised is frozen by the submission of the plan; an open adjustment thaws it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.base import Recorded
from db.schema.commitments import ActionPlan, Commitment, CommitmentEdition, Milestone
from gwangju_desktop import clock
from gwangju_desktop.commitments.rules import NO_PLAN
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import found
from gwangju_desktop.text import N_, Msg

NO_COMMITMENT = N_("There is no commitment {id}.")
NO_MILESTONE = N_("There is no milestone {id}.")
FROZEN = N_(
    "“{title}” was submitted on {day:full}: what it promises changes only by an adjustment."
)
ADJUST = N_("Start an adjustment of “{title}”, with its reason and who was consulted.")


def plan(tx: Session, plan_id: int) -> ActionPlan:
    """Return the plan; raise UserError when there is none."""
    return found(tx, ActionPlan, plan_id, NO_PLAN)


def commitment(tx: Session, commitment_id: int) -> Commitment:
    """Return the commitment; raise UserError when there is none."""
    return found(tx, Commitment, commitment_id, NO_COMMITMENT)


def milestone(tx: Session, milestone_id: int) -> Milestone:
    """Return the milestone; raise UserError when there is none."""
    return found(tx, Milestone, milestone_id, NO_MILESTONE)


def submitted_on(read: Session, one: Commitment) -> dt.date | None:
    """Return when the plan of a commitment was submitted."""
    return read.get_one(ActionPlan, one.plan_id).submitted_on


def open_edition(read: Session, commitment_id: int) -> CommitmentEdition | None:
    """Return the adjustment of a commitment that is open, if one is."""
    return read.scalars(
        select(CommitmentEdition).where(
            CommitmentEdition.commitment_id == commitment_id,
            CommitmentEdition.closed_on.is_(None),
        )
    ).first()


def thawed(tx: Session, one: Commitment) -> None:
    """Raise UserError while what a commitment promises may not change."""
    day = submitted_on(tx, one)
    if day is not None and open_edition(tx, one.id) is None:
        raise UserError(FROZEN, hint=ADJUST, title=one.title, day=day)


def promised(tx: Session, one: Commitment, row: Recorded, fields: dict[str, object]) -> None:
    """Raise UserError where one of `fields` would change a frozen promise in `row`."""
    if any(getattr(row, name) != value for name, value in fields.items()):
        thawed(tx, one)


def not_ahead(day: dt.date | None, message: Msg) -> None:
    """Raise UserError with `message` for a day that has not come yet."""
    if day is not None and day > clock.today():
        raise UserError(message, hint=N_("Enter it on the day, or correct the date."), day=day)


def count(read: Session, column: object, id: int) -> int:
    """Return how many rows point to a record by `column`."""
    query = select(func.count()).where(column == id)  # type: ignore[arg-type]
    return read.scalar(query) or 0
