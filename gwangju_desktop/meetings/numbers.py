"""Numbers of meetings (제n회) and items (의안번호): drawn once, never given to anything else.

A body's format says whether its count starts anew each year (it names the year) or goes on.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem, Meeting
from db.schema.sittings import DrawnNumber
from db.vocab import BodyRuleKey, DrawnKind, ItemState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import profiles
from gwangju_desktop.text import N_

RULES = {DrawnKind.MEETING: BodyRuleKey.MEETING_NUMBER, DrawnKind.ITEM: BodyRuleKey.ITEM_NUMBER}


class Drawn(NamedTuple):
    """A number as given out; `year` is 0 where the count goes on over the years."""

    year: int
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Given:
    """One line of the book of numbers; `gap` is why nothing was held or decided under it."""

    id: int
    kind: str
    year: int
    number: int
    text: str
    subject_id: int
    title: str
    drawn_at: dt.datetime
    gap: str


def year_of(form: str, day: dt.date) -> int:
    """Return the year a format counts in on a day, 0 for a format that names none."""
    return day.year if "{YYYY}" in form or "{YY}" in form else 0


def written(form: str, number: int, day: dt.date) -> str:
    """Write a number in a body's format ("제{YYYY}-{n}호")."""
    return (
        form.replace("{YYYY}", str(day.year))
        .replace("{YY}", f"{day.year % 100:02}")
        .replace("{n}", str(number))
    )


def form_of(read: Session, body_id: int, kind: str, day: dt.date) -> str:
    """Return the format in which a body numbers its meetings or items on a day."""
    held: str = profiles.in_force(read, body_id, day).value(RULES[DrawnKind(kind)])
    return held


def upcoming(
    read: Session, *, body_id: int, kind: str, day: dt.date, subject_id: int | None = None
) -> Drawn:
    """Return the number that would be drawn next, without drawing it.

    A subject that was given one before, and taken back since, gets its own again.
    """
    held = _of(read, kind, subject_id) if subject_id is not None else None
    if held is not None:
        return Drawn(held.year, held.number, held.text)
    form = form_of(read, body_id, kind, day)
    year = year_of(form, day)
    number = _last(read, body_id, kind, year) + 1
    return Drawn(year, number, written(form, number, day))


def draw(
    tx: Session,
    body_id: int,
    kind: str,
    day: dt.date,
    subject_id: int,
    number: int | None = None,
) -> Drawn:
    """Give a meeting or an item its number for good; the same subject gets its own one again.

    `number` is one given by hand (a register taken over): refused when it was drawn already.
    """
    held = _of(tx, kind, subject_id)
    if held is not None:
        return Drawn(held.year, held.number, held.text)
    form = form_of(tx, body_id, kind, day)
    year = year_of(form, day)
    if number is None:
        number = _last(tx, body_id, kind, year) + 1
    else:
        refuse_drawn(tx, body_id, kind, day, number, subject_id)
    text = written(form, number, day)
    tx.add(
        DrawnNumber(
            body_id=body_id,
            kind=DrawnKind(kind).value,
            year=year,
            number=number,
            text=text,
            subject_id=subject_id,
            drawn_at=clock.now(),
        )
    )
    tx.flush()
    return Drawn(year, number, text)


def refuse_drawn(
    tx: Session, body_id: int, kind: str, day: dt.date, number: int, subject_id: int | None
) -> None:
    """Raise UserError when a number typed by hand was given to something else before."""
    year = year_of(form_of(tx, body_id, kind, day), day)
    taken = tx.scalars(
        select(DrawnNumber).where(
            DrawnNumber.body_id == body_id,
            DrawnNumber.kind == DrawnKind(kind).value,
            DrawnNumber.year == year,
            DrawnNumber.number == number,
        )
    ).first()
    if taken is not None and taken.subject_id != subject_id:
        raise UserError(
            N_("The number {number} was given out before."),
            hint=N_("A number is never used again; the next free one is {free}."),
            number=taken.text,
            free=_last(tx, body_id, kind, year) + 1,
        )


def is_drawn(read: Session, body_id: int, kind: str, year: int, number: int) -> bool:
    """Say whether a number of a count was given to anything."""
    found = select(DrawnNumber.id).where(
        DrawnNumber.body_id == body_id,
        DrawnNumber.kind == DrawnKind(kind).value,
        DrawnNumber.year == year,
        DrawnNumber.number == number,
    )
    return read.scalar(found) is not None


def explain(tx: Session, kind: str, subject_id: int, why: str) -> None:
    """Note why nothing was held or decided under a number; an empty `why` takes the note back."""
    held = _of(tx, kind, subject_id)
    if held is not None and held.gap != why:
        held.gap = why


def text_of(read: Session, kind: str, subject_id: int) -> str:
    """Return the number a meeting or an item was given, as it is written; "" for none."""
    held = _of(read, kind, subject_id)
    return "" if held is None else held.text


def book(read: Session, *, body_id: int) -> list[Given]:
    """List all numbers a body has given out, by kind, year and number, with what they name."""
    rows = read.execute(
        select(
            DrawnNumber.__table__,
            Meeting.title.label("meeting"),
            AgendaItem.title,
            AgendaItem.state,
            AgendaItem.remark,
        )
        .outerjoin(
            Meeting,
            (DrawnNumber.kind == DrawnKind.MEETING.value) & (Meeting.id == DrawnNumber.subject_id),
        )
        .outerjoin(
            AgendaItem,
            (DrawnNumber.kind == DrawnKind.ITEM.value) & (AgendaItem.id == DrawnNumber.subject_id),
        )
        .where(DrawnNumber.body_id == body_id)
        .order_by(DrawnNumber.kind, DrawnNumber.year, DrawnNumber.number)
    )
    return [
        Given(
            row.id,
            row.kind,
            row.year,
            row.number,
            row.text,
            row.subject_id,
            row.meeting or row.title or "",
            clock.local(row.drawn_at),
            row.gap or (row.remark if row.state == ItemState.WITHDRAWN else ""),
        )
        for row in rows
    ]


def _of(tx: Session, kind: str, subject_id: int) -> DrawnNumber | None:
    return tx.scalars(
        select(DrawnNumber).where(
            DrawnNumber.kind == DrawnKind(kind).value, DrawnNumber.subject_id == subject_id
        )
    ).first()


def _last(read: Session, body_id: int, kind: str, year: int) -> int:
    """Return the highest number of a count, also of meetings numbered by hand before a notice."""
    drawn = read.scalar(
        select(func.max(DrawnNumber.number)).where(
            DrawnNumber.body_id == body_id,
            DrawnNumber.kind == DrawnKind(kind).value,
            DrawnNumber.year == year,
        )
    )
    if kind != DrawnKind.MEETING:
        return drawn or 0
    held = read.scalar(
        select(func.max(Meeting.number)).where(
            Meeting.body_id == body_id, Meeting.number_year == year
        )
    )
    return max(drawn or 0, held or 0)
