"""Votes of an item: counts, ballots frozen at the closing, what may be decided, undo."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from db.schema.decisions import Ballot, Vote
from db.schema.meetings import AgendaItem
from db.vocab import ItemState, Outcome, Verdict
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import agenda, movements, recusals, sitting, votes
from tests.gwangju_desktop.meetings.room import Room, minutes


@pytest.fixture
def room(store) -> Room:
    """Seven voting seats and one without a vote; five are present, so four make the quorum."""
    room = Room.made(store, people=8, voting=7)
    room.open(5)
    room.store.run(agenda.edit_item, id=room.item, request="예시: 시행계획을 의결한다.")
    return room


def item(room: Room) -> AgendaItem:
    with room.store.reading() as read:
        found = read.get_one(AgendaItem, room.item)
        read.expunge(found)
        return found


def rows(room: Room):
    with room.store.reading() as read:
        return votes.of_item(read, item_id=room.item)


def ballots(room: Room, vote: int) -> dict[int, tuple[bool, bool, str | None]]:
    with room.store.reading() as read:
        found = read.scalars(select(Ballot).where(Ballot.vote_id == vote)).all()
        return {b.attendance_id: (b.present, b.entitled, b.choice) for b in found}


@pytest.mark.file_only
def test_no_objection_is_one_step_and_one_undo(room: Room) -> None:
    room.store.run(votes.no_objection, item_id=room.item, at=minutes(5))
    (vote,) = rows(room)
    assert (vote.yes, vote.no, vote.abstain, vote.present, vote.entitled) == (5, 0, 0, 5, 5)
    assert (vote.method, vote.result, vote.required) == ("no_objection", Verdict.CARRIED, 3)
    assert item(room).outcome == Outcome.AS_PROPOSED
    assert item(room).resolution == "예시: 시행계획을 의결한다."
    assert item(room).begun_at == minutes(5)
    room.store.undo()
    assert rows(room) == [] and item(room).state == ItemState.PENDING


@pytest.mark.file_only
def test_counts_are_judged_and_explained(room: Room) -> None:
    room.store.run(votes.record_vote, item_id=room.item, yes=3, no=1, abstain=1, at=minutes(6))
    (vote,) = rows(room)
    assert (vote.suggested, vote.result, vote.not_voting) == (Verdict.CARRIED, Verdict.CARRIED, 0)
    assert vote.explanation == "출석 5명의 과반수 3명 필요, 찬성 3명으로 가결"
    assert sum(entitled for _p, entitled, _c in ballots(room, vote.id).values()) == 5


@pytest.mark.file_only
def test_more_votes_than_may_vote_are_refused_and_nothing_is_written(room: Room) -> None:
    with pytest.raises(UserError, match="6"):
        room.store.run(votes.record_vote, item_id=room.item, yes=4, no=2, at=minutes(6))
    assert rows(room) == [] and item(room).state == ItemState.PENDING


@pytest.mark.file_only
def test_a_recused_member_is_present_and_not_entitled(room: Room) -> None:
    room.store.run(
        recusals.recuse,
        item_id=room.item,
        attendance_id=room.ids[0],
        kind="self",
        ground="예시: 용역 수행",
    )
    room.store.run(votes.no_objection, item_id=room.item, at=minutes(6))
    (vote,) = rows(room)
    assert (vote.present, vote.entitled, vote.yes, vote.required) == (4, 4, 4, 3)
    assert ballots(room, vote.id)[room.ids[0]] == (True, False, None)


@pytest.mark.file_only
def test_by_name_the_ballots_are_the_count(room: Room) -> None:
    vote = room.store.run(
        votes.open_vote, item_id=room.item, method="roll_call", at=minutes(6)
    ).value
    room.store.run(
        votes.set_choices,
        vote_id=vote,
        choices=dict(zip(room.ids[:5], ("yes", "yes", "no", "abstain", None), strict=True)),
    )
    room.store.run(votes.close_vote, vote_id=vote, at=minutes(7))
    (row,) = rows(room)
    assert (row.yes, row.no, row.abstain, row.not_voting, row.result) == (
        *(2, 1, 1, 1),
        Verdict.LOST,
    )
    with pytest.raises(UserError):
        room.store.run(votes.set_choices, vote_id=vote, choices={room.ids[4]: "yes"})


@pytest.mark.file_only
def test_who_left_before_the_end_of_a_roll_call_is_named(room: Room) -> None:
    vote = room.store.run(
        votes.open_vote, item_id=room.item, method="roll_call", at=minutes(6)
    ).value
    room.store.run(votes.set_choices, vote_id=vote, choices={room.ids[4]: "yes"})
    room.store.run(movements.move, id=room.ids[4], inside=False, at=minutes(7))
    with pytest.raises(UserError, match="1"):
        room.store.run(votes.close_vote, vote_id=vote, at=minutes(8))


@pytest.mark.file_only
def test_below_the_quorum_or_in_a_recess_nothing_is_voted(room: Room) -> None:
    room.store.run(sitting.recess, meeting_id=room.meeting, reason="예시", at=minutes(3))
    with pytest.raises(UserError):
        room.store.run(votes.no_objection, item_id=room.item, at=minutes(4))
    room.store.run(sitting.resume, meeting_id=room.meeting, at=minutes(5))
    for seat in room.ids[:2]:
        room.store.run(movements.move, id=seat, inside=False, at=minutes(6))
    with pytest.raises(UserError, match="3/4"):
        room.store.run(votes.no_objection, item_id=room.item, at=minutes(7))


@pytest.mark.file_only
def test_an_uncounted_majority_has_no_numbers(room: Room) -> None:
    vote = room.store.run(votes.open_vote, item_id=room.item, at=minutes(6)).value
    room.store.run(votes.close_vote, vote_id=vote, uncounted="carried", at=minutes(6))
    (row,) = rows(room)
    assert row.uncounted and row.result == Verdict.CARRIED
    assert (row.yes, row.no, row.required) == (None, None, None)
    assert not any(letter.isdigit() for letter in row.explanation)


@pytest.mark.file_only
def test_the_outcome_follows_the_vote(room: Room) -> None:
    def decide(outcome: str, **values) -> None:
        room.store.run(votes.decide, item_id=room.item, outcome=outcome, at=minutes(8), **values)

    with pytest.raises(UserError):
        decide("as_proposed")
    room.store.run(votes.record_vote, item_id=room.item, yes=1, no=4, at=minutes(6))
    with pytest.raises(UserError):
        decide("as_proposed")
    room.store.run(votes.record_vote, item_id=room.item, yes=4, no=1, at=minutes(7))
    with pytest.raises(UserError):
        decide("rejected")
    with pytest.raises(UserError):
        decide("amended")
    with pytest.raises(UserError):
        decide("conditional", remark="  ")
    decide("amended", resolution="예시: 시행계획을 고쳐 의결한다.")
    assert item(room).outcome == Outcome.AMENDED
    with pytest.raises(UserError):
        room.store.run(votes.record_vote, item_id=room.item, yes=5, at=minutes(9))
    room.store.run(votes.undecide, item_id=room.item)
    assert item(room).outcome is None and len(rows(room)) == 2


@pytest.mark.file_only
def test_a_casting_chair_is_asked_on_an_even_vote(room: Room) -> None:
    room.rule("tie", "chair_casts")
    with pytest.raises(UserError):
        room.store.run(votes.record_vote, item_id=room.item, yes=2, no=2, abstain=1, at=minutes(6))
    room.store.run(
        votes.record_vote,
        item_id=room.item,
        yes=2,
        no=2,
        abstain=1,
        chair_in_favour=True,
        at=minutes(6),
    )
    assert rows(room)[0].result == Verdict.CARRIED


def test_an_item_with_an_open_vote_is_not_decided(room: Room) -> None:
    room.store.run(votes.open_vote, item_id=room.item, at=minutes(6))
    with pytest.raises(UserError):
        room.store.run(votes.decide, item_id=room.item, outcome="deferred", at=minutes(7))
    with room.store.reading() as read:
        assert read.scalars(select(Vote.state)).all() == ["open"]
