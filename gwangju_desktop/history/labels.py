"""What every journalled table and column is called, whose rows belong to whom: data.

Names stand in disclosure.toml, where each column has a line; the rest in history.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import resources
from gwangju_desktop.members.rules import named
from gwangju_desktop.text import language

# Grounds of disclosure.toml: contacts are shown where that is recorded (접속기록), secrets never.
_MASKED = ("contact", "secret")
# What the program keeps for itself is left out of every list of changes.
INTERNAL = frozenset({"id", "version"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column in both languages; the values of a `masked` one are not shown."""

    ko: str
    en: str
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, what one row is called, the column that names a row, whom it belongs to.

    `of` maps a column of it to the table of the record it belongs to; `area` is the kind of record
    under which the filter lists it.
    """

    name: str
    ko: str
    one: str
    area: str = ""
    label: str = ""
    of: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Column] = field(default_factory=dict)

    @property
    def said(self) -> str:
        """Return what one row is called in the language of the moment."""
        return named(self.ko, self.one)


@dataclass(frozen=True, slots=True)
class Labels:
    """Every journalled table, and the kinds of record (key: Korean, English)."""

    tables: Mapping[str, Table]
    areas: Mapping[str, tuple[str, str]]

    def table(self, name: str) -> Table:
        """Return a table; one that is gone since is called what it was called inside."""
        return self.tables.get(name) or Table(name, name, name)

    def column(self, table: str, name: str) -> str:
        """Return what a column is called in the language of the moment."""
        known = self.table(table).columns.get(name)
        return named(known.ko, known.en) if known else name

    def masked(self, table: str, name: str) -> bool:
        """Say whether a column's values are shown to nobody here."""
        known = self.table(table).columns.get(name)
        return known is not None and known.masked

    def masking(self) -> list[str]:
        """Return the tables that have columns whose values are not shown."""
        return [
            table.name
            for table in self.tables.values()
            if any(column.masked for column in table.columns.values())
        ]

    def of_area(self, area: str) -> list[str]:
        """Return the tables of a kind of record."""
        return [table.name for table in self.tables.values() if table.area == area]

    def area_said(self, area: str) -> str:
        """Return what a kind of record is called in the language of the moment."""
        ko, en = self.areas[area]
        return en if language() == "en" else ko


@cache
def load() -> Labels:
    """Read the names; KeyError where the two files do not name the same tables."""
    told = tomllib.loads(resources.path("history.toml").read_text(encoding="utf-8"))
    names = tomllib.loads(resources.path("disclosure.toml").read_text(encoding="utf-8"))["table"]
    tables = {
        name: Table(
            name,
            names[name]["ko"],
            line["one"],
            line["area"],
            names[name].get("label", ""),
            line.get("of", {}),
            {
                column: Column(
                    said["ko"], said["en"], column in line.get("mask", ()) or _masked(said)
                )
                for column, said in names[name]["column"].items()
            },
        )
        for name, line in told["table"].items()
    }
    return Labels(tables, {key: (area["ko"], area["en"]) for key, area in told["area"].items()})


def _masked(line: Mapping[str, object]) -> bool:
    return line.get("drop") in _MASKED
