"""Replies, what they promise, whom to call, and replies pasted from a messenger."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.schema.meetings import Meeting
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import movements, replies
from gwangju_desktop.meetings.pasting import Seat, answer, read_replies
from gwangju_desktop.meetings.replies import Callee, fewest
from tests.gwangju_desktop.meetings.room import AT, Room, changed

KIM, LEE, PARK = Seat(1, "가상김", "가상협회"), Seat(2, "가상이"), Seat(3, "가상박")
SEATS = (KIM, LEE, PARK)


@pytest.fixture
def room(store):
    return Room.made(store, 7, voting=6)


@pytest.mark.file_only
def test_each_key_changes_the_forecast(store, room):
    def promised():
        held = room.read(replies.forecast)
        return held.coming, held.not_coming, held.silent, held.short, len(held.calls)

    assert promised() == (0, 0, 6, 4, 4)
    store.run(replies.set_reply, ids=room.ids[:3], reply="coming")
    assert promised() == (3, 0, 3, 1, 1)
    store.run(replies.set_reply, ids=room.ids[3:4], reply="not_coming")
    assert promised() == (3, 1, 2, 1, 1)
    store.run(replies.set_reply, ids=room.ids[6:], reply="coming")
    assert promised() == (3, 1, 2, 1, 1)
    store.run(replies.set_reply, ids=room.ids[4:5], reply="coming")
    assert promised() == (4, 1, 1, 0, 0)
    store.run(replies.set_reply, ids=room.ids[:1], reply="none")
    assert promised() == (3, 1, 2, 1, 1)
    assert room.seats()[0].replied_at is None
    assert room.seats()[1].replied_at is not None


def test_a_substitute_counts_by_the_rule_of_the_body(store, room):
    with pytest.raises(UserError, match="대리"):
        store.run(replies.set_reply, ids=room.ids[:1], reply="substitute")
    room.rule("deputies", "attend")
    store.run(replies.set_substitute, id=room.ids[0], name="가상대리", post="가상팀장")
    held = room.read(replies.forecast)
    assert (held.coming, held.substitutes, held.silent) == (0, 1, 5)
    assert room.seats()[0].substitute == "가상대리"
    room.rule("deputies", "vote")
    assert room.read(replies.forecast).coming == 1
    store.run(
        replies.file_letter, id=room.ids[0], sha256="a" * 64, name="위임장.pdf", bytes=9, pages=1
    )
    assert room.seats()[0].letter == "위임장.pdf"
    store.run(replies.set_reply, ids=room.ids[:1], reply="coming")
    row = room.seats()[0]
    assert (row.substitute, row.substitute_post, row.letter) == ("", "", None)


def test_who_is_in_the_room_cannot_turn_into_somebody_else(store, room):
    room.rule("deputies", "vote")
    store.run(movements.mark_presence, ids=room.ids[:1], presence="present")
    with pytest.raises(UserError, match="가상가"):
        store.run(replies.set_reply, ids=room.ids[:1], reply="substitute")


def test_whom_to_call_follows_who_came_of_late(store, room):
    room.open(0)
    first = room.meeting
    store.run(movements.mark_presence, ids=room.ids[2:6], presence="present", at=AT)
    store.run(changed, entity=Meeting, id=first, state="closed", closed_at=AT)
    room.meet(AT + dt.timedelta(days=30))
    store.run(replies.set_reply, ids=room.ids[2:4], reply="coming")
    store.run(replies.set_reply, ids=room.ids[5:6], reply="not_coming")
    held = room.read(replies.forecast)
    assert (held.short, held.beyond) == (2, 0)
    assert [call.id for call in held.calls] == [room.ids[4], room.ids[0]]
    assert held.calls[0].came == 1
    assert held.calls[0].last == AT.date()


@pytest.mark.file_only
def test_a_quorum_beyond_reach_is_said(store, room):
    room.rule("quorum", ">= 1/1 enrolled")
    for id in room.ids[:6]:
        store.run(replies.set_reply, ids=[id], reply="not_coming")
    held = room.read(replies.forecast)
    assert (held.short, len(held.calls), held.beyond) == (6, 6, 0)


def test_thirty_five_replies_are_thirty_five_steps_back(sqlite_store):
    room = Room.made(sqlite_store, 35)
    for n, id in enumerate(room.ids):
        sqlite_store.run(replies.set_reply, ids=[id], reply="coming" if n % 2 else "not_coming")
    assert room.read(replies.silent_ids) == []
    sqlite_store.undo()
    assert room.read(replies.silent_ids) == room.ids[34:]


def test_the_reminder_has_when_and_where_and_no_name(store, room):
    store.run(changed, entity=Meeting, id=room.meeting, place="가상 회의실", reply_by=AT)
    text = room.read(replies.reminder)
    assert "2022. 3. 17.(목) 14:00" in text
    assert "가상 회의실" in text
    assert "가상가" not in text


CALLEES = st.lists(
    st.builds(
        Callee,
        id=st.integers(1, 99),
        membership_id=st.just(1),
        reply=st.sampled_from(["none", "not_coming", "substitute"]),
        came=st.integers(0, 3),
        held=st.just(3),
        last=st.none(),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(CALLEES, st.integers(0, 12), st.integers(1, 12))
def test_the_calls_are_the_fewest_that_secure_the_quorum(callees, coming, required):
    calls = fewest(required, coming, callees)
    if coming >= required:
        assert not calls
    elif coming + len(callees) >= required:
        assert coming + len(calls) == required
    else:
        assert len(calls) == len(callees)
    said_no = [call.reply != "none" for call in calls]
    assert said_no == sorted(said_no)
    rest = [c for c in callees if c not in calls]
    if calls and calls[-1].reply != "none":
        assert all(call.reply != "none" for call in rest)


# --- pasting


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("참석", "coming"),
        ("참석하겠습니다", "coming"),
        ("불참입니다", "not_coming"),
        ("참석이 어렵습니다", "not_coming"),
        ("참석 못 합니다", "not_coming"),
        ("참석하지 않습니다", "not_coming"),
        ("대리 참석", "substitute"),
        ("대리 없이 불참", "not_coming"),
        ("대신 과장이 갑니다", "substitute"),
        ("참석 여부 미정", None),
        ("참석하시나요?", None),
        ("안녕하세요", None),
        ("I cannot attend", "not_coming"),
        ("coming", "coming"),
    ],
)
def test_how_a_text_answers(text, said):
    assert answer(text) == said


def test_a_messengers_lines_are_read():
    text = """--------------- 2022년 3월 10일 목요일 ---------------
[가상김] [오후 2:10] 참석합니다
[가상이 위원] [오후 2:12] 그날은 불참입니다
2022년 3월 10일 오후 3:21, 가상박 : 대리 참석
"""
    held = read_replies(text, SEATS)
    assert held.replies == {1: "coming", 2: "not_coming", 3: "substitute"}
    assert held.unread == ("--------------- 2022년 3월 10일 목요일 ---------------",)


def test_several_in_one_line():
    assert read_replies("가상김, 가상이 참석 / 가상박 불참", SEATS).replies == {
        1: "coming",
        2: "coming",
        3: "not_coming",
    }
    assert read_replies("참석: 가상김, 가상이", SEATS).replies == {1: "coming", 2: "coming"}


def test_what_is_not_understood_is_listed():
    text = "가상모름 참석\n가상김 글쎄요\n가상이 참석\n가상이 불참\n\n네"
    held = read_replies(text, SEATS)
    assert held.replies == {2: "not_coming"}
    assert held.unread == ("가상모름 참석", "가상김 글쎄요", "네")
    assert held.repeated == ("가상이 참석",)


def test_namesakes_are_told_apart_by_their_organisation_or_asked_about():
    seats = (*SEATS, Seat(4, "가상김", "가상대학"))
    held = read_replies("가상김 참석\n가상대학 가상김 불참", seats)
    assert held.replies == {4: "not_coming"}
    assert held.ambiguous == ("가상김 참석",)


def test_a_name_inside_a_longer_one_is_not_meant():
    seats = (Seat(1, "가상"), Seat(2, "가상나"))
    assert read_replies("가상나 참석", seats).replies == {2: "coming"}
    assert read_replies("가상 참석", seats).replies == {1: "coming"}


def test_names_of_a_mac_are_found():
    import unicodedata

    text = unicodedata.normalize("NFD", "가상김 참석")
    assert read_replies(text, SEATS).replies == {1: "coming"}


LINES = st.lists(
    st.tuples(
        st.sampled_from(["가상김", "가상이", "가상박", "가상모름", ""]),
        st.sampled_from(["참석", "불참", "대리", "글쎄", ""]),
    ),
    max_size=10,
)


@settings(max_examples=80, deadline=None)
@given(LINES)
def test_no_line_is_lost(lines):
    text = "\n".join(f"{name} {said}" for name, said in lines)
    held = read_replies(text, SEATS)
    written = [f"{name} {said}".strip() for name, said in lines if name or said]
    for line in written:
        last = max(n for n, other in enumerate(written) if other == line)
        name = line.split()[0]
        known = [seat.id for seat in SEATS if seat.name == name]
        taken = bool(known) and len(line.split()) == 2 and "글쎄" not in line
        assert taken != (line in held.unread)
        if taken:
            later = [o for o in written[last + 1 :] if o.startswith(name) and o not in held.unread]
            assert line in held.repeated or not later or later[-1] == line
            assert known[0] in held.replies
