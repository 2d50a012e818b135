"""Readings of a made-up file, for tests that need figures and no file."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import bulk
from db.schema.energy import Dataset, EnergySource, Indicator, IndicatorSource, Series
from db.store import usecase
from gwangju_desktop import clock

Rows = list[tuple[Any, ...]]
CITY = "29000"


@usecase("Bring figures")
def bring(
    tx: Session,
    *,
    figures: dict[str, Rows],
    source: str = "made",
    units: dict[str, str] | None = None,
) -> int:
    """Store {indicator: [(period, value[, dims[, area[, status]]])]}.

    In the indicators' units, but for those `units` names another for.
    """
    of = tx.scalars(select(EnergySource).where(EnergySource.code == source)).one_or_none()
    if of is None:
        of = EnergySource(code=source, publisher="가상", title_ko=source, title_en=source, unit="")
        tx.add(of)
        tx.flush()
    rows = []
    for code, told in figures.items():
        indicator = tx.scalars(select(Indicator).where(Indicator.code == code)).one()
        ranks = tx.scalars(
            select(IndicatorSource).where(IndicatorSource.indicator_id == indicator.id)
        ).all()
        if of.id not in {one.source_id for one in ranks}:
            rank = max((one.rank for one in ranks), default=0) + 1
            tx.add(IndicatorSource(indicator_id=indicator.id, source_id=of.id, rank=rank))
        known: dict[tuple[str, str], Series] = {
            (one.area, one.dims): one
            for one in tx.scalars(
                select(Series).where(Series.indicator_id == indicator.id, Series.source_id == of.id)
            )
        }
        for period, value, *more in told:
            dims, area, status = (*more, *("", CITY, "final")[len(more) :])
            if (area, dims) not in known:
                known[area, dims] = Series(
                    source_id=of.id,
                    indicator_id=indicator.id,
                    area=area,
                    dims=dims,
                    unit=(units or {}).get(code, indicator.unit),
                )
                tx.add(known[area, dims])
                tx.flush()
            rows.append(bulk.BulkRow(known[area, dims].id, period, value, False, status))
    digest = hashlib.sha256(repr(rows).encode()).hexdigest()
    dataset = Dataset(
        source_id=of.id,
        file_name=f"{digest[:8]}.csv",
        sha256=digest,
        values_sha256=digest,
        publisher="가상",
        title=source,
        unit="",
        first_period=min(row[1] for row in rows),
        last_period=max(row[1] for row in rows),
        imported_at=clock.now(),
        readings=len(rows),
    )
    bulk.load(tx, dataset, rows)
    return dataset.id
