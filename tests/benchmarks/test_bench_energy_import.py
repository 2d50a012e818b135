"""A million daily readings through the importer, beside `sqlite3 .import` and pandas.to_sql.

The limit gets what the importer has to find out: numbers for series, sorted by key, no questions,
into the very table the office keeps readings in. Ratios of one run are printed, times move.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.energy import EnergySource, Indicator, Series
from db.store import Store, usecase
from gwangju_desktop.energy import catalogue, figures, imports, rollup
from gwangju_desktop.text import N_
from tests.benchmarks import measured

DISTRICTS = {"동구": 29110, "서구": 29140, "남구": 29155, "북구": 29170, "광산구": 29200}
USES = ("주택용", "일반용", "교육용", "산업용", "농사용", "가로등", "심야")
USES += tuple(f"업종 {n}" for n in range(18))
DAYS = 8000
ROWS = DAYS * len(DISTRICTS) * len(USES)
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
LIMIT, PEER, MEMORY, KOREAN, GAP = 0.7, 10.0, 600, 1.2, 100


def write(path: Path, encoding: str) -> Path:
    """Write date, district, use and value, day by day, as a publisher would."""
    pick = random.Random(1)
    day = dt.date(2000, 1, 1)
    with path.open("w", encoding=encoding, newline="\n") as file:
        file.write("일자,시도,시군구,계약종별,사용량(kWh)\n")
        for _ in range(DAYS):
            text = day.isoformat()
            file.writelines(
                f"{text},광주광역시,{district},{use},{pick.random() * 1000:.3f}\n"
                for district in DISTRICTS
                for use in USES
            )
            day += dt.timedelta(days=1)
    return path


def coded(store: Store, path: Path) -> Path:
    """Write what an import left, coded and sorted: what the limit is given."""
    rows = sqlite3.connect(store.office.place)
    with path.open("w") as file:
        for row in rows.execute(
            "SELECT series_id, period, value, summed, status, dataset_id FROM reading"
            " ORDER BY series_id, period"
        ):
            file.write(",".join(map(str, row)) + "\n")
    rows.close()
    return path


def new(empty: Path, path: Path) -> Store:
    path.unlink(missing_ok=True)
    shutil.copy(empty, path)
    return Store.open(path)


def processor() -> float:
    """Return the processor seconds of this process and the children that ended."""
    import resource

    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def ours(empty: Path, path: Path, source: Path) -> tuple[float, float, float, float, Store]:
    """Return the seconds of reading, storing and settling, the processor's of the first two.

    And the office.
    """
    store = new(empty, path)
    begun = processor()
    at = time.perf_counter()
    prepared = imports.prepare(source, layout="kepco_sigungu_contract")
    read = time.perf_counter()
    store.run(imports.import_readings, prepared=prepared)
    used = processor() - begun
    stored = time.perf_counter()
    store.run(rollup.settle)
    return read - at, stored - read, time.perf_counter() - stored, used, store


def limit(empty: Path, path: Path, source: Path) -> float:
    """Return the seconds `sqlite3 .import` takes into the same table, with the same pragmas."""
    schema = sqlite3.connect(empty)
    statements = [
        sql
        for (sql,) in schema.execute(
            "SELECT sql FROM sqlite_schema WHERE tbl_name = 'reading' AND sql IS NOT NULL"
        )
    ]
    schema.close()
    path.unlink(missing_ok=True)
    script = "\n".join(
        (
            "PRAGMA page_size = 4096;",
            "PRAGMA journal_mode = delete;",
            "PRAGMA synchronous = 2;",
            "PRAGMA secure_delete = 1;",
            "PRAGMA temp_store = 2;",
            "PRAGMA cache_size = -131072;",
            "PRAGMA cache_spill = 0;",
            *(f"{sql};" for sql in statements),
            ".mode csv",
            f'.import "{source}" reading',
        )
    )
    at = time.perf_counter()
    subprocess.run(["sqlite3", str(path)], input=script, text=True, check=True, capture_output=True)
    took = time.perf_counter() - at
    held = sqlite3.connect(path)
    assert held.execute("SELECT count(*) FROM reading").fetchone() == (ROWS,)
    held.close()
    return took


def to_sql(empty: Path, path: Path, source: Path) -> float:
    """Return the seconds of the script one writes with pandas: the same rows in the same table.

    It codes names and days, looks for what is no number, and writes through SQLAlchemy beside the
    table what then replaces what is there: to_sql itself knows no upsert.
    """
    import pandas
    import sqlalchemy

    with new(empty, path) as store:
        names = [(district, use) for district in DISTRICTS for use in USES]
        store.run(series_of, names=len(names))
    engine = sqlalchemy.create_engine(f"sqlite:///{path}")
    at = time.perf_counter()
    frame = pandas.read_csv(source)
    numbers = pandas.DataFrame(names, columns=["시군구", "계약종별"])
    numbers["series_id"] = range(1, len(names) + 1)
    frame = frame.merge(numbers, on=["시군구", "계약종별"], how="left")
    days = pandas.to_datetime(frame["일자"], format="%Y-%m-%d")
    rows = pandas.DataFrame(
        {
            "series_id": frame["series_id"],
            "period": days.dt.year * 10_000 + days.dt.month * 100 + days.dt.day,
            "value": pandas.to_numeric(frame["사용량(kWh)"]),
            "summed": False,
            "status": "final",
            "dataset_id": 1,
        }
    )
    assert not rows.isna().any().any()
    rows = rows.sort_values(["series_id", "period"])
    columns = ", ".join(rows.columns)
    with engine.begin() as connection:
        rows.to_sql("beside", connection, index=False)
        connection.exec_driver_sql(
            f"INSERT INTO reading ({columns}) SELECT {columns} FROM beside WHERE true"
            " ON CONFLICT (series_id, period) DO UPDATE SET value = excluded.value,"
            " dataset_id = excluded.dataset_id WHERE value IS NOT excluded.value"
        )
        connection.exec_driver_sql("DROP TABLE beside")
    took = time.perf_counter() - at
    with engine.connect() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM reading").scalar()
    assert count == ROWS
    engine.dispose()
    return took


@usecase("Make series")
def series_of(tx: Session, *, names: int) -> None:
    """Make what the script's rows refer to."""
    source = tx.scalars(select(EnergySource.id).limit(1)).one()
    indicator = tx.scalars(select(Indicator.id).limit(1)).one()
    tx.add_all(
        Series(source_id=source, indicator_id=indicator, area="29000", dims=f"use=u{n}")
        for n in range(names)
    )


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.gwoffice"
    with Store.create(path) as store:
        store.run(catalogue.set_up)
    return path


@pytest.mark.timeout(900)
def test_a_million_readings(empty: Path, tmp_path: Path) -> None:
    if shutil.which("sqlite3") is None:
        pytest.skip("the limit is the sqlite3 command, which is not here")
    source = write(tmp_path / "utf8.csv", "utf-8")
    korean = write(tmp_path / "cp949.csv", "cp949")
    *_, store = ours(empty, tmp_path / "first.gwoffice", source)
    sorted_rows = coded(store, tmp_path / "coded.csv")
    store.close()
    told: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        begun = processor()
        base = limit(empty, tmp_path / "limit.db", sorted_rows)
        base_used = processor() - begun
        read, stored, settled, used, store = ours(empty, tmp_path / "ours.gwoffice", source)
        store.close()
        begun = processor()
        peer = to_sql(empty, tmp_path / "pandas.gwoffice", source)
        peer_used = processor() - begun
        read_korean, stored_korean, *_, store = ours(empty, tmp_path / "ours.gwoffice", korean)
        store.close()
        whole = read + stored
        for what, value in (
            ("limit s", base),
            ("read s", read),
            ("store s", stored),
            ("settle s", settled),
            ("x limit", whole / base),
            ("x limit in processor time", used / base_used),
            ("x limit with settling", (whole + settled) / base),
            ("store x limit", stored / base),
            ("cp949 x utf-8", (read_korean + stored_korean) / whole),
            ("pandas.to_sql s", peer),
            ("x ours", peer / whole),
            ("x ours in processor time", peer_used / used),
        ):
            told.setdefault(what, []).append(value)
    goals = {"x limit": LIMIT, "x ours": PEER, "cp949 x utf-8": KOREAN}
    peers = {"x limit": "`sqlite3 .import`, coded and sorted", "x ours": "pandas.to_sql"}
    for what, values in told.items():
        measured.figure(
            f"1,000,000 readings of a CSV: {what}",
            statistics.median(values),
            "s" if what.endswith(" s") else "×",
            goals.get(what),
            beside=peers.get(what, ""),
            more=what == "x ours",
            note=f"{min(values):.2f} to {max(values):.2f}",
        )


PROGRAM = """
import re, sys
from pathlib import Path
from db.store import Store
from gwangju_desktop.energy import imports
if __name__ == "__main__":
    import resource
    with Store.open(Path(sys.argv[1])) as store:
        prepared = imports.prepare(Path(sys.argv[2]), layout="kepco_sigungu_contract")
        store.run(imports.import_readings, prepared=prepared)
    own = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())
    print(int(own[1]) // 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


@pytest.mark.timeout(300)
def test_memory_of_a_million_readings(empty: Path, tmp_path: Path) -> None:
    source = write(tmp_path / "utf8.csv", "utf-8")
    shutil.copy(empty, tmp_path / "a.gwoffice")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "a.gwoffice"), str(source)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert done.returncode == 0, done.stderr
    own, child = map(int, done.stdout.split())
    measured.figure(
        "1,000,000 readings taken in, peak memory",
        own + child,
        "MB",
        MEMORY,
        note=f"office {own}, its reader {child}",
    )


@pytest.mark.timeout(300)
def test_the_window_lives_while_a_million_readings_come_in(empty: Path, tmp_path: Path) -> None:
    from tests.benchmarks.stopwatch import Heart, shown, wait
    from ui.energy.import_dialog import read_files, store_files

    source = write(tmp_path / "utf8.csv", "utf-8")
    shutil.copy(empty, tmp_path / "a.gwoffice")
    asked = {"layout": "kepco_sigungu_contract"}
    with shown(tmp_path / "a.gwoffice") as window:
        desk, heart = window.shell.desk, Heart()
        told, kept = [], Kept()
        for job in (read_files, store_files):
            given: dict[str, Any] = {"files": [(source, dict(asked))]}
            if kept.found:
                given = {"files": [(kept.found[0].prepared, dict(asked))]}
            kept = Kept()
            heart.begin()
            at = time.perf_counter()
            desk.work(job, title=N_("Reading {file}"), then=kept.keep, **given)
            wait(lambda kept=kept: kept.done, limit=120)
            wait(lambda: desk.idle, limit=120)
            told.append((time.perf_counter() - at, 1000 * heart.longest))
    (read, gap), (stored, gap_storing) = told
    for what, took, longest in (("read", read, gap), ("stored", stored, gap_storing)):
        measured.figure(
            f"1,000,000 readings {what}, the window's longest gap",
            longest,
            "ms",
            GAP,
            note=f"{took:.1f} s in all",
        )
    with Store.open(tmp_path / "a.gwoffice", write=False) as store, store.reading() as session:
        points = figures.series(session, indicator="EL01", area="29000").points
    assert len(points) == 22


class Kept:
    """What a job brought back."""

    def __init__(self) -> None:
        self.done, self.found = False, None

    def keep(self, found: Any) -> None:
        self.done, self.found = True, found
