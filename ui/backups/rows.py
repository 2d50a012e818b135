"""Backups as rows of a list."""

from __future__ import annotations

from dataclasses import dataclass

from gwangju_desktop.backups.notes import Listed
from ui.backups import words
from ui.models.rows import Cell, Column, Table
from ui.text import C_, N_, Msg, say


@dataclass(frozen=True, slots=True)
class Row:
    """A backup and where it lies: beside the office, or in the second folder."""

    id: int
    listed: Listed
    second: bool = False

    @property
    def where(self) -> Msg:
        """Return where it lies."""
        return N_("second folder") if self.second else N_("beside the office")


def _when(row: Row) -> Cell:
    return Cell(say(N_("{at:when}"), at=row.listed.made_at), role="secb")


def _why(row: Row) -> Cell:
    return Cell(say(row.listed.why))


def _holds(row: Row) -> Cell:
    note = row.listed.note
    if note is None or not note.records:
        return Cell("–", ink="text3")
    told = N_("{records:,} records, {files:,} files")
    return Cell(say(told, records=note.records, files=note.files))


def _size(row: Row) -> Cell:
    told, n = words.size(row.listed.bytes)
    return Cell(say(told, n=n))


def _state(row: Row) -> Cell:
    one = row.listed
    if one.note is not None and one.note.wrong:
        return Cell(chip=say(C_("backup", "damaged")), tone="bad")
    if one.whole:
        return Cell(chip=say(C_("backup", "checked")), tone="ok")
    return Cell(chip=say(C_("backup", "not checked")), tone="neu")


def _where(row: Row) -> Cell:
    icon = "lock" if row.listed.sealed else ""
    return Cell(say(row.where), icon=icon)


BACKUPS = Table(
    (
        Column("when", C_("backup", "Made at"), 186, cell=_when),
        Column("why", C_("backup", "Why"), 0, cell=_why),
        Column("state", C_("backup", "State"), 118, cell=_state),
        Column("size", C_("backup", "Size"), 82, "right", cell=_size),
        Column("where", C_("backup", "Where"), 132, cell=_where),
        Column("holds", C_("backup", "Holds"), 200, cell=_holds, wide=True),
    ),
    name="backups",
)
