"""Answers from files and ballots taken in, joined, tagged and taken out again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select

from db.schema.answers import PollBatch, PollTotal, poll_column
from db.schema.polls import Poll, PollQuestion, PollWave
from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import (
    answers,
    ballots,
    intake,
    opened,
    waves,
)
from gwangju_desktop.polls.model import Option, Question
from tests.gwangju_desktop.polls import taken
from tests.gwangju_desktop.polls.asked import goals
from tests.gwangju_desktop.polls.polled import (
    ballot,
    bank,
    counted,
    fit,
    import_six,
    places,
    shown,
)


def test_a_file_becomes_a_series_a_wave_and_tables(polled: Store) -> None:
    table = shown(polled, "where")
    assert counted(table) == {"1": 3, "2": 1, "3": 1}
    assert (table.base.asked, table.base.answered, table.base.blank, table.base.votes) == (
        6, 3, 3, 5,
    )  # fmt: skip
    assert table.share("1").pct_votes == 60 and table.share("1").pct_respondents == 100
    heard = shown(polled, "heard")
    assert heard.share("9").missing and heard.base.missing == 1
    assert counted(shown(polled, "urgent")) == {"1": 5, "2": 2, "3": 2}
    second = shown(polled, "urgent", part="urgent_2")
    assert counted(second) == {"1": 2, "2": 1, "3": 1} and second.base.blank == 2
    assert shown(polled, "agree", part="agree_2").mean == pytest.approx(3.75)
    assert shown(polled, "age").mean == 44
    with polled.reading() as read:
        counts = answers.counts(read, 1)
        assert (counts.batches, counts.ballots, counts.responses) == (1, 0, 6)
        wave = read.get_one(PollWave, 1)
        assert (wave.state, wave.respondents, wave.closed_on) == ("closed", 6, clock.today())
        attribute = read.scalars(select(PollQuestion.code).where(PollQuestion.attribute)).all()
        assert attribute == ["sex"]


def test_a_second_file_joins_the_first_and_is_taken_out_again(polled: Store) -> None:
    more = taken.reading(
        taken.answers(taken.HEARD, ["2", "2"]),
        taken.answers(
            Question("new", taken.HEARD.kind, "새", "새 문항", taken.SEX.options), ["1", "2"]
        ),
        name="2",
    )
    batch = polled.run(intake.take_in, wave_id=1, reading=more, file_name="더.csv").value
    table = shown(polled, "heard")
    assert table.base.asked == 8 and counted(table) == {"1": 3, "2": 3, "9": 1}
    assert shown(polled, "new").base.asked == 2 and shown(polled, "sex").base.asked == 6
    with pytest.raises(UserError, match=r"더.csv"):
        polled.run(intake.take_in, wave_id=1, reading=more, file_name="더.csv")
    with polled.reading() as read:
        assert [row.file_name for row in intake.batches(read, 1)] == ["응답.csv", "더.csv"]
        assert read.get_one(PollWave, 1).respondents == 8
        assert answers.totals(read, places(polled)["heard"]).counts["", "2"] == 3
    polled.run(intake.remove_batch, batch_id=batch)
    assert shown(polled, "heard").base.asked == 6
    polled.undo()
    assert shown(polled, "heard").base.asked == 8
    polled.run(fit, kind=PollWave, id=1, state="published")
    with pytest.raises(UserError, match="공표"):
        polled.run(intake.remove_batch, batch_id=batch)


def test_a_question_that_does_not_agree_is_named(polled: Store) -> None:
    """The same codes the other way round are the trap of scales between waves."""
    turned = Question(
        "heard", taken.HEARD.kind, "인지", taken.HEARD.wording,
        (Option("1", "아니요"), Option("2", "예")),
    )  # fmt: skip
    reading = taken.reading(taken.answers(turned, ["1", "2"]), name="2")
    with pytest.raises(UserError, match=r"heard.*아니요"):
        polled.run(intake.take_in, wave_id=1, reading=reading, file_name="b.csv")
    made = polled.run(
        intake.import_wave, poll_id=1, reading=reading, file_name="b.csv", label="2차"
    ).value
    assert counted(shown(polled, "heard", made["wave"])) == {"1": 1, "2": 1}
    with polled.reading() as read:
        editions = read.execute(
            select(PollQuestion.edition, PollQuestion.id).where(PollQuestion.code == "heard")
        ).all()
        assert [edition for edition, _ in editions] == [1, 2]
    assert counted(shown(polled, "heard", 1)) == {"1": 3, "2": 1, "9": 1}
    fewer = taken.reading(
        taken.answers(Question("heard", taken.HEARD.kind, "인지", taken.HEARD.wording,
                               turned.options[:1]), ["1", "1"]),
        name="3",
    )  # fmt: skip
    made = polled.run(
        intake.import_wave, poll_id=1, reading=fewer, file_name="c.csv", label="3차"
    ).value
    assert counted(shown(polled, "heard", made["wave"])) == {"1": 2, "2": 0}
    with pytest.raises(UserError):
        polled.run(
            intake.import_new, name="빈", reading=taken.reading(), file_name="빈.csv", label="1"
        )


def test_open_answers_are_tagged_several_at_once(polled: Store) -> None:
    place = places(polled)["says"]
    with polled.reading() as read:
        listed = opened.answers(read, place)
    assert [one.text for one in listed] == ["좋습니다", "더 알려 주십시오", "예산이 적다"]
    tag = polled.run(opened.add_tag, wave_question_id=place, name="예산").value
    with pytest.raises(UserError, match="예산"):
        polled.run(opened.add_tag, wave_question_id=place, name=" 예산 ")
    keys = [one.key for one in listed]
    assert polled.run(opened.tag, id=tag, keys=[*keys[1:], keys[1]]).value == 2
    assert polled.run(opened.tag, id=tag, keys=keys).value == 1
    polled.run(opened.untag, id=tag, keys=keys[:1])
    polled.run(opened.rename_tag, id=tag, name="재정")
    with polled.reading() as read:
        assert [one.tags for one in opened.answers(read, place)] == [(), (tag,), (tag,)]
        assert [(row.name, row.n) for row in opened.tags(read, place)] == [("재정", 2)]
    with pytest.raises(UserError):
        polled.run(opened.tag, id=tag, keys=["b1:1"])
    with pytest.raises(UserError, match="인지"), polled.reading() as read:
        opened.answers(read, places(polled)["heard"])
    polled.run(opened.remove_tag, id=tag)
    polled.undo()
    with polled.reading() as read:
        assert opened.tags(read, place)[0].n == 2


def test_barred_numbers_of_open_answers_are_not_kept(polled: Store) -> None:
    reading = taken.reading(
        taken.answers(taken.SAYS, ["연락 900101-1234567", "좋은 뜻입니다"]), name="5"
    )
    made = polled.run(
        intake.import_wave, poll_id=1, reading=reading, file_name="e.csv", label="4차"
    ).value
    with polled.reading() as read:
        listed = opened.answers(read, places(polled, made["wave"])["says"])
        assert [one.text for one in listed] == ["좋은 뜻입니다"]
        assert intake.batches(read, made["wave"])[0].rejected == 1


def test_ballots_join_the_answers_of_files(polled: Store) -> None:
    with pytest.raises(UserError, match="조사"):
        polled.run(ballots.add_ballot, wave_id=1, answers=ballot(polled))
    polled.run(waves.reopen_wave, id=1)
    first = polled.run(ballots.add_ballot, wave_id=1, answers=ballot(polled)).value
    second = polled.run(ballots.add_ballot, wave_id=1, answers={}).value
    polled.run(ballots.edit_ballot, id=second, answers=ballot(polled, age="" or None, heard="2"))
    third = polled.run(ballots.add_ballot, wave_id=1, answers=ballot(polled)).value
    polled.run(ballots.remove_ballot, id=third)
    with polled.reading() as read:
        assert [row.id for row in ballots.ballots(read, 1)] == [first, second]
        assert ballots.ballots(read, 1)[0].answers[bank(polled, "urgent")] == ["2"]
        assert answers.counts(read, 1).responses == 8
        held = answers.Held(read, 1)
        assert held.of(bank(polled, "age")).chosen[6] == 33
        assert np.isnan(held.of(bank(polled, "age")).chosen[7])
        assert held.of(bank(polled, "agree")).chosen[6].tolist() == [-1, 3]
    polled.run(waves.close_wave, id=1)
    assert counted(shown(polled, "heard")) == {"1": 4, "2": 2, "9": 1}
    assert counted(shown(polled, "where")) == {"1": 5, "2": 1, "3": 3}
    with polled.reading() as read:
        assert opened.answers(read, places(polled)["says"])[-1].text == "잘 부탁합니다"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"heard": "7"}, "7"),
        ({"where": ["1", "1"]}, "누리집"),
        ({"urgent": ["2", "2"]}, "교통"),
        ({"urgent": ["1", "2", "3"]}, "3"),
        ({"agree": {"agree_9": "1"}}, "agree_9"),
        ({"agree": {"agree_1": "8"}}, "8"),
        ({"agree": ["1", "2"]}, "행마다"),
        ({"agree": {"agree_1": ["1"]}}, "행마다"),
        ({"where": "1"}, "목록"),
        ({"urgent": {"urgent_1": "1"}}, "목록"),
        ({"heard": ["1"]}, "하나"),
        ({"says": ["좋습니다"]}, "글"),
        ({"age": 7}, "7"),
        ({"age": "셋"}, "셋"),
        ({"says": "900101-1234567"}, ""),
    ],
)
def test_a_ballot_that_cannot_be_so_is_refused(
    polled: Store, given: dict[str, Any], words: str
) -> None:
    polled.run(fit, kind=PollWave, id=1, state="fielding")
    with pytest.raises(UserError) as refused:
        polled.run(ballots.add_ballot, wave_id=1, answers=ballot(polled, **given))
    assert words in str(refused.value)


def test_too_many_choices_and_unasked_questions_are_faults() -> None:
    questions = {1: goals(), 2: taken.HEARD, 3: taken.AGE}
    (fault,) = ballots.check_ballot(questions, {1: ["1", "2", "3"]})
    assert fault.question_id == 1 and "2" in str(fault.said)
    only = {3: (2, frozenset({"1"}))}
    assert not ballots.check_ballot(questions, {2: "1", 3: 40}, only)
    (fault,) = ballots.check_ballot(questions, {2: "2", 3: 40}, only)
    assert fault.question_id == 3
    assert [f.question_id for f in ballots.check_ballot(questions, {9: "1"})] == [9]


def held_columns(store: Store) -> int:
    with store.reading() as read:
        return len(read.execute(select(poll_column.c.sha256)).all())


def test_answers_that_nothing_names_go_when_the_office_is_closed(polled: Store) -> None:
    """While it is open they can be brought back; then they are gone, and the rest is there."""
    path = Path(polled.office.place)
    before = held_columns(polled)
    other = taken.reading(taken.answers(taken.SAYS, ["아무도 모르게"] * 12), name="다른")
    batch = polled.run(intake.take_in, wave_id=1, reading=other, file_name="b.csv").value
    polled.run(intake.remove_batch, batch_id=batch)
    assert held_columns(polled) == before + 1
    polled.undo()
    assert counted(shown(polled, "heard")) == {"1": 3, "2": 1, "9": 1}
    polled.redo()
    polled.close()
    with Store.open(path) as store:
        assert held_columns(store) == before
        assert counted(shown(store, "heard")) == {"1": 3, "2": 1, "9": 1}
        store.run(intake.take_in, wave_id=1, reading=other, file_name="b.csv")
        store.undo()
        assert held_columns(store) == before + 1
    with Store.open(path) as store:
        assert held_columns(store) == before


def test_undo_takes_a_whole_import_back(store: Store) -> None:
    import_six(store)
    store.undo()
    with store.reading() as read:
        for kind in (Poll, PollWave, PollQuestion, PollTotal, PollBatch):
            assert read.scalars(select(kind)).all() == []
    store.redo()
    assert shown(store, "heard").base.asked == 6
