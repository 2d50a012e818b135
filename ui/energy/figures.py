"""From readings to what the energy page shows: lines, headline numbers, indexes, a table.

Pure arithmetic over rows; no widget and no database. Values keep the indicator's unit until
`Scale` makes them read well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from gwangju_desktop.energy.scales import BAND, Aim, Scale, aim_at
from ui.text import C_, N_, Msg
from ui.widgets.chart_lines import PARTIAL, PROVISIONAL, SURE, Line, Point, Text, with_gaps
from ui.widgets.chart_scale import YEAR, figure, moment, percent

SURENESS = {"final": SURE, "provisional": PROVISIONAL, "estimated": PROVISIONAL, "partial": PARTIAL}
STATES: dict[str, Msg | None] = {
    "final": None,
    "provisional": C_("energy", "provisional"),
    "estimated": C_("energy", "estimated"),
    "partial": N_("partial year"),
}


class Reading(Protocol):
    """One point of a series, as the queries give it."""

    period: str
    value: float
    status: str


@dataclass(frozen=True, slots=True)
class Headline:
    """One headline number: what, the number, its unit, what to think of it and in which ink."""

    caption: Text
    value: str
    unit: Msg
    note: Text | None = None
    ink: str = "text3"


def actual_line(points: Sequence[Reading], scale: Scale, title: Text, end: bool = True) -> Line:
    """Make the line of readings: missing periods are gaps, unsure points are marked."""
    x = np.array([moment(p.period) for p in points])
    y = np.array([np.nan if p.value is None else p.value / scale.by for p in points])
    step = 1.0 if is_monthly(points) else YEAR
    spread, values, places = with_gaps(x, y, step) if len(x) else (x, y, np.empty(0, int))
    sure = np.full(len(spread), SURE)
    words: list[Text | None] = [None] * len(spread)
    for place, point in zip(places, points, strict=True):
        sure[place] = SURENESS.get(point.status, PROVISIONAL)
        words[place] = _state(point)
    partial = [
        Point(at, value, Text(PART, period=period_name(p.period), state=_state(p)))
        for at, value, p in zip(x, y, points, strict=True)
        if p.status == "partial"
    ]
    line = Line(title, spread, values, sure=sure, words=words, points=tuple(partial[-2:]))
    if end and line.last is not None:
        last = next(p for p in reversed(points) if moment(p.period) == line.last.x)
        line.end = Text(
            N_("Actual {value} {unit} ({period})"),
            value=figure(line.last.y),
            unit=scale.unit,
            period=period_name(last.period),
        )
    return line


def _state(point: Reading) -> Text | None:
    """Say what a point's value is not: final, or of the whole year."""
    months = getattr(point, "months", None)
    if point.status == "partial" and months:
        return Text(N_("{months} of 12 months"), months=months)
    words = STATES.get(point.status)
    return Text(words) if words is not None else None


def target_line(aims: Sequence[Aim], scale: Scale) -> Line | None:
    """Make the dashed target path; made-up targets say so."""
    if not aims:
        return None
    x = np.array([a.year * YEAR for a in aims])
    y = np.array([a.value / scale.by for a in aims])
    marks = tuple(
        Point(
            a.year * YEAR,
            a.value / scale.by,
            Text(
                N_("Target {year} {value} (sample)") if a.sample else N_("Target {year} {value}"),
                year=a.year,
                value=figure(a.value / scale.by),
            ),
        )
        for a in aims
        if len(aims) == 1 or a is not aims[0]
    )
    return Line(Text(TARGET), x, y, kind="target", ink="dTgt", points=marks, band=BAND)


TARGET = N_("Target path")
PART = C_("part of a year", "{period}: {state}")
YEAR_BEFORE = N_("{change} on the year before")


def is_monthly(points: Sequence[Reading]) -> bool:
    """Say whether the points are months."""
    return any("-" in point.period for point in points)


def period_name(period: str) -> Text:
    """Name a period: 2021년 or 2021. 3."""
    year, _dash, month = period.partition("-")
    if not month:
        return Text(C_("period", "{year}"), year=year)
    return Text(C_("period", "{year}-{month:02}"), year=year, month=int(month))


def headlines(
    points: Sequence[Reading],
    aims: Sequence[Aim],
    scale: Scale,
    better: str,
    this_year: int,
    kind: str = "flow",
) -> list[Headline]:
    """Return the numbers above the chart: the last value, its target, what is left to do."""
    whole = [p for p in points if p.value is not None and p.status != "partial"]
    if not whole:
        return []
    last = whole[-1]
    found = [_last_value(whole, last, scale, kind)]
    if "-" in last.period:
        return found
    year = int(last.period)
    aim = aim_at(aims, year)
    if aim is not None:
        found.append(_against(last.value, aim, year, scale, better))
    if aims and aims[-1].year > year:
        pace = _pace(last.value, aims[-1].value, aims[-1].year - year, kind)
        found.append(
            Headline(
                Text(N_("Until {year}"), year=aims[-1].year),
                str(max(0, aims[-1].year - this_year)),
                C_("energy", "years"),
                Text(N_("{pace} a year needed"), pace=pace) if pace else None,
            )
        )
    return found


def _pace(value: float, aim: float, years: int, kind: str) -> str:
    """Return the yearly change that leads from a value to its target; "" where none is defined."""
    if kind == "rate":
        return points_of(aim / years - value / years)
    if value <= 0 or aim <= 0:
        return ""
    return percent((aim / value) ** (1 / years) - 1)


def points_of(change: float) -> str:
    """Write a difference of two percentages."""
    return f"{change:+.1f}%p".replace("-", "−")


def _last_value(whole: Sequence[Reading], last: Reading, scale: Scale, kind: str) -> Headline:
    before = next((p for p in whole if p.period == _year_before(last.period)), None)
    note = Text(N_("no figure a year before"))
    if before is not None and kind == "rate":
        note = Text(YEAR_BEFORE, change=points_of(last.value - before.value))
    elif before is not None and before.value:
        note = Text(YEAR_BEFORE, change=percent(last.value / before.value - 1))
    caption = Text(N_("Actual {period}"), period=period_name(last.period))
    return Headline(caption, figure(last.value / scale.by), scale.unit, note)


def _against(value: float, aim: float, year: int, scale: Scale, better: str) -> Headline:
    """Compare a value with its target; red or green only outside the band."""
    over = value - aim
    gap = figure(abs(over) / scale.by)
    ink = "text3"
    if abs(over) > abs(aim) * BAND and better in ("down", "up"):
        ink = "ok" if (over < 0) == (better == "down") else "bad"
    message = N_("{gap} above") if over > 0 else N_("{gap} below")
    caption = Text(N_("Target {period}"), period=period_name(str(year)))
    return Headline(caption, figure(aim / scale.by), scale.unit, Text(message, gap=gap), ink)


def _year_before(period: str) -> str:
    year, dash, month = period.partition("-")
    return f"{int(year) - 1}{dash}{month}"


# --- the same data as a table


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One period: the city's value, its target, what is said of it, then each district's value."""

    id: int
    period: str
    value: float | None
    aim: float | None
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
    if not monthly:
        periods |= {str(a.year) for a in aims}
    rows = []
    for n, period in enumerate(sorted(periods, reverse=True)):
        point = by_city.get(period)
        aim = aim_at(aims, int(period)) if "-" not in period else None
        rows.append(
            SheetRow(
                n,
                period,
                point.value if point else None,
                aim,
                point.status if point else "",
                getattr(point, "origin", "") if point else "",
                tuple(getattr(point, "datasets", ())) if point else (),
                tuple(held.get(period) for held in by_part),
            )
        )
    return rows
