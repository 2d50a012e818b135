"""What the trend chart draws of an indicator, alone or beside another: pure, no widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gwangju_desktop.energy.queries import IndicatorRow
from gwangju_desktop.energy.queries import Point as Figure
from gwangju_desktop.energy.scales import Scale
from gwangju_desktop.members.rules import named
from ui.energy.districts import base_name, base_period
from ui.energy.figures import actual_line, added_up, guide_line
from ui.energy.load import Loaded, Other
from ui.energy.views.base import HOURS, MONTHS, SUMS, YEARS
from ui.text import C_, N_, Msg
from ui.widgets.chart_lines import Event, Line, Point, Side, Text
from ui.widgets.chart_scale import moment_of, value_range, value_ticks

SAME, INDEX, OWN = "same", "index", "own"  # one scale, an index, a scale for each
ACTUAL = C_("energy", "Actual")
ADDED_UP = N_("Since January")
INKS = ("d1", "d3")
STEPS = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a chart is given; `how` says on which scale two lines stand, `base` an index's base."""

    lines: tuple[Line, ...]
    unit: Text
    scale: Scale
    values: tuple[float, float] | None = None
    side: Side | None = None
    how: str = SAME
    base: str = ""


def shown_points(held: Loaded | Other, mode: str) -> tuple[Figure, ...]:
    """Return the points of a mode: years, months, or months added up within their year."""
    if mode == YEARS:
        return held.years
    if mode == HOURS:
        return held.hours
    return added_up(held.months) if mode == SUMS else held.months


def drawing(loaded: Loaded, mode: str, how: str = "") -> Drawing:
    """Return the lines of an indicator in a mode, beside what it is compared with."""
    if loaded.other is not None and shown_points(loaded.other, mode):
        return _compared(loaded, loaded.other, mode, how)
    points = shown_points(loaded, mode)
    aims = loaded.aims if mode == YEARS else ()
    scale = Scale.of(loaded.fact.unit, [*_values(points), *(a.value for a in aims)])
    guide = guide_line(aims, scale)
    actual = Text(ADDED_UP if mode == SUMS else ACTUAL)
    line = actual_line(points, scale, actual, summed=mode == SUMS)
    return Drawing((*((guide,) if guide else ()), line), Text(scale.unit), scale)


def ways(loaded: Loaded, mode: str) -> tuple[str, ...]:
    """Return how two lines can stand together, the likeliest first; one unit needs no index."""
    if loaded.other is None or not shown_points(loaded.other, mode):
        return ()
    if loaded.other.fact.unit == loaded.fact.unit:
        return SAME, INDEX
    return (INDEX, OWN) if mode != SUMS else (OWN,)


def events(loaded: Loaded) -> tuple[Event, ...]:
    """Return what is annotated, as the chart shades it."""
    return tuple(
        Event(moment_of(row.first_on), moment_of(row.last_on or row.first_on), Text(Msg(row.text)))
        for row in loaded.annotations
    )


def titles(loaded: Loaded) -> tuple[Text, Text]:
    """Name two compared lines by what tells them apart: the place, the indicator, or both."""
    other = loaded.other
    names = [(_name(loaded.fact), place_name(loaded, loaded.area))]
    names.append((_name(other.fact), place_name(loaded, other.area)))
    same_fact = other.fact.code == loaded.fact.code
    same_place = other.area == loaded.area
    if same_fact and not same_place:
        return Text(Msg(names[0][1])), Text(Msg(names[1][1]))
    if same_place:
        return Text(Msg(names[0][0])), Text(Msg(names[1][0]))
    both = C_("compared", "{name}, {place}")
    return tuple(Text(both, name=name, place=place) for name, place in names)


def place_name(loaded: Loaded, code: str) -> str:
    """Name a place in the language shown."""
    row = next((row for row in reversed(loaded.areas) if row.code == code), None)
    return named(row.name_ko, row.name_en) if row is not None else code


def _name(fact: IndicatorRow) -> str:
    return named(fact.name_ko, fact.name_en)


def _compared(loaded: Loaded, other: Other, mode: str, how: str) -> Drawing:
    offered = ways(loaded, mode)
    how = how if how in offered else offered[0]
    # What is partial is told by the reading cursor: two lines of words beside each other mislead.
    pairs = shown_points(loaded, mode), shown_points(other, mode)
    if how == INDEX and not all(_whole(points) for points in pairs):
        how = OWN
    drawn = {SAME: _on_one, INDEX: _as_index, OWN: _on_two}[how](loaded, other, pairs, mode)
    for line in drawn.lines:
        line.points = tuple(Point(point.x, point.y) for point in line.points)
    return drawn


def _on_one(loaded: Loaded, other: Other, pairs, mode: str) -> Drawing:
    scale = Scale.of(loaded.fact.unit, [value for points in pairs for value in _values(points)])
    made = [
        actual_line(points, scale, title, summed=mode == SUMS, ink=ink)
        for points, title, ink in zip(pairs, titles(loaded), INKS, strict=True)
    ]
    return Drawing(tuple(made), Text(scale.unit), scale, how=SAME)


def _as_index(loaded: Loaded, other: Other, pairs, mode: str) -> Drawing:
    # A part of a year beside whole ones would flatten both lines.
    if mode == YEARS:
        pairs = tuple([p for p in points if p.status != "partial"] for points in pairs)
    base = base_period([[p for p in points if p.value is not None] for points in pairs])
    made = []
    for points, title, ink in zip(pairs, titles(loaded), INKS, strict=True):
        held = [p.value for p in points if p.value is not None and p.period.startswith(base)]
        foot = sum(held) / len(held) if held else 0.0
        scale = Scale((foot / 100) or 1.0, Msg(""))
        made.append(actual_line(points, scale, title, summed=mode == SUMS, ink=ink))
    unit = Text(N_("Index, {period} = 100"), period=base_name(base))
    return Drawing(tuple(made), unit, Scale(1.0, Msg("")), how=INDEX, base=base)


def _on_two(loaded: Loaded, other: Other, pairs, mode: str) -> Drawing:
    """Draw the second line on a scale of its own whose steps fall on those of the first."""
    title, second = titles(loaded)
    scale = Scale.of(loaded.fact.unit, _values(pairs[0]))
    first = actual_line(pairs[0], scale, title, summed=mode == SUMS, ink=INKS[0])
    low, high = first.whole.bounds or (0.0, 1.0)
    zero = mode not in (MONTHS, HOURS)
    steps = value_ticks(*value_range(low, high, from_zero=zero))
    theirs = Scale.of(other.fact.unit, _values(pairs[1]))
    values = [value / theirs.by for value in _values(pairs[1])] or [0.0, 1.0]
    floor, top = matched(*value_range(min(values), max(values), from_zero=zero), len(steps) - 1)
    by = (top - floor) / ((steps[-1] - steps[0]) or 1.0)
    base = floor - steps[0] * by
    line = actual_line(
        pairs[1],
        theirs,
        second,
        summed=mode == SUMS,
        ink=INKS[1],
        on=(1 / by, -base / by),
    )
    line.unit, line.by, line.base = theirs.unit, by, base
    side = Side(floor, top, Text(theirs.unit), INKS[1])
    return Drawing((first, line), Text(scale.unit), scale, (steps[0], steps[-1]), side, how=OWN)


def matched(low: float, high: float, count: int) -> tuple[float, float]:
    """Return the ends of `count` round steps that hold all from `low` to `high`."""
    rough = (high - low) / max(1, count) or 1.0
    power = 10.0 ** len(f"{int(rough)}") if rough >= 1 else 1.0
    while power > rough:
        power /= 10
    for size in (*STEPS, *(10 * step for step in STEPS)):
        step = size * power
        floor = step * (low // step)
        if floor + count * step >= high - 1e-9:
            return floor, floor + count * step
    return low, high


def _whole(points: Sequence[Figure]) -> list[float]:
    return [p.value for p in points if p.value is not None and p.status != "partial"]


def _values(points: Sequence[Figure]) -> list[float]:
    return [p.value for p in points if p.value is not None]
