"""What can be done to bodies; with what can be done to people and seats, for one door to them all."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.members import Body, BodyName, Membership
from db.schema.posts import PostSeat
from db.store import usecase
from db.vocab import BodyKind, EndReason, NameKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.meetings import attendance
from gwangju_desktop.meetings.rules import GAP
from gwangju_desktop.members.following import follow
from gwangju_desktop.members.memberships import (
    NO_BODY,
    NO_MEMBERSHIP,
    add_member,
    add_membership,
    edit_membership,
    end_membership,
    remove_membership,
)
from gwangju_desktop.members.organisations import (
    add_affiliation,
    add_organisation,
    edit_affiliation,
    edit_organisation,
    organisation_id,
    remove_affiliation,
)
from gwangju_desktop.members.people import (
    BACKWARDS,
    NO_NAME,
    NO_PERSON,
    add_alias,
    add_person,
    check_days,
    edit_person,
    give_consent,
    remove_alias,
    withdraw_consent,
)
from gwangju_desktop.members.seatrules import keep_closed_meetings
from gwangju_desktop.members.succession import fill_vacancy, renew_membership
from gwangju_desktop.text import N_, NN_

__all__ = [
    "BACKWARDS",
    "BODY_FIELDS",
    "NO_BODY",
    "NO_MEMBERSHIP",
    "NO_NAME",
    "NO_PERSON",
    "add_affiliation",
    "add_alias",
    "add_body",
    "add_member",
    "add_membership",
    "add_name",
    "add_organisation",
    "add_person",
    "check_days",
    "edit_affiliation",
    "edit_body",
    "edit_membership",
    "edit_organisation",
    "edit_person",
    "end_membership",
    "fill_vacancy",
    "give_consent",
    "organisation_id",
    "remove_affiliation",
    "remove_alias",
    "remove_membership",
    "renew_membership",
    "withdraw_consent",
]

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
    check_days(fields.get("founded_on"), fields.get("dissolved_on"))
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
    check_days(body.founded_on, body.dissolved_on)
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
    check_days(valid_from, valid_to)
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


def _check_parent(tx: Session, id: int | None, parent_id: int | None) -> None:
    """Refuse a parent that does not exist or that stands below the body itself."""
    above = parent_id
    while above is not None:
        if above == id:
            raise UserError(
                N_("A body cannot stand below itself."),
                hint=N_("Choose a body that does not stand below it."),
            )
        above = found(tx, Body, above, NO_BODY).parent_id


def _end_open_memberships(tx: Session, body: Body) -> None:
    last = body.dissolved_on
    assert last is not None
    members = select(Membership).where(Membership.body_id == body.id).order_by(Membership.id)
    for row in tx.scalars(members).all():
        if row.starts_on <= last and (row.ends_on is None or row.ends_on > last):
            row.ends_on = last
            row.end_reason = EndReason.DISSOLVED.value
            keep_closed_meetings(tx, row)
    _end_post_seats(tx, body.id, last)
    later = [row for row in tx.scalars(members).all() if row.starts_on > last]
    if later:
        raise UserError(
            NN_(
                "{n} membership begins after {day:full}.",
                "{n} memberships begin after {day:full}.",
            ),
            hint=N_("Choose a later day, or change those memberships first."),
            n=len(later),
            day=last,
        )
    attendance.fit_body(tx, body.id)


def _end_post_seats(tx: Session, body_id: int, last: dt.date) -> None:
    """End the seats that go with posts on a day; those that would begin later go."""
    seats = tx.scalars(
        select(PostSeat).where(PostSeat.body_id == body_id).order_by(PostSeat.id)
    ).all()
    for seat in seats:
        if seat.starts_on > last:
            tx.delete(seat)
        elif seat.ends_on is None or seat.ends_on > last:
            seat.ends_on = last
    for post_id in sorted({seat.post_id for seat in seats}):
        follow(tx, post_id, bodies=(body_id,))
