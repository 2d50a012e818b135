"""A figure typed by hand, with its source: for what nobody publishes as a file."""

from __future__ import annotations

import datetime as dt
import hashlib
import math

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import bulk
from db.schema.energy import Dataset, EnergySource, Indicator, IndicatorSource, Reading, Series
from db.store import usecase
from gwangju_desktop import clock
from gwangju_desktop.energy import areas, catalogue, rules
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import required, tidy
from gwangju_desktop.text import N_

CODE = "typed"
# What a person can say of a figure; `partial` is said by the sums.
STATUSES = ("final", "provisional", "estimated")


@usecase("Type figure")
def type_reading(
    tx: Session,
    *,
    indicator: str,
    period: str,
    value: float,
    source: str,
    area: str = rules.CITY,
    status: str = "final",
    published_on: dt.date | None = None,
    note: str = "",
) -> int:
    """Keep one figure in its indicator's unit as a dataset of its own; return the dataset's id.

    A published figure of the same period goes before it. Raises UserError for what is no figure,
    without a source, and for the figure that is there already.
    """
    catalogue.completed(tx)
    row = tx.execute(
        select(Indicator.id, Indicator.unit, Indicator.name_ko).where(Indicator.code == indicator)
    ).one_or_none()
    if row is None:
        raise UserError(N_("There is no indicator {code}."), code=indicator)
    areas.area(tx, area)
    number = rules.period_number(period)
    if number is None or rules.grain(number) not in ("year", "quarter", "month"):
        raise UserError(
            N_("“{period}” is no year, quarter or month."),
            hint=N_("Write 2021, 2021-Q1 or 2021-03."),
            period=period,
        )
    if not math.isfinite(value):
        raise UserError(N_("A figure is a number."), hint=N_("Write it in digits."))
    if status not in STATUSES:
        raise UserError(N_("A typed figure is final, provisional or estimated."))
    said = tidy({"source": source, "note": note}, ("source", "note"))
    publisher = required(said["source"], N_("A typed figure needs its source: who said it, where."))
    table = _table(tx, row.id)
    series = _series(tx, table, row.id, area, row.unit)
    held = tx.execute(
        select(Reading.value, Reading.status).where(
            Reading.series_id == series.id, Reading.period == number
        )
    ).one_or_none()
    if held is not None and (held.value, held.status) == (value, status):
        raise UserError(N_("This figure is there already."), hint=N_("Nothing was changed."))
    words = f"{indicator} {area} {period} {value!r} {status} {publisher}"
    dataset = Dataset(
        source_id=table.id,
        file_name=f"{row.name_ko} {period}",
        sha256=hashlib.sha256(words.encode()).hexdigest(),
        values_sha256=hashlib.sha256(words.encode()).hexdigest(),
        publisher=publisher,
        title=table.title_ko,
        unit=row.unit,
        first_period=number,
        last_period=number,
        imported_at=clock.now(),
        readings=1,
        published_on=published_on,
        note=said["note"],
    )
    bulk.load(tx, dataset, [bulk.BulkRow(series.id, number, value, False, status)])
    return dataset.id


def _table(tx: Session, indicator: int) -> EnergySource:
    """Return the table of typed figures, ranked last for the indicator."""
    table = tx.scalars(select(EnergySource).where(EnergySource.code == CODE)).one_or_none()
    if table is None:
        table = EnergySource(
            code=CODE,
            publisher="사무국 입력",
            title_ko="직접 입력한 수치",
            title_en="Figures typed by hand",
            unit="",
        )
        tx.add(table)
        tx.flush()
    ranked = select(IndicatorSource.id).where(
        IndicatorSource.indicator_id == indicator, IndicatorSource.source_id == table.id
    )
    if tx.scalars(ranked).first() is None:
        last = tx.scalar(
            select(func.max(IndicatorSource.rank)).where(IndicatorSource.indicator_id == indicator)
        )
        tx.add(IndicatorSource(indicator_id=indicator, source_id=table.id, rank=(last or 0) + 1))
        tx.flush()
    return table


def _series(tx: Session, table: EnergySource, indicator: int, area: str, unit: str) -> Series:
    held = tx.scalars(
        select(Series).where(
            Series.source_id == table.id,
            Series.indicator_id == indicator,
            Series.area == area,
            Series.dims == "",
        )
    ).one_or_none()
    if held is None:
        held = Series(source_id=table.id, indicator_id=indicator, area=area, unit=unit)
        tx.add(held)
        tx.flush()
    if held.unit != unit:
        raise UserError(
            N_("Figures typed before are in {old}; the indicator is in {new} now."),
            hint=N_("Set the indicator's unit back, or import a file."),
            old=held.unit,
            new=unit,
        )
    return held
