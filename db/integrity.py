"""The database's own word on whether it is whole."""

from __future__ import annotations

from sqlalchemy import Connection


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
