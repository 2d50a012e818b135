"""Codes that were given to others since a review copy was made.

A signed file names its plan and commitments by their codes, as the copy showed them. A code may be
corrected at any time, so the journal is asked whose it was when the copy was made. To forbid a new
code after the submission would not do: copies leave before it, and it can be taken back.
"""

from __future__ import annotations

import json
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.commitments import ActionPlan, Commitment
from db.schema.journal import row_change
from db.schema.snapshots import Snapshot
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.reviews.review_file import ReviewFile, Written
from gwangju_desktop.text import N_, Msg

NEW_COPY = N_("Give the code back to what had it, or have it answered on a new copy.")
Coded: TypeAlias = type[ActionPlan] | type[Commitment]
_SAID: dict[Coded, Msg] = {
    ActionPlan: N_(
        "{file} is about plan {code}, and this code was changed here after copy {sequence} was"
        " made on {day:full}."
    ),
    Commitment: N_(
        "{file} is about commitment {code}, and this code was changed here after copy {sequence}"
        " was made on {day:full}."
    ),
}


def refuse(read: Session, signed: ReviewFile, snapshot: Snapshot) -> None:
    """Raise UserError where a code in a file is not that of the same record as in its copy."""
    named: dict[Coded, set[str]] = {
        ActionPlan: {signed.written.plan},
        Commitment: _commitments(signed.written),
    }
    for entity, codes in named.items():
        then = _codes_then(read, entity, snapshot.audit_id)
        if not then:
            continue
        now: dict[str, int] = {
            row[0]: row[1] for row in read.execute(select(entity.code, entity.id))
        }
        for code in sorted(codes):
            whose = now.get(code)
            was_whose = next((id for id, was in then.items() if was == code), None)
            moved = was_whose is not None and was_whose != whose
            if moved or (whose is not None and then.get(whose, code) != code):
                raise UserError(
                    _SAID[entity],
                    hint=NEW_COPY,
                    file=signed.name,
                    code=code,
                    sequence=snapshot.sequence,
                    day=clock.local(snapshot.made_at),
                )


def _commitments(written: Written) -> set[str]:
    named = {written.commitment, *(one.commitment for one in written.answers)}
    named |= {one.commitment for one in written.comments}
    named |= {one.commitment for one in written.findings}
    return named - {""}


def _codes_then(read: Session, entity: Coded, after: int) -> dict[int, str | None]:
    """Return the codes, at an entry of the journal, of rows written since; None for new ones."""
    query = (
        select(row_change.c.body)
        .where(
            row_change.c.change_id > after,
            row_change.c.tbl == entity.__tablename__,
            row_change.c.body.is_not(None),
        )
        .order_by(row_change.c.change_id, row_change.c.n)
    )
    found: dict[int, str | None] = {}
    for body in read.scalars(query):
        old, new = json.loads(body)
        found.setdefault(int((old or new)["id"]), old["code"] if old else None)
    return found
