"""Private notes of the office on a proposal: never printed, never in a copy."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.schema.handling import ProposalNote
from db.store import usecase
from gwangju_desktop import clock
from gwangju_desktop.forms import change, found, required
from gwangju_desktop.meetings.notes import kept
from gwangju_desktop.proposals.receipt import proposal_of
from gwangju_desktop.text import N_

NO_NOTE = N_("There is no note {id}.")
NO_TEXT = N_("A note needs a text.")


@usecase("Add a private note")
def add_note(tx: Session, *, id: int, text: str) -> int:
    """Write down what is for the office only; raise UserError for an empty text."""
    proposal = proposal_of(tx, id)
    note = ProposalNote(proposal_id=proposal.id, at=clock.now(), text=required(kept(text), NO_TEXT))
    tx.add(note)
    tx.flush()
    return note.id


@usecase("Edit a private note")
def edit_note(tx: Session, *, note_id: int, text: str) -> int:
    """Change a note; its moment stays that of the first writing."""
    note = found(tx, ProposalNote, note_id, NO_NOTE)
    change(note, {"text": required(kept(text, note.text), NO_TEXT)})
    return note_id


@usecase("Remove a private note")
def remove_note(tx: Session, *, note_id: int) -> None:
    """Take a note away."""
    tx.delete(found(tx, ProposalNote, note_id, NO_NOTE))
