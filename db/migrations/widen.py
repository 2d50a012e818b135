"""What revisions share: frozen texts of tables, and widening a table on SQLite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def statements(path: Path) -> list[str]:
    """Return the statements of a file, each ended by a semicolon and a line end."""
    return [part.strip() for part in path.read_text("utf-8").split(";\n") if part.strip()]


def widen_on_sqlite(
    connection: Any,
    texts: Sequence[str],
    fresh: Mapping[str, Mapping[str, str]],
    dropped: Sequence[str] = (),
) -> None:
    """Make the tables of `texts`, copying those of `fresh` into their new shape.

    `fresh` holds by table and column what older rows get, as SQL; `dropped` are made anew, empty.
    Ids already given out stay given out.
    """
    # Without it, renaming a table would turn the references of the others to its new name.
    connection.exec_driver_sql("PRAGMA legacy_alter_table=1")
    given = dict(connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence").all())
    indexes = "SELECT name FROM sqlite_master WHERE type='index' AND sql IS NOT NULL AND tbl_name=?"
    for name in (*fresh, *dropped):
        for (index,) in connection.exec_driver_sql(indexes, (name,)).all():
            connection.exec_driver_sql(f'DROP INDEX "{index}"')
        connection.exec_driver_sql(f"ALTER TABLE {name} RENAME TO {name}_before")
    for text in texts:
        connection.exec_driver_sql(text)
    for name, values in fresh.items():
        info = connection.exec_driver_sql(f"PRAGMA table_info({name})").all()
        columns = [row[1] for row in info]
        taken = ", ".join(values.get(column, f'"{column}"') for column in columns)
        named = ", ".join(f'"{column}"' for column in columns)
        connection.exec_driver_sql(
            f"INSERT INTO {name} ({named}) SELECT {taken} FROM {name}_before ORDER BY id"
        )
        connection.exec_driver_sql(f"DROP TABLE {name}_before")
        connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name=?", (name,))
        if name in given:
            connection.exec_driver_sql(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, given[name])
            )
    for name in dropped:
        connection.exec_driver_sql(f"DROP TABLE {name}_before")
    connection.exec_driver_sql("PRAGMA legacy_alter_table=0")
