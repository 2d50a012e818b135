"""How many committees a person is appointed to, with a seat that is only thought of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.schema.members import Body, Person
from db.vocab import BodyKind, Capacity
from gwangju_desktop.members.tallies import Named, enrolled, other_seats


@dataclass(frozen=True, slots=True)
class Committees:
    """The committees of one person: others the office knows of, and all with a seat thought of."""

    known: int
    then: int


def committees_of(
    read: Session, on: dt.date, *, least: int, people: Any, body_id: int | None = None
) -> list[Named]:
    """Name those of `people` (ids or a select of them) appointed to so many committees, or more.

    Only members' seats by appointment in bodies of the kind committee count: the limit is on 위촉,
    and a subcommittee, working group or forum is no committee under the ordinance (domain 2.1).
    Seats in `body_id` are left out: the caller adds the seat that is only thought of.
    """
    seat, committee = other_seats()
    n = func.count(func.distinct(seat.body_id))
    asked = (
        select(Person.id, Person.name, n)
        .join(seat, seat.person_id == Person.id)
        .join(committee, committee.id == seat.body_id)
        .where(
            Person.id.in_(people),
            committee.kind == BodyKind.COMMITTEE.value,
            seat.capacity == Capacity.APPOINTED.value,
            enrolled(seat),
            seat.starts_on <= on,
            or_(seat.ends_on.is_(None), seat.ends_on >= on),
        )
        .group_by(Person.id, Person.name)
        .having(n >= least)
        .order_by(Person.name, Person.id)
    )
    if body_id is not None:
        asked = asked.where(seat.body_id != body_id)
    return [Named(*row) for row in read.execute(asked).all()]


def committees_then(
    read: Session,
    on: dt.date,
    *,
    body_id: int,
    said: Sequence[tuple[int | None, int | None]],
) -> list[Committees]:
    """Count the committees of people who would be appointed to a body, in the order of `said`.

    `said` are a person's id, None for somebody new, and how many other committees the person
    named; of that and what the office knows, the higher number counts. The body itself is one more
    only where it is a committee.
    """
    ids = sorted({id for id, others in said if id is not None})
    known = {
        one.id: one.count for one in committees_of(read, on, least=1, people=ids, body_id=body_id)
    }
    kind = read.scalar(select(Body.kind).where(Body.id == body_id)) if said else None
    here = int(kind == BodyKind.COMMITTEE.value)
    counted = []
    for id, others in said:
        held = known.get(id or 0, 0)
        counted.append(Committees(held, max(held, others or 0) + here))
    return counted
