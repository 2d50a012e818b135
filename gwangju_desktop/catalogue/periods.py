"""Years, half-years and quarters as they are asked for: 2022, 2022-1 (상반기), 2022-Q1 (1분기)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from gwangju_desktop.errors import UserError
from gwangju_desktop.text import C_, N_, Words

_YEAR = re.compile(r"(\d{4})")
_QUARTER = re.compile(r"(\d{4})년?[-./ ]?(?:[qQ]([1-4])|([1-4])(?:/4)?분기)")
_HALF = re.compile(r"(\d{4})[-./ ]?[hH]?([12])")


@dataclass(frozen=True, slots=True)
class Half:
    """The first or second half of a year, or with `half` 0 the whole year."""

    year: int
    half: int

    @property
    def first(self) -> dt.date:
        """Return the first day."""
        return dt.date(self.year, 7 if self.half == 2 else 1, 1)

    @property
    def last(self) -> dt.date:
        """Return the last day."""
        return dt.date(self.year, 6, 30) if self.half == 1 else dt.date(self.year, 12, 31)

    def text(self, say: Words) -> str:
        """Write it: 2022년 상반기."""
        message = {
            0: C_("period", "{year}"),
            1: C_("period", "first half of {year}"),
            2: C_("period", "second half of {year}"),
        }[self.half]
        return say(message, year=self.year)


@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter of a year, from 1 to 4."""

    year: int
    quarter: int

    @property
    def first(self) -> dt.date:
        """Return the first day."""
        return dt.date(self.year, 3 * self.quarter - 2, 1)

    @property
    def last(self) -> dt.date:
        """Return the last day."""
        return dt.date(self.year, 3 * self.quarter, 30 if self.quarter in (2, 3) else 31)

    def text(self, say: Words) -> str:
        """Write it: 2022년 1분기."""
        return say(C_("period", "quarter {n} of {year}"), n=self.quarter, year=self.year)


def year_of(period: str) -> int:
    """Read a year; raises UserError for a text that is none."""
    found = _YEAR.fullmatch(period.strip())
    if found is None or not 1900 <= int(found[1]) <= 2999:
        raise UserError(N_("“{period}” is no year."), hint=N_("Write it as 2022."), period=period)
    return int(found[1])


def half_of(period: str) -> Half:
    """Read a half-year or a year; raises UserError for a text that is neither."""
    text = period.strip()
    found = _HALF.fullmatch(text)
    if found is not None and 1900 <= int(found[1]) <= 2999:
        return Half(int(found[1]), int(found[2]))
    if _YEAR.fullmatch(text):
        return Half(year_of(text), 0)
    raise UserError(
        N_("“{period}” is no half-year."),
        hint=N_("Write the first half of 2022 as 2022-1, the second as 2022-2."),
        period=period,
    )


def before(day: dt.date) -> Half:
    """Return the last half-year that is over on a day: what is reported in January and July."""
    return Half(day.year, 1) if day.month > 6 else Half(day.year - 1, 2)


def quarter_of(period: str) -> Quarter:
    """Read a quarter, 2022-Q1 or 2022년 1분기; raises UserError for a text that is none."""
    found = _QUARTER.fullmatch(period.strip().replace("년 ", "년"))
    if found is None or not 1900 <= int(found[1]) <= 2999:
        raise UserError(
            N_("“{period}” is no quarter."),
            hint=N_("Write the first quarter of 2022 as 2022-Q1."),
            period=period,
        )
    return Quarter(int(found[1]), int(found[2] or found[3]))


def span_of(period: str) -> Half | Quarter:
    """Read a year, a half-year or a quarter; raises UserError for a text that is none."""
    if _QUARTER.fullmatch(period.strip().replace("년 ", "년")):
        return quarter_of(period)
    return half_of(period)


def quarter_before(day: dt.date) -> Quarter:
    """Return the last quarter that is over on a day: what is checked in its first weeks."""
    over = (day.month - 1) // 3
    return Quarter(day.year, over) if over else Quarter(day.year - 1, 4)
