"""The words of stored files, by page: kept beside the journal, because a file gives them again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, exists, insert, select
from sqlalchemy.orm import Session

from db import search
from db.engine import permit
from db.schema.papers import StoredFile, file_text

TABLE = file_text.name


@dataclass(frozen=True, slots=True)
class Unread:
    """A stored file whose words are not known yet."""

    sha256: str
    name: str
    bytes: int


def unread(read: Session) -> list[Unread]:
    """List the stored files that nobody has read yet, the newest first."""
    known = exists().where(file_text.c.sha256 == StoredFile.sha256)
    query = select(StoredFile.sha256, StoredFile.name, StoredFile.bytes).where(~known)
    return [Unread(*row) for row in read.execute(query.order_by(StoredFile.id.desc())).all()]


def put(tx: Session, sha256: str, texts: Sequence[str]) -> int:
    """Keep the words of a file, `texts` by page, and index them; return how many pages have any.

    What was kept of it before goes. An empty `texts` says that the file has no words.
    """
    connection = tx.connection()
    with permit(connection):
        drop(tx, sha256)
        rows = [
            {"sha256": sha256, "part": part, "text": text}
            for part, text in enumerate(("", *texts))
            if text or not part
        ]
        connection.execute(insert(file_text), rows)
        query = select(file_text.c.id, file_text.c.text).where(file_text.c.sha256 == sha256)
        kept = connection.execute(query.order_by(file_text.c.part)).all()
        search.add_long(
            connection, TABLE, [(row.id, search.long_document(row.text)) for row in kept]
        )
    return len(rows) - 1


def drop(tx: Session, sha256: str) -> None:
    """Forget the words of a file."""
    connection = tx.connection()
    query = select(file_text.c.id).where(file_text.c.sha256 == sha256)
    with permit(connection):
        search.remove_long(connection, TABLE, list(connection.execute(query).scalars()))
        connection.execute(delete(file_text).where(file_text.c.sha256 == sha256))
