"""kill -9 at random moments and just at the commit: nothing acknowledged is lost."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import select

from db import integrity, journal, search
from db.schema.members import Person
from db.store import Store
from tests.faults import worker

ROOT = Path(__file__).resolve().parent.parent.parent
KILLS = 200


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


def test_200_kills_lose_nothing(tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    office = tmp_path / "사무국.gwoffice"
    Store.create(office).close()
    said: list[str] = []
    for _ in range(KILLS):
        said += acknowledged_until_killed(office, chance.uniform(0, 0.06))
    with Store.open(office) as store, store.reading() as read:
        names = set(read.scalars(select(Person.name)))
        assert [name for name in said if name not in names] == []
        # A commit that was not acknowledged may be there: once, and whole.
        assert len(names) == len(list(read.scalars(select(Person.id))))
        assert journal.verify(read.connection()) == []
        assert integrity.faults(read.connection()) == []
        assert search.differences(read.connection()) == []
        last = max(map(int, names))
    with Store.open(office) as store:
        again = store.run(worker.add, name=str(last), command=f"command-{last}")
        assert again.replayed, "a retried command is answered with its first outcome"
    print(f"{KILLS} kills, {len(said)} acknowledged, {len(names)} committed, 0 lost")
