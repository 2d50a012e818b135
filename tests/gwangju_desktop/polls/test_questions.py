"""The bank of questions, editions, and the questionnaire that the first answer locks."""

from __future__ import annotations

import pytest

from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import questions, waves
from gwangju_desktop.polls.drafts import wording_hash
from tests.gwangju_desktop.polls.asking import GOALS, KNOWN, WORDING, Asking


def bank(asking):
    with asking.store.reading() as read:
        return {row.id: row for row in questions.bank(read, asking.poll)}


def test_a_question_is_kept_as_its_kind_needs_it(sqlite_store) -> None:
    asking = Asking(sqlite_store)
    scale = asking.add(
        code="3",
        kind="scale",
        title="체감",
        options=[{"code": str(n), "label": f"{n}점"} for n in range(1, 6)]
        + [{"code": "99", "label": "무응답", "role": "no_answer"}],
    )
    odd = asking.add(
        code="3-1", kind="scale", title="찬반", options=[{"code": c, "label": c} for c in "가나다"]
    )
    rank = asking.add(
        code="4",
        kind="ranking",
        title="순위",
        options=GOALS,
        parts=[{"code": "4_1", "label": "1순위"}, {"code": "4_2", "label": "2순위"}],
    )
    age = asking.add(code="5", kind="number", title="나이", low=14, high=120, attribute=True)
    rows = bank(asking)
    assert [option.value for option in rows[scale].options] == [1, 2, 3, 4, 5, None]
    assert [option.value for option in rows[odd].options] == [1, 2, 3], "no numbers: 1, 2, 3"
    assert [part.code for part in rows[rank].question.parts] == ["4_1", "4_2"]
    assert (rows[age].low, rows[age].high, rows[age].attribute) == (14, 120, True)
    assert rows[asking.goals].question.max_choices == 2
    assert not rows[scale].locked and rows[scale].latest


REFUSED = (
    ({"code": " "}, "문항 코드를 입력해야 합니다."),
    ({"code": "2"}, "이 설문에는 ‘2’ 문항이 이미 있습니다."),
    ({"options": []}, "‘7’ 문항에 보기가 없습니다."),
    ({"options": [*KNOWN, KNOWN[0]]}, "코드가 ‘1’인 보기가 두 개"),
    ({"options": [{"code": "1", "label": " "}]}, "코드나 문구가 없는 보기"),
    ({"kind": "multiple", "max_choices": 3}, "최대 선택 수를 3개로 할 수 없습니다."),
    ({"kind": "open"}, "보기 없이 응답하는 문항"),
    ({"kind": "grid"}, "‘7’ 문항에 행이 없습니다."),
    ({"parts": [{"code": "a", "label": "행"}]}, "행이 없는 종류"),
    ({"kind": "ranking"}, "매길 순위가 없습니다."),
    (
        {"kind": "ranking", "parts": [{"code": f"7_{n}", "label": f"{n}"} for n in (1, 2, 3)]},
        "보기 2개로 3순위까지",
    ),
    ({"kind": "number", "options": [], "low": 5, "high": 1}, "최솟값이 최댓값보다 큽니다."),
    (
        {"kind": "scale", "options": [{**one, "value": 1.0} for one in KNOWN]},
        "서로 다른 점수",
    ),
)


def test_what_a_kind_does_not_allow_is_refused_in_one_sentence(sqlite_store) -> None:
    asking = Asking(sqlite_store)
    for fields, sentence in REFUSED:
        given = {"code": "7", "kind": "single", "title": "새 문항", "options": KNOWN} | fields
        with pytest.raises(UserError) as refused:
            asking.add(**given)
        assert sentence in str(refused.value)
    assert len(bank(asking)) == 2


def test_before_the_first_answer_a_question_changes_where_it_stands(sqlite_store) -> None:
    asking = Asking(sqlite_store)
    before = bank(asking)[asking.goals]
    options = [{**GOALS[1], "label": "참여의 실효성"}, GOALS[0], {"code": "3", "label": "데이터"}]
    same = asking.run(
        questions.edit_question, id=asking.goals, wording="둘까지 고르십시오.", options=options
    ).value
    after = bank(asking)[asking.goals]
    assert same == asking.goals and after.edition == 1
    assert [(o.code, o.label) for o in after.options] == [
        ("2", "참여의 실효성"),
        ("1", "시정 청렴성 향상"),
        ("3", "데이터"),
    ]
    assert [o.id for o in after.options][:2] == [before.options[1].id, before.options[0].id]
    assert after.wording_hash == wording_hash("둘까지 고르십시오.") != before.wording_hash
    assert wording_hash("둘까지\n고르 십시오.") == wording_hash(" 둘까지 고르십시오.")
    asking.store.undo()
    assert bank(asking)[asking.goals] == before


def test_after_the_first_answer_a_change_makes_another_edition(store) -> None:
    asking = Asking(store)
    asking.run(waves.open_wave, id=asking.wave)
    asking.answer(asking.wave, ["1"])
    later = asking.plan()
    asking.run(
        questions.set_condition,
        wave_question_id=asking.place(later, "2"),
        ask_if_id=asking.known,
        codes=["1"],
    )
    first = asking.asked(asking.wave)
    assert all(one.locked for one in first)

    named = asking.run(questions.edit_question, id=asking.known, title="인지도").value
    assert named == asking.known, "what it is called here was before nobody's eyes"
    with pytest.raises(UserError, match="코드는 회차가 바뀌어도"):
        asking.run(questions.edit_question, id=asking.known, code="1a")
    with pytest.raises(UserError, match="보기 1"):
        asking.run(questions.edit_question, id=asking.known, options=KNOWN[1:])

    second = asking.run(questions.edit_question, id=asking.known, wording="들어 보셨습니까?").value
    assert second != asking.known
    rows = bank(asking)
    assert (rows[second].edition, rows[second].latest, rows[second].locked) == (2, True, False)
    assert (rows[asking.known].latest, rows[asking.known].locked) == (False, True)
    assert rows[second].waves == (later,)
    assert rows[asking.known].waves == (asking.wave,)
    assert [one.question_id for one in asking.asked(asking.wave)] == [
        one.question_id for one in first
    ]
    goals = asking.asked(later)[1]
    assert (goals.ask_if_id, goals.ask_if_code, goals.ask_if) == (second, "1", ("1",))
    next_one = asking.plan()
    assert [one.edition for one in asking.asked(next_one)] == [2, 1]
    assert asking.asked(next_one)[1].ask_if_id == second


def test_the_questionnaire_is_locked_by_the_first_answer(sqlite_store) -> None:
    asking = Asking(sqlite_store)
    more = asking.add(code="3", kind="open", title="의견")
    asking.run(waves.open_wave, id=asking.wave)
    asking.run(questions.put_in_wave, wave_id=asking.wave, question_ids=[more])
    asking.answer(asking.wave, ["1", "2"])
    place = asking.place(asking.wave, "3")
    refusals = (
        (questions.put_in_wave, {"wave_id": asking.wave, "question_ids": [more]}),
        (questions.take_out, {"wave_question_id": place}),
        (questions.move, {"wave_question_id": place, "position": 0}),
    )
    for verb, values in refusals:
        with pytest.raises(UserError, match="응답이 들어와 잠겼습니다"):
            asking.run(verb, **values)
    with pytest.raises(UserError, match="1차에서 쓰고 있어"):
        asking.run(questions.remove_question, id=more)


def test_questions_are_put_in_moved_and_taken_out(sqlite_store) -> None:
    asking = Asking(sqlite_store)
    more = asking.add(code="3", kind="open", title="의견")
    [place] = asking.run(questions.put_in_wave, wave_id=asking.wave, question_ids=[more]).value
    again = asking.run(questions.put_in_wave, wave_id=asking.wave, question_ids=[more])
    assert (again.value, again.rows) == ([place], ()), "it is there already"
    asking.run(questions.move, wave_question_id=place, position=0)
    codes = [one.question.code for one in asking.asked(asking.wave)]
    assert codes == ["3", "1", "2"]
    asking.run(
        questions.set_condition,
        wave_question_id=place_of(asking, "2"),
        ask_if_id=asking.known,
        codes=["2", "1"],
    )
    assert asking.asked(asking.wave)[2].ask_if == ("1", "2")
    with pytest.raises(UserError, match="뒤에 있어야"):
        asking.run(questions.move, wave_question_id=place_of(asking, "2"), position=0)
    with pytest.raises(UserError, match="‘1’ 문항에 따라"):
        asking.run(questions.take_out, wave_question_id=place_of(asking, "1"))
    for ask_if_id, codes, sentence in (
        (more, ["1"], "보기가 있는 문항만"),
        (asking.goals, ["1"], "앞에 있는"),
        (asking.known, ["8"], "보기 8"),
        (asking.known, [], "고르지 않았습니다"),
    ):
        with pytest.raises(UserError, match=sentence):
            asking.run(
                questions.set_condition,
                wave_question_id=place_of(asking, "2"),
                ask_if_id=ask_if_id,
                codes=codes,
            )
    asking.run(questions.set_condition, wave_question_id=place_of(asking, "2"), ask_if_id=None)
    asking.run(questions.take_out, wave_question_id=place_of(asking, "1"))
    asking.run(questions.remove_question, id=asking.known)
    assert [one.question.code for one in asking.asked(asking.wave)] == ["3", "2"]
    assert asking.known not in bank(asking)


def place_of(asking, code):
    return asking.place(asking.wave, code)


def test_a_question_is_found_by_code_part_title_and_wording(sqlite_store) -> None:
    asking = Asking(sqlite_store)
    rank = asking.add(
        code="D_Q9",
        kind="ranking",
        title="고려한 점",
        options=GOALS,
        parts=[{"code": "D_Q9_M1", "label": "1순위"}, {"code": "D_Q9_M2", "label": "2순위"}],
    )
    asking.run(questions.put_in_wave, wave_id=asking.wave, question_ids=[rank])

    def hit(text, wave=asking.wave):
        with asking.store.reading() as read:
            found = questions.find(read, asking.poll, text, wave)
        return found.asked.question_id, found.part

    assert hit("2") == (asking.goals, None)
    assert hit("D_Q9") == (rank, None)
    assert hit("d_q9_m2") == (rank, "D_Q9_M2")
    assert hit("목표") == (asking.goals, None)
    assert hit(WORDING) == (asking.goals, None)
    assert hit("두 가지까지") == (asking.goals, None)
    with pytest.raises(UserError, match="여러 개입니다: 1, D_Q9"):
        hit("답해 주십시오")
    with pytest.raises(UserError, match="‘없는 것’ 문항이 있는 회차가 없습니다"):
        hit("없는 것")
    with pytest.raises(UserError, match="회차가 없습니다"):
        hit("2", None)
    asking.run(waves.open_wave, id=asking.wave)
    assert hit("2", None) == (asking.goals, None)
