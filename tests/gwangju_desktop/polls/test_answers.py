"""Answers kept, tabulated, counted, frozen and erased."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import Conflict
from db.schema.answers import PollBatch, PollTotal, poll_column
from db.schema.journal import row_change
from db.schema.polls import Poll, PollWave, WaveQuestion
from db.store import Store, usecase
from db.vocab import QuestionKind, Sampling
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import (
    answers,
    ballots,
    columns,
    intake,
    loaded,
    opened,
    published,
    questions,
    retention,
    targets,
    waves,
)
from gwangju_desktop.polls.model import Answers, Question
from gwangju_desktop.polls.plain import plain
from gwangju_desktop.polls.tabulate import tabulate
from tests.gwangju_desktop.polls import taken
from tests.gwangju_desktop.polls.asked import goals, goals_answered, survey
from tests.gwangju_desktop.polls.polled import (
    D,
    ask_if,
    ballot,
    bank,
    counted,
    fit,
    import_six,
    places,
    shown,
)


def test_columns_come_back_as_they_were() -> None:
    rng = np.random.default_rng(7)
    kinds = [question.kind for question in taken.ALL] + [goals().kind]
    for kind in kinds:
        for n in (0, 1, 9, 40):
            given = survey(rng, kind, n)
            data = columns.encode(given)
            assert data == columns.encode(given)
            back = columns.decode(data, given.question)
            assert np.array_equal(back.asked, given.asked)
            same = np.array_equal(back.chosen, given.chosen, equal_nan=kind == "number")
            assert same and back.chosen.shape == given.chosen.shape, kind
            assert back.chosen.dtype == given.chosen.dtype
    turned = Question("goals", goals().kind, options=goals().options[::-1], max_choices=2)
    back = columns.decode(columns.encode(goals_answered()), turned)
    assert np.array_equal(back.chosen, goals_answered().chosen[:, ::-1])
    with pytest.raises(ValueError, match="sex"):
        columns.decode(columns.encode(goals_answered()), taken.SEX)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_kept_tabulates_as_what_was_read(polled: Store, seed: int) -> None:
    """Two files of every kind of question, joined; and the totals alone say the same."""
    rng = np.random.default_rng(seed)
    first = [
        replace(survey(rng, kind, 40).question, code=kind.value, wording=kind.value)
        for kind in QuestionKind
    ]
    files = [[answered(rng, question, n) for question in first] for n in (40, 7)]
    made = polled.run(
        intake.import_wave,
        poll_id=1,
        reading=taken.reading(*files[0], name="a"),
        file_name="a.csv",
        label="9차",
    ).value
    again = taken.reading(*files[1], name="b")
    polled.run(intake.take_in, wave_id=made["wave"], reading=again, file_name="b.csv")
    at = places(polled, made["wave"])
    for one, two in zip(*files, strict=True):
        whole = Answers(
            one.question,
            np.concatenate([one.asked, two.asked]),
            np.concatenate([one.chosen, two.chosen]),
        )
        with polled.reading() as read:
            place = at[one.question.code]
            assert plain(answers.table(read, place)) == plain(
                tabulate(whole, sampling=Sampling.UNKNOWN)
            )
            told = tabulate(answers.totals(read, place))
        for key in ("base", "options"):
            assert plain(told)[key] == plain(tabulate(whole))[key]


def answered(rng: np.random.Generator, question: Question, n: int) -> Answers:
    """Answer a question at random, whatever options it has."""
    while True:
        given = survey(rng, question.kind, n)
        options, parts = len(given.question.options), len(given.question.parts)
        if (options, parts) == (len(question.options), len(question.parts)):
            return Answers(question, given.asked, given.chosen)


def test_groups_below_the_threshold_are_hidden(polled: Store) -> None:
    by = bank(polled, "sex")
    table = shown(polled, "heard", by=by)
    assert all(share.hidden for group in table.groups for share in group.options)
    forty = taken.reading(
        taken.answers(taken.SEX, ["1"] * 20 + ["2"] * 20),
        taken.answers(taken.HEARD, ["1"] * 12 + ["2"] * 8 + ["1"] * 5 + ["2"] * 15),
        name="40",
    )
    polled.run(intake.take_in, wave_id=1, reading=forty, file_name="b.csv")
    polled.run(fit, kind=Poll, id=1, small_cell=4)
    table = shown(polled, "heard", by=by)
    assert [group.label for group in table.groups] == ["남", "여"]
    assert {s.code: s.count for s in table.groups[0].options} == {"1": 14, "2": 9}
    with pytest.raises(UserError, match=r"하나|선택"):
        shown(polled, "heard", by=bank(polled, "where"))


def test_a_condition_decides_who_was_asked(polled: Store) -> None:
    place, heard = places(polled)["where"], bank(polled, "heard")
    polled.run(ask_if, place=place, before=heard, codes=["1"])
    table = shown(polled, "where")
    assert (table.base.asked, table.base.answered, table.base.blank) == (3, 3, 0)
    polled.run(ask_if, place=place, before=heard, codes=["2"])
    table = shown(polled, "where")
    assert (table.base.asked, table.base.answered, table.base.blank) == (1, 0, 1)


def test_the_words_follow_the_language(polled: Store) -> None:
    from db.schema.polls import PollOption
    from gwangju_desktop import text

    polled.run(fit, kind=PollOption, id=1, label_en="Man")
    with polled.reading() as read:
        ko = loaded.questions(read, [1])[1].options[0].label
        text.use("en")
        en = [option.label for option in loaded.questions(read, [1])[1].options]
    assert ko == "남" and en == ["Man", "여"]


def test_a_wave_in_the_field_tells_its_number_alone(polled: Store) -> None:
    polled.run(fit, kind=PollWave, id=1, state="fielding")
    with pytest.raises(UserError, match="응답 건수"):
        shown(polled, "heard")
    with pytest.raises(UserError, match="응답 건수"), polled.reading() as read:
        opened.answers(read, places(polled)["says"])
    with polled.reading() as read:
        assert answers.counts(read, 1).responses == 6
    polled.run(fit, kind=PollWave, id=1, state="planned")
    with pytest.raises(UserError):
        shown(polled, "heard")


def test_weights_come_with_the_file_or_from_targets(polled: Store) -> None:
    with pytest.raises(UserError, match="가중"):
        shown(polled, "heard", weighted=True)
    made = import_six(polled, name="w", weights=[2.0, 1, 1, 1, 1, 0])
    table = shown(polled, "heard", made["wave"], weighted=True)
    assert counted(table)["1"] == 4.0 and table.counted.answered == 4
    assert counted(shown(polled, "heard", made["wave"])) == {"1": 3, "2": 1, "9": 1}
    sex = bank(polled, "sex")
    with polled.reading() as read:
        sex = read.scalars(
            select(WaveQuestion.question_id).where(
                WaveQuestion.id == places(polled, made["wave"])["sex"]
            )
        ).one()
    wave = {"wave_id": made["wave"]}
    with pytest.raises(UserError, match="90"):
        polled.run(targets.set_targets, **wave, targets={sex: {"1": 0.5, "2": 0.4}})
    polled.run(targets.set_targets, **wave, targets={sex: {"1": 0.4, "2": 0.6}}, source="가상")
    with polled.reading() as read:
        assert targets.targets(read, made["wave"]) == {sex: {"1": 0.4, "2": 0.6}}
        assert targets.source(read, made["wave"]) == "가상"
        weights = answers.weighting(read, made["wave"]).weights
    assert weights.sum() == pytest.approx(6)
    assert weights[3] / weights[0] == pytest.approx(0.3 / (0.4 / 3))
    polled.run(targets.set_targets, **wave, targets={})
    with polled.reading() as read:
        assert targets.targets(read, made["wave"]) == {}


def test_who_gave_no_answer_to_an_attribute_keeps_the_weight_of_one(polled: Store) -> None:
    heard = bank(polled, "heard")
    polled.run(targets.set_targets, wave_id=1, targets={heard: {"1": 0.5, "2": 0.5}})
    with polled.reading() as read:
        weights = answers.weighting(read, 1).weights
    assert weights[4] == weights[5] and weights[2] == pytest.approx(3 * weights[0])


def test_an_erased_wave_stays_so_whatever_is_undone(polled: Store) -> None:
    more = taken.reading(taken.answers(taken.HEARD, ["2", "2"]), name="2")
    batch = polled.run(intake.take_in, wave_id=1, reading=more, file_name="b.csv").value
    polled.run(intake.remove_batch, batch_id=batch)
    number = polled.head()
    retention.erase_answers(polled, 1)
    with contextlib.suppress(Conflict):
        polled.undo(number)
    assert counted(shown(polled, "heard")) == {"1": 3, "2": 1, "9": 1}


@usecase("Prepare")
def totals_only(tx: Session) -> int:
    poll = Poll(name="기초 조사")
    tx.add(poll)
    tx.flush()
    wave = PollWave(poll_id=poll.id, position=1, label="기초", state="fielding")
    tx.add(wave)
    tx.flush()
    made = __import__("gwangju_desktop.polls.matching", fromlist=["x"])
    (id,) = made.questions(tx, wave, taken.reading(goals_answered()))
    return tx.scalars(select(WaveQuestion.id).where(WaveQuestion.question_id == id)).one()


GOALS = {"1": 33, "2": 21, "3": 15, "4": 12, "5": 8}


def test_published_totals_give_both_percentages(sqlite_store: Store) -> None:
    place = sqlite_store.run(totals_only).value
    given: dict[str, Any] = {"wave_question_id": place, "answered": 51, "counts": GOALS}
    with pytest.raises(UserError, match=r"출처|공표"):
        sqlite_store.run(published.set_totals, **given)
    given["published"] = "열린정부 실행계획 2021–2022"
    with pytest.raises(UserError, match="52"):
        sqlite_store.run(published.set_totals, **given | {"counts": GOALS | {"1": 52}})
    sqlite_store.run(published.set_totals, **given)
    sqlite_store.run(published.set_totals, **given | {"asked": 51, "blank": 0})
    sqlite_store.run(fit, kind=PollWave, id=1, state="closed")
    with sqlite_store.reading() as read:
        table = answers.table(read, place)
        assert read.get_one(PollWave, 1).respondents == 51
        assert answers.counts(read, 1).responses == 51
    assert [round(table.share(code).pct_votes, 1) for code in "12"] == [37.1, 23.6]
    assert [round(table.share(code).pct_respondents, 1) for code in "12"] == [64.7, 41.2]
    assert table.base.votes == 89 and any("열린정부" in str(note) for note in table.notes)
    with pytest.raises(UserError), sqlite_store.reading() as read:
        answers.table(read, place, weighted=True)
    reading = taken.reading(goals_answered())
    with pytest.raises(UserError, match="기초"):
        sqlite_store.run(intake.take_in, wave_id=1, reading=reading, file_name="a.csv")
    sqlite_store.run(published.remove_totals, wave_question_id=place)
    sqlite_store.run(intake.take_in, wave_id=1, reading=reading, file_name="a.csv")
    with sqlite_store.reading() as read:
        again = answers.table(read, place)
    assert {s.code: s.count for s in again.options} == GOALS
    with pytest.raises(UserError, match="기초"):
        sqlite_store.run(published.set_totals, **given)


def test_erased_answers_leave_their_totals_and_nothing_else(store: Store) -> None:
    import_six(store)
    store.run(waves.reopen_wave, id=1)
    store.run(ballots.add_ballot, wave_id=1, answers=ballot(store, says="비밀스러운 한마디"))
    with pytest.raises(UserError, match=r"마감|집계"):
        retention.erase_answers(store, 1)
    place = places(store)["says"]
    clock.fix(D(2022, 1, 31))
    store.run(waves.close_wave, id=1)
    store.run(fit, kind=Poll, id=1, keep_months=1)
    tag = store.run(opened.add_tag, wave_question_id=place, name="칭찬").value
    with store.reading() as read:
        store_keys = [one.key for one in opened.answers(read, place)]
        before = {code: plain(answers.table(read, id)) for code, id in places(store).items()}
    store.run(opened.tag, id=tag, keys=store_keys)
    with store.reading() as read:
        (waiting,) = retention.due(read, D(2022, 3, 1))
    assert (waiting.due_on, waiting.days, waiting.label) == (D(2022, 2, 28), -1, "1차")
    outcome = retention.erase_answers(store, 1)
    assert set(outcome.left) <= {"wal"} and outcome.entry
    with store.reading() as read:
        assert read.execute(select(poll_column)).all() == []
        images = [
            json.loads(body)
            for body in read.scalars(
                select(row_change.c.body).where(
                    row_change.c.tbl == "poll_ballot", row_change.c.body.is_not(None)
                )
            )
        ]
        assert not any(state and "answers" in state for image in images for state in image)
        assert retention.due(read, D(2023, 3, 1)) == [] and opened.answers(read, place) == []
        assert answers.counts(read, 1).responses == 7
        for code, id in places(store).items():
            after = plain(answers.table(read, id))
            for key in ("base", "options"):
                assert after[key] == before[code][key], code
            assert after.get("mean") == before[code].get("mean")
        part = answers.table(read, places(store)["urgent"], part="urgent_2")
        assert counted(part) == {"1": 2, "2": 1, "3": 1}
    if store.office.dialect == "sqlite":
        assert "비밀스러운".encode() not in Path(store.office.place).read_bytes()
    with pytest.raises(UserError, match="파기"):
        shown(store, "heard", by=bank(store, "sex"))
    with pytest.raises(UserError, match="파기"):
        retention.erase_answers(store, 1)
    with pytest.raises(UserError, match="파기"):
        store.run(intake.take_in, wave_id=1, reading=taken.six("9"), file_name="z.csv")


def test_weighted_totals_stay_weighted(polled: Store) -> None:
    made = import_six(polled, name="w", weights=[2.0, 1, 1, 1, 1, 0.5])
    polled.run(fit, kind=PollWave, id=made["wave"], weighted=True)
    one = shown(polled, "heard", made["wave"])
    before = counted(one)
    retention.erase_answers(polled, made["wave"])
    table = shown(polled, "heard", made["wave"])
    assert counted(table) == before and before["1"] == 4.0
    assert (table.base.answered, table.counted.answered) == (5.0, 4)
    assert (table.base, table.counted) == (one.base, one.counted)
    assert plain(table)["unweighted"]["asked"] == 6
    assert any("가중" in str(note) for note in table.notes)


def test_nothing_is_written_where_totals_are_the_same(polled: Store) -> None:
    changes = polled.run(fit, kind=PollWave, id=1, note="다시")
    assert [row.table for row in changes.rows] == ["poll_wave"]

    @usecase("Freeze")
    def freeze(tx: Session) -> int | None:
        return answers.freeze(tx, 1)

    changes = polled.run(freeze)
    assert changes.value == 6 and changes.rows == ()
    with polled.reading() as read:
        assert read.scalars(select(PollTotal)).first() is not None
        assert read.scalars(select(PollBatch)).one().taken == 6


def test_the_rows_of_a_grid_may_be_scales(polled: Store) -> None:
    options = [{"code": str(n), "label": f"{n}점", "value": n} for n in (1, 2, 3)]
    options.append({"code": "9", "label": "모름", "role": "dont_know"})
    made = {
        "poll_id": 1,
        "kind": "grid",
        "options": options,
        "parts": [{"code": "g1", "label": "가"}],
    }
    pointed = polled.run(questions.add_question, code="g", **made).value
    for option in options:
        option.pop("value", None)
    plain_one = polled.run(questions.add_question, code="h", **made).value
    with polled.reading() as read:
        held = loaded.questions(read, [pointed, plain_one])
    assert [option.value for option in held[pointed].options] == [1, 2, 3, None]
    assert {option.value for option in held[plain_one].options} == {None}
