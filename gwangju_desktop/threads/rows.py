"""How records become rows of a thread: those asked for, and of them what the public may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Exists, Select, exists, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import InstrumentedAttribute

from gwangju_desktop.threads.model import Lens


def rows(
    read: Session,
    query: Select[*tuple[Any, ...]],
    id: InstrumentedAttribute[int],
    ids: Sequence[int],
    lens: Lens,
    *public: ColumnElement[bool],
) -> Iterator[Any]:
    """Return the rows of some ids; to the public those alone that meet all its conditions."""
    wanted = query.where(id.in_(ids))
    return iter(read.execute(wanted.where(*public) if lens.public else wanted))


def named_by(
    column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
    id: InstrumentedAttribute[int],
) -> Exists:
    """Return whether some record of another kind names a record in a column."""
    return exists(select(column).where(column == id))
