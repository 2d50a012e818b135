"""Who monitors a plan, and the keys their review files are signed with."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.schema.commitments import ActionPlan
from db.schema.members import Membership, Organisation, Person
from db.schema.reviews import MonitorKey
from db.store import usecase
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import found
from gwangju_desktop.members import rules
from gwangju_desktop.reviews.rounds import NO_PLAN
from gwangju_desktop.reviews.rows import KeyRow, MonitorRow, Somebody
from gwangju_desktop.snapshots import signing
from gwangju_desktop.text import N_

NO_KEY = N_("There is no monitor's key {id}.")
NO_PERSON = N_("There is no person {id}.")
_PEM = "-----BEGIN PUBLIC KEY-----"


def monitors(read: Session, plan_id: int, on: dt.date | None = None) -> list[MonitorRow]:
    """Return the members of a plan's monitoring body on a day, with their keys."""
    plan = found(read, ActionPlan, plan_id, NO_PLAN)
    if plan.monitor_body_id is None:
        return []
    seats = read.execute(_seated(plan.monitor_body_id, on or clock.today()))
    # Somebody with two seats in the body is one monitor.
    rows = list({row.id: row for row in seats}.values())
    keys = keys_of(read, [row.id for row in rows])
    return [
        MonitorRow(
            Somebody(row.id, row.name, row.latin, row.fictional),
            rules.named(row.organisation or "", row.organisation_en or ""),
            tuple(key for key in keys if key.person.id == row.id),
        )
        for row in rows
    ]


def keys_of(read: Session, people: list[int]) -> list[KeyRow]:
    """Return the keys of people, the latest first."""
    query = (
        select(MonitorKey, Person.name, Person.latin, Person.fictional)
        .join(Person, Person.id == MonitorKey.person_id)
        .where(MonitorKey.person_id.in_(people))
        .order_by(MonitorKey.id.desc())
    )
    return [
        KeyRow(
            row.MonitorKey.id,
            Somebody(row.MonitorKey.person_id, row.name, row.latin, row.fictional),
            signing.grouped(row.MonitorKey.fingerprint),
            row.MonitorKey.compared_on,
            row.MonitorKey.ended_on,
        )
        for row in read.execute(query)
    ]


def sits(read: Session, plan: ActionPlan, person_id: int, on: dt.date) -> bool:
    """Say whether somebody is a member of a plan's monitoring body on a day."""
    if plan.monitor_body_id is None:
        return False
    query = _seated(plan.monitor_body_id, on).where(Person.id == person_id)
    return read.execute(query.limit(1)).first() is not None


@usecase("Register monitor's key")
def register_key(
    tx: Session, *, person_id: int, key: str, compared_on: dt.date | None = None
) -> int:
    """Note the key a monitor signs with, after its fingerprint was compared with the monitor.

    `key` is a public key's PEM text or a fingerprint; the key itself then comes with the first
    file. An earlier key of the same person stays valid until it is ended. Raises UserError for
    somebody who monitors no plan, and for a key that is registered.
    """
    public, fingerprint = _key(key)
    person = found(tx, Person, person_id, NO_PERSON)
    if person.erased_on is not None:
        raise UserError(NO_PERSON, id=person_id)
    day = compared_on or clock.today()
    plans = tx.scalars(select(ActionPlan).where(ActionPlan.monitor_body_id.is_not(None))).all()
    if not any(sits(tx, plan, person_id, day) for plan in plans):
        raise UserError(
            N_("{name} is in no plan's monitoring body on {day:full}."),
            hint=N_("Choose the plan's monitoring body, and add the person to it."),
            name=person.name,
            day=day,
        )
    held = tx.scalars(select(MonitorKey).where(MonitorKey.fingerprint == fingerprint)).first()
    if held is not None:
        owner = found(tx, Person, held.person_id, NO_PERSON)
        raise UserError(
            N_("This key is registered already, to {name}."),
            hint=N_("Each monitor signs with a key of their own."),
            name=owner.name,
        )
    row = MonitorKey(
        person_id=person_id, fingerprint=fingerprint, public_key=public, compared_on=day
    )
    tx.add(row)
    tx.flush()
    return row.id


@usecase("End monitor's key")
def end_key(tx: Session, *, id: int, ended_on: dt.date | None = None) -> int:
    """Let a key be valid no more after a day: lost, or known to somebody else."""
    key = found(tx, MonitorKey, id, NO_KEY)
    if key.ended_on is not None:
        raise UserError(N_("This key was ended on {day:full} already."), day=key.ended_on)
    key.ended_on = ended_on or clock.today()
    return id


def _key(text: str) -> tuple[str, str]:
    """Return the public key in hex, "" when only its fingerprint is given, and the key id."""
    if _PEM not in text:
        return "", signing.read_fingerprint(text)
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    public = signing.read_pem(("\n".join(lines) + "\n").encode())
    if public is None:
        raise UserError(
            N_("This is not a monitor's public key."),
            hint=N_("Ask for the key file that stands beside the monitor's own, ending in .pem."),
        )
    return public.hex(), signing.key_id(public)


def _seated(body_id: int, on: dt.date) -> Any:
    return (
        select(
            Person.id,
            Person.name,
            Person.latin,
            Person.fictional,
            Organisation.name_ko.label("organisation"),
            Organisation.name_en.label("organisation_en"),
        )
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Membership.body_id == body_id,
            Membership.starts_on <= on,
            or_(Membership.ends_on.is_(None), Membership.ends_on >= on),
        )
        .order_by(Person.name, Person.id)
    )
