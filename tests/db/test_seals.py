"""What undo may still touch of a meeting that is closed."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from db.errors import Barred
from db.schema.meetings import Attendance, Meeting
from db.schema.members import Body, Membership, Person
from db.store import Store, usecase


@usecase("Hold a meeting")
def hold(tx: Session) -> int:
    body = Body(
        position=1024, kind="committee", name_ko="가", name_en="A", short_ko="가", short_en="A"
    )
    people = [Person(name=name, fictional=True) for name in ("김가상", "김 가상")]
    tx.add_all([body, *people])
    tx.flush()
    meeting = Meeting(
        body_id=body.id,
        title="회의",
        state="closed",
        starts_at=dt.datetime(2022, 3, 17, tzinfo=dt.UTC),
    )
    seat = Membership(
        person_id=people[0].id,
        body_id=body.id,
        capacity="appointed",
        starts_on=dt.date(2022, 1, 1),
    )
    tx.add_all([meeting, seat])
    tx.flush()
    sheet = Attendance(meeting_id=meeting.id, membership_id=seat.id, person_id=people[0].id)
    tx.add(sheet)
    tx.flush()
    return sheet.id


@usecase("Find that two are one")
def merge(tx: Session, *, sheet: int) -> None:
    row = tx.get_one(Attendance, sheet)
    row.person_id, row.recorded_name = 2, "김가상"


@usecase("Mark")
def mark(tx: Session, *, sheet: int) -> None:
    row = tx.get_one(Attendance, sheet)
    row.person_id, row.presence = 2, "present"


def who(store: Store, sheet: int) -> tuple[int, str | None]:
    with store.reading() as read:
        row = read.get_one(Attendance, sheet)
        return row.person_id, row.recorded_name


def test_who_sat_there_may_be_put_right_and_taken_back(store: Store) -> None:
    sheet = store.run(hold).value
    store.run(merge, sheet=sheet)
    assert who(store, sheet) == (2, "김가상")
    store.undo()
    assert who(store, sheet) == (1, None)
    store.redo()
    assert who(store, sheet) == (2, "김가상")


def test_whether_somebody_came_is_sealed(store: Store) -> None:
    sheet = store.run(hold).value
    store.run(mark, sheet=sheet)
    with pytest.raises(Barred):
        store.undo()
