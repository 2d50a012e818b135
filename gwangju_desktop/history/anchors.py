"""What was noted of the journal outside of it: the one place that reads anchors.

A chain alone tells of what was altered or taken out; that its end was cut off, or that all of it was
written anew, only an entry's hash kept somewhere else tells.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.files import blaming
from db.schema.journal import change_log
from db.schema.snapshots import Snapshot
from gwangju_desktop import clock
from gwangju_desktop.backups import form
from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots import container, manifest
from gwangju_desktop.text import N_, Msg, say

SNAPSHOT, BACKUP, PAPER = "snapshot", "backup", "paper"
MARK = 8  # characters of a hash that stand on paper
_TYPED = re.compile(r"\s*(\d{1,15})\s*[:·.,\-/ ]\s*([0-9a-fA-F]{8,64})\s*")
_CALLED: dict[str, Msg] = {
    SNAPSHOT: N_("review copy No. {name}"),
    BACKUP: N_("backup {name}"),
    PAPER: N_("printed minutes ({name})"),
}


@dataclass(frozen=True, slots=True)
class Anchor:
    """An entry's hash as something outside the journal has it, in hex: all of it, or its beginning.

    `name` tells which one, `at` when it was made on the office's clock, None where that is unknown.
    """

    kind: str
    name: str
    entry: int
    hash: str
    at: dt.datetime | None = None

    def __str__(self) -> str:
        """Return what it is called, with its day."""
        said = say(_CALLED[self.kind], name=self.name)
        if self.at is None:
            return said
        return say(N_("{anchor} of {day:full}"), anchor=said, day=self.at)


def gather(read: Session, office: Path | None, folders: Sequence[Path] = ()) -> list[Anchor]:
    """Return the anchors an office has: each review copy made, the newest backup of each folder.

    `office` is its file, beside which its own backups lie; `folders` are more of such. What cannot
    be read is left out: it says nothing of the journal.
    """
    found = [
        Anchor(
            SNAPSHOT,
            str(row.sequence),
            row.audit_id,
            row.audit_hash,
            clock.local(row.made_at),
        )
        for row in read.scalars(select(Snapshot).order_by(Snapshot.sequence))
    ]
    places = [*([form.beside(office)] if office is not None else []), *folders]
    for folder in places:
        newest = next(filter(None, map(_backup, form.listed(folder))), None)
        if newest is not None:
            found.append(newest)
    return found


def of_file(path: Path) -> Anchor:
    """Return the anchor that a review copy or a backup holds; raise UserError where it is neither."""
    if path.suffix.lower() == form.ENDING:
        return _of_manifest(path, form.read_manifest(path))
    try:
        with blaming(path), zipfile.ZipFile(path) as held:
            if held.getinfo(container.MANIFEST).file_size > manifest.MAX_BYTES:
                raise ValueError("too large")
            told = manifest.parse(held.read(container.MANIFEST))
        made_at = dt.datetime.fromisoformat(told.made_at)
    except (
        KeyError,
        ValueError,
        RecursionError,
        NotImplementedError,
        zipfile.BadZipFile,
        manifest.NewerFormat,
        manifest.EarlierFormat,
    ):
        raise UserError(
            N_("{file} is neither a review copy nor a backup that can be read here."),
            hint=N_("Choose a file that ends in .gwsnap or .gwbak."),
            file=path.name,
        ) from None
    return Anchor(
        SNAPSHOT, str(told.sequence), told.audit_id, told.audit_hash, clock.local(made_at)
    )


def of_paper(typed: str) -> Anchor:
    """Return the anchor somebody read off printed minutes: “1234 · 5f0c9a1b”; raise UserError."""
    match = _TYPED.fullmatch(typed)
    if match is None:
        raise UserError(
            N_("“{typed}” is no mark of the change history."),
            hint=N_("Type the number and the eight characters as printed: 1234 · 5f0c9a1b."),
            typed=typed,
        )
    entry, mark = int(match.group(1)), match.group(2).lower()
    return Anchor(PAPER, f"{entry} · {mark[:MARK]}", entry, mark)


def printed(read: Session) -> str:
    """Return the mark that printed minutes bear: the last entry and eight characters of its hash."""
    last = read.execute(
        select(change_log.c.id, change_log.c.hash).order_by(change_log.c.id.desc()).limit(1)
    ).first()
    return f"{last.id} · {bytes(last.hash).hex()[:MARK]}" if last else ""


def disagreeing(read: Session, anchors: Sequence[Anchor]) -> list[Anchor]:
    """Return the anchors whose entry is not there, or has another hash."""
    wanted = [anchor.entry for anchor in anchors]
    rows = read.execute(
        select(change_log.c.id, change_log.c.hash).where(change_log.c.id.in_(wanted))
    ).all()
    held = {row.id: bytes(row.hash).hex() if isinstance(row.hash, bytes) else "" for row in rows}
    # An office that was new had no entry yet: its first link is all zeros.
    held.setdefault(0, "0" * 64)
    return [anchor for anchor in anchors if not held.get(anchor.entry, "").startswith(anchor.hash)]


def last_entry(read: Session) -> int:
    """Return the number of the last entry, 0 when there is none."""
    return int(read.scalar(select(func.max(change_log.c.id))) or 0)


def _backup(path: Path) -> Anchor | None:
    try:
        # One under a passphrase says nothing without it.
        return None if form.is_sealed(path) else _of_manifest(path, form.read_manifest(path))
    except (UserError, OSError):
        return None


def _of_manifest(path: Path, told: form.Manifest) -> Anchor:
    return Anchor(BACKUP, path.name, told.audit_id, told.audit_hash, told.moment)
