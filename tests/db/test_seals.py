"""What undo may still touch of a meeting that is closed."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from db import seals
from db.errors import Barred
from db.schema.meetings import Attendance, Meeting
from db.schema.members import Body, Membership, Person
from db.schema.minutes import Minutes
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


@usecase("Write minutes of it")
def minute(tx: Session, *, sheet: int, state: str) -> int:
    meeting = tx.get_one(Meeting, tx.get_one(Attendance, sheet).meeting_id)
    meeting.state = state
    minutes = Minutes(meeting_id=meeting.id, text="김가상 발언", drafted_on=dt.date(2022, 3, 18))
    tx.add(minutes)
    tx.flush()
    return minutes.id


@pytest.mark.parametrize(("state", "kept"), [("drafted", False), ("confirmed", True)])
def test_what_names_somebody_is_kept_once_it_is_sealed(
    store: Store, state: str, kept: bool
) -> None:
    sheet = store.run(hold).value
    minutes = store.run(minute, sheet=sheet, state=state).value
    with store.reading() as read:
        connection = read.connection()
        assert seals.keeps(connection, "minutes", minutes) is kept
        assert seals.keeps(connection, "attendance", sheet)
        assert not seals.keeps(connection, "person", 1)
        assert not seals.keeps(connection, "minutes", 999)
