"""Both percentages and their bases; every kind of question; what is hidden in groups."""

import numpy as np
import pytest

from db.vocab import OptionRole, QuestionKind, Sampling
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls.model import Answers, Option, Question, Totals
from gwangju_desktop.polls.parts import one_part
from gwangju_desktop.polls.plain import plain
from gwangju_desktop.polls.table import Base, Groups, Table
from gwangju_desktop.polls.tabulate import tabulate
from gwangju_desktop.polls.weighting import rake
from tests.gwangju_desktop.polls.asked import (
    goals,
    goals_answered,
    groups,
    question,
    survey,
)

COUNTS = (33, 21, 15, 12, 8)
PUBLISHED = Totals(goals(), 51, counts={("", str(i)): n for i, n in enumerate(COUNTS, 1)})


def answers(asked: Question, chosen: list, dtype: str = "int16") -> Answers:
    return Answers(asked, np.ones(len(chosen), dtype=bool), np.array(chosen, dtype=dtype))


@pytest.mark.parametrize("source", [goals_answered(), PUBLISHED], ids=["answers", "totals"])
def test_89_choices_of_51_people(source):
    """The seed prints 37 % of votes; of people it is 64.7 %."""
    table = tabulate(source)
    assert (table.base.answered, table.base.votes) == (51, 89)
    assert [s.count for s in table.options] == list(COUNTS)
    assert [round(s.pct_votes, 1) for s in table.options] == [37.1, 23.6, 16.9, 13.5, 9.0]
    assert [round(s.pct_respondents, 1) for s in table.options] == [64.7, 41.2, 29.4, 23.5, 15.7]
    assert table.choosers == ((1, 13), (2, 38))
    assert all(s.low is None and s.high is None for s in table.options)
    assert [str(n) for n in table.notes] == [
        "응답 건수 기준은 89건에서 차지하는 비율로 합계가 100%입니다. 응답자 기준은 51명 가운데 "
        "고른 사람의 비율이며, 최대 2개까지 골랐으므로 합계가 100%를 넘을 수 있습니다.",
        "반올림한 비율의 합계는 100.1%이며, 100%에 맞추어 조정하지 않았습니다.",
        "표본오차 해당 없음: 편의표본은 표본오차를 계산할 수 없습니다.",
    ]


def test_27_and_20_of_89():
    counts = {("", "1"): 27, ("", "2"): 20, ("", "3"): 42}
    table = tabulate(Totals(goals(), 51, counts=counts))
    assert [round(s.pct_votes, 1) for s in table.options[:2]] == [30.3, 22.5]
    assert [round(s.pct_respondents, 1) for s in table.options[:2]] == [52.9, 39.2]


def test_shares_are_never_rounded_nor_made_to_add():
    table = tabulate(PUBLISHED)
    assert table.options[0].pct_votes == 100 * 33 / 89
    assert sum(s.pct_votes for s in table.options) == pytest.approx(100, abs=1e-12)


def test_a_probability_sample_has_intervals_of_respondents():
    table = tabulate(PUBLISHED, sampling=Sampling.PROBABILITY)
    bounds = [(round(s.low, 2), round(s.high, 2)) for s in table.options[:2]]
    assert bounds == [(50.99, 76.37), (28.75, 54.83)]
    assert "±13.7%p" in str(table.notes[-1])


@pytest.mark.parametrize(
    ("sampling", "said"),
    [
        (Sampling.CONVENIENCE, "표본오차 해당 없음: 편의표본"),
        (Sampling.QUOTA, "표본오차 해당 없음: 할당표본"),
        (Sampling.CENSUS, "표본오차 해당 없음: 전수조사"),
        (Sampling.UNKNOWN, "표본오차 미상: 표본추출 방법"),
    ],
)
def test_any_other_says_why_there_is_no_error(sampling, said):
    table = tabulate(goals_answered(), sampling=sampling)
    assert any(str(n).startswith(said) for n in table.notes)
    assert table.options[0].low is None


def test_a_good_part_of_a_small_population_errs_less():
    wide = tabulate(goals_answered(), sampling=Sampling.PROBABILITY).options[0]
    narrow = tabulate(goals_answered(), sampling=Sampling.PROBABILITY, population=60).options[0]
    assert wide.low < narrow.low < narrow.pct_respondents < narrow.high < wide.high


def test_none_is_an_answer_and_dont_know_is_not():
    asked = Question(
        "Q",
        QuestionKind.MULTIPLE,
        options=(
            Option("1", "가"),
            Option("0", "해당 없음", OptionRole.NONE),
            Option("98", "모름", OptionRole.DONT_KNOW),
        ),
    )
    marks = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 1], [0, 0, 0], [0, 0, 0]]
    source = Answers(asked, np.array([True] * 5 + [False]), np.array(marks, dtype=bool))
    table = tabulate(source)
    assert table.base == Base(asked=5, answered=3, blank=1, missing=1, votes=3)
    assert [s.count for s in table.options] == [2, 1, 2]
    assert table.share("0").pct_respondents == pytest.approx(100 / 3)
    assert table.share("98").missing
    assert table.share("98").pct_votes is None
    assert table.share("98").pct_respondents is None


def test_a_question_nobody_answered_has_no_shares():
    for asked in (goals(), question(QuestionKind.SCALE), question(QuestionKind.NUMBER, 0)):
        shape = {"multiple": (3, 5), "scale": (3,), "number": (3,)}[asked.kind]
        empty = {"multiple": False, "scale": -1, "number": np.nan}[asked.kind]
        table = tabulate(Answers(asked, np.ones(3, dtype=bool), np.full(shape, empty)))
        assert (table.base.answered, table.base.blank, table.base.votes) == (0, 3, 0)
        assert all(s.pct_votes is None and s.pct_respondents is None for s in table.options)
        assert table.mean is None
        plain(table)


def test_a_scale_has_a_mean_of_its_points():
    asked = question(QuestionKind.SCALE, 5, missing=1)
    table = tabulate(answers(asked, [0, 0, 1, 3, 3, 3, 4, -1]))
    assert table.mean == pytest.approx(16 / 6)
    assert table.sd == pytest.approx(np.std([1, 1, 2, 4, 4, 4], ddof=1))
    assert table.median == 3


def test_a_number_has_mean_median_and_quartiles():
    source = answers(question(QuestionKind.NUMBER, 0), [1, 2, 4, 9, np.nan], "float64")
    table = tabulate(source)
    assert table.base == Base(asked=5, answered=4, blank=1, missing=0, votes=4)
    assert (table.mean, table.median, table.quartiles) == (4, 3, (1.75, 5.25))
    weighted = tabulate(source, weights=np.array([1.0, 1, 1, 5, 9]))
    assert (weighted.mean, weighted.median) == (6.5, 9)
    assert plain(table)["quartiles"] == [1.75, 5.25]


def test_a_ranking_counts_any_place_and_the_first():
    asked = question(QuestionKind.RANKING, 4, missing=1, parts=2)
    table = tabulate(answers(asked, [[0, 1], [0, 2], [1, 0], [3, -1], [-1, -1], [2, 3]]))
    assert table.base == Base(asked=6, answered=4, blank=1, missing=1, votes=7)
    assert [(s.count, s.first) for s in table.options] == [(3, 2), (2, 1), (2, 1), (2, 1)]
    assert table.options[0].pct_respondents == 75
    assert [[s.count for s in p.options] for p in table.parts] == [[2, 1, 1, 1], [1, 1, 1, 1]]
    assert table.parts[1].base == Base(asked=6, answered=3, blank=2, missing=1, votes=3)
    assert table.choosers == ((1, 1), (2, 3))


def test_a_grid_has_shares_and_a_mean_by_row():
    asked = question(QuestionKind.GRID, 3, parts=2)
    table = tabulate(answers(asked, [[0, 2], [1, -1], [-1, -1]]))
    assert table.base == Base(asked=3, answered=2, blank=1, missing=0, votes=3)
    assert [p.mean for p in table.parts] == [1.5, 3]
    assert [p.base.answered for p in table.parts] == [2, 1]
    assert table.options == ()


def test_one_row_or_place_is_a_question_of_its_own():
    asked = question(QuestionKind.GRID, 3, parts=2)
    row = one_part(answers(asked, [[0, 2], [1, -1], [-1, -1]]), "Q1_2")
    assert tabulate(row).base == Base(asked=3, answered=1, blank=2, missing=0, votes=1)
    assert tabulate(row).mean == 3
    ranking = Totals(
        question(QuestionKind.RANKING, 2, parts=2),
        9,
        asked=10,
        counts={("Q1_1", "1"): 6, ("Q1_1", "2"): 3, ("Q1_2", "1"): 2},
    )
    place = tabulate(one_part(ranking, "Q1_2"))
    assert place.base == Base(asked=10, answered=2, blank=8, missing=0, votes=2)
    assert place.mean is None
    with pytest.raises(KeyError):
        one_part(ranking, "Q1_3")


def test_of_opinions_only_who_wrote_is_counted():
    source = answers(question(QuestionKind.OPEN, 0), ["좋습니다", "", "어렵습니다"], "object")
    assert tabulate(source).base == Base(asked=3, answered=2, blank=1, missing=0, votes=2)


def test_totals_without_respondents_have_no_share_of_them():
    table = tabulate(Totals(goals(), None, counts={("", "1"): 33, ("", "2"): 56}))
    assert round(table.options[0].pct_votes, 1) == 37.1
    assert table.options[0].pct_respondents is None
    assert str(table.notes[0]).startswith("응답자 수가 공표되지 않아")


def test_totals_give_what_answers_gave():
    """Totals kept when the answers are erased say the same."""
    rng = np.random.default_rng(5)
    for kind in (QuestionKind.SINGLE, QuestionKind.SCALE, QuestionKind.RANKING, QuestionKind.GRID):
        source = survey(rng, kind, 80)
        table = tabulate(source)
        shares = [("", s) for s in table.options]
        if table.parts:
            shares = [(p.part.code, s) for p in table.parts for s in p.options]
        kept = Totals(
            source.question,
            table.base.answered,
            table.base.asked,
            table.base.blank,
            {(part, s.code): s.count for part, s in shares},
        )
        again = tabulate(kept)
        same = ("base", "options", "parts", "mean", "sd", "median")
        assert [getattr(again, key) for key in same] == [getattr(table, key) for key in same]


def test_published_totals_are_neither_weighted_nor_split():
    with pytest.raises(UserError, match="공표된 집계값에는"):
        tabulate(PUBLISHED, weights=np.ones(51))
    with pytest.raises(UserError, match="공표된 집계값에는"):
        tabulate(PUBLISHED, groups=groups(np.random.default_rng(1), 51, 3))


# --- groups


def crossed() -> Table:
    """Return a scale by four groups, one of them of four people."""
    rng = np.random.default_rng(3)
    asked = question(QuestionKind.SCALE, 4, missing=1)
    index = np.repeat(np.array([0, 1, 2, 3], dtype=np.int16), [60, 40, 20, 4])
    chosen = rng.integers(0, 3, 124).astype(np.int16)
    chosen[[0, 70]] = 3
    where = Question("A", QuestionKind.SINGLE, options=question(QuestionKind.SINGLE, 4).options)
    return tabulate(Answers(asked, np.ones(124, dtype=bool), chosen), groups=Groups(where, index))


def test_cells_under_five_are_hidden_and_none_is_alone():
    table = crossed()
    assert [g.n for g in table.groups] == [59, 39, 20, 4]
    cells = np.array([[s.hidden for s in g.options] for g in table.groups])
    assert cells[3].all()
    assert cells.any(axis=0).all()
    assert (cells.sum(axis=0) != 1).all()
    assert (cells.sum(axis=1) != 1).all()
    counts = [s.count for g in table.groups for s in g.options if not s.hidden]
    assert min(counts) >= 5


def test_what_would_give_a_hidden_cell_away_is_hidden_too():
    table = crossed()
    for group in table.groups:
        assert not any(s.missing for s in group.options)
        assert (group.base.asked, group.base.blank, group.base.missing) == (None, None, None)
        assert (group.mean is None) == any(s.hidden for s in group.options)
        for share in group.options:
            if share.hidden:
                assert (share.pct_votes, share.pct_respondents, share.first) == (None, None, None)
    said = "\n".join(str(n) for n in table.notes)
    assert "*는 5명 미만이 고른 칸" in said
    assert "모름·무응답은 5명 미만인 집단이 있어" in said
    assert "30명 미만인 집단은" in said
    assert [g.small for g in table.groups] == [False, False, True, True]


def test_who_is_in_no_group_is_not_given_away_by_the_total():
    """Three people did not say where they live: the total without the groups would be theirs."""
    asked, where = question(QuestionKind.SINGLE, 3), question(QuestionKind.SINGLE, 2)
    index = np.repeat(np.array([0, 1, -1], dtype=np.int16), [60, 60, 3])
    chosen = np.resize(np.array([0, 1, 2], dtype=np.int16), 123)
    table = tabulate(Answers(asked, np.ones(123, dtype=bool), chosen), groups=Groups(where, index))
    hidden = np.array([[s.hidden for s in g.options] for g in table.groups])
    assert hidden.any(axis=0).all()
    assert "응답자가 3명 있습니다." in str(table.notes[-1])
    ages = answers(question(QuestionKind.NUMBER, 0), chosen, "float64")
    means = [g.mean for g in tabulate(ages, groups=Groups(where, index)).groups]
    assert means.count(None) == 1


def test_dont_know_is_split_where_it_is_no_secret():
    asked = question(QuestionKind.SINGLE, 3, missing=1)
    chosen = np.tile(np.array([0, 1, 2], dtype=np.int16), 40)
    index = np.repeat(np.array([0, 1], dtype=np.int16), 60)
    where = Question("A", QuestionKind.SINGLE, options=question(QuestionKind.SINGLE, 2).options)
    table = tabulate(Answers(asked, np.ones(120, dtype=bool), chosen), groups=Groups(where, index))
    for group in table.groups:
        assert [s.count for s in group.options] == [20, 20, 20]
        assert group.options[2].missing
        assert group.options[2].pct_votes is None
        assert group.base == Base(asked=60, answered=40, blank=0, missing=20, votes=40)


def test_a_mean_by_group_is_hidden_with_a_small_group():
    rng = np.random.default_rng(3)
    where = Question("A", QuestionKind.SINGLE, options=question(QuestionKind.SINGLE, 3).options)
    index = np.repeat(np.array([0, 1, 2], dtype=np.int16), [30, 20, 3])
    source = answers(question(QuestionKind.NUMBER, 0), rng.integers(20, 80, 53), "float64")
    table = tabulate(source, groups=Groups(where, index))
    assert [g.mean is None for g in table.groups] == [False, True, True]


def test_hidden_cells_are_stars_in_json():
    found = plain(crossed())
    small = found["groups"][3]
    assert {s["count"] for s in small["options"]} == {"*"}
    assert {s["pct_votes"] for s in small["options"]} == {"*"}
    assert small["base"]["blank"] == "*"
    assert found["options"][3] == {
        "code": "4",
        "label": "보기 4",
        "role": "dont_know",
        "count": 2,
        "pct_votes": None,
        "pct_respondents": None,
        "low": None,
        "high": None,
        "missing": True,
    }
    assert set(found["base"]) == {"asked", "answered", "blank", "missing", "votes"}
    assert found["notes"]


def test_weights_count_people_as_they_weigh_and_say_so():
    source = goals_answered()
    who = groups(np.random.default_rng(2), 51, 2)
    weighting = rake([who], [{"1": 0.5, "2": 0.5}])
    table = tabulate(source, weights=weighting)
    assert table.counted == Base(asked=51, answered=51, blank=0, missing=0, votes=89)
    assert table.base.answered == pytest.approx(51)
    assert table.options[0].count == pytest.approx(weighting.weights @ source.chosen[:, 0])
    assert any("유효 표본 크기는" in str(n) for n in table.notes)
    assert plain(table)["n_eff"] == weighting.n_eff
    low = tabulate(source, weights=weighting.weights, sampling=Sampling.PROBABILITY).options[0].low
    assert low is not None
