"""The districts on one shared index, so that their movement can be compared at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gwangju_desktop.energy.scales import Scale
from ui.energy.figures import Reading, actual_line, is_monthly, period_name
from ui.text import N_, Msg
from ui.widgets.chart_lines import Line, Text
from ui.widgets.chart_scale import number, percent

BASE_YEAR = 2018  # the base of the city's reduction target (domain: targets)


@dataclass(frozen=True, slots=True)
class Card:
    """One district: its index line, its latest year's total and the change on the year before."""

    area: str
    name: str
    line: Line | None
    value: str
    unit: Msg
    change: str
    ink: str
    words: Text


@dataclass(frozen=True, slots=True)
class Shared:
    """All districts on one scale; `base` names the period that is 100."""

    base: str
    values: tuple[float, float]
    cards: tuple[Card, ...]


def districts(
    series: Sequence[tuple[str, str, Sequence[Reading]]],
    unit: str,
    better: str,
    kind: str = "flow",
) -> Shared | None:
    """Put (area code, name, points) on one index; None where no district has a value.

    The base is the year 2018 where every district has it whole, else the first period they all
    have: an index may not hide which period it is an index of.
    """
    held = [(a, n, [p for p in ps if p.value is not None]) for a, n, ps in series]
    if not any(points for _a, _n, points in held):
        return None
    base = base_period([points for _a, _n, points in held if points])
    # One unit for all five: 668 GWh beside 1.4 TWh would have to be worked out.
    scale = Scale.of(unit, [min(_latest(points, kind)[1] for _a, _n, points in held if points)])
    cards, low, high = [], 100.0, 100.0
    for area, name, points in held:
        foot = _mean(points, base)
        line = None
        if foot:
            line = actual_line(points, Scale(foot / 100, Msg("")), Text(name), end=False)
            if line.whole.bounds:
                low, high = min(low, line.whole.bounds[0]), max(high, line.whole.bounds[1])
        cards.append(_card(area, name, points, line, scale, better, kind))
    room = (high - low) * 0.06 or 1.0
    return Shared(base, (low - room, high + room), tuple(cards))


def base_period(series: Sequence[Sequence[Reading]]) -> str:
    """Return the period all of these share that is 100: 2018, else the first year, else the first."""
    years = [_whole_years(points) for points in series]
    common = set.intersection(*years) if years else set()
    if str(BASE_YEAR) in common:
        return str(BASE_YEAR)
    if common:
        return min(common)
    periods = set.intersection(*[{p.period for p in points} for points in series])
    return min(periods) if periods else min(p.period for points in series for p in points)


def _whole_years(points: Sequence[Reading]) -> set[str]:
    if not is_monthly(points):
        return {p.period for p in points if p.status != "partial"}
    months: dict[str, int] = {}
    for point in points:
        year = point.period[:4]
        months[year] = months.get(year, 0) + 1
    return {year for year, count in months.items() if count == 12}


def _mean(points: Sequence[Reading], base: str) -> float:
    held = [p.value for p in points if p.period == base or p.period[:4] == base]
    return sum(held) / len(held) if held else 0.0


def year_totals(points: Sequence[Reading], kind: str) -> dict[int, tuple[float, int]]:
    """Return each year's value and how many of its twelve months it is made of.

    A flow adds up over a year; of a stock or a rate the year's last value stands for it.
    """
    totals: dict[int, tuple[float, int]] = {}
    for point in points:
        year, month = int(point.period[:4]), "-" in point.period
        value, months = totals.get(year, (0.0, 0))
        whole = 12 if point.status != "partial" else 0
        added = value + point.value if kind == "flow" else point.value
        totals[year] = added, months + (1 if month else whole)
    return totals


def _latest(points: Sequence[Reading], kind: str) -> tuple[int, float]:
    """Return the last whole year and its total, else the last year there is."""
    totals = year_totals(points, kind)
    year = max((y for y, (_v, months) in totals.items() if months >= 12), default=max(totals))
    return year, totals[year][0]


def _card(
    area: str,
    name: str,
    points: Sequence[Reading],
    line: Line | None,
    scale: Scale,
    better: str,
    kind: str,
) -> Card:
    totals = year_totals(points, kind)
    if not totals:
        words = Text(N_("{name}: no figures"), name=name)
        return Card(area, name, None, "–", Msg(""), "", "text3", words)
    year, value = _latest(points, kind)
    months = totals[year][1]
    change, ink = "", "text3"
    before = totals.get(year - 1)
    if before is not None and before[1] >= 12 and months >= 12 and before[0]:
        share = value / before[0] - 1
        change = percent(share)
        if abs(share) >= 0.0005 and better in ("down", "up"):
            ink = "ok" if (share < 0) == (better == "down") else "bad"
    shown = number(value / scale.by, 0 if abs(value / scale.by) >= 100 else 1)
    words = Text(
        N_("{name}: {value} {unit} in {year}, {change} on the year before")
        if change
        else N_("{name}: {value} {unit} in {year}"),
        name=name,
        value=shown,
        unit=scale.unit,
        year=year,
        change=change,
    )
    return Card(area, name, line, shown, scale.unit, change, ink, words)


def base_name(period: str) -> Text | str:
    """Name the base: a year as its bare number, a month as a month."""
    return period_name(period) if "-" in period else period
