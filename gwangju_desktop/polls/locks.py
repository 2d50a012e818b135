"""What may no longer be changed because somebody has answered already."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from db.schema.answers import PollBallot, PollBatch, PollTotal
from db.schema.polls import PollWave, WaveQuestion
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
