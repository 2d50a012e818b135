"""Making, checking and converting offices: refuse newer, back up, upgrade, check references."""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect

from db import journal, rights, schema, search
from db.engine import APPLICATION_ID, Office
from db.errors import Damaged, NotAnOffice, TooNew, TooOld, Unconverted
from db.files import blaming, replacing

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
MAGIC = b"SQLite format 3\x00"
VERSION_TABLE = "alembic_version"


def head(folder: Path = MIGRATIONS) -> str:
    """Return the newest revision; revisions are numbers in file names, so no library is needed."""
    return max(path.name.split("_")[0] for path in (folder / "versions").glob("[0-9]*_*.py"))


def look(path: Path) -> None:
    """Refuse what is no office before SQLite sees it: NotAnOffice, Damaged, FileNotFoundError."""
    with blaming(path):
        facts = path.stat()
        if not (stat.S_ISREG(facts.st_mode) or stat.S_ISDIR(facts.st_mode)):
            # A pipe would keep us waiting; of a folder the next line says what it is.
            raise NotAnOffice(str(path))
        size = facts.st_size
        with path.open("rb") as file:
            start = file.read(100)
    if size == 0 or not start.startswith(MAGIC):
        raise NotAnOffice(str(path))
    if len(start) < 100 or int.from_bytes(start[68:72], "big") != APPLICATION_ID:
        raise NotAnOffice(str(path))
    page = int.from_bytes(start[16:18], "big") or 1
    page = 65536 if page == 1 else page
    pages = int.from_bytes(start[28:32], "big")
    # A commit that was cut off leaves a header ahead of its pages, and the journal that mends it.
    if page * pages > size and not path.with_name(f"{path.name}-journal").exists():
        raise Damaged(str(path))


def create(office: Office) -> None:
    """Make all tables, the index and the version mark in one transaction."""
    schema.everything()
    with office.writing() as connection:
        connection.info["permit"] = True
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        elif inspect(connection).get_table_names():
            raise FileExistsError(office.write.url.render_as_string())
        # In one order, whichever module was loaded first: where the tables of an office lie in its
        # file is then known even when the list of them is damaged (db/salvage).
        metadata = schema.Base.metadata
        metadata.create_all(connection, tables=metadata.sorted_tables)
        search.create(connection)
        connection.exec_driver_sql(
            f"CREATE TABLE {VERSION_TABLE} (version_num VARCHAR(32) NOT NULL,"
            f" CONSTRAINT {VERSION_TABLE}_pkc PRIMARY KEY (version_num))"
        )
        connection.exec_driver_sql(f"INSERT INTO {VERSION_TABLE} VALUES ('{head()}')")
        if connection.dialect.name == "postgresql":
            rights.give(connection)
        connection.info["permit"] = False


def upgrade(office: Office, path: Path | None, folder: Path = MIGRATIONS) -> None:
    """Bring an office to this program's tables, or refuse.

    `path` is the file to back up first; None means it may not be written: an older office is then
    refused with TooOld. Raises TooNew, NotAnOffice, Damaged, and Unconverted where the office is on a
    server and this login does not own its tables.
    """
    now, wanted = _revision(office), head(folder)
    if now == wanted:
        return
    if now > wanted:
        raise TooNew(f"{now} > {wanted}")
    if office.dialect == "sqlite":
        if path is None:
            raise TooOld(f"{now} < {wanted}")
        back_up(path, path.with_name(f"{path.name}.before-{now}-{wanted}.gwbak"))
    else:
        with office.looking() as connection:
            if not rights.owns(connection):
                raise Unconverted(f"{now} < {wanted}")
    _carry_out(office, folder, now, wanted)


def _revision(office: Office) -> str:
    with office.read.connect() as connection:
        if not inspect(connection).has_table(VERSION_TABLE):
            raise NotAnOffice(str(office.read.url.database))
        found = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar()
    return str(found)


def back_up(source: Path, target: Path) -> None:
    """Copy an office file to `target` and check the copy; an existing good copy is kept.

    A failing conversion that is tried again must not rotate the good copy away.
    """
    if target.exists():
        return
    with replacing(target, private=True) as temporary:
        # VACUUM INTO wants a file that is not there or empty.
        with contextlib.closing(sqlite3.connect(source)) as connection, blaming(target):
            try:
                connection.execute("VACUUM INTO ?", (str(temporary),))
            except sqlite3.Error as error:
                raise OSError(_errno(error), str(error)) from error
        _compare(source, temporary)


def _errno(error: sqlite3.Error) -> int:
    import errno

    full = getattr(error, "sqlite_errorcode", 0) & 0xFF == 13
    return errno.ENOSPC if full else errno.EIO


def _compare(source: Path, copy: Path) -> None:
    """Raise Damaged unless a copy is whole and holds as many rows of everything as its source."""
    counts = []
    for path in (source, copy):
        with contextlib.closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            if path is copy:
                (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
                if verdict != "ok":
                    raise Damaged(str(copy))
            names = [
                name
                for (name,) in connection.execute(
                    "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE"
                    " 'search_fts%' AND name NOT LIKE 'sqlite_%' ORDER BY name"
                )
            ]
            counts.append(
                {
                    name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
                    for name in names
                }
            )
    if counts[0] != counts[1] or not counts[0]:
        raise Damaged(str(copy))


def _carry_out(office: Office, folder: Path, now: str, wanted: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder))
    with _migrating(office) as connection:
        config.attributes["connection"] = connection
        server = office.dialect == "postgresql"
        if server:
            rights.withdraw(connection)
        command.upgrade(config, wanted)
        if server:
            rights.give(connection)
        last = journal.head(connection, "")
        # Marks the journal: what was done before names columns of another shape.
        journal.append(
            connection,
            last,
            kind=journal.MIGRATED,
            label=f"{now} -> {wanted}",
            command=secrets.token_hex(16),
            who="office",
            origin="",
            rows=(),
        )


@contextlib.contextmanager
def _migrating(office: Office) -> Iterator[Connection]:
    """Yield a connection in one transaction with foreign keys off, and check them before COMMIT.

    With them on, SQLite's way of altering a table deletes every row that refers to it.
    """
    sqlite = office.dialect == "sqlite"
    with office.write.connect() as connection:
        raw: Any = connection.connection.driver_connection
        if sqlite:
            # Ignored without a word inside a transaction.
            raw.execute("PRAGMA foreign_keys=0")
        try:
            with connection.begin():
                connection.info["permit"] = True
                yield connection
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                    raise Damaged("broken references")
        finally:
            connection.info["permit"] = False
            if sqlite:
                raw.execute("PRAGMA foreign_keys=1")
