"""A row's image as the journal has it, read as far as it can be: it may be of an earlier version."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from db import schema
from db.images import decode
from gwangju_desktop.history.labels import INTERNAL

Image = dict[str, Any]
ADDED, CHANGED, DELETED, ERASED = "added", "changed", "deleted", "erased"


@dataclass(frozen=True, slots=True)
class Row:
    """One row before and after a statement; `erased` where the journal holds it no more."""

    table: str
    id: int
    before: Image | None
    after: Image | None
    erased: bool = False
    subject: int | None = None

    @property
    def act(self) -> str:
        """Return what was done to the row: added, changed, deleted, or erased since."""
        if self.erased:
            return ERASED
        if self.before is None:
            return ADDED
        return DELETED if self.after is None else CHANGED

    @property
    def image(self) -> Image:
        """Return the row as it was after, or before it was deleted; empty where it is erased."""
        return self.after or self.before or {}

    @property
    def fields(self) -> list[str]:
        """Return the columns that differ, in the table's order; of a new row those that say anything."""
        before, after = self.before or {}, self.after or {}
        names = [name for name in {**before, **after} if name not in INTERNAL]
        if self.before is not None and self.after is not None:
            names = [name for name in names if before.get(name) != after.get(name)]
        else:
            names = [name for name in names if self.image.get(name) not in (None, "", [], {})]
        order = _order(self.table)
        return sorted(names, key=lambda name: order.get(name, len(order)))


@cache
def _order(table: str) -> dict[str, int]:
    try:
        return {column.name: n for n, column in enumerate(schema.table(table).c)}
    except KeyError:
        return {}


def read(table: str, pk: str, body: str | None, subject: int | None = None) -> Row:
    """Return a row of the journal; whatever stands there, it is read as far as it can be."""
    pair: Any = None
    try:
        pair = json.loads(body) if body else None
    except ValueError:
        pair = None
    if not (isinstance(pair, list) and len(pair) == 2):
        return Row(table, first(pk), None, None, True, subject)
    before, after = (_decoded(table, image) for image in pair)
    return Row(table, first(pk), before, after, before is None and after is None, subject)


def first(pk: str) -> int:
    """Return the number of a row's key; texts (settings) count as no number."""
    try:
        held = json.loads(pk)[0]
    except (ValueError, TypeError, LookupError):
        return 0
    return held if isinstance(held, int) else 0


def _decoded(table: str, image: Any) -> Image | None:
    if not isinstance(image, dict):
        return None
    try:
        return decode(table, image)
    except (KeyError, ValueError, TypeError, ArithmeticError):
        # Of an earlier version, or written by a stranger: column by column, the rest as it stands.
        return {name: _one(table, name, value) for name, value in image.items()}


def _one(table: str, name: str, value: Any) -> Any:
    try:
        made = decode(table, {name: value})
    except (KeyError, ValueError, TypeError, ArithmeticError):
        return value
    return made[name] if made else value


@cache
def referred(table: str, column: str) -> str:
    """Return the table a column's number leads to, "" where it is no such number."""
    try:
        keys = schema.table(table).c[column].foreign_keys
    except KeyError:
        return ""
    return next((key.column.table.name for key in keys), "")
