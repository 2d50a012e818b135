"""Thousands of new rows in one go: journalled row by row, as if each had been added by itself.

A flush reads every row back, statement by statement; a file of 100,000 lines has no time for that.
Here the images are made of what is written, so undo, erasure and the index know no difference.
"""

from __future__ import annotations

import secrets
import struct
from collections.abc import Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import Column, Connection, Table, column, func, select, table
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from db import bulk
from db.base import Recorded
from db.changes import Image, RowChange
from db.engine import permit

# So many rows go to the driver at once.
_BLOCK = 5000
_TOKEN_BITS = 62


def add(tx: Session, entity: type[Recorded], rows: Sequence[dict[str, Any]]) -> list[int]:
    """Add rows of one entity, given by column names, and return their ids in order.

    Columns that a row does not name get their default, else NULL. What the session holds is
    flushed first. Raises KeyError for a column there is not, IntegrityError as a flush does.
    """
    if not rows:
        return []
    tx.flush()
    connection = tx.connection()
    kind = cast(Table, entity.__table__)
    blank = _blank(entity)
    with permit(connection):
        ids = _ids(connection, kind, len(rows))
        images: list[Image] = []
        for number, token, row in zip(ids, _tokens(len(rows)), rows, strict=True):
            image = blank | row
            image["id"] = number
            image["version"] = token
            images.append(image)
        if any(len(image) != len(blank) for image in images):
            raise KeyError(f"{kind.name}: {sorted(set().union(*images) - blank.keys())}")
        for at in range(0, len(images), _BLOCK):
            bulk.put(connection, kind, images[at : at + _BLOCK])
    subject = entity.__subject__
    # A plain str: SQLAlchemy's names are a kind of their own, which every use pays for.
    name = str(kind.name)
    tx.info["rows"].extend(
        RowChange(name, (image["id"],), None, image, image[subject] if subject else None)
        for image in images
    )
    return ids


def _tokens(count: int) -> list[int]:
    """Return random row tokens; the system is asked for them once."""
    drawn = struct.unpack(f"={count}Q", secrets.token_bytes(8 * count))
    return [number >> (64 - _TOKEN_BITS) for number in drawn]


@cache
def _blank(entity: type[Recorded]) -> dict[str, Any]:
    """Return every column of an entity with its plain default."""
    columns = cast(Table, entity.__table__).columns
    return {one.name: _default(one) for one in columns}


def _default(one: Column[Any]) -> Any:
    return one.default.arg if isinstance(one.default, ScalarElementColumnDefault) else None


def _ids(connection: Connection, kind: Table, count: int) -> list[int]:
    """Return ids no row ever had: the writer's lock is held, so nobody else takes them."""
    if connection.dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(kind.name, "id")
        numbered = select(func.nextval(sequence)).select_from(func.generate_series(1, count))
        return [int(number) for number in connection.execute(numbered).scalars()]
    given = table("sqlite_sequence", column("name"), column("seq"))
    last = connection.execute(select(given.c.seq).where(given.c.name == kind.name)).scalar()
    first = int(last or 0) + 1
    return list(range(first, first + count))
