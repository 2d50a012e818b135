"""Checks that every use case makes of what was typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from gwangju_desktop.errors import UserError
from gwangju_desktop.members import barred
from gwangju_desktop.text import N_, Msg

if TYPE_CHECKING:
    # What reads foreign files in a child cleans texts too, and starts without the database.
    from sqlalchemy.orm import Session

    from db.base import Recorded

Entity = TypeVar("Entity", bound="Recorded")
MEANWHILE = N_("It may have been taken away meanwhile; look at the list again.")

# PostgreSQL refuses NUL in a text; half of a surrogate pair, as a broken file name may bring it,
# can be written in no encoding; no page and no spreadsheet can show the other control characters.
_UNWRITABLE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def required(text: str, message: Msg) -> str:
    """Return the text without blanks around it; raise UserError with `message` when empty."""
    kept = writable(text)
    if not kept:
        raise UserError(message)
    return kept


def writable(text: str) -> str:
    """Return the text as it is kept: NFC, lines ended by LF, no blanks around it.

    Control characters go, all else stays literally. NFC because file names of a Mac and some
    spreadsheets bring Hangul as single letters (NFD), which look the same and are not found.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNWRITABLE.sub("", lines)).strip()


def tidy(values: Mapping[str, Any], allowed: Iterable[str]) -> dict[str, Any]:
    """Return the values with texts as they are kept, refusing barred numbers; unknown names are our bug."""
    unknown = set(values) - set(allowed)
    if unknown:
        raise TypeError(f"no such fields: {sorted(unknown)}")
    tidied = {
        name: writable(value) if isinstance(value, str) else value for name, value in values.items()
    }
    barred.refuse(tidied)
    return tidied


def change(row: Recorded, values: Mapping[str, Any]) -> None:
    """Set the attributes that differ, so that saving an untouched form changes nothing."""
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def found(tx: Session, entity: type[Entity], id: int, message: Msg) -> Entity:
    """Return the row; raise UserError with `message` when there is none of this `{id}`."""
    row = tx.get(entity, id)
    if row is None:
        raise UserError(message, hint=MEANWHILE, id=id)
    return row
