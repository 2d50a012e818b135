"""What a search gives of a record, the name of a record in the language of the moment, excerpts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.search import fold
from gwangju_desktop import text

AROUND = 28  # characters of an excerpt on each side of what was asked for


@dataclass(frozen=True, slots=True)
class Found:
    """One record: what it is, how it reads, and the page and record that show it.

    `hit` is the row whose words were found, `excerpt` what stands around them there, `day` the
    record's own day, `bodies` those it belongs to.
    """

    table: str
    id: int
    title: str
    detail: str
    page: str
    record: tuple[str, int]
    hit: tuple[str, int] | None = None
    excerpt: str = ""
    day: dt.date | None = None
    bodies: frozenset[int] = frozenset()


def excerpt(words: str, folded: str) -> str:
    """Return what stands around the first place that reads `folded` in a text, "" where none does.

    Spaces and marks do not count, so a place is found by the letters of the text one by one.
    """
    letters: list[str] = []
    places: list[int] = []
    for at, character in enumerate(words):
        for letter in fold(character):
            letters.append(letter)
            places.append(at)
    found = "".join(letters).find(folded)
    if found < 0 or not folded:
        return ""
    first, last = places[found], places[found + len(folded) - 1] + 1
    start, end = max(0, first - AROUND), min(len(words), last + AROUND)
    shown = " ".join(words[start:end].split())
    return f"{'…' if start else ''}{shown}{'…' if end < len(words) else ''}"


def named(korean: str, english: str) -> str:
    """Return a paired name in the language of the moment, Korean where there is no other."""
    return korean if text.language() == "ko" or not english else english


Finder = Callable[[Session, Sequence[int]], list[Found]]


def led(entity: Any, column: str, to: Finder) -> Finder:
    """Return what finds the records that rows of a table belong to, by its column with their ids."""

    def found(read: Session, refs: Sequence[int]) -> list[Found]:
        own = getattr(entity, column)
        query = select(own, entity.id).where(entity.id.in_(refs), own.is_not(None))
        first: dict[int, int] = {}
        for leads_to, id in read.execute(query.order_by(entity.id)).all():
            first.setdefault(leads_to, id)
        table = entity.__tablename__
        return [
            replace(one, hit=(table, first[one.id])) if one.id in first else one
            for one in to(read, list(first))
        ]

    return found
