"""The order of business: labels, late items, withdrawals, nesting, and the clock in the room."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import agenda, queries, rules, sitting, steps, usecases
from gwangju_desktop.members import usecases as members
from tests.gwangju_desktop.meetings import lives
from tests.gwangju_desktop.meetings.room import Room, minutes

AT = dt.datetime(2022, 3, 17, 14, tzinfo=clock.KST)
MINUTE = dt.timedelta(minutes=1)
modest = settings(max_examples=50, deadline=None)
KINDS = ("procedure", "heading", "report", "deliberation", "discussion")


@pytest.fixture
def body(store):
    made = store.run(members.add_body, name_ko="가상위원회", name_en="Made-up").value
    for n in range(3):
        store.run(
            members.add_member,
            person={"name": f"가상{n}", "fictional": True},
            membership={"body_id": made, "starts_on": dt.date(2021, 1, 1)},
        )
    return made


@pytest.fixture
def meeting(store, body):
    return store.run(usecases.add_meeting, body_id=body, starts_at=AT).value


def add(store, meeting, title, kind="deliberation", **values):
    return store.run(agenda.add_item, meeting_id=meeting, title=title, kind=kind, **values).value


def rows(store, meeting):
    with store.reading() as read:
        return queries.agenda(read, meeting_id=meeting)


def labels(store, meeting):
    return [(row.title, row.number) for row in rows(store, meeting)]


def call(store, meeting):
    store.run(steps.notice, id=meeting, day=dt.date(2022, 3, 8))


@pytest.mark.file_only
def test_inserts_become_3_1_and_nothing_else_changes_its_number(store, meeting):
    ids = [add(store, meeting, title) for title in "가나다라"]
    call(store, meeting)
    with pytest.raises(UserError):
        add(store, meeting, "늦은 안건")
    late = add(store, meeting, "늦은 안건", after_id=ids[2], listing_reason="가상 사유")
    again = add(store, meeting, "더 늦은", after_id=late, listing_reason="가상 사유")
    add(store, meeting, "끝 안건", listing_reason="가상 사유")
    add(store, meeting, "정리", kind="procedure", listing_reason="가상 사유")
    assert labels(store, meeting) == [
        ("가", "1"),
        ("나", "2"),
        ("다", "3"),
        ("늦은 안건", "3-1"),
        ("더 늦은", "3-2"),
        ("라", "4"),
        ("끝 안건", "5"),
        ("정리", None),
    ]
    store.run(agenda.move_item, id=again, by=-4)
    assert dict(labels(store, meeting))["더 늦은"] == "3-2"
    with store.reading() as read:
        item = queries.item(read, id=late)
    assert (item.listing, item.listing_reason, item.item_number) == ("late", "가상 사유", "")
    lives.opened(store, meeting, AT)
    with store.reading() as read:
        assert queries.item(read, id=late).item_number == "제2022-6호"
    tabled = add(store, meeting, "현장 안건", listing_reason="현장 발의")
    with store.reading() as read:
        assert queries.item(read, id=tabled).listing == "tabled"


@pytest.mark.file_only
def test_a_withdrawn_item_keeps_its_number_and_takes_no_time(store, meeting):
    ids = [add(store, meeting, title) for title in "가나다"]
    store.run(agenda.delete_item, id=add(store, meeting, "지울 것"))
    call(store, meeting)
    with pytest.raises(UserError):
        store.run(agenda.delete_item, id=ids[1])
    with pytest.raises(UserError):
        store.run(agenda.withdraw_item, id=ids[1], reason=" ")
    store.run(agenda.withdraw_item, id=ids[1], reason="제출자 철회")
    found = rows(store, meeting)
    assert [(row.number, row.state, row.minutes) for row in found] == [
        ("1", "pending", 10),
        ("2", "withdrawn", 0),
        ("3", "pending", 10),
    ]
    store.run(agenda.restore_item, id=ids[1])
    assert rows(store, meeting)[1].state == "pending"


@pytest.mark.file_only
def test_items_are_nested_one_level_and_headings_are_counted_through(store, meeting):
    heading = add(store, meeting, "심의안건", kind="heading")
    first = add(store, meeting, "가", parent_id=heading)
    second = add(store, meeting, "나")
    nested = [add(store, meeting, f"나 {n}", parent_id=second) for n in (1, 2)]
    assert [row.number for row in rows(store, meeting)] == [None, "1", "2", "2-가", "2-나"]
    assert [row.nested for row in rows(store, meeting)] == [False, False, False, True, True]
    with pytest.raises(UserError):
        add(store, meeting, "너무 깊다", parent_id=nested[0])
    with pytest.raises(UserError):
        store.run(agenda.edit_item, id=second, parent_id=first)
    with pytest.raises(UserError):
        store.run(agenda.edit_item, id=first, parent_id=first)
    call(store, meeting)
    late = add(store, meeting, "나 3", parent_id=second, after_id=second, listing_reason="가상")
    assert {row.id: row.number for row in rows(store, meeting)}[late] == "2-다"


@pytest.mark.file_only
def test_a_restricted_item_needs_its_ground_and_an_open_title(store, meeting):
    with pytest.raises(UserError):
        add(store, meeting, "가상 인사", restricted=True)
    with pytest.raises(UserError):
        add(store, meeting, "가상 인사", restricted=True, restricted_ground="제9조제1항제5호")
    item = add(
        store,
        meeting,
        "가상 인사",
        restricted=True,
        restricted_ground="제9조제1항제5호",
        open_title="비공개 안건",
    )
    with store.reading() as read:
        assert queries.item(read, id=item).open_title == "비공개 안건"


@pytest.mark.file_only
def test_an_item_called_under_a_number_stays_an_item(store, meeting):
    item = add(store, meeting, "가")
    step = add(store, meeting, "나", kind="procedure")
    call(store, meeting)
    with pytest.raises(UserError):
        store.run(agenda.edit_item, id=item, kind="procedure")
    store.run(agenda.edit_item, id=step, kind="report")
    assert labels(store, meeting)[1] == ("나", "2")


@pytest.mark.file_only
def test_the_clock_runs_on_one_item_at_a_time(store, meeting):
    ids = [add(store, meeting, title, minutes=10) for title in "가나"]
    with pytest.raises(UserError):
        store.run(agenda.take_up, id=ids[0], at=AT)
    lives.opened(store, meeting, AT)
    store.run(agenda.take_up, id=ids[0], at=AT + 2 * MINUTE)
    store.run(agenda.take_up, id=ids[1], at=AT + 20 * MINUTE)
    first, second = rows(store, meeting)
    assert (first.begun_at, first.ended_at, first.state) == (
        AT + 2 * MINUTE,
        AT + 20 * MINUTE,
        "taken_up",
    )
    assert (second.begun_at, second.ended_at) == (AT + 20 * MINUTE, None)
    with pytest.raises(UserError):
        store.run(agenda.end_item, id=ids[1], at=AT + 10 * MINUTE)
    store.run(agenda.take_up, id=ids[0], at=AT + 25 * MINUTE)
    assert rows(store, meeting)[0].begun_at == AT + 2 * MINUTE
    store.run(sitting.recess, meeting_id=meeting, at=AT + 26 * MINUTE)
    with pytest.raises(UserError):
        store.run(agenda.take_up, id=ids[1], at=AT + 27 * MINUTE)


@modest
@given(st.lists(st.sampled_from(KINDS), max_size=12), st.data())
def test_labels_are_unique_and_stay_whatever_is_inserted(kinds, data):
    lines = [rules.Line(n, kind) for n, kind in enumerate(kinds, 1)]
    given_out = rules.labels(lines)
    lines = [rules.Line(line.id, line.kind, None, given_out[line.id]) for line in lines]
    for extra in range(data.draw(st.integers(0, 6))):
        kind = data.draw(st.sampled_from(KINDS))
        at = data.draw(st.integers(0, len(lines)))
        new = rules.Line(100 + extra, kind)
        order = [*lines[:at], new, *lines[at:]]
        label = rules.late_label(order, new.id)
        assert bool(label) == rules.numbered(kind)
        lines = [*lines[:at], rules.Line(new.id, kind, None, label), *lines[at:]]
    shown = [line.label for line in lines if line.label]
    assert len(shown) == len(set(shown))
    assert {line.id: line.label for line in lines if line.id < 100} == given_out


@modest
@given(st.lists(st.sampled_from(KINDS), max_size=20))
def test_labels_count_what_is_business_in_order(kinds):
    lines = [rules.Line(n, kind) for n, kind in enumerate(kinds, 1)]
    shown = [label for label in rules.labels(lines).values() if label]
    assert shown == [str(n) for n in range(1, len(shown) + 1)]


@pytest.mark.file_only
def test_the_time_of_a_break_is_not_the_items(store) -> None:
    room = Room.made(store)
    room.open(5)
    store.run(agenda.take_up, id=room.item, at=minutes(5))
    store.run(sitting.recess, meeting_id=room.meeting, reason="예시", at=minutes(10))
    with store.reading() as read:
        (row,) = [r for r in queries.agenda(read, meeting_id=room.meeting) if r.id == room.item]
    assert row.taken(minutes(18)) == dt.timedelta(minutes=5)
    store.run(sitting.resume, meeting_id=room.meeting, at=minutes(20))
    store.run(agenda.end_item, id=room.item, at=minutes(23))
    with store.reading() as read:
        (row,) = [r for r in queries.agenda(read, meeting_id=room.meeting) if r.id == room.item]
    assert row.taken(minutes(60)) == dt.timedelta(minutes=8)
