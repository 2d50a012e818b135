"""Totals that were counted and published elsewhere, kept in place of answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.answers import PollBallot, PollBatch, PollTotal
from db.schema.polls import PollOption, PollPart, PollWave, WaveQuestion
from db.store import usecase
from db.vocab import PollSource
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import found, tidy
from gwangju_desktop.polls import loaded, tally
from gwangju_desktop.polls.answers import NO_QUESTION
from gwangju_desktop.polls.checks import check
from gwangju_desktop.polls.model import Question, Totals
from gwangju_desktop.polls.targets import refuse_published
from gwangju_desktop.text import N_

# A count by option code, or by part and option code where the question has parts.
Counted = Mapping[str, int] | Mapping[tuple[str, str], int]


def typed(
    question: Question,
    answered: int | None,
    asked: int | None = None,
    counts: Counted | None = None,
    blank: int | None = None,
    mean: float | None = None,
) -> Totals:
    """Return totals as they were typed, for a look at them before they are kept."""
    named: dict[tuple[str, str], int] = {}
    for key, n in (counts or {}).items():
        named[("", key) if isinstance(key, str) else key] = n
    return Totals(question, answered, asked, blank, named, mean)


@usecase("Enter published totals")
def set_totals(
    tx: Session,
    *,
    wave_question_id: int,
    answered: int | None,
    asked: int | None = None,
    counts: Counted | None = None,
    blank: int | None = None,
    mean: float | None = None,
    published: str | None = None,
) -> int:
    """Keep the totals of one question in place of those it had; return the wave's id.

    `published` names where they stand, once for the wave. Raises UserError for totals that do not
    agree, for a wave with answers of its own or published, and where no source is named.
    """
    place = found(tx, WaveQuestion, wave_question_id, NO_QUESTION)
    wave = tx.get_one(PollWave, place.wave_id)
    refuse_published(wave)
    _refuse_answers(tx, wave)
    if published is not None:
        wave.published = tidy({"published": published}, ("published",))["published"]
    if not wave.published:
        raise UserError(
            N_("Totals need the place where they were published."),
            hint=N_("Name the report, and where it can be read."),
        )
    question = loaded.questions(tx, [place.question_id])[place.question_id]
    totals = typed(question, answered, asked, counts, blank, mean)
    for said in check(totals):
        raise UserError(said.message, hint=N_("Look at the published figures."), **said.values)
    _remove(tx, wave_question_id)
    options = _ids(tx, PollOption, place.question_id)
    parts = _ids(tx, PollPart, place.question_id)
    for measure, value in _bases(totals).items():
        if value is not None:
            tx.add(
                PollTotal(wave_question_id=wave_question_id, measure=measure, value=float(value))
            )
    for (part, code), n in totals.counts.items():
        tx.add(
            PollTotal(
                wave_question_id=wave_question_id,
                part_id=parts[part] if part else None,
                option_id=options[code],
                measure="count",
                value=float(n),
            )
        )
    wave.source = PollSource.TOTALS.value
    tx.flush()
    _note_respondents(tx, wave)
    return wave.id


@usecase("Remove published totals")
def remove_totals(tx: Session, *, wave_question_id: int) -> int:
    """Take the published totals of one question away; return the wave's id."""
    place = found(tx, WaveQuestion, wave_question_id, NO_QUESTION)
    wave = tx.get_one(PollWave, place.wave_id)
    refuse_published(wave)
    _refuse_answers(tx, wave)
    _remove(tx, wave_question_id)
    _note_respondents(tx, wave)
    return wave.id


def _bases(totals: Totals) -> dict[str, float | None]:
    """Return what shares are of: as published, and the responses its counts add up to."""
    counted = tally.published(totals).base
    return {
        "answered": totals.answered,
        "asked": totals.asked,
        "blank": totals.blank,
        "missing": counted.missing,
        "votes": counted.votes if totals.counts else None,
        "mean": totals.mean,
    }


def _refuse_answers(tx: Session, wave: PollWave) -> None:
    held = sum(
        tx.execute(select(func.count()).where(kind.wave_id == wave.id)).scalar_one()
        for kind in (PollBatch, PollBallot)
    )
    if held or wave.erased_on is not None:
        raise UserError(
            N_("The totals of “{wave}” are counted from its answers."),
            hint=N_("Enter published totals in a wave without answers."),
            wave=wave.label,
        )


def _remove(tx: Session, wave_question_id: int) -> None:
    rows = tx.scalars(select(PollTotal).where(PollTotal.wave_question_id == wave_question_id))
    for row in rows.all():
        tx.delete(row)
    tx.flush()


def _note_respondents(tx: Session, wave: PollWave) -> None:
    """Note with the wave how many took part: the most that were asked or answered anything."""
    most = tx.execute(
        select(func.max(PollTotal.value))
        .join(WaveQuestion, WaveQuestion.id == PollTotal.wave_question_id)
        .where(
            WaveQuestion.wave_id == wave.id,
            PollTotal.part_id.is_(None),
            PollTotal.option_id.is_(None),
            PollTotal.measure.in_(("asked", "answered")),
        )
    ).scalar()
    respondents = None if most is None else int(most)
    if wave.respondents != respondents:
        wave.respondents = respondents
        tx.flush()


def _ids(read: Session, kind: Any, question_id: int) -> dict[str, int]:
    rows = read.execute(select(kind.code, kind.id).where(kind.question_id == question_id))
    return {row.code: row.id for row in rows}
