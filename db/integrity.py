"""The database's own word on whether it is whole."""

from __future__ import annotations

from sqlalchemy import Connection, column, func, inspect, select, table

from db.engine import Office
from db.errors import Damaged


def faults(connection: Connection) -> list[str]:
    """Return what SQLite finds broken in pages and references; PostgreSQL guards both itself."""
    if connection.dialect.name != "sqlite":
        return []
    found = [
        str(row[0])
        for row in connection.exec_driver_sql("PRAGMA integrity_check").all()
        if row[0] != "ok"
    ]
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        found.append(f"{row[0]} {row[1]} -> {row[2]}")
    return found


def demand_whole(office: Office) -> None:
    """Raise Damaged, naming the file, unless its pages and rows are whole; indexes are not compared.

    What an office is asked before its first use after a program that did not end well: 0.1 s for
    100 MB. PostgreSQL looks after itself.
    """
    if office.dialect != "sqlite":
        return
    with office.looking() as connection:
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if found != "ok":
        raise Damaged(office.place)


def revision(connection: Connection) -> str:
    """Return the revision of an office's tables."""
    return str(connection.execute(select(column("version_num")).select_from(_VERSION)).scalar())


_VERSION = table("alembic_version")


def counts(connection: Connection) -> dict[str, int]:
    """Return the rows of every table but the search index's own ones."""
    return {
        name: int(connection.execute(select(func.count()).select_from(table(name))).scalar() or 0)
        for name in sorted(inspect(connection).get_table_names())
        if not name.startswith("search_fts")
    }
