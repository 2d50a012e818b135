"""References to rows that are gone: emptied, or the row left out that cannot do without."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, inspect, select
from sqlalchemy.exc import IntegrityError

from db import schema
from db.changes import Image, RowChange
from db.salvage.images import UNREADABLE, recorded
from db.salvage.tally import Salvage


def settle(connection: Connection, salvage: Salvage) -> None:
    """Empty references to rows that are gone, and leave out the rows that cannot do without.

    What the journal records of them goes into the entry of the salvage.
    """
    inspector = inspect(connection)
    journalled = set(recorded())
    touched: dict[tuple[str, int], tuple[Image | None, bool]] = {}
    while broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        for name, number, _parent, nth in broken:
            if number is None:
                _drop_broken(connection, salvage, name, nth)
                continue
            if name in journalled and (name, number) not in touched:
                touched[name, number] = (_image(connection, name, number), False)
            columns = _columns_of_key(connection, name, nth)
            facts = {column["name"]: column["nullable"] for column in inspector.get_columns(name)}
            if not (
                all(facts[column] for column in columns)
                and _empty(connection, name, number, columns)
            ):
                connection.exec_driver_sql(f'DELETE FROM "{name}" WHERE rowid = ?', (number,))
                salvage.of(name).left_out += 1
                salvage.of(name).read -= 1
                if name in journalled:
                    touched[name, number] = (touched[name, number][0], True)
            else:
                salvage.of(name).emptied += 1
    for (name, number), (before, gone) in touched.items():
        if before is not None:
            after = None if gone else _image(connection, name, number)
            salvage.changes.append(RowChange(name, (number,), before, after))


def _columns_of_key(connection: Connection, table: str, nth: int) -> list[str]:
    rows = connection.exec_driver_sql(f'PRAGMA foreign_key_list("{table}")').all()
    return [str(row[3]) for row in rows if row[0] == nth]


def _empty(connection: Connection, table: str, number: int, columns: Sequence[str]) -> bool:
    changed = ", ".join(f'"{name}" = NULL' for name in columns)
    try:
        connection.exec_driver_sql(f'UPDATE "{table}" SET {changed} WHERE rowid = ?', (number,))
    except IntegrityError:
        return False
    return True


def _drop_broken(connection: Connection, salvage: Salvage, table: str, nth: int) -> None:
    """Leave out all rows of a table without row numbers whose reference is broken."""
    facts = connection.exec_driver_sql(f'PRAGMA foreign_key_list("{table}")').all()
    (_id, _seq, parent, column, target, *_rest) = next(row for row in facts if row[0] == nth)
    gone = connection.exec_driver_sql(
        f'DELETE FROM "{table}" WHERE "{column}" IS NOT NULL AND "{column}" NOT IN'
        f' (SELECT "{target or "id"}" FROM "{parent}")'
    ).rowcount
    salvage.of(table).left_out += gone
    salvage.of(table).read -= gone


def _image(connection: Connection, table: str, number: int) -> Image | None:
    found = schema.table(table)
    try:
        row = connection.execute(select(found).where(found.c.id == number)).one()
    except UNREADABLE:
        return None
    return dict(row._mapping)
