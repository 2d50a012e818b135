"""A made-up body with a meeting in its room, opened by hand where a test needs it open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from db.schema.meetings import Meeting
from db.schema.members import Membership, Person
from db.schema.sittings import Movement
from db.store import Store, usecase
from db.vocab import Capacity, MeetingState, Presence, Role
from gwangju_desktop import clock
from gwangju_desktop.meetings import agenda, presence, sheet, usecases
from gwangju_desktop.members import ruling
from gwangju_desktop.members import usecases as members

DAY = dt.date(2022, 3, 17)
AT = dt.datetime.combine(DAY, dt.time(14), clock.KST)
LETTERS = "가나다라마바사아자차카타파하"


def minutes(n: int) -> dt.datetime:
    """Return the moment so many minutes after the planned start."""
    return AT + dt.timedelta(minutes=n)


@usecase("Founded in a test")
def founded(tx, *, people: int, voting: int | None) -> int:
    """Make a body with so many made-up members, the rows that `add_member` leaves.

    Hundreds of tests begin so: what the verb checks for each member would take half their time.
    """
    body = members.add_body(tx, name_ko="가상위원회", name_en="Made-up Committee")
    there = [Person(name=called(n), fictional=True) for n in range(people)]
    tx.add_all(there)
    tx.flush()
    for n, person in enumerate(there):
        seat = Membership(
            person_id=person.id,
            body_id=body,
            starts_on=DAY,
            capacity=Capacity.APPOINTED.value,
            role=Role.MEMBER.value,
            voting=voting is None or n < voting,
            appointments=1,
        )
        tx.add(seat)
    tx.flush()
    return body


def called(n: int) -> str:
    """Name the n-th made-up member."""
    return f"가상{LETTERS[n % 14]}{LETTERS[n // 14] if n >= 14 else ''}"


@usecase("Opened in a test")
def opened(tx, *, id: int, at: dt.datetime, present: Sequence[int] = ()) -> None:
    """Open a meeting with all who are marked present, as the verb of the room does."""
    meeting = tx.get_one(Meeting, id)
    for seat in meeting.attendances:
        if seat.id in present:
            seat.presence = Presence.PRESENT.value
    meeting.state = MeetingState.OPENED.value
    meeting.opened_at = at
    for seat in meeting.attendances:
        if seat.presence == Presence.PRESENT:
            tx.add(Movement(meeting_id=id, attendance_id=seat.id, at=at, inside=True))


@usecase("Changed in a test")
def changed(tx, *, entity, id, **values) -> None:
    """Set columns of a row."""
    row = tx.get_one(entity, id)
    for name, value in values.items():
        setattr(row, name, value)


@dataclass
class Room:
    """One meeting; `ids` are its attendances in the order of the sheet."""

    store: Store
    body: int = 0
    meeting: int = 0
    item: int = 0
    ids: list[int] = field(default_factory=list)

    @classmethod
    def made(cls, store: Store, people: int = 6, voting: int | None = None) -> Room:
        """Make a body with so many made-up members and a meeting of theirs."""
        room = cls(store)
        room.body = store.run(founded, people=people, voting=voting).value
        room.meet()
        return room

    def meet(self, at: dt.datetime = AT) -> int:
        """Plan a meeting of the body and put it in front."""
        self.meeting = self.store.run(usecases.add_meeting, body_id=self.body, starts_at=at).value
        self.item = self.store.run(
            agenda.add_item, meeting_id=self.meeting, title="가상 안건"
        ).value
        self.ids = [seat.id for seat in self.seats()]
        return self.meeting

    def open(self, present: int, at: dt.datetime = AT) -> None:
        """Open the meeting with the first seats present."""
        self.store.run(opened, id=self.meeting, at=at, present=self.ids[:present])

    def rule(self, rule: str, value: str) -> None:
        """Give the body a rule."""
        self.store.run(
            ruling.set_rule,
            body_id=self.body,
            rule=rule,
            value=value,
            valid_from=DAY,
            source="가상 규정",
        )

    def seats(self) -> list[sheet.SeatRow]:
        """Read the sheet."""
        with self.store.reading() as read:
            return sheet.seats(read, meeting_id=self.meeting)

    def marks(self) -> list[str]:
        """Read the marks of the sheet."""
        return [seat.presence for seat in self.seats()]

    def read(self, query, **values):
        """Read something of the meeting."""
        with self.store.reading() as read:
            return query(read, meeting_id=self.meeting, **values)

    def attending(self, at: dt.datetime | None = None) -> int:
        """Count the voting seats in the room."""
        return self.read(presence.standing, at=at).attending
