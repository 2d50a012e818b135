"""Checks that every use case makes of what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from db.base import Recorded
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.rules import holds_registration_number
from gwangju_desktop.text import N_, Msg

Entity = TypeVar("Entity", bound=Recorded)

# PostgreSQL refuses NUL in a text; half of a surrogate pair, as a broken file name may bring it,
# can be written in no encoding.
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


def required(text: str, message: Msg) -> str:
    """Return the text without blanks around it; raise UserError with `message` when empty."""
    kept = writable(text)
    if not kept:
        raise UserError(message)
    return kept


def writable(text: str) -> str:
    """Return the text without what no database keeps, and without blanks around it."""
    return _UNWRITABLE.sub("", text).strip()


def tidy(values: Mapping[str, Any], allowed: Iterable[str]) -> dict[str, Any]:
    """Return the values with texts stripped, refusing barred texts; unknown names are our bug."""
    unknown = set(values) - set(allowed)
    if unknown:
        raise TypeError(f"no such fields: {sorted(unknown)}")
    tidied = {
        name: writable(value) if isinstance(value, str) else value for name, value in values.items()
    }
    refuse_registration_numbers(tidied)
    return tidied


def refuse_registration_numbers(values: Mapping[str, Any]) -> None:
    """Raise UserError when a text holds a resident registration number, without repeating it."""
    for value in values.values():
        if isinstance(value, str) and holds_registration_number(value):
            raise UserError(
                N_("A resident registration number may not be kept here."),
                hint=N_("Take it out of the text; the law allows no office to store it for this."),
            )


def change(row: Recorded, values: Mapping[str, Any]) -> None:
    """Set the attributes that differ, so that saving an untouched form changes nothing."""
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def found(tx: Session, entity: type[Entity], id: int, message: Msg) -> Entity:
    """Return the row; raise UserError with `message` when there is none of this `{id}`."""
    row = tx.get(entity, id)
    if row is None:
        raise UserError(message, id=id)
    return row
