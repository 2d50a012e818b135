"""Totals that are told: every small figure could still be another, alone and beside earlier ones."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from db.vocab import QuestionKind
from gwangju_desktop.polls import given
from gwangju_desktop.polls.told import (
    ANSWERED,
    ASKED,
    FOLLOWED,
    MEAN,
    RESPONDENTS,
    Asked,
    Choice,
    Figures,
    Key,
)
from tests.gwangju_desktop.polls import surveys

BLANK: Key = (None, None, "blank")
MISSING: Key = (None, None, "missing")
VOTES: Key = (None, None, "votes")


def count(option: int, part: int | None = None) -> Key:
    return part, option, "count"


def single(counts: list[int], blank: int = 0, kind: QuestionKind = QuestionKind.SINGLE) -> Figures:
    n = sum(counts)
    found = {count(o): float(c) for o, c in enumerate(counts)}
    found |= {ASKED: n + blank, ANSWERED: n, BLANK: blank, MISSING: 0, VOTES: n}
    return {**found, RESPONDENTS: n + blank}


def one(options: int, points: bool = False) -> Asked:
    kind = QuestionKind.SCALE if points else QuestionKind.SINGLE
    choices = tuple(Choice(o, value=o + 1.0 if points else None) for o in range(options))
    return Asked(kind, choices)


def told(figures: Figures, gone: set[Key]) -> Figures:
    return {key: value for key, value in figures.items() if key not in gone}


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    assert given.hidden(one(3), single([19, 21, 11]), 5) == set()
    assert given.hidden(one(3), single([19, 0, 11]), 5) == set()


def test_a_small_count_goes_with_the_next_small_one() -> None:
    assert given.hidden(one(3), single([6, 3, 42]), 5) == {count(1), count(0)}


def test_what_was_hidden_before_stays_hidden() -> None:
    gone = given.hidden(one(4), single([20, 9, 8, 30]), 5, also=[count(1)])
    assert gone == {count(1), count(2)}


def test_the_mean_of_a_scale_is_another_sum_of_its_points() -> None:
    figures = {**single([3, 8, 20, 9]), MEAN: (3 + 16 + 60 + 36) / 40}
    gone = given.hidden(one(4, points=True), figures, 5)
    assert gone == {count(0), count(1), MEAN}
    without = given.hidden(one(4, points=True), told(figures, {MEAN}), 5)
    assert without == gone - {MEAN}


def test_few_who_left_a_question_blank_take_its_base_with_them() -> None:
    gone = given.hidden(one(3), single([19, 21, 11], blank=2), 5)
    assert gone == {BLANK, ANSWERED, VOTES, count(2)}


def test_whoever_chose_no_option_is_a_complement() -> None:
    asked = Asked(QuestionKind.MULTIPLE, tuple(map(Choice, range(3))), two_at_most=True)
    figures = {count(0): 38.0, count(1): 20.0, count(2): 12.0}
    figures |= {ASKED: 40.0, ANSWERED: 40.0, BLANK: 0.0, MISSING: 0.0, VOTES: 70.0}
    gone = given.hidden(asked, figures, 5)
    assert count(0) in gone and len(gone) > 1


def test_a_question_put_to_those_who_chose_something_tells_of_how_many_they_are() -> None:
    asked = Asked(QuestionKind.SINGLE, tuple(map(Choice, range(4))), followed=(frozenset({0, 1}),))
    figures = {**single([3, 9, 30, 9]), (None, 0, FOLLOWED): 12.0}
    gone = given.hidden(asked, figures, 5)
    assert {count(0), count(1)} <= gone
    assert len(given.hidden(asked, single([3, 9, 30, 9]), 5)) == 2


def test_a_wave_of_few_people_tells_nothing() -> None:
    gone = given.hidden(one(2), told(single([2, 1]), {RESPONDENTS}), 5)
    assert gone == {ASKED, ANSWERED, VOTES, count(0), count(1)}


@pytest.mark.parametrize(
    ("before", "after", "safe"),
    [
        ([20, 30, 10], [20, 30, 10], True),
        ([20, 30, 10], [26, 35, 10], True),
        ([20, 30, 10], [21, 35, 10], False),  # one more
        ([20, 30, 10], [16, 30, 10], False),  # four fewer
        ([20, 30, 10], [27, 23, 10], True),
        ([20, 30, 10], [30, 38, 13], False),
    ],
)
def test_a_difference_of_few_people_is_not_told(
    before: list[int], after: list[int], safe: bool
) -> None:
    assert given.harmless(one(3), [single(before), single(after)], 5) is safe


def test_what_one_copy_hid_does_not_follow_from_the_other() -> None:
    figures = single([3, 6, 40, 41])
    first = told(figures, {count(0), count(1)})
    other = told(figures, {count(0), count(2)})
    assert given.harmless(one(4), [first, first], 5)
    assert not given.harmless(one(4), [first, other], 5)
    # What everybody knows from the first copy is not told by the second.
    assert given.harmless(one(4), [figures, first], 5)


def test_a_mean_that_moves_without_answers_tells_an_answer() -> None:
    number = Asked(QuestionKind.NUMBER)
    base = {ASKED: 40.0, ANSWERED: 40.0, BLANK: 0.0, MISSING: 0.0, VOTES: 40.0}
    assert given.harmless(number, [{**base, MEAN: 3.0}, {**base, MEAN: 3.0}], 5)
    assert not given.harmless(number, [{**base, MEAN: 3.0}, {**base, MEAN: 3.1}], 5)


# --- worked out another way: every survey that agrees with what is told ----------------------------


def possible(figures: Figures, options: int, n: int) -> Iterator[tuple[int, ...]]:
    """Yield each way n people may have answered one question that gives the figures told."""
    for cut in itertools.combinations(range(n + options), options):
        edges = (-1, *cut, n + options)
        counts = tuple(b - a - 1 for a, b in itertools.pairwise(edges))
        whole = single(list(counts[:-1]), blank=counts[-1])
        if all(whole[key] == value for key, value in figures.items() if key != MEAN):
            mean = sum((o + 1) * c for o, c in enumerate(counts[:-1]))
            if MEAN not in figures or abs(mean - figures[MEAN] * whole[ANSWERED]) < 1e-6:
                yield counts


@settings(max_examples=80, deadline=None)
@examples(
    st.lists(st.integers(0, 9), min_size=2, max_size=4),
    st.integers(0, 4),
    st.booleans(),
    st.integers(2, 4),
)
def test_every_small_count_could_be_another(
    counts: list[int], blank: int, points: bool, k: int
) -> None:
    figures = dict(single(counts, blank))
    n = sum(counts)
    if n + blank < k or n + blank > 18:
        return
    if points and n:
        figures[MEAN] = sum((o + 1) * c for o, c in enumerate(counts)) / n
    gone = given.hidden(one(len(counts), points), figures, k)
    seen = list(possible(told(figures, gone), len(counts), n + blank))
    assert (*counts, blank) in seen
    for at, value in enumerate((*counts, blank)):
        if 0 < value < k:
            assert len({way[at] for way in seen}) > 1, (at, gone)


@pytest.mark.parametrize("seed", range(150))
def test_pairs_of_releases_tell_of_no_few_people(seed: int) -> None:
    surveys.pair(random.Random(seed))
