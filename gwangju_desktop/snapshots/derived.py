"""Tables of a snapshot that stand in no table of the office: counted, dated or listed from it.

Each names its columns in both languages, gathers in the one transaction in which the office is
read, and writes its rows when it is known which records go out. What it writes is as public as any
other row: ids as codes, texts masked, nothing of a record that stays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.orm import Session

from gwangju_desktop.snapshots.sqlite_file import Row, Shape, Value


class Context(Protocol):
    """What a derived table may know of the copy it goes into; `made_on` is the copy's day."""

    profile: str
    made_on: str

    def code(self, table: str, number: int) -> str:
        """Return the code that stands for a record's id."""

    def shows(self, table: str, number: int) -> bool:
        """Say whether a record has a row in this copy."""

    def has(self, table: str) -> bool:
        """Say whether a table goes into this copy, rows or none."""

    def whole(self, table: str) -> bool:
        """Say whether no column and no row's value of a table is held back for what it says."""

    def rows(self, table: str) -> list[dict[str, Value]]:
        """Return a table's rows as they go out, by column; none of a table that stays."""

    def text(self, value: str) -> str:
        """Return a text as it may go out, contacts and hidden names masked."""


@dataclass(frozen=True, slots=True)
class DerivedColumn:
    """A column: its name, its SQLite type, how it is to be read and what people call it.

    `form` is code, text, number, yes_no, date or time; `refers_to` the table a code leads to.
    """

    name: str
    type: str
    form: str
    ko: str
    en: str
    refers_to: str | None = None


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived table: the first `keys` columns tell its rows apart and order them."""

    name: str
    ko: str
    en: str
    columns: tuple[DerivedColumn, ...]
    keys: int
    gather: Callable[[Session], Any]
    rows: Callable[[Any, Context], list[Row]]

    @property
    def shape(self) -> Shape:
        """Return the table as SQLite gets it."""
        return Shape(self.name, tuple((column.name, column.type) for column in self.columns))

    def key(self, row: Row) -> tuple[Any, ...]:
        """Return what orders a row."""
        return row[: self.keys]

    def codebook(self) -> list[Row]:
        """Return the lines that explain the table and its columns."""
        lines: list[Row] = [(self.name, None, self.ko, self.en, None, None, 0, 0, None)]
        lines += [
            (self.name, c.name, c.ko, c.en, "derived", c.form, int(n < self.keys), 0, c.refers_to)
            for n, c in enumerate(self.columns)
        ]
        return lines


def tables() -> tuple[Derived, ...]:
    """Return every derived table in the order in which a snapshot has them."""
    from gwangju_desktop.snapshots import composition, entries, figures, registers

    return (*composition.TABLES, *entries.TABLES, *registers.TABLES, *figures.TABLES)
