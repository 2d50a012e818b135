"""An office's rows from one database into another, of either kind, and the proof that they are equal.

Values cross as the columns' types have them; JSON crosses as the text it is, so that equal offices
are equal in their bytes. The search index is made anew.

Two tables are equal when they have as many rows and the same digest: the sum, modulo 2 to the
256th, of the SHA-256 of each row's values written as Python writes them. A sum does not mind the
order, which databases do not keep alike.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    exc,
    func,
    select,
)

from db import bulk, schema, search
from db.base import Base
from db.engine import Office, permit
from db.schema.papers import file_part
from db.schema.search import search_doc
from db.types import Json

# Rows read, written and told at once.
_PORTION = 5_000
_ALL = 1 << 256
_COUNTERS = "sqlite_sequence"
# SQLSTATE program_limit_exceeded: an entry of an index holds 2.7 kB, compressed.
_TOO_LONG = "54000"
Told = Callable[[int], None]


class Unfit(ValueError):
    """A value that the other database cannot hold; names the table, the key and the column."""

    def __init__(self, table: str, key: tuple[Any, ...], column: str) -> None:
        super().__init__(f"{table} {key}: {column}")
        self.table, self.key, self.column = table, key, column


@dataclass(frozen=True, slots=True)
class Content:
    """What a table holds: rows, their digest in hex, and the last number it gave to a row."""

    rows: int
    digest: str
    last: int


def plain_tables() -> list[Table]:
    """Return the tables that are copied row by row, those referred to first; JSON is text in them.

    Papers' parts are files, and the search index is made anew.
    """
    schema.everything()
    left = {file_part.name, search_doc.name}
    return [_plain(table) for table in Base.metadata.sorted_tables if table.name not in left]


def _plain(table: Table) -> Table:
    columns = (
        Column(
            column.name,
            Text() if isinstance(column.type, Json) else column.type,
            primary_key=column.primary_key,
            autoincrement=False,
        )
        for column in table.columns
    )
    return Table(table.name, MetaData(), *columns)


def counts(connection: Connection, tables: Sequence[Table]) -> dict[str, int]:
    """Return the rows of each table."""
    return {
        table.name: int(connection.execute(select(func.count()).select_from(table)).scalar() or 0)
        for table in tables
    }


def content(connection: Connection, table: Table, told: Told) -> Content:
    """Read a table whole and return what it holds."""
    total = _Total()
    with contextlib.closing(_portions(connection, table)) as portions:
        for rows in portions:
            total.add(rows)
            told(len(rows))
    return total.content(_last(connection, table))


def copy(source: Connection, target: Connection, table: Table, told: Told) -> Content:
    """Add all rows of a table to the same, empty one elsewhere; return what was read.

    The caller has the permit. Raises Unfit for a value the other database cannot hold.
    """
    total = _Total()
    names = [column.name for column in table.columns]
    with contextlib.closing(_portions(source, table)) as portions:
        for rows in portions:
            total.add(rows)
            if target.dialect.name == "postgresql":
                _into_server(target, table, rows)
            else:
                columns = dict(zip(names, zip(*rows, strict=True), strict=True))
                bulk.put_columns(target, table, columns)
            told(len(rows))
    last = _last(source, table)
    _set_last(target, table, last)
    return total.content(last)


class _Total:
    def __init__(self) -> None:
        self.rows = self.sum = 0

    def add(self, rows: Sequence[tuple[Any, ...]]) -> None:
        self.rows += len(rows)
        made = hashlib.sha256
        self.sum += sum(
            int.from_bytes(made(repr(row).encode("utf-8", "surrogatepass")).digest())
            for row in rows
        )

    def content(self, last: int) -> Content:
        return Content(self.rows, f"{self.sum % _ALL:064x}", last)


def _portions(connection: Connection, table: Table) -> Generator[list[tuple[Any, ...]], None, None]:
    """Yield a table's rows by the portion, unsorted; not all of a large one lie in memory."""
    binary = {at for at, column in enumerate(table.columns) if _is_bytes(column)}
    # Of this statement alone: the connection's own options would stay with it.
    with connection.execute(select(table), execution_options={"yield_per": _PORTION}) as result:
        for portion in result.partitions():
            if not binary:
                yield [tuple(row) for row in portion]
                continue
            # One driver answers with another kind of bytes than the other.
            yield [
                tuple(
                    bytes(value) if at in binary and value is not None else value
                    for at, value in enumerate(row)
                )
                for row in portion
            ]


def _is_bytes(column: Column[Any]) -> bool:
    return column.type.python_type is bytes


def _into_server(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    _demand_fit(table, rows)
    raw: Any = connection.connection.driver_connection
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    try:
        with raw.cursor() as cursor, cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as to:
            for row in rows:
                to.write_row(row)
    except Exception as error:
        state = getattr(error, "sqlstate", "")
        if state == _TOO_LONG:
            raise _unfit(table, *_longest_indexed(table, rows)) from error
        if state == "":
            raise
        # The driver's own, as SQLAlchemy hands it on: what catches faults knows it so.
        raise exc.OperationalError(f"COPY {table.name}", None, error) from error


def _demand_fit(table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Raise Unfit for a NUL in a text, and for a text longer than its column declares."""
    for at, column in enumerate(table.columns):
        if not isinstance(column.type, String):
            continue
        longest = column.type.length
        for row in rows:
            value = row[at]
            if value is not None and ("\0" in value or (longest and len(value) > longest)):
                raise _unfit(table, at, row)


def _longest_indexed(table: Table, rows: Sequence[tuple[Any, ...]]) -> tuple[int, tuple[Any, ...]]:
    """Return the place and row of the longest text that stands in an index, whose entries are short."""
    whole = schema.table(table.name)
    indexed = {column.name for index in whole.indexes for column in index.columns}
    for constraint in whole.constraints:
        if isinstance(constraint, (PrimaryKeyConstraint, UniqueConstraint)):
            indexed |= {column.name for column in constraint.columns}
    places = [at for at, column in enumerate(table.columns) if column.name in indexed]
    held = ((len(str(row[at])), at, row) for row in rows for at in places)
    _, at, row = max(held, key=itemgetter(0))
    return at, row


def _unfit(table: Table, at: int, row: tuple[Any, ...]) -> Unfit:
    key = tuple(row[n] for n, column in enumerate(table.columns) if column.primary_key)
    return Unfit(table.name, key, table.columns[at].name)


# --- references -------------------------------------------------------------------------------------


def let_references_wait(connection: Connection) -> list[str]:
    """Let rows come before those they refer to; return what `demand_references` is to do.

    A table may refer to itself, and its rows come in no order.
    """
    if connection.dialect.name == "sqlite":
        # A transaction of any size: nobody else has the file open, so its pages may go to the disk.
        connection.exec_driver_sql("PRAGMA cache_spill=1")
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=1")
        return []
    found = connection.exec_driver_sql(
        "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)"
        " FROM pg_constraint WHERE contype = 'f' AND conparentid = 0"
        " AND connamespace = 'public'::regnamespace ORDER BY 1, 2"
    ).all()
    for table, name, _ in found:
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    return [f"ALTER TABLE {table} ADD CONSTRAINT {name} {what}" for table, name, what in found]


def demand_references(connection: Connection, waiting: Sequence[str]) -> None:
    """Put the references back that waited; a row that refers to nothing is refused."""
    for statement in waiting:
        connection.exec_driver_sql(statement)


# --- numbers ----------------------------------------------------------------------------------------


def _last(connection: Connection, table: Table) -> int:
    """Return the last number a table gave to a row, be the row gone by now; 0 for none.

    Only of tables that never give one twice: of others it says nothing.
    """
    if not _never_twice(table):
        return 0
    if connection.dialect.name == "sqlite":
        given = connection.exec_driver_sql(
            f"SELECT seq FROM {_COUNTERS} WHERE name = ?", (table.name,)
        ).scalar()
        return int(given or 0)
    sequence = _sequence(connection, table)
    if sequence is None:
        return 0
    last, called = connection.exec_driver_sql(f"SELECT last_value, is_called FROM {sequence}").one()
    return int(last) if called else 0


def _set_last(connection: Connection, table: Table, last: int) -> None:
    """Let a table count on from a number, so that no row gets that of one which is gone."""
    if connection.dialect.name == "sqlite":
        if not last:
            return
        connection.exec_driver_sql(f"DELETE FROM {_COUNTERS} WHERE name = ?", (table.name,))
        connection.exec_driver_sql(f"INSERT INTO {_COUNTERS} VALUES (?, ?)", (table.name, last))
    elif sequence := _sequence(connection, table):
        highest = connection.execute(select(func.max(table.columns.id))).scalar()
        if last or highest:
            last = max(last, highest or 0)
            connection.exec_driver_sql("SELECT setval(%s::regclass, %s)", (sequence, last))


def _never_twice(table: Table) -> bool:
    return bool(schema.table(table.name).dialect_options["sqlite"]["autoincrement"])


def _sequence(connection: Connection, table: Table) -> str | None:
    if "id" not in table.columns:
        return None
    asked = "SELECT pg_get_serial_sequence(%s, 'id')"
    found = connection.exec_driver_sql(asked, (table.name,)).scalar()
    return str(found) if found else None


# --- the whole --------------------------------------------------------------------------------------


def steadily(connection: Connection) -> None:
    """Let the reading of a server's rows take its time."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")


def copy_all(source: Connection, office: Office, told: Told) -> dict[str, Content]:
    """Copy every table into an empty office and make its index; return what was read, by table."""
    tables = plain_tables()
    with office.writing() as target, permit(target):
        waiting = let_references_wait(target)
        read = {table.name: copy(source, target, table, told) for table in tables}
        demand_references(target, waiting)
        search.rebuild(target)
    return read


def contents(connection: Connection, told: Told) -> dict[str, Content]:
    """Return what every table holds."""
    return {table.name: content(connection, table, told) for table in plain_tables()}


def differing(one: dict[str, Content], other: dict[str, Content]) -> list[str]:
    """Return the tables that differ."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


__all__ = ["Content", "Unfit", "contents", "copy_all", "differing"]
