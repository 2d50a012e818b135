"""Series of polls: who asks whom, how often, counted from which day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.polls import Poll, PollQuestion, PollWave
from db.store import usecase
from db.vocab import HolidayShift, WaveState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import MEANWHILE, change, found, required, tidy
from gwangju_desktop.polls import defaults, editions, locks, planning
from gwangju_desktop.polls import waves as waves_of
from gwangju_desktop.text import N_

FIELDS = (
    "name",
    "name_en",
    "purpose",
    "commissioner",
    "population",
    "population_size",
    "anchor_on",
    "every_months",
    "shift",
    "small_cell",
    "keep_months",
)
NO_POLL = N_("There is no series of polls {id}.")
NO_NAME = N_("A series of polls needs a name.")
MOST_MONTHS = 120


@dataclass(frozen=True, slots=True)
class PollRow:
    """One series.

    `waves` counts its waves; `latest_id` is the latest that has begun. `next_on` is the day of the
    next wave, planned (`next_id`) or by the cadence alone; None where nothing is to come.
    """

    id: int
    name: str
    name_en: str
    purpose: str
    commissioner: str
    population: str
    population_size: int | None
    anchor_on: dt.date | None
    every_months: int
    shift: HolidayShift
    small_cell: int
    keep_months: int | None
    retired_on: dt.date | None
    waves: int
    latest_id: int | None
    next_on: dt.date | None
    next_id: int | None


def polls(read: Session) -> list[PollRow]:
    """Return all series: those that go on first, by name."""
    rows = [_row(read, poll) for poll in read.scalars(select(Poll).order_by(Poll.id))]
    return sorted(rows, key=lambda row: (row.retired_on is not None, row.name, row.id))


def poll_row(read: Session, poll_id: int) -> PollRow:
    """Return one series; raise UserError when there is none."""
    poll = read.get(Poll, poll_id)
    if poll is None:
        raise UserError(NO_POLL, hint=MEANWHILE, id=poll_id)
    return _row(read, poll)


@usecase("Add series of polls")
def add_poll(tx: Session, *, name: str, **fields: Any) -> int:
    """Add a series; return its id. What is left out is as resources/polls/defaults.toml says."""
    given = {
        "every_months": defaults.whole("every_months"),
        "small_cell": defaults.whole("small_cell"),
        "keep_months": defaults.whole("keep_months"),
    }
    row = Poll(**given | tidy({"name": name, **fields}, FIELDS))
    _check(tx, row)
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Edit series of polls")
def edit_poll(tx: Session, *, id: int, **fields: Any) -> int:
    """Change a series; waves that are planned move with its cadence.

    A wave whose day was set by hand stays on it. Raises UserError for what cannot be.
    """
    row = found(tx, Poll, id, NO_POLL)
    planned = select(PollWave).where(
        PollWave.poll_id == id,
        PollWave.state == WaveState.PLANNED.value,
        PollWave.k.is_not(None),
    )
    kept = [
        wave
        for wave in tx.scalars(planned.order_by(PollWave.k)).all()
        if wave.planned_on == planning.planned_day(tx, row, wave.k or 0)
    ]
    change(row, tidy(fields, FIELDS))
    _check(tx, row)
    for wave in kept:
        change(wave, {"planned_on": planning.planned_day(tx, row, wave.k or 0)})
    return id


@usecase("End series of polls")
def end_poll(tx: Session, *, id: int, on_day: dt.date | None = None) -> int:
    """End a series: no further wave comes. Raises UserError while one is in the field."""
    row = found(tx, Poll, id, NO_POLL)
    fielding = select(PollWave.label).where(
        PollWave.poll_id == id, PollWave.state == WaveState.FIELDING.value
    )
    label = tx.scalars(fielding).first()
    if label is not None:
        raise UserError(
            N_("“{wave}” is still in the field."), hint=N_("Close it first."), wave=label
        )
    change(row, {"retired_on": on_day or clock.today()})
    return id


@usecase("Continue series of polls")
def continue_poll(tx: Session, *, id: int) -> int:
    """Let a series that had ended go on."""
    change(found(tx, Poll, id, NO_POLL), {"retired_on": None})
    return id


@usecase("Remove series of polls")
def remove_poll(tx: Session, *, id: int) -> None:
    """Take a series away with its waves and questions; raise UserError once there are answers."""
    row = found(tx, Poll, id, NO_POLL)
    if locks.answered_in(tx, id):
        raise UserError(
            N_("The series “{name}” has answers; it stays."),
            hint=N_("End it instead."),
            name=row.name,
        )
    for wave in tx.scalars(select(PollWave).where(PollWave.poll_id == id)).all():
        waves_of.erase_wave(tx, wave)
    for question in tx.scalars(select(PollQuestion).where(PollQuestion.poll_id == id)).all():
        editions.erase(tx, question)
    tx.delete(row)


def _row(read: Session, poll: Poll) -> PollRow:
    waves = waves_of.waves(read, poll.id)
    begun = [wave for wave in waves if wave.state != WaveState.PLANNED]
    next_on, next_id = _next(read, poll, waves)
    return PollRow(
        poll.id,
        poll.name,
        poll.name_en,
        poll.purpose,
        poll.commissioner,
        poll.population,
        poll.population_size,
        poll.anchor_on,
        poll.every_months,
        HolidayShift(poll.shift),
        poll.small_cell,
        poll.keep_months,
        poll.retired_on,
        len(waves),
        begun[-1].id if begun else None,
        next_on,
        next_id,
    )


def _next(
    read: Session, poll: Poll, waves: list[waves_of.WaveRow]
) -> tuple[dt.date | None, int | None]:
    if poll.retired_on is not None:
        return None, None
    planned = [wave for wave in waves if wave.state == WaveState.PLANNED and wave.planned_on]
    if planned:
        first = min(planned, key=lambda wave: (wave.planned_on or dt.date.max, wave.id))
        return first.planned_on, first.id
    return planning.planned_day(read, poll, planning.next_k(read, poll.id)), None


def _check(read: Session, row: Poll) -> None:
    row.name = required(row.name, NO_NAME)
    row.shift = HolidayShift(row.shift or HolidayShift.NONE).value
    named = select(Poll.id).where(Poll.name == row.name, Poll.id != (row.id or 0))
    if read.scalars(named).first() is not None:
        raise UserError(
            N_("There is a series “{name}” already."),
            hint=N_("Choose another name."),
            name=row.name,
        )
    if not 1 <= row.every_months <= MOST_MONTHS:
        raise UserError(
            N_("Waves come every 1 to {most} months."),
            hint=N_("Correct the number of months."),
            most=MOST_MONTHS,
        )
    if row.small_cell < 1:
        raise UserError(
            N_("The smallest number that is shown by group is at least 1."),
            hint=N_("Correct the number; {usual} is usual."),
            usual=defaults.whole("small_cell"),
        )
    if row.keep_months is not None and row.keep_months < 0:
        raise UserError(
            N_("Answers cannot be kept for less than no time."),
            hint=N_("Correct the number of months."),
        )
    if row.population_size is not None and row.population_size < 0:
        raise UserError(N_("A number of people cannot be below 0."), hint=N_("Correct the number."))
