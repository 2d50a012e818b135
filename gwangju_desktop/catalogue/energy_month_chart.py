"""Thirteen months of an indicator on paper: the ends are the same month of two years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gwangju_desktop.catalogue import energy_parts as parts
from gwangju_desktop.documents.figures import LineFigure, LineSeries, Note, ticks
from gwangju_desktop.energy import rules
from gwangju_desktop.energy.figures import Point
from gwangju_desktop.energy.scales import Scale
from gwangju_desktop.text import C_, N_, Msg, say

_HIGH = 124.0


@dataclass(frozen=True, slots=True)
class Told:
    """One indicator with its months by period: what the page says of it."""

    fact: parts.Fact
    scale: Scale
    months: dict[str, Point]

    @property
    def name(self) -> str:
        """Return what the indicator is called."""
        return self.fact.name


def before(month: str, months: int) -> str:
    """Return the month so many months before: 2021-03 and 12 is 2020-03."""
    year, number = (int(part) for part in month.split("-"))
    at = year * 12 + number - 1 - months
    return f"{at // 12:04}-{at % 12 + 1:02}"


def spoken(month: str) -> str:
    """Write a month as it is spoken of: 2021년 3월."""
    year, number = month.split("-")
    return say(C_("energy page", "{year}-{month:02}"), year=year, month=int(number))


def window(lead: Told, month: str) -> list[Point]:
    """Return the figures of the thirteen months that end with this one."""
    wanted = (before(month, n) for n in range(12, -1, -1))
    return [lead.months[period] for period in wanted if period in lead.months]


def chart(lead: Told, month: str) -> LineFigure:
    """Return thirteen months: the ends are the same month of two years."""
    places = {before(month, 12 - n): n for n in range(13)}
    points = window(lead, month)
    sure = [p for p in points if not _unsure(p)]
    # What is not final begins where the line before it ends.
    unsure = [
        p
        for n, p in enumerate(points)
        if _unsure(p)
        or any(
            _unsure(q) and places[q.period] == places[p.period] + 1 for q in points[n + 1 : n + 2]
        )
    ]
    lines = [
        line
        for line in (
            _line(sure, places, lead, C_("figure status", "Final"), planned=False),
            _line(unsure, places, lead, C_("energy page", "Not final"), planned=True),
        )
        if line is not None
    ]
    values = [p.value / lead.scale.by for p in points]
    told = ", ".join(f"{spoken(p.period)} {parts.number(p.value / lead.scale.by)}" for p in points)
    return LineFigure(
        tuple(lines),
        tuple(float(n) for n in range(13)),
        ticks(min(values), max(values), 4),
        say(N_("{title}: {told}."), title=lead.name, told=told),
        height=_HIGH,
        x_names=tuple(_short(period) for period in places),
    )


def _unsure(point: Point) -> bool:
    return point.status != rules.STATUSES[0]


def _short(period: str) -> str:
    """Write a month under the axis: 21.3."""
    year, number = period.split("-")
    return f"{year[2:]}.{int(number)}"


def _line(
    points: Sequence[Point], places: Mapping[str, int], lead: Told, name: Msg, *, planned: bool
) -> LineSeries | None:
    if not points:
        return None
    at = [places[p.period] for p in points]
    gaps = frozenset(n for n in range(1, len(at)) if at[n] - at[n - 1] > 1)
    values = [p.value / lead.scale.by for p in points]
    ends = [n for n in range(len(at)) if at[n] in (0, 12)]
    notes = tuple(Note(n, parts.number(values[n]), strong=at[n] == 12) for n in ends)
    return LineSeries(
        say(name),
        tuple((float(x), y) for x, y in zip(at, values, strict=True)),
        planned,
        notes,
        gaps,
    )
