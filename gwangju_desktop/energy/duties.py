"""Which published table is due when: the rule of each, and what is due or overdue on a day."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

import resources
from db.schema.energy import EnergySource
from db.store import usecase
from db.vocab import Frequency
from gwangju_desktop.energy import calendars, holdings
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, tidy
from gwangju_desktop.members.rules import named
from gwangju_desktop.text import N_

# What is due so soon is said beforehand.
AHEAD = dt.timedelta(days=7)
MOST_MONTHS = 60


@dataclass(frozen=True, slots=True)
class Duty:
    """A published table and when its figures are due; `start` is the first month asked of it.

    Without a frequency nothing is due. `start` is what somebody set, else the first month held;
    of a table that comes by month the first of two in a row.
    """

    id: int
    code: str
    title: str
    publisher: str
    frequency: str
    due_day: int | None
    due_months: int | None
    expected_from: int | None
    due_source: str
    licence: str
    url: str
    sample: bool
    start: int | None

    @property
    def regular(self) -> bool:
        """Say whether anything can be due of it."""
        return bool(self.frequency and self.due_day and self.due_months is not None and self.start)

    def due_on(self, period: int) -> dt.date | None:
        """Return the day a period is due, None where nothing is due of this table."""
        if not self.frequency or not self.due_day or self.due_months is None:
            return None
        return calendars.due_on(period, due_day=self.due_day, due_months=self.due_months)

    def periods(self, until: dt.date) -> Iterator[int]:
        """Yield the periods that are due up to a day."""
        if not self.regular:
            return
        assert self.start and self.due_day and self.due_months is not None
        yield from calendars.periods(
            self.start,
            self.frequency,
            until,
            due_day=self.due_day,
            due_months=self.due_months,
        )


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A table that is due: the earliest period that is not there whole, and how many more are not.

    `source` is its code, `id` its number; `overdue` says that its day has passed.
    """

    id: int
    source: str
    title: str
    publisher: str
    period: int
    more: int
    due_on: dt.date
    overdue: bool


def duties(read: Session) -> list[Duty]:
    """Return the published tables with their rules, by publisher and title."""
    firsts = holdings.firsts(read)
    rows = read.execute(select(EnergySource.__table__).order_by(EnergySource.id)).all()
    return [
        Duty(
            id=row.id,
            code=row.code,
            title=named(row.title_ko, row.title_en),
            publisher=row.publisher,
            frequency=row.frequency,
            due_day=row.due_day,
            due_months=row.due_months,
            expected_from=row.expected_from,
            due_source=row.due_source,
            licence=row.licence,
            url=row.url,
            sample=row.sample,
            start=row.expected_from or _start(read, row, firsts.get(row.id)),
        )
        for row in rows
    ]


def _start(read: Session, row: Any, first: int | None) -> int | None:
    if first is None or row.frequency != Frequency.MONTH:
        return first
    return holdings.regular_from(read, row.id, first)


def due(read: Session, today: dt.date) -> list[DutyRow]:
    """Return one row for each table that is overdue or due within a week, by its day."""
    known = [duty for duty in duties(read) if duty.regular]
    if not known:
        return []
    start = min(duty.start for duty in known if duty.start)
    held = holdings.holdings(read, sources=[duty.id for duty in known], first=start)
    found = []
    for duty in known:
        here = held.get(duty.id)
        lacking = [
            period
            for period in duty.periods(today + AHEAD)
            if here is None or not _there(here, period)
        ]
        if not lacking:
            continue
        day = duty.due_on(lacking[0])
        assert day is not None
        overdue = [period for period in lacking if (duty.due_on(period) or today) < today]
        found.append(
            DutyRow(
                duty.id,
                duty.code,
                duty.title,
                duty.publisher,
                lacking[0],
                max(len(overdue) - 1, 0),
                day,
                bool(overdue),
            )
        )
    return sorted(found, key=lambda row: (row.due_on, row.id))


def _there(held: holdings.Holdings, period: int) -> bool:
    """Say whether figures of a period came: a month with a place missing did, half a year did not."""
    state = held.state(period)
    if state != "partial":
        return state is not None
    return period in held.states


@usecase("Set when a table is due")
def set_duty(
    tx: Session,
    *,
    source: str,
    frequency: str,
    due_day: int | None = None,
    due_months: int | None = None,
    expected_from: int | None = None,
    due_source: str = "",
) -> int:
    """Say when figures of a published table are due; without a frequency they never are.

    `expected_from` is the first month asked for (202201), None the first that is held. Raises
    UserError for a table that is not known and for days and months there are not.
    """
    row = tx.scalars(select(EnergySource).where(EnergySource.code == source)).one_or_none()
    if row is None:
        raise UserError(N_("There is no published table {code}."), code=source)
    if frequency and frequency not in calendars.DUE:
        raise UserError(
            N_("Figures may be due by month, quarter or year."),
            hint=N_("Finer figures come in files of a month or a year."),
        )
    said = tidy({"due_source": due_source}, ("due_source",))
    if frequency:
        if due_day is None or not 1 <= due_day <= 31:
            raise UserError(N_("The day of the month is a number from 1 to 31."))
        if due_months is None or not 0 <= due_months <= MOST_MONTHS:
            raise UserError(
                N_("Months after the period are a number from 0 to {most}."), most=MOST_MONTHS
            )
    if expected_from is not None and not (
        1900 <= expected_from // 100 <= 2200 and 1 <= expected_from % 100 <= 12
    ):
        raise UserError(N_("The first month is written like 2022-01."))
    change(
        row,
        {
            "frequency": Frequency(frequency).value if frequency else "",
            "due_day": due_day if frequency else None,
            "due_months": due_months if frequency else None,
            "expected_from": expected_from,
            "due_source": said["due_source"],
        },
    )
    return row.id


def complete(tx: Session) -> None:
    """Give tables that say nothing of when they are due the rule that ships."""
    told: dict[str, dict[str, Any]] = {
        one["source"]: one
        for one in tomllib.loads(resources.path("energy", "duties.toml").read_text("utf-8"))["duty"]
    }
    for row in tx.scalars(select(EnergySource)):
        one = told.get(row.code)
        if one is None or row.frequency or row.due_source:
            continue
        row.frequency = Frequency(one["frequency"]).value
        row.due_day = one["day"]
        row.due_months = one["months"]
        row.due_source = one["basis"]
        row.licence = row.licence or one.get("licence", "")
        row.url = row.url or one.get("url", "")
    tx.flush()
