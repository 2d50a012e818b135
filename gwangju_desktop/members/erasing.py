"""Erase a person without return (개인정보 보호법 제21조), keeping what another law keeps.

Rows, index and journal payloads go; seats keep body, days and role, so that past counts and
quorums stay right; meetings that were held keep the name as their minutes have it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import erase as traces
from db.schema.access import Erasure
from db.schema.candidates import Candidate
from db.schema.meetings import Attendance, Meeting
from db.schema.members import Membership, Person
from db.schema.people import Affiliation, Consent, PersonAlias
from db.schema.posts import PostHolding
from db.store import Store, usecase
from gwangju_desktop import clock, unsaved
from gwangju_desktop.backups.why import Why, saved_first
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, writable
from gwangju_desktop.meetings import attendance
from gwangju_desktop.members import merging
from gwangju_desktop.members.memberships import leave_plans, withdraw
from gwangju_desktop.text import N_

NO_PERSON = N_("There is no person {id}.")
# A backup older than this is thrown away, and with it whom it still holds.
BACKUP_MONTHS = 13
_BLANK = {
    "hanja": "",
    "latin": "",
    "gender": None,
    "phone": "",
    "email": "",
    "note": "",
    "birth_decade": None,
    "disability": None,
    "youth": None,
}
_BLANK_SEAT = {
    "organisation_id": None,
    "post": "",
    "recommender": "",
    "appointment_number": "",
    "letter_on": None,
    "note": "",
}
_GOING: tuple[Any, ...] = (PersonAlias, Affiliation, Consent, Candidate)
# Notes and the like are looked for elsewhere only when nobody else would write the same.
_LEAST_PROSE = 12


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done: the journal's entry, what is left as codes of db.erase.scrub, old backups."""

    id: int
    entry: int
    meetings: int
    left: tuple[str, ...]
    backups: tuple[str, ...]


# --- who it is ------------------------------------------------------------------------------------


def same(read: Session, id: int) -> tuple[int, ...]:
    """Return a person's number, the surviving one first, and of all that were merged into it."""
    person = read.get(Person, id)
    if person is None:
        raise UserError(NO_PERSON, hint=N_("See the list of members."), id=id)
    while person.merged_into_id is not None:
        person = read.get_one(Person, person.merged_into_id)
    same, fresh = [person.id], [person.id]
    while fresh:
        merged = select(Person.id).where(Person.merged_into_id.in_(fresh)).order_by(Person.id)
        fresh = [number for number in read.scalars(merged).all() if number not in same]
        same += fresh
    return tuple(same)


def texts_of(read: Session, people: Sequence[int]) -> tuple[str, ...]:
    """Return what names these people or named them once: names, contact, longer notes."""
    connection = read.connection()
    persons: list[Any] = list(
        read.execute(select(Person.__table__).where(Person.id.in_(people))).mappings().all()
    )
    persons += traces.former(connection, people, Person.__tablename__)
    aliases: list[Any] = list(
        read.execute(select(PersonAlias.name).where(PersonAlias.person_id.in_(people))).mappings()
    )
    aliases += traces.former(connection, people, PersonAlias.__tablename__)
    names = _held(persons, "name", "hanja", "latin") | _held(aliases, "name")
    contact = _own(read, people, _held(persons, "phone"), Person.phone)
    contact |= _own(read, people, _held(persons, "email"), Person.email)
    notes = _own(read, people, _held(persons, "note"), Person.note)
    held = {text for text in names if len(text.strip()) > 1}
    held |= {text for text in contact if len(text.strip()) > 4}
    held |= {text for text in notes if len(text.strip()) >= _LEAST_PROSE}
    return tuple(sorted(held))


def _own(read: Session, people: Sequence[int], texts: set[str], column: Any) -> set[str]:
    """Return the texts nobody else has in this column: a shared telephone names nobody."""
    shared = select(column).where(column.in_(sorted(texts)), Person.id.not_in(people))
    return texts - set(read.scalars(shared).all())


def _held(rows: Iterable[Any], *keys: str) -> set[str]:
    # An image from before a conversion may lack a column.
    return {str(row.get(key) or "") for row in rows for key in keys}


# --- the act --------------------------------------------------------------------------------------


def erase(store: Store, *, id: int, reason: str = "") -> Outcome:
    """Erase a person for good and clean the files; a person erased before is cleaned up after.

    Raises UserError, and the faults of db.errors; nothing is half done.
    """
    with store.reading() as read:
        people = same(read, id)
        first, texts = people[0], texts_of(read, people)
        gone = read.get_one(Person, first).erased_on is not None
    if gone:
        return Outcome(first, 0, 0, store.scrub(), backups(store.office.place))
    changes, left = store.erase(erase_person, id=id, reason=reason)
    unsaved.forget(texts)
    kept = changes.value["meetings"]
    return Outcome(first, changes.id, kept, left, backups(store.office.place))


@saved_first(Why.ERASURE)
@usecase("Erase person", undoable=False)
def erase_person(tx: Session, *, id: int, reason: str = "") -> traces.Order:
    """Empty everything the office holds of a person; for `Store.erase` alone."""
    people = same(tx, id)
    texts = texts_of(tx, people)
    reason = writable(reason)
    if any(traces.says(reason, text) for text in texts):
        raise UserError(
            N_("The reason names the person."),
            hint=N_("It stays in the office, so write it without name and contact."),
        )
    today = clock.today()
    meetings = _keep_names(tx, people)
    bodies = _end_seats(tx, people, today)
    for kind in _GOING:
        for row in tx.scalars(select(kind).where(kind.person_id.in_(people))).all():
            tx.delete(row)
    for told_apart in merging.apart(tx, people):
        tx.delete(told_apart)
    _end_holdings(tx, people, today)
    for body_id in bodies:
        attendance.fit_body(tx, body_id)
    for number in people:
        person = found(tx, Person, number, NO_PERSON)
        change(person, {"name": "", "erased_on": today, **_BLANK})
        tx.add(
            Erasure(
                uid=person.uid,
                erased_at=clock.now(),
                reason=reason,
                kept={"meetings": meetings},
            )
        )
    tx.flush()
    return traces.Order(people, texts, {"people": list(people), "meetings": meetings})


def _keep_names(tx: Session, people: Sequence[int]) -> int:
    """Write the name on the sheets of meetings that were held; return how many there are."""
    held = tx.execute(
        select(Attendance, Person.name)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .join(Person, Person.id == Attendance.person_id)
        .where(Attendance.person_id.in_(people), attendance.on_record())
        .order_by(Attendance.id)
    ).all()
    for sheet, name in held:
        if sheet.recorded_name is None:
            sheet.recorded_name = name
    return len(held)


def _end_seats(tx: Session, people: Sequence[int], today: dt.date) -> list[int]:
    """Blank the seats; what holds today or later ends on the eve. Return the bodies touched."""
    seats = tx.scalars(
        select(Membership).where(Membership.person_id.in_(people)).order_by(Membership.id)
    ).all()
    eve = today - dt.timedelta(days=1)
    for seat in seats:
        change(seat, _BLANK_SEAT)
        leave_plans(tx, seat)
        if seat.ends_on is not None and seat.ends_on < today:
            continue
        last = max(filter(None, (eve, _last_sat(tx, seat))))
        if last < seat.starts_on:
            withdraw(tx, seat)
        else:
            change(seat, {"ends_on": last})
    return sorted({seat.body_id for seat in seats})


def _last_sat(tx: Session, seat: Membership) -> dt.date | None:
    """Return the day of the last meeting held with this seat."""
    moment = tx.scalar(
        select(func.max(Meeting.starts_at))
        .join(Attendance, Attendance.meeting_id == Meeting.id)
        .where(Attendance.membership_id == seat.id, attendance.on_record())
    )
    return clock.local(moment).date() if moment else None


def _end_holdings(tx: Session, people: Sequence[int], today: dt.date) -> None:
    """End the posts held with the seats that followed them; days gone by stay."""
    tx.flush()
    eve = today - dt.timedelta(days=1)
    holdings = select(PostHolding).where(PostHolding.person_id.in_(people))
    for row in tx.scalars(holdings.order_by(PostHolding.id)).all():
        if row.ends_on is not None and row.ends_on < today:
            continue
        sat = tx.scalar(
            select(func.max(Membership.ends_on)).where(
                Membership.person_id == row.person_id, Membership.post_id == row.post_id
            )
        )
        last = max(filter(None, (eve, sat)))
        if row.starts_on > last:
            tx.delete(row)
        else:
            row.ends_on = last


# --- afterwards -----------------------------------------------------------------------------------


def register(read: Session) -> list[str]:
    """Return the uids of everybody erased, to bring an old copy in line with."""
    return list(read.scalars(select(Erasure.uid).order_by(Erasure.id)).all())


def still_held(read: Session, uids: Iterable[str]) -> list[int]:
    """Return the numbers of people of a register whom this office still holds."""
    wanted = set(uids)
    known = select(Person.id, Person.uid).where(Person.erased_on.is_(None)).order_by(Person.id)
    return [row.id for row in read.execute(known).all() if row.uid in wanted]


def reapply(store: Store, uids: Iterable[str]) -> int:
    """Erase everybody of a register whom this office, an older copy, still holds; return how many."""
    wanted, done = set(uids), 0
    while True:
        with store.reading() as read:
            held = still_held(read, wanted)
        if not held:
            return done
        # One at a time: it may take others along that were merged into it.
        erase(store, id=held[0])
        done += 1


def backups(place: str) -> tuple[str, ...]:
    """Return the names of copies beside an office file that may still hold who was erased."""
    office = Path(place)
    if not office.is_file():
        return ()
    own = office.with_name(f"{office.name}.backups")
    copies = (copy.name for folder in (office.parent, own) for copy in folder.glob("*.gwbak"))
    # Other offices may lie in the same folder with copies of their own.
    return tuple(sorted(name for name in copies if name.startswith((office.name, "gw-"))))
