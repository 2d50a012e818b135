"""Who is in the room, and what follows: the worked examples, and a naive recount."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.schema.decisions import Recusal
from db.schema.meetings import Attendance, Meeting
from db.schema.sittings import Break, Movement
from db.store import usecase
from db.vocab import MeetingState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import agenda, presence, queries, rules, usecases
from gwangju_desktop.meetings.presence import inside, work_out
from gwangju_desktop.members import ruling
from gwangju_desktop.members import usecases as members

AT = dt.datetime(2022, 3, 17, 14, tzinfo=clock.KST)
PLAIN = rules.Rule()


def minutes(n: int) -> dt.datetime:
    return AT + dt.timedelta(minutes=n)


@pytest.mark.parametrize(
    ("enrolled", "required"), [(50, 26), (51, 26), (41, 21), (24, 13), (0, 1), (1, 1)]
)
def test_the_opening_quorum_is_more_than_half_of_the_enrolled(enrolled, required):
    assert work_out(PLAIN, enrolled=enrolled, there=(), recused=()).quorum_required == required


def test_twenty_five_of_fifty_are_no_quorum():
    assert not work_out(PLAIN, enrolled=50, there=range(25), recused=()).quorum_met
    assert work_out(PLAIN, enrolled=50, there=range(26), recused=()).quorum_met


def test_a_recused_member_counts_for_the_opening_but_not_for_the_item():
    held = work_out(PLAIN, enrolled=50, there=range(27), recused=(3, 5, 40))
    assert (held.present, held.entitled, held.recused, held.majority) == (25, 25, 2, 13)
    assert held.quorum_met
    assert (held.attending, held.short) == (27, 0)
    assert held.recused_ids == (3, 5)
    assert not {3, 5} & set(held.entitled_ids)


def test_a_body_may_count_the_recused_as_present():
    held = work_out(rules.Rule(recused_present=True), enrolled=50, there=range(27), recused=(3, 5))
    assert (held.present, held.entitled, held.majority) == (27, 25, 14)
    assert held.attending == 27


def test_who_never_moved_is_where_the_mark_says():
    marks = {1: True, 2: False, 3: True}
    assert inside(marks, ()) == {1, 3}
    assert inside(marks, [(2, minutes(5), True), (3, minutes(6), False)]) == {1, 2}
    assert inside(marks, [(3, minutes(6), True)], minutes(5)) == {1}


SEATS = st.integers(0, 5)
MOVES = st.lists(st.tuples(SEATS, st.integers(0, 20).map(minutes), st.booleans()), max_size=30)


@settings(max_examples=150, deadline=None)
@given(MOVES, st.sets(SEATS), st.none() | st.integers(-1, 21).map(minutes), st.sets(SEATS))
def test_a_standing_is_always_the_naive_recount(moves, marked, at, recused):
    marks = {seat: seat in marked for seat in range(6)}
    naive = set()
    for seat in range(6):
        own = [(n, move) for n, move in enumerate(moves) if move[0] == seat]
        until = [(move[1], n, move[2]) for n, move in own if at is None or move[1] <= at]
        last = max(until, default=None)
        if last[2] if last else not own and seat in marked:
            naive.add(seat)
    found = inside(marks, moves, at)
    assert found == naive
    held = work_out(PLAIN, enrolled=6, there=found, recused=recused)
    assert held.attending == len(naive)
    assert held.quorum_met == (len(naive) * 2 > 6)
    assert set(held.entitled_ids) == naive - recused
    assert held.present == len(naive - recused)
    assert held.majority * 2 > held.present >= (held.majority - 1) * 2 or held.present == 0


# --- on both databases


@usecase("Opened in a test")
def opened(tx, *, id, inside_ids, at):
    meeting = tx.get_one(Meeting, id)
    meeting.state = MeetingState.OPENED.value
    meeting.opened_at = at
    for seat in inside_ids:
        tx.get_one(Attendance, seat).presence = "present"
        tx.add(Movement(meeting_id=id, attendance_id=seat, at=at, inside=True))


@usecase("Moved in a test")
def moved(tx, *, id, seat, at, came):
    tx.add(Movement(meeting_id=id, attendance_id=seat, at=at, inside=came))


@usecase("Recused in a test")
def recused(tx, *, item, seat):
    tx.add(Recusal(item_id=item, attendance_id=seat, kind="self"))


@usecase("Changed in a test")
def changed(tx, *, entity, id, **values):
    row = tx.get_one(entity, id)
    for name, value in values.items():
        setattr(row, name, value)


@usecase("Rested in a test")
def rested(tx, *, id, kind, at):
    tx.add(Break(meeting_id=id, kind=kind, starts_at=at))


@pytest.fixture
def room(store):
    body = store.run(members.add_body, name_ko="가상위원회", name_en="Made-up Committee").value
    for n, letter in enumerate("가나다라마바"):
        store.run(
            members.add_member,
            person={"name": f"가상{letter}", "fictional": True},
            membership={"body_id": body, "starts_on": AT.date(), "voting": n < 5},
        )
    meeting = store.run(usecases.add_meeting, body_id=body, starts_at=AT).value
    item = store.run(agenda.add_item, meeting_id=meeting, title="가상 안건").value
    with store.reading() as read:
        sheet = [row.id for row in queries.attendance(read, meeting_id=meeting)]
    return body, meeting, item, sheet


def standing(store, **values):
    with store.reading() as read:
        return presence.standing(read, **values)


def why(store, **values):
    with store.reading() as read:
        found = presence.why_no_vote(read, **values)
        assert presence.may_vote(read, **values) == (found is None)
        return found and str(found)


@pytest.mark.file_only
def test_a_meeting_from_the_marks_to_the_moment_it_is_closed(store, room):
    _body, meeting, item, sheet = room
    assert standing(store, meeting_id=meeting).quorum_required == 3
    store.run(changed, entity=Attendance, id=sheet[0], presence="present")
    store.run(changed, entity=Attendance, id=sheet[5], presence="present")
    assert standing(store, meeting_id=meeting).present_ids == (sheet[0],)
    assert why(store, meeting_id=meeting) is not None
    store.run(opened, id=meeting, inside_ids=[*sheet[:3], sheet[5]], at=AT)
    assert why(store, meeting_id=meeting) is None
    store.run(recused, item=item, seat=sheet[1])
    held = standing(store, meeting_id=meeting, item_id=item)
    assert (held.enrolled, held.present, held.attending, held.majority) == (5, 2, 3, 2)
    assert held.quorum_met
    assert standing(store, meeting_id=meeting).recused_ids == ()
    store.run(moved, id=meeting, seat=sheet[2], at=minutes(10), came=False)
    assert standing(store, meeting_id=meeting).short == 1
    assert "2/3" in why(store, meeting_id=meeting)
    assert standing(store, meeting_id=meeting, at=minutes(9)).quorum_met
    assert why(store, meeting_id=meeting, at=minutes(9)) is None
    with store.reading() as read:
        assert presence.in_room(read, meeting_id=meeting) == (sheet[0], sheet[1], sheet[5])
    store.run(changed, entity=Meeting, id=meeting, state="closed", closed_at=minutes(20))
    assert standing(store, meeting_id=meeting).attending == 2
    assert standing(store, meeting_id=meeting, at=AT).attending == 3
    assert why(store, meeting_id=meeting) is not None


@pytest.mark.file_only
def test_a_break_stops_votes(store, room):
    _body, meeting, _item, sheet = room
    store.run(opened, id=meeting, inside_ids=sheet, at=AT)
    store.run(rested, id=meeting, kind="recess", at=minutes(5))
    assert why(store, meeting_id=meeting) is not None
    assert why(store, meeting_id=meeting, at=minutes(4)) is None
    store.run(rested, id=meeting, kind="talk", at=minutes(6))
    talk = why(store, meeting_id=meeting, at=minutes(7))
    assert talk != why(store, meeting_id=meeting, at=minutes(5))


@pytest.mark.file_only
def test_an_item_whose_present_are_all_recused_has_nobody_to_vote(store, room):
    _body, meeting, item, sheet = room
    store.run(opened, id=meeting, inside_ids=sheet[:3], at=AT)
    for seat in sheet[:3]:
        store.run(recused, item=item, seat=seat)
    assert why(store, meeting_id=meeting) is None
    assert why(store, meeting_id=meeting, item_id=item) is not None


@pytest.mark.parametrize(("rule", "counted"), [("none", 2), ("attend", 2), ("vote", 3)])
def test_a_substitute_counts_where_the_body_lets_substitutes_vote(store, room, rule, counted):
    body, meeting, _item, sheet = room
    store.run(
        ruling.set_rule,
        body_id=body,
        rule="deputies",
        value=rule,
        valid_from=AT.date(),
        source="가상 규정",
    )
    store.run(changed, entity=Attendance, id=sheet[2], reply="substitute")
    store.run(opened, id=meeting, inside_ids=sheet[:3], at=AT)
    held = standing(store, meeting_id=meeting)
    assert (held.attending, held.enrolled) == (counted, 5)
    with store.reading() as read:
        assert queries.meeting(read, id=meeting).quorum.present == counted


def test_there_is_no_standing_of_no_meeting(sqlite_store):
    with pytest.raises(UserError):
        standing(sqlite_store, meeting_id=99)
