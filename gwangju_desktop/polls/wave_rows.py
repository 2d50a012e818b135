"""Waves as they are read: all that is known of each, and what hangs on it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db.schema.answers import PollBallot, PollBatch
from db.schema.polls import Poll, PollWave, WaveQuestion
from db.vocab import PollMode, PollSource, Sampling, WaveState
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import MEANWHILE
from gwangju_desktop.polls.cadence import month_label
from gwangju_desktop.text import N_

NO_WAVE = N_("There is no wave {id}.")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class WaveRow:
    """One wave; empty `commissioner`, `population` and its size are filled in from the series.

    `batches`, `ballots` and `questions` count what it has; `responses` those who took part so
    far. `locked` says that answers or totals are in. `day` is when it is or was put, as far as
    that is known.
    """

    id: int
    poll_id: int
    position: int
    k: int | None
    label: str
    planned_on: dt.date | None
    from_on: dt.date | None
    until_on: dt.date | None
    state: WaveState
    source: PollSource
    published: str
    mode: PollMode
    sampling: Sampling
    population: str
    population_size: int | None
    frame: str
    commissioner: str
    conductor: str
    invited: int | None
    respondents: int | None
    weighted: bool
    note: str
    closed_on: dt.date | None
    published_on: dt.date | None
    erased_on: dt.date | None
    batches: int
    ballots: int
    questions: int
    responses: int

    @property
    def day(self) -> dt.date | None:
        """Return when it was put, or is to be."""
        return self.from_on or self.planned_on

    @property
    def month(self) -> str:
        """Return the month it is of, as a chart says it; "" where no day is known."""
        return month_label(self.day) if self.day else ""

    @property
    def counted(self) -> bool:
        """Say whether shares may be shown: never while it is planned or in the field."""
        return self.state in (WaveState.CLOSED, WaveState.PUBLISHED)

    @property
    def rate(self) -> float | None:
        """Return what part of those invited took part, 0 to 100; None where that is unknown."""
        if not self.invited or not self.counted:
            return None
        return 100 * self.responses / self.invited


def waves(read: Session, poll_id: int) -> list[WaveRow]:
    """Return the waves of a series, the earliest first."""
    return _rows(read, select(PollWave.id).where(PollWave.poll_id == poll_id))


def wave_row(read: Session, wave_id: int) -> WaveRow:
    """Return one wave; raise UserError when there is none."""
    rows = _rows(read, select(PollWave.id).where(PollWave.id == wave_id))
    if not rows:
        raise UserError(NO_WAVE, hint=MEANWHILE, id=wave_id)
    return rows[0]


def latest(read: Session, poll_id: int) -> WaveRow | None:
    """Return the latest wave of a series that has begun, None when none has."""
    begun = [wave for wave in waves(read, poll_id) if wave.state != WaveState.PLANNED]
    return begun[-1] if begun else None


def find(read: Session, poll_id: int, text: str) -> int:
    """Return the wave a text names by its label, or by the only number in it ("2" for "2차").

    Raises UserError naming the waves there are.
    """
    rows = waves(read, poll_id)
    wanted = " ".join(text.split()).casefold()
    same = [wave.id for wave in rows if wave.label.casefold() == wanted]
    if not same and wanted.isdigit():
        numbers = [(wave.id, _NUMBER.findall(wave.label)) for wave in rows]
        same = [id for id, found in numbers if [int(n) for n in found] == [int(wanted)]]
    if len(same) == 1:
        return same[0]
    if not rows:
        raise UserError(
            N_("The series has no wave “{text}”."), hint=N_("Plan a wave first."), text=text
        )
    raise UserError(
        N_("The series has no wave “{text}”."),
        hint=N_("Its waves are {labels}."),
        text=text,
        labels=", ".join(wave.label for wave in rows),
    )


def _rows(read: Session, ids: Select[int]) -> list[WaveRow]:
    query = (
        select(PollWave, Poll)
        .join(Poll, Poll.id == PollWave.poll_id)
        .where(PollWave.id.in_(ids))
        .order_by(PollWave.position)
    )
    taken = _counts(read, ids, PollBatch.wave_id, func.sum(PollBatch.taken))
    batches = _counts(read, ids, PollBatch.wave_id, func.count())
    ballots = _counts(read, ids, PollBallot.wave_id, func.count())
    questions = _counts(read, ids, WaveQuestion.wave_id, func.count())
    rows = []
    for wave, poll in read.execute(query):
        population, size = _population(wave, poll)
        held = taken.get(wave.id, 0) + ballots.get(wave.id, 0)
        rows.append(
            WaveRow(
                wave.id,
                wave.poll_id,
                wave.position,
                wave.k,
                wave.label,
                wave.planned_on,
                wave.from_on,
                wave.until_on,
                WaveState(wave.state),
                PollSource(wave.source),
                wave.published,
                PollMode(wave.mode),
                Sampling(wave.sampling),
                population,
                size,
                wave.frame,
                wave.commissioner or poll.commissioner,
                wave.conductor,
                wave.invited,
                wave.respondents,
                wave.weighted,
                wave.note,
                wave.closed_on,
                wave.published_on,
                wave.erased_on,
                batches.get(wave.id, 0),
                ballots.get(wave.id, 0),
                questions.get(wave.id, 0),
                held if wave.respondents is None else wave.respondents,
            )
        )
    return rows


def _population(wave: PollWave, poll: Poll) -> tuple[str, int | None]:
    """Return the population a wave asks and its size: its own, else that of its series."""
    if wave.population:
        return wave.population, wave.population_size
    return poll.population, wave.population_size or poll.population_size


def _counts(read: Session, ids: Select[int], column: Any, what: Any) -> dict[int, int]:
    query = select(column, what).where(column.in_(ids)).group_by(column)
    return {wave_id: int(n or 0) for wave_id, n in read.execute(query)}
