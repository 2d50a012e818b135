"""20,000 answers to 130 columns: read, planned and built, beside the bare reading of the cells."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from gwangju_desktop.polls.reading import taking
from gwangju_desktop.sheets.writing import write_workbook
from tests.benchmarks import measured

ROWS, COLUMNS = 20_000, 130
GOAL = 2.0


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write codes as spreadsheets write them: numbers, with blanks, 9s and a weight."""
    chance = random.Random(56)
    path = tmp_path_factory.mktemp("polls") / "large.xlsx"
    codes: tuple[int | str, ...] = (1, 2, 3, 4, 5, 9, "")
    titles = ["PID", *(f"Q{n}" for n in range(1, COLUMNS - 1)), "WT"]
    rows = [
        [n, *chance.choices(codes, k=COLUMNS - 2), f"{chance.uniform(0.5, 1.5):.2f}"]
        for n in range(100_000, 100_000 + ROWS)
    ]
    with path.open("wb") as file:
        write_workbook(file, "응답", titles, rows)
    return path


def bare(path: Path) -> int:
    from python_calamine import CalamineWorkbook

    return len(CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python())


@pytest.mark.timeout(600)
def test_reading_a_large_poll(workbook: Path) -> None:
    ours, theirs = [], []
    for _round in range(3):
        started = time.perf_counter()
        assert bare(workbook) == ROWS + 1
        between = time.perf_counter()
        reading = taking.read(workbook)
        ended = time.perf_counter()
        theirs.append(between - started)
        ours.append(ended - between)
    assert (reading.n_taken, len(reading.answers)) == (ROWS, COLUMNS - 2)
    assert reading.weights is not None
    what = "20,000 × 130 answers of a poll, read and understood"
    measured.ratio(what, ours, theirs, GOAL, beside="the bare cells (calamine)")
