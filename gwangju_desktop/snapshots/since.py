"""What a snapshot says of the time since the one before: row by row, or as the journal counts it.

Only what this copy shows is told. A value that stood in the former copy and stands in this one no
more is not repeated: it may have been taken out because it must not be known.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from db.schema.journal import row_change
from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots import sqlite_file, verify
from gwangju_desktop.snapshots.codes import Codes, Table
from gwangju_desktop.snapshots.sqlite_file import Row
from gwangju_desktop.text import N_

Key = tuple[Any, ...]
_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class TableSince:
    """One table: how many rows came, changed and went; with the former file also which.

    `changed` holds the names of the columns that differ by the row's key.
    """

    name: str
    counts: tuple[int, int, int | None]
    added: tuple[Key, ...] = ()
    changed: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Since:
    """What is known; `exact` where the former copy itself was read."""

    sequence: int
    exact: bool
    tables: tuple[TableSince, ...]


def journal_counts(read: Session, audit_id: int) -> dict[str, tuple[int, int]]:
    """Return how many records of each table were entered and changed after an entry."""
    first, last = func.min(row_change.c.change_id), func.max(row_change.c.change_id)
    grouped = (
        select(row_change.c.tbl, first.label("first"), last.label("last"))
        .group_by(row_change.c.tbl, row_change.c.pk)
        .having(last > audit_id)
        .subquery()
    )
    new = func.sum(case((grouped.c.first > audit_id, 1), else_=0))
    query = select(grouped.c.tbl, func.count(), new).group_by(grouped.c.tbl)
    return {
        table: (int(entered), count - int(entered)) for table, count, entered in read.execute(query)
    }


def counted(sequence: int, counts: Mapping[str, tuple[int, int]], codes: Codes) -> Since:
    """Return what the journal counts, for the tables this copy shows."""
    tables = tuple(
        TableSince(table.name, (*counts[table.name], None))
        for table in codes.compared
        if table.name in counts
    )
    return Since(sequence, False, tables)


def compared(previous: Path, manifest_sha256: str | None, codes: Codes) -> Since:
    """Return the rows in which this copy differs from the one before, read from its file.

    Raises UserError unless the file is, to the last byte, the copy the office recorded last.
    """
    with verify.unpacked(previous) as (verdict, database):
        if database is None or verdict.manifest is None:
            verdict.demand()
        if manifest_sha256 is None or verdict.manifest_sha256 != manifest_sha256:
            raise UserError(
                N_("{file} is not the copy before this one."),
                hint=N_("Choose the office's last copy, or make this one without it."),
                file=previous.name,
            )
        assert database is not None and verdict.manifest is not None
        with closing(sqlite_file.open_foreign(database, seconds=_SECONDS)) as former:
            shapes = {shape.name: shape for shape in sqlite_file.shapes(former)}
            found = []
            for table in codes.compared:
                shape = shapes.get(table.name)
                if shape is not None and table.keys:
                    found.append(_table(table, shape, list(sqlite_file.rows(former, shape))))
        return Since(verdict.manifest.sequence, True, tuple(t for t in found if any(t.counts)))


def _table(table: Table, former: sqlite_file.Shape, rows: list[Row]) -> TableSince:
    names = [name for name, _ in former.columns]
    keys = [table.fields[n].name for n in table.keys]
    if not set(keys) <= set(names):
        return TableSince(table.name, (0, 0, 0))
    places = [names.index(key) for key in keys]
    before = {tuple(row[n] for n in places): row for row in rows}
    shared = [(n, names.index(c.name)) for n, c in enumerate(table.fields) if c.name in names]
    added, changed = [], {}
    for row in table.rows:
        key = tuple(row[n] for n in table.keys)
        old = before.pop(key, None)
        if old is None:
            added.append(key)
        elif differing := tuple(table.fields[n].name for n, m in shared if row[n] != old[m]):
            changed[key] = differing
    return TableSince(table.name, (len(added), len(changed), len(before)), tuple(added), changed)
