"""What the office records of its snapshots: its key, and each copy that left."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.snapshots import SigningKey, Snapshot
from db.store import usecase
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_


@usecase("Make a signing key", undoable=False)
def keep_key(
    tx: Session, *, fingerprint: str, public_key: str, sealed: str, made_at: dt.datetime
) -> int:
    """Keep the office's first signing key; raises UserError when it has one already."""
    if tx.execute(select(SigningKey.id)).first():
        raise UserError(
            N_("The office got a signing key from somebody else just now."),
            hint=N_("Make the snapshot again under that key's passphrase."),
        )
    key = SigningKey(fingerprint=fingerprint, public_key=public_key, sealed=sealed, made_at=made_at)
    tx.add(key)
    tx.flush()
    return key.id


@usecase("Make a snapshot", undoable=False)
def record_snapshot(
    tx: Session,
    *,
    sequence: int,
    made_at: dt.datetime,
    file_name: str,
    size: int,
    rows: int,
    withheld: int,
    sha256: str,
    manifest_sha256: str,
    fingerprint: str,
    profile: str,
    audit_id: int,
    audit_hash: str,
) -> int:
    """Record a copy under the next number; raises UserError when that number was given meanwhile."""
    last = tx.execute(select(func.max(Snapshot.sequence))).scalar() or 0
    if sequence != last + 1:
        raise UserError(
            N_("Another snapshot got number {sequence} while this one was made."),
            hint=N_("Make it again; nothing was written."),
            sequence=sequence,
        )
    snapshot = Snapshot(
        sequence=sequence,
        made_at=made_at,
        file_name=file_name,
        bytes=size,
        rows=rows,
        withheld=withheld,
        sha256=sha256,
        manifest_sha256=manifest_sha256,
        fingerprint=fingerprint,
        profile=profile,
        audit_id=audit_id,
        audit_hash=audit_hash,
    )
    tx.add(snapshot)
    tx.flush()
    return snapshot.id
