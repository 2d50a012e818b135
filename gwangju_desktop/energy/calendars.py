"""When figures of a period are due: years, quarters and months, counted and ended.

Pure. A published table of days or hours is due by the month or year its edition is of.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator

from db.vocab import Frequency
from gwangju_desktop.text import C_, say

QUARTER = 40
_YEAR = C_("period", "{year}")
_QUARTER = C_("period", "quarter {n} of {year}")
_MONTH = C_("period", "{year}-{month:02}")
# How often a table may be due; finer figures come in editions of a month or a year.
DUE = (Frequency.MONTH.value, Frequency.QUARTER.value, Frequency.YEAR.value)


def named(period: int) -> str:
    """Name a year, a quarter or a month in the language spoken."""
    year, part = divmod(period, 100)
    if not part:
        return say(_YEAR, year=year)
    if part > QUARTER:
        return say(_QUARTER, n=part - QUARTER, year=year)
    return say(_MONTH, year=year, month=part)


def months_of(period: int) -> tuple[int, ...]:
    """Return the months of a year, a quarter or a month."""
    year, part = divmod(period, 100)
    if not part:
        return tuple(year * 100 + month for month in range(1, 13))
    if part > QUARTER:
        first = (part - QUARTER) * 3 - 2
        return tuple(year * 100 + month for month in range(first, first + 3))
    return (period,)


def period_of(month: int, frequency: str) -> int:
    """Return the period of a frequency a month lies in."""
    year, number = divmod(month, 100)
    if frequency == Frequency.YEAR:
        return year * 100
    if frequency == Frequency.QUARTER:
        return year * 100 + QUARTER + (number + 2) // 3
    return month


def following(period: int) -> int:
    """Return the period after one, of the same length."""
    year, part = divmod(period, 100)
    if not part:
        return period + 100
    last, first = (QUARTER + 4, QUARTER + 1) if part > QUARTER else (12, 1)
    return (year + 1) * 100 + first if part == last else period + 1


def month_on(day: dt.date) -> int:
    """Return the month of a day."""
    return day.year * 100 + day.month


def due_on(period: int, *, due_day: int, due_months: int) -> dt.date:
    """Return the day a period's figures are due: `due_day` of the month so many after its end.

    A day the month does not have is its last: the 31st of February is the 28th or 29th.
    """
    year, month = divmod(months_of(period)[-1], 100)
    years, place = divmod(month - 1 + due_months, 12)
    year, month = year + years, place + 1
    return dt.date(year, month, min(due_day, calendar.monthrange(year, month)[1]))


def periods(
    first: int, frequency: str, until: dt.date, *, due_day: int, due_months: int
) -> Iterator[int]:
    """Yield the periods from the one `first` lies in whose figures are due up to a day."""
    period = period_of(months_of(first)[0], frequency)
    while due_on(period, due_day=due_day, due_months=due_months) <= until:
        yield period
        period = following(period)
