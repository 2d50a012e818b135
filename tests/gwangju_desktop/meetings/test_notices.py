"""The text for messengers: body, number, when, where, agenda, reply wish, and nobody's name."""

from __future__ import annotations

import datetime as dt

import pytest

from gwangju_desktop import text
from gwangju_desktop.meetings import agenda, notices, steps, usecases
from tests.gwangju_desktop.meetings.room import AT, Room


def notice(store, meeting) -> str:
    with store.reading() as read:
        return notices.notice_text(read, meeting_id=meeting)


def test_the_notice_says_all_a_member_needs(store) -> None:
    room = Room.made(store)
    store.run(
        usecases.edit_meeting,
        id=room.meeting,
        place="가상 회의실",
        secretariat="가상과",
        presiding="가상위원장",
        reply_by=AT - dt.timedelta(days=2),
    )
    store.run(
        agenda.add_item,
        meeting_id=room.meeting,
        title="가상가의 민원",
        restricted=True,
        restricted_ground="개인정보",
        open_title="민원 1건",
    )
    told = notice(store, room.meeting)
    assert told.splitlines() == [
        "[가상위원회] 제1회(예정) 정기회의 소집 알림",
        "○ 일시: 2022. 3. 17.(목) 14:00~16:00",
        "○ 장소: 가상 회의실",
        "○ 안건",
        "  1. 가상 안건 (의결)",
        "  2. 민원 1건 (의결)",
        "○ 회의자료: 2022. 3. 14.(월)까지 보내 드립니다.",
        "○ 회신: 2022. 3. 15.(화) 14:00까지 “이름 참석” 또는 “이름 불참”으로"
        " 회신하여 주시기 바랍니다.",
        "○ 문의: 가상과",
    ]
    for private in ("가상위원장", "가상가", "010"):
        assert private not in told


@pytest.mark.file_only
def test_after_the_notice_the_number_stands_and_english_is_iso(store) -> None:
    room = Room.made(store)
    store.run(steps.notice, id=room.meeting, day=dt.date(2022, 3, 7))
    assert notice(store, room.meeting).startswith("[가상위원회] 제1회 정기회의 소집 알림")
    text.use("en")
    assert "2022-03-17 (Thu) 14:00–16:00" in notice(store, room.meeting)


def test_past_midnight_and_in_writing(store) -> None:
    room = Room.made(store, people=1)
    store.run(
        usecases.edit_meeting, id=room.meeting, starts_at=AT + dt.timedelta(hours=9), minutes=90
    )
    assert "2022. 3. 17.(목) 23:00~2022. 3. 18.(금) 00:30" in notice(store, room.meeting)
    written = store.run(
        usecases.add_meeting,
        body_id=room.body,
        starts_at=AT,
        kind="written",
        reply_by=AT + dt.timedelta(days=5),
    ).value
    told = notice(store, written)
    assert "○ 회신 기한: 2022. 3. 22.(화) 14:00" in told
    assert "서면의결서" in told and "일시" not in told
