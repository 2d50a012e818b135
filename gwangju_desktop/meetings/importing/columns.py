"""Which column of a register holds which field; some must be there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings.importing.fields import FIELDS, titles
from gwangju_desktop.members.importing.columns import Columns
from gwangju_desktop.members.importing.reading import Source
from gwangju_desktop.text import N_

_COLUMNS = Columns(FIELDS, titles, kind="register")
CHOICES = _COLUMNS.choices
guess = _COLUMNS.guess
remember = _COLUMNS.remember


def remembered(read: Session, *, source: Source) -> tuple[str, ...]:
    """Return how the source's columns were read last time, or else the guess."""
    return _COLUMNS.remembered(read, source)


def said(source: Source, mapping: Sequence[str], given: Mapping[str, str]) -> tuple[str, ...]:
    """Return the mapping with some columns mapped as given ("-": ignored); raises UserError."""
    found = _COLUMNS.said(source, mapping, given)
    check(source, found)
    return found


def check(source: Source, mapping: Sequence[str]) -> None:
    """Raise UserError when no column holds days, or two hold the same field."""
    _COLUMNS.refuse_doubled(source, mapping)
    if "day" not in mapping:
        raise UserError(
            N_("Which column of {file} holds the days of the meetings?"),
            hint=N_("Its columns are: {columns}."),
            file=source.name,
            columns=", ".join(source.titles),
        )
