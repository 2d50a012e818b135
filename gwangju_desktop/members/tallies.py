"""Who sits in a body on a day, as the numbers its rules are judged by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from db.schema.members import Body, Membership, Organisation, Person
from db.schema.posts import Post
from db.vocab import Capacity, Gender, Role

MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody a verdict is about, with the number it is about."""

    id: int
    name: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Ending:
    """A term that ends on `ends_on`, `days` from the day asked for; `id` is the person's."""

    id: int
    membership_id: int
    name: str
    ends_on: dt.date
    days: int


@dataclass(frozen=True, slots=True)
class Tally:
    """The numbers of one body on one day.

    `enrolled` are the members in office (observers and a clerk without a vote are none), `voting`
    those with a vote. Sexes and youth are counted among the appointed; `officials` and
    `affiliation_unknown` among the enrolled.
    """

    enrolled: int = 0
    voting: int = 0
    appointed: int = 0
    women: int = 0
    men: int = 0
    sex_unknown: int = 0
    youth: int = 0
    youth_unknown: int = 0
    officials: int = 0
    affiliation_unknown: int = 0


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who would take a seat; of a known person, what the office knows comes first.

    The organisation is named by its id or by its Korean name.
    """

    person_id: int | None = None
    name: str = ""
    organisation_id: int | None = None
    organisation: str = ""
    gender: str | None = None
    youth: bool | None = None
    official: bool | None = None
    capacity: str = Capacity.APPOINTED.value
    role: str = Role.MEMBER.value
    voting: bool = True
    appointments: int = 1
    other_bodies: int | None = None


# Making an alias costs as much as a small query, and its columns come cheap the second time.
@lru_cache
def organisations() -> tuple[Any, Any]:
    """Return two aliases of Organisation: a seat's own, and that of the post it follows."""
    return aliased(Organisation), aliased(Organisation)


@lru_cache
def other_seats() -> tuple[Any, Any]:
    """Return aliases of Membership and Body, for the other seats of the same people."""
    return aliased(Membership), aliased(Body)


def seated(body_id: int, on: dt.date, without: Sequence[int] = ()) -> ColumnElement[bool]:
    """Return the condition that a membership holds in a body on a day and stays in the count."""
    condition = and_(
        Membership.body_id == body_id,
        Membership.starts_on <= on,
        or_(Membership.ends_on.is_(None), Membership.ends_on >= on),
    )
    return and_(condition, Membership.id.not_in(without)) if without else condition


def counted(*kinds: Any) -> Select[Any]:
    """Return the select of how many seats, `n`, are of each kind.

    `kinds` are columns of the seat, the person, the post and both `organisations`.
    """
    mine, posts = organisations()
    return (
        select(*kinds, func.count().label("n"))
        .select_from(Membership)
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(mine, mine.id == Membership.organisation_id)
        .outerjoin(Post, Post.id == Membership.post_id)
        .outerjoin(posts, posts.id == Post.organisation_id)
        .group_by(*kinds)
    )


def tally(
    read: Session,
    body_id: int,
    on: dt.date,
    newcomers: Iterable[Newcomer] = (),
    without: Sequence[int] = (),
) -> Tally:
    """Count a body's seats on a day, with those who would come and without those who would go."""
    mine, posts = organisations()
    kinds = (
        Membership.role,
        Membership.capacity,
        Membership.voting,
        Person.gender,
        Person.youth,
        func.coalesce(mine.official, posts.official).label("official"),
    )
    found = read.execute(counted(*kinds).where(seated(body_id, on, without)))
    so_far = Tally()
    for role, capacity, voting, gender, youth, official, n in found.all():
        so_far = _more(so_far, role, capacity, voting, gender, youth, official, n)
    for new in newcomers:
        so_far = _more(
            so_far, new.role, new.capacity, new.voting, new.gender, new.youth, new.official, 1
        )
    return so_far


def _more(
    counted: Tally,
    role: str,
    capacity: str,
    voting: bool,
    gender: str | None,
    youth: bool | None,
    official: bool | None,
    n: int,
) -> Tally:
    if role == Role.OBSERVER or (role == Role.SECRETARY and not voting):
        return counted
    counted = replace(
        counted,
        enrolled=counted.enrolled + n,
        voting=counted.voting + (n if voting else 0),
        officials=counted.officials + (n if official else 0),
        affiliation_unknown=counted.affiliation_unknown + (n if official is None else 0),
    )
    if capacity != Capacity.APPOINTED:
        return counted
    return replace(
        counted,
        appointed=counted.appointed + n,
        women=counted.women + (n if gender == Gender.FEMALE else 0),
        men=counted.men + (n if gender == Gender.MALE else 0),
        sex_unknown=counted.sex_unknown + (n if gender is None else 0),
        youth=counted.youth + (n if youth else 0),
        youth_unknown=counted.youth_unknown + (n if youth is None else 0),
    )


def newcomers(
    read: Session,
    people: Iterable[Any],
    body_id: int,
    on: dt.date,
    without: Sequence[int] = (),
) -> list[Newcomer]:
    """Read those who would come: objects or mappings with any of a Newcomer's attributes.

    A person who already sits in the body on that day is no newcomer.
    """
    asked = [one if isinstance(one, Newcomer) else _newcomer(one) for one in people]
    ids = [one.person_id for one in asked if one.person_id is not None]
    known = {
        row.id: row
        for row in read.execute(
            select(Person.id, Person.name, Person.gender, Person.youth).where(Person.id.in_(ids))
        )
    }
    officials = _officials(read, asked)
    here = set(read.scalars(select(Membership.person_id).where(seated(body_id, on, without))).all())
    made = []
    for one in asked:
        if one.person_id in here:
            continue
        person = known.get(one.person_id or 0)
        if person is not None:
            one = replace(
                one,
                name=person.name,
                gender=person.gender or one.gender,
                youth=one.youth if person.youth is None else person.youth,
            )
        official = officials.get(one.organisation_id, officials.get(one.organisation))
        if official is not None:
            one = replace(one, official=official)
        made.append(one)
    return made


def _officials(read: Session, asked: Iterable[Newcomer]) -> dict[int | str | None, bool]:
    """Say of each organisation named, by its id or Korean name, whether its people are officials."""
    ids = [one.organisation_id for one in asked if one.organisation_id is not None]
    names = [one.organisation for one in asked if one.organisation]
    rows = read.execute(
        select(Organisation.id, Organisation.name_ko, Organisation.official).where(
            Organisation.id.in_(ids) | Organisation.name_ko.in_(names)
        )
    )
    found: dict[int | str | None, bool] = {}
    for id, name, official in rows.all():
        found[id] = found[name] = official
    return found


def _newcomer(one: Any) -> Newcomer:
    held = one if isinstance(one, Mapping) else None
    values = {}
    for name in Newcomer.__slots__:
        value = held.get(name) if held is not None else getattr(one, name, None)
        if value is not None:
            values[name] = value
    return Newcomer(**values)


def of_unknown_sex(
    read: Session, body_id: int, on: dt.date, without: Sequence[int] = ()
) -> list[Named]:
    """Name the appointed members whose sex is not entered, at most the first twenty."""
    return _named(
        read,
        select(Person.id, Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(seated(body_id, on, without), *_appointed(), Person.gender.is_(None))
        .order_by(Person.name, Person.id)
        .limit(MOST_NAMED),
    )


def appointed_at_least(
    read: Session, body_id: int, on: dt.date, times: int, without: Sequence[int] = ()
) -> list[Named]:
    """Name the appointed members appointed so many times in a row, or more."""
    return _named(
        read,
        select(Person.id, Person.name, Membership.appointments)
        .join(Membership, Membership.person_id == Person.id)
        .where(seated(body_id, on, without), *_appointed(), Membership.appointments >= times)
        .order_by(Person.name, Person.id),
    )


def appointed_people(body_id: int, on: dt.date, without: Sequence[int] = ()) -> Any:
    """Return the select of the ids of a body's appointed members on a day."""
    return select(Membership.person_id).where(seated(body_id, on, without), *_appointed())


def endings(
    read: Session,
    on: dt.date,
    days: int,
    *,
    past: int = 0,
    body_id: int | None = None,
    without: Sequence[int] = (),
) -> list[tuple[int, Ending]]:
    """List the terms of appointed members that end within so many days, with their body's id.

    `past` also lists those that ended so many days ago at most. A seat that is held on already, or
    given up for another reason, is not listed.
    """
    later, _body = other_seats()
    followed = (
        select(later.id)
        .where(
            later.person_id == Membership.person_id,
            later.body_id == Membership.body_id,
            later.starts_on > Membership.ends_on,
        )
        .exists()
    )
    asked = (
        select(Membership.body_id, Person.id, Membership.id, Person.name, Membership.ends_on)
        .join(Person, Person.id == Membership.person_id)
        .where(
            *_appointed(),
            # Seats of people erased keep their days and have no reason.
            Person.erased_on.is_(None),
            Membership.end_reason.is_(None),
            Membership.starts_on <= on,
            Membership.ends_on >= on - dt.timedelta(days=past),
            Membership.ends_on <= on + dt.timedelta(days=days),
            ~followed,
        )
        .order_by(Membership.ends_on, Person.name, Membership.id)
    )
    if body_id is not None:
        asked = asked.where(Membership.body_id == body_id)
    if without:
        asked = asked.where(Membership.id.not_in(without))
    return [
        (row[0], Ending(row[1], row[2], row[3], row[4], (row[4] - on).days))
        for row in read.execute(asked).all()
        if row[4] is not None
    ]


def enrolled(seat: Any = Membership) -> ColumnElement[bool]:
    """Return the condition that a seat is a member's: no observer's, nor a clerk's without a vote."""
    clerk = and_(seat.role == Role.SECRETARY.value, seat.voting.is_(False))
    return and_(seat.role != Role.OBSERVER.value, ~clerk)


def _appointed() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a membership is an appointed member's, not an observer's."""
    return Membership.capacity == Capacity.APPOINTED.value, enrolled()


def _named(read: Session, asked: Any) -> list[Named]:
    return [Named(*row) for row in read.execute(asked).all()]
