"""From readings to what the energy page shows: lines, headline numbers, indexes, a table.

Pure arithmetic over rows; no widget and no database. Values keep the indicator's unit until
`Scale` makes them read well.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from db.vocab import TargetKind
from gwangju_desktop.energy import paths
from gwangju_desktop.energy.scales import Scale
from ui.energy.period_words import period_text
from ui.text import C_, N_, Msg
from ui.widgets.chart_lines import PARTIAL, PROVISIONAL, SURE, Line, Point, Text, with_gaps
from ui.widgets.chart_scale import YEAR, figure, moment

SURENESS = {"final": SURE, "provisional": PROVISIONAL, "estimated": PROVISIONAL, "partial": PARTIAL}
STATES: dict[str, Msg | None] = {
    "final": None,
    "provisional": C_("energy", "provisional"),
    "estimated": C_("energy", "estimated"),
    "partial": N_("partial year"),
}


END = C_("end of a line", "{title} {value} {unit} ({period})")
END_OF_INDEX = C_("end of a line", "{title} {value} ({period})")
INCOMPLETE = C_("energy", "without some parts")


class Aim(paths.Aim, Protocol):
    """One point of a path, as the queries give it."""

    sample: bool


class Reading(Protocol):
    """One point of a series, as the queries give it."""

    period: str
    value: float
    status: str


def actual_line(
    points: Sequence[Reading],
    scale: Scale,
    title: Text,
    end: bool = True,
    *,
    summed: bool = False,
    ink: str = "d1",
    on: tuple[float, float] = (1.0, 0.0),
) -> Line:
    """Make the line of readings: missing periods are gaps, unsure points are marked.

    `summed` points begin anew each January. `on` another scale the values are drawn times and
    plus these two; what is said of them stays theirs.
    """
    x = np.array([moment(p.period) for p in points])
    y = np.array([np.nan if p.value is None else p.value / scale.by for p in points])
    y = y * on[0] + on[1]
    monthly = is_monthly(points)
    step = 1.0 if monthly else YEAR
    if len(points) and "T" in points[0].period:
        # Hours of a short month lie further apart than those of a long one.
        step = 1.0 / (24 * 28)
    # A sum of fewer energies is another quantity: no line leads from the one to the other.
    made_of = [getattr(p, "parts", ()) for p in points]
    breaks = np.array([a != b for a, b in itertools.pairwise(made_of)], bool)
    if summed and len(x):
        breaks |= np.diff(x // YEAR) > 0
    spread, values, places = with_gaps(x, y, step, breaks) if len(x) else (x, y, np.empty(0, int))
    sure = np.full(len(spread), SURE)
    words: list[Text | None] = [None] * len(spread)
    for place, point in zip(places, points, strict=True):
        # A part of a year is a point beside the line; a month with a part missing is in it, dashed.
        partial = SURENESS.get(point.status, PROVISIONAL)
        sure[place] = min(partial, PROVISIONAL) if monthly else partial
        words[place] = state_of(point)
    partial = [
        Point(at, value, Text(PART, period=period_name(p.period), state=state_of(p)))
        for at, value, p in zip(x, y, points, strict=True)
        if p.status == "partial" and not monthly
    ]
    line = Line(title, spread, values, sure=sure, words=words, points=tuple(partial[-2:]), ink=ink)
    if end and line.last is not None:
        last = next(p for p in reversed(points) if moment(p.period) == line.last.x)
        line.end = Text(
            END if scale.unit else END_OF_INDEX,
            title=title,
            value=figure(last.value / scale.by),
            unit=scale.unit,
            period=period_name(last.period),
        )
    return line


def state_of(point: Reading) -> Text | None:
    """Say what a point's value is not: final, or of the whole year."""
    months = getattr(point, "months", None)
    if point.status == "partial" and months:
        return Text(N_("{months} of 12 months"), months=months)
    words = STATES.get(point.status)
    if point.status == "partial" and not months:
        words = INCOMPLETE
    return Text(words) if words is not None else None


def guide_line(aims: Sequence[Aim], scale: Scale) -> Line | None:
    """Make the dashed guide between points somebody set; made-up points say so.

    Only the points are targets: the line between them is called a guide wherever it is named, and
    before the first and after the last there is none.
    """
    aims = paths.ordered(aims)
    if not aims:
        return None
    x = np.array([a.year * YEAR for a in aims])
    y = np.array([a.value / scale.by for a in aims])
    marks = tuple(
        Point(at, value, aim_words(a, value)) for at, value, a in zip(x, y, aims, strict=True)
    )
    return Line(
        Text(GUIDE),
        x,
        y,
        kind="target",
        ink="dTgt",
        points=marks,
        notes=_guide_name(x, y),
        titles={a.year * YEAR: Text(POINTS[TargetKind(a.kind)]) for a in aims},
    )


def aim_words(aim: Aim, value: float) -> Text | None:
    """Name a point of a path; where it begins is seen without words."""
    if aim.kind == TargetKind.START:
        return None
    words = LEAST_MARKS if aim.kind == TargetKind.LEAST else TARGET_MARKS
    return Text(words[bool(aim.sample)], year=aim.year, value=figure(value))


def _guide_name(x: np.ndarray, y: np.ndarray) -> tuple[Point, ...]:
    """Put the guide's name at the middle of its longest stretch."""
    if len(x) < 2:
        return ()
    n = int(np.diff(x).argmax())
    return (Point(float(x[n] + x[n + 1]) / 2, float(y[n] + y[n + 1]) / 2, Text(GUIDE)),)


GUIDE = N_("Guide path")
POINTS = {
    TargetKind.TARGET: C_("energy", "Target"),
    TargetKind.LEAST: N_("Least by law"),
    TargetKind.START: N_("Start of the path"),
}
TARGET_MARKS = (N_("Target {year} {value}"), N_("Target {year} {value} (sample)"))
LEAST_MARKS = (N_("Least by law {year} {value}"), N_("Least by law {year} {value} (sample)"))
PART = C_("part of a year", "{period}: {state}")


@dataclass(frozen=True, slots=True)
class Sum:
    """A year's figures added up to a month."""

    period: str
    value: float
    status: str
    origin: str = "sum"
    datasets: tuple[int, ...] = ()
    months: int | None = None


def added_up(points: Sequence[Reading]) -> tuple[Sum, ...]:
    """Add months up within their year; behind one that is missing or lacks a part there is no sum."""
    found: list[Sum] = []
    due = None  # the month that goes on with the sum
    total, status, files = 0.0, "final", set()
    made_of: tuple[str, ...] = ()
    for point in points:
        year, month = map(int, point.period.split("-"))
        parts = getattr(point, "parts", ())
        if month == 1:
            due, total, status, files = (year, 1), 0.0, "final", set()
            made_of = parts
        if due != (year, month) or point.value is None or parts != made_of:
            due = None
            continue
        due = year, month + 1
        total += point.value
        status = status if point.status == "final" else "provisional"
        files.update(point.datasets)
        found.append(Sum(point.period, total, status, "sum", tuple(sorted(files)), month))
    return tuple(found)


def is_monthly(points: Sequence[Reading]) -> bool:
    """Say whether the points are months."""
    return any("-" in point.period for point in points)


def period_name(period: str) -> Text:
    """Name a period: 2021년, 2021. 3. or a finer one."""
    return period_text(period)


# --- the same data as a table


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One period: its value, the target set for it or the guide, its state, then the districts."""

    id: int
    period: str
    value: float | None
    aim: float | None
    guide: float | None
    status: str
    origin: str
    datasets: tuple[int, ...]
    parts: tuple[float | None, ...]


def sheet(
    city: Sequence[Reading],
    aims: Sequence[Aim],
    parts: Sequence[Sequence[Reading]],
) -> list[SheetRow]:
    """Return every period that has any value, newest first: what the chart and its cards draw."""
    by_city = {p.period: p for p in city}
    by_part = [{p.period: p.value for p in points} for points in parts]
    monthly = is_monthly(city) or any(is_monthly(points) for points in parts)
    periods = set(by_city).union(*by_part)
    path = {} if monthly else {str(one.year): one for one in paths.path(aims)}
    periods |= {period for period, one in path.items() if one.kind}
    rows = []
    for n, period in enumerate(sorted(periods, reverse=True)):
        point = by_city.get(period)
        here = path.get(period)
        target = here is not None and here.kind == TargetKind.TARGET
        rows.append(
            SheetRow(
                n,
                period,
                point.value if point else None,
                here.value if here is not None and target else None,
                here.value if here is not None and not target else None,
                point.status if point else "",
                getattr(point, "origin", "") if point else "",
                tuple(getattr(point, "datasets", ())) if point else (),
                tuple(held.get(period) for held in by_part),
            )
        )
    return rows
