"""The reading part of every series: from the rollup where it is settled, else from the readings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from db.schema.energy import (
    EnergyFigure,
    FigureDue,
    Series,
)
from db.vocab import IndicatorKind
from gwangju_desktop.energy import held, rules, sums
from gwangju_desktop.energy.held import ALL_YEARS as ALL_YEARS
from gwangju_desktop.energy.held import named as named
from gwangju_desktop.energy.held import order as order
from gwangju_desktop.energy.held import places as places
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_

By = Literal["year", "quarter", "month", "day", "hour"]
ROLLED = ("year", "quarter", "month")


class Point(NamedTuple):
    """One answer of a series; `months` counts the months in a year that is not whole.

    `formula` says how a computed one was made, with which `factors` (their ids) and of which
    `parts` (their indicators). A tuple, because a series holds hundreds.
    """

    period: str
    area: str
    value: float
    status: str
    origin: rules.Origin
    datasets: tuple[int, ...]
    months: int | None
    formula: str = ""
    factors: tuple[int, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """An indicator's answers for one or more areas, by area and period."""

    indicator: str
    unit: str
    points: tuple[Point, ...]


def series(
    read: Session,
    *,
    indicator: str,
    area: str | None = None,
    by: By = "year",
    where: str | None = None,
    as_known_on: dt.date | None = None,
    first: str | None = None,
    last: str | None = None,
) -> SeriesRow:
    """Return an indicator's figures of an area, or of the city and its districts.

    In the indicator's unit, summed over dimensions that `where` (use=residential) does not name;
    `as_known_on` a day, as the imports until then had it; from `first` to `last`, both included.
    Raises UserError for an indicator, area, period or dimension value that is not known.
    """
    row = named(read, indicator)
    years = rules.span_of(first, last)
    if where is None and as_known_on is None and by in ROLLED:
        codes = (area,) if area else (rules.CITY, *places(read).ever(rules.CITY))
        points = [point for code in codes for point in _settled(read, row, code, by, years)]
    else:
        points = _added(read, row, area, by, where, as_known_on, years)
    if first or last:
        points = [one for one in points if within(one.period, first, last)]
    if not points and area is not None:
        held.check_area(read, area)
    return SeriesRow(indicator, row.unit, tuple(points))


def breakdown(
    read: Session, *, indicator: str, area: str, by: By, dimension: str
) -> dict[str, tuple[Point, ...]]:
    """Return an area's figures split by a dimension, each part once, the rest as `rest`."""
    row = named(read, indicator)
    held.check_area(read, area)
    around = places(read)
    known = _held(read, row, (area, *around.ever(area)), by, ALL_YEARS, None)
    found = sums.breakdown(
        known,
        area=area,
        by=by,
        kind=row.kind,
        order=order(read, row.id),
        dimension=dimension,
        places=around,
    )
    return {
        item: tuple(_point(area, period, figure) for period, figure in figures.items())
        for item, figures in found.items()
    }


def dimensions(read: Session, *, indicator: str) -> dict[str, tuple[str, ...]]:
    """Return the dimensions an indicator's figures are told apart by, with their values."""
    row = named(read, indicator)
    query = select(Series.dims).where(Series.indicator_id == row.id).distinct()
    found: dict[str, set[str]] = {}
    for dims in read.scalars(query):
        for name, value in rules.pairs_of(dims):
            found.setdefault(name, set()).add(value)
    return {name: tuple(sorted(found[name])) for name in sorted(found)}


def due(read: Session) -> bool:
    """Say whether readings changed that the rollup does not know yet."""
    return read.execute(select(FigureDue.period).limit(1)).first() is not None


# --- from the rollup ------------------------------------------------------------------------------


# Built once: making a statement takes longer than carrying it out.
_FIGURES = select(
    EnergyFigure.period,
    EnergyFigure.value,
    EnergyFigure.status,
    EnergyFigure.origin,
    EnergyFigure.months,
    EnergyFigure.datasets,
).where(
    EnergyFigure.indicator_id == bindparam("indicator"),
    EnergyFigure.area == bindparam("area"),
    EnergyFigure.period.between(bindparam("first"), bindparam("last")),
    (EnergyFigure.period % 100).between(bindparam("low"), bindparam("high")),
)
# What the last two digits of a period say of its length.
_ENDS = {"year": (0, 0), "month": (1, 12), "quarter": (41, 44)}


def _settled(read: Session, row: Any, area: str, by: By, years: tuple[int, int]) -> list[Point]:
    low, high = _ENDS[by]
    late = held.due_years(read, row.id, years) if row.due else set()
    asked = {
        "indicator": row.id,
        "area": area,
        "first": years[0] * 100,
        "last": years[1] * 100 + 99,
        "low": low,
        "high": high,
    }
    text, datasets_of = rules.period_text, _datasets
    rows: Any = read.execute(_FIGURES, asked).all()
    points = [
        Point(text(period), area, value, status, origin, datasets_of(datasets), months)
        for period, value, status, origin, months, datasets in rows
        if not late or period // 100 not in late
    ]
    if late:
        around = places(read)
        known = _held(read, row, (area, *around.ever(area)), by, years, None, only=late)
        figures = _figures(read, row, known, area, by, {}, around)
        points += [_point(area, period, figure) for period, figure in figures.items()]
    points.sort()
    return points


@lru_cache(1 << 12)
def _datasets(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(","))) if text else ()


# --- from the readings ----------------------------------------------------------------------------


def _added(
    read: Session,
    row: Any,
    area: str | None,
    by: By,
    where: str | None,
    as_known_on: dt.date | None,
    years: tuple[int, int],
) -> list[Point]:
    wanted = rules.asked_dims(where)
    if area is not None:
        held.check_area(read, area)
    around = places(read)
    asked = (area,) if area else (rules.CITY, *around.ever(rules.CITY))
    codes = tuple(dict.fromkeys(code for one in asked for code in (one, *around.ever(one))))
    known = _held(read, row, codes, by, years, as_known_on)
    if wanted:
        _check_conditions(read, row, wanted)
    ranks = order(read, row.id)
    return [
        _point(code, period, figure)
        for code in asked
        for period, figure in sums.series(
            known, area=code, by=by, kind=row.kind, order=ranks, where=wanted, places=around
        ).items()
    ]


def _figures(
    read: Session,
    row: Any,
    known: list[rules.Held],
    area: str,
    by: By,
    wanted: dict[str, str],
    around: rules.Places,
) -> sums.Figures:
    return sums.series(
        known,
        area=area,
        by=by,
        kind=row.kind,
        order=order(read, row.id),
        where=wanted,
        places=around,
    )


def _held(
    read: Session,
    row: Any,
    codes: Collection[str],
    by: str,
    years: tuple[int, int],
    as_known_on: dt.date | None,
    *,
    only: Collection[int] | None = None,
) -> list[rules.Held]:
    """Return the readings that answer `by`, months of days and hours already made.

    `only` names the years that are wanted.
    """
    if as_known_on is not None:
        from gwangju_desktop.energy.revisions import as_known

        known = as_known(read, row, codes, years, as_known_on)
        if by in ROLLED:
            return sums.rolled(known, row.kind)
        return sums.days(known, row.kind) if by == "day" else known
    if by == "hour":
        return held.stored(read, row, codes, held.spans(years, (1_000_000,), only))
    if by == "day":
        fine = held.stored(read, row, codes, held.spans(years, (10_000, 1_000_000), only))
        return sums.days(fine, row.kind)
    own = held.stored(read, row, codes, held.spans(years, (100,), only))
    if row.kind != IndicatorKind.FLOW:
        return own
    return sums.join(own, held.made_months(read, row, codes, years, only=only))


def _check_conditions(read: Session, row: Any, wanted: dict[str, str]) -> None:
    """Raise UserError for a condition no series meets; without series there is none to meet."""
    query = select(Series.dims).where(Series.indicator_id == row.id).distinct()
    known = {pair for dims in read.scalars(query) for pair in rules.pairs_of(dims)}
    for name, value in wanted.items():
        if known and (name, value) not in known:
            alike = sorted(pair for pair in known if pair[0] == name) or sorted(known)
            raise UserError(
                N_("{indicator} has no {name}={value}."),
                hint=N_("Known: {known}."),
                indicator=row.code,
                name=name,
                value=value,
                known=", ".join(f"{pair[0]}={pair[1]}" for pair in alike[:12]) or "–",
            )


def _point(area: str, period: int, figure: rules.Figure) -> Point:
    return Point(
        rules.period_text(period),
        area,
        float(figure.value),
        figure.status,
        figure.origin,
        tuple(sorted(figure.datasets)),
        figure.months,
    )


def within(period: str, first: str | None, last: str | None) -> bool:
    """Say whether a period lies between two, both included."""
    return (not first or period >= first or period.startswith(first)) and (
        not last or period <= last or period.startswith(last)
    )
