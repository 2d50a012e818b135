"""What is decided on the seats of a new term (연임, 교체, 공석), and who could take them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.candidates import Candidate, SeatPlan
from db.schema.members import Term
from db.store import usecase
from db.vocab import Channel, Decision
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, tidy
from gwangju_desktop.meetings.rules import GAP
from gwangju_desktop.members.organisations import organisation_id
from gwangju_desktop.members.people import add_person, living
from gwangju_desktop.members.preparation import FIELDS
from gwangju_desktop.members.terms import NO_TERM
from gwangju_desktop.text import N_

NO_SEAT = N_("There is no planned seat {id}.")
NO_CANDIDATE = N_("There is no candidate {id}.")


# --- deciding


@usecase("Decide on the seat")
def decide(tx: Session, *, id: int, decision: str) -> int:
    """Say what becomes of a seat: renewed, replaced, left vacant, or open again."""
    row = found(tx, SeatPlan, id, NO_SEAT)
    wanted = Decision(decision)
    if wanted == Decision.RENEW and row.membership_id is None:
        raise UserError(
            N_("Nobody sat on this seat who could be reappointed."),
            hint=N_("Replace it, or leave it vacant."),
        )
    change(row, {"decision": wanted.value})
    return id


@usecase("Decide on the seats")
def decide_all(tx: Session, *, ids: Sequence[int], decision: str) -> int:
    """Say the same of several seats in one step; vacant ones are left out of renewing."""
    done = 0
    for id in ids:
        row = found(tx, SeatPlan, id, NO_SEAT)
        if decision == Decision.RENEW and row.membership_id is None:
            continue
        change(row, {"decision": Decision(decision).value})
        done += 1
    return done


@usecase("Set the field of the seats")
def set_field(tx: Session, *, ids: Sequence[int], field: str) -> int:
    """Say for which field (위촉 분야) planned seats are; return how many."""
    fields = tidy({"field": field}, ("field",))
    for id in ids:
        change(found(tx, SeatPlan, id, NO_SEAT), fields)
    return len(ids)


@usecase("Add candidate")
def add_candidate(
    tx: Session,
    *,
    term_id: int,
    person_id: int | None = None,
    person: dict[str, Any] | None = None,
    organisation: str = "",
    channel: str = Channel.RECOMMENDED.value,
    **values: Any,
) -> int:
    """Add a candidate, a known person or a new one; raises UserError when entered already."""
    planned = found(tx, Term, term_id, NO_TERM)
    if person_id is None:
        person_id = add_person(tx, **(person or {"name": ""}))
    who = living(tx, person_id)
    twice = select(Candidate.id).where(
        Candidate.term_id == planned.id, Candidate.person_id == who.id
    )
    if tx.scalars(twice).first() is not None:
        raise UserError(
            N_("{name} is a candidate already."),
            hint=N_("Correct that entry in the list of candidates."),
            name=who.name,
        )
    last = tx.scalar(select(func.max(Candidate.position)).where(Candidate.term_id == planned.id))
    row = Candidate(
        term_id=planned.id,
        person_id=who.id,
        organisation_id=organisation_id(tx, organisation),
        channel=Channel(channel).value,
        position=(last or 0) + GAP,
        **tidy({"other_bodies": None, **values}, FIELDS),
    )
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Edit candidate")
def edit_candidate(tx: Session, *, id: int, organisation: str | None = None, **values: Any) -> int:
    """Change what is known of a candidate, ticks of the papers among it."""
    row = found(tx, Candidate, id, NO_CANDIDATE)
    change(row, tidy(values, FIELDS))
    if organisation is not None:
        change(row, {"organisation_id": organisation_id(tx, organisation)})
    return id


@usecase("Remove candidate")
def remove_candidate(tx: Session, *, id: int) -> int:
    """Take a candidate off the list; the person stays."""
    tx.delete(found(tx, Candidate, id, NO_CANDIDATE))
    return id


@usecase("Choose candidate")
def choose(tx: Session, *, id: int, chosen: bool = True) -> int:
    """Choose a candidate for a seat, or not any more."""
    change(found(tx, Candidate, id, NO_CANDIDATE), {"chosen": chosen})
    return id
