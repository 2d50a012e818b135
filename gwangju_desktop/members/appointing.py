"""The appointment of a whole term in one step: who stays, who comes, who leaves on the eve."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.members import Membership
from db.store import usecase
from db.vocab import EndReason
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import attendance
from gwangju_desktop.members.memberships import seat, withdraw
from gwangju_desktop.members.preparation import (
    CandidateRow,
    Preparation,
    SeatPlanRow,
    hindrances,
    preparation,
)
from gwangju_desktop.members.seatrules import keep_closed_meetings
from gwangju_desktop.members.succession import KEPT
from gwangju_desktop.members.terms import TermRow
from gwangju_desktop.text import N_

DAY = dt.timedelta(days=1)
_NUMBER = re.compile(r"제(\d{4})-(\d+)호")


@usecase("Appoint the chosen members")
def appoint(tx: Session, *, term_id: int, on: dt.date | None = None) -> list[int]:
    """Appoint those renewed and those chosen on one day, by default the term's first.

    Memberships that go on past it end on the eve; each new one belongs to the term, ends with it
    and has the next appointment number. Returns the new memberships' ids. Raises UserError with
    everything that stands in the way.
    """
    plan = preparation(tx, term_id=term_id)
    reasons = hindrances(plan)
    if reasons:
        message, values = reasons[0]
        raise UserError(message, hint=N_("Finish the preparation of the term first."), **values)
    row = plan.term
    day = on or row.starts_on
    if day < row.starts_on or (row.ends_on is not None and day > row.ends_on):
        raise UserError(
            N_("{day:full} does not lie in the term."),
            hint=N_("It begins on {start:full}."),
            day=day,
            start=row.starts_on,
        )
    _end_old(tx, plan, day)
    tx.flush()
    numbers = _numbers(tx, row.body_id, day)
    made = [_renew(tx, row, seat_row, day, next(numbers)) for seat_row in plan.renewed]
    made += [_seat(tx, row, one, day, next(numbers)) for one in plan.chosen]
    attendance.fit_body(tx, row.body_id)
    return made


def _end_old(tx: Session, plan: Preparation, day: dt.date) -> None:
    """End the memberships of the old term on the eve; those that ended before get their reason."""
    for planned in plan.seats:
        if planned.membership_id is None:
            continue
        old = tx.get_one(Membership, planned.membership_id)
        if old.ends_on is None or old.ends_on >= day:
            old.ends_on = day - DAY
            if old.starts_on < day:
                keep_closed_meetings(tx, old)
        if old.end_reason is None:
            old.end_reason = EndReason.TERM.value
        if old.ends_on < old.starts_on:
            withdraw(tx, old)


def _renew(tx: Session, row: TermRow, planned: SeatPlanRow, day: dt.date, number: str) -> int:
    old = tx.get_one(Membership, planned.membership_id)
    kept = {name: getattr(old, name) for name in KEPT}
    made = seat(
        tx,
        person_id=old.person_id,
        body_id=row.body_id,
        starts_on=day,
        ends_on=row.ends_on,
        **{
            **kept,
            "field": planned.field or old.field,
            "term_id": row.id,
            "appointments": old.appointments + 1,
            "appointment_number": number,
            "channel": old.channel,
            "recommender": old.recommender,
        },
    )
    return made.id


def _seat(tx: Session, row: TermRow, one: CandidateRow, day: dt.date, number: str) -> int:
    made = seat(
        tx,
        person_id=one.person_id,
        body_id=row.body_id,
        starts_on=day,
        ends_on=row.ends_on,
        organisation_id=one.organisation_id,
        post=one.post,
        field=one.field,
        channel=one.channel,
        recommender=one.recommender,
        term_id=row.id,
        appointment_number=number,
    )
    return made.id


def _numbers(tx: Session, body_id: int, day: dt.date) -> Iterator[str]:
    """Yield the next appointment numbers of a body's year: 제2023-1호, 제2023-2호 …"""
    given = tx.scalars(
        select(Membership.appointment_number).where(
            Membership.body_id == body_id, Membership.appointment_number != ""
        )
    ).all()
    used = [
        int(match[2])
        for text in given
        if (match := _NUMBER.fullmatch(text)) and int(match[1]) == day.year
    ]
    n = max(used, default=0)
    while True:
        n += 1
        yield f"제{day.year}-{n}호"
