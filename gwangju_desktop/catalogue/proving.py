"""Documents that stand on evidence: its files are read again before one is made."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from db.schema.commitments import Commitment
from gwangju_desktop.catalogue.entry import About, Entry
from gwangju_desktop.commitments import queries
from gwangju_desktop.errors import UserError
from gwangju_desktop.evidence import integrity
from gwangju_desktop.evidence import queries as shelves
from gwangju_desktop.evidence.intake import Progress
from gwangju_desktop.text import N_


def numbered(read: Session, about: About, code: str) -> int:
    """Return the id of a plan or a commitment named by its code or number; UserError for none."""
    if about is About.COMMITMENT:
        return queries.commitment_id(read, code)
    return queries.plan(read, int(code) if code.isdecimal() and code.isascii() else code).id


def demand(
    store: integrity.Door,
    entry: Entry,
    id: int,
    *,
    write: bool = True,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Read the evidence files of a document's plan again; raises UserError naming broken ones.

    Nothing is read for a document that does not stand on evidence. Raises Cancelled.
    """
    if not entry.proved:
        return
    with store.reading() as read:
        plan_id = _plan(read, entry, id)
    integrity.demand_whole(store, plan_id, progress=progress, cancelled=cancelled, write=write)


def refuse_known(read: Session, entry: Entry, id: int) -> None:
    """Raise UserError naming the evidence whose files the last reading found changed or gone."""
    broken = integrity.broken(read, _plan(read, entry, id))
    if broken:
        names = ", ".join(one.name for one in shelves.shelf(read, ids=broken))
        raise UserError(
            N_("Evidence files were changed on the disk or are gone: {names}."),
            hint=N_("Put the right files in their place on the evidence shelf, or withdraw them."),
            names=names,
        )


def _plan(read: Session, entry: Entry, id: int) -> int:
    """Return the plan a document is about."""
    if entry.about is About.PLAN:
        return id
    return read.get_one(Commitment, queries.commitment_id(read, id)).plan_id
