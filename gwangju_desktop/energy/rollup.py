"""Settling: months of days and hours, and figures, made again where readings changed.

Nobody has to settle: until then a series is added up from the readings.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import settling
from db.schema.energy import EnergyFigure, FigureDue, Indicator
from db.store import Store, usecase
from db.vocab import IndicatorKind
from gwangju_desktop.energy import held, rules, sums

_GRAINS = ("year", "quarter", "month")
_Key = tuple[str, int]
_Figure = tuple[float, str, str, int | None, str]


@usecase("Settle energy figures", aside=True, large=True)
def settle(tx: Session) -> int:
    """Make again what is due and return how many figures changed; journals nothing."""
    marks: dict[int, set[int]] = {}
    for indicator, period in tx.execute(select(FigureDue.indicator_id, FigureDue.period)):
        marks.setdefault(indicator, set()).add(period)
    if not marks:
        return 0
    around = held.places(tx)
    codes = tx.execute(select(Indicator.id, Indicator.code)).all()
    named = {row[0]: row[1] for row in codes}
    return sum(_settle(tx, named[one], marks[one], around) for one in sorted(marks))


def settle_quietly(store: Store) -> None:
    """Settle after an import or its undo, where this office may be written."""
    if store.why_read_only is None:
        store.run(settle)


def _settle(tx: Session, code: str, due: set[int], around: rules.Places) -> int:
    row = held.named(tx, code)
    connection = tx.connection()
    months = {period for period in due if rules.grain(period) == "month"}
    if row.kind == IndicatorKind.FLOW and months:
        settling.roll(
            connection, row.id, months, list(_rolled(settling.fine(connection, row.id, months)))
        )
    settling.settled(connection, row.id)
    years = {period // 100 for period in due}
    found = figures_of(tx, row, years, around)
    known = known_figures(tx, row.id, years)
    gone = [key for key, figure in known.items() if found.get(key) != figure]
    made = [
        {
            "indicator_id": row.id,
            "area": key[0],
            "period": key[1],
            "value": figure[0],
            "status": figure[1],
            "origin": figure[2],
            "months": figure[3],
            "datasets": figure[4],
        }
        for key, figure in found.items()
        if known.get(key) != figure
    ]
    settling.write_figures(connection, row.id, gone, made)
    return len(gone) + len(made)


def _rolled(
    fine: Iterable[tuple[int, int, Sequence[Any]]],
) -> Iterable[dict[str, Any]]:
    """Add days to months, and hours to months under a number of their own (202103, 20210300)."""
    for series, scale, rows in fine:
        periods, values_of, statuses_of, datasets_of = zip(*rows, strict=True)
        end = 0
        for month, own in groupby(period // scale for period in periods):
            start, end = end, end + sum(1 for _ in own)
            values = values_of[start:end]
            yield {
                "series_id": series,
                "period": month * (scale // 100),
                "n": len(values),
                # Fifteen digits: exactly the sum of the decimals that were published.
                "total": float(f"{math.fsum(values):.15g}"),
                "low": min(values),
                "high": max(values),
                "status": rules.least_certain(set(statuses_of[start:end])),
                "dataset_id": max(datasets_of[start:end]),
            }


def figures_of(tx: Session, row: Any, years: set[int], around: rules.Places) -> dict[_Key, _Figure]:
    """Return what the readings of some years give: by area and period."""
    ranks = held.order(tx, row.id)
    readings = held.stored(tx, row, None, held.spans(held.ALL_YEARS, (100,), years))
    if row.kind == IndicatorKind.FLOW:
        readings = sums.join(readings, held.made_months(tx, row, None, only=years))
    own = {one.area for one in readings}
    areas = own | {place.parent for place in around.rows if place.code in own}
    ranked = sums.by_rank(readings, ranks)
    found: dict[_Key, _Figure] = {}
    for area in sorted(areas):
        for figures in sums.several(ranked, area, row.kind, around, _GRAINS):
            for period, figure in figures.items():
                found[area, period] = (
                    float(figure.value),
                    figure.status,
                    figure.origin,
                    figure.months,
                    ",".join(map(str, sorted(figure.datasets))),
                )
    return found


def known_figures(tx: Session, indicator: int, years: set[int]) -> dict[_Key, _Figure]:
    """Return the figures kept of some years: by area and period."""
    query = select(
        EnergyFigure.area,
        EnergyFigure.period,
        EnergyFigure.value,
        EnergyFigure.status,
        EnergyFigure.origin,
        EnergyFigure.months,
        EnergyFigure.datasets,
    ).where(EnergyFigure.indicator_id == indicator)
    low, high = min(years) * 100, max(years) * 100 + 99
    rows = tx.execute(query.where(EnergyFigure.period.between(low, high))).all()
    return {
        (row[0], row[1]): (row[2], row[3], row[4], row[5], row[6])
        for row in rows
        if row[1] // 100 in years
    }
