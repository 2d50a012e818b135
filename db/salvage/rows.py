"""The rows of a damaged file, carried over into new tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table
from sqlalchemy.exc import IntegrityError

from db import migrate, rolls, schema, search
from db.errors import TooOld
from db.papers import digest_of
from db.salvage.tally import Salvage
from db.salvage.wreck import Read, Row, Wreck
from db.schema.answers import poll_column

# Made again from other tables.
_MADE_AGAIN = {"search_doc", "energy_figure", "figure_due", "reading_month"}
_PORTION = 500
Test = Callable[[Any], bool]


def revision(wreck: Wreck) -> str | None:
    """Return the revision a damaged office says it has."""
    found = wreck.read(migrate.VERSION_TABLE)
    return str(found.rows[0][0]) if found.rows else None


def carry_over(connection: Connection, wreck: Wreck, can_be: Mapping[str, Test]) -> Salvage:
    """Fill new tables from a wreck; foreign keys are off meanwhile.

    `can_be` says by "table.column" which values a column may have that the journal does not hold.
    Raises TooOld for tables that are not this program's.
    """
    salvage = Salvage(migrate.head())
    schema.everything()
    for table in schema.Base.metadata.sorted_tables:
        if table.name in _MADE_AGAIN:
            continue
        tally = salvage.of(table.name)
        if table.name not in wreck.tables:
            tally.holes += 1
            continue
        names = [column.name for column in table.columns]
        found = wreck.read(table.name, names)
        if found.columns and set(found.columns) != set(names):
            raise TooOld(str(wreck.path))
        _add_known(wreck, table.name, found)
        tally.holes, tally.lost = found.holes, found.spoilt
        tally.read = _put(connection, table, found, can_be)
        tally.lost += len(found.rows) - tally.read
        if found.holes:
            tally.lost = max(tally.lost, wreck.count(table.name) - tally.read)
    for name, last in _sequences(wreck):
        connection.exec_driver_sql(
            "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (last, name)
        )
    return salvage


def _add_known(wreck: Wreck, table: str, found: Read) -> None:
    """Add the rows behind a hole that an index names and that can be read one by one."""
    if not found.holes or "id" not in found.columns:
        return
    at = found.columns.index("id")
    known = wreck.numbers(table) - {row[at] for row in found.rows}
    for number in sorted(known):
        row = wreck.one(table, found.columns, number)
        if row is not None:
            found.rows.append(row)
        else:
            found.spoilt += 1


def _put(connection: Connection, table: Table, found: Read, can_be: Mapping[str, Test]) -> int:
    """Insert rows as they were read and return how many the table took."""
    if not found.rows:
        return 0
    rows: Iterable[Row] = found.rows
    if table is poll_column:
        name, data = found.columns.index("sha256"), found.columns.index("data")
        rows = [row for row in found.rows if digest_of(bytes(row[data] or b"")) == row[name]]
    listed = ", ".join(f'"{name}"' for name in found.columns)
    marks = ", ".join("?" * len(found.columns))
    statement = f'INSERT INTO "{table.name}" ({listed}) VALUES ({marks})'
    wanted = [
        can_be.get(f"{table.name}.{name}") or _stored(table.columns[name]) for name in found.columns
    ]
    fitting = [row for row in rows if _fits(row, wanted)]
    return sum(
        _put_portion(connection, statement, fitting[at : at + _PORTION])
        for at in range(0, len(fitting), _PORTION)
    )


def _put_portion(connection: Connection, statement: str, rows: Sequence[Row]) -> int:
    """Insert rows at once, or one by one where one of them breaks what the table demands."""
    act = connection.exec_driver_sql
    act("SAVEPOINT portion")
    try:
        if rows:
            act(statement, list(rows))
        act("RELEASE portion")
        return len(rows)
    except IntegrityError:
        act("ROLLBACK TO portion")
        act("RELEASE portion")
    taken = 0
    for row in rows:
        try:
            act(statement, row)
            taken += 1
        except IntegrityError:
            continue
    return taken


def _fits(row: Row, wanted: Sequence[Test]) -> bool:
    """Say whether values are such as their columns hold: pages may have changed places."""
    return all(value is None or can_be(value) for value, can_be in zip(row, wanted, strict=True))


def _stored(column: Column[Any]) -> Test:
    """Return what tells whether SQLite would hold a value in a column."""
    try:
        return _STORED.get(column.type.python_type, _anything)
    except NotImplementedError:
        return _anything


def _anything(_value: Any) -> bool:
    return True


def _of(*kinds: type) -> Test:
    return lambda value: type(value) in kinds


def _day(value: Any) -> bool:
    try:
        return bool(dt.date.fromisoformat(value))
    except (TypeError, ValueError):
        return False


def _moment(value: Any) -> bool:
    try:
        return bool(dt.datetime.fromisoformat(value))
    except (TypeError, ValueError):
        return False


_STORED: dict[type, Test] = {
    int: _of(int),
    bool: _of(int),
    float: _of(float, int),
    str: _of(str),
    bytes: _of(bytes),
    dt.date: _day,
    dt.datetime: _moment,
}


def _sequences(wreck: Wreck) -> list[tuple[str, int]]:
    """Return the highest number each table ever gave out, so that none is given twice."""
    rows = wreck.read("sqlite_sequence").rows
    return [(str(name), last) for name, last in rows if type(last) is int]


def make_again(connection: Connection) -> None:
    """Build the index anew and mark every energy figure as due."""
    search.rebuild(connection)
    rolls.mark(connection, "SELECT series_id, period FROM reading")
