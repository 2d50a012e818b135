"""Filters of the roll that somebody named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.office import SavedFilter
from db.store import usecase
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import found, required, tidy
from gwangju_desktop.meetings.rules import GAP
from gwangju_desktop.text import N_

ROOM = "members"
# What the roll is asked with; `on` is a day as 2022-03-11, absent for today.
ASKED = ("body_id", "on", "words", "role", "capacity", "field", "ending")
NO_FILTER = N_("There is no filter {id}.")
NO_NAME = N_("A filter needs a name.")


@dataclass(frozen=True, slots=True)
class FilterRow:
    """A named filter and what it asks for."""

    id: int
    name: str
    query: dict[str, Any]


def filters(read: Session) -> list[FilterRow]:
    """List the filters in the order they were saved."""
    kept = select(SavedFilter).where(SavedFilter.room == ROOM).order_by(SavedFilter.position)
    return [FilterRow(row.id, row.name, dict(row.query)) for row in read.scalars(kept).all()]


@usecase("Save filter")
def save_filter(tx: Session, *, name: str, query: dict[str, Any]) -> int:
    """Keep what the roll is asked with under a name of its own."""
    unknown = set(query) - set(ASKED)
    if unknown:
        raise TypeError(f"no such conditions: {sorted(unknown)}")
    words = {key: value for key, value in query.items() if value not in (None, "")}
    last = tx.scalar(select(func.max(SavedFilter.position)).where(SavedFilter.room == ROOM)) or 0
    row = SavedFilter(room=ROOM, name=_name(tx, name), query=words, position=last + GAP)
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Rename filter")
def rename_filter(tx: Session, *, id: int, name: str) -> int:
    """Give a filter another name."""
    row = found(tx, SavedFilter, id, NO_FILTER)
    row.name = _name(tx, name, but=id)
    return id


@usecase("Remove filter")
def remove_filter(tx: Session, *, id: int) -> int:
    """Forget a filter."""
    tx.delete(found(tx, SavedFilter, id, NO_FILTER))
    return id


def _name(tx: Session, name: str, but: int | None = None) -> str:
    """Return the name as it is kept; refuse one that another filter has."""
    kept = required(tidy({"name": name}, ("name",))["name"], NO_NAME)
    if any(row.name == kept and row.id != but for row in filters(tx)):
        raise UserError(
            N_("There is already a filter “{name}”."), hint=N_("Choose another name."), name=kept
        )
    return kept
