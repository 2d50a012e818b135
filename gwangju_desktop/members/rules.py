"""Arithmetic of membership: days in office, terms, the balance of the sexes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gwangju_desktop.text import language

SOON_DAYS = 30


def named(korean: str, english: str) -> str:
    """Return the name in the current language; Korean where there is no English one."""
    return english if english and language() == "en" else korean


def in_office(starts_on: dt.date, ends_on: dt.date | None, day: dt.date) -> bool:
    """Say whether a membership holds on a day; its first and last day are both in office."""
    return starts_on <= day and (ends_on is None or day <= ends_on)


def overlap(first: tuple[dt.date, dt.date | None], second: tuple[dt.date, dt.date | None]) -> bool:
    """Say whether two spans of days, both ends in them, share a day."""
    (starts, ends), (other_starts, other_ends) = first, second
    return (ends is None or other_starts <= ends) and (other_ends is None or starts <= other_ends)


def term_end(starts_on: dt.date, years: int) -> dt.date:
    """Return the last day of a term: its start, `years` later, less one day (domain 2.2)."""
    try:
        anniversary = starts_on.replace(year=starts_on.year + years)
    except ValueError:  # 29 February in a year without one: the last day is 28 February.
        return dt.date(starts_on.year + years, 2, 28)
    return anniversary - dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Balance:
    """How the appointed members divide by sex; `unknown` are those whose sex is not entered.

    `lacking` counts how many seats of the larger sex would have to change for the limit to hold.
    """

    women: int
    men: int
    unknown: int
    most: int
    lacking: int

    @property
    def appointed(self) -> int:
        """Count all appointed members, those of unentered sex included."""
        return self.women + self.men + self.unknown

    @property
    def kept(self) -> bool:
        """Say whether the limit holds."""
        return self.lacking == 0


def balance(women: int, men: int, unknown: int, limit: tuple[int, int]) -> Balance:
    """Judge the balance of the sexes among appointed members; ex-officio members do not count.

    `limit` is the rule's fraction; exactly the limit is allowed (양성평등기본법 제21조제2항: a sex
    may not exceed six tenths).
    """
    appointed = women + men + unknown
    most = limit[0] * appointed // limit[1]
    return Balance(women, men, unknown, most, max(0, max(women, men) - most))
