"""What speaks for and against a day: deadlines by the body's rule, days off, clashes, the room."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from db.schema.members import Membership
from gwangju_desktop import clock
from gwangju_desktop.meetings import planning, steps, usecases
from gwangju_desktop.members import memberships, ruling
from gwangju_desktop.members import usecases as members
from tests.gwangju_desktop.meetings.room import Room

D = dt.date
TODAY = D(2021, 9, 1)
FOUNDED = D(2021, 1, 1)


def at(day: dt.date, hour: int = 14, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), clock.KST)


def outlook(store, body, starts, **asked) -> planning.Outlook:
    with store.reading() as read:
        return planning.outlook(
            read, body_id=body, starts_at=starts, **{"minutes": 120, "today": TODAY, **asked}
        )


def told(plan: planning.Outlook) -> list[str]:
    return [str(one) for one in planning.sentences(plan)]


@pytest.fixture
def body(store) -> int:
    return store.run(members.add_body, name_ko="가상위원회", name_en="Made-up Committee").value


@pytest.fixture
def other(store) -> int:
    return store.run(members.add_body, name_ko="가상 분과", name_en="Made-up Panel").value


def join(store, body, name, end=None):
    return store.run(
        members.add_member,
        person={"name": name, "fictional": True},
        membership={"body_id": body, "starts_on": FOUNDED, "ends_on": end},
    ).value


@pytest.mark.file_only
def test_t6_notice_and_papers_lenient_and_strict(store) -> None:
    room = Room.made(store, people=1)
    plan = outlook(store, room.body, at(D(2021, 9, 15)))
    assert plan.notice_due == D(2021, 9, 8)
    assert plan.materials_due == D(2021, 9, 12)
    # The papers' day is a Sunday: they leave on the Friday before.
    assert plan.materials_by == D(2021, 9, 10)
    store.run(
        ruling.set_rule,
        body_id=room.body,
        rule="count_mode",
        value="strict",
        valid_from=D(2021, 1, 1),
        source="가상 규정",
    )
    assert outlook(store, room.body, at(D(2021, 9, 15))).notice_due == D(2021, 9, 7)


@pytest.mark.file_only
def test_the_missed_deadline_is_said_while_the_date_is_typed(store, body) -> None:
    late = outlook(store, body, at(D(2021, 9, 7)))
    assert late.notice_missed and not late.materials_missed
    assert told(late)[0] == "소집 기한 지남: 긴급 사유 필요 · 기한 2021. 8. 31.(화)"
    just = outlook(store, body, at(D(2021, 9, 8)))
    assert not just.notice_missed and just.fine
    assert outlook(store, body, at(D(2021, 9, 3))).materials_missed
    past = outlook(store, body, at(D(2021, 8, 30)))
    assert past.past and told(past)[0].startswith("2021. 8. 30.(월)")


@pytest.mark.file_only
def test_a_notice_already_sent_counts_from_its_day(store) -> None:
    room = Room.made(store, people=2)
    store.run(steps.notice, id=room.meeting, day=D(2022, 3, 7))
    clock.fix(D(2022, 3, 14))
    asked = {"today": D(2022, 3, 14), "meeting_id": room.meeting}
    assert not outlook(store, room.body, at(D(2022, 3, 16)), **asked).notice_missed
    assert outlook(store, room.body, at(D(2022, 3, 10)), **asked).notice_missed


def test_who_sits_on_two_bodies_is_named_but_only_while_in_office(store, body, other) -> None:
    person = join(store, body, "가상가")
    join(store, body, "가상나")
    with store.reading() as read:
        id = read.scalar(select(Membership.person_id).where(Membership.id == person))
    store.run(
        memberships.add_membership,
        person_id=id,
        body_id=other,
        starts_on=FOUNDED,
        ends_on=D(2021, 9, 30),
    )
    store.run(usecases.add_meeting, body_id=other, starts_at=at(D(2021, 9, 15), 15))
    plan = outlook(store, body, at(D(2021, 9, 15)))
    assert [clash.people for clash in plan.clashes] == [("가상가",)]
    assert any("가상가" in line and "가상 분과" in line for line in told(plan))
    # Touching ends is no clash; past midnight it is.
    assert not outlook(store, body, at(D(2021, 9, 15), 13)).clashes
    assert outlook(store, body, at(D(2021, 9, 14), 23), minutes=17 * 60).clashes
    written = outlook(store, body, at(D(2021, 9, 15)), kind="written")
    assert not written.clashes


def test_the_room_and_the_body_itself(store, body, other) -> None:
    join(store, body, "가상가")
    join(store, other, "가상나")
    store.run(
        usecases.add_meeting, body_id=other, starts_at=at(D(2021, 9, 15)), place="시청 3층  회의실"
    )
    plan = outlook(store, body, at(D(2021, 9, 15)), place="시청3층 회의실")
    assert plan.clashes[0].room
    assert any("장소" in line for line in told(plan))
    assert not outlook(store, body, at(D(2021, 9, 15)), place="다른 방").clashes
    mine = store.run(usecases.add_meeting, body_id=body, starts_at=at(D(2021, 9, 16))).value
    assert outlook(store, body, at(D(2021, 9, 16))).clashes[0].own
    assert not outlook(store, body, at(D(2021, 9, 16)), meeting_id=mine).clashes
    store.run(steps.cancel, id=mine, reason="가상 사유")
    assert not outlook(store, body, at(D(2021, 9, 16))).clashes


@pytest.mark.file_only
def test_free_days_are_working_days_in_time_without_clash(store, body) -> None:
    store.run(usecases.add_meeting, body_id=body, starts_at=at(D(2021, 9, 15)))
    plan = outlook(store, body, at(D(2021, 9, 11)))
    assert plan.off == "토요일"
    # 09-15 is taken; 09-13 and 09-14 and 09-16 are working days.
    assert plan.free == (D(2021, 9, 13), D(2021, 9, 14), D(2021, 9, 16))
    soon = outlook(store, body, at(D(2021, 9, 2)))
    assert min(soon.free) == D(2021, 9, 8)
    chuseok = outlook(store, body, at(D(2021, 9, 20)))
    assert chuseok.off and chuseok.free == (D(2021, 9, 23), D(2021, 9, 24), D(2021, 9, 27))
