"""In which order proposals stand; all of them by a key are kept until something is written."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db import fetch
from db.schema.journal import change_log
from db.schema.proposals import ProfileState, Proposal
from gwangju_desktop.proposals import conditions, hits


@dataclass(frozen=True, slots=True)
class Kept:
    """All proposals by keys asked for so far, as of an entry of the journal."""

    entry: int
    ids: dict[tuple[str, bool], array[int]] = field(default_factory=dict)


# For each open office; asked anew only when something was written since.
kept: WeakKeyDictionary[Any, Kept] = WeakKeyDictionary()

KEYS: dict[str, Any] = {
    "due_on": Proposal.due_on,
    "received_on": Proposal.received_on,
    "number": Proposal.number,
    "title": Proposal.title,
    "department": Proposal.department,
    "channel": Proposal.channel,
    "field": Proposal.field,
    "district": Proposal.district,
    "sector": Proposal.sector,
    "supports": Proposal.supports,
    "state": ProfileState.position,
}


def everything(read: Session, sort: str, descending: bool) -> array[int]:
    """Return all proposals by a key."""
    entry = read.scalar(select(func.max(change_log.c.id))) or 0
    office = read.get_bind()
    known = kept.get(office)
    if known is None or known.entry != entry:
        known = Kept(entry)
        kept[office] = known
    if (sort, descending) not in known.ids:
        known.ids[sort, descending] = fetch.ids(read, ordered(sort, descending, (), None), {})
    return known.ids[sort, descending]


@lru_cache
def ordered(
    sort: str, descending: bool, kinds: tuple[str, ...], hit: tuple[str, bool] | None
) -> Select[Any]:
    """Select the ids of the proposals that are wanted, by a key.

    Whichever way round, what has no such key stands last; the latest received come first among
    equals. So by the due day: the longest over due, the soonest due, then those without a day.
    """
    key = KEYS[sort]
    query = select(Proposal.id)
    if sort == "state":
        query = query.outerjoin(
            ProfileState,
            (ProfileState.profile_id == Proposal.profile_id)
            & (ProfileState.state == Proposal.state),
        )
    query = query.where(*conditions.on_proposal(kinds))
    if hit is not None:
        query = query.where(Proposal.id.in_(hits.proposals_of(*hit)))
    by = key.desc() if descending else key.asc()
    return query.order_by(by.nulls_last(), Proposal.received_on.desc(), Proposal.id.desc())
