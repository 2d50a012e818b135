"""What a document of a body says: gathered once, in precedence order, for one day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.members import Body, Membership, Person, Term
from db.vocab import Capacity, Gender, Layout
from gwangju_desktop import settings
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import bodies, precedence
from gwangju_desktop.members.memberships import term_id_on
from gwangju_desktop.members.precedence import SeatRow
from gwangju_desktop.text import N_, Words


@dataclass(frozen=True, slots=True)
class Contact:
    """How somebody is reached; only in a roster that asks for it."""

    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class RollData:
    """A body on a day: its names, its seats in precedence order, the office that prints.

    `sexes` are (women, men, not entered) of the appointed; `seats_total` the legal number of seats,
    None where it is not fixed; `numbers` the appointment number of each membership.
    """

    body_id: int
    body_ko: str
    body_en: str
    on: dt.date
    term: int | None
    office_ko: str
    office_en: str
    city_ko: str
    city_en: str
    layout: str
    seats_total: int | None
    seats: tuple[SeatRow, ...]
    sexes: tuple[int, int, int]
    numbers: dict[int, str] = field(default_factory=dict)
    contacts: dict[int, Contact] = field(default_factory=dict)

    @property
    def sample(self) -> bool:
        """Say whether anybody on it is made up."""
        return any(seat.fictional for seat in self.seats)

    def name(self, say: Words) -> str:
        """Return the body's name with its term: "… 위원회 제2기"."""
        body = self.body_en if say.language == "en" and self.body_en else self.body_ko
        if self.term is None:
            return body
        return f"{body} {say(TERM, n=self.term)}"

    def office(self, say: Words) -> str:
        """Return the office that prints."""
        return self.office_en if say.language == "en" and self.office_en else self.office_ko

    def city(self, say: Words) -> str:
        """Return the city's name on the day."""
        return self.city_en if say.language == "en" and self.city_en else self.city_ko

    def count(self, capacity: str) -> int:
        """Count the members of a capacity; observers and clerks without a vote are none."""
        return sum(seat.capacity == capacity and seat.enrolled for seat in self.seats)


TERM = N_("Term {n}")


def affiliation(seat: SeatRow, say: Words) -> str:
    """Return "소속 직위" in the document's language."""
    english = say.language == "en" and seat.organisation_en
    organisation = seat.organisation_en if english else seat.organisation_ko
    return " ".join(part for part in (organisation, seat.post) if part)


def gather(
    read: Session,
    *,
    body_id: int,
    on: dt.date,
    membership_ids: Sequence[int] | None = None,
    contacts: bool = False,
) -> RollData:
    """Return what the documents of a body need on a day.

    `membership_ids` picks seats, those of a term that is still ahead included. Raises UserError
    when the body does not exist or nobody is left.
    """
    body = read.execute(select(Body.__table__).where(Body.id == body_id)).first()
    if body is None:
        raise UserError(
            N_("There is no body {id}."), hint=N_("See the list of bodies."), id=body_id
        )
    seats = _seats(read, body_id, on, membership_ids)
    if not seats:
        raise UserError(
            N_("Nobody sits in {body} on {day:full}."),
            hint=N_("Choose another day, or add members first."),
            body=body.short_ko,
            day=on,
        )
    named = settings.values_on(read, on)
    body_ko, body_en = bodies.names_on(read, body_id, on)
    return RollData(
        body_id=body_id,
        body_ko=body_ko,
        body_en=body_en,
        on=on,
        term=_term(read, body_id, seats, on),
        office_ko=body.contact_office or named[settings.OFFICE_NAME_KO],
        office_en=body.contact_office or named[settings.OFFICE_NAME_EN],
        city_ko=named[settings.CITY_KO],
        city_en=named[settings.CITY_EN],
        layout=body.layout or Layout.U_SHAPE.value,
        seats_total=body.seats,
        seats=tuple(seats),
        sexes=_sexes(read, seats),
        numbers=_numbers(read, seats),
        contacts=_contacts(read, seats) if contacts else {},
    )


def _seats(
    read: Session, body_id: int, on: dt.date, membership_ids: Sequence[int] | None
) -> list[SeatRow]:
    if membership_ids is None:
        return precedence.ordered(read, body_id, on)
    return precedence.of_memberships(read, body_id, membership_ids)


def _term(read: Session, body_id: int, seats: list[SeatRow], on: dt.date) -> int | None:
    """Return the number of the seats' term where they share one, else of the term on the day."""
    shared = {seat.term for seat in seats if seat.term is not None}
    if len(shared) == 1:
        return shared.pop()
    held = term_id_on(read, body_id, on)
    return None if held is None else read.get_one(Term, held).number


def _sexes(read: Session, seats: list[SeatRow]) -> tuple[int, int, int]:
    people = [
        seat.person_id for seat in seats if seat.capacity == Capacity.APPOINTED and seat.enrolled
    ]
    known = list(read.scalars(select(Person.gender).where(Person.id.in_(people))).all())
    women, men = known.count(Gender.FEMALE.value), known.count(Gender.MALE.value)
    return women, men, len(known) - women - men


def _numbers(read: Session, seats: list[SeatRow]) -> dict[int, str]:
    found = read.execute(
        select(Membership.id, Membership.appointment_number).where(
            Membership.id.in_([seat.membership_id for seat in seats])
        )
    )
    return {row.id: row.appointment_number for row in found.all()}


def _contacts(read: Session, seats: list[SeatRow]) -> dict[int, Contact]:
    found = read.execute(
        select(Person.id, Person.phone, Person.email).where(
            Person.id.in_([seat.person_id for seat in seats])
        )
    )
    return {row.id: Contact(row.phone, row.email) for row in found.all()}
