"""What can be done to seats of bodies: appoint, change, end, reappoint, fill a vacancy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.schema.candidates import SeatPlan
from db.schema.meetings import Attendance
from db.schema.members import Body, Membership, Person, Term
from db.schema.posts import Post, PostSeat
from db.store import usecase
from db.vocab import BodyRuleKey, Capacity, Channel, Decision, EndReason, Role
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, tidy
from gwangju_desktop.meetings import attendance
from gwangju_desktop.members import profiles, rules
from gwangju_desktop.members.people import add_person, check_days, living, organisation_id
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
# What another term keeps of the last one.
KEPT = ("capacity", "organisation_id", "post", "role", "voting", "field", "position")


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
    for place in tx.scalars(select(Attendance).where(Attendance.membership_id == row.id)).all():
        tx.delete(place)
    tx.flush()
    tx.delete(row)
    tx.flush()


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


# --- terms


@dataclass(frozen=True, slots=True)
class Renewal:
    """What another appointment would be; `most` None is no limit, which warns and forbids not."""

    starts_on: dt.date
    ends_on: dt.date | None
    appointments: int
    most: int | None
    source: str

    @property
    def beyond(self) -> bool:
        """Say whether it is one more than the body's rule allows."""
        return self.most is not None and self.appointments > self.most


@dataclass(frozen=True, slots=True)
class Vacancy:
    """What filling a seat would be: to the end of the predecessor's term, or a whole one."""

    person: str
    body_id: int
    starts_on: dt.date
    ends_on: dt.date | None
    remainder: bool
    source: str


def usual_end(
    read: Session, *, body_id: int, starts_on: dt.date, capacity: str = Capacity.APPOINTED.value
) -> dt.date | None:
    """Return the last day of a term by the body's rule on its first day: start + years - 1 day.

    None for a seat that goes with a post, and where the rule sets no years.
    """
    if capacity != Capacity.APPOINTED.value:
        return None
    years = profiles.in_force(read, body_id, starts_on).value(BodyRuleKey.TERM_YEARS)
    return None if not years else rules.term_end(starts_on, years)


def renewal(read: Session, *, id: int) -> Renewal:
    """Return what reappointing would be; raises UserError for a seat without a last day."""
    old = found(read, Membership, id, NO_MEMBERSHIP)
    if old.ends_on is None:
        raise UserError(
            N_("This membership has no last day."), hint=N_("End it first, then add a new one.")
        )
    starts = old.ends_on + DAY
    held = profiles.in_force(read, old.body_id, starts)
    return Renewal(
        starts,
        usual_end(read, body_id=old.body_id, starts_on=starts),
        old.appointments + 1,
        held.value(BodyRuleKey.MOST_TERMS),
        held.source(BodyRuleKey.MOST_TERMS),
    )


@usecase("Reappoint member")
def renew_membership(
    tx: Session,
    *,
    id: int,
    years: int | None = None,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    **values: Any,
) -> int:
    """Appoint a member again from the day after the term; return the new membership's id.

    The last day follows the body's rule unless `years` or `ends_on` is given. An appointment more
    than the rule allows is not refused: `renewal` says so before.
    """
    asked = renewal(tx, id=id)
    old = tx.get_one(Membership, id)
    starts = starts_on or asked.starts_on
    if years is not None:
        ends_on = rules.term_end(starts, years)
    kept = {name: getattr(old, name) for name in KEPT}
    new = seat(
        tx,
        person_id=old.person_id,
        body_id=old.body_id,
        starts_on=starts,
        ends_on=ends_on or usual_end(tx, body_id=old.body_id, starts_on=starts),
        **{"appointments": asked.appointments, **kept, **values},
    )
    if old.end_reason is None:
        old.end_reason = EndReason.TERM.value
    attendance.fit_body(tx, old.body_id)
    return new.id


def vacancy(read: Session, *, id: int, starts_on: dt.date) -> Vacancy:
    """Return what filling the seat of a membership that ended would be.

    Raises UserError when it has not ended, was filled, or its term is over.
    """
    old = found(read, Membership, id, NO_MEMBERSHIP)
    name = read.get_one(Person, old.person_id).name
    if old.ends_on is None or starts_on <= old.ends_on:
        raise UserError(
            N_("{name} still sits there on {day:full}."),
            hint=N_("End that membership first, or choose a later day."),
            name=name,
            day=starts_on,
        )
    _refuse_filled(read, old)
    held = profiles.in_force(read, old.body_id, starts_on)
    remainder = bool(held.value(BodyRuleKey.REMAINDER))
    ends = usual_end(read, body_id=old.body_id, starts_on=starts_on)
    if remainder and old.capacity == Capacity.APPOINTED.value:
        ends = _whole_term_end(read, old)
        if ends is not None and ends < starts_on:
            raise UserError(
                N_("The term of {name} was over on {day:full}."),
                hint=N_("Appoint for a new term instead."),
                name=name,
                day=ends,
            )
    return Vacancy(
        name, old.body_id, starts_on, ends, remainder, held.source(BodyRuleKey.REMAINDER)
    )


@usecase("Fill vacancy")
def fill_vacancy(
    tx: Session,
    *,
    membership_id: int,
    person_id: int | None = None,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    organisation: str = "",
    person: dict[str, Any] | None = None,
    **values: Any,
) -> int:
    """Seat a successor for the rest of the predecessor's term, or as the body's rule has it.

    The successor is somebody known, or new with the fields of `person`.
    """
    asked = vacancy(tx, id=membership_id, starts_on=starts_on)
    if person_id is None:
        person_id = add_person(tx, **(person or {"name": ""}))
    old = tx.get_one(Membership, membership_id)
    kept = {name: getattr(old, name) for name in ("capacity", "voting", "field", "term_id")}
    row = seat(
        tx,
        person_id=person_id,
        body_id=old.body_id,
        starts_on=starts_on,
        ends_on=ends_on or asked.ends_on,
        organisation=organisation,
        **{**kept, "replaces_id": old.id, **values},
    )
    attendance.fit_body(tx, old.body_id)
    return row.id


def _refuse_filled(read: Session, old: Membership) -> None:
    by = read.execute(
        select(Person.name, Membership.starts_on)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.replaces_id == old.id)
    ).first()
    if by is not None:
        raise UserError(
            N_("{name} has filled this seat since {day:full}."),
            hint=N_("Correct that membership instead."),
            name=by.name,
            day=by.starts_on,
        )


def _whole_term_end(read: Session, old: Membership) -> dt.date | None:
    """Return when a seat's term would have ended, had nobody left it before.

    A successor's term is the first holder's; `ends_on` of one who left says nothing of it.
    """
    first = old
    while first.replaces_id is not None:
        first = read.get_one(Membership, first.replaces_id)
    if first.end_reason in (None, EndReason.TERM.value):
        return first.ends_on
    usual = usual_end(read, body_id=first.body_id, starts_on=first.starts_on)
    term = None if first.term_id is None else read.get_one(Term, first.term_id).ends_on
    # Who was appointed late in a term of the body (제n기) would have left with it.
    return min(filter(None, (usual, term)), default=None)
