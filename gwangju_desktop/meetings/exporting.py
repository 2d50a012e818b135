"""The meeting register as a file: CSV or XLSX, which imports again with nothing changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from db.files import atomic_write
from db.schema.members import Body
from db.vocab import MeetingState
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings.importing import known, values
from gwangju_desktop.meetings.importing.fields import FIELDS, OF_ITEM, OF_MEETING
from gwangju_desktop.meetings.importing.model import Held
from gwangju_desktop.members.exporting import csv_bytes, write_workbook
from gwangju_desktop.text import N_, language, words

SUFFIXES = (".csv", ".xlsx")
COLUMNS = tuple(FIELDS)


@dataclass(frozen=True, slots=True)
class Register:
    """What will be written: rows of fields, an item each, and how many meetings they tell of."""

    rows: list[dict[str, Any]]
    meetings: int


def register(read: Session, *, body_id: int | None = None) -> Register:
    """Return the meetings of a body, or of all, that are over or were not held.

    Raises UserError when there is no such body.
    """
    query = {body.id: body.name_ko for body in read.query(Body).all()}
    if body_id is not None and body_id not in query:
        raise UserError(
            N_("There is no body {id}."), hint=N_("See the list of bodies."), id=body_id
        )
    bodies = list(query) if body_id is None else [body_id]
    held = [one for one in known.read_all(read, bodies) if _is_past(one)]
    rows = [row for one in held for row in _rows(query[one.body_id], one)]
    return Register(rows, len(held))


def check(path: Path) -> None:
    """Raise UserError when the suffix is none of ours or the folder is not there."""
    if path.suffix.lower() not in SUFFIXES:
        raise UserError(
            N_("A register is written as .csv or .xlsx, not “{suffix}”."),
            suffix=path.suffix or path.name,
        )
    if not path.absolute().parent.is_dir():
        raise UserError(
            N_("There is no folder {folder}."),
            hint=N_("Choose another place."),
            folder=path.absolute().parent.name,
        )


def write(path: Path, made: Register) -> None:
    """Write the register as the file's suffix says, whole or not at all."""
    say, spoken = words(), language()
    head = [say(FIELDS[key].title) for key in COLUMNS]
    rows = [[_said(key, row.get(key), spoken) for key in COLUMNS] for row in made.rows]
    with atomic_write(path) as file:
        if path.suffix.lower() == ".xlsx":
            write_workbook(file, say(N_("Meeting register")), head, rows)
        else:
            file.write(csv_bytes(head, rows))


def _is_past(held: Held) -> bool:
    state = MeetingState(held.state)
    return state.over or state.dropped


def _rows(body: str, held: Held) -> list[dict[str, Any]]:
    """Return a row for each item, the meeting repeated in every one: filters then keep working."""
    meeting = {key: held.facts.get(key) for key in OF_MEETING} | {"body": body}
    end: dt.datetime | None = meeting["end"]
    if end is not None and end.date() == meeting["day"]:
        meeting["end"] = end.time()
    if not held.items:
        return [meeting]
    return [meeting | _item(held, item.facts) for item in held.items]


def _item(held: Held, facts: dict[str, Any]) -> dict[str, Any]:
    told = {key: facts.get(key) for key in OF_ITEM}
    for key in ("begun", "ended"):
        at = told[key]
        if at is not None and at.date() == held.facts["day"]:
            told[key] = at.time()
    return told


def _said(key: str, value: Any, spoken: str) -> str:
    if value is None or value == "":
        return ""
    if key in values.SPOKEN:
        return values.spoken(key, value, spoken)
    if key == "public":
        return words(spoken)(values.OPEN if value else values.CLOSED)
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)
