"""kill -9 at random moments and just at the commit: nothing acknowledged is lost."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from db import integrity, journal, search
from db.schema.members import Person
from db.store import Store
from tests.faults import worker
from tests.faults.budget import Outcome, within

ROOT = Path(__file__).resolve().parent.parent.parent
KILLS = 1000


def start(*arguments: str) -> subprocess.Popen[bytes]:
    """Start a worker whose stdout is its acknowledgements."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.worker", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )


def acknowledged_until_killed(office: Path, seconds: float) -> list[str]:
    """Let a worker write, kill it `seconds` after its first word, return what it had said."""
    process = start("write", str(office))
    assert process.stdout is not None
    with process, process.stdout:
        first = process.stdout.readline()
        time.sleep(seconds)
        process.kill()
        rest = process.stdout.read()
    lines = (first + rest).split(b"\n")
    return [line.decode() for line in lines[:-1]]


@pytest.mark.timeout(24 * 3600)
def test_kills_lose_nothing(
    tmp_path: Path,
    trials: Callable[[int], int],
    seed: int,
    judged: Callable[[str, Outcome], None],
) -> None:
    chance = random.Random(seed)
    office = tmp_path / "사무국.gwoffice"
    Store.create(office).close()
    said: list[str] = []
    found = Outcome()
    for _ in within(found, trials(KILLS)):
        said += acknowledged_until_killed(office, chance.uniform(0, 0.06))
    with Store.open(office) as store, store.reading() as read:
        names = set(read.scalars(select(Person.name)))
        found.lost = sum(name not in names for name in said)
        wrong = [*journal.verify(read.connection()), *integrity.faults(read.connection())]
        found.corrupt = len(wrong) + len(search.differences(read.connection()))
        # A commit that was not acknowledged may be there: once, and whole.
        found.corrupt += len(names) != len(list(read.scalars(select(Person.id))))
        last = max(map(int, names))
    with Store.open(office) as store:
        again = store.run(worker.add, name=str(last), command=f"command-{last}")
        assert again.replayed, "a retried command is answered with its first outcome"
    found.note = f"{len(said):,} acknowledged, {len(names):,} committed"
    judged("kill -9 in a commit", found)
