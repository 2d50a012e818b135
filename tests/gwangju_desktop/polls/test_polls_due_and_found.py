"""Polls on the first page, in the search of everything, and by name in the journal."""

from __future__ import annotations

import datetime as dt

from gwangju_desktop import clock, search_records, subjects, today
from gwangju_desktop.polls import questions, series, waves
from gwangju_desktop.text import say
from tests.gwangju_desktop.polls.asking import Asking

D = dt.date


def due(asking, on):
    with asking.store.reading() as read:
        lines = today.overview(read, today=on).deadlines
    return [
        (say(one.title, **one.values), one.days, one.table, one.id)
        for one in (*lines.overdue, *lines.week, *lines.later)
    ]


def test_what_is_due_of_polls_stands_on_the_first_page(sqlite_store) -> None:
    clock.fix(D(2021, 8, 31))
    asking = Asking(sqlite_store)
    poll, wave = asking.poll, asking.wave
    begin = "조사 시작: 예시 시민 설문 1차"
    assert due(asking, D(2021, 8, 23)) == []
    assert due(asking, D(2021, 8, 24)) == [(begin, 7, "poll_wave", wave)]
    assert due(asking, D(2021, 9, 2)) == [(begin, -2, "poll_wave", wave)]
    asking.run(waves.edit_wave, id=wave, until_on=D(2021, 9, 10))
    asking.run(waves.open_wave, id=wave)
    close = "조사 마감: 예시 시민 설문 1차"
    assert due(asking, D(2021, 9, 2)) == []
    assert due(asking, D(2021, 9, 11)) == [(close, -1, "poll_wave", wave)]
    asking.answer(wave, ["1"])
    clock.fix(D(2021, 9, 11))
    asking.run(waves.close_wave, id=wave)
    plan = "다음 회차 계획: 예시 시민 설문"
    assert due(asking, D(2021, 12, 31)) == []
    assert due(asking, D(2022, 1, 1)) == [(plan, 30, "poll", poll)]
    later = asking.plan()
    assert due(asking, D(2022, 1, 1)) == []
    erase = "원응답 자료 파기: 예시 시민 설문 1차"
    second = ("조사 시작: 예시 시민 설문 2차", -217, "poll_wave", later)
    assert due(asking, D(2022, 9, 5)) == [second, (erase, 6, "poll_wave", wave)]
    asking.run(series.end_poll, id=poll)
    assert due(asking, D(2022, 9, 5)) == [(erase, 6, "poll_wave", wave)], "kept answers still go"


def test_polls_are_found_by_words_and_named_in_the_journal(store) -> None:
    asking = Asking(store)
    edited = asking.run(questions.edit_question, id=asking.goals, max_choices=1)
    opened = asking.run(waves.open_wave, id=asking.wave)

    def found(words: str):
        with store.reading() as read:
            hits = search_records.find(read, words=words)
        assert all(one.page == "polls" and one.record == (one.table, one.id) for one in hits)
        return {(one.table, one.id): (one.title, one.detail) for one in hits}

    poll = ("poll", asking.poll)
    assert found("시민 설문") == {poll: ("예시 시민 설문", "예시 위원회")}
    assert found("1차") == {("poll_wave", asking.wave): ("1차", "예시 시민 설문")}
    question = {("poll_question", asking.goals): ("목표", "예시 시민 설문 · 2")}
    assert found("두 가지까지") == question, "by the wording"
    assert found("청렴성") == question, "by an option"
    with store.reading() as read:
        names = subjects.of_entries(read, [edited.id, opened.id])
    assert names == {edited.id: "목표", opened.id: "예시 시민 설문 1차"}
