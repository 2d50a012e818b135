"""Are the energy figures those of the readings: months of days and hours, figures of indicators.

What is marked as due is left out: nobody reads it before it was made again.
"""

from __future__ import annotations

import math

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.energy import EnergyFigure, Indicator, Reading, ReadingMonth, Series
from gwangju_desktop.energy import held, rollup, rules

# Sums of floats in another order.
_NEARLY = 1e-9
# What a period of days, and of hours, is divided by to be its month.
_SCALES = ((rules.DAYS, rules.HOURS - 1, 100), (rules.HOURS, 2**31 - 1, 10_000))


def false_months(read: Session) -> list[str]:
    """Return the months of days or hours whose sum is not that of their readings."""
    codes = {row.id: row for row in read.execute(select(Indicator.id, Indicator.code))}
    series = {
        row.id: row for row in read.execute(select(Series.id, Series.indicator_id, Series.area))
    }
    due = {id: held.due_years(read, id) for id in codes}
    kept = {
        (row.series_id, row.period): (row.n, row.total, row.low, row.high)
        for row in read.execute(select(ReadingMonth.__table__))
    }
    found = []
    for first, last, scale in _SCALES:
        query = (
            select(
                Reading.series_id,
                (Reading.period // scale).label("month"),
                func.count(),
                func.sum(Reading.value),
                func.min(Reading.value),
                func.max(Reading.value),
            )
            .where(Reading.period.between(first, last))
            # By its name: two placeholders of one number are two expressions to a server.
            .group_by(Reading.series_id, "month")
        )
        for number, at, n, total, low, high in read.execute(query):
            one = series[number]
            if int(at) // 100 in due[one.indicator_id]:
                continue
            held_month = kept.get((number, int(at) * (scale // 100)))
            if held_month is None:
                continue
            same = (held_month[0], held_month[2], held_month[3]) == (n, low, high)
            if not same or not math.isclose(held_month[1], total, rel_tol=_NEARLY):
                period = rules.period_text(int(at))
                found.append(f"{codes[one.indicator_id].code} {one.area} {period}")
    return found


def false_figures(read: Session) -> list[str]:
    """Return the figures kept of indicators that the readings do not give."""
    around = held.places(read)
    kept = read.scalars(select(EnergyFigure.indicator_id).distinct()).all()
    found = []
    for code in read.scalars(select(Indicator.code).where(Indicator.id.in_(kept))):
        row = held.named(read, code)
        periods = select(EnergyFigure.period).where(EnergyFigure.indicator_id == row.id).distinct()
        years = {period // 100 for period in read.scalars(periods)}
        years -= held.due_years(read, row.id)
        if not years:
            continue
        known = rollup.known_figures(read, row.id, years)
        made = rollup.figures_of(read, row, years, around)
        found += [
            f"{code} {area} {rules.period_text(period)}"
            for area, period in sorted(known.keys() | made.keys())
            if known.get((area, period)) != made.get((area, period))
        ]
    return found
