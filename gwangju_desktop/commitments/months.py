"""Months and the days that are counted from them.

A month is a whole number, year times 100 plus month (202108); in texts it is 2021-08.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache

from gwangju_desktop.errors import UserError
from gwangju_desktop.polls.cadence import YEAR, wave_day
from gwangju_desktop.text import C_, N_, say, words

_MONTH = re.compile(
    r"(\d{4})\s*[-./]\s*(\d{1,2})\.?|(\d{4})(\d{2})|(\d{4})년\s*(\d{1,2})월", re.ASCII
)
UNTIL = C_("months", "until {day:month}")
BAD_MONTH = N_("“{month}” is not a month; write it as 2021-08.")


@lru_cache(1 << 12)
def month_text(month: int | None) -> str:
    """Write a month as 2021-08; "" for none."""
    return "" if month is None else f"{month // 100:04}-{month % 100:02}"


def month_number(text: str) -> int | None:
    """Read a month as 2021-08, 2021. 8., 202108 or 2021년 8월; None for an empty text.

    Raises UserError for anything else.
    """
    kept = text.strip()
    if not kept:
        return None
    found = _MONTH.fullmatch(kept)
    if found is None:
        raise UserError(BAD_MONTH, month=kept)
    year, month = (int(part) for part in found.groups() if part is not None)
    return checked_month(year * 100 + month)


def checked_month(month: int | None) -> int | None:
    """Return the number of a month; raise UserError for one that no calendar has."""
    if month is not None and not (1900 <= month // 100 <= 2999 and 1 <= month % 100 <= YEAR):
        raise UserError(BAD_MONTH, month=month)
    return month


@lru_cache(1 << 12)
def first_day(month: int) -> dt.date:
    """Return the first day of a month."""
    return dt.date(month // 100, month % 100, 1)


@lru_cache(1 << 12)
def last_day(month: int) -> dt.date:
    """Return the last day of a month."""
    year, number = divmod(month, 100)
    return dt.date(year, number, calendar.monthrange(year, number)[1])


def span(starts: int | None, ends: int | None) -> str:
    """Write the months something lasts in the language spoken; "" where neither is known."""
    if starts is None:
        return say(UNTIL, day=first_day(ends)) if ends is not None else ""
    return words().days(first_day(starts), first_day(ends) if ends else None, "month")


def month_of(day: dt.date) -> int:
    """Return the month of a day."""
    return day.year * 100 + day.month


def add_months(day: dt.date, n: int) -> dt.date:
    """Return the same day of the month `n` months later, or the last day of a shorter one."""
    return wave_day(day, 1, n)
