"""The program's own engine over a file system of ours: apsw in the place of Python's sqlite3.

What SQLite asks of the disk can then be written down, refused or lost. Everything above the driver
is the product: pragmas, transactions, journal, store.
"""

from __future__ import annotations

import contextlib
import functools
import sqlite3
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import apsw
import sqlalchemy

from db import engine

_CONSTRAINT, _CORRUPT, _NOT_A_DATABASE = 19, 11, 26


@contextlib.contextmanager
def over(vfs: str) -> Iterator[None]:
    """Let every office that is opened in the block lie on the file system of that name."""
    module = SimpleNamespace(**{name: getattr(sqlite3, name) for name in dir(sqlite3)})
    module.connect = functools.partial(Connection, vfs=vfs)
    straight = engine.create_engine
    engine.create_engine = functools.partial(sqlalchemy.create_engine, module=module)  # type: ignore[assignment]
    try:
        yield
    finally:
        engine.create_engine = straight


@contextlib.contextmanager
def _errors() -> Iterator[None]:
    """Raise apsw's errors as sqlite3's, with SQLite's code."""
    try:
        yield
    except apsw.Error as error:
        # What a file system of ours raised comes through as it is, without a code.
        own = {apsw.IOError: 10, apsw.FullError: 13}.get(type(error), 1)
        code = getattr(error, "extendedresult", 0) or own
        kinds = {
            _CONSTRAINT: sqlite3.IntegrityError,
            _CORRUPT: sqlite3.DatabaseError,
            _NOT_A_DATABASE: sqlite3.DatabaseError,
        }
        raised = kinds.get(code & 0xFF, sqlite3.OperationalError)(str(error))
        raised.sqlite_errorcode = code
        raise raised from error


class Connection:
    """What SQLAlchemy and db/engine.py use of sqlite3.Connection."""

    def __init__(self, database: str, vfs: str, **_asked: Any) -> None:
        with _errors():
            self._db = apsw.Connection(database, vfs=vfs)
        self.isolation_level: str | None = None

    def cursor(self, *_factory: Any) -> Cursor:
        return Cursor(self._db)

    def execute(self, statement: str, parameters: Any = ()) -> Cursor:
        return self.cursor().execute(statement, parameters)

    def executemany(self, statement: str, rows: Any) -> Cursor:
        return self.cursor().executemany(statement, rows)

    @property
    def in_transaction(self) -> bool:
        return bool(self._db.in_transaction)

    def commit(self) -> None:
        if self.in_transaction:
            self.execute("COMMIT")

    def rollback(self) -> None:
        if self.in_transaction:
            self.execute("ROLLBACK")

    def create_function(self, name: str, count: int, function: Any, **kinds: Any) -> None:
        self._db.create_scalar_function(name, function, count, **kinds)

    def close(self) -> None:
        with _errors():
            self._db.close(True)


class Cursor:
    """What SQLAlchemy uses of sqlite3.Cursor; rows are fetched at once."""

    arraysize = 1

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db
        self._rows: Iterator[Any] = iter(())
        self.description: Any = None
        self.rowcount, self.lastrowid = -1, 0

    def execute(self, statement: str, parameters: Any = ()) -> Cursor:
        cursor = self._db.cursor()
        described: list[Any] = []

        def trace(_cursor: Any, _sql: str, _bindings: Any) -> bool:
            with contextlib.suppress(apsw.ExecutionCompleteError):
                described[:] = cursor.get_description()
            return True

        cursor.exec_trace = trace
        with _errors():
            found = cursor.execute(statement, parameters).fetchall()
        self._rows = iter(found)
        self.description = [(name, *[None] * 6) for name, *_ in described] or None
        changes = statement.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE")
        self.rowcount = self._db.changes() if changes else -1
        self.lastrowid = self._db.last_insert_rowid()
        return self

    def executemany(self, statement: str, rows: Any) -> Cursor:
        count = 0
        for row in rows:
            self.execute(statement, row)
            count += max(0, self.rowcount)
        self.rowcount = count
        return self

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchmany(self, size: int = 1) -> list[Any]:
        return [row for row, _ in zip(self._rows, range(size), strict=False)]

    def fetchall(self) -> list[Any]:
        return list(self._rows)

    def __iter__(self) -> Iterator[Any]:
        return self._rows

    def close(self) -> None:
        self._rows = iter(())
