"""What a search gives of a record, and the name of a record in the language of the moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gwangju_desktop import text


@dataclass(frozen=True, slots=True)
class Found:
    """One record: what it is, how it reads, and the page and record that show it."""

    table: str
    id: int
    title: str
    detail: str
    page: str
    record: tuple[str, int]


def named(korean: str, english: str) -> str:
    """Return a paired name in the language of the moment, Korean where there is no other."""
    return korean if text.language() == "ko" or not english else english


Finder = Callable[[Session, Sequence[int]], list[Found]]


def led(entity: Any, column: str, to: Finder) -> Finder:
    """Return what finds the records that rows of a table belong to, by its column with their ids."""

    def found(read: Session, refs: Sequence[int]) -> list[Found]:
        own = getattr(entity, column)
        query = select(own).where(entity.id.in_(refs), own.is_not(None)).distinct()
        return to(read, read.scalars(query).all())

    return found
