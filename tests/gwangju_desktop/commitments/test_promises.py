"""What is promised is frozen by the submission; progress never is; adjustments make editions."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from db.schema.commitments import Milestone
from db.store import Store, usecase
from gwangju_desktop import clock
from gwangju_desktop.commitments import (
    adjusting,
    counts,
    institutions,
    lacking,
    milestones,
    plans,
    progress,
    promises,
    queries,
    rules,
)
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import say
from tests.gwangju_desktop.commitments import made
from tests.gwangju_desktop.commitments.made import TODAY, Made

ONE_DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _today() -> None:
    clock.fix(TODAY)


def row(store: Store, id: int, today: dt.date = TODAY):
    with store.reading() as read:
        return queries.commitment(read, id, today)


def adjust(store: Store, id: int, **more: Any) -> None:
    given = {"reason": "코로나19", "consulted": "예시 협의체", "adjusted_on": TODAY} | more
    store.run(adjusting.start_adjustment, commitment_id=id, **given)


PROMISED = (
    (promises.edit_commitment, "commitment_id", {"title": "다른 제목"}),
    (promises.edit_commitment, "commitment_id", {"ends": 202206}),
    (promises.edit_commitment, "commitment_id", {"open_values": ["transparency"]}),
    (milestones.edit_milestone, "milestone_id", {"title": "다른 제목"}),
    (milestones.edit_milestone, "milestone_id", {"output": "다른 산출물"}),
    (milestones.edit_milestone, "milestone_id", {"due_on": dt.date(2022, 2, 1)}),
    (milestones.edit_milestone, "milestone_id", {"weight": 7}),
    (milestones.add_milestone, "commitment_id", {"title": "하나 더"}),
    (milestones.cancel_milestone, "milestone_id", {}),
    (milestones.move_milestone, "milestone_id", {"by": 1}),
    (plans.set_text, "commitment_id", {"section": "problem", "text": "문제"}),
    (
        institutions.add_institution,
        "commitment_id",
        {"role": "civil", "name": "예시 단체"},
    ),
)
SAME = {"title": "시민과 함께 만드는 기후변화 대응 정책"}
FREE = (
    (promises.edit_commitment, "commitment_id", {"title_en": "Climate", "code": "KRGNJ0009"}),
    (promises.edit_commitment, "commitment_id", SAME),
    (milestones.edit_milestone, "milestone_id", {"title_en": "Education", "responsible": "가"}),
    (milestones.start_milestone, "milestone_id", {"started_on": dt.date(2021, 9, 1)}),
    (progress.add_note, "commitment_id", {"text": "순조"}),
    (progress.set_delay_cause, "milestone_id", {"delay_cause": "코로나19"}),
    (
        progress.set_own_status,
        "commitment_id",
        {"status": "on_time", "reason": "일정 협의 완료"},
    ),
    (plans.set_text, "commitment_id", {"section": "problem", "text_en": "No system"}),
)


def given(ids: Made, act: Any, key: str, values: dict[str, Any]) -> dict[str, Any]:
    whose = {key: ids.first if key == "commitment_id" else ids.steps[0]}
    plan = act in (plans.set_text, institutions.add_institution)
    return whose | values | ({"plan_id": ids.plan} if plan else {})


def test_a_submitted_promise_changes_in_an_adjustment_alone(office: Store, ids: Made) -> None:
    for act, key, values in PROMISED:
        asked = given(ids, act, key, values)
        with pytest.raises(UserError, match="조정"):
            office.run(act, **asked)
        adjust(office, ids.first)
        office.run(act, **asked)
        office.run(adjusting.close_adjustment, commitment_id=ids.first)
        whole = row(office, ids.first)
        assert whole.row.edition == 2
        (edition,) = whole.editions
        assert (edition.edition, edition.closed_on, edition.reason) == (1, TODAY, "코로나19")
        (change,) = edition.changes
        said = say(change.field, **change.values)
        assert "{" not in said
        assert change.before != change.after or "취소" in said
        with pytest.raises(UserError, match="조정"):
            office.run(promises.edit_commitment, commitment_id=ids.first, title="또 다른 제목")
        for _step in range(3):
            office.undo()
        assert row(office, ids.first).editions == ()


def test_progress_and_translations_are_free_always(office: Store, ids: Made) -> None:
    for act, key, values in FREE:
        done = office.run(act, **given(ids, act, key, values))
        assert bool(done.rows) == (values != SAME)


def test_what_was_submitted_is_cancelled_and_never_removed(office: Store, ids: Made) -> None:
    with pytest.raises(UserError, match="조정"):
        office.run(milestones.remove_milestone, milestone_id=ids.steps[0])
    adjust(office, ids.first)
    with pytest.raises(UserError, match="취소"):
        office.run(milestones.remove_milestone, milestone_id=ids.steps[0])


def test_an_adjustment_needs_a_reason_a_consultation_and_a_submitted_plan(
    office: Store, ids: Made
) -> None:
    for wrong, said in (
        ({"reason": " "}, "사유"),
        ({"consulted": ""}, "회의"),
        ({"consulted": "", "meeting_id": 99}, "회의"),
        ({"adjusted_on": TODAY + dt.timedelta(days=1)}, "아직"),
        ({"adjusted_on": dt.date(2021, 7, 1)}, r"2021\. 7\. 30\."),
    ):
        with pytest.raises(UserError, match=said):
            adjust(office, ids.first, **wrong)
    adjust(office, ids.first)
    with pytest.raises(UserError, match="진행 중"):
        adjust(office, ids.first)
    with pytest.raises(UserError, match="바뀐 내용이 없"):
        office.run(adjusting.close_adjustment, commitment_id=ids.first)
    with pytest.raises(UserError, match="조정"):
        office.run(plans.close_plan, plan_id=ids.plan, closed_on=TODAY)
    office.run(milestones.edit_milestone, milestone_id=ids.steps[1], weight=9)
    for wrong, said in ((TODAY - ONE_DAY, r"2022\. 3\. 11\."), (TODAY + ONE_DAY, "아직")):
        with pytest.raises(UserError, match=said):
            office.run(adjusting.close_adjustment, commitment_id=ids.first, closed_on=wrong)
    with pytest.raises(UserError, match="1건"):
        office.run(adjusting.withdraw_adjustment, commitment_id=ids.first)
    office.run(milestones.edit_milestone, milestone_id=ids.steps[1], weight=2)
    office.run(adjusting.withdraw_adjustment, commitment_id=ids.first)
    assert row(office, ids.first).editions == ()
    with pytest.raises(UserError, match="진행 중인 조정이 없"):
        office.run(adjusting.close_adjustment, commitment_id=ids.first)


def test_a_cancelled_milestone_leaves_the_weights_and_stays_in_the_list(
    office: Store, ids: Made
) -> None:
    made.complete(office, ids.steps[1], TODAY, delay_cause="응답 지연")
    before = row(office, ids.first).row
    assert (before.done_weight, before.weight, before.milestones) == (2, 6, 3)
    adjust(office, ids.first)
    with pytest.raises(UserError, match="완료"):
        office.run(milestones.cancel_milestone, milestone_id=ids.steps[1])
    office.run(milestones.cancel_milestone, milestone_id=ids.steps[0])
    after = row(office, ids.first)
    assert (after.row.done_weight, after.row.weight, after.row.milestones) == (2, 5, 2)
    assert [one.state for one in after.milestones] == ["cancelled", "completed", "not_started"]
    with pytest.raises(UserError, match="취소"):
        made.complete(office, ids.steps[0], TODAY)
    office.run(milestones.reopen_milestone, milestone_id=ids.steps[0])
    assert row(office, ids.first).row.weight == 6


def test_a_milestone_added_in_an_adjustment_may_be_removed_in_it(office: Store, ids: Made) -> None:
    adjust(office, ids.first)
    added = office.run(milestones.add_milestone, commitment_id=ids.first, title="새 과제").value
    assert row(office, ids.first).milestones[-1].number == 4
    office.run(milestones.remove_milestone, milestone_id=added)
    assert [one.number for one in row(office, ids.first).milestones] == [1, 2, 3]


def test_a_milestone_is_completed_with_its_day_and_late_with_its_cause(
    office: Store, ids: Made
) -> None:
    step = ids.steps[0]
    for wrong, said in (
        ({"completed_on": TODAY + dt.timedelta(days=1)}, "아직"),
        ({"completed_on": dt.date(2021, 11, 1)}, "지연 사유"),
        ({"completed_on": dt.date(2021, 11, 1), "delay_cause": " "}, "지연 사유"),
        (
            {"completed_on": dt.date(2021, 9, 1), "started_on": dt.date(2021, 9, 2)},
            "시작일",
        ),
    ):
        with pytest.raises(UserError, match=said):
            office.run(milestones.complete_milestone, milestone_id=step, **wrong)
    made.complete(office, step, dt.date(2021, 11, 1), delay_cause="강사 섭외 지연")
    with pytest.raises(UserError, match="지연 사유"):
        office.run(progress.set_delay_cause, milestone_id=step, delay_cause="")
    (one, *_others) = row(office, ids.first).milestones
    assert (one.state, one.late_done) == ("completed", True)
    office.run(milestones.reopen_milestone, milestone_id=step)
    (one, *_others) = row(office, ids.first).milestones
    assert (one.state, one.completed_on) == ("not_started", None)


@usecase("Break")
def break_it(tx, *, id: int, state: str, completed_on: dt.date | None) -> None:
    step = tx.get_one(Milestone, id)
    step.state, step.completed_on = state, completed_on


def test_the_database_itself_keeps_completion_and_day_together(office: Store, ids: Made) -> None:
    for state, day in (("completed", None), ("in_progress", TODAY)):
        with pytest.raises(IntegrityError, match="completed"):
            office.run(break_it, id=ids.steps[0], state=state, completed_on=day)


def test_a_commitment_is_completed_after_all_its_milestones(office: Store, ids: Made) -> None:
    clock.fix(dt.date(2022, 7, 1))
    act = promises.complete_commitment
    with pytest.raises(UserError, match="3건"):
        office.run(act, commitment_id=ids.first, completed_on=TODAY)
    for step in ids.steps:
        made.complete(office, step, dt.date(2022, 6, 1), delay_cause="예시 사유")
    with pytest.raises(UserError, match=r"2022\. 6\. 1\."):
        office.run(act, commitment_id=ids.first, completed_on=dt.date(2022, 5, 31))
    with pytest.raises(UserError, match="2022-05"):
        office.run(act, commitment_id=ids.first, completed_on=dt.date(2022, 6, 2))
    office.run(
        act, commitment_id=ids.first, completed_on=dt.date(2022, 6, 2), delay_cause="예시 사유"
    )
    assert row(office, ids.first).row.status == "done"
    with pytest.raises(UserError, match="되돌리"):
        office.run(milestones.reopen_milestone, milestone_id=ids.steps[0])
    office.run(promises.reopen_commitment, commitment_id=ids.first)
    office.run(milestones.reopen_milestone, milestone_id=ids.steps[0])
    assert row(office, ids.first).row.completed == 2


def test_a_status_set_by_hand_needs_its_reason_and_is_shown_with_what_was_computed(
    office: Store, ids: Made
) -> None:
    assert row(office, ids.first).row.lacks_cause
    with pytest.raises(UserError, match="사유"):
        office.run(progress.set_own_status, commitment_id=ids.first, status="on_time", reason=" ")
    with pytest.raises(UserError, match="통합"):
        office.run(
            progress.set_own_status,
            commitment_id=ids.first,
            status="merged",
            reason="예시",
            merged_into_id=ids.first,
        )
    with pytest.raises(ValueError, match="substantial"):
        office.run(
            progress.set_own_status, commitment_id=ids.first, status="substantial", reason="예시"
        )
    office.run(
        progress.set_own_status, commitment_id=ids.first, status="postponed", reason="예산 이월"
    )
    found = row(office, ids.first).row
    assert (found.status, found.status_computed) == ("postponed", "late")
    assert (found.status_reason, found.overridden) == ("예산 이월", True)
    office.run(progress.clear_own_status, commitment_id=ids.first)
    assert row(office, ids.first).row.status == "late"


def test_before_submission_all_is_free_and_numbers_follow_the_order(sqlite_store: Store) -> None:
    ids = made.make(sqlite_store, submitted=False)
    sqlite_store.run(milestones.move_milestone, milestone_id=ids.steps[2], by=-2)
    sqlite_store.run(milestones.remove_milestone, milestone_id=ids.steps[0])
    found = row(sqlite_store, ids.first).milestones
    assert [(one.id, one.number) for one in found] == [(ids.steps[2], 1), (ids.steps[1], 2)]
    sqlite_store.run(promises.move_commitment, commitment_id=ids.second, by=-1)
    with sqlite_store.reading() as read:
        assert [one.id for one in queries.commitments(read)] == [ids.second, ids.first]
    sqlite_store.run(promises.remove_commitment, commitment_id=ids.first)
    with pytest.raises(UserError, match="이행과제"):
        sqlite_store.run(plans.remove_plan, plan_id=ids.plan)
    sqlite_store.run(promises.remove_commitment, commitment_id=ids.second)
    sqlite_store.run(plans.remove_plan, plan_id=ids.plan)
    with sqlite_store.reading() as read:
        assert queries.plans(read) == []
    while sqlite_store.undo():
        pass
    with sqlite_store.reading() as read:
        assert queries.plans(read) == []


def test_a_plan_is_submitted_when_nothing_stops_it(sqlite_store: Store) -> None:
    ids = made.make(sqlite_store, submitted=False)
    submit = {"plan_id": ids.plan, "submitted_on": made.SUBMITTED}
    sqlite_store.run(milestones.edit_milestone, milestone_id=ids.steps[0], output="")
    with pytest.raises(UserError, match="산출물"):
        sqlite_store.run(plans.submit_plan, **submit)
    sqlite_store.undo()
    sqlite_store.run(
        promises.edit_commitment, commitment_id=ids.second, open_values=["technology", "inclusion"]
    )
    with pytest.raises(UserError, match="여기에 더할 때만"):
        sqlite_store.run(plans.submit_plan, **submit)
    sqlite_store.undo()
    with pytest.raises(UserError, match="아직"):
        sqlite_store.run(
            plans.submit_plan, plan_id=ids.plan, submitted_on=TODAY + dt.timedelta(days=1)
        )
    sqlite_store.run(plans.submit_plan, **submit)
    with pytest.raises(UserError, match="이미"):
        sqlite_store.run(plans.submit_plan, **submit)
    with pytest.raises(UserError, match="제출을 철회"):
        sqlite_store.run(promises.add_commitment, plan_id=ids.plan, code="X", title="하나 더")
    sqlite_store.run(plans.take_back_plan, plan_id=ids.plan)
    sqlite_store.run(promises.add_commitment, plan_id=ids.plan, code="X", title="하나 더")
    with pytest.raises(UserError, match="하나 더"):
        sqlite_store.run(promises.add_commitment, plan_id=ids.plan, code="X", title="또 하나")


def test_parts_of_a_number_are_added_up_where_all_are_counted(office: Store, ids: Made) -> None:
    whole = {"plan_id": ids.plan, "kind": "poll", "label": "시민 설문"}
    poll = office.run(counts.add_count, number=51, **whole).value
    for label, number in (("일반 시민", 6), ("교육기관", 3), ("사회단체", 41)):
        office.run(counts.add_count, plan_id=ids.plan, label=label, number=number, parent_id=poll)
    with office.reading() as read:
        (found,) = counts.record(read, ids.plan)
        lacks = [str(one.what) for one in lacking.plan(read, ids.plan, TODAY)]
    assert (found.parts_sum, found.sum_differs) == (50, True)
    assert [one for one in lacks if "공동 수립" in one] == [
        "공동 수립 기록의 “시민 설문”은(는) 51이나 내역의 합계는 50입니다.",
        "공동 수립 기록의 “시민 설문”에 증빙자료가 없습니다.",
    ]
    office.run(counts.edit_count, count_id=found.parts[2].id, number=42)
    office.run(counts.add_count, plan_id=ids.plan, label="그 밖", parent_id=poll)
    with office.reading() as read:
        (found,) = counts.record(read, ids.plan)
    assert (found.parts_sum, found.sum_differs, found.parts[3].number) == (51, False, None)
    for wrong in (
        {"parent_id": found.parts[0].id, "label": "내역의 내역"},
        {"label": "부모 없는 내역"},
        {"label": "음수", "kind": "groups", "number": -1},
    ):
        with pytest.raises(UserError):
            office.run(counts.add_count, plan_id=ids.plan, **wrong)
    office.run(counts.remove_count, count_id=poll)
    with office.reading() as read:
        assert counts.record(read, ids.plan) == []


def test_rules_hold_from_a_day_with_their_source(office: Store, ids: Made) -> None:
    with office.reading() as read:
        assert rules.rule(read, ids.plan, "limited_below", TODAY) == 50
        shipped = rules.rules(read, ids.plan, TODAY)
    assert len(shipped) == 10
    assert {one.rule for one in shipped if one.unverified} == {
        *("limited_below", "complete_from", "check_days", "note_days", "copy_months")
    }
    set_one = {"plan_id": ids.plan, "rule": "limited_below"}
    for wrong in (
        {"value": 30, "source": " "},
        {"value": 0, "source": "예시"},
        {"value": 101, "source": "예시"},
    ):
        with pytest.raises(UserError):
            office.run(rules.set_rule, **set_one, **wrong)
    new = office.run(
        rules.set_rule, **set_one, value=30, source="예시 협의", valid_from=dt.date(2022, 1, 1)
    ).value
    with office.reading() as read:
        assert rules.rule(read, ids.plan, "limited_below", dt.date(2021, 12, 31)) == 50
        assert rules.rule(read, ids.plan, "limited_below", dt.date(2022, 1, 1)) == 30
    with pytest.raises(UserError, match="제안 기준"):
        office.run(rules.set_rule, plan_id=ids.plan, rule="complete_from", value=20, source="예시")
    office.run(rules.remove_rule, rule_id=new)
    with office.reading() as read:
        held = rules.rules(read, ids.plan, TODAY)
        assert rules.rule(read, ids.plan, "limited_below", TODAY) == 50
    assert [one.valid_to for one in held] == [None] * 10
    with pytest.raises(UserError, match="다른 값"):
        office.run(rules.remove_rule, rule_id=held[0].id)
