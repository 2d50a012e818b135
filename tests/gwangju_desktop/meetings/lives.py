"""Short ways through the life of a meeting, for tests that need one that was held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from db.store import Store
from gwangju_desktop.meetings import movements, queries, steps


def voting(store: Store, meeting: int) -> list[int]:
    """Return the voting seats of a meeting."""
    with store.reading() as read:
        return [seat.id for seat in queries.attendance(read, meeting_id=meeting) if seat.voting]


def opened(
    store: Store, meeting: int, at: dt.datetime, present: Sequence[int] | None = None
) -> list[int]:
    """Open a meeting at once, with these seats or all voting ones present."""
    seats = list(voting(store, meeting) if present is None else present)
    store.run(movements.mark_presence, ids=seats, presence="present")
    store.run(steps.open_meeting, id=meeting, at=at, urgency="예시: 긴급 소집")
    return seats


def held(store: Store, meeting: int, at: dt.datetime, hours: int = 1) -> list[int]:
    """Open and close a meeting; what was on its agenda goes on to the next."""
    seats = opened(store, meeting, at)
    store.run(steps.close_meeting, id=meeting, at=at + dt.timedelta(hours=hours), carry=True)
    return seats
