"""An office server grows to 1 and 10 million readings: as it is, and in parts.

`GROWTH=1000000,10000000` names how many; 10 million take 3 GB and some minutes. Each shape of the
table holds the same daily readings of 1,250 series and is asked what the program asks. Ratios
beside the plain table are printed; nothing is asserted but that all answer alike.
"""

from __future__ import annotations

import datetime as dt
import os
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import bulk
from db.schema.energy import Dataset, Reading, Series
from db.settling import _LACKING, _spans
from db.store import Store, usecase
from gwangju_desktop.energy import catalogue
from tests.benchmarks import measured
from tests.conftest import _administer, _connected, _database

GROWTH = [int(text) for text in os.environ.get("GROWTH", "1000000").split(",")]
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SERIES, FIRST = 1_250, dt.date(2000, 1, 1)
COLUMNS = (
    "series_id bigint NOT NULL, period integer NOT NULL, value double precision NOT NULL,"
    " summed boolean NOT NULL, status varchar(12) NOT NULL, dataset_id bigint NOT NULL"
)
Told = dict[str, float]


def years(count: int) -> range:
    return range(FIRST.year, (FIRST + dt.timedelta(days=count // SERIES)).year + 2)


def plain(_count: int) -> list[str]:
    """Return nothing: the table as it is."""
    return []


def by_year(count: int) -> list[str]:
    """Return a table in ranges of its days' years; what is no day lies in the part by default."""
    parts = [
        f"CREATE TABLE reading_{year} PARTITION OF reading FOR VALUES"
        f" FROM ({year}0000) TO ({year + 1}0000)"
        for year in years(count)
    ]
    rest = "CREATE TABLE reading_rest PARTITION OF reading DEFAULT"
    return _anew("RANGE (period)", [*parts, rest])


def by_series(_count: int) -> list[str]:
    """Return a table in eight parts by series, as several servers would share it."""
    parts = [
        f"CREATE TABLE reading_{n} PARTITION OF reading FOR VALUES WITH (MODULUS 8, REMAINDER {n})"
        for n in range(8)
    ]
    return _anew("HASH (series_id)", parts)


def _anew(parted: str, parts: list[str]) -> list[str]:
    return [
        "DROP TABLE reading",
        f"CREATE TABLE reading ({COLUMNS}, PRIMARY KEY (series_id, period),"
        " FOREIGN KEY (series_id) REFERENCES series (id) ON DELETE RESTRICT,"
        " FOREIGN KEY (dataset_id) REFERENCES dataset (id) ON DELETE RESTRICT)"
        f" PARTITION BY {parted}",
        *parts,
        "CREATE INDEX ix_reading_dataset_id ON reading (dataset_id)",
    ]


SHAPES: dict[str, Callable[[int], list[str]]] = {
    "plain": plain,
    "by year": by_year,
    "by series": by_series,
}


def timed(act: Callable[[], object]) -> float:
    """Return the seconds something takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


@usecase("Import a month of days")
def add_month(tx: Session, *, month: int, series: list[int]) -> int:
    """Add a month's readings of every series."""
    dataset = Dataset(
        source_id=1,
        file_name="예시.csv",
        sha256="0" * 64,
        publisher="예시",
        values_sha256="0" * 64,
        title="예시",
        unit="kWh",
        readings=0,
        first_period=month * 100 + 1,
        last_period=month * 100 + 28,
        imported_at=dt.datetime(2022, 3, 17, tzinfo=dt.UTC),
    )
    days = [month * 100 + day for day in range(1, 29)]
    marks = [(False, "final")] * len(days)
    values = [float(day) for day in days]
    bulk.load_blocks(tx, dataset, [bulk.Block(one, days, values, marks) for one in series])
    return dataset.id


def fill(url: str, shape: Callable[[int], list[str]], count: int) -> Told:
    """Make an office with so many readings; return how long they took and how large they are."""
    with Store.create(url) as store:
        store.run(catalogue.set_up)
    with _connected(url) as connection:
        for statement in shape(count):
            connection.execute(statement)  # type: ignore[arg-type]
        connection.execute(
            "INSERT INTO series (source_id, indicator_id, area, dims, unit, version)"
            " SELECT (SELECT min(id) FROM energy_source), (SELECT min(id) FROM indicator), '29',"
            f" 'use=' || n, '', 1 FROM generate_series(1, {SERIES}) n"
        )
        connection.execute(
            "INSERT INTO dataset (source_id, file_name, sha256, values_sha256, publisher, title,"
            " unit, first_period, last_period, imported_at, readings, sample, note, version)"
            " SELECT (SELECT min(id) FROM energy_source), y || '.csv', '', '', '예시', '', 'kWh',"
            f" y * 100, y * 100, now(), 0, false, '', 1 FROM generate_series({FIRST.year}, 2050) y"
        )
        # A reference is looked up for every row; these are right.
        connection.execute("ALTER TABLE reading DISABLE TRIGGER ALL")
        loaded = timed(
            lambda: connection.execute(
                "WITH days AS MATERIALIZED (SELECT to_char(d, 'YYYYMMDD')::int AS period,"
                " extract(doy FROM d)::int AS doy, s.id AS dataset"
                f" FROM generate_series(DATE '{FIRST}', DATE '{FIRST}' + {count // SERIES - 1},"
                " interval '1 day') d JOIN dataset s ON file_name = to_char(d, 'YYYY') || '.csv')"
                " INSERT INTO reading SELECT s.id, period, (s.id * 31 + doy) % 997 + 0.25, false,"
                " 'final', dataset FROM series s, days"
            )
        )
        connection.execute("ALTER TABLE reading ENABLE TRIGGER ALL")
        swept = timed(lambda: connection.execute("VACUUM ANALYZE reading"))
        size = connection.execute(
            "SELECT sum(pg_total_relation_size(oid)) FROM pg_class"
            " WHERE relname LIKE 'reading%' AND relkind = 'r'"
            " AND relname NOT IN ('reading_month', 'reading_revision')"
        ).fetchone()
    assert size is not None
    return {"load s": loaded, "vacuum s": swept, "MB": float(size[0]) / 1e6}


class Asked:
    """An office that is asked what the program asks of it."""

    def __init__(self, url: str, count: int) -> None:
        self.store, self.url = Store.open(url), url
        self.last = FIRST + dt.timedelta(days=count // SERIES - 1)
        self.taken: dict[str, list[float]] = {}
        self.answers: list[Any] = []
        with self.store.reading() as read:
            self.series = list(read.scalars(select(Series.id).order_by(Series.id)))
            self.indicator = read.scalars(select(Series.indicator_id).limit(1)).one()

    def tell(self, what: str, seconds: float) -> None:
        self.taken.setdefault(what, []).append(seconds * 1000)

    def read(self) -> None:
        """Ask for a series, a year of it, a day of all, and what is due in a month."""
        year = self.last.year - 1
        month = year * 100 + 7
        own = select(Reading.period, Reading.value).where(Reading.series_id == 77)
        days = Reading.period.between(year * 10_000, year * 10_000 + 9_999)
        asked: dict[str, Any] = {
            "a series ms": own.order_by(Reading.period),
            "its year ms": own.where(days).order_by(Reading.period),
            "a day of all ms": select(Reading.value).where(Reading.period == month * 100 + 1),
            "due in a month ms": _LACKING,
        }
        self.answers = []
        for what, query in asked.items():
            spans = _spans(self.indicator, month) if query is _LACKING else {}
            with self.store.reading() as read:
                read.connection()
                begun = time.perf_counter()
                rows = read.execute(query, spans).all()
                self.tell(what, time.perf_counter() - begun)
            self.answers.append(sorted(map(tuple, rows)))

    def plan(self) -> None:
        """Let the server plan a question about all of a series."""
        with psycopg.connect(self.url.replace("+psycopg", "")) as connection:
            row = connection.execute(
                "EXPLAIN (SUMMARY, FORMAT JSON) SELECT value FROM reading WHERE series_id = 77"
            ).fetchone()
        assert row is not None
        self.tell("planning ms", row[0][0]["Planning Time"] / 1000)

    def write(self) -> None:
        """Import a new month and a corrected one, and take both back."""
        new, old = (self.last.year + 1) * 100 + 1, (self.last.year - 1) * 100 + 7
        for what, month in (("import", new), ("correct", old)):
            act = partial(self.store.run, add_month, month=month, series=self.series)
            self.tell(f"{what} ms", timed(act))
            self.tell(f"undo the {what} ms", timed(self.store.undo))


@pytest.mark.parametrize("count", GROWTH)
def test_readings_in_parts(postgres: str, count: int) -> None:
    filled: list[Told] = []
    offices: list[Asked] = []
    try:
        for n, shape in enumerate(SHAPES.values()):
            _administer(postgres, f"CREATE DATABASE growing_{n}")
            url = _database(postgres, f"growing_{n}")
            filled.append(fill(url, shape, count))
            offices.append(Asked(url, count))
        # One after the other, so that what else the machine does meets all alike.
        for _ in range(ROUNDS):
            for one in offices:
                one.read()
                one.plan()
        for _ in range(max(1, ROUNDS // 2)):
            for one in offices:
                one.write()
        answers = [one.answers for one in offices]
        assert answers[0][0] and answers[0] == answers[1] == answers[2]
    finally:
        for n, one in enumerate(offices):
            one.store.close()
            _administer(postgres, f"DROP DATABASE growing_{n} WITH (FORCE)")
    told = [
        first | {what: statistics.median(taken) for what, taken in one.taken.items()}
        for first, one in zip(filled, offices, strict=True)
    ]
    for what, base in told[0].items():
        for name, one in [*zip(SHAPES, told, strict=True)][1:]:
            said = f"{count:,} readings on a server, table {name}: {what}"
            measured.figure(said, one[what] / base, beside="the plain table", note=f"{base:.1f}")
