"""Which seats a list of people is about, and which people no list shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, and_, bindparam, or_, select, union_all

from db.schema.access import Erasure
from db.schema.members import Membership, Person
from gwangju_desktop import clock

ON: Any = bindparam("on", type_=Date)
UNTIL: Any = bindparam("until", type_=Date)
BODY: Any = bindparam("body_id", type_=Integer)


def holds(on: Any, row: Any = Membership) -> ColumnElement[bool]:
    """Return the condition that a membership holds on a day."""
    return and_(row.starts_on <= on, or_(row.ends_on.is_(None), row.ends_on >= on))


def asked(seat: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters of the conditions that are wanted.

    `on` a day in office, `body_id`, `role`, `capacity`, `field`, `ending` so many days from `on`
    (or today) on within which the last day lies.
    """
    wanted = {name: value for name, value in seat.items() if value not in (None, "")}
    if days := wanted.pop("ending", None):
        wanted.setdefault("on", clock.today())
        wanted["until"] = wanted["on"] + dt.timedelta(days=int(days))
    return wanted


def on_seat(kinds: Sequence[str], row: Any = Membership) -> list[ColumnElement[bool]]:
    """Return the conditions on a seat, with parameters in the places of the values."""
    known: dict[str, ColumnElement[bool]] = {
        "on": holds(ON, row),
        "body_id": row.body_id == BODY,
        "role": row.role == bindparam("role"),
        "capacity": row.capacity == bindparam("capacity"),
        "field": row.field == bindparam("field"),
        "until": row.ends_on <= UNTIL,
    }
    return [known[name] for name in kinds]


def hidden() -> Select[Any]:
    """Select the people no list shows: merged into another, or erased."""
    # "> 0" and not "is not null", which no index serves; an erased one keeps its uid.
    merged = select(Person.id).where(Person.merged_into_id > 0)
    erased = select(Person.id).where(Person.uid.in_(select(Erasure.uid)))
    return select(union_all(merged, erased).subquery("hidden").c.id)
