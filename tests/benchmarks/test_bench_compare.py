"""Two copies of a million rows each against the clock, in the child that compares them.

Seconds and memory are the child's own, from the system's account of it.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gwangju_desktop import child
from gwangju_desktop.snapshots import disclose, sqlite_file
from gwangju_desktop.snapshots.policy import Coder
from gwangju_desktop.snapshots.sqlite_file import Row, Shape

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


def written(path: Path, *, later: bool) -> dict[str, Any]:
    """Write a copy's database; return how the child is asked for it."""
    path.touch()
    inside = [(disclose.META, []), (disclose.CODEBOOK, CODES), (disclose.WORDS, [])]
    tables = [*inside, (disclose.WITHHELD, []), (READING, figures(later=later))]
    sqlite_file.write(path, tables)
    rows = {disclose.CODEBOOK.name: len(CODES), READING.name: ROWS - (EDITS if later else 0)}
    return {
        "path": str(path),
        "schema": sqlite_file.schema_hash([shape for shape, _ in tables]),
        "rows": {shape.name: rows.get(shape.name, 0) for shape, _ in tables},
    }


def test_a_million_rows_are_compared_in_five_seconds(tmp_path: Path) -> None:
    old = written(tmp_path / "one.sqlite", later=False)
    new = written(tmp_path / "two.sqlite", later=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    asked = {**new, "mode": "compare", "seconds": 60.0, "old": old, "figures": [], "lenient": False}
    answer = child.run("snapshot.read", asked, seconds=60, memory_mb=600, output_mb=0)
    took = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    megabytes = after.ru_maxrss / 1024
    counts = answer["tables"]["reading"]["counts"]
    assert counts == {"added": 0, "changed": EDITS, "withdrawn": EDITS}
    size = sum(Path(one["path"]).stat().st_size for one in (old, new)) / 2**20
    print(
        f"\ntwo copies of {ROWS:,} rows ({size:.0f} MB) compared in {took:.1f} s, {used:.1f} s of the"
        f" processor (goal {GOAL_SECONDS}), {megabytes:.0f} MB (goal {GOAL_MB})"
    )
    assert used <= GOAL_SECONDS and megabytes <= GOAL_MB
