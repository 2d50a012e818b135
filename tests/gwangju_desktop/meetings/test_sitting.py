"""Breaks, who presides, guests and recusals, on both databases."""

from __future__ import annotations

import pytest

from db.schema.decisions import Vote
from db.schema.meetings import AgendaItem, Meeting
from db.schema.members import Membership
from db.store import usecase
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import movements, presence, recusals, sheet, sitting
from tests.gwangju_desktop.meetings.room import AT, Room, changed, minutes


@pytest.fixture
def room(store):
    room = Room.made(store)
    room.open(4)
    return room


def refused(call, *words):
    with pytest.raises(UserError) as caught:
        call()
    for word in words:
        assert word in str(caught.value)


def test_recess_and_resumption_any_number_of_times(store, room):
    for start, end in ((10, 20), (20, 30), (45, 50)):
        store.run(sitting.recess, meeting_id=room.meeting, reason="가상 사유", at=minutes(start))
        assert room.read(presence.resting) == "recess"
        assert not room.read(presence.may_vote)
        refused(lambda: store.run(sitting.recess, meeting_id=room.meeting, at=minutes(60)), "14:")
        store.run(sitting.resume, meeting_id=room.meeting, at=minutes(end))
        assert room.read(presence.may_vote)
    refused(lambda: store.run(sitting.resume, meeting_id=room.meeting))
    rows = room.read(sheet.breaks)
    assert [(row.starts_at, row.ends_at) for row in rows] == [
        (minutes(10), minutes(20)),
        (minutes(20), minutes(30)),
        (minutes(45), minutes(50)),
    ]
    refused(lambda: store.run(sitting.recess, meeting_id=room.meeting, at=minutes(48)), "14:50")
    assert room.read(presence.resting, at=minutes(15)) == "recess"
    assert room.read(presence.resting, at=minutes(40)) is None


@pytest.mark.file_only
def test_below_the_quorum_the_sitting_is_not_resumed(store, room):
    store.run(movements.move, id=room.ids[0], inside=False, at=minutes(5))
    assert not room.read(presence.may_vote)
    store.run(sitting.talk, meeting_id=room.meeting, at=minutes(6))
    refused(lambda: store.run(sitting.resume, meeting_id=room.meeting, at=minutes(7)), "3/4")
    store.run(movements.move, id=room.ids[5], inside=True, at=minutes(8))
    store.run(sitting.resume, meeting_id=room.meeting, at=minutes(9))
    assert room.read(presence.may_vote)


def test_a_recess_may_turn_into_a_talk(store, room):
    store.run(sitting.recess, meeting_id=room.meeting, at=minutes(5))
    store.run(sitting.talk, meeting_id=room.meeting, reason="정족수 미달", at=minutes(9))
    kinds = [(row.kind, row.ends_at) for row in room.read(sheet.breaks)]
    assert kinds == [("recess", minutes(9)), ("talk", None)]
    assert room.read(sheet.room).resting.kind == "talk"
    store.undo()
    assert room.read(presence.resting) == "recess"


def test_the_times_of_a_break_are_corrected_without_overlap(store, room):
    first = store.run(sitting.recess, meeting_id=room.meeting, at=minutes(5)).value
    store.run(sitting.resume, meeting_id=room.meeting, at=minutes(10))
    second = store.run(sitting.recess, meeting_id=room.meeting, at=minutes(20)).value
    store.run(sitting.edit_break, id=first, ends_at=minutes(12), reason="환기")
    refused(lambda: store.run(sitting.edit_break, id=first, ends_at=minutes(21)), "14:20")
    refused(lambda: store.run(sitting.edit_break, id=second, starts_at=minutes(11)), "14:05")
    refused(lambda: store.run(sitting.edit_break, id=first, starts_at=minutes(13)))
    refused(lambda: store.run(sitting.edit_break, id=first, ends_at=None))
    refused(lambda: store.run(sitting.edit_break, id=second, ends_at=minutes(25)))
    assert room.read(sheet.breaks)[0].reason == "환기"


def test_only_a_chair_presides_without_a_ground(store, room):
    chair, other = (seat.membership_id for seat in room.seats()[:2])
    store.run(changed, entity=Membership, id=chair, role="co_chair")
    store.run(sitting.preside, meeting_id=room.meeting, membership_id=chair)
    assert room.read(sheet.room).presiding == "가상가"
    refused(
        lambda: store.run(sitting.preside, meeting_id=room.meeting, membership_id=other), "사유"
    )
    store.run(sitting.preside, meeting_id=room.meeting, membership_id=other, ground="위원장 공석")
    detail = room.read(sheet.room)
    assert (detail.presiding, detail.presiding_ground) == ("가상나", "위원장 공석")
    store.run(
        sitting.preside,
        meeting_id=room.meeting,
        membership_id=chair,
        item_id=room.item,
        ground="위원장 회피",
    )
    with store.reading() as read:
        assert sheet.presiding_over(read, item_id=room.item) == (chair, "가상가", "위원장 회피")
    store.run(
        recusals.recuse,
        item_id=room.item,
        attendance_id=room.ids[0],
        kind="self",
        ground="자문 참여",
    )
    with store.reading() as read:
        assert sheet.presiding_over(read, item_id=room.item) == (None, "", "")
    refused(
        lambda: store.run(
            sitting.preside,
            meeting_id=room.meeting,
            membership_id=chair,
            item_id=room.item,
            ground="가상",
        ),
        "가상가",
    )
    store.run(sitting.set_secretary, meeting_id=room.meeting, name=" 가상간사 ")
    assert room.read(sheet.room).secretary == "가상간사"


def test_guests_stand_in_their_order_and_spectators_only_where_the_sitting_is_open(store, room):
    run = store.run
    watcher = run(
        sitting.add_guest, meeting_id=room.meeting, name="가상시민", kind="spectator"
    ).value
    run(sitting.add_guest, meeting_id=room.meeting, name="가상과장", organisation="가상과")
    assert [guest.name for guest in room.read(sheet.guests)] == ["가상과장", "가상시민"]
    run(sitting.edit_guest, id=watcher, name="가상주민", post="주민")
    refused(lambda: run(sitting.edit_guest, id=watcher, name=" "))
    refused(lambda: run(sitting.set_openness, meeting_id=room.meeting, public=False), "사유")
    run(sitting.set_openness, meeting_id=room.meeting, public=False, ground="가상 조례 제5조")
    refused(
        lambda: run(sitting.add_guest, meeting_id=room.meeting, name="가상시민", kind="spectator")
    )
    run(sitting.remove_guest, id=watcher)
    assert [guest.name for guest in room.read(sheet.guests)] == ["가상과장"]
    assert not room.read(sheet.room).public


@usecase("Voted in a test")
def voted(tx, *, meeting_id, item_id, subject, result, recusal_id=None):
    vote = Vote(
        meeting_id=meeting_id,
        item_id=item_id,
        recusal_id=recusal_id,
        position=1024,
        subject=subject,
        method="show_of_hands",
        state="closed",
        result=result,
        closed_at=AT,
    )
    tx.add(vote)


def test_a_recusal_has_a_ground_and_holds_for_one_item(store, room):
    values = {"item_id": room.item, "attendance_id": room.ids[0], "kind": "excluded"}
    refused(lambda: store.run(recusals.recuse, ground=" ", **values), "사유")
    first = store.run(recusals.recuse, ground="용역 수행", **values).value
    again = store.run(recusals.recuse, **{**values, "kind": "self", "ground": "용역 자문"}).value
    assert again == first
    with store.reading() as read:
        (row,) = recusals.of_item(read, item_id=room.item)
        assert (row.name, row.kind, row.ground, row.lost) == ("가상가", "self", "용역 자문", False)
    held = room.read(presence.standing, item_id=room.item)
    assert (held.present, held.attending) == (3, 4)
    store.run(recusals.lift, id=first)
    assert room.read(presence.standing, item_id=room.item).present == 4


@pytest.mark.file_only
def test_a_challenge_that_was_voted_down_does_not_count(store, room):
    challenge = store.run(
        recusals.recuse,
        item_id=room.item,
        attendance_id=room.ids[0],
        kind="challenged",
        ground="당사자 신청",
    ).value
    assert room.read(presence.standing, item_id=room.item).present == 3
    store.run(
        voted,
        meeting_id=room.meeting,
        item_id=None,
        subject="challenge",
        result="lost",
        recusal_id=challenge,
    )
    assert room.read(presence.standing, item_id=room.item).present == 4
    refused(lambda: store.run(recusals.lift, id=challenge))


@pytest.mark.file_only
def test_an_item_that_was_voted_on_keeps_who_took_part(store, room):
    store.run(voted, meeting_id=room.meeting, item_id=room.item, subject="item", result="carried")
    refused(
        lambda: store.run(
            recusals.recuse,
            item_id=room.item,
            attendance_id=room.ids[0],
            kind="self",
            ground="가상",
        ),
        "가상 안건",
    )


@pytest.mark.file_only
def test_nothing_of_the_room_changes_in_a_meeting_that_is_over(store, room):
    store.run(changed, entity=Meeting, id=room.meeting, state="closed", closed_at=minutes(9))
    run, meeting = store.run, room.meeting
    refused(lambda: run(sitting.recess, meeting_id=meeting))
    refused(lambda: run(sitting.add_guest, meeting_id=meeting, name="가상"))
    refused(lambda: run(sitting.set_openness, meeting_id=meeting, public=False, ground="가상"))
    refused(
        lambda: run(
            recusals.recuse,
            item_id=room.item,
            attendance_id=room.ids[0],
            kind="self",
            ground="가상",
        )
    )
    with store.reading() as read:
        assert read.get_one(AgendaItem, room.item).presiding_id is None
