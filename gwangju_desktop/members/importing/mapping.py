"""Which column of a list of members holds which field; at least one must say who it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from gwangju_desktop.errors import UserError
from gwangju_desktop.members.importing.columns import Columns
from gwangju_desktop.members.importing.fields import FIELDS, titles
from gwangju_desktop.members.importing.reading import Source
from gwangju_desktop.text import N_

# What kind of record a row is, only JSON says.
_COLUMNS = Columns(FIELDS, titles, aside=("entity",), forms=("popolo", "oparl"))
# The fields a column may be mapped to.
CHOICES = _COLUMNS.choices
guess = _COLUMNS.guess
remember = _COLUMNS.remember


def remembered(read: Session, *, source: Source) -> tuple[str, ...]:
    """Return how the source's columns were read last time, or else the guess."""
    return _COLUMNS.remembered(read, source)


def said(source: Source, mapping: Sequence[str], given: Mapping[str, str]) -> tuple[str, ...]:
    """Return the mapping with some columns, by title or letter, mapped as given ("-": ignored).

    Raises UserError for a column or field that there is not, or a field given twice.
    """
    found = _COLUMNS.said(source, mapping, given)
    check(source, found)
    return found


def check(source: Source, mapping: Sequence[str]) -> None:
    """Raise UserError when no column names people, or two hold the same field."""
    _COLUMNS.refuse_doubled(source, mapping)
    if not {"name", "uid", "entity"} & set(mapping):
        raise UserError(
            N_("Which column of {file} holds the names?"),
            hint=N_("Its columns are: {columns}."),
            file=source.name,
            columns=", ".join(source.titles),
        )
