"""Notes taken live, for each item and for the meeting at large, as Markdown.

What is being typed is kept as a draft every few seconds, without an entry in the journal; it is
recorded, as one entry, when the item is left, at a pause and at a step of the meeting.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import drafts
from db.schema.meetings import AgendaItem, Meeting
from db.schema.minutes import Note
from db.store import usecase
from db.vocab import MeetingState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, writable
from gwangju_desktop.meetings import guards
from gwangju_desktop.members import barred
from gwangju_desktop.text import N_

# Where drafts of texts lie that belong to no item.
AT_LARGE, MINUTES = 0, -1
# A time mark as Ctrl+; writes it.
MARK = re.compile(r"\[([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?\]")
# Longer than any minutes; a file pasted by mistake is.
LONGEST = 1_000_000
_LOCKED = (MeetingState.CONFIRMED, MeetingState.PUBLISHED)


@dataclass(frozen=True, slots=True)
class NoteRow:
    """What was noted, and a draft that is newer; `version` is None where nothing was recorded."""

    meeting_id: int
    item_id: int | None
    text: str
    version: int | None
    draft: str | None
    draft_at: dt.datetime | None
    locked: bool


def note(read: Session, *, meeting_id: int, item_id: int | None = None) -> NoteRow:
    """Return the notes on an item, or on the meeting at large."""
    meeting = guards.meeting_of(read, meeting_id)
    row = _row(read, meeting_id, item_id)
    text = row.text if row is not None else ""
    found = drafts.of_meeting(read, meeting_id, item_id or AT_LARGE)
    newer = next((one for one in found if one.text.strip() != text), None)
    return NoteRow(
        meeting_id,
        item_id,
        text,
        row.version if row is not None else None,
        newer.text if newer else None,
        clock.local(newer.saved_at) if newer else None,
        meeting.state in _LOCKED,
    )


def of_meeting(read: Session, *, meeting_id: int) -> dict[int | None, str]:
    """Return the notes of a meeting by item, None for those on the meeting at large."""
    found = read.execute(select(Note.item_id, Note.text).where(Note.meeting_id == meeting_id)).all()
    return {item_id: text for item_id, text in found if text}


@usecase("Keep what is being typed", aside=True)
def keep(tx: Session, *, meeting_id: int, item_id: int | None = None, text: str) -> None:
    """Keep what is being typed as a draft, in no journal; raise UserError where nothing may be."""
    _writable(tx, meeting_id)
    row = _row(tx, meeting_id, item_id)
    known = row.text if row is not None else ""
    drafts.keep(tx, meeting_id, item_id or AT_LARGE, kept(text, known), clock.now())


@usecase("Take notes", aside=True)
def record(
    tx: Session, *, meeting_id: int, item_id: int | None = None, text: str, seen: int | None = None
) -> int | None:
    """Record notes and drop their draft; return the version they have now.

    `seen` is the version the writing began from. Raises UserError when somebody else wrote since,
    and for a text that holds what may not be stored.
    """
    meeting = _writable(tx, meeting_id)
    row = _row(tx, meeting.id, item_id)
    said = kept(text, row.text if row is not None else "")
    if row is not None and row.version != seen and row.text != said:
        raise UserError(
            N_("These notes were changed on another PC meanwhile."),
            hint=N_("Choose which of the two texts stays."),
        )
    drafts.drop(tx, meeting_id, item_id or AT_LARGE)
    row = _write(tx, meeting_id, item_id, said)
    return row.version if row is not None else None


@usecase("Drop the draft", aside=True)
def forget(tx: Session, *, meeting_id: int, item_id: int | None = None) -> None:
    """Drop a draft that is not wanted."""
    drafts.drop(tx, meeting_id, item_id or AT_LARGE)


def settle(tx: Session, meeting_id: int) -> None:
    """Record every draft of a meeting's notes that is newer: for the steps of the minutes."""
    items = set(tx.scalars(select(AgendaItem.id).where(AgendaItem.meeting_id == meeting_id)).all())
    for found in drafts.of_meeting(tx, meeting_id):
        if found.item_id == MINUTES:
            continue
        if found.item_id == AT_LARGE or found.item_id in items:
            _write(tx, meeting_id, found.item_id or None, found.text.strip())
        drafts.drop(tx, meeting_id, found.item_id)


def kept(text: str, known: str = "") -> str:
    """Return a text as it is kept; raise UserError for one too long or with a barred number.

    Lines of `known` were looked at when they came. The rest is looked at in small pieces: one long
    search would keep the window's thread from the interpreter.
    """
    if len(text) > LONGEST:
        raise UserError(
            N_("The text has {n:,} characters, more than {longest:,} cannot be kept."),
            hint=N_("Attach long texts as papers."),
            n=len(text),
            longest=LONGEST,
        )
    said = writable(text)
    lines, seen = said.split("\n"), set(known.split("\n"))
    for n, line in enumerate(lines):
        if line not in seen:
            # A number may go on in the next line.
            barred.refuse({"text": "\n".join(lines[max(0, n - 1) : n + 2])})
    return said


def _writable(tx: Session, meeting_id: int) -> Meeting:
    meeting = guards.meeting_of(tx, meeting_id)
    if meeting.state in _LOCKED:
        raise UserError(
            N_("The minutes of {meeting} are confirmed: the notes stay as they are."),
            hint=N_("Reopen the minutes first, with a reason."),
            meeting=meeting.title,
        )
    return meeting


def _row(read: Session, meeting_id: int, item_id: int | None) -> Note | None:
    where = Note.item_id.is_(None) if item_id is None else Note.item_id == item_id
    return read.scalars(select(Note).where(Note.meeting_id == meeting_id, where)).first()


def _write(tx: Session, meeting_id: int, item_id: int | None, text: str) -> Note | None:
    if item_id is not None:
        item = tx.get(AgendaItem, item_id)
        if item is None or item.meeting_id != meeting_id:
            raise UserError(guards.NO_ITEM, id=item_id)
    row = _row(tx, meeting_id, item_id)
    if row is not None:
        change(row, {"text": text})
    elif text:
        row = Note(meeting_id=meeting_id, item_id=item_id, text=text)
        tx.add(row)
    tx.flush()
    return row
