"""The coverage grid: months against published tables, and how each edition is held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.energy import Dataset, Reading, Series
from db.vocab import Frequency
from gwangju_desktop import clock
from gwangju_desktop.energy import calendars, duties, holdings
from gwangju_desktop.energy.duties import Duty
from gwangju_desktop.energy.rules import DAYS, HOURS

# `not_due` is asked for and not due yet, `none` was never asked for.
State = Literal["have", "provisional", "partial", "missing", "not_due", "none"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One edition of a table: the year, quarter or month it is of, and the day it is due."""

    period: int
    state: State
    due_on: dt.date | None

    @property
    def months(self) -> tuple[int, ...]:
        """Return the months it is of."""
        return calendars.months_of(self.period)


@dataclass(frozen=True, slots=True)
class Grid:
    """Months across, tables down; a cell of a yearly table stands for twelve months."""

    sources: tuple[Duty, ...]
    periods: tuple[int, ...]
    cells: Mapping[str, tuple[Cell, ...]]

    def cell(self, source: str, month: int) -> Cell | None:
        """Return the cell of a table a month lies in."""
        return next((one for one in self.cells[source] if month in one.months), None)

    @property
    def missing(self) -> int:
        """Count the editions whose day has passed."""
        return sum(cell.state == "missing" for cells in self.cells.values() for cell in cells)


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file some figures of a cell came from."""

    dataset: int
    file_name: str
    imported_at: dt.datetime
    readings: int


def grid(read: Session, first: int, last: int, *, today: dt.date | None = None) -> Grid:
    """Return what is held from one month to another (202101 to 202212) of every table.

    Tables nothing is held of and nothing is due of come too, empty.
    """
    today = today or clock.today()
    months = []
    month = first
    while month <= last:
        months.append(month)
        month = calendars.following(month)
    known = duties.duties(read)
    held = holdings.holdings(read, first=first // 100 * 100, last=last // 100 * 100 + 12)
    empty = holdings.Holdings({})
    return Grid(
        tuple(known),
        tuple(months),
        {duty.code: _cells(duty, held.get(duty.id, empty), months, today) for duty in known},
    )


def span(read: Session) -> tuple[int, int] | None:
    """Return the first and last month any figure is held of; None in an office without any."""
    firsts = holdings.firsts(read)
    if not firsts:
        return None
    latest = (
        select(func.max(Reading.period))
        .where(Reading.series_id == Series.id)
        .correlate(Series)
        .scalar_subquery()
    )
    last = 0
    for (period,) in read.execute(select(latest)):
        if period is not None:
            last = max(last, calendars.months_of(int(str(period)[:6]))[-1])
    return min(firsts.values()), last


def files(read: Session, *, source: int, period: int) -> list[HeldFile]:
    """Return the files the figures of one cell came from, the latest first."""
    months = calendars.months_of(period)
    low, high = months[0], months[-1]
    spans = [
        (period // 100 * 100, period // 100 * 100) if period % 100 == 0 else (period, period),
        (low, high),
    ]
    if not period % 100:
        spans.append((period + calendars.QUARTER + 1, period + calendars.QUARTER + 4))
    days = (low * 100, high * 100 + 99)
    hours = (low * 10_000, high * 10_000 + 9_999)
    assert days[0] >= DAYS
    assert hours[0] >= HOURS
    counts: dict[int, int] = {}
    for least, most in dict.fromkeys([*spans, days, hours]):
        query = (
            select(Reading.dataset_id, func.count())
            .join(Series, Series.id == Reading.series_id)
            .where(Series.source_id == source, Reading.period.between(least, most))
            .group_by(Reading.dataset_id)
        )
        for dataset, count in read.execute(query):
            counts[dataset] = counts.get(dataset, 0) + count
    rows = read.execute(
        select(Dataset.id, Dataset.file_name, Dataset.imported_at)
        .where(Dataset.id.in_(sorted(counts)))
        .order_by(Dataset.id.desc())
    ).all()
    return [HeldFile(row.id, row.file_name, row.imported_at, counts[row.id]) for row in rows]


def _cells(
    duty: Duty, held: holdings.Holdings, months: list[int], today: dt.date
) -> tuple[Cell, ...]:
    frequency = duty.frequency or _usual(held)
    periods = dict.fromkeys(calendars.period_of(month, frequency) for month in months)
    return tuple(_cell(duty, held, period, today) for period in periods)


def _cell(duty: Duty, held: holdings.Holdings, period: int, today: dt.date) -> Cell:
    day = duty.due_on(period)
    state: State | None = held.state(period)
    asked = duty.regular and duty.start is not None
    if asked and duty.start is not None and calendars.months_of(period)[-1] < duty.start:
        asked = False
    if state is None:
        if not asked or day is None:
            state = "none"
        else:
            state = "missing" if day < today else "not_due"
    return Cell(period, state, day if asked else None)


def _usual(held: holdings.Holdings) -> str:
    """Return how often a table without a rule comes: by month if any month is held, else yearly."""
    if not held.states or any(0 < period % 100 <= 12 for period in held.states):
        return Frequency.MONTH.value
    if any(period % 100 for period in held.states):
        return Frequency.QUARTER.value
    return Frequency.YEAR.value
