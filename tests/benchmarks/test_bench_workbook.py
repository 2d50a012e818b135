"""A workbook of 200,000 rows read behind its guard, beside `unzip -p` of the same file."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from gwangju_desktop.sheets import grid
from gwangju_desktop.sheets.writing import write_workbook
from tests.benchmarks import measured

ROWS = 200_000
GOAL = 8.0


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write days, districts, uses and kWh (예시)."""
    path = tmp_path_factory.mktemp("sheets") / "large.xlsx"
    districts = ("동구", "서구", "남구", "북구", "광산구")
    rows = [
        (
            f"2031-{n % 12 + 1:02d}-{n % 28 + 1:02d}",
            "광주광역시",
            districts[n % 5],
            "주택용",
            n * 1.5,
        )
        for n in range(ROWS)
    ]
    with path.open("wb") as file:
        write_workbook(file, "자료", ["일자", "시도", "시군구", "용도", "사용량"], rows)
    return path


@pytest.mark.timeout(600)
@pytest.mark.skipif(shutil.which("unzip") is None, reason="unzip is not installed")
def test_reading_a_large_workbook(workbook: Path) -> None:
    ours, theirs = [], []
    for _round in range(3):
        started = time.perf_counter()
        subprocess.run(["unzip", "-p", str(workbook)], stdout=subprocess.DEVNULL, check=True)
        between = time.perf_counter()
        book = grid.read(workbook)
        ended = time.perf_counter()
        assert len(book.sheets[0].rows) == ROWS + 1
        theirs.append(between - started)
        ours.append(ended - between)
    what = "a workbook of 200,000 rows, guarded and understood"
    measured.ratio(what, ours, theirs, GOAL, beside="`unzip -p`")
