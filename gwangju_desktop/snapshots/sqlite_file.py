"""The SQLite file inside a snapshot: the only raw SQL outside db/.

It is a foreign artefact and not the office: written once into a fresh file, and read back only in
a child process (reader.py), through the standard library's sqlite3. SQLAlchemy must not touch it:
it registers functions of its own (regexp) that a hostile file can call.
"""

from __future__ import annotations

import errno
import hashlib
import re
import sqlite3
import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

APPLICATION_ID = 0x47574343
FORMAT = 2
PAGE = 4096
TYPES = {"TEXT": str, "INTEGER": int, "REAL": float}
MAX_TABLES = 192
MAX_COLUMNS = 200
BLOCK = 256  # rows read at once
MARKS = 480  # values written with one statement: SQLite before 3.32 takes 999

Value = str | int | float | None
Row = tuple[Value, ...]

_NAME = r'"[a-z][a-z0-9_]{0,62}"'
_TABLE = re.compile(rf"CREATE TABLE ({_NAME}) \(({_NAME} [A-Z]+(?:, {_NAME} [A-Z]+)*)\)")


@dataclass(frozen=True, slots=True)
class Shape:
    """One table: its name and its columns as (name, type), the type one of TYPES."""

    name: str
    columns: tuple[tuple[str, str], ...]

    @property
    def sql(self) -> str:
        """Return the one text that creates this table."""
        columns = ", ".join(f'"{name}" {kind}' for name, kind in self.columns)
        return f'CREATE TABLE "{self.name}" ({columns})'


class NotOurs(Exception):
    """The file is not a database as we write it; the text says what differs, for the log."""


class NewerFormat(NotOurs):
    """The file has a format of a later program."""


class TooLong(NotOurs):
    """Reading was stopped by the clock."""


@contextmanager
def blaming() -> Iterator[None]:
    """Turn SQLite's refusals about a foreign file into NotOurs or TooLong."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise (TooLong if "interrupted" in str(error) else NotOurs)(str(error)) from error
    except (sqlite3.Error, ValueError, OverflowError) as error:
        raise NotOurs(str(error)) from error


def schema_hash(shapes: Sequence[Shape]) -> str:
    """Return SHA-256 over the tables' texts in order."""
    return hashlib.sha256("\n".join(shape.sql for shape in shapes).encode()).hexdigest()


def write(path: Path, tables: Iterable[tuple[Shape, Sequence[Row]]]) -> None:
    """Write tables into the empty file `path`: the same rows give the same bytes.

    Ordinary tables only, rows in the order given, no free pages. Raises NotOurs when SQLite's own
    check finds a fault in what it wrote, OSError when there is no room.
    """
    try:
        _write(path, tables)
    except sqlite3.OperationalError as error:
        if "full" in str(error):
            raise OSError(errno.ENOSPC, str(error), str(path)) from error
        raise
    with path.open("rb") as file:
        check_header(file.read(100), path.stat().st_size)


def _write(path: Path, tables: Iterable[tuple[Shape, Sequence[Row]]]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for pragma in (
            f"page_size={PAGE}",
            "journal_mode=OFF",
            "encoding='UTF-8'",
            "auto_vacuum=0",
            "temp_store=2",
            f"application_id={APPLICATION_ID}",
            f"user_version={FORMAT}",
        ):
            database.execute(f"PRAGMA {pragma}")
        database.execute("BEGIN")
        for shape, rows in tables:
            database.execute(shape.sql)
            _fill(database, shape, rows)
        database.execute("COMMIT")
        found = database.execute("PRAGMA integrity_check").fetchall()
    if found != [("ok",)]:
        raise NotOurs(str(found))


def _fill(database: sqlite3.Connection, shape: Shape, rows: Sequence[Row]) -> None:
    """Insert rows in their order, many with one statement: half the time goes into statements."""
    together = max(1, MARKS // len(shape.columns))
    one = f"({', '.join('?' * len(shape.columns))})"
    insert = f'INSERT INTO "{shape.name}" VALUES '
    each = iter(rows)
    while block := list(islice(each, together)):
        values = list(chain.from_iterable(block))
        if len(values) != len(block) * len(shape.columns):
            raise ValueError(f"a row of another length in {shape.name}")
        database.execute(insert + ", ".join([one] * len(block)), values)


def check_header(header: bytes, size: int) -> None:
    """Compare a file's first 100 bytes with those we write; raises NotOurs or NewerFormat.

    Looked at in Python, before SQLite is given the file (sqlite.org/fileformat2, 1.3).
    """
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
        raise NotOurs("no SQLite header")
    page, written, readable, reserved = struct.unpack(">HBBB", header[16:21])
    pages, trunk, free = struct.unpack(">III", header[28:40])
    schema_format, _cache, largest_root, encoding, format_, increment, application = struct.unpack(
        ">IIIIIII", header[44:72]
    )
    if application == APPLICATION_ID and format_ > FORMAT:
        raise NewerFormat(str(format_))
    expected = (
        (page, written, readable, reserved) == (PAGE, 1, 1, 0)
        and header[21:24] == b"\x40\x20\x20"
        and pages * PAGE == size
        and (trunk, free) == (0, 0)
        and schema_format == 4
        and (largest_root, increment) == (0, 0)
        and encoding == 1
        and (format_, application) == (FORMAT, APPLICATION_ID)
        and not any(header[72:92])
    )
    if not expected:
        raise NotOurs("a header we do not write")


def open_foreign(path: Path, *, seconds: float) -> sqlite3.Connection:
    """Open a file nobody vouches for, read-only, with everything off that it could use.

    For a child process with limits of its own; `seconds` is when SQLite's own work is stopped.
    """
    import time

    until = time.monotonic() + seconds
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    database = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    for pragma in (
        "query_only=1",
        "trusted_schema=0",
        "cell_size_check=1",
        "mmap_size=0",
        "temp_store=2",
        "cache_size=-8192",
    ):
        database.execute(f"PRAGMA {pragma}").fetchall()
    for limit, value in (
        (sqlite3.SQLITE_LIMIT_LENGTH, 4_000_000),
        (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000),
        (sqlite3.SQLITE_LIMIT_COLUMN, MAX_COLUMNS),
        (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 20),
        (sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 2),
        (sqlite3.SQLITE_LIMIT_VDBE_OP, 25_000),
        (sqlite3.SQLITE_LIMIT_FUNCTION_ARG, 4),
        (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
        (sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50),
        (sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 10),
        (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1),
        (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
    ):
        database.setlimit(limit, value)
    database.set_progress_handler(lambda: time.monotonic() > until, 5_000)
    database.set_authorizer(_only_plain_reading)
    return database


def _only_plain_reading(
    action: int, first: str | None, _second: str | None, _database: str | None, inner: str | None
) -> int:
    """Allow reading and the one check; refuse functions, and whatever a view or trigger asks."""
    if inner is not None:
        return sqlite3.SQLITE_DENY
    plain = action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
    check = action == sqlite3.SQLITE_PRAGMA and first == "quick_check"
    return sqlite3.SQLITE_OK if plain or check else sqlite3.SQLITE_DENY


def shapes(database: sqlite3.Connection) -> list[Shape]:
    """Return the tables of a foreign file; raises NotOurs for anything but what `write` creates."""
    found: list[Shape] = []
    rows = database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
    for kind, name, table, text in rows:
        match = _TABLE.fullmatch(text) if isinstance(text, str) else None
        if kind != "table" or match is None or len(found) == MAX_TABLES:
            raise NotOurs(f"not an ordinary table: {name!r}")
        pairs = [part.split(" ") for part in match.group(2).split(", ")]
        shape = Shape(match.group(1).strip('"'), tuple((n.strip('"'), k) for n, k in pairs))
        names = [n for n, _ in shape.columns]
        wrong = len(set(names)) != len(names) or any(k not in TYPES for _, k in shape.columns)
        if wrong or shape.sql != text or not name == table == shape.name:
            raise NotOurs(f"not a table as we write it: {name!r}")
        found.append(shape)
    return found


def quick_check(database: sqlite3.Connection) -> None:
    """Let SQLite look at its own structure; raises NotOurs when it finds a fault."""
    found = database.execute("PRAGMA quick_check(1)").fetchall()
    if found != [("ok",)]:
        raise NotOurs("quick_check")


def rows(database: sqlite3.Connection, shape: Shape) -> Iterator[Row]:
    """Read a table in the order it was written, every value of the type its column declares.

    SQLite lets any value stand in any column, so nothing is believed. Raises NotOurs.
    """
    for block in blocks(database, shape):
        yield from block


def blocks(database: sqlite3.Connection, shape: Shape) -> Iterator[list[Row]]:
    """Read a table as `rows` does, BLOCK rows at a time: what is looked at column by column is fast.

    Raises NotOurs.
    """
    columns = ", ".join(f'"{name}"' for name, _ in shape.columns)
    allowed = [{TYPES[kind], type(None)} for _, kind in shape.columns]
    cursor = database.execute(f'SELECT {columns} FROM "{shape.name}"')
    while block := cursor.fetchmany(BLOCK):
        for values, types in zip(zip(*block, strict=True), allowed, strict=True):
            if str in types:
                _check_texts(values, shape)
            elif not types.issuperset(map(type, values)):
                raise NotOurs(f"a value of another type in {shape.name}")
        yield block


def _check_texts(values: Sequence[object], shape: Shape) -> None:
    # Joining refuses whatever is no text, and most columns have one in every row.
    try:
        whole = "".join(values)  # type: ignore[arg-type]
    except TypeError:
        if not {str, type(None)}.issuperset(map(type, values)):
            raise NotOurs(f"a value of another type in {shape.name}") from None
        whole = "".join(filter(None, values))  # type: ignore[arg-type]
    if "\0" in whole:
        raise NotOurs(f"NUL in a text of {shape.name}")
