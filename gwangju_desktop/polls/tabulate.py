"""The one tabulation: screen, print, export, command line and frozen totals all call it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from db.vocab import QuestionKind, Sampling
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import notes
from gwangju_desktop.polls.grouping import split
from gwangju_desktop.polls.hiding import Cell
from gwangju_desktop.polls.intervals import wilson
from gwangju_desktop.polls.model import Answers, Question, Totals
from gwangju_desktop.polls.table import Groups, PartShares, Share, Table, Weighting, missing
from gwangju_desktop.polls.tally import Moments, Tally, published
from gwangju_desktop.text import N_

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SMALL_CELL = 5


def tabulate(
    source: Answers | Totals,
    *,
    weights: NDArray[np.float64] | Weighting | None = None,
    groups: Groups | None = None,
    k: int = SMALL_CELL,
    sampling: Sampling = Sampling.CONVENIENCE,
    population: int | None = None,
    family: Sequence[Answers] = (),
    hidden: Collection[Cell] = (),
) -> Table:
    """Tabulate one question; group cells of fewer than k people are hidden.

    Intervals are given for a probability sample alone, corrected for a `population` it is a good
    part of. `family` are answers whose tables by the same groups add up to each other, these among
    them, in one order: they hide the same. `hidden` are cells (group, option) that other tables
    of the wave ask to be hidden. Raises UserError for weights that are none, and for published
    totals that are to be weighted or split.
    """
    weighting = None
    related: list[Tally] = []
    if isinstance(source, Totals):
        if weights is not None or groups is not None:
            raise UserError(
                N_("Published totals can be neither weighted nor split by group."),
                hint=N_("Import the answers themselves."),
            )
        tally = _published(source)
    else:
        from gwangju_desktop.polls.counting import count
        from gwangju_desktop.polls.weighting import weighed

        if weights is not None:
            weighting = weights if isinstance(weights, Weighting) else weighed(weights)
        tally = count(source, weighting.weights if weighting else None, groups)
        related = [count(one, None, groups) for one in family]
    question = source.question
    probable = sampling is Sampling.PROBABILITY
    shares: tuple[Share, ...] = ()
    if tally.counts and question.kind is not QuestionKind.GRID:
        shares = _shares(question, tally, probable, population)
    found = split(groups.question, question, tally, k, related, hidden) if groups else None
    return Table(
        question,
        tally.base,
        tally.counted,
        shares,
        _parts(question, tally, probable, population),
        tally.moments.mean,
        tally.moments.sd,
        tally.moments.median,
        tally.moments.quartiles,
        tally.choosers,
        weighting,
        found.groups if found else (),
        notes.of(question, tally, shares, weighting, found, k, sampling, population),
    )


def _published(totals: Totals) -> Tally:
    """Bring totals into the shape of a count, described where the options have points."""
    question, tally = totals.question, published(totals)
    if question.kind not in (QuestionKind.SCALE, QuestionKind.GRID):
        return tally
    from gwangju_desktop.polls.counting import scale_moments

    if question.kind is QuestionKind.GRID:
        rows = [(row, scale_moments(question, row.counts, None)) for row in tally.parts]
        return replace(tally, parts=tuple(replace(row, moments=m) for row, m in rows))
    moments = scale_moments(question, tally.counts, tally.base.answered)
    if moments.mean is None:
        moments = Moments(mean=totals.mean)
    return replace(tally, moments=moments)


def _parts(
    question: Question, tally: Tally, probable: bool, population: int | None
) -> tuple[PartShares, ...]:
    if not tally.parts:
        return ()
    return tuple(
        PartShares(part, row.base, _shares(question, row, probable, population), row.moments.mean)
        for part, row in zip(question.parts, tally.parts, strict=True)
    )


def percent(count: float, base: float | None) -> float | None:
    """Return what part of a base a count is, 0 to 100 and unrounded; None of an empty base."""
    return 100 * count / base if base else None


def _shares(
    question: Question, tally: Tally, probable: bool, population: int | None
) -> tuple[Share, ...]:
    votes, answered, n = tally.base.votes, tally.base.answered, tally.n
    firsts: Sequence[float | None] = tally.firsts or [None] * len(tally.counts)
    found = []
    for option, counted, first in zip(question.options, tally.counts, firsts, strict=True):
        if missing(option):
            found.append(Share(option.code, option.label, option.role, counted, first=first))
            continue
        of_respondents = percent(counted, answered)
        low = high = None
        if probable and of_respondents is not None and of_respondents <= 100 and n:
            low, high = wilson(of_respondents / 100, n, population)
        found.append(
            Share(
                option.code,
                option.label,
                option.role,
                counted,
                percent(counted, votes),
                of_respondents,
                first,
                low,
                high,
            )
        )
    return tuple(found)
