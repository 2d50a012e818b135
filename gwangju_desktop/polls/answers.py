"""The way to a table: from the answers where they are held, else from the totals kept of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.answers import PollBallot, PollBatch, PollTotal
from db.schema.polls import Poll, PollOption, PollPart, PollWave, WaveQuestion
from db.vocab import PollSource, Sampling, WaveState
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import MEANWHILE, change
from gwangju_desktop.polls import keeping, loaded, planning, targets
from gwangju_desktop.polls.held import Held
from gwangju_desktop.polls.hiding import Cell
from gwangju_desktop.polls.model import BLANK, Answers, Totals
from gwangju_desktop.polls.notes import NO_WEIGHTS
from gwangju_desktop.polls.parts import layers, one_part
from gwangju_desktop.polls.releasing import Released
from gwangju_desktop.polls.table import Groups, Said, Table, Weighting, missing
from gwangju_desktop.polls.tabulate import tabulate
from gwangju_desktop.text import N_

NO_QUESTION = N_("There is no question {id} in a wave.")


@dataclass(frozen=True, slots=True)
class Counts:
    """What came in: files, ballots, and respondents in all."""

    batches: int
    ballots: int
    responses: int


@dataclass(frozen=True, slots=True)
class _Place:
    wave: PollWave
    poll: Poll
    question_id: int


def counts(read: Session, wave_id: int) -> Counts:
    """Count what came in; of totals and erased answers the respondents noted with the wave."""
    batches, taken = read.execute(
        select(func.count(), func.coalesce(func.sum(PollBatch.taken), 0)).where(
            PollBatch.wave_id == wave_id
        )
    ).one()
    ballots = read.execute(
        select(func.count()).select_from(PollBallot).where(PollBallot.wave_id == wave_id)
    ).scalar_one()
    noted, source, erased = read.execute(
        select(PollWave.respondents, PollWave.source, PollWave.erased_on).where(
            PollWave.id == wave_id
        )
    ).one()
    responses = int(taken) + ballots
    if erased is not None or source == PollSource.TOTALS:
        responses = noted or 0
    return Counts(batches, ballots, responses)


def weighting(read: Session, wave_id: int, held: Held | None = None) -> Weighting | None:
    """Return a wave's weights: raked to its targets where it has any, else those of its files.

    None where there are neither. Raises UserError as `weighting.rake` does.
    """
    from gwangju_desktop.polls.weighting import rake, weighed

    held = held or Held(read, wave_id)
    if not held.n:
        return None
    wanted = targets.targets(read, wave_id)
    if wanted:
        for question_id in wanted:
            if question_id not in held.places:
                raise UserError(
                    N_("The wave does not ask the question its targets are of."),
                    hint=N_("Correct the targets."),
                )
        groups = [_with_target(held.groups(id), shares) for id, shares in wanted.items()]
        return rake(groups, list(wanted.values()))
    given = held.weights()
    return None if given is None else weighed(given)


def table(
    read: Session,
    wave_question_id: int,
    *,
    by: int | None = None,
    weighted: bool | None = None,
    part: str | None = None,
    held: Held | None = None,
) -> Table:
    """Tabulate a question of a wave, or one part of it, by a question's id if wanted.

    `weighted` None does as the wave does. `held` spares reading the wave's answers once more.
    Raises UserError before the wave is closed, without answers, without weights where weights are
    asked for, and for groups or weights where only totals are left.
    """
    place = _place(read, wave_question_id)
    wave = place.wave
    refuse_early(wave)
    held = held or Held(read, wave.id)
    weighted = wave.weighted if weighted is None else weighted
    found = totals(read, wave_question_id) if not held.n else None
    if not held.n and found is None:
        raise UserError(
            N_("No answers to the question have been entered in “{wave}”."),
            hint=N_("Import answers, type ballots or enter published totals."),
            wave=wave.label,
        )
    source: Answers | Totals = found or held.of(place.question_id)
    family = layers(source) if by is not None and isinstance(source, Answers) else []
    if part is not None:
        try:
            source = one_part(source, part)
        except KeyError:
            raise UserError(
                N_("The question has no row or place “{part}”."), hint=MEANWHILE, part=part
            ) from None
    if found is not None and (by is not None or (weighted and not wave.weighted)):
        _refuse_of_totals(wave)
    groups = None if by is None else _groups(held, by, place.question_id)
    hidden: set[Cell] = set()
    if isinstance(source, Answers):
        whole = source if len(family) < 2 else family[0]
        known = partial(weighting, read, wave.id, held)
        released = Released(read, wave, held, place.poll.small_cell, known)
        hidden = released.hidden(place.question_id, whole, by, weighted)
    size = wave.population_size or (None if wave.population else place.poll.population_size)
    made = tabulate(
        source,
        weights=_weights(read, wave, held) if weighted and found is None else None,
        groups=groups,
        k=place.poll.small_cell,
        sampling=Sampling(wave.sampling),
        population=size,
        family=family if len(family) > 1 else (),
        hidden=hidden,
    )
    return replace(made, notes=(*made.notes, *_of_totals(wave))) if found else made


def totals(read: Session, wave_question_id: int) -> Totals | None:
    """Return the totals kept of a question in a wave; None where there are none."""
    rows = read.execute(
        select(PollTotal.measure, PollTotal.value, PollPart.code, PollOption.code)
        .outerjoin(PollPart, PollPart.id == PollTotal.part_id)
        .outerjoin(PollOption, PollOption.id == PollTotal.option_id)
        .where(PollTotal.wave_question_id == wave_question_id)
        .order_by(PollTotal.id)
    ).all()
    if not rows:
        return None
    place = _place(read, wave_question_id)
    question = loaded.questions(read, [place.question_id])[place.question_id]
    bases = {measure: value for measure, value, part, code in rows if code is None}
    counted = {
        (part or "", code): _whole(value)
        for measure, value, part, code in rows
        if measure == "count" and code is not None
    }

    def base(name: str) -> int | None:
        return _whole(bases[name]) if name in bases else None

    people = {name: _whole(bases[kept]) for name, kept in keeping.PEOPLE.items() if kept in bases}
    return Totals(
        question,
        base("answered"),
        base("asked"),
        base("blank"),
        counted,
        bases.get("mean"),
        place.wave.weighted and place.wave.source == PollSource.ANSWERS,
        people,
    )


def freeze(tx: Session, wave_id: int) -> int | None:
    """Keep the totals of every question of a wave, counted from its answers as it counts them.

    Returns how many respondents there are; None where no answers are held, and then what totals
    there are stay.
    """
    wave = tx.get_one(PollWave, wave_id)
    held = Held(tx, wave_id)
    if wave.source == PollSource.TOTALS or wave.erased_on is not None or not held.n:
        return None
    poll = tx.get_one(Poll, wave.poll_id)
    weights = _weights(tx, wave, held) if wave.weighted else None
    wanted: dict[keeping.Key, float] = {}
    places = tx.execute(
        select(WaveQuestion.id, WaveQuestion.question_id).where(WaveQuestion.wave_id == wave_id)
    ).all()
    named = keeping.Named(tx, [row.question_id for row in places])
    for row in places:
        made = tabulate(held.of(row.question_id), weights=weights, k=poll.small_cell)
        wanted |= keeping.measured(made, row.id, row.question_id, named)
    keeping.keep(tx, wave_id, wanted)
    return held.n


def in_people(read: Session, wave_id: int) -> dict[keeping.Key, float] | None:
    """Return the totals of a wave counted without weights; None where no answers are held."""
    held = Held(read, wave_id)
    if not held.n:
        return None
    places = read.execute(
        select(WaveQuestion.id, WaveQuestion.question_id).where(WaveQuestion.wave_id == wave_id)
    ).all()
    named = keeping.Named(read, [row.question_id for row in places])
    found: dict[keeping.Key, float] = {}
    for row in places:
        made = tabulate(held.of(row.question_id))
        counted = keeping.measured(made, row.id, row.question_id, named)
        found |= counted
        found |= {
            (*key[:3], keeping.PEOPLE[key[3]]): value
            for key, value in counted.items()
            if key[3] in keeping.PEOPLE
        }
    return found


def recount(tx: Session, wave: PollWave) -> None:
    """Count a closed wave anew after its answers or weights changed; others are counted later.

    Raises UserError where more took part than were invited.
    """
    if wave.state != WaveState.CLOSED or wave.source == PollSource.TOTALS:
        return
    tx.flush()
    respondents = freeze(tx, wave.id)
    if respondents is None and wave.erased_on is None:
        keeping.keep(tx, wave.id, {})
    change(wave, {"respondents": respondents})
    planning.check(tx, wave)


def _place(read: Session, wave_question_id: int) -> _Place:
    row = read.execute(
        select(PollWave, Poll, WaveQuestion.question_id)
        .join(WaveQuestion, WaveQuestion.wave_id == PollWave.id)
        .join(Poll, Poll.id == PollWave.poll_id)
        .where(WaveQuestion.id == wave_question_id)
    ).one_or_none()
    if row is None:
        raise UserError(NO_QUESTION, hint=MEANWHILE, id=wave_question_id)
    return _Place(row[0], row[1], row[2])


def refuse_early(wave: PollWave) -> None:
    """Raise UserError for a wave that is not closed: no share is told of it."""
    if wave.state == WaveState.FIELDING:
        raise UserError(
            N_("“{wave}” is still in the field: only the number of responses is told."),
            hint=N_("Close the wave first."),
            wave=wave.label,
        )
    if wave.state == WaveState.PLANNED:
        raise UserError(
            N_("“{wave}” has not begun yet; there is nothing to tabulate."), wave=wave.label
        )


def _refuse_of_totals(wave: PollWave) -> None:
    if wave.erased_on is not None:
        raise UserError(
            N_("The answers of “{wave}” were erased on {day:full}; only totals are left."),
            hint=N_("They can be neither weighted nor split by group."),
            wave=wave.label,
            day=wave.erased_on,
        )
    raise UserError(
        N_("Published totals can be neither weighted nor split by group."),
        hint=N_("Import the answers themselves."),
    )


def _of_totals(wave: PollWave) -> tuple[Said, ...]:
    """Say where totals are from."""
    if wave.source == PollSource.TOTALS:
        if not wave.published:
            return ()
        return (Said(N_("Totals as published in {source}."), {"source": wave.published}),)
    said = [Said(N_("From the totals counted when the wave was closed."))]
    if wave.weighted:
        said.append(Said(N_("They were counted with weights.")))
        if wave.sampling == Sampling.PROBABILITY:
            said.append(Said(NO_WEIGHTS))
    return tuple(said)


def _weights(read: Session, wave: PollWave, held: Held) -> Weighting:
    found = weighting(read, wave.id, held)
    if found is None:
        raise UserError(
            N_("“{wave}” has no weights."),
            hint=N_("Enter targets, or import a file with a column of weights."),
            wave=wave.label,
        )
    return found


def _with_target(groups: Groups, shares: Mapping[str, float]) -> Groups:
    """Return groups without those who said don't know or nothing, where these have no target."""
    import numpy as np

    unsaid = [
        place
        for place, option in enumerate(groups.question.options)
        if missing(option) and option.code not in shares
    ]
    index = np.where(np.isin(groups.index, unsaid), BLANK, groups.index).astype(np.int16)
    return Groups(groups.question, index)


def _groups(held: Held, by: int, question_id: int) -> Groups:
    if by not in held.places:
        raise UserError(
            N_("The wave does not ask the question the table is to be split by."),
            hint=N_("Choose a question of the same wave."),
        )
    if by == question_id:
        raise UserError(
            N_("A question is not split by itself."), hint=N_("Choose another question.")
        )
    return held.groups(by)


def _whole(value: float) -> int:
    """Return a count as it is: whole, or the sum of weights it was counted with."""
    number: Any = int(value) if value.is_integer() else value
    counted: int = number
    return counted
