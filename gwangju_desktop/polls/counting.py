"""Counting answers: the one place that walks over respondents. Loaded when answers are counted.

Sums are numpy's own and not products of matrices: those wake a pool of threads that waits busily
and costs more than these few numbers do. Marks are bool (options, n): one option's respondents
lie side by side.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from db.vocab import QuestionKind
from gwangju_desktop.polls.model import Answers, Question
from gwangju_desktop.polls.table import Base, Groups, missing
from gwangju_desktop.polls.tally import ONE_CHOICE, GroupTally, Moments, Rest, Tally

Mask = NDArray[np.bool_]
Weights = NDArray[np.float64] | None


def count(answers: Answers, weights: Weights = None, groups: Groups | None = None) -> Tally:
    """Count one question over all respondents, each as often as their weight."""
    question, asked = answers.question, answers.asked
    if question.kind is QuestionKind.NUMBER:
        return _number(answers, weights, groups)
    if question.kind is QuestionKind.OPEN:
        written = answered(answers)
        bases = _Bases(asked, written, written, weights)
        return _plain(bases, bases.of(int(written.sum()), _sum(written, weights)), groups)
    if question.kind is QuestionKind.GRID:
        return _grid(answers, weights)
    marks = _marks(question, answers.chosen) & asked
    tally = _options(question, asked, marks, weights, groups)
    if question.kind in ONE_CHOICE:
        return tally
    tally = replace(tally, choosers=_choosers(question, marks, weights))
    if question.kind is QuestionKind.MULTIPLE:
        return tally
    places = _parts(answers, weights)
    return replace(tally, firsts=places[0].counts if places else None, parts=places)


def answered(answers: Answers) -> Mask:
    """Tell which respondents gave an answer."""
    question, chosen = answers.question, answers.chosen
    if question.kind is QuestionKind.NUMBER:
        number: Mask = ~np.isnan(chosen)
        return answers.asked & number
    if question.kind is QuestionKind.OPEN:
        written: Mask = chosen != ""
        return answers.asked & written
    if question.kind is QuestionKind.GRID:
        # BLANK is -1, so the last entry, False, answers for it.
        given = np.append(_answers(question), False)
        return answers.asked & _any(given[np.ascontiguousarray(chosen.T)])
    return answers.asked & _any(_marks(question, chosen)[_answers(question)])


def people(answers: Answers, groups: Groups) -> Tally:
    """Count nothing but people by group and option, which is all that hiding asks for."""
    question, index = answers.question, groups.index.astype(np.int64) + 1
    rows, columns = len(groups.question.options) + 1, len(question.options) + 1
    given = answered(answers)
    told = np.bincount(index[given], minlength=rows).tolist()
    found = np.zeros((rows, 0), dtype=np.int64)
    if question.kind in ONE_CHOICE:
        pairs = (index * columns + answers.chosen + 1)[answers.asked]
        found = np.bincount(pairs, minlength=rows * columns).reshape(rows, columns)[:, 1:]
    elif question.kind in (QuestionKind.MULTIPLE, QuestionKind.RANKING):
        marks = _marks(question, answers.chosen) & answers.asked
        found = np.array([np.bincount(index[mark], minlength=rows) for mark in marks]).T
    bases = [Base(None, n, None, None, n) for n in told]
    cells = [tuple(row) for row in found.tolist()]
    every = Base(None, sum(told), None, None, sum(told))
    return Tally(
        every,
        every,
        None,
        tuple(found.sum(axis=0).tolist()),
        groups=tuple(
            GroupTally(g, base, base, (), row)
            for g, (base, row) in enumerate(zip(bases[1:], cells[1:], strict=True))
        ),
        rest=Rest(told[0], cells[0]),
    )


def moments(values: NDArray[Any], weights: Weights, n: float | None = None) -> Moments:
    """Describe numbers, each standing there as often as its weight, from n respondents.

    The quartiles of unweighted numbers are interpolated; with weights a quantile is the number
    at which the sum of weights passes it.
    """
    if weights is not None:
        values, weights = values[weights > 0], weights[weights > 0]
    if len(values) == 0:
        return Moments()
    if weights is None:
        first, median, third = (float(q) for q in np.quantile(values, (0.25, 0.5, 0.75)))
        sd = float(values.std(ddof=1)) if len(values) > 1 else None
        return Moments(float(values.mean()), sd, median, (first, third))
    total = float(weights.sum())
    mean = float((values * weights).sum()) / total
    people = total if n is None else n
    sd = None
    if people > 1:
        squares = float(((values - mean) ** 2 * weights).sum()) / total
        sd = float(np.sqrt(squares * people / (people - 1)))
    order = np.argsort(values, kind="stable")
    points, sums = values[order], np.cumsum(weights[order])
    first, median, third = (_quantile(points, sums, q * total) for q in (0.25, 0.5, 0.75))
    return Moments(mean, sd, median, (first, third))


def _quantile(points: NDArray[Any], sums: NDArray[np.float64], at: float) -> float:
    here = int(np.searchsorted(sums, at * (1 - 1e-12)))
    here = min(here, len(points) - 1)
    if here + 1 < len(points) and np.isclose(sums[here], at, rtol=1e-12, atol=0):
        return float(points[here] + points[here + 1]) / 2
    return float(points[here])


def scale_moments(question: Question, counts: tuple[float, ...], n: float | None) -> Moments:
    """Describe the points of a scale by how many chose each; options without a point stay out."""
    points = [
        (o.value, c)
        for o, c in zip(question.options, counts, strict=True)
        if o.value is not None and not missing(o)
    ]
    if not points:
        return Moments()
    values = np.array([p[0] for p in points], dtype=np.float64)
    found = moments(values, np.array([p[1] for p in points], dtype=np.float64), n)
    return Moments(found.mean, found.sd, found.median)


class _Bases:
    """Who was asked, who answered, who marked anything, and what that comes to."""

    def __init__(self, asked: Mask, marked: Mask, answered: Mask, weights: Weights) -> None:
        self.asked, self.answered, self.weights = asked, answered, weights
        self.blank = asked & ~marked
        self.missing = marked & ~answered

    def of(self, votes: int, weighted: float) -> tuple[Base, Base, float]:
        """Return the base as weighted, the base in people, and the effective number answered."""
        counted = self._base(None, votes)
        if self.weights is None:
            return counted, counted, float(counted.answered or 0)
        return self._base(self.weights, weighted), counted, effective(self.weights[self.answered])

    def _base(self, weights: Weights, votes: float) -> Base:
        return Base(
            _sum(self.asked, weights),
            _sum(self.answered, weights),
            _sum(self.blank, weights),
            _sum(self.missing, weights),
            votes,
        )

    def by(self, groups: Groups, votes: list[Any], weights: Weights) -> list[Base]:
        """Return the base of each group, given its votes."""
        masks = (self.asked, self.answered, self.blank, self.missing)
        rows = [_by(groups, mask, weights) for mask in masks]
        return [
            Base(asked, answered, blank, lost, made)
            for asked, answered, blank, lost, made in zip(*rows, votes, strict=True)
        ]


def effective(weights: NDArray[np.float64]) -> float:
    """Return (Σw)² / Σw², how many unweighted respondents would say as much."""
    squares = float(np.square(weights).sum())
    return float(weights.sum()) ** 2 / squares if squares else 0.0


def _any(marks: Mask) -> Mask:
    """Tell which respondents have at least one of some marks."""
    found: Mask = np.logical_or.reduce(marks, axis=0)
    return found


def _sum(mask: Mask, weights: Weights) -> float:
    return int(np.count_nonzero(mask)) if weights is None else float(weights[mask].sum())


def _by(groups: Groups, mask: Mask, weights: Weights) -> list[Any]:
    """Return how many of a mask are in each group."""
    within = mask & (groups.index >= 0)
    weighed = None if weights is None else weights[within]
    size = len(groups.question.options)
    found: list[Any] = np.bincount(groups.index[within], weighed, minlength=size).tolist()
    return found


def _one_hot(question: Question, chosen: NDArray[Any]) -> Mask:
    hot: Mask = chosen == np.arange(len(question.options), dtype=chosen.dtype)[:, None]
    return hot


def _marks(question: Question, chosen: NDArray[Any]) -> Mask:
    if question.kind in ONE_CHOICE:
        return _one_hot(question, chosen)
    if question.kind is QuestionKind.MULTIPLE:
        return np.ascontiguousarray(chosen.T)
    marks = np.zeros((len(question.options), len(chosen)), dtype=np.bool_)
    for place in chosen.T:
        marked = np.flatnonzero(place >= 0)
        marks[place[marked], marked] = True
    return marks


def _parts(answers: Answers, weights: Weights) -> tuple[Tally, ...]:
    """Count each row of a grid, or place of a ranking, as one choice."""
    question, asked = answers.question, answers.asked
    columns = np.ascontiguousarray(answers.chosen.T)
    return tuple(_column(question, asked, column, weights) for column in columns)


def _column(question: Question, asked: Mask, column: NDArray[Any], weights: Weights) -> Tally:
    """Count one choice of everybody without marking it option by option."""
    marked = asked & (column >= 0)
    # BLANK is -1, so the last entry, False, answers for it.
    given = np.append(_answers(question), False)[column]
    bases = _Bases(asked, marked, asked & given, weights)
    chosen, size = column[marked], len(question.options)
    people = np.bincount(chosen, minlength=size)
    if weights is None:
        return _told(question, bases, people, people)
    return _told(question, bases, people, np.bincount(chosen, weights[marked], minlength=size))


def _answers(question: Question) -> Mask:
    """Mark the options that are answers."""
    return np.array([not missing(o) for o in question.options], dtype=np.bool_)


def _options(
    question: Question, asked: Mask, marks: Mask, weights: Weights, groups: Groups | None = None
) -> Tally:
    given = _answers(question)
    bases = _Bases(asked, _any(marks), _any(marks[given]), weights)
    people = np.count_nonzero(marks, axis=1)
    counts = people if weights is None else np.einsum("on,n->o", marks, weights)
    tally = _told(question, bases, people, counts)
    if groups is None:
        return tally
    return replace(
        tally,
        groups=_groups(question, bases, marks, groups),
        rest=_rest(groups, bases.answered, marks),
    )


def _told(question: Question, bases: _Bases, people: NDArray[Any], counts: NDArray[Any]) -> Tally:
    """Return the tally of options that so many `people` chose, weighted so many `counts`."""
    given = _answers(question)
    base, counted, n = bases.of(int(people[given].sum()), float(counts[given].sum()))
    shown = tuple(counts.tolist())
    described = Moments()
    if question.kind in (QuestionKind.SCALE, QuestionKind.GRID):
        described = scale_moments(question, shown, counted.answered)
    return Tally(base, counted, n, shown, moments=described)


def _choosers(question: Question, marks: Mask, weights: Weights) -> tuple[tuple[int, float], ...]:
    made = np.add.reduce(marks[_answers(question)], axis=0, dtype=np.int16)
    sums = np.bincount(made, weights).tolist()
    return tuple((n, c) for n, c in enumerate(sums) if n and c)


def _groups(
    question: Question, bases: _Bases, marks: Mask, groups: Groups
) -> tuple[GroupTally, ...]:
    given = _answers(question)
    size = len(groups.question.options)
    people = _cells(groups, marks, None)
    counts = people if bases.weights is None else _cells(groups, marks, bases.weights)
    counted = bases.by(groups, people[:, given].sum(axis=1).tolist(), None)
    weighted = bases.by(groups, counts[:, given].sum(axis=1).tolist(), bases.weights)
    found = []
    for g in range(size):
        shown = tuple(counts[g].tolist())
        mean = None
        if question.kind is QuestionKind.SCALE:
            mean = scale_moments(question, shown, None).mean
        found.append(GroupTally(g, weighted[g], counted[g], shown, tuple(people[g].tolist()), mean))
    return tuple(found)


def _cells(groups: Groups, marks: Mask, weights: Weights) -> NDArray[Any]:
    """Return counts (groups, options)."""
    return np.array([_by(groups, mark, weights) for mark in marks]).T


def _rest(groups: Groups | None, answered: Mask, marks: Mask | None = None) -> Rest:
    """Count who is in no group because the attribute is blank."""
    if groups is None:
        return Rest()
    outside = groups.index < 0
    people = int(np.count_nonzero(answered & outside))
    if marks is None:
        return Rest(people)
    return Rest(people, tuple(np.count_nonzero(marks & outside, axis=1).tolist()))


def _plain(bases: _Bases, of: tuple[Base, Base, float], groups: Groups | None) -> Tally:
    """Count what has no options: who answered."""
    if groups is None:
        return Tally(*of)
    weighted = bases.by(groups, _by(groups, bases.answered, bases.weights), bases.weights)
    counted = bases.by(groups, _by(groups, bases.answered, None), None)
    found = tuple(
        GroupTally(g, w, c) for g, (w, c) in enumerate(zip(weighted, counted, strict=True))
    )
    return Tally(*of, groups=found, rest=_rest(groups, bases.answered))


def _number(answers: Answers, weights: Weights, groups: Groups | None) -> Tally:
    given = answered(answers)
    bases = _Bases(answers.asked, given, given, weights)
    tally = _plain(bases, bases.of(int(given.sum()), _sum(given, weights)), groups)
    values = answers.chosen[given]
    weighed = None if weights is None else weights[given]
    found = []
    for group in tally.groups:
        assert groups is not None
        within = groups.index[given] == group.option
        mean = moments(values[within], None if weighed is None else weighed[within]).mean
        found.append(replace(group, mean=mean))
    return replace(tally, moments=moments(values, weighed, len(values)), groups=tuple(found))


def _grid(answers: Answers, weights: Weights) -> Tally:
    asked = answers.asked
    rows = _parts(answers, weights)
    columns = np.ascontiguousarray(answers.chosen.T)
    bases = _Bases(asked, _any(columns >= 0) & asked, answered(answers), weights)
    people = sum(row.counted.votes for row in rows)
    return Tally(*bases.of(int(people), sum(row.base.votes for row in rows)), parts=rows)
