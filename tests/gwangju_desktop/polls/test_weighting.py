"""Raking: the worked examples, the trim, and what is refused."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.vocab import QuestionKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls.model import Option, Question
from gwangju_desktop.polls.table import Groups
from gwangju_desktop.polls.weighting import rake, weighed


def attribute(code: str, people: dict[str, int]) -> Groups:
    asked = Question(
        code, QuestionKind.SINGLE, title=code, options=tuple(Option(c, c) for c in people)
    )
    return Groups(asked, np.repeat(np.arange(len(people), dtype=np.int16), list(people.values())))


def test_groups_of_6_3_and_42_are_weighted_to_their_targets():
    """Untrimmed, as the worked example is."""
    who = attribute("구분", {"시민": 6, "교육": 3, "단체": 42})
    found = rake([who], [{"시민": 0.7, "교육": 0.1, "단체": 0.2}], low=0, high=math.inf)
    first, second, third = (found.weights[who.index == i][0] for i in range(3))
    assert (round(first, 2), round(second, 2), round(third, 6)) == (5.95, 1.70, 0.242857)
    assert (round(found.n_eff, 2), round(found.deff, 2)) == (11.63, 4.38)
    assert found.weights.sum() == pytest.approx(51)
    assert [str(w) for w in found.warnings] == [
        "설계효과가 4.38이므로 가중치 때문에 표본의 절반 넘는 정보가 줄어듭니다.",
        "한 사람의 가중치가 5.95에 이릅니다. 작은 범주를 합치십시오.",
    ]


def two_margins() -> list[Groups]:
    cells = [("m", "y", 10), ("m", "o", 20), ("f", "y", 30), ("f", "o", 40)]
    sex = [c for c, _a, n in cells for _ in range(n)]
    age = [a for _c, a, n in cells for _ in range(n)]
    return [
        Groups(
            Question(name, QuestionKind.SINGLE, title=name, options=tuple(map(Option, have, have))),
            np.array([have.index(v) for v in values], dtype=np.int16),
        )
        for name, have, values in (("성별", "mf", sex), ("연령", "yo", age))
    ]


def test_two_margins_are_raked():
    sex, age = two_margins()
    found = rake([sex, age], [{"m": 0.5, "f": 0.5}, {"y": 0.3, "o": 0.7}])
    cells = [(0, 0), (0, 1), (1, 0), (1, 1)]
    within = [(sex.index == s) & (age.index == a) for s, a in cells]
    assert [round(found.weights[w][0], 4) for w in within] == [1.2882, 1.8559, 0.5706, 0.8221]
    sums = [round(found.weights[w].sum(), 3) for w in within]
    assert sums == [12.882, 37.118, 17.118, 32.882]
    assert round(found.n_eff, 2) == 81.78
    assert not found.warnings
    assert found.rounds < 100


def test_weights_are_trimmed_then_scaled_to_the_respondents():
    who = attribute("구분", {"시민": 6, "교육": 3, "단체": 42})
    found = rake([who], [{"시민": 0.7, "교육": 0.1, "단체": 0.2}])
    scale = 51 / (6 * 3.0 + 3 * 1.7 + 42 * 0.3)
    assert found.weights[0] == pytest.approx(3.0 * scale)
    assert found.weights[-1] == pytest.approx(0.3 * scale)
    assert str(found.warnings[0]).startswith("가중치 48개를 0.3~3.0 범위로 조정하여")


def test_who_did_not_say_is_left_as_they_are():
    who = attribute("구분", {"a": 10, "b": 30})
    who.index[:4] = -1
    found = rake([who], [{"a": 0.5, "b": 0.5}])
    assert found.weights[:4] == pytest.approx(1)
    assert found.weights[4:10].sum() == pytest.approx(18)
    assert found.weights[10:].sum() == pytest.approx(18)


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        ({"a": 0.5, "b": 0.4, "c": 0.1}, "‘구분’의 ‘c’에 해당하는 응답자가 없습니다. 다른 범주와"),
        ({"a": 0.5, "b": 0.4}, "‘구분’ 목표 비율의 합계가 90.0%로 100%가 아닙니다."),
        ({"a": 1.0}, "‘구분’의 ‘b’ 응답자가 5명 있으나 목표 비율이 없습니다."),
        ({"a": 0.5, "b": 0.3, "d": 0.2}, "목표 비율에 적힌 ‘d’ 범주가 ‘구분’에 없습니다."),
        ({"a": 1.5, "b": -0.5}, "‘구분’ 목표 비율의 합계가"),
    ],
)
def test_targets_that_cannot_be_met_are_refused(targets, said):
    with pytest.raises(UserError) as refused:
        rake([attribute("구분", {"a": 5, "b": 5, "c": 0})], [targets])
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize("weights", [[1, -1, 2], [1, math.nan], [math.inf, 1], [0, 0]])
def test_weights_that_are_none_are_refused(weights):
    with pytest.raises(UserError, match="가중치가 음수이거나 숫자가 아닌"):
        weighed(np.array(weights))


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None)
def test_raking_meets_every_target_it_may_meet(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(40, 200))
    margins, targets = [], []
    for name in ("a", "b"):
        size = int(rng.integers(2, 4))
        index = np.append(np.arange(size), rng.integers(0, size, n - size)).astype(np.int16)
        shares = rng.dirichlet(np.full(size, 20.0))
        have = tuple(Option(str(i), str(i)) for i in range(size))
        margins.append(Groups(Question(name, QuestionKind.SINGLE, options=have), index))
        targets.append({str(i): float(s) for i, s in enumerate(shares)})
    found = rake(margins, targets, low=0, high=math.inf)
    assert found.weights.sum() == pytest.approx(n)
    if found.rounds < 100:
        for margin, target in zip(margins, targets, strict=True):
            sums = np.bincount(margin.index, found.weights)
            assert sums / n == pytest.approx(list(target.values()), abs=1e-4)
    assert found.deff >= 1 - 1e-9
