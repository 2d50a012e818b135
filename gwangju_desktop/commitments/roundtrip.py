"""Progress and translations in a spreadsheet: the same columns go out and come in.

Filling in a list of milestones in a form is tedious, so it is not done; departments get a sheet.
Rows are lists of plain cells: text, whole numbers, days. Who reads and writes XLSX is not here.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.commitments import Commitment, Milestone, ProgressNote
from db.store import usecase
from db.vocab import MilestoneState
from gwangju_desktop import clock
from gwangju_desktop.backups.why import Why, saved_first
from gwangju_desktop.commitments import guard, milestones, progress, translating
from gwangju_desktop.commitments.words import MILESTONES
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import writable
from gwangju_desktop.proposals.importing import values
from gwangju_desktop.text import C_, LANGUAGES, N_, Msg, say, words

Cells = Sequence[Any]
CODE, NUMBER, TITLE, TITLE_EN = "code", "number", "title", "title_en"
OUTPUT, OUTPUT_EN, DUE = "output", "output_en", "due_on"
STATE, STARTED, COMPLETED = "state", "started_on", "completed_on"
CAUSE, CAUSE_EN, NOTE, NOTE_EN = "delay_cause", "delay_cause_en", "note", "note_en"
PROGRESS: dict[str, Msg] = {
    CODE: C_("sheet", "Commitment"),
    NUMBER: C_("sheet", "Milestone no."),
    TITLE: C_("sheet", "Milestone"),
    TITLE_EN: C_("sheet", "Milestone (English)"),
    OUTPUT: C_("sheet", "Output"),
    OUTPUT_EN: C_("sheet", "Output (English)"),
    DUE: C_("sheet", "Planned end"),
    STATE: C_("sheet", "State"),
    STARTED: C_("sheet", "Begun on"),
    COMPLETED: C_("sheet", "Completed on"),
    CAUSE: C_("sheet", "Cause of delay"),
    CAUSE_EN: C_("sheet", "Cause of delay (English)"),
    NOTE: C_("sheet", "Latest note"),
    NOTE_EN: C_("sheet", "Latest note (English)"),
}
ENGLISH: dict[str, Msg] = {
    "key": C_("sheet", "Key"),
    "what": C_("sheet", "What"),
    "text": C_("sheet", "Korean"),
    "text_en": C_("sheet", "English"),
}
# What a row is told apart by; the others may be left out of a sheet.
_KEYS = (CODE, NUMBER)
_MOST_ROWS = 20_000


def export_progress(read: Session, plan_id: int) -> list[list[Any]]:
    """Return a head and one row for each milestone of a plan, in the current language."""
    rows: list[list[Any]] = [[say(head) for head in PROGRESS.values()]]
    latest = _notes(read, plan_id)
    for code, step in _steps(read, plan_id):
        note = latest.get(step.id)
        cells = {
            CODE: code,
            NUMBER: step.number,
            STATE: say(MILESTONES[step.state]),
            NOTE: note.text if note else "",
            NOTE_EN: note.text_en if note else "",
        }
        rows.append(
            [cells[name] if name in cells else getattr(step, name) or "" for name in PROGRESS]
        )
    return rows


@saved_first(Why.IMPORT)
@usecase("Import progress of milestones")
def import_progress(tx: Session, *, plan_id: int, rows: Sequence[Cells]) -> dict[str, int]:
    """Take progress from a sheet as `export_progress` writes it, all or nothing.

    An empty cell of a day takes the day away; a column that is left out changes nothing; a note
    that differs from the latest is added. Return `rows`, `changed`, `notes`. Raises UserError
    naming the row for a milestone that is not there, named twice, or what its verb refuses.
    """
    guard.plan(tx, plan_id)
    named = {(code, step.number): step for code, step in _steps(tx, plan_id)}
    latest = _notes(tx, plan_id)
    seen: set[int] = set()
    changed = notes = 0
    columns, body = _read(rows, PROGRESS, _KEYS)
    for line, cells in body:
        row = {name: cells[at] if at < len(cells) else "" for name, at in columns.items()}
        with _at(line):
            step = named.get((_text(row[CODE]), _whole(row[NUMBER]) or 0))
            if step is None:
                raise UserError(
                    N_("“{code}” has no milestone {n}."), code=_text(row[CODE]), n=row[NUMBER]
                )
            if step.id in seen:
                raise UserError(N_("Milestone {n} stands in the sheet twice."), n=step.number)
            seen.add(step.id)
            before = _facts(step)
            _apply(tx, step, row)
            changed += before != _facts(step)
            notes += _note(tx, step, row, latest.get(step.id))
    return {"rows": len(body), "changed": changed, "notes": notes}


def export_english(read: Session, plan_id: int) -> list[list[Any]]:
    """Return a head and one row for each text of a plan without English that may be written here.

    The first column names the text for the way back.
    """
    rows: list[list[Any]] = [[say(head) for head in ENGLISH.values()]]
    for one in translating.listed(read, plan_id):
        if one.editable:
            rows.append([f"{one.table}:{one.id}:{one.field}", str(one.label), one.text, ""])
    return rows


@saved_first(Why.IMPORT)
@usecase("Import translations")
def import_english(tx: Session, *, plan_id: int, rows: Sequence[Cells]) -> dict[str, int]:
    """Take translations from a sheet as `export_english` writes it, all or nothing.

    Empty cells change nothing, and neither do texts that have their English by now. Return `rows`
    and `changed`. Raises UserError naming the row for a key that is no text of this plan, and where
    the Korean was changed since the sheet was written.
    """
    guard.plan(tx, plan_id)
    waiting = {f"{one.table}:{one.id}:{one.field}": one for one in translating.listed(tx, plan_id)}
    columns, body = _read(rows, ENGLISH, ("key", "text_en"))
    changed = 0
    for line, cells in body:
        row = {name: cells[at] if at < len(cells) else "" for name, at in columns.items()}
        with _at(line):
            key, text = _text(row["key"]), _text(row["text_en"])
            one = waiting.get(key)
            if not text:
                continue
            if one is None:
                _known(key)
                continue
            if "text" in row and _text(row["text"]) != _text(one.text):
                raise UserError(
                    N_("The Korean was changed since the sheet was written: “{text}”."),
                    hint=N_("Write the sheet anew."),
                    text=one.text[:60],
                )
            translating.translate(tx, table=one.table, row_id=one.id, field=one.field, text=text)
            changed += 1
    return {"rows": len(body), "changed": changed}


# --- reading a sheet --------------------------------------------------------------------------


def _read(
    rows: Sequence[Cells], known: dict[str, Msg], needed: Sequence[str]
) -> tuple[dict[str, int], list[tuple[int, Cells]]]:
    """Return where each column stands, and the rows that hold something with their numbers."""
    if len(rows) > _MOST_ROWS:
        raise UserError(N_("The sheet has more than {most:,} rows."), most=_MOST_ROWS)
    names = {_text(words(code)(head)): key for code in LANGUAGES for key, head in known.items()} | {
        key: key for key in known
    }
    columns: dict[str, int] = {}
    for at, cell in enumerate(rows[0] if rows else ()):
        key = names.get(_text(cell), "")
        if key and key not in columns:
            columns[key] = at
    missing = [known[name] for name in needed if name not in columns]
    if missing:
        raise UserError(
            N_("The sheet has no column “{column}”."),
            hint=N_("Write a sheet here first, fill it in, and read that one."),
            column=missing[0],
        )
    body = [
        (line, cells)
        for line, cells in enumerate(rows[1:], start=2)
        if any(_text(cell) for cell in cells)
    ]
    return columns, body


@contextlib.contextmanager
def _at(line: int) -> Iterator[None]:
    """Let what is refused name the row of the sheet."""
    try:
        yield
    except UserError as error:
        raise UserError(N_("Row {row}: {why}"), row=line, why=str(error)) from error


def _text(cell: Any) -> str:
    return "" if cell is None else writable(str(cell))


def _whole(cell: Any) -> int | None:
    text = _text(cell).removesuffix(".0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _day(cell: Any) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    return values.day(_text(cell))


def _state(cell: Any, held: str) -> str:
    """Return the state a cell names in either language; an empty one is as it was."""
    word = _text(cell)
    if not word:
        return held
    for state, label in MILESTONES.items():
        if word in (state, *(words(code)(label) for code in LANGUAGES)):
            return str(state)
    raise UserError(
        N_("“{word}” is no state of a milestone."),
        hint=N_("Write one of: {states}."),
        word=word,
        states=", ".join(say(label) for label in MILESTONES.values()),
    )


def _known(key: str) -> None:
    """Raise UserError for a key of no table; what has its English by now is none of them."""
    if not translating.is_key(key):
        raise UserError(N_("“{key}” names no text of this plan."), key=key)


# --- writing progress -------------------------------------------------------------------------


def _apply(tx: Session, step: Milestone, row: dict[str, Any]) -> None:
    """Bring a milestone to what its row says, by the verbs that refuse what may not be."""
    texts = {
        name: _text(row[name])
        for name in (TITLE, TITLE_EN, OUTPUT, OUTPUT_EN, CAUSE, CAUSE_EN)
        if name in row
    }
    fields: dict[str, Any] = texts | ({DUE: _day(row[DUE])} if DUE in row else {})
    if fields:
        milestones.edit_milestone(tx, milestone_id=step.id, **fields)
    state = _state(row.get(STATE), step.state)
    started = _day(row[STARTED]) if STARTED in row else step.started_on
    completed = _day(row[COMPLETED]) if COMPLETED in row else step.completed_on
    _refuse_contradiction(step, state, started, completed)
    if step.completed_on is not None and completed is None:
        milestones.reopen_milestone(tx, milestone_id=step.id)
    if step.state == MilestoneState.CANCELLED and state != step.state:
        milestones.reopen_milestone(tx, milestone_id=step.id)
    if step.started_on is not None and started is None and step.completed_on is None:
        milestones.reopen_milestone(tx, milestone_id=step.id)
    if started is not None and started != step.started_on:
        milestones.start_milestone(tx, milestone_id=step.id, started_on=started)
    if completed is not None and completed != step.completed_on:
        milestones.complete_milestone(tx, milestone_id=step.id, completed_on=completed)
    if state == MilestoneState.CANCELLED and state != step.state:
        milestones.cancel_milestone(tx, milestone_id=step.id)


def _refuse_contradiction(
    step: Milestone, state: str, started: dt.date | None, completed: dt.date | None
) -> None:
    """Raise UserError where the state that was typed and the days that were typed differ.

    A day alone is enough: who enters when something was completed need not change its state too.
    """
    if state == step.state:
        return
    if state == MilestoneState.COMPLETED and completed is None:
        raise UserError(N_("Milestone {n} is completed: enter the day."), n=step.number)
    if state == MilestoneState.IN_PROGRESS and started is None:
        raise UserError(
            N_("Milestone {n} is in progress: enter the day it was begun."), n=step.number
        )
    if state != MilestoneState.COMPLETED and completed is not None:
        raise UserError(
            N_("Milestone {n} has a day of completion and another state."),
            hint=N_("Delete the day, or set the state to completed."),
            n=step.number,
        )
    if state == MilestoneState.NOT_STARTED and started is not None:
        raise UserError(
            N_("Milestone {n} has a day on which it was begun and was not begun."),
            hint=N_("Delete the day, or set the state to in progress."),
            n=step.number,
        )


def _note(tx: Session, step: Milestone, row: dict[str, Any], latest: ProgressNote | None) -> int:
    """Add what is new in the note of a row; return how many notes that makes."""
    text, english = _text(row.get(NOTE)), _text(row.get(NOTE_EN))
    if not text:
        return 0
    if latest is not None and text == latest.text:
        if NOTE_EN in row and english != latest.text_en:
            progress.edit_note(tx, note_id=latest.id, text_en=english)
        return 0
    progress.add_note(
        tx,
        commitment_id=step.commitment_id,
        milestone_id=step.id,
        text=text,
        text_en=english if latest is None or english != latest.text_en else "",
        noted_on=clock.today(),
    )
    return 1


def _facts(step: Milestone) -> tuple[Any, ...]:
    return (
        *(getattr(step, name) for name in PROGRESS if hasattr(step, name)),
        step.state,
        step.delay_cause,
    )


def _steps(read: Session, plan_id: int) -> list[tuple[str, Milestone]]:
    query = (
        select(Commitment.code, Milestone)
        .join(Milestone, Milestone.commitment_id == Commitment.id)
        .where(Commitment.plan_id == plan_id)
        .order_by(Commitment.position, Commitment.id, Milestone.position, Milestone.id)
    )
    return [(row[0], row[1]) for row in read.execute(query)]


def _notes(read: Session, plan_id: int) -> dict[int, ProgressNote]:
    """Return the latest note of each milestone of a plan."""
    query = (
        select(ProgressNote)
        .join(Commitment, Commitment.id == ProgressNote.commitment_id)
        .where(Commitment.plan_id == plan_id, ProgressNote.milestone_id.is_not(None))
        .order_by(ProgressNote.noted_on, ProgressNote.id)
    )
    return {
        note.milestone_id: note for note in read.scalars(query) if note.milestone_id is not None
    }
