"""The life of a meeting: each step, what it needs, what it writes, and how it is taken back."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from db.errors import Barred
from db.schema.meetings import AgendaItem, Meeting
from db.schema.sittings import Break, DrawnNumber, Movement, Step
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import (
    agenda,
    conditions,
    movements,
    numbers,
    papers,
    queries,
    sitting,
    steps,
    usecases,
    votes,
)
from gwangju_desktop.members import ruling
from gwangju_desktop.members import usecases as members
from tests.gwangju_desktop.meetings import lives

D = dt.date
AT = dt.datetime(2021, 9, 15, 14, tzinfo=clock.KST)
HOUR = dt.timedelta(hours=1)
FILE = {"sha256": "a" * 64, "name": "가상 자료.pdf", "bytes": 1000, "pages": 3}


@pytest.fixture
def body(store):
    made = store.run(
        members.add_body,
        kind="committee",
        name_ko="가상위원회",
        name_en="Made-up committee",
        short_ko="가상위",
        short_en="Made-up",
    ).value
    for n in range(5):
        person = store.run(members.add_person, name=f"가상{n}", fictional=True).value
        store.run(
            members.add_membership,
            person_id=person,
            body_id=made,
            capacity="appointed",
            starts_on=D(2021, 1, 1),
        )
    return made


@pytest.fixture
def meeting(store, body):
    return store.run(usecases.add_meeting, body_id=body, starts_at=AT, place="가상 회의실").value


def items(store, meeting, *kinds):
    return [
        store.run(agenda.add_item, meeting_id=meeting, title=f"안건 {n}", kind=kind).value
        for n, kind in enumerate(kinds, 1)
    ]


def detail(store, meeting):
    with store.reading() as read:
        return queries.meeting(read, id=meeting)


def listed(store, meeting):
    with store.reading() as read:
        return [(row.number, row.item_number) for row in queries.agenda(read, meeting_id=meeting)]


def path(store, meeting):
    with store.reading() as read:
        query = select(Step.before, Step.after, Step.reason).where(Step.meeting_id == meeting)
        return [tuple(row) for row in read.execute(query.order_by(Step.id))]


def call(store, meeting):
    store.run(steps.notice, id=meeting, day=D(2021, 9, 8))


@pytest.mark.file_only
def test_t6_the_notice_is_due_seven_days_before_and_late_only_with_a_reason(store, body, meeting):
    found = detail(store, meeting)
    assert (found.notice_due, found.materials_due) == (D(2021, 9, 8), D(2021, 9, 12))
    with pytest.raises(UserError, match=r"2021\. 9\. 8\.\(수\)"):
        store.run(steps.notice, id=meeting, day=D(2021, 9, 9))
    store.run(
        ruling.set_rule,
        body_id=body,
        rule="count_mode",
        value="strict",
        valid_from=D(2021, 1, 1),
        source="가상 규정",
    )
    with pytest.raises(UserError, match=r"2021\. 9\. 7\.\(화\)"):
        store.run(steps.notice, id=meeting, day=D(2021, 9, 8))
    with pytest.raises(UserError):
        store.run(steps.notice, id=meeting, day=D(2021, 9, 16), urgency="가상 긴급 사유")
    store.run(steps.notice, id=meeting, day=D(2021, 9, 9), urgency="가상 긴급 사유")
    found = detail(store, meeting)
    assert (found.state, found.urgency, found.noticed_on) == (
        "noticed",
        "가상 긴급 사유",
        D(2021, 9, 9),
    )
    assert path(store, meeting) == [("planned", "noticed", "가상 긴급 사유")]


@pytest.mark.file_only
def test_numbers_are_drawn_with_the_notice(store, body, meeting):
    items(store, meeting, "procedure", "report", "heading", "deliberation")
    assert detail(store, meeting).title == "정기회의"
    assert detail(store, meeting).number is None
    assert listed(store, meeting) == [(None, ""), ("1", ""), (None, ""), ("2", "")]
    call(store, meeting)
    found = detail(store, meeting)
    assert (found.title, found.number, found.number_year) == ("제1회 정기회의", 1, 0)
    assert listed(store, meeting) == [
        (None, ""),
        ("1", "제2021-1호"),
        (None, ""),
        ("2", "제2021-2호"),
    ]
    with pytest.raises(UserError):
        store.run(usecases.edit_meeting, id=meeting, number=9)
    with pytest.raises(UserError):
        store.run(usecases.delete_meeting, id=meeting)


@pytest.mark.file_only
def test_a_number_is_never_given_twice_and_a_gap_is_explained(store, body, meeting):
    call(store, meeting)
    store.run(steps.take_back, id=meeting, reason="날짜를 잘못 적음")
    found = detail(store, meeting)
    assert (found.state, found.title, found.number) == ("planned", "정기회의", None)
    other = store.run(usecases.add_meeting, body_id=body, starts_at=AT + 24 * HOUR).value
    store.run(steps.notice, id=other, day=D(2021, 9, 8))
    assert detail(store, other).number == 2
    call(store, meeting)
    assert detail(store, meeting).number == 1
    store.run(steps.cancel, id=meeting, reason="가상 태풍")
    third = store.run(usecases.add_meeting, body_id=body, starts_at=AT + 48 * HOUR).value
    with pytest.raises(UserError, match="제1회"):
        store.run(usecases.edit_meeting, id=third, number=1)
    store.run(steps.notice, id=third, day=D(2021, 9, 8))
    with store.reading() as read:
        book = numbers.book(read, body_id=body)
    assert [(line.number, line.text, line.gap) for line in book] == [
        (1, "제1회", "가상 태풍"),
        (2, "제2회", ""),
        (3, "제3회", ""),
    ]
    assert [step[1] for step in path(store, meeting)] == [
        "noticed",
        "planned",
        "noticed",
        "cancelled",
    ]


def test_a_format_with_the_year_counts_anew_each_year(store, body):
    store.run(
        ruling.set_rule,
        body_id=body,
        rule="meeting_number",
        value="{YYYY}년 제{n}차",
        valid_from=D(2020, 1, 1),
        source="가상 규정",
    )
    made = []
    for day in (AT, AT + 24 * HOUR, AT + 365 * 24 * HOUR):
        id = store.run(usecases.add_meeting, body_id=body, starts_at=day).value
        store.run(steps.notice, id=id, day=D(2021, 9, 1))
        made.append(detail(store, id))
    assert [(m.number_year, m.number, m.title) for m in made] == [
        (2021, 1, "2021년 제1차 정기회의"),
        (2021, 2, "2021년 제2차 정기회의"),
        (2022, 1, "2022년 제1차 정기회의"),
    ]


@pytest.mark.file_only
def test_a_number_typed_by_hand_is_kept_and_refused_twice(store, body):
    first = store.run(usecases.add_meeting, body_id=body, starts_at=AT, number=7).value
    with pytest.raises(UserError, match="8"):
        store.run(usecases.add_meeting, body_id=body, starts_at=AT, number=7)
    second = store.run(usecases.add_meeting, body_id=body, starts_at=AT + HOUR).value
    store.run(steps.notice, id=second, day=D(2021, 9, 8))
    store.run(steps.notice, id=first, day=D(2021, 9, 8))
    assert (detail(store, first).number, detail(store, second).number) == (7, 8)


def test_each_step_names_what_it_misses(store, body, meeting):
    ids = items(store, meeting, "deliberation")
    store.run(papers.attach_paper, item_id=ids[0], **FILE)
    seats = lives.voting(store, meeting)

    def missing(asked):
        return [str(c.name) for c in asked if c.needed and not c.met]

    with store.reading() as read:
        assert missing(conditions.of_opening(read, id=meeting, at=AT)) == [
            "Notice sent",
            "Papers sent",
            "Quorum",
        ]
        assert missing(conditions.of_opening(read, id=meeting, at=AT, urgency="급함")) == ["Quorum"]
    with pytest.raises(UserError) as error:
        store.run(steps.open_meeting, id=meeting, at=AT)
    assert "5" not in str(error.value)
    with pytest.raises(UserError):
        store.run(steps.distribute, id=meeting, day=D(2021, 9, 10))
    call(store, meeting)
    store.run(movements.mark_presence, ids=seats[:2], presence="present")
    with pytest.raises(UserError):
        store.run(steps.distribute, id=meeting, day=D(2021, 9, 13))
    store.run(steps.distribute, id=meeting, day=D(2021, 9, 12))
    with pytest.raises(UserError, match="3"):
        store.run(steps.open_meeting, id=meeting, at=AT)
    store.run(movements.mark_presence, ids=seats[2:3], presence="present")
    with pytest.raises(UserError):
        store.run(steps.no_quorum, id=meeting)
    store.run(steps.open_meeting, id=meeting, at=AT)
    with pytest.raises(UserError, match="안건 1"):
        store.run(steps.close_meeting, id=meeting, at=AT + HOUR)
    with pytest.raises(UserError):
        store.run(steps.close_meeting, id=meeting, at=AT - HOUR, carry=True)
    with pytest.raises(UserError):
        store.run(steps.close_meeting, id=meeting, at=clock.now() + HOUR, carry=True)
    store.run(agenda.take_up, id=ids[0], at=AT)
    store.run(votes.no_objection, item_id=ids[0], at=AT + HOUR / 2)
    with pytest.raises(UserError):
        store.run(steps.close_meeting, id=meeting, at=AT + HOUR / 4)
    store.run(steps.close_meeting, id=meeting, at=AT + HOUR)
    assert [step[:2] for step in path(store, meeting)] == [
        ("planned", "noticed"),
        ("noticed", "distributed"),
        ("distributed", "opened"),
        ("opened", "closed"),
    ]
    found = detail(store, meeting)
    assert (found.adjournment, found.closed_at, found.distributed_on) == (
        "closed",
        AT + HOUR,
        D(2021, 9, 12),
    )


def test_opening_keeps_its_counts_and_lets_the_present_in(store, body, meeting):
    seats = lives.opened(store, meeting, AT)
    with store.reading() as read:
        row = read.get_one(Meeting, meeting)
        assert (row.enrolled_at_opening, row.required_at_opening, row.present_at_opening) == (
            5,
            3,
            5,
        )
        moves = read.execute(select(Movement.attendance_id, Movement.at, Movement.inside)).all()
    assert [tuple(move) for move in moves] == [(seat, AT, True) for seat in seats]
    store.run(steps.take_back, id=meeting, reason="시작 단추를 잘못 누름")
    assert detail(store, meeting).state == "planned"
    with store.reading() as read:
        assert read.scalars(select(Movement.id)).all() == []
    # The marks stay; an old one can be taken back as long as nobody came in on it.
    lives.opened(store, meeting, AT)
    assert detail(store, meeting).state == "opened"


@pytest.mark.file_only
def test_an_opening_by_a_clock_set_back_is_said(store, body, meeting):
    clock.fix(D(2021, 9, 15))
    lives.opened(store, meeting, dt.datetime(2021, 9, 15, 0, 1, tzinfo=clock.KST))
    clock.fix(D(2021, 9, 14))
    with pytest.raises(UserError, match="2021"):
        store.run(steps.close_meeting, id=meeting, carry=True)


@pytest.mark.file_only
def test_a_sitting_may_end_after_midnight(store, body, meeting):
    lives.opened(store, meeting, AT)
    store.run(steps.close_meeting, id=meeting, at=AT + 11 * HOUR, carry=True)
    assert detail(store, meeting).closed_at.date() == D(2021, 9, 16)


def test_what_is_undecided_goes_on_under_its_old_number(store, body, meeting):
    ids = items(store, meeting, "procedure", "report", "deliberation", "discussion")
    store.run(papers.attach_paper, item_id=ids[2], **FILE)
    following = store.run(usecases.add_meeting, body_id=body, starts_at=AT + 240 * HOUR).value
    lives.opened(store, meeting, AT)
    store.run(agenda.take_up, id=ids[1], at=AT)
    store.run(agenda.take_up, id=ids[2], at=AT)
    store.run(steps.close_meeting, id=meeting, at=AT + HOUR, adjournment="adjourned")
    with store.reading() as read:
        states = [(row.state, row.outcome) for row in queries.agenda(read, meeting_id=meeting)]
        after = queries.agenda(read, meeting_id=following)
    assert states == [
        ("pending", None),
        ("decided", "noted"),
        ("carried_over", None),
        ("carried_over", None),
    ]
    assert [(row.title, row.item_number, row.carried, row.papers) for row in after] == [
        ("안건 3", "제2021-2호", True, 1),
        ("안건 4", "제2021-3호", True, 0),
    ]
    store.run(steps.take_back, id=meeting, reason="산회를 잘못 누름")
    with store.reading() as read:
        assert queries.agenda(read, meeting_id=following) == []
        assert [row.state for row in queries.agenda(read, meeting_id=meeting)][2:] == [
            "taken_up",
            "pending",
        ]
    store.run(steps.close_meeting, id=meeting, at=AT + HOUR, carry=True)
    call(store, following)
    # The number goes with the item: the next one drawn is another.
    assert listed(store, following) == [("1", "제2021-2호"), ("2", "제2021-3호")]
    with pytest.raises(UserError):
        store.run(steps.take_back, id=meeting, reason="늦음")


@pytest.mark.file_only
def test_what_waits_comes_on_the_agenda_of_a_meeting_planned_later(store, body, meeting):
    items(store, meeting, "deliberation")
    lives.held(store, meeting, AT)
    later = store.run(usecases.add_meeting, body_id=body, starts_at=AT + 240 * HOUR).value
    assert listed(store, later) == [("1", "제2021-1호")]
    store.run(usecases.delete_meeting, id=later)
    again = store.run(usecases.add_meeting, body_id=body, starts_at=AT + 480 * HOUR).value
    assert listed(store, again) == [("1", "제2021-1호")]
    with pytest.raises(UserError, match="제2021-1호"):
        store.run(agenda.delete_item, id=only(store, again))


def only(store, meeting):
    with store.reading() as read:
        (row,) = queries.agenda(read, meeting_id=meeting)
    return row.id


@pytest.mark.file_only
def test_without_a_quorum_a_called_meeting_never_opens(store, body, meeting):
    items(store, meeting, "deliberation")
    with pytest.raises(UserError):
        store.run(steps.no_quorum, id=meeting)
    call(store, meeting)
    seats = lives.voting(store, meeting)
    store.run(movements.mark_presence, ids=seats[:2], presence="present")
    store.run(steps.no_quorum, id=meeting, at=AT)
    found = detail(store, meeting)
    assert (found.state, found.opened_at) == ("no_quorum", None)
    assert "2" in found.reason
    assert "3" in found.reason
    with pytest.raises(UserError):
        store.run(usecases.edit_meeting, id=meeting, place="다른 곳")
    later = store.run(usecases.add_meeting, body_id=body, starts_at=AT + 240 * HOUR).value
    assert listed(store, later) == [("1", "제2021-1호")]


def test_a_postponed_meeting_has_one_in_its_place(store, body, meeting):
    ids = items(store, meeting, "procedure", "deliberation")
    store.run(agenda.add_item, meeting_id=meeting, title="딸린 안건", parent_id=ids[1])
    call(store, meeting)
    with pytest.raises(UserError):
        store.run(steps.postpone, id=meeting, reason=" ")
    instead = store.run(
        steps.postpone, id=meeting, reason="가상 공사", starts_at=AT + 168 * HOUR
    ).value
    found = detail(store, instead)
    assert (found.replaces_id, found.place, found.title) == (meeting, "가상 회의실", "정기회의")
    with store.reading() as read:
        rows = queries.agenda(read, meeting_id=instead)
    assert [(row.title, row.number, row.item_number) for row in rows] == [
        ("안건 1", None, ""),
        ("안건 2", "1", "제2021-1호"),
        ("딸린 안건", "1-가", "제2021-2호"),
    ]
    with pytest.raises(UserError):
        store.run(steps.take_back, id=meeting, reason="가상")
    store.run(usecases.delete_meeting, id=instead)
    store.run(steps.take_back, id=meeting, reason="공사가 미뤄짐")
    assert detail(store, meeting).state == "noticed"
    assert [row.state for row in agenda_rows(store, meeting)] == ["pending"] * 3


def agenda_rows(store, meeting):
    with store.reading() as read:
        return queries.agenda(read, meeting_id=meeting)


@pytest.mark.file_only
def test_steps_are_not_undone(store, body, meeting):
    items(store, meeting, "deliberation")
    call(store, meeting)
    noticed = store.head()
    with pytest.raises(Barred):
        store.undo(noticed)
    assert detail(store, meeting).state == "noticed"


def test_a_break_still_running_ends_with_the_meeting(store, body, meeting):
    lives.opened(store, meeting, AT)
    store.run(sitting.recess, meeting_id=meeting, at=AT + HOUR / 4, reason="가상")
    store.run(steps.close_meeting, id=meeting, at=AT + HOUR, carry=True)
    with store.reading() as read:
        assert read.scalars(select(Break.ends_at)).all() == [AT + HOUR]


def test_a_planned_meeting_goes_with_all_that_hangs_on_it_and_comes_back(store, body, meeting):
    first = items(store, meeting, "heading", "deliberation")[0]
    store.run(agenda.add_item, meeting_id=meeting, title="딸린 안건", parent_id=first)
    store.run(usecases.delete_meeting, id=meeting)
    with store.reading() as read:
        assert read.scalars(select(AgendaItem.id)).all() == []
    store.undo()
    assert [row.title for row in agenda_rows(store, meeting)] == ["안건 1", "안건 2", "딸린 안건"]
    assert [row.parent_id for row in agenda_rows(store, meeting)] == [None, None, first]


def test_only_one_count_holds_per_subject(store, body, meeting):
    call(store, meeting)
    store.run(steps.take_back, id=meeting, reason="가상")
    call(store, meeting)
    with store.reading() as read:
        assert len(read.scalars(select(DrawnNumber.id)).all()) == 1
