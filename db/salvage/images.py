"""Rows that are gone or not themselves, brought back from the journal's images of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Connection, Table, delete, select, update
from sqlalchemy.exc import StatementError

from db import journal, schema
from db.base import Recorded
from db.changes import Image
from db.images import canonical, decode
from db.salvage.tally import Salvage, Tally
from db.schema.journal import change_log, row_change


def mend(connection: Connection, salvage: Salvage) -> None:
    """Bring rows that are gone back, and rows that are not themselves in line, from the journal.

    Only what the journal can prove: images with their own digest, written since the last
    conversion. What was erased of it stays erased.
    """
    read = [salvage.of(name) for name in ("change_log", "row_change")]
    whole = not any(one.holes or one.lost for one in read) and not journal.verify(connection)
    since = _last_conversion(connection)
    latest: dict[tuple[str, str], Image | None] = {}
    spoilt = []
    query = select(row_change).order_by(row_change.c.change_id, row_change.c.n)
    for image in connection.execute(query):
        key = (image.tbl, image.pk)
        if image.body is None:
            latest.pop(key, None)
            continue
        if not _is_itself(image):
            spoilt.append((image.change_id, image.n))
            latest.pop(key, None)
            continue
        if image.change_id > since:
            latest[key] = json.loads(image.body)[1]
    for number, n in spoilt:
        # As if erased: the digest is still what the chain covers.
        here = (row_change.c.change_id == number, row_change.c.n == n)
        connection.execute(update(row_change).where(*here).values(body=None, salt=None))
    known: dict[str, dict[str, Image | None]] = {}
    for (name, pk), state in latest.items():
        known.setdefault(name, {})[pk] = state
    for name in recorded():
        if name in known:
            _mend_table(connection, salvage.of(name), schema.table(name), known[name], whole)


def _last_conversion(connection: Connection) -> int:
    kinds = (journal.MIGRATED, journal.SALVAGED)
    query = select(change_log.c.id).where(change_log.c.kind.in_(kinds))
    return max(connection.scalars(query).all(), default=0)


def _is_itself(image: Any) -> bool:
    parts = (str(part).encode() for part in (image.tbl, image.pk, image.body))
    return bool(journal.sha(bytes(image.salt or b""), *parts) == bytes(image.digest))


def recorded() -> list[str]:
    """Return the tables whose rows the journal holds, those others refer to first."""
    names = {
        cast(Table, mapper.local_table).name
        for mapper in schema.mappers()
        if issubclass(mapper.class_, Recorded)
    }
    return [table.name for table in schema.Base.metadata.sorted_tables if table.name in names]


def _mend_table(
    connection: Connection, tally: Tally, table: Table, known: dict[str, Image | None], whole: bool
) -> None:
    names = {column.name for column in table.columns}
    (key_column,) = table.primary_key
    here = _as_journalled(connection, table)
    gone = [key for key, image in known.items() if image is not None and key not in here]
    counted = 0
    for key in gone:
        there = known[key] or {}
        if set(there) == names and _insert(connection, table, there):
            counted += 1
    tally.mended += counted
    # What could not be read and what the journal misses are most often the same rows.
    tally.lost = max(tally.lost - counted, len(gone) - counted)
    if whole:
        # The journal knows every row there ever was.
        tally.holes, tally.lost = 0, len(gone) - counted
    for key in here.keys() & known.keys():
        image, row = known[key], here[key]
        mine = table.update().where(key_column == json.loads(key)[0])
        if image is None:
            if whole:
                # Deleted since, and read from a page that should have been free.
                connection.execute(delete(table).where(key_column == json.loads(key)[0]))
                tally.read -= 1
        elif (
            row != image
            and set(image) == names
            # A row of another version is newer than what the journal still has.
            and (whole or row is None or row.get("version") == image.get("version"))
        ):
            connection.execute(mine.values(decode(table.name, image) or {}))
            tally.read -= 1
            tally.mended += 1


def _as_journalled(connection: Connection, table: Table) -> dict[str, Image | None]:
    """Return the rows by key as their images would be; None for values not of their columns."""
    (key,) = table.primary_key
    try:
        return dict(_written(row, key.name) for row in connection.execute(select(table)).mappings())
    except UNREADABLE:
        found: dict[str, Image | None] = {}
        for number in connection.scalars(select(key)).all():
            try:
                row = connection.execute(select(table).where(key == number)).mappings().one()
                found.update([_written(row, key.name)])
            except UNREADABLE:
                found[canonical((number,))] = None
        return found


def _written(row: Mapping[Any, Any], key: str) -> tuple[str, Image]:
    image = {str(name): value for name, value in row.items()}
    return canonical((image[key],)), json.loads(canonical(image))


# What a value that is not of its column raises when it is turned into Python's.
UNREADABLE = (TypeError, ValueError, StatementError)


def _insert(connection: Connection, table: Table, image: Image) -> bool:
    try:
        connection.execute(table.insert().values(decode(table.name, image) or {}))
    except UNREADABLE:
        return False
    return True
