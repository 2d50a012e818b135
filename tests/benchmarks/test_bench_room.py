"""A body of 102 in its room: the whole roll as one entry, and how the meeting stands then."""

from __future__ import annotations

import time

from gwangju_desktop.meetings import movements, presence
from tests.benchmarks import measured
from tests.gwangju_desktop.meetings.room import Room

ROUNDS = 20
ROLL_GOAL_MS, STANDING_GOAL_MS = 100, 16


def test_the_whole_roll(sqlite_store) -> None:
    """Measure marking 102 people present in a meeting in session, written as one journal entry."""
    room = Room.made(sqlite_store, 102)
    room.open(0)
    times = []
    for _ in range(ROUNDS):
        before = sqlite_store.head()
        began = time.perf_counter()
        sqlite_store.run(movements.roll_call, meeting_id=room.meeting, everybody=True)
        times.append(time.perf_counter() - began)
        assert sqlite_store.head() == before + 1
        assert room.attending() == 102
        sqlite_store.run(movements.mark_presence, ids=room.ids, presence="unmarked")
    measured.times("102 members marked present, one step", times, ROLL_GOAL_MS)


def test_the_standing(sqlite_store) -> None:
    """Measure the live quorum and majority of an item with 102 in the room."""
    room = Room.made(sqlite_store, 102)
    room.open(102)
    times = []
    with sqlite_store.reading() as read:
        for _ in range(ROUNDS):
            began = time.perf_counter()
            presence.standing(read, meeting_id=room.meeting, item_id=room.item)
            times.append(time.perf_counter() - began)
    measured.times("standing of an item while votes come in", times, STANDING_GOAL_MS)
