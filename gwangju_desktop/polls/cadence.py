"""When waves come: counted from the series' anchor, never from the wave before."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from math import gcd

from db.vocab import HolidayShift
from gwangju_desktop.meetings.holidays import DayOff, working_day
from gwangju_desktop.text import say

YEAR = 12


def wave_day(anchor: dt.date, k: int, months: int = 5) -> dt.date:
    """Return the day of wave `k`: the anchor plus k times `months`, clipped to the month's end.

    From 31 August on it is the last day of each month: 29 February is followed by 31 July.
    """
    ahead = anchor.year * YEAR + anchor.month - 1 + k * months
    year, month = ahead // YEAR, ahead % YEAR + 1
    return dt.date(year, month, min(anchor.day, calendar.monthrange(year, month)[1]))


def shifted(day: dt.date, rule: str, holidays: Mapping[dt.date, DayOff]) -> dt.date:
    """Return the day as the series' rule moves it off days nobody works."""
    if rule != HolidayShift.NEXT:
        return day
    return working_day(holidays, day, 1) or day


def month_label(day: dt.date) -> str:
    """Write the month a wave is of; five months apart, waves walk through the seasons."""
    return say("{day:month}", day=day)


def season_months(months: int = 5) -> int:
    """Return after how many months a wave falls in the same month again: 60 of every five."""
    return YEAR * months // gcd(YEAR, months)
