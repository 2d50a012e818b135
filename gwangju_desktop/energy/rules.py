"""What periods, statuses and dimension values are, and which areas make up another.

Pure; the arithmetic over readings is in `sums`.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_

CITY = "29000"

Origin = Literal["published", "sum", "computed"]
Grain = Literal["year", "quarter", "month", "day", "hour"]
# The least certain part decides what is said of a sum.
STATUSES = ("final", "provisional", "estimated", "partial")
PARTIAL = "partial"
# A month or a longer period ends below this number, a day below the next.
DAYS, HOURS = 1_000_000, 100_000_000
# Added to an hour that comes a second time when summer time ends.
FOLD = 50
_QUARTER = 40

# A value may hold commas itself: use=의복,모피.
_CONDITIONS = re.compile(r",(?=[^,=]+=)")
_PERIOD = re.compile(
    r"(\d{4})(?:-Q([1-4])|-(\d{2})(?:-(\d{2})(?:T(\d{2})(\*)?)?)?)?", re.ASCII | re.IGNORECASE
)


class Held(NamedTuple):
    """One stored reading with its key; `value` in the indicator's unit.

    `made` marks a month that was summed from days or hours.
    """

    source: int
    area: str
    dims: str
    period: int
    value: Decimal
    summed: bool
    status: str
    dataset: int
    made: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """The answer for one area and period; `months` counts those in a sum of less than a year."""

    value: Decimal
    status: str
    origin: Origin
    datasets: frozenset[int]
    months: int | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing is missing in it."""
        return self.status != PARTIAL


# --- periods --------------------------------------------------------------------------------------


@lru_cache(1 << 14)
def period_text(period: int) -> str:
    """Write a period: 2024, 2024-Q1, 2024-01, 2024-01-31, 2024-01-31T24, or T02* the second time."""
    if period < DAYS:
        year, part = divmod(period, 100)
        if part > _QUARTER:
            return f"{year:04d}-Q{part - _QUARTER}"
        return f"{year:04d}-{part:02d}" if part else f"{year:04d}"
    if period < HOURS:
        return f"{period // 10_000:04d}-{period // 100 % 100:02d}-{period % 100:02d}"
    day, hour = divmod(period, 100)
    again = "*" if hour > FOLD else ""
    return f"{period_text(day)}T{hour % FOLD:02d}{again}"


@lru_cache(1 << 16)
def period_number(text: str) -> int | None:
    """Return the number of a period as `period_text` writes it; None for what is no period."""
    found = _PERIOD.fullmatch(text)
    if found is None:
        return None
    year, quarter, month, day, hour, again = found.groups()
    if not int(year):
        return None
    if month is None:
        return int(year) * 100 + (_QUARTER + int(quarter) if quarter else 0)
    if not 1 <= int(month) <= 12:
        return None
    number = int(year) * 100 + int(month)
    if day is None:
        return number
    if not 1 <= int(day) <= calendar.monthrange(int(year), int(month))[1]:
        return None
    number = number * 100 + int(day)
    if hour is None:
        return number
    if not int(hour) <= 24:
        return None
    return number * 100 + int(hour) + (FOLD if again else 0)


def grain(period: int) -> Grain:
    """Say how long a period is."""
    if period < DAYS:
        part = period % 100
        return "quarter" if part > _QUARTER else "month" if part else "year"
    return "day" if period < HOURS else "hour"


def year_of(period: int) -> int:
    """Return the year a period lies in."""
    return int(str(period)[:4])


def coarse(period: int) -> int:
    """Return the month a day or hour lies in; a longer period is returned as it is."""
    return int(str(period)[:6])


def quarter_of(month: int) -> int:
    """Return the quarter of a month: 202105 lies in 202142."""
    year, part = divmod(month, 100)
    return year * 100 + _QUARTER + (part + 2) // 3


def last_day(period: int) -> dt.date:
    """Return the last day of a period."""
    year, month, day = year_of(period), 12, 31
    size = grain(period)
    if size in ("day", "hour"):
        day = int(str(period)[6:8])
    if size == "quarter":
        month = (period % 100 - _QUARTER) * 3
    elif size != "year":
        month = int(str(period)[4:6])
    if size in ("month", "quarter"):
        day = calendar.monthrange(year, month)[1]
    return dt.date(year, month, day)


def span_of(first: str | None, last: str | None) -> tuple[int, int]:
    """Return the first and last year that two texts of periods ask for; raises UserError."""
    years = [0, 9999]
    for place, text in enumerate((first, last)):
        if text:
            number = period_number(text)
            if number is None:
                raise UserError(
                    N_("'{text}' is not a period."),
                    hint=N_("Write 2021, 2021-03 or 2021-03-01."),
                    text=text,
                )
            years[place] = year_of(number)
    if years[0] > years[1]:
        raise UserError(
            N_("The period from {first} to {last} ends before it begins."),
            hint=N_("Name the earlier one first."),
            first=first,
            last=last,
        )
    return years[0], years[1]


# --- areas ----------------------------------------------------------------------------------------


class Place(NamedTuple):
    """An area that is part of another while its code holds."""

    code: str
    parent: str
    valid_from: dt.date
    valid_to: dt.date | None


@dataclass(frozen=True, slots=True)
class Places:
    """Which areas make up another, by the days their codes hold; of those `open` only some are known."""

    rows: tuple[Place, ...] = ()
    open: frozenset[str] = frozenset()
    _known: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict, compare=False)

    def ever(self, area: str) -> tuple[str, ...]:
        """Return every part an area has had, in order."""
        return tuple(dict.fromkeys(row.code for row in self.rows if row.parent == area))

    def parts(self, area: str, period: int) -> tuple[str, ...]:
        """Return the parts of an area on a period's last day.

        Where no code holds any more, those that held last: publishers go on under old codes until
        the new ones are loaded.
        """
        key = (area, coarse(period))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._parts(area, last_day(key[1]))
        return found

    def _parts(self, area: str, day: dt.date) -> tuple[str, ...]:
        own = [row for row in self.rows if row.parent == area and row.valid_from <= day]
        holding = [row for row in own if row.valid_to is None or day <= row.valid_to]
        if not holding and own:
            last = max(row.valid_to or dt.date.max for row in own)
            holding = [row for row in own if row.valid_to == last]
        return tuple(dict.fromkeys(row.code for row in holding))


# --- values, dimensions, statuses -----------------------------------------------------------------


def converted(value: float, ratio: Fraction) -> Decimal:
    """Return a published number times a ratio, exactly: 817030854 kWh is 817030.854 MWh."""
    number = Decimal(repr(value))
    return number if ratio == 1 else number * ratio.numerator / ratio.denominator


def dims_text(dims: Mapping[str, str]) -> str:
    """Write dimension values in the one order a series is keyed by."""
    return ";".join(f"{name}={dims[name]}" for name in sorted(dims))


def dims_of(text: str) -> dict[str, str]:
    """Read dimension values back."""
    return dict(pairs_of(text))


@lru_cache(1 << 14)
def pairs_of(text: str) -> tuple[tuple[str, str], ...]:
    """Read dimension values back as pairs."""
    parts = (part.partition("=") for part in text.split(";") if part)
    return tuple((name, value) for name, _, value in parts)


def asked_dims(where: str | None) -> dict[str, str]:
    """Read conditions such as use=residential, joined by commas; raises UserError for others."""
    dims = {}
    for part in _CONDITIONS.split(where or ""):
        if not part.strip():
            continue
        name, mark, value = part.partition("=")
        if not mark or not name.strip() or not value.strip():
            raise UserError(
                N_("'{where}' is no condition."), hint=N_("Write use=residential."), where=part
            )
        if name.strip() in dims:
            raise UserError(
                N_("'{where}' asks for another {name} than before."),
                hint=N_("Ask for one at a time; figures of two are never added."),
                where=part,
                name=name.strip(),
            )
        dims[name.strip()] = value.strip()
    return dims


def least_certain(statuses: Iterable[str]) -> str:
    """Return the least certain of statuses; one that is unknown counts as provisional."""
    places = [STATUSES.index(one) if one in STATUSES else 1 for one in statuses]
    return STATUSES[max(places, default=0)]
