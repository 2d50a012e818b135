"""Selects about bodies and people that return frozen rows."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from db import search
from db.schema.meetings import Attendance, Meeting
from db.schema.members import Body, BodyName, Membership, Organisation, Person
from db.vocab import Capacity, Gender, MeetingState, Presence
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import profiles, rules
from gwangju_desktop.members.rows import (
    BodyDetail,
    BodyNameRow,
    BodyRow,
    MarkRow,
    MemberDetail,
    MemberRow,
    MembershipRow,
)
from gwangju_desktop.text import N_

FAR = dt.date(9999, 12, 31)
MOST_HITS = 100_000


def holds(on: Any, row: Any = Membership) -> ColumnElement[bool]:
    """Return the condition that a membership holds on a day."""
    return and_(row.starts_on <= on, or_(row.ends_on.is_(None), row.ends_on >= on))


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
        balance=_balance(read, id, on),
        names=_names(read, id),
        rules=tuple(profiles.in_force(read, id, on).entries.values()),
    )


def member_ids(
    read: Session,
    *,
    on: dt.date | None = None,
    body_id: int | None = None,
    words: str = "",
    sort: str = "name",
    descending: bool = False,
) -> array[int]:
    """Return the ids of people in the order of a list.

    `on` None takes everybody, with or without a seat; `words` search names, posts and
    organisations, initial consonants too.
    """
    first = _first_membership(on, body_id)
    keys: dict[str, Any] = {
        "name": Person.name,
        "capacity": func.coalesce(Membership.capacity, ""),
        "starts_on": func.coalesce(Membership.starts_on, FAR),
        "ends_on": func.coalesce(Membership.ends_on, FAR),
        "appointments": func.coalesce(Membership.appointments, 0),
    }
    query = select(Person.id).select_from(Person).outerjoin(Membership, Membership.id == first)
    if body_id is not None or on is not None:
        query = query.where(Membership.id.is_not(None))
    if search.fold(words):
        query = query.where(Person.id.in_(_matching(read, words)))
    key = keys[sort]
    query = query.order_by(key.desc() if descending else key.asc(), Person.name, Person.id)
    return array("q", read.scalars(query).all())


def member_rows(
    read: Session, *, ids: Sequence[int], on: dt.date | None = None, body_id: int | None = None
) -> list[MemberRow]:
    """Return the rows of these people, in the order of `ids`."""
    asked = {"ids": list(ids), "on": on, "body_id": body_id}
    kind = (on is not None, body_id is not None)
    found = read.execute(_rows_asked(*kind), asked).mappings().all()
    sits = _bodies_of(read, _bodies_asked(kind[0]), asked)
    came = _came(read, _marks_asked(kind[1]), asked)
    rows = {
        row["id"]: MemberRow(
            **row,
            bodies=tuple(ko for ko, _en in sits.get(row["id"], ())),
            bodies_en=tuple(en for _ko, en in sits.get(row["id"], ())),
            came=came.get(row["id"]),
        )
        for row in found
    }
    return [rows[id] for id in ids if id in rows]


# A row is asked for on every edit, and making the statements costs more than carrying them out:
# each kind is made once, with parameters in the places of the days and ids.
_ON: Any = bindparam("on", type_=Date)
_BODY: Any = bindparam("body_id", type_=Integer)
_IDS: Any = bindparam("ids", type_=Integer, expanding=True)


@lru_cache
def _rows_asked(dated: bool, bodied: bool) -> Any:
    first = _first_membership(_ON if dated else None, _BODY if bodied else None)
    return (
        select(
            Person.id,
            Person.name,
            func.coalesce(Organisation.name_ko, "").label("organisation_ko"),
            func.coalesce(Organisation.name_en, "").label("organisation_en"),
            func.coalesce(Membership.post, "").label("post"),
            func.coalesce(Membership.role, "").label("role"),
            func.coalesce(Membership.capacity, "").label("capacity"),
            func.coalesce(Membership.voting, False).label("voting"),
            Membership.starts_on,
            Membership.ends_on,
            func.coalesce(Membership.appointments, 0).label("appointments"),
            Person.fictional,
            Person.phone,
        )
        .select_from(Person)
        .outerjoin(Membership, Membership.id == first)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(Person.id.in_(_IDS))
    )


@lru_cache
def _bodies_asked(dated: bool) -> Any:
    query = (
        select(Membership.person_id, Body.short_ko, Body.short_en)
        .join(Body, Body.id == Membership.body_id)
        .where(Membership.person_id.in_(_IDS))
        .order_by(Body.position, Membership.id)
    )
    return query.where(holds(_ON)) if dated else query


@lru_cache
def _marks_asked(bodied: bool) -> Any:
    query = (
        select(Attendance.person_id, Attendance.presence)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(Attendance.person_id.in_(_IDS), Meeting.state == MeetingState.CLOSED.value)
    )
    return query.where(Meeting.body_id == _BODY) if bodied else query


def members(
    read: Session, *, body_id: int | None = None, on: dt.date | None = None
) -> list[MemberRow]:
    """List the people of a body, or of all, in office on a day, by id; no day takes everybody."""
    if body_id is not None:
        body(read, id=body_id)
        on = on or clock.today()
    ids = sorted(member_ids(read, body_id=body_id, on=on))
    return member_rows(read, ids=ids, body_id=body_id, on=on)


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
        ).where(Person.id == id)
    )
    known = found.mappings().first()
    if known is None:
        raise UserError(N_("There is no person {id}."), hint=N_("See the list of members."), id=id)
    return MemberDetail(**known, memberships=_memberships(read, id), attendance=_marks(read, id))


def organisations(read: Session) -> list[str]:
    """List the Korean names of organisations, for completing what is typed."""
    return list(read.scalars(select(Organisation.name_ko).order_by(Organisation.name_ko)).all())


def people(read: Session) -> list[tuple[int, str]]:
    """List everybody's id and name, by name."""
    found = read.execute(select(Person.id, Person.name).order_by(Person.name, Person.id)).all()
    return [(row.id, row.name) for row in found]


def _first_membership(on: Any, body_id: Any) -> Any:
    """Return a correlated query for the one membership a person's row shows."""
    mine = aliased(Membership)
    query = select(func.min(mine.id)).where(mine.person_id == Person.id)
    if on is not None:
        query = query.where(holds(on, mine))
    if body_id is not None:
        query = query.where(mine.body_id == body_id)
    return query.correlate(Person).scalar_subquery()


def _matching(read: Session, words: str) -> list[int]:
    hits = search.find(read.connection(), words, MOST_HITS)
    of = {
        table: [ref for found, ref in hits if found == table]
        for table in ("person", "membership", "organisation")
    }
    seats = read.scalars(
        select(Membership.person_id).where(
            Membership.id.in_(of["membership"]) | Membership.organisation_id.in_(of["organisation"])
        )
    )
    return list({*of["person"], *seats.all()})


def _counts(read: Session, on: dt.date) -> dict[int, dict[str, int]]:
    found = read.execute(
        select(Membership.body_id, Membership.capacity, func.count())
        .where(holds(on))
        .group_by(Membership.body_id, Membership.capacity)
    )
    counts: dict[int, dict[str, int]] = {}
    for body_id, capacity, n in found.all():
        counts.setdefault(body_id, {})[capacity] = n
    return counts


def _balance(read: Session, body_id: int, on: dt.date) -> rules.Balance:
    found = read.execute(
        select(Person.gender, func.count())
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.body_id == body_id,
            Membership.capacity == Capacity.APPOINTED.value,
            holds(on),
        )
        .group_by(Person.gender)
    )
    counts = {row[0]: row[1] for row in found.all()}
    return rules.balance(
        counts.get(Gender.FEMALE.value, 0), counts.get(Gender.MALE.value, 0), counts.get(None, 0)
    )


def _names(read: Session, body_id: int) -> tuple[BodyNameRow, ...]:
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


def _bodies_of(
    read: Session, query: Any, asked: dict[str, Any]
) -> dict[int, list[tuple[str, str]]]:
    sits: dict[int, list[tuple[str, str]]] = {}
    for person_id, short_ko, short_en in read.execute(query, asked).all():
        names = sits.setdefault(person_id, [])
        if (short_ko, short_en) not in names:
            names.append((short_ko, short_en))
    return sits


def _came(read: Session, query: Any, asked: dict[str, Any]) -> dict[int, float]:
    marks: dict[int, list[bool]] = {}
    for person_id, presence in read.execute(query, asked).all():
        marks.setdefault(person_id, []).append(presence in (Presence.PRESENT, Presence.LEFT))
    return {person_id: sum(held) / len(held) for person_id, held in marks.items()}


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
        )
        .join(Body, Body.id == Membership.body_id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.person_id == person_id)
        .order_by(Membership.starts_on, Membership.id)
    )
    return tuple(MembershipRow(**row) for row in found.mappings())


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
