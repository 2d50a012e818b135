"""Everything entered of one person, as a row: names, contact, affiliations, consents."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.members import Organisation, Person
from db.schema.people import Affiliation, Consent, PersonAlias
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.people import NO_PERSON, PERSON_FIELDS
from gwangju_desktop.text import N_


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
        aliases=aliases(read, id),
        affiliations=affiliations(read, id),
        consents=consents(read, id),
    )


def aliases(read: Session, person_id: int) -> tuple[AliasRow, ...]:
    """List the other names of a person, the first entered first."""
    rows = read.execute(
        select(PersonAlias.id, PersonAlias.name)
        .where(PersonAlias.person_id == person_id)
        .order_by(PersonAlias.id)
    )
    return tuple(AliasRow(row.id, row.name) for row in rows.all())


def affiliations(read: Session, person_id: int) -> tuple[AffiliationRow, ...]:
    """List where a person works or worked, the earliest first."""
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


def consents(read: Session, person_id: int) -> tuple[ConsentRow, ...]:
    """List what a person agreed to, the earliest first."""
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
