"""What screens and commands ask of the energy figures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.energy import (
    Area,
    Dataset,
    EnergySource,
    Indicator,
    IndicatorSource,
    Reading,
    ReadingRevision,
    Series,
)
from gwangju_desktop.energy import rules
from gwangju_desktop.energy.areas import AreaRow as AreaRow
from gwangju_desktop.energy.areas import areas as areas
from gwangju_desktop.energy.targets import TargetRow as TargetRow
from gwangju_desktop.energy.targets import targets as targets
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.rules import named
from gwangju_desktop.sheets import units
from gwangju_desktop.text import N_

By = Literal["month", "year"]


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator; `held` tells whether it has any figure, `sources` their order."""

    id: int
    code: str
    name: str
    name_ko: str
    name_en: str
    section: str
    unit: str
    kind: str
    better: str
    decimals: int
    held: bool
    readings: int
    first_period: str | None
    last_period: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One answer of a series; `months` counts the months in a year that is not whole."""

    period: str
    area: str
    value: float
    status: str
    origin: rules.Origin
    datasets: tuple[int, ...]
    months: int | None


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """An indicator's answers for one or more areas, by area and period."""

    indicator: str
    unit: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class DatasetRow:
    """One imported file and what it says of itself; `replaced` counts values it revised."""

    id: int
    title: str
    publisher: str
    source: str
    file_name: str
    sha256: str
    unit: str
    first_period: str
    last_period: str
    readings: int
    replaced: int
    imported_at: dt.datetime
    sample: bool
    indicators: tuple[str, ...]
    answers: Any


def indicators(read: Session) -> list[IndicatorRow]:
    """Return all indicators in the order of the picker."""
    counts = {
        row[0]: row[1:]
        for row in read.execute(
            select(
                Series.indicator_id,
                func.count(),
                func.min(Reading.period),
                func.max(Reading.period),
            )
            .join(Reading, Reading.series_id == Series.id)
            .group_by(Series.indicator_id)
        ).all()
    }
    sources: dict[int, list[str]] = {}
    for indicator, code in read.execute(
        select(IndicatorSource.indicator_id, EnergySource.code)
        .join(EnergySource, EnergySource.id == IndicatorSource.source_id)
        .order_by(IndicatorSource.indicator_id, IndicatorSource.rank)
    ).all():
        sources.setdefault(indicator, []).append(code)
    found = []
    for row in read.execute(select(Indicator.__table__).order_by(Indicator.position)).all():
        count, first, last = counts.get(row.id, (0, None, None))
        found.append(
            IndicatorRow(
                id=row.id,
                code=row.code,
                name=named(row.name_ko, row.name_en),
                name_ko=row.name_ko,
                name_en=row.name_en,
                section=row.section,
                unit=row.unit,
                kind=row.kind,
                better=row.direction,
                decimals=row.decimals,
                held=bool(count),
                readings=count,
                first_period=rules.period_text(first) if first else None,
                last_period=rules.period_text(last) if last else None,
                sources=tuple(sources.get(row.id, ())),
            )
        )
    return found


def series(
    read: Session,
    *,
    indicator: str,
    area: str | None = None,
    by: By = "year",
    where: str | None = None,
) -> SeriesRow:
    """Return an indicator's figures of an area, or of the city and its districts.

    In the indicator's unit, summed over dimensions that `where` (use=residential) does not name.
    Raises UserError for an indicator, area or dimension value that is not known.
    """
    row = _indicator(read, indicator)
    wanted = rules.asked_dims(where)
    if area is not None:
        _check_area(read, area)
    held = _held(read, row.id, row.unit, (area,) if area and area != rules.CITY else rules.AREAS)
    known = rules.known_conditions(held)
    if not wanted.items() <= known:
        # A district may lack what the city has.
        _check_conditions(indicator, wanted, _held(read, row.id, row.unit, rules.AREAS))
    order = {
        ranked[0]: ranked[1]
        for ranked in read.execute(
            select(IndicatorSource.source_id, IndicatorSource.rank).where(
                IndicatorSource.indicator_id == row.id
            )
        ).all()
    }
    points: list[Point] = []
    for code in (area,) if area else rules.AREAS:
        figures = rules.series(held, area=code, by=by, kind=row.kind, order=order, where=wanted)
        points += [_point(code, period, figure) for period, figure in figures.items()]
    return SeriesRow(indicator, row.unit, tuple(points))


def districts(
    read: Session, *, indicator: str, by: By = "year", where: str | None = None
) -> dict[str, SeriesRow]:
    """Return the five districts' figures, by area code."""
    whole = series(read, indicator=indicator, by=by, where=where)
    return {
        code: SeriesRow(
            whole.indicator,
            whole.unit,
            tuple(point for point in whole.points if point.area == code),
        )
        for code in rules.DISTRICTS
    }


def document(found: SeriesRow) -> dict[str, Any]:
    """Return a series as the command line prints it in JSON."""
    return {
        "indicator": found.indicator,
        "unit": found.unit,
        "points": [
            {
                "period": point.period,
                "area": point.area,
                "value": point.value,
                "status": point.status,
                "from": point.origin,
                "dataset": list(point.datasets),
            }
            for point in found.points
        ],
    }


def datasets(read: Session, *, indicator: str | None = None) -> list[DatasetRow]:
    """Return the imported files by id, or those an indicator's figures come from."""
    counted: dict[int, set[str]] = {}
    for dataset, code in read.execute(
        select(Reading.dataset_id, Indicator.code)
        .join(Series, Series.id == Reading.series_id)
        .join(Indicator, Indicator.id == Series.indicator_id)
        .distinct()
    ).all():
        counted.setdefault(dataset, set()).add(code)
    replaced: dict[int, int] = {
        counted_row[0]: counted_row[1]
        for counted_row in read.execute(
            select(ReadingRevision.dataset_id, func.count()).group_by(ReadingRevision.dataset_id)
        ).all()
    }
    query = (
        select(Dataset.__table__, EnergySource.code.label("source"))
        .join(EnergySource, EnergySource.id == Dataset.source_id)
        .order_by(Dataset.id)
    )
    found = []
    for row in read.execute(query).all():
        codes = counted.get(row.id, set())
        if indicator is not None and indicator not in codes:
            continue
        found.append(
            DatasetRow(
                id=row.id,
                title=row.title,
                publisher=row.publisher,
                source=row.source,
                file_name=row.file_name,
                sha256=row.sha256,
                unit=row.unit,
                first_period=rules.period_text(row.first_period),
                last_period=rules.period_text(row.last_period),
                readings=row.readings,
                replaced=replaced.get(row.id, 0),
                imported_at=row.imported_at,
                sample=row.sample,
                indicators=tuple(sorted(codes)),
                answers=row.answers,
            )
        )
    return found


def dataset(read: Session, *, id: int) -> DatasetRow:
    """Return one imported file; raise UserError when there is none."""
    for row in datasets(read):
        if row.id == id:
            return row
    raise UserError(N_("There is no dataset {id}."), id=id)


def _indicator(read: Session, code: str) -> Any:
    columns = (Indicator.id, Indicator.unit, Indicator.kind)
    row = read.execute(select(*columns).where(Indicator.code == code)).one_or_none()
    if row is None:
        raise UserError(
            N_("There is no indicator {code}."),
            hint=N_("'list indicators' names them all."),
            code=code,
        )
    return row


def _check_area(read: Session, code: str) -> None:
    known = list(read.scalars(select(Area.code).order_by(Area.position)))
    if code not in known:
        raise UserError(
            N_("There is no area {code}."),
            hint=N_("Known: {known}."),
            code=code,
            known=", ".join(known),
        )


def _check_conditions(indicator: str, wanted: dict[str, str], held: list[rules.Held]) -> None:
    """Raise UserError for a condition no reading meets; without readings there is none to meet."""
    known = rules.known_conditions(held)
    for name, value in wanted.items():
        if held and (name, value) not in known:
            alike = sorted(pair for pair in known if pair[0] == name) or sorted(known)
            raise UserError(
                N_("{indicator} has no {name}={value}."),
                hint=N_("Known: {known}."),
                indicator=indicator,
                name=name,
                value=value,
                known=", ".join(f"{pair[0]}={pair[1]}" for pair in alike[:12]) or "–",
            )


def _held(read: Session, indicator: int, unit: str, codes: tuple[str, ...]) -> list[rules.Held]:
    query = (
        select(
            Series.source_id,
            Series.area,
            Series.dims,
            Reading.period,
            Reading.value,
            Reading.summed,
            Reading.status,
            Reading.dataset_id,
            Series.unit,
            EnergySource.unit,
        )
        .join(Reading, Reading.series_id == Series.id)
        .join(EnergySource, EnergySource.id == Series.source_id)
        .where(Series.indicator_id == indicator, Series.area.in_(codes))
    )
    ratios: dict[str, Fraction] = {}
    found = []
    for source, area, dims, period, value, summed, status, data, own, of in read.execute(query):
        published = own or of or unit
        ratio = ratios.get(published)
        if ratio is None:
            ratio = ratios[published] = units.ratio(published, unit) or Fraction(1)
        number = rules.converted(value, ratio)
        found.append(rules.Held(source, area, dims, period, number, summed, status, data))
    return found


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
