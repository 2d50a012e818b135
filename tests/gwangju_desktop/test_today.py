"""What the first page says of bodies: terms that end, last days, rules that are not kept."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from db.schema.energy import EnergyResult, Indicator
from db.store import usecase
from gwangju_desktop import clock, today
from gwangju_desktop.energy import catalogue, duties
from gwangju_desktop.meetings import actions, agenda, steps
from gwangju_desktop.meetings import usecases as meetings
from gwangju_desktop.members import queries, usecases
from gwangju_desktop.members.broken import broken_rules
from gwangju_desktop.text import say
from tests.gwangju_desktop.meetings.room import Room, minutes

D = dt.date
DAY = D(2022, 3, 11)


def add(store, body, name, **values):
    values.setdefault("starts_on", D(2021, 2, 25))
    return store.run(
        usecases.add_member,
        person={"name": name, "gender": "male"},
        membership={"body_id": body, **values},
    ).value


def lines(store, on=DAY):
    with store.reading() as read:
        due = today.overview(read, today=on).deadlines
        return [
            (say(one.title, **one.values), one.days, one.table)
            for one in (*due.overdue, *due.week, *due.later)
        ]


def test_terms_of_one_body_and_day_are_one_line(store):
    body = store.run(usecases.add_body, name_ko="가상위원회").value
    for name in ("가상가", "가상나", "가상다"):
        add(store, body, name, ends_on=D(2022, 6, 9))
    add(store, body, "가상라", ends_on=D(2022, 3, 1))
    add(store, body, "가상마", ends_on=D(2022, 6, 10))
    add(store, body, "가상바", ends_on=D(2021, 12, 1))
    add(store, body, "가상사", ends_on=D(2022, 4, 1), capacity="ex_officio")
    found = lines(store)
    assert [days for _title, days, _table in found] == [-10, 90]
    assert found[0][2] == "person" and "가상라" in found[0][0]
    assert found[1][2] == "body" and "가상가" in found[1][0] and "2" in found[1][0]


def test_a_body_near_its_last_day_is_due_until_it_is_prolonged_or_ended(store):
    body = store.run(usecases.add_body, name_ko="가상위원회", sunset_on=D(2022, 9, 7)).value
    assert lines(store) == [("가상위원회 존속기한 만료: 연장 또는 폐지 결정", 180, "body")]
    assert lines(store, D(2022, 3, 10)) == []
    assert lines(store, D(2023, 3, 10))[0][1] < 0
    store.run(usecases.edit_body, id=body, dissolved_on=D(2022, 9, 7))
    assert lines(store) == []


def test_rules_that_are_not_kept_name_the_body(store):
    body = store.run(usecases.add_body, name_ko="가상위원회").value
    add(store, body, "가상가")
    with store.reading() as read:
        (one,) = broken_rules(read, today=DAY)
    assert (one.body_id, one.rule) == (body, "gender_most")
    assert "1명" in one.sentence


# --- meetings that are over, actions, and what changed


def test_minutes_are_due_until_they_are_public_and_actions_until_they_are_done(store):
    clock.fix(D(2022, 3, 25))
    room = Room.made(store, people=3)
    room.open(3)
    store.run(steps.close_meeting, id=room.meeting, at=minutes(60), carry=True)
    give = {"meeting_id": room.meeting, "department": "가상과"}
    late = store.run(actions.add_action, text="늦은 조치", due_on=D(2022, 3, 20), **give).value
    store.run(actions.add_action, text="먼 조치", due_on=D(2022, 6, 1), **give)
    with store.reading() as read:
        due = today.overview(read, today=D(2022, 3, 25)).deadlines
    (action,) = due.overdue
    assert (action.table, action.id, action.days) == ("action", late, -5)
    assert (say(action.title, **action.values), action.owner) == ("늦은 조치", "가상과")
    written = [one for one in due.later if one.table == "minutes"]
    assert [(one.id, one.due) for one in written] == [(room.meeting, D(2022, 4, 17))]
    assert "작성" in say(written[0].title, **written[0].values)
    store.run(actions.set_state, ids=[late], state="done")
    with store.reading() as read:
        assert today.overview(read, today=D(2022, 3, 25)).deadlines.overdue == ()


def subjects(store) -> list[str]:
    with store.reading() as read:
        return [one.subject for one in today.overview(read, today=DAY).changes]


def test_changes_name_what_they_were_about_as_it_is_called_now(store):
    body = store.run(usecases.add_body, name_ko="가상위원회").value
    add(store, body, "가상가", starts_on=DAY)
    with store.reading() as read:
        (person,) = queries.members(read)
    store.run(usecases.edit_person, id=person.id, phone="010-0000-0001")
    meeting = store.run(
        meetings.add_meeting, body_id=body, starts_at=minutes(0), title="가상 회의"
    ).value
    item = store.run(agenda.add_item, meeting_id=meeting, title="비밀 안건").value
    assert subjects(store) == ["비밀 안건", "가상 회의", "가상가", "가상가", "가상위원회"]
    secret = {"restricted": True, "restricted_ground": "예시", "open_title": "비공개 안건"}
    store.run(agenda.edit_item, id=item, **secret)
    assert subjects(store)[:2] == ["비공개 안건", "비공개 안건"]
    assert not any("010" in one for one in subjects(store))
    store.run(agenda.delete_item, id=item)
    assert subjects(store)[:3] == ["", "", ""]


def test_a_table_that_is_overdue_is_one_line(store):
    store.run(catalogue.set_up)
    store.run(
        duties.set_duty,
        source="kepco_sigungu_contract",
        frequency="month",
        due_day=25,
        due_months=1,
        expected_from=202112,
    )
    (found,) = [line for line in lines(store) if line[2] == "energy_source"]
    assert found[0] == "시군구별 계약종별 전력사용량: 2021. 12. 외 1건 가져오기"
    assert found[1] == (D(2022, 1, 25) - DAY).days
    assert not [line for line in lines(store, D(2022, 1, 10)) if line[2] == "energy_source"]


@usecase("Record another figure")
def _record(tx):
    number = tx.scalars(select(Indicator.id).where(Indicator.code == "EL02")).one()
    tx.add(
        EnergyResult(
            indicator_id=number,
            area="29000",
            period=202100,
            value=9.9,
            formula="",
            recorded_at=clock.now(),
        )
    )


def test_a_recorded_result_that_changed_is_said(store):
    store.run(catalogue.set_up)
    store.run(_record)
    (found,) = [line for line in lines(store) if line[2] == "energy_result"]
    assert "9.9" in found[0]
    assert found[1] == 0
