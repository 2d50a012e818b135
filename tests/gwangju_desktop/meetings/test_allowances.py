"""The attendance allowance: tax to the won, hours from the times, who is not paid and why."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.schema.meetings import Attendance
from db.vocab import Capacity, TaxMode
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import allowances, movements, replies, sitting, steps, taxes
from gwangju_desktop.members import usecases as members
from tests.gwangju_desktop.meetings.room import DAY, Room, changed, minutes

OTHER = TaxMode.OTHER_INCOME


# --- taxes


@pytest.mark.parametrize(
    ("gross", "tax", "local", "net"),
    [
        (100_000, 0, 0, 100_000),
        (125_000, 0, 0, 125_000),
        (150_000, 12_000, 1_200, 136_800),
        (125_010, 10_000, 1_000, 114_010),
        (0, 0, 0, 0),
    ],
)
def test_t20_other_income_to_the_won(gross, tax, local, net) -> None:
    paid = taxes.work_out(gross, OTHER, DAY)
    assert (paid.tax, paid.local, paid.net) == (tax, local, net)
    free = taxes.work_out(gross, TaxMode.NON_TAXABLE, DAY)
    assert (free.tax, free.local, free.net) == (0, 0, gross)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 50_000_000))
def test_nothing_is_withheld_but_whole_tens(gross) -> None:
    paid = taxes.work_out(gross, OTHER, DAY)
    assert paid.tax % 10 == paid.local % 10 == 0
    assert paid.net == gross - paid.tax - paid.local
    assert 0 <= paid.tax * 100 <= gross * 8 + 100 and paid.local * 10 <= paid.tax


def test_a_day_without_known_rates_is_refused() -> None:
    with pytest.raises(UserError, match=r"2018\. 12\. 31\."):
        taxes.work_out(150_000, OTHER, dt.date(2018, 12, 31))
    assert taxes.work_out(150_000, TaxMode.NON_TAXABLE, dt.date(2018, 12, 31)).net == 150_000
    assert taxes.rate_on(DAY).source and taxes.rate_on(DAY).since == dt.date(2019, 1, 1)


# --- the sheet


@pytest.fixture
def room(store) -> Room:
    """Six seats: the first by a post of the city, the others appointed."""
    clock.fix(DAY + dt.timedelta(days=1))
    room = Room.made(store, people=5)
    store.run(members.add_organisation, name_ko="가상시", official=True)
    store.run(
        members.add_member,
        person={"name": "가상국장", "fictional": True},
        membership={
            "body_id": room.body,
            "starts_on": DAY,
            "capacity": Capacity.EX_OFFICIO.value,
            "organisation": "가상시",
        },
    )
    room.meet()
    return room


def sheet(room: Room, now: dt.datetime | None = None) -> allowances.PaySheet:
    return room.read(allowances.pay_sheet, now=now)


def rows(room: Room, now: dt.datetime | None = None) -> dict[str, allowances.PayRow]:
    return {row.holder: row for row in sheet(room, now).rows}


def hold(room: Room, present: int = 6, hours: int = 2) -> None:
    room.open(present)
    room.store.run(steps.close_meeting, id=room.meeting, at=minutes(hours * 60), carry=True)


@pytest.mark.file_only
def test_who_attended_is_paid_and_the_others_with_the_reason(room: Room) -> None:
    official = next(seat.id for seat in room.seats() if seat.name == "가상국장")
    for id in room.ids:
        if id != room.ids[-1]:
            room.store.run(changed, entity=Attendance, id=id, presence="present")
    room.open(0)
    room.store.run(steps.close_meeting, id=room.meeting, at=minutes(120), carry=True)
    made = sheet(room)
    assert (made.minutes, made.final, made.terms.mode) == (120, True, TaxMode.NON_TAXABLE)
    found = {row.id: row for row in made.rows}
    assert found[official].reason == allowances.ON_DUTY and not found[official].pays
    assert found[room.ids[-1]].reason == allowances.ABSENT
    assert len(made.payees) == 4 and {row.paid.gross for row in made.payees} == {100_000}
    assert made.total == taxes.Paid(400_000)
    assert made.terms.sources and made.terms.unverified


@pytest.mark.file_only
def test_hours_follow_from_comings_breaks_and_the_rule(room: Room) -> None:
    first, second, third = room.ids[1:4]
    room.open(5)
    run = room.store.run
    run(movements.move, id=second, inside=False, at=minutes(30))
    run(sitting.recess, meeting_id=room.meeting, reason="예시: 휴식", at=minutes(60))
    run(movements.move, id=second, inside=True, at=minutes(80))
    run(sitting.resume, meeting_id=room.meeting, at=minutes(90))
    run(movements.move, id=third, inside=False, at=minutes(149))
    live = {row.id: row.minutes for row in sheet(room, minutes(100)).rows}
    assert live[first] == 70
    run(steps.close_meeting, id=room.meeting, at=minutes(151), carry=True)
    made = sheet(room)
    times = {row.id: row.minutes for row in made.rows}
    assert (made.minutes, made.resting) == (121, 30)
    assert (times[first], times[second], times[third]) == (121, 91, 119)
    gross = {row.id: row.paid.gross for row in made.rows}
    assert (gross[first], gross[second], gross[third]) == (150_000, 100_000, 100_000)


@pytest.mark.file_only
def test_the_tax_mode_is_a_rule_of_the_body(room: Room) -> None:
    room.rule("allowance_tax", "other_income")
    room.rule("allowance", "150000")
    hold(room, hours=1)
    made = sheet(room)
    paying = made.payees
    assert made.terms.taxed and len(paying) == 5
    assert {(row.paid.gross, row.paid.tax, row.paid.local, row.paid.net) for row in paying} == {
        (150_000, 12_000, 1_200, 136_800)
    }
    assert made.total.net == 5 * 136_800


@pytest.mark.file_only
def test_exceptions_are_made_by_hand_with_a_reason_after_the_meeting_too(room: Room) -> None:
    hold(room, present=5)
    run = room.store.run
    paid = sheet(room).payees[0]
    with pytest.raises(UserError):
        run(allowances.set_paid, ids=[paid.id], paid=False)
    with pytest.raises(UserError, match="계좌"):
        run(allowances.set_paid, ids=[paid.id], paid=False, reason="계좌 110-123-456789")
    run(allowances.set_paid, ids=[paid.id], paid=False, reason="본인 사양")
    row = {one.id: one for one in sheet(room).rows}[paid.id]
    assert (row.pays, row.by_rule, row.by_hand, row.reason) == (False, True, True, "본인 사양")
    assert row.paid.gross == 0
    room.store.undo()
    assert {one.id: one for one in sheet(room).rows}[paid.id].pays
    absent = next(one for one in sheet(room).rows if one.reason == allowances.ABSENT)
    with pytest.raises(UserError):
        run(allowances.set_paid, ids=[absent.id], paid=True, reason="예시")


def test_an_official_may_be_paid_by_exception_and_back(room: Room) -> None:
    hold(room)
    official = rows(room)["가상국장"]
    assert official.reason == allowances.ON_DUTY
    room.store.run(allowances.set_paid, ids=[official.id], paid=True, reason="휴일 참석")
    assert rows(room)["가상국장"].paid.gross == 100_000
    room.store.run(allowances.set_paid, ids=[official.id], paid=None)
    back = rows(room)["가상국장"]
    assert (back.pays, back.by_hand, back.reason) == (False, False, allowances.ON_DUTY)


@pytest.mark.file_only
def test_a_substitute_is_named_and_not_paid_by_the_rule(room: Room) -> None:
    room.rule("deputies", "attend")
    id = room.ids[1]
    room.store.run(replies.set_reply, ids=[id], reply="substitute")
    room.store.run(replies.set_substitute, id=id, name="가상대리", post="과장")
    hold(room)
    row = next(one for one in sheet(room).rows if one.id == id)
    assert (row.name, row.post, row.reason) == ("가상대리", "과장", allowances.BY_SUBSTITUTE)
    assert row.holder != row.name and not row.pays


@pytest.mark.file_only
def test_a_meeting_that_was_never_opened_pays_nobody(room: Room) -> None:
    made = sheet(room)
    assert not made.payees and {row.reason for row in made.rows} == {allowances.NOT_HELD}
    assert not made.final and made.total == taxes.Paid(0)
