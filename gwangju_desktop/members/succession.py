"""Who follows on a seat: the same person for another term, or another for the rest of one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.members import Membership, Person, Term
from db.store import usecase
from db.vocab import BodyRuleKey, Capacity, EndReason
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import found
from gwangju_desktop.meetings import attendance
from gwangju_desktop.members import profiles, rules
from gwangju_desktop.members.memberships import DAY, NO_MEMBERSHIP, seat
from gwangju_desktop.members.people import add_person
from gwangju_desktop.text import N_

# What another term keeps of the last one.
KEPT = ("capacity", "organisation_id", "post", "role", "voting", "field", "position")


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
