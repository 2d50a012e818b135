"""Which backups stay and which go: pure, so that years of them can be tried in a moment.

All of the last days, then one a day, one a week, one a month. Kept whatever their age: the newest
that was checked, and one made before a conversion while its conversion is young. None is kept
beyond the longest time: whoever was erased from the office must leave its backups too (개인정보
보호법 제21조).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """How many days keep all, and how many days, weeks and months keep one each."""

    all_days: int = 2
    days: int = 14
    weeks: int = 8
    months: int = 12
    longest_days: int = 396


@dataclass(frozen=True, slots=True, order=True)
class Kept:
    """A backup as thinning sees it; `checked` once it was found whole, `step` before a conversion."""

    made_at: dt.datetime
    name: str
    checked: bool = True
    step: bool = False


def going(backups: Iterable[Kept], now: dt.datetime, rule: Rule | None = None) -> list[Kept]:
    """Return the backups that go, the oldest first.

    Of a day, week or month the newest checked one stays. What is dated later than now (a clock
    that was wrong) stays: it is not known how old it is.
    """
    rule = rule or Rule()
    # Of one second the later one has a number at its end.
    found = sorted(backups, key=lambda one: (one.made_at, len(one.name), one.name), reverse=True)
    checked = [one for one in found if one.checked]
    stays = {one.name for one in found if one.made_at > now or _age(one, now) < rule.all_days}
    stays |= {one.name for one in found if one.step}
    for held, most in ((_day, rule.days), (_week, rule.weeks), (_month, rule.months)):
        seen: dict[object, str] = {}
        for one in checked:
            seen.setdefault(held(one.made_at), one.name)
        stays |= set(list(seen.values())[:most])
    old = {one.name for one in found if _age(one, now) > rule.longest_days}
    # The last one that is known to be whole is never given up for its age alone.
    last = {one.name for one in checked[:1]}
    return [one for one in reversed(found) if one.name not in (stays - old) | last]


def _age(one: Kept, now: dt.datetime) -> int:
    return (now.date() - one.made_at.date()).days


def _day(moment: dt.datetime) -> object:
    return moment.date()


def _week(moment: dt.datetime) -> object:
    return tuple(moment.isocalendar())[:2]


def _month(moment: dt.datetime) -> object:
    return moment.year, moment.month
