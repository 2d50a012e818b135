"""No hidden number of few people follows from all tables of a question together.

Respondents of one kind (the same groups, the same weight) who chose one option are an unknown;
every figure shown is an equation. That is all linear algebra can know.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.vocab import QuestionKind
from gwangju_desktop.polls.deducing import Tables
from gwangju_desktop.polls.model import BLANK, Answers, Question
from gwangju_desktop.polls.parts import layers
from gwangju_desktop.polls.table import Groups, missing
from gwangju_desktop.polls.tabulate import tabulate
from gwangju_desktop.polls.weighting import rake
from tests.gwangju_desktop.polls.asked import options, question, survey

K = 5


def attribute(code: str, index: np.ndarray) -> Groups:
    asked = Question(code, QuestionKind.SINGLE, options=options(int(index.max(initial=0)) + 1))
    return Groups(asked, index.astype(np.int16))


def family(rng: np.random.Generator, n: int) -> list[Groups]:
    """Make attributes of which some are parts of others, cross them, or skip the same people."""
    fine = rng.integers(0, int(rng.integers(3, 7)), n)
    found = [attribute("halves", fine // 2), attribute("fine", fine)]
    if rng.random() < 0.5:
        # Another way to put the fine ones together.
        found.insert(0, attribute("shifted", (fine + 1) // 2))
    if rng.random() < 0.5:
        found.insert(0, attribute("other", rng.integers(0, 3, n)))
    if rng.random() < 0.5:
        # Two pages left blank by the same people.
        gone = rng.random(n) < rng.choice([0.02, 0.2])
        for groups in found[:2]:
            groups.index[gone] = BLANK
    return found


def told(
    source: Answers, shown: list[tuple[Groups, set]], ways: list[np.ndarray | None]
) -> tuple[list[tuple[int, int, int, int]], list[tuple[int, int, int, int]]]:
    """Return the hidden cells of few people, and those of them that follow from what is shown.

    A cell is (table, layer, group, option).
    """
    tables = layers(source)
    n = len(source.asked)
    kinds = np.column_stack([g.index for g, _ in shown] + [w for w in ways if w is not None])
    _kinds, kind = np.unique(kinds, axis=0, return_inverse=True)
    kind = kind.ravel()
    many, seen = int(kind.max()) + 1, len(source.question.options)
    at = np.arange(len(tables) * many * seen).reshape(len(tables), many, seen)
    facts = []

    def weigh(mask: np.ndarray, weights: np.ndarray | None) -> np.ndarray:
        """Return what one answer of each kind of respondent within a mask weighs."""
        own = np.ones(n) if weights is None else weights
        total = np.bincount(kind, own * mask, minlength=many)
        return total / np.bincount(kind, minlength=many)

    def tell(*cells: tuple[int, np.ndarray, list[int]]) -> None:
        fact = np.zeros(at.size)
        for layer, share, chosen in cells:
            for option in chosen:
                fact[at[layer, :, option]] += share
        facts.append(fact)

    given_options = [i for i, o in enumerate(source.question.options) if not missing(o)]
    few = []
    for layer, one in enumerate(tables):
        total = tabulate(one)
        for weights in ways:
            for option in given_options:
                tell((layer, weigh(np.ones(n), weights), [option]))
        for t, (groups, hidden) in enumerate(shown):
            counts = tabulate(one, groups=groups, k=0).groups
            truth = {(int(g.code) - 1, int(s.code) - 1): s.count for g in counts for s in g.options}
            for weights in ways:
                table = tabulate(
                    one,
                    weights=weights,
                    groups=groups,
                    k=K,
                    family=tables if len(tables) > 1 else (),
                    hidden=hidden,
                )
                live = {int(g.code) - 1: g for g in table.groups}
                for g in range(len(groups.question.options)):
                    mask = groups.index == g
                    tell((layer, weigh(mask, weights), given_options))
                    cells = {int(s.code) - 1: s for s in live[g].options} if g in live else {}
                    for option in given_options:
                        cell = cells.get(option)
                        if cell is None or not cell.hidden:
                            tell((layer, weigh(mask, weights), [option]))
                        elif truth.get((g, option), 0) < K and total.options[option].count:
                            few.append((t, layer, g, option))
    for option in given_options if len(tables) > 1 else []:
        for one in range(many):
            share = np.eye(many)[one]
            tell((0, share, [option]), *((i, -share, [option]) for i in range(1, len(tables))))
    _u, sizes, directions = np.linalg.svd(np.array(facts))
    known = directions[: int(np.sum(sizes > 1e-8))]
    found = []
    few = sorted(set(few))
    for t, layer, g, option in few:
        for weights in ways:
            cell = np.zeros(at.size)
            cell[at[layer, :, option]] = weigh(shown[t][0].index == g, weights)
            if np.abs(cell - known.T @ (known @ cell)).max() < 1e-7 * max(1, np.abs(cell).max()):
                found.append((t, layer, g, option))
    return few, found


def decided(source: Answers, groups: list[Groups]) -> list[tuple[Groups, set]]:
    """Return the attributes a question is split by, and what each table hides."""
    found = []
    for i, one in enumerate(groups):
        hidden = Tables(source, groups[: i + 1], K).last(set())
        if hidden is not None:
            found.append((one, hidden))
    return found


def answered(rng: np.random.Generator, n: int) -> Answers:
    kind = rng.choice([QuestionKind.SINGLE, QuestionKind.MULTIPLE])
    return survey(rng, QuestionKind(kind), n)


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_tables_by_nested_attributes_tell_nothing_together(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(30, 250))
    source, groups = answered(rng, n), family(rng, n)
    _few, found = told(source, decided(source, groups), [None])
    assert found == []


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_nor_do_they_with_weights_and_without(seed):
    """Where both may be shown, by one attribute that weights go by or by several."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(30, 250))
    source, groups = answered(rng, n), family(rng, n)
    weights = rng.choice([0.5, 1.0, 1.6, 2.5, 4.0], 9)[groups[-1].index + 1]
    if seed % 3 == 0:
        weights = weights * rng.uniform(0.5, 2, 9)[groups[0].index + 1]
    both = Tables(source, groups, K).stand(weights)
    _few, found = told(source, decided(source, groups), [None, weights] if both else [None])
    assert found == []


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=10, deadline=None)
def test_nor_does_a_ranking_with_its_places(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(60, 200))
    fine = rng.integers(0, 4, n)
    groups = [attribute("halves", fine // 2), attribute("fine", fine)]
    source = survey(rng, QuestionKind.RANKING, n)
    _few, found = told(source, decided(source, groups), [None])
    assert found == []


# --- what is given away where tables know nothing of each other


def by_sex() -> tuple[Answers, Groups, np.ndarray]:
    sex = np.repeat([0, 1], [60, 60])
    chosen = np.concatenate([np.repeat([0, 1, 2], [40, 17, 3]), np.repeat([0, 1, 2], [20, 25, 15])])
    asked = Answers(question(QuestionKind.SINGLE, 3), np.ones(120, dtype=bool), chosen.astype("i2"))
    groups = attribute("sex", sex)
    return asked, groups, rake([groups], [{"1": 0.4, "2": 0.6}]).weights


def test_two_totals_of_two_groups_tell_both():
    source, groups, weights = by_sex()
    tables = Tables(source, [groups], K)
    hidden = tables.last(set())
    few, found = told(source, [(groups, hidden)], [None, weights])
    assert (0, 0, 0, 2) in few
    assert (0, 0, 0, 2) in found
    assert not tables.stand(weights)
    # Weights that depend on more than the group are no second total of its cells.
    assert tables.stand(weights * np.resize([0.8, 1.2, 1.0], 120))


def decades() -> tuple[Answers, Groups, Groups]:
    """Three of the second half of the first decade chose the last option."""
    fine = np.repeat([0, 1, 2, 3], 50)
    counts = [[30, 10, 10], [30, 17, 3], [20, 10, 20], [10, 20, 20]]
    chosen = np.concatenate([np.repeat([0, 1, 2], row) for row in counts])
    source = Answers(question(QuestionKind.SINGLE, 3), np.ones(200, bool), chosen.astype("i2"))
    return source, attribute("ten", fine // 2), attribute("five", fine)


def test_a_decade_less_one_half_does_not_tell_the_other():
    source, ten, five = decades()
    alone = [(ten, set()), (five, Tables(source, [five], K).last(set()))]
    few, _found = told(source, alone, [None])
    assert (1, 0, 1, 2) in few
    shown = decided(source, [ten, five])
    assert [groups.question.code for groups, _ in shown] == ["ten", "five"]
    assert told(source, shown, [None])[1] == []
    _ten, (_five, hidden) = shown
    # The other half of the decade is hidden with it.
    assert {(0, 2), (1, 2)} <= hidden


@pytest.mark.parametrize("turned", [False, True])
def test_what_cannot_be_hidden_is_refused(turned):
    """An attribute that puts the halves together across decades would tell all of them."""
    source, ten, five = decades()
    order = [five, ten] if turned else [ten, five]
    shown = decided(source, [*order, attribute("same", five.index)])
    assert told(source, shown, [None])[1] == []


def test_means_by_nested_attributes_tell_nothing_together():
    rng = np.random.default_rng(4)
    fine = np.repeat([0, 1, 2, 3], [40, 3, 20, 20])
    ages = Answers(
        question(QuestionKind.NUMBER, 0), np.ones(83, bool), rng.integers(20, 80, 83).astype(float)
    )
    ten, five = attribute("ten", fine // 2), attribute("five", fine)
    hidden = Tables(ages, [ten, five], K).last(set())
    assert {(0, 0), (1, 0)} <= hidden
    means = [group.mean for group in tabulate(ages, groups=five, hidden=hidden).groups]
    assert means[:2] == [None, None]
