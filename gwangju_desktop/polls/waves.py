"""Waves of a series: planned, in the field, closed, published.

Shares are shown of closed waves alone; what is published is what its readers need to judge it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.answers import PollFinding, PollTotal
from db.schema.polls import Poll, PollTarget, PollWave, WaveQuestion
from db.store import usecase
from db.vocab import PollMode, PollSource, Sampling, WaveState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, tidy
from gwangju_desktop.polls import editions, locks, planning, questions, targets
from gwangju_desktop.polls.lacking import lacking
from gwangju_desktop.polls.method import method_box
from gwangju_desktop.polls.wave_rows import (
    NO_WAVE,
    WaveRow,
    find,
    latest,
    wave_row,
    waves,
)
from gwangju_desktop.text import C_, N_, say

__all__ = [
    "WaveRow",
    "close_wave",
    "edit_wave",
    "find",
    "lacking",
    "latest",
    "method_box",
    "open_wave",
    "plan_wave",
    "publish_wave",
    "remove_wave",
    "reopen_wave",
    "wave_row",
    "waves",
]

FIELDS = (
    "label",
    "k",
    "planned_on",
    "from_on",
    "until_on",
    "source",
    "published",
    "mode",
    "sampling",
    "population",
    "population_size",
    "frame",
    "commissioner",
    "conductor",
    "invited",
    "respondents",
    "weighted",
    "note",
)
# What the next wave begins with; who was invited and what came of it is each wave's own.
COPIED = (
    "mode",
    "sampling",
    "population",
    "population_size",
    "frame",
    "commissioner",
    "conductor",
    "weighted",
)
# What a wave is where nobody says otherwise.
FIRST: Mapping[str, Any] = {
    "mode": PollMode.PAPER.value,
    "sampling": Sampling.CONVENIENCE.value,
    "source": PollSource.ANSWERS.value,
}
# What is the series' where a wave has nothing of its own.
INHERITED = ("population", "population_size", "commissioner")
# What changes figures; of a published wave they stay as they were published.
FIGURES = frozenset({"weighted", "respondents", "source"})
NO_POLL = N_("There is no series of polls {id}.")


@usecase("Plan wave")
def plan_wave(
    tx: Session,
    *,
    poll_id: int,
    k: int | None = None,
    label: str = "",
    copy_from: int | None = None,
    empty: bool = False,
    **fields: Any,
) -> int:
    """Plan a wave of a series; return its id.

    Its settings, questionnaire and target shares are those of the wave `copy_from`, by default the
    last one, each question in its latest edition; with `empty` there are none. `k` is its place in
    the cadence, by default the next one; a wave with days of its own (`from_on`) and no `k` stands
    outside it. `fields` are those of `edit_wave`.
    """
    poll = found(tx, Poll, poll_id, NO_POLL)
    if poll.retired_on is not None:
        raise UserError(
            N_("The series “{name}” has ended."), hint=N_("Continue it first."), name=poll.name
        )
    given = tidy(fields, FIELDS)
    outside = k is None and (poll.anchor_on is None or given.get("from_on") is not None)
    if not outside:
        k = planning.next_k(tx, poll_id) if k is None else k
        planning.refuse_k(tx, poll_id, k)
        given.setdefault("planned_on", planning.planned_day(tx, poll, k))
    source = None if empty else _source_wave(tx, poll_id, copy_from)
    settings = {name: getattr(source, name) for name in COPIED} if source else {}
    row = PollWave(
        poll_id=poll_id,
        position=0,
        k=k,
        label=given.pop("label", "") or label.strip() or _label(tx, poll_id, k),
        **{**FIRST, **settings, **given},
    )
    planning.check(tx, row)
    row.position = planning.free_position(tx, row)
    tx.add(row)
    tx.flush()
    if source is not None:
        _copy(tx, source, row)
    return row.id


@usecase("Edit wave", large=True)
def edit_wave(tx: Session, *, id: int, **fields: Any) -> int:
    """Change what is known of a wave; raise UserError for what cannot be.

    A published wave stays complete and keeps its figures; where answers are held, who took part is
    counted. A closed wave that is weighted from now on, or no longer, is counted anew.
    """
    row = found(tx, PollWave, id, NO_WAVE)
    given = _own(tx, row, tidy(fields, FIELDS))
    if given.get("k") is not None and given["k"] != row.k:
        planning.refuse_k(tx, row.poll_id, given["k"], row.id)
    changed = {name for name, value in given.items() if getattr(row, name) != value}
    if changed & FIGURES:
        targets.refuse_published(row)
        targets.refuse_erased(row)
    if "source" in changed and locks.answered(tx, [id]):
        raise UserError(
            N_("“{wave}” has answers already."),
            hint=N_("Remove them before its figures come from elsewhere."),
            wave=row.label,
        )
    before = row.from_on or row.planned_on
    change(row, given)
    if "respondents" in changed and row.source == PollSource.ANSWERS:
        raise UserError(
            N_("Who took part in “{wave}” is counted from its answers."), wave=row.label
        )
    planning.check(tx, row)
    if (row.from_on or row.planned_on) != before:
        row.position = planning.free_position(tx, row)
    if row.state == WaveState.PUBLISHED:
        _refuse_lacking(tx, row)
    if "weighted" in changed:
        _answers().recount(tx, row)
    return id


def _own(tx: Session, row: PollWave, given: dict[str, Any]) -> dict[str, Any]:
    """Leave out what the wave has from its series and a form only gives back."""
    poll = tx.get_one(Poll, row.poll_id)
    theirs = {name for name in INHERITED if not getattr(row, name)}
    return {
        name: value
        for name, value in given.items()
        if not (name in theirs and value == getattr(poll, name))
    }


@usecase("Remove wave")
def remove_wave(tx: Session, *, id: int) -> None:
    """Take a wave away with its questionnaire; raise UserError once it has answers."""
    row = found(tx, PollWave, id, NO_WAVE)
    if locks.answered(tx, [id]):
        raise UserError(
            N_("“{wave}” has answers already."),
            hint=N_("Remove them first."),
            wave=row.label,
        )
    erase_wave(tx, row)


def erase_wave(tx: Session, row: PollWave) -> None:
    """Remove a wave without answers and all that hangs on it; not one that a copy gave out."""
    locks.refuse_given(tx, row)
    asked = select(WaveQuestion).where(WaveQuestion.wave_id == row.id)
    questions.remove_places(tx, tx.scalars(asked).all())
    for target in tx.scalars(select(PollTarget).where(PollTarget.wave_id == row.id)):
        tx.delete(target)
    tx.flush()
    tx.delete(row)
    tx.flush()


@usecase("Begin wave")
def open_wave(tx: Session, *, id: int) -> int:
    """Let a planned wave into the field; raise UserError where it asks nothing."""
    row = _in(tx, id, WaveState.PLANNED)
    if row.source == PollSource.TOTALS:
        raise UserError(
            N_("“{wave}” holds published totals only: nobody is asked here."),
            hint=N_("Enter the totals and close the wave."),
            wave=row.label,
        )
    _refuse_no_questions(tx, row)
    change(row, {"state": WaveState.FIELDING.value, "from_on": row.from_on or clock.today()})
    return id


@usecase("Close wave", large=True)
def close_wave(tx: Session, *, id: int) -> int:
    """Close a wave: who took part is counted, and the totals are kept.

    Raises UserError where nobody answered, or more than were invited.
    """
    row = found(tx, PollWave, id, NO_WAVE)
    totals = row.source == PollSource.TOTALS
    begun = (WaveState.PLANNED, WaveState.FIELDING) if totals else (WaveState.FIELDING,)
    _refuse_state(row, *begun)
    if not locks.answered(tx, [id]):
        raise UserError(
            N_("“{wave}” has no answers yet."),
            hint=N_("Enter the totals first.") if totals else N_("Enter or import answers first."),
            wave=row.label,
        )
    today = clock.today()
    if not totals:
        row.respondents = wave_row(tx, id).responses
        row.until_on = row.until_on or today
    planning.check(tx, row)
    change(row, {"state": WaveState.CLOSED.value, "closed_on": today})
    tx.flush()
    if not totals:
        _answers().freeze(tx, id)
    return id


@usecase("Reopen wave", large=True)
def reopen_wave(tx: Session, *, id: int) -> int:
    """Let a closed wave take answers again; raise UserError once it was published or erased."""
    row = _in(tx, id, WaveState.CLOSED)
    targets.refuse_erased(row)
    finding = (
        select(PollFinding.id)
        .join(WaveQuestion, WaveQuestion.id == PollFinding.wave_question_id)
        .where(WaveQuestion.wave_id == id)
    )
    if tx.scalars(finding).first() is not None:
        raise UserError(
            N_("Findings stand on the figures of “{wave}”."),
            hint=N_("Remove them first."),
            wave=row.label,
        )
    if row.source == PollSource.TOTALS:
        change(row, {"state": WaveState.PLANNED.value, "closed_on": None})
        return id
    kept = (
        select(PollTotal)
        .join(WaveQuestion, WaveQuestion.id == PollTotal.wave_question_id)
        .where(WaveQuestion.wave_id == id)
    )
    for total in tx.scalars(kept).all():
        tx.delete(total)
    change(row, {"state": WaveState.FIELDING.value, "closed_on": None, "respondents": None})
    return id


@usecase("Publish wave")
def publish_wave(tx: Session, *, id: int) -> int:
    """Mark a closed wave as published; raise UserError naming what its readers would miss."""
    row = _in(tx, id, WaveState.CLOSED)
    _refuse_lacking(tx, row)
    change(row, {"state": WaveState.PUBLISHED.value, "published_on": clock.today()})
    return id


def _answers() -> ModuleType:
    """Load what counts answers, and numpy with it, when a wave is closed or counted anew."""
    from gwangju_desktop.polls import answers

    return answers


def _in(tx: Session, id: int, state: WaveState) -> PollWave:
    row = found(tx, PollWave, id, NO_WAVE)
    _refuse_state(row, state)
    return row


def _refuse_state(row: PollWave, *states: WaveState) -> None:
    if row.state in states:
        return
    from gwangju_desktop.polls.words import STATES

    raise UserError(
        N_("That cannot be done now: “{wave}” is at the step “{state}”."),
        hint=N_("Look at the list of waves again."),
        wave=row.label,
        state=STATES[row.state],
    )


def _refuse_no_questions(tx: Session, row: PollWave) -> None:
    asked = select(WaveQuestion.id).where(WaveQuestion.wave_id == row.id)
    if tx.scalars(asked).first() is None:
        raise UserError(
            N_("“{wave}” has no questionnaire yet."),
            hint=N_("Put questions in it first."),
            wave=row.label,
        )


def _refuse_lacking(tx: Session, row: PollWave) -> None:
    tx.flush()
    if missing := lacking(tx, row.id):
        raise UserError(
            N_("“{wave}” cannot be published without: {missing}."),
            hint=N_("Fill these in first."),
            wave=row.label,
            missing=", ".join(str(said) for said in missing),
        )


def _source_wave(tx: Session, poll_id: int, copy_from: int | None) -> PollWave | None:
    if copy_from is not None:
        source = found(tx, PollWave, copy_from, NO_WAVE)
        if source.poll_id != poll_id:
            raise UserError(
                N_("“{wave}” is a wave of another series."),
                hint=N_("Copy a wave of this one."),
                wave=source.label,
            )
        return source
    asked = select(WaveQuestion.wave_id)
    query = select(PollWave).where(PollWave.poll_id == poll_id, PollWave.id.in_(asked))
    return tx.scalars(query.order_by(PollWave.position.desc())).first()


def _copy(tx: Session, source: PollWave, row: PollWave) -> None:
    """Let a wave ask what another asked, in the latest editions, with its target shares.

    Conditions and targets go with the options that a later edition no longer has.
    """
    asked = select(WaveQuestion).where(WaveQuestion.wave_id == source.id)
    places = tx.scalars(asked.order_by(WaveQuestion.position)).all()
    later = {place.question_id: editions.latest(tx, place.question_id) for place in places}
    for place in places:
        sifting = None if place.ask_if_id is None else later[place.ask_if_id]
        codes = editions.still(tx, sifting, place.ask_if) if sifting is not None else []
        tx.add(
            WaveQuestion(
                wave_id=row.id,
                question_id=later[place.question_id],
                position=place.position,
                ask_if_id=sifting if codes else None,
                ask_if=codes or None,
            )
        )
    options: dict[int, int] = {}
    for old, new in later.items():
        options |= editions.match(tx, old, new)
    targets = select(PollTarget).where(PollTarget.wave_id == source.id)
    for target in tx.scalars(targets).all():
        if target.option_id in options:
            tx.add(
                PollTarget(
                    wave_id=row.id,
                    option_id=options[target.option_id],
                    share=target.share,
                    source=target.source,
                )
            )
    tx.flush()


def _label(tx: Session, poll_id: int, k: int | None) -> str:
    """Name a wave by its number: its place in the cadence, or that in the series."""
    n = k + 1 if k is not None else len(waves(tx, poll_id)) + 1
    return say(C_("name of a wave", "Wave {n}"), n=n)
