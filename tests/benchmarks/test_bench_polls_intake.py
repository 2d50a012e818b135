"""20,000 answers to 130 columns into the office and back as tables, beside the bare cells."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop.polls import answers, intake, questions
from gwangju_desktop.polls.held import Held
from gwangju_desktop.polls.reading import taking
from tests.benchmarks import measured
from tests.benchmarks.test_bench_polls_reading import COLUMNS, ROWS, bare, workbook

__all__ = ["workbook"]
GOAL = 2.0
TABLE_MS = 50


@pytest.mark.timeout(600)
def test_importing_a_large_poll(
    request: pytest.FixtureRequest, sqlite_store: Store, tmp_path: Path
) -> None:
    path = request.getfixturevalue("workbook")
    ratios, kept = [], []
    for round in range(3):
        started = time.perf_counter()
        assert bare(path) == ROWS + 1
        read = time.perf_counter()
        reading = taking.read(path)
        taken = time.perf_counter()
        made = sqlite_store.run(
            intake.import_new, name=f"{round}", reading=reading, file_name=path.name, label="1"
        ).value
        ended = time.perf_counter()
        kept.append(ended - taken)
        ratios.append((ended - read) / (read - started))
    measured.figure(
        "20,000 × 130 answers of a poll taken into a closed wave with its totals",
        statistics.median(ratios),
        goal=GOAL,
        beside="the bare cells (calamine)",
        note=f"of which the office {min(kept):.2f} s",
    )
    times = []
    with sqlite_store.reading() as session:
        asked = questions.questionnaire(session, made["wave"])
        for one in asked[:20]:
            started = time.perf_counter()
            table = answers.table(session, one.wave_question_id)
            times.append(time.perf_counter() - started)
            assert table.base.asked == ROWS
        held = Held(session, made["wave"])
        started = time.perf_counter()
        for one in asked:
            answers.table(session, one.wave_question_id, held=held)
        every = time.perf_counter() - started
    measured.times("a table of an office's 20,000 answers", times, TABLE_MS)
    measured.figure(f"all {COLUMNS - 2} of them", every, "s")
