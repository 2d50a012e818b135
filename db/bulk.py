"""The only set-based writes: rows by the thousand, and a dataset's readings in, out and in again.

An import is one row of `dataset` in the journal; its readings carry the dataset's id. What they
replace moves to `reading_revision`, so that undo and redo are one act: each key's reading and the
state kept beside it change places. The file may be gone by then.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, Dialect, LargeBinary, Table, insert
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from db.changes import RowChange
from db.engine import permit
from db.errors import Superseded
from db.rolls import mark as _mark
from db.rolls import mark_months as _mark_months
from db.rolls import months_of as _months_of

if TYPE_CHECKING:
    from db.schema.energy import Dataset

# 50 rows a statement: five times fewer statements, far below SQLite's limit of variables.
_BLOCK = 50
# Where nothing is staged rows take two numbers each, and longer statements pay: 25 % at 1000.
_LONG_BLOCKS = (1000, 100, 10, 1)
# Between two looks at whether the user still wants it.
_PORTION = 20_000
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
    """One reading on its way in; its period as `db.schema.energy.Reading` has it."""

    series_id: int
    period: int
    value: float
    summed: bool = False
    status: str = "final"


class Block(NamedTuple):
    """One series' readings on their way in, by period, each once; `marks` are (summed, status)."""

    series_id: int
    periods: Sequence[int]
    values: Sequence[float]
    marks: Sequence[tuple[bool, str]]


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
    ordered = sorted(BulkRow(*row) for row in rows)
    blocks = []
    for number, own in itertools.groupby(ordered, key=itemgetter(0)):
        _, periods, values, summed, statuses = zip(*own, strict=True)
        marks = list(zip(summed, statuses, strict=True))
        blocks.append(Block(number, periods, values, marks))
    load_blocks(tx, dataset, blocks)


def load_blocks(
    tx: Session,
    dataset: Dataset,
    blocks: Iterable[Block],
    tell: Callable[[int], None] = lambda done: None,
) -> None:
    """Add a dataset with its readings, one block for each series, as `load`.

    `tell` hears how many are in, and may raise to stop: the transaction is rolled back then.
    """
    tx.add(dataset)
    tx.flush()
    connection = tx.connection()
    told = _Told(tell)
    with permit(connection):
        staged = []
        # Series of the same days share the list of them, which is looked through once.
        marked: dict[int, tuple[Sequence[int], list[int]]] = {}
        for block in sorted(blocks, key=itemgetter(0)):
            if _is_new(connection, block):
                _insert(connection, dataset.id, block, told)
                own = marked.setdefault(id(block.periods), (block.periods, []))
                own[1].append(block.series_id)
            else:
                staged.append(block)
        for periods, series in marked.values():
            _mark_months(connection, series, _months_of(periods))
        _merge(connection, dataset.id, staged, told)


class _Told:
    """Counts what is in over several statements."""

    def __init__(self, tell: Callable[[int], None]) -> None:
        self.tell, self.done = tell, 0

    def more(self, count: int) -> None:
        self.done += count
        self.tell(self.done)


def _is_new(connection: Connection, block: Block) -> bool:
    """Say whether a series has nothing in a block's span, so that nothing is to be compared."""
    alike = block.marks.count(block.marks[0]) == len(block.marks)
    if connection.dialect.name != "sqlite" or not alike:
        return False
    there = connection.exec_driver_sql(
        "SELECT 1 FROM reading WHERE series_id = ? AND period BETWEEN ? AND ? LIMIT 1",
        (block.series_id, block.periods[0], block.periods[-1]),
    ).first()
    return there is None


def _insert(connection: Connection, number: int, block: Block, told: _Told) -> None:
    """Write a series straight into its table: half the numbers to bind, and no second copy."""
    summed, status = block.marks[0]
    assert status.isalpha()
    raw: Any = connection.connection.driver_connection
    count = len(block.periods)
    flat: list[Any] = [None] * (2 * count)
    flat[0::2] = block.periods
    flat[1::2] = block.values
    end = f"{int(summed)},'{status}',{number})"
    last = 0
    for size in _LONG_BLOCKS:
        first, last = last, count - count % size
        statement = _readings(size, end)
        # The journal's guard looks at statements; thousands of the same go to the driver at once.
        for start in range(first, last, _PORTION):
            stop = min(start + _PORTION, last)
            raw.executemany(
                statement,
                [
                    (block.series_id, *flat[2 * at : 2 * (at + size)])
                    for at in range(start, stop, size)
                ],
            )
            told.more(stop - start)


@lru_cache(len(_LONG_BLOCKS))
def _readings(size: int, end: str) -> str:
    """Return the statement for some readings of one series that end alike."""
    places = (f"(?1,?{2 * n + 2},?{2 * n + 3},{end}" for n in range(size))
    return f"INSERT INTO reading ({_KEY}, {_STATE}, dataset_id) VALUES {','.join(places)}"


def _merge(connection: Connection, number: int, blocks: list[Block], told: _Told) -> None:
    """Write series over what they have, keeping what they replace."""
    if not blocks:
        return
    kind = connection.dialect.name
    _stage(connection, blocks, told)
    differs = f"(r.value, r.summed, r.status) {_DIFFERS[kind]} (s.value, s.summed, s.status)"
    _run(
        connection,
        f"INSERT INTO reading_revision (dataset_id, {_KEY}, {_STATE}, other_id)"
        f" SELECT {number}, r.series_id, r.period, r.value, r.summed, r.status,"
        " r.dataset_id FROM stage s"
        " JOIN reading r ON r.series_id = s.series_id AND r.period = s.period"
        f" WHERE {differs}",
    )
    _put(connection, f"SELECT {_KEY}, {_STATE}, {number} FROM stage WHERE true", differs)
    _mark(
        connection,
        "SELECT s.series_id, s.period FROM stage s JOIN reading r"
        " ON r.series_id = s.series_id AND r.period = s.period"
        f" WHERE r.dataset_id = {number}",
    )
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
    gone = connection.exec_driver_sql(f"SELECT 1 FROM dataset WHERE id = {number}").first() is None
    if gone:
        # Taken away before: the row's own replay says so.
        return
    _refuse_superseded(connection, number)
    _run(
        connection,
        f"CREATE TEMP TABLE taken AS SELECT {_KEY}, {_STATE} FROM reading"
        f" WHERE dataset_id = {number}",
    )
    _mark(connection, "SELECT series_id, period FROM taken")
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
    _mark(connection, "SELECT series_id, period FROM taken")
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


def _stage(connection: Connection, blocks: list[Block], told: _Told) -> None:
    _run(connection, _STAGE[connection.dialect.name])
    raw: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        with (
            raw.cursor() as cursor,
            cursor.copy("COPY stage FROM STDIN (FORMAT BINARY)") as copy,
        ):
            copy.set_types(_TYPES)
            for block in blocks:
                for row in _rows(block):
                    copy.write_row(row)
                told.more(len(block.periods))
        return
    rows = (row for block in blocks for row in _rows(block))
    one = "(?,?,?,?,?)"
    many = "INSERT INTO stage VALUES " + ",".join([one] * _BLOCK)
    while portion := list(itertools.islice(rows, _PORTION)):
        whole = len(portion) - len(portion) % _BLOCK
        raw.executemany(
            many,
            [
                [value for row in portion[start : start + _BLOCK] for value in row]
                for start in range(0, whole, _BLOCK)
            ],
        )
        raw.executemany(f"INSERT INTO stage VALUES {one}", portion[whole:])
        told.more(len(portion))


def _rows(block: Block) -> Iterable[tuple[Any, ...]]:
    for period, value, mark in zip(block.periods, block.values, block.marks, strict=True):
        yield block.series_id, period, value, *mark


def _run(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement)
