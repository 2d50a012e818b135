"""Raw answers, column by column: kept by what they are, outside the journal, dropped for good."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from db.engine import permit
from db.papers import digest_of
from db.schema.answers import PollBatch, poll_column

_SHA = poll_column.c.sha256


def put(tx: Session, columns: Iterable[bytes]) -> list[str]:
    """Keep columns of answers; return their SHA-256, by which a journalled row names them."""
    names = [(digest_of(data), data) for data in columns]
    given = dict(names)
    connection = tx.connection()
    known = set(tx.scalars(select(_SHA).where(_SHA.in_(given))))
    new = [{"sha256": name, "data": data} for name, data in given.items() if name not in known]
    if new:
        with permit(connection):
            connection.execute(insert(poll_column), new)
    return [name for name, _ in names]


def get(read: Session, digests: Iterable[str]) -> dict[str, bytes]:
    """Return the columns that are held, by SHA-256; what was dropped is not among them."""
    wanted = select(_SHA, poll_column.c.data).where(_SHA.in_(set(digests)))
    return {row.sha256: bytes(row.data) for row in read.execute(wanted)}


def sweep(tx: Session) -> int:
    """Drop the columns that no file of answers names any more; return how many."""
    named = tx.scalars(select(PollBatch.columns)).all()
    return drop_all_but(tx, {sha256 for columns in named for sha256 in columns.values()})


def drop_all_but(tx: Session, kept: Iterable[str]) -> int:
    """Drop every column not named; return how many. There is no way back."""
    connection = tx.connection()
    gone = set(tx.scalars(select(_SHA))) - set(kept)
    if gone:
        with permit(connection):
            connection.execute(delete(poll_column).where(_SHA.in_(gone)))
    return len(gone)
