"""Marking 102 people present is one journal entry, and done before the hand is off the key."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from db.schema.sittings import Movement
from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.meetings import movements
from tests.benchmarks import measured
from tests.gwangju_desktop.meetings.room import AT, DAY, Room

PEOPLE, ROUNDS, GOAL_MS = 102, 12, 100


class Watch:
    """Take the time of each round, on the wall and of the processor: others may use it too."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.own: list[float] = []

    def __enter__(self) -> None:
        self.began = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self.wall.append(time.perf_counter() - self.began[0])
        self.own.append(time.process_time() - self.began[1])

    def report(self, what: str) -> None:
        measured.times(what, self.wall, GOAL_MS)
        measured.times(f"{what}, of the processor", self.own, GOAL_MS)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    clock.fix(DAY + dt.timedelta(days=1))
    return Room.made(Store.create(tmp_path / "office.gwoffice"), PEOPLE)


def test_marking_a_whole_roll(room: Room) -> None:
    """Measure the mark of everybody, on the sheet before the opening and in the sitting."""
    store = room.store
    before = Watch()
    for n in range(ROUNDS):
        head, mark = store.head(), "present" if n % 2 == 0 else "unmarked"
        with before:
            changes = store.run(movements.mark_presence, ids=room.ids, presence=mark)
        assert store.head() == head + 1 and len(changes.rows) == PEOPLE
    before.report(f"{PEOPLE} people marked before the opening")
    room.open(PEOPLE)
    within = Watch()
    for n in range(ROUNDS):
        mark, minute = ("left" if n % 2 == 0 else "present"), dt.timedelta(minutes=n + 1)
        head = store.head()
        with within:
            store.run(movements.mark_presence, ids=room.ids, presence=mark, at=AT + minute)
        assert store.head() == head + 1
    within.report(f"{PEOPLE} people marked in the sitting, each with its movement")
    with store.reading() as read:
        moved = len(read.scalars(select(Movement.id)).all())
    assert moved == PEOPLE * (ROUNDS + 1)
    called = Watch()
    for _n in range(4):
        room.meet(AT + dt.timedelta(minutes=30))
        head = store.head()
        with called:
            changes = store.run(movements.roll_call, meeting_id=room.meeting, everybody=True)
        assert changes.value == PEOPLE and store.head() == head + 1
    called.report(f"{PEOPLE} people by one roll call")
    store.close()
