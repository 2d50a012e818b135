"""The copies that left the office, and the key they were signed with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.journal import change_log
from db.schema.snapshots import SigningKey, Snapshot
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots import deliveries
from gwangju_desktop.text import N_


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """One copy that left the office; `made_at` on the office's clock, `bytes` of the whole file.

    `profile` is a Profile, `recipients` those it was handed over to, in order, each once.
    """

    id: int
    sequence: int
    made_at: dt.datetime
    file_name: str
    bytes: int
    rows: int
    withheld: int
    sha256: str
    fingerprint: str
    audit_id: int
    audit_hash: str
    profile: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyRow:
    """The office's signing key: its public half and the sealed private one."""

    id: int
    fingerprint: str
    public: bytes
    sealed: str
    made_at: dt.datetime


@dataclass(frozen=True, slots=True)
class KeyState:
    """One key the office has or had; `signed` says that the key before it signed for it.

    `follows` is the fingerprint of the key before, None for the first; moments are on the office's
    clock.
    """

    id: int
    fingerprint: str
    made_at: dt.datetime
    retired_at: dt.datetime | None
    reason: str
    follows: str | None
    signed: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where the next copy stands: its number, the manifest before it, the journal's head.

    `previous_audit_id` is the head that the copy before named, 0 for the first copy.
    """

    sequence: int
    previous: str | None
    audit_id: int
    audit_hash: str
    previous_audit_id: int


def snapshots(read: Session) -> list[SnapshotRow]:
    """Return every copy that left the office, the latest first."""
    found = read.execute(select(Snapshot).order_by(Snapshot.sequence.desc())).scalars().all()
    handed: dict[int, dict[str, None]] = {}
    for one in deliveries.deliveries(read):
        handed.setdefault(one.snapshot_id, {})[one.recipient] = None
    return [
        SnapshotRow(
            row.id,
            row.sequence,
            clock.local(row.made_at),
            row.file_name,
            row.bytes,
            row.rows,
            row.withheld,
            row.sha256,
            row.fingerprint,
            row.audit_id,
            row.audit_hash,
            row.profile,
            tuple(handed.get(row.id, ())),
        )
        for row in found
    ]


def numbered(read: Session, sequence: int) -> SnapshotRow:
    """Return the copy of a number; raises UserError when the office made none of it."""
    for row in snapshots(read):
        if row.sequence == sequence:
            return row
    raise UserError(N_("The office made no review copy no. {n}."), n=sequence)


def key(read: Session) -> KeyRow | None:
    """Return the office's latest signing key, None when it has none yet."""
    row = read.execute(select(SigningKey).order_by(SigningKey.id.desc()).limit(1)).scalar()
    if row is None:
        return None
    public = bytes.fromhex(row.public_key)
    return KeyRow(row.id, row.fingerprint, public, row.sealed, clock.local(row.made_at))


def keys(read: Session) -> list[KeyState]:
    """Return every key of the office, the one in use first."""
    rows = read.scalars(select(SigningKey).order_by(SigningKey.id.desc())).all()
    named = {row.id: row.fingerprint for row in rows}
    return [
        KeyState(
            row.id,
            row.fingerprint,
            clock.local(row.made_at),
            clock.local(row.retired_at) if row.retired_at else None,
            row.reason,
            named.get(row.succeeds_id) if row.succeeds_id is not None else None,
            bool(row.succession),
        )
        for row in rows
    ]


def fingerprint(read: Session) -> str | None:
    """Return the fingerprint of the office's key, None when it has none yet."""
    found = key(read)
    return found.fingerprint if found else None


def place(read: Session) -> Place:
    """Return the number and the anchors of the next copy."""
    last = read.execute(
        select(Snapshot.sequence, Snapshot.manifest_sha256, Snapshot.audit_id)
        .order_by(Snapshot.sequence.desc())
        .limit(1)
    ).first()
    head = read.execute(
        select(change_log.c.id, change_log.c.hash).order_by(change_log.c.id.desc()).limit(1)
    ).first()
    audit_id, audit_hash = (head.id, bytes(head.hash)) if head else (0, bytes(32))
    sequence, previous = (last.sequence + 1, last.manifest_sha256) if last else (1, None)
    return Place(sequence, previous, audit_id, audit_hash.hex(), last.audit_id if last else 0)
