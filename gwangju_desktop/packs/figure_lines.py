"""Lines of energy on a page of a pack as they were chosen on screen: months, two series together.

{"kind": "energy-months", "indicator": "EL01", "area": "29000"}
{"kind": "energy-beside", "indicator": "EL01", "area": "29000",
 "other": "GS01", "other_area": "29000"}
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from gwangju_desktop.documents.figures import LineFigure, LineSeries, Note, ticks, years
from gwangju_desktop.energy import areas, queries, rules
from gwangju_desktop.energy.queries import IndicatorRow, Point
from gwangju_desktop.energy.scales import Scale, written
from gwangju_desktop.text import C_, N_, Msg, Words

MONTHS, BESIDE = "energy-months", "energy-beside"
LABELS: dict[str, Msg] = {
    MONTHS: C_("figure", "{name}: the last 24 months"),
    BESIDE: C_("figure", "{name} and {other} in comparison"),
}
_OF_ONE = C_("figure", "{indicator}: {name} and {other} in comparison")
_SHOWN, _LEAST = 24, 6
# The base of the city's reduction target, where both lines have it.
_BASE = 2018
_MORE = N_("{name}: {value} {unit} in {month}, {percent}% more than a year before")
_LESS = N_("{name}: {value} {unit} in {month}, {percent}% less than a year before")
_ALONE = N_("{name}: {value} {unit} in {month}")


def months(read: Session, *, indicator: str, area: str) -> list[Point]:
    """Return the latest 24 months that are whole, with gaps where any lacks."""
    points = queries.series(read, indicator=indicator, area=area, by="month").points
    whole = [point for point in points if point.status != rules.PARTIAL]
    return [p for p in whole if _at(p) > _at(whole[-1]) - _SHOWN]


def pairs(read: Session, spec: dict[str, Any]) -> tuple[list[Point], list[Point]]:
    """Return the whole years of both lines, from the first to the last that both have."""
    asked = (
        (spec["indicator"], spec["area"]),
        (spec["other"], spec["other_area"]),
    )
    found = []
    for code, area in asked:
        points = queries.series(read, indicator=code, area=area, by="year").points
        found.append([point for point in points if point.status != rules.PARTIAL])
    shared = {point.period for point in found[0]} & {point.period for point in found[1]}
    if not shared:
        return [], []
    one, other = ([p for p in held if min(shared) <= p.period <= max(shared)] for held in found)
    return one, other


def checked(spec: dict[str, Any]) -> dict[str, Any] | None:
    """Return such a figure as it is stored; None for one of another kind or that lacks a part."""
    wanted = {
        MONTHS: ("kind", "indicator", "area"),
        BESIDE: ("kind", "indicator", "area", "other", "other_area"),
    }.get(str(spec.get("kind")), ())
    if not wanted or not all(spec.get(name) for name in wanted):
        return None
    return {name: str(spec[name]) for name in wanted}


def label(read: Session, spec: dict[str, Any], facts: Sequence[IndicatorRow], say: Words) -> str:
    """Name a figure in a list."""
    one, other = _titles(read, spec, facts, say)
    if spec.get("other") == spec["indicator"]:
        name = _called(facts, spec["indicator"], say)
        return say(_OF_ONE, indicator=name, name=one, other=other)
    return say(LABELS[spec["kind"]], name=one, other=other)


def drawn_months(
    read: Session, spec: dict[str, Any], facts: Sequence[IndicatorRow], say: Words
) -> tuple[str, str, LineFigure, list[Point]] | None:
    """Return the finding, the unit, the figure and its points; None where there are hardly any months."""
    points = months(read, indicator=spec["indicator"], area=spec["area"])
    if len(points) < _LEAST:
        return None
    fact = next(one for one in facts if one.code == spec["indicator"])
    scale = Scale.of(fact.unit, [point.value for point in points])
    name, unit = _titles(read, spec, facts, say)[0], say(scale.unit)
    first = _at(points[-1]) - _SHOWN + 1
    at = [_at(point) for point in points]
    values = [point.value / scale.by for point in points]
    last = points[-1]
    held = {_at(point): point for point in points}
    before = held.get(_at(last) - 12)
    told = {
        "name": name,
        "value": written(last.value / scale.by),
        "unit": unit,
        "month": _spoken(last.period, say),
    }
    finding = say(_ALONE, **told)
    if before is not None and before.value > 0 and fact.kind != "rate":
        share = (last.value / before.value - 1) * 100
        finding = say(_MORE if share > 0 else _LESS, percent=f"{abs(share):.1f}", **told)
    marked = [n for n in range(len(at)) if at[n] in (at[-1], at[-1] - 12)]
    line = LineSeries(
        say(_line_name(points)),
        tuple((float(x), y) for x, y in zip(at, values, strict=True)),
        notes=tuple(Note(n, written(values[n]), strong=at[n] == at[-1]) for n in marked),
        gaps=_gaps(at),
    )
    shown = range(first, at[-1] + 1)
    figure = LineFigure(
        (line,),
        tuple(float(n) for n in shown),
        ticks(min(values), max(values)),
        ", ".join(f"{_spoken(p.period, say)} {written(p.value / scale.by)}" for p in points) + ".",
        x_names=tuple(f"{n // 12 % 100:02}.{n % 12 + 1}" for n in shown),
    )
    return finding, unit, figure, points


def drawn_beside(
    read: Session, spec: dict[str, Any], facts: Sequence[IndicatorRow], say: Words
) -> tuple[str, str, LineFigure, list[Point]] | None:
    """Return the finding, the unit, the figure and its points; None without two years of both.

    Two units have no scale in common: they are an index of a year both have.
    """
    held = pairs(read, spec)
    if min(map(len, held)) < 2:
        return None
    units = [next(f.unit for f in facts if f.code == spec[k]) for k in ("indicator", "other")]
    names = _titles(read, spec, facts, say)
    values = [point.value for points in held for point in points]
    if units[0] == units[1]:
        scale = Scale.of(units[0], values)
        feet, unit, base = [scale.by, scale.by], say(scale.unit), ""
    else:
        base = _base(held)
        feet = [next(p.value for p in points if p.period == base) / 100 for points in held]
        unit = say(N_("index, {year} = 100"), year=base)
        if min(feet) <= 0:
            return None
    lines, told = [], []
    for points, foot, name, grey in zip(held, feet, names, (False, True), strict=True):
        at = [int(point.period) for point in points]
        ys = [point.value / foot for point in points]
        said = say(N_("{name} {year}: {value}"), name=name, year=at[-1], value=written(ys[-1]))
        lines.append(
            LineSeries(
                name,
                tuple((float(x), y) for x, y in zip(at, ys, strict=True)),
                notes=(Note(len(at) - 1, said, strong=not grey),),
                gaps=_gaps(at),
                grey=grey,
            )
        )
        told.append(say(_CHANGE, name=name, **_changed(points, say)))
    shown = [y for line in lines for _x, y in line.points]
    xs = [int(x) for line in lines for x, _y in line.points]
    figure = LineFigure(
        tuple(lines),
        years(min(xs), max(xs), [x for x in xs if x % 5 == 0]),
        _around(shown) if base else ticks(min(shown), max(shown)),
        "; ".join(
            f"{line.name} " + ", ".join(_pair(point) for point in line.points) for line in lines
        )
        + ".",
    )
    finding = say(N_("{one}; {other}"), one=told[0], other=told[1])
    if spec["other"] == spec["indicator"]:
        name = _called(facts, spec["indicator"], say)
        finding = say(C_("figure", "{name}: {finding}"), name=name, finding=finding)
    return finding, unit, figure, [*held[0], *held[1]]


_CHANGE = N_("{name} {change} from {first} to {last}")


def _changed(points: Sequence[Point], say: Words) -> dict[str, object]:
    first, last = points[0], points[-1]
    if first.value <= 0:
        said = f"{written(first.value)} → {written(last.value)}"
    else:
        share = (last.value / first.value - 1) * 100
        said = f"{'+' if share > 0 else '−' if share < 0 else ''}{abs(share):.1f}%"
    return {"change": said, "first": first.period, "last": last.period}


def _pair(point: tuple[float, float]) -> str:
    return f"{point[0]:.0f} {written(point[1])}"


def _around(values: Sequence[float]) -> tuple[float, ...]:
    """Return the lines of an index, which need not begin at nought: round, at most eight."""
    low, high = min(values), max(values)
    step = next(n for n in (5, 10, 20, 25, 50, 100, 200, 500, 10**9) if (high - low) / n <= 6)
    first, last = int(low // step), -int(-high // step)
    return tuple(float(n * step) for n in range(first, max(last, first + 1) + 1))


def _base(held: Sequence[Sequence[Point]]) -> str:
    shared = set.intersection(*({point.period for point in points} for points in held))
    return str(_BASE) if str(_BASE) in shared else min(shared)


def _titles(
    read: Session, spec: dict[str, Any], facts: Sequence[IndicatorRow], say: Words
) -> tuple[str, str]:
    """Name the lines by what tells them apart: the place, the indicator, or both."""
    korean = say.language == "ko"
    places = {
        row.code: row.name_ko if korean else row.name_en or row.name_ko for row in areas.areas(read)
    }
    own = _called(facts, spec["indicator"], say), places.get(spec["area"], spec["area"])
    if spec["kind"] == MONTHS:
        return own[0] if spec["area"] == rules.CITY else f"{own[0]}, {own[1]}", ""
    other = _called(facts, spec["other"], say), places.get(spec["other_area"], spec["other_area"])
    if own[1] == other[1]:
        return own[0], other[0]
    if own[0] == other[0]:
        return own[1], other[1]
    return f"{own[0]}, {own[1]}", f"{other[0]}, {other[1]}"


def _called(facts: Sequence[IndicatorRow], code: str, say: Words) -> str:
    fact = next((one for one in facts if one.code == code), None)
    if fact is None:
        return code
    return fact.name_ko if say.language == "ko" else fact.name_en or fact.name_ko


def _line_name(points: Sequence[Point]) -> Msg:
    unsure = any(point.status != rules.STATUSES[0] for point in points)
    return N_("Actual (some months provisional or estimated)") if unsure else N_("Actual")


def _gaps(at: Sequence[int]) -> frozenset[int]:
    return frozenset(n for n in range(1, len(at)) if at[n] - at[n - 1] > 1)


def _at(point: Point) -> int:
    year, month = map(int, point.period.split("-"))
    return year * 12 + month - 1


def _spoken(period: str, say: Words) -> str:
    year, month = period.split("-")
    return say(C_("energy page", "{year}-{month:02}"), year=year, month=int(month))
