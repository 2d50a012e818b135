"""Amendments: moved, seconded, voted on first, and what changed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.schema.meetings import AgendaItem
from db.vocab import AmendmentState, Outcome
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import agenda, amendments, votes
from tests.gwangju_desktop.meetings.room import Room, minutes

ORIGINAL = "예시: 공개 항목 12종을 2022년 5월부터 공개한다."
AMENDED = "예시: 공개 항목 12종 중 개별 건물을 제외한 11종을 2022년 5월부터 공개한다."


@pytest.fixture
def room(store) -> Room:
    room = Room.made(store, people=5)
    room.open(4)
    room.store.run(agenda.edit_item, id=room.item, request=ORIGINAL)
    return room


def moved(room: Room, **values) -> int:
    asked = {"text": AMENDED, "mover_id": room.ids[0], "seconder_id": room.ids[1], **values}
    return room.store.run(amendments.move_amendment, item_id=room.item, **asked).value


def wording(room: Room) -> str:
    with room.store.reading() as read:
        return votes.wording(read, read.get_one(AgendaItem, room.item))


def rows(room: Room):
    with room.store.reading() as read:
        return amendments.of_item(read, item_id=room.item)


@pytest.mark.file_only
def test_an_amendment_is_voted_on_before_the_item(room: Room) -> None:
    first = moved(room)
    with pytest.raises(UserError):
        room.store.run(votes.no_objection, item_id=room.item, at=minutes(3))
    room.store.run(amendments.vote_on_amendment, id=first, yes=3, no=1, at=minutes(4))
    assert wording(room) == AMENDED
    room.store.run(votes.record_vote, item_id=room.item, yes=3, no=1, at=minutes(5))
    room.store.run(
        votes.decide, item_id=room.item, outcome="amended", resolution=AMENDED, at=minutes(5)
    )
    (row,) = rows(room)
    assert (row.original, row.text, row.state) == (ORIGINAL, AMENDED, AmendmentState.CARRIED)
    assert row.mover and row.seconder and row.mover != row.seconder


@pytest.mark.file_only
def test_a_lost_or_withdrawn_amendment_leaves_the_original(room: Room) -> None:
    first = moved(room)
    room.store.run(amendments.vote_on_amendment, id=first, yes=1, no=3, at=minutes(4))
    second = moved(room, text=AMENDED + " 단, 예시로 한다.")
    room.store.run(amendments.withdraw_amendment, id=second)
    assert wording(room) == ORIGINAL
    room.store.run(votes.no_objection, item_id=room.item, at=minutes(5))
    with room.store.reading() as read:
        assert [v.subject for v in votes.of_item(read, item_id=room.item)] == ["amendment", "item"]
    with pytest.raises(UserError):
        room.store.run(amendments.vote_on_amendment, id=second, at=minutes(6))


def test_nobody_seconds_themselves_and_without_a_seconder_there_is_no_vote(room: Room) -> None:
    with pytest.raises(UserError):
        moved(room, seconder_id=room.ids[0])
    with pytest.raises(UserError):
        moved(room, text=ORIGINAL)
    alone = moved(room, seconder_id=None)
    with pytest.raises(UserError):
        room.store.run(amendments.vote_on_amendment, id=alone, at=minutes(4))
    room.store.run(amendments.second_amendment, id=alone, seconder_id=room.ids[2])
    room.store.run(amendments.vote_on_amendment, id=alone, at=minutes(4))
    assert rows(room)[0].state == AmendmentState.CARRIED


@pytest.mark.file_only
def test_an_adopted_amendment_is_an_outcome_of_its_own(room: Room) -> None:
    first = moved(room)
    room.store.run(amendments.vote_on_amendment, id=first, at=minutes(4))
    room.store.run(votes.no_objection, item_id=room.item, at=minutes(5))
    with room.store.reading() as read:
        item = agenda.of_meeting(read, room.meeting)[-1]
        assert (item.outcome, item.resolution) == (Outcome.AMENDED, AMENDED)


@settings(max_examples=200, deadline=None)
@given(st.text("가나 다\n라", max_size=20), st.text("가나 다\n라", max_size=20))
def test_the_pieces_join_to_both_sides(original: str, amended: str) -> None:
    pieces = amendments.changes(original, amended)
    assert "".join(text for kind, text in pieces if kind != "new") == original
    assert "".join(text for kind, text in pieces if kind != "gone") == amended
