"""Written resolutions: sheets out with a ground, replies by name, the count by the body's rule."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from db.schema.decisions import Ballot
from db.schema.meetings import AgendaItem, Meeting
from db.vocab import ItemState, MeetingState, Outcome, Verdict
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import agenda, recusals, standing, steps, usecases, written
from tests.gwangju_desktop.meetings.room import AT, Room

DUE = dt.datetime(2999, 3, 17, 18, 0, tzinfo=AT.tzinfo)
GROUND = "예시: 긴급하여 소집할 시간 없음"


@pytest.fixture
def room(store) -> Room:
    """Seven voting seats: four replies make the quorum."""
    room = Room.made(store, people=8)
    room.meeting = store.run(
        usecases.add_meeting, body_id=room.body, starts_at=AT, kind="written"
    ).value
    room.item = store.run(
        agenda.add_item, meeting_id=room.meeting, title="가상 안건", request="예시: 의결한다."
    ).value
    room.ids = [seat.id for seat in room.seats()]
    return room


def send(room: Room, **asked) -> None:
    asked = {"ground": GROUND, "reply_by": DUE, "day": AT.date(), **asked}
    room.store.run(written.send, meeting_id=room.meeting, **asked)


def reply(room: Room, seats: list[int], choice: str | None, **asked) -> None:
    room.store.run(written.reply, item_id=room.item, attendance_ids=seats, choice=choice, **asked)


def finish(room: Room, at: dt.datetime | None = None, **asked) -> None:
    room.store.run(written.finish, meeting_id=room.meeting, at=at, **asked)


def state(room: Room) -> written.Sheet:
    with room.store.reading() as read:
        return written.state(read, meeting_id=room.meeting)


def everybody(room: Room, yes: int, no: int, abstain: int = 0) -> None:
    reply(room, room.ids[:yes], "yes")
    reply(room, room.ids[yes : yes + no], "no")
    reply(room, room.ids[yes + no : yes + no + abstain], "abstain")


def overdue(room: Room) -> None:
    room.store.run(
        written.set_deadline, meeting_id=room.meeting, reply_by=AT - dt.timedelta(days=1)
    )


@pytest.mark.file_only
def test_it_needs_a_ground_a_deadline_ahead_and_an_item(room: Room) -> None:
    with pytest.raises(UserError, match="근거"):
        send(room, ground=" ")
    with pytest.raises(UserError):
        send(room, reply_by=AT - dt.timedelta(days=3000))
    with pytest.raises(UserError):
        reply(room, room.ids[:1], "yes")
    send(room)
    found = state(room)
    assert (found.state, found.ground, found.sent_on) == (MeetingState.NOTICED, GROUND, AT.date())
    assert (found.required, found.enrolled, found.out, found.answered) == (5, 8, True, 0)


@pytest.mark.file_only
def test_only_a_written_resolution_is_resolved_in_writing(room: Room) -> None:
    room.meet(AT + dt.timedelta(days=40))
    with pytest.raises(UserError, match="서면"):
        send(room)


def test_replies_are_counted_from_the_replies_and_decide(room: Room) -> None:
    send(room)
    everybody(room, 4, 1, 3)
    reply(room, room.ids[:1], "yes", opinion="예시 의견", replied_on=AT.date())
    row = state(room).members[0]
    assert (row.choices[room.item], row.opinions[room.item]) == ("yes", "예시 의견")
    assert row.replied_on == AT.date() and state(room).answered == 8
    finish(room)
    (item,) = state(room).items
    assert (item.result, item.outcome) == (Verdict.LOST, Outcome.REJECTED)
    assert item.explanation == "회신 8명의 과반수 5명 필요, 찬성 4명으로 부결"
    with room.store.reading() as read:
        meeting = read.get_one(Meeting, room.meeting)
        assert (meeting.state, meeting.adjournment) == (MeetingState.CLOSED, "")


@pytest.mark.file_only
def test_waiting_replies_hold_the_count_until_the_deadline(room: Room) -> None:
    send(room)
    everybody(room, 5, 0)
    with pytest.raises(UserError, match="3"):
        finish(room)
    assert state(room).state == MeetingState.NOTICED and not state(room).items[0].closed
    overdue(room)
    finish(room)
    (item,) = state(room).items
    assert (item.result, item.outcome, item.replies) == (Verdict.CARRIED, Outcome.AS_PROPOSED, 5)


@pytest.mark.file_only
def test_too_few_replies_decide_nothing_and_the_item_goes_on(room: Room) -> None:
    send(room)
    everybody(room, 4, 0)
    overdue(room)
    finish(room)
    (item,) = state(room).items
    assert (item.result, item.outcome) == (Verdict.NO_QUORUM, None)
    assert item.explanation == "8명 중 4명 회신, 5명 필요: 의결하지 못함"
    with room.store.reading() as read:
        assert read.get_one(AgendaItem, room.item).state == ItemState.CARRIED_OVER


def test_a_body_may_count_from_the_enrolled(room: Room) -> None:
    room.rule("written", "enrolled")
    send(room)
    everybody(room, 4, 1)
    overdue(room)
    finish(room)
    assert state(room).items[0].explanation == "재적 8명의 과반수 5명 필요, 찬성 4명으로 부결"


def test_a_recused_member_gets_no_ballot(room: Room) -> None:
    room.store.run(
        recusals.recuse,
        item_id=room.item,
        attendance_id=room.ids[0],
        kind="excluded",
        ground="예시",
    )
    send(room)
    with pytest.raises(UserError):
        reply(room, room.ids[:2], "yes")
    with room.store.reading() as read:
        assert not read.scalars(select(Ballot).where(Ballot.choice.is_not(None))).all()
    assert state(room).items[0].entitled == 7
    reply(room, room.ids[1:], "yes")
    finish(room)
    assert state(room).items[0].outcome == Outcome.AS_PROPOSED


def test_a_reply_is_taken_back_and_undone(room: Room) -> None:
    send(room)
    reply(room, room.ids[:2], "no")
    reply(room, room.ids[:1], None)
    assert state(room).items[0].no == 1 and state(room).members[0].replied_on is None
    room.store.undo()
    assert state(room).items[0].no == 2


def test_a_count_taken_back_is_made_anew(room: Room) -> None:
    send(room)
    everybody(room, 5, 3)
    finish(room)
    room.store.run(steps.take_back, id=room.meeting, reason="예시: 회신 오기")
    reply(room, room.ids[:1], "no")
    finish(room)
    assert state(room).items[0].outcome == Outcome.REJECTED
    with pytest.raises(UserError):
        reply(room, room.ids[:1], "yes")


@pytest.mark.file_only
def test_an_even_count_waits_for_the_chair_who_may_cast(room: Room) -> None:
    room.rule("tie", "chair_casts")
    send(room)
    everybody(room, 4, 4)
    with pytest.raises(UserError):
        finish(room)
    finish(room, chair_in_favour=True)
    assert state(room).items[0].outcome == Outcome.AS_PROPOSED


def test_the_next_meeting_is_told_whether_planned_before_or_after(room: Room) -> None:
    first = room.meeting
    send(room)
    everybody(room, 8, 0)
    before = room.store.run(
        usecases.add_meeting, body_id=room.body, starts_at=AT + dt.timedelta(days=30)
    ).value
    assert standing_items(room, before) == []
    finish(room)
    after = room.store.run(
        usecases.add_meeting, body_id=room.body, starts_at=AT + dt.timedelta(days=20)
    ).value
    for meeting in (before, after):
        (item,) = standing_items(room, meeting)
        with room.store.reading() as read:
            assert any("가상 안건: 원안의결" in line for line in standing.lines(read, item_id=item))
    assert standing_items(room, first) == []


def standing_items(room: Room, meeting: int) -> list[int]:
    with room.store.reading() as read:
        query = select(AgendaItem.id).where(
            AgendaItem.meeting_id == meeting, AgendaItem.standing == "written_report"
        )
        return list(read.scalars(query).all())
