"""Figures on paper: what they show, never how; each says its numbers in words for who cannot see.

A figure's title is its finding and stands above it as a heading, measure and unit below the title.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gwangju_desktop.documents.blocks import Block

# More lines than these make a grid of a figure (interface guide, printed pack).
MOST_LINES = 5
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


class Note(NamedTuple):
    """Words at the point `at` of a line, which is marked by a dot; `strong` where they matter."""

    at: int
    text: str
    strong: bool = True


@dataclass(frozen=True, slots=True)
class LineSeries:
    """One line: its name for the legend, its points (x, y), and words at some of them.

    A `planned` line is dashed with open dots, what was measured is whole with filled ones, in
    `grey` where it stands beside another. Where `gaps` holds an index, the line does not run on
    to that point.
    """

    name: str
    points: tuple[tuple[float, float], ...]
    planned: bool = False
    notes: tuple[Note, ...] = ()
    gaps: frozenset[int] = frozenset()
    grey: bool = False


@dataclass(frozen=True, eq=False)
class LineFigure(Block):
    """Lines over years; `x_ticks` and `y_ticks` are labelled, `height` is in points.

    Where x counts something else than years, `x_names` calls each of the x_ticks.
    """

    series: tuple[LineSeries, ...]
    x_ticks: tuple[float, ...]
    y_ticks: tuple[float, ...]
    alternative: str
    height: float = 280.0
    x_names: tuple[str, ...] = ()

    def called(self, x: float) -> str:
        """Return what a place on the axis is called: its name, else the year."""
        return dict(zip(self.x_ticks, self.x_names, strict=False)).get(x) or f"{x:.0f}"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: name, value, the value in words beside it, and further columns at the right.

    A `strong` one is darker: the figure's finding is about it.
    """

    name: str
    value: float
    text: str
    columns: tuple[str, ...] = ()
    strong: bool = False


@dataclass(frozen=True, eq=False)
class BarFigure(Block):
    """Horizontal bars, their values beside them; `heads` stand over the further columns.

    With `above` each name stands over its bar, as long as it is; else at its left on one line. A bar
    of `whole` fills the room; without it the longest one does.
    """

    bars: tuple[Bar, ...]
    alternative: str
    heads: tuple[str, ...] = ()
    above: bool = False
    whole: float = 0.0


class TimeRow(NamedTuple):
    """One row of a timeline: its name, when it was planned, when it was done, and words at the end.

    Both spans are days as ordinals, first and last; None where there are none. The texts say them
    where nothing is drawn. A `strong` row is what the rows below it belong to.
    """

    name: str
    planned: tuple[float, float] | None
    actual: tuple[float, float] | None
    text: str
    planned_text: str = ""
    actual_text: str = ""
    strong: bool = False


@dataclass(frozen=True, eq=False)
class TimelineFigure(Block):
    """Rows over days: what was planned as a hollow bar, what was done as a filled one in it.

    `ticks` are the labelled days with their names, `today` a dashed line where it lies between
    them. `legend` calls the planned bar, the filled one and the line.
    """

    rows: tuple[TimeRow, ...]
    ticks: tuple[tuple[float, str], ...]
    legend: tuple[str, str, str]
    heads: tuple[str, str]
    alternative: str
    today: float | None = None


class Seat(NamedTuple):
    """One seat of a plan: its number, who sits there and from where, whether at the head.

    `x` and `y` are the place of its middle, from 0 to 1 from the left and from the head.
    """

    number: int
    name: str
    affiliation: str
    head: bool
    x: float
    y: float


@dataclass(frozen=True, eq=False)
class SeatPlan(Block):
    """The seats of a room; `front` marks its head."""

    seats: tuple[Seat, ...]
    front: str
    alternative: str
    height: float = 640.0


@dataclass(frozen=True, eq=False)
class NoteLines(Block):
    """Lines to write on by hand, 10.5 mm apart."""

    count: int


def ticks(low: float, high: float, most: int = MOST_LINES) -> tuple[float, ...]:
    """Return round values from at most `low` to at least `high`, `most` or fewer.

    Values of one sign begin at zero: a line's height is then its size.
    """
    low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        high = 1.0
    span = high - low
    power = 10 ** math.floor(math.log10(span / (most - 1)))
    for scale in (power, power * 10):
        for step in _STEPS:
            size = step * scale
            first, last = math.floor(low / size), math.ceil(high / size)
            if last - first < most:
                return tuple(size * n for n in range(first, last + 1))
    raise ValueError("no steps for this span")


def years(first: int, last: int, wanted: Sequence[int]) -> tuple[float, ...]:
    """Return the years to label: the ends and those `wanted` in between."""
    return tuple(sorted({float(first), float(last), *(float(year) for year in wanted)}))
