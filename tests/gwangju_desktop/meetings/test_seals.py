"""What undo may not touch once a sitting has gone on or ended."""

from __future__ import annotations

import datetime as dt

import pytest

from db.errors import Barred, Conflict
from db.schema.decisions import Ballot, Vote
from db.store import usecase
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import (
    agenda,
    movements,
    presence,
    queries,
    recusals,
    sitting,
    steps,
    usecases,
    votes,
)
from gwangju_desktop.members import memberships
from gwangju_desktop.members import usecases as members
from tests.gwangju_desktop.meetings import lives

AT = dt.datetime(2022, 3, 17, 14, tzinfo=clock.KST)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def meeting(store):
    body = store.run(members.add_body, name_ko="가상위원회", name_en="Made-up").value
    for n in range(5):
        store.run(
            members.add_member,
            person={"name": f"가상{n}", "fictional": True},
            membership={"body_id": body, "starts_on": dt.date(2021, 1, 1)},
        )
    made = store.run(usecases.add_meeting, body_id=body, starts_at=AT).value
    store.run(agenda.add_item, meeting_id=made, title="가상 안건", request="의결한다.")
    return made


def item_of(store, meeting):
    with store.reading() as read:
        return queries.agenda(read, meeting_id=meeting)[0].id


def standing(store, meeting):
    with store.reading() as read:
        return presence.standing(read, meeting_id=meeting)


@pytest.mark.file_only
def test_a_mark_somebody_came_in_on_stays(store, meeting):
    seats = lives.voting(store, meeting)
    marked = store.run(movements.mark_presence, ids=seats, presence="present").id
    store.run(steps.open_meeting, id=meeting, at=AT, urgency="예시")
    with pytest.raises(Conflict):
        store.undo(marked)
    assert standing(store, meeting).present == 5


@pytest.mark.file_only
def test_a_coming_or_going_is_undone_until_a_vote_was_taken_on_it(store, meeting):
    item = item_of(store, meeting)
    seats = lives.opened(store, meeting, AT)
    store.run(movements.mark_presence, ids=seats[:1], presence="left", at=AT + MINUTE)
    store.undo()
    assert standing(store, meeting).present == 5
    gone = store.run(movements.mark_presence, ids=seats[:1], presence="left", at=AT + MINUTE).id
    store.run(votes.no_objection, item_id=item, at=AT + 2 * MINUTE)
    with pytest.raises(Conflict):
        store.undo(gone)
    assert standing(store, meeting).present == 4


@pytest.mark.file_only
def test_what_happened_in_a_sitting_is_sealed_with_its_end(store, meeting):
    item = item_of(store, meeting)
    seats = lives.opened(store, meeting, AT)
    done = [
        store.run(sitting.add_guest, meeting_id=meeting, kind="observer", name="가상 배석").id,
        store.run(
            recusals.recuse, item_id=item, attendance_id=seats[0], kind="self", ground="가상"
        ).id,
        store.run(sitting.recess, meeting_id=meeting, at=AT + MINUTE).id,
        store.run(sitting.resume, meeting_id=meeting, at=AT + 2 * MINUTE).id,
        store.run(votes.no_objection, item_id=item, at=AT + 3 * MINUTE).id,
    ]
    store.run(steps.close_meeting, id=meeting, at=AT + 4 * MINUTE)
    for entry in reversed(done):
        with pytest.raises(Barred):
            store.undo(entry)


def test_a_vote_is_undone_whole_while_the_meeting_sits(store, meeting):
    item = item_of(store, meeting)
    lives.opened(store, meeting, AT)
    store.run(votes.no_objection, item_id=item, at=AT + MINUTE)
    store.undo()
    with store.reading() as read:
        assert votes.of_item(read, item_id=item) == []
        assert queries.item(read, id=item).outcome is None
    store.redo()
    with store.reading() as read:
        assert queries.item(read, id=item).outcome == "as_proposed"


def test_who_voted_is_not_deleted(store, meeting):
    item = item_of(store, meeting)
    with store.reading() as read:
        seat = queries.attendance(read, meeting_id=meeting)[0]
    lives.opened(store, meeting, AT)
    store.run(votes.no_objection, item_id=item, at=AT + MINUTE)
    with pytest.raises(UserError):
        store.run(memberships.remove_membership, id=seat.membership_id)
    joined = next(change.id for change in store.since(0) if change.label == "Add member")
    with pytest.raises(Conflict):
        store.undo(joined)
    with store.reading() as read:
        assert seat.id in presence.in_room(read, meeting_id=meeting)


@pytest.mark.file_only
def test_who_answered_a_written_resolution_keeps_the_seat(store, meeting):
    """The meeting is only called, yet the answer stands: the seat is neither deleted nor left."""
    with store.reading() as read:
        seat = queries.attendance(read, meeting_id=meeting)[0]
    store.run(answer, meeting_id=meeting, seat=seat.id)
    with pytest.raises(UserError):
        store.run(memberships.remove_membership, id=seat.membership_id)
    store.run(usecases.edit_meeting, id=meeting, starts_at=AT.replace(year=2020))
    with store.reading() as read:
        assert [row.id for row in queries.attendance(read, meeting_id=meeting)] == [seat.id]


@usecase("Answer in writing")
def answer(tx, *, meeting_id, seat):
    vote = Vote(meeting_id=meeting_id, position=1, subject="item", method="written")
    tx.add(vote)
    tx.flush()
    tx.add(Ballot(vote_id=vote.id, attendance_id=seat, present=True, entitled=True))
