"""Deciding an item in one step, votes beside it, and what the panel reads."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from db.schema.decisions import Ballot, Vote
from db.schema.meetings import AgendaItem, Meeting
from db.vocab import ItemState, Outcome, Verdict
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import agenda, amendments, deciding, presence, recusals, votes
from tests.gwangju_desktop.meetings.room import Room, minutes

REQUEST = "예시: 공개 항목 12종을 공개한다."


@pytest.fixture
def room(store) -> Room:
    """Seven voting seats, five present: four make the quorum, three carry."""
    room = Room.made(store, people=7)
    room.open(5)
    room.store.run(agenda.edit_item, id=room.item, request=REQUEST)
    return room


def item(room: Room) -> AgendaItem:
    with room.store.reading() as read:
        found = read.get_one(AgendaItem, room.item)
        read.expunge(found)
        return found


def panel(room: Room) -> deciding.Panel:
    with room.store.reading() as read:
        return deciding.panel(read, item_id=room.item)


def settle(room: Room, outcome: Outcome, **asked) -> int:
    return room.store.run(
        deciding.settle, item_id=room.item, outcome=outcome.value, at=minutes(5), **asked
    ).value


def aside(room: Room, **asked) -> int:
    return room.store.run(deciding.vote_aside, item_id=room.item, at=minutes(5), **asked).value


@pytest.mark.file_only
def test_vote_and_decision_are_one_step(room: Room) -> None:
    settle(room, Outcome.AS_PROPOSED, counts={"yes": 3, "no": 1, "abstain": 1})
    (vote,) = panel(room).votes
    assert (vote.yes, vote.no, vote.abstain, vote.result) == (3, 1, 1, Verdict.CARRIED)
    assert (item(room).outcome, item(room).resolution) == (Outcome.AS_PROPOSED, REQUEST)
    room.store.undo()
    assert panel(room).votes == () and item(room).state == ItemState.PENDING


@pytest.mark.file_only
def test_what_the_count_does_not_bear_is_refused_whole(room: Room) -> None:
    with pytest.raises(UserError):
        settle(room, Outcome.AS_PROPOSED, counts={"yes": 2, "no": 3})
    assert panel(room).votes == () and item(room).outcome is None
    settle(room, Outcome.REJECTED, counts={"yes": 2, "no": 3})
    assert item(room).outcome == Outcome.REJECTED


@pytest.mark.file_only
def test_without_objection_an_amended_wording_is_decided(room: Room) -> None:
    settle(room, Outcome.AMENDED, method="no_objection", resolution="예시: 11종을 공개한다.")
    (vote,) = panel(room).votes
    assert (vote.method, vote.yes, vote.entitled) == ("no_objection", 5, 5)
    assert item(room).resolution == "예시: 11종을 공개한다."


@pytest.mark.file_only
def test_a_majority_seen_has_no_numbers(room: Room) -> None:
    settle(room, Outcome.AS_PROPOSED, uncounted="carried")
    (vote,) = panel(room).votes
    assert (vote.uncounted, vote.yes, vote.required) == (True, None, None)


@pytest.mark.file_only
def test_deferring_is_voted_on_as_procedure(room: Room) -> None:
    with pytest.raises(UserError, match="부결"):
        settle(room, Outcome.DEFERRED, counts={"yes": 1, "no": 4})
    settle(room, Outcome.DEFERRED, counts={"yes": 4, "no": 1})
    (vote,) = panel(room).votes
    assert (vote.subject, vote.label, vote.result) == ("procedure", "보류", Verdict.CARRIED)
    assert item(room).outcome == Outcome.DEFERRED


def test_a_report_is_noted_without_a_vote(room: Room) -> None:
    room.store.run(agenda.edit_item, id=room.item, kind="report")
    settle(room, Outcome.NOTED)
    assert (panel(room).votes, item(room).outcome) == ((), Outcome.NOTED)


@pytest.mark.file_only
def test_a_challenge_is_voted_on_without_the_challenged(room: Room) -> None:
    recusal = room.store.run(
        recusals.recuse,
        item_id=room.item,
        attendance_id=room.ids[0],
        kind="challenged",
        ground="예시: 신청인과 친족",
    ).value
    assert [row.id for row in panel(room).challenges] == [recusal]
    assert panel(room).aside == ("가상가",)
    aside(room, subject="challenge", recusal_id=recusal, counts={"yes": 1, "no": 3})
    after = panel(room)
    assert after.challenges == () and after.standing.entitled == 5
    with pytest.raises(UserError, match="기피"):
        aside(room, subject="challenge")


@pytest.mark.file_only
def test_a_carried_vote_closes_the_sitting(room: Room) -> None:
    with pytest.raises(UserError, match="근거"):
        aside(room, subject="closed_sitting")
    aside(room, subject="closed_sitting", ground="예시: 개인정보")
    with room.store.reading() as read:
        meeting = read.get_one(Meeting, room.meeting)
        assert (meeting.public, meeting.closed_ground) == (False, "예시: 개인정보")


@pytest.mark.file_only
def test_withholding_the_minutes_takes_half_of_the_enrolled(room: Room) -> None:
    vote = aside(room, subject="closed_minutes", ground="예시", counts={"yes": 3, "no": 1})
    four = aside(room, subject="closed_minutes", ground="예시", counts={"yes": 4, "no": 1})
    with room.store.reading() as read:
        lost, carried = read.get_one(Vote, vote), read.get_one(Vote, four)
        assert (lost.result, lost.required) == (Verdict.LOST, 4)
        assert lost.explanation == "재적 7명의 과반수 4명 필요, 찬성 3명으로 부결"
        assert carried.result == Verdict.CARRIED


def test_an_open_roll_call_is_gone_on_with_or_dropped(room: Room) -> None:
    vote = room.store.run(
        votes.open_vote, item_id=room.item, method="roll_call", at=minutes(5)
    ).value
    room.store.run(votes.set_choices, vote_id=vote, choices={room.ids[1]: "no"})
    with room.store.reading() as read:
        roll = deciding.roll(read, vote_id=vote)
    assert [choice for _id, _name, choice in roll.called] == [None, "no", None, None, None]
    room.store.run(deciding.drop_vote, vote_id=vote)
    with room.store.reading() as read:
        assert read.scalars(select(Ballot)).all() == []
    settle(room, Outcome.AS_PROPOSED, counts={"yes": 5})
    closed = panel(room).votes[0].id
    with pytest.raises(UserError):
        room.store.run(deciding.drop_vote, vote_id=closed)


@pytest.mark.file_only
def test_the_panel_offers_the_carried_amendment_and_says_why_nothing_can_be_voted(
    room: Room,
) -> None:
    assert panel(room).wording == REQUEST
    moved = room.store.run(
        amendments.move_amendment,
        item_id=room.item,
        text="예시: 11종을 공개한다.",
        mover_id=room.ids[0],
        seconder_id=room.ids[1],
    ).value
    room.store.run(amendments.vote_on_amendment, id=moved, at=minutes(5))
    assert panel(room).wording == "예시: 11종을 공개한다."
    assert panel(room).refusal is None
    from gwangju_desktop.meetings import movements

    for seat in room.ids[:2]:
        room.store.run(movements.move, id=seat, inside=False, at=minutes(6))
    assert panel(room).refusal is not None
    assert room.read(presence.may_vote) is False
