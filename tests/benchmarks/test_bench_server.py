"""How soon another PC sees a change while eight others write as fast as they can.

From the moment the write was answered here to the moment the other's store has read it there,
beside the moment a bare LISTEN hears of it. One server, all on this machine; `BENCH_CHANGES` is
how many changes are timed.
"""

from __future__ import annotations

import os
import threading
import time

import psycopg

from db.store import Store
from tests.benchmarks import measured
from tests.conftest import _administer, _database
from tests.faults import worker
from tests.faults.test_kill import start

WRITERS, NOTES = 8, 20
CHANGES = int(os.environ.get("BENCH_CHANGES", "100"))
GOAL = 1.0  # s


class Other(threading.Thread):
    """Another PC: it reads what was done whenever it hears of something."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.store = Store.open(url)
        self.last = self.store.head()
        self.seen: dict[int, float] = {}
        self.done = False
        self.start()

    def run(self) -> None:
        while not self.done:
            if self.store.wait(0.1):
                for changes in self.store.since(self.last):
                    self.seen[changes.id] = time.perf_counter()
                    self.last = changes.id

    def close(self) -> None:
        self.done = True
        self.join()
        self.store.close()


class Bare(threading.Thread):
    """What the server itself needs to tell somebody."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.line = psycopg.connect(url.replace("+psycopg", ""), autocommit=True)
        self.line.execute("LISTEN changes")
        self.seen: dict[int, float] = {}
        self.done = False
        self.start()

    def run(self) -> None:
        while not self.done:
            for note in self.line.notifies(timeout=0.1):
                self.seen[int(note.payload)] = time.perf_counter()

    def close(self) -> None:
        self.done = True
        self.join()
        self.line.close()


def test_a_change_is_seen_elsewhere(postgres: str) -> None:
    _administer(postgres, "CREATE DATABASE seen")
    url = _database(postgres, "seen")
    try:
        Store.create(url).close()
        for writers in (0, WRITERS):
            with Store.open(url) as here:
                for number in range(NOTES):
                    here.run(worker.add, name=f"{number}")
                other, bare = Other(url), Bare(url)
                busy = [start("edit", url, f"w{n}", "1000000") for n in range(writers)]
                for process in busy:
                    assert process.stdout is not None and process.stdout.readline() == b"ready\n"
                time.sleep(2)
                first, begun = here.head(), time.perf_counter()
                said = {}
                for number in range(CHANGES):
                    changes = here.run(worker.add, name=f"probe {number}")
                    said[changes.id] = time.perf_counter()
                    time.sleep(0.02)
                rate = (here.head() - first) / (time.perf_counter() - begun)
                time.sleep(1)
                for process in busy:
                    process.kill()
                    process.communicate()
                other.close()
                bare.close()
            waits = sorted(max(0.0, other.seen[id] - at) for id, at in said.items())
            heard = sorted(max(0.0, bare.seen[id] - at) for id, at in said.items())
            what = f"a change seen on another PC, {writers} writers, {rate:.0f} changes/s"
            measured.times(what, waits, beside=f"a bare LISTEN, {1e3 * heard[-1]:.0f} ms at most")
            measured.figure(f"{what}, the latest", waits[-1], "s", GOAL)
            assert len(waits) == CHANGES
    finally:
        _administer(postgres, "DROP DATABASE seen WITH (FORCE)")
