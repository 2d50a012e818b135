"""Bulk loads: one dataset row in the journal, its readings in, out and in again, on both engines."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db import bulk
from db.errors import Superseded
from db.schema.energy import (
    Dataset,
    EnergySource,
    Indicator,
    Reading,
    ReadingRevision,
    Series,
)
from db.store import Store, usecase
from gwangju_desktop import clock

Rows = list[tuple[Any, ...]]
TABLES = (Dataset, Series, Reading, ReadingRevision)


@usecase("Set the stage")
def stage(tx: Session) -> int:
    source = EnergySource(code="t", publisher="공사", title_ko="표", title_en="T", unit="MWh")
    indicator = Indicator(
        code="T1", position=1, section="power", name_ko="전력", name_en="Power", unit="MWh"
    )
    tx.add_all([source, indicator])
    tx.flush()
    tx.add_all(
        Series(source_id=source.id, indicator_id=indicator.id, area=f"291{n}0") for n in range(3)
    )
    tx.flush()
    return source.id


@usecase("Import")
def load(tx: Session, *, name: str, rows: Rows, area: str = "") -> int:
    source = tx.scalars(select(EnergySource).where(EnergySource.code == "t")).one()
    if area:
        indicator = tx.scalars(select(Indicator.id).where(Indicator.code == "T1")).one()
        series = Series(source_id=source.id, indicator_id=indicator, area=area)
        tx.add(series)
        tx.flush()
        rows = [(series.id, *row[1:]) for row in rows]
    dataset = Dataset(
        source_id=source.id,
        file_name=name,
        sha256=name,
        values_sha256=name,
        publisher="공사",
        title="표",
        unit="MWh",
        first_period=202401,
        last_period=202412,
        imported_at=clock.now(),
        readings=len(rows),
    )
    bulk.load(tx, dataset, rows)
    return dataset.id


def dump(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    with store.reading() as read:
        return {
            kind.__tablename__: [
                tuple(row)
                for row in read.execute(
                    select(kind.__table__).order_by(*kind.__table__.primary_key)
                )
            ]
            for kind in TABLES
        }


def keys(store: Store) -> list[int]:
    with store.reading() as read:
        return list(read.scalars(select(Series.id).order_by(Series.id)))


def value(store: Store, series: int, period: int) -> float | None:
    with store.reading() as read:
        query = select(Reading.value).where(Reading.series_id == series, Reading.period == period)
        return read.scalars(query).one_or_none()


def test_import_undo_and_redo_leave_identical_rows(store: Store) -> None:
    store.run(stage)
    one, two, three = keys(store)
    store.run(load, name="a.csv", rows=[(one, 202401, 1.5), (two, 202401, 2.5, True, "final")])
    before = dump(store)
    changes = store.run(
        load,
        name="b.csv",
        rows=[(three, 202400, 9.0), (one, 202401, 1.75), (two, 202401, 2.5, True, "final")],
    )
    after = dump(store)
    assert [row.table for row in changes.rows] == ["dataset"]
    assert value(store, one, 202401) == 1.75
    store.undo()
    undone = dump(store)
    assert undone["reading"] == before["reading"]
    assert undone["dataset"] == before["dataset"]
    store.redo()
    assert dump(store) == after
    store.undo()
    assert dump(store) == undone
    store.redo()
    assert dump(store) == after


def test_a_mark_that_changed_is_a_revision_too(store: Store) -> None:
    store.run(stage)
    one = keys(store)[0]
    store.run(load, name="a.csv", rows=[(one, 202401, 1.5, False, "provisional")])
    second = store.run(load, name="b.csv", rows=[(one, 202401, 1.5, False, "final")]).value
    with store.reading() as read:
        kept = read.execute(select(ReadingRevision.status, ReadingRevision.dataset_id)).all()
    assert [tuple(row) for row in kept] == [("provisional", second)]


def test_an_import_that_a_later_one_replaced_is_not_taken_back(store: Store) -> None:
    store.run(stage)
    one, two, _ = keys(store)
    first = store.run(load, name="a.csv", rows=[(one, 202401, 1.0), (two, 202401, 1.0)])
    store.run(load, name="later 파일.csv", rows=[(one, 202401, 2.0), (two, 202401, 2.0)])
    before = dump(store)
    with pytest.raises(Superseded) as refused:
        store.undo(first.id)
    assert refused.value.count == 2
    assert str(refused.value) == "later 파일.csv"
    assert dump(store) == before
    store.undo()
    assert value(store, one, 202401) == 1.0


def test_an_import_whose_series_a_later_one_continues_is_not_taken_back(store: Store) -> None:
    store.run(stage)
    first = store.run(load, name="a.csv", rows=[(0, 202401, 1.0)], area="29200")
    made = keys(store)[-1]
    store.run(load, name="b.csv", rows=[(made, 202402, 2.0)])
    with pytest.raises(Superseded, match=r"b\.csv"):
        store.undo(first.id)
    store.undo()
    store.undo(first.id)
    assert keys(store)[-1] != made


def test_a_key_that_comes_twice_stops_the_whole_import(store: Store) -> None:
    store.run(stage)
    one = keys(store)[0]
    before = dump(store)
    rows: Rows = [(one, 202401, 1.0), (one, 202401, 2.0)]
    with pytest.raises(Exception, match=r"(?i)unique") as refused:
        store.run(load, name="a.csv", rows=rows)
    assert "UNIQUE" in str(refused.value).upper()
    assert dump(store) == before
    store.run(load, name="b.csv", rows=[(one, 202401, 1.0)])
    assert value(store, one, 202401) == 1.0


def test_a_series_with_readings_cannot_go(store: Store) -> None:
    store.run(stage)
    one = keys(store)[0]
    store.run(load, name="a.csv", rows=[(one, 202401, 1.0)])

    @usecase("Delete")
    def delete(tx: Session) -> None:
        tx.delete(tx.get_one(Series, one))

    with pytest.raises(IntegrityError):
        store.run(delete)


def test_many_readings_come_whole(store: Store) -> None:
    store.run(stage)
    one, two, three = keys(store)
    rows = [
        (series, year * 100 + month, year + month / 7)
        for series in (three, one, two)
        for year in range(1960, 2000)
        for month in range(13)
    ]
    store.run(load, name="long.csv", rows=rows)
    with store.reading() as read:
        stored = [tuple(row) for row in read.execute(_all())]
    assert stored == sorted(rows)


def _all() -> Any:
    columns = (Reading.series_id, Reading.period, Reading.value)
    return select(*columns).order_by(Reading.series_id, Reading.period)
