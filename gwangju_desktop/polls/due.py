"""What is due of polls: a wave to plan, to begin, to close, raw answers to erase."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.polls import Poll, PollWave
from db.vocab import WaveState
from gwangju_desktop.members.rules import named
from gwangju_desktop.polls import planning
from gwangju_desktop.text import C_, Msg

AHEAD_DAYS = 7
# A questionnaire is drawn up and printed before the day comes.
PLAN_DAYS = 30

PLAN = C_("poll due", "Plan the next wave: {poll}")
BEGIN = C_("poll due", "Begin the wave: {poll} {wave}")
CLOSE = C_("poll due", "End of the fieldwork, close the wave: {poll} {wave}")
ERASE = C_("poll due", "Erase raw answers: {poll} {wave}")


@dataclass(frozen=True, slots=True)
class DueRow:
    """Something of one series that is due; `table` and `id` are the record to open."""

    title: Msg
    poll: str
    wave: str
    commissioner: str
    due: dt.date
    table: str
    id: int

    @property
    def values(self) -> dict[str, object]:
        """Return what the title is shown with."""
        return {"poll": self.poll, "wave": self.wave}


def listed(read: Session, *, today: dt.date) -> list[DueRow]:
    """List what is over due or due soon: waves a week ahead, one still to be planned a month."""
    return [*_waves(read, today), *_unplanned(read, today), *_erasures(read, today)]


def _waves(read: Session, today: dt.date) -> Iterator[DueRow]:
    until = today + dt.timedelta(days=AHEAD_DAYS)
    begin = func.coalesce(PollWave.from_on, PollWave.planned_on)
    rows = read.execute(
        select(
            PollWave.id,
            PollWave.label,
            PollWave.state,
            PollWave.until_on,
            begin.label("begin"),
            Poll.name,
            Poll.name_en,
            Poll.commissioner,
        )
        .join(Poll, Poll.id == PollWave.poll_id)
        .where(
            Poll.retired_on.is_(None),
            ((PollWave.state == WaveState.PLANNED.value) & (begin <= until))
            | ((PollWave.state == WaveState.FIELDING.value) & (PollWave.until_on <= until)),
        )
        .order_by(PollWave.id)
    )
    for row in rows.all():
        planned = row.state == WaveState.PLANNED
        yield DueRow(
            BEGIN if planned else CLOSE,
            named(row.name, row.name_en),
            row.label,
            row.commissioner,
            row.begin if planned else row.until_on,
            "poll_wave",
            row.id,
        )


def _unplanned(read: Session, today: dt.date) -> Iterator[DueRow]:
    """Yield the series whose cadence brings a wave soon that nobody planned."""
    busy = select(PollWave.poll_id).where(PollWave.state == WaveState.PLANNED.value)
    series = select(Poll).where(
        Poll.retired_on.is_(None), Poll.anchor_on.is_not(None), Poll.id.not_in(busy)
    )
    for poll in read.scalars(series.order_by(Poll.id)).all():
        day = planning.planned_day(read, poll, planning.next_k(read, poll.id))
        if day is not None and day <= today + dt.timedelta(days=PLAN_DAYS):
            name = named(poll.name, poll.name_en)
            yield DueRow(PLAN, name, "", poll.commissioner, day, "poll", poll.id)


def _erasures(read: Session, today: dt.date) -> Iterator[DueRow]:
    closed = select(PollWave.id).where(
        PollWave.closed_on.is_not(None), PollWave.erased_on.is_(None)
    )
    if read.scalars(closed.limit(1)).first() is None:
        return
    # Erasing needs most of what polls are made of; an office without polls starts without it.
    from gwangju_desktop.polls import retention

    for one in retention.due(read, today):
        if one.days <= AHEAD_DAYS:
            yield DueRow(ERASE, one.poll, one.label, "", one.due_on, "poll_wave", one.wave_id)
