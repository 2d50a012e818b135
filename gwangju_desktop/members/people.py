"""People and organisations: names, aliases, affiliations, what was consented to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import search
from db.schema.members import Membership, Organisation, Person
from db.schema.people import Affiliation, Consent, PersonAlias
from db.store import usecase
from db.vocab import ConsentField, ConsentPurpose, Gender, Sector
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
ORGANISATION_FIELDS = ("name_ko", "name_en", "sector", "official")
AFFILIATION_FIELDS = ("post", "starts_on", "ends_on")
# A person born before this is not in office; the first year of a decade is entered.
FIRST_DECADE, LAST_DECADE = 1900, 2020
NO_NAME = N_("A name is needed.")
NO_PERSON = N_("There is no person {id}.")
NO_ORGANISATION = N_("There is no organisation {id}.")
NO_ALIAS = N_("There is no other name {id}.")
NO_AFFILIATION = N_("There is no affiliation {id}.")
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


# --- organisations


def organisation_named(tx: Session, name_ko: str) -> Organisation | None:
    """Return the organisation of this Korean name."""
    return tx.scalars(select(Organisation).where(Organisation.name_ko == name_ko)).first()


def organisation_id(tx: Session, name: str) -> int | None:
    """Return the id of an organisation by its Korean name, adding it if need be; None for none."""
    name_ko = tidy({"organisation": name}, ("organisation",))["organisation"]
    if not name_ko:
        return None
    known = organisation_named(tx, name_ko)
    return known.id if known else add_organisation(tx, name_ko=name_ko)


@usecase("Add organisation")
def add_organisation(tx: Session, *, name_ko: str, **values: Any) -> int:
    """Add an organisation; its Korean name is its own."""
    fields = _organisation_fields({"name_ko": name_ko, **values})
    if organisation_named(tx, fields["name_ko"]) is not None:
        raise UserError(
            N_("There is already an organisation {name}."),
            hint=N_("Choose it from the list."),
            name=fields["name_ko"],
        )
    row = Organisation(**fields)
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Edit organisation")
def edit_organisation(tx: Session, *, id: int, **values: Any) -> int:
    """Change an organisation: its names, its sector, whether its people count as officials."""
    row = found(tx, Organisation, id, NO_ORGANISATION)
    fields = _organisation_fields(values)
    same = organisation_named(tx, fields["name_ko"]) if "name_ko" in fields else None
    if same is not None and same.id != id:
        raise UserError(
            N_("There is already an organisation {name}."),
            hint=N_("Choose it from the list."),
            name=fields["name_ko"],
        )
    change(row, fields)
    return id


def _organisation_fields(values: dict[str, Any]) -> dict[str, Any]:
    fields = tidy(values, ORGANISATION_FIELDS)
    if "name_ko" in fields:
        required(fields["name_ko"], NO_NAME)
    if fields.get("sector"):
        fields["sector"] = Sector(fields["sector"]).value
    return fields


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


# --- affiliations


@usecase("Add affiliation")
def add_affiliation(
    tx: Session,
    *,
    person_id: int,
    organisation: str,
    post: str = "",
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> int:
    """Note where a person works or worked; either day may be unknown."""
    person = living(tx, person_id)
    fields = tidy({"post": post, "starts_on": starts_on, "ends_on": ends_on}, AFFILIATION_FIELDS)
    check_days(starts_on, ends_on)
    row = Affiliation(
        person_id=person.id, organisation_id=_needed_organisation(tx, organisation), **fields
    )
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Edit affiliation")
def edit_affiliation(
    tx: Session, *, id: int, organisation: str | None = None, **values: Any
) -> int:
    """Change an affiliation."""
    row = found(tx, Affiliation, id, NO_AFFILIATION)
    fields = tidy(values, AFFILIATION_FIELDS)
    if organisation is not None:
        fields["organisation_id"] = _needed_organisation(tx, organisation)
    change(row, fields)
    check_days(row.starts_on, row.ends_on)
    return id


@usecase("Remove affiliation")
def remove_affiliation(tx: Session, *, id: int) -> int:
    """Take an affiliation away that was entered by mistake."""
    tx.delete(found(tx, Affiliation, id, NO_AFFILIATION))
    return id


def _needed_organisation(tx: Session, name: str) -> int:
    number = organisation_id(tx, name)
    if number is None:
        raise UserError(
            N_("The organisation is needed."),
            hint=N_("Enter its name; one not known yet is added."),
        )
    return number


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


# --- queries


@dataclass(frozen=True, slots=True)
class AliasRow:
    """Another name of a person."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class AffiliationRow:
    """Where a person works or worked."""

    id: int
    organisation_ko: str
    organisation_en: str
    post: str
    starts_on: dt.date | None
    ends_on: dt.date | None


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """What a person agreed to."""

    id: int
    field: str
    purpose: str
    given_on: dt.date
    withdrawn_on: dt.date | None
    note: str


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody to choose: the name, and what tells namesakes apart."""

    id: int
    name: str
    organisation: str


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """Everything entered of a person; seats and attendance stand in `queries.member`."""

    id: int
    name: str
    hanja: str
    latin: str
    gender: str | None
    phone: str
    email: str
    note: str
    fictional: bool
    birth_decade: int | None
    disability: bool | None
    youth: bool | None
    aliases: tuple[AliasRow, ...]
    affiliations: tuple[AffiliationRow, ...]
    consents: tuple[ConsentRow, ...]

    def agreed(self, field: str, purpose: str) -> bool:
        """Say whether a consent holds now for a field and a purpose."""
        return any(
            (row.field, row.purpose, row.withdrawn_on) == (field, purpose, None)
            for row in self.consents
        )


def record(read: Session, *, id: int) -> PersonRecord:
    """Return everything entered of a person; raises UserError when there is none of this id."""
    columns = (Person.id, *(getattr(Person, name) for name in PERSON_FIELDS))
    known = read.execute(
        select(*columns).where(
            Person.id == id, Person.merged_into_id.is_(None), Person.erased_on.is_(None)
        )
    )
    row = known.mappings().first()
    if row is None:
        raise UserError(NO_PERSON, hint=N_("See the list of members."), id=id)
    return PersonRecord(
        **row,
        aliases=_aliases(read, id),
        affiliations=_affiliations(read, id),
        consents=_consents(read, id),
    )


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


def _aliases(read: Session, person_id: int) -> tuple[AliasRow, ...]:
    rows = read.execute(
        select(PersonAlias.id, PersonAlias.name)
        .where(PersonAlias.person_id == person_id)
        .order_by(PersonAlias.id)
    )
    return tuple(AliasRow(row.id, row.name) for row in rows.all())


def _affiliations(read: Session, person_id: int) -> tuple[AffiliationRow, ...]:
    rows = read.execute(
        select(
            Affiliation.id,
            Organisation.name_ko.label("organisation_ko"),
            Organisation.name_en.label("organisation_en"),
            Affiliation.post,
            Affiliation.starts_on,
            Affiliation.ends_on,
        )
        .join(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(Affiliation.person_id == person_id)
        .order_by(func.coalesce(Affiliation.starts_on, dt.date.min), Affiliation.id)
    )
    return tuple(AffiliationRow(**row) for row in rows.mappings())


def _consents(read: Session, person_id: int) -> tuple[ConsentRow, ...]:
    rows = read.execute(
        select(
            Consent.id,
            Consent.field,
            Consent.purpose,
            Consent.given_on,
            Consent.withdrawn_on,
            Consent.note,
        )
        .where(Consent.person_id == person_id)
        .order_by(Consent.given_on, Consent.id)
    )
    return tuple(ConsentRow(**row) for row in rows.mappings())
