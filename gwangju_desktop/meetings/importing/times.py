"""Clock times of a register made moments: across midnight, and never before the beginning."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gwangju_desktop import clock
from gwangju_desktop.meetings.importing.values import When
from gwangju_desktop.sheets.model import Remark, remark
from gwangju_desktop.text import N_, Msg

_END_FIRST = N_("The meeting would end ({end:when}) before it began ({start:when}).")
_TOO_LONG = N_("The meeting would last from {start:when} to {end:when}.")
_ITEM_OUTSIDE = N_("{at:when} lies outside the meeting ({start:when}).")
_ITEM_ENDS_FIRST = N_("The item would end ({end:when}) before it began ({start:when}).")
_DAY = dt.timedelta(days=1)
# A clock time before the beginning is one of the next day when that makes no longer sitting.
_OVERNIGHT = dt.timedelta(hours=12)
_MINUTE = dt.timedelta(minutes=1)


class Wrong(Exception):
    """A time that cannot be, with the reason."""

    def __init__(self, message: Msg, **values: Any) -> None:
        self.why: Remark = remark(message, **values)
        super().__init__(str(message))


def moment(day: dt.date, time: dt.time) -> dt.datetime:
    """Return an aware moment of the office's clock."""
    return dt.datetime.combine(day, time, clock.KST)


def of_meeting(day: dt.date, facts: dict[str, Any]) -> tuple[dt.time | None, dt.datetime | None]:
    """Return when a meeting of a day began (a clock time) and ended (a moment), None for unsaid.

    Raises Wrong for an end before the beginning, or a sitting longer than a day.
    """
    said: When = facts.get("day") or When()
    start: When = facts.get("start") or When()
    end: When = facts.get("end") or When()
    first = start.first or said.first
    if end.first is not None:
        last, own = end.first, end.day
    elif start.last is not None:
        last, own = start.last, start.last_day
    elif said.last is not None:
        last, own = said.last, said.last_day
    else:
        return first, None
    ends = moment(own or day, last)
    if first is None:
        return None, ends
    starts = moment(day, first)
    if own is None and ends < starts:
        ends += _DAY
        if ends - starts > _OVERNIGHT:
            raise Wrong(_END_FIRST, start=starts, end=ends - _DAY)
    if ends < starts:
        raise Wrong(_END_FIRST, start=starts, end=ends)
    if ends - starts > _DAY:
        raise Wrong(_TOO_LONG, start=starts, end=ends)
    return first, ends


def of_item(
    day: dt.date, start: dt.time | None, end: dt.datetime | None, facts: dict[str, Any]
) -> None:
    """Turn an item's times into moments, in place; raises Wrong for one outside its meeting."""
    begun: When | None = facts.pop("begun", None)
    ended: When | None = facts.pop("ended", None)
    since = moment(day, start) if start is not None else None
    first = _inside(begun.first, begun.day, day, since, end) if begun else None
    if ended is not None:
        last = _inside(ended.first, ended.day, day, first or since, end)
    elif begun is not None and begun.last is not None:
        last = _inside(begun.last, begun.last_day, day, first or since, end)
    else:
        last = None
    if first is not None and last is not None and last < first:
        raise Wrong(_ITEM_ENDS_FIRST, start=first, end=last)
    facts.update(
        {key: value for key, value in (("begun", first), ("ended", last)) if value is not None}
    )


def _inside(
    time: dt.time | None,
    own: dt.date | None,
    day: dt.date,
    since: dt.datetime | None,
    end: dt.datetime | None,
) -> dt.datetime | None:
    if time is None:
        return None
    at = moment(own or day, time)
    # Registers and clocks differ in whether they keep the seconds.
    if own is None and since is not None and at + _MINUTE <= since:
        at += _DAY
        if at - since > _OVERNIGHT:
            raise Wrong(_ITEM_OUTSIDE, at=at - _DAY, start=since)
    if (since is not None and at + _MINUTE <= since) or (end is not None and at - _MINUTE >= end):
        raise Wrong(_ITEM_OUTSIDE, at=at, start=since or at)
    return at
