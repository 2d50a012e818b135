"""Where a wave belongs: its place in the cadence, its day, its place among the waves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.polls import Poll, PollWave
from db.vocab import HolidayShift, PollMode, PollSource, Sampling
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import holidays
from gwangju_desktop.meetings.rules import GAP, place_between
from gwangju_desktop.polls import cadence
from gwangju_desktop.text import N_

NO_NAME = N_("A wave needs a name.")
# The longest row of days off in a year is far shorter.
_REACH = dt.timedelta(days=31)


def next_k(read: Session, poll_id: int) -> int:
    """Return the place in the cadence after the last one that is taken."""
    last = read.scalar(select(func.max(PollWave.k)).where(PollWave.poll_id == poll_id))
    return 0 if last is None else last + 1


def planned_day(read: Session, poll: Poll, k: int) -> dt.date | None:
    """Return the day of a place in the cadence, moved as the series says; None without anchor."""
    if poll.anchor_on is None:
        return None
    day = cadence.wave_day(poll.anchor_on, k, poll.every_months)
    return cadence.shifted(day, poll.shift, _days_off(read, poll.shift, day))


def _days_off(read: Session, shift: str, day: dt.date) -> Mapping[dt.date, holidays.DayOff]:
    if shift != HolidayShift.NEXT:
        return {}
    return holidays.days(read, first=day, last=day + _REACH)


def refuse_k(read: Session, poll_id: int, k: int, but: int | None = None) -> None:
    """Refuse a place in the cadence that another wave has."""
    query = select(PollWave.label).where(
        PollWave.poll_id == poll_id, PollWave.k == k, PollWave.id != (but or 0)
    )
    label = read.scalars(query).first()
    if label is not None:
        raise UserError(
            N_("“{wave}” is at this place of the series already."),
            hint=N_("Choose the next one."),
            wave=label,
        )


def check(read: Session, row: PollWave) -> None:
    """Refuse a wave that contradicts itself, or has the name of another."""
    if not row.label:
        raise UserError(NO_NAME)
    row.mode = PollMode(row.mode).value
    row.sampling = Sampling(row.sampling).value
    row.source = PollSource(row.source).value
    named = select(PollWave.id).where(
        PollWave.poll_id == row.poll_id, PollWave.label == row.label, PollWave.id != (row.id or 0)
    )
    if read.scalars(named).first() is not None:
        raise UserError(
            N_("The series has a wave “{wave}” already."),
            hint=N_("Choose another name."),
            wave=row.label,
        )
    if row.from_on and row.until_on and row.until_on < row.from_on:
        raise UserError(
            N_("“{wave}” ends on {until:full}, before it begins on {begin:full}."),
            hint=N_("Correct the days."),
            wave=row.label,
            until=row.until_on,
            begin=row.from_on,
        )
    for value in (row.invited, row.respondents, row.population_size):
        if value is not None and value < 0:
            raise UserError(
                N_("A number of people cannot be below 0."), hint=N_("Correct the number.")
            )
    _refuse_more(row.invited, row.respondents, row.label)
    _refuse_more(row.population_size, row.respondents, row.label)


def _refuse_more(most: int | None, respondents: int | None, label: str) -> None:
    if most is not None and respondents is not None and respondents > most:
        raise UserError(
            N_("In “{wave}” {n} people took part, more than the {most} there were."),
            hint=N_("Correct the number of people invited or the size of the population."),
            wave=label,
            n=respondents,
            most=most,
        )


def free_position(tx: Session, row: PollWave) -> int:
    """Return where a wave stands: by the cadence, else by its day; without a day last.

    Makes room first where there is none left between its neighbours.
    """
    query = select(PollWave).where(PollWave.poll_id == row.poll_id, PollWave.id != (row.id or 0))
    others = list(tx.scalars(query.order_by(PollWave.position)))
    at = len(others)
    while at and _later(others[at - 1], row):
        at -= 1
    free = place_between([one.position for one in others], at)
    if free is not None:
        return free
    # Two waves never have one place, not even while they are moved.
    for n, one in enumerate(others, 1):
        one.position = -n
    tx.flush()
    for n, one in enumerate(others, 1):
        one.position = n * GAP
    tx.flush()
    return at * GAP + GAP // 2


def _later(one: PollWave, other: PollWave) -> bool:
    """Say whether a wave comes after another."""
    if one.k is not None and other.k is not None:
        return one.k > other.k
    first, second = _day(one), _day(other)
    return second is not None and (first is None or first > second)


def _day(wave: PollWave) -> dt.date | None:
    return wave.from_on or wave.planned_on
