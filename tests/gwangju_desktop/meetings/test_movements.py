"""The roll, comings and goings, on both databases; the clock of the PC may jump."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.schema.decisions import Ballot, Vote
from db.schema.meetings import Meeting
from db.store import usecase
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import movements, presence, replies
from tests.gwangju_desktop.meetings.room import AT, Room, changed, minutes


@usecase("Voted in a test")
def voted(tx, *, meeting_id, item_id, at, present):
    vote = Vote(
        meeting_id=meeting_id,
        item_id=item_id,
        position=1024,
        subject="item",
        method="show_of_hands",
        state="closed",
        closed_at=at,
    )
    tx.add(vote)
    tx.flush()
    for seat in present:
        tx.add(Ballot(vote_id=vote.id, attendance_id=seat, present=True, entitled=True))


@pytest.fixture
def room(store):
    return Room.made(store)


def refused(call, *words):
    with pytest.raises(UserError) as caught:
        call()
    for word in words:
        assert word in str(caught.value)


@pytest.mark.file_only
def test_the_roll_before_the_opening_is_marks_only(store, room):
    store.run(movements.mark_presence, ids=room.ids[:4], presence="present")
    assert room.marks() == ["present"] * 4 + ["unmarked"] * 2
    assert room.attending() == 4
    assert not any(seat.moves for seat in room.seats())
    refused(lambda: store.run(movements.mark_presence, ids=room.ids[:1], presence="left"), "개의")
    store.run(movements.move, id=room.ids[0], inside=False)
    assert room.marks()[0] == "unmarked"


def test_all_expected_are_marked_in_one_step_and_the_exceptions_with_it(store, room):
    store.run(replies.set_reply, ids=room.ids[:3], reply="coming")
    store.run(replies.set_reply, ids=room.ids[3:4], reply="not_coming")
    before = store.head()
    assert store.run(movements.roll_call, meeting_id=room.meeting, but=room.ids[:1]).value == 2
    assert store.head() == before + 1
    assert room.marks() == ["absent", "present", "present", "absent", "unmarked", "unmarked"]
    assert store.run(movements.roll_call, meeting_id=room.meeting, everybody=True).value == 2
    assert room.marks()[4:] == ["present", "present"]
    store.undo()
    store.undo()
    assert set(room.marks()) == {"unmarked"}


@pytest.mark.file_only
def test_who_comes_late_and_who_leaves_stand_with_their_times(store, room):
    room.open(4)
    store.run(movements.move, id=room.ids[4], inside=True, at=minutes(7))
    store.run(movements.move, id=room.ids[0], inside=False, at=minutes(30))
    store.run(movements.move, id=room.ids[0], inside=True, at=minutes(40))
    store.run(movements.move, id=room.ids[1], inside=False, at=minutes(50))
    rows = room.seats()
    assert rows[4].late
    assert rows[4].came == minutes(7)
    assert not rows[0].late
    assert [move.inside for move in rows[0].moves] == [True, False, True]
    assert rows[0].left is None
    assert rows[1].left == minutes(50)
    assert rows[1].presence == "left"
    assert room.attending() == 4
    assert room.attending(minutes(35)) == 4
    assert room.attending(minutes(45)) == 5
    assert room.attending(AT) == 4


@pytest.mark.file_only
def test_a_second_coming_of_somebody_inside_changes_nothing(store, room):
    room.open(4)
    before = store.head()
    store.run(movements.move, id=room.ids[0], inside=True, at=minutes(3))
    store.run(movements.move, id=room.ids[5], inside=False, at=minutes(3))
    assert store.head() == before
    assert room.marks()[5] == "unmarked"


def test_a_mark_made_by_mistake_is_taken_back_with_its_times(store, room):
    room.open(4)
    store.run(movements.mark_presence, ids=room.ids[3:5], presence="absent", at=minutes(1))
    assert room.marks()[3:5] == ["absent", "absent"]
    assert not room.seats()[3].moves
    store.undo()
    assert room.attending() == 4
    assert room.seats()[3].came == AT


def test_what_a_vote_counted_is_not_contradicted_afterwards(store, room):
    room.open(4)
    store.run(
        voted, meeting_id=room.meeting, item_id=room.item, at=minutes(20), present=room.ids[:4]
    )
    refused(
        lambda: store.run(movements.mark_presence, ids=room.ids[:1], presence="absent"), "가상가"
    )
    refused(
        lambda: store.run(movements.move, id=room.ids[0], inside=False, at=minutes(19)), "14:20"
    )
    store.run(movements.move, id=room.ids[0], inside=False, at=minutes(21))
    left = room.seats()[0].moves[1]
    refused(lambda: store.run(movements.correct_time, id=left.id, at=minutes(18)), "14:20")
    store.run(movements.correct_time, id=left.id, at=minutes(25))
    assert room.seats()[0].left == minutes(25)
    assert room.attending(minutes(20)) == 4


@pytest.mark.file_only
def test_a_corrected_time_stays_between_its_neighbours(store, room):
    room.open(4)
    store.run(movements.move, id=room.ids[0], inside=False, at=minutes(20))
    store.run(movements.move, id=room.ids[0], inside=True, at=minutes(30))
    _first, left, again = room.seats()[0].moves
    refused(lambda: store.run(movements.correct_time, id=left.id, at=minutes(31)), "14:30")
    refused(lambda: store.run(movements.correct_time, id=again.id, at=minutes(19)), "14:20")
    refused(lambda: store.run(movements.correct_time, id=left.id, at=minutes(-1)), "13:59")
    store.run(movements.correct_time, id=left.id, at=minutes(25))
    assert room.attending(minutes(24)) == 4
    assert room.attending(minutes(26)) == 3


@pytest.mark.file_only
def test_a_clock_set_back_is_said_and_writes_nothing(store, room, monkeypatch):
    room.open(4)
    store.run(movements.move, id=room.ids[0], inside=False, at=minutes(20))
    now = dt.datetime.combine(AT.date(), dt.time(14, 10), clock.KST)
    monkeypatch.setattr(clock, "now", lambda: now)
    refused(lambda: store.run(movements.move, id=room.ids[0], inside=True), "14:10", "14:20")
    monkeypatch.setattr(clock, "now", lambda: AT - dt.timedelta(hours=9))
    refused(lambda: store.run(movements.move, id=room.ids[5], inside=True), "14:00")
    assert room.attending() == 3
    refused(
        lambda: store.run(
            movements.move, id=room.ids[5], inside=True, at=AT + dt.timedelta(hours=1)
        ),
        "15:00",
    )


@pytest.mark.file_only
def test_times_may_cross_midnight(store, room):
    room.open(4, at=AT.replace(hour=23))
    store.run(
        movements.move, id=room.ids[0], inside=False, at=AT + dt.timedelta(hours=10, minutes=5)
    )
    assert f"{room.seats()[0].left:%d %H:%M}" == "18 00:05"
    assert room.attending(AT + dt.timedelta(hours=10)) == 4
    assert room.attending() == 3


@pytest.mark.file_only
def test_an_over_meeting_keeps_its_sheet(store, room):
    room.open(4)
    store.run(changed, entity=Meeting, id=room.meeting, state="published", closed_at=minutes(60))
    refused(lambda: store.run(movements.move, id=room.ids[0], inside=False, at=minutes(5)))
    refused(lambda: store.run(movements.mark_presence, ids=room.ids, presence="absent"))
    refused(lambda: store.run(movements.roll_call, meeting_id=room.meeting))


def test_a_substitute_comes_only_where_the_rule_has_one(store, room):
    room.rule("deputies", "vote")
    store.run(replies.set_substitute, id=room.ids[0], name="대리가상", post="가상과장")
    store.run(movements.mark_presence, ids=room.ids[:3], presence="present")
    assert room.attending() == 3
    refused(lambda: store.run(movements.came_in_person, id=room.ids[0]), "가상가")
    store.run(movements.mark_presence, ids=room.ids[:1], presence="unmarked")
    room.rule("deputies", "none")
    refused(
        lambda: store.run(movements.mark_presence, ids=room.ids[:1], presence="present"), "가상가"
    )
    store.run(movements.came_in_person, id=room.ids[0])
    row = room.seats()[0]
    assert (row.reply, row.presence, row.substitute) == ("coming", "present", "")


@pytest.mark.file_only
def test_an_office_without_movements_goes_on_from_its_marks(store, room):
    store.run(movements.mark_presence, ids=room.ids[:4], presence="present")
    store.run(changed, entity=Meeting, id=room.meeting, state="opened", opened_at=AT)
    assert room.attending() == 4
    store.run(movements.move, id=room.ids[0], inside=False, at=minutes(9))
    assert [move.at for move in room.seats()[0].moves] == [AT, minutes(9)]
    assert room.attending(minutes(8)) == 4
    assert room.attending() == 3


def test_a_whole_roll_of_a_hundred_and_two_is_one_entry_in_a_tenth_of_a_second(sqlite_store):
    room = Room.made(sqlite_store, 102)
    room.open(0)
    before = sqlite_store.head()
    took = []
    for presence_ in ("present", "absent", "present"):
        start = time.perf_counter()
        if presence_ == "present":
            sqlite_store.run(movements.roll_call, meeting_id=room.meeting, everybody=True)
        else:
            sqlite_store.run(movements.mark_presence, ids=room.ids, presence="unmarked")
        took.append(time.perf_counter() - start)
    assert sqlite_store.head() == before + 3
    assert room.attending() == 102
    print("102 marked in", [round(t * 1000) for t in took], "ms")


STEPS = st.lists(
    st.tuples(st.integers(0, 5), st.booleans(), st.integers(0, 3)), min_size=1, max_size=12
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
def test_the_marks_and_the_fold_never_part(sqlite_store, steps):
    room = Room.made(sqlite_store)
    room.open(4)
    there = set(room.ids[:4])
    passed, seen = 0, [(0, set(there))]
    for seat, inside, later in steps:
        passed += later
        id = room.ids[seat]
        sqlite_store.run(movements.move, id=id, inside=inside, at=minutes(passed))
        (there.add if inside else there.discard)(id)
        seen.append((passed, set(there)))
    assert {seat.id for seat in room.seats() if seat.inside} == there
    assert room.attending() == len(there)
    for n, (passed, then) in enumerate(seen):
        if n + 1 == len(seen) or seen[n + 1][0] > passed:
            assert set(room.read(presence.in_room, at=minutes(passed))) == then
