"""The register of copies made: what is found by words, its order, and the whole as a file."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots import container, listing, queries
from gwangju_desktop.snapshots.queries import SnapshotRow
from gwangju_desktop.snapshots.words import PROFILES
from gwangju_desktop.text import C_, N_, say

HEAD = (
    C_("review copies", "No."),
    N_("Made at"),
    C_("review copies", "For whom"),
    N_("Handed over to"),
    C_("review copies", "File"),
    C_("review copies", "Rows"),
    C_("review copies", "Masked"),
    N_("Bytes"),
    N_("SHA-256"),
    N_("Key fingerprint"),
    N_("Audit hash"),
)
SORTS: dict[str, Callable[[SnapshotRow], Any]] = {
    "sequence": lambda row: row.sequence,
    "made_at": lambda row: row.made_at,
    "profile": lambda row: row.profile,
    "recipients": lambda row: row.recipients,
    "file_name": lambda row: row.file_name,
    "rows": lambda row: row.rows,
    "withheld": lambda row: row.withheld,
    "bytes": lambda row: row.bytes,
}


def ids(read: Session, *, sort: str, descending: bool, words: str = "") -> list[int]:
    """Return the ids of the copies that hold every word, in the order asked for."""
    found = sorted(_matching(read, words), key=SORTS[sort], reverse=descending)
    return [row.id for row in found]


def rows(read: Session, *, ids: Sequence[int]) -> list[SnapshotRow]:
    """Return the copies of these ids, in that order."""
    held = {row.id: row for row in queries.snapshots(read)}
    return [held[id] for id in ids if id in held]


def of_sequence(read: Session, *, sequence: int) -> SnapshotRow | None:
    """Return the copy of a number, None when there is none."""
    return next((row for row in queries.snapshots(read) if row.sequence == sequence), None)


def count(read: Session) -> int:
    """Return how many copies were made."""
    return len(queries.snapshots(read))


def write(read: Session, *, path: Path, sort: str, descending: bool, words: str = "") -> int:
    """Write the register as the list shows it, as CSV or, by another suffix, as a workbook."""
    shown = rows(read, ids=ids(read, sort=sort, descending=descending, words=words))
    head = [say(title) for title in HEAD]
    listing.write(path, say(N_("Register of review copies")), head, [_cells(row) for row in shown])
    return len(shown)


def _cells(row: SnapshotRow) -> list[str]:
    return [
        str(row.sequence),
        row.made_at.isoformat(timespec="seconds"),
        say(PROFILES[row.profile]),
        ", ".join(row.recipients),
        row.file_name,
        str(row.rows),
        str(row.withheld),
        str(row.bytes),
        row.sha256,
        row.fingerprint,
        f"{row.audit_id} {row.audit_hash}",
    ]


def _matching(read: Session, words: str) -> list[SnapshotRow]:
    wanted = [_plain(word) for word in words.split()]
    return [
        row
        for row in queries.snapshots(read)
        if all(any(word in _plain(cell) for cell in _cells(row)) for word in wanted)
    ]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def demand_same(path: Path, sha256: str) -> None:
    """Raise UserError unless the file is the very copy the register has under this hash."""
    digest = hashlib.sha256()
    with container.open_regular(path) as file:
        while chunk := file.read(container.CHUNK):
            digest.update(chunk)
    if digest.hexdigest() != sha256:
        raise UserError(
            N_("{file} is not that copy: its hash is another one than the register's."),
            hint=N_("Choose the file that was saved when the copy was made."),
            file=path.name,
        )
