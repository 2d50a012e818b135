"""Actions: who does what by when, how far it is, and that no meeting forgets them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from db.vocab import Standing
from gwangju_desktop import clock, search_records, text
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import (
    actionlist,
    actions,
    agenda,
    queries,
    standing,
    steps,
    templates,
    usecases,
)
from gwangju_desktop.meetings.actionlines import Suggestion, read_line
from gwangju_desktop.packs.papers import PaperFacts
from tests.gwangju_desktop.meetings.lives import held
from tests.gwangju_desktop.meetings.room import DAY, Room, minutes

D = dt.date
TODAY = D(2022, 4, 1)
GIVEN = {"text": "가상 목록 확정", "department": "가상과", "due_on": D(2022, 3, 31)}


@pytest.fixture
def room(store) -> Room:
    clock.fix(TODAY)
    return Room.made(store, people=4)


def add(room: Room, **values) -> int:
    values = {"item_id": room.item, **GIVEN, **values}
    return room.store.run(actions.add_action, **values).value


def row(room: Room, id: int, today: D = TODAY) -> actionlist.ActionRow:
    with room.store.reading() as read:
        return actionlist.action(read, id=id, today=today)


def agenda_of(room: Room, meeting: int) -> list[queries.AgendaRow]:
    with room.store.reading() as read:
        return queries.agenda(read, meeting_id=meeting)


def test_an_action_knows_its_item_its_meeting_and_that_it_is_late(room: Room) -> None:
    id = add(room)
    found = row(room, id)
    assert (found.meeting_id, found.item_id, found.body_id) == (room.meeting, room.item, room.body)
    assert (found.text, found.department, found.state) == ("가상 목록 확정", "가상과", "assigned")
    assert (found.days, found.late, found.held_on) == (-1, True, DAY)
    assert not row(room, id, D(2022, 3, 31)).late
    with room.store.reading() as read:
        assert [one.id for one in actionlist.of_item(read, item_id=room.item, today=TODAY)] == [id]


@pytest.mark.parametrize("missing", [{"text": " "}, {"department": ""}, {"due_on": None}])
@pytest.mark.file_only
def test_text_department_and_day_are_mandatory(room: Room, missing) -> None:
    with pytest.raises(UserError):
        add(room, **missing)
    id = add(room)
    with pytest.raises(UserError):
        room.store.run(actions.edit_action, id=id, **missing)
    assert row(room, id).text == "가상 목록 확정"


def test_a_day_before_the_meeting_is_a_slip(room: Room) -> None:
    with pytest.raises(UserError, match=r"2022\. 3\. 16\."):
        add(room, due_on=D(2022, 3, 16))
    id = add(room, due_on=DAY)
    with pytest.raises(UserError):
        room.store.run(actions.edit_action, id=id, due_on=D(2021, 3, 31))


def test_states_keep_the_day_and_the_reason(room: Room) -> None:
    id = add(room)
    run = room.store.run
    run(actions.set_result, id=id, result="절반 마침")
    assert (row(room, id).state, row(room, id).result) == ("under_way", "절반 마침")
    with pytest.raises(UserError):
        run(actions.set_state, ids=[id], state="impossible")
    run(actions.set_state, ids=[id], state="impossible", reason="예산 없음")
    assert (row(room, id).state_reason, row(room, id).done_on) == ("예산 없음", TODAY)
    assert not row(room, id).late
    run(actions.set_state, ids=[id], state="done", day=D(2022, 3, 30), result="마침")
    done = row(room, id)
    assert (done.done, done.done_on, done.result, done.state_reason) == (
        True,
        D(2022, 3, 30),
        "마침",
        "",
    )
    assert run(actions.set_state, ids=[id], state="done").id == 0
    with pytest.raises(UserError):
        run(actions.set_state, ids=[id], state="done", day=D(2022, 4, 2))
    room.store.undo()
    assert row(room, id).state == "impossible"
    run(actions.set_state, ids=[id], state="under_way")
    assert (row(room, id).done_on, row(room, id).late) == (None, True)


def test_open_actions_come_on_the_next_agenda_until_they_are_done(room: Room) -> None:
    text.use("en")
    first = room.meeting
    id = add(room)
    held(room.store, first, minutes(0))
    room.meet(minutes(60 * 24 * 90))
    (told,) = [one for one in agenda_of(room, room.meeting) if one.standing]
    assert (told.standing, told.title) == (
        Standing.PREVIOUS_ACTIONS,
        "Results of the actions of earlier meetings",
    )
    with room.store.reading() as read:
        lines = standing.lines(read, item_id=told.id)
        carried = actionlist.carried(read, meeting_id=room.meeting, today=TODAY)
    assert [one.id for one in carried] == [id]
    assert lines == ["가상 목록 확정 (가상과, due 2022-03-31): Assigned"]
    room.store.run(actions.set_state, ids=[id], state="done", day=D(2022, 3, 30), result="마침")
    with room.store.reading() as read:
        assert standing.lines(read, item_id=told.id) == [
            "가상 목록 확정 (가상과, due 2022-03-31): Done – 마침"
        ]
    held(room.store, room.meeting, clock.now() - dt.timedelta(hours=3))
    third = room.meet(minutes(60 * 24 * 180))
    assert not [one for one in agenda_of(room, third) if one.standing]
    with room.store.reading() as read:
        assert actionlist.carried(read, meeting_id=third, today=TODAY) == []


@pytest.mark.file_only
def test_a_meeting_planned_before_the_action_reports_on_it_too(room: Room) -> None:
    opening = room.store.run(
        agenda.add_item, meeting_id=room.meeting, title="개회", kind="procedure"
    ).value
    room.store.run(agenda.move_item, id=opening, by=-1)
    later = room.store.run(
        usecases.add_meeting, body_id=room.body, starts_at=minutes(60 * 24 * 30)
    ).value
    room.store.run(actions.add_action, body_id=room.body, **GIVEN)
    rows = agenda_of(room, room.meeting)
    assert [one.standing for one in rows] == ["", "previous_actions", ""]
    room.store.run(actions.add_action, body_id=room.body, **GIVEN)
    assert len(agenda_of(room, room.meeting)) == 3
    assert not agenda_of(room, later)


def test_an_agenda_that_has_gone_out_stays_as_it_is(room: Room) -> None:
    notice = {"day": D(2022, 3, 10), "at": minutes(-7 * 24 * 60)}
    room.store.run(usecases.edit_meeting, id=room.meeting, place="가상 회의실")
    room.store.run(steps.notice, id=room.meeting, **notice)
    room.store.run(actions.add_action, body_id=room.body, **GIVEN)
    assert [one.standing for one in agenda_of(room, room.meeting)] == [""]


def test_the_list_is_narrowed_by_state_department_and_lateness(room: Room) -> None:
    late = add(room)
    ahead = add(room, department="다른과", due_on=D(2022, 5, 1))
    done = add(room, due_on=D(2022, 3, 20))
    room.store.run(actions.set_state, ids=[done], state="done")
    with room.store.reading() as read:

        def ids(**narrowed) -> list[int]:
            return [one.id for one in actionlist.listed(read, today=TODAY, **narrowed)]

        assert ids() == [done, late, ahead]
        assert ids(overdue=True) == [late]
        assert [one.id for one in actionlist.overdue(read, today=TODAY)] == [late]
        assert ids(state="done") == [done]
        assert ids(department="다른과") == [ahead]
        assert ids(body_id=room.body + 1) == []
        assert actionlist.departments(read) == ["가상과", "다른과"]


def test_evidence_is_filed_once_and_found(room: Room) -> None:
    id = add(room)
    facts = PaperFacts("a" * 64, "증빙 결과.xlsx", 12, None, 0, "not_pdf", {})
    values = {name: getattr(facts, name) for name in PaperFacts.__dataclass_fields__}
    made = room.store.run(actions.attach_evidence, action_id=id, **values).value
    with pytest.raises(UserError):
        room.store.run(actions.attach_evidence, action_id=id, **values)
    second = replace(facts, sha256="b" * 64)
    values = {name: getattr(second, name) for name in PaperFacts.__dataclass_fields__}
    room.store.run(actions.attach_evidence, action_id=id, title="회의 결과", **values)
    room.store.run(actions.edit_evidence, id=made, title="목록")
    with room.store.reading() as read:
        assert [e.title for e in actionlist.evidence(read, action_ids=[id])] == [
            "목록",
            "회의 결과",
        ]
        (hit,) = search_records.find(read, words="가상 목록")
        assert (hit.table, hit.id, hit.page) == ("action", id, "meetings")
        assert [one.id for one in search_records.find(read, words="회의 결과")] == [id]
    room.store.run(actions.remove_evidence, id=made)
    assert row(room, id).evidence == 1
    room.store.run(actions.delete_action, id=id)
    with pytest.raises(UserError):
        row(room, id)


@pytest.mark.file_only
def test_what_an_action_hangs_on_is_not_deleted(room: Room) -> None:
    id = add(room)
    with pytest.raises(UserError):
        room.store.run(agenda.delete_item, id=room.item)
    with pytest.raises(UserError):
        room.store.run(usecases.delete_meeting, id=room.meeting)
    other = room.meet(minutes(60 * 24))
    with pytest.raises(UserError):
        room.store.run(actions.edit_action, id=id, item_id=agenda_of(room, other)[-1].id)


@pytest.mark.parametrize(
    ("line", "read"),
    [
        (
            "- [ ] 표준 양식 확정 (담당: 가상과, 기한: 4. 8.)",
            ("표준 양식 확정", "가상과", D(2022, 4, 8)),
        ),
        ("14:52 조치: 담당자 지정 @가상구 ~3.25.", ("담당자 지정", "가상구", D(2022, 3, 25))),
        ("협의를 1월 8일까지 마침", ("협의를 마침", "", D(2023, 1, 8))),
        ("보고서 제출 due 2022-04-08", ("보고서 제출", "", D(2022, 4, 8))),
        ("매월 25일 갱신, 12종 가운데 11종", ("매월 25일 갱신, 12종 가운데 11종", "", None)),
        ("회신 ~13. 40.", ("회신 ~13. 40.", "", None)),
        ("", ("", "", None)),
    ],
)
def test_a_line_of_notes_is_read_as_an_action(line, read) -> None:
    assert read_line(line, DAY) == Suggestion(*read)


def test_a_template_gives_the_report_on_actions_its_place(room: Room) -> None:
    room.store.run(actions.add_action, body_id=room.body, **GIVEN)
    lines = [
        {"kind": "procedure", "title": "개회"},
        {"kind": "procedure", "title": "전회 조치결과", "standing": "previous_actions"},
        {"kind": "procedure", "title": "폐회"},
    ]
    run = room.store.run
    id = run(templates.save_template, body_id=room.body, name="가상", lines=lines).value
    run(templates.apply_template, meeting_id=room.meeting, id=id)
    titles = [one.title for one in agenda_of(room, room.meeting)]
    assert titles == ["개회", "전회 조치결과", "가상 안건", "폐회"]
