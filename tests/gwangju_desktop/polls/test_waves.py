"""Series and waves: planned like the last one, opened, closed, published with all that belongs."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from db.schema.answers import PollTotal
from db.schema.polls import PollOption
from gwangju_desktop import clock, text
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import (
    answers,
    ballots,
    defaults,
    published,
    questions,
    series,
    targets,
    waves,
)
from gwangju_desktop.text import say
from tests.gwangju_desktop.polls.asking import GOALS, Asking

D = dt.date


@pytest.fixture(autouse=True)
def _day() -> None:
    clock.fix(D(2021, 8, 31))


def rows(asking):
    with asking.store.reading() as read:
        return waves.waves(read, asking.poll)


def row(asking, wave):
    with asking.store.reading() as read:
        return waves.wave_row(read, wave)


def test_a_new_series_has_the_usual_numbers_and_their_sources(sqlite_store) -> None:
    asking = Asking(sqlite_store)
    with sqlite_store.reading() as read:
        [poll] = series.polls(read)
    assert (poll.every_months, poll.small_cell, poll.keep_months) == (5, 5, 12)
    assert (poll.waves, poll.latest_id, poll.next_on) == (1, None, D(2021, 8, 31))
    assert all(one.source for one in defaults.defaults().values())
    assert (defaults.number("trim_low"), defaults.number("trim_high")) == (0.3, 3.0)
    for fields, sentence in (
        ({"name": " "}, "설문 이름"),
        ({"name": "예시 시민 설문"}, "이미 있습니다"),
        ({"name": "가", "every_months": 0}, "1개월에서"),
        ({"name": "가", "small_cell": 0}, "1 이상"),
        ({"name": "가", "keep_months": -1}, "0개월보다"),
        ({"name": "가", "population_size": -1}, "0보다 작을 수 없습니다"),
    ):
        with pytest.raises(UserError, match=sentence):
            asking.run(series.add_poll, **fields)


def test_the_next_wave_is_planned_like_the_last_one(sqlite_store) -> None:
    asking = Asking(sqlite_store)
    asking.run(
        waves.edit_wave,
        id=asking.wave,
        mode="web",
        sampling="quota",
        frame="예시 명부",
        conductor="예시 기관",
        invited=100,
        weighted=True,
        note="1차 메모",
    )
    asking.run(
        questions.set_condition,
        wave_question_id=asking.place(asking.wave, "2"),
        ask_if_id=asking.known,
        codes=["1"],
    )
    shares = {asking.known: {"1": 0.4, "2": 0.6}}
    asking.run(targets.set_targets, wave_id=asking.wave, targets=shares, source="예시 통계")
    second = asking.plan()
    made = row(asking, second)
    assert (made.label, made.k, made.planned_on) == ("2차", 1, D(2022, 1, 31))
    assert (made.mode, made.sampling, made.frame) == ("web", "quota", "예시 명부")
    assert (made.conductor, made.invited, made.note) == ("예시 기관", None, "")
    assert made.weighted and made.population == "예시 시민", "the series' own"
    assert [one.question.code for one in asking.asked(second)] == ["1", "2"]
    assert asking.asked(second)[1].ask_if == ("1",)
    with sqlite_store.reading() as read:
        assert targets.targets(read, second) == shares
    bare = asking.run(waves.plan_wave, poll_id=asking.poll, empty=True).value
    assert (row(asking, bare).mode, row(asking, bare).questions) == ("paper", 0)
    asking.run(waves.remove_wave, id=second)
    assert [wave.label for wave in rows(asking)] == ["1차", "3차"]
    with pytest.raises(UserError, match="이미 ‘3차’ 회차가 있습니다"):
        asking.run(waves.plan_wave, poll_id=asking.poll, k=2)


def test_waves_stand_in_time_also_those_outside_the_cadence(sqlite_store) -> None:
    asking = Asking(sqlite_store)
    asking.plan()
    base = asking.run(
        waves.plan_wave,
        poll_id=asking.poll,
        label="기초조사",
        from_on=D(2021, 5, 12),
        until_on=D(2021, 5, 21),
    ).value
    last = asking.run(
        waves.plan_wave, poll_id=asking.poll, label="특별 조사", from_on=D(2021, 10, 1)
    ).value
    assert [wave.label for wave in rows(asking)] == ["기초조사", "1차", "특별 조사", "2차"]
    assert row(asking, base).k is None
    # There is room between two waves ten times, and then they make some.
    for n in range(14):
        asking.run(waves.plan_wave, poll_id=asking.poll, label=f"{n}", from_on=D(2021, 9, 1 + n))
    names = [wave.label for wave in rows(asking)]
    assert names == ["기초조사", "1차", *map(str, range(14)), "특별 조사", "2차"]
    asking.run(waves.edit_wave, id=last, from_on=D(2021, 5, 1))
    assert [wave.label for wave in rows(asking)][:2] == ["특별 조사", "기초조사"]
    with sqlite_store.reading() as read:
        assert waves.find(read, asking.poll, "기초조사") == base
        assert waves.find(read, asking.poll, "1차") == asking.wave
        with pytest.raises(UserError, match=r"‘9차’ 회차가 없습니다.*기초조사"):
            waves.find(read, asking.poll, "9차")


def test_a_wave_goes_through_the_field_and_back(store) -> None:
    asking = Asking(store)
    run, wave = asking.run, asking.wave
    bare = run(waves.plan_wave, poll_id=asking.poll, empty=True).value
    with pytest.raises(UserError, match="설문지가 없습니다"):
        run(waves.open_wave, id=bare)
    run(waves.open_wave, id=wave)
    assert row(asking, wave).from_on == D(2021, 8, 31)
    with pytest.raises(UserError, match="아직 응답이 없습니다"):
        run(waves.close_wave, id=wave)
    with pytest.raises(UserError, match="‘조사 중’ 단계"):
        run(waves.open_wave, id=wave)
    asking.answer(wave, ["1", "2"], ["1"], ["9"])
    with pytest.raises(UserError, match="‘1차’ 회차가 아직 조사 중"):
        run(series.end_poll, id=asking.poll)
    clock.fix(D(2021, 9, 10))
    run(waves.close_wave, id=wave)
    closed = row(asking, wave)
    assert (closed.state, closed.responses, closed.respondents) == ("closed", 3, 3)
    assert (closed.until_on, closed.closed_on) == (D(2021, 9, 10), D(2021, 9, 10))
    with store.reading() as read:
        kept = answers.totals(read, asking.place(wave, "2"))
    assert kept is not None and (kept.counts["", "1"], kept.answered) == (2, 2)

    run(waves.reopen_wave, id=wave)
    again = row(asking, wave)
    assert (again.state, again.responses, again.respondents) == ("fielding", 3, None)
    with store.reading() as read:
        assert answers.totals(read, asking.place(wave, "2")) is None
    asking.answer(wave, ["2"])
    run(waves.close_wave, id=wave)
    run(waves.publish_wave, id=wave)
    assert row(asking, wave).published_on == D(2021, 9, 10)
    with pytest.raises(UserError, match="‘공표’ 단계"):
        run(waves.reopen_wave, id=wave)
    with pytest.raises(UserError, match="이미 응답이 있습니다"):
        run(waves.remove_wave, id=wave)
    with pytest.raises(UserError, match="삭제할 수 없습니다"):
        run(series.remove_poll, id=asking.poll)
    run(series.end_poll, id=asking.poll)
    with store.reading() as read:
        assert series.poll_row(read, asking.poll).next_on is None
    with pytest.raises(UserError, match="종료되었습니다"):
        run(waves.plan_wave, poll_id=asking.poll)
    run(series.continue_poll, id=asking.poll)
    with store.reading() as read:
        assert series.poll_row(read, asking.poll).next_on == D(2022, 1, 31)
    for _ in range(4):
        store.undo()
    assert row(asking, wave).state == "fielding"


def test_nothing_is_published_without_what_its_readers_need(sqlite_store) -> None:
    asking = Asking(sqlite_store)
    run, wave = asking.run, asking.wave
    asking.run(questions.edit_question, id=asking.known, wording="")
    run(series.edit_poll, id=asking.poll, commissioner="", population="")
    asking.closed(wave, ["1"])
    run(waves.edit_wave, id=wave, until_on=None)
    with pytest.raises(UserError) as refused:
        run(waves.publish_wave, id=wave)
    assert str(refused.value) == (
        "‘1차’ 회차는 다음 사항이 없어 공표할 수 없습니다: 의뢰기관, 조사기간, 조사대상, "
        "문항 문구(1). 먼저 입력하십시오."
    )
    with sqlite_store.reading() as read:
        box = {say(label): words for label, words in waves.method_box(read, wave)}
    assert box["의뢰기관"] == box["조사대상"] == "미상"
    worded = run(questions.edit_question, id=asking.known, wording="아십니까?").value
    assert worded != asking.known, "the wave asked without words; a later wording is another"


def test_a_published_wave_stays_complete(sqlite_store) -> None:
    asking = Asking(sqlite_store)
    asking.closed(asking.wave, ["1"], ["2"])
    asking.run(waves.publish_wave, id=asking.wave)
    asking.run(waves.edit_wave, id=asking.wave, frame="예시 명부")
    with pytest.raises(UserError, match="조사기간"):
        asking.run(waves.edit_wave, id=asking.wave, until_on=None)


def test_a_closed_wave_is_counted_anew_when_its_weighting_changes(sqlite_store) -> None:
    asking = Asking(sqlite_store)
    run, wave = asking.run, asking.wave
    shares = {asking.known: {"1": 0.5, "2": 0.5}}
    run(targets.set_targets, wave_id=wave, targets=shares)
    run(waves.open_wave, id=wave)
    ids = {one.question.code: one.question_id for one in asking.asked(wave)}
    for known, goal in (("1", "1"), ("1", "1"), ("1", "1"), ("2", "2")):
        run(ballots.add_ballot, wave_id=wave, answers={ids["1"]: known, ids["2"]: [goal]})
    run(waves.close_wave, id=wave)

    def count() -> float:
        with sqlite_store.reading() as read:
            found = read.scalars(
                select(PollTotal.value)
                .join(PollOption, PollOption.id == PollTotal.option_id)
                .where(
                    PollTotal.wave_question_id == asking.place(wave, "2"),
                    PollTotal.measure == "count",
                    PollOption.code == "2",
                )
            )
            return found.one()

    assert count() == 1
    run(waves.edit_wave, id=wave, weighted=True)
    assert count() == pytest.approx(2)
    run(waves.publish_wave, id=wave)
    with pytest.raises(UserError, match="공표"):
        run(waves.edit_wave, id=wave, weighted=False)


def test_what_a_form_gives_back_changes_nothing(sqlite_store) -> None:
    asking = Asking(sqlite_store)
    made = row(asking, asking.wave)
    given = {name: getattr(made, name) for name in waves.FIELDS}
    assert asking.run(waves.edit_wave, id=asking.wave, **given).rows == ()
    asking.run(series.edit_poll, id=asking.poll, population="예시 청년")
    assert row(asking, asking.wave).population == "예시 청년"
    asking.run(waves.edit_wave, id=asking.wave, population="예시 노인")
    assert row(asking, asking.wave).population == "예시 노인"
    with pytest.raises(UserError, match="응답에서 셉니다"):
        asking.run(waves.edit_wave, id=asking.wave, respondents=3)


def test_impossible_numbers_and_days_are_refused(sqlite_store) -> None:
    asking = Asking(sqlite_store)
    asking.plan()
    for fields, sentence in (
        ({"label": " "}, "이름"),
        ({"label": "2차"}, "‘2차’ 회차가 이미 있습니다"),
        ({"from_on": D(2021, 9, 2), "until_on": D(2021, 9, 1)}, "시작일"),
        ({"invited": -1}, "0보다 작을 수 없습니다"),
        ({"k": 1}, "이미 ‘2차’ 회차가"),
    ):
        with pytest.raises(UserError, match=sentence):
            asking.run(waves.edit_wave, id=asking.wave, **fields)
    asking.run(waves.edit_wave, id=asking.wave, invited=1)
    asking.run(waves.open_wave, id=asking.wave)
    asking.answer(asking.wave, ["1"], ["2"])
    with pytest.raises(UserError, match="응답자 2명이 요청 인원이나 모집단 크기인 1명보다"):
        asking.run(waves.close_wave, id=asking.wave)


def test_published_totals_are_closed_without_a_field(sqlite_store) -> None:
    asking = Asking(sqlite_store)
    run, wave = asking.run, asking.wave
    run(waves.edit_wave, id=wave, source="totals", published="예시 보고서 12쪽")
    with pytest.raises(UserError, match="조사를 시작하지 않습니다"):
        run(waves.open_wave, id=wave)
    with pytest.raises(UserError, match="집계값을 먼저 입력"):
        run(waves.close_wave, id=wave)
    run(
        published.set_totals,
        wave_question_id=asking.place(wave, "2"),
        answered=51,
        counts={"1": 33, "2": 21},
    )
    run(waves.close_wave, id=wave)
    with sqlite_store.reading() as read:
        box = {say(label): words for label, words in waves.method_box(read, wave)}
    assert (box["출처"], box["응답자"]) == ("예시 보고서 12쪽", "51명")
    run(waves.reopen_wave, id=wave)
    assert row(asking, wave).state == "planned"
    with sqlite_store.reading() as read:
        assert answers.totals(read, asking.place(wave, "2")), "what was typed stays"


def test_the_method_stands_beside_every_figure(sqlite_store) -> None:
    asking = Asking(sqlite_store)
    run, wave = asking.run, asking.wave
    run(
        waves.edit_wave,
        id=wave,
        from_on=D(2021, 8, 31),
        until_on=D(2021, 9, 10),
        mode="telephone",
        sampling="probability",
        population="예시 성인",
        population_size=20,
        frame="예시 번호",
        conductor="예시 기관",
        invited=10,
    )

    def box():
        with sqlite_store.reading() as read:
            return [f"{say(label)}: {words}" for label, words in waves.method_box(read, wave)]

    run(waves.open_wave, id=wave)
    asking.answer(wave, ["1"], ["2"], ["1", "2"], ["1"])
    assert "응답자: 4명(조사 중)" in box()
    assert "표본오차: 조사 마감 후 표시" in box()
    run(waves.close_wave, id=wave)
    assert box()[:9] == [
        "조사기간: 2021. 8. 31.~2021. 9. 10.",
        "조사방법: 전화",
        "조사대상: 예시 성인(20명)",
        "표본추출: 확률표본",
        "표본추출틀: 예시 번호",
        "의뢰기관: 예시 위원회",
        "수행기관: 예시 기관",
        "응답자: 요청 10명 중 4명(응답률 40.0%)",
        "가중치: 적용하지 않음",
    ]
    # 4 of 20: 49.0 points, times the finite correction sqrt(16/19).
    assert "±45.0%p" in box()[9].replace(" ", ""), box()[9]
    run(waves.edit_wave, id=wave, sampling="convenience")
    assert "표본오차 해당 없음" in box()[9]
    text.use("en")
    assert box()[0] == "Fieldwork: 2021-08-31 – 2021-09-10"


def test_weights_are_told_of(sqlite_store) -> None:
    asking = Asking(sqlite_store)
    run, wave = asking.run, asking.wave
    run(
        targets.set_targets,
        wave_id=wave,
        targets={asking.known: {"1": 0.4, "2": 0.6}},
        source="예시 통계",
    )
    run(waves.edit_wave, id=wave, weighted=True, sampling="probability")
    run(waves.open_wave, id=wave)
    ids = {one.question.code: one.question_id for one in asking.asked(wave)}
    for known in ("1", "1", "1", "2"):
        run(ballots.add_ballot, wave_id=wave, answers={ids["1"]: known, ids["2"]: ["1"]})
    run(waves.close_wave, id=wave)
    with sqlite_store.reading() as read:
        box = {say(label): words for label, words in waves.method_box(read, wave)}
    assert box["가중치"] == "적용(인지 기준 반복비례 가중, 출처: 예시 통계)"
    # Weights 8/15 (three times) and 2.4 are worth 4²/6.61 = 2.42 people.
    assert "±63.0" in box["표본오차"]


def test_a_series_without_answers_can_be_removed(sqlite_store) -> None:
    asking = Asking(sqlite_store)
    asking.plan()
    asking.run(series.remove_poll, id=asking.poll)
    with sqlite_store.reading() as read:
        assert series.polls(read) == []
    sqlite_store.undo()
    with sqlite_store.reading() as read:
        [poll] = series.polls(read)
        assert poll.waves == 2
        assert len(questions.bank(read, asking.poll)[1].options) == len(GOALS)
