"""Tabulating 20,000 respondents, beside pandas' own table of the same answers."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from db.vocab import QuestionKind, Sampling
from gwangju_desktop.polls.model import Answers
from gwangju_desktop.polls.table import Groups
from gwangju_desktop.polls.tabulate import tabulate
from gwangju_desktop.polls.weighting import rake
from tests.benchmarks import measured
from tests.gwangju_desktop.polls.asked import groups, question

PEOPLE, OPTIONS, PARTS, REGIONS, ROUNDS = 20_000, 12, 8, 6, 21
GOAL_MS, GOAL_RATIO = 50, 2.0


def answered(kind: QuestionKind) -> Answers:
    rng = np.random.default_rng(7)
    parts = PARTS if kind in (QuestionKind.GRID, QuestionKind.RANKING) else 0
    asked_of = question(kind, OPTIONS, missing=2, parts=parts)
    asked = np.ones(PEOPLE, dtype=np.bool_)
    if kind is QuestionKind.MULTIPLE:
        chosen = rng.random((PEOPLE, OPTIONS)) < 0.25
    elif kind is QuestionKind.NUMBER:
        chosen = rng.integers(18, 90, PEOPLE).astype(np.float64)
    elif kind is QuestionKind.OPEN:
        chosen = np.where(rng.random(PEOPLE) < 0.3, "의견입니다", "").astype(object)
    else:
        shape = (PEOPLE, parts) if parts else (PEOPLE,)
        chosen = rng.integers(-1, OPTIONS, shape).astype(np.int16)
    return Answers(asked_of, asked, chosen)


def times(work: Callable[[], object]) -> list[float]:
    work()
    found = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        found.append(time.perf_counter() - begun)
    return found


@pytest.mark.parametrize("kind", list(QuestionKind))
def test_any_question_is_tabulated_in_50_ms(kind: QuestionKind) -> None:
    source, who = answered(kind), groups(np.random.default_rng(8), PEOPLE, REGIONS)
    shares = {str(i + 1): 1 / REGIONS for i in range(REGIONS)}
    weights = rake([who], [shares])
    alone = times(lambda: tabulate(source, sampling=Sampling.PROBABILITY))
    measured.times(f"a question of {PEOPLE:,} people tabulated, {kind}", alone, GOAL_MS)
    split = times(lambda: tabulate(source, weights=weights, groups=who))
    measured.times(f"the same, {kind}, weighted and by {REGIONS} groups", split, GOAL_MS)


def test_a_ranking_of_many_options_is_tabulated_in_50_ms() -> None:
    rng = np.random.default_rng(7)
    many = 130
    asked_of = question(QuestionKind.RANKING, many, missing=2, parts=PARTS)
    chosen = rng.integers(-1, many, (PEOPLE, PARTS)).astype(np.int16)
    source = Answers(asked_of, np.ones(PEOPLE, dtype=np.bool_), chosen)
    found = times(lambda: tabulate(source))
    measured.times(f"a question of {PARTS} places of {many} options", found, GOAL_MS)


@pytest.mark.parametrize("labelled", [False, True], ids=["codes", "labels"])
def test_a_cross_table_takes_no_more_than_twice_what_pandas_takes(labelled: bool) -> None:
    source = answered(QuestionKind.SINGLE)
    who: Groups = groups(np.random.default_rng(8), PEOPLE, REGIONS)
    chosen, index = pd.Series(source.chosen), pd.Series(who.index)
    chosen = chosen.where(chosen >= 0)
    if labelled:
        names = [o.label for o in source.question.options]
        chosen = pd.Series(pd.Categorical.from_codes(source.chosen, names))
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(3):
        ours += times(lambda: tabulate(source, groups=who))
        theirs += times(lambda: pd.crosstab(index, chosen))
    what = f"a table of 20,000 people by group, of {'labels' if labelled else 'codes'}"
    measured.ratio(what, ours, theirs, GOAL_RATIO, beside="pandas.crosstab")
    found = tabulate(source, groups=who, k=0).groups
    assert [s.count for s in found[0].options] == pd.crosstab(index, chosen).iloc[0].tolist()


def test_a_cross_table_of_many_small_cells_is_hidden_in_time() -> None:
    """Sixty groups by twelve options with a good part of the cells small."""
    source = answered(QuestionKind.SINGLE)
    few = Answers(source.question, source.asked[:3000], source.chosen[:3000])
    who = groups(np.random.default_rng(8), 3000, 60)
    found = times(lambda: tabulate(few, groups=who))
    measured.times("a table of sixty groups of 3,000 people, small cells hidden", found, GOAL_MS)
