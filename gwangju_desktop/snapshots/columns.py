"""Rows of one table kept by column: a hundred thousand of them are looked at column by column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, overload

from sqlalchemy import Result

BLOCK = 256  # rows turned at once: so few are gone before the garbage collector counts them

Record = Mapping[str, Any]


class Columns(Sequence[Record]):
    """The rows of a table by column; also a sequence of its rows, each made when it is asked for."""

    def __init__(self, columns: Mapping[str, list[Any]]) -> None:
        self._columns = columns
        self._length = len(next(iter(columns.values()), ()))

    @classmethod
    def read(cls, names: Sequence[str], result: Result[Any]) -> Columns:
        """Return what a query gives, its columns called `names`."""
        columns: dict[str, list[Any]] = {name: [] for name in names}
        for block in result.partitions(BLOCK):
            for held, values in zip(columns.values(), zip(*block, strict=True), strict=True):
                held.extend(values)
        return cls(columns)

    @classmethod
    def of(cls, names: Iterable[str], rows: Sequence[Record]) -> Columns:
        """Return rows that were made one by one."""
        return cls({name: [row[name] for row in rows] for name in names})

    @property
    def names(self) -> tuple[str, ...]:
        """Return the columns' names in order."""
        return tuple(self._columns)

    def column(self, name: str) -> list[Any]:
        """Return the values of a column in the rows' order; raises KeyError."""
        return self._columns[name]

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> Record: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Record]: ...
    def __getitem__(self, at: int | slice) -> Record | Sequence[Record]:
        if isinstance(at, slice):
            return Columns({name: values[at] for name, values in self._columns.items()})
        return {name: values[at] for name, values in self._columns.items()}

    def __iter__(self) -> Iterator[Record]:
        names = self.names
        for row in zip(*self._columns.values(), strict=True):
            yield dict(zip(names, row, strict=True))


def picked(rows: Sequence[Record], *names: str) -> Iterable[tuple[Any, ...]]:
    """Return a few columns of rows as tuples."""
    if isinstance(rows, Columns):
        return zip(*map(rows.column, names), strict=True)
    return (tuple(row[name] for name in names) for row in rows)
