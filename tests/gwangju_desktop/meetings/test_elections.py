"""Elections from among the members: majority, run-off, one who stands alone, the role taken up."""

from __future__ import annotations

import pytest

from db.schema.meetings import Attendance
from db.schema.members import Membership
from db.vocab import Role, Verdict
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import elections, votes
from tests.gwangju_desktop.meetings.room import Room, minutes


@pytest.fixture
def room(store) -> Room:
    room = Room.made(store, people=7)
    room.open(6)
    return room


def seats(room: Room) -> list[int]:
    with room.store.reading() as read:
        return [read.get_one(Attendance, id).membership_id for id in room.ids]


def role(room: Room, seat: int) -> str:
    with room.store.reading() as read:
        return read.get_one(Membership, seat).role


def opened(room: Room, *standing: int, at: int = 5) -> int:
    return room.store.run(
        elections.open_election,
        item_id=room.item,
        role="vice_chair",
        membership_ids=standing,
        at=minutes(at),
    ).value


def test_the_majority_elects_and_the_role_follows_in_one_undoable_step(room: Room) -> None:
    a, b, *_rest = seats(room)
    vote = opened(room, a, b)
    room.store.run(elections.close_election, vote_id=vote, counts={a: 4, b: 2}, at=minutes(6))
    assert role(room, a) == Role.VICE_CHAIR
    with room.store.reading() as read:
        rows = elections.nominees(read, vote_id=vote)
        (held,) = votes.of_item(read, item_id=room.item)
    assert [(one.votes, one.elected) for one in rows] == [(4, True), (2, False)]
    assert (held.required, held.result) == (4, Verdict.CARRIED)
    room.store.undo()
    assert role(room, a) == Role.MEMBER


def test_without_a_majority_the_two_first_run_again(room: Room) -> None:
    a, b, c, *_rest = seats(room)
    first = opened(room, a, b, c)
    room.store.run(
        elections.close_election, vote_id=first, counts={a: 3, b: 2, c: 1}, at=minutes(6)
    )
    assert role(room, a) == Role.MEMBER
    second = room.store.run(elections.run_off, vote_id=first, at=minutes(7)).value
    with room.store.reading() as read:
        assert [one.membership_id for one in elections.nominees(read, vote_id=second)] == [a, b]
    with pytest.raises(UserError):
        room.store.run(elections.close_election, vote_id=second, counts={a: 3, b: 3}, at=minutes(8))
    room.store.run(
        elections.close_election, vote_id=second, counts={a: 3, b: 3}, chosen=b, at=minutes(8)
    )
    assert (role(room, a), role(room, b)) == (Role.MEMBER, Role.VICE_CHAIR)


def test_who_stands_alone_is_elected_without_objection(room: Room) -> None:
    a, *_rest = seats(room)
    vote = opened(room, a)
    room.store.run(elections.close_election, vote_id=vote, at=minutes(6))
    assert role(room, a) == Role.VICE_CHAIR


@pytest.mark.file_only
def test_more_votes_than_may_vote_and_empty_lists_are_refused(room: Room) -> None:
    a, b, *_rest = seats(room)
    with pytest.raises(UserError):
        opened(room)
    vote = opened(room, a, b)
    with pytest.raises(UserError):
        room.store.run(elections.close_election, vote_id=vote, counts={a: 5, b: 2}, at=minutes(6))
    with pytest.raises(UserError):
        room.store.run(elections.close_election, vote_id=vote, at=minutes(6))
    assert role(room, a) == role(room, b) == Role.MEMBER
