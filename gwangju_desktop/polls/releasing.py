"""Which tables by group a wave may give together, and what each of them hides.

Tables come in one order, and whatever comes later gives way: attributes of respondents from the
coarse to the fine, then the other way of counting (with weights, or without), then questions that
are no attributes. A later table hides as much as it takes that no cell of fewer than k people
follows from it and the earlier ones; where hiding does not help it is refused. So it does not
matter what was looked at before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.polls import PollOption, PollQuestion, PollWave, WaveQuestion
from db.vocab import QuestionKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls.grouping import people
from gwangju_desktop.polls.held import Held
from gwangju_desktop.polls.hiding import Cell, hide
from gwangju_desktop.polls.model import Answers, Question
from gwangju_desktop.polls.table import Groups, Weighting, missing
from gwangju_desktop.polls.tally import ONE_CHOICE
from gwangju_desktop.text import N_

if TYPE_CHECKING:
    from gwangju_desktop.polls.deducing import Tables

_ONLY_WITH = N_(
    "“{question}” is told with weights only: figures without them beside those with them would "
    "tell what fewer than {k} people of a group chose."
)
_ONLY_WITHOUT = N_(
    "“{question}” is told without weights only: figures with them beside those without them would "
    "tell what fewer than {k} people of a group chose."
)
_ONE_WAY = N_("The settings of the wave say which of the two it is.")
_REFUSED = N_(
    "“{question}” is not split by “{attribute}”: beside its other tables that would tell what "
    "fewer than {k} people chose."
)


class Released:
    """What a wave tells of its questions by group, and with weights or without."""

    def __init__(
        self,
        read: Session,
        wave: PollWave,
        held: Held,
        k: int,
        weighting: Callable[[], Weighting | None],
    ) -> None:
        self._wave, self._held, self._k = wave, held, k
        self._weighting = weighting
        self._marked, self._others = _splits(read, wave.id)

    def hidden(
        self, question_id: int, source: Answers, by: int | None, weighted: bool
    ) -> set[Cell]:
        """Return the cells to hide in the table of a question, or of one part of it, by another.

        Raises UserError for a table that would give away what others hide.
        """
        question = source.question
        if question.kind in (QuestionKind.OPEN, QuestionKind.GRID):
            return set()
        other = weighted != self._wave.weighted
        if by is None and not other:
            return set()
        groups = None if by is None else self._held.groups(by)
        weights = self._weights() if other or by not in self._marked else None
        both = weights is None or self._both_ways(question_id, source, weights)
        if other and not both:
            raise UserError(
                _ONLY_WITH if self._wave.weighted else _ONLY_WITHOUT,
                hint=_ONE_WAY,
                question=_named(question),
                k=self._k,
            )
        if by is None or groups is None:
            return set()
        if by not in self._marked and question_id in self._marked:
            raise UserError(
                N_("“{question}” tells respondents apart; it is not split by “{attribute}”."),
                hint=N_("Exchange the two."),
                question=_named(question),
                attribute=_named(groups.question),
            )
        # Of an attribute and what is none only the one split by the other is given.
        alike = question_id in (self._marked if by in self._marked else self._others)
        split = self._both if alike and question.kind in ONE_CHOICE else self._one
        found = split(question_id, source, by)
        if weights is not None and both and not self._both_ways(question_id, source, weights, by):
            found = None
        if found is None:
            raise UserError(
                _REFUSED,
                hint=N_("Split it by a coarser attribute."),
                question=_named(question),
                attribute=_named(groups.question),
                k=self._k,
            )
        return found

    def _weights(self) -> Weighting | None:
        """Return the wave's weights, whether or not it counts with them; None where it cannot."""
        try:
            return self._weighting()
        except UserError:
            return None

    def _both_ways(
        self, question_id: int, source: Answers, weighting: Weighting, by: int | None = None
    ) -> bool:
        """Tell whether figures with weights and without may be told of a question.

        Not where weights depend on a group alone: two totals of its cells then tell more than one.
        """
        ids = [id for id in self._marked if id != question_id]
        if by is not None:
            ids = self._before(question_id, by)
        if not ids:
            return True
        return self._tables(source, ids).stand(weighting.weights)

    def _one(self, question_id: int, source: Answers, by: int) -> set[Cell] | None:
        """Return what a table hides beside those that come before it; None where it is refused."""
        return self._tables(source, self._before(question_id, by)).last(set())

    def _both(self, question_id: int, source: Answers, by: int) -> set[Cell] | None:
        """Return what two questions with one answer each hide, whichever is split by the other.

        Who left one of them blank is a row of one of the two tables alone: it protects what the
        other shows as little as it asks to be protected there.
        """
        other = self._held.of(by)
        one = self._tables(source, self._before(question_id, by), resting=False)
        turned = self._tables(other, self._before(by, question_id), resting=False)
        cells = _common(question_id, source, by, self._held.groups(by), self._k)
        while True:
            before = len(cells)
            mine, yours = one.last(cells), turned.last({(o, g) for g, o in cells})
            if mine is None or yours is None:
                return None
            cells |= mine | {(g, o) for o, g in yours}
            if len(cells) == before:
                return cells

    def _tables(self, source: Answers, ids: Sequence[int], resting: bool = True) -> Tables:
        from gwangju_desktop.polls.deducing import Tables

        return Tables(source, [self._held.groups(id) for id in ids], self._k, resting)

    def _before(self, question_id: int, by: int) -> list[int]:
        """Return the questions whose tables come before the one by another, it last."""
        marked = [id for id in self._marked if id != question_id]
        if by in marked:
            return marked[: marked.index(by) + 1]
        others = [id for id in self._others if id != question_id]
        near, met = [by], {by}
        for one in near:
            for id in others[: others.index(by)]:
                if id not in met and _tied(self._held.groups(one), self._held.groups(id)):
                    met.add(id)
                    near.append(id)
        return [*marked, *(id for id in others if id in met)]


def _splits(read: Session, wave_id: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the ids of a wave's questions with one answer, coarse first: attributes, others."""
    rows = read.execute(
        select(PollQuestion.id, PollQuestion.attribute)
        .join(WaveQuestion, WaveQuestion.question_id == PollQuestion.id)
        .outerjoin(PollOption, PollOption.question_id == PollQuestion.id)
        .where(WaveQuestion.wave_id == wave_id, PollQuestion.kind.in_(sorted(ONE_CHOICE)))
        .group_by(PollQuestion.id, PollQuestion.attribute, WaveQuestion.position)
        .order_by(func.count(PollOption.id), WaveQuestion.position)
    ).all()
    marked = tuple(row.id for row in rows if row.attribute)
    return marked, tuple(row.id for row in rows if not row.attribute)


def _common(question_id: int, source: Answers, by: int, groups: Groups, k: int) -> set[Cell]:
    """Return what both tables of two questions hide, whichever of them is split by the other.

    Who left one of them blank is a row of one table alone, so it protects nothing here.
    """
    from gwangju_desktop.polls import counting

    given = [g for g, option in enumerate(groups.question.options) if not missing(option)]
    rows = people(counting.people(source, groups))
    options = [o for o, option in enumerate(source.question.options) if not missing(option)]
    live = [g for g in given if any(rows[g][o] for o in options)]
    seen = [o for o in options if any(rows[g][o] for g in live)]
    if question_id < by:
        gone = hide([[rows[g][o] for o in seen] for g in live], k)
        return {
            (g, o)
            for g, row in zip(live, gone, strict=True)
            for o, h in zip(seen, row, strict=True)
            if h
        }
    gone = hide([[rows[g][o] for g in live] for o in seen], k)
    return {
        (g, o)
        for o, row in zip(seen, gone, strict=True)
        for g, h in zip(live, row, strict=True)
        if h
    }


def _tied(one: Groups, other: Groups) -> bool:
    """Tell whether some groups of two questions, or none at all, are the same respondents."""
    import numpy as np

    rows, columns = len(one.question.options) + 1, len(other.question.options) + 1
    pairs = (one.index.astype(np.int32) + 1) * columns + other.index + 1
    shared = np.bincount(pairs, minlength=rows * columns).reshape(rows, columns) > 0
    rest = set(np.flatnonzero(shared.any(axis=1)).tolist())
    if not rest:
        return False
    reached = {rest.pop()}
    while True:
        beside = shared[sorted(reached)].any(axis=0)
        more = set(np.flatnonzero(shared[:, beside].any(axis=1)).tolist())
        if more == reached:
            return bool(rest - reached)
        reached = more


def _named(question: Question) -> str:
    return question.title or question.wording or question.code
