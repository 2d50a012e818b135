"""What is refused of a seat: two at once, days a held meeting contradicts, a body that is gone."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import Attendance, Meeting
from db.schema.members import Body, Membership, Person
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import attendance
from gwangju_desktop.members import rules
from gwangju_desktop.text import N_

SITS_SINCE = N_("{name} already sits in {body} since {start:full}.")
SITS_FROM_TO = N_("{name} already sits in {body} from {start:full} to {end:full}.")
ON_THE_SHEET = N_("This membership is on the attendance sheet of {meeting} ({day:full}).")
VOTE_COUNTED = N_("The voting right of this seat was counted at {meeting} ({day:full}).")
GONE = N_("{body} was dissolved on {day:full}.")


def refuse_overlap(
    tx: Session,
    person: Person,
    body: Body,
    start: dt.date,
    end: dt.date | None,
    but: int | None = None,
) -> None:
    """Raise UserError, naming the dates, when a person sits in the body on one of these days."""
    others = select(Membership.id, Membership.starts_on, Membership.ends_on).where(
        Membership.person_id == person.id, Membership.body_id == body.id
    )
    for other in tx.execute(others.order_by(Membership.starts_on)).all():
        if other.id == but or not rules.overlap((start, end), (other.starts_on, other.ends_on)):
            continue
        raise UserError(
            SITS_SINCE if other.ends_on is None else SITS_FROM_TO,
            hint=N_("End that membership first, or choose days outside it."),
            name=person.name,
            body=rules.named(body.short_ko, body.short_en),
            start=other.starts_on,
            end=other.ends_on or other.starts_on,
        )


def refuse_gone(body: Body, end: dt.date | None) -> None:
    """Raise UserError, naming the day, when a seat would outlive the body it is in."""
    if body.dissolved_on is not None and not (end is not None and end <= body.dissolved_on):
        raise UserError(
            GONE,
            hint=N_("Choose days in which the body was there."),
            body=rules.named(body.name_ko, body.name_en),
            day=body.dissolved_on,
        )


def keep_closed_meetings(tx: Session, row: Membership) -> None:
    """Refuse days that would take a member off the sheet of a meeting that is over."""
    refuse_off_the_sheet(tx, row, (row.starts_on, row.ends_on))


def refuse_off_the_sheet(
    tx: Session, row: Membership, days: tuple[dt.date, dt.date | None] | None
) -> None:
    """Raise UserError when a held meeting has this seat on a day outside `days` (None: on any)."""
    for title, day in _held(tx, row):
        if days is None or not rules.in_office(*days, day):
            raise UserError(
                ON_THE_SHEET,
                hint=N_("Choose days that include it.")
                if days
                else N_("End the membership after that day instead of taking it away."),
                meeting=title,
                day=day,
            )


def keep_vote(tx: Session, row: Membership) -> None:
    """Raise UserError when a held meeting counted this seat's vote, or counted it as having none."""
    for title, day in _held(tx, row):
        raise UserError(
            VOTE_COUNTED,
            hint=N_("End the seat, and add another with the other voting right from then on."),
            meeting=title,
            day=day,
        )


def _held(tx: Session, row: Membership) -> list[tuple[str, dt.date]]:
    """Return the titles and days of the held meetings whose sheet has a seat, the earliest first."""
    sat = (
        select(Meeting.title, Meeting.starts_at)
        .join(Attendance, Attendance.meeting_id == Meeting.id)
        .where(Attendance.membership_id == row.id, attendance.on_record())
        .order_by(Meeting.starts_at)
    )
    return [(title, clock.local(starts_at).date()) for title, starts_at in tx.execute(sat).all()]
