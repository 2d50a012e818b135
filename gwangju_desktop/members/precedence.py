"""The order of precedence (서열): who stands before whom in a body, by a preset or as dragged.

Rosters, attendance sheets, seating and name plates follow `ordered`; none of them sorts by itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from db.schema.members import Body, Membership, Organisation, Person, Term
from db.schema.posts import Post
from db.store import usecase
from db.vocab import Capacity, Layout, Precedence, Role
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import found
from gwangju_desktop.meetings.rules import GAP, place_between
from gwangju_desktop.text import N_, Msg

PRESETS: dict[str, Msg] = {
    Precedence.OFFICE: N_("Ex officio first"),
    Precedence.APPOINTED_FIRST: N_("Appointed first"),
    Precedence.CUSTOM: N_("As arranged by hand"),
}
NO_BODY = N_("There is no body {id}.")
NO_MEMBERSHIP = N_("There is no membership {id}.")

_LAST = 10**9
_CHAIRS, _VICE, _SECRETARY, _MEMBERS, _CLERKS, _OBSERVERS = range(6)
_RANKS = {
    Role.CO_CHAIR.value: _CHAIRS,
    Role.CHAIR.value: _CHAIRS,
    Role.VICE_CHAIR.value: _VICE,
    Role.OBSERVER.value: _OBSERVERS,
}


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One seat of a body; `office` is the place of its post in the order of offices (직제 순).

    `term` is the number of the body's term (제n기), `position` the place given by hand; each None
    where there is none.
    """

    membership_id: int
    person_id: int
    name: str
    hanja: str
    latin: str
    fictional: bool
    role: str
    capacity: str
    voting: bool
    organisation_ko: str
    organisation_en: str
    post: str
    post_id: int | None
    office: int | None
    field: str
    term_id: int | None
    term: int | None
    starts_on: dt.date
    ends_on: dt.date | None
    appointments: int
    position: int | None

    @property
    def id(self) -> int:
        """Return the membership's id, by which lists know the row."""
        return self.membership_id

    @property
    def enrolled(self) -> bool:
        """Say whether it is a member's seat: no observer's, nor a clerk's without a vote."""
        return _rank(self) not in (_CLERKS, _OBSERVERS)


def order(rows: Iterable[SeatRow], preset: str) -> list[SeatRow]:
    """Return the seats in the order a preset says; in an order by hand new seats come last."""
    if preset == Precedence.CUSTOM:
        placed = sorted(rows, key=lambda row: _key(row, Precedence.OFFICE))
        return sorted(placed, key=lambda row: _LAST if row.position is None else row.position)
    return sorted(rows, key=lambda row: _key(row, preset))


def _key(row: SeatRow, preset: str) -> tuple[Any, ...]:
    """Return what a seat is compared by; every pair of seats compares without a tie."""
    first = Capacity.APPOINTED if preset == Precedence.APPOINTED_FIRST else Capacity.EX_OFFICIO
    if row.capacity == Capacity.EX_OFFICIO:
        within: tuple[Any, ...] = (_LAST if row.office is None else row.office, row.post)
    else:
        within = (not row.field, row.field)
    return _rank(row), row.capacity != first, *within, row.name, row.membership_id


def _rank(row: SeatRow) -> int:
    """Return the group a role stands in: a secretary without a vote is a clerk (서기), not a member."""
    if row.role == Role.SECRETARY:
        return _SECRETARY if row.voting else _CLERKS
    return _RANKS.get(row.role, _MEMBERS)


def ordered(read: Session, body_id: int, on: dt.date) -> list[SeatRow]:
    """Return the seats of a body held on a day, in its order of precedence."""
    listed = and_(
        Membership.starts_on <= on,
        or_(Membership.ends_on.is_(None), Membership.ends_on >= on),
        Person.merged_into_id.is_(None),
        Person.erased_on.is_(None),
    )
    return _ordered(read, body_id, listed)


def of_memberships(read: Session, body_id: int, membership_ids: Iterable[int]) -> list[SeatRow]:
    """Return these seats of a body in its order of precedence, whatever their days are.

    Nothing is written for somebody who was erased.
    """
    wanted = Membership.id.in_(list(membership_ids))
    return _ordered(read, body_id, and_(wanted, Person.erased_on.is_(None)))


def places(read: Session, body_id: int, membership_ids: Iterable[int]) -> dict[int, int]:
    """Return the place of each of these seats of a body, from 0, whatever their days are."""
    wanted = Membership.id.in_(list(membership_ids))
    return {row.membership_id: at for at, row in enumerate(_ordered(read, body_id, wanted))}


def roster(read: Session, *, body_id: int, on: dt.date) -> tuple[str, list[SeatRow]]:
    """Return a body's preset with its seats in order on a day."""
    return preset_of(read, body_id), ordered(read, body_id, on)


def preset_of(read: Session, body_id: int) -> str:
    """Return the preset a body's seats are ordered by."""
    return read.scalar(select(Body.precedence).where(Body.id == body_id)) or Precedence.OFFICE


def layout_of(read: Session, body_id: int) -> str:
    """Return how the tables stand where a body meets."""
    return read.scalar(select(Body.layout).where(Body.id == body_id)) or Layout.U_SHAPE


def _ordered(read: Session, body_id: int, which: ColumnElement[bool]) -> list[SeatRow]:
    preset = preset_of(read, body_id)
    rows = _rows(read, body_id, which)
    if preset == Precedence.CUSTOM:
        rows = _with_inherited(read, body_id, rows)
    return order(rows, preset)


def _rows(read: Session, body_id: int, which: ColumnElement[bool]) -> list[SeatRow]:
    asked = (
        select(
            Membership.id.label("membership_id"),
            Membership.person_id,
            Person.name,
            Person.hanja,
            Person.latin,
            Person.fictional,
            Membership.role,
            Membership.capacity,
            Membership.voting,
            func.coalesce(Organisation.name_ko, "").label("organisation_ko"),
            func.coalesce(Organisation.name_en, "").label("organisation_en"),
            Membership.post,
            Membership.post_id,
            Post.position.label("office"),
            Membership.field,
            Membership.term_id,
            Term.number.label("term"),
            Membership.starts_on,
            Membership.ends_on,
            Membership.appointments,
            Membership.position,
        )
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .outerjoin(Post, Post.id == Membership.post_id)
        .outerjoin(Term, Term.id == Membership.term_id)
        .where(Membership.body_id == body_id, which)
    )
    return [SeatRow(**row) for row in read.execute(asked).mappings()]


def _with_inherited(read: Session, body_id: int, rows: list[SeatRow]) -> list[SeatRow]:
    """Give a reappointed member the place of the seat held before; others keep their own."""
    held = _last_places(read, body_id, [row.person_id for row in rows if row.position is None])
    return [
        replace(row, position=held.get(row.person_id)) if row.position is None else row
        for row in rows
    ]


def _last_places(read: Session, body_id: int, people: list[int]) -> Mapping[int, int]:
    if not people:
        return {}
    asked = (
        select(Membership.person_id, Membership.position)
        .where(
            Membership.body_id == body_id,
            Membership.person_id.in_(people),
            Membership.position.is_not(None),
        )
        .order_by(Membership.starts_on)
    )
    return {row.person_id: row.position for row in read.execute(asked) if row.position is not None}


@usecase("Set the order of precedence")
def set_precedence(tx: Session, *, body_id: int, preset: str) -> int:
    """Choose the order of a body's seats; an order made by hand before is found again."""
    if preset not in PRESETS:
        raise UserError(
            N_("There is no order “{preset}”."),
            hint=N_("Choose one of {known}."),
            preset=preset,
            known=", ".join(PRESETS),
        )
    body = found(tx, Body, body_id, NO_BODY)
    if preset == Precedence.CUSTOM and body.precedence != Precedence.CUSTOM:
        rows = ordered(tx, body.id, clock.today())
        if all(row.position is None for row in rows):
            _spread(tx, rows)
    if body.precedence != preset:
        body.precedence = preset
    return body_id


@usecase("Move the seat in the order")
def move_seat(
    tx: Session, *, id: int, by: int = 0, to: int | None = None, on: dt.date | None = None
) -> int:
    """Move a membership up (negative) or down among those of a day, or to the place `to` from 0.

    The body is from then on ordered by hand; each later move writes one row.
    """
    seat = found(tx, Membership, id, NO_MEMBERSHIP)
    body = tx.get_one(Body, seat.body_id)
    day = on or clock.today()
    rows = ordered(tx, body.id, day)
    at = next((n for n, row in enumerate(rows) if row.membership_id == id), None)
    if at is None:
        raise UserError(
            N_("This membership does not hold on {day:full}."),
            hint=N_("Choose a day on which it does."),
            day=day,
        )
    wanted = max(0, min(len(rows) - 1, at + by if to is None else to))
    if wanted == at:
        return id
    if body.precedence != Precedence.CUSTOM:
        _spread(tx, rows)
        body.precedence = Precedence.CUSTOM.value
        tx.flush()
    else:
        _place_new(tx, rows)
    rows = ordered(tx, body.id, day)
    others = [row.position or 0 for row in rows if row.membership_id != id]
    free = place_between(others, wanted)
    if free is None:
        _spread(tx, rows)
        return move_seat(tx, id=id, to=wanted, on=day)
    seat.position = free
    tx.flush()
    return id


def _spread(tx: Session, rows: Iterable[SeatRow]) -> None:
    """Give the seats places in whole gaps, in the order they stand in."""
    for n, row in enumerate(rows, 1):
        seat = tx.get_one(Membership, row.membership_id)
        if seat.position != n * GAP:
            seat.position = n * GAP
    tx.flush()


def _place_new(tx: Session, rows: Iterable[SeatRow]) -> None:
    """Give the seats that came after the order was made the places they stand at, the last."""
    end = max((row.position for row in rows if row.position is not None), default=0)
    for n, row in enumerate((row for row in rows if row.position is None), 1):
        tx.get_one(Membership, row.membership_id).position = end + n * GAP
    tx.flush()
