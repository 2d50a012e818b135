"""What the energy room reads, in one go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from gwangju_desktop.energy import queries
from gwangju_desktop.energy.queries import AreaRow, DatasetRow, IndicatorRow, Point, TargetRow

CITY = "29000"


@dataclass(frozen=True, slots=True)
class District:
    """A district and its figures."""

    code: str
    name_ko: str
    name_en: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything the room shows of one indicator in one area.

    `datasets` are those its points come from, `dimensions` what its figures are divided by
    (use, building …) with their items, `known_on` the day as of which they are read, if any.
    """

    fact: IndicatorRow
    years: tuple[Point, ...]
    months: tuple[Point, ...]
    district_years: tuple[District, ...]
    district_months: tuple[District, ...]
    aims: tuple[TargetRow, ...]
    datasets: tuple[DatasetRow, ...]
    area: str = CITY
    areas: tuple[AreaRow, ...] = ()
    dimensions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    known_on: dt.date | None = None

    @property
    def held(self) -> bool:
        """Whether there is any figure."""
        parts = (*self.district_years, *self.district_months)
        return bool(self.years or self.months or any(part.points for part in parts))

    def titled(self, datasets: tuple[int, ...]) -> list[DatasetRow]:
        """Return the datasets of these ids."""
        return [row for row in self.datasets if row.id in datasets]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to one read: all indicators, all files, the areas, and one indicator's figures."""

    indicators: tuple[IndicatorRow, ...]
    datasets: tuple[DatasetRow, ...]
    areas: tuple[AreaRow, ...]
    loaded: Loaded | None


def page(read, *, code: str) -> Found:
    """Read what the room shows of an indicator; an unknown code takes the first with figures."""
    rows = queries.indicators(read)
    files = queries.datasets(read)
    areas = queries.areas(read)
    fact = next((row for row in rows if row.code == code), None)
    fact = fact or next((row for row in rows if row.held), rows[0] if rows else None)
    loaded = _loaded(read, fact, files, areas) if fact is not None else None
    return Found(tuple(rows), tuple(files), tuple(areas), loaded)


def _loaded(read, fact: IndicatorRow, files: list[DatasetRow], areas: list[AreaRow]) -> Loaded:
    years = queries.series(read, indicator=fact.code, by="year").points
    months = queries.series(read, indicator=fact.code, by="month").points
    used = {id for point in (*years, *months) for id in point.datasets}
    return Loaded(
        fact,
        _of(years, CITY),
        _of(months, CITY),
        _districts(years, areas),
        _districts(months, areas),
        tuple(queries.targets(read, indicator=fact.code)),
        tuple(row for row in files if row.id in used),
        areas=tuple(areas),
    )


def _of(points: tuple[Point, ...], area: str) -> tuple[Point, ...]:
    return tuple(point for point in points if point.area == area)


def _districts(points: tuple[Point, ...], areas: list[AreaRow]) -> tuple[District, ...]:
    return tuple(
        District(area.code, area.name_ko, area.name_en, _of(points, area.code))
        for area in areas
        if area.parent == CITY
    )
