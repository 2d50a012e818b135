"""Adjustments: a submitted promise changes with a reason, a consultation, and a new edition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.commitments import ActionPlan, CommitmentEdition
from db.schema.meetings import Meeting
from db.store import usecase
from gwangju_desktop import clock
from gwangju_desktop.commitments import guard
from gwangju_desktop.commitments.content import compare, promise
from gwangju_desktop.commitments.rows import EditionRow
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import MEANWHILE, change, required, tidy
from gwangju_desktop.text import N_, NN_

NOT_OPEN = N_("No adjustment of “{title}” is open.")


@usecase("Start adjustment")
def start_adjustment(
    tx: Session,
    *,
    commitment_id: int,
    reason: str,
    reason_en: str = "",
    meeting_id: int | None = None,
    consulted: str = "",
    adjusted_on: dt.date | None = None,
) -> int:
    """Open the promise of a commitment for change; return the edition row's id.

    The promise as it stands is kept with it. Raises UserError without a reason, without a meeting
    or word on who was consulted, for a plan that was not submitted or is closed, for a day ahead or
    before the submission, and while another adjustment is open.
    """
    row = guard.commitment(tx, commitment_id)
    plan = tx.get_one(ActionPlan, row.plan_id)
    day = adjusted_on or clock.today()
    kept = tidy(
        {"reason": reason, "reason_en": reason_en, "consulted": consulted},
        ("reason", "reason_en", "consulted"),
    )
    required(kept["reason"], N_("An adjustment needs its reason."))
    if plan.submitted_on is None:
        raise UserError(
            N_("“{title}” was not submitted yet; it is changed without an adjustment."),
            title=plan.title,
        )
    if plan.closed_on is not None:
        raise UserError(
            N_("“{title}” is closed since {day:full}."), title=plan.title, day=plan.closed_on
        )
    guard.not_ahead(day, N_("{day:full} has not come yet."))
    if day < plan.submitted_on:
        raise UserError(
            N_("“{title}” was submitted on {day:full}, after this adjustment."),
            title=plan.title,
            day=plan.submitted_on,
        )
    if meeting_id is None and not kept["consulted"]:
        raise UserError(
            N_("An adjustment needs the meeting that was consulted."),
            hint=N_("Choose the meeting, or write down who was consulted and how."),
        )
    if meeting_id is not None and tx.get(Meeting, meeting_id) is None:
        raise UserError(N_("There is no meeting {id}."), hint=MEANWHILE, id=meeting_id)
    if guard.open_edition(tx, commitment_id) is not None:
        raise UserError(
            N_("An adjustment of “{title}” is open."),
            hint=N_("Close or withdraw it first."),
            title=row.title,
        )
    opened = CommitmentEdition(
        commitment_id=commitment_id,
        edition=row.edition,
        adjusted_on=day,
        meeting_id=meeting_id,
        content=promise(tx, commitment_id),
        **kept,
    )
    tx.add(opened)
    tx.flush()
    return opened.id


@usecase("Close adjustment")
def close_adjustment(tx: Session, *, commitment_id: int, closed_on: dt.date | None = None) -> int:
    """Freeze the promise again, as the next edition; return the edition row's id.

    Raises UserError while nothing was changed, where no adjustment is open, and for a day ahead or
    before it was opened.
    """
    row = guard.commitment(tx, commitment_id)
    opened = _opened(tx, commitment_id)
    day = closed_on or clock.today()
    guard.not_ahead(day, N_("{day:full} has not come yet."))
    if day < opened.adjusted_on:
        raise UserError(
            N_("The adjustment of “{title}” was begun on {day:full}."),
            hint=N_("Enter that day or a later one."),
            title=row.title,
            day=opened.adjusted_on,
        )
    if not compare(opened.content, promise(tx, commitment_id)):
        raise UserError(
            N_("Nothing of “{title}” was changed."),
            hint=N_("Withdraw the adjustment, or change the promise first."),
            title=row.title,
        )
    change(opened, {"closed_on": day})
    change(row, {"edition": opened.edition + 1})
    return opened.id


@usecase("Withdraw adjustment")
def withdraw_adjustment(tx: Session, *, commitment_id: int) -> None:
    """Take back an adjustment that changed nothing; raise UserError once it changed something."""
    row = guard.commitment(tx, commitment_id)
    opened = _opened(tx, commitment_id)
    changed = compare(opened.content, promise(tx, commitment_id))
    if changed:
        raise UserError(
            NN_(
                "The adjustment of “{title}” changed {n} thing.",
                "The adjustment of “{title}” changed {n} things.",
            ),
            hint=N_("Undo the changes, or close the adjustment."),
            title=row.title,
            n=len(changed),
        )
    tx.delete(opened)


@usecase("Edit adjustment")
def edit_adjustment(tx: Session, *, edition_id: int, reason_en: str) -> int:
    """Write the English of the reason; the Korean stays as it was given."""
    row = tx.get(CommitmentEdition, edition_id)
    if row is None:
        raise UserError(N_("There is no adjustment {id}."), hint=MEANWHILE, id=edition_id)
    change(row, tidy({"reason_en": reason_en}, ("reason_en",)))
    return edition_id


def editions(read: Session, commitment_id: int) -> list[EditionRow]:
    """List the adjustments of a commitment, the latest first, each with what it changed."""
    rows = read.execute(
        select(CommitmentEdition, Meeting.title)
        .outerjoin(Meeting, Meeting.id == CommitmentEdition.meeting_id)
        .where(CommitmentEdition.commitment_id == commitment_id)
        .order_by(CommitmentEdition.edition.desc())
    ).all()
    after: Mapping[str, Any] = promise(read, commitment_id) if rows else {}
    made = []
    for one, title in rows:
        made.append(
            EditionRow(
                one.id,
                one.edition,
                one.adjusted_on,
                one.reason,
                one.reason_en,
                one.consulted,
                one.meeting_id,
                title or "",
                one.closed_on,
                one.content,
                tuple(compare(one.content, after)),
            )
        )
        after = one.content
    return made


def _opened(tx: Session, commitment_id: int) -> CommitmentEdition:
    opened = guard.open_edition(tx, commitment_id)
    if opened is None:
        title = guard.commitment(tx, commitment_id).title
        raise UserError(NOT_OPEN, title=title)
    return opened
