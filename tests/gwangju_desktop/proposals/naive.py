"""A clock counted day by day, written without the product: the account tests compare with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

DAY = dt.timedelta(days=1)
Run = tuple[dt.date, dt.date]


def month_after(day: dt.date) -> dt.date:
    """Walk to the same day of the next month, or to its last day."""
    there = day
    while True:
        there += DAY
        if (there.year * 12 + there.month) - (day.year * 12 + day.month) != 1:
            continue
        if there.day == day.day or (there + DAY).month != there.month:
            return there


def due(
    begins: dt.date, base: dt.date, runs: Iterable[Run], off: Callable[[dt.date], bool]
) -> dt.date:
    """Walk day by day: the first is not counted, days of a run are not counted."""
    held = list(runs)
    wanted = 0
    day = begins
    while day < base:
        day += DAY
        wanted += 1
    day, counted = begins, 0
    while counted < wanted:
        day += DAY
        if not any(first <= day <= last for first, last in held):
            counted += 1
    while off(day):
        day += DAY
    return day
