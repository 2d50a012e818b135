"""What is done to several seats at once: one step, one undo, all or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from db.store import usecase
from db.vocab import EndReason
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import attendance
from gwangju_desktop.members import memberships, succession
from gwangju_desktop.text import N_

NONE_CHOSEN = N_("Nobody with a seat is chosen.")


@usecase("End memberships")
def end_memberships(tx: Session, *, ids: Sequence[int], ends_on: dt.date, reason: str) -> list[int]:
    """End these seats on one last day, for one reason."""
    why, bodies = EndReason(reason).value, set()
    for id in _chosen(ids):
        with memberships.of_whom(tx, id):
            row = memberships.edit_seat(tx, id=id, ends_on=ends_on, end_reason=why)
            bodies.add(row.body_id)
    for body_id in sorted(bodies):
        # Once a body and not a seat: it looks at every member of every planned meeting.
        attendance.fit_body(tx, body_id)
    return list(ids)


@usecase("Set field")
def set_field(tx: Session, *, ids: Sequence[int], field: str) -> list[int]:
    """Set for which field (위촉 분야) these members were appointed."""
    for id in _chosen(ids):
        with memberships.of_whom(tx, id):
            memberships.edit_seat(tx, id=id, field=field)
    return list(ids)


@usecase("Reappoint members")
def renew_memberships(tx: Session, *, ids: Sequence[int]) -> list[int]:
    """Appoint these members again, each from the day after the term; return the new ids."""
    made = []
    for id in _chosen(ids):
        with memberships.of_whom(tx, id):
            made.append(succession.renew_membership(tx, id=id))
    return made


def _chosen(ids: Sequence[int]) -> Sequence[int]:
    if not ids:
        raise UserError(NONE_CHOSEN, hint=N_("Choose members of a body."))
    return ids
