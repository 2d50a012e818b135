"""One change taken back, whoever made it; why it cannot be, in one sentence."""

from __future__ import annotations

import contextlib
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import erase, journal, schema
from db.changes import ChangeSet
from db.errors import Barred, Conflict, DatabaseFault, Superseded
from db.images import canonical
from db.schema.journal import change_log, row_change
from db.store import Store
from gwangju_desktop import faults
from gwangju_desktop.errors import UserError
from gwangju_desktop.history import entries, images
from gwangju_desktop.history.images import Row
from gwangju_desktop.history.naming import Names
from gwangju_desktop.text import N_, Msg, say, words

_FINAL = (erase.ERASE, journal.MIGRATED, journal.SALVAGED)


def revert(store: Store, number: int) -> ChangeSet:
    """Take back one entry of the journal; raise UserError with why it cannot be."""
    try:
        with store.reading() as read:
            demand(read, number)
        changes = store.undo(number)
    except DatabaseFault as error:
        with store.reading() as read:
            told = refusal(read, number=number, error=error)
        raise UserError(Msg("{told}"), told=told) from error
    assert changes is not None
    return changes


def demand(read: Session, number: int) -> None:
    """Raise UserError where an entry is of a kind that is never taken back."""
    kind = read.scalar(select(change_log.c.kind).where(change_log.c.id == number))
    if kind is None:
        raise UserError(N_("There is no entry {number} in the change history."), number=number)
    if not may(kind):
        raise UserError(
            N_("Entry {number} erased personal data or converted the office; that is final."),
            number=number,
        )
    if number in entries.taken_back(read, [number]):
        raise UserError(N_("Entry {number} was taken back already."), number=number)


def may(kind: str) -> bool:
    """Say whether entries of a kind may be taken back at all."""
    return kind not in _FINAL


def refusal(read: Session, *, number: int, error: Exception) -> str:
    """Return in one sentence why an entry could not be taken back: the record and what came since."""
    if isinstance(error, Superseded) or not isinstance(error, Conflict):
        return faults.sentence(error) or say(N_("The change could not be taken back."))
    if before := _converted(read, number):
        return before
    found = read.execute(
        select(row_change.c.tbl, row_change.c.pk, row_change.c.body, row_change.c.subject)
        .where(row_change.c.change_id == number)
        .order_by(row_change.c.n.desc())
    ).all()
    rows = [images.read(row.tbl, row.pk, row.body, row.subject) for row in found]
    names = Names(read, rows)
    if gone := next((row for row in rows if row.erased), None):
        return say(
            N_("What {record} held was erased, so it cannot be taken back."),
            record=names.record(gone),
        )
    if isinstance(error, Barred):
        named = _named_in(str(error), rows)
        return say(
            N_("{record} is closed or has left the office, so it cannot be taken back."),
            record=names.record(named or rows[0]) if rows else "",
        )
    if later := _later(read, number, rows, names):
        return later
    return say(
        N_("Other records refer to {record} or take its place, so it cannot be taken back."),
        record=names.record(_named_in(str(error), rows) or rows[-1]) if rows else "",
    )


def _converted(read: Session, number: int) -> str:
    row = read.execute(
        select(change_log.c.at)
        .where(
            change_log.c.id >= number, change_log.c.kind.in_((journal.MIGRATED, journal.SALVAGED))
        )
        .order_by(change_log.c.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return ""
    day = entries.moment(row.at)
    return say(
        N_(
            "This change is from before the office was converted on {day}, so it cannot be taken back."
        ),
        day=words().day(day, "full"),
    )


def _named_in(fault: str, rows: list[Row]) -> Row | None:
    """Return the row that a fault of the store names as “table (id,)”."""
    return next(
        (row for row in rows if f"{row.table} ({row.id},)" in fault),
        next((row for row in rows if fault.startswith(f"{row.table} ")), None),
    )


def _later(read: Session, number: int, rows: list[Row], names: Names) -> str:
    """Tell of the first row that is not as the entry left it, and of what changed it last."""
    for row in rows:
        if _stands(read, row):
            continue
        since = read.execute(
            select(change_log.c.id)
            .join(row_change, row_change.c.change_id == change_log.c.id)
            .where(
                change_log.c.id > number,
                row_change.c.tbl == row.table,
                row_change.c.pk == canonical((row.id,)),
            )
            .order_by(change_log.c.id.desc())
            .limit(1)
        ).first()
        if since is None:
            continue
        line = entries.lines(read, [since.id])[0]
        return say(
            N_(
                "{record} was changed since: {sentence} ({day}, entry {entry}). Take that back first."
            ),
            record=names.record(row),
            sentence=line.sentence,
            day=words().day(line.at, "full"),
            entry=line.id,
        )
    return ""


def _stands(read: Session, row: Row) -> bool:
    """Say whether a row is as the entry left it."""
    version: Any = None
    with contextlib.suppress(KeyError):
        table = schema.table(row.table)
        version = read.execute(select(table.c.version).where(table.c.id == row.id)).scalar()
    return bool(version == (row.after or {}).get("version"))
