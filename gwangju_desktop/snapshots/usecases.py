"""What the office records of its snapshots: its key, and each copy that left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.erase import Order
from db.schema.snapshots import PollRelease, SigningKey, Snapshot
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


@usecase("Change the passphrase of the signing key", undoable=False)
def reseal_key(tx: Session, *, id: int, before: str, sealed: str) -> Order:
    """Keep the key sealed under another passphrase; for `Store.erase` alone.

    The journal forgets every state of the row: the key as it was sealed before would still open
    under the passphrase that somebody may have learnt.
    """
    row = _current(tx, id)
    if row.sealed != before:
        raise _changed_meanwhile()
    row.sealed = sealed
    return Order((), (), id, _states_of(id))


@usecase("Replace the signing key", undoable=False)
def replace_key(
    tx: Session,
    *,
    id: int,
    fingerprint: str,
    public_key: str,
    sealed: str,
    made_at: dt.datetime,
    succession: str,
    reason: str,
) -> Order:
    """Let another key follow the office's key; for `Store.erase` alone.

    `succession` is the old key's signature in hex, "" when the old one is lost. The private half of
    the old key goes for good, here and in the journal: it signs nothing any more.
    """
    old = _current(tx, id)
    old.retired_at, old.reason, old.sealed = made_at, reason, ""
    key = SigningKey(
        fingerprint=fingerprint,
        public_key=public_key,
        sealed=sealed,
        made_at=made_at,
        succeeds_id=id,
        succession=succession,
    )
    tx.add(key)
    tx.flush()
    return Order((), (), key.id, _states_of(id))


def _current(tx: Session, id: int) -> SigningKey:
    """Return the office's key; raises UserError when another took its place meanwhile."""
    last = tx.execute(select(func.max(SigningKey.id))).scalar()
    if last != id:
        raise _changed_meanwhile()
    return tx.get_one(SigningKey, id)


def _changed_meanwhile() -> UserError:
    return UserError(
        N_("The office's signing key was changed on another PC just now."),
        hint=N_("Look at the signing key again; nothing was written."),
    )


def _states_of(id: int) -> tuple[tuple[str, str, int], ...]:
    return ((SigningKey.__tablename__, "id", id),)


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
    releases: Mapping[int, str] | None = None,
) -> int:
    """Record a copy under the next number; raises UserError when that number was given meanwhile.

    `releases` are the figures of waves that it gives out for the first time.
    """
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
    for wave, content in (releases or {}).items():
        tx.add(PollRelease(snapshot_id=snapshot.id, wave_id=wave, profile=profile, content=content))
    tx.flush()
    return snapshot.id
