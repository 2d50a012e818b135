"""No hidden cell may follow from what is shown."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.vocab import QuestionKind
from gwangju_desktop.polls.hiding import hide, hide_line
from gwangju_desktop.polls.parts import one_part
from gwangju_desktop.polls.tabulate import tabulate
from tests.gwangju_desktop.polls.asked import determined, groups, survey


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=150, deadline=None)
def test_no_hidden_cell_can_be_computed(seed):
    rng = np.random.default_rng(seed)
    rows, columns = int(rng.integers(2, 8)), int(rng.integers(2, 8))
    matrix = rng.poisson(rng.choice([3, 8, 20]), (rows, columns))
    matrix[rng.random(matrix.shape) < rng.choice([0, 0.3])] = 0
    hidden = np.array(hide(matrix.tolist(), 5))
    assert hidden[matrix < 5].all()
    assert determined(matrix, hidden) == []
    for values, gone in [*zip(matrix, hidden, strict=True), *zip(matrix.T, hidden.T, strict=True)]:
        assert gone.sum() != 1
        # All that is hidden adds to zero only where all of the line is hidden and zero.
        assert not gone.any() or values[gone].sum() or not values.sum()


def test_nothing_small_hides_nothing():
    assert hide([[5, 6], [7, 8]], 5) == [[False, False], [False, False]]


def test_one_small_cell_takes_the_cheapest_rectangle_with_it():
    matrix = [[3, 50, 40], [30, 9, 60], [20, 80, 90]]
    assert hide(matrix, 5) == [
        [True, True, False],
        [True, True, False],
        [False, False, False],
    ]


def test_two_rectangles_joined_by_one_cell_do_not_give_it_away():
    """Every row and column has two hidden cells, and still the joining one would be known."""
    matrix = np.full((4, 4), 50)
    for cell in ((0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3), (1, 2)):
        matrix[cell] = 2
    assert determined(matrix, matrix < 5) == [(1, 2)]
    assert determined(matrix, np.array(hide(matrix.tolist(), 5))) == []


def test_hidden_zeros_are_not_left_among_themselves():
    hidden = hide([[0, 0, 20, 30], [0, 9, 20, 30], [40, 0, 20, 30]], 5)
    assert sum(hidden[0]) > 2


@pytest.mark.parametrize("matrix", [[[3, 9, 9]], [[3], [9], [9]]])
def test_a_table_that_is_its_own_total_is_hidden_whole(matrix):
    assert all(all(row) for row in hide(matrix, 5))
    assert hide([], 5) == []


@pytest.mark.parametrize(
    ("people", "hidden"),
    [
        ([9, 9], [False, False]),
        ([3, 20, 9], [True, False, True]),
        ([3, 2, 9], [True, True, False]),
        ([3], [True]),
    ],
)
def test_a_line_never_hides_one_alone(people, hidden):
    assert hide_line(people, 5) == hidden


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=10, deadline=None)
def test_the_places_of_a_ranking_do_not_give_away_what_any_place_hides(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(60, 300))
    ranked = survey(rng, QuestionKind.RANKING, n)
    by = groups(rng, n, int(rng.integers(2, 5)), blank=bool(rng.integers(0, 2)))
    tables = [ranked, *(one_part(ranked, part.code) for part in ranked.question.parts)]
    shown = [tabulate(one, groups=by, family=tables) for one in tables]
    assert known(shown, by.question.options) == []


def known(shown, named):
    """Return the hidden cells that follow from tables of which the first is the sum of the rest."""
    rows, columns, layers = len(named) + 1, len(shown[0].options), len(shown)
    # One unknown for each cell of each table; who is in no group is a row that is never shown.
    at = np.arange(layers * rows * columns).reshape(layers, rows, columns)
    facts = []

    def tell(*cells):
        fact = np.zeros(at.size)
        for sign, where in cells:
            fact[at[where].ravel()] = sign
        facts.append(fact)

    hidden = []
    for i, table in enumerate(shown):
        by_code = {group.code: group for group in table.groups}
        for c, total in enumerate(table.options):
            if not total.missing:
                tell((1, np.s_[i, :, c]))
        for r, option in enumerate(named):
            tell((1, np.s_[i, r, [c for c, o in enumerate(table.options) if not o.missing]]))
            cells = (
                {s.code: s for s in by_code[option.code].options} if option.code in by_code else {}
            )
            for c, total in enumerate(table.options):
                cell = cells.get(total.code)
                if cell is not None and cell.hidden:
                    hidden.append((i, r, c))
                elif not total.missing:
                    tell((1, np.s_[i, r, c]))
    for r in range(rows):
        for c in range(columns):
            tell((1, np.s_[0, r, c]), *((-1, np.s_[i, r, c]) for i in range(1, layers)))
    _u, sizes, directions = np.linalg.svd(np.array(facts))
    free = directions[int(np.sum(sizes > 1e-9)) :]
    moved = np.abs(free).max(axis=0) if len(free) else np.zeros(at.size)
    return [cell for cell in hidden if moved[at[cell]] < 1e-9]


def test_hidden_means_are_never_the_mean_of_a_few_together():
    assert hide_line([1, 2, 9, 30], 5) == [True, True, True, False]
    assert hide_line([4, 4, 9, 30], 5) == [True, True, False, False]
