"""What was known when: each reading's history, and a series as it stood on a day.

A figure is known from the day its file was imported until the day another file replaced it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.schema.energy import Dataset, EnergySource, Reading, ReadingRevision, Series
from gwangju_desktop import clock
from gwangju_desktop.energy import held, rules
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_


@dataclass(frozen=True, slots=True)
class Known:
    """What one source said of a period, from a day until a later file said otherwise.

    `known_to` None: it still stands. `summed` figures are added up by others of their table.
    """

    value: float
    status: str
    dataset: int
    file_name: str
    source: str
    known_from: dt.date
    known_to: dt.date | None


class _State(NamedTuple):
    value: float
    summed: bool
    status: str
    dataset: int


_Key = tuple[int, int]


def history(
    read: Session, *, indicator: str, area: str, period: str, where: str | None = None
) -> list[Known]:
    """Return all that was published of one reading, by source and day, the oldest first.

    Raises UserError for an indicator, area or period that is not known.
    """
    row = held.named(read, indicator)
    held.check_area(read, area)
    number = rules.period_number(period)
    if number is None:
        raise UserError(
            N_("'{text}' is not a period."),
            hint=N_("Write 2021, 2021-03 or 2021-03-01."),
            text=period,
        )
    dims = rules.dims_text(rules.asked_dims(where))
    series = (
        select(Series.id, EnergySource.code, Series.unit, EnergySource.unit)
        .join(EnergySource, EnergySource.id == Series.source_id)
        .where(Series.indicator_id == row.id, Series.area == area, Series.dims == dims)
        .order_by(EnergySource.code)
    )
    days = _days(read)
    names = {one[0]: one[1] for one in read.execute(select(Dataset.id, Dataset.file_name)).all()}
    ratio = held.Ratios(read, row.unit)
    found: list[Known] = []
    for id, source, own, of in read.execute(series).all():
        until: dt.date | None = None
        mine = []
        states, earlier = _states(read, [id], [(number, number)])
        state = states.get((id, number))
        while state is not None:
            since = days[state.dataset]
            value = float(rules.converted(state.value, ratio.of(own or of)))
            mine.append(
                Known(
                    value,
                    state.status,
                    state.dataset,
                    names[state.dataset],
                    source,
                    since,
                    until,
                )
            )
            until = since
            state = earlier.get((state.dataset, id, number))
        found += reversed(mine)
    return found


def as_known(
    read: Session,
    row: Any,
    codes: Collection[str],
    years: tuple[int, int],
    on: dt.date,
) -> list[rules.Held]:
    """Return an indicator's readings as the imports until the end of a day had them."""
    query = (
        select(
            Series.id, Series.source_id, Series.area, Series.dims, Series.unit, EnergySource.unit
        )
        .join(EnergySource, EnergySource.id == Series.source_id)
        .where(Series.indicator_id == row.id, Series.area.in_(list(codes)))
    )
    series = {one[0]: one for one in read.execute(query).all()}
    spans = held.spans(years, (100, 10_000, 1_000_000), None)
    states, earlier = _states(read, sorted(series), spans)
    days = _days(read)
    ratio = held.Ratios(read, row.unit)
    found = []
    for (id, period), latest in states.items():
        state: _State | None = latest
        while state is not None and days[state.dataset] > on:
            state = earlier.get((state.dataset, id, period))
        if state is None:
            continue
        _, source, area, dims, own, of = series[id]
        found.append(
            rules.Held(
                source,
                area,
                dims,
                period,
                rules.converted(state.value, ratio.of(own or of)),
                state.summed,
                state.status,
                state.dataset,
            )
        )
    return found


def days_of_imports(read: Session, *, indicator: str | None = None) -> list[dt.date]:
    """Return the days on which figures (of an indicator) came in: the choices of "known on"."""
    if indicator is None:
        return sorted(set(_days(read).values()))
    row = held.named(read, indicator)
    series = select(Series.id).where(Series.indicator_id == row.id)
    known = set(
        read.scalars(select(Reading.dataset_id).where(Reading.series_id.in_(series)).distinct())
    )
    known |= set(
        read.scalars(
            select(ReadingRevision.other_id).where(ReadingRevision.series_id.in_(series)).distinct()
        )
    )
    return sorted({day for dataset, day in _days(read).items() if dataset in known})


def _days(read: Session) -> dict[int, dt.date]:
    """Return the day each dataset that is there was imported, in the office's time."""
    rows = read.execute(select(Dataset.id, Dataset.imported_at)).all()
    return {row[0]: row[1].astimezone(clock.KST).date() for row in rows}


def _states(
    read: Session, series: Collection[int], spans: list[tuple[int, int]]
) -> tuple[dict[_Key, _State], dict[tuple[int, int, int], _State]]:
    """Return what stands, and what each dataset replaced; of those undone nothing."""
    ranges = or_(*(Reading.period.between(low, high) for low, high in spans))
    old = or_(*(ReadingRevision.period.between(low, high) for low, high in spans))
    states: dict[_Key, _State] = {}
    earlier: dict[tuple[int, int, int], _State] = {}
    numbers = list(series)
    for at in range(0, len(numbers), 500):
        own = numbers[at : at + 500]
        now = select(
            Reading.series_id,
            Reading.period,
            Reading.value,
            Reading.summed,
            Reading.status,
            Reading.dataset_id,
        ).where(Reading.series_id.in_(own), ranges)
        for id, period, value, summed, status, dataset in read.execute(now).all():
            states[id, period] = _State(value, summed, status, dataset)
        replaced = (
            select(
                ReadingRevision.dataset_id,
                ReadingRevision.series_id,
                ReadingRevision.period,
                ReadingRevision.value,
                ReadingRevision.summed,
                ReadingRevision.status,
                ReadingRevision.other_id,
            )
            .join(Dataset, Dataset.id == ReadingRevision.dataset_id)
            .where(ReadingRevision.series_id.in_(own), old)
        )
        for by, id, period, was, some, said, other in read.execute(replaced).all():
            if was is not None and other is not None:
                earlier[by, id, period] = _State(was, bool(some), said or "", other)
    return states, earlier
