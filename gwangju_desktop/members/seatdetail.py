"""One seat of a body whole, for its form."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from db.schema.members import Body, Membership, Organisation, Person, Term
from db.schema.posts import Post, PostSeat
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import MEANWHILE
from gwangju_desktop.members.memberships import NO_MEMBERSHIP


@dataclass(frozen=True, slots=True)
class SeatDetail:
    """Everything entered of one seat; `follows` is the post whose holder has it, or ""."""

    id: int
    person_id: int
    person: str
    body_id: int
    body_ko: str
    body_en: str
    organisation_ko: str
    post: str
    role: str
    capacity: str
    voting: bool
    starts_on: dt.date
    ends_on: dt.date | None
    end_reason: str | None
    appointments: int
    term: int | None
    field: str
    channel: str
    recommender: str
    appointment_number: str
    letter_on: dt.date | None
    note: str
    follows: str


def detail(read: Session, *, id: int) -> SeatDetail:
    """Return everything entered of one seat; raises UserError when there is none of this id."""
    goes_with = (
        select(PostSeat.id)
        .where(PostSeat.post_id == Membership.post_id, PostSeat.body_id == Membership.body_id)
        .exists()
    )
    found_rows = read.execute(
        select(
            Membership.id,
            Membership.person_id,
            Person.name.label("person"),
            Membership.body_id,
            Body.short_ko.label("body_ko"),
            Body.short_en.label("body_en"),
            func.coalesce(Organisation.name_ko, "").label("organisation_ko"),
            Membership.post,
            Membership.role,
            Membership.capacity,
            Membership.voting,
            Membership.starts_on,
            Membership.ends_on,
            Membership.end_reason,
            Membership.appointments,
            Term.number.label("term"),
            Membership.field,
            Membership.channel,
            Membership.recommender,
            Membership.appointment_number,
            Membership.letter_on,
            Membership.note,
            case((goes_with, Post.name_ko), else_="").label("follows"),
        )
        .join(Person, Person.id == Membership.person_id)
        .join(Body, Body.id == Membership.body_id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .outerjoin(Term, Term.id == Membership.term_id)
        .outerjoin(Post, Post.id == Membership.post_id)
        .where(Membership.id == id)
    )
    row = found_rows.mappings().first()
    if row is None:
        raise UserError(NO_MEMBERSHIP, hint=MEANWHILE, id=id)
    return SeatDetail(**row)
