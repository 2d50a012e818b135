"""What screens and commands ask of the energy figures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from db.schema.energy import (
    Dataset,
    EnergySource,
    Indicator,
    IndicatorSource,
    Reading,
    ReadingRevision,
    Series,
)
from gwangju_desktop.energy import derived, figures, rules
from gwangju_desktop.energy.areas import children
from gwangju_desktop.energy.derived.engine import Engine
from gwangju_desktop.energy.derived.inputs import GRAINS
from gwangju_desktop.energy.figures import By as By
from gwangju_desktop.energy.figures import Point as Point
from gwangju_desktop.energy.figures import SeriesRow as SeriesRow
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.rules import named
from gwangju_desktop.text import N_


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator; `held` tells whether it has any figure, `sources` their order.

    `computed` ones have a rule, read in the `definition` chosen; their periods count as held.
    """

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
    first_period: str | None
    last_period: str | None
    sources: tuple[str, ...]
    frequency: str = ""
    level: str = ""
    dimensions: tuple[str, ...] = ()
    origin: str = ""
    baseline_year: int | None = None
    quality: str = ""
    rule: Any = None
    note_ko: str = ""
    note_en: str = ""
    ended: bool = False
    computed: bool = False
    definition: str = ""


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


def indicators(read: Session, *, engine: Engine | None = None) -> list[IndicatorRow]:
    """Return all indicators in the order of the picker; `engine` as of `series`."""
    spans = _spans(read)
    sources: dict[int, list[str]] = {}
    for indicator, code in read.execute(
        select(IndicatorSource.indicator_id, EnergySource.code)
        .join(EnergySource, EnergySource.id == IndicatorSource.source_id)
        .order_by(IndicatorSource.indicator_id, IndicatorSource.rank)
    ).all():
        sources.setdefault(indicator, []).append(code)
    found = []
    engine = engine or Engine(read)
    for row in read.execute(select(Indicator.__table__).order_by(Indicator.position)).all():
        first, last = spans.get(row.id, (None, None))
        if row.rule and first is None:
            first, last = derived.span(read, engine=engine, indicator=row.code)
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
                held=bool(first),
                first_period=first,
                last_period=last,
                sources=tuple(sources.get(row.id, ())),
                frequency=row.frequency,
                level=row.level,
                dimensions=tuple(part for part in row.dimensions.split(",") if part),
                origin=row.origin,
                baseline_year=row.baseline_year,
                quality=row.quality,
                rule=row.rule,
                note_ko=row.note_ko,
                note_en=row.note_en,
                ended=row.ended,
                computed=row.rule is not None,
                definition=(row.rule or {}).get("definition", ""),
            )
        )
    return found


def _spans(read: Session) -> dict[int, tuple[str, str]]:
    """Return the first and last period each indicator has a reading of, by the ends of its series."""
    ends = [
        select(end(Reading.period)).where(Reading.series_id == Series.id).scalar_subquery()
        for end in (func.min, func.max)
    ]
    found: dict[int, tuple[str, str]] = {}
    for indicator, low, high in read.execute(select(Series.indicator_id, *ends)).all():
        if low is None:
            continue
        # Years, months and hours have numbers of their own length: only their texts compare.
        first, last = rules.period_text(low), rules.period_text(high)
        known = found.get(indicator, (first, last))
        found[indicator] = min(first, known[0]), max(last, known[1])
    return found


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
    engine: Engine | None = None,
) -> SeriesRow:
    """Return an indicator's figures of an area, or of the city and its districts.

    As `figures.series`, which says what is asked and raised; an area nothing was published for is
    computed by the indicator's rule, and says so with the formula. `engine` is one that has read
    already, where several series are asked for.
    """
    found = figures.series(
        read,
        indicator=indicator,
        area=area,
        by=by,
        where=where,
        as_known_on=as_known_on,
        first=first,
        last=last,
    )
    if by not in GRAINS or not derived.has_rule(read, indicator):
        return found
    asked = (area,) if area else (rules.CITY, *figures.places(read).ever(rules.CITY))
    engine = engine or Engine(read, as_known_on=as_known_on)
    points: list[Point] = []
    for code in asked:
        if own := [point for point in found.points if point.area == code]:
            points += own
            continue
        made = derived.fill(read, indicator=indicator, area=code, by=by, where=where, engine=engine)
        points += [point for point in made if figures.within(point.period, first, last)]
    return SeriesRow(found.indicator, found.unit, tuple(points))


def breakdown(
    read: Session, *, indicator: str, area: str, by: By, dimension: str
) -> dict[str, tuple[Point, ...]]:
    """Return an area's figures split by a dimension: as published, else as computed."""
    found = figures.breakdown(read, indicator=indicator, area=area, by=by, dimension=dimension)
    if found or by not in GRAINS:
        return found
    return derived.breakdown(read, indicator=indicator, area=area, by=by, dimension=dimension)


def dimensions(read: Session, *, indicator: str) -> dict[str, tuple[str, ...]]:
    """Return the dimensions an indicator's figures are told apart by, with their items."""
    computed = derived.dimensions(read, indicator=indicator)
    return computed | figures.dimensions(read, indicator=indicator)


def districts(
    read: Session,
    *,
    indicator: str,
    by: By = "year",
    where: str | None = None,
    engine: Engine | None = None,
) -> dict[str, SeriesRow]:
    """Return the figures of the city's districts, by area code; `engine` as of `series`."""
    whole = series(read, indicator=indicator, by=by, where=where, engine=engine)
    return {
        row.code: SeriesRow(
            whole.indicator,
            whole.unit,
            tuple(point for point in whole.points if point.area == row.code),
        )
        for row in children(read, rules.CITY)
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
                **({"formula": point.formula} if point.formula else {}),
            }
            for point in found.points
        ],
    }


def datasets(read: Session, *, indicator: str | None = None) -> list[DatasetRow]:
    """Return the imported files by id, or those an indicator's figures come from."""
    counted: dict[int, set[str]] = {}
    # Asked for each series by the index; all readings at once would be read for a few files.
    theirs = exists().where(Reading.dataset_id == Dataset.id, Reading.series_id == Series.id)
    for number, code in read.execute(
        select(Dataset.id, Indicator.code)
        .join(Series, Series.source_id == Dataset.source_id)
        .join(Indicator, Indicator.id == Series.indicator_id)
        .where(theirs)
        .distinct()
    ).all():
        counted.setdefault(number, set()).add(code)
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


def english_titles(read: Session) -> dict[str, str]:
    """Return what published tables are called in English, by code, where that is known."""
    rows = read.execute(select(EnergySource.code, EnergySource.title_en)).all()
    return {code: title for code, title in rows if title}


def titles(read: Session) -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of all indicators and of all published tables, by code."""
    rows = read.execute(
        select(Indicator.code, Indicator.name_ko, Indicator.name_en).order_by(Indicator.position)
    ).all()
    tables = read.execute(
        select(EnergySource.code, EnergySource.title_ko, EnergySource.title_en)
    ).all()
    return (
        {code: named(ko, en) for code, ko, en in rows},
        {code: named(ko, en) for code, ko, en in tables},
    )
