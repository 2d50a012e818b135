"""Several processes on one row, and on one lock."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from db import journal
from db.errors import Locked
from db.schema.members import Person
from db.store import Store
from tests.faults import worker
from tests.faults.test_kill import ROOT, start


def test_four_processes_lose_no_increment(tmp_path: Path) -> None:
    office = tmp_path / "office.gwoffice"
    with Store.create(office) as store:
        store.run(worker.add, name="계수")
    workers = [start("count", str(office), "250") for _ in range(4)]
    for process in workers:
        with process:
            assert process.wait(300) == 0
    with Store.open(office) as store, store.reading() as read:
        assert read.scalars(select(Person.phone)).one() == "1000"
        assert journal.verify(read.connection()) == []
        assert store.head() == 1001


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
