"""One entry whole: each row before and after, as people see it, and where its record lives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import schema
from db.images import canonical
from db.schema.journal import row_change
from gwangju_desktop.history import entries, images, labels, reverting, telling, values
from gwangju_desktop.history.differing import Piece, differing
from gwangju_desktop.history.entries import Line
from gwangju_desktop.history.images import CHANGED, Image, Row
from gwangju_desktop.history.naming import Names
from gwangju_desktop.text import Msg

MOST_ROWS = 40  # rows of an entry that are shown; an import has thousands
LONG = 60  # characters from which on a text is shown by what differs


@dataclass(frozen=True, slots=True)
class Field:
    """A column that changed: what it is called, before and after; `pieces` of a long text."""

    column: str
    label: str
    before: str
    after: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One row of an entry: what it is called, what was done to it, its columns that differ."""

    table: str
    id: int
    record: str
    act: str
    fields: tuple[Field, ...]

    @property
    def did(self) -> Msg:
        """Return what was done to the row."""
        return telling.ACTS[self.act]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record is shown: a page, the record there, what it is called."""

    page: str
    table: str
    id: int
    title: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry with its rows; `hidden` counts those left out, `place` is None where no page shows it."""

    line: Line
    changes: tuple[Change, ...]
    hidden: int
    place: Place | None
    revertible: bool


def entry(read: Session, *, number: int) -> Entry | None:
    """Return an entry with its rows before and after; None when there is none of that number."""
    found = entries.lines(read, [number])
    if not found:
        return None
    line = found[0]
    here = row_change.c.change_id == number
    stored = read.execute(
        select(row_change.c.tbl, row_change.c.pk, row_change.c.body, row_change.c.subject)
        .where(here)
        .order_by(row_change.c.n)
        .limit(MOST_ROWS)
    ).all()
    rows = [images.read(row.tbl, row.pk, row.body, row.subject) for row in stored]
    names = Names(read, rows)
    count = read.scalar(select(func.count()).select_from(row_change).where(here)) or 0
    return Entry(
        line,
        tuple(_change(names, row) for row in rows),
        count - len(rows),
        place(read, rows),
        reverting.may(line.kind) and not line.undone,
    )


def record_said(read: Session, *, table: str, id: int) -> str:
    """Return what a record is called with what it belongs to, be it gone."""
    row = _last(read, table, id)
    return Names(read, [row]).record(row)


def _last(read: Session, table: str, id: int) -> Row:
    """Return a record's row as it stands, or as the journal had it last."""
    standing = _standing(read, table, id)
    if standing:
        return Row(table, id, None, standing)
    query = (
        select(row_change.c.pk, row_change.c.body)
        .where(row_change.c.tbl == table, row_change.c.pk == canonical((id,)))
        .order_by(row_change.c.change_id.desc(), row_change.c.n.desc())
        .limit(1)
    )
    found = read.execute(query).first()
    return images.read(table, found.pk, found.body) if found else Row(table, id, None, None, True)


def place(read: Session, rows: Sequence[Row]) -> Place | None:
    """Return where the record that rows are about is shown, or what it belongs to."""
    from gwangju_desktop import search_records

    first = telling.lead(rows)
    if first is None:
        return None
    waiting: list[tuple[str, int, Image | None]] = [(first.table, first.id, first.image)]
    seen: set[tuple[str, int]] = set()
    while waiting:
        table, id, image = waiting.pop(0)
        if (table, id) in seen:
            continue
        seen.add((table, id))
        found = search_records.where(read, table, id)
        if found is not None:
            return Place(found.page, *found.record, title=found.title)
        held = image if image is not None else _standing(read, table, id)
        owners = labels.load().table(table).of.items()
        waiting += [
            (owner, held[column], None)
            for column, owner in owners
            if isinstance(held.get(column), int)
        ]
    return None


def _standing(read: Session, name: str, id: int) -> Image:
    """Return a row as it stands now; empty where it is gone."""
    table = schema.table(name)
    row = read.execute(select(table).where(table.c.id == id)).mappings().first()
    return dict(row) if row is not None else {}


def _change(names: Names, row: Row) -> Change:
    if row.erased:
        return Change(row.table, row.id, names.record(row), row.act, ())
    fields = tuple(_field(names, row, column) for column in row.fields)
    return Change(row.table, row.id, names.record(row), row.act, fields)


def _field(names: Names, row: Row, column: str) -> Field:
    before = values.said(names, row.table, column, row.before)
    after = values.said(names, row.table, column, row.after)
    pieces: tuple[Piece, ...] = ()
    if row.act == CHANGED:
        old, new = (row.before or {}).get(column), (row.after or {}).get(column)
        texts = isinstance(old, str) and isinstance(new, str) and old and new
        if texts and values.is_text(row.table, column, old) and len(old + new) > LONG:  # type: ignore[operator]
            pieces = tuple(differing(str(old), str(new)))
    return Field(column, labels.load().column(row.table, column), before, after, pieces)
