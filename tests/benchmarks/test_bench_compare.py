"""Two signed copies of a million rows each against the clock: verified, then compared in a child.

Seconds are the processor's, ours and the child's: on one core that is the time it takes when nobody
else works there. Memory is the child's at most, from the system's account of it.
"""

from __future__ import annotations

import csv
import io
import resource
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from gwangju_desktop.snapshots import disclose, sqlite_file
from gwangju_desktop.snapshots.compare import compare
from gwangju_desktop.snapshots.policy import Coder
from gwangju_desktop.snapshots.sqlite_file import Row, Shape
from tests.benchmarks import measured
from tests.gwangju_desktop.snapshots import hostile

ROWS, EDITS = 1_000_000, 1_000
GOAL_SECONDS, GOAL_MB = 5.0, 300
SERIES, PERIODS = 1_000, 1_000

READING = Shape(
    "reading",
    (
        ("series_id", "TEXT"),
        ("period", "INTEGER"),
        ("value", "REAL"),
        ("summed", "INTEGER"),
        ("status", "TEXT"),
        ("dataset_id", "TEXT"),
    ),
)
CODES: list[Row] = [
    ("reading", None, "지표값", "Readings", None, None, 0, 0, None),
    ("reading", "series_id", "계열", "Series", "code", "code", 1, 0, "series"),
    ("reading", "period", "기간", "Period", "keep", "number", 1, 1, None),
    ("reading", "value", "값", "Value", "keep", "number", 0, 0, None),
    ("reading", "summed", "합계값", "Total", "keep", "yes_no", 0, 0, None),
    ("reading", "status", "상태", "Status", "keep", "text", 0, 0, None),
    ("reading", "dataset_id", "자료집합", "Dataset", "code", "code", 0, 0, "dataset"),
]


def figures(*, later: bool) -> Iterator[Row]:
    """Give the rows one by one: a child's memory is counted from what its parent held."""
    code = Coder(b"a secret for the figures of this measure")
    data, step, n = code("dataset", 1), ROWS // EDITS, 0
    for one in sorted(code("series", n) for n in range(SERIES)):
        for period in range(PERIODS):
            value = -1.0 if later and n % step == 0 else n * 1.5
            if not (later and n % step == step // 2):
                yield (one, 202_000 + period, value, n % 2, "final", data)
            n += 1


def sheet(*, later: bool) -> bytes:
    """Return the rows as the CSV that lies beside the database and is hashed with it."""
    text = io.StringIO()
    csv.writer(text).writerows(figures(later=later))
    return text.getvalue().encode()


def written(folder: Path, *, later: bool) -> Path:
    """Write a signed copy of a million rows."""
    inside: list[tuple[Shape, Any]] = [(disclose.META, []), (disclose.CODEBOOK, CODES)]
    inside += [(disclose.WORDS, []), (disclose.WITHHELD, [])]
    shapes = [*(shape for shape, _ in inside), READING]
    counts = {shape.name: len(rows) for shape, rows in inside}
    return hostile.sealed(
        folder,
        lambda path: sqlite_file.write(path, [*inside, (READING, figures(later=later))]),
        name="이후.gwsnap" if later else "이전.gwsnap",
        shapes=shapes,
        rows={**counts, READING.name: ROWS - (EDITS if later else 0)},
        more={"csv/reading.csv": sheet(later=later)},
    )


def both(folder: Path) -> tuple[Path, Path]:
    """Write a copy and a later one of the same signer."""
    return written(folder, later=False), written(folder, later=True)


def elsewhere(act: Callable[..., Any], *arguments: object) -> Any:
    """Do something in a small process: a child's memory is counted from what its parent held."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(act, *arguments).result()


def test_a_million_rows_are_compared_in_five_seconds(tmp_path: Path) -> None:
    old, new = elsewhere(both, tmp_path)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    first, start = time.process_time(), time.perf_counter()
    comparison = compare(old, new)
    took = time.perf_counter() - start
    ours = time.process_time() - first
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    theirs = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    (table,) = comparison.tables
    assert table.counts == {"added": 0, "changed": EDITS, "withdrawn": EDITS}
    megabytes = elsewhere(peak, old, new)
    size = sum(path.stat().st_size for path in (old, new)) / 2**20
    what = f"two copies of {ROWS:,} rows ({size:.0f} MB) verified and compared"
    note = f"{took:.1f} s on the wall; hashes {ours:.1f} s, child {theirs:.1f} s"
    measured.figure(f"{what}, processor", ours + theirs, "s", GOAL_SECONDS, note=note)
    measured.figure(f"{what}, memory of the child", megabytes, "MB", GOAL_MB)


def peak(old: Path, new: Path) -> float:
    """Compare and return the megabytes the child held at most."""
    compare(old, new)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
