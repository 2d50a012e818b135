"""The terms of all bodies on a calendar: the bodies' own, those of members that end, sunsets."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.members import Term
from gwangju_desktop.members import bodies, tallies
from gwangju_desktop.members.rows import TermSpan
from gwangju_desktop.members.tallies import Ending


@dataclass(frozen=True, slots=True)
class Lane:
    """One body: its terms (제n기), and whose term ends from a day on, the next first."""

    id: int
    depth: int
    kind: str
    name_ko: str
    name_en: str
    members: int
    founded_on: dt.date | None
    dissolved_on: dt.date | None
    sunset_on: dt.date | None
    terms: tuple[TermSpan, ...]
    ends: tuple[Ending, ...]


def lanes(read: Session, *, on: dt.date, days: int) -> list[Lane]:
    """List the bodies as the tree has them, with the terms that end within so many days."""
    terms: dict[int, list[TermSpan]] = {}
    rows = select(Term.body_id, Term.id, Term.number, Term.starts_on, Term.ends_on)
    for row in read.execute(rows.order_by(Term.starts_on, Term.id)).all():
        span = TermSpan(row.id, row.number, row.starts_on, row.ends_on)
        terms.setdefault(row.body_id, []).append(span)
    ends: dict[int, list[Ending]] = {}
    for body_id, ending in tallies.endings(read, on, days):
        ends.setdefault(body_id, []).append(ending)
    return [
        Lane(
            id=node.id,
            depth=node.depth,
            kind=node.kind,
            name_ko=node.name_ko,
            name_en=node.name_en,
            members=node.members,
            founded_on=node.founded_on,
            dissolved_on=node.dissolved_on,
            sunset_on=node.sunset_on,
            terms=tuple(terms.get(node.id, ())),
            ends=tuple(ends.get(node.id, ())),
        )
        for node in bodies.tree(read, on=on)
    ]
