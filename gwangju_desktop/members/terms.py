"""Terms of a body (제n기): their days, who belongs to one, and the next one opened from the last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.candidates import Candidate, SeatPlan
from db.schema.members import Body, Membership, Term
from db.store import usecase
from db.vocab import Capacity, Decision, EndReason
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import MEANWHILE, change, found, tidy
from gwangju_desktop.meetings import attendance
from gwangju_desktop.meetings.rules import GAP
from gwangju_desktop.members import precedence
from gwangju_desktop.members.memberships import edit_seat, of_whom, term_id_on
from gwangju_desktop.members.people import check_days
from gwangju_desktop.members.succession import usual_end
from gwangju_desktop.text import N_, NN_

FIELDS = ("number", "starts_on", "ends_on", "note")
NO_BODY = N_("There is no body {id}.")
NO_TERM = N_("There is no term {id}.")
DAY = dt.timedelta(days=1)
Days = tuple[dt.date, dt.date | None]


@dataclass(frozen=True, slots=True)
class TermRow:
    """One term: `members` appointed belong to it, `planned` seats were prepared for it.

    `done` says that everybody prepared for it, renewed or chosen, belongs to it.
    """

    id: int
    body_id: int
    number: int
    starts_on: dt.date
    ends_on: dt.date | None
    note: str
    members: int
    planned: int
    done: bool = False

    @property
    def preparing(self) -> bool:
        """Say whether the appointment of its members is still ahead."""
        return self.planned > 0 and not self.done


def terms(read: Session, *, body_id: int) -> list[TermRow]:
    """List the terms of a body, the earliest first."""
    return _rows(read, Term.body_id == body_id)


def term(read: Session, *, id: int) -> TermRow:
    """Return one term; raises UserError when there is none of this id."""
    rows = _rows(read, Term.id == id)
    if not rows:
        raise UserError(NO_TERM, hint=MEANWHILE, id=id)
    return rows[0]


def term_of(read: Session, body_id: int, on: dt.date) -> TermRow | None:
    """Return the term a body is in on a day."""
    held = term_id_on(read, body_id, on)
    return None if held is None else term(read, id=held)


def _rows(read: Session, which: Any) -> list[TermRow]:
    members = (
        select(func.count())
        .where(Membership.term_id == Term.id)
        .correlate(Term)
        .scalar_subquery()
        .label("members")
    )
    planned = (
        select(func.count())
        .where(SeatPlan.term_id == Term.id)
        .correlate(Term)
        .scalar_subquery()
        .label("planned")
    )
    asked = select(
        Term.id,
        Term.body_id,
        Term.number,
        Term.starts_on,
        Term.ends_on,
        Term.note,
        members,
        planned,
    )
    found_rows = read.execute(asked.where(which).order_by(Term.starts_on, Term.number))
    return [
        TermRow(**row, done=row["planned"] > 0 and _done(read, row["id"]))
        for row in found_rows.mappings().all()
    ]


def _done(read: Session, term_id: int) -> bool:
    """Say whether everybody renewed or chosen for a term belongs to it."""
    stay = select(Membership.person_id).join(SeatPlan, SeatPlan.membership_id == Membership.id)
    wanted = {
        *read.scalars(
            stay.where(SeatPlan.term_id == term_id, SeatPlan.decision == Decision.RENEW.value)
        ),
        *read.scalars(
            select(Candidate.person_id).where(
                Candidate.term_id == term_id, Candidate.chosen.is_(True)
            )
        ),
    }
    seated = set(read.scalars(select(Membership.person_id).where(Membership.term_id == term_id)))
    return bool(wanted) and wanted <= seated


# --- verbs


@usecase("Add term")
def add_term(
    tx: Session,
    *,
    body_id: int,
    starts_on: dt.date,
    number: int | None = None,
    ends_on: dt.date | None = None,
    note: str = "",
    take_members: bool = True,
) -> int:
    """Add a term of a body; without a number the next one, without a last day the rule's.

    With `take_members` the appointed who began in it and belong to no term belong to it from now
    on. Raises UserError for days inside another term and for a number given already.
    """
    body = found(tx, Body, body_id, NO_BODY)
    last = tx.scalar(select(func.max(Term.number)).where(Term.body_id == body.id)) or 0
    row = Term(
        body_id=body.id,
        number=last + 1 if number is None else number,
        starts_on=starts_on,
        ends_on=ends_on or usual_end(tx, body_id=body.id, starts_on=starts_on),
        note=tidy({"note": note}, ("note",))["note"],
    )
    _check(tx, row)
    tx.add(row)
    tx.flush()
    if take_members:
        assign_members(tx, id=row.id)
    return row.id


@usecase("Edit term")
def edit_term(tx: Session, *, id: int, with_members: bool = False, **values: Any) -> int:
    """Change a term's number, days or note.

    `with_members` lets the last days of those who leave with the term follow it, in one step; else
    other days are refused where memberships that lay in the term would not any more.
    """
    row = found(tx, Term, id, NO_TERM)
    before: Days = (row.starts_on, row.ends_on)
    change(row, tidy(values, FIELDS))
    _check(tx, row)
    tx.flush()
    if before != (row.starts_on, row.ends_on):
        _keep_members(tx, row, before, with_members)
    return id


def _keep_members(tx: Session, row: Term, before: Days, follow: bool) -> None:
    """Bring the memberships of a term in line with its new days, or refuse these."""
    members = select(Membership).where(Membership.term_id == row.id).order_by(Membership.id)
    inside = [seat for seat in tx.scalars(members).all() if _lies_in(seat, before)]
    early = [seat for seat in inside if seat.starts_on < row.starts_on]
    if early:
        raise UserError(
            NN_(
                "{n} membership of the term begins before {day:full}.",
                "{n} memberships of the term begin before {day:full}.",
            ),
            hint=N_("Choose an earlier first day, or change those memberships first."),
            n=len(early),
            day=row.starts_on,
        )
    if follow:
        _end_with_term(tx, row, inside, before[1])
        return
    late = [seat for seat in inside if not _lies_in(seat, (row.starts_on, row.ends_on))]
    if late:
        raise UserError(
            NN_(
                "{n} membership of the term goes on after {day:full}.",
                "{n} memberships of the term go on after {day:full}.",
            ),
            hint=N_("Let the members leave with the term, or end those memberships first."),
            n=len(late),
            day=row.ends_on,
        )


def _lies_in(seat: Membership, days: Days) -> bool:
    first, last = days
    return first <= seat.starts_on and (
        last is None or (seat.ends_on is not None and seat.ends_on <= last)
    )


def _end_with_term(
    tx: Session, row: Term, inside: Sequence[Membership], before: dt.date | None
) -> None:
    """Move the last days: of those who would go on longer, and of those who leave with the term."""
    new = (row.starts_on, row.ends_on)
    for seat in inside:
        leaves = seat.ends_on == before and seat.end_reason in (None, EndReason.TERM.value)
        if leaves or not _lies_in(seat, new):
            with of_whom(tx, seat.id):
                edit_seat(tx, id=seat.id, ends_on=row.ends_on)
    attendance.fit_body(tx, row.body_id)


@usecase("Remove term")
def remove_term(tx: Session, *, id: int) -> int:
    """Take a term away with its preparation; its members belong to no term from then on."""
    row = found(tx, Term, id, NO_TERM)
    for kind in (Candidate, SeatPlan):
        for prepared in tx.scalars(select(kind).where(kind.term_id == id).order_by(kind.id)).all():
            tx.delete(prepared)
    for seat in tx.scalars(select(Membership).where(Membership.term_id == id)).all():
        seat.term_id = None
    tx.flush()
    tx.delete(row)
    return id


@usecase("Assign members to the term")
def assign_members(tx: Session, *, id: int) -> int:
    """Let the appointed who began in a term and belong to none belong to it; return how many."""
    row = found(tx, Term, id, NO_TERM)
    began = [Membership.starts_on >= row.starts_on]
    if row.ends_on is not None:
        began.append(Membership.starts_on <= row.ends_on)
    free = select(Membership).where(
        Membership.body_id == row.body_id,
        Membership.capacity == Capacity.APPOINTED.value,
        Membership.term_id.is_(None),
        *began,
    )
    taken = tx.scalars(free.order_by(Membership.id)).all()
    for seat in taken:
        seat.term_id = row.id
    tx.flush()
    return len(taken)


@usecase("Open the new term")
def open_term(
    tx: Session,
    *,
    body_id: int,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> int:
    """Open the term after the last one: a seat to decide on for each appointed member and vacancy.

    It starts the day after the last term unless told otherwise. Those who hold a seat by their post
    simply stay. Raises UserError where the first term is missing or has no last day, and where the
    last term is itself still being prepared.
    """
    body = found(tx, Body, body_id, NO_BODY)
    known = terms(tx, body_id=body.id)
    if not known:
        raise UserError(
            N_("{body} has no term yet."),
            hint=N_("Enter the present term first; the next one is opened from it."),
            body=body.short_ko,
        )
    last = known[-1]
    if last.preparing:
        raise UserError(
            N_("Term {n} of {body} is being prepared already."),
            hint=N_("Appoint its members, or remove it first."),
            n=last.number,
            body=body.short_ko,
        )
    if starts_on is None and last.ends_on is None:
        raise UserError(
            N_("Term {n} has no last day."),
            hint=N_("Enter it, or name the first day."),
            n=last.number,
        )
    first = starts_on or (last.ends_on or last.starts_on) + DAY
    id = add_term(tx, body_id=body.id, starts_on=first, ends_on=ends_on, take_members=False)
    sitting = [
        seat
        for seat in precedence.ordered(tx, body.id, min(first - DAY, last.ends_on or first - DAY))
        if seat.capacity == Capacity.APPOINTED and seat.enrolled
    ]
    for n, seat in enumerate(sitting, 1):
        tx.add(
            SeatPlan(
                term_id=id, membership_id=seat.membership_id, field=seat.field, position=n * GAP
            )
        )
    _add_vacant(tx, body, id, first, len(sitting))
    tx.flush()
    return id


def _add_vacant(tx: Session, body: Body, term_id: int, first: dt.date, sitting: int) -> None:
    """Plan the seats nobody holds, up to the body's legal number of seats."""
    if body.seats is None:
        return
    stay = sum(
        seat.capacity == Capacity.EX_OFFICIO and seat.enrolled
        for seat in precedence.ordered(tx, body.id, first - DAY)
    )
    for n in range(sitting + 1, body.seats - stay + 1):
        tx.add(
            SeatPlan(
                term_id=term_id,
                membership_id=None,
                position=n * GAP,
                decision=Decision.REPLACE.value,
            )
        )


def _check(tx: Session, row: Term) -> None:
    """Refuse days and numbers that another term of the body has."""
    check_days(row.starts_on, row.ends_on)
    if row.number < 1:
        raise UserError(N_("A term has a number from 1."), hint=N_("The first term is 1."))
    with tx.no_autoflush:
        others = tx.scalars(
            select(Term).where(Term.body_id == row.body_id).order_by(Term.starts_on)
        ).all()
    for other in others:
        if other is row:
            continue
        if other.number == row.number:
            raise UserError(
                N_("There is already a term {n}, from {start:full}."),
                hint=N_("Give it another number."),
                n=other.number,
                start=other.starts_on,
            )
        if (row.ends_on is None or other.starts_on <= row.ends_on) and (
            other.ends_on is None or row.starts_on <= other.ends_on
        ):
            raise UserError(
                N_("Those days lie in term {n} ({start:full} to {end:full})."),
                hint=N_("Choose days outside it, or end it earlier."),
                n=other.number,
                start=other.starts_on,
                end=other.ends_on or row.ends_on or row.starts_on,
            )


def upcoming(read: Session, *, body_id: int) -> TermRow | None:
    """Return the term of a body that is being prepared, else its next one, else the present one."""
    known = terms(read, body_id=body_id)
    prepared = [row for row in known if row.preparing]
    if prepared:
        return prepared[-1]
    ahead = [row for row in known if row.ends_on is None or row.ends_on >= clock.today()]
    return ahead[-1] if ahead else (known[-1] if known else None)
