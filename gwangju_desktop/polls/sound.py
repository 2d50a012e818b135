"""Are the polls whole: raw answers there, totals that add up and are those of the answers.

What an outside monitor can work out anew from a copy is worked out here the same way.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import columns as raw
from db.papers import digest_of
from db.schema.answers import PollBatch, PollTotal
from db.schema.polls import Poll, PollOption, PollQuestion, PollWave, WaveQuestion
from db.vocab import MISSING, PollSource, QuestionKind, WaveState
from gwangju_desktop.polls import answers, loaded
from gwangju_desktop.polls.drafts import wording_hash
from gwangju_desktop.polls.held import Held
from gwangju_desktop.polls.keeping import PEOPLE
from gwangju_desktop.polls.model import Question, Totals
from gwangju_desktop.polls.table import Base, Share, Table
from gwangju_desktop.polls.tabulate import tabulate
from gwangju_desktop.polls.tally import ONE_CHOICE

_CLOSED = (WaveState.CLOSED.value, WaveState.PUBLISHED.value)
_UNCOUNTED = frozenset({QuestionKind.NUMBER, QuestionKind.OPEN})
# Sums of weights are kept as floats.
_NEARLY = 1e-6


@dataclass(frozen=True, slots=True)
class _Place:
    """A question of a wave, and what to call it."""

    id: int
    wave_id: int
    question_id: int
    where: str


def without_answers(read: Session) -> list[str]:
    """Return the files whose raw answers are gone or were changed, though nobody erased them."""
    rows = read.execute(
        select(PollBatch.file_name, PollBatch.columns)
        .join(PollWave, PollWave.id == PollBatch.wave_id)
        .where(PollWave.erased_on.is_(None))
        .order_by(PollBatch.id)
    ).all()
    return [row.file_name for row in rows if not _held(read, row.columns.values())]


def other_wording(read: Session) -> list[str]:
    """Return the questions that are not worded as they were when they were compared."""
    rows = read.execute(
        select(Poll.name, PollQuestion.code, PollQuestion.wording, PollQuestion.wording_hash)
        .join(Poll, Poll.id == PollQuestion.poll_id)
        .order_by(PollQuestion.id)
    )
    return [
        f"{row.name} · {row.code}" for row in rows if row.wording_hash != wording_hash(row.wording)
    ]


def false_sums(read: Session) -> list[str]:
    """Return the questions whose totals do not add up, with weights or without.

    answered + missing + blank = asked; counts = votes; votes = answered where one is chosen, and
    between answered and most choices · answered where several are.
    """
    places = list(_places(read))
    questions = loaded.questions(read, {place.question_id for place in places})
    kept = _kept(read)
    return [
        place.where
        for place in places
        if place.id in kept and not _adds_up(questions[place.question_id], kept[place.id])
    ]


def false_totals(read: Session) -> list[str]:
    """Return the questions whose totals are not those of the answers that are held."""
    wrong: list[str] = []
    waves = read.scalars(
        select(PollWave.id)
        .where(
            PollWave.state.in_(_CLOSED),
            PollWave.source == PollSource.ANSWERS.value,
            PollWave.erased_on.is_(None),
        )
        .order_by(PollWave.id)
    ).all()
    places = list(_places(read))
    for wave_id in waves:
        named = read.scalars(select(PollBatch.columns).where(PollBatch.wave_id == wave_id)).all()
        held = Held(read, wave_id)
        # What is gone is told of by its file.
        if not held.n or not all(_held(read, names.values()) for names in named):
            continue
        for place in places:
            if place.wave_id != wave_id:
                continue
            found = answers.totals(read, place.id)
            if found is None or not _same(found, answers.table(read, place.id, held=held)):
                wrong.append(place.where)
    return wrong


def _held(read: Session, digests: Iterable[str]) -> bool:
    wanted = set(digests)
    data = raw.get(read, wanted)
    return wanted == data.keys() and all(digest_of(data[name]) == name for name in wanted)


def _places(read: Session) -> Iterator[_Place]:
    rows = read.execute(
        select(
            WaveQuestion.id,
            WaveQuestion.wave_id,
            WaveQuestion.question_id,
            Poll.name,
            PollWave.label,
            PollQuestion.code,
        )
        .join(PollWave, PollWave.id == WaveQuestion.wave_id)
        .join(Poll, Poll.id == PollWave.poll_id)
        .join(PollQuestion, PollQuestion.id == WaveQuestion.question_id)
        .order_by(PollWave.id, WaveQuestion.position)
    )
    for row in rows:
        where = f"{row.name} · {row.label} · {row.code}"
        yield _Place(row.id, row.wave_id, row.question_id, where)


@dataclass(slots=True)
class _Totals:
    """The totals of one question as they lie there: bases by name, and what its counts add to."""

    bases: dict[str, float] = field(default_factory=dict)
    votes: float = 0.0


def _kept(read: Session) -> dict[int, _Totals]:
    kept: defaultdict[int, _Totals] = defaultdict(_Totals)
    for row in read.execute(
        select(PollTotal.wave_question_id, PollTotal.measure, PollTotal.value, PollOption.role)
        .outerjoin(PollOption, PollOption.id == PollTotal.option_id)
        .order_by(PollTotal.id)
    ):
        found = kept[row.wave_question_id]
        if row.role is None:
            found.bases[row.measure] = row.value
        elif row.measure == "count" and row.role not in MISSING:
            found.votes += row.value
    return kept


def _adds_up(question: Question, kept: _Totals) -> bool:
    people = [kept.bases.get(PEOPLE[name]) for name in ("asked", "answered")]
    others = [kept.bases.get(PEOPLE[name]) for name in ("blank", "missing")]
    if people[0] is not None and not _near(people[0], sum(n or 0.0 for n in people[1:] + others)):
        return False
    asked, answered, blank, missing, votes = (
        kept.bases.get(name) for name in ("asked", "answered", "blank", "missing", "votes")
    )
    if None not in (asked, answered, blank, missing) and not _near(
        asked, (answered or 0.0) + (blank or 0.0) + (missing or 0.0)
    ):
        return False
    if question.kind in _UNCOUNTED or votes is None:
        return True
    if not _near(votes, kept.votes):
        return False
    if answered is None:
        return True
    if question.kind in ONE_CHOICE:
        return _near(votes, answered)
    most = len(question.parts) or question.max_choices or len(question.options)
    slack = _NEARLY * max(1.0, votes)
    return answered - slack <= votes <= most * answered + slack


def _same(totals: Totals, counted: Table) -> bool:
    """Say whether the totals kept of a question are what its answers add to."""
    kept = tabulate(totals)
    alike = _bases_agree(kept.base, counted.base)
    if totals.people:
        alike = alike and _bases_agree(kept.counted, counted.counted)
    return alike and all(
        _near(one.count, other.count)
        for one, other in zip(_shares(kept), _shares(counted), strict=True)
    )


def _shares(table: Table) -> list[Share]:
    return [*table.options, *(share for part in table.parts for share in part.options)]


def _bases_agree(one: Base, other: Base) -> bool:
    names = ("asked", "answered", "blank", "missing", "votes")
    return all(_near(getattr(one, name), getattr(other, name)) for name in names)


def _near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=_NEARLY, abs_tol=_NEARLY)
