"""What stands round a document of a meeting: its body, the office that prints, the day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.members import Body, Membership, Person
from gwangju_desktop import settings
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import bodies
from gwangju_desktop.text import N_, Words


@dataclass(frozen=True, slots=True)
class Issued:
    """A body as a document names it on a day, and the office; `sample` where people are made up."""

    body_ko: str
    body_en: str
    office_ko: str
    office_en: str
    on: dt.date
    sample: bool

    def name(self, say: Words) -> str:
        """Return the body's name."""
        return self.body_en if say.language == "en" and self.body_en else self.body_ko

    def office(self, say: Words) -> str:
        """Return the office that prints."""
        return self.office_en if say.language == "en" and self.office_en else self.office_ko


def issued(read: Session, *, body_id: int | None, on: dt.date) -> Issued:
    """Return what stands round a document of a body on a day, of the whole office without one.

    Raises UserError when there is no such body.
    """
    named = settings.values_on(read, on)
    office = (named[settings.OFFICE_NAME_KO], named[settings.OFFICE_NAME_EN])
    made_up = (
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(Person.fictional.is_(True))
        .limit(1)
    )
    if body_id is None:
        return Issued(*office, *office, on, read.scalar(made_up) is not None)
    body = read.get(Body, body_id)
    if body is None:
        raise UserError(
            N_("There is no body {id}."), hint=N_("See the list of bodies."), id=body_id
        )
    names = bodies.names_on(read, body_id, on)
    offices = (body.contact_office or office[0], body.contact_office or office[1])
    sample = read.scalar(made_up.where(Membership.body_id == body_id)) is not None
    return Issued(*names, *offices, on, sample)
