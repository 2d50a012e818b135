"""What the office already holds of the people and bodies a file names, read in a few queries."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.access import Erasure
from db.schema.meetings import Attendance, Meeting
from db.schema.members import Body, BodyName, Membership, Organisation, Person, Term
from db.schema.people import Affiliation, PersonAlias
from db.schema.posts import Post, PostSeat
from gwangju_desktop import clock
from gwangju_desktop.meetings import attendance
from gwangju_desktop.members.importing.fields import FIELDS

_BLOCK = 500


def name_key(name: str) -> str:
    """Return a name for comparing: spaces, case and widths set aside, signs kept."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(folded.split())


@dataclass(slots=True)
class HeldSeat:
    """A membership as it is; `sat` are the meetings that are over and on whose sheet it is.

    `goes_with` is the post whose holder has the seat, "" for a seat of a person's own.
    """

    id: int
    body_id: int
    values: dict[str, Any]
    organisation: str
    term: int | None
    goes_with: str = ""
    sat: list[tuple[str, dt.date]] = field(default_factory=list)


@dataclass(slots=True)
class HeldAffiliation:
    """An affiliation as it is."""

    id: int
    organisation: str
    values: dict[str, Any]


@dataclass(slots=True)
class HeldPerson:
    """A person as held, with everything a row may be compared with."""

    id: int
    values: dict[str, Any]
    aliases: list[str] = field(default_factory=list)
    seats: list[HeldSeat] = field(default_factory=list)
    affiliations: list[HeldAffiliation] = field(default_factory=list)

    @property
    def organisations(self) -> set[str]:
        """The names of where the person came or comes from."""
        named = {name_key(seat.organisation) for seat in self.seats if seat.organisation}
        return named | {name_key(one.organisation) for one in self.affiliations}


# What a row may say of a person and of a seat is what it is compared with.
PERSON_COLUMNS = tuple(field.column for field in FIELDS.values() if field.of == "person")
SEAT_COLUMNS = tuple(field.column for field in FIELDS.values() if field.of == "seat")


class Bodies:
    """The office's bodies by what they are or were called; `gone` is the day one was dissolved."""

    def __init__(self, read: Session) -> None:
        self.names: dict[int, tuple[str, str]] = {}
        self.gone: dict[int, dt.date] = {}
        self._any: dict[str, set[int]] = {}
        self._proper: dict[str, set[int]] = {}
        query = select(
            Body.id, Body.dissolved_on, Body.name_ko, Body.name_en, Body.short_ko, Body.short_en
        )
        for id, gone, *names in read.execute(query).all():
            if gone is not None:
                self.gone[id] = gone
            self.names[id] = (names[2], names[3])
            self._proper.setdefault(name_key(names[0]), set()).add(id)
            for name in names:
                self._call(name, id)
        for id, name in read.execute(select(BodyName.body_id, BodyName.name)).all():
            self._call(name, id)

    def called(self, name: str) -> set[int]:
        """Return the bodies of this proper name, else those that are or were called so."""
        key = name_key(name)
        return self._proper.get(key) or self._any.get(key, set())

    def _call(self, name: str, id: int) -> None:
        if name:
            self._any.setdefault(name_key(name), set()).add(id)


class Known:
    """The office's people by uid and name, its bodies, organisations and terms by name."""

    def __init__(self, read: Session, uids: Iterable[str], names: Iterable[str]) -> None:
        self.by_uid: dict[str, int] = {}
        self.by_name: dict[str, list[int]] = {}
        self.people: dict[int, HeldPerson] = {}
        self._read_people(read, set(uids), {name_key(name) for name in names})
        self.erased = set(read.scalars(select(Erasure.uid)))
        self.organisations = {
            name_key(name): (id, name)
            for id, name in read.execute(select(Organisation.id, Organisation.name_ko)).all()
        }
        self.posts = {
            (name_key(post), name_key(organisation or ""))
            for post, organisation in read.execute(
                select(Post.name_ko, Organisation.name_ko).outerjoin(
                    Organisation, Organisation.id == Post.organisation_id
                )
            ).all()
        }
        self.terms = {
            (body, number): id
            for id, body, number in read.execute(select(Term.id, Term.body_id, Term.number)).all()
        }
        bodies = Bodies(read)
        self.bodies_called = bodies.called
        self.body_names, self.gone = bodies.names, bodies.gone

    def _read_people(self, read: Session, uids: set[str], names: set[str]) -> None:
        everybody = select(
            Person.id, Person.uid, Person.name, Person.merged_into_id, Person.erased_on
        )
        into: dict[int, int] = {}
        found: set[int] = set()
        for id, uid, name, merged, erased in read.execute(everybody).all():
            if merged is not None:
                into[id] = merged
            if uid in uids:
                self.by_uid[uid] = id
                found.add(id)
            if merged is None and erased is None and name_key(name) in names:
                self.by_name.setdefault(name_key(name), []).append(id)
                found.add(id)
        for id, name in read.execute(select(PersonAlias.person_id, PersonAlias.name)).all():
            called = self.by_name.get(name_key(name), [])
            if name_key(name) in names and id not in into and id not in called:
                self.by_name.setdefault(name_key(name), []).append(id)
                found.add(id)
        for uid, id in self.by_uid.items():
            while id in into:
                id = into[id]
            self.by_uid[uid] = id
            found.add(id)
        self._read_details(read, sorted(found))

    def _read_details(self, read: Session, ids: list[int]) -> None:
        columns = [getattr(Person, name) for name in PERSON_COLUMNS]
        for block in _blocks(ids):
            for row in read.execute(select(Person.id, *columns).where(Person.id.in_(block))):
                self.people[row.id] = HeldPerson(row.id, dict(row._mapping))
            aliases = select(PersonAlias.person_id, PersonAlias.name).order_by(PersonAlias.id)
            for id, name in read.execute(aliases.where(PersonAlias.person_id.in_(block))):
                self.people[id].aliases.append(name)
            self._read_seats(read, block)
            self._read_affiliations(read, block)

    def _read_seats(self, read: Session, block: Sequence[int]) -> None:
        columns = [getattr(Membership, name) for name in SEAT_COLUMNS]
        goes_with = (
            select(func.min(Post.name_ko))
            .join(PostSeat, PostSeat.post_id == Post.id)
            .where(Post.id == Membership.post_id, PostSeat.body_id == Membership.body_id)
            .correlate(Membership)
            .scalar_subquery()
        )
        query = (
            select(
                func.coalesce(goes_with, "").label("goes_with"),
                Membership.id,
                Membership.person_id,
                Membership.body_id,
                Organisation.name_ko.label("organisation"),
                Term.number.label("term"),
                *columns,
            )
            .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
            .outerjoin(Term, Term.id == Membership.term_id)
            .where(Membership.person_id.in_(block))
            .order_by(Membership.starts_on, Membership.id)
        )
        seats: dict[int, HeldSeat] = {}
        for row in read.execute(query).mappings():
            held = {name: row[name] for name in SEAT_COLUMNS}
            seat = HeldSeat(
                row["id"],
                row["body_id"],
                held,
                row["organisation"] or "",
                row["term"],
                row["goes_with"],
            )
            seats[seat.id] = seat
            self.people[row["person_id"]].seats.append(seat)
        sat = (
            select(Attendance.membership_id, Meeting.title, Meeting.starts_at)
            .join(Meeting, Meeting.id == Attendance.meeting_id)
            .where(Attendance.person_id.in_(block), attendance.on_record())
        )
        for membership_id, title, at in read.execute(sat).all():
            if membership_id in seats:
                seats[membership_id].sat.append((title, clock.local(at).date()))

    def _read_affiliations(self, read: Session, block: Sequence[int]) -> None:
        query = (
            select(
                Affiliation.id,
                Affiliation.person_id,
                Affiliation.post,
                Affiliation.starts_on,
                Affiliation.ends_on,
                Organisation.name_ko,
            )
            .join(Organisation, Organisation.id == Affiliation.organisation_id)
            .where(Affiliation.person_id.in_(block))
            .order_by(Affiliation.id)
        )
        for row in read.execute(query).all():
            held = {"post": row.post, "starts_on": row.starts_on, "ends_on": row.ends_on}
            one = HeldAffiliation(row.id, row.name_ko, held)
            self.people[row.person_id].affiliations.append(one)


def _blocks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for at in range(0, len(ids), _BLOCK):
        yield ids[at : at + _BLOCK]
