"""The rows of a copy by table and code, and what is said of a figure that was worked out anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gwangju_desktop.text import LANGUAGES, Msg, words

Record = Mapping[str, Any]
# In Korean and in English.
Both = tuple[str, str]


def said(message: Msg, **values: object) -> Both:
    """Say a message in both languages; a value that is a pair is said in its own."""
    found = []
    for n, language in enumerate(LANGUAGES):
        own = {k: v[n] if isinstance(v, tuple) else v for k, v in values.items()}
        found.append(words(language)(message, **own))
    return found[0], found[1]


@dataclass(frozen=True, slots=True)
class Part:
    """A row a figure was worked out from: where it stands, what it is and the value used.

    `fields` are the (column, value) that make up the value; the copy has words for some.
    """

    table: str
    code: str
    label: str
    value: str = ""
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Worked:
    """A figure from the rows: its value, the rule with its numbers, and the rows.

    `value` is None where it cannot be worked out; `why` says so then. `least` and `most` bound what
    cannot be told exactly. `missing` are the tables or table.columns that would be needed. `due` is
    False where an office may have reason not to tell the figure, which no row of a copy shows.
    """

    value: float | str | None
    steps: Both
    parts: Sequence[Part] = ()
    why: Both | None = None
    missing: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    due: bool = True


Found = dict[str, Worked]


@dataclass(slots=True)
class Rows:
    """The tables of a copy; those it has not are empty."""

    read: Callable[[str], list[dict[str, Any]]]
    tables: frozenset[str]
    _held: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    _by: dict[tuple[str, str], dict[str, list[dict[str, Any]]]] = field(default_factory=dict)

    def of(self, table: str) -> list[dict[str, Any]]:
        """Return a table's rows."""
        if table not in self._held:
            self._held[table] = self.read(table) if table in self.tables else []
        return self._held[table]

    def by(self, table: str, column: str, value: object) -> list[dict[str, Any]]:
        """Return the rows of a table with a value in a column."""
        key = (table, column)
        if key not in self._by:
            held: dict[str, list[dict[str, Any]]] = {}
            for row in self.of(table):
                held.setdefault(str(row.get(column)), []).append(row)
            self._by[key] = held
        return self._by[key].get(str(value), [])

    def one(self, table: str, code: object) -> dict[str, Any]:
        """Return a row by its code, {} where it is not there."""
        found = self.by(table, "id", code)
        return found[0] if found else {}


def day(text: object) -> dt.date | None:
    """Read a day of the copy, None for none; raises ValueError for what is no day."""
    return None if text is None else dt.date.fromisoformat(str(text)[:10])


def part(table: str, row: Record, label: object, *columns: str) -> Part:
    """Return a row as a part of a calculation with the values of some columns."""
    fields = tuple((name, str(row[name])) for name in columns if row.get(name) not in (None, ""))
    return Part(table, str(row.get("id", "")), str(label or ""), fields=fields)
