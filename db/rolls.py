"""What is made again from the readings: months of days and hours, and figures by indicator.

Whatever changes readings marks their months as due, in the same transaction; settling is the
program's. Nothing here is journalled: it can all be made again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, cast

from sqlalchemy import (
    Connection,
    Table,
    and_,
    bindparam,
    delete,
    insert,
    select,
    tuple_,
)

from db.changes import RowChange
from db.engine import permit
from db.schema.energy import EnergyFigure, FigureDue, Reading, ReadingMonth, Series

# Period numbers: up to here years, quarters and months, then days, then hours.
DAYS, HOURS = 1_000_000, 100_000_000
_PORTION = 5_000
_MONTH = (
    f"CASE WHEN period >= {HOURS} THEN period / 10000"
    f" WHEN period >= {DAYS} THEN period / 100 ELSE period END"
)
_FIGURE = cast(Table, EnergyFigure.__table__)
_ROLLED = cast(Table, ReadingMonth.__table__)
# What decides which readings answer for an indicator or an area, beside the readings.
_DECIDES = {
    "indicator": {"unit", "kind"},
    "indicator_source": {"indicator_id", "source_id", "rank"},
    "energy_source": {"unit"},
    "area": {"code", "parent", "valid_from", "valid_to", "level"},
    "factor": {"kind", "variant", "value", "unit", "valid_from", "valid_to"},
}


def month_of(period: int) -> int:
    """Return the month of a day or hour; a longer period as it is."""
    if period >= HOURS:
        return period // 10_000
    return period // 100 if period >= DAYS else period


def months_of(periods: Sequence[int]) -> set[int]:
    """Return the months of periods in order; those of one length take no call each."""
    first, last = periods[0], periods[-1]
    if first >= DAYS and last < HOURS:
        return {period // 100 for period in periods}
    if first >= HOURS:
        return {period // 10_000 for period in periods}
    return set(map(month_of, periods))


def mark(connection: Connection, keys: str) -> None:
    """Mark the months of the selected (series_id, period) as due; the caller has the permit."""
    connection.exec_driver_sql(
        "INSERT INTO figure_due (indicator_id, period)"
        f" SELECT DISTINCT s.indicator_id, {_MONTH} FROM ({keys}) k"
        " JOIN series s ON s.id = k.series_id WHERE true ON CONFLICT DO NOTHING"
    )
    # A series that goes with its import may leave nothing behind.
    connection.exec_driver_sql(
        "DELETE FROM reading_month WHERE series_id IN"
        f" (SELECT series_id FROM ({keys}) k WHERE period >= {DAYS})"
        f" AND CASE WHEN period >= {DAYS} THEN period / 100 ELSE period END IN"
        f" (SELECT {_MONTH} FROM ({keys}) k WHERE period >= {DAYS})"
    )


def mark_months(connection: Connection, series: Collection[int], months: Collection[int]) -> None:
    """Mark months of series that had nothing in them."""
    query = select(Series.indicator_id).where(Series.id.in_(list(series))).distinct()
    keys = [
        (indicator, month) for indicator in connection.scalars(query) for month in sorted(months)
    ]
    statement = "INSERT INTO figure_due (indicator_id, period) VALUES (?, ?) ON CONFLICT DO NOTHING"
    connection.exec_driver_sql(statement, keys)


def unsettle(connection: Connection, rows: Sequence[RowChange]) -> None:
    """Mark everything of the indicators whose order of sources, unit, kind or areas changed."""
    indicators: set[int] = set()
    everything = turned = False
    for row in rows:
        decides = _DECIDES.get(row.table)
        if decides is None:
            continue
        before, after = row.before or {}, row.after or {}
        if all(before.get(name) == after.get(name) for name in decides):
            continue
        if row.table == "indicator":
            if row.before is not None and row.after is not None:
                indicators.add(int(row.pk[0]))
        elif row.table == "factor":
            turned = True
        elif row.table == "indicator_source":
            indicators |= {image["indicator_id"] for image in (before, after) if image}
        else:
            everything = True
    if not indicators and not everything and not turned:
        return
    keys = "SELECT r.series_id, r.period FROM reading r"
    if not everything:
        listed = ",".join(map(str, sorted(indicators))) or "0"
        keys += (
            " JOIN series i ON i.id = r.series_id JOIN indicator n ON n.id = i.indicator_id"
            f" WHERE i.indicator_id IN ({listed})"
        )
        if turned:
            # Published in another measure than the indicator's: a factor stands between.
            keys += " OR (i.unit <> '' AND i.unit <> n.unit)"
    connection.exec_driver_sql(
        "INSERT INTO figure_due (indicator_id, period)"
        f" SELECT DISTINCT s.indicator_id, {_MONTH} FROM ({keys}) k"
        " JOIN series s ON s.id = k.series_id WHERE true ON CONFLICT DO NOTHING"
    )


def forget(connection: Connection, change: RowChange) -> None:
    """Drop what was made of an indicator whose row goes; called by the journal's replay."""
    if change.after is None:
        for kind in (EnergyFigure, FigureDue):
            table: Any = kind.__table__
            connection.execute(delete(table).where(table.c.indicator_id == change.pk[0]))


# --- settling -------------------------------------------------------------------------------------


def fine(
    connection: Connection, indicator: int, months: Collection[int]
) -> Iterator[tuple[int, int, Sequence[Any]]]:
    """Yield the days, then the hours, of each series and run of months, by period.

    With the series and what a period is divided by to be a month: 100 or 10,000; the rows are
    period, value, status and dataset.
    """
    series = connection.scalars(
        select(Series.id).where(Series.indicator_id == indicator).order_by(Series.id)
    ).all()
    runs = _runs(sorted(months))
    for number in series:
        for low, high in runs:
            for scale in (100, 10_000):
                asked = {
                    "series": number,
                    "first": low * scale,
                    "last": high * scale + scale - 1,
                }
                rows = connection.execute(_FINE, asked).all()
                if rows:
                    yield number, scale, rows


_FINE = (
    select(Reading.period, Reading.value, Reading.status, Reading.dataset_id)
    .where(
        Reading.series_id == bindparam("series"),
        Reading.period.between(bindparam("first"), bindparam("last")),
    )
    .order_by(Reading.period)
)


def _runs(months: Sequence[int]) -> list[tuple[int, int]]:
    """Return the runs of following months, so that a long one is one range."""
    runs: list[tuple[int, int]] = []
    for month in months:
        if runs and _next(runs[-1][1]) == month:
            runs[-1] = (runs[-1][0], month)
        else:
            runs.append((month, month))
    return runs


def _next(month: int) -> int:
    return month + 1 if month % 100 < 12 else (month // 100 + 1) * 100 + 1


def roll(
    connection: Connection,
    indicator: int,
    months: Collection[int],
    made: Sequence[dict[str, Any]],
) -> None:
    """Write the months made of days and hours in place of those that were there."""
    own = select(Series.id).where(Series.indicator_id == indicator)
    with permit(connection):
        for low, high in _runs(sorted(months)):
            for scale in (1, 100):
                connection.execute(
                    delete(_ROLLED).where(
                        _ROLLED.c.series_id.in_(own),
                        _ROLLED.c.period.between(low * scale, high * scale + scale - 1),
                    )
                )
        for at in range(0, len(made), _PORTION):
            connection.execute(insert(_ROLLED), made[at : at + _PORTION])


def write_figures(
    connection: Connection,
    indicator: int,
    gone: Sequence[tuple[str, int]],
    made: Sequence[dict[str, Any]],
) -> None:
    """Take figures (area, period) of an indicator away and write those that are new."""
    with permit(connection):
        key = tuple_(_FIGURE.c.area, _FIGURE.c.period)
        for at in range(0, len(gone), 500):
            connection.execute(
                delete(_FIGURE).where(
                    and_(_FIGURE.c.indicator_id == indicator, key.in_(gone[at : at + 500]))
                )
            )
        for at in range(0, len(made), _PORTION):
            connection.execute(insert(_FIGURE), made[at : at + _PORTION])


def settled(connection: Connection, indicator: int) -> None:
    """Strike what was due of an indicator."""
    table: Any = FigureDue.__table__
    with permit(connection):
        connection.execute(delete(table).where(table.c.indicator_id == indicator))
