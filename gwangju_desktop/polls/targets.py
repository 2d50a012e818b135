"""The shares of the population that a wave's weights are to reach."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.polls import PollOption, PollQuestion, PollTarget, PollWave
from db.store import usecase
from db.vocab import WaveState
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, tidy
from gwangju_desktop.polls.wave_rows import NO_WAVE
from gwangju_desktop.polls.weighting import TARGETS_OFF
from gwangju_desktop.text import N_


@usecase("Set targets of weights")
def set_targets(
    tx: Session, *, wave_id: int, targets: Mapping[int, Mapping[str, float]], source: str = ""
) -> list[int]:
    """Set, by question's id, the share (0 to 1) of each of its options in the population.

    What is not named any more has no target. Raises UserError for shares that do not come to 1,
    for a question or option there is not, and for a wave that is published or erased.
    """
    from gwangju_desktop.polls import answers

    wave = found(tx, PollWave, wave_id, NO_WAVE)
    refuse_published(wave)
    refuse_erased(wave)
    source = str(tidy({"source": source}, ("source",))["source"])
    wanted: dict[int, float] = {}
    for question_id, shares in targets.items():
        wanted |= _wanted(tx, wave, question_id, shares)
    rows = {
        row.option_id: row
        for row in tx.scalars(select(PollTarget).where(PollTarget.wave_id == wave_id))
    }
    for option_id, row in rows.items():
        if option_id not in wanted:
            tx.delete(row)
    for option_id, share in wanted.items():
        held = rows.get(option_id)
        if held is not None:
            change(held, {"share": share, "source": source})
        else:
            tx.add(PollTarget(wave_id=wave_id, option_id=option_id, share=share, source=source))
    tx.flush()
    answers.recount(tx, wave)
    return sorted(wanted)


def targets(read: Session, wave_id: int) -> dict[int, dict[str, float]]:
    """Return by question's id the share of each option that has a target."""
    rows = read.execute(
        select(PollOption.question_id, PollOption.code, PollTarget.share)
        .join(PollOption, PollOption.id == PollTarget.option_id)
        .where(PollTarget.wave_id == wave_id)
        .order_by(PollOption.question_id, PollOption.position)
    ).all()
    told: dict[int, dict[str, float]] = {}
    for row in rows:
        told.setdefault(row.question_id, {})[row.code] = row.share
    return told


def source(read: Session, wave_id: int) -> str:
    """Return where a wave's targets are from, "" without any."""
    rows = read.scalars(select(PollTarget.source).where(PollTarget.wave_id == wave_id).limit(1))
    return rows.first() or ""


def refuse_published(wave: PollWave) -> None:
    """Refuse what would change the figures of a wave that was published."""
    if wave.state == WaveState.PUBLISHED:
        raise UserError(
            N_("“{wave}” was published; its figures stay as they are."),
            hint=N_("Note a correction with the wave."),
            wave=wave.label,
        )


def refuse_erased(wave: PollWave) -> None:
    """Refuse what would make the totals of an erased wave say something else than they do."""
    if wave.erased_on is not None:
        raise UserError(
            N_("The answers of “{wave}” were erased; its totals stay."), wave=wave.label
        )


def _wanted(
    tx: Session, wave: PollWave, question_id: int, shares: Mapping[str, float]
) -> dict[int, float]:
    """Return the share of each option's id."""
    options = {
        row.code: row.id
        for row in tx.execute(
            select(PollOption.id, PollOption.code)
            .join(PollQuestion, PollQuestion.id == PollOption.question_id)
            .where(PollOption.question_id == question_id, PollQuestion.poll_id == wave.poll_id)
        )
    }
    title = tx.scalars(
        select(PollQuestion.title).where(PollQuestion.id == question_id)
    ).one_or_none()
    for code in shares:
        if code not in options:
            raise UserError(
                N_("{attribute} has no category “{category}” that the targets name."),
                hint=N_("Correct the targets."),
                attribute=title or question_id,
                category=code,
            )
    total = sum(shares.values())
    # Said this way round, because what is no number is neither above nor below another.
    if shares and not (abs(total - 1) <= TARGETS_OFF and min(shares.values()) >= 0):
        raise UserError(
            N_("The targets of {attribute} come to {total:.1f}%, not to 100%."),
            hint=N_("Correct the targets."),
            attribute=title or question_id,
            total=100 * total,
        )
    return {options[code]: float(share) for code, share in shares.items()}
