"""What may no longer be changed because somebody has answered already."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from db.schema.answers import PollBallot, PollBatch, PollTotal
from db.schema.polls import PollWave, WaveQuestion
from db.schema.snapshots import PollRelease
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_

_TOTALLED = select(WaveQuestion.wave_id).join(
    PollTotal, PollTotal.wave_question_id == WaveQuestion.id
)


def answered(read: Session, wave_ids: Iterable[int]) -> set[int]:
    """Return those of the waves that hold answers, or totals of answers."""
    ids = list(wave_ids)
    return set(
        read.scalars(
            union(
                select(PollBatch.wave_id).where(PollBatch.wave_id.in_(ids)),
                select(PollBallot.wave_id).where(PollBallot.wave_id.in_(ids)),
                _TOTALLED.where(WaveQuestion.wave_id.in_(ids)),
            )
        )
    )


def answered_in(read: Session, poll_id: int) -> set[int]:
    """Return the waves of a series that hold answers."""
    return answered(read, read.scalars(select(PollWave.id).where(PollWave.poll_id == poll_id)))


def question_locked(read: Session, question_id: int) -> bool:
    """Say whether this edition of a question stands in a wave that was answered."""
    waves = select(WaveQuestion.wave_id).where(WaveQuestion.question_id == question_id)
    return bool(answered(read, read.scalars(waves)))


def refuse_answered(read: Session, wave: PollWave) -> None:
    """Refuse to change the questionnaire of a wave that was answered."""
    if answered(read, [wave.id]):
        raise UserError(
            N_("The questionnaire of “{wave}” is locked: answers are in."),
            hint=N_("Change it for the next wave."),
            wave=wave.label,
        )


def refuse_given(tx: Session, wave: PollWave) -> None:
    """Raise UserError for a wave whose figures a copy gave out.

    What they were must stay known, so that no later copy tells a small difference.
    """
    given = select(PollRelease.id).where(PollRelease.wave_id == wave.id)
    if tx.scalars(given).first() is not None:
        raise UserError(
            N_("The figures of “{wave}” stand in a review copy that was made."),
            hint=N_("Keep the wave, and say in its note why it is not used."),
            wave=wave.label,
        )
