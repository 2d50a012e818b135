"""Who agreed to what, since when; and of whom contact data is held without a consent written down."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.schema.members import Person
from db.schema.people import Consent


@dataclass(frozen=True, slots=True)
class Agreed:
    """A kind of data and a purpose: how many agree, how many took it back, since when."""

    field: str
    purpose: str
    given: int
    withdrawn: int
    first: dt.date


@dataclass(frozen=True, slots=True)
class Overview:
    """All consents by data and purpose, and how many people are held `without` any in force."""

    agreed: tuple[Agreed, ...]
    without: int


def overview(read: Session) -> Overview:
    """Count the consents; a person erased or merged is not among them."""
    here = Person.erased_on.is_(None) & Person.merged_into_id.is_(None)
    rows = read.execute(
        select(
            Consent.field,
            Consent.purpose,
            func.count(),
            func.count(Consent.withdrawn_on),
            func.min(Consent.given_on),
        )
        .join(Person, Person.id == Consent.person_id)
        .where(here)
        .group_by(Consent.field, Consent.purpose)
        .order_by(Consent.field, Consent.purpose)
    ).all()
    held = select(Consent.id).where(Consent.person_id == Person.id, Consent.withdrawn_on.is_(None))
    bare = (
        select(func.count())
        .select_from(Person)
        .where(here, or_(Person.phone != "", Person.email != ""), ~held.exists())
    )
    agreed = tuple(Agreed(f, p, n - gone, gone, first) for f, p, n, gone, first in rows)
    return Overview(agreed, read.scalar(bare) or 0)
