"""A snapshot's own codebook and words, as whoever writes its other members reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gwangju_desktop.snapshots import headings
from gwangju_desktop.snapshots.sqlite_file import Row, Shape, Value

DERIVED = "derived"
INSIDE = ("meta", "codebook", "words", "withheld")


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name and SQLite type, what people call it and how it is to be read.

    `form` is code, text, number, yes_no, date or time; `refers_to` the table a code leads to.
    """

    name: str
    type: str
    ko: str
    en: str
    form: str
    refers_to: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with what the codebook says of it; `label` is where the column that names a row is.

    A `derived` one follows from others: what changes in it is no change of the records.
    """

    name: str
    ko: str
    en: str
    fields: tuple[Field, ...]
    keys: tuple[int, ...]
    label: int | None
    derived: bool
    rows: Sequence[Row] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Codes:
    """The tables of a snapshot explained by themselves; `words` are (table, column, code): (ko, en)."""

    tables: dict[str, Table]
    words: dict[tuple[str, str, str], tuple[str, str]]
    withheld: Sequence[Row]

    @property
    def registers(self) -> list[Table]:
        """Return the tables that hold records, without those that explain them."""
        return [table for name, table in self.tables.items() if name not in INSIDE]

    @property
    def compared(self) -> list[Table]:
        """Return the registers whose changes are the office's: not derived, not of copies made."""
        told = headings.load()
        return [
            table
            for table in self.registers
            if table.name not in told.grows and (not table.derived or table.name in told.figures)
        ]


def read(tables: Sequence[tuple[Shape, Sequence[Row]]]) -> Codes:
    """Return what a snapshot's tables say of themselves."""
    by_name = {shape.name: rows for shape, rows in tables}
    lines: dict[tuple[str, str | None], Row] = {}
    for line in by_name["codebook"]:
        lines[str(line[0]), _text(line[1])] = line
    words = {
        (str(table), str(column), str(code)): (str(ko), str(en))
        for table, column, code, ko, en in by_name["words"]
    }
    made = {shape.name: _table(shape, rows, lines) for shape, rows in tables}
    return Codes(made, words, by_name["withheld"])


def _table(shape: Shape, rows: Sequence[Row], lines: dict[tuple[str, str | None], Row]) -> Table:
    fields, keys, label, derived = [], [], None, False
    for at, (name, kind) in enumerate(shape.columns):
        line = lines.get((shape.name, name))
        if line is None:
            form = "text" if kind == "TEXT" else "number"
            fields.append(Field(name, kind, name, name, form, None))
            continue
        _table_name, _name, ko, en, action, form_, is_key, is_label, refers_to = line
        fields.append(Field(name, kind, str(ko), str(en), str(form_), _text(refers_to)))
        derived = derived or action == DERIVED
        if is_key:
            keys.append(at)
        if is_label:
            label = at
    title = lines.get((shape.name, None))
    ko, en = (str(title[2]), str(title[3])) if title else (shape.name, shape.name)
    return Table(shape.name, ko, en, tuple(fields), tuple(keys), label, derived, rows)


def _text(value: Value) -> str | None:
    return None if value is None else str(value)
