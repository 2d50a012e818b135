"""What can be done to seats of bodies: appoint, change, end, take away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.schema.candidates import SeatPlan
from db.schema.meetings import Attendance
from db.schema.members import Body, Membership, Person, Term
from db.schema.posts import Post, PostSeat
from db.store import usecase
from db.vocab import Capacity, Channel, Decision, EndReason, Role
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, tidy
from gwangju_desktop.meetings import attendance
from gwangju_desktop.members.organisations import organisation_id
from gwangju_desktop.members.people import add_person, check_days, living
from gwangju_desktop.members.seatrules import (
    keep_closed_meetings,
    keep_vote,
    refuse_gone,
    refuse_off_the_sheet,
    refuse_overlap,
)
from gwangju_desktop.text import N_

MEMBERSHIP_FIELDS = (
    "post",
    "role",
    "capacity",
    "voting",
    "starts_on",
    "ends_on",
    "end_reason",
    "appointments",
    "organisation_id",
    "term_id",
    "post_id",
    "replaces_id",
    "field",
    "channel",
    "recommender",
    "appointment_number",
    "letter_on",
    "position",
    "note",
)
NO_BODY = N_("There is no body {id}.")
NO_MEMBERSHIP = N_("There is no membership {id}.")
GOES_WITH_POST = N_("This seat goes with the post {post}.")
DAY = dt.timedelta(days=1)
DAYS = ("starts_on", "ends_on")
# --- appointing


@usecase("Add membership")
def add_membership(
    tx: Session,
    *,
    person_id: int,
    body_id: int,
    starts_on: dt.date,
    capacity: str = Capacity.APPOINTED.value,
    ends_on: dt.date | None = None,
    organisation: str = "",
    **values: Any,
) -> int:
    """Seat a person in a body; an organisation not known yet is added by its name.

    Refuses a second seat of the same person in the body on the same day.
    """
    row = seat(
        tx,
        person_id=person_id,
        body_id=body_id,
        starts_on=starts_on,
        capacity=capacity,
        ends_on=ends_on,
        organisation=organisation,
        **values,
    )
    attendance.fit_body(tx, body_id)
    return row.id


def seat(
    tx: Session,
    *,
    person_id: int,
    body_id: int,
    starts_on: dt.date,
    capacity: str = Capacity.APPOINTED.value,
    ends_on: dt.date | None = None,
    organisation: str = "",
    **values: Any,
) -> Membership:
    """Do what `add_membership` does, but for the meetings ahead: for many seats in one step.

    The caller fits the body's meetings after the last one (`attendance.fit_body`).
    """
    person = living(tx, person_id)
    body = found(tx, Body, body_id, NO_BODY)
    fields = _fields({"starts_on": starts_on, "capacity": capacity, "ends_on": ends_on, **values})
    fields.setdefault("role", Role.MEMBER.value)
    fields.setdefault("end_reason", None)
    if organisation:
        fields["organisation_id"] = organisation_id(tx, organisation)
    check_days(starts_on, ends_on)
    refuse_gone(body, ends_on)
    refuse_overlap(tx, person, body, starts_on, ends_on)
    if capacity == Capacity.APPOINTED.value:
        fields.setdefault("term_id", term_id_on(tx, body.id, starts_on))
        fields.setdefault("appointments", _appointments(tx, person.id, body.id, starts_on))
    row = Membership(person_id=person.id, body_id=body.id, **fields)
    if row.role == Role.OBSERVER.value:
        row.voting = False
    tx.add(row)
    tx.flush()
    return row


@usecase("Add member")
def add_member(
    tx: Session,
    *,
    person: dict[str, Any],
    membership: dict[str, Any],
) -> int:
    """Add a person together with a seat in a body; return the person's id."""
    person_id = add_person(tx, **person)
    add_membership(tx, person_id=person_id, **membership)
    return person_id


def term_id_on(read: Session, body_id: int, day: dt.date) -> int | None:
    """Return the id of the body's term (제n기) that holds a day."""
    held = read.scalars(
        select(Term.id)
        .where(
            Term.body_id == body_id,
            Term.starts_on <= day,
            or_(Term.ends_on.is_(None), Term.ends_on >= day),
        )
        .order_by(Term.number.desc())
    )
    return held.first()


def _appointments(tx: Session, person_id: int, body_id: int, starts_on: dt.date) -> int:
    """Count appointments in a row: one more than the term that ended on the eve."""
    before = tx.scalars(
        select(Membership.appointments).where(
            Membership.person_id == person_id,
            Membership.body_id == body_id,
            Membership.capacity == Capacity.APPOINTED.value,
            Membership.ends_on == starts_on - DAY,
        )
    ).first()
    return (before or 0) + 1


# --- changing


@usecase("Edit membership")
def edit_membership(tx: Session, *, id: int, organisation: str | None = None, **values: Any) -> int:
    """Change a seat; its days keep covering the closed meetings it is on the sheet of.

    The days of a seat that follows a post are those of the post's holder, and are changed there.
    """
    row = edit_seat(tx, id=id, organisation=organisation, **values)
    attendance.fit_body(tx, row.body_id)
    return id


def edit_seat(
    tx: Session, *, id: int, organisation: str | None = None, **values: Any
) -> Membership:
    """Do what `edit_membership` does, but for the meetings ahead: for many seats in one step.

    The caller fits the body's meetings after the last one (`attendance.fit_body`).
    """
    row = found(tx, Membership, id, NO_MEMBERSHIP)
    fields = _fields(values)
    _refuse_days_of_post(tx, row, fields)
    if organisation is not None:
        fields["organisation_id"] = organisation_id(tx, organisation)
    body = tx.get_one(Body, row.body_id)
    had_vote, last = row.voting, row.ends_on
    change(row, fields)
    if row.role == Role.OBSERVER.value:
        change(row, {"voting": False})
    check_days(row.starts_on, row.ends_on)
    if row.ends_on != last:
        refuse_gone(body, row.ends_on)
    person = tx.get_one(Person, row.person_id)
    refuse_overlap(tx, person, body, row.starts_on, row.ends_on, but=row.id)
    keep_closed_meetings(tx, row)
    if row.voting != had_vote:
        keep_vote(tx, row)
    return row


@usecase("End membership")
def end_membership(tx: Session, *, id: int, ends_on: dt.date, reason: str) -> int:
    """End a seat on its last day, for a reason."""
    return edit_membership(tx, id=id, ends_on=ends_on, end_reason=EndReason(reason).value)


@usecase("Remove membership")
def remove_membership(tx: Session, *, id: int) -> int:
    """Take away a seat entered by mistake; one on the sheet of a held meeting stays."""
    row = found(tx, Membership, id, NO_MEMBERSHIP)
    _refuse_days_of_post(tx, row, {"ends_on": dt.date.min})
    withdraw(tx, row)
    attendance.fit_body(tx, row.body_id)
    return id


def withdraw(tx: Session, row: Membership) -> None:
    """Delete a seat with its places at meetings ahead; raises UserError when a meeting has it."""
    refuse_off_the_sheet(tx, row, None)
    for other in tx.scalars(select(Membership).where(Membership.replaces_id == row.id)).all():
        other.replaces_id = None
    leave_plans(tx, row)
    _spare_copies(tx, row)
    for place in tx.scalars(select(Attendance).where(Attendance.membership_id == row.id)).all():
        tx.delete(place)
    tx.flush()
    tx.delete(row)
    tx.flush()


def _spare_copies(tx: Session, row: Membership) -> None:
    """Let the numbered copies of packs that were meant for a seat be copies to spare."""
    # Not at the top: the first page needs none of the tables of packs.
    from db.schema.packs import PackCopy

    for copy in tx.scalars(select(PackCopy).where(PackCopy.membership_id == row.id)).all():
        copy.membership_id = None


def leave_plans(tx: Session, row: Membership) -> None:
    """Leave a seat planned for a new term without its holder: nobody there can be renewed."""
    for plan in tx.scalars(select(SeatPlan).where(SeatPlan.membership_id == row.id)).all():
        plan.membership_id = None
        if plan.decision == Decision.RENEW.value:
            plan.decision = Decision.OPEN.value


@contextmanager
def of_whom(tx: Session, id: int) -> Iterator[None]:
    """Say of whose seat a refusal is, where a list has many."""
    try:
        yield
    except UserError as error:
        row = found(tx, Membership, id, NO_MEMBERSHIP)
        name = tx.get_one(Person, row.person_id).name
        raise UserError(N_("{name}: {why}"), name=name, why=str(error)) from error


def _fields(values: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a seat as they are kept; unknown words are our bug."""
    fields = tidy(values, MEMBERSHIP_FIELDS)
    if "role" in fields:
        fields["role"] = Role(fields["role"] or Role.MEMBER).value
    if "capacity" in fields:
        fields["capacity"] = Capacity(fields["capacity"]).value
    if fields.get("channel"):
        fields["channel"] = Channel(fields["channel"]).value
    if fields.get("end_reason"):
        fields["end_reason"] = EndReason(fields["end_reason"]).value
    return fields


def _refuse_days_of_post(tx: Session, row: Membership, fields: dict[str, Any]) -> None:
    """Refuse other days for a seat that goes with a post."""
    unchanged = all(getattr(row, name) == fields.get(name, getattr(row, name)) for name in DAYS)
    if unchanged or row.post_id is None or fields.get("post_id", row.post_id) is None:
        return
    goes_with = tx.scalars(
        select(PostSeat.id).where(PostSeat.post_id == row.post_id, PostSeat.body_id == row.body_id)
    ).first()
    if goes_with is not None:
        raise UserError(
            GOES_WITH_POST,
            hint=N_("Change the holder of the post, or the seat of the post, under Posts."),
            post=tx.get_one(Post, row.post_id).name_ko,
        )
