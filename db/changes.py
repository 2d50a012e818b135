"""What a write did, as plain values; the journal's rows and the screens' news."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Image = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after one statement; None where it did not exist.

    `subject` is the id of the person the row is about, if it is about one.
    """

    table: str
    pk: tuple[Any, ...]
    before: Image | None
    after: Image | None
    subject: int | None = None

    def inverse(self) -> RowChange:
        """Return the change that takes this one back."""
        return RowChange(self.table, self.pk, self.after, self.before, self.subject)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """One journal entry: what was done, by which command, and the rows it changed in order.

    `id` 0 means that nothing changed and nothing was journalled; `value` is the use case's own
    answer all the same. `replayed` marks the answer to a command that was already carried out.
    """

    id: int
    kind: str
    label: str
    command: str
    origin: str
    target: int | None
    rows: tuple[RowChange, ...]
    value: Any = None
    replayed: bool = False

    def touches(self, *tables: str) -> bool:
        """Say whether any row of these tables changed."""
        return any(row.table in tables for row in self.rows)
