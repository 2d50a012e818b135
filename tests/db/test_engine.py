"""What SQLite was told is what SQLite does, on every connection; readers cannot write."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from db.engine import PRAGMAS, open_engines
from db.errors import Busy
from db.faults import translated
from db.store import Store
from tests.db.test_store import add_person


def test_every_pragma_is_read_back(sqlite_store: Store) -> None:
    for engine, own in (
        (sqlite_store.office.write, {"query_only": 0}),
        (sqlite_store.office.read, {"query_only": 1}),
        (sqlite_store.office.peek, {"query_only": 1, "busy_timeout": 0}),
    ):
        with engine.connect() as connection:
            for name, value in (PRAGMAS | own).items():
                got = connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                assert got == value, (name, got)


def test_a_pragma_that_does_not_take_stops_the_start(sqlite_store: Store) -> None:
    office = open_engines(sqlite_store.office.write.url, journal_mode="invented")
    with pytest.raises(RuntimeError, match="journal_mode"), office.read.connect():
        pass
    office.dispose()


def test_readers_cannot_write(store: Store) -> None:
    with pytest.raises(DBAPIError), store.office.read.begin() as connection:
        connection.exec_driver_sql("DELETE FROM person")


def test_peeking_does_not_wait(sqlite_store: Store) -> None:
    with sqlite_store.office.write.connect() as writer:
        writer.exec_driver_sql("SELECT 1")
        # An exclusive lock is what a COMMIT holds for a moment.
        writer.exec_driver_sql("PRAGMA locking_mode=EXCLUSIVE")
        writer.connection.driver_connection.execute("COMMIT")  # type: ignore[union-attr]
        writer.connection.driver_connection.execute("BEGIN EXCLUSIVE")  # type: ignore[union-attr]
        with pytest.raises(Busy), sqlite_store.peeking() as read:
            read.connection().exec_driver_sql("SELECT count(*) FROM person")
        writer.connection.driver_connection.rollback()  # type: ignore[union-attr]
        writer.exec_driver_sql("PRAGMA locking_mode=NORMAL")
        writer.connection.driver_connection.rollback()  # type: ignore[union-attr]


def test_a_commit_that_met_a_long_reader_does_not_poison_the_pool(sqlite_store: Store) -> None:
    """The reader holds its lock past the writer's patience; the next write works all the same."""
    path = sqlite_store.office.write.url.database
    assert path is not None
    sqlite_store.run(add_person, name="김")
    hasty = open_engines(f"sqlite:///{path}", busy_timeout=50)
    try:
        with sqlite_store.office.read.connect() as reader:
            cursor = reader.exec_driver_sql("SELECT name FROM person UNION ALL SELECT 'x'")
            cursor.fetchone()
            with pytest.raises(Busy), translated(path), hasty.write.begin() as writer:
                writer.exec_driver_sql("UPDATE person SET name = '이'")
            cursor.close()
        with hasty.write.begin() as writer:
            writer.exec_driver_sql("UPDATE person SET name = '박'")
    finally:
        hasty.dispose()
