"""Several processes on one row, and on one lock."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from db import journal
from db.errors import Locked
from db.schema.members import Person
from db.store import Store
from tests.faults import worker
from tests.faults.budget import Outcome, left
from tests.faults.test_kill import ROOT, start

WRITERS, TIMES = 4, 2500
SLICE = 100  # counts between two looks at the clock


@pytest.mark.timeout(24 * 3600)
def test_four_processes_lose_no_increment(
    tmp_path: Path,
    trials: Callable[[int], int],
    judged: Callable[[str, Outcome], None],
) -> None:
    found, wanted = Outcome(), trials(TIMES)
    office = tmp_path / "office.gwoffice"
    with Store.create(office) as store:
        store.run(worker.add, name="계수")
    done = 0
    while done < wanted and (not done or left() > 0):
        some = min(SLICE, wanted - done)
        workers = [start("count", str(office), str(some)) for _ in range(WRITERS)]
        for process in workers:
            with process:
                assert process.wait(300) == 0
        done += some
    found.trials = WRITERS * done
    with Store.open(office) as store, store.reading() as read:
        found.lost = found.trials - int(read.scalars(select(Person.phone)).one())
        found.corrupt = len(journal.verify(read.connection()))
        assert store.head() == found.trials + 1
    judged("four processes on one file", found)


def test_the_second_process_reads_and_its_write_is_refused(tmp_path: Path) -> None:
    office = tmp_path / "office.gwoffice"
    with Store.create(office) as store:
        store.run(worker.add, name="가상")
        listed = subprocess.run(
            [sys.executable, "-m", "gwangju_desktop", "--office", str(office), "history", "--json"],
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        assert listed.returncode == 0, listed.stderr.decode()
        assert b"Add a numbered person" in listed.stdout
        with Store.open(office) as second, pytest.raises(Locked):
            second.run(worker.add, name="둘째")
