"""Trends only where waves may be compared; a break says why they may not."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from db.vocab import OptionRole, QuestionKind
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import (
    answers,
    ballots,
    comparing,
    published,
    questions,
    retention,
    series,
    waves,
)
from gwangju_desktop.polls.differing import (
    Condition,
    Side,
    bare,
    differences,
    reversed_scale,
)
from gwangju_desktop.polls.drafts import wording_hash
from gwangju_desktop.polls.model import Option, Part, Question
from tests.gwangju_desktop.polls.asking import GOALS, Asking

D = dt.date

SCALE = Question(
    "3",
    QuestionKind.SCALE,
    options=(
        *(Option(str(n), f"{n}점", OptionRole.NORMAL, float(n)) for n in (1, 2, 3)),
        Option("9", "모름", OptionRole.DONT_KNOW),
    ),
)
SIDE = Side(SCALE, wording_hash("얼마나?"), None, "예시 시민", "paper")


def told(other: Side, first: Side = SIDE) -> list[str]:
    return [str(said) for said in differences(first, other)]


def with_options(*options: Option) -> Side:
    return replace(SIDE, question=replace(SCALE, options=options))


def test_each_thing_that_differs_is_named() -> None:
    one, two, three, nine = SCALE.options
    assert told(SIDE) == []
    assert told(replace(SIDE, wording_hash="")) == [
        "두 회차의 문항 문구를 모두 확인할 수 없습니다."
    ]
    assert told(replace(SIDE, wording_hash="x")) == ["문항 문구가 다릅니다."]
    assert told(replace(SIDE, mode="web")) == ["조사방법이 다릅니다(종이 설문 → 온라인)."]
    assert told(replace(SIDE, population="")) == ["조사대상이 다릅니다(‘예시 시민’ → ‘미상’)."]
    assert told(replace(SIDE, condition=Condition("1", "x", frozenset("1")))) == [
        "응답 대상 조건이 다릅니다."
    ]
    assert told(replace(SIDE, question=replace(SCALE, kind=QuestionKind.SINGLE))) == [
        "문항 종류가 다릅니다(‘척도’ → ‘단일 선택’)."
    ]
    assert told(with_options(one, two, nine)) == ["빠진 보기가 있습니다: 3점."]
    more = Option("4", "4점", OptionRole.NORMAL, 4.0)
    assert told(with_options(one, two, three, more, nine)) == ["추가된 보기가 있습니다: 4점."]
    assert told(with_options(one, replace(two, label="보통"), three, nine)) == [
        "보기 문구가 다릅니다: 보통."
    ]
    assert told(with_options(one, two, three, replace(nine, role=OptionRole.NONE))) == [
        "보기의 성격(해당 없음·모름·무응답)이 다릅니다: 모름."
    ]
    assert told(with_options(one, two, replace(three, value=5.0), nine)) == [
        "보기의 점수가 다릅니다."
    ]
    assert told(with_options(two, one, three, nine)) == ["보기 순서가 다릅니다."]
    several = replace(SIDE, question=replace(SCALE, kind=QuestionKind.MULTIPLE, max_choices=2))
    unlimited = replace(several, question=replace(several.question, max_choices=None))
    assert told(unlimited, several) == ["최대 선택 수가 다릅니다(2 → 제한 없음)."]
    grid = replace(SIDE, question=replace(SCALE, parts=(Part("a", "가"),)))
    assert told(grid) == ["행이나 순위의 구성이 다릅니다."]


def test_marks_before_an_option_are_no_words() -> None:
    assert bare("① 원자력발전 확대") == bare("1.  원자력발전\n확대") == "원자력발전 확대"
    assert bare("(2) 유지") == bare("나) 유지") == "유지"
    assert bare("2.5배") == "2.5배"
    assert bare("①") == "①"
    assert bare("가능하다") == "가능하다"


def test_a_reversed_scale_is_caught_however_it_is_turned() -> None:
    def turned(*options: tuple[str, str, float | None]) -> Question:
        made = tuple(
            Option(code, label, OptionRole.NORMAL, value) for code, label, value in options
        )
        return replace(SCALE, options=made)

    codes = turned(("3", "1점", 3.0), ("2", "2점", 2.0), ("1", "3점", 1.0))
    points = turned(("1", "1점", 3.0), ("2", "2점", 2.0), ("3", "3점", 1.0))
    words = turned(("a", "3점", None), ("b", "2점", None), ("c", "1점", None))
    same = turned(("3", "3점", 3.0), ("2", "2점", 2.0), ("1", "1점", 1.0))
    for other in (codes, points, words):
        assert reversed_scale(SCALE, other)
        [reason] = told(replace(SIDE, question=replace(other, options=(*other.options,))),
                        replace(SIDE, question=replace(SCALE, options=SCALE.options[:3])))  # fmt: skip
        assert reason.startswith("척도 방향이 반대입니다.")
    assert not reversed_scale(SCALE, same), "printed upside down, but coded alike"
    assert told(with_options(*same.options, SCALE.options[3])) == ["보기 순서가 다릅니다."]


def test_the_scale_of_a_real_poll_that_was_turned_between_waves(shared_data) -> None:
    book = json.loads((shared_data / "polls" / "shinkori56_codebook.json").read_text("utf-8"))

    def side(code: str) -> Side:
        entry = book[code]
        roles = {"9": OptionRole.DONT_KNOW}
        return Side(
            Question(
                code,
                QuestionKind.SINGLE,
                options=tuple(
                    Option(value, label, roles.get(value, OptionRole.NORMAL))
                    for value, label in entry["objective_statemet"]
                ),
            ),
            wording_hash(entry["question"]["main"]),
            None,
            "예시",
            "paper",
        )

    first, third, fourth = side("A_Q3"), side("C_Q2"), side("D_Q2")
    [reason] = differences(first, third)
    assert str(reason).startswith("척도 방향이 반대입니다.")
    assert reversed_scale(first.question, fourth.question)
    # The codebook breaks a line in the middle of a word: the wording is the same all the same.
    assert differences(third, fourth) == []


@pytest.fixture
def asking(sqlite_store) -> Asking:
    clock.fix(D(2021, 8, 31))
    return Asking(sqlite_store)


def trend(asking, code="2", **how):
    with asking.store.reading() as read:
        return comparing.trend(read, asking.poll, code, **how)


def test_a_trend_has_both_bases_months_and_a_break_that_says_why(asking) -> None:
    run = asking.run
    base = run(waves.plan_wave, poll_id=asking.poll, label="기초조사", from_on=D(2021, 5, 12)).value
    # Planned later but held before: the baseline comes first and asks the same.
    run(
        published.set_totals,
        wave_question_id=asking.place(base, "2"),
        answered=51,
        counts={"1": 33, "2": 40},
        published="예시 보고서",
    )
    run(waves.close_wave, id=base)
    asking.closed(asking.wave, ["1", "2"], ["1"], ["9"])
    second = asking.plan()
    run(waves.edit_wave, id=second, mode="web")
    asking.closed(second, ["2"])
    third = asking.plan()
    run(waves.open_wave, id=third)
    asking.answer(third, ["2"], ["2"])

    votes, people = trend(asking), trend(asking, basis="respondents")
    assert [point.label for point in votes.points] == ["기초조사", "1차", "2차"]
    assert [point.month for point in votes.points] == ["2021. 5.", "2021. 8.", "2021. 8."]
    assert [point.n for point in votes.points] == [51, 2, 1]
    assert [point.votes for point in votes.points] == [73, 3, 1]
    assert votes.points[0].shares == pytest.approx({"1": 100 * 33 / 73, "2": 100 * 40 / 73})
    assert people.points[0].shares == pytest.approx({"1": 100 * 33 / 51, "2": 100 * 40 / 51})
    assert people.points[1].shares == {"1": 100.0, "2": 50.0}, "don't know is no answer"
    assert votes.options == (("1", GOALS[0]["label"]), ("2", GOALS[1]["label"]))
    assert all(point.provisional for point in votes.points)
    [gap] = votes.breaks
    assert (gap.after, gap.reversed) == (1, False)
    assert str(gap) == "조사방법이 다릅니다(종이 설문 → 온라인)."
    assert [str(note) for note in votes.notes] == [
        "‘3차’ 회차는 조사 중이므로 추이에 표시하지 않습니다.",
        "회차마다 조사한 달이 다릅니다. 같은 달은 60개월 뒤에 다시 돌아옵니다.",
    ]


def test_another_wording_and_other_filters_break_the_line(asking) -> None:
    run = asking.run
    asking.closed(asking.wave, ["1"])
    second = asking.plan()
    run(questions.edit_question, id=asking.goals, wording="무엇이 시급합니까?")
    run(
        questions.set_condition,
        wave_question_id=asking.place(second, "2"),
        ask_if_id=asking.known,
        codes=["1"],
    )
    run(waves.edit_wave, id=second, population="예시 청년")
    asking.closed(second, ["2"])
    [gap] = trend(asking).breaks
    assert [str(reason) for reason in gap.reasons] == [
        "문항 문구가 다릅니다.",
        "응답 대상 조건이 다릅니다.",
        "조사대상이 다릅니다(‘예시 시민’ → ‘예시 청년’).",
    ]
    third = asking.plan()
    asking.closed(third, ["2"])
    assert [one.after for one in trend(asking).breaks] == [0], "the third is like the second"


def test_the_means_of_a_scale_and_the_rows_of_a_grid_have_trends(asking) -> None:
    points = [{"code": str(n), "label": f"{n}점", "value": float(n)} for n in (1, 2, 3)]
    scale = asking.add(code="3", kind="scale", title="체감", options=points)
    grid = asking.add(
        code="4",
        kind="grid",
        title="동의",
        options=points,
        parts=[{"code": "4_1", "label": "투명"}, {"code": "4_2", "label": "효과"}],
    )
    run = asking.run
    run(questions.put_in_wave, wave_id=asking.wave, question_ids=[scale, grid])
    run(waves.open_wave, id=asking.wave)
    for n in (1, 3, 3):
        given = {scale: str(n), grid: {"4_1": str(n), "4_2": "2"}}
        run(ballots.add_ballot, wave_id=asking.wave, answers=given)
    assert trend(asking, "3").points == ()
    run(waves.close_wave, id=asking.wave)
    [point] = trend(asking, "3").points
    assert point.mean == pytest.approx(7 / 3)
    [row] = trend(asking, "4", part="4_2").points
    assert row.shares == {"1": 0.0, "2": 100.0, "3": 0.0}
    assert trend(asking, "없음").points == ()


def test_figures_stay_when_the_answers_are_gone(asking) -> None:
    asking.closed(asking.wave, ["1", "2"], ["1"])
    before = trend(asking).points
    asking.run(series.edit_poll, id=asking.poll, keep_months=0)
    retention.erase_answers(asking.store, asking.wave)
    after = trend(asking).points
    assert [(point.n, point.shares) for point in after] == [
        (point.n, point.shares) for point in before
    ]
    with asking.store.reading() as read, pytest.raises(UserError, match="파기"):
        answers.table(read, asking.place(asking.wave, "2"), by=asking.known)
