"""What a restore would take away: the journal's entries after the one a backup ends with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, func, select
from sqlalchemy.orm import Session

from db.schema.journal import change_log
from gwangju_desktop import clock
from gwangju_desktop.backups.form import Manifest
from gwangju_desktop.text import C_, N_, Msg

MOST = 200
# What a person would count an office by, as tables of its database.
HOLDS: tuple[tuple[str, Msg], ...] = (
    ("person", N_("people")),
    ("meeting", C_("backup", "meetings")),
    ("agenda_item", N_("agenda items")),
    ("minutes", C_("backup", "minutes")),
    ("proposal", N_("citizen proposals")),
    ("poll", C_("backup", "polls")),
    ("commitment", N_("commitments")),
    ("evidence", C_("backup", "evidence")),
    ("dataset", N_("files of figures")),
    ("review", C_("backup", "reviews")),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done: when, by whom, what, to the record of which name."""

    id: int
    at: dt.datetime | None
    who: str
    kind: str
    label: Msg
    name: str


@dataclass(frozen=True, slots=True)
class Loss:
    """What was done since a backup.

    `same` is False when the backup's journal is not the beginning of this office's: it is of
    another office, or of a time that was itself restored away, and `n` counts nothing then.
    `kinds` and `people` hold (what or who, how often), the most frequent first; `steps` the
    latest.
    """

    same: bool
    n: int = 0
    kinds: tuple[tuple[Msg, int], ...] = ()
    people: tuple[tuple[str, int], ...] = ()
    steps: tuple[Step, ...] = ()


def holdings(manifest: Manifest) -> list[tuple[Msg, int]]:
    """Return how many records of each kind a backup holds, those it has any of."""
    counts = manifest.tables
    return [(words, counts[table]) for table, words in HOLDS if counts.get(table)]


def since(read: Session, *, manifest: Manifest, most: int = MOST) -> Loss:
    """Return what was done in this office after a backup was made."""
    if not _follows(read, manifest):
        return Loss(False)
    later = change_log.c.id > manifest.audit_id
    n = int(read.scalar(select(func.count()).where(later)) or 0)
    return Loss(
        True,
        n,
        tuple((Msg(label), count) for label, count in _counted(read, change_log.c.label, later)),
        tuple((who, count) for who, count in _counted(read, change_log.c.who, later)),
        _steps(read, later, most),
    )


def _follows(read: Session, manifest: Manifest) -> bool:
    if not manifest.audit_id:
        return True
    query = select(change_log.c.hash).where(change_log.c.id == manifest.audit_id)
    found = read.scalar(query)
    return found is not None and bytes(found).hex() == manifest.audit_hash


def _counted(
    read: Session, column: Column[str], later: ColumnElement[bool]
) -> list[tuple[str, int]]:
    n = func.count().label("n")
    query = select(column, n).where(later).group_by(column).order_by(n.desc(), column)
    return [(str(row[0]), int(row[1])) for row in read.execute(query).all()]


def _steps(read: Session, later: ColumnElement[bool], most: int) -> tuple[Step, ...]:
    from gwangju_desktop import subjects

    c = change_log.c
    query = select(c.id, c.at, c.who, c.kind, c.label).where(later)
    rows = read.execute(query.order_by(c.id.desc()).limit(most)).all()
    called = subjects.of_entries(read, [row.id for row in rows])
    return tuple(
        Step(row.id, _moment(row.at), row.who, row.kind, Msg(row.label), called.get(row.id, ""))
        for row in rows
    )


def _moment(text: str) -> dt.datetime | None:
    try:
        return clock.local(dt.datetime.fromisoformat(text.replace("Z", "+00:00")))
    except ValueError:
        return None
