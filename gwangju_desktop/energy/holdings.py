"""Which periods each published table is held for: asked by the million, answered by seeks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import Session

from db.schema.energy import Reading, Series
from db.vocab import Frequency
from gwangju_desktop.energy import calendars
from gwangju_desktop.energy.rules import DAYS, HOURS, PARTIAL

Held = Literal["have", "provisional", "partial"]
# Of a table of days or hours so many series are looked at: they come together in one file.
_LOOKED_AT = 24
# The greatest a period can be: four bytes.
_LAST_HOUR = 2_147_483_647


@dataclass(slots=True)
class _Place:
    """What is held of one table for one period: areas by what their figures are said to be."""

    areas: set[str] = field(default_factory=set)
    statuses: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Holdings:
    """Periods a table is held for, each as it came: years, quarters and months, days as months."""

    states: Mapping[int, Held]

    def state(self, period: int) -> Held | None:
        """Say how a period is held: as published, or by its months; None when not at all."""
        own = self.states.get(period)
        months = calendars.months_of(period)
        if own in ("have", "provisional") or months == (period,):
            return own
        parts = [self._month(month) for month in months]
        if not any(parts):
            return own
        if None in parts or "partial" in parts:
            return "partial"
        return "provisional" if "provisional" in parts else "have"

    def _month(self, month: int) -> Held | None:
        """Say how a month is held, by itself or in its quarter."""
        own = self.states.get(month)
        return own or self.states.get(calendars.period_of(month, Frequency.QUARTER))

    @property
    def first(self) -> int | None:
        """Return the first month held."""
        return min((calendars.months_of(period)[0] for period in self.states), default=None)

    @property
    def last(self) -> int | None:
        """Return the last month held."""
        return max((calendars.months_of(period)[-1] for period in self.states), default=None)


def holdings(
    read: Session, *, sources: Collection[int] | None = None, first: int = 0, last: int = 999_912
) -> dict[int, Holdings]:
    """Return by table's id what is held from one month to another."""
    places: dict[int, dict[int, _Place]] = defaultdict(lambda: defaultdict(_Place))
    low, high = first // 100 * 100, last // 100 * 100 + 99
    query = (
        select(Series.source_id, Series.area, Reading.period, Reading.status)
        .join(Reading, Reading.series_id == Series.id)
        .where(Reading.period.between(low, high))
        .distinct()
    )
    if sources is not None:
        query = query.where(Series.source_id.in_(sorted(sources)))
    for source, area, period, status in read.execute(query):
        place = places[source][period]
        place.areas.add(area)
        place.statuses.add(status)
    for source, series in _fine(read, sources).items():
        for month in _months_held(read, series, first, last):
            places[source][month].statuses.add("final")
    return {source: Holdings(_states(held)) for source, held in places.items()}


def firsts(read: Session) -> dict[int, int]:
    """Return by table's id the first month anything is held of, without a look at every figure."""
    earliest = (
        select(func.min(Reading.period))
        .where(Reading.series_id == Series.id)
        .correlate(Series)
        .scalar_subquery()
    )
    found: dict[int, int] = {}
    for source, period in read.execute(select(Series.source_id, earliest)):
        if period is not None:
            month = calendars.months_of(int(str(period)[:6]))[0]
            found[source] = min(found.get(source, month), month)
    return found


def regular_from(read: Session, source: int, month: int) -> int | None:
    """Return from when a table that comes by month is held two months running, None if it never is.

    One month alone, got for one question, is no table that is kept up. `month` is the first held.
    A table of days or hours answers with that.
    """
    after: int | None = month
    while after is not None:
        coming = calendars.following(after)
        if read.scalar(select(_MONTH_HELD), {"source": source, "month": coming}):
            return after
        after = read.scalar(_NEXT_HELD, {"source": source, "month": after})
    return None if read.scalar(select(_MONTH_HELD), {"source": source, "month": month}) else month


_MONTH_HELD = exists().where(
    Series.source_id == bindparam("source"),
    Reading.series_id == Series.id,
    Reading.period == bindparam("month"),
)
_NEXT_HELD = select(
    func.min(
        select(func.min(Reading.period))
        .where(
            Reading.series_id == Series.id,
            Reading.period.between(bindparam("month") + 1, DAYS - 1),
            (Reading.period % 100).between(1, 12),
        )
        .correlate(Series)
        .scalar_subquery()
    )
).where(Series.source_id == bindparam("source"))


def _states(held: Mapping[int, _Place]) -> dict[int, Held]:
    """Say how each period is held: partial where a place is missing that its year has elsewhere."""
    usual: dict[tuple[int, bool], int] = {}
    for period, place in held.items():
        key = (period // 100, bool(period % 100))
        usual[key] = max(usual.get(key, 0), len(place.areas))
    states: dict[int, Held] = {}
    for period, place in held.items():
        if PARTIAL in place.statuses or len(place.areas) < usual[period // 100, bool(period % 100)]:
            states[period] = "partial"
        elif place.statuses & {"provisional", "estimated"}:
            states[period] = "provisional"
        else:
            states[period] = "have"
    return states


def _fine(read: Session, sources: Collection[int] | None) -> dict[int, list[int]]:
    """Return by table the series that hold days or hours, as many as are looked at."""
    latest = (
        select(func.max(Reading.period))
        .where(Reading.series_id == Series.id)
        .correlate(Series)
        .scalar_subquery()
    )
    query = select(Series.source_id, Series.id).where(latest > DAYS).order_by(Series.id)
    if sources is not None:
        query = query.where(Series.source_id.in_(sorted(sources)))
    found: dict[int, list[int]] = defaultdict(list)
    for source, id in read.execute(query):
        if len(found[source]) < _LOOKED_AT:
            found[source].append(id)
    return found


def _months_held(read: Session, series: Iterable[int], first: int, last: int) -> set[int]:
    """Return the months in which a series has a day or an hour, each found by a seek."""
    held: set[int] = set()
    for id in series:
        for low, high, scale in ((DAYS, HOURS - 1, 100), (HOURS, _LAST_HOUR, 10_000)):
            span = [
                read.scalar(
                    select(end(Reading.period)).where(
                        Reading.series_id == id, Reading.period.between(low, high)
                    )
                )
                for end in (func.min, func.max)
            ]
            if span[0] is None or span[1] is None:
                continue
            month = max(first, int(str(span[0])[:6]))
            while month <= min(last, int(str(span[1])[:6])):
                if month not in held and _has(read, id, month * scale, (month + 1) * scale - 1):
                    held.add(month)
                month = calendars.following(month)
    return held


def _has(read: Session, series: int, low: int, high: int) -> bool:
    inside = exists().where(Reading.series_id == series, Reading.period.between(low, high))
    return bool(read.scalar(select(inside)))
