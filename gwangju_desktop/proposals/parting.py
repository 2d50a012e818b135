"""A part of a proposal that goes to another agency while the rest stays (일부 이송)."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from db.store import usecase
from db.vocab import ProposalState
from gwangju_desktop.proposals import steps
from gwangju_desktop.proposals.merging import split


@usecase("Transfer a part")
def transfer_part(
    tx: Session,
    *,
    id: int,
    title: str,
    text: str,
    outside: str,
    outside_number: str = "",
    reason: str,
    on_day: dt.date | None = None,
) -> int:
    """Split a part off and transfer it (일부 이송); both keep the thread. Return the part's id."""
    part = split(tx, id=id, parts=[{"title": title, "text": text}])[0]
    steps.move(
        tx,
        id=part,
        to=ProposalState.TRANSFERRED.value,
        on_day=on_day,
        reason=reason,
        outside=outside,
        outside_number=outside_number,
    )
    return part
