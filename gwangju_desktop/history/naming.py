"""What records are called in the history: as they are called now, or were when they went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import literal, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import visitors
from sqlalchemy.sql.schema import Column

from db import schema
from gwangju_desktop import settings, subjects
from gwangju_desktop.history import images, labels
from gwangju_desktop.history.images import Image, Row
from gwangju_desktop.members.rules import named
from gwangju_desktop.text import N_, language, say

Key = tuple[str, int]
LONGEST, OWNERS = 60, 24  # characters of a name in a sentence, and of whose it is
# Columns that name a row where nothing better is declared, the best first.
_NAMING = ("title", "title_ko", "name", "name_ko", "label", "text", "key", "number", "sequence")
_ENGLISH = {"title": "title_en", "title_ko": "title_en", "name_ko": "name_en", "name": "name_en"}


class Names:
    """The names of all that some rows are, belong to and refer to; asked for at once.

    `brief` leaves out what a sentence does not say: it tells the value of a single change only.
    """

    def __init__(self, read: Session, rows: Sequence[Row], *, brief: bool = False) -> None:
        keys: set[Key] = set()
        for row in rows:
            keys |= {(row.table, row.id), *_owners(row.table, row.image)}
            if not brief or (row.act == images.CHANGED and len(row.fields) == 1):
                keys |= set(_referred(row))
        self._called = subjects.names(read, keys)
        self._called |= _plain(read, keys - self._called.keys())

    def record(self, row: Row) -> str:
        """Return what a row is called with what it belongs to: “agenda item “Lamps” (5th meeting)”."""
        label = labels.load().table(row.table)
        name, owner = self._own(row), self._owner(row)
        values = {
            "kind": label.said,
            "name": shortened(name),
            "owner": shortened(owner, OWNERS if name else LONGEST),
        }
        if name and owner:
            return say(N_("{kind} “{name}” ({owner})"), **values)
        if name:
            return say(N_("{kind} “{name}”"), **values)
        if owner:
            return say(N_("{kind} of {owner}"), **values)
        return label.said

    def called(self, table: str, id: int) -> str:
        """Return what a record is called now, "" where it is gone or has no name."""
        return self._called.get((table, id), "")

    def _own(self, row: Row) -> str:
        if row.table in _of_others():
            return ""
        return self.called(row.table, row.id) or said_in(row.table, row.image)

    def _owner(self, row: Row) -> str:
        if row.table in _of_others() and (known := self.called(row.table, row.id)):
            return known
        for owner in _owners(row.table, row.image):
            if known := self.called(*owner):
                return known
        return ""


def said_in(table: str, image: Image) -> str:
    """Return what an image itself says its row is called."""
    if table in ("setting", "setting_period"):
        declared = settings.DECLARED.get(str(image.get("key")))
        return say(declared.label) if declared else str(image.get("key") or "")
    if image.get("restricted") and image.get("open_title"):
        return str(image["open_title"])
    label = labels.load().table(table)
    for column in (label.label, *_NAMING):
        held = image.get(column)
        if held in (None, "") or images.referred(table, column) or _masked(table, column):
            continue
        if isinstance(held, (str, int)) and not isinstance(held, bool):
            other = image.get(_ENGLISH.get(column, "")) or ""
            return named(str(held), str(other))
    return ""


def shortened(text: str, longest: int = LONGEST) -> str:
    """Return a text on one line, cut where it is too long for a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def object_of(words: str) -> str:
    """Return Korean words with the particle that makes them what is done something to."""
    if language() != "ko" or not words:
        return words
    last = words
    while last.endswith(")") and "(" in last:
        last = last[: last.rindex("(")].rstrip()
    last = last.rstrip("”’」.…\"' ")[-1:]
    if "가" <= last <= "힣":
        return words + ("을" if (ord(last) - ord("가")) % 28 else "를")
    return words + "을(를)"


def _masked(table: str, column: str) -> bool:
    return labels.load().masked(table, column)


def _owners(table: str, image: Image) -> list[Key]:
    of = labels.load().table(table).of
    held = ((owner, image.get(column)) for column, owner in of.items())
    return [(owner, id) for owner, id in held if isinstance(id, int)]


def _referred(row: Row) -> Iterable[Key]:
    for column in row.fields:
        table = images.referred(row.table, column)
        held = [(image or {}).get(column) for image in (row.before, row.after)]
        yield from ((table, id) for id in held if table and isinstance(id, int))


@cache
def _of_others() -> frozenset[str]:
    """Return the tables whose rows are called as the record they belong to."""
    return frozenset(
        table
        for table, query in subjects.QUERIES.items()
        if table not in _tables(query.selected_columns[1])
    )


def _tables(expression: Any) -> set[str]:
    found = (one for one in visitors.iterate(expression) if isinstance(one, Column))
    return {column.table.name for column in found}


def _plain(read: Session, keys: Iterable[Key]) -> dict[Key, str]:
    """Return the names of records that no room names, by the column that names them best."""
    wanted: dict[str, set[int]] = {}
    for table, id in keys:
        wanted.setdefault(table, set()).add(id)
    found: dict[Key, str] = {}
    for name, ids in wanted.items():
        if name in subjects.QUERIES:
            continue
        try:
            columns = schema.table(name).c
        except KeyError:
            continue
        best = next((c for c in _NAMING if c in columns and not _masked(name, c)), "")
        if not best or "id" not in columns or images.referred(name, best):
            continue
        english = columns.get(_ENGLISH.get(best, ""))
        asked = (columns.id, columns[best], literal("") if english is None else english)
        for id, korean, other in read.execute(select(*asked).where(columns.id.in_(ids))).all():
            if name in ("setting", "setting_period"):
                found[name, id] = said_in(name, {"key": korean})
            elif korean not in (None, ""):
                found[name, id] = named(str(korean), str(other or ""))
    return found
