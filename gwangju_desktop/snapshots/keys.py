"""What is done with the office's signing key: passphrase, successor, recovery from paper.

Deriving a key from a passphrase takes a quarter of a second, so it is done before the writer is
asked. Each act goes through `Store.erase`: no earlier sealing stays readable in the office.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from db.errors import DatabaseFault
from db.store import Store
from gwangju_desktop import clock, settings
from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots import queries, recovery, signing, succession, trust, usecases
from gwangju_desktop.snapshots.queries import KeyRow
from gwangju_desktop.snapshots.signing import SealedKey
from gwangju_desktop.text import N_, Msg, say

LEFT: dict[str, Msg] = {
    "busy": N_(
        "Somebody else reads the office, so what was sealed before still lies in free space of the"
        " file. Close it elsewhere and change the passphrase once more."
    ),
    "full": N_(
        "There is no room on the disk to clean up the file. Free as much as the office takes and"
        " change the passphrase once more."
    ),
    "tables": N_(
        "Only the owner of the server's tables can clean them up. Ask its administrator to run"
        " VACUUM FULL on signing_key and row_change."
    ),
    "statistics": N_(
        "The server's statistics may still hold single values. Ask its administrator to run"
        " VACUUM FULL pg_statistic."
    ),
    "wal": N_(
        "The server's write-ahead log and base backups hold what was sealed before until they age"
        " out."
    ),
}


@dataclass(frozen=True, slots=True)
class Changed:
    """What was done: the key in use now, and what is left to do as codes of LEFT."""

    fingerprint: str
    left: tuple[str, ...]

    def sentences(self) -> list[str]:
        """Return one sentence for each thing that is left to do."""
        return [say(LEFT[code]) for code in self.left]


def change_passphrase(store: Store, *, old: str, new: str) -> Changed:
    """Seal the key under another passphrase; raises UserError when the old one does not open it."""
    key = _held(store)
    signing.demand_passphrase(new)
    opened = signing.unseal(_sealed(key), old)
    return _reseal(store, key, signing.seal(opened, new))


def succeed(store: Store, *, old: str | None, new: str, reason: str) -> Changed:
    """Make another key; the one in use signs for it under the passphrase `old`.

    With None the old passphrase is lost: the key follows without proof, and every monitor is warned
    until the new fingerprint was compared. Raises UserError for a wrong passphrase or no reason.
    """
    key = _held(store)
    if not reason.strip():
        raise UserError(N_("Say why the key is changed; the reason stays in the office."))
    opened = signing.unseal(_sealed(key), old) if old is not None else None
    following = signing.new_key(new)
    made_at = clock.now().replace(microsecond=0)
    proof = b""
    if opened is not None:
        with store.reading() as read:
            office = str(settings.value(read, settings.OFFICE_ID) or "")
        message = succession.statement(
            office=office, old=key.public, new=following.public, made_at=made_at
        )
        proof = signing.sign(opened, message)
    _, left = store.erase(
        usecases.replace_key,
        id=key.id,
        fingerprint=following.fingerprint,
        public_key=following.public.hex(),
        sealed=following.sealed,
        made_at=made_at,
        succession=proof.hex(),
        reason=reason.strip(),
    )
    _know_successor(store, key, following, made_at)
    return Changed(following.fingerprint, left)


def _know_successor(store: Store, old: KeyRow, new: SealedKey, at: dt.datetime) -> None:
    """Let whoever changed the key and knew it know both: the old as given up, the new in its place."""
    with store.reading() as read:
        office = str(settings.value(read, settings.OFFICE_ID) or "")
    # The key is changed; a folder of one's own that cannot be written takes nothing from it.
    with contextlib.suppress(OSError, DatabaseFault):
        trust.hand_over(
            signing.key_id(old.public),
            signing.key_id(new.public),
            office=office,
            at=succession.moment(at),
        )


def restore(store: Store, *, lines: Iterable[str], passphrase: str) -> Changed:
    """Take the key of a recovery sheet in under a new passphrase.

    It must be the key in use; an office without a key takes it as its first. Raises UserError for a
    line that is not right and for the sheet of another key.
    """
    opened = recovery.private_key(lines)
    sealed = signing.seal(opened, passphrase)
    with store.reading() as read:
        held = queries.keys(read)
        key = queries.key(read)
    if key is None:
        store.run(
            usecases.keep_key,
            fingerprint=sealed.fingerprint,
            public_key=sealed.public.hex(),
            sealed=sealed.sealed,
            made_at=clock.now(),
        )
        return Changed(sealed.fingerprint, ())
    if sealed.public == key.public:
        return _reseal(store, key, sealed)
    if any(one.fingerprint == sealed.fingerprint for one in held):
        raise UserError(
            N_("This sheet holds a key that the office gave up; it signs nothing any more."),
            hint=N_("Type the sheet that was printed after the last change of the key."),
        )
    raise UserError(
        N_("This sheet holds the key of another office."),
        hint=N_("Compare the fingerprint on the sheet with the one shown here."),
    )


def seed(store: Store, *, passphrase: str) -> bytes:
    """Return the private half for the recovery sheet; raises UserError for a wrong passphrase."""
    return signing.unseal(_sealed(_held(store)), passphrase).private_bytes_raw()


def _reseal(store: Store, key: KeyRow, sealed: SealedKey) -> Changed:
    _, left = store.erase(usecases.reseal_key, id=key.id, before=key.sealed, sealed=sealed.sealed)
    return Changed(key.fingerprint, left)


def _held(store: Store) -> KeyRow:
    with store.reading() as read:
        key = queries.key(read)
    if key is None:
        raise UserError(
            N_("This office has no signing key yet."),
            hint=N_("One is made with the first review copy."),
        )
    return key


def _sealed(key: KeyRow) -> SealedKey:
    return SealedKey(key.public, key.sealed)
