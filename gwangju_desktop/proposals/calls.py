"""Calls for proposals (공모): the time to decide begins with a call's last day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.proposals import Proposal, ProposalCall
from db.store import usecase
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.proposals import clocks
from gwangju_desktop.text import N_

NO_CALL = N_("There is no call for proposals {id}.")
NO_NAME = N_("A call for proposals needs a name.")


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call; `proposals` counts what came in."""

    id: int
    name: str
    begins_on: dt.date
    ends_on: dt.date
    proposals: int


def calls(read: Session) -> list[CallRow]:
    """List the calls, the latest first."""
    counted = (
        select(Proposal.call_id, func.count().label("n"))
        .where(Proposal.call_id.is_not(None))
        .group_by(Proposal.call_id)
        .subquery()
    )
    rows = read.execute(
        select(
            ProposalCall.id,
            ProposalCall.name,
            ProposalCall.begins_on,
            ProposalCall.ends_on,
            func.coalesce(counted.c.n, 0).label("n"),
        )
        .outerjoin(counted, counted.c.call_id == ProposalCall.id)
        .order_by(ProposalCall.ends_on.desc(), ProposalCall.id.desc())
    )
    return [CallRow(*row) for row in rows.all()]


@usecase("Add call for proposals")
def add_call(tx: Session, *, name: str, begins_on: dt.date, ends_on: dt.date) -> int:
    """Announce a call; raise UserError for one without a name or that ends before it begins."""
    row = ProposalCall(name=_name(name), begins_on=begins_on, ends_on=ends_on)
    _check(begins_on, ends_on)
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Edit call for proposals")
def edit_call(
    tx: Session,
    *,
    id: int,
    name: str | None = None,
    begins_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> int:
    """Change a call; with its last day the last days of all its proposals move."""
    row = found(tx, ProposalCall, id, NO_CALL)
    fields = {
        "name": row.name if name is None else _name(name),
        "begins_on": begins_on or row.begins_on,
        "ends_on": ends_on or row.ends_on,
    }
    _check(begins_on or row.begins_on, ends_on or row.ends_on)
    moved = row.ends_on != fields["ends_on"]
    change(row, fields)
    if moved:
        clocks.renew_all(tx, tx.scalars(select(Proposal.id).where(Proposal.call_id == id)).all())
    return id


@usecase("Remove call for proposals")
def remove_call(tx: Session, *, id: int) -> None:
    """Take away a call to which nothing came; raise UserError for any other."""
    row = found(tx, ProposalCall, id, NO_CALL)
    n = tx.scalar(select(func.count()).select_from(Proposal).where(Proposal.call_id == id))
    if n:
        raise UserError(
            N_("{n} proposals came to the call “{name}”; it stays."), n=n, name=row.name
        )
    tx.delete(row)


def _name(name: str) -> str:
    return required(tidy({"name": name}, ("name",))["name"], NO_NAME)


def _check(begins_on: dt.date, ends_on: dt.date) -> None:
    if ends_on < begins_on:
        raise UserError(
            N_("The call ends on {ends:full}, before it begins on {begins:full}."),
            ends=ends_on,
            begins=begins_on,
        )
