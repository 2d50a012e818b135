"""People: their names and other names, and what they consented to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import search
from db.schema.members import Membership, Organisation, Person
from db.schema.people import Consent, PersonAlias
from db.store import usecase
from db.vocab import ConsentField, ConsentPurpose, Gender
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.text import N_

PERSON_FIELDS = (
    "name",
    "hanja",
    "latin",
    "gender",
    "phone",
    "email",
    "note",
    "fictional",
    "birth_decade",
    "disability",
    "youth",
)
# A person born before this is not in office; the first year of a decade is entered.
FIRST_DECADE, LAST_DECADE = 1900, 2020
NO_NAME = N_("A name is needed.")
NO_PERSON = N_("There is no person {id}.")
NO_ALIAS = N_("There is no other name {id}.")
NO_CONSENT = N_("There is no consent {id}.")
BACKWARDS = N_("The last day ({end:full}) is before the first ({start:full}).")


def check_days(start: dt.date | None, end: dt.date | None) -> None:
    """Raise UserError when a last day is before the first."""
    if start is not None and end is not None and end < start:
        raise UserError(BACKWARDS, hint=N_("Correct one of the two."), start=start, end=end)


def living(tx: Session, id: int) -> Person:
    """Return a person that is neither erased nor merged into another; raises UserError."""
    person = found(tx, Person, id, NO_PERSON)
    if person.merged_into_id is not None or person.erased_on is not None:
        raise UserError(NO_PERSON, hint=N_("See the list of members."), id=id)
    return person


# --- people


@usecase("Add person")
def add_person(tx: Session, *, name: str, **values: Any) -> int:
    """Add somebody who holds no seat yet."""
    fields = _person_fields({"name": name, **values})
    fields.setdefault("gender", None)
    person = Person(**fields)
    tx.add(person)
    tx.flush()
    return person.id


@usecase("Edit person")
def edit_person(tx: Session, *, id: int, **values: Any) -> int:
    """Change what is known of a person."""
    change(living(tx, id), _person_fields(values))
    return id


def _person_fields(values: dict[str, Any]) -> dict[str, Any]:
    fields = tidy(values, PERSON_FIELDS)
    if "name" in fields:
        required(fields["name"], NO_NAME)
    if fields.get("gender") is not None:
        fields["gender"] = Gender(fields["gender"]).value
    decade = fields.get("birth_decade")
    if decade is not None and (decade % 10 or not FIRST_DECADE <= decade <= LAST_DECADE):
        raise UserError(
            N_("{decade} is no decade of birth."),
            hint=N_("Give the first of ten years, from {first} to {last}; not the birthday."),
            decade=str(decade),
            first=str(FIRST_DECADE),
            last=str(LAST_DECADE),
        )
    return fields


# --- other names


@usecase("Add another name of the person")
def add_alias(tx: Session, *, person_id: int, name: str) -> int:
    """Give a person another name; one known already is not added twice."""
    person = living(tx, person_id)
    kept = required(tidy({"name": name}, ("name",))["name"], NO_NAME)
    same = tx.scalars(
        select(PersonAlias).where(PersonAlias.person_id == person.id, PersonAlias.name == kept)
    ).first()
    if kept == person.name or same is not None:
        raise UserError(
            N_("{name} is known by this name already."),
            hint=N_("Enter another spelling, or leave it as it is."),
            name=person.name,
        )
    row = PersonAlias(person_id=person.id, name=kept)
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Remove another name of the person")
def remove_alias(tx: Session, *, id: int) -> int:
    """Take another name away."""
    tx.delete(found(tx, PersonAlias, id, NO_ALIAS))
    return id


# --- consents


@usecase("Record consent")
def give_consent(
    tx: Session, *, person_id: int, field: str, purpose: str, given_on: dt.date, note: str = ""
) -> int:
    """Note that a person agreed to one field of data for one purpose, from a day on.

    Refuses a second consent to the same while the first is not withdrawn (각각의 동의: 제22조).
    """
    person = living(tx, person_id)
    what = {"field": ConsentField(field).value, "purpose": ConsentPurpose(purpose).value}
    texts = tidy({"note": note}, ("note",))
    open_one = tx.scalars(
        select(Consent).where(
            Consent.person_id == person.id,
            Consent.field == what["field"],
            Consent.purpose == what["purpose"],
            Consent.withdrawn_on.is_(None),
        )
    ).first()
    if open_one is not None:
        raise UserError(
            N_("{name} agreed to this on {day:full}."),
            hint=N_("Withdraw that consent first."),
            name=person.name,
            day=open_one.given_on,
        )
    row = Consent(person_id=person.id, given_on=given_on, **what, **texts)
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Withdraw consent")
def withdraw_consent(tx: Session, *, id: int, on: dt.date) -> int:
    """Note the day a consent was withdrawn; the data itself is taken away by the office."""
    row = found(tx, Consent, id, NO_CONSENT)
    if row.withdrawn_on is not None:
        raise UserError(
            N_("This consent was withdrawn on {day:full} already."),
            hint=N_("Record a new consent if the person agreed again."),
            day=row.withdrawn_on,
        )
    check_days(row.given_on, on)
    row.withdrawn_on = on
    return id


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody to choose: the name, and what tells namesakes apart."""

    id: int
    name: str
    organisation: str


def lookup(read: Session, *, words: str, most: int = 20) -> list[Known]:
    """List people whose name holds these words or initial consonants, by name."""
    found_ids = [
        ref for table, ref in search.find(read.connection(), words, 20 * most) if table == "person"
    ]
    seat = (
        select(func.max(Membership.id))
        .where(Membership.person_id == Person.id)
        .correlate(Person)
        .scalar_subquery()
    )
    rows = read.execute(
        select(Person.id, Person.name, func.coalesce(Organisation.name_ko, ""))
        .outerjoin(Membership, Membership.id == seat)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Person.id.in_(found_ids), Person.merged_into_id.is_(None), Person.erased_on.is_(None)
        )
        .order_by(Person.name, Person.id)
        .limit(most)
    )
    return [Known(*row) for row in rows.all()]
