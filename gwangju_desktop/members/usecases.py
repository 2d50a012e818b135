"""What can be done to bodies, people, organisations and memberships."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.meetings import Attendance, Meeting
from db.schema.members import Body, BodyName, Membership, Organisation, Person
from db.schema.posts import PostSeat
from db.store import usecase
from db.vocab import BodyKind, Capacity, EndReason, MeetingState, NameKind, Role
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.meetings import attendance
from gwangju_desktop.meetings.rules import GAP
from gwangju_desktop.members import rules
from gwangju_desktop.text import N_

BODY_FIELDS = (
    "parent_id",
    "kind",
    "name_ko",
    "name_en",
    "short_ko",
    "short_en",
    "founded_on",
    "dissolved_on",
    "seats",
    "ordinance",
    "note",
    "sunset_on",
    "contact_office",
    "precedence",
    "layout",
)
PERSON_FIELDS = ("name", "hanja", "latin", "gender", "phone", "email", "note", "fictional")
MEMBERSHIP_FIELDS = (
    "post",
    "role",
    "capacity",
    "voting",
    "starts_on",
    "ends_on",
    "end_reason",
    "appointments",
)
NO_NAME = N_("A name is needed.")
NO_BODY = N_("There is no body {id}.")
NO_PERSON = N_("There is no person {id}.")
NO_MEMBERSHIP = N_("There is no membership {id}.")
BACKWARDS = N_("The last day ({end:full}) is before the first ({start:full}).")


@usecase("Add body")
def add_body(
    tx: Session, *, name_ko: str, kind: str = BodyKind.COMMITTEE.value, **values: Any
) -> int:
    """Add a body after its siblings; the short names default to the whole ones."""
    fields = tidy({"name_ko": name_ko, "kind": kind, **values}, BODY_FIELDS)
    fields["name_ko"] = required(fields["name_ko"], NO_NAME)
    fields.setdefault("name_en", "")
    fields["short_ko"] = fields.get("short_ko") or fields["name_ko"]
    fields["short_en"] = fields.get("short_en") or fields["name_en"]
    _check_days(fields.get("founded_on"), fields.get("dissolved_on"))
    _check_parent(tx, None, fields.get("parent_id"))
    last = tx.scalar(select(func.max(Body.position))) or 0
    body = Body(position=last + GAP, **fields)
    tx.add(body)
    tx.flush()
    return body.id


@usecase("Edit body")
def edit_body(tx: Session, *, id: int, **values: Any) -> int:
    """Change a body; the day it is dissolved ends its open memberships on that day."""
    body = found(tx, Body, id, NO_BODY)
    fields = tidy(values, BODY_FIELDS)
    if "name_ko" in fields:
        required(fields["name_ko"], NO_NAME)
    if "parent_id" in fields:
        _check_parent(tx, id, fields["parent_id"])
    dissolved_before = body.dissolved_on
    change(body, fields)
    _check_days(body.founded_on, body.dissolved_on)
    if body.dissolved_on and body.dissolved_on != dissolved_before:
        _end_open_memberships(tx, body)
    return id


@usecase("Add another name")
def add_name(
    tx: Session,
    *,
    body_id: int,
    name: str,
    language: str,
    kind: str = NameKind.ALIAS.value,
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
    source: str = "",
) -> int:
    """Give a body another name, with where it was found."""
    body = found(tx, Body, body_id, NO_BODY)
    texts = tidy({"name": name, "source": source}, ("name", "source"))
    required(texts["name"], NO_NAME)
    _check_days(valid_from, valid_to)
    row = BodyName(
        body_id=body.id,
        kind=NameKind(kind).value,
        language=language,
        valid_from=valid_from,
        valid_to=valid_to,
        **texts,
    )
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Add organisation")
def add_organisation(tx: Session, *, name_ko: str, name_en: str = "") -> int:
    """Add an organisation; its Korean name is its own."""
    fields = tidy({"name_ko": name_ko, "name_en": name_en}, ("name_ko", "name_en"))
    required(fields["name_ko"], NO_NAME)
    if _organisation(tx, fields["name_ko"]) is not None:
        raise UserError(
            N_("There is already an organisation {name}."),
            hint=N_("Choose it from the list."),
            name=fields["name_ko"],
        )
    row = Organisation(**fields)
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Add person")
def add_person(tx: Session, *, name: str, **values: Any) -> int:
    """Add somebody who holds no seat yet."""
    fields = tidy({"name": name, **values}, PERSON_FIELDS)
    required(fields["name"], NO_NAME)
    fields.setdefault("gender", None)
    person = Person(**fields)
    tx.add(person)
    tx.flush()
    return person.id


@usecase("Edit person")
def edit_person(tx: Session, *, id: int, **values: Any) -> int:
    """Change what is known of a person."""
    person = found(tx, Person, id, NO_PERSON)
    fields = tidy(values, PERSON_FIELDS)
    if "name" in fields:
        required(fields["name"], NO_NAME)
    change(person, fields)
    return id


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
    person = found(tx, Person, person_id, NO_PERSON)
    body = found(tx, Body, body_id, NO_BODY)
    fields = tidy(
        {"starts_on": starts_on, "capacity": capacity, "ends_on": ends_on, **values},
        MEMBERSHIP_FIELDS,
    )
    fields["role"] = Role(fields.get("role") or Role.MEMBER).value
    fields["capacity"] = Capacity(capacity).value
    fields.setdefault("end_reason", None)
    _check_days(starts_on, ends_on)
    _refuse_overlap(tx, person, body, starts_on, ends_on)
    row = Membership(
        person_id=person.id,
        body_id=body.id,
        organisation_id=_organisation_id(tx, organisation),
        **fields,
    )
    tx.add(row)
    attendance.fit_body(tx, body.id)
    return row.id


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


@usecase("Edit membership")
def edit_membership(tx: Session, *, id: int, organisation: str | None = None, **values: Any) -> int:
    """Change a seat; its days keep covering the closed meetings it is on the sheet of."""
    row = found(tx, Membership, id, NO_MEMBERSHIP)
    fields = tidy(values, MEMBERSHIP_FIELDS)
    change(row, fields)
    if organisation is not None:
        change(row, {"organisation_id": _organisation_id(tx, organisation)})
    _check_days(row.starts_on, row.ends_on)
    _refuse_overlap(
        tx,
        tx.get_one(Person, row.person_id),
        tx.get_one(Body, row.body_id),
        row.starts_on,
        row.ends_on,
        but=row.id,
    )
    _keep_closed_meetings(tx, row)
    attendance.fit_body(tx, row.body_id)
    return id


@usecase("End membership")
def end_membership(tx: Session, *, id: int, ends_on: dt.date, reason: str) -> int:
    """End a seat on its last day, for a reason."""
    return edit_membership(tx, id=id, ends_on=ends_on, end_reason=EndReason(reason).value)


@usecase("Reappoint member")
def renew_membership(tx: Session, *, id: int, years: int = rules.TERM_YEARS) -> int:
    """Appoint a member again from the day after the term; return the new membership's id."""
    old = found(tx, Membership, id, NO_MEMBERSHIP)
    if old.ends_on is None:
        raise UserError(
            N_("This membership has no last day."), hint=N_("End it first, then add a new one.")
        )
    starts = old.ends_on + dt.timedelta(days=1)
    if old.end_reason is None:
        old.end_reason = EndReason.TERM.value
    new = Membership(
        person_id=old.person_id,
        body_id=old.body_id,
        organisation_id=old.organisation_id,
        post=old.post,
        role=old.role,
        capacity=old.capacity,
        voting=old.voting,
        starts_on=starts,
        ends_on=rules.term_end(starts, years),
        end_reason=None,
        appointments=old.appointments + 1,
    )
    _refuse_overlap(
        tx,
        tx.get_one(Person, old.person_id),
        tx.get_one(Body, old.body_id),
        new.starts_on,
        new.ends_on,
    )
    tx.add(new)
    attendance.fit_body(tx, old.body_id)
    return new.id


def _check_days(start: dt.date | None, end: dt.date | None) -> None:
    if start is not None and end is not None and end < start:
        raise UserError(BACKWARDS, hint=N_("Correct one of the two."), start=start, end=end)


def _check_parent(tx: Session, id: int | None, parent_id: int | None) -> None:
    """Refuse a parent that does not exist or that stands below the body itself."""
    above = parent_id
    while above is not None:
        if above == id:
            raise UserError(N_("A body cannot stand below itself."))
        above = found(tx, Body, above, NO_BODY).parent_id


def _refuse_overlap(
    tx: Session,
    person: Person,
    body: Body,
    start: dt.date,
    end: dt.date | None,
    but: int | None = None,
) -> None:
    others = select(Membership.id, Membership.starts_on, Membership.ends_on).where(
        Membership.person_id == person.id, Membership.body_id == body.id
    )
    for other in tx.execute(others.order_by(Membership.starts_on)).all():
        if other.id == but or not rules.overlap((start, end), (other.starts_on, other.ends_on)):
            continue
        hint = N_("End that membership first, or choose days outside it.")
        if other.ends_on is None:
            raise UserError(
                N_("{name} already sits in {body} since {start:full}."),
                hint=hint,
                name=person.name,
                body=rules.named(body.short_ko, body.short_en),
                start=other.starts_on,
            )
        raise UserError(
            N_("{name} already sits in {body} from {start:full} to {end:full}."),
            hint=hint,
            name=person.name,
            body=rules.named(body.short_ko, body.short_en),
            start=other.starts_on,
            end=other.ends_on,
        )


def _keep_closed_meetings(tx: Session, row: Membership) -> None:
    """Refuse days that would take a member off the sheet of a meeting that is over."""
    sat = (
        select(Meeting.title, Meeting.starts_at)
        .join(Attendance, Attendance.meeting_id == Meeting.id)
        .where(Attendance.membership_id == row.id, Meeting.state != MeetingState.PLANNED.value)
    )
    for title, starts_at in tx.execute(sat.order_by(Meeting.starts_at)).all():
        day = clock.local(starts_at).date()
        if not rules.in_office(row.starts_on, row.ends_on, day):
            raise UserError(
                N_("This membership is on the attendance sheet of {meeting} ({day:full})."),
                hint=N_("Choose days that include it."),
                meeting=title,
                day=day,
            )


def _end_open_memberships(tx: Session, body: Body) -> None:
    last = body.dissolved_on
    assert last is not None
    members = select(Membership).where(Membership.body_id == body.id).order_by(Membership.id)
    for row in tx.scalars(members).all():
        if row.starts_on <= last and (row.ends_on is None or row.ends_on > last):
            row.ends_on = last
            row.end_reason = EndReason.DISSOLVED.value
            _keep_closed_meetings(tx, row)
    _end_post_seats(tx, body.id, last)
    attendance.fit_body(tx, body.id)


def _end_post_seats(tx: Session, body_id: int, last: dt.date) -> None:
    """End the seats that go with posts on a day; those that would begin later go."""
    seats = select(PostSeat).where(PostSeat.body_id == body_id).order_by(PostSeat.id)
    for seat in tx.scalars(seats).all():
        if seat.starts_on > last:
            tx.delete(seat)
        elif seat.ends_on is None or seat.ends_on > last:
            seat.ends_on = last


def _organisation(tx: Session, name_ko: str) -> Organisation | None:
    return tx.scalars(select(Organisation).where(Organisation.name_ko == name_ko)).first()


def _organisation_id(tx: Session, name: str) -> int | None:
    name_ko = tidy({"name": name}, ("name",))["name"]
    if not name_ko:
        return None
    known = _organisation(tx, name_ko)
    return known.id if known else add_organisation(tx, name_ko=name_ko)
