"""In which order proposals stand; all of them by a key are kept until something is written."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Integer, Select, bindparam, case, func, select
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

FIRST = "due_on"
KEYS: dict[str, Any] = {
    FIRST: Proposal.due_on,
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
_IDS: Any = bindparam("ids", type_=Integer, expanding=True)


def _known(read: Session) -> Kept:
    entry = read.scalar(select(func.max(change_log.c.id))) or 0
    office = read.get_bind()
    known = kept.get(office)
    if known is None or known.entry != entry:
        known = Kept(entry)
        kept[office] = known
    return known


def everything(read: Session, sort: str, descending: bool) -> array[int]:
    """Return all proposals by a key."""
    known = _known(read)
    if (sort, descending) not in known.ids:
        if sort == FIRST:
            found = _by_due_day(read, descending)
        elif descending and not _lacking(sort):
            found = everything(read, sort, False)[::-1]
        else:
            found = fetch.ids(read, ordered(sort, descending, False), {})
        known.ids[sort, descending] = found
    return known.ids[sort, descending]


def _lacking(sort: str) -> bool:
    """Say whether some proposals may have no such key: they stand last either way round."""
    return sort == "state" or bool(KEYS[sort].nullable)


def _by_due_day(read: Session, descending: bool) -> array[int]:
    """Return all by the due day: two indices are walked, and nothing is sorted.

    This is the order a room opens with, asked for again after every write.
    """
    found = fetch.ids(read, _with_day(descending), {})
    latest = fetch.ids(read, _latest(), {})
    there = bytearray(1 + max(latest, default=0))
    for id in found:
        there[id] = 1
    found.extend(array("q", [id for id in latest if not there[id]]))
    return found


@lru_cache
def _with_day(descending: bool) -> Select[Any]:
    day = Proposal.due_on.desc() if descending else Proposal.due_on.asc()
    id = Proposal.id.desc() if descending else Proposal.id.asc()
    return select(Proposal.id).where(Proposal.due_on.is_not(None)).order_by(day, id)


@lru_cache
def _latest() -> Select[Any]:
    return select(Proposal.id).order_by(Proposal.received_on.desc(), Proposal.id.desc())


def prepare(read: Session, *, sorts: tuple[str, ...]) -> bool:
    """Sort all proposals by a key that was not asked for yet; return whether another is left.

    For quiet moments: whoever then sorts 100,000 has them at once.
    """
    known = _known(read)
    left = [sort for sort in sorts if (sort, False) not in known.ids]
    if left:
        everything(read, left[0], False)
    return len(left) > 1


def in_order(read: Session, found: array[int], sort: str, descending: bool) -> array[int]:
    """Return proposals by a key, each once; few are sorted, many picked from the order of all."""
    if len(found) <= hits.FEW:
        return fetch.ids(read, ordered(sort, descending, True), {"ids": found.tolist()})
    order = everything(read, sort, descending)
    # Bytes by id stay near the processor, where a set of 100,000 does not.
    wanted = bytearray(1 + max(max(found), max(order, default=0)))
    for id in found:
        wanted[id] = 1
    return array("q", [id for id in order if wanted[id]])


@lru_cache
def wanted(kinds: tuple[str, ...], hit: tuple[str, bool] | None) -> Select[Any]:
    """Select the ids of the proposals that conditions and words mean, in any order."""
    if not kinds and hit is not None:
        return hits.proposals_of(*hit)
    query = select(Proposal.id).where(*conditions.on_proposal(kinds))
    return query if hit is None else query.where(Proposal.id.in_(hits.proposals_of(*hit)))


@lru_cache
def ordered(sort: str, descending: bool, some: bool) -> Select[Any]:
    """Select the ids of all proposals, or of `ids` only, by a key.

    Whichever way round, what has no such key stands last. So by the due day: the longest over due,
    the soonest due, then those without a day, the latest received first.
    """
    key = KEYS[sort]
    query = select(Proposal.id)
    if sort == "state":
        query = query.outerjoin(
            ProfileState,
            (ProfileState.profile_id == Proposal.profile_id)
            & (ProfileState.state == Proposal.state),
        )
    if some:
        query = query.where(Proposal.id.in_(_IDS))
    by = [key.desc() if descending else key.asc()]
    if _lacking(sort):
        by = [by[0].nulls_last()]
    if sort != FIRST:
        return query.order_by(*by, Proposal.id.asc() if descending else Proposal.id.desc())
    last = case((Proposal.due_on.is_(None), Proposal.received_on)).desc().nulls_last()
    # As the index of due days runs: ids grow with the days and fall with them.
    id = -Proposal.id if descending else Proposal.id
    return query.order_by(*by, last, case((Proposal.due_on.is_(None), -Proposal.id), else_=id))
