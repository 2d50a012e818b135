"""What is found wrong while answers are taken: cell by cell, with row, column and value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gwangju_desktop.polls.reading.model import Reject
from gwangju_desktop.sheets.guards import letters
from gwangju_desktop.sheets.model import remark
from gwangju_desktop.text import N_, Msg

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# More than anybody reads; how many there are is said.
MOST = 2000
_MORE = N_("Only the first {most:,} of {n:,} entries are listed.")
_LONG = 200


class Faults:
    """Keep the first of what is found; rows are counted from 0, `first` is the sheet's row of 0."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.count = 0
        self._kept: list[tuple[int, Reject]] = []
        self._whole: set[int] = set()

    def cells(
        self, rows: NDArray[np.intp], column: int, value: str, said: Msg, **values: object
    ) -> None:
        """Note the same fault of one column in several rows."""
        self.count += len(rows)
        for row in rows[: max(0, MOST - len(self._kept))]:
            self.cell(int(row), column, value, said, **values)
            self.count -= 1

    def cell(self, row: int, column: int, value: str, said: Msg, **values: object) -> None:
        """Note a fault of one cell."""
        self.count += 1
        if len(self._kept) < MOST:
            place = letters(column) if column >= 0 else ""
            short = value if len(value) <= _LONG else value[:_LONG] + "…"
            told = Reject(row + self.first, place, short, remark(said, **values))
            self._kept.append((row, told))

    def row(self, row: int, column: int, value: str, said: Msg, **values: object) -> None:
        """Note why a whole row is left out; `column` says where it shows, -1 nowhere."""
        self._whole.add(len(self._kept))
        self.cell(row, column, value, said, **values)

    def listed(self, before: Iterable[Reject], left_out: set[int]) -> tuple[Reject, ...]:
        """Return what was noted, after what was known before, without cells of rows left out."""
        kept = [
            told
            for at, (row, told) in enumerate(self._kept)
            if row not in left_out or at in self._whole
        ]
        kept.sort(key=lambda told: told.row)
        if self.count > len(self._kept):
            kept.append(Reject(0, "", "", remark(_MORE, most=len(self._kept), n=self.count)))
        return (*before, *kept)
