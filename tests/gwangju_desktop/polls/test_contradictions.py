"""What nobody said stays unknown, and figures that would contradict themselves are refused."""

from __future__ import annotations

import math

import pytest

from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import (
    answers,
    intake,
    published,
    questions,
    retention,
    series,
    targets,
    waves,
)
from gwangju_desktop.text import say
from tests.gwangju_desktop.polls import taken
from tests.gwangju_desktop.polls.asking import Asking


def brought(store, **more):
    """Take six respondents in as a series of their own."""
    return store.run(
        intake.import_new,
        name="예시 설문",
        reading=taken.six(**more),
        file_name="응답.csv",
        label="1차",
    ).value


def place(store, wave, code):
    with store.reading() as read:
        asked = questions.questionnaire(read, wave)
    return next(one.wave_question_id for one in asked if one.question.code == code)


def box(store, wave):
    with store.reading() as read:
        return {say(label): said for label, said in waves.method_box(read, wave)}


def test_how_a_file_was_collected_is_unknown_until_somebody_says(sqlite_store) -> None:
    run, made = sqlite_store.run, brought(sqlite_store)
    wave = made["wave"]
    assert box(sqlite_store, wave)["조사방법"] == "미상"
    with pytest.raises(UserError, match="조사방법"):
        run(waves.publish_wave, id=wave)
    run(waves.edit_wave, id=wave, mode="web")
    assert box(sqlite_store, wave)["조사방법"] == "온라인"
    with pytest.raises(UserError) as refused:
        run(waves.publish_wave, id=wave)
    assert "조사방법" not in str(refused.value)
    again = brought(sqlite_store)
    with sqlite_store.reading() as read:
        names = {row.id: row.name for row in series.polls(read)}
    assert names == {made["poll"]: "예시 설문", again["poll"]: "예시 설문 (2)"}


def test_no_more_take_part_than_were_invited_whichever_way_they_come(sqlite_store) -> None:
    run, wave = sqlite_store.run, brought(sqlite_store)["wave"]
    run(waves.edit_wave, id=wave, invited=8)
    with pytest.raises(UserError, match="응답자 12명이 요청 인원이나 모집단 크기인 8명보다"):
        run(intake.take_in, wave_id=wave, reading=taken.six(name="2"), file_name="둘째.csv")
    assert box(sqlite_store, wave)["응답자"] == "요청 8명 중 6명(응답률 75.0%)"
    asking = Asking(sqlite_store)
    run(waves.edit_wave, id=asking.wave, source="totals", published="예시", respondents=100)
    run(intake.take_in, wave_id=asking.wave, reading=taken.six(), file_name="응답.csv")
    with sqlite_store.reading() as read:
        assert waves.wave_row(read, asking.wave).responses == 6, "counted from now on"


def test_what_is_left_of_an_erased_wave_says_no_more_than_is_known(sqlite_store) -> None:
    run, wave = sqlite_store.run, brought(sqlite_store, weights=[1, 2, 1, 1, 1, 1])["wave"]
    run(waves.edit_wave, id=wave, weighted=True, sampling="probability")
    heard = place(sqlite_store, wave, "heard")
    with sqlite_store.reading() as read:
        before = answers.table(read, heard)
    assert before.options[0].low is not None
    retention.erase_answers(sqlite_store, wave)
    with sqlite_store.reading() as read:
        table = answers.table(read, heard)
    assert [one.count for one in table.options] == [one.count for one in before.options]
    assert {(one.low, one.high) for one in table.options} == {(None, None)}
    gone = "표본오차 미상: 가중치가 응답과 함께 파기되었습니다."
    assert gone in [str(note) for note in table.notes]
    assert box(sqlite_store, wave)["표본오차"] == gone
    [batch] = batches(sqlite_store, wave)
    for verb, given in (
        (waves.edit_wave, {"id": wave, "weighted": False}),
        (targets.set_targets, {"wave_id": wave, "targets": {}}),
        (intake.remove_batch, {"batch_id": batch.id}),
    ):
        with pytest.raises(UserError, match="파기되었고"):
            run(verb, **given)
    assert box(sqlite_store, wave)["응답자"] == "6명"


def batches(store, wave):
    with store.reading() as read:
        return intake.batches(read, wave)


@pytest.mark.parametrize("wrong", [math.nan, math.inf])
def test_a_figure_that_is_no_number_is_refused_in_a_sentence(sqlite_store, wrong) -> None:
    asking = Asking(sqlite_store)
    goals = asking.place(asking.wave, "2")
    for given in (
        {"answered": wrong, "counts": {"1": 1}},
        {"answered": 1, "counts": {"1": wrong}},
        {"answered": 1, "counts": {"1": 1}, "mean": wrong},
    ):
        with pytest.raises(UserError):
            asking.run(published.set_totals, wave_question_id=goals, published="예시", **given)
    with pytest.raises(UserError, match="100%"):
        asking.run(
            targets.set_targets, wave_id=asking.wave, targets={asking.known: {"1": wrong, "2": 0.5}}
        )


def test_the_same_answers_saved_as_another_file_are_not_counted_twice(sqlite_store) -> None:
    def many(name, last):
        sexes = taken.answers(taken.SEX, [*(["1", "2", None] * 4), last])
        return taken.reading(sexes, taken.answers(taken.AGE, list(range(20, 33))), name=name)

    run = sqlite_store.run
    given = {"name": "예시", "file_name": "응답.csv", "label": "1차"}
    wave = run(intake.import_new, reading=many("1", "1"), **given).value["wave"]
    with pytest.raises(UserError, match=r"응답\.xlsx의 응답은 “1차” 회차에 이미 가져온 응답\.csv"):
        run(intake.take_in, wave_id=wave, reading=many("2", "1"), file_name="응답.xlsx")
    run(intake.take_in, wave_id=wave, reading=many("3", "2"), file_name="다른 응답.csv")
    assert box(sqlite_store, wave)["응답자"] == "26명"
