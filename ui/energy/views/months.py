"""Years laid side by side, month under month: what the heat map and the comparison draw."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HELD, MISSING, OUTSIDE = "held", "missing", "outside"


@dataclass(frozen=True, slots=True)
class Month:
    """One month's figure and how surely it is known."""

    year: int
    month: int
    value: float
    status: str = "final"
    parts: tuple[str, ...] = ()  # what a sum is made of


@dataclass(frozen=True, slots=True)
class Matrix:
    """Months by year; `first` and `last` are (year, month) of the first and last figure.

    A month between them without a figure is missing; one before or after them is outside, which
    says nothing about the publisher.
    """

    cells: dict[tuple[int, int], Month]
    first: tuple[int, int]
    last: tuple[int, int]

    @property
    def years(self) -> tuple[int, ...]:
        """Return every year from the first figure to the last, also those without any."""
        return tuple(range(self.first[0], self.last[0] + 1)) if self.cells else ()

    def at(self, year: int, month: int) -> Month | None:
        """Return a month's figure, None where there is none."""
        return self.cells.get((year, month))

    def state(self, year: int, month: int) -> str:
        """Say whether a month is held, missing or outside of what was published."""
        if (year, month) in self.cells:
            return HELD
        return MISSING if self.first < (year, month) < self.last else OUTSIDE

    def row(self, year: int) -> list[Month | None]:
        """Return a year's twelve months."""
        return [self.at(year, month) for month in range(1, 13)]

    def total(self, year: int, kind: str) -> float | None:
        """Return a whole year's sum; None for a year that is not whole and for what does not add."""
        months = self.row(year)
        if kind != "flow" or any(month is None for month in months):
            return None
        if len({month.parts for month in months if month is not None}) > 1:
            return None
        return sum(month.value for month in months if month is not None)

    def part(self, first: int, last: int) -> Matrix:
        """Return the years from `first` to `last` only."""
        return matrix(m for m in self.cells.values() if first <= m.year <= last)


def matrix(months: Iterable[Month]) -> Matrix:
    """Lay months out by year; the later of two figures of the same month stands."""
    cells = {(month.year, month.month): month for month in months}
    return Matrix(cells, min(cells, default=(0, 0)), max(cells, default=(0, 0)))


def running(year: list[Month | None]) -> list[Month | None]:
    """Return the sums from January on; none after the first month that is missing.

    The sum of what is only partly known would look like a fall in use.
    """
    found: list[Month | None] = []
    total, status = 0.0, "final"
    for month in year:
        if month is None or (found and month.parts != found[-1].parts):
            break
        total += month.value
        status = month.status if month.status != "final" else status
        found.append(Month(month.year, month.month, total, status, month.parts))
    return found + [None] * (12 - len(found))


def change(months: Matrix, year: int, month: int) -> float | None:
    """Return a month's change on the same month a year before, as a share.

    A sum of fewer energies is another quantity: between the two there is no change.
    """
    now, before = months.at(year, month), months.at(year - 1, month)
    if now is None or before is None or before.value <= 0 or now.parts != before.parts:
        return None
    return now.value / before.value - 1
