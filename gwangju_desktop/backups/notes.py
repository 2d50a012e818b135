"""What is known of a folder's backups without opening them: a small file beside them.

A sealed backup says nothing of itself without its passphrase, and one that was read again needs a
place for what was found. The file can be lost: what is not sealed tells the same of itself.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from db.errors import DatabaseFault
from db.files import atomic_write
from gwangju_desktop import clock
from gwangju_desktop.backups import form, verifying
from gwangju_desktop.backups.form import Manifest
from gwangju_desktop.backups.verifying import Verdict
from gwangju_desktop.backups.why import UNKNOWN, WORDS
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import Msg

RECORD = "backups.json"


@dataclass(frozen=True, slots=True)
class Note:
    """What is written down of one backup: no names of people, no content.

    `audit_id` and `audit_hash` are the journal's head in it, `records` its rows, `papers` the
    names of its sealed files, `checked_at` when it was last found whole or not, `wrong`
    what was found wrong then.
    """

    office_id: str
    why: str
    audit_id: int
    audit_hash: str
    records: int
    files: int
    checked_at: str = ""
    wrong: list[str] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, manifest: Manifest, salt: bytes | None = None, *, checked_at: str = "") -> Note:
        """Return what a manifest gives to write down; `salt` is that of a sealed backup."""
        return cls(
            manifest.office_id,
            manifest.why,
            manifest.audit_id,
            manifest.audit_hash,
            sum(manifest.tables.values()),
            len(manifest.files),
            checked_at,
            papers=[form.sealed_name(one, salt) for one in sorted(manifest.files)] if salt else [],
        )

    @property
    def head(self) -> tuple[int, str]:
        """Return the journal's head in the backup."""
        return self.audit_id, self.audit_hash


@dataclass(frozen=True, slots=True)
class Listed:
    """One backup of a folder; `note` is None where nothing can be known of it."""

    path: Path
    made_at: dt.datetime
    bytes: int
    sealed: bool
    note: Note | None

    @property
    def why(self) -> Msg:
        """Return in words what it was made for."""
        return WORDS.get(self.note.why, UNKNOWN) if self.note else UNKNOWN

    @property
    def checked_at(self) -> dt.datetime | None:
        """Return when it was last read again."""
        if self.note is None or not self.note.checked_at:
            return None
        return clock.local(dt.datetime.fromisoformat(self.note.checked_at))

    @property
    def whole(self) -> bool:
        """Say whether it was found whole when it was last read again."""
        return self.checked_at is not None and not (self.note and self.note.wrong)


def listed(folder: Path) -> list[Listed]:
    """Return a folder's backups with what is known of each, the newest first."""
    known = notes(folder)
    found = []
    for path in form.listed(folder):
        moment = form.moment_of(path.name)
        with contextlib.suppress(OSError, DatabaseFault):
            sealed = form.is_sealed(path)
            note = known.get(path.name)
            if note is None and not sealed:
                with contextlib.suppress(UserError):
                    note = Note.of(form.read_manifest(path))
            assert moment is not None
            found.append(Listed(path, moment, path.stat().st_size, sealed, note))
    return found


def notes(folder: Path) -> dict[str, Note]:
    """Return what was written down, by the names of the backups; nothing where it cannot be read."""
    with contextlib.suppress(OSError, ValueError, TypeError, AttributeError):
        held = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return {name: Note(**one) for name, one in held.items()}
    return {}


def write_made(path: Path, manifest: Manifest, salt: bytes | None) -> None:
    """Write down a backup that was just made and read again."""
    _write(path, Note.of(manifest, salt, checked_at=_now()))


def write_checked(verdict: Verdict) -> None:
    """Write down what was found of a backup that was read again."""
    path = verdict.path
    note = notes(path.parent).get(path.name)
    if verdict.manifest is not None and note is None:
        note = Note.of(verdict.manifest, verifying.salt_of(path))
    if note is None:
        note = Note("", "", 0, "", 0, 0)
    _write(path, replace(note, checked_at=_now(), wrong=[str(one) for one in verdict.problems]))


def _write(path: Path, note: Note) -> None:
    """Add a note and drop those of backups that are gone; a full disk is no fault of the backup."""
    folder = path.parent
    held = {**notes(folder), path.name: note}
    kept = {name: asdict(one) for name, one in held.items() if (folder / name).exists()}
    with (
        contextlib.suppress(OSError, DatabaseFault),
        atomic_write(folder / RECORD, private=True) as file,
    ):
        file.write(json.dumps(kept, ensure_ascii=False, indent=1).encode())


def _now() -> str:
    return clock.real().replace(microsecond=0).isoformat()
