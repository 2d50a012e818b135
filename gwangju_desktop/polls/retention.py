"""How long raw answers are kept, and erasing them without return; their totals stay.

Answers are about people and go when their time is over (개인정보 보호법 제21조): so many months from
the day a wave was closed, as its series says.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import columns as raw
from db import erase
from db.schema.answers import PollBallot, PollBatch, PollTagging
from db.schema.polls import Poll, PollWave
from db.store import Store, usecase
from db.vocab import PollSource, WaveState
from gwangju_desktop import clock
from gwangju_desktop.backups.why import Why, saved_first
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import found
from gwangju_desktop.members.erasing import backups
from gwangju_desktop.polls import answers
from gwangju_desktop.polls.cadence import wave_day
from gwangju_desktop.polls.wave_rows import NO_WAVE
from gwangju_desktop.text import N_

_KEPT = (WaveState.CLOSED.value, WaveState.PUBLISHED.value)


@dataclass(frozen=True, slots=True)
class Due:
    """A wave whose raw answers are to be erased on `due_on`; `days` from today, negative if past."""

    wave_id: int
    poll_id: int
    poll: str
    label: str
    closed_on: dt.date
    due_on: dt.date
    days: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done: the journal's entry, codes of db.erase.scrub that are left, older copies."""

    entry: int
    left: tuple[str, ...]
    backups: tuple[str, ...]


def due(read: Session, today: dt.date) -> list[Due]:
    """Return the waves that still hold raw answers, by the day these are to be erased."""
    held = (
        select(PollBatch.id).where(PollBatch.wave_id == PollWave.id).exists()
        | select(PollBallot.id).where(PollBallot.wave_id == PollWave.id).exists()
    )
    rows = read.execute(
        select(
            PollWave.id,
            PollWave.poll_id,
            Poll.name,
            PollWave.label,
            PollWave.closed_on,
            Poll.keep_months,
        )
        .join(Poll, Poll.id == PollWave.poll_id)
        .where(
            PollWave.state.in_(_KEPT),
            PollWave.closed_on.is_not(None),
            PollWave.erased_on.is_(None),
            Poll.keep_months.is_not(None),
            held,
        )
    ).all()
    found = []
    for id, poll_id, name, label, closed_on, months in rows:
        assert closed_on is not None
        assert months is not None
        day = wave_day(closed_on, 1, months)
        found.append(Due(id, poll_id, name, label, closed_on, day, (day - today).days))
    return sorted(found, key=lambda one: (one.due_on, one.wave_id))


@saved_first(Why.ERASURE)
@usecase("Erase raw answers", undoable=False)
def _erase(tx: Session, *, wave_id: int) -> erase.Order:
    """Erase a wave's answers, ballots and the tags of open answers; the totals stay."""
    wave = found(tx, PollWave, wave_id, NO_WAVE)
    _refuse(wave)
    # Counted once more, because weights may have changed since.
    respondents = answers.freeze(tx, wave_id)
    if respondents is not None:
        wave.respondents = respondents
    batches = tx.scalars(select(PollBatch).where(PollBatch.wave_id == wave_id)).all()
    ballots = tx.scalars(select(PollBallot).where(PollBallot.wave_id == wave_id)).all()
    for tagging in tx.scalars(
        select(PollTagging).where(
            PollTagging.batch_id.in_([row.id for row in batches])
            | PollTagging.ballot_id.in_([row.id for row in ballots])
        )
    ).all():
        tx.delete(tagging)
    tx.flush()
    for ballot in ballots:
        tx.delete(ballot)
    for batch in batches:
        batch.columns = {}
    wave.erased_on = clock.today()
    tx.flush()
    raw.sweep(tx)
    return erase.Order((), (), wave_id, (("poll_ballot", "wave_id", wave_id),))


def erase_answers(store: Store, wave_id: int) -> Outcome:
    """Erase a closed wave's raw answers for good, from the office, its journal and its free space.

    Answers of files that were removed from their waves go too. Raises UserError for a wave that is
    not closed, has published totals alone, or was erased before.
    """
    entry, left = store.erase(_erase, wave_id=wave_id)
    return Outcome(entry.id, left, backups(store.office.place))


def _refuse(wave: PollWave) -> None:
    if wave.erased_on is not None:
        raise UserError(
            N_("The answers of “{wave}” were erased on {day:full} already."),
            wave=wave.label,
            day=wave.erased_on,
        )
    if wave.state not in _KEPT:
        raise UserError(
            N_("The answers of “{wave}” are not counted yet."),
            hint=N_("Close the wave first; its totals stay when the answers go."),
            wave=wave.label,
        )
    if wave.source == PollSource.TOTALS:
        raise UserError(
            N_("“{wave}” holds published totals and no answers of anybody."), wave=wave.label
        )
