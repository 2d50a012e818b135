"""How it goes: notes, the status set by hand with its reason, and causes of delay."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from db.schema.commitments import Milestone, ProgressNote
from db.store import usecase
from db.vocab import OwnStatus
from gwangju_desktop import clock
from gwangju_desktop.commitments import guard
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import MEANWHILE, change, found, required, tidy
from gwangju_desktop.text import N_

FIELDS = ("noted_on", "department", "text", "text_en")
NO_NOTE = N_("There is no note {id} on progress.")
NO_TEXT = N_("Enter how it goes.")


@usecase("Add progress note")
def add_note(
    tx: Session,
    *,
    commitment_id: int,
    text: str,
    milestone_id: int | None = None,
    noted_on: dt.date | None = None,
    department: str = "",
    text_en: str = "",
) -> int:
    """Write down how a commitment or one of its milestones goes; return the note's id.

    Raises UserError without a text, for a day ahead, and for a milestone of another commitment.
    """
    guard.commitment(tx, commitment_id)
    if (
        milestone_id is not None
        and guard.milestone(tx, milestone_id).commitment_id != commitment_id
    ):
        raise UserError(guard.NO_MILESTONE, hint=MEANWHILE, id=milestone_id)
    fields = _checked(
        {
            "text": text,
            "text_en": text_en,
            "department": department,
            "noted_on": noted_on or clock.today(),
        }
    )
    row = ProgressNote(commitment_id=commitment_id, milestone_id=milestone_id, **fields)
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Edit progress note")
def edit_note(tx: Session, *, note_id: int, **values: Any) -> int:
    """Change a note; refused as in `add_note`."""
    change(found(tx, ProgressNote, note_id, NO_NOTE), _checked(values))
    return note_id


@usecase("Remove progress note")
def remove_note(tx: Session, *, note_id: int) -> None:
    """Take a note away."""
    tx.delete(found(tx, ProgressNote, note_id, NO_NOTE))


@usecase("Set own status")
def set_own_status(
    tx: Session,
    *,
    commitment_id: int,
    status: str,
    reason: str,
    on: dt.date | None = None,
    merged_into_id: int | None = None,
) -> int:
    """Let a status (OwnStatus) win over the one that is worked out.

    Raises UserError without a reason, for a day ahead, for one merged without the commitment it
    went into, and for one merged into itself.
    """
    row = guard.commitment(tx, commitment_id)
    code = OwnStatus(status)
    kept = required(
        tidy({"reason": reason}, ("reason",))["reason"],
        N_("A status set by hand needs its reason."),
    )
    day = on or clock.today()
    guard.not_ahead(day, N_("{day:full} has not come yet."))
    if code == OwnStatus.MERGED:
        if merged_into_id is None or merged_into_id == commitment_id:
            raise UserError(N_("Name the other commitment “{title}” went into."), title=row.title)
        guard.commitment(tx, merged_into_id)
    change(
        row,
        {
            "own_status": code.value,
            "own_status_reason": kept,
            "own_status_on": day,
            "merged_into_id": merged_into_id if code == OwnStatus.MERGED else None,
        },
    )
    return commitment_id


@usecase("Clear own status")
def clear_own_status(tx: Session, *, commitment_id: int) -> int:
    """Let the status be the one that is worked out again."""
    row = guard.commitment(tx, commitment_id)
    change(
        row,
        {
            "own_status": "",
            "own_status_reason": "",
            "own_status_on": None,
            "merged_into_id": None,
        },
    )
    return commitment_id


@usecase("Set cause of delay")
def set_delay_cause(
    tx: Session,
    *,
    delay_cause: str | None = None,
    delay_cause_en: str | None = None,
    commitment_id: int | None = None,
    milestone_id: int | None = None,
) -> int:
    """Write why a commitment or a milestone is late, in one or both languages; return its id.

    Raises UserError where the cause of a milestone completed late would be left empty.
    """
    given = {"delay_cause": delay_cause, "delay_cause_en": delay_cause_en}
    fields = tidy({name: text for name, text in given.items() if text is not None}, given)
    if milestone_id is None:
        if commitment_id is None:
            raise TypeError("a cause is of a commitment or of a milestone")
        change(guard.commitment(tx, commitment_id), fields)
        return commitment_id
    row = guard.milestone(tx, milestone_id)
    change(row, fields)
    refuse_uncaused(row)
    return milestone_id


def refuse_uncaused(row: Milestone) -> None:
    """Raise UserError for a milestone that was completed after its day without a cause."""
    done, due = row.completed_on, row.due_on
    if done is not None and due is not None and done > due and not row.delay_cause:
        raise UserError(
            N_("“{title}” was due on {day:full}; enter why it took longer."),
            title=row.title,
            day=due,
        )


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    fields = tidy(values, FIELDS)
    if "text" in fields:
        fields["text"] = required(fields["text"], NO_TEXT)
    if "noted_on" in fields:
        guard.not_ahead(fields["noted_on"], N_("{day:full} has not come yet."))
    return fields
