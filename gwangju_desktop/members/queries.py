"""Selects about bodies and people that return frozen rows."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from db.schema.meetings import Attendance, Meeting
from db.schema.members import Body, BodyName, Membership, Organisation, Person, Term
from db.schema.posts import Post, PostHolding
from db.vocab import BodyRuleKey, Capacity, Gender
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import committees, listing, personrecord, profiles, rules, tallies
from gwangju_desktop.members.conditions import holds
from gwangju_desktop.members.memberships import term_id_on
from gwangju_desktop.members.rows import (
    BodyDetail,
    BodyNameRow,
    BodyRow,
    HeldPost,
    MarkRow,
    MemberDetail,
    MemberRow,
    MembershipRow,
    TermSpan,
)
from gwangju_desktop.text import N_

# A statement takes so many parameters only (SQLite 32,766, PostgreSQL 65,535).
_BLOCK = 500


def bodies(read: Session, *, on: dt.date | None = None) -> list[BodyRow]:
    """List bodies in their order, with how many sit in each on a day."""
    counts = _counts(read, on or clock.today())
    found = read.execute(
        select(
            Body.id,
            Body.parent_id,
            Body.kind,
            Body.name_ko,
            Body.name_en,
            Body.short_ko,
            Body.short_en,
            Body.founded_on,
            Body.dissolved_on,
            Body.seats,
        ).order_by(Body.position, Body.id)
    )
    rows = []
    for row in found.mappings():
        of_body = counts.get(row["id"], {})
        ex_officio = of_body.get(Capacity.EX_OFFICIO.value, 0)
        appointed = of_body.get(Capacity.APPOINTED.value, 0)
        rows.append(
            BodyRow(
                **row,
                members=ex_officio + appointed,
                ex_officio=ex_officio,
                appointed=appointed,
            )
        )
    return rows


def body(read: Session, *, id: int, on: dt.date | None = None) -> BodyDetail:
    """Return one body; raises UserError when there is none of this id."""
    on = on or clock.today()
    parent = aliased(Body)
    row = read.execute(
        select(
            Body.__table__,
            func.coalesce(parent.name_ko, "").label("parent_ko"),
            func.coalesce(parent.name_en, "").label("parent_en"),
        )
        .outerjoin(parent, parent.id == Body.parent_id)
        .where(Body.id == id)
    ).first()
    if row is None:
        raise UserError(N_("There is no body {id}."), hint=N_("See the list of bodies."), id=id)
    counts = _counts(read, on).get(id, {})
    ex_officio = counts.get(Capacity.EX_OFFICIO.value, 0)
    appointed = counts.get(Capacity.APPOINTED.value, 0)
    members = ex_officio + appointed
    held = profiles.in_force(read, id, on)
    return BodyDetail(
        id=id,
        parent_id=row.parent_id,
        parent_ko=row.parent_ko,
        parent_en=row.parent_en,
        kind=row.kind,
        name_ko=row.name_ko,
        name_en=row.name_en,
        short_ko=row.short_ko,
        short_en=row.short_en,
        founded_on=row.founded_on,
        dissolved_on=row.dissolved_on,
        seats=row.seats,
        ordinance=row.ordinance,
        note=row.note,
        members=members,
        ex_officio=ex_officio,
        appointed=appointed,
        vacant=None if row.seats is None else max(0, row.seats - members),
        balance=_balance(read, id, on, held.value(BodyRuleKey.GENDER_MOST)),
        names=names_of(read, id),
        rules=tuple(held.entries.values()),
        term=_term(read, id, on),
    )


def members(
    read: Session, *, body_id: int | None = None, on: dt.date | None = None
) -> list[MemberRow]:
    """List the people of a body, or of all, in office on a day, by id; no day takes everybody."""
    if body_id is not None:
        body(read, id=body_id)
        on = on or clock.today()
    ids = sorted(listing.member_ids(read, body_id=body_id, on=on))
    return [
        row
        for at in range(0, len(ids), _BLOCK)
        for row in listing.member_rows(read, ids=ids[at : at + _BLOCK], body_id=body_id, on=on)
    ]


def member(read: Session, *, id: int) -> MemberDetail:
    """Return one person; raises UserError when there is none of this id."""
    found = read.execute(
        select(
            Person.id,
            Person.name,
            Person.hanja,
            Person.latin,
            Person.gender,
            Person.phone,
            Person.email,
            Person.note,
            Person.fictional,
        ).where(Person.id == id, Person.erased_on.is_(None))
    )
    known = found.mappings().first()
    if known is None:
        raise UserError(N_("There is no person {id}."), hint=N_("See the list of members."), id=id)
    seats = committees.committees_of(read, clock.today(), least=1, people=[id])
    return MemberDetail(
        **known,
        memberships=_memberships(read, id),
        attendance=_marks(read, id),
        aliases=tuple(row.name for row in personrecord.aliases(read, id)),
        affiliations=personrecord.affiliations(read, id),
        posts=_posts(read, id),
        consents=personrecord.consents(read, id),
        committees=sum(one.count for one in seats),
    )


def organisations(read: Session) -> list[str]:
    """List the Korean names of organisations, for completing what is typed."""
    return list(read.scalars(select(Organisation.name_ko).order_by(Organisation.name_ko)).all())


def _counts(read: Session, on: dt.date) -> dict[int, dict[str, int]]:
    found = read.execute(
        select(Membership.body_id, Membership.capacity, func.count())
        .where(holds(on), tallies.enrolled())
        .group_by(Membership.body_id, Membership.capacity)
    )
    counts: dict[int, dict[str, int]] = {}
    for body_id, capacity, n in found.all():
        counts.setdefault(body_id, {})[capacity] = n
    return counts


def _balance(
    read: Session, body_id: int, on: dt.date, limit: tuple[int, int] | None
) -> rules.Balance:
    found = read.execute(
        select(Person.gender, func.count())
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.body_id == body_id,
            Membership.capacity == Capacity.APPOINTED.value,
            tallies.enrolled(),
            holds(on),
        )
        .group_by(Person.gender)
    )
    counts = {row[0]: row[1] for row in found.all()}
    return rules.balance(
        counts.get(Gender.FEMALE.value, 0),
        counts.get(Gender.MALE.value, 0),
        counts.get(None, 0),
        limit or (1, 1),
    )


def names_of(read: Session, body_id: int) -> tuple[BodyNameRow, ...]:
    """List the former and parallel names of a body."""
    found = read.execute(
        select(
            BodyName.id,
            BodyName.kind,
            BodyName.name,
            BodyName.language,
            BodyName.valid_from,
            BodyName.valid_to,
            BodyName.source,
        )
        .where(BodyName.body_id == body_id)
        .order_by(BodyName.id)
    )
    return tuple(BodyNameRow(**row) for row in found.mappings())


def _memberships(read: Session, person_id: int) -> tuple[MembershipRow, ...]:
    found = read.execute(
        select(
            Membership.id,
            Membership.body_id,
            Body.short_ko.label("body_ko"),
            Body.short_en.label("body_en"),
            func.coalesce(Organisation.name_ko, "").label("organisation_ko"),
            func.coalesce(Organisation.name_en, "").label("organisation_en"),
            Membership.post,
            Membership.role,
            Membership.capacity,
            Membership.voting,
            Membership.starts_on,
            Membership.ends_on,
            Membership.end_reason,
            Membership.appointments,
            Membership.field,
            Term.number.label("term"),
            Membership.post_id,
        )
        .join(Body, Body.id == Membership.body_id)
        .outerjoin(Term, Term.id == Membership.term_id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.person_id == person_id)
        .order_by(Membership.starts_on, Membership.id)
    )
    return tuple(MembershipRow(**row) for row in found.mappings())


def _posts(read: Session, person_id: int) -> tuple[HeldPost, ...]:
    found = read.execute(
        select(
            Post.id.label("post_id"),
            Post.name_ko,
            Post.name_en,
            PostHolding.starts_on,
            PostHolding.ends_on,
        )
        .join(Post, Post.id == PostHolding.post_id)
        .where(PostHolding.person_id == person_id)
        .order_by(PostHolding.starts_on, PostHolding.id)
    )
    return tuple(HeldPost(**row) for row in found.mappings())


def _term(read: Session, body_id: int, on: dt.date) -> TermSpan | None:
    held = term_id_on(read, body_id, on)
    if held is None:
        return None
    row = read.get_one(Term, held)
    return TermSpan(row.id, row.number, row.starts_on, row.ends_on)


def _marks(read: Session, person_id: int) -> tuple[MarkRow, ...]:
    found = read.execute(
        select(
            Attendance.meeting_id,
            Body.short_ko,
            Body.short_en,
            Meeting.number,
            Meeting.title,
            Meeting.starts_at,
            Meeting.state,
            Attendance.reply,
            Attendance.presence,
        )
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .join(Body, Body.id == Meeting.body_id)
        .where(Attendance.person_id == person_id)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return tuple(
        MarkRow(
            row.meeting_id,
            row.short_ko,
            row.short_en,
            row.number,
            row.title,
            clock.local(row.starts_at).date(),
            row.state,
            row.reply,
            row.presence,
        )
        for row in found.all()
    )
