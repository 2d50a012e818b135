"""Totals typed from elsewhere."""

import pytest

from db.vocab import QuestionKind
from gwangju_desktop.polls.checks import check
from gwangju_desktop.polls.model import Totals
from tests.gwangju_desktop.polls.asked import goals, question

SEED = {("", str(i)): n for i, n in enumerate((33, 21, 15, 12, 8), 1)}


def said(totals: Totals) -> list[str]:
    return [str(s) for s in check(totals)]


def test_the_seed_agrees():
    assert said(Totals(goals(), 51, counts=SEED)) == []


def test_one_choice_adds_to_the_respondents():
    asked = question(QuestionKind.SINGLE, 3, missing=1)
    counts = {("", "1"): 20, ("", "2"): 30, ("", "3"): 4}
    assert said(Totals(asked, 50, counts=counts)) == []
    assert said(Totals(asked, None, counts=counts)) == []
    assert said(Totals(asked, 51, counts=counts)) == [
        "응답 건수의 합계는 50건이나 응답자는 51명입니다."
    ]


@pytest.mark.parametrize(
    ("answered", "counts", "sentence"),
    [
        (32, SEED, "‘시정 청렴성 향상’ 보기의 응답이 33건으로 응답자 32명보다 많습니다."),
        (44, SEED, "응답 89건은 응답자 44명이 최대 2개씩 고를 수 있는 수보다 많습니다."),
        (90, SEED, "응답 89건이 응답자 90명보다 적습니다."),
        (51, {("", "7"): 3}, "이 문항에 ‘7’ 보기가 없습니다."),
        (51, {("x", "1"): 3}, "이 문항에 ‘x 1’ 보기가 없습니다."),
        (51, {("", "1"): -3}, "-3명은 사람 수가 될 수 없습니다."),
    ],
)
def test_what_cannot_be_is_said(answered, counts, sentence):
    assert sentence in said(Totals(goals(), answered, counts=counts))


def test_more_than_were_asked_cannot_answer():
    totals = Totals(goals(), 51, asked=52, blank=3, counts=SEED)
    assert said(totals) == ["응답과 무응답을 더하면 54명이나 조사 대상은 52명입니다."]


def test_each_row_of_a_grid_and_place_of_a_ranking_is_one_choice():
    grid = question(QuestionKind.GRID, 2, parts=2)
    counts = {("Q1_1", "1"): 6, ("Q1_1", "2"): 5, ("Q1_2", "1"): 10}
    assert said(Totals(grid, 10, counts=counts)) == [
        "‘항목 1’의 합계가 11건으로 응답자 10명보다 많습니다."
    ]
    ranking = question(QuestionKind.RANKING, 3, parts=2)
    places = {("Q1_1", "1"): 6, ("Q1_1", "2"): 4, ("Q1_2", "1"): 5, ("Q1_2", "3"): 4}
    assert said(Totals(ranking, 10, counts=places)) == [
        "‘보기 1’ 보기의 응답이 11건으로 응답자 10명보다 많습니다."
    ]


def test_a_number_has_nothing_to_add():
    assert said(Totals(question(QuestionKind.NUMBER, 0), 10, asked=12)) == []
