"""The attendance sheet as rows: replies, marks, substitutes, arrival and leaving times, guests."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem, Attendance, Meeting
from db.schema.members import Membership, Organisation, Person
from db.schema.papers import StoredFile
from db.schema.sittings import Break, Guest, Movement
from db.vocab import Presence
from gwangju_desktop import clock
from gwangju_desktop.meetings import movements
from gwangju_desktop.members import precedence


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One coming or going on the office's clock."""

    id: int
    attendance_id: int
    at: dt.datetime
    inside: bool


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One seat of the sheet in the order of precedence; `id` is the attendance's.

    `letter` is the name of the substitute's letter of authority, None where there is none.
    `late` says that the holder came in after the opening.
    """

    id: int
    membership_id: int
    person_id: int
    name: str
    organisation_ko: str
    organisation_en: str
    post: str
    role: str
    capacity: str
    voting: bool
    fictional: bool
    reply: str
    replied_at: dt.datetime | None
    presence: str
    substitute: str
    substitute_post: str
    letter: str | None
    moves: tuple[MoveRow, ...]
    late: bool

    @property
    def inside(self) -> bool:
        """Say whether the holder is in the room now."""
        return self.presence == Presence.PRESENT

    @property
    def came(self) -> dt.datetime | None:
        """Return when the holder first came in."""
        return next((move.at for move in self.moves if move.inside), None)

    @property
    def left(self) -> dt.datetime | None:
        """Return when the holder went out for the last time; None while inside."""
        last = self.moves[-1] if self.moves else None
        return last.at if last is not None and not last.inside else None


def seats(read: Session, *, meeting_id: int) -> list[SeatRow]:
    """List the seats of a meeting with their comings and goings."""
    meeting = read.execute(
        select(Meeting.body_id, Meeting.opened_at).where(Meeting.id == meeting_id)
    ).first()
    if meeting is None:
        return []
    found = read.execute(
        select(
            Attendance.id,
            Attendance.membership_id,
            Attendance.person_id,
            func.coalesce(Attendance.recorded_name, Person.name).label("name"),
            func.coalesce(Organisation.name_ko, "").label("organisation_ko"),
            func.coalesce(Organisation.name_en, "").label("organisation_en"),
            Membership.post,
            Membership.role,
            Membership.capacity,
            Membership.voting,
            Person.fictional,
            Attendance.reply,
            Attendance.replied_at,
            Attendance.presence,
            Attendance.substitute,
            Attendance.substitute_post,
            StoredFile.name.label("letter"),
        )
        .join(Membership, Membership.id == Attendance.membership_id)
        .join(Person, Person.id == Attendance.person_id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .outerjoin(StoredFile, StoredFile.id == Attendance.substitute_letter_id)
        .where(Attendance.meeting_id == meeting_id)
    ).mappings()
    moves: dict[int, list[MoveRow]] = {}
    for move in _moves(read, meeting_id):
        moves.setdefault(move.attendance_id, []).append(move)
    rows = []
    for row in found:
        values = dict(row)
        replied = values.pop("replied_at")
        own = tuple(moves.get(values["id"], ()))
        first = next((move.at for move in own if move.inside), None)
        rows.append(
            SeatRow(
                **values,
                replied_at=clock.local(replied) if replied else None,
                moves=own,
                late=first is not None
                and meeting.opened_at is not None
                and first > meeting.opened_at,
            )
        )
    places = precedence.places(read, meeting.body_id, [row.membership_id for row in rows])
    return sorted(rows, key=lambda row: places[row.membership_id])


def _moves(read: Session, meeting_id: int) -> list[MoveRow]:
    found = read.execute(
        select(Movement.id, Movement.attendance_id, Movement.at, Movement.inside)
        .where(Movement.meeting_id == meeting_id)
        .order_by(Movement.at, Movement.id)
    )
    return [MoveRow(id, seat, clock.local(at), inside) for id, seat, at, inside in found.all()]


@dataclass(frozen=True, slots=True)
class BreakRow:
    """One recess or talk on the office's clock; open without an end."""

    id: int
    kind: str
    starts_at: dt.datetime
    ends_at: dt.datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class GuestRow:
    """Somebody in the room without a seat."""

    id: int
    kind: str
    name: str
    organisation: str
    post: str


@dataclass(frozen=True, slots=True)
class RoomDetail:
    """What else belongs to a sitting: breaks, guests, who presides and writes, who may watch."""

    meeting_id: int
    breaks: tuple[BreakRow, ...]
    guests: tuple[GuestRow, ...]
    presiding: str
    presiding_id: int | None
    presiding_ground: str
    secretary: str
    public: bool
    closed_ground: str
    deputies: str

    @property
    def resting(self) -> BreakRow | None:
        """Return the break the sitting is in."""
        return next((rest for rest in self.breaks if rest.ends_at is None), None)


def room(read: Session, *, meeting_id: int) -> RoomDetail:
    """Return what else belongs to a sitting."""
    meeting = read.get_one(Meeting, meeting_id)
    return RoomDetail(
        meeting_id=meeting_id,
        breaks=tuple(breaks(read, meeting_id=meeting_id)),
        guests=tuple(guests(read, meeting_id=meeting_id)),
        presiding=meeting.presiding,
        presiding_id=meeting.presiding_id,
        presiding_ground=meeting.presiding_ground,
        secretary=meeting.secretary,
        public=meeting.public,
        closed_ground=meeting.closed_ground,
        deputies=movements.deputies(read, meeting).value,
    )


def breaks(read: Session, *, meeting_id: int) -> list[BreakRow]:
    """List the breaks of a sitting, the first first."""
    found = read.execute(
        select(Break.id, Break.kind, Break.starts_at, Break.ends_at, Break.reason)
        .where(Break.meeting_id == meeting_id)
        .order_by(Break.starts_at, Break.id)
    )
    return [
        BreakRow(id, kind, clock.local(starts), clock.local(ends) if ends else None, reason)
        for id, kind, starts, ends, reason in found.all()
    ]


def guests(read: Session, *, meeting_id: int) -> list[GuestRow]:
    """List who else is in the room, those in attendance before spectators."""
    found = read.execute(
        select(Guest.id, Guest.kind, Guest.name, Guest.organisation, Guest.post)
        .where(Guest.meeting_id == meeting_id)
        .order_by(Guest.kind, Guest.position)
    )
    return [GuestRow(*row) for row in found.all()]


def presiding_over(read: Session, *, item_id: int) -> tuple[int | None, str, str]:
    """Return who presides over an item instead of the chair: membership, name and ground."""
    row = read.execute(
        select(
            AgendaItem.presiding_id,
            func.coalesce(Attendance.recorded_name, Person.name, ""),
            AgendaItem.presiding_ground,
        )
        .outerjoin(
            Attendance,
            (Attendance.meeting_id == AgendaItem.meeting_id)
            & (Attendance.membership_id == AgendaItem.presiding_id),
        )
        .outerjoin(Person, Person.id == Attendance.person_id)
        .where(AgendaItem.id == item_id)
    ).one()
    return row[0], row[1] or "", row[2]
