"""Findings of a review and what follows from them: actions, and the day each was settled."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from db.schema.commitments import ActionPlan, Commitment
from db.schema.reviews import Review, ReviewFinding
from db.store import usecase
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.meetings import actions
from gwangju_desktop.reviews import rounds
from gwangju_desktop.reviews.taking import last_finding
from gwangju_desktop.text import N_
from gwangju_desktop.threads import links
from gwangju_desktop.threads.review_findings import KEY, NO_FINDING

FIELDS = ("text", "text_en", "recommendation", "recommendation_en")
NO_TEXT = N_("Say what was found.")


@usecase("Add review finding")
def add_finding(
    tx: Session,
    *,
    review_id: int,
    text: str,
    commitment_id: int | None = None,
    found_on: dt.date | None = None,
    **values: str,
) -> int:
    """Write down what a round found; the other values are text_en, recommendation and its English."""
    review = found(tx, Review, review_id, rounds.NO_REVIEW)
    rounds.still_open(review)
    if commitment_id is not None:
        commitment = found(tx, Commitment, commitment_id, rounds.NO_COMMITMENT)
        if commitment.plan_id != review.plan_id:
            raise UserError(rounds.NO_COMMITMENT, id=commitment_id)
    row = ReviewFinding(
        review_id=review_id,
        commitment_id=review.commitment_id if commitment_id is None else commitment_id,
        position=last_finding(tx, review_id) + rounds.GAP,
        found_on=found_on or clock.today(),
        **tidy({"text": required(text, NO_TEXT), **values}, FIELDS),
    )
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Edit review finding")
def edit_finding(tx: Session, *, id: int, **values: Any) -> int:
    """Change the words of a finding the office wrote down; FIELDS and found_on."""
    row = _own(tx, id)
    fields = tidy(values, (*FIELDS, "found_on"))
    if "text" in fields:
        required(fields["text"], NO_TEXT)
    change(row, fields)
    return id


@usecase("Settle review finding")
def settle_finding(tx: Session, *, id: int, on: dt.date | None = None) -> int:
    """Note the day on which what was recommended was done; a monitor's finding too."""
    row = found(tx, ReviewFinding, id, NO_FINDING)
    day = on or clock.today()
    if day < row.found_on:
        raise UserError(
            N_("The finding is of {found_on:full}; it cannot be settled before."),
            found_on=row.found_on,
        )
    row.settled_on = day
    return id


@usecase("Reopen review finding")
def reopen_finding(tx: Session, *, id: int) -> int:
    """Let a finding be open again."""
    found(tx, ReviewFinding, id, NO_FINDING).settled_on = None
    return id


@usecase("Remove review finding")
def remove_finding(tx: Session, *, id: int) -> None:
    """Take a finding the office wrote down away, with its links; actions given on it stay."""
    row = _own(tx, id)
    links.forget(tx, "review_finding", id)
    tx.delete(row)


@usecase("Give action on finding")
def make_action(
    tx: Session,
    *,
    finding_id: int,
    department: str,
    due_on: dt.date | None,
    text: str = "",
    body_id: int | None = None,
) -> int:
    """Give a department something to do about a finding; returns the action, linked to it.

    The action is of the plan's forum, whose sittings then report on it, or of `body_id`; it says
    `text`, else what is recommended, else what was found. Raises UserError for a plan without a
    forum when no body is named.
    """
    row = found(tx, ReviewFinding, finding_id, NO_FINDING)
    review = found(tx, Review, row.review_id, rounds.NO_REVIEW)
    plan = found(tx, ActionPlan, review.plan_id, rounds.NO_PLAN)
    body = body_id if body_id is not None else plan.forum_body_id
    if body is None:
        raise UserError(
            N_("Plan {plan} names no forum whose meetings would follow the action."),
            hint=N_("Choose the plan's forum, or the body the action belongs to."),
            plan=plan.code,
        )
    action = actions.add_action(
        tx,
        text=text or row.recommendation or row.text,
        department=department,
        due_on=due_on,
        body_id=body,
    )
    links.link(tx, before=(KEY, finding_id), after=("action", action))
    return action


def _own(tx: Session, id: int) -> ReviewFinding:
    row = found(tx, ReviewFinding, id, NO_FINDING)
    if row.review_file_id is not None:
        raise UserError(
            N_("This finding is a monitor's and stays as it came."),
            hint=N_("Give an action on it, or note the day it was settled."),
        )
    rounds.still_open(found(tx, Review, row.review_id, rounds.NO_REVIEW))
    return row
