"""Who proposed: the rows of a proposal's proposers, kept by their numbers for erasing."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.proposals import Proposal, Proposer
from db.vocab import ProposerKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import MEANWHILE, change, required, tidy
from gwangju_desktop.meetings.rules import GAP
from gwangju_desktop.proposals import shares
from gwangju_desktop.text import N_

FIELDS = ("kind", "name", "phone", "email", "address")
NO_NAME = N_("A proposer needs a name.")
_LARGEST = 62


def put(tx: Session, proposal: Proposal, asked: Sequence[Mapping[str, Any]]) -> None:
    """Make the proposers of a proposal these, in this order; one with an `id` stays who it is.

    Raises UserError for shares that are not 100 % together and for one without a name (an erased
    one has none).
    """
    held = {row.id: row for row in proposal.proposers}
    wanted = [one for one in asked if any(one.get(name) for name in ("id", *FIELDS[1:]))]
    divided = shares.settled([one.get("share") for one in wanted])
    rows = []
    for one, share in zip(wanted, divided, strict=True):
        row = _row(held, one)
        values = _checked(one, erased=row is not None and not row.name)
        if row is None:
            row = Proposer(subject_id=_subject(tx), **values)
        else:
            change(row, values)
        change(row, {"share": share})
        rows.append(row)
    # Two rows may not pass through one position, even within one flush.
    for n, row in enumerate(held.values(), 1):
        if rows != list(held.values()):
            row.position = -n
    tx.flush()
    for n, row in enumerate(rows, 1):
        change(row, {"position": n * GAP})
    proposal.proposers[:] = rows
    tx.flush()


def _row(held: Mapping[int, Proposer], one: Mapping[str, Any]) -> Proposer | None:
    id = one.get("id")
    if id is None:
        return None
    if id not in held:
        raise UserError(N_("There is no proposer {id} of this proposal."), hint=MEANWHILE, id=id)
    return held[id]


def _checked(one: Mapping[str, Any], *, erased: bool) -> dict[str, Any]:
    asked = {name: one[name] for name in FIELDS if one.get(name) is not None}
    values = tidy({"kind": ProposerKind.PERSON.value, "name": "", **asked}, FIELDS)
    values["kind"] = ProposerKind(values["kind"]).value
    if not erased:
        values["name"] = " ".join(required(values["name"], NO_NAME).split())
    return values


def _subject(tx: Session) -> int:
    """Return a random number below zero that nobody is erased by yet."""
    while True:
        number = -secrets.randbits(_LARGEST) - 1
        if tx.scalar(select(Proposer.id).where(Proposer.subject_id == number)) is None:
            return number
