"""What every table shares: names of constraints, and the mark that the journal records it."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any, ClassVar

from sqlalchemy import BigInteger, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from db.types import Id, Utc, Words

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The root of all tables.

    A table that the journal does not record says why in `info["journal"]`, one that the search
    does not index in `info["search"]`; a test walks the metadata and wants one or the other.
    """

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {str: Words, dt.datetime: Utc}


def _token(_: object) -> int:
    return secrets.randbits(62)


class Recorded(Base):
    """A row the journal records; a random token names each state of it.

    Tokens are random and not counted, so that undoing twice meets the very token it expects.
    `__subject__` names the column with the id of the person the row is about; `__searched__` the
    columns the index holds, or a sentence why there is none; `__undo__` is False for rows that
    hand out numbers, which are never taken back; `__only_added__` is True for rows that nothing
    changes or deletes.
    """

    __abstract__ = True
    __subject__: ClassVar[str | None] = None
    __searched__: ClassVar[tuple[str, ...] | str]
    __undo__: ClassVar[bool] = True
    __only_added__: ClassVar[bool] = False
    # SQLite gives the id of an undone insert to the next row otherwise.
    __table_args__: Any = {"sqlite_autoincrement": True}

    version: Mapped[int] = mapped_column(BigInteger, nullable=False, sort_order=999)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version, "version_id_generator": _token}


def id_column() -> Mapped[int]:
    """Return the usual primary key."""
    return mapped_column(Id, primary_key=True, sort_order=-1)
