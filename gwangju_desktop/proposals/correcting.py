"""Correcting a proposal from its form: what it says, who proposed, its numbers, in one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from db.store import usecase
from gwangju_desktop.proposals import usecases
from gwangju_desktop.proposals.receipt import proposal_of


@usecase("Edit proposal")
def correct(
    tx: Session,
    *,
    id: int,
    values: Mapping[str, Any],
    proposers: Sequence[Mapping[str, Any]],
    outside: Sequence[Mapping[str, str]],
) -> int:
    """Make a proposal what its form says; arguments as in `register`. Raises UserError."""
    proposal = proposal_of(tx, id)
    usecases.edit_proposal(tx, id=id, **values)
    usecases.set_proposers(tx, id=id, proposers=proposers)
    wanted = {(one["system"], one["number"]) for one in outside}
    for row in list(proposal.outside):
        if (row.system, row.number) not in wanted:
            usecases.remove_outside(tx, outside_id=row.id)
    tx.flush()
    held = {(row.system, row.number) for row in proposal.outside}
    for one in outside:
        if (one["system"], one["number"]) not in held:
            usecases.add_outside(tx, id=id, system=one["system"], number=one["number"])
    return id
