"""What became of each table and of the journal, counted."""

from __future__ import annotations

from dataclasses import dataclass, field

from db.changes import RowChange


@dataclass(frozen=True, slots=True)
class TableReport:
    """What became of one table, in rows.

    `read` were read as they are, `mended` taken from the journal because they were gone or not
    themselves, `lost` known to have been there and gone, `left_out` named a row that is gone,
    `emptied` had such a name taken out and stayed. `holes` are places that could not be read and of
    which the journal does not tell: what stood there is in `lost` only as far as something knew it.
    """

    table: str
    read: int
    mended: int
    lost: int
    left_out: int
    emptied: int
    holes: int

    @property
    def whole(self) -> bool:
        """Say whether nothing was wrong."""
        return not (self.mended or self.lost or self.left_out or self.emptied or self.holes)


@dataclass(slots=True)
class Tally:
    """The same counts while they are being counted."""

    read: int = 0
    mended: int = 0
    lost: int = 0
    left_out: int = 0
    emptied: int = 0
    holes: int = 0


@dataclass(slots=True)
class Journal:
    """What became of the journal: entries there, lost, and from which one on it is chained anew."""

    entries: int = 0
    lost: int = 0
    chained_from: int | None = None


@dataclass(slots=True)
class Salvage:
    """One office being put together: tables, the journal, and what was changed on the way."""

    revision: str
    tables: dict[str, Tally] = field(default_factory=dict)
    journal: Journal = field(default_factory=Journal)
    changes: list[RowChange] = field(default_factory=list)

    def of(self, table: str) -> Tally:
        """Return a table's tally."""
        return self.tables.setdefault(table, Tally())

    def report(self) -> list[TableReport]:
        """Return what became of every table."""
        return [
            TableReport(name, one.read, one.mended, one.lost, one.left_out, one.emptied, one.holes)
            for name, one in sorted(self.tables.items())
        ]
