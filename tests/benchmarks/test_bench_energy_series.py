"""The city's months and years out of 1 and 10 million days, beside the rollup itself and duckdb.

duckdb is no part of the program: DUCKDB_PYTHON names the interpreter of an environment that has it.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import bulk
from db.schema.energy import Dataset, EnergyFigure, EnergySource, Indicator, Series
from db.store import Store, usecase
from gwangju_desktop import clock
from gwangju_desktop.energy import catalogue, figures, queries, rollup
from tests.benchmarks import measured

DAYS = 8000
DISTRICTS = ("29110", "29140", "29155", "29170", "29200")
ROUNDS = 30
LIMIT = 2.0
DUCKDB = {1_000_000: 0.1, 10_000_000: 0.02}


@usecase("Bring days")
def bring(tx: Session, *, uses: int, name: str) -> None:
    """Store 8,000 days for each of some uses in five districts."""
    source = tx.scalars(select(EnergySource).order_by(EnergySource.id).limit(1)).one()
    indicator = tx.scalars(select(Indicator.id).where(Indicator.code == "EL01")).one()
    series = [
        Series(source_id=source.id, indicator_id=indicator, area=area, dims=f"use=u{n}", unit="MWh")
        for n in range(uses)
        for area in DISTRICTS
    ]
    tx.add_all(series)
    day = dt.date(2000, 1, 1)
    periods = [int((day + dt.timedelta(days=n)).strftime("%Y%m%d")) for n in range(DAYS)]
    dataset = Dataset(
        source_id=source.id,
        file_name=name,
        sha256=name,
        values_sha256=name,
        publisher="가상",
        title="가상",
        unit="MWh",
        first_period=periods[0],
        last_period=periods[-1],
        imported_at=clock.now(),
        readings=uses * len(DISTRICTS) * DAYS,
    )
    tx.flush()
    marks = [(False, "final")] * DAYS
    bulk.load_blocks(
        tx,
        dataset,
        (
            bulk.Block(one.id, periods, [float(place + n % 97) for n in range(DAYS)], marks)
            for place, one in enumerate(series)
        ),
    )


def times(function: Callable[[], object]) -> float:
    """Return the median milliseconds of a call, warmed up."""
    function()
    found = []
    for _ in range(ROUNDS):
        at = time.perf_counter()
        function()
        found.append(1000 * (time.perf_counter() - at))
    return statistics.median(found)


PROGRAM = """
import duckdb, statistics, sys, time
con = duckdb.connect()
con.execute("set threads = 2")
con.execute("set enable_progress_bar = false")
con.execute("create table r as select * from read_csv(?, header=false,"
            " columns={'series':'INTEGER','period':'INTEGER','value':'DOUBLE'})", [sys.argv[1]])
for step in (100, 10000):
    query = f"select period // {step} p, sum(value) from r group by p order by p"
    con.execute(query).fetchall()
    found = []
    for _ in range(15):
        at = time.perf_counter(); con.execute(query).fetchall()
        found.append(1000 * (time.perf_counter() - at))
    print(statistics.median(found))
"""


@pytest.mark.timeout(1500)
@pytest.mark.parametrize("rows", DUCKDB)
def test_series_of_the_city(rows: int, tmp_path: Path) -> None:
    if rows > 1_000_000 and not os.environ.get("BENCH_LARGE"):
        pytest.skip("BENCH_LARGE=1 asks for ten million rows: a minute and 2 GB")
    path = tmp_path / "a.gwoffice"
    with Store.create(path) as store:
        store.run(catalogue.set_up)
        at = time.perf_counter()
        store.run(bring, uses=rows // DAYS // len(DISTRICTS), name="days")
        loaded = time.perf_counter()
        store.run(rollup.settle)
        measured.figure(f"{rows:,} readings loaded", loaded - at, "s")
        measured.figure(f"{rows:,} readings settled", time.perf_counter() - loaded, "s")
        raw = sqlite3.connect(path)
        with store.reading() as read:
            indicator = figures.named(read, "EL01").id
            for by, low, high in (("month", 1, 12), ("year", 0, 0)):
                query = (
                    "SELECT period, value, status, origin, months, datasets FROM energy_figure"
                    f" WHERE indicator_id = {indicator} AND area = '29000'"
                    f" AND period BETWEEN 0 AND 999999 AND period % 100 BETWEEN {low} AND {high}"
                )
                bare = times(lambda query=query: raw.execute(query).fetchall())
                asked = times(
                    lambda by=by: queries.series(read, indicator="EL01", area="29000", by=by)
                )
                rows_of = times(lambda low=low, high=high: rollup_rows(read, indicator, low, high))
                points = figures.series(read, indicator="EL01", area="29000", by=by).points
                what = f"the city's {by}s out of {rows:,} readings"
                note = f"{len(points)} points in {asked:.2f} ms"
                rolled = "the rollup's rows by the office's own door"
                measured.figure(what, asked / rows_of, goal=LIMIT, beside=rolled, note=note)
                measured.figure(what, asked / bare, beside="the bare driver", note=note)
                told = store_duckdb(raw, rows, tmp_path, by)
                if told:
                    goal, note = DUCKDB[rows], f"{note}, duckdb {told:.1f} ms"
                    measured.figure(what, asked / told, goal=goal, beside="duckdb", note=note)
        raw.close()
        at = time.perf_counter()
        store.run(dirty, value=7.0)
        marked = time.perf_counter()
        store.run(rollup.settle)
        done, what = time.perf_counter(), f"one dirty month of {rows:,} readings"
        measured.figure(f"{what}, marked", 1000 * (marked - at), "ms")
        measured.figure(f"{what}, settled", 1000 * (done - marked), "ms")


def rollup_rows(read: Session, indicator: int, low: int, high: int) -> list[object]:
    """Read the rollup's rows and nothing else."""
    kind = EnergyFigure
    query = select(
        kind.period, kind.value, kind.status, kind.origin, kind.months, kind.datasets
    ).where(
        kind.indicator_id == indicator,
        kind.area == "29000",
        (kind.period % 100).between(low, high),
    )
    return list(read.execute(query).all())


_told: dict[int, list[float]] = {}


def store_duckdb(raw: sqlite3.Connection, rows: int, folder: Path, by: str) -> float | None:
    """Return duckdb's milliseconds for the same sums, None without it."""
    python = os.environ.get("DUCKDB_PYTHON")
    if not python or shutil.which(python) is None:
        return None
    if rows not in _told:
        path = folder / "rows.csv"
        with path.open("w") as file:
            for row in raw.execute("SELECT series_id, period, value FROM reading"):
                file.write(f"{row[0]},{row[1]},{row[2]}\n")
        done = subprocess.run(
            [python, "-c", PROGRAM, str(path)], capture_output=True, text=True, check=True
        )
        _told[rows] = [float(line) for line in done.stdout.split()]
    return _told[rows][0 if by == "month" else 1]


@usecase("Correct a month")
def dirty(tx: Session, *, value: float) -> None:
    """Bring one day of one series anew."""
    series = tx.scalars(select(Series).order_by(Series.id).limit(1)).one()
    dataset = Dataset(
        source_id=series.source_id,
        file_name="one",
        sha256="one",
        values_sha256="one",
        publisher="가상",
        title="가상",
        unit="MWh",
        first_period=20100115,
        last_period=20100115,
        imported_at=clock.now(),
        readings=1,
    )
    bulk.load(tx, dataset, [(series.id, 20100115, value)])
