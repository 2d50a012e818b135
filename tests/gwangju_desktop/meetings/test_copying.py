"""A meeting planned after an earlier one."""

from __future__ import annotations

import datetime as dt

import pytest

from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import agenda, copying, queries, usecases
from tests.gwangju_desktop.meetings.lives import held
from tests.gwangju_desktop.meetings.room import AT, Room

NEXT = AT + dt.timedelta(days=90)


def steps_of(store, meeting):
    with store.reading() as read:
        return queries.agenda(read, meeting_id=meeting)


def test_the_order_of_business_comes_along_without_results(store) -> None:
    room = Room.made(store)
    store.run(usecases.edit_meeting, id=room.meeting, place="가상 회의실", minutes=90)
    top = store.run(
        agenda.add_item, meeting_id=room.meeting, title="가상 보고", kind="report", request="주문"
    ).value
    store.run(agenda.add_item, meeting_id=room.meeting, title="딸린 안건", parent_id=top)
    gone = store.run(agenda.add_item, meeting_id=room.meeting, title="철회된 안건").value
    store.run(agenda.withdraw_item, id=gone, reason="가상")
    copy = store.run(copying.copy_meeting, id=room.meeting, starts_at=NEXT).value
    rows = steps_of(store, copy)
    assert [(row.number, row.title) for row in rows] == [
        ("1", "가상 안건"),
        ("2", "가상 보고"),
        ("2-가", "딸린 안건"),
    ]
    with store.reading() as read:
        made = queries.meeting(read, id=copy)
        assert queries.item(read, id=rows[1].id).request == "주문"
    assert (made.place, made.minutes, made.state, made.number) == (
        "가상 회의실",
        90,
        "planned",
        None,
    )
    assert made.quorum.enrolled == 6
    bare = store.run(copying.copy_meeting, id=room.meeting, starts_at=NEXT, texts=False).value
    with store.reading() as read:
        assert queries.item(read, id=steps_of(store, bare)[1].id).request == ""


@pytest.mark.file_only
def test_what_was_left_open_comes_once_under_its_number(store) -> None:
    room = Room.made(store)
    held(store, room.meeting, AT)
    copy = store.run(copying.copy_meeting, id=room.meeting, starts_at=NEXT).value
    rows = steps_of(store, copy)
    assert [(row.title, row.carried) for row in rows] == [("가상 안건", True)]
    assert rows[0].item_number


def test_the_last_meeting_of_a_body_is_found(store) -> None:
    room = Room.made(store)
    with store.reading() as read:
        assert copying.last_meeting(read, body_id=room.body) == room.meeting
        assert copying.last_meeting(read, body_id=room.body + 1) is None
    with pytest.raises(UserError, match="다른 날짜"):
        store.run(copying.copy_meeting, id=room.meeting, starts_at=AT)
    with pytest.raises(UserError):
        store.run(copying.copy_meeting, id=999, starts_at=NEXT)
