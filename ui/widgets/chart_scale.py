"""Time and value axes of a chart as arithmetic: months as numbers, round steps, units that read well.

A moment on the time axis is a number of months: year × 12 + (month − 1). A year's figure stands at
the start of its year, as a tick says.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass

YEAR = 12.0
YEAR_STEPS = (1, 2, 5, 10, 20, 25, 50, 100)
MONTH_STEPS = (1, 2, 3, 6)
DAY_STEPS = (1, 2, 5, 7, 10, 15)


def moment(period: str) -> float:
    """Return where `2024`, `2024-03`, a day or an hour (`2024-03-01T13`, that ends at 13:00) lies.

    The second time of a repeated hour stands half an hour later. Raises ValueError for anything
    else.
    """
    year, _dash, rest = period.partition("-")
    month, _dash, rest = rest.partition("-")
    at = int(year) * YEAR + (int(month) - 1 if month else 0)
    if not rest:
        return at
    day, _t, hour = rest.rstrip("*").partition("T")
    hours = (int(day) - 1) * 24 + int(hour or 0) + (0.5 if rest.endswith("*") else 0.0)
    return at + hours / (24 * calendar.monthrange(int(year), int(month))[1])


def hour_of(at: float) -> tuple[dt.date, int]:
    """Return the day of a moment and the hour that ends there: 1 to 24, 24 being midnight."""
    first = month_of(at)
    days = calendar.monthrange(first.year, first.month)[1]
    hours = round((at - (first.year * YEAR + first.month - 1)) * days * 24)
    day = first + dt.timedelta(days=(hours - 1) // 24)
    return day, (hours - 1) % 24 + 1


def moment_of(day: dt.date) -> float:
    """Return where a day lies on the time axis, as a fraction of its month of 31 days."""
    return day.year * YEAR + day.month - 1 + (day.day - 1) / 31


def month_of(at: float) -> dt.date:
    """Return the first day of the month that a moment lies in."""
    whole = math.floor(at + 1e-6)
    return dt.date(min(9999, max(1, whole // 12)), whole % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Tick:
    """One mark of the time axis; `month` ticks name a month, the others a year."""

    at: float
    month: bool = False


def day_ticks(left: float, right: float, room: int) -> list[float]:
    """Return at most `room` midnights between two moments of a few months, evenly spaced."""
    days = max(1.0, (right - left) * 30.4)
    step = next((size for size in DAY_STEPS if days / size <= room), DAY_STEPS[-1])
    found, month = [], month_of(left)
    while (start := month.year * YEAR + month.month - 1) <= right:
        count = calendar.monthrange(month.year, month.month)[1]
        # A step that comes close to the next month's first is left out.
        days_of = [n for n in range(0, count, step) if not n or count - n >= step / 2]
        found += [start + n / count for n in days_of if left <= start + n / count <= right]
        month = month_of(start + 1)
    return found


def time_ticks(left: float, right: float, room: int, *, months: bool = True) -> list[Tick]:
    """Return at most `room` ticks between two moments: `months` if they fit, else years.

    The steps are those a calendar has (1, 2, 3, 6 months; 1, 2, 5, 10 … years); a January among
    months is named by its year.
    """
    room = max(2, room)
    span = right - left
    if span <= 0:
        return []
    if months and span <= 3 * YEAR:
        for step in MONTH_STEPS:
            first = math.ceil((left - 1e-6) / step) * step
            if (right - first) / step < room:
                return [Tick(at, month=at % 12 != 0) for at in _steps(first, right, step)]
    for years in YEAR_STEPS:
        first = math.ceil((left - 1e-6) / (years * YEAR)) * years * YEAR
        if (right - first) / (years * YEAR) < room:
            return [Tick(at) for at in _steps(first, right, years * YEAR)]
    return [Tick(math.ceil(left / YEAR) * YEAR)]


def _steps(first: float, last: float, step: float) -> Iterator[float]:
    at = first
    while at <= last + 1e-6:
        yield at
        at += step


def value_ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Return round values that enclose `low` to `high`, at most `most` + 1 of them, evenly spaced."""
    if not high > low:
        high = low + (abs(low) or 1.0)
    rough = (high - low) / max(1, most)
    power = 10.0 ** math.floor(math.log10(rough))
    steps = [size * power for size in (1, 2, 2.5, 5, 10, 20)]
    for step in steps:
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if step >= rough * 0.999 and last - first <= most:
            break
    return [float(f"{n * step:.15g}") for n in range(first, last + 1)]


def value_range(low: float, high: float, *, from_zero: bool = True) -> tuple[float, float]:
    """Return the range to show: from 0, unless everything lies in a narrow band far above it.

    A line may not hide its movement: one that moves by less than a tenth of its size gets a scale
    of its own, and where `from_zero` is not asked for already one that moves by less than 0.6.
    """
    narrow = 0.10 if from_zero else 0.60
    if low >= 0 and (high - low) >= narrow * high:
        return 0.0, high
    if high <= 0:
        return low, 0.0
    if low < 0:
        return low, high
    pad = (high - low) * 0.15 or abs(high) * 0.05 or 1.0
    return max(0.0, low - pad), high + pad


def digits_for(step: float) -> int:
    """Return how many decimals ticks that far apart need."""
    for digits in range(7):
        if abs(round(step, digits) - step) < abs(step) * 1e-6:
            return digits
    return 7


def tick_word(value: float, steps: list[float]) -> str:
    """Write a tick's value with the decimals its steps need."""
    step = steps[1] - steps[0] if len(steps) > 1 else 1.0
    return "0" if value == 0 else number(value, digits_for(step))


def number(value: float, digits: int = 0) -> str:
    """Write a number with thousands commas and a true minus sign."""
    return f"{value:,.{digits}f}".replace("-", "−")


def figure(value: float) -> str:
    """Write a headline number in about four digits: 8.97, 89.7, 897, 8,973."""
    size = abs(value)
    digits = 0 if size >= 100 or size == 0 else 1 if size >= 10 else 2 if size >= 0.1 else 3
    return number(value, digits)


def percent(share: float) -> str:
    """Write a change as a signed percentage with one decimal: +0.1 %, −1.2 %."""
    return (
        f"{share * 100:+.1f}%".replace("-", "−").replace("+0.0%", "0.0%").replace("−0.0%", "0.0%")
    )
