"""Under which heading a register of a copy stands, and which of its days are due: data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import resources


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in both languages and the tables under it."""

    ko: str
    en: str
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Headings:
    """What resources/registers.toml says; `due` maps a table's day to the column that ends it."""

    groups: tuple[Heading, ...]
    figures: Mapping[str, list[str]]
    grows: frozenset[str]
    due: Mapping[str, Mapping[str, str]]

    def of(self, table: str) -> int:
        """Return the number of the heading a table stands under: the last for an unknown one."""
        found = (n for n, group in enumerate(self.groups) if table in group.tables)
        return next(found, len(self.groups) - 1)

    def place(self, table: str) -> tuple[int, int, str]:
        """Return where a table stands among all: by heading, then as the heading lists it."""
        group = self.of(table)
        tables = self.groups[group].tables
        return (group, tables.index(table) if table in tables else len(tables), table)


@cache
def load() -> Headings:
    """Read the headings."""
    data = tomllib.loads(resources.path("registers.toml").read_text(encoding="utf-8"))
    groups = tuple(Heading(g["ko"], g["en"], tuple(g["tables"])) for g in data["group"])
    return Headings(groups, data["figures"], frozenset(data["grows"]), data["due"])
