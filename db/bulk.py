"""The only set-based writes: rows by the thousand, and a dataset's readings in, out and in again.

An import is one row of `dataset` in the journal; its readings carry the dataset's id. What they
replace moves to `reading_revision`, so that undo and redo are one act: each key's reading and the
state kept beside it change places. The file may be gone by then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, Dialect, LargeBinary, Table, insert
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from db.changes import RowChange
from db.engine import permit
from db.errors import Superseded

if TYPE_CHECKING:
    from db.schema.energy import Dataset

# 50 rows a statement: five times fewer statements, far below SQLite's limit of variables.
_BLOCK = 50
_STAGE = {
    "sqlite": (
        "CREATE TEMP TABLE IF NOT EXISTS stage (series_id INTEGER, period INTEGER, value REAL,"
        " summed INTEGER, status TEXT, PRIMARY KEY (series_id, period)) WITHOUT ROWID"
    ),
    "postgresql": (
        "CREATE TEMP TABLE IF NOT EXISTS stage (series_id bigint, period int,"
        " value double precision, summed boolean, status varchar(12),"
        " PRIMARY KEY (series_id, period)) ON COMMIT DELETE ROWS"
    ),
}
_TYPES = ("int8", "int4", "float8", "bool", "varchar")
_DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}
_STATE = "value, summed, status"
# Thousands of rows have few different days: each is written out once.
_REPEATED = (dt.date, dt.datetime, bool)
_Writer = Callable[[Sequence[Any]], Iterable[Any]]
_KEY = "series_id, period"


class BulkRow(NamedTuple):
    """One reading on its way in; `period` is year * 100 + month."""

    series_id: int
    period: int
    value: float
    summed: bool = False
    status: str = "final"


def put(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that name every column; the caller has the permit and keeps the journal."""
    if connection.dialect.name == "postgresql":
        connection.execute(insert(table), rows)
        return
    names = [column.name for column in table.columns]
    values = zip(*map(itemgetter(*names), rows), strict=True)
    put_columns(connection, table, dict(zip(names, values, strict=True)))


def put_columns(connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows given column by column, all of one length and at least one; as `put` else."""
    if connection.dialect.name == "postgresql":
        rows = zip(*columns.values(), strict=True)
        connection.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in rows])
        return
    # Column by column, because a compiled insert looks at every value of every row. The driver
    # asks every None how it would like to be written: columns that hold nothing else stay away.
    given = {name: values for name, values in columns.items() if values.count(None) < len(values)}
    statement, writers = _insertion(table, tuple(given))
    written = (writer(values) for writer, values in zip(writers, given.values(), strict=True))
    connection.exec_driver_sql(statement, list(zip(*written, strict=True)))


@cache
def _insertion(table: Table, names: tuple[str, ...]) -> tuple[str, list[_Writer]]:
    """Return SQLite's statement for one row of a table, and what writes each column's values."""
    dialect = sqlite.dialect()
    statement = insert(table).compile(dialect=dialect, column_keys=list(names))
    assert tuple(statement.positiontup or ()) == names
    return str(statement), [_writer(table, name, dialect) for name in names]


def _writer(table: Table, name: str, dialect: Dialect) -> _Writer:
    kind = table.columns[name].type
    if isinstance(kind, LargeBinary):
        return iter
    write = kind.dialect_impl(dialect).bind_processor(dialect)
    if write is None:
        return iter
    if kind.python_type in _REPEATED:
        return lambda values: map({one: write(one) for one in set(values)}.__getitem__, values)
    return lambda values: map(write, values)


def load(tx: Session, dataset: Dataset, rows: Iterable[Sequence[Any]]) -> None:
    """Add a dataset with its readings, each a BulkRow's fields in order, one for each key.

    A reading that is there with the same value and marks stays the older dataset's. Raises
    sqlalchemy's IntegrityError when a key comes twice.
    """
    tx.add(dataset)
    tx.flush()
    connection = tx.connection()
    kind = connection.dialect.name
    with permit(connection):
        _stage(connection, sorted(BulkRow(*row) for row in rows))
        differs = f"(r.value, r.summed, r.status) {_DIFFERS[kind]} (s.value, s.summed, s.status)"
        _run(
            connection,
            f"INSERT INTO reading_revision (dataset_id, {_KEY}, {_STATE}, other_id)"
            f" SELECT {dataset.id}, r.series_id, r.period, r.value, r.summed, r.status,"
            " r.dataset_id FROM stage s"
            " JOIN reading r ON r.series_id = s.series_id AND r.period = s.period"
            f" WHERE {differs}",
        )
        _put(connection, f"SELECT {_KEY}, {_STATE}, {dataset.id} FROM stage WHERE true", differs)
        _run(connection, "DELETE FROM stage")


def swap(connection: Connection, change: RowChange) -> None:
    """Take a dataset's readings away when its row goes, or put them back when it comes.

    Called by the journal's replay, before the row's deletion and after its insertion. Raises
    Superseded, naming the file, when a later dataset stands on what would be taken away.
    """
    if change.after is None:
        _take_away(connection, int(change.pk[0]))
    elif change.before is None:
        _put_back(connection, int(change.pk[0]))


def _take_away(connection: Connection, number: int) -> None:
    _refuse_superseded(connection, number)
    _run(
        connection,
        f"CREATE TEMP TABLE taken AS SELECT {_KEY}, {_STATE} FROM reading"
        f" WHERE dataset_id = {number}",
    )
    _run(connection, f"DELETE FROM reading WHERE dataset_id = {number}")
    _run(
        connection,
        f"INSERT INTO reading ({_KEY}, {_STATE}, dataset_id) SELECT {_KEY}, {_STATE}, other_id"
        f" FROM reading_revision WHERE dataset_id = {number}",
    )
    _run(connection, f"DELETE FROM reading_revision WHERE dataset_id = {number}")
    _run(
        connection,
        f"INSERT INTO reading_revision (dataset_id, {_KEY}, {_STATE}, other_id)"
        f" SELECT {number}, {_KEY}, {_STATE}, {number} FROM taken",
    )
    _run(connection, "DROP TABLE taken")


def _put_back(connection: Connection, number: int) -> None:
    _run(
        connection,
        f"CREATE TEMP TABLE taken AS SELECT {_KEY}, {_STATE} FROM reading_revision"
        f" WHERE dataset_id = {number}",
    )
    _run(connection, f"DELETE FROM reading_revision WHERE dataset_id = {number}")
    _run(
        connection,
        f"INSERT INTO reading_revision (dataset_id, {_KEY}, {_STATE}, other_id)"
        f" SELECT {number}, r.series_id, r.period, r.value, r.summed, r.status, r.dataset_id"
        " FROM taken t JOIN reading r ON r.series_id = t.series_id AND r.period = t.period",
    )
    _put(connection, f"SELECT {_KEY}, {_STATE}, {number} FROM taken WHERE true")
    _run(connection, "DROP TABLE taken")


def _put(connection: Connection, rows: str, differs: str = "") -> None:
    """Write the selected readings over those that are there, where they differ."""
    where = differs.replace("r.", "reading.").replace("s.", "excluded.")
    _run(
        connection,
        f"INSERT INTO reading ({_KEY}, {_STATE}, dataset_id) {rows}"
        f" ON CONFLICT ({_KEY}) DO UPDATE SET value = excluded.value, summed = excluded.summed,"
        " status = excluded.status, dataset_id = excluded.dataset_id"
        + (f" WHERE {where}" if where else ""),
    )


def _refuse_superseded(connection: Connection, number: int) -> None:
    """Refuse while a later dataset has replaced values, or stands on series that would go."""
    replaced = (
        "SELECT d.file_name, count(*) FROM reading_revision v JOIN dataset d ON d.id = v.dataset_id"
        f" WHERE v.other_id = {number} AND v.dataset_id <> {number}"
        " GROUP BY d.id, d.file_name ORDER BY d.id DESC"
    )
    row = connection.exec_driver_sql(replaced).first()
    if row is not None:
        raise Superseded(row[0], row[1])
    made = _made_with(connection, number, "series")
    together = _made_with(connection, number, "dataset")
    if not made:
        return
    standing = (
        "SELECT d.file_name, count(*) FROM reading r JOIN dataset d ON d.id = r.dataset_id"
        f" WHERE r.dataset_id NOT IN ({','.join(map(str, together))})"
        f" AND r.series_id IN ({','.join(map(str, made))})"
        " GROUP BY d.id, d.file_name ORDER BY d.id DESC"
    )
    row = connection.exec_driver_sql(standing).first()
    if row is not None:
        raise Superseded(row[0], row[1])


def _made_with(connection: Connection, number: int, table: str) -> list[int]:
    """Return the rows of a table that came in the same entry as a dataset and would go with it."""
    entry = f"SELECT min(change_id) FROM row_change WHERE tbl = 'dataset' AND pk = '[{number}]'"
    rows = connection.exec_driver_sql(
        f"SELECT pk FROM row_change WHERE tbl = '{table}' AND change_id = ({entry})"
    )
    return [int(pk.strip("[]")) for (pk,) in rows]


def _stage(connection: Connection, rows: list[BulkRow]) -> None:
    _run(connection, _STAGE[connection.dialect.name])
    raw: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        with (
            raw.cursor() as cursor,
            cursor.copy("COPY stage FROM STDIN (FORMAT BINARY)") as copy,
        ):
            copy.set_types(_TYPES)
            for row in rows:
                copy.write_row(row)
        return
    whole = len(rows) - len(rows) % _BLOCK
    one = "(?,?,?,?,?)"
    blocks = [
        [value for row in rows[start : start + _BLOCK] for value in row]
        for start in range(0, whole, _BLOCK)
    ]
    raw.executemany("INSERT INTO stage VALUES " + ",".join([one] * _BLOCK), blocks)
    raw.executemany(f"INSERT INTO stage VALUES {one}", rows[whole:])


def _run(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement)
