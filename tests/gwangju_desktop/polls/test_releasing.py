"""What a wave tells by group hides the same whichever table is asked for, and in either way."""

from __future__ import annotations

from typing import Any

import pytest

from db.schema.polls import PollQuestion, PollWave
from db.store import Store
from db.vocab import QuestionKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import intake
from gwangju_desktop.polls.model import Option, Question
from tests.gwangju_desktop.polls import taken
from tests.gwangju_desktop.polls.polled import bank, fit, shown


def asked(code: str, *labels: str) -> Question:
    options = tuple(Option(str(n), label) for n, label in enumerate(labels, 1))
    return Question(code, QuestionKind.SINGLE, code, f"{code}?", options)


TEN = asked("ten", "20대", "30대")
FIVE = asked("five", "20~24", "25~29", "30~34", "35~39")
GOAL = asked("goal", "정확성", "참여", "개방")
# Of 25 to 29 three chose the last.
CHOSEN = [[30, 10, 10], [30, 17, 3], [20, 10, 20], [10, 20, 20]]
WEIGHTS = {"1": 0.6, "2": 0.8, "3": 1.1, "4": 1.5}


def take_in(store: Store, weights: dict[str, float] | None) -> Store:
    five = [str(n) for n in range(1, 5) for _ in range(50)]
    ten = ["1" if code in "12" else "2" for code in five]
    goal = [str(n) for row in CHOSEN for n, times in enumerate(row, 1) for _ in range(times)]
    sex = ["1", "2"] * 100
    reading = taken.reading(
        taken.answers(taken.SEX, sex),
        taken.answers(TEN, ten),
        taken.answers(FIVE, five),
        taken.answers(GOAL, goal),
        weights=[weights[code] for code in five] if weights else None,
    )
    store.run(intake.import_new, name="가상", reading=reading, file_name="가상.csv", label="1")
    return store


@pytest.fixture
def nested(sqlite_store: Store) -> Store:
    return take_in(sqlite_store, None)


@pytest.fixture
def weighed(sqlite_store: Store) -> Store:
    return take_in(sqlite_store, WEIGHTS)


def mark(store: Store, *codes: str) -> None:
    for code in codes:
        store.run(fit, kind=PollQuestion, id=bank(store, code), attribute=True)


def cells(table: Any) -> dict[tuple[str, str], float | None]:
    return {(g.code, s.code): s.count for g in table.groups for s in g.options}


def test_a_decade_less_one_half_does_not_tell_the_other(store: Store) -> None:
    nested = take_in(store, None)
    mark(nested, "ten", "five")
    ten = cells(shown(nested, "goal", by=bank(nested, "ten")))
    five = cells(shown(nested, "goal", by=bank(nested, "five")))
    assert ten["1", "3"] == 13
    assert five["2", "3"] is None
    assert five["1", "3"] is None


def test_without_attributes_any_question_gives_way_to_a_coarser_one(nested: Store) -> None:
    nested.run(fit, kind=PollQuestion, id=bank(nested, "sex"), attribute=False)
    five = cells(shown(nested, "goal", by=bank(nested, "five")))
    assert five["2", "3"] is None
    assert five["1", "3"] is None


def test_the_same_is_hidden_whichever_is_split_by_the_other(nested: Store) -> None:
    nested.run(fit, kind=PollQuestion, id=bank(nested, "sex"), attribute=False)
    one = cells(shown(nested, "goal", by=bank(nested, "five")))
    other = cells(shown(nested, "five", by=bank(nested, "goal")))
    assert one == {(g, o): n for (o, g), n in other.items()}


def test_an_attribute_is_not_split_by_what_is_none(nested: Store) -> None:
    with pytest.raises(UserError, match="응답자를 구분하는"):
        shown(nested, "sex", by=bank(nested, "goal"))


def test_weights_by_one_attribute_are_not_told_beside_none(weighed: Store) -> None:
    """A total and a weighted total of two hidden cells tell both of them."""
    mark(weighed, "ten", "five")
    assert shown(weighed, "goal").weighting is None
    with pytest.raises(UserError, match="가중치 없이만"):
        shown(weighed, "goal", weighted=True)
    with pytest.raises(UserError, match="가중치 없이만"):
        shown(weighed, "goal", by=bank(weighed, "ten"), weighted=True)
    weighed.run(fit, kind=PollWave, id=1, weighted=True)
    assert shown(weighed, "goal").weighting is not None
    with pytest.raises(UserError, match="가중치를 적용해서만"):
        shown(weighed, "goal", weighted=False)
    # The same cells are hidden of weighted figures.
    assert cells(shown(weighed, "goal", by=bank(weighed, "five")))["2", "3"] is None


def test_weights_that_no_small_group_follows_from_are_told_either_way(weighed: Store) -> None:
    mark(weighed, "ten")
    assert shown(weighed, "goal", weighted=True).weighting is not None
    # A question that is no attribute comes after the weights: it is the one to give way.
    with pytest.raises(UserError, match="나누어"):
        shown(weighed, "goal", by=bank(weighed, "five"))
