"""Settling what the marks of db/rolls.py ask for: reading days and hours, writing what they make."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, cast

from sqlalchemy import (
    Connection,
    Table,
    and_,
    bindparam,
    delete,
    exists,
    insert,
    or_,
    select,
    tuple_,
)

from db.engine import permit
from db.schema.energy import EnergyFigure, FigureDue, Reading, ReadingMonth, Series

_PORTION = 5_000
# Up to a year's months are looked for one by one.
_FEW = 12
_FIGURE = cast(Table, EnergyFigure.__table__)
_ROLLED = cast(Table, ReadingMonth.__table__)


def fine(
    connection: Connection, indicator: int, months: Collection[int]
) -> Iterator[tuple[int, int, Sequence[Any]]]:
    """Yield the days, then the hours, of each series and run of months, by period.

    With the series and what a period is divided by to be a month: 100 or 10,000; the rows are
    period, value, status and dataset. Of few months only the series that changed in them.
    """
    if len(months) <= _FEW:
        # What did not change is still there: only series that lack a month are read.
        wanted = [
            (number, (month, month))
            for month in sorted(months)
            for number in connection.scalars(_LACKING, _spans(indicator, month)).all()
        ]
    else:
        series = connection.scalars(
            select(Series.id).where(Series.indicator_id == indicator).order_by(Series.id)
        ).all()
        runs = _runs(sorted(months))
        wanted = [(number, run) for number in series for run in runs]
    for number, (low, high) in wanted:
        for scale in (100, 10_000):
            asked = {
                "series": number,
                "first": low * scale,
                "last": high * scale + scale - 1,
            }
            rows = connection.execute(_FINE, asked).all()
            if rows:
                yield number, scale, rows


def _spans(indicator: int, month: int) -> dict[str, int]:
    return {
        "indicator": indicator,
        "of_days": month,
        "of_hours": month * 100,
        "first_day": month * 100,
        "last_day": month * 100 + 99,
        "first_hour": month * 10_000,
        "last_hour": month * 10_000 + 9999,
    }


# Whatever changes a month's readings drops what was made of them (db/rolls.py).
_LACKING = (
    select(Series.id)
    .where(
        Series.indicator_id == bindparam("indicator"),
        ~exists().where(
            ReadingMonth.series_id == Series.id,
            ReadingMonth.period.in_((bindparam("of_days"), bindparam("of_hours"))),
        ),
        or_(
            exists().where(
                Reading.series_id == Series.id,
                Reading.period.between(bindparam("first_day"), bindparam("last_day")),
            ),
            exists().where(
                Reading.series_id == Series.id,
                Reading.period.between(bindparam("first_hour"), bindparam("last_hour")),
            ),
        ),
    )
    .order_by(Series.id)
)
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
    if len(months) <= _FEW:
        with permit(connection):
            _write(connection, made)
        return
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
        _write(connection, made)


def _write(connection: Connection, made: Sequence[dict[str, Any]]) -> None:
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
