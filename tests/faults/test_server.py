"""Several PCs at one office server, and a server that goes away in the middle of a commit."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from db import journal, search
from db.schema.members import Person
from db.store import Store
from tests.faults import worker
from tests.faults.budget import Outcome, left, within
from tests.faults.test_kill import start
from tests.servers import Server, Wire, served

WRITERS, EDITS, NOTES = 8, 1000, 20
STRIKES, STOPS = 1000, 100
Trials = Callable[[int], int]
Judged = Callable[[str, Outcome], None]
pytestmark = pytest.mark.timeout(24 * 3600)


@pytest.fixture
def server() -> Iterator[Server]:
    """A server with all that keeps data over a crash, and an empty office on it."""
    with served() as own:
        own.administer("DROP DATABASE office")
        own.administer("CREATE DATABASE office LOCALE 'C' TEMPLATE template0")
        Store.create(own.url).close()
        yield own


def whole(url: str) -> list[str]:
    """Return the names of everybody in the office, once nothing is wrong with it."""
    with Store.open(url) as store, store.reading() as read:
        assert journal.verify(read.connection()) == []
        assert search.differences(read.connection()) == []
        names = list(read.scalars(select(Person.name).order_by(Person.id)))
        assert store.head() == len(names)
    return names


def test_eight_processes_lose_no_edit(server: Server, trials: Trials, judged: Judged) -> None:
    """Each of 8 writers adds marks to notes all of them edit."""
    edits = trials(EDITS)
    with Store.open(server.url) as store:
        for number in range(NOTES):
            store.run(worker.add, name=f"{number}")
    workers = [start("edit", server.url, f"w{n}", str(edits), str(left())) for n in range(WRITERS)]
    for process in workers:
        assert process.stdout is not None and process.stdout.readline() == b"ready\n"
    begun = time.perf_counter()
    with Store.open(server.url) as store:
        first = store.head() - NOTES
    stale, made = 0, list[int]()
    for process in workers:
        out, _ = process.communicate(timeout=24 * 3600)
        assert process.returncode == 0
        late, own = map(int, out.split())
        stale += late
        made.append(own)
    taken = time.perf_counter() - begun
    with Store.open(server.url) as store, store.reading() as read:
        marks = Counter(" ".join(read.scalars(select(Person.note))).split())
        wanted = Counter(f"w{n}.{k}" for n in range(WRITERS) for k in range(made[n]))
        lost = (wanted - marks).total() + (marks - wanted).total()
        corrupt = len(journal.verify(read.connection()))
        # One entry for each edit that was told as done, none for one that came too late.
        assert store.head() == NOTES + sum(made)
    assert stale > 0 or sum(made) < 200
    done = sum(made)
    note = f"{(done - first) / taken:.0f}/s, {stale:,} stale ones refused"
    judged("an edit on PostgreSQL", Outcome(done, lost, corrupt, note))


class Trouble:
    """A worker writes all the while; `told` is what it was answered: name -> done or found."""

    def __init__(self, url: str) -> None:
        self.told: list[tuple[str, str]] = []
        self._process: subprocess.Popen[bytes] = start("write-through", url, "1000000")
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            name, how = line.decode().split()
            self.told.append((name, how))

    def wait_for(self, more: int) -> None:
        """Wait until so many more writes were answered."""
        wanted, end = len(self.told) + more, time.monotonic() + 60
        while len(self.told) < wanted:
            assert self._process.poll() is None and time.monotonic() < end
            time.sleep(0.005)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        assert self._process.stdout is not None
        self._process.stdout.close()


def crash(server: Server) -> None:
    """Stop as `pg_ctl stop -m immediate` does, and start again: it recovers from its log."""
    folder = Path(server.socket).parent
    number = int((folder / "postmaster.pid").read_text().split()[0])
    os.kill(number, signal.SIGQUIT)
    while (folder / "postmaster.pid").exists():
        time.sleep(0.01)
    server.start()


def tried(server: Server, url: str, strike: Callable[[], None], times: int, seed: int) -> Outcome:
    """Strike so often while a worker writes and look at what is left; the note tells of the unheard."""
    chance, found = random.Random(seed), Outcome()
    trouble = Trouble(url)
    try:
        trouble.wait_for(3)
        for _ in within(found, times):
            time.sleep(chance.uniform(0, 0.05))
            strike()
            trouble.wait_for(2)
    finally:
        trouble.close()
    names = whole(server.url)
    told = [name for name, _ in trouble.told]
    found.lost = len(set(told) - set(names))
    # What was asked again after an unknown outcome is there once, and in its place.
    found.corrupt = (len(names) - len(set(names))) + (names[: len(told)] != told)
    unheard = sum(how == "found" for _, how in trouble.told)
    found.note = f"{len(told):,} answered, {unheard} found done"
    return found


def test_killed_backends_lose_nothing(
    server: Server, trials: Trials, seed: int, judged: Judged
) -> None:
    strike = server.kill_backends
    found = tried(server, server.url, lambda: strike() and None, trials(STRIKES), seed)
    judged("killed connections", found)


def test_a_server_that_crashes_loses_nothing(
    server: Server, trials: Trials, seed: int, judged: Judged
) -> None:
    found = tried(server, server.url, lambda: crash(server), trials(STOPS), seed)
    judged("a server that crashes", found)


def through(wire: Wire, server: Server) -> str:
    """Return the office's address at the near end of a wire."""
    parts = urlsplit(server.url)
    return f"{parts.scheme}://postgres@127.0.0.1:{wire.port}{parts.path}"


def test_a_line_that_is_cut_loses_nothing(
    server: Server, trials: Trials, seed: int, judged: Judged
) -> None:
    wire = Wire(server.socket)

    def cut() -> None:
        wire.cut()
        time.sleep(0.02)
        wire.mend()

    try:
        found = tried(server, through(wire, server), cut, trials(STRIKES), seed)
    finally:
        wire.close()
    judged("a line that is cut", found)


class Shears(Wire):
    """A wire that is cut at a COMMIT: before it gets there, or before its answer is back."""

    chance = random.Random()
    armed = threading.Event()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65_536):
                due = b"COMMIT" in data and self.armed.is_set()
                if due and self.chance.random() < 0.3:
                    break
                other.sendall(data)
                if due:
                    # Nothing of the answer, which this thread's twin carries, may arrive.
                    break
        self.armed.clear()
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


def test_a_commit_whose_answer_is_lost_is_done_once(
    server: Server, trials: Trials, seed: int, judged: Judged
) -> None:
    wire = Shears(server.socket)

    def cut() -> None:
        wire.armed.set()
        while wire.armed.is_set():
            time.sleep(0.001)

    try:
        found = tried(server, through(wire, server), cut, trials(STRIKES), seed)
    finally:
        wire.close()
    # Or nothing was lost on the way back, and nothing tried.
    assert found.trials < 10 or " 0 found" not in found.note
    judged("a commit whose answer is lost", found)
