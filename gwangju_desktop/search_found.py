"""What a search gives of a record, the name of a record in the language of the moment, excerpts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.search import fold
from gwangju_desktop import text

WORD = 12  # characters of half a word that are left out of an excerpt
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


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is narrowed to: tables of records, a body, first and last day; None is any."""

    kinds: tuple[str, ...] = ()
    body_id: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def narrow(self) -> bool:
        """Say whether anything is left out."""
        return self != EVERY

    def lets(self, one: Found) -> bool:
        """Say whether a record with its day and bodies passes."""
        if self.kinds and one.table not in self.kinds:
            return False
        if self.body_id is not None and self.body_id not in one.bodies:
            return False
        if self.since is None and self.until is None:
            return True
        since, until = self.since or dt.date.min, self.until or dt.date.max
        return one.day is not None and since <= one.day <= until


EVERY = Filters()


def excerpt(words: str, folded: str) -> str:
    """Return what stands around the first place that reads `folded` in a text, "" where none does.

    Spaces and marks do not count.
    """
    place = _place(words, folded) if folded else None
    if place is None:
        return ""
    first, last = place
    start, end = max(0, first - AROUND), min(len(words), last + AROUND)
    # Half a word says less than none.
    if start and (gap := words[start:first].find(" ", 0, WORD)) >= 0:
        start += gap + 1
    if end < len(words) and (gap := words[last:end].rfind(" ")) >= max(0, end - last - WORD):
        end = last + gap
    shown = " ".join(words[start:end].split())
    return f"{'…' if start else ''}{shown}{'…' if end < len(words) else ''}"


def _place(words: str, folded: str) -> tuple[int, int] | None:
    """Return where a text reads `folded`: the first letter and the one after the last."""
    # A word at a time, because letter by letter a page takes milliseconds.
    parts = [(found.start(), found.group(), fold(found.group())) for found in _WORD.finditer(words)]
    at = "".join(part for _start, _word, part in parts).find(folded)
    if at < 0:
        return None
    return _letter(parts, at), _letter(parts, at + len(folded) - 1) + 1


def _letter(parts: list[tuple[int, str, str]], at: int) -> int:
    """Return which letter of the text is the one at `at` of the folded words."""
    for start, word, folded in parts:
        if at < len(folded):
            for n, letter in enumerate(word):
                at -= len(fold(letter))
                if at < 0:
                    return start + n
            return start + len(word) - 1
        at -= len(folded)
    raise IndexError(at)


_WORD = re.compile(r"\S+")


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
