"""Meetings, items, seats and papers on both databases."""

from __future__ import annotations

import datetime as dt

import pytest

from db.errors import Barred
from gwangju_desktop import clock, today
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import agenda, movements, papers, queries, replies, steps, usecases
from gwangju_desktop.meetings.rules import proposed_title
from gwangju_desktop.members import queries as roll
from gwangju_desktop.members import usecases as members

D = dt.date
FOUNDED = D(2021, 2, 25)
AT = dt.datetime(2022, 3, 17, 14, tzinfo=clock.KST)
FILE = {"name": "붙임 1.pdf", "bytes": 4_096, "clean": "c" * 64, "pages": 3}


@pytest.fixture
def body(store):
    return store.run(members.add_body, name_ko="가상위원회", name_en="Made-up Committee").value


def join(store, body, name, start=FOUNDED, end=None, **values):
    return store.run(
        members.add_member,
        person={"name": name, "fictional": True},
        membership={"body_id": body, "starts_on": start, "ends_on": end, **values},
    ).value


@pytest.fixture
def people(store, body):
    return [join(store, body, f"가상{letter}") for letter in "가나다라마"]


@pytest.fixture
def meeting(store, body, people):
    return store.run(usecases.add_meeting, body_id=body, starts_at=AT, place="회의실").value


def seats(store, meeting):
    with store.reading() as read:
        return queries.attendance(read, meeting_id=meeting)


def detail(store, meeting):
    with store.reading() as read:
        return queries.meeting(read, id=meeting)


def titles(store, meeting):
    with store.reading() as read:
        return [row.title for row in queries.agenda(read, meeting_id=meeting)]


@pytest.mark.file_only
def test_attendance_is_prefilled_with_who_is_in_office_on_the_day(store, body, people, meeting):
    join(store, body, "가상전", D(2020, 1, 1), D(2022, 3, 16))
    join(store, body, "가상후", D(2022, 3, 18))
    assert [seat.person_id for seat in seats(store, meeting)] == people
    late = join(store, body, "가상당일", D(2022, 3, 17))
    assert late in [seat.person_id for seat in seats(store, meeting)]
    assert detail(store, meeting).quorum.enrolled == 6
    store.run(usecases.edit_meeting, id=meeting, starts_at=AT + dt.timedelta(days=1))
    assert len(seats(store, meeting)) == 7


@pytest.mark.file_only
def test_ending_a_seat_takes_it_off_the_sheet_of_meetings_ahead(store, people, meeting):
    with store.reading() as read:
        held = roll.member(read, id=people[0]).memberships[0].id
    store.run(members.end_membership, id=held, ends_on=D(2022, 3, 1), reason="resigned")
    assert people[0] not in [seat.person_id for seat in seats(store, meeting)]
    store.undo()
    assert people[0] in [seat.person_id for seat in seats(store, meeting)]


@pytest.mark.file_only
def test_the_quorum_is_live(store, body, people, meeting):
    join(store, body, "가상참관", voting=False)
    ids = [seat.id for seat in seats(store, meeting) if seat.voting]
    store.run(replies.set_reply, ids=ids[:4], reply="coming")
    store.run(replies.set_reply, ids=ids[4:], reply="not_coming")
    found = detail(store, meeting).quorum
    assert (found.enrolled, found.present, found.expected, found.required) == (5, 0, 4, 3)
    assert not found.met
    assert found.rule
    store.run(movements.mark_presence, ids=ids[:2], presence="present")
    with pytest.raises(UserError, match="2"):
        store.run(steps.open_meeting, id=meeting, at=AT, urgency="예시")
    store.run(movements.mark_presence, ids=ids[2:3], presence="present")
    assert detail(store, meeting).quorum.met
    store.run(steps.open_meeting, id=meeting, at=AT, urgency="예시")
    store.run(movements.mark_presence, ids=ids[:1], presence="left")
    found = detail(store, meeting)
    assert (found.quorum.present, found.quorum.met, found.left) == (2, False, 1)


def test_a_closed_meeting_stays_as_it_was(store, body, people, meeting):
    item = store.run(agenda.add_item, meeting_id=meeting, title="가상 안건").value
    paper = store.run(papers.attach_paper, item_id=item, sha256="a" * 64, **FILE).value
    ids = [seat.id for seat in seats(store, meeting)]
    with pytest.raises(UserError):
        store.run(steps.close_meeting, id=meeting)
    store.run(movements.mark_presence, ids=ids[:3], presence="present")
    marked = store.head()
    store.run(steps.open_meeting, id=meeting, at=AT, urgency="예시")
    store.run(steps.close_meeting, id=meeting, at=AT, carry=True)
    assert [seat.presence for seat in seats(store, meeting)] == ["present"] * 3 + ["absent"] * 2
    for refused in (
        lambda: store.run(agenda.add_item, meeting_id=meeting, title="늦은 안건"),
        lambda: store.run(agenda.edit_item, id=item, title="다른 안건"),
        lambda: store.run(agenda.move_item, id=item, by=1),
        lambda: store.run(agenda.delete_item, id=item),
        lambda: store.run(usecases.edit_meeting, id=meeting, place="다른 곳"),
        lambda: store.run(usecases.delete_meeting, id=meeting),
        lambda: store.run(replies.set_reply, ids=ids, reply="coming"),
        lambda: store.run(papers.attach_paper, item_id=item, sha256="b" * 64, **FILE),
        lambda: store.run(papers.remove_paper, id=paper),
        lambda: store.run(papers.edit_paper, id=paper, title="다른 이름"),
    ):
        with pytest.raises(UserError):
            refused()
    with pytest.raises(Barred):
        store.undo(marked)
    # Nor do memberships changed later touch its count.
    join(store, body, "가상늦음", D(2021, 1, 1))
    assert detail(store, meeting).quorum.enrolled == 5
    with store.reading() as read:
        held = roll.member(read, id=people[0])
    assert [mark.presence for mark in held.attendance] == ["present"]
    with pytest.raises(UserError):
        store.run(members.edit_membership, id=held.memberships[0].id, starts_on=D(2022, 4, 1))


def test_meetings_are_listed_oldest_first_and_numbered(store, body):
    later = store.run(usecases.add_meeting, body_id=body, starts_at=AT).value
    earlier = store.run(
        usecases.add_meeting, body_id=body, starts_at=AT - dt.timedelta(days=90), number=7
    ).value
    with store.reading() as read:
        rows = queries.meetings(read)
        assert [row.id for row in rows] == [earlier, later]
    assert [row.title for row in rows] == [proposed_title("regular", n) for n in (7, None)]
    assert rows[1].starts_at.isoformat() == "2022-03-17T14:00:00+09:00"
    with pytest.raises(UserError, match="8"):
        store.run(usecases.add_meeting, body_id=body, starts_at=AT, number=7)


@pytest.mark.file_only
def test_items_have_clock_times_and_move(store, meeting):
    ids = [
        store.run(
            agenda.add_item, meeting_id=meeting, title=title, minutes=minutes, kind=kind
        ).value
        for title, minutes, kind in (
            ("성원 보고", 5, "procedure"),
            ("가", 15, "report"),
            ("나", 30, "deliberation"),
            ("다", 90, "discussion"),
        )
    ]
    with store.reading() as read:
        rows = queries.agenda(read, meeting_id=meeting)
    assert [(row.number, f"{row.starts_at:%H:%M}", row.late) for row in rows] == [
        (None, "14:00", False),
        ("1", "14:05", False),
        ("2", "14:20", False),
        ("3", "14:50", True),
    ]
    found = detail(store, meeting)
    assert (found.used, found.spare) == (140, -20)
    store.run(agenda.move_item, id=ids[3], by=-2)
    assert titles(store, meeting) == ["성원 보고", "다", "가", "나"]
    store.run(agenda.move_item, id=ids[0], by=99)
    assert titles(store, meeting) == ["다", "가", "나", "성원 보고"]
    store.undo()
    store.undo()
    assert titles(store, meeting) == ["성원 보고", "가", "나", "다"]


@pytest.mark.file_only
def test_a_move_into_a_used_up_gap_spreads_the_positions(store, meeting):
    ids = [store.run(agenda.add_item, meeting_id=meeting, title=str(n)).value for n in range(4)]
    order = [0, 1, 2, 3]
    for _ in range(14):
        store.run(agenda.move_item, id=ids[order[2]], by=-1)
        order[1], order[2] = order[2], order[1]
        assert titles(store, meeting) == [str(n) for n in order]


def test_deleting_an_item_takes_its_papers_and_undo_brings_them_back(store, meeting):
    item = store.run(agenda.add_item, meeting_id=meeting, title="가상 안건").value
    first = store.run(papers.attach_paper, item_id=item, sha256="a" * 64, **FILE).value
    second = store.run(
        papers.attach_paper, item_id=item, sha256="b" * 64, title="둘째", **FILE
    ).value
    third = store.run(papers.attach_paper, item_id=item, sha256="c" * 64, **FILE).value
    store.run(papers.move_paper, id=third, by=-2)

    def ids():
        with store.reading() as read:
            return [paper.id for paper in queries.item(read, id=item).papers]

    assert ids() == [third, first, second]
    closing = {"disclosure": "members", "ground": "정보공개법 제9조"}
    store.run(papers.edit_paper, id=second, title="새 이름", **closing)
    with store.reading() as read:
        renamed = queries.item(read, id=item).papers[2]
        assert (renamed.title, renamed.disclosure, renamed.pages) == ("새 이름", "members", 3)
        assert queries.agenda(read, meeting_id=meeting)[0].papers == 3
    store.run(papers.remove_paper, id=third)
    store.run(agenda.delete_item, id=item)
    with store.reading() as read:
        assert queries.agenda(read, meeting_id=meeting) == []
        with pytest.raises(UserError):
            queries.item(read, id=item)
    store.undo()
    assert ids() == [first, second]
    store.undo()
    assert ids() == [third, first, second]


@pytest.mark.file_only
def test_slips_of_the_finger_are_said(store, body, meeting):
    with pytest.raises(UserError):
        store.run(agenda.add_item, meeting_id=meeting, title=" ")
    with pytest.raises(UserError, match="0"):
        store.run(agenda.add_item, meeting_id=meeting, title="가", minutes=0)
    with pytest.raises(UserError):
        store.run(usecases.add_meeting, body_id=999, starts_at=AT)
    with pytest.raises(UserError):
        store.run(usecases.edit_meeting, id=meeting, title="")
    with pytest.raises(UserError):
        store.run(agenda.add_item, meeting_id=meeting, title="900101-1234567")


def test_the_first_page_says_what_is_due(store, body, people, meeting):
    join(store, body, "가상임기", D(2020, 3, 26), D(2022, 3, 25))
    over = join(store, body, "가상만료", D(2020, 3, 10), D(2022, 3, 9))
    item = store.run(agenda.add_item, meeting_id=meeting, title="가", request="의결").value
    store.run(agenda.add_item, meeting_id=meeting, title="나")
    store.run(papers.attach_paper, item_id=item, sha256="a" * 64, **FILE)
    ids = [seat.id for seat in seats(store, meeting)]
    store.run(replies.set_reply, ids=ids[:4], reply="coming")
    with store.reading() as read:
        found = today.overview(read, today=D(2022, 3, 11))
    ahead = found.next_meeting
    assert ahead is not None
    assert (ahead.days_left, ahead.enrolled, ahead.required) == (6, 6, 4)
    assert (ahead.coming, ahead.silent, ahead.not_coming, ahead.forecast) == (4, 2, 0, True)
    assert [(check.done, check.total) for check in ahead.checks] == [(1, 2), (0, 1), (1, 2), (4, 6)]
    assert [(due.table, due.id, due.days) for due in found.deadlines.overdue] == [
        ("person", over, -2),
        ("meeting", meeting, -1),
    ]
    assert [due.due for due in found.deadlines.week] == [D(2022, 3, 14), D(2022, 3, 16)]
    assert found.deadlines.week[0].values["numbers"] == "2"
    assert [due.days for due in found.deadlines.later] == [14]
    assert found.changes[0].label == "Record replies"
    store.run(steps.notice, id=meeting, day=D(2022, 3, 8))
    with store.reading() as read:
        again = today.overview(read, today=D(2022, 3, 11))
        empty = today.overview(read, today=D(2030, 1, 1))
    assert len(again.deadlines.overdue) == 1
    assert empty.next_meeting is None
    assert empty.deadlines.count == 0
