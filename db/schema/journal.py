"""The journal: one entry a command, one row image a statement, chained by hashes."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from db.base import Base
from db.types import Id, Words

_SELF = {"journal": "it is the journal", "search": "found by History, not by words"}

change_log = Table(
    "change_log",
    Base.metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("at", String(27), nullable=False),
    Column("who", Words, nullable=False),
    Column("origin", String(32), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("label", Words, nullable=False),
    Column("command", String(64), nullable=False),
    Column("target", Id),
    Column("result", Words),
    Column("prev", LargeBinary(32), nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    UniqueConstraint("command"),
    info=_SELF,
)

row_change = Table(
    "row_change",
    Base.metadata,
    Column("change_id", Id, ForeignKey("change_log.id"), primary_key=True, autoincrement=False),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("tbl", Words, nullable=False),
    Column("pk", Words, nullable=False),
    Column("subject", Id),
    Column("digest", LargeBinary(32), nullable=False),
    Column("salt", LargeBinary(16)),
    Column("body", Words),
    sqlite_with_rowid=False,
    info=_SELF,
)
# Not partial: naming a dialect's option imports the dialect, 28 ms of every start.
Index("ix_row_change_subject", row_change.c.subject)
