"""What the energy room reads, in one go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from db.vocab import Frequency
from gwangju_desktop.energy import areas as known_areas
from gwangju_desktop.energy import figures, queries, shown
from gwangju_desktop.energy.annotations import AnnotationRow, annotations
from gwangju_desktop.energy.areas import AreaRow, children
from gwangju_desktop.energy.queries import DatasetRow, IndicatorRow, Point
from gwangju_desktop.energy.rules import CITY
from gwangju_desktop.energy.targets import TargetRow, targets
from ui.energy.formula import NO_BASIS, Basis, basis
from ui.energy.headlines import COMPANIONS

HOUR = Frequency.HOUR.value


@dataclass(frozen=True, slots=True)
class District:
    """A district and its figures."""

    code: str
    name_ko: str
    name_en: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """A second indicator or place the first is compared with."""

    fact: IndicatorRow
    area: str
    years: tuple[Point, ...]
    months: tuple[Point, ...]
    datasets: tuple[DatasetRow, ...]
    hours: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything the room shows of one indicator in one place.

    `datasets` are those its points come from, `dimensions` what its figures are divided by
    (use, building …) with their items, `known_on` the day as of which they are read, if any,
    `companion` another indicator's number worth seeing beside it.
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
    places: tuple[AreaRow, ...] = ()
    dimensions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    annotations: tuple[AnnotationRow, ...] = ()
    companion: tuple[IndicatorRow, tuple[Point, ...]] | None = None
    other: Other | None = None
    basis: Basis = NO_BASIS
    known_on: dt.date | None = None
    hours: tuple[Point, ...] = ()

    @property
    def held(self) -> bool:
        """Whether there is any figure."""
        parts = (*self.district_years, *self.district_months)
        return bool(self.years or self.months or any(part.points for part in parts))

    def titled(self, datasets: tuple[int, ...]) -> list[DatasetRow]:
        """Return the datasets of these ids."""
        return [row for row in self.datasets if row.id in datasets]

    def place(self) -> AreaRow | None:
        """Return the place shown, as it is called last."""
        return next((row for row in reversed(self.areas) if row.code == self.area), None)


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to one read: all indicators, all files, the areas, and one indicator's figures.

    `due` says that readings changed which the sums every series is read from do not know yet.
    """

    indicators: tuple[IndicatorRow, ...]
    datasets: tuple[DatasetRow, ...]
    areas: tuple[AreaRow, ...]
    loaded: Loaded | None
    due: bool = False


def page(
    read,
    *,
    code: str,
    area: str = CITY,
    known_on: dt.date | None = None,
    other: tuple[str, str] | None = None,
    found: Found | None = None,
    hours: bool = False,
) -> Found:
    """Read what the room shows of an indicator; an unknown code takes the first with figures.

    A place without figures of it gives way to the city, or to the first that has some. `other`
    is the code and the place it is compared with. `found` is what was read before, where nothing
    changed since: only the figures are read again. `hours` are read where they are asked for:
    there are thousands of them.
    """
    rows = found.indicators if found else queries.indicators(read)
    files = found.datasets if found else queries.datasets(read)
    areas = found.areas if found else known_areas.areas(read)
    fact = next((row for row in rows if row.code == code), None)
    fact = fact or next((row for row in rows if row.held), rows[0] if rows else None)
    if fact is None:
        return Found(tuple(rows), tuple(files), tuple(areas), None)
    places = shown.places(read, indicator=fact.code)
    codes = [row.code for row in places]
    if (area not in codes and CITY in codes) or not codes:
        area = CITY
    elif area not in codes:
        area = codes[0]
    ask = partial(_series, read, known_on)
    years, months = ask(fact.code, area, "year"), ask(fact.code, area, "month")
    parts = children(read, area)
    district_years = _districts(ask, fact.code, parts, "year")
    district_months = _districts(ask, fact.code, parts, "month")
    used = _files(
        files,
        (*years, *months, *(p for d in (*district_years, *district_months) for p in d.points)),
    )
    beside = next((row for row in rows if row.code == COMPANIONS.get(fact.code)), None)
    loaded = Loaded(
        fact,
        years,
        months,
        district_years,
        district_months,
        tuple(targets(read, indicator=fact.code, area=area)),
        used,
        area=area,
        areas=tuple(areas),
        places=tuple(places),
        dimensions=queries.dimensions(read, indicator=fact.code),
        annotations=tuple(annotations(read, indicator=fact.code, area=area)),
        companion=(beside, ask(beside.code, area, "year")) if beside is not None else None,
        other=_other(ask, rows, files, other, hours),
        basis=basis(read, fact, area, years, known_on),
        known_on=known_on,
        hours=ask(fact.code, area, "hour") if hours and fact.frequency == HOUR else (),
    )
    return Found(tuple(rows), tuple(files), tuple(areas), loaded, figures.due(read))


def _series(
    read, known_on: dt.date | None, code: str, area: str, by: queries.By
) -> tuple[Point, ...]:
    found = queries.series(read, indicator=code, area=area, by=by, as_known_on=known_on)
    return found.points


def _districts(ask, code: str, parts: list[AreaRow], by: queries.By) -> tuple[District, ...]:
    return tuple(
        District(row.code, row.name_ko, row.name_en, ask(code, row.code, by)) for row in parts
    )


def _other(
    ask,
    rows: Sequence[IndicatorRow],
    files: Sequence[DatasetRow],
    asked: tuple[str, str] | None,
    hours: bool,
) -> Other | None:
    fact = next((row for row in rows if asked and row.code == asked[0]), None)
    if fact is None or asked is None:
        return None
    years, months = ask(fact.code, asked[1], "year"), ask(fact.code, asked[1], "month")
    fine = ask(fact.code, asked[1], "hour") if hours and fact.frequency == HOUR else ()
    return Other(fact, asked[1], years, months, _files(files, (*years, *months)), fine)


def _files(files: Sequence[DatasetRow], points: Iterable[Point]) -> tuple[DatasetRow, ...]:
    used = {id for point in points for id in point.datasets}
    return tuple(row for row in files if row.id in used)
